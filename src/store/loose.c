/* SPDX-License-Identifier: MIT */
/*
 * Loose objects, read with distrust.  libgit2 1.5 believes the length that
 * the head of an object names: with one bit flipped in it, it writes behind
 * its buffer.  This backend stands before libgit2's own and answers for every
 * object that has a file: what is not, to the last byte, as its head says is
 * damaged.  What has no file (packed, or not there) is left to the others.
 */
#include "object_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_MAX 64
/* Deflate cannot make more of a byte than this. */
#define RATIO_MAX 1032

struct loose {
	git_odb_backend parent;
	char *dir;
};

/* A file while it is unpacked. */
struct unpacking {
	struct inflate_file in;
	char head[HEAD_MAX]; /* and what stands behind it */
	size_t got, used;
	off_t packed;
};

/* ---- an object ----------------------------------------------------------- */

/* "blob 12" and a zero byte; its length, 0 when it is none. */
static size_t
read_head(const char *head, size_t n, size_t *size, git_object_t *type)
{
	const char *zero = memchr(head, '\0', n), *blank, *p;
	char name[HEAD_MAX];

	blank = zero == NULL ? NULL : memchr(head, ' ', (size_t)(zero - head));
	if (blank == NULL || blank + 1 == zero || zero - blank > 18)
		return 0;
	memcpy(name, head, (size_t)(blank - head));
	name[blank - head] = '\0';
	*type = git_object_string2type(name);
	*size = 0;
	for (p = blank + 1; p < zero; p++) {
		if (*p < '0' || *p > '9')
			return 0;
		*size = *size * 10 + (size_t)(*p - '0');
	}
	return *type == GIT_OBJECT_INVALID ? 0 : (size_t)(zero + 1 - head);
}

static int
damaged(void)
{
	git_error_set_str(
	    GIT_ERROR_ZLIB, "the bytes are not what their head says");
	return GIT_ERROR;
}

/* Open the file of an object and read its head; GIT_ENOTFOUND without one. */
static int
begin(struct unpacking *u, git_odb_backend *backend, const git_oid *id,
    size_t *size, git_object_t *type)
{
	const struct loose *l = (const struct loose *)backend;
	struct kt_buf path = KT_BUF_INIT;
	char hex[KT_REV_LEN + 1];
	struct stat st;
	long got;
	int fd;

	git_oid_tostr(hex, sizeof(hex), id);
	kt_buf_printf(&path, "%s/%.2s/%s", l->dir, hex, hex + 2);
	fd = open(path.p, O_RDONLY | O_CLOEXEC);
	kt_buf_release(&path);
	if (fd < 0)
		return GIT_ENOTFOUND;
	inflate_begin(&u->in, fd, 0);
	u->packed = fstat(fd, &st) == 0 ? st.st_size : 0;
	got = inflate_read(&u->in, u->head, sizeof(u->head));
	u->got = got < 0 ? 0 : (size_t)got;
	u->used = read_head(u->head, u->got, size, type);
	return u->used == 0 ? damaged() : 0;
}

static void
end(struct unpacking *u)
{
	inflate_end(&u->in);
	close(u->in.fd);
}

/* The stream is at its end, and nothing stands behind it. */
static bool
is_done(struct unpacking *u)
{
	char more;

	return inflate_read(&u->in, &more, 1) == 0 && !u->in.odd &&
	       u->in.z.avail_in == 0 && u->in.at == u->packed;
}

/* What is left of it, behind what came with the head. */
static bool
read_rest(struct unpacking *u, uint8_t *body, size_t n)
{
	size_t have = u->got - u->used;

	memcpy(body, u->head + u->used, have);
	body[n] = '\0';
	while (have < n) {
		size_t most = n - have > INT32_MAX ? INT32_MAX : n - have;

		if (inflate_read(&u->in, body + have, most) != (long)most)
			return false;
		have += most;
	}
	return is_done(u);
}

static int
read_object(void **out, size_t *n, git_object_t *type, git_odb_backend *backend,
    const git_oid *id)
{
	struct unpacking u;
	int rc = begin(&u, backend, id, n, type);

	if (rc == GIT_ENOTFOUND)
		return rc;
	if (rc == 0 &&
	    (u.got - u.used > *n || *n / RATIO_MAX > (size_t)u.packed))
		rc = damaged();
	if (rc == 0) {
		*out = git_odb_backend_data_alloc(backend, *n + 1);
		if (!read_rest(&u, *out, *n)) {
			git_odb_backend_data_free(backend, *out);
			*out = NULL;
			rc = damaged();
		}
	}
	end(&u);
	return rc;
}

static int
read_header(
    size_t *n, git_object_t *type, git_odb_backend *backend, const git_oid *id)
{
	struct unpacking u;
	int rc = begin(&u, backend, id, n, type);

	if (rc != GIT_ENOTFOUND)
		end(&u);
	return rc;
}

/* Which there are, libgit2's own tells; it calls this of every backend. */
static int
list_none(git_odb_backend *backend, git_odb_foreach_cb cb, void *of)
{
	(void)backend, (void)cb, (void)of;
	return 0;
}

/* ---- in libgit2's list --------------------------------------------------- */

static void
free_backend(git_odb_backend *backend)
{
	struct loose *l = (struct loose *)backend;

	free(l->dir);
	free(l);
}

int
store_distrust(git_repository *repo)
{
	/* libgit2's own stand at 1 and 2; the highest is asked first. */
	const int first = 8;
	struct loose *l = kt_calloc(1, sizeof(*l));
	struct kt_buf dir = KT_BUF_INIT;
	git_odb *odb = NULL;
	int rc = git_repository_odb(&odb, repo);

	kt_buf_printf(&dir, "%sobjects", git_repository_commondir(repo));
	l->dir = kt_buf_detach(&dir);
	if (rc == 0)
		rc = git_odb_init_backend(&l->parent, GIT_ODB_BACKEND_VERSION);
	l->parent.read = read_object;
	l->parent.read_header = read_header;
	l->parent.foreach = list_none;
	l->parent.free = free_backend;
	if (rc == 0)
		rc = git_odb_add_backend(odb, &l->parent, first);
	if (rc < 0)
		free_backend(&l->parent);
	git_odb_free(odb);
	return rc;
}
