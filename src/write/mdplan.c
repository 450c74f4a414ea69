/* SPDX-License-Identifier: MIT */
/*
 * How a node is written: its form, what of its line must be escaped, and the
 * comment that says where it belongs when the rules by which the text is
 * read (model, lead.c) would say otherwise.  Each line is tried against
 * those rules before it is chosen.
 */
#include "md_int.h"

#include <stdlib.h>
#include <string.h>

/* Headings that Markdown has signs for. */
#define MOST_LEVEL 6
/* Those written as <h7> and so on. */
#define DEEPEST_LEVEL 64

/* ---- kinds ----------------------------------------------------------- */

bool
kt_md_is_heading(enum kt_kind kind)
{
	return kind == KT_TOC || kind == KT_PREAMBLE ||
	       kt_kind_is_division(kind) || kind == KT_ARTICLE ||
	       kind == KT_HEADED || kind == KT_TOPIC || kind == KT_SUPPL ||
	       kind == KT_APPENDIX;
}

unsigned
kt_md_level(enum kt_kind kind, unsigned level)
{
	unsigned most =
	    kind == KT_TOPIC || kind == KT_HEADED ? DEEPEST_LEVEL : MOST_LEVEL;

	return level > most ? most : level;
}

static bool
stays_open(enum kt_kind kind)
{
	return kt_md_is_heading(kind) || kind == KT_PARAGRAPH;
}

static bool
is_entry(const struct kt_node *node)
{
	return node->kind == KT_ITEM || node->kind == KT_BULLET;
}

/* A row among rows, a cell in such a row: part of the table's own form. */
static bool
is_row(const struct kt_node *node)
{
	if (node->kind != KT_ROW || node->parent == NULL ||
	    node->parent->kind != KT_TABLE)
		return false;
	return node->prev == NULL || node->prev->kind == KT_ROW;
}

static bool
is_cell(const struct kt_node *node)
{
	return node->kind == KT_CELL && is_row(node->parent) &&
	       (node->prev == NULL || node->prev->kind == KT_CELL);
}

static bool
is_figure(const struct kt_node *node)
{
	return node->kind == KT_FIGURE && node->nmarks == 0;
}

static enum md_form
form_of(const struct kt_node *node)
{
	if (kt_md_is_heading(node->kind) || node->kind == KT_DOC)
		return MD_HEAD;
	if (is_entry(node))
		return MD_ENTRY;
	if (node->kind == KT_COMMENTARY || node->kind == KT_QUOTE ||
	    (node->kind == KT_NOTE && node->first != NULL))
		return MD_BLOCK_QUOTE;
	if (node->kind == KT_TABLE)
		return MD_TABLE;
	if (is_row(node))
		return MD_ROW;
	if (is_cell(node))
		return MD_CELL;
	return is_figure(node) ? MD_FIGURE : MD_PARA;
}

bool
kt_md_is_container(const struct kt_node *node)
{
	enum md_form form = form_of(node);

	return node->kind == KT_DOC || form == MD_ENTRY ||
	       form == MD_BLOCK_QUOTE || form == MD_CELL;
}

/* In an entry, quotation or cell of a 目次 the reader takes no labels. */
static bool
container_in_toc(const struct kt_node *node)
{
	const struct kt_node *up = node->parent;

	while (!kt_md_is_container(up))
		up = up->parent;
	while (up->parent != NULL) {
		if (form_of(up) == MD_CELL)
			up = up->parent->parent;
		if (up->parent->kind == KT_TOC)
			return true;
		for (up = up->parent; !kt_md_is_container(up);)
			up = up->parent;
	}
	return false;
}

/* Nor behind the heading of one, until the next heading. */
static bool
in_toc(const struct md_scope *s, const struct kt_node *node)
{
	const struct kt_node *in =
	    form_of(node) == MD_PARA ? s->node[s->n - 1] : node->parent;

	return in->kind == KT_TOC || container_in_toc(node);
}

/* ---- what is open ---------------------------------------------------- */

/* Add a clause behind the others; the level of headings inside it. */
static unsigned
push(struct md_scope *s, const struct kt_node *node, unsigned level)
{
	struct kt_open *open;

	KT_GROW(s->open, s->n, s->cap);
	open = &s->open[s->n++];
	*open = (struct kt_open){ .kind = node->kind, .num = node->num };
	if (!kt_md_is_heading(node->kind))
		return level;
	open->level = kt_md_level(node->kind, level);
	return level + 1;
}

/* From the container that `node` lies in down to its parent, into s->node;
 * returns how many. */
static size_t
find_path(struct md_scope *s, const struct kt_node *node)
{
	const struct kt_node *up = node->parent;
	size_t n = 1, i;

	for (; !kt_md_is_container(up); up = up->parent)
		n++;
	for (i = 0, up = node->parent; i < n; i++, up = up->parent) {
		while (s->node_cap < n)
			s->node =
			    kt_grow(s->node, &s->node_cap, sizeof(*s->node));
		s->node[n - 1 - i] = up;
	}
	return n;
}

