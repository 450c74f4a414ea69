/* SPDX-License-Identifier: MIT */
/*
 * Terms that a document defines for itself: （以下「法」という。）,
 * 「端末機」とは、…をいう。
 */
#include "ref_int.h"

#include <stdlib.h>
#include <string.h>

/* Longest term, in bytes. */
#define TERM_MOST 180
/* How far before a term its 以下 may stand. */
#define LEAD_MOST 180

#define OPEN "「"
#define CLOSE "」"
#define SIGN strlen(OPEN)

/* The 「 that the 」 at `close` ends, or NULL when it is too far. */
static const char *
opening_of(const char *begin, const char *close)
{
	const char *least =
	    (size_t)(close - begin) > TERM_MOST ? close - TERM_MOST : begin;
	unsigned depth = 0;

	for (const char *p = close; (size_t)(p - least) >= SIGN;) {
		p--;
		if (memcmp(p, CLOSE, SIGN) == 0)
			depth++;
		else if (memcmp(p, OPEN, SIGN) == 0 && depth-- == 0)
			return p;
	}
	return NULL;
}

/* The round bracket that is open at p, within reach; NULL when none is. */
static const char *
bracket_before(const char *begin, const char *p)
{
	const char *least =
	    (size_t)(p - begin) > LEAD_MOST ? p - LEAD_MOST : begin;
	unsigned depth = 0, len;

	while (p > least) {
		uint32_t c = kt_utf8_before(begin, p, &len);

		p -= len;
		if (c == ')' || c == 0xff09)
			depth++;
		else if ((c == '(' || c == 0xff08) && depth-- == 0)
			return p;
		else if (c == 0x3002 && depth == 0)
			break; /* 。: what was before is another sentence */
	}
	return NULL;
}

static bool
contains(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	for (; (size_t)(end - p) >= n; p++)
		if (memcmp(p, word, n) == 0)
			return true;
	return false;
}

/* この条において「…」という, 以下この節において: not for the whole. */
static bool
is_local(const char *p, const char *end)
{
	return contains(p, end, "において") || contains(p, end, "に限り");
}

/*
 * Does the definition stand behind the document's own name: この規程, or この
 * with a title?  Only names may follow この, no particles.
 */
static bool
is_own(const char *begin, const char *open)
{
	const char *p = open;
	unsigned len;

	while (p > begin) {
		enum kt_script s = kt_script_of(kt_utf8_before(begin, p, &len));

		if (s != KT_S_KANJI && s != KT_S_KATAKANA && s != KT_S_LATIN)
			break;
		p -= len;
	}
	if (p == open)
		return false;
	if ((size_t)(p - begin) >= strlen("この") &&
	    memcmp(p - strlen("この"), "この", strlen("この")) == 0)
		return true;
	return kt_word_at(p, open, "本") > 0 &&
	       (p == begin ||
		   kt_script_of(kt_utf8_before(begin, p, &len)) == KT_S_PUNCT);
}

static void
add_term(struct kt_terms *terms, const struct kt_node *node, const char *quote,
    const char *close)
{
	const char *begin = node->text;
	const char *open = bracket_before(begin, quote);
	struct kt_term term = { .node = node };

	term.start = (uint32_t)(quote + SIGN - begin);
	term.len = (uint32_t)(close - quote - (ptrdiff_t)SIGN);
	term.open = (uint32_t)((open == NULL ? quote : open) - begin);
	term.local = open != NULL && is_local(open, quote);
	term.own = open != NULL && is_own(begin, open);
	if (term.len == 0)
		return;
	if (term.own) {
		KT_GROW(terms->own, terms->nown, terms->own_cap);
		terms->own[terms->nown++] = terms->count;
	}
	KT_GROW(terms->at, terms->count, terms->cap);
	terms->at[terms->count++] = term;
}

/* 」という。, 」と総称する。 close a definition in brackets; 」とは begins one.
 */
static bool
defines(const char *p, const char *end)
{
	return kt_word_at(p, end, "という") > 0 ||
	       kt_word_at(p, end, "と総称") > 0 ||
	       kt_word_at(p, end, "と略称") > 0 ||
	       kt_word_at(p, end, "といいます") > 0 ||
	       kt_word_at(p, end, "とは、") > 0;
}

/* The next 」, by its last byte: its first begins every other character. */
static const char *
next_close(const char *p, const char *end)
{
	if ((size_t)(end - p) < SIGN)
		return NULL;
	for (p += SIGN - 1; p < end; p++) {
		p = memchr(p, CLOSE[2], (size_t)(end - p));
		if (p == NULL)
			return NULL;
		if (memcmp(p - 2, CLOSE, SIGN) == 0)
			return p - 2;
	}
	return NULL;
}

static void
find_in(struct kt_terms *terms, const struct kt_node *node)
{
	const char *begin = node->text, *end = begin + node->len;
	const char *p = begin;

	while ((p = next_close(p, end)) != NULL) {
		if (defines(p + SIGN, end)) {
			const char *quote = opening_of(begin, p);

			if (quote != NULL)
				add_term(terms, node, quote, p);
		}
		p += SIGN;
	}
}

void
kt_terms_find(struct kt_terms *terms, const struct kt_doc *doc)
{
	*terms = (struct kt_terms){ .at = NULL };
	for (size_t id = 0; id < doc->count;) {
		const struct kt_node *at = doc->nodes[id];

		/* What is quoted is defined elsewhere. */
		if (at->kind == KT_QUOTE || at->kind == KT_TOC) {
			id = kt_node_end(doc, at);
			continue;
		}
		find_in(terms, at);
		id++;
	}
}

void
kt_terms_release(struct kt_terms *terms)
{
	free(terms->at);
	free(terms->own);
	*terms = (struct kt_terms){ .at = NULL };
}
