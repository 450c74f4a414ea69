/* SPDX-License-Identifier: MIT */
/*
 * One object in the packs of a store (gitformat-pack): found by the index,
 * read where it lies.  What is kept as a delta is put together in files
 * without names, base first, however large it is.
 */
#include "object_int.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD ((int64_t)8)
#define FANOUT ((int64_t)1024)
#define OFFSET_DELTA 6
#define NAMED_DELTA 7
/* git makes chains of 50, and of 4,095 when asked to. */
#define CHAIN_MAX 5000

struct pack {
	int fd, index;
	uint32_t count;
	const char *dir;
};

/* An entry: what its first bytes say. */
struct entry {
	unsigned type;
	int64_t data; /* its zlib stream */
	int64_t base; /* of a delta */
};

/* ---- the index ---------------------------------------------------------- */

static uint32_t
big32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static bool
word_at(const struct pack *p, uint32_t *out, int64_t at)
{
	unsigned char raw[4];

	if (!read_at(p->index, raw, sizeof(raw), at))
		return false;
	*out = big32(raw);
	return true;
}

static bool
open_index(struct pack *p)
{
	static const unsigned char version_2[8] = { 0xff, 't', 'O', 'c', 0, 0,
		0, 2 };
	unsigned char head[8];

	return read_at(p->index, head, sizeof(head), 0) &&
	       memcmp(head, version_2, sizeof(head)) == 0 &&
	       word_at(p, &p->count, HEAD + FANOUT - 4);
}

/* Where the object with this number begins; large packs have a second
 * table. */
static bool
offset_of(const struct pack *p, uint32_t number, int64_t *at)
{
	int64_t table = HEAD + FANOUT + (int64_t)p->count * (20 + 4);
	uint32_t low, high;

	if (!word_at(p, &low, table + (int64_t)number * 4))
		return false;
	*at = low;
	if (low < 0x80000000U)
		return true;
	table += (int64_t)p->count * 4 + (int64_t)(low & 0x7fffffffU) * 8;
	if (!word_at(p, &high, table) || !word_at(p, &low, table + 4))
		return false;
	*at = (int64_t)((uint64_t)(high & 0x7fffffffU) << 32 | low);
	return true;
}

