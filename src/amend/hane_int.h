/* SPDX-License-Identifier: MIT */
#ifndef KT_HANE_INT_H
#define KT_HANE_INT_H

/* What the files about references that must follow share. */

#include "draft_int.h"

/* ---- hane.c ---- */

struct kt_hane_list {
	struct kt_hanes *out;
	size_t cap;
};

void kt_hane_begin(struct kt_hane_list *l, const struct kt_doc *doc);
/* Words and what is wanted are copied. */
void kt_hane_put(struct kt_hane_list *l, enum kt_hane_kind kind,
    const struct kt_ref *ref, const char *wanted);
/* Old id -> new clause, given by whoever knows. */
struct kt_hanes *kt_hane_of(const struct kt_doc *old, const struct kt_doc *new,
    const struct kt_node *const *to_new);

/* ---- hane_toc.c ---- */

/* Entries of the 目次 that do not agree with the text, but for those that say
 * what they said in the old one, as wrong as there. */
void kt_hane_toc(struct kt_hane_list *l, const struct kt_doc *old);

/* ---- cite.c ---- */

/* Where a reference must lead, and from where. */
struct kt_cite {
	const struct kt_doc *doc; /* of the target */
	const struct kt_node *from; /* the clause that refers; NULL when it is
				       of another document */
	const struct kt_node *to, *last; /* last: end of a range, or NULL */
	/* The words left out the 条, or the 項, because it was their own; else
	 * what they left out stands before them. */
	bool own_article, own_paragraph;
};

/* The clause of a kind that the node is or lies in; of 号 the outermost. */
const struct kt_node *kt_cite_around(
    const struct kt_node *node, enum kt_kind kind);

/* The words of a reference with the numbers that lead there: 前条 becomes
 * 第4条 only where it must.  False when the words have a form that cannot be
 * followed. */
bool kt_cite_again(
    struct kt_buf *out, const struct kt_cite *cite, const char *p, size_t n);

#endif
