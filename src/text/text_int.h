/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_TEXT_INT_H
#define KAITEI_TEXT_INT_H

/* What the files of text share among themselves. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The character at p; 0 at the end, where *len is 0 too. */
uint32_t kt_text_peek(const char *p, size_t n, unsigned *len);

/* Value of a digit 0-9 or ０-９, of a kanji digit 〇 to 九; -1 when none. */
int kt_text_digit(uint32_t c);
int kt_text_kanji_digit(uint32_t c);

/* Do the n bytes at p begin with s?  Its length, else 0. */
static inline size_t
kt_text_starts(const char *p, size_t n, const char *s)
{
	size_t len = strlen(s);

	return n >= len && memcmp(p, s, len) == 0 ? len : 0;
}

#endif
