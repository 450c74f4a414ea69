/* SPDX-License-Identifier: MIT */
/*
 * What is true of nodes because of the clauses above them, where deleted
 * ones stand in the new text, the order of the list, and the correspondence
 * of units.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- states ------------------------------------------------------------- */

static const struct kt_node *
above(const struct kt_node *node)
{
	if (node->unit != NULL && node->unit != node &&
	    node->parent->unit != node->unit)
		return node->unit; /* it stands behind it */
	return node->parent;
}

/* 別表六（十一）, 別表六（十二）　記載要領: more of a number than is read. */
static bool
other_label(struct work *w, const struct kt_node *x, const struct kt_node *y)
{
	struct text_work *t = &w->text;

	if ((x->kind != KT_APPENDIX && x->kind != KT_NOTE) ||
	    x->kind != y->kind || x->label[0] == '\0' || y->label[0] == '\0' ||
	    strcmp(x->label, y->label) == 0)
		return false;
	if (t->notation == NULL)
		t->notation = kt_notation_new();
	kt_buf_clear(&t->one);
	kt_buf_clear(&t->two);
	kt_fold_notation(t->notation, &t->one, x->label, strlen(x->label));
	kt_fold_notation(t->notation, &t->two, y->label, strlen(y->label));
	return strcmp(t->one.p, t->two.p) != 0;
}

static bool
other_number(struct work *w, const struct kt_node *x, const struct kt_node *y)
{
	if (x->label[0] == '\0' && y->label[0] == '\0')
		return false;
	if (other_label(w, x, y))
		return true;
	if (x->num.n == 0 || y->num.n == 0)
		return false;
	return kt_num_cmp(&x->num, &y->num) != 0 ||
	       kt_num_cmp(&x->to, &y->to) != 0;
}

/* Does the address of what is below name this clause?  条 are counted
 * through all divisions. */
static bool
names_below(const struct kt_node *node)
{
	return !kt_kind_is_division(node->kind) && node->kind != KT_DOC;
}

static void
mark_node(struct work *w, int side, uint32_t id)
{
	struct side *s = &w->side[side];
	const struct kt_node *node = node_at(s, id), *up = above(node);
	uint8_t over = up == NULL ? 0 : s->state[up->id];
	uint8_t state = s->state[id];

	if (s->peer[id] != NONE &&
	    other_number(w, node, node_at(&w->side[1 - side], s->peer[id])))
		state |= ST_OWN_NUMBER | ST_RENUMBERED;
	if (up != NULL && names_below(up))
		state |= over & ST_RENUMBERED;
	if ((state & ST_MOVED) != 0)
		state |= ST_AWAY;
	if (node->unit != NULL && node->unit != node)
		state |= over & ST_AWAY;
	if (node->kind == KT_COMMENTARY)
		state |= ST_COMMENTARY;
	state |= over & ST_COMMENTARY;
	s->state[id] = state;
}

void
kt_mark_states(struct work *w)
{
	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; i < w->side[side].n; i++)
			mark_node(w, side, i);
}

/* ---- places ------------------------------------------------------------- */

/* The new node that an old one which stayed in its place has become. */
static uint32_t
stays_at(const struct work *w, uint32_t id)
{
	const struct side *o = &w->side[0];
	const struct group *g;

	if (o->group[id] != NONE) {
		g = &w->groups[o->group[id]];
		if (g->one_side == 1)
			return kt_side_end(&w->side[1], g->one) - 1;
		return kt_side_end(&w->side[1], g->many[g->nmany - 1]) - 1;
	}
	if (o->peer[id] == NONE || (o->state[id] & ST_AWAY) != 0)
		return NONE;
	return o->peer[id];
}

/* A clause that moved, its nodes on both sides, and the last new node in it
 * that an old one has become so far. */
struct moved_clause {
	uint32_t old_end, new, new_end, at;
};

