/* SPDX-License-Identifier: MIT */
/*
 * 対象規定: the clauses that an enacting table treats as units, because they
 * are new, gone, moved or rewritten (comparison-table.md §1).  Their 標記部分
 * gets a double line, the rest of them a single one.  What changes without
 * being one is words (a line) or a picture (a box).
 */
#include "table_int.h"

#include <string.h>

/* Headings that only hold clauses change as words do. */
static bool
is_division(const struct kt_node *node)
{
	if (kt_kind_is_division(node->kind))
		return true;
	if (node->kind != KT_HEADED)
		return false;
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		if (at->kind == KT_HEADED)
			return true;
	return false;
}

/* Has it a 標記部分?  That of a 項 without a number is written as ［１］. */
static bool
has_sign(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_ITEM:
	case KT_HEADED:
	case KT_SUPPL:
	case KT_APPENDIX:
		return node->label[0] != '\0';
	case KT_PARAGRAPH:
		return true;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_TOPIC:
	case KT_TEXT:
	case KT_BULLET:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return false;
}

/* Clauses in here are quoted or explained, not laid down. */
static bool
is_outside(const struct kt_node *node)
{
	return node->kind == KT_TOC || node->kind == KT_COMMENTARY ||
	       node->kind == KT_NOTE || node->kind == KT_QUOTE ||
	       node->kind == KT_CELL;
}

/* Another 標記, not only another way to write it. */
static bool
has_other_sign(const struct kt_node *node, const struct kt_node *peer)
{
	if (node->kind == KT_SUPPL || node->kind == KT_APPENDIX)
		return false;
	if (node->kind != peer->kind ||
	    (node->label[0] == '\0') != (peer->label[0] == '\0'))
		return true;
	return strcmp(node->label, peer->label) != 0 &&
	       kt_num_cmp(&node->num, &peer->num) != 0;
}

/* ---- what the list rewrote ------------------------------------------- */

/* The 条 of its only 項. */
static const struct kt_node *
raised(const struct kt_node *node)
{
	const struct kt_node *parent = node->parent;

	if (node->kind != KT_PARAGRAPH || node->label[0] != '\0' ||
	    parent == NULL || parent->kind != KT_ARTICLE)
		return node;
	for (const struct kt_node *at = parent->first; at != NULL;
	     at = at->next)
		if (at != node && at->kind == KT_PARAGRAPH)
			return node;
	return parent;
}

static void
set_kind(struct table_match *m, int side, const struct kt_node *node,
    enum target_kind kind)
{
	if (has_sign(node))
		m->side[side].told[node->id] = (unsigned char)kind;
}

static void
rewrite(
    struct table_match *m, const struct kt_node *old, const struct kt_node *new)
{
	set_kind(m, SIDE_OLD, raised(old), TARGET_REWRITTEN);
	set_kind(m, SIDE_NEW, raised(new), TARGET_REWRITTEN);
}

/* Of what was split or merged the clause that keeps its 標記 is rewritten,
 * the others are new or gone. */
static void
rewrite_several(struct table_match *m, const struct kt_change *c)
{
	for (uint32_t i = 0; i < c->nold; i++)
		set_kind(m, SIDE_OLD, c->old[i], TARGET_ADDED);
	for (uint32_t i = 0; i < c->nnew; i++)
		set_kind(m, SIDE_NEW, c->new[i], TARGET_ADDED);
	for (uint32_t i = 0; i < c->nold; i++)
		for (uint32_t k = 0; k < c->nnew; k++)
			if (strcmp(c->old[i]->label, c->new[k]->label) == 0 &&
			    c->old[i]->kind == c->new[k]->kind) {
				set_kind(
				    m, SIDE_OLD, c->old[i], TARGET_REWRITTEN);
				set_kind(
				    m, SIDE_NEW, c->new[k], TARGET_REWRITTEN);
			}
}

static void
read_changes(struct table_match *m)
{
	for (size_t i = 0; i < m->list->count; i++) {
		const struct kt_change *c = &m->list->at[i];

		if (c->fate == KT_SPLIT || c->fate == KT_MERGED)
			rewrite_several(m, c);
		else if (c->nold > 0 && c->nnew > 0 &&
			 c->side != KT_SIDE_CAPTION &&
			 c->side != KT_SIDE_RELATED &&
			 ((c->flags & KT_FL_REPLACED) != 0 ||
			     c->old[0]->deleted != c->new[0]->deleted))
			rewrite(m, c->old[0], c->new[0]);
	}
}

