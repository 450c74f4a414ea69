/* SPDX-License-Identifier: MIT */
#ifndef KT_REDLINE_INT_H
#define KT_REDLINE_INT_H

/* What the files of the redline share: the order in which the lines of both
 * documents run down the page, their words as runs that are kept, deleted,
 * inserted or moved, and the writer of them. */

#include "docx_int.h"
#include "table_int.h"

enum red_op {
	RED_KEPT,
	RED_DELETED,
	RED_INSERTED,
	RED_AWAY, /* moved from here */
	RED_HERE, /* moved to here */
	RED_OPS
};

/* ---- redline_sides.c ----------------------------------------------------- */

/* Both documents as what is printed of them. */
struct red_sides {
	const struct kt_doc *doc[SIDES];
	struct table_match m;
	struct kt_arena *arena;
	struct run_source source[SIDES];
	struct kt_grid **grids[SIDES]; /* by id of the table */
};

/* Borrows the list and its documents. */
void red_sides_begin(struct red_sides *s, const struct kt_changes *list,
    const struct kt_redline *how);
void red_sides_release(struct red_sides *s);
/* The table a line is a row of; NULL for other lines and NO_LINE. */
const struct kt_node *red_table(const struct table_side *s, size_t line);
const struct kt_grid *red_grid(
    struct red_sides *s, int side, const struct kt_node *table);
/* The row that a line is; NULL when it is none. */
const struct kt_grid_row *red_grid_row(
    struct red_sides *s, int side, size_t line);
/* What red_prove() must read of a side: a line a paragraph, with signs before
 * rows and cells. */
void red_want(struct kt_buf *want, struct red_sides *s, int side);

#define RED_ROW_SIGN '\x1d'
#define RED_CELL_SIGN '\x1e'

/* ---- redline_words.c ----------------------------------------------------- */

struct red_run {
	enum red_op op;
	struct kt_run run;
};

struct red_runs {
	struct red_run *at;
	size_t n, cap;
};

/* Append runs that are all `op`; no more than the words when deleted. */
void red_put(
    struct red_runs *out, enum red_op op, const struct kt_run *runs, size_t n);
/*
 * Append two lines as one: kept where neither marks its words as changed and
 * both look the same, else deleted and inserted.  Words that ought to be
 * equal and are not end the common part; nothing is ever kept that differs.
 */
void red_merge(struct red_runs *out, const struct kt_run *old, size_t nold,
    const struct kt_run *new, size_t nnew);
/* Order the changes at one end of a line so that no `op` stands there; false
 * when there is nothing else. */
bool red_turn(struct red_runs *runs, bool at_end, enum red_op op);
/* One side of a line that moved: what was kept has moved too. */
void red_side(struct red_runs *out, const struct red_runs *both, int side);
/* Renumbering folded: lines that answer to each other in place get the new
 * label on both sides. */
void red_fold_labels(struct table_match *m, struct kt_arena *arena);

/* ---- redline_order.c ----------------------------------------------------- */

/* Lines of both documents in the order of the page. */
struct red_order {
	struct table_step *at;
	size_t n;
	/* By line: the number of the move it belongs to, from 1; 0: none.
	 * Lines of one move stand together on both sides. */
	unsigned *move[SIDES];
};

/* native: find the moves; else what moved is deleted and inserted. */
void red_order(struct red_order *out, const struct table_match *m, bool native);
void red_order_release(struct red_order *o);

/* ---- redline_join.c ------------------------------------------------------ */

/* A clause split, or several merged, whose lines stand together. */
struct red_join {
	const struct kt_change *change;
	size_t from[SIDES], to[SIDES]; /* lines */
	size_t steps;
};

struct red_joins {
	const struct red_join **at; /* by step: the join it is in, or NULL */
};

/* The joins live in the arena of the sides. */
void red_joins(struct red_joins *out, const struct red_sides *s,
    const struct kt_changes *list, const struct red_order *o);
void red_joins_release(struct red_joins *j);

/* The words of a join, a paragraph at a time. */
struct red_stream {
	const struct red_join *join;
	uint32_t span, done; /* where it is read */
	size_t left[SIDES]; /* bytes of a side still to come */
	bool over;
};

void red_stream_begin(
    struct red_stream *t, const struct red_sides *s, const struct red_join *j);
/* Append the words of the next paragraph; returns what happens to its end.
 * After the last one t->over is set. */
enum red_op red_stream_next(struct red_stream *t, struct red_runs *out);

/* ---- redline_xml.c ------------------------------------------------------- */

struct red_writer {
	struct docx x;
	const struct kt_pictures *pictures[SIDES];
	const char *author, *date;
	unsigned id; /* of the last annotation; bookmarks count as such */
	unsigned range[SIDES]; /* id of the last range of a move */
	struct kt_run *runs; /* work space */
	size_t room;
};

struct red_paragraph {
	const struct kt_text_line *line; /* its shape */
	const struct kt_text_line *before; /* shape in the old text where it is
					 another, or NULL */
	const struct docx_extra *extra;
	enum red_op mark; /* what happens to the end of the paragraph */
	const struct red_runs *runs;
	/* The line of each side, for its picture, or NULL; and what happens to
	 * that of a side that stands alone. */
	const struct kt_text_line *figure[SIDES];
	enum red_op alone;
	unsigned from, to; /* moves that begin here, or 0 */
	const char *code[SIDES]; /* of the line of each side, or NULL */
};

void red_paragraph(struct red_writer *w, const struct red_paragraph *p);
/* The move of a side ends behind the paragraph just written. */
void red_move_end(struct red_writer *w, int side);
/* A row of two that are alike, or of one when the other is NULL. */
void red_row(struct red_writer *w, const struct kt_grid *grid,
    const struct kt_grid_row *old, const struct kt_grid_row *new, bool header,
    unsigned width);
/* Can both be shown as one row? */
bool red_row_alike(const struct kt_grid_row *a, const struct kt_grid_row *b);

/* ---- redline_proof.c ----------------------------------------------------- */

/* The file with all changes rejected must say red_want() of the old side,
 * with all accepted that of the new; an empty paragraph may end it.
 * KT_EINPUT and a message if not.  `of` is the struct red_sides; made for
 * struct docx_words. */
int red_prove(void *of, const char *bytes, size_t n, struct kt_diag *d);

#endif
