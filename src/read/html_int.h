/* SPDX-License-Identifier: MIT */
#ifndef KT_HTML_INT_H
#define KT_HTML_INT_H

/*
 * What the files of the reader of web pages share.  A page becomes lines
 * (htmlflow.c) as they are seen on it; tables and pictures stay at their
 * place as blocks (htmltable.c); what the lines say is read by lawtext.c.
 */

#include "lawtext_int.h"

#include <kaitei/xml.h>

struct html {
	struct kt_doc *doc;
	struct kt_diag *d;
	struct kt_arena *arena; /* of lines and their marks */
	const struct kt_xnode *body; /* the part of the page that is read */
	struct text_lines lines;

	/* The line in the making. */
	struct kt_inline words;
	bool gathering, space;
	size_t line;
	enum text_hint hint;
	unsigned level, lists;
	struct kt_buf label; /* that a list gives its next entry */

	struct kt_buf date, number; /* of the text, as the page heads it */
	size_t links, hidden, outside; /* not kept: counts, characters */
	bool vendor; /* the page says what is 条, 項, 号 */
};

/* A table or picture where it stands. */
struct html_block {
	struct html *h;
	const struct kt_xnode *table; /* NULL: a picture */
	const char *file, *alt;
};

/* ---- htmlflow.c -------------------------------------------------------- */

/* One of the words of class="…"? */
bool html_has_class(const struct kt_xnode *x, const char *name);
/* Not shown, or no text: script, style, display:none … */
bool html_is_hidden(const struct kt_xnode *x);
/* Reading order below `root`; `skip` leaves out what lies below x. */
const struct kt_xnode *html_next(
    const struct kt_xnode *x, const struct kt_xnode *root, bool skip);
/* All lines below x, in order, behind those that are there; the last is in
 * the making until html_flush(). */
void html_flow(struct html *h, const struct kt_xnode *x);
void html_flush(struct html *h);

/* ---- htmltable.c ------------------------------------------------------- */

/* One cell a row: the table only places the text on the page. */
bool html_is_layout(const struct kt_xnode *table);
/* The builder of blocks, for struct text_lines. */
void html_build_block(struct kt_build *b, const struct text_line *line);

#endif
