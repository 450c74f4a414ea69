/* SPDX-License-Identifier: MIT */
/*
 * Consequential changes (ハネ): a reference means the clause it meant before,
 * wherever that stands now (amendment.md §10).  The right test is the clause
 * that the new words lead to, not that some words were changed.  附則 of past
 * amendments keep their numbers and are not looked at.
 */
#include "hane_int.h"

#include <stdlib.h>
#include <string.h>

struct follow {
	const struct kt_doc *old, *new;
	const struct kt_node *const *to_new; /* by old id */
	struct kt_refs *was, *is;
	struct kt_hane_list list;
};

/* ---- the list ------------------------------------------------------------ */

void
kt_hane_begin(struct kt_hane_list *l, const struct kt_doc *doc)
{
	*l = (struct kt_hane_list){ .cap = 0 };
	l->out = kt_calloc(1, sizeof(*l->out));
	l->out->arena = kt_arena_new();
	l->out->doc = doc;
}

void
kt_hane_put(struct kt_hane_list *l, enum kt_hane_kind kind,
    const struct kt_ref *ref, const char *wanted)
{
	struct kt_hanes *out = l->out;
	const struct kt_node *node = ref->node;
	const char *p = ref->in_related ? node->related : node->text;

	KT_GROW(out->at, out->count, l->cap);
	out->at[out->count++] = (struct kt_hane){ .kind = kind,
		.node = node,
		.in_related = ref->in_related,
		.start = ref->start,
		.len = ref->len,
		.words = kt_arena_strndup(out->arena, p + ref->start, ref->len),
		.wanted = kt_arena_strdup(out->arena, wanted) };
}

void
kt_hane_free(struct kt_hanes *h)
{
	if (h == NULL)
		return;
	kt_arena_free(h->arena);
	free(h->at);
	free(h);
}

/* ---- pairs of references
 * ------------------------------------------------------- */

static bool
counts(const struct kt_ref *r)
{
	return r->form == KT_R_ABSOLUTE || r->form == KT_R_RELATIVE;
}

static const char *
words_of(const struct kt_ref *r)
{
	return (r->in_related ? r->node->related : r->node->text) + r->start;
}

static bool
same_words(const struct kt_ref *a, const struct kt_ref *b)
{
	return a->len == b->len && a->form == b->form &&
	       memcmp(words_of(a), words_of(b), a->len) == 0;
}

static const struct kt_node *
now(const struct follow *f, const struct kt_node *node)
{
	return node == NULL ? NULL : f->to_new[node->id];
}

static bool
leads_there(
    const struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	return is->state == KT_R_RESOLVED &&
	       is->to.node == now(f, was->to.node) &&
	       is->to.last == now(f, was->to.last);
}

/* Did the clause that was meant change its address? */
static bool
has_moved(const struct follow *f, const struct kt_node *was)
{
	const struct kt_node *is = now(f, was);

	return is != NULL &&
	       strcmp(kt_addr(f->old, was), kt_addr(f->new, is)) != 0;
}

/* ---- findings
 * ------------------------------------------------------------------- */

/* Its words with the numbers of now; where they cannot be followed, the
 * address. */
static void
put_wanted(struct kt_buf *out, const struct follow *f, const struct kt_ref *was,
    const struct kt_node *from)
{
	struct kt_cite cite = { .doc = f->new,
		.from = from,
		.to = now(f, was->to.node),
		.last = now(f, was->to.last),
		.own_article = kt_cite_around(was->node, KT_ARTICLE) ==
			       kt_cite_around(was->to.node, KT_ARTICLE),
		.own_paragraph = kt_cite_around(was->node, KT_PARAGRAPH) ==
				 kt_cite_around(was->to.node, KT_PARAGRAPH) };

	if (kt_cite_again(out, &cite, words_of(was), was->len))
		return;
	kt_buf_puts(out, kt_addr(f->new, cite.to));
	if (cite.last != NULL)
		kt_buf_printf(out, "から%sまで", kt_addr(f->new, cite.last));
}

static void
report(struct follow *f, enum kt_hane_kind kind, const struct kt_ref *was,
    const struct kt_ref *is)
{
	struct kt_buf wanted = KT_BUF_INIT;

	if (kind != KT_HANE_GONE)
		put_wanted(&wanted, f, was, is->node);
	/* The same words again: they do lead there, whatever they lead over. */
	if (kind != KT_HANE_MISSING || wanted.len != is->len ||
	    memcmp(wanted.p, words_of(is), is->len) != 0)
		kt_hane_put(&f->list, kind, is, wanted.p);
	kt_buf_release(&wanted);
}

/* 前各号: all that stand before, however many they have become. */
static bool
says_each(const struct kt_ref *r)
{
	return kt_bytes_find(words_of(r), r->len, "各", strlen("各")) != NULL;
}

/* The units that the words name, in order: 条項 of 第3条第2項, 項 of 前項. */
static size_t
units_of(char *out, size_t most, const struct kt_ref *r)
{
	static const char *const units[] = { "条", "項", "号", "編", "章", "節",
		"款", "目", "表", "式" };
	struct kt_scan s = { words_of(r), words_of(r) + r->len };
	size_t n = 0;
	unsigned len;

	while (s.p < s.end && n < most) {
		int unit = kt_scan_one_of(&s, units, KT_COUNT(units));

		if (unit >= 0) {
			out[n++] = (char)unit;
			continue;
		}
		kt_utf8_at(s.p, &len);
		s.p += len;
	}
	return n;
}

