/* SPDX-License-Identifier: MIT */
#ifndef KT_TABLE_INT_H
#define KT_TABLE_INT_H

/* What the files of 新旧対照表 share: both documents as lines, which line
 * answers to which, and what differs between them. */

#include "layout.h"

#define NO_LINE SIZE_MAX

enum { SIDE_OLD, SIDE_NEW, SIDES };

/* How a line differs from the one it answers to; bits. */
enum { DIFF_LABEL = 1, DIFF_WORDS = 2 };

struct table_side {
	const struct kt_doc *doc;
	const struct kt_node **peer; /* by id, on the other side */
	struct doc_lines lines;
	size_t *first, *behind; /* lines of a subtree, by id of its node */
	size_t *answer; /* line of the other side, or NO_LINE */
	bool *moved; /* it answers, but stands elsewhere */
	bool *beside; /* moved, and printed beside what it answers to */
	unsigned char *told; /* enum target_kind by the list, by id */
	const struct kt_node **target; /* 対象規定 that the line is part of */
	unsigned char *differs;
	struct ranges changed;
	/* Sums up to a line, for questions about a stretch of lines: */
	size_t *words; /* lines whose words differ */
	size_t *labels; /* lines whose label differs */
	size_t *breaks; /* lines that do not follow on the other side too */
	size_t *alone; /* lines that nothing answers to */
	size_t *stays; /* lines that did not move */
};

/* One step down the table: a line of each side, or of one. */
struct table_step {
	size_t line[SIDES]; /* or NO_LINE */
};

struct table_match {
	const struct kt_changes *list;
	const struct kt_profile *profile;
	struct table_side side[SIDES];
	struct table_step *steps;
	size_t nsteps;
};

/* ---- table_match.c --------------------------------------------------- */

void table_match(struct table_match *out, const struct kt_changes *list,
    const struct kt_table_how *how);
void table_match_release(struct table_match *m);
/* Does the line begin `node`, with nothing of it before? */
bool table_begins(
    const struct table_side *s, const struct kt_node *node, size_t line);
/* Is the node on this side only, with everything in it? */
bool table_is_alone(const struct table_side *s, const struct kt_node *node);
/* Does all of it answer to a clause that stands elsewhere? */
bool table_has_moved(const struct table_side *s, const struct kt_node *node);

/* ---- table_target.c -------------------------------------------------- */

/* Find 対象規定: fills `target` of both sides, for profiles that mark them;
 * for others it stays NULL. */
void table_targets(struct table_match *m);
/* Which kind of 対象規定 a node is. */
enum target_kind {
	TARGET_NONE,
	TARGET_ADDED, /* on the new side: added; on the old: deleted */
	TARGET_MOVED,
	TARGET_REWRITTEN
};
enum target_kind table_target_kind(
    const struct table_match *m, int side, const struct kt_node *node);
/* Does the line show the 標記部分 of its 対象規定? */
bool table_shows_target(const struct table_side *s, size_t line);
/* Is it a 項 without a number, for which ［１］ stands? */
bool table_is_bare(const struct table_side *s, size_t line);
/* Is the line boxed as a whole, or (*caption) the caption in it? */
bool table_is_boxed(
    const struct table_match *m, int side, size_t line, bool *caption);

/* Has one of two lines a label, name or text that the other has not?  Marks
 * in them do not answer to each other. */
bool table_is_uneven(const struct table_match *m, size_t old, size_t new);

/* ---- table_pair.c ---------------------------------------------------- */

/* Two strings whose unmarked words are the same, what is marked in them from
 * `a` and `b` of the ranges on.  Words that are only put in or taken out get
 * a counterpart: a neighbouring word on both sides, or blanks. */
void table_pair_marks(struct ranges *ra, size_t a, struct ranges *rb, size_t b,
    const struct piece *old, const struct piece *new,
    const struct kt_profile *profile, struct kt_words *words);

/* ---- table_mark.c ---------------------------------------------------- */

/* Find what is changed in the lines that answer to each other: fills
 * `differs` and `changed` of both sides.  Words that are not marked are
 * equal afterwards, whatever the change list says. */
void table_mark(struct table_match *m);

/* ---- table_fold.c ---------------------------------------------------- */

/* Lines of one side to be shown as one （略）. */
struct table_fold {
	const struct kt_node *from, *to; /* siblings; NULL: part of a line */
	size_t count; /* siblings */
	size_t begin, end; /* lines */
};

/* What can be left out at a line that answers to another: siblings of which
 * at most the labels differ, or the words of the line.  False when it must
 * be shown. */
bool table_fold(
    struct table_fold *out, const struct table_match *m, int side, size_t line);
/* The same clauses on the other side. */
void table_fold_other(struct table_fold *out, const struct table_match *m,
    int side, const struct table_fold *fold);
/* 第2条～第5条 for a fold, without the （略） behind it. */
void table_fold_words(struct kt_buf *out, const struct kt_profile *profile,
    const struct table_side *s, const struct table_fold *fold);

/* ---- table.c, table_rows.c, table_biko.c: the rows being made ---------- */

struct table_builder {
	struct kt_table *table;
	struct table_match match;
	struct run_source source[SIDES];
	unsigned column[SIDES];
	size_t rows_cap;
	size_t step;
	/* Reasons by the clause they are for, and which have been printed. */
	const struct kt_reasons *reasons;
	size_t *reason[SIDES]; /* by id, from 1; 0: none */
	bool *printed;
	/* Changes by the clause they are of. */
	const struct kt_change **change[SIDES];
};

struct kt_table_row *table_add_row(struct table_builder *b);
/* A remark of the table's own. */
void table_put_remark(struct table_builder *b, struct kt_table_row *row,
    unsigned column, const char *words);
/* What the other column says beside a line that stands alone. */
void table_put_other(
    struct table_builder *b, struct kt_table_row *row, int side, size_t line);
/* The rows of a table from the step at hand on, as one row. */
void table_put_rows(struct table_builder *b);

/* What kind of change a row shows, for the third column. */
enum table_shows {
	SHOWS_ADDED,
	SHOWS_DELETED,
	SHOWS_MOVED,
	SHOWS_NUMBER,
	SHOWS_CHANGE
};

/* Find the clauses of the reasons; KT_EINPUT when one is not there. */
int table_biko_begin(
    struct table_builder *b, const struct kt_table_how *how, struct kt_diag *d);
/* The third column of a row that shows lines [from, to) of a side: what
 * happened, and why. */
void table_biko_put(struct table_builder *b, struct kt_table_row *row,
    enum table_shows what, int side, size_t from, size_t to);
/* KT_EINPUT when a reason was left over. */
int table_biko_end(struct table_builder *b, struct kt_diag *d);

#endif
