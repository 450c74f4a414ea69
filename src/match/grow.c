/* SPDX-License-Identifier: MIT */
/*
 * Several to one: a free provision that says what the partners of another
 * leave unsaid becomes a partner of it.  Content is explained once.  One that
 * stands beside a partner needs less evidence: この場合において… stands in
 * many places, and belongs where its sentence before it went.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define BESIDE 2 /* places */

/* Per mille of what the new partner says. */
#define SHARE_BESIDE 480
#define SHARE_APART 660
/* … and of what the whole says. */
#define WHOLE_LEAST 25
/* A pair of its own that is as good as this stands against being a part, if
 * the part is not explained by so much more. */
#define OWN_PAIR 560
#define OWN_MARGIN 150

struct proposal {
	int side; /* of the new partner */
	uint32_t part, whole;
	uint32_t share, least;
	bool beside;
	bool next; /* just behind the partner */
};

struct proposals {
	struct proposal *at;
	size_t n, cap;
};

static bool
is_free(const struct align *a, int s, uint32_t i)
{
	return a->side[s].partners[i] == 0 && !a->side[s].fixed[i];
}

/* Groups stay stars: no partner of the whole has another one. */
static bool
can_be_whole(const struct align *a, int s, uint32_t i)
{
	const struct side *side = &a->side[s];

	if (side->partners[i] == 0 || side->fixed[i])
		return false;
	return side->partners[i] > 1 ||
	       a->side[1 - s].partners[side->partner[i]] == 1;
}

static uint32_t
share_of(const struct align *a, const struct proposal *p)
{
	const struct kt_bag *part = &a->side[p->side].bag[p->part];
	const struct kt_bag *left = &a->side[1 - p->side].rest[p->whole];
	const struct kt_bag *all = &a->side[1 - p->side].bag[p->whole];
	uint32_t common = kt_grams_common(a->grams, left, part);

	if (part->weight == 0 ||
	    (uint64_t)common * 1000 < (uint64_t)all->weight * WHOLE_LEAST)
		return 0;
	return (uint32_t)((uint64_t)common * 1000 / part->weight);
}

static void
propose(struct align *a, struct proposals *out, struct proposal p)
{
	uint32_t city = p.side == 0 ? p.part : p.whole;
	uint32_t guideline = p.side == 0 ? p.whole : p.part;

	if (!can_be_whole(a, 1 - p.side, p.whole) ||
	    kt_align_refused(a, city, guideline) ||
	    kt_align_opposite(a, city, guideline))
		return;
	p.share = share_of(a, &p);
	if (p.share < (p.beside ? SHARE_BESIDE : SHARE_APART) ||
	    p.share < p.least)
		return;
	KT_GROW(out->at, out->n, out->cap);
	out->at[out->n++] = p;
}

/* The wholes whose partners stand beside a free provision. */
static void
propose_beside(
    struct align *a, struct proposals *out, int s, uint32_t i, uint32_t least)
{
	const struct side *side = &a->side[s];

	for (int64_t k = (int64_t)i - BESIDE; k <= (int64_t)i + BESIDE; k++)
		if (k >= 0 && k < side->n && k != i && side->partners[k] > 0)
			propose(a, out,
			    (struct proposal){ .side = s,
				.part = i,
				.whole = side->partner[k],
				.least = least,
				.beside = true,
				.next = k + 1 == i });
}

/* Likeness of the best pair of its own, 0 when there is no good one. */
static uint32_t
own_pair(const struct align *a, int s, uint32_t i)
{
	const struct side *side = &a->side[s];
	uint32_t best = 0;

	for (uint32_t k = side->first[i]; k < side->first[i + 1]; k++) {
		const struct pair *p = &a->pairs[side->list[k]];

		if (p->like > best && is_free(a, 1 - s, p->at[1 - s]))
			best = p->like;
	}
	return best >= OWN_PAIR ? best + OWN_MARGIN : 0;
}

static int
by_share(const void *x, const void *y)
{
	const struct proposal *p = x, *q = y;

	if (p->beside != q->beside)
		return p->beside ? -1 : 1;
	if (p->share != q->share)
		return p->share > q->share ? -1 : 1;
	if (p->next != q->next)
		return p->next ? -1 : 1;
	if (p->side != q->side)
		return p->side < q->side ? -1 : 1;
	if (p->part != q->part)
		return p->part < q->part ? -1 : 1;
	return p->whole < q->whole ? -1 : p->whole > q->whole;
}

static void
find(struct align *a, struct proposals *out)
{
	for (int s = 0; s < 2; s++) {
		const struct side *side = &a->side[s];

		for (uint32_t i = 0; i < side->n; i++) {
			uint32_t least = own_pair(a, s, i);

			if (!is_free(a, s, i))
				continue;
			propose_beside(a, out, s, i, least);
			if (side->goes_on[i])
				continue;
			for (uint32_t k = side->first[i];
			     k < side->first[i + 1]; k++)
				propose(a, out,
				    (struct proposal){ .side = s,
					.part = i,
					.least = least,
					.whole = a->pairs[side->list[k]]
						     .at[1 - s] });
		}
	}
}

void
kt_align_grow(struct align *a)
{
	struct proposals all = { 0 };

	find(a, &all);
	if (all.n > 0)
		qsort(all.at, all.n, sizeof(*all.at), by_share);
	for (size_t i = 0; i < all.n; i++) {
		struct proposal *p = &all.at[i];

		if (!is_free(a, p->side, p->part) ||
		    !can_be_whole(a, 1 - p->side, p->whole) ||
		    share_of(a, p) < (p->beside ? SHARE_BESIDE : SHARE_APART))
			continue;
		kt_align_link(a, p->side == 0 ? p->part : p->whole,
		    p->side == 0 ? p->whole : p->part,
		    (struct edge){ .relation = KT_RELATIONS, .note = "" });
	}
	free(all.at);
}
