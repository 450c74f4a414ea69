/* SPDX-License-Identifier: MIT */
/*
 * Pairs: provisions of both texts that share rare grams, the surest first.
 * Nothing here supposes an order; that the neighbours of a pair answer to
 * each other only speaks for it.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_MOST 10 /* candidates a provision */

/* What speaks for a pair besides its words, per mille of what these leave
 * open. */
#define BONUS_HEADING 250
#define BONUS_NEIGHBOUR 110

/* Per mille. */
#define SURE_LIKE 600
#define SURE_MARGIN 60
#define GOOD_SCORE 600
#define GOOD_LIKE 500
#define FAIR_SCORE 420
#define FAIR_LIKE 290
/* Nothing else comes near either of them. */
#define FAINT_SCORE 300
#define FAINT_LIKE 140
#define FAINT_MARGIN 40
/* Of fewer texts it is not known which words are common. */
#define FAINT_TEXTS 20
#define SLOT_LIKE 180 /* between two pairs of neighbours */

/* ---- bags --------------------------------------------------------------- */

void
kt_align_fold(struct align *a, struct kt_buf *out, const struct kt_stretch *s)
{
	uint32_t at = 0;

	kt_buf_clear(out);
	for (size_t i = 0; i <= s->nrefs; i++) {
		uint32_t to = i == s->nrefs ? s->len : s->refs[i].start;

		kt_fold_notation(a->notation, out, s->p + at, to - at);
		at = i == s->nrefs ? to : to + s->refs[i].len;
	}
}

void
kt_align_fold_heading(
    struct align *a, struct kt_buf *out, const struct kt_node *h)
{
	kt_buf_clear(out);
	for (int i = 0; i < 2 && h != NULL; i++, h = h->parent) {
		const char *words =
		    h->caption[0] != '\0' ? h->caption : h->text;

		if (h->kind == KT_DOC)
			break;
		kt_fold_notation(a->notation, out, words, strlen(words));
	}
}

/* The next run of signs that carry meaning, at least two: 保守, サーバ, USB. */
static bool
next_run(const char **at, const char *end, const char **run, size_t *n)
{
	const char *p = *at;
	size_t signs = 0;
	unsigned len;

	for (*run = p; p < end; p += len) {
		enum kt_script s = kt_script_of(kt_utf8_at(p, &len));

		if (s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN) {
			signs++;
			continue;
		}
		if (signs > 1)
			break;
		*run = p + len;
		signs = 0;
	}
	*at = p;
	*n = (size_t)(p - *run);
	return signs > 1;
}

/* Grams of a text, and once more those of its words with meaning, by
 * themselves: what stands around them is not the same in a paraphrase. */
static void
each_part(struct kt_grams *g, const struct kt_buf *text,
    void (*put)(struct kt_grams *, const char *, size_t))
{
	const char *p = text->p, *run;
	size_t n;

	put(g, text->p, text->len);
	while (next_run(&p, text->p + text->len, &run, &n))
		put(g, run, n);
}

static void
make_bags(struct align *a)
{
	struct kt_buf *words =
	    kt_calloc((size_t)a->side[0].n + a->side[1].n + 1, sizeof(*words));
	struct kt_buf heading = KT_BUF_INIT;
	size_t bytes = 0, k = 0;

	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < a->side[s].n; i++, k++) {
			words[k] = (struct kt_buf)KT_BUF_INIT;
			kt_align_fold(a, &words[k], &a->side[s].p->at[i].said);
			bytes += 2 * words[k].len;
		}
	a->grams = kt_grams_new(bytes);
	a->captions = kt_grams_new(bytes / 8);
	for (size_t i = 0; i < k; i++)
		each_part(a->grams, &words[i], kt_grams_see);
	kt_grams_seen(a->grams, k);
	kt_grams_seen(a->captions, k);
	k = 0;
	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < a->side[s].n; i++, k++) {
			struct side *side = &a->side[s];

			each_part(a->grams, &words[k], kt_grams_add);
			side->bag[i] = kt_grams_bag(a->grams, a->arena);
			side->rest[i] = side->bag[i];
			kt_align_fold_heading(
			    a, &heading, side->p->at[i].heading);
			kt_grams_add(a->captions, heading.p, heading.len);
			side->heading[i] = kt_grams_bag(a->captions, a->arena);
			kt_buf_release(&words[k]);
		}
	kt_buf_release(&heading);
	free(words);
}

