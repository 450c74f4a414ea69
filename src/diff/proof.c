/* SPDX-License-Identifier: MIT */
/*
 * Is a stretch written otherwise and nothing else?  Proved, never guessed:
 * the sentence with the one and the sentence with the other wording must be
 * equal after the closed lists of notation, in the old and in the new
 * context alike.
 */
#include "diff_int.h"

#include <string.h>

/* Bytes of context at most on each side; lists look at neighbours only. */
#define CONTEXT 36
/* Two changes with no more than this between them may be one notation. */
#define JOINT 36

static bool
ends_context(const char *p)
{
	return *p == '\n' || *p == '\t' || memcmp(p, "。", 3) == 0;
}

static bool
is_lead(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

static uint32_t
context_begin(const struct words *in, uint32_t at)
{
	uint32_t i = at;

	while (i > 0 && at - i < CONTEXT && !ends_context(in->p + i - 1) &&
	       (i < 3 || memcmp(in->p + i - 3, "。", 3) != 0))
		i--;
	while (i < at && !is_lead(in->p[i]))
		i++;
	return i;
}

static uint32_t
context_end(const struct words *in, uint32_t at)
{
	uint32_t i = at;

	while (i < in->len && i - at < CONTEXT &&
	       !(in->len - i >= 3 && ends_context(in->p + i)))
		i++;
	while (i > at && i < in->len && !is_lead(in->p[i]))
		i--;
	return i;
}

/* Borders of cells: folding drops them like blanks, but a cell more or less
 * moves words into another column. */
static uint32_t
cell_borders(const char *p, uint32_t n)
{
	uint32_t borders = 0;

	for (uint32_t i = 0; i < n; i++)
		borders += p[i] == '\t';
	return borders;
}

/* Are both wordings, x0…x1 of one side and y0…y1 of the other, the same in
 * the context of the first? */
static bool
same_in(struct text_work *t, int side, uint32_t x0, uint32_t x1, uint32_t y0,
    uint32_t y1)
{
	const struct words *x = t->in[side], *y = t->in[1 - side];
	uint32_t begin = context_begin(x, x0), end = context_end(x, x1);

	if (cell_borders(x->p + x0, x1 - x0) !=
	    cell_borders(y->p + y0, y1 - y0))
		return false;
	kt_buf_clear(&t->one);
	kt_buf_put(&t->one, x->p + begin, x0 - begin);
	kt_buf_put(&t->one, y->p + y0, y1 - y0);
	kt_buf_put(&t->one, x->p + x1, end - x1);
	kt_buf_clear(&t->two);
	kt_buf_clear(&t->three);
	kt_fold_notation(t->notation, &t->two, x->p + begin, end - begin);
	kt_fold_notation(t->notation, &t->three, t->one.p, t->one.len);
	return t->two.len == t->three.len &&
	       (t->two.len == 0 ||
		   memcmp(t->two.p, t->three.p, t->two.len) == 0);
}

/* From the first token of one hunk to the last of another, or the same. */
static bool
proved(struct text_work *t, const struct hunk *first, const struct hunk *last)
{
	uint32_t a0 = token_start(t, 0, first->a0);
	uint32_t b0 = token_start(t, 1, first->b0);
	uint32_t a1 = stretch_end(t, 0, last->a0, last->a1);
	uint32_t b1 = stretch_end(t, 1, last->b0, last->b1);

	return same_in(t, 0, a0, a1, b0, b1) && same_in(t, 1, b0, b1, a0, a1);
}

bool
kt_is_notation(struct work *w, const struct hunk *h)
{
	struct text_work *t = &w->text;

	if (t->notation == NULL)
		t->notation = kt_notation_new();
	return proved(t, h, h);
}

static bool
near(const struct text_work *t, const struct hunk *h, const struct hunk *next)
{
	return token_start(t, 0, next->a0) - stretch_end(t, 0, h->a0, h->a1) <=
	       JOINT;
}

void
kt_prove_notation(struct work *w)
{
	struct text_work *t = &w->text;

	if (t->notation == NULL)
		t->notation = kt_notation_new();
	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i];

		if (is_open(h))
			h->notation = proved(t, h, h);
	}
	/* A wording may differ in two places at once: 取り扱い, 取扱い. */
	for (size_t i = 0; i + 1 < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i], *next = h + 1;

		if (is_open(h) && is_open(next) && !h->notation &&
		    !next->notation && near(t, h, next) && proved(t, h, next))
			h->notation = next->notation = true;
	}
	for (size_t i = 0; i < t->nhunks; i++)
		if (t->hunks[i].notation)
			t->hunks[i].class = KT_SC_NOTATION;
}
