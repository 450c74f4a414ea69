/* SPDX-License-Identifier: MIT */
/* A comparison from its beginning to its end. */
#include "diff_int.h"

#include <kaitei/diff.h>

void
kt_diff(struct kt_changes **out, const struct kt_doc *old,
    const struct kt_doc *new, struct kt_diag *d)
{
	struct kt_arena *result = kt_arena_new();
	struct work w = { .arena = kt_arena_new(), .diag = d };

	w.list = KT_NEW(result, struct kt_changes);
	w.list->arena = result;
	w.list->old = old;
	w.list->new = new;
	kt_sides_new(&w, old, new);
	kt_pair_units(&w);
	kt_pair_frames(&w);
	kt_pair_parts(&w);
	kt_list_make(&w);
	kt_text_release(&w.text);
	kt_sides_free(&w);
	kt_arena_free(w.arena);
	*out = w.list;
}
