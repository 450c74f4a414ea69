/* SPDX-License-Identifier: MIT */
/*
 * Clauses taken out, rewritten, given captions and new numbers.  A clause that
 * is rewritten or moved stays the same node, so that 同条 still means it.
 */
#include "apply_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- what lies around a clause ------------------------------------------ */

/* 解説 behind a clause goes where the clause goes. */
static void
unlink_with_commentary(struct kt_node *node)
{
	while (node->next != NULL && node->next->kind == KT_COMMENTARY &&
	       node->kind != KT_COMMENTARY)
		kt_node_unlink(node->next);
	kt_node_unlink(node);
}

/* Take the content of another node, and its label; 解説 stays. */
static void
become(struct kt_work *w, struct kt_node *node, const struct kt_node *from)
{
	struct kt_doc *doc = w->doc;
	struct kt_node *next;

	kt_fields_forget(w, node);
	for (struct kt_node *at = node->first; at != NULL; at = next) {
		next = at->next;
		if (at->kind != KT_COMMENTARY)
			kt_node_unlink(at);
	}
	next = node->first;
	for (const struct kt_node *at = from->first; at != NULL;
	     at = at->next) {
		struct kt_node *copy = kt_node_copy(doc, node, at);

		if (next != NULL) {
			kt_node_unlink(copy);
			kt_node_insert(node, next, copy);
		}
	}
	node->kind = from->kind;
	kt_node_label(doc, node, from->label);
	kt_node_caption(doc, node, from->caption, strlen(from->caption));
	kt_node_related(doc, node, from->related, strlen(from->related));
	kt_node_text(doc, node, from->text, from->len);
	kt_node_marks(doc, node, from->marks, from->nmarks);
	kt_node_caption_marks(
	    doc, node, from->caption_marks, from->ncaption_marks);
	node->num = from->num;
	node->to = from->to;
	node->colspan = from->colspan;
	node->rowspan = from->rowspan;
	node->align = from->align;
	node->header = from->header;
}

/* ---- 削る --------------------------------------------------------------- */

static int
no_part(struct kt_work *w, const struct kt_loc *loc)
{
	return kt_work_fault(w, KT_M_AMEND_NO_PART, loc->text, "");
}

/* The node whose own text holds the part, and where in it. */
static struct kt_node *
find_part(
    struct kt_work *w, const struct kt_target *t, size_t *start, size_t *end)
{
	struct kt_node *node = t->node;

	if (node->kind != KT_ARTICLE && node->kind != KT_SUPPL)
		return kt_part_find(w, node, t->part, t->dan, start, end)
			   ? node
			   : NULL;
	for (struct kt_node *at = node->first; at != NULL; at = at->next)
		if (at->kind == KT_PARAGRAPH &&
		    kt_part_find(w, at, t->part, t->dan, start, end))
			return at;
	return NULL;
}

/* 章名を削る: what stood under the heading goes to the division before, or to
 * where the division stood. */
static void
dissolve(struct kt_work *w, struct kt_node *division)
{
	struct kt_node *to = division->prev, *before = NULL, *next;

	while (to != NULL && kt_kind_is_division(to->kind) &&
	       to->last != NULL && kt_kind_is_division(to->last->kind) &&
	       division->first != NULL &&
	       !kt_kind_is_division(division->first->kind))
		to = to->last;
	if (to == NULL || !kt_kind_is_division(to->kind)) {
		to = division->parent;
		before = division;
	}
	for (struct kt_node *at = division->first; at != NULL; at = next) {
		next = at->next;
		kt_node_unlink(at);
		kt_node_insert(to, before, at);
	}
	kt_node_unlink(division);
	w->stale = true;
}

static int
remove_caption(
    struct kt_work *w, const struct kt_loc *loc, struct kt_node *node)
{
	if (node->caption[0] == '\0')
		return no_part(w, loc);
	kt_node_caption(w->doc, node, "", 0);
	kt_node_caption_marks(w->doc, node, NULL, 0);
	return KT_OK;
}

