/* SPDX-License-Identifier: MIT */
/*
 * What each change is: the first that is proved gives its class, whatever
 * else is true of it is flagged.
 */
#include "diff_int.h"

#include <string.h>

#define NOTE_MOST 90 /* bytes of each side that a note shows */

const char *
kt_note(struct work *w, const char *p, size_t n, const char *q, size_t m)
{
	struct kt_buf *b = &w->buf;

	if (n > NOTE_MOST || m > NOTE_MOST)
		return "";
	kt_buf_clear(b);
	kt_buf_put(b, p, n);
	kt_buf_puts(b, "→");
	kt_buf_put(b, q, m);
	return kt_arena_strndup(w->list->arena, b->p, b->len);
}

unsigned kt_class_flag(enum kt_span_class class)
{
	switch (class) {
	case KT_SC_NONE:
	case KT_SC_SUBSTANCE:
	case KT_SPAN_CLASSES:
		return 0;
	case KT_SC_NOTATION:
		return KT_FL_NOTATION;
	case KT_SC_REF_FOLLOWED:
		return KT_FL_REF_FOLLOWED;
	case KT_SC_REF_RETARGETED:
		return KT_FL_REF_RETARGETED;
	case KT_SC_REF_DANGLING:
		return KT_FL_REF_DANGLING;
	case KT_SC_MODALITY:
		return KT_FL_MODALITY;
	case KT_SC_QUANTITY:
		return KT_FL_QUANTITY;
	case KT_SC_ACTOR:
		return KT_FL_ACTOR;
	}
	return 0;
}

/* ---- references among other words ---------------------------------------- */

static bool
is_connector(const char *p, size_t n)
{
	static const char *const words[] = { "、", "及び", "又は", "並びに",
		"若しくは", "から", "まで", "と", "や", "の", "規定", "・",
		"，", "に" };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (strlen(words[i]) == n && memcmp(words[i], p, n) == 0)
			return true;
	return false;
}

struct refs_in {
	uint32_t refs, gone, words;
};

static struct refs_in
refs_of(const struct work *w, int side, uint32_t i0, uint32_t i1)
{
	const struct text_work *t = &w->text;
	struct refs_in r = { 0 };

	for (uint32_t i = i0; i < i1; i++) {
		uint32_t atom = t->tokens[side][i].atom;
		const struct kt_ref *ref =
		    atom == NONE ? NULL : t->in[side]->atoms[atom].ref;

		if (ref != NULL) {
			r.refs++;
			r.gone += kt_ref_gone(w, side, ref);
		} else if (!is_connector(
			       token_at(t, side, i), t->tokens[side][i].len)) {
			r.words++;
		}
	}
	return r;
}

/* Nothing but references came or went.  One that goes with its clause has
 * followed it. */
static enum kt_span_class
class_of_refs(const struct work *w, const struct hunk *h)
{
	struct refs_in x = refs_of(w, 0, h->a0, h->a1);
	struct refs_in y = refs_of(w, 1, h->b0, h->b1);

	if (x.refs + y.refs == 0 || x.words + y.words > 0)
		return KT_SC_NONE;
	if (x.gone == x.refs && y.gone == y.refs)
		return KT_SC_REF_FOLLOWED;
	return KT_SC_REF_RETARGETED;
}

/* ---- definitions -------------------------------------------------------- */

static bool
contains(const char *p, size_t n, const char *word)
{
	size_t k = strlen(word);

	for (size_t i = 0; i + k <= n; i++)
		if (memcmp(p + i, word, k) == 0)
			return true;
	return false;
}

/* The sentence around a hunk defines a word. */
static bool
in_definition(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	const struct words *in = t->in[side];
	uint32_t from = token_start(t, side, i0);
	uint32_t to = stretch_end(t, side, i0, i1);

	while (from >= 3 && memcmp(in->p + from - 3, "。", 3) != 0 &&
	       in->p[from - 1] != '\n')
		from--;
	while (to < in->len && in->p[to] != '\n' &&
	       !(in->len - to >= 3 && memcmp(in->p + to, "。", 3) == 0))
		to++;
	return contains(in->p + from, to - from, "をいう") ||
	       contains(in->p + from, to - from, "以下「");
}

/* ---- the whole ---------------------------------------------------------- */

static void
classify(struct work *w, struct hunk *h)
{
	const char *note = "";
	bool chief = false;

	h->class = class_of_refs(w, h);
	if (h->class != KT_SC_NONE)
		return;
	h->class = KT_SC_SUBSTANCE;
	if (in_definition(&w->text, 0, h->a0, h->a1) ||
	    in_definition(&w->text, 1, h->b0, h->b1))
		h->flags |= KT_FL_DEFINITION;
	if (kt_modal_change(w, h, &note, &chief)) {
		h->flags |= KT_FL_MODALITY;
		h->note = note;
		if (chief)
			h->class = KT_SC_MODALITY;
	}
	if (kt_quantity_change(w, h, &note)) {
		h->flags |= KT_FL_QUANTITY;
		if (h->class == KT_SC_SUBSTANCE) {
			h->class = KT_SC_QUANTITY;
			h->note = note;
		}
	}
	if (kt_actor_change(w, h, &note)) {
		h->flags |= KT_FL_ACTOR;
		if (h->class == KT_SC_SUBSTANCE) {
			h->class = KT_SC_ACTOR;
			h->note = note;
		}
	}
}

void
kt_classify(struct work *w)
{
	struct text_work *t = &w->text;

	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i];

		if (is_open(h))
			classify(w, h);
		if (!h->label)
			h->flags |= kt_class_flag(h->class);
	}
}
