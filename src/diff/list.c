/* SPDX-License-Identifier: MIT */
/* The pairing of nodes, told as a list of changes. */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

static void
tell_new_side(struct list_work *l)
{
	const struct side *n = &l->w->side[1];

	for (uint32_t i = 0; i < n->n; i++) {
		if ((n->state[i] & ST_TOLD) != 0)
			continue;
		if (n->group[i] != NONE) {
			const struct group *g = &l->w->groups[n->group[i]];

			if (g->one_side == 1 || g->many[0] == i)
				kt_compare_group(l, g);
		} else if (n->peer[i] == NONE) {
			kt_only_on(l, 1, i);
		} else if ((l->w->side[0].state[n->peer[i]] & ST_TOLD) == 0) {
			kt_compare_nodes(l, n->peer[i], i);
		}
	}
}

static void
tell_old_side(struct list_work *l)
{
	const struct side *o = &l->w->side[0];

	for (uint32_t i = 0; i < o->n; i++)
		if ((o->state[i] & ST_TOLD) == 0 && o->group[i] == NONE &&
		    o->peer[i] == NONE)
			kt_only_on(l, 0, i);
}

static const struct kt_node **
peers_of(const struct work *w, int side)
{
	const struct side *s = &w->side[side];
	const struct kt_node **peers =
	    KT_NEWN(w->list->arena, const struct kt_node *, s->n);

	for (uint32_t i = 0; i < s->n; i++)
		if (s->peer[i] != NONE)
			peers[i] = node_at(&w->side[1 - side], s->peer[i]);
	return peers;
}

void
kt_list_make(struct work *w)
{
	struct list_work l = { .w = w };

	kt_mark_states(w);
	kt_place_deleted(&l);
	tell_new_side(&l);
	tell_old_side(&l);
	kt_list_sort(&l);
	kt_list_pairs(&l);
	w->list->old_peer = peers_of(w, 0);
	w->list->new_peer = peers_of(w, 1);
	free(l.at);
	free(l.place);
	for (int side = 0; side < 2; side++) {
		free(l.atoms[side]);
		free(l.headings[side]);
	}
}
