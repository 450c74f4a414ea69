/* SPDX-License-Identifier: MIT */
/*
 * Consequential changes written into a draft: the words that are wanted in
 * the place of those that stand there, marks moved along.
 */
#include "hane_int.h"

#include <stdlib.h>
#include <string.h>

/* Is this one for a program to write? */
static bool
is_plain(const struct kt_hane *h)
{
	return h->wanted[0] != '\0' &&
	       (h->kind == KT_HANE_MISSING || h->kind == KT_HANE_TOC) &&
	       strcmp(h->words, h->wanted) != 0;
}

/* Replaces bytes of a string. */
static char *
spliced(const char *p, size_t start, size_t len, const char *put)
{
	struct kt_buf out = KT_BUF_INIT;

	kt_buf_put(&out, p, start);
	kt_buf_puts(&out, put);
	kt_buf_puts(&out, p + start + len);
	return kt_buf_detach(&out);
}

/* Marks behind the words move with them; one that the words cut grows or
 * shrinks. */
static struct kt_mark *
moved_marks(const struct kt_node *node, size_t start, size_t len, size_t put)
{
	struct kt_mark *marks = kt_calloc(node->nmarks + 1u, sizeof(*marks));

	for (size_t i = 0; i < node->nmarks; i++) {
		struct kt_mark *m = &marks[i];

		*m = node->marks[i];
		if (m->start >= start + len)
			m->start = (uint32_t)(m->start + put - len);
		else if (m->start <= start && m->start + m->len >= start + len)
			m->len = (uint32_t)(m->len + put - len);
	}
	return marks;
}

static void
write_one(struct kt_doc *doc, struct kt_node *node, const struct kt_hane *h)
{
	char *words = spliced(h->in_related ? node->related : node->text,
	    h->start, h->len, h->wanted);
	struct kt_mark *marks;

	if (h->in_related) {
		kt_node_related(doc, node, words, strlen(words));
		free(words);
		return;
	}
	marks = moved_marks(node, h->start, h->len, strlen(h->wanted));
	kt_node_text(doc, node, words, strlen(words));
	kt_node_marks(doc, node, marks, node->nmarks);
	free(marks);
	free(words);
}

struct kt_doc *
kt_hane_fix(const struct kt_hanes *h, size_t *fixed)
{
	struct kt_doc *doc = kt_doc_copy(h->doc);

	kt_doc_finish(doc);
	*fixed = 0;
	/* From the rear, so that offsets of what comes before hold. */
	for (size_t i = h->count; i-- > 0;) {
		if (!is_plain(&h->at[i]))
			continue;
		write_one(doc, doc->nodes[h->at[i].node->id], &h->at[i]);
		(*fixed)++;
	}
	kt_doc_finish(doc);
	return doc;
}
