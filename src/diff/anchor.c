/* SPDX-License-Identifier: MIT */
/*
 * Pairs of elements that say the same: those that say what no other says,
 * then their equal neighbours, then runs of equal text by their order.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>
#include <string.h>

enum level { STRONG, PLAIN };

static uint64_t
key_of(const struct elem *e, enum level level)
{
	return level == STRONG ? e->strong : e->key;
}

/* Without any text only what stands around tells elements apart. */
static bool
speaks(const struct elem *e, enum level level)
{
	if (level == PLAIN && e->heads)
		return false;
	return e->weight > 0 || (level == STRONG && e->caption != 0);
}

struct keyed {
	uint64_t key;
	uint32_t gap, side, at;
};

static int
by_key(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->gap != b->gap)
		return a->gap < b->gap ? -1 : 1;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static struct keyed *
keyed_new(const struct match *m)
{
	return kt_malloc(
	    sizeof(struct keyed) * ((size_t)m->s[0].n + m->s[1].n));
}

static size_t
list_free(const struct match *m, enum level level, const uint32_t *gap[2],
    struct keyed *out)
{
	size_t n = 0;

	for (uint32_t side = 0; side < 2; side++) {
		const struct lineup *l = &m->s[side];

		for (uint32_t i = 0; i < l->n; i++)
			if (is_free(l, i) && speaks(&l->at[i], level))
				out[n++] = (struct keyed){ key_of(&l->at[i],
							       level),
					gap[side] == NULL ? 0 : gap[side][i],
					side, i };
	}
	qsort(out, n, sizeof(*out), by_key);
	return n;
}

/* End of the run of equal key and gap that begins at i; *nold counts its
 * elements of the old side, which stand first. */
static size_t
run_end(const struct keyed *v, size_t n, size_t i, size_t *nold)
{
	size_t end;

	*nold = 0;
	for (end = i;
	     end < n && v[end].key == v[i].key && v[end].gap == v[i].gap; end++)
		*nold += v[end].side == 0;
	return end;
}

static void
match_unique(struct match *m, enum level level)
{
	const uint32_t *none[2] = { NULL, NULL };
	struct keyed *v = keyed_new(m);
	size_t n = list_free(m, level, none, v), nold;

	for (size_t i = 0, end; i < n; i = end) {
		end = run_end(v, n, i, &nold);
		if (nold == 1 && end - i == 2)
			match_pair(m, v[i].at, v[i + 1].at);
	}
	free(v);
}

static bool
extend(struct match *m, enum level level, uint32_t a, uint32_t b)
{
	const struct lineup *o = &m->s[0], *n = &m->s[1];

	if (a >= o->n || b >= n->n || !is_free(o, a) || !is_free(n, b) ||
	    key_of(&o->at[a], level) != key_of(&n->at[b], level))
		return false;
	match_pair(m, a, b);
	return true;
}

/* Equal neighbours of pairs, forwards and then backwards; places before the
 * first wrap to NONE, which no line-up has. */
static void
match_neighbours(struct match *m, enum level level)
{
	const struct lineup *o = &m->s[0];

	extend(m, level, 0, 0);
	for (uint32_t i = 0; i < o->n; i++)
		if (o->peer[i] != NONE)
			extend(m, level, i + 1, o->peer[i] + 1);
	extend(m, level, o->n - 1, m->s[1].n - 1);
	for (uint32_t i = o->n; i-- > 0;)
		if (o->peer[i] != NONE)
			extend(m, level, i - 1, o->peer[i] - 1);
}

void
kt_match_gaps(const struct match *m, uint32_t *gap[2])
{
	uint8_t *keep = kt_calloc(m->s[0].n, 1);
	uint32_t n = 0;

	for (int side = 0; side < 2; side++)
		gap[side] = kt_calloc(m->s[side].n, sizeof(**gap));
	kt_match_spine(m, keep);
	for (uint32_t i = 0; i < m->s[0].n; i++) {
		gap[0][i] = n;
		if (keep[i] != 0)
			gap[1][m->s[0].peer[i]] = ++n;
	}
	free(keep);
	n = 0;
	for (uint32_t j = 0; j < m->s[1].n; j++) {
		if (gap[1][j] > n)
			n = gap[1][j];
		else
			gap[1][j] = n;
	}
}

