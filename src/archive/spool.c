/* SPDX-License-Identifier: MIT */
/* Where the bytes of a bag come from: a spool, the store, files. */
#include "archive_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- spool ----------------------------------------------------------- */

static char *
directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return kt_strdup(".");
	return kt_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

int
spool_open(struct spool *s, const char *path, struct kt_diag *d)
{
	char *dir = directory_of(path);
	int rc = KT_OK;

	s->size = 0;
	s->dir = path;
	s->fd = kt_file_unnamed(dir);
	if (s->fd < 0)
		rc = kt_file_error(d, path, errno);
	free(dir);
	return rc;
}

/* Of a piece that was not ended. */
static void
drop_digest(struct kt_digest **g)
{
	char hex[KT_SHA256_LEN + 1];

	if (*g != NULL)
		kt_digest_end(*g, hex);
	*g = NULL;
}

void
spool_close(struct spool *s)
{
	drop_digest(&s->digest);
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

void
spool_begin(struct spool *s)
{
	drop_digest(&s->digest);
	s->digest = kt_digest_new();
	s->begin = s->size;
}

int
spool_put(struct spool *s, const void *bytes, size_t n, struct kt_diag *d)
{
	const char *p = bytes;

	kt_digest_put(s->digest, bytes, n);
	while (n > 0) {
		ssize_t did = pwrite(s->fd, p, n, s->size);

		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0)
			return kt_file_error(d, s->dir, errno);
		p += did;
		n -= (size_t)did;
		s->size += did;
	}
	return KT_OK;
}

void
spool_end(struct spool *s, struct item *item)
{
	item->from = FROM_SPOOL;
	item->offset = s->begin;
	item->size = s->size - s->begin;
	kt_digest_end(s->digest, item->sha256);
	s->digest = NULL;
}

/* ---- reading --------------------------------------------------------- */

struct reader {
	const struct item *item;
	struct kt_blob *blob;
	int fd;
	bool own; /* fd is the reader's */
	int64_t at;
	struct kt_digest *digest;
};

int
reader_open(struct reader **out, const struct item *item, struct spool *s,
    struct kt_store *store, struct kt_diag *d)
{
	struct reader *r = kt_calloc(1, sizeof(*r));
	int rc = KT_OK;

	r->item = item;
	r->digest = kt_digest_new();
	switch (item->from) {
	case FROM_SPOOL:
		r->fd = s->fd;
		r->at = item->offset;
		break;
	case FROM_STORE:
		rc = kt_blob_open(&r->blob, store, "", item->name, d);
		break;
	case FROM_FILE:
		r->fd = open(item->name, O_RDONLY | O_CLOEXEC);
		r->own = r->fd >= 0;
		if (r->fd < 0)
			rc = kt_file_error(d, item->name, errno);
		break;
	}
	if (rc != KT_OK) {
		reader_free(r);
		return rc;
	}
	*out = r;
	return KT_OK;
}

void
reader_free(struct reader *r)
{
	char hex[KT_SHA256_LEN + 1];

	if (r == NULL)
		return;

	if (r->digest != NULL)
		kt_digest_end(r->digest, hex);
	kt_blob_free(r->blob);
	if (r->own)
		close(r->fd);
	free(r);
}

static long
read_once(struct reader *r, char *to, size_t n, struct kt_diag *d)
{
	ssize_t did;
	size_t got;

	if (r->blob != NULL)
		return kt_blob_read(r->blob, to, n, &got, d) == KT_OK
			   ? (long)got
			   : -1;
	do
		did = pread(r->fd, to, n, r->at);
	while (did < 0 && errno == EINTR);
	if (did < 0)
		kt_report(d, .id = KT_M_FILE_READ, .a = r->item->path,
		    .b = strerror(errno));
	else
		r->at += did;
	return (long)did;
}

/* What the register or the spool said of the bytes must be what was read. */
static long
ends_well(struct reader *r, struct kt_diag *d)
{
	char hex[KT_SHA256_LEN + 1];

	kt_digest_end(r->digest, hex);
	r->digest = NULL;
	if (strcmp(hex, r->item->sha256) == 0)
		return 0;
	kt_report(d, .id = KT_M_ARCHIVE_CHANGED, .a = r->item->path, .b = hex,
	    .c = r->item->sha256);
	return -1;
}

long
reader_read(struct reader *r, void *to, size_t n, struct kt_diag *d)
{
	int64_t begin = r->item->from == FROM_SPOOL ? r->item->offset : 0;
	int64_t left =
	    r->item->size - (r->blob != NULL ? r->at : r->at - begin);
	size_t done = 0;

	if ((int64_t)n > left)
		n = (size_t)left;
	if (n == 0)
		return 0;
	while (done < n) {
		long did = read_once(r, (char *)to + done, n - done, d);

		if (did < 0)
			return -1;
		if (did == 0) {
			kt_report(d, .id = KT_M_ARCHIVE_CHANGED,
			    .a = r->item->path, .b = "", .c = r->item->sha256);
			return -1;
		}
		done += (size_t)did;
		if (r->blob != NULL)
			r->at += did;
	}
	kt_digest_put(r->digest, to, n);
	if ((int64_t)n == left && ends_well(r, d) < 0)
		return -1;
	return (long)n;
}
