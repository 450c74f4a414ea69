/* SPDX-License-Identifier: MIT */
/*
 * The redline: the new text laid out as the 溶け込み版, with tracked changes
 * against the old one.  Lines answer to each other as in 新旧対照表; here they
 * run down one page.
 */
#include "redline_int.h"

#include <stdlib.h>
#include <string.h>

/*
 * Words added at the end of a clause, and a clause added behind it, are one
 * change: 「…する。［ただし、…ない。¶２　…］¶」.  The end of the paragraph is
 * new then, and that of the last one is the one there was; as Word itself
 * writes it, and as others need it, who take two changes for one when only
 * the end of a paragraph is between them.  The same with what is deleted.
 */
struct carry {
	enum red_op op; /* KEPT: nothing */
	struct kt_text_line old, new; /* shape of the clause */
	int outline;
};

struct redline {
	struct red_writer w;
	struct red_sides s;
	struct red_order order;
	struct red_joins joins;
	struct docx_outline outline;
	const char **marks; /* bookmarks by id of the new text */
	const char **pending; /* of the paragraph at hand */
	size_t next; /* id of the first node without its bookmark */
	bool titled, appendix;
	/* Of the last paragraph: what happens to its end, and the change that
	 * its words end in, where that end is kept. */
	enum red_op last, tail;
	struct carry carry;
};

/* ---- paragraphs ---------------------------------------------------------- */

static const char *
mark_of(void *of, const struct kt_node *to)
{
	const struct redline *r = of;

	return to == NULL ? "" : r->marks[to->id];
}

/* The bookmarks of all clauses before node `end` that have none yet. */
static void
take_marks(struct redline *r, struct docx_extra *extra, size_t end)
{
	extra->marks = r->pending;
	extra->nmarks = 0;
	for (; r->next < end; r->next++)
		if (r->marks[r->next][0] != '\0')
			r->pending[extra->nmarks++] = r->marks[r->next];
}

static void
put_paragraph(struct redline *r, const struct red_paragraph *p)
{
	bool ends = p->mark == RED_KEPT && p->runs->n > 0;

	red_paragraph(&r->w, p);
	r->last = p->mark;
	r->tail = ends ? p->runs->at[p->runs->n - 1].op : RED_KEPT;
}

static struct kt_run
run_of(const char *words)
{
	return (struct kt_run){ .text = words,
		.len = (uint32_t)strlen(words),
		.ruby = "",
		.link = "" };
}

/* An empty paragraph in a style; it may carry the last bookmarks. */
static void
put_empty(struct redline *r, enum red_op mark, struct docx_extra *extra,
    const char *const code[SIDES])
{
	struct kt_text_line line = { .says = KT_SAYS_WORDS };
	struct red_runs none = { 0 };

	extra->style = "Hyomatsu";
	put_paragraph(r, &(struct red_paragraph){ .line = &line,
			     .extra = extra,
			     .mark = mark,
			     .runs = &none,
			     .code = { code[SIDE_OLD], code[SIDE_NEW] } });
}

/* The number of the rule, under its title. */
static void
put_number(struct redline *r)
{
	const char *old = r->s.doc[SIDE_OLD]->meta.number;
	const char *new = r->s.doc[SIDE_NEW]->meta.number;
	struct kt_run a = run_of(old), b = run_of(new);
	struct docx_extra extra = DOCX_EXTRA_INIT;
	struct kt_text_line line = { .says = KT_SAYS_WORDS };
	struct red_runs runs = { 0 };
	struct red_paragraph p = {
		.line = &line, .extra = &extra, .runs = &runs
	};

	r->titled = true;
	extra.style = "Nichiji";
	red_merge(&runs, &a, a.len > 0, &b, b.len > 0);
	if (a.len == 0)
		p.mark = RED_INSERTED;
	else if (b.len == 0)
		p.mark = RED_DELETED;
	if (runs.n > 0)
		put_paragraph(r, &p);
	free(runs.at);
}

/* ---- lines --------------------------------------------------------------- */

static bool
same_shape(const struct kt_text_line *a, const struct kt_text_line *b)
{
	return a->style == b->style && a->level == b->level &&
	       a->left == b->left && a->first == b->first &&
	       a->commentary == b->commentary;
}

static const char *
code_of(struct redline *r, int side, size_t at)
{
	return line_code(
	    r->s.arena, &r->s.m.side[side].lines, at, r->s.doc[side]->root);
}

