/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <kaitei/text.h>

/* ---- characters ---------------------------------------------------------- */

static void
test_only_valid_utf8_without_nul_passes(void)
{
	static const struct {
		const char *text;
		size_t n;
		long bad; /* -1: valid */
	} cases[] = {
		{ "", 0, -1 },
		{ "abcdefghijklmnop", 16, -1 },
		{ "第１条\xf0\xa0\xae\x9f", 13, -1 },
		{ "\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf", 10, -1 },
		{ "abcdefgh\0ijklmnop", 17, 8 },
		{ "\0", 1, 0 },
		{ "ab\xff", 3, 2 },
		{ "\x80", 1, 0 },
		{ "\xc0\x80", 2, 0 },
		{ "\xc1\xbf", 2, 0 },
		{ "\xe0\x9f\xbf", 3, 0 },
		{ "\xed\xa0\x80", 3, 0 },
		{ "\xf0\x8f\xbf\xbf", 4, 0 },
		{ "\xf4\x90\x80\x80", 4, 0 },
		{ "\xf5\x80\x80\x80", 4, 0 },
		{ "第\xe7\xac", 5, 3 },
		{ "\xe7\xac", 2, 0 },
		{ "\xe7\xac\x41", 3, 0 },
		{ "abcdefg\x80", 8, 7 },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		size_t bad = (size_t)-1;
		bool ok = kt_utf8_check(cases[i].text, cases[i].n, &bad);

		CU_ASSERT(ok == (cases[i].bad < 0));
		KT_NUM(bad, cases[i].bad);
	}
}

static void
test_every_character_is_written_and_read_both_ways(void)
{
	struct kt_buf b = KT_BUF_INIT;
	size_t bad, wrong = 0;
	unsigned len, back;

	for (uint32_t c = 1; c <= 0x10ffff; c += c < 0x3000 ? 1 : 17) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		kt_buf_clear(&b);
		kt_buf_puts(&b, "第");
		kt_utf8_put(&b, c);
		wrong += !kt_utf8_check(b.p, b.len, &bad) ||
			 kt_utf8_at(b.p + 3, &len) != c || len != b.len - 3 ||
			 kt_utf8_before(b.p, b.p + b.len, &back) != c ||
			 back != len;
	}
	KT_NUM(wrong, 0);
	kt_buf_release(&b);
}

static void
test_characters_and_columns_are_counted(void)
{
	static const struct {
		const char *text;
		size_t count, width;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "第1条", 3, 5 },
		{ "ｱｲｳ", 3, 3 },
		{ "（１）", 3, 6 },
		{ "か\u3099", 2, 2 },
		{ "①", 1, 1 },
		{ "\xf0\xa0\xae\x9f", 1, 2 },
		{ "a\u200bb", 3, 2 },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		const char *s = cases[i].text;

		KT_NUM(kt_utf8_count(s, strlen(s)), cases[i].count);
		KT_NUM(kt_utf8_width(s, strlen(s)), cases[i].width);
	}
}

static void
test_every_character_has_a_script(void)
{
	static const struct {
		uint32_t c;
		enum kt_script want;
	} cases[] = {
		{ ' ', KT_S_SPACE },
		{ '\n', KT_S_SPACE },
		{ 0x3000, KT_S_SPACE },
		{ 0xa0, KT_S_SPACE },
		{ 0x200b, KT_S_SPACE },
		{ 0xfeff, KT_S_SPACE },
		{ '(', KT_S_PUNCT },
		{ 0x3001, KT_S_PUNCT },
		{ 0x30fb, KT_S_PUNCT },
		{ 0x2015, KT_S_PUNCT },
		{ 0xff08, KT_S_PUNCT },
		{ '7', KT_S_DIGIT },
		{ 0xff17, KT_S_DIGIT },
		{ 'a', KT_S_LATIN },
		{ 0xff21, KT_S_LATIN },
		{ 0xe9, KT_S_LATIN },
		{ 0x2170, KT_S_LATIN },
		{ 0x3042, KT_S_HIRAGANA },
		{ 0x30a2, KT_S_KATAKANA },
		{ 0x30fc, KT_S_KATAKANA },
		{ 0xff71, KT_S_KATAKANA },
		{ 0x30f6, KT_S_KATAKANA },
		{ 0x6761, KT_S_KANJI },
		{ 0x3005, KT_S_KANJI },
		{ 0x3007, KT_S_KANJI },
		{ 0x20b9f, KT_S_KANJI },
		{ 0x2460, KT_S_OTHER },
		{ 0x3231, KT_S_OTHER },
		{ 0x410, KT_S_OTHER },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		KT_NUM(kt_script_of(cases[i].c), cases[i].want);
		CU_ASSERT(
		    kt_is_space(cases[i].c) == (cases[i].want == KT_S_SPACE));
	}
}

