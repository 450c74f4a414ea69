/* SPDX-License-Identifier: MIT */
/*
 * The engine on real laws: what every comparison must obey, over all pairs of
 * ../shared/data, and the article map of 行政手続法 through its amendments,
 * against golden/gyosei-map.txt.
 */
#include "kt_test.h"

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

#define PAIRS 216

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

static struct kt_doc *
read_law(const char *set, const char *name)
{
	struct kt_doc *doc = NULL;
	char path[256];

	snprintf(path, sizeof(path), "%s/%s/%s", KT_DATA, set, name);
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(kt_read_file(&doc, path, diag), KT_OK);
	kt_diag_clear(diag);
	return doc;
}

/* Two laws of a set and what differs. */
struct compared {
	struct kt_doc *old, *new;
	struct kt_changes *list;
};

static void
compare_laws(
    struct compared *c, const char *set, const char *before, const char *after)
{
	c->old = read_law(set, before);
	c->new = read_law(set, after);
	kt_diff(&c->list, c->old, c->new, diag);
}

static void
release_laws(struct compared *c)
{
	kt_changes_free(c->list);
	kt_doc_free(c->old);
	kt_doc_free(c->new);
}

/* ---- signatures --------------------------------------------------------- */

/*
 * What a change says, in an order and with words that are the same whichever
 * document is called old.  What became of a reference is not: into a split it
 * is in doubt, out of a merge it is not.
 */

static bool is_ref(enum kt_span_class class)
{
	return class == KT_SC_REF_FOLLOWED || class == KT_SC_REF_RETARGETED ||
	       class == KT_SC_REF_DANGLING;
}

static enum kt_fate
mirrored(enum kt_fate fate)
{
	switch (fate) {
	case KT_ADDED:
		return KT_DELETED;
	case KT_DELETED:
		return KT_ADDED;
	case KT_SPLIT:
		return KT_MERGED;
	case KT_MERGED:
		return KT_SPLIT;
	case KT_MODIFIED:
	case KT_MOVED:
	case KT_RENUMBERED:
	case KT_FATES:
		break;
	}
	return fate;
}

static void
put_nodes(struct kt_buf *out, const struct kt_node **nodes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		kt_buf_printf(out, " %u", nodes[i]->id);
	kt_buf_putc(out, ';');
}

/* One replaced stretch: both wordings and the class. */
static void
put_stretch(
    struct kt_buf *out, struct kt_buf side[2], unsigned class, bool swap)
{
	if (side[0].len + side[1].len > 0)
		kt_buf_printf(
		    out, "[%u:%s>%s]", class, side[swap].p, side[!swap].p);
	kt_buf_clear(&side[0]);
	kt_buf_clear(&side[1]);
}

static void
put_spans(struct kt_buf *out, const struct kt_change *c, bool swap)
{
	struct kt_buf side[2] = { KT_BUF_INIT, KT_BUF_INIT };
	unsigned class = 0;
	char before = '=';

	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];

		if (s->op == '=' || (s->op == '-' && before != '=') ||
		    (s->op == '+' && before == '+'))
			put_stretch(out, side, class, swap);
		before = s->op;
		if (s->op == '=') {
			kt_buf_put(out, s->text, s->len);
			continue;
		}
		class = is_ref(s->class) ? KT_SC_REF_FOLLOWED : s->class;
		kt_buf_put(&side[s->op == '+'], s->text, s->len);
	}
	put_stretch(out, side, class, swap);
	kt_buf_release(&side[0]);
	kt_buf_release(&side[1]);
}

/* Does a change say more than what references came to mean? */
static bool
says_text(const struct kt_change *c)
{
	for (uint32_t i = 0; i < c->nspans; i++)
		if (c->spans[i].op != '=')
			return true;
	return c->fate != KT_MODIFIED ||
	       (c->flags & (KT_FL_MARKS | KT_FL_LABEL)) != 0;
}

static char *
signature(const struct kt_change *c, bool swap)
{
	struct kt_buf b = KT_BUF_INIT;
	enum kt_fate fate = swap ? mirrored(c->fate) : c->fate;

	/* A clause renumbered with nothing but followed references is called
	 * renumbered, with others modified. */
	if (fate == KT_RENUMBERED && c->nspans > 0)
		fate = KT_MODIFIED;
	kt_buf_printf(&b, "%s %d:", kt_fate_name(fate), (int)c->side);
	put_nodes(&b, swap ? c->new : c->old, swap ? c->nnew : c->nold);
	put_nodes(&b, swap ? c->old : c->new, swap ? c->nold : c->nnew);
	put_spans(&b, c, swap);
	return kt_buf_detach(&b);
}

