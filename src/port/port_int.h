/* SPDX-License-Identifier: MIT */
#ifndef KT_PORT_INT_H
#define KT_PORT_INT_H

/*
 * What the files of this layer share.  A port runs in these passes:
 *
 *   port.c      the guideline's changes become jobs, clause by clause
 *   content.c   the words of a clause that say something
 *   rarity.c    how much words tell
 *   moved.c     clauses that moved are one job, not two
 *   divide.c    words that went from one clause to another
 *   exchanged.c another rule in the same place
 *   doubt.c     how far a link can be trusted
 *   merge.c     one wording onto another, three-way
 *   insert.c    where a new clause goes
 *   draft.c     edits and insertions carried out on a copy
 *   renumber.c  numbers behind an insertion, references to them
 */

#include <kaitei/match.h>
#include <kaitei/port.h>
#include <kaitei/base.h>
#include <kaitei/text.h>

#define NONE UINT32_MAX

/* Words of one node to be replaced. */
struct edit {
	const struct kt_node *node; /* of the city's text */
	uint32_t start, len;
	const char *text;
	bool caption; /* of its caption, whole */
	size_t proposal; /* that it is of */
};

/* A new clause beside one of the city's. */
struct insertion {
	const struct kt_node *beside;
	bool behind;
	const char *text;
	size_t proposal; /* that it is of */
};

struct port {
	struct kt_arena *arena; /* of the result */
	struct kt_proposals *out;
	const struct kt_port_how *how;
	struct kt_provisions *city, *from, *to;
	struct kt_wording *fine, *shown;
	const struct kt_link **linked; /* by id of the old guideline */
	const struct kt_link **linked_new; /* by id of the new one */
	const struct kt_link **answers; /* by id of the city, of the old one */
	const struct kt_link **answers_new; /* of the new one */
	const struct jobs *jobs;
	struct content *city_content, *from_content,
	    *to_content; /* by
			    provision */
	struct edit *edits;
	size_t nedits, edits_cap;
	struct insertion *insertions;
	size_t ninsertions, insertions_cap;
	size_t cap; /* of out->at */
	size_t notes_cap;
	struct kt_diag *diag;
};

/* Provisions that a change is about: places in the lists. */
struct job {
	uint32_t *old, *new;
	uint32_t nold, nnew, old_cap, new_cap;
	const struct kt_change *change; /* the first of them */
	unsigned flags;
	enum kt_fate fate;
	bool divided, united; /* its words are spread otherwise now */
	bool gone; /* part of another job */
	uint32_t with; /* a job that words came from or went to, or NONE:
			  both are carried out or neither */
	bool tied; /* with, or with of another */
	bool mixed; /* words left it and others came, or it moved */
	bool open; /* all that it asked for may be another's now */
	size_t told; /* its proposal + 1; 0 = none yet */
};

struct jobs {
	struct job *at;
	size_t n, cap;
	uint32_t *of_new, *of_old; /* by provision: its job + 1 */
};

/* ---- port.c ---- */

/* All provisions of a job belong to it. */
void kt_port_own(struct jobs *all, const struct job *job);
/* Provisions of a job that another takes over. */
void kt_port_join(struct jobs *all, struct job *into, struct job *more);

/* A proposal with the clauses of a job filled in. */
struct kt_proposal *kt_port_put(struct port *p, const struct job *job,
    enum kt_outcome outcome, enum kt_proposal_why why);
/* City's provisions that answer to old ones of the guideline; in order. */
uint32_t kt_port_city(
    struct port *p, const uint32_t *old, uint32_t n, uint32_t **out);
/* What a proposal put into the draft is taken out again, and it is told as a
 * conflict. */
void kt_port_withdraw(
    struct port *p, struct kt_proposal *out, enum kt_proposal_why why);
/* `before` and `after`, their spans, the clauses and 解説 of them. */
void kt_port_show(struct port *p, struct kt_proposal *out, const uint32_t *city,
    uint32_t n, const char *after);
/* What differs between the guideline's old and new wordings. */
void kt_port_compare_guideline(struct port *p);
void kt_port_note(struct port *p, const char *ja, const char *address);

/* ---- content.c ---- */

/* Runs of kanji, katakana, letters and figures of a text. */
struct word {
	uint64_t hash, before; /* of the word before it, or 0 */
	const char *p;
	uint32_t len;
};

struct content {
	struct word *at; /* by hash */
	uint32_t n, bytes;
	uint64_t signs; /* a bit a word: what has none of a bit has not the
			   word */
};

void kt_content_of(
    struct kt_arena *arena, struct content *out, const struct kt_stretch *text);
/* What is to be done, without who must do it: both are often the same person.
 */
struct kt_stretch kt_content_behind_actor(const struct kt_stretch *text);
/* Who must do it: all before は、. */
struct content kt_content_actor(
    struct kt_arena *arena, const struct kt_stretch *text);
/* What is to be done at last, behind who, when and what for. */
struct kt_stretch kt_content_act(const struct kt_stretch *text);
/* Behind the others; there must be room. */
void kt_content_put(struct content *out, struct word word);
/* Words of x that y has not: each of y's answers to one, 機器 to 通信機器. */
void kt_content_minus(struct kt_arena *arena, struct content *out,
    const struct content *x, const struct content *y);
/* The same, where 機器 does not answer to 通信機器. */
void kt_content_minus_as_written(struct kt_arena *arena, struct content *out,
    const struct content *x, const struct content *y);
