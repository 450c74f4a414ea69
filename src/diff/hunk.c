/* SPDX-License-Identifier: MIT */
/*
 * Hunks: stretches of tokens that differ, references apart from words.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

void
kt_put_hunk(struct text_work *t, struct hunk h)
{
	if (h.note == NULL)
		h.note = "";
	if (!h.label)
		h.flags |= kt_class_flag(h.class);
	KT_GROW(t->hunks, t->nhunks, t->hunks_cap);
	t->hunks[t->nhunks++] = h;
}

static const struct kt_ref *
ref_of(const struct text_work *t, int side, uint32_t i)
{
	uint32_t atom = t->tokens[side][i].atom;

	return atom == NONE ? NULL : t->in[side]->atoms[atom].ref;
}

/* Two references that stand in the same place. */
static void
put_refs(struct work *w, uint32_t a, uint32_t b)
{
	struct text_work *t = &w->text;
	const char *note;
	bool same = kt_tokens_same(t, a, b);
	enum kt_span_class class =
	    kt_relate(w, ref_of(t, 0, a), ref_of(t, 1, b), &note);

	if (class == KT_SC_NONE && same)
		return;
	kt_put_hunk(t, (struct hunk){ .a0 = a,
			   .a1 = a + 1,
			   .b0 = b,
			   .b1 = b + 1,
			   .class = class,
			   .note = note,
			   .same = same });
}

static void
put_words(
    struct text_work *t, uint32_t a0, uint32_t a1, uint32_t b0, uint32_t b1)
{
	if (a0 < a1 || b0 < b1)
		kt_put_hunk(
		    t, (struct hunk){ .a0 = a0, .a1 = a1, .b0 = b0, .b1 = b1 });
}

static uint32_t
next_ref(const struct text_work *t, int side, uint32_t i, uint32_t end)
{
	while (i < end && ref_of(t, side, i) == NULL)
		i++;
	return i;
}

static uint32_t
count_refs(const struct text_work *t, int side, uint32_t i, uint32_t end)
{
	uint32_t n = 0;

	for (; i < end; i++)
		n += ref_of(t, side, i) != NULL;
	return n;
}

/* Do the references of a stretch mean the same, or nothing on both sides? */
static bool
refs_agree(struct work *w, uint32_t a0, uint32_t a1, uint32_t b0, uint32_t b1)
{
	struct text_work *t = &w->text;
	const char *note;

	for (;;) {
		const struct kt_ref *x, *y;

		a0 = next_ref(t, 0, a0, a1);
		b0 = next_ref(t, 1, b0, b1);
		if (a0 == a1 || b0 == b1)
			return a0 == a1 && b0 == b1;
		x = ref_of(t, 0, a0++);
		y = ref_of(t, 1, b0++);
		if (x->state == KT_R_RESOLVED || y->state == KT_R_RESOLVED) {
			enum kt_span_class class = kt_relate(w, x, y, &note);

			if (class != KT_SC_NONE && class != KT_SC_NOTATION)
				return false;
		}
	}
}

/* A replaced stretch with as many references on both sides is several: what
 * became of each, and the words between them. */
static void
put_stretch(struct work *w, uint32_t a0, uint32_t a1, uint32_t b0, uint32_t b1)
{
	struct text_work *t = &w->text;
	struct hunk whole = { .a0 = a0, .a1 = a1, .b0 = b0, .b1 = b1 };
	uint32_t n = count_refs(t, 0, a0, a1);

	/* 前項但し書 may be read as one reference and 前項ただし書 as another.
	 */
	if (n > 0 && refs_agree(w, a0, a1, b0, b1) &&
	    kt_is_notation(w, &whole)) {
		whole.class = KT_SC_NOTATION;
		kt_put_hunk(t, whole);
		return;
	}
	if (n == count_refs(t, 1, b0, b1)) {
		for (; n > 0; n--) {
			uint32_t a = next_ref(t, 0, a0, a1);
			uint32_t b = next_ref(t, 1, b0, b1);

			put_words(t, a0, a, b0, b);
			put_refs(w, a, b);
			a0 = a + 1;
			b0 = b + 1;
		}
	}
	put_words(t, a0, a1, b0, b1);
}

/* Hunks that grew together may hold as many references on both sides after
 * all. */
void
kt_hunks_split(struct work *w)
{
	struct text_work *t = &w->text;
	size_t n = t->nhunks;
	struct hunk *old = kt_malloc(sizeof(*old) * n);

	if (n > 0)
		memcpy(old, t->hunks, sizeof(*old) * n);
	t->nhunks = 0;
	for (size_t i = 0; i < n; i++) {
		const struct hunk *h = &old[i];

		if (is_open(h))
			put_stretch(w, h->a0, h->a1, h->b0, h->b1);
		else
			kt_put_hunk(t, *h);
	}
	free(old);
}

/* Tokens equal by what they mean, not by how they are written. */
static void
put_equal(struct work *w, uint32_t a, uint32_t b)
{
	struct text_work *t = &w->text;

	if (ref_of(t, 0, a) != NULL && ref_of(t, 1, b) != NULL)
		put_refs(w, a, b);
	else if (kt_tokens_same(t, a, b))
		return;
	else if (t->tokens[0][a].atom != NONE && t->tokens[1][b].atom != NONE)
		kt_put_hunk(t, (struct hunk){ .a0 = a,
				   .a1 = a + 1,
				   .b0 = b,
				   .b1 = b + 1,
				   .class = KT_SC_REF_FOLLOWED,
				   .label = true });
	else
		put_words(t, a, a + 1, b, b + 1);
}

void
kt_hunks_make(struct work *w)
{
	struct text_work *t = &w->text;
	uint32_t n = (uint32_t)t->ntokens[0], m = (uint32_t)t->ntokens[1];
	const uint8_t *da = t->marks, *db = t->marks + n;
	uint32_t i = 0, j = 0;

	while (i < n || j < m) {
		uint32_t a = i, b = j;

		while (i < n && da[i] != 0)
			i++;
		while (j < m && db[j] != 0)
			j++;
		if (a < i || b < j)
			put_stretch(w, a, i, b, j);
		else
			put_equal(w, i++, j++);
	}
}
