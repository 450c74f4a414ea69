/* SPDX-License-Identifier: MIT */
/* Word files: what stands in them, that they are valid, and that they are the
 * same every time. */
#include "kt_parts.h"

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/ooxml.h>
#include <kaitei/read.h>
#include <kaitei/text.h>
#include <kaitei/write.h>
#include <kaitei/xml.h>

#include <time.h>
#include <unistd.h>

static struct kt_diag *diag;
static struct kt_buf out;
static struct kt_doc *doc;

static void
begin(void)
{
	diag = kt_diag_new();
	out = (struct kt_buf)KT_BUF_INIT;
	doc = kt_doc_new("test.md");
}

static void
end(void)
{
	kt_doc_free(doc);
	doc = NULL;
	kt_buf_release(&out);
	kt_diag_free(diag);
}

static const struct kt_render plain = { .commentary = true, .as_of = "" };

/* ---- a document by hand ---------------------------------------------- */

static struct kt_node *
add(struct kt_node *parent, enum kt_kind kind, const char *label,
    const char *caption, const char *text)
{
	struct kt_node *node = kt_doc_add(doc, parent, kind);

	kt_node_label(doc, node, label);
	kt_node_caption(doc, node, caption, strlen(caption));
	kt_node_text(doc, node, text, strlen(text));
	return node;
}

static int
render(const struct kt_render *how)
{
	kt_doc_finish(doc);
	kt_buf_clear(&out);
	kt_diag_clear(diag);
	return kt_write_docx(&out, doc, how, diag);
}

/* ---- pictures -------------------------------------------------------- */

static const char *
attr_of(const struct kt_xnode *n, const char *child, const char *attr)
{
	const struct kt_xnode *c = n == NULL ? NULL : kt_xnode_child(n, child);

	return c == NULL ? NULL : kt_xnode_attr(c, attr);
}

/* Style, indents, words: "Go 2-1 (1)　甲".  Links and ruby in brackets. */
static void
show_paragraph(struct kt_buf *got, const struct kt_xnode *p)
{
	const struct kt_xnode *ppr = kt_xnode_child(p, "pPr");
	const char *left = attr_of(ppr, "ind", "left");

	kt_buf_puts(got, attr_of(ppr, "pStyle", "val"));
	if (left != NULL)
		kt_buf_printf(got, "(%s)", left);
	kt_buf_putc(got, ' ');
	for (const struct kt_xnode *n = p; n != NULL; n = kt_test_next(n, p)) {
		if (kt_xnode_is(n, "rt"))
			kt_buf_puts(got, "^");
		if (kt_xnode_is(n, "hyperlink"))
			kt_buf_printf(got, "<%s>", kt_xnode_attr(n, "anchor"));
		if (kt_xnode_is(n, "u") || kt_xnode_is(n, "vertAlign"))
			kt_buf_printf(got, "/%s/", kt_xnode_attr(n, "val"));
		if (kt_xnode_is(n, "t"))
			kt_xnode_words(got, n);
		if (kt_xnode_is(n, "br"))
			kt_buf_puts(got, "↵");
	}
	kt_buf_putc(got, '\n');
}

static void
show(struct kt_buf *got)
{
	struct kt_xml *x = kt_test_part_xml(&out, "", diag);
	const struct kt_xnode *root = kt_xml_root(x);

	for (const struct kt_xnode *n = root; n != NULL;
	     n = kt_test_next(n, root)) {
		const char *span = NULL, *merge = NULL;

		if (kt_xnode_is(n, "p"))
			show_paragraph(got, n);
		if (kt_xnode_is(n, "tr"))
			kt_buf_puts(got, "--\n");
		if (!kt_xnode_is(n, "tcPr"))
			continue;
		span = attr_of(n, "gridSpan", "val");
		if (kt_xnode_child(n, "vMerge") != NULL)
			merge = attr_of(n, "vMerge", "val");
		kt_buf_printf(got, "%s%s", span == NULL ? "" : span,
		    kt_xnode_child(n, "vMerge") == NULL ? ""
		    : merge == NULL                     ? "|"
							: "v");
	}
	kt_xml_free(x);
}

