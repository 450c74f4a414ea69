/* SPDX-License-Identifier: MIT */
/*
 * Elements without an equal: which of the other list come near them, how
 * near, and the pairs that are taken for the same, best first.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_MOST 8 /* candidates an element */
/* From so many elements on two threads are sooner done than one. */
#define MANY 1000
#define LEAST_BASE 350 /* per mille */

/* What speaks for a pair besides its words, as a share (per mille) of what
 * the words leave open. */
#define BONUS_CAPTION 250
#define BONUS_NUMBER 60
#define BONUS_NEIGHBOUR 60
#define BONUS_PLACE 600 /* both stand between the same anchors */

void
kt_match_init(struct match *m, struct work *w, uint32_t na, uint32_t nb)
{
	uint32_t n[2] = { na, nb };

	memset(m, 0, sizeof(*m));
	m->w = w;
	for (int side = 0; side < 2; side++) {
		struct lineup *l = &m->s[side];

		l->n = n[side];
		l->at = KT_NEWN(w->arena, struct elem, l->n);
		l->peer = KT_NEWN(w->arena, uint32_t, l->n);
		l->group = KT_NEWN(w->arena, uint32_t, l->n);
		l->moved = KT_NEWN(w->arena, uint8_t, l->n);
		memset(l->peer, 0xff, sizeof(*l->peer) * l->n);
		memset(l->group, 0xff, sizeof(*l->group) * l->n);
	}
}

static const struct kt_bag *
bag_of(const struct match *m, int side, uint32_t i)
{
	return &m->s[side].bag[i];
}

static uint32_t
per_mille(uint32_t part, uint32_t whole)
{
	return whole == 0 ? 0 : (uint32_t)((uint64_t)part * 1000 / whole);
}

uint32_t
kt_match_like(const struct match *m, uint32_t a, uint32_t b)
{
	const struct kt_bag *x = bag_of(m, 0, a), *y = bag_of(m, 1, b);

	return per_mille(kt_grams_common(m->w->grams, x, y),
	    x->weight > y->weight ? x->weight : y->weight);
}

uint32_t
kt_match_within(const struct match *m, uint32_t a, uint32_t b)
{
	const struct kt_bag *x = bag_of(m, 0, a), *y = bag_of(m, 1, b);

	return per_mille(kt_grams_common(m->w->grams, x, y),
	    x->weight < y->weight ? x->weight : y->weight);
}

uint32_t
kt_nodes_like(struct work *w, uint32_t old, uint32_t new)
{
	uint32_t id[2] = { old, new };
	struct kt_bag bag[2];

	for (int side = 0; side < 2; side++) {
		struct side *s = &w->side[side];

		kt_side_bag(s, id[side]);
		bag[side] = kt_grams_bag(s->grams, s->arena);
	}
	return per_mille(kt_grams_common(w->grams, &bag[0], &bag[1]),
	    bag[0].weight > bag[1].weight ? bag[0].weight : bag[1].weight);
}

/* ---- candidates --------------------------------------------------------- */

struct list {
	struct kt_near *at;
	size_t n, cap;
};

static void
put_near(struct list *l, uint32_t a, uint32_t b)
{
	KT_GROW(l->at, l->n, l->cap);
	l->at[l->n++] = (struct kt_near){ a, b };
}

struct named {
	uint64_t name;
	uint32_t side, at;
};

