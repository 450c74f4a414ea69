/* SPDX-License-Identifier: MIT */
/* Clauses whose place the source itself tells. */
#include "build_int.h"

#include <stdlib.h>
#include <string.h>

static size_t
depth_of(const struct frame *f, const struct kt_node *node)
{
	size_t depth = 0;

	for (; node != NULL && node != f->root; node = node->parent)
		depth++;
	return depth;
}

/* Headings of one level more than what they lie under. */
static unsigned
level_of(enum kt_kind kind, size_t depth)
{
	return (kind >= KT_TOC && kind <= KT_ARTICLE) ||
		       (kind >= KT_HEADED && kind <= KT_APPENDIX)
		   ? (unsigned)depth + 1
		   : 0;
}

struct kt_node *
kt_build_node(struct kt_build *b, enum kt_kind kind, size_t depth, size_t line,
    size_t column)
{
	struct frame *f = kt_frame_top(b);
	struct kt_node *node;

	kt_clause_flush(b, f);
	while (f->n > 1 && depth_of(f, f->node[f->n - 1]) >= depth)
		f->n--;
	node = kt_build_add(b, f->node[f->n - 1], kind, line, column);
	if (kind == KT_PREAMBLE && f->in == IN_DOCUMENT)
		b->preamble = node;
	kt_frame_push(f, node, level_of(kind, depth), NULL);
	return node;
}

/* Nothing that is placed by the rules lies in one of these. */
static bool
is_closed(enum kt_kind kind)
{
	return kind >= KT_TEXT && kind <= KT_QUOTE;
}

void
kt_build_settle(struct kt_build *b)
{
	struct frame *f = kt_frame_top(b);

	for (size_t i = 1; i < f->n; i++)
		if (is_closed(f->open[i].kind))
			f->n = i;
}

static size_t
find_open(const struct frame *f, enum kt_kind kind, size_t depth)
{
	for (size_t i = f->n; i-- > 0;)
		if (f->node[i]->kind == kind &&
		    depth_of(f, f->node[i]) == depth)
			return i;
	return SIZE_MAX;
}

bool
kt_build_has_open(struct kt_build *b, enum kt_kind kind, size_t depth)
{
	return find_open(kt_frame_top(b), kind, depth) != SIZE_MAX;
}

struct kt_node *
kt_build_open(struct kt_build *b, enum kt_kind kind, size_t depth)
{
	struct frame *f = kt_frame_top(b);
	size_t i = find_open(f, kind, depth);

	f->n = i + 1;
	return f->node[i];
}

void
kt_build_label(struct kt_build *b, struct kt_node *node, const char *label)
{
	struct frame *f = kt_frame_top(b);
	struct kt_label read;

	kt_node_label(b->doc, node, label);
	if (f->node[f->n - 1] != node ||
	    !kt_label_read(&read, label, strlen(label)))
		return;
	f->open[f->n - 1].num = read.num;
	node->num = read.num;
}

void
kt_build_caption(struct kt_build *b, struct kt_node *node,
    const struct kt_inline *w, size_t from, size_t n)
{
	size_t count;
	struct kt_mark *marks = kt_inline_cut_marks(w, from, from + n, &count);

	kt_node_caption(b->doc, node, w->text.p + from, n);
	if (count > 0)
		kt_node_caption_marks(b->doc, node, marks, count);
	free(marks);
}

void
kt_build_text(struct kt_build *b, struct kt_node *node,
    const struct kt_inline *w, size_t from, size_t n)
{
	size_t count;
	struct kt_mark *marks = kt_inline_cut_marks(w, from, from + n, &count);

	kt_node_text(b->doc, node, w->text.p + from, n);
	if (count > 0)
		kt_node_marks(b->doc, node, marks, count);
	free(marks);
}
