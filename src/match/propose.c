/* SPDX-License-Identifier: MIT */
/*
 * Words of the guideline that the linked clauses of the city replace by one
 * of their own, again and again: what the vocabulary lacks.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define TIMES_LEAST 2
#define SHARE_LEAST 500 /* per mille of the clauses that have the word */
#define CHARACTERS_LEAST 2
#define CHARACTERS_MOST 24
#define LIKE_LEAST 400

struct seen {
	const char *from, *to;
	uint64_t around; /* of the words beside it */
};

struct found {
	struct seen *at;
	size_t n, cap;
};

static bool
is_noun(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN ||
	       c == 0xff08 || c == 0xff09;
}

/* Does a word begin or end with one of these? */
static bool
has_edge(const char *p, uint32_t n, bool end)
{
	/* その他の, 各; 及び, 又は, 並びに, 若しくは, cut off their kana. */
	static const char *const first[] = { "他", "各", "同", "当該" };
	static const char *const last[] = { "及", "又", "並", "若", "且" };

	for (size_t i = 0; i < (end ? KT_COUNT(last) : KT_COUNT(first)); i++) {
		const char *word = end ? last[i] : first[i];
		size_t len = strlen(word);

		if (n > len && memcmp(end ? p + n - len : p, word, len) == 0)
			return true;
	}
	return false;
}

static bool
is_name(const char *p, uint32_t n)
{
	const char *end = p + n;
	size_t characters = 0;
	int depth = 0;
	unsigned len;

	if (has_edge(p, n, false) || has_edge(p, n, true))
		return false;
	for (; p < end; p += len, characters++) {
		uint32_t c = kt_utf8_at(p, &len);

		depth += (c == 0xff08) - (c == 0xff09);
		if (!is_noun(c) || depth < 0)
			return false;
	}
	return depth == 0 && characters >= CHARACTERS_LEAST &&
	       characters <= CHARACTERS_MOST;
}

/* What stands before and behind: a sentence that many clauses repeat says a
 * thing once. */
static uint64_t
hash_around(const struct kt_span *spans, size_t n, size_t i, size_t width)
{
	uint64_t sum = 0;

	if (i > 0)
		sum = kt_hash(spans[i - 1].text, spans[i - 1].len, 0);
	if (i + width < n)
		sum = kt_hash(spans[i + width].text, spans[i + width].len, sum);
	return sum;
}

/* A replaced word with what of the name stands around it: the end of the
 * stretch before, the beginning of the one behind. */
static void
put_pair(struct found *f, struct kt_arena *arena, const struct kt_span *spans,
    size_t n, size_t i, size_t width)
{
	struct kt_buf word[2] = { KT_BUF_INIT, KT_BUF_INIT };
	uint32_t before = 0, behind = 0;
	unsigned len;

	if (i > 0 && spans[i - 1].op == '=') {
		const struct kt_span *s = &spans[i - 1];

		while (before < s->len && is_noun(kt_utf8_before(s->text,
					      s->text + s->len - before, &len)))
			before += len;
		for (int k = 0; k < 2; k++)
			kt_buf_put(&word[k], s->text + s->len - before, before);
	}
	for (size_t k = 0; k < width; k++)
		kt_buf_put(&word[spans[i + k].op == '+'], spans[i + k].text,
		    spans[i + k].len);
	if (i + width < n && spans[i + width].op == '=') {
		const struct kt_span *s = &spans[i + width];

		while (behind < s->len &&
		       is_noun(kt_utf8_at(s->text + behind, &len)))
			behind += len;
		for (int k = 0; k < 2; k++)
			kt_buf_put(&word[k], s->text, behind);
	}
	if (is_name(word[0].p, (uint32_t)word[0].len) &&
	    is_name(word[1].p, (uint32_t)word[1].len)) {
		KT_GROW(f->at, f->n, f->cap);
		f->at[f->n++] = (struct seen){ kt_arena_strndup(arena,
						   word[0].p, word[0].len),
			kt_arena_strndup(arena, word[1].p, word[1].len),
			hash_around(spans, n, i, width) };
	}
	kt_buf_release(&word[0]);
	kt_buf_release(&word[1]);
}

static void
find_in(struct found *f, struct kt_arena *arena, const struct kt_link *l)
{
	for (size_t i = 0; i < l->nspans; i++) {
		size_t width = 1;

		if (l->spans[i].op == '=' ||
		    l->spans[i].class == KT_SC_NOTATION ||
		    l->spans[i].class == KT_SC_REF_FOLLOWED)
			continue;
		if (i + 1 < l->nspans && l->spans[i + 1].op != '=')
			width = 2;
		put_pair(f, arena, l->spans, l->nspans, i, width);
		i += width - 1;
	}
}