static bool
find_in(const struct pack *p, const git_oid *id, int64_t *at)
{
	uint32_t low = 0, high;

	if (id->id[0] > 0 &&
	    !word_at(p, &low, HEAD + 4 * ((int64_t)id->id[0] - 1)))
		return false;
	if (!word_at(p, &high, HEAD + 4 * (int64_t)id->id[0]) ||
	    high > p->count)
		return false;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		git_oid there;
		int c;

		if (!read_at(p->index, there.id, sizeof(there.id),
			HEAD + FANOUT + (int64_t)middle * 20))
			return false;
		c = git_oid_cmp(id, &there);
		if (c == 0)
			return offset_of(p, middle, at);
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* ---- entries ------------------------------------------------------------ */

/* How far behind `at` the base lies, written so that no number has two
 * forms. */
static bool
read_distance(const unsigned char *raw, size_t *used, int64_t *distance)
{
	size_t i = *used;
	int64_t n = raw[i] & 0x7f;

	while ((raw[i++] & 0x80) != 0) {
		if (i - *used > 7)
			return false;
		n = ((n + 1) << 7) | (raw[i] & 0x7f);
	}
	*used = i;
	*distance = n;
	return true;
}

static bool
read_entry(const struct pack *p, struct entry *e, int64_t at)
{
	unsigned char raw[64] = { 0 };
	int64_t distance = 0;
	size_t used = 0;
	git_oid base;

	/* The checksum at the end is longer than any head. */
	if (!read_at(p->fd, raw, 20, at))
		return false;
	read_at(p->fd, raw + 20, sizeof(raw) - 20, at + 20);
	e->type = raw[0] >> 4 & 7;
	e->base = 0;
	while ((raw[used++] & 0x80) != 0)
		if (used > 10)
			return false;
	if (e->type == OFFSET_DELTA) {
		if (!read_distance(raw, &used, &distance) || distance <= 0 ||
		    distance >= at)
			return false;
		e->base = at - distance;
	} else if (e->type == NAMED_DELTA) {
		memcpy(base.id, raw + used, sizeof(base.id));
		used += sizeof(base.id);
		if (!find_in(p, &base, &e->base))
			return false;
	}
	e->data = at + (int64_t)used;
	return true;
}

static bool
is_delta(const struct entry *e)
{
	return e->type == OFFSET_DELTA || e->type == NAMED_DELTA;
}

/* ---- deltas ------------------------------------------------------------- */

/* A delta on its way; its bytes are wanted one by one. */
struct delta {
	struct inflate_file file;
	unsigned char piece[4096];
	size_t at, have;
	int from, to; /* the base, the result */
	int64_t base, size, done; /* bytes of both, and what is written */
	unsigned char *copy;
};

static int
next_byte(struct delta *x)
{
	long got;

	if (x->at == x->have) {
		got = inflate_read(&x->file, x->piece, sizeof(x->piece));
		if (got <= 0)
			return -1;
		x->at = 0;
		x->have = (size_t)got;
	}
	return x->piece[x->at++];
}

static bool
read_size(struct delta *x, int64_t *out)
{
	*out = 0;
	for (unsigned shift = 0; shift < 56; shift += 7) {
		int c = next_byte(x);

		if (c < 0)
			return false;
		*out |= (int64_t)(c & 0x7f) << shift;
		if ((c & 0x80) == 0)
			return true;
	}
	return false;
}

static bool
put(struct delta *x, const void *bytes, size_t n)
{
	const char *p = bytes;

	if ((int64_t)n > x->size - x->done)
		return false;
	while (n > 0) {
		ssize_t did = pwrite(x->to, p, n, x->done);

		if (did <= 0)
			return false;
		p += did;
		n -= (size_t)did;
		x->done += did;
	}
	return true;
}

static bool
copy_base(struct delta *x, int op)
{
	uint64_t at = 0, n = 0;

	for (unsigned i = 0; i < 7; i++) {
		int c = 0;

		if ((op >> i & 1) != 0 && (c = next_byte(x)) < 0)
			return false;
		if (i < 4)
			at |= (uint64_t)c << (8 * i);
		else
			n |= (uint64_t)c << (8 * (i - 4));
	}
	if (n == 0)
		n = 0x10000;
	if (at + n > (uint64_t)x->base)
		return false;
	while (n > 0) {
		size_t one = n < PIECE ? (size_t)n : PIECE;

		if (!read_at(x->from, x->copy, one, (int64_t)at) ||
		    !put(x, x->copy, one))
			return false;
		at += one;
		n -= one;
	}
	return true;
}

static bool
copy_given(struct delta *x, int op)
{
	unsigned char bytes[128];

	for (int i = 0; i < op; i++) {
		int c = next_byte(x);

		if (c < 0)
			return false;
		bytes[i] = (unsigned char)c;
	}
	return put(x, bytes, (size_t)op);
}

/* The file `from` changed as the delta at `at` says, into `to`. */
static bool
apply(const struct pack *p, int64_t at, int from, int to)
{
	struct delta *x = kt_calloc(1, sizeof(*x));
	bool good;

	x->from = from;
	x->to = to;
	x->copy = kt_malloc(PIECE);
	inflate_begin(&x->file, p->fd, at);
	good = read_size(x, &x->base) && read_size(x, &x->size);
	while (good && x->done < x->size) {
		int op = next_byte(x);

		good = op > 0 && ((op & 0x80) != 0 ? copy_base(x, op)
						   : copy_given(x, op));
	}
	inflate_end(&x->file);
	free(x->copy);
	free(x);
	return good;
}

/* The bytes at the end of a chain, as they are. */
static bool
copy_whole(const struct pack *p, int64_t at, int to)
{
	struct delta *x = kt_calloc(1, sizeof(*x));
	unsigned char *piece = kt_malloc(PIECE);
	long got;

	x->to = to;
	x->size = INT64_MAX;
	inflate_begin(&x->file, p->fd, at);
	while ((got = inflate_read(&x->file, piece, PIECE)) > 0)
		if (!put(x, piece, (size_t)got))
			got = -1;
	inflate_end(&x->file);
	free(piece);
	free(x);
	return got == 0;
}

/* Beside the packs, or where there is no writing in the folder for temporary
 * files. */
static int
unnamed_file(const struct pack *p)
{
	const char *tmp = getenv("TMPDIR");
	int fd = kt_file_unnamed(p->dir);

	return fd >= 0 ? fd : kt_file_unnamed(tmp == NULL ? "/tmp" : tmp);
}

/* chain[0] is the object, chain[n - 1] stands whole. */
static bool
put_together(struct packed *out, const struct pack *p,
    const struct entry *chain, size_t n)
{
	int from = unnamed_file(p);
	bool good = from >= 0 && copy_whole(p, chain[n - 1].data, from);

	for (size_t i = n - 1; good && i-- > 0;) {
		int to = unnamed_file(p);

		good = to >= 0 && apply(p, chain[i].data, from, to);
		close(from);
		from = to;
	}
	if (!good && from >= 0)
		close(from);
	*out = (struct packed){ .fd = from };
	return good;
}

/* ---- finding ------------------------------------------------------------ */

static bool
open_entry(struct packed *out, const struct pack *p, int64_t at)
{
	struct entry *chain = NULL;
	size_t n = 0, cap = 0;
	bool good = true;

	do {
		KT_GROW(chain, n, cap);
		good = n < CHAIN_MAX && read_entry(p, &chain[n], at);
		if (good)
			at = chain[n++].base;
	} while (good && is_delta(&chain[n - 1]));
	if (good && n == 1)
		*out = (struct packed){
			.fd = dup(p->fd), .at = chain[0].data, .deflated = true
		};
	else if (good)
		good = put_together(out, p, chain, n);
	free(chain);
	return good && out->fd >= 0;
}

static bool
open_in(
    struct packed *out, const char *dir, const char *name, const git_oid *id)
{
	struct pack p = { .dir = dir };
	struct kt_buf path = KT_BUF_INIT;
	int64_t at;
	bool found = false;

	kt_buf_printf(&path, "%s/%s", dir, name);
	p.index = open(path.p, O_RDONLY | O_CLOEXEC);
	if (p.index >= 0 && open_index(&p) && find_in(&p, id, &at)) {
		kt_buf_cut(&path, path.len - strlen("idx"));
		kt_buf_puts(&path, "pack");
		p.fd = open(path.p, O_RDONLY | O_CLOEXEC);
		found = p.fd >= 0 && open_entry(out, &p, at);
		if (p.fd >= 0)
			close(p.fd);
	}
	if (p.index >= 0)
		close(p.index);
	kt_buf_release(&path);
	return found;
}

bool
pack_open(struct packed *out, const struct kt_store *s, const git_oid *id)
{
	struct kt_buf dir = KT_BUF_INIT;
	struct dirent *e;
	bool found = false;
	DIR *open;

	kt_buf_printf(&dir, "%s/objects/pack", s->path);
	open = opendir(dir.p);
	while (!found && open != NULL && (e = readdir(open)) != NULL) {
		size_t n = strlen(e->d_name);

		if (n > 4 && strcmp(e->d_name + n - 4, ".idx") == 0)
			found = open_in(out, dir.p, e->d_name, id);
	}
	if (open != NULL)
		closedir(open);
	kt_buf_release(&dir);
	return found;
}
