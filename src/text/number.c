/* SPDX-License-Identifier: MIT */
/*
 * Numbers as regulations write them: 十二, 一〇五, 12, １２, ⑿, ①, イ, (ア),
 * a, ⅰ, 1.2.3, with branches の2.  A number here is a label or part of an
 * address, at most 99999; amounts with their units are amount.c's.
 *
 * Whether 一 is a number or the beginning of 一部 is for the caller to know,
 * who sees what stands around it.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <string.h>

#include "text_int.h"

#define MOST 99999
#define LONGEST 64 /* bytes of a run of digits: zeros have no end */

/* ---- digits ------------------------------------------------------------ */

/* The character at p; 0 at the end, where *len is 0 too. */
static uint32_t
peek(const char *p, size_t n, unsigned *len)
{
	if (n == 0) {
		*len = 0;
		return 0;
	}
	return kt_utf8_at(p, len);
}

/* Do the n bytes at p begin with s?  Its length, else 0. */
static size_t
starts(const char *p, size_t n, const char *s)
{
	size_t len = strlen(s);

	return n >= len && memcmp(p, s, len) == 0 ? len : 0;
}

static unsigned
unit_of(uint32_t c)
{
	return c == 0x4e07 ? 10000 : kt_kanji_unit(c); /* 万 */
}

/* A run of decimal digits, in half or full width or both. */
static size_t
read_digits(unsigned *out, enum kt_form *form, const char *p, size_t n)
{
	unsigned v = 0, len;
	size_t i = 0;

	for (int d; (d = kt_digit(peek(p + i, n - i, &len))) >= 0; i += len) {
		if (i == 0)
			*form = len == 1 ? KT_F_ARABIC : KT_F_WIDE;
		v = v * 10 + (unsigned)d;
		if (v > MOST || i > LONGEST)
			return 0;
	}
	*out = v;
	return i;
}

/* 一〇五: digits alone, one after the other. */
static size_t
read_kanji_digits(unsigned *out, enum kt_form *form, const char *p, size_t n)
{
	unsigned v = 0, len;
	size_t i = 0;

	for (int d; (d = kt_kanji_digit(peek(p + i, n - i, &len))) >= 0;
	     i += len) {
		v = v * 10 + (unsigned)d;
		if (v > MOST || i > LONGEST)
			return 0;
	}
	*out = v;
	*form = i == 3 && v > 0 ? KT_F_KANJI : KT_F_KANJI_DIGIT;
	return i;
}

/* 千二百, 三十九, 一万五: units from large to small, each once. */
static size_t
read_kanji_units(unsigned *out, const char *p, size_t n)
{
	unsigned total = 0, digit = 0, above = 100000, len;
	size_t i = 0;

	while (i < n) {
		uint32_t c = kt_utf8_at(p + i, &len);
		unsigned unit = unit_of(c);
		int d = kt_kanji_digit(c);

		if (unit != 0 && unit < above && (digit != 0 || unit < 10000)) {
			total += (digit == 0 ? 1 : digit) * unit;
			digit = 0;
			above = unit;
		} else if (d > 0 && digit == 0 && above > 1) {
			digit = (unsigned)d;
		} else {
			break;
		}
		i += len;
	}
	*out = total + digit;
	return i;
}

size_t
kt_num_plain(unsigned *out, enum kt_form *form, const char *p, size_t n)
{
	unsigned len, next;
	uint32_t c = peek(p, n, &len);
	size_t used;

	if (kt_digit(c) >= 0)
		return read_digits(out, form, p, n);
	if (kt_kanji_digit(c) < 0 && unit_of(c) == 0)
		return 0;
	used = read_kanji_digits(out, form, p, n);
	c = peek(p + used, n - used, &next);
	if (used > 0 && unit_of(c) == 0)
		return used;
	if (used > 3)
		return 0;
	used = read_kanji_units(out, p, n);
	/* More of a number behind it: 十万, 百二三, 一万億 is none of ours. */
	c = peek(p + used, n - used, &next);
	if (kt_kanji_digit(c) >= 0 || unit_of(c) != 0)
		return 0;
	*form = KT_F_KANJI;
	return used;
}

/* ---- kana -------------------------------------------------------------- */

/* One katakana that is not the beginning of a word. */
static size_t
read_kana(unsigned *out, const char *p, size_t n)
{
	unsigned len, next;

	*out = kt_iroha_place(peek(p, n, &len));
	if (*out == 0)
		return 0;
	uint32_t c = peek(p + len, n - len, &next);
	return next > 0 && kt_script_of(c) == KT_S_KATAKANA ? 0 : len;
}

