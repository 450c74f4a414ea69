/* SPDX-License-Identifier: MIT */
/*
 * The line that a node begins with: its pieces, and whether the rules by
 * which the text is read take them for what they are.
 */
#include "md_int.h"

#include <string.h>

static struct md_words
text_of(const struct kt_node *node)
{
	return (struct md_words){ node->text, node->len, node->marks,
		node->nmarks };
}

struct md_words
kt_md_caption(const struct kt_node *node)
{
	return (struct md_words){ node->caption, strlen(node->caption),
		node->caption_marks, node->ncaption_marks };
}

static struct md_words
plain(const char *p)
{
	return (struct md_words){ p, strlen(p), NULL, 0 };
}

bool
kt_md_has_words(const struct kt_node *node)
{
	return node->len > 0 || node->nmarks > 0;
}

static void
put_sign(struct md_line *l, const char *sign)
{
	l->plan->pieces[l->plan->npieces++] = (struct md_piece){ .sign = sign };
	kt_buf_puts(&l->seen, sign);
}

static void
put_words(struct md_line *l, struct md_words w, unsigned flags)
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
put_label(struct md_line *l)
{
	const char *label = l->node->label;

	l->label = strlen(label);
	if (l->label == 0)
		return;
	if (l->plan->say_label)
		put_words(l, plain(label),
		    kt_md_is_heading(l->node->kind) ? MD_HEADING : 0);
	else
		put_sign(l, label);
}

static void
put_text(struct md_line *l)
{
	l->text = l->seen.len;
	l->has_text = kt_md_has_words(l->node);
	if (l->has_text)
		put_words(l, text_of(l->node), l->escape);
}

static void
put_caption(struct md_line *l, unsigned flags)
{
	l->caption = l->seen.len;
	l->ncaption = strlen(l->node->caption);
	put_words(l, kt_md_caption(l->node), flags);
}

static bool
shows_caption(const struct md_line *l)
{
	return l->node->caption[0] != '\0' && !l->plan->say_caption;
}

static void
put_related(struct md_line *l)
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
compose_heading(struct md_line *l)
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
compose_labelled(struct md_line *l)
{
	const struct kt_node *node = l->node;
	bool gap = node->kind != KT_NOTE || !closes_itself(node->label);

	put_label(l);
	if (l->label > 0 && gap &&
	    (kt_md_has_words(node) ||
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
compose_commentary(struct md_line *l)
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
compose(struct md_line *l)
{
	kt_buf_clear(&l->seen);
	l->plan->npieces = 0;
	l->plan->merged = NULL;
	l->label = l->ncaption = l->nrelated = 0;
	l->has_text = false;
	if (kt_md_is_heading(l->node->kind) || l->node->kind == KT_DOC)
		compose_heading(l);
	else if (l->node->kind == KT_COMMENTARY)
		compose_commentary(l);
	else if (l->node->kind != KT_QUOTE)
		compose_labelled(l);
	if (!l->has_text)
		l->text = l->seen.len;
}

/* ---- trying it ------------------------------------------------------- */

static bool
fits(const struct md_line *l, const struct kt_lead *lead)
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
plain_fits(const struct md_line *l, const struct kt_lead *lead)
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
natural_fits(const struct md_line *l, struct kt_lead *lead)
{
	const struct kt_node *node = l->node;
	const char *p = l->seen.p;
	size_t n = l->seen.len;
	bool toc = l->toc;

	if (kt_md_is_heading(node->kind)) {
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
marked_fits(const struct md_line *l)
{
	const struct kt_node *node = l->node;
	struct kt_lead lead;

	if (node->kind == KT_QUOTE)
		return true;
	kt_lead_as(&lead, node->kind, l->seen.p, l->seen.len,
	    l->plan->say_label ? l->label : SIZE_MAX);
	return fits(l, &lead);
}

/* Try without escapes, with the first character escaped, with the last one
 * too. */
bool
kt_md_try_natural(struct md_line *l, struct kt_lead *lead)
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
void
kt_md_try_marked(struct md_line *l)
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
