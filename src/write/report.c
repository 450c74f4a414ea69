/* SPDX-License-Identifier: MIT */
/* A list for people: rows and cells in the making, and as a Word file. */
#include "report_int.h"

#include <stdlib.h>
#include <string.h>

#include "docx_int.h"
#include "links_int.h"

struct report *
report_new(const char *title, size_t sheets)
{
	struct kt_arena *arena = kt_arena_new();
	struct report *r = KT_NEW(arena, struct report);

	r->arena = arena;
	r->title = kt_arena_strdup(arena, title);
	r->summary = "";
	r->sheets = KT_NEWN(arena, struct report_sheet, sheets);
	r->nsheets = sheets;
	return r;
}

void
report_free(struct report *r)
{
	for (size_t i = 0; i < r->nsheets; i++)
		free(r->sheets[i].rows);
	kt_arena_free(r->arena);
}

struct report_row *
report_row(struct report *r, struct report_sheet *s)
{
	KT_GROW(s->rows, s->nrows, s->cap);
	s->rows[s->nrows].cells =
	    KT_NEWN(r->arena, struct report_cell, s->ncolumns);
	return &s->rows[s->nrows++];
}

void
report_put(struct report *r, struct report_cell *cell, const char *p, size_t n,
    unsigned marks)
{
	struct kt_run *runs;

	if (n == 0)
		return;
	runs = KT_NEWN(r->arena, struct kt_run, cell->nruns + 1);
	if (cell->nruns > 0)
		memcpy(runs, cell->runs, cell->nruns * sizeof(*runs));
	runs[cell->nruns++] =
	    (struct kt_run){ .text = xlsx_clean(r->arena, p, n),
		    .marks = marks,
		    .ruby = "",
		    .link = "" };
	runs[cell->nruns - 1].len =
	    (uint32_t)strlen(runs[cell->nruns - 1].text);
	cell->runs = runs;
}

void
report_puts(struct report *r, struct report_cell *cell, const char *words)
{
	report_put(r, cell, words, strlen(words), 0);
}

void
report_side(struct report *r, struct report_cell *cell,
    const struct kt_span *spans, size_t n, char op)
{
	for (size_t i = 0; i < n; i++)
		if (spans[i].op == '=' || spans[i].op == op)
			report_put(r, cell, spans[i].text, spans[i].len,
			    spans[i].op == op ? KT_RUN_CHANGED : 0);
}

void
report_places(struct report *r, struct report_cell *cell, const char *places)
{
	static const char comma[] = "、";
	const char *p = places, *end;

	while ((end = strstr(p, comma)) != NULL) {
		end += sizeof(comma) - 1;
		report_put(r, cell, p, (size_t)(end - p), 0);
		report_puts(r, cell, "\n");
		p = end;
	}
	report_puts(r, cell, p);
}

void
report_words(
    struct report *r, struct report_cell *cell, const struct kt_node *node)
{
	static const char blank[] = "　";
	struct kt_buf words = KT_BUF_INIT;
	size_t n = strlen(node->label);
	const char *p;

	links_words(&words, node, false);
	p = words.p;
	if (n > 0 && strncmp(p, node->label, n) == 0) {
		p += n;
		p += strncmp(p, blank, strlen(blank)) == 0 ? strlen(blank) : 0;
		p += *p == '\n';
	}
	report_puts(r, cell, p);
	kt_buf_release(&words);
}

/* ---- as a Word file ------------------------------------------------------ */

struct line_making {
	struct kt_arena *arena;
	struct kt_text_line *lines;
	size_t n;
};

static size_t
count_lines(const struct report_cell *cell)
{
	size_t n = 1;

	for (size_t i = 0; i < cell->nruns; i++)
		for (uint32_t k = 0; k < cell->runs[i].len; k++)
			n += cell->runs[i].text[k] == '\n';
	return n;
}

static void
put_run(struct kt_text_line *line, const struct kt_run *run, uint32_t from,
    uint32_t to)
{
	struct kt_run *part = &line->runs[line->nruns];

	if (from == to)
		return;
	*part = *run;
	part->text = run->text + from;
	part->len = to - from;
	line->nruns++;
}

