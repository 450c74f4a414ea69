/* SPDX-License-Identifier: MIT */
/*
 * Characters → lines.  The pieces that poppler keeps together are put into
 * rows by height, sorted, and cut where they stand far apart.  Blanks are
 * what the geometry says: poppler has none of U+3000, and some that are none.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Rows of one set of characters that are kept apart. */
#define MOST_ROWS 20000

/* A piece of a line: characters that follow one another. */
struct piece {
	struct pdf_char **at;
	size_t n;
	struct pdf_box box;
	int size;
	bool vertical;
};

struct row {
	struct pdf_box box;
	int middle, size;
	struct pdf_char **at;
	size_t n, cap;
	bool vertical;
};

static int
middle(const struct pdf_box *b)
{
	return (b->y0 + b->y1) / 2;
}

static void
cover(struct pdf_box *b, const struct pdf_box *with)
{
	if (with->x0 < b->x0)
		b->x0 = with->x0;
	if (with->y0 < b->y0)
		b->y0 = with->y0;
	if (with->x1 > b->x1)
		b->x1 = with->x1;
	if (with->y1 > b->y1)
		b->y1 = with->y1;
}

/* ---- pieces ------------------------------------------------------------ */

static bool
is_in(const struct pdf_char *c, const struct pdf_box *in)
{
	int x = (c->at.x0 + c->at.x1) / 2, y = middle(&c->at);

	return c->use == PDF_FREE &&
	       (in == NULL ||
		   (x >= in->x0 && x <= in->x1 && y >= in->y0 && y <= in->y1));
}

static bool
goes_right(const struct pdf_char *a, const struct pdf_char *b)
{
	int size = a->size > b->size ? a->size : b->size;

	return abs(middle(&b->at) - middle(&a->at)) * 2 < size &&
	       b->at.x0 > a->at.x0 - size / 2 && b->at.x0 - a->at.x1 < 3 * size;
}

static bool
goes_down(const struct pdf_char *a, const struct pdf_char *b)
{
	int size = a->size < b->size ? a->size : b->size;

	return abs(a->at.x0 + a->at.x1 - b->at.x0 - b->at.x1) * 10 < size * 7 &&
	       b->at.y0 > middle(&a->at) && b->at.y0 - a->at.y1 < size &&
	       b->size * 10 > a->size * 9 && a->size * 10 > b->size * 9;
}

static void
add_piece(struct piece **pieces, size_t *n, size_t *cap, struct pdf_char **at,
    size_t count, bool vertical)
{
	struct piece *p;

	KT_GROW(*pieces, *n, *cap);
	p = &(*pieces)[(*n)++];
	*p = (struct piece){ .at = at,
		.n = count,
		.box = at[0]->at,
		.size = at[0]->size,
		.vertical = vertical };
	for (size_t i = 1; i < count; i++) {
		cover(&p->box, &at[i]->at);
		if (at[i]->size > p->size)
			p->size = at[i]->size;
	}
}

/* Cut the characters, in poppler's order, into pieces. */
static size_t
find_pieces(struct piece **out, struct pdf_char **at, size_t n, bool turned)
{
	size_t from = 0, count = 0, cap = 0, down = 0;

	*out = NULL;
	for (size_t i = 1; i <= n; i++) {
		bool goes_on = i < n && down == 0 && !at[i]->begins &&
			       goes_right(at[i - 1], at[i]);

		if (i < n && !goes_on && !turned && down + 1 == i - from &&
		    goes_down(at[i - 1], at[i])) {
			goes_on = true;
			down++;
		}
		if (goes_on)
			continue;
		/* Two one below the other are more likely two lines. */
		if (down > 0 && down < 2)
			for (size_t k = from; k < i; k++)
				add_piece(out, &count, &cap, at + k, 1, false);
		else
			add_piece(
			    out, &count, &cap, at + from, i - from, down >= 2);
		from = i;
		down = 0;
	}
	return count;
}

/* ---- rows -------------------------------------------------------------- */

static int
by_height(const void *a, const void *b)
{
	const struct piece *p = a, *q = b;
	int d = middle(&p->box) - middle(&q->box);

	return d != 0 ? d : p->box.x0 - q->box.x0;
}

static int
by_x(const void *a, const void *b)
{
	const struct pdf_char *const *p = a, *const *q = b;
	int d = (*p)->at.x0 - (*q)->at.x0;

	return d != 0 ? d : (*p)->at.x1 - (*q)->at.x1;
}

static int
overlap(int a0, int a1, int b0, int b1)
{
	int from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;

	return to > from ? to - from : 0;
}

