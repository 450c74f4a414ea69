/* SPDX-License-Identifier: MIT */
/*
 * Endings: the guideline says すること。 where a rule says しなければならない。
 * (compare.md §7).  Verbs are inflected by the form they stand in; one that
 * cannot be told stays as it is.
 */
#include "match_int.h"

#include <string.h>

/* Where in a row of kana, あ to う, a sign stands: 0 to 4 for あいうえお. */
static int
vowel_of(uint32_t c)
{
	static const char *const rows[5] = {
		"あかがさざただなはばまやらわぱ",
		"いきぎしじちぢにひびみりぴ",
		"うくぐすずつづぬふぶむゆるぷ",
		"えけげせぜてでねへべめれぺ",
		"おこごそぞとどのほぼもよろをぽ",
	};

	for (int i = 0; i < 5; i++)
		for (const char *p = rows[i]; *p != '\0';) {
			unsigned len;

			if (kt_utf8_at(p, &len) == c)
				return i;
			p += len;
		}
	return -1;
}

/* 得る, 見る: a kanji alone before る, and no ら in 得ない. */
static bool
is_short_verb(const char *p, size_t n)
{
	static const char *const stems[] = { "得", "見", "経", "着", "寝", "出",
		"似", "診" };

	for (size_t i = 0; i < KT_COUNT(stems); i++)
		if (kt_ends_with(p, n, stems[i]))
			return true;
	return false;
}

struct turn {
	const char *from, *to;
};

static const struct turn *
turn_of(const struct turn *list, size_t count, const char *p, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (kt_ends_with(p, n, list[i].from))
			return &list[i];
	return NULL;
}

static void
put_turned(struct kt_buf *out, const struct turn *t, const char *p, size_t n)
{
	kt_buf_put(out, p, n - strlen(t->from));
	kt_buf_puts(out, t->to);
}

/* 行う → 行わ, 設ける → 設け: the form before ない.  False when it is no
 * verb. */
static bool
put_negative(struct kt_buf *out, const char *p, size_t n)
{
	static const struct turn whole[] = { { "講ずる", "講じ" },
		{ "生ずる", "生じ" }, { "応ずる", "応じ" },
		{ "準ずる", "準じ" }, { "命ずる", "命じ" },
		{ "禁ずる", "禁じ" }, { "通ずる", "通じ" },
		{ "感ずる", "感じ" }, { "する", "し" }, { "くる", "こ" } };
	static const struct turn last[] = { { "う", "わ" }, { "く", "か" },
		{ "ぐ", "が" }, { "す", "さ" }, { "つ", "た" }, { "ぬ", "な" },
		{ "ぶ", "ば" }, { "む", "ま" } };
	const struct turn *t = turn_of(whole, KT_COUNT(whole), p, n);
	unsigned len;
	uint32_t c;
	int vowel;

	if (t == NULL)
		t = turn_of(last, KT_COUNT(last), p, n);
	if (t != NULL) {
		put_turned(out, t, p, n);
		return true;
	}
	if (!kt_ends_with(p, n, "る") || n <= strlen("る") ||
	    kt_ends_with(p, n, "ある"))
		return false;
	n -= strlen("る");
	c = kt_utf8_before(p, p + n, &len);
	vowel = vowel_of(c);
	kt_buf_put(out, p, n);
	if (vowel != 1 && vowel != 3 && !is_short_verb(p, n))
		kt_buf_puts(out, "ら");
	return true;
}

/* 漏らさ → 漏らして, 設け → 設けて. */
static bool
put_te(struct kt_buf *out, const char *p, size_t n)
{
	static const struct turn turns[] = { { "行か", "行って" },
		{ "わ", "って" }, { "か", "いて" }, { "が", "いで" },
		{ "さ", "して" }, { "た", "って" }, { "な", "んで" },
		{ "ば", "んで" }, { "ま", "んで" }, { "ら", "って" } };
	const struct turn *t = turn_of(turns, KT_COUNT(turns), p, n);
	unsigned len;
	int vowel;

	if (n == 0)
		return false;
	if (t != NULL) {
		put_turned(out, t, p, n);
		return true;
	}
	vowel = vowel_of(kt_utf8_before(p, p + n, &len));
	if (vowel != 1 && vowel != 3 && !is_short_verb(p, n))
		return false;
	kt_buf_put(out, p, n);
	kt_buf_puts(out, "て");
	return true;
}

/* One sentence without its 。; what is no ending of the guideline stays. */
static void
put_sentence(struct kt_buf *out, const char *p, size_t n)
{
	static const struct turn whole[] = {
		{ "ことも可能とする", "ことができる" },
		{ "であること", "でなければならない" },
		{ "とすること", "とする" },
		/* What suffices is no duty. */
		{ "足りること", "足りるものとする" },
	};
	const struct turn *t = turn_of(whole, KT_COUNT(whole), p, n);
	size_t begin = out->len;

	if (t != NULL) {
		put_turned(out, t, p, n);
		return;
	}
	if (kt_ends_with(p, n, "ないこと") &&
	    put_te(out, p, n - strlen("ないこと"))) {
		kt_buf_puts(out, "はならない");
		return;
	}
	kt_buf_cut(out, begin);
	if (!kt_ends_with(p, n, "ないこと") && kt_ends_with(p, n, "こと") &&
	    put_negative(out, p, n - strlen("こと"))) {
		kt_buf_puts(out, "なければならない");
		return;
	}
	kt_buf_cut(out, begin);
	kt_buf_put(out, p, n);
}

void
kt_endings_say(struct kt_buf *out, const char *p, size_t n)
{
	const char *end = p + n, *from = p;
	unsigned depth = 0, len;

	while (p < end) {
		uint32_t c = kt_utf8_at(p, &len);

		if (c == '(' || c == 0xff08 || c == 0x300c)
			depth++;
		else if ((c == ')' || c == 0xff09 || c == 0x300d) && depth > 0)
			depth--;
		if (c == 0x3002 && depth == 0) { /* 。 */
			put_sentence(out, from, (size_t)(p - from));
			kt_buf_put(out, p, len);
			from = p + len;
		}
		p += len;
	}
	kt_buf_put(out, from, (size_t)(end - from));
}

/* ---- what a document does ----------------------------------------------- */

static size_t
count(const char *p, const char *word)
{
	size_t n = 0;

	while ((p = strstr(p, word)) != NULL) {
		n++;
		p += strlen(word);
	}
	return n;
}

enum kt_endings
kt_endings_of(const struct kt_doc *city, const struct kt_vocabulary *v)
{
	size_t rule = 0, as_is = 0;

	if (v != NULL && kt_vocabulary_endings(v) != KT_ENDINGS_AUTO)
		return kt_vocabulary_endings(v);
	for (size_t i = 0; i < city->count; i++) {
		const char *text = city->nodes[i]->text;

		rule += count(text, "ならない。") + count(text, "ものとする。");
		as_is += count(text, "こと。");
	}
	return as_is > rule ? KT_ENDINGS_AS_IS : KT_ENDINGS_RULE;
}