static void
check_picture(const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	KT_NUM(render(&plain), KT_OK);
	show(&got);
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

/* ---- layout ---------------------------------------------------------- */

static void
test_clauses_stand_in_their_columns(void)
{
	struct kt_node *chapter, *article, *para, *item;

	kt_node_caption(doc, doc->root, "規程", 6);
	chapter = add(doc->root, KT_CHAPTER, "第1章", "総則", "");
	chapter = add(chapter, KT_SECTION, "第1節", "通則", "");
	article = add(chapter, KT_ARTICLE, "第1条", "目的", "");
	add(article, KT_PARAGRAPH, "", "", "甲");
	para = add(article, KT_PARAGRAPH, "2", "", "乙");
	item = add(para, KT_ITEM, "(1)", "", "丙");
	item = add(item, KT_ITEM, "ア", "", "丁");
	add(item, KT_ITEM, "(ア)", "", "戊");
	add(add(doc->root, KT_ARTICLE, "第2条", "", ""), KT_ITEM, "(1)", "",
	    "己");
	add(doc->root, KT_ARTICLE, "第3条", "", "削除");
	article = add(doc->root, KT_SUPPL, "附則", "", "");
	add(article, KT_PARAGRAPH, "", "", "庚");
	check_picture("Daimei 規程\n"
		      "Sho 第1章　総則\n"
		      "Setsu 第1節　通則\n"
		      "Midashi （目的）\n"
		      "Jo 第1条　甲\n"
		      "Ko 2　乙\n"
		      "Go (1)　丙\n"
		      "Saibun1 ア　丁\n"
		      "Saibun2 (ア)　戊\n"
		      "Jo 第2条\n"
		      "Go (1)　己\n"
		      "Jo 第3条　削除\n"
		      "Fusoku 附則\n"
		      "Ko(0) 庚\n");
}

static void
test_headed_clauses_prose_and_commentary_have_styles(void)
{
	struct kt_node *one, *two, *note;

	one = add(doc->root, KT_HEADED, "1", "管理", "");
	add(one, KT_TEXT, "", "", "甲");
	two = add(one, KT_HEADED, "(1)", "分類", "");
	add(two, KT_ITEM, "ア", "", "乙");
	note = add(two, KT_COMMENTARY, "", "解説", "");
	add(note, KT_TEXT, "", "", "丙");
	add(note, KT_TEXT, "", "", "丁");
	add(two, KT_NOTE, "（注）", "", "戊");
	one = add(doc->root, KT_TOPIC, "", "戦略", "");
	two = add(one, KT_TOPIC, "", "目標", "");
	add(two, KT_TEXT, "", "", "己");
	add(two, KT_BULLET, "", "", "庚");
	add(two, KT_FIGURE, "", "", "構成図");
	check_picture("Koban1 1　管理\n"
		      "Honbun(210) 甲\n"
		      "Koban2 (1)　分類\n"
		      "Go(630) ア　乙\n"
		      "Kaisetsu(630) 【解説】丙\n"
		      "Kaisetsu(630) 丁\n"
		      "Chu(630) （注）　戊\n"
		      "Daimoku1 戦略\n"
		      "Daimoku2 目標\n"
		      "Honbun 己\n"
		      "Kajo ・庚\n"
		      "Zu 〔図：構成図〕\n");
}

static void
test_commentary_can_be_left_out(void)
{
	const struct kt_render without = { .as_of = "令和8年4月1日現在" };
	struct kt_node *one = add(doc->root, KT_HEADED, "1", "管理", "");
	struct kt_buf got = KT_BUF_INIT;

	add(one, KT_TEXT, "", "", "甲");
	add(add(one, KT_COMMENTARY, "", "解説", ""), KT_TEXT, "", "", "乙");
	KT_NUM(render(&without), KT_OK);
	show(&got);
	KT_STR(got.p, "Nichiji 令和8年4月1日現在\nKoban1 1　管理\n"
		      "Honbun(210) 甲\n");
	kt_buf_release(&got);
}

static void
test_words_keep_their_marks(void)
{
	static const struct kt_mark marks[] = {
		{ 0, 6, KT_RUBY, "はんれい" },
		{ 9, 3, KT_UNDERLINE, "" },
		{ 12, 1, KT_SUPER, "" },
		{ 13, 3, KT_SENTENCE, "" },
	};
	struct kt_node *node =
	    add(doc->root, KT_TEXT, "", "", "凡例は平2\n方\t<&>");

	kt_node_marks(doc, node, marks, KT_COUNT(marks));
	check_picture("Honbun ^はんれい凡例は/single/平/superscript/2"
		      "↵方<&>\n");
}

static void
test_references_lead_to_bookmarks(void)
{
	struct kt_node *article = add(doc->root, KT_ARTICLE, "第1条", "", "");

	add(article, KT_PARAGRAPH, "", "", "甲");
	add(add(article, KT_PARAGRAPH, "2", "", "乙"), KT_ITEM, "(1)", "",
	    "丙");
	article = add(doc->root, KT_ARTICLE, "第2条", "", "");
	add(article, KT_PARAGRAPH, "", "", "前条第2項第1号の規定による。");
	check_picture("Jo 第1条　甲\n"
		      "Ko 2　乙\n"
		      "Go (1)　丙\n"
		      "Jo 第2条　<_art1_p2_i1>前条第2項第1号の規定による。\n");
}

static struct kt_node *
add_cell(struct kt_node *row, const char *text, unsigned columns, unsigned rows)
{
	struct kt_node *cell = add(row, KT_CELL, "", "", text);

	cell->colspan = (uint16_t)columns;
	cell->rowspan = (uint16_t)rows;
	return cell;
}

static void
test_cells_that_span_leave_no_holes(void)
{
	struct kt_node *table = add(doc->root, KT_TABLE, "", "", ""), *row;

	row = add(table, KT_ROW, "", "", "");
	add_cell(row, "甲", 1, 9);
	add_cell(row, "乙", 2, 1);
	row = add(table, KT_ROW, "", "", "");
	add_cell(row, "丙", 1, 1);
	row = add(table, KT_ROW, "", "", "");
	add_cell(row, "丁", 1, 1);
	add_cell(row, "戊", 1, 1);
	check_picture("--\nvHyo 甲\n2Hyo 乙\n"
		      "--\n|Hyo \nHyo 丙\nKuran \n"
		      "--\n|Hyo \nHyo 丁\nHyo 戊\n"
		      "Hyomatsu \n");
}

/* Word shows 63 columns at most; nothing of the rest may be lost. */
static void
test_a_table_too_wide_keeps_its_words(void)
{
	struct kt_node *table = add(doc->root, KT_TABLE, "", "", ""), *row;
	struct kt_buf got = KT_BUF_INIT;
	char text[16];

	row = add(table, KT_ROW, "", "", "");
	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "c%d", i);
		add_cell(row, text, 1, 65535);
	}
	add_cell(add(table, KT_ROW, "", "", ""), "last", 65535, 1);
	KT_NUM(render(&plain), KT_OK);
	show(&got);
	CU_ASSERT_PTR_NOT_NULL(strstr(got.p, "c62"));
	CU_ASSERT_PTR_NOT_NULL(strstr(got.p, "c99"));
	CU_ASSERT_PTR_NOT_NULL(strstr(got.p, "last"));
	kt_buf_release(&got);
}

