/* SPDX-License-Identifier: MIT */
/*
 * What changed its place: pairs off the heaviest increasing run of pairs,
 * weighed by their text.  A number that changed is no move; a pair that is
 * both out of place and little alike is given up rather than called a move.
 */
#include "diff_int.h"

#include <stdlib.h>

/* A move claims that the text is the same: least likeness, per mille. */
#define MOVE_LIKE 500

/* Twice the text, and below that what both orders of the documents share, so
 * that of two runs equally heavy the same one is chosen. */
static uint64_t
weight_of(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];
	uint64_t tie = kt_hash_mix(x->key ^ y->key, x->number ^ y->number);

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

void
kt_match_moves(struct match *m)
{
	struct lineup *o = &m->s[0], *n = &m->s[1];
	uint8_t *keep = kt_malloc(o->n);

	kt_match_spine(m, keep);
	for (uint32_t i = 0; i < o->n; i++) {
		uint32_t j = o->peer[i];

		if (j == NONE || keep[i] != 0)
			continue;
		if (o->at[i].key != n->at[j].key &&
		    kt_match_like(m, i, j) < MOVE_LIKE) {
			o->peer[i] = n->peer[j] = NONE;
			continue;
		}
		o->moved[i] = n->moved[j] = 1;
	}
	free(keep);
}
