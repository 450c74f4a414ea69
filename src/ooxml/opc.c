/* SPDX-License-Identifier: MIT */
#include <kaitei/ooxml.h>
