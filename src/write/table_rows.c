/* SPDX-License-Identifier: MIT */
/* Tables inside 新旧対照表: rows of one table on both sides as two grids that
 * stand beside each other. */
#include "table_int.h"

#include <stdlib.h>

/* The rows of one table on each side that stand side by side. */
struct rows {
	const struct kt_node *table[SIDES]; /* or NULL */
	size_t begin, end; /* steps */
	struct grid_item *items[SIDES];
	size_t n[SIDES];
};

static bool
belongs(const struct table_builder *b, const struct rows *r, size_t step)
{
	for (int side = 0; side < SIDES; side++) {
		size_t line = b->match.steps[step].line[side];
		const struct doc_line *l;

		if (line == NO_LINE)
			continue;
		l = &b->match.side[side].lines.at[line];
		if (l->style != KT_LINE_ROW ||
		    l->node->parent != r->table[side])
			return false;
	}
	return true;
}

static void
find_rows(const struct table_builder *b, struct rows *r)
{
	const struct table_step *first = &b->match.steps[b->step];

	*r = (struct rows){ .begin = b->step, .end = b->step + 1 };
	for (int side = 0; side < SIDES; side++)
		if (first->line[side] != NO_LINE)
			r->table[side] = b->match.side[side]
					     .lines.at[first->line[side]]
					     .node->parent;
	for (int side = 0; side < SIDES; side++)
		if (r->table[side] == NULL)
			r->table[side] = b->match.side[1 - side]
					     .peer[r->table[1 - side]->id];
	while (r->end < b->match.nsteps && belongs(b, r, r->end))
		r->end++;
}

static void
item_row(const struct table_builder *b, struct rows *r, int side, size_t line)
{
	const struct table_side *s = &b->match.side[side];
	enum kt_table_marks_kind marks = b->table->profile->marks;
	bool alone = s->answer[line] == NO_LINE;
	bool changed =
	    s->target[line] == NULL && (alone || s->differs[line] != 0);

	r->items[side][r->n[side]++] =
	    (struct grid_item){ .row = s->lines.at[line].node,
		    .all = alone || s->target[line] != NULL,
		    .boxed = changed && marks != KT_MARKS_SINGLE,
		    .quiet = changed && marks == KT_MARKS_TARGETS,
		    .from = line,
		    .to = line + 1 };
	b->table->marks.boxes |= changed && marks != KT_MARKS_SINGLE;
	b->table->marks.words |= changed && marks != KT_MARKS_TARGETS;
}

/* One more row left out: the sign of the one before stands for it too. */
static void
item_omitted(
    const struct table_builder *b, struct rows *r, int side, size_t line)
{
	struct grid_item *before = &r->items[side][r->n[side]];

	if (r->n[side] > 0 && before[-1].row == NULL &&
	    before[-1].says == KT_SAYS_OMITTED && before[-1].to == line) {
		before[-1].to++;
		return;
	}
	*before = (struct grid_item){ .sign = b->table->profile->omitted,
		.says = KT_SAYS_OMITTED,
		.from = line,
		.to = line + 1 };
	r->n[side]++;
}

static void
item_remark(const struct table_builder *b, struct rows *r, int side)
{
	r->items[side][r->n[side]++] =
	    (struct grid_item){ .sign = side == SIDE_OLD
					    ? b->table->profile->added
					    : b->table->profile->deleted,
		    .says = KT_SAYS_REMARK };
}

static void
add_items(const struct table_builder *b, struct rows *r, bool fold)
{
	for (size_t i = r->begin; i < r->end; i++) {
		const size_t *line = b->match.steps[i].line;
		bool both =
		    line[SIDE_OLD] != NO_LINE && line[SIDE_NEW] != NO_LINE;

		for (int side = 0; side < SIDES; side++) {
			const struct table_side *s = &b->match.side[side];

			if (line[side] == NO_LINE && fold)
				item_remark(b, r, side);
			else if (line[side] == NO_LINE)
				continue;
			else if (fold && both && s->differs[line[side]] == 0 &&
				 !s->lines.at[line[side]].node->header)
				item_omitted(b, r, side, line[side]);
			else
				item_row(b, r, side, line[side]);
		}
	}
}

static bool
has_lines(const struct table_builder *b, const struct rows *r, int side)
{
	for (size_t i = r->begin; i < r->end; i++)
		if (b->match.steps[i].line[side] != NO_LINE)
			return true;
	return false;
}

static bool
is_tall(const struct rows *r)
{
	for (int side = 0; side < SIDES; side++)
		if (r->table[side] != NULL &&
		    grid_has_tall_cells(r->table[side]))
			return true;
	return false;
}

/* Columns of the same table get the same width on both sides. */
static void
level_widths(struct kt_grid *a, struct kt_grid *b)
{
	unsigned rest = 1000;

	if (a == NULL || b == NULL || a->columns != b->columns)
		return;
	for (unsigned i = 0; i < a->columns; i++) {
		unsigned share = i + 1 == a->columns
				     ? rest
				     : (a->share[i] + b->share[i]) / 2;

		a->share[i] = b->share[i] = share;
		rest -= share;
	}
}

/* What the third column says beside rows on both sides. */
static void
put_remarks(
    struct table_builder *b, struct kt_table_row *row, const struct rows *r)
{
	for (int side = SIDE_NEW; side >= SIDE_OLD; side--)
		for (size_t i = r->begin; i < r->end; i++) {
			size_t line = b->match.steps[i].line[side];

			if (line == NO_LINE ||
			    (b->match.side[side].answer[line] != NO_LINE &&
				b->match.side[side].differs[line] == 0))
				continue;
			table_biko_put(
			    b, row, SHOWS_CHANGE, side, line, line + 1);
		}
}

void
table_put_rows(struct table_builder *b)
{
	struct kt_table_row *row = table_add_row(b);
	bool has[SIDES];
	struct rows r;

	find_rows(b, &r);
	for (int side = 0; side < SIDES; side++) {
		has[side] = has_lines(b, &r, side);
		r.items[side] =
		    kt_calloc(r.end - r.begin + 1, sizeof(struct grid_item));
		b->source[side].target = NULL;
		b->source[side].bare = b->source[side].box_caption = false;
	}
	add_items(b, &r, has[SIDE_OLD] && has[SIDE_NEW] && !is_tall(&r));
	for (int side = 0; side < SIDES; side++) {
		if (has[side])
			row->cell[b->column[side]].grid = grid_new(
			    r.items[side], r.n[side], &b->source[side]);
		free(r.items[side]);
	}
	level_widths(row->cell[b->column[SIDE_OLD]].grid,
	    row->cell[b->column[SIDE_NEW]].grid);
	for (int side = 0; side < SIDES; side++)
		if (has[side] && !has[1 - side])
			table_put_other(
			    b, row, side, b->match.steps[r.begin].line[side]);
	if (has[SIDE_OLD] && has[SIDE_NEW])
		put_remarks(b, row, &r);
	b->table->changed++;
	b->step = r.end;
}