static int
by_text(const void *x, const void *y)
{
	char *const *a = x, *const *b = y;

	return strcmp(*a, *b);
}

static size_t
signatures(char ***out, const struct kt_changes *list, bool swap)
{
	char **v = kt_malloc(sizeof(*v) * (list->count + 1));
	size_t n = 0;

	for (size_t i = 0; i < list->count; i++)
		if (says_text(&list->at[i]))
			v[n++] = signature(&list->at[i], swap);
	qsort(v, n, sizeof(*v), by_text);
	*out = v;
	return n;
}

static bool
mirror_each_other(const struct kt_changes *there, const struct kt_changes *back)
{
	char **x, **y;
	size_t n = signatures(&x, there, false);
	size_t m = signatures(&y, back, true);
	bool same = n == m;

	for (size_t i = 0; i < n && i < m && same; i++) {
		same = strcmp(x[i], y[i]) == 0;
		if (!same)
			printf("\n    there %.300s\n    back  %.300s\n", x[i],
			    y[i]);
	}
	for (size_t i = 0; i < n; i++)
		free(x[i]);
	for (size_t i = 0; i < m; i++)
		free(y[i]);
	free(x);
	free(y);
	return same;
}

/* ---- laws of every comparison ------------------------------------------- */

static void
prove(const struct kt_changes *list, const char *name)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_diag_clear(diag);
	if (kt_changes_prove(list, diag) != KT_OK) {
		kt_msg_tell(&b, kt_diag_get(diag, 0), KT_EN);
		printf("\n    %s: %s\n", name, b.p);
		CU_FAIL("a change list that is not true");
	}
	kt_buf_release(&b);
}

static void
check_self(const struct kt_doc *doc, const char *name)
{
	struct kt_changes *list;

	kt_diff(&list, doc, doc, diag);
	if (list->count != 0)
		printf("\n    %s differs from itself\n", name);
	CU_ASSERT_EQUAL(list->count, 0);
	CU_ASSERT_EQUAL(list->unchanged, list->npairs);
	kt_changes_free(list);
}

static void
put_texts(struct kt_buf *out, const struct kt_node *unit)
{
	for (const struct kt_node *at = unit; at != NULL;
	     at = kt_node_next(at, unit))
		kt_buf_put(out, at->text, at->len);
}

/* 第5条　削除 says that there is no 第5条, and nothing of another number. */
static bool
says_another_is_gone(const struct kt_node *x, const struct kt_node *y)
{
	return x->deleted && y->deleted && strcmp(x->label, y->label) != 0;
}

/* No article whose text stands in both documents is called added and
 * deleted. */
static void
check_lost(const struct kt_changes *list, const char *name)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;

	for (size_t i = 0; i < list->npairs; i++) {
		if (list->pairs[i].fate != KT_ADDED)
			continue;
		kt_buf_clear(&x);
		put_texts(&x, list->pairs[i].new[0]);
		for (size_t k = 0; x.len > 0 && k < list->npairs; k++) {
			const struct kt_pair *p = &list->pairs[k];

			if (p->fate != KT_DELETED ||
			    p->old[0]->kind != list->pairs[i].new[0]->kind ||
			    says_another_is_gone(
				p->old[0], list->pairs[i].new[0]))
				continue;
			kt_buf_clear(&y);
			put_texts(&y, p->old[0]);
			if (strcmp(x.p, y.p) == 0) {
				printf("\n    %s: %.60s\n", name, x.p);
				CU_FAIL("the same text is added and deleted");
			}
		}
	}
	kt_buf_release(&x);
	kt_buf_release(&y);
}

/* A row is one line: a cell may say itself what a paragraph in it said. */
static bool
in_same_row(const struct kt_node *at, const struct kt_node **peers)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	while (at != NULL && at->kind != KT_ROW)
		at = at->parent;
	if (at == NULL || peers[at->id] == NULL)
		return false;
	kt_node_words(&x, at);
	kt_node_words(&y, peers[at->id]);
	same = strcmp(x.p, y.p) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* Is all of one side told: each text in a change of its own or of what it
 * lies in, or the same as that of its peer? */
