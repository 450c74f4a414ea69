/* SPDX-License-Identifier: MIT */
/*
 * Words by ICU's Japanese dictionary, numbers with their units kept whole,
 * and sentences.  Words cost twenty times a pass over the text: cut only
 * clauses that changed.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <unicode/ubrk.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>

#include <assert.h>
#include <stdlib.h>

#include "text_int.h"

/*
 * ICU gets at most MOST units of UTF-16 at once, and no more than it needs
 * past ENOUGH: the dictionary never joins words across 、 or 。, so a cut
 * there changes nothing, and memory stays bounded whatever the clause.
 */
#define ENOUGH 512
#define MOST 8192

struct kt_words {
	UBreakIterator *breaks; /* opened at the first use */
	UChar text[MOST + 2];
	struct kt_word *word;
	size_t nwords, words_cap;
	uint32_t *end;
	size_t nends, ends_cap;
	struct open {
		uint32_t at;
		unsigned kind; /* index in `brackets` */
	} * open;
	size_t nopen, open_cap;
};

struct kt_words *
kt_words_new(void)
{
	return kt_calloc(1, sizeof(struct kt_words));
}

void
kt_words_free(struct kt_words *w)
{
	if (w == NULL)
		return;
	if (w->breaks != NULL)
		ubrk_close(w->breaks);
	free(w->word);
	free(w->end);
	free(w->open);
	free(w);
}

const char *
kt_icu_version(void)
{
	return U_ICU_VERSION;
}

/* ---- words --------------------------------------------------------------- */

static enum kt_word_kind
kind_at(const char *p)
{
	unsigned len;

	switch (kt_script_of(kt_utf8_at(p, &len))) {
	case KT_S_SPACE:
		return KT_W_SPACE;
	case KT_S_PUNCT:
		return KT_W_PUNCT;
	case KT_S_DIGIT:
		return KT_W_NUMBER;
	case KT_S_LATIN:
	case KT_S_HIRAGANA:
	case KT_S_KATAKANA:
	case KT_S_KANJI:
	case KT_S_OTHER:
		break;
	}
	return KT_W_WORD;
}

/* Add a word, or lengthen the run of blanks before it. */
static void
add(struct kt_words *w, size_t start, size_t end, enum kt_word_kind kind)
{
	struct kt_word *last = w->nwords == 0 ? NULL : &w->word[w->nwords - 1];

	if (start == end)
		return;
	if (last != NULL && kind == KT_W_SPACE && last->kind == KT_W_SPACE) {
		last->len += (uint32_t)(end - start);
		return;
	}
	KT_GROW(w->word, w->nwords, w->words_cap);
	w->word[w->nwords++] = (struct kt_word){ .start = (uint32_t)start,
		.len = (uint32_t)(end - start),
		.kind = kind };
}

/* Copy a piece of the text as UTF-16; its length in bytes. */
static size_t
fill(struct kt_words *w, int32_t *units, const char *p, size_t n)
{
	size_t i = 0;
	int32_t k = 0;
	unsigned len;

	while (i < n && k < MOST) {
		uint32_t c = kt_utf8_at(p + i, &len);

		U16_APPEND_UNSAFE(w->text, k, (UChar32)c);
		i += len;
		if (k >= ENOUGH && (c == 0x3001 || c == 0x3002))
			break;
	}
	*units = k;
	return i;
}

static void
set_text(struct kt_words *w, int32_t units)
{
	UErrorCode err = U_ZERO_ERROR;

	if (w->breaks == NULL)
		w->breaks = ubrk_open(UBRK_WORD, "ja", w->text, units, &err);
	else
		ubrk_setText(w->breaks, w->text, units, &err);
	/* The dictionary is part of ICU's data: only memory can lack. */
	if (U_FAILURE(err))
		kt_no_memory();
}