/* Shape and runs of a line of one side. */
static struct kt_text_line
line_of(struct redline *r, int side, size_t at)
{
	const struct doc_lines *lines = &r->s.m.side[side].lines;
	struct kt_text_line line = { .says = KT_SAYS_WORDS };

	line_shape(&line, &lines->at[at]);
	line_runs(&line, lines, &lines->at[at], &r->s.source[side]);
	line.code = code_of(r, side, at);
	return line;
}

static void
set_extra(struct redline *r, struct docx_extra *extra, int side, size_t at)
{
	const struct doc_line *line = &r->s.m.side[side].lines.at[at];

	extra->outline = docx_outline_of(&r->outline, line);
	if (side == SIDE_OLD)
		return;
	take_marks(r, extra, line->node->id + 1);
	extra->page_break = docx_begins_page(line, at, &r->appendix);
}

/* What the step does as a whole paragraph; KEPT for all but paragraphs that
 * are deleted or inserted. */
static enum red_op
step_op(const struct redline *r, size_t at)
{
	const struct table_step *step = &r->order.at[at];
	int side = SIDE_OLD;

	if (at >= r->order.n || r->joins.at[at] != NULL ||
	    (step->line[SIDE_OLD] != NO_LINE &&
		step->line[SIDE_NEW] != NO_LINE))
		return RED_KEPT;
	if (step->line[SIDE_OLD] == NO_LINE)
		side = SIDE_NEW;
	if (r->order.move[side][step->line[side]] != 0 ||
	    red_table(&r->s.m.side[side], step->line[side]) != NULL)
		return RED_KEPT;
	return side == SIDE_OLD ? RED_DELETED : RED_INSERTED;
}

/* Keep the changes of a paragraph apart from those of the one before and
 * from the paragraph that follows, or join them with that. */
static void
settle_ends(struct redline *r, struct red_paragraph *p, struct red_runs *runs,
    size_t at)
{
	enum red_op next = step_op(r, at + 1);

	if (runs->n == 0)
		return;
	if (r->tail != RED_KEPT && runs->at[0].op == r->tail)
		red_turn(runs, false, r->tail);
	if (next == RED_KEPT || runs->at[runs->n - 1].op != next ||
	    red_turn(runs, true, next))
		return;
	p->mark = next;
	r->carry = (struct carry){ .op = next,
		.old = p->before != NULL ? *p->before : *p->line,
		.new = *p->line,
		.outline = p->extra->outline };
}

/* The last of the paragraphs that go on a change has the end that was there
 * before them. */
static void
end_carry(struct redline *r, struct red_paragraph *p, struct docx_extra *extra,
    size_t at)
{
	struct carry *c = &r->carry;

	if (c->op != p->mark || step_op(r, at + 1) == c->op)
		return;
	if (c->op == RED_INSERTED) {
		p->before = &c->old;
	} else {
		p->before = p->line;
		p->line = &c->new;
		extra->outline = c->outline;
	}
	if (same_shape(p->before, p->line))
		p->before = NULL;
	p->mark = c->op = RED_KEPT;
}

static void
put_pair(struct redline *r, size_t at)
{
	const struct table_step *step = &r->order.at[at];
	struct kt_text_line old = line_of(r, SIDE_OLD, step->line[SIDE_OLD]);
	struct kt_text_line new = line_of(r, SIDE_NEW, step->line[SIDE_NEW]);
	struct docx_extra extra = DOCX_EXTRA_INIT;
	struct red_runs runs = { 0 };
	struct red_paragraph p = { .line = &new,
		.before = same_shape(&old, &new) ? NULL : &old,
		.extra = &extra,
		.runs = &runs,
		.figure = { &old, &new },
		.code = { old.code, new.code } };

	set_extra(r, &extra, SIDE_NEW, step->line[SIDE_NEW]);
	red_merge(&runs, old.runs, old.nruns, new.runs, new.nruns);
	settle_ends(r, &p, &runs, at);
	put_paragraph(r, &p);
	free(runs.at);
}

/* Runs of a line that moved, as far as they are of one side. */
static void
put_moved_runs(struct redline *r, struct red_runs *out, int side, size_t at)
{
	size_t there = r->s.m.side[side].answer[at];
	struct kt_text_line here = line_of(r, side, at);
	struct kt_text_line other = line_of(r, 1 - side, there);
	const struct kt_text_line *old = side == SIDE_OLD ? &here : &other;
	const struct kt_text_line *new = side == SIDE_OLD ? &other : &here;
	struct red_runs both = { 0 };

	red_merge(&both, old->runs, old->nruns, new->runs, new->nruns);
	red_side(out, &both, side);
	free(both.at);
}

