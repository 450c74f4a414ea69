/* SPDX-License-Identifier: MIT */
#include "kt_test.h"

#include <cmark.h>

#include <time.h>

#include <kaitei/model.h>
#include <kaitei/read.h>

static struct kt_diag *diag;
static struct kt_doc *doc;
static struct kt_buf text;

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
	kt_doc_free(doc);
	kt_buf_release(&text);
	diag = NULL;
	doc = NULL;
	return 0;
}

static void
fresh(void)
{
	kt_diag_clear(diag);
	kt_doc_free(doc);
	doc = NULL;
	if (text.p == NULL)
		text = (struct kt_buf)KT_BUF_INIT;
	kt_buf_clear(&text);
}

static int
markdown(const char *in)
{
	fresh();
	return kt_read_markdown(&doc, "x.md", in, strlen(in), diag);
}

/* ---- formats --------------------------------------------------------- */

static void
test_formats_are_told_by_content(void)
{
	static const struct {
		const char *name, *bytes;
		enum kt_format want;
	} cases[] = {
		{ "a.txt", "# 規程\n", KT_FMT_MARKDOWN },
		{ "a.txt", "---\nid: a\n---\n", KT_FMT_MARKDOWN },
		{ "a", "\xef\xbb\xbf---\r\nid: a\r\n---\r\n", KT_FMT_MARKDOWN },
		{ "a.md", "ただの文。\n", KT_FMT_MARKDOWN },
		{ "a.txt", "ただの文。\n", KT_FMT_LAWTEXT },
		{ "a.txt", "表\n|---|\n", KT_FMT_MARKDOWN },
		{ "a", "  （目的）\n第一条　この法律は、\n", KT_FMT_LAWTEXT },
		{ "a.md", "第一条　この法律は、\n\n　　　附　則\n",
		    KT_FMT_LAWTEXT },
		{ "a", "- 一\n- 二\n", KT_FMT_MARKDOWN },
		{ "a", "<?xml version=\"1.0\"?>\n<Law>", KT_FMT_LAWXML },
		{ "a", "<Law Era=\"Heisei\">", KT_FMT_LAWXML },
		{ "a.md", "\xff\xfe<\0", KT_FMT_LAWXML },
		{ "a", "<!DOCTYPE html>\n<html>", KT_FMT_HTML },
		{ "a", "<?xml version=\"1.0\"?>\n<html>", KT_FMT_HTML },
		{ "a", "%PDF-1.7\n", KT_FMT_PDF },
		{ "a", "PK\3\4....word/document.xml", KT_FMT_DOCX },
		{ "a", "PK\3\4....xl/workbook.xml", KT_FMT_XLSX },
		{ "a", "PK\3\4....", KT_FMT_UNKNOWN },
		{ "a", "{\"format\":\"kaitei-tree/1\"}", KT_FMT_JSON },
		{ "a.md", "{これは文}\n", KT_FMT_MARKDOWN },
		{ "a", "", KT_FMT_MARKDOWN },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++)
		KT_NUM(kt_format_of(cases[i].name, cases[i].bytes,
			   strlen(cases[i].bytes)),
		    cases[i].want);
	KT_NUM(kt_format_by_name("DOCX"), KT_FMT_DOCX);
	KT_NUM(kt_format_by_name("exe"), KT_FMT_UNKNOWN);
}

static void
test_formats_that_are_not_read_are_refused_by_name(void)
{
	static const char sheet[] = "PK\3\4xl/workbook.xml";
	static const char zip[] = "PK\3\4";

	fresh();
	KT_NUM(kt_read(&doc, "x.xlsx", sheet, strlen(sheet), diag), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_FORMAT_UNSUPPORTED);
	KT_STR(kt_diag_get(diag, 0)->b, "Excel (.xlsx)");
	KT_NUM(kt_read(&doc, "x", zip, strlen(zip), diag), KT_EINPUT);
	KT_NUM(kt_diag_get(diag, 1)->id, KT_M_FORMAT_UNKNOWN);
	CU_ASSERT_PTR_NULL(doc);
}

static void
test_a_file_is_read_by_its_content(void)
{
	fresh();
	KT_NUM(kt_read_file(&doc, "policies/kanri-kitei.md", diag), KT_OK);
	KT_STR(doc->meta.id, "kanri-kitei");
	KT_STR(doc->source, "policies/kanri-kitei.md");
	KT_NUM(kt_diag_count(diag), 0);
	fresh();
	KT_NUM(kt_read_file(&doc, "policies/none.md", diag), KT_ENOTFOUND);
}

