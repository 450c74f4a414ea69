/* SPDX-License-Identifier: MIT */
/*
 * Words that went from one clause of the guideline to another: a clause made
 * two, two made one, a sentence that stands elsewhere now.  The comparison
 * sees a changed clause and a new one, one that went, another changed one.
 * Carried over one by one, the city's text would lose the words or say them
 * twice, so what a change took out or put in is looked for in the others.
 */
#include "port_int.h"

#include <stdlib.h>
#include <string.h>

/* Provisions on either side in which the changed clause of a part is looked
 * for first. */
#define NEAR 6
/* Per mille of the clause that came or went, and of its words that the changed
 * one does not keep, that the changed one lost or took up. */
#define PART_THERE 600
#define PART_OWN 600
/* What a clause lost or took up is more than a word. */
#define LOSS_WORDS 2
#define LOSS_BYTES 12 /* four characters */
/* Per mille of it that a part has: the clause beside may have been changed too
 * when it was cut off. */
#define LOSS_BESIDE 250
#define LOSS_NEAR 500
#define NEAR_WEIGHT 3 /* bits: less stands in every clause */
#define LOSS_THERE 750
/* Of a clause far away; bits of these words, less is chance; and clauses of an
 * edition that may have all of them, else they are a phrase of many: new
 * clauses or those that went, and changed ones. */
#define LOSS_FAR 600
#define FAR_MOST 750 /* who has so much is asked first */
#define ALL 1000
#define FAR_CLAUSES 3
#define OVER_CLAUSES 1
#define FAR_JOBS 8 /* changed clauses that may have lost the same */

/* ---- what a change took out and put in
 * ----------------------------------------
 */

struct account {
	struct content was, is; /* all of either wording */
	struct content duty_was, duty_is; /* without who must do it */
	struct content lost, took; /* what the other has not */
	bool told; /* a new clause says what it lost and nothing else */
};

struct accounts {
	struct port *p;
	struct jobs *all;
	struct kt_arena *arena;
	struct account *of; /* by job */
	struct editions editions;
};

/* Of several clauses as one: what each of them said, such as who must do it,
 * is not lost when it is said once. */
static void
strike_repeated(struct content *words, const struct content *still)
{
	struct content all = *words;

	*words = (struct content){ .at = all.at };
	for (uint32_t i = 0, k = 0; i < all.n; i++) {
		while (k < still->n && still->at[k].hash < all.at[i].hash)
			k++;
		if (k == still->n || still->at[k].hash != all.at[i].hash)
			kt_content_put(words, all.at[i]);
	}
}

static struct content
duty_of(struct kt_arena *arena, const struct kt_stretch *text)
{
	struct kt_stretch rest = kt_content_behind_actor(text);
	struct content duty;

	kt_content_of(arena, &duty, &rest);
	return duty;
}

static void
fill(struct accounts *b, uint32_t no)
{
	const struct job *job = &b->all->at[no];
	struct account *a = &b->of[no];
	struct kt_stretch was, is;

	was =
	    kt_provisions_join(b->arena, b->p->from, job->old, job->nold, true);
	is = kt_provisions_join(b->arena, b->p->to, job->new, job->nnew, true);
	kt_content_of(b->arena, &a->was, &was);
	kt_content_of(b->arena, &a->is, &is);
	a->duty_was = duty_of(b->arena, &was);
	a->duty_is = duty_of(b->arena, &is);
	kt_content_minus(b->arena, &a->lost, &a->was, &a->is);
	kt_content_minus(b->arena, &a->took, &a->is, &a->was);
	if (job->nold > 1)
		strike_repeated(&a->lost, &a->is);
	if (job->nnew > 1)
		strike_repeated(&a->took, &a->was);
}

static bool
is_part(const struct job *job)
{
	return !job->gone && job->nold + job->nnew > 0 &&
	       (job->nold == 0 || job->nnew == 0);
}

static bool
is_changed(const struct job *job)
{
	return !job->gone && job->nold > 0 && job->nnew > 0;
}

/* Is what a clause lost more than a word that another stands for now? */
static bool
is_loss(const struct content *lost, const struct content *took)
{
	return lost->n >= LOSS_WORDS && lost->bytes >= LOSS_BYTES &&
	       took->bytes * 3 <= lost->bytes * 2;
}

