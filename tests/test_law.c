/* SPDX-License-Identifier: MIT */
/*
 * The whole of the real texts: every file is read, goes through the model and
 * back into 法令標準XML and Markdown, and says the same in text and XML.
 */
#include "law_same.h"

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

#include <dirent.h>
#include <time.h>

#define PAIRS 216

static struct kt_diag *diag;

static struct {
	size_t files, bytes, whole, markdown;
	double read, write, to_markdown;
} sum;

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

static int
end_of_laws(void)
{
	if (sum.files > 0)
		printf("\n    %zu laws, %.1f MB: read in %.2f s (%.0f MB/s), "
		       "%zu back whole as XML in %.2f s, %zu through Markdown "
		       "in %.2f s\n",
		    sum.files, (double)sum.bytes / 1e6, sum.read,
		    (double)sum.bytes / 1e6 / sum.read, sum.whole, sum.write,
		    sum.markdown, sum.to_markdown);
	return end();
}

static double
now(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* One file as bytes and document. */
struct text {
	char path[512];
	struct kt_buf bytes;
	struct kt_doc *doc;
};

static bool
load(struct text *t, const char *path)
{
	int rc;

	*t = (struct text){ .bytes = KT_BUF_INIT };
	snprintf(t->path, sizeof(t->path), "%s", path);
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&t->bytes, path, KT_READ_MAX, diag), KT_OK);
	rc = kt_read(&t->doc, path, t->bytes.p, t->bytes.len, diag);
	CU_ASSERT_EQUAL(rc, KT_OK);
	if (rc != KT_OK)
		printf("\n    not read: %s\n", path);
	return rc == KT_OK;
}

static void
drop(struct text *t)
{
	kt_doc_free(t->doc);
	kt_buf_release(&t->bytes);
}

/* Call `each` for every file of the pairs. */
static void
for_all_pairs(void (*each)(struct text *t))
{
	for (int i = 1; i <= PAIRS; i++) {
		static const char *const sides[] = { "before", "after" };

		for (size_t k = 0; k < KT_COUNT(sides); k++) {
			struct text t;
			char path[64];

			snprintf(path, sizeof(path),
			    KT_DATA "/egov-pairs/%03d/%s.xml", i, sides[k]);
			if (load(&t, path))
				each(&t);
			drop(&t);
		}
	}
}

/* ---- 法令標準XML and back ------------------------------------------------ */

/* Files that do not come back as they were, and why that is right. */
static const struct {
	const char *path, *why;
} excused[] = {
	{ "/017/after.xml", "one Ruby holds two words and two readings; each "
			    "reading gets its own" },
	{ "/167/after.xml", "a single sentence is numbered 2 by mistake" },
};

static bool
is_excused(const char *path)
{
	for (size_t i = 0; i < KT_COUNT(excused); i++)
		if (strstr(path, excused[i].path) != NULL)
			return true;
	return false;
}

static void
check_back(struct text *t)
{
	struct kt_buf out = KT_BUF_INIT, why = KT_BUF_INIT;
	struct kt_xml *before = NULL, *after = NULL;
	struct kt_doc *again = NULL;
	double start = now();
	bool same;

	CU_ASSERT_EQUAL(
	    kt_read_lawxml(&again, t->path, t->bytes.p, t->bytes.len, NULL),
	    KT_OK);
	sum.read += now() - start;
	kt_doc_free(again);
	start = now();

	CU_ASSERT_EQUAL(kt_write_lawxml(&out, t->doc, diag), KT_OK);
	sum.write += now() - start;
	CU_ASSERT_EQUAL_FATAL(
	    kt_xml_parse(&before, t->path, t->bytes.p, t->bytes.len, diag),
	    KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_xml_parse(&after, "written", out.p, out.len, diag), KT_OK);
	same = law_same(before, after, &why);
	if (same == is_excused(t->path))
		printf("\n    %s: %s\n", t->path,
		    same ? "comes back whole, though excused" : why.p);
	CU_ASSERT(same != is_excused(t->path));
	sum.whole += same;
	sum.bytes += t->bytes.len;
	sum.files++;
	kt_xml_free(before);
	kt_xml_free(after);
	kt_buf_release(&out);
	kt_buf_release(&why);
}

