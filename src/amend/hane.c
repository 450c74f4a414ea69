/* SPDX-License-Identifier: MIT */
/*
 * Consequential changes (ハネ): a reference means the clause it meant before,
 * wherever that stands now (amendment.md §10).  The right test is the clause
 * that the new words lead to, not that some words were changed.  附則 of past
 * amendments keep their numbers and are not looked at.
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

struct follow {
	const struct kt_doc *old, *new;
	const struct kt_node *const *to_new; /* by old id */
	struct kt_refs *was, *is;
	struct kt_diag *diag;
	size_t found;
};

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

/* 第6条 or 第6条から第8条まで, as it should read now. */
static void
put_wanted(struct kt_buf *out, const struct follow *f, const struct kt_ref *was)
{
	const struct kt_node *last = now(f, was->to.last);

	kt_buf_puts(out, kt_addr(f->new, now(f, was->to.node)));
	if (last != NULL)
		kt_buf_printf(out, "から%sまで", kt_addr(f->new, last));
}

static void
report(struct follow *f, enum kt_msg_id id, const struct kt_ref *was,
    const struct kt_ref *is)
{
	struct kt_buf words = KT_BUF_INIT, wanted = KT_BUF_INIT;

	kt_buf_put(&words, words_of(is), is->len);
	if (id != KT_M_HANE_GONE)
		put_wanted(&wanted, f, was);
	kt_report(f->diag, .id = id, .a = words.p, .b = wanted.p,
	    .at = { .line = is->node->line,
		.column = is->node->column,
		.clause = kt_addr(f->new, is->node) });
	f->found++;
	kt_buf_release(&words);
	kt_buf_release(&wanted);
}

static void
compare(struct follow *f, const struct kt_ref *was, const struct kt_ref *is)
{
	bool gone = now(f, was->to.node) == NULL ||
		    (was->to.last != NULL && now(f, was->to.last) == NULL);

	if (was->state != KT_R_RESOLVED || leads_there(f, was, is))
		return;
	if (same_words(was, is))
		report(f, gone ? KT_M_HANE_GONE : KT_M_HANE_MISSING, was, is);
	else if (!gone &&
		 (has_moved(f, was->to.node) || has_moved(f, was->to.last)))
		report(f, KT_M_HANE_WRONG, was, is);
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

/* Is the node in a 附則 of an earlier amendment? */
static bool
in_past(const struct kt_node *node)
{
	for (; node != NULL; node = node->parent)
		if (node->kind == KT_SUPPL && node->related[0] != '\0')
			return true;
	return false;
}

/* ---- 目次
 * ----------------------------------------------------------------------------
 */

static const struct kt_node *
next_division(const struct kt_node *node, const struct kt_node *root)
{
	do
		node = node == root || kt_kind_is_division(node->kind)
			   ? kt_node_next(node, root)
			   : kt_node_skip(node, root);
	while (node != NULL && !kt_kind_is_division(node->kind));
	return node;
}

/* First or last 条 below. */
static const struct kt_node *
article_of(const struct kt_node *division, bool last)
{
	const struct kt_node *found = NULL;

	for (const struct kt_node *at = kt_node_next(division, division);
	     at != NULL; at = kt_node_next(at, division))
		if (at->kind == KT_ARTICLE) {
			found = at;
			if (!last)
				break;
		}
	return found;
}

/* The first or last 第N条 that an entry names. */
static bool
number_in(struct kt_num *out, const char *p, size_t n, bool last)
{
	struct kt_scan s = { p, p + n };
	bool found = false;
	unsigned len;

	while (s.p < s.end) {
		if (kt_scan_numbered(&s, "条", true, out)) {
			found = true;
			if (!last)
				return true;
			continue;
		}
		kt_utf8_at(s.p, &len);
		s.p += len;
	}
	return found;
}

static const struct kt_num *
end_number(const struct kt_node *article)
{
	return article->to.n > 0 ? &article->to : &article->num;
}

static bool
entry_agrees(const struct kt_node *entry, const struct kt_node *division)
{
	const struct kt_node *first = article_of(division, false);
	const struct kt_node *last = article_of(division, true);
	struct kt_num a, b;

	if (!number_in(&a, entry->text, entry->len, false))
		return true;
	number_in(&b, entry->text, entry->len, true);
	return first != NULL && kt_num_cmp(&a, &first->num) == 0 &&
	       kt_num_cmp(&b, end_number(last)) == 0;
}

/* Every entry that names a 章 against the 章 that stands in its place. */
static size_t
check_toc(const struct kt_doc *doc, struct kt_diag *d)
{
	const struct kt_node *root = doc->root, *toc = root->first;
	const struct kt_node *at = root;
	size_t found = 0;

	while (toc != NULL && toc->kind != KT_TOC)
		toc = toc->next;
	if (toc == NULL)
		return 0;
	for (const struct kt_node *e = kt_node_next(toc, toc); e != NULL;
	     e = kt_node_next(e, toc)) {
		struct kt_label label;

		if (!kt_label_read(&label, e->text, e->len) ||
		    !kt_kind_is_division(label.kind) || at == NULL)
			continue;
		at = next_division(at, root);
		if (at != NULL && at->kind == label.kind &&
		    kt_num_cmp(&at->num, &label.num) == 0 &&
		    entry_agrees(e, at))
			continue;
		kt_report(d, .id = KT_M_HANE_TOC, .a = e->text,
		    .at = { .line = e->line, .column = e->column });
		found++;
		if (at == NULL || at->kind != label.kind)
			break;
	}
	return found;
}

/* ---- all
 * -------------------------------------------------------------------------------
 */

size_t
kt_hane_check(const struct kt_doc *old, const struct kt_doc *new,
    const struct kt_node *const *to_new, struct kt_diag *d)
{
	struct follow f = {
		.old = old, .new = new, .to_new = to_new, .diag = d
	};

	f.was = kt_refs_new(old);
	f.is = kt_refs_new(new);
	for (size_t i = 0; i < old->count; i++) {
		const struct kt_node *x = old->nodes[i];

		if (to_new[i] != NULL && x->kind != KT_COMMENTARY &&
		    !in_past(x))
			compare_clause(&f, x, to_new[i]);
	}
	kt_refs_free(f.was);
	kt_refs_free(f.is);
	return f.found + check_toc(new, d);
}

size_t
kt_amend_check_references(const struct kt_changes *list, struct kt_diag *d)
{
	return kt_hane_check(list->old, list->new, list->old_peer, d);
}
