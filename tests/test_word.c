/* SPDX-License-Identifier: MIT */
/* Word files as lines of text, and the report on what a reading lost. */
#include "kt_test.h"

#include <kaitei/read.h>

#include "small_docx.h"

#define P(properties, words)                                                   \
	"<w:p><w:pPr>" properties                                              \
	"</w:pPr><w:r><w:t xml:space=\"preserve\">" words "</w:t></w:r></w:p>"
#define IND(twips) "<w:ind w:left=\"" twips "\"/>"

static void
check_lines(const char *document, enum kt_view view, const char *want)
{
	struct kt_buf lines = KT_BUF_INIT;
	struct kt_read_how how = { .changes = view };

	KT_NUM(write_docx(document, STYLES), KT_OK);
	KT_NUM(
	    kt_docx_lines(&lines, "a.docx", out.p, out.len, &how, diag), KT_OK);
	KT_STR(lines.p, want);
	kt_buf_release(&lines);
}

static void
test_paragraphs_are_lines_with_their_indent(void)
{
	check_lines(
	    DOCUMENT(P("", "改正規程") P(IND("210"), "第２条を削る。")
		    P(IND("420"), "附　則") "<w:p/>"
					    "<w:tbl><w:tr><w:tc>" P(
						"", "甲") "</w:tc><w:tc>" P("",
						"乙") "</w:tc></w:tr></w:tbl>"),
	    KT_VIEW_ACCEPT,
	    "改正規程\n　第２条を削る。\n　　附　則\n\n| 甲 | 乙 |\n");
}

static void
test_lines_are_of_the_view(void)
{
	static const char document[] =
	    DOCUMENT("<w:p><w:r><w:t>甲</w:t></w:r><w:ins w:id=\"1\">"
		     "<w:r><w:t>乙</w:t></w:r></w:ins><w:del w:id=\"2\"><w:r>"
		     "<w:delText>丙</w:delText></w:r></w:del></w:p>");

	check_lines(document, KT_VIEW_ACCEPT, "甲乙\n");
	check_lines(document, KT_VIEW_REJECT, "甲丙\n");
	check_lines(document, KT_VIEW_SHOW, "甲<u>乙</u>〔丙〕\n");
}

static void
test_a_damaged_file_is_refused(void)
{
	struct kt_doc *doc = NULL;
	struct kt_buf lines = KT_BUF_INIT;

	KT_NUM(write_docx("<w:document xmlns:w=\"" W "\"><w:body>", STYLES),
	    KT_OK);
	KT_NUM(kt_read_docx(&doc, "a.docx", out.p, out.len, NULL, diag),
	    KT_EINPUT);
	CU_ASSERT_PTR_NULL(doc);
	KT_NUM(kt_docx_lines(&lines, "a.docx", out.p, out.len / 2, NULL, diag),
	    KT_EINPUT);
	KT_NUM(lines.len, 0);
	kt_buf_release(&lines);
}

/* Half of the losses are told in one message, the report counts them all. */
static void
test_the_report_counts_places(void)
{
	struct kt_doc *doc = NULL;
	struct kt_import *report;
	struct kt_diag *told = kt_diag_new();
	size_t before;

	kt_report(diag, .id = KT_M_MD_RULE); /* of an earlier reading */
	before = kt_diag_count(diag);
	KT_NUM(kt_read_markdown(
		   &doc, "a.md", "# 甲\n\n乙\n", strlen("# 甲\n\n乙\n"), diag),
	    KT_OK);
	kt_report(diag, .id = KT_M_LAW_ELEMENT, .a = "Fig", .b = "3");
	for (int i = 0; i < 5; i++)
		kt_report(diag, .id = KT_M_DOCX_PICTURE, .a = "a.png");
	report = kt_import_new(doc, diag, before);
	KT_NUM(report->kept, 3);
	KT_NUM(report->dropped, 5);
	KT_NUM(report->nloss, 2);
	KT_NUM(report->characters, 2);
	kt_import_tell(told, report, 2);
	KT_NUM(kt_diag_count(told), 1 + 2 + 1 + 1);
	KT_STR(kt_diag_get(told, 3)->a, "3");
	kt_import_free(report);
	kt_diag_free(told);
	kt_doc_free(doc);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "paragraphs are lines with their indent",
		    test_paragraphs_are_lines_with_their_indent },
		{ "lines are of the view", test_lines_are_of_the_view },
		{ "a damaged file is refused", test_a_damaged_file_is_refused },
		{ "the report counts places", test_the_report_counts_places },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "word", NULL, NULL, begin, end, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
