/* SPDX-License-Identifier: MIT */
#ifndef KT_APPLY_INT_H
#define KT_APPLY_INT_H

/* What carrying out amendments shares: a document at work. */

#include "amend_int.h"

/* ---- places found -------------------------------------------------------- */

/* Where an address leads. */
struct kt_target {
	struct kt_node *node;
	enum kt_step_kind as; /* what it was named as */
	enum kt_part_name part;
	unsigned dan;
	bool before, with_caption;
	const struct kt_node *except; /* a subtree that is not meant */
};

struct kt_targets {
	struct kt_target *at;
	size_t count, cap;
};

/* ---- words at work ------------------------------------------------------- */

enum kt_which {
	KT_TEXT_OF,
	KT_CAPTION_OF,
	KT_RELATED_OF,
	KT_LABEL_OF, /* 記載要領 and the like: the heading of a note */
	KT_LINES_OF
};

/* A change of words: bytes [start, end) of the field become `put`. */
struct kt_cut {
	size_t start, end;
	const char *put; /* with markup, kt_inline_read() */
};

/*
 * One string of a node as it stands at the start of the sentence, with the
 * changes of this sentence: nothing that the sentence put is seen by it
 * again (amendment.md §11.2, §11.3).
 */
struct kt_field {
	struct kt_node *node;
	enum kt_which which;
	const char *base; /* captions and 関係 with their brackets */
	size_t len;
	struct kt_cut *cut; /* in order, none overlapping */
	size_t ncuts, cap;
};

/* A new number, given at the end of the sentence. */
struct kt_pending {
	struct kt_node *node, *parent; /* parent: where it goes, or NULL */
	struct kt_num num;
	const char *label; /* 別表第二: a name instead of a number, or NULL */
};

/* A node that got a number, for the check at the end. */
struct kt_numbered {
	struct kt_node *node;
	const struct kt_amend_sentence *sentence;
};

/* A string as it was before a sentence changed it. */
struct kt_was {
	const struct kt_node *node;
	const char *words;
	size_t line; /* of the sentence */
};

/* A clause that a sentence speaks of. */
struct kt_spoken {
	const struct kt_node *node;
	size_t line; /* of the sentence */
};

struct kt_work {
	struct kt_doc *doc;
	struct kt_arena *arena; /* of the sentence */
	struct kt_diag *diag;
	const struct kt_amend_sentence *sentence;
	const struct kt_op *op;

	struct kt_field *field; /* touched by the sentence */
	size_t nfields, fields_cap;
	uint32_t *slot; /* hash of (node, which) -> field + 1 */
	size_t nslots;

	struct kt_pending *pending;
	size_t npending, pending_cap;
	struct kt_numbered *numbered;
	size_t nnumbered, numbered_cap;

	struct kt_node *last[KT_STEPS]; /* named last, for 同条 … */
	struct kt_node **article; /* of the 本則, in order */
	size_t narticles, articles_cap, hint;
	bool stale; /* the list of articles is */

	bool checking; /* the drafting, too: what is allowed but doubtful */
	size_t findings;
	struct kt_spoken *spoken; /* in the order of the sentences, if noting */
	size_t nspoken, spoken_cap;
	bool noting;
	struct kt_was *was; /* words that sentences changed */
	size_t nwas, was_cap;
	const struct kt_node *unit; /* 条 of the sentence before */
	struct kt_sentences cuts; /* work space */
};

/* ---- apply.c ---- */

/* A copy of the base to work on, and the article of the instrument that amends
 * it; KT_EINPUT after a report when there is none. */
int kt_work_begin(struct kt_work *w, const struct kt_amend_unit **unit,
    const struct kt_doc *old, const struct kt_amendment *a, size_t nth,
    struct kt_diag *d);
/* Carry it out on w->doc. */
int kt_work_run(struct kt_work *w, const struct kt_amendment *a,
    const struct kt_amend_unit *unit);
/* All but w->doc. */
void kt_work_release(struct kt_work *w);
/* Names that differ in nothing but width and the like. */
bool kt_same_name(const char *a, const char *b);
/* The line of the last sentence that speaks of a clause, or of what it lies in;
 * 0: none does. */
size_t kt_work_line_of(
    const struct kt_spoken *spoken, size_t n, const struct kt_node *node);
/* Report a doubt about the operation at hand; counted, not a failure. */
void kt_work_doubt(struct kt_work *w, enum kt_msg_id id, const char *a,
    const char *b, const char *c);
