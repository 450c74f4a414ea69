/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_DIFF_H
#define KAITEI_DIFF_H

/*
 * diff: what changed between two versions of one text.  Correspondence of
 * clauses by identity, not by number; kinds, word spans and classes of the
 * changes; references followed, retargeted or left dangling.
 * reference: compare.md §6 and §7.
 */

struct kt_changes;
struct kt_diag;
struct kt_doc;

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

#endif
