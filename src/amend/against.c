/* SPDX-License-Identifier: MIT */
/*
 * A 新旧対照表 from outside against the two texts it is about (amendment.md
 * §11, Taisho): what a column shows is what the text says, in its order; what
 * changes is shown, and marked; what is shown in full changes.
 */
#include "against_int.h"

#include <stdlib.h>
#include <string.h>

static struct column *
column_of(struct against *w, bool new)
{
	return &w->side[new];
}

/* ---- what changes ------------------------------------------------------- */

static bool
is_clause(const struct kt_node *node)
{
	return node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
	       node->kind == KT_ITEM || node->kind == KT_HEADED;
}

/* The clause or row in which a changed node is shown. */
static const struct kt_node *
holder_of(const struct kt_node *node)
{
	while (node->parent != NULL && !is_clause(node) &&
	       node->kind != KT_ROW && node->kind != KT_APPENDIX &&
	       node->kind != KT_SUPPL && node->kind != KT_TOPIC &&
	       node->kind != KT_PREAMBLE && node->kind != KT_TOC &&
	       !kt_kind_is_division(node->kind))
		node = node->parent;
	return node;
}

/* What may stand in a table otherwise, or not at all. */
static bool
is_passed_over(const struct kt_node *node)
{
	return node->kind == KT_FIGURE ||
	       (node->kind == KT_ROW && node->header) ||
	       against_lies_in(node, KT_COMMENTARY) ||
	       (node->parent != NULL &&
		   against_lies_in(node->parent, KT_FIGURE));
}

/* A text that says （略） itself. */
static bool
is_omission(const char *words)
{
	size_t n;

	return strcmp(words, "略") == 0 ||
	       (against_omission(words, &n) == words && words[n] == '\0');
}

static void
need(struct against *w, struct column *c, size_t piece, unsigned how)
{
	struct piece *p = &c->text.at[piece];

	if ((p->shown & (how | SHOWN_TOLD)) != 0 || is_passed_over(p->node) ||
	    is_omission(p->words))
		return;
	p->shown |= SHOWN_TOLD;
	against_report(w, KT_M_AGAINST_MISSING, c, p->node, "", "");
}

static void
set_changed(struct column *c, const struct kt_node *node)
{
	for (size_t i = c->text.first[node->id]; i < c->text.behind[node->id];
	     i++)
		c->text.at[i].changed = true;
}

/* All that a clause holds was added or taken out. */
static void
need_all(struct against *w, struct column *c, const struct kt_node *node)
{
	set_changed(c, node);
	for (size_t i = c->text.first[node->id]; i < c->text.behind[node->id];
	     i++)
		need(w, c, i,
		    c->text.at[i].kind == PIECE_LABEL
			? SHOWN_NAMED | SHOWN_WORDS
			: SHOWN_WORDS);
}

/* 附則 of the instrument stand below its table. */
static bool
is_below(const struct column *c, const struct kt_node *node)
{
	struct folded f = FOLDED_INIT;
	const char *below = c->printed->below;
	bool found = c->side == 1 && below != NULL;

	if (found)
		against_fold(&f, below, strlen(below));
	for (size_t i = c->text.first[node->id];
	     found && i < c->text.behind[node->id]; i++) {
		const struct piece *p = &c->text.at[i];

		found = p->kind != PIECE_TEXT ||
			strstr(f.words.p, p->words) != NULL;
	}
	against_fold_release(&f);
	return found;
}

/* Something of it is there. */
static void
need_any(struct against *w, struct column *c, const struct kt_node *node)
{
	size_t from = c->text.first[node->id], to = c->text.behind[node->id];

	/* The first 項 of a 条 is called by it. */
	while (node->label[0] == '\0' && node->prev == NULL &&
	       node->parent != NULL && node->kind != KT_TOPIC)
		node = node->parent;
	for (size_t i = c->text.first[node->id]; i < to; i++)
		if (c->text.at[i].shown != 0)
			return;
	if (from < to)
		need(w, c, from, 0);
}

/* Is it to be seen?  What words refer to may change without them. */
static bool
differs(const struct kt_change *change)
{
	if (change->fate != KT_MODIFIED)
		return true;
	for (uint32_t i = 0; i < change->nspans; i++)
		if (change->spans[i].op != '=')
			return true;
	return false;
}

