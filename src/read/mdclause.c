/* SPDX-License-Identifier: MIT */
/* Clauses: what a heading or a paragraph begins, names or goes on with. */
#include "build_int.h"

#include <stdlib.h>
#include <string.h>

/* Level of a heading that is written as a plain paragraph: below every real
 * one, so that it ends none that its kind does not end. */
#define PLAIN_LEVEL 99

/* ---- words of a node ------------------------------------------------- */

struct kt_mark *
kt_inline_cut_marks(
    const struct kt_inline *w, size_t from, size_t to, size_t *n)
{
	struct kt_mark *out = kt_malloc((w->nmarks + 1) * sizeof(*out));

	*n = 0;
	for (size_t i = 0; i < w->nmarks; i++) {
		struct kt_mark m = w->marks[i];
		size_t begin = m.start, end = begin + m.len;

		if (begin > to || end < from || (m.len > 0 && end == from) ||
		    (m.len > 0 && begin == to))
			continue;
		if (begin < from)
			begin = from;
		if (end > to)
			end = to;
		m.start = (uint32_t)(begin - from);
		m.len = (uint32_t)(end - begin);
		out[(*n)++] = m;
	}
	return out;
}

static void
set_text(struct kt_build *b, struct kt_node *node, const struct kt_inline *w,
    size_t from)
{
	struct kt_mark *marks;
	size_t n;

	if (from == 0) {
		kt_build_words(b, node, w);
		return;
	}
	kt_node_text(b->doc, node, w->text.p + from, w->text.len - from);
	if (w->nmarks == 0)
		return;
	marks = kt_inline_cut_marks(w, from, w->text.len, &n);
	kt_node_marks(b->doc, node, marks, n);
	free(marks);
}

static void
set_caption(struct kt_build *b, struct kt_node *node, const struct kt_inline *w,
    size_t from, size_t len)
{
	struct kt_mark *marks;
	size_t n;

	if (len == 0)
		return;
	kt_node_caption(b->doc, node, w->text.p + from, len);
	if (w->nmarks == 0)
		return;
	marks = kt_inline_cut_marks(w, from, from + len, &n);
	kt_node_caption_marks(b->doc, node, marks, n);
	free(marks);
}

/* Blanks before the first word are layout. */
static size_t
indent_of(const struct kt_inline *w)
{
	const char *p = w->seen.p, *end = p + w->seen.len;
	unsigned len;

	while (p < end && *p != '\n' && kt_is_space(kt_utf8_at(p, &len)))
		p += len;
	return (size_t)(p - w->seen.p);
}

/* Label, caption and the rest; returns where words of its own begin. */
static size_t
set_parts(struct kt_build *b, struct kt_node *node, const struct kt_inline *w,
    const struct kt_lead *lead)
{
	char *label = kt_strndup(w->text.p, lead->label);

	kt_node_label(b->doc, node, label);
	free(label);
	set_caption(b, node, w, lead->caption, lead->ncaption);
	if (lead->nrelated > 0)
		kt_node_related(
		    b->doc, node, w->text.p + lead->related, lead->nrelated);
	return lead->text;
}

/* The caption that stood alone above. */
static void
take_caption(struct kt_build *b, struct frame *f, struct kt_node *node)
{
	const struct kt_inline *w = &f->caption;
	struct kt_lead lead;

	if (!f->has_caption || node->caption[0] != '\0')
		return;
	f->has_caption = false;
	kt_lead_paragraph(&lead, w->seen.p, w->seen.len);
	set_caption(b, node, w, lead.caption, lead.ncaption);
	node->line = (uint32_t)w->line;
	node->column = (uint32_t)w->column;
}

static struct kt_node *
add(struct kt_build *b, struct kt_node *parent, enum kt_kind kind,
    const struct kt_inline *w)
{
	return kt_build_add(b, parent, kind, w->line, w->column);
}

static void
tell_odd(struct kt_build *b, const struct kt_inline *w)
{
	if (w->odd)
		kt_build_report(b, KT_M_MD_HTML_KEPT, w->line, "");
}

/* ---- plain paragraphs ------------------------------------------------ */

