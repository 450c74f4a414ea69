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
	unsigned char *differs;
	struct ranges changed;
	/* Sums up to a line, for questions about a stretch of lines: */
	size_t *words; /* lines whose words differ */
	size_t *labels; /* lines whose label differs */
	size_t *breaks; /* lines that do not follow on the other side too */
	size_t *alone; /* lines that nothing answers to */
};

/* One step down the table: a line of each side, or of one. */
struct table_step {
	size_t line[SIDES]; /* or NO_LINE */
};

struct table_match {
	const struct kt_changes *list;
	struct table_side side[SIDES];
	struct table_step *steps;
	size_t nsteps;
};

/* ---- table_match.c --------------------------------------------------- */

void table_match(
    struct table_match *out, const struct kt_changes *list, bool commentary);
void table_match_release(struct table_match *m);
/* Does the line begin `node`, with nothing of it before? */
bool table_begins(
    const struct table_side *s, const struct kt_node *node, size_t line);
/* Is the node on this side only, with everything in it? */
bool table_is_alone(const struct table_side *s, const struct kt_node *node);
/* Does all of it answer to a clause that stands elsewhere? */
bool table_has_moved(const struct table_side *s, const struct kt_node *node);

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

#endif
