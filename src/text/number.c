/* SPDX-License-Identifier: MIT */
/*
 * Numbers as regulations write them: 十二, 一〇五, 12, １２, ⑿, ①, イ, (ア),
 * a, ⅰ, 1.2.3, with branches の2.  A number here is a label or part of an
 * address, at most 99999; amounts with their units are quantity.c's.
 *
 * Whether 一 is a number or the beginning of 一部 is for the caller to know,
 * who sees what stands around it.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include "text_int.h"

#define MOST 99999

/* ---- digits ------------------------------------------------------------ */

uint32_t
kt_text_peek(const char *p, size_t n, unsigned *len)
{
	if (n == 0) {
		*len = 0;
		return 0;
	}
	return kt_utf8_at(p, len);
}

int
kt_text_digit(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	if (c >= 0xff10 && c <= 0xff19)
		return (int)(c - 0xff10);
	return -1;
}

int
kt_text_kanji_digit(uint32_t c)
{
	switch (c) {
	case 0x3007: /* 〇 */
		return 0;
	case 0x4e00: /* 一 */
		return 1;
	case 0x4e8c: /* 二 */
		return 2;
	case 0x4e09: /* 三 */
		return 3;
	case 0x56db: /* 四 */
		return 4;
	case 0x4e94: /* 五 */
		return 5;
	case 0x516d: /* 六 */
		return 6;
	case 0x4e03: /* 七 */
		return 7;
	case 0x516b: /* 八 */
		return 8;
	case 0x4e5d: /* 九 */
		return 9;
	}
	return -1;
}

static unsigned
kanji_unit(uint32_t c)
{
	switch (c) {
	case 0x5341: /* 十 */
		return 10;
	case 0x767e: /* 百 */
		return 100;
	case 0x5343: /* 千 */
		return 1000;
	case 0x4e07: /* 万 */
		return 10000;
	}
	return 0;
}