/* Do any characters of a row and a piece lie over one another? */
static bool
collides(const struct row *row, const struct piece *p)
{
	for (size_t i = 0; i < row->n; i++)
		if (overlap(row->at[i]->at.x0, row->at[i]->at.x1, p->box.x0,
			p->box.x1) *
			3 >
		    p->size)
			return true;
	return false;
}

/* Small characters beside larger ones: superscripts, subscripts. */
static bool
clings(const struct row *row, const struct piece *p)
{
	int height = p->box.y1 - p->box.y0;

	if (overlap(row->box.y0, row->box.y1, p->box.y0, p->box.y1) * 2 <
	    height)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		const struct pdf_box *b = &row->at[i]->at;

		if (abs(p->box.x0 - b->x1) * 2 < row->size ||
		    abs(b->x0 - p->box.x1) * 2 < row->size)
			return true;
	}
	return false;
}

static bool
belongs(const struct row *row, const struct piece *p)
{
	int small = row->size < p->size ? row->size : p->size;

	if (row->vertical || p->vertical)
		return false;
	if (p->size * 4 < row->size * 3)
		return clings(row, p) && !collides(row, p);
	return abs(middle(&p->box) - row->middle) * 5 < small * 2 &&
	       !collides(row, p);
}

struct rows {
	struct row *at;
	size_t n, cap;
};

static void
put_piece(struct rows *rows, const struct piece *p)
{
	struct row *row = NULL;

	/* Rows come from top to bottom: the last few are near enough. */
	for (size_t i = rows->n; i > 0 && i + 24 > rows->n && row == NULL; i--)
		if (belongs(&rows->at[i - 1], p))
			row = &rows->at[i - 1];
	if (row == NULL) {
		KT_GROW(rows->at, rows->n, rows->cap);
		row = &rows->at[rows->n++];
		*row = (struct row){ .box = p->box,
			.middle = middle(&p->box),
			.size = p->size,
			.vertical = p->vertical };
	}
	cover(&row->box, &p->box);
	for (size_t i = 0; i < p->n; i++) {
		KT_GROW(row->at, row->n, row->cap);
		row->at[row->n++] = p->at[i];
	}
}

/* The size that most characters have. */
static int
usual_size(struct pdf_char **at, size_t n)
{
	size_t counts[64] = { 0 };
	int sizes[64], best = 0;
	size_t kinds = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		int size = (at[i]->size + 25) / 50 * 50;
		size_t k = 0;

		while (k < kinds && sizes[k] != size)
			k++;
		if (k == kinds && kinds < KT_COUNT(sizes))
			sizes[kinds++] = size;
		if (k < kinds && ++counts[k] > most) {
			most = counts[k];
			best = size;
		}
	}
	return best > 0 ? best : 1000;
}

static struct rows
find_rows(struct pdf_char **at, size_t n, bool turned)
{
	struct rows rows = { NULL, 0, 0 };
	struct piece *pieces;
	size_t count = find_pieces(&pieces, at, n, turned);
	int usual = usual_size(at, n);

	qsort(pieces, count, sizeof(*pieces), by_height);
	for (size_t i = 0; i < count; i++)
		if (pieces[i].size * 4 >= usual * 3 && rows.n < MOST_ROWS)
			put_piece(&rows, &pieces[i]);
	/* Small ones cling to a row of the first kind, wherever it came. */
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		if (pieces[i].size * 4 >= usual * 3 || rows.n >= MOST_ROWS)
			continue;
		while (k < rows.n && !belongs(&rows.at[k], &pieces[i]))
			k++;
		if (k == rows.n) {
			put_piece(&rows, &pieces[i]);
			continue;
		}
		for (size_t c = 0; c < pieces[i].n; c++) {
			struct row *row = &rows.at[k];

			KT_GROW(row->at, row->n, row->cap);
			row->at[row->n++] = pieces[i].at[c];
		}
	}
	free(pieces);
	return rows;
}

/* ---- words ------------------------------------------------------------- */

static bool
is_narrow(uint32_t c)
{
	return c < 0x2000;
}

static bool
is_japanese(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return s == KT_S_KANJI || s == KT_S_HIRAGANA || s == KT_S_KATAKANA;
}

