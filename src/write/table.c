/* SPDX-License-Identifier: MIT */
/*
 * 新旧対照表 as rows of cells, without a format: houses differ by a table of
 * constants.  comparison-table.md §3 to §5.
 */
#include "table_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- building -------------------------------------------------------- */

struct kt_table_row *
table_add_row(struct table_builder *b)
{
	struct kt_table *t = b->table;

	KT_GROW(t->rows, t->nrows, b->rows_cap);
	t->rows[t->nrows] = (struct kt_table_row){ .with_next = false };
	return &t->rows[t->nrows++];
}

static struct kt_text_line *
only_line(struct table_builder *b, struct kt_table_row *row, unsigned column)
{
	struct kt_table_cell *cell = &row->cell[column];

	cell->lines = KT_NEW(b->table->arena, struct kt_text_line);
	cell->nlines = 1;
	return cell->lines;
}

void
table_put_remark(struct table_builder *b, struct kt_table_row *row,
    unsigned column, const char *words)
{
	struct kt_text_line *line = only_line(b, row, column);

	line->says = KT_SAYS_REMARK;
	line->style = KT_LINE_TEXT;
	line_sign(line, b->table->arena, words);
}

/* ---- marks ----------------------------------------------------------- */

/* What the sentence above the table will have to speak of. */
static void
count_target(struct table_builder *b, int side, const struct kt_node *target)
{
	struct kt_table_marks *m = &b->table->marks;

	switch (table_target_kind(&b->match, side, target)) {
	case TARGET_ADDED:
		if (side == SIDE_NEW)
			m->added = true;
		else
			m->deleted = true;
		break;
	case TARGET_MOVED:
		m->moved = true;
		break;
	case TARGET_REWRITTEN:
		m->rewritten = true;
		break;
	case TARGET_NONE:
		break;
	}
}

static bool
is_uneven(const struct table_builder *b, int side, size_t at)
{
	size_t other = b->match.side[side].answer[at];

	return b->table->profile->enacting &&
	       (side == SIDE_NEW ? table_is_uneven(&b->match, other, at)
				 : table_is_uneven(&b->match, at, other));
}

/* How the words of a line are marked. */
static void
set_source(struct table_builder *b, int side, size_t at)
{
	struct run_source *source = &b->source[side];
	const struct table_side *s = &b->match.side[side];
	const struct doc_line *l = &s->lines.at[at];
	const struct kt_node *target = s->target[at];
	struct kt_table_marks *marks = &b->table->marks;

	source->target = target;
	source->bare = table_is_bare(s, at);
	source->box = table_is_boxed(&b->match, side, at, &source->box_caption);
	source->all = target != NULL || s->answer[at] == NO_LINE ||
		      is_uneven(b, side, at);
	marks->boxes |= source->box || source->box_caption;
	if (target != NULL) {
		marks->bare |= source->bare;
		if (table_shows_target(s, at))
			count_target(b, side, target);
	} else if (s->differs[at] != 0 && !source->box) {
		marks->title |= l->style == KT_LINE_TITLE;
		marks->words = true;
	}
	/* Without 対象規定 what is added or deleted is words. */
	marks->words |= source->all && !source->box && target == NULL &&
			b->table->profile->marks != KT_MARKS_TARGETS;
}

/* ---- lines ----------------------------------------------------------- */

static void
put_line(struct table_builder *b, struct kt_table_row *row, int side, size_t at)
{
	const struct table_side *s = &b->match.side[side];
	const struct doc_line *from = &s->lines.at[at];
	struct kt_text_line *line = only_line(b, row, b->column[side]);

	set_source(b, side, at);
	line_shape(line, from);
	line->says = KT_SAYS_WORDS;
	line->from = at;
	line->to = at + 1;
	line_runs(line, &s->lines, from, &b->source[side]);
	row->with_next |= from->part == PART_CAPTION ||
			  kt_kind_is_division(from->owner->kind);
}

/* Marks for the names in a fold, and what they say of the table. */
static unsigned
fold_marks(struct table_builder *b, int side, const struct table_fold *fold,
    size_t head, bool changed)
{
	const struct table_side *s = &b->match.side[side];

	if (!table_shows_target(s, head)) {
		b->table->marks.words |= changed && s->target[head] == NULL;
		return changed ? KT_RUN_CHANGED : 0;
	}
	for (size_t i = fold->begin; i < fold->end; i++)
		if (table_shows_target(s, i))
			count_target(b, side, s->target[i]);
	return KT_RUN_CHANGED | KT_RUN_TARGET;
}

static void
add_run(struct table_builder *b, struct kt_text_line *line, const char *words,
    unsigned marks)
{
	if (words[0] == '\0')
		return;
	line->runs[line->nruns++] =
	    (struct kt_run){ .text = kt_arena_strdup(b->table->arena, words),
		    .len = (uint32_t)strlen(words),
		    .marks = marks,
		    .ruby = "",
		    .link = "" };
}

