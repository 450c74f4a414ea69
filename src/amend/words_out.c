/* SPDX-License-Identifier: MIT */
/*
 * The words of a clause as amending clauses: 「…」を「…」に改め, 「…」の下に
 * 「…」を加え, 「…」を削り; a ただし書 or 後段 that came or went whole.
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- phrases in a row --------------------------------------------------- */

static const char *
add_word(const struct kt_out *o)
{
	const char *asked = o->say.style->add_after;

	if (asked != NULL && asked[0] != '\0')
		return asked;
	return o->say.form == KT_F_KANJI ? "の下に" : "の次に";
}

static enum kt_verb
verb_of(const struct kt_phrase *p)
{
	if (p->kind == KT_OP_REPLACE)
		return KT_V_CHANGE;
	return p->kind == KT_OP_INSERT ? KT_V_ADD : KT_V_REMOVE;
}

/* 「…」を「…」に; of deletions all that follow each other, with one を. */
static size_t
put_phrase(struct kt_buf *out, const struct kt_out *o,
    const struct kt_phrases *list, size_t i)
{
	const struct kt_phrase *p = &list->at[i];
	size_t n = 1;

	if (p->kind == KT_OP_REPLACE) {
		kt_buf_printf(out, "「%s」を「%s」に", p->old, p->new);
		return 1;
	}
	if (p->kind == KT_OP_INSERT) {
		kt_buf_printf(
		    out, "「%s」%s「%s」を", p->old, add_word(o), p->new);
		return 1;
	}
	while (i + n < list->count && list->at[i + n].kind == KT_OP_DELETE)
		n++;
	for (size_t k = 0; k < n; k++) {
		if (k > 0)
			kt_buf_puts(out, k + 1 == n ? "及び" : "、");
		kt_buf_printf(out, "「%s」", list->at[i + k].old);
	}
	kt_buf_puts(out, "を");
	return n;
}

/* All phrases of one place; `where` ends in 中, or is empty where the words
 * said last are of that place too. */
void
kt_out_phrases(
    struct kt_out *o, const char *where, const struct kt_phrases *list)
{
	bool again = where[0] == '\0';

	for (size_t i = 0; i < list->count;) {
		struct kt_buf words = KT_BUF_INIT;
		enum kt_verb verb = verb_of(&list->at[i]);
		bool more = (i > 0 || again) && o->say.verb == verb &&
			    verb != KT_V_REMOVE;
		size_t place =
		    i == 0 && !again ? strlen(where) - strlen("中") : 0;

		if (i == 0)
			kt_buf_puts(&words, where);
		i += put_phrase(&words, o, list, i);
		if (more)
			kt_say_more(&o->say, words.p);
		else
			kt_say_words(&o->say, verb, words.p, place);
		kt_buf_release(&words);
	}
}

/* ---- edits of a clause -------------------------------------------------- */

static bool
same_words(const struct kt_node *a, const struct kt_node *b)
{
	if (a->len != b->len || memcmp(a->text, b->text, a->len) != 0)
		return false;
	return kt_same_marks(a, b);
}

/* Tables and notes that have an address speak for themselves. */
static bool
speaks_for_itself(const struct kt_node *node)
{
	return (node->kind == KT_TABLE || node->kind == KT_NOTE) &&
	       kt_say_can_name(node);
}

/* The next node whose words are those of the clause `top`. */
static const struct kt_node *
next_own(const struct kt_node *node, const struct kt_node *top, bool all)
{
	const struct kt_node *next = kt_node_next(node, top);

	while (next != NULL &&
	       (next->kind == KT_COMMENTARY ||
		   (!all && (kt_has_number(next) || next->kind == KT_TOPIC ||
				speaks_for_itself(next)))))
		next = kt_node_skip(next, top);
	return next;
}

static bool
is_hoisted(const struct kt_out *o, const struct kt_edit *e)
{
	for (size_t i = 0; i < o->hoisted.count; i++)
		if (o->hoisted.at[i].old == e->old &&
		    o->hoisted.at[i].start >= e->start &&
		    o->hoisted.at[i].end <= e->end)
			return true;
	return false;
}