/* ---- encoding -------------------------------------------------------- */

static void
test_bytes_that_are_no_text_are_refused_with_their_place(void)
{
	static const struct {
		const char *in;
		size_t n, line, column;
		enum kt_msg_id id;
	} cases[] = {
		{ "# 規程\n\n第\xe6\x9d", 14, 3, 2, KT_M_NOT_UTF8 },
		{ "a\xff", 2, 1, 2, KT_M_NOT_UTF8 },
		{ "\xc0\xaf", 2, 1, 1, KT_M_NOT_UTF8 },
		{ "x\n\xed\xa0\x80", 5, 2, 1, KT_M_NOT_UTF8 },
		{ "条\0文", 7, 1, 2, KT_M_TEXT_NUL },
		{ "\x93\xfa\x96\x7b", 4, 1, 1, KT_M_NOT_UTF8 },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		fresh();
		KT_NUM(kt_read_markdown(
			   &doc, "x.md", cases[i].in, cases[i].n, diag),
		    KT_EINPUT);
		CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
		KT_NUM(kt_diag_get(diag, 0)->id, cases[i].id);
		KT_NUM(kt_diag_get(diag, 0)->at.line, cases[i].line);
		KT_NUM(kt_diag_get(diag, 0)->at.column, cases[i].column);
		KT_STR(kt_diag_get(diag, 0)->at.file, "x.md");
		CU_ASSERT_PTR_NULL(doc);
	}
}

static void
test_line_ends_and_byte_order_marks_make_no_difference(void)
{
	static const char *const same[] = { "# 題\n\n文一。\n\n文二。\n",
		"\xef\xbb\xbf# 題\r\n\r\n文一。\r\n\r\n文二。\r\n",
		"# 題\r\r文一。\r\r文二。\r", "# 題\n\n文一。\n\n文二。" };

	for (size_t i = 0; i < KT_COUNT(same); i++) {
		KT_NUM(markdown(same[i]), KT_OK);
		kt_node_words(&text, doc->root);
		KT_STR(text.p, "題\n文一。\n文二。\n");
	}
}

/* ---- places ---------------------------------------------------------- */

static const struct kt_node *
find(enum kt_kind kind, const char *words)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *node = doc->nodes[i];

		if (node->kind == kind &&
		    (strstr(node->text, words) != NULL ||
			strstr(node->label, words) != NULL))
			return node;
	}
	CU_FAIL_FATAL("no such node");
	return NULL;
}

static void
test_every_clause_knows_its_line_and_column(void)
{
	static const char in[] =
	    "---\nid: x\n---\n# 題\n\n題の下\n===\n\n"
	    "## 第1条\n\n文。\n\n- (1)　号\n  - ア　細分\n\n"
	    "> 【解説】説明\n>\n> 続き\n\n| 見 | 出 |\n|---|---|\n"
	    "| 欄 | の中 |\n\n表の\n(2)　後\n";
	static const struct {
		enum kt_kind kind;
		const char *words;
		unsigned line, column;
	} cases[] = {
		{ KT_ARTICLE, "第1条", 9, 1 },
		{ KT_PARAGRAPH, "文。", 11, 1 },
		{ KT_ITEM, "(1)", 13, 1 },
		{ KT_ITEM, "ア", 14, 3 },
		{ KT_TEXT, "説明", 16, 3 },
		{ KT_TEXT, "続き", 18, 3 },
		{ KT_CELL, "の中", 22, 7 },
		{ KT_PARAGRAPH, "表の", 24, 1 },
		{ KT_ITEM, "(2)", 25, 1 },
	};

	KT_NUM(markdown(in), KT_OK);
	KT_NUM(doc->root->line, 4);
	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		const struct kt_node *node =
		    find(cases[i].kind, cases[i].words);

		KT_NUM(node->line, cases[i].line);
		KT_NUM(node->column, cases[i].column);
	}
}

/* ---- front matter ---------------------------------------------------- */