static void
cut_lines(struct kt_arena *arena, struct kt_grid_cell *out,
    const struct report_cell *cell)
{
	size_t n = count_lines(cell), at = 0;

	out->columns = 1;
	out->lines = KT_NEWN(arena, struct kt_text_line, n);
	out->nlines = n;
	for (size_t i = 0; i < n; i++) {
		out->lines[i].style = KT_LINE_TEXT;
		out->lines[i].says = KT_SAYS_WORDS;
		out->lines[i].runs =
		    KT_NEWN(arena, struct kt_run, cell->nruns + 1);
	}
	for (size_t i = 0; i < cell->nruns; i++) {
		const struct kt_run *run = &cell->runs[i];
		uint32_t from = 0;

		for (uint32_t k = 0; k <= run->len; k++) {
			if (k < run->len && run->text[k] != '\n')
				continue;
			put_run(&out->lines[at], run, from, k);
			from = k + 1;
			at += k < run->len;
		}
	}
}

static void
want_cell(struct kt_buf *want, const struct kt_grid_cell *cell)
{
	struct kt_buf line = KT_BUF_INIT;

	for (size_t i = 0; i < cell->nlines; i++) {
		kt_buf_clear(&line);
		for (size_t k = 0; k < cell->lines[i].nruns; k++)
			kt_buf_put(&line, cell->lines[i].runs[k].text,
			    cell->lines[i].runs[k].len);
		docx_want(want, line.p, line.len);
	}
	kt_buf_release(&line);
}

/* The heads as a row, then all others. */
static struct kt_grid
lay_out(struct kt_arena *arena, const struct report_sheet *s)
{
	struct kt_grid grid = { .columns = (unsigned)s->ncolumns,
		.nrows = s->nrows + 1 };

	grid.share = KT_NEWN(arena, unsigned, s->ncolumns);
	grid.rows = KT_NEWN(arena, struct kt_grid_row, grid.nrows);
	for (size_t i = 0; i < grid.nrows; i++) {
		struct kt_grid_row *row = &grid.rows[i];

		row->ncells = s->ncolumns;
		row->header = i == 0;
		row->cells = KT_NEWN(arena, struct kt_grid_cell, s->ncolumns);
		for (size_t k = 0; k < s->ncolumns; k++) {
			const char *head = s->columns[k].head;
			struct kt_run run = { .text = head,
				.len = (uint32_t)strlen(head),
				.ruby = "",
				.link = "" };
			struct report_cell title = { &run, 1 };

			grid.share[k] = s->columns[k].share;
			cut_lines(arena, &row->cells[k],
			    i == 0 ? &title : &s->rows[i - 1].cells[k]);
		}
	}
	return grid;
}

/* A line of its own above a table, in bold. */
static void
put_heading(struct docx *x, const char *words)
{
	struct kt_run run = { .text = words,
		.len = (uint32_t)strlen(words),
		.marks = KT_RUN_STRONG,
		.ruby = "",
		.link = "" };
	struct kt_text_line line = { .style = KT_LINE_TEXT,
		.says = KT_SAYS_WORDS,
		.runs = &run,
		.nruns = 1 };
	struct docx_extra extra = DOCX_EXTRA_INIT;

	extra.keep_next = true;
	docx_paragraph(x, &line, &extra);
}

static void
put_sheet(struct docx *x, struct kt_buf *want, const struct report_sheet *s)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_grid grid = lay_out(arena, s);

	if (s->name[0] != '\0') {
		put_heading(x, s->name);
		docx_want(want, s->name, strlen(s->name));
	}
	docx_grid(x, &grid, docx_page_room(x->page), NULL);
	for (size_t i = 0; i < grid.nrows; i++)
		for (size_t k = 0; k < grid.rows[i].ncells; k++)
			want_cell(want, &grid.rows[i].cells[k]);
	kt_arena_free(arena);
}

int
report_docx(struct kt_buf *out, const struct report *r, struct kt_diag *d)
{
	struct docx_outline outline;
	struct docx_about about = { .title = r->title, .header = r->title };
	struct docx x;
	struct kt_buf want = KT_BUF_INIT;
	int rc;

	for (int i = 0; i < KT_LINE_STYLES; i++)
		outline.level[i] = -1;
	docx_begin(&x, &docx_page_list);
	docx_words(&x, "Hyodai", r->title);
	docx_want(&want, r->title, strlen(r->title));
	docx_words(&x, "Ranchu", r->summary);
	docx_want(&want, r->summary, strlen(r->summary));
	for (size_t i = 0; i < r->nsheets; i++)
		if (r->sheets[i].nrows > 0)
			put_sheet(&x, &want, &r->sheets[i]);
	rc = docx_finish(&x, out, &about, &outline, &want, d);
	kt_buf_release(&want);
	return rc;
}
