/* SPDX-License-Identifier: MIT */
/* Text taken in: its encoding checked once, its line ends made one. */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

/* The place of byte `at`, counted in lines and characters. */
static struct kt_place
place_of(const char *name, const char *p, size_t at)
{
	struct kt_place place = { .file = name, .line = 1 };
	const char *line = p, *end = p + at, *next;

	while ((next = memchr(line, '\n', (size_t)(end - line))) != NULL) {
		place.line++;
		line = next + 1;
	}
	place.column = kt_utf8_count(line, (size_t)(end - line)) + 1;
	return place;
}

/* CR LF and CR alone become LF. */
static void
join_line_ends(struct kt_source *src)
{
	char *to = kt_malloc(src->n + 1);

	src->own = to;
	for (size_t i = 0; i < src->n; i++) {
		if (src->p[i] != '\r')
			*to++ = src->p[i];
		else if (i + 1 == src->n || src->p[i + 1] != '\n')
			*to++ = '\n';
	}
	src->p = src->own;
	src->n = (size_t)(to - src->own);
}

int
kt_source_take(struct kt_source *out, const char *name, const char *bytes,
    size_t n, size_t most, struct kt_diag *d)
{
	struct kt_source src = { .name = name };
	size_t bad = 0;
	char limit[32];

	if (n > most) {
		snprintf(limit, sizeof(limit), "%zu", most);
		return kt_report(d, .id = KT_M_FILE_TOO_BIG,
		    .at = { .file = name }, .a = name, .b = limit);
	}
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		n -= 3;
	}
	if (!kt_utf8_check(bytes, n, &bad))
		return kt_report(d,
		    .id = bytes[bad] == '\0' ? KT_M_TEXT_NUL : KT_M_NOT_UTF8,
		    .at = place_of(name, bytes, bad));
	src.p = bytes;
	src.n = n;
	if (n > 0 && memchr(bytes, '\r', n) != NULL)
		join_line_ends(&src);
	*out = src;
	return KT_OK;
}

void
kt_source_release(struct kt_source *src)
{
	free(src->own);
	src->own = NULL;
}
