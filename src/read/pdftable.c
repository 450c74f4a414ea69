/* SPDX-License-Identifier: MIT */
/* Tables found in a PDF: joined where they run over pages, and as tables of
 * the document. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Words of the heads of a table are no longer than this. */
#define HEAD_MOST 30

/* Does a line of a cell go on with the one before? */
static bool
goes_on(const struct pdf_lines *lines, size_t i)
{
	const struct pdf_line *last = &lines->at[i - 1], *line = &lines->at[i];
	int edge = 0;

	for (size_t k = 0; k < lines->n; k++)
		if (lines->at[k].at.x1 > edge)
			edge = lines->at[k].at.x1;
	if (pdf_begins_clause(line->text, line->n) &&
	    (pdf_ends_sentence(last->text, last->n) ||
		line->at.x0 < last->at.x1))
		return last->at.x1 >= edge - line->size / 2 &&
		       !pdf_ends_sentence(last->text, last->n) &&
		       line->at.x0 > lines->at[0].at.x0 + line->size / 3;
	return last->at.x1 >= edge - last->size * 17 / 10;
}

static void
put_marks(struct kt_inline *w, const struct pdf_line *line, size_t at)
{
	for (size_t i = 0; i < line->nmarks; i++) {
		const struct kt_mark *m = &line->marks[i];

		kt_inline_mark(w, m->kind, "", at + m->start, m->len);
	}
}

/* The lines from i on that are one paragraph; where the next begins. */
static size_t
gather(struct kt_inline *w, const struct pdf_lines *lines, size_t i)
{
	struct kt_buf text = KT_BUF_INIT;
	size_t end = i;

	kt_inline_begin(w, (size_t)lines->at[i].page, 1);
	do {
		size_t before = text.len;

		pdf_join(&text, lines->at[end].text, lines->at[end].n);
		kt_inline_text(w, text.p + before, text.len - before);
		put_marks(w, &lines->at[end], w->text.len - lines->at[end].n);
		end++;
	} while (end < lines->n && goes_on(lines, end));
	kt_inline_end(w, w->text.p, w->text.len, w->text.p, w->text.len);
	kt_buf_release(&text);
	return end;
}

static void
put_cell(struct kt_build *b, struct kt_node *row, const struct pdf_cell *from,
    struct kt_inline *w)
{
	const struct pdf_lines *lines = &from->lines;
	size_t page = lines->n == 0 ? 0 : (size_t)lines->at[0].page, i = 0;
	struct kt_node *cell = kt_build_add(b, row, KT_CELL, page, 1);

	cell->colspan = (uint16_t)from->columns;
	cell->rowspan = (uint16_t)from->rows;
	if (lines->n == 0)
		return;
	i = gather(w, lines, 0);
	if (i == lines->n) {
		kt_build_words(b, cell, w);
		return;
	}
	kt_build_open_cell(b, cell);
	kt_build_paragraph(b, w);
	while (i < lines->n) {
		i = gather(w, lines, i);
		kt_build_paragraph(b, w);
	}
	kt_build_close(b);
}

/* A first row of short words, one line in each cell, over other rows. */
static bool
has_head(const struct pdf_table *t)
{
	size_t cells = 0;

	for (size_t i = 0; i < t->ncells && t->cells[i].row == 0; i++) {
		const struct pdf_cell *c = &t->cells[i];

		if (c->lines.n != 1 || c->rows > 1 ||
		    kt_utf8_count(c->lines.at[0].text, c->lines.at[0].n) >
			HEAD_MOST ||
		    pdf_ends_sentence(c->lines.at[0].text, c->lines.at[0].n))
			return false;
		cells++;
	}
	return cells > 1 && t->rows > 1;
}

static int
by_row(const void *a, const void *b)
{
	const struct pdf_cell *p = a, *q = b;

	return p->row != q->row ? p->row - q->row : p->column - q->column;
}