static void
test_front_matter_becomes_metadata(void)
{
	const struct kt_meta *m;

	KT_NUM(markdown("---\nid: kitei\ntitle: \"a \\\"b\\\" \\u3042\"\n"
			"number: '令7'\npromulgated: 令和8年3月31日\n"
			"effective:\n  - 2026-04-01\n"
			"  - {clauses: [\"第5条\", 第6条], from: unknown, "
			"condition: 別に定める日}\nceases: 2029/3/31\n"
			"x-note: そのまま # 残す\n---\n\n文。\n"),
	    KT_OK);
	KT_NUM(kt_diag_count(diag), 0);
	m = &doc->meta;
	CU_ASSERT_TRUE(m->present);
	KT_STR(m->id, "kitei");
	KT_STR(m->title, "a \"b\" あ");
	KT_STR(m->number, "令7");
	KT_NUM(m->promulgated.day, 31);
	KT_NUM(m->effective.month, 4);
	KT_NUM(m->ceases.year, 2029);
	CU_ASSERT_EQUAL_FATAL(m->ndates, 1);
	KT_STR(m->dates[0].clauses, "第5条、第6条");
	KT_NUM(m->dates[0].from.year, 0);
	KT_STR(m->dates[0].condition, "別に定める日");
	CU_ASSERT_EQUAL_FATAL(m->nother, 1);
	KT_STR(m->other[0][0], "x-note");
	KT_STR(m->other[0][1], "そのまま # 残す");
	/* The title stands for the heading that is not there. */
	KT_STR(doc->root->caption, "a \"b\" あ");
}

static void
test_front_matter_that_is_not_understood_is_reported_and_kept(void)
{
	static const struct {
		const char *line;
		enum kt_msg_id id;
	} cases[] = {
		{ "decided: いつか", KT_M_FRONT_DATE },
		{ "effective: [1, 2]", KT_M_FRONT_DATE },
		{ "effective:\n  - {clauses: [], from: 2026-01-01}",
		    KT_M_FRONT_DATE },
		{ "effective: 2026-02-30", KT_M_FRONT_DATE },
		{ "title: {a: b}", KT_M_FRONT_LINE },
		{ "title: \"open", KT_M_FRONT_LINE },
		{ "title: \"\\q\"", KT_M_FRONT_LINE },
		{ "これは何か", KT_M_FRONT_LINE },
		{ "id: b", KT_M_FRONT_TWICE },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		fresh();
		kt_buf_printf(
		    &text, "---\nid: a\n%s\n---\n\n文。\n", cases[i].line);
		KT_NUM(kt_read_markdown(&doc, "x.md", text.p, text.len, diag),
		    KT_OK);
		CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
		KT_NUM(kt_diag_get(diag, 0)->id, cases[i].id);
		KT_NUM(kt_diag_get(diag, 0)->at.line, 3);
		KT_NUM(doc->meta.nother, 1);
		KT_STR(doc->meta.id, "a");
	}
	KT_NUM(markdown("---\nid: a\n\n# 題\n"), KT_OK);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_FRONT_OPEN);
}

/* ---- what is reported ------------------------------------------------ */

static void
test_what_has_no_place_is_reported_with_its_line(void)
{
	static const struct {
		const char *in;
		enum kt_msg_id id;
		size_t line;
	} cases[] = {
		{ "# 題\n\n<div>x</div>\n", KT_M_MD_HTML_KEPT, 3 },
		{ "# 題\n\n文<span>x</span>\n", KT_M_MD_HTML_KEPT, 3 },
		{ "# 題\n\n<u>閉じない\n", KT_M_MD_HTML_KEPT, 3 },
		{ "# 題\n\n| a |\n|---|\n| <x> |\n", KT_M_MD_HTML_KEPT, 5 },
		{ "# 題\n\n<table>\n<tr><td>a\n", KT_M_MD_HTML_OPEN, 3 },
		{ "# 題\n\n***\n\n文。\n", KT_M_MD_RULE, 3 },
		{ "# 題\n\n[a](b \"c\")\n", KT_M_MD_LINK_TITLE, 3 },
		{ "# 題\n\n| a |\n|---|\n| b | c |\n", KT_M_MD_CELLS, 5 },
		{ "# 題\n\n<table><tr><td colspan=\"x\">a</td></tr></table>\n",
		    KT_M_MD_SPAN, 3 },
		{ "# 題\n\n<!-- 条の文 -->\n文。\n", KT_M_MD_MARKER, 3 },
		{ "# 題\n\n## 第1条\n\n文。\n\n- <!-- 条の号「●」 -->\n  ○\n",
		    KT_M_MD_MARKER_LABEL, 7 },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		KT_NUM(markdown(cases[i].in), KT_OK);
		CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
		KT_NUM(kt_diag_get(diag, 0)->id, cases[i].id);
		KT_NUM(kt_diag_get(diag, 0)->at.line, cases[i].line);
	}
}

