/* SPDX-License-Identifier: MIT */
/* Which clause is which: numbers, moves, references, headings. */
#include "kt_compare.h"

/* ---- numbers and places ------------------------------------------------ */

static void
test_a_document_does_not_differ_from_itself(void)
{
	check(A1 B("2") C("3"), A1 B("2") C("3"), "");
	KT_NUM(list->unchanged, 3);
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified\n"
				 "第3条→第3条 modified\n");
}

/* Two threads read the same document: what is made on first use must be made
 * once. */
static void
test_one_document_may_be_both_texts(void)
{
	for (int i = 0; i < 200; i++) {
		struct kt_doc *doc = kt_build(A1 B("2"));
		struct kt_changes *none;

		kt_diff(&none, doc, doc, diag);
		KT_NUM(none->count, 0);
		KT_NUM(none->npairs, 2);
		kt_changes_free(none);
		kt_doc_free(doc);
	}
}

static void
test_an_insertion_renumbers_what_follows(void)
{
	check(A1 B("2") C("3"), A1 D("2") B("3") C("4"),
	    "added substance article →第2条: 〔+substance:第2条（閲覧）/"
	    "市民は、公開された資料を窓口で見ることができる。/〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "renumbered none [renumbered] article 第3条→第4条\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "→第2条 added changed\n"
				 "第2条→第3条 renumbered\n"
				 "第3条→第4条 renumbered\n");
	KT_NUM(list->sum[KT_RENUMBERED], 2);
	KT_NUM(list->unchanged, 1);
}

static void
test_a_deletion_stands_where_it_stood(void)
{
	check(A1 B("2") C("3") D("4"), A1 C("2") D("3"),
	    "deleted substance article 第2条→: 〔-substance:第2条（保管）/"
	    "課長は、完結した文書を書庫に収めなければならない。/〕\n"
	    "renumbered none [renumbered] article 第3条→第2条\n"
	    "renumbered none [renumbered] article 第4条→第3条\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→ deleted changed\n"
				 "第3条→第2条 renumbered\n"
				 "第4条→第3条 renumbered\n");
}

static void
test_an_article_elsewhere_has_moved_and_the_others_have_not(void)
{
	check(A1 B("2") C("3") D("4") E("5"), A1 C("2") D("3") E("4") B("5"),
	    "renumbered none [renumbered] article 第3条→第2条\n"
	    "renumbered none [renumbered] article 第4条→第3条\n"
	    "renumbered none [renumbered] article 第5条→第4条\n"
	    "moved none [renumbered moved] article 第2条→第5条\n");
}

static void
test_a_renumbered_and_edited_clause_is_one_change(void)
{
	check(A1 B("2"),
	    A1 C("2") "article 第3条|保管\n paragraph ||課長は、完結した"
		      "文書を書架に収めなければならない。\n",
	    "added substance article →第2条: 〔+substance:第2条（廃棄）/"
	    "保存期間を経過した記録は、裁断して処分する。/〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "modified substance [renumbered] paragraph 第2条→第3条: "
	    "課長は、完結した文書を〔-substance:書庫〕〔+substance:書架〕に"
	    "収めなければならない。\n");
}

static void
test_a_label_in_other_figures_is_notation(void)
{
	check("article 第3条|目的\n paragraph ||定める。\n",
	    "article 第三条|目的\n paragraph ||定める。\n",
	    "modified notation [notation label] article 第3条→第3条\n");
	KT_NUM(list->notation, 1);
}

static void
test_runs_of_equal_articles_go_by_their_order(void)
{
	check(A1 B("2") B("3") C("4"), A1 B("2") B("3") B("4") C("5"),
	    "added substance article →第4条: 〔+substance:第4条（保管）/"
	    "課長は、完結した文書を書庫に収めなければならない。/〕\n"
	    "renumbered none [renumbered] article 第4条→第5条\n");
}

