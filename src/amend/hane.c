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
	const struct kt_node **to_old; /* by new id */
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

/* ---- pairs of references ------------------------------------------------ */

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

/* ---- findings ----------------------------------------------------------- */

/* 第五条第二項ただし書 where it has none any more. */
static void
drop_lost_part(struct kt_buf *out, const struct kt_node *to)
{
	size_t n = strlen("ただし書");

	if (out->len <= n || strcmp(out->p + out->len - n, "ただし書") != 0)
		return;
	for (const struct kt_node *at = to; at != NULL;
	     at = kt_node_next(at, to))
		if (strstr(at->text, "ただし、") != NULL)
			return;
	kt_buf_cut(out, out->len - n);
}

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

	if (kt_cite_again(out, &cite, words_of(was), was->len)) {
		drop_lost_part(out, cite.to);
		return;
	}
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

/* ---- what was thought of ------------------------------------------------ */

/* References of one side in a clause. */
struct cites {
	const struct kt_refs *refs;
	const struct kt_node *in;
};

static bool
has_words_of(const struct cites *c, const struct kt_ref *like)
{
	for (uint32_t i = c->refs->first[c->in->id];
	     i < c->refs->first[c->in->id + 1]; i++)
		if (same_words(&c->refs->at[i], like))
			return true;
	return false;
}

/* How often the clause cites another; by words that the other side does not
 * have, if one is given. */
static size_t
count_cites(const struct cites *c, const struct kt_node *to,
    const struct kt_node *last, const struct cites *other)
{
	size_t n = 0;

	for (uint32_t i = c->refs->first[c->in->id];
	     i < c->refs->first[c->in->id + 1]; i++) {
		const struct kt_ref *r = &c->refs->at[i];

		n += r->state == KT_R_RESOLVED && r->to.node == to &&
		     r->to.last == last &&
		     (other == NULL || !has_words_of(other, r));
	}
	return n;
}

static const struct kt_node *
before(const struct follow *f, const struct kt_node *node)
{
	return node == NULL ? NULL : f->to_old[node->id];
}

/* New words of the clause lead where these did, as often as before: 前項 became
 * 第一項（前項において準用する場合を含む。）, ヨ及びタ became タ及びレ. */
static bool
others_lead_there(
    const struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	const struct cites x = { f->was, was->node }, y = { f->is, is->node };
	const struct kt_node *to = now(f, was->to.node);

	return to != NULL &&
	       count_cites(&y, to, now(f, was->to.last), &x) >=
		   count_cites(&x, was->to.node, was->to.last, NULL);
}

/* The clause was taken out, and what the words mean now was cited before by
 * words that are gone: 第二号 and 同条第三号 became 第二号. */
static bool
was_cited_otherwise(
    const struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	const struct cites x = { f->was, was->node }, y = { f->is, is->node };
	const struct kt_node *from = before(f, is->to.node);

	return is->state == KT_R_RESOLVED && from != NULL &&
	       count_cites(&y, is->to.node, is->to.last, NULL) <=
		   count_cites(&x, from, before(f, is->to.last), &y);
}

static bool
is_first(const struct kt_node *node)
{
	return node != NULL &&
	       (node->prev == NULL || node->prev->kind != node->kind);
}

/* 前三号に掲げるもののほか in the last 号: all that stand before. */
static bool
says_besides(const struct kt_ref *was, const struct kt_ref *is)
{
	const char *p = words_of(is) + is->len;
	const char *besides = strstr(p, "のほか");

	return strncmp(p, "に", strlen("に")) == 0 && besides != NULL &&
	       besides - p <= (ptrdiff_t)(10 * strlen("に")) &&
	       is->state == KT_R_RESOLVED && is->to.last != NULL &&
	       is_first(was->to.node) && is_first(is->to.node) &&
	       is->to.last->next == is->node;
}

static bool
lies_in(const struct kt_node *node, const struct kt_node *in)
{
	while (node != NULL && node != in)
		node = node->parent;
	return node != NULL;
}

/* 様式第3号（第5条関係）: does 第5条 speak of it? */
static bool
is_spoken_of(const struct kt_ref *is)
{
	const struct kt_node *in = is->to.node;

	if (!is->in_related || is->state != KT_R_RESOLVED ||
	    is->node->label[0] == '\0')
		return false;
	for (const struct kt_node *at = in; at != NULL;
	     at = kt_node_next(at, in))
		if (strstr(at->text, is->node->label) != NULL)
			return true;
	return false;
}

/* 別記様式第一 leads to what is called so, whatever stood there. */
static bool
names_appendix(const struct kt_ref *was, const struct kt_ref *is)
{
	return is->state == KT_R_RESOLVED &&
	       was->to.node->kind == KT_APPENDIX &&
	       is->to.node->kind == KT_APPENDIX;
}

/* The 項 before was rewritten as another in its place: 前項 means that one. */
static bool
is_rewritten_there(
    const struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	const struct kt_node *x = was->to.node, *y = is->to.node;

	return is->form == KT_R_RELATIVE && is->state == KT_R_RESOLVED &&
	       is->to.last == NULL && before(f, y) == NULL &&
	       x->kind == y->kind && now(f, x->parent) == y->parent &&
	       kt_same_number(x, y);
}

/* A range that was widened over new clauses behind it. */
static bool
takes_in_new(
    const struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	const struct kt_node *at = now(f, was->to.last);

	if (is->state != KT_R_RESOLVED || is->to.last == NULL || at == NULL ||
	    is->to.node != now(f, was->to.node))
		return false;
	while (at != NULL && at != is->to.last) {
		at = at->next;
		if (at != NULL && before(f, at) != NULL)
			return false;
	}
	return at != NULL;
}

/* Is it right although its words do not follow what they meant? */
static bool
is_meant(const struct follow *f, const struct kt_ref *was,
    const struct kt_ref *is, bool gone)
{
	if (is_spoken_of(is))
		return true;
	if (!same_words(was, is))
		return takes_in_new(f, was, is) ||
		       (is->state == KT_R_RESOLVED && is->to.last == NULL &&
			   lies_in(is->to.node, now(f, was->to.node)));
	if (gone)
		return names_appendix(was, is) ||
		       is_rewritten_there(f, was, is) ||
		       was_cited_otherwise(f, was, is);
	return says_besides(was, is) || others_lead_there(f, was, is);
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
	if (is_meant(f, was, is, gone))
		return;
	if (same_words(was, is))
		report(f, gone ? KT_HANE_GONE : KT_HANE_MISSING, was, is);
	else if (!gone && same_units(was, is) &&
		 (has_moved(f, was->to.node) || has_moved(f, was->to.last)))
		report(f, KT_HANE_WRONG, was, is);
}

/* ---- one clause --------------------------------------------------------- */

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
	kt_hane_toc(&f.list, old);
	f.to_old = kt_calloc(new->count, sizeof(*f.to_old));
	for (size_t i = 0; i < old->count; i++)
		if (to_new[i] != NULL)
			f.to_old[to_new[i]->id] = old->nodes[i];
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
	free(f.to_old);
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
		    .at = { .file = x->sentence > 0 ? h->instrument
						    : h->doc->source,
			.line = x->sentence > 0 ? x->sentence : x->node->line,
			.column = x->sentence > 0 ? 0 : x->node->column,
			.clause = kt_addr(h->doc, x->node) });
	}
	return h->count;
}
