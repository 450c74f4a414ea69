/* SPDX-License-Identifier: MIT */
#ifndef KT_LAWTEXT_INT_H
#define KT_LAWTEXT_INT_H

/*
 * Lines of a text, as the reader of plain text sees them.  Readers of pages
 * (HTML, PDF) make such lines too, and say of a line what they know besides
 * its words; what the labels say is decided in one place, lawtext.c.
 */

#include "build_int.h"

enum text_hint {
	TEXT_PLAIN, /* the words decide */
	TEXT_TITLE, /* the name of the text */
	TEXT_HEADING, /* a heading, `level` from 1; 0: its label says it */
	TEXT_ITEM, /* a 号, also where its label could be that of a 項 */
	TEXT_BULLET, /* a list entry without a label */
	TEXT_WORDS, /* words only, whatever they begin with */
	TEXT_WITHIN, /* goes on with the commentary before */
	TEXT_FOOTNOTE, /* its label has `level` bytes */
	TEXT_BLOCK /* no words: what `block` builds of it */
};

struct text_line {
	const char *p; /* without indent and trailing blanks */
	size_t n; /* 0: a blank line */
	size_t indent; /* in columns: a wide blank is two */
	size_t bytes; /* of the indent */
	bool heavy; /* all of it in a heavier face than most lines */
	enum text_hint hint;
	unsigned level;
	/* Place in the source; line 0: its number among the lines. */
	size_t line, column;
	const struct kt_mark *marks; /* of its words; borrowed */
	size_t nmarks;
	const void *block;
};

struct text_lines {
	struct text_line *at;
	size_t count, cap;
	bool titled; /* a line says that it is the title, or there is none */
	/* Build the table or figure that stands at a line. */
	void (*block)(struct kt_build *b, const struct text_line *line);
};

/* The lines of a text; yours, free(at). */
void text_lines_cut(struct text_lines *out, const char *p, size_t n);
/* Append one line: indent and trailing blanks taken off p. */
struct text_line *text_lines_add(
    struct text_lines *out, const char *p, size_t n);
/* Clauses out of lines: fills the document and finishes it. */
void text_lines_read(
    struct kt_doc *doc, const struct text_lines *lines, struct kt_diag *d);
/* The next line that is not blank, from i on; count when there is none. */
size_t text_line_next(const struct text_lines *lines, size_t i);
bool text_line_has(const struct text_line *line, const char *word);
bool text_line_begins(const struct text_line *line, const char *word);
/* The line below a title that is the number of the text:
 * （令和七年規程第七号）. What is inside. */
bool text_line_number(const struct text_line *line, const char **p, size_t *n);
/* （略）: what a 新旧対照表 leaves out. */
bool text_line_is_omitted(const char *p, size_t n);
/* Letters that were set apart to fill the line are closed up. */
void text_line_close_up(struct text_line *line, struct kt_arena *arena);
/* 目次, also with the name of the text before it. */
bool text_line_is_toc(const struct text_line *line);
/* :name: at the start; bytes of it, 0 when there is none. */
size_t text_line_directive(const struct text_line *line);

/* The first line of a row: * - words, or * - alone. */
bool text_line_is_row(const struct text_line *line);

/* ---- lawspace.c -------------------------------------------------------- */

/* Keep in the document how the bytes that the lines were cut from are set. */
void text_lines_keep_spacing(struct kt_doc *doc, const struct text_lines *lines,
    const char *bytes, size_t n);

/* ---- lawkoban.c -------------------------------------------------------- */

/* Are numbers set before headings here, since there are no 条?  Then find the
 * headings among lines that begin with (1). */
bool text_lines_find_koban(struct text_lines *lines);

/* ---- lawgrid.c --------------------------------------------------------- */

/* The table that begins at a line; the first line that is not of it. */
size_t text_table(
    struct kt_build *b, const struct text_lines *lines, size_t at);

#endif
