/* SPDX-License-Identifier: MIT */
#ifndef KT_MATCH_INT_H
#define KT_MATCH_INT_H

/*
 * What the files of this layer share.  A match runs in these passes:
 *
 *   provision.c  both documents: what there is to be answered to
 *   align.c      pairs: candidates by rare 3-grams, best first, in rounds
 *   grow.c       more partners for what a pair leaves unsaid
 *   reword.c     pairs that share few words, marked as doubtful, by single
 *                kanji and by words that say about the same (synonym.c)
 *   confirm.c    the links of people, before all guesses
 *   scope.c      what a clause is about, and what not
 *   compare.c    the links: words that differ, relation, doubts
 *
 * Provisions are spoken of by their place in the list; side 0 is the city's.
 */

#include <kaitei/match.h>
#include <kaitei/base.h>
#include <kaitei/text.h>

#define NONE UINT32_MAX

/* A pair worth comparing. */
struct pair {
	uint32_t at[2]; /* city's, guideline's */
	uint32_t common; /* weight of the grams in both */
	uint32_t like; /* per mille: common against both weights */
	uint32_t bonus; /* per mille: what headings and neighbours say */
	uint32_t score; /* likeness raised by it */
	bool taken;
};

struct side {
	const struct kt_provisions *p;
	uint32_t n;
	struct kt_bag *bag; /* of what it says */
	struct kt_bag *rest; /* of what its partners do not say */
	struct kt_bag *heading; /* of the captions above it */
	uint32_t *partner; /* one of its partners, or NONE */
	uint32_t *partners; /* how many */
	uint8_t *fixed; /* confirmed: not to be guessed at */
	uint8_t *goes_on; /* この場合において…: a part of what the one before
			     it answers to, if of anything */
	struct kt_scope **scopes; /* verbs before nouns, of what it says */
	uint32_t *nscopes;
	uint32_t *first; /* of provision i: byplace[first[i]] … of the pairs */
	uint32_t *list;
};

struct edge {
	uint32_t at[2];
	bool confirmed;
	bool reworded; /* found by little: doubtful */
	enum kt_link_relation relation; /* of a confirmed one; else RELATIONS */
	const char *note;
};

struct align {
	struct kt_arena *arena;
	struct side side[2];
	struct kt_grams *grams, *captions;
	struct kt_notation *notation;
	struct pair *pairs; /* by place */
	size_t npairs;
	struct edge *edges;
	size_t nedges, edges_cap;
	bool parts_wait; /* what goes on is paired last */
	uint64_t *refused; /* confirmed to be no link; sorted */
	size_t nrefused, refused_cap;
};

/* ---- align.c ---- */

/* What a provision says, references apart, by one spelling. */
void kt_align_fold(
    struct align *a, struct kt_buf *out, const struct kt_stretch *s);
/* The two headings from h upwards. */
void kt_align_fold_heading(
    struct align *a, struct kt_buf *out, const struct kt_node *h);
/* Per mille: what is common against the mean of both weights. */
uint32_t kt_align_likeness(uint32_t common, uint32_t x, uint32_t y);
/* The greatest integer whose square is not above. */
uint32_t kt_align_root(uint64_t square);
void kt_align_new(struct align *a, const struct kt_provisions *city,
    const struct kt_provisions *guideline);
void kt_align_free(struct align *a);
/* A link between two provisions; what each says of the other is explained. */
void kt_align_link(
    struct align *a, uint32_t city, uint32_t guideline, struct edge about);
bool kt_align_refused(const struct align *a, uint32_t city, uint32_t guideline);
void kt_align_run(struct align *a);

/* ---- scope.c ---- */

struct kt_scope;

/* Verbs that stand before a noun; how many. */
uint32_t kt_scopes(
    struct kt_arena *arena, struct kt_scope **out, const char *text, size_t n);
/* Is one about what the other excludes? */
bool kt_align_opposite(
    const struct align *a, uint32_t city, uint32_t guideline);

/* ---- grow.c ---- */

/* Free provisions that say what a linked one's partners leave unsaid become
 * partners too. */
void kt_align_grow(struct align *a);

/* ---- reword.c ---- */

/* Pairs of what is left, by single kanji, headings and neighbours. */
void kt_align_reword(struct align *a);

/* ---- synonym.c ---- */

struct kt_synonyms;

struct kt_synonyms *kt_synonyms_new(struct align *a);
void kt_synonyms_free(struct kt_synonyms *s);
/* A sign for each group of words of which the text has one. */
void kt_synonyms_put(const struct kt_synonyms *s, struct kt_grams *g,
    const char *text, size_t n,
    void (*put)(struct kt_grams *, const char *, size_t));

/* ---- confirm.c ---- */

void kt_confirm(
    struct align *a, const struct kt_confirmed *c, struct kt_diag *d);

/* ---- links.c ---- */

struct confirmed_line {
	const char *address[2]; /* "" for - */
	const char *words[2];
	const char *note;
	enum kt_link_relation relation; /* RELATIONS when not said */
	bool none, no; /* no counterpart; no link */
	size_t line;
};

struct kt_confirmed {
	struct kt_arena *arena;
	const char *name;
	struct confirmed_line *at;
	size_t count, cap;
};

/* ---- compare.c ---- */

/* The edges become links. */
void kt_align_links(struct align *a, struct kt_links *out);

#endif