/* The states and bases of laws that are in the other sets. */
static void
check_other_laws(void)
{
	static const char *const paths[] = {
		KT_DATA "/gyosei-tetsuzuki/10b-20201118.xml",
		KT_DATA "/gyosei-tetsuzuki/11-20240401.xml",
	};

	for (size_t i = 0; i < KT_COUNT(paths); i++) {
		struct text t;

		if (!kt_file_exists(paths[i]))
			continue;
		if (load(&t, paths[i]))
			check_back(&t);
		drop(&t);
	}
}

static void
test_every_law_comes_back_as_it_was(void)
{
	if (!kt_test_data("egov-pairs"))
		return;
	for_all_pairs(check_back);
	KT_NUM(sum.files, 2 * PAIRS);
	CU_ASSERT(sum.whole >= 430);
	check_other_laws();
}

/* Nothing that the model cannot hold stays unsaid: in these files there are
 * only attributes of layout, and one title that holds its article's text. */
static void
check_reports(struct text *t)
{
	for (size_t i = 0; i < kt_diag_count(diag); i++) {
		const struct kt_msg *m = kt_diag_get(diag, i);

		CU_ASSERT(m->id == KT_M_LAW_ATTRIBUTE ||
			  m->id == KT_M_LAW_TITLE_WORDS);
		if (m->id == KT_M_LAW_TITLE_WORDS)
			KT_STR(t->path + strlen(KT_DATA), "/egov-pairs/006/"
							  "after.xml");
	}
}

static void
test_what_a_law_says_has_a_place_in_the_model(void)
{
	if (kt_test_data("egov-pairs"))
		for_all_pairs(check_reports);
}

/* ---- Markdown and back -------------------------------------------------- */

static void
check_markdown(struct text *t)
{
	struct kt_buf out = KT_BUF_INIT;
	struct kt_doc *back = NULL;
	const struct kt_node *a = NULL, *b = NULL;
	double start = now();
	bool same;

	CU_ASSERT_EQUAL(kt_write_markdown(&out, t->doc, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&back, "written", out.p, out.len, diag), KT_OK);
	sum.to_markdown += now() - start;
	same = kt_node_equal(t->doc->root, back->root, &a, &b);
	if (!same)
		printf("\n    %s: line %u '%.120s' / '%.120s'\n", t->path,
		    a == NULL ? 0 : a->line, a == NULL ? "" : a->text,
		    b == NULL ? "" : b->text);
	CU_ASSERT_TRUE(same);
	KT_STR(back->meta.number, t->doc->meta.number);
	sum.markdown += same;
	kt_doc_free(back);
	kt_buf_release(&out);
}

static void
test_every_law_goes_through_markdown(void)
{
	if (!kt_test_data("egov-pairs"))
		return;
	for_all_pairs(check_markdown);
	KT_NUM(sum.markdown, 2 * PAIRS);
}

/* ---- 行政手続法 --------------------------------------------------------- */

static size_t
count_main(const struct kt_doc *doc, enum kt_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *at = doc->nodes[i], *up = at;

		while (up != NULL && up->kind != KT_SUPPL)
			up = up->parent;
		n += at->kind == kind && up == NULL;
	}
	return n;
}

static size_t
count_kind(const struct kt_doc *doc, enum kt_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < doc->count; i++)
		n += doc->nodes[i]->kind == kind;
	return n;
}

#define GYOTETSU KT_DATA "/gyosei-tetsuzuki/"

static void
test_the_ten_states_of_one_law_have_their_clauses(void)
{
	static const struct {
		const char *name;
		size_t chapters, sections, articles, suppl;
	} at[] = {
		{ "01-19931112.law.txt", 6, 3, 38, 1 },
		{ "02-19991208.law.txt", 6, 3, 38, 2 },
		{ "03-19991222.law.txt", 6, 3, 38, 3 },
		{ "04-20021213.law.txt", 6, 3, 38, 4 },
		{ "05-20030716.law.txt", 6, 3, 38, 5 },
		{ "06-20050629.law.txt", 7, 3, 46, 6 },
		{ "07-20060608.law.txt", 7, 3, 46, 7 },
		{ "08-20060614.law.txt", 7, 3, 46, 8 },
		{ "09-20140613.law.txt", 7, 3, 46, 9 },
		{ "10-20140613.law.txt", 8, 3, 48, 10 },
	};

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct text t;
		char path[128];

		snprintf(path, sizeof(path), GYOTETSU "%s", at[i].name);
		if (load(&t, path)) {
			KT_STR(t.doc->root->caption, "行政手続法");
			KT_STR(t.doc->meta.number, "平成五年法律第八十八号");
			KT_NUM(count_main(t.doc, KT_CHAPTER), at[i].chapters);
			KT_NUM(count_main(t.doc, KT_SECTION), at[i].sections);
			KT_NUM(count_main(t.doc, KT_ARTICLE), at[i].articles);
			KT_NUM(count_kind(t.doc, KT_SUPPL), at[i].suppl);
			KT_NUM(kt_diag_count(diag), 0);
		}
		drop(&t);
	}
}

