/* SPDX-License-Identifier: MIT */
/*
 * Amounts in running text, one spelling for all of the same value: 三箇月 =
 * ３ヶ月 = 3か月, 百分の五 = 5％ = 五パーセント, 一万円 = 10,000円.
 *
 * Kanji numerals are part of many words (一部, 十分, 統一).  They count as
 * numbers only before a unit of units.def, and only when what follows the
 * unit makes no other word of it (三人 but not 三人称, 六本 but not 六本木).
 * When in doubt nothing is read: two spellings then stay apart, which is a
 * false difference and never a false equality.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <string.h>

#include "text_int.h"

#define MOST UINT64_C(1000000000000000) /* 千兆 */
#define LONGEST 32 /* digits in a run: zeros have no end */

struct amount {
	uint64_t whole;
	uint64_t part; /* digits behind the point */
	unsigned places; /* how many they are */
	bool kanji; /* begins with a kanji numeral */
	unsigned characters; /* of kanji numerals */
};

static uint64_t
big_unit(uint32_t c)
{
	switch (c) {
	case 0x4e07: /* 万 */
		return 10000;
	case 0x5104: /* 億 */
		return 100000000;
	case 0x5146: /* 兆 */
		return UINT64_C(1000000000000);
	}
	return 0;
}

bool
kt_is_numeral(uint32_t c)
{
	return kt_digit(c) >= 0 || kt_kanji_digit(c) >= 0 ||
	       kt_kanji_unit(c) != 0 || big_unit(c) != 0;
}

/* A comma between groups of three digits: 10,000 but not 1,2 or 1,0000. */
static bool
is_group(const struct kt_cursor *r, unsigned comma)
{
	struct kt_cursor at = { r->begin, r->p + comma, r->end };
	unsigned digits = 0, len;

	while (kt_digit(kt_cursor_at(&at, &len)) >= 0 && digits < 4) {
		at.p += len;
		digits++;
	}
	return digits == 3;
}

/* Arabic digits, with commas between groups; false when there are too many. */
static bool
take_arabic(struct kt_cursor *r, uint64_t *v, unsigned *digits)
{
	unsigned len;
	uint32_t c;
	bool grouped = false;
	int d;

	*v = 0;
	*digits = 0;
	for (;; r->p += len) {
		c = kt_cursor_at(r, &len);
		if (len == 0)
			return true;
		d = kt_digit(c);
		if (d >= 0) {
			*v = *v * 10 + (unsigned)d;
			if (*v >= MOST || *digits >= LONGEST)
				return false;
			++*digits;
		} else if ((c != ',' && c != 0xff0c) || *digits == 0 ||
			   (!grouped && *digits > 3) || !is_group(r, len)) {
			return true;
		} else {
			grouped = true;
		}
	}
}

static bool
take_kanji_digits(struct kt_cursor *r, uint64_t *v, unsigned *digits)
{
	unsigned len;
	int d;

	*v = 0;
	*digits = 0;
	while ((d = kt_kanji_digit(kt_cursor_at(r, &len))) >= 0) {
		*v = *v * 10 + (unsigned)d;
		if (*v >= MOST || *digits >= LONGEST)
			return false;
		++*digits;
		r->p += len;
	}
	return true;
}

/* Below 万: 2,500, 二五〇〇, 2千5百, 二千五百.  *digits is 0 when there is
 * none; false when it is no number. */
static bool
take_small(struct kt_cursor *r, struct amount *a, uint64_t *v, unsigned *taken)
{
	unsigned above = 10000, unit, digits, len;
	uint64_t d;

	*v = 0;
	*taken = 0;
	for (;;) {
		bool arabic = kt_digit(kt_cursor_at(r, &len)) >= 0;

		if (arabic ? !take_arabic(r, &d, &digits)
			   : !take_kanji_digits(r, &d, &digits))
			return false;
		*taken += digits;
		unit = kt_kanji_unit(kt_cursor_at(r, &len));
		if (!arabic)
			a->characters += digits;
		if (unit == 0 || unit >= above || (arabic && unit == 10)) {
			*v += digits == 0 ? 0 : d;
			return unit == 0;
		}
		if (!arabic && digits > 1)
			return false;
		*v += (digits == 0 ? 1 : d) * unit;
		above = unit;
		*taken += 1;
		a->characters++;
		r->p += len;
	}
}

