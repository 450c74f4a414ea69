/* SPDX-License-Identifier: MIT */
/*
 * Writing 改め文: what the plan keeps, adds and takes out, said in sentences
 * by the drafting rules (amendment.md §3 to §8).  This file goes over the
 * clauses; what is said of one clause is in clause_out.c.
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- sentences ---------------------------------------------------------- */

bool
kt_out_is_unit(const struct kt_node *node)
{
	const struct kt_node *in = node->parent;

	return in == NULL || in->kind == KT_DOC || in->kind == KT_SUPPL ||
	       kt_kind_is_division(in->kind);
}

/* A 条 has a sentence of its own; moves and deletions of neighbours share
 * one. */
static void
begin_unit(struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new, bool shared)
{
	kt_out_flush(o);
	if (!shared || !o->shared)
		kt_say_end(&o->say);
	o->shared = shared;
	o->unit = old;
	kt_say_owner(&o->say, old, new);
}

/* A move or deletion that waits for its neighbours. */
static void
begin_group(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	if (kt_out_is_unit(old) &&
	    (!o->shared || !kt_out_joins_group(o, old, new)))
		begin_unit(o, old, new, true);
	kt_out_put_group(o, old, new);
}

/* ---- additions ---------------------------------------------------------- */

/* The event of the same row of clauses before or behind, that stays. */
static const struct kt_node *
stays_beside(const struct kt_events *ev, size_t i, size_t n, int step)
{
	const struct kt_node *new = ev->at[i].new;

	for (size_t k = step < 0 ? i : i + n - 1;;) {
		const struct kt_event *e;

		if ((step < 0 && k == 0) || (step > 0 && k + 1 >= ev->count))
			return NULL;
		k = step < 0 ? k - 1 : k + 1;
		e = &ev->at[k];
		if (e->new == NULL)
			continue;
		if (e->new->parent != new->parent ||
		    e->new->kind != new->kind) {
			/* Out of the 章: no neighbour is left. */
			if (kt_kind_is_division(e->new->kind) &&
			    new->kind == KT_ARTICLE)
				return NULL;
			continue;
		}
		return e->old;
	}
}

/* 別表 and 附則 stand where they stand, whatever their neighbour is. */
static bool
stands_anywhere(const struct kt_node *node)
{
	return node->kind == KT_APPENDIX || node->kind == KT_SUPPL ||
	       node->kind == KT_TOPIC;
}

/* The event right before or behind, if it stays. */
static const struct kt_node *
stays_next(const struct kt_events *ev, size_t i, size_t n, int step)
{
	const struct kt_node *new = ev->at[i].new;

	for (size_t k = step < 0 ? i : i + n - 1;;) {
		const struct kt_event *e;

		if ((step < 0 && k == 0) || (step > 0 && k + 1 >= ev->count))
			return NULL;
		k = step < 0 ? k - 1 : k + 1;
		e = &ev->at[k];
		if (e->new != NULL)
			return e->new->parent == new->parent ? e->old : NULL;
	}
}

/* 次の二条を, 次のように. */
static void
put_what(
    struct kt_buf *out, struct kt_out *o, const struct kt_node *new, size_t n)
{
	const char *unit = kt_unit_word(new);

	if (new->kind == KT_ROW || new->kind == KT_TOPIC ||
	    (new->kind == KT_ITEM && !kt_is_counted(new)) ||
	    (new->kind == KT_HEADED &&new->parent->kind == KT_HEADED)) {
		kt_buf_puts(out, "次のように");
		return;
	}
	kt_buf_puts(out, "次の");
	if (new->kind == KT_SUPPL || new->kind == KT_TOC ||
	    new->kind == KT_PREAMBLE || new->kind == KT_APPENDIX ||
	    new->kind == KT_HEADED)
		kt_buf_puts(out, unit);
	else
		kt_say_count(out, &o->say, n, unit);
	kt_buf_puts(out, "を");
}

