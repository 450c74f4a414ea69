/* SPDX-License-Identifier: MIT */
/*
 * Lines → paragraphs, over columns and pages.  What begins with a label
 * begins a clause; what else begins anew is decided by where the line before
 * ended, by the indent and by the distance.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* A heading has fewer characters than this. */
#define HEADING_MOST 90
/* A page with fewer says little of its margins. */
#define FEW_LINES 8u

struct blocks {
	struct pdf *pdf;
	const struct pdf_page *page;
	const struct pdf_line *last; /* of the paragraph in the making */
	int margin[2], edge[2]; /* left, right of even and odd pages */
	int left, right; /* of the lines of this page */
	int leading; /* from line to line */
	int first, rest; /* indent of the first line, of the others */
	bool has_rest, labelled;
	bool full; /* the last line reaches the right edge */
	bool open;
	struct pdf_block block; /* in the making */
	struct kt_buf text;
	struct kt_mark *marks;
	size_t nmarks, marks_cap;
	unsigned note; /* number of the last footnote */
	struct pdf_block *waiting; /* footnotes of pages that are done */
	size_t nwaiting, waiting_cap;
};

static int
middle(const struct pdf_box *b)
{
	return (b->y0 + b->y1) / 2;
}

static struct pdf_block *
add_block(struct blocks *b)
{
	struct pdf *pdf = b->pdf;

	KT_GROW(pdf->blocks, pdf->nblocks, pdf->blocks_cap);
	return &pdf->blocks[pdf->nblocks++];
}

/* ---- the page ---------------------------------------------------------- */

