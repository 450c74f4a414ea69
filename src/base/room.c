/* SPDX-License-Identifier: MIT */
/*
 * Memory in advance.  The kernel gives a page at the first use of each, which
 * costs more than most of what is done with it; in large pages it gives much
 * at once where it has them.  Only what is used is taken.
 */
#define _DEFAULT_SOURCE /* madvise() */
#include <kaitei/base.h>

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Asked for in pieces: malloc() gives a larger one a place of its own. */
#define PIECE ((size_t)16 << 20)

#define PIECES 8

/* Whole pages of what is between the two. */
static void
ask_for_large_pages(char *begin, char *end)
{
#ifdef MADV_HUGEPAGE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	size_t skip = (size_t)(-(uintptr_t)begin % page);

	/* Where there are none, small ones do. */
	(void)madvise(begin + skip,
	    ((size_t)(end - begin) - skip) / page * page, MADV_HUGEPAGE);
#else
	(void)begin;
	(void)end;
#endif
}

void
kt_room(size_t bytes)
{
	char *piece[PIECES];
	size_t n = 0;

	while (n < PIECES && n * PIECE < bytes &&
	       (piece[n] = malloc(PIECE)) != NULL)
		n++;
	/* Pieces of new memory lie one behind the other. */
	if (n > 0 && (uintptr_t)piece[n - 1] - (uintptr_t)piece[0] < n * PIECE)
		ask_for_large_pages(piece[0], piece[n - 1] + PIECE);
	while (n > 0)
		free(piece[--n]);
}
