/* SPDX-License-Identifier: MIT */
/*
 * 新旧対照表 as rows of cells, without a format: houses differ by a table of
 * constants.  comparison-table.md §3 to §5.
 */
#include "table_int.h"

#include <stdlib.h>
#include <string.h>

static const struct kt_profile profiles[] = {
	{ .name = "shi-hyojun",
	    .columns = 2,
	    .head_new = "改正案",
	    .head_old = "現行",
	    .added = "（新設）",
	    .deleted = "（削る）",
	    .omitted = "（略）",
	    .moved_from = "（%sから移動）",
	    .moved_to = "（%sへ移動）",
	    .two = "・",
	    .more = "～",
	    .note = "（傍線部分は改正部分）" },
	{ .name = "kyu-hidari",
	    .old_left = true,
	    .columns = 2,
	    .head_new = "改正案",
	    .head_old = "現行",
	    .added = "（新設）",
	    .deleted = "（削る）",
	    .omitted = "（略）",
	    .moved_from = "（%sから移動）",
	    .moved_to = "（%sへ移動）",
	    .two = "・",
	    .more = "～",
	    .note = "（傍線部分は改正部分）" },
	{ .name = "three-column",
	    .columns = 3,
	    .head_new = "新",
	    .head_old = "旧",
	    .head_remarks = "備考",
	    .added = "（新設）",
	    .deleted = "（削除）",
	    .omitted = "（略）",
	    .moved_from = "（%sから移動）",
	    .moved_to = "（%sへ移動）",
	    .two = "・",
	    .more = "～",
	    .note = "（傍線部分は改正部分）" },
};

const struct kt_profile *
kt_profile_find(const char *name)
{
	if (name == NULL)
		return &profiles[0];
	for (size_t i = 0; i < KT_COUNT(profiles); i++)
		if (strcmp(profiles[i].name, name) == 0)
			return &profiles[i];
	return NULL;
}

const char *
kt_profile_name(size_t i)
{
	return i < KT_COUNT(profiles) ? profiles[i].name : NULL;
}

/* ---- building -------------------------------------------------------- */

struct builder {
	struct kt_table *table;
	struct table_match match;
	struct run_source source[SIDES];
	unsigned column[SIDES];
	size_t rows_cap;
	size_t step;
};

static struct kt_table_row *
add_row(struct builder *b)
{
	struct kt_table *t = b->table;

	KT_GROW(t->rows, t->nrows, b->rows_cap);
	t->rows[t->nrows] = (struct kt_table_row){ .with_next = false };
	return &t->rows[t->nrows++];
}

static struct kt_line *
only_line(struct builder *b, struct kt_table_row *row, unsigned column)
{
	struct kt_table_cell *cell = &row->cell[column];

	cell->lines = KT_NEW(b->table->arena, struct kt_line);
	cell->nlines = 1;
	return cell->lines;
}

static void
put_remark(struct builder *b, struct kt_table_row *row, unsigned column,
    const char *words)
{
	struct kt_line *line = only_line(b, row, column);

	line->says = KT_SAYS_REMARK;
	line->style = KT_LINE_TEXT;
	line_sign(line, b->table->arena, words);
}

/* The third column says in a word what happened. */
static void
put_kind(struct builder *b, struct kt_table_row *row, const char *word)
{
	if (b->table->profile->columns > 2)
		put_remark(b, row, KT_TABLE_COLUMNS - 1, word);
}

static void
put_line(struct builder *b, struct kt_table_row *row, int side, size_t at)
{
	const struct table_side *s = &b->match.side[side];
	const struct doc_line *from = &s->lines.at[at];
	struct kt_line *line = only_line(b, row, b->column[side]);

	b->source[side].all = s->answer[at] == NO_LINE;
	line_shape(line, from);
	line->says = KT_SAYS_WORDS;
	line->from = at;
	line->to = at + 1;
	line_runs(line, &s->lines, from, &b->source[side]);
	row->with_next |= from->part == PART_CAPTION ||
			  kt_kind_is_division(from->owner->kind);
}

