/* SPDX-License-Identifier: MIT */
/*
 * From pairs to links: who belongs together, in which words the two differ,
 * what that makes of them, and which of them a person should look at.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

/* Per mille. */
#define FAINT 450 /* a guess below this is doubtful */
#define RIVAL 60 /* another clause this near to it makes it so too */
#define OTHER 300 /* below this little is the same */
#define ANSWERED 620 /* of a side: less than this is answered in part */
#define UNEVEN 180

struct group {
	uint32_t *at[2];
	uint32_t n[2];
	bool confirmed;
	bool reworded; /* one of its pairs */
	enum kt_link_relation relation;
	const char *note;
};

struct making {
	struct align *a;
	struct kt_links *out;
	struct kt_wording *wording;
};

/* ---- groups
 * ------------------------------------------------------------------
 */

static uint32_t
root_of(uint32_t *up, uint32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static void
put_member(struct align *a, struct group *g, int s, uint32_t i)
{
	for (uint32_t k = 0; k < g->n[s]; k++)
		if (g->at[s][k] == i)
			return;
	(void)a;
	g->at[s][g->n[s]++] = i;
}

/* Connected provisions, in the order of the city's first. */
static struct group *
make_groups(struct align *a, size_t *count)
{
	uint32_t all = a->side[0].n + a->side[1].n, ngroups = 0;
	uint32_t *up = KT_NEWN(a->arena, uint32_t, all);
	uint32_t *size = KT_NEWN(a->arena, uint32_t, all);
	uint32_t *no = KT_NEWN(a->arena, uint32_t, all);
	struct group *groups = KT_NEWN(a->arena, struct group, a->side[0].n);

	for (uint32_t i = 0; i < all; i++)
		up[i] = i;
	for (size_t i = 0; i < a->nedges; i++)
		up[root_of(up, a->edges[i].at[0])] =
		    root_of(up, a->side[0].n + a->edges[i].at[1]);
	for (size_t i = 0; i < a->nedges; i++)
		size[root_of(up, a->edges[i].at[0])]++;
	for (uint32_t i = 0; i < a->side[0].n; i++) {
		uint32_t root = root_of(up, i);
		struct group *g;

		if (size[root] == 0 || no[root] != 0)
			continue;
		g = &groups[ngroups++];
		no[root] = ngroups;
		g->relation = KT_RELATIONS;
		g->note = "";
		for (int s = 0; s < 2; s++)
			g->at[s] = KT_NEWN(a->arena, uint32_t, size[root]);
	}
	for (size_t i = 0; i < a->nedges; i++) {
		const struct edge *e = &a->edges[i];
		struct group *g = &groups[no[root_of(up, e->at[0])] - 1];

		put_member(a, g, 0, e->at[0]);
		put_member(a, g, 1, e->at[1]);
		g->confirmed = g->confirmed || e->confirmed;
		g->reworded = g->reworded || e->reworded;
		if (e->relation != KT_RELATIONS)
			g->relation = e->relation;
		if (e->note[0] != '\0')
			g->note = e->note;
	}
	for (uint32_t i = 0; i < ngroups; i++)
		for (int s = 0; s < 2; s++)
			qsort(groups[i].at[s], groups[i].n[s], sizeof(uint32_t),
			    by_number);
	*count = ngroups;
	return groups;
}

/* ---- wordings
 * ----------------------------------------------------------------
 */

static bool
is_same(const struct kt_spans *spans)
{
	for (size_t i = 0; i < spans->count; i++)
		if (spans->at[i].op != '=' &&
		    spans->at[i].class != KT_SC_NOTATION &&
		    spans->at[i].class != KT_SC_REF_FOLLOWED)
			return false;
	return true;
}

/* Per mille of what one side says that the other says too. */
static uint32_t
answered(const struct align *a, int s, const struct group *g)
{
	uint64_t left = 0, all = 0;

	for (uint32_t i = 0; i < g->n[s]; i++) {
		left += a->side[s].rest[g->at[s][i]].weight;
		all += a->side[s].bag[g->at[s][i]].weight;
	}
	return all == 0 ? 0 : (uint32_t)((all - left) * 1000 / all);
}

static enum kt_link_relation
relation_of(const struct kt_link *l, const struct kt_spans *spans,
    uint32_t city, uint32_t guideline)
{
	uint32_t less = city < guideline ? city : guideline;
	uint32_t more = city < guideline ? guideline : city;

	if (is_same(spans))
		return KT_REL_EQUAL;
	if ((l->flags & (KT_FL_MODALITY | KT_FL_QUANTITY | KT_FL_ACTOR)) != 0 ||
	    l->score < OTHER)
		return KT_REL_DIFFERS;
	if (less < ANSWERED && more >= less + UNEVEN)
		return KT_REL_PARTIAL;
	return KT_REL_NEAR;
}

/* A guideline clause outside the group that comes as near. */
static uint32_t
rival_of(const struct align *a, const struct group *g, uint32_t like)
{
	const struct side *city = &a->side[0];
	uint32_t best = NONE, most = 0;

	for (uint32_t i = 0; i < g->n[0]; i++)
		for (uint32_t k = city->first[g->at[0][i]];
		     k < city->first[g->at[0][i] + 1]; k++) {
			const struct pair *p = &a->pairs[city->list[k]];
			bool inside = false;

			for (uint32_t n = 0; n < g->n[1]; n++)
				inside = inside || g->at[1][n] == p->at[1];
			if (!inside && p->like + RIVAL > like &&
			    p->like > most &&
			    !kt_align_opposite(a, p->at[0], p->at[1])) {
				most = p->like;
				best = p->at[1];
			}
		}
	return best;
}

static uint32_t
headings_alike(const struct align *a, uint32_t city, uint32_t guideline)
{
	const struct kt_bag *x = &a->side[0].heading[city];
	const struct kt_bag *y = &a->side[1].heading[guideline];

	return kt_align_likeness(
	    kt_grams_common(a->captions, x, y), x->weight, y->weight);
}

/* The same words, references apart, stand under a heading that fits better. */
static bool
stands_better_elsewhere(
    const struct align *a, const struct group *g, uint32_t rival)
{
	return g->n[0] == 1 && g->n[1] == 1 &&
	       headings_alike(a, g->at[0][0], rival) >
		   headings_alike(a, g->at[0][0], g->at[1][0]);
}

static void
judge(struct making *m, struct kt_link *l, const struct group *g,
    const struct kt_spans *spans)
{
	uint32_t city = answered(m->a, 0, g), other = answered(m->a, 1, g);
	uint32_t rival;

	l->score = kt_align_root((uint64_t)city * other);
	l->flags = spans->flags;
	l->relation = g->relation != KT_RELATIONS
			  ? g->relation
			  : relation_of(l, spans, city, other);
	if (l->relation == KT_REL_EQUAL && g->relation == KT_RELATIONS)
		l->score = 1000;
	l->rival = "";
	if (l->confirmed)
		return;
	l->reworded = g->reworded;
	rival = rival_of(m->a, g, l->score);
	if (rival != NONE)
		l->rival = kt_arena_strdup(
		    m->out->arena, kt_addr(m->out->guideline,
				       m->a->side[1].p->at[rival].node));
	l->doubtful =
	    g->reworded || l->score < FAINT ||
	    (rival != NONE && (l->relation != KT_REL_EQUAL ||
				  stands_better_elsewhere(m->a, g, rival)));
}

static void
put_link(struct making *m, const struct group *g)
{
	struct kt_links *out = m->out;
	struct kt_link *l = &out->at[out->count++];
	struct kt_stretch text[2];
	struct kt_spans spans;
	const struct kt_node **nodes[2];

	for (int s = 0; s < 2; s++) {
		nodes[s] = KT_NEWN(out->arena, const struct kt_node *, g->n[s]);
		for (uint32_t i = 0; i < g->n[s]; i++)
			nodes[s][i] = m->a->side[s].p->at[g->at[s][i]].node;
		text[s] = kt_provisions_join(
		    out->arena, m->a->side[s].p, g->at[s], g->n[s], true);
	}
	l->city = nodes[0];
	l->ncity = g->n[0];
	l->guideline = nodes[1];
	l->nguideline = g->n[1];
	l->confirmed = g->confirmed;
	l->note = kt_arena_strdup(out->arena, g->note);
	kt_wording_compare(m->wording, out->arena, &spans, &text[1], &text[0]);
	l->spans = spans.at;
	l->nspans = spans.count;
	judge(m, l, g, &spans);
	out->sum[l->relation]++;
	out->confirmed += l->confirmed;
	out->doubtful += l->doubtful;
}

static size_t
list_alone(const struct align *a, struct kt_arena *arena, int s,
    const struct kt_node ***out)
{
	const struct side *side = &a->side[s];
	size_t n = 0;

	*out = KT_NEWN(arena, const struct kt_node *, side->n);
	for (uint32_t i = 0; i < side->n; i++)
		if (side->partners[i] == 0)
			(*out)[n++] = side->p->at[i].node;
	return n;
}

void
kt_align_links(struct align *a, struct kt_links *out)
{
	struct making m = {
		.a = a, .out = out, .wording = kt_wording_new(false)
	};
	size_t n;
	struct group *groups = make_groups(a, &n);

	out->at = KT_NEWN(out->arena, struct kt_link, n);
	for (size_t i = 0; i < n; i++)
		put_link(&m, &groups[i]);
	out->ncity_only = list_alone(a, out->arena, 0, &out->city_only);
	out->nguideline_only =
	    list_alone(a, out->arena, 1, &out->guideline_only);
	kt_wording_free(m.wording);
}