/* ---- numbers ------------------------------------------------------------- */

/* A number as "form:12-2 used", to compare strings. */
static void
picture(struct kt_buf *out, const struct kt_num *num, size_t used)
{
	kt_buf_clear(out);
	kt_buf_printf(out, "%d:", (int)num->form);
	for (unsigned i = 0; i < num->n; i++)
		kt_buf_printf(out, i == 0 ? "%u" : "-%u", num->v[i]);
	kt_buf_printf(out, " %zu", used);
}

static void
test_numbers_are_read_in_every_form(void)
{
	static const struct {
		const char *text;
		enum kt_form form;
		const char *parts;
		size_t used; /* characters */
	} cases[] = {
		{ "12", KT_F_ARABIC, "12", 2 },
		{ "12条", KT_F_ARABIC, "12", 2 },
		{ "007", KT_F_ARABIC, "7", 3 },
		{ "１２", KT_F_WIDE, "12", 2 },
		{ "１2", KT_F_WIDE, "12", 2 },
		{ "12の2", KT_F_ARABIC, "12-2", 4 },
		{ "１２の２の３", KT_F_WIDE, "12-2-3", 6 },
		{ "十二", KT_F_KANJI, "12", 2 },
		{ "百五", KT_F_KANJI, "105", 2 },
		{ "千二百", KT_F_KANJI, "1200", 3 },
		{ "三十九の二の三", KT_F_KANJI, "39-2-3", 7 },
		{ "一万二千三百四十五", KT_F_KANJI, "12345", 9 },
		{ "一〇五", KT_F_KANJI_DIGIT, "105", 3 },
		{ "一二", KT_F_KANJI_DIGIT, "12", 2 },
		{ "二", KT_F_KANJI, "2", 1 },
		{ "⑴", KT_F_PAREN_SIGN, "1", 1 },
		{ "⒇", KT_F_PAREN_SIGN, "20", 1 },
		{ "(1)", KT_F_PAREN, "1", 3 },
		{ "(1の2)", KT_F_PAREN, "1-2", 5 },
		{ "（１）", KT_F_PAREN_WIDE, "1", 3 },
		{ "（12）", KT_F_PAREN_WIDE, "12", 4 },
		{ "（１)", KT_F_PAREN_WIDE, "1", 3 },
		{ "（一）", KT_F_PAREN_KANJI, "1", 3 },
		{ "(十二)", KT_F_PAREN_KANJI, "12", 4 },
		{ "㈩", KT_F_PAREN_KANJI, "10", 1 },
		{ "①", KT_F_CIRCLE, "1", 1 },
		{ "⑳", KT_F_CIRCLE, "20", 1 },
		{ "㉑", KT_F_CIRCLE, "21", 1 },
		{ "㉟", KT_F_CIRCLE, "35", 1 },
		{ "㊱", KT_F_CIRCLE, "36", 1 },
		{ "㊿", KT_F_CIRCLE, "50", 1 },
		{ "イ", KT_F_IROHA, "1", 1 },
		{ "ロ　", KT_F_IROHA, "2", 1 },
		{ "ン", KT_F_IROHA, "48", 1 },
		{ "ｱ", KT_F_IROHA, "36", 1 },
		{ "ｲ", KT_F_IROHA, "1", 1 },
		{ "(ｦ)", KT_F_PAREN_IROHA, "12", 3 },
		{ "(ア)", KT_F_PAREN_IROHA, "36", 3 },
		{ "（イ）", KT_F_PAREN_IROHA, "1", 3 },
		{ "a", KT_F_LATIN, "1", 1 },
		{ "Ｂ", KT_F_LATIN, "2", 1 },
		{ "(a)", KT_F_PAREN_LATIN, "1", 3 },
		{ "（ａ）", KT_F_PAREN_LATIN, "1", 3 },
		{ "⒜", KT_F_PAREN_LATIN, "1", 1 },
		{ "ⅰ", KT_F_ROMAN, "1", 1 },
		{ "Ⅳ", KT_F_ROMAN, "4", 1 },
		{ "ⅻ", KT_F_ROMAN, "12", 1 },
		{ "ⅹⅲ", KT_F_ROMAN, "13", 2 },
		{ "i", KT_F_ROMAN, "1", 1 },
		{ "xiv", KT_F_ROMAN, "14", 3 },
		{ "(ⅱ)", KT_F_PAREN_ROMAN, "2", 3 },
		{ "（ⅲ）", KT_F_PAREN_ROMAN, "3", 3 },
		{ "(iv)", KT_F_PAREN_ROMAN, "4", 4 },
		{ "1.2", KT_F_DOTTED, "1-2", 3 },
		{ "1.2.3 概要", KT_F_DOTTED, "1-2-3", 5 },
		{ "１．２", KT_F_DOTTED, "1-2", 3 },
		{ "1.2.3.4.5.6", KT_F_DOTTED, "1-2-3-4-5-6", 11 },
		{ "1. 概要", KT_F_ARABIC, "1", 1 },
		{ "99999", KT_F_ARABIC, "99999", 5 },
	};
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		const char *s = cases[i].text;
		struct kt_num num;
		size_t used = kt_num_read(&num, s, strlen(s));

		picture(&got, &num, kt_utf8_count(s, used));
		kt_buf_clear(&want);
		kt_buf_printf(&want, "%d:%s %zu", (int)cases[i].form,
		    cases[i].parts, cases[i].used);
		KT_STR(got.p, want.p);
	}
	kt_buf_release(&got);
	kt_buf_release(&want);
}