static int
remove_target(
    struct kt_work *w, const struct kt_loc *loc, const struct kt_target *t)
{
	struct kt_node *node = t->node;
	size_t start, end;

	if (t->part == KT_P_MIDASHI)
		return remove_caption(w, loc, node);
	if (t->as == KT_ST_TITLE || t->as == KT_ST_MAIN ||
	    t->as == KT_ST_COLUMN)
		return kt_work_fault(w, KT_M_AMEND_GEOMETRY, loc->text, "");
	if (t->as == KT_ST_NAME) {
		dissolve(w, node);
		return KT_OK;
	}
	if (t->part != KT_P_WHOLE) {
		node = find_part(w, t, &start, &end);
		if (node == NULL)
			return no_part(w, loc);
		kt_field_cut(w, node, KT_TEXT_OF, start, end, "");
		return KT_OK;
	}
	unlink_with_commentary(node);
	w->stale = true;
	return KT_OK;
}

int
kt_shape_remove(struct kt_work *w, const struct kt_op *op)
{
	struct kt_targets places = { .at = NULL };
	int rc = KT_OK;

	/* All places are looked for before the first is gone: 第三条から第五条
	 * まで is a range of what stands. */
	for (size_t i = 0; i < op->nat && rc == KT_OK; i++) {
		places.count = 0;
		rc = kt_find(&places, w, &op->at[i]);
		for (size_t k = 0; k < places.count && rc == KT_OK; k++)
			rc = remove_target(w, &op->at[i], &places.at[k]);
	}
	free(places.at);
	return rc;
}

/* ---- 見出し, 題名 ------------------------------------------------------- */

static void
set_caption(struct kt_work *w, struct kt_node *node, const char *p)
{
	struct kt_marked words = KT_MARKED_INIT;
	size_t n = strlen(p), b = strlen("（");
	bool bracketed = node->kind != KT_DOC && n >= 2 * b &&
			 memcmp(p, "（", b) == 0 &&
			 memcmp(p + n - b, "）", b) == 0;

	if (bracketed) {
		p += b;
		n -= 2 * b;
	}
	kt_inline_read(&words, w->arena, p, n);
	kt_node_caption(w->doc, node, words.text.p, words.text.len);
	kt_node_caption_marks(w->doc, node, words.marks, words.nmarks);
	kt_marked_release(&words);
}

int
kt_shape_caption(struct kt_work *w, const struct kt_op *op)
{
	struct kt_targets places = { .at = NULL };
	int rc = KT_OK;

	for (size_t i = 0; i < op->nat && rc == KT_OK; i++) {
		places.count = 0;
		rc = kt_find(&places, w, &op->at[i]);
		for (size_t k = 0; k < places.count && rc == KT_OK; k++) {
			const struct kt_target *t = &places.at[k];

			if (t->part != KT_P_MIDASHI && t->part != KT_P_WHOLE)
				rc = no_part(w, &op->at[i]);
			else
				set_caption(w, t->node, op->new);
		}
	}
	free(places.at);
	return rc;
}

/* ---- 次のように改める --------------------------------------------------- */

/* What the new text is made of when it takes the place of this node. */
static enum kt_kind
top_kind(const struct kt_target *t)
{
	if (t->part != KT_P_WHOLE)
		return KT_TEXT;
	return t->node->kind;
}

static int
rewrite_part(
    struct kt_work *w, const struct kt_op *op, const struct kt_target *t)
{
	struct kt_node *node = t->node;
	const char *words = kt_block_words(w, op);
	size_t start, end;

	if (t->part == KT_P_MIDASHI) {
		set_caption(w, node, words);
		return KT_OK;
	}
	node = find_part(w, t, &start, &end);
	if (node == NULL)
		return no_part(w, op->at);
	kt_field_cut(w, node, KT_TEXT_OF, start, end, words);
	return KT_OK;
}