void
pdf_build_table(struct kt_build *b, const struct text_line *line)
{
	const struct pdf_block *block = line->block;
	struct pdf_table *t = block->table;
	struct kt_node *table = kt_build_table(b, line->line, line->column);
	struct kt_inline w;
	size_t i = 0;

	kt_inline_init(&w, kt_build_doc(b)->arena);
	qsort(t->cells, t->ncells, sizeof(t->cells[0]), by_row);
	for (int r = 0; r < t->rows; r++) {
		struct kt_node *row =
		    kt_build_add(b, table, KT_ROW, line->line, 1);

		row->header = r == 0 && has_head(t);
		for (; i < t->ncells && t->cells[i].row == r; i++)
			put_cell(b, row, &t->cells[i], &w);
	}
	kt_inline_release(&w);
}

/* ---- tables over pages ------------------------------------------------- */

static bool
same_columns(const struct pdf_table *a, const struct pdf_table *b)
{
	if (a->columns != b->columns)
		return false;
	for (int i = 0; i <= a->columns; i++)
		if (abs(a->x[i] - b->x[i]) > 400)
			return false;
	return true;
}

static void
append_lines(struct pdf_lines *to, const struct pdf_lines *from)
{
	for (size_t i = 0; i < from->n; i++) {
		KT_GROW(to->at, to->n, to->cap);
		to->at[to->n++] = from->at[i];
	}
}

static bool
same_words(const struct pdf_cell *a, const struct pdf_cell *b)
{
	if (a->columns != b->columns || a->lines.n != b->lines.n)
		return false;
	for (size_t i = 0; i < a->lines.n; i++)
		if (strcmp(a->lines.at[i].text, b->lines.at[i].text) != 0)
			return false;
	return true;
}

/* Rows of the second table that only say the head of the first again. */
static int
repeated_rows(const struct pdf_table *a, const struct pdf_table *b)
{
	size_t i = 0;

	while (i < a->ncells && i < b->ncells && a->cells[i].row == 0 &&
	       b->cells[i].row == 0)
		if (!same_words(&a->cells[i], &b->cells[i]))
			return 0;
		else
			i++;
	return i > 0 && (i == b->ncells || b->cells[i].row > 0) &&
		       (i == a->ncells || a->cells[i].row > 0)
		   ? 1
		   : 0;
}

/* The cell of the last row of a table in a column. */
static struct pdf_cell *
last_cell(struct pdf_table *t, int column)
{
	for (size_t i = t->ncells; i > 0; i--) {
		struct pdf_cell *c = &t->cells[i - 1];

		if (c->row + c->rows == t->rows && c->column == column)
			return c;
	}
	return NULL;
}

/* Put the rows of b below those of a; a row that both pages hold a part of
 * goes on. */
static void
append_table(struct pdf_table *a, const struct pdf_table *b)
{
	int skip = repeated_rows(a, b);
	bool goes_on = a->open_bottom && b->open_top && skip == 0;
	int shift = a->rows - skip - (goes_on ? 1 : 0);

	for (size_t i = 0; i < b->ncells; i++) {
		const struct pdf_cell *c = &b->cells[i];
		struct pdf_cell *above =
		    goes_on && c->row == 0 ? last_cell(a, c->column) : NULL;

		if (c->row < skip)
			continue;
		if (above != NULL) {
			append_lines(&above->lines, &c->lines);
			continue;
		}
		KT_GROW(a->cells, a->ncells, a->cells_cap);
		a->cells[a->ncells] = *c;
		a->cells[a->ncells].lines = (struct pdf_lines){ NULL, 0, 0 };
		a->cells[a->ncells].row += shift;
		append_lines(&a->cells[a->ncells].lines, &c->lines);
		a->ncells++;
	}
	a->rows += b->rows - skip - (goes_on ? 1 : 0);
	a->open_bottom = b->open_bottom;
}

void
pdf_tables_join(struct pdf *pdf)
{
	struct pdf_block *last = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < pdf->nblocks; i++) {
		struct pdf_block *b = &pdf->blocks[i];

		if (b->kind == PDF_TABLE && last != NULL &&
		    b->table->page == last->table->page + 1 &&
		    same_columns(last->table, b->table)) {
			append_table(last->table, b->table);
			last->table->page = b->table->page;
			last->doubts |= PDF_D_TABLE;
			last->lines += b->lines;
			continue;
		}
		pdf->blocks[kept] = *b;
		if (b->kind == PDF_TABLE)
			last = &pdf->blocks[kept];
		else if (b->kind != PDF_ASIDE)
			last = NULL;
		kept++;
	}
	pdf->nblocks = kept;
}
