/* SPDX-License-Identifier: MIT */
/*
 * References under the pairing of clauses: one that follows its target, one
 * that means another clause now, one whose clause is gone.  The words may be
 * the same in all three cases.
 */
#include "diff_int.h"

#include <string.h>

/* The node of the new side that an old one is now, NULL when it is gone or
 * became several. */
static const struct kt_node *
image(const struct work *w, const struct kt_node *node)
{
	const struct side *s = &w->side[0];
	const struct group *g;

	if (node == NULL)
		return NULL;
	if (s->group[node->id] != NONE) {
		g = &w->groups[s->group[node->id]];
		return g->one_side == 1 ? node_at(&w->side[1], g->one) : NULL;
	}
	if (s->peer[node->id] == NONE)
		return NULL;
	return node_at(&w->side[1], s->peer[node->id]);
}

/* Where a reference stands. */
static const char *
words_of(const struct kt_ref *ref)
{
	return (ref->in_related ? ref->node->related : ref->node->text) +
	       ref->start;
}

static uint64_t
id_of_words(struct work *w, const struct kt_ref *ref)
{
	kt_buf_clear(&w->buf);
	kt_fold(&w->buf, words_of(ref), ref->len);
	return kt_hash(w->buf.p, w->buf.len, 4);
}

/* What both sides call a clause: its split or merge, or its place on the new
 * side; 0 when the other side has no such clause. */
static uint64_t
identity(const struct work *w, int side, const struct kt_node *node)
{
	const struct side *s = &w->side[side];

	if (s->group[node->id] != NONE)
		return (uint64_t)s->group[node->id] << 32 | 1;
	if (s->peer[node->id] == NONE)
		return 0;
	return ((uint64_t)(side == 0 ? s->peer[node->id] : node->id) + 1) << 1;
}

uint64_t
kt_ref_id(struct work *w, int side, const struct kt_ref *ref)
{
	uint64_t to, last = 0, h;

	if (ref->state != KT_R_RESOLVED)
		return id_of_words(w, ref);
	to = identity(w, side, ref->to.node);
	if (ref->to.last != NULL)
		last = identity(w, side, ref->to.last);
	if (to == 0 || (ref->to.last != NULL && last == 0))
		return id_of_words(w, ref);
	h = kt_hash_mix(kt_hash_mix(5, to), last);
	return kt_hash_mix(h, (uint64_t)ref->to.part << 32 | ref->to.dan);
}

static bool
same_words(const struct kt_ref *old, const struct kt_ref *new)
{
	return old->len ==
	       new->len &&memcmp(words_of(old), words_of(new), old->len) == 0;
}

/* ---- notes -------------------------------------------------------------- */

static void
put_spot(struct kt_buf *out, const struct kt_doc *doc, const struct kt_ref *ref)
{
	if (ref->state == KT_R_EXTERNAL)
		kt_buf_puts(out, ref->document);
	if (ref->address != NULL && ref->address[0] != '\0') {
		kt_buf_puts(out, ref->address);
		return;
	}
	if (ref->to.node == NULL)
		return;
	kt_addr_write(out, doc, ref->to.node);
	if (ref->to.last != NULL) {
		kt_buf_puts(out, "から");
		kt_addr_write(out, doc, ref->to.last);
	}
}

/* 第5条→第6条; nothing where another wording means the same, the address once
 * where the wording is the same too. */
static const char *
note_of(struct work *w, const struct kt_ref *old, const struct kt_ref *new)
{
	static const char arrow[] = "→";
	struct kt_buf *b = &w->buf;
	size_t n, m;

	kt_buf_clear(b);
	put_spot(b, w->side[0].doc, old);
	n = b->len;
	kt_buf_puts(b, arrow);
	put_spot(b, w->side[1].doc, new);
	m = n + strlen(arrow);
	if (b->len - m == n && memcmp(b->p, b->p + m, n) == 0) {
		if (!same_words(old, new))
			return "";
		kt_buf_cut(b, n);
	}
	return kt_arena_strndup(w->list->arena, b->p, b->len);
}

/* 第5条→第5条又は第6条 */
static const char *
note_of_split(struct work *w, const struct kt_ref *old, const struct group *g)
{
	struct kt_buf *b = &w->buf;

	kt_buf_clear(b);
	put_spot(b, w->side[0].doc, old);
	for (uint32_t i = 0; i < g->nmany; i++) {
		kt_buf_puts(b, i == 0 ? "→" : "又は");
		kt_addr_write(
		    b, w->side[1].doc, node_at(&w->side[1], g->many[i]));
	}
	return kt_arena_strndup(w->list->arena, b->p, b->len);
}

/* ---- relations ---------------------------------------------------------- */

/* Written otherwise by the closed lists and no more? */
static bool
same_but_written(
    struct work *w, const struct kt_ref *old, const struct kt_ref *new)
{
	struct text_work *t = &w->text;

