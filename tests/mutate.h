/* SPDX-License-Identifier: MIT */
#ifndef KT_MUTATE_H
#define KT_MUTATE_H

/*
 * Broken files out of good ones, for tests of readers: bytes turned over,
 * cut out, doubled, moved, the end missing.  The same seed gives the same
 * file.
 */

#include <kaitei/base.h>

#include <string.h>

static inline uint32_t
kt_mutate_next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* One fault at a place of its own. */
static inline void
kt_mutate_once(struct kt_buf *b, uint32_t *seed)
{
	size_t at = kt_mutate_next(seed) % b->len;
	size_t n = 1 + kt_mutate_next(seed) % 64;
	struct kt_buf piece = KT_BUF_INIT;

	if (n > b->len - at)
		n = b->len - at;
	switch (kt_mutate_next(seed) % 5) {
	case 0:
		b->p[at] = (char)kt_mutate_next(seed);
		break;
	case 1: /* cut out */
		memmove(b->p + at, b->p + at + n, b->len - at - n);
		kt_buf_cut(b, b->len - n);
		break;
	case 2: /* twice */
		kt_buf_put(&piece, b->p + at, b->len - at);
		kt_buf_cut(b, at + n);
		kt_buf_put(b, piece.p, piece.len);
		break;
	case 3: /* over other bytes */
		memmove(b->p + kt_mutate_next(seed) % (b->len - n + 1),
		    b->p + at, n);
		break;
	default: /* the end is missing */
		if (at > b->len / 2)
			kt_buf_cut(b, at);
	}
	kt_buf_release(&piece);
}

/* `out` becomes the bytes with 1 to 8 faults. */
static inline void
kt_mutate(struct kt_buf *out, const char *p, size_t n, uint32_t seed)
{
	unsigned faults = 1 + seed % 8;

	kt_buf_clear(out);
	kt_buf_put(out, p, n);
	for (unsigned i = 0; i < faults && out->len > 1; i++)
		kt_mutate_once(out, &seed);
}

#endif
