/* SPDX-License-Identifier: MIT */
/*
 * Sequences of integers: the shortest edit script between two of them
 * (E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986, linear
 * space form, with a bound on its work), and the heaviest increasing
 * subsequence of one.  Knows nothing of what the integers stand for.
 *
 * Among equally short scripts the choice must not depend on which side is
 * called old: the caller says which of the two is to be taken first.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* Steps allowed: a constant and so many an element.  Texts that belong
 * together need a fraction; the rest would be shown as replaced anyway. */
#define STEPS_BASE ((size_t)200 << 10)
#define STEPS_EACH ((size_t)192)

struct box {
	uint32_t a0, a1, b0, b1;
};

struct run {
	const uint64_t *a, *b;
	uint8_t *da, *db; /* marks to set, by original place */
	const uint32_t *at_a, *at_b; /* original places */
	int32_t *forward, *backward; /* furthest x by diagonal, offset m + 1 */
	size_t steps, most;
};

/* Where a shortest path of a box crosses its middle: a run of equal
 * elements, perhaps empty, from (x0, y0) to (x1, y1). */
struct snake {
	uint32_t x0, y0, x1, y1;
};

void
kt_seq_release(struct seq_work *w)
{
	free(w->words);
	memset(w, 0, sizeof(*w));
}

static void *
work_room(struct seq_work *w, size_t bytes)
{
	if (bytes > w->size) {
		free(w->words);
		w->size = bytes + bytes / 2;
		w->words = kt_malloc(w->size);
	}
	return w->words;
}

/* ---- the middle of a shortest path ------------------------------------ */

/* Furthest start on diagonal k of paths with d edits, from those with d - 1;
 * OUTSIDE when both would leave the box. */
#define OUTSIDE (-2)
static int32_t
step(const int32_t *f, int32_t k, int32_t d, int32_t n, int32_t m)
{
	int32_t down = k == d ? OUTSIDE : f[k + 1];
	int32_t right = k == -d ? OUTSIDE : f[k - 1] + 1;

	if (down < 0 || down - k > m)
		down = OUTSIDE;
	if (right <= 0 || right > n)
		right = OUTSIDE;
	return right > down ? right : down;
}

/* One round of forward paths with d edits; true when one meets a backward
 * path of d - 1 edits. */
static bool
go_forward(struct run *r, const struct box *x, int32_t d, struct snake *out)
{
	const int32_t n = (int32_t)(x->a1 - x->a0);
	const int32_t m = (int32_t)(x->b1 - x->b0), delta = n - m;
	int32_t *f = r->forward + m + 1, *g = r->backward + m + 1;
	const uint64_t *a = r->a + x->a0, *b = r->b + x->b0;
	int32_t low = d <= m ? -d : d - 2 * m, high = d <= n ? d : 2 * n - d;

	for (int32_t k = low; k <= high; k += 2) {
		int32_t u = d == 0 ? 0 : step(f, k, d, n, m), v = u - k, u0;

		if (u < 0) {
			f[k] = OUTSIDE;
			continue;
		}
		u0 = u;
		while (u < n && v < m && a[u] == b[v])
			u++, v++;
		r->steps += (size_t)(u - u0) + 1;
		f[k] = u;
		/* Meeting is possible on the diagonals of the last backward
		 * round only. */
		if ((delta & 1) != 0 && k >= delta - (d - 1) &&
		    k <= delta + (d - 1) && u >= n - g[delta - k]) {
			*out = (struct snake){ x->a0 + (uint32_t)u0,
				x->b0 + (uint32_t)(u0 - k), x->a0 + (uint32_t)u,
				x->b0 + (uint32_t)v };
			return true;
		}
	}
	return false;
}

