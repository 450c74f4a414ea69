/* SPDX-License-Identifier: MIT */
/*
 * Splits and merges: an element is explained by several of the other side
 * when what they say stands in it, each part of it explained once, and none
 * of them is better placed elsewhere.  Looked for before pairs are made:
 * otherwise the largest part would be taken for the whole and the rest shown
 * as added although nobody wrote it.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* Per mille. */
#define OWN_LEAST 550 /* of a part's content that stands in the whole */
#define WHOLE_LEAST 600 /* of the whole that its parts explain */
#define PART_LEAST 20 /* of the whole that one part must explain */
#define PLACED_ELSEWHERE 600
#define WHOLLY 900 /* of a part that is this whole's and no other's */
#define LIVES_LEAST 700
#define SAME_ALREADY 980 /* likeness of a pair that needs no other */
#define TWIN 850 /* likeness of a part that may be all of another whole */
#define SINGLE_LESS 100 /* a single one may explain so much less */
#define APART_MOST 2 /* places between neighbouring parts */
#define PARTS_MOST 8
#define NEAR_MOST ((PARTS_MOST - 1) * APART_MOST)
#define CHARACTERS_LEAST 8

/* One candidate seen from the side of the whole. */
struct view {
	uint32_t one, part, common, like, base, score;
};

struct views {
	struct view *at;
	uint32_t *first; /* of whole i: at[first[i]] … */
};

/* Place, and what of its own content stands in the whole, per mille: what the
 * parts before it left, and in all. */
struct part {
	uint32_t at, share, all;
};

struct find {
	const struct match *m;
	unsigned side; /* of the whole */
	struct views by_one, by_part;
};

static int
by_common(const void *x, const void *y)
{
	const struct view *a = x, *b = y;

	if (a->one != b->one)
		return a->one < b->one ? -1 : 1;
	if (a->common != b->common)
		return a->common > b->common ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->part < b->part ? -1 : a->part > b->part;
}

static void
views_new(struct views *v, const struct match *m, unsigned side)
{
	uint32_t n = m->s[side].n;

	v->at = kt_malloc(sizeof(*v->at) * m->ncands);
	v->first = kt_calloc((size_t)n + 1, sizeof(*v->first));
	for (size_t i = 0; i < m->ncands; i++) {
		const struct cand *c = &m->cands[i];

		v->at[i] = (struct view){ side == 0 ? c->a : c->b,
			side == 0 ? c->b : c->a, c->common, c->like, c->base,
			c->score };
		v->first[v->at[i].one + 1]++;
	}
	for (uint32_t i = 0; i < n; i++)
		v->first[i + 1] += v->first[i];
	if (m->ncands > 0)
		qsort(v->at, m->ncands, sizeof(*v->at), by_common);
}

static const struct kt_bag *
bag(const struct find *f, unsigned side, uint32_t i)
{
	return &f->m->s[side].bag[i];
}

static uint32_t
per_mille(uint32_t part, uint32_t whole)
{
	return whole == 0 ? 0 : (uint32_t)((uint64_t)part * 1000 / whole);
}

/* Does nearly all of another whole stand in this part, and more of it than
 * anywhere else?  Then the part is not made of one whole only. */
static bool
lives_in(const struct find *f, const struct view *seen)
{
	uint32_t other = seen->part, best = f->by_one.first[other];

	return best < f->by_one.first[other + 1] &&
	       f->by_one.at[best].part == seen->one &&
	       per_mille(seen->common, bag(f, f->side, other)->weight) >=
		   LIVES_LEAST;
}

/* Is the one seen, by its own views, nearer to another than to who sees it? */
static bool
is_nearer_another(const struct views *v, const struct view *seen)
{
	for (uint32_t i = v->first[seen->part]; i < v->first[seen->part + 1];
	     i++)
		if (v->at[i].part != seen->one && v->at[i].score > seen->score)
			return true;
	return false;
}

/* Does some other whole claim this part as well or better?  Where all of it
 * stands in this one, only a whole that resembles no part more. */
