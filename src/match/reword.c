/* SPDX-License-Identifier: MIT */
/*
 * What is said in other words: 送信する and 電子メールで送る share no 3-gram,
 * but a kanji and a heading.  All is compared once more, by its kanji one by
 * one, its words in other scripts, its headings and by where its neighbours
 * went, and what the surer passes left is linked by that.  Some clauses are
 * like many others, so a pair is judged by how far it stands out from what
 * either of the two comes near to besides.  All of these links are doubtful.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define FEWEST 20 /* texts: of fewer it is not known which words are common */
/* Kanji stand in many texts; those in more than so many lead nowhere. */
#define RARE 160
#define NEAR_MOST 24 /* candidates a provision */
#define SECTION_MOST 40 /* provisions */
#define LONGEST_TERM 90 /* bytes of a word that is defined */

/* What speaks for a pair, in parts. */
#define PART_STEMS 3
#define PART_GRAMS 3
#define PART_HEADINGS 2
#define PARTS (PART_STEMS + PART_GRAMS + PART_HEADINGS)
/* Per mille of what these leave open. */
#define BONUS_SECTION 140
#define BONUS_NEIGHBOUR 30
/* How far a pair stands out, round by round; one more to a linked one. */
static const int32_t least[] = { 180, 150, 110, 110 };
#define LEAST_JOINED 130
/* Of a rival that answers to another already. */
#define TAKEN 925 /* per mille */
#define UNSAID 750 /* per mille of the linked one */

struct likely {
	uint32_t at[2]; /* provisions */
	uint32_t words, score; /* per mille; score with what stands around */
	int32_t apart; /* twice the score less what both are near to */
};

struct rewording {
	struct align *a;
	struct kt_synonyms *synonyms;
	struct kt_grams *stems, *titles, *both;
	struct kt_bag *bag[2], *heading[2]; /* by provision */
	struct kt_bag *whole[2]; /* both of them, to be found by */
	struct likely *at;
	size_t count, cap;
	uint32_t *near[2]; /* by provision: its second best score */
};

/* ---- bags --------------------------------------------------------------- */

typedef void put_gram(struct kt_grams *, const char *, size_t);

/* Each kanji by itself, words of other scripts as grams. */
static void
each_stem(struct kt_grams *g, const char *p, size_t n, put_gram *put)
{
	const char *end = p + n, *run = p;
	unsigned len;

	for (; p < end; p += len) {
		enum kt_script s = kt_script_of(kt_utf8_at(p, &len));

		if (s == KT_S_KATAKANA || s == KT_S_LATIN)
			continue;
		if (p > run)
			put(g, run, (size_t)(p - run));
		if (s == KT_S_KANJI)
			put(g, p, len);
		run = p + len;
	}
	if (p > run)
		put(g, run, (size_t)(p - run));
}

static void
put_stems(struct rewording *r, struct kt_grams *g, const struct kt_buf *text,
    put_gram *put)
{
	each_stem(g, text->p, text->len, put);
	kt_synonyms_put(r->synonyms, g, text->p, text->len, put);
}

static void
each_text(struct rewording *r, put_gram *put)
{
	struct align *a = r->a;
	struct kt_buf words = KT_BUF_INIT;

	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < a->side[s].n; i++) {
			const struct kt_provision *p = &a->side[s].p->at[i];

			kt_align_fold(a, &words, &p->said);
			put_stems(r, r->stems, &words, put);
			put_stems(r, r->both, &words, put);
			kt_align_fold_heading(a, &words, p->heading);
			put_stems(r, r->titles, &words, put);
			put_stems(r, r->both, &words, put);
			if (put != kt_grams_add)
				continue;
			r->bag[s][i] = kt_grams_bag(r->stems, a->arena);
			r->heading[s][i] = kt_grams_bag(r->titles, a->arena);
			r->whole[s][i] = kt_grams_bag(r->both, a->arena);
		}
	kt_buf_release(&words);
}
static void
make_bags(struct rewording *r)
{
	struct align *a = r->a;
	struct kt_grams **each[] = { &r->stems, &r->titles, &r->both };

	r->synonyms = kt_synonyms_new(a);
	for (size_t i = 0; i < KT_COUNT(each); i++)
		*each[i] = kt_grams_new((size_t)1 << 14);
	for (int s = 0; s < 2; s++) {
		uint32_t n = a->side[s].n;

		r->bag[s] = KT_NEWN(a->arena, struct kt_bag, n);
		r->heading[s] = KT_NEWN(a->arena, struct kt_bag, n);
		r->whole[s] = KT_NEWN(a->arena, struct kt_bag, n);
		r->near[s] = KT_NEWN(a->arena, uint32_t, n);
	}
	each_text(r, kt_grams_see);
	for (size_t i = 0; i < KT_COUNT(each); i++)
		kt_grams_seen(*each[i], (size_t)a->side[0].n + a->side[1].n);
	each_text(r, kt_grams_add);
}

