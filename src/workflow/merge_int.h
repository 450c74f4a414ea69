/* SPDX-License-Identifier: MIT */
#ifndef KT_MERGE_INT_H
#define KT_MERGE_INT_H

/* Three-way merge, what its files share. */

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/workflow.h>

enum { BASE, OURS, THEIRS, SIDES };

/* One clause by identity, wherever it stands. */
struct item {
	const struct kt_node *at[SIDES]; /* NULL: not there */
	const struct kt_node *theirs; /* as it stands there, held or not */
	struct item *parent[SIDES]; /* the clause it lies in */
	struct item *in; /* … in the result; NULL: not in it */
	struct item *next, *first, *last; /* in the result */
	struct kt_node *made;
	const struct kt_node *words; /* where its text was taken from */
	enum kt_pick pick; /* of its whole subtree, when it is in conflict */
	bool held; /* theirs counts as base here */
	bool needed; /* holds something of theirs that counts */
	bool whole; /* taken from one side with all that lies below */
	bool placed;
};

struct merging {
	struct kt_merged *out;
	const struct kt_merge_how *how;
	const struct kt_doc *doc[SIDES];
	struct kt_changes *list[SIDES]; /* BASE unused */
	struct item *items;
	size_t n;
	struct item **of[SIDES]; /* by id */
	size_t cap; /* of out->at */
};

/* The item of a node of a side, NULL for NULL. */
struct item *merge_item(
    const struct merging *m, int side, const struct kt_node *node);
/* A conflict; returns which side to take: as decided, or ours, or theirs
 * where theirs win. */
enum kt_pick merge_conflict(struct merging *m, enum kt_conflict_kind kind,
    const struct item *at, bool subtree);

/* ---- merge_order.c ------------------------------------------------------- */

/* Lay the children of an item in order: in->first … next. */
void merge_order(struct merging *m, struct item *in);

/* ---- merge_number.c ------------------------------------------------------ */

/* Number anew what both sides numbered, then let references follow. */
void merge_number(struct merging *m);
void merge_references(struct merging *m);

#endif
