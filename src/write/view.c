/* SPDX-License-Identifier: MIT */
/*
 * The sections and rows of a comparison.  Rows follow the new text; what was
 * deleted stands where it stood.  Every change of the list is in exactly one
 * row: what belongs to no unit (題名, 章名, 目次) comes first, but the name of
 * an 附則 before the first unit in it.
 */
#include "view_int.h"

#include <stdlib.h>
#include <string.h>

struct build {
	struct view *v;
	const struct kt_changes *list;
	/* By node id: the change of its words, of its caption, of
	 * （第5条関係）. */
	const struct kt_change **old[3], **new[3];
	bool *used; /* by change */
	struct view_row *rows;
	size_t nrows, cap;
};

enum what { TEXT, CAPTION, RELATED };

static enum what
what_of(const struct kt_change *c)
{
	return c->side == KT_SIDE_CAPTION   ? CAPTION
	       : c->side == KT_SIDE_RELATED ? RELATED
					    : TEXT;
}

static void
index_changes(struct build *b)
{
	for (size_t i = 0; i < b->list->count; i++) {
		const struct kt_change *c = &b->list->at[i];
		enum what what = what_of(c);

		for (size_t k = 0; k < c->nold; k++)
			b->old[what][c->old[k]->id] = c;
		for (size_t k = 0; k < c->nnew; k++)
			b->new[what][c->new[k]->id] = c;
	}
}

static const struct kt_change *
change_of(const struct build *b, enum what what, const struct kt_node *old,
    const struct kt_node *new)
{
	if (new != NULL && b->new[what][new->id] != NULL)
		return b->new[what][new->id];
	return old == NULL ? NULL : b->old[what][old->id];
}

static void
use(struct build *b, const struct kt_change *c)
{
	if (c != NULL)
		b->used[c - b->list->at] = true;
}

static const struct kt_change *
put_row(struct build *b, const struct kt_node *old, const struct kt_node *new,
    bool moved)
{
	struct view_row row = { .old = old,
		.new = new,
		.text = change_of(b, TEXT, old, new),
		.caption = change_of(b, CAPTION, old, new),
		.related = change_of(b, RELATED, old, new),
		.moved = moved };

	use(b, row.text);
	use(b, row.caption);
	use(b, row.related);
	KT_GROW(b->rows, b->nrows, b->cap);
	b->rows[b->nrows++] = row;
	return row.text;
}

/* Does the row of this node say all there is below it? */
static bool
covers_subtree(const struct kt_change *c, const struct kt_node *n)
{
	return n->kind == KT_ROW || (c != NULL && c->side == KT_SIDE_SUBTREE);
}

static const struct kt_node *
step(const struct kt_node *n, const struct kt_node *root, bool over)
{
	return over ? kt_node_skip(n, root) : kt_node_next(n, root);
}

/* Is a node, or one it lies in up to `top`, without a peer? */
static bool
is_gone(const struct build *b, const struct kt_node *old)
{
	return b->list->old_peer[old->id] == NULL;
}

/* Old nodes from `from` up to (not including) `to` that have no peer. */
static const struct kt_node *
put_deleted(struct build *b, const struct kt_node *from,
    const struct kt_node *to, const struct kt_node *root)
{
	const struct kt_node *n = from;

	while (n != NULL && n != to) {
		bool gone = is_gone(b, n);
		const struct kt_change *c =
		    gone ? put_row(b, n, NULL, false) : NULL;

		n = step(n, root, gone && covers_subtree(c, n));
	}
	return n;
}

/* A unit against a unit: rows in the order of the new text. */
static void
rows_of_pair(
    struct build *b, const struct kt_node *old, const struct kt_node *new)
{
	const struct kt_node *at = old, *n = new;
	uint32_t end = old->id;

	for (const struct kt_node *k = old; k != NULL; k = kt_node_next(k, old))
		end = k->id;
	while (n != NULL) {
		const struct kt_node *peer = b->list->new_peer[n->id];
		const struct kt_change *c;
		bool ahead = peer != NULL && at != NULL && peer->id >= at->id &&
			     peer->id <= end;

		if (ahead) {
			put_deleted(b, at, peer, old);
			at = kt_node_next(peer, old);
		}
		c = put_row(b, peer, n, peer != NULL && !ahead);
		if (ahead && covers_subtree(c, n))
			at = kt_node_skip(peer, old);
		n = step(n, new, covers_subtree(c, n));
	}
	put_deleted(b, at, NULL, old);
}