/* ---- runs of equal text ------------------------------------------------- */

/* Free elements of both sides between the same two pairs: keys, then places. */
struct stretch {
	uint64_t *key[2];
	uint32_t *at[2], n[2];
	uint8_t *only[2];
};

/* Which list comes first, whichever document it is of. */
static bool
in_order(const struct stretch *s)
{
	if (s->n[0] != s->n[1])
		return s->n[0] < s->n[1];
	return memcmp(s->key[0], s->key[1], s->n[0] * sizeof(*s->key[0])) <= 0;
}

static void
pair_in_order(struct match *m, const struct stretch *s)
{
	uint32_t i = 0, j = 0;

	if (s->n[0] == 0 || s->n[1] == 0 || s->n[0] + s->n[1] < 4)
		return; /* nothing whose order could matter */
	kt_seq_diff(&m->w->text.seq, s->key[0], s->n[0], s->key[1], s->n[1],
	    s->only[0], s->only[1], in_order(s));
	while (i < s->n[0] && j < s->n[1]) {
		if (s->only[0][i] != 0)
			i++;
		else if (s->only[1][j] != 0)
			j++;
		else
			match_pair(m, s->at[0][i++], s->at[1][j++]);
	}
}

/* The longest common run of what stands between the same pairs: a word more
 * or less in a list of few words must not shift all that follow. */
static void
match_sequences(struct match *m, const uint32_t *const gap[2])
{
	struct stretch s;
	uint32_t next[2] = { 0, 0 };

	for (int side = 0; side < 2; side++) {
		s.key[side] = kt_malloc(sizeof(**s.key) * m->s[side].n);
		s.at[side] = kt_malloc(sizeof(**s.at) * m->s[side].n);
		s.only[side] = kt_malloc(m->s[side].n);
	}
	while (next[0] < m->s[0].n && next[1] < m->s[1].n) {
		uint32_t x = gap[0][next[0]], y = gap[1][next[1]];
		uint32_t now = x < y ? y : x;

		for (int side = 0; side < 2; side++) {
			const struct lineup *l = &m->s[side];
			uint32_t i = next[side];

			s.n[side] = 0;
			for (; i < l->n && gap[side][i] <= now; i++) {
				if (gap[side][i] < now || !is_free(l, i) ||
				    !speaks(&l->at[i], STRONG))
					continue;
				s.key[side][s.n[side]] = l->at[i].strong;
				s.at[side][s.n[side]++] = i;
			}
			next[side] = i;
		}
		pair_in_order(m, &s);
	}
	for (int side = 0; side < 2; side++) {
		free(s.key[side]);
		free(s.at[side]);
		free(s.only[side]);
	}
}

/* Equal text in runs: first between the same pairs, then anywhere. */
static void
match_runs(struct match *m)
{
	uint32_t *gap[2];
	const uint32_t *none[2] = { NULL, NULL };
	struct keyed *v = keyed_new(m);
	size_t n, nold;

	kt_match_gaps(m, gap);
	match_sequences(m, (const uint32_t *const *)gap);
	for (int round = 0; round < 4; round++) {
		enum level level = round % 2 == 0 ? STRONG : PLAIN;
		const uint32_t *between[2] = { gap[0], gap[1] };

		n = list_free(m, level, round < 2 ? between : none, v);
		for (size_t i = 0, end; i < n; i = end) {
			end = run_end(v, n, i, &nold);
			for (size_t k = 0; k < nold && i + nold + k < end; k++)
				match_pair(m, v[i + k].at, v[i + nold + k].at);
		}
	}
	free(gap[0]);
	free(gap[1]);
	free(v);
}

void
kt_match_anchors(struct match *m)
{
	for (enum level level = STRONG; level <= PLAIN; level++) {
		match_unique(m, level);
		match_neighbours(m, level);
	}
	match_runs(m);
}
