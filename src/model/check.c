/* SPDX-License-Identifier: MIT */
/*
 * Lint: the table of rules, and the rules about single clauses.  A rule must
 * hold for the laws of the State with hardly a finding; what taste may differ
 * about is advice.
 */
#include "check_int.h"

#include <stdlib.h>
#include <string.h>

typedef void rule_fn(struct kt_checker *c);

static rule_fn *const rules[] = {
	kt_check_numbers,
	kt_check_references,
	kt_check_contents,
	kt_check_captions,
	kt_check_empty,
	kt_check_levels,
	kt_check_terms,
	kt_check_tables,
	kt_check_brackets,
	kt_check_glyphs,
	kt_check_variants,
};

/* ---- findings ------------------------------------------------------------ */

static const char *
keep(struct kt_checker *c, const char *s)
{
	return s == NULL ? NULL : kt_arena_strdup(c->arena, s);
}

void
kt_found_at(struct kt_checker *c, enum kt_msg_id id, const struct kt_node *node,
    uint32_t start, const char *a, const char *b)
{
	struct kt_finding *f;

	KT_GROW(c->found, c->count, c->cap);
	f = &c->found[c->count];
	f->id = id;
	f->node = node;
	f->start = start;
	f->order = c->count++;
	f->a = keep(c, a);
	f->b = keep(c, b);
}

void
kt_found(struct kt_checker *c, enum kt_msg_id id, const struct kt_node *node,
    const char *a, const char *b)
{
	kt_found_at(c, id, node, 0, a, b);
}

void
kt_found_words(struct kt_checker *c, enum kt_msg_id id,
    const struct kt_node *node, uint32_t start, uint32_t len, const char *b)
{
	char *words = kt_strndup(node->text + start, len);

	kt_found_at(c, id, node, start, words, b);
	free(words);
}