/* ---- limits ---------------------------------------------------------- */

static void
repeat(const char *what, size_t n)
{
	while (n-- > 0)
		kt_buf_puts(&text, what);
}

static int
read_text(void)
{
	kt_doc_free(doc);
	doc = NULL;
	return kt_read_markdown(&doc, "x.md", text.p, text.len, diag);
}

static void
test_limits_hold_to_the_byte(void)
{
	fresh();
	repeat("a", 32 * 1024 - 1);
	repeat("\n", 1);
	KT_NUM(read_text(), KT_OK);
	fresh();
	repeat("a", 32 * 1024);
	repeat("\n", 1);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_MD_RUN);
	fresh();
	repeat("![", 256);
	KT_NUM(read_text(), KT_OK);
	repeat("![", 1);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_MD_IMAGES);
	fresh();
	repeat(">", 64);
	repeat("a", 1);
	KT_NUM(read_text(), KT_OK);
	fresh();
	repeat(">", 65);
	repeat("a", 1);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_MD_NESTING);
}

static void
test_a_table_may_be_longer_than_a_paragraph(void)
{
	fresh();
	repeat("| a |\n|---|\n", 1);
	repeat("| 欄 |\n", 20000);
	KT_NUM(read_text(), KT_OK);
	KT_NUM(doc->count, 3 + 2 * 20001);
	repeat("| 欄 |\n", 20000);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_MD_RUN);
}

static void
test_big_files_are_refused_by_their_size(void)
{
	fresh();
	repeat("################", (16 << 20) / 16);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_MD_RUN);
	repeat("#", 1);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 1)->id, KT_M_FILE_TOO_BIG);
	CU_ASSERT_PTR_NULL(doc);
}

/* Every line a clause, every byte a cell: bounded in memory too. */
static void
test_texts_of_nothing_but_clauses_are_refused(void)
{
	fresh();
	repeat("#\n", 1000001);
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_MD_LINES);
	fresh();
	kt_diag_limit(diag, 10);
	for (int i = 0; i < 20; i++) {
		repeat("|a\n|-|\n", 1);
		repeat("|a|a|a|a|a|a|a|a|a|a\n", 12000);
		repeat("\n", 1);
	}
	KT_NUM(read_text(), KT_ELIMIT);
	KT_NUM(kt_diag_get(diag, 9)->id, KT_M_MD_CELLS);
	KT_NUM(kt_diag_errors(diag), 1);
	kt_diag_limit(diag, 0);
	fresh();
}

/* A head of 12,000 columns over 50,000 rows of one cell. */
static void
test_a_wide_head_does_not_multiply_the_rows(void)
{
	fresh();
	repeat("|a", 12000);
	repeat("\n", 1);
	repeat("|-", 12000);
	repeat("\n", 1);
	repeat("|a\n", 50000);
	KT_NUM(read_text(), KT_OK);
	CU_ASSERT(doc->count < 250000);
}

/* ---- hostile texts --------------------------------------------------- */

#if defined(__SANITIZE_ADDRESS__)
#define SLOW 20
#else
#define SLOW 1
#endif

static void
within(double seconds, const char *what)
{
	clock_t since = clock();
	double used;

	read_text();
	used = (double)(clock() - since) / CLOCKS_PER_SEC;
	if (used > seconds * SLOW)
		printf("\n    %.20s: %.2f s\n", what, used);
	CU_ASSERT(used <= seconds * SLOW);
}

/* before, then n times again, then after. */
struct pattern {
	const char *before, *again, *after;
};