/* ---- clauses --------------------------------------------------------- */

enum target_kind
table_target_kind(
    const struct table_match *m, int side, const struct kt_node *node)
{
	const struct table_side *s = &m->side[side];
	const struct kt_node *peer;

	if (!has_sign(node))
		return TARGET_NONE;
	/* Of a division its heading alone, clause by clause below. */
	if (is_division(node))
		return s->first[node->id] != NO_LINE &&
			       s->answer[s->first[node->id]] == NO_LINE
			   ? TARGET_ADDED
			   : TARGET_NONE;
	if (table_is_alone(s, node))
		return TARGET_ADDED;
	peer = s->peer == NULL ? NULL : s->peer[node->id];
	if (peer != NULL && has_other_sign(node, peer))
		return TARGET_MOVED;
	/* One side may hold more than moved. */
	if (peer != NULL && (table_has_moved(s, node) ||
				table_has_moved(&m->side[1 - side], peer)))
		return TARGET_MOVED;
	return (enum target_kind)s->told[node->id];
}

/* ---- lines ----------------------------------------------------------- */

/* The outermost clause that is a unit, for a line of it. */
static const struct kt_node *
target_of(const struct table_match *m, int side, const struct doc_line *line)
{
	const struct kt_node *found = NULL;

	for (const struct kt_node *at = line->node; at != NULL;
	     at = at->parent) {
		if (is_outside(at))
			found = NULL;
		else if ((!is_division(at) || at == line->owner) &&
			 table_target_kind(m, side, at) != TARGET_NONE)
			found = at;
	}
	return found;
}

void
table_targets(struct table_match *m)
{
	if (m->profile->marks != KT_MARKS_TARGETS)
		return;
	read_changes(m);
	for (int side = 0; side < SIDES; side++) {
		struct table_side *s = &m->side[side];

		for (size_t i = 0; i < s->lines.n; i++)
			s->target[i] = target_of(m, side, &s->lines.at[i]);
	}
}

bool
table_shows_target(const struct table_side *s, size_t line)
{
	const struct doc_line *l = &s->lines.at[line];

	return s->target[line] != NULL && l->part == PART_HEAD &&
	       (l->owner == s->target[line] || l->node == s->target[line]);
}

bool
table_is_uneven(const struct table_match *m, size_t old, size_t new)
{
	const struct doc_lines *o = &m->side[SIDE_OLD].lines;
	const struct doc_lines *n = &m->side[SIDE_NEW].lines;

	for (int i = PIECE_LABEL; i < PIECE_KINDS; i++) {
		enum piece_kind kind = (enum piece_kind)i;

		if ((doc_line_piece(o, &o->at[old], kind) == NULL) !=
		    (doc_line_piece(n, &n->at[new], kind) == NULL))
			return true;
	}
	return false;
}

bool
table_is_bare(const struct table_side *s, size_t line)
{
	const struct doc_line *l = &s->lines.at[line];
	const struct kt_node *target = s->target[line];

	return target != NULL && target->label[0] == '\0' &&
	       target->kind == KT_PARAGRAPH && l->node == target &&
	       l->part == PART_HEAD;
}

/* A caption that is no name of a division or a table. */
static bool
has_boxed_caption(const struct kt_node *node)
{
	return node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
	       node->kind == KT_ITEM ||
	       (node->kind == KT_HEADED && !is_division(node));
}

bool
table_is_boxed(
    const struct table_match *m, int side, size_t line, bool *caption)
{
	const struct table_side *s = &m->side[side], *t = &m->side[1 - side];
	const struct doc_line *l = &s->lines.at[line];
	const struct piece *a, *b;

	*caption = false;
	if (m->profile->marks != KT_MARKS_TARGETS || s->target[line] != NULL)
		return false;
	if (s->answer[line] == NO_LINE)
		return true;
	if ((s->differs[line] & DIFF_WORDS) == 0)
		return false;
	if (l->part == PART_CAPTION || l->style == KT_LINE_FIGURE ||
	    l->style == KT_LINE_ROW)
		return true;
	a = doc_line_piece(&s->lines, l, PIECE_CAPTION);
	b = doc_line_piece(
	    &t->lines, &t->lines.at[s->answer[line]], PIECE_CAPTION);
	*caption = has_boxed_caption(l->owner) &&
		   ((a == NULL) != (b == NULL) ||
		       (a != NULL && (a->len != b->len ||
					 memcmp(a->p, b->p, a->len) != 0)));
	return false;
}
