/* SPDX-License-Identifier: MIT */
#ifndef KT_DRAFT_INT_H
#define KT_DRAFT_INT_H

/* What writing amendments shares: which clause answers to which, in which
 * order their changes are said, and the sentence in the making. */

#include "amend_int.h"

/* ---- plan.c: which clause is which -------------------------------------- */

/*
 * The correspondence of the change list, cut down to what 改め文 can say:
 * clauses that answer to each other lie in clauses that do, and keep their
 * order.  What words cannot change is rewritten whole.
 */
struct kt_plan {
	const struct kt_changes *list;
	const struct kt_doc *old, *new;
	const struct kt_node **to_new, **to_old; /* by id; NULL = none */
	const struct kt_change **text; /* by old id */
	unsigned char *rewrite; /* by new id: enum kt_amend_why */
	unsigned char *careful; /* by new id: quotes must balance */
	unsigned char *apart; /* by old id: taken out and put in anew */
	struct kt_words *words;
	struct kt_sentences cuts, new_cuts; /* work space */
};

void kt_plan_init(struct kt_plan *plan, const struct kt_changes *list);
void kt_plan_release(struct kt_plan *plan);
/* Decide; again after kt_plan_give_up(). */
void kt_plan_make(struct kt_plan *plan);
/* Words do not do for this clause of the new document: rewrite it, or what it
 * lies in; in the end take it out and add it anew.  False when nothing is
 * left to try. */
bool kt_plan_give_up(struct kt_plan *plan, const struct kt_node *new);

/* Clauses with a number of their own: 条 項 号 項番 編 章 節 …. */
bool kt_has_number(const struct kt_node *node);
bool kt_same_number(const struct kt_node *a, const struct kt_node *b);
/* A note of a 別表 of which the heading changes, and can by words. */
bool kt_has_new_label(const struct kt_node *old, const struct kt_node *new);

/* ---- event.c: what happens, in which order ------------------------------ */

enum kt_event_kind { KT_EV_KEEP, KT_EV_ADD, KT_EV_DELETE, KT_EV_REWRITE };

struct kt_event {
	enum kt_event_kind what;
	const struct kt_node *old, *new; /* of ADD, DELETE one only */
	bool done;
};

struct kt_events {
	struct kt_event *at;
	size_t count, cap;
};

/* What became of the children of a pair; with `open`, also of those of the
 * divisions that are there on both sides, in the order of the text. */
void kt_events_list(struct kt_events *out, const struct kt_plan *plan,
    const struct kt_node *old, const struct kt_node *new, bool open);
/* Say each event once: front to back, but room is made before something is
 * added, from the rear (amendment.md §4.1, §6). */
void kt_events_run(struct kt_events *ev,
    void (*say)(void *arg, struct kt_events *ev, size_t i), void *arg);
/* How many events from the ADD number i on are one addition. */
size_t kt_events_run_length(const struct kt_events *ev, size_t i);

/* ---- edit.c, phrase.c: changes of words --------------------------------- */

/* Bytes [start, end) of an old text become those of the new one. */
struct kt_edit {
	const struct kt_node *old, *new;
	size_t start, end, new_start, new_end;
	size_t phrase; /* the phrase that says it */
	bool said; /* already, of a wider place */
};

struct kt_edits {
	struct kt_edit *at; /* in the order of the text */
	size_t count, cap;
};

/* Append what changes the words of a node; sentences added behind or taken
 * off the end are left to the parts before `old_end` and `new_end`. */
void kt_edits_find(struct kt_edits *out, struct kt_plan *plan,
    const struct kt_node *old, const struct kt_node *new, size_t old_end,
    size_t new_end);
/* The same of a change, or of none, for any two texts. */
void kt_edits_of(struct kt_edits *out, struct kt_plan *plan,
    const struct kt_change *change, const struct kt_node *old,
    const struct kt_node *new);
/* Ruby, lines, figures and the like; borders of sentences do not count. */
bool kt_same_marks(const struct kt_node *a, const struct kt_node *b);
bool kt_same_caption_marks(const struct kt_node *a, const struct kt_node *b);
/* Would these words be harder to read than the whole new text? */
bool kt_edits_unreadable(
    const struct kt_edits *edits, size_t first, size_t old_len, size_t new_len);

