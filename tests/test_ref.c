/* SPDX-License-Identifier: MIT */
/* References: found in real wording, resolved, told from other documents'. */
#include "kt_build.h"

static struct kt_doc *doc;

static void
end(void)
{
	kt_doc_free(doc);
	doc = NULL;
}

/* "第3条の2" or "第1条!" when dangling, "法:第3条" when of another document. */
static void
show(struct kt_buf *out, const struct kt_refs *refs, const struct kt_node *node)
{
	for (uint32_t i = refs->first[node->id]; i < refs->first[node->id + 1];
	     i++) {
		const struct kt_ref *r = &refs->at[i];

		CU_ASSERT_PTR_EQUAL(r->node, node);
		kt_buf_puts(out, out->len > 0 ? " " : "");
		if (r->state == KT_R_EXTERNAL)
			kt_buf_printf(out, "%s:", r->document);
		kt_buf_puts(out, r->address);
		if (r->state == KT_R_DANGLING)
			kt_buf_putc(out, '!');
	}
}

/* The references of the last clause of a picture. */
static void
check(const char *picture, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;
	struct kt_refs *refs;

	end();
	doc = kt_build(picture);
	refs = kt_refs_new(doc);
	show(&got, refs, doc->nodes[doc->count - 1]);
	KT_STR(got.p, want);
	kt_buf_release(&got);
	kt_refs_free(refs);
}

/* A body to stand in; the text under test is put in the place of %s. */
static const char body[] = "chapter 第1章|総則\n"
			   " section 第1節|通則\n"
			   "  article 第1条|目的\n"
			   "   paragraph ||甲\n"
			   "    item (1)||甲\n"
			   "    item (2)||甲\n"
			   "     item ア||甲\n"
			   "     item イ||甲\n"
			   "   paragraph 2||甲\n"
			   "  article 第2条|定義\n"
			   "   paragraph ||甲\n"
			   "    item (1)||甲\n"
			   " section 第2節|雑則\n"
			   "chapter 第2章|管理\n"
			   " article 第2条の2|体制\n"
			   "  paragraph ||甲\n"
			   "  paragraph 2||甲\n"
			   "  paragraph 3||%s\n"
			   "   item (1)||甲\n"
			   "   item (2)||甲\n"
			   "   item (3)||%s\n"
			   " article 第3条|責任\n"
			   "  paragraph ||甲\n"
			   "  paragraph 2||乙\n"
			   "article 第5条から第7条まで||削除\n"
			   "article 第8条\n"
			   "supplementary 附則\n"
			   " paragraph 1||甲\n"
			   " paragraph 2||甲\n"
			   " paragraph 3||%s\n"
			   "appendix 別表第1\n"
			   "appendix 別表第2\n"
			   "appendix 様式第1号\n"
			   "appendix 様式第2号\n";

enum where { PARAGRAPH, ITEM, SUPPL };

