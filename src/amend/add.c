/* SPDX-License-Identifier: MIT */
/*
 * Additions: new text as clauses, and the place where they go.
 */
#include "apply_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- new text ----------------------------------------------------------- */

const char *
kt_block_words(struct kt_work *w, const struct kt_op *op)
{
	struct kt_buf words = KT_BUF_INIT;
	const char *kept;

	for (size_t i = 0; i < op->nblock; i++) {
		const char *p = op->block[i].text;

		kt_buf_puts(&words, strncmp(p, "\\ ", 2) == 0 ? p + 2 : p);
	}
	kept = kt_arena_strndup(w->arena, words.p, words.len);
	kt_buf_release(&words);
	return kept;
}

static bool
begins_with_row(const struct kt_op *op)
{
	const char *p = op->block[0].text;

	return p[0] == '|' || strncmp(p, "〔行〕", strlen("〔行〕")) == 0;
}

/* What 次のように加え adds is not said; the place tells it. */
static enum kt_kind
kind_by_place(const struct kt_op *op, const struct kt_target *t)
{
	if (begins_with_row(op) &&
	    (t->node->kind == KT_ROW || t->node->kind == KT_TABLE ||
		t->node->kind == KT_APPENDIX))
		return KT_ROW;
	if (op->where == KT_W_INTO &&
	    (t->node->kind == KT_ITEM || t->node->kind == KT_PARAGRAPH ||
		t->node->kind == KT_NOTE || t->node->kind == KT_HEADED))
		return KT_ITEM;
	if (op->where == KT_W_INTO && t->node->kind == KT_ARTICLE)
		return KT_PARAGRAPH;
	return op->where == KT_W_INTO ? KT_DOC : t->node->kind;
}

static enum kt_kind
kind_of_addition(const struct kt_op *op, const struct kt_target *t)
{
	enum kt_kind kind;

	if (op->ncounts == 0)
		return kind_by_place(op, t);
	kind = kt_kind_of_step(op->counts[0].kind);
	/* Clauses of a 項番 document are counted as 項番 and 号 alike. */
	if (kind == KT_ITEM && t->node->kind == KT_HEADED &&
	    op->where != KT_W_INTO)
		kind = KT_HEADED;
	return kind;
}

/* Are there as many of each kind as the sentence says? */
static bool
counts_agree(const struct kt_op *op, const struct kt_node *root)
{
	for (size_t i = 0; i < op->ncounts; i++) {
		enum kt_kind kind = kt_kind_of_step(op->counts[i].kind);
		unsigned n = 0;

		for (const struct kt_node *at = root->first; at != NULL;
		     at = at->next)
			n += kt_is_numbered_as(at, kind);
		if (n == 0 || (op->counts[i].n > 0 && n != op->counts[i].n))
			return false;
	}
	return true;
}

/* ---- places ------------------------------------------------------------- */

/* Where the new clauses go. */
struct spot {
	struct kt_node *parent, *before; /* before NULL: at the end */
};

/* Behind a node and the 解説 that belongs to it. */
static struct kt_node *
behind(const struct kt_node *node)
{
	struct kt_node *next = node->next;

	while (next != NULL && next->kind == KT_COMMENTARY)
		next = next->next;
	return next;
}

/* The clause of which the new ones become neighbours: for a 章 the 章 in which
 * the 条 lies. */
static struct kt_node *
neighbour_of(struct kt_node *node, enum kt_kind kind)
{
	if (!kt_kind_is_division(kind))
		return node;
	while (node->parent != NULL &&
	       kt_kind_is_division(node->parent->kind) &&
	       node->parent->kind >= kind)
		node = node->parent;
	return node;
}

/* The division in which a 条 at the end of this one stands. */
static struct kt_node *
last_division(struct kt_node *node)
{
	while (node->last != NULL && kt_kind_is_division(node->last->kind))
		node = node->last;
	return node;
}

/* The 項 of a 条 that gets 号. */
struct kt_node *
kt_item_holder(struct kt_node *node)
{
	struct kt_node *found = NULL;

	if (node->kind != KT_ARTICLE && node->kind != KT_SUPPL)
		return node;
	for (struct kt_node *p = node->first; p != NULL; p = p->next) {
		if (p->kind != KT_PARAGRAPH)
			continue;
		if (found == NULL)
			found = p;
		for (struct kt_node *at = p->first; at != NULL; at = at->next)
			if (at->kind == KT_ITEM)
				return p;
	}
	return found == NULL ? node : found;
}

