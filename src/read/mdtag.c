/* SPDX-License-Identifier: MIT */
/* Tags and references of HTML, as far as a document may hold them. */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\v';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
}

/* The > that ends the tag whose attributes begin at p, quotes respected. */
static const char *
tag_end(const char *p, const char *end)
{
	char quote = '\0';

	for (; p < end; p++) {
		if (quote != '\0') {
			if (*p == quote)
				quote = '\0';
		} else if (*p == '>') {
			return p;
		} else if (*p == '<') {
			return NULL;
		} else if ((*p == '"' || *p == '\'') && p[-1] == '=') {
			quote = *p;
		}
	}
	return NULL;
}

bool
kt_tag_read(struct kt_tag *out, const char *p, size_t n)
{
	const char *at = p, *end = p + n, *close;
	size_t used = 0;

	if (at == end || *at++ != '<')
		return false;
	memset(out, 0, sizeof(*out));
	if (at < end && *at == '/') {
		out->close = true;
		at++;
	}
	if (at == end || !is_letter(*at))
		return false;
	for (; at < end && is_name(*at); at++)
		if (used + 1 < sizeof(out->name))
			out->name[used++] =
			    *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
	if (at < end && !is_blank(*at) && *at != '>' && *at != '/')
		return false;
	close = tag_end(at, end);
	if (close == NULL)
		return false;
	out->attrs = at;
	out->nattrs = (size_t)(close - at);
	out->len = (size_t)(close + 1 - p);
	return true;
}

bool
kt_tag_is(const struct kt_tag *tag, const char *name)
{
	return strcmp(tag->name, name) == 0;
}

/* ---- references ------------------------------------------------------ */

static const struct {
	const char *name, *is;
} entities[] = {
	{ "amp;", "&" },
	{ "lt;", "<" },
	{ "gt;", ">" },
	{ "quot;", "\"" },
	{ "apos;", "'" },
	{ "nbsp;", "\xc2\xa0" },
	{ "ensp;", "\xe2\x80\x82" },
	{ "emsp;", "\xe2\x80\x83" },
	{ "copy;", "©" },
	{ "times;", "×" },
	{ "divide;", "÷" },
	{ "middot;", "·" },
	{ "hellip;", "…" },
	{ "mdash;", "—" },
	{ "ndash;", "–" },
	{ "deg;", "°" },
	{ "plusmn;", "±" },
	{ "le;", "≤" },
	{ "ge;", "≥" },
};

/* &#8544; &#x2160; */
static size_t
number_reference(struct kt_buf *out, const char *p, const char *end)
{
	const char *at = p + 2;
	bool hex = at < end && (*at == 'x' || *at == 'X');
	uint32_t c = 0;
	unsigned digits = 0;

	for (at += hex; at < end && digits < 8; at++, digits++) {
		unsigned digit;

		if (*at >= '0' && *at <= '9')
			digit = (unsigned)(*at - '0');
		else if (hex && ((*at | 32) >= 'a' && (*at | 32) <= 'f'))
			digit = (unsigned)((*at | 32) - 'a') + 10;
		else
			break;
		c = c * (hex ? 16 : 10) + digit;
	}
	if (digits == 0 || at == end || *at != ';' || c == 0 || c > 0x10ffff ||
	    (c >= 0xd800 && c <= 0xdfff))
		return 0;
	kt_utf8_put(out, c);
	return (size_t)(at + 1 - p);
}

size_t
kt_entity_read(struct kt_buf *out, const char *p, size_t n)
{
	if (n < 3 || *p != '&')
		return 0;
	if (p[1] == '#')
		return number_reference(out, p, p + n);
	for (size_t i = 0; i < KT_COUNT(entities); i++) {
		size_t len = strlen(entities[i].name);

		if (n > len && memcmp(p + 1, entities[i].name, len) == 0) {
			kt_buf_puts(out, entities[i].is);
			return len + 1;
		}
	}
	return 0;
}

static void
decode(struct kt_buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t used =
		    p[i] == '&' ? kt_entity_read(out, p + i, n - i) : 0;

		if (used == 0)
			kt_buf_put(out, p + i, used = 1);
		i += used;
	}
}

/* ---- attributes ------------------------------------------------------ */

/* One attribute at *p: its name and its value, undecoded; *p moves on. */
static bool
next_attr(const char **p, const char *end, const char **name, size_t *nname,
    const char **value, size_t *nvalue)
{
	const char *at = *p, *stop;

	while (at < end && (is_blank(*at) || *at == '/'))
		at++;
	*name = at;
	while (at < end && !is_blank(*at) && *at != '=' && *at != '/')
		at++;
	*nname = (size_t)(at - *name);
	*value = at;
	*nvalue = 0;
	if (at < end && *at == '=' && *nname > 0) {
		at++;
		if (at < end && (*at == '"' || *at == '\'')) {
			*value = at + 1;
			stop = memchr(*value, *at, (size_t)(end - *value));
			at = stop == NULL ? end : stop + 1;
			*nvalue =
			    (size_t)((stop == NULL ? end : stop) - *value);
		} else {
			*value = at;
			while (at < end && !is_blank(*at))
				at++;
			*nvalue = (size_t)(at - *value);
		}
	} else if (*nname == 0 && at < end) {
		at++;
	}
	*p = at;
	return at < end || *nname > 0;
}

bool
kt_tag_attr(struct kt_buf *out, const struct kt_tag *tag, const char *name)
{
	const char *p = tag->attrs, *end = p + tag->nattrs, *key, *value;
	size_t nkey, nvalue, len = strlen(name);

	while (p < end && next_attr(&p, end, &key, &nkey, &value, &nvalue)) {
		if (nkey != len || strncasecmp(key, name, len) != 0)
			continue;
		decode(out, value, nvalue);
		return true;
	}
	return false;
}
