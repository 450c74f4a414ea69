/* SPDX-License-Identifier: MIT */
#ifndef KT_OBJECT_INT_H
#define KT_OBJECT_INT_H

/*
 * Objects as streams.  libgit2 gives an object whole; what is large is read
 * here, from its loose file or its pack, with buffers of one size.
 */

#include "store_int.h"

#include <zlib.h>

#define PIECE ((size_t)1 << 16)

/* ---- inflate.c ----------------------------------------------------------- */

/* A zlib stream that begins somewhere in a file. */
struct inflate_file {
	z_stream z;
	int fd;
	int64_t at; /* of the next bytes to be read */
	unsigned char in[1 << 14];
	unsigned char last; /* byte that was taken */
	bool ended;
	bool odd; /* bits behind the last code, which zlib writes as 0 */
};

/* zlib's memory comes from us and cannot fail. */
void zlib_memory(z_stream *z);
void inflate_begin(struct inflate_file *f, int fd, int64_t at);
/* Fills `to` unless the stream ends; bytes, or -1 when it is damaged. */
long inflate_read(struct inflate_file *f, void *to, size_t most);
void inflate_end(struct inflate_file *f);
/* n bytes from a place; false when they are not there. */
bool read_at(int fd, void *to, size_t n, int64_t at);

/* ---- pack.c -------------------------------------------------------------- */

/* Where the bytes of an object begin: in a pack, or in a file without a name
 * to which they were put together.  `deflated`: a zlib stream. */
struct packed {
	int fd;
	int64_t at;
	bool deflated;
};

/* False when no pack has it, or not in a form that is read here. */
bool pack_open(struct packed *out, const struct kt_store *s, const git_oid *id);

/* ---- bundle.c ------------------------------------------------------------ */

/* Have what is packed of a repository packed with our settings: memory has a
 * bound, and the person's own change nothing. */
int store_pack_settings(git_repository *repo, struct kt_diag *d);

#endif
