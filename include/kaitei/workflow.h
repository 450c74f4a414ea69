/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_WORKFLOW_H
#define KAITEI_WORKFLOW_H

/*
 * workflow: what the store's revisions mean for documents.  The text in force
 * on a day, clause by clause; the history of a clause.  The store below knows
 * bytes, paths and revisions; what knows clauses stands here.
 * reference: workflow.md.
 */

#include <stdbool.h>
#include <stddef.h>

#include <kaitei/base.h>
#include <kaitei/store.h>

struct kt_doc;

/* ---- force.c: the text in force ----------------------------------------- */

/* workflow.md §3. */
enum kt_state {
	KT_S_COMING, /* 未施行: no clause is in force yet */
	KT_S_IN_FORCE, /* 施行中 */
	KT_S_PARTLY, /* 一部施行: of one revision some clauses are, some not */
	KT_S_CEASED, /* 失効: the last day in force is past */
	KT_STATES
};

const char *kt_state_name(enum kt_state state, enum kt_lang lang);

/* Changes that were adopted and are not in force on the day. */
struct kt_coming {
	const char *clauses; /* addresses with 、 between them; "" the whole
				revision */
	struct kt_date from; /* 0 0 0: not known yet */
	const char *condition; /* 公布の日から起算して… or "" */
	const char *revision, *instrument;
};

struct kt_in_force {
	struct kt_arena *arena;
	struct kt_doc *doc; /* the text; of KT_S_COMING the coming one */
	struct kt_date day; /* 基準日 */
	enum kt_state state;
	struct kt_revision at; /* the newest revision that stands in it */
	size_t revisions; /* how many revisions its clauses are of: 1, or more
			     where dates differ clause by clause */
	const struct kt_coming *coming; /* by date, unknown ones last */
	size_t ncoming;
};

/*
 * Document `id` as it is in force on a day: clause by clause the revision of
 * main with the latest date for that clause that is not after the day, the
 * newest of several with one date.  A revision's dates are those of its front
 * matter (`effective`, clause by clause where it is a list), else the
 * `Effective:` recorded with it, else the day of recording.  Days before 1970
 * are as good as any.  *out is yours; KT_ENOTFOUND without such a document.
 */
int kt_in_force_read(struct kt_in_force **out, struct kt_store *s,
    const char *id, struct kt_date day, struct kt_diag *d);
void kt_in_force_free(struct kt_in_force *f);

#endif
