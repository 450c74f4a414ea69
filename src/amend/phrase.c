/* SPDX-License-Identifier: MIT */
/*
 * What to quote: for each edit the shortest words that, said of a place,
 * change that edit and nothing else there.  A phrase may stand several times
 * when all of them change alike; otherwise it takes in words beside it until
 * it is the only one (amendment.md §3.1, §3.3).
 */
#include "draft_int.h"

#include <stdlib.h>
#include <string.h>

/* What is quoted of one edit. */
struct quote {
	size_t start, end; /* bytes of the old text */
	enum kt_op_kind kind;
	const char *put; /* what it becomes, or what is put behind it */
	bool good;
};

struct finder {
	struct kt_plan *plan;
	struct kt_arena *arena;
	struct kt_edits *edits;
	struct quote *quote; /* by edit */
	const struct kt_scope *scope;
	const struct kt_node *cut; /* whose words these are */
	const struct kt_word *word;
	size_t nwords;
	size_t steps; /* quotes made longer so far */
};

/* A scope whose phrases need more than this is better rewritten. */
#define STEPS_MAX 400

/* Words beside a change that its quote may take in to be a whole. */
#define FEW_BYTES 60

/* ---- scopes ------------------------------------------------------------- */

static bool
is_left_out(const struct kt_scope *scope, const struct kt_node *node)
{
	if (node->kind == KT_COMMENTARY)
		return true;
	return scope->lead && node->parent == scope->top &&
	       (node->kind == KT_ITEM || node->kind == KT_HEADED);
}

const struct kt_node *
kt_scope_next(const struct kt_scope *scope, const struct kt_node *node)
{
	const struct kt_node *next =
	    node == NULL ? scope->top : kt_node_next(node, scope->top);

	while (next != NULL && is_left_out(scope, next))
		next = kt_node_skip(next, scope->top);
	return next;
}

/* ---- quotes ------------------------------------------------------------- */

static const struct kt_edit *
edit_of(const struct finder *f, size_t i)
{
	return &f->edits->at[i];
}

/* Where the edits beside this one let it reach. */
static size_t
least_start(const struct finder *f, size_t i)
{
	const struct kt_edit *e = edit_of(f, i);

	if (i == 0 || edit_of(f, i - 1)->old != e->old)
		return 0;
	return edit_of(f, i - 1)->end > f->quote[i - 1].end
		   ? edit_of(f, i - 1)->end
		   : f->quote[i - 1].end;
}

static size_t
most_end(const struct finder *f, size_t i)
{
	const struct kt_edit *e = edit_of(f, i);
	size_t n = e->old->len, stop = strlen("。");

	if (i + 1 < f->edits->count && edit_of(f, i + 1)->old == e->old)
		return f->quote[i + 1].start < edit_of(f, i + 1)->start
			   ? f->quote[i + 1].start
			   : edit_of(f, i + 1)->start;
	/* Never the closing 句点. */
	if (n >= stop && memcmp(e->old->text + n - stop, "。", stop) == 0 &&
	    e->end <= n - stop)
		n -= stop;
	return n;
}

/* The new words of what is quoted. */
static void
set_put(struct finder *f, size_t i)
{
	const struct kt_edit *e = edit_of(f, i);
	struct quote *q = &f->quote[i];
	size_t start = e->new_start, end = e->new_end;
	struct kt_buf words = KT_BUF_INIT;

	if (q->kind == KT_OP_REPLACE) {
		start -= e->start - q->start;
		end += q->end - e->end;
	}
	kt_inline_write(
	    &words, e->new->text, start, end, e->new->marks, e->new->nmarks);
	q->put = kt_arena_strndup(f->arena, words.p, words.len);
	kt_buf_release(&words);
}

static void
cut_words(struct finder *f, const struct kt_node *node)
{
	if (f->cut == node)
		return;
	f->cut = node;
	f->nwords =
	    kt_words_cut(f->plan->words, &f->word, node->text, node->len);
}

/* Where the word begins that stands before a place. */
static size_t
word_before(struct finder *f, const struct kt_node *node, size_t at)
{
	size_t low = 0, high;

	cut_words(f, node);
	high = f->nwords;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->word[mid].start < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low == 0 ? 0 : f->word[low - 1].start;
}

/* Where the word ends that stands behind a place. */
static size_t
word_behind(struct finder *f, const struct kt_node *node, size_t at)
{
	size_t low = 0, high;

	cut_words(f, node);
	high = f->nwords;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->word[mid].start <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->nwords ? f->word[low].start : node->len;
}

static bool
is_blank(const char *p, size_t from, size_t to)
{
	static const char *const blanks[] = { "　", " ", "\xc2\xa0" };
	struct kt_scan s = { p + from, p + to };

	while (s.p < s.end && kt_scan_one_of(&s, blanks, KT_COUNT(blanks)) >= 0)
		continue;
	return s.p == s.end;
}

