/* SPDX-License-Identifier: MIT */
/* How far the links under a change can be trusted with an edit. */
#include "port_int.h"

#include <string.h>

#define LIKE_TO_APPLY 300 /* per mille: below it a person looks first */
#define MAY_HOLD 750 /* per mille of the words: less is no rival */
#define COMMON_LEAST 3 /* words, if another must do it */
#define COMMON_SHARE 750 /* per mille of either */
#define KEPT_LEAST 500 /* per mille of the words behind who must do it */
#define SAYS_SAME 700 /* per mille */
#define ACT_LEAST 500 /* per mille of what is to be done */
#define KEPT_FAINT 400 /* the same, of the longer, if the link is faint */

/* Much of it is said otherwise, and of somebody else: another rule? */
static bool
is_of_another(const struct kt_link *l)
{
	return l->relation == KT_REL_DIFFERS && (l->flags & KT_FL_ACTOR) != 0;
}

/* Have parts of the two clauses of a link less than so many per mille in
 * common? */
static bool
shares_less(const struct port *p, const struct kt_link *l,
    struct kt_stretch (*part)(const struct kt_stretch *text),
    uint32_t per_mille)
{
	struct kt_arena *arena = kt_arena_new();
	uint32_t x = p->from->of[l->guideline[0]->id];
	uint32_t y = p->city->of[l->city[0]->id];
	bool less = false;

	if (l->nguideline == 1 && l->ncity == 1 && x != NONE && y != NONE) {
		struct kt_stretch parts[2] = { part(&p->from->at[x].said),
			part(&p->city->at[y].as_written) };
		struct content a, b, gone;
		uint32_t most;

		kt_content_of(arena, &a, &parts[0]);
		kt_content_of(arena, &b, &parts[1]);
		kt_content_minus_as_written(arena, &gone, &a, &b);
		most = a.bytes > b.bytes ? a.bytes : b.bytes;
		less = (uint64_t)(a.bytes - gone.bytes) * 1000 <
		       (uint64_t)most * per_mille;
	}
	kt_arena_free(arena);
	return less;
}

/* Is something else to be done, and otherwise?  Then what is put into the one
 * may not be meant for the other. */
static bool
is_of_other_thing(const struct port *p, const struct kt_link *l)
{
	return l->relation == KT_REL_DIFFERS &&
	       (l->flags & KT_FL_MODALITY) != 0 &&
	       shares_less(p, l, kt_content_act, ACT_LEAST);
}

/* Would one be another rule, if it stood in the place of the other, or is a
 * word all that they have in common? */
static bool
is_another(const struct port *p, const struct kt_link *l)
{
	uint32_t x = p->from->of[l->guideline[0]->id];
	uint32_t y = p->city->of[l->city[0]->id];
	const struct kt_stretch *said, *city;

	if (l->nguideline != 1 || l->ncity != 1 || l->confirmed || x == NONE ||
	    y == NONE)
		return false;
	said = &p->from->at[x].said;
	city = &p->city->at[y].as_written;
	return kt_port_is_other(said, city) || kt_port_shares_one(said, city);
}

