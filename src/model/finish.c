/* SPDX-License-Identifier: MIT */
/*
 * What is derived from a tree that stands: ids in reading order, the numbers
 * of labels, 削除, units and the style of the document.  As few passes over the
 * nodes as can be, because the nodes of a long document are brought from
 * memory for each; none recursive.
 */
#include "model_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- labels ------------------------------------------------------------- */

static void
read_label(struct kt_node *node)
{
	struct kt_label label;

	node->num = node->to = (struct kt_num){ .n = 0 };
	if (node->label[0] != '\0' &&
	    kt_label_read(&label, node->label, strlen(node->label))) {
		node->num = label.num;
		node->to = label.to;
	}
}

/* An unlabelled 項 follows the one before it. */
static void
count_paragraph(struct kt_node *node)
{
	const struct kt_node *before = node->prev;

	while (before != NULL && before->kind != KT_PARAGRAPH)
		before = before->prev;
	node->num.form = KT_F_NONE;
	node->num.n = 1;
	node->num.v[0] =
	    before == NULL || before->num.n == 0 ? 1 : before->num.v[0] + 1;
}

static bool
is_kana(const struct kt_node *node)
{
	return node->num.form == KT_F_IROHA ||
	       node->num.form == KT_F_PAREN_IROHA;
}

static struct kt_node *
next_kana(struct kt_node *node)
{
	do
		node = node->next;
	while (node != NULL && !is_kana(node));
	return node;
}

/* How well a reading fits a run: it begins with the first and each follows
 * the one before it. */
struct fit {
	unsigned score, last;
};

static void
fit_next(struct fit *fit, unsigned value)
{
	if (value == fit->last + 1)
		fit->score++;
	fit->last = value;
}

/* Does the run of kana labels that begins with `first` read better as アイウ?
 * A draw goes to the reading nearer to its beginning. */
static bool
reads_as_aiueo(struct kt_node *first)
{
	struct fit iroha = { .last = 0 }, aiueo = { .last = 0 };
	struct kt_num as = first->num;
	unsigned begins;

	if (!kt_num_as_aiueo(&as))
		return false;
	begins = as.v[0];
	for (struct kt_node *at = first; at != NULL; at = next_kana(at)) {
		as = at->num;
		fit_next(&iroha, as.v[0]);
		if (!kt_num_as_aiueo(&as))
			return false; /* ヰ and ヱ are in いろは only */
		fit_next(&aiueo, as.v[0]);
	}
	return aiueo.score > iroha.score ||
	       (aiueo.score == iroha.score && begins < first->num.v[0]);
}

/* イ is the first of イロハ and the second of アイウ: the siblings from
 * `first` on decide for all of them. */
static void
decide_kana(struct kt_node *first)
{
	struct kt_node *next;

	if (!reads_as_aiueo(first))
		return;
	for (struct kt_node *at = first; at != NULL; at = next) {
		next = next_kana(at);
		kt_num_as_aiueo(&at->num);
		kt_num_as_aiueo(&at->to);
	}
}

/* i after h, v after u, x after w are letters. */
static void
decide_letter(struct kt_node *node)
{
	const struct kt_node *before = node->prev;
	struct kt_num as = node->num;

	if (before == NULL || before->num.n != 1 || !kt_num_as_latin(&as) ||
	    before->num.form != as.form || before->num.v[0] + 1 != as.v[0])
		return;
	node->num = as;
}

/* Is it the first of the labels in kana among its fellows? */
static bool
begins_kana(const struct kt_node *node)
{
	const struct kt_node *before = node->prev;

	if (!is_kana(node))
		return false;
	while (before != NULL && !is_kana(before))
		before = before->prev;
	return before == NULL;
}

/* The number of a node, those before it being known. */
static void
number_of(struct kt_node *node)
{
	read_label(node);
	if (node->kind == KT_PARAGRAPH && node->label[0] == '\0')
		count_paragraph(node);
	decide_letter(node);
}

