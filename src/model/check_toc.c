/* SPDX-License-Identifier: MIT */
/* Lint of the 目次: the same divisions, names and ranges as in the body. */
#include "check_int.h"

#include <stdlib.h>
#include <string.h>

struct contents {
	struct kt_checker *c;
	const struct kt_node *open[KT_DIVISION + 1]; /* by kind: entry's own */
	bool *listed; /* by id: the division is in the 目次 */
};

/* Equal but for blanks? */
static bool
same_words(const char *a, size_t n, const char *b)
{
	const char *end = a + n, *bend = b + strlen(b);

	for (;;) {
		a = kt_skip_blanks(a, end);
		b = kt_skip_blanks(b, bend);
		if (a == end || b == bend)
			return a == end && b == bend;
		if (*a++ != *b++)
			return false;
	}
}

/* The division that an entry of a kind and number is about, in the nearest
 * entry above it. */
static const struct kt_node *
division_of(const struct contents *t, const struct kt_label *label)
{
	const struct kt_step step = { label->kind,
		{ .form = KT_F_ARABIC,
		    .n = label->num.n,
		    .v = { label->num.v[0], label->num.v[1], label->num.v[2],
			label->num.v[3], label->num.v[4], label->num.v[5] } } };
	const struct kt_node *found;

	for (int kind = (int)label->kind - 1; kind >= KT_PART; kind--)
		if (t->open[kind] != NULL) {
			found = kt_index_step(t->c->doc, t->open[kind], &step);
			return found;
		}
	return kt_index_step(t->c->doc, t->c->doc->root, &step);
}

static const struct kt_node *
edge_article(const struct kt_node *division, bool last)
{
	const struct kt_node *found = NULL;

	for (const struct kt_node *at = kt_node_next(division, division);
	     at != NULL; at = kt_node_next(at, division)) {
		if (at->kind != KT_ARTICLE)
			continue;
		found = at;
		if (!last)
			break;
	}
	return found;
}

static void
check_range(struct contents *t, const struct kt_node *entry,
    const struct kt_node *division)
{
	const struct kt_refs *refs = t->c->refs;
	uint32_t from = refs->first[entry->id], to = refs->first[entry->id + 1];
	const struct kt_node *first = edge_article(division, false);
	const struct kt_node *last = edge_article(division, true);
	const struct kt_ref *a, *b;
	struct kt_buf want = KT_BUF_INIT;

	if (from == to || first == NULL)
		return;
	a = &refs->at[from];
	b = &refs->at[to - 1];
	if (a->to.node == first && a->state == KT_R_RESOLVED &&
	    (b->to.last != NULL ? b->to.last : b->to.node) == last)
		return;
	kt_buf_puts(&want, first->label);
	if (first != last)
		kt_buf_printf(&want, "から%sまで", last->label);
	kt_found(t->c, KT_M_TOC_RANGE, entry, division->label, want.p);
	kt_buf_release(&want);
}

/* Bytes of the words of an entry before its range of articles. */
static size_t
words_before_range(const struct contents *t, const struct kt_node *entry)
{
	const struct kt_refs *refs = t->c->refs;
	uint32_t from = refs->first[entry->id];
	const char *p = entry->text;
	size_t n = entry->len;

	if (from == refs->first[entry->id + 1])
		return n;
	n = refs->at[from].start;
	while (n > 0 && kt_word_at(p + n - 1, p + entry->len, "(") == 0 &&
	       (n < 3 || kt_word_at(p + n - 3, p + entry->len, "（") == 0))
		n--;
	return n >= 3 && kt_word_at(p + n - 3, p + entry->len, "（") > 0 ? n - 3
	       : n > 0                                                   ? n - 1
									 : 0;
}

static void
check_entry(struct contents *t, const struct kt_node *entry)
{
	const struct kt_node *division;
	struct kt_label label;
	size_t n;

	if (!kt_label_read(&label, entry->text, entry->len) ||
	    !kt_kind_is_division(label.kind))
		return;
	division = division_of(t, &label);
	for (int kind = (int)label.kind; kind <= KT_DIVISION; kind++)
		t->open[kind] = NULL;
	t->open[label.kind] = division;
	if (division == NULL) {
		kt_found_words(
		    t->c, KT_M_TOC_CLAUSE, entry, 0, (uint32_t)label.len, NULL);
		return;
	}
	t->listed[division->id] = true;
	n = words_before_range(t, entry);
	if (n >= label.skip && !same_words(entry->text + label.skip,
				   n - label.skip, division->caption))
		kt_found_words(t->c, KT_M_TOC_CAPTION, entry,
		    (uint32_t)label.skip, (uint32_t)(n - label.skip),
		    division->caption);
	check_range(t, entry, division);
}

/* Divisions of the body of a kind that the 目次 has, but not this one. */
static void
check_rest(struct contents *t)
{
	const struct kt_doc *doc = t->c->doc;
	bool kinds[KT_KINDS] = { false };

	for (size_t i = 0; i < doc->count; i++)
		if (t->listed[i])
			kinds[doc->nodes[i]->kind] = true;
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *node = doc->nodes[i];

		if (kt_kind_is_division(node->kind) && kinds[node->kind] &&
		    !t->listed[i] && !kt_is_enclosed(node) &&
		    kt_scope_of(doc, node) == doc->root)
			kt_found(
			    t->c, KT_M_TOC_INCOMPLETE, node, node->label, NULL);
	}
}

void
kt_check_contents(struct kt_checker *c)
{
	struct contents t = { .c = c };
	const struct kt_node *toc = NULL;

	for (const struct kt_node *at = c->doc->root->first; at != NULL;
	     at = at->next)
		if (at->kind == KT_TOC)
			toc = at;
	if (toc == NULL)
		return;
	t.listed = kt_calloc(c->doc->count, sizeof(*t.listed));
	for (const struct kt_node *at = kt_node_next(toc, toc); at != NULL;
	     at = kt_node_next(at, toc))
		check_entry(&t, at);
	check_rest(&t);
	free(t.listed);
}
