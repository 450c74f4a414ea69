/* SPDX-License-Identifier: MIT */
/*
 * Reading order: a set of lines is cut into columns where a blank strip runs
 * down between them, else across at the widest gap, and so on with each part.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* More lines than a page of text has are only sorted. */
#define MOST_LINES 1500

static int
middle(const struct pdf_line *l)
{
	return (l->at.y0 + l->at.y1) / 2;
}

static int
by_row(const void *a, const void *b)
{
	int d = middle(a) - middle(b);
	const struct pdf_line *p = a, *q = b;

	return d != 0 ? d : p->at.x0 - q->at.x0;
}

static int
by_left(const void *a, const void *b)
{
	const struct pdf_line *p = a, *q = b;
	int d = p->at.x0 - q->at.x0;

	return d != 0 ? d : by_row(a, b);
}

static int
by_top(const void *a, const void *b)
{
	const struct pdf_line *p = a, *q = b;
	int d = p->at.y0 - q->at.y0;

	return d != 0 ? d : p->at.x0 - q->at.x0;
}

/* How many of the lines on the left have one on the right in their row. */
static size_t
count_pairs(const struct pdf_line *at, size_t left, size_t n)
{
	size_t pairs = 0;

	for (size_t i = 0; i < left; i++)
		for (size_t k = left; k < n; k++)
			if (abs(middle(&at[i]) - middle(&at[k])) * 3 <
			    at[i].size) {
				pairs++;
				break;
			}
	return pairs;
}

static void
extent(const struct pdf_line *at, size_t n, int *top, int *bottom)
{
	*top = at[0].at.y0;
	*bottom = at[0].at.y1;
	for (size_t i = 1; i < n; i++) {
		if (at[i].at.y0 < *top)
			*top = at[i].at.y0;
		if (at[i].at.y1 > *bottom)
			*bottom = at[i].at.y1;
	}
}

/* Are these two columns?  They stand beside one another, and are not the
 * cells of rows: a column of short labels with the words beside them. */
static bool
are_columns(const struct pdf_line *at, size_t left, size_t n, int em)
{
	int top, bottom, top2, bottom2, from, to;

	if (left < 2 || n - left < 2)
		return false;
	extent(at, left, &top, &bottom);
	extent(at + left, n - left, &top2, &bottom2);
	from = top > top2 ? top : top2;
	to = bottom < bottom2 ? bottom : bottom2;
	if (to - from < 2 * em)
		return false;
	return count_pairs(at, left, n) * 10 < left * 8 || left * 2 < n - left;
}

/* The first line of the right column; 0 when there are no columns.  Sorts by
 * left edge. */
static size_t
cut_columns(struct pdf_line *at, size_t n, int em)
{
	size_t best = 0;
	int right, widest = em + em / 4;

	qsort(at, n, sizeof(*at), by_left);
	right = at[0].at.x1;
	for (size_t i = 1; i < n; i++) {
		if (at[i].at.x0 - right > widest && are_columns(at, i, n, em)) {
			widest = at[i].at.x0 - right;
			best = i;
		}
		if (at[i].at.x1 > right)
			right = at[i].at.x1;
	}
	return best;
}

/* The first line below the widest gap; 0 when lines overlap throughout. */
static size_t
cut_across(struct pdf_line *at, size_t n)
{
	size_t best = 0;
	int bottom, widest = 0;

	qsort(at, n, sizeof(*at), by_top);
	bottom = at[0].at.y1;
	for (size_t i = 1; i < n; i++) {
		if (at[i].at.y0 - bottom > widest) {
			widest = at[i].at.y0 - bottom;
			best = i;
		}
		if (at[i].at.y1 > bottom)
			bottom = at[i].at.y1;
	}
	return best;
}

static void
order(struct pdf_line *at, size_t n, int em, unsigned depth)
{
	size_t cut;

	if (n < 2)
		return;
	cut = depth > MOST_LINES ? 0 : cut_columns(at, n, em);
	if (cut > 0)
		at[cut].column = true;
	else
		cut = depth > MOST_LINES ? 0 : cut_across(at, n);
	if (cut == 0) {
		qsort(at, n, sizeof(*at), by_row);
		return;
	}
	order(at, cut, em, depth + 1);
	order(at + cut, n - cut, em, depth + 1);
}

/* The lines of a page with one column need no cuts. */
static bool
is_plain(const struct pdf_lines *lines)
{
	size_t beside = 0;

	qsort(lines->at, lines->n, sizeof(lines->at[0]), by_row);
	for (size_t i = 1; i < lines->n; i++)
		beside += lines->at[i].at.y0 < middle(&lines->at[i - 1]);
	return beside == 0;
}

static bool
goes_on(const struct pdf_line *a, const struct pdf_line *b)
{
	return b->at.y0 - a->at.y1 < b->size && a->at.y0 < b->at.y0 &&
	       !pdf_ends_sentence(a->text, a->n);
}

/* An upright label stands beside what it is the name of: before the first of
 * the lines that it runs along, and not amid a sentence. */
