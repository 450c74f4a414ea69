/* SPDX-License-Identifier: MIT */
/* A set of object names by open addressing; never more than half full. */
#include "store_int.h"

#include <stdlib.h>

static size_t
place_of(const struct store_oids *set, const git_oid *id)
{
	size_t at = (size_t)kt_hash(id->id, sizeof(id->id), 1) & (set->cap - 1);

	while (
	    !git_oid_is_zero(&set->at[at]) && !git_oid_equal(&set->at[at], id))
		at = (at + 1) & (set->cap - 1);
	return at;
}

static void
grow(struct store_oids *set)
{
	struct store_oids old = *set;

	set->cap = old.cap == 0 ? 1024 : old.cap * 2;
	set->at = kt_calloc(set->cap, sizeof(*set->at));
	for (size_t i = 0; i < old.cap; i++)
		if (!git_oid_is_zero(&old.at[i]))
			set->at[place_of(set, &old.at[i])] = old.at[i];
	free(old.at);
}

bool
store_oids_add(struct store_oids *set, const git_oid *id)
{
	size_t at;

	if (set->n * 2 >= set->cap)
		grow(set);
	at = place_of(set, id);
	if (!git_oid_is_zero(&set->at[at]))
		return false;
	git_oid_cpy(&set->at[at], id);
	set->n++;
	return true;
}

bool
store_oids_has(const struct store_oids *set, const git_oid *id)
{
	return set->cap != 0 && !git_oid_is_zero(&set->at[place_of(set, id)]);
}

void
store_oids_release(struct store_oids *set)
{
	free(set->at);
	*set = (struct store_oids){ NULL, 0, 0 };
}
