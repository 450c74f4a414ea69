/* SPDX-License-Identifier: MIT */
/* Documents as JSON, as plain text and as an outline; front matter and words
 * of Markdown where no reader is needed to judge them. */
#include "kt_build.h"

#include <kaitei/write.h>

static struct kt_buf out;
static struct kt_doc *doc;

static const char picture[] = "chapter 第1章|総則\n"
			      " article 第1条|目的\n"
			      "  paragraph ||この規程は、\"引用\"を含む。\n"
			      "   item (1)||一\n"
			      "    item ア||二\n"
			      "  paragraph 2||第2項\n"
			      " article 第2条\n"
			      "  paragraph ||削除\n"
			      "supplementary 附則|||令和7年規則第1号\n"
			      " paragraph ||公布の日から施行する。\n"
			      "appendix 別表第1|||第1条関係\n"
			      " table\n"
			      "  row\n"
			      "   cell ||左\n"
			      "   cell ||右\n";

static int
begin(void)
{
	doc = kt_build(picture);
	kt_node_caption(doc, doc->root, "題名", strlen("題名"));
	out = (struct kt_buf)KT_BUF_INIT;
	return 0;
}

static int
end(void)
{
	kt_doc_free(doc);
	kt_buf_release(&out);
	return 0;
}

static const struct kt_node *
at(const char *address)
{
	struct kt_spot spot;

	CU_ASSERT_EQUAL_FATAL(kt_addr_find(&spot, doc, address), KT_OK);
	return spot.node;
}

/* ---- JSON ---------------------------------------------------------------- */

static void
test_strings_are_escaped_as_json_wants(void)
{
	static const struct {
		const char *in;
		size_t n;
		const char *want;
	} cases[] = {
		{ "", 0, "\"\"" },
		{ "条", 3, "\"条\"" },
		{ "a\"b\\c", 5, "\"a\\\"b\\\\c\"" },
		{ "\n\t\r\x01\x1f", 5, "\"\\n\\t\\u000d\\u0001\\u001f\"" },
		{ "\0", 1, "\"\\u0000\"" },
		{ "\x7f</script>", 10, "\"\x7f</script>\"" },
	};

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		kt_buf_clear(&out);
		kt_json_string(&out, cases[i].in, cases[i].n);
		KT_STR(out.p, cases[i].want);
	}
}

static void
test_a_tree_names_every_clause_by_its_address(void)
{
	kt_buf_clear(&out);
	KT_NUM(
	    kt_write_tree_json(&out, doc, at("第1条第1項第1号"), NULL), KT_OK);
	KT_STR(out.p,
	    "{\"format\":\"kaitei-tree/1\",\"title\":\"題名\","
	    "\"source\":\"test.md\",\"clauses\":["
	    "{\"path\":\"第1条第1項第1号\",\"kind\":\"item\",\"label\":\"(1)\","
	    "\"caption\":\"\",\"text\":\"一\",\"line\":4,\"column\":1,"
	    "\"children\":["
	    "{\"path\":\"第1条第1項第1号ア\",\"kind\":\"item\",\"label\":"
	    "\"ア\","
	    "\"caption\":\"\",\"text\":\"二\",\"line\":5,\"column\":1,"
	    "\"children\":[]}]}]}\n");
}

/* Brackets and braces outside strings close in order; nothing follows. */
static bool
is_balanced(const char *p)
{
	char open[256];
	size_t depth = 0;
	bool string = false;

	for (; *p != '\0'; p++) {
		if (string) {
			if (*p == '\\')
				p++;
			else if (*p == '"')
				string = false;
		} else if (*p == '"') {
			string = true;
		} else if (*p == '{' || *p == '[') {
			if (depth == sizeof(open))
				return false;
			open[depth++] = *p == '{' ? '}' : ']';
		} else if (*p == '}' || *p == ']') {
			if (depth == 0 || open[--depth] != *p)
				return false;
		}
	}
	return depth == 0 && !string;
}

