/* SPDX-License-Identifier: MIT */
/*
 * Bytes to UTF-8: UTF-8 as it stands, UTF-16 with a byte order mark
 * converted, everything else refused.  What libxml2 gets is valid and holds
 * only characters of XML 1.0, so that it never has to guess an encoding.
 */
#include "xml_int.h"

#include <kaitei/text.h>

#include <string.h>

void
xml_source_release(struct xml_source *s)
{
	kt_buf_release(&s->own);
}

size_t
xml_line_of(const struct xml_source *s, size_t offset)
{
	const char *p = s->p, *end = s->p + offset;
	size_t line = 1;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		line++;
		p++;
	}
	return line;
}

void
xml_excerpt(struct kt_buf *out, const char *p, size_t n, size_t offset)
{
	const size_t most = 40;
	size_t from = offset, to;

	while (from < n && ((unsigned char)p[from] & 0xc0) == 0x80)
		from++;
	to = n - from > most ? from + most : n;
	while (to > from && to < n && ((unsigned char)p[to] & 0xc0) == 0x80)
		to--;
	for (size_t i = from; i < to; i++)
		kt_buf_putc(out, (unsigned char)p[i] < 0x20 ? ' ' : p[i]);
}

size_t
xml_illegal(const char *p, size_t n)
{
	unsigned char c = (unsigned char)p[0];

	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r' ? 0 : 1;
	if (n < 3)
		return 0;
	/* U+FFFE, U+FFFF and the surrogates */
	if (c == 0xef && (unsigned char)p[1] == 0xbf &&
	    (unsigned char)p[2] >= 0xbe)
		return 3;
	return c == 0xed && (unsigned char)p[1] >= 0xa0 ? 3 : 0;
}

size_t
xml_find_illegal(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if ((c < 0x20 || c == 0xef || c == 0xed) &&
		    xml_illegal(p + i, n - i) > 0)
			return i;
	}
	return n;
}

void
xml_codepoint(struct kt_buf *out, const char *p, size_t n)
{
	unsigned c = (unsigned char)p[0];

	if (c >= 0xe0 && n >= 3)
		c = (c & 0x0f) << 12 | ((unsigned char)p[1] & 0x3fu) << 6 |
		    ((unsigned char)p[2] & 0x3fu);
	kt_buf_printf(out, "U+%04X", c);
}

static unsigned
unit(const unsigned char *p, bool big)
{
	return big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

/* False at a lone surrogate or half a unit. */
static bool
convert_utf16(struct kt_buf *out, const unsigned char *p, size_t n, bool big)
{
	if (n % 2 != 0)
		return false;
	kt_buf_reserve(out, n);
	for (size_t i = 0; i < n; i += 2) {
		uint32_t c = unit(p + i, big);

		if (c >= 0xd800 && c < 0xe000) {
			uint32_t low = i + 4 <= n ? unit(p + i + 2, big) : 0;

			if (c >= 0xdc00 || low < 0xdc00 || low >= 0xe000)
				return false;
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		if (c == 0)
			return false;
		kt_utf8_put(out, c);
	}
	return true;
}

static int
refuse(const struct xml_source *s, enum kt_msg_id id, size_t offset,
    const char *a, struct kt_diag *d)
{
	return kt_report(d, .id = id, .a = a,
	    .at = { .file = s->file, .line = xml_line_of(s, offset) });
}

/* Only <?xml … encoding="X"?> of the first line is of interest: libxml2 is
 * told to take UTF-8 whatever it says, so another word there would mean that
 * the text is not what its author meant. */
static int
check_declared(const struct xml_source *s, struct kt_diag *d)
{
	const char *end, *p, *quote;
	char name[32];
	size_t n;

	if (s->n < 6 || strncmp(s->p, "<?xml", 5) != 0)
		return KT_OK;
	end = memchr(s->p, '>', s->n);
	if (end == NULL)
		return KT_OK;
	for (p = s->p; strncmp(p, "encoding", 8) != 0; p++)
		if (end - p <= 8)
			return KT_OK;
	while (p < end && *p != '"' && *p != '\'')
		p++;
	if (p >= end ||
	    (quote = memchr(p + 1, *p, (size_t)(end - p - 1))) == NULL)
		return KT_OK;
	n = (size_t)(quote - p - 1);
	if (n >= sizeof(name))
		n = sizeof(name) - 1;
	for (size_t i = 0; i < n; i++)
		name[i] = p[1 + i] >= 'a' && p[1 + i] <= 'z'
			      ? (char)(p[1 + i] - 'a' + 'A')
			      : p[1 + i];
	name[n] = '\0';
	if (strcmp(name, "UTF-8") == 0 ||
	    (s->was_utf16 && strcmp(name, "UTF-16") == 0))
		return KT_OK;
	return refuse(s, KT_M_XML_ENCODING, 0, name, d);
}

static int
check_characters(const struct xml_source *s, struct kt_diag *d)
{
	struct kt_buf code = KT_BUF_INIT;
	size_t bad;
	int rc = KT_OK;

	if (!kt_utf8_check(s->p, s->n, &bad))
		return refuse(s, KT_M_XML_NOT_UTF8, bad, NULL, d);
	bad = xml_find_illegal(s->p, s->n);
	if (bad < s->n) {
		xml_codepoint(&code, s->p + bad, s->n - bad);
		rc = refuse(s, KT_M_XML_CHARACTER, bad, code.p, d);
	}
	kt_buf_release(&code);
	return rc;
}

int
xml_decode(struct xml_source *out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d)
{
	const unsigned char *b = (const unsigned char *)bytes;
	bool utf16 = n >= 2 && ((b[0] == 0xfe && b[1] == 0xff) ||
				   (b[0] == 0xff && b[1] == 0xfe));
	int rc = KT_OK;

	*out = (struct xml_source){ .file = file,
		.p = bytes,
		.n = n,
		.was_utf16 = utf16,
		.own = KT_BUF_INIT };
	if (utf16) {
		if (!convert_utf16(&out->own, b + 2, n - 2, b[0] == 0xfe))
			rc = refuse(out, KT_M_XML_NOT_UTF16, 0, NULL, d);
		out->p = out->own.p;
		out->n = out->own.len;
	} else if (n >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf) {
		out->p += 3;
		out->n -= 3;
	}
	if (rc == KT_OK)
		rc = check_characters(out, d);
	if (rc == KT_OK)
		rc = check_declared(out, d);
	if (rc != KT_OK)
		xml_source_release(out);
	return rc;
}

/* ---- handing over ------------------------------------------------------- */

int
xml_feed_read(void *ctx, char *to, int room)
{
	struct xml_feed *feed = ctx;
	size_t n = feed->src->n - feed->given;

	if (feed->stop)
		return 0;
	if (n > (size_t)room)
		n = (size_t)room;
	memcpy(to, feed->src->p + feed->given, n);
	feed->given += n;
	return (int)n;
}

int
xml_feed_close(void *ctx)
{
	(void)ctx;
	return 0;
}
