/* SPDX-License-Identifier: MIT */
/*
 * 法令標準XML and plain text in small invented pieces: what each form becomes
 * and what is said of that which has no place.
 */
#include "kt_picture.h"
#include "law_same.h"

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

static struct kt_diag *diag;

static int
begin(void)
{
	diag = kt_diag_new();
	return 0;
}

static int
end(void)
{
	kt_diag_free(diag);
	return 0;
}

static struct kt_doc *
read_xml(const char *xml)
{
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_lawxml(&doc, "a.xml", xml, strlen(xml), diag), KT_OK);
	return doc;
}

static struct kt_doc *
read_text(const char *text)
{
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_lawtext(&doc, "a.txt", text, strlen(text), diag), KT_OK);
	return doc;
}

static void
check_picture(struct kt_doc *doc, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	for (const struct kt_node *at = doc->root->first; at != NULL;
	     at = at->next)
		kt_test_picture(&got, at, false);
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

#define LAW_HEAD                                                               \
	"<Law Era=\"Reiwa\" Year=\"08\" Num=\"012\" LawType=\"Misc\" "         \
	"Lang=\"ja\"><LawNum>令和八年規則第十二号</LawNum><LawBody>" \
	"<LawTitle>見本規則</LawTitle>"
#define LAW_TAIL "</LawBody></Law>"
#define MAIN(x) LAW_HEAD "<MainProvision>" x "</MainProvision>" LAW_TAIL
#define ARTICLE(x)                                                             \
	MAIN(                                                                  \
	    "<Article Num=\"1\"><ArticleTitle>第一条</ArticleTitle>"        \
	    "<Paragraph Num=\"1\"><ParagraphNum/>" x "</Paragraph></Article>")
#define SENTENCES(x) "<ParagraphSentence>" x "</ParagraphSentence>"
#define ITEM(title, x)                                                         \
	SENTENCES("<Sentence>次のとおり。</Sentence>")                         \
	"<Item Num=\"1\"><ItemTitle>" title "</ItemTitle><ItemSentence>" x     \
	"</ItemSentence></Item>"

/* ---- both ways -------------------------------------------------------- */

/* What the XML becomes; and the document written again is the same XML. */
static const struct {
	const char *xml, *want;
} both_ways[] = {
	/* borders that the rule gives, and that it does not */
	{ ARTICLE(SENTENCES("<Sentence Num=\"1\" Function=\"main\">甲。"
			    "</Sentence><Sentence Num=\"2\" "
			    "Function=\"proviso\">ただし、乙。</Sentence>")),
	    "(article 第一条(paragraph 甲。ただし、乙。))" },
	{ ARTICLE(SENTENCES("<Sentence>甲。乙。</Sentence>")),
	    "(article 第一条(paragraph 甲。乙。))" },
	{ ARTICLE(SENTENCES("<Sentence Num=\"1\">甲</Sentence>"
			    "<Sentence Num=\"2\">乙</Sentence>")),
	    "(article 第一条(paragraph 甲乙))" },
	{ ARTICLE(SENTENCES("<Sentence Num=\"1\">甲。</Sentence>"
			    "<Sentence Num=\"2\"/>")),
	    "(article 第一条(paragraph 甲。))" },
	{ ARTICLE(SENTENCES("<Sentence>「甲。」と（乙。）いう。</Sentence>")),
	    "(article 第一条(paragraph 「甲。」と（乙。）いう。))" },
	/* columns */
	{ ARTICLE(ITEM("一", "<Column Num=\"1\"><Sentence>甲</Sentence>"
			     "</Column><Column Num=\"2\"><Sentence>乙をいう。"
			     "</Sentence></Column>")),
	    "(article 第一条(paragraph 次のとおり。(item 一 "
	    "甲　乙をいう。)))" },
	{ ARTICLE(ITEM("一", "<Sentence>甲　乙</Sentence>")),
	    "(article 第一条(paragraph 次のとおり。(item 一 甲　乙)))" },
	{ ARTICLE(ITEM("一", "<Column Num=\"1\"><Sentence>甲　丙</Sentence>"
			     "</Column><Column Num=\"2\"><Sentence>乙"
			     "</Sentence></Column>")),
	    "(article 第一条(paragraph 次のとおり。(item 一 甲　丙　乙)))" },
	{ ARTICLE(ITEM("一", "<Column Num=\"1\"><Sentence>甲</Sentence>"
			     "</Column><Column Num=\"2\"><Sentence/>"
			     "</Column>")),
	    "(article 第一条(paragraph 次のとおり。(item 一 甲　)))" },
	/* labels that are words, or none */
	{ ARTICLE(ITEM("α", "<Sentence>係数</Sentence>")),
	    "(article 第一条(paragraph 次のとおり。(bullet α　係数)))" },
	{ ARTICLE(ITEM("一　甲", "<Sentence/>")),
	    "(article 第一条(paragraph 次のとおり。(item 一 甲)))" },
	{ ARTICLE(ITEM("", "<Sentence>甲</Sentence>")),
	    "(article 第一条(paragraph 次のとおり。(bullet 甲)))" },
	{ ARTICLE(SENTENCES(
	      "<Sentence>次の式</Sentence>") "<List><ListSentence><Sentence>甲<"
					     "/Sentence></ListSentence>"
					     "<Sublist1><Sublist1Sentence><"
					     "Sentence>乙</Sentence>"
					     "</Sublist1Sentence></Sublist1></"
					     "List>"),
	    "(article 第一条(paragraph 次の式(bullet 甲(bullet 乙))))" },
	/* marks, one inside another, and layout inside mixed content */
	{ ARTICLE(SENTENCES("<Sentence>積<Ruby>算<Rt>さん</Rt>\n</Ruby>"
			    "\n  額<Sup>２</Sup><Line Style=\"solid\">下線"
			    "<Ruby>線<Rt>せん</Rt></Ruby></Line></Sentence>")),
	    "(article 第一条(paragraph 積算額２下線線))" },
	{ ARTICLE(SENTENCES("<Sentence><ArithFormula><Fig src=\"a.jpg\"/>"
			    "</ArithFormula></Sentence>")),
	    "(article 第一条(paragraph))" },
	/* quoted matter in the middle of a sentence */
	{ ARTICLE(SENTENCES("<Sentence>「<QuoteStruct><Table><TableRow>"
			    "<TableColumn><Sentence>甲</Sentence>"
			    "</TableColumn></TableRow></Table></QuoteStruct>"
			    "」を削る。</Sentence>")),
	    "(article 第一条(paragraph 「(quote(table(row(cell 甲))))"
	    "(text 」を削る。)))" },
	{ ARTICLE(SENTENCES("<Sentence>「<QuoteStruct><Sentence>甲</Sentence>"
			    "</QuoteStruct>」を削る。</Sentence>")),
	    "(article 第一条(paragraph 「甲」を削る。))" },
	/* amending provisions */
	{ ARTICLE(SENTENCES(
	      "<Sentence>次のように改正する。</Sentence>") "<AmendProvision><"
							   "AmendProvisionSente"
							   "nce><Sentence>"
							   "第二条を"
							   "次のように改める。<"
							   "/Sentence></"
							   "AmendProvisionSente"
							   "nce>"
							   "<NewProvision><"
							   "Article "
							   "Num=\"2\"><"
							   "ArticleTitle>第二条"
							   "</"
							   "ArticleTitle><"
							   "Paragraph "
							   "Num=\"1\"><"
							   "ParagraphNum/>"
							   "<ParagraphSentence>"
							   "<Sentence>甲。</"
							   "Sentence>"
							   "</"
							   "ParagraphSentence><"
							   "/Paragraph></"
							   "Article></"
							   "NewProvision>"
							   "</AmendProvision>"),
	    "(article 第一条(paragraph 次のように改正する。(quote(text "
	    "第二条を次のように改める。)(article 第二条(paragraph "
	    "甲。)))))" },
	/* tables: spans, lines in a cell, empty cells, remarks */
	{ ARTICLE(SENTENCES(
	      "<Sentence>次の表</Sentence>") "<TableStruct><TableStructTitle>"
					     "表一</TableStructTitle><Table>"
					     "<TableRow><TableColumn "
					     "colspan=\"2\" Align=\"center\">"
					     "<Sentence>甲</Sentence></"
					     "TableColumn></TableRow><TableRow>"
					     "<TableColumn><Sentence "
					     "Num=\"1\">一　乙</Sentence>"
					     "<Sentence "
					     "Num=\"2\">二　丙</Sentence></"
					     "TableColumn>"
					     "<TableColumn><Sentence/></"
					     "TableColumn></TableRow></Table>"
					     "<Remarks><RemarksLabel>備考</"
					     "RemarksLabel><Sentence>丁"
					     "</Sentence></Remarks></"
					     "TableStruct>"),
	    "(article 第一条(paragraph 次の表(text 表一)(table(row(cell 2x1 "
	    "甲))"
	    "(row(cell(text 一　乙)(text 二　丙))(cell)))(note 備考 丁)))" },
	{ ARTICLE(SENTENCES(
	      "<Sentence>次の表</Sentence>") "<TableStruct><Table><"
					     "TableHeaderRow><"
					     "TableHeaderColumn>"
					     "<Sentence>区分</Sentence></"
					     "TableHeaderColumn></"
					     "TableHeaderRow>"
					     "</Table></TableStruct>"),
	    "(article 第一条(paragraph 次の表(table(row head(cell 区分)))))" },
};

static void
check_both_ways(const char *xml, const char *want)
{
	struct kt_doc *doc = read_xml(xml);
	struct kt_buf out = KT_BUF_INIT, why = KT_BUF_INIT;
	struct kt_xml *a = NULL, *b = NULL;

	KT_NUM(kt_diag_count(diag), 0);
	check_picture(doc, want);
	CU_ASSERT_EQUAL_FATAL(kt_write_lawxml(&out, doc, diag), KT_OK);
	KT_NUM(kt_diag_count(diag), 0);
	CU_ASSERT_EQUAL_FATAL(
	    kt_xml_parse(&a, "a", xml, strlen(xml), diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_xml_parse(&b, "b", out.p, out.len, diag), KT_OK);
	if (!law_same(a, b, &why))
		printf("\n    %s\n    %s\n", want, why.p);
	KT_STR(why.p, "");
	kt_xml_free(a);
	kt_xml_free(b);
	kt_buf_release(&out);
	kt_buf_release(&why);
	kt_doc_free(doc);
}

static void
test_what_is_in_a_clause_is_read_and_written_back(void)
{
	for (size_t i = 0; i < KT_COUNT(both_ways); i++)
		check_both_ways(both_ways[i].xml, both_ways[i].want);
}

#define PARAGRAPH(x)                                                           \
	"<Paragraph Num=\"1\"><ParagraphNum/>" SENTENCES(                      \
	    "<Sentence>" x "</Sentence>") "</Paragraph>"

static void
test_the_parts_of_a_law_are_read_and_written_back(void)
{
	static const struct {
		const char *xml, *want;
	} at[] = {
		{ LAW_HEAD
		    "<EnactStatement>制定する。</EnactStatement><TOC>"
		    "<TOCLabel>目次</TOCLabel><TOCChapter Num=\"1\">"
		    "<ChapterTitle>第一章　総則</ChapterTitle><ArticleRange>"
		    "（第一条）</ArticleRange></TOCChapter><TOCChapter "
		    "Num=\"2_2\"><ChapterTitle>第二章の二　雑則（略）"
		    "</ChapterTitle></TOCChapter><TOCSupplProvision>"
		    "<SupplProvisionLabel>附則</SupplProvisionLabel>"
		    "</TOCSupplProvision><TOCAppdxTableLabel>別表"
		    "</TOCAppdxTableLabel></TOC><Preamble>" PARAGRAPH(
			"前文。") "</Preamble><MainProvision><Chapter "
				  "Num=\"1\">"
				  "<ChapterTitle>第一章　総則</ChapterTitle>"
				  "<Article "
				  "Num=\"1_2\"><ArticleCaption>（目的）"
				  "</ArticleCaption><ArticleTitle>第一条の二"
				  "</ArticleTitle>" PARAGRAPH(
				      "甲。") "</Article></Chapter></"
					      "MainProvision>" LAW_TAIL,
		    "(preamble(text 制定する。))(toc 目次(bullet "
		    "第一章　総則（第一条）)(bullet 第二章の二　雑則（略）)"
		    "(bullet 附則)(bullet 別表))(preamble(text "
		    "前文。))(chapter "
		    "第一章{総則}(article 第一条の二{目的}(paragraph "
		    "甲。)))" },
		{ MAIN(
		      "<Paragraph Num=\"1\"><ParagraphCaption>〔趣旨〕"
		      "</ParagraphCaption><ParagraphNum/>" SENTENCES(
			  "<Sentence>甲。</Sentence>") "</Paragraph>"
						       "<Paragraph Num=\"2\">"
						       "<ParagraphNum>２"
						       "</"
						       "ParagraphNum"
						       ">" SENTENCES(
							   "<Sentence>乙。</"
							   "Sentence>") "</"
									"Paragr"
									"aph>"),
		    "(paragraph{〔趣旨〕} 甲。)(paragraph ２ 乙。)" },
		{ MAIN("<Article Num=\"3:5\"><ArticleTitle>第三条から第五条"
		       "まで</ArticleTitle>" PARAGRAPH("削除") "</Article>"),
		    "(article 第三条から第五条まで(paragraph 削除))" },
		{ LAW_HEAD "<MainProvision>" PARAGRAPH(
		      "甲。") "</MainProvision><SupplProvision "
			      "AmendLawNum=\"令和九年"
			      "規則第一号\" "
			      "Extract=\"true\"><SupplProvisionLabel>"
			      "附　則</SupplProvisionLabel>" PARAGRAPH(
				  "乙。") "<SupplProvisionAppdxTable><"
					  "SupplProvisionAppdxTableTitle>"
					  "附則別表</"
					  "SupplProvisionAppdxTableTitle>"
					  "</SupplProvisionAppdxTable></"
					  "SupplProvision>" LAW_TAIL,
		    "(paragraph 甲。)(supplementary 附　則{抄}<令和九年規則"
		    "第一号>(paragraph 乙。)(appendix 附則別表))" },
		/* the title may hold the articles, and the reverse */
		{ LAW_HEAD "<MainProvision>" PARAGRAPH(
		      "甲。") "</MainProvision><AppdxTable "
			      "Num=\"1\"><AppdxTableTitle>"
			      "別表第一（第一条関係）</AppdxTableTitle><Item "
			      "Num=\"1\">"
			      "<ItemTitle>一</"
			      "ItemTitle><ItemSentence><Sentence>乙"
			      "</Sentence></ItemSentence></"
			      "Item><Remarks><RemarksLabel>"
			      "備考</RemarksLabel><Sentence "
			      "Num=\"1\">一　丙</Sentence>"
			      "<Sentence Num=\"2\">二　丁</Sentence></Remarks>"
			      "</"
			      "AppdxTable><AppdxTable><AppdxTableTitle>別表第二"
			      "</"
			      "AppdxTableTitle><RelatedArticleNum>"
			      "　名称（第二条関係）"
			      "</RelatedArticleNum></AppdxTable><AppdxStyle>"
			      "<AppdxStyleTitle>第一号様式別表</"
			      "AppdxStyleTitle>"
			      "<RelatedArticleNum>（第三条関係）</"
			      "RelatedArticleNum>"
			      "<StyleStruct><Style><Fig "
			      "src=\"a.pdf\"/><Sentence>戊"
			      "</Sentence></Style></StyleStruct></"
			      "AppdxStyle>" LAW_TAIL,
		    "(paragraph 甲。)(appendix 別表第一<第一条関係>(item 一 "
		    "乙)(note 備考(item 一 丙)(item 二 丁)))(appendix "
		    "別表第二{名称}<第二条関係>)(appendix 第一号様式別表"
		    "<第三条関係>(figure<a.pdf>)(text 戊))" },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++)
		check_both_ways(at[i].xml, at[i].want);
}

/* ---- what has no place -------------------------------------------------- */

static void
check_told(enum kt_msg_id id, const char *a, const char *b)
{
	for (size_t i = 0; i < kt_diag_count(diag); i++) {
		const struct kt_msg *m = kt_diag_get(diag, i);

		if (m->id == id && strcmp(m->a, a) == 0) {
			KT_STR(m->b, b);
			return;
		}
	}
	printf("\n    not told: %s\n", a);
	CU_FAIL("a message is missing");
}

static void
test_elements_without_a_place_keep_their_words_and_are_counted(void)
{
	struct kt_doc *doc = read_xml(
	    ARTICLE(SENTENCES("<Sentence "
			      "WritingMode=\"horizontal\">甲<New>乙</New></"
			      "Sentence>") "<New>丙</New><ItemTitle>丁</"
					   "ItemTitle>戊"));

	check_picture(doc, "(article 第一条(paragraph 甲乙(text 丙)(text "
			   "丁)(text 戊)))");
	check_told(KT_M_LAW_ELEMENT, "New", "2");
	check_told(KT_M_LAW_ELEMENT, "ItemTitle", "1");
	check_told(KT_M_LAW_ELEMENT, "Paragraph", "1");
	check_told(KT_M_LAW_ATTRIBUTE, "WritingMode", "1");
	kt_doc_free(doc);
}

static void
test_another_xml_is_no_law(void)
{
	static const char xml[] = "<html><body/></html>";
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL(
	    kt_read_lawxml(&doc, "a.xml", xml, strlen(xml), diag), KT_EINPUT);
	CU_ASSERT_PTR_NULL(doc);
	check_told(KT_M_LAW_NO_LAW, "html", "");
}

static void
test_a_wrapped_law_is_found(void)
{
	struct kt_doc *doc =
	    read_xml("<DataRoot><Result/><ApplData><LawFullText>" MAIN(
		PARAGRAPH("甲。")) "</LawFullText></ApplData></DataRoot>");

	check_picture(doc, "(paragraph 甲。)");
	KT_STR(doc->root->caption, "見本規則");
	KT_STR(doc->meta.number, "令和八年規則第十二号");
	kt_doc_free(doc);
}

static struct kt_doc *
read_markdown(const char *text)
{
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&doc, "a.md", text, strlen(text), diag), KT_OK);
	KT_NUM(kt_diag_count(diag), 0);
	return doc;
}

