/* SPDX-License-Identifier: MIT */
#include <kaitei/xml.h>
