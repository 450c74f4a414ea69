/* SPDX-License-Identifier: MIT */
/*
 * The pairing of nodes, told as a list of changes.  First it is settled what
 * is told of which node, then it is done: in two halves at once where the
 * texts that differ are long.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* Bytes of texts that differ from which on two threads are sooner done than
 * one, which has the dictionary open already. */
#define LONG ((size_t)1 << 18)

/* What is to be told: a pair, a group, or what one side only has (the other
 * is NONE). */
struct job {
	uint32_t old, new;
	const struct group *group;
	uint32_t cost;
};

struct jobs {
	struct work *w;
	struct job *at;
	size_t n, cap;
	size_t cost;
};

/* ---- what is to be told ---------------------------------------------------
 */

static void
put_job(struct jobs *jobs, struct job job)
{
	KT_GROW(jobs->at, jobs->n, jobs->cap);
	jobs->at[jobs->n++] = job;
	jobs->cost += job.cost;
}

static void
told_below(struct side *s, uint32_t id)
{
	uint32_t end = kt_side_end(s, id);

	for (uint32_t i = id + 1; i < end; i++)
		s->state[i] |= ST_TOLD;
}

static void
put_only_job(struct jobs *jobs, int side, uint32_t id)
{
	struct side *s = &jobs->w->side[side];

	put_job(jobs, (struct job){ side == 0 ? id : NONE,
			  side == 0 ? NONE : id, NULL, 0 });
	if (kt_told_whole(s, id))
		told_below(s, id);
}

static void
put_pair_job(struct jobs *jobs, uint32_t old, uint32_t new)
{
	struct side *o = &jobs->w->side[0], *n = &jobs->w->side[1];
	const struct kt_node *x = node_at(o, old), *y = node_at(n, new);
	uint32_t cost = o->key[old] == n->key[new] ? 0 : x->len + y->len;

	put_job(jobs, (struct job){ old, new, NULL, cost });
	if (x->kind == KT_ROW && y->kind == KT_ROW) {
		told_below(o, old);
		told_below(n, new);
	}
}

static void
put_group_job(struct jobs *jobs, const struct group *g)
{
	struct side *one = &jobs->w->side[g->one_side];
	struct side *other = &jobs->w->side[1 - g->one_side];

	if ((one->state[g->one] & ST_TOLD) != 0)
		return;
	put_job(jobs, (struct job){ NONE, NONE, g, 6 * one->weight[g->one] });
	told_below(one, g->one);
	for (uint32_t i = 0; i < g->nmany; i++)
		told_below(other, g->many[i]);
}

static void
list_jobs(struct jobs *jobs)
{
	const struct side *o = &jobs->w->side[0], *n = &jobs->w->side[1];

	for (uint32_t i = 0; i < n->n; i++) {
		if ((n->state[i] & ST_TOLD) != 0)
			continue;
		if (n->group[i] != NONE) {
			const struct group *g = &jobs->w->groups[n->group[i]];

			if (g->one_side == 1 || g->many[0] == i)
				put_group_job(jobs, g);
		} else if (n->peer[i] == NONE) {
			put_only_job(jobs, 1, i);
		} else if ((o->state[n->peer[i]] & ST_TOLD) == 0) {
			put_pair_job(jobs, n->peer[i], i);
		}
	}
	for (uint32_t i = 0; i < o->n; i++)
		if ((o->state[i] & ST_TOLD) == 0 && o->group[i] == NONE &&
		    o->peer[i] == NONE)
			put_only_job(jobs, 0, i);
}

/* ---- telling it -------------------------------------------------------------
 */

struct telling {
	struct list_work *list;
	const struct job *at;
	size_t n;
};

static void
tell(void *arg)
{
	const struct telling *t = arg;

	for (size_t i = 0; i < t->n; i++) {
		const struct job *job = &t->at[i];

		if (job->group != NULL)
			kt_compare_group(t->list, job->group);
		else if (job->old == NONE)
			kt_only_on(t->list, 1, job->new);
		else if (job->new == NONE)
			kt_only_on(t->list, 0, job->old);
		else
			kt_compare_nodes(t->list, job->old, job->new);
	}
}

static void
release(struct list_work *l)
{
	free(l->at);
	for (int side = 0; side < 2; side++) {
		free(l->atoms[side]);
		free(l->headings[side]);
	}
}

/* The list of another thread behind ours. */
static void
join(struct list_work *l, struct list_work *more)
{
	struct kt_changes *list = l->w->list;

	for (size_t i = 0; i < more->n; i++) {
		KT_GROW(l->at, l->n, l->cap);
		l->at[l->n++] = more->at[i];
	}
	list->limits += more->w->list->limits;
	kt_diag_join(l->w->diag, more->w->diag);
	kt_arena_join(list->arena, more->w->list->arena);
}

/* The jobs in two halves, each with its own words, list and messages; both
 * only look at the documents and what is known of them. */
static void
tell_both(struct list_work *l, const struct jobs *jobs)
{
	struct work other = *l->w;
	struct list_work more = { .w = &other, .place = l->place };
	size_t cost = 0, cut = 0;
	struct telling first, second;

	while (cut < jobs->n && cost < jobs->cost / 2)
		cost += jobs->at[cut++].cost;
	other.text = (struct text_work){ .segmenter = NULL };
	other.buf = (struct kt_buf)KT_BUF_INIT;
	other.diag = kt_diag_new();
	other.list = KT_NEW(other.arena, struct kt_changes);
	other.list->arena = kt_arena_new();
	first = (struct telling){ l, jobs->at, cut };
	second = (struct telling){ &more, jobs->at + cut, jobs->n - cut };
	kt_both(tell, &second, &first);
	join(l, &more);
	release(&more);
	kt_text_release(&other.text);
	kt_buf_release(&other.buf);
	kt_diag_free(other.diag);
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
	struct jobs jobs = { .w = w };

	kt_mark_states(w);
	kt_place_deleted(&l);
	list_jobs(&jobs);
	if (jobs.cost >= LONG)
		tell_both(&l, &jobs);
	else
		tell(&(struct telling){ &l, jobs.at, jobs.n });
	free(jobs.at);
	kt_list_sort(&l);
	kt_list_pairs(&l);
	w->list->old_peer = peers_of(w, 0);
	w->list->new_peer = peers_of(w, 1);
	free(l.place);
	release(&l);
}
