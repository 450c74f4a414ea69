/* SPDX-License-Identifier: MIT */
/*
 * The pre-scan: one pass over the bytes before libxml2 sees them.  It knows
 * comments, CDATA, processing instructions, tags and quoted values, counts
 * what would cost libxml2 more than linear time, and refuses DOCTYPE and
 * every entity but the five of XML.  It is strict where libxml2 goes on after
 * a fault (a `<` inside a value, `--` inside a comment): both must see the
 * same tags, or the counts would be of another text.
 */
#include "xml_int.h"

#include <stdlib.h>
#include <string.h>

/* Distinct names by open addressing; never more than half full. */
#define SLOTS ((size_t)4 * XML_NAMES_MAX)

struct scan {
	const struct xml_source *src;
	const char *p, *end;
	struct kt_diag *d;
	size_t depth, elements, ids, names, characters;
	size_t run; /* bytes of text since the last tag */
	uint64_t *slots; /* hashes of names, 0 = free */
};

static int
refuse_at(struct scan *s, const char *at, enum kt_msg_id id, const char *a,
    const char *b)
{
	size_t offset = (size_t)(at - s->src->p);

	return kt_report(s->d, .id = id, .a = a, .b = b,
	    .at = {
		.file = s->src->file, .line = xml_line_of(s->src, offset) });
}

/* Over a limit: the message says the limit and what was met. */
static int
over(struct scan *s, const char *at, enum kt_msg_id id, size_t limit,
    size_t value)
{
	char most[24], met[24];

	snprintf(most, sizeof(most), "%zu", limit);
	snprintf(met, sizeof(met), "%zu", value);
	return refuse_at(s, at, id, most, met);
}

/* Not well formed here; the message shows the place. */
static int
broken(struct scan *s, const char *at)
{
	struct kt_buf shown = KT_BUF_INIT;
	int rc;

	xml_excerpt(&shown, s->src->p, s->src->n, (size_t)(at - s->src->p));
	rc = refuse_at(s, at, KT_M_XML_MARKUP, shown.p, NULL);
	kt_buf_release(&shown);
	return rc;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static const char *
skip_blank(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

static const char *
name_end(const char *p, const char *end)
{
	while (p < end && !is_blank(*p) && strchr("<>/=\"'&", *p) == NULL)
		p++;
	return p;
}

/* A string that goes into libxml2's dictionary. */
static int
count_name(struct scan *s, const char *p, size_t n)
{
	uint64_t h = kt_hash(p, n, 0) | 1;
	size_t i = (size_t)(h >> 32) % SLOTS;

	while (s->slots[i] != 0) {
		if (s->slots[i] == h)
			return KT_OK;
		i = (i + 1) % SLOTS;
	}
	if (s->names == XML_NAMES_MAX)
		return over(
		    s, p, KT_M_XML_NAMES, XML_NAMES_MAX, XML_NAMES_MAX + 1);
	s->slots[i] = h;
	s->names++;
	return KT_OK;
}

/* A name at p; *end is behind it. */
static int
scan_name(struct scan *s, const char *p, const char **end)
{
	size_t n;

	*end = name_end(p, s->end);
	n = (size_t)(*end - p);
	if (n == 0)
		return broken(s, p);
	if (n > XML_NAME_MAX)
		return over(s, p, KT_M_XML_NAME_LENGTH, XML_NAME_MAX, n);
	return count_name(s, p, n);
}

/* Length of &amp; &lt; &gt; &quot; &apos; or &#…; at p, 0 for another. */
static size_t
known_entity(const char *p, const char *end)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;",
		"&apos;" };
	const char *q = p + 2;

	for (size_t i = 0; i < KT_COUNT(known); i++) {
		size_t n = strlen(known[i]);

		if ((size_t)(end - p) >= n && memcmp(p, known[i], n) == 0)
			return n;
	}
	if (end - p < 4 || p[1] != '#')
		return 0;
	while (q < end && q - p < 12 &&
	       (*q == 'x' || (*q >= '0' && *q <= '9') ||
		   (*q >= 'a' && *q <= 'f') || (*q >= 'A' && *q <= 'F')))
		q++;
	return q < end && *q == ';' ? (size_t)(q - p) + 1 : 0;
}

