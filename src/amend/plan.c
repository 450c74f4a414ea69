/* SPDX-License-Identifier: MIT */
/*
 * Which clause is which, as far as 改め文 can say it: pairs nest, and keep
 * their order (a clause never passes one that stays, amendment.md §4.1).
 * What holds other things than before besides numbered clauses is rewritten
 * whole.
 */
#include "draft_int.h"

#include <stdlib.h>
#include <string.h>

bool
kt_has_number(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
		return node->num.n > 0;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_TEXT:
	case KT_BULLET:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return false;
}

bool
kt_same_number(const struct kt_node *a, const struct kt_node *b)
{
	return kt_num_cmp(&a->num, &b->num) == 0 && a->to.n == b->to.n &&
	       (a->to.n == 0 || kt_num_cmp(&a->to, &b->to) == 0);
}

bool
kt_has_new_label(const struct kt_node *old, const struct kt_node *new)
{
	return old->kind == KT_NOTE && new->kind == KT_NOTE &&
	       old->label[0] != '\0' && new->label[0] != '\0' &&
	       strcmp(old->label, new->label) != 0 &&
	       old->parent->kind == KT_APPENDIX;
}

/* ---- set-up ------------------------------------------------------------- */

void
kt_plan_init(struct kt_plan *plan, const struct kt_changes *list)
{
	const struct kt_doc *old = list->old, *new = list->new;

	memset(plan, 0, sizeof(*plan));
	plan->list = list;
	plan->old = old;
	plan->new = new;
	plan->to_new = kt_calloc(old->count, sizeof(*plan->to_new));
	plan->to_old = kt_calloc(new->count, sizeof(*plan->to_old));
	plan->text = kt_calloc(old->count, sizeof(*plan->text));
	plan->rewrite = kt_calloc(new->count, 1);
	plan->careful = kt_calloc(new->count, 1);
	plan->apart = kt_calloc(old->count, 1);
	plan->words = kt_words_new();
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		if (c->nold != 1 || c->nnew != 1)
			continue;
		if (c->side == KT_SIDE_TEXT)
			plan->text[c->old[0]->id] = c;
	}
}

void
kt_plan_release(struct kt_plan *plan)
{
	free(plan->to_new);
	free(plan->to_old);
	free(plan->text);
	free(plan->rewrite);
	free(plan->careful);
	free(plan->apart);
	kt_words_free(plan->words);
	kt_sentences_release(&plan->cuts);
	kt_sentences_release(&plan->new_cuts);
}

/* ---- pairs -------------------------------------------------------------- */

/* Children that might stay, and the longest run of them that keeps order
 * (patience sorting; Fredman 1975). */
struct order {
	struct stay {
		const struct kt_node *old, *new;
		size_t place; /* of the new one among its siblings */
	} * at;
	size_t n, cap;
	size_t *tail, *from;
	size_t *index; /* by new id: place among its siblings */
};

/* A cell of a row with as many cells as before is the one in its place,
 * whatever it says. */
static const struct kt_node *
same_cell(const struct kt_plan *plan, const struct kt_node *x,
    const struct kt_node *in)
{
	const struct kt_node *a = x->parent->first, *b = in->first;
	const struct kt_node *found = NULL;

	if (x->kind != KT_CELL)
		return NULL;
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (a == x)
			found = b;
	return a == NULL && b == NULL && found->kind == KT_CELL &&
		       plan->list->new_peer[found->id] == NULL
		   ? found
		   : NULL;
}

static const struct kt_node *
candidate(const struct kt_plan *plan, const struct kt_node *x,
    const struct kt_node *in)
{
	const struct kt_node *y = plan->list->old_peer[x->id];

	if (y == NULL)
		y = same_cell(plan, x, in);
	if (y == NULL || y->parent != in || y->kind != x->kind ||
	    (plan->apart[x->id] != 0 && x->kind != KT_TOC) ||
	    kt_has_number(x) != kt_has_number(y))
		return NULL;
	/* Rewriting and moving one clause is not done (§4.6). */
	if (plan->rewrite[y->id] != 0 && kt_has_number(y) &&
	    !kt_same_number(x, y))
		return NULL;
	return y;
}

static void
list_candidates(struct order *o, const struct kt_plan *plan,
    const struct kt_node *old, const struct kt_node *new)
{
	size_t place = 0;

	o->n = 0;
	for (const struct kt_node *y = new->first; y != NULL; y = y->next)
		o->index[y->id] = place++;
	for (const struct kt_node *x = old->first; x != NULL; x = x->next) {
		const struct kt_node *y = candidate(plan, x, new);

		if (y == NULL || x->kind == KT_COMMENTARY)
			continue;
		KT_GROW(o->at, o->n, o->cap);
		o->at[o->n++] = (struct stay){ x, y, o->index[y->id] };
	}
}

