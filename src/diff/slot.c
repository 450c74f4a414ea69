/* SPDX-License-Identifier: MIT */
/*
 * What stands between pairs: an element of either side in the same place is
 * taken for the same at a likeness that would not do elsewhere.  Short and
 * heavily rewritten clauses are found by this alone.
 */
#include "diff_int.h"

#include <stdlib.h>

#define ROUNDS 3

/* Least share, per mille, of the lighter that must stand in the heavier. */
#define BOTH_AND_NAME 100
#define BOTH 150
#define STABLE_AND_NUMBER 200
#define ONE_AND_NAME 250
#define RENAMED 300
#define ONE 450

#define LOOK_MOST 64 /* places of a slot searched for a number */

/* Fewer characters say nothing: 削除, a form that is a picture. */
#define SAYS_NOTHING 8

/* Free elements between two pairs of the spine, by place, ends excluded. */
struct slot {
	uint32_t a0, a1, b0, b1;
};

static bool
next_free(const struct lineup *l, uint32_t *i, uint32_t end)
{
	while (*i < end && !is_free(l, *i))
		++*i;
	return *i < end;
}

static bool
last_free(const struct lineup *l, uint32_t begin, uint32_t *end)
{
	while (*end > begin && !is_free(l, *end - 1))
		--*end;
	return *end > begin;
}

static bool
same_number(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];

	return x->number != 0 && x->number == y->number;
}

static bool
same_name(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];

	return same_number(m, a, b) ||
	       (x->caption != 0 && x->caption == y->caption);
}

static bool
same_family(const struct match *m, uint32_t a, uint32_t b)
{
	const struct kt_node *x = node_at(&m->w->side[0], m->s[0].at[a].node);
	const struct kt_node *y = node_at(&m->w->side[1], m->s[1].at[b].node);

	return kt_family(x->kind) == kt_family(y->kind);
}

static bool
fits(const struct match *m, uint32_t a, uint32_t b, bool both)
{
	uint32_t least = same_name(m, a, b)
			     ? both ? BOTH_AND_NAME : ONE_AND_NAME
			 : both ? BOTH
				: ONE;

	return same_family(m, a, b) && kt_match_within(m, a, b) >= least;
}

/* Does another one of the slot bear the number of one of these two ends, and
 * say more of the same? */
static bool
is_better_named(const struct match *m, struct slot s, uint32_t a, uint32_t b)
{
	uint32_t now = kt_match_within(m, a, b), i;

	for (i = s.b0; i < s.b1 && i - s.b0 < LOOK_MOST; i++)
		if (is_free(&m->s[1], i) && same_number(m, a, i) &&
		    same_family(m, a, i) && kt_match_within(m, a, i) > now)
			return true;
	for (i = s.a0; i < s.a1 && i - s.a0 < LOOK_MOST; i++)
		if (is_free(&m->s[0], i) && same_number(m, i, b) &&
		    same_family(m, i, b) && kt_match_within(m, i, b) > now)
			return true;
	return false;
}

static bool
fits_end(const struct match *m, struct slot s, uint32_t a, uint32_t b)
{
	return fits(m, a, b, false) && !is_better_named(m, s, a, b);
}

/* The ends of a slot that answer to each other; true when a pair was made. */
static bool
fill_ends(struct match *m, struct slot s)
{
	const struct lineup *o = &m->s[0], *n = &m->s[1];
	bool made = false;

	for (;;) {
		bool both;

		if (!next_free(o, &s.a0, s.a1) || !next_free(n, &s.b0, s.b1))
			return made;
		last_free(o, s.a0, &s.a1);
		last_free(n, s.b0, &s.b1);
		both = s.a1 - s.a0 == 1 && s.b1 - s.b0 == 1;
		if (both ? fits(m, s.a0, s.b0, true)
			 : fits_end(m, s, s.a0, s.b0)) {
			match_pair(m, s.a0, s.b0);
		} else if (fits_end(m, s, s.a1 - 1, s.b1 - 1)) {
			match_pair(m, s.a1 - 1, s.b1 - 1);
		} else {
			return made;
		}
		made = true;
	}
}

/* ---- by number ---------------------------------------------------------- */

/* Were the pairs on both sides of a slot left their numbers?  Then a number
 * inside it is worth as much. */
static bool
is_stable(const struct match *m, struct slot s)
{
	bool first = s.a0 == 0 || s.b0 == 0;
	bool last = s.a1 == m->s[0].n || s.b1 == m->s[1].n;

	return (first || same_number(m, s.a0 - 1, s.b0 - 1)) &&
	       (last || same_number(m, s.a1, s.b1));
}

