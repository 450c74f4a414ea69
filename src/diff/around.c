/* SPDX-License-Identifier: MIT */
/*
 * A rule that had only 項 may get 条 when it gets more to say, and lose them
 * again.  The 項 is then what the 条 around it holds; the 条 with its caption
 * is what came or went.
 */
#include "diff_int.h"

#include <stdlib.h>

#define LOOK_MOST 64 /* articles that a 項 is held against */

struct around {
	struct work *w;
	uint32_t *articles; /* of one side, each with one 項 */
	uint32_t n;
};

static bool
is_free_unit(const struct side *s, uint32_t id, enum kt_kind kind)
{
	return node_at(s, id)->kind == kind && s->peer[id] == NONE &&
	       s->group[id] == NONE;
}

/* The only 項 of an article, or NONE. */
static uint32_t
only_paragraph(const struct side *s, uint32_t id)
{
	const uint32_t *part;
	uint32_t n = parts_of(s, id, &part), found = NONE;

	for (uint32_t i = 0; i < n; i++) {
		if (node_at(s, part[i])->kind != KT_PARAGRAPH)
			continue;
		if (found != NONE)
			return NONE;
		found = part[i];
	}
	return found;
}

static void
list_articles(struct around *a, const struct side *s)
{
	a->n = 0;
	a->articles = kt_malloc(sizeof(*a->articles) * s->nunits);
	for (uint32_t i = 0; i < s->nunits; i++)
		if (is_free_unit(s, s->units[i], KT_ARTICLE) &&
		    only_paragraph(s, s->units[i]) != NONE)
			a->articles[a->n++] = s->units[i];
}

/* The place in the list of the article, from one on, that says most of what a
 * 項 of the other side says; NONE when it is too little. */
static uint32_t
find_article(const struct around *a, int side, uint32_t id, uint32_t from)
{
	const struct side *s = &a->w->side[1 - side];
	uint32_t best = 0, found = NONE;

	for (uint32_t i = from; i < a->n && i - from < LOOK_MOST; i++) {
		uint32_t at = only_paragraph(s, a->articles[i]);
		uint32_t like = side == 0 ? kt_nodes_like(a->w, id, at)
					  : kt_nodes_like(a->w, at, id);

		if (like > best && kt_is_move(like, false)) {
			best = like;
			found = i;
		}
	}
	return found;
}

/* 項 of this side that stand in 条 on the other. */
static void
pair_side(struct work *w, int side)
{
	const struct side *s = &w->side[side], *o = &w->side[1 - side];
	struct around a = { .w = w };
	uint32_t next = 0, i;

	list_articles(&a, o);
	for (uint32_t k = 0; k < s->nunits && next < a.n; k++) {
		uint32_t id = s->units[k], in;

		if (!is_free_unit(s, id, KT_PARAGRAPH))
			continue;
		i = find_article(&a, side, id, next);
		if (i == NONE)
			continue;
		in = only_paragraph(o, a.articles[i]);
		set_peers(w, side == 0 ? id : in, side == 0 ? in : id);
		w->side[1 - side].state[a.articles[i]] |= ST_AROUND;
		next = i + 1;
	}
	free(a.articles);
}

void
kt_pair_around(struct work *w)
{
	pair_side(w, 0);
	pair_side(w, 1);
}

uint32_t
kt_unit_peer(const struct work *w, int side, uint32_t id)
{
	const struct side *s = &w->side[side], *o = &w->side[1 - side];
	bool around = (s->state[id] & ST_AROUND) != 0;
	uint32_t peer = s->peer[around ? only_paragraph(s, id) : id];
	const struct kt_node *unit;

	if (peer == NONE)
		return NONE;
	unit = node_at(o, peer)->unit;
	return unit != NULL && (unit->id == peer ||
				   (o->state[unit->id] & ST_AROUND) != 0)
		   ? unit->id
		   : NONE;
}