static const struct {
	enum where where;
	const char *text, *want;
} cases[] = {
	/* absolute */
	{ PARAGRAPH, "第1条の規定", "第1条" },
	{ PARAGRAPH, "第一条第二項の規定", "第1条第2項" },
	{ PARAGRAPH, "第１条第１項第２号ア", "第1条第1項第2号ア" },
	{ PARAGRAPH, "第2条の2第1項", "第2条の2第1項" },
	{ PARAGRAPH, "第9条の規定", "第9条!" },
	{ PARAGRAPH, "第1条第3項の規定", "第1条第3項!" },
	{ PARAGRAPH, "第6条の規定", "第5条から第7条まで" },
	{ PARAGRAPH, "第1項の規定", "第2条の2第1項" },
	{ PARAGRAPH, "第4項の規定", "第2条の2第4項!" },
	{ PARAGRAPH, "第1号の規定", "第2条の2第3項第1号" },
	{ PARAGRAPH, "第2条第1号の規定", "第2条第1号" },
	{ PARAGRAPH, "第2条第1項第1号の規定", "第2条第1号" },
	{ PARAGRAPH, "第2章の規定", "第2章" },
	{ PARAGRAPH, "第1章第2節の規定", "第2節" },
	{ PARAGRAPH, "第4章の規定", "第4章!" },
	{ PARAGRAPH, "附則第2項の規定", "附則第2項" },
	{ PARAGRAPH, "附則第9項の規定", "附則第9項!" },
	{ PARAGRAPH, "別表第1に掲げる", "別表第1" },
	{ PARAGRAPH, "別表第一の三の項に掲げる", "別表第1" },
	{ PARAGRAPH, "別表第3に掲げる", "別表第3!" },
	{ PARAGRAPH, "様式第1号又は第2号による", "様式第1号 様式第2号" },
	{ PARAGRAPH, "別記様式第1号による", "様式第1号" },
	/* one after the other */
	{ PARAGRAPH, "第1条及び第3条", "第1条 第3条" },
	{ PARAGRAPH, "第1条、第3条若しくは第8条", "第1条 第3条 第8条" },
	{ PARAGRAPH, "第1条第1項若しくは第2項", "第1条第1項 第1条第2項" },
	{ PARAGRAPH, "第1条第1項第1号又は第2号ア",
	    "第1条第1項第1号 第1条第1項第2号ア" },
	{ PARAGRAPH, "第1条第1項第2号ア及びイ",
	    "第1条第1項第2号ア 第1条第1項第2号イ" },
	{ PARAGRAPH, "第1条第2項及び第3条", "第1条第2項 第3条" },
	{ PARAGRAPH, "前条及び第2項", "第2条 第2条の2第2項" },
	{ PARAGRAPH, "第1条（第2項を除く。）、第3条",
	    "第1条 第1条第2項 第3条" },
	{ PARAGRAPH, "第1条第1項（第1号を除く。）の",
	    "第1条第1項 第1条第1項第1号" },
	{ PARAGRAPH, "第1条第1項各号（第1号を除く。）の",
	    "第1条第1項 第1条第1項第1号" },
	{ PARAGRAPH, "第1条（第3条において準用する場合を含む。）第2項",
	    "第1条 第3条 第1条第2項" },
	/* ranges */
	{ PARAGRAPH, "第1条から第3条まで", "第1条から第3条まで" },
	{ PARAGRAPH, "第1条から前条までの規定", "第1条から第2条まで" },
	{ PARAGRAPH, "第一項から前項まで",
	    "第2条の2第1項から第2条の2第2項まで" },
	{ PARAGRAPH, "第1条第1項から第2項までの規定",
	    "第1条第1項から第1条第2項まで" },
	{ PARAGRAPH, "第1条第1項第1号から第9号まで",
	    "第1条第1項第1号から第1条第1項第9号まで!" },
	{ PARAGRAPH, "第1号から第3号まで",
	    "第2条の2第3項第1号から第2条の2第3項第3号まで" },
	{ PARAGRAPH, "第3条から生ずる", "第3条" },
	/* relative */
	{ PARAGRAPH, "前条の規定", "第2条" },
	{ PARAGRAPH, "前2条の規定", "第1条から第2条まで" },
	{ PARAGRAPH, "前三条の規定", "!" },
	{ PARAGRAPH, "次条第2項", "第3条第2項" },
	{ PARAGRAPH, "前項の規定", "第2条の2第2項" },
	{ PARAGRAPH, "前二項", "第2条の2第1項から第2条の2第2項まで" },
	{ PARAGRAPH, "次項の規定", "!" },
	{ PARAGRAPH, "前章及び次章", "第1章 !" },
	{ ITEM, "前号に掲げる", "第2条の2第3項第2号" },
	{ ITEM, "前二号に掲げる",
	    "第2条の2第3項第1号から第2条の2第3項第2号まで" },
	{ ITEM, "前各号に掲げる",
	    "第2条の2第3項第1号から第2条の2第3項第2号まで" },
	{ ITEM, "第1号に掲げる", "第2条の2第3項第1号" },
	{ ITEM, "前項第1号に掲げる", "第2条の2第2項第1号!" },
	/* what was named before */
	{ PARAGRAPH, "第1条の規定（同条第2項を除く。）", "第1条 第1条第2項" },
	{ PARAGRAPH, "前項の規定による同項の届出",
	    "第2条の2第2項 第2条の2第2項" },
	{ PARAGRAPH, "第1条第1項（第2号に限る。）の規定にかかわらず、同号ア",
	    "第1条第1項 第1条第1項第2号 第1条第1項第2号ア" },
	{ PARAGRAPH, "第1条（第1項第2号に限る。）の規定にかかわらず、同項第1号",
	    "第1条 第1条第1項第2号 第1条第1項第1号" },
	{ PARAGRAPH, "第3条第1項（前項の場合を除く。）の規定による同項の届出",
	    "第3条第1項 第2条の2第2項 第3条第1項" },
	{ PARAGRAPH, "第3条から第6条までの規定", "第3条から第7条まで" },
	{ PARAGRAPH, "第6条から第8条までの規定", "第5条から第8条まで" },
	{ PARAGRAPH, "第1条第1項第2号の者（同号イに掲げる",
	    "第1条第1項第2号 第1条第1項第2号イ" },
	{ PARAGRAPH, "第1条第1項第2号アの者又は同号イの者",
	    "第1条第1項第2号ア 第1条第1項第2号イ" },
	{ PARAGRAPH, "同条の規定", ":" },
	/* this */
	{ PARAGRAPH, "以下この条及びこの章において", "第2条の2 第2章" },
	{ PARAGRAPH, "この項及び本条において", "第2条の2第3項 第2条の2" },
	{ ITEM, "以下この号において", "第2条の2第3項第3号" },
	{ SUPPL, "この附則において", "附則" },
	/* parts */
	{ PARAGRAPH, "第1条第1項ただし書の規定", "第1条第1項ただし書" },
	{ PARAGRAPH, "前項後段の規定", "第2条の2第2項後段" },
	{ PARAGRAPH, "第1条第1項各号列記以外の部分",
	    "第1条第1項各号列記以外の部分" },
	{ PARAGRAPH, "第1条の見出し中", "第1条見出し" },
	/* 附則 */
	{ SUPPL, "前項の規定", "附則第2項" },
	{ SUPPL, "第1項の規定", "附則第1項" },
	{ SUPPL, "附則第1項の規定", "附則第1項" },
	{ SUPPL, "第3条第2項の規定", "第3条第2項" },
	/* other documents */
	{ PARAGRAPH, "法第3条及び令第5条", "法:第3条 令:第5条" },
	{ PARAGRAPH, "地方自治法（昭和22年法律第67号）第180条の5第1項の規定",
	    "地方自治法:第180条の5第1項" },
	{ PARAGRAPH,
	    "地方自治法（昭和22年法律第67号。以下「法」という。）第3条",
	    "地方自治法:第3条" },
	{ PARAGRAPH, "地方自治法第3条、第5条及び同条第2項",
	    "地方自治法:第3条 地方自治法:第5条 地方自治法:第5条第2項" },
	{ PARAGRAPH, "同法第3条第1項又は第2項",
	    "同法:第3条第1項 同法:第3条第2項" },
	{ PARAGRAPH, "個人情報の保護に関する法律第1条",
	    "個人情報の保護に関する法律:第1条" },
	{ PARAGRAPH, "見本市情報セキュリティ管理規程第1条",
	    "見本市情報セキュリティ管理規程:第1条" },
	{ PARAGRAPH, "平成二十五年法律第六十三号附則第2条",
	    "平成二十五年法律第六十三号:附則第2条" },
	{ PARAGRAPH, "民法の第3編", "民法:第3編" },
	{ PARAGRAPH, "法附則第3条及び法別表第1", "法:附則第3条 法:別表第1" },
	{ PARAGRAPH, "法（第1章、第2章を除く。）", "法:第1章 法:第2章" },
	{ PARAGRAPH, "改正前の第3条", "改正前の:第3条" },
	{ PARAGRAPH, "この規程第1条及び本規程第3条", "第1条 第3条" },
	{ PARAGRAPH, "前項の表第2号", "第2条の2第2項 :第2号" },
	{ PARAGRAPH, "法第3条の届出と第9条の届出", "法:第3条 :第9条" },
	/* none at all */
	{ PARAGRAPH, "次の各号に掲げる", "" },
	{ PARAGRAPH, "昭和22年法律第67号", "" },
	{ PARAGRAPH, "令和7年規則第1号", "" },
	{ PARAGRAPH, "第1号被保険者", "" },
	{ PARAGRAPH, "この条例及び同条例", "" },
	{ PARAGRAPH, "第三条件", "" },
	{ PARAGRAPH, "第三者", "" },
	{ PARAGRAPH, "第1項目", "" },
	{ PARAGRAPH, "様式により", "" },
	{ PARAGRAPH, "「第9条」とあるのは「第8条」とする", "" },
	{ PARAGRAPH, "「第9条「第8条", "第9条! 第8条" },
};

