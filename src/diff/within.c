/* SPDX-License-Identifier: MIT */
/*
 * Of a split or merge: whole texts that stand in both but not in the same
 * order.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* If a whole text begins with token i, and ends before `end`, the token
 * behind it, else i. */
static uint32_t
behind_whole(const struct text_work *t, int side, uint32_t i, uint32_t end,
    uint64_t *said)
{
	const struct token *v = t->tokens[side];
	const struct atom *atom;

	if (v[i].atom == NONE)
		return i;
	atom = &t->in[side]->atoms[v[i].atom];
	*said = atom->said;
	if (atom->said == 0 || v[i].start != atom->start)
		return i;
	for (uint32_t k = i; k < end; k++)
		if (v[k].start + v[k].len == atom->start + atom->len)
			return k + 1;
	return i;
}

static int
by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* Whole texts that the hunks of one side have, sorted. */
static uint64_t *
list_wholes(const struct text_work *t, int side, size_t *n)
{
	uint64_t *v = kt_malloc(sizeof(*v) * t->ntokens[side]), said;

	*n = 0;
	for (size_t k = 0; k < t->nhunks; k++) {
		const struct hunk *h = &t->hunks[k];
		uint32_t i = side == 0 ? h->a0 : h->b0;
		uint32_t end = side == 0 ? h->a1 : h->b1;

		for (; i < end; i++)
			if (behind_whole(t, side, i, end, &said) > i)
				v[(*n)++] = said;
	}
	if (*n > 0)
		qsort(v, *n, sizeof(*v), by_value);
	return v;
}

/* The parts of one side of a hunk up to its last text that stands elsewhere
 * in the other text, each a hunk of its own; *rest is where what is left
 * begins. */
static void
put_moved(struct text_work *t, const struct hunk *h, int side,
    const uint64_t *other, size_t n, uint32_t *rest)
{
	uint32_t end = side == 0 ? h->a1 : h->b1;

	*rest = side == 0 ? h->a0 : h->b0;
	for (uint32_t i = *rest; i < end; i++) {
		struct hunk part = {
			.a0 = h->a0, .a1 = h->a0, .b0 = h->b0, .b1 = h->b0
		};
		uint32_t *from = side == 0 ? &part.a0 : &part.b0;
		uint32_t *to = side == 0 ? &part.a1 : &part.b1;
		uint64_t said = 0;
		uint32_t behind = behind_whole(t, side, i, end, &said);

		if (behind == i || n == 0 ||
		    bsearch(&said, other, n, sizeof(said), by_value) == NULL)
			continue;
		*from = *rest;
		*to = i;
		if (i > *rest)
			kt_put_hunk(t, part);
		*from = i;
		*to = *rest = behind;
		part.moved = true;
		part.note = "移動";
		kt_put_hunk(t, part);
	}
}

/* Of a split or merge: no text that nobody edited is shown as gone here and
 * new there without saying so. */
void
kt_hunks_moved(struct text_work *t)
{
	size_t n[2], nhunks = t->nhunks;
	uint64_t *wholes[2];
	struct hunk *old = kt_malloc(sizeof(*old) * nhunks);

	for (int side = 0; side < 2; side++)
		wholes[side] = list_wholes(t, side, &n[side]);
	if (nhunks > 0)
		memcpy(old, t->hunks, sizeof(*old) * nhunks);
	t->nhunks = 0;
	for (size_t i = 0; i < nhunks; i++) {
		struct hunk *h = &old[i];
		uint32_t a = h->a0, b = h->b0;

		if (is_open(h)) {
			put_moved(t, h, 0, wholes[1], n[1], &a);
			h->a0 = a;
			put_moved(t, h, 1, wholes[0], n[0], &b);
			h->b0 = b;
		}
		if (h->a0 < h->a1 || h->b0 < h->b1)
			kt_put_hunk(t, *h);
	}
	free(wholes[0]);
	free(wholes[1]);
	free(old);
}
