/* SPDX-License-Identifier: MIT */
/*
 * What 新旧対照表 leaves out: clauses that are the same on both sides, a whole
 * run of them in one line (2～5　（略）), and the words of a clause of which
 * only a part changed.
 */
#include "table_int.h"

#include <string.h>

/* Of all lines [from, to), how many have a property by its sums? */
static size_t
count(const size_t *sums, size_t from, size_t to)
{
	return to > from ? sums[to] - sums[from] : 0;
}

/* Nothing but labels differs in the lines, and they follow one another on
 * the other side too. */
static bool
are_quiet(const struct table_side *s, size_t from, size_t to)
{
	return count(s->alone, from, to) == 0 &&
	       count(s->words, from, to) == 0 &&
	       count(s->breaks, from + 1, to) == 0;
}

/* Do the lines of a node answer to those of its peer, all of them? */
static bool
is_whole(const struct table_match *m, int side, const struct kt_node *node,
    size_t from)
{
	const struct table_side *s = &m->side[side];
	const struct table_side *t = &m->side[1 - side];
	const struct kt_node *peer = s->peer == NULL ? NULL : s->peer[node->id];
	size_t begin = s->answer[from];

	return peer != NULL && peer->kind == node->kind &&
	       t->behind[peer->id] != NO_LINE &&
	       t->behind[peer->id] - begin == s->behind[node->id] - from;
}

/* The line that shows the label of a node. */
static size_t
head_of(const struct table_side *s, const struct kt_node *node)
{
	size_t at = s->first[node->id];

	return at + (s->lines.at[at].part == PART_CAPTION);
}

/* Does the label of a node begin a line on both sides?  A 項 that became the
 * first of a 条 is called by the 条 there. */
static bool
has_own_line(const struct table_match *m, int side, const struct kt_node *node)
{
	const struct table_side *s = &m->side[side];
	const struct table_side *t = &m->side[1 - side];
	size_t head = head_of(s, node);

	return head < s->behind[node->id] && s->lines.at[head].owner == node &&
	       t->lines.at[s->answer[head]].owner == s->peer[node->id];
}

/* May a node be left out?  *relabelled: its own label differs, nothing in it
 * does. */
static bool
is_quiet(const struct table_match *m, int side, const struct kt_node *node,
    bool *relabelled)
{
	const struct table_side *s = &m->side[side];
	const struct table_side *t = &m->side[1 - side];
	size_t from = s->first[node->id], to = s->behind[node->id], labels;

	if (from == NO_LINE || node->kind == KT_DOC || node->kind == KT_ROW ||
	    !are_quiet(s, from, to) || !is_whole(m, side, node, from) ||
	    t->first[s->peer[node->id]->id] != s->answer[from])
		return false;
	labels = count(s->labels, from, to);
	*relabelled = labels > 0;
	if (node->label[0] != '\0' && !has_own_line(m, side, node))
		return false;
	return labels == 0 || (labels == 1 && (s->differs[head_of(s, node)] &
						  DIFF_LABEL) != 0);
}

/* Kinds of which several can be named by their first and last. */
static bool
runs_on(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
	case KT_APPENDIX:
	case KT_NOTE:
		return node->to.n == 0;
	case KT_SUPPL:
	case KT_TEXT:
	case KT_BULLET:
	case KT_QUOTE:
	case KT_COMMENTARY:
		return true;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_TOPIC:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_KINDS:
		return false;
	}
	return false;
}

static bool
joins(const struct kt_node *a, const struct kt_node *b)
{
	return a->kind == b->kind && runs_on(a) && runs_on(b) &&
	       (a->label[0] == '\0') == (b->label[0] == '\0');
}

/* The next sibling that is printed at all. */
static const struct kt_node *
next_printed(const struct table_side *s, const struct kt_node *node)
{
	do
		node = node->next;
	while (node != NULL && s->first[node->id] == NO_LINE);
	return node;
}

static void
extend(struct table_fold *f, const struct table_match *m, int side,
    bool relabelled)
{
	const struct table_side *s = &m->side[side];
	const struct kt_node *next = next_printed(s, f->to);
	bool other;

	while (next != NULL && joins(f->to, next) &&
	       s->first[next->id] == f->end &&
	       count(s->breaks, f->end, f->end + 1) == 0 &&
	       is_quiet(m, side, next, &other) && other == relabelled) {
		f->to = next;
		f->end = s->behind[next->id];
		f->count++;
		next = next_printed(s, next);
	}
}

