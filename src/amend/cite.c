/* SPDX-License-Identifier: MIT */
/*
 * A reference in the words it has, with other numbers: 第4条第2項 → 第5条第2項,
 * 前項 → 第1項, 第4条から第6条まで → 第5条から第7条まで.  Relative words stay
 * where they still lead there; what is deeper than the words say is not said.
 */
#include "hane_int.h"

#include <string.h>

struct citing {
	const struct kt_cite *cite;
	const struct kt_node *target; /* of this end of the range */
	struct kt_scan s;
	struct kt_buf *out;
	enum kt_form form; /* for numbers that come new */
	bool first; /* nothing was said yet */
	const struct kt_node *said; /* the clause said last */
};

/* ---- levels ------------------------------------------------------------- */

static const struct {
	const char *sign;
	enum kt_kind kind;
	bool branches;
} units[] = { { "条", KT_ARTICLE, true }, { "項", KT_PARAGRAPH, false },
	{ "号", KT_ITEM, true }, { "編", KT_PART, true },
	{ "章", KT_CHAPTER, true }, { "節", KT_SECTION, true },
	{ "款", KT_SUBSECTION, true }, { "目", KT_DIVISION, true } };

const struct kt_node *
kt_cite_around(const struct kt_node *node, enum kt_kind kind)
{
	while (node != NULL && node->kind != kind)
		node = node->parent;
	while (node != NULL && kind == KT_ITEM && node->parent->kind == KT_ITEM)
		node = node->parent;
	return node;
}

/* The 条 so many places before or behind, over the borders of 章. */
static const struct kt_node *
article_at(const struct kt_node *from, int step)
{
	const struct kt_node *scope = from, *before = NULL;

	while (scope->parent != NULL && scope->kind != KT_SUPPL &&
	       scope->kind != KT_APPENDIX)
		scope = scope->parent;
	for (const struct kt_node *at = kt_node_next(scope, scope); at != NULL;
	     at = at->kind == KT_ARTICLE || at->kind == KT_SUPPL ||
			  at->kind == KT_APPENDIX || at->kind == KT_COMMENTARY
		      ? kt_node_skip(at, scope)
		      : kt_node_next(at, scope)) {
		if (at->kind != KT_ARTICLE)
			continue;
		if (step < 0 && at == from)
			return before;
		if (step > 0 && before == from)
			return at;
		before = at;
	}
	return NULL;
}

static const struct kt_node *
beside(const struct kt_node *from, int step)
{
	enum kt_kind kind = from->kind;

	if (kind == KT_ARTICLE)
		return article_at(from, step);
	do
		from = step < 0 ? from->prev : from->next;
	while (from != NULL && from->kind != kind);
	return from;
}

/* ---- numbers ------------------------------------------------------------ */

static void
put_number(struct citing *c, size_t unit, const struct kt_node *node,
    enum kt_form form)
{
	struct kt_num num = node->num;

	num.form = form;
	kt_buf_puts(c->out, "第");
	kt_num_write_head(c->out, &num);
	kt_buf_puts(c->out, units[unit].sign);
	kt_num_write_branches(c->out, &num);
}

/* 第3条 before 第1項 that is of another 条 than the words stand in. */
static void
put_above(struct citing *c, enum kt_kind kind)
{
	const struct kt_node *from = c->cite->from;
	const struct kt_node *x, *y;

	if (!c->first || from == NULL)
		return;
	if (c->cite->own_article && (kind == KT_PARAGRAPH || kind == KT_ITEM)) {
		x = kt_cite_around(c->target, KT_ARTICLE);
		y = kt_cite_around(from, KT_ARTICLE);
		if (x != NULL && x != y)
			put_number(c, 0, x, c->form);
	}
	if (c->cite->own_paragraph && kind == KT_ITEM) {
		x = kt_cite_around(c->target, KT_PARAGRAPH);
		if (x != NULL && x != kt_cite_around(from, KT_PARAGRAPH) &&
		    !kt_is_only_paragraph(x))
			put_number(c, 1, x, c->form);
	}
}

/* 第4条, 第2項: the number of the clause of that rank. */
static bool
cite_step(struct citing *c)
{
	struct kt_num num;

	for (size_t i = 0; i < KT_COUNT(units); i++) {
		const struct kt_node *node;

		if (!kt_scan_numbered(
			&c->s, units[i].sign, units[i].branches, &num))
			continue;
		node = kt_cite_around(c->target, units[i].kind);
		if (node == NULL || node->num.n == 0)
			return false;
		put_above(c, units[i].kind);
		c->form = num.form;
		put_number(c, i, node, num.form);
		c->said = node;
		c->first = false;
		return true;
	}
	return false;
}

/* ---- 前条, 次項, 前2項 -------------------------------------------------- */

/* Does the relative word still lead to the clauses from `to` to `last`? */
static bool
still_leads(const struct citing *c, enum kt_kind kind, int step, unsigned n,
    const struct kt_node *to, const struct kt_node *last)
{
	const struct kt_node *at = kt_cite_around(c->cite->from, kind);

	if (at == NULL)
		return false;
	if (step > 0)
		return beside(at, 1) == to;
	for (unsigned i = 0; i < n && at != NULL; i++) {
		at = beside(at, -1);
		if (i == 0 && n > 1 && at != last)
			return false;
	}
	return at == to;
}