/* Blanks by themselves are not seen: with the words on both sides. */
static bool
quote_blanks(struct finder *f, size_t i, size_t least, size_t most)
{
	const struct kt_edit *e = edit_of(f, i);
	struct quote *q = &f->quote[i];
	const char *p = e->old->text;
	size_t to;

	if (!is_blank(p, e->start, e->end) ||
	    !is_blank(e->new->text, e->new_start, e->new_end))
		return false;
	while (q->start > least && is_blank(p, q->start, e->start)) {
		to = word_before(f, e->old, q->start);
		q->start = to < least ? least : to;
	}
	while (q->end < most && is_blank(p, e->end, q->end)) {
		to = word_behind(f, e->old, q->end);
		q->end = to > most ? most : to;
	}
	q->kind = KT_OP_REPLACE;
	return !is_blank(p, q->start, q->end);
}

static bool
is_signs(const char *p, size_t from, size_t to)
{
	unsigned len;

	for (size_t i = from; i < to; i += len)
		if (kt_script_of(kt_utf8_at(p + i, &len)) != KT_S_PUNCT)
			return false;
	return true;
}

/* One kana says nothing by itself. */
static bool
is_one_kana(const char *p, size_t from, size_t to)
{
	unsigned len;

	return from < to &&
	       kt_script_of(kt_utf8_at(p + from, &len)) == KT_S_HIRAGANA &&
	       from + len == to;
}

/* 老人短期入所施設（, not （ alone; 重要な, not な. */
static void
take_in_word(struct finder *f, size_t i, size_t least, size_t end)
{
	const struct kt_node *old = edit_of(f, i)->old;
	struct quote *q = &f->quote[i];

	while (q->start > least && (is_signs(old->text, q->start, end) ||
				       is_one_kana(old->text, q->start, end))) {
		size_t was = q->start, to = word_before(f, old, was);

		to = kt_unit_word_before(old->text, to, was);
		q->start = to < least ? least : to;
	}
}

/* 「A」の下に, or at the very start the first words as new ones; false when
 * there is nothing to quote. */
static bool
quote_insertion(struct finder *f, size_t i, size_t least, size_t most)
{
	const struct kt_edit *e = edit_of(f, i);
	struct quote *q = &f->quote[i];
	const char *p = e->old->text;
	size_t word = word_before(f, e->old, e->start), next;

	word = kt_unit_word_before(p, word, e->start);
	q->kind = KT_OP_INSERT;
	q->start = word < least ? least : word;
	take_in_word(f, i, least, e->start);
	if (q->start < e->start)
		return true;
	next = word_behind(f, e->old, e->end);
	next = kt_unit_word_behind(p, e->end, next, most);
	q->kind = KT_OP_REPLACE;
	q->end = next > most ? most : next;
	return q->end > e->end;
}

static void
quote_change(struct finder *f, size_t i, size_t least)
{
	const struct kt_edit *e = edit_of(f, i);
	struct quote *q = &f->quote[i];
	const char *p = e->old->text;

	q->kind = e->new_start < e->new_end ? KT_OP_REPLACE : KT_OP_DELETE;
	if (is_one_kana(p, e->start, e->end) ||
	    (q->kind == KT_OP_DELETE && is_signs(p, e->start, e->end))) {
		q->kind = KT_OP_REPLACE;
		take_in_word(f, i, least, e->end);
	}
}

/* The change itself; an addition needs a word to stand behind, at the very
 * start one to stand before (§3.4). */
static bool
first_quote(struct finder *f, size_t i)
{
	const struct kt_edit *e = edit_of(f, i);
	struct quote *q = &f->quote[i];
	size_t least = least_start(f, i), most;

	*q = (struct quote){ .start = e->start, .end = e->end };
	if (e->said)
		return true;
	most = most_end(f, i);
	if (!quote_blanks(f, i, least, most)) {
		*q = (struct quote){ .start = e->start, .end = e->end };
		if (e->start < e->end)
			quote_change(f, i, least);
		else if (!quote_insertion(f, i, least, most))
			return false;
	}
	set_put(f, i);
	return true;
}

/* ---- uniqueness --------------------------------------------------------- */

static bool
same_quote(const struct finder *f, size_t i, size_t k)
{
	const struct quote *a = &f->quote[i], *b = &f->quote[k];
	size_t n = a->end - a->start;

	if (edit_of(f, i)->said || edit_of(f, k)->said)
		return false;
	return a->kind == b->kind && b->end - b->start == n &&
	       memcmp(edit_of(f, i)->old->text + a->start,
		   edit_of(f, k)->old->text + b->start, n) == 0 &&
	       strcmp(a->put, b->put) == 0;
}