/* A run of decimal digits, in half or full width or both. */
static size_t
read_digits(unsigned *out, enum kt_form *form, const char *p, size_t n)
{
	unsigned v = 0, len;
	size_t i = 0;

	for (int d; (d = kt_text_digit(kt_text_peek(p + i, n - i, &len))) >= 0;
	     i += len) {
		if (i == 0)
			*form = len == 1 ? KT_F_ARABIC : KT_F_WIDE;
		v = v * 10 + (unsigned)d;
		if (v > MOST)
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

	for (int d;
	     (d = kt_text_kanji_digit(kt_text_peek(p + i, n - i, &len))) >= 0;
	     i += len) {
		v = v * 10 + (unsigned)d;
		if (v > MOST)
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
		unsigned unit = kanji_unit(c);
		int d = kt_text_kanji_digit(c);

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
	uint32_t c = kt_text_peek(p, n, &len);
	size_t used;

	if (kt_text_digit(c) >= 0)
		return read_digits(out, form, p, n);
	if (kt_text_kanji_digit(c) < 0 && kanji_unit(c) == 0)
		return 0;
	used = read_kanji_digits(out, form, p, n);
	c = kt_text_peek(p + used, n - used, &next);
	if (used > 0 && kanji_unit(c) == 0)
		return used;
	if (used > 3)
		return 0;
	used = read_kanji_units(out, p, n);
	/* More of a number behind it: 十万, 百二三, 一万億 is none of ours. */
	c = kt_text_peek(p + used, n - used, &next);
	if (kt_text_kanji_digit(c) >= 0 || kanji_unit(c) != 0)
		return 0;
	*form = KT_F_KANJI;
	return used;
}

/* ---- kana -------------------------------------------------------------- */

static const uint16_t iroha[] = u"イロハニホヘトチリヌルヲワカヨタレソツネナ"
				u"ラムウヰノオクヤマケフコエテアサキユメミシ"
				u"ヱヒモセスン";
static const uint16_t aiueo[] = u"アイウエオカキクケコサシスセソタチツテト"
				u"ナニヌネノハヒフヘホマミムメモヤユヨラリル"
				u"レロワヲン";
#define IROHA (KT_COUNT(iroha) - 1)
#define AIUEO (KT_COUNT(aiueo) - 1)

/* Half-width ｱ to ﾜ, ｦ, ﾝ in the order of their code points. */
static const uint16_t half[] = u"アイウエオカキクケコサシスセソタチツテト"
			       u"ナニヌネノハヒフヘホマミムメモヤユヨラリル"
			       u"レロワン";

static uint32_t
full_kana(uint32_t c)
{
	if (c >= 0xff71 && c <= 0xff9d)
		return half[c - 0xff71];
	return c == 0xff66 ? 0x30f2 : c;
}

static unsigned
place_in(const uint16_t *order, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (order[i] == c)
			return (unsigned)i + 1;
	return 0;
}

/* One katakana that is not the beginning of a word. */
static size_t
read_kana(unsigned *out, const char *p, size_t n)
{
	unsigned len, next;
	uint32_t c = full_kana(kt_text_peek(p, n, &len));

	*out = place_in(iroha, IROHA, c);
	if (*out == 0)
		return 0;
	c = kt_text_peek(p + len, n - len, &next);
	return next > 0 && kt_script_of(c) == KT_S_KATAKANA ? 0 : len;
}

bool
kt_num_as_aiueo(struct kt_num *num)
{
	unsigned place;

	if ((num->form != KT_F_IROHA && num->form != KT_F_PAREN_IROHA) ||
	    num->n == 0 || num->v[0] == 0 || num->v[0] > IROHA)
		return false;
	place = place_in(aiueo, AIUEO, iroha[num->v[0] - 1]);
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
	uint32_t c = kt_text_peek(p, n, &len);

	return len == 0 || (letter(c) == 0 && kt_text_digit(c) < 0);
}

static size_t
read_letter(unsigned *out, const char *p, size_t n)
{
	unsigned len;
	uint32_t c = letter(kt_text_peek(p, n, &len));

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

	while ((c = letter(kt_text_peek(p + i, n - i, &len))) != 0) {
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

/* ⅰ to ⅻ and Ⅰ to Ⅻ, tens in front of them: ⅹⅲ. */
static size_t
read_roman_signs(unsigned *out, const char *p, size_t n)
{
	unsigned v = 0, len, sign = 10;
	size_t i = 0;

	while (sign == 10 && v < 30) {
		uint32_t c = kt_text_peek(p + i, n - i, &len);

		if (c >= 0x2160 && c <= 0x216b)
			sign = c - 0x2160 + 1;
		else if (c >= 0x2170 && c <= 0x217b)
			sign = c - 0x2170 + 1;
		else
			break;
		v += sign;
		i += len;
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

/* ---- signs that are a number in one character --------------------------- */

static const struct {
	uint32_t first, last;
	unsigned value; /* of the first */
	enum kt_form form;
} signs[] = {
	{ 0x2460, 0x2473, 1, KT_F_CIRCLE }, /* ① to ⑳ */
	{ 0x3251, 0x325f, 21, KT_F_CIRCLE }, /* ㉑ to ㉟ */
	{ 0x32b1, 0x32bf, 36, KT_F_CIRCLE }, /* ㊱ to ㊿ */
	{ 0x24ea, 0x24ea, 0, KT_F_CIRCLE }, /* ⓪ */
	{ 0x2474, 0x2487, 1, KT_F_PAREN_SIGN }, /* ⑴ to ⒇ */
	{ 0x3220, 0x3229, 1, KT_F_PAREN_KANJI }, /* ㈠ to ㈩ */
	{ 0x249c, 0x24b5, 1, KT_F_PAREN_LATIN }, /* ⒜ to ⒵ */
};

static size_t
read_sign(struct kt_num *out, const char *p, size_t n)
{
	unsigned len;
	uint32_t c = kt_text_peek(p, n, &len);

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (c >= signs[i].first && c <= signs[i].last) {
			out->form = signs[i].form;
			out->v[0] = signs[i].value + (c - signs[i].first);
			out->n = 1;
			return len;
		}
	return 0;
}

/* The sign of a value in a form; 0 when there is none. */
static uint32_t
sign_of(enum kt_form form, unsigned v)
{
	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (signs[i].form == form && v >= signs[i].value &&
		    v - signs[i].value <= signs[i].last - signs[i].first)
			return signs[i].first + (v - signs[i].value);
	return 0;
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
	size_t no = kt_text_starts(p, n, "の"), used;

	if (no == 0)
		return 0;
	used = kt_num_plain(out, &form, p + no, n - no);
	/* Branches begin with 2; 条の一 is の一部, の一に and the like. */
	if (used == 0 || *out == 0 || (*out == 1 && form == KT_F_KANJI))
		return 0;
	used += no;
	for (size_t i = 0; i < KT_COUNT(no_branch); i++)
		if (kt_text_starts(p + used, n - used, no_branch[i]) != 0)
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
		dot = kt_text_starts(p + *used, n - *used, ".");
		if (dot == 0)
			dot = kt_text_starts(p + *used, n - *used, "．");
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
	size_t open = kt_text_starts(p, n, "("), used, close;
	bool wide = open == 0;

	if (wide)
		open = kt_text_starts(p, n, "（");
	if (open == 0)
		return 0;
	used = read_bare(out, p + open, n - open);
	if (used == 0)
		return 0;
	used += open;
	close = kt_text_starts(p + used, n - used, ")");
	if (close == 0)
		close = kt_text_starts(p + used, n - used, "）");
	out->form = bracketed(out->form, wide);
	return close == 0 || out->form == KT_F_NONE ? 0 : used + close;
}

size_t
kt_num_read(struct kt_num *out, const char *p, size_t n)
{
	struct kt_num got = { .form = KT_F_NONE };
	size_t used = read_bracketed(&got, p, n);

	if (used == 0)
		used = read_sign(&got, p, n);
	if (used == 0)
		used = read_bare(&got, p, n);
	if (used == 0)
		got = (struct kt_num){ .form = KT_F_NONE };
	*out = got;
	return used;
}

/* ---- writing ------------------------------------------------------------ */

static const char *const kanji_digits[] = { "〇", "一", "二", "三", "四", "五",
	"六", "七", "八", "九" };

static void
put_kanji(struct kt_buf *out, unsigned v)
{
	static const struct {
		unsigned value;
		const char *name;
	} units[] = { { 10000, "万" }, { 1000, "千" }, { 100, "百" },
		{ 10, "十" } };

	if (v == 0 || v > MOST) {
		kt_buf_printf(out, v == 0 ? "〇" : "%u", v);
		return;
	}
	for (size_t i = 0; i < KT_COUNT(units); i++) {
		unsigned digit = v / units[i].value;

		v %= units[i].value;
		if (digit == 0)
			continue;
		if (digit > 1 || units[i].value == 10000)
			kt_buf_puts(out, kanji_digits[digit]);
		kt_buf_puts(out, units[i].name);
	}
	if (v > 0)
		kt_buf_puts(out, kanji_digits[v]);
}

/* The decimal digits of v, each by put. */
static void
put_decimal(struct kt_buf *out, unsigned v,
    void (*put)(struct kt_buf *out, unsigned digit))
{
	unsigned scale = 1;

	while (v / scale >= 10)
		scale *= 10;
	for (; scale > 0; scale /= 10)
		put(out, v / scale % 10);
}

static void
put_wide_digit(struct kt_buf *out, unsigned digit)
{
	kt_utf8_put(out, 0xff10 + digit);
}

static void
put_kanji_digit(struct kt_buf *out, unsigned digit)
{
	kt_buf_puts(out, kanji_digits[digit]);
}

static void
put_roman(struct kt_buf *out, unsigned v)
{
	if (v == 0 || v >= 40) {
		kt_buf_printf(out, "%u", v);
		return;
	}
	for (; v > 12; v -= 10)
		kt_buf_puts(out, "ⅹ");
	kt_utf8_put(out, 0x2170 + v - 1);
}

static void
put_place(struct kt_buf *out, const uint16_t *order, size_t n, unsigned v)
{
	if (v == 0 || v > n)
		kt_buf_printf(out, "%u", v);
	else
		kt_utf8_put(out, order[v - 1]);
}

/* A part as it stands inside the brackets of its form, if it has any. */
static void
put_part(struct kt_buf *out, enum kt_form form, unsigned v)
{
	switch (form) {
	case KT_F_WIDE:
	case KT_F_PAREN_WIDE:
		put_decimal(out, v, put_wide_digit);
		return;
	case KT_F_KANJI:
	case KT_F_PAREN_KANJI:
		put_kanji(out, v);
		return;
	case KT_F_KANJI_DIGIT:
		put_decimal(out, v, put_kanji_digit);
		return;
	case KT_F_AIUEO:
	case KT_F_PAREN_AIUEO:
		put_place(out, aiueo, AIUEO, v);
		return;
	case KT_F_IROHA:
	case KT_F_PAREN_IROHA:
		put_place(out, iroha, IROHA, v);
		return;
	case KT_F_LATIN:
	case KT_F_PAREN_LATIN:
		put_place(out, u"abcdefghijklmnopqrstuvwxyz", 26, v);
		return;
	case KT_F_ROMAN:
	case KT_F_PAREN_ROMAN:
		put_roman(out, v);
		return;
	case KT_F_NONE:
	case KT_F_ARABIC:
	case KT_F_PAREN:
	case KT_F_PAREN_SIGN:
	case KT_F_CIRCLE:
	case KT_F_DOTTED:
		break;
	}
	kt_buf_printf(out, "%u", v);
}

/* "(" ")" or "（" "）", "" when the form has none.  Signs fall back to
 * brackets when they end. */
static const char *
bracket_of(enum kt_form form, bool open)
{
	switch (form) {
	case KT_F_PAREN:
	case KT_F_PAREN_SIGN:
	case KT_F_CIRCLE:
	case KT_F_PAREN_AIUEO:
	case KT_F_PAREN_IROHA:
	case KT_F_PAREN_LATIN:
	case KT_F_PAREN_ROMAN:
		return open ? "(" : ")";
	case KT_F_PAREN_WIDE:
	case KT_F_PAREN_KANJI:
		return open ? "（" : "）";
	case KT_F_NONE:
	case KT_F_ARABIC:
	case KT_F_WIDE:
	case KT_F_KANJI:
	case KT_F_KANJI_DIGIT:
	case KT_F_AIUEO:
	case KT_F_IROHA:
	case KT_F_LATIN:
	case KT_F_ROMAN:
	case KT_F_DOTTED:
		break;
	}
	return "";
}

void
kt_num_write_branches(struct kt_buf *out, const struct kt_num *num)
{
	for (unsigned i = 1; i < num->n; i++) {
		kt_buf_puts(out, num->form == KT_F_DOTTED ? "." : "の");
		put_part(out, num->form, num->v[i]);
	}
}

void
kt_num_write_head(struct kt_buf *out, const struct kt_num *num)
{
	if (num->n > 0)
		put_part(out, num->form, num->v[0]);
}

void
kt_num_write(struct kt_buf *out, const struct kt_num *num)
{
	uint32_t sign = 0;

	if (num->n == 0)
		return;
	if (num->n == 1 &&
	    (num->form == KT_F_CIRCLE || num->form == KT_F_PAREN_SIGN))
		sign = sign_of(num->form, num->v[0]);
	if (sign != 0) {
		kt_utf8_put(out, sign);
		return;
	}
	kt_buf_puts(out, bracket_of(num->form, true));
	kt_num_write_head(out, num);
	kt_num_write_branches(out, num);
	kt_buf_puts(out, bracket_of(num->form, false));
}

int
kt_num_cmp(const struct kt_num *a, const struct kt_num *b)
{
	for (unsigned i = 0; i < a->n && i < b->n; i++)
		if (a->v[i] != b->v[i])
			return a->v[i] < b->v[i] ? -1 : 1;
	return a->n == b->n ? 0 : a->n < b->n ? -1 : 1;
}
