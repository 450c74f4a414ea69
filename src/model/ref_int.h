/* SPDX-License-Identifier: MIT */
#ifndef KT_REF_INT_H
#define KT_REF_INT_H

/* What terms.c and the ref*.c share. */

#include "model_int.h"

/* ---- terms.c: defined terms --------------------------------------------- */

/* 以下「規程」という。: a term and where it is said. */
struct kt_term {
	const struct kt_node *node;
	uint32_t start, len; /* the words inside 「 」 in its text */
	uint32_t open; /* where the bracket of the definition begins, or the
			  「 itself when there is none */
	bool local; /* この条において and the like: not for all that follows */
	bool own; /* a name of this document itself: この規程（以下… */
};

struct kt_terms {
	struct kt_term *at; /* in reading order */
	size_t count, cap;
	size_t *own; /* those that name this document */
	size_t nown, own_cap;
};

void kt_terms_find(struct kt_terms *terms, const struct kt_doc *doc);
void kt_terms_release(struct kt_terms *terms);

/* ---- refname.c: names of documents before a reference ------------------- */

enum kt_naming {
	KT_UNNAMED, /* 第3条 by itself */
	KT_OWN_NAME, /* この規程第3条, the title, its defined name */
	KT_OTHER_NAME, /* 法第3条, 改正前の第3条, 地方自治法第3条 */
	KT_TABLE_NAME, /* 第1項の表第2号: an entry of a table */
	KT_DOUBTFUL /* 当該第1号: ours if there is one */
};

struct kt_naming_of {
	enum kt_naming naming;
	const char *name; /* in the text; NULL when unnamed */
	size_t len;
};

/* Whose clause is named at p of the text that begins at `begin`?  `terms`
 * holds the names defined for this document. */
struct kt_naming_of kt_name_before(const struct kt_doc *doc,
    const struct kt_terms *terms, const char *begin, const char *p);

/* Is a bracket at `open` one behind the name of a law, so that what it begins
 * with is of that law: 法（第五章を除く。）? */
bool kt_opens_name(const char *begin, const char *open);

/* Is a text nothing but the name of another document: ○○に関する規則? */
bool kt_is_other_name(const struct kt_doc *doc, const struct kt_terms *terms,
    const char *p, size_t n);

/* ---- refhead.c: how a reference begins ---------------------------------- */

enum kt_head_kind {
	KT_H_NONE,
	KT_H_STEP, /* 第3条, 第2項 */
	KT_H_NEAR, /* 前条, 次項, 前2項 */
	KT_H_EACH, /* 前各号, 前各項 */
	KT_H_SAME, /* 同条 */
	KT_H_THIS, /* この条, 本項 */
	KT_H_SUPPL, /* 附則, with a step behind it */
	KT_H_APPENDIX, /* 別表第一, 様式第2号 */
	KT_H_KOBAN /* 項番6 */
};

struct kt_head {
	enum kt_head_kind head;
	struct kt_step step; /* STEP, KOBAN; its kind for the others */
	bool forward; /* NEAR: 次 */
	unsigned count; /* NEAR: 2 of 前2項 */
};

/* The head at p, and its bytes; 0 when there is none.  `begin` is the start
 * of the text. */
size_t kt_head_read(
    struct kt_head *out, const char *begin, const char *p, const char *end);
/* A further step behind one of `kind`: 第2項 behind 第3条, イ behind 第1号. */
size_t kt_tail_read(
    struct kt_step *out, enum kt_kind kind, const char *p, const char *end);
/* Is what stands between two references only what joins them: 、 及び から? */
bool kt_joins(const char *p, const char *end, bool *range);

/* ---- refscan.c: what a reference means ---------------------------------- */

/* Steps that lead to a clause that is not in this document. */
#define KT_STEPS_MOST 8

enum kt_whose {
	KT_OWN,
	KT_OTHERS, /* of a document that was named */
	KT_UNSURE /* perhaps of another */
};

/* A reference while it is read: a clause as far as there is one, and the
 * steps that lead on from it to nothing. */
