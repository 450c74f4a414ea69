/* SPDX-License-Identifier: MIT */
/*
 * Tables on a grid: cells that span columns and rows leave no holes, and no
 * table has more columns than Word can show.
 */
#include "layout.h"

#include <stdlib.h>
#include <string.h>

/* Weights of columns: no word below the head, and what to write there. */
#define EMPTY 2
#define TO_FILL 16

/* A cell that reaches down into the rows below, by its first column. */
struct hanging {
	unsigned rows; /* still to come; 0: none */
	unsigned columns;
	char align;
};

/* The row at hand, before it is known how many cells it gets. */
#define CELLS_MAX (GRID_COLUMNS_MAX + 1)

struct grid {
	struct kt_grid *out;
	struct run_source source;
	struct hanging hanging[GRID_COLUMNS_MAX];
	struct kt_grid_cell cells[CELLS_MAX];
	size_t ncells;
	unsigned column; /* where the next cell begins */
};

static void
add_lines(struct kt_grid_cell *cell, const struct kt_node *from,
    const struct run_source *source)
{
	struct doc_lines lines = DOC_LINES_INIT;
	struct kt_text_line *all;

	lines.pictures = source->pictures;
	lines.named = source->named;
	doc_lines_read_cell(&lines, from);
	all = KT_NEWN(
	    source->arena, struct kt_text_line, cell->nlines + lines.n + 1);
	for (size_t i = 0; i < cell->nlines; i++)
		all[i] = cell->lines[i];
	for (size_t i = 0; i < lines.n; i++) {
		struct kt_text_line *line = &all[cell->nlines + i];

		line_shape(line, &lines.at[i]);
		/* A cell is too narrow to begin one in. */
		if (line->first > 0)
			line->first = 0;
		line_runs(line, &lines, &lines.at[i], source);
		if (from->first != NULL || from->len == 0 ||
		    lines.at[i].npieces > 1)
			line->code = line_code(source->arena, &lines, i, from);
	}
	cell->lines = all;
	cell->nlines += lines.n;
	/* Blocks, all of them empty. */
	if (lines.n == 0 && from->first != NULL) {
		all[cell->nlines].style = KT_LINE_TEXT;
		all[cell->nlines++].code =
		    rest_code(source->arena, &lines, from);
	}
	doc_lines_release(&lines);
}

/* Spans that the grid has no room for are told with the first line. */
static void
tell_spans(struct grid *g, struct kt_grid_cell *cell,
    const struct kt_node *from, unsigned rows)
{
	struct kt_text_line *first;

	if (rows == from->rowspan && cell->columns == from->colspan)
		return;
	if (cell->nlines == 0) {
		cell->lines = KT_NEW(g->source.arena, struct kt_text_line);
		cell->lines[0].style = KT_LINE_TEXT;
		cell->nlines = 1;
	}
	first = &cell->lines[0];
	first->code = kt_arena_printf(g->source.arena, "_%c0x%uy%u%s",
	    'A' + KT_CELL, from->colspan, from->rowspan,
	    first->code == NULL ? "t" : first->code);
}

static struct kt_grid_cell *
next_cell(struct grid *g, unsigned columns)
{
	struct kt_grid_cell *cell = &g->cells[g->ncells++];

	*cell = (struct kt_grid_cell){ .columns = columns };
	g->column += columns;
	return cell;
}

/* The cells of the rows above that reach into this one, here. */
static void
put_hanging(struct grid *g)
{
	while (g->column < GRID_COLUMNS_MAX && g->hanging[g->column].rows > 0) {
		struct hanging *h = &g->hanging[g->column];
		struct kt_grid_cell *cell = next_cell(g, h->columns);

		cell->down = KT_MERGE_ON;
		cell->align = h->align;
		h->rows--;
	}
}

/* Columns free from here on, at most `want`. */
static unsigned
free_columns(const struct grid *g, unsigned want)
{
	unsigned n = 0;

	while (n < want && g->column + n < GRID_COLUMNS_MAX &&
	       g->hanging[g->column + n].rows == 0)
		n++;
	return n;
}

