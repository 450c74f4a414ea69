/* SPDX-License-Identifier: MIT */
/* How far the links under a change can be trusted with an edit. */
#include "port_int.h"

#include <string.h>

#define LIKE_TO_APPLY 300 /* per mille: below it a person looks first */
#define MAY_HOLD 750 /* per mille of the words: less is no rival */
#define COMMON_LEAST 3 /* words, if another must do it */
#define COMMON_SHARE 750 /* per mille of either */
#define KEPT_LEAST 500 /* per mille of the words behind who must do it */

/* Much of it is said otherwise, and of somebody else: another rule? */
static bool
is_of_another(const struct kt_link *l)
{
	return l->relation == KT_REL_DIFFERS && (l->flags & KT_FL_ACTOR) != 0;
}

enum kt_doubt
kt_port_doubt(const struct port *p, const struct job *job)
{
	enum kt_doubt doubt = KT_DOUBT_NONE;

	for (uint32_t i = 0; i < job->nold; i++) {
		const struct kt_link *l =
		    p->linked[p->from->at[job->old[i]].node->id];

		if (l == NULL || !l->doubtful)
			continue;
		if (l->reworded || l->rival[0] != '\0' ||
		    l->score < LIKE_TO_APPLY || is_of_another(l))
			return KT_DOUBT_RIVAL;
		doubt = KT_DOUBT_FAINT;
	}
	return doubt;
}

static bool
is_among(const uint32_t *list, uint32_t n, uint32_t clause)
{
	for (uint32_t i = 0; i < n; i++)
		if (list[i] == clause)
			return true;
	return false;
}

/* One side of the links: the city, or the guideline. */
struct place {
	const struct kt_provisions *list, *others;
	const struct content *content, *their_content; /* by provision */
	const struct kt_link **links; /* by id */
	bool city;
};

static struct place
place_of(struct port *p, bool city)
{
	return city ? (struct place){ p->city, p->from, p->city_content,
		p->from_content, p->answers, true }
		    : (struct place){ p->from, p->city, p->from_content,
			      p->city_content, p->linked, false };
}

/* Have the clauses that a clause is linked with all the words that it has of
 * another? */
static bool
is_its_own(const struct place *at, struct kt_arena *arena, uint32_t clause,
    const struct content *common)
{
	const struct kt_link *l = at->links[at->list->at[clause].node->id];
	uint32_t n = l == NULL ? 0 : at->city ? l->nguideline : l->ncity;

	for (uint32_t i = 0; i < n; i++) {
		const struct kt_node *node =
		    at->city ? l->guideline[i] : l->city[i];
		uint32_t of = at->others->of[node->id];

		if (of != NONE && kt_content_within(arena, common,
				      &at->their_content[of]) == common->bytes)
			return true;
	}
	return false;
}

/* Has another clause on that side more of some words than those that were
 * found, and is it not another's answer itself? */
static bool
is_better_elsewhere(const struct place *at, struct kt_arena *arena,
    const struct content *words, uint64_t have, const uint32_t *but, uint32_t n)
{
	for (uint32_t i = 0; i < at->list->count; i++) {
		const struct content *there = &at->content[i];
		struct content missing, common;

		if (!kt_content_may_hold(there, words, MAY_HOLD) ||
		    is_among(but, n, i) ||
		    kt_content_within(arena, words, there) <= have)
			continue;
		kt_content_minus(arena, &missing, words, there);
		kt_content_minus(arena, &common, words, &missing);
		if (missing.n * 1000 <= words->n * (1000 - MAY_HOLD) &&
		    !is_its_own(at, arena, i, &common))
			return true;
	}
	return false;
}

/* Have two texts little in common of what either asks for? */
static bool
is_other_matter(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct kt_stretch rest[2] = { kt_content_behind_actor(x),
		kt_content_behind_actor(y) };
	struct content a, b;
	uint64_t common, least;

	kt_content_of(arena, &a, &rest[0]);
	kt_content_of(arena, &b, &rest[1]);
	common = kt_content_within(arena, &a, &b);
	least = a.bytes < b.bytes ? a.bytes : b.bytes;
	return common * 1000 < least * KEPT_LEAST;
}

/* Who must do it: all before は、. */
static struct content
actor_of(struct kt_arena *arena, const struct kt_stretch *text)
{
	struct kt_stretch rest = kt_content_behind_actor(text);
	struct kt_stretch actor = { text->p, text->len - rest.len, NULL, 0 };
	struct content out;

	kt_content_of(arena, &out, &actor);
	return out;
}

/* Must quite another do it, and have the two only a word or two in common?  It
 * may be by chance.  Where both are named by their office, less than most in
 * common is another rule of the same matter; who is told by what he did,
 * 廃棄した者, may be anybody. */
static bool
is_of_other(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct content a = actor_of(arena, x), b = actor_of(arena, y);
	struct kt_stretch rest[2] = { kt_content_behind_actor(x),
		kt_content_behind_actor(y) };
	struct content c, d, missing;

	kt_content_of(arena, &c, x);
	kt_content_of(arena, &d, y);
	/* One clause may have the duties of several. */
	if (a.n == 0 || b.n == 0 || kt_content_within(arena, &a, &d) > 0 ||
	    kt_content_within(arena, &b, &c) > 0)
		return false;
	kt_content_of(arena, &c, &rest[0]);
	kt_content_of(arena, &d, &rest[1]);
	kt_content_minus(arena, &missing, &c, &d);
	return c.n - missing.n < COMMON_LEAST ||
	       (a.n == 1 && b.n == 1 &&
		   kt_content_share(&c, &d) < COMMON_SHARE);
}

bool
kt_port_is_misplaced(struct port *p, const uint32_t *old, uint32_t nold,
    const uint32_t *city, uint32_t n)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_stretch base =
	    kt_provisions_join(arena, p->from, old, nold, true);
	struct kt_stretch joined =
	    kt_provisions_join(arena, p->city, city, n, false);
	struct place ours = place_of(p, true), theirs = place_of(p, false);
	struct content was, here;
	bool found;

	kt_content_of(arena, &was, &base);
	kt_content_of(arena, &here, &joined);
	found = is_other_matter(arena, &base, &joined) ||
		is_of_other(arena, &base, &joined) ||
		is_better_elsewhere(&ours, arena, &was,
		    kt_content_within(arena, &was, &here), city, n) ||
		is_better_elsewhere(&theirs, arena, &here,
		    kt_content_within(arena, &here, &was), old, nold);
	kt_arena_free(arena);
	return found;
}
