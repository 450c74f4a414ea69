/* SPDX-License-Identifier: MIT */
/*
 * Addresses, references and lint over all real texts: every clause is found
 * by its own address, hardly a reference leads nowhere, the laws of the State
 * have no other errors; and what it costs on a document of 12,000 articles.
 */
#include "kt_build.h"

#include <kaitei/read.h>

#include <dirent.h>
#include <time.h>

/* References that lead nowhere in the 432 files of egov-pairs: slips of the
 * texts and forms that the files do not hold, each looked at. */
#define DANGLING_KNOWN 53
#define RESOLVED_LEAST 67000

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

/* ---- the texts ----------------------------------------------------------- */

typedef void visit_fn(const struct kt_doc *doc, const char *name);

static void
visit_file(const char *path, visit_fn *visit)
{
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL(kt_read_file(&doc, path, diag), KT_OK);
	if (doc == NULL) {
		printf("\n    not read: %s\n", path);
		return;
	}
	visit(doc, path);
	kt_doc_free(doc);
}

static size_t
visit_pairs(visit_fn *visit)
{
	char path[128];
	size_t n = 0;

	for (int i = 1; i <= 216; i++)
		for (int side = 0; side < 2; side++, n++) {
			snprintf(path, sizeof(path),
			    KT_DATA "/egov-pairs/%03d/%s.xml", i,
			    side == 0 ? "before" : "after");
			visit_file(path, visit);
		}
	return n;
}

/* Every file of a directory that ends in `suffix`. */
static size_t
visit_directory(const char *name, const char *suffix, visit_fn *visit)
{
	char path[1024];
	DIR *dir = opendir(name);
	struct dirent *entry;
	size_t n = 0, tail = strlen(suffix);

	CU_ASSERT_PTR_NOT_NULL_FATAL(dir);
	while ((entry = readdir(dir)) != NULL) {
		size_t len = strlen(entry->d_name);

		if (len < tail ||
		    strcmp(entry->d_name + len - tail, suffix) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", name, entry->d_name);
		visit_file(path, visit);
		n++;
	}
	closedir(dir);
	return n;
}

/* ---- addresses ----------------------------------------------------------- */

static size_t cited, wrong;

/* Does the clause hold the node, or does it stand behind it? */
static bool
is_clause_of(const struct kt_node *clause, const struct kt_node *node)
{
	for (; node != NULL; node = node->parent) {
		if (node == clause)
			return true;
		/* Quoted matter behind a clause is cited by it. */
		if (node->kind == KT_QUOTE)
			return true;
	}
	return false;
}

static void
put_digits(struct kt_buf *out, const char *addr, enum kt_form form)
{
	bool numbered = false; /* behind 第: 第12条, not 6(1) */

	for (const char *p = addr; *p != '\0';) {
		struct kt_num num = { .form = form, .n = 1 };
		unsigned v = 0;

		if (*p < '0' || *p > '9' || (form == KT_F_KANJI && !numbered)) {
			numbered = strncmp(p, "第", 3) == 0 ||
				   (numbered && (*p & 0xc0) == 0x80);
			kt_buf_putc(out, *p++);
			continue;
		}
		while (*p >= '0' && *p <= '9')
			v = v * 10 + (unsigned)(*p++ - '0');
		num.v[0] = v;
		kt_num_write(out, &num);
		numbered = false;
	}
}

/* The address in other numerals leads to the same clause. */
static void
find_in_form(const struct kt_doc *doc, const char *addr,
    const struct kt_node *want, enum kt_form form)
{
	struct kt_buf other = KT_BUF_INIT;
	struct kt_spot spot = { .node = NULL };

	put_digits(&other, addr, form);
	if (kt_addr_find(&spot, doc, other.p) != KT_OK || spot.node != want) {
		wrong++;
		printf("\n    %s: %s is not found\n", addr, other.p);
	}
	kt_buf_release(&other);
}

static void
find_all(const struct kt_doc *doc, const char *name)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *node = doc->nodes[i];
		const char *addr = kt_addr(doc, node);
		struct kt_spot spot = { .node = NULL };

		if (kt_addr_find(&spot, doc, addr) != KT_OK ||
		    spot.part != KT_P_WHOLE || !is_clause_of(spot.node, node)) {
			wrong++;
			printf("\n    %s: %s (%s)\n", name, addr,
			    kt_kind_name(node->kind));
		} else if (spot.node == node) {
			cited++;
			if (i % 7 == 0) {
				find_in_form(doc, addr, node, KT_F_KANJI);
				find_in_form(doc, addr, node, KT_F_WIDE);
			}
		}
		/* A clause that is not found by itself is not cited. */
		if (spot.node != node &&
		    (node->kind == KT_ARTICLE || node->kind == KT_HEADED ||
			node->kind == KT_SUPPL || node->kind == KT_APPENDIX) &&
		    is_clause_of(spot.node, node->parent) && node->unit == node)
			wrong++;
	}
}

