/* SPDX-License-Identifier: MIT */
#include <kaitei/store.h>