static void
test_references_are_read_in_real_wording(void)
{
	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_buf picture = KT_BUF_INIT, got = KT_BUF_INIT,
			      want = KT_BUF_INIT;
		struct kt_spot spot;
		struct kt_refs *refs;
		const char *text[3] = { "甲", "甲", "甲" };
		static const char *const at[] = { "第2条の2第3項",
			"第2条の2第3項第3号", "附則第3項" };

		text[cases[i].where] = cases[i].text;
		kt_buf_printf(&picture, body, text[0], text[1], text[2]);
		end();
		doc = kt_build(picture.p);
		refs = kt_refs_new(doc);
		CU_ASSERT_FATAL(
		    kt_addr_find(&spot, doc, at[cases[i].where]) == KT_OK);
		show(&got, refs, spot.node);
		kt_buf_printf(&want, "%s = %s", cases[i].text, cases[i].want);
		kt_buf_clear(&picture);
		kt_buf_printf(&picture, "%s = %s", cases[i].text, got.p);
		KT_STR(picture.p, want.p);
		kt_refs_free(refs);
		kt_buf_release(&picture);
		kt_buf_release(&got);
		kt_buf_release(&want);
	}
}

static void
test_a_reference_knows_the_bytes_it_stands_in(void)
{
	struct kt_refs *refs;

	end();
	doc = kt_build("article 第1条\n"
		       " paragraph ||法第三条及び第1条から第２条までの規定\n"
		       "article 第2条\n");
	refs = kt_refs_new(doc);
	KT_NUM(refs->count, 2);
	KT_NUM(refs->at[0].start, strlen("法"));
	KT_NUM(refs->at[0].len, strlen("第三条"));
	KT_NUM(refs->at[0].form, KT_R_ABSOLUTE);
	KT_NUM(refs->at[1].start, strlen("法第三条及び"));
	KT_NUM(refs->at[1].len, strlen("第1条から第２条まで"));
	kt_refs_free(refs);
}