static void
test_every_clause_is_found_by_its_own_address(void)
{
	cited = wrong = 0;
	visit_directory("policies", ".md", find_all);
	visit_directory("policies/guideline", ".md", find_all);
	if (kt_test_data("egov-pairs"))
		visit_pairs(find_all);
	if (kt_test_data("gyosei-tetsuzuki"))
		visit_directory(KT_DATA "/gyosei-tetsuzuki", ".txt", find_all);
	if (kt_test_data("lawtext-samples"))
		visit_directory(KT_DATA "/lawtext-samples", ".txt", find_all);
	KT_NUM(wrong, 0);
	CU_ASSERT(cited > 1000);
	printf("\n    %zu clauses found by their own address ", cited);
}

/* ---- references ---------------------------------------------------------- */

static size_t count[3];

static void
count_references(const struct kt_doc *doc, const char *name)
{
	struct kt_refs *refs = kt_refs_new(doc);

	for (size_t i = 0; i < refs->count; i++) {
		const struct kt_ref *r = &refs->at[i];
		const char *from =
		    r->in_related ? r->node->related : r->node->text;

		count[r->state]++;
		/* A reference is a stretch of its text, behind the last. */
		CU_ASSERT(r->len > 0 && r->start + r->len <= strlen(from));
		if (i > 0 && r[-1].node == r->node &&
		    r[-1].in_related == r->in_related)
			CU_ASSERT(r[-1].start + r[-1].len <= r->start);
		if (r->state == KT_R_RESOLVED)
			CU_ASSERT_PTR_NOT_NULL(r->to.node);
	}
	for (size_t i = 0; i < doc->count; i++)
		CU_ASSERT(refs->first[i] <= refs->first[i + 1]);
	kt_refs_free(refs);
	(void)name;
}

static void
test_hardly_a_reference_of_a_law_leads_nowhere(void)
{
	if (!kt_test_data("egov-pairs"))
		return;
	memset(count, 0, sizeof(count));
	visit_pairs(count_references);
	printf("\n    %zu references to own clauses, %zu to other documents, "
	       "%zu lead nowhere ",
	    count[KT_R_RESOLVED], count[KT_R_EXTERNAL], count[KT_R_DANGLING]);
	CU_ASSERT(count[KT_R_DANGLING] <= DANGLING_KNOWN);
	CU_ASSERT(count[KT_R_RESOLVED] >= RESOLVED_LEAST);
}

/* ---- lint ---------------------------------------------------------------- */

static size_t errors[KT_M__COUNT], warnings;

static void
lint(const struct kt_doc *doc, const char *name)
{
	kt_diag_clear(diag);
	kt_check(doc, diag);
	for (size_t i = 0; i < kt_diag_count(diag); i++) {
		const struct kt_msg *m = kt_diag_get(diag, i);

		if (kt_msg_level(m->id) == KT_ERROR)
			errors[m->id]++;
		else if (kt_msg_level(m->id) == KT_WARNING)
			warnings++;
	}
	(void)name;
}