static int
by_place(const void *x, const void *y)
{
	const struct kt_finding *a = x, *b = y;

	if (a->node->id != b->node->id)
		return a->node->id < b->node->id ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* The column of a byte of the text: the label and its blank go before it. */
static size_t
column_of(const struct kt_finding *f)
{
	const struct kt_node *node = f->node;
	size_t label = strlen(node->label);

	if (node->column == 0 || f->start == 0)
		return node->column;
	return node->column +
	       (label > 0 ? kt_utf8_count(node->label, label) + 1 : 0) +
	       kt_utf8_count(node->text, f->start);
}

static void
report_all(struct kt_checker *c, struct kt_diag *d)
{
	if (c->count > 0)
		qsort(c->found, c->count, sizeof(*c->found), by_place);
	for (size_t i = 0; i < c->count; i++) {
		const struct kt_finding *f = &c->found[i];

		kt_report(d, .id = f->id, .at.file = c->doc->source,
		    .at.line = f->node->line, .at.column = column_of(f),
		    .at.clause = kt_addr(c->doc, f->node), .a = f->a,
		    .b = f->b);
	}
}

size_t
kt_check(const struct kt_doc *doc, struct kt_diag *d)
{
	struct kt_refs *refs = kt_refs_new(doc);
	struct kt_checker c = {
		.doc = doc, .refs = refs, .arena = kt_arena_new()
	};
	size_t count;

	kt_terms_find(&c.terms, doc);
	for (size_t i = 0; i < KT_COUNT(rules); i++)
		rules[i](&c);
	report_all(&c, d);
	count = c.count;
	kt_terms_release(&c.terms);
	kt_refs_free(refs);
	kt_arena_free(c.arena);
	free(c.found);
	return count;
}

/* ---- where a node stands ------------------------------------------------- */

bool
kt_is_enclosed(const struct kt_node *node)
{
	for (node = node->parent; node != NULL; node = node->parent)
		if (kt_kind_encloses(node->kind))
			return true;
	return false;
}

const struct kt_node *
kt_scope_of(const struct kt_doc *doc, const struct kt_node *node)
{
	for (; node != NULL; node = node->parent)
		if (node->kind == KT_SUPPL || node->kind == KT_APPENDIX)
			return node;
	return doc->root;
}

bool
kt_is_supplement(const struct kt_doc *doc, const struct kt_node *node)
{
	return kt_scope_of(doc, node)->kind == KT_SUPPL;
}

/* ---- references ---------------------------------------------------------- */

static bool
holds(const char *p, size_t n, const char *word)
{
	const char *end = p + n;

	for (; p < end; p++)
		if (kt_word_at(p, end, word) > 0)
			return true;
	return false;
}

/* 第5条第2号 of an article that has several 項. */
static bool
leaves_paragraph_out(const struct kt_ref *r, const char *words)
{
	const struct kt_node *to = r->to.node;

	return r->state == KT_R_RESOLVED && r->form == KT_R_ABSOLUTE &&
	       r->to.last == NULL && to->kind == KT_ITEM &&
	       to->parent->kind == KT_PARAGRAPH && holds(words, r->len, "条") &&
	       !holds(words, r->len, "項") &&
	       holds(r->address, strlen(r->address), "項");
}

void
kt_check_references(struct kt_checker *c)
{
	for (size_t i = 0; i < c->refs->count; i++) {
		const struct kt_ref *r = &c->refs->at[i];
		const char *from =
		    r->in_related ? r->node->related : r->node->text;
		char *words;

		/* 同条 of what is missing was said already. */
		if (r->form == KT_R_SAME || r->node->kind == KT_TOC)
			continue;
		words = kt_strndup(from + r->start, r->len);
		if (r->state == KT_R_DANGLING && !kt_is_enclosed(r->node))
			kt_found_at(c, KT_M_REF_DANGLING, r->node,
			    r->in_related ? 0 : r->start, words, NULL);
		else if (leaves_paragraph_out(r, words))
			kt_found_at(c, KT_M_REF_PARAGRAPH, r->node, r->start,
			    words, r->address);
		free(words);
	}
}

/* ---- captions, empty clauses, levels ------------------------------------- */

void
kt_check_captions(struct kt_checker *c)
{
	for (size_t i = 0; i < c->doc->count; i++) {
		const struct kt_node *node = c->doc->nodes[i];
		const struct kt_node *before = node->prev;

		if (node->kind == KT_ARTICLE && before != NULL &&
		    before->kind == KT_ARTICLE && node->caption[0] != '\0' &&
		    strcmp(node->caption, before->caption) == 0 &&
		    !kt_is_enclosed(node))
			kt_found(c, KT_M_CAPTION_DUPLICATE, node, node->caption,
			    NULL);
	}
}

static bool
needs_words(enum kt_kind kind)
{
	return kind == KT_ARTICLE || kind == KT_PARAGRAPH || kind == KT_ITEM ||
	       kind == KT_HEADED || kind == KT_TOPIC || kind == KT_SUPPL;
}

void
kt_check_empty(struct kt_checker *c)
{
	for (size_t i = 0; i < c->doc->count; i++) {
		const struct kt_node *node = c->doc->nodes[i];

		if (!needs_words(node->kind) || node->len > 0 ||
		    node->first != NULL || node->deleted ||
		    kt_is_enclosed(node))
			continue;
		/* The words of an item may all be its caption; of an
		 * amending instrument only parts are kept. */
		if ((node->kind == KT_ITEM && node->caption[0] != '\0') ||
		    kt_is_supplement(c->doc, node))
			continue;
		kt_found(
		    c, KT_M_CLAUSE_EMPTY, node, kt_addr(c->doc, node), NULL);
	}
}

static const char *
level_name(enum kt_kind kind)
{
	const char *sign = kt_step_sign(kind);

	return sign == NULL ? "" : sign;
}

void
kt_check_levels(struct kt_checker *c)
{
	for (size_t i = 0; i < c->doc->count; i++) {
		const struct kt_node *node = c->doc->nodes[i];
		enum kt_kind above;

		/* A body may begin with 編 or with 章; below them each level
		 * has the next around it. */
		if (!kt_kind_is_division(node->kind) ||
		    node->kind <= KT_CHAPTER || kt_is_enclosed(node))
			continue;
		above = (enum kt_kind)(node->kind - 1);
		if (node->parent->kind != above)
			kt_found(c, KT_M_LEVEL_SKIP, node, node->label,
			    level_name(above));
	}
}