uint32_t
kt_align_root(uint64_t square)
{
	uint64_t root = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit >>= 1)
		if ((root + bit) * (root + bit) <= square)
			root += bit;
	return (uint32_t)root;
}

uint32_t
kt_align_likeness(uint32_t common, uint32_t x, uint32_t y)
{
	uint32_t whole = kt_align_root((uint64_t)x * y);

	return whole == 0 ? 0 : (uint32_t)((uint64_t)common * 1000 / whole);
}

/* Does a provision go on from the one before it? */
static bool
goes_on(const struct kt_stretch *said)
{
	static const char *const openings[] = { "前項の場合において",
		"前各項の場合において", "前二項の場合において",
		"この場合において", "その場合において" };

	for (size_t i = 0; i < KT_COUNT(openings); i++) {
		size_t n = strlen(openings[i]);

		if (said->len >= n && memcmp(said->p, openings[i], n) == 0)
			return true;
	}
	return false;
}

/* ---- candidates
 * --------------------------------------------------------------
 */

static void
list_pairs_of(struct align *a, int s)
{
	struct side *side = &a->side[s];

	side->first = KT_NEWN(a->arena, uint32_t, (size_t)side->n + 2);
	side->list = KT_NEWN(a->arena, uint32_t, a->npairs);
	for (size_t i = 0; i < a->npairs; i++)
		side->first[a->pairs[i].at[s] + 2]++;
	for (uint32_t i = 0; i < side->n; i++)
		side->first[i + 2] += side->first[i + 1];
	for (size_t i = 0; i < a->npairs; i++)
		side->list[side->first[a->pairs[i].at[s] + 1]++] = (uint32_t)i;
}

static void
find_pairs(struct align *a)
{
	struct kt_near *near;
	size_t n = kt_grams_near(&near, a->grams, a->side[0].bag, a->side[0].n,
	    a->side[1].bag, a->side[1].n, KT_GRAMS_RARE, NEAR_MOST);

	a->pairs = KT_NEWN(a->arena, struct pair, n);
	for (size_t i = 0; i < n; i++) {
		struct pair *p = &a->pairs[a->npairs++];
		const struct kt_bag *x = &a->side[0].bag[near[i].a];
		const struct kt_bag *y = &a->side[1].bag[near[i].b];

		p->at[0] = near[i].a;
		p->at[1] = near[i].b;
		p->common = kt_grams_common(a->grams, x, y);
		p->like = kt_align_likeness(p->common, x->weight, y->weight);
	}
	free(near);
	list_pairs_of(a, 0);
	list_pairs_of(a, 1);
}

void
kt_align_new(struct align *a, const struct kt_provisions *city,
    const struct kt_provisions *guideline)
{
	const struct kt_provisions *both[2] = { city, guideline };

	memset(a, 0, sizeof(*a));
	a->arena = kt_arena_new();
	a->notation = kt_notation_new();
	for (int s = 0; s < 2; s++) {
		struct side *side = &a->side[s];

		side->p = both[s];
		side->n = both[s]->count;
		side->bag = KT_NEWN(a->arena, struct kt_bag, side->n);
		side->rest = KT_NEWN(a->arena, struct kt_bag, side->n);
		side->heading = KT_NEWN(a->arena, struct kt_bag, side->n);
		side->partner = KT_NEWN(a->arena, uint32_t, side->n);
		side->partners = KT_NEWN(a->arena, uint32_t, side->n);
		side->fixed = KT_NEWN(a->arena, uint8_t, side->n);
		side->goes_on = KT_NEWN(a->arena, uint8_t, side->n);
		side->scopes = KT_NEWN(a->arena, struct kt_scope *, side->n);
		side->nscopes = KT_NEWN(a->arena, uint32_t, side->n);
		for (uint32_t i = 0; i < side->n; i++) {
			const struct kt_stretch *said = &both[s]->at[i].said;

			side->goes_on[i] = goes_on(said);
			side->nscopes[i] = kt_scopes(
			    a->arena, &side->scopes[i], said->p, said->len);
		}
		memset(side->partner, 0xff, side->n * sizeof(uint32_t));
	}
	make_bags(a);
	find_pairs(a);
}

