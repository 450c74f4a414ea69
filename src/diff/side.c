/* SPDX-License-Identifier: MIT */
/*
 * The two documents as the engine sees them: which node is part of which
 * clause, what each says apart from its numbers (as a hash, combined upwards),
 * and how much that is.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* Stands for a reference whose number may follow its target. */
#define REFERENCE "\x01"

/* Of a large pair of documents one text in so many tells which grams are
 * common; which, its hash decides, so that both sides agree. */
#define SAMPLED ((size_t)1 << 20)
#define SAMPLE 4

/* ---- parts -------------------------------------------------------------- */

/* The clause a node is directly part of: its parent, or the unit it stands
 * behind; none for units, what holds them, and 題名. */
static const struct kt_node *
whole_of(const struct kt_node *node)
{
	const struct kt_node *up = node->parent;

	if (up == NULL || node->unit == node)
		return NULL;
	if (node->unit != NULL)
		return up->unit == node->unit ? up : node->unit;
	for (const struct kt_node *at = up; at != NULL; at = at->parent)
		if (at->kind == KT_TOC)
			return up;
	return NULL;
}

static void
list_parts(struct side *s)
{
	uint32_t *count = KT_NEWN(s->arena, uint32_t, (size_t)s->n + 2);

	s->part = KT_NEWN(s->arena, uint32_t, s->n);
	for (uint32_t i = 0; i < s->n; i++) {
		const struct kt_node *whole = whole_of(node_at(s, i));

		if (whole != NULL)
			count[whole->id + 2]++;
	}
	for (uint32_t i = 0; i < s->n; i++)
		count[i + 2] += count[i + 1];
	s->first_part = count;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct kt_node *whole = whole_of(node_at(s, i));

		if (whole != NULL)
			s->part[count[whole->id + 1]++] = i;
	}
}

/* ---- keys --------------------------------------------------------------- */

unsigned
kt_family(enum kt_kind kind)
{
	/* A paragraph may gain or lose its number, an entry its label. */
	if (kind == KT_TEXT)
		return KT_PARAGRAPH;
	if (kind == KT_BULLET)
		return KT_ITEM;
	return kind;
}

void
kt_side_fold(
    struct kt_buf *out, const struct side *s, const struct kt_node *node)
{
	uint32_t at = 0;

	for (uint32_t i = s->refs->first[node->id];
	     i < s->refs->first[node->id + 1]; i++) {
		const struct kt_ref *ref = &s->refs->at[i];

		if (ref->in_related || ref->state == KT_R_EXTERNAL ||
		    ref->start < at)
			continue;
		kt_fold(out, node->text + at, ref->start - at);
		kt_buf_puts(out, REFERENCE);
		at = ref->start + ref->len;
	}
	kt_fold(out, node->text + at, node->len - at);
}

/* What one node says itself.  Its text stays in s->buf. */
static uint64_t
own_key(struct side *s, const struct kt_node *node)
{
	uint64_t h = kt_family(node->kind) + 1;

	kt_buf_clear(&s->buf);
	kt_side_fold(&s->buf, s, node);
	h = kt_hash(s->buf.p, s->buf.len, h);
	if (node->deleted) {
		/* Nothing but the number tells one 削除 from another. */
		h = kt_hash(node->num.v, sizeof(*node->num.v) * node->num.n, h);
		h = kt_hash(node->to.v, sizeof(*node->to.v) * node->to.n, h);
	}
	if (node->unit != node && node->caption[0] != '\0')
		h = kt_hash(node->caption, strlen(node->caption), h + 1);
	if (node->kind == KT_FIGURE)
		h = kt_hash(node->related, strlen(node->related), h + 2);
	return h;
}

/* From the end, so that the keys of parts are known; a part always stands
 * behind what it is part of. */
static void
make_keys(struct side *s, unsigned sample)
{
	for (uint32_t i = s->n; i-- > 0;) {
		const struct kt_node *node = node_at(s, i);
		const uint32_t *part;
		uint32_t n = parts_of(s, i, &part);
		uint64_t h = own_key(s, node);

		s->weight[i] = (uint32_t)(s->buf.len + 2) / 3;
		if (h % sample == 0)
			kt_grams_see(s->grams, s->buf.p, s->buf.len);
		for (uint32_t k = 0; k < n; k++) {
			h = kt_hash_mix(h, s->key[part[k]]);
			s->weight[i] += s->weight[part[k]];
		}
		s->key[i] = h;
	}
}

