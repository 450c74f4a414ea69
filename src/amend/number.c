/* SPDX-License-Identifier: MIT */
/*
 * Labels that change: a clause keeps the form of its number (第三条, 第3条,
 * ２, (1), イ), and at the end all numbers that were given must be unique and
 * in order.
 */
#include "apply_int.h"

#include <string.h>

/* ---- the number inside a label ------------------------------------------ */

/* Where the number of a label stands in it. */
struct inner {
	size_t head, nhead; /* 三 of 第三条の二, 1 of (1) */
	size_t branches, nbranches; /* の二 */
};

static bool
find_number(struct inner *out, const char *label, const struct kt_num *num)
{
	size_t n = strlen(label);
	unsigned len;

	for (size_t i = 0; i < n; i += len) {
		struct kt_num got = { .n = 1 };
		size_t used =
			   kt_num_plain(&got.v[0], &got.form, label + i, n - i),
		       at;

		kt_utf8_at(label + i, &len);
		if (used == 0 || got.v[0] != num->v[0])
			continue;
		*out = (struct inner){ .head = i, .nhead = used };
		/* Behind the unit or the bracket: 第三条の二, (2)の2. */
		for (at = i + used; at < n; at += len) {
			out->nbranches =
			    kt_num_branches(&got, label + at, n - at);
			if (out->nbranches > 0)
				break;
			kt_utf8_at(label + at, &len);
		}
		out->branches = out->nbranches > 0 ? at : n;
		return true;
	}
	return false;
}

/* The place behind the head where branches go that were not there: behind
 * the unit or the bracket. */
static size_t
branches_go(const char *label, const struct inner *in)
{
	size_t at = in->head + in->nhead;
	unsigned len;

	if (label[at] == '\0')
		return at;
	kt_utf8_at(label + at, &len);
	return at + len;
}

static void
put_renumbered(struct kt_buf *out, const char *label, const struct inner *in,
    const struct kt_num *num)
{
	size_t go = in->nbranches > 0 ? in->branches : branches_go(label, in);

	kt_buf_put(out, label, in->head);
	kt_num_write_head(out, num);
	kt_buf_put(
	    out, label + in->head + in->nhead, go - in->head - in->nhead);
	kt_num_write_branches(out, num);
	kt_buf_puts(out, label + go + in->nbranches);
}

/* ---- forms -------------------------------------------------------------- */

/* The form of a number inside a label, brackets apart. */
static enum kt_form
head_form(const char *label, const struct inner *in)
{
	struct kt_num got;

	kt_num_plain(&got.v[0], &got.form, label + in->head, in->nhead);
	return got.form;
}

/* A 項 of the document that has a written number, near the node first. */
static const struct kt_node *
numbered_paragraph(const struct kt_work *w, const struct kt_node *near)
{
	const struct kt_node *root = w->doc->root;

	for (const struct kt_node *at = near->parent->first; at != NULL;
	     at = at->next)
		if (at->kind == KT_PARAGRAPH && at->label[0] != '\0')
			return at;
	for (const struct kt_node *at = root; at != NULL;
	     at = kt_node_next(at, root))
		if (at->kind == KT_PARAGRAPH && at->label[0] != '\0')
			return at;
	return NULL;
}

/* Is the first of several 項 written without a number here? */
static bool
first_is_bare(const struct kt_work *w, const struct kt_node *node)
{
	const struct kt_node *root = w->doc->root;

	for (const struct kt_node *at = root; at != NULL;
	     at = kt_node_next(at, root))
		if (at->kind == KT_PARAGRAPH && at != node &&
		    at->parent->kind == node->parent->kind && at->num.n == 1 &&
		    at->num.v[0] == 1 && at->next != NULL &&
		    at->next->kind == KT_PARAGRAPH)
			return at->label[0] == '\0';
	return true;
}

static void
relabel_paragraph(
    struct kt_work *w, struct kt_node *node, const struct kt_num *num)
{
	const struct kt_node *like = numbered_paragraph(w, node);
	struct kt_buf label = KT_BUF_INIT;
	struct kt_num as = *num;

	as.form = KT_F_ARABIC;
	if (like != NULL)
		as.form = like->num.form;
	else if (w->narticles > 0 && w->article[0]->num.form == KT_F_KANJI)
		as.form = KT_F_WIDE;
	if (num->v[0] != 1 || !first_is_bare(w, node))
		kt_num_write(&label, &as);
	kt_node_label(w->doc, node, label.p);
	kt_buf_release(&label);
}

/* ---- giving a number ---------------------------------------------------- */

static void
note_number(struct kt_work *w, struct kt_node *node)
{
	KT_GROW(w->numbered, w->nnumbered, w->numbered_cap);
	w->numbered[w->nnumbered++] = (struct kt_numbered){ node, w->sentence };
}

struct kt_num
kt_num_like(const struct kt_num *num, enum kt_form form)
{
	struct kt_num as = *num;

	if (form == KT_F_AIUEO || form == KT_F_PAREN_AIUEO)
		kt_num_as_aiueo(&as);
	else if (form == KT_F_LATIN || form == KT_F_PAREN_LATIN)
		kt_num_as_latin(&as);
	as.form = form;
	return as;
}