static void
need_words(struct against *w, struct column *c, const struct kt_change *change,
    const struct kt_node *node)
{
	static const enum piece_kind kinds[] = { [KT_SIDE_TEXT] = PIECE_TEXT,
		[KT_SIDE_CAPTION] = PIECE_CAPTION,
		[KT_SIDE_RELATED] = PIECE_RELATED };
	bool words = differs(change) && change->nspans > 0 &&
		     change->side <= KT_SIDE_RELATED;
	size_t piece =
	    words ? against_text_piece(&c->text, node, kinds[change->side])
		  : NO_PLACE;

	if (piece != NO_PLACE)
		need(w, c, piece, SHOWN_WORDS | SHOWN_PARTLY);
	else if (differs(change))
		need_any(w, c, node);
}

static void
need_shown(struct against *w, struct column *c, const struct kt_change *change,
    const struct kt_node *node)
{
	const struct kt_node *holder = holder_of(node);

	if (change->side == KT_SIDE_SUBTREE &&
	    (change->fate == KT_ADDED || change->fate == KT_DELETED)) {
		if (node->kind != KT_SUPPL || !is_below(c, node))
			need_all(w, c, node);
		return;
	}
	if (change->fate != KT_MODIFIED)
		set_changed(c, holder);
	for (size_t i = c->text.first[holder->id];
	     i < c->text.behind[holder->id]; i++)
		if (holder_of(c->text.at[i].node) == holder)
			c->text.at[i].changed = true;
	if ((change->flags & KT_FL_COMMENTARY) == 0)
		need_words(w, c, change, node);
}

static void
check_shown(struct against *w)
{
	const struct kt_changes *list = w->list;

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		for (uint32_t k = 0; k < c->nold; k++)
			need_shown(w, column_of(w, false), c, c->old[k]);
		for (uint32_t k = 0; k < c->nnew; k++)
			need_shown(w, column_of(w, true), c, c->new[k]);
	}
}

/* What is shown in full although nothing about it changes. */
static void
check_unchanged(struct against *w)
{
	const struct column *c = column_of(w, true);

	for (size_t i = 0; i < c->text.count; i++) {
		const struct piece *p = &c->text.at[i];

		if (p->kind == PIECE_TEXT && !p->changed &&
		    p->line != NO_PLACE && is_clause(holder_of(p->node)) &&
		    !against_lies_in(p->node, KT_SUPPL) &&
		    !against_lies_in(p->node, KT_APPENDIX) &&
		    !against_lies_in(p->node, KT_TABLE))
			against_report(
			    w, KT_M_AGAINST_SAME, c, p->node, "", "");
	}
}

/* ---- marks -------------------------------------------------------------- */

/* The words of a piece that its line does not mark. */
static void
put_unmarked(struct kt_buf *out, const struct column *c, const struct piece *p)
{
	const struct line *line = &c->line[p->line];
	size_t at = line->f.place[p->in_line] - p->lead;

	for (size_t i = at; i < at + p->nwords; i++)
		if (!line->marked[i])
			kt_buf_putc(out, line->f.words.p[i]);
}

/* Is its change to be seen by marks of words? */
static bool
can_be_marked(const struct column *c, const struct piece *p)
{
	/* Before ［１］ the 条 is only named. */
	return p->line != NO_PLACE && p->whole && !c->line[p->line].boxed &&
	       (p->kind != PIECE_LABEL || !c->line[p->line].sign) &&
	       (p->shown & SHOWN_TOLD) == 0 && !is_passed_over(p->node);
}

/* The same kind of piece of the clause that answers to it; NULL: none. */
static const struct piece *
peer_of(const struct against *w, const struct column *c, const struct piece *p)
{
	const struct column *other = &w->side[1 - c->side];
	const struct kt_node *peer = c->side == 0
					 ? w->list->old_peer[p->node->id]
					 : w->list->new_peer[p->node->id];
	size_t at = peer == NULL
			? NO_PLACE
			: against_text_piece(&other->text, peer, p->kind);

	return at == NO_PLACE ? NULL : &other->text.at[at];
}