static void
rows_of(struct build *b, const struct kt_pair *p)
{
	if (p->nold == 1 && p->nnew == 1) {
		rows_of_pair(b, p->old[0], p->new[0]);
		return;
	}
	/* Added, deleted, split, merged: one change says it all. */
	put_row(b, p->nold == 0 ? NULL : p->old[0],
	    p->nnew == 0 ? NULL : p->new[0], false);
	for (uint32_t i = 1; i < p->nold; i++)
		if (b->old[TEXT][p->old[i]->id] != b->rows[b->nrows - 1].text)
			put_row(b, p->old[i], NULL, false);
	for (uint32_t i = 1; i < p->nnew; i++)
		if (b->new[TEXT][p->new[i]->id] != b->rows[b->nrows - 1].text)
			put_row(b, NULL, p->new[i], false);
}

/* The 附則 that a unit stands in, if it changed and no row says so yet. */
static void
rows_above(struct build *b, const struct kt_pair *p)
{
	const struct kt_node *at = p->nnew > 0 ? p->new[0] : p->old[0];
	bool new_side = p->nnew > 0;

	while (at != NULL && at->kind != KT_SUPPL)
		at = at->parent;
	if (at == NULL || at->unit == at)
		return;
	if (new_side) {
		const struct kt_change *c = b->new[CAPTION][at->id];

		if (c != NULL && !b->used[c - b->list->at])
			put_row(b, b->list->new_peer[at->id], at, false);
	} else if (is_gone(b, at)) {
		const struct kt_change *c = b->old[CAPTION][at->id];

		if (c != NULL && !b->used[c - b->list->at])
			put_row(b, at, NULL, false);
	}
}

static unsigned gravity(enum kt_class class)
{
	switch (class) {
	case KT_C_SUBSTANCE:
		return 4;
	case KT_C_CAPTION:
		return 3;
	case KT_C_REFERENCE:
		return 2;
	case KT_C_NOTATION:
		return 1;
	case KT_C_NONE:
	case KT_CLASSES:
		break;
	}
	return 0;
}

static void
weigh(struct view_section *s, const struct kt_change *c)
{
	if (c == NULL)
		return;
	s->changes++;
	s->flags |= c->flags;
	s->classes |= 1u << c->class;
	if (gravity(c->class) > gravity(s->class))
		s->class = c->class;
}

/* The rows collected since the last section become one. */
static void
close_section(struct build *b, const struct kt_pair *pair)
{
	struct view_section *s = &b->v->at[b->v->count++];
	struct view_row *rows = KT_NEWN(b->v->arena, struct view_row, b->nrows);

	memcpy(rows, b->rows, b->nrows * sizeof(*rows));
	*s = (struct view_section){
		.pair = pair, .rows = rows, .nrows = b->nrows
	};
	for (size_t i = 0; i < b->nrows; i++) {
		weigh(s, rows[i].text);
		weigh(s, rows[i].caption);
		weigh(s, rows[i].related);
	}
	b->nrows = 0;
}

/* What no unit holds, in the order of the list; before all sections. */
static void
rows_outside(struct build *b)
{
	for (size_t i = 0; i < b->list->count; i++) {
		const struct kt_change *c = &b->list->at[i];

		if (!b->used[i])
			put_row(b, c->nold == 0 ? NULL : c->old[0],
			    c->nnew == 0 ? NULL : c->new[0], false);
	}
}

static void
begin_build(struct build *b, struct view *v, const struct kt_changes *list)
{
	size_t nold = list->old->count, nnew = list->new->count;

	*b = (struct build){ .v = v, .list = list };
	for (size_t i = 0; i < 3; i++) {
		b->old[i] = kt_calloc(nold, sizeof(**b->old));
		b->new[i] = kt_calloc(nnew, sizeof(**b->new));
	}
	b->used = kt_calloc(list->count, sizeof(*b->used));
	index_changes(b);
}

static void
end_build(struct build *b)
{
	for (size_t i = 0; i < 3; i++) {
		free(b->old[i]);
		free(b->new[i]);
	}
	free(b->used);
	free(b->rows);
}

struct view *
view_new(const struct kt_changes *list)
{
	struct view *v = kt_calloc(1, sizeof(*v));
	struct view_section outside;
	struct build b;

	v->arena = kt_arena_new();
	v->list = list;
	v->at = KT_NEWN(v->arena, struct view_section, list->npairs + 2);
	begin_build(&b, v, list);
	v->count = 1; /* room for what lies outside, known last */
	for (size_t i = 0; i < list->npairs; i++) {
		rows_above(&b, &list->pairs[i]);
		rows_of(&b, &list->pairs[i]);
		close_section(&b, &list->pairs[i]);
	}
	rows_outside(&b);
	close_section(&b, NULL);
	outside = v->at[--v->count];
	v->at[0] = outside;
	end_build(&b);
	return v;
}

void
view_free(struct view *v)
{
	if (v == NULL)
		return;
	kt_arena_free(v->arena);
	free(v);
}
