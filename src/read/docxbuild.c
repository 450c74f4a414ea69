/* SPDX-License-Identifier: MIT */
/*
 * Blocks of a Word file to clauses.  Files of kaitei's own tell their
 * structure; those of others are typed lines, which the reader of plain text
 * knows how to read, with what Word knows of them besides.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* Twips of a half-width column: half of 10.5 pt. */
#define COLUMN 105
#define INDENT_MAX 80

/* A line of the contents that Word made: other programs keep its style and
 * lose what held the lines together. */
static bool
is_contents(const struct word_block *b)
{
	return strncmp(b->style, "toc ", 4) == 0 && b->style[4] >= '1' &&
	       b->style[4] <= '9';
}

/* A style of our own that is no part of the text. */
static bool
is_furniture(const struct word_block *b)
{
	return is_contents(b) || strcmp(b->style, "toc heading") == 0 ||
	       strcmp(b->style, "例規 日付") == 0 ||
	       strcmp(b->style, "例規 表の後") == 0 ||
	       strcmp(b->style, "例規 対照表の標題") == 0 ||
	       strcmp(b->style, "例規 対照表の欄名") == 0 ||
	       strcmp(b->style, "例規 対照表の注") == 0;
}

/* ---- our own ------------------------------------------------------------ */

/* The table at block i, named by the paragraph behind it. */
static void
own_table(
    struct word *w, struct kt_build *b, struct word_blocks *blocks, size_t i)
{
	struct word_block *at = &blocks->at[i];
	struct kt_inline none;
	struct kt_buf code = KT_BUF_INIT;
	struct kt_node *table = NULL;

	kt_inline_init(&none, w->arena);
	kt_inline_begin(&none, at->at, 1);
	if (i + 1 < blocks->n && blocks->at[i + 1].kind == WORD_PARAGRAPH)
		word_code_of(&code, w, &blocks->at[i + 1]);
	if (code.len > 0 &&
	    strcmp(blocks->at[i + 1].style, "例規 表の後") == 0 &&
	    word_code_build(b, code.p, &none, NULL, &table)) {
		blocks->at[i + 1].ncodes = 0;
		if (table->kind != KT_TABLE)
			table = NULL;
	}
	if (table == NULL) {
		kt_build_settle(b);
		table = kt_build_table(b, at->at, 1);
	}
	word_table(w, b, table, at->table);
	kt_buf_release(&code);
	kt_inline_release(&none);
}

static bool
own_paragraph(struct word *w, struct kt_build *b, struct word_block *block)
{
	struct kt_buf code = KT_BUF_INIT;
	struct kt_node *last;
	bool done;

	word_code_of(&code, w, block);
	done = code.len > 0 &&
	       word_code_build(b, code.p, &block->words, block->picture, &last);
	kt_buf_release(&code);
	return done;
}

/* （目的） above its 条. */
static bool
is_caption(const char *p, size_t n)
{
	struct kt_lead lead;

	kt_lead_paragraph(&lead, p, n);
	return lead.form == KT_LEAD_CAPTION;
}

/* It may look like a heading. */
static bool
is_caption_block(const struct word_block *b)
{
	return is_caption(b->words.seen.p, b->words.seen.len);
}

/* A paragraph that was written in between, by its words and its style. */
static void
plain_paragraph(struct kt_build *b, const struct word_block *block)
{
	if (block->words.text.len == 0 || is_furniture(block))
		return;
	kt_build_settle(b);
	if (block->bullet) {
		kt_build_open_entry(b, "", block->at, 1);
		kt_build_paragraph(b, &block->words);
		kt_build_close(b);
	} else if (block->outline >= 0 && kt_build_depth(b) == 1 &&
		   !is_caption_block(block)) {
		kt_build_heading(
		    b, &block->words, (unsigned)block->outline + 2);
	} else {
		kt_build_paragraph(b, &block->words);
	}
}

void
word_build_own(struct word *w, struct kt_build *b, struct word_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		struct word_block *block = &blocks->at[i];

		if (block->kind == WORD_TABLE)
			own_table(w, b, blocks, i);
		else if (block->kind == WORD_FIGURE ||
			 !own_paragraph(w, b, block))
			plain_paragraph(b, block);
	}
}

/* ---- others' ------------------------------------------------------------ */

/* What a line that is none leads back to. */
struct place {
	struct word *w;
	struct word_blocks *blocks;
	size_t at;
};

static void
put_special(struct kt_build *b, const struct text_line *line)
{
	const struct place *p = line->block;
	struct word_block *block = &p->blocks->at[p->at];

	if (block->kind == WORD_FIGURE)
		kt_build_paragraph(b, &block->words);
	else
		word_table(
		    p->w, b, kt_build_table(b, block->at, 1), block->table);
}

/* A title among styles: Word's own, or ours. */
static bool
is_title(const struct word_block *b)
{
	return strcmp(b->style, "title") == 0 ||
	       strcmp(b->style, "表題") == 0 || strcmp(b->style, "題名") == 0 ||
	       strcmp(b->style, "例規 題名") == 0;
}

/* Does what stands at p begin a clause? */
static bool
begins_clause(const char *p, size_t n)
{
	struct kt_lead lead;

	kt_lead_paragraph(&lead, p, n);
	return lead.form == KT_LEAD_CLAUSE || lead.form == KT_LEAD_CAPTION ||
	       lead.form == KT_LEAD_NOTE;
}