enum kt_doubt
kt_port_doubt(const struct port *p, const struct job *job)
{
	enum kt_doubt doubt = KT_DOUBT_NONE;

	for (uint32_t i = 0; i < job->nold; i++) {
		const struct kt_link *l =
		    p->linked[p->from->at[job->old[i]].node->id];

		if (l != NULL && is_another(p, l))
			return KT_DOUBT_RIVAL;
		if (l != NULL && !l->doubtful && is_of_other_thing(p, l))
			doubt = KT_DOUBT_FAINT;
		if (l == NULL || !l->doubtful)
			continue;
		if (l->reworded || l->rival[0] != '\0' ||
		    l->score < LIKE_TO_APPLY || is_of_another(l) ||
		    shares_less(p, l, kt_content_behind_actor, KEPT_FAINT))
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

static bool
answers_another(const struct port *p, const struct job *job,
    const uint32_t *city, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct kt_link *l =
		    p->answers_new[p->city->at[city[i]].node->id];
		const struct kt_link *was =
		    p->answers[p->city->at[city[i]].node->id];
		bool own = l == NULL || was == NULL || l->reworded ||
			   l->score < SAYS_SAME || l->score <= was->score;

		for (uint32_t k = 0; l != NULL && k < l->nguideline; k++)
			for (uint32_t j = 0; j < job->nnew; j++)
				own = own || p->to->at[job->new[j]].node ==
						 l->guideline[k];
		if (!own)
			return true;
	}
	return false;
}

/* Has a clause of the city all of a new wording, and does it answer to no other
 * clause of the new guideline that it would have it of? */
static bool
has_words(const struct port *p, uint32_t city, uint32_t new)
{
	const struct content *words = &p->to_content[new];
	const struct kt_link *l = p->answers_new[p->city->at[city].node->id];

	if (words->n < COMMON_LEAST ||
	    !kt_content_is_within(words, &p->city_content[city]))
		return false;
	for (uint32_t i = 0; l != NULL && i < l->nguideline; i++) {
		uint32_t of = p->to->of[l->guideline[i]->id];

		if (of != NONE &&
		    of != new &&kt_content_is_within(words, &p->to_content[of]))
			return false;
	}
	return true;
}

bool
kt_port_is_anothers(const struct port *p, const struct job *job,
    const uint32_t *city, uint32_t n)
{
	if (answers_another(p, job, city, n))
		return true;
	for (uint32_t i = 0; job->nnew == 1 && i < p->city->count; i++)
		if (!is_among(city, n, i) && has_words(p, i, job->new[0]))
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

/* What is asked of a side: words, and those of them that were found. */
struct search {
	const struct content *words, *found;
	const uint32_t *but; /* clauses that have them */
	uint32_t n;
};

/* Has another clause on that side most of the words that were found, more of
 * all, and is it not another's answer itself? */
static bool
is_better_elsewhere(
    const struct place *at, struct kt_arena *arena, const struct search *s)
{
	for (uint32_t i = 0; i < at->list->count; i++) {
		const struct content *there = &at->content[i];
		struct content missing, common;

		if (!kt_content_may_hold(there, s->found, MAY_HOLD) ||
		    is_among(s->but, s->n, i) ||
		    kt_content_within(arena, s->words, there) <=
			s->found->bytes)
			continue;
		kt_content_minus(arena, &missing, s->found, there);
		if (missing.n * 1000 > s->found->n * (1000 - MAY_HOLD))
			continue;
		kt_content_minus(arena, &missing, s->words, there);
		kt_content_minus(arena, &common, s->words, &missing);
		if (!is_its_own(at, arena, i, &common))
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

/* Must quite another do it, and have the two only a word or two in common?  It
 * may be by chance.  Where both are named by their office, less than most in
 * common is another rule of the same matter; who is told by what he did,
 * 廃棄した者, may be anybody. */
static bool
is_of_other(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct content a = kt_content_actor(arena, x),
		       b = kt_content_actor(arena, y);
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
	struct content was, here, gone, found[2];
	struct search city_side = { &was, &found[0], city, n };
	struct search their_side = { &here, &found[1], old, nold };
	bool misplaced;

	kt_content_of(arena, &was, &base);
	kt_content_of(arena, &here, &joined);
	kt_content_minus(arena, &gone, &was, &here);
	kt_content_minus(arena, &found[0], &was, &gone);
	kt_content_minus(arena, &gone, &here, &was);
	kt_content_minus(arena, &found[1], &here, &gone);
	misplaced = is_other_matter(arena, &base, &joined) ||
		    is_of_other(arena, &base, &joined) ||
		    is_better_elsewhere(&ours, arena, &city_side) ||
		    is_better_elsewhere(&theirs, arena, &their_side);
	kt_arena_free(arena);
	return misplaced;
}