static int
compare_int(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The space that all letters of a piece are set apart by; 0 when they are
 * not. */
static int
letter_space(struct pdf_char **at, size_t n, int size)
{
	int gaps[256], usual;
	size_t count = 0;

	if (n < 2)
		return 0;
	for (size_t i = 1; i < n && count < KT_COUNT(gaps); i++)
		if (!is_narrow(at[i]->c) && !is_narrow(at[i - 1]->c))
			gaps[count++] = at[i]->at.x0 - at[i - 1]->at.x1;
	if (count == 0)
		return 0;
	/* 附　則: two letters must both be letters. */
	if (n == 2 && (!is_japanese(at[0]->c) || !is_japanese(at[1]->c)))
		return 0;
	qsort(gaps, count, sizeof(gaps[0]), compare_int);
	usual = gaps[count / 2];
	return usual * 8 > size && gaps[0] * 2 > usual ? usual : 0;
}

static bool
is_label(const struct kt_buf *text)
{
	struct kt_label label;
	struct kt_buf with = KT_BUF_INIT;
	bool is;

	if (text->len == 0 || text->len > 30)
		return false;
	kt_buf_printf(&with, "%s　あ", text->p);
	is = kt_label_read(&label, with.p, with.len) && label.len == text->len;
	kt_buf_release(&with);
	return is;
}

/* The blank before a character; nothing, a blank or a wide one. */
static const char *
blank_before(const struct kt_buf *text, const struct pdf_char *last,
    const struct pdf_char *c, int spaced)
{
	int size = last->size > c->size ? last->size : c->size;
	int gap = c->at.x0 - last->at.x1 - spaced;

	if (is_narrow(last->c) && is_narrow(c->c)) {
		if (gap * 100 <= size * 18)
			return "";
		return gap * 100 >= size * 85 ||
			       (gap * 2 > size && is_label(text))
			   ? "　"
			   : " ";
	}
	if (gap * 10 > size * 3 && is_label(text))
		return "　";
	/* A blank of half a letter, where letters are not set apart. */
	if (gap * 10 < size * 6)
		return spaced == 0 && gap * 100 >= size * 42 ? " " : "";
	if (is_narrow(last->c) || is_narrow(c->c))
		return gap * 10 < size * 9 ? " " : "　";
	return "　";
}

/* The marks of one line in the making. */
struct marking {
	struct kt_mark *at;
	size_t n, cap;
};

static void
add_mark(struct marking *m, enum kt_mark_kind kind, size_t start, size_t end)
{
	struct kt_mark *last = m->n == 0 ? NULL : &m->at[m->n - 1];

	for (size_t i = m->n; i > 0 && i + 2 > m->n; i--) {
		last = &m->at[i - 1];
		if (last->kind == kind && last->start + last->len == start) {
			last->len = (uint32_t)(end - last->start);
			return;
		}
	}
	KT_GROW(m->at, m->n, m->cap);
	m->at[m->n++] = (struct kt_mark){ .start = (uint32_t)start,
		.len = (uint32_t)(end - start),
		.kind = kind,
		.arg = "" };
}

static void
mark_character(struct marking *m, const struct pdf_char *c,
    const struct pdf_line *line, int line_middle, size_t start, size_t end)
{
	if (c->size * 4 < line->size * 3) {
		int off = middle(&c->at) - line_middle;

		if (off * 10 < -line->size || off * 10 > line->size)
			add_mark(m, off < 0 ? KT_SUPER : KT_SUB, start, end);
	}
	if (c->underlined)
		add_mark(m, KT_UNDERLINE, start, end);
}

/* The characters of a line, from left to right, as text. */
static void
write_line(struct pdf *pdf, struct pdf_line *line, struct pdf_char **at,
    size_t n, int line_middle)
{
	struct kt_buf text = KT_BUF_INIT;
	struct marking marks = { NULL, 0, 0 };
	int spaced = line->vertical ? 0 : letter_space(at, n, line->size);
	struct kt_mark *kept;

	line->spaced = spaced * 10 > line->size * 3;
	for (size_t i = 0; i < n; i++) {
		uint32_t c = kt_radical_unified(at[i]->c);
		size_t start;

		if (pdf_is_letter(c)) {
			line->letters++;
			line->heavy +=
			    at[i]->weight > pdf->weight[pdf_is_wide(c)];
		}
		if (i > 0 && !line->vertical)
			kt_buf_puts(&text,
			    blank_before(&text, at[i - 1], at[i], spaced));
		start = text.len;
		line->mended |= c != at[i]->c;
		line->odd |= c == 0xfffd || (c >= 0xe000 && c < 0xf900);
		kt_utf8_put(&text, c);
		mark_character(
		    &marks, at[i], line, line_middle, start, text.len);
	}
	line->text = kt_arena_strndup(pdf->arena, text.p, text.len);
	line->n = text.len;
	kept = KT_NEWN(pdf->arena, struct kt_mark, marks.n + 1);
	if (marks.n > 0)
		memcpy(kept, marks.at, marks.n * sizeof(*kept));
	line->marks = kept;
	line->nmarks = marks.n;
	free(marks.at);
	kt_buf_release(&text);
}

/* ---- lines ------------------------------------------------------------- */

static int
line_size(struct pdf_char **at, size_t n)
{
	int sizes[512];
	size_t count = n < KT_COUNT(sizes) ? n : KT_COUNT(sizes);

	for (size_t i = 0; i < count; i++)
		sizes[i] = at[i]->size;
	qsort(sizes, count, sizeof(sizes[0]), compare_int);
	return sizes[count / 2];
}

static void
add_line(struct pdf *pdf, const struct pdf_page *page, struct pdf_lines *out,
    struct pdf_char **at, size_t n, const struct row *row)
{
	struct pdf_line *line;

	KT_GROW(out->at, out->n, out->cap);
	line = &out->at[out->n++];
	memset(line, 0, sizeof(*line));
	line->at = at[0]->at;
	for (size_t i = 1; i < n; i++)
		cover(&line->at, &at[i]->at);
	line->size = line_size(at, n);
	line->page = page->number;
	line->vertical = row->vertical;
	write_line(pdf, line, at, n, row->middle);
}

/* Cut a row where its parts stand further apart than letters do. */
static void
cut_row(struct pdf *pdf, const struct pdf_page *page, struct pdf_lines *out,
    struct row *row)
{
	size_t from = 0;
	int space;

	if (row->vertical) {
		add_line(pdf, page, out, row->at, row->n, row);
		return;
	}
	qsort(row->at, row->n, sizeof(row->at[0]), by_x);
	space = letter_space(row->at, row->n, row->size);
	for (size_t i = 1; i <= row->n; i++) {
		if (i < row->n) {
			int gap = row->at[i]->at.x0 - row->at[i - 1]->at.x1;

			if (gap * 10 < row->size * 22 || gap < space * 2)
				continue;
		}
		add_line(pdf, page, out, row->at + from, i - from, row);
		from = i;
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct pdf_line *p = a, *q = b;
	int d = middle(&p->at) - middle(&q->at);

	return d != 0 ? d : p->at.x0 - q->at.x0;
}

void
pdf_lines_find(struct pdf *pdf, struct pdf_page *page, const struct pdf_box *in,
    struct pdf_lines *out)
{
	struct pdf_char **at = kt_malloc((page->nchars + 1) * sizeof(*at));
	struct rows rows;
	size_t n = 0;

	for (size_t i = 0; i < page->nchars; i++)
		if (is_in(&page->chars[i], in))
			at[n++] = &page->chars[i];
	if (n > 0) {
		rows = find_rows(at, n, page->vertical);
		for (size_t i = 0; i < rows.n; i++) {
			cut_row(pdf, page, out, &rows.at[i]);
			free(rows.at[i].at);
		}
		free(rows.at);
		qsort(out->at, out->n, sizeof(out->at[0]), by_place);
	}
	free(at);
}

/* ---- vertical writing -------------------------------------------------- */

static void
turn(struct pdf_box *b, int width)
{
	struct pdf_box was = *b;

	b->x0 = was.y0;
	b->x1 = was.y1;
	b->y0 = width - was.x1;
	b->y1 = width - was.x0;
}

/* More steps down than to the right. */
static bool
is_vertical(const struct pdf_page *page)
{
	size_t down = 0, right = 0;

	for (size_t i = 1; i < page->nchars; i++) {
		const struct pdf_char *a = &page->chars[i - 1],
				      *b = &page->chars[i];

		if (a->use != PDF_FREE || b->use != PDF_FREE)
			continue;
		if (goes_down(a, b))
			down++;
		else if (goes_right(a, b))
			right++;
	}
	return down > right * 2;
}

void
pdf_turn(struct pdf_page *page)
{
	int width = page->width;

	page->vertical = is_vertical(page);
	if (!page->vertical)
		return;
	for (size_t i = 0; i < page->nchars; i++)
		turn(&page->chars[i].at, width);
	for (size_t i = 0; i < page->nrules; i++)
		turn(&page->rules[i], width);
	for (size_t i = 0; i < page->nedges; i++)
		turn(&page->edges[i], width);
	for (size_t i = 0; i < page->nimages; i++)
		turn(&page->images[i], width);
	page->width = page->height;
	page->height = width;
}
