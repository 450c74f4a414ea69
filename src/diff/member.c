/* SPDX-License-Identifier: MIT */
/*
 * Names in a list.  When 甲対象者、乙対象者及び丙対象者 loses its last, most
 * characters stay if the one in the middle goes and 丙 becomes 乙; but nobody
 * was put in the place of another.  The name that is on both sides whole stays
 * whole, and what went is the other one.
 */
#include "diff_int.h"

#include <string.h>

/* A side of a hunk. */
static uint32_t
from_of(const struct hunk *h, int side)
{
	return side == 0 ? h->a0 : h->b0;
}

static uint32_t
to_of(const struct hunk *h, int side)
{
	return side == 0 ? h->a1 : h->b1;
}

static struct hunk
hunk_of(int side, uint32_t i0, uint32_t i1, uint32_t j0, uint32_t j1)
{
	struct hunk h = { .note = "" };

	h.a0 = side == 0 ? i0 : j0;
	h.a1 = side == 0 ? i1 : j1;
	h.b0 = side == 0 ? j0 : i0;
	h.b1 = side == 0 ? j1 : i1;
	return h;
}

/* Are tokens i0 to i1 of a side and j0 to j1 of the other the same words? */
static bool
same_words(const struct text_work *t, int side, uint32_t i0, uint32_t i1,
    uint32_t j0, uint32_t j1)
{
	uint32_t i = token_start(t, side, i0), j = token_start(t, 1 - side, j0);
	uint32_t n = stretch_end(t, side, i0, i1) - i;

	return n == stretch_end(t, 1 - side, j0, j1) - j &&
	       memcmp(t->in[side]->p + i, t->in[1 - side]->p + j, n) == 0;
}

/* The token of a side with which the last words of h on it begin that are the
 * name j0 to j1 of the other, behind some connecting word; NONE if they are
 * not. */
static uint32_t
find_name(const struct text_work *t, const struct hunk *h, int side,
    uint32_t j0, uint32_t j1)
{
	uint32_t end = to_of(h, side);

	for (uint32_t k = end; k > from_of(h, side) + 1; k--) {
		if (!kt_is_noun(t, side, k - 1))
			return NONE;
		if (!kt_is_noun(t, side, k - 2))
			return same_words(t, side, k - 1, end, j0, j1) ? k - 1
								       : NONE;
	}
	return NONE;
}

/* The second of two hunks turns a name of this side into one that the first
 * takes away whole: then the one it turned went.  out: the hunks that say so.
 */
static bool
regroup(const struct text_work *t, const struct hunk h[2], uint32_t end,
    int side, struct hunk out[2])
{
	int other = 1 - side;
	uint32_t i0, i1, j0, j1, k;

	if (!kt_name_around(
		t, side, from_of(&h[1], side), to_of(&h[1], side), &i0, &i1) ||
	    !kt_name_around(
		t, other, from_of(&h[1], other), to_of(&h[1], other), &j0, &j1))
		return false;
	if (i0 < to_of(h, side) || j0 < to_of(h, other) || i1 > end ||
	    from_of(&h[1], side) - i0 != from_of(&h[1], other) - j0 ||
	    i1 - to_of(&h[1], side) != j1 - to_of(&h[1], other))
		return false;
	k = find_name(t, h, side, j0, j1);
	if (k == NONE)
		return false;
	out[0] = hunk_of(side, from_of(h, side), k, from_of(h, other), j0);
	out[1] = hunk_of(side, to_of(h, side), i1, j1, j1);
	return true;
}

static uint32_t
next_from(const struct text_work *t, size_t i, int side)
{
	return i < t->nhunks ? from_of(&t->hunks[i], side)
			     : (uint32_t)t->ntokens[side];
}

void
kt_regroup_names(struct text_work *t)
{
	for (size_t i = 0; i + 1 < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i], out[2][2];
		bool fits[2];

		if (!is_open(h) || !is_open(&h[1]))
			continue;
		for (int side = 0; side < 2; side++)
			fits[side] = regroup(
			    t, h, next_from(t, i + 2, side), side, out[side]);
		/* Both: two names changed places. */
		if (fits[0] != fits[1])
			memcpy(h, out[fits[0] ? 0 : 1], sizeof(out[0]));
	}
}
