/* SPDX-License-Identifier: MIT */
/* Numbers written in their form: the other direction of number.c. */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include "text_int.h"

#define MOST 99999 /* the last that kanji say */

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
	/* Up to ⅻ there is one sign for the whole. */
	if (v > 12)
		for (; v >= 10; v -= 10)
			kt_buf_puts(out, "ⅹ");
	if (v > 0)
		kt_utf8_put(out, 0x2170 + v - 1);
}

/* The character of a value; where its order has ended, the number. */
static void
put_sign(struct kt_buf *out, uint32_t c, unsigned v)
{
	if (c == 0)
		kt_buf_printf(out, "%u", v);
	else
		kt_utf8_put(out, c);
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
		put_sign(out, kt_aiueo_at(v), v);
		return;
	case KT_F_IROHA:
	case KT_F_PAREN_IROHA:
		put_sign(out, kt_iroha_at(v), v);
		return;
	case KT_F_LATIN:
	case KT_F_PAREN_LATIN:
		put_sign(out, v >= 1 && v <= 26 ? 'a' + v - 1 : 0, v);
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
		sign = kt_sign_of(num->form, num->v[0]);
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
