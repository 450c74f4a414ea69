/* SPDX-License-Identifier: MIT */
#ifndef KT_PROPOSE_INT_H
#define KT_PROPOSE_INT_H

/* Drafts as documents, what their files share. */

#include <kaitei/amend.h>
#include <kaitei/workflow.h>

/* Paths that differ between two revisions; free(at). */
struct propose_paths {
	const char **at; /* live as long as the store */
	size_t n, cap;
};

int propose_paths(struct propose_paths *out, struct kt_store *s,
    const char *old, const char *new, struct kt_diag *d);
const char *propose_id(struct kt_arena *a, const char *path);
/* A document at a revision; empty when it is not there.  Yours. */
int propose_read(struct kt_doc **out, struct kt_store *s, const char *path,
    const char *rev, struct kt_diag *d);

/* Of a revision or an operation as much as people read. */
const char *propose_short(struct kt_arena *a, const char *rev);

/* How an instrument is written whose number and day nobody knows yet. */
extern const struct kt_amend_style propose_style;

/* Bring the changes rev[0] → rev[2] into a draft that stands at rev[1]. */
int propose_join(size_t *open, struct kt_store *s, const struct kt_draft *draft,
    const char *const rev[3], const struct kt_note *note, struct kt_diag *d);

/* ---- adopt_dates.c ------------------------------------------------------- */

/* Is a clause one that the document changes, or whose day is still open? */
bool propose_is_dated(struct kt_store *s, const struct kt_draft_doc *x,
    const struct kt_adoption *how, const char *clause);
/* The dates of an adoption: *ok is false when one does not do, which is said.
 */
int propose_dates(bool *ok, struct kt_store *s, const struct kt_draft_diff *p,
    const struct kt_adoption *how, struct kt_diag *d);

/* ---- references.c -------------------------------------------------------- */

/* What was told of references that mean another clause now. */
struct propose_references {
	struct kt_diag *d;
	struct kt_arena *arena;
	const char **told;
	size_t n, cap;
};

void propose_references_begin(struct propose_references *r, struct kt_diag *d);
void propose_references_end(struct propose_references *r);
/* A warning for each reference of the new text that led elsewhere in the old
 * one, unless it was told before. */
void propose_references_in(struct propose_references *r, const char *id,
    const struct kt_changes *list);
void propose_references_from(struct propose_references *r, const char *id,
    const struct kt_doc *was, const struct kt_doc *now);
/* All of a draft. */
int propose_references(
    struct kt_store *s, const struct kt_draft_diff *p, struct kt_diag *d);

#endif
