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