/* ---- candidates
 * --------------------------------------------------------------
 */

static uint32_t
like(const struct kt_grams *g, const struct kt_bag *x, const struct kt_bag *y)
{
	return kt_align_likeness(
	    kt_grams_common(g, x, y), x->weight, y->weight);
}

static uint32_t
words_of(const struct rewording *r, uint32_t i, uint32_t j)
{
	const struct align *a = r->a;
	const struct side *city = &a->side[0], *guideline = &a->side[1];

	return (PART_STEMS * like(r->stems, &r->bag[0][i], &r->bag[1][j]) +
		   PART_GRAMS *
		       like(a->grams, &city->bag[i], &guideline->bag[j]) +
		   PART_HEADINGS *
		       like(r->titles, &r->heading[0][i], &r->heading[1][j])) /
	       PARTS;
}

/* What is defined: the word before the blank of a sentence that ends with
 * をいう。 NULL when it is no definition. */
static const char *
defined(const struct kt_stretch *said, uint32_t *n)
{
	static const char blank[] = "　", end[] = "をいう。";
	const size_t tail = sizeof(end) - 1;
	const char *gap = strstr(said->p, blank);

	if (gap == NULL || (size_t)(gap - said->p) > LONGEST_TERM ||
	    said->len < tail ||
	    memcmp(said->p + said->len - tail, end, tail) != 0)
		return NULL;
	*n = (uint32_t)(gap - said->p);
	return said->p;
}

/* Bytes of the longest stretch that two words have in common. */
static uint32_t
common_stretch(const char *x, uint32_t nx, const char *y, uint32_t ny)
{
	uint32_t longest = 0;

	for (uint32_t i = 0; i < nx; i++)
		for (uint32_t j = 0; j < ny; j++) {
			uint32_t n = 0;

			while (i + n < nx && j + n < ny && x[i + n] == y[j + n])
				n++;
			if (n > longest)
				longest = n;
		}
	return longest;
}

/* A definition answers to one, and of a word that is mostly its own. */
static bool
may_answer(const struct align *a, uint32_t i, uint32_t j)
{
	uint32_t nx = 0, ny = 0;
	const char *x = defined(&a->side[0].p->at[i].said, &nx);
	const char *y = defined(&a->side[1].p->at[j].said, &ny);

	if (x == NULL || y == NULL)
		return x == y;
	return 2 * common_stretch(x, nx, y, ny) > (nx < ny ? nx : ny);
}

static void
find_likely(struct rewording *r)
{
	const struct align *a = r->a;
	struct kt_near *near;
	size_t n = kt_grams_near(&near, r->both, r->whole[0], a->side[0].n,
	    r->whole[1], a->side[1].n, RARE, NEAR_MOST);

	for (size_t k = 0; k < n; k++) {
		uint32_t i = near[k].a, j = near[k].b;

		if (!may_answer(a, i, j) || kt_align_opposite(a, i, j))
			continue;
		KT_GROW(r->at, r->count, r->cap);
		r->at[r->count++] = (struct likely){ .at = { i, j },
			.words = words_of(r, i, j) };
	}
	free(near);
}

/* ---- what stands around ------------------------------------------------- */

/* Of the linked provisions under the heading of i on side s, per mille those
 * whose partner stands under the heading of j on the other. */
static uint32_t
section_share(const struct align *a, int s, uint32_t i, uint32_t j)
{
	const struct side *side = &a->side[s], *other = &a->side[1 - s];
	const struct kt_node *mine = side->p->at[i].heading;
	const struct kt_node *its = other->p->at[j].heading;
	uint32_t linked = 0, there = 0;

	if (mine == NULL || its == NULL)
		return 0;
	for (int step = -1; step <= 1; step += 2)
		for (int64_t k = (int64_t)i + step, n = 0;
		     n < SECTION_MOST && k >= 0 && k < side->n &&
		     side->p->at[k].heading == mine;
		     k += step, n++) {
			if (side->partners[k] == 0)
				continue;
			linked++;
			there += other->p->at[side->partner[k]].heading == its;
		}
	return linked == 0 ? 0 : there * 1000 / linked;
}

/* Does the provision beside i answer to one just beside j? */
static bool
goes_along(const struct align *a, uint32_t i, uint32_t j, int step)
{
	const struct side *city = &a->side[0];
	int64_t k = (int64_t)i + step, ahead;

	if (k < 0 || k >= city->n || city->partners[k] == 0)
		return false;
	ahead = ((int64_t)city->partner[k] - j) * step;
	return ahead > 0 && ahead <= 2;
}

