/* SPDX-License-Identifier: MIT */
/* Clauses of a dependant that say what a changed clause said: found as
 * correspondence, without regard to references. */
#include "impact_int.h"

#include <kaitei/match.h>

#define LIKE_LEAST 450 /* per mille */

static const struct kt_change *
change_of(const struct tracing *t, const struct kt_node *node)
{
	for (const struct kt_node *n = node; n != NULL;
	     n = kt_node_next(n, node))
		if (t->at_old[n->id] != NULL)
			return t->at_old[n->id];
	return NULL;
}

void
kt_trace_restated(
    struct tracing *t, const struct kt_doc *doc, struct kt_diag *d)
{
	struct kt_match_how how = { NULL, NULL };
	struct kt_links *links;

	kt_match(&links, doc, t->changes->old, &how, d);
	for (size_t i = 0; i < links->count; i++) {
		const struct kt_link *l = &links->at[i];

		if (l->score < LIKE_LEAST)
			continue;
		for (uint32_t k = 0; k < l->nguideline; k++) {
			const struct kt_node *old = l->guideline[k], *peer;
			const struct kt_change *c = change_of(t, old);

			if (c == NULL)
				continue;
			peer = t->changes->old_peer[old->id];
			for (uint32_t m = 0; m < l->ncity; m++)
				kt_trace(t,
				    (struct kt_effect){ .kind = KT_EF_RESTATED,
					.doc = doc,
					.node = l->city[m],
					.cause = c,
					.words = "",
					.now = peer == NULL
						   ? ""
						   : kt_addr(t->changes->new,
							 peer) });
		}
	}
	kt_links_free(links);
}
