/* SPDX-License-Identifier: MIT */
/* Lint: each rule by a text that breaks it and one that does not. */
#include "kt_build.h"

#define CLEAN KT_M__COUNT

static const struct {
	const char *picture;
	enum kt_msg_id want; /* the only finding; CLEAN = none */
	const char *clause; /* where */
} cases[] = {
	/* numbers */
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "article 第1条の2\n"
	  " paragraph ||甲\n"
	  "article 第1条の2の2\n"
	  " paragraph ||甲\n"
	  "article 第1条の3\n"
	  " paragraph ||甲\n"
	  "article 第2条から第4条まで||削除\n"
	  "article 第5条及び第6条||削除\n"
	  "article 第7条\n"
	  " paragraph ||甲\n",
	    CLEAN, "" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "article 第3条\n"
	  " paragraph ||甲\n",
	    KT_M_NUMBER_GAP, "第3条" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "article 第1条の3\n"
	  " paragraph ||甲\n",
	    KT_M_NUMBER_GAP, "第1条の3" },
	{ "chapter 第1章|甲\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n"
	  "chapter 第2章|乙\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n",
	    KT_M_NUMBER_DUPLICATE, "第2章第1条" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "article 第2条\n"
	  " paragraph ||甲\n"
	  "article 第1条の2\n"
	  " paragraph ||甲\n",
	    KT_M_NUMBER_ORDER, "第1条の2" },
	{ "article 第2条\n"
	  " paragraph ||甲\n",
	    KT_M_NUMBER_FIRST, "第2条" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  " paragraph 3||甲\n",
	    KT_M_NUMBER_GAP, "第1条第3項" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "  item (1)||甲\n"
	  "  item (1)||甲\n",
	    KT_M_NUMBER_DUPLICATE, "第1条第1号（その2）" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "  item (1)||甲\n"
	  "   item ア||甲\n"
	  "   item ウ||甲\n",
	    KT_M_NUMBER_GAP, "第1条第1号ウ" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "  item (1)||甲\n"
	  "  item (2)から(4)まで||削除\n"
	  "  item (5)||甲\n",
	    CLEAN, "" },
	{ "chapter 第1章|甲\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n"
	  "chapter 第3章|乙\n"
	  " article 第2条\n"
	  "  paragraph ||甲\n",
	    KT_M_NUMBER_GAP, "第3章" },
	{ "headed 1|甲\n"
	  " text ||甲\n"
	  " item (1)||甲\n"
	  " text ||次に\n"
	  " item (1)||甲\n"
	  "headed 3|甲\n"
	  " text ||甲\n",
	    KT_M_NUMBER_GAP, "3" },
	{ "chapter 第1章|甲\n"
	  " headed 1.1|甲\n"
	  "  text ||甲\n"
	  " headed 1.2|甲\n"
	  "  text ||甲\n"
	  "chapter 第2章|甲\n"
	  " headed 2.1|甲\n"
	  "  text ||甲\n",
	    CLEAN, "" },
	/* an 附則 keeps what is left of an amending instrument */
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "supplementary 附則\n"
	  " paragraph ||甲\n"
	  "supplementary 附則|||令和7年規則第1号\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n"
	  " article 第6条\n"
	  "  paragraph ||甲\n",
	    CLEAN, "" },
	/* references */
	{ "article 第1条\n"
	  " paragraph ||第2条の規定\n",
	    KT_M_REF_DANGLING, "第1条" },
	{ "article 第1条\n"
	  " paragraph ||前条の規定、同条第2項\n",
	    KT_M_REF_DANGLING, "第1条" },
	{ "article 第1条\n"
	  " paragraph ||法第2条の規定\n",
	    CLEAN, "" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "appendix 別表|||第3条関係\n",
	    KT_M_REF_DANGLING, "別表" },
	{ "article 第1条\n"
	  " paragraph ||甲\n"
	  "  item (1)||甲\n"
	  " paragraph 2||乙\n"
	  "article 第2条\n"
	  " paragraph ||第1条第1号の規定\n",
	    KT_M_REF_PARAGRAPH, "第2条" },
	/* 目次 */
	{ "toc 目次\n"
	  " bullet ||第1章　総則（第1条・第2条）\n"
	  " bullet ||第2章　雑則（第3条）\n"
	  " bullet ||附則\n"
	  "chapter 第1章|総　則\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n"
	  " article 第2条\n"
	  "  paragraph ||甲\n"
	  "chapter 第2章|雑則\n"
	  " article 第3条\n"
	  "  paragraph ||甲\n",
	    CLEAN, "" },
	{ "toc 目次\n"
	  " bullet ||第1章　総則（第1条―第3条）\n"
	  "chapter 第1章|総則\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n"
	  " article 第2条\n"
	  "  paragraph ||甲\n",
	    KT_M_TOC_RANGE, "目次" },
	{ "toc 目次\n"
	  " bullet ||第1章　通則（第1条）\n"
	  "chapter 第1章|総則\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n",
	    KT_M_TOC_CAPTION, "目次" },
	{ "toc 目次\n"
	  " bullet ||第1章　総則（第1条）\n"
	  " bullet ||第2章　雑則\n"
	  "chapter 第1章|総則\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n",
	    KT_M_TOC_CLAUSE, "目次" },
	{ "toc 目次\n"
	  " bullet ||第1章　総則（第1条）\n"
	  "chapter 第1章|総則\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n"
	  "chapter 第2章|雑則\n"
	  " article 第2条\n"
	  "  paragraph ||甲\n",
	    KT_M_TOC_INCOMPLETE, "第2章" },
	{ "toc 目次\n"
	  " bullet ||第1章　総則\n"
	  "  bullet ||第1節　通則（第1条）\n"
	  " bullet ||第2章　雑則\n"
	  "  bullet ||第1節　補則（第2条）\n"
	  "chapter 第1章|総則\n"
	  " section 第1節|通則\n"
	  "  article 第1条\n"
	  "   paragraph ||甲\n"
	  "chapter 第2章|雑則\n"
	  " section 第1節|補則\n"
	  "  article 第2条\n"
	  "   paragraph ||甲\n",
	    CLEAN, "" },
	/* captions, empty clauses, levels */
	{ "article 第1条|目的\n"
	  " paragraph ||甲\n"
	  "article 第2条|目的\n"
	  " paragraph ||甲\n",
	    KT_M_CAPTION_DUPLICATE, "第2条" },
	{ "article 第1条|目的\n", KT_M_CLAUSE_EMPTY, "第1条" },
	{ "article 第1条|目的\n"
	  " paragraph ||甲\n"
	  "  item (1)\n",
	    KT_M_CLAUSE_EMPTY, "第1条第1号" },
	{ "article 第1条||削除\n", CLEAN, "" },
	{ "section 第1節|甲\n"
	  " article 第1条\n"
	  "  paragraph ||甲\n",
	    KT_M_LEVEL_SKIP, "第1節" },
	/* terms */
	{ "article 第1条\n"
	  " paragraph ||市の職員（以下「職員」という。）は、\n"
	  "article 第2条\n"
	  " paragraph ||職員は、\n",
	    CLEAN, "" },
	{ "article 第1条\n"
	  " paragraph ||市の職員（以下「職員等」という。）は、\n"
	  "article 第2条\n"
	  " paragraph ||職員は、\n",
	    KT_M_TERM_UNUSED, "第1条" },
	{ "article 第1条\n"
	  " paragraph ||市の職員（以下この条において「職員等」という。）は、\n"
	  "article 第2条\n"
	  " paragraph ||職員等は、\n",
	    KT_M_TERM_UNUSED, "第1条" },
	{ "article 第1条\n"
	  " paragraph "
	  "||職員（以下「甲」という。）及び乙（以下「甲」という。）\n"
	  "article 第2条\n"
	  " paragraph ||甲は、\n",
	    KT_M_TERM_REDEFINED, "第1条" },
	{ "article 第1条\n"
	  " paragraph ||情報資産台帳に記載し、\n"
	  "article 第2条\n"
	  " paragraph ||台帳（以下「情報資産台帳」という。）を備え、"
	  "情報資産台帳は、\n",
	    KT_M_TERM_EARLY, "第2条" },
	/* tables */
	{ "appendix 別表\n"
	  " table\n"
	  "  row\n"
	  "   cell ||甲\n"
	  "   cell ||乙\n"
	  "  row\n"
	  "   cell ||甲\n",
	    KT_M_TABLE_CELLS, "別表第2行" },
	/* brackets */
	{ "article 第1条\n"
	  " paragraph ||甲（乙「丙」を含む。)は、\n",
	    CLEAN, "" },
	{ "article 第1条\n"
	  " paragraph ||甲（乙を含む。は、\n",
	    KT_M_BRACKET_UNCLOSED, "第1条" },
	{ "article 第1条\n"
	  " paragraph ||甲「乙（丙」を含む。は、\n",
	    CLEAN, "" },
	{ "article 第1条\n"
	  " paragraph ||甲乙）を含む。は、\n",
	    KT_M_BRACKET_UNOPENED, "第1条" },
	{ "topic |甲\n"
	  " text ||1) 甲 2) 乙\n",
	    CLEAN, "" },
	{ "topic |甲\n"
	  " text ||次の式（この式において、\n"
	  " text ||甲は、乙）\n",
	    CLEAN, "" },
	/* signs and notation */
	{ "topic |甲\n"
	  " text ||能カを高め、入カする\n",
	    KT_M_GLYPH_ALIKE, "甲" },
	{ "topic |甲\n"
	  " text ||サ－バを置き、\n",
	    KT_M_GLYPH_ALIKE, "甲" },
	{ "topic |甲\n"
	  " text ||電カード、1－2、入口、イからロまで\n",
	    CLEAN, "" },
	{ "topic |甲\n"
	  " text ||ｻｰﾊﾞを置き、\n",
	    KT_M_GLYPH_HALF_KANA, "甲" },
	{ "topic |甲\n"
	  " text ||サーバを置き、\n"
	  " text ||サーバーの管理\n",
	    KT_M_NOTATION_MIXED, "甲" },
	{ "topic |甲\n"
	  " text ||管理を行なう\n",
	    KT_M_NOTATION_OKURI, "甲" },
};

