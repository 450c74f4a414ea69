/* SPDX-License-Identifier: MIT */
/* Words that say about the same, found in a text. */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define WORDS(words) words,
static const char *const groups[] = {
#include "synonym.def"
};
#undef WORDS

struct synonym {
	const char *word; /* by one spelling; three bytes or more */
	size_t n;
	uint32_t group;
	bool inflected; /* hiragana stands behind it, no kanji before it */
};

struct kt_synonyms {
	struct synonym *at; /* sorted by their first three bytes */
	size_t count, cap;
};

static int
by_start(const char *x, const char *y)
{
	return memcmp(x, y, 3);
}

static int
by_word(const void *x, const void *y)
{
	const struct synonym *a = x, *b = y;
	int order = by_start(a->word, b->word);

	return order != 0 ? order : a->group < b->group ? -1 : 1;
}

static void
add(struct kt_synonyms *s, struct align *a, const char *p, size_t n,
    uint32_t group)
{
	struct synonym made = { .group = group, .inflected = p[n - 1] == '+' };
	struct kt_buf word = KT_BUF_INIT;

	kt_fold_notation(a->notation, &word, p, n - made.inflected);
	made.word = kt_arena_strndup(a->arena, word.p, word.len);
	made.n = word.len;
	KT_GROW(s->at, s->count, s->cap);
	s->at[s->count++] = made;
	kt_buf_release(&word);
}

struct kt_synonyms *
kt_synonyms_new(struct align *a)
{
	struct kt_synonyms *s = KT_NEW(a->arena, struct kt_synonyms);

	for (uint32_t g = 0; g < KT_COUNT(groups); g++)
		for (const char *p = groups[g]; *p != '\0';) {
			size_t n = strcspn(p, "|");

			add(s, a, p, n, g);
			p += n + (p[n] == '|');
		}
	qsort(s->at, s->count, sizeof(*s->at), by_word);
	return s;
}

void
kt_synonyms_free(struct kt_synonyms *s)
{
	free(s->at);
}

/* The first whose word begins with these three bytes, or behind where it
 * would stand. */
static size_t
first_of(const struct kt_synonyms *s, const char *p)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_start(s->at[mid].word, p) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static enum kt_script
script_behind(const char *p, const char *end)
{
	unsigned len;

	return p < end ? kt_script_of(kt_utf8_at(p, &len)) : KT_S_OTHER;
}

static bool
stands(
    const struct synonym *w, const char *text, const char *p, const char *end)
{
	unsigned len;

	if (w->n > (size_t)(end - p) || memcmp(p, w->word, w->n) != 0)
		return false;
	return !w->inflected ||
	       (script_behind(p + w->n, end) == KT_S_HIRAGANA &&
		   (p == text || kt_script_of(kt_utf8_before(text, p, &len)) !=
				     KT_S_KANJI));
}

void
kt_synonyms_put(const struct kt_synonyms *s, struct kt_grams *g,
    const char *text, size_t n,
    void (*put)(struct kt_grams *, const char *, size_t))
{
	const char *end = text + n;
	uint8_t said[KT_COUNT(groups)] = { 0 };
	unsigned len;

	for (const char *p = text; p + 2 < end; p += len) {
		kt_utf8_at(p, &len);
		for (size_t i = first_of(s, p);
		     i < s->count && by_start(s->at[i].word, p) == 0; i++)
			if (stands(&s->at[i], text, p, end))
				said[s->at[i].group] = 1;
	}
	for (uint32_t i = 0; i < KT_COUNT(groups); i++) {
		/* U+E000 and on, which no text has. */
		char sign[3] = { '\xee', (char)(0x80 | i >> 6),
			(char)(0x80 | (i & 63)) };

		if (said[i])
			put(g, sign, sizeof(sign));
	}
}
