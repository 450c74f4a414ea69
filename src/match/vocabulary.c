/* SPDX-License-Identifier: MIT */
/* The city's words for the guideline's: whole words, the longest first. */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	const char *from, *to;
	size_t nfrom, nto;
};

struct kt_vocabulary {
	struct kt_arena *arena;
	enum kt_endings endings;
	struct entry *at; /* longest first */
	size_t count, cap;
	bool begins[256]; /* last byte of a first character */
};

struct kt_vocabulary *
kt_vocabulary_new(enum kt_endings endings)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_vocabulary *v = KT_NEW(arena, struct kt_vocabulary);

	v->arena = arena;
	v->endings = endings;
	return v;
}

void
kt_vocabulary_free(struct kt_vocabulary *v)
{
	if (v == NULL)
		return;
	free(v->at);
	kt_arena_free(v->arena);
}

size_t
kt_vocabulary_count(const struct kt_vocabulary *v)
{
	return v->count;
}

enum kt_endings
kt_vocabulary_endings(const struct kt_vocabulary *v)
{
	return v->endings;
}

static unsigned char
first_of(const char *p)
{
	unsigned len;

	kt_utf8_at(p, &len);
	return (unsigned char)p[len - 1];
}

static void
drop(struct kt_vocabulary *v, const char *word)
{
	for (size_t i = 0; i < v->count; i++)
		if (strcmp(v->at[i].from, word) == 0) {
			memmove(&v->at[i], &v->at[i + 1],
			    (v->count - i - 1) * sizeof(*v->at));
			v->count--;
			return;
		}
}

void
kt_vocabulary_add(
    struct kt_vocabulary *v, const char *guideline, const char *city)
{
	struct entry e = { .nfrom = strlen(guideline), .nto = strlen(city) };
	size_t i;

	if (e.nfrom == 0)
		return;
	drop(v, guideline);
	if (e.nto == 0)
		return;
	e.from = kt_arena_strdup(v->arena, guideline);
	e.to = kt_arena_strdup(v->arena, city);
	KT_GROW(v->at, v->count, v->cap);
	for (i = v->count; i > 0 && v->at[i - 1].nfrom < e.nfrom; i--)
		v->at[i] = v->at[i - 1];
	v->at[i] = e;
	v->count++;
	v->begins[first_of(guideline)] = true;
}

/* ---- whole words -------------------------------------------------------- */

static bool
is_noun(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN;
}

/* Words that stand before a name without being part of it. */
static bool
is_before_name(const char *begin, const char *p)
{
	static const char *const words[] = { "当該", "各", "同", "全", "前記" };

	for (size_t i = 0; i < KT_COUNT(words); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(p - begin) >= n && memcmp(p - n, words[i], n) == 0)
			return true;
	}
	return false;
}

/* Kanji that follow a name without being part of it. */
static bool
is_behind_name(const char *p, const char *end)
{
	static const char *const signs[] = { "等", "及", "並", "又", "若", "自",
		"内", "外", "以", "間", "全", "側", "宛", "名" };

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if ((size_t)(end - p) >= 3 && memcmp(p, signs[i], 3) == 0)
			return true;
	return false;
}

static bool
begins_word(const char *begin, const char *p)
{
	unsigned len;

	return p == begin || !is_noun(kt_utf8_before(begin, p, &len)) ||
	       is_before_name(begin, p);
}

/* A name whose last sign is no noun's, （CISO）, ends where it ends. */
static bool
ends_word(const char *begin, const char *p, const char *end)
{
	unsigned len;

	return p == end || !is_noun(kt_utf8_before(begin, p, &len)) ||
	       !is_noun(kt_utf8_at(p, &len)) || is_behind_name(p, end);
}

static const struct entry *
entry_at(const struct kt_vocabulary *v, const char *p, const char *begin,
    const char *end)
{
	if (!begins_word(begin, p))
		return NULL;
	for (size_t i = 0; i < v->count; i++) {
		const struct entry *e = &v->at[i];

		if ((size_t)(end - p) >= e->nfrom &&
		    memcmp(p, e->from, e->nfrom) == 0 &&
		    ends_word(begin, p + e->nfrom, end))
			return e;
	}
	return NULL;
}

void
kt_vocabulary_say(
    const struct kt_vocabulary *v, struct kt_buf *out, const char *p, size_t n)
{
	const char *begin = p, *end = p + n;

	while (p < end) {
		const struct entry *e = NULL;
		unsigned len;

		kt_utf8_at(p, &len);
		if (v->begins[(unsigned char)p[len - 1]])
			e = entry_at(v, p, begin, end);
		if (e != NULL) {
			kt_buf_put(out, e->to, e->nto);
			p += e->nfrom;
		} else {
			kt_buf_put(out, p, len);
			p += len;
		}
	}
}
