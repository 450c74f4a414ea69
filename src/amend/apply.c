/* SPDX-License-Identifier: MIT */
/*
 * Carrying out an amendment on a copy of a document, sentence by sentence:
 * the operations of a sentence see the numbers and words at its start, the
 * next sentence sees what this one made (amendment.md §11.2).
 */
#include "apply_int.h"
#include "hane_int.h"

#include <stdlib.h>
#include <string.h>

int
kt_work_fault(
    struct kt_work *w, enum kt_msg_id id, const char *a, const char *b)
{
	const struct kt_amend_sentence *s = w->sentence;
	size_t column = s->column;

	if (w->op != NULL)
		column += w->op->column - 1;
	return kt_report(w->diag, .id = id, .a = a, .b = b,
	    .at = { .line = s->line, .column = column });
}

void
kt_work_doubt(struct kt_work *w, enum kt_msg_id id, const char *a,
    const char *b, const char *c)
{
	const struct kt_amend_sentence *s = w->sentence;

	kt_report(w->diag, .id = id, .a = a, .b = b, .c = c,
	    .at = { .line = s->line, .column = s->column + w->op->column - 1 });
	w->findings++;
}

static int
carry_out(struct kt_work *w, const struct kt_op *op)
{
	switch (op->kind) {
	case KT_OP_REPLACE:
	case KT_OP_INSERT:
	case KT_OP_DELETE:
		return kt_words_change(w, op);
	case KT_OP_REWRITE:
		return kt_shape_rewrite(w, op);
	case KT_OP_REMOVE:
		return kt_shape_remove(w, op);
	case KT_OP_ADD:
		return kt_shape_add(w, op);
	case KT_OP_MOVE:
		return kt_shape_move(w, op);
	case KT_OP_SHIFT:
		return kt_shape_shift(w, op);
	case KT_OP_CAPTION:
		return kt_shape_caption(w, op);
	case KT_OPS:
		break;
	}
	return KT_EINPUT;
}

/* 条 come front to back; behind moves, which go from the rear, anything may
 * (amendment.md §4.1). */
static void
check_order(struct kt_work *w, const struct kt_amend_sentence *s)
{
	const struct kt_node *unit = w->last[KT_ST_ARTICLE], *before = w->unit;

	w->unit = unit;
	for (size_t i = 0; i < s->nops; i++)
		if (s->op[i].kind == KT_OP_MOVE || s->op[i].kind == KT_OP_SHIFT)
			w->unit = NULL;
	if (unit == NULL || before == NULL || w->unit == NULL ||
	    unit == before || unit->parent == NULL || before->parent == NULL)
		return;
	if (s->op[0].kind == KT_OP_ADD ||
	    (unit->parent->kind == KT_SUPPL) !=
		(before->parent->kind == KT_SUPPL))
		return;
	if (kt_num_cmp(&unit->num, &before->num) < 0)
		kt_report(w->diag, .id = KT_M_AMEND_REVERSED, .a = unit->label,
		    .b = before->label,
		    .at = { .line = s->line, .column = s->column });
	else
		return;
	w->findings++;
}

static int
carry_out_sentence(struct kt_work *w, const struct kt_amend_sentence *s)
{
	int rc = KT_OK;

	w->sentence = s;
	w->op = NULL;
	if (s->unread)
		return kt_work_fault(w, KT_M_AMEND_SKIPPED, s->text, "");
	w->arena = kt_arena_new();
	for (size_t i = 0; i < s->nops && rc == KT_OK; i++) {
		w->op = &s->op[i];
		rc = carry_out(w, w->op);
	}
	kt_fields_flush(w);
	if (rc == KT_OK && w->checking && s->nops > 0)
		check_order(w, s);
	kt_moves_flush(w);
	w->op = NULL;
	kt_arena_free(w->arena);
	w->arena = NULL;
	return rc;
}

static void
release(struct kt_work *w)
{
	free(w->field);
	free(w->slot);
	free(w->pending);
	free(w->numbered);
	free(w->article);
	free(w->was);
	kt_sentences_release(&w->cuts);
}

/* ---- the base
 * ------------------------------------------------------------------- */