/* The clause of the old document in which the new ones come to stand. */
static const struct kt_node *
holder(const struct kt_out *o, const struct kt_node *new)
{
	return o->plan->to_old[new->parent->id];
}

static void
put_holder(struct kt_buf *out, struct kt_out *o, const struct kt_node *new)
{
	const struct kt_node *in = holder(o, new);

	/* 別表に of a 別表 that is one table. */
	if (in->kind == KT_TABLE && in->parent->kind == KT_APPENDIX)
		in = in->parent;
	if (in->kind == KT_DOC)
		kt_buf_puts(out, "本則");
	else
		kt_out_address(out, o, in);
}

/* 第二章中: at the border of a 章 第四条の前に could be on either side. */
static void
put_border(struct kt_buf *out, struct kt_out *o, const struct kt_node *behind)
{
	const struct kt_node *named = o->say.named;

	if (behind->kind != KT_ARTICLE ||
	    !kt_kind_is_division(behind->parent->kind))
		return;
	o->say.named = NULL;
	kt_say_address(out, &o->say, behind->parent);
	kt_buf_puts(out, "中");
	o->say.named = named;
}

/* 第九号を第十三号とし、同号の次に. */
static bool
just_moved(const struct kt_out *o, const struct kt_node *node)
{
	return o->say.verb == KT_V_BECOME && o->say.named == node;
}

/* Where the addition goes, in words; false when it cannot be said. */
static bool
put_where(struct kt_buf *out, struct kt_out *o, struct kt_events *ev, size_t i,
    size_t n)
{
	const struct kt_node *new = ev->at[i].new;
	const struct kt_node *before = stays_beside(ev, i, n, -1);
	const struct kt_node *behind = stays_beside(ev, i, n, 1);
	bool clause = new->kind == KT_PARAGRAPH || new->kind == KT_ITEM ||
		      new->kind == KT_ROW;

	if (holder(o, new) == NULL)
		return false;
	if (stands_anywhere(new)) {
		before = stays_next(ev, i, n, -1);
		behind = stays_next(ev, i, n, 1);
	}
	if (new->kind == KT_TOC || new->kind == KT_PREAMBLE) {
		kt_buf_puts(out, "題名の次に");
		return true;
	}
	if (behind == NULL && (before == NULL || clause)) {
		put_holder(out, o, new);
		kt_buf_puts(out, "に");
		return true;
	}
	if (before != NULL) {
		if (!kt_say_can_name(before))
			return false;
		if (kt_out_is_inside(o, before) && kt_say_is_open(&o->say) &&
		    !just_moved(o, before))
			kt_say_step(out, &o->say, before,
			    kt_say_number(&o->say, before));
		else
			kt_out_address(out, o, before);
		kt_buf_puts(out, "の次に");
		return true;
	}
	if ((new->kind == KT_PARAGRAPH &&new->parent->kind == KT_ARTICLE) ||
	    (n == 1 && kt_is_counted(new) && kt_is_counted(behind) &&
		!just_moved(o, behind))) {
		put_holder(out, o, new);
		kt_buf_puts(out, "に");
		kt_say_step(out, &o->say, behind, &new->num);
		kt_buf_puts(out, "として");
		return true;
	}
	if (!kt_say_can_name(behind))
		return false;
	put_border(out, o, behind);
	kt_out_address(out, o, behind);
	kt_buf_puts(out, "の前に");
	return true;
}

/* Is a 附則 that stays behind the events from number i on? */
static bool
kept_behind(const struct kt_events *ev, size_t i)
{
	for (; i < ev->count; i++)
		if (ev->at[i].old != NULL && ev->at[i].new != NULL &&
		    ev->at[i].old->kind == KT_SUPPL)
			return true;
	return false;
}

/* Does the addition come where the 条 of the open sentence made room, its move
 * being the last that was said? */
