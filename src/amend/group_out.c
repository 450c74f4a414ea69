/* SPDX-License-Identifier: MIT */
/*
 * Clauses that get other numbers, or go, with their neighbours in one clause
 * of a sentence: 第四条から第六条までを二条ずつ繰り下げ, 第三条及び第五条を削り
 * (amendment.md §6, §8).
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

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
		const struct kt_node *named = o->say.named;

		o->say.named = NULL;
		kt_out_address(&all, o, o->inside);
		kt_buf_puts(&all, "中");
		o->say.named = named;
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

	if (first->kind == KT_APPENDIX
		? first->label[0] == '\0'
		: !kt_has_number(first) || first->kind == KT_HEADED)
		return 1;
	while (i + n < o->ngroup &&
	       o->group[i + n - 1].old->next == o->group[i + n].old)
		n++;
	return n > 2 ? n : 1;
}

/* A clause of a list: behind its neighbour, or behind 第四条中, only by its own
 * number. */
static void
put_listed(struct kt_buf *out, struct kt_out *o, const struct kt_node *at,
    const struct kt_node *before)
{
	if (before == NULL && kt_out_is_inside(o, at))
		kt_say_step(out, &o->say, at, kt_say_number(&o->say, at));
	else if (before == NULL || !kt_has_number(at) ||
		 at->kind == KT_HEADED || at->parent != before->parent)
		kt_out_address(out, o, at);
	else
		kt_say_step(out, &o->say, at, kt_say_number(&o->say, at));
	o->say.named = at;
}

/* 第四条中第一号を削り、第二号を第一号とし: is the move that follows one of the
 * same row? */
static bool
goes_on_inside(const struct kt_out *o, const struct kt_node *next)
{
	const struct kt_node *first = o->group[0].old;

	return next != NULL && next->parent == first->parent &&
	       next->kind == first->kind && !kt_say_is_open(&o->say) &&
	       !kt_out_is_unit(first) && kt_has_number(first) &&
	       (first->parent->kind == KT_ARTICLE ||
		   first->parent->kind == KT_PARAGRAPH) &&
	       kt_say_can_name(first->parent);
}

/* 第三条、第五条から第七条まで及び第九条を. */
static void
say_deletes(struct kt_out *o, const struct kt_node *next)
{
	struct kt_buf words = KT_BUF_INIT;
	const struct kt_node *before = NULL;
	bool shared = kt_out_is_shared(o, o->group[0].old), inside;

	if (goes_on_inside(o, next)) {
		o->inside = next->parent;
		o->inside_said = o->say.nsaid;
	}
	inside = kt_out_is_inside(o, o->group[0].old);
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
	say_inside(o, KT_V_REMOVE, words.p, inside);
	kt_buf_release(&words);
}

/* What waits, before a clause that moves, or NULL. */
static void
flush_before(struct kt_out *o, const struct kt_node *next)
{
	if (o->ngroup == 0)
		return;
	if (o->group[0].new == NULL)
		say_deletes(o, next);
	else
		say_moves(o);
	o->ngroup = 0;
}

void
kt_out_flush(struct kt_out *o)
{
	flush_before(o, NULL);
}

bool
kt_out_joins_group(const struct kt_out *o, const struct kt_node *old,
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

void
kt_out_put_group(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	if (!kt_out_joins_group(o, old, new))
		flush_before(o, new != NULL ? old : NULL);
	KT_GROW(o->group, o->ngroup, o->group_cap);
	o->group[o->ngroup++] = (struct kt_out_pair){ old, new };
}
