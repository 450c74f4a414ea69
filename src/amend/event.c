/* SPDX-License-Identifier: MIT */
/*
 * What happens to clauses and in which order it is said: front to back; but a
 * clause that gets a higher number waits for those that stand in its way, and
 * so does an addition (room is made from the rear, amendment.md §4.1, §6).
 */
#include "draft_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- the list ----------------------------------------------------------- */

static bool
is_clause(const struct kt_node *node)
{
	return kt_has_number(node) || node->kind == KT_ROW ||
	       node->kind == KT_SUPPL || node->kind == KT_APPENDIX ||
	       node->kind == KT_TOC || node->kind == KT_PREAMBLE ||
	       node->kind == KT_TOPIC;
}

static const struct kt_node *
next_clause(const struct kt_node *node)
{
	while (node != NULL && !is_clause(node))
		node = node->next;
	return node;
}

static void
put(struct kt_events *out, enum kt_event_kind what, const struct kt_node *old,
    const struct kt_node *new)
{
	KT_GROW(out->at, out->count, out->cap);
	out->at[out->count++] =
	    (struct kt_event){ .what = what, .old = old, .new = new };
}

/* Can the clause that went be rewritten as the one that came? */
static bool
same_place(const struct kt_node *went, const struct kt_node *came)
{
	return went->kind == came->kind && kt_has_number(came) &&
	       !kt_kind_is_division(came->kind) &&
	       kt_num_cmp(&went->num, &came->num) == 0;
}

/* Front to back by the clauses that were there; where something is added as
 * well, what went goes first, to make room. */
static void
sort_gap(struct kt_events *out, size_t first)
{
	for (size_t i = first; i < out->count; i++)
		if (out->at[i].old == NULL)
			return;
	for (size_t i = first + 1; i < out->count; i++)
		for (size_t k = i;
		     k > first && out->at[k].old->id < out->at[k - 1].old->id;
		     k--) {
			struct kt_event t = out->at[k];

			out->at[k] = out->at[k - 1];
			out->at[k - 1] = t;
		}
}

/* What went and what came in one place: where both have the same number the
 * one is rewritten as the other, where the new one stands. */
static void
join_gap(struct kt_events *out, size_t first)
{
	size_t adds = first, next = first, kept = first;

	while (adds < out->count && out->at[adds].what == KT_EV_DELETE)
		adds++;
	for (size_t i = adds; i < out->count; i++)
		for (size_t k = next; k < adds; k++) {
			struct kt_event *add = &out->at[i];

			if (!same_place(out->at[k].old, add->new))
				continue;
			add->what = KT_EV_REWRITE;
			add->old = out->at[k].old;
			out->at[k].old = NULL; /* said by the rewriting */
			next = k + 1;
			break;
		}
	for (size_t i = first; i < out->count; i++)
		if (out->at[i].old != NULL || out->at[i].new != NULL)
			out->at[kept++] = out->at[i];
	out->count = kept;
	sort_gap(out, first);
}

/* Where a walk over both sides is: children of one pair. */
struct level {
	const struct kt_node *a, *b; /* the next ones */
};

static void
list_gap(struct kt_events *out, const struct kt_plan *plan, struct level *at)
{
	size_t first = out->count;

	while (at->a != NULL && plan->to_new[at->a->id] == NULL) {
		put(out, KT_EV_DELETE, at->a, NULL);
		at->a = next_clause(at->a->next);
	}
	while (at->b != NULL && plan->to_old[at->b->id] == NULL) {
		put(out, KT_EV_ADD, NULL, at->b);
		at->b = next_clause(at->b->next);
	}
	join_gap(out, first);
}

void
kt_events_list(struct kt_events *out, const struct kt_plan *plan,
    const struct kt_node *old, const struct kt_node *new, bool open)
{
	struct level *stack = NULL;
	size_t depth = 0, cap = 0;

	KT_GROW(stack, depth, cap);
	stack[depth++] =
	    (struct level){ next_clause(old->first), next_clause(new->first) };
	while (depth > 0) {
		struct level *at = &stack[depth - 1];
		const struct kt_node *x, *y;

		list_gap(out, plan, at);
		if (at->a == NULL || at->b == NULL) {
			depth--;
			continue;
		}
		x = at->a;
		y = plan->to_new[x->id];
		put(out, KT_EV_KEEP, x, y);
		at->a = next_clause(x->next);
		at->b = next_clause(y->next);
		if (open && kt_kind_is_division(x->kind)) {
			KT_GROW(stack, depth, cap);
			stack[depth++] = (struct level){ next_clause(x->first),
				next_clause(y->first) };
		}
	}
	free(stack);
}

/* ---- who waits for whom ------------------------------------------------- */

static const struct kt_node *
any(const struct kt_event *e)
{
	return e->old != NULL ? e->old : e->new;
}

/* 条 count through all 章, so that a whole 章 is a run of 条 too. */
static bool
counts_articles(const struct kt_event *e)
{
	return any(e)->kind == KT_ARTICLE ||
	       (kt_kind_is_division(any(e)->kind) && e->what != KT_EV_KEEP);
}

/* First or last 条 of a 章; the clause itself otherwise. */
static const struct kt_node *
article_in(const struct kt_node *node, bool last)
{
	const struct kt_node *found = NULL;

	if (!kt_kind_is_division(node->kind))
		return node;
	for (const struct kt_node *at = kt_node_next(node, node); at != NULL;) {
		if (at->kind == KT_ARTICLE) {
			found = at;
			if (!last)
				return found;
		}
		at = at->kind == KT_ARTICLE ? kt_node_skip(at, node)
					    : kt_node_next(at, node);
	}
	return found;
}

