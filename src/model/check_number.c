/* SPDX-License-Identifier: MIT */
/*
 * Lint of numbers: each clause is followed by the next, by its first branch
 * (第3条 → 第3条の2) or, behind branches, by the next of what they branch from.
 */
#include "check_int.h"

#include <stdlib.h>
#include <string.h>

/* Kinds and forms of numbers that one clause holds side by side. */
#define SERIES_MOST 8

/* One row of numbers: articles of a body, items of a 項. */
struct series {
	struct kt_step step; /* of the last one; its kind and form name it */
	const struct kt_node *last;
};

/* May b come right behind a? */
static bool
follows(const struct kt_num *a, const struct kt_num *b)
{
	unsigned first_branch = a->form == KT_F_DOTTED ? 1 : 2;

	/* 第3条の2 behind 第3条; 1.2.1 behind 1.2 */
	if (b->n == a->n + 1)
		return memcmp(a->v, b->v, a->n * sizeof(a->v[0])) == 0 &&
		       b->v[a->n] == first_branch;
	if (b->n == 0 || b->n > a->n)
		return false;
	/* 第4条 behind 第3条の2, 第3条の3 behind 第3条の2の5 */
	return memcmp(a->v, b->v, (b->n - 1u) * sizeof(a->v[0])) == 0 &&
	       b->v[b->n - 1] == a->v[b->n - 1] + 1;
}

static void
check_first(struct kt_checker *c, const struct kt_node *node)
{
	const struct kt_num *num = &node->num;
	unsigned last = num->n - 1u;

	/* 1.1 begins a chapter of a guideline; old laws number their 附則 on
	 * from the body. */
	if (kt_is_supplement(c->doc, node))
		return;
	if (num->v[last] != 1 || (num->n > 1 && num->form != KT_F_DOTTED))
		kt_found(c, KT_M_NUMBER_FIRST, node, node->label, NULL);
}

static const char *
name_of(const struct kt_node *node)
{
	return node->label[0] != '\0' ? node->label : "1";
}

static void
check_next(struct kt_checker *c, const struct series *s,
    const struct kt_node *node, const struct kt_num *num)
{
	struct kt_num last = s->step.num;
	int order = kt_num_cmp(&last, num);

	if (order == 0)
		kt_found(c, KT_M_NUMBER_DUPLICATE, node, name_of(node), NULL);
	else if (order > 0)
		kt_found(c, KT_M_NUMBER_ORDER, node, name_of(s->last),
		    name_of(node));
	else if (!follows(&last, num) && !kt_is_supplement(c->doc, node))
		kt_found(
		    c, KT_M_NUMBER_GAP, node, name_of(s->last), name_of(node));
}

static struct series *
series_of(struct series *all, size_t *n, const struct kt_step *step)
{
	for (size_t i = 0; i < *n; i++)
		if (all[i].step.kind == step->kind &&
		    all[i].step.num.form == step->num.form)
			return &all[i];
	if (*n == SERIES_MOST)
		return NULL;
	all[*n].last = NULL;
	return &all[(*n)++];
}

static void
check_one(struct kt_checker *c, struct series *all, size_t *n,
    const struct kt_node *node)
{
	struct kt_step step;
	struct series *s;

	if (!kt_step_of(&step, node))
		return;
	s = series_of(all, n, &step);
	if (s == NULL)
		return;
	if (s->last == NULL)
		check_first(c, node);
	else
		check_next(c, s, node, &step.num);
	s->step = step;
	s->last = node;
	if (node->to.n > 0) {
		s->step.num.n = node->to.n;
		memcpy(s->step.num.v, node->to.v, sizeof(node->to.v));
	}
}

/* Does other content between two lists end the first?  In a 項 the numbers
 * run through, under a heading a new list may begin. */
static bool
ends_lists(const struct kt_node *parent, const struct kt_node *node)
{
	bool rule = parent->kind == KT_PARAGRAPH || parent->kind == KT_ARTICLE;

	return !rule && node->kind != KT_ITEM && node->kind != KT_NOTE &&
	       node->kind != KT_COMMENTARY && node->kind != KT_HEADED;
}

/* The lists of items are forgotten, the headings go on. */
static size_t
forget_items(struct series *all, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].last->kind != KT_ITEM)
			all[kept++] = all[i];
	return kept;
}

static void
check_children(struct kt_checker *c, const struct kt_node *parent)
{
	struct series all[SERIES_MOST];
	size_t n = 0;

	for (const struct kt_node *at = parent->first; at != NULL;
	     at = at->next) {
		if (ends_lists(parent, at))
			n = forget_items(all, n);
		if (at->kind != KT_ARTICLE)
			check_one(c, all, &n, at);
	}
}

/* Articles run through all divisions of a body; of each 附則 their own. */
static void
check_articles(struct kt_checker *c)
{
	const struct kt_node *scope = NULL;
	struct series all[SERIES_MOST];
	size_t n = 0;

	for (size_t i = 0; i < c->doc->count; i++) {
		const struct kt_node *node = c->doc->nodes[i], *own;

		if (node->kind != KT_ARTICLE || kt_is_enclosed(node))
			continue;
		own = kt_scope_of(c->doc, node);
		if (own != scope)
			n = 0;
		scope = own;
		check_one(c, all, &n, node);
	}
}

void
kt_check_numbers(struct kt_checker *c)
{
	check_articles(c);
	for (size_t i = 0; i < c->doc->count; i++) {
		const struct kt_node *node = c->doc->nodes[i];

		if (node->first != NULL && !kt_kind_encloses(node->kind) &&
		    !kt_is_enclosed(node))
			check_children(c, node);
	}
}
