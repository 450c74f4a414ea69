/* SPDX-License-Identifier: MIT */
/*
 * Marks that answer to each other in turn.  An enacting table replaces the
 * n-th marked words of one column by the n-th of the other, so words that
 * are only put in need a counterpart: a word beside them is marked in both.
 * In a reference table a house may show blanks instead.
 */
#include "table_int.h"

#include <stdlib.h>
#include <string.h>

/* One change of a string: bytes of both sides, one of them may be empty. */
struct hunk {
	uint32_t from[SIDES], to[SIDES];
};

struct pairs {
	struct hunk *at;
	size_t n, cap;
	const struct piece *piece[SIDES];
	struct kt_words *words;
};

/* ---- ranges to hunks ------------------------------------------------- */

static void
add_hunk(struct pairs *p, const struct hunk *h)
{
	struct hunk *last = p->n > 0 ? &p->at[p->n - 1] : NULL;

	if (last != NULL && last->to[SIDE_OLD] == h->from[SIDE_OLD] &&
	    last->to[SIDE_NEW] == h->from[SIDE_NEW]) {
		last->to[SIDE_OLD] = h->to[SIDE_OLD];
		last->to[SIDE_NEW] = h->to[SIDE_NEW];
		return;
	}
	KT_GROW(p->at, p->n, p->cap);
	p->at[p->n++] = *h;
}

/* Walk both strings: as many unmarked bytes lie before marks that belong
 * together. */
static void
find_hunks(struct pairs *p, const struct ranges *r[SIDES], const size_t *begin)
{
	size_t next[SIDES] = { begin[SIDE_OLD], begin[SIDE_NEW] };
	uint32_t at[SIDES] = { 0, 0 };

	for (;;) {
		uint32_t gap[SIDES], some;
		bool any[SIDES];
		struct hunk h;

		for (int side = 0; side < SIDES; side++) {
			any[side] = next[side] < r[side]->n;
			gap[side] =
			    any[side] ? r[side]->at[next[side]].start - at[side]
				      : UINT32_MAX;
		}
		if (!any[SIDE_OLD] && !any[SIDE_NEW])
			return;
		some = gap[SIDE_OLD] < gap[SIDE_NEW] ? gap[SIDE_OLD]
						     : gap[SIDE_NEW];
		for (int side = 0; side < SIDES; side++) {
			h.from[side] = h.to[side] = at[side] + some;
			if (gap[side] == some)
				h.to[side] += r[side]->at[next[side]++].len;
			at[side] = h.to[side];
		}
		add_hunk(p, &h);
	}
}

/* ---- a counterpart --------------------------------------------------- */

static bool
is_one_sided(const struct hunk *h)
{
	return (h->from[SIDE_OLD] == h->to[SIDE_OLD]) !=
	       (h->from[SIDE_NEW] == h->to[SIDE_NEW]);
}

/* Bytes of the word of the new string that begins at `at`, or (back) ends
 * there; not beyond `most`. */
static uint32_t
word_at(struct pairs *p, uint32_t at, uint32_t most, bool back)
{
	const struct piece *piece = p->piece[SIDE_NEW];
	const struct kt_word *w;
	size_t n = kt_words_cut(p->words, &w, piece->p, piece->len);
	uint32_t len = most;

	for (size_t i = 0; i < n; i++) {
		uint32_t end = w[i].start + w[i].len;

		if (back ? w[i].start < at && at <= end
			 : w[i].start <= at && at < end) {
			len = back ? at - w[i].start : end - at;
			break;
		}
	}
	return len < most ? len : most;
}

/* Take in a word between a hunk and the next, or before it where none is
 * left. */
static void
widen(struct pairs *p, size_t i, size_t next)
{
	struct hunk *h = &p->at[i];
	uint32_t behind = next < p->n
			      ? p->at[next].from[SIDE_NEW] - h->to[SIDE_NEW]
			      : p->piece[SIDE_NEW]->len - h->to[SIDE_NEW];
	uint32_t before =
	    i > 0 ? h->from[SIDE_NEW] - h[-1].to[SIDE_NEW] : h->from[SIDE_NEW];
	uint32_t some;

	if (behind > 0) {
		some = word_at(p, h->to[SIDE_NEW], behind, false);
		h->to[SIDE_OLD] += some;
		h->to[SIDE_NEW] += some;
	} else {
		some = word_at(p, h->from[SIDE_NEW], before, true);
		h->from[SIDE_OLD] -= some;
		h->from[SIDE_NEW] -= some;
	}
}

/* Give every one-sided hunk a counterpart.  Hunks that come to touch are one,
 * and may answer to each other then. */
static void
widen_all(struct pairs *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (n > 0 &&
		    p->at[n - 1].to[SIDE_OLD] == p->at[i].from[SIDE_OLD] &&
		    p->at[n - 1].to[SIDE_NEW] == p->at[i].from[SIDE_NEW]) {
			p->at[n - 1].to[SIDE_OLD] = p->at[i].to[SIDE_OLD];
			p->at[n - 1].to[SIDE_NEW] = p->at[i].to[SIDE_NEW];
		} else {
			p->at[n++] = p->at[i];
		}
		if (is_one_sided(&p->at[n - 1]))
			widen(p, n - 1, i + 1);
	}
	p->n = n;
}

/* ---- hunks to ranges ------------------------------------------------- */

static uint32_t
characters(const struct piece *piece, uint32_t from, uint32_t to)
{
	return (uint32_t)kt_utf8_count(piece->p + from, to - from);
}

static void
put_range(struct ranges *r, const struct pairs *p, int side,
    const struct hunk *h, bool pad)
{
	const struct piece *piece = p->piece[side];
	struct range range = { .node = piece->node->id,
		.kind = piece->kind,
		.start = h->from[side],
		.len = h->to[side] - h->from[side] };

	if (range.len == 0 && pad)
		range.pad = characters(
		    p->piece[1 - side], h->from[1 - side], h->to[1 - side]);
	if (range.len == 0 && range.pad == 0)
		return;
	KT_GROW(r->at, r->n, r->cap);
	r->at[r->n++] = range;
}

static int
by_start(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

void
table_pair_marks(struct ranges *ra, size_t a, struct ranges *rb, size_t b,
    const struct piece *old, const struct piece *new,
    const struct kt_profile *profile, struct kt_words *words)
{
	struct pairs p = { .piece = { old, new }, .words = words };
	const struct ranges *r[SIDES] = { ra, rb };
	const size_t begin[SIDES] = { a, b };

	if (!profile->enacting && !profile->pad)
		return;
	if (ra->n > a + 1)
		qsort(ra->at + a, ra->n - a, sizeof(ra->at[0]), by_start);
	if (rb->n > b + 1)
		qsort(rb->at + b, rb->n - b, sizeof(rb->at[0]), by_start);
	find_hunks(&p, r, begin);
	if (profile->enacting)
		widen_all(&p);
	ra->n = a;
	rb->n = b;
	for (size_t i = 0; i < p.n; i++) {
		put_range(ra, &p, SIDE_OLD, &p.at[i], profile->pad);
		put_range(rb, &p, SIDE_NEW, &p.at[i], profile->pad);
	}
	free(p.at);
}