/* A line of one side: deleted, inserted, or moved away or here. */
static void
put_alone(struct redline *r, int side, size_t step)
{
	size_t at = r->order.at[step].line[side];
	const struct table_side *s = &r->s.m.side[side];
	const unsigned *move = r->order.move[side];
	bool moved = move[at] != 0;
	bool begins = moved && (at == 0 || move[at - 1] != move[at]);
	struct kt_text_line line = line_of(r, side, at);
	struct docx_extra extra = DOCX_EXTRA_INIT;
	struct red_runs runs = { 0 };
	struct red_paragraph p = {
		.line = &line, .extra = &extra, .runs = &runs
	};

	if (side == SIDE_OLD)
		p.mark = moved ? RED_AWAY : RED_DELETED;
	else
		p.mark = moved ? RED_HERE : RED_INSERTED;
	p.alone = p.mark;
	p.figure[side] = &line;
	p.code[side] = line.code;
	p.from = begins && side == SIDE_OLD ? move[at] : 0;
	p.to = begins && side == SIDE_NEW ? move[at] : 0;
	set_extra(r, &extra, side, at);
	if (moved)
		put_moved_runs(r, &runs, side, at);
	else
		red_put(&runs, p.mark, line.runs, line.nruns);
	end_carry(r, &p, &extra, step);
	put_paragraph(r, &p);
	if (moved && (at + 1 == s->lines.n || move[at + 1] != move[at]))
		red_move_end(&r->w, side);
	free(runs.at);
}

/* Clauses that were split or merged; returns the step behind them. */
static size_t
put_join(struct redline *r, size_t at)
{
	const struct red_join *j = r->joins.at[at];
	size_t line[SIDES] = { j->from[SIDE_OLD], j->from[SIDE_NEW] };
	struct red_stream t;

	red_stream_begin(&t, &r->s, j);
	while (!t.over) {
		struct kt_text_line shape[SIDES];
		struct docx_extra extra = DOCX_EXTRA_INIT;
		struct red_runs runs = { 0 };
		struct red_paragraph p = { .extra = &extra, .runs = &runs };
		int side = SIDE_NEW;

		p.mark = red_stream_next(&t, &runs);
		if (p.mark == RED_DELETED)
			side = SIDE_OLD;
		p.line = &shape[side];
		line_shape(
		    &shape[side], &r->s.m.side[side].lines.at[line[side]]);
		p.code[side] = code_of(r, side, line[side]);
		set_extra(r, &extra, side, line[side]++);
		if (p.mark == RED_KEPT) {
			p.code[SIDE_OLD] = code_of(r, SIDE_OLD, line[SIDE_OLD]);
			line_shape(&shape[SIDE_OLD],
			    &r->s.m.side[SIDE_OLD].lines.at[line[SIDE_OLD]++]);
			if (!same_shape(&shape[SIDE_OLD], p.line))
				p.before = &shape[SIDE_OLD];
		}
		put_paragraph(r, &p);
		free(runs.at);
	}
	return at + j->steps;
}

/* ---- tables -------------------------------------------------------------- */

/* Steps from `i` on that are rows of one table of each side, at most. */
struct rows {
	const struct kt_node *table[SIDES];
	const struct kt_grid *grid[SIDES];
	size_t from, to;
};

/* Is the step a row of the tables found so far?  Tables of both sides belong
 * together when a row of one answers to one of the other. */
static bool
joins(struct redline *r, struct rows *t, const struct table_step *step)
{
	const struct kt_node *old =
	    red_table(&r->s.m.side[SIDE_OLD], step->line[SIDE_OLD]);
	const struct kt_node *new =
	    red_table(&r->s.m.side[SIDE_NEW], step->line[SIDE_NEW]);
	const struct kt_node *a = old != NULL ? old : t->table[SIDE_OLD];
	const struct kt_node *b = new != NULL ? new : t->table[SIDE_NEW];

	if (old == NULL && new == NULL)
		return false;
	if ((t->table[SIDE_OLD] != NULL && a != t->table[SIDE_OLD]) ||
	    (t->table[SIDE_NEW] != NULL && b != t->table[SIDE_NEW]))
		return false;
	if (a != NULL && b != NULL && (old == NULL || new == NULL) &&
	    (t->table[SIDE_OLD] == NULL || t->table[SIDE_NEW] == NULL) &&
	    r->s.m.side[SIDE_NEW].peer[b->id] != a)
		return false;
	t->table[SIDE_OLD] = a;
	t->table[SIDE_NEW] = b;
	return true;
}