/* Names of clauses that were left out, and （略）. */
static void
put_fold(struct builder *b, struct kt_table_row *row, int side,
    const struct table_fold *fold, bool changed)
{
	const struct table_side *s = &b->match.side[side];
	struct kt_line *line = only_line(b, row, b->column[side]);
	size_t head = fold->begin;
	struct kt_buf words = KT_BUF_INIT;

	head += s->lines.at[head].part == PART_CAPTION;
	line_shape(line, &s->lines.at[head]);
	line->says = KT_SAYS_OMITTED;
	line->from = fold->begin;
	line->to = fold->end;
	table_fold_words(&words, b->table->profile, s, fold);
	line->runs = KT_NEWN(b->table->arena, struct kt_run, 2);
	if (words.len > 0) {
		line->runs[line->nruns++] = (struct kt_run){
			.text = kt_arena_strdup(b->table->arena, words.p),
			.len = (uint32_t)words.len,
			.marks = changed ? KT_RUN_CHANGED : 0,
			.ruby = "",
			.link = ""
		};
		kt_buf_clear(&words);
		kt_buf_puts(&words, "　");
	}
	kt_buf_puts(&words, b->table->profile->omitted);
	line->runs[line->nruns++] =
	    (struct kt_run){ .text = kt_arena_strdup(b->table->arena, words.p),
		    .len = (uint32_t)words.len,
		    .marks = KT_RUN_SIGN,
		    .ruby = "",
		    .link = "" };
	kt_buf_release(&words);
}

/* ---- remarks --------------------------------------------------------- */

/* The clause as its own document names it, 項番7(5) and 第二十七条 alike. */
static void
put_place(
    struct kt_buf *out, const struct kt_doc *doc, const struct kt_node *node)
{
	bool named = node->kind == KT_ARTICLE || node->kind == KT_APPENDIX ||
		     kt_kind_is_division(node->kind);

	if (named && node->label[0] != '\0') {
		kt_buf_puts(out, node->label);
		return;
	}
	if (node->kind == KT_HEADED)
		kt_buf_puts(out, "項番");
	kt_addr_write(out, doc, node);
}

static void
put_moved(struct builder *b, struct kt_table_row *row, int side,
    const struct kt_node *node)
{
	const struct kt_profile *p = b->table->profile;
	const char *form = side == SIDE_NEW ? p->moved_from : p->moved_to;
	size_t head = strcspn(form, "%");
	const struct table_side *s = &b->match.side[side];
	struct kt_buf words = KT_BUF_INIT;

	kt_buf_put(&words, form, head);
	put_place(&words, b->match.side[1 - side].doc, s->peer[node->id]);
	kt_buf_puts(&words, form + head + 2);
	put_remark(b, row, b->column[1 - side], words.p);
	kt_buf_release(&words);
	put_kind(b, row, "移動");
}

/* What the other column says beside a line that stands alone: at the first
 * line of the largest clause that does. */
static void
put_other(struct builder *b, struct kt_table_row *row, int side, size_t line)
{
	const struct table_side *s = &b->match.side[side];
	bool moved = s->answer[line] != NO_LINE;
	const struct kt_node *top = NULL;

	for (const struct kt_node *at = s->lines.at[line].owner;
	     at != NULL && at->kind != KT_DOC; at = at->parent)
		if (moved ? table_has_moved(s, at) : table_is_alone(s, at))
			top = at;
	if (top == NULL || !table_begins(s, top, line))
		return;
	if (moved) {
		put_moved(b, row, side, top);
		return;
	}
	put_remark(b, row, b->column[1 - side],
	    side == SIDE_NEW ? b->table->profile->added
			     : b->table->profile->deleted);
	put_kind(b, row, side == SIDE_NEW ? "追加" : "削除");
}

/* ---- rows of tables -------------------------------------------------- */

/* The rows of one table on each side that stand side by side. */
struct rows {
	const struct kt_node *table[SIDES]; /* or NULL */
	size_t begin, end; /* steps */
	struct grid_item *items[SIDES];
	size_t n[SIDES];
};

static bool
belongs(const struct builder *b, const struct rows *r, size_t step)
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
find_rows(const struct builder *b, struct rows *r)
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
item_row(const struct builder *b, struct rows *r, int side, size_t line)
{
	const struct table_side *s = &b->match.side[side];

	r->items[side][r->n[side]++] =
	    (struct grid_item){ .row = s->lines.at[line].node,
		    .all = s->answer[line] == NO_LINE,
		    .from = line,
		    .to = line + 1 };
}

/* One more row left out: the sign of the one before stands for it too. */
static void
item_omitted(const struct builder *b, struct rows *r, int side, size_t line)
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
item_remark(const struct builder *b, struct rows *r, int side)
{
	r->items[side][r->n[side]++] =
	    (struct grid_item){ .sign = side == SIDE_OLD
					    ? b->table->profile->added
					    : b->table->profile->deleted,
		    .says = KT_SAYS_REMARK };
}

static void
add_items(const struct builder *b, struct rows *r, bool fold)
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
has_lines(const struct builder *b, const struct rows *r, int side)
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

