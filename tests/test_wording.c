/* SPDX-License-Identifier: MIT */
/* What changed inside a clause and what it is called; what is bounded. */
#include "kt_compare.h"

#include <time.h>

/* ---- words
 * ---------------------------------------------------------------------------
 */

static void
test_spans_are_whole_words(void)
{
	check_text("職員は、文書を複写してはならない。",
	    "職員は、図面を複写してはならない。",
	    "職員は、〔-substance:文書〕〔+substance:図面〕を複写してはなら"
	    "ない。");
	check_text("所管する情報システムを停止する。",
	    "所管する業務システムを停止する。",
	    "所管する〔-substance:情報〕〔+substance:業務〕システムを停止す"
	    "る。");
}

static void
test_letters_around_a_number_are_one_word_with_it(void)
{
	check_text("電波の型式は、Ｇ一Ｄ、Ｇ七Ｄ又はＧ七Ｗとする。",
	    "電波の型式は、Ｇ一Ｄ、Ｇ七Ｄ、Ｇ七Ｗ又はＤ七Ｗとする。",
	    "電波の型式は、Ｇ一Ｄ、Ｇ七Ｄ〔-substance:又は〕〔+substance:、〕"
	    "Ｇ七Ｗ〔+substance:又はＤ七Ｗ〕とする。");
}

static void
test_the_same_day_written_otherwise_is_no_change_of_a_number(void)
{
	check_text("この法律は、平成三十二年四月一日から施行する。",
	    "この法律は令和二年四月一日から施行する。",
	    "この法律は〔-substance:、平成三十二年四月一日〕〔+substance:令和"
	    "二年四月一日〕から施行する。");
}

static void
test_an_inserted_sentence_is_one_span(void)
{
	check_text("記録は、五年間保存する。この場合において、部長は、写しを"
		   "添える。",
	    "記録は、五年間保存する。この場合において、課長は、意見を聴く。"
	    "この場合において、部長は、写しを添える。",
	    "記録は、五年間保存する。〔+substance:この場合において、課長は、"
	    "意見を聴く。〕この場合において、部長は、写しを添える。");
}

static void
test_a_comma_goes_with_the_word_behind_it(void)
{
	check_text("紙、布及び木", "紙、革、布及び木",
	    "紙〔+substance:、革〕、布及び木");
}

/* The last of three went; none took the place of another. */
static void
test_a_name_less_in_a_list_turns_none_into_another(void)
{
	check_text("再生支援対象事業者、特定支援対象事業者及び特定信託引受対象"
		   "事業者に係る部分",
	    "再生支援対象事業者及び特定支援対象事業者に係る部分",
	    "再生支援対象事業者〔-substance:、〕〔+substance:及び〕特定支援対"
	    "象事業者〔-substance:及び特定信託引受対象事業者〕に係る部分");
	check_text("再生支援対象事業者及び特定支援対象事業者に係る部分",
	    "再生支援対象事業者、特定支援対象事業者及び特定信託引受対象事業者"
	    "に係る部分",
	    "再生支援対象事業者〔-substance:及び〕〔+substance:、〕特定支援対"
	    "象事業者〔+substance:及び特定信託引受対象事業者〕に係る部分");
}

static void
test_no_island_of_one_kana_is_left(void)
{
	check_text("機器の確認を要する。", "施設の点検を要する。",
	    "〔-substance:機器の確認〕〔+substance:施設の点検〕を要する。");
}

static void
test_a_text_of_which_little_is_left_is_replaced(void)
{
	compare(A1 "article 第2条|届出\n paragraph ||申請する者は、所定の様式"
		   "に必要な事項を記入し、窓口に提出する。\n",
	    A1 "article 第2条|届出\n paragraph ||届出をしようとする法人は、電"
	       "子情報処理組織により書類を添えて、課長に提出する。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_REPLACED);
	CU_ASSERT(list->at[0].nspans <= 4);
}

static CU_TestInfo word_tests[] = {
	{ "spans are whole words", test_spans_are_whole_words },
	{ "the same day written otherwise is no change of a number",
	    test_the_same_day_written_otherwise_is_no_change_of_a_number },
	{ "letters around a number are one word with it",
	    test_letters_around_a_number_are_one_word_with_it },
	{ "an inserted sentence is one span",
	    test_an_inserted_sentence_is_one_span },
	{ "a 読点 goes with the word behind it",
	    test_a_comma_goes_with_the_word_behind_it },
	{ "a name less in a list turns none into another",
	    test_a_name_less_in_a_list_turns_none_into_another },
	{ "no island of one kana is left", test_no_island_of_one_kana_is_left },
	{ "a text of which little is left is replaced",
	    test_a_text_of_which_little_is_left_is_replaced },
	CU_TEST_INFO_NULL,
};

/* ---- classes
 * ----------------------------------------------------------------------------
 */

struct meaning {
	const char *old, *new, *class, *note;
};

/* The gravest class among the spans, and its note. */
static void
check_meaning(const struct meaning *m)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	const struct kt_span *said = NULL;

	kt_buf_printf(&x, "article 第1条\n paragraph ||%s\n", m->old);
	kt_buf_printf(&y, "article 第1条\n paragraph ||%s\n", m->new);
	compare(x.p, y.p);
	for (uint32_t i = 0; list->count > 0 && i < list->at[0].nspans; i++) {
		const struct kt_span *s = &list->at[0].spans[i];

		if (s->op != '=' && (said == NULL || s->note[0] != '\0'))
			said = s;
	}
	KT_STR(said == NULL ? "nothing" : kt_span_class_name(said->class),
	    m->class);
	KT_STR(said == NULL ? "" : said->note, m->note);
	kt_buf_release(&x);
	kt_buf_release(&y);
}

