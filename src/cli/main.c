/* SPDX-License-Identifier: MIT */
#include <kaitei/base.h>

int
main(void)
{
	return 0;
}
