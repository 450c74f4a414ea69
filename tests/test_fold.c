/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <kaitei/text.h>

#include <time.h>

static struct kt_words *words;
static struct kt_buf out = KT_BUF_INIT;

static int
begin(void)
{
	words = kt_words_new();
	return 0;
}

static int
end(void)
{
	kt_words_free(words);
	kt_buf_release(&out);
	return 0;
}

static const char *
folded(const char *text)
{
	kt_buf_clear(&out);
	kt_fold(&out, text, strlen(text));
	return out.p;
}

/* ---- kt_fold ------------------------------------------------------------ */

static void
test_text_is_folded_for_comparison(void)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "", "" },
		{ "第１条　目的", "第1条目的" },
		{ "ＡｂＣ（１）", "AbC(1)" },
		{ "％＋＝＆＠", "%+=&@" },
		{ "｛［＜＞］｝", "{[<>]}" },
		{ "ｱｲｳｶﾞﾊﾟｰ｡｢｣､･", "アイウガパー。「」、・" },
		{ "か\u3099き\u3099", "がぎ" },
		{ "カﾞ", "ガ" },
		{ "か\u3000\u3099", "が" },
		{ "㍻㍼㍽㍾㋿", "平成昭和大正明治令和" },
		{ "㈱㈲", "(株)(有)" },
		{ "㎏㎞㍍㌔㌫", "kgkmメートルキロパーセント" },
		{ "㎡ ㎥ ㎢", "m²m³km²" },
		{ "℃ № ℡", "°CNoTEL" },
		{ "Ⅳ ⅱ", "IVii" },
		{ "…‥", "....." },
		{ "⺟⻑⽇⾏", "母長日行" },
		{ "ゟ ヿ", "よりコト" },
		{ " \t\r\n\u00a0\u200b\u2003\ufeff　", "" },
		{ "東京 Office 365", "東京Office365" },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_STR(folded(cases[i].in), cases[i].want);
}

static void
test_what_means_something_else_is_kept(void)
{
	static const char *const cases[] = { "10²", "x₂", "½", "⅓", "①", "㉑",
		"㊿", "⑴", "⒈", "⒜", "ⓐ", "㈠", "㊤", "\u309b\u309c",
		"\u00b4\uffe3\u203e", "\ufa19\ufa11髙﨑\U0002f805", "〇○一ー―",
		"\u301c", "壁‐壁", "A−B", "カー－ト", "葛\U000e0100", "a~b",
		"ª", "º" };

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_STR(folded(cases[i]), cases[i]);
}

static void
test_punctuation_depends_on_its_neighbours(void)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "甲，乙", "甲、乙" },
		{ "甲,乙", "甲、乙" },
		{ "ＰＣ，端末", "PC、端末" },
		{ "第１条，第２条", "第1条、第2条" },
		{ "１，０００", "1,000" },
		{ "a，b", "a,b" },
		{ "する．", "する。" },
		{ "する．次に", "する。次に" },
		{ "「する．」", "「する。」" },
		{ "（する．）", "(する。)" },
		{ "等...等", "等...等" },
		{ "等…等", "等...等" },
		{ "３．１４", "3.14" },
		{ "１．目的", "1.目的" },
		{ "例．txt", "例.txt" },
		{ "a．b", "a.b" },
		{ "甲　，　乙", "甲、乙" },
		{ "１０～２０", "10〜20" },
		{ "０３－１２", "03-12" },
		{ "03‐12", "03-12" },
		{ "03−12", "03-12" },
		{ "03‑12", "03-12" },
		{ "Ｗｉ－Ｆｉ", "Wi-Fi" },
		{ "ISO－２７００１", "ISO-27001" },
		{ "－５", "－5" },
		{ "a‑b", "a‐b" },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_STR(folded(cases[i].in), cases[i].want);
}

static void
test_folding_appends_and_never_looks_before_its_text(void)
{
	kt_buf_clear(&out);
	kt_buf_puts(&out, "か");
	kt_fold(&out, "\u3099", 3);
	KT_STR(out.p, "か\u3099");
	kt_buf_clear(&out);
	kt_buf_puts(&out, "1");
	kt_fold(&out, "－2", strlen("－2"));
	KT_STR(out.p, "1－2");
}

