/* SPDX-License-Identifier: MIT */
/*
 * The draft: a copy of the city's text with what was applied, numbers and
 * references brought along.
 */
#include "port_int.h"

#include <stdlib.h>
#include <string.h>

/* Stands for the id of a clause put in, until the draft is finished. */
#define ADDED UINT32_MAX

static struct kt_doc *
copy(struct kt_arena *arena, const struct kt_doc *city, struct kt_node ***twin)
{
	struct kt_doc *doc = kt_doc_new(city->source);

	kt_node_caption(
	    doc, doc->root, city->root->caption, strlen(city->root->caption));
	kt_node_caption_marks(doc, doc->root, city->root->caption_marks,
	    city->root->ncaption_marks);
	for (const struct kt_node *c = city->root->first; c != NULL;
	     c = c->next)
		kt_node_copy(doc, doc->root, c);
	doc->meta = city->meta;
	kt_doc_finish(doc);
	/* A copy has the same nodes in the same order. */
	*twin = KT_NEWN(arena, struct kt_node *, city->count);
	memcpy(*twin, doc->nodes, city->count * sizeof(struct kt_node *));
	return doc;
}

/* From the end of each text to its beginning, so that places stay. */
static int
by_place(const void *x, const void *y)
{
	const struct edit *a = x, *b = y;

	if (a->node != b->node)
		return a->node->id < b->node->id ? -1 : 1;
	return a->start > b->start ? -1 : a->start < b->start;
}

static void
carry_out(struct kt_doc *draft, struct kt_node *node, const struct edit *e)
{
	struct kt_buf text = KT_BUF_INIT;

	if (e->caption) {
		kt_node_caption(draft, node, e->text, strlen(e->text));
		return;
	}
	kt_buf_put(&text, node->text, e->start);
	kt_buf_puts(&text, e->text);
	kt_buf_puts(&text, node->text + e->start + e->len);
	/* Borders of sentences come from the rules again. */
	if (node->nmarks > 0)
		kt_node_marks(draft, node, NULL, 0);
	kt_node_text(draft, node, text.p, text.len);
	kt_buf_release(&text);
}

static void
insert(struct renumbering *r, const struct insertion *i)
{
	struct kt_node *beside = r->twin[i->beside->id];
	struct kt_node *parent = beside->parent, *before = beside;
	struct kt_node *added;

	if (i->behind) {
		/* Behind earlier insertions, before the next clause. */
		before = beside->next;
		while (before != NULL && before->id == ADDED)
			before = before->next;
	}
	added = kt_doc_add(r->draft, parent, beside->kind);
	kt_node_text(r->draft, added, i->text, strlen(i->text));
	added->id = ADDED;
	kt_node_unlink(added);
	kt_node_insert(parent, before, added);
	kt_renumber_list(r, added);
}

void
kt_port_draft(struct port *p)
{
	struct renumbering r = { .p = p };

	r.draft = copy(p->arena, p->how->links->city, &r.twin);
	if (p->nedits > 0)
		qsort(p->edits, p->nedits, sizeof(*p->edits), by_place);
	for (size_t i = 0; i < p->nedits; i++)
		carry_out(r.draft, r.twin[p->edits[i].node->id], &p->edits[i]);
	for (size_t i = 0; i < p->ninsertions; i++)
		insert(&r, &p->insertions[i]);
	kt_doc_finish(r.draft);
	if (p->ninsertions > 0)
		kt_renumber_references(&r);
	p->out->draft = r.draft;
}
