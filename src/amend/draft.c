/* SPDX-License-Identifier: MIT */
/*
 * Writing 改め文: what the plan keeps, adds and takes out, said in sentences
 * by the drafting rules (amendment.md §3 to §8).  This file goes over the
 * clauses; what is said of one clause is in clause_out.c.
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- groups of like clauses
 * ----------------------------------------------------- */

/* 第二条中 was said at the head of the sentence and only clauses of it were
 * named since: they go by their own numbers, 第四号を第五号とし. */
bool
kt_out_is_inside(const struct kt_out *o, const struct kt_node *node)
{
	return o->inside != NULL && o->inside == node->parent &&
	       o->inside_said == o->say.nsaid;
}

/* A clause of such a row, 第二条中 before the first. */
static void
say_inside(struct kt_out *o, enum kt_verb verb, const char *words, bool inside)
{
	struct kt_buf all = KT_BUF_INIT;

	if (inside && !kt_say_is_open(&o->say)) {
		kt_out_address(&all, o, o->inside);
		kt_buf_puts(&all, "中");
	}
	kt_buf_puts(&all, words);
	kt_say_clause(&o->say, verb, all.p);
	if (inside)
		o->inside_said = o->say.nsaid;
	kt_buf_release(&all);
}

/* 第七条を第九条とし: of an only 項 all is said of its 条. */
void
kt_out_move(
    struct kt_out *o, const struct kt_node *old, const struct kt_num *to)
{
	const struct kt_node *in = old->parent;
	struct kt_buf words = KT_BUF_INIT;
	bool inside = kt_out_is_inside(o, old);

	if (inside)
		kt_say_step(&words, &o->say, old, kt_say_number(&o->say, old));
	else
		kt_out_address(&words, o, old);
	kt_buf_puts(&words, "を");
	if (!inside && in->kind != KT_DOC &&
	    !(kt_kind_is_division(in->kind) && old->kind == KT_ARTICLE))
		kt_say_address(&words, &o->say,
		    kt_is_only_paragraph(in) ? in->parent : in);
	kt_say_step(&words, &o->say, old, to);
	kt_buf_puts(&words, "と");
	say_inside(o, KT_V_BECOME, words.p, inside);
	kt_say_moved(&o->say, old, to);
	o->say.named = old;
	kt_buf_release(&words);
}

/* The clauses of a range are neighbours with whole numbers. */
static bool
counts_on(const struct kt_out *o, size_t i)
{
	const struct kt_num *a = kt_say_number(&o->say, o->group[i - 1].old);
	const struct kt_num *b = kt_say_number(&o->say, o->group[i].old);

	return a->n == 1 && b->n == 1 &&
	       (a->v[0] + 1 == b->v[0] || b->v[0] + 1 == a->v[0]);
}

static int
distance(const struct kt_out *o, size_t i)
{
	return (int)o->group[i].new->num.v[0] -
	       (int)kt_say_number(&o->say, o->group[i].old)->v[0];
}

static bool
may_range(const struct kt_out *o)
{
	const struct kt_node *first = o->group[0].old;

	if (o->ngroup < 4 ||
	    (first->kind != KT_ARTICLE && first->kind != KT_PARAGRAPH &&
		!(first->kind == KT_ITEM && kt_is_counted(first))))
		return false;
	for (size_t i = 0; i < o->ngroup; i++)
		if (o->group[i].new->num.n != 1 ||
		    kt_say_number(&o->say, o->group[i].old)->n != 1 ||
		    distance(o, i) != distance(o, 0) ||
		    (i > 0 && !counts_on(o, i)))
			return false;
	return true;
}

/* 第四条から第六条までを二条ずつ繰り下げ, but the one that must go first. */
static void
say_range(struct kt_out *o)
{
	const struct kt_out_pair *a = &o->group[1];
	const struct kt_out_pair *b = &o->group[o->ngroup - 1];
	struct kt_buf words = KT_BUF_INIT;
	int by = distance(o, 1);
	bool inside = kt_out_is_inside(o, a->old);

	if (by > 0) {
		const struct kt_out_pair *t = a;

		a = b;
		b = t;
	}
	if (inside)
		kt_say_step(
		    &words, &o->say, a->old, kt_say_number(&o->say, a->old));
	else
		kt_out_address(&words, o, a->old);
	kt_buf_puts(&words, "から");
	kt_say_step(&words, &o->say, b->old, kt_say_number(&o->say, b->old));
	kt_buf_puts(&words, "までを");
	kt_say_count(
	    &words, &o->say, (size_t)(by > 0 ? by : -by), kt_unit_word(a->old));
	kt_buf_puts(&words, "ずつ");
	say_inside(o, by > 0 ? KT_V_DOWN : KT_V_UP, words.p, inside);
	for (size_t i = 1; i < o->ngroup; i++)
		kt_say_moved(&o->say, o->group[i].old, &o->group[i].new->num);
	o->say.named = b->old;
	kt_buf_release(&words);
}

static void
say_moves(struct kt_out *o)
{
	bool range = may_range(o);
	const struct kt_node *in = o->group[0].old->parent;

	if (o->ngroup > 1 && !kt_say_is_open(&o->say) &&
	    !kt_out_is_unit(o->group[0].old) && kt_say_can_name(in)) {
		o->inside = in;
		o->inside_said = o->say.nsaid;
	}
	for (size_t i = 0; i < o->ngroup && (i == 0 || !range); i++)
		kt_out_move(o, o->group[i].old, &o->group[i].new->num);
	if (range)
		say_range(o);
}