/* A part and a changed clause as they stand to each other: of one that came
 * the words that the changed one lost, of one that went those that it took
 * up. */
struct relation {
	const struct content *part, *duty; /* all of it; what is to be done */
	const struct content *whole, *rest; /* the changed one with, without */
	const struct content *lost, *took;
};

static struct relation
relate(const struct account *part, const struct account *changed, bool came)
{
	if (came)
		return (struct relation){ &part->is, &part->duty_is,
			&changed->was, &changed->is, &changed->lost,
			&changed->took };
	return (struct relation){ &part->was, &part->duty_was, &changed->is,
		&changed->was, &changed->took, &changed->lost };
}

static bool
has_share(struct accounts *b, const struct content *x, const struct content *of,
    uint32_t per_mille)
{
	return kt_content_within(b->arena, x, of) * 1000 >=
	       (uint64_t)x->bytes * per_mille;
}

/* Bits of the words of x that stand in y. */
static uint32_t
weight_within(
    struct accounts *b, const struct content *x, const struct content *y)
{
	struct content missing, found;

	kt_content_minus(b->arena, &missing, x, y);
	kt_content_minus(b->arena, &found, x, &missing);
	return kt_editions_weight(&b->editions, &found);
}

/* Is all that a clause asks for among the words of a change beside it, be it
 * ever so short? */
static bool
is_whole(const struct content *duty, const struct content *words)
{
	return duty->n >= LOSS_WORDS && kt_content_is_within(duty, words);
}

/* Is what the clause lost found in a part so many provisions away? */
static bool
is_near_part(struct accounts *b, const struct relation *r, uint32_t away)
{
	struct content own;

	if (r->lost->n == 0 || r->part->n == 0)
		return false;
	if (is_whole(r->duty, r->lost))
		return true;
	if (is_loss(r->lost, r->took) &&
	    has_share(b, r->lost, r->part,
		away == 1  ? LOSS_BESIDE
		: away < 4 ? LOSS_NEAR
			   : LOSS_THERE) &&
	    weight_within(b, r->lost, r->part) >= NEAR_WEIGHT)
		return true;
	kt_content_minus(b->arena, &own, r->part, r->rest);
	return own.n > 0 && has_share(b, r->part, r->whole, PART_THERE) &&
	       has_share(b, &own, r->lost, PART_OWN);
}

/* Are words of a clause those of one far away, and not by chance?  Where that
 * one says nothing else, who must do it tells too. */
static bool
is_found_far(struct accounts *b, const struct content *words,
    const struct content *of, const struct content *there, struct bound bound,
    uint32_t least)
{
	struct content missing, found;

	if (!kt_content_may_hold(there, words, least))
		return false;
	kt_content_minus(b->arena, &missing, words, there);
	/* One long word that is another does not hide all others. */
	if ((uint64_t)missing.bytes * 1000 >
		(uint64_t)words->bytes * (1000 - LOSS_FAR) &&
	    missing.n * 1000 > words->n * (1000 - LOSS_FAR))
		return false;
	kt_content_minus(b->arena, &found, words, &missing);
	return kt_editions_tell(&b->editions, &found, bound) ||
	       (kt_content_is_within(there, of) &&
		   kt_editions_tell(&b->editions, there,
		       (struct bound){ FAR_CLAUSES, true }));
}

/* Is so much of what a clause asked for among the words of a change, whoever
 * had to do it?  Then it tells nothing that other clauses ask for the same. */
static bool
is_taken(struct accounts *b, const struct content *duty,
    const struct content *words, uint32_t per_mille)
{
	struct content missing, found;

	if (!kt_content_may_hold(words, duty, per_mille))
		return false;
	kt_content_minus(b->arena, &missing, duty, words);
	kt_content_minus(b->arena, &found, duty, &missing);
	return (uint64_t)missing.bytes * 1000 <=
		   (uint64_t)duty->bytes * (1000 - per_mille) &&
	       found.n >= LOSS_WORDS &&
	       kt_editions_weight(&b->editions, &found) >=
		   (per_mille == ALL ? KT_FAR_WEIGHT
				     : kt_editions_chance(&b->editions));
}

static bool
is_all_taken(struct accounts *b, const struct content *duty,
    const struct content *words, bool near)
{
	return (near && is_whole(duty, words)) || is_taken(b, duty, words, ALL);
}

