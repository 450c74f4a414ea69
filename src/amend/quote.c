/* SPDX-License-Identifier: MIT */
/*
 * Where quotes end.  「 and 」 of an amending sentence do not balance, because
 * quoted law text may be a piece of a quotation: 「限る。）」と、「」を「…」に.
 * Each quote has a role in its clause, and behind its 」 stands a word that
 * the role demands; among the splits of a sentence that obey this the one
 * with the fewest pieces of quotations wins (amendment.md §11.5).
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

/* More quotes than any sentence has; the split costs their square. */
#define QUOTES_MAX 4096

enum role {
	OLD, /* what is there: を「, の下に「, を削り */
	NEW, /* what it becomes: に改め, に、 */
	PUT, /* what is added: を加え, を、 */
	CAP, /* a caption that is attached: を付し */
	ROLES,
	FINAL, /* behind the last quote */
	NEVER
};

struct split {
	const char *text, *end;
	uint32_t *open, *close; /* offsets of 「 and 」 */
	size_t nopen, nclose;
	uint32_t *behind; /* by close: index of the first open behind it */
	unsigned char (*next)[ROLES]; /* by close: role of the next quote */
	uint32_t *breaks; /* by close: strong keywords behind 」 up to here */
	uint32_t (*cost)[ROLES]; /* by open: of the best split from it */
	uint32_t (*best)[ROLES]; /* by open: the close of that split */
};

#define IMPOSSIBLE UINT32_MAX

static bool
equals(const char *p, const char *end, const char *const *words, size_t n)
{
	struct kt_scan s = { p, end };

	return kt_scan_one_of(&s, words, n) >= 0 && kt_scan_at_end(&s);
}

static bool
ends_in(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - p) >= n && memcmp(end - n, word, n) == 0;
}

/* The role of the quote before which these words stand. */
static enum role
role_behind(const char *p, const char *end)
{
	if (ends_in(p, end, "見出しを") || ends_in(p, end, "題名を") ||
	    ends_in(p, end, "名を"))
		return NEW;
	return ends_in(p, end, "として") ? CAP : OLD;
}

/* What follows a quote of this role when nothing but a particle stands
 * between it and the next. */
static enum role
follows_at_once(enum role role, const char *p, const char *end)
{
	static const char *const lists[] = { "及び", "、", "並びに" };
	static const char *const places[] = { "の下に", "の次に", "の右に",
		"の後に", "の上に", "の左に", "の前に" };
	static const char *const by[] = { "を" };

	if (role != OLD)
		return NEVER;
	if (equals(p, end, by, 1))
		return NEW;
	if (equals(p, end, places, KT_COUNT(places)))
		return PUT;
	return equals(p, end, lists, KT_COUNT(lists)) ? OLD : NEVER;
}

/* Do these words begin with what closes a clause for a quote of this role? */
static bool
closes_clause(enum role role, const char *p, const char *end)
{
	static const char *const old[] = { "を削り、", "を削る。", "の部分",
		"の項" };
	static const char *const new[] = { "に改め、", "に改める。", "に、" };
	static const char *const put[] = { "を加え、", "を加える。", "を、" };
	static const char *const cap[] = { "を付し、", "を付する。" };
	struct kt_scan s = { p, end };

	switch (role) {
	case OLD:
		/* 「…」及び後段を削り */
		if (kt_scan_sees(&s, "及び") &&
		    kt_scan_find(&s, "を削") != NULL)
			return true;
		return kt_scan_one_of(&s, old, KT_COUNT(old)) >= 0;
	case NEW:
		return kt_scan_one_of(&s, new, KT_COUNT(new)) >= 0;
	case PUT:
		return kt_scan_one_of(&s, put, KT_COUNT(put)) >= 0;
	case CAP:
		return kt_scan_one_of(&s, cap, KT_COUNT(cap)) >= 0;
	case ROLES:
	case FINAL:
	case NEVER:
		break;
	}
	return false;
}

/* The role that comes behind the 」 number j if it ends a quote of `role`. */
static enum role
role_after(const struct split *x, size_t j, enum role role)
{
	const char *p = x->text + x->close[j] + strlen("」");
	bool last = x->behind[j] == x->nopen;
	const char *end = last ? x->end : x->text + x->open[x->behind[j]];
	enum role next = last ? NEVER : follows_at_once(role, p, end);

	if (next != NEVER)
		return next;
	if (!closes_clause(role, p, end))
		return NEVER;
	if (last)
		return ends_in(p, end, "。") ? FINAL : NEVER;
	return role_behind(p, end);
}

/* A keyword behind 」 that says so strongly that a quote ends here that a
 * quote which goes on over it is less likely. */
static bool
breaks_here(const char *p, const char *end)
{
	static const char *const words[] = { "を「", "に改め", "に、「",
		"の下に「", "の次に「", "を加え", "を削" };
	struct kt_scan s = { p, end };

	return kt_scan_one_of(&s, words, KT_COUNT(words)) >= 0;
}