static void
put_cell(struct grid *g, const struct kt_node *from, unsigned rows_left)
{
	unsigned rows = from->rowspan > rows_left ? rows_left : from->rowspan;
	unsigned at = g->column;
	struct kt_grid_cell *cell;

	if (at >= GRID_COLUMNS_MAX) {
		/* No room at the right: its words join the last cell. */
		add_lines(&g->cells[g->ncells - 1], from, &g->source);
		return;
	}
	cell = next_cell(
	    g, free_columns(g, from->colspan > 0 ? from->colspan : 1));
	cell->align = from->align;
	add_lines(cell, from, &g->source);
	tell_spans(g, cell, from, rows);
	if (rows > 1) {
		cell->down = KT_MERGE_BEGIN;
		g->hanging[at] =
		    (struct hanging){ rows - 1, cell->columns, from->align };
	}
}

/* A row that ends before a cell from above does gets empty ones up to it. */
static void
finish_row(struct grid *g)
{
	unsigned last = GRID_COLUMNS_MAX;

	while (last > g->column && g->hanging[last - 1].rows == 0)
		last--;
	while (g->column < last) {
		put_hanging(g);
		if (g->column < last)
			next_cell(g, 1)->filler = true;
	}
	put_hanging(g);
}

static void
put_row(struct grid *g, const struct kt_node *from, unsigned rows_left)
{
	for (const struct kt_node *at = from->first; at != NULL;
	     at = at->next) {
		put_hanging(g);
		put_cell(g, at, rows_left);
	}
	finish_row(g);
}

static void
put_sign(struct grid *g, const struct grid_item *item)
{
	struct kt_grid_cell *cell = next_cell(g, 0);

	cell->lines = KT_NEW(g->source.arena, struct kt_text_line);
	cell->nlines = 1;
	cell->lines[0].says = item->says;
	cell->lines[0].style = KT_LINE_TEXT;
	line_sign(cell->lines, g->source.arena, item->sign);
}

static void
put_item(struct grid *g, const struct grid_item *item, unsigned rows_left)
{
	struct kt_grid_row *row = &g->out->rows[g->out->nrows++];

	g->ncells = g->column = 0;
	g->source.all = item->all;
	g->source.box = item->quiet;
	if (item->row == NULL)
		put_sign(g, item);
	else
		put_row(g, item->row, rows_left);
	row->boxed = item->boxed;
	row->header = item->row != NULL && item->row->header;
	row->from = item->from;
	row->to = item->to;
	row->ncells = g->ncells;
	row->cells =
	    KT_NEWN(g->source.arena, struct kt_grid_cell, g->ncells + 1);
	memcpy(row->cells, g->cells, g->ncells * sizeof(g->cells[0]));
	if (g->column > g->out->columns)
		g->out->columns = g->column;
}

/* Make a row as wide as the widest: a sign spans all of it, others get empty
 * cells. */
static void
fill_row(
    struct kt_grid_row *row, unsigned columns, const struct run_source *source)
{
	struct kt_grid_cell *all;
	unsigned n = 0;

	for (size_t i = 0; i < row->ncells; i++)
		n += row->cells[i].columns;
	if (n == 0 && row->ncells == 1) {
		row->cells[0].columns = columns;
		return;
	}
	if (n == columns)
		return;
	all = KT_NEWN(
	    source->arena, struct kt_grid_cell, row->ncells + columns - n);
	memcpy(all, row->cells, row->ncells * sizeof(all[0]));
	row->cells = all;
	while (n++ < columns) {
		row->cells[row->ncells].filler = true;
		row->cells[row->ncells++].columns = 1;
	}
}

/* Words of a cell count for the width of its column, as far as they would
 * fit into a line. */
