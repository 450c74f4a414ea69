/* SPDX-License-Identifier: MIT */
/*
 * Carrying out an amendment on a copy of a document, sentence by sentence:
 * the operations of a sentence see the numbers and words at its start, the
 * next sentence sees what this one made (amendment.md §11.2).
 */
#include "apply_int.h"

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

void
kt_work_release(struct kt_work *w)
{
	free(w->field);
	free(w->slot);
	free(w->pending);
	free(w->numbered);
	free(w->article);
	free(w->was);
	free(w->spoken);
	kt_sentences_release(&w->cuts);
}

/* ---- the base ----------------------------------------------------------- */

bool
kt_same_name(const char *a, const char *b)
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

	if (kt_same_name(law, title))
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

int
kt_work_begin(struct kt_work *w, const struct kt_amend_unit **unit,
    const struct kt_doc *old, const struct kt_amendment *a, size_t nth,
    struct kt_diag *d)
{
	*w = (struct kt_work){ .diag = d, .stale = true };
	*unit = unit_for(a, old, nth);
	if (*unit == NULL && (a->nunits > 0 || a->nsuppl == 0))
		return wrong_base(a, old, d);
	kt_diag_file(d, a->source);
	w->doc = kt_doc_copy(old);
	return KT_OK;
}

int
kt_work_run(struct kt_work *w, const struct kt_amendment *a,
    const struct kt_amend_unit *unit)
{
	int rc = KT_OK;

	for (size_t i = 0; unit != NULL && i < unit->count && rc == KT_OK; i++)
		rc = carry_out_sentence(w, &unit->at[i]);
	for (size_t i = 0; i < a->nsuppl && rc == KT_OK; i++)
		rc = kt_suppl_add(w, &a->suppl[i], a->number);
	return rc == KT_OK ? kt_numbers_check(w) : rc;
}

int
kt_amend_apply(struct kt_doc **out, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *d)
{
	const struct kt_amend_unit *unit;
	struct kt_work w;
	int rc = kt_work_begin(&w, &unit, old, a, nth, d);

	if (rc != KT_OK)
		return rc;
	rc = kt_work_run(&w, a, unit);
	kt_work_release(&w);
	if (rc != KT_OK) {
		kt_doc_free(w.doc);
		return rc;
	}
	kt_doc_finish(w.doc);
	*out = w.doc;
	return KT_OK;
}
