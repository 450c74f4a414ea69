/* SPDX-License-Identifier: MIT */
/*
 * Running heads, feet and page numbers: what stands outermost on a page, at
 * one height and the same but for its digits on most pages, is not text.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Lines at either end of a page that may be margin. */
#define ROUNDS 3
/* Of the height of a page, in hundredths, that margins lie in. */
#define ZONE 14
/* Pages, in hundredths, that a margin must be on. */
#define SHARE 60

struct edge {
	size_t page;
	bool foot, number;
	struct pdf_box at;
	uint64_t key; /* of its words, digits alike, and its height */
};

struct edges {
	struct edge *at;
	size_t n, cap;
};

static bool
is_numeral(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19) ||
	       (c >= 0x2160 && c <= 0x217f) || c == 'i' || c == 'v' ||
	       c == 'x' || c == 0x3007 || c == 0x4e00 || c == 0x4e8c ||
	       c == 0x4e09 || c == 0x56db || c == 0x4e94 || c == 0x516d ||
	       c == 0x4e03 || c == 0x516b || c == 0x4e5d || c == 0x5341;
}

/* What stands around a page number: - 2 -, 2/10, 2ページ, P.2. */
static bool
is_trim(uint32_t c)
{
	static const uint32_t trims[] = { '-', '/', '(', ')', '.', 'P', 'p',
		0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xff0d,
		0x30fc, 0xff0f, 0x30da, 0x30b8, 0x9801, 0x301c, 0xff5e, 0xff08,
		0xff09 };

	for (size_t i = 0; i < KT_COUNT(trims); i++)
		if (trims[i] == c)
			return true;
	return false;
}

static int
height(const struct pdf_char *c)
{
	return (c->at.y0 + c->at.y1) / 2;
}

static int
by_x(const void *a, const void *b)
{
	const struct pdf_char *const *p = a, *const *q = b;

	return (*p)->at.x0 - (*q)->at.x0;
}

/* The outermost character that is still text; NULL when the page has none in
 * the zone. */
static struct pdf_char *
outermost(struct pdf_page *page, bool foot)
{
	struct pdf_char *best = NULL;
	int zone = page->height / 100 * ZONE;

	for (size_t i = 0; i < page->nchars; i++) {
		struct pdf_char *c = &page->chars[i];

		if (c->use != PDF_FREE ||
		    (foot ? c->at.y0 < page->height - zone : c->at.y1 > zone))
			continue;
		if (best == NULL || (foot ? height(c) > height(best)
					  : height(c) < height(best)))
			best = c;
	}
	return best;
}

static void
add_edge(
    struct edges *out, size_t page, bool foot, struct pdf_char **at, size_t n)
{
	struct edge *e;
	size_t numerals = 0, trims = 0;
	uint64_t key = foot ? 1 : 2;

	KT_GROW(out->at, out->n, out->cap);
	e = &out->at[out->n++];
	*e = (struct edge){ .page = page, .foot = foot, .at = at[0]->at };
	for (size_t i = 0; i < n; i++) {
		uint32_t c = at[i]->c;

		if (at[i]->at.x1 > e->at.x1)
			e->at.x1 = at[i]->at.x1;
		if (at[i]->at.y0 < e->at.y0)
			e->at.y0 = at[i]->at.y0;
		if (at[i]->at.y1 > e->at.y1)
			e->at.y1 = at[i]->at.y1;
		numerals += is_numeral(c);
		trims += is_trim(c);
		key = kt_hash_mix(key, is_numeral(c) ? '0' : c);
	}
	e->number = numerals > 0 && numerals + trims == n && n <= 14;
	/* 9 and 10 are alike. */
	e->key = e->number ? kt_hash_mix(foot ? 1 : 2, 7)
			   : kt_hash_mix(key, (uint64_t)(e->at.y0 / 300));
}

/* The pieces of the outermost line of a page. */
static void
find_edges(struct edges *out, struct pdf *pdf, size_t number, bool foot)
{
	struct pdf_page *page = &pdf->pages[number];
	struct pdf_char *edge = outermost(page, foot), **at;
	size_t n = 0, from = 0;

	if (edge == NULL)
		return;
	at = kt_malloc((page->nchars + 1) * sizeof(*at));
	for (size_t i = 0; i < page->nchars; i++)
		if (page->chars[i].use == PDF_FREE &&
		    abs(height(&page->chars[i]) - height(edge)) * 2 <
			edge->size)
			at[n++] = &page->chars[i];
	qsort(at, n, sizeof(*at), by_x);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && at[i]->at.x0 - at[i - 1]->at.x1 < 3 * at[i]->size)
			continue;
		add_edge(out, number, foot, at + from, i - from);
		from = i;
	}
	free(at);
}

static void
set_aside(struct pdf *pdf, const struct edge *e)
{
	struct pdf_page *page = &pdf->pages[e->page];
	size_t before = page->margins.n;

	pdf_lines_find(pdf, page, &e->at, &page->margins);
	if (page->margins.n == before)
		return;
	for (size_t i = 0; i < page->nchars; i++) {
		struct pdf_char *c = &page->chars[i];
		int x = (c->at.x0 + c->at.x1) / 2;

		if (c->use == PDF_FREE && x >= e->at.x0 && x <= e->at.x1 &&
		    height(c) >= e->at.y0 && height(c) <= e->at.y1)
			c->use = PDF_MARGIN;
	}
}