/* The words of an element anywhere in written XML. */
static void
check_holds(const struct kt_buf *xml, const char *what)
{
	if (strstr(xml->p, what) == NULL)
		printf("\n    missing: %s\n", what);
	CU_ASSERT_PTR_NOT_NULL(strstr(xml->p, what));
}

static void
test_a_municipal_rule_becomes_a_law_of_its_own_kind(void)
{
	struct kt_doc *doc = read_markdown(
	    "---\nid: a\ntitle: 見本規程\nkind: 規程\n"
	    "number: 平成19年達第19号\n---\n\n# 見本規程\n\n## 第1章　総則\n\n"
	    "### 第3条の2（例外）\n\n甲とする。ただし、**乙**を除く。\n\n"
	    "- (1)　用語　意味\n  - ア　丙\n\n2　丁とする。\n\n"
	    "> 【解説】趣旨\n\n## 別表第1（第3条の2関係）\n\n"
	    "| 区分 | 額 |\n|---|---|\n| 戊 | 己 |\n");
	struct kt_buf out = KT_BUF_INIT;

	CU_ASSERT_EQUAL(kt_write_lawxml(&out, doc, diag), KT_OK);
	check_holds(&out, "<Law Era=\"Heisei\" Year=\"19\" Num=\"019\" "
			  "LawType=\"Misc\" Lang=\"ja\">");
	check_holds(&out, "<Article Num=\"3_2\">");
	check_holds(&out, "<Sentence Function=\"proviso\" Num=\"2\">ただし、"
			  "乙を除く。</Sentence>");
	check_holds(&out, "<Column Num=\"2\">");
	check_holds(&out, "<Subitem1 Num=\"1\">");
	check_holds(&out, "<Paragraph Num=\"2\">");
	check_holds(&out, "<TableHeaderRow>");
	check_holds(&out, "<RelatedArticleNum>（第3条の2関係）");
	check_told(KT_M_LAW_LEFT_OUT, "解説", "1");
	check_told(KT_M_LAW_LEFT_OUT, "太字", "1");
	kt_buf_release(&out);
	kt_doc_free(doc);
}