bool
kt_num_as_aiueo(struct kt_num *num)
{
	unsigned place;

	if ((num->form != KT_F_IROHA && num->form != KT_F_PAREN_IROHA) ||
	    num->n == 0)
		return false;
	place = kt_aiueo_place(kt_iroha_at(num->v[0]));
	if (place == 0)
		return false;
	num->v[0] = place;
	num->form = num->form == KT_F_IROHA ? KT_F_AIUEO : KT_F_PAREN_AIUEO;
	return true;
}

/* ---- letters ----------------------------------------------------------- */

/* a to z of any case and width as 'a' to 'z'; 0 when none. */
static uint32_t
letter(uint32_t c)
{
	if (c >= 0xff21 && c <= 0xff5a)
		c -= 0xfee0;
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	return c >= 'a' && c <= 'z' ? c : 0;
}

static bool
ends_letters(const char *p, size_t n)
{
	unsigned len;
	uint32_t c = peek(p, n, &len);

	return len == 0 || (letter(c) == 0 && kt_digit(c) < 0);
}

static size_t
read_letter(unsigned *out, const char *p, size_t n)
{
	unsigned len;
	uint32_t c = letter(peek(p, n, &len));

	if (c == 0 || !ends_letters(p + len, n - len))
		return 0;
	*out = c - 'a' + 1;
	return len;
}

static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi",
	"vii", "viii", "ix" };

/* i to xxxix in letters; longer ones (c, d, l, m) would read words. */
static size_t
read_roman_letters(unsigned *out, const char *p, size_t n)
{
	char word[8];
	unsigned len, k = 0, tens = 0;
	size_t i = 0;
	uint32_t c;

	while ((c = letter(peek(p + i, n - i, &len))) != 0) {
		if ((c != 'i' && c != 'v' && c != 'x') || k == sizeof(word) - 1)
			return 0;
		word[k++] = (char)c;
		i += len;
	}
	word[k] = '\0';
	if (k == 0 || !ends_letters(p + i, n - i))
		return 0;
	while (tens < 3 && word[tens] == 'x')
		tens++;
	for (unsigned one = 0; one < KT_COUNT(ones); one++)
		if (strcmp(word + tens, ones[one]) == 0) {
			*out = tens * 10 + one;
			return i;
		}
	return 0;
}

/* 1 to 12 for ⅰ to ⅻ and Ⅰ to Ⅻ, else 0. */
static unsigned
roman_sign(uint32_t c)
{
	if (c >= 0x2160 && c <= 0x216b)
		return c - 0x2160 + 1;
	return c >= 0x2170 && c <= 0x217b ? c - 0x2170 + 1 : 0;
}

/* One sign, or up to three tens and one for the rest: ⅹⅹⅲ. */
static size_t
read_roman_signs(unsigned *out, const char *p, size_t n)
{
	unsigned v = 0, len, sign;
	size_t i = 0;

	while ((sign = roman_sign(peek(p + i, n - i, &len))) > 0 &&
	       (v == 0 || sign < 10 || (sign == 10 && v < 30))) {
		v += sign;
		i += len;
		if (sign != 10)
			break;
	}
	*out = v;
	return i;
}

bool
kt_num_as_latin(struct kt_num *num)
{
	unsigned place;

	if ((num->form != KT_F_ROMAN && num->form != KT_F_PAREN_ROMAN) ||
	    num->n != 1)
		return false;
	switch (num->v[0]) {
	case 1:
		place = 'i' - 'a' + 1;
		break;
	case 5:
		place = 'v' - 'a' + 1;
		break;
	case 10:
		place = 'x' - 'a' + 1;
		break;
	default:
		return false;
	}
	num->v[0] = place;
	num->form = num->form == KT_F_ROMAN ? KT_F_LATIN : KT_F_PAREN_LATIN;
	return true;
}

/* ---- branches, dots, brackets ------------------------------------------- */

/* What makes の + number a quantity or a word and not a branch: の二人,
 * の三者, の十分な, の一部, の二項 (a branch is followed by 第二項). */
static const char *const no_branch[] = { "分", "割", "倍", "人", "者", "部",
	"種", "面", "つ", "箇", "か月", "か所", "カ月", "ヶ月", "年", "月",
	"日", "時", "週", "個", "回", "件", "通", "枚", "名", "度", "級", "類",
	"重", "親", "円", "%", "％", "条", "項", "号", "章", "節", "編", "以上",
	"以内", "未満" };

static size_t
read_branch(unsigned *out, const char *p, size_t n)
{
	enum kt_form form;
	size_t no = starts(p, n, "の"), used;

	if (no == 0)
		return 0;
	used = kt_num_plain(out, &form, p + no, n - no);
	/* Branches begin with 2; 条の一 is の一部, の一に and the like. */
	if (used == 0 || *out == 0 || (*out == 1 && form == KT_F_KANJI))
		return 0;
	used += no;
	for (size_t i = 0; i < KT_COUNT(no_branch); i++)
		if (starts(p + used, n - used, no_branch[i]) != 0)
			return 0;
	return used;
}

