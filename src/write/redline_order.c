/* SPDX-License-Identifier: MIT */
/*
 * The order of the page.  The steps of the comparison are in the right order
 * on each side; here what must not be parted is brought together: the rows
 * of a table, and the lines of a move.
 */
#include "redline_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- moves --------------------------------------------------------------- */

static bool
has_moved(const struct table_side *s, size_t line)
{
	return s->answer[line] != NO_LINE && s->moved[line] &&
	       s->lines.at[line].style != KT_LINE_ROW;
}

static void
find_moves(struct red_order *o, const struct table_match *m)
{
	const struct table_side *n = &m->side[SIDE_NEW];
	unsigned moves = 0;

	for (size_t i = 0; i < n->lines.n; i++) {
		if (!has_moved(n, i))
			continue;
		if (i == 0 || !has_moved(n, i - 1) ||
		    n->answer[i] != n->answer[i - 1] + 1)
			moves++;
		o->move[SIDE_NEW][i] = moves;
		o->move[SIDE_OLD][n->answer[i]] = moves;
	}
}

/* ---- gaps ---------------------------------------------------------------- */

/* Lines between two that answer to each other in place. */
struct gap {
	const struct table_match *m;
	const struct table_step *at; /* as the comparison has them */
	size_t n;
	/* Lines of each side not yet put: they are consecutive. */
	size_t next[SIDES], end[SIDES];
	struct red_order *out;
};

static void
put(struct gap *g, int side)
{
	struct table_step *to = &g->out->at[g->out->n++];

	to->line[side] = g->next[side]++;
	to->line[1 - side] = NO_LINE;
}

/* Does the next line of a side go on with what stands above it? */
static bool
goes_on(const struct gap *g, int side)
{
	const struct table_side *s = &g->m->side[side];
	const unsigned *move = g->out->move[side];
	size_t line = g->next[side];

	if (line == g->end[side] || line == 0)
		return false;
	if (red_table(s, line) != NULL)
		return red_table(s, line) == red_table(s, line - 1);
	return move[line] != 0 && move[line] == move[line - 1];
}

static void
put_with_rest(struct gap *g, int side)
{
	do
		put(g, side);
	while (goes_on(g, side));
}

static bool
is_title(const struct gap *g, int side)
{
	return g->next[side] < g->end[side] &&
	       g->m->side[side].lines.at[g->next[side]].style == KT_LINE_TITLE;
}

/* What must come first: titles, and the rows of a table that has begun. */
static void
put_first(struct gap *g)
{
	for (int side = 0; side < SIDES; side++)
		if (is_title(g, side))
			put(g, side);
	for (int side = 0; side < SIDES; side++)
		while (g->out->n > 0 && goes_on(g, side) &&
		       red_table(&g->m->side[side], g->next[side]) != NULL)
			put(g, side);
}

/* Rows at the end of the gap whose table goes on below it. */
static size_t
rows_below(const struct gap *g, int side)
{
	const struct table_side *s = &g->m->side[side];
	const struct kt_node *table;
	size_t n = 0;

	if (g->end[side] == s->lines.n)
		return 0;
	table = red_table(s, g->end[side]);
	while (table != NULL && g->next[side] + n < g->end[side] &&
	       red_table(s, g->end[side] - 1 - n) == table)
		n++;
	return n;
}

static void
put_gap(struct gap *g)
{
	size_t behind[SIDES];

	put_first(g);
	for (int side = 0; side < SIDES; side++) {
		behind[side] = rows_below(g, side);
		g->end[side] -= behind[side];
	}
	for (size_t i = 0; i < g->n; i++) {
		int side =
		    g->at[i].line[SIDE_OLD] == NO_LINE ? SIDE_NEW : SIDE_OLD;

		if (g->next[side] == g->at[i].line[side] &&
		    g->next[side] < g->end[side])
			put_with_rest(g, side);
	}
	for (int side = 0; side < SIDES; side++)
		for (g->end[side] += behind[side];
		     g->next[side] < g->end[side];)
			put(g, side);
}

/* ---- all ----------------------------------------------------------------- */

static bool
is_pair(const struct table_step *step)
{
	return step->line[SIDE_OLD] != NO_LINE &&
	       step->line[SIDE_NEW] != NO_LINE;
}

void
red_order(struct red_order *out, const struct table_match *m, bool native)
{
	struct gap g = { .m = m, .out = out };

	*out = (struct red_order){ .at = kt_calloc(
				       m->nsteps + 1, sizeof(*out->at)) };
	for (int side = 0; side < SIDES; side++)
		out->move[side] = kt_calloc(
		    m->side[side].lines.n + 1, sizeof(*out->move[side]));
	if (native)
		find_moves(out, m);
	for (size_t i = 0; i < m->nsteps; i += g.n + 1) {
		g.at = &m->steps[i];
		for (g.n = 0; i + g.n < m->nsteps && !is_pair(&g.at[g.n]);
		     g.n++)
			g.end[g.at[g.n].line[SIDE_OLD] == NO_LINE ? SIDE_NEW
								  : SIDE_OLD]++;
		put_gap(&g);
		if (i + g.n == m->nsteps)
			break;
		out->at[out->n++] = g.at[g.n];
		for (int side = 0; side < SIDES; side++)
			g.end[side] = ++g.next[side];
	}
}

void
red_order_release(struct red_order *o)
{
	free(o->at);
	free(o->move[SIDE_OLD]);
	free(o->move[SIDE_NEW]);
}