void
kt_renumber(struct kt_work *w, struct kt_node *node, const struct kt_num *num)
{
	struct kt_buf label = KT_BUF_INIT;
	struct kt_num as = *num;
	struct inner in;

	if (node->kind == KT_PARAGRAPH &&
	    (node->label[0] == '\0' || num->v[0] == 1)) {
		relabel_paragraph(w, node, num);
	} else if (find_number(&in, node->label, &node->num)) {
		as.form = head_form(node->label, &in);
		put_renumbered(&label, node->label, &in, &as);
		kt_node_label(w->doc, node, label.p);
	} else {
		/* イ, (イ), ① …: the label is the number. */
		as = kt_num_like(num, node->num.form);
		kt_num_write(&label, &as);
		kt_node_label(w->doc, node, label.p);
	}
	as.form = node->num.form;
	node->num = as;
	node->to.n = 0;
	kt_buf_release(&label);
	note_number(w, node);
	w->stale = w->stale || node->kind == KT_ARTICLE;
}

/* Neighbours of the family that carry a number of digits. */
static const struct kt_node *
neighbour(const struct kt_node *node)
{
	for (const struct kt_node *at = node->parent->first; at != NULL;
	     at = at->next)
		if (at != node && at->kind == node->kind &&
		    (at->num.form == KT_F_WIDE ||
			at->num.form == KT_F_ARABIC) &&
		    at->label[0] != '\0')
			return at;
	return NULL;
}

void
kt_fit_label(struct kt_work *w, struct kt_node *node)
{
	const struct kt_node *like;
	struct kt_buf label = KT_BUF_INIT;

	note_number(w, node);
	w->stale = w->stale || node->kind == KT_ARTICLE ||
		   kt_kind_is_division(node->kind);
	if (node->kind != KT_PARAGRAPH || node->num.form != KT_F_ARABIC)
		return;
	like = neighbour(node);
	if (like == NULL || like->num.form == node->num.form)
		return;
	node->num.form = like->num.form;
	kt_num_write(&label, &node->num);
	kt_node_label(w->doc, node, label.p);
	kt_buf_release(&label);
}

/* ---- the check at the end ----------------------------------------------- */

static const struct kt_node *
beside(struct kt_work *w, struct kt_node *node, int step)
{
	if (node->kind == KT_ARTICLE)
		return kt_article_beside(w, node, step);
	do
		node = step < 0 ? node->prev : node->next;
	while (node != NULL && node->num.n == 0);
	return node;
}

static const struct kt_num *
last_number(const struct kt_node *node)
{
	return node->to.n > 0 ? &node->to : &node->num;
}

static bool
is_attached(const struct kt_node *node, const struct kt_node *root)
{
	while (node->parent != NULL)
		node = node->parent;
	return node == root;
}

static int
report(struct kt_work *w, const struct kt_numbered *n, enum kt_msg_id id,
    const struct kt_node *other)
{
	return kt_report(w->diag, .id = id, .a = n->node->label,
	    .b = other->label,
	    .at = { .line = n->sentence->line, .column = n->sentence->column });
}

/* 別表 and 様式 are names, whatever number they hold. */
static bool
counts(const struct kt_node *node)
{
	return node->num.n > 0 &&
	       (node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
		   node->kind == KT_ITEM || node->kind == KT_HEADED ||
		   kt_kind_is_division(node->kind));
}

/* 第五条 behind 第三条: a number was left out, or mistaken. */
static bool
leaves_gap(const struct kt_node *before, const struct kt_node *node)
{
	const struct kt_num *a, *b = &node->num;

	if (before == NULL)
		return b->n == 1 && b->v[0] > 1;
	a = last_number(before);
	if (b->n == 1)
		return b->v[0] > a->v[0] + 1;
	/* 第三条の二 begins at 2, and goes on by one. */
	if (a->v[0] != b->v[0])
		return true;
	return b->n == 2 &&
	       b->v[1] != (a->n == 1 ? 2 : a->v[1] + (a->n == 2 ? 1 : 0)) &&
	       !(a->n > 2 && b->v[1] == a->v[1] + 1);
}

static int
check_one(struct kt_work *w, const struct kt_numbered *n)
{
	const struct kt_node *before = beside(w, n->node, -1);
	const struct kt_node *behind = beside(w, n->node, 1);
	int a = -1, b = -1;

	if (before != NULL && kt_is_numbered_as(before, n->node->kind))
		a = kt_num_cmp(last_number(before), &n->node->num);
	if (behind != NULL && kt_is_numbered_as(behind, n->node->kind))
		b = kt_num_cmp(last_number(n->node), &behind->num);
	if (a == 0)
		return report(w, n, KT_M_AMEND_TAKEN, before);
	if (b == 0)
		return report(w, n, KT_M_AMEND_TAKEN, behind);
	if (a > 0)
		return report(w, n, KT_M_AMEND_ORDER, before);
	if (b > 0)
		return report(w, n, KT_M_AMEND_ORDER, behind);
	if (w->checking &&
	    leaves_gap(a == -1 && before != NULL &&
			       kt_is_numbered_as(before, n->node->kind)
			   ? before
			   : NULL,
		n->node)) {
		report(w, n, KT_M_AMEND_GAP, before == NULL ? n->node : before);
		w->findings++;
	}
	return KT_OK;
}

int
kt_numbers_check(struct kt_work *w)
{
	for (size_t i = 0; i < w->nnumbered; i++) {
		const struct kt_numbered *n = &w->numbered[i];
		int rc;

		if (!counts(n->node) || !is_attached(n->node, w->doc->root))
			continue;
		rc = check_one(w, n);
		if (rc != KT_OK)
			return rc;
	}
	return KT_OK;
}
