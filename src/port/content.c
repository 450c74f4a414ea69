/* SPDX-License-Identifier: MIT */
/*
 * Words that say something, without those that bind them: what two wordings
 * are told apart by when they share their endings and little else.
 */
#include "port_int.h"

#include <stdlib.h>
#include <string.h>

#define COMPOUND 6 /* bytes: less may be part of any word */
#define COMPOUNDS_MOST 40000 /* pairs of words */

static int
by_hash(const void *x, const void *y)
{
	const struct word *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->p < b->p ? -1 : a->p > b->p;
}

void
kt_content_put(struct content *w, struct word word)
{
	w->at[w->n++] = word;
	w->bytes += word.len;
	w->signs |= (uint64_t)1 << (word.hash >> 58);
}

static bool
says_something(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN ||
	       s == KT_S_DIGIT;
}

void
kt_content_of(
    struct kt_arena *arena, struct content *out, const struct kt_stretch *text)
{
	const char *p = text->p, *end = p + text->len, *from = NULL;
	uint64_t before = 0;
	unsigned len;

	*out = (struct content){ 0 };
	out->at = KT_NEWN(arena, struct word, text->len / 3 + 2);
	for (;; p += len) {
		bool in = p < end && says_something(kt_utf8_at(p, &len));

		if (in && from == NULL)
			from = p;
		if (!in && from != NULL) {
			uint32_t n = (uint32_t)(p - from);
			uint64_t hash = kt_hash(from, n, 0);

			kt_content_put(out, (struct word){ .hash = hash,
						.before = before,
						.p = from,
						.len = n });
			before = hash;
			from = NULL;
		}
		if (p >= end)
			break;
		if (!in)
			kt_utf8_at(p, &len);
	}
	if (out->n > 0)
		qsort(out->at, out->n, sizeof(*out->at), by_hash);
}

struct kt_stretch
kt_content_behind_actor(const struct kt_stretch *text)
{
	static const char end[] = "は、";
	struct kt_stretch rest = { text->p, text->len, NULL, 0 };

	for (uint32_t i = 0; i + sizeof(end) <= text->len; i++)
		if (memcmp(text->p + i, end, sizeof(end) - 1) == 0) {
			rest.p += i + sizeof(end) - 1;
			rest.len -= i + (uint32_t)sizeof(end) - 1;
			break;
		}
	return rest;
}

struct content
kt_content_actor(struct kt_arena *arena, const struct kt_stretch *text)
{
	struct kt_stretch rest = kt_content_behind_actor(text);
	struct kt_stretch actor = { text->p, text->len - rest.len, NULL, 0 };
	struct content out;

	kt_content_of(arena, &out, &actor);
	return out;
}

struct kt_stretch
kt_content_act(const struct kt_stretch *text)
{
	static const char comma[] = "、";
	struct kt_stretch rest = { text->p, text->len, NULL, 0 };

	for (uint32_t i = 0; i + sizeof(comma) <= text->len; i++)
		if (memcmp(text->p + i, comma, sizeof(comma) - 1) == 0) {
			rest.p = text->p + i + sizeof(comma) - 1;
			rest.len = text->len - i - (uint32_t)sizeof(comma) + 1;
		}
	return rest;
}

/* 機器 answers to 通信機器, ネットワーク to ネットワーク機器. */
static bool
is_compound(const struct word *x, const struct word *y)
{
	const struct word *word = x->len < y->len ? x : y;
	const struct word *in = x->len < y->len ? y : x;

	return word->len >= COMPOUND &&
	       (memcmp(in->p, word->p, word->len) == 0 ||
		   memcmp(in->p + in->len - word->len, word->p, word->len) ==
		       0);
}

/* Of what is left of both, words that are part of each other. */
static void
strike_compounds(struct content *x, struct content *y)
{
	uint32_t kept = 0, n = x->n;

	if ((uint64_t)x->n * y->n > COMPOUNDS_MOST)
		return;
	x->n = x->bytes = 0;
	x->signs = 0;
	for (; kept < n; kept++) {
		struct word word = x->at[kept];
		uint32_t k = 0;

		while (k < y->n && !is_compound(&word, &y->at[k]))
			k++;
		if (k == y->n)
			kt_content_put(x, word);
		else
			y->at[k].len = 0;
	}
}

/* Words of x that y has not as they are written; what is left of y. */
static void
take_away(struct kt_arena *arena, struct content *out, struct content *rest,
    const struct content *x, const struct content *y)
{
	uint32_t k = 0;

	*out = *rest = (struct content){ 0 };
	out->at = KT_NEWN(arena, struct word, x->n + 1);
	rest->at = KT_NEWN(arena, struct word, y->n + 1);
	for (uint32_t i = 0; i < x->n; i++) {
		while (k < y->n && y->at[k].hash < x->at[i].hash)
			kt_content_put(rest, y->at[k++]);
		if (k < y->n && y->at[k].hash == x->at[i].hash)
			k++;
		else
			kt_content_put(out, x->at[i]);
	}
	while (k < y->n)
		kt_content_put(rest, y->at[k++]);
}

void
kt_content_minus(struct kt_arena *arena, struct content *out,
    const struct content *x, const struct content *y)
{
	struct content rest;

	take_away(arena, out, &rest, x, y);
	strike_compounds(out, &rest);
}

void
kt_content_minus_as_written(struct kt_arena *arena, struct content *out,
    const struct content *x, const struct content *y)
{
	struct content rest;

	take_away(arena, out, &rest, x, y);
}

uint64_t
kt_content_within(
    struct kt_arena *arena, const struct content *x, const struct content *y)
{
	struct content missing;

	kt_content_minus(arena, &missing, x, y);
	return x->bytes - missing.bytes;
}

bool
kt_content_may_hold(
    const struct content *y, const struct content *x, uint32_t per_mille)
{
	uint64_t missing = x->signs & ~y->signs, bytes = 0, n = 0;

	for (uint32_t i = 0; i < x->n && missing != 0; i++)
		if ((missing >> (x->at[i].hash >> 58) & 1) != 0) {
			n++;
			bytes += x->at[i].len;
		}
	return n * 1000 <= (uint64_t)x->n * (1000 - per_mille) ||
	       bytes * 1000 <= (uint64_t)x->bytes * (1000 - per_mille);
}

bool
kt_content_is_within(const struct content *x, const struct content *y)
{
	uint32_t k = 0;

	if ((x->signs & ~y->signs) != 0)
		return false;
	for (uint32_t i = 0; i < x->n; i++, k++) {
		while (k < y->n && y->at[k].hash < x->at[i].hash)
			k++;
		if (k == y->n || y->at[k].hash != x->at[i].hash)
			return false;
	}
	return true;
}

static struct content *
cut_all(struct port *p, const struct kt_provisions *of, bool said)
{
	struct content *list = KT_NEWN(p->arena, struct content, of->count);

	for (uint32_t i = 0; i < of->count; i++)
		kt_content_of(p->arena, &list[i],
		    said ? &of->at[i].said : &of->at[i].as_written);
	return list;
}

void
kt_port_contents(struct port *p)
{
	p->city_content = cut_all(p, p->city, false);
	p->from_content = cut_all(p, p->from, true);
	p->to_content = cut_all(p, p->to, true);
}

uint64_t
kt_content_share(const struct content *x, const struct content *y)
{
	uint64_t most = x->bytes > y->bytes ? x->bytes : y->bytes;
	struct kt_arena *arena = kt_arena_new();
	uint64_t common = kt_content_within(arena, x, y);

	kt_arena_free(arena);
	return most == 0 ? 1000 : common * 1000 / most;
}