static void
test_a_row_that_begins_with_another_document_is_of_that_one(void)
{
	static const char picture[] =
	    "article 第1条\n"
	    " table\n"
	    "  row\n   cell ||%s\n   cell ||第1条\n   cell ||別表第1\n"
	    "appendix 別表第1\n table\n  row\n   cell ||甲\n";
	static const char *const names[] = { "原子炉の設置、運転等に関する規則",
		"汚染された物又は廃棄物の埋設の事業に関する規則", "国税通則法",
		"測定の方法", "この規則", "第一条の規則" };

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		struct kt_buf b = KT_BUF_INIT;
		struct kt_refs *refs;

		end();
		kt_buf_printf(&b, picture, names[i]);
		doc = kt_build(b.p);
		refs = kt_refs_new(doc);
		CU_ASSERT_FATAL(refs->count >= 2);
		for (size_t k = refs->count - 2; k < refs->count; k++)
			CU_ASSERT_EQUAL(refs->at[k].state,
			    i < 3 ? KT_R_EXTERNAL : KT_R_RESOLVED);
		kt_refs_free(refs);
		kt_buf_release(&b);
	}
}

static void
test_items_go_on_from_the_words_above_them(void)
{
	check("article 第1条\n"
	      "article 第2条\n"
	      " paragraph ||法第5条の規定により、次に掲げる\n"
	      "  item (1)||同条第2項の届出\n",
	    "法:第5条第2項");
}

static void
test_the_rules_of_an_amending_instrument_are_its_own(void)
{
	check("article 第1条\n"
	      "supplementary 附則\n"
	      "supplementary 附則|||令和7年規則第1号\n"
	      " article 第1条\n"
	      " article 第2条\n"
	      "  paragraph ||前条、附則第1条、第1条及び附則第9条\n",
	    "附則（令和7年規則第1号）第1条 附則（令和7年規則第1号）第1条 "
	    "令和7年規則第1号:第1条 令和7年規則第1号:附則第9条");
}

static void
test_old_laws_number_their_supplement_on(void)
{
	check("article 第1条\n"
	      " paragraph ||甲\n"
	      "supplementary 附則\n"
	      " article 第2条\n"
	      " article 第3条\n"
	      "  paragraph ||第2条及び第1条\n",
	    "附則第2条 第1条");
}

static void
test_the_related_clauses_of_a_table_are_references(void)
{
	struct kt_buf got = KT_BUF_INIT;
	struct kt_refs *refs;

	end();
	doc = kt_build("article 第3条\n"
		       "article 第5条\n"
		       "appendix 別表|||第3条、第5条関係\n");
	refs = kt_refs_new(doc);
	show(&got, refs, doc->nodes[3]);
	KT_STR(got.p, "第3条 第5条");
	CU_ASSERT(refs->count == 2 && refs->at[1].in_related);
	kt_buf_release(&got);
	kt_refs_free(refs);
}

