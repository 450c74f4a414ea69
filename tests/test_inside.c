/* SPDX-License-Identifier: MIT */
/* Below an article: which 項, 号, row or 解説 is which. */
#include "kt_compare.h"

#define LIST "article 第1条|事項\n paragraph ||次に掲げる事項を記載する。\n"

static void
test_an_item_that_changed_its_place_has_moved(void)
{
	check(LIST "  item (1)||申請した者の氏名及び住所\n"
		   "  item (2)||使用の目的及び期間\n"
		   "  item (3)||使用する場所の名称\n"
		   "  item (4)||立ち会う職員の所属\n",
	    LIST "  item (1)||使用の目的及び期間\n"
		 "  item (2)||使用する場所の名称\n"
		 "  item (3)||立ち会う職員の所属\n"
		 "  item (4)||申請した者の氏名及び住所\n",
	    "renumbered none [renumbered] item 第1条第2号→第1条第1号\n"
	    "renumbered none [renumbered] item 第1条第3号→第1条第2号\n"
	    "renumbered none [renumbered] item 第1条第4号→第1条第3号\n"
	    "moved none [renumbered moved] item 第1条第1号→第1条第4号\n");
}

/* Of two paragraphs that changed places the shorter one has moved. */
static void
test_the_longer_of_two_that_changed_places_has_stayed(void)
{
#define LONG                                                                                              \
	" text ||課長は、完結した文書を書庫に納め、毎年度その内容を確かめ、" \
	"保存期間を経過したものを裁断して処分しなければならない。\n"
#define SHORT " text ||閲覧の申込みは、電子申請による。\n"
	compare("topic |保管\n" LONG SHORT, "topic |保管\n" SHORT LONG);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MOVED);
	KT_STR(list->at[0].old[0]->text, "閲覧の申込みは、電子申請による。");
	compare("topic |保管\n" SHORT LONG, "topic |保管\n" LONG SHORT);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	KT_STR(list->at[0].old[0]->text, "閲覧の申込みは、電子申請による。");
#undef LONG
#undef SHORT
}

/* A list of 細分 became one of 号: each stands where it stood in the article.
 */
static void
test_what_went_up_a_level_unedited_has_moved(void)
{
	compare("article 第1条|明細\n paragraph ||明細は、次の方法による。\n"
		"  item (1)||次に掲げる事項を帳簿に記載し、五年間保存する方法\n"
		"   item ア||輸出の年月日及び仕向地\n"
		"   item イ||輸出港の所轄税関\n"
		"  item (2)||亡失した場合にあっては、証明書による方法\n",
	    "article 第1条|明細\n paragraph ||明細は、次の方法による。\n"
	    "  item (1)||次に掲げる事項を帳簿に記載し、五年間保存する方法\n"
	    "  item (2)||輸出の年月日及び仕向地\n"
	    "  item (3)||輸出港の所轄税関\n");
	KT_NUM(list->sum[KT_ADDED], 0);
	KT_NUM(list->sum[KT_MOVED], 2);
	KT_NUM(list->sum[KT_DELETED], 1);
}

/* Nothing but the first words of a 項 and its number is left. */
static void
test_the_same_words_under_the_same_number_are_one_paragraph(void)
{
#define HEAD                                                                    \
	"article 第1条|報告書\n paragraph ||報告書を作成する。\n" \
	" paragraph 2||報告書には、次に掲げる事項を記載する。\n"
	compare(HEAD "  item (1)||目的、業務内容、沿革及び設立の根拠となる法律"
		     "\n  item (2)||資本金の額及び出資者ごとの出資額の増減\n"
		     " paragraph 3||報告書には、区分ごとの状況を記載する。\n",
	    HEAD "  item (1)||中期計画の策定及び変更\n  item (2)||理事長の理念"
		 "並びに運営上の方針\n  item (3)||内部統制の運用\n");
	for (size_t i = 0; i < list->count; i++)
		CU_ASSERT(list->at[i].nold == 0 ||
			  strcmp(list->at[i].old[0]->label, "2") != 0);
#undef HEAD
}

