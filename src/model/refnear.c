/* SPDX-License-Identifier: MIT */
/*
 * What a reference without a number of its own means: 前条, 次項, 前2号, 前各号
 * by the clause it stands in, 同項 by what was named before it, この条.
 */
#include "ref_int.h"

#include <string.h>

/* N of 前N項 that is followed. */
#define NEAR_MOST 200

const struct kt_node *
kt_item_around(const struct kt_node *node)
{
	const struct kt_node *outer = node;
	struct kt_step step;

	while (outer->parent != NULL && outer->parent->kind == KT_ITEM)
		outer = outer->parent;
	/* Under a 項番 nothing is a 号; the list itself is meant. */
	return kt_step_of(&step, outer) && step.kind == KT_ITEM ? outer : node;
}

static const struct kt_node *
beside(const struct kt_node *node, bool forward)
{
	enum kt_kind kind = node->kind;

	do
		node = forward ? node->next : node->prev;
	while (node != NULL && node->kind != kind);
	return node;
}

static void
unsure(struct kt_target *t)
{
	t->node = NULL;
	t->whose = KT_UNSURE;
}

/* ---- 前条, 次項, 前2号, 前各号 ------------------------------------------ */

/* The n-th article before or behind one, of the same body or 附則. */
static const struct kt_node *
article_near(const struct kt_survey *survey, const struct kt_node *from,
    bool forward, unsigned n)
{
	size_t at = survey->place[from->id];
	const struct kt_node *scope = survey->scope[at];

	if (n > (forward ? survey->narticles - 1 - at : at))
		return NULL;
	at = forward ? at + n : at - n;
	return survey->scope[at] == scope ? survey->articles[at] : NULL;
}

static const struct kt_node *
sibling_near(const struct kt_node *from, bool forward, unsigned n)
{
	while (n-- > 0 && from != NULL)
		from = beside(from, forward);
	return from;
}

static const struct kt_node *
near(const struct kt_scan *scan, const struct kt_node *from, bool forward,
    unsigned n)
{
	return from->kind == KT_ARTICLE
		   ? article_near(scan->survey, from, forward, n)
		   : sibling_near(from, forward, n);
}

/* The clause of a kind that the text stands in. */
static const struct kt_node *
standing_in(const struct kt_scan *scan, enum kt_kind kind)
{
	const struct kt_stand *s = &scan->stand;

	if (kind == KT_ARTICLE)
		return s->article;
	if (kind == KT_PARAGRAPH)
		return s->paragraph;
	if (kind == KT_ITEM)
		return s->item;
	if (kind == KT_SUPPL)
		return s->suppl;
	return kt_node_around(s->division, kind);
}

void
kt_begin_near(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	const struct kt_node *from = standing_in(scan, head->step.kind);
	const struct kt_node *first, *last;

	t->form = KT_R_RELATIVE;
	kt_target_say(t, head->step.kind);
	if (from == NULL || head->count > NEAR_MOST) {
		unsure(t);
		return;
	}
	/* 前2項: from the second before to the one before. */
	first =
	    near(scan, from, head->forward, head->forward ? 1 : head->count);
	last = near(scan, from, head->forward, head->forward ? head->count : 1);
	t->node = first != NULL && last != NULL ? first : NULL;
	t->last = head->count > 1 && t->node != NULL ? last : NULL;
}

void
kt_begin_each(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	const struct kt_node *from = standing_in(scan, head->step.kind);
	const struct kt_node *last;

	t->form = KT_R_RELATIVE;
	kt_target_say(t, head->step.kind);
	last = from == NULL ? NULL : near(scan, from, false, 1);
	if (last == NULL || head->step.kind == KT_ARTICLE) {
		unsure(t);
		return;
	}
	t->node = last;
	for (const struct kt_node *at = from->parent->first; at != from;
	     at = at->next)
		if (at->kind == from->kind) {
			t->node = at;
			break;
		}
	t->last = t->node == last ? NULL : last;
}

/* ---- この条, 同条 ------------------------------------------------------- */

void
kt_begin_this(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	t->form = KT_R_THIS;
	kt_target_say(t, head->step.kind);
	t->node = standing_in(scan, head->step.kind);
	/* この項 of an article with only one is that one. */
	if (t->node == NULL && head->step.kind == KT_PARAGRAPH)
		t->node = scan->stand.article;
	if (t->node == NULL)
		unsure(t);
}

/* The end of the step of a kind in an address; NULL when it has none. */
const char *
kt_end_of_step(const char *address, enum kt_kind kind)
{
	const char *p = address, *end = address + strlen(address);
	struct kt_step step;

	while (p < end) {
		size_t used = kt_step_read(&step, p, end);
		unsigned len;

		if (used > 0 && step.kind == kind)
			return p + used;
		kt_utf8_at(p, &len);
		p += used > 0 ? used : len;
	}
	return NULL;
}

/* What another reference names, down to one level. */
static void
take_over(struct kt_scan *scan, struct kt_target *t, const struct kt_ref *ref,
    enum kt_kind kind)
{
	const struct kt_node *from =
	    ref->to.last != NULL ? ref->to.last : ref->to.node;
	const char *stop;

	t->whose = ref->state == KT_R_EXTERNAL ? KT_OTHERS : KT_OWN;
	t->document = ref->document;
	if (ref->state != KT_R_EXTERNAL) {
		t->node = kt_node_around(from, kind);
		if (t->node == NULL)
			unsure(t);
		else if (kind == KT_ITEM)
			t->node = kt_item_around(t->node);
		return;
	}
	stop = kt_end_of_step(ref->address, kind);
	if (stop == NULL)
		unsure(t);
	else
		t->prefix = kt_arena_strndup(scan->refs->arena, ref->address,
		    (size_t)(stop - ref->address));
}

void
kt_begin_same(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head)
{
	uint32_t said = scan->context.said[kt_said_of(head->step.kind)];

	t->form = KT_R_SAME;
	kt_target_say(t, head->step.kind);
	if (said == 0)
		unsure(t);
	else
		take_over(scan, t, &scan->refs->at[said - 1], head->step.kind);
}
