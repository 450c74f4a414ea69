/* SPDX-License-Identifier: MIT */
#ifndef KT_PDF_INT_H
#define KT_PDF_INT_H

/*
 * What the files of the reader of PDF share.  The helper's records become
 * pages of characters and rules (pdfrecord.c); running heads and page numbers
 * are set aside (pdfmargin.c); ruled tables take their characters
 * (pdfgrid.c); the rest becomes lines (pdfline.c) in reading order
 * (pdforder.c); lines become blocks over all pages (pdfblock.c), some of them
 * headings (pdfcontents.c, pdfhead.c); blocks become lines of the reader of
 * typed text (pdf.c).
 *
 * Lengths are hundredths of a point.  A page of vertical writing is turned
 * when its margins are off, so that all that follows reads from left to
 * right: x is then the way of the writing, y counts lines.
 */

#include "lawtext_int.h"

struct pdf_box {
	int x0, y0, x1, y1;
};

enum pdf_use {
	PDF_FREE,
	PDF_MARGIN, /* running head, foot, page number */
	PDF_CELL /* of a table */
};

struct pdf_char {
	struct pdf_box at;
	uint32_t c;
	int size;
	uint8_t weight; /* of the face: pdf_font_weight() */
	bool begins; /* poppler began a line here */
	bool underlined;
	enum pdf_use use;
};

/* A font of a page. */
struct pdf_font {
	bool vertical;
	uint8_t weight;
};

struct pdf_line {
	struct pdf_box at;
	int size;
	int page; /* number, from 1 */
	int row; /* counts the lines of a page */
	const char *text;
	size_t n;
	const struct kt_mark *marks;
	size_t nmarks;
	unsigned letters, heavy; /* of them in a heavier face */
	bool spaced; /* letters set apart were closed up */
	bool mended; /* signs of radicals were */
	bool odd; /* characters without a meaning in Unicode */
	bool vertical; /* a label that stands upright on a page that does not */
	bool column; /* begins a column: its place in the order was inferred */
	unsigned shape; /* of a drawing, that it stands in, from 1; 0: none */
	struct pdf_table *table; /* a table in its place; no text */
};

struct pdf_lines {
	struct pdf_line *at;
	size_t n, cap;
};

struct pdf_cell {
	int row, column, rows, columns;
	struct pdf_lines lines;
};

struct pdf_table {
	struct pdf_box at;
	int page;
	int rows, columns;
	int *x; /* edges of columns, columns + 1 */
	struct pdf_cell *cells; /* in order of rows */
	size_t ncells, cells_cap;
	bool open_top, open_bottom; /* its frame goes on over the page */
};

struct pdf_page {
	int number, width, height;
	const char *label;
	struct pdf_char *chars;
	size_t nchars, chars_cap;
	struct pdf_box *rules, *images;
	size_t nrules, rules_cap, nimages, images_cap;
	struct pdf_box *edges; /* white rules between colours */
	size_t nedges, edges_cap;
	struct pdf_box *shapes; /* coloured areas */
	size_t nshapes, shapes_cap;
	bool unread; /* the helper failed at it, or it is too full */
	bool crowded; /* more characters than a page of text has */
	bool no_rules;
	bool drawn; /* most of its words stand in the shapes of a drawing */
	bool vertical;
	/* Lines of the contents, from..to of `lines`; none when to is 0. */
	size_t contents_from, contents_to;
	/* What was made of it. */
	struct pdf_lines lines; /* in reading order, tables among them */
	struct pdf_table *tables;
	size_t ntables, tables_cap;
	struct pdf_box *frames; /* around words that are no table */
	size_t nframes, frames_cap;
	struct pdf_lines margins; /* what was set aside */
	size_t notes; /* lines from the end that are footnotes */
};

enum pdf_block_kind {
	PDF_PARAGRAPH,
	PDF_HEADING, /* larger than the text around it */
	PDF_FOOTNOTE,
	PDF_TABLE,
	PDF_CONTENTS, /* left out */
	PDF_ASIDE /* left out: running heads and page numbers */
};