/* Another 項 came into its place, and most of its 号 stand in it unedited. */
static void
test_a_paragraph_is_where_its_items_are(void)
{
#define RELATED                                                                                        \
	"  item (1)||前二号に掲げる法人の議決権の過半数を保有する法人\n"       \
	"  item (2)||前号に掲げる法人により議決権の過半数を保有される法人\n" \
	"  item (3)||前号に掲げる者が役員の過半数を占めている法人\n"
	compare(
	    "article 第1条|定義\n paragraph ||用語は、法の例による。\n"
	    " paragraph 2||株式を取得した者と永続的な経済関係、親族関係その他"
	    "これらに準ずる特別の関係にあるものは、次に掲げるものとする。"
	    "\n" RELATED "  item (4)||取得した者の配偶者及び直系血族\n"
	    " paragraph 3||届出の期間は、三十日とする。\n"
	    " paragraph 4||届出は、書面による。\n",
	    "article 第1条|定義\n paragraph ||用語は、法の例による。\n"
	    " paragraph 2||株式の数は、永続的な経済関係、親族関係その他これらに"
	    "準ずる関係にある者の分を含み、市長が別に定める方法により算出する。"
	    "\n"
	    " paragraph 3||届出の期間は、三十日とする。\n"
	    " paragraph 4||届出は、書面による。\n"
	    " paragraph "
	    "5||"
	    "法に規定する特別の関係にあるものは、次に掲げるものとする。"
	    "\n" RELATED "  item (4)||組合員のうち業務を執行する者\n");
	for (size_t k = 0; k < list->count; k++)
		CU_ASSERT(list->at[k].nold == 0 ||
			  strcmp(list->at[k].old[0]->label, "2") != 0 ||
			  (list->at[k].nnew == 1 &&
			      strcmp(list->at[k].new[0]->label, "5") == 0));
#undef RELATED
}

static void
test_what_is_taken_out_of_a_moved_article_stands_in_it(void)
{
	compare(
	    "article 第1条|例外\n paragraph ||課長は、次に掲げる事項を記載し"
	    "た台帳を備え、毎年度その内容を確かめなければならない。\n"
	    "  item (1)||申請した者の氏名\n  item (2)||端末を使用する期間\n"
	    "article 第2条|保管\n paragraph ||記録は、書庫に納めて三年間保存"
	    "しなければならない。\narticle 第3条|廃棄\n paragraph ||保存期間"
	    "を経過した記録は、裁断して処分する。\n",
	    "article 第1条|保管\n paragraph "
	    "||記録は、書庫に納めて三年間保存しな"
	    "ければならない。\narticle 第2条|廃棄\n paragraph "
	    "||保存期間を経過し"
	    "た記録は、裁断して処分する。\narticle 第3条|例外\n paragraph "
	    "||課長"
	    "は、次に掲げる事項を記載した台帳を備え、毎年度その内容を確かめなけ"
	    "ればならない。\n  item (1)||申請した者の氏名\n");
	kt_buf_clear(&seen);
	for (size_t i = 0; i < list->count; i++) {
		put_paths(&list->at[i], false);
		kt_buf_puts(&seen, "→");
		put_paths(&list->at[i], true);
		kt_buf_putc(&seen, '\n');
	}
	KT_STR(seen.p, "第2条→第1条\n第3条→第2条\n第1条→第3条\n第1条第2号→\n");
}

