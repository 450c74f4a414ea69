/* SPDX-License-Identifier: MIT */
/*
 * One independent unit of meaning (amendment.md §3.2): a number with its unit,
 * a whole 第N条第M項, a compound noun, a verb with the noun that it belongs
 * to.  A drafter quotes none of them in part.
 */
#include "draft_int.h"

#include <string.h>

/* Characters of a compound that is still read as one word. */
#define COMPOUND_MOST 8

/* What little of a longer one is not left outside. */
#define REST_MOST 2

/* ---- numbers, dates, references ----------------------------------------- */

/* Is this a character that makes up numbers, dates and references? */
static bool
in_reference(uint32_t c)
{
	static const char marks[] =
	    "第条項号章節款編年月日円回割分の〇一二三四五六七八九十百千万";
	const char *p = marks;
	unsigned len;

	if ((c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19))
		return true;
	for (; *p != '\0'; p += len)
		if (kt_utf8_at(p, &len) == c)
			return true;
	return false;
}

static bool
is_number(uint32_t c)
{
	static const char digits[] = "〇一二三四五六七八九十百千万";
	const char *p = digits;
	unsigned len;

	if ((c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19))
		return true;
	for (; *p != '\0'; p += len)
		if (kt_utf8_at(p, &len) == c)
			return true;
	return false;
}

/* Do the bytes hold a number, so that what they are part of is a unit? */
bool
kt_unit_holds_number(const char *p, size_t from, size_t to)
{
	unsigned len;

	for (size_t i = from; i < to; i += len)
		if (is_number(kt_utf8_at(p + i, &len)))
			return true;
	return false;
}

/* 三〇、六七一円: a sign between three digits and those before them. */
static bool
is_group_sign(const char *p, size_t n, size_t at)
{
	unsigned len;
	uint32_t c = kt_utf8_at(p + at, &len);

	if ((c != 0x3001 && c != 0xff0c && c != ',') || at == 0 ||
	    !is_number(kt_utf8_before(p, p + at, &len)))
		return false;
	kt_utf8_at(p + at, &len);
	at += len;
	for (int i = 0; i < 3; i++, at += len)
		if (at >= n || !is_number(kt_utf8_at(p + at, &len)))
			return false;
	return at >= n || !is_number(kt_utf8_at(p + at, &len));
}

/* Does what stands at the place go on a reference?  の does where a number
 * follows: 条の二, not 条の規定. */
static bool
goes_on(const char *p, size_t n, size_t at)
{
	unsigned len;
	uint32_t c = kt_utf8_at(p + at, &len);

	if (c == 0x306e)
		return at + len < n &&
		       is_number(kt_utf8_at(p + at + len, &len));
	return in_reference(c) || is_group_sign(p, n, at);
}

bool
kt_unit_cuts_number(const char *p, size_t n, size_t at)
{
	unsigned len;
	uint32_t before;

	if (at == 0 || at >= n || !goes_on(p, n, at))
		return false;
	before = kt_utf8_before(p, p + at, &len);
	return in_reference(before) || is_group_sign(p, n, at - len);
}

bool
kt_unit_joins_number(const struct kt_edit *e, size_t most)
{
	const char *x = e->old->text, *y = e->new->text;
	unsigned len;

	return (e->start > 0 &&
		   in_reference(kt_utf8_before(x, x + e->start, &len)) &&
		   goes_on(y, e->new->len, e->new_start)) ||
	       (e->end < most && goes_on(x, most, e->end) &&
		   in_reference(kt_utf8_before(y, y + e->new_end, &len)));
}

/* 第二号|イ: a letter that goes on a reference. */
bool
kt_unit_is_letter_of_number(const char *p, size_t n, size_t start)
{
	size_t sign = strlen("号");
	unsigned len;

	if (start < sign || start >= n ||
	    memcmp(p + start - sign, "号", sign) != 0 ||
	    kt_script_of(kt_utf8_at(p + start, &len)) != KT_S_KATAKANA)
		return false;
	return start + len == n ||
	       kt_script_of(kt_utf8_at(p + start + len, &len)) != KT_S_KATAKANA;
}

/* Over the characters of the reference that the edit is part of; だけ の is
 * none at its end. */
static size_t
reference_left(const char *p, size_t at, size_t least, size_t most)
{
	unsigned len;
	size_t to = at;

	for (size_t i = at; i > least;) {
		uint32_t c = kt_utf8_before(p, p + i, &len);

		if (!in_reference(c) && !is_group_sign(p, most, i - len))
			break;
		i -= len;
		if (c != 0x306e)
			to = i;
	}
	return to;
}

