/* SPDX-License-Identifier: MIT */
/*
 * References of other documents to the one that is revised: 管理規程第9条 in a
 * standard whose rule gets another 第9条.  The name is the title, the end of
 * it, or what the other document calls it (以下「管理規程」という。).
 */
#include "hane_int.h"

#include <stdlib.h>
#include <string.h>

/* Names shorter than this could be of any document: 法, 規程. */
#define NAME_LEAST (4 * strlen("規"))

/* How far behind a title its short name is looked for. */
#define NEAR_BYTES 240

struct names {
	const char *title;
	char **own; /* what the other document calls it */
	size_t n, cap;
};

/* …規程（令和5年達第7号。以下「管理規程」という。）: the name behind a title.
 */
static void
read_own(struct names *names, const char *p, size_t n)
{
	const char *open = kt_bytes_find(p, n, "以下「", strlen("以下「"));
	const char *begin, *end;

	if (open == NULL || (open > p && p[0] != "（"[0]))
		return;
	begin = open + strlen("以下「");
	end = kt_bytes_find(begin, n - (size_t)(begin - p), "」", strlen("」"));
	if (end == NULL || end == begin)
		return;
	KT_GROW(names->own, names->n, names->cap);
	names->own[names->n++] = kt_strndup(begin, (size_t)(end - begin));
}

static void
find_own(struct names *names, const struct kt_doc *doc)
{
	size_t m = strlen(names->title);

	for (size_t i = 0; i < doc->count && m > 0; i++) {
		const struct kt_node *node = doc->nodes[i];
		const char *p =
		    kt_bytes_find(node->text, node->len, names->title, m);
		size_t left;

		if (p == NULL)
			continue;
		p += m;
		left = node->len - (size_t)(p - node->text);
		if (strncmp(p, "（", strlen("（")) == 0)
			read_own(
			    names, p, left < NEAR_BYTES ? left : NEAR_BYTES);
	}
}

/* Is this name that of the document that is revised? */
static bool
is_ours(const struct names *names, const char *name)
{
	size_t n = strlen(name), m = strlen(names->title);

	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->own[i], name) == 0)
			return true;
	return n >= NAME_LEAST && n <= m &&
	       strcmp(names->title + m - n, name) == 0;
}

/* Where it led, and leads; nothing to say when the number stays. */
static void
follow(struct kt_hane_list *l, const struct kt_changes *list,
    const struct kt_ref *ref)
{
	struct kt_cite cite = { .doc = list->new };
	struct kt_spot spot;
	struct kt_buf wanted = KT_BUF_INIT;
	const char *p =
	    (ref->in_related ? ref->node->related : ref->node->text) +
	    ref->start;

	if (kt_addr_find(&spot, list->old, ref->address) != KT_OK)
		return;
	cite.to = list->old_peer[spot.node->id];
	cite.last = spot.last == NULL ? NULL : list->old_peer[spot.last->id];
	if (cite.to == NULL || (spot.last != NULL && cite.last == NULL)) {
		kt_hane_put(l, KT_HANE_GONE, ref, "");
		return;
	}
	if (strcmp(kt_addr(list->old, spot.node),
		kt_addr(list->new, cite.to)) == 0 &&
	    (spot.last == NULL || strcmp(kt_addr(list->old, spot.last),
				      kt_addr(list->new, cite.last)) == 0))
		return;
	if (!kt_cite_again(&wanted, &cite, p, ref->len))
		kt_buf_puts(&wanted, kt_addr(list->new, cite.to));
	kt_hane_put(l, KT_HANE_MISSING, ref, wanted.p);
	kt_buf_release(&wanted);
}

struct kt_hanes *
kt_hane_in(const struct kt_changes *list, const struct kt_doc *other)
{
	struct names names = { .title = list->old->root->caption };
	struct kt_refs *refs = kt_refs_new(other);
	struct kt_hane_list l;

	kt_hane_begin(&l, other);
	find_own(&names, other);
	for (size_t i = 0; i < refs->count; i++)
		if (refs->at[i].state == KT_R_EXTERNAL &&
		    is_ours(&names, refs->at[i].document))
			follow(&l, list, &refs->at[i]);
	for (size_t i = 0; i < names.n; i++)
		free(names.own[i]);
	free(names.own);
	kt_refs_free(refs);
	return l.out;
}