/* The clauses open before `node`, outermost first; returns the level that a
 * heading here has.  Inside a clause that the reader has closed already only
 * those around it are open. */
static unsigned
find_open(struct md_scope *s, const struct kt_node *node)
{
	size_t n = find_path(s, node), i;
	unsigned level = 2, deeper;
	const struct kt_node *at;

	s->n = 0;
	push(s, s->node[0], level);
	s->open[0].level = 0;
	for (i = 1; i < n && stays_open(s->node[i]->kind); i++)
		level = push(s, s->node[i], level);
	deeper = level;
	for (at = node->prev; i == n && at != NULL && stays_open(at->kind);
	     at = at->last) {
		deeper = push(s, at, deeper);
		while (s->node_cap < s->n)
			s->node =
			    kt_grow(s->node, &s->node_cap, sizeof(*s->node));
		s->node[s->n - 1] = at;
	}
	for (; i < n; i++)
		level += kt_md_is_heading(s->node[i]->kind);
	return level;
}

unsigned
kt_md_nth(const struct kt_node *parent, const struct kt_node *last)
{
	unsigned nth = 1;

	for (const struct kt_node *at = last; at != NULL; at = at->last)
		nth += at->kind == parent->kind;
	return nth;
}

/* ---- where it is read to belong -------------------------------------- */

/* The parent and kind that the rules give the node, as it would be written. */
static size_t
natural_place(const struct md_scope *s, const struct kt_node *node,
    const struct md_plan *plan, const struct kt_lead *lead, enum kt_kind *kind)
{
	struct kt_open head = { .kind = node->kind, .num = lead->num };

	*kind = node->kind;
	if (kt_md_is_heading(node->kind)) {
		head.level = plan->level;
		return kt_place_heading(s->open, s->n, &head);
	}
	if (node->kind == KT_PARAGRAPH && node->label[0] != '\0')
		return kt_place_label(s->open, s->n, &lead->num, kind);
	if (plan->form == MD_PARA && node->kind != KT_NOTE)
		return kt_place_words(s->open, s->n, kind);
	return kt_place_block(s->open, s->n, node->kind);
}

/* A preamble without a heading: the first thing in the document, begun by a
 * paragraph or the like. */
static bool
begins_preamble(const struct kt_node *node)
{
	return node->prev == NULL && node->parent->kind == KT_DOC &&
	       node->parent->parent == NULL && !kt_md_is_heading(node->kind);
}

static bool is_implied(struct md_scope *s, const struct kt_node *node);

/*
 * The first 項 of a document without articles: its words are read as a
 * preamble until the paragraph labelled 2 behind it tells what they were.
 */
static bool
is_told_by_next(const struct kt_node *node)
{
	const struct kt_node *next = node->next, *child = node->first;
	struct md_scope scope = { .n = 0 };
	struct md_plan plan;
	struct kt_label label;
	bool found;

	if (node->kind != KT_PARAGRAPH || node->parent->kind != KT_DOC ||
	    node->label[0] != '\0' || node->caption[0] != '\0' ||
	    next == NULL || next->kind != KT_PARAGRAPH ||
	    next->caption[0] != '\0' ||
	    !kt_label_read(&label, next->label, strlen(next->label)) ||
	    label.num.v[0] != 2)
		return false;
	for (; child != NULL && is_entry(child); child = child->next) {
		kt_md_plan(&plan, &scope, child);
		if (plan.marked)
			break;
	}
	kt_md_plan(&plan, &scope, next);
	found = child == NULL && !plan.marked &&
		(node->prev == NULL || is_implied(&scope, node->prev));
	free(scope.open);
	free(scope.node);
	return found;
}

static bool
lies_there(const struct md_scope *s, const struct kt_node *node,
    const struct md_plan *plan, const struct kt_lead *lead)
{
	enum kt_kind kind;
	size_t at = natural_place(s, node, plan, lead, &kind);

	if (is_told_by_next(node))
		return true;
	if (kind != node->kind &&
	    !(plan->form == MD_PARA && node->kind == KT_NOTE))
		return false;
	if (s->node[at] != node->parent)
		return false;
	if (begins_preamble(node) && kind != KT_PARAGRAPH)
		return false;
	/* 2 behind a preamble would make its last words 第1項. */
	if (kind == KT_PARAGRAPH && node->parent->kind == KT_DOC &&
	    node->label[0] != '\0' && lead->num.v[0] == 2 &&
	    node->prev != NULL && node->prev->kind == KT_PREAMBLE)
		return false;
	return true;
}

/* ---- choosing -------------------------------------------------------- */

