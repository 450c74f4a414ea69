/* SPDX-License-Identifier: MIT */
/*
 * PDF → document: the stages in order, and the blocks as lines for the reader
 * of typed text.  A node's line is its page, its column the line on the page.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Blocks of the first page that may be the title. */
#define TITLE_WITHIN 24
#define TITLE_MOST 90
/* Confidence below which a block is told to be looked at. */
#define SURE 85

/* ---- stages ------------------------------------------------------------ */

/* The size that most characters outside of tables have. */
static int
body_size(const struct pdf *pdf)
{
	size_t *counts = kt_calloc(400, sizeof(*counts)), best = 0;

	for (size_t i = 0; i < pdf->npages; i++)
		for (size_t k = 0; k < pdf->pages[i].nchars; k++) {
			const struct pdf_char *c = &pdf->pages[i].chars[k];
			size_t size = (size_t)(c->size + 25) / 50;

			if (c->use == PDF_FREE)
				counts[size < 400 ? size : 399]++;
		}
	for (size_t i = 1; i < 400; i++)
		if (counts[i] > counts[best])
			best = i;
	free(counts);
	return best == 0 ? 1000 : (int)best * 50;
}

static void
add_tables(struct pdf_page *page, int size)
{
	for (size_t i = 0; i < page->ntables; i++) {
		struct pdf_line line = { .at = page->tables[i].at,
			.size = size,
			.page = page->number,
			.text = "",
			.table = &page->tables[i] };

		KT_GROW(page->lines.at, page->lines.n, page->lines.cap);
		page->lines.at[page->lines.n++] = line;
	}
}

static void
read_page(struct pdf *pdf, struct pdf_page *page)
{
	pdf_lines_find(pdf, page, NULL, &page->lines);
	add_tables(page, pdf->size);
	if (page->width > page->height && !page->vertical)
		pdf_order_slide(page, pdf->size);
	else
		pdf_order(&page->lines, pdf->size);
	for (size_t i = 0; i < page->lines.n; i++)
		page->lines.at[i].row = (int)i + 1;
}

/* What stands first and at the top of a page that is wider than high is the
 * title of the slide. */
static void
find_slide_titles(struct pdf *pdf)
{
	size_t i = 0;

	for (size_t k = 0; k < pdf->npages; k++) {
		const struct pdf_page *page = &pdf->pages[k];
		struct pdf_block *b;

		while (
		    i < pdf->nblocks && (pdf->blocks[i].page < page->number ||
					    pdf->blocks[i].kind == PDF_ASIDE))
			i++;
		b = &pdf->blocks[i];
		if (i < pdf->nblocks && b->page == page->number &&
		    b->kind == PDF_PARAGRAPH && page->width > page->height &&
		    !page->vertical && b->at.y1 < page->height / 6 &&
		    kt_utf8_count(b->text, b->n) < TITLE_MOST &&
		    !pdf_ends_sentence(b->text, b->n) &&
		    !pdf_is_entry(b->text, b->n))
			b->kind = PDF_HEADING;
	}
}

int
pdf_open(struct pdf *pdf, const char *name, const char *bytes, size_t n,
    struct kt_diag *d)
{
	size_t characters = 0;
	int rc;

	*pdf = (struct pdf){ .d = d, .file = name, .tags = KT_BUF_INIT };
	pdf->arena = kt_arena_new();
	pdf->title = "";
	rc = pdf_load(pdf, bytes, n);
	for (size_t i = 0; i < pdf->npages; i++)
		characters += pdf->pages[i].nchars;
	if (rc == KT_OK && characters == 0)
		rc = kt_report(
		    d, .id = KT_M_PDF_NO_TEXT, .at = { .file = name });
	if (rc != KT_OK)
		return rc;
	pdf->size = body_size(pdf);
	pdf_margins(pdf);
	for (size_t i = 0; i < pdf->npages; i++) {
		pdf_turn(&pdf->pages[i]);
		pdf_grids(pdf, &pdf->pages[i]);
	}
	pdf->size = body_size(pdf);
	pdf_find_weight(pdf);
	for (size_t i = 0; i < pdf->npages; i++)
		read_page(pdf, &pdf->pages[i]);
	pdf_blocks(pdf);
	pdf_heads_find(pdf);
	find_slide_titles(pdf);
	return KT_OK;
}

