/* SPDX-License-Identifier: MIT */
/* Tables of Word: cells merged to the right and down, rows that were inserted
 * or deleted, paragraphs in cells. */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* Word has 63 columns; others may have more. */
#define COLUMNS_MAX 256
/* w:tblLook: the first row has a look of its own. */
#define LOOK_FIRST_ROW 0x20u

/* The cells that may be continued by the row below, by their column. */
struct hanging {
	struct kt_node *cell;
	unsigned rows; /* so far */
};

struct table {
	struct word *w;
	struct kt_build *b;
	struct kt_node *node;
	struct hanging above[COLUMNS_MAX], now[COLUMNS_MAX];
	unsigned column;
	size_t line;
};

const struct kt_xnode *
word_next_in(
    const struct kt_xnode *root, const struct kt_xnode *at, const char *name)
{
	const struct kt_xnode *next =
	    at == root || !kt_xnode_is(at, name) ? kt_xnode_elem(at) : NULL;

	for (;;) {
		while (next == NULL) {
			if (at == root)
				return NULL;
			next = kt_xnode_next_elem(at);
			at = next == NULL ? kt_xnode_parent(at) : at;
		}
		at = next;
		if (kt_xnode_is(at, name))
			return at;
		next = kt_xnode_is(at, "sdt") ||
			       kt_xnode_is(at, "sdtContent") ||
			       kt_xnode_is(at, "customXml") ||
			       kt_xnode_is(at, "ins")
			   ? kt_xnode_elem(at)
			   : NULL;
	}
}

/* ---- cells -------------------------------------------------------------- */

static bool
has_words(const struct word_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++)
		if (blocks->at[i].kind != WORD_PARAGRAPH ||
		    blocks->at[i].words.text.len > 0)
			return true;
	return false;
}

/* One paragraph is the words of the cell itself. */
static bool
is_plain(const struct word *w, struct word_blocks *blocks)
{
	struct kt_buf code = KT_BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < blocks->n; i++) {
		struct word_block *b = &blocks->at[i];

		word_code_of(&code, w, b);
		if (b->kind != WORD_PARAGRAPH || b->bullet || code.len > 0)
			n = 2;
		n += b->words.text.len > 0;
	}
	kt_buf_release(&code);
	return n <= 1;
}

static void
fill_cell(struct table *t, struct kt_node *cell, struct word_blocks *blocks)
{
	if (blocks->n > 0 && blocks->at[0].align != 0 &&
	    (t->w->own || blocks->at[0].align != 'l'))
		cell->align = blocks->at[0].align;
	if (is_plain(t->w, blocks)) {
		for (size_t i = 0; i < blocks->n; i++)
			if (blocks->at[i].words.text.len > 0)
				kt_build_words(
				    t->b, cell, &blocks->at[i].words);
		return;
	}
	kt_build_open_cell(t->b, cell);
	word_build_own(t->w, t->b, blocks);
	kt_build_close(t->b);
}

/* How a cell is merged: NULL for not at all, else "restart" or "". */
static const char *
merge_of(const struct kt_xnode *pr, const char *name)
{
	const char *value = word_value(pr, name);

	return value != NULL && strcmp(value, "continue") == 0 ? "" : value;
}

/* A cell that goes on with the one above: true when there is one. */
static bool
goes_on(struct table *t, const struct kt_xnode *tc)
{
	struct hanging *h = &t->above[t->column];
	struct word_blocks blocks = { .at = NULL };

	if (h->cell == NULL)
		return false;
	/* It may have said that it reaches further than there are rows. */
	if (++h->rows > h->cell->rowspan && h->rows <= UINT16_MAX)
		h->cell->rowspan = (uint16_t)h->rows;
	word_blocks_read(t->w, &blocks, tc);
	if (has_words(&blocks))
		word_tell(
		    t->w, KT_M_DOCX_MERGED_WORDS, blocks.at[0].words.text.p);
	word_blocks_release(&blocks);
	t->now[t->column] = *h;
	return true;
}

static void
put_cell(struct table *t, struct kt_node *row, const struct kt_xnode *tc)
{
	const struct kt_xnode *pr = kt_xnode_child(tc, "tcPr");
	long span = word_long(word_value(pr, "gridSpan"), 1);
	unsigned columns = span < 1             ? 1
			   : span > COLUMNS_MAX ? COLUMNS_MAX
						: (unsigned)span;
	const char *down = merge_of(pr, "vMerge");
	const char *right = merge_of(pr, "hMerge");
	struct word_blocks blocks = { .at = NULL };
	struct kt_node *cell;

	if (t->column >= COLUMNS_MAX || word_all_absent(t->w, pr))
		return;
	if (right != NULL && *right == '\0' && row->last != NULL) {
		row->last->colspan = (uint16_t)(row->last->colspan + columns);
		t->column += columns;
		return;
	}
	if (down == NULL || *down != '\0' || !goes_on(t, tc)) {
		word_blocks_read(t->w, &blocks, tc);
		/* Our own filling of a row that is too short. */
		if (blocks.n == 0 ||
		    strcmp(blocks.at[0].style, "例規 空欄") != 0) {
			cell = kt_build_add(t->b, row, KT_CELL, t->w->at, 1);
			cell->colspan = (uint16_t)columns;
			fill_cell(t, cell, &blocks);
			if (down != NULL)
				t->now[t->column] = (struct hanging){ cell, 1 };
		}
		word_blocks_release(&blocks);
	}
	t->column += columns;
}