/* The number of a 項: its label's, or one more than that of the 項 before. */
static struct kt_num
paragraph_number(const struct kt_node *node, const struct kt_num *label)
{
	struct kt_num num = { .n = 1, .v = { 1 } };

	if (node->label[0] != '\0')
		return *label;
	while ((node = node->prev) != NULL && node->kind != KT_PARAGRAPH)
		;
	if (node != NULL && node->num.n > 0)
		num.v[0] = node->num.v[0] + 1;
	return num;
}

static void
open_paragraph(struct frame *f, struct kt_node *node, const struct kt_num *num)
{
	if (node->kind == KT_PARAGRAPH)
		node->num = paragraph_number(node, num);
	else
		node->num = *num;
	kt_frame_push(f, node, 0, &node->num);
}

static void
plain_words(struct kt_build *b, struct frame *f, const struct kt_inline *w,
    enum kt_kind kind, size_t at)
{
	struct kt_num none = { .n = 0 };
	struct kt_node *node = add(b, kt_frame_parent(b, f, at, kind), kind, w);

	set_text(b, node, w, indent_of(w));
	if (kind == KT_PARAGRAPH) {
		take_caption(b, f, node);
		open_paragraph(f, node, &none);
	}
}

static void
plain_paragraph(struct kt_build *b, struct frame *f, const struct kt_inline *w)
{
	enum kt_kind kind;
	size_t at = kt_place_words(f->open, f->n, &kind);

	if (kind != KT_PARAGRAPH && f->has_caption) {
		kt_clause_flush(b, f);
		at = kt_place_words(f->open, f->n, &kind);
	}
	plain_words(b, f, w, kind, at);
}

void
kt_clause_flush(struct kt_build *b, struct frame *f)
{
	enum kt_kind kind;
	size_t at;

	if (!f->has_caption)
		return;
	f->has_caption = false;
	at = kt_place_words(f->open, f->n, &kind);
	plain_words(b, f, &f->caption, kind, at);
}

/* A paragraph labelled 2 directly under the document: what stood before it
 * was no preamble but 第1項, from its last paragraph on. */
static void
preamble_was_paragraph(struct kt_build *b, struct frame *f)
{
	struct kt_node *preamble = b->preamble, *at, *next, *first;
	struct kt_num none = { .n = 0 };

	if (preamble == NULL || f->root->last != preamble)
		return;
	for (at = preamble->last; at != NULL && at->kind != KT_TEXT;)
		at = at->prev;
	if (at == NULL)
		return;
	first = kt_build_add(b, f->root, KT_PARAGRAPH, at->line, at->column);
	kt_node_text(b->doc, first, at->text, at->len);
	kt_node_marks(b->doc, first, at->marks, at->nmarks);
	next = at->next;
	kt_node_unlink(at);
	while ((at = next) != NULL) {
		next = at->next;
		kt_node_unlink(at);
		kt_node_insert(first, NULL, at);
	}
	f->n = 1;
	if (preamble->first == NULL) {
		kt_node_unlink(preamble);
		b->preamble = NULL;
	}
	open_paragraph(f, first, &none);
}

/* 2　…, (1)　…, ア　… as paragraphs. */
static void
numbered_paragraph(struct kt_build *b, struct frame *f,
    const struct kt_inline *w, const struct kt_lead *lead)
{
	enum kt_kind kind;
	size_t at = kt_place_label(f->open, f->n, &lead->num, &kind);
	struct kt_node *node;

	if (kind != KT_PARAGRAPH && f->has_caption) {
		kt_clause_flush(b, f);
		at = kt_place_label(f->open, f->n, &lead->num, &kind);
	}
	if (kind == KT_PARAGRAPH && at == 0 && f->in == IN_DOCUMENT &&
	    lead->num.v[0] == 2)
		preamble_was_paragraph(b, f);
	node = add(b, kt_frame_parent(b, f, at, kind), kind, w);
	set_text(b, node, w, set_parts(b, node, w, lead));
	if (kind == KT_PARAGRAPH)
		take_caption(b, f, node);
	open_paragraph(f, node, &lead->num);
}

