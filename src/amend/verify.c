/* SPDX-License-Identifier: MIT */
/*
 * Would a careful drafter let an instrument pass?  Carried out on a copy, with
 * what would stop it and what is allowed but doubtful; against the text that
 * is expected of it; beside another instrument on the same base.
 */
#include "apply_int.h"
#include "hane_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- the drafting ------------------------------------------------------- */

/* The nodes of a document in reading order: in a copy of it just made, the
 * same clauses by the same ids. */
static struct kt_node **
list_nodes(const struct kt_doc *doc, size_t n)
{
	struct kt_node **list = kt_calloc(n + 1, sizeof(*list));
	size_t i = 0;

	for (struct kt_node *at = doc->root; at != NULL && i < n;
	     at = kt_node_next(at, doc->root))
		list[i++] = at;
	return list;
}

static bool
is_attached(const struct kt_node *node, const struct kt_node *root)
{
	while (node->parent != NULL)
		node = node->parent;
	return node == root;
}

/* Clauses that were rewritten with what they lie in are found again by their
 * numbers; `known` are those that are others, by id. */
static const struct kt_node *
find_again(const struct kt_node *old, const struct kt_node *in,
    const unsigned char *known)
{
	for (const struct kt_node *at = in == NULL ? NULL : in->first;
	     at != NULL; at = at->next)
		if (at->kind == old->kind && at->num.n > 0 &&
		    known[at->id] == 0 && kt_num_cmp(&at->num, &old->num) == 0)
			return at;
	return NULL;
}

size_t
kt_work_line_of(
    const struct kt_spoken *spoken, size_t n, const struct kt_node *node)
{
	for (; node != NULL && node->parent != NULL; node = node->parent)
		for (size_t i = n; i-- > 0;)
			if (spoken[i].node == node)
				return spoken[i].line;
	return 0;
}

/* The base on which the instrument was drafted may say its number. */
static void
check_base(struct kt_work *w, const struct kt_amend_unit *unit,
    const struct kt_doc *old)
{
	if (unit->number[0] == '\0' || old->meta.number[0] == '\0' ||
	    kt_same_name(unit->number, old->meta.number))
		return;
	kt_report(w->diag, .id = KT_M_AMEND_NUMBER, .a = unit->number,
	    .b = old->meta.number, .at.line = unit->line);
	w->findings++;
}

/* References are told at the sentence that speaks of their clause: there they
 * are to be mended. */
static void
find_sentences(
    struct kt_hanes *h, const struct kt_work *w, const struct kt_amendment *a)
{
	h->instrument = kt_arena_strdup(h->arena, a->source);
	for (size_t i = 0; i < h->count; i++)
		h->at[i].sentence =
		    kt_work_line_of(w->spoken, w->nspoken, h->at[i].node);
}

static void
check_result(struct kt_work *w, const struct kt_doc *old,
    struct kt_node *const *list, const struct kt_amendment *a)
{
	const struct kt_node **to = kt_calloc(old->count + 1, sizeof(*to));
	unsigned char *known;
	struct kt_hanes *hanes;

	kt_doc_finish(w->doc);
	known = kt_calloc(w->doc->count, 1);
	for (size_t i = 0; i < old->count; i++)
		if (is_attached(list[i], w->doc->root)) {
			to[i] = list[i];
			known[list[i]->id] = 1;
		}
	for (size_t i = 0; i < old->count; i++) {
		const struct kt_node *x = old->nodes[i];

		if (to[i] == NULL && x->parent != NULL)
			to[i] = find_again(x, to[x->parent->id], known);
	}
	free(known);
	kt_diag_file(w->diag, old->source);
	hanes = kt_hane_of(old, w->doc, to);
	find_sentences(hanes, w, a);
	w->findings += kt_hane_report(hanes, w->diag);
	kt_hane_free(hanes);
	free(to);
}

int
kt_amend_check(size_t *findings, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *d)
{
	const struct kt_amend_unit *unit;
	struct kt_work w;
	struct kt_node **list;
	int rc = kt_work_begin(&w, &unit, old, a, nth, d);

	if (rc != KT_OK)
		return rc;
	w.checking = w.noting = true;
	list = list_nodes(w.doc, old->count);
	if (unit != NULL)
		check_base(&w, unit, old);
	rc = kt_work_run(&w, a, unit);
	if (rc == KT_OK)
		check_result(&w, old, list, a);
	*findings = w.findings;
	free(list);
	kt_work_release(&w);
	kt_doc_free(w.doc);
	return rc;
}

/* ---- the text that was expected ----------------------------------------- */

/* Its copy without what amendments do not touch. */
static struct kt_doc *
bare(const struct kt_doc *doc)
{
	struct kt_doc *copy = kt_doc_copy(doc);

	kt_drop_commentary(copy->root);
	kt_doc_finish(copy);
	return copy;
}

size_t
kt_amend_expect(
    const struct kt_doc *got, const struct kt_doc *want, struct kt_diag *d)
{
	struct kt_doc *x = bare(got), *y = bare(want);
	const struct kt_node *a = NULL, *b = NULL;
	size_t found = 0;

	if (!kt_node_equal(x->root, y->root, &a, &b)) {
		const char *has = a == NULL ? "" : kt_addr(x, a);
		const char *should = b == NULL ? "" : kt_addr(y, b);

		kt_report(d, .id = KT_M_AMEND_EXPECTED, .a = has, .b = should,
		    .at = { .file = want->source,
			.line = b == NULL ? 0 : b->line,
			.clause = b == NULL ? has : should });
		found = 1;
	}
	kt_doc_free(x);
	kt_doc_free(y);
	return found;
}