static void
test_the_laws_of_the_state_are_nearly_silent(void)
{
	size_t files, others = 0;

	if (!kt_test_data("egov-pairs"))
		return;
	memset(errors, 0, sizeof(errors));
	warnings = 0;
	files = visit_pairs(lint);
	for (int i = 0; i < KT_M__COUNT; i++)
		if (i != KT_M_REF_DANGLING)
			others += errors[i];
	KT_NUM(others, 0);
	CU_ASSERT(errors[KT_M_REF_DANGLING] <= DANGLING_KNOWN);
	CU_ASSERT(warnings * 10 <= files);
	printf("\n    %zu warnings in %zu files ", warnings, files);
}

static void
test_the_administrative_procedure_act_is_silent(void)
{
	size_t bad = 0;

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	memset(errors, 0, sizeof(errors));
	warnings = 0;
	visit_directory(KT_DATA "/gyosei-tetsuzuki", ".txt", lint);
	for (int i = 0; i < KT_M__COUNT; i++)
		bad += errors[i];
	KT_NUM(bad, 0);
	KT_NUM(warnings, 0);
}

/* ---- size ---------------------------------------------------------------- */

/* Milliseconds of this process, whatever else the machine does. */
static double
now(void)
{
	return (double)clock() * 1e3 / CLOCKS_PER_SEC;
}

static struct kt_node *
add(struct kt_doc *doc, struct kt_node *parent, enum kt_kind kind,
    const char *label, const char *text)
{
	struct kt_node *node = kt_doc_add(doc, parent, kind);

	kt_node_label(doc, node, label);
	kt_node_text(doc, node, text, strlen(text));
	return node;
}

/* 12,000 articles in chapters of fifteen, two 項 and three 号 each. */
static struct kt_doc *
big_document(unsigned articles)
{
	struct kt_doc *doc = kt_doc_new("big");
	struct kt_node *chapter = NULL, *article, *paragraph;
	char words[256];

	for (unsigned i = 1; i <= articles; i++) {
		if (i % 15 == 1) {
			snprintf(words, sizeof(words), "第%u章", i / 15 + 1);
			chapter = add(doc, doc->root, KT_CHAPTER, words, "");
		}
		snprintf(words, sizeof(words), "第%u条", i);
		article = add(doc, chapter, KT_ARTICLE, words, "");
		snprintf(words, sizeof(words),
		    "利用者は、第%u条第2項の規定により、前条の届出（同条第1項"
		    "第2号に掲げるものを除く。）をするときは、地方自治法"
		    "（昭和22年法律第67号）第244条の規定に従う。",
		    i < 3 ? 2 : i - 1);
		paragraph = add(doc, article, KT_PARAGRAPH, "", words);
		for (unsigned k = 1; k <= 3; k++) {
			snprintf(words, sizeof(words), "(%u)", k);
			add(doc, paragraph, KT_ITEM, words,
			    "前項の規定による申請、届出その他の手続");
		}
		add(doc, article, KT_PARAGRAPH, "2",
		    "前項の規定は、第1条から第3条までに規定する者が行う場合に"
		    "は、適用しない。");
	}
	return doc;
}

static void
test_a_document_of_12000_articles_takes_no_time_to_speak_of(void)
{
	struct kt_doc *doc = big_document(12000);
	struct kt_refs *refs;
	double t[5];

	t[0] = now();
	kt_doc_finish(doc);
	t[1] = now();
	kt_addr(doc, doc->root);
	t[2] = now();
	refs = kt_refs_new(doc);
	t[3] = now();
	kt_check(doc, NULL);
	t[4] = now();
	printf("\n    12,000 articles, %zu clauses, %zu references: finish "
	       "%.1f ms, addresses %.1f ms, references %.1f ms, lint %.1f ms ",
	    doc->count, refs->count, t[1] - t[0], t[2] - t[1], t[3] - t[2],
	    t[4] - t[3]);
	/* Five times what it takes under a sanitizer. */
	CU_ASSERT(t[3] - t[0] < 3000);
	kt_refs_free(refs);
	kt_doc_free(doc);
}

