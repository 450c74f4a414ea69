/* SPDX-License-Identifier: MIT */
/* Stepping over the words of an amending sentence. */
#include "amend_int.h"

#include <string.h>

bool
kt_scan_sees(const struct kt_scan *s, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(s->end - s->p) >= n && memcmp(s->p, word, n) == 0;
}

bool
kt_scan_eats(struct kt_scan *s, const char *word)
{
	if (!kt_scan_sees(s, word))
		return false;
	s->p += strlen(word);
	return true;
}

int
kt_scan_one_of(struct kt_scan *s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kt_scan_eats(s, words[i]))
			return (int)i;
	return -1;
}

bool
kt_scan_at_end(const struct kt_scan *s)
{
	return s->p == s->end;
}

const char *
kt_scan_find(const struct kt_scan *s, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = s->p; (size_t)(s->end - p) >= n; p++) {
		p = memchr(p, word[0], (size_t)(s->end - p) - n + 1);
		if (p == NULL)
			return NULL;
		if (memcmp(p, word, n) == 0)
			return p;
	}
	return NULL;
}

const char *
kt_bytes_find(const char *p, size_t n, const char *what, size_t m)
{
	unsigned char skip[256];
	size_t at = 0;

	if (m == 0 || m > n)
		return NULL;
	memset(skip, m > 255 ? 255 : (int)m, sizeof(skip));
	for (size_t i = m > 255 ? m - 255 : 0; i + 1 < m; i++)
		skip[(unsigned char)what[i]] = (unsigned char)(m - 1 - i);
	while (at <= n - m) {
		unsigned char last = (unsigned char)p[at + m - 1];

		if (last == (unsigned char)what[m - 1] &&
		    memcmp(p + at, what, m) == 0)
			return p + at;
		at += skip[last];
	}
	return NULL;
}

bool
kt_scan_numbered(
    struct kt_scan *s, const char *unit, bool branches, struct kt_num *num)
{
	struct kt_scan at = *s;
	struct kt_num got = { .n = 1 };
	size_t used;

	if (!kt_scan_eats(&at, "第"))
		return false;
	used =
	    kt_num_plain(&got.v[0], &got.form, at.p, (size_t)(at.end - at.p));
	at.p += used;
	if (used == 0 || !kt_scan_eats(&at, unit))
		return false;
	if (branches)
		at.p += kt_num_branches(&got, at.p, (size_t)(at.end - at.p));
	*num = got;
	*s = at;
	return true;
}

const char *
kt_scan_bracket(const struct kt_scan *s)
{
	unsigned depth = 0, len;

	for (const char *p = s->p; p < s->end; p += len) {
		uint32_t c = kt_utf8_at(p, &len);

		if (c == '(' || c == 0xff08)
			depth++;
		else if ((c == ')' || c == 0xff09) && --depth == 0)
			return p + len;
		if (depth == 0)
			return NULL;
	}
	return NULL;
}
