/* SPDX-License-Identifier: MIT */
/*
 * Hunks as a reader would draw them: no islands of one character, whole
 * sentences, the 読点 with the word behind it, and a paragraph of which
 * little is left shown as replaced.
 */
#include "diff_int.h"

#include <string.h>

#define REPLACED_PERCENT 65
#define REPLACED_LEAST 2 /* hunks */

static uint32_t
characters(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	uint32_t from = token_start(t, side, i0);

	return i1 <= i0 ? 0
			: (uint32_t)kt_utf8_count(t->in[side]->p + from,
			      token_end(t, side, i1 - 1) - from);
}

/* ---- islands ------------------------------------------------------------ */

static uint32_t
size_of(const struct text_work *t, const struct hunk *h)
{
	uint32_t a = characters(t, 0, h->a0, h->a1);
	uint32_t b = characters(t, 1, h->b0, h->b1);

	return a > b ? a : b;
}

/* One character, or two kana; neither punctuation nor a number. */
static bool
is_island(const struct text_work *t, uint32_t i0, uint32_t i1)
{
	uint32_t n = characters(t, 0, i0, i1);

	if (n == 0 || n > 2)
		return n == 0;
	for (uint32_t i = i0; i < i1; i++) {
		const char *p = token_at(t, 0, i);
		const char *end = p + t->tokens[0][i].len;
		unsigned len;

		if (t->tokens[0][i].kind != KT_W_WORD ||
		    t->tokens[0][i].atom != NONE)
			return false;
		for (; p < end; p += len) {
			enum kt_script s = kt_script_of(kt_utf8_at(p, &len));

			if (n == 2 && s != KT_S_HIRAGANA && s != KT_S_KATAKANA)
				return false;
		}
	}
	return true;
}

static bool
joins(const struct text_work *t, const struct hunk *h, const struct hunk *next)
{
	uint32_t gap = characters(t, 0, h->a1, next->a0);
	uint32_t x = size_of(t, h), y = size_of(t, next);

	return is_open(h) && is_open(next) && is_island(t, h->a1, next->a0) &&
	       gap <= (x < y ? x : y);
}

void
kt_join_islands(struct text_work *t)
{
	size_t kept = 0;

	if (t->fine)
		return;
	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk *last = &t->hunks[kept == 0 ? 0 : kept - 1];

		if (kept > 0 && joins(t, last, &t->hunks[i])) {
			last->a1 = t->hunks[i].a1;
			last->b1 = t->hunks[i].b1;
			continue;
		}
		t->hunks[kept++] = t->hunks[i];
	}
	t->nhunks = kept;
}

/* ---- edges -------------------------------------------------------------- */

static bool
token_is(const struct text_work *t, int side, uint32_t i, const char *word)
{
	size_t n = strlen(word);

	return t->tokens[side][i].len == n &&
	       memcmp(token_at(t, side, i), word, n) == 0;
}

static bool
same_here(const struct text_work *t, int side, uint32_t i, uint32_t j)
{
	return t->tokens[side][i].len == t->tokens[side][j].len &&
	       memcmp(token_at(t, side, i), token_at(t, side, j),
		   t->tokens[side][i].len) == 0;
}

/* 、 and the words that stand for it before the last of a list. */
static bool
is_comma(const struct text_work *t, int side, uint32_t i)
{
	static const char *const words[] = { "、", "及び", "又は", "並びに",
		"若しくは" };

	for (size_t k = 0; k < KT_COUNT(words); k++)
		if (token_is(t, side, i, words[k]))
			return true;
	return false;
}

/* How good a stretch looks as one insertion or deletion. */
static int
looks(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	bool whole = i0 == 0 || token_is(t, side, i0 - 1, "。") ||
		     token_is(t, side, i0 - 1, "\n");

	if (token_is(t, side, i1 - 1, "。"))
		return whole ? 5 : 4;
	if (token_is(t, side, i1 - 1, "\n"))
		return 4;
	if (is_comma(t, side, i0))
		return 3;
	return is_comma(t, side, i1 - 1) ? 2 : 1;
}

/* The same text may be taken as inserted at several places: move the stretch
 * between its neighbours to where it looks best, the earliest of equals. */
static void
slide(struct text_work *t, struct hunk *h, uint32_t left, uint32_t right)
{
	int side = h->a0 < h->a1 ? 0 : 1, best;
	uint32_t i0 = side == 0 ? h->a0 : h->b0, back = 0, most, best_at = 0;
	uint32_t i1 = side == 0 ? h->a1 : h->b1;

	while (back < left && same_here(t, side, i0 - back - 1, i1 - back - 1))
		back++;
	i0 -= back;
	i1 -= back;
	most = back + right;
	best = looks(t, side, i0, i1);
	for (uint32_t k = 1; k <= most; k++) {
		int now;

		if (!same_here(t, side, i0 + k - 1, i1 + k - 1))
			break;
		now = looks(t, side, i0 + k, i1 + k);
		if (now > best) {
			best = now;
			best_at = k;
		}
	}
	h->a0 = h->a0 - back + best_at;
	h->a1 = h->a1 - back + best_at;
	h->b0 = h->b0 - back + best_at;
	h->b1 = h->b1 - back + best_at;
}

static void
shift_edges(struct text_work *t)
{
	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i];
		uint32_t before = i == 0 ? 0 : h[-1].b1;
		uint32_t after =
		    i + 1 < t->nhunks ? h[1].b0 : (uint32_t)t->ntokens[1];

		if (is_open(h) && (h->a0 == h->a1) != (h->b0 == h->b1))
			slide(t, h, h->b0 - before, after - h->b1);
	}
}

/* ---- replaced whole ----------------------------------------------------- */

static void
replace_whole(struct text_work *t)
{
	uint32_t x = 0, y = 0, open = 0;

	for (size_t i = 0; i < t->nhunks; i++) {
		const struct hunk *h = &t->hunks[i];

		if (!is_open(h))
			continue;
		open++;
		x += characters(t, 0, h->a0, h->a1);
		y += characters(t, 1, h->b0, h->b1);
	}
	if (open < REPLACED_LEAST ||
	    (uint64_t)x * 100 <= kt_utf8_count(t->in[0]->p, t->in[0]->len) *
				     (uint64_t)REPLACED_PERCENT ||
	    (uint64_t)y * 100 <= kt_utf8_count(t->in[1]->p, t->in[1]->len) *
				     (uint64_t)REPLACED_PERCENT)
		return;
	t->replaced = true;
	for (size_t i = 0; i < t->nhunks; i++)
		t->hunks[0].flags |= kt_class_flag(t->hunks[i].class);
	t->hunks[0].a1 = t->hunks[t->nhunks - 1].a1;
	t->hunks[0].b1 = t->hunks[t->nhunks - 1].b1;
	t->hunks[0].class = KT_SC_NONE;
	t->hunks[0].same = t->hunks[0].moved = false;
	t->hunks[0].note = "";
	t->nhunks = 1;
}

void
kt_tidy(struct work *w)
{
	struct text_work *t = &w->text;

	kt_regroup_names(t);
	shift_edges(t);
	kt_join_islands(t);
	if (!t->fine)
		replace_whole(t);
}
