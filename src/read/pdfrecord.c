/* SPDX-License-Identifier: MIT */
/* The records of the helper (helper/pdf/helper.h), taken as untrusted. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PAGES 2000
#define MOST_HEADS ((size_t)20000)
/* A page of text has some thousand characters. */
#define MOST_CHARS ((size_t)20000)
/* Nothing on a page lies further out, in hundredths of a point. */
#define FAR 1000000

struct record {
	const char *p, *end; /* words not read yet */
};

static bool
is_record(struct record *r, const char *name)
{
	size_t n = strlen(name);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, name, n) != 0 ||
	    (r->p + n < r->end && r->p[n] != ' '))
		return false;
	r->p += n;
	if (r->p < r->end)
		r->p++;
	return true;
}

static int
number(struct record *r, int base)
{
	bool minus = r->p < r->end && *r->p == '-';
	long v = 0;

	r->p += minus;
	for (; r->p < r->end && *r->p != ' '; r->p++) {
		char c = *r->p;
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
						   : 16;

		if (digit < base && v < 0x7ffffff)
			v = v * base + digit;
	}
	if (r->p < r->end)
		r->p++;
	return (int)(minus ? -v : v);
}

static int
length(struct record *r)
{
	int v = number(r, 10);

	return v > FAR ? FAR : v < -FAR ? -FAR : v;
}

static struct pdf_box
box(struct record *r)
{
	struct pdf_box b;

	b.x0 = length(r);
	b.y0 = length(r);
	b.x1 = length(r);
	b.y1 = length(r);
	if (b.x1 < b.x0)
		b.x1 = b.x0;
	if (b.y1 < b.y0)
		b.y1 = b.y0;
	return b;
}

static char *
words(struct pdf *pdf, const struct record *r)
{
	size_t bad, n = (size_t)(r->end - r->p);

	if (!kt_utf8_check(r->p, n, &bad))
		n = bad;
	return kt_arena_strndup(pdf->arena, r->p, n);
}

/* ---- records ----------------------------------------------------------- */

static struct pdf_page *
last_page(struct pdf *pdf)
{
	return pdf->npages == 0 ? NULL : &pdf->pages[pdf->npages - 1];
}

static void
page_record(struct pdf *pdf, struct record *r)
{
	struct pdf_page *page;

	if (pdf->npages >= MOST_PAGES)
		return;
	KT_GROW(pdf->pages, pdf->npages, pdf->pages_cap);
	page = &pdf->pages[pdf->npages++];
	memset(page, 0, sizeof(*page));
	page->number = number(r, 10);
	page->width = length(r);
	page->height = length(r);
	page->label = "";
	page->unread = true; /* until its end is seen */
	pdf->nfonts = 0;
}

static void
font_record(struct pdf *pdf, struct record *r)
{
	const char *name;

	number(r, 10);
	if (pdf->nfonts >= UINT16_MAX)
		return;
	KT_GROW(pdf->fonts, pdf->nfonts, pdf->fonts_cap);
	name = words(pdf, r);
	pdf->fonts[pdf->nfonts++] =
	    (struct pdf_font){ .vertical = name[0] == '@',
		    .weight = pdf_font_weight(name) };
}

static void
char_record(
    struct pdf *pdf, struct pdf_page *page, struct record *r, bool begins)
{
	struct pdf_char *c;
	uint32_t is;
	size_t font;

	if (page->nchars >= MOST_CHARS) {
		page->crowded = true;
		return;
	}
	KT_GROW(page->chars, page->nchars, page->chars_cap);
	c = &page->chars[page->nchars];
	memset(c, 0, sizeof(*c));
	c->at = box(r);
	c->size = length(r);
	font = (size_t)number(r, 10);
	if (font < pdf->nfonts)
		c->weight = pdf->fonts[font].weight;
	number(r, 16); /* colour */
	is = (uint32_t)number(r, 16);
	c->c = pdf_upright(is);
	c->begins = begins;
	if (c->size <= 0)
		c->size = c->at.y1 - c->at.y0;
	if (is <= 0x20 || is > 0x10ffff || (is >= 0xd800 && is < 0xe000) ||
	    (is >= 0x7f && is < 0xa0) || kt_is_space(is) || is == 0xfffe ||
	    is == 0xffff || c->size <= 0)
		return;
	if (font < pdf->nfonts && pdf->fonts[font].vertical)
		page->vertical = true;
	page->nchars++;
}

