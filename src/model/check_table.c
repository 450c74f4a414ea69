/* SPDX-License-Identifier: MIT */
/* Lint of tables: every row is as wide as the first, merged cells counted. */
#include "check_int.h"

#include <string.h>

#define COLUMNS_MOST 256

struct grid {
	uint16_t left[COLUMNS_MOST]; /* rows that a cell above still covers */
	unsigned width; /* of the first row */
};

/* Put a row on the grid; how many columns it fills, those from above too. */
static unsigned
fill_row(struct grid *g, const struct kt_node *row)
{
	uint16_t next[COLUMNS_MOST] = { 0 };
	unsigned at = 0, filled = 0;

	for (const struct kt_node *cell = row->first; cell != NULL;
	     cell = cell->next) {
		if (cell->kind != KT_CELL)
			continue;
		while (at < COLUMNS_MOST && g->left[at] > 0)
			at++;
		for (unsigned i = 0; i < cell->colspan && at < COLUMNS_MOST;
		     i++)
			next[at++] = cell->rowspan;
	}
	for (unsigned i = 0; i < COLUMNS_MOST; i++) {
		if (g->left[i] > 0 && next[i] == 0)
			next[i] = g->left[i];
		filled += next[i] > 0;
		g->left[i] = next[i] > 0 ? (uint16_t)(next[i] - 1) : 0;
	}
	return filled;
}

static void
check_table(struct kt_checker *c, const struct kt_node *table)
{
	struct grid g = { .width = 0 };
	char got[16], want[16];

	for (const struct kt_node *row = table->first; row != NULL;
	     row = row->next) {
		unsigned width;

		if (row->kind != KT_ROW)
			continue;
		width = fill_row(&g, row);
		if (g.width == 0)
			g.width = width;
		if (width == g.width)
			continue;
		snprintf(got, sizeof(got), "%u", width);
		snprintf(want, sizeof(want), "%u", g.width);
		kt_found(c, KT_M_TABLE_CELLS, row, got, want);
		return; /* what follows may only follow from it */
	}
}

void
kt_check_tables(struct kt_checker *c)
{
	for (size_t i = 0; i < c->doc->count; i++)
		if (c->doc->nodes[i]->kind == KT_TABLE)
			check_table(c, c->doc->nodes[i]);
}