/* Was one reference written anew, not another put in its place? */
static bool
same_units(const struct kt_ref *a, const struct kt_ref *b)
{
	char x[16], y[16];
	size_t n = units_of(x, sizeof(x), a), m = units_of(y, sizeof(y), b);

	return n == m && memcmp(x, y, n) == 0;
}

static void
compare(struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	bool gone = now(f, was->to.node) == NULL ||
		    (was->to.last != NULL && now(f, was->to.last) == NULL);

	if (was->state != KT_R_RESOLVED || leads_there(f, was, is))
		return;
	if (same_words(was, is) && says_each(is) && is->state == KT_R_RESOLVED)
		return;
	if (same_words(was, is))
		report(f, gone ? KT_HANE_GONE : KT_HANE_MISSING, was, is);
	else if (!gone && same_units(was, is) &&
		 (has_moved(f, was->to.node) || has_moved(f, was->to.last)))
		report(f, KT_HANE_WRONG, was, is);
}

/* ---- one clause
 * ------------------------------------------------------------------- */

/* The next reference from i on that can be left behind; end if none. */
static uint32_t
next_ref(const struct kt_refs *refs, uint32_t i, uint32_t end)
{
	while (i < end && !counts(&refs->at[i]))
		i++;
	return i;
}

static size_t
count_refs(const struct kt_refs *refs, const struct kt_node *node)
{
	size_t n = 0;

	for (uint32_t i = refs->first[node->id]; i < refs->first[node->id + 1];
	     i++)
		n += counts(&refs->at[i]);
	return n;
}

/* As many as before: one by one.  Else those that stayed as they were. */
static void
compare_clause(
    struct follow *f, const struct kt_node *x, const struct kt_node *y)
{
	const struct kt_refs *was = f->was, *is = f->is;
	uint32_t i = was->first[x->id], end = was->first[x->id + 1];
	uint32_t k = is->first[y->id], last = is->first[y->id + 1];
	bool alike = count_refs(was, x) == count_refs(is, y);

	for (i = next_ref(was, i, end); i < end;
	     i = next_ref(was, i + 1, end)) {
		uint32_t at = next_ref(is, k, last);

		while (!alike && at < last &&
		       !same_words(&was->at[i], &is->at[at]))
			at = next_ref(is, at + 1, last);
		if (at == last)
			continue;
		compare(f, &was->at[i], &is->at[at]);
		k = at + 1;
	}
}

static bool
has_words(const struct kt_node *node, const char *words)
{
	return strstr(node->text, words) != NULL;
}

/* Words of other provisions in a table of 読替え: what they cite is to be read
 * where they are put. */
static bool
quotes_words(const struct kt_node *table)
{
	if (has_words(table->parent, "読み替") ||
	    has_words(table->parent, "読替") ||
	    has_words(table->parent, "字句"))
		return true;
	for (const struct kt_node *at = table->prev; at != NULL; at = at->prev)
		if (has_words(at, "読み替") || has_words(at, "読替") ||
		    has_words(at, "字句"))
			return true;
	return false;
}

/* In a 附則 of an earlier amendment, or in the 目次, which hane_toc.c looks
 * at?  In what said once from when each clause is in force, by the numbers of
 * that day?  In words that are quoted? */
static bool
is_apart(const struct kt_node *node)
{
	bool dates = false;

	for (; node != NULL; node = node->parent) {
		dates = dates || has_words(node, "から施行する");
		if (node->kind == KT_TOC ||
		    (node->kind == KT_SUPPL &&
			(dates || node->related[0] != '\0')) ||
		    (node->kind == KT_TABLE && node->parent != NULL &&
			quotes_words(node)))
			return true;
	}
	return false;
}

/* ---- all
 * -------------------------------------------------------------------------------
 */

struct kt_hanes *
kt_hane_of(const struct kt_doc *old, const struct kt_doc *new,
    const struct kt_node *const *to_new)
{
	struct follow f = { .old = old, .new = new, .to_new = to_new };

	kt_hane_begin(&f.list, new);
	kt_hane_toc(&f.list);
	f.was = kt_refs_new(old);
	f.is = kt_refs_new(new);
	for (size_t i = 0; i < old->count; i++) {
		const struct kt_node *x = old->nodes[i];

		if (to_new[i] != NULL && x->kind != KT_COMMENTARY &&
		    !is_apart(x))
			compare_clause(&f, x, to_new[i]);
	}
	kt_refs_free(f.was);
	kt_refs_free(f.is);
	return f.list.out;
}

struct kt_hanes *
kt_hane_new(const struct kt_changes *list)
{
	return kt_hane_of(list->old, list->new, list->old_peer);
}

size_t
kt_hane_report(const struct kt_hanes *h, struct kt_diag *d)
{
	static const enum kt_msg_id ids[] = { [KT_HANE_MISSING] =
						  KT_M_HANE_MISSING,
		[KT_HANE_WRONG] = KT_M_HANE_WRONG,
		[KT_HANE_GONE] = KT_M_HANE_GONE,
		[KT_HANE_TOC] = KT_M_HANE_TOC };

	for (size_t i = 0; i < h->count; i++) {
		const struct kt_hane *x = &h->at[i];

		kt_report(d, .id = ids[x->kind], .a = x->words, .b = x->wanted,
		    .at = { .file = h->doc->source,
			.line = x->node->line,
			.column = x->node->column,
			.clause = kt_addr(h->doc, x->node) });
	}
	return h->count;
}

size_t
kt_amend_check_references(const struct kt_changes *list, struct kt_diag *d)
{
	struct kt_hanes *h = kt_hane_new(list);
	size_t n = kt_hane_report(h, d);

	kt_hane_free(h);
	return n;
}