static bool
placed_elsewhere(const struct find *f, uint32_t one, const struct part *p)
{
	uint32_t least =
	    p->all < PLACED_ELSEWHERE + 50 ? PLACED_ELSEWHERE : p->all - 50;

	for (uint32_t i = f->by_part.first[p->at];
	     i < f->by_part.first[p->at + 1]; i++) {
		const struct view *v = &f->by_part.at[i];

		if (v->part == one)
			continue;
		if (p->all < WHOLLY
			? v->like >= least || lives_in(f, v)
			: v->like >= least && !is_nearer_another(&f->by_one, v))
			return true;
	}
	return false;
}

static uint32_t
distance(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

/* The parts that explain a whole, each what those before it left; those near
 * a place, or anywhere (NONE). */
static uint32_t
take_parts(
    const struct find *f, uint32_t one, uint32_t near, struct part *parts)
{
	struct kt_bag left = *bag(f, f->side, one);
	uint32_t whole = left.weight, n = 0;

	for (uint32_t i = f->by_one.first[one];
	     i < f->by_one.first[one + 1] && n < PARTS_MOST; i++) {
		const struct view *v = &f->by_one.at[i];
		const struct kt_bag *b = bag(f, 1 - f->side, v->part);
		struct part p = { .at = v->part };
		uint32_t common;

		if (v->like >= SAME_ALREADY)
			return 0;
		/* A twin of the whole that is another one's is no part. */
		if (v->like >= TWIN && is_nearer_another(&f->by_part, v))
			continue;
		if (near != NONE && distance(near, v->part) > NEAR_MOST)
			continue;
		if (f->m->s[1 - f->side].at[v->part].holds ||
		    per_mille(v->common, b->weight) < OWN_LEAST ||
		    f->m->s[1 - f->side].at[v->part].weight < CHARACTERS_LEAST)
			continue;
		common = kt_grams_common(f->m->w->grams, &left, b);
		p.share = per_mille(common, b->weight);
		p.all = per_mille(v->common, b->weight);
		if (p.share < OWN_LEAST ||
		    per_mille(common, whole) < PART_LEAST ||
		    placed_elsewhere(f, one, &p))
			continue;
		left = kt_grams_rest(f->m->w->grams, f->m->w->arena, &left, b);
		parts[n++] = p;
	}
	return n;
}

static int
by_place(const void *x, const void *y)
{
	const struct part *a = x, *b = y;

	return a->at < b->at ? -1 : a->at > b->at;
}

/* Keep those that stand together with the first, which explains most. */
static uint32_t
keep_together(struct part *parts, uint32_t n)
{
	uint32_t centre = parts[0].at, at = 0, low, high;

	qsort(parts, n, sizeof(*parts), by_place);
	while (parts[at].at != centre)
		at++;
	for (low = at;
	     low > 0 && parts[low].at - parts[low - 1].at <= APART_MOST; low--)
		;
	for (high = at + 1;
	     high < n && parts[high].at - parts[high - 1].at <= APART_MOST;
	     high++)
		;
	memmove(parts, parts + low, (high - low) * sizeof(*parts));
	return high - low;
}

/* Those that stand together.  What stands elsewhere may have taken the place
 * of a part that says the same: then once more, without it. */
static uint32_t
find_parts(const struct find *f, uint32_t one, struct part *parts)
{
	uint32_t n = take_parts(f, one, NONE, parts), centre = parts[0].at;

	if (n < 2)
		return n;
	n = keep_together(parts, n);
	if (n > 1)
		return n;
	n = take_parts(f, one, centre, parts);
	return n > 1 ? keep_together(parts, n) : n;
}

/* Is there a single one, not among the parts, that it may as well be?  Where
 * the parts are wholly of this one, one that explains a little less is left
 * to whom it is nearer. */
static bool
is_elsewhere(const struct find *f, uint32_t one, const struct part *parts,
    uint32_t n, uint32_t explained)
{
	bool wholly = true;

	for (uint32_t k = 0; k < n; k++)
		wholly = wholly && parts[k].share >= WHOLLY;
	for (uint32_t i = f->by_one.first[one]; i < f->by_one.first[one + 1];
	     i++) {
		const struct view *v = &f->by_one.at[i];
		bool among = false;

		for (uint32_t k = 0; k < n; k++)
			among = among || parts[k].at == v->part;
		if (among || v->base + SINGLE_LESS < explained ||
		    (wholly && v->base < explained &&
			is_nearer_another(&f->by_part, v)))
			continue;
		return true;
	}
	return false;
}

struct proposal {
	struct bundle group;
	uint32_t explained;
};

static bool
propose(const struct find *f, uint32_t one, struct proposal *out)
{
	const struct kt_bag *whole = bag(f, f->side, one);
	struct kt_bag left = *whole;
	struct part parts[PARTS_MOST] = { 0 };
	uint32_t n;

	if (f->by_one.first[one + 1] - f->by_one.first[one] < 2)
		return false;
	n = find_parts(f, one, parts);
	if (n < 2)
		return false;
	for (uint32_t i = 0; i < n; i++)
		left = kt_grams_rest(f->m->w->grams, f->m->w->arena, &left,
		    bag(f, 1 - f->side, parts[i].at));
	out->explained = 1000 - per_mille(left.weight, whole->weight);
	if (out->explained < WHOLE_LEAST ||
	    is_elsewhere(f, one, parts, n, out->explained))
		return false;
	out->group = (struct bundle){ f->side, one,
		KT_NEWN(f->m->w->arena, uint32_t, n), n };
	for (uint32_t i = 0; i < n; i++)
		out->group.many[i] = parts[i].at;
	return true;
}

static int
by_explained(const void *x, const void *y)
{
	const struct proposal *a = x, *b = y;

	if (a->explained != b->explained)
		return a->explained > b->explained ? -1 : 1;
	if (a->group.one != b->group.one)
		return a->group.one < b->group.one ? -1 : 1;
	return a->group.one_side < b->group.one_side
		   ? -1
		   : a->group.one_side > b->group.one_side;
}

static void
accept(struct match *m, const struct bundle *g)
{
	struct lineup *one = &m->s[g->one_side], *many = &m->s[1 - g->one_side];

	if (!is_free(one, g->one))
		return;
	for (uint32_t i = 0; i < g->nmany; i++)
		if (!is_free(many, g->many[i]))
			return;
	one->group[g->one] = m->ngroups;
	for (uint32_t i = 0; i < g->nmany; i++)
		many->group[g->many[i]] = m->ngroups;
	m->groups[m->ngroups++] = *g;
}

/* Room for so many behind those there are. */
static struct bundle *
more_groups(const struct match *m, size_t n)
{
	struct bundle *all =
	    KT_NEWN(m->w->arena, struct bundle, m->ngroups + n);

	if (m->ngroups > 0)
		memcpy(all, m->groups, sizeof(*all) * m->ngroups);
	return all;
}

void
kt_match_groups(struct match *m)
{
	struct find f = { .m = m };
	struct views v[2];
	struct proposal *all, one;
	size_t n = 0, cap = 0;

	if (m->ncands == 0)
		return;
	all = NULL;
	for (unsigned side = 0; side < 2; side++)
		views_new(&v[side], m, side);
	for (f.side = 0; f.side < 2; f.side++) {
		f.by_one = v[f.side];
		f.by_part = v[1 - f.side];
		for (uint32_t i = 0; i < m->s[f.side].n; i++)
			if (is_free(&m->s[f.side], i) &&
			    !m->s[f.side].at[i].holds && propose(&f, i, &one)) {
				KT_GROW(all, n, cap);
				all[n++] = one;
			}
	}
	if (n > 0)
		qsort(all, n, sizeof(*all), by_explained);
	m->groups = more_groups(m, n);
	for (size_t i = 0; i < n; i++)
		accept(m, &all[i].group);
	free(all);
	for (unsigned side = 0; side < 2; side++) {
		free(v[side].at);
		free(v[side].first);
	}
}