static void
test_every_character_folds_to_what_stays(void)
{
	struct kt_buf in = KT_BUF_INIT, twice = KT_BUF_INIT;
	size_t wrong = 0, bad;

	for (uint32_t c = 1; c <= 0x2ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		kt_buf_clear(&in);
		kt_buf_puts(&in, "漢");
		kt_utf8_put(&in, c);
		kt_buf_puts(&in, "字");
		kt_buf_clear(&twice);
		folded(in.p);
		kt_fold(&twice, out.p, out.len);
		wrong += strcmp(twice.p, out.p) != 0 ||
			 !kt_utf8_check(out.p, out.len, &bad);
	}
	KT_NUM(wrong, 0);
	kt_buf_release(&in);
	kt_buf_release(&twice);
}

/* ---- words -------------------------------------------------------------- */

/* Words between bars; numbers in { }, punctuation in < >, blanks as _. */
static const char *
cut(const char *text)
{
	static const char *const marks[][2] = {
		[KT_W_WORD] = { "", "" },
		[KT_W_SPACE] = { "_", "_" },
		[KT_W_PUNCT] = { "<", ">" },
		[KT_W_NUMBER] = { "{", "}" },
	};
	const struct kt_word *at;
	size_t n = kt_words_cut(words, &at, text, strlen(text));

	kt_buf_clear(&out);
	for (size_t i = 0; i < n; i++) {
		kt_buf_puts(&out, i == 0 ? "" : "|");
		kt_buf_puts(&out, marks[at[i].kind][0]);
		kt_buf_put(&out, text + at[i].start, at[i].len);
		kt_buf_puts(&out, marks[at[i].kind][1]);
	}
	return out.p;
}

static void
test_a_number_with_its_unit_is_one_word(void)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "", "" },
		{ "3か月", "{3か月}" },
		{ "三箇月", "{三箇月}" },
		{ "百分の五", "{百分の五}" },
		{ "令和8年4月1日", "{令和8年4月1日}" },
		{ "令和八年四月一日", "{令和八年四月一日}" },
		{ "令和8年度", "{令和8年度}" },
		{ "1億2,000万円", "{1億2,000万円}" },
		{ "１０，０００円", "{１０，０００円}" },
		{ "２０％", "{２０％}" },
		{ "第三十九条の二", "第三十九条の二" },
		{ "第2条第3項", "第2条|第3項" },
		{ "12.5", "{12.5}" },
		{ "一部の職員", "一部|の|職員" },
		{ "第三者", "第三者" },
		{ "市長は、", "市長|は|<、>" },
		{ "個人　情報", "個人|_　_|情報" },
		{ "個人  \t情報", "個人|_  \t_|情報" },
		{ "三十日以内に届け出る", "{三十日}|以内|に|届け出る" },
		{ "𠮟責する", "𠮟|責|する" },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_STR(cut(cases[i].in), cases[i].want);
}

/* Words must lie end to end and cover the clause. */
static size_t
gaps(const char *p, size_t n)
{
	const struct kt_word *at;
	size_t count = kt_words_cut(words, &at, p, n), end = 0, wrong = 0;

	for (size_t i = 0; i < count; i++) {
		wrong += at[i].start != end || at[i].len == 0;
		end = at[i].start + at[i].len;
	}
	return wrong + (end != n);
}

static void
test_joined_words_are_the_clause(void)
{
	static const char *const cases[] = { "", "𠮟𠮟\u3099ｱﾞ①⑴", "か\u3099",
		"\U0001f1ef\U0001f1f5\U0001f468\u200d\U0001f469", "\n\n", "第",
		"第第第第", "三三三三分の", "令和令和令和8年", "10,0000,000円",
		"１．２．３．４", "\u0301\u0301\u0301" };
	struct kt_buf file = KT_BUF_INIT;
	size_t wrong = 0;

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_NUM(gaps(cases[i], strlen(cases[i])), 0);
	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&file, KT_DATA "/gyosei-tetsuzuki/10-20140613.law.txt",
		1 << 24, NULL),
	    KT_OK);
	wrong += gaps(file.p, file.len);
	for (char *p = strtok(file.p, "\n"); p != NULL; p = strtok(NULL, "\n"))
		wrong += gaps(p, strlen(p));
	KT_NUM(wrong, 0);
	kt_buf_release(&file);
}

/* A long clause is given to ICU in pieces; the words must be those of its
 * sentences cut one at a time. */
