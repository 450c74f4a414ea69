/* SPDX-License-Identifier: MIT */
/*
 * Every paper of every pair of real texts and sample policies: 新旧対照表 in
 * every layout, 見え消し with and without moves and numbers, 溶け込み版 with
 * and without 目次 and 解説.  Each is proved and linted by its writer; here it
 * must be accepted, hold all words, have the same bytes twice, and be valid by
 * the schemas of ECMA-376.
 */
#include "kt_parts.h"

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/ooxml.h>
#include <kaitei/read.h>
#include <kaitei/text.h>
#include <kaitei/write.h>
#include <kaitei/xml.h>

#include <unistd.h>

static struct kt_diag *diag;
static struct kt_buf out;

static void
begin(void)
{
	diag = kt_diag_new();
	out = (struct kt_buf)KT_BUF_INIT;
}

static void
end(void)
{
	kt_buf_release(&out);
	kt_diag_free(diag);
}

/* ---- files ------------------------------------------------------------ */

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

/* Has the schema something to say of the part?  Of the core properties it
 * has, but not without the net. */
static bool
has_schema(const char *part)
{
	size_t n = strlen(part);

	return n > 4 && strcmp(part + n - 4, ".xml") == 0 &&
	       strcmp(part, "[Content_Types].xml") != 0 &&
	       strcmp(part, "docProps/core.xml") != 0;
}

