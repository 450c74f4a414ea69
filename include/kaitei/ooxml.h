/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_OOXML_H
#define KAITEI_OOXML_H
struct kt_diag;

#endif