static void
note(struct kt_build *b, struct frame *f, const struct kt_inline *w,
    const struct kt_lead *lead)
{
	struct kt_node *node;

	kt_clause_flush(b, f);
	node = add(b,
	    kt_frame_parent(
		b, f, kt_place_block(f->open, f->n, KT_NOTE), KT_NOTE),
	    KT_NOTE, w);
	set_text(b, node, w, set_parts(b, node, w, lead));
}

void
kt_build_note(struct kt_build *b, const struct kt_inline *w, size_t label)
{
	struct kt_lead lead;

	kt_lead_as(&lead, KT_NOTE, w->seen.p, w->seen.len, label);
	note(b, kt_frame_top(b), w, &lead);
}

static void
figure(struct kt_build *b, struct kt_node *node, const struct kt_inline *w)
{
	const char *file = w->marks[0].arg;

	kt_node_text(b->doc, node, w->text.p, w->text.len);
	kt_node_related(b->doc, node, file, strlen(file));
}

/* ---- headings -------------------------------------------------------- */

/* The words behind 第5条（目的） on its line are its first 項. */
static void
first_paragraph(struct kt_build *b, struct frame *f, struct kt_node *article,
    const struct kt_inline *w, size_t from)
{
	struct kt_num none = { .n = 0 };
	struct kt_node *node = add(b, article, KT_PARAGRAPH, w);

	set_text(b, node, w, from);
	if (f->node[f->n - 1] == article)
		open_paragraph(f, node, &none);
}

static void
headed(struct kt_build *b, struct frame *f, const struct kt_inline *w,
    const struct kt_lead *lead, unsigned level)
{
	struct kt_open head = {
		.kind = lead->kind, .level = level, .num = lead->num
	};
	struct kt_node *node;
	size_t from;

	if (lead->kind != KT_ARTICLE || lead->ncaption > 0)
		kt_clause_flush(b, f);
	f->n = kt_place_heading(f->open, f->n, &head) + 1;
	node = add(b, f->node[f->n - 1], lead->kind, w);
	from = set_parts(b, node, w, lead);
	kt_frame_push(f, node, level, &lead->num);
	if (lead->kind != KT_ARTICLE)
		return;
	take_caption(b, f, node);
	if (from < w->text.len)
		first_paragraph(b, f, node, w, from);
}

/* May clauses with headings of their own stand as paragraphs here? */
static bool
holds_articles(const struct frame *f)
{
	return f->in == IN_DOCUMENT ||
	       (f->in == IN_QUOTE && f->root->kind == KT_QUOTE);
}

/* The first heading of level 1 is the title, unless it begins the first
 * clause of a text without one. */
static bool
is_title(const struct kt_build *b, const struct frame *f,
    const struct kt_lead *lead, unsigned level)
{
	if (f->in != IN_DOCUMENT || level != 1 || f->root->first != NULL ||
	    f->root->caption[0] != '\0' || f->has_caption)
		return false;
	return lead->form == KT_LEAD_PLAIN ||
	       (lead->kind == KT_HEADED && b->one_title);
}

/* ---- what a marker forces -------------------------------------------- */

/* How words split when their kind is known; the marker may name the label. */
static void
split_as(struct kt_build *b, struct kt_lead *lead, enum kt_kind kind,
    const struct kt_inline *w, const struct kt_marker *m)
{
	size_t label = m->has_label ? m->label.len : SIZE_MAX;

	if (m->has_label && (w->text.len < label ||
				memcmp(w->text.p, m->label.p, label) != 0)) {
		/* 解説 and the like have no label in their words. */
		if (kind != KT_COMMENTARY && kind != KT_FIGURE &&
		    kind != KT_PREAMBLE)
			kt_build_report(
			    b, KT_M_MD_MARKER_LABEL, m->line, m->label.p);
		label = 0;
	}
	kt_lead_as(lead, kind, w->seen.p, w->seen.len, label);
}

void
kt_clause_forced(
    struct kt_build *b, struct kt_node *node, const struct kt_marker *m)
{
	if (m->has_label)
		kt_node_label(b->doc, node, m->label.p);
	if (m->has_caption)
		kt_node_caption(b->doc, node, m->caption.p, m->caption.len);
	if (m->has_related)
		kt_node_related(b->doc, node, m->related.p, m->related.len);
}

