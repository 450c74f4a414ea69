/* SPDX-License-Identifier: MIT */
/*
 * Is what stands in a place another rule?  What the comparison pairs may have
 * no more in common than a place, somebody who must do it, or a phrase.
 */
#include "port_int.h"

/* Words that one of two texts has and the other has not. */
struct exchange {
	uint32_t was, is, lost, took;
};

static struct exchange
exchange_of(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct content was, is, lost, took;

	kt_content_of(arena, &was, x);
	kt_content_of(arena, &is, y);
	kt_content_minus_as_written(arena, &lost, &was, &is);
	kt_content_minus_as_written(arena, &took, &is, &was);
	return (struct exchange){ was.n, is.n, lost.n, took.n };
}

/* Were two words or more exchanged, and does one at most stand in both, or a
 * third of them? */
static bool
is_other(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct exchange e = exchange_of(arena, x, y);

	return e.lost > 1 && e.took > 1 &&
	       (e.was <= e.lost + 1 ||
		   (e.lost * 3 >= e.was * 2 && e.took * 3 >= e.is * 2));
}

/* Did a short clause lose half of what it asked for, and did much come?  Less
 * will do where it moved besides. */
static bool
is_mostly_new(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y, bool moved)
{
	struct exchange e = exchange_of(arena, x, y);

	return e.took > (moved ? 1 : 2) && e.lost * 2 >= e.was &&
	       e.took * 3 >= e.is * 2;
}

/* Were all words of a text exchanged, and are they several? */
static bool
is_all_other(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct content was, is, lost;

	kt_content_of(arena, &was, x);
	kt_content_of(arena, &is, y);
	kt_content_minus_as_written(arena, &lost, &was, &is);
	return was.n > 1 && is.n > 1 && lost.n == was.n;
}

/* Must quite another do something else, or more or less? */
static bool
is_of_another(struct kt_arena *arena, const struct kt_stretch *x,
    const struct kt_stretch *y)
{
	struct content a = kt_content_actor(arena, x);
	struct content b = kt_content_actor(arena, y);
	struct kt_stretch rest[2] = { kt_content_behind_actor(x),
		kt_content_behind_actor(y) };
	struct content was, is;

	if (a.n == 0 || b.n == 0 || kt_content_within(arena, &a, &b) > 0)
		return false;
	kt_content_of(arena, &was, &rest[0]);
	kt_content_of(arena, &is, &rest[1]);
	return !kt_content_is_within(&was, &is) ||
	       !kt_content_is_within(&is, &was);
}

bool
kt_port_is_other(const struct kt_stretch *x, const struct kt_stretch *y)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_stretch was = kt_content_behind_actor(x);
	struct kt_stretch is = kt_content_behind_actor(y);
	bool found = is_other(arena, x, y) || is_other(arena, &was, &is);

	kt_arena_free(arena);
	return found;
}

bool
kt_port_shares_one(const struct kt_stretch *x, const struct kt_stretch *y)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_stretch was = kt_content_behind_actor(x);
	struct kt_stretch is = kt_content_behind_actor(y);
	struct exchange e = exchange_of(arena, &was, &is);

	kt_arena_free(arena);
	return e.lost > 0 && e.took > 0 && e.was <= e.lost + 1;
}

bool
kt_port_is_exchanged(
    const struct kt_stretch *x, const struct kt_stretch *y, bool moved)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_stretch was = kt_content_behind_actor(x);
	struct kt_stretch is = kt_content_behind_actor(y);
	struct kt_stretch did = kt_content_act(x), does = kt_content_act(y);
	bool found = kt_port_is_other(x, y) ||
		     is_mostly_new(arena, &was, &is, moved) ||
		     is_of_another(arena, x, y) ||
		     (moved && is_all_other(arena, &did, &does));

	kt_arena_free(arena);
	return found;
}
