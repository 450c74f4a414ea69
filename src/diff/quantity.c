/* SPDX-License-Identifier: MIT */
/*
 * Changes of a number, its unit, its comparator (以上, 超える …) or the day
 * from which it counts.
 */
#include "diff_int.h"

#include <string.h>

/* What may stand with a number and is still the quantity. */
static const char *const comparators[] = { "以上", "以下", "未満", "超える",
	"超え", "こえる", "以内", "以前", "以後", "以降", "前", "後", "内",
	"外", "まで", "から", "起算", "起算し", "して", "し", "て", "満たない",
	"を", "に", "の", "が", "は", "、", "間", "目", "分", "ごと", "毎",
	"約", "満", "翌", "同", "経過", "経過後", "経過した", "した" };

/* Spans of time that are said without a figure. */
static const char *const periods[] = { "毎日", "毎週", "毎月", "毎年", "毎年度",
	"四半期", "半期", "半年", "週", "月", "年", "日", "年度", "四半", "半",
	"期", "時", "時間", "回" };

static bool
in_list(const char *p, size_t n, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == n && memcmp(list[i], p, n) == 0)
			return true;
	return false;
}

/* 以内に is one word to the segmenter. */
static size_t
without_particle(const char *p, size_t n)
{
	static const char *const particles[] = { "に", "を", "の", "は", "が" };

	if (n > 3)
		for (size_t i = 0; i < KT_COUNT(particles); i++)
			if (memcmp(p + n - 3, particles[i], 3) == 0)
				return n - 3;
	return n;
}

struct content {
	uint32_t numbers, comparators, periods, others;
};

static struct content
content_of(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	struct content c = { 0 };

	for (uint32_t i = i0; i < i1; i++) {
		const struct token *token = &t->tokens[side][i];
		const char *p = token_at(t, side, i);

		if (token->kind == KT_W_NUMBER)
			c.numbers++;
		else if (token->atom != NONE)
			c.others++;
		else if (in_list(p, without_particle(p, token->len),
			     comparators, KT_COUNT(comparators)))
			c.comparators++;
		else if (in_list(p, token->len, periods, KT_COUNT(periods)))
			c.periods++;
		else
			c.others++;
	}
	return c;
}

/* A number, perhaps with one particle behind it, right before token i. */
static bool
behind_number(const struct text_work *t, int side, uint32_t i)
{
	for (uint32_t k = 1; k <= 2 && k <= i; k++)
		if (t->tokens[side][i - k].kind == KT_W_NUMBER)
			return true;
	return false;
}

static bool
before_number(const struct text_work *t, int side, uint32_t i)
{
	return i < t->ntokens[side] && t->tokens[side][i].kind == KT_W_NUMBER;
}

/* The only number of a stretch of nothing else but 、; NONE otherwise. */
static uint32_t
only_number(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	uint32_t found = NONE;

	for (uint32_t i = i0; i < i1; i++) {
		const struct token *token = &t->tokens[side][i];

		if (token->kind == KT_W_NUMBER && found == NONE)
			found = i;
		else if (token->len != 3 ||
			 memcmp(token_at(t, side, i), "、", 3) != 0)
			return NONE;
	}
	return found;
}

/* 、平成三十二年 and 令和二年: the number is the same, a 、 is not. */
static bool
same_number(struct work *w, const struct hunk *h)
{
	struct text_work *t = &w->text;
	uint32_t a = only_number(t, 0, h->a0, h->a1);
	uint32_t b = only_number(t, 1, h->b0, h->b1);

	if (a == NONE || b == NONE)
		return false;
	return kt_is_notation(
	    w, &(struct hunk){ .a0 = a, .a1 = a + 1, .b0 = b, .b1 = b + 1 });
}

/* Without a number of its own a comparator needs one beside it. */
static bool
is_quantity(const struct text_work *t, const struct hunk *h)
{
	struct content x = content_of(t, 0, h->a0, h->a1);
	struct content y = content_of(t, 1, h->b0, h->b1);

	if (x.others + y.others > 0)
		return false;
	if (x.numbers + y.numbers > 0)
		return true;
	if (x.periods > 0 && y.periods > 0)
		return true;
	return (x.comparators + y.comparators + x.periods + y.periods > 0) &&
	       (behind_number(t, 0, h->a0) ||
		   (before_number(t, 0, h->a1) && before_number(t, 1, h->b1)));
}

bool
kt_quantity_change(struct work *w, const struct hunk *h, const char **note)
{
	struct text_work *t = &w->text;
	uint32_t a = token_start(t, 0, h->a0), b = token_start(t, 1, h->b0);

	if (!is_quantity(t, h) || same_number(w, h))
		return false;
	*note = kt_note(w, t->in[0]->p + a, stretch_end(t, 0, h->a0, h->a1) - a,
	    t->in[1]->p + b, stretch_end(t, 1, h->b0, h->b1) - b);
	return true;
}
