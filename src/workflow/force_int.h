/* SPDX-License-Identifier: MIT */
#ifndef KT_FORCE_INT_H
#define KT_FORCE_INT_H

/* The revisions of a document with the dates of their clauses. */

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/workflow.h>

/* A revision with its text. */
struct held {
	const struct kt_revision *rev;
	struct kt_doc *doc;
	const struct kt_doc *base; /* what it changed */
	unsigned *group, *base_group; /* by id: which date list entry, 0 none */
};

/* What a revision changes on one date. */
struct step {
	size_t rev; /* from the oldest */
	unsigned group; /* 0: all that no entry names */
	struct kt_date from; /* 0 0 0: not known */
	const char *clauses, *condition;
	bool done;
};

struct forcing {
	struct held *at; /* oldest first */
	size_t n;
	struct kt_doc *nothing; /* before the first revision */
	struct step *steps;
	size_t nsteps, cap;
	struct kt_doc *text; /* as composed, or NULL where it is a revision's */
	size_t exact; /* the text is that of this revision … */
	bool composed; /* … unless it is composed */
	bool won; /* a step took a clause from one that it came after */
	bool inverted; /* a step of an older revision came after a newer one */
	size_t newest;
};

/* All revisions of a document, oldest first, and their steps by date; unload
 * also after a failure. */
int force_load(
    struct forcing *f, struct kt_store *s, const char *id, struct kt_diag *d);
void force_unload(struct forcing *f);
/* From when a clause holds as this revision has it; 0 0 0: not known. */
struct kt_date force_day(
    const struct forcing *f, size_t rev, const struct kt_node *node);
/* The same of a clause that it takes out, as the text before has it. */
struct kt_date force_day_out(
    const struct forcing *f, size_t rev, const struct kt_node *node);

#endif
