/* SPDX-License-Identifier: MIT */
/*
 * Loose objects put into one pack.  Each save leaves some files, and
 * thousands of them make a store slow to copy.  What is packed is what was
 * loose, whether or not a revision needs it by now, so that nothing has to be
 * known of what others are just writing.  The pack is made in a folder of its
 * own, every object read back from it, and on the disk at its place before a
 * loose one goes; killed at any point, each object is in one place or in two.
 */
#include "object_int.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A large file is one of few, and stays as it is. */
#define SMALL ((off_t)1 << 20)

struct packing {
	git_repository *repo; /* the same with our settings */
	git_packbuilder *pack;
	git_oid *at; /* what goes into it */
	size_t n, cap;
	const char *objects; /* folder of the store */
	const char *made; /* where the pack is made */
	struct kt_arena *arena;
	struct kt_diag *d;
};

/* ---- what is loose ------------------------------------------------------- */

static void
list_folder(struct packing *p, unsigned first)
{
	char *dir = kt_arena_printf(p->arena, "%s/%02x", p->objects, first);
	DIR *open = opendir(dir);
	struct dirent *e;

	while (open != NULL && (e = readdir(open)) != NULL) {
		char hex[KT_REV_LEN + 1];
		struct stat st;
		git_oid id;

		if (strlen(e->d_name) != KT_REV_LEN - 2)
			continue;
		snprintf(hex, sizeof(hex), "%02x%.38s", first, e->d_name);
		if (git_oid_fromstr(&id, hex) < 0 ||
		    fstatat(dirfd(open), e->d_name, &st, 0) != 0 ||
		    st.st_size > SMALL)
			continue;
		KT_GROW(p->at, p->n, p->cap);
		p->at[p->n++] = id;
	}
	if (open != NULL)
		closedir(open);
}

static void
begin(struct packing *p, struct kt_store *s, struct kt_diag *d)
{
	*p = (struct packing){ .arena = kt_arena_new(), .d = d };
	p->objects = kt_arena_printf(p->arena, "%s/objects", s->path);
	for (unsigned first = 0; first < 256; first++)
		list_folder(p, first);
}

static void
end(struct packing *p)
{
	git_packbuilder_free(p->pack);
	git_repository_free(p->repo);
	free(p->at);
	kt_arena_free(p->arena);
}

size_t
kt_store_loose(struct kt_store *s)
{
	struct packing p;
	size_t n;

	begin(&p, s, NULL);
	n = p.n;
	end(&p);
	return n;
}

/* ---- the pack ------------------------------------------------------------ */

static int
make(struct packing *p)
{
	int rc = git_packbuilder_new(&p->pack, p->repo);

	if (rc == 0)
		git_packbuilder_set_threads(p->pack, 1);
	for (size_t i = 0; rc == 0 && i < p->n; i++)
		rc = git_packbuilder_insert(p->pack, &p->at[i], NULL);
	if (rc == 0)
		rc = git_packbuilder_write(p->pack, p->made, 0, NULL, NULL);
	return rc;
}

static char *
file_in(struct packing *p, const char *folder, const char *suffix)
{
	return kt_arena_printf(p->arena, "%s/pack-%s.%s", folder,
	    git_packbuilder_name(p->pack), suffix);
}

/* Every object, from the pack alone; libgit2 compares it with its name. */
static int
read_back(struct packing *p)
{
	git_odb *odb = NULL;
	git_odb_backend *one = NULL;
	int rc = git_odb_new(&odb);

	if (rc == 0)
		rc = git_odb_backend_one_pack(&one, file_in(p, p->made, "idx"));
	if (rc == 0)
		rc = git_odb_add_backend(odb, one, 1);
	for (size_t i = 0; rc == 0 && i < p->n; i++) {
		git_odb_object *o = NULL;

		rc = git_odb_read(&o, odb, &p->at[i]);
		git_odb_object_free(o);
	}
	git_odb_free(odb);
	return rc;
}

static int
sync_file(struct packing *p, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = KT_OK;

	if (fd < 0 || fsync(fd) != 0)
		rc = kt_file_error(p->d, path, errno);
	if (fd >= 0)
		close(fd);
	return rc;
}

/* The pack before its index, by which it is seen; both before what comes
 * after. */
static int
put_in_place(struct packing *p)
{
	static const char *const suffixes[] = { "pack", "idx" };
	char *to = kt_arena_printf(p->arena, "%s/pack", p->objects);
	int rc = KT_OK;

	for (size_t i = 0; i < KT_COUNT(suffixes) && rc == KT_OK; i++) {
		char *from = file_in(p, p->made, suffixes[i]);

		rc = sync_file(p, from);
		if (rc == KT_OK &&
		    rename(from, file_in(p, to, suffixes[i])) != 0)
			rc = kt_file_error(p->d, to, errno);
		if (rc == KT_OK)
			rc = sync_file(p, to);
	}
	return rc;
}

static void
remove_loose(struct packing *p)
{
	char hex[KT_REV_LEN + 1];

	/* Their folders stay: somebody may be about to write into one. */
	for (size_t i = 0; i < p->n; i++) {
		git_oid_tostr(hex, sizeof(hex), &p->at[i]);
		unlink(kt_arena_printf(
		    p->arena, "%s/%.2s/%s", p->objects, hex, hex + 2));
	}
}

void
store_remove_folder(const char *path)
{
	DIR *open = opendir(path);
	struct dirent *e;

	while (open != NULL && (e = readdir(open)) != NULL)
		unlinkat(dirfd(open), e->d_name, 0);
	if (open != NULL)
		closedir(open);
	rmdir(path);
}

static int
open_apart(struct packing *p, struct kt_store *s)
{
	int rc = git_repository_open_ext(
	    &p->repo, s->path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (rc == 0)
		rc = store_distrust(p->repo);
	return rc < 0 ? store_error(p->d, rc, s->path)
		      : store_pack_settings(p->repo, p->d);
}

static int
pack_in(struct packing *p, struct kt_store *s, char *folder)
{
	int rc = KT_OK;

	if (mkdtemp(folder) == NULL)
		return kt_file_error(p->d, p->objects, errno);
	p->made = folder;
	rc = make(p);
	if (rc == 0)
		rc = read_back(p);
	rc = rc < 0 ? store_error(p->d, rc, s->path) : put_in_place(p);
	if (rc == KT_OK)
		remove_loose(p);
	store_remove_folder(folder);
	return rc;
}

int
kt_store_pack(struct kt_packed *out, struct kt_store *s, struct kt_diag *d)
{
	struct packing p;
	int lock, rc = KT_OK;

	*out = (struct kt_packed){ .objects = 0 };
	begin(&p, s, d);
	/* Two at once would do no harm, but the work twice. */
	lock = open(p.objects, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0)
		out->busy = errno == EWOULDBLOCK;
	if (!out->busy && p.n > 0)
		rc = open_apart(&p, s);
	if (!out->busy && p.n > 0 && rc == KT_OK)
		rc = pack_in(&p, s,
		    kt_arena_printf(
			p.arena, "%s/" PACK_FOLDER "XXXXXX", p.objects));
	if (!out->busy && rc == KT_OK)
		out->objects = p.n;
	if (lock >= 0)
		close(lock);
	end(&p);
	return rc;
}
