/* SPDX-License-Identifier: MIT */
/*
 * Pipe tables.  The core of cmark knows none: a table arrives as one
 * paragraph, whose source lines are read here.  The words of its cells go
 * through cmark once more, all of them in one text, each as a paragraph.
 */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

/* What stands before each cell so that it is a paragraph whatever it holds:
 * a blank that CommonMark does not strip and that is no punctuation. */
#define GUARD "　"

/* Cells that short rows are filled up with: a wide head over many rows of one
 * cell must not cost their product. */
#define MOST_FILLED ((size_t)65536)

struct cell {
	size_t n; /* bytes */
	size_t row; /* index of the line */
	struct kt_node *node;
	size_t line; /* in the text for cmark; 0 = plain words */
};

struct table {
	struct kt_build *b;
	const struct kt_row_source *lines;
	struct cell *cells;
	size_t ncells, cap;
	size_t columns, filled;
	struct kt_buf text; /* for cmark */
	size_t text_lines;
	struct kt_inline words;
};

/* ---- lines into cells ------------------------------------------------ */

static const char *
skip(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

/* The cell that begins at *p: up to a pipe without an odd number of
 * backslashes before it.  *p moves behind the pipe. */
static void
next_cell(const char **p, const char *end, const char **from, size_t *n)
{
	const char *at = skip(*p, end), *stop;
	unsigned backslashes = 0;

	*from = at;
	for (; at < end && (*at != '|' || backslashes % 2 == 1); at++)
		backslashes = *at == '\\' ? backslashes + 1 : 0;
	for (stop = at; stop > *from && (stop[-1] == ' ' || stop[-1] == '\t');)
		stop--;
	*n = (size_t)(stop - *from);
	*p = at < end ? at + 1 : end;
}

static const char *
first_cell(const struct kt_row_source *row, const char **end)
{
	const char *p = skip(row->p, row->p + row->n);

	*end = row->p + row->n;
	while (*end > p && ((*end)[-1] == ' ' || (*end)[-1] == '\t'))
		--*end;
	return p < *end && *p == '|' ? p + 1 : p;
}

static size_t
count_cells(const struct kt_row_source *row)
{
	const char *end, *p = first_cell(row, &end), *from;
	size_t n, count = 0;

	for (; p < end; count++)
		next_cell(&p, end, &from, &n);
	return count;
}

size_t
kt_pipe_table_at(const struct kt_row_source *lines, size_t n)
{
	size_t columns;

	for (size_t i = 1; i < n; i++)
		if (kt_is_delimiter_row(lines[i].p, lines[i].n, &columns) &&
		    count_cells(&lines[i - 1]) == columns)
			return i;
	return 0;
}

/* ---- words ----------------------------------------------------------- */

static bool
is_plain(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strchr("\\`*_[]<&!", p[i]) != NULL)
			return false;
	return true;
}

/* A cell as a line for cmark, \| resolved. */
static void
queue(struct table *t, struct cell *c, const char *p)
{
	kt_buf_puts(&t->text, GUARD);
	for (size_t i = 0; i < c->n; i++)
		if (p[i] != '\\' || i + 1 == c->n || p[i + 1] != '|')
			kt_buf_putc(&t->text, p[i]);
	kt_buf_puts(&t->text, "\n\n");
	c->line = t->text_lines + 1;
	t->text_lines += 2;
}

/* A place in a line: bytes and characters before it. */
struct spot {
	const char *p;
	size_t column;
};

static void
move_to(struct spot *at, const char *p)
{
	at->column += kt_utf8_count(at->p, (size_t)(p - at->p));
	at->p = p;
}

static void
add_cell(struct table *t, struct kt_node *row, size_t line,
    const struct spot *at, size_t n, char align)
{
	struct cell *c;

	KT_GROW(t->cells, t->ncells, t->cap);
	c = &t->cells[t->ncells++];
	*c = (struct cell){ .n = n, .row = line };
	c->node =
	    kt_build_add(t->b, row, KT_CELL, t->lines[line].line, at->column);
	c->node->align = align;
	if (is_plain(at->p, n)) {
		kt_inline_plain(&t->words, at->p, n, 0, 0);
		kt_build_words(t->b, c->node, &t->words);
	} else {
		queue(t, c, at->p);
	}
}