static void
test_numbered_headings_become_paragraphs_and_items(void)
{
	struct kt_doc *doc = read_markdown(
	    "# 見本基準\n\n## 1　目的\n\n甲とする。\n\n### (1)　範囲\n\n"
	    "乙とする。\n\n## 2　用語\n\n丙とする。\n");
	struct kt_buf out = KT_BUF_INIT;

	CU_ASSERT_EQUAL(kt_write_lawxml(&out, doc, diag), KT_OK);
	check_holds(&out, "<ParagraphCaption>（目的）</ParagraphCaption>");
	check_holds(&out, "<Sentence>甲とする。</Sentence>");
	check_holds(&out, "<ItemTitle>(1)</ItemTitle>");
	check_holds(&out, "範囲");
	check_holds(&out, "乙とする。");
	check_told(KT_M_LAW_WRITTEN_AS, "項番", "2");
	check_told(KT_M_LAW_NO_NUMBER, "", "");
	kt_buf_release(&out);
	kt_doc_free(doc);
}

/* A clause that got another number does not keep the Num of its source. */
static void
test_a_changed_label_brings_its_own_number(void)
{
	struct kt_doc *doc = read_xml(MAIN(
	    "<Article Num=\"44\"><ArticleTitle>第六条</ArticleTitle>" PARAGRAPH(
		"甲。") "</Article>"));
	struct kt_buf out = KT_BUF_INIT;

	CU_ASSERT_EQUAL(kt_write_lawxml(&out, doc, diag), KT_OK);
	check_holds(&out, "<Article Num=\"44\">");
	kt_node_label(doc, doc->root->first, "第七条");
	kt_doc_finish(doc);
	kt_buf_clear(&out);
	CU_ASSERT_EQUAL(kt_write_lawxml(&out, doc, diag), KT_OK);
	check_holds(&out, "<Article Num=\"7\">");
	kt_buf_release(&out);
	kt_doc_free(doc);
}

