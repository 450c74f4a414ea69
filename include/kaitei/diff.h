/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_DIFF_H
#define KAITEI_DIFF_H

/*
 * diff: what changed between two versions of one text.  Correspondence of
 * clauses by identity, not by number; kinds, word spans and classes of the
 * changes; references followed, retargeted or left dangling.
 * reference: compare.md §6 and §7.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kt_arena;
struct kt_changes;
struct kt_diag;
struct kt_doc;
struct kt_span;

/*
 * One change a clause at most for its words, one for its caption: a clause
 * that was renumbered and edited is `modified` and flagged renumbered; one
 * whose references only followed is `renumbered` with their spans; one that
 * moved is `moved`, its edited parts are changes of their own.  Comparing new
 * with old mirrors comparing old with new, but for what became of references:
 * into a split it is in doubt which part is meant, out of a merge it is not.
 *
 * *out borrows both documents: kt_changes_free() it before them.  Never
 * fails on finished documents; a limit reached is counted in the list,
 * flagged at its change and reported as a warning.
 */
void kt_diff(struct kt_changes **out, const struct kt_doc *old,
    const struct kt_doc *new, struct kt_diag *d);

/* ---- wording.c: two texts that are no versions of one document ---------- */

struct kt_stretch_ref {
	uint32_t start, len; /* bytes of the text */
};

/* A text; its references, in order, are one word each and answer to
 * references whatever they name. */
struct kt_stretch {
	const char *p;
	uint32_t len;
	const struct kt_stretch_ref *refs;
	size_t nrefs;
};

struct kt_spans {
	struct kt_span *at; /* '=' and '-' give the old text, '=' and '+' the
			       new one, each exactly */
	size_t count;
	unsigned flags; /* enum kt_flag */
	bool replaced; /* so little is common that all is shown replaced */
};

/* Keeps the segmenter between comparisons. */
struct kt_wording;

/* `fine`: every word that is the same is an equality, however short, and
 * nothing is shown as replaced whole; for programs, not for readers. */
struct kt_wording *kt_wording_new(bool fine);
void kt_wording_free(struct kt_wording *wording);
/* Words, classes and notes as kt_diff() gives them; the array and the notes
 * in the arena, the words borrowed from the texts. */
void kt_wording_compare(struct kt_wording *wording, struct kt_arena *arena,
    struct kt_spans *out, const struct kt_stretch *old,
    const struct kt_stretch *new);

#endif
