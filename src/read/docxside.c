/* SPDX-License-Identifier: MIT */
/*
 * The columns of a 新旧対照表: as they are printed, line by line with what is
 * marked in them, or one of them as blocks in place of the table.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* Lines this thick around a row say that it changes: eighths of a point. */
#define BOLD_LINE 12

/* The columns of both sides, from 0. */
struct sides {
	long old, new;
};

/* What is gathered. */
struct printer {
	struct word *w;
	struct kt_printed *out;
	size_t cap[2];
	size_t row;
};

/* Words of a line, gathered from paragraphs. */
struct gathered {
	struct kt_buf text;
	struct kt_mark *marks;
	size_t nmarks, cap;
};

/* ---- which columns ------------------------------------------------------ */

char
word_side_name(const char *p, size_t n)
{
	static const struct {
		const char *word;
		char side;
	} heads[] = { { "改正後", 'n' }, { "改正案", 'n' }, { "新", 'n' },
		{ "改正前", 'o' }, { "現行", 'o' }, { "旧", 'o' } };
	struct kt_buf words = KT_BUF_INIT;
	unsigned wide;
	char side = 0;

	for (const char *end = p + n; p < end; p += wide)
		if (!kt_is_space(kt_utf8_at(p, &wide)))
			kt_buf_put(&words, p, wide);
	for (size_t i = 0; i < KT_COUNT(heads) && side == 0; i++) {
		size_t len = strlen(heads[i].word);

		if (words.len >= len &&
		    memcmp(words.p, heads[i].word, len) == 0 &&
		    (words.len == len || (len > 3 && words.len < 60)))
			side = heads[i].side;
	}
	kt_buf_release(&words);
	return side;
}

static char
side_of(const struct kt_xnode *tc)
{
	struct kt_buf words = KT_BUF_INIT;
	char side;

	kt_xnode_words(&words, tc);
	side = word_side_name(words.p, words.len);
	kt_buf_release(&words);
	return side;
}

static long
span_of(const struct kt_xnode *tc)
{
	long n =
	    word_long(word_value(kt_xnode_child(tc, "tcPr"), "gridSpan"), 1);

	return n < 1 ? 1 : n;
}

/* Columns of the sides, by the head of a table. */
static bool
find_sides(struct sides *out, const struct kt_xnode *table)
{
	const struct kt_xnode *tr = word_next_in(table, table, "tr");
	long column = 0;

	*out = (struct sides){ -1, -1 };
	if (tr == NULL)
		return false;
	for (const struct kt_xnode *tc = word_next_in(tr, tr, "tc"); tc != NULL;
	     tc = word_next_in(tr, tc, "tc")) {
		char side = side_of(tc);

		if (side == 'n' && out->new < 0)
			out->new = column;
		else if (side == 'o' && out->old < 0)
			out->old = column;
		column += span_of(tc);
	}
	return out->old >= 0 && out->new >= 0;
}

/* ---- lines -------------------------------------------------------------- */

static void
gather(struct gathered *g, const struct word_block *block)
{
	for (size_t i = 0; i < block->words.nmarks; i++) {
		KT_GROW(g->marks, g->nmarks, g->cap);
		g->marks[g->nmarks] = block->words.marks[i];
		g->marks[g->nmarks++].start += (uint32_t)g->text.len;
	}
	kt_buf_put(&g->text, block->words.text.p, block->words.text.len);
}

static void
put_line(struct printer *p, int side, const struct gathered *g, bool boxed)
{
	struct kt_printed *out = p->out;
	struct kt_mark *marks;

	if (g->text.len == 0)
		return;
	marks = KT_NEWN(out->arena, struct kt_mark, g->nmarks + 1);
	if (g->nmarks > 0)
		memcpy(marks, g->marks, g->nmarks * sizeof(*marks));
	KT_GROW(out->at[side], out->count[side], p->cap[side]);
	out->at[side][out->count[side]++] = (struct kt_printed_line){
		.text = kt_arena_strndup(out->arena, g->text.p, g->text.len),
		.len = (uint32_t)g->text.len,
		.marks = marks,
		.nmarks = g->nmarks,
		.row = p->row,
		.boxed = boxed,
	};
}

