/* SPDX-License-Identifier: MIT */
/*
 * The characters that numbers are made of: digits, the two orders of kana,
 * and the signs that are a number in one character.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include "text_int.h"

int
kt_digit(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	if (c >= 0xff10 && c <= 0xff19)
		return (int)(c - 0xff10);
	return -1;
}

int
kt_kanji_digit(uint32_t c)
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

unsigned
kt_kanji_unit(uint32_t c)
{
	switch (c) {
	case 0x5341: /* 十 */
		return 10;
	case 0x767e: /* 百 */
		return 100;
	case 0x5343: /* 千 */
		return 1000;
	}
	return 0;
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

static uint32_t
at_place(const uint16_t *order, size_t n, unsigned place)
{
	return place == 0 || place > n ? 0 : order[place - 1];
}

unsigned
kt_iroha_place(uint32_t c)
{
	return place_in(iroha, IROHA, full_kana(c));
}

uint32_t
kt_iroha_at(unsigned place)
{
	return at_place(iroha, IROHA, place);
}

unsigned
kt_aiueo_place(uint32_t c)
{
	return place_in(aiueo, AIUEO, full_kana(c));
}

uint32_t
kt_aiueo_at(unsigned place)
{
	return at_place(aiueo, AIUEO, place);
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

bool
kt_sign_read(struct kt_num *out, uint32_t c)
{
	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (c >= signs[i].first && c <= signs[i].last) {
			out->form = signs[i].form;
			out->v[0] = signs[i].value + (c - signs[i].first);
			out->n = 1;
			return true;
		}
	return false;
}

uint32_t
kt_sign_of(enum kt_form form, unsigned v)
{
	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (signs[i].form == form && v >= signs[i].value &&
		    v - signs[i].value <= signs[i].last - signs[i].first)
			return signs[i].first + (v - signs[i].value);
	return 0;
}
