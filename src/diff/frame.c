/* SPDX-License-Identifier: MIT */
/*
 * What holds the units: 章, 節, an 附則 with articles, a heading that only
 * groups.  Known by the units that both hold, then by name.  A heading never
 * moves: when a unit stands under another one, it is the unit that moved.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* Least share, per mille, of what is below the heavier that is in both. */
#define SHARE_LEAST 250
#define SHARE_NAMED 50
#define BONUS_NAME 500
#define BONUS_LEVEL 300
#define BONUS_NUMBER 50
#define LEVELS_MOST 12 /* headings above a unit that it speaks for */

struct vote {
	uint32_t old, new;
	uint64_t weight;
};

struct votes {
	struct vote *at;
	size_t n, cap;
	uint64_t *held[2]; /* weight of the units below, by node */
};

/* May this node hold units and still lack a peer? */
static bool
is_frame(const struct side *s, const struct kt_node *node)
{
	return node != NULL && node->parent != NULL &&
	       s->peer[node->id] == NONE && s->group[node->id] == NONE;
}

static void
weigh_frames(struct votes *v, const struct side *s, int side)
{
	v->held[side] = kt_calloc(s->n, sizeof(**v->held));
	for (uint32_t i = 0; i < s->nunits; i++) {
		const struct kt_node *at = node_at(s, s->units[i]);

		for (at = at->parent; at != NULL; at = at->parent)
			v->held[side][at->id] += s->weight[s->units[i]] + 1;
	}
}

static void
vote(struct votes *v, const struct work *w, uint32_t old, uint32_t new)
{
	const struct side *o = &w->side[0], *n = &w->side[1];
	uint32_t weight =
	    o->weight[old] < n->weight[new] ? o->weight[old] : n->weight[new];

	unsigned up = 0, across;

	for (const struct kt_node *x = node_at(o, old)->parent;
	     x != NULL && up < LEVELS_MOST; x = x->parent, up++) {
		across = 0;
		for (const struct kt_node *y = node_at(n, new)->parent;
		     is_frame(o, x) && y != NULL && across < LEVELS_MOST;
		     y = y->parent, across++) {
			if (!is_frame(n, y) || x->kind != y->kind)
				continue;
			KT_GROW(v->at, v->n, v->cap);
			v->at[v->n++] =
			    (struct vote){ x->id, y->id, weight + 1 };
		}
	}
}

static void
collect_votes(struct votes *v, const struct work *w)
{
	const struct side *o = &w->side[0];

	for (uint32_t i = 0; i < o->nunits; i++)
		if (o->peer[o->units[i]] != NONE)
			vote(v, w, o->units[i], o->peer[o->units[i]]);
	for (uint32_t i = 0; i < w->ngroups; i++) {
		const struct group *g = &w->groups[i];

		for (uint32_t k = 0; k < g->nmany; k++)
			vote(v, w, g->one_side == 0 ? g->one : g->many[k],
			    g->one_side == 0 ? g->many[k] : g->one);
	}
}

static int
by_pair(const void *x, const void *y)
{
	const struct vote *a = x, *b = y;

	if (a->old != b->old)
		return a->old < b->old ? -1 : 1;
	return a->new < b->new ? -1 : a->new > b->new;
}

static void
sum_votes(struct votes *v)
{
	size_t kept = 0;

	if (v->n == 0)
		return;
	qsort(v->at, v->n, sizeof(*v->at), by_pair);
	for (size_t i = 0; i < v->n; i++) {
		if (kept > 0 && by_pair(&v->at[kept - 1], &v->at[i]) == 0)
			v->at[kept - 1].weight += v->at[i].weight;
		else
			v->at[kept++] = v->at[i];
	}
	v->n = kept;
}

/* Same name: caption, or for an 附則 the law it came with. */
static bool
same_name(struct work *w, const struct kt_node *x, const struct kt_node *y)
{
	const char *p = x->caption[0] != '\0' ? x->caption : x->related;
	const char *q = y->caption[0] != '\0' ? y->caption : y->related;
	size_t cut;
	bool same;

	kt_buf_clear(&w->buf);
	kt_fold(&w->buf, p, strlen(p));
	cut = w->buf.len;
	kt_fold(&w->buf, q, strlen(q));
	same = cut > 0 && w->buf.len == 2 * cut &&
	       memcmp(w->buf.p, w->buf.p + cut, cut) == 0;
	return same;
}