/* 1.5億: the unit behind the decimals, when the value is whole. */
static void
take_scale(struct kt_cursor *r, struct amount *a)
{
	unsigned len;
	uint64_t big = big_unit(kt_cursor_at(r, &len)), scale = 1;

	for (unsigned i = 0; i < a->places && scale < big; i++)
		scale *= 10;
	if (big == 0 || a->places == 0 || a->places > 12 || big % scale != 0 ||
	    a->part >= scale || a->whole >= MOST / big)
		return;
	a->whole = a->whole * big + a->part * (big / scale);
	a->places = 0;
	r->p += len;
}

/* .5 or ・五 behind a number; only some units take it. */
static void
take_decimals(struct kt_cursor *r, struct amount *a)
{
	struct kt_cursor at = *r;
	unsigned len;

	if (a->kanji ? !kt_cursor_take(&at, "・")
		     : !kt_cursor_take(&at, ".") && !kt_cursor_take(&at, "．"))
		return;
	if (kt_digit(kt_cursor_at(&at, &len)) >= 0 ? a->kanji : !a->kanji)
		return;
	if ((a->kanji ? take_kanji_digits(&at, &a->part, &a->places)
		      : take_arabic(&at, &a->part, &a->places)) &&
	    a->places > 0)
		*r = at;
	else
		a->places = 0;
	take_scale(r, a);
}

/* A number from 0 to 千兆 in any spelling, without decimals. */
static bool
take_amount(struct kt_cursor *r, struct amount *a)
{
	uint64_t v, big, above = MOST;
	unsigned taken, len;
	struct kt_cursor at = *r;

	*a = (struct amount){ 0 };
	a->kanji = kt_digit(kt_cursor_at(&at, &len)) < 0;
	do {
		if (!take_small(&at, a, &v, &taken))
			return false;
		if (taken == 0)
			break;
		big = big_unit(kt_cursor_at(&at, &len));
		if (big >= above || v >= MOST / (big == 0 ? 1 : big))
			return false;
		if (big != 0) {
			at.p += len;
			a->characters++;
			above = big;
		}
		a->whole += v * (big == 0 ? 1 : big);
	} while (big != 0);
	if (at.p == r->p || kt_is_numeral(kt_cursor_at(&at, &len)))
		return false;
	r->p = at.p;
	return true;
}

static void
put_amount(struct kt_buf *out, const struct amount *a)
{
	kt_buf_printf(out, "%llu", (unsigned long long)a->whole);
	if (a->places > 0)
		kt_buf_printf(out, ".%0*llu", (int)a->places,
		    (unsigned long long)a->part);
}

/* ---- units -------------------------------------------------------------- */

enum unit_rule {
	PLAIN,
	/* With kanji 一 a word of its own (一部, 一時): a number only when
	 * what follows speaks of an amount (一日につき). */
	NOT_ONE,
	/* Minutes: 十分, 五分 and 十二分に are words. */
	MINUTES,
	MONTH, /* 三月: March, or three months where a duration must stand */
	DECIMAL, /* takes a decimal part in kanji: 七・五パーセント */
	ARABIC /* kanji numerals before it are words: 一度, 一目 */
};

static const struct unit {
	const char *name, *as;
	enum unit_rule rule;
} units[] = {
#define KT_UNIT(name, as, rule) { name, as, rule },
#include "units.def"
#undef KT_UNIT
};

/* What may follow a unit behind a kanji numeral though it is a kanji. */
static const char *const after_unit[] = { "以上", "以内", "以下", "以前",
	"以後", "以降", "未満", "前", "後", "間", "内", "中", "目", "当たり",
	"当り", "毎", "超", "程度", "及び", "又は", "並びに", "若しくは",
	"経過", "経つ", "保存", "保管", "分", "単位", "限度", "連続", "継続",
	"有効", "延長", "延滞", "満了", "相当", "遅れ", "猶予", "満", "限り",
	"頃", "末", "初", "現在", "付け", "施行", "法律", "政令", "省令",
	"規則", "条例", "告示", "訓令", "達",
	/* 二回行う, 三部作成する: what is done so many times, or with so many;
	   行 alone would take 二回行事. */
	"行う", "行い", "行わ", "行え", "行っ", "行な", "実施する", "実施し",
	"開催する", "開催し", "作成する", "作成し", "提出する", "提出し",
	"交付する", "交付し", "添付する", "添付し" };

