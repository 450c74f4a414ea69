/* SPDX-License-Identifier: MIT */
/*
 * Ruled tables.  Rules that meet make a grid; where a rule is missing between
 * two fields of the grid they are one cell.  A frame that goes on over the
 * page has no rule there and is closed where its other rules end.
 */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>

/* Rules that are this near meet, or are one. */
#define NEAR 160
#define SAME 250
/* A grid of more fields than this is a picture. */
#define MOST_EDGES 120
#define MOST_RULES 6000

/* A rule as a line: its place across, its ends along. */
struct bar {
	int at, from, to;
	unsigned group;
};

struct bars {
	struct bar *at;
	size_t n, cap;
};

struct grid {
	int x[MOST_EDGES], y[MOST_EDGES];
	size_t nx, ny;
	bool open_top, open_bottom;
};

static void
add_bar(struct bars *bars, int at, int from, int to)
{
	/* Pieces of one rule, as cells draw them. */
	for (size_t i = 0; i < bars->n; i++) {
		struct bar *b = &bars->at[i];

		if (abs(b->at - at) > NEAR / 2 || from > b->to + NEAR ||
		    to < b->from - NEAR)
			continue;
		if (from < b->from)
			b->from = from;
		if (to > b->to)
			b->to = to;
		return;
	}
	KT_GROW(bars->at, bars->n, bars->cap);
	bars->at[bars->n++] = (struct bar){ .at = at, .from = from, .to = to };
}

/* ---- underlines -------------------------------------------------------- */

/* Is a character marked by a level rule?  The rule lies close under it, in
 * vertical writing to the right of it, which is above when turned. */
static bool
is_marked(const struct pdf_page *page, const struct pdf_char *c,
    const struct pdf_box *r)
{
	int x = (c->at.x0 + c->at.x1) / 2, y = (r->y0 + r->y1) / 2;
	int edge = page->vertical ? c->at.y0 : c->at.y1;

	return c->use == PDF_FREE && x >= r->x0 && x <= r->x1 &&
	       abs(y - edge) * 3 <= c->size;
}

/* A rule no longer than the characters that it marks is an underline. */
static bool
underlines(struct pdf_page *page, const struct pdf_box *r)
{
	int covered = 0;

	for (size_t i = 0; i < page->nchars; i++)
		if (is_marked(page, &page->chars[i], r))
			covered += page->chars[i].at.x1 - page->chars[i].at.x0;
	if (covered * 10 < (r->x1 - r->x0) * 8)
		return false;
	for (size_t i = 0; i < page->nchars; i++)
		if (is_marked(page, &page->chars[i], r))
			page->chars[i].underlined = true;
	return true;
}

/* Does an upright rule meet an end of a level one? */
static bool
is_held(const struct bars *uprights, const struct pdf_box *r)
{
	int y = (r->y0 + r->y1) / 2;

	for (size_t i = 0; i < uprights->n; i++) {
		const struct bar *b = &uprights->at[i];

		if (y >= b->from - NEAR && y <= b->to + NEAR &&
		    (abs(b->at - r->x0) < NEAR || abs(b->at - r->x1) < NEAR))
			return true;
	}
	return false;
}

static bool
is_level(const struct pdf_box *r)
{
	return r->x1 - r->x0 >= r->y1 - r->y0;
}

static void
add_rule(struct bars *levels, struct bars *uprights, const struct pdf_box *r)
{
	if (is_level(r))
		add_bar(levels, (r->y0 + r->y1) / 2, r->x0, r->x1);
	else
		add_bar(uprights, (r->x0 + r->x1) / 2, r->y0, r->y1);
}

static void
sort_rules(struct pdf_page *page, struct bars *levels, struct bars *uprights)
{
	/* White rules underline nothing. */
	for (size_t i = 0; i < page->nedges; i++)
		add_rule(levels, uprights, &page->edges[i]);
	for (size_t i = 0; i < page->nrules; i++) {
		const struct pdf_box *r = &page->rules[i];

		if (!is_level(r))
			add_rule(levels, uprights, r);
	}
	for (size_t i = 0; i < page->nrules; i++) {
		const struct pdf_box *r = &page->rules[i];

		if (is_level(r) &&
		    (is_held(uprights, r) || !underlines(page, r)))
			add_rule(levels, uprights, r);
	}
}

/* ---- grids ------------------------------------------------------------- */

static bool
meet(const struct bar *level, const struct bar *upright)
{
	return upright->at >= level->from - NEAR &&
	       upright->at <= level->to + NEAR &&
	       level->at >= upright->from - NEAR &&
	       level->at <= upright->to + NEAR;
}

/* Give a group's number to the rules that meet one of its rules and have none
 * yet; they are put on the list of those still to be looked at. */
