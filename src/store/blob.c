/* SPDX-License-Identifier: MIT */
/*
 * Files of the store as streams: an Office file of a gigabyte goes in and out
 * in pieces, loose, packed or packed as a delta.  Every byte that is handed
 * out is counted into the name, and a name that is wrong is told at the end.
 */
#include "object_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "late_nettle.h"

/* What is not larger may be asked of libgit2 whole. */
#define SMALL ((size_t)1 << 20)

struct kt_blob {
	const char *path;
	size_t size, at;
	git_oid id;
	struct sha1_ctx sum;
	int fd;
	int64_t from; /* of the first byte in fd … */
	struct inflate_file *inflate; /* … or its zlib stream */
	git_odb_object *whole; /* in neither of them */
};

/* ---- in ----------------------------------------------------------------- */

int
kt_store_take(struct kt_store *s, const char *file, char oid[KT_REV_LEN + 1],
    struct kt_diag *d)
{
	git_oid blob;
	int rc = git_blob_create_from_disk(&blob, s->repo, file);

	if (rc < 0)
		return store_error(d, rc, file);
	git_oid_tostr(oid, KT_REV_LEN + 1, &blob);
	return KT_OK;
}

/* ---- out ---------------------------------------------------------------- */

static void
inflate_from(struct kt_blob *b, int fd, int64_t at)
{
	b->fd = fd;
	b->inflate = kt_malloc(sizeof(*b->inflate));
	inflate_begin(b->inflate, fd, at);
}

static void
close_file(struct kt_blob *b)
{
	if (b->inflate != NULL)
		inflate_end(b->inflate);
	free(b->inflate);
	b->inflate = NULL;
	if (b->fd >= 0)
		close(b->fd);
	b->fd = -1;
}

/* "blob 123" and a NUL stand before the bytes. */
static bool
skip_head(struct kt_blob *b)
{
	char want[40], is[40];
	size_t n = (size_t)snprintf(want, sizeof(want), "blob %zu", b->size);

	return inflate_read(b->inflate, is, n + 1) == (long)n + 1 &&
	       memcmp(is, want, n + 1) == 0;
}

static bool
open_loose(struct kt_blob *b, const struct kt_store *s)
{
	char hex[KT_REV_LEN + 1];
	struct kt_buf path = KT_BUF_INIT;
	int fd;

	git_oid_tostr(hex, sizeof(hex), &b->id);
	kt_buf_printf(&path, "%s/objects/%.2s/%s", s->path, hex, hex + 2);
	fd = open(path.p, O_RDONLY | O_CLOEXEC);
	kt_buf_release(&path);
	if (fd < 0)
		return false;
	inflate_from(b, fd, 0);
	if (skip_head(b))
		return true;
	close_file(b);
	return false;
}

static bool
open_packed(struct kt_blob *b, const struct kt_store *s)
{
	struct packed p;

	if (!pack_open(&p, s, &b->id))
		return false;
	if (p.deflated) {
		inflate_from(b, p.fd, p.at);
	} else {
		b->fd = p.fd;
		b->from = p.at;
	}
	return true;
}

/* libgit2 knows every other way in which Git keeps an object, and says in its
 * own words what is wrong with a damaged one. */
static int
open_object(struct kt_blob *b, struct kt_store *s)
{
	git_odb *odb = NULL;
	git_object_t type;
	int rc = git_repository_odb(&odb, s->repo);

	if (rc == 0)
		rc = git_odb_read_header(&b->size, &type, odb, &b->id);
	if (rc == 0 && type != GIT_OBJECT_BLOB)
		rc = GIT_EMISMATCH;
	if (rc == 0 && !open_loose(b, s) &&
	    (b->size <= SMALL || !open_packed(b, s)))
		rc = git_odb_read(&b->whole, odb, &b->id);
	git_odb_free(odb);
	return rc;
}

static void
begin_sum(struct kt_blob *b)
{
	char head[40];
	int n = snprintf(head, sizeof(head), "blob %zu", b->size);

	nettle_sha1_init(&b->sum);
	nettle_sha1_update(&b->sum, (size_t)n + 1, (const uint8_t *)head);
}

int
store_blob_open(struct kt_blob **out, struct kt_store *s, const git_oid *id,
    const char *path, struct kt_diag *d)
{
	struct kt_blob *b = kt_calloc(1, sizeof(*b));
	int rc;

	b->path = path;
	b->fd = -1;
	git_oid_cpy(&b->id, id);
	rc = open_object(b, s);
	if (rc < 0) {
		kt_blob_free(b);
		return store_error(d, rc, path);
	}
	begin_sum(b);
	*out = b;
	return KT_OK;
}

int
kt_blob_open(struct kt_blob **out, struct kt_store *s, const char *rev,
    const char *path, struct kt_diag *d)
{
	git_oid commit, oid;
	int rc = store_rev(&commit, s, rev, d);

	if (rc == KT_OK)
		rc = store_blob_at(&oid, s, &commit, path, d);
	if (rc != KT_OK)
		return rc;
	if (git_oid_is_zero(&oid))
		return kt_report(d, .id = KT_M_STORE_NO_FILE, .a = path);
	return store_blob_open(
	    out, s, &oid, kt_arena_strdup(s->arena, path), d);
}

void
kt_blob_free(struct kt_blob *b)
{
	if (b == NULL)
		return;
	close_file(b);
	git_odb_object_free(b->whole);
	free(b);
}

size_t
kt_blob_size(const struct kt_blob *b)
{
	return b->size;
}

static bool
read_bytes(struct kt_blob *b, void *to, size_t n)
{
	if (b->whole != NULL) {
		memcpy(
		    to, (const char *)git_odb_object_data(b->whole) + b->at, n);
		return true;
	}
	if (b->inflate != NULL)
		return inflate_read(b->inflate, to, n) == (long)n;
	return read_at(b->fd, to, n, b->from + (int64_t)b->at);
}

/* Nothing may follow, and the name must be that of the bytes. */
static bool
ends_well(struct kt_blob *b)
{
	git_oid is;
	char more;

	if (b->inflate != NULL && inflate_read(b->inflate, &more, 1) != 0)
		return false;
	nettle_sha1_digest(&b->sum, sizeof(is.id), is.id);
	return git_oid_equal(&is, &b->id);
}

int
kt_blob_read(
    struct kt_blob *b, void *to, size_t most, size_t *got, struct kt_diag *d)
{
	size_t left = b->size - b->at, n = most < left ? most : left;
	char hex[KT_REV_LEN + 1];

	*got = n;
	if (n == 0)
		return KT_OK;
	if (read_bytes(b, to, n)) {
		nettle_sha1_update(&b->sum, n, to);
		b->at += n;
		if (b->at < b->size || ends_well(b))
			return KT_OK;
	}
	git_oid_tostr(hex, sizeof(hex), &b->id);
	return kt_report(d, .id = KT_M_STORE_DAMAGED, .a = b->path, .b = hex);
}
