/* SPDX-License-Identifier: MIT */
/* Both documents as what is printed of them: lines, and tables on grids; and
 * what anybody must read there. */
#include "redline_int.h"

const struct kt_node *
red_table(const struct table_side *s, size_t line)
{
	if (line == NO_LINE || s->lines.at[line].style != KT_LINE_ROW)
		return NULL;
	return s->lines.at[line].node->parent;
}

const struct kt_grid *
red_grid(struct red_sides *s, int side, const struct kt_node *table)
{
	struct kt_grid **at = &s->grids[side][table->id];

	if (*at == NULL)
		*at = grid_of_table(
		    table, s->m.side[side].first[table->id], &s->source[side]);
	return *at;
}

const struct kt_grid_row *
red_grid_row(struct red_sides *s, int side, size_t line)
{
	const struct table_side *t = &s->m.side[side];
	const struct kt_node *table = red_table(t, line);

	if (table == NULL)
		return NULL;
	return &red_grid(s, side, table)->rows[line - t->first[table->id]];
}

void
red_sides_begin(struct red_sides *s, const struct kt_changes *list,
    const struct kt_redline *how)
{
	*s = (struct red_sides){ .doc = { list->old, list->new },
		.arena = kt_arena_new() };
	table_match(&s->m, list,
	    &(struct kt_table_how){
		.without_commentary = how->without_commentary,
		.old_pictures = how->old_pictures,
		.new_pictures = how->new_pictures });
	if (how->fold_numbers)
		red_fold_labels(&s->m, s->arena);
	for (int side = 0; side < SIDES; side++) {
		s->grids[side] =
		    KT_NEWN(s->arena, struct kt_grid *, s->doc[side]->count);
		s->source[side] = (struct run_source){ .arena = s->arena,
			.changed = &s->m.side[side].changed,
			.pictures = s->m.side[side].lines.pictures,
			.named = true };
	}
}

void
red_sides_release(struct red_sides *s)
{
	table_match_release(&s->m);
	kt_arena_free(s->arena);
}

/* ---- what must be read --------------------------------------------------- */

static void
want_number(struct kt_buf *want, const struct kt_doc *doc)
{
	if (doc->meta.number[0] == '\0')
		return;
	kt_buf_puts(want, doc->meta.number);
	kt_buf_putc(want, '\n');
}

static void
want_cell(struct kt_buf *want, const struct kt_grid_cell *cell)
{
	kt_buf_putc(want, RED_CELL_SIGN);
	for (size_t i = 0; i < cell->nlines; i++) {
		const struct kt_text_line *line = &cell->lines[i];

		if (line->picture != NULL && docx_has_words(line))
			kt_buf_putc(want, '\n');

		for (size_t k = 0; k < line->nruns; k++)
			kt_buf_put(want, line->runs[k].text, line->runs[k].len);
		kt_buf_putc(want, '\n');
	}
	if (cell->nlines == 0)
		kt_buf_putc(want, '\n');
}

static void
want_grid(struct kt_buf *want, const struct kt_grid *grid)
{
	for (size_t i = 0; i < grid->nrows; i++) {
		kt_buf_putc(want, RED_ROW_SIGN);
		for (size_t k = 0; k < grid->rows[i].ncells; k++)
			want_cell(want, &grid->rows[i].cells[k]);
	}
	/* The empty paragraph behind every table. */
	kt_buf_putc(want, '\n');
}

void
red_want(struct kt_buf *want, struct red_sides *s, int side)
{
	const struct table_side *t = &s->m.side[side];
	bool titled = false;

	for (size_t i = 0; i < t->lines.n; i++) {
		const struct kt_node *table = red_table(t, i);

		if (t->lines.at[i].style != KT_LINE_TITLE && !titled) {
			titled = true;
			want_number(want, s->doc[side]);
		}
		if (table == NULL) {
			if (t->lines.at[i].picture != NULL &&
			    t->lines.at[i].npieces > 0)
				kt_buf_putc(want, '\n');
			doc_line_words(want, &t->lines, &t->lines.at[i]);
			kt_buf_putc(want, '\n');
		} else if (i + 1 == t->lines.n ||
			   red_table(t, i + 1) != table) {
			want_grid(want, red_grid(s, side, table));
		}
	}
	if (!titled)
		want_number(want, s->doc[side]);
}