static bool
says_nothing(const struct match *m, uint32_t a, uint32_t b)
{
	return m->s[0].at[a].weight < SAYS_NOTHING ||
	       m->s[1].at[b].weight < SAYS_NOTHING;
}

static bool
other_caption(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];

	return x->caption != 0 && y->caption != 0 && x->caption != y->caption;
}

/* The same number in the same slot; what became 削除 keeps it too. */
static bool
fits_number(const struct match *m, uint32_t a, uint32_t b, bool stable)
{
	if (!same_number(m, a, b) || !same_family(m, a, b))
		return false;
	if (says_nothing(m, a, b))
		return true;
	if (other_caption(m, a, b))
		return kt_match_within(m, a, b) >= RENAMED;
	return kt_match_within(m, a, b) >=
	       (stable ? STABLE_AND_NUMBER : ONE_AND_NAME);
}

/* The same caption in the same slot. */
static bool
fits_caption(const struct match *m, uint32_t a, uint32_t b)
{
	return same_family(m, a, b) &&
	       kt_match_within(m, a, b) >= BOTH_AND_NAME;
}

struct named {
	uint64_t name;
	uint32_t at;
};

static int
by_name(const void *x, const void *y)
{
	const struct named *a = x, *b = y;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static size_t
list_names(const struct lineup *l, uint32_t from, uint32_t to, bool captions,
    struct named *out)
{
	size_t n = 0;

	for (uint32_t i = from; i < to; i++) {
		uint64_t name = captions ? l->at[i].caption : l->at[i].number;

		if (is_free(l, i) && name != 0)
			out[n++] = (struct named){ name, i };
	}
	if (n > 0)
		qsort(out, n, sizeof(*out), by_name);
	return n;
}

/* Pairs of one slot that bear the same number, or caption. */
static bool
fill_named(struct match *m, struct slot s, bool captions)
{
	struct named *v =
	    kt_malloc(sizeof(*v) * ((size_t)(s.a1 - s.a0) + (s.b1 - s.b0)));
	size_t n = list_names(&m->s[0], s.a0, s.a1, captions, v);
	size_t k = list_names(&m->s[1], s.b0, s.b1, captions, v + n);
	bool made = false, stable = is_stable(m, s);

	for (size_t i = 0, j = 0; i < n && j < k;) {
		const struct named *x = &v[i], *y = &v[n + j];

		if (x->name != y->name) {
			i += x->name < y->name;
			j += y->name < x->name;
			continue;
		}
		if (captions ? fits_caption(m, x->at, y->at)
			     : fits_number(m, x->at, y->at, stable)) {
			match_pair(m, x->at, y->at);
			made = true;
		}
		i++;
		j++;
	}
	free(v);
	return made;
}

static bool
fill(struct match *m, struct slot s)
{
	bool ends = fill_ends(m, s);
	bool captions = fill_named(m, s, true);

	return fill_named(m, s, false) || ends || captions;
}

/* Where what stands at an old place of the spine begins or ends, on a side:
 * a group stands in all its places. */
static uint32_t
edge(const struct match *m, uint32_t a, unsigned side, bool last)
{
	const struct bundle *g;

	if (m->s[0].group[a] == NONE)
		return side == 0 ? a : m->s[0].peer[a];
	g = &m->groups[m->s[0].group[a]];
	if (g->one_side == side)
		return g->one;
	return last ? g->many[g->nmany - 1] : g->many[0];
}

static bool
fill_all(struct match *m, const uint8_t *keep)
{
	struct slot s = { 0 };
	bool made = false;

	for (uint32_t i = 0; i <= m->s[0].n; i++) {
		bool end = i == m->s[0].n;

		if (!end && keep[i] == 0)
			continue;
		s.a1 = end ? m->s[0].n : edge(m, i, 0, false);
		s.b1 = end ? m->s[1].n : edge(m, i, 1, false);
		if (s.a1 > s.a0 && s.b1 > s.b0 && fill(m, s))
			made = true;
		if (end)
			break;
		s.a0 = edge(m, i, 0, true) + 1;
		s.b0 = edge(m, i, 1, true) + 1;
	}
	return made;
}

void
kt_match_slots(struct match *m)
{
	uint8_t *keep = kt_malloc(m->s[0].n);
	bool more = true;

	for (int round = 0; round < ROUNDS && more; round++) {
		kt_match_spine(m, keep);
		more = fill_all(m, keep);
	}
	free(keep);
}