static void
check_told(const struct kt_changes *list, bool new_side, const char *name)
{
	const struct kt_doc *doc = new_side ? list->new : list->old;
	const struct kt_node **peers =
	    new_side ? list->new_peer : list->old_peer;
	bool *told = kt_calloc(doc->count, sizeof(*told));

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];
		const struct kt_node **nodes = new_side ? c->new : c->old;

		if (c->side == KT_SIDE_CAPTION || c->side == KT_SIDE_RELATED)
			continue;
		for (uint32_t k = 0; k < (new_side ? c->nnew : c->nold); k++) {
			const struct kt_node *at = nodes[k];

			told[at->id] = true;
			if (c->side == KT_SIDE_TEXT)
				continue;
			for (; at != NULL; at = kt_node_next(at, nodes[k]))
				told[at->id] = true;
		}
	}
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *at = doc->nodes[i], *peer = peers[i];

		if (told[i] || at->len == 0 ||
		    (peer != NULL && strcmp(peer->text, at->text) == 0) ||
		    in_same_row(at, peers))
			continue;
		printf("\n    %s: %.60s\n", name, at->text);
		CU_FAIL("a text that no change tells of");
	}
	free(told);
}

/* Every change is a line of the short text, once; the last line sums up. */
static void
check_shown(const struct kt_changes *list, const char *name)
{
	const struct kt_diff_text how = { .brief = true, .lang = KT_JA };
	struct kt_buf b = KT_BUF_INIT;
	size_t lines = 0;

	CU_ASSERT_EQUAL(kt_write_diff_text(&b, list, &how, diag), KT_OK);
	for (size_t i = 0; i < b.len; i++)
		lines += b.p[i] == '\n';
	if (lines != list->count + 1)
		printf("\n    %s: %zu changes, %zu lines\n", name, list->count,
		    lines);
	CU_ASSERT_EQUAL(lines, list->count + 1);
	kt_buf_release(&b);
}

static void
check_two(const struct kt_doc *old, const struct kt_doc *new, const char *name)
{
	struct kt_changes *there, *back;

	kt_diff(&there, old, new, diag);
	kt_diff(&back, new, old, diag);
	prove(there, name);
	prove(back, name);
	check_lost(there, name);
	check_told(there, false, name);
	check_told(there, true, name);
	check_shown(there, name);
	if (!mirror_each_other(there, back)) {
		printf("    in %s\n", name);
		CU_FAIL("not the mirror of the way back");
	}
	check_self(old, name);
	check_self(new, name);
	kt_changes_free(there);
	kt_changes_free(back);
}

static void
test_every_pair_of_laws_obeys(void)
{
	if (!kt_test_data("egov-pairs"))
		return;
	for (int i = 1; i <= PAIRS; i++) {
		struct kt_doc *old, *new;
		char name[32];

		snprintf(name, sizeof(name), "%03d/before.xml", i);
		old = read_law("egov-pairs", name);
		snprintf(name, sizeof(name), "%03d/after.xml", i);
		new = read_law("egov-pairs", name);
		check_two(old, new, name);
		kt_doc_free(old);
		kt_doc_free(new);
	}
}

static void
test_two_runs_say_the_same(void)
{
	struct kt_doc *old, *new;
	struct kt_changes *one, *two;
	char **x, **y;
	size_t n, m;

	if (!kt_test_data("egov-pairs"))
		return;
	old = read_law("egov-pairs", "007/before.xml");
	new = read_law("egov-pairs", "007/after.xml");
	kt_diff(&one, old, new, diag);
	kt_diff(&two, old, new, diag);
	n = signatures(&x, one, false);
	m = signatures(&y, two, false);
	KT_NUM(n, m);
	for (size_t i = 0; i < n && i < m; i++) {
		CU_ASSERT(strcmp(x[i], y[i]) == 0);
		free(x[i]);
		free(y[i]);
	}
	free(x);
	free(y);
	kt_changes_free(one);
	kt_changes_free(two);
	kt_doc_free(old);
	kt_doc_free(new);
}

/* What an amending law brings stands together, at the end. */
static void
test_a_new_supplement_is_named_before_its_articles(void)
{
	const struct kt_diff_text how = { .brief = true, .lang = KT_JA };
	struct compared law;
	struct kt_buf b = KT_BUF_INIT;
	const char *before, *name, *first;

	if (!kt_test_data("egov-pairs"))
		return;
	compare_laws(&law, "egov-pairs", "199/before.xml", "199/after.xml");
	CU_ASSERT_EQUAL(kt_write_diff_text(&b, law.list, &how, diag), KT_OK);
	before = strstr(b.p, "第4条第2項");
	name = strstr(b.p, "附則（令和2年2月6日国土交通省令第6号）  新設");
	first = strstr(b.p, "附則（令和2年2月6日国土交通省令第6号）第1条");
	CU_ASSERT(before != NULL && before < name && name < first);
	kt_buf_release(&b);
	release_laws(&law);
}