/* The same from the end; g[k] is how far back, diagonals from the end. */
static bool
go_backward(struct run *r, const struct box *x, int32_t d, struct snake *out)
{
	const int32_t n = (int32_t)(x->a1 - x->a0);
	const int32_t m = (int32_t)(x->b1 - x->b0), delta = n - m;
	int32_t *f = r->forward + m + 1, *g = r->backward + m + 1;
	const uint64_t *a = r->a + x->a0, *b = r->b + x->b0;
	int32_t low = d <= m ? -d : d - 2 * m, high = d <= n ? d : 2 * n - d;

	for (int32_t k = low; k <= high; k += 2) {
		int32_t u = d == 0 ? 0 : step(g, k, d, n, m), v = u - k, u0;

		if (u < 0) {
			g[k] = OUTSIDE;
			continue;
		}
		u0 = u;
		while (u < n && v < m && a[n - 1 - u] == b[m - 1 - v])
			u++, v++;
		r->steps += (size_t)(u - u0) + 1;
		g[k] = u;
		if ((delta & 1) == 0 && delta - k >= -d && delta - k <= d &&
		    f[delta - k] >= n - u) {
			*out = (struct snake){ x->a1 - (uint32_t)u,
				x->b1 - (uint32_t)v, x->a1 - (uint32_t)u0,
				x->b1 - (uint32_t)(u0 - k) };
			return true;
		}
	}
	return false;
}

static bool
middle(struct run *r, const struct box *x, struct snake *out)
{
	const int32_t n = (int32_t)(x->a1 - x->a0);
	const int32_t m = (int32_t)(x->b1 - x->b0);

	for (int32_t d = 0; d <= (n + m + 1) / 2; d++) {
		if (r->steps > r->most)
			return false;
		if (go_forward(r, x, d, out) || go_backward(r, x, d, out))
			return true;
	}
	return false;
}

/* ---- the script -------------------------------------------------------- */

static void
mark_box(struct run *r, const struct box *x)
{
	for (uint32_t i = x->a0; i < x->a1; i++)
		r->da[r->at_a[i]] = 1;
	for (uint32_t j = x->b0; j < x->b1; j++)
		r->db[r->at_b[j]] = 1;
}

static void
trim(const struct run *r, struct box *x)
{
	while (x->a0 < x->a1 && x->b0 < x->b1 && r->a[x->a0] == r->b[x->b0])
		x->a0++, x->b0++;
	while (x->a0 < x->a1 && x->b0 < x->b1 &&
	       r->a[x->a1 - 1] == r->b[x->b1 - 1])
		x->a1--, x->b1--;
}

/* Boxes still to do are kept in a list of our own: the depth follows the
 * input. */
static bool
solve(struct run *r, struct box whole)
{
	struct box *todo = NULL, x;
	struct snake s;
	size_t n = 0, cap = 0;
	bool all = true;

	KT_GROW(todo, n, cap);
	todo[n++] = whole;
	while (n > 0) {
		x = todo[--n];
		trim(r, &x);
		if (x.a0 == x.a1 || x.b0 == x.b1) {
			mark_box(r, &x);
			continue;
		}
		if (!middle(r, &x, &s)) {
			mark_box(r, &x);
			all = false;
			continue;
		}
		KT_GROW(todo, n, cap);
		todo[n++] = (struct box){ s.x1, x.a1, s.y1, x.b1 };
		KT_GROW(todo, n, cap);
		todo[n++] = (struct box){ x.a0, s.x0, x.b0, s.y0 };
	}
	free(todo);
	return all;
}

/* ---- what the other side has nowhere ----------------------------------- */

struct table {
	uint64_t *slot;
	uint8_t *used;
	size_t mask;
};

static size_t
place_of(const struct table *t, uint64_t x)
{
	size_t i = (size_t)(x ^ x >> 29) & t->mask;

	while (t->used[i] != 0 && t->slot[i] != x)
		i = (i + 1) & t->mask;
	return i;
}

/* Mark what cannot be in any common subsequence and list the rest: texts
 * with little in common cost no more than reading them. */
static uint32_t
keep_common(const struct table *t, uint8_t bit, const uint64_t *v, uint32_t n,
    uint64_t *left, uint32_t *at, uint8_t *mark)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < n; i++) {
		if ((t->used[place_of(t, v[i])] & bit) == 0) {
			mark[i] = 1;
			continue;
		}
		left[kept] = v[i];
		at[kept++] = i;
	}
	return kept;
}

