/* SPDX-License-Identifier: MIT */
/* Tracked changes as WordprocessingML, by the rules of docx-xlsx.md §5. */
#include "redline_int.h"

#include <stdlib.h>
#include <string.h>

/* The element of each kind, around runs, in the properties of a paragraph
 * and in those of a row. */
static const char *const elements[RED_OPS] = {
	[RED_DELETED] = "w:del",
	[RED_INSERTED] = "w:ins",
	[RED_AWAY] = "w:moveFrom",
	[RED_HERE] = "w:moveTo",
};

static unsigned
next_id(struct red_writer *w)
{
	return ++w->id;
}

static void
put_id(struct red_writer *w, unsigned id)
{
	kt_xmlw_attrf(w->x.w, "w:id", "%u", id);
}

/* Open an element that says who changed something, and when. */
static void
open_change(struct red_writer *w, const char *name)
{
	kt_xmlw_open(w->x.w, name);
	put_id(w, next_id(w));
	kt_xmlw_attr(w->x.w, "w:author", w->author);
	kt_xmlw_attr(w->x.w, "w:date", w->date);
}

static void
put_change(struct red_writer *w, enum red_op op)
{
	if (op == RED_KEPT)
		return;
	open_change(w, elements[op]);
	kt_xmlw_close(w->x.w);
}

/* ---- runs ---------------------------------------------------------------- */

/* Runs of one kind and with one link; the link stands around the change.
 * What stands under one reading is not parted. */
static void
put_changed(struct red_writer *w, const struct red_run *runs, size_t n)
{
	struct docx *x = &w->x;
	const char *link = runs[0].run.link;
	size_t room = 0;

	if (link[0] != '\0') {
		kt_xmlw_open(x->w, "w:hyperlink");
		kt_xmlw_attr(x->w, "w:anchor", link);
		kt_xmlw_attr(x->w, "w:history", "1");
	}
	if (runs[0].op != RED_KEPT)
		open_change(w, elements[runs[0].op]);
	if (runs[0].op == RED_DELETED)
		x->text = "w:delText";
	for (size_t i = 0; i < n; i++) {
		KT_GROW(w->runs, room, w->room);
		w->runs[room] = runs[i].run;
		w->runs[room++].link = "";
	}
	x->tracked = runs[0].op != RED_KEPT;
	x->pictures =
	    w->pictures[runs[0].op == RED_DELETED || runs[0].op == RED_AWAY
			    ? SIDE_OLD
			    : SIDE_NEW];
	docx_runs(x, w->runs, n);
	x->tracked = false;
	x->text = "w:t";
	if (runs[0].op != RED_KEPT)
		kt_xmlw_close(x->w);
	if (link[0] != '\0')
		kt_xmlw_close(x->w);
}

static void
put_runs(struct red_writer *w, const struct red_runs *runs)
{
	for (size_t i = 0, n; i < runs->n; i += n) {
		const struct red_run *first = &runs->at[i];

		for (n = 1; i + n < runs->n && first[n].op == first->op &&
			    (first[n].run.under || strcmp(first[n].run.link,
						       first->run.link) == 0);
		     n++)
			;
		put_changed(w, first, n);
	}
}

/* ---- pictures ------------------------------------------------------------ */

static const struct kt_picture *
picture_of(const struct red_paragraph *p, int side)
{
	return p->figure[side] == NULL ? NULL : p->figure[side]->picture;
}

static void
put_picture(
    struct red_writer *w, const struct kt_text_line *line, enum red_op op)
{
	if (op != RED_KEPT)
		open_change(w, elements[op]);
	docx_figure(&w->x, line);
	if (op != RED_KEPT)
		kt_xmlw_close(w->x.w);
}

/* The picture of a figure above its words: once where both sides have the
 * same, with the same below it. */
static void
put_pictures(struct red_writer *w, const struct red_paragraph *p)
{
	const struct kt_picture *old = picture_of(p, SIDE_OLD);
	const struct kt_picture *new = picture_of(p, SIDE_NEW);

	if (old == NULL && new == NULL)
		return;
	if (p->figure[SIDE_OLD] == NULL || p->figure[SIDE_NEW] == NULL) {
		put_picture(
		    w, p->figure[old != NULL ? SIDE_OLD : SIDE_NEW], p->alone);
		return;
	}
	if (picture_same(old, new) && docx_has_words(p->figure[SIDE_OLD]) ==
					  docx_has_words(p->figure[SIDE_NEW])) {
		put_picture(w, p->figure[SIDE_NEW], RED_KEPT);
		return;
	}
	if (old != NULL)
		put_picture(w, p->figure[SIDE_OLD], RED_DELETED);
	if (new != NULL)
		put_picture(w, p->figure[SIDE_NEW], RED_INSERTED);
}

