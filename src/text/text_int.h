/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_TEXT_INT_H
#define KAITEI_TEXT_INT_H

/* What the files of text share among themselves. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kaitei/text.h>

/* ---- cursor.c: a place in a text, and what stands before and behind it -- */

struct kt_cursor {
	const char *begin, *p, *end;
};

/* The character at the place; 0 at the end, where *len is 0 too. */
uint32_t kt_cursor_at(const struct kt_cursor *c, unsigned *len);
/* The character before it; 0 at the beginning. */
uint32_t kt_cursor_before(const struct kt_cursor *c);
/* Does s stand at, or end at, the place? */
bool kt_cursor_sees(const struct kt_cursor *c, const char *s);
bool kt_cursor_follows(const struct kt_cursor *c, const char *s);
bool kt_cursor_sees_any(
    const struct kt_cursor *c, const char *const *list, size_t n);
bool kt_cursor_follows_any(
    const struct kt_cursor *c, const char *const *list, size_t n);
/* The same, and step over it. */
bool kt_cursor_take(struct kt_cursor *c, const char *s);
bool kt_cursor_take_any(struct kt_cursor *c, const char *const *list, size_t n);
/* kt_num_plain() and kt_num_branches() at the place, stepping over it. */
bool kt_cursor_take_number(struct kt_cursor *c, struct kt_num *out);
void kt_cursor_take_branches(struct kt_cursor *c, struct kt_num *num);

/* ---- number.c ---- */

/* Value of a digit 0-9 or ０-９, of a kanji digit 〇 to 九; -1 when none. */
int kt_digit(uint32_t c);
int kt_kanji_digit(uint32_t c);
/* 10, 100, 1000 for 十百千, else 0. */
unsigned kt_kanji_unit(uint32_t c);

/* ---- kana.c: the orders of labels ---- */

/* Place of a katakana of any width in いろは, from 1; 0 when none. */
unsigned kt_iroha_place(uint32_t c);
uint32_t kt_iroha_at(unsigned place); /* 0 when there is none */
unsigned kt_aiueo_place(uint32_t c);
uint32_t kt_aiueo_at(unsigned place);

/* ---- sign.c: numbers in one character ---- */

/* The number that c is: false when it is none. */
bool kt_sign_read(struct kt_num *out, uint32_t c);
/* The sign of a value in KT_F_CIRCLE or KT_F_PAREN_SIGN, 0 when none. */
uint32_t kt_sign_of(enum kt_form form, unsigned v);

/* ---- amount.c ---- */

/* An amount with its unit, a fraction, or digits in groups; *out as below. */
bool kt_amount_take(struct kt_buf *out, struct kt_cursor *c);
/* 0-9, 〇-九, 十百千万億兆 of any width. */
bool kt_is_numeral(uint32_t c);

/* ---- quantity.c ---- */

enum kt_quantity {
	KT_Q_LABEL, /* 第十二条の二, 別表第一 */
	KT_Q_DATE, /* 令和8年4月1日, 令和8年4月, 令和8年 */
	KT_Q_AMOUNT /* 三箇月, 百分の五, 10,000円 */
};

/*
 * The label, date or amount at p, somewhere in the text from begin to end,
 * folded or not.  Bytes used, 0 when there is none.  Its one spelling goes
 * to `out` unless that is NULL: the same for all that have the same value.
 * A kanji numeral that is part of a word (一部, 十分, 第三者) is none.
 */
size_t kt_quantity_read(struct kt_buf *out, enum kt_quantity *kind,
    const char *begin, const char *p, const char *end);

#endif