/* Blanks at its ends would go with those of the line. */
static bool
has_blank_ends(const char *s)
{
	size_t n = strlen(s);
	unsigned len;

	return n > 0 && (kt_is_space(kt_utf8_at(s, &len)) ||
			    kt_is_space(kt_utf8_before(s, s + n, &len)));
}

/* Kinds whose lines begin with a label. */
static bool
has_label(enum kt_kind kind)
{
	return (kt_md_is_heading(kind) && kind != KT_TOPIC &&
		   kind != KT_PREAMBLE) ||
	       kind == KT_PARAGRAPH || kind == KT_ITEM || kind == KT_NOTE;
}

/* What the node has that no line of its form can say. */
static void
say_extras(struct md_plan *plan, const struct kt_node *node)
{
	enum kt_kind kind = node->kind;

	plan->say_label = node->label[0] != '\0' &&
			  (!has_label(kind) || has_blank_ends(node->label));
	plan->say_caption = node->caption[0] != '\0' &&
			    ((!kt_md_is_heading(kind) && kind != KT_DOC &&
				 kind != KT_PARAGRAPH &&
				 kind != KT_COMMENTARY && kind != KT_TABLE) ||
				kind == KT_TOC || kind == KT_PREAMBLE);
	plan->say_related = node->related[0] != '\0' && kind != KT_SUPPL &&
			    kind != KT_APPENDIX && plan->form != MD_FIGURE;
}

/* （見出し） above a 項, if it is read as that. */
static void
choose_caption(struct md_plan *plan, const struct md_scope *scope,
    const struct kt_node *node)
{
	struct kt_buf seen = KT_BUF_INIT;
	struct md_words w = kt_md_caption(node);
	struct kt_lead lead;

	if (node->kind != KT_PARAGRAPH || node->caption[0] == '\0')
		return;
	kt_buf_puts(&seen, "（");
	kt_md_seen(&seen, &w, 0);
	kt_buf_puts(&seen, "）");
	kt_lead_paragraph(&lead, seen.p, seen.len);
	plan->caption_above = lead.form == KT_LEAD_CAPTION &&
			      lead.ncaption == w.n && !container_in_toc(node) &&
			      scope->open[scope->n - 1].kind != KT_TOC;
	plan->say_caption = !plan->caption_above;
	kt_buf_release(&seen);
}

/* A quotation whose first words are a note would itself be the note. */
static bool
quote_needs_mark(const struct kt_node *node)
{
	const struct kt_node *first = node->first;

	return node->kind == KT_QUOTE && first != NULL &&
	       first->kind == KT_NOTE && form_of(first) == MD_PARA;
}

/* Is the preamble one that its first words imply? */
static bool
is_implied(struct md_scope *s, const struct kt_node *node)
{
	const struct kt_node *first = node->first;
	struct md_plan plan;

	if (node->kind != KT_PREAMBLE || first == NULL || node->prev != NULL ||
	    node->parent->kind != KT_DOC || node->label[0] != '\0' ||
	    node->caption[0] != '\0' || node->related[0] != '\0' ||
	    kt_md_has_words(node) || kt_md_is_heading(first->kind) ||
	    first->kind == KT_PARAGRAPH)
		return false;
	kt_md_plan(&plan, s, first);
	return !plan.marked;
}

void
kt_md_plan(
    struct md_plan *out, struct md_scope *scope, const struct kt_node *node)
{
	struct md_line l = { .plan = out, .node = node, .seen = KT_BUF_INIT };
	struct kt_lead lead = { .form = KT_LEAD_PLAIN };
	bool extras;

	memset(out, 0, sizeof(*out));
	out->form = form_of(node);
	out->level = 1;
	if (node->parent == NULL) {
		kt_md_try_natural(&l, &lead);
		kt_buf_release(&l.seen);
		return;
	}
	if (out->form == MD_ROW || out->form == MD_CELL)
		return;
	if (is_implied(scope, node)) {
		out->form = MD_NOTHING;
		return;
	}
	out->level = kt_md_level(node->kind, find_open(scope, node));
	l.toc = in_toc(scope, node);
	out->parent = node->parent;
	out->nth = kt_md_nth(node->parent, node->prev);
	say_extras(out, node);
	choose_caption(out, scope, node);
	extras = out->say_label || out->say_caption || out->say_related ||
		 quote_needs_mark(node);
	if (out->form == MD_TABLE || out->form == MD_FIGURE)
		out->marked = extras || !lies_there(scope, node, out, &lead);
	else if (extras || !kt_md_try_natural(&l, &lead) ||
		 !lies_there(scope, node, out, &lead))
		kt_md_try_marked(&l);
	kt_buf_release(&l.seen);
}

bool
kt_md_has_rest(const struct kt_node *node)
{
	enum md_form form = form_of(node);

	return kt_md_has_words(node) &&
	       (form == MD_HEAD || form == MD_TABLE ||
		   (form == MD_BLOCK_QUOTE && node->kind != KT_NOTE));
}
