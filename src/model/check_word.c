/* SPDX-License-Identifier: MIT */
/*
 * Lint of notation: the same word written in two ways in one document (サーバ
 * and サーバー), and endings that official Japanese does not use (行なう). What
 * a document keeps on purpose is in its front matter.
 */
#include "check_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- spellings that a document keeps ------------------------------------ */

#define SPELLINGS_MOST 64

/* Front matter `spellings: [行なう, サーバー]`: as they stand in a text that is
 * in force or was published, and will not be changed for their sake. */
struct kept {
	struct {
		const char *p;
		size_t len;
		bool used;
	} at[SPELLINGS_MOST];
	size_t count;
};

static void
read_kept(struct kept *k, const struct kt_meta *meta)
{
	static const char between[] = "[], \t\n\"'";

	for (size_t i = 0; i < meta->nother; i++) {
		const char *p = meta->other[i][1];

		if (strcmp(meta->other[i][0], "spellings") != 0)
			continue;
		while (k->count < SPELLINGS_MOST) {
			size_t len;

			p += strspn(p, between);
			len = strcspn(p, between);
			if (len == 0)
				break;
			if (len > 1 || *p != '-') {
				k->at[k->count].p = p;
				k->at[k->count++].len = len;
			}
			p += len;
		}
	}
}

static bool
is_kept(struct kept *k, const char *p, size_t len)
{
	for (size_t i = 0; i < k->count; i++)
		if (k->at[i].len == len && memcmp(k->at[i].p, p, len) == 0) {
			k->at[i].used = true;
			return true;
		}
	return false;
}

/* What nothing was found for stays in the list for nothing. */
static void
report_idle(struct kt_checker *c, const struct kept *k)
{
	struct kt_buf word = KT_BUF_INIT;

	for (size_t i = 0; i < k->count; i++) {
		if (k->at[i].used)
			continue;
		kt_buf_clear(&word);
		kt_buf_put(&word, k->at[i].p, k->at[i].len);
		kt_found(c, KT_M_SPELLING_IDLE, c->doc->root, word.p, NULL);
	}
	kt_buf_release(&word);
}

/* ---- long vowels at the end ---------------------------------------------- */

/* A katakana word without the ー at its end, and where it was first seen. */
struct word {
	const char *p;
	size_t len;
	const struct kt_node *node[2]; /* without ー, with ー */
	uint32_t start[2];
};

struct words {
	struct word *at; /* open addressing; len 0 is free */
	size_t room, count;
};

static bool
is_katakana_word(uint32_t c)
{
	return (c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc;
}

static void words_grow(struct words *w);

static struct word *
word_of(struct words *w, const char *p, size_t len)
{
	size_t i;

	if (w->count >= w->room / 2)
		words_grow(w);
	i = (size_t)kt_hash(p, len, 0) & (w->room - 1);
	while (w->at[i].len > 0 &&
	       (w->at[i].len != len || memcmp(w->at[i].p, p, len) != 0))
		i = (i + 1) & (w->room - 1);
	if (w->at[i].len == 0) {
		w->at[i].p = p;
		w->at[i].len = len;
		w->count++;
	}
	return &w->at[i];
}

static void
words_grow(struct words *w)
{
	struct words bigger = { .room = w->room == 0 ? 256 : w->room * 4 };

	bigger.at = kt_calloc(bigger.room, sizeof(*bigger.at));
	for (size_t i = 0; i < w->room; i++)
		if (w->at[i].len > 0)
			*word_of(&bigger, w->at[i].p, w->at[i].len) = w->at[i];
	free(w->at);
	*w = bigger;
}

/* A run of katakana of a node: kept, or found to be written both ways. */
static void
see_word(struct kt_checker *c, struct words *w, struct kept *kept,
    const struct kt_node *node, uint32_t start, uint32_t len)
{
	const char *p = node->text + start;
	size_t sign = strlen("ー"), stem = len;
	struct word *word;
	bool lengthened;
	struct kt_buf other = KT_BUF_INIT;

	while (stem >= sign && memcmp(p + stem - sign, "ー", sign) == 0)
		stem -= sign;
	/* Three characters at least: キ and キー are two words. */
	if (stem < 3 * sign)
		return;
	lengthened = stem < len;
	word = word_of(w, p, stem);
	if (word->node[lengthened] != NULL)
		return;
	word->node[lengthened] = node;
	word->start[lengthened] = start;
	if (word->node[!lengthened] == NULL)
		return;
	kt_buf_put(&other, p, stem);
	kt_buf_puts(&other, lengthened ? "" : "ー");
	if (!is_kept(kept, p, len) && !is_kept(kept, other.p, other.len))
		kt_found_words(
		    c, KT_M_NOTATION_MIXED, node, start, len, other.p);
	kt_buf_release(&other);
}

static void
see_words(struct kt_checker *c, struct words *w, struct kept *kept,
    const struct kt_node *node)
{
	uint32_t start = 0;
	bool inside = false;
	unsigned len;

	for (uint32_t i = 0; i < node->len; i += len) {
		bool katakana =
		    is_katakana_word(kt_utf8_at(node->text + i, &len));

		if (katakana && !inside)
			start = i;
		if (!katakana && inside)
			see_word(c, w, kept, node, start, i - start);
		inside = katakana;
	}
	if (inside)
		see_word(c, w, kept, node, start, node->len - start);
}

/* ---- endings ------------------------------------------------------------- */

/* 送り仮名の付け方 (昭和48年内閣告示第2号), 公用文における漢字使用等について.
 */
static const struct {
	const char *wrong, *right;
} endings[] = {
	{ "行なう", "行う" },
	{ "行なわ", "行わ" },
	{ "行なつ", "行つ" },
	{ "行なっ", "行っ" },
	{ "行ない", "行い" },
	{ "表わす", "表す" },
	{ "表わし", "表し" },
	{ "現われ", "現れ" },
	{ "断わる", "断る" },
	{ "生れる", "生まれる" },
	{ "取り扱かう", "取り扱う" },
	{ "従がう", "従う" },
	{ "従がっ", "従っ" },
	{ "基ずき", "基づき" },
	{ "基ずく", "基づく" },
	{ "ひとつづつ", "一つずつ" },
};

static void
see_endings(struct kt_checker *c, bool *seen, struct kept *kept,
    const struct kt_node *node)
{
	for (size_t i = 0; i < KT_COUNT(endings); i++) {
		const char *p =
		    seen[i] ? NULL : strstr(node->text, endings[i].wrong);

		if (p == NULL)
			continue;
		seen[i] = true;
		if (is_kept(kept, endings[i].wrong, strlen(endings[i].wrong)))
			continue;
		kt_found_at(c, KT_M_NOTATION_OKURI, node,
		    (uint32_t)(p - node->text), endings[i].wrong,
		    endings[i].right);
	}
}

void
kt_check_variants(struct kt_checker *c)
{
	struct words words = { .at = NULL };
	bool seen[KT_COUNT(endings)] = { false };
	struct kept kept = { .count = 0 };

	read_kept(&kept, &c->doc->meta);
	for (const struct kt_node *at = c->doc->root; at != NULL;) {
		if (at->kind == KT_QUOTE) {
			at = kt_node_skip(at, c->doc->root);
			continue;
		}
		if (at->len > 0) {
			see_words(c, &words, &kept, at);
			see_endings(c, seen, &kept, at);
		}
		at = kt_node_next(at, c->doc->root);
	}
	report_idle(c, &kept);
	free(words.at);
}