static void
put_labels_first(struct pdf_lines *lines)
{
	for (size_t i = 1; i < lines->n; i++) {
		struct pdf_line label = lines->at[i];
		size_t to = i;

		if (!label.vertical)
			continue;
		while (to > 0 && lines->at[to - 1].at.y1 > label.at.y0 &&
		       lines->at[to - 1].at.y0 < label.at.y1 &&
		       lines->at[to - 1].at.x0 > label.at.x1)
			to--;
		while (to > 0 && goes_on(&lines->at[to - 1], &lines->at[to]) &&
		       lines->at[to - 1].at.x0 > label.at.x1)
			to--;
		memmove(&lines->at[to + 1], &lines->at[to],
		    (i - to) * sizeof(label));
		lines->at[to] = label;
	}
}

void
pdf_order(struct pdf_lines *lines, int em)
{
	if (lines->n < 2 || is_plain(lines) || lines->n > MOST_LINES)
		return;
	order(lines->at, lines->n, em, 0);
	/* A line that begins a column may have been moved behind another. */
	for (size_t i = 1; i < lines->n; i++)
		if (lines->at[i].at.y0 < lines->at[i - 1].at.y0 &&
		    lines->at[i].at.x0 > lines->at[i - 1].at.x0)
			lines->at[i].column = true;
	put_labels_first(lines);
}

/* ---- slides ------------------------------------------------------------- */

/* A shape larger than this part of a page is its ground. */
#define GROUND 3
/* A page with so many shapes that hold words is a drawing. */
#define DRAWING 5u
/* Words reach a little out of their shape, in hundredths of a point. */
#define OUT 300

static int64_t
area(const struct pdf_box *b)
{
	return (int64_t)(b->x1 - b->x0) * (b->y1 - b->y0);
}

/* The smallest shape around a line, from 1; 0 when it stands on the ground. */
static unsigned
shape_of(const struct pdf_page *page, const struct pdf_line *l)
{
	struct pdf_box whole = { 0, 0, page->width, page->height };
	unsigned best = 0;

	for (size_t i = 0; i < page->nshapes; i++) {
		const struct pdf_box *s = &page->shapes[i];

		if (l->at.x0 < s->x0 - OUT || l->at.x1 > s->x1 + OUT ||
		    middle(l) < s->y0 || middle(l) > s->y1 ||
		    area(s) * GROUND > area(&whole))
			continue;
		if (best == 0 || area(s) < area(&page->shapes[best - 1]))
			best = (unsigned)i + 1;
	}
	return best;
}

/* Lines of a shape, one behind the other: what stands for them, and where. */
struct group {
	size_t from, n;
};

static int
by_shape(const void *a, const void *b)
{
	const struct pdf_line *p = a, *q = b;

	return p->shape != q->shape ? (p->shape < q->shape ? -1 : 1)
				    : by_row(a, b);
}

static void
cover(struct pdf_box *b, const struct pdf_box *more)
{
	b->x0 = b->x0 < more->x0 ? b->x0 : more->x0;
	b->y0 = b->y0 < more->y0 ? b->y0 : more->y0;
	b->x1 = b->x1 > more->x1 ? b->x1 : more->x1;
	b->y1 = b->y1 > more->y1 ? b->y1 : more->y1;
}

/* Lines, sorted by their shapes, as units: one for each shape, and the lines
 * of the ground as they are.  A unit's row leads to its group. */
static size_t
make_units(
    struct pdf_line *units, struct group *groups, const struct pdf_lines *lines)
{
	size_t n = 0;

	for (size_t i = 0; i < lines->n; i++) {
		const struct pdf_line *l = &lines->at[i];

		if (l->shape > 0 && i > 0 && l[-1].shape == l->shape) {
			cover(&units[n - 1].at, &l->at);
			groups[n - 1].n++;
			continue;
		}
		units[n] = *l;
		units[n].row = (int)n;
		groups[n] = (struct group){ i, 1 };
		n++;
	}
	return n;
}

/* The lines in the order of the units. */
static void
unfold(struct pdf_lines *lines, const struct pdf_lines *units,
    const struct group *groups, int em)
{
	struct pdf_line *out = kt_malloc((lines->n + 1) * sizeof(*out));
	size_t n = 0;

	for (size_t i = 0; i < units->n; i++) {
		const struct group *g = &groups[units->at[i].row];
		struct pdf_lines within = { &lines->at[g->from], g->n, g->n };
		size_t first = n;

		pdf_order(&within, em);
		for (size_t k = 0; k < g->n; k++)
			out[n++] = within.at[k];
		out[first].column |= units->at[i].column;
	}
	memcpy(lines->at, out, n * sizeof(*out));
	free(out);
}

void
pdf_order_slide(struct pdf_page *page, int em)
{
	struct pdf_lines *lines = &page->lines, units;
	struct group *groups;
	size_t shapes = 0;

	if (lines->n < 2 || lines->n > MOST_LINES) {
		pdf_order(lines, em);
		return;
	}
	for (size_t i = 0; i < lines->n; i++)
		if (lines->at[i].table == NULL)
			lines->at[i].shape = shape_of(page, &lines->at[i]);
	qsort(lines->at, lines->n, sizeof(lines->at[0]), by_shape);
	groups = kt_malloc((lines->n + 1) * sizeof(*groups));
	units.at = kt_malloc((lines->n + 1) * sizeof(*units.at));
	units.cap = lines->n;
	units.n = make_units(units.at, groups, lines);
	for (size_t i = 0; i < units.n; i++)
		shapes += units.at[i].shape > 0;
	page->drawn = shapes >= DRAWING;
	pdf_order(&units, em);
	unfold(lines, &units, groups, em);
	free(units.at);
	free(groups);
}