/* ---- paragraphs ---------------------------------------------------------- */

static void
put_properties(struct red_writer *w, const struct red_paragraph *p)
{
	struct kt_xmlw *x = w->x.w;
	struct docx_extra extra = DOCX_EXTRA_INIT;

	kt_xmlw_open(x, "w:pPr");
	docx_properties(&w->x, p->line, p->extra);
	if (p->mark != RED_KEPT) {
		kt_xmlw_open(x, "w:rPr");
		put_change(w, p->mark);
		kt_xmlw_close(x);
	}
	if (p->before != NULL) {
		extra.align = p->extra->align;
		open_change(w, "w:pPrChange");
		kt_xmlw_open(x, "w:pPr");
		docx_properties(&w->x, p->before, &extra);
		kt_xmlw_close(x);
		kt_xmlw_close(x);
	}
	kt_xmlw_close(x);
}

static void
begin_move(struct red_writer *w, unsigned move, int side)
{
	static const char *const names[SIDES] = { "w:moveFromRangeStart",
		"w:moveToRangeStart" };

	if (move == 0)
		return;
	open_change(w, names[side]);
	kt_xmlw_attrf(w->x.w, "w:name", "move%u", move);
	kt_xmlw_close(w->x.w);
	w->range[side] = w->id;
}

void
red_move_end(struct red_writer *w, int side)
{
	static const char *const names[SIDES] = { "w:moveFromRangeEnd",
		"w:moveToRangeEnd" };

	kt_xmlw_open(w->x.w, names[side]);
	put_id(w, w->range[side]);
	kt_xmlw_close(w->x.w);
}

static void
put_bookmark(struct red_writer *w, const char *name)
{
	kt_xmlw_open(w->x.w, "w:bookmarkStart");
	put_id(w, next_id(w));
	kt_xmlw_attr(w->x.w, "w:name", name);
	kt_xmlw_close(w->x.w);
}

static void
put_codes(struct red_writer *w, const char *code, bool old)
{
	char name[DOCX_NAME_MAX + 1];

	while (docx_code_name(&w->x, name, &code, old))
		put_bookmark(w, name);
}

void
red_paragraph(struct red_writer *w, const struct red_paragraph *p)
{
	struct kt_xmlw *x = w->x.w;
	unsigned first, end;

	kt_xmlw_open(x, "w:p");
	put_properties(w, p);
	first = w->id + 1;
	for (size_t i = 0; i < p->extra->nmarks; i++)
		put_bookmark(w, p->extra->marks[i]);
	put_codes(w, p->code[SIDE_OLD], true);
	put_codes(w, p->code[SIDE_NEW], false);
	end = w->id;
	begin_move(w, p->from, SIDE_OLD);
	begin_move(w, p->to, SIDE_NEW);
	put_pictures(w, p);
	put_runs(w, p->runs);
	for (; end >= first; end--) {
		kt_xmlw_open(x, "w:bookmarkEnd");
		put_id(w, end);
		kt_xmlw_close(x);
	}
	kt_xmlw_close(x);
}

/* ---- cells --------------------------------------------------------------- */

