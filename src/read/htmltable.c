/* SPDX-License-Identifier: MIT */
/* Tables and pictures of a page. */
#include "html_int.h"

#include <stdlib.h>
#include <string.h>

#define MOST_SPAN 1000

/* The rows of a table, those of tables inside it left out. */
static const struct kt_xnode *
next_row(const struct kt_xnode *x, const struct kt_xnode *table)
{
	bool skip =
	    x != table && (kt_xnode_is(x, "table") || kt_xnode_is(x, "tr"));

	while ((x = html_next(x, table, skip)) != NULL) {
		if (kt_xnode_is(x, "tr"))
			return x;
		skip = kt_xnode_is_text(x) || kt_xnode_is(x, "table");
	}
	return NULL;
}

static bool
is_cell(const struct kt_xnode *x)
{
	return kt_xnode_is(x, "td") || kt_xnode_is(x, "th");
}

static size_t
count_cells(const struct kt_xnode *row)
{
	size_t n = 0;

	for (const struct kt_xnode *x = kt_xnode_elem(row); x != NULL;
	     x = kt_xnode_next_elem(x))
		n += is_cell(x);
	return n;
}

/* A row that only sets the widths of the columns. */
static bool
is_widths(const struct kt_xnode *row)
{
	return html_has_class(row, "fixed-colspec");
}

bool
html_is_layout(const struct kt_xnode *table)
{
	const char *role = kt_xnode_attr(table, "role");
	const char *border = kt_xnode_attr(table, "border");
	bool bare = border == NULL || strcmp(border, "0") == 0;
	size_t rows = 0;

	if (role != NULL && strcmp(role, "presentation") == 0)
		return true;
	for (const struct kt_xnode *row = next_row(table, table); row != NULL;
	     row = next_row(row, table)) {
		if (is_widths(row))
			continue;
		if (count_cells(row) > 1)
			return false;
		rows++;
	}
	return rows <= 1 || bare;
}

static uint16_t
span_of(const struct kt_xnode *cell, const char *name)
{
	const char *value = kt_xnode_attr(cell, name);
	unsigned long n = value == NULL ? 1 : strtoul(value, NULL, 10);

	return n < 1 || n > MOST_SPAN ? 1 : (uint16_t)n;
}

static char
align_by(const char *words)
{
	if (words == NULL)
		return '\0';
	if (strstr(words, "center") != NULL)
		return 'c';
	return strstr(words, "right") != NULL ? 'r' : '\0';
}

static char
align_of(const struct kt_xnode *cell)
{
	const struct kt_xnode *first = kt_xnode_elem(cell);
	char align = align_by(kt_xnode_attr(cell, "align"));
	const char *style = kt_xnode_attr(cell, "style");

	if (align == '\0' && style != NULL)
		align = align_by(strstr(style, "text-align"));
	if (align == '\0' && first != NULL &&
	    (style = kt_xnode_attr(first, "style")) != NULL)
		align = align_by(strstr(style, "text-align"));
	return align;
}

/* The lines of a cell, in a list of their own. */
static struct text_lines
lines_of(struct html *h, const struct kt_xnode *cell)
{
	struct text_lines outer = h->lines, inner;
	bool vendor = h->vendor;

	h->lines = (struct text_lines){ .block = outer.block };
	h->vendor = false;
	h->hint = TEXT_PLAIN;
	h->lists = 0;
	html_flow(h, cell);
	html_flush(h);
	inner = h->lines;
	h->lines = outer;
	h->vendor = vendor;
	return inner;
}

static void
words_of(struct kt_inline *w, const struct text_line *line)
{
	kt_inline_begin(w, line->line, 1);
	kt_inline_text(w, line->p, line->n);
	for (size_t i = 0; i < line->nmarks; i++)
		kt_inline_mark(w, line->marks[i].kind, line->marks[i].arg,
		    line->marks[i].start, line->marks[i].len);
	kt_inline_end(w, w->text.p, w->text.len, w->text.p, w->text.len);
}