static unsigned
depth_of(const struct kt_node *node)
{
	unsigned n = 0;

	for (; node->parent != NULL; node = node->parent)
		n++;
	return n;
}

/* Shares become scores; too small ones 0.  A heading that holds only another
 * one holds the same units: name and level tell them apart. */
static void
score_votes(struct work *w, struct votes *v)
{
	for (size_t i = 0; i < v->n; i++) {
		struct vote *x = &v->at[i];
		const struct kt_node *p = node_at(&w->side[0], x->old);
		const struct kt_node *q = node_at(&w->side[1], x->new);
		uint64_t a = v->held[0][x->old], b = v->held[1][x->new];
		uint64_t share = x->weight * 1000 / (a > b ? a : b);
		bool named = same_name(w, p, q);

		if (share < (named ? SHARE_NAMED : SHARE_LEAST)) {
			x->weight = 0;
			continue;
		}
		x->weight =
		    share + (named ? BONUS_NAME : 0) +
		    (depth_of(p) == depth_of(q) ? BONUS_LEVEL : 0) +
		    (kt_num_cmp(&p->num, &q->num) == 0 ? BONUS_NUMBER : 0);
	}
}

static int
by_score(const void *x, const void *y)
{
	const struct vote *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->old + a->new != b->old + b->new)
		return a->old + a->new < b->old + b->new ? -1 : 1;
	return a->old < b->old ? -1 : a->old > b->old;
}

static void
take_votes(struct work *w, struct votes *v)
{
	if (v->n > 0)
		qsort(v->at, v->n, sizeof(*v->at), by_score);
	for (size_t i = 0; i < v->n && v->at[i].weight > 0; i++)
		if (w->side[0].peer[v->at[i].old] == NONE &&
		    w->side[1].peer[v->at[i].new] == NONE)
			set_peers(w, v->at[i].old, v->at[i].new);
}

/* ---- by name ------------------------------------------------------------ */

/* Does a node hold units, or is it a heading with nothing below? */
static bool
is_heading(const struct side *s, const struct kt_node *node)
{
	if (!is_frame(s, node))
		return false;
	if (node->unit == NULL)
		return kt_kind_is_division(node->kind) ||
		       node->kind == KT_SUPPL || node->kind == KT_APPENDIX ||
		       node->kind == KT_HEADED || node->kind == KT_TOPIC;
	return node->unit == node && kt_kind_is_division(node->kind);
}

static uint32_t
count_headings(const struct side *s, const struct kt_node *under)
{
	uint32_t n = 0;

	for (const struct kt_node *at = under->first; at != NULL; at = at->next)
		n += is_heading(s, at);
	return n;
}

static uint64_t
name_hash(struct work *w, const struct kt_node *node)
{
	const char *p =
	    node->caption[0] != '\0' ? node->caption : node->related;

	if (*p == '\0')
		return 0;
	kt_buf_clear(&w->buf);
	kt_fold(&w->buf, p, strlen(p));
	return kt_hash(w->buf.p, w->buf.len, 11 + node->kind) | 1;
}

/* What a heading says is its name; one with nothing below may also be known
 * by its number. */
static void
line_up_headings(struct match *m, int side, const struct kt_node *under)
{
	const struct side *s = &m->w->side[side];
	uint32_t n = 0;

	for (const struct kt_node *at = under->first; at != NULL;
	     at = at->next) {
		struct elem *e = &m->s[side].at[n];

		if (!is_heading(s, at))
			continue;
		n++;
		e->node = at->id;
		e->caption = name_hash(m->w, at);
		e->strong = e->caption;
		if (at->first != NULL)
			continue;
		e->weight = 1;
		e->key = kt_hash(
		    at->num.v, sizeof(*at->num.v) * at->num.n, 13 + at->kind);
		if (e->strong == 0)
			e->strong = e->key;
	}
}