/* What makes an amount of 一日 and the like for certain. */
static const char *const after_one[] = { "以上", "以内", "以下", "未満",
	"につき", "に付き", "当たり", "当り", "あたり", "を超", "をこえ",
	"ごと", "毎", "単位", "限度" };

static const char *const before_one[] = { "午前", "午後", "同月", "毎月",
	"翌月", "当月", "前月", "年一月" };

/* What makes a duration of 三月: March has no 以内 and is not exceeded. */
static const char *const after_months[] = { "以内", "以上", "未満", "間",
	"を経過", "を超", "をこえ", "ごと", "毎", "につき", "を限度", "を限り",
	"に満た", "分の", "に達", "以下" };

static const char *const after_minutes[] = { "以内", "未満", "間", "前", "後",
	"ごと", "毎", "を経過", "を超" };

/* Does the unit of a kanji numeral end at r, or go on as a longer word? */
static bool
unit_ends(const struct kt_cursor *r, const struct unit *unit)
{
	unsigned len;
	uint32_t c = kt_cursor_at(r, &len);

	if (len == 0)
		return true;
	if (kt_script_of(c) == KT_S_KANJI)
		return kt_is_numeral(c) ||
		       kt_cursor_sees_any(r, after_unit, KT_COUNT(after_unit));
	/* 一回り, 一通り */
	return c != 0x308a ||
	       (strcmp(unit->name, "回") != 0 && strcmp(unit->name, "通") != 0);
}

/* 二十分, 四十五分 but not 十分, 五分, 十二分に. */
static bool
minutes_are_meant(const struct kt_cursor *r, const struct amount *a, bool clock)
{
	return clock ||
	       kt_cursor_sees_any(r, after_minutes, KT_COUNT(after_minutes)) ||
	       (a->characters >= 2 && a->whole >= 20);
}

/* Does a kanji numeral with this unit mean an amount here?  r is past the
 * unit, `before` at the numeral. */
static bool
kanji_amount(const struct kt_cursor *r, const struct kt_cursor *before,
    const struct unit *unit, const struct amount *a)
{
	if (a->places > 0 && unit->rule != DECIMAL)
		return false;
	if (!unit_ends(r, unit))
		return false;
	switch (unit->rule) {
	case MINUTES:
		return minutes_are_meant(r, a, kt_cursor_follows(before, "時"));
	case NOT_ONE:
		return a->whole != 1 ||
		       kt_cursor_follows_any(
			   before, before_one, KT_COUNT(before_one)) ||
		       kt_cursor_sees_any(r, after_one, KT_COUNT(after_one));
	case ARABIC:
		return false;
	case PLAIN:
	case MONTH:
	case DECIMAL:
		break;
	}
	return true;
}

/* A unit; in katakana a whole word (5トンネル is not 5トン). */
static const struct unit *
take_unit(struct kt_cursor *r)
{
	unsigned len;
	uint32_t c;

	for (size_t i = 0; i < KT_COUNT(units); i++) {
		if (!kt_cursor_take(r, units[i].name))
			continue;
		c = kt_cursor_at(r, &len);
		if (len > 0 && kt_script_of(c) == KT_S_KATAKANA &&
		    kt_script_of(kt_cursor_before(r)) == KT_S_KATAKANA) {
			r->p -= strlen(units[i].name);
			continue;
		}
		return &units[i];
	}
	return NULL;
}

/* 三十一日 behind 三月, 三十分 behind 九時: its number, 0 when there is none.
 */
static unsigned
take_lower(struct kt_cursor *r, const struct unit *upper, uint64_t value)
{
	bool month = upper->rule == MONTH && value >= 1 && value <= 12;
	struct kt_cursor at = *r;
	struct amount a;

	if (!month && (strcmp(upper->name, "時") != 0 || value > 24))
		return 0;
	if (!take_amount(&at, &a) || a.whole == 0 ||
	    a.whole > (month ? 31 : 59) ||
	    !kt_cursor_take(&at, month ? "日" : "分"))
		return 0;
	*r = at;
	return (unsigned)a.whole;
}