/* They stay in the list, so that no phrase reaches into them. */
static void
mark_hoisted(const struct kt_out *o, struct kt_edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		edits->at[i].said = is_hoisted(o, &edits->at[i]);
}

static bool
all_said(const struct kt_edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		if (!edits->at[i].said)
			return false;
	return true;
}

/* False when the clause holds words that answer to none. */
static bool
find_edits(struct kt_edits *out, struct kt_out *o, const struct kt_node *top,
    bool all, size_t old_end, size_t new_end)
{
	for (const struct kt_node *at = top; at != NULL;
	     at = next_own(at, top, all)) {
		const struct kt_node *to = o->plan->to_new[at->id];

		if (to == NULL || (at->len == 0) != (to->len == 0))
			return false;
		if (same_words(at, to))
			continue;
		if (at == top)
			kt_edits_find(out, o->plan, at, to, old_end, new_end);
		else
			kt_edits_find(out, o->plan, at, to, at->len, to->len);
	}
	mark_hoisted(o, out);
	return true;
}

/* ---- the whole or the lead ---------------------------------------------- */

static void
copy_edits(struct kt_edits *to, const struct kt_edits *from)
{
	*to = (struct kt_edits){ .count = from->count, .cap = from->count };
	to->at = kt_calloc(from->count + 1, sizeof(*to->at));
	if (from->count > 0)
		memcpy(to->at, from->at, from->count * sizeof(*to->at));
}

static bool
has_items(const struct kt_node *node)
{
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		if (at->kind == KT_ITEM || at->kind == KT_HEADED)
			return true;
	return false;
}

/* 同条中 is said once, though what a 条 has in common and what its only 項 has
 * of its own are looked for one after the other. */
static void
say_of(struct kt_out *o, const struct kt_node *node, bool lead,
    const struct kt_phrases *list)
{
	const struct kt_node *place =
	    kt_is_only_paragraph(node) ? node->parent : node;
	struct kt_buf where = KT_BUF_INIT;
	bool again;

	kt_out_flush(o);
	again = !lead && kt_say_is_open(&o->say) && o->worded == place &&
		o->worded_said == o->say.nsaid;
	if (!again) {
		kt_out_address(&where, o, node);
		kt_buf_puts(&where, lead ? "各号列記以外の部分中" : "中");
	}
	kt_out_phrases(o, where.p, list);
	o->worded = lead ? NULL : place;
	o->worded_said = o->say.nsaid;
	kt_buf_release(&where);
}

/* Say the edits of the clause; where 号 follow, 各号列記以外の部分 spares
 * phrases that would have to be longer because of them. */
static bool
say_edits(
    struct kt_out *o, const struct kt_node *node, const struct kt_edits *edits)
{
	struct kt_scope whole = { node, false }, lead = { node, true };
	struct kt_phrases a = { .at = NULL }, b = { .at = NULL };
	struct kt_edits copy;
	size_t grown = 0, lead_grown = SIZE_MAX;
	bool ok, lead_ok = false;

	if (all_said(edits))
		return true;
	copy_edits(&copy, edits);
	ok = kt_phrases_find(&a, o->plan, &copy, &whole, &grown);
	free(copy.at);
	if ((!ok || grown > 0) && has_items(node)) {
		copy_edits(&copy, edits);
		lead_ok =
		    kt_phrases_find(&b, o->plan, &copy, &lead, &lead_grown);
		free(copy.at);
	}
	if (lead_ok && (!ok || lead_grown < grown))
		say_of(o, node, true, &b);
	else if (ok)
		say_of(o, node, false, &a);
	kt_phrases_release(&a);
	kt_phrases_release(&b);
	return ok || lead_ok;
}

bool
kt_out_all_words(struct kt_out *o, const struct kt_node *old)
{
	struct kt_edits edits = { .at = NULL };
	const struct kt_node *to = o->plan->to_new[old->id];
	bool ok = find_edits(&edits, o, old, true, old->len, to->len) &&
		  say_edits(o, old, &edits);

	free(edits.at);
	return ok;
}