/* Report a fault of the operation at hand. */
int kt_work_fault(
    struct kt_work *w, enum kt_msg_id id, const char *a, const char *b);
struct kt_node *kt_main_suppl(const struct kt_doc *doc);

/* ---- find_row.c --------------------------------------------------------- */

/* The n-th node of a kind below, quoted matter apart; in reading order. */
struct kt_node *kt_find_below(
    const struct kt_node *in, enum kt_kind kind, unsigned n);
/* The row of this name of a table, or of the first table below; of several the
 * first. */
struct kt_node *kt_find_row(struct kt_node *in, const char *name);
/* 同表の第二号: the row that begins with 二 or 第二号. */
struct kt_node *kt_find_row_number(
    struct kt_node *in, const struct kt_num *num);
/* The cell of a column, from 1; 0 is the last. */
struct kt_node *kt_find_cell(const struct kt_node *row, unsigned which);

/* ---- find.c ------------------------------------------------------------- */

/* The same label or name but for blanks and the width of digits and brackets?
 */
bool kt_says_same(const char *a, const char *b);
/* Append where the address leads; a range and 各号 lead to several places.
 * KT_OK, or KT_EINPUT after a report. */
int kt_find(
    struct kt_targets *out, struct kt_work *w, const struct kt_loc *loc);
/* The container that the last step of an address has its number in: 同条 of
 * 同条第三項; NULL when the address has one step only. */
int kt_find_parent(
    struct kt_node **out, struct kt_work *w, const struct kt_loc *loc);
enum kt_kind kt_kind_of_step(enum kt_step_kind kind);
/* Is the node of the family that `kind` numbers? */
bool kt_is_numbered_as(const struct kt_node *node, enum kt_kind kind);
/* The 条 behind (1) or before (-1) a 条, over the borders of 章. */
struct kt_node *kt_article_beside(
    struct kt_work *w, struct kt_node *node, int step);

/* ---- field.c: words ----------------------------------------------------- */

/* REPLACE, INSERT and DELETE on all places of the operation. */
int kt_words_change(struct kt_work *w, const struct kt_op *op);
/* Bytes [start, end) of the node's own text that a part name means.  False
 * when there is no such part. */
bool kt_part_find(struct kt_work *w, const struct kt_node *node,
    enum kt_part_name part, unsigned dan, size_t *start, size_t *end);
/* One change of a field, at the end of the sentence. */
void kt_field_cut(struct kt_work *w, struct kt_node *node, enum kt_which which,
    size_t start, size_t end, const char *put);
/* The node gets other content: no change of its old words counts. */
void kt_fields_forget(struct kt_work *w, const struct kt_node *node);
/* The sentence before this one that changed these words, which stood in the
 * clause: its line, or 0. */
size_t kt_changed_before(
    const struct kt_work *w, const struct kt_node *in, const char *words);
/* Carry out the changes of words of this sentence. */
void kt_fields_flush(struct kt_work *w);

/* ---- number.c: labels --------------------------------------------------- */

/* Give the node a number, in the form of its label. */
void kt_renumber(
    struct kt_work *w, struct kt_node *node, const struct kt_num *num);
/* A number as a label of this form means it: ハ is 3 of イロハ, 26 of アイウ.
 */
struct kt_num kt_num_like(const struct kt_num *num, enum kt_form form);
/* A node that came new gets the form of digits that its neighbours have. */
void kt_fit_label(struct kt_work *w, struct kt_node *node);
/* Numbers that were given must be unique and in order. */
int kt_numbers_check(struct kt_work *w);

/* ---- shape.c: clauses --------------------------------------------------- */

int kt_shape_remove(struct kt_work *w, const struct kt_op *op);
int kt_shape_rewrite(struct kt_work *w, const struct kt_op *op);
int kt_shape_caption(struct kt_work *w, const struct kt_op *op);
int kt_shape_move(struct kt_work *w, const struct kt_op *op);
int kt_shape_shift(struct kt_work *w, const struct kt_op *op);
void kt_moves_flush(struct kt_work *w);
/* ---- add.c -------------------------------------------------------------- */

int kt_shape_add(struct kt_work *w, const struct kt_op *op);
/* The 項 in which the 号 of a 条 stand; other clauses hold their own. */
struct kt_node *kt_item_holder(struct kt_node *node);
/* 附則 of the instrument behind those of the document. */
int kt_suppl_add(
    struct kt_work *w, const struct kt_amend_suppl *suppl, const char *number);
/* Text of lines as one string, for 後段 and the like. */
const char *kt_block_words(struct kt_work *w, const struct kt_op *op);

#endif