void
kt_side_bag(struct side *s, uint32_t id)
{
	size_t n = 0;

	/* In any order: a bag is sorted. */
	KT_GROW(s->todo, n, s->todo_cap);
	s->todo[n++] = id;
	while (n > 0) {
		uint32_t i = s->todo[--n], nparts;
		const uint32_t *part;

		kt_buf_clear(&s->buf);
		kt_side_fold(&s->buf, s, node_at(s, i));
		kt_grams_add(s->grams, s->buf.p, s->buf.len);
		nparts = parts_of(s, i, &part);
		for (uint32_t k = 0; k < nparts; k++) {
			KT_GROW(s->todo, n, s->todo_cap);
			s->todo[n++] = part[k];
		}
	}
}

uint32_t
kt_side_end(const struct side *s, uint32_t id)
{
	return (uint32_t)kt_node_end(s->doc, node_at(s, id));
}

/* ---- units -------------------------------------------------------------- */

/* Articles count anew in each 附則; those of the laws that amended this one
 * are told apart by that law's number. */
static uint32_t
scope_of(struct side *s, const struct kt_node *node)
{
	for (; node != NULL; node = node->parent) {
		if (node->kind == KT_APPENDIX)
			return 2;
		if (node->kind != KT_SUPPL)
			continue;
		kt_buf_clear(&s->buf);
		kt_fold(&s->buf, node->related, strlen(node->related));
		return (uint32_t)kt_hash(s->buf.p, s->buf.len, 3) | 4;
	}
	return 0;
}

static void
list_units(struct side *s)
{
	s->units = KT_NEWN(s->arena, uint32_t, s->n);
	for (uint32_t i = 0; i < s->n; i++)
		if (node_at(s, i)->unit == node_at(s, i))
			s->units[s->nunits++] = i;
	s->scope = KT_NEWN(s->arena, uint32_t, s->nunits);
	for (uint32_t i = 0; i < s->nunits; i++)
		s->scope[i] = scope_of(s, node_at(s, s->units[i]));
}

static size_t
bytes_of(const struct kt_doc *doc)
{
	size_t sum = 0;

	for (size_t i = 0; i < doc->count; i++)
		sum += doc->nodes[i]->len;
	return sum;
}

/* One document and what it is read with. */
struct beginning {
	struct side *side;
	const struct kt_doc *doc;
	unsigned sample;
};

static void
begin_side(void *arg)
{
	const struct beginning *b = arg;
	struct side *s = b->side;

	s->doc = b->doc;
	s->n = (uint32_t)b->doc->count;
	s->arena = kt_arena_new();
	s->buf = (struct kt_buf)KT_BUF_INIT;
	s->key = KT_NEWN(s->arena, uint64_t, s->n);
	s->weight = KT_NEWN(s->arena, uint32_t, s->n);
	s->peer = KT_NEWN(s->arena, uint32_t, s->n);
	s->group = KT_NEWN(s->arena, uint32_t, s->n);
	s->state = KT_NEWN(s->arena, uint8_t, s->n);
	memset(s->peer, 0xff, sizeof(*s->peer) * s->n);
	memset(s->group, 0xff, sizeof(*s->group) * s->n);
	list_parts(s);
	list_units(s);
	s->refs = kt_refs_new(s->doc);
	make_keys(s, b->sample);
}

void
kt_sides_new(struct work *w, const struct kt_doc *old, const struct kt_doc *new)
{
	size_t bytes = bytes_of(old) + bytes_of(new);
	unsigned sample = bytes > SAMPLED ? SAMPLE : 1;
	struct side *o = &w->side[0], *n = &w->side[1];
	struct beginning both[2] = { { o, old, sample }, { n, new, sample } };

	o->grams = kt_grams_new(bytes);
	n->grams = kt_grams_twin(o->grams);
	kt_both(begin_side, &both[0], &both[1]);
	kt_grams_seen(o->grams, (size_t)o->nunits + n->nunits);
	kt_grams_join(o->grams, n->grams);
	w->grams = o->grams;
}

void
kt_sides_free(struct work *w)
{
	/* The twin first. */
	for (int i = 1; i >= 0; i--) {
		kt_refs_free(w->side[i].refs);
		kt_grams_free(w->side[i].grams);
		kt_buf_release(&w->side[i].buf);
		free(w->side[i].todo);
		kt_arena_free(w->side[i].arena);
	}
	kt_buf_release(&w->buf);
	free(w->groups);
}
