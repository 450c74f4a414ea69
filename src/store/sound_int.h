/* SPDX-License-Identifier: MIT */
#ifndef KT_SOUND_INT_H
#define KT_SOUND_INT_H

/* The examination of a store, what its files share. */

#include "store_int.h"

struct sounding {
	struct kt_store *s;
	struct kt_sound *out;
	git_odb *odb;
	struct kt_diag *d;
	struct store_oids seen;
};

/* ---- sound.c ---- */

/* A ref must lead to revisions that are whole; every object is looked at
 * once. */
void sound_ref(struct sounding *w, const char *name);
/* A ref that is wrong, and why. */
void sound_bad_ref(struct sounding *w, const char *name, const char *why);

/* ---- sound_pack.c ---- */

/* Files with a sum at their end: packs, their indexes, what git keeps beside
 * them to be faster.  False when an index is damaged: libgit2 believes what
 * stands in it and would read beside the pack. */
bool sound_packs(struct sounding *w);

/* ---- sound_ref.c ---- */

/* HEAD, the files of refs, packed-refs, the logs beside them. */
void sound_refs(struct sounding *w);

#endif
