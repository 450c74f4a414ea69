/* SPDX-License-Identifier: MIT */
/*
 * Containers: the document, list entries, quotations and cells, each with the
 * clauses that are open in it.  Kept on a stack of our own, never by
 * recursion.
 */
#include "build_int.h"

#include <stdlib.h>
#include <string.h>

struct frame *
kt_frame_top(struct kt_build *b)
{
	return &b->at[b->depth - 1];
}

void
kt_frame_push(struct frame *f, struct kt_node *node, unsigned level,
    const struct kt_num *num)
{
	KT_GROW(f->open, f->n, f->cap);
	KT_GROW(f->node, f->n, f->node_cap);
	f->open[f->n] = (struct kt_open){ .kind = node->kind,
		.level = level,
		.num = num == NULL ? (struct kt_num){ .n = 0 } : *num };
	f->node[f->n++] = node;
}

static struct kt_marker
no_marker(void)
{
	return (struct kt_marker){ .label = KT_BUF_INIT,
		.caption = KT_BUF_INIT,
		.related = KT_BUF_INIT };
}

static struct frame *
push_frame(struct kt_build *b, enum container in, struct kt_node *root)
{
	struct frame *f;

	KT_GROW(b->at, b->depth, b->cap);
	f = &b->at[b->depth++];
	memset(f, 0, sizeof(*f));
	f->in = in;
	f->root = root;
	f->number = "";
	f->marker = no_marker();
	kt_inline_init(&f->caption, b->doc->arena);
	kt_frame_push(f, root, 0, NULL);
	return f;
}

static void
release_frame(struct frame *f)
{
	kt_marker_release(&f->marker);
	kt_inline_release(&f->caption);
	free(f->open);
	free(f->node);
}

struct kt_build *
kt_build_new(struct kt_doc *doc, struct kt_diag *d)
{
	struct kt_build *b = kt_calloc(1, sizeof(*b));

	b->doc = doc;
	b->d = d;
	push_frame(b, IN_DOCUMENT, doc->root);
	return b;
}

void
kt_build_finish(struct kt_build *b)
{
	while (b->depth > 1)
		kt_build_close(b);
	kt_clause_flush(b, kt_frame_top(b));
}

void
kt_build_free(struct kt_build *b)
{
	if (b == NULL)
		return;
	while (b->depth > 0)
		release_frame(&b->at[--b->depth]);
	free(b->at);
	free(b);
}

struct kt_doc *
kt_build_doc(struct kt_build *b)
{
	return b->doc;
}

void
kt_build_one_title(struct kt_build *b)
{
	b->one_title = true;
}

size_t
kt_build_count(const struct kt_build *b)
{
	return b->count;
}

size_t
kt_build_depth(const struct kt_build *b)
{
	return b->depth;
}

void
kt_build_report_two(struct kt_build *b, enum kt_msg_id id, size_t line,
    const char *what, const char *other)
{
	kt_report(b->d, .id = id,
	    .at = { .file = b->doc->source, .line = line }, .a = what,
	    .b = other);
}

void
kt_build_report(
    struct kt_build *b, enum kt_msg_id id, size_t line, const char *what)
{
	kt_build_report_two(b, id, line, what, NULL);
}

struct kt_node *
kt_build_add(struct kt_build *b, struct kt_node *parent, enum kt_kind kind,
    size_t line, size_t column)
{
	struct kt_node *node = kt_doc_add(b->doc, parent, kind);

	node->line = (uint32_t)line;
	node->column = (uint32_t)column;
	b->count++;
	return node;
}

void
kt_build_words(
    struct kt_build *b, struct kt_node *node, const struct kt_inline *w)
{
	kt_node_text(b->doc, node, w->text.p, w->text.len);
	if (w->nmarks > 0)
		kt_node_marks(b->doc, node, w->marks, w->nmarks);
}

/* ---- parents --------------------------------------------------------- */

struct kt_node *
kt_frame_parent(
    struct kt_build *b, struct frame *f, size_t i, enum kt_kind kind)
{
	f->n = i + 1;
	if (f->in != IN_DOCUMENT || i > 0 || f->root->first != NULL ||
	    kind == KT_PARAGRAPH)
		return f->node[i];
	b->preamble = kt_build_add(b, f->root, KT_PREAMBLE, 0, 0);
	kt_frame_push(f, b->preamble, 0, NULL);
	return b->preamble;
}

void
kt_frame_undo(struct kt_build *b, struct frame *f, struct kt_node *node)
{
	struct kt_node *parent = node->parent;

	kt_node_unlink(node);
	if (parent != b->preamble || parent == NULL || parent->first != NULL)
		return;
	kt_node_unlink(parent);
	b->preamble = NULL;
	f->n = 1;
}

/* What is open behind `node` ends; true when it is itself open. */
static bool
cut_behind(struct frame *f, const struct kt_node *node)
{
	for (const struct kt_node *up = node;; up = up->parent)
		for (size_t i = f->n; i-- > 0;)
			if (f->node[i] == up) {
				f->n = i + 1;
				return up == node;
			}
}

struct kt_node *
kt_frame_find(
    struct kt_build *b, struct frame *f, const struct kt_marker *m, bool *open)
{
	struct kt_node *at = f->root;
	unsigned nth = m->nth;

