/* SPDX-License-Identifier: MIT */
/*
 * Clauses that moved, with or without a change, where the comparison sees one
 * that went and one that came: it pairs what stands in one place before it
 * looks elsewhere.
 */
#include "port_int.h"

#include <stdlib.h>

/* Per mille of the words of either of two clauses that the other has too: of
 * both the same clause of the city's is the answer, or nobody knows. */
#define THERE 600
#define NEARLY 650 /* per mille: the same clause with a word or two changed */
#define COMPARED_MOST 200000 /* pairs of clauses */
#define LIKE_MOVED 430 /* per mille: the city's clause is of both editions */

/* ---- clauses that only moved -------------------------------------------- */

/* Clauses of changes by their words. */
struct saying {
	uint64_t hash;
	uint32_t at;
};

static int
by_hash(const void *x, const void *y)
{
	const struct saying *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static struct saying *
list_sayings(const struct kt_provisions *list, const uint32_t *of, size_t *n)
{
	struct saying *v = kt_malloc((list->count + 1) * sizeof(*v));

	*n = 0;
	for (uint32_t i = 0; i < list->count; i++)
		if (of[i] != 0)
			v[(*n)++] =
			    (struct saying){ kt_hash(list->at[i].said.p,
						 list->at[i].said.len, 0),
				    i };
	if (*n > 0)
		qsort(v, *n, sizeof(*v), by_hash);
	return v;
}

static bool
is_alone(const struct saying *v, size_t n, size_t i)
{
	return (i == 0 || v[i - 1].hash != v[i].hash) &&
	       (i + 1 == n || v[i + 1].hash != v[i].hash);
}

static void
take_out(uint32_t *list, uint32_t *n, uint32_t at)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < *n; i++)
		if (list[i] != at)
			list[kept++] = list[i];
	*n = kept;
}

static void
take_apart(struct jobs *all, uint32_t old, uint32_t new)
{
	struct job *left = &all->at[all->of_old[old] - 1];
	struct job *came = &all->at[all->of_new[new] - 1];
	struct job moved = {
		.change = came->change, .fate = KT_MOVED, .with = NONE
	};
	size_t room[2] = { 0 };

	if (left == came && left->nold == 1 && left->nnew == 1)
		return;
	take_out(left->old, &left->nold, old);
	take_out(came->new, &came->nnew, new);
	for (int i = 0; i < 2; i++) {
		struct job *job = i == 0 ? left : came;

		if (job->nold + job->nnew == 0)
			job->gone = true;
		else if (job->nold * job->nnew == 0)
			job->fate = job->nold == 0 ? KT_ADDED : KT_DELETED;
	}
	moved.old = kt_grow(NULL, &room[0], sizeof(*moved.old));
	moved.new = kt_grow(NULL, &room[1], sizeof(*moved.new));
	moved.old_cap = (uint32_t)room[0];
	moved.new_cap = (uint32_t)room[1];
	moved.old[moved.nold++] = old;
	moved.new[moved.nnew++] = new;
	KT_GROW(all->at, all->n, all->cap);
	all->at[all->n] = moved;
	kt_port_own(all, &all->at[all->n++]);
}

/* Two clauses of the same words, alone with them, are one. */
static void
find_moved(struct port *p, struct jobs *all)
{
	size_t nold, nnew, k = 0;
	struct saying *old = list_sayings(p->from, all->of_old, &nold);
	struct saying *new = list_sayings(p->to, all->of_new, &nnew);

	for (size_t i = 0; i < nold; i++) {
		while (k < nnew && new[k].hash < old[i].hash)
			k++;
		if (k < nnew && new[k].hash == old[i].hash &&
		    is_alone(old, nold, i) && is_alone(new, nnew, k))
			take_apart(all, old[i].at, new[k].at);
	}
	free(old);
	free(new);
}

/* ---- clauses that moved and changed
 * ------------------------------------------
 */

/* The job of a clause that went, whose clause of the city answers to a new one
 * now.  A row of another table is another row. */
static struct job *
moved_from(struct port *p, struct jobs *all, const struct job *came)
{
	const struct kt_link *now =
	    p->linked_new[p->to->at[came->new[0]].node->id];
	const struct kt_link *was;
	struct job *job;
	uint32_t old;

	if (p->to->at[came->new[0]].node->kind == KT_ROW)
		return NULL;
	if (now == NULL || now->reworded || now->score < LIKE_MOVED ||
	    now->ncity != 1)
		return NULL;
	was = p->answers[now->city[0]->id];
	if (was == NULL || was->reworded || was->nguideline != 1)
		return NULL;
	old = p->from->of[was->guideline[0]->id];
	if (old == NONE || all->of_old[old] == 0)
		return NULL;
	job = &all->at[all->of_old[old] - 1];
	return job->nold == 1 && job->nnew == 0 &&
		       kt_content_share(&p->from_content[old],
			   &p->to_content[came->new[0]]) >= THERE
		   ? job
		   : NULL;
}

/* A clause that went and says nearly what a new one says, whether the city has
 * it or not: what it left out is no new clause because it moved. */
static struct job *
nearly_same(
    struct port *p, struct jobs *all, const struct job *came, size_t *compared)
{
	const struct content *new = &p->to_content[came->new[0]];

	for (size_t i = 0; i < all->n; i++) {
		struct job *job = &all->at[i];
		const struct content *old;

		if (job->gone || job->nold != 1 || job->nnew != 0)
			continue;
		old = &p->from_content[job->old[0]];
		if (old->bytes * 4 < new->bytes * 3 ||
		    new->bytes * 4 < old->bytes * 3)
			continue;
		if (++*compared > COMPARED_MOST)
			return NULL;
		if (kt_content_share(old, new) >= NEARLY)
			return job;
	}
	return NULL;
}

void
kt_port_moved(struct port *p, struct jobs *all)
{
	size_t compared = 0;

	find_moved(p, all);
	for (size_t i = 0; i < all->n; i++) {
		struct job *job = &all->at[i], *from;

		if (job->gone || job->nold != 0 || job->nnew != 1)
			continue;
		from = moved_from(p, all, job);
		if (from == NULL && p->to->at[job->new[0]].node->kind != KT_ROW)
			from = nearly_same(p, all, job, &compared);
		if (from != NULL)
			kt_port_join(all, from, job);
		if (from != NULL)
			from->fate = KT_MOVED;
	}
}