/* ---- plain text --------------------------------------------------------- */

static void
test_lines_become_clauses(void)
{
	static const struct {
		const char *text, *want;
	} at[] = {
		{ "見本規程\n（令和八年規程第一号）\n\n  （目的）\n"
		  "第一条 甲とする。\n２ 乙とする。\n  一　丙\n    イ　丁\n"
		  "  二　戊\n\n      附　則　\n\n己とする。\n",
		    "(article 第一条{目的}(paragraph 甲とする。)(paragraph ２ "
		    "乙とする。(item 一 丙(item イ 丁))(item 二 戊)))"
		    "(supplementary 附　則(paragraph 己とする。))" },
		/* windows line ends, wide indents, captions behind the label */
		{ "見本規程\r\n\r\n第１条（目的）　甲とする。\r\n"
		  "　２　乙とする。\r\n　　(1)　丙\r\n　　　ア　丁\r\n",
		    "(article 第１条{目的}(paragraph 甲とする。)(paragraph ２ "
		    "乙とする。(item (1) 丙(item ア 丁))))" },
		/* all labels at one indent */
		{ "見本規程\n第1条　次のとおり。\n  (1) 甲\n  ア 乙\n  イ 丙\n"
		  "  (2) 丁\n",
		    "(article 第1条(paragraph 次のとおり。(item (1) 甲(item ア "
		    "乙)(item イ 丙))(item (2) 丁)))" },
		/* at the margin */
		{ "見本規程\n第1条　次のとおり。\n(1) 甲\nア 乙\n(2) 丙\n"
		  "2　丁とする。\n",
		    "(article 第1条(paragraph 次のとおり。(item (1) 甲(item ア "
		    "乙))(item (2) 丙))(paragraph 2 丁とする。))" },
		/* 条 whose name stands behind the number */
		{ "見本規程\n第1条　目的\n甲とする。\n第2条　乙\n",
		    "(article 第1条{目的}(paragraph 甲とする。))(article "
		    "第2条(paragraph 乙))" },
		{ "見本規程\n第1条及び第2条　削除\n",
		    "(article 第1条及び第2条(paragraph 削除))" },
		/* 目次 */
		{ "見本規程\n目次\n  第一章　総則（第一条）\n    第一節　通則\n"
		  "  附則\n\n      第一章　総則\n第一条 甲。\n",
		    "(toc 目次(bullet 第一章　総則（第一条）(bullet "
		    "第一節　通則))(bullet 附則))(chapter 第一章{総則}(article "
		    "第一条(paragraph 甲。)))" },
		{ "見本規程\n\n:enact-statement:制定する。\n\n第一条 甲。\n",
		    "(preamble(text 制定する。))(article 第一条(paragraph "
		    "甲。))" },
		{ "見本規程\n第一条 次の表のとおり。\n  * - 甲\n    - "
		  "[rowspan=\"2\"]乙\n  * - 丙\n別表第一（第一条関係）\n",
		    "(article 第一条(paragraph 次の表のとおり。(table(row(cell "
		    "甲)(cell 1x2 乙))(row(cell 丙)))))(appendix "
		    "別表第一<第一条関係>)" },
		{ "見本基準\n1 目的\n甲とする。\n(注) 乙\n2 用語\n(1) 丙\n"
		  "丙をいう。\n(2) 丁 丁をいう。\n",
		    "(headed 1{目的}(text 甲とする。)(note (注) 乙))(headed "
		    "2{用語}(item (1) 丙　丙をいう。)(item (2) 丁 "
		    "丁をいう。))" },
		{ "見本規程\n第1条　甲。\n・乙\n・丙\n",
		    "(article 第1条(paragraph 甲。(bullet ・乙)(bullet "
		    "・丙)))" },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_doc *doc = read_text(at[i].text);

		check_picture(doc, at[i].want);
		KT_NUM(kt_diag_count(diag), 0);
		kt_doc_free(doc);
	}
}