static void
find_signs(struct split *x, struct kt_arena *arena)
{
	size_t most = (size_t)(x->end - x->text) / strlen("「") + 1;
	size_t n = strlen("「");

	x->open = KT_NEWN(arena, uint32_t, most);
	x->close = KT_NEWN(arena, uint32_t, most);
	for (const char *p = x->text; (size_t)(x->end - p) >= n;) {
		if (memcmp(p, "「", n) == 0)
			x->open[x->nopen++] = (uint32_t)(p - x->text);
		else if (memcmp(p, "」", n) == 0)
			x->close[x->nclose++] = (uint32_t)(p - x->text);
		p++;
	}
}

/* What each 」 could be followed by. */
static void
look_behind(struct split *x, struct kt_arena *arena)
{
	size_t open = 0;

	x->behind = KT_NEWN(arena, uint32_t, x->nclose + 1);
	x->breaks = KT_NEWN(arena, uint32_t, x->nclose + 1);
	x->next = kt_arena_alloc_n(arena, x->nclose + 1, sizeof(*x->next));
	for (size_t j = 0; j < x->nclose; j++) {
		const char *p = x->text + x->close[j] + strlen("」");

		while (open < x->nopen && x->open[open] < x->close[j])
			open++;
		x->behind[j] = (uint32_t)open;
		x->breaks[j + 1] = x->breaks[j] + breaks_here(p, x->end);
		for (int r = OLD; r < ROLES; r++)
			x->next[j][r] =
			    (unsigned char)role_after(x, j, (enum role)r);
	}
}

/* Cost of a quote from open i to close j apart from what comes behind it. */
static uint32_t
cost_of(const struct split *x, size_t first, size_t j, bool nested)
{
	return nested ? 0 : 4 + 6 * (x->breaks[j] - x->breaks[first]);
}

/* The best split from the 「 number i on, for each role. */
static void
weigh(struct split *x, size_t i, size_t first)
{
	size_t opens = i + 1, closes = 0;
	bool matched = false;

	for (int r = OLD; r < ROLES; r++)
		x->cost[i][r] = IMPOSSIBLE;
	for (size_t j = first; j < x->nclose; j++) {
		bool nested;

		while (opens < x->nopen && x->open[opens] < x->close[j])
			opens++;
		closes++;
		/* 「」 is no quote but two signs. */
		if (x->close[j] == x->open[i] + strlen("「"))
			continue;
		nested = !matched && opens - i == closes;
		matched = matched || nested;
		for (int r = OLD; r < ROLES; r++) {
			unsigned char next = x->next[j][r];
			uint32_t cost = next == FINAL ? 0 : IMPOSSIBLE;

			if (next < ROLES)
				cost = x->cost[x->behind[j]][next];
			if (cost == IMPOSSIBLE)
				continue;
			cost += cost_of(x, first, j, nested);
			if (cost < x->cost[i][r]) {
				x->cost[i][r] = cost;
				x->best[i][r] = (uint32_t)j;
			}
		}
	}
}

static void
weigh_all(struct split *x, struct kt_arena *arena)
{
	size_t first = x->nclose;

	x->cost = kt_arena_alloc_n(arena, x->nopen + 1, sizeof(*x->cost));
	x->best = kt_arena_alloc_n(arena, x->nopen + 1, sizeof(*x->best));
	for (size_t i = x->nopen; i-- > 0;) {
		while (first > 0 && x->close[first - 1] > x->open[i])
			first--;
		weigh(x, i, first);
	}
}

/* Follow the best split from the first quote. */
static bool
take_best(struct kt_quotes *out, const struct split *x, struct kt_arena *arena)
{
	enum role role = role_behind(x->text, x->text + x->open[0]);
	uint32_t *open = KT_NEWN(arena, uint32_t, x->nopen);
	uint32_t *close = KT_NEWN(arena, uint32_t, x->nopen);
	size_t i = 0, n = 0;

	if (x->cost[0][role] == IMPOSSIBLE)
		return false;
	while (role < ROLES) {
		uint32_t j = x->best[i][role];

		open[n] = x->open[i];
		close[n++] = x->close[j];
		role = (enum role)x->next[j][role];
		i = x->behind[j];
	}
	*out = (struct kt_quotes){ open, close, n };
	return true;
}

bool
kt_quotes_find(
    struct kt_quotes *out, struct kt_arena *arena, const char *p, size_t n)
{
	struct kt_arena *scratch = kt_arena_new();
	struct split x = { .text = p, .end = p + n };
	bool found = true;

	*out = (struct kt_quotes){ .count = 0 };
	find_signs(&x, scratch);
	if (x.nopen > QUOTES_MAX || x.nclose > QUOTES_MAX) {
		found = false;
	} else if (x.nopen > 0) {
		look_behind(&x, scratch);
		weigh_all(&x, scratch);
		found = take_best(out, &x, arena);
	}
	kt_arena_free(scratch);
	return found;
}
