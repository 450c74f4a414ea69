/* SPDX-License-Identifier: MIT */
#include <kaitei/model.h>
