/* SPDX-License-Identifier: MIT */
/*
 * Two rows of a table, their cells with tabs between them.  As many cells on
 * both sides are compared one by one; otherwise the rows as a whole, and what
 * differs is divided at the tabs.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

struct cells { /* one side while its cells are gone through */
	const struct words *row;
	uint32_t at; /* where the cell in hand begins */
	uint32_t atom; /* the first atom not before it */
	struct atom *atoms;
};

static uint32_t
count_cells(const struct words *row)
{
	uint32_t n = 1;

	for (uint32_t i = 0; i < row->len; i++)
		n += row->p[i] == '\t';
	return n;
}

static void
cells_begin(struct cells *c, const struct words *row)
{
	*c = (struct cells){ .row = row };
	c->atoms = kt_malloc(sizeof(*c->atoms) * row->natoms);
}

/* The words of the cell in hand; its atoms count from its beginning. */
static struct words
cell_of(struct cells *c)
{
	const struct words *row = c->row;
	const char *p = row->p + c->at;
	const char *tab = memchr(p, '\t', row->len - c->at);
	struct words cell = { .p = p, .atoms = c->atoms };

	cell.len = tab == NULL ? row->len - c->at : (uint32_t)(tab - p);
	while (c->atom < row->natoms &&
	       row->atoms[c->atom].start < c->at + cell.len) {
		c->atoms[cell.natoms] = row->atoms[c->atom++];
		c->atoms[cell.natoms++].start -= c->at;
	}
	return cell;
}

struct kept {
	struct hunk *at;
	size_t n, cap;
};

static void
keep_hunks(struct kept *k, const struct text_work *t, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk h = t->hunks[i];

		h.a0 += a;
		h.a1 += a;
		h.b0 += b;
		h.b1 += b;
		KT_GROW(k->at, k->n, k->cap);
		k->at[k->n++] = h;
	}
}

static void
put_kept(struct text_work *t, const struct kept *k)
{
	t->nhunks = 0;
	for (size_t i = 0; i < k->n; i++)
		kt_put_hunk(t, k->at[i]);
}

static void
compare_cells(struct work *w, const struct words *old, const struct words *new,
    uint32_t n)
{
	struct text_work *t = &w->text;
	struct cells x, y;
	struct kept kept = { 0 };
	bool limit = false, replaced = false;

	cells_begin(&x, old);
	cells_begin(&y, new);
	for (uint32_t i = 0; i < n; i++) {
		struct words a = cell_of(&x), b = cell_of(&y);

		kt_text_compare(w, &a, &b);
		keep_hunks(&kept, t, x.at, y.at);
		limit = limit || t->limit;
		replaced = replaced || t->replaced;
		x.at += a.len + 1;
		y.at += b.len + 1;
	}
	put_kept(t, &kept);
	t->limit = limit;
	t->replaced = replaced;
	free(x.atoms);
	free(y.atoms);
	free(kept.at);
}

/* The next stretch of one side up to a tab, or the tab itself. */
static uint32_t
piece_end(const struct words *row, uint32_t from, uint32_t to)
{
	const char *tab;

	if (from == to || row->p[from] == '\t')
		return from < to ? from + 1 : to;
	tab = memchr(row->p + from, '\t', to - from);
	return tab == NULL ? to : (uint32_t)(tab - row->p);
}

/* Removed cells first, then added ones: no span holds a tab and more. */
static void
divide_hunks(
    struct text_work *t, const struct words *old, const struct words *new)
{
	struct kept kept = { 0 };

	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk h = t->hunks[i], part = h;

		if (memchr(old->p + h.a0, '\t', h.a1 - h.a0) == NULL &&
		    memchr(new->p + h.b0, '\t', h.b1 - h.b0) == NULL) {
			KT_GROW(kept.at, kept.n, kept.cap);
			kept.at[kept.n++] = h;
			continue;
		}
		part.b1 = h.b0;
		for (uint32_t at = h.a0; at < h.a1; at = part.a1) {
			part.a0 = at;
			part.a1 = piece_end(old, at, h.a1);
			KT_GROW(kept.at, kept.n, kept.cap);
			kept.at[kept.n++] = part;
		}
		part.a0 = part.a1 = h.a1;
		for (uint32_t at = h.b0; at < h.b1; at = part.b1) {
			part.b0 = at;
			part.b1 = piece_end(new, at, h.b1);
			KT_GROW(kept.at, kept.n, kept.cap);
			kept.at[kept.n++] = part;
		}
	}
	put_kept(t, &kept);
	free(kept.at);
}

void
kt_row_compare(struct work *w, const struct words *old, const struct words *new)
{
	struct text_work *t = &w->text;
	uint32_t n = count_cells(old);

	if (n == count_cells(new)) {
		compare_cells(w, old, new, n);
	} else {
		kt_text_compare(w, old, new);
		divide_hunks(t, old, new);
	}
	t->in[0] = old;
	t->in[1] = new;
}