/* What makes a block less sure than another; bits. */
enum pdf_doubt {
	PDF_D_JOIN = 1 << 0, /* lines joined where the layout left it open */
	PDF_D_PAGES = 1 << 1, /* joined over a page end */
	PDF_D_SPACED = 1 << 2, /* letters closed up */
	PDF_D_MENDED = 1 << 3, /* radicals mended */
	PDF_D_ODD = 1 << 4, /* characters without a meaning */
	PDF_D_ORDER = 1 << 5, /* columns: the order was inferred */
	PDF_D_VERTICAL = 1 << 6,
	PDF_D_TABLE = 1 << 7, /* a table that runs over pages */
	PDF_D_DRAWING = 1 << 8 /* words of a drawing, shape by shape */
};

struct pdf_block {
	enum pdf_block_kind kind;
	int page, row, size;
	unsigned lines, doubts;
	unsigned label; /* of a footnote: bytes */
	unsigned level; /* of a heading, where the file says it; else 0 */
	unsigned letters, heavy; /* of them in a heavier face */
	unsigned indent; /* where it belongs, in halves of a letter */
	unsigned first; /* of the first line, where that stands further in */
	bool centred;
	unsigned frame; /* that it stands in, from 1; 0: none */
	bool deeper; /* a heading with less space above than others */
	struct pdf_box at;
	const char *text;
	size_t n;
	const struct kt_mark *marks;
	size_t nmarks;
	struct pdf_table *table;
};

/* A line of the contents, without its points and page. */
struct pdf_entry {
	char *words;
	int indent;
};

/* What the file itself calls a heading; `level` 1 is outermost, page 0 not
 * known.  A ? may stand for a byte that was lost. */
struct pdf_head {
	int page;
	unsigned level;
	const char *words;
	size_t n;
};

#define PDF_LEVELS 5u
#define PDF_WEIGHTS 4u
/* Hundredths of the size of the text, from which words are large. */
#define PDF_LARGE 112

struct pdf {
	struct kt_arena *arena;
	struct kt_diag *d;
	const char *file, *title;
	struct pdf_font *fonts; /* of the page being read */
	size_t nfonts, fonts_cap;
	struct pdf_page *pages;
	size_t npages, pages_cap;
	int total; /* pages of the file */
	bool no_data; /* no tables for Japanese fonts */
	unsigned tagged; /* elements of its structure */
	struct kt_buf tags; /* H1 2, P 294 */
	int size; /* of most characters */
	uint8_t weight[2]; /* of most letters, narrow and wide */
	struct pdf_head *heads; /* by page */
	size_t nheads, heads_cap;
	struct pdf_entry *entries; /* of the contents, sorted by words */
	size_t nentries;
	int indents[PDF_LEVELS]; /* of the entries, from left to right */
	unsigned nindents;
	struct pdf_block *blocks;
	size_t nblocks, blocks_cap;
};

/* ---- pdfhelper.c ------------------------------------------------------- */

/* All pages of a file; KT_EINPUT, KT_ELIMIT with a message.  A page at which
 * the helper fails is `unread`, the rest goes on. */
int pdf_load(struct pdf *pdf, const char *bytes, size_t n);
/* A page as PNG, appended; false when it could not be had. */
bool pdf_picture(
    struct kt_buf *out, const char *bytes, size_t n, int page, unsigned dpi);

/* ---- pdfrecord.c ------------------------------------------------------- */

/* Records of the helper, as far as they go; true when they are complete. */
bool pdf_records(struct pdf *pdf, const char *p, size_t n);
void pdf_free(struct pdf *pdf);

/* ---- pdfmargin.c ------------------------------------------------------- */

void pdf_margins(struct pdf *pdf);

/* ---- pdfline.c --------------------------------------------------------- */