static void
test_the_tree_of_a_document_is_whole(void)
{
	kt_buf_clear(&out);
	KT_NUM(kt_write_tree_json(&out, doc, NULL, NULL), KT_OK);
	CU_ASSERT_TRUE(is_balanced(out.p));
	CU_ASSERT_PTR_NOT_NULL(strstr(out.p, "\"deleted\":true"));
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(out.p, "\"related\":\"令和7年規則第1号\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(out.p, "\\\"引用\\\"を含む。"));
}

static void
test_findings_carry_place_level_and_message(void)
{
	struct kt_diag *d = kt_diag_new();

	kt_report(d, .id = KT_M_MD_MARKER,
	    .at = { .file = "a.md", .line = 3, .column = 2, .clause = "第3条" },
	    .a = "章");
	kt_buf_clear(&out);
	KT_NUM(kt_write_check_json(&out, d, KT_EN), KT_OK);
	KT_STR(out.p,
	    "{\"format\":\"kaitei-check/1\",\"findings\":["
	    "\n{\"id\":\"md-marker\",\"level\":\"warning\","
	    "\"file\":\"a.md\",\"line\":3,\"column\":2,\"path\":\"第3条\","
	    "\"message\":\"the comment names an open '章' but there is "
	    "none; it was passed over\"}]}\n");
	kt_diag_clear(d);
	kt_buf_clear(&out);
	kt_write_check_json(&out, d, KT_JA);
	KT_STR(out.p, "{\"format\":\"kaitei-check/1\",\"findings\":[]}\n");
	kt_diag_free(d);
}

/* ---- text ---------------------------------------------------------------- */

static void
test_a_clause_is_printed_as_in_a_regulation(void)
{
	kt_buf_clear(&out);
	KT_NUM(kt_write_clause(&out, doc, at("第1条"), NULL), KT_OK);
	KT_STR(out.p,
	    "　（目的）\n第1条　この規程は、\"引用\"を含む。\n　(1)　一\n"
	    "　　ア　二\n2　第2項\n");
	kt_buf_clear(&out);
	kt_write_clause(&out, doc, at("第1条第2項"), NULL);
	KT_STR(out.p, "2　第2項\n");
}

static void
test_a_document_is_printed_whole(void)
{
	static const char *const parts[] = { "題名\n", "　　　第1章　総則\n",
		"第2条　削除\n", "附則（令和7年規則第1号）\n",
		"公布の日から施行する。\n", "別表第1（第1条関係）\n",
		"｜左｜右｜\n" };
	const char *from;

	kt_buf_clear(&out);
	KT_NUM(kt_write_text(&out, doc, NULL), KT_OK);
	from = out.p;
	for (size_t i = 0; i < KT_COUNT(parts); i++) {
		from = strstr(from, parts[i]);
		if (from == NULL)
			printf("\n    no \"%s\" in\n%s\n", parts[i], out.p);
		CU_ASSERT_PTR_NOT_NULL_FATAL(from);
	}
}

static void
test_an_outline_names_addresses(void)
{
	kt_buf_clear(&out);
	KT_NUM(kt_write_outline(&out, doc, NULL), KT_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(out.p, "第1条第1項第1号ア"));
	CU_ASSERT_PTR_NOT_NULL(strstr(out.p, "別表第1"));
}

/* ---- Markdown, as far as it can be judged without reading it ------------ */

static void
markdown(const char *tree, const char *want)
{
	struct kt_doc *d = kt_build(tree);

	kt_buf_clear(&out);
	KT_NUM(kt_write_markdown(&out, d, NULL), KT_OK);
	KT_STR(out.p, want);
	kt_doc_free(d);
}

