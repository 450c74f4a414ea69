/* SPDX-License-Identifier: MIT */
/*
 * What changed its place: pairs off the heaviest increasing run of pairs,
 * weighed by their text.  A number that changed is no move; a pair that is
 * both out of place and little alike is given up rather than called a move.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* A move claims that the text is the same: least likeness, per mille; and of
 * a clause that bears another caption, for which nothing speaks but its words
 * and whose words may be those of every clause of its kind. */
#define MOVE_LIKE 500
#define MOVE_RENAMED 600

bool
kt_is_move(uint32_t like, bool renamed)
{
	return like >= (renamed ? MOVE_RENAMED : MOVE_LIKE);
}

/* A heading with words of its own never moves if a clause can. */
static bool
is_heading(const struct match *m, uint32_t a)
{
	return kt_kind_is_division(
	    node_at(&m->w->side[0], m->s[0].at[a].node)->kind);
}

/* Twice the text, and below that what both orders of the documents share, so
 * that of two runs equally heavy the same one is chosen. */
static uint64_t
weight_of(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];
	uint64_t tie = kt_hash_mix(x->key + y->key, x->number + y->number);

	if (is_heading(m, a))
		return 0;
	return ((uint64_t)x->weight + y->weight + 1) << 16 | (tie & 0xffff);
}

/* The member of a group that stands for it. */
static uint32_t
heaviest(const struct match *m, const struct bundle *g)
{
	const struct lineup *l = &m->s[1 - g->one_side];
	uint32_t best = g->many[0];

	for (uint32_t i = 1; i < g->nmany; i++)
		if (l->at[g->many[i]].weight > l->at[best].weight)
			best = g->many[i];
	return best;
}

/* The place on the new side that stands for an old one, or NONE. */
static uint32_t
stand_in(const struct match *m, uint32_t a)
{
	const struct lineup *o = &m->s[0];
	const struct bundle *g;

	if (o->group[a] == NONE)
		return o->peer[a];
	g = &m->groups[o->group[a]];
	if (g->one_side == 0)
		return heaviest(m, g);
	return heaviest(m, g) == a ? g->one : NONE;
}

void
kt_match_spine(const struct match *m, uint8_t *keep)
{
	uint32_t n = 0, total = m->s[0].n;
	uint32_t *value = kt_malloc(sizeof(*value) * total);
	uint32_t *at = kt_malloc(sizeof(*at) * total);
	uint64_t *weight = kt_malloc(sizeof(*weight) * total);
	uint8_t *kept = kt_malloc(total);

	for (uint32_t i = 0; i < total; i++) {
		uint32_t j = stand_in(m, i);

		keep[i] = 0;
		if (j == NONE)
			continue;
		at[n] = i;
		value[n] = j;
		weight[n++] = weight_of(m, i, j);
	}
	kt_seq_heaviest(value, weight, n, kept);
	for (uint32_t k = 0; k < n; k++)
		keep[at[k]] = kept[k];
	free(value);
	free(at);
	free(weight);
	free(kept);
}

/* ---- in place rather than moved ----------------------------------------- */

/* Of an edited pair that moved, the other candidates that stand where one of
 * the two would have stayed: least likeness, also as a share of the pair's,
 * and how far to look. */
#define STAY_LIKE 250
#define STAY_SHARE 400
#define LOOK_MOST 64

struct stay {
	uint32_t a, b, like;
};

struct stays {
	struct stay *at;
	size_t n, cap;
};

/* Edited and off the spine: may be given up for a better pair. */
static bool
is_loose(const struct match *m, const uint8_t *keep, uint32_t a)
{
	uint32_t b = m->s[0].peer[a];

	return b != NONE && keep[a] == 0 &&
	       m->s[0].at[a].key != m->s[1].at[b].key;
}

/* For each place of one side the places of the other between which it would
 * stay: behind `low`, before `high`. */
struct bounds {
	uint32_t *low, *high;
};

static void
bounds_new(struct bounds *b, uint32_t n)
{
	b->low = kt_malloc(sizeof(*b->low) * n);
	b->high = kt_malloc(sizeof(*b->high) * n);
}

static void
bounds_free(struct bounds *b)
{
	free(b->low);
	free(b->high);
}

/* `at` is the place on the other side of what is on the spine, else NONE. */
static void
find_bounds(struct bounds *b, const uint32_t *at, uint32_t n, uint32_t other)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < n; i++) {
		b->low[i] = last;
		if (at[i] != NONE)
			last = at[i] + 1;
	}
	last = other;
	for (uint32_t i = n; i-- > 0;) {
		b->high[i] = last;
		if (at[i] != NONE)
			last = at[i];
	}
}

