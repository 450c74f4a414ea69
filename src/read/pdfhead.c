/* SPDX-License-Identifier: MIT */
/*
 * What is a heading: what the file calls one in its outline or its structure,
 * else what is set in a heavier face than the text around it.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* No heading is longer, in bytes and in characters. */
#define HEADING_BYTES ((size_t)400)
#define HEADING_MOST ((size_t)60)

/* ---- what the file calls a heading ------------------------------------- */

static const struct pdf_page *
page_of(const struct pdf *pdf, int number)
{
	for (size_t i = 0; i < pdf->npages; i++)
		if (pdf->pages[i].number == number)
			return &pdf->pages[i];
	return NULL;
}

static int
by_page(const void *a, const void *b)
{
	const struct pdf_head *p = a, *q = b;

	return p->page - q->page;
}

void
pdf_heads_sort(struct pdf *pdf)
{
	if (pdf->nheads > 1)
		qsort(pdf->heads, pdf->nheads, sizeof(pdf->heads[0]), by_page);
}

/* The same but for blanks, which the head has none of, and for bytes that
 * were lost. */
static bool
has_words(const struct pdf_head *head, const char *p, size_t n)
{
	const char *word = head->words, *end = word + head->n;
	unsigned len;

	for (size_t k = 0; k < n; k += len) {
		if (kt_is_space(kt_utf8_at(p + k, &len)))
			continue;
		if ((size_t)(end - word) < len)
			return false;
		for (unsigned i = 0; i < len; i++, word++)
			if (*word != p[k + i] && *word != '?')
				return false;
	}
	return word == end;
}

/* （目的） above a 条, 【解説】 and （注） are no headings, whatever outline
 * the author gave them. */
static bool
is_heading_form(const char *p, size_t n)
{
	struct kt_lead lead;

	kt_lead_paragraph(&lead, p, n);
	return lead.form == KT_LEAD_CLAUSE || lead.form == KT_LEAD_PLAIN;
}

static unsigned
level_on(const struct pdf *pdf, int page, const char *p, size_t n)
{
	size_t from = 0, to = pdf->nheads;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (pdf->heads[mid].page < page)
			from = mid + 1;
		else
			to = mid;
	}
	for (; from < pdf->nheads && pdf->heads[from].page == page; from++)
		if (has_words(&pdf->heads[from], p, n))
			return pdf->heads[from].level + 1;
	return 0;
}

unsigned
pdf_head_level(const struct pdf *pdf, int page, const char *p, size_t n)
{
	unsigned level;

	if (pdf->nheads == 0 || n == 0 || n > HEADING_BYTES ||
	    pdf_ends_sentence(p, n) || !is_heading_form(p, n))
		return 0;
	level = level_on(pdf, page, p, n);
	/* Entries that do not say where they lead. */
	return level > 0 ? level : level_on(pdf, 0, p, n);
}

/* ---- faces ------------------------------------------------------------- */

/* How heavy a face is, by the name of its font.  The second ゴシック is its
 * name in Shift_JIS, read as Windows-1252. */
uint8_t
pdf_font_weight(const char *name)
{
	static const char *const gothic[] = { "Gothic", "gothic", "GOTHIC",
		"ゴシック", "ƒSƒVƒbƒN", "Sans", "Meiryo", "メイリオ", "Kaku" };
	static const char *const bold[] = { "Bold", "bold", "Heavy", "Black",
		"Demi", "太", "-W5", "-W6", "-W7", "-W8", "-W9" };
	uint8_t weight = 0;

	for (size_t i = 0; i < KT_COUNT(gothic) && weight == 0; i++)
		if (strstr(name, gothic[i]) != NULL)
			weight = 1;
	for (size_t i = 0; i < KT_COUNT(bold); i++)
		if (strstr(name, bold[i]) != NULL)
			return (uint8_t)(weight + 2);
	return weight;
}

void
pdf_find_weight(struct pdf *pdf)
{
	size_t counts[2][PDF_WEIGHTS] = { { 0 } };

	for (size_t i = 0; i < pdf->npages; i++)
		for (size_t k = 0; k < pdf->pages[i].nchars; k++) {
			const struct pdf_char *c = &pdf->pages[i].chars[k];

			if (c->use == PDF_FREE && pdf_is_letter(c->c))
				counts[pdf_is_wide(c->c)][c->weight]++;
		}
	for (unsigned wide = 0; wide < 2; wide++) {
		pdf->weight[wide] = 0;
		for (unsigned w = 1; w < PDF_WEIGHTS; w++)
			if (counts[wide][w] > counts[wide][pdf->weight[wide]])
				pdf->weight[wide] = (uint8_t)w;
	}
}

/* ---- what is set like one ---------------------------------------------- */

bool
pdf_is_heavy(unsigned letters, unsigned heavy)
{
	return letters > 0 && heavy * 10 >= letters * 9;
}

static bool
is_heavy(const struct pdf_block *b)
{
	return pdf_is_heavy(b->letters, b->heavy);
}

/* Where a third of the words is set in the heavier face it says nothing. */
static bool
faces_tell(const struct pdf *pdf)
{
	size_t heavy = 0, letters = 0;

	for (size_t i = 0; i < pdf->nblocks; i++) {
		if (pdf->blocks[i].kind > PDF_HEADING)
			continue;
		heavy += pdf->blocks[i].heavy;
		letters += pdf->blocks[i].letters;
	}
	return heavy > 0 && heavy * 3 < letters;
}