static void
test_what_is_no_number_is_not_read(void)
{
	static const char *const cases[] = { "", "第", "条", "の二", "abc",
		"This", "mix", "iiii", "イベント", "(あ)", "(1", "（一部）",
		"(1a)", "100000", "十万", "二三百", "百二三", "1.2.3.4.5.6.7",
		"万一", "カード", "○", "ー", "2147483648", "〇〇〇一〇〇〇〇〇",
		"(イロ)", "iM" };

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_num num = { .n = 3 };
		size_t used = kt_num_read(&num, cases[i], strlen(cases[i]));

		if (used != 0)
			printf("\n    %s\n", cases[i]);
		KT_NUM(used, 0);
		KT_NUM(num.n, 0);
		KT_NUM(num.form, KT_F_NONE);
	}
}

static void
test_branches_follow_a_unit(void)
{
	static const struct {
		const char *text, *parts;
		size_t used;
	} cases[] = {
		{ "の二", "39-2", 2 },
		{ "の二の三第一項", "39-2-3", 4 },
		{ "の２", "39-2", 2 },
		{ "の2の3", "39-2-3", 4 },
		{ "の十二", "39-12", 3 },
		{ "の二の規定", "39-2", 2 },
		{ "の二、", "39-2", 2 },
		{ "の一部を改正する", "39", 0 },
		{ "の一に", "39", 0 },
		{ "の二人", "39", 0 },
		{ "の三者", "39", 0 },
		{ "の十分な", "39", 0 },
		{ "の二分の一", "39", 0 },
		{ "の二項", "39", 0 },
		{ "の三箇月", "39", 0 },
		{ "の二以上の", "39", 0 },
		{ "の規定", "39", 0 },
		{ "", "39", 0 },
	};
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		const char *s = cases[i].text;
		struct kt_num num = { KT_F_KANJI, 1, { 39 } };
		size_t used = kt_num_branches(&num, s, strlen(s));

		picture(&got, &num, kt_utf8_count(s, used));
		kt_buf_clear(&want);
		kt_buf_printf(&want, "%d:%s %zu", (int)KT_F_KANJI,
		    cases[i].parts, cases[i].used);
		KT_STR(got.p, want.p);
	}
	kt_buf_release(&got);
	kt_buf_release(&want);
}