/* The next 条 of the main part, from `at` on. */
static const struct kt_node *
next_article(const struct kt_doc *doc, const struct kt_node *at)
{
	while (at != NULL && at->kind != KT_ARTICLE && at->kind != KT_SUPPL)
		at = kt_node_next(at, doc->root);
	return at == NULL || at->kind == KT_SUPPL ? NULL : at;
}

static bool
same_words(const struct kt_node *a, const struct kt_node *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	kt_node_words(&x, a);
	kt_node_words(&y, b);
	same = strcmp(x.p, y.p) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* Between the two dates one 号 of 第三条 was amended. */
static void
compare_articles(const struct kt_doc *xml, const struct kt_doc *txt)
{
	const struct kt_node *a = next_article(xml, xml->root);
	const struct kt_node *b = next_article(txt, txt->root);
	size_t same = 0;

	while (a != NULL && b != NULL) {
		KT_STR(a->label, b->label);
		if (same_words(a, b))
			same++;
		else
			KT_STR(a->label, "第三条");
		a = next_article(xml, kt_node_skip(a, xml->root));
		b = next_article(txt, kt_node_skip(b, txt->root));
	}
	CU_ASSERT(a == NULL && b == NULL);
	KT_NUM(same, 47);
}

static void
test_text_and_xml_of_one_law_say_the_same(void)
{
	struct text xml, txt;

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	if (load(&xml, GYOTETSU "10b-20201118.xml")) {
		if (load(&txt, GYOTETSU "10-20140613.law.txt"))
			compare_articles(xml.doc, txt.doc);
		drop(&txt);
	}
	drop(&xml);
}

/* ---- plain text keeps every character ----------------------------------- */

/* Characters that may come or go: blanks, and the brackets of captions and
 * numbers, which are structure. */
static bool
is_layout(uint32_t c)
{
	return kt_is_space(c) || c == '\n' || c == '\r' || c == 0xff08 ||
	       c == 0xff09 || c == '(' || c == ')';
}

static void
put_characters(struct kt_buf *out, const char *p, size_t n)
{
	unsigned len;

	for (const char *end = p + n; p < end; p += len)
		if (!is_layout(kt_utf8_at(p, &len)))
			kt_buf_put(out, p, len);
}

static void
put_string(struct kt_buf *out, const char *s)
{
	put_characters(out, s, strlen(s));
}

/* The document as it was typed: captions of 条 and 項 before their label. */
static void
put_document(struct kt_buf *out, const struct kt_doc *doc)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *at = doc->nodes[i];
		bool above = at->kind == KT_ARTICLE || at->kind == KT_PARAGRAPH;

		if (above)
			put_string(out, at->caption);
		put_string(out, at->label);
		put_string(out, at->related);
		if (!above)
			put_string(out, at->caption);
		put_string(out, at->text);
		if (at == doc->root)
			put_string(out, doc->meta.number);
	}
}

/* The file without the words of its directives. */
static void
put_file(struct kt_buf *out, const struct kt_buf *bytes)
{
	static const char enact[] = ":enact-statement:";
	const char *cut = strstr(bytes->p, enact);

	if (cut == NULL) {
		put_string(out, bytes->p);
		return;
	}
	put_characters(out, bytes->p, (size_t)(cut - bytes->p));
	put_string(out, cut + strlen(enact));
}

/* Where two strings part, for people. */
static void
show_difference(const char *path, const char *a, const char *b)
{
	size_t i = 0, from;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	from = i > 60 ? i - 60 : 0;
	printf("\n    %s\n    file  %.180s\n    model %.180s\n", path, a + from,
	    b + from);
}

static bool
keeps_characters(const struct text *t)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;
	bool same;

	put_file(&a, &t->bytes);
	put_document(&b, t->doc);
	same = strcmp(a.p, b.p) == 0;
	if (!same)
		show_difference(t->path, a.p, b.p);
	kt_buf_release(&a);
	kt_buf_release(&b);
	return same;
}

