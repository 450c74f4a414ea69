/* SPDX-License-Identifier: MIT */
/*
 * Memory that cannot fail for its callers: the plain functions, and a region
 * that is allocated from freely and freed once.
 */
#include <kaitei/base.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALIGN ((size_t)16)
#define BLOCK_FIRST ((size_t)16 << 10)
#define BLOCK_MOST ((size_t)1 << 20)

struct block {
	struct block *next;
	size_t size, used;
	max_align_t bytes[];
};

struct kt_arena {
	struct block *top;
	size_t next_size;
};

void
kt_no_memory(void)
{
	static const char said[] =
	    "kaitei: error: メモリが足りません / out of memory [no-memory]\n";
	ssize_t done = write(STDERR_FILENO, said, sizeof(said) - 1);

	(void)done;
	/* No destructors: they may allocate.  Locks are recovered by the next
	 * command, files are only renamed when complete. */
	_exit(2);
}

void *
kt_malloc(size_t n)
{
	void *p = malloc(n == 0 ? 1 : n);

	if (p == NULL)
		kt_no_memory();
	return p;
}

void *
kt_calloc(size_t n, size_t size)
{
	void *p = calloc(n == 0 ? 1 : n, size == 0 ? 1 : size);

	if (p == NULL)
		kt_no_memory();
	return p;
}

void *
kt_realloc(void *p, size_t n)
{
	void *q = realloc(p, n == 0 ? 1 : n);

	if (q == NULL)
		kt_no_memory();
	return q;
}

char *
kt_strndup(const char *s, size_t n)
{
	char *copy = kt_malloc(n + 1);

	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

bool
kt_ends_with(const char *p, size_t n, const char *word)
{
	size_t k = strlen(word);

	return k <= n && memcmp(p + n - k, word, k) == 0;
}

char *
kt_strdup(const char *s)
{
	return kt_strndup(s, strlen(s));
}

void *
kt_grow(void *p, size_t *cap, size_t size)
{
	size_t more = *cap < 8 ? 8 : *cap + *cap / 2;

	if (more > SIZE_MAX / size)
		kt_no_memory();
	*cap = more;
	return kt_realloc(p, more * size);
}

struct kt_arena *
kt_arena_new(void)
{
	struct kt_arena *a = kt_calloc(1, sizeof(*a));

	a->next_size = BLOCK_FIRST;
	return a;
}

void
kt_arena_free(struct kt_arena *a)
{
	if (a == NULL)
		return;
	while (a->top != NULL) {
		struct block *next = a->top->next;

		free(a->top);
		a->top = next;
	}
	free(a);
}

void
kt_arena_join(struct kt_arena *a, struct kt_arena *more)
{
	struct block **end = &a->top;

	/* Below the top of a, whose room is still used. */
	while (*end != NULL)
		end = &(*end)->next;
	*end = more->top;
	free(more);
}

/* A block of at least n bytes becomes the top; a large request gets a block
 * of its own below the top, so that the room left there is not lost. */
static struct block *
add_block(struct kt_arena *a, size_t n)
{
	bool own = n > a->next_size / 4 && a->top != NULL;
	size_t size = own || n > a->next_size ? n : a->next_size;
	struct block *b;

	if (size > SIZE_MAX - sizeof(*b))
		kt_no_memory();
	b = kt_malloc(sizeof(*b) + size);
	b->size = size;
	b->used = 0;
	if (own) {
		b->next = a->top->next;
		a->top->next = b;
	} else {
		b->next = a->top;
		a->top = b;
		if (a->next_size < BLOCK_MOST)
			a->next_size *= 2;
	}
	return b;
}

/* Not cleared: a page that is never used is not touched either. */
static void *
take(struct kt_arena *a, size_t n)
{
	struct block *b = a->top;
	void *p;

	if (n > SIZE_MAX - ALIGN)
		kt_no_memory();
	n = (n + ALIGN - 1) & ~(ALIGN - 1);
	if (b == NULL || b->size - b->used < n)
		b = add_block(a, n);
	p = (char *)b->bytes + b->used;
	b->used += n;
	return p;
}

void *
kt_arena_alloc(struct kt_arena *a, size_t n)
{
	return memset(take(a, n), 0, n);
}

void *
kt_arena_alloc_n(struct kt_arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		kt_no_memory();
	return kt_arena_alloc(a, n * size);
}

char *
kt_arena_strndup(struct kt_arena *a, const char *s, size_t n)
{
	char *copy;

	if (n == SIZE_MAX)
		kt_no_memory();
	copy = take(a, n + 1);
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *
kt_arena_strdup(struct kt_arena *a, const char *s)
{
	return kt_arena_strndup(a, s, strlen(s));
}

char *
kt_arena_printf(struct kt_arena *a, const char *fmt, ...)
{
	struct kt_buf b = KT_BUF_INIT;
	va_list ap;
	char *s;

	va_start(ap, fmt);
	kt_buf_vprintf(&b, fmt, ap);
	va_end(ap);
	s = kt_arena_strndup(a, b.p, b.len);
	kt_buf_release(&b);
	return s;
}