static void
test_a_bare_number_has_neither_branch_nor_bracket(void)
{
	enum kt_form form;
	unsigned v = 0;

	KT_NUM(kt_num_plain(&v, &form, "12の2", strlen("12の2")), 2);
	KT_NUM(v, 12);
	KT_NUM(kt_num_plain(&v, &form, "三十条", strlen("三十条")), 6);
	KT_NUM(v, 30);
	KT_NUM(kt_num_plain(&v, &form, "(1)", 3), 0);
	KT_NUM(kt_num_plain(&v, &form, "〇", 3), 3);
	KT_NUM(v, 0);
	KT_NUM(kt_num_plain(&v, &form, "", 0), 0);
}

static void
test_kana_and_letters_have_a_second_reading(void)
{
	struct kt_num num;

	kt_num_read(&num, "(ア)", strlen("(ア)"));
	CU_ASSERT_TRUE(kt_num_as_aiueo(&num));
	KT_NUM(num.form, KT_F_PAREN_AIUEO);
	KT_NUM(num.v[0], 1);
	CU_ASSERT_FALSE(kt_num_as_aiueo(&num));
	kt_num_read(&num, "ン", strlen("ン"));
	CU_ASSERT_TRUE(kt_num_as_aiueo(&num));
	KT_NUM(num.v[0], 46);
	kt_num_read(&num, "ヰ", strlen("ヰ"));
	CU_ASSERT_FALSE(kt_num_as_aiueo(&num));
	KT_NUM(num.form, KT_F_IROHA);
	kt_num_read(&num, "(v)", 3);
	CU_ASSERT_TRUE(kt_num_as_latin(&num));
	KT_NUM(num.form, KT_F_PAREN_LATIN);
	KT_NUM(num.v[0], 22);
	kt_num_read(&num, "ii", 2);
	CU_ASSERT_FALSE(kt_num_as_latin(&num));
}

/* Forms and the last value that each says by itself. */
static const struct {
	enum kt_form form;
	unsigned last;
} forms[] = {
	{ KT_F_ARABIC, 2000 },
	{ KT_F_WIDE, 2000 },
	{ KT_F_KANJI, 2000 },
	{ KT_F_KANJI_DIGIT, 2000 },
	{ KT_F_PAREN, 2000 },
	{ KT_F_PAREN_WIDE, 2000 },
	{ KT_F_PAREN_SIGN, 20 },
	{ KT_F_PAREN_KANJI, 2000 },
	{ KT_F_CIRCLE, 50 },
	{ KT_F_AIUEO, 46 },
	{ KT_F_IROHA, 48 },
	{ KT_F_PAREN_AIUEO, 46 },
	{ KT_F_PAREN_IROHA, 48 },
	{ KT_F_LATIN, 26 },
	{ KT_F_PAREN_LATIN, 26 },
	{ KT_F_ROMAN, 39 },
	{ KT_F_PAREN_ROMAN, 39 },
};

/* The reading of a kana or letter that its form asks for. */
static void
as_form(struct kt_num *num, enum kt_form form)
{
	if (form == KT_F_AIUEO || form == KT_F_PAREN_AIUEO)
		kt_num_as_aiueo(num);
	if (form == KT_F_LATIN || form == KT_F_PAREN_LATIN)
		kt_num_as_latin(num);
}

static void
test_what_is_written_is_read_as_the_same_number(void)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;
	size_t wrong = 0;

	for (size_t f = 0; f < KT_COUNT(forms); f++)
		for (unsigned v = 1; v <= 2000; v++) {
			struct kt_num num = { forms[f].form, 1, { v } }, got;
			bool says = v <= forms[f].last;

			kt_buf_clear(&a);
			kt_buf_clear(&b);
			kt_num_write(&a, &num);
			wrong += kt_num_read(&got, a.p, a.len) != a.len;
			as_form(&got, num.form);
			wrong += kt_num_cmp(&got, &num) != 0;
			/* 一 to 九 look alike in both kanji forms. */
			wrong += says && got.form != num.form &&
				 !(num.form == KT_F_KANJI_DIGIT && v < 10);
			kt_num_write(&b, &got);
			wrong += strcmp(a.p, b.p) != 0;
		}
	KT_NUM(wrong, 0);
	kt_buf_release(&a);
	kt_buf_release(&b);
}