static void
test_each_rule_finds_its_fault_and_nothing_else(void)
{
	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_doc *doc = kt_build(cases[i].picture);
		struct kt_diag *d = kt_diag_new();
		size_t n = kt_check(doc, d);
		struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;

		KT_NUM(n, kt_diag_count(d));
		kt_buf_printf(&want, "%zu:", i);
		if (cases[i].want != CLEAN) {
			kt_buf_printf(&want, " %s ", cases[i].clause);
			kt_msg_name(&want, cases[i].want);
		}
		kt_buf_printf(&got, "%zu:", i);
		for (size_t k = 0; k < kt_diag_count(d); k++) {
			kt_buf_printf(
			    &got, " %s ", kt_diag_get(d, k)->at.clause);
			kt_msg_name(&got, kt_diag_get(d, k)->id);
		}
		KT_STR(got.p, want.p);
		kt_buf_release(&got);
		kt_buf_release(&want);
		kt_diag_free(d);
		kt_doc_free(doc);
	}
}

static void
test_merged_cells_fill_their_places(void)
{
	struct kt_doc *doc = kt_build("appendix 別表\n"
				      " table\n"
				      "  row\n"
				      "   cell ||甲\n"
				      "   cell ||乙\n"
				      "   cell ||丙\n"
				      "  row\n"
				      "   cell ||丁\n"
				      "  row\n"
				      "   cell ||甲\n"
				      "   cell ||乙\n"
				      "   cell ||丙\n");
	struct kt_node *first = doc->nodes[4];

	first->rowspan = 2;
	doc->nodes[8]->colspan = 2;
	KT_NUM(kt_check(doc, NULL), 0);
	first->rowspan = 3;
	KT_NUM(kt_check(doc, NULL), 1);
	kt_doc_free(doc);
}