/* The clause that holds what is added, from the one that was named. */
static struct kt_node *
holder(struct kt_node *node, enum kt_kind kind)
{
	if (kind == KT_ITEM || kind == KT_HEADED)
		return kt_item_holder(node);
	if (kind == KT_ARTICLE &&
	    (node->kind == KT_DOC || kt_kind_is_division(node->kind)))
		return last_division(node);
	if (kind == KT_ROW) {
		struct kt_node *at = node;

		while (at != NULL && at->kind != KT_TABLE)
			at = kt_node_next(at, node);
		return at == NULL ? node : at;
	}
	if ((kind == KT_TABLE || kind == KT_FIGURE || kind == KT_NOTE ||
		kind == KT_BULLET || kind == KT_TEXT) &&
	    node->kind == KT_ARTICLE && node->last != NULL &&
	    node->last->kind == KT_PARAGRAPH)
		return node->last;
	return node;
}

/* Behind the last of its family, in front of what comes after them all. */
static struct spot
at_end(struct kt_node *parent, enum kt_kind kind)
{
	struct kt_node *last = NULL, *first = NULL;

	for (struct kt_node *at = parent->first; at != NULL; at = at->next) {
		if (kt_is_numbered_as(at, kind) ||
		    (parent->kind == KT_DOC && kind == KT_ARTICLE &&
			kt_kind_is_division(at->kind)))
			last = at;
		else if (first == NULL && parent->kind == KT_DOC &&
			 kind != KT_APPENDIX &&
			 (at->kind == KT_SUPPL || at->kind == KT_APPENDIX))
			first = at;
	}
	if (last != NULL)
		return (struct spot){ parent, behind(last) };
	if (first != NULL && (kind != KT_SUPPL || first->kind == KT_APPENDIX))
		return (struct spot){ parent, first };
	return (struct spot){ parent, NULL };
}

/* A 条 or a 章 lies in no 条. */
static bool
can_hold(const struct kt_node *in, enum kt_kind kind)
{
	if (kind != KT_ARTICLE && !kt_kind_is_division(kind))
		return true;
	if (kt_kind_is_division(in->kind))
		return kind == KT_ARTICLE || in->kind < kind;
	return in->kind == KT_DOC || in->kind == KT_SUPPL ||
	       in->kind == KT_APPENDIX;
}

static bool
find_spot(struct spot *out, const struct kt_op *op, const struct kt_target *t,
    enum kt_kind kind)
{
	struct kt_node *node = t->node;

	if (op->where == KT_W_INTO) {
		*out = at_end(holder(node, kind), kind);
		return can_hold(out->parent, kind);
	}
	if (op->where == KT_W_AS) {
		node = kt_item_holder(node);
		if (kind == KT_PARAGRAPH)
			node = t->node;
		*out = (struct spot){ node, node->first };
		/* 第二項として: in front of what has that number. */
		while (out->before != NULL &&
		       (!kt_is_numbered_as(out->before, kind) ||
			   kt_num_cmp(&out->before->num, &op->as.num) < 0))
			out->before = out->before->next;
		if (out->before == NULL)
			*out = at_end(node, kind);
		return true;
	}
	/* 題名の次に次の目次を加える */
	if (t->as == KT_ST_TITLE) {
		*out = (struct spot){ node, node->first };
		return op->where == KT_W_AFTER;
	}
	node = neighbour_of(node, kind);
	if (node->parent == NULL)
		return false;
	*out = (struct spot){ node->parent,
		op->where == KT_W_AFTER ? behind(node) : node };
	return true;
}

/* ---- putting it there --------------------------------------------------- */

static void
put_nodes(
    struct kt_work *w, const struct spot *spot, const struct kt_node *from)
{
	for (; from != NULL; from = from->next) {
		struct kt_node *node = kt_node_copy(w->doc, spot->parent, from);

		kt_node_unlink(node);
		kt_node_insert(spot->parent, spot->before, node);
		kt_fit_label(w, node);
	}
	w->stale = true;
}

/* New labels of kana count as their neighbours do. */
static void
fit_kana(struct kt_node *parent)
{
	enum kt_form form = KT_F_NONE;

	for (struct kt_node *at = parent->first; at != NULL; at = at->next)
		if (at->num.form == KT_F_AIUEO ||
		    at->num.form == KT_F_PAREN_AIUEO)
			form = at->num.form;
	if (form == KT_F_NONE)
		return;
	for (struct kt_node *at = parent->first; at != NULL; at = at->next)
		if (at->num.form == KT_F_IROHA ||
		    at->num.form == KT_F_PAREN_IROHA)
			kt_num_as_aiueo(&at->num);
}

/* 次の章名を付する: the heading takes what stands from there to the next
 * heading of its rank. */
static void
attach_heading(
    struct kt_work *w, struct kt_node *first, const struct kt_node *from)
{
	struct kt_node *in = first, *heading, *next;
	bool splits;