static bool
fills_gap(
    const struct kt_out *o, const struct kt_events *ev, size_t i, size_t n)
{
	return o->unit != NULL && o->unit->kind == KT_ARTICLE &&
	       o->say.verb == KT_V_BECOME && o->say.named == o->unit &&
	       stays_beside(ev, i, n, 1) == o->unit;
}

static void
say_add(struct kt_out *o, struct kt_events *ev, size_t i)
{
	size_t n = kt_events_run_length(ev, i);
	const struct kt_node *new = ev->at[i].new;
	const struct kt_node **nodes = kt_calloc(n, sizeof(*nodes));
	const struct kt_node *before = stays_beside(ev, i, n, -1);
	struct kt_buf words = KT_BUF_INIT;

	kt_out_flush(o);
	/* The instrument's own 附則 stand at its end. */
	if (new->kind == KT_SUPPL && !kept_behind(ev, i + n)) {
		for (size_t k = 0; k < n; k++)
			kt_out_suppl(o, ev->at[i + k].new);
		free(nodes);
		return;
	}
	if (kt_out_is_unit(new) && kt_say_is_open(&o->say) && !o->shared &&
	    (before == NULL || o->unit != before) && !fills_gap(o, ev, i, n))
		kt_say_end(&o->say);
	kt_say_owner(&o->say, NULL, new);
	for (size_t k = 0; k < n; k++)
		nodes[k] = ev->at[i + k].new;
	if (put_where(&words, o, ev, i, n)) {
		put_what(&words, o, new, n);
		kt_say_clause(&o->say, KT_V_ADD, words.p);
		kt_say_block(&o->say, nodes, n, new->kind);
	} else {
		kt_out_fail(o, new->parent);
	}
	kt_buf_release(&words);
	free(nodes);
}

/* ---- clauses that stay -------------------------------------------------- */

/* Instruments speak of a clause; this one is rewritten as another. */
void
kt_out_rewrite(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_out_flush(o);
	if (kt_out_is_unit(old))
		begin_unit(o, old, new, false);
	kt_say_owner(&o->say, old, new);
	if (old->kind == KT_TOC && o->plan->apart[old->id] == 0 &&
	    kt_out_toc(o, old, new))
		return;
	kt_out_address(&words, o, old);
	kt_buf_puts(&words, "を次のように");
	kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	if (old->kind == KT_APPENDIX)
		kt_say_renamed(&o->say, old, new->label);
	kt_say_block(&o->say, &new, 1, new->kind);
	kt_buf_release(&words);
}

/* The caption of a 条 that goes stays for the 条 behind it: one sentence says
 * both (amendment.md §7). */
static bool
takes_caption(const struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new)
{
	return o->shared && kt_say_is_open(&o->say) && o->orphan != NULL &&
	       o->say.verb == KT_V_REMOVE && old->caption[0] == '\0' &&
	       strcmp(new->caption, o->orphan) == 0;
}

static bool
keeps_its_name(const struct kt_event *e)
{
	if (e->old->kind == KT_APPENDIX)
		return strcmp(e->old->label, e->new->label) == 0 &&
		       kt_unit_word(e->old) == kt_unit_word(e->new);
	return kt_same_number(e->old, e->new);
}

/* Is the clause rewritten under the number that it has? */
static bool
is_rewritten(const struct kt_out *o, const struct kt_event *e)
{
	if (e->done || e->old == NULL || e->new == NULL ||
	    e->old->label[0] == '\0' || e->old->to.n > 0 || e->new->to.n > 0)
		return false;
	return e->what == KT_EV_REWRITE ||
	       (o->plan->rewrite[e->new->id] != 0 && keeps_its_name(e));
}

/* 第一号から第三号まで: how many events from number i on are neighbours that
 * are rewritten under the numbers they have. */
