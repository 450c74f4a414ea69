/* SPDX-License-Identifier: MIT */
#include <kaitei/text.h>
