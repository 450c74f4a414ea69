/* SPDX-License-Identifier: MIT */
#ifndef KT_OUT_INT_H
#define KT_OUT_INT_H

/* What the files that write 改め文 share. */

#include "draft_int.h"

struct kt_out_pair {
	const struct kt_node *old, *new;
};

struct kt_out {
	struct kt_plan *plan;
	struct kt_say say;
	struct kt_out_pair *group; /* moves, or deletions, that wait */
	size_t ngroup, group_cap;
	bool shared; /* the open sentence is one of moves */
	const struct kt_node *inside; /* 第二条中 stands before its clauses,
					 while nothing else is said: */
	size_t inside_said; /* clauses said when it was last so */
	const struct kt_node *worded; /* whose words were changed last, while
					 nothing else is said: */
	size_t worded_said;
	const char *orphan; /* shared caption of a 条 just taken out */
	unsigned char *same; /* by old id: nothing inside differs */
	const struct kt_node **suppl; /* new 附則 at the end */
	size_t nsuppl, suppl_cap;
	const struct kt_node **failed; /* of the new document */
	size_t nfailed, failed_cap;
	struct kt_edits hoisted; /* said of the whole 条 already */
	const struct kt_node *unit; /* whose sentence is open */
	bool captions; /* most 条 have one */
	size_t leads; /* 各号列記以外の部分 that were rewritten */
};

/* ---- draft.c ---- */

void kt_out_event(void *arg, struct kt_events *ev, size_t i);
/* All that happens to the clauses of a pair, in order. */
void kt_out_children(struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new, bool open);
void kt_out_rewrite(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new);
/* 条 and the like: what has a sentence of its own. */
bool kt_out_is_unit(const struct kt_node *node);

/* ---- group_out.c ---- */

/* A move, or with new NULL a deletion, waits for its neighbours. */
void kt_out_put_group(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new);
/* Does it go on with the group that waits? */
bool kt_out_joins_group(const struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new);
/* Say what waits. */
void kt_out_flush(struct kt_out *o);
/* 第七条を第九条とし. */
void kt_out_move(
    struct kt_out *o, const struct kt_node *old, const struct kt_num *to);
/* Is the clause named by its number alone, behind 第二条中? */
bool kt_out_is_inside(const struct kt_out *o, const struct kt_node *node);

/* ---- clause_out.c ---- */

/* What changes in one clause: caption, words, what it holds, its number. */
void kt_out_clause(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new);
/* 別表第一を別表第二とする. */
void kt_out_relabel(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new);
/* Does the caption go where its 条 goes? */
bool kt_out_caption_travels(const struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new);
/* Does a caption go for several 条 (共通見出し)? */
bool kt_out_is_shared(const struct kt_out *o, const struct kt_node *node);
/* The address; of an only 項 that of its 条. */
void kt_out_address(
    struct kt_buf *out, struct kt_out *o, const struct kt_node *node);

/* ---- toc_out.c ---- */

/* 目次 of which lines came or went: the lines concerned, quoted in blocks.
 * False when that says no less than the whole. */
bool kt_out_toc(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new);

/* ---- words_out.c ---- */

/* The words of a clause besides what it holds, parts added and taken off
 * included.  False when phrases cannot say it. */
bool kt_out_words(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new);
/* All phrases of one place; `where` ends in 中, or is empty where the words
 * said last are of that place too. */
void kt_out_phrases(
    struct kt_out *o, const char *where, const struct kt_phrases *list);
/* The words of rows that have no name, said of their table. */
bool kt_out_unnamed_rows(struct kt_out *o, const struct kt_node *table);
/* The words of all of a subtree. */
bool kt_out_all_words(struct kt_out *o, const struct kt_node *old);
/* What several clauses of a 条 change alike is said of the 条. */
void kt_out_hoist(struct kt_out *o, const struct kt_node *article);

/* ---- amend.c ---- */

bool kt_out_same_inside(const struct kt_out *o, const struct kt_node *old);
void kt_out_suppl(struct kt_out *o, const struct kt_node *new);
/* Words did not do for this clause. */
void kt_out_fail(struct kt_out *o, const struct kt_node *new);
void kt_out_fail_old(struct kt_out *o, const struct kt_node *old);

#endif