static void
put_line(struct kt_build *b, struct kt_inline *w, const struct text_line *line)
{
	if (line->hint == TEXT_BLOCK) {
		html_build_block(b, line);
		return;
	}
	words_of(w, line);
	if (line->hint == TEXT_HEADING) {
		kt_build_heading(b, w, line->level);
		return;
	}
	if (line->hint != TEXT_BULLET && line->hint != TEXT_ITEM) {
		kt_build_paragraph(b, w);
		return;
	}
	kt_build_open_entry(b, "", line->line, 1);
	kt_build_paragraph(b, w);
	kt_build_close(b);
}

static struct kt_node *
put_cell(struct html *h, struct kt_build *b, struct kt_node *row,
    const struct kt_xnode *x)
{
	struct kt_node *cell =
	    kt_build_add(b, row, KT_CELL, kt_xnode_line(x), 1);
	struct text_lines lines = lines_of(h, x);
	struct kt_inline w;

	cell->colspan = span_of(x, "colspan");
	cell->rowspan = span_of(x, "rowspan");
	cell->align = align_of(x);
	kt_inline_init(&w, h->doc->arena);
	if (lines.count == 1 && lines.at[0].hint == TEXT_PLAIN) {
		words_of(&w, &lines.at[0]);
		kt_build_words(b, cell, &w);
	} else if (lines.count > 0) {
		kt_build_open_cell(b, cell);
		for (size_t i = 0; i < lines.count; i++)
			put_line(b, &w, &lines.at[i]);
		kt_build_close(b);
	}
	kt_inline_release(&w);
	free(lines.at);
	return cell;
}

static bool
all_aligned(const struct kt_node *row, char align)
{
	for (const struct kt_node *cell = row->first; cell != NULL;
	     cell = cell->next)
		if (cell->align != align)
			return false;
	return row->first != NULL;
}

static void
put_row(struct html *h, struct kt_build *b, struct kt_node *table,
    const struct kt_xnode *x)
{
	struct kt_node *row =
	    kt_build_add(b, table, KT_ROW, kt_xnode_line(x), 1);
	size_t heads = 0, cells = 0;

	for (const struct kt_xnode *cell = kt_xnode_elem(x); cell != NULL;
	     cell = kt_xnode_next_elem(cell)) {
		if (!is_cell(cell))
			continue;
		put_cell(h, b, row, cell);
		cells++;
		heads += kt_xnode_is(cell, "th");
	}
	row->header =
	    cells > 0 &&
	    (heads == cells || kt_xnode_is(kt_xnode_parent(x), "thead"));
}

static void
put_table(struct html *h, struct kt_build *b, const struct kt_xnode *x)
{
	struct kt_node *table = kt_build_table(b, kt_xnode_line(x), 1), *first;
	const struct kt_xnode *caption = kt_xnode_child(x, "caption");
	struct kt_buf words = KT_BUF_INIT;

	if (caption != NULL) {
		kt_xnode_words(&words, caption);
		kt_node_caption(h->doc, table, words.p, words.len);
	}
	kt_buf_release(&words);
	for (const struct kt_xnode *row = next_row(x, x); row != NULL;
	     row = next_row(row, x))
		if (!is_widths(row))
			put_row(h, b, table, row);
	/* Where nothing says it: a first row that is centred over rows that
	 * are not is the head. */
	first = table->first;
	if (first != NULL && !first->header && first->next != NULL &&
	    all_aligned(first, 'c') && !all_aligned(first->next, 'c'))
		first->header = true;
	/* A head is centred without being told. */
	for (; first != NULL && first->header; first = first->next)
		for (struct kt_node *c = first->first; c != NULL; c = c->next)
			if (c->align == 'c')
				c->align = '\0';
}

static void
put_picture(struct kt_build *b, const struct html_block *block, size_t line)
{
	struct kt_inline w;

	kt_inline_init(&w, kt_build_doc(b)->arena);
	kt_inline_begin(&w, line, 1);
	kt_inline_open(&w, "img", KT_IMAGE, block->file);
	kt_inline_text(&w, block->alt, strlen(block->alt));
	kt_inline_close(&w, "img");
	kt_inline_end(&w, "", 0, "", 0);
	w.figure = true;
	kt_build_paragraph(b, &w);
	kt_inline_release(&w);
}

void
html_build_block(struct kt_build *b, const struct text_line *line)
{
	const struct html_block *block = line->block;

	if (block->table != NULL)
		put_table(block->h, b, block->table);
	else
		put_picture(b, block, line->line);
}
