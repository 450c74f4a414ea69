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

struct kt_amend_style;
struct kt_table_how;

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
	bool held_numbers; /* such a clause takes its new number all the same */
};

struct kt_merged {
	struct kt_arena *arena;
	struct kt_doc *doc; /* where a conflict is open, it reads as ours */
	struct kt_conflict *at; /* in reading order */
	size_t count, open;
	size_t won; /* conflicts that were theirs by theirs_win */
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

/* ---- force.c: the text in force ------------------------------------------ */

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
 * `Effective:` recorded with it, else the day of recording; a first one that
 * says no day holds since ever.  Days before 1970 are as good as any.  *out is
 * yours; KT_ENOTFOUND without such a document.
 */
int kt_in_force_read(struct kt_in_force **out, struct kt_store *s,
    const char *id, struct kt_date day, struct kt_diag *d);
void kt_in_force_free(struct kt_in_force *f);

/* ---- history.c: what became of a clause ---------------------------------- */

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
/* Where a clause of a document at one revision stands at another, by
 * identity: its address there, or of what it was merged into, "" when it is
 * gone, in the arena.  As given when one of the texts has no such document. */
const char *kt_clause_now(struct kt_store *s, const char *id, const char *then,
    const char *address, const char *now, struct kt_arena *a);
void kt_history_free(struct kt_history *h);

/* ---- settings.c: what kaitei.yaml asks of an adoption -------------------- */

struct kt_rule { /* approvals needed in a role; "" any */
	const char *role;
	unsigned count;
};

struct kt_dependant { /* when `of` changes, `id` has to be looked at */
	const char *of, *id;
};

struct kt_settings {
	struct kt_arena *arena;
	struct kt_rule *rules;
	size_t nrules;
	bool is_signed; /* only signed approvals count */
	struct kt_dependant *dependants;
	size_t ndependants;
};

/* As main has them at the moment:
 *
 *   approvals: 1                       or by role: {審査: 1, 決裁: 1}
 *   signed: yes                        default: yes where `signers` exists
 *   dependants: {kanri-kitei: [taisaku-kijun]}
 *
 * *out is yours; KT_EINPUT with the line. */
int kt_settings_read(
    struct kt_settings **out, struct kt_store *s, struct kt_diag *d);
/* The same of bytes, for messages of `name`; `signers`: is there such a file
 * beside it? */
int kt_settings_parse(struct kt_settings **out, const char *name,
    const char *bytes, size_t n, bool signers, struct kt_diag *d);
void kt_settings_free(struct kt_settings *settings);

/* ---- proposal.c: what a draft changes ------------------------------------ */

/* A document of a draft against the text it was made from. */
struct kt_draft_doc {
	const char *id, *path;
	struct kt_doc *old; /* without clauses for a new document */
	struct kt_doc *new;
	struct kt_changes *list;
	bool is_new;
};

struct kt_draft_diff {
	struct kt_arena *arena;
	struct kt_draft draft;
	struct kt_draft_doc *at; /* by path */
	size_t count;
	const char **files; /* other paths that it changes */
	size_t nfiles;
	size_t conflicts; /* open ones */
	char digest[KT_SHA256_LEN + 1]; /* of all changes, see kt_approve() */
};

/* *out is yours; KT_ENOTFOUND without such a draft. */
int kt_draft_diff_read(struct kt_draft_diff **out, struct kt_store *s,
    const char *name, struct kt_diag *d);
void kt_draft_diff_free(struct kt_draft_diff *p);
/* A draft that was adopted or closed is not changed any more: says so. */
int kt_draft_check_open(
    struct kt_store *s, const struct kt_draft *draft, struct kt_diag *d);
/* Save a document on a draft, in canonical form, and with it its figures as
 * kt_figures_files() has them.  `base` is the revision of the draft it was made
 * from. */
int kt_draft_save(struct kt_store *s, const char *name, const char *id,
    const struct kt_doc *doc, const struct kt_file *figures, size_t n,
    const char *base, const struct kt_note *note, char rev[KT_REV_LEN + 1],
    struct kt_diag *d);
/* restore.c: a document of a draft as the draft's base has it, taken out where
 * that has none, and with it the figures that came with it and that no other
 * document of the draft names.  *is_new tells which; rev is "" when the draft
 * does not change it.  KT_ECONFLICT while a conflict in it is open. */
int kt_draft_restore(bool *is_new, struct kt_store *s, const char *name,
    const char *id, const struct kt_note *note, char rev[KT_REV_LEN + 1],
    struct kt_diag *d);
/* policies or guidelines, by what a document calls itself. */
const char *kt_folder_of(const struct kt_doc *doc);

/* ---- figures.c: the files of figures ------------------------------------- */

/* What came of getting the file of a figure. */
enum kt_figure_got {
	KT_FG_READ,
	KT_FG_LOST, /* there is none */
	KT_FG_OUTSIDE, /* not in the folder of the document */
	KT_FG_UNFIT, /* no file, empty or too big */
	KT_FG_UNREADABLE
};

/* Gets the file that a document names, of at most `most` bytes: its name is a
 * path of plain names, without "..". */
typedef enum kt_figure_got kt_figure_get(
    void *of, const char *name, size_t most, struct kt_buf *bytes);

/* The pictures that a document names; each that cannot stand in a paper is a
 * warning with its line, those that are not there are one, `lost`, with their
 * number.  Yours. */
struct kt_pictures *kt_figures_gather(const struct kt_doc *doc,
    kt_figure_get *get, void *of, enum kt_msg_id lost, struct kt_diag *d);
/* A warning for names that have other bytes in one than in the other. */
void kt_figures_compare(const struct kt_pictures *old,
    const struct kt_pictures *new, const struct kt_doc *doc, struct kt_diag *d);

/* The file of one figure beside the document at this path of the store. */
enum kt_figure_got kt_figure_stored(struct kt_store *s, const char *document,
    const char *rev, const char *name, size_t most, struct kt_buf *bytes);
/* The pictures of a document from where it was read in the store: none for one
 * that is not from there.  Yours. */
struct kt_pictures *kt_figures_read(
    struct kt_store *s, const struct kt_doc *doc, struct kt_diag *d);
/* Does the document, which is at this path, name the figure at that one? */
bool kt_figures_name(
    const struct kt_doc *doc, const char *path, const char *figure);
/* What has to be saved of the figures of a document with it, at `rev` or on top
 * of it, in the arena with room for one file more; the bytes stay theirs.  A
 * name that the store cannot keep is a warning; KT_EINPUT when main has another
 * figure of that name.
 */
int kt_figures_files(struct kt_file **out, size_t *n, struct kt_store *s,
    const char *document, const char *rev, const struct kt_pictures *figures,
    struct kt_arena *a, struct kt_diag *d);

/* ---- update.c: a draft whose base moved ---------------------------------- */

/* An open conflict of a draft and the document it is in. */
struct kt_open_conflict {
	const char *document;
	size_t number; /* in that document, from 0 */
	struct kt_conflict conflict;
};

struct kt_open_conflicts {
	struct kt_arena *arena;
	struct kt_open_conflict *at;
	size_t count;
};

/* Bring the newest main into a draft, clause by clause.  What both changed is
 * kept with the draft as conflicts; *open says how many.  Nothing is saved
 * when main has not moved. */
int kt_draft_update(size_t *open, struct kt_store *s, const char *name,
    const struct kt_note *note, struct kt_diag *d);
int kt_conflicts_read(struct kt_open_conflicts **out, struct kt_store *s,
    const char *name, struct kt_diag *d);
void kt_conflicts_free(struct kt_open_conflicts *c);
/* Decide the conflicts of a clause (all of them for ""): its text becomes
 * that of the side, edits made since stay.  *left: how many are still open.
 * KT_ENOTFOUND when there is none of that address. */
int kt_draft_resolve(size_t *left, struct kt_store *s, const char *name,
    const char *document, const char *clause, enum kt_pick pick,
    const struct kt_note *note, struct kt_diag *d);

/* ---- approve.c: approvals ------------------------------------------------ */

enum kt_standing {
	KT_AP_COUNTS,
	KT_AP_STALE, /* the draft has changed since */
	KT_AP_WITHDRAWN,
	KT_AP_UNSIGNED, /* a signature is asked for */
	KT_AP_UNKNOWN, /* no key of `signers` at that time */
	KT_AP_BAD, /* the signature is wrong */
	KT_AP_ROLE, /* not that person's role */
	KT_AP_TWICE, /* the person approved again later */
	KT_AP_STANDINGS
};

struct kt_approval {
	const struct kt_review *op;
	enum kt_standing standing;
	const char *who; /* as signed, else the author's mail */
};

struct kt_approvals {
	struct kt_arena *arena;
	struct kt_approval *at; /* approvals, in the order of the chain */
	size_t count;
	const struct kt_review **objections; /* that were not withdrawn */
	size_t nobjections;
	const char *missing; /* 決裁 1、審査 1; "" when all are there */
	bool closed;
};

const char *kt_standing_name(enum kt_standing standing, enum kt_lang lang);
/* Judge the approvals of a draft by the settings and the signers of main. */
int kt_approvals_read(struct kt_approvals **out, struct kt_store *s,
    const struct kt_draft_diff *p, struct kt_diag *d);
void kt_approvals_free(struct kt_approvals *a);
/* Approve a draft as it stands: the operation names its tree and the SHA-256
 * of its changes (kaitei-diff/1 of every document, with its path before it).
 */
int kt_approve(struct kt_store *s, const struct kt_draft_diff *p,
    const struct kt_person *who, const char *role, struct kt_date date,
    const char *text, const char *key, char id[KT_REV_LEN + 1],
    struct kt_diag *d);

/* ---- overlap.c: drafts and remarks that meet ----------------------------- */

struct kt_overlap {
	const char *draft, *document;
	const char *clauses; /* that both change, as the base has them */
};

struct kt_overlaps {
	struct kt_arena *arena;
	struct kt_overlap *at;
	size_t count;
};

/* Other drafts, not adopted, that change a clause that this one changes. */
int kt_overlaps_read(struct kt_overlaps **out, struct kt_store *s,
    const struct kt_draft_diff *p, struct kt_diag *d);
void kt_overlaps_free(struct kt_overlaps *list);
/* The words of a clause without its number, as operations name them by their
 * SHA-256. */
void kt_clause_words(struct kt_buf *out, const struct kt_node *node);
/* Has the clause of an operation other words now, or is it gone? */
bool kt_review_is_outdated(struct kt_store *s, const struct kt_review *op,
    const struct kt_draft_diff *p);

/* ---- adopt.c ------------------------------------------------------------- */

struct kt_waiver {
	const char *id, *reason;
};

struct kt_adoption {
	const char *number; /* of the instrument */
	struct kt_date decided, promulgated, effective;
	const struct kt_clause_date *dates; /* where clauses differ */
	size_t ndates;
	const struct kt_waiver *waivers;
	size_t nwaivers;
	struct kt_person who; /* who runs it */
	const char *key; /* signs the tag; NULL: not signed */
	bool dry_run; /* all checks, nothing written */
};

/*
 * Adopt a draft: when nothing is open (conflicts, objections, new findings of
 * the lint, approvals, an instrument that does not lead to the text,
 * dependants neither changed nor waived), one revision of main, and that is
 * the adoption; its tag and its entry in the review follow and are made by
 * `doctor` when the machine dies between.  All that is open is reported; then
 * KT_EDENIED, nothing written.
 */
int kt_adopt(char rev[KT_REV_LEN + 1], struct kt_store *s, const char *name,
    const struct kt_adoption *how, struct kt_diag *d);
/* Tag and review entry of an adoption, if they are missing; true when
 * something was made. */
bool kt_adopt_finish(struct kt_store *s, const struct kt_revision *r,
    const struct kt_person *who, const char *key, struct kt_diag *d);
/* ---- instrument.c -------------------------------------------------------- */

/* The instrument of a proposed document, proved by carrying it out: nothing
 * where no provision changes; false when its changes cannot be said in words
 * alone. */
bool kt_instrument_of(struct kt_buf *out, const struct kt_draft_doc *p);
/* Sentences that kt_amend_write() made, as a Word file with the pictures of
 * the new text (or NULL). */
int kt_instrument_docx(struct kt_buf *out, const struct kt_changes *list,
    const char *text, const struct kt_amend_style *style,
    const struct kt_pictures *pictures, bool vertical, struct kt_diag *d);
/* 新旧対照表方式, the table is the amendment: with the frame of an instrument
 * around it.  KT_EUSAGE when the profile, which must be there, enacts
 * nothing. */
int kt_instrument_table(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style, const struct kt_table_how *how,
    struct kt_diag *d);

/* ---- dependants.c -------------------------------------------------------- */

/* A document that has to be looked at when another changes. */
struct kt_dependence {
	const char *id, *of;
	const char
	    *places; /* where it names a clause that changes: 第3条（第8条）
		      */
	bool changed; /* by the same draft */
};

struct kt_dependences {
	struct kt_arena *arena;
	struct kt_dependence *at;
	size_t count;
};

/* By kaitei.yaml, and by the references of the other documents. */
int kt_dependences_read(struct kt_dependences **out, struct kt_store *s,
    const struct kt_draft_diff *p, struct kt_diag *d);
void kt_dependences_free(struct kt_dependences *list);

/* ---- packet.c ------------------------------------------------------------ */

/* The enclosures of a proposal in a new folder: of each document 改正文,
 * 新旧対照表, 見え消し, 溶け込み案, and 影響一覧 over all other documents; of
 * the draft 概要, 改正理由 clause by clause, 関係文書, 審査記録, and their
 * digests.  `how` is the house's table; where its profile enacts, or where
 * words do not do, a table is the instrument.  Every paper is proved before
 * the folder is made; it appears whole or not at all. */
int kt_packet_write(struct kt_store *s, const char *name,
    const struct kt_table_how *how, const char *dir, struct kt_diag *d);

/* ---- sync.c -------------------------------------------------------------- */

struct kt_sync {
	size_t received, sent, joined; /* branches */
	size_t conflicts; /* in drafts, and adoptions apart of one clause or
			     with one number */
};

/* Exchange with a server that kt_remote_set() remembered. */
int kt_sync(struct kt_sync *out, struct kt_store *s, const char *remote,
    const struct kt_person *who, struct kt_diag *d);

/* ---- doctor.c ------------------------------------------------------------ */

struct kt_health {
	struct kt_sound sound;
	size_t signatures; /* that hold */
	size_t repaired; /* tags and entries of adoptions made again */
};

/* Objects, refs, reviews, signatures, dates.  `who` makes again what a
 * stopped adoption left undone; NULL: nothing is made.  KT_EDAMAGED. */
int kt_doctor(struct kt_health *out, struct kt_store *s,
    const struct kt_person *who, struct kt_diag *d);

#endif