/* Names of clauses that were left out, and （略）. */
static void
put_fold(struct table_builder *b, struct kt_table_row *row, int side,
    const struct table_fold *fold, bool changed)
{
	const struct table_side *s = &b->match.side[side];
	struct kt_text_line *line = only_line(b, row, b->column[side]);
	size_t head = fold->begin;
	struct kt_buf words = KT_BUF_INIT;
	unsigned marks;
	bool named;

	head += s->lines.at[head].part == PART_CAPTION;
	line_shape(line, &s->lines.at[head]);
	line->picture = NULL;
	line->says = KT_SAYS_OMITTED;
	line->from = fold->begin;
	line->to = fold->end;
	line->runs = KT_NEWN(b->table->arena, struct kt_run, 4);
	table_fold_words(&words, b->table->profile, s, fold);
	named = words.len > 0;
	marks = fold_marks(b, side, fold, head, changed);
	if (table_is_bare(s, head)) {
		b->table->marks.bare = true;
		add_run(b, line, words.p, 0);
		if (named)
			add_run(b, line, "　", KT_RUN_NOTE | KT_RUN_SIGN);
		line_bare_sign(&line->runs[line->nruns++], b->table->arena,
		    s->target[head]);
		if (!named)
			add_run(b, line, "　", KT_RUN_NOTE | KT_RUN_SIGN);
	} else {
		add_run(b, line, words.p, marks);
	}
	kt_buf_clear(&words);
	kt_buf_printf(
	    &words, "%s%s", named ? "　" : "", b->table->profile->omitted);
	add_run(b, line, words.p, KT_RUN_SIGN);
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
put_moved(struct table_builder *b, struct kt_table_row *row, int side,
    const struct kt_node *node)
{
	const struct kt_profile *p = b->table->profile;
	const char *form = side == SIDE_NEW ? p->moved_from : p->moved_to;
	size_t head = strcspn(form, "%");
	const struct table_side *s = &b->match.side[side];
	struct kt_buf words = KT_BUF_INIT;

	if (form[head] == '\0')
		return;
	kt_buf_put(&words, form, head);
	put_place(&words, b->match.side[1 - side].doc, s->peer[node->id]);
	kt_buf_puts(&words, form + head + 2);
	table_put_remark(b, row, b->column[1 - side], words.p);
	kt_buf_release(&words);
}

/* The largest clause that stands alone like the line. */
static const struct kt_node *
lonely(const struct table_builder *b, int side, size_t line)
{
	const struct table_side *s = &b->match.side[side];
	bool moved = s->answer[line] != NO_LINE;
	const struct kt_node *top = NULL;

	for (const struct kt_node *at = s->lines.at[line].owner;
	     at != NULL && at->kind != KT_DOC; at = at->parent)
		if (moved ? table_has_moved(s, at) : table_is_alone(s, at))
			top = at;
	return top;
}

void
table_put_other(
    struct table_builder *b, struct kt_table_row *row, int side, size_t line)
{
	const struct table_side *s = &b->match.side[side];
	bool moved = s->answer[line] != NO_LINE;
	const struct kt_node *top = s->target[line];
	const char *sign;

	/* Of a 対象規定 that stays, what is new or gone is a part. */
	if (top != NULL && !moved &&
	    table_target_kind(&b->match, side, top) != TARGET_ADDED)
		return;
	if (top == NULL || moved)
		top = lonely(b, side, line);
	if (top == NULL || !table_begins(s, top, line))
		return;
	if (moved) {
		put_moved(b, row, side, top);
		table_biko_put(b, row, SHOWS_MOVED, side, line, line + 1);
		return;
	}
	sign = side == SIDE_NEW ? b->table->profile->added
				: b->table->profile->deleted;
	if (sign[0] != '\0')
		table_put_remark(b, row, b->column[1 - side], sign);
	table_biko_put(b, row, side == SIDE_NEW ? SHOWS_ADDED : SHOWS_DELETED,
	    side, line, s->behind[top->id]);
}

/* ---- the rows -------------------------------------------------------- */

/* Are the next steps those of the fold, and of nothing else? */
static bool
fits(const struct table_builder *b, int side, const struct table_fold *fold,
    bool both)
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

/* An enacting table shows only what changes and where that is: inside a 条
 * its other 項, of the rest nothing. */
static bool
is_unseen(const struct table_builder *b, const struct doc_line *line,
    const struct table_fold *fold)
{
	if (!b->table->profile->enacting || fold->from == NULL)
		return b->table->profile->enacting &&
		       (line->style == KT_LINE_TITLE ||
			   line->style == KT_LINE_TOC);
	switch (fold->from->kind) {
	case KT_PARAGRAPH:
		return fold->from->parent->kind != KT_ARTICLE &&
		       fold->from->parent->kind != KT_SUPPL;
	case KT_ITEM:
	case KT_HEADED:
	case KT_BULLET:
	case KT_NOTE:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
		return false;
	case KT_TEXT:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_KINDS:
		break;
	}
	return true;
}

/* A stretch that is left out; false when the step must be shown. */
static bool
put_folded(struct table_builder *b, int side, bool both)
{
	size_t line = b->match.steps[b->step].line[side];
	const struct table_side *s = &b->match.side[side];
	struct table_fold fold, other;
	struct kt_table_row *row;
	bool changed;

	if (!table_fold(&fold, &b->match, side, line) ||
	    !fits(b, side, &fold, both))
		return false;
	changed = is_relabelled(s, &fold);
	row = table_add_row(b);
	put_fold(b, row, side, &fold, changed);
	if (both) {
		table_fold_other(&other, &b->match, side, &fold);
		put_fold(b, row, 1 - side, &other, changed);
		changed |= s->beside[line];
		row->hidden = !changed && s->target[line] == NULL &&
			      is_unseen(b, &s->lines.at[line], &fold);
		if (changed)
			table_biko_put(b, row,
			    s->beside[line] ? SHOWS_MOVED : SHOWS_NUMBER, side,
			    fold.begin, fold.end);
	} else {
		table_put_other(b, row, side, line);
	}
	b->table->changed += changed || !both;
	b->step += fold.end - fold.begin;
	return true;
}

/* Of what kind is the change of two lines beside each other? */
static enum table_shows
shows(const struct table_side *s, size_t line)
{
	if (s->beside[line])
		return SHOWS_MOVED;
	return s->differs[line] == DIFF_LABEL ? SHOWS_NUMBER : SHOWS_CHANGE;
}

static void
put_step(struct table_builder *b)
{
	const struct table_step *step = &b->match.steps[b->step];
	bool both =
	    step->line[SIDE_OLD] != NO_LINE && step->line[SIDE_NEW] != NO_LINE;
	int side = step->line[SIDE_NEW] != NO_LINE ? SIDE_NEW : SIDE_OLD;
	const struct table_side *s = &b->match.side[side];
	size_t line = step->line[side];
	struct kt_table_row *row;
	bool changed;

	if (put_folded(b, side, both))
		return;
	if (s->lines.at[line].style == KT_LINE_ROW) {
		table_put_rows(b);
		return;
	}
	changed = !both || s->differs[line] != 0 || s->beside[line];
	row = table_add_row(b);
	put_line(b, row, side, line);
	if (both) {
		put_line(b, row, 1 - side, step->line[1 - side]);
		row->hidden = !changed && b->table->profile->enacting &&
			      s->lines.at[line].style == KT_LINE_TITLE;
		if (changed)
			table_biko_put(
			    b, row, shows(s, line), side, line, line + 1);
	} else {
		table_put_other(b, row, side, line);
	}
	b->table->changed += changed;
	b->step++;
}

/* Does the line begin a 条, or something that stands as one does? */
static bool
begins_block(const struct table_side *s, size_t line)
{
	const struct doc_line *l = &s->lines.at[line];

	if (l->owner->parent == NULL ||
	    (l->part == PART_HEAD && l->owner->kind == KT_ARTICLE &&
		l->owner->caption[0] != '\0'))
		return false;
	return kt_kind_is_division(l->owner->kind) ||
	       l->owner->kind == KT_ARTICLE || l->owner->kind == KT_SUPPL ||
	       l->owner->kind == KT_APPENDIX || l->owner->kind == KT_HEADED ||
	       l->owner->kind == KT_TOPIC;
}

static void
put_steps(struct table_builder *b)
{
	while (b->step < b->match.nsteps) {
		const size_t *line = b->match.steps[b->step].line;
		size_t row = b->table->nrows;
		bool begins = false;

		for (int side = 0; side < SIDES; side++)
			begins |=
			    line[side] != NO_LINE &&
			    begins_block(&b->match.side[side], line[side]);
		put_step(b);
		b->table->rows[row].begins = begins;
	}
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
	struct table_builder b = { .reasons = how->reasons };
	struct kt_table *t = kt_calloc(1, sizeof(*t));
	int rc;

	b.table = t;
	t->arena = kt_arena_new();
	t->profile =
	    how->profile != NULL ? how->profile : kt_profile_find(NULL);
	t->title = title_of(t, list, how);
	t->new_column = t->profile->old_first ? 1 : 0;
	t->old_column = 1 - t->new_column;
	table_match(&b.match, list, how);
	for (int side = 0; side < SIDES; side++) {
		b.source[side] = (struct run_source){ .arena = t->arena,
			.changed = &b.match.side[side].changed,
			.pictures = b.match.side[side].lines.pictures,
			.named = true };
		b.column[side] =
		    side == SIDE_NEW ? t->new_column : t->old_column;
	}
	rc = table_biko_begin(&b, how, d);
	if (rc == KT_OK) {
		put_steps(&b);
		rc = table_biko_end(&b, d);
	}
	table_match_release(&b.match);
	if (rc == KT_OK)
		*out = t;
	else
		kt_table_free(t);
	return rc;
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