/* Headings without units in common, under the same heading: by caption, then
 * by number. */
static void
pair_by_name(struct work *w, const struct kt_node *x)
{
	const struct kt_node *y = node_at(&w->side[1], w->side[0].peer[x->id]);
	uint32_t n = count_headings(&w->side[0], x);
	uint32_t k = count_headings(&w->side[1], y);
	struct match m;

	if (n == 0 || k == 0)
		return;
	kt_match_init(&m, w, n, k);
	line_up_headings(&m, 0, x);
	line_up_headings(&m, 1, y);
	kt_match_anchors(&m);
	for (uint32_t i = 0; i < n; i++)
		if (m.s[0].peer[i] != NONE)
			set_peers(w, m.s[0].at[i].node,
			    m.s[1].at[m.s[0].peer[i]].node);
}

/* ---- units that stand under another heading ----------------------------- */

static bool
is_clause(const struct side *s, uint32_t id)
{
	const struct kt_node *node = node_at(s, id);

	return node->unit == node && node->parent != NULL &&
	       !kt_kind_is_division(node->kind);
}

/* Is what stands under another heading the same clause?  Between the same
 * neighbours it was taken for it at a likeness that makes no move. */
static bool
is_same_clause(struct work *w, uint32_t a, uint32_t b)
{
	const struct side *o = &w->side[0], *n = &w->side[1];
	const struct kt_node *x = node_at(o, a), *y = node_at(n, b);
	bool renamed = x->caption[0] != '\0' && y->caption[0] != '\0' &&
		       !same_name(w, x, y);

	return o->key[a] == n->key[b] ||
	       kt_is_move(kt_nodes_like(w, a, b), renamed);
}

/* 条 are counted through, whatever heading they stand under. */
static bool
keeps_number(const struct kt_node *x, const struct kt_node *y)
{
	return x->kind == KT_ARTICLE && y->kind == KT_ARTICLE &&
	       kt_num_cmp(&x->num, &y->num) == 0;
}

static void
move_across(struct work *w)
{
	struct side *o = &w->side[0], *n = &w->side[1];

	for (uint32_t i = 0; i < o->nunits; i++) {
		uint32_t a = o->units[i], b = o->peer[a], x, y;

		if (b == NONE || !is_clause(o, a) || !is_clause(n, b))
			continue;
		x = node_at(o, a)->parent->id;
		y = node_at(n, b)->parent->id;
		if (o->peer[x] == NONE || n->peer[y] == NONE || o->peer[x] == y)
			continue;
		if (is_same_clause(w, a, b)) {
			o->state[a] |= ST_MOVED;
			n->state[b] |= ST_MOVED;
		} else if (!keeps_number(node_at(o, a), node_at(n, b))) {
			o->peer[a] = n->peer[b] = NONE;
		} /* else rewritten in its place, which has another heading */
	}
}

static const struct kt_node *
toc_of(const struct kt_doc *doc)
{
	const struct kt_node *at = doc->root->first;

	while (at != NULL && at->kind != KT_TOC)
		at = at->next;
	return at;
}

void
kt_pair_frames(struct work *w)
{
	struct votes v = { 0 };
	const struct kt_node *x = toc_of(w->side[0].doc);
	const struct kt_node *y = toc_of(w->side[1].doc);

	if (w->side[0].peer[0] == NONE && w->side[1].peer[0] == NONE)
		set_peers(w, 0, 0);
	if (x != NULL && y != NULL)
		set_peers(w, x->id, y->id);
	for (int side = 0; side < 2; side++)
		weigh_frames(&v, &w->side[side], side);
	collect_votes(&v, w);
	sum_votes(&v);
	score_votes(w, &v);
	take_votes(w, &v);
	for (uint32_t i = 0; i < w->side[0].n; i++) {
		const struct kt_node *node = node_at(&w->side[0], i);

		if (node->first != NULL && w->side[0].peer[i] != NONE &&
		    (node->unit == NULL || node->unit == node))
			pair_by_name(w, node);
	}
	move_across(w);
	free(v.at);
	free(v.held[0]);
	free(v.held[1]);
}
