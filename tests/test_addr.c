/* SPDX-License-Identifier: MIT */
/* Addresses of clauses: written, found again, unique. */
#include "kt_build.h"

static struct kt_doc *doc;

static void
end(void)
{
	kt_doc_free(doc);
	doc = NULL;
}

/* Every address of a document in reading order, and that each leads back. */
static void
show(struct kt_buf *out)
{
	for (size_t i = 1; i < doc->count; i++) {
		struct kt_spot spot = { .node = NULL };
		const char *addr = kt_addr(doc, doc->nodes[i]);

		kt_buf_printf(out, "%s%s", i == 1 ? "" : " ", addr);
		CU_ASSERT_EQUAL(kt_addr_find(&spot, doc, addr), KT_OK);
		if (spot.node == NULL)
			kt_buf_puts(out, "!");
		else
			KT_STR(kt_addr(doc, spot.node),
			    strcmp(addr, "冒頭") == 0 ? "題名" : addr);
	}
}

static void
check(const char *picture, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	end();
	doc = kt_build(picture);
	show(&got);
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

static void
test_articles_are_cited_by_article_paragraph_and_item(void)
{
	check("chapter 第一章|総則\n"
	      " article 第一条|目的\n"
	      "  paragraph ||甲\n"
	      "   item 一||乙\n"
	      "    item イ||丙\n"
	      "    item ロ||丙\n"
	      "     item （１）||丁\n"
	      " article 第三条の二\n"
	      "  paragraph ||甲\n"
	      "  paragraph ２||甲\n"
	      "   item (1)||乙\n"
	      "    item ア||丙\n"
	      "     item (ア)||丁\n"
	      "      item a||戊\n",
	    "第1章 第1条 第1条 第1条第1号 第1条第1号イ 第1条第1号ロ "
	    "第1条第1号ロ(1) 第3条の2 第3条の2第1項 第3条の2第2項 "
	    "第3条の2第2項第1号 第3条の2第2項第1号ア 第3条の2第2項第1号ア(ア) "
	    "第3条の2第2項第1号ア(ア)a");
}

static void
test_divisions_are_said_only_where_a_number_is_not_unique(void)
{
	check("part 第1編|甲\n"
	      " chapter 第1章|乙\n"
	      "  section 第1節|丙\n"
	      "   article 第1条\n"
	      "part 第2編|甲\n"
	      " chapter 第1章|乙\n"
	      "  section 第1節|丙\n"
	      " chapter 第2章|乙\n"
	      "  section 第1節|丙\n"
	      "  section 第2節|丙\n",
	    "第1編 第1編第1章 第1編第1章第1節 第1条 第2編 第2編第1章 "
	    "第2編第1章第1節 第2章 第2章第1節 第2節");
}

static void
test_supplementary_provisions_are_told_apart_by_their_instrument(void)
{
	check("article 第1条\n"
	      "supplementary 附　則\n"
	      " paragraph 1||甲\n"
	      " paragraph 2||甲\n"
	      "supplementary 附　則|||平成九年一二月一二日法律第九四号\n"
	      " paragraph ||甲\n"
	      "  item 一||乙\n"
	      "supplementary 附則|||令和７年規則第１号\n"
	      " article 第1条\n"
	      "  paragraph ||甲\n"
	      " article 第2条\n"
	      "  paragraph ||甲\n"
	      "  paragraph ２||甲\n"
	      "supplementary 附則\n"
	      " appendix 附則別表第一\n",
	    "第1条 附則 附則第1項 附則第2項 附則（平成9年12月12日法律第94号） "
	    "附則（平成9年12月12日法律第94号） "
	    "附則（平成9年12月12日法律第94号）第1号 附則（令和7年規則第1号） "
	    "附則（令和7年規則第1号）第1条 附則（令和7年規則第1号）第1条 "
	    "附則（令和7年規則第1号）第2条 附則（令和7年規則第1号）第2条第1項 "
	    "附則（令和7年規則第1号）第2条第2項 附則（その2） 附則別表第1");
}

static void
test_rows_of_tables_are_cited_by_their_place(void)
{
	check("article 第3条\n"
	      " paragraph ||甲\n"
	      "  table\n"
	      "   row\n"
	      "    cell ||乙\n"
	      "     item 一||丙\n"
	      "   row\n"
	      "appendix 別表第一|||第三条関係\n"
	      " table\n"
	      "  row\n"
	      "  row\n"
	      "appendix 別表第一の二\n"
	      " table\n"
	      "  row\n"
	      " table\n"
	      "  row\n"
	      "appendix 第二号様式\n",
	    "第3条 第3条 第3条の表 第3条の表第1行 第3条の表第1行 "
	    "第3条の表第1行 第3条の表第2行 別表第1 別表第1 別表第1第1行 "
	    "別表第1第2行 別表第1の2 別表第1の2の表1 別表第1の2の表1第1行 "
	    "別表第1の2の表2 別表第1の2の表2第1行 第2号様式");
}

static void
test_heads_of_tables_are_rows_of_their_own(void)
{
	end();
	doc = kt_build("appendix 別表\n"
		       " table\n"
		       "  row\n"
		       "  row\n"
		       "  row\n");
	doc->nodes[3]->header = true;
	kt_doc_finish(doc);
	KT_STR(kt_addr(doc, doc->nodes[3]), "別表見出し行");
	KT_STR(kt_addr(doc, doc->nodes[4]), "別表第1行");
	KT_STR(kt_addr(doc, doc->nodes[5]), "別表第2行");
}

static void
test_numbered_headings_are_cited_by_their_marks(void)
{
	check("text ||大阪市\n"
	      "headed １|目的\n"
	      "headed 6|体制\n"
	      " text ||甲\n"
	      " headed (1)|CISO\n"
	      "  text ||乙\n"
	      "  item ア||丙\n"
	      "   item (ア)||丙\n"
	      "  item イ||丙\n"
	      "  commentary |解説\n"
	      "   text ||丁\n"
	      " headed ⑵|統括\n"
	      " note (注)||戊\n",
	    "冒頭 1 6 6 6(1) 6(1) 6(1)ア 6(1)ア(ア) 6(1)イ 6(1)解説 6(1)解説 "
	    "6(2) 6(2)注");
}

static void
test_dotted_numbers_take_the_divisions_they_need(void)
{
	check("part 第1編|総則\n"
	      " headed 1.1|甲\n"
	      "part 第2編|基準\n"
	      " chapter 第3章|乙\n"
	      "  headed 1.1|丙\n"
	      "  headed 1.2|丙\n"
	      "   item (4)||丁\n"
	      " chapter 第4章|乙\n"
	      "  headed 1.2|丙\n"
	      "   headed 1.2.1|丁\n",
	    "第1編 第1編1.1 第2編 第3章 第3章1.1 第3章1.2 第3章1.2(4) 第4章 "
	    "第4章1.2 1.2.1");
}

static void
test_topics_are_cited_by_their_titles(void)
{
	check("topic |基本方針\n"
	      " topic |趣旨\n"
	      "  text ||甲\n"
	      "topic |体制\n"
	      " topic |趣旨\n"
	      "  bullet ||甲\n"
	      "  item (1)||甲\n"
	      " topic |役割\n",
	    "基本方針 基本方針＞趣旨 基本方針＞趣旨 体制 体制＞趣旨 体制＞趣旨 "
	    "体制＞趣旨＞(1) 役割");
}

static void
test_commentary_and_notes_are_cited_behind_their_clause(void)
{
	check("chapter 第1章|総則\n"
	      " article 第3条|目的\n"
	      "  paragraph ||甲\n"
	      " commentary |解説\n"
	      "  text ||乙\n"
	      " commentary |趣旨\n"
	      " article 第4条|定義\n"
	      "  paragraph ||甲\n"
	      "   note （注１）||乙\n"
	      "  quote\n"
	      "   article 第9条\n",
	    "第1章 第3条 第3条 第3条解説 第3条解説 第3条解説（その2） 第4条 "
	    "第4条 "
	    "第4条注1 第4条 第4条");
}

static void
test_equal_numbers_are_told_apart(void)
{
	check("article 第1条\n"
	      " paragraph\n"
	      "  item (1)\n"
	      "  item (1)\n"
	      "   item ア\n"
	      "article 第1条\n"
	      "article 第1条\n",
	    "第1条 第1条 第1条第1号 第1条第1号（その2） "
	    "第1条第1号（その2）ア 第1条（その2） 第1条（その3）");
}

static void
test_a_document_of_paragraphs_cites_them_all(void)
{
	check("paragraph ||甲\n"
	      " item 一||乙\n"
	      "paragraph ２||甲\n"
	      "supplementary 附則\n"
	      " paragraph ||乙\n",
	    "第1項 第1項第1号 第2項 附則 附則");
}

static const char body[] = "chapter 第1章|総則\n"
			   " article 第1条|目的\n"
			   "  paragraph ||甲\n"
			   "   item (1)||乙\n"
			   "    item イ||丙\n"
			   "    item ロ||丙\n"
			   "chapter 第2章|雑則\n"
			   " article 第三条の二\n"
			   "  paragraph ||甲\n"
			   "  paragraph ２||甲\n"
			   "   item (1)||乙\n"
			   "    item ア||丙\n"
			   "     item (ア)||丁\n"
			   "  paragraph ３||甲\n"
			   " article 第4条から第7条まで||削除\n"
			   " headed 6\n"
			   "  headed (1)\n"
			   "   item ア\n"
			   "supplementary 附則\n"
			   " paragraph 1||甲\n"
			   " paragraph 2||甲\n"
			   "appendix 別表第一\n"
			   " table\n"
			   "  row\n";

static const struct {
	const char *address, *want; /* want: address, part or to its end */
} finds[] = {
	{ "第三条の二第二項第一号ア", "第3条の2第2項第1号ア" },
	{ "第３条の２第２項第１号ア（ア）", "第3条の2第2項第1号ア(ア)" },
	{ "第2章第3条の2第2項", "第3条の2第2項" },
	{ "第1章第3条の2第2項", "" },
	{ "第1条第1項", "第1条" },
	{ "第1条第1項第1号ロ", "第1条第1号ロ" },
	{ "第1条第1号（1）", "" },
	{ "第1条第2項", "" },
	{ "第2条", "" },
	{ "第5条", "第4条から第7条まで" },
	{ "第4条から第7条まで", "第4条から第7条まで" },
	{ "第8条", "" },
	{ "附則第二項", "附則第2項" },
	{ "附則２項", "" },
	{ "項番6(1)ア", "6(1)ア" },
	{ "６⑴ア", "6(1)ア" },
	{ "6(1)", "6(1)" },
	{ "60", "" },
	{ "別表第１", "別表第1" },
	{ "別表第一の第1行", "別表第1第1行" },
	{ "第1条見出し", "第1条 見出し" },
	{ "第1条の見出し", "第1条 見出し" },
	{ "第2章の章名", "第2章 見出し" },
	{ "第3条の2第1項ただし書", "第3条の2第1項 ただし書" },
	{ "第1条後段", "第1条 後段" },
	{ "第3条の2第1項第2段", "第3条の2第1項 第2段" },
	{ "第3条の2第2項各号列記以外の部分", "第3条の2第2項 柱書" },
	{ "第1条から第3条の2まで", "第1条 to 第3条の2" },
	{ "第3条の2第1項から第3項まで", "第3条の2第1項 to 第3条の2第3項" },
	{ "第1条第1号イからロまで", "第1条第1号イ to 第1条第1号ロ" },
	{ "題名", "題名" },
	{ "第1条の規定", "" },
	{ "", "" },
	{ "第", "" },
	{ "の", "" },
};

static const char *const part_words[] = { [KT_P_WHOLE] = "",
	[KT_P_HONBUN] = " 本文",
	[KT_P_TADASHI] = " ただし書",
	[KT_P_ZENDAN] = " 前段",
	[KT_P_CHUDAN] = " 中段",
	[KT_P_KODAN] = " 後段",
	[KT_P_DAN] = " 第2段",
	[KT_P_HASHIRA] = " 柱書",
	[KT_P_MIDASHI] = " 見出し" };

static void
test_addresses_are_found_in_any_form(void)
{
	end();
	doc = kt_build(body);
	for (size_t i = 0; i < KT_COUNT(finds); i++) {
		struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;
		struct kt_spot spot = { .dan = 7 };

		kt_buf_printf(&got, "%s = ", finds[i].address);
		kt_buf_printf(
		    &want, "%s = %s", finds[i].address, finds[i].want);
		if (kt_addr_find(&spot, doc, finds[i].address) == KT_OK) {
			kt_addr_write(&got, doc, spot.node);
			kt_buf_puts(&got, part_words[spot.part]);
			if (spot.last != NULL)
				kt_buf_printf(
				    &got, " to %s", kt_addr(doc, spot.last));
		} else {
			CU_ASSERT_PTR_NULL(spot.node);
		}
		KT_STR(got.p, want.p);
		kt_buf_release(&got);
		kt_buf_release(&want);
	}
}

static CU_TestInfo address_tests[] = {
	{ "articles are cited by article, paragraph and item",
	    test_articles_are_cited_by_article_paragraph_and_item },
	{ "divisions are said only where a number is not unique",
	    test_divisions_are_said_only_where_a_number_is_not_unique },
	{ "supplementary provisions are told apart by their instrument",
	    test_supplementary_provisions_are_told_apart_by_their_instrument },
	{ "rows of tables are cited by their place",
	    test_rows_of_tables_are_cited_by_their_place },
	{ "heads of tables are rows of their own",
	    test_heads_of_tables_are_rows_of_their_own },
	{ "numbered headings are cited by their marks",
	    test_numbered_headings_are_cited_by_their_marks },
	{ "dotted numbers take the divisions they need",
	    test_dotted_numbers_take_the_divisions_they_need },
	{ "topics are cited by their titles",
	    test_topics_are_cited_by_their_titles },
	{ "commentary and notes are cited behind their clause",
	    test_commentary_and_notes_are_cited_behind_their_clause },
	{ "equal numbers are told apart", test_equal_numbers_are_told_apart },
	{ "a document of paragraphs cites them all",
	    test_a_document_of_paragraphs_cites_them_all },
	{ "addresses are found in any form",
	    test_addresses_are_found_in_any_form },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "addresses", NULL, NULL, NULL, end, address_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
