/* SPDX-License-Identifier: MIT */
/* What differs between two texts. */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

void
kt_text_open(struct work *w)
{
	static const char sample[] = "規程を改める。";
	const struct kt_word *none;

	w->text.segmenter = kt_words_new();
	w->text.notation = kt_notation_new();
	kt_words_cut(w->text.segmenter, &none, sample, strlen(sample));
}

void
kt_text_twin(struct text_work *twin, const struct text_work *t)
{
	*twin = (struct text_work){ .segmenter = NULL };
	if (t->notation != NULL)
		twin->notation = kt_notation_twin(t->notation);
}

void
kt_text_release(struct text_work *t)
{
	kt_words_free(t->segmenter);
	kt_notation_free(t->notation);
	kt_seq_release(&t->seq);
	free(t->tokens[0]);
	free(t->tokens[1]);
	free(t->ids);
	free(t->marks);
	free(t->hunks);
	kt_buf_release(&t->one);
	kt_buf_release(&t->two);
	kt_buf_release(&t->three);
}

/* ---- comparing ---------------------------------------------------------- */

/* An order of two texts that does not depend on which is called old. */
static bool
in_order(const struct words *x, const struct words *y)
{
	if (x->len != y->len)
		return x->len < y->len;
	return memcmp(x->p, y->p, x->len) <= 0;
}

static void
compare_window(struct work *w, const uint32_t from, const uint32_t end[2])
{
	struct text_work *t = &w->text;
	size_t n;

	t->from = from;
	for (int side = 0; side < 2; side++)
		kt_tokens_make(w, side, from, end[side]);
	n = t->ntokens[0] + t->ntokens[1];
	if (n > t->room) {
		t->room = n + n / 2;
		free(t->ids);
		free(t->marks);
		t->ids = kt_malloc(t->room * sizeof(*t->ids));
		t->marks = kt_malloc(t->room);
	}
	n = 0;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < t->ntokens[side]; i++)
			t->ids[n++] = kt_token_id(w, side, &t->tokens[side][i]);
	t->limit = !kt_seq_diff(&t->seq, t->ids, (uint32_t)t->ntokens[0],
	    t->ids + t->ntokens[0], (uint32_t)t->ntokens[1], t->marks,
	    t->marks + t->ntokens[0], in_order(t->in[0], t->in[1]));
	kt_hunks_make(w);
	kt_prove_notation(w);
	kt_join_islands(t);
	kt_hunks_split(w);
	kt_hunks_moved(w);
	kt_prove_notation(w);
	kt_tidy(w);
	kt_classify(w);
	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i];

		h->a1 = stretch_end(t, 0, h->a0, h->a1);
		h->b1 = stretch_end(t, 1, h->b0, h->b1);
		h->a0 = token_start(t, 0, h->a0);
		h->b0 = token_start(t, 1, h->b0);
	}
}

/* References in an equal stretch, `back` bytes nearer to the beginning on
 * the new side: the same words may mean another clause. */
static void
relate_equal(struct work *w, uint32_t from, uint32_t to, int64_t shift)
{
	struct text_work *t = &w->text;
	const struct words *x = t->in[0], *y = t->in[1];
	uint32_t j = 0;

	for (uint32_t i = 0; i < x->natoms; i++) {
		const struct atom *a = &x->atoms[i], *b;
		enum kt_span_class class;
		const char *note;

		if (a->start < from || a->start + a->len > to || a->ref == NULL)
			continue;
		while (j < y->natoms &&
		       (int64_t)y->atoms[j].start < a->start + shift)
			j++;
		if (j == y->natoms)
			return;
		b = &y->atoms[j];
		if ((int64_t)b->start != a->start + shift || b->len != a->len ||
		    b->ref == NULL)
			continue;
		class = kt_relate(w, a->ref, b->ref, &note);
		if (class != KT_SC_NONE)
			kt_put_hunk(t, (struct hunk){ .a0 = a->start,
					   .a1 = a->start + a->len,
					   .b0 = b->start,
					   .b1 = b->start + b->len,
					   .class = class,
					   .note = note,
					   .same = true });
	}
}

/* ---- nothing but references --------------------------------------------- */

/* The words outside the atoms are the same, and so are the atoms in number
 * and kind: what is left is what became of each.  The usual case by far when
 * articles shifted, and no words need to be cut for it. */
static bool
same_around_atoms(const struct words *x, const struct words *y)
{
	uint32_t i = 0, j = 0;

	if (x->natoms != y->natoms || x->natoms == 0)
		return false;
	for (uint32_t k = 0; k <= x->natoms; k++) {
		bool last = k == x->natoms;
		uint32_t a = last ? x->len : x->atoms[k].start;
		uint32_t b = last ? y->len : y->atoms[k].start;

		if (a - i != b - j || memcmp(x->p + i, y->p + j, a - i) != 0)
			return false;
		if (last)
			break;
		if ((x->atoms[k].ref == NULL) != (y->atoms[k].ref == NULL))
			return false;
		i = a + x->atoms[k].len;
		j = b + y->atoms[k].len;
	}
	return true;
}

static void
relate_atoms(struct work *w, const struct words *x, const struct words *y)
{
	for (uint32_t k = 0; k < x->natoms; k++) {
		const struct atom *a = &x->atoms[k], *b = &y->atoms[k];
		struct hunk h = { .a0 = a->start,
			.a1 = a->start + a->len,
			.b0 = b->start,
			.b1 = b->start + b->len };

		h.same = a->len == b->len &&
			 memcmp(x->p + a->start, y->p + b->start, a->len) == 0;
		if (a->ref != NULL) {
			h.class = kt_relate(w, a->ref, b->ref, &h.note);
			if (h.class == KT_SC_NONE && h.same)
				continue;
		} else {
			if (h.same)
				continue;
			h.class = KT_SC_REF_FOLLOWED;
			h.label = true;
		}
		kt_put_hunk(&w->text, h);
	}
}

static int
by_start(const void *x, const void *y)
{
	const struct hunk *a = x, *b = y;

	if (a->a0 != b->a0)
		return a->a0 < b->a0 ? -1 : 1;
	return a->b0 < b->b0 ? -1 : a->b0 > b->b0;
}

void
kt_text_compare(
    struct work *w, const struct words *old, const struct words *new)
{
	struct text_work *t = &w->text;
	uint32_t head, tail, end[2];
	size_t inside;

	t->in[0] = old;
	t->in[1] = new;
	t->nhunks = 0;
	t->limit = t->replaced = false;
	if (same_around_atoms(old, new)) {
		relate_atoms(w, old, new);
		return;
	}
	kt_window_find(old, new, &head, &tail);
	end[0] = old->len - tail;
	end[1] = new->len - tail;
	if (head < end[0] || head < end[1])
		compare_window(w, head, end);
	inside = t->nhunks;
	relate_equal(w, 0, head, 0);
	relate_equal(
	    w, end[0], old->len, (int64_t) new->len - (int64_t)old->len);
	if (t->nhunks > inside)
		qsort(t->hunks, t->nhunks, sizeof(*t->hunks), by_start);
}