/* Words of the bytes from `start` to `end` of the clause. */
static void
cut_run(struct kt_words *w, const char *p, size_t start, size_t end)
{
	while (start < end) {
		int32_t units, unit = 0, next;
		size_t piece = fill(w, &units, p + start, end - start);
		size_t from = start, at = start;
		unsigned len;

		set_text(w, units);
		while ((next = ubrk_next(w->breaks)) != UBRK_DONE) {
			for (; unit < next; at += len)
				unit +=
				    kt_utf8_at(p + at, &len) > 0xffff ? 2 : 1;
			add(w, from, at, kind_at(p + from));
			from = at;
		}
		start += piece;
	}
}

size_t
kt_words_cut(
    struct kt_words *w, const struct kt_word **out, const char *p, size_t n)
{
	size_t done = 0, i = 0;
	unsigned len;

	assert(n <= UINT32_MAX);
	w->nwords = 0;
	while (i < n) {
		enum kt_quantity kind;
		size_t used = kt_quantity_read(NULL, &kind, p, p + i, p + n);

		if (used == 0) {
			kt_utf8_at(p + i, &len);
			i += len;
			continue;
		}
		cut_run(w, p, done, i);
		add(w, i, i + used,
		    kind == KT_Q_LABEL ? KT_W_WORD : KT_W_NUMBER);
		i += used;
		done = i;
	}
	cut_run(w, p, done, n);
	*out = w->word;
	return w->nwords;
}

/* ---- sentences ----------------------------------------------------------- */

static const struct {
	uint32_t open, close;
} brackets[] = {
	{ 0x300c, 0x300d }, /* 「 」 */
	{ 0x300e, 0x300f }, /* 『 』 */
	{ 0xff08, 0xff09 }, /* （ ） */
	{ '(', ')' }, { 0x3014, 0x3015 }, /* 〔 〕 */
	{ 0x3010, 0x3011 }, /* 【 】 */
	{ 0xff3b, 0xff3d }, /* ［ ］ */
};
#define BRACKETS KT_COUNT(brackets)

/* The brackets open at this place, counted by kind. */
struct depth {
	size_t of[BRACKETS];
};

/* What stands in a pair of brackets does not end a sentence.  An opening
 * bracket that is never closed takes nothing back. */
static void
close_bracket(struct kt_words *w, struct depth *depth, unsigned kind)
{
	struct open top;

	if (depth->of[kind] == 0)
		return;
	do {
		top = w->open[--w->nopen];
		depth->of[top.kind]--;
	} while (top.kind != kind);
	while (w->nends > 0 && w->end[w->nends - 1] > top.at)
		w->nends--;
}

/* Is c a bracket?  Opening ones are put on the stack, closing ones taken. */
static void
see_bracket(struct kt_words *w, struct depth *depth, uint32_t c, size_t at)
{
	for (unsigned k = 0; k < BRACKETS; k++) {
		if (c == brackets[k].open) {
			KT_GROW(w->open, w->nopen, w->open_cap);
			w->open[w->nopen++] = (struct open){ (uint32_t)at, k };
			depth->of[k]++;
		} else if (c == brackets[k].close) {
			close_bracket(w, depth, k);
		}
	}
}

/* End of the white space at p + i. */
static size_t
skip_space(const char *p, size_t i, size_t n)
{
	unsigned len;

	for (; i < n; i += len)
		if (!kt_is_space(kt_utf8_at(p + i, &len)))
			break;
	return i;
}

size_t
kt_sentences_cut(
    struct kt_words *w, const uint32_t **ends, const char *p, size_t n)
{
	struct depth depth = { { 0 } };
	unsigned len;

	assert(n <= UINT32_MAX);
	w->nends = w->nopen = 0;
	for (size_t i = 0; i < n; i += len) {
		uint32_t c = kt_utf8_at(p + i, &len);

		if (c == 0x3002 || c == 0xff61) {
			KT_GROW(w->end, w->nends, w->ends_cap);
			w->end[w->nends++] =
			    (uint32_t)skip_space(p, i + len, n);
		} else {
			see_bracket(w, &depth, c, i);
		}
	}
	if (n > 0 && (w->nends == 0 || w->end[w->nends - 1] < n)) {
		KT_GROW(w->end, w->nends, w->ends_cap);
		w->end[w->nends++] = (uint32_t)n;
	}
	*ends = w->end;
	return w->nends;
}