static void
spread(struct bars *over, unsigned group, const struct bar *from, bool level,
    struct bar **todo, size_t *n)
{
	for (size_t i = 0; i < over->n; i++) {
		struct bar *b = &over->at[i];

		if (b->group != 0 || !(level ? meet(from, b) : meet(b, from)))
			continue;
		b->group = group;
		todo[(*n)++] = b;
	}
}

/* Rules that meet, over others that do, get one number. */
static unsigned
find_groups(struct bars *levels, struct bars *uprights)
{
	size_t all = levels->n + uprights->n, n = 0;
	struct bar **todo = kt_malloc((all + 1) * sizeof(*todo));
	unsigned groups = 0;

	for (size_t i = 0; i < levels->n; i++) {
		if (levels->at[i].group != 0)
			continue;
		levels->at[i].group = ++groups;
		todo[n++] = &levels->at[i];
		while (n > 0) {
			struct bar *bar = todo[--n];
			bool level =
			    bar >= levels->at && bar < levels->at + levels->n;

			spread(level ? uprights : levels, groups, bar, level,
			    todo, &n);
		}
	}
	free(todo);
	return groups;
}

static int
compare_int(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Places of one direction, those that are near made one. */
static size_t
find_edges(int *out, const struct bars *bars, unsigned group)
{
	int places[MOST_EDGES * 4];
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < bars->n; i++)
		if (bars->at[i].group == group && n < KT_COUNT(places))
			places[n++] = bars->at[i].at;
	qsort(places, n, sizeof(places[0]), compare_int);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || places[i] - out[kept - 1] > SAME) {
			if (kept == MOST_EDGES - 2)
				return MOST_EDGES;
			out[kept++] = places[i];
		}
	return kept;
}

/* Ends that rules of a group have in common beyond the outermost crossing
 * rule: the frame is open there. */
static bool
open_end(const struct bars *bars, unsigned group, int edge, bool after,
    size_t crossing, int *at)
{
	size_t beyond = 0, all = 0;
	int far = edge;

	for (size_t i = 0; i < bars->n; i++) {
		const struct bar *b = &bars->at[i];
		int end = after ? b->to : b->from;

		if (b->group != group)
			continue;
		all++;
		if (after ? end > edge + 2 * SAME : end < edge - 2 * SAME) {
			beyond++;
			far = after ? (end > far ? end : far)
				    : (end < far ? end : far);
		}
	}
	*at = far;
	/* A table of two columns has one rule between them. */
	return beyond * 2 >= all && (beyond >= 2 || crossing >= 4);
}

static void
insert_edge(int *edges, size_t *n, int at)
{
	size_t i = *n;

	while (i > 0 && edges[i - 1] > at) {
		edges[i] = edges[i - 1];
		i--;
	}
	edges[i] = at;
	++*n;
}

static bool
make_grid(struct grid *g, const struct bars *levels,
    const struct bars *uprights, unsigned group)
{
	int at;

	*g = (struct grid){ .nx = 0 };
	g->nx = find_edges(g->x, uprights, group);
	g->ny = find_edges(g->y, levels, group);
	if (g->nx == 0 || g->ny == 0 || g->nx == MOST_EDGES ||
	    g->ny == MOST_EDGES)
		return false;
	if (open_end(uprights, group, g->y[0], false, g->ny, &at)) {
		insert_edge(g->y, &g->ny, at);
		g->open_top = true;
	}
	if (open_end(uprights, group, g->y[g->ny - 1], true, g->ny, &at)) {
		insert_edge(g->y, &g->ny, at);
		g->open_bottom = true;
	}
	if (open_end(levels, group, g->x[0], false, 0, &at))
		insert_edge(g->x, &g->nx, at);
	if (open_end(levels, group, g->x[g->nx - 1], true, 0, &at))
		insert_edge(g->x, &g->nx, at);
	return g->nx >= 2 && g->ny >= 2;
}

/* Is there a rule at a place across, over most of from..to? */
static bool
is_ruled(const struct bars *bars, unsigned group, int at, int from, int to)
{
	int covered = 0;

	for (size_t i = 0; i < bars->n; i++) {
		const struct bar *b = &bars->at[i];
		int f = b->from > from ? b->from : from;
		int t = b->to < to ? b->to : to;

		if (b->group == group && abs(b->at - at) <= SAME && t > f)
			covered += t - f;
	}
	return covered * 2 > to - from;
}

/* ---- cells ------------------------------------------------------------- */

/* Columns that a cell from this field on takes; then rows. */
static int
cell_columns(const struct grid *g, const struct bars *uprights, unsigned group,
    size_t row, size_t column)
{
	size_t c = column + 1;

	while (c + 1 < g->nx &&
	       !is_ruled(uprights, group, g->x[c], g->y[row], g->y[row + 1]))
		c++;
	return (int)(c - column);
}

