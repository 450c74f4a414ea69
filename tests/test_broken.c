/* SPDX-License-Identifier: MIT */
/*
 * Broken files of every format that is text: bytes turned over, cut out,
 * doubled, moved, the end missing.  Each is read or refused, and what was read
 * is written; the sanitizers watch.  Pages and PDF have tests of their own.
 */
#include "kt_test.h"
#include "mutate.h"

#include <kaitei/model.h>
#include <kaitei/ooxml.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

#include <time.h>

/* Files of each format; seconds of the processor that one may take. */
#define FILES 60
#define SECONDS 10

static const char good[] =
    "---\ntitle: 見本市規程\n---\n\n# 見本市規程\n\n前文。\n\n"
    "## 第1章　総則\n\n### 第1条（目的）\n\n"
    "<ruby>瑕疵<rt>かし</rt></ruby>は、次による。\n\n- (1)　甲\n  - ア　乙\n\n"
    "２　<u>丙</u>とする。\n\n| 区分 | 取扱い |\n|---|---|\n| 甲 | 乙 |\n\n"
    "<table>\n<tr><th rowspan=\"2\">甲</th><td>乙</td></tr>\n"
    "<tr><td>丙</td></tr>\n</table>\n\n> 【解説】丁\n\n## 附則\n\n"
    "（施行期日）\n\n１　この規程は、公布の日から施行する。\n\n"
    "## 別表第1（第1条関係）\n\n![図](a.png)\n";

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

/* Read it, and write what was read. */
static void
use(const char *name, const struct kt_buf *file, uint32_t seed)
{
	struct kt_read_how how = { .changes = (enum kt_view)(seed % 3),
		.authors = true };
	struct kt_buf out = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	clock_t start = clock();
	int rc;

	kt_diag_clear(diag);
	rc = kt_read_as(&doc, name, file->p, file->len, &how, diag);
	if (rc == KT_OK) {
		CU_ASSERT_EQUAL(kt_write_markdown(&out, doc, NULL), KT_OK);
		CU_ASSERT_EQUAL(kt_write_lawtext(&out, doc, NULL), KT_OK);
	} else {
		CU_ASSERT(kt_diag_errors(diag) > 0);
	}
	CU_ASSERT(clock() - start < (clock_t)SECONDS * CLOCKS_PER_SEC);
	kt_doc_free(doc);
	kt_buf_release(&out);
}

/* The good text in a format. */
static void
write_good(struct kt_buf *out,
    int (*write)(struct kt_buf *, const struct kt_doc *, struct kt_diag *))
{
	struct kt_doc *doc = NULL;

	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&doc, "a.md", good, strlen(good), diag), KT_OK);
	CU_ASSERT_EQUAL(write(out, doc, diag), KT_OK);
	kt_doc_free(doc);
}

static void
check_texts(const char *name, const struct kt_buf *whole)
{
	struct kt_buf broken = KT_BUF_INIT;

	for (uint32_t seed = 1; seed <= FILES; seed++) {
		kt_mutate(&broken, whole->p, whole->len, seed * 7919);
		use(name, &broken, seed);
	}
	kt_buf_release(&broken);
}

static void
test_broken_texts_are_read_or_refused(void)
{
	static const struct {
		const char *name;
		int (*write)(
		    struct kt_buf *, const struct kt_doc *, struct kt_diag *);
	} formats[] = {
		{ "a.md", kt_write_markdown },
		{ "a.xml", kt_write_lawxml },
		{ "a.law.txt", kt_write_lawtext },
	};

	for (size_t i = 0; i < KT_COUNT(formats); i++) {
		struct kt_buf whole = KT_BUF_INIT;

		write_good(&whole, formats[i].write);
		check_texts(formats[i].name, &whole);
		kt_buf_release(&whole);
	}
}

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define WHO "w:id=\"1\" w:author=\"甲\" w:date=\"2026-04-01T00:00:00Z\""

static const char document[] =
    "<w:document xmlns:w=\"" W "\"><w:body><w:p><w:r><w:t>見本市規程</w:t>"
    "</w:r></w:p><w:p><w:pPr><w:rPr><w:ins " WHO "/></w:rPr></w:pPr><w:ins " WHO
    "><w:r><w:t>第1条　</w:t></w:r></w:ins><w:r><w:ruby><w:rt><w:r><w:t>かし"
    "</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>瑕疵</w:t></w:r></w:rubyBase>"
    "</w:ruby></w:r><w:del " WHO "><w:r><w:delText>乙</w:delText></w:r></w:del>"
    "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK \"a\""
    "</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>丙</w:t>"
    "<w:fldChar w:fldCharType=\"end\"/></w:r></w:p><w:tbl><w:tblPr/>"
    "<w:tblGrid/><w:tr><w:trPr><w:del " WHO "/></w:trPr><w:tc><w:tcPr>"
    "<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p>"
    "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"
    "</w:pPr><w:r><w:t>丁</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:sectPr/></w:body></w:document>";

/* The parts are broken, not the package, which would be refused at once. */
static void
test_broken_word_files_are_read_or_refused(void)
{
	struct kt_buf file = KT_BUF_INIT;

	for (uint32_t seed = 1; seed <= FILES; seed++) {
		struct kt_opc *o = kt_opc_new();
		struct kt_buf part = KT_BUF_INIT;

		kt_mutate(&part, document, strlen(document), seed * 104729);
		kt_opc_relate(o, "", KT_REL_MAIN, "word/document.xml");
		kt_opc_part(o, "word/document.xml",
		    KT_TYPE_WORD "document.main+xml", &part);
		kt_buf_clear(&file);
		CU_ASSERT_EQUAL(kt_opc_write(o, &file, diag), KT_OK);
		kt_opc_free(o);
		use("a.docx", &file, seed);
	}
	kt_buf_release(&file);
}

static CU_TestInfo tests[] = {
	{ "broken texts are read or refused",
	    test_broken_texts_are_read_or_refused },
	{ "broken Word files are read or refused",
	    test_broken_word_files_are_read_or_refused },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "broken files", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
