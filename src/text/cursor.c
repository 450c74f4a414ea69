/* SPDX-License-Identifier: MIT */
/* A place in a text, for readers that look ahead and behind. */
#include <kaitei/text.h>

#include <string.h>

#include "text_int.h"

uint32_t
kt_cursor_at(const struct kt_cursor *c, unsigned *len)
{
	if (c->p == c->end) {
		*len = 0;
		return 0;
	}
	return kt_utf8_at(c->p, len);
}

uint32_t
kt_cursor_before(const struct kt_cursor *c)
{
	unsigned len;

	return c->p == c->begin ? 0 : kt_utf8_before(c->begin, c->p, &len);
}

bool
kt_cursor_sees(const struct kt_cursor *c, const char *s)
{
	size_t n;

	/* Nearly always the first byte decides. */
	if (c->p == c->end || *c->p != *s)
		return *s == '\0';
	n = strlen(s);
	return (size_t)(c->end - c->p) >= n && memcmp(c->p, s, n) == 0;
}

bool
kt_cursor_follows(const struct kt_cursor *c, const char *s)
{
	size_t n = strlen(s);

	return (size_t)(c->p - c->begin) >= n && memcmp(c->p - n, s, n) == 0;
}

bool
kt_cursor_sees_any(const struct kt_cursor *c, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kt_cursor_sees(c, list[i]))
			return true;
	return false;
}

bool
kt_cursor_follows_any(
    const struct kt_cursor *c, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kt_cursor_follows(c, list[i]))
			return true;
	return false;
}

bool
kt_cursor_take(struct kt_cursor *c, const char *s)
{
	if (!kt_cursor_sees(c, s))
		return false;
	c->p += strlen(s);
	return true;
}

bool
kt_cursor_take_any(struct kt_cursor *c, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kt_cursor_take(c, list[i]))
			return true;
	return false;
}

bool
kt_cursor_take_number(struct kt_cursor *c, struct kt_num *out)
{
	size_t used =
	    kt_num_plain(&out->v[0], &out->form, c->p, (size_t)(c->end - c->p));

	out->n = used > 0;
	c->p += used;
	return used > 0;
}

void
kt_cursor_take_branches(struct kt_cursor *c, struct kt_num *num)
{
	c->p += kt_num_branches(num, c->p, (size_t)(c->end - c->p));
}