/* ---- title ------------------------------------------------------------- */

/* How names of official texts end. */
static bool
ends_like_title(const struct pdf_block *b)
{
	static const char *const ends[] = { "規程", "規則", "条例", "要綱",
		"要領", "基準", "方針", "指針", "ガイドライン", "法律", "省令",
		"政令", "細則", "規約", "について", "について（通知）", "計画",
		"戦略", "手引き" };

	for (size_t i = 0; i < KT_COUNT(ends); i++) {
		size_t len = strlen(ends[i]);

		if (b->n > len &&
		    memcmp(b->text + b->n - len, ends[i], len) == 0)
			return true;
	}
	return false;
}

static bool
is_large(const struct pdf *pdf, const struct pdf_block *b)
{
	return b->size * 100 >= pdf->size * PDF_LARGE;
}

/* The words that the file gives as its title. */
static bool
is_file_title(const struct pdf *pdf, const struct pdf_block *b)
{
	const char *title = pdf->title, *p = b->text, *end = p + b->n;
	unsigned len;

	if (kt_utf8_count(title, strlen(title)) < 4)
		return false;
	for (;;) {
		while (*title != '\0' && kt_is_space(kt_utf8_at(title, &len)))
			title += len;
		while (p < end && kt_is_space(kt_utf8_at(p, &len)))
			p += len;
		if (p == end || *title == '\0')
			return p == end && *title == '\0';
		if (kt_utf8_at(p, &len) != kt_utf8_at(title, &len))
			return false;
		p += len;
		title += len;
	}
}

/* What the file calls its title, else the largest heading of the first page,
 * else what is called like a text; nblocks when none is there. */
static size_t
find_title(const struct pdf *pdf)
{
	size_t best = pdf->nblocks, seen = 0;
	int page = pdf->nblocks == 0 ? 0 : pdf->blocks[0].page;
	bool is_slide =
	    pdf->npages > 0 && pdf->pages[0].width > pdf->pages[0].height;

	for (size_t i = 0; i < pdf->nblocks && seen < TITLE_WITHIN; i++) {
		const struct pdf_block *b = &pdf->blocks[i];

		if (b->kind > PDF_HEADING || b->n == 0)
			continue;
		seen++;
		if (b->page == page && is_file_title(pdf, b))
			return i;
		if (b->page != page ||
		    kt_utf8_count(b->text, b->n) > TITLE_MOST)
			continue;
		if (b->kind == PDF_HEADING && (is_large(pdf, b) || is_slide) &&
		    (best == pdf->nblocks || b->size > pdf->blocks[best].size))
			best = i;
	}
	for (size_t i = 0; i < pdf->nblocks && best == pdf->nblocks; i++) {
		const struct pdf_block *b = &pdf->blocks[i];

		if (b->page != page || i >= TITLE_WITHIN)
			break;
		if (b->kind == PDF_PARAGRAPH && ends_like_title(b) &&
		    kt_utf8_count(b->text, b->n) <= TITLE_MOST)
			best = i;
	}
	return best;
}

/* ---- lines ------------------------------------------------------------- */

struct flow {
	struct pdf *pdf;
	struct kt_doc *doc;
	struct text_lines lines;
	int sizes[5]; /* of headings, from large to small */
	unsigned nsizes;
	const struct pdf_block *last; /* that became a line */
	bool within; /* it is commentary */
	const struct pdf_block
	    *body; /* the last with a first line further in */
};