static struct rows
find_rows(struct redline *r, size_t from)
{
	struct rows t = { .from = from, .to = from };

	while (t.to < r->order.n && joins(r, &t, &r->order.at[t.to]))
		t.to++;
	for (int side = 0; side < SIDES; side++)
		if (t.table[side] != NULL)
			t.grid[side] = red_grid(&r->s, side, t.table[side]);
	return t;
}

/* The code of the table of a side, by the first of its rows here. */
static const char *
code_of_table(struct redline *r, const struct rows *t, int side)
{
	for (size_t i = t->from; i < t->to; i++) {
		size_t at = r->order.at[i].line[side];

		if (at != NO_LINE)
			return table_code(r->s.arena, &r->s.m.side[side].lines,
			    at, r->s.doc[side]->root);
	}
	return NULL;
}

/* The rows of the sides asked for, as one table and the paragraph behind it. */
static void
put_rows(struct redline *r, const struct rows *t, bool with_old, bool with_new)
{
	struct kt_xmlw *x = r->w.x.w;
	const struct kt_grid *grid = t->grid[with_new ? SIDE_NEW : SIDE_OLD];
	unsigned width = docx_page_room(r->w.x.page);
	struct docx_extra extra = DOCX_EXTRA_INIT;
	const char *code[SIDES] = { with_old ? code_of_table(r, t, SIDE_OLD)
					     : NULL,
		with_new ? code_of_table(r, t, SIDE_NEW) : NULL };
	bool header = true;

	docx_grid_begin(&r->w.x, grid, width);
	for (size_t i = t->from; i < t->to; i++) {
		const size_t *line = r->order.at[i].line;
		const struct kt_grid_row *old =
		    with_old ? red_grid_row(&r->s, SIDE_OLD, line[SIDE_OLD])
			     : NULL;
		const struct kt_grid_row *new =
		    with_new ? red_grid_row(&r->s, SIDE_NEW, line[SIDE_NEW])
			     : NULL;

		if (old == NULL && new == NULL)
			continue;
		header = header && (new != NULL ? new : old)->header;
		if (old != NULL && new != NULL && !red_row_alike(old, new)) {
			red_row(&r->w, grid, old, NULL, header, width);
			old = NULL;
		}
		red_row(&r->w, grid, old, new, header, width);
	}
	kt_xmlw_close(x);
	put_empty(r,
	    with_old && with_new ? RED_KEPT
	    : with_old           ? RED_DELETED
				 : RED_INSERTED,
	    &extra, code);
}

/* Returns the step behind the rows. */
static size_t
put_table(struct redline *r, size_t from)
{
	struct rows t = find_rows(r, from);
	bool old = t.grid[SIDE_OLD] != NULL, new = t.grid[SIDE_NEW] != NULL;

	/* A row must fill the columns of its table. */
	if (old &&
	    new &&t.grid[SIDE_OLD]->columns != t.grid[SIDE_NEW]->columns) {
		put_rows(r, &t, true, false);
		put_rows(r, &t, false, true);
	} else {
		put_rows(r, &t, old, new);
	}
	return t.to;
}

/* ---- the body ------------------------------------------------------------ */

static bool
is_title(const struct redline *r, const struct table_step *step)
{
	int side = step->line[SIDE_NEW] != NO_LINE ? SIDE_NEW : SIDE_OLD;

	return r->s.m.side[side].lines.at[step->line[side]].style ==
	       KT_LINE_TITLE;
}

static bool
is_row(const struct redline *r, const struct table_step *step)
{
	int side = step->line[SIDE_NEW] != NO_LINE ? SIDE_NEW : SIDE_OLD;

	return red_table(&r->s.m.side[side], step->line[side]) != NULL;
}

/* Returns the step behind what was put. */
static size_t
put_step(struct redline *r, size_t at)
{
	const struct table_step *step = &r->order.at[at];

	if (!r->titled && !is_title(r, step))
		put_number(r);
	if (is_row(r, step))
		return put_table(r, at);
	if (r->joins.at[at] != NULL)
		return put_join(r, at);
	if (step->line[SIDE_OLD] == NO_LINE)
		put_alone(r, SIDE_NEW, at);
	else if (step->line[SIDE_NEW] == NO_LINE)
		put_alone(r, SIDE_OLD, at);
	else
		put_pair(r, at);
	return at + 1;
}