static int
by_name(const void *x, const void *y)
{
	const struct named *a = x, *b = y;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* The free element of either list that bears the same caption, or number,
 * when there is but one. */
static void
add_namesakes(const struct match *m, bool captions, struct list *out)
{
	size_t n = 0;
	struct named *v =
	    kt_malloc(sizeof(*v) * ((size_t)m->s[0].n + m->s[1].n));

	for (uint32_t side = 0; side < 2; side++) {
		const struct lineup *l = &m->s[side];

		for (uint32_t i = 0; i < l->n; i++) {
			const struct elem *e = &l->at[i];
			uint64_t name = captions ? e->caption : e->number;

			if (is_free(l, i) && name != 0)
				v[n++] = (struct named){ name, side, i };
		}
	}
	qsort(v, n, sizeof(*v), by_name);
	for (size_t i = 0; i + 1 < n; i++)
		if (v[i].name == v[i + 1].name && v[i].side == 0 &&
		    v[i + 1].side == 1 &&
		    (i == 0 || v[i - 1].name != v[i].name) &&
		    (i + 2 == n || v[i + 2].name != v[i].name))
			put_near(out, v[i].at, v[i + 1].at);
	free(v);
}

struct bagging {
	struct lineup *lineup;
	struct side *side;
};

static void
fill_bags(void *arg)
{
	const struct bagging *b = arg;
	struct lineup *l = b->lineup;

	l->bag = KT_NEWN(b->side->arena, struct kt_bag, l->n);
	for (uint32_t i = 0; i < l->n; i++) {
		if (!is_free(l, i))
			continue;
		kt_side_bag(b->side, l->at[i].node);
		l->bag[i] = kt_grams_bag(b->side->grams, b->side->arena);
	}
}

void
kt_match_bags(struct match *m)
{
	struct bagging b[2] = { { &m->s[0], &m->w->side[0] },
		{ &m->s[1], &m->w->side[1] } };

	if (m->s[0].n + m->s[1].n >= MANY) {
		kt_both(fill_bags, &b[0], &b[1]);
	} else {
		fill_bags(&b[0]);
		fill_bags(&b[1]);
	}
}

/* The bags of the free elements as a dense list with their places. */
static uint32_t
list_bags(const struct lineup *l, struct kt_bag **dense, uint32_t **place)
{
	uint32_t n = 0;

	*dense = kt_malloc(sizeof(**dense) * l->n);
	*place = kt_malloc(sizeof(**place) * l->n);
	for (uint32_t i = 0; i < l->n; i++) {
		if (!is_free(l, i))
			continue;
		(*dense)[n] = l->bag[i];
		(*place)[n++] = i;
	}
	return n;
}

static int
by_places(const void *x, const void *y)
{
	const struct kt_near *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

static void
find_near(struct match *m, struct list *out)
{
	struct kt_bag *dense[2];
	uint32_t *place[2], n[2];
	struct kt_near *near;
	size_t nnear;

	for (int side = 0; side < 2; side++)
		n[side] = list_bags(&m->s[side], &dense[side], &place[side]);
	nnear = kt_grams_near(&near, m->w->grams, dense[0], n[0], dense[1],
	    n[1], KT_GRAMS_RARE, NEAR_MOST);
	for (size_t i = 0; i < nnear; i++)
		put_near(out, place[0][near[i].a], place[1][near[i].b]);
	free(near);
	for (int side = 0; side < 2; side++) {
		free(dense[side]);
		free(place[side]);
	}
}

/* ---- scores ------------------------------------------------------------- */

/* Are the elements next to both, in one direction, a pair already? */
static bool
neighbours_agree(const struct match *m, uint32_t a, uint32_t b, int step)
{
	const struct lineup *o = &m->s[0], *n = &m->s[1];
	bool first = step < 0 ? a == 0 : a + 1 == o->n;
	bool other = step < 0 ? b == 0 : b + 1 == n->n;

	if (first || other)
		return first && other;
	return o->peer[a + (uint32_t)step] == b + (uint32_t)step;
}

static uint32_t
raised(const struct cand *c, uint32_t bonus)
{
	return c->like +
	       (1000 - c->like) * (bonus < 1000 ? bonus : 1000) / 1000;
}

/* `base` says whether the pair may be one at all, `score` which comes first:
 * of two that are nearly the same text the one that stayed. */
static void
score(const struct match *m, struct cand *c, uint32_t *const gap[2])
{
	const struct elem *x = &m->s[0].at[c->a], *y = &m->s[1].at[c->b];
	uint32_t bonus = 0;

	if (x->caption != 0 && x->caption == y->caption)
		bonus += BONUS_CAPTION;
	if (x->number != 0 && x->number == y->number)
		bonus += BONUS_NUMBER;
	for (int step = -1; step <= 1; step += 2)
		if (neighbours_agree(m, c->a, c->b, step))
			bonus += BONUS_NEIGHBOUR;
	c->base = raised(c, bonus);
	if (gap[0][c->a] == gap[1][c->b])
		bonus += BONUS_PLACE;
	c->score = raised(c, bonus);
}

/* 第5条　削除 holds a number and no words: there is nothing in it that could
 * be found under another number. */
static bool
are_comparable(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *p = &m->s[0].at[a], *q = &m->s[1].at[b];
	const struct kt_node *x = node_at(&m->w->side[0], p->node);
	const struct kt_node *y = node_at(&m->w->side[1], q->node);

	if (kt_family(x->kind) != kt_family(y->kind) ||
	    (p->heads && q->heads && p->caption != q->caption))
		return false;
	return (!x->deleted && !y->deleted) || p->number == q->number;
}

/* Found pairs from the first to the last, and what is made of them. */
struct scoring {
	const struct match *m;
	struct cand *at;
	size_t n;
	uint32_t *const *gap;
};

static void
score_all(void *arg)
{
	const struct scoring *s = arg;

	for (size_t i = 0; i < s->n; i++) {
		struct cand *c = &s->at[i];
		const struct kt_bag *x = bag_of(s->m, 0, c->a);
		const struct kt_bag *y = bag_of(s->m, 1, c->b);

		c->common = kt_grams_common(s->m->w->grams, x, y);
		c->like = per_mille(
		    c->common, x->weight > y->weight ? x->weight : y->weight);
		score(s->m, c, s->gap);
	}
}

static void
score_cands(struct match *m, uint32_t *const gap[2])
{
	size_t half = m->ncands / 2;
	struct scoring first = { m, m->cands, half, gap };
	struct scoring rest = { m, m->cands + half, m->ncands - half, gap };

	if (m->ncands >= MANY) {
		kt_both(score_all, &rest, &first);
	} else {
		score_all(&first);
		score_all(&rest);
	}
}

void
kt_match_near(struct match *m)
{
	struct list found = { 0 };
	uint32_t *gap[2];

	kt_match_gaps(m, gap);
	find_near(m, &found);
	add_namesakes(m, true, &found);
	add_namesakes(m, false, &found);
	if (found.n > 0)
		qsort(found.at, found.n, sizeof(*found.at), by_places);
	m->cands = KT_NEWN(m->w->arena, struct cand, found.n);
	for (size_t i = 0; i < found.n; i++) {
		struct kt_near at = found.at[i];

		if ((i == 0 || by_places(&at, &found.at[i - 1]) != 0) &&
		    are_comparable(m, at.a, at.b))
			m->cands[m->ncands++] =
			    (struct cand){ .a = at.a, .b = at.b };
	}
	score_cands(m, gap);
	free(found.at);
	free(gap[0]);
	free(gap[1]);
}

/* ---- one to one --------------------------------------------------------- */

/* Best first.  Pairs alike in all of this either exclude no one or mirror
 * each other, so that their order cannot matter. */
static int
by_score(const void *x, const void *y)
{
	const struct cand *p = x, *q = y;
	uint32_t dp = p->a > p->b ? p->a - p->b : p->b - p->a;
	uint32_t dq = q->a > q->b ? q->a - q->b : q->b - q->a;

	if (p->score != q->score)
		return p->score > q->score ? -1 : 1;
	if (p->like != q->like)
		return p->like > q->like ? -1 : 1;
	if (dp != dq)
		return dp < dq ? -1 : 1;
	if (p->a + p->b != q->a + q->b)
		return p->a + p->b < q->a + q->b ? -1 : 1;
	return p->a < q->a ? -1 : p->a > q->a;
}

void
kt_match_greedy(struct match *m)
{
	struct cand *v = KT_NEWN(m->w->arena, struct cand, m->ncands);

	if (m->ncands == 0)
		return;
	memcpy(v, m->cands, sizeof(*v) * m->ncands);
	qsort(v, m->ncands, sizeof(*v), by_score);
	for (size_t i = 0; i < m->ncands; i++)
		if (v[i].base >= LEAST_BASE && is_free(&m->s[0], v[i].a) &&
		    is_free(&m->s[1], v[i].b))
			match_pair(m, v[i].a, v[i].b);
}

/* ---- the result ---------------------------------------------------------- */

static void
keep_group(struct work *w, const struct match *m, const struct bundle *g)
{
	uint32_t no = w->ngroups;
	uint32_t *many = KT_NEWN(w->arena, uint32_t, g->nmany);
	uint32_t one = m->s[g->one_side].at[g->one].node;

	KT_GROW(w->groups, w->ngroups, w->groups_cap);
	w->ngroups++;
	w->side[g->one_side].group[one] = no;
	for (uint32_t i = 0; i < g->nmany; i++) {
		many[i] = m->s[1 - g->one_side].at[g->many[i]].node;
		w->side[1 - g->one_side].group[many[i]] = no;
	}
	w->groups[no] = (struct group){ g->one_side, one, many, g->nmany };
}

void
kt_match_keep(const struct match *m)
{
	struct work *w = m->w;

	for (uint32_t i = 0; i < m->ngroups; i++)
		keep_group(w, m, &m->groups[i]);
	for (uint32_t i = 0; i < m->s[0].n; i++) {
		uint32_t j = m->s[0].peer[i], a = m->s[0].at[i].node, b;

		if (j == NONE)
			continue;
		b = m->s[1].at[j].node;
		set_peers(w, a, b);
		if (m->s[0].moved[i] != 0) {
			w->side[0].state[a] |= ST_MOVED;
			w->side[1].state[b] |= ST_MOVED;
		}
	}
}