/* The edit whose quote begins at this place, or count. */
static size_t
edit_at(const struct finder *f, const struct kt_node *node, size_t at)
{
	size_t low = 0, high = f->edits->count;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct kt_edit *e = edit_of(f, mid);

		if (e->old->id < node->id ||
		    (e->old == node && f->quote[mid].start < at))
			low = mid + 1;
		else
			high = mid;
	}
	if (low < f->edits->count && edit_of(f, low)->old == node &&
	    f->quote[low].start == at)
		return low;
	return f->edits->count;
}

/* How often the words stand in a string where they must not change. */
static size_t
strays_in(const struct finder *f, size_t i, const struct kt_node *node,
    const char *text, size_t len)
{
	const struct quote *q = &f->quote[i];
	const char *what = edit_of(f, i)->old->text + q->start;
	size_t n = q->end - q->start, strays = 0, k;

	for (const char *p = text;
	     (p = kt_bytes_find(p, len - (size_t)(p - text), what, n)) != NULL;
	     p += n) {
		k = text == node->text ? edit_at(f, node, (size_t)(p - text))
				       : f->edits->count;
		if (k == f->edits->count || !same_quote(f, i, k))
			strays++;
	}
	return strays;
}

static size_t
strays(const struct finder *f, size_t i)
{
	size_t n = 0;

	for (const struct kt_node *at = kt_scope_next(f->scope, NULL);
	     at != NULL; at = kt_scope_next(f->scope, at)) {
		if (at->len > 0)
			n += strays_in(f, i, at, at->text, at->len);
		if (at->kind == KT_NOTE)
			n += strays_in(f, i, at, at->label, strlen(at->label));
		if (at->kind != KT_APPENDIX)
			continue;
		n += strays_in(f, i, at, at->caption, strlen(at->caption));
		n += strays_in(f, i, at, at->related, strlen(at->related));
	}
	return n;
}

/* ---- longer ------------------------------------------------------------- */

static bool
ends_in_comma(const char *p, size_t end)
{
	size_t n = strlen("、");

	return end >= n && memcmp(p + end - n, "、", n) == 0;
}

/* The quote with one word more on a side; false when there is none. */
static bool
longer(struct finder *f, size_t i, bool right, struct quote *out)
{
	const struct kt_edit *e = edit_of(f, i);
	struct quote *q = &f->quote[i], kept = *q;

	if (right) {
		size_t most = most_end(f, i);
		size_t to = word_behind(f, e->old, q->end);

		/* A 読点 goes with the word behind it. */
		if (ends_in_comma(e->old->text, to))
			to = word_behind(f, e->old, to);
		to = kt_unit_word_behind(e->old->text, q->end, to, most);
		q->end = to > most ? most : to;
		if (q->end <= kept.end)
			goto none;
		q->kind = KT_OP_REPLACE;
	} else {
		size_t least = least_start(f, i);
		size_t to = word_before(f, e->old, q->start);

		while (to > least && kt_unit_splits_verb(e->old->text, to))
			to = word_before(f, e->old, to);
		to = kt_unit_word_before(e->old->text, to, q->start);
		q->start = to < least ? least : to;
		if (q->start >= kept.start)
			goto none;
		if (q->kind == KT_OP_DELETE)
			q->kind = KT_OP_REPLACE;
	}
	set_put(f, i);
	*out = *q;
	*q = kept;
	return true;
none:
	*q = kept;
	return false;
}

/* Do 「 and 」 balance, the one before the other? */
static bool
balances(const char *p, size_t n)
{
	struct kt_scan s = { p, p + n };
	int depth = 0;
	unsigned len;

	for (; s.p < s.end && depth >= 0; s.p += len) {
		if (kt_scan_sees(&s, "「"))
			depth++;
		else if (kt_scan_sees(&s, "」"))
			depth--;
		kt_utf8_at(s.p, &len);
	}
	return depth == 0;
}

/* A piece of a quotation is hard to read; where such pieces were misread it
 * must not be, elsewhere it is made whole if that takes few words. */
static bool
is_doubtful(const struct finder *f, size_t i)
{
	const struct kt_edit *e = edit_of(f, i);
	const struct quote *q = &f->quote[i];

	if (f->plan->careful[e->new->id] == 0 &&
	    q->end - q->start > e->end - e->start + FEW_BYTES)
		return false;
	return !(balances(e->old->text + q->start, q->end - q->start) &&
		 balances(q->put, strlen(q->put)));
}