static void
score(const struct align *a, struct likely *p)
{
	uint32_t bonus = (section_share(a, 0, p->at[0], p->at[1]) +
			     section_share(a, 1, p->at[1], p->at[0])) *
			 BONUS_SECTION / 2000;

	for (int step = -1; step <= 1; step += 2)
		if (goes_along(a, p->at[0], p->at[1], step))
			bonus += BONUS_NEIGHBOUR;
	p->score = p->words + (1000 - p->words) * bonus / 1000;
}

/* The second best score of each provision. */
static void
find_near(struct rewording *r, int s)
{
	uint32_t n = r->a->side[s].n;
	uint32_t *best = kt_calloc((size_t)n + 1, sizeof(*best));

	memset(r->near[s], 0, n * sizeof(*best));
	for (size_t k = 0; k < r->count; k++) {
		const struct likely *p = &r->at[k];
		uint32_t i = p->at[s], x = p->score;

		if (r->a->side[1 - s].partners[p->at[1 - s]] > 0)
			x = x * TAKEN / 1000;

		if (x > best[i]) {
			r->near[s][i] = best[i];
			best[i] = x;
		} else if (x > r->near[s][i]) {
			r->near[s][i] = x;
		}
	}
	free(best);
}

/* ---- taking ------------------------------------------------------------- */

static int
by_apart(const void *x, const void *y)
{
	const struct likely *p = x, *q = y;

	if (p->apart != q->apart)
		return p->apart > q->apart ? -1 : 1;
	if (p->at[0] != q->at[0])
		return p->at[0] < q->at[0] ? -1 : 1;
	return p->at[1] < q->at[1] ? -1 : p->at[1] > q->at[1];
}

static void
look_around(struct rewording *r)
{
	for (size_t k = 0; k < r->count; k++)
		score(r->a, &r->at[k]);
	find_near(r, 0);
	find_near(r, 1);
	for (size_t k = 0; k < r->count; k++) {
		struct likely *p = &r->at[k];

		p->apart =
		    (int32_t)(2 * p->score) -
		    (int32_t)(r->near[0][p->at[0]] + r->near[1][p->at[1]]);
	}
	if (r->count > 0)
		qsort(r->at, r->count, sizeof(*r->at), by_apart);
}

static bool
is_free(const struct align *a, int s, uint32_t i)
{
	return a->side[s].partners[i] == 0;
}

/* What people confirmed is no guess, but a rival of all others. */
static bool
may_guess(const struct align *a, const uint32_t *at)
{
	return !a->side[0].fixed[at[0]] && !a->side[1].fixed[at[1]] &&
	       !kt_align_refused(a, at[0], at[1]);
}

/* One of the two is free, the other has partners that leave much of it
 * unsaid; groups stay stars. */
static bool
may_join(const struct align *a, const uint32_t *at)
{
	int s = is_free(a, 0, at[0]) ? 0 : 1;
	const struct side *mine = &a->side[s], *other = &a->side[1 - s];
	uint32_t whole = at[1 - s];

	return is_free(a, s, at[s]) && other->partners[whole] > 0 &&
	       (uint64_t)other->rest[whole].weight * 1000 >=
		   (uint64_t)other->bag[whole].weight * UNSAID &&
	       (other->partners[whole] > 1 ||
		   mine->partners[other->partner[whole]] == 1);
}

static void
take(struct rewording *r, int32_t bar, bool join)
{
	struct align *a = r->a;

	look_around(r);
	for (size_t k = 0; k < r->count && r->at[k].apart >= bar; k++) {
		const uint32_t *at = r->at[k].at;

		if (!may_guess(a, at))
			continue;
		if (join ? may_join(a, at)
			 : is_free(a, 0, at[0]) && is_free(a, 1, at[1]))
			kt_align_link(a, at[0], at[1],
			    (struct edge){ .relation = KT_RELATIONS,
				.note = "",
				.reworded = true });
	}
}

void
kt_align_reword(struct align *a)
{
	struct rewording r = { .a = a };

	if (a->side[0].n < FEWEST || a->side[1].n < FEWEST)
		return;
	make_bags(&r);
	find_likely(&r);
	for (size_t i = 0; i < KT_COUNT(least); i++)
		take(&r, least[i], false);
	take(&r, LEAST_JOINED, true);
	kt_synonyms_free(r.synonyms);
	kt_grams_free(r.stems);
	kt_grams_free(r.titles);
	kt_grams_free(r.both);
	free(r.at);
}
