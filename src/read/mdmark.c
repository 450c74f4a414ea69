/* SPDX-License-Identifier: MIT */
/*
 * Comments that say where the next block belongs, for the few trees that
 * headings, lists and labels alone cannot say:
 *
 *   <!-- 項の文 -->            a TEXT of the open 項
 *   <!-- 見出し(2)の号「●」 --> an ITEM labelled ●, under the second open
 *                              heading from the inside
 *   <!-- 項番の本文 -->        own words of the 項番
 */
#include "read_int.h"

#include <string.h>

static const char *
blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n'))
		p++;
	return p;
}

static bool
take(const char **p, const char *end, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(end - *p) < n || memcmp(*p, word, n) != 0)
		return false;
	*p += n;
	return true;
}

/* The longest word for a kind: 項番 is not 項. */
static bool
take_kind(const char **p, const char *end, enum kt_kind *out)
{
	const char *at = *p, *best = *p;

	for (enum kt_kind k = 0; k < KT_KINDS; k++) {
		at = *p;
		if (take(&at, end, kt_kind_word(k)) && at > best) {
			best = at;
			*out = k;
		}
	}
	if (best == *p)
		return false;
	*p = best;
	return true;
}

static unsigned
take_nth(const char **p, const char *end)
{
	const char *at = *p;
	unsigned nth = 0;

	if (!take(&at, end, "("))
		return 1;
	while (at < end && *at >= '0' && *at <= '9' && nth < 10000)
		nth = nth * 10 + (unsigned)(*at++ - '0');
	if (nth == 0 || !take(&at, end, ")"))
		return 1;
	*p = at;
	return nth;
}

/* 「words」 with character references in them. */
static bool
take_words(const char **p, const char *end, struct kt_buf *out)
{
	const char *at = *p;

	if (!take(&at, end, "「"))
		return false;
	while (!take(&at, end, "」")) {
		size_t used;

		if (at == end)
			return false;
		used = kt_entity_read(out, at, (size_t)(end - at));
		if (used == 0)
			kt_buf_put(out, at, used = 1);
		at += used;
	}
	*p = at;
	return true;
}

static bool
read_inside(struct kt_marker *m, const char *p, const char *end)
{
	if (!take_kind(&p, end, &m->parent))
		return false;
	m->nth = take_nth(&p, end);
	if (!take(&p, end, "の"))
		return false;
	if (take(&p, end, "本文"))
		m->own = true;
	else if (!take_kind(&p, end, &m->kind))
		return false;
	m->has_label = take_words(&p, end, &m->label);
	if (take(&p, end, "見出し"))
		m->has_caption = take_words(&p, end, &m->caption);
	if (take(&p, end, "関係"))
		m->has_related = take_words(&p, end, &m->related);
	return blanks(p, end) == end;
}

bool
kt_marker_read(struct kt_marker *out, const char *p, size_t n)
{
	const char *end = p + n;
	struct kt_marker m = { .label = KT_BUF_INIT,
		.caption = KT_BUF_INIT,
		.related = KT_BUF_INIT };

	p = blanks(p, end);
	while (end > p && blanks(end - 1, end) == end)
		end--;
	if (end - p < 7 || !take(&p, end, "<!--") ||
	    memcmp(end - 3, "-->", 3) != 0)
		return false;
	end -= 3;
	p = blanks(p, end);
	while (end > p && blanks(end - 1, end) == end)
		end--;
	if (!read_inside(&m, p, end)) {
		kt_marker_release(&m);
		return false;
	}
	m.set = true;
	*out = m;
	return true;
}

void
kt_marker_release(struct kt_marker *m)
{
	kt_buf_release(&m->label);
	kt_buf_release(&m->caption);
	kt_buf_release(&m->related);
	m->set = m->own = false;
	m->has_label = m->has_caption = m->has_related = false;
}