static void
put_stay(const struct match *m, struct stays *v, uint32_t a, uint32_t b,
    uint32_t like)
{
	const struct kt_node *x = node_at(&m->w->side[0], m->s[0].at[a].node);
	const struct kt_node *y = node_at(&m->w->side[1], m->s[1].at[b].node);
	uint32_t now = kt_match_like(m, a, b);

	if (now < STAY_LIKE ||
	    (uint64_t)now * 1000 < (uint64_t)like * STAY_SHARE ||
	    kt_family(x->kind) != kt_family(y->kind))
		return;
	KT_GROW(v->at, v->n, v->cap);
	v->at[v->n++] = (struct stay){ a, b, now };
}

static void
find_stays(const struct match *m, const uint8_t *keep,
    const struct bounds bounds[2], struct stays *v)
{
	const struct lineup *o = &m->s[0], *n = &m->s[1];

	for (uint32_t i = 0; i < o->n; i++) {
		uint32_t j = o->peer[i], like, from, to;

		if (!is_loose(m, keep, i))
			continue;
		like = kt_match_like(m, i, j);
		from = bounds[0].low[i];
		to = bounds[0].high[i];
		for (uint32_t b = from; b < to && b - from < LOOK_MOST; b++)
			if (is_free(n, b))
				put_stay(m, v, i, b, like);
		from = bounds[1].low[j];
		to = bounds[1].high[j];
		for (uint32_t a = from; a < to && a - from < LOOK_MOST; a++)
			if (is_free(o, a))
				put_stay(m, v, a, j, like);
	}
}

static int
by_like(const void *x, const void *y)
{
	const struct stay *p = x, *q = y;

	if (p->like != q->like)
		return p->like > q->like ? -1 : 1;
	if (p->a + p->b != q->a + q->b)
		return p->a + p->b < q->a + q->b ? -1 : 1;
	return p->a < q->a ? -1 : p->a > q->a;
}

/* Pairs that stayed take the place of edited ones that moved. */
static void
settle(struct match *m, const uint8_t *keep)
{
	struct lineup *o = &m->s[0], *n = &m->s[1];
	struct bounds bounds[2];
	struct stays v = { 0 };
	uint32_t *at[2];

	for (int side = 0; side < 2; side++) {
		bounds_new(&bounds[side], m->s[side].n);
		at[side] = kt_malloc(sizeof(**at) * m->s[side].n);
		memset(at[side], 0xff, sizeof(**at) * m->s[side].n);
	}
	for (uint32_t i = 0; i < o->n; i++)
		if (keep[i] != 0 && o->peer[i] != NONE) {
			at[0][i] = o->peer[i];
			at[1][o->peer[i]] = i;
		}
	find_bounds(&bounds[0], at[0], o->n, n->n);
	find_bounds(&bounds[1], at[1], n->n, o->n);
	find_stays(m, keep, bounds, &v);
	if (v.n > 0)
		qsort(v.at, v.n, sizeof(*v.at), by_like);
	for (size_t k = 0; k < v.n; k++) {
		uint32_t a = v.at[k].a, b = v.at[k].b;

		/* Each was loose or free when listed; settled since? */
		if (at[0][a] != NONE || at[1][b] != NONE)
			continue;
		if (o->peer[a] != NONE)
			n->peer[o->peer[a]] = NONE;
		if (n->peer[b] != NONE)
			o->peer[n->peer[b]] = NONE;
		match_pair(m, a, b);
		at[0][a] = b;
		at[1][b] = a;
	}
	for (int side = 0; side < 2; side++) {
		bounds_free(&bounds[side]);
		free(at[side]);
	}
	free(v.at);
}

/* ---- the verdict -------------------------------------------------------- */

/* Out of place, is it still the same clause? */
static bool
is_same_elsewhere(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];
	bool renamed =
	    x->caption != 0 && y->caption != 0 && x->caption != y->caption;

	return x->key == y->key || kt_is_move(kt_match_like(m, a, b), renamed);
}

void
kt_match_moves(struct match *m)
{
	struct lineup *o = &m->s[0], *n = &m->s[1];
	uint8_t *keep = kt_malloc(o->n);

	kt_match_spine(m, keep);
	settle(m, keep);
	kt_match_spine(m, keep);
	for (uint32_t i = 0; i < o->n; i++) {
		uint32_t j = o->peer[i];

		if (j == NONE || keep[i] != 0 || is_heading(m, i))
			continue;
		if (!is_same_elsewhere(m, i, j)) {
			o->peer[i] = n->peer[j] = NONE;
			continue;
		}
		o->moved[i] = n->moved[j] = 1;
	}
	free(keep);
}
