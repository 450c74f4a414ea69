/* SPDX-License-Identifier: MIT */
#include "model_int.h"

void
kt_index_free(void *index)
{
	(void)index;
}
