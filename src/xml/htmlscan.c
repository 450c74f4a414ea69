/* SPDX-License-Identifier: MIT */
/*
 * The pre-scan of HTML, with HTML's rules: a DOCTYPE is allowed, quotes may
 * be missing, a script holds no tags.  Counted is what costs libxml2 more
 * than linear time; its depth is watched while the tree is built.
 */
#include "xml_int.h"

#include <string.h>
#include <strings.h>

/* Bytes of a page and of one tag. */
#define HTML_BYTES_MAX ((size_t)16 << 20)
#define HTML_TAG_MAX ((size_t)1 << 20)

struct html_scan {
	const struct xml_source *src;
	const char *p, *end;
	size_t elements;
	struct kt_diag *d;
};

static int
over(struct html_scan *s, const char *at, enum kt_msg_id id, size_t limit,
    size_t value)
{
	char most[24], met[24];

	snprintf(most, sizeof(most), "%zu", limit);
	snprintf(met, sizeof(met), "%zu", value);
	return kt_report(s->d, .id = id, .a = most, .b = met,
	    .at = { .file = s->src->file,
		.line = xml_line_of(s->src, (size_t)(at - s->src->p)) });
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Past the first `what` from here on, in any case of letters, or to the end. */
static void
skip_past(struct html_scan *s, const char *what)
{
	size_t n = strlen(what);

	while (
	    (s->p = memchr(s->p, what[0], (size_t)(s->end - s->p))) != NULL) {
		if ((size_t)(s->end - s->p) < n)
			break;
		if (strncasecmp(s->p, what, n) == 0) {
			s->p += n;
			return;
		}
		s->p++;
	}
	s->p = s->end;
}

/* A value, quoted or bare, or a bare word. */
static void
skip_value(struct html_scan *s)
{
	char quote = *s->p;

	if (quote == '"' || quote == '\'') {
		const char *close =
		    memchr(s->p + 1, quote, (size_t)(s->end - s->p - 1));

		s->p = close == NULL ? s->end : close + 1;
		return;
	}
	while (s->p < s->end && !is_blank(*s->p) && *s->p != '>')
		s->p++;
}

/* Attributes up to the > of a tag. */
static int
scan_attributes(struct html_scan *s, const char *tag)
{
	size_t n = 0;

	for (;;) {
		while (s->p < s->end && (is_blank(*s->p) || *s->p == '/'))
			s->p++;
		if (s->p == s->end)
			return KT_OK;
		if (*s->p == '>') {
			s->p++;
			return KT_OK;
		}
		if (++n > XML_ATTRIBUTES_MAX)
			return over(
			    s, tag, KT_M_XML_ATTRIBUTES, XML_ATTRIBUTES_MAX, n);
		if (*s->p == '=') {
			s->p++;
			continue;
		}
		while (s->p < s->end && !is_blank(*s->p) &&
		       strchr("=>/", *s->p) == NULL)
			s->p++;
		while (s->p < s->end && is_blank(*s->p))
			s->p++;
		if (s->p < s->end && *s->p == '=') {
			s->p++;
			while (s->p < s->end && is_blank(*s->p))
				s->p++;
			if (s->p < s->end && *s->p != '>')
				skip_value(s);
		}
	}
}

static int
scan_tag(struct html_scan *s)
{
	static const char *const raw[] = { "script", "style" };
	const char *tag = s->p, *name;
	bool closes = tag + 1 < s->end && tag[1] == '/';
	size_t n;
	int rc;

	name = tag + 1 + closes;
	s->p = name;
	while (
	    s->p < s->end && !is_blank(*s->p) && *s->p != '>' && *s->p != '/')
		s->p++;
	n = (size_t)(s->p - name);
	if (n > XML_NAME_MAX)
		return over(s, tag, KT_M_XML_NAME_LENGTH, XML_NAME_MAX, n);
	if (!closes && ++s->elements > XML_ELEMENTS_MAX)
		return over(
		    s, tag, KT_M_XML_ELEMENTS, XML_ELEMENTS_MAX, s->elements);
	rc = scan_attributes(s, tag);
	if (rc == KT_OK && (size_t)(s->p - tag) > HTML_TAG_MAX)
		return over(
		    s, tag, KT_M_XML_RUN, HTML_TAG_MAX, (size_t)(s->p - tag));
	for (size_t i = 0; !closes && i < KT_COUNT(raw); i++) {
		char end[16];

		if (n != strlen(raw[i]) || strncasecmp(name, raw[i], n) != 0)
			continue;
		snprintf(end, sizeof(end), "</%s", raw[i]);
		skip_past(s, end);
	}
	return rc;
}

int
html_scan(const struct xml_source *src, struct kt_diag *d)
{
	struct html_scan s = {
		.src = src, .p = src->p, .end = src->p + src->n, .d = d
	};
	int rc = KT_OK;

	if (src->n > HTML_BYTES_MAX)
		return over(&s, src->p, KT_M_XML_BYTES, HTML_BYTES_MAX, src->n);
	while (rc == KT_OK && s.p < s.end) {
		size_t left;

		s.p = memchr(s.p, '<', (size_t)(s.end - s.p));
		if (s.p == NULL)
			break;
		left = (size_t)(s.end - s.p);
		if (left > 4 && memcmp(s.p, "<!--", 4) == 0) {
			s.p += 4;
			skip_past(&s, "-->");
		} else if (left > 2 &&
			   (is_letter(s.p[1]) ||
			       (s.p[1] == '/' && is_letter(s.p[2])))) {
			rc = scan_tag(&s);
		} else {
			s.p++;
		}
	}
	return rc;
}