static void
test_a_finding_says_where_and_what(void)
{
	struct kt_doc *doc = kt_build("article 第1条\n"
				      " paragraph ||甲\n"
				      " paragraph 2||前項及び第9条の規定\n");
	struct kt_diag *d = kt_diag_new();
	struct kt_buf got = KT_BUF_INIT;

	kt_check(doc, d);
	kt_msg_tell(&got, kt_diag_get(d, 0), KT_JA);
	KT_STR(got.p, "test.md:3:7: エラー: 第1条第2項: "
		      "「第9条」に当たる条項がありません "
		      "[ref-dangling]");
	kt_buf_release(&got);
	kt_diag_free(d);
	kt_doc_free(doc);
}

/* Front matter says which old spellings a document keeps. */
static void
kept_spellings(const char *list, size_t findings, enum kt_msg_id last)
{
	const char *const other[][2] = { { "spellings", list } };
	struct kt_doc *doc = kt_build("topic |甲\n"
				      " text ||サーバの管理を行なう。\n"
				      " text ||サーバーを行ない、\n");
	struct kt_diag *d = kt_diag_new();

	doc->meta.other = other;
	doc->meta.nother = 1;
	KT_NUM(kt_check(doc, d), findings);
	KT_NUM(kt_diag_count(d), findings);
	if (findings > 0)
		KT_NUM(kt_diag_get(d, findings - 1)->id, last);
	kt_diag_free(d);
	kt_doc_free(doc);
}

static void
test_kept_spellings(void)
{
	kept_spellings("[]", 3, KT_M_NOTATION_OKURI);
	kept_spellings("[行なう, 行ない, サーバー]", 0, CLEAN);
	kept_spellings("[行なう, 行ない, サーバ]", 0, CLEAN);
	kept_spellings("\n- 行なう\n- 行ない\n- サーバー\n", 0, CLEAN);
	/* Others are told as ever, and so is a word that is not needed. */
	kept_spellings("[行なう, サーバー]", 1, KT_M_NOTATION_OKURI);
	kept_spellings(
	    "[行な, 行なう, 行ない, サーバー]", 1, KT_M_SPELLING_IDLE);
}

static CU_TestInfo check_tests[] = {
	{ "each rule finds its fault and nothing else",
	    test_each_rule_finds_its_fault_and_nothing_else },
	{ "merged cells fill their places",
	    test_merged_cells_fill_their_places },
	{ "a finding says where and what", test_a_finding_says_where_and_what },
	{ "old spellings that a document keeps", test_kept_spellings },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "lint", NULL, NULL, NULL, NULL, check_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
