/* SPDX-License-Identifier: MIT */
#ifndef KT_AGAINST_INT_H
#define KT_AGAINST_INT_H

/*
 * A 新旧対照表 held against the two texts it is about, in three steps: a text
 * as the pieces that are printed of it (against_text.c), the lines of a column
 * (against_line.c, against_omit.c) each at the pieces that it shows
 * (against_chain.c, against_place.c), what changes against what is shown
 * (against.c).
 *
 * A table is not read as clauses: how its lines are set tells too little of
 * them.  Its words are known by the words of the text, in their order.
 */

#include "amend_int.h"

#define NO_PLACE SIZE_MAX

/* ---- against_text.c ------------------------------------------------------ */

enum piece_kind { PIECE_LABEL, PIECE_CAPTION, PIECE_RELATED, PIECE_TEXT };

enum shown {
	SHOWN_NAMED = 1, /* by its number, or a run that it lies in */
	SHOWN_WORDS = 2,
	SHOWN_PARTLY = 4, /* the rest is （略） */
	SHOWN_TOLD = 8 /* was reported already */
};

/* Words of a text, or of a line, without their blanks; the key is without
 * brackets too, which tables set and leave out as they like. */
struct folded {
	struct kt_buf words, key;
	size_t *place; /* of each byte of the key in the words */
	size_t cap;
};
#define FOLDED_INIT                                                            \
	{                                                                      \
		.words = KT_BUF_INIT, .key = KT_BUF_INIT                       \
	}

/* Words printed together: the label of a clause, its caption, its text. */
struct piece {
	const struct kt_node *node;
	enum piece_kind kind;
	size_t at, len; /* in the keys of the text */
	const char *words;
	size_t nwords;
	size_t lead; /* bytes of the words before the first of the key */
	unsigned char shown; /* enum shown */
	bool changed; /* the list has it */
	size_t line; /* of the column, that shows it; or NO_PLACE */
	size_t in_line; /* where in the key of the line */
	bool whole; /* the line has its brackets too */
};

struct printed_text {
	const struct kt_doc *doc;
	struct kt_arena *arena;
	struct kt_buf keys; /* of all pieces, one behind the other */
	struct piece *at;
	size_t count, cap;
	size_t *sorted; /* pieces by the keys that begin with them */
	size_t *first, *behind; /* pieces of the subtree of a node, by id */
};

void against_fold(struct folded *out, const char *p, size_t n);
void against_fold_release(struct folded *f);

void against_text_read(struct printed_text *t, const struct kt_doc *doc);
void against_text_release(struct printed_text *t);
/* Pieces with which a key begins: sorted[from .. to). */
void against_text_find(const struct printed_text *t, const char *key, size_t n,
    size_t *from, size_t *to);
/* The piece that begins at a byte of the keys, count at their end; NO_PLACE
 * when none does. */
size_t against_text_at(const struct printed_text *t, size_t byte);
/* Is the node, or what it lies in, of that kind? */
bool against_lies_in(const struct kt_node *node, enum kt_kind kind);
/* That of a node, NO_PLACE when there is none. */
size_t against_text_piece(const struct printed_text *t,
    const struct kt_node *node, enum piece_kind kind);

/* ---- against_line.c ------------------------------------------------------ */

enum line_is {
	LINE_EMPTY, /* or joined to the one before */
	LINE_REMARK, /* （新設）, （第27条から移動） */
	LINE_OMITTED, /* ２・３　（略）: numbers, and words that are left out */
	LINE_PLACED, /* the words of pieces */
	LINE_LOST
};

struct line {
	const struct kt_printed_line *from;
	size_t row;
	bool boxed;
	struct folded f;
	bool *marked; /* by byte of the words */
	size_t nmarked; /* of them */
	enum line_is is;
	size_t skip; /* bytes of the key before the words of the pieces */
	size_t first, end; /* pieces, of what is PLACED or OMITTED */
	bool known; /* its words stand in the text */
	bool apart; /* out of the order of the text */
	bool sign; /* a ［１］ was taken out */
};

struct column {
	struct printed_text text;
	const struct kt_printed *printed;
	int side; /* 0 old, 1 new */
	const char *name;
	struct line *line;
	size_t count;
	size_t marked; /* bytes that are */
};

/* Lines with their words folded. */
void against_column_read(
    struct column *c, const struct kt_printed *printed, int side);
void against_column_release(struct column *c);
/* The first line of a row of the table, or behind it. */
size_t against_column_row(const struct column *c, size_t row);
/* The next line joined to this one, in the same cell; false when there is
 * none. */
bool against_column_join(struct column *c, size_t line);
/* ［１］, which stands for a number that is not printed, taken out of the
 * words; false when there is none. */
bool against_drop_sign(struct line *line);

/* The first mark of omission in the words, its bytes in *n; NULL. */
const char *against_omission(const char *p, size_t *n);
/* （新設）, （第27条から移動） and the like. */
bool against_is_remark(const char *words);
/* The numbers in front of an omission, one after the other; *range: the next
 * one is the last of a run that this begins.  0 at the end. */
size_t against_number(const char **p, const char *end, bool *range);

/* ---- against_chain.c ----------------------------------------------------- */

/* What the text is to say of a line: its key without what the table prints
 * otherwise. */
const char *against_key(const struct line *line);
size_t against_key_length(const struct line *line);
/* The pieces behind those that the line is all of when it begins with `first`;
 * NO_PLACE when it ends inside one, or is numbered otherwise. */
size_t against_end(
    const struct printed_text *t, const struct line *line, size_t first);
/* What each line is; those that the text says are known, and still LOST. */
void against_sort_lines(struct column *c);
/* The longest run of lines in the order of the text, PLACED. */
void against_longest_run(struct column *c);

/* ---- against_place.c ----------------------------------------------------- */

struct against {
	struct column side[2];
	const struct kt_changes *list;
	struct kt_diag *d;
	size_t found;
};

/* Places the lines of both columns and reports those that have none.  How
 * many show something of the texts. */
size_t against_place(struct against *w);
/* A finding about a clause of the text of a column, NULL for none; words for
 * %2 and %3. */
void against_report(struct against *w, enum kt_msg_id id,
    const struct column *c, const struct kt_node *node, const char *b,
    const char *e);
/* The first words of a string, for messages. */
void against_quote(struct kt_buf *out, const char *p, size_t n);

/* ---- against_omit.c ------------------------------------------------------ */

/* Does the line leave out words?  At its end, all that is behind a number? */
bool against_omits(const struct line *line);
bool against_ends_omitted(const struct line *line);
/* Names what a line with an omission shows of the pieces [from, to); false
 * when that does not stand there. */
bool against_place_omitted(
    struct column *c, struct line *line, size_t from, size_t to);

#endif