/* ---- unit.c: units of meaning ------------------------------------------- */

/* Do the bytes hold a number, so that what they are part of is a unit? */
bool kt_unit_holds_number(const char *p, size_t from, size_t to);
/* Does a number or a reference go on over this place? */
bool kt_unit_cuts_number(const char *p, size_t n, size_t at);
/* Do words that are put in make one with a number before or behind them? */
bool kt_unit_joins_number(const struct kt_edit *e, size_t most);
/* Is the character there the letter of a reference: 第二号イ? */
bool kt_unit_is_letter_of_number(const char *p, size_t n, size_t start);
/* Widen to the whole number or reference; to the left only where it is cut,
 * or if `whole`. */
void kt_unit_reference(const char *p, size_t *start, size_t *end, size_t least,
    size_t most, bool whole);
/* Widen to the whole compound, or verb. */
void kt_unit_compound(
    const struct kt_edit *e, size_t *start, size_t *end, size_t most);
/* 配置さ|れる非常勤の: kana that end the word before, and are no particle? */
bool kt_unit_splits_verb(const char *p, size_t at);
/* Where the compound begins of which the bytes are the last word. */
size_t kt_unit_word_before(const char *p, size_t start, size_t end);
/* Where the compound ends of which the bytes are the first word. */
size_t kt_unit_word_behind(
    const char *p, size_t start, size_t end, size_t most);

struct kt_phrase {
	enum kt_op_kind kind; /* REPLACE, INSERT, DELETE */
	char *old, *new; /* as quoted */
};

struct kt_phrases {
	struct kt_phrase *at; /* in the order of the text */
	size_t count, cap;
};

/* Where phrases must not stand besides their edits: a subtree, or of a clause
 * only the words that are none of its 号. */
struct kt_scope {
	const struct kt_node *top;
	bool lead;
};

/* The shortest phrases that, said of the scope, change exactly the edits.
 * False when there are none.  *grown is by how many bytes phrases had to be
 * made longer than the change itself. */
bool kt_phrases_find(struct kt_phrases *out, struct kt_plan *plan,
    struct kt_edits *edits, const struct kt_scope *scope, size_t *grown);
void kt_phrases_release(struct kt_phrases *p);
/* The next node with words that a scope takes in. */
const struct kt_node *kt_scope_next(
    const struct kt_scope *scope, const struct kt_node *node);

/* ---- frame.c: what stands around the sentences -------------------------- */

/* 公布文, number, title, …の一部を次のように改正する。 as lines. */
void kt_frame_begin(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style, const char *number);
/* The number of the instrument: as asked, else of the 附則 that it brings, if
 * that is the only one. */
const char *kt_frame_number(
    const struct kt_amend_style *style, const struct kt_node *only);
/* 附則 of the instrument; if it is the only one, its heading is without the
 * instrument's own number. */
void kt_frame_suppl(struct kt_buf *out, const struct kt_node *node,
    const struct kt_amend_style *style, bool only);
/* 附則 of style->effective; nothing when that is none. */
void kt_frame_effective(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style);
/* Do addresses count 第三条 or 第3条, as the document does? */
enum kt_form kt_form_of_doc(const struct kt_doc *doc);

/* ---- say.c: sentences --------------------------------------------------- */

enum kt_verb {
	KT_V_NONE,
	KT_V_CHANGE, /* 改める */
	KT_V_ADD, /* 加える */
	KT_V_REMOVE, /* 削る */
	KT_V_BECOME, /* とする */
	KT_V_DOWN, /* 繰り下げる */
	KT_V_UP, /* 繰り上げる */
	KT_V_ATTACH, /* 付する */
	KT_VERBS
};

struct kt_said { /* a clause that was said */
	size_t line, column; /* of the text, from 1; characters */
	const struct kt_node *old, *new; /* whose change it is */
};