static void
test_a_cell_may_hold_clauses_and_tables(void)
{
	struct kt_node *table = add(doc->root, KT_TABLE, "", "", ""), *cell,
		       *inner;

	cell = add(add(table, KT_ROW, "", "", ""), KT_CELL, "", "", "甲");
	add(cell, KT_TEXT, "", "", "乙");
	add(cell, KT_ITEM, "(1)", "", "丙");
	inner = add(cell, KT_TABLE, "", "", "");
	inner = add(inner, KT_ROW, "", "", "");
	add_cell(inner, "丁", 1, 1);
	add_cell(inner, "戊", 1, 1);
	check_picture("--\nHyo 甲\nHyo 乙\nGo(210) (1)　丙\nHyo 丁　戊\n"
		      "Hyomatsu \n");
}

static void
test_an_empty_document_is_a_file_too(void)
{
	check_picture("");
	/* An empty paragraph for its bookmark. */
	add(doc->root, KT_ARTICLE, "", "", "");
	check_picture("Hyomatsu \n");
}

static void
test_a_character_that_xml_does_not_know_is_refused(void)
{
	add(doc->root, KT_TEXT, "", "", "甲\x01乙");
	KT_NUM(render(&plain), KT_EINPUT);
	KT_NUM(out.len, 0);
	CU_ASSERT_FATAL(kt_diag_count(diag) == 1);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_XML_UNWRITABLE);
}