/* What was taken out of a clause that moved stands where that has gone. */
static bool
goes_along(const struct work *w, uint32_t id, struct moved_clause *m)
{
	uint32_t to = w->side[0].peer[id];

	if (id < m->old_end) {
		if (to != NONE && to >= m->new &&to < m->new_end)
			m->at = to;
		return true;
	}
	if (to == NONE || (w->side[0].state[id] & ST_AWAY) == 0)
		return false;
	*m = (struct moved_clause){ kt_side_end(&w->side[0], id), to,
		kt_side_end(&w->side[1], to), to };
	return true;
}

void
kt_place_deleted(struct list_work *l)
{
	const struct work *w = l->w;
	struct moved_clause moved = { 0, 0, 0, 0 };
	uint32_t at = 0;

	l->place = kt_malloc(sizeof(*l->place) * w->side[0].n);
	for (uint32_t i = 0; i < w->side[0].n; i++) {
		uint32_t to = stays_at(w, i);

		if (goes_along(w, i, &moved)) {
			l->place[i] = moved.at;
			continue;
		}
		if (to != NONE)
			at = to;
		l->place[i] = at;
	}
}

static int
by_place(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return a->old < b->old ? -1 : a->old > b->old;
}

void
kt_list_sort(struct list_work *l)
{
	struct kt_changes *list = l->w->list;

	if (l->n > 0)
		qsort(l->at, l->n, sizeof(*l->at), by_place);
	list->at = KT_NEWN(list->arena, struct kt_change, l->n);
	list->count = l->n;
	for (size_t i = 0; i < l->n; i++) {
		list->at[i] = l->at[i].change;
		list->sum[l->at[i].change.fate]++;
	}
}

/* ---- correspondence ----------------------------------------------------- */

enum heard { HEARD_NOTATION = 1, HEARD_OTHER = 2, HEARD_FATE = 4 };

/* What the list says of each unit, by id of its side. */
static void
hear(const struct kt_changes *list, uint8_t *heard[2])
{
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];
		uint8_t what = c->class == KT_C_NOTATION ? HEARD_NOTATION
			       : c->class == KT_C_NONE   ? HEARD_FATE
							 : HEARD_OTHER;

		for (uint32_t k = 0; k < c->nold; k++)
			if (c->old[k]->unit != NULL)
				heard[0][c->old[k]->unit->id] |= what;
		for (uint32_t k = 0; k < c->nnew; k++)
			if (c->new[k]->unit != NULL)
				heard[1][c->new[k]->unit->id] |= what;
	}
}

struct pairs {
	struct list_work *l;
	struct kt_pair *at;
	size_t n;
	uint8_t *heard[2];
};

static const struct kt_node **
nodes_of(struct work *w, int side, const uint32_t *ids, uint32_t n)
{
	const struct kt_node **nodes =
	    KT_NEWN(w->list->arena, const struct kt_node *, n);

	for (uint32_t i = 0; i < n; i++)
		nodes[i] = node_at(&w->side[side], ids[i]);
	return nodes;
}

static struct kt_pair *
put_pair(struct pairs *p, enum kt_fate fate, const uint32_t *old, uint32_t nold,
    const uint32_t *new, uint32_t nnew)
{
	struct work *w = p->l->w;
	struct kt_pair *pair = &p->at[p->n++];

	*pair = (struct kt_pair){ .old = nodes_of(w, 0, old, nold),
		.nold = nold,
		.new = nodes_of(w, 1, new, nnew),
		.nnew = nnew,
		.fate = fate };
	return pair;
}

static unsigned
heard_of(const struct pairs *p, const struct group *g)
{
	unsigned heard = p->heard[g->one_side][g->one];

	for (uint32_t i = 0; i < g->nmany; i++)
		heard |= p->heard[1 - g->one_side][g->many[i]];
	return heard;
}