/* Through XML and back a text keeps its clauses, too. */
static void
check_text_as_xml(const struct text *t)
{
	struct kt_buf out = KT_BUF_INIT;
	struct kt_doc *back = NULL;
	const struct kt_node *a = NULL, *b = NULL;
	bool same;

	CU_ASSERT_EQUAL(kt_write_lawxml(&out, t->doc, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_lawxml(&back, "written", out.p, out.len, diag), KT_OK);
	same = kt_node_equal(t->doc->root, back->root, &a, &b);
	if (!same)
		printf("\n    %s: %s '%.90s' / %s '%.90s'\n", t->path,
		    a == NULL ? "" : kt_kind_name(a->kind),
		    a == NULL ? "" : a->text,
		    b == NULL ? "" : kt_kind_name(b->kind),
		    b == NULL ? "" : b->text);
	CU_ASSERT_TRUE(same);
	kt_doc_free(back);
	kt_buf_release(&out);
}

static size_t
check_folder(const char *folder, bool as_xml)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	size_t n = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
	while ((e = readdir(dir)) != NULL) {
		struct text t;
		char path[512];

		if (strstr(e->d_name, ".txt") == NULL)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (load(&t, path)) {
			CU_ASSERT_TRUE(keeps_characters(&t));
			KT_NUM(kt_diag_count(diag), 0);
			if (as_xml)
				check_text_as_xml(&t);
		}
		drop(&t);
		n++;
	}
	closedir(dir);
	return n;
}

static void
test_plain_text_keeps_every_character_in_its_place(void)
{
	if (kt_test_data("lawtext-samples"))
		KT_NUM(check_folder(KT_DATA "/lawtext-samples", true), 18);
	if (kt_test_data("gyosei-tetsuzuki"))
		KT_NUM(check_folder(KT_DATA "/gyosei-tetsuzuki", true), 10);
	if (kt_test_data("osaka"))
		KT_NUM(check_folder(KT_DATA "/osaka", false), 2);
}

/* The clauses in a line: "(headed 1 目的 (text)(note (注)) …". */
static void
shape(struct kt_buf *out, const struct kt_node *node)
{
	kt_buf_printf(out, "(%s %s %s", kt_kind_name(node->kind), node->label,
	    node->caption);
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		shape(out, at);
	kt_buf_putc(out, ')');
}

/* Behind the head lines, which differ. */
static void
compare_shapes(const struct kt_doc *old, const struct kt_doc *new)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	KT_NUM(old->style, KT_STYLE_KOBAN);
	KT_NUM(new->style, KT_STYLE_KOBAN);
	shape(&a, old->root->last->prev);
	shape(&a, old->root->last);
	shape(&b, new->root->last->prev);
	shape(&b, new->root->last);
	KT_STR(b.p, a.p);
	KT_STR(a.p,
	    "(headed 1 目的(text  )(note (注) )(text  )(text  )(text  ))"
	    "(headed 2 用語(text  )(item (1) )(item (2) ))");
	kt_buf_release(&a);
	kt_buf_release(&b);
}

static void
test_two_ways_of_typing_the_same_rules_are_read_alike(void)
{
	struct text old, new;

	if (!kt_test_data("osaka"))
		return;
	if (load(&old, KT_DATA "/osaka/taisaku_kijun_20220401_head.txt")) {
		if (load(
			&new, KT_DATA "/osaka/taisaku_kijun_20250409_head.txt"))
			compare_shapes(old.doc, new.doc);
		drop(&new);
	}
	drop(&old);
}

static CU_TestInfo xml_tests[] = {
	{ "every law comes back as it was",
	    test_every_law_comes_back_as_it_was },
	{ "what a law says has a place in the model",
	    test_what_a_law_says_has_a_place_in_the_model },
	{ "every law goes through Markdown",
	    test_every_law_goes_through_markdown },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo text_tests[] = {
	{ "the ten states of one law have their clauses",
	    test_the_ten_states_of_one_law_have_their_clauses },
	{ "text and XML of one law say the same",
	    test_text_and_xml_of_one_law_say_the_same },
	{ "plain text keeps every character in its place",
	    test_plain_text_keeps_every_character_in_its_place },
	{ "two ways of typing the same rules are read alike",
	    test_two_ways_of_typing_the_same_rules_are_read_alike },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "laws", begin, end_of_laws, NULL, NULL, xml_tests },
		{ "texts", begin, end, NULL, NULL, text_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