static void
put_body(struct redline *r)
{
	struct docx_extra extra = DOCX_EXTRA_INIT;
	const char *code[SIDES];
	size_t at = 0;

	while (at < r->order.n)
		at = put_step(r, at);
	if (!r->titled)
		put_number(r);
	/* The last paragraph cannot lose its end. */
	take_marks(r, &extra, r->s.doc[SIDE_NEW]->count);
	for (int side = 0; side < SIDES; side++)
		code[side] = rest_code(
		    r->s.arena, &r->s.m.side[side].lines, r->s.doc[side]->root);
	if (extra.nmarks > 0 || r->last != RED_KEPT ||
	    code[SIDE_OLD][0] != '\0' || code[SIDE_NEW][0] != '\0')
		put_empty(r, RED_KEPT, &extra, code);
}

/* ---- the file ------------------------------------------------------------ */

/* 2026-04-01, or 2026-04-01T09:30:00Z. */
static bool
is_date(const char *p)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	struct kt_date date;
	size_t n = strlen(p);

	if (n != 10 && n != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (form[i] == '0' ? p[i] < '0' || p[i] > '9' : p[i] != form[i])
			return false;
	if (kt_date_read(&date, p, 10) != 10)
		return false;
	return n == 10 ||
	       (strncmp(p + 11, "24", 2) < 0 && p[14] < '6' && p[17] < '6');
}

/* The moment that all changes carry; NULL after a message. */
static const char *
date_of(const struct redline *r, const char *given, struct kt_diag *d)
{
	struct kt_date day = r->s.doc[SIDE_NEW]->meta.effective;
	struct kt_buf iso = KT_BUF_INIT;
	const char *date;

	if (given != NULL && !is_date(given)) {
		kt_report(d, .id = KT_M_REDLINE_DATE, .a = given);
		return NULL;
	}
	if (given != NULL)
		kt_buf_puts(&iso, given);
	else if (day.year != 0)
		kt_date_iso(&iso, day);
	else
		kt_buf_puts(&iso, "1980-01-01");
	if (iso.len == 10)
		kt_buf_puts(&iso, "T00:00:00Z");
	date = kt_arena_strdup(r->s.arena, iso.p);
	kt_buf_release(&iso);
	return date;
}

static void
begin(struct redline *r, const struct kt_changes *list,
    const struct kt_redline *how, const struct kt_refs *refs)
{
	const struct kt_doc *new = r->s.doc[SIDE_NEW];
	struct run_source *source = &r->s.source[SIDE_NEW];

	red_order(&r->order, &r->s.m, !how->simple_moves);
	red_joins(&r->joins, &r->s, list, &r->order);
	docx_find_outline(&r->outline, &r->s.m.side[SIDE_NEW].lines);
	r->marks = docx_bookmarks(r->s.arena, new);
	r->pending = KT_NEWN(r->s.arena, const char *, new->count);
	source->refs = refs;
	source->link = mark_of;
	source->of = r;
	r->w.author = how->author == NULL ? "kaitei" : how->author;
	docx_begin(&r->w.x, &docx_page_text);
	r->w.pictures[SIDE_OLD] = how->old_pictures;
	r->w.pictures[SIDE_NEW] = how->new_pictures;
}

/* Write, read back, prove. */
static int
finish(struct redline *r, struct kt_buf *out, struct kt_diag *d)
{
	const char *title = docx_title_of(r->s.doc[SIDE_NEW]);
	struct docx_about about = { .title = title,
		.header =
		    kt_arena_printf(r->s.arena, "%s　（変更履歴）", title),
		.created = docx_date_of(&r->s.doc[SIDE_NEW]->meta),
		.meta = &r->s.doc[SIDE_NEW]->meta,
		.old_meta = &r->s.doc[SIDE_OLD]->meta };
	struct docx_words words = { red_prove, &r->s };

	return docx_finish_as(&r->w.x, out, &about, &r->outline, &words, d);
}

int
kt_write_redline(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_redline *how, struct kt_diag *d)
{
	struct redline r = { 0 };
	struct kt_refs *refs;
	int rc = KT_EUSAGE;

	red_sides_begin(&r.s, list, how);
	r.w.date = date_of(&r, how->date, d);
	if (r.w.date != NULL) {
		refs = kt_refs_new(list->new);
		begin(&r, list, how, refs);
		put_body(&r);
		rc = finish(&r, out, d);
		red_joins_release(&r.joins);
		red_order_release(&r.order);
		kt_refs_free(refs);
	}
	red_sides_release(&r.s);
	free(r.w.runs);
	return rc;
}

int
kt_redline_prove(const char *bytes, size_t n, const struct kt_changes *list,
    const struct kt_redline *how, struct kt_diag *d)
{
	struct red_sides s;
	int rc;

	red_sides_begin(&s, list, how);
	rc = red_prove(&s, bytes, n, d);
	red_sides_release(&s);
	return rc;
}
