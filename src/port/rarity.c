/* SPDX-License-Identifier: MIT */
/*
 * How much words tell: how many clauses of the guideline have them, and whether
 * the same of them in two clauses can be chance.
 */
#include "port_int.h"

#include <stdlib.h>

static int
by_number(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static void
put_hashes(uint64_t **list, size_t *n, size_t *cap, const struct content *of,
    uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < of[i].n; k++) {
			if (k > 0 && of[i].at[k].hash == of[i].at[k - 1].hash)
				continue;
			KT_GROW(*list, *n, *cap);
			(*list)[(*n)++] = of[i].at[k].hash;
		}
}

void
kt_editions_read(struct editions *out, struct port *p, struct kt_arena *arena)
{
	uint64_t *list = NULL;
	size_t n = 0, cap = 0;

	*out = (struct editions){ .from = p->from_content,
		.to = p->to_content,
		.nfrom = p->from->count,
		.nto = p->to->count };
	put_hashes(&list, &n, &cap, out->from, out->nfrom);
	put_hashes(&list, &n, &cap, out->to, out->nto);
	out->spreads = KT_NEWN(arena, struct spread, n);
	if (n > 0)
		qsort(list, n, sizeof(*list), by_number);
	for (size_t i = 0; i < n; i++) {
		if (out->nspreads == 0 ||
		    out->spreads[out->nspreads - 1].hash != list[i])
			out->spreads[out->nspreads++] =
			    (struct spread){ list[i], 0 };
		out->spreads[out->nspreads - 1].n++;
	}
	free(list);
}

/* Does a word follow another of these in its text? */
static bool
follows(const struct content *words, const struct word *word)
{
	for (uint32_t i = 0; i < words->n; i++)
		if (words->at[i].hash == word->before &&
		    words->at[i].p < word->p)
			return true;
	return false;
}

bool
kt_content_has_phrase(const struct content *clause, const struct content *words)
{
	if (!kt_content_is_within(words, clause))
		return false;
	for (uint32_t i = 0; i < words->n; i++) {
		const struct word *word = &words->at[i];
		bool found = !follows(words, word);

		for (uint32_t k = 0; k < clause->n && !found; k++)
			found = clause->at[k].hash == word->hash &&
				clause->at[k].before == word->before;
		if (!found)
			return false;
	}
	return true;
}

/* Clauses that have the words. */
static uint32_t
count_phrase(
    const struct content *of, uint32_t count, const struct content *words)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < count; i++)
		n += kt_content_has_phrase(&of[i], words);
	return n;
}

static int
by_word(const void *x, const void *y)
{
	const struct spread *a = x, *b = y;

	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

uint32_t
kt_editions_weight(const struct editions *e, const struct content *words)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < words->n && e->nspreads > 0; i++) {
		struct spread key = { words->at[i].hash, 0 };
		const struct spread *found = bsearch(
		    &key, e->spreads, e->nspreads, sizeof(key), by_word);
		uint32_t n = found == NULL ? 1 : found->n;

		for (; n * 2 <= e->nfrom + e->nto; n *= 2)
			sum++;
	}
	return sum;
}

bool
kt_editions_tell(
    const struct editions *e, const struct content *words, struct bound bound)
{
	uint32_t from, to;

	if (kt_editions_weight(e, words) < KT_FAR_WEIGHT)
		return false;
	from = count_phrase(e->from, e->nfrom, words);
	to = count_phrase(e->to, e->nto, words);
	return (from <= bound.most && to <= bound.most) ||
	       (bound.kept && from == to);
}

uint32_t
kt_editions_chance(const struct editions *e)
{
	uint32_t bits = 1;

	for (uint32_t n = e->nfrom + e->nto; n > 0; n /= 2)
		bits++;
	return bits;
}
