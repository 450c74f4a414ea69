/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_MATCH_H
#define KAITEI_MATCH_H

/*
 * match: which clauses of a city's text answer to which of the guideline, N
 * to M, though the two are built differently and say the same in other words.
 * reference: compare.md §4, §6 C and D, §7.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>

struct kt_diag;

/* ---- vocabulary.c: the city's words for the guideline's ---------------- */

/* How the guideline's endings are said in the city's text. */
enum kt_endings {
	KT_ENDINGS_AUTO, /* as the city's text mostly does */
	KT_ENDINGS_RULE, /* 規程: しなければならない。, してはならない。 */
	KT_ENDINGS_AS_IS /* 例文: すること。, しないこと。 */
};

/* 情報システム管理者 → システム管理者, 地方公共団体 → 本市. */
struct kt_vocabulary;

struct kt_vocabulary *kt_vocabulary_new(enum kt_endings endings);
void kt_vocabulary_free(struct kt_vocabulary *v);
/* Later entries for the same word win; an empty city word takes it out.  Both
 * are copied. */
void kt_vocabulary_add(
    struct kt_vocabulary *v, const char *guideline, const char *city);
size_t kt_vocabulary_count(const struct kt_vocabulary *v);
enum kt_endings kt_vocabulary_endings(const struct kt_vocabulary *v);
/* The guideline's words as the city says them, appended: longest word first,
 * whole words only (a 責任者 inside 統括責任者 stays).  Endings apart. */
void kt_vocabulary_say(
    const struct kt_vocabulary *v, struct kt_buf *out, const char *p, size_t n);
/* すること。 → しなければならない。, しないこと。 → してはならない。, at the
 * end of each sentence; what it cannot inflect stays. */
void kt_endings_say(struct kt_buf *out, const char *p, size_t n);
/* What the vocabulary asks for; for AUTO, or no vocabulary, what the city's
 * text does: KT_ENDINGS_RULE or KT_ENDINGS_AS_IS. */
enum kt_endings kt_endings_of(
    const struct kt_doc *city, const struct kt_vocabulary *v);

/* ---- provision.c: what there is to be answered to ----------------------- */

/* A stretch of a provision's wording: the text of one node. */
struct kt_piece {
	const struct kt_node *node;
	uint32_t start, len;
};

/*
 * The smallest clause that says something by itself: a 項 or 項番 entry with
 * what it lists, a definition, a row of a table, the words under a heading.
 * Of an enumeration behind 次に掲げる… the whole is one provision.
 */
struct kt_provision {
	const struct kt_node *node; /* by which it is cited */
	const struct kt_node *heading; /* caption above it, or NULL */
	struct kt_stretch as_written;
	struct kt_stretch said; /* in the city's words and endings */
	const struct kt_piece *pieces; /* of as_written */
	size_t npieces;
};

struct kt_provisions {
	struct kt_arena *arena;
	const struct kt_doc *doc;
	struct kt_provision *at; /* in order of the text */
	uint32_t count;
	uint32_t *of; /* by node id: the provision its text is of, or
			 UINT32_MAX */
};

/*
 * Provisions of a document.  解説, 注, 目次 and 附則 hold none.  In a guideline
 * that marks its example texts (a 編 or 章 named 例文) only these and the
 * definitions count; what is named 解説 never does.  `v` (NULL leaves the
 * words) and `endings` (KT_ENDINGS_RULE turns them) make `said`.  Borrows the
 * document.
 */
struct kt_provisions *kt_provisions_new(const struct kt_doc *doc,
    const struct kt_vocabulary *v, enum kt_endings endings);
void kt_provisions_free(struct kt_provisions *p);
/* Wordings of several, a line each, as one text in the arena: `said`, or as
 * written. */
struct kt_stretch kt_provisions_join(struct kt_arena *arena,
    const struct kt_provisions *p, const uint32_t *which, uint32_t n,
    bool said);

/* ---- links.c: links that people confirmed ------------------------------- */

/*
 * A tab-separated file that people edit, one link a line:
 *
 *   city  guideline  relation  note  city_words  guideline_words
 *
 * Addresses as everywhere; relation equal near partial differs, or none for
 * a clause without counterpart (the other address is -), or not for a pair
 * that is no link.  The words are the opening of each clause: where a clause
 * was renumbered they find it again.  # begins a remark, the first line may
 * name the columns.
 */
struct kt_confirmed;

/* KT_EINPUT with line and fault for what is no such file. */
int kt_confirmed_read(struct kt_confirmed **out, const char *name,
    const char *bytes, size_t n, struct kt_diag *d);
void kt_confirmed_free(struct kt_confirmed *c);

/* ---- match.c ------------------------------------------------------------ */

struct kt_match_how {
	const struct kt_vocabulary *vocabulary; /* or NULL */
	const struct kt_confirmed *confirmed; /* or NULL */
};

/*
 * *out borrows both documents: free it before them.  Confirmed links win over
 * guesses; those whose clauses are not found are reported and left out.
 * Never fails on finished documents.
 */
void kt_match(struct kt_links **out, const struct kt_doc *city,
    const struct kt_doc *guideline, const struct kt_match_how *how,
    struct kt_diag *d);

/* ---- propose.c ---------------------------------------------------------- */

/* A word of the guideline that the linked clauses of the city replace. */
struct kt_word_proposal {
	const char *guideline, *city;
	uint32_t times; /* so often by this word … */
	uint32_t seen; /* … of so many linked clauses that have it */
};

/* What the vocabulary lacks, by the links: most frequent first, in the arena
 * of the links.  Returns how many. */
size_t kt_vocabulary_propose(
    const struct kt_word_proposal **out, const struct kt_links *links);

#endif