static void
note_size(struct flow *f, int size)
{
	unsigned i = 0;

	while (i < f->nsizes && f->sizes[i] > size + 40)
		i++;
	if (i < f->nsizes && abs(f->sizes[i] - size) <= 40)
		return;
	if (f->nsizes < KT_COUNT(f->sizes))
		f->nsizes++;
	for (unsigned k = f->nsizes - 1; k > i; k--)
		f->sizes[k] = f->sizes[k - 1];
	if (i < f->nsizes)
		f->sizes[i] = size;
}

/* What the file says of it, or its size among the others; 0: neither tells,
 * its label has to. */
static unsigned
level_of(const struct flow *f, const struct pdf_block *b)
{
	unsigned i = 0;

	if (b->level > 0)
		return b->level;
	if (!is_large(f->pdf, b) &&
	    kt_label_read(&(struct kt_label){ 0 }, b->text, b->n))
		return 0;
	while (i + 1 < f->nsizes && f->sizes[i] > b->size + 40)
		i++;
	return i + 2 + b->deeper;
}

/* A mark that begins with the sign of an entry or the label begins behind. */
static void
clip_marks(struct flow *f, struct text_line *line, const struct pdf_block *b)
{
	struct kt_mark *marks =
	    KT_NEWN(f->pdf->arena, struct kt_mark, b->nmarks + 1);
	uint32_t sign = (uint32_t)(line->p - b->text), from = sign;
	struct kt_label label;

	if (kt_label_read(&label, line->p, line->n))
		from += (uint32_t)label.skip;
	for (size_t i = 0; i < b->nmarks; i++) {
		struct kt_mark m = b->marks[i];
		uint32_t end = m.start + m.len;

		if (m.start < from)
			m.start = from;
		if (m.start >= end)
			continue;
		m.len = end - m.start;
		m.start -= sign;
		marks[line->nmarks++] = m;
	}
	line->marks = marks;
}

/* A paragraph of one line belongs where those belong whose first lines stand
 * where it stands. */
static unsigned
indent_of(struct flow *f, const struct pdf_block *b)
{
	if (b->first > b->indent)
		f->body = b;
	else if (f->body != NULL && b->lines == 1 &&
		 b->indent == f->body->first &&
		 !pdf_begins_clause(b->text, b->n))
		return f->body->indent;
	return b->indent;
}

/* Commentary in a frame goes on to the end of the frame, also on the next
 * page. */
static bool
goes_on_within(const struct flow *f, const struct pdf_block *b)
{
	const struct pdf_block *last = f->last;

	return f->within && b->frame > 0 && last->frame > 0 &&
	       (last->page == b->page ? last->frame == b->frame
				      : last->page + 1 == b->page) &&
	       !pdf_is_commentary(b->text, b->n);
}

static void
add_block(struct flow *f, const struct pdf_block *b, bool title)
{
	struct text_line *line;
	bool entry = b->kind == PDF_PARAGRAPH && !title &&
		     f->lines.count > (size_t)f->lines.titled &&
		     pdf_is_entry(b->text, b->n);
	size_t sign = entry ? pdf_entry_sign(b->text, b->n) : 0;

	if (b->kind == PDF_CONTENTS || b->kind == PDF_ASIDE)
		return;
	line = text_lines_add(&f->lines, b->text + sign, b->n - sign);
	line->line = (size_t)b->page;
	line->column = (size_t)b->row;
	line->indent = indent_of(f, b);
	clip_marks(f, line, b);
	if (title) {
		line->hint = TEXT_TITLE;
	} else if (b->kind == PDF_TABLE) {
		line->hint = TEXT_BLOCK;
		line->block = b;
	} else if (b->kind == PDF_FOOTNOTE) {
		line->hint = TEXT_FOOTNOTE;
		line->level = b->label;
	} else if (b->kind == PDF_HEADING) {
		line->hint = TEXT_HEADING;
		line->level = level_of(f, b);
	} else if (entry) {
		line->hint = TEXT_BULLET;
	}
	if (line->hint == TEXT_PLAIN && goes_on_within(f, b))
		line->hint = TEXT_WITHIN;
	f->within =
	    line->hint == TEXT_WITHIN || pdf_is_commentary(b->text, b->n);
	f->last = b;
}