static int
cell_rows(const struct grid *g, const struct bars *levels, unsigned group,
    size_t row, size_t column, int columns)
{
	size_t r = row + 1;

	while (r + 1 < g->ny && !is_ruled(levels, group, g->y[r], g->x[column],
				    g->x[column + (size_t)columns]))
		r++;
	return (int)(r - row);
}

static void
add_cell(struct pdf_table *t, size_t row, size_t column, int rows, int columns)
{
	KT_GROW(t->cells, t->ncells, t->cells_cap);
	t->cells[t->ncells++] = (struct pdf_cell){ .row = (int)row,
		.column = (int)column,
		.rows = rows,
		.columns = columns };
}

/* Fields into cells; a field that a cell above or beside it took is taken. */
static void
find_cells(struct pdf_table *t, const struct grid *g, const struct bars *levels,
    const struct bars *uprights, unsigned group)
{
	bool *taken = kt_calloc(g->nx * g->ny, sizeof(*taken));

	for (size_t r = 0; r + 1 < g->ny; r++)
		for (size_t c = 0; c + 1 < g->nx; c++) {
			int columns, rows;

			if (taken[r * g->nx + c])
				continue;
			columns = cell_columns(g, uprights, group, r, c);
			for (int k = 1; k < columns; k++)
				if (taken[r * g->nx + c + (size_t)k])
					columns = k;
			rows = cell_rows(g, levels, group, r, c, columns);
			for (int y = 0; y < rows; y++)
				for (int x = 0; x < columns; x++)
					taken[(r + (size_t)y) * g->nx + c +
					      (size_t)x] = true;
			add_cell(t, r, c, rows, columns);
		}
	free(taken);
}

/* Cells that hold characters: all, those of the first row and column. */
struct filled {
	size_t all, row, column;
};

static struct filled
count_filled(const struct pdf_table *t, const struct grid *g,
    const struct pdf_page *page)
{
	struct filled filled = { 0, 0, 0 };

	for (size_t i = 0; i < t->ncells; i++) {
		const struct pdf_cell *cell = &t->cells[i];
		int x0 = g->x[cell->column], y0 = g->y[cell->row];
		int x1 = g->x[cell->column + cell->columns];
		int y1 = g->y[cell->row + cell->rows];

		for (size_t k = 0; k < page->nchars; k++) {
			const struct pdf_char *c = &page->chars[k];
			int x = (c->at.x0 + c->at.x1) / 2;
			int y = (c->at.y0 + c->at.y1) / 2;

			if (c->use == PDF_FREE && x > x0 && x < x1 && y > y0 &&
			    y < y1) {
				filled.all++;
				filled.row += cell->row == 0;
				filled.column += cell->column == 0;
				break;
			}
		}
	}
	return filled;
}

/* Frames around one text, arrows and charts are no tables; a form to be
 * filled in has words at its head or at its side. */
static bool
is_table(const struct pdf_table *t, const struct filled *filled)
{
	size_t rows = (size_t)t->rows, columns = (size_t)t->columns;

	if (columns < 2 || t->ncells < 2 || filled->all < 2)
		return false;
	if (rows < 2)
		return filled->all == t->ncells;
	return filled->all * 10 >= t->ncells * 4 ||
	       (t->ncells == rows * columns &&
		   (filled->row == columns || filled->column == rows));
}

/* A row between the last rule and an end that was made up, without words, is
 * no row: the uprights only stand out. */
static bool
is_empty_row(const struct pdf_page *page, const struct grid *g, size_t row)
{
	for (size_t i = 0; i < page->nchars; i++) {
		const struct pdf_char *c = &page->chars[i];
		int x = (c->at.x0 + c->at.x1) / 2;
		int y = (c->at.y0 + c->at.y1) / 2;

		if (c->use == PDF_FREE && x > g->x[0] && x < g->x[g->nx - 1] &&
		    y > g->y[row] && y < g->y[row + 1])
			return false;
	}
	return true;
}

static void
drop_empty_ends(const struct pdf_page *page, struct grid *g)
{
	if (g->open_top && g->ny > 2 && is_empty_row(page, g, 0)) {
		memmove(g->y, g->y + 1, (g->ny - 1) * sizeof(g->y[0]));
		g->ny--;
		g->open_top = false;
	}
	if (g->open_bottom && g->ny > 2 && is_empty_row(page, g, g->ny - 2)) {
		g->ny--;
		g->open_bottom = false;
	}
}

/* How much of a place across is ruled. */
static int
ruled_at(const struct bars *bars, unsigned group, int at)
{
	int covered = 0;

	for (size_t i = 0; i < bars->n; i++)
		if (bars->at[i].group == group &&
		    abs(bars->at[i].at - at) <= SAME)
			covered += bars->at[i].to - bars->at[i].from;
	return covered;
}