static void
test_bookmarks_stay_unique_when_numbers_are_not(void)
{
	for (int i = 0; i < 3; i++)
		add(doc->root, KT_ARTICLE, "第1条", "", "甲");
	for (int i = 0; i < 3; i++)
		add(doc->root, KT_SUPPL, "附則", "", "乙");
	KT_NUM(render(&plain), KT_OK);
}

/* Words of all field codes, one a line. */
static void
show_codes(struct kt_buf *got)
{
	struct kt_xml *x = kt_test_part_xml(&out, "", diag);
	const struct kt_xnode *root = kt_xml_root(x);

	for (const struct kt_xnode *n = root; n != NULL;
	     n = kt_test_next(n, root))
		if (kt_xnode_is(n, "instrText")) {
			kt_xnode_words(got, n);
			kt_buf_putc(got, '\n');
		}
	kt_xml_free(x);
}

static void
test_a_table_of_contents_leaves_only_its_pages_to_others(void)
{
	const struct kt_render how = { .toc = true, .as_of = "" };
	struct kt_node *chapter =
	    add(doc->root, KT_CHAPTER, "第1章", "総則", "");
	struct kt_buf got = KT_BUF_INIT;

	add(add(chapter, KT_ARTICLE, "第1条", "目的", ""), KT_PARAGRAPH, "", "",
	    "甲");
	KT_NUM(render(&how), KT_OK);
	show(&got);
	KT_STR(got.p, "TOCHeading 目次\n"
		      "TOC1 <_sho1>第1章　総則\n"
		      "TOC2 <_art1>第1条（目的）\n"
		      "Sho 第1章　総則\nMidashi （目的）\nJo 第1条　甲\n");
	kt_buf_clear(&got);
	show_codes(&got);
	KT_STR(got.p, " PAGEREF _sho1 \\h \n PAGEREF _art1 \\h \n");
	kt_buf_release(&got);
}

static void
test_a_document_keeps_its_own_contents(void)
{
	const struct kt_render how = { .toc = true, .as_of = "" };
	struct kt_buf got = KT_BUF_INIT;

	add(add(doc->root, KT_TOC, "", "目次", ""), KT_TEXT, "", "",
	    "第1章　総則");
	add(doc->root, KT_CHAPTER, "第1章", "総則", "");
	KT_NUM(render(&how), KT_OK);
	show(&got);
	CU_ASSERT_PTR_NULL(strstr(got.p, "TOC1"));
	kt_buf_release(&got);
}

static void
test_items_may_lie_deep(void)
{
	struct kt_node *at = add(doc->root, KT_ARTICLE, "第1条", "", "");

	for (int i = 0; i < 200; i++)
		at = add(at, KT_ITEM, "(1)", "", "甲");
	KT_NUM(render(&plain), KT_OK);
}