/* One word more where it helps most; behind rather than before. */
static bool
lengthen(struct finder *f, size_t i)
{
	struct quote right, left, kept = f->quote[i];
	size_t r = SIZE_MAX, l = SIZE_MAX;

	if (longer(f, i, true, &right)) {
		f->quote[i] = right;
		r = strays(f, i);
	}
	f->quote[i] = kept;
	if (longer(f, i, false, &left)) {
		f->quote[i] = left;
		l = strays(f, i);
	}
	f->quote[i] = kept;
	if (r == SIZE_MAX && l == SIZE_MAX)
		return false;
	/* 「A」の下に stays what it is as long as it can. */
	if (kept.kind == KT_OP_INSERT)
		f->quote[i] = l <= r ? left : right;
	else
		f->quote[i] = r <= l ? right : left;
	return true;
}

static bool
may_join(const struct kt_edits *edits, size_t i)
{
	return i + 1 < edits->count &&
	       edits->at[i + 1].old == edits->at[i].old && !edits->at[i].said &&
	       !edits->at[i + 1].said;
}

/* Two edits of one text that are in each other's way become one. */
static bool
join(struct finder *f, size_t i)
{
	struct kt_edits *edits = f->edits;
	size_t a = i;

	if (may_join(edits, i))
		a = i;
	else if (i > 0 && may_join(edits, i - 1))
		a = i - 1;
	else
		return false;
	edits->at[a].end = edits->at[a + 1].end;
	edits->at[a].new_end = edits->at[a + 1].new_end;
	edits->count--;
	memmove(edits->at + a + 1, edits->at + a + 2,
	    (edits->count - a - 1) * sizeof(*edits->at));
	memmove(f->quote + a + 1, f->quote + a + 2,
	    (edits->count - a - 1) * sizeof(*f->quote));
	return first_quote(f, a);
}

/* A quote that cannot stand grows, or takes in its neighbour. */
static bool
settle(struct finder *f)
{
	bool again = true;

	for (size_t i = 0; i < f->edits->count; i++) {
		f->quote[i].start = f->edits->at[i].start;
		f->quote[i].end = f->edits->at[i].end;
	}
	for (size_t i = 0; i < f->edits->count;) {
		if (first_quote(f, i))
			i++;
		else if (join(f, i))
			i = 0;
		else
			return false;
	}
	while (again) {
		again = false;
		for (size_t i = 0; i < f->edits->count; i++) {
			if (edit_of(f, i)->said ||
			    (strays(f, i) == 0 && !is_doubtful(f, i)))
				continue;
			if (f->steps++ > STEPS_MAX)
				return false;
			if (!lengthen(f, i) && !join(f, i)) {
				if (strays(f, i) > 0 ||
				    f->plan->careful[edit_of(f, i)->new->id] !=
					0)
					return false;
				continue;
			}
			again = true;
		}
	}
	return true;
}

/* ---- phrases
 * ----------------------------------------------------------------------------
 */

static void
put_phrase(struct kt_phrases *out, struct finder *f, size_t i)
{
	const struct quote *q = &f->quote[i];
	struct kt_buf old = KT_BUF_INIT;
	struct kt_phrase *p;

	for (size_t k = 0; k < i; k++)
		if (same_quote(f, k, i)) {
			f->edits->at[i].phrase = f->edits->at[k].phrase;
			return;
		}
	KT_GROW(out->at, out->count, out->cap);
	p = &out->at[out->count];
	kt_inline_write(
	    &old, edit_of(f, i)->old->text, q->start, q->end, NULL, 0);
	p->kind = q->kind;
	p->old = kt_buf_detach(&old);
	p->new = kt_strdup(q->kind == KT_OP_DELETE ? "" : q->put);
	f->edits->at[i].phrase = out->count++;
}

bool
kt_phrases_find(struct kt_phrases *out, struct kt_plan *plan,
    struct kt_edits *edits, const struct kt_scope *scope, size_t *grown)
{
	struct finder f = { .plan = plan, .edits = edits, .scope = scope };
	bool ok;

	f.arena = kt_arena_new();
	f.quote = kt_calloc(edits->count + 1, sizeof(*f.quote));
	ok = settle(&f);
	*grown = 0;
	for (size_t i = 0; ok && i < edits->count; i++) {
		const struct quote *q = &f.quote[i];
		const struct kt_edit *e = edit_of(&f, i);

		if (e->said)
			continue;
		if (q->kind == KT_OP_REPLACE && e->start < e->end)
			*grown += (q->end - q->start) - (e->end - e->start);
		put_phrase(out, &f, i);
	}
	free(f.quote);
	kt_arena_free(f.arena);
	return ok;
}

void
kt_phrases_release(struct kt_phrases *p)
{
	for (size_t i = 0; i < p->count; i++) {
		free(p->at[i].old);
		free(p->at[i].new);
	}
	free(p->at);
	*p = (struct kt_phrases){ .at = NULL };
}
