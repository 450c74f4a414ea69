/* SPDX-License-Identifier: MIT */
#include <kaitei/diff.h>
