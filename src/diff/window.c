/* SPDX-License-Identifier: MIT */
/*
 * The stretch of two texts that is cut into words: between the first and the
 * last difference, widened to the punctuation around it, so that words are
 * the same as in the whole.
 */
#include "diff_int.h"

/* How far the window may be widened to whole sentences, in bytes; beyond
 * that to the next punctuation mark. */
#define SENTENCE_MOST 900
/* Bytes by which texts differ when one may have a sentence more. */
#define ADDED_LEAST 30

static bool
ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == '\n' || c == '\t';
}

static bool
is_break(uint32_t c)
{
	return ends_sentence(c) || c == 0x3001 || c == 0x300c || c == 0x300d ||
	       c == 0xff08 || c == 0xff09;
}

static bool
inside_atom(const struct words *in, uint32_t at)
{
	uint32_t low = 0, high = in->natoms;

	/* The last atom that begins before `at`. */
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (in->atoms[mid].start < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 &&
	       at < in->atoms[low - 1].start + in->atoms[low - 1].len;
}

/* Equal bytes at the beginning and behind them at the end, whole characters
 * only. */
static void
equal_ends(const struct words *x, const struct words *y, uint32_t *head,
    uint32_t *tail)
{
	uint32_t n = x->len < y->len ? x->len : y->len, i = 0, k = 0;
	const char *p = x->p + x->len, *q = y->p + y->len;

	while (i < n && x->p[i] == y->p[i])
		i++;
	while (i > 0 && i < x->len && ((unsigned char)x->p[i] & 0xc0) == 0x80)
		i--;
	while (i > 0 && i < y->len && ((unsigned char)y->p[i] & 0xc0) == 0x80)
		i--;
	while (k < n - i && p[-1 - (int64_t)k] == q[-1 - (int64_t)k])
		k++;
	while (k > 0 && ((unsigned char)p[-(int64_t)k] & 0xc0) == 0x80)
		k--;
	*head = i;
	*tail = k;
}

/* From `end` equal bytes back to behind a punctuation mark, or the end of a
 * sentence. */
static uint32_t
head_at(
    const struct words *x, const struct words *y, uint32_t end, bool sentence)
{
	uint32_t found = 0;
	unsigned len;

	for (uint32_t at = end; at > 0; at -= len) {
		uint32_t c = kt_utf8_before(x->p, x->p + at, &len);

		if (!is_break(c) || inside_atom(x, at) || inside_atom(y, at))
			continue;
		if (!sentence || ends_sentence(c))
			return at;
		if (found == 0)
			found = at;
		if (end - at > SENTENCE_MOST)
			return found;
	}
	return end <= SENTENCE_MOST ? 0 : found;
}

/* The same from the end: how many bytes stand behind the mark. */
static uint32_t
tail_at(
    const struct words *x, const struct words *y, uint32_t begin, bool sentence)
{
	uint32_t found = 0;
	unsigned len;

	for (uint32_t at = begin; at > 0;) {
		uint32_t c = kt_utf8_at(x->p + x->len - at, &len);

		at -= len;
		if (!is_break(c) || inside_atom(x, x->len - at) ||
		    inside_atom(y, y->len - at))
			continue;
		if (!sentence || ends_sentence(c))
			return at;
		if (found == 0)
			found = at;
		if (begin - at > SENTENCE_MOST)
			return found;
	}
	return begin <= SENTENCE_MOST ? 0 : found;
}

/* Bytes at both ends that need not be looked at.  What was only added or
 * removed, it seems, is seen with its whole sentence, where it may be drawn
 * better. */
void
kt_window_find(const struct words *x, const struct words *y, uint32_t *head,
    uint32_t *tail)
{
	uint32_t i, k;
	bool added;

	equal_ends(x, y, &i, &k);
	added = i + k == x->len || i + k == y->len ||
		x->len + ADDED_LEAST < y->len || y->len + ADDED_LEAST < x->len;
	*head = head_at(x, y, i, added);
	*tail = tail_at(x, y, k, added);
}