static void
test_branches_are_written_in_their_form(void)
{
	static const struct {
		struct kt_num num;
		const char *whole, *head, *branches;
	} cases[] = {
		{ { KT_F_KANJI, 3, { 39, 2, 3 } }, "三十九の二の三", "三十九",
		    "の二の三" },
		{ { KT_F_ARABIC, 2, { 12, 2 } }, "12の2", "12", "の2" },
		{ { KT_F_WIDE, 2, { 12, 2 } }, "１２の２", "１２", "の２" },
		{ { KT_F_KANJI_DIGIT, 2, { 10, 2 } }, "一〇の二", "一〇",
		    "の二" },
		{ { KT_F_PAREN, 2, { 3, 2 } }, "(3の2)", "3", "の2" },
		{ { KT_F_DOTTED, 3, { 1, 2, 3 } }, "1.2.3", "1", ".2.3" },
		{ { KT_F_PAREN_WIDE, 1, { 10 } }, "（１０）", "１０", "" },
		{ { KT_F_PAREN_KANJI, 1, { 11 } }, "（十一）", "十一", "" },
		{ { KT_F_CIRCLE, 1, { 51 } }, "(51)", "51", "" },
		{ { KT_F_PAREN_SIGN, 1, { 21 } }, "(21)", "21", "" },
		{ { KT_F_AIUEO, 1, { 47 } }, "47", "47", "" },
		{ { KT_F_PAREN_LATIN, 1, { 27 } }, "(27)", "27", "" },
		{ { KT_F_ROMAN, 1, { 40 } }, "40", "40", "" },
		{ { KT_F_KANJI, 1, { 100000 } }, "100000", "100000", "" },
		{ { KT_F_NONE, 0, { 0 } }, "", "", "" },
	};
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		kt_buf_clear(&b);
		kt_num_write(&b, &cases[i].num);
		KT_STR(b.p, cases[i].whole);
		kt_buf_clear(&b);
		kt_num_write_head(&b, &cases[i].num);
		KT_STR(b.p, cases[i].head);
		kt_buf_clear(&b);
		kt_num_write_branches(&b, &cases[i].num);
		KT_STR(b.p, cases[i].branches);
	}
	kt_buf_release(&b);
}

static void
test_numbers_compare_by_value_part_by_part(void)
{
	struct kt_num a = { KT_F_KANJI, 2, { 12, 2 } };
	struct kt_num b = { KT_F_ARABIC, 2, { 12, 2 } };
	struct kt_num c = { KT_F_ARABIC, 1, { 12 } };
	struct kt_num d = { KT_F_ARABIC, 1, { 13 } };

	KT_NUM(kt_num_cmp(&a, &b), 0);
	KT_NUM(kt_num_cmp(&c, &a), -1);
	KT_NUM(kt_num_cmp(&a, &c), 1);
	KT_NUM(kt_num_cmp(&a, &d), -1);
	KT_NUM(kt_num_cmp(&d, &a), 1);
}

/* ---- dates --------------------------------------------------------------- */

static void
test_dates_are_read_in_every_form(void)
{
	static const struct {
		const char *text, *want;
		size_t used; /* characters */
	} cases[] = {
		{ "令和8年4月1日", "2026-04-01", 8 },
		{ "令和８年４月１日から", "2026-04-01", 8 },
		{ "令和八年四月一日", "2026-04-01", 8 },
		{ "令和 8年 4月 1日", "2026-04-01", 11 },
		{ "令和　８年４月１日", "2026-04-01", 9 },
		{ "令和元年5月1日", "2019-05-01", 8 },
		{ "㋿元年5月1日", "2019-05-01", 7 },
		{ "平成元年1月8日", "1989-01-08", 8 },
		{ "平成31年4月30日", "2019-04-30", 10 },
		{ "平成三十五年三月三十一日", "2023-03-31", 12 },
		{ "昭和64年1月7日", "1989-01-07", 9 },
		{ "昭和65年1月1日", "1990-01-01", 9 },
		{ "昭和元年12月25日", "1926-12-25", 10 },
		{ "大正15年12月24日", "1926-12-24", 11 },
		{ "大正元年7月30日", "1912-07-30", 9 },
		{ "明治45年7月29日", "1912-07-29", 10 },
		{ "明治元年1月1日", "1868-01-01", 8 },
		{ "R8.4.1", "2026-04-01", 6 },
		{ "Ｒ８．４．１", "2026-04-01", 6 },
		{ "S64.1.7", "1989-01-07", 7 },
		{ "H1/1/8", "1989-01-08", 6 },
		{ "2026-04-01", "2026-04-01", 10 },
		{ "2026/4/1", "2026-04-01", 8 },
		{ "2026.4.1", "2026-04-01", 8 },
		{ "２０２６－０４－０１", "2026-04-01", 10 },
		{ "2026年4月1日", "2026-04-01", 9 },
		{ "二〇二六年四月一日", "2026-04-01", 9 },
		{ "2024年2月29日", "2024-02-29", 10 },
		{ "2000年2月29日", "2000-02-29", 10 },
		{ "1899年12月31日", "1899-12-31", 11 },
	};
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		const char *s = cases[i].text;
		struct kt_date d;
		size_t used = kt_date_read(&d, s, strlen(s));

		kt_buf_clear(&b);
		kt_date_iso(&b, d);
		KT_STR(b.p, cases[i].want);
		KT_NUM(kt_utf8_count(s, used), cases[i].used);
	}
	kt_buf_release(&b);
}