static bool
is_far_part(struct accounts *b, const struct relation *r, uint32_t least)
{
	struct bound bound = { FAR_CLAUSES, least >= FAR_MOST };
	struct content own;

	/* All that a clause asks for, be it ever so short. */
	if (least >= FAR_MOST ? is_taken(b, r->duty, r->lost, ALL)
			      : is_loss(r->lost, r->took) &&
				    is_taken(b, r->duty, r->lost, least))
		return true;
	if (is_loss(r->lost, r->took) &&
	    is_found_far(b, r->lost, r->whole, r->part, bound, least))
		return true;
	if (r->lost->n == 0 || !kt_content_is_within(r->part, r->whole))
		return false;
	kt_content_minus(b->arena, &own, r->part, r->rest);
	return own.n > 0 && has_share(b, &own, r->lost, PART_OWN);
}

/* ---- clauses divided, clauses united
 * -----------------------------------------
 */

/* Does a part say words that the changed one lost, of the same who must do it,
 * and nothing else?  It is where they went. */
static bool
tells_all(struct accounts *b, const struct relation *r)
{
	return r->part->n > 0 && is_loss(r->lost, r->took) &&
	       kt_content_is_within(r->part, r->whole) &&
	       has_share(b, r->lost, r->part, LOSS_THERE);
}

static void
find_told(struct accounts *b)
{
	for (uint32_t k = 0; k < b->all->n; k++)
		for (uint32_t i = 0; i < b->all->n; i++) {
			const struct job *part = &b->all->at[i];
			struct relation r = relate(&b->of[i], &b->of[k], true);

			if (is_changed(&b->all->at[k]) && is_part(part) &&
			    part->nold == 0 && tells_all(b, &r)) {
				b->of[k].told = true;
				break;
			}
		}
}

/* Is the changed clause not asked for the words of a new one that says other
 * things too? */
static bool
is_told_elsewhere(
    const struct accounts *b, uint32_t changed, uint32_t no, bool came)
{
	struct relation r = relate(&b->of[no], &b->of[changed], came);

	return came && b->of[changed].told &&
	       !kt_content_is_within(r.part, r.whole);
}

/* The changed clause that a part is of, the nearest first: its job, or NONE. */
static uint32_t
find_near(struct accounts *b, uint32_t no, bool came)
{
	const struct job *part = &b->all->at[no];
	const struct kt_provisions *list = came ? b->p->to : b->p->from;
	const uint32_t *of = came ? b->all->of_new : b->all->of_old;
	const uint32_t *at = came ? part->new : part->old;
	uint32_t n = came ? part->nnew : part->nold;

	for (uint32_t d = 1; d <= NEAR; d++)
		for (int behind = 0; behind <= 1; behind++) {
			int64_t k = behind ? (int64_t)at[n - 1] + d
					   : (int64_t)at[0] - d;
			struct relation r;

			if (k < 0 || k >= list->count || of[k] == 0 ||
			    !is_changed(&b->all->at[of[k] - 1]) ||
			    is_told_elsewhere(b, of[k] - 1, no, came))
				continue;
			r = relate(&b->of[no], &b->of[of[k] - 1], came);
			if (is_near_part(b, &r, d))
				return of[k] - 1;
		}
	return NONE;
}

/* Changed clauses far away that the part may be of, with so many per mille of
 * the words; 0 when there are too many to tell. */
static uint32_t
find_far(struct accounts *b, uint32_t no, bool came, uint32_t least,
    uint32_t found[FAR_JOBS])
{
	const struct job *part = &b->all->at[no];
	const struct kt_node *node = came ? b->p->to->at[part->new[0]].node
					  : b->p->from->at[part->old[0]].node;
	uint32_t n = 0;

	if (node->kind == KT_ROW)
		return 0;
	for (uint32_t k = 0; k < b->all->n; k++) {
		struct relation r = relate(&b->of[no], &b->of[k], came);

		if (!is_changed(&b->all->at[k]) ||
		    is_told_elsewhere(b, k, no, came) ||
		    !is_far_part(b, &r, least))
			continue;
		if (n == FAR_JOBS)
			return 0;
		found[n++] = k;
	}
	return n;
}

static uint32_t
root_of(const struct jobs *all, uint32_t no)
{
	while (all->at[no].with != NONE)
		no = all->at[no].with;
	return no;
}