static void
release(struct gathered *g)
{
	kt_buf_release(&g->text);
	free(g->marks);
}

static void
put_block(struct printer *p, int side, const struct word_block *block)
{
	struct gathered g = { .text = KT_BUF_INIT };

	gather(&g, block);
	put_line(p, side, &g, false);
	release(&g);
}

/* ---- tables inside ------------------------------------------------------ */

static void
gather_cell(struct printer *p, struct gathered *g, const struct kt_xnode *tc)
{
	struct word_blocks blocks = { .at = NULL };

	word_blocks_read(p->w, &blocks, tc);
	for (size_t i = 0; i < blocks.n; i++)
		if (blocks.at[i].kind != WORD_TABLE)
			gather(g, &blocks.at[i]);
		else if (p->w->depth++ < WORD_NESTED_MAX) {
			const struct kt_xnode *in = blocks.at[i].table;
			const struct kt_xnode *at = in;

			while ((at = word_next_in(in, at, "tr")) != NULL)
				for (const struct kt_xnode *c =
					 word_next_in(at, at, "tc");
				     c != NULL; c = word_next_in(at, c, "tc"))
					gather_cell(p, g, c);
			p->w->depth--;
		}
	word_blocks_release(&blocks);
}

/* Is it drawn in dashed or bold lines? */
static bool
is_boxed(const struct kt_xnode *tc)
{
	const struct kt_xnode *pr = kt_xnode_child(tc, "tcPr");
	const struct kt_xnode *borders =
	    pr == NULL ? NULL : kt_xnode_child(pr, "tcBorders");
	const char *line;

	if (borders == NULL)
		return false;
	for (const struct kt_xnode *at = kt_xnode_elem(borders); at != NULL;
	     at = kt_xnode_next_elem(at)) {
		line = kt_xnode_attr(at, "val");
		if (line != NULL &&
		    (strncmp(line, "dash", 4) == 0 ||
			strcmp(line, "thick") == 0 ||
			word_long(kt_xnode_attr(at, "sz"), 0) >= BOLD_LINE))
			return true;
	}
	return false;
}

/* The rows of a table in a cell, a line each. */
static void
put_rows(struct printer *p, int side, const struct kt_xnode *table)
{
	const struct kt_xnode *tr = table;

	while ((tr = word_next_in(table, tr, "tr")) != NULL) {
		struct gathered g = { .text = KT_BUF_INIT };
		bool boxed = false;

		if (word_all_absent(p->w, kt_xnode_child(tr, "trPr")))
			continue;
		for (const struct kt_xnode *tc = word_next_in(tr, tr, "tc");
		     tc != NULL; tc = word_next_in(tr, tc, "tc")) {
			gather_cell(p, &g, tc);
			boxed = boxed || is_boxed(tc);
		}
		put_line(p, side, &g, boxed);
		release(&g);
	}
}

/* ---- the columns -------------------------------------------------------- */

static void
put_cell(struct printer *p, int side, const struct kt_xnode *tc)
{
	struct word_blocks blocks = { .at = NULL };

	word_blocks_read(p->w, &blocks, tc);
	for (size_t i = 0; i < blocks.n; i++)
		if (blocks.at[i].kind == WORD_TABLE)
			put_rows(p, side, blocks.at[i].table);
		else
			put_block(p, side, &blocks.at[i]);
	word_blocks_release(&blocks);
}

static void
put_table(
    struct printer *p, const struct sides *sides, const struct kt_xnode *table)
{
	const struct kt_xnode *tr = word_next_in(table, table, "tr");

	/* Behind the head. */
	while (tr != NULL && (tr = word_next_in(table, tr, "tr")) != NULL) {
		const struct kt_xnode *pr = kt_xnode_child(tr, "trPr");
		long column = word_long(word_value(pr, "gridBefore"), 0);

		if (word_all_absent(p->w, pr))
			continue;
		for (const struct kt_xnode *tc = word_next_in(tr, tr, "tc");
		     tc != NULL; tc = word_next_in(tr, tc, "tc")) {
			long next = column + span_of(tc);

			if (column <= sides->old && sides->old < next)
				put_cell(p, 0, tc);
			if (column <= sides->new && sides->new < next)
				put_cell(p, 1, tc);
			column = next;
		}
		p->row++;
	}
}