static void
report_mark(struct against *w, const struct column *c, const struct piece *p,
    const struct kt_buf *words)
{
	struct kt_buf quote = KT_BUF_INIT;

	against_quote(&quote, words->p, words->len);
	against_report(w, KT_M_AGAINST_MARK, c, p->node, quote.p, "");
	kt_buf_release(&quote);
}

static void
put_unmarked_line(struct kt_buf *out, const struct line *line)
{
	kt_buf_clear(out);
	for (size_t i = 0; i < line->f.words.len; i++)
		if (!line->marked[i])
			kt_buf_putc(out, line->f.words.p[i]);
}

/* Does a line stand beside it that is the same but for what is marked? */
static bool
is_balanced(
    const struct against *w, const struct column *c, const struct line *line)
{
	const struct column *o = &w->side[1 - c->side];
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;
	bool same = false;

	put_unmarked_line(&a, line);
	for (size_t i = against_column_row(o, line->row);
	     i < o->count && o->line[i].row == line->row && !same; i++) {
		put_unmarked_line(&b, &o->line[i]);
		same = a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
	}
	kt_buf_release(&a);
	kt_buf_release(&b);
	return same;
}

/* Words that are not marked are the same on both sides; what has nothing on
 * the other side is marked all over. */
static void
check_mark(struct against *w, struct column *c, const struct piece *p)
{
	struct column *o = &w->side[1 - c->side];
	const struct piece *peer = peer_of(w, c, p);
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	put_unmarked(&a, c, p);
	if (peer != NULL && can_be_marked(o, peer)) {
		put_unmarked(&b, o, peer);
		if (c->side == 1 && strcmp(a.p, b.p) != 0 &&
		    !is_balanced(w, c, &c->line[p->line]))
			report_mark(w, c, p, a.len > 0 ? &a : &b);
	} else if (peer == NULL && a.len > 0 &&
		   !is_balanced(w, c, &c->line[p->line])) {
		report_mark(w, c, p, &a);
	}
	kt_buf_release(&a);
	kt_buf_release(&b);
}

/* Clauses that were split or merged answer to several. */
static void
pass_over_split(struct against *w)
{
	const struct kt_changes *list = w->list;

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		if (c->fate != KT_SPLIT && c->fate != KT_MERGED)
			continue;
		for (int side = 0; side < 2; side++) {
			struct column *col = &w->side[side];
			uint32_t n = side == 0 ? c->nold : c->nnew;

			for (uint32_t k = 0; k < n; k++) {
				size_t id =
				    (side == 0 ? c->old : c->new)[k]->id;

				for (size_t p = col->text.first[id];
				     p < col->text.behind[id]; p++)
					col->text.at[p].shown |= SHOWN_TOLD;
			}
		}
	}
}

static void
check_marks(struct against *w)
{
	if (w->side[0].marked + w->side[1].marked == 0) {
		for (size_t i = 0; i < w->list->count; i++)
			if (differs(&w->list->at[i])) {
				against_report(w, KT_M_AGAINST_UNMARKED,
				    column_of(w, true), NULL, "", "");
				return;
			}
		return;
	}
	pass_over_split(w);
	for (int side = 0; side < 2; side++) {
		struct column *c = &w->side[side];

		for (size_t i = 0; i < c->text.count; i++)
			if (can_be_marked(c, &c->text.at[i]))
				check_mark(w, c, &c->text.at[i]);
	}
}

/* -----------------------------------------------------------------------------
 */

int
kt_amend_against(size_t *findings, const struct kt_changes *list,
    const struct kt_printed *table, struct kt_diag *d)
{
	struct against w = { .list = list, .d = d };
	int rc = KT_OK;

	for (int side = 0; side < 2; side++) {
		against_column_read(&w.side[side], table, side);
		against_text_read(
		    &w.side[side].text, side == 0 ? list->old : list->new);
	}
	if (against_place(&w) == 0) {
		rc = kt_report(
		    d, .id = KT_M_AGAINST_NOTHING, .at.file = table->source);
	} else {
		check_shown(&w);
		check_unchanged(&w);
		check_marks(&w);
	}
	*findings = w.found;
	against_column_release(&w.side[0]);
	against_column_release(&w.side[1]);
	return rc;
}
