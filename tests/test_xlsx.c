/* SPDX-License-Identifier: MIT */
/* A comparison as a workbook: what stands in it, that it is valid, and that
 * it is the same every time. */
#include "kt_parts.h"

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/ooxml.h>
#include <kaitei/read.h>
#include <kaitei/write.h>
#include <kaitei/xml.h>

#include <unistd.h>

static struct kt_diag *diag;
static struct kt_buf out;
static struct kt_doc *old, *new;
static struct kt_changes *list;

static void
begin(void)
{
	diag = kt_diag_new();
	out = (struct kt_buf)KT_BUF_INIT;
}

static void
clear(void)
{
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
	list = NULL;
	old = new = NULL;
	kt_buf_clear(&out);
	kt_diag_clear(diag);
}

static void
end(void)
{
	clear();
	kt_buf_release(&out);
	kt_diag_free(diag);
}

static void
compare_texts(const char *before, const char *after)
{
	KT_NUM(kt_read_markdown(&old, "a.md", before, strlen(before), diag),
	    KT_OK);
	KT_NUM(
	    kt_read_markdown(&new, "b.md", after, strlen(after), diag), KT_OK);
	kt_diff(&list, old, new, diag);
	KT_NUM(kt_write_diff_xlsx(&out, list, KT_JA, diag), KT_OK);
}

static void
compare_files(const char *before, const char *after)
{
	KT_NUM(kt_read_file(&old, before, diag), KT_OK);
	KT_NUM(kt_read_file(&new, after, diag), KT_OK);
	CU_ASSERT_FATAL(old != NULL && new != NULL);
	kt_diff(&list, old, new, diag);
	KT_NUM(kt_write_diff_xlsx(&out, list, KT_JA, diag), KT_OK);
}

/* All strings, a line each; runs struck or underlined in [ ]. */
static void
show_strings(struct kt_buf *got)
{
	struct kt_xml *x = kt_test_part_xml(&out, "xl/sharedStrings.xml", diag);
	const struct kt_xnode *root = kt_xml_root(x);

	for (const struct kt_xnode *n = root; n != NULL;
	     n = kt_test_next(n, root)) {
		const struct kt_xnode *form;
		bool marked;

		if (kt_xnode_is(n, "si") && got->len > 0)
			kt_buf_putc(got, '\n');
		if (!kt_xnode_is(n, "t"))
			continue;
		form = kt_xnode_child(kt_xnode_parent(n), "rPr");
		marked =
		    form != NULL && (kt_xnode_child(form, "strike") != NULL ||
					kt_xnode_child(form, "u") != NULL);
		kt_buf_puts(got, marked ? "[" : "");
		kt_xnode_words(got, n);
		kt_buf_puts(got, marked ? "]" : "");
	}
	kt_xml_free(x);
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = strstr(text, what); p != NULL;
	     p = strstr(p + 1, what))
		n++;
	return n;
}

/* ---- what stands in it ------------------------------------------------- */

static void
test_changed_words_are_in_colour(void)
{
	struct kt_buf got = KT_BUF_INIT;

	compare_texts("# 規程\n\n## 第1条（届出）\n\n3日以内に届け出る。\n",
	    "# 規程\n\n## 第1条（届出）\n\n5日以内に届け出る。\n");
	show_strings(&got);
	CU_ASSERT_PTR_NOT_NULL(strstr(got.p, "[3日]以内に届け出る。\n"));
	CU_ASSERT_PTR_NOT_NULL(strstr(got.p, "[5日]以内に届け出る。\n"));
	kt_buf_release(&got);
}

static void
test_a_row_a_change_and_columns_to_fill_in(void)
{
	struct kt_buf sheet;

	compare_files(
	    "policies/kanri-kitei.md", "policies/revised/kanri-kitei.md");
	sheet = kt_test_part(&out, "xl/worksheets/sheet1.xml", diag);
	KT_NUM(count(sheet.p, "<row "), list->count + 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(sheet.p, "state=\"frozen\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(sheet.p, "<autoFilter "));
	CU_ASSERT_PTR_NOT_NULL(strstr(sheet.p, "<dataValidation "));
	CU_ASSERT_PTR_NOT_NULL(strstr(sheet.p, "orientation=\"landscape\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(sheet.p, "fitToHeight=\"0\""));
	CU_ASSERT_PTR_NULL(strstr(sheet.p, "<f>"));
	kt_buf_release(&sheet);
	sheet = kt_test_part(&out, "xl/workbook.xml", diag);
	CU_ASSERT_PTR_NOT_NULL(strstr(sheet.p, "_xlnm.Print_Titles"));
	kt_buf_release(&sheet);
}

/* A text that begins like a formula must not become one. */
/* LibreOffice fits no row to its words when it opens a file. */
static void
test_a_row_is_as_high_as_its_words(void)
{
	struct kt_buf bytes;

	compare_texts("## 第1条\n\n市長は、端末を管理する。\n",
	    "## 第1条\n\n市長は、端末を管理する。この場合において、端末の数が"
	    "百を超えるときは、台帳を作り、毎年度一回以上、その現況を確かめるも"
	    "のとする。\n");
	bytes = kt_test_part(&out, "xl/worksheets/sheet1.xml", diag);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(bytes.p, "<row r=\"2\" spans=\"1:11\" ht=\"75\""));
	kt_buf_release(&bytes);
}

static void
test_no_text_becomes_a_formula(void)
{
	struct kt_buf sheet;

	compare_texts("# 規程\n\n## 第1条\n\n一\n",
	    "# 規程\n\n## 第1条\n\n=HYPERLINK(\"file:///x\",\"y\")\n\n"
	    "2　+1+1\n\n3　@SUM(A1)\n");
	sheet = kt_test_part(&out, "xl/worksheets/sheet1.xml", diag);
	CU_ASSERT_PTR_NULL(strstr(sheet.p, "<f>"));
	CU_ASSERT_PTR_NULL(strstr(sheet.p, "<hyperlink"));
	kt_buf_release(&sheet);
}

static void
test_a_text_too_long_for_a_cell_is_cut_with_a_sign(void)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT, got = KT_BUF_INIT;

	kt_buf_puts(&a, "# 規程\n\n## 第1条\n\n三日\n");
	kt_buf_puts(&b, "# 規程\n\n## 第1条\n\n三日\n\n## 第2条\n\n甲\n");
	for (int i = 2; i < 2000; i++)
		kt_buf_printf(
		    &b, "\n%d　次に掲げる事項を行うものとする。\n", i);
	compare_texts(a.p, b.p);
	show_strings(&got);
	CU_ASSERT_PTR_NOT_NULL(strstr(got.p, "…"));
	kt_buf_release(&a);
	kt_buf_release(&b);
	kt_buf_release(&got);
}