size_t
kt_num_branches(struct kt_num *num, const char *p, size_t n)
{
	size_t used = 0, more;
	unsigned v;

	while (num->n > 0 && num->n < KT_NUM_PARTS &&
	       (more = read_branch(&v, p + used, n - used)) > 0) {
		num->v[num->n++] = v;
		used += more;
	}
	return used;
}

/* .2.3 behind the first part; false when there are more parts than fit. */
static bool
read_dots(size_t *used, struct kt_num *num, const char *p, size_t n)
{
	size_t dot, more;
	enum kt_form form;
	unsigned v;

	for (*used = 0;; *used += dot + more) {
		dot = starts(p + *used, n - *used, ".");
		if (dot == 0)
			dot = starts(p + *used, n - *used, "．");
		more = dot == 0 ? 0
				: read_digits(&v, &form, p + *used + dot,
				      n - *used - dot);
		if (more == 0)
			return true;
		if (num->n == KT_NUM_PARTS)
			return false;
		num->v[num->n++] = v;
	}
}

/* A bare number with what may follow it in its form. */
static size_t
read_number(struct kt_num *out, const char *p, size_t n)
{
	size_t used = kt_num_plain(&out->v[0], &out->form, p, n), more;

	if (used == 0)
		return 0;
	out->n = 1;
	if (out->form == KT_F_ARABIC || out->form == KT_F_WIDE) {
		if (!read_dots(&more, out, p + used, n - used))
			return 0;
		if (more > 0) {
			out->form = KT_F_DOTTED;
			return used + more;
		}
	}
	return used + kt_num_branches(out, p + used, n - used);
}

static size_t
read_bare(struct kt_num *out, const char *p, size_t n)
{
	size_t used = read_number(out, p, n);

	if (used > 0)
		return used;
	out->n = 1;
	if ((used = read_kana(&out->v[0], p, n)) > 0)
		out->form = KT_F_IROHA;
	else if ((used = read_roman_signs(&out->v[0], p, n)) > 0 ||
		 (used = read_roman_letters(&out->v[0], p, n)) > 0)
		out->form = KT_F_ROMAN;
	else if ((used = read_letter(&out->v[0], p, n)) > 0)
		out->form = KT_F_LATIN;
	return used;
}

/* The bracketed form of a bare one; NONE when brackets do not go with it. */
static enum kt_form
bracketed(enum kt_form form, bool wide)
{
	switch (form) {
	case KT_F_ARABIC:
	case KT_F_WIDE:
		return wide ? KT_F_PAREN_WIDE : KT_F_PAREN;
	case KT_F_KANJI:
	case KT_F_KANJI_DIGIT:
		return KT_F_PAREN_KANJI;
	case KT_F_IROHA:
		return KT_F_PAREN_IROHA;
	case KT_F_AIUEO:
		return KT_F_PAREN_AIUEO;
	case KT_F_LATIN:
		return KT_F_PAREN_LATIN;
	case KT_F_ROMAN:
		return KT_F_PAREN_ROMAN;
	case KT_F_NONE:
	case KT_F_PAREN:
	case KT_F_PAREN_WIDE:
	case KT_F_PAREN_SIGN:
	case KT_F_PAREN_KANJI:
	case KT_F_CIRCLE:
	case KT_F_PAREN_AIUEO:
	case KT_F_PAREN_IROHA:
	case KT_F_PAREN_LATIN:
	case KT_F_PAREN_ROMAN:
	case KT_F_DOTTED:
		break;
	}
	return KT_F_NONE;
}

static size_t
read_bracketed(struct kt_num *out, const char *p, size_t n)
{
	size_t open = starts(p, n, "("), used, close;
	bool wide = open == 0;

	if (wide)
		open = starts(p, n, "（");
	if (open == 0)
		return 0;
	used = read_bare(out, p + open, n - open);
	if (used == 0)
		return 0;
	used += open;
	close = starts(p + used, n - used, ")");
	if (close == 0)
		close = starts(p + used, n - used, "）");
	out->form = bracketed(out->form, wide);
	return close == 0 || out->form == KT_F_NONE ? 0 : used + close;
}

size_t
kt_num_read(struct kt_num *out, const char *p, size_t n)
{
	struct kt_num got = { .form = KT_F_NONE };
	size_t used = read_bracketed(&got, p, n);
	unsigned len;

	if (used == 0 && kt_sign_read(&got, peek(p, n, &len)))
		used = len;
	if (used == 0)
		used = read_bare(&got, p, n);
	if (used == 0)
		got = (struct kt_num){ .form = KT_F_NONE };
	*out = got;
	return used;
}
