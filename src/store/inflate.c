/* SPDX-License-Identifier: MIT */
/* zlib streams in files, read in pieces. */
#define _GNU_SOURCE
#include "object_int.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static voidpf
take(voidpf of, uInt items, uInt size)
{
	(void)of;
	return kt_calloc(items, size);
}

static void
give_back(voidpf of, voidpf p)
{
	(void)of;
	free(p);
}

void
zlib_memory(z_stream *z)
{
	z->zalloc = take;
	z->zfree = give_back;
	z->opaque = NULL;
}

static ssize_t
read_some(int fd, void *to, size_t n, int64_t at)
{
	ssize_t did;

	do
		did = pread(fd, to, n, at);
	while (did < 0 && errno == EINTR);
	return did;
}

bool
read_at(int fd, void *to, size_t n, int64_t at)
{
	unsigned char *p = to;

	while (n > 0) {
		ssize_t did = read_some(fd, p, n, at);

		if (did <= 0)
			return false;
		p += did;
		at += did;
		n -= (size_t)did;
	}
	return true;
}

void
inflate_begin(struct inflate_file *f, int fd, int64_t at)
{
	f->z = (z_stream){ .next_in = Z_NULL };
	zlib_memory(&f->z);
	inflateInit(&f->z);
	f->fd = fd;
	f->at = at;
	f->ended = f->odd = false;
	f->last = 0;
}

/* False when there is no more to read. */
static bool
refill(struct inflate_file *f)
{
	ssize_t did;

	if (f->z.avail_in > 0)
		return true;
	did = read_some(f->fd, f->in, sizeof(f->in), f->at);
	if (did <= 0)
		return false;
	f->at += did;
	f->z.next_in = f->in;
	f->z.avail_in = (uInt)did;
	return true;
}

/* Behind the last block: what is left of its last byte (zlib.h, Z_BLOCK)
 * belongs to nothing, and no sum covers it. */
static void
look_at_rest(struct inflate_file *f)
{
	const int block_end = 128, last_block = 64;
	int kind = f->z.data_type, unused = kind & 7;

	if (f->z.next_in > f->in)
		f->last = f->z.next_in[-1];
	if ((kind & block_end) != 0 && (kind & last_block) != 0 &&
	    f->last >> (8 - unused) != 0)
		f->odd = true;
}

long
inflate_read(struct inflate_file *f, void *to, size_t most)
{
	f->z.next_out = to;
	f->z.avail_out = (uInt)most;
	while (!f->ended && f->z.avail_out > 0) {
		int rc;

		if (!refill(f))
			return -1;
		rc = inflate(&f->z, Z_BLOCK);
		if (rc == Z_STREAM_END)
			f->ended = true;
		else if (rc != Z_OK)
			return -1;
		else
			look_at_rest(f);
	}
	return (long)(most - f->z.avail_out);
}

void
inflate_end(struct inflate_file *f)
{
	inflateEnd(&f->z);
}