bool
kt_out_unnamed_rows(struct kt_out *o, const struct kt_node *table)
{
	struct kt_edits edits = { .at = NULL };
	bool ok = true;

	for (const struct kt_node *row = table->first; row != NULL && ok;
	     row = row->next) {
		const struct kt_node *to = o->plan->to_new[row->id];

		if (to == NULL || kt_out_same_inside(o, row) ||
		    o->plan->rewrite[to->id] != 0 || kt_say_can_name(row))
			continue;
		ok = find_edits(&edits, o, row, true, row->len, to->len);
	}
	ok = ok && say_edits(o, table, &edits);
	free(edits.at);
	return ok;
}

/* ---- sentences that came or went ---------------------------------------- */

enum tail { NONE, CAME, WENT };

static bool
begins(
    const struct kt_node *node, const struct kt_sentence *s, const char *word)
{
	return s->end - s->start >= strlen(word) &&
	       memcmp(node->text + s->start, word, strlen(word)) == 0;
}

/* Bytes of the last sentence that stay, by the spans of the change. */
static size_t
kept_bytes(const struct kt_change *c, bool new_side, size_t from)
{
	size_t at = 0, kept = 0;

	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];
		size_t end = at + s->len;

		if (s->op == (new_side ? '-' : '+'))
			continue;
		if (s->op == '=' && end > from)
			kept += end - (at > from ? at : from);
		at = end;
	}
	return kept;
}

/* Is the text of one side that of the other and one sentence behind it?  Then
 * *end is where that sentence begins. */
static bool
has_tail(const struct kt_plan *plan, const struct kt_node *old,
    const struct kt_node *longer, const struct kt_sentences *s, size_t less,
    size_t *end)
{
	const struct kt_change *c = plan->text[old->id];
	const struct kt_sentence *last = &s->at[s->count - 1];

	if (s->count != less + 1 || s->count < 2 || s->columns > 1 || c == NULL)
		return false;
	*end = last->start;
	return kept_bytes(c, longer != old, last->start) <= strlen("。") &&
	       memcmp(longer->text + last->end - strlen("。"), "。",
		   strlen("。")) == 0;
}

static size_t
count_but(const struct kt_node *node, const struct kt_sentences *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		n += !begins(node, &s->at[i], "ただし");
	return n;
}

/* The name of the sentence at the end of the longer text, among those of the
 * shorter; NULL when it has none that would be understood. */
static const char *
tail_name(const struct kt_node *longer, const struct kt_sentences *s)
{
	bool but = begins(longer, &s->at[s->count - 1], "ただし");

	if (but)
		return count_but(longer, s) == s->count - 1 ? "ただし書" : NULL;
	return count_but(longer, s) == 2 ? "後段" : NULL;
}

struct tails {
	enum tail what;
	const char *name;
	size_t old_end, new_end;
};

static void
find_tail(struct tails *t, struct kt_out *o, const struct kt_node *x,
    const struct kt_node *y)
{
	struct kt_plan *plan = o->plan;

	*t = (struct tails){ .old_end = x->len, .new_end = y->len };
	kt_sentences_find(&plan->cuts, x);
	kt_sentences_find(&plan->new_cuts, y);
	if (has_tail(
		plan, x, y, &plan->new_cuts, plan->cuts.count, &t->new_end)) {
		t->what = CAME;
		t->name = tail_name(y, &plan->new_cuts);
	} else if (has_tail(plan, x, x, &plan->cuts, plan->new_cuts.count,
		       &t->old_end)) {
		t->what = WENT;
		t->name = tail_name(x, &plan->cuts);
	}
	if (t->name == NULL)
		*t = (struct tails){ .old_end = x->len, .new_end = y->len };
}

