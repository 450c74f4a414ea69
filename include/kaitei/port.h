/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_PORT_H
#define KAITEI_PORT_H

/*
 * port: what a change of one text means for another: the guideline's changes
 * carried onto the city's own words, and what else must follow a change.
 * reference: compare.md §6 J.
 */

#include <kaitei/model.h>

struct kt_diag;
struct kt_vocabulary;

/* ---- port.c -------------------------------------------------------------- */

struct kt_port_how {
	const struct kt_links *links; /* city and the guideline as it was */
	const struct kt_links *links_new; /* city and the guideline as it is:
					     what is there already */
	const struct kt_changes *changes; /* of the guideline */
	const struct kt_vocabulary *vocabulary; /* or NULL */
};

/*
 * A proposal for every change of the guideline but those of number only, and
 * the city's text with what could be applied: three-way, the guideline's old
 * wording as base, both put into the city's words first.  Words are replaced
 * only where the old ones stand in the same surroundings, or nowhere else; the
 * rest is told with its reason.  *out borrows all that `how` names.
 */
void kt_port(struct kt_proposals **out, const struct kt_port_how *how,
    struct kt_diag *d);

/* ---- impact.c ----------------------------------------------------------- */

/*
 * What else must follow: references to what changed, 解説 that was left as it
 * was, clauses of the dependants that cite or restate it, uses of terms whose
 * definition changed.  A dependant cites the text by its title or by the name
 * it gives it (以下「規程」という。).  *out borrows everything.
 */
void kt_impact(struct kt_impact **out, const struct kt_changes *changes,
    const struct kt_doc *const *dependants, size_t n, struct kt_diag *d);

#endif