/* Entities in a stretch of text or a value. */
static int
scan_entities(struct scan *s, const char *p, const char *end)
{
	while (p < end && (p = memchr(p, '&', (size_t)(end - p))) != NULL) {
		size_t n = known_entity(p, end);
		struct kt_buf shown = KT_BUF_INIT;
		int rc;

		if (n > 0) {
			p += n;
			continue;
		}
		xml_excerpt(&shown, p, (size_t)(end - p), 0);
		rc = refuse_at(s, p, KT_M_XML_ENTITY, shown.p, NULL);
		kt_buf_release(&shown);
		return rc;
	}
	return KT_OK;
}

/* Text, CDATA included: `p` to `end`. */
static int
count_text(struct scan *s, const char *p, const char *end)
{
	size_t n = (size_t)(end - p), characters = 0;

	for (size_t i = 0; i < n; i++)
		characters += ((unsigned char)p[i] & 0xc0) != 0x80;
	s->run += n;
	s->characters += characters;
	if (s->run > XML_RUN_MAX)
		return over(s, p, KT_M_XML_RUN, XML_RUN_MAX, s->run);
	if (s->characters > XML_CHARACTERS_MAX)
		return over(s, p, KT_M_XML_CHARACTERS, XML_CHARACTERS_MAX,
		    s->characters);
	return KT_OK;
}

static const char *
find(const char *p, const char *end, const char *what)
{
	size_t n = strlen(what);

	while (p < end && (p = memchr(p, what[0], (size_t)(end - p))) != NULL) {
		if ((size_t)(end - p) < n)
			return NULL;
		if (memcmp(p, what, n) == 0)
			return p;
		p++;
	}
	return NULL;
}

static int
scan_text(struct scan *s, const char *end)
{
	const char *bad = find(s->p, end, "]]>");
	int rc;

	if (bad != NULL)
		return broken(s, bad);
	rc = count_text(s, s->p, end);
	if (rc == KT_OK)
		rc = scan_entities(s, s->p, end);
	s->p = end;
	return rc;
}

/* Past `close`, which ends what begins at s->p; *inner is where it ends. */
static int
scan_until(struct scan *s, size_t skip, const char *close, const char **inner)
{
	const char *from = s->p;

	if ((size_t)(s->end - from) < skip ||
	    (*inner = find(from + skip, s->end, close)) == NULL)
		return broken(s, from);
	if ((size_t)(*inner - from) > XML_RUN_MAX)
		return over(s, from, KT_M_XML_RUN, XML_RUN_MAX,
		    (size_t)(*inner - from));
	s->p = *inner + strlen(close);
	return KT_OK;
}

static bool
starts(const struct scan *s, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(s->end - s->p) >= n && memcmp(s->p, with, n) == 0;
}

static int
scan_declaration(struct scan *s)
{
	const char *from = s->p, *inner;
	int rc;

	if (starts(s, "<!--")) {
		rc = scan_until(s, 4, "--", &inner);
		if (rc == KT_OK && (s->p == s->end || *s->p++ != '>'))
			rc = broken(s, inner);
		return rc;
	}
	if (starts(s, "<![CDATA[")) {
		rc = scan_until(s, 9, "]]>", &inner);
		return rc == KT_OK ? count_text(s, from + 9, inner) : rc;
	}
	if (starts(s, "<!DOCTYPE") || starts(s, "<!ENTITY"))
		return refuse_at(s, from, KT_M_XML_DOCTYPE, NULL, NULL);
	return broken(s, from);
}

static int
scan_instruction(struct scan *s)
{
	const char *inner, *end;
	int rc = scan_name(s, s->p + 2, &end);

	return rc == KT_OK ? scan_until(s, 2, "?>", &inner) : rc;
}

static bool
is_namespace(const char *name, size_t n)
{
	return n >= 5 && memcmp(name, "xmlns", 5) == 0 &&
	       (n == 5 || name[5] == ':');
}