static void
set_own_words(
    struct kt_build *b, struct kt_node *node, const struct kt_inline *w)
{
	set_text(b, node, w, indent_of(w));
}

static struct kt_num
number_of(const struct kt_node *node)
{
	struct kt_label label = { .num = { .n = 0 } };

	kt_label_read(&label, node->label, strlen(node->label));
	return label.num;
}

/* Is a clause of this kind open for what follows it? */
static bool
stays_open(enum kt_kind kind)
{
	return (kind >= KT_TOC && kind <= KT_APPENDIX && kind != KT_ITEM);
}

/* A block that a marker was written for; false when its parent is not
 * there, and the block is read as if without. */
static bool
forced(struct kt_build *b, struct frame *f, const struct kt_inline *w,
    unsigned level)
{
	struct kt_marker *m = &f->marker;
	struct kt_lead lead;
	struct kt_node *node, *parent;
	enum kt_kind kind = m->kind;
	bool open;
	size_t from;

	if (kind != KT_PARAGRAPH && kind != KT_ARTICLE)
		kt_clause_flush(b, f);
	parent = kt_frame_find(b, f, m, &open);
	if (parent == NULL) {
		kt_marker_release(m);
		return false;
	}
	if (m->own) {
		set_own_words(b, parent, w);
		kt_marker_release(m);
		return true;
	}
	node = add(b, parent, kind, w);
	split_as(b, &lead, kind, w, m);
	if (kind == KT_FIGURE && w->figure) {
		figure(b, node, w);
		kt_clause_forced(b, node, m);
		kt_marker_release(m);
		return true;
	}
	from = set_parts(b, node, w, &lead);
	if (kind == KT_PARAGRAPH || kind == KT_ARTICLE)
		take_caption(b, f, node);
	kt_clause_forced(b, node, m);
	if (open && stays_open(kind)) {
		node->num = number_of(node);
		if (kind == KT_PARAGRAPH)
			open_paragraph(f, node, &node->num);
		else
			kt_frame_push(f, node, level, &node->num);
	}
	if (kind == KT_ARTICLE && from < w->text.len)
		first_paragraph(b, f, node, w, from);
	else if (!stays_open(kind) || kind == KT_PARAGRAPH)
		set_text(b, node, w, from);
	kt_marker_release(m);
	return true;
}

/* ---- first words of a container -------------------------------------- */

static void
name_entry(struct kt_build *b, struct frame *f, const struct kt_inline *w)
{
	struct kt_node *node = f->root;
	struct kt_lead lead;
	size_t from = indent_of(w);

	if (f->marker.set) {
		split_as(b, &lead, node->kind, w, &f->marker);
		from = set_parts(b, node, w, &lead);
		kt_clause_forced(b, node, &f->marker);
		kt_marker_release(&f->marker);
	} else if (!f->plain) {
		kt_lead_paragraph(&lead, w->seen.p, w->seen.len);
		if (lead.form == KT_LEAD_CLAUSE && lead.kind == KT_ITEM) {
			node->kind = KT_ITEM;
			from = set_parts(b, node, w, &lead);
		} else if (f->number[0] != '\0') {
			node->kind = KT_ITEM;
			kt_node_label(b->doc, node, f->number);
		}
	}
	f->open[0].kind = node->kind;
	set_text(b, node, w, from);
	f->named = true;
}

/* 【解説】 lies under the clause, not under its last 項. */
static void
move_commentary(struct kt_build *b, struct frame *f)
{
	struct frame *outer = &b->at[b->depth - 2];
	size_t at = kt_place_block(outer->open, outer->n, KT_COMMENTARY);

	if (f->root->parent != outer->node[outer->n - 1])
		return;
	kt_node_unlink(f->root);
	outer->n = at + 1;
	kt_node_insert(outer->node[at], NULL, f->root);
}

static void
name_commentary(struct kt_build *b, struct frame *f, const struct kt_inline *w,
    const struct kt_lead *lead)
{
	struct kt_node *words;

	set_caption(b, f->root, w, lead->caption, lead->ncaption);
	if (lead->text >= w->text.len)
		return;
	words = add(b, f->root, KT_TEXT, w);
	set_text(b, words, w, lead->text);
}

