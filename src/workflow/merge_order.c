/* SPDX-License-Identifier: MIT */
/* In which order clauses stand that two sides put under one. */
#include "merge_int.h"

/* The children on a side, in their order there. */
static const struct kt_node *
first_on(const struct item *in, int side)
{
	/* What is held stands on theirs as a node of the base; what lies in it
	 * may count all the same. */
	const struct kt_node *at = side == THEIRS ? in->theirs : in->at[side];

	return at == NULL ? NULL : at->first;
}

/* The item of a child that stands under `in` in the result, as this node. */
static struct item *
child(const struct merging *m, const struct item *in, int side,
    const struct kt_node *n)
{
	struct item *it = m->of[side][n->id];

	return it->in == in && it->at[side] == n ? it : NULL;
}

static bool
stands_on(const struct item *it, const struct item *in, int side)
{
	return it->at[side] != NULL && it->parent[side] == in &&
	       !(side == THEIRS && it->held);
}

/* Have two sides what they both have here in one order? */
static bool
same_order(const struct merging *m, const struct item *in, int x, int y)
{
	uint32_t last = 0;

	for (const struct kt_node *n = first_on(in, x); n != NULL;
	     n = n->next) {
		const struct item *it = child(m, in, x, n);

		if (it == NULL || !stands_on(it, in, y))
			continue;
		if (it->at[y]->id < last)
			return false;
		last = it->at[y]->id;
	}
	return true;
}

static void
put_after(struct item *in, struct item *before, struct item *it)
{
	struct item **at = before == NULL ? &in->first : &before->next;

	it->next = *at;
	*at = it;
	if (in->last == before)
		in->last = it;
	it->placed = true;
}

/* Put in what only this side has, each behind what it stands behind there;
 * behind whatever the other side put there first. */
static void
put_side(struct merging *m, struct item *in, int side, int backbone)
{
	struct item *before = NULL;

	for (const struct kt_node *n = first_on(in, side); n != NULL;
	     n = n->next) {
		struct item *it = child(m, in, side, n);

		if (it == NULL)
			continue;
		if (!it->placed) {
			struct item *next =
			    before == NULL ? in->first : before->next;

			while (side != backbone && next != NULL &&
			       !stands_on(next, in, side) &&
			       stands_on(next, in, backbone)) {
				before = next;
				next = next->next;
			}
			put_after(in, before, it);
		}
		before = it;
	}
}

void
merge_order(struct merging *m, struct item *in)
{
	int backbone = OURS, other = THEIRS;

	/* Ours left the order as it was, theirs changed it. */
	if (!same_order(m, in, OURS, THEIRS) && same_order(m, in, BASE, OURS)) {
		backbone = THEIRS;
		other = OURS;
	}
	put_side(m, in, backbone, backbone);
	put_side(m, in, other, backbone);
	put_side(m, in, BASE, backbone);
}