/* Does any character stand between two edges of one direction? */
static bool
is_empty_strip(const struct pdf_page *page, const struct grid *g, bool columns,
    int from, int to)
{
	struct pdf_box in = { g->x[0], g->y[0], g->x[g->nx - 1],
		g->y[g->ny - 1] };

	if (columns) {
		in.x0 = from;
		in.x1 = to;
	} else {
		in.y0 = from;
		in.y1 = to;
	}
	for (size_t i = 0; i < page->nchars; i++) {
		const struct pdf_char *c = &page->chars[i];
		int x = (c->at.x0 + c->at.x1) / 2;
		int y = (c->at.y0 + c->at.y1) / 2;

		if (c->use == PDF_FREE && x > in.x0 && x < in.x1 && y > in.y0 &&
		    y < in.y1)
			return false;
	}
	return true;
}

/* A frame around some cells has edges beside those of the cells: a strip with
 * no words that is too narrow for any is no column and no row.  The edge that
 * has less of a rule goes. */
static void
drop_strips(const struct pdf_page *page, struct grid *g, bool columns,
    const struct bars *bars, unsigned group, int narrow)
{
	int *edges = columns ? g->x : g->y;
	size_t *n = columns ? &g->nx : &g->ny;

	for (size_t i = 0; *n > 2 && i + 1 < *n;) {
		size_t gone = i + 1;

		if (edges[i + 1] - edges[i] >= narrow ||
		    !is_empty_strip(page, g, columns, edges[i], edges[i + 1])) {
			i++;
			continue;
		}
		if (ruled_at(bars, group, edges[i]) <
		    ruled_at(bars, group, edges[i + 1]))
			gone = i;
		memmove(edges + gone, edges + gone + 1,
		    (*n - gone - 1) * sizeof(edges[0]));
		--*n;
	}
}

static void
take_cells(struct pdf *pdf, struct pdf_page *page, struct pdf_table *t,
    const struct grid *g)
{
	for (size_t i = 0; i < t->ncells; i++) {
		struct pdf_cell *cell = &t->cells[i];
		struct pdf_box in = { g->x[cell->column], g->y[cell->row],
			g->x[cell->column + cell->columns],
			g->y[cell->row + cell->rows] };

		pdf_lines_find(pdf, page, &in, &cell->lines);
		pdf_order(&cell->lines, pdf->size);
		for (size_t k = 0; k < page->nchars; k++) {
			struct pdf_char *c = &page->chars[k];
			int x = (c->at.x0 + c->at.x1) / 2;
			int y = (c->at.y0 + c->at.y1) / 2;

			if (c->use == PDF_FREE && x >= in.x0 && x <= in.x1 &&
			    y >= in.y0 && y <= in.y1)
				c->use = PDF_CELL;
		}
	}
}

static void
try_group(struct pdf *pdf, struct pdf_page *page, const struct bars *levels,
    const struct bars *uprights, unsigned group)
{
	struct pdf_table t = { .page = page->number };
	struct filled filled;
	struct grid g;

	if (!make_grid(&g, levels, uprights, group))
		return;
	drop_empty_ends(page, &g);
	drop_strips(page, &g, true, uprights, group, pdf->size);
	drop_strips(page, &g, false, levels, group, pdf->size / 2);
	t.rows = (int)g.ny - 1;
	t.columns = (int)g.nx - 1;
	t.at = (struct pdf_box){ g.x[0], g.y[0], g.x[g.nx - 1], g.y[g.ny - 1] };
	t.open_top = g.open_top;
	t.open_bottom = g.open_bottom;
	find_cells(&t, &g, levels, uprights, group);
	filled = count_filled(&t, &g, page);
	if (!is_table(&t, &filled)) {
		if (t.rows == 1 && t.columns == 1) {
			KT_GROW(page->frames, page->nframes, page->frames_cap);
			page->frames[page->nframes++] = t.at;
		}
		free(t.cells);
		return;
	}
	t.x = kt_malloc(g.nx * sizeof(*t.x));
	memcpy(t.x, g.x, g.nx * sizeof(*t.x));
	take_cells(pdf, page, &t, &g);
	KT_GROW(page->tables, page->ntables, page->tables_cap);
	page->tables[page->ntables++] = t;
}

void
pdf_grids(struct pdf *pdf, struct pdf_page *page)
{
	struct bars levels = { NULL, 0, 0 }, uprights = { NULL, 0, 0 };
	unsigned groups = 0;

	if (page->nrules + page->nedges <= MOST_RULES) {
		sort_rules(page, &levels, &uprights);
		groups = find_groups(&levels, &uprights);
	}
	for (unsigned i = 1; i <= groups; i++)
		try_group(pdf, page, &levels, &uprights, i);
	free(levels.at);
	free(uprights.at);
}