/* Bytes of x that stand in y. */
uint64_t kt_content_within(
    struct kt_arena *arena, const struct content *x, const struct content *y);
/* Per mille of the words of either that the other has too. */
uint64_t kt_content_share(const struct content *x, const struct content *y);
/* What every provision says, once for all. */
void kt_port_contents(struct port *p);
/* At a glance: can so many per mille of x, by words or by bytes, be in y? */
bool kt_content_may_hold(
    const struct content *y, const struct content *x, uint32_t per_mille);
/* All words of x in y, as they are written? */
bool kt_content_is_within(const struct content *x, const struct content *y);

/* ---- rarity.c ---- */

/* Bits of words that tell something. */
#define KT_FAR_WEIGHT 6

/* Clauses of both editions that have a word, by its hash. */
struct spread {
	uint64_t hash;
	uint32_t n;
};

/* All clauses of both editions by what they say. */
struct editions {
	const struct content *from, *to; /* by provision */
	uint32_t nfrom, nto;
	struct spread *spreads;
	size_t nspreads;
};

/* Clauses of either edition that may have words that tell; `kept`: or as many
 * of the one as of the other. */
struct bound {
	uint32_t most;
	bool kept;
};

void kt_editions_read(
    struct editions *out, struct port *p, struct kt_arena *arena);
/* Bits by which some words together are told from chance. */
uint32_t kt_editions_weight(
    const struct editions *e, const struct content *words);
/* Bits of words that no clause of either edition has all of by chance. */
uint32_t kt_editions_chance(const struct editions *e);
/* Are words told from chance, and no phrase that comes and goes in many
 * clauses?  A new clause or one that went may have one of these, if as many
 * have it as before. */
bool kt_editions_tell(
    const struct editions *e, const struct content *words, struct bound bound);
/* Has a clause all of the words, those that follow each other in this order? */
bool kt_content_has_phrase(
    const struct content *clause, const struct content *words);

/* ---- moved.c ---- */

/* Two clauses of the same words are one that moved, whatever they were paired
 * with; so are a removed clause and the new one that the same clause of the
 * city answers to, and two that say nearly the same. */
void kt_port_moved(struct port *p, struct jobs *all);

/* ---- divide.c ---- */

/* New clauses whose words a changed one lost, and removed ones whose words it
 * took up, become one job with it.  Changed clauses of which one took up what
 * the other lost are tied to each other. */
void kt_port_divide(struct port *p, struct jobs *all);
/* Of jobs that are tied none is carried out unless all are. */
void kt_port_settle(struct port *p, struct jobs *all);

/* ---- merge.c ---- */

/* Do the words name a clause by its number: ③, 8.3, (2)?  Of the guideline's
 * they would mean nothing in the city's text. */
bool kt_port_names_clause(const char *p, size_t n);

/* Do the old and the new wording differ in notation, place and number only? */
bool kt_port_is_form(struct port *p, const struct job *job);

/* Carry the words that changed between old and new provisions onto those of
 * the city. */
void kt_port_merge(struct port *p, const struct job *job, const uint32_t *city,
    uint32_t ncity);

/* ---- exchanged.c ---- */

/* Is who must do it all that two texts have in common, or a word besides? */
bool kt_port_is_other(const struct kt_stretch *x, const struct kt_stretch *y);
/* Of what is to be done, have they a word in common at most, and others not? */
bool kt_port_shares_one(const struct kt_stretch *x, const struct kt_stretch *y);
/* Or did half of it go and much come?  Must quite another do something else? Of
 * a clause that moved, is quite another thing to be done? */
bool kt_port_is_exchanged(
    const struct kt_stretch *x, const struct kt_stretch *y, bool moved);

/* ---- doubt.c ---- */

/* Is the link under a job sure?  With a rival, or next to no likeness,
 * nothing is applied; over a faint one words are replaced, not put in. */
enum kt_doubt { KT_DOUBT_NONE, KT_DOUBT_FAINT, KT_DOUBT_RIVAL };
enum kt_doubt kt_port_doubt(const struct port *p, const struct job *job);
/* Does another clause of the new guideline say better what one of the city does
 * than those of the old one did?  Or does another of the city say the new
 * words already? */
bool kt_port_is_anothers(const struct port *p, const struct job *job,
    const uint32_t *city, uint32_t n);
/* Have the clauses of the city little of the words of the guideline's?  Or has
 * another clause of either text, which its own links do not account for, more
 * of the other's? */
bool kt_port_is_misplaced(struct port *p, const uint32_t *old, uint32_t nold,
    const uint32_t *city, uint32_t n);

/* ---- insert.c ---- */

/* Put a new clause into the draft; false when its place is not certain. */
bool kt_port_insert(struct port *p, const struct job *job);
/* Tell of one that has no place. */
void kt_port_homeless(struct port *p, const struct job *job);

/* ---- draft.c ---- */

void kt_port_draft(struct port *p);

/* ---- renumber.c ---- */

/* What the draft keeps of the city's text. */
struct renumbering {
	struct port *p;
	struct kt_doc *draft;
	struct kt_node **twin; /* by id of the city: the draft's */
};

/* A number for a new clause and those behind it in its list. */
void kt_renumber_list(struct renumbering *r, struct kt_node *added);
/* References of the city's text that would mean another clause. */
void kt_renumber_references(struct renumbering *r);

#endif