/* 第四章の章名を次のように改める: label and words of the heading. */
static int
rewrite_name(struct kt_work *w, const struct kt_op *op, struct kt_node *node)
{
	struct kt_block_how how = { node->kind };
	struct kt_doc *new = kt_block_read(op->block, op->nblock, &how);
	const struct kt_node *top = new->root->first;
	int rc = KT_OK;

	if (top == NULL || top->kind != node->kind || top->next != NULL) {
		rc = kt_work_fault(w, KT_M_AMEND_BLOCK, op->at->text, "");
	} else {
		kt_node_label(w->doc, node, top->label);
		kt_node_caption(
		    w->doc, node, top->caption, strlen(top->caption));
		kt_node_caption_marks(
		    w->doc, node, top->caption_marks, top->ncaption_marks);
		node->num = top->num;
	}
	kt_doc_free(new);
	return rc;
}

/* 題名, 前文, 目次: what they hold is replaced. */
static int
rewrite_head(
    struct kt_work *w, const struct kt_op *op, const struct kt_target *t)
{
	struct kt_block_how how = { t->as == KT_ST_TOC ? KT_TOC : KT_TEXT };
	struct kt_node *node = t->node;
	const struct kt_node *from;
	struct kt_doc *new;

	if (t->as == KT_ST_TITLE) {
		set_caption(w, node, kt_block_words(w, op));
		return KT_OK;
	}
	new = kt_block_read(op->block, op->nblock, &how);
	from = new->root;
	if (from->first != NULL && from->first->kind == node->kind)
		from = from->first;
	while (node->first != NULL)
		kt_node_unlink(node->first);
	if (from->kind == node->kind)
		kt_node_label(w->doc, node, from->label);
	for (const struct kt_node *at = from->first; at != NULL; at = at->next)
		kt_node_copy(w->doc, node, at);
	kt_doc_free(new);
	return KT_OK;
}

/* The new clauses take the places of the old ones, one by one while there are
 * as many; else all together where the first stood. */
static void
put_in_place(struct kt_work *w, const struct kt_targets *places,
    const struct kt_node *first, size_t count)
{
	struct kt_node *stand = places->at[0].node;
	struct kt_node *parent = stand->parent, *before = stand->next;
	const struct kt_node *from = first;

	if (count == places->count) {
		for (size_t i = 0; i < count; i++, from = from->next) {
			become(w, places->at[i].node, from);
			kt_fit_label(w, places->at[i].node);
		}
		return;
	}
	for (; from != NULL; from = from->next) {
		struct kt_node *copy = kt_node_copy(w->doc, parent, from);

		kt_node_unlink(copy);
		kt_node_insert(parent, before, copy);
		kt_fit_label(w, copy);
	}
	for (size_t i = 0; i < places->count; i++)
		kt_node_unlink(places->at[i].node);
}

/* Kinds that may take each other's place. */
static bool
fits(const struct kt_node *node, const struct kt_node *new)
{
	return kt_is_numbered_as(new, node->kind);
}

static int
rewrite_clauses(
    struct kt_work *w, const struct kt_op *op, const struct kt_targets *places)
{
	struct kt_block_how how = { top_kind(&places->at[0]) };
	struct kt_doc *new = kt_block_read(op->block, op->nblock, &how);
	size_t count = 0;
	int rc = KT_OK;

	for (const struct kt_node *at = new->root->first; at != NULL;
	     at = at->next, count++)
		if (!fits(places->at[0].node, at))
			rc = KT_EINPUT;
	for (size_t i = 1; i < places->count; i++)
		if (places->at[i].node->kind != places->at[0].node->kind)
			rc = KT_EINPUT;
	if (rc != KT_OK || count == 0)
		rc = kt_work_fault(w, KT_M_AMEND_BLOCK, op->at->text, "");
	else
		put_in_place(w, places, new->root->first, count);
	w->stale = true;
	kt_doc_free(new);
	return rc;
}