static void
enter(struct table *t, uint8_t bit, const uint64_t *v, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		size_t p = place_of(t, v[i]);

		t->slot[p] = v[i];
		t->used[p] |= bit;
	}
}

static bool
diff_window(struct seq_work *w, const uint64_t *a, uint32_t n,
    const uint64_t *b, uint32_t m, uint8_t *da, uint8_t *db)
{
	size_t both = (size_t)n + m, size = 16;
	uint64_t *left;
	uint32_t *at;
	struct table t;
	struct run r = { 0 };

	while (size < 2 * both)
		size *= 2;
	left =
	    work_room(w, (both + size) * sizeof(uint64_t) +
			     (both + 2 * (both + 4)) * sizeof(uint32_t) + size);
	t.slot = left + both;
	at = (uint32_t *)(t.slot + size);
	r.forward = (int32_t *)(at + both);
	r.backward = r.forward + both + 4;
	t.used = (uint8_t *)(r.backward + both + 4);
	t.mask = size - 1;
	memset(t.used, 0, size);
	enter(&t, 1, a, n);
	enter(&t, 2, b, m);
	r.a = left;
	r.at_a = at;
	r.da = da;
	r.db = db;
	n = keep_common(&t, 2, a, n, left, at, da);
	r.b = left + n;
	r.at_b = at + n;
	m = keep_common(&t, 1, b, m, left + n, at + n, db);
	r.most = STEPS_BASE + STEPS_EACH * both;
	return solve(&r, (struct box){ 0, n, 0, m });
}

bool
kt_seq_diff(struct seq_work *w, const uint64_t *a, uint32_t n,
    const uint64_t *b, uint32_t m, uint8_t *da, uint8_t *db, bool in_order)
{
	uint32_t head = 0;

	memset(da, 0, n);
	memset(db, 0, m);
	while (head < n && head < m && a[head] == b[head])
		head++;
	a += head, b += head, da += head, db += head;
	n -= head, m -= head;
	while (n > 0 && m > 0 && a[n - 1] == b[m - 1])
		n--, m--;
	if (n == 0 || m == 0) {
		memset(da, 1, n);
		memset(db, 1, m);
		return true;
	}
	if (in_order)
		return diff_window(w, a, n, b, m, da, db);
	return diff_window(w, b, m, a, n, db, da);
}

/* ---- heaviest increasing subsequence ----------------------------------- */

/*
 * Fenwick tree of prefix maxima over the values: best[v] is the heaviest
 * chain ending at a value below v, and where it ends.
 */
struct chain {
	uint64_t weight;
	uint32_t last; /* index, or NONE */
};

static struct chain
best_below(const struct chain *tree, uint32_t value)
{
	struct chain best = { 0, NONE };

	for (uint32_t i = value; i > 0; i -= i & -i)
		if (tree[i].weight > best.weight)
			best = tree[i];
	return best;
}

void
kt_seq_heaviest(
    const uint32_t *value, const uint64_t *weight, uint32_t n, uint8_t *keep)
{
	uint32_t top = 0, at = NONE;
	uint64_t most = 0;
	struct chain *tree;
	uint32_t *before;

	for (uint32_t i = 0; i < n; i++)
		if (value[i] > top)
			top = value[i];
	memset(keep, 0, n);
	tree = kt_calloc((size_t)top + 2, sizeof(*tree));
	before = kt_malloc(sizeof(*before) * n);
	for (uint32_t i = 0; i < n; i++) {
		struct chain c = best_below(tree, value[i]);

		before[i] = c.last;
		c.weight += weight[i] + 1;
		c.last = i;
		if (c.weight > most) {
			most = c.weight;
			at = i;
		}
		for (uint32_t j = value[i] + 1; j <= top + 1; j += j & -j)
			if (c.weight > tree[j].weight)
				tree[j] = c;
	}
	for (; at != NONE; at = before[at])
		keep[at] = 1;
	free(before);
	free(tree);
}
