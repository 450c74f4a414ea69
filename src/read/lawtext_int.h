/* SPDX-License-Identifier: MIT */
#ifndef KT_LAWTEXT_INT_H
#define KT_LAWTEXT_INT_H

/* Lines of a text, as the reader of plain text sees them. */

#include "build_int.h"

struct text_line {
	const char *p; /* without indent and trailing blanks */
	size_t n; /* 0: a blank line */
	size_t indent; /* in columns: a wide blank is two */
	size_t bytes; /* of the indent */
};

struct text_lines {
	struct text_line *at;
	size_t count, cap;
};

/* The lines of a text; yours, free(at). */
void text_lines_cut(struct text_lines *out, const char *p, size_t n);
/* The next line that is not blank, from i on; count when there is none. */
size_t text_line_next(const struct text_lines *lines, size_t i);
bool text_line_has(const struct text_line *line, const char *word);
bool text_line_begins(const struct text_line *line, const char *word);
/* A title in brackets that is the number of the text: （令和七年規程第七号）.
 * What is inside. */
bool text_line_number(const struct text_line *line, const char **p, size_t *n);
/* 目次, also with the name of the text before it. */
bool text_line_is_toc(const struct text_line *line);
/* :name: at the start; bytes of it, 0 when there is none. */
size_t text_line_directive(const struct text_line *line);

/* The first line of a row: * - words, or * - alone. */
bool text_line_is_row(const struct text_line *line);

/* ---- lawgrid.c
 * --------------------------------------------------------------- */

/* The table that begins at a line; the first line that is not of it. */
size_t text_table(
    struct kt_build *b, const struct text_lines *lines, size_t at);

#endif
