/* SPDX-License-Identifier: MIT */
/* What lines say: where they begin a clause, where a sentence ends, how they
 * are read on. */
#include "pdf_int.h"

#include <string.h>

bool
pdf_is_wide(uint32_t c)
{
	struct kt_buf one = KT_BUF_INIT;
	bool wide;

	kt_utf8_put(&one, c);
	wide = kt_utf8_width(one.p, one.len) == 2;
	kt_buf_release(&one);
	return wide;
}

bool
pdf_is_letter(uint32_t c)
{
	return c < 0x80 ? (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
			: c >= 0x3041 && pdf_is_wide(c);
}

/* Signs as they are set in vertical writing, and what they are. */
static const struct {
	uint16_t form, is;
} upright[] = {
	{ 0xfe10, 0xff0c },
	{ 0xfe11, 0x3001 },
	{ 0xfe12, 0x3002 },
	{ 0xfe13, 0xff1a },
	{ 0xfe14, 0xff1b },
	{ 0xfe15, 0xff01 },
	{ 0xfe16, 0xff1f },
	{ 0xfe17, 0x3016 },
	{ 0xfe18, 0x3017 },
	{ 0xfe19, 0x2026 },
	{ 0xfe30, 0x2025 },
	{ 0xfe31, 0x2014 },
	{ 0xfe32, 0x2013 },
	{ 0xfe33, 0xff3f },
	{ 0xfe35, 0xff08 },
	{ 0xfe36, 0xff09 },
	{ 0xfe37, 0xff5b },
	{ 0xfe38, 0xff5d },
	{ 0xfe39, 0x3014 },
	{ 0xfe3a, 0x3015 },
	{ 0xfe3b, 0x3010 },
	{ 0xfe3c, 0x3011 },
	{ 0xfe3d, 0x300a },
	{ 0xfe3e, 0x300b },
	{ 0xfe3f, 0x3008 },
	{ 0xfe40, 0x3009 },
	{ 0xfe41, 0x300c },
	{ 0xfe42, 0x300d },
	{ 0xfe43, 0x300e },
	{ 0xfe44, 0x300f },
	{ 0xfe47, 0xff3b },
	{ 0xfe48, 0xff3d },
};

uint32_t
pdf_upright(uint32_t c)
{
	if (c < 0xfe10 || c > 0xfe48)
		return c;
	for (size_t i = 0; i < KT_COUNT(upright); i++)
		if (upright[i].form == c)
			return upright[i].is;
	return c;
}

void
pdf_join(struct kt_buf *to, const char *p, size_t n)
{
	unsigned len;

	if (to->len > 0 && n > 0 &&
	    !pdf_is_wide(kt_utf8_before(to->p, to->p + to->len, &len)) &&
	    !pdf_is_wide(kt_utf8_at(p, &len)) && to->p[to->len - 1] != ' ') {
		/* secu-⏎rity stays as it is; URLs are not parted. */
		if (strchr("-/_", to->p[to->len - 1]) == NULL)
			kt_buf_putc(to, ' ');
	}
	kt_buf_put(to, p, n);
}

static bool
is_entry_sign(uint32_t c)
{
	static const uint32_t signs[] = { 0x30fb, 0x2022, 0x25cf, 0x25cb,
		0x25a0, 0x25a1, 0x25c6, 0x25c7, 0x203b, 0x27a2, 0x26ab, 0x26aa,
		0x25b6, 0x25ba, 0x25aa, 0x2713, 0x2714, 0x2660, 0x25ce, 0x2b24,
		0xff65, 0x29bf, 0x25fb, 0x25fc, 0x25fd, 0x25fe, 0x25b7, 0x2751,
		0x2752, 0x27a4 };

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (signs[i] == c)
			return true;
	/* Private signs of symbol fonts. */
	return c >= 0xf000 && c < 0xf100;
}

bool
pdf_is_entry(const char *p, size_t n)
{
	unsigned len;

	return n > 0 && is_entry_sign(kt_utf8_at(p, &len));
}

size_t
pdf_entry_sign(const char *p, size_t n)
{
	unsigned len;
	uint32_t c = kt_utf8_at(p, &len);
	size_t at = len;

	if (c != 0x30fb && c != 0x2022 && c != 0xff65 &&
	    (c < 0xf000 || c >= 0xf100))
		return 0;
	while (at < n && kt_is_space(kt_utf8_at(p + at, &len)))
		at += len;
	return at < n ? at : 0;
}

bool
pdf_begins_clause(const char *p, size_t n)
{
	struct kt_lead lead;

	if (n == 0)
		return false;
	if (pdf_is_entry(p, n))
		return true;
	kt_lead_paragraph(&lead, p, n);
	return lead.form != KT_LEAD_PLAIN;
}

bool
pdf_ends_sentence(const char *p, size_t n)
{
	static const char *const ends[] = { "。", "。）", "。)", "」", "：",
		"．", ":" };

	for (size_t i = 0; i < KT_COUNT(ends); i++) {
		size_t len = strlen(ends[i]);

		if (n >= len && memcmp(p + n - len, ends[i], len) == 0)
			return true;
	}
	return false;
}

bool
pdf_is_commentary(const char *p, size_t n)
{
	struct kt_lead lead;

	kt_lead_paragraph(&lead, p, n);
	return n > 0 && lead.form == KT_LEAD_COMMENTARY;
}

/* Points that lead to a page number: …… ･･･ ．．． .... */
bool
pdf_is_leader(uint32_t c)
{
	return c == 0x2026 || c == 0x2025 || c == 0x30fb || c == 0xff65 ||
	       c == 0xff0e || c == '.' || c == 0x00b7 || c == 0x2024;
}

bool
pdf_is_contents_line(const char *p, size_t n)
{
	const char *end = p + n;
	size_t leaders = 0, most = 0, digits = 0;
	unsigned len;

	for (; p < end; p += len) {
		uint32_t c = kt_utf8_at(p, &len);

		if (pdf_is_leader(c)) {
			leaders += c == 0x2026 ? 3 : c == 0x2025 ? 2 : 1;
			digits = 0;
			if (leaders > most)
				most = leaders;
		} else if (!kt_is_space(c)) {
			leaders = 0;
			digits++;
		}
	}
	/* A list that was made without page numbers ends in its points. */
	return (most >= 5 && digits >= 1 && digits <= 8) ||
	       (most >= 10 && digits == 0);
}