/* Paragraphs from number i on. */
static void
put_below(struct kt_printed *out, const struct word_blocks *blocks, size_t i)
{
	struct kt_buf below = KT_BUF_INIT;

	for (; i < blocks->n; i++) {
		const struct word_block *b = &blocks->at[i];

		if (b->kind == WORD_TABLE)
			continue;
		kt_buf_put(&below, b->words.text.p, b->words.text.len);
		kt_buf_putc(&below, '\n');
	}
	out->below = kt_arena_strndup(out->arena, below.p, below.len);
	kt_buf_release(&below);
}

bool
word_printed(
    struct word *w, struct kt_printed *out, const struct word_blocks *blocks)
{
	struct printer p = { .w = w, .out = out };
	struct sides sides;
	size_t behind = 0;

	for (size_t i = 0; i < blocks->n; i++)
		if (blocks->at[i].kind == WORD_TABLE &&
		    find_sides(&sides, blocks->at[i].table)) {
			behind = i + 1;
			put_table(&p, &sides, blocks->at[i].table);
		}
	for (int side = 0; side < 2; side++) {
		struct kt_printed_line *lines = KT_NEWN(
		    out->arena, struct kt_printed_line, out->count[side] + 1);

		if (out->count[side] > 0)
			memcpy(lines, out->at[side],
			    out->count[side] * sizeof(*lines));
		free(out->at[side]);
		out->at[side] = lines;
	}
	put_below(out, blocks, behind);
	return behind > 0;
}

/* ---- one column as a document -------------------------------------------- */

/* （新設）, ［削除］: said of a row of a 新旧対照表, not of the text. */
static bool
is_remark_word(const char *p, size_t n)
{
	static const char *const remarks[] = { "新設", "新規", "追加", "削除",
		"削る", "廃止" };

	for (size_t i = 0; i < KT_COUNT(remarks); i++) {
		const char *found = strstr(p, remarks[i]);

		if (found != NULL && (found == p + 3 || found == p + 1) &&
		    n <= strlen(remarks[i]) + 6)
			return true;
	}
	return false;
}

bool
word_is_remark_row(const struct word *w, const struct kt_xnode *tr)
{
	struct kt_buf words = KT_BUF_INIT;
	bool remark = false;

	if (w->how.side != KT_TABLE_WHOLE) {
		kt_xnode_words(&words, tr);
		remark = is_remark_word(words.p, words.len);
		kt_buf_release(&words);
	}
	return remark;
}

bool
word_is_comparison(const struct kt_xnode *table)
{
	struct sides sides;

	return find_sides(&sides, table);
}

static bool
is_remark(const struct word_block *b)
{
	return strcmp(b->style, "例規 対照表の注記") == 0 ||
	       is_remark_word(b->words.text.p, b->words.text.len);
}

void
word_side(struct word *w, struct word_blocks *out, const struct kt_xnode *table)
{
	const struct kt_xnode *tr, *tc;
	struct sides sides;
	long want, column;

	find_sides(&sides, table);
	want = w->how.side == KT_TABLE_NEW ? sides.new : sides.old;
	tr = word_next_in(table, table, "tr");
	while (tr != NULL && (tr = word_next_in(table, tr, "tr")) != NULL) {
		column = 0;
		for (tc = word_next_in(tr, tr, "tc"); tc != NULL;
		     tc = word_next_in(tr, tc, "tc")) {
			size_t first = out->n, kept = first;

			if (column++ != want)
				continue;
			word_blocks_read(w, out, tc);
			for (size_t i = first; i < out->n; i++) {
				struct word_block *b = &out->at[i];

				if (b->kind == WORD_PARAGRAPH && is_remark(b)) {
					kt_inline_release(&b->words);
					free(b->code);
				} else {
					out->at[kept++] = *b;
				}
			}
			out->n = kept;
		}
	}
}