static void
test_the_number_of_a_text_is_no_caption(void)
{
	static const struct {
		const char *text, *number;
	} at[] = {
		{ "見本\n（令和八年規程第一号）\n第一条 甲。\n",
		    "令和八年規程第一号" },
		{ "見本\n（令和8年4月1日規則第3号）\n第1条　甲。\n",
		    "令和8年4月1日規則第3号" },
		{ "見本\n（令和七年規約）\n第一条 甲。\n", "令和七年規約" },
		{ "見本\n（2022年4月1日 ページ番号:3）\n第1条　甲。\n", "" },
		{ "見本\n（目的）\n第1条　甲。\n", "" },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_doc *doc = read_text(at[i].text);

		KT_STR(doc->meta.number, at[i].number);
		KT_STR(doc->root->caption, "見本");
		kt_doc_free(doc);
	}
}

static void
test_an_unknown_directive_stays_and_is_told(void)
{
	struct kt_doc *doc = read_text("見本\n第1条　甲。\n:unknown:乙\n");

	check_picture(
	    doc, "(article 第1条(paragraph 甲。)(paragraph :unknown:乙))");
	check_told(KT_M_LAWTEXT_DIRECTIVE, "unknown", "");
	kt_doc_free(doc);
}

static void
test_a_text_that_is_no_utf8_is_refused(void)
{
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL(
	    kt_read_lawtext(&doc, "a.txt", "\x8a\x4f\x0a", 3, diag), KT_EINPUT);
	CU_ASSERT_PTR_NULL(doc);
	KT_NUM(kt_diag_errors(diag), 1);
}