static int
compare_int(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The value below which `percent` of them lie. */
static int
quantile(int *values, size_t n, unsigned percent)
{
	qsort(values, n, sizeof(values[0]), compare_int);
	return values[(n - 1) * percent / 100];
}

static bool
has_columns(const struct pdf_page *page)
{
	for (size_t i = 0; i < page->lines.n; i++)
		if (page->lines.at[i].column)
			return true;
	return false;
}

/* Where lines begin furthest to the left, and where most that are full end;
 * pages of a book differ. */
static void
find_margins(struct blocks *b)
{
	const struct pdf *pdf = b->pdf;

	for (unsigned odd = 0; odd < 2; odd++) {
		int *left = NULL, *right = NULL;
		size_t n = 0, m = 0, left_cap = 0, right_cap = 0;

		for (size_t i = 0; i < pdf->npages; i++) {
			const struct pdf_page *page = &pdf->pages[i];

			for (size_t k = 0; k < page->lines.n; k++) {
				const struct pdf_line *l = &page->lines.at[k];

				if ((unsigned)page->number % 2 != odd ||
				    l->table != NULL ||
				    l->at.x1 - l->at.x0 < 10 * l->size)
					continue;
				KT_GROW(left, n, left_cap);
				left[n++] = l->at.x0;
				KT_GROW(right, m, right_cap);
				right[m++] = l->at.x1;
			}
		}
		b->margin[odd] = n == 0 ? 0 : quantile(left, n, 0);
		b->edge[odd] = m == 0 ? 0 : quantile(right, m, 95);
		free(left);
		free(right);
	}
}

static void
measure(struct blocks *b)
{
	const struct pdf_lines *lines = &b->page->lines;
	int *left = kt_malloc((lines->n + 1) * sizeof(*left));
	int *right = kt_malloc((lines->n + 1) * sizeof(*right));
	int *steps = kt_malloc((lines->n + 1) * sizeof(*steps));
	size_t n = 0, nsteps = 0;
	unsigned odd = (unsigned)b->page->number % 2;

	for (size_t i = 0; i < lines->n; i++) {
		const struct pdf_line *l = &lines->at[i];
		int step =
		    i == 0 ? 0 : middle(&l->at) - middle(&lines->at[i - 1].at);

		if (l->table != NULL || l->at.x1 - l->at.x0 < 10 * l->size)
			continue;
		left[n] = l->at.x0;
		right[n++] = l->at.x1;
		if (step > l->size / 2 && step < 3 * l->size)
			steps[nsteps++] = step;
	}
	b->left = n == 0 ? 0 : quantile(left, n, 5);
	b->right = n == 0 ? b->page->width : quantile(right, n, 95);
	/* A page with few lines may have none that is full. */
	if (n < FEW_LINES && b->edge[odd] > b->right && !has_columns(b->page) &&
	    b->page->width < b->page->height)
		b->right = b->edge[odd];
	b->leading = nsteps == 0 ? 0 : quantile(steps, nsteps, 40);
	free(left);
	free(right);
	free(steps);
}

/* The right edge of the lines around this one; that of the page where it has
 * one column. */
static int
right_edge(const struct blocks *b, const struct pdf_line *line)
{
	const struct pdf_lines *lines = &b->page->lines;
	size_t i = (size_t)(line - lines->at);
	size_t from = i > 8 ? i - 8 : 0, to = i + 9;
	int edge = line->at.x1;
	bool columns = false;

	for (size_t k = from; k < to && k < lines->n; k++) {
		const struct pdf_line *l = &lines->at[k];

		columns |= l->column;
		if (l->table == NULL && l->at.x0 < line->at.x1 &&
		    l->at.x1 > line->at.x0 && l->at.x1 > edge &&
		    l->size * 10 < line->size * 13)
			edge = l->at.x1;
	}
	return columns || edge > b->right ? edge : b->right;
}

static bool
is_full(const struct blocks *b, const struct pdf_line *line)
{
	return line->at.x1 >= right_edge(b, line) - line->size * 17 / 10;
}

static bool
is_centred(const struct blocks *b, const struct pdf_line *line)
{
	int left = line->at.x0 - b->left, right = b->right - line->at.x1;

	return left > 3 * line->size && right > 3 * line->size &&
	       abs(left - right) < 2 * line->size;
}

/* ---- the paragraph in the making --------------------------------------- */

static bool
is_heading(const struct blocks *b, const struct pdf_block *block)
{
	return block->size * 100 >= b->pdf->size * PDF_LARGE &&
	       kt_utf8_count(block->text, block->n) < HEADING_MOST &&
	       !pdf_ends_sentence(block->text, block->n) &&
	       !pdf_is_entry(block->text, block->n);
}

static void
give_waiting(struct blocks *b)
{
	for (size_t i = 0; i < b->nwaiting; i++)
		*add_block(b) = b->waiting[i];
	b->nwaiting = 0;
}

/* A paragraph whose first line stands further in than the rest belongs where
 * the rest stands. */
static void
place_by_rest(struct blocks *b)
{
	struct pdf_block *block = &b->block;
	int in = b->first - b->rest, size = b->pdf->size;
	unsigned halves;

	if (b->labelled || !b->has_rest || in * 2 < size || in > size * 3)
		return;
	halves = (unsigned)((in * 2 + size / 2) / size);
	if (block->indent < halves)
		return;
	block->first = block->indent;
	block->indent -= halves;
}

static void
close_block(struct blocks *b)
{
	struct pdf_block *block = &b->block;
	struct kt_mark *marks;

	if (!b->open) {
		give_waiting(b);
		return;
	}
	block->text = kt_arena_strndup(b->pdf->arena, b->text.p, b->text.len);
	block->n = b->text.len;
	marks = KT_NEWN(b->pdf->arena, struct kt_mark, b->nmarks + 1);
	if (b->nmarks > 0)
		memcpy(marks, b->marks, b->nmarks * sizeof(*marks));
	block->marks = marks;
	block->nmarks = b->nmarks;
	place_by_rest(b);
	block->level = pdf_contents_level(b->pdf, block->text, block->n);
	if (block->level == 0)
		block->level =
		    pdf_head_level(b->pdf, block->page, block->text, block->n);
	if (block->kind == PDF_PARAGRAPH &&
	    (block->level > 0 || is_heading(b, block)))
		block->kind = PDF_HEADING;
	*add_block(b) = *block;
	b->open = false;
	give_waiting(b);
}

static void
take_marks(struct blocks *b, const struct pdf_line *line, size_t at)
{
	for (size_t i = 0; i < line->nmarks; i++) {
		struct kt_mark m = line->marks[i], *last;

		m.start += (uint32_t)at;
		last = b->nmarks == 0 ? NULL : &b->marks[b->nmarks - 1];
		/* An underline goes on over the end of a line. */
		if (last != NULL && last->kind == m.kind &&
		    last->start + last->len == m.start) {
			last->len += m.len;
			continue;
		}
		KT_GROW(b->marks, b->nmarks, b->marks_cap);
		b->marks[b->nmarks++] = m;
	}
}

static void
take_line(struct blocks *b, const struct pdf_line *line)
{
	struct pdf_block *block = &b->block;

	if (b->last != NULL && b->last->page == line->page &&
	    abs(middle(&b->last->at) - middle(&line->at)) * 2 < line->size)
		kt_buf_puts(&b->text, "　"); /* the same row */
	pdf_join(&b->text, line->text, line->n);
	take_marks(b, line, b->text.len - line->n);
	block->lines++;
	block->letters += line->letters;
	block->heavy += line->heavy;
	if (line->spaced)
		block->doubts |= PDF_D_SPACED;
	if (line->mended)
		block->doubts |= PDF_D_MENDED;
	if (line->odd)
		block->doubts |= PDF_D_ODD;
	if (line->column)
		block->doubts |= PDF_D_ORDER;
	if (line->vertical)
		block->doubts |= PDF_D_VERTICAL;
	if (line->shape > 0 && b->page->drawn)
		block->doubts |= PDF_D_DRAWING;
	if (line->page == block->page) {
		if (line->at.x0 < block->at.x0)
			block->at.x0 = line->at.x0;
		if (line->at.x1 > block->at.x1)
			block->at.x1 = line->at.x1;
		if (line->at.y1 > block->at.y1)
			block->at.y1 = line->at.y1;
	}
	b->last = line;
}

/* ---- does a line go on with the paragraph? ----------------------------- */

enum going { GOES_ON, GOES_ON_PERHAPS, ENDS };

/* By the indent, where the line before is full. */
static enum going
by_indent(const struct blocks *b, const struct pdf_line *line)
{
	int em = line->size,
	    d = line->at.x0 - (b->has_rest ? b->rest : b->first);
	bool ended = pdf_ends_sentence(b->last->text, b->last->n);

	if (b->has_rest) {
		if (abs(d) * 10 <= em * 6)
			return GOES_ON;
	} else if (b->labelled) {
		if (d * 10 > -13 * em && d < 6 * em)
			return GOES_ON;
	} else if (d * 10 > -26 * em && d * 10 < 4 * em) {
		return GOES_ON;
	}
	return ended || abs(d) > 8 * em ? ENDS : GOES_ON_PERHAPS;
}

/* Addressees and dates stand in the right half, a line each. */
static bool
stands_right(const struct blocks *b, const struct pdf_line *line)
{
	return !has_columns(b->page) &&
	       line->at.x0 - b->left > (b->right - b->left) * 2 / 5;
}

/* The indent says where a clause belongs; not that of what is centred or
 * stands in a column. */
static unsigned
indent_of(const struct blocks *b, const struct pdf_line *line)
{
	int d = line->at.x0 - b->margin[line->page % 2];

	if (is_centred(b, line) || has_columns(b->page) ||
	    stands_right(b, line) || d <= 0 || line->vertical)
		return 0;
	return (unsigned)((d * 2 + b->pdf->size / 2) / b->pdf->size);
}

/* （第5条関係） in brackets on a line of its own, at the indent of the lines
 * before, is no caption. */
static bool
is_bracket_of_text(const struct blocks *b, const struct pdf_line *line)
{
	struct kt_lead lead;
	int d = line->at.x0 - (b->has_rest ? b->rest : b->first);

	kt_lead_paragraph(&lead, line->text, line->n);
	if (lead.form != KT_LEAD_CAPTION ||
	    (pdf_ends_sentence(b->last->text, b->last->n) &&
		strstr(line->text, "関係") == NULL))
		return false;
	if (b->has_rest)
		return b->rest != b->first && abs(d) * 5 < line->size * 2;
	return b->labelled && d * 2 > line->size &&
	       !pdf_ends_sentence(b->last->text, b->last->n);
}

/* A line that begins like a clause, in the middle of a sentence and without
 * the indent of one: 「…は、⏎第二百四十四条　…」. */
static bool
is_quoted_label(const struct blocks *b, const struct pdf_line *line)
{
	struct kt_label label;

	/* 「的確⏎・迅速に」: a point that parts words, where no list is. */
	bool point = strncmp(line->text, "・", strlen("・")) == 0 &&
		     !pdf_is_entry(b->text.p, b->text.len);

	if ((pdf_is_entry(line->text, line->n) && !point) ||
	    pdf_ends_sentence(b->last->text, b->last->n))
		return false;
	/* 6(1)ウの規定: a number without a blank behind it. */
	if (kt_label_read(&label, line->text, line->n) &&
	    label.skip == label.len && line->at.x0 != b->first &&
	    (label.num.form == KT_F_ARABIC || label.num.form == KT_F_WIDE ||
		label.num.form == KT_F_DOTTED))
		return true;
	return b->has_rest && b->rest != b->first &&
	       abs(line->at.x0 - b->rest) * 5 < line->size * 2 &&
	       abs(line->at.x0 - b->first) * 5 > line->size * 2;
}

static bool
is_far(const struct blocks *b, const struct pdf_line *line)
{
	int step = middle(&line->at) - middle(&b->last->at);

	if (line->page != b->last->page)
		return false;
	/* Into the next column. */
	if (step < -line->size / 2)
		return false;
	return step > 2 * line->size &&
	       (b->leading == 0 || step * 10 > b->leading * 15);
}

/* Large and in the middle: a title may take several lines. */
static bool
is_title_line(const struct blocks *b, const struct pdf_line *line)
{
	int off = line->at.x0 + line->at.x1 - b->page->width;

	return line->size * 100 >= b->pdf->size * PDF_LARGE &&
	       abs(off) < 2 * line->size &&
	       !pdf_ends_sentence(line->text, line->n);
}

/* From a heading to its text, or from a text that ended to a heading. */
static bool
face_changes(const struct blocks *b, const struct pdf_line *line)
{
	const struct pdf_line *last = b->last;
	bool heavy = pdf_is_heavy(line->letters, line->heavy);

	if (b->page->width > b->page->height || line->letters < 2)
		return false;
	if (heavy)
		return !pdf_is_heavy(last->letters, last->heavy) &&
		       pdf_ends_sentence(last->text, last->n);
	return pdf_is_heavy(b->block.letters, b->block.heavy) &&
	       line->heavy == 0;
}

/* 図1　…, 表2　… above or below what it names. */
static bool
is_caption(const struct blocks *b, const struct pdf_line *line)
{
	static const char *const names[] = { "図", "表", "写真" };
	size_t n = 0;
	uint32_t c = 0;
	unsigned len;

	for (size_t i = 0; i < KT_COUNT(names) && n == 0; i++)
		if (strncmp(line->text, names[i], strlen(names[i])) == 0)
			n = strlen(names[i]);
	if (n == 0 || !pdf_ends_sentence(b->last->text, b->last->n) ||
	    pdf_ends_sentence(line->text, line->n))
		return false;
	for (; n < line->n; n += len) {
		c = kt_utf8_at(line->text + n, &len);
		if (!kt_is_space(c))
			break;
	}
	return (c >= '0' && c <= '9') || (c >= 0xff10 && c <= 0xff19);
}

/* Lines of one name in a shape of a drawing: close below one another, at one
 * edge or around one middle. */
static bool
is_name_in_shape(const struct pdf_line *last, const struct pdf_line *line)
{
	int middles = last->at.x0 + last->at.x1 - line->at.x0 - line->at.x1;
	int step = middle(&line->at) - middle(&last->at);

	return line->shape > 0 && step > 0 && step * 10 < line->size * 17 &&
	       (abs(last->at.x0 - line->at.x0) * 2 < line->size ||
		   abs(middles) < line->size) &&
	       !pdf_begins_clause(line->text, line->n) &&
	       !pdf_ends_sentence(last->text, last->n);
}

static enum going
goes_on(const struct blocks *b, const struct pdf_line *line)
{
	const struct pdf_line *last = b->last;
	int size = last->size < line->size ? last->size : line->size;
	bool same_row = last->page == line->page &&
			abs(middle(&last->at) - middle(&line->at)) * 2 < size;

	if (!b->open || line->vertical || last->vertical ||
	    line->shape != last->shape ||
	    abs(last->size - line->size) * 100 > size * 12)
		return ENDS;
	if (same_row)
		return line->at.x0 > last->at.x1 ? GOES_ON_PERHAPS : ENDS;
	if (is_far(b, line))
		return ENDS;
	if (is_title_line(b, last) && is_title_line(b, line))
		return GOES_ON;
	if (b->page->drawn && is_name_in_shape(last, line))
		return GOES_ON_PERHAPS;
	if (!b->full || b->block.centred || face_changes(b, line) ||
	    is_caption(b, line))
		return ENDS;
	if ((stands_right(b, line) && stands_right(b, last)) ||
	    pdf_contents_level(b->pdf, line->text, line->n) > 0 ||
	    pdf_head_level(b->pdf, line->page, line->text, line->n) > 0 ||
	    pdf_head_level(b->pdf, b->block.page, b->text.p, b->text.len) > 0)
		return ENDS;
	if (is_bracket_of_text(b, line))
		return GOES_ON;
	if (pdf_begins_clause(line->text, line->n) && !is_quoted_label(b, line))
		return ENDS;
	return by_indent(b, line);
}

static unsigned
frame_of(const struct pdf_page *page, const struct pdf_box *at)
{
	for (size_t i = 0; i < page->nframes; i++) {
		const struct pdf_box *f = &page->frames[i];

		if (at->x0 >= f->x0 && at->x1 <= f->x1 && middle(at) >= f->y0 &&
		    middle(at) <= f->y1)
			return (unsigned)i + 1;
	}
	return 0;
}

static void
open_block(struct blocks *b, const struct pdf_line *line)
{
	close_block(b);
	b->block = (struct pdf_block){ .page = line->page,
		.row = line->row,
		.size = line->size,
		.centred = is_centred(b, line),
		.indent = indent_of(b, line),
		.frame = frame_of(b->page, &line->at),
		.at = line->at };
	kt_buf_clear(&b->text);
	b->nmarks = 0;
	b->open = true;
	b->last = NULL;
	b->first = line->at.x0;
	b->has_rest = false;
	b->labelled = pdf_begins_clause(line->text, line->n);
	take_line(b, line);
}

/* ---- all lines --------------------------------------------------------- */

static void
put_table(struct blocks *b, const struct pdf_line *line)
{
	struct pdf_block *block;

	close_block(b);
	block = add_block(b);
	*block = (struct pdf_block){ .kind = PDF_TABLE,
		.page = line->page,
		.row = line->row,
		.size = line->size,
		.at = line->at,
		.text = "",
		.table = line->table };
	for (size_t i = 0; i < line->table->ncells; i++)
		block->lines += (unsigned)line->table->cells[i].lines.n;
	b->last = NULL;
}

static void
put_line(struct blocks *b, const struct pdf_line *line)
{
	enum going how = b->last == NULL ? ENDS : goes_on(b, line);

	if (how == ENDS) {
		open_block(b, line);
		b->full = is_full(b, line);
		return;
	}
	if (how == GOES_ON_PERHAPS)
		b->block.doubts |= PDF_D_JOIN;
	if (b->last->page != line->page)
		b->block.doubts |= PDF_D_PAGES;
	if (!b->has_rest) {
		b->rest = line->at.x0;
		b->has_rest = true;
	}
	take_line(b, line);
	b->full = is_full(b, line);
}

/* ---- footnotes --------------------------------------------------------- */

/* Bytes of digits that begin a line. */
static size_t
count_digits(const struct pdf_line *l)
{
	size_t n = 0;

	while (n < l->n && l->text[n] >= '0' && l->text[n] <= '9')
		n++;
	return n;
}

/* Lines of small print at the foot, the first with a number. */
static size_t
find_notes(const struct pdf *pdf, const struct pdf_page *page)
{
	const struct pdf_lines *lines = &page->lines;
	size_t from = lines->n;

	while (from > 0) {
		const struct pdf_line *l = &lines->at[from - 1];

		if (l->table != NULL || l->size * 100 > pdf->size * 88)
			break;
		from--;
	}
	while (from < lines->n && (count_digits(&lines->at[from]) == 0 ||
				      count_digits(&lines->at[from]) > 3 ||
				      lines->at[from].at.y0 < page->height / 2))
		from++;
	return lines->n - from;
}

static void
put_note(struct blocks *b, const struct pdf_line *line)
{
	size_t digits = count_digits(line);
	struct pdf_block *note;
	struct kt_buf text = KT_BUF_INIT;
	unsigned number = (unsigned)strtoul(line->text, NULL, 10);
	/* The next number in the row. */
	bool begins = b->nwaiting == 0 ||
		      (digits > 0 && digits <= 3 && number == b->note + 1);

	if (begins) {
		b->note = number;
		KT_GROW(b->waiting, b->nwaiting, b->waiting_cap);
		note = &b->waiting[b->nwaiting++];
		*note = (struct pdf_block){ .kind = PDF_FOOTNOTE,
			.page = line->page,
			.row = line->row,
			.size = line->size,
			.at = line->at,
			.label = (unsigned)digits,
			.text = "" };
	} else {
		note = &b->waiting[b->nwaiting - 1];
	}
	kt_buf_put(&text, note->text, note->n);
	/* 「1　…」: a blank parts the number from the words. */
	if (begins && digits < line->n) {
		size_t skip = digits;

		kt_buf_put(&text, line->text, digits);
		while (skip < line->n && line->text[skip] == ' ')
			skip++;
		kt_buf_puts(&text, "　");
		kt_buf_put(&text, line->text + skip, line->n - skip);
	} else {
		pdf_join(&text, line->text, line->n);
	}
	note->text = kt_arena_strndup(b->pdf->arena, text.p, text.len);
	note->n = text.len;
	note->lines++;
	if (line->at.y1 > note->at.y1)
		note->at.y1 = line->at.y1;
	kt_buf_release(&text);
}

/* ---- pages ------------------------------------------------------------- */

static void
put_aside(struct blocks *b, const struct pdf_lines *lines, size_t from,
    size_t to, enum pdf_block_kind kind)
{
	for (size_t i = from; i < to; i++) {
		const struct pdf_line *l = &lines->at[i];
		struct pdf_block *block;

		KT_GROW(b->waiting, b->nwaiting, b->waiting_cap);
		block = &b->waiting[b->nwaiting++];
		*block = (struct pdf_block){ .kind = kind,
			.page = l->page,
			.row = l->row,
			.size = l->size,
			.lines = 1,
			.at = l->at,
			.text = l->text,
			.n = l->n };
	}
}

static void
put_page(struct blocks *b, struct pdf_page *page)
{
	const struct pdf_lines *lines = &page->lines;
	size_t notes;

	b->page = page;
	measure(b);
	notes = find_notes(b->pdf, page);
	page->notes = notes;
	for (size_t i = 0; i + notes < lines->n; i++) {
		if (i >= page->contents_from && i < page->contents_to) {
			close_block(b);
			b->last = NULL;
			put_aside(b, lines, i, i + 1, PDF_CONTENTS);
		} else if (lines->at[i].table != NULL) {
			put_table(b, &lines->at[i]);
		} else {
			put_line(b, &lines->at[i]);
		}
	}
	for (size_t i = lines->n - notes; i < lines->n; i++)
		put_note(b, &lines->at[i]);
	put_aside(b, &page->margins, 0, page->margins.n, PDF_ASIDE);
}

void
pdf_blocks(struct pdf *pdf)
{
	struct blocks b = { .pdf = pdf, .text = KT_BUF_INIT };

	for (size_t i = 0; i < pdf->npages; i++)
		pdf_contents_find(
		    &pdf->pages[i], i > 0 && pdf->pages[i - 1].contents_to > 0);
	pdf_contents_take(pdf);
	find_margins(&b);
	for (size_t i = 0; i < pdf->npages; i++)
		if (pdf->pages[i].lines.n + pdf->pages[i].margins.n > 0)
			put_page(&b, &pdf->pages[i]);
	close_block(&b);
	pdf_tables_join(pdf);
	kt_buf_release(&b.text);
	free(b.marks);
	free(b.waiting);
}