static bool
same_words(const struct kt_text_line *a, const struct kt_text_line *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	for (size_t i = 0; i < a->nruns; i++)
		kt_buf_put(&x, a->runs[i].text, a->runs[i].len);
	for (size_t i = 0; i < b->nruns; i++)
		kt_buf_put(&y, b->runs[i].text, b->runs[i].len);
	same = strcmp(x.p, y.p) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* A paragraph of a cell: a line of each side, or of one.  The last of a cell
 * cannot lose its end. */
static void
put_cell_line(struct red_writer *w, const struct kt_text_line *old,
    const struct kt_text_line *new, const char *old_code, char align, bool last)
{
	const struct kt_text_line *line = new != NULL ? new : old;
	struct red_runs runs = { 0 };
	struct docx_extra extra = DOCX_EXTRA_INIT;
	struct red_paragraph p = {
		.line = line, .extra = &extra, .runs = &runs
	};

	p.code[SIDE_OLD] = old_code != NULL ? old_code
			   : old == NULL    ? NULL
					    : old->code;
	p.code[SIDE_NEW] = new == NULL ? NULL : new->code;
	p.figure[SIDE_OLD] = old;
	p.figure[SIDE_NEW] = new;
	p.alone = new != NULL ? RED_INSERTED : RED_DELETED;
	extra.align = align;
	extra.style = line->style == KT_LINE_TEXT ? "Hyo" : NULL;
	if (old != NULL && new != NULL) {
		red_merge(&runs, old->runs, old->nruns, new->runs, new->nruns);
	} else {
		enum red_op op = new != NULL ? RED_INSERTED : RED_DELETED;

		red_put(&runs, op, line->runs, line->nruns);
		if (!last)
			p.mark = op;
	}
	red_paragraph(w, &p);
	free(runs.at);
}

static void
put_empty_cell(struct red_writer *w, const struct kt_grid_cell *cell)
{
	struct kt_text_line none = { .style = KT_LINE_TEXT };
	struct docx_extra extra = DOCX_EXTRA_INIT;

	extra.align = cell->align;
	extra.style = cell->filler ? "Kuran" : "Hyo";
	docx_paragraph(&w->x, &none, &extra);
}

/* The code of the first line of a cell that was aligned otherwise; yours. */
static char *
aligned_code(const struct kt_grid_cell *old, const struct kt_grid_cell *new)
{
	static const char aligns[] = "lcr";
	const char *at, *code;
	struct kt_buf out = KT_BUF_INIT;

	if (old == NULL || new == NULL || old->nlines == 0 ||
	    old->align == new->align)
		return NULL;
	at = old->align == 0 ? NULL : strchr(aligns, old->align);
	code = old->lines[0].code;
	kt_buf_printf(&out, "_%c0g%d%s", 'A' + KT_CELL,
	    at == NULL ? 0 : (int)(at - aligns) + 1, code == NULL ? "t" : code);
	return kt_buf_detach(&out);
}

/* Lines that are the same at the top answer to each other, and as many at
 * the bottom, at least the last; what is between was replaced. */
static void
put_cell_lines(struct red_writer *w, const struct kt_grid_cell *old,
    const struct kt_grid_cell *new)
{
	size_t n = old == NULL ? 0 : old->nlines;
	size_t m = new == NULL ? 0 : new->nlines;
	size_t most = n < m ? n : m, head = 0, tail = most > 0;
	char align = new == NULL ? old->align : new->align;
	char *first = aligned_code(old, new);

	if (n == m)
		head = most - tail;
	while (head + tail < most &&
	       same_words(&old->lines[head], &new->lines[head]))
		head++;
	while (head + tail < most &&
	       same_words(&old->lines[n - 1 - tail], &new->lines[m - 1 - tail]))
		tail++;
	for (size_t i = 0; i < head; i++)
		put_cell_line(w, &old->lines[i], &new->lines[i],
		    i == 0 ? first : NULL, align, false);
	for (size_t i = head; i < n - tail; i++)
		put_cell_line(w, &old->lines[i], NULL, i == 0 ? first : NULL,
		    align, i + 1 == n);
	for (size_t i = head; i < m - tail; i++)
		put_cell_line(w, NULL, &new->lines[i], NULL, align, i + 1 == m);
	for (size_t i = tail; i > 0; i--)
		put_cell_line(w, &old->lines[n - i], &new->lines[m - i],
		    n == i ? first : NULL, align, false);
	if (n + m == 0)
		put_empty_cell(w, new == NULL ? old : new);
	free(first);
}

/* ---- rows ---------------------------------------------------------------- */

bool
red_row_alike(const struct kt_grid_row *a, const struct kt_grid_row *b)
{
	if (a->ncells != b->ncells)
		return false;
	for (size_t i = 0; i < a->ncells; i++)
		if (a->cells[i].columns != b->cells[i].columns ||
		    a->cells[i].down != b->cells[i].down)
			return false;
	return true;
}

void
red_row(struct red_writer *w, const struct kt_grid *grid,
    const struct kt_grid_row *old, const struct kt_grid_row *new, bool header,
    unsigned width)
{
	const struct kt_grid_row *row = new != NULL ? new : old;
	struct kt_xmlw *x = w->x.w;
	unsigned column = 0;

	kt_xmlw_open(x, "w:tr");
	kt_xmlw_open(x, "w:trPr");
	docx_row_properties(&w->x, row, header);
	if (old == NULL || new == NULL)
		put_change(w, old == NULL ? RED_INSERTED : RED_DELETED);
	kt_xmlw_close(x);
	for (size_t i = 0; i < row->ncells; i++) {
		docx_cell_begin(&w->x, grid, &row->cells[i], column, width);
		w->x.room = docx_cell_room(grid, &row->cells[i], column, width);
		put_cell_lines(w, old == NULL ? NULL : &old->cells[i],
		    new == NULL ? NULL : &new->cells[i]);
		kt_xmlw_close(x);
		column += row->cells[i].columns;
	}
	w->x.room = docx_page_room(w->x.page);
	kt_xmlw_close(x);
}
