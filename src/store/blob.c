/* SPDX-License-Identifier: MIT */
/*
 * Files of the store as streams: an Office file of a hundred megabytes goes
 * in and out in pieces.
 */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

struct kt_blob {
	struct kt_store *store;
	const char *path;
	size_t size, at;
	git_odb_stream *stream; /* of a loose object; … */
	git_odb_object *whole; /* … packed ones are read whole */
};

/* ---- in -------------------------------------------------------------------
 */

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

/* ---- out ------------------------------------------------------------------
 */

static int
open_object(struct kt_blob *b, const git_oid *oid)
{
	git_odb *odb = NULL;
	git_object_t type;
	size_t size;
	int rc = git_repository_odb(&odb, b->store->repo);

	if (rc == 0)
		rc = git_odb_read_header(&b->size, &type, odb, oid);
	/* Loose objects come as streams; what is packed does not. */
	if (rc == 0 &&
	    git_odb_open_rstream(&b->stream, &size, &type, odb, oid) != 0) {
		b->stream = NULL;
		rc = git_odb_read(&b->whole, odb, oid);
	}
	git_odb_free(odb);
	return rc;
}

int
kt_blob_open(struct kt_blob **out, struct kt_store *s, const char *rev,
    const char *path, struct kt_diag *d)
{
	struct kt_blob *b;
	git_oid commit, oid;
	int rc = KT_OK;

	if (rev[0] == '\0')
		rc = store_ref_read(&commit, s, MAIN_REF, d);
	else if (git_oid_fromstr(&commit, rev) < 0)
		rc = kt_report(
		    d, .id = KT_M_STORE_NO_REVISION, .a = path, .b = rev);
	if (rc == KT_OK)
		rc = store_blob_at(&oid, s, &commit, path, d);
	if (rc != KT_OK)
		return rc;
	if (git_oid_is_zero(&oid))
		return kt_report(d, .id = KT_M_STORE_NO_FILE, .a = path);
	b = kt_calloc(1, sizeof(*b));
	b->store = s;
	b->path = kt_arena_strdup(s->arena, path);
	rc = open_object(b, &oid);
	if (rc < 0) {
		kt_blob_free(b);
		return store_error(d, rc, path);
	}
	*out = b;
	return KT_OK;
}

void
kt_blob_free(struct kt_blob *b)
{
	if (b == NULL)
		return;
	git_odb_stream_free(b->stream);
	git_odb_object_free(b->whole);
	free(b);
}

size_t
kt_blob_size(const struct kt_blob *b)
{
	return b->size;
}

int
kt_blob_read(
    struct kt_blob *b, void *to, size_t most, size_t *got, struct kt_diag *d)
{
	size_t left = b->size - b->at, n = most < left ? most : left;

	if (b->whole != NULL) {
		memcpy(
		    to, (const char *)git_odb_object_data(b->whole) + b->at, n);
	} else if (n > 0) {
		int did = git_odb_stream_read(b->stream, to, n);

		if (did <= 0)
			return store_error(
			    d, did == 0 ? GIT_EMISMATCH : did, b->path);
		n = (size_t)did;
	}
	b->at += n;
	*got = n;
	return KT_OK;
}