static bool
name_quote(struct kt_build *b, struct frame *f, const struct kt_inline *w)
{
	struct kt_node *node = f->root;
	struct kt_lead lead;

	if (w->figure)
		kt_frame_named(b, f);
	f->named = true;
	if (f->naming) {
		split_as(b, &lead, node->kind, w, &f->marker);
	} else {
		if (f->marker.set || f->plain || w->figure)
			return false;
		kt_lead_paragraph(&lead, w->seen.p, w->seen.len);
		if (lead.form != KT_LEAD_COMMENTARY &&
		    lead.form != KT_LEAD_NOTE)
			return false;
		node->kind = lead.kind;
		if (node->kind == KT_COMMENTARY)
			move_commentary(b, f);
	}
	f->open[0].kind = node->kind;
	if (node->kind == KT_COMMENTARY)
		name_commentary(b, f, w, &lead);
	else
		set_text(b, node, w, set_parts(b, node, w, &lead));
	if (f->naming) {
		kt_clause_forced(b, node, &f->marker);
		kt_marker_release(&f->marker);
		f->naming = false;
	}
	return true;
}

bool
kt_clause_name(struct kt_build *b, struct frame *f, const struct kt_inline *w)
{
	if (f->named)
		return false;
	switch (f->in) {
	case IN_ENTRY:
		name_entry(b, f, w);
		return true;
	case IN_QUOTE:
		return name_quote(b, f, w);
	case IN_CELL:
	case IN_DOCUMENT:
		break;
	}
	return false;
}

/* ---- blocks ---------------------------------------------------------- */

void
kt_build_heading(struct kt_build *b, const struct kt_inline *w, unsigned level)
{
	struct frame *f = kt_frame_top(b);
	struct kt_lead lead;

	tell_odd(b, w);
	kt_frame_named(b, f);
	if (f->marker.set && forced(b, f, w, level))
		return;
	kt_lead_heading(&lead, w->seen.p, w->seen.len);
	if (is_title(b, f, &lead, level)) {
		set_caption(
		    b, f->root, w, indent_of(w), w->text.len - indent_of(w));
		f->root->line = (uint32_t)w->line;
		f->root->column = (uint32_t)w->column;
		return;
	}
	headed(b, f, w, &lead, level);
}

void
kt_build_paragraph(struct kt_build *b, const struct kt_inline *w)
{
	struct frame *f = kt_frame_top(b);
	struct kt_lead lead = { .form = KT_LEAD_PLAIN };

	tell_odd(b, w);
	if (kt_clause_name(b, f, w))
		return;
	if (f->marker.set && forced(b, f, w, PLAIN_LEVEL))
		return;
	if (w->figure) {
		kt_clause_flush(b, f);
		figure(b,
		    add(b,
			kt_frame_parent(b, f,
			    kt_place_block(f->open, f->n, KT_FIGURE),
			    KT_FIGURE),
			KT_FIGURE, w),
		    w);
		return;
	}
	if (!f->plain && f->open[f->n - 1].kind != KT_TOC)
		kt_lead_paragraph(&lead, w->seen.p, w->seen.len);
	switch (lead.form) {
	case KT_LEAD_NOTE:
		note(b, f, w, &lead);
		return;
	case KT_LEAD_CAPTION:
		kt_clause_flush(b, f);
		kt_inline_copy(&f->caption, w);
		f->has_caption = true;
		return;
	case KT_LEAD_CLAUSE:
		if (lead.kind == KT_ITEM)
			numbered_paragraph(b, f, w, &lead);
		else if (holds_articles(f))
			headed(b, f, w, &lead,
			    lead.kind == KT_SUPPL || lead.kind == KT_APPENDIX
				? 1
				: PLAIN_LEVEL);
		else
			plain_paragraph(b, f, w);
		return;
	case KT_LEAD_COMMENTARY:
	case KT_LEAD_PLAIN:
		plain_paragraph(b, f, w);
		return;
	}
}