static bool
same_name(const char *a, const char *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	kt_fold(&x, a, strlen(a));
	kt_fold(&y, b, strlen(b));
	same = strcmp(x.p, y.p) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* Is this the name of the document, or the name and its number in （ ）? */
static bool
names(const char *law, const char *title)
{
	size_t n = strlen(title), b = strlen("）"), m = strlen(law);

	if (same_name(law, title))
		return true;
	return m > n + b && memcmp(law, title, n) == 0 &&
	       strncmp(law + n, "（", strlen("（")) == 0 &&
	       memcmp(law + m - b, "）", b) == 0;
}

/* The nth article of the instrument that amends this document. */
static const struct kt_amend_unit *
unit_for(const struct kt_amendment *a, const struct kt_doc *doc, size_t nth)
{
	for (size_t i = 0; i < a->nunits; i++) {
		const struct kt_amend_unit *unit = &a->unit[i];

		if (unit->law[0] != '\0' &&
		    !names(unit->law, doc->root->caption))
			continue;
		if (nth-- <= 1)
			return unit;
	}
	return NULL;
}

static void
copy_meta(struct kt_doc *doc, const struct kt_meta *from)
{
	struct kt_arena *a = doc->arena;
	struct kt_meta *to = &doc->meta;
	struct kt_clause_date *dates =
	    KT_NEWN(a, struct kt_clause_date, from->ndates);
	const char *(*other)[2] =
	    kt_arena_alloc_n(a, from->nother, sizeof(*other));

	*to = *from;
	to->id = kt_arena_strdup(a, from->id);
	to->title = kt_arena_strdup(a, from->title);
	to->kind = kt_arena_strdup(a, from->kind);
	to->number = kt_arena_strdup(a, from->number);
	to->style = kt_arena_strdup(a, from->style);
	for (size_t i = 0; i < from->ndates; i++) {
		dates[i] = from->dates[i];
		dates[i].clauses = kt_arena_strdup(a, dates[i].clauses);
		dates[i].condition = kt_arena_strdup(a, dates[i].condition);
	}
	for (size_t i = 0; i < from->nother; i++) {
		other[i][0] = kt_arena_strdup(a, from->other[i][0]);
		other[i][1] = kt_arena_strdup(a, from->other[i][1]);
	}
	to->dates = dates;
	to->other = (const char *const(*)[2])other;
}

struct kt_doc *
kt_doc_copy(const struct kt_doc *old)
{
	struct kt_doc *doc = kt_doc_new(old->source);
	const struct kt_node *root = old->root;

	kt_node_caption(doc, doc->root, root->caption, strlen(root->caption));
	kt_node_caption_marks(
	    doc, doc->root, root->caption_marks, root->ncaption_marks);
	for (const struct kt_node *at = root->first; at != NULL; at = at->next)
		kt_node_copy(doc, doc->root, at);
	copy_meta(doc, &old->meta);
	return doc;
}

static int
wrong_base(
    const struct kt_amendment *a, const struct kt_doc *doc, struct kt_diag *d)
{
	const struct kt_amend_unit *first = a->nunits > 0 ? a->unit : NULL;

	return kt_report(d, .id = KT_M_AMEND_BASE,
	    .a = first == NULL ? "" : first->law, .b = doc->root->caption,
	    .at = {
		.file = a->source, .line = first == NULL ? 0 : first->line });
}

/* All of it on w->doc. */
static int
carry_out_all(struct kt_work *w, const struct kt_amendment *a,
    const struct kt_amend_unit *unit)
{
	int rc = KT_OK;

	for (size_t i = 0; unit != NULL && i < unit->count && rc == KT_OK; i++)
		rc = carry_out_sentence(w, &unit->at[i]);
	for (size_t i = 0; i < a->nsuppl && rc == KT_OK; i++)
		rc = kt_suppl_add(w, &a->suppl[i]);
	return rc == KT_OK ? kt_numbers_check(w) : rc;
}

int
kt_amend_apply(struct kt_doc **out, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *d)
{
	const struct kt_amend_unit *unit = unit_for(a, old, nth);
	struct kt_work w = { .diag = d, .stale = true };
	int rc;

	if (unit == NULL && (a->nunits > 0 || a->nsuppl == 0))
		return wrong_base(a, old, d);
	kt_diag_file(d, a->source);
	w.doc = kt_doc_copy(old);
	rc = carry_out_all(&w, a, unit);
	release(&w);
	if (rc != KT_OK) {
		kt_doc_free(w.doc);
		return rc;
	}
	kt_doc_finish(w.doc);
	*out = w.doc;
	return KT_OK;
}

/* ---- the drafting
 * -------------------------------------------------------------------- */

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

/* The base on which the instrument was drafted may say its number. */
static void
check_base(struct kt_work *w, const struct kt_amend_unit *unit,
    const struct kt_doc *old)
{
	if (unit->number[0] == '\0' || old->meta.number[0] == '\0' ||
	    same_name(unit->number, old->meta.number))
		return;
	kt_report(w->diag, .id = KT_M_AMEND_NUMBER, .a = unit->number,
	    .b = old->meta.number, .at.line = unit->line);
	w->findings++;
}

static void
check_result(
    struct kt_work *w, const struct kt_doc *old, struct kt_node *const *list)
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
	w->findings += kt_hane_report(hanes, w->diag);
	kt_hane_free(hanes);
	free(to);
}

int
kt_amend_check(size_t *findings, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *d)
{
	const struct kt_amend_unit *unit = unit_for(a, old, nth);
	struct kt_work w = { .diag = d, .stale = true, .checking = true };
	struct kt_node **list;
	int rc;

	if (unit == NULL && (a->nunits > 0 || a->nsuppl == 0))
		return wrong_base(a, old, d);
	kt_diag_file(d, a->source);
	w.doc = kt_doc_copy(old);
	list = list_nodes(w.doc, old->count);
	if (unit != NULL)
		check_base(&w, unit, old);
	rc = carry_out_all(&w, a, unit);
	if (rc == KT_OK)
		check_result(&w, old, list);
	*findings = w.findings;
	free(list);
	release(&w);
	kt_doc_free(w.doc);
	return rc;
}
