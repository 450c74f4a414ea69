/* SPDX-License-Identifier: MIT */
/* Pipe tables: for tables whose cells are words and nothing is merged. */
#include "md_int.h"

#include <string.h>

/* The reader takes tables up to 256 KiB, and 256 images. */
#define MOST_BYTES ((size_t)96 << 10)
#define MOST_IMAGES 64

struct shape {
	size_t columns, bytes, images;
	bool ok;
};

static bool
is_plain_cell(const struct kt_node *cell)
{
	return cell->kind == KT_CELL && cell->first == NULL &&
	       cell->colspan == 1 && cell->rowspan == 1;
}

/* Cells of a column are aligned alike. */
static bool
same_align(const struct kt_node *cell, const struct kt_node *above)
{
	return above == NULL || cell->align == above->align;
}

static void
see_row(struct shape *s, const struct kt_node *row)
{
	const struct kt_node *above =
	    row->prev == NULL ? NULL : row->prev->first;
	size_t n = 0;

	for (const struct kt_node *cell = row->first; cell != NULL && s->ok;
	     cell = cell->next) {
		if (!is_plain_cell(cell) || !same_align(cell, above))
			s->ok = false;
		s->bytes += cell->len;
		for (size_t i = 0; i < cell->nmarks; i++)
			s->images += cell->marks[i].kind == KT_IMAGE;
		if (above != NULL)
			above = above->next;
		n++;
	}
	if (row->prev == NULL)
		s->columns = n;
	if (n == 0 || n != s->columns || (row->header && row->prev != NULL))
		s->ok = false;
}

/* A head without words would say that there is none. */
static bool
has_empty_head(const struct kt_node *row)
{
	if (!row->header)
		return false;
	for (const struct kt_node *cell = row->first; cell != NULL;
	     cell = cell->next)
		if (cell->len > 0 || cell->nmarks > 0)
			return false;
	return true;
}

bool
kt_md_is_pipe(const struct kt_node *table)
{
	struct shape s = { .ok = true };

	if (table->caption[0] != '\0' || table->first == NULL ||
	    table->first->kind != KT_ROW || has_empty_head(table->first))
		return false;
	for (const struct kt_node *row = table->first;
	     row != NULL && row->kind == KT_ROW && s.ok; row = row->next)
		see_row(&s, row);
	return s.ok && s.bytes <= MOST_BYTES && s.images <= MOST_IMAGES;
}

static void
put_cell(struct kt_buf *out, const struct kt_node *cell)
{
	struct md_words w = { cell->text, cell->len, cell->marks,
		cell->nmarks };

	kt_buf_putc(out, ' ');
	if (w.n > 0 || w.nmarks > 0) {
		kt_md_words(out, &w, MD_PIPE, 0);
		kt_buf_putc(out, ' ');
	}
	kt_buf_putc(out, '|');
}

static void
put_row(struct kt_buf *out, const struct kt_node *row)
{
	kt_buf_putc(out, '|');
	for (const struct kt_node *cell = row->first; cell != NULL;
	     cell = cell->next)
		put_cell(out, cell);
	kt_buf_putc(out, '\n');
}

static void
put_delimiters(struct kt_buf *out, const struct kt_node *row, bool empty)
{
	for (const struct kt_node *cell = row->first; empty && cell != NULL;
	     cell = cell->next)
		kt_buf_puts(out, cell == row->first ? "| |" : " |");
	kt_buf_puts(out, empty ? "\n" : "");
}

static const char *
dashes(char align)
{
	return align == 'l'   ? ":---|"
	       : align == 'c' ? ":---:|"
	       : align == 'r' ? "---:|"
			      : "---|";
}

void
kt_md_pipe(struct kt_buf *out, const struct kt_node *table, const char *prefix)
{
	const struct kt_node *row = table->first;

	if (row->header) {
		put_row(out, row);
		row = row->next;
	} else {
		put_delimiters(out, row, true);
	}
	kt_buf_puts(out, prefix);
	kt_buf_putc(out, '|');
	for (const struct kt_node *cell = table->first->first; cell != NULL;
	     cell = cell->next)
		kt_buf_puts(out, dashes(cell->align));
	kt_buf_putc(out, '\n');
	for (; row != NULL && row->kind == KT_ROW; row = row->next) {
		kt_buf_puts(out, prefix);
		put_row(out, row);
	}
}