static size_t
reference_right(const char *p, size_t at, size_t most)
{
	unsigned len;
	size_t to = at;

	for (size_t i = at; i < most; i += len) {
		uint32_t c = kt_utf8_at(p + i, &len);
		bool sign = is_group_sign(p, most, i);

		kt_utf8_at(p + i, &len);
		if (!in_reference(c) && !sign)
			break;
		if (c != 0x306e)
			to = i + len;
	}
	return to;
}

/* この|条, 翌|年四月: what a unit character belongs to. */
static size_t
pointer_left(const char *p, size_t start)
{
	static const char *const units[] = { "条", "項", "号", "章", "節", "款",
		"年", "月", "日" };
	static const char *const before[] = { "この", "翌", "前", "同", "毎",
		"本", "次", "各", "当" };
	struct kt_scan s = { p + start, p + start + strlen("条") };

	if (kt_scan_one_of(&s, units, KT_COUNT(units)) < 0)
		return start;
	for (size_t i = 0; i < KT_COUNT(before); i++) {
		size_t n = strlen(before[i]);

		if (start >= n && memcmp(p + start - n, before[i], n) == 0)
			return start - n;
	}
	return start;
}

void
kt_unit_reference(const char *p, size_t *start, size_t *end, size_t least,
    size_t most, bool whole)
{
	if (whole || kt_unit_cuts_number(p, most, *start))
		*start = reference_left(p, *start, least, most);
	*end = reference_right(p, *end, most);
	if (*start < *end) {
		size_t left = pointer_left(p, *start);

		*start = left < least ? *start : left;
	}
}

/* ---- compounds ---------------------------------------------------------- */

static bool
in_compound(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN;
}

/* Words at the border of a compound that are none of it: 三十日|以内,
 * 当該|端末. */
static size_t
loose_before(const char *p, size_t at, size_t end)
{
	static const char *const words[] = { "当該", "各", "毎", "全", "前",
		"同", "本", "次", "他" };

	for (size_t i = 0; i < KT_COUNT(words); i++) {
		size_t n = strlen(words[i]);

		if (end - at > n && memcmp(p + at, words[i], n) == 0)
			return n;
	}
	return 0;
}

static size_t
loose_behind(const char *p, size_t at, size_t most)
{
	static const char *const words[] = { "以内", "以上", "以下", "以外",
		"以後", "以前", "未満", "等", "又は", "若しくは", "及び",
		"並びに", "中", "後", "前", "時", "間", "上", "別", "用" };

	for (size_t i = 0; i < KT_COUNT(words); i++) {
		size_t n = strlen(words[i]);

		if (most - at >= n && memcmp(p + at, words[i], n) == 0)
			return n;
	}
	return 0;
}

/* Where the run of kanji, katakana and letters that ends at `at` begins. */
static size_t
run_left(const char *p, size_t at)
{
	unsigned len;

	while (at > 0 && in_compound(kt_utf8_before(p, p + at, &len)))
		at -= len;
	return at;
}

static size_t
run_right(const char *p, size_t at, size_t most)
{
	unsigned len;

	while (at < most && loose_behind(p, at, most) == 0 &&
	       in_compound(kt_utf8_at(p + at, &len)))
		at += len;
	return at;
}

/* 室|並びに: kanji of their own, no part of what stands before. */
static bool
is_joint(const char *p, size_t at, size_t most)
{
	static const char *const words[] = { "又は", "若しくは", "及び",
		"並びに" };
	struct kt_scan s = { p + at, p + most };

	return kt_scan_one_of(&s, words, KT_COUNT(words)) >= 0;
}

static bool
is_inside(const char *p, size_t at, size_t most)
{
	unsigned len;

	return at > 0 && at < most && !is_joint(p, at, most) &&
	       in_compound(kt_utf8_before(p, p + at, &len)) &&
	       in_compound(kt_utf8_at(p + at, &len));
}

/* 提出|する, 報告|し、: the noun that makes the verb. */
static bool
begins_verb(const char *p, size_t n)
{
	static const char *const words[] = { "する", "した", "して", "しな",
		"され", "させ", "すべ", "せず", "し、" };
	struct kt_scan s = { p, p + n };

	return kt_scan_one_of(&s, words, KT_COUNT(words)) >= 0;
}

