/* SPDX-License-Identifier: MIT */
#ifndef KT_LOC_INT_H
#define KT_LOC_INT_H

/* What the files that read addresses share. */

#include "amend_int.h"

/* Steps one address can have; more is refused as unreadable. */
#define STEPS_MAX 24

/* An address in the making. */
struct kt_maker {
	struct kt_step step[STEPS_MAX];
	size_t n;
	struct kt_loc loc;
};

/* What stands here, as far as a name can reach. */
struct kt_scan kt_scan_near(const struct kt_scan *s);
bool kt_maker_is_full(const struct kt_maker *m);
/* The first step: what an address can begin with; behind `before` also what
 * leads further down from there. */
bool kt_step_first(struct kt_maker *m, struct kt_arena *arena,
    struct kt_scan *s, enum kt_loc_how how, const struct kt_loc *before);
/* One step further down from the last one. */
bool kt_step_further(
    struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s);

#endif
