/* SPDX-License-Identifier: MIT */
#ifndef KT_IMPACT_INT_H
#define KT_IMPACT_INT_H

/* What the files of impact share: impact.c (references, 解説), term.c (terms
 * whose definition changed), restate.c (dependants that say the same). */

#include <kaitei/port.h>
#include <kaitei/base.h>
#include <kaitei/text.h>

struct tracing {
	struct kt_impact *out;
	struct kt_arena *arena;
	const struct kt_changes *changes;
	/* By id: the change of meaning at the node, or NULL. */
	const struct kt_change **at_old, **at_new;
	struct kt_effect *list;
	size_t n, cap;
};

/* Once for each clause, cause and words. */
void kt_trace(struct tracing *t, struct kt_effect e);
void kt_trace_terms(struct tracing *t, const struct kt_doc *doc);
void kt_trace_restated(
    struct tracing *t, const struct kt_doc *doc, struct kt_diag *d);

#endif