/* 努めな|ければならない, 採るべ|き: an ending that no sentence breaks up. */
static size_t
ending_right(const char *p, size_t at, size_t most)
{
	static const struct {
		const char *before, *ending;
	} endings[] = { { "", "ければならない" }, { "", "ければなりません" },
		{ "な", "ければ" }, { "べ", "き" }, { "べ", "く" } };

	for (size_t i = 0; i < KT_COUNT(endings); i++) {
		size_t n = strlen(endings[i].ending);
		size_t m = strlen(endings[i].before);

		if (most - at >= n && at >= m &&
		    memcmp(p + at - m, endings[i].before, m) == 0 &&
		    memcmp(p + at, endings[i].ending, n) == 0)
			return at + n;
	}
	return at;
}

/* Words that are put in before a word, as the first part of a compound. */
static bool
is_prefix(const struct kt_edit *e, size_t most)
{
	unsigned len;

	return e->start == e->end && e->end < most &&
	       e->new_end > e->new_start &&
	       !is_joint(e->old->text, e->end, most) &&
	       in_compound(kt_utf8_at(e->old->text + e->end, &len)) &&
	       in_compound(kt_utf8_before(
		   e->new->text, e->new->text + e->new_end, &len));
}

void
kt_unit_compound(
    const struct kt_edit *e, size_t *start, size_t *end, size_t most)
{
	const char *p = e->old->text;
	size_t left = *start, right = *end;
	unsigned len;

	if (*start<*end && * start> 0 &&
	    begins_verb(p + *start, *end - *start) &&
	    in_compound(kt_utf8_before(p, p + *start, &len))) {
		left = run_left(p, *start);
		if (kt_utf8_count(p + left, *start - left) <= COMPOUND_MOST / 2)
			*start = left;
	}
	if (*start < *end ? is_inside(p, *start, most)
			  : is_inside(p, *start, most) && is_prefix(e, most))
		left = run_left(p, *start);
	if ((*start < *end && is_inside(p, *end, most)) || is_prefix(e, most))
		right = run_right(p, *end, most);
	left += loose_before(p, left, *start);
	if (kt_utf8_count(p + left, right - left) <= COMPOUND_MOST ||
	    *start == *end) {
		*start = left;
		*end = right;
	} else {
		/* 放射線業務従事|者: but for a little. */
		if (kt_utf8_count(p + left, *start - left) <= REST_MOST)
			*start = left;
		if (kt_utf8_count(p + *end, right - *end) <= REST_MOST)
			*end = right;
	}
	if (*start < *end)
		*end = ending_right(p, *end, most);
}

bool
kt_unit_splits_verb(const char *p, size_t at)
{
	static const char *const particles[] = { "の", "を", "に", "は", "が",
		"と", "で", "へ", "も", "や", "か", "より", "まで", "ただし",
		"その", "この", "これ", "それ", "あ", "い", "う", "お" };
	static const char *const before[] = { "を", "の", "は", "が", "に",
		"へ", "も", "や" };
	struct kt_scan s = { p + at, p + at + strlen(p + at) };
	unsigned len;
	enum kt_script script;

	if (at == 0 ||
	    kt_script_of(kt_utf8_at(p + at, &len)) != KT_S_HIRAGANA ||
	    kt_scan_one_of(&s, particles, KT_COUNT(particles)) >= 0)
		return false;
	script = kt_script_of(kt_utf8_before(p, p + at, &len));
	s = (struct kt_scan){ p + at - len, p + at };
	return (script == KT_S_HIRAGANA || script == KT_S_KANJI) &&
	       kt_scan_one_of(&s, before, KT_COUNT(before)) < 0;
}

size_t
kt_unit_word_before(const char *p, size_t start, size_t end)
{
	size_t left;

	if (start < end && kt_unit_cuts_number(p, end, start))
		start = reference_left(p, start, 0, end);
	if (start < end)
		start = pointer_left(p, start);
	if (start == end || !is_inside(p, start, end))
		return start;
	left = run_left(p, start);
	left += loose_before(p, left, start);
	return kt_utf8_count(p + left, end - left) <= COMPOUND_MOST ? left
								    : start;
}

size_t
kt_unit_word_behind(const char *p, size_t start, size_t end, size_t most)
{
	size_t right, left;

	if (!is_inside(p, end, most))
		return end;
	right = run_right(p, end, most);
	left = run_left(p, end);
	if (left < start)
		left = start;
	return kt_utf8_count(p + left, right - left) <= COMPOUND_MOST ? right
								      : end;
}
