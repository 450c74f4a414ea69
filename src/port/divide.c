/* SPDX-License-Identifier: MIT */
/*
 * One clause made two, or two made one, where the comparison sees a changed
 * clause and a new one, or one that went.  Carried over one by one, the city's
 * clause would lose words without the new clause, or say them twice; so both
 * are told as one.
 */
#include "port_int.h"

#include <stdlib.h>

/* Per mille of the clause that came or went, and of its words that the clause
 * beside it has not: so much stands in the other wording of that one. */
#define THERE 600
#define WENT 600
#define NEARLY 800 /* per mille: the same clause with a word or two changed */
#define COMPARED_MOST 20000 /* pairs of clauses */
#define LIKE_MOVED 430 /* per mille: the city's clause is of both editions */

static const struct kt_stretch *
said(const struct kt_provisions *list, uint32_t at)
{
	return &list->at[at].said;
}

/* Bytes of a text that stand in another, in order. */
static uint32_t
in_common(struct port *p, struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct kt_spans spans;
	uint32_t sum = 0;

	kt_wording_compare(p->fine, arena, &spans, x, y);
	for (size_t i = 0; i < spans.count; i++)
		if (spans.at[i].op == '=')
			sum += spans.at[i].len;
	return sum;
}

/* Do the words of a part stand in `with`, and not in `without`? */
static bool
stood_in(struct port *p, const struct kt_stretch *part,
    const struct kt_stretch *with, const struct kt_stretch *without)
{
	struct kt_arena *arena = kt_arena_new();
	uint64_t there = in_common(p, arena, part, with);
	uint64_t still = in_common(p, arena, part, without);

	kt_arena_free(arena);
	return there > still && there * 1000 >= (uint64_t)part->len * THERE &&
	       (there - still) * 1000 >= (part->len - still) * WENT;
}

/* ---- clauses divided, clauses united
 * -----------------------------------------
 */

/* The job about the provision beside one, if it is about it alone. */
static struct job *
neighbour(struct jobs *all, const struct kt_provisions *list,
    const uint32_t *of, uint32_t at, int step)
{
	int64_t beside = (int64_t)at + step;
	struct job *job;

	if (beside < 0 || beside >= list->count || of[beside] == 0 ||
	    list->at[beside].node->parent != list->at[at].node->parent)
		return NULL;
	job = &all->at[of[beside] - 1];
	return job->nold == 1 && job->nnew == 1 ? job : NULL;
}

static void
try(struct port *p, struct jobs *all, struct job *part)
{
	bool came = part->nold == 0;
	const struct kt_provisions *list = came ? p->to : p->from;
	uint32_t at = came ? part->new[0] : part->old[0];

	for (int step = -1; step <= 1; step += 2) {
		struct job *job = neighbour(
		    all, list, came ? all->of_new : all->of_old, at, step);

		if (job == NULL)
			continue;
		if (!stood_in(p, said(list, at),
			came ? said(p->from, job->old[0])
			     : said(p->to, job->new[0]),
			came ? said(p->to, job->new[0])
			     : said(p->from, job->old[0])))
			continue;
		job->divided = came;
		job->united = !came;
		kt_port_join(all, job, part);
		return;
	}
}

/* ---- clauses that only moved ------------------------------------------------
 */

/* Clauses of changes by their words. */
struct words {
	uint64_t hash;
	uint32_t at;
};

static int
by_hash(const void *x, const void *y)
{
	const struct words *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static struct words *
list_words(const struct kt_provisions *list, const uint32_t *of, size_t *n)
{
	struct words *v = kt_malloc((list->count + 1) * sizeof(*v));

	*n = 0;
	for (uint32_t i = 0; i < list->count; i++)
		if (of[i] != 0)
			v[(*n)++] =
			    (struct words){ kt_hash(list->at[i].said.p,
						list->at[i].said.len, 0),
				    i };
	if (*n > 0)
		qsort(v, *n, sizeof(*v), by_hash);
	return v;
}

static bool
is_alone(const struct words *v, size_t n, size_t i)
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
	struct job moved = { .change = came->change, .fate = KT_MOVED };
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

/* The comparison pairs what stands in one place before it looks elsewhere; two
 * clauses of the same words, alone with them, are one. */
static void
find_moved(struct port *p, struct jobs *all)
{
	size_t nold, nnew, k = 0;
	struct words *old = list_words(p->from, all->of_old, &nold);
	struct words *new = list_words(p->to, all->of_new, &nnew);

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

/* Per mille of the longer of two clauses that stands in both, in order. */
static uint64_t
common_share(
    struct port *p, const struct kt_stretch *x, const struct kt_stretch *y)
{
	struct kt_arena *arena = kt_arena_new();
	uint64_t common = in_common(p, arena, x, y);
	uint32_t longer = x->len > y->len ? x->len : y->len;

	kt_arena_free(arena);
	return longer == 0 ? 1000 : common * 1000 / longer;
}

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
		       common_share(p, said(p->from, old),
			   said(p->to, came->new[0])) >= THERE
		   ? job
		   : NULL;
}

/* A clause that went and says nearly what a new one says, whether the city has
 * it or not: what it left out is no new clause because it moved. */
static struct job *
nearly_same(
    struct port *p, struct jobs *all, const struct job *came, size_t *compared)
{
	const struct kt_stretch *new = said(p->to, came->new[0]);

	for (size_t i = 0; i < all->n; i++) {
		struct job *job = &all->at[i];
		const struct kt_stretch *old;

		if (job->gone || job->nold != 1 || job->nnew != 0)
			continue;
		old = said(p->from, job->old[0]);
		if (old->len * 4 < new->len * 3 || new->len * 4 < old->len * 3)
			continue;
		if (++*compared > COMPARED_MOST)
			return NULL;
		if (common_share(p, old, new) >= NEARLY)
			return job;
	}
	return NULL;
}

void
kt_port_divide(struct port *p, struct jobs *all)
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
	for (size_t i = 0; i < all->n; i++) {
		struct job *job = &all->at[i];

		if (!job->gone && job->nold + job->nnew == 1)
			try(p, all, job);
	}
}
