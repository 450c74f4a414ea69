/* SPDX-License-Identifier: MIT */
#ifndef KT_LAYOUT_H
#define KT_LAYOUT_H

/*
 * layout: a document as the lines in which it is printed, without a format.
 * Shared by the Word writers and by 新旧対照表.
 */

#include <kaitei/model.h>
#include <kaitei/write.h>

/* ---- layout.c: document to lines ------------------------------------- */

enum piece_kind {
	PIECE_SIGN, /* brackets, blanks: not of the document */
	PIECE_LABEL,
	PIECE_CAPTION,
	PIECE_RELATED,
	PIECE_TEXT,
	PIECE_KINDS
};

struct piece {
	const struct kt_node *node;
	const char *p;
	uint32_t len;
	enum piece_kind kind;
};

enum line_part { PART_CAPTION, PART_HEAD, PART_BODY };

/* One line: 第3条　この規程は… holds words of the 条 and of its first 項. */
struct doc_line {
	const struct kt_node *node; /* the lowest whose words it has */
	const struct kt_node *owner; /* the highest, first in the line */
	enum kt_line_style style;
	enum line_part part;
	unsigned char level, left;
	signed char first;
	bool commentary;
	uint32_t piece, npieces;
	const struct kt_picture *picture; /* of a figure, or NULL */
};

struct doc_lines {
	struct doc_line *at;
	size_t n, cap;
	struct piece *pieces;
	size_t npieces, pieces_cap;
	/* Figures that are here stand as such, not as words; or NULL. */
	const struct kt_pictures *pictures;
	/* Of a text that is compared: the pictures of the other one, and by id
	 * what answers to a node there.  NULL for one text alone. */
	const struct kt_pictures *other;
	const struct kt_node *const *peer;
	bool named; /* figures keep the names of their files */
};

#define DOC_LINES_INIT                                                         \
	{                                                                      \
		0                                                              \
	}

/* All lines of a document, in reading order.  A row of a table is one line
 * without pieces. */
void doc_lines_read(
    struct doc_lines *out, const struct kt_doc *doc, bool commentary);
/* The lines of what a cell holds; nested tables a line a row. */
void doc_lines_read_cell(struct doc_lines *out, const struct kt_node *cell);
void doc_lines_release(struct doc_lines *lines);
/* The piece of a kind, or NULL. */
const struct piece *doc_line_piece(const struct doc_lines *lines,
    const struct doc_line *line, enum piece_kind kind);
/* The words of a line as printed. */
void doc_line_words(struct kt_buf *out, const struct doc_lines *lines,
    const struct doc_line *line);
/* The first child whose words stand in the line of the node itself: the
 * first 項 of a 条; NULL when there is none. */
const struct kt_node *doc_lead_child(const struct kt_node *node);

/* ---- runs.c: lines to runs ------------------------------------------- */

/* A changed stretch of one string of a node. */
struct range {
	uint32_t node; /* id */
	enum piece_kind kind;
	uint32_t start, len;
	uint32_t pad; /* blanks to be shown there instead of words */
};

/* The changed stretches of one side, sorted. */
struct ranges {
	struct range *at;
	size_t n, cap;
};

void ranges_sort(struct ranges *r);
/* Those of one piece: how many, the first in *first. */
size_t ranges_find(
    const struct ranges *r, const struct piece *p, const struct range **first);

/* What runs are made for besides the words. */
struct run_source {
	struct kt_arena *arena;
	const struct ranges *changed; /* NULL: nothing is */
	bool all; /* the whole line is */
	/* Of an enacting table: the clause whose label gets a double line,
	 * whether it is a 項 without one (a sign stands for it, and nothing
	 * before it is marked), and what stands in a box. */
	const struct kt_node *target;
	bool bare, box, box_caption;
	const struct kt_refs *refs; /* to link, or NULL */
	const char *(*link)(void *of, const struct kt_node *to);
	void *of;
	const struct kt_pictures *pictures; /* for figures in cells, or NULL */
	bool named; /* which keep the names of their files there */
};

/* Runs in the arena of `source`. */
void line_runs(struct kt_text_line *out, const struct doc_lines *lines,
    const struct doc_line *line, const struct run_source *source);
/* One run of words that are not of the document. */
void line_sign(
    struct kt_text_line *out, struct kt_arena *arena, const char *words);
/* ［１］ for a 項 without a number. */
void line_bare_sign(
    struct kt_run *out, struct kt_arena *arena, const struct kt_node *node);
/* Style and indents of a line, without runs. */
void line_shape(struct kt_text_line *out, const struct doc_line *line);

/* ---- code.c: what lines are made of ---------------------------------- */

/* The code of line `at` of all the lines of a document or cell, in the arena;
 * that of the table whose first row it is; that of what stands behind the last
 * line and has no words, "" for nothing. */
const char *line_code(struct kt_arena *arena, const struct doc_lines *lines,
    size_t at, const struct kt_node *root);
const char *table_code(struct kt_arena *arena, const struct doc_lines *lines,
    size_t at, const struct kt_node *root);
const char *rest_code(struct kt_arena *arena, const struct doc_lines *lines,
    const struct kt_node *root);

/* ---- grid.c: tables -------------------------------------------------- */

#define GRID_COLUMNS_MAX 63 /* Word has no more */

/* One row to be laid: of a table, or a sign over all columns. */
struct grid_item {
	const struct kt_node *row; /* NULL: the sign */
	const char *sign;
	enum kt_line_says says; /* of the sign */
	bool all; /* marked as a whole */
	bool boxed; /* its border shows the change … */
	bool quiet; /* … and its words do not */
	size_t from, to; /* lines of the document it covers */
};

/* Lay rows on a grid in the arena of `source`; lines of the cells come
 * through line_runs(). */
struct kt_grid *grid_new(
    const struct grid_item *items, size_t n, const struct run_source *source);
/* All rows of a table, the first being line `line` of the document. */
struct kt_grid *grid_of_table(
    const struct kt_node *table, size_t line, const struct run_source *source);
/* Every column of a grid gets a share of the width by its longest words. */
void grid_share_width(struct kt_grid *grid, struct kt_arena *arena);
/* Does a cell of the table reach over several rows? */
bool grid_has_tall_cells(const struct kt_node *table);

#endif