static void
test_equal_texts_give_a_head_alone(void)
{
	struct kt_buf sheet;

	compare_texts("# 規程\n", "# 規程\n");
	sheet = kt_test_part(&out, "xl/worksheets/sheet1.xml", diag);
	KT_NUM(count(sheet.p, "<row "), 1);
	kt_buf_release(&sheet);
}

/* ---- real texts --------------------------------------------------------- */

/* The schema forgot xml:space, which Excel writes and needs; blank it out. */
static void
blank_space(struct kt_buf *bytes)
{
	static const char attr[] = " xml:space=\"preserve\"";

	for (char *p = bytes->p; (p = strstr(p, attr)) != NULL;)
		memset(p, ' ', sizeof(attr) - 1);
}

static void
keep_parts(const char *folder, int number)
{
	static const char *const parts[] = { "xl/workbook.xml",
		"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
		"xl/styles.xml" };
	char path[256];

	for (size_t i = 0; i < KT_COUNT(parts); i++) {
		struct kt_buf bytes = kt_test_part(&out, parts[i], diag);
		FILE *f;

		snprintf(
		    path, sizeof(path), "%s/%d-%zu.xml", folder, number, i);
		blank_space(&bytes);
		f = fopen(path, "wb");
		CU_ASSERT_PTR_NOT_NULL_FATAL(f);
		KT_NUM(fwrite(bytes.p, 1, bytes.len, f), bytes.len);
		KT_NUM(fclose(f), 0);
		kt_buf_release(&bytes);
	}
}

static void
check_schema(const char *folder)
{
	char command[1024];

	if (!kt_test_data("ooxml-xsd/sml.xsd"))
		return;
	if (system("command -v xmllint >/dev/null 2>&1") != 0) {
		printf("\n    skipped: xmllint absent\n");
		return;
	}
	snprintf(command, sizeof(command),
	    "find %s -name '*.xml' -print0 | xargs -0 xmllint --nonet --noout "
	    "--schema tests/ooxml/wrap-sheet.xsd 2>%s/log || "
	    "{ grep -v validates %s/log | head -20; false; }",
	    folder, folder, folder);
	KT_NUM(system(command), 0);
}

static void
test_workbooks_are_valid_and_the_same_twice(void)
{
	const char *base = getenv("TMPDIR");
	char folder[200], before[96], after[96], command[256];
	struct kt_buf first = KT_BUF_INIT;

	snprintf(folder, sizeof(folder), "%s/kaitei-xlsx-XXXXXX",
	    base == NULL ? "/tmp" : base);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	for (int i = 1; i <= 216; i += 5) {
		if (i == 1 && !kt_test_data("egov-pairs"))
			break;
		clear();
		snprintf(before, sizeof(before),
		    KT_DATA "/egov-pairs/%03d/before.xml", i);
		snprintf(after, sizeof(after),
		    KT_DATA "/egov-pairs/%03d/after.xml", i);
		compare_files(before, after);
		kt_buf_clear(&first);
		kt_buf_put(&first, out.p, out.len);
		kt_buf_clear(&out);
		KT_NUM(kt_write_diff_xlsx(&out, list, KT_JA, diag), KT_OK);
		CU_ASSERT(first.len == out.len &&
			  memcmp(first.p, out.p, out.len) == 0);
		keep_parts(folder, i);
	}
	check_schema(folder);
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	KT_NUM(system(command), 0);
	kt_buf_release(&first);
}

int
main(void)
{
	CU_TestInfo sheet[] = {
		{ "changed words are in colour",
		    test_changed_words_are_in_colour },
		{ "a row a change, and columns to fill in",
		    test_a_row_a_change_and_columns_to_fill_in },
		{ "a row is as high as its words",
		    test_a_row_is_as_high_as_its_words },
		{ "no text becomes a formula", test_no_text_becomes_a_formula },
		{ "a text too long for a cell is cut with a sign",
		    test_a_text_too_long_for_a_cell_is_cut_with_a_sign },
		{ "equal texts give a head alone",
		    test_equal_texts_give_a_head_alone },
		{ "workbooks are valid and the same twice",
		    test_workbooks_are_valid_and_the_same_twice },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "xlsx", NULL, NULL, begin, end, sheet },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