struct kt_say {
	const struct kt_amend_style *style;
	const struct kt_doc *old;
	struct kt_buf out; /* finished lines */
	struct kt_buf line; /* the sentence, without its last verb */
	enum kt_verb verb;
	const struct kt_node *named; /* last, in this sentence */
	enum kt_form form; /* of numbers in addresses */
	struct kt_num *number; /* by old id: at the start of the sentence */
	const char **label; /* by old id: of a 別表 that was renamed */
	struct kt_moved {
		const struct kt_node *old;
		struct kt_num num;
		const char *label;
	} * moved; /* in force when the sentence ends */
	size_t nmoved, moved_cap;
	struct kt_said *said;
	size_t nsaid, said_cap;
	const struct kt_node *owner_old, *owner_new;
	size_t lines, sentences;

	/* 第五十五条及び第五十七条中「…」を「…」に: sentences that differ in
	 * their place alone are one. */
	bool join; /* wanted */
	struct kt_place_said { /* words of one place in the open sentence */
		size_t from, place, end; /* in `line`; bytes of the place */
		size_t joint; /* of several: offset of the last 及び */
		int level; /* which they share: 0 条, 1 項, 2 号 */
		size_t said; /* the first of its clauses */
		enum kt_verb verb; /* its last */
		unsigned count; /* places; 0 = nothing */
	} before, now;
	bool plain; /* the open sentence is words of one place */
	size_t place; /* bytes of that place */
	size_t first_said; /* of the open sentence */
	struct kt_joined {
		size_t from, to; /* the line in `out` */
		size_t places; /* bytes of the places, behind the indent */
		size_t joint; /* offset of 及び in them; 0 = one place */
		size_t first; /* bytes of the first of them */
		const struct kt_node *last;
		bool run; /* 条 that follow each other */
		unsigned count;
	} joined; /* the plain sentence said last */
};

void kt_say_init(struct kt_say *s, const struct kt_doc *old,
    const struct kt_amend_style *style);
void kt_say_release(struct kt_say *s);
/* Whose change the clauses that come are. */
void kt_say_owner(
    struct kt_say *s, const struct kt_node *old, const struct kt_node *new);
/* A clause: its words up to the verb. */
void kt_say_clause(struct kt_say *s, enum kt_verb verb, const char *words);
/* Words behind those said last, with the same verb and place: 「…」を「…」に、
 * 「…」を「…」に改め. */
void kt_say_more(struct kt_say *s, const char *words);
bool kt_say_is_open(const struct kt_say *s);
/* Words of a place: like kt_say_clause(), the first beginning with `place`
 * bytes that name it. */
void kt_say_words(
    struct kt_say *s, enum kt_verb verb, const char *words, size_t place);
/* End the sentence, if one is open. */
void kt_say_end(struct kt_say *s);
/* End it with new text behind it. */
void kt_say_block(struct kt_say *s, const struct kt_node *const *nodes,
    size_t n, enum kt_kind top);
void kt_say_words_block(struct kt_say *s, const char *words);
/* The clause has another number from the end of the sentence on. */
void kt_say_moved(
    struct kt_say *s, const struct kt_node *old, const struct kt_num *num);
/* The same for the name of a 別表. */
void kt_say_renamed(
    struct kt_say *s, const struct kt_node *old, const char *label);
/* The number of a clause of the old document as it stands. */
const struct kt_num *kt_say_number(
    const struct kt_say *s, const struct kt_node *old);

/* An address, from what was named last where that is shorter: 同条第二項.
 * False when there is no way to name the node. */
bool kt_say_address(
    struct kt_buf *out, struct kt_say *s, const struct kt_node *node);
/* The only 項 of a 条, which addresses do not mention. */
bool kt_is_only_paragraph(const struct kt_node *node);
/* A 号, not a 細分 that is called by its label. */
bool kt_is_counted(const struct kt_node *node);
/* Can it be named? */
bool kt_say_can_name(const struct kt_node *node);
/* 第三条の二, 第２項, イ: one step with another number. */
void kt_say_step(struct kt_buf *out, const struct kt_say *s,
    const struct kt_node *node, const struct kt_num *num);
/* 二条, 2項. */
void kt_say_count(
    struct kt_buf *out, const struct kt_say *s, size_t n, const char *unit);
const char *kt_unit_word(const struct kt_node *node);

#endif