	if (t->notation == NULL)
		t->notation = kt_notation_new();
	kt_buf_clear(&t->one);
	kt_buf_clear(&t->two);
	kt_fold_notation(t->notation, &t->one, words_of(old), old->len);
	kt_fold_notation(t->notation, &t->two, words_of(new), new->len);
	return strcmp(t->one.p, t->two.p) == 0;
}

static bool
same_string(const char *x, const char *y)
{
	return strcmp(x == NULL ? "" : x, y == NULL ? "" : y) == 0;
}

/* The split that a reference to the whole of its clause fell into, when the
 * new one means a part of it. */
static const struct group *
split_of(
    const struct work *w, const struct kt_ref *old, const struct kt_ref *new)
{
	const struct side *s = &w->side[0];
	const struct group *g;

	if (s->group[old->to.node->id] == NONE)
		return NULL;
	g = &w->groups[s->group[old->to.node->id]];
	if (g->one_side != 0 || kt_is_range(w, g))
		return NULL;
	for (uint32_t i = 0; i < g->nmany; i++)
		if (new->to.node != NULL && g->many[i] == new->to.node->id)
			return g;
	return NULL;
}

/* A number that was 削除 among others and is so by itself, or the other way. */
static bool
same_deleted(
    const struct work *w, const struct kt_node *old, const struct kt_node *new)
{
	const struct side *s = &w->side[0];

	return old != NULL && new != NULL && old->deleted &&new->deleted &&
	       s->group[old->id] != NONE &&
	       s->group[old->id] == w->side[1].group[new->id];
}

/* 第5条 and 第5条第1項 are the same text while there is no second 項. */
static const struct kt_node *
only_paragraph(const struct kt_node *node)
{
	const struct kt_node *only = NULL;

	if (node->kind != KT_ARTICLE)
		return node;
	for (const struct kt_node *at = node->first; at != NULL;
	     at = at->next) {
		if (at->kind != KT_PARAGRAPH)
			continue;
		if (only != NULL)
			return node;
		only = at;
	}
	return only == NULL ? node : only;
}

static bool
same_target(
    const struct work *w, const struct kt_ref *old, const struct kt_ref *new)
{
	const struct kt_node *to = old->to.node, *now = new->to.node;

	if ((old->to.last == NULL) != (new->to.last == NULL) ||
	    (image(w, old->to.last) != new->to.last &&
		!same_deleted(w, old->to.last, new->to.last)) ||
	    old->to.part != new->to.part || old->to.dan != new->to.dan)
		return false;
	return image(w, to) == now || same_deleted(w, to, now) ||
	       image(w, only_paragraph(to)) == only_paragraph(now);
}

/* Outside this document, or nowhere in it: by what is written. */
static enum kt_span_class
relate_by_words(
    struct work *w, const struct kt_ref *old, const struct kt_ref *new)
{
	bool same = same_string(old->address, new->address) &&
		    same_string(old->document, new->document);

	if (same_words(old, new))
		return KT_SC_NONE;
	if (same && same_but_written(w, old, new))
		return KT_SC_NOTATION;
	if (same && new->state == KT_R_EXTERNAL &&new->address[0] != '\0')
		return KT_SC_REF_FOLLOWED; /* 同項 for 法第2条第4項 */
	return new->state == KT_R_DANGLING ? KT_SC_REF_DANGLING
					   : KT_SC_REF_RETARGETED;
}

enum kt_span_class
kt_relate(struct work *w, const struct kt_ref *old, const struct kt_ref *new,
    const char **note)
{
	const struct group *g;
	enum kt_span_class class;

	*note = "";
	if (old->state != KT_R_RESOLVED && old->state == new->state) {
		class = relate_by_words(w, old, new);
	} else if (new->state == KT_R_DANGLING) {
		class = KT_SC_REF_DANGLING;
	} else if (old->state != KT_R_RESOLVED || new->state != KT_R_RESOLVED) {
		class = KT_SC_REF_RETARGETED;
	} else if ((g = split_of(w, old, new)) != NULL) {
		*note = note_of_split(w, old, g);
		return KT_SC_REF_DANGLING;
	} else if (!same_target(w, old, new)) {
		class = KT_SC_REF_RETARGETED;
	} else if (same_words(old, new)) {
		return KT_SC_NONE;
	} else if (old->form == new->form &&
		   same_string(old->address, new->address) &&
		   same_but_written(w, old, new)) {
		return KT_SC_NOTATION; /* 第十二条 for 第12条 */
	} else {
		class = KT_SC_REF_FOLLOWED;
	}
	if (class != KT_SC_NONE && class != KT_SC_NOTATION)
		*note = note_of(w, old, new);
	return class;
}

bool
kt_ref_gone(const struct work *w, int side, const struct kt_ref *ref)
{
	const struct side *s = &w->side[side];
	uint32_t id;

	if (ref->state != KT_R_RESOLVED)
		return false;
	id = ref->to.node->id;
	if (s->group[id] != NONE)
		return true;
	return s->peer[id] == NONE;
}