static void
test_a_paragraph_may_move_into_another_article(void)
{
	compare(A1
	    "article 第2条|保管\n paragraph ||課長は、完結した文書を書庫に"
	    "収めなければならない。\n paragraph 2||書庫の鍵は、総務課長が"
	    "指定する職員が勤務時間の終了後に金庫に納めて管理するものとす"
	    "る。\n" C("3"),
	    A1 B("2") "article 第3条|廃棄\n paragraph ||保存期間を経過した記"
		      "録は、裁断して処分する。\n paragraph 2||書庫の鍵は、総"
		      "務課長が指定する職員が勤務時間の終了後に金庫に納めて管"
		      "理するものとする。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MOVED);
	kt_buf_clear(&seen);
	put_paths(&list->at[0], false);
	put_paths(&list->at[0], true);
	KT_STR(seen.p, "第2条第2項第3条第2項");
}

static void
test_rows_are_known_by_their_first_cell(void)
{
	check("appendix 別表第1\n table\n"
	      "  row\n   cell ||甲\n   cell ||三年\n   cell ||課長\n"
	      "  row\n   cell ||乙\n   cell ||五年\n   cell ||課長\n",
	    "appendix 別表第1\n table\n"
	    "  row\n   cell ||丙\n   cell ||一年\n   cell ||課長\n"
	    "  row\n   cell ||甲\n   cell ||四年\n   cell ||課長\n"
	    "  row\n   cell ||乙\n   cell ||五年\n   cell ||部長\n",
	    "added substance row →別表第1第1行: "
	    "〔+substance:丙|一年|課長/〕\n"
	    "modified substance [quantity] row 別表第1第1行→別表第1第2行: "
	    "甲|〔-quantity:三年（三年→四年）〕〔+quantity:四年（三年→四年）〕"
	    "|課長\n"
	    "modified substance [actor] row 別表第1第2行→別表第1第3行: "
	    "乙|五年|〔-actor:課長（課長→部長）〕〔+actor:部長（課長→部長）〕"
	    "\n");
}

/* No span holds the tab between two cells and something else. */
static void
check_row(const char *before, const char *after)
{
	compare(before, after);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	for (uint32_t i = 0; i < list->at[0].nspans; i++) {
		const struct kt_span *s = &list->at[0].spans[i];

		if (s->op != '=' && s->len > 1)
			CU_ASSERT(memchr(s->text, '\t', s->len) == NULL);
	}
}

#define ROW "appendix 別表第1\n table\n  row\n"

static void
test_no_span_crosses_a_cell(void)
{
	check_row(ROW
	    "   cell ||甲\n   cell ||書庫に収める\n   cell ||裁断する\n",
	    ROW "   cell ||甲\n   cell ||倉庫に納める\n   cell ||溶解する\n");
	check_row(ROW "   cell ||甲\n   cell ||　\n   cell ||裁断する\n",
	    ROW "   cell ||甲\n   cell ||\n   cell ||裁断する\n");
	/* The words of a cell stay in it though they stand in another. */
	check_row(ROW "   cell ||甲\n   cell ||書庫に収める\n   cell ||\n",
	    ROW "   cell ||甲\n   cell ||\n   cell ||書庫に収める\n");
	check_row(ROW "   cell ||甲\n   cell ||書庫に収める\n",
	    ROW "   cell ||甲\n   cell ||倉庫\n   cell ||書庫に納める\n");
}

static void
test_commentary_is_told_as_such(void)
{
	check(A1 " commentary |解説\n  text ||趣旨を述べたものである。\n",
	    A1 " commentary |解説\n  text ||目的を述べたものである。\n",
	    "modified substance [commentary] text 第1条解説→第1条解説: "
	    "〔-substance:趣旨〕〔+substance:目的〕を述べたものである。\n");
}

/* A 解説 gone here and another one in the same frame of words there. */
static void
test_commentary_of_another_clause_is_another(void)
{
#define REMARK(who)                                                                                              \
	" commentary |解説\n  text ||" who                                                                       \
	"は、点検の時期を年度当初に決め、臨時に任用された職員にも知らせておく" \
	"こと"                                                                                                 \
	"が、実務の上でも有効であり、引継ぎの際にも役立つ。\n"
	compare(A1 REMARK("文書主任") B("2") C("3"),
	    A1 B("2") C("3") REMARK("公印管守者"));
	KT_NUM(list->sum[KT_MOVED], 0);
	compare(A1 REMARK("文書主任") B("2") C("3"),
	    A1 B("2") C("3") REMARK("文書主任"));
	KT_NUM(list->sum[KT_MOVED], 1);
#undef REMARK
}

static void
test_underlines_and_ruby_are_marks(void)
{
	struct kt_mark mark = { 0, 6, KT_UNDERLINE, "" };
	struct kt_node *node;

	drop();
	old_doc = kt_build(A1);
	new_doc = kt_build(A1);
	node = new_doc->nodes[2];
	kt_node_marks(new_doc, node, &mark, 1);
	kt_diff(&list, old_doc, new_doc, diag);
	KT_STR(picture(),
	    "modified notation [notation marks] paragraph 第1条→第1条: この規"
	    "程は、文書の管理に関し必要な事項を定める。\n");
	KT_STR(list->at[0].note, "＋下線「この」");
}

#define TABLE                                                                  \
	"appendix 別表第1\n table\n  row\n   cell ||甲\n"                  \
	"   cell ||三年\n  row\n   cell ||五年\n"

/* Nodes 3 and 4: the first row and its first cell. */
static void
test_cells_merged_otherwise_are_told(void)
{
	drop();
	old_doc = kt_build(TABLE);
	new_doc = kt_build(TABLE "  row\n   cell ||十年\n");
	old_doc->nodes[4]->rowspan = 2;
	new_doc->nodes[4]->rowspan = 3;
	kt_diff(&list, old_doc, new_doc, diag);
	KT_STR(picture(),
	    "modified substance [form] row 別表第1第1行→別表第1第1行: 甲|三年\n"
	    "added substance row →別表第1第3行: 〔+substance:十年/〕\n");
	KT_STR(list->at[0].note, "「甲」の結合：縦2→3");
}

/* Also where the words of the row changed. */
static void
test_cells_merged_otherwise_are_told_with_the_words(void)
{
	drop();
	old_doc = kt_build(TABLE);
	new_doc = kt_build("appendix 別表第1\n table\n  row\n   cell ||甲\n"
			   "   cell ||四年\n  row\n   cell ||五年\n");
	new_doc->nodes[4]->rowspan = 2;
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_FORM);
	CU_ASSERT(list->at[0].flags & KT_FL_QUANTITY);
	KT_STR(list->at[0].note, "「甲」の結合：縦1→2");
}