static bool
is_margin(const struct edges *edges, const struct edge *e, size_t pages)
{
	size_t on = 0, last = SIZE_MAX;

	for (size_t i = 0; i < edges->n; i++) {
		if (edges->at[i].key != e->key || edges->at[i].page == last)
			continue;
		last = edges->at[i].page;
		on++;
	}
	/* A page alone may have a number, too. */
	if (pages == 1)
		return e->number && e->foot;
	return on >= 2 && on * 100 >= pages * SHARE;
}

/* One line of either end of every page. */
static size_t
peel(struct pdf *pdf, size_t pages)
{
	struct edges edges = { NULL, 0, 0 };
	size_t taken = 0;

	for (size_t i = 0; i < pdf->npages; i++) {
		find_edges(&edges, pdf, i, false);
		find_edges(&edges, pdf, i, true);
	}
	for (size_t i = 0; i < edges.n; i++) {
		if (!is_margin(&edges, &edges.at[i], pages))
			continue;
		set_aside(pdf, &edges.at[i]);
		taken++;
	}
	free(edges.at);
	return taken;
}

/* ---- numbers beside words ------------------------------------------------ */

static bool
is_number(const struct pdf_line *l)
{
	size_t numerals = 0;
	unsigned len;

	for (size_t at = 0; at < l->n; at += len) {
		uint32_t c = kt_utf8_at(l->text + at, &len);

		if (!is_numeral(c) && !is_trim(c) && c != ' ')
			return false;
		numerals += is_numeral(c);
	}
	return numerals > 0;
}

static bool
is_near(const struct pdf_line *a, const struct pdf_line *b)
{
	return abs(a->at.y0 - b->at.y0) < a->size &&
	       abs(a->at.x0 + a->at.x1 - b->at.x0 - b->at.x1) < 8 * a->size;
}

/* Pages with a number where `like` stands. */
static size_t
count_numbers(const struct pdf *pdf, const struct pdf_line *like)
{
	size_t pages = 0;

	for (size_t i = 0; i < pdf->npages; i++) {
		const struct pdf_lines *m = &pdf->pages[i].margins;
		size_t k = 0;

		while (k < m->n &&
		       !(is_number(&m->at[k]) && is_near(&m->at[k], like)))
			k++;
		pages += k < m->n;
	}
	return pages;
}

static bool
has_number(const struct pdf_page *page)
{
	for (size_t i = 0; i < page->margins.n; i++)
		if (is_number(&page->margins.at[i]))
			return true;
	return false;
}

/* Set aside what stands at a place in letters of that size, if it is all
 * digits. */
static void
take_number(struct pdf *pdf, size_t number, const struct pdf_line *like)
{
	struct pdf_page *page = &pdf->pages[number];
	struct edge e = { .page = number };
	size_t n = 0;

	for (size_t i = 0; i < page->nchars; i++) {
		const struct pdf_char *c = &page->chars[i];
		int x = (c->at.x0 + c->at.x1) / 2;

		if (c->use != PDF_FREE ||
		    abs(c->size - like->size) * 10 > like->size ||
		    abs(c->at.y0 - like->at.y0) * 2 > like->size ||
		    x < like->at.x0 - 2 * like->size ||
		    x > like->at.x1 + 2 * like->size)
			continue;
		if (!is_numeral(c->c) && !is_trim(c->c))
			return;
		if (n++ == 0)
			e.at = c->at;
		e.at.x0 = c->at.x0 < e.at.x0 ? c->at.x0 : e.at.x0;
		e.at.x1 = c->at.x1 > e.at.x1 ? c->at.x1 : e.at.x1;
	}
	if (n > 0)
		set_aside(pdf, &e);
}

/* The number of a page that most pages have at one place; NULL when none. */
static const struct pdf_line *
usual_number(const struct pdf *pdf, size_t pages)
{
	for (size_t i = 0; i < pdf->npages; i++)
		for (size_t k = 0; k < pdf->pages[i].margins.n; k++) {
			const struct pdf_line *l = &pdf->pages[i].margins.at[k];

			if (is_number(l) &&
			    count_numbers(pdf, l) * 100 >= pages * SHARE)
				return l;
		}
	return NULL;
}

/* Words of a page may reach down to its number. */
static void
take_numbers(struct pdf *pdf, size_t pages)
{
	const struct pdf_line *usual = usual_number(pdf, pages);
	struct pdf_line like;

	if (usual == NULL)
		return;
	like = *usual; /* its list may grow */
	for (size_t i = 0; i < pdf->npages; i++)
		if (!has_number(&pdf->pages[i]))
			take_number(pdf, i, &like);
}

void
pdf_margins(struct pdf *pdf)
{
	size_t pages = 0;

	for (size_t i = 0; i < pdf->npages; i++)
		pages += pdf->pages[i].nchars > 0;
	for (unsigned i = 0; i < ROUNDS && peel(pdf, pages) > 0; i++)
		;
	take_numbers(pdf, pages);
}