static void
make_lines(struct flow *f)
{
	const struct pdf *pdf = f->pdf;
	size_t title = find_title(pdf);

	for (size_t i = 0; i < pdf->nblocks; i++)
		if (pdf->blocks[i].kind == PDF_HEADING && i != title)
			note_size(f, pdf->blocks[i].size);
	if (title < pdf->nblocks) {
		add_block(f, &pdf->blocks[title], true);
		f->lines.titled = true;
	}
	for (size_t i = 0; i < pdf->nblocks; i++)
		if (i != title)
			add_block(f, &pdf->blocks[i], false);
}

/* ---- what to tell ------------------------------------------------------ */

static void
tell(struct pdf *pdf, enum kt_msg_id id, size_t a, size_t b, int page)
{
	char first[24], second[24];

	snprintf(first, sizeof(first), "%zu", a);
	snprintf(second, sizeof(second), "%zu", b);
	kt_report(pdf->d, .id = id, .a = first, .b = second,
	    .at = { .file = pdf->file, .line = (size_t)page });
}

/* Pictures of some size, not the dots of a rule. */
static size_t
count_pictures(const struct pdf_page *page)
{
	size_t n = 0;

	for (size_t i = 0; i < page->nimages; i++) {
		const struct pdf_box *b = &page->images[i];

		n += b->x1 - b->x0 > page->width / 12 &&
		     b->y1 - b->y0 > page->height / 24;
	}
	return n;
}

static void
tell_page(struct pdf *pdf, const struct pdf_page *page, size_t *radicals)
{
	size_t pictures = count_pictures(page), odd = 0;
	int number = page->number;

	for (size_t i = 0; i < page->nchars; i++) {
		uint32_t c = page->chars[i].c;

		odd += c == 0xfffd || (c >= 0xe000 && c < 0xf000) ||
		       (c >= 0xf100 && c < 0xf900);
		*radicals += kt_radical_unified(c) != c;
	}
	if (page->nchars == 0 && page->nimages > 0)
		tell(pdf, KT_M_PDF_PAGE_PICTURE, (size_t)number, 0, number);
	else if (pictures > 0)
		tell(pdf, KT_M_PDF_PICTURES, (size_t)number, pictures, number);
	if (page->drawn)
		tell(pdf, KT_M_PDF_DRAWING, (size_t)number, 0, number);
	if (odd > 0)
		tell(pdf, KT_M_PDF_ODD, (size_t)number, odd, number);
	if (page->contents_to > 0)
		tell(pdf, KT_M_PDF_CONTENTS, (size_t)number,
		    page->contents_to - page->contents_from, number);
}

static void
tell_all(struct pdf *pdf)
{
	size_t radicals = 0, margins = 0, doubts = 0;

	for (size_t i = 0; i < pdf->npages; i++) {
		margins += pdf->pages[i].margins.n;
		tell_page(pdf, &pdf->pages[i], &radicals);
	}
	for (size_t i = 0; i < pdf->nblocks; i++)
		doubts += pdf_confidence(&pdf->blocks[i]) < SURE;
	if (margins > 0)
		tell(pdf, KT_M_PDF_MARGINS, margins, 0, 0);
	if (radicals > 0)
		tell(pdf, KT_M_PDF_RADICALS, radicals, 0, 0);
	if (doubts > 0)
		tell(pdf, KT_M_PDF_DOUBT, doubts, 0, 0);
}

/* ---- all --------------------------------------------------------------- */

int
kt_read_pdf(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d)
{
	struct pdf pdf;
	struct flow f = { .pdf = &pdf };
	int rc = pdf_open(&pdf, name, bytes, n, d);

	if (rc == KT_OK) {
		f.doc = kt_doc_new(name);
		f.lines.block = pdf_build_table;
		make_lines(&f);
		text_lines_read(f.doc, &f.lines, d);
		tell_all(&pdf);
		free(f.lines.at);
		*out = f.doc;
	}
	pdf_free(&pdf);
	return rc;
}