/* ただし書を削り; に次のただし書を加え, に後段として次のように加え. */
static void
say_tail(struct kt_out *o, const struct tails *t, const struct kt_node *x,
    const struct kt_node *y)
{
	struct kt_buf words = KT_BUF_INIT, line = KT_BUF_INIT;
	bool but = strcmp(t->name, "ただし書") == 0;

	kt_out_flush(o);
	kt_out_address(&words, o, x);
	if (t->what == WENT) {
		kt_buf_printf(&words, "%sを", t->name);
		kt_say_clause(&o->say, KT_V_REMOVE, words.p);
	} else {
		kt_buf_puts(&words,
		    but ? "に次のただし書を" : "に後段として次のように");
		kt_say_clause(&o->say, KT_V_ADD, words.p);
		kt_inline_write(
		    &line, y->text, t->new_end, y->len, y->marks, y->nmarks);
		kt_say_words_block(&o->say, line.p);
	}
	kt_buf_release(&words);
	kt_buf_release(&line);
}

/* An edit that reaches into the sentence that came or went. */
static bool
reaches_over(const struct kt_edits *edits, const struct tails *t,
    const struct kt_node *x)
{
	for (size_t i = 0; i < edits->count; i++)
		if (edits->at[i].old == x &&
		    (edits->at[i].end > t->old_end ||
			edits->at[i].new_end > t->new_end))
			return true;
	return false;
}

/* 各号列記以外の部分 of which little stays. */
static bool
say_lead_whole(struct kt_out *o, const struct kt_node *x,
    const struct kt_node *y, const struct kt_edits *edits)
{
	struct kt_buf words = KT_BUF_INIT, line = KT_BUF_INIT;

	for (size_t i = 0; i < edits->count; i++)
		if (edits->at[i].old != x)
			return false;
	if (!has_items(x) || x->kind == KT_HEADED ||
	    !kt_edits_unreadable(edits, 0, x->len, y->len))
		return false;
	kt_out_flush(o);
	kt_out_address(&words, o, x);
	kt_buf_puts(&words, "各号列記以外の部分を次のように");
	kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	kt_inline_write(&line, y->text, 0, y->len, y->marks, y->nmarks);
	kt_say_words_block(&o->say, line.p);
	kt_buf_release(&words);
	kt_buf_release(&line);
	o->leads++;
	return true;
}

bool
kt_out_words(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_edits edits = { .at = NULL };
	struct tails tail;
	bool ok;

	find_tail(&tail, o, old, new);
	ok = find_edits(&edits, o, old, false, tail.old_end, tail.new_end);
	if (ok && tail.name != NULL && reaches_over(&edits, &tail, old)) {
		edits.count = 0;
		tail.name = NULL;
		ok = find_edits(&edits, o, old, false, old->len, new->len);
	}
	if (ok && tail.name == NULL && say_lead_whole(o, old, new, &edits)) {
		free(edits.at);
		return true;
	}
	ok = ok && say_edits(o, old, &edits);
	if (ok && tail.name != NULL)
		say_tail(o, &tail, old, new);
	free(edits.at);
	return ok;
}

/* ---- what a 条 has in common -------------------------------------------- */

/* Do two edits put the same words for the same, or the same in? */
static bool
same_edit(const struct kt_edit *a, const struct kt_edit *b)
{
	size_t n = a->end - a->start, m = a->new_end - a->new_start;

	return n == b->end - b->start && m == b->new_end - b->new_start &&
	       memcmp(a->old->text + a->start, b->old->text + b->start, n) ==
		   0 &&
	       memcmp(a->new->text + a->new_start, b->new->text + b->new_start,
		   m) == 0;
}

/* Is the edit that of `word` within a longer word: 端末機 of 端末機台帳?  Then
 * it becomes that. */
static bool
cut_to(struct kt_edit *e, const struct kt_edit *word)
{
	const char *x = e->old->text + e->start, *of = word->old->text;
	const char *y = e->new->text + e->new_start, *to = word->new->text;
	size_t n = word->end - word->start, most = e->end - e->start;
	size_t m = word->new_end - word->new_start;

	if (n == 0 || n >= most || e->new_end - e->new_start + n != most + m)
		return false;
	for (size_t at = 0; at + n <= most; at++) {
		size_t rest = most - at - n;

		if (memcmp(x + at, of + word->start, n) != 0 ||
		    memcmp(x, y, at) != 0 ||
		    memcmp(y + at, to + word->new_start, m) != 0 ||
		    memcmp(x + at + n, y + at + m, rest) != 0)
			continue;
		e->start += at;
		e->end = e->start + n;
		e->new_start += at;
		e->new_end = e->new_start + m;
		return true;
	}
	return false;
}