static void
put_group(struct pairs *p, const struct group *g)
{
	if (g->one_side == 0)
		put_pair(p, KT_SPLIT, &g->one, 1, g->many, g->nmany);
	else
		put_pair(p, KT_MERGED, g->many, g->nmany, &g->one, 1);
	p->at[p->n - 1].changed = true;
	if (heard_of(p, g) == HEARD_NOTATION)
		p->l->w->list->notation++;
}

static void
put_two(struct pairs *p, uint32_t old, uint32_t new)
{
	struct work *w = p->l->w;
	uint8_t state = w->side[0].state[old] | w->side[1].state[new];
	uint8_t heard = p->heard[0][old] | p->heard[1][new];
	enum kt_fate fate = (state & ST_MOVED) != 0        ? KT_MOVED
			    : (state & ST_RENUMBERED) != 0 ? KT_RENUMBERED
							   : KT_MODIFIED;
	struct kt_pair *pair = put_pair(p, fate, &old, 1, &new, 1);

	pair->changed = (heard & (HEARD_NOTATION | HEARD_OTHER)) != 0;
	if (heard == 0)
		w->list->unchanged++;
	if (pair->changed && (heard & HEARD_OTHER) == 0)
		w->list->notation++;
}

/* A unit of one side whose peer is no unit stands alone too. */
static bool
stands_alone(const struct work *w, int side, uint32_t id)
{
	return w->side[side].group[id] == NONE &&
	       kt_unit_peer(w, side, id) == NONE;
}

static void
put_new_unit(struct pairs *p, uint32_t id)
{
	const struct work *w = p->l->w;
	const struct side *n = &w->side[1];

	if (n->group[id] != NONE) {
		const struct group *g = &w->groups[n->group[id]];

		if (g->one_side == 1 || g->many[0] == id)
			put_group(p, g);
	} else if (stands_alone(w, 1, id)) {
		put_pair(p, KT_ADDED, NULL, 0, &id, 1)->changed = true;
	} else {
		put_two(p, kt_unit_peer(w, 1, id), id);
	}
}

/* Units of the old text that stand alone, by their places in the new one. */
struct alone {
	uint32_t place, id;
};

static int
by_place_alone(const void *x, const void *y)
{
	const struct alone *a = x, *b = y;

	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static struct alone *
list_alone(const struct list_work *l, uint32_t *n)
{
	const struct side *o = &l->w->side[0];
	struct alone *at = kt_calloc((size_t)o->nunits + 1, sizeof(*at));

	*n = 0;
	for (uint32_t i = 0; i < o->nunits; i++)
		if (stands_alone(l->w, 0, o->units[i]))
			at[(*n)++] = (struct alone){ l->place[o->units[i]],
				o->units[i] };
	if (*n > 0)
		qsort(at, *n, sizeof(*at), by_place_alone);
	return at;
}

void
kt_list_pairs(struct list_work *l)
{
	struct work *w = l->w;
	const struct side *o = &w->side[0], *n = &w->side[1];
	struct pairs p = { .l = l };
	uint32_t nalone, i = 0;
	struct alone *alone = list_alone(l, &nalone);

	p.at = KT_NEWN(
	    w->list->arena, struct kt_pair, (size_t)o->nunits + n->nunits);
	p.heard[0] = kt_calloc(o->n, 1);
	p.heard[1] = kt_calloc(n->n, 1);
	hear(w->list, p.heard);
	/* Deleted units behind the new one that stands before them. */
	for (uint32_t j = 0; j <= n->nunits; j++) {
		for (; i < nalone &&
		       (j == n->nunits || alone[i].place < n->units[j]);
		     i++)
			put_pair(&p, KT_DELETED, &alone[i].id, 1, NULL, 0)
			    ->changed = true;
		if (j < n->nunits)
			put_new_unit(&p, n->units[j]);
	}
	w->list->pairs = p.at;
	w->list->npairs = p.n;
	free(alone);
	free(p.heard[0]);
	free(p.heard[1]);
}
