/* SPDX-License-Identifier: MIT */
/*
 * The contents of a PDF are left out, but say what its headings are: a
 * paragraph that has the words of an entry is one, as deep as the entry is
 * indented.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Indents that are this near are one. */
#define SAME_INDENT 400
/* No heading is longer. */
#define HEADING_BYTES 400

/* ---- finding them ------------------------------------------------------- */

static bool
is_contents_heading(const struct pdf_line *l)
{
	struct text_line line = { .p = l->text, .n = l->n };

	return l->table == NULL && l->n <= strlen("　目　　次　") &&
	       text_line_is_toc(&line);
}

void
pdf_contents_find(struct pdf_page *page, bool goes_on)
{
	const struct pdf_lines *lines = &page->lines;
	size_t from = 0, to = 0, found = 0;

	for (size_t i = 0; i < lines->n; i++) {
		if (!pdf_is_contents_line(lines->at[i].text, lines->at[i].n))
			continue;
		/* A text between them: what follows is no list any more. */
		if (found > 0 && i - to > 3)
			break;
		if (found++ == 0)
			from = i;
		to = i + 1;
	}
	if (found < 4 && (!goes_on || found == 0 || from > 1))
		return;
	if (from > 0 && is_contents_heading(&lines->at[from - 1]))
		from--;
	page->contents_from = goes_on && from == 1 ? 0 : from;
	page->contents_to = to;
}

/* ---- taking them in ---------------------------------------------------- */

/* The words of a line without blanks, leading points and the page. */
static char *
plain(const char *p, size_t n, bool entry)
{
	struct kt_buf out = KT_BUF_INIT;
	const char *end = p + n;
	unsigned len, points = 0;

	for (; p < end; p += len) {
		uint32_t c = kt_utf8_at(p, &len);

		if (entry && pdf_is_leader(c))
			points++;
		else if (!kt_is_space(c))
			points = 0;
		if (points >= 4)
			break;
		if (!kt_is_space(c) && points == 0)
			kt_buf_put(&out, p, len);
	}
	return kt_buf_detach(&out);
}

static int
by_words(const void *a, const void *b)
{
	const struct pdf_entry *p = a, *q = b;

	return strcmp(p->words, q->words);
}

/* Distinct indents of the entries, from left to right. */
static unsigned
find_indents(int *out, const struct pdf_entry *entries, size_t n)
{
	unsigned kinds = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned k = 0;

		while (
		    k < kinds && abs(out[k] - entries[i].indent) > SAME_INDENT)
			k++;
		if (k < kinds || kinds == PDF_LEVELS)
			continue;
		k = kinds++;
		while (k > 0 && out[k - 1] > entries[i].indent) {
			out[k] = out[k - 1];
			k--;
		}
		out[k] = entries[i].indent;
	}
	return kinds;
}

static unsigned
level_of(const int *indents, unsigned n, int indent)
{
	unsigned k = 0;

	while (k + 1 < n && abs(indents[k] - indent) > SAME_INDENT)
		k++;
	return k + 2;
}

void
pdf_contents_take(struct pdf *pdf)
{
	size_t cap = 0;

	for (size_t i = 0; i < pdf->npages; i++) {
		const struct pdf_page *page = &pdf->pages[i];

		for (size_t k = page->contents_from; k < page->contents_to;
		     k++) {
			const struct pdf_line *l = &page->lines.at[k];

			KT_GROW(pdf->entries, pdf->nentries, cap);
			pdf->entries[pdf->nentries].words =
			    plain(l->text, l->n, true);
			pdf->entries[pdf->nentries++].indent = l->at.x0;
		}
	}
	if (pdf->nentries == 0)
		return;
	pdf->nindents = find_indents(pdf->indents, pdf->entries, pdf->nentries);
	qsort(pdf->entries, pdf->nentries, sizeof(pdf->entries[0]), by_words);
}

unsigned
pdf_contents_level(const struct pdf *pdf, const char *p, size_t n)
{
	struct pdf_entry key, *found;

	if (pdf->nentries == 0 || n == 0 || n > HEADING_BYTES)
		return 0;
	key.words = plain(p, n, false);
	found = bsearch(&key, pdf->entries, pdf->nentries,
	    sizeof(pdf->entries[0]), by_words);
	free(key.words);
	return found == NULL
		   ? 0
		   : level_of(pdf->indents, pdf->nindents, found->indent);
}