int
kt_shape_rewrite(struct kt_work *w, const struct kt_op *op)
{
	struct kt_targets places = { .at = NULL };
	const struct kt_target *t;
	int rc = KT_OK;

	for (size_t i = 0; i < op->nat && rc == KT_OK; i++)
		rc = kt_find(&places, w, &op->at[i]);
	if (rc != KT_OK || places.count == 0) {
		free(places.at);
		return rc;
	}
	t = &places.at[0];
	if (t->as == KT_ST_COLUMN)
		rc = kt_work_fault(w, KT_M_AMEND_GEOMETRY, op->at->text, "");
	else if (t->part != KT_P_WHOLE)
		rc = rewrite_part(w, op, t);
	else if (t->as == KT_ST_NAME)
		rc = rewrite_name(w, op, t->node);
	else if (t->as == KT_ST_TITLE || t->as == KT_ST_TOC ||
		 t->as == KT_ST_PREAMBLE)
		rc = rewrite_head(w, op, t);
	else
		rc = rewrite_clauses(w, op, &places);
	free(places.at);
	return rc;
}

/* ---- numbers ------------------------------------------------------------ */

/* Room is made before it is taken: is there still a clause of that number,
 * not yet named in this sentence? */
static void
check_room(
    struct kt_work *w, const struct kt_node *node, const struct kt_num *num)
{
	const struct kt_node *in = node->parent;

	for (const struct kt_node *at = in == NULL ? NULL : in->first;
	     at != NULL; at = at->next) {
		bool named = at == node;

		if (!kt_is_numbered_as(at, node->kind) ||
		    kt_num_cmp(&at->num, num) != 0)
			continue;
		for (size_t i = 0; i < w->npending; i++)
			named = named || w->pending[i].node == at;
		if (!named)
			kt_work_doubt(
			    w, KT_M_AMEND_NO_ROOM, node->label, at->label, "");
	}
}

static void
put_pending(struct kt_work *w, struct kt_node *node, struct kt_node *parent,
    const struct kt_num *num)
{
	KT_GROW(w->pending, w->npending, w->pending_cap);
	w->pending[w->npending++] =
	    (struct kt_pending){ .node = node, .parent = parent, .num = *num };
}

/* Of all that were put from `first` on: clauses of a range move together. */
static void
check_rooms(struct kt_work *w, size_t first)
{
	for (size_t i = first; w->checking && i < w->npending; i++)
		if (w->pending[i].label == NULL)
			check_room(w, w->pending[i].node, &w->pending[i].num);
}

/* May a clause of this kind get a number of that step? */
static bool
number_fits(const struct kt_node *node, const struct kt_step *to)
{
	return to->num.n > 0 &&
	       kt_is_numbered_as(node, kt_kind_of_step(to->kind));
}

/* Does the address name the clauses that the number is among: 同条 for a 項,
 * not the 章 for a 条? */
static bool
names_parent(const struct kt_node *node, const struct kt_node *parent)
{
	if (parent == NULL || parent == node->parent)
		return false;
	return node->kind != KT_ARTICLE || kt_kind_is_division(parent->kind);
}

static bool
lies_in(const struct kt_node *node, const struct kt_node *in)
{
	while (node != NULL && node != in)
		node = node->parent;
	return node != NULL;
}

/* 附則を附則第一項とする, 第三条を同条第二項とする: the only 項 is meant. */
static struct kt_node *
only_paragraph(struct kt_node *node, const struct kt_step *to)
{
	if ((node->kind == KT_SUPPL || node->kind == KT_ARTICLE) &&
	    to->kind == KT_ST_PARAGRAPH && node->first != NULL &&
	    node->first->kind == KT_PARAGRAPH)
		return node->first;
	return node;
}