static void
check_written(const struct kt_doc *doc, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	CU_ASSERT_EQUAL(kt_write_lawtext(&got, doc, diag), KT_OK);
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

static void
test_a_text_is_written_as_it_was_set(void)
{
	static const char *const texts[] = {
		"見本\n（令和八年規則第一号）\n\n  （目的）\n第一条　甲。\n",
		"\xef\xbb\xbf見本  \r\n（目的）\r\n第一条 甲。\r\n２　 "
		"乙。\r\n\r\n",
		"\n見本\r\r第一条\t甲。　\r　（ア） 乙\r　　ａ　丙",
		"見本\n目次\n 第一章　総則（第一条）\n　　第一章 "
		"総則\n第一条　 甲。\n"
		"* -   乙\n     -  丙\n  * -\n附　則　\n（期日）\n\n１ 丁。\n",
		":enact-statement:前文。\n\n\n第一条　甲。",
		"",
	};

	for (size_t i = 0; i < KT_COUNT(texts); i++) {
		struct kt_doc *doc = read_text(texts[i]);

		check_written(doc, texts[i]);
		kt_doc_free(doc);
	}
}

/* Lines that went take their blanks with them, new ones are set as usual. */
static void
test_a_changed_text_keeps_the_blanks_of_the_rest(void)
{
	struct kt_doc *doc =
	    read_text("見本\n\n第一条 甲。\n ２ 乙。\n  ３ 丙。\n");
	struct kt_node *article = doc->root->first, *new;

	kt_node_unlink(article->first->next);
	kt_node_text(doc, article->first, "丁。", strlen("丁。"));
	new = kt_doc_add(doc, article, KT_PARAGRAPH);
	kt_node_label(doc, new, "４");
	kt_node_text(doc, new, "戊。", strlen("戊。"));
	kt_doc_finish(doc);
	check_written(doc, "見本\n\n第一条 丁。\n  ３ 丙。\n４　戊。\n");
	kt_doc_free(doc);
}

/* What 制定文 has no line for is written whole, and told. */
static void
test_a_table_before_the_first_clause_is_not_lost(void)
{
	struct kt_doc *doc = NULL;
	const char *md = "# 見本\n\n前文。\n\n| 甲 | 乙 |\n| --- | --- |\n"
			 "| 丙 | 丁 |\n\n## 第1条\n\n戊。\n";

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&doc, "a.md", md, strlen(md), diag), KT_OK);
	check_written(doc, "見本\n\n:enact-statement:前文。\n* - 甲\n  - 乙\n"
			   "* - 丙\n  - 丁\n\n第1条　戊。\n");
	check_told(KT_M_LAWTEXT_WRITTEN, "表", "1");
	kt_doc_free(doc);
}

