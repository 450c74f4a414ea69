/* SPDX-License-Identifier: MIT */
#include <kaitei/write.h>