/* 以内 behind months, or a day before them from which they count: 満了の日の
 * 六月前 is no June. */
static bool
is_duration(const struct kt_cursor *before, const struct kt_cursor *behind)
{
	return kt_cursor_sees_any(
		   behind, after_months, KT_COUNT(after_months)) ||
	       (kt_cursor_follows(before, "日の") &&
		   (kt_cursor_sees(behind, "前") ||
		       kt_cursor_sees(behind, "後")));
}

/* An amount with its unit and what stands below it. */
static void
put_whole(struct kt_buf *out, const struct amount *a, const struct unit *unit,
    unsigned lower, bool duration)
{
	put_amount(out, a);
	if (lower > 0)
		kt_buf_printf(out, "%s%u%s", unit->as, lower,
		    unit->rule == MONTH ? "日" : "分");
	else if (duration)
		kt_buf_puts(out, "か月");
	else
		kt_buf_puts(out, unit->as);
}

/* ---- fractions ---------------------------------------------------------- */

/* 百分の五, 三分の二, 100分の7.5: r stands behind the denominator. */
static bool
take_fraction(
    struct kt_buf *out, struct kt_cursor *r, const struct amount *whole)
{
	struct kt_cursor at = *r;
	struct amount part;
	unsigned len;

	if (whole->places > 0 || !kt_cursor_take(&at, "分の") ||
	    !take_amount(&at, &part))
		return false;
	take_decimals(&at, &part);
	if (part.kanji && kt_script_of(kt_cursor_at(&at, &len)) == KT_S_KANJI &&
	    len > 0 &&
	    !kt_cursor_sees_any(&at, after_unit, KT_COUNT(after_unit)))
		return false;
	r->p = at.p;
	if (out == NULL)
		return true;
	if (whole->whole != 100)
		kt_buf_printf(
		    out, "%llu分の", (unsigned long long)whole->whole);
	put_amount(out, &part);
	if (whole->whole == 100)
		kt_buf_putc(out, '%');
	return true;
}

/* Is the numeral at r the end of a word, 統一 or 再三? */
static bool
ends_a_word(const struct kt_cursor *r)
{
	static const char *const words[] = { "統一", "唯一", "随一", "同一",
		"画一", "均一", "単一", "専一", "択一", "逐一", "再三" };
	struct kt_cursor before = *r;
	unsigned len;

	if (r->p == r->begin)
		return false;
	kt_utf8_before(r->begin, r->p, &len);
	before.p -= len;
	return kt_cursor_sees_any(&before, words, KT_COUNT(words));
}

/* A bare Arabic number with commas is the number without them. */
static bool
grouped(const struct kt_cursor *from, const char *to)
{
	unsigned len;

	for (const char *p = from->p; p < to; p += len) {
		uint32_t c = kt_utf8_at(p, &len);

		if (c == ',' || c == 0xff0c)
			return true;
	}
	return false;
}

/* Digits in groups without a unit are the number without the commas. */
static bool
take_group(struct kt_buf *out, struct kt_cursor *r, const struct kt_cursor *at,
    const struct amount *a)
{
	if (a->kanji || !grouped(r, at->p))
		return false;
	if (out != NULL)
		put_amount(out, a);
	r->p = at->p;
	return true;
}

bool
kt_amount_take(struct kt_buf *out, struct kt_cursor *r)
{
	const struct unit *unit;
	struct kt_cursor at = *r;
	struct amount a;
	unsigned lower;

	if (!take_amount(&at, &a) || kt_cursor_follows(r, "第") ||
	    (a.kanji && ends_a_word(r)))
		return false;
	if (take_fraction(out, &at, &a)) {
		r->p = at.p;
		return true;
	}
	take_decimals(&at, &a);
	if (!a.kanji && (kt_cursor_sees(&at, ".") || kt_cursor_sees(&at, "．")))
		return false;
	unit = take_unit(&at);
	if (unit == NULL)
		return take_group(out, r, &at, &a);
	lower = take_lower(&at, unit, a.whole);
	if (lower == 0 && a.kanji && !kanji_amount(&at, r, unit, &a))
		return false;
	if (out != NULL)
		put_whole(out, &a, unit, lower,
		    unit->rule == MONTH && is_duration(r, &at));
	r->p = at.p;
	return true;
}
