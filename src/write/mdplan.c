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

/* ---- kinds
 * ---------------------------------------------------------------------- */

static bool
is_heading(enum kt_kind kind)
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
	return is_heading(kind) || kind == KT_PARAGRAPH;
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
	if (is_heading(node->kind) || node->kind == KT_DOC)
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

/* ---- what is open
 * ------------------------------------------------------------------ */

/* Add a clause behind the others; the level of headings inside it. */
static unsigned
push(struct md_scope *s, const struct kt_node *node, unsigned level)
{
	struct kt_open *open;

	KT_GROW(s->open, s->n, s->cap);
	open = &s->open[s->n++];
	*open = (struct kt_open){ .kind = node->kind, .num = node->num };
	if (!is_heading(node->kind))
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
		level += is_heading(s->node[i]->kind);
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

/* ---- the line
 * ------------------------------------------------------------------------ */

static struct md_words
text_of(const struct kt_node *node)
{
	return (struct md_words){ node->text, node->len, node->marks,
		node->nmarks };
}

static struct md_words
caption_of(const struct kt_node *node)
{
	return (struct md_words){ node->caption, strlen(node->caption),
		node->caption_marks, node->ncaption_marks };
}

static struct md_words
plain(const char *p)
{
	return (struct md_words){ p, strlen(p), NULL, 0 };
}

static bool
has_words(const struct kt_node *node)
{
	return node->len > 0 || node->nmarks > 0;
}

/* A line in the making: its pieces, and where each part must be found in
 * what the rules see of it. */
struct line {
	struct md_plan *plan;
	const struct kt_node *node;
	struct kt_buf seen;
	unsigned escape; /* for the words of the node */
	bool toc;
	size_t label, caption, ncaption, related, nrelated, text;
	bool has_text;
};

static void
put_sign(struct line *l, const char *sign)
{
	l->plan->pieces[l->plan->npieces++] = (struct md_piece){ .sign = sign };
	kt_buf_puts(&l->seen, sign);
}

static void
put_words(struct line *l, struct md_words w, unsigned flags)
{
	if (l->seen.len == 0)
		flags |= MD_LINE_START;
	l->plan->pieces[l->plan->npieces++] =
	    (struct md_piece){ .words = w, .flags = flags };
	kt_md_seen(&l->seen, &w, flags);
}

/* 1. with nothing behind it would be an entry of a list. */
static bool
looks_like_list(const char *label)
{
	size_t n = strlen(label);

	return n > 1 && (label[n - 1] == '.' || label[n - 1] == ')') &&
	       label[n - 2] >= '0' && label[n - 2] <= '9';
}

/* The label; a natural one stands as it is, one that the comment names is
 * escaped as any word. */
static void
put_label(struct line *l)
{
	const char *label = l->node->label;

	l->label = strlen(label);
	if (l->label == 0)
		return;
	if (l->plan->say_label)
		put_words(l, plain(label),
		    is_heading(l->node->kind) ? MD_HEADING : 0);
	else
		put_sign(l, label);
}

static void
put_text(struct line *l)
{
	l->text = l->seen.len;
	l->has_text = has_words(l->node);
	if (l->has_text)
		put_words(l, text_of(l->node), l->escape);
}

static void
put_caption(struct line *l, unsigned flags)
{
	l->caption = l->seen.len;
	l->ncaption = strlen(l->node->caption);
	put_words(l, caption_of(l->node), flags);
}

static bool
shows_caption(const struct line *l)
{
	return l->node->caption[0] != '\0' && !l->plan->say_caption;
}

static void
put_related(struct line *l)
{
	if (l->node->related[0] == '\0' || l->plan->say_related)
		return;
	put_sign(l, "（");
	l->related = l->seen.len;
	l->nrelated = strlen(l->node->related);
	put_words(l, plain(l->node->related), 0);
	put_sign(l, "）");
}

/* 第5条　削除: the only 項 stands on the line of the heading. */
static bool
is_deleted_article(const struct kt_node *node)
{
	const struct kt_node *only = node->first;

	return node->kind == KT_ARTICLE && only != NULL && only->next == NULL &&
	       only->first == NULL && only->kind == KT_PARAGRAPH &&
	       only->label[0] == '\0' && only->caption[0] == '\0' &&
	       only->related[0] == '\0' && only->nmarks == 0 &&
	       strcmp(only->text, "削除") == 0 && node->caption[0] == '\0' &&
	       node->label[0] != '\0' && node->len == 0;
}

static void
compose_heading(struct line *l)
{
	const struct kt_node *node = l->node;
	unsigned last = MD_HEADING | l->escape;

	if (node->kind == KT_PREAMBLE) {
		put_sign(l, "前文");
		return;
	}
	put_label(l);
	if (node->kind == KT_SUPPL)
		put_related(l);
	if (is_deleted_article(node)) {
		put_sign(l, "　");
		l->text = l->seen.len;
		l->has_text = true;
		put_sign(l, "削除");
		l->plan->merged = node->first;
	} else if (shows_caption(l) && node->kind == KT_ARTICLE) {
		put_sign(l, "（");
		put_caption(l, l->escape);
		put_sign(l, "）");
	} else if (shows_caption(l)) {
		if (l->seen.len > 0)
			put_sign(l, "　");
		put_caption(l, last);
	}
	if (node->kind == KT_APPENDIX)
		put_related(l);
}

/* Does the mark of a note close itself, so that its words may follow? */
static bool
closes_itself(const char *label)
{
	static const char *const ends[] = { "）", ")", "】", "〕", "］" };
	size_t n = strlen(label), len;

	for (size_t i = 0; i < KT_COUNT(ends); i++) {
		len = strlen(ends[i]);
		if (n >= len && strcmp(label + n - len, ends[i]) == 0)
			return true;
	}
	return false;
}

static void
compose_labelled(struct line *l)
{
	const struct kt_node *node = l->node;
	bool gap = node->kind != KT_NOTE || !closes_itself(node->label);

	put_label(l);
	if (l->label > 0 && gap &&
	    (has_words(node) ||
		(!l->plan->say_label && looks_like_list(node->label))))
		put_sign(l, "　");
	put_text(l);
}

/* TEXT that can stand on the line of 【解説】. */
static bool
can_merge(const struct kt_node *node)
{
	return node != NULL && node->kind == KT_TEXT && node->len > 0 &&
	       node->first == NULL && node->label[0] == '\0' &&
	       node->caption[0] == '\0' && node->related[0] == '\0';
}

static void
compose_commentary(struct line *l)
{
	const struct kt_node *node = l->node, *first = node->first;

	l->caption = l->seen.len;
	if (shows_caption(l)) {
		put_sign(l, "【");
		put_caption(l, l->escape);
		put_sign(l, "】");
	}
	if (!can_merge(first))
		return;
	l->plan->merged = first;
	l->text = l->seen.len;
	l->has_text = true;
	put_words(l, text_of(first), l->escape);
}

static void
compose(struct line *l)
{
	kt_buf_clear(&l->seen);
	l->plan->npieces = 0;
	l->plan->merged = NULL;
	l->label = l->ncaption = l->nrelated = 0;
	l->has_text = false;
	if (is_heading(l->node->kind) || l->node->kind == KT_DOC)
		compose_heading(l);
	else if (l->node->kind == KT_COMMENTARY)
		compose_commentary(l);
	else if (l->node->kind != KT_QUOTE)
		compose_labelled(l);
	if (!l->has_text)
		l->text = l->seen.len;
}

/* ---- trying it
 * ------------------------------------------------------------------------ */

static bool
fits(const struct line *l, const struct kt_lead *lead)
{
	return lead->label == l->label && lead->ncaption == l->ncaption &&
	       (l->ncaption == 0 || lead->caption == l->caption) &&
	       lead->nrelated == l->nrelated &&
	       (l->nrelated == 0 || lead->related == l->related) &&
	       (lead->text == l->text ||
		   (!l->has_text && lead->text >= l->seen.len));
}

/* Would the words of this paragraph be kept back as the caption of a clause
 * that follows? */
static bool
before_clause(const struct kt_node *node)
{
	const struct kt_node *root = node->parent, *next;

	while (root->parent != NULL && !kt_md_is_container(root))
		root = root->parent;
	next = kt_node_skip(node, root);
	return next != NULL &&
	       (next->kind == KT_PARAGRAPH || next->kind == KT_ARTICLE);
}

static bool
first_in_quote(const struct kt_node *node)
{
	return node->prev == NULL && node->parent->kind == KT_QUOTE;
}

static bool
plain_fits(const struct line *l, const struct kt_lead *lead)
{
	const struct kt_node *node = l->node;

	switch (lead->form) {
	case KT_LEAD_PLAIN:
		return true;
	case KT_LEAD_CAPTION:
		return !before_clause(node) && node->first == NULL &&
		       !l->plan->caption_above;
	case KT_LEAD_COMMENTARY:
		return !first_in_quote(node);
	case KT_LEAD_CLAUSE:
	case KT_LEAD_NOTE:
		return false;
	}
	return false;
}

static enum kt_lead_form
form_for(enum kt_kind kind)
{
	return kind == KT_COMMENTARY ? KT_LEAD_COMMENTARY
	       : kind == KT_NOTE     ? KT_LEAD_NOTE
				     : KT_LEAD_CLAUSE;
}

/* Is the line read as what the node is, when no comment says so? */
static bool
natural_fits(const struct line *l, struct kt_lead *lead)
{
	const struct kt_node *node = l->node;
	const char *p = l->seen.p;
	size_t n = l->seen.len;
	bool toc = l->toc;

	if (is_heading(node->kind)) {
		kt_lead_heading(lead, p, n);
		return lead->kind == node->kind && fits(l, lead);
	}
	if (node->kind == KT_DOC) {
		/* The only heading of level 1 is the title. */
		kt_lead_heading(lead, p, n);
		return lead->form == KT_LEAD_PLAIN || lead->kind == KT_HEADED;
	}
	if (node->kind == KT_QUOTE)
		return true;
	kt_lead_paragraph(lead, p, n);
	if (node->kind == KT_BULLET)
		return toc || lead->form != KT_LEAD_CLAUSE ||
		       lead->kind != KT_ITEM;
	if (node->kind == KT_ITEM || node->label[0] != '\0')
		return !toc && lead->form == form_for(node->kind) &&
		       (lead->form == KT_LEAD_NOTE || lead->kind == KT_ITEM) &&
		       fits(l, lead);
	if (node->kind == KT_COMMENTARY || node->kind == KT_NOTE)
		return !toc && lead->form == form_for(node->kind) &&
		       fits(l, lead);
	return toc || plain_fits(l, lead);
}

static bool
marked_fits(const struct line *l)
{
	const struct kt_node *node = l->node;
	struct kt_lead lead;

	if (node->kind == KT_QUOTE)
		return true;
	kt_lead_as(&lead, node->kind, l->seen.p, l->seen.len,
	    l->plan->say_label ? l->label : SIZE_MAX);
	return fits(l, &lead);
}

/* ---- where it is read to belong
 * ---------------------------------------------------------- */

/* The parent and kind that the rules give the node, as it would be written. */
static size_t
natural_place(const struct md_scope *s, const struct kt_node *node,
    const struct md_plan *plan, const struct kt_lead *lead, enum kt_kind *kind)
{
	struct kt_open head = { .kind = node->kind, .num = lead->num };

	*kind = node->kind;
	if (is_heading(node->kind)) {
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
	       node->parent->parent == NULL && !is_heading(node->kind);
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

/* ---- choosing
 * -----------------------------------------------------------------------------
 */

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
	return (is_heading(kind) && kind != KT_TOPIC && kind != KT_PREAMBLE) ||
	       kind == KT_PARAGRAPH || kind == KT_ITEM || kind == KT_NOTE;
}

/* What the node has that no line of its form can say. */
static void
say_extras(struct md_plan *plan, const struct kt_node *node)
{
	enum kt_kind kind = node->kind;

	plan->say_label = node->label[0] != '\0' &&
			  (!has_label(kind) || has_blank_ends(node->label));
	plan->say_caption =
	    node->caption[0] != '\0' &&
	    ((!is_heading(kind) && kind != KT_DOC && kind != KT_PARAGRAPH &&
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
	struct md_words w = caption_of(node);
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

/* Try without escapes, with the first character escaped, with the last one
 * too. */
static bool
try_natural(struct line *l, struct kt_lead *lead)
{
	static const unsigned tries[] = { 0, MD_ESCAPE_FIRST,
		MD_ESCAPE_FIRST | MD_ESCAPE_LAST };

	for (size_t i = 0; i < KT_COUNT(tries); i++) {
		l->escape = tries[i];
		compose(l);
		if (natural_fits(l, lead))
			return true;
	}
	return false;
}

/* With a comment: say ever more in it until the line is read as it should. */
static void
try_marked(struct line *l)
{
	static const unsigned tries[] = { 0, MD_ESCAPE_FIRST,
		MD_ESCAPE_FIRST | MD_ESCAPE_LAST };
	struct md_plan *plan = l->plan;

	plan->marked = true;
	for (unsigned more = 0; more < 8; more++) {
		plan->say_label |= (more & 1) != 0 && l->node->label[0] != '\0';
		plan->say_related |=
		    (more & 2) != 0 && l->node->related[0] != '\0';
		plan->say_caption |= (more & 4) != 0 &&
				     l->node->caption[0] != '\0' &&
				     !plan->caption_above;
		for (size_t i = 0; i < KT_COUNT(tries); i++) {
			l->escape = tries[i];
			compose(l);
			if (marked_fits(l))
				return;
		}
	}
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
	    has_words(node) || is_heading(first->kind) ||
	    first->kind == KT_PARAGRAPH)
		return false;
	kt_md_plan(&plan, s, first);
	return !plan.marked;
}

void
kt_md_plan(
    struct md_plan *out, struct md_scope *scope, const struct kt_node *node)
{
	struct line l = { .plan = out, .node = node, .seen = KT_BUF_INIT };
	struct kt_lead lead = { .form = KT_LEAD_PLAIN };
	bool extras;

	memset(out, 0, sizeof(*out));
	out->form = form_of(node);
	out->level = 1;
	if (node->parent == NULL) {
		try_natural(&l, &lead);
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
	else if (extras || !try_natural(&l, &lead) ||
		 !lies_there(scope, node, out, &lead))
		try_marked(&l);
	kt_buf_release(&l.seen);
}

bool
kt_md_has_rest(const struct kt_node *node)
{
	enum md_form form = form_of(node);

	return has_words(node) &&
	       (form == MD_HEAD || form == MD_TABLE ||
		   (form == MD_BLOCK_QUOTE && node->kind != KT_NOTE));
}
