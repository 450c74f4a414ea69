/* SPDX-License-Identifier: MIT */
/*
 * Large pages.  The kernel gives a page at the first use of each, which costs
 * more than most of what is done with it; a large page costs as much as forty
 * small ones and is five hundred.  Only what is used is taken.
 *
 * It is given only where nothing of it was touched before.  So the memory up
 * to where one begins, in which malloc() keeps its books, is left out, and
 * nothing behind is allocated in advance: malloc() writes at both ends of a
 * piece.  All of this is a hint; where it does not hold, small pages do.
 */
#define _DEFAULT_SOURCE /* madvise(), sbrk() */
#include <kaitei/base.h>

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* A large page where the processor has them; begins at a multiple. */
#define LARGE ((size_t)2 << 20)

/* How much the C library uses of the memory of a thread before anybody else
 * does; that memory begins with a large page and has 32 of them. */
#define BOOKS ((size_t)16 << 10)
#define OF_A_THREAD (32 * LARGE)

/* A piece that is taken from what was not used yet, with its head. */
#define FIRST ((size_t)2048)
#define HEAD ((size_t)16)

/* Allocates what lies between `first`, of FIRST bytes, and the next large
 * page but for the head of what comes behind; NULL when it lies elsewhere. */
static char *
up_to_large_page(char *first)
{
	char *next = first + FIRST + HEAD, *left_out;
	size_t rest = LARGE - (uintptr_t)next % LARGE;

	if (rest < 4 * HEAD)
		rest += LARGE;
	left_out = malloc(rest - HEAD / 2);
	if (left_out == next)
		return left_out;
	free(left_out);
	return NULL;
}

static void
ask_for_large_pages(char *begin, char *end)
{
#ifdef MADV_HUGEPAGE
	(void)madvise(begin, (size_t)(end - begin), MADV_HUGEPAGE);
#else
	(void)begin;
	(void)end;
#endif
}

void *
kt_room(void)
{
	char *first = malloc(FIRST), *left_out = NULL, *begin, *end;
	bool of_process = first < (char *)sbrk(0);

	if (of_process || (uintptr_t)first % LARGE < BOOKS)
		left_out = up_to_large_page(first);
	if (left_out != NULL) {
		begin = left_out + LARGE - (uintptr_t)left_out % LARGE;
		end = of_process ? sbrk(0) : begin - LARGE + OF_A_THREAD;
		ask_for_large_pages(begin, end);
	}
	free(first);
	return left_out;
}