static void
test_pieces_do_not_change_the_words(void)
{
	static const char sentence[] =
	    "市長は、個人情報の適正な取扱いを確保するため、必要な措置を講ずる"
	    "ものとし、職員はこれに従わなければならない。";
	struct kt_buf text = KT_BUF_INIT;
	const struct kt_word *at;
	size_t each = kt_words_cut(words, &at, sentence, strlen(sentence));
	size_t n, wrong = 0;

	for (int i = 0; i < 200; i++)
		kt_buf_puts(&text, sentence);
	n = kt_words_cut(words, &at, text.p, text.len);
	KT_NUM(n, each * 200);
	for (size_t i = each; i < n; i++)
		wrong += at[i].len != at[i - each].len ||
			 at[i].kind != at[i - each].kind;
	KT_NUM(wrong, 0);
	kt_buf_release(&text);
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Texts made to be slow: each is one clause of `bytes` bytes. */
static void
test_a_clause_of_megabytes_takes_bounded_time(void)
{
	static const char *const parts[] = { "情報管理規程定義職員",
		"あるいはこれをとりあつかうもの", "一", "0", "第", "、", "（",
		"（」", "\u0315\u0323", ",　", "1,000", "サーバールーム",
		"\u3099", "令和", "百分の" };
	struct kt_notation *notation = kt_notation_new();
	struct kt_buf text = KT_BUF_INIT;
	const struct kt_word *at;
	const uint32_t *ends;

	for (size_t i = 0; i < KT_COUNT(parts); i++) {
		double start = seconds();

		kt_buf_clear(&text);
		kt_buf_clear(&out);
		while (text.len < (size_t)5 << 20)
			kt_buf_puts(&text, parts[i]);
		kt_words_cut(words, &at, text.p, text.len);
		kt_sentences_cut(words, &ends, text.p, text.len);
		kt_fold_notation(notation, &out, text.p, text.len);
		/* Linear work takes one second, twenty under a sanitizer on a
		 * busy machine; quadratic work takes hours. */
		CU_ASSERT(seconds() - start < 120);
	}
	kt_buf_release(&text);
	kt_notation_free(notation);
}

/* ---- sentences ---------------------------------------------------------- */

static const char *
sentences(const char *text)
{
	const uint32_t *ends;
	size_t n = kt_sentences_cut(words, &ends, text, strlen(text));
	size_t start = 0;

	kt_buf_clear(&out);
	for (size_t i = 0; i < n; start = ends[i++]) {
		kt_buf_puts(&out, i == 0 ? "" : "|");
		kt_buf_put(&out, text + start, ends[i] - start);
	}
	return out.p;
}

static void
test_sentences_end_outside_brackets(void)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "", "" },
		{ "見出し", "見出し" },
		{ "する。", "する。" },
		{ "する。ただし、しない。", "する。|ただし、しない。" },
		{ "する。　ただし", "する。　|ただし" },
		{ "甲（乙という。以下同じ。）は、する。",
		    "甲（乙という。以下同じ。）は、する。" },
		{ "「する。」を「しない。」に改める。次",
		    "「する。」を「しない。」に改める。|次" },
		{ "（「する。」をいう。）。次", "（「する。」をいう。）。|次" },
		{ "甲(乙。)。丙", "甲(乙。)。|丙" },
		{ "（閉じない。次。", "（閉じない。|次。" },
		{ "開かない。）次。", "開かない。|）次。" },
		{ "「甲（乙。」丙。丁）戊。", "「甲（乙。」丙。|丁）戊。" },
		{ "する。\nする。\n", "する。\n|する。\n" },
		{ "する｡次", "する｡|次" },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_STR(sentences(cases[i].in), cases[i].want);
}

static void
test_the_icu_version_is_known(void)
{
	CU_ASSERT(atoi(kt_icu_version()) >= 72);
	kt_words_free(NULL);
}

static CU_TestInfo fold_tests[] = {
	{ "text is folded for comparison", test_text_is_folded_for_comparison },
	{ "what means something else is kept",
	    test_what_means_something_else_is_kept },
	{ "punctuation depends on its neighbours",
	    test_punctuation_depends_on_its_neighbours },
	{ "folding appends and never looks before its text",
	    test_folding_appends_and_never_looks_before_its_text },
	{ "every character folds to what stays",
	    test_every_character_folds_to_what_stays },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo word_tests[] = {
	{ "a number with its unit is one word",
	    test_a_number_with_its_unit_is_one_word },
	{ "joined words are the clause", test_joined_words_are_the_clause },
	{ "pieces do not change the words",
	    test_pieces_do_not_change_the_words },
	{ "sentences end outside brackets",
	    test_sentences_end_outside_brackets },
	{ "the ICU version is known", test_the_icu_version_is_known },
	{ "a clause of megabytes takes bounded time",
	    test_a_clause_of_megabytes_takes_bounded_time },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "fold", begin, end, NULL, NULL, fold_tests },
		{ "words", begin, end, NULL, NULL, word_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
