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
bool propose_is_document(const char *path);
const char *propose_id(struct kt_arena *a, const char *path);
/* A document at a revision; empty when it is not there.  Yours. */
int propose_read(struct kt_doc **out, struct kt_store *s, const char *path,
    const char *rev, struct kt_diag *d);

/* How an instrument is written whose number and day nobody knows yet. */
extern const struct kt_amend_style propose_style;

/* Bring the changes rev[0] → rev[2] into a draft that stands at rev[1]. */
int propose_join(size_t *open, struct kt_store *s, const struct kt_draft *draft,
    const char *const rev[3], const struct kt_note *note, struct kt_diag *d);

#endif