struct kt_target {
	const struct kt_node *node, *last;
	const char *prefix; /* address before the steps when node is NULL */
	struct kt_step step[KT_STEPS_MOST];
	unsigned nsteps;
	enum kt_kind level; /* of what was said last: ARTICLE of 第3条 */
	unsigned said; /* levels that it says, as bits by enum kt_said */
	enum kt_whose whose;
	bool doubtful; /* ours only if there is one */
	enum kt_ref_form form;
	const char *document; /* of OTHERS; NULL = not known */
	enum kt_part_name part;
	unsigned dan;
};

/* What was named last: 同条, 同項, 同号, 同章. */
enum kt_said {
	KT_SAID_ARTICLE,
	KT_SAID_PARAGRAPH,
	KT_SAID_ITEM,
	KT_SAID_DIVISION,
	KT_SAIDS
};

/* What 同条, and a 第2項 behind a comma, may refer to. */
struct kt_context {
	uint32_t said[KT_SAIDS]; /* places in the list + 1; 0 = not yet */
	bool named; /* another document was named in this sentence */
};

/* Where the text stands that is read. */
struct kt_stand {
	const struct kt_node *article, *paragraph, *item, *division;
	const struct kt_node *suppl, *appendix;
	const struct kt_node *others; /* the cell that names the document
					 which the rest of its row is of */
	bool toc; /* in the 目次 */
	bool amending; /* in the 附則 of an amending instrument */
	bool loose; /* in a table or form: what is missing here may be of any
		       document */
};

/* What is known of the whole document. */
struct kt_survey {
	const struct kt_doc *doc;
	struct kt_terms terms;
	const struct kt_node **articles; /* in reading order */
	uint32_t *place; /* by id: place among these */
	const struct kt_node **scope; /* by place: 附則, 別表 or NULL */
	size_t narticles;
	const struct kt_node *suppl; /* the first 附則 */
	bool amended; /* later ones are there */
	size_t kinds[KT_KINDS]; /* how many of each, quoted ones apart */
};

struct kt_scan {
	const struct kt_survey *survey;
	struct kt_refs *refs; /* the list so far */
	struct kt_stand stand;
	struct kt_context context;
};

/* ---- refnear.c: relative ones ------------------------------------------- */

void kt_begin_near(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head);
void kt_begin_each(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head);
void kt_begin_this(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head);
void kt_begin_same(
    struct kt_scan *scan, struct kt_target *t, const struct kt_head *head);
/* The end of the step of a kind in an address; NULL when it has none. */
const char *kt_end_of_step(const char *address, enum kt_kind kind);
/* The 号 that an item is or lies in: the outermost of nested items; where
 * items are no 号, the item itself. */
const struct kt_node *kt_item_around(const struct kt_node *node);

/* ---- refscan.c, for both ------------------------------------------------ */

enum kt_said kt_said_of(enum kt_kind kind);
/* The target says a clause of this kind now. */
void kt_target_say(struct kt_target *t, enum kt_kind kind);
/* The node itself or the one around it of a kind; NULL when none. */
const struct kt_node *kt_node_around(
    const struct kt_node *node, enum kt_kind kind);
/* The target of a head in the text of a stand; `prior` is the reference that
 * it goes on from (第3条第1項若しくは第2項), or NULL. */
void kt_target_begin(struct kt_scan *scan, struct kt_target *t,
    const struct kt_head *head, const char *p, size_t n,
    const struct kt_ref *prior, enum kt_kind prior_level);
/* The same for the first head in brackets behind a reference, which it goes
 * on from: 第5条（第2項を除く。）.  False when it does not. */
bool kt_target_inside(struct kt_scan *scan, struct kt_target *t,
    const struct kt_head *head, const struct kt_ref *prior,
    enum kt_kind prior_level);
/* One step further. */
void kt_target_step(
    struct kt_scan *scan, struct kt_target *t, const struct kt_step *step);
/* Its canonical address, in the list's arena or the document's. */
const char *kt_target_address(struct kt_scan *scan, const struct kt_target *t);
/* Does the target name clauses of this document, another's, or none? */
enum kt_ref_state kt_target_state(
    const struct kt_scan *scan, const struct kt_target *t);

#endif