static void
test_properties_come_from_the_document(void)
{
	struct kt_buf core, header;

	kt_node_caption(doc, doc->root, "規程", 6);
	doc->meta.decided = (struct kt_date){ 2026, 3, 27 };
	KT_NUM(render(&plain), KT_OK);
	core = kt_test_part(&out, "docProps/core.xml", diag);
	header = kt_test_part(&out, "word/header1.xml", diag);
	CU_ASSERT_PTR_NOT_NULL(strstr(core.p, "<dc:title>規程</dc:title>"));
	CU_ASSERT_PTR_NOT_NULL(strstr(core.p, "2026-03-27T00:00:00Z"));
	CU_ASSERT_PTR_NOT_NULL(strstr(header.p, "規程"));
	kt_buf_release(&core);
	kt_buf_release(&header);
}

/* ---- big documents ---------------------------------------------------- */

static void
test_three_thousand_articles_are_written_in_time(void)
{
	clock_t start;

	for (int i = 1; i <= 3000; i++) {
		struct kt_node *article, *para;
		char label[32];

		snprintf(label, sizeof(label), "第%d条", i);
		article = add(doc->root, KT_ARTICLE, label, "管理", "");
		add(article, KT_PARAGRAPH, "", "",
		    "情報資産を管理する者は、前条の規定により、これを適切に管理"
		    "し"
		    "なければならない。");
		para = add(article, KT_PARAGRAPH, "2", "",
		    "前項の規定による管理は、次に掲げるところによる。");
		add(para, KT_ITEM, "(1)", "", "台帳を作成すること。");
		add(para, KT_ITEM, "(2)", "", "毎年度点検すること。");
	}
	kt_doc_finish(doc);
	start = clock();
	KT_NUM(kt_write_docx(&out, doc, &plain, diag), KT_OK);
	printf("\n    3,000 articles: %.2f s\n",
	    (double)(clock() - start) / CLOCKS_PER_SEC);
	/* The goal is 0.5 s; sanitizers and old machines get ten times. */
	CU_ASSERT(clock() - start < 5 * CLOCKS_PER_SEC);
}

int
main(void)
{
	CU_TestInfo layout[] = {
		{ "clauses stand in their columns",
		    test_clauses_stand_in_their_columns },
		{ "headed clauses, prose and commentary have styles",
		    test_headed_clauses_prose_and_commentary_have_styles },
		{ "commentary can be left out",
		    test_commentary_can_be_left_out },
		{ "words keep their marks", test_words_keep_their_marks },
		{ "references lead to bookmarks",
		    test_references_lead_to_bookmarks },
		{ "cells that span leave no holes",
		    test_cells_that_span_leave_no_holes },
		{ "a table too wide keeps its words",
		    test_a_table_too_wide_keeps_its_words },
		{ "a cell may hold clauses and tables",
		    test_a_cell_may_hold_clauses_and_tables },
		{ "an empty document is a file too",
		    test_an_empty_document_is_a_file_too },
		{ "a character that XML does not know is refused",
		    test_a_character_that_xml_does_not_know_is_refused },
		{ "bookmarks stay unique when numbers are not",
		    test_bookmarks_stay_unique_when_numbers_are_not },
		{ "a table of contents leaves only its pages to others",
		    test_a_table_of_contents_leaves_only_its_pages_to_others },
		{ "a document keeps its own contents",
		    test_a_document_keeps_its_own_contents },
		{ "items may lie deep", test_items_may_lie_deep },
		{ "properties come from the document",
		    test_properties_come_from_the_document },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo big[] = {
		{ "three thousand articles are written in time",
		    test_three_thousand_articles_are_written_in_time },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "docx: layout", NULL, NULL, begin, end, layout },
		{ "docx: big documents", NULL, NULL, begin, end, big },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