/* The highest clause that begins here and can be left out. */
static const struct kt_node *
highest(const struct table_match *m, int side, size_t line, bool *relabelled)
{
	const struct table_side *s = &m->side[side];
	const struct kt_node *found = NULL;
	bool other = false;

	for (const struct kt_node *at = s->lines.at[line].owner;
	     at != NULL && table_begins(s, at, line); at = at->parent)
		if (is_quiet(m, side, at, &other)) {
			found = at;
			*relabelled = other;
		}
	return found;
}

static bool
is_heading(const struct doc_line *line)
{
	switch (line->style) {
	case KT_LINE_TITLE:
	case KT_LINE_PART:
	case KT_LINE_CHAPTER:
	case KT_LINE_SECTION:
	case KT_LINE_SUBSECTION:
	case KT_LINE_DIVISION:
	case KT_LINE_CAPTION:
	case KT_LINE_HEADED:
	case KT_LINE_TOPIC:
	case KT_LINE_SUPPL:
	case KT_LINE_APPENDIX:
	case KT_LINE_FIGURE:
	case KT_LINE_ROW:
		return true;
	case KT_LINE_ARTICLE:
	case KT_LINE_PARAGRAPH:
	case KT_LINE_ITEM:
	case KT_LINE_TEXT:
	case KT_LINE_BULLET:
	case KT_LINE_NOTE:
	case KT_LINE_TOC:
	case KT_LINE_STYLES:
		break;
	}
	return false;
}

/* The words of a line whose label stays: the 柱書, or with the 第1項 of a 条
 * all that belongs to it. */
static bool
fold_line(
    struct table_fold *f, const struct table_match *m, int side, size_t line)
{
	const struct table_side *s = &m->side[side];
	const struct doc_line *l = &s->lines.at[line];
	size_t behind = s->behind[l->node->id];

	if (is_heading(l) || (s->differs[line] & DIFF_WORDS) != 0 ||
	    doc_line_piece(&s->lines, l, PIECE_TEXT) == NULL)
		return false;
	*f = (struct table_fold){ .begin = line, .end = line + 1 };
	if (l->node != l->owner && are_quiet(s, line, behind) &&
	    count(s->labels, line + 1, behind) == 0 &&
	    is_whole(m, side, l->node, line))
		f->end = behind;
	return true;
}

bool
table_fold(
    struct table_fold *out, const struct table_match *m, int side, size_t line)
{
	const struct table_side *s = &m->side[side];
	bool relabelled = false;
	const struct kt_node *node;

	if (s->answer[line] == NO_LINE)
		return false;
	node = highest(m, side, line, &relabelled);
	if (node == NULL)
		return fold_line(out, m, side, line);
	*out = (struct table_fold){ .from = node,
		.to = node,
		.count = 1,
		.begin = line,
		.end = s->behind[node->id] };
	extend(out, m, side, relabelled);
	return true;
}

void
table_fold_other(struct table_fold *out, const struct table_match *m, int side,
    const struct table_fold *fold)
{
	const struct table_side *s = &m->side[side];

	*out = *fold;
	if (fold->from != NULL) {
		out->from = s->peer[fold->from->id];
		out->to = s->peer[fold->to->id];
	}
	out->begin = s->answer[fold->begin];
	out->end = s->answer[fold->end - 1] + 1;
}

/* What a clause is called when its words are left out. */
static void
put_name(struct kt_buf *out, const struct kt_node *node)
{
	switch (node->kind) {
	case KT_COMMENTARY:
		if (node->caption[0] != '\0')
			kt_buf_printf(out, "【%s】", node->caption);
		return;
	case KT_TABLE:
		kt_buf_puts(out, node->label[0] != '\0' ? node->label : "表");
		return;
	case KT_FIGURE:
		kt_buf_puts(out, node->label[0] != '\0' ? node->label : "図");
		return;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_TEXT:
	case KT_BULLET:
	case KT_ROW:
	case KT_CELL:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	kt_buf_puts(out, node->label[0] != '\0' ? node->label : node->caption);
}

void
table_fold_words(struct kt_buf *out, const struct kt_profile *profile,
    const struct table_side *s, const struct table_fold *fold)
{
	const struct piece *label;
	size_t begin = out->len;

	if (fold->from == NULL) {
		label = doc_line_piece(
		    &s->lines, &s->lines.at[fold->begin], PIECE_LABEL);
		if (label != NULL)
			kt_buf_put(out, label->p, label->len);
		return;
	}
	put_name(out, fold->from);
	if (out->len == begin || fold->count == 1 ||
	    fold->from->kind == KT_SUPPL || fold->from->kind == KT_COMMENTARY)
		return;
	kt_buf_puts(out, fold->count == 2 ? profile->two : profile->more);
	put_name(out, fold->to);
}