static void
in_page(struct pdf *pdf, struct record *r, bool *begins)
{
	struct pdf_page *page = last_page(pdf);

	if (page == NULL)
		return;
	if (is_record(r, "c")) {
		char_record(pdf, page, r, *begins);
		*begins = false;
	} else if (is_record(r, "b")) {
		*begins = true;
	} else if (is_record(r, "font")) {
		font_record(pdf, r);
	} else if (is_record(r, "rule")) {
		KT_GROW(page->rules, page->nrules, page->rules_cap);
		page->rules[page->nrules++] = box(r);
	} else if (is_record(r, "edge")) {
		KT_GROW(page->edges, page->nedges, page->edges_cap);
		page->edges[page->nedges++] = box(r);
	} else if (is_record(r, "shape")) {
		KT_GROW(page->shapes, page->nshapes, page->shapes_cap);
		page->shapes[page->nshapes++] = box(r);
	} else if (is_record(r, "image")) {
		KT_GROW(page->images, page->nimages, page->images_cap);
		page->images[page->nimages++] = box(r);
	} else if (is_record(r, "label")) {
		page->label = words(pdf, r);
	} else if (is_record(r, "unread")) {
		page->no_rules = true;
	} else if (is_record(r, "end")) {
		page->unread = page->width <= 0 || page->crowded;
		if (page->unread)
			page->nchars = 0;
	}
}

static void
tag_record(struct pdf *pdf, struct record *r)
{
	const char *name = r->p;
	size_t n = 0;

	while (name + n < r->end && name[n] != ' ')
		n++;
	r->p += n < (size_t)(r->end - r->p) ? n + 1 : n;
	if (n == 3 && memcmp(name, "all", 3) == 0) {
		pdf->tagged = (unsigned)number(r, 10);
		return;
	}
	kt_buf_printf(&pdf->tags, "%s%.*s %d", pdf->tags.len > 0 ? ", " : "",
	    (int)n, name, number(r, 10));
}

/* Words without blanks; some of their bytes may be lost. */
static const char *
closed_up(struct pdf *pdf, const struct record *r, size_t *n)
{
	static const char *const blanks[] = { " ", "　", "\u00a0", "\u200b",
		"\ufeff" };
	struct kt_buf out = KT_BUF_INIT;
	const char *words;

	for (const char *p = r->p; p < r->end;) {
		size_t blank = 0;

		for (size_t i = 0; i < KT_COUNT(blanks) && blank == 0; i++) {
			size_t len = strlen(blanks[i]);

			if (len <= (size_t)(r->end - p) &&
			    memcmp(p, blanks[i], len) == 0)
				blank = len;
		}
		if (blank == 0)
			kt_buf_putc(&out, *p);
		p += blank > 0 ? blank : 1;
	}
	*n = out.len;
	words = kt_arena_strndup(pdf->arena, out.p, out.len);
	kt_buf_release(&out);
	return words;
}

static void
head_record(struct pdf *pdf, struct record *r)
{
	struct pdf_head head = { .page = number(r, 10) };

	head.level = (unsigned)number(r, 10);
	head.words = closed_up(pdf, r, &head.n);
	if (pdf->nheads >= MOST_HEADS || head.page < 0 || head.level == 0 ||
	    head.level > 9)
		return;
	KT_GROW(pdf->heads, pdf->nheads, pdf->heads_cap);
	pdf->heads[pdf->nheads++] = head;
}

bool
pdf_records(struct pdf *pdf, const char *p, size_t n)
{
	const char *end = p + n;
	bool begins = true, done = false;

	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		struct record r = { .p = p, .end = stop };

		if (stop == NULL)
			break; /* cut off */
		if (is_record(&r, "page")) {
			page_record(pdf, &r);
			begins = true;
		} else if (is_record(&r, "pages")) {
			pdf->total = number(&r, 10);
		} else if (is_record(&r, "data")) {
			pdf->no_data = number(&r, 10) == 0;
		} else if (is_record(&r, "title")) {
			pdf->title = words(pdf, &r);
		} else if (is_record(&r, "tag")) {
			tag_record(pdf, &r);
		} else if (is_record(&r, "head")) {
			head_record(pdf, &r);
		} else if (is_record(&r, "done")) {
			done = true;
		} else {
			in_page(pdf, &r, &begins);
		}
		p = stop + 1;
	}
	return done;
}

/* ---- release ----------------------------------------------------------- */

static void
free_page(struct pdf_page *page)
{
	for (size_t i = 0; i < page->ntables; i++) {
		struct pdf_table *t = &page->tables[i];

		for (size_t k = 0; k < t->ncells; k++)
			free(t->cells[k].lines.at);
		free(t->cells);
		free(t->x);
	}
	free(page->tables);
	free(page->chars);
	free(page->rules);
	free(page->edges);
	free(page->shapes);
	free(page->frames);
	free(page->images);
	free(page->lines.at);
	free(page->margins.at);
}

void
pdf_free(struct pdf *pdf)
{
	for (size_t i = 0; i < pdf->npages; i++)
		free_page(&pdf->pages[i]);
	free(pdf->pages);
	free(pdf->fonts);
	free(pdf->heads);
	for (size_t i = 0; i < pdf->nentries; i++)
		free(pdf->entries[i].words);
	free(pdf->entries);
	free(pdf->blocks);
	kt_buf_release(&pdf->tags);
	kt_arena_free(pdf->arena);
}
