/* SPDX-License-Identifier: MIT */
/*
 * The central directory of a ZIP, read by ourselves before libzip opens the
 * file: libzip hands names out as C strings, so that one with a NUL looks
 * like another, and does not say of how many volumes it is.
 */
#include "ooxml_int.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define END_SIZE ((size_t)22)
#define ENTRY_SIZE ((size_t)46)
#define COMMENT_MAX ((size_t)0xffff)
/* What stands at the end of any file, and how long a directory may be. */
#define TAIL (END_SIZE + COMMENT_MAX)
#define DIRECTORY_MAX ((size_t)16 << 20)
#define METHOD_STORE 0
#define METHOD_DEFLATE 8
#define FLAG_ENCRYPTED 0x2041 /* encrypted, strongly, or its directory */

/* The end of the file, from `from` on. */
struct scan {
	const char *file;
	const unsigned char *p;
	size_t n;
	uint64_t from;
	struct kt_arena *arena;
	struct kt_diag *d;
};

static unsigned
get16(const unsigned char *p)
{
	return p[0] | (unsigned)p[1] << 8;
}

static uint32_t
get32(const unsigned char *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static int
damaged(const struct scan *s, const char *what)
{
	return kt_report(
	    s->d, .id = KT_M_OPC_DAMAGED, .at = { .file = s->file }, .a = what);
}

int
ooxml_name_cmp(const char *a, const char *b)
{
	return strcasecmp(a, b);
}

/* The record at the end, behind which only its comment may stand. */
static const unsigned char *
find_end(const struct scan *s)
{
	size_t last = s->n < END_SIZE ? 0 : s->n - END_SIZE;
	size_t first = last > COMMENT_MAX ? last - COMMENT_MAX : 0;

	if (s->n < END_SIZE)
		return NULL;
	for (size_t at = last + 1; at-- > first;)
		if (memcmp(s->p + at, "PK\5\6", 4) == 0 &&
		    at + END_SIZE + get16(s->p + at + 20) == s->n)
			return s->p + at;
	return NULL;
}

/* May a part have this name?  It must stay inside the package whatever it is
 * unpacked to. */
static bool
name_is_safe(const char *p, size_t n)
{
	size_t begin = 0;

	if (n == 0 || p[0] == '/' || (n > 1 && p[1] == ':'))
		return false;
	for (size_t i = 0; i <= n; i++) {
		unsigned char c = i < n ? (unsigned char)p[i] : '/';

		if (c < 0x20 || c == 0x7f || c == '\\')
			return false;
		if (c != '/')
			continue;
		if (i - begin == 2 && memcmp(p + begin, "..", 2) == 0)
			return false;
		if (i == begin && i < n)
			return false;
		begin = i + 1;
	}
	return true;
}

/* A name as a message can show it: what is no character becomes ?. */
static const char *
shown(const struct scan *s, const char *p, size_t n)
{
	char *copy = kt_arena_strndup(s->arena, p, n);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)copy[i] < 0x20 ||
		    (unsigned char)copy[i] >= 0x7f)
			copy[i] = '?';
	return copy;
}

static int
check_entry(const struct scan *s, const struct ooxml_entry *e, const char *name,
    size_t n)
{
	char method[16];

	if (!name_is_safe(name, n))
		return kt_report(s->d, .id = KT_M_OPC_NAME,
		    .at = { .file = s->file }, .a = shown(s, name, n));
	if ((e->flags & FLAG_ENCRYPTED) != 0)
		return kt_report(s->d, .id = KT_M_OPC_ENCRYPTED,
		    .at = { .file = s->file }, .a = shown(s, name, n));
	if (e->method == METHOD_STORE || e->method == METHOD_DEFLATE)
		return KT_OK;
	snprintf(method, sizeof(method), "%u", e->method);
	return kt_report(s->d, .id = KT_M_OPC_METHOD, .at = { .file = s->file },
	    .a = shown(s, name, n), .b = method);
}

static int
too_many(const struct scan *s, size_t count, size_t limit)
{
	char is[32], most[32];

	snprintf(is, sizeof(is), "%zu", count);
	snprintf(most, sizeof(most), "%zu", limit);
	return kt_report(s->d, .id = KT_M_OPC_ENTRIES,
	    .at = { .file = s->file }, .a = most, .b = is);
}

/* Bytes of the file from `from` on to its end, in the arena. */
static int
read_tail(struct scan *s, const struct kt_package_bytes *bytes, uint64_t from)
{
	size_t n = (size_t)(bytes->size - from);
	unsigned char *p;

	if (n > DIRECTORY_MAX)
		return damaged(s, "central directory");
	p = kt_arena_alloc(s->arena, n + 1);
	if (!bytes->get(bytes->of, p, n, from))
		return damaged(s, "ZIP");
	s->p = p;
	s->n = n;
	s->from = from;
	return KT_OK;
}