static void
tie(struct jobs *all, uint32_t x, uint32_t y)
{
	uint32_t a = root_of(all, x), b = root_of(all, y);

	if (a != b)
		all->at[a].with = b;
}

/* The part becomes one with the changed clause beside it, or far away where few
 * come into question; others that may have lost it wait for what is decided
 * there. */
static void
join_part(struct accounts *b, uint32_t no)
{
	struct job *part = &b->all->at[no], *job;
	bool came = part->nold == 0;
	uint32_t found = find_near(b, no, came), far[FAR_JOBS];
	uint32_t n = find_far(b, no, came, FAR_MOST, far);

	if (found == NONE && n == 0)
		n = find_far(b, no, came, LOSS_FAR, far);
	if (found == NONE && n > 0)
		found = far[0];
	if (found == NONE)
		return;
	for (uint32_t i = 0; i < n; i++)
		tie(b->all, found, far[i]);
	job = &b->all->at[found];
	job->divided = job->divided || came;
	job->united = job->united || !came;
	kt_port_join(b->all, job, part);
}

/* ---- words that went over ----------------------------------------------- */

/* A changed clause as one that words left, or that they came to. */
struct end {
	const struct content *words, *instead; /* lost or taken up; for what */
	const struct content *text, *other; /* with the words, without */
	const struct content *duty; /* of it, without who must do it */
	bool moved; /* left its place, or came to it, with all its words */
	bool open; /* all that it asked for went to another clause */
};

static struct end
end_of(const struct accounts *b, uint32_t no, bool lost)
{
	const struct account *a = &b->of[no];
	const struct job *job = &b->all->at[no];
	bool moved = job->fate == KT_MOVED;

	return lost ? (struct end){ &a->lost, &a->took, &a->was, &a->is,
		&a->duty_was, moved, job->open }
		    : (struct end){ &a->took, &a->lost, &a->is, &a->was,
			      &a->duty_is, moved, job->open };
}

/* Does the other wording of a clause ask for something else, or nearly?  公開
 * is no rest of 公開資料, and what both have may be a phrase of many clauses.
 */
static bool
is_written_over(struct accounts *b, const struct end *end)
{
	struct content gone;

	kt_content_minus_as_written(b->arena, &gone, end->text, end->other);
	return is_taken(b, end->duty, &gone, ALL) ||
	       (end->instead->n > 0 && is_taken(b, end->duty, &gone, FAR_MOST));
}

/* Is what one end lost or took up what the other asked for, before that was
 * written over, or since?  All of it is, though the other had its words before
 * in another order, or of somebody else, or what it had went elsewhere; beside
 * it even if it asks for it still. */
static bool
is_over_whole(struct accounts *b, const struct end *one,
    const struct end *other, bool near)
{
	bool all = is_all_taken(b, other->duty, one->words, near);

	if (!all && (!is_loss(one->words, one->instead) ||
			!is_taken(b, other->duty, one->words, LOSS_FAR)))
		return false;
	return is_written_over(b, other) ||
	       (all && (near || other->open ||
			   !kt_content_has_phrase(other->other, other->text)));
}

/* Of one beside it that was written over, with a word changed perhaps. */
static bool
is_over_near(struct accounts *b, const struct end *one, const struct end *other)
{
	return has_share(b, one->words, other->text, LOSS_NEAR) ||
	       (is_written_over(b, other) &&
		   has_share(b, one->words, other->words, LOSS_BESIDE));
}

/* Do the words at one end of a way stand at the other, some of them newly?
 * Where one of the two moved, nobody knows whether they were there before. */
static bool
is_over(struct accounts *b, const struct end *one, const struct end *other,
    bool near)
{
	static const struct bound bound = { OVER_CLAUSES, false };

	if (is_over_whole(b, one, other, near))
		return true;
	return is_loss(one->words, one->instead) &&
	       ((one->moved || other->moved ||
		    kt_content_within(b->arena, one->words, other->words) >
			0) &&
		   (near ? is_over_near(b, one, other)
			 : is_found_far(b, one->words, one->text, other->text,
			       bound, FAR_MOST)));
}

/* Did one take up what the other lost?  Where it is all that the other asked
 * for, what is left there is another clause, or a second one. */
