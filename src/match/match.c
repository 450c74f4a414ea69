/* SPDX-License-Identifier: MIT */
/* A match from its beginning to its end. */
#include "match_int.h"

void
kt_match(struct kt_links **out, const struct kt_doc *city,
    const struct kt_doc *guideline, const struct kt_match_how *how,
    struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_links *links = KT_NEW(arena, struct kt_links);
	struct kt_provisions *ours, *theirs;
	struct align a;

	links->arena = arena;
	links->city = city;
	links->guideline = guideline;
	ours = kt_provisions_new(city, NULL, KT_ENDINGS_AS_IS);
	theirs = kt_provisions_new(
	    guideline, how->vocabulary, kt_endings_of(city, how->vocabulary));
	kt_align_new(&a, ours, theirs);
	if (how->confirmed != NULL)
		kt_confirm(&a, how->confirmed, d);
	kt_align_run(&a);
	kt_align_links(&a, links);
	kt_align_free(&a);
	kt_provisions_free(ours);
	kt_provisions_free(theirs);
	*out = links;
}