/* ---- 削除 --------------------------------------------------------------- */

static bool
says_deleted(const char *p, size_t n)
{
	const char *end = p + n;
	size_t used;

	p = kt_skip_blanks(p, end);
	used = kt_word_at(p, end, "削除");
	return used > 0 && kt_skip_blanks(p + used, end) == end;
}

/* 第4条　削除: the word stands in the clause, in its caption or in its only
 * 項, and nothing else does. */
static bool
is_deleted(const struct kt_node *node)
{
	const struct kt_node *only = node->first;

	if (node->kind < KT_PART || node->kind > KT_APPENDIX)
		return false;
	if (only == NULL && node->len == 0)
		return says_deleted(node->caption, strlen(node->caption));
	if (node->caption[0] != '\0')
		return false;
	if (only == NULL)
		return says_deleted(node->text, node->len);
	return node->len == 0 && only->next == NULL && only->first == NULL &&
	       (only->kind == KT_PARAGRAPH || only->kind == KT_TEXT) &&
	       only->label[0] == '\0' && only->caption[0] == '\0' &&
	       says_deleted(only->text, only->len);
}

/* ---- where nodes stand --------------------------------------------------- */

enum stand {
	INSIDE = 1, /* within quoted matter, 解説, 注, a table … */
	BEHIND = 2, /* in an 附則 or 別表, these themselves included */
	HOLDS = 4, /* a unit or has one below */
};

static unsigned char
stand_of(const struct kt_node *node, const unsigned char *stand)
{
	unsigned char s;

	if (node->parent == NULL)
		return 0;
	s = stand[node->parent->id];
	if (kt_kind_encloses(node->parent->kind))
		s |= INSIDE;
	if (node->kind == KT_SUPPL || node->kind == KT_APPENDIX)
		s |= BEHIND;
	return s;
}

/* ---- style -------------------------------------------------------------- */

/* How many clauses of either style there are, in all and in the body. */
struct styles {
	size_t joko, koban, body_joko, body_koban;
};

static void
count_style(struct styles *s, enum kt_kind kind, unsigned char stand)
{
	if ((stand & INSIDE) != 0)
		return;
	s->joko += kind == KT_ARTICLE || kind == KT_PARAGRAPH;
	s->koban += kind == KT_HEADED;
	if ((stand & BEHIND) == 0) {
		/* 項 stand in prose too; only 条 rule a body. */
		s->body_joko += kind == KT_ARTICLE;
		s->body_koban += kind == KT_HEADED;
	}
}

/* By what the body is made of; only without a body by its 附則 and 別表. */
static enum kt_style
style_of(const struct styles *s)
{
	if (s->body_joko > 0)
		return KT_STYLE_JOKO;
	if (s->body_koban > 0)
		return KT_STYLE_KOBAN;
	return s->joko > 0    ? KT_STYLE_JOKO
	       : s->koban > 0 ? KT_STYLE_KOBAN
			      : KT_STYLE_PROSE;
}

/* ---- units -------------------------------------------------------------- */

static bool
is_container(enum kt_kind kind)
{
	return kind == KT_DOC || kt_kind_is_division(kind);
}

/* Kinds that are or hold units; the rest is content of these. */
static bool
is_structure(const struct kt_node *node, const unsigned char *stand)
{
	enum kt_kind kind = node->kind;

	if ((stand[node->id] & INSIDE) != 0)
		return false;
	if (kind == KT_PARAGRAPH)
		return node->parent != NULL && is_container(node->parent->kind);
	return is_container(kind) || kind == KT_ARTICLE || kind == KT_HEADED ||
	       kind == KT_TOPIC || kind == KT_SUPPL || kind == KT_APPENDIX ||
	       kind == KT_PREAMBLE;
}

/* Has a node words besides the units below it?  A commentary behind one of
 * those is that one's. */