static void
test_days_that_do_not_exist_are_not_read(void)
{
	static const char *const cases[] = { "", "令和", "令和8年",
		"令和8年4月", "令和0年4月1日", "令和8年0月1日",
		"令和8年13月1日", "令和8年4月31日", "2026年2月29日",
		"1900年2月29日", "2026年2月30日", "令和元年4月30日",
		"平成元年1月7日", "昭和元年12月24日", "大正元年7月29日",
		"2026-13-01", "2026-04-00", "2026-04", "2026-4/1", "1.2.3",
		"12-04-01", "四月一日", "R8年", "Q8.4.1", "99999年1月1日",
		"0年1月1日", "令和8年4月1" };

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_date d = { 1, 1, 1 };
		size_t used = kt_date_read(&d, cases[i], strlen(cases[i]));

		if (used != 0)
			printf("\n    %s\n", cases[i]);
		KT_NUM(used, 0);
		KT_NUM(d.year + d.month + d.day, 0);
	}
}

static void
test_eras_change_on_their_days(void)
{
	static const struct {
		struct kt_date d;
		const char *want, *kanji;
	} cases[] = {
		{ { 2019, 5, 1 }, "令和元年5月1日", "令和元年五月一日" },
		{ { 2019, 4, 30 }, "平成31年4月30日",
		    "平成三十一年四月三十日" },
		{ { 1989, 1, 8 }, "平成元年1月8日", "平成元年一月八日" },
		{ { 1989, 1, 7 }, "昭和64年1月7日", "昭和六十四年一月七日" },
		{ { 1926, 12, 25 }, "昭和元年12月25日",
		    "昭和元年十二月二十五日" },
		{ { 1926, 12, 24 }, "大正15年12月24日",
		    "大正十五年十二月二十四日" },
		{ { 1912, 7, 30 }, "大正元年7月30日", "大正元年七月三十日" },
		{ { 1912, 7, 29 }, "明治45年7月29日",
		    "明治四十五年七月二十九日" },
		{ { 1868, 10, 23 }, "明治元年10月23日",
		    "明治元年十月二十三日" },
		{ { 1868, 1, 24 }, "1868年1月24日", "一八六八年一月二十四日" },
		{ { 2026, 12, 10 }, "令和8年12月10日", "令和八年十二月十日" },
	};
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		kt_buf_clear(&b);
		kt_date_wareki(&b, cases[i].d);
		KT_STR(b.p, cases[i].want);
		kt_buf_clear(&b);
		kt_date_wareki_kanji(&b, cases[i].d);
		KT_STR(b.p, cases[i].kanji);
	}
	kt_buf_release(&b);
}

/* Reads back what `write` wrote of d. */
static bool
there_and_back(struct kt_buf *b, struct kt_date d,
    void (*write)(struct kt_buf *out, struct kt_date d))
{
	struct kt_date got;

	kt_buf_clear(b);
	write(b, d);
	return kt_date_read(&got, b->p, b->len) == b->len &&
	       kt_date_cmp(got, d) == 0;
}

