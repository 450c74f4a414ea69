/* SPDX-License-Identifier: MIT */
/*
 * Lint of defined terms: （以下「X」という。） that nobody uses, X that is
 * defined twice for the same text, X that is used before.
 */
#include "check_int.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that the search for terms may read before it gives up. */
#define WORK_MOST ((size_t)512 << 20)
/* Shorter terms are words of other sentences too: 法, 市, 職員. */
#define EARLY_LEAST ((size_t)18)

/* Where a search begins and ends: the part of the document in which a term
 * holds. */
struct range {
	const struct kt_node *from;
	uint32_t start; /* into the text of `from` */
	const struct kt_node *end; /* not searched; NULL = the document's */
	bool captions; /* in captions too */
};

static const char *
find_word(const char *p, size_t n, const char *word, size_t len)
{
	const char *end = p + n;

	while ((size_t)(end - p) >= len) {
		p = memchr(p, word[0], (size_t)(end - p) - len + 1);
		if (p == NULL)
			return NULL;
		if (memcmp(p, word, len) == 0)
			return p;
		p++;
	}
	return NULL;
}

/* The first clause of a range that holds a word; NULL when none does. */
static const struct kt_node *
find_in(const struct kt_doc *doc, const struct range *r, const char *word,
    size_t len, size_t *work)
{
	for (const struct kt_node *at = r->from;
	     at != NULL && at != r->end && *work < WORK_MOST;
	     at = kt_node_next(at, doc->root)) {
		uint32_t skip = at == r->from ? r->start : 0;

		*work += at->len - skip + 1;
		if (find_word(at->text + skip, at->len - skip, word, len) !=
		    NULL)
			return at;
		if (r->captions && at != r->from &&
		    find_word(at->caption, strlen(at->caption), word, len) !=
			NULL)
			return at;
	}
	return NULL;
}

/* この条において, この章において …: the clause in which a term holds. */
static const struct kt_node *
clause_of(const struct kt_term *t)
{
	static const struct {
		const char *words;
		enum kt_kind kind;
	} kinds[] = {
		{ "この号", KT_ITEM },
		{ "この項", KT_PARAGRAPH },
		{ "この条", KT_ARTICLE },
		{ "この款", KT_SUBSECTION },
		{ "この節", KT_SECTION },
		{ "この章", KT_CHAPTER },
		{ "この編", KT_PART },
		{ "この附則", KT_SUPPL },
		{ "この表", KT_TABLE },
	};
	const char *lead = t->node->text + t->open;
	size_t n = t->start - t->open;

	for (size_t i = 0; i < KT_COUNT(kinds); i++) {
		const struct kt_node *at;

		/* この項及び次項において holds farther. */
		if (find_word(lead, n, kinds[i].words,
			strlen(kinds[i].words)) == NULL ||
		    find_word(lead, n, "及び", strlen("及び")) != NULL ||
		    find_word(lead, n, "並びに", strlen("並びに")) != NULL ||
		    find_word(lead, n, "から", strlen("から")) != NULL ||
		    find_word(lead, n, "、", strlen("、")) != NULL)
			continue;
		at = kt_node_around(t->node, kinds[i].kind);
		if (at != NULL)
			return at;
	}
	return NULL;
}

static void
check_unused(struct kt_checker *c, const struct kt_term *t, size_t *work)
{
	const struct kt_node *clause = clause_of(t);
	struct range after = { .from = t->node, .start = t->start + t->len };
	const char *word = t->node->text + t->start;

	if (clause == NULL)
		clause = c->doc->root;
	after.end = kt_node_skip(clause, c->doc->root);
	if (find_in(c->doc, &after, word, t->len, work) == NULL &&
	    *work < WORK_MOST)
		kt_found_words(
		    c, KT_M_TERM_UNUSED, t->node, t->start, t->len, NULL);
}

static void
check_early(struct kt_checker *c, const struct kt_term *t, size_t *work)
{
	const struct kt_node *scope = kt_scope_of(c->doc, t->node);
	struct range before = { .from = scope, .end = t->node };
	const char *word = t->node->text + t->start;
	const struct kt_node *used;

	if (t->local || t->len < EARLY_LEAST)
		return;
	used = find_in(c->doc, &before, word, t->len, work);
	if (used != NULL && used->kind != KT_TOC && !kt_is_enclosed(used))
		kt_found_words(c, KT_M_TERM_EARLY, t->node, t->start, t->len,
		    kt_addr(c->doc, used));
}

/* ---- twice --------------------------------------------------------------- */

struct seen {
	uint64_t hash;
	size_t term; /* + 1; 0 = free */
};

static void
check_twice(struct kt_checker *c, struct seen *seen, size_t room, size_t term)
{
	const struct kt_term *t = &c->terms.at[term];
	const struct kt_node *scope = kt_scope_of(c->doc, t->node);
	const char *word = t->node->text + t->start;
	uint64_t hash = kt_hash(word, t->len, scope->id);
	size_t i = (size_t)hash & (room - 1);

	if (t->local || clause_of(t) != NULL)
		return;
	for (; seen[i].term != 0; i = (i + 1) & (room - 1)) {
		const struct kt_term *o = &c->terms.at[seen[i].term - 1];

		if (seen[i].hash != hash || o->len != t->len ||
		    memcmp(o->node->text + o->start, word, t->len) != 0)
			continue;
		kt_found_words(c, KT_M_TERM_REDEFINED, t->node, t->start,
		    t->len, kt_addr(c->doc, o->node));
		return;
	}
	seen[i].hash = hash;
	seen[i].term = term + 1;
}

void
kt_check_terms(struct kt_checker *c)
{
	size_t room = 16, work = 0;
	struct seen *seen;

	while (room < c->terms.count * 2)
		room *= 2;
	seen = kt_calloc(room, sizeof(*seen));
	for (size_t i = 0; i < c->terms.count; i++) {
		const struct kt_term *t = &c->terms.at[i];

		if (kt_is_enclosed(t->node) ||
		    kt_is_supplement(c->doc, t->node))
			continue;
		check_unused(c, t, &work);
		check_early(c, t, &work);
		check_twice(c, seen, room, i);
	}
	free(seen);
}