static const struct pattern patterns[] = {
	{ "", "![[]()", "" },
	{ "</", "<!", "" },
	{ "", "<!--", "" },
	{ "", "x<?", "" },
	{ "", "x<!A ", "" },
	{ "", "x<![CDATA[", "" },
	{ "", ">", "" },
	{ "", ">", "a\n>>a\n>>a" },
	{ "", "- ", "" },
	{ "", "_", ".``_" },
	{ "", "a**b", "c* " },
	{ "", "*", "a``*" },
	{ "1.\n", " 2.\n", "" },
	{ "", "> ", "a" },
	{ "", "[", "a``]" },
	{ "", "[a](", "" },
	{ "", "|", "\n|-\n" },
	{ "|\n", "|-", "" },
	{ "", "www.a._", "" },
	{ "", "http://(", "" },
	{ "", "a@b.", "" },
	{ "", "[^1]", "" },
	{ "", "~a~~b~~~c", "" },
	{ "", "&", "" },
	{ "", "<a:", "" },
	{ "", "[]()", "" },
	{ "", "（", "）" },
	{ "## 第1条", "（", "" },
	{ "", "第1条の2", "　文。" },
	{ "", "(1)　\n", "" },
	{ "", "（目的）\n\n", "" },
	{ "", "<u>", "" },
	{ "", "<u></b>", "" },
	{ "", "<ruby>a<rt>", "" },
	{ "<table>", "<tr><td>", "" },
	{ "<table>", "<table><tr><td>", "" },
	{ "<table>\n", "<td\n", "" },
	{ "<table>", "<td a=\"", "" },
	{ "<table>", "<!--", "" },
	{ "", "<!-- 項の項 -->\n\n", "" },
	{ "", "<ul><li>", "" },
	{ "---\n", "a:\n", "---\n" },
	{ "---\neffective:\n", "  - {clauses: [", "\n---\n" },
	{ "| a |\n|---|\n", "| **a** ![](b) |\n", "" },
	{ "| a |\n|---|\n| ", "a|", "" },
	{ "## 1　a\n\n", "## (1)　a\n\n", "" },
};

static void
test_hostile_patterns_cost_bounded_time(void)
{
	static const size_t sizes[] = { 64 << 10, 1 << 20 };

	for (size_t k = 0; k < KT_COUNT(sizes); k++)
		for (size_t i = 0; i < KT_COUNT(patterns); i++) {
			fresh();
			kt_diag_limit(diag, 100);
			repeat(patterns[i].before, 1);
			repeat(patterns[i].again,
			    sizes[k] / strlen(patterns[i].again));
			repeat(patterns[i].after, 1);
			within(1.0, patterns[i].again);
		}
}

/* The same, in pieces just short enough to be read. */
static void
test_hostile_patterns_in_small_paragraphs_cost_bounded_time(void)
{
	for (size_t i = 0; i < KT_COUNT(patterns); i++) {
		size_t wide = strlen(patterns[i].again);

		fresh();
		kt_diag_limit(diag, 100);
		while (text.len < 1 << 20) {
			repeat(patterns[i].before, 1);
			repeat(patterns[i].again, 30000 / wide);
			repeat(patterns[i].after, 1);
			repeat("\n\n", 1);
		}
		within(2.0, patterns[i].again);
	}
}

static void
test_lists_nested_without_end_are_refused(void)
{
	fresh();
	for (size_t i = 0; i < 10000; i++) {
		repeat(" ", 2 * i);
		repeat("- a\n", 1);
	}
	KT_NUM(read_text(), KT_ELIMIT);
	fresh();
	repeat("![", 200);
	repeat("[]()", 7000);
	within(1.0, "![ and []()");
	fresh();
	for (size_t i = 1; i < 240; i++) {
		repeat("`", i);
		repeat("a", 1);
	}
	within(1.0, "backticks");
	fresh();
	for (size_t i = 0; i < 5000; i++)
		kt_buf_printf(&text, "[%zu]: u\n\n", i);
	repeat("[0]", 8000);
	within(1.0, "definitions");
}

/* ---- the guard ------------------------------------------------------- */

static uint64_t seed;

static unsigned
roll(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % n;
}

static const char *const starts[] = { "", "", "", " ", "   ", "    ", "      ",
	"\t", "> ", ">", ">> ", "> - ", "- ", "-", "* ", "+ ", "1. ", "2. ",
	"10) ", "1)", "# ", "#", "####### ", "  - ", "    - ", "      - ",
	"```", "~~~", "<div>", "</div>", "<!--", "-->", "===", "---", "| a |",
	"\n", "\n", "[x]: y ", "  1. ", "> # ", ">     " };

/* Lines that begin in three ways: of some texts nothing parts them. */
static void
random_text(size_t lines)
{
	const char *three[3];

	for (size_t i = 0; i < 3; i++)
		three[i] = starts[roll(KT_COUNT(starts))];
	for (; lines > 0; lines--) {
		repeat(three[roll(3)], 1);
		repeat("条", roll(1200));
		repeat("\n", 1);
	}
}

