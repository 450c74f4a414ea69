/* SPDX-License-Identifier: MIT */
#ifndef KT_DOCX_INT_H
#define KT_DOCX_INT_H

/* What the Word writers share: pages, styles, paragraphs, tables and the
 * parts around the document. */

#include "layout.h"
#include "picture_int.h"

#include <kaitei/ooxml.h>
#include <kaitei/xml.h>

/* A page as houses name it; lengths in twips (1/20 pt). */
struct docx_page {
	const char *name;
	unsigned width, height;
	bool landscape;
	bool vertical; /* 縦書き */
	unsigned top, right, bottom, left, header, footer;
	unsigned half_points; /* size of the text */
	const char *grid; /* w:type of w:docGrid */
	unsigned pitch; /* of lines */
};

extern const struct docx_page docx_page_text; /* A4, 40 × 36 */
extern const struct docx_page docx_page_table; /* A4 landscape */
extern const struct docx_page docx_page_list; /* the same, in small type */
extern const struct docx_page docx_page_tate; /* A4, 縦書き */

/* Length of a line between the margins. */
unsigned docx_page_room(const struct docx_page *page);

/* ---- docx_xml.c: paragraphs and tables, docx_runs.c: their words ------ */

struct docx {
	struct kt_xmlw *w;
	const struct docx_page *page;
	const char *underline; /* w:val for what the document underlines */
	const char *text; /* element of words: w:t, deleted w:delText */
	bool tracked; /* inside a tracked change, which holds runs only */
	unsigned marks; /* bookmarks written so far */
	unsigned codes; /* bookmarks that tell the structure */
	const char *box; /* border of a row that is boxed: its attributes */
	bool boxed; /* inside such a row */
	unsigned sides; /* of the cell at hand that have this border */
	unsigned open; /* those that have none at all */
	bool inside; /* the next grid stands in a cell of a table */
	unsigned room; /* width of a line at hand, in twips … */
	unsigned left; /* … and its indent, in characters */
	const struct kt_pictures *pictures; /* to stand for words, or NULL */
	const struct kt_picture **media; /* those that do, by part */
	size_t nmedia, media_cap;
	unsigned drawings; /* written so far */
	unsigned upright; /* digits that stand upright, likewise */
	unsigned indent; /* of the table that is written next, in twips */
};

#define DOCX_NAME_MAX 40 /* letters of the name of a bookmark */

/* The name of the next bookmark for a code, of the new or the old text; *code
 * moves on.  False when all of it is told. */
bool docx_code_name(
    struct docx *x, char name[DOCX_NAME_MAX + 1], const char **code, bool old);

/* A field around the words that are written next; locked: what the file has
 * must not be looked for outside. */
void docx_field_begin(struct docx *x, const char *code, bool locked);
void docx_field_end(struct docx *x);

/* What a paragraph has besides its line. */
struct docx_extra {
	const char *style; /* NULL: that of the line */
	const char *const *marks; /* bookmarks around it */
	size_t nmarks;
	bool keep_next, page_break;
	bool gap; /* half a line before it */
	int outline; /* level from 0, -1: that of the style */
	char align; /* 'l' 'c' 'r', 0 = as the style */
};

#define DOCX_EXTRA_INIT                                                        \
	{                                                                      \
		.outline = -1                                                  \
	}

void docx_paragraph(struct docx *x, const struct kt_text_line *line,
    const struct docx_extra *extra);
/* What such a paragraph is made of, for those who write more into it: what
 * stands in its w:pPr, and its runs. */
void docx_properties(struct docx *x, const struct kt_text_line *line,
    const struct docx_extra *extra);
void docx_runs(struct docx *x, const struct kt_run *runs, size_t n);
bool docx_has_words(const struct kt_text_line *line);
/* The picture of a figure as a run; the words of the line go below it. */
void docx_figure(struct docx *x, const struct kt_text_line *line);
/* A paragraph of fixed words in a style. */
void docx_words(struct docx *x, const char *style, const char *words);
/* A grid as a table of a width; it is followed by an empty paragraph, as a
 * cell that holds it needs, which has the code of the table, or NULL. */
void docx_grid(struct docx *x, const struct kt_grid *grid, unsigned width,
    const char *code);
/* The paragraph behind a table. */
void docx_behind(struct docx *x, const char *code);
/* The same in parts: w:tbl up to its rows; what stands in the w:trPr of a
 * row; w:tc up to its paragraphs, for the columns from `column` on. */
void docx_grid_begin(
    struct docx *x, const struct kt_grid *grid, unsigned width);
void docx_row_properties(
    struct docx *x, const struct kt_grid_row *row, bool header);
void docx_cell_begin(struct docx *x, const struct kt_grid *grid,
    const struct kt_grid_cell *cell, unsigned column, unsigned width);
/* What the margins of such a cell leave of its width. */
unsigned docx_cell_room(const struct kt_grid *grid,
    const struct kt_grid_cell *cell, unsigned column, unsigned width);
