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
#include <kaitei/model.h>
#include <kaitei/store.h>

/* ---- merge.c: two changes of one text ------------------------------------ */

enum kt_pick { KT_PICK_OPEN, KT_PICK_BASE, KT_PICK_OURS, KT_PICK_THEIRS };

enum kt_conflict_kind {
	KT_X_WORDS, /* both changed the words */
	KT_X_CAPTION,
	KT_X_LABEL, /* both renumbered it, and counting does not decide */
	KT_X_GONE, /* one changed what the other took out */
	KT_X_PLACE, /* both moved it, to different places */
	KT_X_TABLE, /* both changed a table, a 目次, quoted matter */
	KT_X_META, /* both changed a line of the front matter */
	KT_X_KINDS
};

/* What both changed, with the three texts; "" where it does not stand. */
struct kt_conflict {
	enum kt_conflict_kind kind;
	const char *clause; /* its address in ours, else theirs, else base */
	const char *base, *ours, *theirs;
	enum kt_pick pick; /* as decided */
};

struct kt_merge_how {
	/* Decisions by place in the list of conflicts, which is the same for
	 * the same three texts. */
	const enum kt_pick *picks;
	size_t npicks;
	bool theirs_win; /* every open conflict is theirs */
	/* By id, or NULL: clauses of theirs that count as not changed, and of
	 * base as not taken out; each for itself, not for what lies below. */
	const bool *hold_theirs, *hold_base;
};

struct kt_merged {
	struct kt_arena *arena;
	struct kt_doc *doc; /* where a conflict is open, it reads as ours */
	struct kt_conflict *at; /* in reading order */
	size_t count, open;
};

/*
 * Three-way, clause by clause, paired by identity: what one side changed is
 * taken, what both changed alike is taken once, moved and edited combine,
 * renumbering alone conflicts with nothing and is counted anew.  Anything
 * else is a conflict: data, never a mark in the text.  `how` may be NULL.
 * *out is yours and borrows nothing; a conflict is no failure.
 */
void kt_merged_new(struct kt_merged **out, const struct kt_doc *base,
    const struct kt_doc *ours, const struct kt_doc *theirs,
    const struct kt_merge_how *how, struct kt_diag *d);
void kt_merged_free(struct kt_merged *m);
/* "words" "caption" …: for JSON. */
const char *kt_conflict_name(enum kt_conflict_kind kind);

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

/* ---- history.c: what became of a clause -----------------------------------
 */

/* What one revision did to a clause. */
struct kt_event {
	struct kt_revision rev;
	enum kt_fate fate; /* KT_ADDED ends the list */
	bool changed; /* its words, not only its number or place */
	const char *old, *new; /* addresses with 、 between them */
	const char *old_text, *new_text;
	struct kt_date from; /* from when it holds; 0 0 0: not known */
};

struct kt_history {
	struct kt_arena *arena;
	struct kt_event *at; /* newest first */
	size_t count;
};

/*
 * The changes of one clause, followed by identity through renumbering, moves,
 * splits and merges.  The address is that of the newest text, else of the
 * newest that has such a clause; "" the document.  *out is yours;
 * KT_ENOTFOUND.
 */
int kt_history_of(struct kt_history **out, struct kt_store *s, const char *id,
    const char *address, struct kt_diag *d);
/* For each clause on the level of articles, as it stands in the newest text,
 * the newest change of its words: in reading order, `new` its address. */
int kt_history_blame(struct kt_history **out, struct kt_store *s,
    const char *id, struct kt_diag *d);
void kt_history_free(struct kt_history *h);

#endif