static void
weigh(unsigned long *weight, const struct kt_grid_cell *cell)
{
	for (size_t i = 0; i < cell->nlines; i++) {
		unsigned long n = 2; /* for the margins */

		for (size_t k = 0; k < cell->lines[i].nruns; k++)
			if (cell->lines[i].runs[k].len > 0)
				n += cell->lines[i].runs[k].len / 3 + 1;
		if (n > *weight)
			*weight = n;
	}
}

/* Not less than a few characters nor more than a paragraph needs; short words
 * get more than their part, for they break where long ones need not. */
static unsigned long
bounded(unsigned long weight)
{
	if (weight < 4)
		weight = 4;
	if (weight > 24)
		return 24;
	return weight > 8 ? weight : weight + 3;
}

/* The weights of all columns by the heads, or by the other rows. */
static void
weigh_rows(unsigned long *weight, const struct kt_grid *grid, bool heads)
{
	for (size_t i = 0; i < grid->nrows; i++) {
		const struct kt_grid_row *row = &grid->rows[i];
		unsigned at = 0;

		for (size_t k = 0; k < row->ncells; k++) {
			if (row->cells[k].columns == 1 && row->header == heads)
				weigh(&weight[at], &row->cells[k]);
			at += row->cells[k].columns;
		}
	}
}

void
grid_share_width(struct kt_grid *out, struct kt_arena *arena)
{
	unsigned long *weight = KT_NEWN(arena, unsigned long, out->columns);
	unsigned long *head = KT_NEWN(arena, unsigned long, out->columns);
	unsigned long sum = 0;
	unsigned given = 0;
	bool words = false;

	weigh_rows(weight, out, false);
	weigh_rows(head, out, true);
	for (unsigned i = 0; i < out->columns; i++)
		words |= weight[i] > 0;
	for (unsigned i = 0; i < out->columns; i++) {
		/* People write there. */
		if (words && head[i] > 0 && weight[i] <= EMPTY)
			weight[i] = TO_FILL;
		if (head[i] > weight[i])
			weight[i] = head[i];
		sum += weight[i] = bounded(weight[i]);
	}
	out->share = KT_NEWN(arena, unsigned, out->columns);
	for (unsigned i = 0; i < out->columns; i++) {
		out->share[i] = (unsigned)(weight[i] * 1000 / sum);
		given += out->share[i];
	}
	out->share[out->columns - 1] += 1000 - given;
}

struct kt_grid *
grid_new(
    const struct grid_item *items, size_t n, const struct run_source *source)
{
	struct grid *g = kt_calloc(1, sizeof(*g));
	struct kt_grid *out = KT_NEW(source->arena, struct kt_grid);

	g->out = out;
	g->source = *source;
	out->rows = KT_NEWN(source->arena, struct kt_grid_row, n + 1);
	out->columns = 1;
	for (size_t i = 0; i < n; i++)
		put_item(g, &items[i], (unsigned)(n - i));
	for (size_t i = 0; i < out->nrows; i++)
		fill_row(&out->rows[i], out->columns, source);
	grid_share_width(out, source->arena);
	free(g);
	return out;
}

struct kt_grid *
grid_of_table(
    const struct kt_node *table, size_t line, const struct run_source *source)
{
	struct grid_item *items;
	struct kt_grid *grid;
	size_t n = 0, i = 0;

	for (const struct kt_node *at = table->first; at != NULL; at = at->next)
		n += at->kind == KT_ROW;
	items = kt_calloc(n + 1, sizeof(*items));
	for (const struct kt_node *at = table->first; at != NULL;
	     at = at->next) {
		if (at->kind != KT_ROW)
			continue;
		items[i] = (struct grid_item){ .row = at,
			.all = source->all,
			.from = line + i,
			.to = line + i + 1 };
		i++;
	}
	grid = grid_new(items, n, source);
	free(items);
	return grid;
}

bool
grid_has_tall_cells(const struct kt_node *table)
{
	for (const struct kt_node *at = kt_node_next(table, table); at != NULL;
	     at = kt_node_next(at, table))
		if (at->kind == KT_CELL && at->rowspan > 1)
			return true;
	return false;
}
