/* SPDX-License-Identifier: MIT */
/*
 * Where a new clause of the guideline would stand in the city's text: beside
 * the clauses that answer to its neighbours.  It is put there only where both
 * sides agree and it is one plain clause.
 */
#include "port_int.h"

#include <string.h>

#define WAS_LIKE 500 /* per mille */
#define PART_LEAST 3 /* words of what may be a part */

/* Is what becomes of a clause, and so of the place beside it, to be decided? */
static bool
is_open(const struct port *p, uint32_t new)
{
	const struct job *job = p->jobs->of_new[new] == 0
				    ? NULL
				    : &p->jobs->at[p->jobs->of_new[new] - 1];

	return job != NULL && (job->divided || job->united || job->tied);
}

/* A clause of the city beside which a new one would stand. */
struct answer {
	const struct kt_node *node; /* NULL when there is none */
	bool sure; /* enough to put something in beside it */
};

/* The last (or first) clause of the city that answers to a new provision's
 * old self.  The only witness of a place must be beyond doubt. */
static struct answer
answer_to(struct port *p, uint32_t new, bool last, bool alone)
{
	const struct kt_node *peer =
	    p->how->changes->new_peer[p->to->at[new].node->id];
	const struct kt_link *link;
	struct answer a = { NULL, false };
	uint32_t *city, old, n;

	if (peer == NULL || p->from->of[peer->id] == NONE)
		return a;
	old = p->from->of[peer->id];
	link = p->linked[p->from->at[old].node->id];
	if (link != NULL && link->reworded)
		return a;
	n = kt_port_city(p, &old, 1, &city);
	if (n == 0)
		return a;
	a.node = p->city->at[city[last ? n - 1 : 0]].node;
	a.sure =
	    !is_open(p, new) &&
	    !(alone && link->doubtful && link->relation == KT_REL_DIFFERS) &&
	    !kt_port_is_misplaced(p, &old, 1, city, n);
	return a;
}

static bool
same_list(const struct kt_provisions *list, uint32_t a, uint32_t b)
{
	return list->at[a].node->parent == list->at[b].node->parent;
}

static bool
is_clause(const struct kt_node *n)
{
	return n->kind == KT_ITEM || n->kind == KT_PARAGRAPH;
}

static const struct kt_node *
next_clause(const struct kt_node *n)
{
	const struct kt_node *at = n->next;

	while (at != NULL && at->kind != n->kind)
		at = at->next;
	return at;
}

/* Between both neighbours, or at the end behind the one before. */
static bool
is_certain(const struct kt_node *before, const struct kt_node *behind,
    bool first, bool last)
{
	if (before == NULL)
		return first && behind != NULL && is_clause(behind) &&
		       behind->prev == NULL;
	if (!is_clause(before))
		return false;
	if (last)
		return next_clause(before) == NULL;
	return behind != NULL && next_clause(before) == behind;
}

static const char *
place_name(
    struct port *p, const struct kt_node *before, const struct kt_node *behind)
{
	const struct kt_doc *city = p->how->links->city;

	if (before != NULL)
		return kt_arena_printf(
		    p->arena, "%sの次", kt_addr(city, before));
	if (behind != NULL)
		return kt_arena_printf(
		    p->arena, "%sの前", kt_addr(city, behind));
	return "";
}

static bool
is_plain(const struct kt_provision *v)
{
	return v->npieces == 1 && v->said.nrefs == 0 &&
	       memchr(v->said.p, '\n', v->said.len) == NULL &&
	       !kt_port_names_clause(v->said.p, v->said.len) &&
	       is_clause(v->node);
}

/* Where a new clause stands in the guideline, and what answers to its
 * neighbours. */
struct gap {
	bool first, last; /* of its list */
	bool sure;
	const struct kt_node *before, *behind;
};

static struct gap
gap_of(struct port *p, const struct job *job)
{
	uint32_t at = job->new[0], end = job->new[job->nnew - 1];
	struct gap g = { .first = at == 0 || !same_list(p->to, at - 1, at),
		.last = end + 1 == p->to->count ||
			!same_list(p->to, end, end + 1) };

	struct answer a = { NULL, true }, b = { NULL, true };

	if (!g.first)
		a = answer_to(p, at - 1, true, g.last);
	if (!g.last)
		b = answer_to(p, end + 1, false, g.first);
	g.before = a.node;
	g.behind = b.node;
	g.sure = a.sure && b.sure;
	return g;
}

static void
name_place(struct port *p, struct kt_proposal *out, const struct gap *g)
{
	out->after = out->guideline_new;
	out->place = place_name(p, g->before, g->behind);
}

/* Does one that went, or that another was written over, say about the same?
 * Then it may be no new clause.  What became of a changed one must be more like
 * it than the new one is, and nothing to be decided. */
static bool
was_elsewhere(const struct port *p, uint32_t new)
{
	for (size_t i = 0; i < p->jobs->n; i++) {
		const struct job *job = &p->jobs->at[i];
		const struct content *old;
		uint64_t like;

		if (job->gone || job->nold != 1 || job->nnew > 1)
			continue;
		old = &p->from_content[job->old[0]];
		/* What is left of one that went. */
		if (job->nnew == 0 && p->to_content[new].n >= PART_LEAST &&
		    kt_content_is_within(&p->to_content[new], old))
			return true;
		like = kt_content_share(old, &p->to_content[new]);
		if (like >= WAS_LIKE &&
		    (job->nnew == 0 || job->open ||
			kt_content_share(old, &p->to_content[job->new[0]]) <=
			    like))
			return true;
	}
	return false;
}

bool
kt_port_insert(struct port *p, const struct job *job)
{
	struct gap g = gap_of(p, job);
	struct insertion made = { .proposal = p->out->count };

	if (job->nnew != 1 || !is_plain(&p->to->at[job->new[0]]) || !g.sure ||
	    !is_certain(g.before, g.behind, g.first, g.last) ||
	    was_elsewhere(p, job->new[0]))
		return false;
	made.beside = g.before != NULL ? g.before : g.behind;
	made.behind = g.before != NULL;
	made.text = p->to->at[job->new[0]].said.p;
	KT_GROW(p->insertions, p->ninsertions, p->insertions_cap);
	p->insertions[p->ninsertions++] = made;
	name_place(p, kt_port_put(p, job, KT_OUT_APPLIED, KT_WHY_INSERTED), &g);
	return true;
}

void
kt_port_homeless(struct port *p, const struct job *job)
{
	struct gap g = gap_of(p, job);

	name_place(p,
	    kt_port_put(p, job, KT_OUT_NO_COUNTERPART,
		g.first && g.last ? KT_WHY_NEW_SECTION : KT_WHY_PLACE_UNSURE),
	    &g);
}