static void
test_the_strength_of_a_norm_is_named(void)
{
	static const struct meaning table[] = {
		{ "課長は、点検しなければならない。",
		    "課長は、点検することができる。", "modality", "義務→許容" },
		{ "課長は、点検しなければならない。",
		    "課長は、点検するよう努めなければならない。", "modality",
		    "義務→努力義務" },
		{ "課長は、点検するものとする。",
		    "課長は、点検することが望ましい。", "modality",
		    "原則→推奨" },
		{ "職員は、複製してはならない。",
		    "職員は、複製することができる。", "modality", "禁止→許容" },
		{ "期間を延長することができる。",
		    "期間を延長することができない。", "modality", "許容→不可" },
		{ "同意したものとみなす。", "同意したものと推定する。",
		    "modality", "みなし→推定" },
		{ "結果を記録する。", "結果を記録しなければならない。",
		    "modality", "平叙→義務" },
		/* Another verb of the same strength. */
		{ "課長は、点検しなければならない。",
		    "課長は、修理しなければならない。", "substance", "" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_quantities_are_named(void)
{
	static const struct meaning table[] = {
		{ "30日以内に届け出る。", "60日以内に届け出る。", "quantity",
		    "30日→60日" },
		{ "10人以上の職員", "10人を超える職員", "quantity",
		    "以上の→を超える" },
		{ "保存する期間は、5年とする。", "保存する期間は、5月とする。",
		    "quantity", "5年→5月" },
		{ "通知の日から起算して10日", "通知の日から10日", "quantity",
		    "起算して→" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_who_acts_is_named(void)
{
	static const struct meaning table[] = {
		{ "細目は、課長が定める。", "細目は、部長が定める。", "actor",
		    "課長→部長" },
		{ "統括情報セキュリティ責任者は、計画を定める。",
		    "CISOは、計画を定める。", "actor",
		    "統括情報セキュリティ責任者→CISO" },
		/* With all that is said of them. */
		{ "違反したときは、その事務所を管轄する地方法務局の長は、処分"
		  "をする。",
		    "違反したときは、法務大臣は、処分をする。", "actor",
		    "その事務所を管轄する地方法務局の長→法務大臣" },
		{ "その旨を、その会の事務所を管轄する法務局の長に報告する。",
		    "その旨を、法務大臣に報告する。", "actor",
		    "その会の事務所を管轄する法務局の長→法務大臣" },
		{ "前条の規定により申請した者は、届け出る。",
		    "申請者は、届け出る。", "substance", "" },
		{ "全部を公開する。", "一部を公開する。", "substance", "" },
		{ "局又は課が保管する。", "局が保管する。", "substance", "" },
		{ "総務課が保管する。", "人事課が保管する。", "actor",
		    "総務課→人事課" },
		{ "事務所の所在地を記す。", "事業所の所在地を記す。",
		    "substance", "" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_notation_is_proved_or_it_is_substance(void)
{
	static const struct meaning table[] = {
		{ "情報の取扱いを定める。", "情報の取り扱いを定める。",
		    "notation", "" },
		{ "サーバーを置く。", "サーバを置く。", "notation", "" },
		{ "１０人の委員", "10人の委員", "notation", "" },
		{ "職員および委員", "職員及び委員", "notation", "" },
		{ "変更するときの状態", "変更する時の状態", "substance", "" },
		{ "この規定による。", "この規程による。", "substance", "" },
		{ "図面その他の資料", "図面その他資料", "substance", "" },
		{ "本人同意を得る。", "本人の同意を得る。", "substance", "" },
		{ "十分な時間", "10分な時間", "substance", "" },
		{ "廃棄を行う。", "廃棄を行わない。", "substance", "" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_a_changed_definition_is_flagged(void)
{
	compare("article 第1条\n paragraph ||課等　局に置かれる課をいう。\n",
	    "article 第1条\n paragraph ||課等　局に置かれる課又は室をいう。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_DEFINITION);
}

static CU_TestInfo class_tests[] = {
	{ "the strength of a norm is named",
	    test_the_strength_of_a_norm_is_named },
	{ "quantities are named", test_quantities_are_named },
	{ "who acts is named", test_who_acts_is_named },
	{ "notation is proved, else it is substance",
	    test_notation_is_proved_or_it_is_substance },
	{ "a changed definition is flagged",
	    test_a_changed_definition_is_flagged },
	CU_TEST_INFO_NULL,
};

/* ---- bounds
 * ---------------------------------------------------------------------------------
 */

#define SECONDS_MOST 60 /* of processor time, under sanitizers too */

static void
add_article(struct kt_doc *doc, unsigned number, const char *text, size_t n)
{
	struct kt_node *article = kt_doc_add(doc, doc->root, KT_ARTICLE);
	struct kt_node *paragraph = kt_doc_add(doc, article, KT_PARAGRAPH);
	char label[32];

	snprintf(label, sizeof(label), "第%u条", number);
	kt_node_label(doc, article, label);
	kt_node_text(doc, paragraph, text, n);
}

static void
run_bounded(void)
{
	clock_t start = clock();

	kt_doc_finish(old_doc);
	kt_doc_finish(new_doc);
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT(clock() - start < SECONDS_MOST * CLOCKS_PER_SEC);
}

static void
fresh(void)
{
	drop();
	kt_diag_clear(diag);
	old_doc = kt_doc_new("old.md");
	new_doc = kt_doc_new("new.md");
}

static void
test_twelve_thousand_equal_articles(void)
{
	const char *text = "課長は、完結した文書を書庫に収めなければならない。";

	fresh();
	for (unsigned i = 1; i <= 12000; i++)
		add_article(old_doc, i, text, strlen(text));
	for (unsigned i = 1; i <= 12001; i++)
		add_article(new_doc, i, text, strlen(text));
	run_bounded();
	KT_NUM(list->count, 1);
	KT_NUM(list->sum[KT_ADDED], 1);
}

static void
test_twelve_thousand_articles_alike(void)
{
	struct kt_buf text = KT_BUF_INIT;

	fresh();
	for (unsigned i = 1; i <= 12000; i++) {
		kt_buf_clear(&text);
		kt_buf_printf(&text,
		    "課長は、完結した文書を第%u書庫に収めなければならない。",
		    i);
		add_article(old_doc, i, text.p, text.len);
		kt_buf_clear(&text);
		kt_buf_printf(&text,
		    "課長は、完結した文書を第%u書庫に収めることができる。", i);
		add_article(new_doc, i, text.p, text.len);
	}
	run_bounded();
	KT_NUM(list->sum[KT_ADDED], 0);
	KT_NUM(list->sum[KT_MOVED], 0);
	kt_buf_release(&text);
}

/* A number as characters that no other number shares. */
static void
put_word(struct kt_buf *out, uint32_t n)
{
	for (int i = 0; i < 3; i++, n /= 1000)
		kt_utf8_put(out, 0x4e00 + n % 1000);
}

static void
test_a_paragraph_of_five_megabytes(void)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;

	fresh();
	for (uint32_t i = 0; x.len < 5000000; i++) {
		put_word(&x, i * 7919 % 1000003);
		put_word(&y, i * 7919 % 1000003);
		kt_buf_puts(&x, i % 9 == 0 ? "。" : "を");
		kt_buf_puts(&y, i % 9 == 0 ? "。" : "を");
		if (i % 5000 == 7)
			kt_buf_puts(&y, "加えた");
	}
	add_article(old_doc, 1, x.p, x.len);
	add_article(new_doc, 1, y.p, y.len);
	run_bounded();
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(kt_changes_prove(list, diag), KT_OK);
	kt_buf_release(&x);
	kt_buf_release(&y);
}

/* The same words in another order: no shortest script within the bound. */
static void
test_a_limit_that_was_reached_is_said(void)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;

	fresh();
	for (uint32_t i = 0; i < 60000; i++) {
		kt_utf8_put(&x, 0x4e00 + i * 7919 % 997);
		kt_utf8_put(&y, 0x4e00 + i * 104729 % 991);
		kt_buf_puts(&x, "、");
		kt_buf_puts(&y, "、");
	}
	add_article(old_doc, 1, x.p, x.len);
	add_article(new_doc, 1, y.p, y.len);
	run_bounded();
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_LIMIT);
	KT_NUM(list->limits, 1);
	CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
	CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, KT_M_DIFF_LIMIT);
	CU_ASSERT_EQUAL(kt_changes_prove(list, diag), KT_OK);
	kt_buf_release(&x);
	kt_buf_release(&y);
}

static void
add_items(struct kt_doc *doc, uint32_t first, uint32_t step)
{
	struct kt_node *article = kt_doc_add(doc, doc->root, KT_ARTICLE);
	struct kt_node *top = kt_doc_add(doc, article, KT_PARAGRAPH);
	struct kt_buf b = KT_BUF_INIT;

	kt_node_label(doc, article, "第1条");
	kt_node_text(doc, top, "次のとおり", 15);
	for (uint32_t i = 0; i < 100000; i++) {
		struct kt_node *item = kt_doc_add(doc, top, KT_BULLET);

		kt_buf_clear(&b);
		put_word(&b, first + i * step);
		kt_node_text(doc, item, b.p, b.len);
	}
	kt_buf_release(&b);
}

static void
test_a_hundred_thousand_items(void)
{
	fresh();
	add_items(old_doc, 1, 1);
	add_items(new_doc, 5, 1);
	run_bounded();
	KT_NUM(list->sum[KT_ADDED], 4);
	KT_NUM(list->sum[KT_DELETED], 4);
	fresh();
	add_items(old_doc, 0, 1);
	add_items(new_doc, 500000, 1);
	run_bounded();
}

static void
add_rows(struct kt_doc *doc, uint32_t changed)
{
	struct kt_node *top = kt_doc_add(doc, doc->root, KT_APPENDIX);
	struct kt_node *table = kt_doc_add(doc, top, KT_TABLE);
	struct kt_buf b = KT_BUF_INIT;

	kt_node_label(doc, top, "別表第1");
	for (uint32_t i = 0; i < 10000; i++) {
		struct kt_node *row = kt_doc_add(doc, table, KT_ROW);

		for (uint32_t k = 0; k < 3; k++) {
			struct kt_node *cell = kt_doc_add(doc, row, KT_CELL);

			kt_buf_clear(&b);
			put_word(
			    &b, k == 2 && i % 3 == 0 ? i + changed : i * 3 + k);
			kt_node_text(doc, cell, b.p, b.len);
		}
	}
	kt_buf_release(&b);
}

static void
test_a_table_of_ten_thousand_rows(void)
{
	fresh();
	add_rows(old_doc, 0);
	add_rows(new_doc, 900000);
	run_bounded();
	KT_NUM(list->count, 3334);
	KT_NUM(list->sum[KT_MODIFIED], 3334);
}

static void
test_nothing_in_common(void)
{
	struct kt_buf b = KT_BUF_INIT;

	fresh();
	for (unsigned i = 0; i < 6000; i++) {
		for (int side = 0; side < 2; side++) {
			kt_buf_clear(&b);
			for (uint32_t k = 0; k < 30; k++)
				put_word(
				    &b, i * 31 + k + (side == 0 ? 0 : 500000));
			add_article(
			    side == 0 ? old_doc : new_doc, i + 1, b.p, b.len);
		}
	}
	run_bounded();
	KT_NUM(list->sum[KT_ADDED] + list->sum[KT_MODIFIED], 6000);
	kt_buf_release(&b);
}

static void
test_an_empty_document_against_a_full_one(void)
{
	compare("", A1 B("2"));
	KT_NUM(list->sum[KT_ADDED], 2);
	compare(A1 B("2"), "");
	KT_NUM(list->sum[KT_DELETED], 2);
	compare("", "");
	KT_NUM(list->count, 0);
}

static CU_TestInfo bound_tests[] = {
	{ "12,000 equal articles", test_twelve_thousand_equal_articles },
	{ "12,000 articles alike", test_twelve_thousand_articles_alike },
	{ "a paragraph of 5 MB", test_a_paragraph_of_five_megabytes },
	{ "a limit that was reached is said",
	    test_a_limit_that_was_reached_is_said },
	{ "100,000 items", test_a_hundred_thousand_items },
	{ "a table of 10,000 rows", test_a_table_of_ten_thousand_rows },
	{ "nothing in common", test_nothing_in_common },
	{ "an empty document against a full one",
	    test_an_empty_document_against_a_full_one },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "words", begin, end, NULL, NULL, word_tests },
		{ "classes", begin, end, NULL, NULL, class_tests },
		{ "bounds", begin, end, NULL, NULL, bound_tests },
		CU_SUITE_INFO_NULL,
	};

	seen = (struct kt_buf)KT_BUF_INIT;
	return kt_test_main(suites);
}
