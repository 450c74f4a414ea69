/* SPDX-License-Identifier: MIT */
/* Packs and what lies beside them: each file ends in the SHA-1 of what stands
 * before (gitformat-pack, gitformat-commit-graph).  A bit between the objects
 * of a pack harms none of them, and still the file is not what was written. */
#include "sound_int.h"

#include <dirent.h>
#include <string.h>

#include "late_nettle.h"

/* Where objects lie, in packs; libgit2 follows it without a doubt. */
static bool
is_index(const char *name)
{
	size_t n = strlen(name);

	return (n > 4 && strcmp(name + n - 4, ".idx") == 0) ||
	       strcmp(name, "multi-pack-index") == 0;
}

static bool
has_sum(const char *name)
{
	static const char *const ends[] = { ".pack", ".rev", ".bitmap",
		".graph" };
	size_t n = strlen(name);

	if (strcmp(name, "commit-graph") == 0 || is_index(name))
		return true;
	for (size_t i = 0; i < KT_COUNT(ends); i++)
		if (n > strlen(ends[i]) &&
		    strcmp(name + n - strlen(ends[i]), ends[i]) == 0)
			return true;
	return false;
}

/* Does the file end in the sum of its bytes?  Read in pieces: a pack may be
 * larger than memory. */
static bool
sum_holds(FILE *f)
{
	uint8_t piece[65536 + SHA1_DIGEST_SIZE], sum[SHA1_DIGEST_SIZE];
	struct sha1_ctx ctx;
	size_t kept = 0, got;

	nettle_sha1_init(&ctx);
	while ((got = fread(piece + kept, 1, sizeof(piece) - kept, f)) > 0) {
		kept += got;
		if (kept > sizeof(sum)) {
			nettle_sha1_update(&ctx, kept - sizeof(sum), piece);
			memmove(piece, piece + kept - sizeof(sum), sizeof(sum));
			kept = sizeof(sum);
		}
	}
	nettle_sha1_digest(&ctx, sizeof(sum), sum);
	return !ferror(f) && kept == sizeof(sum) &&
	       memcmp(piece, sum, sizeof(sum)) == 0;
}

static bool
check_folder(struct sounding *w, const char *folder)
{
	bool readable = true;
	char *dir = kt_arena_printf(w->s->arena, "%s/%s", w->s->path, folder);
	DIR *open = opendir(dir);
	struct dirent *e;

	while (open != NULL && (e = readdir(open)) != NULL) {
		FILE *f;

		if (!has_sum(e->d_name))
			continue;
		f = fopen(kt_arena_printf(w->s->arena, "%s/%s", dir, e->d_name),
		    "rb");
		/* A gc at work may have taken it away. */
		if (f == NULL)
			continue;
		if (!sum_holds(f)) {
			kt_report(w->d, .id = KT_M_SOUND_FILE,
			    .a = kt_arena_printf(
				w->s->arena, "%s/%s", folder, e->d_name));
			w->out->faults++;
			if (strstr(e->d_name, ".pack") == NULL)
				readable = false;
		}
		fclose(f);
	}
	if (open != NULL)
		closedir(open);
	return readable;
}

bool
sound_packs(struct sounding *w)
{
	bool packs = check_folder(w, "objects/pack");
	bool graph = check_folder(w, "objects/info");

	return check_folder(w, "objects/info/commit-graphs") && packs && graph;
}

int
store_check_indexes(struct kt_store *s, struct kt_diag *d)
{
	char *dir = kt_arena_printf(s->arena, "%s/objects/pack", s->path);
	DIR *open = opendir(dir);
	struct dirent *e;
	int rc = KT_OK;

	while (open != NULL && rc == KT_OK && (e = readdir(open)) != NULL) {
		FILE *f = NULL;

		if (is_index(e->d_name))
			f = fopen(
			    kt_arena_printf(s->arena, "%s/%s", dir, e->d_name),
			    "rb");
		if (f == NULL)
			continue;
		if (!sum_holds(f))
			rc = kt_report(d, .id = KT_M_SOUND_FILE,
			    .a = kt_arena_printf(
				s->arena, "objects/pack/%s", e->d_name));
		fclose(f);
	}
	if (open != NULL)
		closedir(open);
	return rc;
}
