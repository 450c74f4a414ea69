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

static CU_TestInfo number_tests[] = {
	{ "a document does not differ from itself",
	    test_a_document_does_not_differ_from_itself },
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

static CU_TestInfo heading_tests[] = {
	{ "題名, captions and 関係 are compared",
	    test_titles_captions_and_related_articles_are_compared },
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

/* ---- below an article --------------------------------------------------- */

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
}

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
	{ "commentary is told as such", test_commentary_is_told_as_such },
	{ "underlines and ruby are marks", test_underlines_and_ruby_are_marks },
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
		{ "numbers and places", begin, end, NULL, NULL, number_tests },
		{ "references", begin, end, NULL, NULL, reference_tests },
		{ "headings", begin, end, NULL, NULL, heading_tests },
		{ "below an article", begin, end, NULL, NULL, inside_tests },
		CU_SUITE_INFO_NULL,
	};

	seen = (struct kt_buf)KT_BUF_INIT;
	return kt_test_main(suites);
}