/* How many clauses from number i on are neighbours that go. */
static size_t
run_of(const struct kt_out *o, size_t i)
{
	const struct kt_node *first = o->group[i].old;
	size_t n = 1;

	if (!kt_has_number(first) || first->kind == KT_HEADED)
		return 1;
	while (i + n < o->ngroup &&
	       o->group[i + n - 1].old->next == o->group[i + n].old)
		n++;
	return n > 2 ? n : 1;
}

/* A clause of a list: behind its neighbour only by its own number. */
static void
put_listed(struct kt_buf *out, struct kt_out *o, const struct kt_node *at,
    const struct kt_node *before)
{
	if (before == NULL || !kt_has_number(at) || at->kind == KT_HEADED ||
	    at->parent != before->parent)
		kt_out_address(out, o, at);
	else
		kt_say_step(out, &o->say, at, kt_say_number(&o->say, at));
	o->say.named = at;
}

/* 第三条、第五条から第七条まで及び第九条を. */
static void
say_deletes(struct kt_out *o)
{
	struct kt_buf words = KT_BUF_INIT;
	const struct kt_node *before = NULL;
	bool shared = kt_out_is_shared(o, o->group[0].old);

	o->orphan = shared ? o->group[0].old->caption : NULL;
	for (size_t i = 0; i < o->ngroup;) {
		size_t n = run_of(o, i);

		if (i == 0 && shared) {
			kt_out_address(&words, o, o->group[0].old);
			kt_buf_printf(&words, "の前の見出し%s",
			    n < o->ngroup ? "並びに" : "及び");
		}
		if (i > 0)
			kt_buf_puts(&words, i + n == o->ngroup ? "及び" : "、");
		put_listed(&words, o, o->group[i].old, before);
		before = o->group[i].old;
		if (n > 1) {
			kt_buf_puts(&words, "から");
			before = o->group[i + n - 1].old;
			put_listed(&words, o, before, o->group[i].old);
			kt_buf_puts(&words, "まで");
		}
		i += n;
	}
	kt_buf_puts(&words, "を");
	kt_say_clause(&o->say, KT_V_REMOVE, words.p);
	kt_buf_release(&words);
}

void
kt_out_flush(struct kt_out *o)
{
	if (o->ngroup == 0)
		return;
	if (o->group[0].new == NULL)
		say_deletes(o);
	else
		say_moves(o);
	o->ngroup = 0;
}

/* Does the clause go on with the group that waits? */
static bool
joins_group(const struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new)
{
	const struct kt_out_pair *last;

	if (o->ngroup == 0)
		return true;
	last = &o->group[o->ngroup - 1];
	if ((last->new == NULL) != (new == NULL) ||
	    last->old->kind != old->kind)
		return false;
	return old->kind != KT_ARTICLE ? last->old->parent == old->parent
				       : true;
}

static void
put_group(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	if (!joins_group(o, old, new))
		kt_out_flush(o);
	KT_GROW(o->group, o->ngroup, o->group_cap);
	o->group[o->ngroup++] = (struct kt_out_pair){ old, new };
}

/* ---- sentences
 * ------------------------------------------------------------------- */

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
	if (kt_out_is_unit(old) && (!o->shared || !joins_group(o, old, new)))
		begin_unit(o, old, new, true);
	put_group(o, old, new);
}

/* ---- additions
 * --------------------------------------------------------------------- */

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
		if (kt_out_is_inside(o, before) && kt_say_is_open(&o->say))
			kt_say_step(out, &o->say, before,
			    kt_say_number(&o->say, before));
		else
			kt_out_address(out, o, before);
		kt_buf_puts(out, "の次に");
		return true;
	}
	if (new->kind == KT_PARAGRAPH &&new->parent->kind == KT_ARTICLE) {
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

/* ---- clauses that stay
 * ---------------------------------------------------------------- */

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

/* 第一号から第三号まで: how many events from number i on are neighbours that
 * are rewritten under the numbers they have. */
static size_t
rewritten_run(const struct kt_out *o, const struct kt_events *ev, size_t i)
{
	const struct kt_event *first = &ev->at[i];
	size_t n = 0;

	if (!o->say.join ||
	    (first->old->kind != KT_PARAGRAPH &&
		first->old->kind != KT_ARTICLE &&
		first->old->kind != KT_APPENDIX && !kt_is_counted(first->old)))
		return 1;
	for (; i + n < ev->count; n++) {
		const struct kt_event *e = &ev->at[i + n];

		if (e->what != KT_EV_KEEP || e->done || e->new == NULL ||
		    o->plan->rewrite[e->new->id] == 0 ||
		    e->old->kind != first->old->kind ||
		    e->old->parent != first->old->parent ||
		    e->old->label[0] == '\0' || e->old->to.n > 0 ||
		    e->new->to.n > 0 || !keeps_its_name(e) ||
		    (n > 0 && ev->at[i + n - 1].old->next != e->old))
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
		n = o->plan->rewrite[e->new->id] != 0 ? rewritten_run(o, ev, i)
						      : 1;
		if (n > 1)
			rewrite_run(o, ev, i, n);
		else
			say_keep(o, e->old, e->new);
		return;
	case KT_EV_REWRITE:
		kt_out_rewrite(o, e->old, e->new);
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