static int
by_words(const void *x, const void *y)
{
	const struct seen *a = x, *b = y;
	int c = strcmp(a->from, b->from);

	return c != 0 ? c : strcmp(a->to, b->to);
}

static int
by_place(const void *x, const void *y)
{
	const struct seen *a = x, *b = y;
	int c = by_words(x, y);

	return c != 0 ? c : a->around < b->around ? -1 : a->around > b->around;
}

/* In how many links does the guideline say it? */
static uint32_t
count_links(const struct kt_links *links, const char *word)
{
	uint32_t n = 0;
	struct kt_buf text = KT_BUF_INIT;

	for (size_t i = 0; i < links->count; i++) {
		const struct kt_link *l = &links->at[i];

		if (l->score < LIKE_LEAST)
			continue;
		kt_buf_clear(&text);
		for (size_t k = 0; k < l->nspans; k++)
			if (l->spans[k].op != '+')
				kt_buf_put(
				    &text, l->spans[k].text, l->spans[k].len);
		n += strstr(text.p, word) != NULL;
	}
	kt_buf_release(&text);
	return n;
}

/* How often does a text say a word, as a word? */
static uint32_t
count_in(const struct kt_doc *doc, const char *word)
{
	size_t n = strlen(word);
	uint32_t times = 0;
	unsigned len;

	for (size_t i = 0; i < doc->count; i++) {
		const char *text = doc->nodes[i]->text, *at = text;

		for (; (at = strstr(at, word)) != NULL; at += n)
			times += (at == text || !is_noun(kt_utf8_before(
						    text, at, &len))) &&
				 (at[n] == '\0' ||
				     !is_noun(kt_utf8_at(at + n, &len)));
	}
	return times;
}

/* Do both texts know both words?  Then they are different things. */
static bool
is_other_thing(const struct kt_links *links, const struct kt_word_proposal *p)
{
	return count_in(links->city, p->guideline) * 2 > p->times ||
	       count_in(links->guideline, p->city) * 2 > p->times;
}

/* Does a more frequent one say it already: 施設等 of 施設? */
static bool
is_implied(const struct kt_word_proposal *made, size_t n,
    const struct kt_word_proposal *p)
{
	bool found = false;

	for (size_t i = 0; i < n && !found; i++) {
		const char *at = strstr(p->guideline, made[i].guideline);
		struct kt_buf said = KT_BUF_INIT;

		if (at == NULL)
			continue;
		kt_buf_put(&said, p->guideline, (size_t)(at - p->guideline));
		kt_buf_puts(&said, made[i].city);
		kt_buf_puts(&said, at + strlen(made[i].guideline));
		found = strcmp(said.p, p->city) == 0;
		kt_buf_release(&said);
	}
	return found;
}

static int
by_times(const void *x, const void *y)
{
	const struct kt_word_proposal *a = x, *b = y;

	if (a->times != b->times)
		return a->times > b->times ? -1 : 1;
	return strcmp(a->guideline, b->guideline);
}

static size_t
drop_implied(struct kt_word_proposal *made, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_implied(made, kept, &made[i]))
			made[kept++] = made[i];
	return kept;
}

size_t
kt_vocabulary_propose(
    const struct kt_word_proposal **out, const struct kt_links *links)
{
	struct found f = { 0 };
	struct kt_word_proposal *made;
	size_t n = 0;

	for (size_t i = 0; i < links->count; i++)
		if (links->at[i].score >= LIKE_LEAST)
			find_in(&f, links->arena, &links->at[i]);
	if (f.n > 0)
		qsort(f.at, f.n, sizeof(*f.at), by_place);
	made = KT_NEWN(links->arena, struct kt_word_proposal, f.n);
	for (size_t i = 0; i < f.n;) {
		struct kt_word_proposal p = { f.at[i].from, f.at[i].to, 0, 0 };
		uint32_t places = 0;
		size_t k = i;

		for (; k < f.n && by_words(&f.at[k], &f.at[i]) == 0; k++)
			places +=
			    k == i || f.at[k].around != f.at[k - 1].around;
		p.times = (uint32_t)(k - i);
		if (places >= TIMES_LEAST) {
			p.seen = count_links(links, p.guideline);
			if ((uint64_t)p.times * 1000 >=
				(uint64_t)p.seen * SHARE_LEAST &&
			    !is_other_thing(links, &p))
				made[n++] = p;
		}
		i = k;
	}
	free(f.at);
	if (n > 0)
		qsort(made, n, sizeof(*made), by_times);
	*out = made;
	return drop_implied(made, n);
}