	while (at->last != NULL)
		at = at->last;
	for (;; at = at->parent) {
		if (at->kind == m->parent && --nth == 0)
			break;
		if (at == f->root) {
			kt_build_report(b, KT_M_MD_MARKER, m->line,
			    kt_kind_word(m->parent));
			return NULL;
		}
	}
	*open = cut_behind(f, at);
	return at;
}

void
kt_frame_named(struct kt_build *b, struct frame *f)
{
	if (f->in == IN_ENTRY && !f->named && f->number[0] != '\0') {
		f->root->kind = f->open[0].kind = KT_ITEM;
		kt_node_label(b->doc, f->root, f->number);
	}
	if (f->naming)
		kt_marker_release(&f->marker);
	f->naming = false;
	f->named = true;
}

void
kt_build_block(struct kt_build *b)
{
	kt_frame_named(b, kt_frame_top(b));
}

/* ---- containers ------------------------------------------------------ */

/* Where a table, entry or quotation goes; a marker may say it and its kind. */
static struct kt_node *
place_block(struct kt_build *b, struct frame *f, enum kt_kind *kind)
{
	struct kt_node *parent = NULL;
	bool open;

	kt_clause_flush(b, f);
	kt_frame_named(b, f);
	if (f->marker.set) {
		parent = kt_frame_find(b, f, &f->marker, &open);
		if (parent != NULL && !f->marker.own)
			*kind = f->marker.kind;
	}
	if (parent == NULL)
		parent = kt_frame_parent(
		    b, f, kt_place_block(f->open, f->n, *kind), *kind);
	return parent;
}

struct kt_node *
kt_build_table(struct kt_build *b, size_t line, size_t column)
{
	struct frame *f = kt_frame_top(b);
	enum kt_kind kind = KT_TABLE;
	struct kt_node *parent = place_block(b, f, &kind);
	struct kt_node *table = kt_build_add(b, parent, KT_TABLE, line, column);

	kt_clause_forced(b, table, &f->marker);
	kt_marker_release(&f->marker);
	return table;
}

void
kt_build_open_entry(
    struct kt_build *b, const char *number, size_t line, size_t column)
{
	struct frame *f = kt_frame_top(b), *entry;
	enum kt_kind kind = KT_BULLET;
	struct kt_node *parent = place_block(b, f, &kind);
	bool plain = f->plain || parent->kind == KT_TOC;
	struct kt_node *node = kt_build_add(b, parent, KT_BULLET, line, column);

	kt_marker_release(&f->marker);
	entry = push_frame(b, IN_ENTRY, node);
	entry->plain = plain;
	entry->number = kt_arena_strdup(b->doc->arena, number);
}

void
kt_build_open_quote(struct kt_build *b, size_t line, size_t column)
{
	struct frame *f = kt_frame_top(b), *quote;
	enum kt_kind kind = KT_QUOTE;
	struct kt_node *parent = place_block(b, f, &kind);
	struct kt_node *node = kt_build_add(b, parent, kind, line, column);
	struct kt_marker marker = f->marker;
	bool plain = f->plain || parent->kind == KT_TOC;

	/* What the marker says of label and caption is for the first words. */
	kt_clause_forced(b, node, &marker);
	f->marker = no_marker();
	quote = push_frame(b, IN_QUOTE, node);
	quote->plain = plain;
	/* One that was called a plain quotation is named by nothing. */
	quote->named = marker.set && kind == KT_QUOTE;
	quote->naming = marker.set && !quote->named;
	if (quote->naming)
		quote->marker = marker;
	else
		kt_marker_release(&marker);
}

void
kt_build_open_cell(struct kt_build *b, struct kt_node *cell)
{
	struct frame *f = kt_frame_top(b);
	const struct kt_node *table = cell->parent->parent;
	bool plain = f->plain || table->parent->kind == KT_TOC;

	f = push_frame(b, IN_CELL, cell);
	f->plain = plain;
}

void
kt_build_close(struct kt_build *b)
{
	struct frame *f = kt_frame_top(b);

	kt_clause_flush(b, f);
	kt_frame_named(b, f);
	release_frame(f);
	b->depth--;
}

/* ---- markers --------------------------------------------------------- */

/* The marker stands inside the entry that it is about, before its words. */
static void
move_entry(struct kt_build *b, struct frame *f)
{
	struct frame *outer = &b->at[b->depth - 2];
	struct kt_node *was = f->root->parent, *parent;
	bool open;

	kt_frame_undo(b, outer, f->root);
	parent = kt_frame_find(b, outer, &f->marker, &open);
	if (parent == NULL) {
		kt_marker_release(&f->marker);
		parent = was == NULL || was->parent == NULL ? outer->root : was;
	}
	kt_node_insert(parent, NULL, f->root);
	f->plain = outer->plain || parent->kind == KT_TOC;
	if (f->marker.set && !f->marker.own) {
		f->root->kind = f->marker.kind;
		f->open[0].kind = f->marker.kind;
	}
}

bool
kt_build_marker(struct kt_build *b, const char *p, size_t n, size_t line)
{
	struct frame *f = kt_frame_top(b);
	struct kt_marker m;

	if (!kt_marker_read(&m, p, n))
		return false;
	m.line = line;
	kt_marker_release(&f->marker);
	f->marker = m;
	f->naming = false;
	if (f->in == IN_ENTRY && !f->named)
		move_entry(b, f);
	return true;
}
