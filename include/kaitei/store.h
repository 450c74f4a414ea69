/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_STORE_H
#define KAITEI_STORE_H
struct kt_diag;

#endif