/* The first tail whose place is not smaller. */
static size_t
lower(const struct order *o, size_t tails, size_t place)
{
	size_t low = 0, high = tails;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (o->at[o->tail[mid]].place < place)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
pair_children(struct kt_plan *plan, struct order *o, const struct kt_node *old,
    const struct kt_node *new)
{
	size_t tails = 0, at;

	list_candidates(o, plan, old, new);
	o->tail = kt_realloc(o->tail, (o->n + 1) * sizeof(*o->tail));
	o->from = kt_realloc(o->from, (o->n + 1) * sizeof(*o->from));
	for (size_t i = 0; i < o->n; i++) {
		size_t k = lower(o, tails, o->at[i].place);

		o->from[i] = k == 0 ? SIZE_MAX : o->tail[k - 1];
		o->tail[k] = i;
		if (k == tails)
			tails++;
	}
	at = tails == 0 ? SIZE_MAX : o->tail[tails - 1];
	for (; at != SIZE_MAX; at = o->from[at]) {
		const struct stay *s = &o->at[at];

		plan->to_new[s->old->id] = s->new;
		plan->to_old[s->new->id] = s->old;
	}
}

static void
pair_all(struct kt_plan *plan)
{
	struct order o = { .n = 0 };
	const struct kt_doc *old = plan->old;

	memset(plan->to_new, 0, old->count * sizeof(*plan->to_new));
	memset(plan->to_old, 0, plan->new->count * sizeof(*plan->to_old));
	o.index = kt_calloc(plan->new->count, sizeof(*o.index));
	plan->to_new[old->root->id] = plan->new->root;
	plan->to_old[plan->new->root->id] = old->root;
	/* In reading order, so that parents are decided before. */
	for (size_t i = 0; i < old->count; i++) {
		const struct kt_node *x = old->nodes[i];
		const struct kt_node *y = plan->to_new[x->id];

		if (y != NULL && plan->rewrite[y->id] == 0)
			pair_children(plan, &o, x, y);
	}
	free(o.at);
	free(o.tail);
	free(o.from);
	free(o.index);
}

/* ---- what must be rewritten --------------------------------------------- */

/* Can 改め文 rewrite a clause of this kind? */
static bool
can_rewrite(const struct kt_node *old)
{
	switch (old->kind) {
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_TABLE:
	case KT_ROW:
	case KT_NOTE:
		return kt_say_can_name(old);
	case KT_DOC:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return false;
}

/* Children that no sentence can add, take out or move by themselves; rows
 * only where their table cannot be named. */
static bool
is_fixed(const struct kt_node *node, bool rows)
{
	if (node->kind == KT_ROW)
		return rows;
	return node->kind != KT_COMMENTARY && node->kind != KT_SUPPL &&
	       node->kind != KT_APPENDIX && node->kind != KT_TOC &&
	       node->kind != KT_PREAMBLE && node->kind != KT_TOPIC &&
	       !kt_has_number(node);
}

static const struct kt_node *
next_fixed(const struct kt_node *node, bool rows)
{
	while (node != NULL && !is_fixed(node, rows))
		node = node->next;
	return node;
}

/* Are the children that cannot be addressed by themselves the same ones? */
static bool
same_frame(const struct kt_plan *plan, const struct kt_node *x,
    const struct kt_node *y)
{
	bool rows = x->kind == KT_TABLE && !kt_say_can_name(x);
	const struct kt_node *a = next_fixed(x->first, rows);
	const struct kt_node *b = next_fixed(y->first, rows);

	while (a != NULL && b != NULL) {
		if (plan->to_new[a->id] != b)
			return false;
		a = next_fixed(a->next, rows);
		b = next_fixed(b->next, rows);
	}
	return a == NULL && b == NULL;
}

/* Does something of the pair differ that no sentence can say? */
static bool
same_shape(const struct kt_plan *plan, const struct kt_node *x,
    const struct kt_node *y)
{
	bool captions = x->kind == KT_ARTICLE || x->kind == KT_PARAGRAPH ||
			x->kind == KT_SUPPL || x->kind == KT_HEADED ||
			x->kind == KT_TOPIC || x->kind == KT_APPENDIX ||
			x->kind == KT_DOC || kt_kind_is_division(x->kind);

	if (x->colspan != y->colspan || x->rowspan != y->rowspan)
		return false;
	/* 第三条から第五条まで　削除: a range has no number to move to. */
	if ((x->to.n > 0 || y->to.n > 0) && !kt_same_number(x, y))
		return false;
	if (x->kind != KT_APPENDIX && strcmp(x->related, y->related) != 0)
		return false;
	if (x->kind == KT_APPENDIX &&
	    (x->related[0] == '\0') != (y->related[0] == '\0'))
		return false;
	if (x->kind == KT_APPENDIX &&
	    (x->caption[0] == '\0') != (y->caption[0] == '\0'))
		return false;
	if (!captions && strcmp(x->caption, y->caption) != 0)
		return false;
	if (strcmp(x->label, y->label) != 0 &&
	    (!kt_has_number(x) || kt_same_number(x, y)) &&
	    x->kind != KT_APPENDIX && !kt_has_new_label(x, y))
		return false;
	/* Words where there were none cannot be put by words. */
	if ((x->len == 0) != (y->len == 0))
		return false;
	return same_frame(plan, x, y);
}

/* Is a figure the reason? */
static bool
other_figure(const struct kt_node *x, const struct kt_node *y)
{
	const struct kt_node *a = x->first, *b = y->first;

	if (x->kind == KT_FIGURE)
		return true;
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (a->kind == KT_FIGURE && b->kind == KT_FIGURE)
			return true;
	return false;
}

/* Rewrite the clause that holds this one, itself included. */
static bool
rewrite(struct kt_plan *plan, const struct kt_node *new, enum kt_amend_why why)
{
	for (const struct kt_node *y = new; y != NULL; y = y->parent) {
		const struct kt_node *x = plan->to_old[y->id];

		/* An only 項 is its 条. */
		if (x == NULL || !can_rewrite(x) || kt_is_only_paragraph(x))
			continue;
		if (plan->rewrite[y->id] == 0) {
			plan->rewrite[y->id] = (unsigned char)why;
			return true;
		}
		if (why != KT_WHY_UNPROVED)
			return true;
		if (plan->apart[x->id] == 0 &&
		    (kt_has_number(x) || x->kind == KT_APPENDIX ||
			x->kind == KT_TOC)) {
			plan->apart[x->id] = 1;
			return true;
		}
	}
	return false;
}

/* Own words besides those of 号: would the words be unreadable? */
static bool
is_unreadable(
    struct kt_plan *plan, const struct kt_node *x, const struct kt_node *y)
{
	struct kt_edits edits = { .at = NULL };
	bool bad;

	if (x->len == y->len && memcmp(x->text, y->text, x->len) == 0)
		return false;
	kt_edits_find(&edits, plan, x, y, x->len, y->len);
	bad = kt_edits_unreadable(&edits, 0, x->len, y->len);
	free(edits.at);
	return bad;
}

/* Parts of a clause can be rewritten by themselves; else all of it is. */
static bool
has_parts(const struct kt_node *node)
{
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		if (at->kind == KT_ITEM || at->kind == KT_HEADED)
			return true;
	return false;
}

void
kt_plan_make(struct kt_plan *plan)
{
	size_t i;
	bool again;

	do {
		again = false;
		pair_all(plan);
		/* From the end, so that the innermost clause is rewritten. */
		for (i = plan->new->count; i-- > 1;) {
			const struct kt_node *y = plan->new->nodes[i];
			const struct kt_node *x = plan->to_old[i];
			enum kt_amend_why why = KT_WORDS_DO;

			if (x == NULL || plan->rewrite[i] != 0)
				continue;
			if (x->deleted != y->deleted)
				why = KT_WHY_REPEALED;
			else if (!same_shape(plan, x, y))
				why = other_figure(x, y) ? KT_WHY_FIGURE
							 : KT_WHY_SHAPE;
			else if (!has_parts(x) && is_unreadable(plan, x, y))
				why = KT_WHY_UNREADABLE;
			if (why == KT_WORDS_DO)
				continue;
			/* A clause that moves is taken out and added anew. */
			again = rewrite(plan, y, why) || again;
		}
	} while (again);
}

/* Quotes with a lone 「 or 」 in them may have been taken for others: first
 * quote so much that they balance. */
static bool
be_careful(struct kt_plan *plan, const struct kt_node *new)
{
	const struct kt_node *y = new;

	while (y != NULL && plan->careful[y->id] == 0 && !kt_has_number(y) &&
	       y->kind != KT_ROW)
		y = y->parent;
	if (y == NULL || plan->careful[y->id] != 0 || plan->rewrite[y->id] != 0)
		return false;
	plan->careful[y->id] = 1;
	return strstr(y->text, "「") != NULL ||
	       (plan->to_old[y->id] != NULL &&
		   strstr(plan->to_old[y->id]->text, "「") != NULL);
}

bool
kt_plan_give_up(struct kt_plan *plan, const struct kt_node *new)
{
	return be_careful(plan, new) || rewrite(plan, new, KT_WHY_UNPROVED);
}