/* ---- two instruments on one base ---------------------------------------- */

/* What an instrument made of the clauses of its base. */
struct made {
	const char *source; /* of the instrument */
	struct kt_spoken *spoken;
	size_t nspoken;
	struct kt_doc *doc;
	struct kt_node **list; /* by id of the base */
};

static int
make(struct made *m, const struct kt_doc *old, const struct kt_amendment *a,
    size_t nth, struct kt_diag *d)
{
	const struct kt_amend_unit *unit;
	struct kt_work w;
	int rc = kt_work_begin(&w, &unit, old, a, nth, d);

	if (rc != KT_OK)
		return rc;
	m->list = list_nodes(w.doc, old->count);
	w.noting = true;
	rc = kt_work_run(&w, a, unit);
	m->source = a->source;
	m->spoken = w.spoken;
	m->nspoken = w.nspoken;
	w.spoken = NULL;
	kt_work_release(&w);
	m->doc = w.doc;
	if (rc == KT_OK)
		kt_doc_finish(m->doc);
	return rc;
}

static void
unmake(struct made *m)
{
	free(m->spoken);
	free(m->list);
	kt_doc_free(m->doc);
}

/* Words, caption, or the clause itself. */
static bool
is_touched(const struct made *m, const struct kt_node *old)
{
	const struct kt_node *now = m->list[old->id];

	return !is_attached(now, m->doc->root) || now->len != old->len ||
	       memcmp(now->text, old->text, old->len) != 0 ||
	       strcmp(now->label, old->label) != 0 ||
	       strcmp(now->caption, old->caption) != 0 ||
	       strcmp(now->related, old->related) != 0;
}

/* Both give the number of a clause that is new to it. */
static bool
both_add(const struct made *x, const struct kt_node *new, const struct made *y)
{
	struct kt_spot spot;
	const char *address = kt_addr(x->doc, new);

	return kt_addr_find(&spot, y->doc, address) == KT_OK &&
	       strcmp(kt_addr(y->doc, spot.node), address) == 0 &&
	       spot.node->kind == new->kind;
}

/* 甲.txt:3, the sentence of an instrument that speaks of a clause. */
static size_t
put_sentence(
    struct kt_buf *out, const struct made *m, const struct kt_node *node)
{
	size_t line = kt_work_line_of(m->spoken, m->nspoken, node);

	kt_buf_clear(out);
	kt_buf_puts(out, m->source);
	if (line > 0)
		kt_buf_printf(out, ":%zu", line);
	return line;
}

static void
report_clash(const struct made m[2], const struct kt_node *x,
    const struct kt_node *y, const char *clause, struct kt_diag *d)
{
	struct kt_buf first = KT_BUF_INIT, second = KT_BUF_INIT;
	size_t line;

	put_sentence(&first, &m[0], x);
	line = put_sentence(&second, &m[1], y);
	kt_report(d, .id = KT_M_AMEND_CLASH, .a = clause, .b = first.p,
	    .c = second.p,
	    .at = { .file = m[1].source, .line = line, .clause = clause });
	kt_buf_release(&first);
	kt_buf_release(&second);
}

/* Clauses of the base that both change. */
static size_t
clash_in_base(const struct kt_doc *old, const struct made m[2],
    unsigned char *known[2], struct kt_diag *d)
{
	size_t found = 0;

	for (size_t i = 0; i < old->count; i++) {
		const struct kt_node *x = old->nodes[i];

		for (int k = 0; k < 2; k++)
			if (is_attached(m[k].list[i], m[k].doc->root))
				known[k][m[k].list[i]->id] = 1;
		if (!is_touched(&m[0], x) || !is_touched(&m[1], x) ||
		    x->kind == KT_CELL)
			continue;
		report_clash(m, m[0].list[i], m[1].list[i], kt_addr(old, x), d);
		found++;
	}
	return found;
}

/* New clauses to which both give one number. */
static size_t
clash_in_new(
    const struct made m[2], unsigned char *const known[2], struct kt_diag *d)
{
	size_t found = 0;

	for (size_t i = 0; i < m[0].doc->count; i++) {
		const struct kt_node *x = m[0].doc->nodes[i];
		struct kt_spot spot;

		if (known[0][i] != 0 || x->num.n == 0 ||
		    !both_add(&m[0], x, &m[1]) ||
		    kt_addr_find(&spot, m[1].doc, kt_addr(m[0].doc, x)) !=
			KT_OK ||
		    known[1][spot.node->id] != 0)
			continue;
		report_clash(m, x, spot.node, kt_addr(m[0].doc, x), d);
		found++;
	}
	return found;
}

static size_t
clash(const struct kt_doc *old, const struct made m[2], struct kt_diag *d)
{
	unsigned char *known[2] = { kt_calloc(m[0].doc->count, 1),
		kt_calloc(m[1].doc->count, 1) };
	size_t found = clash_in_base(old, m, known, d);

	found += clash_in_new(m, known, d);
	free(known[0]);
	free(known[1]);
	return found;
}

int
kt_amend_clash(size_t *findings, const struct kt_doc *old,
    const struct kt_amendment *a, const struct kt_amendment *b, size_t nth,
    struct kt_diag *d)
{
	struct made m[2] = { { .doc = NULL }, { .doc = NULL } };
	int rc = make(&m[0], old, a, nth, d);

	if (rc == KT_OK)
		rc = make(&m[1], old, b, nth, d);
	if (rc == KT_OK)
		*findings = clash(old, m, d);
	unmake(&m[0]);
	unmake(&m[1]);
	return rc;
}