/* On slides faces mark what they like. */
static bool
is_candidate(const struct pdf *pdf, const struct pdf_block *b)
{
	const struct pdf_page *page = page_of(pdf, b->page);

	return page != NULL && page->width < page->height && !page->vertical &&
	       b->kind == PDF_PARAGRAPH && is_heavy(b) && b->lines <= 2 &&
	       !b->centred && b->size * 100 >= pdf->size * 95 &&
	       kt_utf8_count(b->text, b->n) < HEADING_MOST &&
	       !pdf_ends_sentence(b->text, b->n) &&
	       !pdf_is_entry(b->text, b->n) && is_heading_form(b->text, b->n);
}

/* A label that may stand before a heading as well as before a 号. */
static bool
item_label(struct kt_label *label, const struct pdf_block *b)
{
	return kt_label_read(label, b->text, b->n) && label->kind == KT_ITEM &&
	       label->skip > label->len && label->skip < b->n;
}

/* A block of the text beside this one, running heads and footnotes left out;
 * step is 1 or -1. */
static const struct pdf_block *
neighbour(const struct pdf *pdf, size_t i, int step)
{
	for (i += (size_t)step; i < pdf->nblocks; i += (size_t)step)
		if (pdf->blocks[i].kind <= PDF_HEADING ||
		    pdf->blocks[i].kind == PDF_TABLE)
			return &pdf->blocks[i];
	return NULL;
}

/* A list whose entries are all heavy: labels follow one another at once. */
static bool
is_in_list(const struct pdf *pdf, size_t i, const struct kt_label *label)
{
	for (int step = -1; step <= 1; step += 2) {
		const struct pdf_block *at = neighbour(pdf, i, step);
		struct kt_label other;

		if (at != NULL && at->kind <= PDF_HEADING &&
		    item_label(&other, at) &&
		    other.num.form == label->num.form &&
		    other.num.n == label->num.n && is_heavy(at))
			return true;
	}
	return false;
}

/* ---- headings without a label ------------------------------------------ */

/* Space above a block; -1 at the top of a page. */
static int
space_above(const struct pdf *pdf, size_t i)
{
	const struct pdf_block *b = &pdf->blocks[i];
	int above = -1;

	while (i-- > 0 && pdf->blocks[i].page == b->page) {
		const struct pdf_box *at = &pdf->blocks[i].at;

		if (pdf->blocks[i].kind > PDF_TABLE ||
		    pdf->blocks[i].kind == PDF_FOOTNOTE || at->y1 > b->at.y1)
			continue;
		if (above < 0 || b->at.y0 - at->y1 < above)
			above = b->at.y0 > at->y1 ? b->at.y0 - at->y1 : 0;
	}
	return above;
}

static bool
is_plain_head(const struct pdf *pdf, const struct pdf_block *b)
{
	const struct pdf_page *page = page_of(pdf, b->page);
	struct kt_label label;

	return page != NULL && b->at.x0 * 5 < page->width * 2 &&
	       !kt_label_read(&label, b->text, b->n);
}

/* A head whose text follows, or another head below it. */
struct head {
	size_t block;
	int above;
	bool follows; /* another head directly */
};

static int
by_space(const void *a, const void *b)
{
	return ((const struct head *)a)->above -
	       ((const struct head *)b)->above;
}

/* Where spaces above fall into two kinds: the least of the wider ones; 0 when
 * they do not. */
static int
wide_space(const struct head *heads, size_t n, int size)
{
	struct head *sorted = kt_malloc((n + 1) * sizeof(*sorted));
	int widest = 0, at = 0;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (heads[i].above >= 0 && !heads[i].follows)
			sorted[count++] = heads[i];
	qsort(sorted, count, sizeof(sorted[0]), by_space);
	for (size_t i = 1; i < count; i++) {
		int step = sorted[i].above - sorted[i - 1].above;

		if (step > widest) {
			widest = step;
			at = sorted[i].above;
		}
	}
	free(sorted);
	return widest * 100 > size * 35 ? at : 0;
}

/* One that stands directly below another lies in it; else the space tells. */
static void
find_plain_heads(struct pdf *pdf)
{
	struct head *heads = NULL;
	size_t n = 0, cap = 0, last = SIZE_MAX;
	int wide;

	for (size_t i = 0; i < pdf->nblocks; i++) {
		const struct pdf_block *b = &pdf->blocks[i];

		if (b->kind >= PDF_CONTENTS || b->kind == PDF_FOOTNOTE)
			continue;
		if (is_candidate(pdf, b) && is_plain_head(pdf, b)) {
			KT_GROW(heads, n, cap);
			heads[n] = (struct head){ i, space_above(pdf, i),
				last != SIZE_MAX && n > 0 &&
				    heads[n - 1].block == last };
			n++;
		}
		last = i;
	}
	wide = wide_space(heads, n, pdf->size);
	for (size_t i = 0; i < n; i++) {
		struct pdf_block *b = &pdf->blocks[heads[i].block];

		b->kind = PDF_HEADING;
		b->deeper = heads[i].follows ||
			    (heads[i].above >= 0 && heads[i].above < wide);
	}
	free(heads);
}

void
pdf_heads_find(struct pdf *pdf)
{
	if (!faces_tell(pdf))
		return;
	for (size_t i = 0; i < pdf->nblocks; i++) {
		struct pdf_block *b = &pdf->blocks[i];
		struct kt_label label;

		if (is_candidate(pdf, b) && item_label(&label, b) &&
		    !is_in_list(pdf, i, &label))
			b->kind = PDF_HEADING;
	}
	find_plain_heads(pdf);
}