static int
move_one(struct kt_work *w, const struct kt_loc *from, const struct kt_loc *to)
{
	const struct kt_step *step = &to->step[to->nsteps - 1];
	struct kt_targets places = { .at = NULL };
	struct kt_node *node, *parent;
	int rc = kt_find(&places, w, from);

	if (rc == KT_OK)
		rc = kt_find_parent(&parent, w, to);
	if (rc == KT_OK && places.count != 1)
		rc = kt_work_fault(
		    w, KT_M_AMEND_CONTAINER, from->text, to->text);
	if (rc == KT_OK && places.at[0].node->kind == KT_APPENDIX &&
	    step->kind == KT_ST_APPENDIX) {
		put_pending(w, places.at[0].node, NULL, &step->num);
		w->pending[w->npending - 1].label = step->name;
	} else if (rc == KT_OK) {
		node = only_paragraph(places.at[0].node, step);
		/* 同条第三号 is in the 項 of the 条 that has the 号. */
		if (parent != NULL && node->kind == KT_ITEM)
			parent = kt_item_holder(parent);
		if (!number_fits(node, step) || lies_in(parent, node))
			rc = kt_work_fault(
			    w, KT_M_AMEND_CONTAINER, from->text, to->text);
		else
			put_pending(w, node,
			    names_parent(node, parent) &&
				    !kt_kind_is_division(node->kind)
				? parent
				: NULL,
			    &step->num);
		if (rc == KT_OK)
			check_rooms(w, w->npending - 1);
	}
	free(places.at);
	return rc;
}

int
kt_shape_move(struct kt_work *w, const struct kt_op *op)
{
	int rc = KT_OK;

	for (size_t i = 0; i < op->nat && rc == KT_OK; i++)
		rc = move_one(w, &op->at[i], &op->dest[i]);
	return rc;
}

/* The part of the number that a shift counts: of 第三条の二から第三条の四まで
 * the last one. */
static size_t
shifted_part(const struct kt_targets *places)
{
	const struct kt_num *a = &places->at[0].node->num;
	const struct kt_num *b = &places->at[places->count - 1].node->num;

	if (a->n > 1 && a->n == b->n && a->v[0] == b->v[0])
		return a->n - 1u;
	return 0;
}

int
kt_shape_shift(struct kt_work *w, const struct kt_op *op)
{
	struct kt_targets places = { .at = NULL };
	int rc = KT_OK;

	for (size_t i = 0; i < op->nat && rc == KT_OK; i++) {
		size_t part, first = w->npending;

		places.count = 0;
		rc = kt_find(&places, w, &op->at[i]);
		part =
		    rc == KT_OK && places.count > 0 ? shifted_part(&places) : 0;
		for (size_t k = 0; k < places.count && rc == KT_OK; k++) {
			struct kt_node *node = places.at[k].node;
			struct kt_num num = node->num;
			long to = (long)num.v[part] + op->by;

			if (num.n <= part || to < 1 || to > 99999) {
				rc = kt_work_fault(w, KT_M_AMEND_CONTAINER,
				    op->at[i].text, node->label);
				break;
			}
			num.v[part] = (unsigned)to;
			put_pending(w, node, NULL, &num);
		}
		check_rooms(w, first);
	}
	free(places.at);
	return rc;
}

/* Before the first clause of the family with a higher number. */
static void
put_among(struct kt_node *parent, struct kt_node *node)
{
	struct kt_node *before = NULL, *last = NULL;

	for (struct kt_node *at = parent->first; at != NULL; at = at->next) {
		if (!kt_is_numbered_as(at, node->kind))
			continue;
		last = at;
		if (kt_num_cmp(&at->num, &node->num) > 0) {
			before = at;
			break;
		}
	}
	if (before == NULL && last != NULL)
		before = last->next;
	kt_node_insert(parent, before, node);
}

void
kt_moves_flush(struct kt_work *w)
{
	for (size_t i = 0; i < w->npending; i++) {
		struct kt_pending *p = &w->pending[i];

		if (p->label != NULL)
			kt_node_label(w->doc, p->node, p->label);
		else if (p->node->parent != NULL)
			kt_renumber(w, p->node, &p->num);
	}
	for (size_t i = 0; i < w->npending; i++) {
		struct kt_node *node = w->pending[i].node;

		if (w->pending[i].parent == NULL || node->parent == NULL)
			continue;
		kt_node_unlink(node);
		put_among(w->pending[i].parent, node);
		w->stale = true;
	}
	w->npending = 0;
}