static void
tell_surplus(struct table *t, size_t line, size_t count)
{
	char found[32], want[32];

	snprintf(want, sizeof(want), "%zu", t->columns);
	snprintf(found, sizeof(found), "%zu", count);
	kt_build_report_two(t->b, KT_M_MD_CELLS, line, want, found);
}

static void
add_row(struct table *t, struct kt_node *table, size_t line, bool header,
    const char *aligns)
{
	const struct kt_row_source *src = &t->lines[line];
	struct kt_node *row =
	    kt_build_add(t->b, table, KT_ROW, src->line, src->column);
	const char *end, *p = first_cell(src, &end), *from;
	struct spot at = { src->p, src->column };
	size_t n, count = 0;

	row->header = header;
	for (; p < end; count++) {
		next_cell(&p, end, &from, &n);
		move_to(&at, from);
		add_cell(t, row, line, &at, n,
		    count < t->columns ? aligns[count] : '\0');
	}
	if (count > t->columns)
		tell_surplus(t, src->line, count);
	move_to(&at, end);
	for (; count < t->columns && t->filled < MOST_FILLED; count++) {
		add_cell(t, row, line, &at, 0, aligns[count]);
		t->filled++;
	}
}

/* l c r of each column; yours, free() it. */
static char *
read_aligns(const struct kt_row_source *row, size_t columns)
{
	const char *end, *p = first_cell(row, &end), *from;
	char *aligns = kt_calloc(columns + 1, 1);
	size_t n;

	for (size_t i = 0; i < columns && p < end; i++) {
		bool left, right;

		next_cell(&p, end, &from, &n);
		left = n > 0 && from[0] == ':';
		right = n > 0 && from[n - 1] == ':';
		if (left || right)
			aligns[i] = right ? left ? 'c' : 'r' : 'l';
	}
	return aligns;
}

/* A head without any words says that the table has none. */
static bool
is_empty_head(const struct kt_row_source *row)
{
	const char *end, *p = first_cell(row, &end), *from;
	size_t n;

	while (p < end) {
		next_cell(&p, end, &from, &n);
		if (n > 0)
			return false;
	}
	return true;
}

/* The cells that hold more than plain words, through cmark. */
static void
parse_cells(struct table *t)
{
	struct kt_markdown_text md;
	size_t i = 0;

	if (t->text_lines == 0)
		return;
	kt_markdown_text_open(&md, t->text.p, t->text.len);
	while (kt_markdown_text_next(&md, &t->words, strlen(GUARD))) {
		while (i < t->ncells && t->cells[i].line < md.line)
			i++;
		if (i == t->ncells)
			break;
		if (t->words.odd)
			kt_build_report(t->b, KT_M_MD_HTML_KEPT,
			    t->lines[t->cells[i].row].line, "");
		kt_build_words(t->b, t->cells[i].node, &t->words);
	}
	kt_markdown_text_close(&md);
}

void
kt_pipe_table(struct kt_build *b, const struct kt_row_source *lines, size_t n,
    size_t at, struct kt_arena *arena)
{
	struct table t = { .b = b, .lines = lines, .text = KT_BUF_INIT };
	struct kt_node *table =
	    kt_build_table(b, lines[at - 1].line, lines[at - 1].column);
	char *aligns;

	kt_inline_init(&t.words, arena);
	kt_is_delimiter_row(lines[at].p, lines[at].n, &t.columns);
	aligns = read_aligns(&lines[at], t.columns);
	if (!is_empty_head(&lines[at - 1]))
		add_row(&t, table, at - 1, true, aligns);
	for (size_t i = at + 1; i < n; i++)
		add_row(&t, table, i, false, aligns);
	parse_cells(&t);
	free(aligns);
	free(t.cells);
	kt_buf_release(&t.text);
	kt_inline_release(&t.words);
}