static void
test_what_became_deleted_keeps_its_number(void)
{
	compare(A1 B("2") C("3"), A1 "article 第2条||削除\n" C("3"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified changed\n"
				 "第3条→第3条 modified\n");
}

static void
test_a_deleted_number_is_found_under_no_other(void)
{
	compare(A1 B("2") C("3") D("4") "article 第5条||削除\n",
	    A1 "article 第2条||削除\n" C("3") D("4"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified changed\n"
				 "第3条→第3条 modified\n"
				 "第4条→第4条 modified\n"
				 "第5条→ deleted changed\n");
}

static void
test_deletion_of_several_paragraphs_is_no_addition(void)
{
	check(A1
	    "article 第2条|保管\n paragraph ||課長は、鍵を自ら保管する。\n"
	    " paragraph 2||職員は、貸出簿に氏名を記入しなければならない。\n",
	    A1 "article 第2条|\n paragraph ||削除\n",
	    "modified caption [caption] caption 第2条見出し→第2条見出し: "
	    "〔-substance:保管〕\n"
	    "modified substance paragraph 第2条第1項→第2条: "
	    "〔-substance:課長は、鍵を自ら保管する。〕〔+substance:削除〕\n"
	    "deleted substance paragraph 第2条第2項→: 〔-substance:2　職員は、"
	    "貸出簿に氏名を記入しなければならない。/〕\n");
}

/* Of the articles between 第1条 and 第4条 the one with the same number says
 * more of the same than the one at the edge. */
static void
test_a_number_in_a_slot_outweighs_its_edge(void)
{
	compare(A1
	    "article 第2条|検査の申請\n paragraph ||検査を受けようとする"
	    "者は、申請書を提出し、検査の日を待つ。庁舎の北側の門は、午後五時"
	    "に閉じ、翌朝七時に警備員が開ける。駐車場を使う車両には、総務課が"
	    "交付する許可証を前面に掲げ、来客の車両は、受付で番号札を受け取る"
	    "。夜間に残る職員は、守衛室で氏名を告げる。\n" C("3"),
	    A1 "article 第1条の2|変更の届出\n paragraph ||使う者は、申請書を提"
	       "出し、検査の日を待つ。\n"
	       "article 第2条|確認の申請\n paragraph ||検査を受けようとする者"
	       "は、申請書を提出し、検査の日を待つ。\n" C("3"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "→第1条の2 added changed\n"
				 "第2条→第2条 modified changed\n"
				 "第3条→第3条 modified\n");
}

static void
test_a_rewritten_article_between_two_others_is_the_same(void)
{
	compare(A1 B("2") C("3"),
	    A1 "article 第2条|保管\n paragraph ||文書は、完結した年度の翌年"
	       "度に主管課へ引き継ぐものとする。\n" C("3"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified changed\n"
				 "第3条→第3条 modified\n");
}

/* Of a 別表 more than its number tells which it is. */
static void
test_another_label_of_an_appendix_is_no_notation(void)
{
	check(A1 "appendix 別表六（二）|明細\n table\n  row\n   cell ||甲\n"
		 "appendix 別表第七|内訳\n table\n  row\n   cell ||乙\n",
	    A1 "appendix 別表六（四）|明細\n table\n  row\n   cell ||甲\n"
	       "appendix 別表第７|内訳\n table\n  row\n   cell ||乙\n",
	    "renumbered none [renumbered] appendix 別表6（2）→別表6（4）\n"
	    "modified notation [notation label] appendix 別表第7→別表第7\n");
}

/* A rule of a single 項 gets more to say, and 条 for it. */
static void
test_an_article_put_around_a_paragraph_leaves_it_the_same(void)
{
#define ITEMS(n)                                                               \
	n "item (1)||施設の名称及び所在地\n" n                                 \
	  "item (2)||施設を管理する者の氏名\n"

	compare(
	    "paragraph ||市長が定める事項は、次のとおりとする。\n" ITEMS(" "),
	    "article 第1条|事項\n"
	    " paragraph ||市長が定める事項は、次のとおりとする。\n" ITEMS("  ")
		D("2"));
	KT_STR(correspondence(), "第1項→第1条 modified changed\n"
				 "→第2条 added changed\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 2);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_ADDED);
	KT_STR(list->at[0].new_text[0], "事項");
#undef ITEMS
}

static CU_TestInfo number_tests[] = {
	{ "an article put around a 項 leaves it the same",
	    test_an_article_put_around_a_paragraph_leaves_it_the_same },
	{ "a document does not differ from itself",
	    test_a_document_does_not_differ_from_itself },
	{ "one document may be both texts",
	    test_one_document_may_be_both_texts },
	{ "an insertion renumbers what follows",
	    test_an_insertion_renumbers_what_follows },
	{ "a deletion stands where it stood",
	    test_a_deletion_stands_where_it_stood },
	{ "an article elsewhere has moved, the others have not",
	    test_an_article_elsewhere_has_moved_and_the_others_have_not },
	{ "a renumbered and edited clause is one change",
	    test_a_renumbered_and_edited_clause_is_one_change },
	{ "a label in other figures is notation",
	    test_a_label_in_other_figures_is_notation },
	{ "runs of equal articles go by their order",
	    test_runs_of_equal_articles_go_by_their_order },
	{ "what became 削除 keeps its number",
	    test_what_became_deleted_keeps_its_number },
	{ "a 削除 is found under no other number",
	    test_a_deleted_number_is_found_under_no_other },
	{ "削除 in place of several 項 is no addition",
	    test_deletion_of_several_paragraphs_is_no_addition },
	{ "a number in a slot outweighs its edge",
	    test_a_number_in_a_slot_outweighs_its_edge },
	{ "a rewritten article between two others is the same",
	    test_a_rewritten_article_between_two_others_is_the_same },
	{ "another label of a 別表 is no notation",
	    test_another_label_of_an_appendix_is_no_notation },
	CU_TEST_INFO_NULL,
};

/* ---- references --------------------------------------------------------- */

#define CITES(n, ref)                                                          \
	"article 第" n "条|準用\n paragraph ||" ref                            \
	"の規定は、電磁的記録の取扱いについて準用する。\n"

static void
test_a_reference_that_follows_is_no_change_of_substance(void)
{
	check(A1 B("2") CITES("3", "第2条"),
	    A1 D("2") B("3") CITES("4", "第3条"),
	    "added substance article →第2条: 〔+substance:第2条（閲覧）/"
	    "市民は、公開された資料を窓口で見ることができる。/〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "renumbered none [renumbered] article 第3条→第4条\n"
	    "renumbered reference [renumbered reference-followed] paragraph "
	    "第3条→第4条: 〔-reference-followed:第2条（第2条→第3条）〕"
	    "〔+reference-followed:第3条（第2条→第3条）〕の規定は、電磁的記"
	    "録の取扱いについて準用する。\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "→第2条 added changed\n"
				 "第2条→第3条 renumbered\n"
				 "第3条→第4条 renumbered changed\n");
}

static void
test_the_same_words_may_mean_another_clause(void)
{
	check(A1 B("2") CITES("3", "前条"), A1 B("2") D("3") CITES("4", "前条"),
	    "added substance article →第3条: 〔+substance:第3条（閲覧）/"
	    "市民は、公開された資料を窓口で見ることができる。/〕\n"
	    "renumbered none [renumbered] article 第3条→第4条\n"
	    "modified reference [renumbered reference-retargeted] paragraph "
	    "第3条→第4条: 〔=前条（第2条→第3条）〕の規定は、電磁的記録の"
	    "取扱いについて準用する。\n");
}

static void
test_a_reference_to_another_clause_is_retargeted(void)
{
	check(A1 B("2") C("3") CITES("4", "第2条"),
	    A1 B("2") C("3") CITES("4", "第3条"),
	    "modified reference [reference-retargeted] paragraph 第4条→第4条: "
	    "〔-reference-retargeted:第2条（第2条→第3条）〕"
	    "〔+reference-retargeted:第3条（第2条→第3条）〕の規定は、電磁的"
	    "記録の取扱いについて準用する。\n");
}

static void
test_a_reference_whose_clause_is_gone_dangles(void)
{
	check(A1 B("2") CITES("3", "第4条") C("4"),
	    A1 B("2") CITES("3", "第4条"),
	    "modified reference [reference-dangling] paragraph 第3条→第3条: "
	    "〔=第4条（第4条）〕の規定は、電磁的記録の取扱いについて"
	    "準用する。\n"
	    "deleted substance article 第4条→: 〔-substance:第4条（廃棄）/"
	    "保存期間を経過した記録は、裁断して処分する。/〕\n");
}

static void
test_a_reference_into_a_split_may_mean_either_part(void)
{
	compare(A1 LONG_OLD CITES("3", "第2条"),
	    A1 "article 第2条|保管\n"
	       " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	       "め、その鍵を自ら保管しなければならない。\n"
	       "article 第3条|貸出し\n"
	       " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	       "及び返却の予定日を記入するものとする。\n" CITES("4", "第2条"));
	CU_ASSERT_EQUAL_FATAL(list->count, 3);
	kt_buf_clear(&seen);
	put_spans(&list->at[2]);
	KT_STR(seen.p, "〔=第2条（第2条→第2条又は第3条）〕の規定は、電磁的記"
		       "録の取扱いについて準用する。");
	CU_ASSERT(list->at[2].flags & KT_FL_REF_DANGLING);
}

static void
test_a_paragraph_of_a_split_is_followed_into_its_article(void)
{
	compare(A1 LONG_OLD CITES("3", "第2条第2項"),
	    A1 "article 第2条|保管\n"
	       " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	       "め、その鍵を自ら保管しなければならない。\n"
	       "article 第3条|貸出し\n"
	       " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	       "及び返却の予定日を記入するものとする。\n" CITES("4", "第3条"));
	CU_ASSERT_EQUAL_FATAL(list->count, 3);
	CU_ASSERT_EQUAL(list->at[2].class, KT_C_REFERENCE);
	CU_ASSERT(list->at[2].flags & KT_FL_REF_FOLLOWED);
	CU_ASSERT_FALSE(list->at[2].flags & KT_FL_REF_RETARGETED);
}

static void
test_a_reference_in_other_figures_is_notation(void)
{
	check(A1 CITES("2", "第1条"), A1 CITES("2", "第一条"),
	    "modified notation [notation] paragraph 第2条→第2条: "
	    "〔-notation:第1条〕〔+notation:第一条〕の規定は、電磁的記録の取"
	    "扱いについて準用する。\n");
}

static void
test_another_law_cited_by_what_was_named_is_followed(void)
{
	compare(A1 CITES("2", "地方税法第2条第4項の帳簿及び地方税法第2条第4項"),
	    A1 CITES("2", "地方税法第2条第4項の帳簿及び同項"));
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_REF_FOLLOWED);
	CU_ASSERT_FALSE(list->at[0].flags & KT_FL_REF_RETARGETED);
}

static CU_TestInfo reference_tests[] = {
	{ "a reference that follows is no change of substance",
	    test_a_reference_that_follows_is_no_change_of_substance },
	{ "the same words may mean another clause",
	    test_the_same_words_may_mean_another_clause },
	{ "a reference to another clause is retargeted",
	    test_a_reference_to_another_clause_is_retargeted },
	{ "a reference whose clause is gone dangles",
	    test_a_reference_whose_clause_is_gone_dangles },
	{ "a reference into a split may mean either part",
	    test_a_reference_into_a_split_may_mean_either_part },
	{ "a 項 of a split article is followed into its article",
	    test_a_paragraph_of_a_split_is_followed_into_its_article },
	{ "another law cited by 同項 is followed",
	    test_another_law_cited_by_what_was_named_is_followed },
	{ "a reference in other figures is notation",
	    test_a_reference_in_other_figures_is_notation },
	CU_TEST_INFO_NULL,
};

/* ---- headings ----------------------------------------------------------- */

static void
test_titles_captions_and_related_articles_are_compared(void)
{
	struct kt_doc *x;

	check("article 第1条|目的\n paragraph ||定める。\n"
	      "appendix 別表第1||（見本）|第1条関係\n",
	    "article 第1条|趣旨\n paragraph ||定める。\n"
	    "appendix 別表第1||（見本）|第1条、第2条関係\n",
	    "modified caption [caption] caption 第1条見出し→第1条見出し: "
	    "〔-substance:目的〕〔+substance:趣旨〕\n"
	    "modified reference [reference-retargeted] related 別表第1→別表第"
	    "1: 第1条〔+reference-retargeted:、第2条〕関係\n");
	drop();
	old_doc = kt_build(A1);
	new_doc = kt_build(A1);
	kt_node_caption(old_doc, old_doc->root, "文書規程", 12);
	kt_node_caption(new_doc, new_doc->root, "文書規則", 12);
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].side, KT_SIDE_CAPTION);
	CU_ASSERT_EQUAL(list->at[0].class, KT_C_CAPTION);
	x = new_doc;
	CU_ASSERT_PTR_EQUAL(list->at[0].new[0], x->root);
}

#define UNDER(x) " " x
#define ART(n, word, text)                                                     \
	" article 第" n "条|" word "\n  paragraph ||" text "\n"
#define ONE(n)                                                                 \
	ART(n, "目的", "この規程は、文書の管理に関し必要な事項を定める。")
#define TWO(n) ART(n, "保管", "課長は、完結した文書を書庫に収める。")
#define THREE(n) ART(n, "廃棄", "保存期間を経過した記録は、裁断して処分する。")
#define FOUR(n)                                                                \
	ART(n, "閲覧", "市民は、公開された資料を窓口で見ることができる。")

static void
test_a_new_chapter_heading_moves_no_article(void)
{
	check("chapter 第1章|総則\n" ONE("1") TWO("2") THREE("3") FOUR("4"),
	    "chapter 第1章|総則\n" ONE("1")
		TWO("2") "chapter 第2章|廃棄及び公開\n" THREE("3") FOUR("4"),
	    "added substance [caption] chapter →第2章: "
	    "〔+substance:廃棄及び公開〕\n");
}

static void
test_an_article_under_another_heading_has_moved(void)
{
	check("chapter 第1章|総則\n" ONE("1")
		  TWO("2") "chapter 第2章|公開\n" THREE("3") FOUR("4"),
	    "chapter 第1章|総則\n" ONE("1") TWO("2")
		THREE("3") "chapter 第2章|公開\n" FOUR("4"),
	    "moved none [moved] article 第3条→第3条\n");
}

static void
test_chapters_are_known_by_what_they_hold(void)
{
	check("chapter 第1章|総則\n" ONE("1") "chapter 第2章|公開\n" THREE("2")
		  FOUR("3"),
	    "chapter 第1章|総則\n" ONE("1") "chapter 第2章|保管\n" TWO(
		"2") "chapter 第3章|公開等\n" THREE("3") FOUR("4"),
	    "added substance [caption] chapter →第2章: 〔+substance:保管〕\n"
	    "added substance article →第2条: 〔+substance:第2条（保管）/課長"
	    "は、完結した文書を書庫に収める。/〕\n"
	    "modified caption [renumbered caption] caption 第2章見出し→"
	    "第3章見出し: 公開〔+substance:等〕\n"
	    "renumbered none [renumbered] chapter 第2章→第3章\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "renumbered none [renumbered] article 第3条→第4条\n");
}

static void
test_a_contents_page_that_follows_is_quiet(void)
{
	check("toc |目次\n text ||第1章　総則（第1条）\n text ||第2章　公開"
	      "（第2条）\nchapter 第1章|総則\n" ONE(
		  "1") "chapter 第2章|公開\n" FOUR("2"),
	    "toc |目次\n text ||第1章　総則（第1条・第2条）\n text ||第2章　"
	    "公開等（第3条）\nchapter 第1章|総則\n" ONE("1")
		TWO("2") "chapter 第2章|公開等\n" FOUR("3"),
	    "modified reference [reference-followed] text 目次→目次: "
	    "第1章　総則（第1条〔+reference-followed:・第2条〕）\n"
	    "modified reference [reference-followed] text 目次→目次: "
	    "第2章　公開〔+reference-followed:等〕（"
	    "〔-reference-followed:第2条（第2条→第3条）〕"
	    "〔+reference-followed:第3条（第2条→第3条）〕）\n"
	    "added substance article →第2条: 〔+substance:第2条（保管）/課長"
	    "は、完結した文書を書庫に収める。/〕\n"
	    "modified caption [caption] caption 第2章見出し→第2章見出し: "
	    "公開〔+substance:等〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n");
}

/* The last article of a chapter went, the first of the next one is new: in the
 * same gap, but not the same clause moved. */
static void
test_what_little_is_alike_across_a_heading_is_no_move(void)
{
#define GONE                                                                                        \
	" article 第3条|許可証の基準\n  paragraph "                                         \
	"||許可証は、これを確認した日"                                                 \
	"から三年間保存しなければならない。\n  paragraph 2||審査担当者は、" \
	"審査を終えたときは、その結果を記録するものとする。\n"
#define CAME                                                                                       \
	" article 第2条の2|公表する資料\n  paragraph ||市民は、閲覧した資料を" \
	"持ち出してはならない。担当者は、その結果を記録するものとする。\n"
	compare("chapter 第1章|総則\n" ONE("1")
		    TWO("2") "chapter 第2章|公開\n" GONE FOUR("4") THREE("5"),
	    "chapter 第1章|総則\n" ONE("1") TWO("2") CAME
	    "chapter 第2章|公開\n" FOUR("3") THREE("4"));
	KT_NUM(list->sum[KT_MOVED], 0);
	KT_NUM(list->sum[KT_DELETED], 1);
	KT_NUM(list->sum[KT_ADDED], 1);
#undef GONE
#undef CAME
}

/* 第3条　削除 under one heading, a 第3条 of other words under another. */
static void
test_a_number_used_again_under_a_new_heading_has_not_moved(void)
{
	compare("chapter 第1章|総則\n" ONE("1")
		    TWO("2") " article 第3条||削除\n"
			     "chapter 第2章|公開\n" FOUR("4") THREE("5"),
	    "chapter 第1章|総則\n" ONE("1") TWO(
		"2") "chapter 第1章の2|利用の制限\n article 第3条|制限\n"
		     "  paragraph ||何人も、番号を告げることを求めては"
		     "ならない。\nchapter 第2章|公開\n" FOUR("4") THREE("5"));
	KT_NUM(list->sum[KT_MOVED], 0);
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified\n"
				 "第3条→第3条 modified changed\n"
				 "第4条→第4条 modified\n"
				 "第5条→第5条 modified\n");
}

/* The words below one heading of prose are now those that stood below another:
 * what stands under them tells which heading is which. */
static void
test_headings_are_not_known_by_the_few_words_below_them(void)
{
#define TOPICS(one, two)                                                               \
	"topic |書庫\n text ||" one "\n topic |保管の方法\n  text ||課長は、" \
	"完結した文書を書庫に収めなければならない。\n"            \
	"topic |窓口\n text ||" two "\n topic |閲覧の方法\n  text ||市民は、" \
	"公開された資料を窓口で見ることができる。\n"
	compare(TOPICS("記録の廃棄は重要である。", "記録の閲覧は重要である。"),
	    TOPICS("記録の閲覧は重要である。", "記録の公開は重要である。"));
	KT_NUM(list->sum[KT_MOVED], 0);
	KT_NUM(list->sum[KT_MODIFIED], 2);
#undef TOPICS
}

static CU_TestInfo heading_tests[] = {
	{ "題名, captions and 関係 are compared",
	    test_titles_captions_and_related_articles_are_compared },
	{ "headings are not known by the few words below them",
	    test_headings_are_not_known_by_the_few_words_below_them },
	{ "what little is alike across a heading is no move",
	    test_what_little_is_alike_across_a_heading_is_no_move },
	{ "a number used again under a new heading has not moved",
	    test_a_number_used_again_under_a_new_heading_has_not_moved },
	{ "a new chapter heading moves no article",
	    test_a_new_chapter_heading_moves_no_article },
	{ "an article under another heading has moved",
	    test_an_article_under_another_heading_has_moved },
	{ "chapters are known by what they hold",
	    test_chapters_are_known_by_what_they_hold },
	{ "a 目次 that follows is quiet",
	    test_a_contents_page_that_follows_is_quiet },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "numbers and places", begin, end, NULL, NULL, number_tests },
		{ "references", begin, end, NULL, NULL, reference_tests },
		{ "headings", begin, end, NULL, NULL, heading_tests },
		CU_SUITE_INFO_NULL,
	};

	seen = (struct kt_buf)KT_BUF_INIT;
	return kt_test_main(suites);
}
