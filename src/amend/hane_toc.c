/* SPDX-License-Identifier: MIT */
/*
 * 目次 against the text: every entry that names a 章 has the number of the 章
 * that stands in its place, and the 条 that it holds.
 */
#include "hane_int.h"

#include <string.h>

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

/* The entry with the numbers of the 章 that it names, and of the 条 in it.
 * False when the 章 in its place has another name. */
static bool
entry_again(struct kt_buf *out, const struct kt_node *entry,
    const struct kt_node *division)
{
	const struct kt_node *first = article_of(division, false);
	const struct kt_node *last = article_of(division, true);
	struct kt_scan s = { entry->text, entry->text + entry->len };
	size_t seen = 0, sign = (size_t)(division->kind - KT_PART);
	static const char *const signs[] = { "編", "章", "節", "款", "目" };

	if (first == NULL || division->caption[0] == '\0' ||
	    strstr(entry->text, division->caption) == NULL)
		return false;
	while (s.p < s.end) {
		struct kt_num num, as;
		unsigned len;

		if (seen == 0 &&
		    kt_scan_numbered(&s, signs[sign], true, &num)) {
			as = division->num;
			as.form = num.form;
			kt_buf_puts(out, "第");
			kt_num_write_head(out, &as);
			kt_buf_puts(out, signs[sign]);
			kt_num_write_branches(out, &as);
		} else if (kt_scan_numbered(&s, "条", true, &num)) {
			as = seen++ == 0 ? first->num : *end_number(last);
			as.form = num.form;
			kt_buf_puts(out, "第");
			kt_num_write_head(out, &as);
			kt_buf_puts(out, "条");
			kt_num_write_branches(out, &as);
		} else {
			kt_utf8_at(s.p, &len);
			kt_buf_put(out, s.p, len);
			s.p += len;
		}
	}
	/* One number cannot become two, nor two one. */
	return seen == (first == last && first->to.n == 0 ? 1u : 2u);
}

static void
put_entry(struct kt_hane_list *l, const struct kt_node *entry,
    const struct kt_node *division)
{
	struct kt_buf wanted = KT_BUF_INIT;
	struct kt_ref all = { .node = entry, .len = entry->len };

	if (division == NULL || !entry_again(&wanted, entry, division))
		kt_buf_clear(&wanted);
	kt_hane_put(l, KT_HANE_TOC, &all, wanted.p);
	kt_buf_release(&wanted);
}

static void
find_entries(struct kt_hane_list *l)
{
	const struct kt_node *root = l->out->doc->root, *toc = root->first;
	const struct kt_node *at = root;

	while (toc != NULL && toc->kind != KT_TOC)
		toc = toc->next;
	if (toc == NULL)
		return;
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
		put_entry(l, e, at);
		if (at == NULL || at->kind != label.kind)
			break;
	}
}

static bool
has_finding(const struct kt_hanes *list, const struct kt_hane *like)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->at[i].words, like->words) == 0 &&
		    strcmp(list->at[i].wanted, like->wanted) == 0)
			return true;
	return false;
}

void
kt_hane_toc(struct kt_hane_list *l, const struct kt_doc *old)
{
	struct kt_hane_list was;
	struct kt_hanes *out = l->out;
	size_t kept = 0;

	find_entries(l);
	kt_hane_begin(&was, old);
	find_entries(&was);
	for (size_t i = 0; i < out->count; i++)
		if (!has_finding(was.out, &out->at[i]))
			out->at[kept++] = out->at[i];
	out->count = kept;
	kt_hane_free(was.out);
}