/* A file may give the words of a cell a paragraph of their own. */
static void
test_a_paragraph_in_a_cell_is_no_change(void)
{
	compare(TABLE,
	    "appendix 別表第1\n table\n  row\n   cell ||\n    text ||甲\n"
	    "   cell ||三年\n  row\n   cell ||五年\n");
	CU_ASSERT_EQUAL(list->count, 0);
}
#undef TABLE

static void
test_paragraphs_rewritten_in_their_place_keep_their_number(void)
{
	compare(A1
	    "article 第2条|保管\n paragraph ||課長は、鍵を自ら保管する。\n"
	    " paragraph 2||職員は、貸出簿に氏名を記入する。\n"
	    " paragraph 3||書庫は、毎年一回点検する。\n",
	    A1 "article 第2条|保管\n paragraph ||課長は、鍵を自ら保管する。\n"
	       " paragraph 2||閲覧の申込みは、電子申請による。\n"
	       " paragraph 3||書庫は、毎年一回点検する。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MODIFIED);
}

/* 第1項 rewritten, two more behind it. */
static void
test_a_paragraph_rewritten_before_new_ones_keeps_its_number(void)
{
	compare(A1 "article 第2条|境界\n paragraph ||境界は、慣習を参考とし、所"
		   "有者の確認を得て調査する。\n"
		   " paragraph 2||書庫は、毎年一回点検する。\n",
	    A1
	    "article 第2条|境界\n paragraph ||境界は、登記簿、登記所に備え付"
	    "けられた地図、地形及び地物の状況その他の境界に関する資料の内容を"
	    "総合的に考慮し、所有者の確認を得て調査する。\n"
	    " paragraph 2||閲覧の申込みは、電子申請による。\n"
	    " paragraph 3||書庫は、毎年一回点検する。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 3);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MODIFIED);
	CU_ASSERT_EQUAL(list->at[1].fate, KT_ADDED);
	CU_ASSERT_EQUAL(list->at[2].fate, KT_RENUMBERED);
}

/* Four came where one was, and most of that one stands in the first. */
static void
test_one_against_several_is_the_one_it_stands_in(void)
{
	compare(A1
	    "article 第2条|報告\n paragraph ||事業者は、記録を保存する。\n"
	    " paragraph 2||市長は、必要な限度において、事業者に対し、事業の実施"
	    "状況について報告を求めることができる。\n" C("3"),
	    A1
	    "article 第2条|報告\n paragraph ||事業者は、記録を保存する。\n"
	    " paragraph 2||手数料は、返還しない。\n"
	    " paragraph 3||市長は、必要な限度において、事業者に対し、事業の実施"
	    "状況について報告を求め、又はその職員に、施設に立ち入り、設備、帳簿"
	    "書類その他の物件を検査させ、若しくは関係者に質問させることができる"
	    "。ただし、住居に立ち入るときは、居住者の承諾を得なければならない。"
	    "\n"
	    " paragraph "
	    "4||立入りをする職員は、身分を示す証明書を携帯する。\n" C("3"));
	KT_NUM(list->sum[KT_DELETED], 0);
	KT_NUM(list->sum[KT_ADDED], 2);
}

static void
put_items(struct kt_buf *b, unsigned n, unsigned left_out)
{
	static const char *const words[] = { "机", "椅子", "棚", "電話" };
	unsigned label = 0;

	kt_buf_puts(b, "article 第1条|品目\n paragraph ||次の物品とする。\n");
	for (unsigned i = 0; i < n; i++)
		if (i != left_out)
			kt_buf_printf(b, "  item (%u)||%s\n", ++label,
			    words[i * i % 7 % KT_COUNT(words)]);
}

/* Many items of few words: one less moves none of those behind it. */
static void
test_a_word_less_in_a_long_list_moves_no_other(void)
{
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	put_items(&old, 80, 80);
	put_items(&new, 80, 20);
	compare(old.p, new.p);
	KT_NUM(list->sum[KT_DELETED], 1);
	KT_NUM(list->sum[KT_ADDED], 0);
	KT_NUM(list->sum[KT_MOVED], 0);
	KT_NUM(list->sum[KT_MODIFIED], 0);
	kt_buf_release(&old);
	kt_buf_release(&new);
}

static CU_TestInfo inside_tests[] = {
	{ "an item that changed its place has moved",
	    test_an_item_that_changed_its_place_has_moved },
	{ "the longer of two that changed places has stayed",
	    test_the_longer_of_two_that_changed_places_has_stayed },
	{ "a 項 is where its 号 are", test_a_paragraph_is_where_its_items_are },
	{ "what went up a level unedited has moved",
	    test_what_went_up_a_level_unedited_has_moved },
	{ "the same words under the same number are one 項",
	    test_the_same_words_under_the_same_number_are_one_paragraph },
	{ "what is taken out of a moved article stands in it",
	    test_what_is_taken_out_of_a_moved_article_stands_in_it },
	{ "a 項 may move into another article",
	    test_a_paragraph_may_move_into_another_article },
	{ "a word less in a long list moves no other",
	    test_a_word_less_in_a_long_list_moves_no_other },
	{ "rows are known by their first cell",
	    test_rows_are_known_by_their_first_cell },
	{ "no span crosses a cell", test_no_span_crosses_a_cell },
	{ "commentary of another clause is another",
	    test_commentary_of_another_clause_is_another },
	{ "commentary is told as such", test_commentary_is_told_as_such },
	{ "underlines and ruby are marks", test_underlines_and_ruby_are_marks },
	{ "cells merged otherwise are told",
	    test_cells_merged_otherwise_are_told },
	{ "cells merged otherwise are told with the words",
	    test_cells_merged_otherwise_are_told_with_the_words },
	{ "a paragraph in a cell is no change",
	    test_a_paragraph_in_a_cell_is_no_change },
	{ "one against several is the one it stands in",
	    test_one_against_several_is_the_one_it_stands_in },
	{ "a 項 rewritten before new ones keeps its number",
	    test_a_paragraph_rewritten_before_new_ones_keeps_its_number },
	{ "a 項 rewritten in its place keeps its number",
	    test_paragraphs_rewritten_in_their_place_keep_their_number },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "below an article", begin, end, NULL, NULL, inside_tests },
		CU_SUITE_INFO_NULL,
	};

	seen = (struct kt_buf)KT_BUF_INIT;
	return kt_test_main(suites);
}