void
kt_align_free(struct align *a)
{
	kt_grams_free(a->grams);
	kt_grams_free(a->captions);
	kt_notation_free(a->notation);
	free(a->edges);
	free(a->refused);
	kt_arena_free(a->arena);
}

/* ---- links
 * -------------------------------------------------------------------
 */

void
kt_align_link(
    struct align *a, uint32_t city, uint32_t guideline, struct edge about)
{
	uint32_t at[2] = { city, guideline };

	for (int s = 0; s < 2; s++) {
		struct side *me = &a->side[s], *other = &a->side[1 - s];

		me->rest[at[s]] = kt_grams_rest(a->grams, a->arena,
		    &me->rest[at[s]], &other->bag[at[1 - s]]);
		me->partner[at[s]] = at[1 - s];
		me->partners[at[s]]++;
	}
	about.at[0] = city;
	about.at[1] = guideline;
	KT_GROW(a->edges, a->nedges, a->edges_cap);
	a->edges[a->nedges++] = about;
}

bool
kt_align_refused(const struct align *a, uint32_t city, uint32_t guideline)
{
	uint64_t key = (uint64_t)city << 32 | guideline;
	size_t low = 0, high = a->nrefused;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (a->refused[mid] < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low < a->nrefused && a->refused[low] == key;
}

static bool
is_free(const struct align *a, const struct pair *p)
{
	if (a->parts_wait &&
	    a->side[0].goes_on[p->at[0]] != a->side[1].goes_on[p->at[1]])
		return false;
	return a->side[0].partners[p->at[0]] == 0 &&
	       a->side[1].partners[p->at[1]] == 0 &&
	       !a->side[0].fixed[p->at[0]] && !a->side[1].fixed[p->at[1]] &&
	       !kt_align_refused(a, p->at[0], p->at[1]) &&
	       !kt_align_opposite(a, p->at[0], p->at[1]);
}

static void
guess(struct align *a, uint32_t city, uint32_t guideline)
{
	kt_align_link(a, city, guideline,
	    (struct edge){ .relation = KT_RELATIONS, .note = "" });
}

/* ---- scores
 * ------------------------------------------------------------------
 */

/* Does the provision beside one of a pair answer to one beside the other? */
static bool
neighbours(const struct align *a, const struct pair *p, int step)
{
	const struct side *city = &a->side[0];
	int64_t i = (int64_t)p->at[0] + step, partner, there;

	if (i < 0 || i >= city->n || city->partners[i] == 0)
		return false;
	partner = city->partner[i];
	there = (int64_t)p->at[1] + step;
	return partner == there || partner == there + step ||
	       (partner == p->at[1] && city->partners[i] > 0);
}

static void
score(struct align *a, struct pair *p)
{
	const struct kt_bag *x = &a->side[0].heading[p->at[0]];
	const struct kt_bag *y = &a->side[1].heading[p->at[1]];
	uint32_t bonus = kt_align_likeness(
	    kt_grams_common(a->captions, x, y), x->weight, y->weight);

	bonus = bonus * BONUS_HEADING / 1000;
	for (int step = -1; step <= 1; step += 2)
		if (neighbours(a, p, step))
			bonus += BONUS_NEIGHBOUR;
	p->bonus = bonus;
	p->score = p->like + (1000 - p->like) * bonus / 1000;
}

static void
score_all(struct align *a)
{
	for (size_t i = 0; i < a->npairs; i++)
		if (is_free(a, &a->pairs[i]))
			score(a, &a->pairs[i]);
}

/* Best and second best score of a provision among what is free. */
static void
best_two(const struct align *a, int s, uint32_t i, uint32_t best[2])
{
	const struct side *side = &a->side[s];

	best[0] = best[1] = 0;
	for (uint32_t k = side->first[i]; k < side->first[i + 1]; k++) {
		const struct pair *p = &a->pairs[side->list[k]];

		if (!is_free(a, p))
			continue;
		if (p->score > best[0]) {
			best[1] = best[0];
			best[0] = p->score;
		} else if (p->score > best[1]) {
			best[1] = p->score;
		}
	}
}

/* Pairs that are each other's best by far. */
static void
take_sure(
    struct align *a, uint32_t least_score, uint32_t least_like, uint32_t margin)
{
	uint8_t *sure = KT_NEWN(a->arena, uint8_t, a->npairs);

	score_all(a);
	for (size_t i = 0; i < a->npairs; i++) {
		const struct pair *p = &a->pairs[i];
		bool fine = is_free(a, p) && p->score >= least_score &&
			    p->like >= least_like;

		for (int s = 0; s < 2 && fine; s++) {
			uint32_t best[2];

			best_two(a, s, p->at[s], best);
			fine =
			    p->score == best[0] && best[0] >= best[1] + margin;
		}
		sure[i] = fine;
	}
	for (size_t i = 0; i < a->npairs; i++)
		if (sure[i] && is_free(a, &a->pairs[i]))
			guess(a, a->pairs[i].at[0], a->pairs[i].at[1]);
}

static int
by_score(const void *x, const void *y)
{
	const struct pair *p = *(struct pair *const *)x;
	const struct pair *q = *(struct pair *const *)y;

	if (p->score != q->score)
		return p->score > q->score ? -1 : 1;
	if (p->like != q->like)
		return p->like > q->like ? -1 : 1;
	/* The same words in many places: where they stand decides. */
	if (p->bonus != q->bonus)
		return p->bonus > q->bonus ? -1 : 1;
	if (p->at[0] != q->at[0])
		return p->at[0] < q->at[0] ? -1 : 1;
	return p->at[1] < q->at[1] ? -1 : p->at[1] > q->at[1];
}

/* One to one, best first. */
static void
take_best(struct align *a, uint32_t least_score, uint32_t least_like)
{
	struct pair **v = kt_malloc((a->npairs + 1) * sizeof(struct pair *));
	size_t n = 0;

	score_all(a);
	for (size_t i = 0; i < a->npairs; i++) {
		struct pair *p = &a->pairs[i];

		if (is_free(a, p) && p->score >= least_score &&
		    p->like >= least_like)
			v[n++] = p;
	}
	if (n > 0)
		qsort(v, n, sizeof(struct pair *), by_score);
	for (size_t i = 0; i < n; i++)
		if (is_free(a, v[i]))
			guess(a, v[i]->at[0], v[i]->at[1]);
	free(v);
}

/* What stands alone between two pairs of neighbours. */
static void
take_slots(struct align *a)
{
	const struct side *city = &a->side[0], *guideline = &a->side[1];

	for (uint32_t i = 1; i + 1 < city->n; i++) {
		uint32_t before = city->partner[i - 1];
		struct pair p = { .at = { i, before + 1 } };
		const struct kt_bag *x = &city->bag[i], *y;

		if (city->partners[i] != 0 || before == NONE ||
		    before + 2 >= guideline->n ||
		    city->partner[i + 1] != before + 2 || !is_free(a, &p))
			continue;
		y = &guideline->bag[p.at[1]];
		if (kt_align_likeness(kt_grams_common(a->grams, x, y),
			x->weight, y->weight) >= SLOT_LIKE)
			guess(a, p.at[0], p.at[1]);
	}
}

static bool
is_any_part_free(const struct align *a)
{
	for (int s = 0; s < 2; s++)
		for (uint32_t i = 0; i < a->side[s].n; i++)
			if (a->side[s].goes_on[i] &&
			    a->side[s].partners[i] == 0)
				return true;
	return false;
}

void
kt_align_run(struct align *a)
{
	a->parts_wait = true;
	take_sure(a, 0, SURE_LIKE, SURE_MARGIN);
	kt_align_grow(a);
	take_best(a, GOOD_SCORE, GOOD_LIKE);
	kt_align_grow(a);
	take_best(a, FAIR_SCORE, FAIR_LIKE);
	kt_align_grow(a);
	a->parts_wait = false;
	if (is_any_part_free(a)) {
		take_best(a, FAIR_SCORE, FAIR_LIKE);
		kt_align_grow(a);
	}
	take_slots(a);
	if (a->side[0].n >= FAINT_TEXTS && a->side[1].n >= FAINT_TEXTS)
		take_sure(a, FAINT_SCORE, FAINT_LIKE, FAINT_MARGIN);
	kt_align_grow(a);
	kt_align_reword(a);
}