static void
test_contents_name_ranges_of_articles(void)
{
	check("article 第1条\n"
	      "article 第2条\n"
	      "article 第3条\n"
	      "toc 目次\n"
	      " text ||第1章　総則（第1条―第3条）\n",
	    "第1条から第3条まで");
	check("article 第1条\n"
	      "article 第2条\n"
	      "toc 目次\n"
	      " text ||第1章　総則（第1条・第2条）\n",
	    "第1条 第2条");
}

static void
test_numbered_documents_are_cited_by_koban(void)
{
	check(
	    "headed 6|体制\n"
	    " headed (1)|甲\n"
	    "  item ア||乙\n"
	    " headed (2)|甲\n"
	    "headed 7|運用\n"
	    " text ||項番6(1)ア及び項番６の規定、項番6(1)及び(2)並びに項番9\n",
	    "6(1)ア 6 6(1) 6(2) 9!");
}

static void
test_items_under_headings_are_a_list_of_their_own(void)
{
	check("headed 6|体制\n"
	      " item ア||甲\n"
	      "  item (ア)||乙\n"
	      "  item (イ)||乙\n"
	      "  item (ウ)||前各号に掲げるもののほか\n",
	    "6ア(ア)から6ア(イ)まで");
}

static void
test_numbers_of_headings_are_cited_below_their_chapter(void)
{
	check("chapter 第1章|甲\n"
	      " headed 1.1|乙\n"
	      "chapter 第2章|甲\n"
	      " headed 1.1|乙\n"
	      "  headed (2)|乙\n"
	      "   text ||第1章1.1及び第2章1.1(2)並びに第2章1.3\n",
	    "第1章1.1 第2章1.1(2) 第2章1.3!");
}

static void
test_a_document_without_articles_has_none_dangling(void)
{
	check("topic |基本方針\n"
	      " text ||第3条の規定及び前項、第2章\n",
	    ":第3条 : :第2章");
}

static void
test_names_that_a_document_gives_itself_are_its_own(void)
{
	check("article 第1条\n"
	      " paragraph ||この規程（以下「規程」という。）は、\n"
	      "article 第2条\n"
	      " paragraph ||規程第1条及び規程第9条\n",
	    "第1条 第9条!");
	check("article 第1条\n"
	      " paragraph ||管理規程（以下「規程」という。）は、\n"
	      "article 第2条\n"
	      " paragraph ||規程第1条及び規程第9条\n",
	    "規程:第1条 規程:第9条");
}

static void
test_quoted_matter_has_no_references(void)
{
	check("article 第1条\n"
	      " paragraph ||甲\n"
	      "  quote\n"
	      "   article 第2条\n"
	      "    paragraph ||第9条及び前条\n",
	    "");
}

static void
test_a_clause_in_a_table_may_be_of_any_document(void)
{
	check("article 第1条\n"
	      " paragraph ||次の表のとおり読み替える。\n"
	      "  table\n"
	      "   row\n"
	      "    cell ||第9条第2項\n",
	    ":第9条第2項");
}

static CU_TestInfo ref_tests[] = {
	{ "references are read in real wording",
	    test_references_are_read_in_real_wording },
	{ "a reference knows the bytes it stands in",
	    test_a_reference_knows_the_bytes_it_stands_in },
	{ "a row that begins with another document is of that one",
	    test_a_row_that_begins_with_another_document_is_of_that_one },
	{ "items go on from the words above them",
	    test_items_go_on_from_the_words_above_them },
	{ "the rules of an amending instrument are its own",
	    test_the_rules_of_an_amending_instrument_are_its_own },
	{ "old laws number their supplement on",
	    test_old_laws_number_their_supplement_on },
	{ "the related clauses of a table are references",
	    test_the_related_clauses_of_a_table_are_references },
	{ "contents name ranges of articles",
	    test_contents_name_ranges_of_articles },
	{ "numbered documents are cited by 項番",
	    test_numbered_documents_are_cited_by_koban },
	{ "items under headings are a list of their own",
	    test_items_under_headings_are_a_list_of_their_own },
	{ "numbers of headings are cited below their chapter",
	    test_numbers_of_headings_are_cited_below_their_chapter },
	{ "a document without articles has none dangling",
	    test_a_document_without_articles_has_none_dangling },
	{ "names that a document gives itself are its own",
	    test_names_that_a_document_gives_itself_are_its_own },
	{ "quoted matter has no references",
	    test_quoted_matter_has_no_references },
	{ "a clause in a table may be of any document",
	    test_a_clause_in_a_table_may_be_of_any_document },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "references", NULL, NULL, NULL, end, ref_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