/* In the w:tcPr of a cell, behind its borders: on a vertical page it is said
 * of each cell, since programs take a cell that says nothing for a horizontal
 * one.  V: kanji stand, only Latin letters lie. */
void docx_cell_direction(struct docx *x);
void docx_section(struct docx *x, const char *header, const char *footer);
/* <w:name w:val="value"/> */
void docx_value(struct kt_xmlw *w, const char *name, const char *value);
void docx_number(struct kt_xmlw *w, const char *name, long value);
/* Indents of a line in characters and in twips. */
void docx_indent(
    struct kt_xmlw *w, unsigned left, int first, const struct docx_page *page);
/* Id of the style of a line. */
const char *docx_style_of(const struct kt_text_line *line);

/* ---- docx_picture.c: pictures ---------------------------------------- */

/* w:drawing, for words, into an open run. */
void docx_picture(
    struct docx *x, const struct kt_picture *p, const char *words);
/* The parts of all of them, related to the part `document` behind the relations
 * that it has already. */
void docx_media(struct kt_opc *o, const struct docx *x, const char *document);

/* ---- docx_styles.c --------------------------------------------------- */

/* Heading levels of a document: by style of line, -1 for none. */
struct docx_outline {
	int level[KT_LINE_STYLES];
};

/* Indents that a style gives by itself. */
void docx_style_indent(const char *id, unsigned *left, int *first);
int docx_put_styles(struct kt_buf *out, const struct docx_page *page,
    const struct docx_outline *outline, struct kt_diag *d);

/* ---- docx_toc.c ------------------------------------------------------ */

struct docx_entry {
	const char *words, *mark; /* its bookmark */
	int level; /* from 0 */
};

struct docx_toc {
	struct docx_entry *at;
	size_t n;
};

/* The headings of a text as entries, as many levels as stay readable. */
void docx_toc_find(struct docx_toc *toc, const struct doc_lines *lines,
    const struct docx_outline *outline, const char *const *marks,
    struct kt_arena *arena);
/* 目次 itself; what must be read back of it goes to `want`. */
void docx_toc_put(
    struct docx *x, const struct docx_toc *toc, struct kt_buf *want);

/* ---- docx_parts.c ---------------------------------------------------- */

/* The words around the document. */
struct docx_about {
	const char *title;
	const char *header; /* at the top of each page, or "" */
	const struct kt_meta *meta; /* front matter that goes with it, or NULL
				     */
	const struct kt_meta *old_meta; /* that of the old text, likewise */
	struct kt_date created;
};

/* How the words of a package are proved when it is read back. */
struct docx_words {
	int (*prove)(void *of, const char *bytes, size_t n, struct kt_diag *d);
	void *of;
};

#define DOCX_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_NS_R                                                              \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* Begin word/document.xml, up to and with w:body. */
void docx_begin(struct docx *x, const struct docx_page *page);
/*
 * End it with its section, put the parts around it and write the package to
 * `out` after it was read back: its words must be `want`, a line a paragraph
 * and no empty ones, and kt_docx_lint() must find nothing.
 */
int docx_finish(struct docx *x, struct kt_buf *out,
    const struct docx_about *about, const struct docx_outline *outline,
    const struct kt_buf *want, struct kt_diag *d);
/* The same where the words are proved in another way. */
int docx_finish_as(struct docx *x, struct kt_buf *out,
    const struct docx_about *about, const struct docx_outline *outline,
    const struct docx_words *words, struct kt_diag *d);

/* ---- docx_proof.c ---------------------------------------------------- */

/* A line of what must be read back; empty ones are left out. */
void docx_want(struct kt_buf *want, const char *p, size_t n);
/* By docx_want(): `of` is that buffer. */
int docx_prove_want(void *of, const char *bytes, size_t n, struct kt_diag *d);
/* The words and the form, at once: two passes over the whole package. */
int docx_prove(const struct kt_buf *bytes, const struct docx_words *words,
    struct kt_diag *d);

/* ---- docx.c ---------------------------------------------------------- */

/* Divisions are levels of their own as far as there are any; below them
 * stand 条, 項番 and headings of prose. */
void docx_find_outline(
    struct docx_outline *outline, const struct doc_lines *lines);
/* The level that a line has besides its style: a 条 without 見出し is its own
 * heading; -1 for all others. */
int docx_outline_of(
    const struct docx_outline *outline, const struct doc_line *line);
/* Does line `at` begin a page?  *appendix: whether one came before. */
bool docx_begins_page(const struct doc_line *line, size_t at, bool *appendix);
const char *docx_title_of(const struct kt_doc *doc);
/* The date that the rule itself carries. */
struct kt_date docx_date_of(const struct kt_meta *meta);

/* ---- docx_marks.c ---------------------------------------------------- */

/* Bookmarks by id of node, "" for what cannot be referred to: unique, at most
 * 40 letters, digits and _. */
const char **docx_bookmarks(struct kt_arena *arena, const struct kt_doc *doc);

#endif