/* No row that says only that there is a change. */
static void
check_page(const char *pair, const char *want)
{
	struct compared law;
	struct kt_buf b = KT_BUF_INIT;
	char before[32], after[32];

	snprintf(before, sizeof(before), "%s/before.xml", pair);
	snprintf(after, sizeof(after), "%s/after.xml", pair);
	compare_laws(&law, "egov-pairs", before, after);
	CU_ASSERT_EQUAL(kt_write_diff_html(&b, law.list, KT_JA, diag), KT_OK);
	CU_ASSERT(strstr(b.p, want) != NULL);
	kt_buf_release(&b);
	release_laws(&law);
}

static void
test_a_page_shows_what_came_and_what_was_replaced(void)
{
	if (!kt_test_data("egov-pairs"))
		return;
	check_page("199", "追加ここから</span>附　則（令和二年二月六日国土交通"
			  "省令第六号）<span");
	check_page("022", "追加ここから</span>R02F120043_2010121710_002<span");
}

/* ---- 行政手続法 --------------------------------------------------------- */

/* The pairs that a step did something to, one a line. */
static void
put_map(struct kt_buf *out, const struct kt_changes *list)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;

	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];

		kt_buf_clear(&x);
		kt_buf_clear(&y);
		for (uint32_t k = 0; k < p->nold; k++)
			kt_addr_write(&x, list->old, p->old[k]);
		for (uint32_t k = 0; k < p->nnew; k++)
			kt_addr_write(&y, list->new, p->new[k]);
		if (!p->changed && strcmp(x.p, y.p) == 0)
			continue;
		kt_buf_printf(out, "%s%s→ %s%s\n", x.p, x.len > 0 ? " " : "",
		    y.p, p->changed && p->nold > 0 && p->nnew > 0 ? " *" : "");
	}
	kt_buf_release(&x);
	kt_buf_release(&y);
}

static void
check_step(const char *before, const char *after, const char *want)
{
	struct compared law;
	struct kt_buf got = KT_BUF_INIT;
	char x[64], y[64];

	snprintf(x, sizeof(x), "%s.law.txt", before);
	snprintf(y, sizeof(y), "%s.law.txt", after);
	compare_laws(&law, "gyosei-tetsuzuki", x, y);
	prove(law.list, y);
	put_map(&got, law.list);
	KT_STR(got.p, want);
	release_laws(&law);
	kt_buf_release(&got);
}

/* A line "01-… 02-…" begins a step; its map follows up to an empty line. */
static void
test_the_articles_of_nine_amendments_are_known(void)
{
	struct kt_buf golden = KT_BUF_INIT, want = KT_BUF_INIT;
	char before[32] = "", after[32] = "";
	unsigned steps = 0;
	char *line, *next;

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&golden, "tests/golden/gyosei-map.txt", 1 << 16, diag),
	    KT_OK);
	kt_buf_putc(&golden, '\n');
	for (line = golden.p; *line != '\0'; line = next) {
		size_t n = strcspn(line, "\n");

		next = line + n + (line[n] == '\n');
		if (line[0] == '#')
			continue;
		if (n == 0) {
			if (before[0] != '\0') {
				check_step(before, after, want.p);
				steps++;
			}
			before[0] = '\0';
			kt_buf_clear(&want);
		} else if (before[0] == '\0') {
			CU_ASSERT_EQUAL_FATAL(
			    sscanf(line, "%31s %31s", before, after), 2);
		} else {
			kt_buf_put(&want, line, n + 1);
		}
	}
	KT_NUM(steps, 9);
	kt_buf_release(&golden);
	kt_buf_release(&want);
}

static CU_TestInfo pair_tests[] = {
	{ "every pair of laws obeys", test_every_pair_of_laws_obeys },
	{ "two runs say the same", test_two_runs_say_the_same },
	{ "a new 附則 is named before its articles",
	    test_a_new_supplement_is_named_before_its_articles },
	{ "a page shows what came and what was replaced",
	    test_a_page_shows_what_came_and_what_was_replaced },
	{ "the articles of nine amendments are known",
	    test_the_articles_of_nine_amendments_are_known },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "real laws", begin, end, NULL, NULL, pair_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