/* Columns before the first cell that have none. */
static void
skip_columns(struct table *t, struct kt_node *row, const struct kt_xnode *pr)
{
	long n = word_long(word_value(pr, "gridBefore"), 0);
	struct kt_node *cell;

	if (n < 1 || n > COLUMNS_MAX)
		return;
	cell = kt_build_add(t->b, row, KT_CELL, t->w->at, 1);
	cell->colspan = (uint16_t)n;
	t->column += (unsigned)n;
}

static void
put_row(struct table *t, const struct kt_xnode *tr)
{
	const struct kt_xnode *pr = kt_xnode_child(tr, "trPr");
	const struct kt_xnode *tc = tr;
	struct kt_node *row;

	if (word_all_absent(t->w, pr)) {
		t->w->tracked = true;
		return;
	}
	if (word_is_remark_row(t->w, tr))
		return;
	row = kt_build_add(t->b, t->node, KT_ROW, t->w->at, 1);
	row->header = word_on(pr, "tblHeader", false);
	t->column = 0;
	memset(t->now, 0, sizeof(t->now));
	skip_columns(t, row, pr);
	while ((tc = word_next_in(tr, tc, "tc")) != NULL)
		put_cell(t, row, tc);
	memcpy(t->above, t->now, sizeof(t->above));
	if (row->first == NULL)
		kt_node_unlink(row);
}

bool
word_table_is_gone(struct word *w, const struct kt_xnode *node)
{
	const struct kt_xnode *tr = node;
	bool any = false;

	while ((tr = word_next_in(node, tr, "tr")) != NULL) {
		any = true;
		if (!word_all_absent(w, kt_xnode_child(tr, "trPr")))
			return false;
	}
	w->tracked |= any;
	return any;
}

/* A table of ours whose head lost its own sign still looks as having one. */
static void
mend_head(
    const struct word *w, struct kt_node *table, const struct kt_xnode *node)
{
	const struct kt_xnode *pr = kt_xnode_child(node, "tblPr"), *tr = node;
	const char *look = word_value(pr, "tblLook");

	if (!w->own || look == NULL || table->first == NULL ||
	    (strtoul(look, NULL, 16) & LOOK_FIRST_ROW) == 0)
		return;
	while ((tr = word_next_in(node, tr, "tr")) != NULL)
		if (word_on(kt_xnode_child(tr, "trPr"), "tblHeader", false))
			return;
	table->first->header = true;
}

void
word_table(struct word *w, struct kt_build *b, struct kt_node *table,
    const struct kt_xnode *node)
{
	struct table *t;
	const struct kt_xnode *tr = node;

	if (w->depth >= WORD_NESTED_MAX ||
	    kt_build_depth(b) >= KT_READ_DEPTH - 1) {
		struct kt_buf words = KT_BUF_INIT;

		kt_xnode_words(&words, node);
		word_tell(w, KT_M_DOCX_NESTED, words.p);
		kt_buf_release(&words);
		return;
	}
	t = kt_calloc(1, sizeof(*t));
	*t = (struct table){ .w = w, .b = b, .node = table };
	w->depth++;
	while ((tr = word_next_in(node, tr, "tr")) != NULL)
		put_row(t, tr);
	mend_head(w, table, node);
	w->depth--;
	free(t);
}

void
word_table_lines(struct word *w, struct kt_buf *out,
    const struct kt_xnode *table,
    void (*put)(
	struct word *w, struct kt_buf *out, const struct kt_xnode *cell))
{
	const struct kt_xnode *tr = table, *tc;

	while ((tr = word_next_in(table, tr, "tr")) != NULL) {
		size_t cells = 0;

		if (word_all_absent(w, kt_xnode_child(tr, "trPr")))
			continue;
		kt_buf_putc(out, '|');
		for (tc = word_next_in(tr, tr, "tc"); tc != NULL;
		     tc = word_next_in(tr, tc, "tc"), cells++)
			put(w, out, tc);
		kt_buf_putc(out, '\n');
		if (!word_on(kt_xnode_child(tr, "trPr"), "tblHeader", false))
			continue;
		kt_buf_putc(out, '|');
		while (cells-- > 0)
			kt_buf_puts(out, "---|");
		kt_buf_putc(out, '\n');
	}
}