static CU_TestInfo xml_tests[] = {
	{ "what is in a clause is read and written back",
	    test_what_is_in_a_clause_is_read_and_written_back },
	{ "the parts of a law are read and written back",
	    test_the_parts_of_a_law_are_read_and_written_back },
	{ "elements without a place keep their words and are counted",
	    test_elements_without_a_place_keep_their_words_and_are_counted },
	{ "another XML is no law", test_another_xml_is_no_law },
	{ "a wrapped law is found", test_a_wrapped_law_is_found },
	{ "a municipal rule becomes a law of its own kind",
	    test_a_municipal_rule_becomes_a_law_of_its_own_kind },
	{ "numbered headings become paragraphs and items",
	    test_numbered_headings_become_paragraphs_and_items },
	{ "a changed label brings its own number",
	    test_a_changed_label_brings_its_own_number },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo text_tests[] = {
	{ "lines become clauses", test_lines_become_clauses },
	{ "the number of a text is no caption",
	    test_the_number_of_a_text_is_no_caption },
	{ "an unknown directive stays and is told",
	    test_an_unknown_directive_stays_and_is_told },
	{ "a text is written as it was set",
	    test_a_text_is_written_as_it_was_set },
	{ "a changed text keeps the blanks of the rest",
	    test_a_changed_text_keeps_the_blanks_of_the_rest },
	{ "a table before the first clause is not lost",
	    test_a_table_before_the_first_clause_is_not_lost },
	{ "a text that is no UTF-8 is refused",
	    test_a_text_that_is_no_utf8_is_refused },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "法令標準XML", begin, end, NULL, NULL, xml_tests },
		{ "plain text", begin, end, NULL, NULL, text_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