/* The directory's entries and where it begins, after which all of it is read.
 */
static int
read_end(struct scan *s, const struct kt_package_bytes *bytes, size_t limit,
    size_t *entries, size_t *at)
{
	const unsigned char *end;
	uint64_t offset;
	int rc =
	    read_tail(s, bytes, bytes->size < TAIL ? 0 : bytes->size - TAIL);

	if (rc != KT_OK)
		return rc;
	end = find_end(s);
	if (end == NULL)
		return damaged(s, "ZIP");
	if (get16(end + 4) != 0 || get16(end + 6) != 0 ||
	    get16(end + 8) != get16(end + 10))
		return kt_report(
		    s->d, .id = KT_M_OPC_VOLUMES, .at = { .file = s->file });
	*entries = get16(end + 10);
	offset = get32(end + 16);
	if (*entries > limit)
		return too_many(s, *entries, limit);
	if (offset > s->from + (uint64_t)(end - s->p))
		return damaged(s, "central directory");
	if (offset < s->from)
		rc = read_tail(s, bytes, offset);
	*at = (size_t)(offset - s->from);
	return rc;
}

/* One entry at *at; moves *at behind it.  *folder: nothing to read in it. */
static int
read_entry(
    const struct scan *s, struct ooxml_entry *e, size_t *at, bool *folder)
{
	const unsigned char *p = s->p + *at;
	const char *name = (const char *)p + ENTRY_SIZE;
	size_t length, all;

	if (s->n - *at < ENTRY_SIZE || memcmp(p, "PK\1\2", 4) != 0)
		return damaged(s, "central directory");
	length = get16(p + 28);
	all = ENTRY_SIZE + length + get16(p + 30) + get16(p + 32);
	if (s->n - *at < all)
		return damaged(s, "central directory");
	e->flags = get16(p + 8);
	e->method = get16(p + 10);
	e->packed = get32(p + 20);
	e->attributes = get32(p + 38);
	if (get16(p + 34) != 0)
		return kt_report(
		    s->d, .id = KT_M_OPC_VOLUMES, .at = { .file = s->file });
	*at += all;
	*folder = length > 0 && name[length - 1] == '/';
	e->name = kt_arena_strndup(s->arena, name, length);
	return check_entry(s, e, name, *folder ? length - 1 : length);
}

static int
by_name(const void *a, const void *b)
{
	const struct ooxml_entry *x = *(const struct ooxml_entry *const *)a;
	const struct ooxml_entry *y = *(const struct ooxml_entry *const *)b;

	return ooxml_name_cmp(x->name, y->name);
}

static int
refuse_twins(const struct scan *s, const struct ooxml_entry *at, size_t count)
{
	const struct ooxml_entry **sorted = kt_calloc(count, sizeof(*sorted));
	int rc = KT_OK;

	for (size_t i = 0; i < count; i++)
		sorted[i] = &at[i];
	qsort(sorted, count, sizeof(*sorted), by_name);
	for (size_t i = 1; rc == KT_OK && i < count; i++)
		if (by_name(&sorted[i - 1], &sorted[i]) == 0)
			rc = kt_report(s->d, .id = KT_M_OPC_TWICE,
			    .at = { .file = s->file },
			    .a = shown(
				s, sorted[i]->name, strlen(sorted[i]->name)));
	free(sorted);
	return rc;
}

int
ooxml_directory(struct ooxml_entry **out, size_t *count, size_t limit,
    struct kt_arena *arena, const char *file,
    const struct kt_package_bytes *bytes, struct kt_diag *d)
{
	struct scan s = { .file = file, .arena = arena, .d = d };
	struct ooxml_entry *at;
	size_t entries = 0, offset = 0, kept = 0;
	int rc = read_end(&s, bytes, limit, &entries, &offset);

	if (rc != KT_OK)
		return rc;
	at = KT_NEWN(arena, struct ooxml_entry, entries + 1);
	for (size_t i = 0; rc == KT_OK && i < entries; i++) {
		bool folder = false;

		at[kept].index = i;
		rc = read_entry(&s, &at[kept], &offset, &folder);
		kept += rc == KT_OK && !folder;
	}
	if (rc == KT_OK)
		rc = refuse_twins(&s, at, kept);
	if (rc != KT_OK)
		return rc;
	*out = at;
	*count = kept;
	return KT_OK;
}