/* Source bytes of the longest paragraph as cmark sees it. */
static size_t
longest_paragraph(void)
{
	cmark_node *root =
	    cmark_parse_document(text.p, text.len, CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(root);
	size_t most = 0;

	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		const char *p = text.p, *from = p, *stop;
		size_t n;

		if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH)
			continue;
		for (int line = 1; line < cmark_node_get_start_line(node);
		     line++)
			p = strchr(p, '\n') + 1;
		from = p;
		for (int line = cmark_node_get_start_line(node);
		     line <= cmark_node_get_end_line(node); line++) {
			stop = strchr(p, '\n');
			p = stop == NULL ? p + strlen(p) : stop + 1;
		}
		n = (size_t)(p - from);
		if (n > most)
			most = n;
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
	return most;
}

/* What is let through has no paragraph longer than the limit, whatever the
 * text looks like. */
static void
test_no_paragraph_over_the_limit_gets_past_the_guard(void)
{
	size_t passed = 0, refused = 0, slipped = 0;

	for (seed = 1; passed + refused < 1500;) {
		fresh();
		kt_diag_limit(diag, 10);
		random_text(10 + roll(30));
		if (read_text() == KT_ELIMIT) {
			refused++;
			continue;
		}
		passed++;
		if (longest_paragraph() > (32 << 10))
			slipped++;
	}
	KT_NUM(slipped, 0);
	CU_ASSERT(passed > 200 && refused > 200);
}

/* Bytes at random, and mutilated samples: read or refused, never worse. */
static void
test_mutilated_texts_are_read_or_refused(void)
{
	struct kt_buf sample = KT_BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&sample, "policies/taisaku-kijun.md", 1 << 20, NULL),
	    KT_OK);
	for (seed = 7; seed != 0 && roll(2000) != 1999;) {
		size_t from = roll((unsigned)sample.len - 3000);

		fresh();
		kt_buf_put(&text, sample.p + from, 3000);
		for (unsigned n = roll(40); n > 0; n--)
			text.p[roll(3000)] =
			    "\n#->|*_`<[]()!\\&' \t19.:"[roll(24)];
		read_text();
	}
	kt_buf_release(&sample);
}

static CU_TestInfo format_tests[] = {
	{ "formats are told by content", test_formats_are_told_by_content },
	{ "formats that are not read are refused by name",
	    test_formats_that_are_not_read_are_refused_by_name },
	{ "a file is read by its content", test_a_file_is_read_by_its_content },
	{ "bytes that are no text are refused with their place",
	    test_bytes_that_are_no_text_are_refused_with_their_place },
	{ "line ends and byte order marks make no difference",
	    test_line_ends_and_byte_order_marks_make_no_difference },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo markdown_tests[] = {
	{ "every clause knows its line and column",
	    test_every_clause_knows_its_line_and_column },
	{ "front matter becomes metadata", test_front_matter_becomes_metadata },
	{ "front matter that is not understood is reported and kept",
	    test_front_matter_that_is_not_understood_is_reported_and_kept },
	{ "what has no place is reported with its line",
	    test_what_has_no_place_is_reported_with_its_line },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo limit_tests[] = {
	{ "limits hold to the byte", test_limits_hold_to_the_byte },
	{ "a table may be longer than a paragraph",
	    test_a_table_may_be_longer_than_a_paragraph },
	{ "big files are refused by their size",
	    test_big_files_are_refused_by_their_size },
	{ "texts of nothing but clauses are refused",
	    test_texts_of_nothing_but_clauses_are_refused },
	{ "a wide head does not multiply the rows",
	    test_a_wide_head_does_not_multiply_the_rows },
	{ "hostile patterns cost bounded time",
	    test_hostile_patterns_cost_bounded_time },
	{ "hostile patterns in small paragraphs cost bounded time",
	    test_hostile_patterns_in_small_paragraphs_cost_bounded_time },
	{ "lists nested without end are refused",
	    test_lists_nested_without_end_are_refused },
	{ "no paragraph over the limit gets past the guard",
	    test_no_paragraph_over_the_limit_gets_past_the_guard },
	{ "mutilated texts are read or refused",
	    test_mutilated_texts_are_read_or_refused },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "formats", begin, end, NULL, NULL, format_tests },
		{ "Markdown", begin, end, NULL, NULL, markdown_tests },
		{ "limits", begin, end, NULL, NULL, limit_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