static bool
went_over(struct accounts *b, uint32_t from, uint32_t to, bool near)
{
	struct end x = end_of(b, from, true), y = end_of(b, to, false);

	if (is_over(b, &y, &x, near)) {
		if (is_all_taken(b, x.duty, y.words, near))
			b->all->at[from].open = true;
		return true;
	}
	return is_over(b, &x, &y, near);
}

static bool
is_near(const struct job *x, const struct job *y)
{
	return (x->old[0] <= y->old[0] + NEAR &&
		   y->old[0] <= x->old[0] + NEAR) ||
	       (x->new[0] <= y->new[0] + NEAR && y->new[0] <= x->new[0] + NEAR);
}

static void
tie_all(struct accounts *b)
{
	for (uint32_t x = 0; x < b->all->n; x++) {
		if (!is_changed(&b->all->at[x]))
			continue;
		for (uint32_t y = 0; y < b->all->n; y++)
			if (x != y && is_changed(&b->all->at[y]) &&
			    b->of[x].lost.n + b->of[y].took.n > 0 &&
			    went_over(b, x, y,
				is_near(&b->all->at[x], &b->all->at[y])))
				tie(b->all, x, y);
	}
}

/* Did a clause that went say all that a changed one says now, or does a new one
 * say all that it said?  It may be what is left of the one, or the other what
 * it became: nobody knows which of the two it was. */
static bool
is_other_self(const struct accounts *b, uint32_t changed, uint32_t part)
{
	const struct account *a = &b->of[changed], *other = &b->of[part];

	return b->all->at[part].nold == 0
		   ? kt_content_is_within(&a->was, &other->is)
		   : kt_content_is_within(&a->is, &other->was);
}

static void
tie_selves(struct accounts *b)
{
	for (uint32_t i = 0; i < b->all->n; i++)
		for (uint32_t k = 0; is_part(&b->all->at[i]) && k < b->all->n;
		     k++) {
			if (!is_changed(&b->all->at[k]) ||
			    b->of[k].lost.n + b->of[k].took.n == 0 ||
			    !is_other_self(b, k, i))
				continue;
			b->all->at[k].open = true;
			tie(b->all, k, i);
		}
}

/* Words went, and others came, or it stands elsewhere: is it still the clause
 * that words left or came to? */
static bool
is_mixed(const struct job *job, const struct account *a)
{
	return (a->lost.n > 0 && a->took.n > 0) || job->fate == KT_MOVED;
}

void
kt_port_divide(struct port *p, struct jobs *all)
{
	struct accounts b = { .p = p, .all = all, .arena = kt_arena_new() };

	b.of = KT_NEWN(b.arena, struct account, all->n);
	for (uint32_t i = 0; i < all->n; i++)
		if (!all->at[i].gone)
			fill(&b, i);
	kt_editions_read(&b.editions, p, b.arena);
	find_told(&b);
	for (uint32_t i = 0; i < all->n; i++)
		if (is_part(&all->at[i]))
			join_part(&b, i);
	/* What went elsewhere whole explains nothing of what stands there. */
	for (int i = 0; i < 2; i++)
		tie_all(&b);
	tie_selves(&b);
	for (uint32_t i = 0; i < all->n; i++)
		all->at[i].mixed =
		    is_changed(&all->at[i]) && is_mixed(&all->at[i], &b.of[i]);
	for (uint32_t i = 0; i < all->n; i++)
		if (all->at[i].with != NONE)
			all->at[root_of(all, i)].tied = all->at[i].tied = true;
	kt_arena_free(b.arena);
}

void
kt_port_settle(struct port *p, struct jobs *all)
{
	bool *held = kt_calloc(all->n + 1, sizeof(*held));

	for (uint32_t i = 0; i < all->n; i++) {
		const struct job *job = &all->at[i];
		enum kt_outcome outcome;

		if (job->told == 0)
			continue;
		outcome = p->out->at[job->told - 1].outcome;
		if ((outcome != KT_OUT_APPLIED && outcome != KT_OUT_PRESENT) ||
		    (job->mixed && job->tied) || job->open)
			held[root_of(all, i)] = true;
	}
	for (uint32_t i = 0; i < all->n; i++) {
		const struct job *job = &all->at[i];

		if (job->told > 0 && held[root_of(all, i)] &&
		    p->out->at[job->told - 1].outcome == KT_OUT_APPLIED)
			kt_port_withdraw(
			    p, &p->out->at[job->told - 1], KT_WHY_SPREAD);
	}
	free(held);
}
