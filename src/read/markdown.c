/* SPDX-License-Identifier: MIT */
#include <kaitei/read.h>