/* name = "value" at s->p. */
static int
scan_attribute(struct scan *s)
{
	const char *name = s->p, *end, *value, *close;
	size_t n;
	int rc = scan_name(s, name, &end);

	if (rc != KT_OK)
		return rc;
	value = skip_blank(end, s->end);
	if (value == s->end || *value != '=')
		return broken(s, name);
	value = skip_blank(value + 1, s->end);
	if (value == s->end || (*value != '"' && *value != '\''))
		return broken(s, name);
	close = memchr(value + 1, *value, (size_t)(s->end - value - 1));
	if (close == NULL)
		return broken(s, name);
	value++;
	n = (size_t)(close - value);
	if (n > XML_RUN_MAX)
		return over(s, name, KT_M_XML_RUN, XML_RUN_MAX, n);
	if (memchr(value, '<', n) != NULL)
		return broken(s, name);
	s->p = close + 1;
	if (end - name == 6 && memcmp(name, "xml:id", 6) == 0 &&
	    ++s->ids > XML_IDS_MAX)
		return over(s, name, KT_M_XML_IDS, XML_IDS_MAX, s->ids);
	rc = scan_entities(s, value, close);
	/* Namespace names are kept in the dictionary like names. */
	if (rc == KT_OK && is_namespace(name, (size_t)(end - name)))
		rc = count_name(s, value, n);
	return rc;
}

static int
count_element(struct scan *s, const char *at)
{
	if (++s->elements > XML_ELEMENTS_MAX)
		return over(
		    s, at, KT_M_XML_ELEMENTS, XML_ELEMENTS_MAX, s->elements);
	if (++s->depth > XML_DEPTH_MAX)
		return over(s, at, KT_M_XML_DEPTH, XML_DEPTH_MAX, s->depth);
	s->run = 0;
	return KT_OK;
}

static int
scan_start_tag(struct scan *s)
{
	const char *from = s->p, *end;
	size_t attributes = 0;
	int rc = scan_name(s, from + 1, &end);

	if (rc == KT_OK)
		rc = count_element(s, from);
	s->p = end;
	while (rc == KT_OK) {
		const char *before = s->p;

		s->p = skip_blank(s->p, s->end);
		if (s->p == s->end)
			return broken(s, from);
		if (*s->p == '>') {
			s->p++;
			return KT_OK;
		}
		if (*s->p == '/' && s->end - s->p > 1 && s->p[1] == '>') {
			s->p += 2;
			s->depth--;
			return KT_OK;
		}
		if (s->p == before)
			return broken(s, from);
		rc = scan_attribute(s);
		if (rc == KT_OK && ++attributes > XML_ATTRIBUTES_MAX)
			rc = over(s, from, KT_M_XML_ATTRIBUTES,
			    XML_ATTRIBUTES_MAX, attributes);
	}
	return rc;
}

static int
scan_end_tag(struct scan *s)
{
	const char *from = s->p, *end;
	int rc = scan_name(s, from + 2, &end);

	if (rc != KT_OK)
		return rc;
	end = skip_blank(end, s->end);
	if (end == s->end || *end != '>' || s->depth == 0)
		return broken(s, from);
	s->p = end + 1;
	s->depth--;
	s->run = 0;
	return KT_OK;
}

static int
scan_markup(struct scan *s)
{
	switch (s->end - s->p > 1 ? s->p[1] : '\0') {
	case '!':
		return scan_declaration(s);
	case '?':
		return scan_instruction(s);
	case '/':
		return scan_end_tag(s);
	}
	return scan_start_tag(s);
}

int
xml_scan(const struct xml_source *src, struct kt_diag *d)
{
	struct scan s = {
		.src = src, .p = src->p, .end = src->p + src->n, .d = d
	};
	int rc = KT_OK;

	if (src->n > XML_BYTES_MAX)
		return over(&s, src->p, KT_M_XML_BYTES, XML_BYTES_MAX, src->n);
	s.slots = kt_calloc(SLOTS, sizeof(*s.slots));
	while (rc == KT_OK && s.p < s.end) {
		const char *lt = memchr(s.p, '<', (size_t)(s.end - s.p));

		rc = scan_text(&s, lt == NULL ? s.end : lt);
		if (rc == KT_OK && lt != NULL)
			rc = scan_markup(&s);
	}
	free(s.slots);
	return rc;
}
