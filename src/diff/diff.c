/* SPDX-License-Identifier: MIT */
/* A comparison from its beginning to its end. */
#include "diff_int.h"

#include <kaitei/diff.h>

#include <string.h>

/* A stage that needs nothing of the one at its side. */
struct stage {
	void (*run)(struct work *w);
	struct work *work;
};

static void
run_stage(void *arg)
{
	const struct stage *stage = arg;

	stage->run(stage->work);
}

static bool
say_the_same(const struct side *o, const struct side *n)
{
	return o->n == n->n &&
	       memcmp(o->key, n->key, sizeof(*o->key) * o->n) == 0;
}

/* Opening the dictionary takes as long as finding out which unit is which. */
static void
pair_and_open(struct work *w)
{
	struct stage open = { kt_text_open, w }, pair = { kt_pair_units, w };

	if (say_the_same(&w->side[0], &w->side[1]))
		kt_pair_units(w);
	else
		kt_both(run_stage, &open, &pair);
}

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
	pair_and_open(&w);
	kt_pair_around(&w);
	kt_pair_frames(&w);
	kt_pair_parts(&w);
	kt_list_make(&w);
	kt_text_release(&w.text);
	kt_sides_free(&w);
	kt_arena_free(w.arena);
	*out = w.list;
}