/* How many bytes of p are one line: a line break before a clause ends it. */
static size_t
line_length(const char *p, size_t n)
{
	const char *end = p + n, *at = memchr(p, '\n', n), *next;

	/* （見出し） alone above its 条. */
	if (at != NULL && is_caption(p, (size_t)(at - p)))
		return (size_t)(at - p);
	for (; at != NULL && at + 1 < end; at = next) {
		next = memchr(at + 1, '\n', (size_t)(end - at - 1));
		if (begins_clause(
			at + 1, (size_t)((next == NULL ? end : next) - at - 1)))
			return (size_t)(at - p);
	}
	return n;
}

static enum text_hint
hint_of(const struct word_block *b)
{
	if (b->note)
		return TEXT_FOOTNOTE;
	if (b->bullet)
		return TEXT_BULLET;
	if (is_title(b))
		return TEXT_TITLE;
	if (b->outline >= 0 && !is_caption_block(b))
		return TEXT_HEADING;
	return TEXT_PLAIN;
}

/* The label of a footnote: （注1）. */
static unsigned
note_label(const char *p, size_t n)
{
	const char *end = strstr(p, "）");

	return strncmp(p, "（注", strlen("（注")) == 0 && end != NULL &&
		       (size_t)(end - p) < n
		   ? (unsigned)(end - p) + (unsigned)strlen("）")
		   : 0;
}

static size_t
columns_of(long left)
{
	long columns = (left + COLUMN / 2) / COLUMN;

	return columns < 0            ? 0
	       : columns > INDENT_MAX ? INDENT_MAX
				      : (size_t)columns;
}

/* Bold from the first letter to the last. */
static bool
is_all_strong(const struct word_block *b)
{
	for (size_t i = 0; i < b->words.nmarks; i++) {
		const struct kt_mark *m = &b->words.marks[i];

		if (m->kind == KT_STRONG && m->start <= b->label + 3 &&
		    m->start + m->len == b->words.text.len)
			return true;
	}
	return false;
}

/* Marks of the words from..to; those over the whole line are its look. */
static void
set_marks(struct word *w, struct text_line *line, const struct word_block *b,
    size_t from, size_t to)
{
	struct kt_mark *out =
	    KT_NEWN(w->arena, struct kt_mark, b->words.nmarks + 1);
	size_t n = 0;

	for (size_t i = 0; i < b->words.nmarks; i++) {
		struct kt_mark m = b->words.marks[i];
		size_t begin = m.start, end = begin + m.len;
		bool look = m.kind == KT_STRONG || m.kind == KT_EMPHASIS;

		if (begin > to || end < from ||
		    (m.len > 0 && (begin == to || end == from)))
			continue;
		begin = begin < from ? from : begin;
		end = end > to ? to : end;
		if (look && begin <= from + b->label + 3 && end == to)
			continue;
		m.start = (uint32_t)(begin - from);
		m.len = (uint32_t)(end - begin);
		out[n++] = m;
	}
	line->marks = out;
	line->nmarks = n;
}

static void
add_lines(struct word *w, struct text_lines *lines, const struct word_block *b)
{
	const char *p = b->words.text.p;
	size_t len = b->words.text.len, at = 0;
	bool first = true;

	while (at < len) {
		size_t n = line_length(p + at, len - at);
		struct text_line *line = text_lines_add(lines, p + at, n);
		size_t from = (size_t)(line->p - p);

		line->indent += columns_of(b->left);
		if (b->bullet)
			line->indent += 2 * (size_t)b->level;
		line->line = b->at;
		line->column = 1;
		line->hint = first ? hint_of(b) : TEXT_PLAIN;
		line->level = line->hint == TEXT_FOOTNOTE
				  ? note_label(line->p, line->n)
				  : (unsigned)b->outline + 2;
		if (line->hint == TEXT_TITLE && lines->titled)
			line->hint = TEXT_PLAIN;
		lines->titled |= line->hint == TEXT_TITLE;
		set_marks(w, line, b, from, from + line->n);
		line->heavy = first && n == len && b->align != 'c' &&
			      b->align != 'r' && is_all_strong(b);
		at += n + 1;
		first = false;
	}
	if (len == 0)
		text_lines_add(lines, "", 0);
}

void
word_build_lines(struct word *w, struct kt_doc *doc, struct word_blocks *blocks)
{
	struct text_lines lines = { .block = put_special };
	bool contents = false;

	for (size_t i = 0; i < blocks->n; i++) {
		struct word_block *b = &blocks->at[i];
		struct place *place;
		struct text_line *line;

		if (is_contents(b) && !contents) {
			kt_report(w->d, .id = KT_M_DOCX_TOC,
			    .at = { .file = w->name, .line = b->at });
			contents = true;
		}
		if (is_furniture(b))
			continue;
		if (b->kind == WORD_PARAGRAPH) {
			add_lines(w, &lines, b);
			continue;
		}
		place = KT_NEW(w->arena, struct place);
		*place = (struct place){ w, blocks, i };
		line = text_lines_add(&lines, "", 0);
		line->hint = TEXT_BLOCK;
		line->line = b->at;
		line->block = place;
	}
	text_lines_read(doc, &lines, w->d);
	free(lines.at);
}
