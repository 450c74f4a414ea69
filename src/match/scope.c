/* SPDX-License-Identifier: MIT */
/*
 * What a clause is about, told from what it is not about:
 * 情報を取り扱うサービス is never 情報を取り扱わないサービス, however much else
 * the two have in common.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST 12 /* bytes of okurigana: わない, れない */

/* A verb before a noun: its last kanji, and whether it is said or denied. */
struct kt_scope {
	uint32_t stem;
	bool denied;
};

/* The form that a verb has before a noun: う to る.  が, は, も and others are
 * no part of it. */
static bool
is_verb(const char *p, size_t n)
{
	static const char *const endings[] = { "う", "く", "ぐ", "す", "つ",
		"ぬ", "ぶ", "む", "る", "ない" };
	static const char *const others[] = { "が", "は", "も", "で", "に",
		"を", "の", "と" };

	for (size_t i = 0; i < KT_COUNT(others); i++)
		if (memcmp(p, others[i], strlen(others[i])) == 0)
			return false;
	for (size_t i = 0; i < KT_COUNT(endings); i++)
		if (kt_ends_with(p, n, endings[i]))
			return true;
	return false;
}

static bool
is_noun(enum kt_script s)
{
	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN;
}

uint32_t
kt_scopes(
    struct kt_arena *arena, struct kt_scope **out, const char *text, size_t n)
{
	const char *end = text + n, *run = text;
	struct kt_scope *list = NULL;
	size_t count = 0, cap = 0;
	uint32_t stem = 0;
	unsigned len;

	for (const char *p = text; p < end; p += len) {
		uint32_t c = kt_utf8_at(p, &len);
		enum kt_script s = kt_script_of(c);
		size_t kana = (size_t)(p - run);

		if (s == KT_S_HIRAGANA)
			continue;
		if (stem != 0 && is_noun(s) && kana >= 3 && kana <= LONGEST &&
		    is_verb(run, kana)) {
			KT_GROW(list, count, cap);
			list[count++] = (struct kt_scope){ stem,
				kt_ends_with(run, kana, "ない") };
		}
		stem = s == KT_S_KANJI ? c : 0;
		run = p + len;
	}
	*out = KT_NEWN(arena, struct kt_scope, count);
	if (count > 0)
		memcpy(*out, list, count * sizeof(*list));
	free(list);
	return (uint32_t)count;
}

static bool
has(const struct kt_scope *list, uint32_t n, uint32_t stem, bool denied)
{
	for (uint32_t i = 0; i < n; i++)
		if (list[i].stem == stem && list[i].denied == denied)
			return true;
	return false;
}

/* Does one say what the other denies, and nothing of the sort besides? */
static bool
denies(const struct kt_scope *x, uint32_t nx, const struct kt_scope *y,
    uint32_t ny)
{
	for (uint32_t i = 0; i < nx; i++)
		if (x[i].denied && !has(x, nx, x[i].stem, false) &&
		    has(y, ny, x[i].stem, false) &&
		    !has(y, ny, x[i].stem, true))
			return true;
	return false;
}

bool
kt_align_opposite(const struct align *a, uint32_t city, uint32_t guideline)
{
	const struct side *c = &a->side[0], *g = &a->side[1];

	return denies(c->scopes[city], c->nscopes[city], g->scopes[guideline],
		   g->nscopes[guideline]) ||
	       denies(g->scopes[guideline], g->nscopes[guideline],
		   c->scopes[city], c->nscopes[city]);
}