static bool
has_own_words(const struct kt_node *node, const unsigned char *stand)
{
	bool taken = false; /* would a follower belong to the one before? */

	if (node->len > 0)
		return true;
	for (const struct kt_node *at = node->first; at != NULL;
	     at = at->next) {
		if (at->kind == KT_TOC || (kt_kind_follows(at->kind) && taken))
			continue;
		if (!is_structure(at, stand))
			return true;
		taken = (stand[at->id] & HOLDS) != 0;
	}
	return false;
}

static bool
holds_below(const struct kt_node *node, const unsigned char *stand)
{
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		if ((stand[at->id] & HOLDS) != 0)
			return true;
	return false;
}

static bool
is_unit(const struct kt_node *node, const unsigned char *stand)
{
	if (!is_structure(node, stand))
		return false;
	if (node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
	    node->kind == KT_PREAMBLE || has_own_words(node, stand))
		return true;
	return !is_container(node->kind) && !holds_below(node, stand);
}

/* The unit of a node that is none itself.  `last` is the unit read last. */
static struct kt_node *
unit_of(const struct kt_node *node, struct kt_node *last,
    const unsigned char *stand)
{
	const struct kt_node *before = node->prev;

	if (node->kind == KT_TOC || is_structure(node, stand))
		return NULL;
	if (kt_kind_follows(node->kind) && before != NULL &&
	    (stand[node->id] & INSIDE) == 0) {
		if (kt_kind_follows(before->kind))
			return before->unit;
		if (is_structure(before, stand) &&
		    (stand[before->id] & HOLDS) != 0)
			return before->unit == before ? before->unit : last;
	}
	return node->parent->unit;
}

static void
find_units(struct kt_doc *doc, unsigned char *stand)
{
	struct kt_node *last = NULL;

	/* From the end, so that what is below is known. */
	for (size_t i = doc->count; i-- > 0;) {
		struct kt_node *node = doc->nodes[i];

		node->unit = is_unit(node, stand) ? node : NULL;
		if (node->unit != NULL ||
		    (is_structure(node, stand) && holds_below(node, stand)))
			stand[i] |= HOLDS;
	}
	for (size_t i = 0; i < doc->count; i++) {
		struct kt_node *node = doc->nodes[i];

		if (node->unit == node)
			last = node;
		else
			node->unit = unit_of(node, last, stand);
	}
}

/* ---- all of it ---------------------------------------------------------- */

/* Everything that the nodes before it, and those right below, tell of a node.
 * Returns by node how it stands. */
static unsigned char *
see_nodes(struct kt_doc *doc)
{
	struct kt_node **kana = NULL; /* beginnings of runs */
	unsigned char *stand = NULL;
	struct styles styles = { 0 };
	size_t cap = 0, stand_cap = 0, nkana = 0, kana_cap = 0;

	for (struct kt_node *at = doc->root; at != NULL;
	     at = kt_node_next(at, doc->root)) {
		KT_GROW(doc->nodes, doc->count, cap);
		KT_GROW(stand, doc->count, stand_cap);
		at->id = (uint32_t)doc->count;
		stand[at->id] = stand_of(at, stand);
		doc->nodes[doc->count++] = at;
		number_of(at);
		if (begins_kana(at)) {
			KT_GROW(kana, nkana, kana_cap);
			kana[nkana++] = at;
		}
		at->deleted = is_deleted(at);
		count_style(&styles, at->kind, stand[at->id]);
	}
	while (nkana > 0)
		decide_kana(kana[--nkana]);
	free(kana);
	doc->style = style_of(&styles);
	return stand;
}

void
kt_doc_finish(struct kt_doc *doc)
{
	unsigned char *stand;

	kt_index_free(doc->index);
	doc->index = NULL;
	free(doc->nodes);
	doc->nodes = NULL;
	doc->count = 0;
	stand = see_nodes(doc);
	find_units(doc, stand);
	free(stand);
}