/* Four times the text may cost four times the time, not sixteen. */
static void
expect_linear(const char *what, double small, double large)
{
	printf("\n    %s: %.1f ms, four times as much %.1f ms ", what, small,
	    large);
	CU_ASSERT(large < small * 12 + 50);
}

static double
time_of_text(const char *piece, unsigned times)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_doc *doc = kt_doc_new("text");
	double from;

	for (unsigned i = 0; i < times; i++)
		kt_buf_puts(&text, piece);
	add(doc, add(doc, doc->root, KT_ARTICLE, "第1条", ""), KT_PARAGRAPH, "",
	    text.p);
	kt_doc_finish(doc);
	from = now();
	kt_check(doc, NULL);
	from = now() - from;
	kt_doc_free(doc);
	kt_buf_release(&text);
	return from;
}

static void
test_hostile_texts_cost_time_in_line_with_their_size(void)
{
	static const char *const pieces[] = { "「", "（", "）」", "第",
		"（以下「甲」という。）", "前項", "第1条、", "同条", "法第",
		"附則", "（第1項", "第三条の二の二の二" };

	for (size_t i = 0; i < KT_COUNT(pieces); i++)
		expect_linear(pieces[i], time_of_text(pieces[i], 20000),
		    time_of_text(pieces[i], 80000));
}

static double
time_of_siblings(enum kt_kind kind, const char *label, unsigned times)
{
	struct kt_doc *doc = kt_doc_new("siblings");
	double from;

	for (unsigned i = 0; i < times; i++) {
		struct kt_node *node =
		    add(doc, doc->root, kind, label, "前各号及び前9項");

		kt_node_caption(doc, node, "甲", strlen("甲"));
	}
	from = now();
	kt_doc_finish(doc);
	kt_check(doc, NULL);
	from = now() - from;
	kt_doc_free(doc);
	return from;
}

static void
test_hostile_trees_cost_time_in_line_with_their_size(void)
{
	static const struct {
		enum kt_kind kind;
		const char *label;
	} shapes[] = { { KT_ARTICLE, "第1条" }, { KT_PARAGRAPH, "" },
		{ KT_ITEM, "(1)" }, { KT_TOPIC, "" }, { KT_NOTE, "（注）" },
		{ KT_HEADED, "1" }, { KT_SUPPL, "附則" },
		{ KT_APPENDIX, "別表" }, { KT_TABLE, "" }, { KT_ITEM, "イ" } };

	for (size_t i = 0; i < KT_COUNT(shapes); i++)
		expect_linear(kt_kind_name(shapes[i].kind),
		    time_of_siblings(shapes[i].kind, shapes[i].label, 10000),
		    time_of_siblings(shapes[i].kind, shapes[i].label, 40000));
}

static CU_TestInfo cite_tests[] = {
	{ "every clause is found by its own address",
	    test_every_clause_is_found_by_its_own_address },
	{ "hardly a reference of a law leads nowhere",
	    test_hardly_a_reference_of_a_law_leads_nowhere },
	{ "the laws of the state are nearly silent",
	    test_the_laws_of_the_state_are_nearly_silent },
	{ "the administrative procedure act is silent",
	    test_the_administrative_procedure_act_is_silent },
	{ "a document of 12000 articles takes no time to speak of",
	    test_a_document_of_12000_articles_takes_no_time_to_speak_of },
	{ "hostile texts cost time in line with their size",
	    test_hostile_texts_cost_time_in_line_with_their_size },
	{ "hostile trees cost time in line with their size",
	    test_hostile_trees_cost_time_in_line_with_their_size },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "real texts", begin, end, NULL, NULL, cite_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