/* 第1項, 第1項及び第2項, 第1項から第3項まで. */
static void
put_absolute(struct citing *c, size_t unit, unsigned n,
    const struct kt_node *to, const struct kt_node *last)
{
	put_above(c, units[unit].kind);
	put_number(c, unit, to, c->form);
	if (n < 2 || last == NULL || last == to)
		return;
	n = beside(to, 1) == last ? 2 : 3;
	kt_buf_puts(c->out, n == 2 ? "及び" : "から");
	put_number(c, unit, last, c->form);
	if (n > 2)
		kt_buf_puts(c->out, "まで");
}

/* 前三号 of which one went, or came: 前二号. */
static bool
put_fewer(struct citing *c, size_t unit, unsigned n, enum kt_form form,
    const struct kt_node *to, const struct kt_node *last)
{
	const struct kt_node *at =
	    kt_cite_around(c->cite->from, units[unit].kind);
	struct kt_num num = { .form = form, .n = 1 };

	if (n < 2 || at == NULL || beside(at, -1) != last)
		return false;
	for (; at != NULL && at != to; at = beside(at, -1))
		num.v[0]++;
	if (at == NULL)
		return false;
	kt_buf_puts(c->out, "前");
	if (num.v[0] > 1)
		kt_num_write_head(c->out, &num);
	kt_buf_puts(c->out, units[unit].sign);
	return true;
}

static bool
cite_near(struct citing *c)
{
	struct kt_scan at = c->s;
	bool forward = kt_scan_eats(&at, "次");
	unsigned n = 1;
	enum kt_form form;
	size_t used, unit = 0;
	const struct kt_node *to, *last = NULL;

	if (!forward && !kt_scan_eats(&at, "前"))
		return false;
	used = kt_num_plain(&n, &form, at.p, (size_t)(at.end - at.p));
	at.p += used;
	n = used == 0 ? 1 : n;
	while (unit < KT_COUNT(units) && !kt_scan_eats(&at, units[unit].sign))
		unit++;
	if (unit == KT_COUNT(units) || c->cite->from == NULL)
		return false;
	to = kt_cite_around(c->target, units[unit].kind);
	if (n > 1)
		last = kt_cite_around(c->cite->last, units[unit].kind);
	if (to == NULL || to->num.n == 0 || (n > 1 && last == NULL))
		return false;
	if (still_leads(c, units[unit].kind, forward ? 1 : -1, n, to, last))
		kt_buf_put(c->out, c->s.p, (size_t)(at.p - c->s.p));
	else if (!put_fewer(c, unit, n, form, to, last))
		put_absolute(c, unit, n, to, last);
	c->s = at;
	c->said = to;
	c->first = false;
	return true;
}

/* ---- イ, (1), 別表第1 --------------------------------------------------- */

/* A label below a 号: that of the clause on the way to the target. */
static bool
cite_sub(struct citing *c)
{
	const struct kt_node *at = c->target;
	struct kt_num num;
	size_t used = kt_num_read(&num, c->s.p, (size_t)(c->s.end - c->s.p));

	if (used == 0 || at->kind != KT_ITEM)
		return false;
	while (at != NULL && (c->said == NULL || at->parent != c->said))
		at = at->parent;
	/* ハ by itself, or behind ロから. */
	if (at == NULL && c->target->parent->kind == KT_ITEM)
		at = c->target;
	if (at == NULL || at->num.n == 0)
		return false;
	c->s.p += used;
	num.n = at->num.n;
	memcpy(num.v, at->num.v, sizeof(num.v));
	kt_num_write(c->out, &num);
	c->said = at;
	return true;
}

/* 別表第1: its label as a whole. */
static bool
cite_appendix(struct citing *c)
{
	const struct kt_node *node = kt_cite_around(c->target, KT_APPENDIX);
	struct kt_arena *arena;
	struct kt_scan at = c->s;
	struct kt_loc loc;
	bool ok;

	if (node == NULL || node->label[0] == '\0')
		return false;
	arena = kt_arena_new();
	ok = kt_loc_read(&loc, arena, &at, NULL, KT_LOC_FIRST) &&
	     loc.nsteps > 0 && loc.step[0].kind == KT_ST_APPENDIX;
	if (ok) {
		kt_buf_puts(c->out, node->label);
		c->s.p += strlen(loc.step[0].name);
		c->first = false;
	}
	kt_arena_free(arena);
	return ok;
}

/* ---- all ---------------------------------------------------------------- */

/* Ends of references that are no number. */
static bool
copy_word(struct citing *c)
{
	static const char *const words[] = { "まで", "ただし書", "本文", "前段",
		"中段", "後段", "各号", "各項", "附則", "の規定", "関係" };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (kt_scan_eats(&c->s, words[i])) {
			kt_buf_puts(c->out, words[i]);
			return true;
		}
	return false;
}

bool
kt_cite_again(
    struct kt_buf *out, const struct kt_cite *cite, const char *p, size_t n)
{
	struct citing c = { .cite = cite,
		.target = cite->to,
		.s = { p, p + n },
		.out = out,
		.first = true };
	struct kt_buf made = KT_BUF_INIT;
	bool ok = true;

	c.out = &made;
	c.form = kt_form_of_doc(cite->doc);
	while (ok && c.s.p < c.s.end) {
		if (kt_scan_eats(&c.s, "から")) {
			kt_buf_puts(c.out, "から");
			c.target = cite->last;
			c.first = false;
			ok = c.target != NULL;
			continue;
		}
		ok = copy_word(&c) || cite_near(&c) || cite_step(&c) ||
		     cite_appendix(&c) || cite_sub(&c);
	}
	if (ok)
		kt_buf_put(out, made.p, made.len);
	kt_buf_release(&made);
	return ok;
}