	while (in->parent != NULL && kt_kind_is_division(in->parent->kind) &&
	       in->parent->kind > from->kind)
		in = in->parent;
	splits = in->parent != NULL && in->parent->kind == from->kind;
	heading = kt_node_copy(
	    w->doc, splits ? in->parent->parent : in->parent, from);
	kt_node_unlink(heading);
	if (splits)
		kt_node_insert(in->parent->parent, in->parent->next, heading);
	else
		kt_node_insert(in->parent, in, heading);
	for (struct kt_node *at = in; at != NULL; at = next) {
		next = at->next;
		if (at->kind != KT_ARTICLE && at->kind != KT_COMMENTARY &&
		    !(kt_kind_is_division(at->kind) && at->kind > from->kind))
			break;
		kt_node_unlink(at);
		kt_node_insert(heading, NULL, at);
	}
	kt_fit_label(w, heading);
	w->stale = true;
}

static int
add_headings(struct kt_work *w, const struct kt_op *op,
    const struct kt_target *t, const struct kt_node *from)
{
	struct kt_node *first = t->node;

	if (op->where == KT_W_AFTER && first->kind == KT_ARTICLE)
		first = kt_article_beside(w, first, 1);
	else if (op->where == KT_W_AFTER && kt_kind_is_division(first->kind))
		first = first->first;
	if (first == NULL || first->parent == NULL || from == NULL)
		return kt_work_fault(w, KT_M_AMEND_CONTAINER, op->at->text, "");
	/* 章名 and 節名 together: the inner one is under the outer. */
	for (; from != NULL; from = from->first) {
		if (!kt_kind_is_division(from->kind) || from->next != NULL)
			return kt_work_fault(
			    w, KT_M_AMEND_BLOCK, op->at->text, "");
		attach_heading(w, first,
		    &(struct kt_node){ .kind = from->kind,
			.label = from->label,
			.num = from->num,
			.caption = from->caption,
			.related = "",
			.text = "",
			.origin = "",
			.colspan = 1,
			.rowspan = 1 });
	}
	return KT_OK;
}

/* 後段として, ただし書を: words behind or before those that are there. */
static int
add_part(struct kt_work *w, const struct kt_op *op, const struct kt_target *t)
{
	struct kt_node *node = t->node;
	size_t at;

	if (node->kind == KT_ARTICLE || node->kind == KT_SUPPL)
		node = node->last;
	while (node != NULL && node->kind == KT_COMMENTARY)
		node = node->prev;
	if (node == NULL)
		return kt_work_fault(w, KT_M_AMEND_NO_PLACE, op->at->text, "");
	at = op->part == KT_P_ZENDAN ? 0 : node->len;
	kt_field_cut(w, node, KT_TEXT_OF, at, at, kt_block_words(w, op));
	return KT_OK;
}

static int
add_at(struct kt_work *w, const struct kt_op *op, const struct kt_target *t)
{
	enum kt_kind kind = kind_of_addition(op, t);
	struct kt_block_how how = { kind };
	struct kt_doc *new = kt_block_read(op->block, op->nblock, &how);
	struct spot spot;
	int rc = KT_OK;

	if (op->names) {
		rc = add_headings(w, op, t, new->root->first);
	} else if (!counts_agree(op, new->root)) {
		rc = kt_work_fault(w, KT_M_AMEND_COUNT, op->at->text, "");
	} else if (!find_spot(&spot, op, t, kind)) {
		rc = kt_work_fault(w, KT_M_AMEND_CONTAINER, op->at->text, "");
	} else {
		put_nodes(w, &spot, new->root->first);
		fit_kana(spot.parent);
	}
	kt_doc_free(new);
	return rc;
}

int
kt_shape_add(struct kt_work *w, const struct kt_op *op)
{
	struct kt_targets places = { .at = NULL };
	int rc = kt_find(&places, w, op->at);

	if (rc == KT_OK && places.count != 1)
		rc = kt_work_fault(w, KT_M_AMEND_CONTAINER, op->at->text, "");
	if (rc == KT_OK)
		rc = op->part != KT_P_WHOLE ? add_part(w, op, places.at)
					    : add_at(w, op, places.at);
	free(places.at);
	return rc;
}

int
kt_suppl_add(
    struct kt_work *w, const struct kt_amend_suppl *suppl, const char *number)
{
	struct kt_block_how how = { KT_SUPPL };
	struct kt_doc *new = kt_block_read(suppl->line, suppl->nlines, &how);
	struct spot spot = at_end(w->doc->root, KT_SUPPL);

	for (struct kt_node *at = new->root->first; at != NULL; at = at->next)
		if (at->kind == KT_SUPPL && at->related[0] == '\0')
			kt_node_related(new, at, number, strlen(number));
	put_nodes(w, &spot, new->root->first);
	kt_doc_free(new);
	return KT_OK;
}
