/* SPDX-License-Identifier: MIT */
/* Word files: what stands in them, that they are valid, and that they are the
 * same every time. */
#include "kt_test.h"

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

/* The document part of the file in out. */
static struct kt_xml *
open_document(void)
{
	struct kt_package *p = NULL;
	struct kt_buf part = KT_BUF_INIT;
	struct kt_xml *x = NULL;

	KT_NUM(kt_package_open(&p, "a", out.p, out.len, NULL, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	KT_NUM(kt_package_read(p, &part, kt_package_main(p), diag), KT_OK);
	KT_NUM(kt_xml_parse(&x, "a", part.p, part.len, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	kt_buf_release(&part);
	kt_package_free(p);
	return x;
}

/* ---- pictures -------------------------------------------------------- */

static const struct kt_xnode *
next_of(const struct kt_xnode *n, const struct kt_xnode *root)
{
	const struct kt_xnode *next = kt_xnode_elem(n);

	while (next == NULL && n != root) {
		next = kt_xnode_next_elem(n);
		n = kt_xnode_parent(n);
	}
	return next;
}

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
	for (const struct kt_xnode *n = p; n != NULL; n = next_of(n, p)) {
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
	struct kt_xml *x = open_document();
	const struct kt_xnode *root = kt_xml_root(x);

	for (const struct kt_xnode *n = root; n != NULL; n = next_of(n, root)) {
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
		      "--\n|Hyo \nHyo 丙\nHyo \n"
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
	struct kt_package *p = NULL;
	struct kt_buf core = KT_BUF_INIT, header = KT_BUF_INIT;

	kt_node_caption(doc, doc->root, "規程", 6);
	doc->meta.decided = (struct kt_date){ 2026, 3, 27 };
	KT_NUM(render(&plain), KT_OK);
	KT_NUM(kt_package_open(&p, "a", out.p, out.len, NULL, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	kt_package_read(p, &core, "docProps/core.xml", diag);
	kt_package_read(p, &header, "word/header1.xml", diag);
	CU_ASSERT_PTR_NOT_NULL(strstr(core.p, "<dc:title>規程</dc:title>"));
	CU_ASSERT_PTR_NOT_NULL(strstr(core.p, "2026-03-27T00:00:00Z"));
	CU_ASSERT_PTR_NOT_NULL(strstr(header.p, "規程"));
	kt_package_free(p);
	kt_buf_release(&core);
	kt_buf_release(&header);
}

/* ---- real documents -------------------------------------------------- */

static bool
is_same(const struct kt_buf *a, const struct kt_buf *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

/* Not kt_file_write(): nothing here is worth a sync. */
static void
put_file(const char *path, const struct kt_buf *bytes)
{
	FILE *f = fopen(path, "wb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	KT_NUM(fwrite(bytes->p, 1, bytes->len, f), bytes->len);
	KT_NUM(fclose(f), 0);
}

/* Put the parts of the file in out where xmllint will look for them. */
static void
keep_parts(const char *folder, const char *name)
{
	static const char *const parts[] = { "document", "styles", "settings",
		"fontTable", "header1", "footer1" };
	struct kt_package *p = NULL;
	char path[256], part[64];

	KT_NUM(kt_package_open(&p, "a", out.p, out.len, NULL, diag), KT_OK);
	for (size_t i = 0; p != NULL && i < KT_COUNT(parts); i++) {
		struct kt_buf bytes = KT_BUF_INIT;

		snprintf(part, sizeof(part), "word/%s.xml", parts[i]);
		snprintf(
		    path, sizeof(path), "%s/%s-%s.xml", folder, name, parts[i]);
		KT_NUM(kt_package_read(p, &bytes, part, diag), KT_OK);
		put_file(path, &bytes);
		kt_buf_release(&bytes);
	}
	kt_package_free(p);
}

/* One call for all: compiling the schema takes longer than a document. */
static void
check_schema(const char *folder)
{
	char command[2048];

	if (!kt_test_data("ooxml-xsd/wml.xsd"))
		return;
	if (system("command -v xmllint >/dev/null 2>&1") != 0) {
		printf("\n    skipped: xmllint absent\n");
		return;
	}
	snprintf(command, sizeof(command),
	    "find %s -name '*.xml' -print0 | xargs -0 xmllint --nonet --noout "
	    "--schema tests/ooxml/wrap.xsd 2>%s/log || "
	    "{ grep -v validates %s/log | head -20; false; }",
	    folder, folder, folder);
	KT_NUM(system(command), 0);
}

static void
remove_folder(const char *folder)
{
	char command[300];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	KT_NUM(system(command), 0);
}

static bool
make_folder(char *folder, size_t n)
{
	const char *base = getenv("TMPDIR");

	snprintf(
	    folder, n, "%s/kaitei-docx-XXXXXX", base == NULL ? "/tmp" : base);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	return true;
}

/* Make a file twice; both must have the same bytes, which stay in out. */
static void
write_doc_twice(const struct kt_doc *of, const struct kt_render *how)
{
	struct kt_buf again = KT_BUF_INIT;

	kt_buf_clear(&out);
	KT_NUM(kt_write_docx(&out, of, how, diag), KT_OK);
	KT_NUM(kt_write_docx(&again, of, how, diag), KT_OK);
	CU_ASSERT(is_same(&out, &again));
	kt_buf_release(&again);
}

static void
write_table_twice(const struct kt_changes *list, const char *profile)
{
	const struct kt_table_how how = { .profile = kt_profile_find(profile),
		.title = "" };
	struct kt_buf again = KT_BUF_INIT;

	kt_buf_clear(&out);
	KT_NUM(kt_write_table_docx(&out, list, &how, diag), KT_OK);
	KT_NUM(kt_write_table_docx(&again, list, &how, diag), KT_OK);
	CU_ASSERT(is_same(&out, &again));
	kt_buf_release(&again);
}

static struct kt_doc *
read_file(const char *path)
{
	struct kt_doc *got = NULL;

	KT_NUM(kt_read_file(&got, path, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(got);
	return got;
}

static void
tell_errors(const char *name)
{
	struct kt_buf words = KT_BUF_INIT;

	for (size_t i = 0; i < kt_diag_count(diag); i++)
		if (kt_msg_level(kt_diag_get(diag, i)->id) == KT_ERROR) {
			kt_msg_tell(&words, kt_diag_get(diag, i), KT_EN);
			kt_buf_putc(&words, '\n');
		}
	if (words.len > 0)
		printf("\n    %s: %s", name, words.p);
	kt_buf_release(&words);
	kt_diag_clear(diag);
}

/* How often each character stands in a text; those that the layout adds and
 * white space are left out. */
static void
count_characters(uint32_t *counts, const char *p, int step)
{
	static const char signs[] = "　（）【】・〔〕図： \t\n";
	const char *end = p + strlen(p);

	for (unsigned len; p < end; p += len) {
		uint32_t c = kt_utf8_at(p, &len);
		char one[5] = "";

		memcpy(one, p, len);
		if (strstr(signs, one) == NULL)
			counts[c & 0xffff] += (uint32_t)step;
	}
}

/* All words of the document stand in the file in out, and no others. */
static void
check_words(const struct kt_doc *of)
{
	uint32_t *counts = kt_calloc(0x10000, sizeof(*counts));
	struct kt_buf words = KT_BUF_INIT;
	struct kt_xml *x = open_document();
	const struct kt_xnode *root = kt_xml_root(x);
	bool same = true;

	kt_node_words(&words, of->root);
	count_characters(counts, words.p, 1);
	kt_buf_clear(&words);
	for (const struct kt_xnode *n = root; n != NULL; n = next_of(n, root))
		if (kt_xnode_is(n, "t") &&
		    !kt_xnode_is(kt_xnode_parent(kt_xnode_parent(n)), "rt"))
			kt_xnode_words(&words, n);
	count_characters(counts, words.p, -1);
	count_characters(counts, of->meta.number, 1);
	for (size_t i = 0; i < 0x10000; i++)
		same &= counts[i] == 0;
	CU_ASSERT(same);
	free(counts);
	kt_buf_release(&words);
	kt_xml_free(x);
}

static void
check_pair(const char *folder, const char *name, const char *before,
    const char *after, bool all)
{
	const struct kt_render without = { .as_of = "令和8年4月1日" };
	struct kt_doc *a = read_file(before), *b = read_file(after);
	struct kt_changes *list = NULL;
	char part[64];

	kt_diff(&list, a, b, diag);
	for (size_t i = 0; kt_profile_name(i) != NULL && (all || i == 0); i++) {
		write_table_twice(list, kt_profile_name(i));
		snprintf(part, sizeof(part), "%s-t%zu", name, i);
		keep_parts(folder, part);
	}
	write_doc_twice(b, &plain);
	check_words(b);
	if (all)
		write_doc_twice(b, &without);
	snprintf(part, sizeof(part), "%s-d", name);
	keep_parts(folder, part);
	tell_errors(name);
	kt_changes_free(list);
	kt_doc_free(a);
	kt_doc_free(b);
}

static void
test_the_sample_policies_make_valid_files(void)
{
	static const char *const names[] = { "kanri-kitei", "taisaku-kijun" };
	char folder[200], before[64], after[64];

	make_folder(folder, sizeof(folder));
	for (size_t i = 0; i < KT_COUNT(names); i++) {
		snprintf(before, sizeof(before), "policies/%s.md", names[i]);
		snprintf(
		    after, sizeof(after), "policies/revised/%s.md", names[i]);
		check_pair(folder, names[i], before, after, true);
		check_pair(folder, "same", after, after, true);
		doc = (kt_doc_free(doc), read_file(before));
		write_doc_twice(doc, &plain);
		keep_parts(folder, "before");
	}
	check_schema(folder);
	remove_folder(folder);
}

static void
test_laws_make_valid_files(void)
{
	char folder[200], name[16], before[64], after[64];

	if (!kt_test_data("egov-pairs"))
		return;
	make_folder(folder, sizeof(folder));
	for (int i = 1; i <= 216; i++) {
		snprintf(name, sizeof(name), "%03d", i);
		snprintf(before, sizeof(before),
		    KT_DATA "/egov-pairs/%s/before.xml", name);
		snprintf(after, sizeof(after),
		    KT_DATA "/egov-pairs/%s/after.xml", name);
		check_pair(folder, name, before, after, false);
	}
	check_schema(folder);
	remove_folder(folder);
}

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
		{ "items may lie deep", test_items_may_lie_deep },
		{ "properties come from the document",
		    test_properties_come_from_the_document },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo real[] = {
		{ "the sample policies make valid files",
		    test_the_sample_policies_make_valid_files },
		{ "laws make valid files", test_laws_make_valid_files },
		{ "three thousand articles are written in time",
		    test_three_thousand_articles_are_written_in_time },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "docx: layout", NULL, NULL, begin, end, layout },
		{ "docx: real documents", NULL, NULL, begin, end, real },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