static void
test_words_are_escaped_only_where_they_would_be_misread(void)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "市長は、1 - 2 + 3 = 4。", "市長は、1 - 2 + 3 = 4。" },
		{ "# 見出し", "\\# 見出し" },
		{ "#1", "#1" },
		{ "- 一", "\\- 一" },
		{ "-1度", "-1度" },
		{ "1. 一", "&#x31;. 一" },
		{ "2026.4は", "2026.4は" },
		{ "> 引用", "\\> 引用" },
		{ "a_b と _c_", "a_b と \\_c\\_" },
		{ "値 < b & c", "値 < b & c" },
		{ "<b>&amp;", "\\<b>\\&amp;" },
		{ "　字下げ", "&#x3000;字下げ" },
		{ "第3条　目的", "&#x7B2C;3条　目的" },
		{ "第3条の規定", "第3条の規定" },
		{ "（略）", "（略）" },
		{ "（注）", "&#xFF08;注）" },
		{ "末尾 ", "末尾&#x20;" },
		{ "![図](a)", "!\\[図](a)" },
		{ "`符号`と*星*", "\\`符号\\`と\\*星\\*" },
	};
	char tree[128], want[256];

	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		snprintf(tree, sizeof(tree), "topic |節\n text ||%s\n",
		    cases[i].text);
		snprintf(want, sizeof(want), "## 節\n\n%s\n", cases[i].want);
		markdown(tree, want);
	}
}

static void
test_levels_follow_the_tree(void)
{
	markdown("part 第1編|甲\n chapter 第1章|乙\n  article 第1条|丙\n"
		 "   paragraph ||文\nsupplementary 附則\n article 第1条\n",
	    "## 第1編　甲\n\n### 第1章　乙\n\n#### 第1条（丙）\n\n文\n\n"
	    "## 附則\n\n### 第1条\n");
	markdown("headed 1|目的\n headed (1)|甲\n  item ア||文\n",
	    "## 1　目的\n\n### (1)　甲\n\n- ア　文\n");
}

/* ---- pages --------------------------------------------------------------- */

static void
test_a_page_can_be_heard_and_copied(void)
{
	struct kt_doc *page = kt_build("article 第1条|目的\n"
				       " paragraph ||文\n"
				       " commentary\n"
				       "  text ||説く\n"
				       "table\n"
				       " row\n"
				       "  cell ||頭\n"
				       " row\n"
				       "  cell ||体\n");
	struct kt_node *row = (struct kt_node *)page->root->last->first;

	row->header = true;
	CU_ASSERT_EQUAL(kt_write_html(&out, page, NULL, NULL), KT_OK);
	KT_STR(strstr(out.p, "<main>"),
	    "<main>\n<h1></h1>\n<p class=\"caption\" role=\"heading\" "
	    "aria-level=\"2\">（目的）</p>\n"
	    "<p class=\"clause depth0\"><span class=\"label\">第1条　</span>"
	    "文</p>\n"
	    "<div class=\"aside\" role=\"note\">\n"
	    "<p class=\"prose depth0\">【解説】説く</p>\n</div>\n"
	    "<table>\n<thead>\n<tr><th scope=\"col\">頭</th></tr>\n</thead>\n"
	    "<tr><td>体</td></tr>\n</table>\n</main>\n</body>\n</html>\n");
	kt_doc_free(page);
}

static CU_TestInfo json_tests[] = {
	{ "strings are escaped as JSON wants",
	    test_strings_are_escaped_as_json_wants },
	{ "a tree names every clause by its address",
	    test_a_tree_names_every_clause_by_its_address },
	{ "the tree of a document is whole",
	    test_the_tree_of_a_document_is_whole },
	{ "findings carry place, level and message",
	    test_findings_carry_place_level_and_message },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo page_tests[] = {
	{ "a page can be heard and copied",
	    test_a_page_can_be_heard_and_copied },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo text_tests[] = {
	{ "a clause is printed as in a regulation",
	    test_a_clause_is_printed_as_in_a_regulation },
	{ "a document is printed whole", test_a_document_is_printed_whole },
	{ "an outline names addresses", test_an_outline_names_addresses },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo markdown_tests[] = {
	{ "words are escaped only where they would be misread",
	    test_words_are_escaped_only_where_they_would_be_misread },
	{ "levels follow the tree", test_levels_follow_the_tree },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "JSON", begin, end, NULL, NULL, json_tests },
		{ "text", begin, end, NULL, NULL, text_tests },
		{ "Markdown", begin, end, NULL, NULL, markdown_tests },
		{ "pages", begin, end, NULL, NULL, page_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