static const struct kt_num *
last_number(const struct kt_node *node)
{
	return node->to.n > 0 ? &node->to : &node->num;
}

/* Does b, behind a, still have a number that a takes? */
static bool
in_the_way(const struct kt_node *a, const struct kt_node *b)
{
	return a != NULL && b != NULL && a->num.n > 0 && b->num.n > 0 &&
	       kt_num_cmp(&b->num, last_number(a)) <= 0;
}

/* Is the event b of the same row of numbers as a? */
static bool
same_row(const struct kt_event *a, const struct kt_event *b)
{
	const struct kt_node *x = any(a), *y = any(b);

	if (x->kind != y->kind || !kt_has_number(x) || !kt_has_number(y))
		return false;
	return x->kind == KT_ARTICLE || a->old == NULL || b->old == NULL ||
	       a->old->parent == b->old->parent;
}

/* 別表第一 becomes 別表第二: the one that has the name must lose it first. */
static size_t
namesake(const struct kt_events *ev, size_t i)
{
	const struct kt_node *new = ev->at[i].new, *old = ev->at[i].old;

	if (new == NULL || new->kind != KT_APPENDIX ||
	    (old != NULL && strcmp(old->label, new->label) == 0))
		return ev->count;
	for (size_t k = 0; k < ev->count; k++) {
		const struct kt_event *f = &ev->at[k];

		if (k != i && !f->done && f->old != NULL &&
		    f->old->kind == KT_APPENDIX &&
		    strcmp(f->old->label, new->label) == 0 &&
		    (f->new == NULL || strcmp(f->new->label, new->label) != 0))
			return k;
	}
	return ev->count;
}

/* The event that must be said before number i can be; count if none. */
static size_t
blocker(const struct kt_events *ev, size_t i)
{
	const struct kt_event *e = &ev->at[i];
	bool row = kt_has_number(any(e)), articles = counts_articles(e);

	if (e->what == KT_EV_DELETE)
		return ev->count;
	if (any(e)->kind == KT_APPENDIX)
		return namesake(ev, i);
	for (size_t k = i + 1; k < ev->count && (row || articles); k++) {
		const struct kt_event *f = &ev->at[k];

		if (f->what == KT_EV_ADD || f->done)
			continue;
		if (row && same_row(e, f)) {
			row = false;
			if (in_the_way(e->new, f->old))
				return k;
		}
		if (articles && counts_articles(f)) {
			articles = false;
			if (in_the_way(article_in(e->new, true),
				article_in(f->old, false)))
				return k;
		}
	}
	return ev->count;
}

size_t
kt_events_run_length(const struct kt_events *ev, size_t i)
{
	size_t n = 1;

	while (i + n < ev->count && ev->at[i + n].what == KT_EV_ADD &&
	       !ev->at[i + n].done &&
	       ev->at[i + n].new->kind == ev->at[i].new->kind &&
	       ev->at[i + n].new->parent == ev->at[i].new->parent)
		n++;
	return n;
}

/* ---- in order ----------------------------------------------------------- */

/* An addition is one sentence: its last clause says what is in the way. */
static size_t
blocker_of_run(const struct kt_events *ev, size_t i)
{
	if (ev->at[i].what != KT_EV_ADD)
		return blocker(ev, i);
	return blocker(ev, i + kt_events_run_length(ev, i) - 1);
}

static void
say_one(struct kt_events *ev, size_t i,
    void (*say)(void *arg, struct kt_events *ev, size_t i), void *arg)
{
	size_t n =
	    ev->at[i].what == KT_EV_ADD ? kt_events_run_length(ev, i) : 1;

	say(arg, ev, i);
	for (size_t k = 0; k < n; k++)
		ev->at[i + k].done = true;
}

/* ロ、ニ及びホを削り: neighbours that go, go together, though not all of them
 * are in the way of what is said next. */
static void
say_deletions_behind(struct kt_events *ev, size_t i,
    void (*say)(void *arg, struct kt_events *ev, size_t i), void *arg)
{
	for (; i + 1 < ev->count && ev->at[i].what == KT_EV_DELETE &&
	       ev->at[i + 1].what == KT_EV_DELETE && !ev->at[i + 1].done &&
	       same_row(&ev->at[i], &ev->at[i + 1]);
	     i++)
		say_one(ev, i + 1, say, arg);
}

void
kt_events_run(struct kt_events *ev,
    void (*say)(void *arg, struct kt_events *ev, size_t i), void *arg)
{
	size_t *stack = kt_calloc(ev->count + 1, sizeof(*stack));
	unsigned char *waits = kt_calloc(ev->count + 1, 1);

	for (size_t i = 0; i < ev->count; i++) {
		size_t depth = 0;

		if (ev->at[i].done)
			continue;
		stack[depth++] = i;
		waits[i] = 1;
		while (depth > 0) {
			size_t at = stack[depth - 1];
			size_t first = blocker_of_run(ev, at);

			if (first < ev->count && waits[first] == 0) {
				waits[first] = 1;
				stack[depth++] = first;
				continue;
			}
			depth--;
			if (ev->at[at].done)
				continue;
			say_one(ev, at, say, arg);
			say_deletions_behind(ev, at, say, arg);
			/* What is added behind a clause that made room. */
			if (depth > 0 && at + 1 < ev->count &&
			    ev->at[at + 1].what == KT_EV_ADD &&
			    !ev->at[at + 1].done && waits[at + 1] == 0) {
				waits[at + 1] = 1;
				stack[depth++] = at + 1;
			}
		}
	}
	free(stack);
	free(waits);
}