/* Put the parts of the file in out where xmllint will look for them. */
static void
keep_parts(const char *folder, const char *name)
{
	struct kt_package *p = NULL;
	const char *part;
	char path[300];

	KT_NUM(kt_package_open(&p, "a", out.p, out.len, NULL, diag), KT_OK);
	for (size_t i = 0; p != NULL && (part = kt_package_name(p, i)) != NULL;
	     i++) {
		struct kt_buf bytes = KT_BUF_INIT;

		if (!has_schema(part))
			continue;
		snprintf(path, sizeof(path), "%s/%s-%s", folder, name,
		    strchr(part, '/') + 1);
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

/* ---- words ------------------------------------------------------------ */

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
	struct kt_xml *x = kt_test_part_xml(&out, "", diag);
	const struct kt_xnode *root = kt_xml_root(x);
	bool same = true;

	kt_node_words(&words, of->root);
	count_characters(counts, words.p, 1);
	kt_buf_clear(&words);
	for (const struct kt_xnode *n = root; n != NULL;
	     n = kt_test_next(n, root))
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

/* ---- every paper ------------------------------------------------------ */

/* What can be made of two texts. */
struct pair {
	const struct kt_changes *list;
	const struct kt_doc *new;
	int kind;
};

static const struct kt_render renders[] = {
	{ .commentary = true, .as_of = "" },
	{ .as_of = "令和8年4月1日現在", .toc = true },
};

static const struct kt_redline redlines[] = {
	{ .author = NULL },
	{ .simple_moves = true, .date = "2026-04-01T09:30:00Z" },
	{ .fold_numbers = true, .without_commentary = true },
};

/* One paper into `to`; false when there is none of that number. */
static bool
make(struct kt_buf *to, const struct pair *p)
{
	size_t n = (size_t)p->kind;
	struct kt_table_how how = { .title = "" };

	if (n < KT_COUNT(renders)) {
		KT_NUM(kt_write_docx(to, p->new, &renders[n], diag), KT_OK);
		return true;
	}
	n -= KT_COUNT(renders);
	if (n < KT_COUNT(redlines)) {
		KT_NUM(
		    kt_write_redline(to, p->list, &redlines[n], diag), KT_OK);
		return true;
	}
	n -= KT_COUNT(redlines);
	if (kt_profile_name(n) == NULL)
		return false;
	how.profile = kt_profile_find(kt_profile_name(n));
	KT_NUM(kt_write_table_docx(to, p->list, &how, diag), KT_OK);
	return true;
}

static void
check_pair(
    const char *folder, const char *name, const char *before, const char *after)
{
	struct kt_doc *a = read_file(before), *b = read_file(after);
	struct kt_changes *list = NULL;
	struct kt_buf again = KT_BUF_INIT;
	struct pair p = { .new = b };
	char part[64];

	kt_diff(&list, a, b, diag);
	p.list = list;
	for (kt_buf_clear(&out); make(&out, &p); kt_buf_clear(&out)) {
		kt_buf_clear(&again);
		make(&again, &p);
		CU_ASSERT(is_same(&out, &again));
		if (p.kind == 0)
			check_words(b);
		snprintf(part, sizeof(part), "%s-%d", name, p.kind);
		keep_parts(folder, part);
		p.kind++;
	}
	tell_errors(name);
	kt_buf_release(&again);
	kt_changes_free(list);
	kt_doc_free(a);
	kt_doc_free(b);
}

static void
test_papers_of_the_sample_policies(void)
{
	static const char *const names[] = { "kanri-kitei", "taisaku-kijun",
		"cloud-riyo-kijun", "incident-yoko", "itaku-yoko", "kansa-yoko",
		"senryaku", "senryaku-gaiyo", "tanmatsu-yoko" };
	char folder[200], before[64], after[64];

	make_folder(folder, sizeof(folder));
	for (size_t i = 0; i < KT_COUNT(names); i++) {
		snprintf(before, sizeof(before), "policies/%s.md", names[i]);
		snprintf(
		    after, sizeof(after), "policies/revised/%s.md", names[i]);
		if (kt_file_exists(after))
			check_pair(folder, names[i], before, after);
		check_pair(folder, "same", before, before);
	}
	check_pair(folder, "guideline", "policies/guideline/r5.md",
	    "policies/guideline/r7.md");
	check_schema(folder);
	remove_folder(folder);
}

/* One picture as a figure, in the words, and in cells, narrower than itself. */
static void
test_papers_with_pictures(void)
{
	static const char text[] =
	    "# 図\n\n## "
	    "甲\n\n文の中の![印](a.png)と![](a.png)。\n\n![図1](a.png)\n\n"
	    "<table>\n<tr><td>甲</td><td><figure><img src=\"a.png\" alt=\"乙\">"
	    "</figure></td></tr>\n</table>\n\n| ![丙](b.png) | 丁 "
	    "|\n|---|---|\n"
	    "| ![印](a.png)欄 | ![無い](c.png) |\n";
	static const char *const names[] = { "a.png", "b.png" };
	struct kt_pictures *pictures = kt_pictures_new();
	struct kt_render how = { .pictures = pictures };
	struct kt_doc *doc = NULL, *back = NULL;
	struct kt_buf before = KT_BUF_INIT, after = KT_BUF_INIT,
		      png = KT_BUF_INIT;
	char folder[200];

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		KT_NUM(kt_file_read(&png, "policies/figures/bunsho-taikei.png",
			   SIZE_MAX / 2, diag),
		    KT_OK);
		KT_NUM(kt_pictures_add(pictures, names[i], &png,
			   (struct kt_place){ .line = 1 }, diag),
		    KT_OK);
		KT_NUM(png.len, 0);
	}
	KT_NUM(kt_read_markdown(&doc, "a.md", text, strlen(text), diag), KT_OK);
	KT_NUM(kt_write_docx(&out, doc, &how, diag), KT_OK);
	KT_NUM(kt_read(&back, "a.docx", out.p, out.len, diag), KT_OK);
	KT_NUM(kt_write_markdown(&before, doc, diag), KT_OK);
	KT_NUM(kt_write_markdown(&after, back, diag), KT_OK);
	KT_STR(after.p, before.p);
	make_folder(folder, sizeof(folder));
	keep_parts(folder, "pictures");
	check_schema(folder);
	remove_folder(folder);
	kt_doc_free(doc);
	kt_doc_free(back);
	kt_buf_release(&before);
	kt_buf_release(&after);
	kt_pictures_free(pictures);
}

/* How often something stands in the document part of the file in out. */
static size_t
count_of(const char *words)
{
	struct kt_buf part = kt_test_part(&out, "", diag);
	size_t n = 0;

	for (const char *at = part.p; (at = strstr(at, words)) != NULL; n++)
		at += strlen(words);
	kt_buf_release(&part);
	return n;
}

static void
add_picture(struct kt_pictures *to, const char *name, const char *file)
{
	struct kt_buf png = KT_BUF_INIT;

	KT_NUM(kt_file_read(&png, file, SIZE_MAX / 2, diag), KT_OK);
	KT_NUM(kt_pictures_add(
		   to, name, &png, (struct kt_place){ .line = 1 }, diag),
	    KT_OK);
}

/* Figures that stay, have another file, other bytes under the same name, that
 * are added, deleted, lost on one side, that stand in words and in cells: every
 * table and redline of them is proved by its writer, and valid. */
static void
test_pictures_of_two_texts(void)
{
	static const char before[] =
	    "# 図\n\n## "
	    "甲\n\n文の中の![印](a.png)と![](b.png)。\n\n![図1](a.png)"
	    "\n\n![図2](b.png)\n\n![図3](d.png)\n\n![図9](x.png)\n\n"
	    "## 丙\n\n消える。\n\n![図5](d.png)\n\n"
	    "| ![丙](a.png) | 丁 |\n|---|---|\n| ![印](a.png)欄 | 一 |\n";
	static const char after[] =
	    "# 図\n\n## 甲\n\n文の中の![印](c.png)と![](b.png)字。\n\n"
	    "![図1](a.png)\n\n![図2](b.png)\n\n![図3](c.png)\n\n"
	    "![図9](x.png)\n\n"
	    "## 乙\n\n加わる。\n\n![図4](c.png)\n\n![](a.png)\n\n"
	    "| ![丙](c.png) | 丁 |\n|---|---|\n| ![印](a.png)欄 | 二 |\n";
	static const char one[] = "policies/figures/bunsho-taikei.png",
			  two[] = "docs/gallery/redline.png";
	struct kt_pictures *old = kt_pictures_new(), *new = kt_pictures_new();
	struct kt_doc *a = NULL, *b = NULL;
	struct kt_changes *list = NULL;
	const char *first = "", *name;
	char folder[200], part[32];

	add_picture(old, "a.png", one);
	add_picture(old, "b.png", one);
	add_picture(old, "d.png", one);
	add_picture(old, "x.png", one);
	add_picture(new, "a.png", one);
	add_picture(new, "b.png", two);
	add_picture(new, "c.png", two);
	KT_NUM(kt_pictures_differ(old, new, &first), 1);
	KT_STR(first, "b.png");
	KT_NUM(
	    kt_read_markdown(&a, "a.md", before, strlen(before), diag), KT_OK);
	KT_NUM(kt_read_markdown(&b, "b.md", after, strlen(after), diag), KT_OK);
	kt_diff(&list, a, b, diag);
	make_folder(folder, sizeof(folder));
	for (size_t i = 0; (name = kt_profile_name(i)) != NULL; i++) {
		const struct kt_table_how how = { .title = "",
			.profile = kt_profile_find(name),
			.old_pictures = old,
			.new_pictures = new };

		kt_buf_clear(&out);
		KT_NUM(kt_write_table_docx(&out, list, &how, diag), KT_OK);
		CU_ASSERT(count_of("<w:drawing>") >= 5);
		keep_parts(folder, name);
	}
	for (int i = 0; i < 4; i++) {
		const struct kt_redline how = { .simple_moves = i % 2 == 1,
			.fold_numbers = i > 1,
			.old_pictures = old,
			.new_pictures = new };

		kt_buf_clear(&out);
		KT_NUM(kt_write_redline(&out, list, &how, diag), KT_OK);
		/* 図1 once; 図2 and 図3 twice; 図4, 図5 and the last; in words
		 * three; in cells three and a figure twice. */
		CU_ASSERT(count_of("<w:drawing>") >= 10);
		snprintf(part, sizeof(part), "redline%d", i);
		keep_parts(folder, part);
	}
	check_schema(folder);
	remove_folder(folder);
	tell_errors("pictures");
	kt_changes_free(list);
	kt_doc_free(a);
	kt_doc_free(b);
	kt_pictures_free(old);
	kt_pictures_free(new);
}

/* A table of two texts, in the layout of a name, into out. */
static void
put_table(const char *profile, const char *before, const char *after)
{
	struct kt_doc *a = NULL, *b = NULL;
	struct kt_changes *list = NULL;
	struct kt_table_how how = { .title = "",
		.profile = kt_profile_find(profile) };

	kt_buf_clear(&out);
	KT_NUM(
	    kt_read_markdown(&a, "a.md", before, strlen(before), diag), KT_OK);
	KT_NUM(kt_read_markdown(&b, "b.md", after, strlen(after), diag), KT_OK);
	kt_diff(&list, a, b, diag);
	KT_NUM(kt_write_table_docx(&out, list, &how, diag), KT_OK);
	kt_changes_free(list);
	kt_doc_free(a);
	kt_doc_free(b);
}

static void
test_the_sentence_of_tottori_names_what_there_is(void)
{
	static const char rows[] = "## 第1条\n\n甲とする。\n\n| 区分 | 年 "
				   "|\n|---|---|\n| 端末 | 3 |\n";

	put_table(
	    "tottori", "## 第1条\n\n甲とする。\n", "## 第1条\n\n乙とする。\n");
	KT_NUM(count_of("欄に掲げる規定に、下線で示すように改正する。"), 1);
	put_table("tottori", "## 第1条\n\n甲とする。\n",
	    "## 第1条\n\n甲とする。\n\n## 第2条\n\n乙とする。\n");
	KT_NUM(count_of("欄に掲げる規定に、下線で示すように改正する。"), 1);
	put_table("tottori", rows,
	    "## 第1条\n\n甲とする。\n\n| 区分 | 年 |\n|---|---|\n| 端末 | 5 "
	    "|\n");
	KT_NUM(count_of("下線及び太枠で示すように改正する。"), 1);
}

/* LibreOffice lays such a row out anew on every page, if it is to stay whole.
 */
static void
test_a_row_with_a_table_inside_may_be_parted(void)
{
	struct kt_xml *x;
	const struct kt_xnode *root, *n;
	size_t plain = 0, outer = 0, inner = 0;

	put_table("shi-hyojun",
	    "## 第1条\n\n甲とする。\n\n| 区分 | 年 |\n|---|---|\n| 端末 | 3 "
	    "|\n",
	    "## 第1条\n\n乙とする。\n\n| 区分 | 年 |\n|---|---|\n| 端末 | 5 "
	    "|\n");
	x = kt_test_part_xml(&out, "", diag);
	root = kt_xml_root(x);
	for (n = root; n != NULL; n = kt_test_next(n, root)) {
		const struct kt_xnode *how = kt_xnode_child(n, "trPr");
		bool whole =
		    how != NULL && kt_xnode_child(how, "cantSplit") != NULL;
		const struct kt_xnode *cell = kt_xnode_child(n, "tc");

		if (!kt_xnode_is(n, "tr") || cell == NULL)
			continue;
		if (kt_xnode_child(cell, "tbl") != NULL) {
			outer++;
			CU_ASSERT(!whole);
		} else if (kt_xnode_is(
			       kt_xnode_parent(kt_xnode_parent(n)), "tc")) {
			inner++;
			CU_ASSERT(whole);
		} else {
			plain++;
			CU_ASSERT(whole);
		}
	}
	CU_ASSERT(plain > 0 && outer > 0 && inner > 0);
	kt_xml_free(x);
}

/* Programs take a cell that says nothing for a horizontal one.  Digits stand,
 * but where a line beside the words would run across them. */
static void
test_a_vertical_table_is_vertical_in_each_cell(void)
{
	static const char before[] = "## 第1条\n\n端末は、12台とする。\n",
			  after[] = "## 第1条\n\n端末は、34台とし、1.5倍"
				    "まで10年間用いる。\n";

	put_table("houshikisho-tate", before, after);
	CU_ASSERT(count_of("<w:tc>") > 0);
	KT_NUM(
	    count_of("<w:textDirection w:val=\"tbRlV\"/>"), count_of("<w:tc>"));
	KT_NUM(count_of("<w:eastAsianLayout w:id=\"1\" w:vert=\"1\"/></w:rPr>"
			"<w:t xml:space=\"preserve\">1</w:t>"),
	    1);
	KT_NUM(count_of("w:vert=\"1\""), 2); /* 第1条, in both columns */
}

/* Every beginning of a file, and each of its bytes changed. */
static void
test_a_picture_that_is_none_is_refused(void)
{
	struct kt_pictures *p = kt_pictures_new();
	struct kt_buf png = KT_BUF_INIT, some = KT_BUF_INIT;
	struct kt_place at = { .line = 3 };

	KT_NUM(kt_file_read(&png, "policies/figures/bunsho-taikei.png",
		   SIZE_MAX / 2, diag),
	    KT_OK);
	for (size_t n = 0; n < png.len; n += n < 100 ? 1 : 997) {
		kt_buf_put(&some, png.p, n);
		KT_NUM(kt_pictures_add(p, "a", &some, at, diag), KT_EINPUT);
		KT_NUM(some.len, 0);
	}
	for (size_t i = 0; i < 64; i++) {
		kt_buf_put(&some, png.p, png.len);
		some.p[i] = (char)(some.p[i] ^ 0xff);
		kt_pictures_add(p, "b", &some, at, diag);
		KT_NUM(some.len, 0);
	}
	kt_buf_release(&png);
	kt_pictures_free(p);
}

/* Ten pairs at a time, so that their parts do not fill the disk. */
static void
test_papers_of_real_laws(void)
{
	char folder[200], name[16], before[64], after[64];

	if (!kt_test_data("egov-pairs"))
		return;
	for (int i = 1; i <= 216; i++) {
		if (i % 10 == 1)
			make_folder(folder, sizeof(folder));
		snprintf(name, sizeof(name), "%03d", i);
		snprintf(before, sizeof(before),
		    KT_DATA "/egov-pairs/%s/before.xml", name);
		snprintf(after, sizeof(after),
		    KT_DATA "/egov-pairs/%s/after.xml", name);
		check_pair(folder, name, before, after);
		if (i % 10 == 0 || i == 216) {
			check_schema(folder);
			remove_folder(folder);
		}
	}
}

int
main(void)
{
	CU_TestInfo papers[] = {
		{ "papers of the sample policies",
		    test_papers_of_the_sample_policies },
		{ "papers with pictures", test_papers_with_pictures },
		{ "pictures of two texts", test_pictures_of_two_texts },
		{ "the sentence of tottori names what there is",
		    test_the_sentence_of_tottori_names_what_there_is },
		{ "a row with a table inside may be parted",
		    test_a_row_with_a_table_inside_may_be_parted },
		{ "a vertical table is vertical in each cell",
		    test_a_vertical_table_is_vertical_in_each_cell },
		{ "a picture that is none is refused",
		    test_a_picture_that_is_none_is_refused },
		{ "papers of real laws", test_papers_of_real_laws },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "papers", NULL, NULL, begin, end, papers },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