static void
test_every_day_from_1868_to_2100_goes_there_and_back(void)
{
	struct kt_date d = { 1868, 1, 1 }, day_before = { 1867, 12, 31 };
	struct kt_buf b = KT_BUF_INIT;
	long day = kt_date_days(d);
	int weekday = kt_date_weekday(d);
	size_t wrong = 0;

	for (; d.year <= 2100; day++, weekday = weekday % 7 + 1) {
		wrong += kt_date_days(d) != day;
		wrong += kt_date_weekday(d) != weekday;
		wrong += kt_date_cmp(day_before, d) != -1;
		wrong += !there_and_back(&b, d, kt_date_iso);
		wrong += !there_and_back(&b, d, kt_date_wareki);
		wrong += !there_and_back(&b, d, kt_date_wareki_kanji);
		day_before = d;
		d = kt_date_from_days(day + 1);
	}
	KT_NUM(wrong, 0);
	KT_NUM(day, kt_date_days((struct kt_date){ 2101, 1, 1 }));
	kt_buf_release(&b);
}

static void
test_days_are_counted_from_1970(void)
{
	static const struct {
		struct kt_date d;
		long days;
		int weekday, fiscal;
	} cases[] = {
		{ { 1970, 1, 1 }, 0, 4, 1969 },
		{ { 1969, 12, 31 }, -1, 3, 1969 },
		{ { 2000, 2, 29 }, 11016, 2, 1999 },
		{ { 2026, 4, 1 }, 20544, 3, 2026 },
		{ { 2026, 3, 31 }, 20543, 2, 2025 },
		{ { 1868, 1, 1 }, -37255, 3, 1867 },
		{ { 1, 1, 1 }, -719162, 1, 0 },
		{ { 9999, 12, 31 }, 2932896, 5, 9999 },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_date back = kt_date_from_days(cases[i].days);

		KT_NUM(kt_date_days(cases[i].d), cases[i].days);
		KT_NUM(kt_date_cmp(back, cases[i].d), 0);
		KT_NUM(kt_date_weekday(cases[i].d), cases[i].weekday);
		KT_NUM(kt_date_fiscal_year(cases[i].d), cases[i].fiscal);
	}
}

static void
test_signs_of_radicals_become_characters(void)
{
	KT_NUM(kt_radical_unified(0x2fbc), 0x9ad8); /* 高 */
	KT_NUM(kt_radical_unified(0x2f45), 0x65b9); /* 方 */
	KT_NUM(kt_radical_unified(0x2ed1), 0x9577); /* 長 */
	KT_NUM(kt_radical_unified(0x2eac), 0x793a); /* 示 */
	KT_NUM(kt_radical_unified(0x9ad8), 0x9ad8);
	KT_NUM(kt_radical_unified(0x2460), 0x2460); /* ① stays */
	KT_NUM(kt_radical_unified(0x2e9a), 0x2e9a); /* not assigned */
}

static CU_TestInfo utf8_tests[] = {
	{ "only valid UTF-8 without NUL passes",
	    test_only_valid_utf8_without_nul_passes },
	{ "every character is written and read both ways",
	    test_every_character_is_written_and_read_both_ways },
	{ "characters and columns are counted",
	    test_characters_and_columns_are_counted },
	{ "every character has a script", test_every_character_has_a_script },
	{ "signs of radicals become characters",
	    test_signs_of_radicals_become_characters },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo number_tests[] = {
	{ "numbers are read in every form",
	    test_numbers_are_read_in_every_form },
	{ "what is no number is not read", test_what_is_no_number_is_not_read },
	{ "branches follow a unit", test_branches_follow_a_unit },
	{ "a bare number has neither branch nor bracket",
	    test_a_bare_number_has_neither_branch_nor_bracket },
	{ "kana and letters have a second reading",
	    test_kana_and_letters_have_a_second_reading },
	{ "what is written is read as the same number",
	    test_what_is_written_is_read_as_the_same_number },
	{ "branches are written in their form",
	    test_branches_are_written_in_their_form },
	{ "numbers compare by value, part by part",
	    test_numbers_compare_by_value_part_by_part },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo date_tests[] = {
	{ "dates are read in every form", test_dates_are_read_in_every_form },
	{ "days that do not exist are not read",
	    test_days_that_do_not_exist_are_not_read },
	{ "eras change on their days", test_eras_change_on_their_days },
	{ "every day from 1868 to 2100 goes there and back",
	    test_every_day_from_1868_to_2100_goes_there_and_back },
	{ "days are counted from 1970", test_days_are_counted_from_1970 },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "characters", NULL, NULL, NULL, NULL, utf8_tests },
		{ "numbers", NULL, NULL, NULL, NULL, number_tests },
		{ "dates", NULL, NULL, NULL, NULL, date_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