/* Compounds of which only a word changes that changes by itself elsewhere. */
static void
cut_to_words(struct kt_edits *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = 0; k < all->count; k++)
			if (cut_to(&all->at[i], &all->at[k]))
				break;
}

/* Edits like number i in more than one clause? */
static bool
is_widespread(const struct kt_edits *all, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_edit(&all->at[k], &all->at[i]))
			return false;
	for (size_t k = i + 1; k < all->count; k++)
		if (all->at[k].old != all->at[i].old &&
		    same_edit(&all->at[k], &all->at[i]))
			return true;
	return false;
}

/* All edits of words in clauses of the 条 that stay as they are otherwise. */
static void
find_article_edits(
    struct kt_edits *all, struct kt_out *o, const struct kt_node *article)
{
	for (const struct kt_node *at = article; at != NULL;) {
		const struct kt_node *to = o->plan->to_new[at->id];

		if (to == NULL || o->plan->rewrite[to->id] != 0 ||
		    at->kind == KT_COMMENTARY) {
			at = kt_node_skip(at, article);
			continue;
		}
		if (at->len > 0 && to->len > 0 && !same_words(at, to))
			kt_edits_find(all, o->plan, at, to, at->len, to->len);
		at = kt_node_next(at, article);
	}
}

/* Say one change of the whole 条 if it is one there, word for word. */
static void
hoist_one(struct kt_out *o, const struct kt_node *article,
    const struct kt_edits *all, size_t i, struct kt_phrases *out)
{
	struct kt_scope scope = { article, false };
	struct kt_edits like = { .at = NULL };
	struct kt_phrases got = { .at = NULL };
	size_t grown = 0;

	for (size_t k = i; k < all->count; k++)
		if (same_edit(&all->at[k], &all->at[i])) {
			KT_GROW(like.at, like.count, like.cap);
			like.at[like.count++] = all->at[k];
		}
	if (kt_phrases_find(&got, o->plan, &like, &scope, &grown) &&
	    grown == 0 && got.count == 1) {
		KT_GROW(out->at, out->count, out->cap);
		out->at[out->count++] = got.at[0];
		got.count = 0;
		for (size_t k = 0; k < like.count; k++) {
			KT_GROW(
			    o->hoisted.at, o->hoisted.count, o->hoisted.cap);
			o->hoisted.at[o->hoisted.count++] = like.at[k];
		}
	}
	kt_phrases_release(&got);
	free(like.at);
}

/* A sentence that comes behind the others: ただし書, 後段. */
static bool
is_tail(const struct kt_edit *e)
{
	size_t n = strlen("。");

	return e->start == e->end &&
	       (e->start == e->old->len ||
		   (e->start >= n &&
		       memcmp(e->old->text + e->start - n, "。", n) == 0) ||
		   strncmp(e->new->text + e->new_start, "。", n) == 0);
}

/* Where more changes nothing is said of the whole 条. */
#define EDITS_MOST 400

void
kt_out_hoist(struct kt_out *o, const struct kt_node *article)
{
	struct kt_edits all = { .at = NULL };
	struct kt_phrases list = { .at = NULL };

	o->hoisted.count = 0;
	find_article_edits(&all, o, article);
	if (all.count <= EDITS_MOST)
		cut_to_words(&all);
	for (size_t i = 0; i < all.count && all.count <= EDITS_MOST; i++)
		if (!is_tail(&all.at[i]) && is_widespread(&all, i))
			hoist_one(o, article, &all, i, &list);
	if (list.count > 0)
		say_of(o, article, false, &list);
	kt_phrases_release(&list);
	free(all.at);
}