/* Lines of the free characters of a page that lie in a box (NULL: all), from
 * top to bottom; pieces that stand far apart are lines of their own. */
void pdf_lines_find(struct pdf *pdf, struct pdf_page *page,
    const struct pdf_box *in, struct pdf_lines *out);
/* Turn a page of vertical writing; pages of the other are left as they are. */
void pdf_turn(struct pdf_page *page);

/* ---- pdfgrid.c --------------------------------------------------------- */

/* Underlines, then tables; their characters are used up. */
void pdf_grids(struct pdf *pdf, struct pdf_page *page);

/* ---- pdforder.c -------------------------------------------------------- */

/* Lines into reading order: columns from left to right. */
void pdf_order(struct pdf_lines *lines, int em);
/* Those of a slide: what stands in one shape stays together. */
void pdf_order_slide(struct pdf_page *page, int em);

/* ---- pdfblock.c -------------------------------------------------------- */

void pdf_blocks(struct pdf *pdf);

/* ---- pdfcontents.c ----------------------------------------------------- */

/* Find the lines of a page that lead to page numbers, with those that run over
 * between them and the heading; `goes_on`: the page before ended in such. */
void pdf_contents_find(struct pdf_page *page, bool goes_on);
/* Take the entries of the contents that were found on the pages. */
void pdf_contents_take(struct pdf *pdf);
/* The level of a heading with these words; 0 when no entry has them. */
unsigned pdf_contents_level(const struct pdf *pdf, const char *p, size_t n);

/* ---- pdfhead.c --------------------------------------------------------- */

void pdf_heads_sort(struct pdf *pdf);
/* The level of what the file calls a heading on this page; 0: it does not. */
unsigned pdf_head_level(
    const struct pdf *pdf, int page, const char *p, size_t n);
/* 0 明朝, 1 ゴシック, and 2 more where it is bold. */
uint8_t pdf_font_weight(const char *name);
/* The weight of the text. */
void pdf_find_weight(struct pdf *pdf);
/* Is every letter of it in a heavier face than the text? */
bool pdf_is_heavy(unsigned letters, unsigned heavy);
/* Blocks that are set like headings of 項番 become such. */
void pdf_heads_find(struct pdf *pdf);

/* ---- pdftext.c --------------------------------------------------------- */

/* ︑ as it is set in vertical writing → 、. */
uint32_t pdf_upright(uint32_t c);
/* A kana or kanji, and what else is as wide. */
bool pdf_is_wide(uint32_t c);
bool pdf_is_letter(uint32_t c); /* also of Latin */
/* Append words of one line behind those of another, as they are read on. */
void pdf_join(struct kt_buf *to, const char *p, size_t n);
/* Does a line begin with a label or a sign of an entry? */
bool pdf_is_entry(const char *p, size_t n);
/* Bytes of ・ or • and the blanks behind it: it says that this is an entry and
 * nothing else.  0 where words would not be left. */
size_t pdf_entry_sign(const char *p, size_t n);
bool pdf_begins_clause(const char *p, size_t n);
bool pdf_is_leader(uint32_t c); /* … of a list of contents */
bool pdf_is_contents_line(const char *p, size_t n);
bool pdf_ends_sentence(const char *p, size_t n);
bool pdf_is_commentary(const char *p, size_t n); /* 【解説】… */

/* ---- pdftable.c -------------------------------------------------------- */

/* A table goes on where nothing but margins stands between. */
void pdf_tables_join(struct pdf *pdf);
/* The builder of tables, for struct text_lines. */
void pdf_build_table(struct kt_build *b, const struct text_line *line);

/* ---- pdfreport.c ------------------------------------------------------- */

/* 100 (sure) down to 0. */
unsigned pdf_confidence(const struct pdf_block *b);

/* ---- pdf.c ------------------------------------------------------------- */

/* All stages up to blocks. */
int pdf_open(struct pdf *pdf, const char *name, const char *bytes, size_t n,
    struct kt_diag *d);

#endif