static size_t
rewritten_run(const struct kt_out *o, const struct kt_events *ev, size_t i)
{
	const struct kt_node *first = ev->at[i].old;
	size_t n = 0;

	if (!o->say.join ||
	    (first->kind != KT_PARAGRAPH && first->kind != KT_ARTICLE &&
		first->kind != KT_APPENDIX && first->kind != KT_ITEM))
		return 1;
	for (; i + n < ev->count && is_rewritten(o, &ev->at[i + n]); n++) {
		const struct kt_node *old = ev->at[i + n].old;

		if (old->kind != first->kind || old->parent != first->parent ||
		    (n > 0 && ev->at[i + n - 1].old->next != old))
			break;
	}
	return n == 0 ? 1 : n;
}

/* 第一号から第三号までを次のように改める. */
static void
rewrite_run(struct kt_out *o, struct kt_events *ev, size_t i, size_t n)
{
	const struct kt_node **nodes = kt_calloc(n, sizeof(*nodes));
	const struct kt_node *first = ev->at[i].old;
	const struct kt_node *last = ev->at[i + n - 1].old;
	struct kt_buf words = KT_BUF_INIT;

	kt_out_flush(o);
	if (kt_out_is_unit(first))
		begin_unit(o, first, ev->at[i].new, false);
	kt_say_owner(&o->say, first, ev->at[i].new);
	kt_out_address(&words, o, first);
	kt_buf_puts(&words, n == 2 ? "及び" : "から");
	if (last->kind == KT_APPENDIX)
		kt_out_address(&words, o, last);
	else
		kt_say_step(
		    &words, &o->say, last, kt_say_number(&o->say, last));
	kt_buf_puts(&words, n == 2 ? "を次のように" : "までを次のように");
	o->say.named = last;
	kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	for (size_t k = 0; k < n; k++) {
		nodes[k] = ev->at[i + k].new;
		ev->at[i + k].done = true;
	}
	kt_say_block(&o->say, nodes, n, first->kind);
	kt_buf_release(&words);
	free(nodes);
}

static void
say_keep(struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	bool unit = kt_out_is_unit(old);

	if (o->plan->rewrite[new->id] != 0) {
		kt_out_rewrite(o, old, new);
		return;
	}
	if (kt_out_same_inside(o, old) && kt_out_caption_travels(o, old, new)) {
		if (kt_has_number(old) && !kt_same_number(old, new))
			begin_group(o, old, new);
		else if (strcmp(old->label, new->label) != 0)
			kt_out_relabel(o, old, new);
		return;
	}
	if (unit) {
		kt_out_flush(o);
		begin_unit(o, old, new, takes_caption(o, old, new));
	} else {
		kt_out_flush(o);
	}
	kt_out_clause(o, old, new);
	if (unit && old->kind != KT_ARTICLE)
		kt_out_flush(o);
}

void
kt_out_event(void *arg, struct kt_events *ev, size_t i)
{
	struct kt_out *o = arg;
	const struct kt_event *e = &ev->at[i];
	size_t n;

	switch (e->what) {
	case KT_EV_KEEP:
	case KT_EV_REWRITE:
		n = is_rewritten(o, e) ? rewritten_run(o, ev, i) : 1;
		if (n > 1)
			rewrite_run(o, ev, i, n);
		else if (e->what == KT_EV_REWRITE)
			kt_out_rewrite(o, e->old, e->new);
		else
			say_keep(o, e->old, e->new);
		return;
	case KT_EV_DELETE:
		if (!kt_say_can_name(e->old))
			kt_out_fail_old(o, e->old->parent);
		else
			begin_group(o, e->old, NULL);
		return;
	case KT_EV_ADD:
		say_add(o, ev, i);
		return;
	}
}

void
kt_out_children(struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new, bool open)
{
	struct kt_events ev = { .at = NULL };

	kt_events_list(&ev, o->plan, old, new, open);
	kt_events_run(&ev, kt_out_event, o);
	free(ev.at);
}
