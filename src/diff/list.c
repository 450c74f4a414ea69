/* SPDX-License-Identifier: MIT */
/*
 * The pairing of nodes, told as a list of changes.  First it is settled what
 * is told of which node, then it is done: on two threads where the texts that
 * differ are long, each taking the next few jobs when it has done with its
 * last.
 */
#include "diff_int.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of texts that differ from which on two threads are sooner done than
 * one, which has the dictionary open already. */
#define LONG ((size_t)1 << 14)

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

/* ---- what is to be told ------------------------------------------------- */

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

/* ---- telling it --------------------------------------------------------- */

static void
tell(struct list_work *l, const struct job *job)
{
	if (job->group != NULL)
		kt_compare_group(l, job->group);
	else if (job->old == NONE)
		kt_only_on(l, 1, job->new);
	else if (job->new == NONE)
		kt_only_on(l, 0, job->old);
	else
		kt_compare_nodes(l, job->old, job->new);
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

/* ---- on two threads ----------------------------------------------------- */

#define BATCHES 32 /* about so many of equal cost */

/* A few jobs, and what became of them: entries of the list of the thread that
 * took them, and messages. */
struct batch {
	const struct job *at;
	size_t n;
	struct kt_diag *diag;
	struct list_work *list;
	size_t first, last;
};

struct batches {
	struct batch *at;
	size_t n;
	atomic_size_t next;
};

struct telling {
	struct list_work *list;
	struct batches *batches;
};

static void
tell_batches(void *arg)
{
	const struct telling *t = arg;
	struct list_work *l = t->list;
	size_t i;

	while ((i = atomic_fetch_add(&t->batches->next, 1)) < t->batches->n) {
		struct batch *b = &t->batches->at[i];

		b->diag = l->w->diag = kt_diag_new();
		b->list = l;
		b->first = l->n;
		for (size_t k = 0; k < b->n; k++)
			tell(l, &b->at[k]);
		b->last = l->n;
	}
}

static void
make_batches(struct batches *out, const struct jobs *jobs)
{
	size_t share = jobs->cost / BATCHES + 1, cap = 0, cost = 0;

	*out = (struct batches){ .at = NULL };
	for (size_t i = 0; i < jobs->n; i++) {
		if (out->n == 0 || cost >= share) {
			KT_GROW(out->at, out->n, cap);
			out->at[out->n++] =
			    (struct batch){ .at = &jobs->at[i] };
			cost = 0;
		}
		out->at[out->n - 1].n++;
		cost += jobs->at[i].cost;
	}
}

/* What both threads told, in the order of the jobs. */
static void
join(struct list_work *l, const struct batches *batches, struct kt_diag *d)
{
	struct list_work all = { .n = 0 };

	for (size_t i = 0; i < batches->n; i++) {
		const struct batch *b = &batches->at[i];

		for (size_t k = b->first; k < b->last; k++) {
			KT_GROW(all.at, all.n, all.cap);
			all.at[all.n++] = b->list->at[k];
		}
		kt_diag_join(d, b->diag);
		kt_diag_free(b->diag);
	}
	free(l->at);
	l->at = all.at;
	l->n = all.n;
	l->cap = all.cap;
}

/* Each thread has its own words, list and messages; both only look at the
 * documents and what is known of them. */
static void
tell_both(struct list_work *l, const struct jobs *jobs)
{
	struct work other = *l->w;
	struct list_work more = { .w = &other, .place = l->place };
	struct kt_changes *list = l->w->list;
	struct kt_diag *d = l->w->diag;
	struct batches batches;
	struct telling one = { l, &batches }, two = { &more, &batches };

	make_batches(&batches, jobs);
	kt_text_twin(&other.text, &l->w->text);
	other.buf = (struct kt_buf)KT_BUF_INIT;
	other.list = KT_NEW(other.arena, struct kt_changes);
	other.list->arena = kt_arena_new();
	kt_both(tell_batches, &two, &one);
	l->w->diag = d;
	join(l, &batches, d);
	list->limits += other.list->limits;
	kt_arena_join(list->arena, other.list->arena);
	release(&more);
	free(batches.at);
	kt_text_release(&other.text);
	kt_buf_release(&other.buf);
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
	if (jobs.cost >= LONG) {
		tell_both(&l, &jobs);
	} else {
		for (size_t i = 0; i < jobs.n; i++)
			tell(&l, &jobs.at[i]);
	}
	free(jobs.at);
	kt_list_sort(&l);
	kt_list_pairs(&l);
	w->list->old_peer = peers_of(w, 0);
	w->list->new_peer = peers_of(w, 1);
	free(l.place);
	release(&l);
}
