/* SPDX-License-Identifier: MIT */
/*
 * Of a split or merge: whole texts that stand in both but not in the same
 * order.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* If a whole text begins with token i, and ends before `end`, the token
 * behind it, else i. */
static uint32_t
behind_whole(const struct text_work *t, int side, uint32_t i, uint32_t end,
    uint64_t *said)
{
	const struct token *v = t->tokens[side];
	const struct atom *atom;

	if (v[i].atom == NONE)
		return i;
	atom = &t->in[side]->atoms[v[i].atom];
	*said = atom->said;
	if (atom->said == 0 || v[i].start != atom->start)
		return i;
	for (uint32_t k = i; k < end; k++)
		if (v[k].start + v[k].len == atom->start + atom->len)
			return k + 1;
	return i;
}

/* A text that stands whole in a hunk; with the reference before it, which is
 * the same when it means the same, once more. */
struct whole {
	uint64_t value;
	const struct kt_ref *before;
};

struct wholes {
	struct whole *at;
	size_t n, cap;
};

static int
by_value(const void *x, const void *y)
{
	const struct whole *a = x, *b = y;

	return a->value < b->value ? -1 : a->value > b->value;
}

/* The reference that ends where token i begins, from token `first` on. */
static const struct kt_ref *
ref_before(const struct text_work *t, int side, uint32_t first, uint32_t i)
{
	uint32_t atom = i > first ? t->tokens[side][i - 1].atom : NONE;

	return atom == NONE ? NULL : t->in[side]->atoms[atom].ref;
}

static uint64_t
value_with(struct work *w, int side, uint32_t i, uint64_t said)
{
	return kt_hash_mix(
	    said, kt_token_id(w, side, &w->text.tokens[side][i - 1]));
}

static void
put_whole(struct wholes *v, uint64_t value, const struct kt_ref *before)
{
	KT_GROW(v->at, v->n, v->cap);
	v->at[v->n++] = (struct whole){ value, before };
}

static const struct whole *
find_whole(const struct wholes *v, uint64_t value)
{
	struct whole key = { value, NULL };

	return v->n == 0 ? NULL
			 : bsearch(&key, v->at, v->n, sizeof(*v->at), by_value);
}

/* What the hunks of one side have of them, sorted. */
static void
list_wholes(struct work *w, int side, struct wholes *v)
{
	const struct text_work *t = &w->text;
	uint64_t said;

	for (size_t k = 0; k < t->nhunks; k++) {
		const struct hunk *h = &t->hunks[k];
		uint32_t i = side == 0 ? h->a0 : h->b0;
		uint32_t first = i, end = side == 0 ? h->a1 : h->b1;

		for (; i < end; i++) {
			const struct kt_ref *ref;

			if (behind_whole(t, side, i, end, &said) == i)
				continue;
			put_whole(v, said, NULL);
			ref = ref_before(t, side, first, i);
			if (ref != NULL)
				put_whole(v, value_with(w, side, i, said), ref);
		}
	}
	if (v->n > 0)
		qsort(v->at, v->n, sizeof(*v->at), by_value);
}

/* Tokens i0 to i1 of one side of a hunk, as one of its own. */
static void
put_part(struct text_work *t, const struct hunk *h, int side, uint32_t i0,
    uint32_t i1, struct hunk part)
{
	part.a0 = part.a1 = h->a0;
	part.b0 = part.b1 = h->b0;
	*(side == 0 ? &part.a0 : &part.b0) = i0;
	*(side == 0 ? &part.a1 : &part.b1) = i1;
	if (i1 > i0)
		kt_put_hunk(t, part);
}

/* The reference before a text that stands elsewhere with one that means the
 * same; false when it does not. */
static bool
put_ref_moved(struct work *w, const struct hunk *h, int side, uint32_t first,
    uint32_t i, uint64_t said, const struct wholes *other)
{
	const struct kt_ref *ref = ref_before(&w->text, side, first, i);
	const struct whole *found;
	struct hunk part = { .moved = true, .note = "移動" };

	if (ref == NULL)
		return false;
	found = find_whole(other, value_with(w, side, i, said));
	if (found == NULL)
		return false;
	part.class = side == 0 ? kt_relate(w, ref, found->before, &part.note)
			       : kt_relate(w, found->before, ref, &part.note);
	if (part.class == KT_SC_NONE)
		part.note = "移動";
	else
		part.moved = false;
	put_part(&w->text, h, side, first, i - 1, (struct hunk){ 0 });
	put_part(&w->text, h, side, i - 1, i, part);
	return true;
}

/* The parts of one side of a hunk up to its last text that stands elsewhere
 * in the other text, each a hunk of its own; *rest is where what is left
 * begins. */
static void
put_moved(struct work *w, const struct hunk *h, int side,
    const struct wholes *other, uint32_t *rest)
{
	struct text_work *t = &w->text;
	uint32_t end = side == 0 ? h->a1 : h->b1;

	*rest = side == 0 ? h->a0 : h->b0;
	for (uint32_t i = *rest; i < end; i++) {
		struct hunk part = { .moved = true, .note = "移動" };
		uint64_t said = 0;
		uint32_t behind = behind_whole(t, side, i, end, &said);

		if (behind == i || find_whole(other, said) == NULL)
			continue;
		if (!put_ref_moved(w, h, side, *rest, i, said, other))
			put_part(t, h, side, *rest, i, (struct hunk){ 0 });
		put_part(t, h, side, i, behind, part);
		*rest = behind;
	}
}

/* Of a split or merge: no text that nobody edited is shown as gone here and
 * new there without saying so. */
void
kt_hunks_moved(struct work *w)
{
	struct text_work *t = &w->text;
	size_t nhunks = t->nhunks;
	struct wholes wholes[2] = { { 0 }, { 0 } };
	struct hunk *old = kt_malloc(sizeof(*old) * nhunks);

	for (int side = 0; side < 2; side++)
		list_wholes(w, side, &wholes[side]);
	if (nhunks > 0)
		memcpy(old, t->hunks, sizeof(*old) * nhunks);
	t->nhunks = 0;
	for (size_t i = 0; i < nhunks; i++) {
		struct hunk *h = &old[i];
		uint32_t a = h->a0, b = h->b0;

		if (is_open(h)) {
			put_moved(w, h, 0, &wholes[1], &a);
			h->a0 = a;
			put_moved(w, h, 1, &wholes[0], &b);
			h->b0 = b;
		}
		if (h->a0 < h->a1 || h->b0 < h->b1)
			kt_put_hunk(t, *h);
	}
	free(wholes[0].at);
	free(wholes[1].at);
	free(old);
}