static void
put_rows(struct builder *b)
{
	struct kt_table_row *row = add_row(b);
	bool has[SIDES];
	struct rows r;

	find_rows(b, &r);
	for (int side = 0; side < SIDES; side++) {
		has[side] = has_lines(b, &r, side);
		r.items[side] =
		    kt_calloc(r.end - r.begin + 1, sizeof(struct grid_item));
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
			put_other(
			    b, row, side, b->match.steps[r.begin].line[side]);
	if (has[SIDE_OLD] && has[SIDE_NEW])
		put_kind(b, row, "変更");
	b->table->changed++;
	b->step = r.end;
}

/* ---- the rows -------------------------------------------------------- */

/* Are the next steps those of the fold, and of nothing else? */
static bool
fits(
    const struct builder *b, int side, const struct table_fold *fold, bool both)
{
	for (size_t i = fold->begin; i < fold->end; i++) {
		size_t at = b->step + (i - fold->begin);
		const size_t *line;

		if (at >= b->match.nsteps)
			return false;
		line = b->match.steps[at].line;
		if (line[side] != i || (line[1 - side] != NO_LINE) != both)
			return false;
	}
	return true;
}

static bool
is_relabelled(const struct table_side *s, const struct table_fold *fold)
{
	return s->labels[fold->end] > s->labels[fold->begin];
}

/* A stretch that is left out; false when the step must be shown. */
static bool
put_folded(struct builder *b, int side, bool both)
{
	size_t line = b->match.steps[b->step].line[side];
	struct table_fold fold, other;
	struct kt_table_row *row;
	bool changed;

	if (!table_fold(&fold, &b->match, side, line) ||
	    !fits(b, side, &fold, both))
		return false;
	changed = is_relabelled(&b->match.side[side], &fold);
	row = add_row(b);
	put_fold(b, row, side, &fold, changed);
	if (both) {
		table_fold_other(&other, &b->match, side, &fold);
		put_fold(b, row, 1 - side, &other, changed);
		if (changed)
			put_kind(b, row, "番号");
	} else {
		put_other(b, row, side, line);
	}
	b->table->changed += changed || !both;
	b->step += fold.end - fold.begin;
	return true;
}

static void
put_step(struct builder *b)
{
	const struct table_step *step = &b->match.steps[b->step];
	bool both =
	    step->line[SIDE_OLD] != NO_LINE && step->line[SIDE_NEW] != NO_LINE;
	int side = step->line[SIDE_NEW] != NO_LINE ? SIDE_NEW : SIDE_OLD;
	const struct table_side *s = &b->match.side[side];
	struct kt_table_row *row;

	if (put_folded(b, side, both))
		return;
	if (s->lines.at[step->line[side]].style == KT_LINE_ROW) {
		put_rows(b);
		return;
	}
	row = add_row(b);
	put_line(b, row, side, step->line[side]);
	if (both)
		put_line(b, row, 1 - side, step->line[1 - side]);
	else
		put_other(b, row, side, step->line[side]);
	if (both && s->differs[step->line[side]] != 0)
		put_kind(b, row,
		    s->differs[step->line[side]] == DIFF_LABEL ? "番号"
							       : "変更");
	b->table->changed += !both || s->differs[step->line[side]] != 0;
	b->step++;
}

static const char *
title_of(const struct kt_table *t, const struct kt_changes *list,
    const struct kt_table_how *how)
{
	const char *name = list->new->root->caption;

	if (how->title != NULL && how->title[0] != '\0')
		return kt_arena_strdup(t->arena, how->title);
	if (name[0] == '\0')
		name = list->new->meta.title;
	return kt_arena_printf(
	    t->arena, "%s%s新旧対照表", name, name[0] == '\0' ? "" : "　");
}

int
kt_table_new(struct kt_table **out, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d)
{
	const struct kt_profile *profile = kt_profile_find(how->profile);
	struct builder b = { .table = NULL };
	struct kt_table *t;

	if (profile == NULL)
		return kt_report(
		    d, .id = KT_M_TABLE_PROFILE, .a = how->profile);
	b.table = t = kt_calloc(1, sizeof(*t));
	t->arena = kt_arena_new();
	t->profile = profile;
	t->title = title_of(t, list, how);
	t->new_column = profile->old_left ? 1 : 0;
	t->old_column = 1 - t->new_column;
	table_match(&b.match, list, !how->without_commentary);
	for (int side = 0; side < SIDES; side++) {
		b.source[side] = (struct run_source){ .arena = t->arena,
			.changed = &b.match.side[side].changed };
		b.column[side] =
		    side == SIDE_NEW ? t->new_column : t->old_column;
	}
	while (b.step < b.match.nsteps)
		put_step(&b);
	table_match_release(&b.match);
	*out = t;
	return KT_OK;
}

void
kt_table_free(struct kt_table *table)
{
	if (table == NULL)
		return;
	free(table->rows);
	kt_arena_free(table->arena);
	free(table);
}
