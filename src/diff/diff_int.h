/* SPDX-License-Identifier: MIT */
#ifndef KT_DIFF_INT_H
#define KT_DIFF_INT_H

/*
 * What the files of this layer share.  A comparison runs in four passes:
 *
 *   side.c     both documents: keys, weights, what belongs to which unit
 *   units.c    which unit is which: anchor.c, near.c, group.c, slot.c, move.c;
 *              around.c for 項 that got a 条, frame.c for the divisions,
 *              inside.c for what is below them
 *   text.c     what differs between two texts: token.c, seq.c, member.c,
 *              tidy.c, relate.c (references), classify.c, modal.c
 *   list.c     the change list in its order
 *
 * Nodes are spoken of by id, units and other elements of a line-up by their
 * place in it.  Both sides are treated alike everywhere: where a choice is
 * free it is made by something that both orders of the documents share, so
 * that comparing new with old mirrors comparing old with new.
 */

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/model.h>

#define NONE UINT32_MAX

/* ---- seq.c ------------------------------------------------------------- */

struct seq_work { /* memory kept between calls; begins as { 0 } */
	void *words;
	size_t size;
};

void kt_seq_release(struct seq_work *w);
/* Set da[i], db[j] for what is not on a longest common subsequence; false
 * when its bound was reached and a stretch is marked whole instead.  Of
 * several the one is taken that a, or if not in_order b, taken first has. */
bool kt_seq_diff(struct seq_work *w, const uint64_t *a, uint32_t n,
    const uint64_t *b, uint32_t m, uint8_t *da, uint8_t *db, bool in_order);
/* Set keep[i] for the increasing subsequence of greatest weight. */
void kt_seq_heaviest(
    const uint32_t *value, const uint64_t *weight, uint32_t n, uint8_t *keep);

/* ---- side.c ------------------------------------------------------------ */

/* What became of a node besides its peer. */
enum state {
	ST_MOVED = 1, /* stands elsewhere among its fellows */
	ST_TOLD = 2, /* said by the change of a clause above it */
	ST_RENUMBERED = 4, /* it or a clause that its address names */
	ST_OWN_NUMBER = 8, /* its own number */
	ST_AWAY = 16, /* it or the clause it is part of moved */
	ST_COMMENTARY = 32, /* in 解説 */
	ST_GROUPED = 64, /* in a clause that was split or merged */
	ST_AROUND = 128, /* a 条 that was put around a 項, or taken away */
};

/* One of the two documents.  Arrays are by node id. */
struct side {
	const struct kt_doc *doc;
	struct kt_refs *refs;
	uint32_t n;
	uint64_t *key; /* what the node and its parts say: folded, without
			  labels, references without their numbers */
	uint32_t *weight; /* how much that is, in characters of three bytes */
	/* Parts: what a clause consists of directly, units in it apart, and
	 * what stands behind a unit and belongs to it. */
	uint32_t *first_part; /* of node i: part[first_part[i]] … */
	uint32_t *part;
	uint32_t *peer; /* the node of the other side, or NONE */
	uint32_t *group; /* of the split or merge it is in, or NONE */
	uint8_t *state;
	uint32_t *units; /* ids in order */
	uint32_t nunits;
	uint32_t *scope; /* by unit: the 附則 or 別表 it stands in, or 0 */
	/* Of its own, so that both sides can be worked on at once. */
	struct kt_arena *arena;
	struct kt_grams *grams; /* the new side's is the old one's twin */
	struct kt_buf buf; /* scratch */
	uint32_t *todo;
	size_t todo_cap;
};

/* A unit that became several (one on the old side) or several that became
 * one; ids. */
struct group {
	unsigned one_side; /* the side with the one */
	uint32_t one, *many, nmany;
};

/* ---- texts in hand ------------------------------------------------------- */

/* A stretch that is one token whatever it holds: a reference; a label, whose
 * number is no text; or the whole text of a node that the other side has too
 * (its hash in `said`), which need not be cut into words. */
struct atom {
	uint32_t start, len;
	const struct kt_ref *ref;
	uint64_t said;
};

struct words {
	const char *p;
	uint32_t len;
	const struct atom *atoms;
	uint32_t natoms;
};

struct token {
	uint32_t start, len;
	uint32_t atom; /* NONE for plain words */
	enum kt_word_kind kind;
};

struct hunk {
	uint32_t a0, a1, b0, b1; /* tokens, in the end bytes */
	enum kt_span_class class; /* NONE: not said yet */
	unsigned flags;
	const char *note;
	bool same; /* the words are the same, what they refer to is not */
	bool notation; /* proved to be nothing else */
	bool label; /* of labels, whose numbers are no references */
	bool moved; /* stands elsewhere in the other text, unedited */
};

/* Words, tokens and hunks of the pair of texts in hand; kept for the next. */
struct text_work {
	struct kt_words *segmenter;
	struct kt_notation *notation;
	struct seq_work seq;
	const struct words *in[2];
	struct token *tokens[2];
	size_t ntokens[2], tokens_cap[2];
	uint64_t *ids;
	uint8_t *marks;
	size_t room; /* of ids and marks, both sides together */
	struct hunk *hunks;
	size_t nhunks, hunks_cap;
	struct kt_buf one, two, three; /* scratch */
	uint32_t from; /* where the tokens begin, on both sides */
	bool fine; /* keep every equality */
	bool limit; /* a bound was reached */
	bool replaced; /* shown as replaced whole */
};

/* ---- the whole ---------------------------------------------------------- */

struct work {
	struct side side[2]; /* old, new */
	struct kt_arena *arena; /* for this comparison only */
	const struct kt_grams *grams; /* the old side's */
	struct group *groups;
	uint32_t ngroups;
	size_t groups_cap;
	struct kt_buf buf; /* scratch */
	struct text_work text;
	struct kt_changes *list; /* what is made */
	struct kt_diag *diag;
	size_t limits;
};

static inline const struct kt_node *
node_at(const struct side *s, uint32_t id)
{
	return s->doc->nodes[id];
}

static inline uint32_t
parts_of(const struct side *s, uint32_t id, const uint32_t **out)
{
	*out = s->part + s->first_part[id];
	return s->first_part[id + 1] - s->first_part[id];
}

static inline void
set_peers(struct work *w, uint32_t old, uint32_t new)
{
	w->side[0].peer[old] = new;
	w->side[1].peer[new] = old;
}

/* The id behind the last node below this one. */
uint32_t kt_side_end(const struct side *s, uint32_t id);
void kt_sides_new(
    struct work *w, const struct kt_doc *old, const struct kt_doc *new);
void kt_sides_free(struct work *w);
/* The text of a node as keys see it, appended. */
void kt_side_fold(
    struct kt_buf *out, const struct side *s, const struct kt_node *node);
/* All of a node and its parts into the bag in the making. */
void kt_side_bag(struct side *s, uint32_t id);
/* Nodes of different families are never the same clause. */
unsigned kt_family(enum kt_kind kind);

/* ---- line-ups: finding who is who in two lists -------------------------- */

struct elem {
	uint32_t node, weight;
	uint64_t key; /* what it says */
	uint64_t strong; /* with its caption and where it stands */
	uint64_t caption, number; /* 0 = none */
	uint32_t within; /* the 附則 or 別表 it stands in, or 0 */
	bool holds; /* other units: it is no part of a split or merge */
	bool heads; /* holds units under a caption: what it holds and its
		       caption tell which it is, not its own few words */
};

struct lineup {
	struct elem *at;
	uint32_t n;
	uint32_t *peer; /* place in the other line-up, or NONE */
	uint32_t *group; /* of match.groups, or NONE */
	struct kt_bag *bag; /* filled for those without an equal */
	uint8_t *moved;
};

struct cand {
	uint32_t a, b;
	uint32_t common; /* weight of what both have */
	uint32_t like; /* per mille of the heavier */
	uint32_t base; /* raised by caption, number, neighbours */
	uint32_t score; /* and by standing in the same place */
};

struct bundle { /* a split or merge, by place */
	unsigned one_side;
	uint32_t one, *many, nmany;
};

struct match {
	struct work *w;
	struct lineup s[2];
	struct cand *cands;
	size_t ncands;
	struct bundle *groups;
	uint32_t ngroups;
};

void kt_match_init(struct match *m, struct work *w, uint32_t na, uint32_t nb);
static inline void
match_pair(struct match *m, uint32_t a, uint32_t b)
{
	m->s[0].peer[a] = b;
	m->s[1].peer[b] = a;
}
static inline bool
is_free(const struct lineup *l, uint32_t i)
{
	return l->peer[i] == NONE && l->group[i] == NONE;
}
/* Marks for each pair, by old place, whether it is on the heaviest
 * increasing run of pairs; groups stand in it by their heaviest member. */
void kt_match_spine(const struct match *m, uint8_t *keep);
/* For each element how many pairs on the spine stand before it; both arrays
 * are yours, free() them.  Before there are groups. */
void kt_match_gaps(const struct match *m, uint32_t *gap[2]);
/* Pairs whose parts are the same text. */
void kt_match_anchors(struct match *m);
/* Bags of the rest, then their candidate pairs. */
void kt_match_bags(struct match *m);
void kt_match_near(struct match *m);
/* range.c: 削除 of several numbers at once that are single ones on the other
 * side; does a group come from there, and what its change is then. */
void kt_match_ranges(struct match *m);
bool kt_is_range(const struct work *w, const struct group *g);
void kt_range_class(
    const struct work *w, const struct group *g, struct kt_change *c);
/* Splits and merges among the candidates. */
void kt_match_groups(struct match *m);
/* One to one, best first; then what stands between pairs. */
void kt_match_greedy(struct match *m);
void kt_match_slots(struct match *m);
/* Which pairs changed their place; doubtful ones are given up. */
void kt_match_moves(struct match *m);
/* Pairs, moves and groups become those of the nodes. */
void kt_match_keep(const struct match *m);
/* Is a pair this much alike, per mille, the same clause in another place? */
bool kt_is_move(uint32_t like, bool renamed);
/* Likeness of two elements, per mille of the heavier (or lighter). */
uint32_t kt_match_like(const struct match *m, uint32_t a, uint32_t b);
uint32_t kt_match_within(const struct match *m, uint32_t a, uint32_t b);
/* The same of two nodes, of the heavier. */
uint32_t kt_nodes_like(struct work *w, uint32_t old, uint32_t new);

/* ---- units.c, around.c, frame.c, inside.c ------------------------------- */

void kt_pair_units(struct work *w);
/* 項 that got a 条 around them, or lost it. */
void kt_pair_around(struct work *w);
/* The unit that a unit is on the other side, or NONE; not of groups. */
uint32_t kt_unit_peer(const struct work *w, int side, uint32_t id);
void kt_pair_frames(struct work *w);
void kt_pair_parts(struct work *w);

/* ---- list.c: the change list --------------------------------------------- */

/* Changes as they are found; sorted at the end. */
struct entry {
	uint64_t place; /* in the new text */
	uint32_t old; /* id, of what was deleted there */
	struct kt_change change;
};

struct list_work {
	struct work *w;
	struct entry *at;
	size_t n, cap;
	uint32_t *place; /* by old id: the new id it would stand behind */
	struct atom *atoms[2]; /* scratch */
	size_t natoms[2], atoms_cap[2];
	uint64_t *headings[2]; /* of 目次: hashes of all headings, sorted */
	size_t nheadings[2];
};

void kt_list_make(struct work *w);
/* order.c: state of all nodes, places of deleted ones, the list sorted, the
 * correspondence of units. */
void kt_mark_states(struct work *w);
void kt_place_deleted(struct list_work *l);
void kt_list_sort(struct list_work *l);
void kt_list_pairs(struct list_work *l);
/* compare.c: changes of one pair of nodes, of a group, of what is on one
 * side only. */
void kt_compare_nodes(struct list_work *l, uint32_t old, uint32_t new);
void kt_compare_group(struct list_work *l, const struct group *g);
void kt_only_on(struct list_work *l, int side, uint32_t id);
/* Is what is on one side only told with all that is below it? */
bool kt_told_whole(const struct side *s, uint32_t id);
/* subtree.c: the words of a node or subtree with its atoms */
struct words kt_words_of_text(
    struct list_work *l, int side, const struct kt_node *node);
struct words kt_words_of_related(
    struct list_work *l, int side, const struct kt_node *node);
/* Of several subtrees one after the other; their single texts in texts[]. */
struct words kt_words_of_subtrees(struct list_work *l, int side,
    const uint32_t *ids, uint32_t n, const char **texts);
/* Keep whole texts one token only where both sides have them. */
void kt_keep_common_texts(
    struct list_work *l, struct words *old, struct words *new);
struct words kt_words_of_row(
    struct list_work *l, int side, const struct kt_node *node);
/* form.c: what differs besides the words of two clauses that are the same. */
struct other_form {
	unsigned flags; /* KT_FL_MARKS, KT_FL_FORM */
	unsigned count; /* differences */
	const char *note; /* the first few of them, in the arena */
};
void kt_form_compare(struct other_form *f, struct kt_arena *arena,
    const struct kt_node *x, const struct kt_node *y, bool same_words);
/* toc.c: is this line of a 目次 the heading of a clause of its document? */
bool kt_toc_follows(struct list_work *l, int side, const struct kt_node *line);

/* ---- text.c: what differs between two texts ------------------------------ */

/* What it is has not been said yet. */
static inline bool
is_open(const struct hunk *h)
{
	return h->class == KT_SC_NONE && !h->moved;
}

/* The dictionary and the closed lists, which are opened at the first use
 * otherwise. */
void kt_text_open(struct work *w);
/* Another of the same lists, for a thread of its own: release it first. */
void kt_text_twin(struct text_work *twin, const struct text_work *t);
void kt_text_release(struct text_work *t);
/* Compare two texts: t->hunks in bytes, in order, classified. */
void kt_text_compare(
    struct work *w, const struct words *old, const struct words *new);

/* row.c: the same for rows, whose hunks hold no tab and more. */
void kt_row_compare(
    struct work *w, const struct words *old, const struct words *new);

/* window.c: equal bytes at both ends that need not be looked at. */
void kt_window_find(const struct words *x, const struct words *y,
    uint32_t *head, uint32_t *tail);

/* hunk.c: from the marks of seq.c; again where hunks grew together. */
void kt_put_hunk(struct text_work *t, struct hunk h);
void kt_hunks_make(struct work *w);
void kt_hunks_split(struct work *w);
/* within.c: what of a split or merge stands elsewhere in it. */
void kt_hunks_moved(struct work *w);

/* token.c: tokens of a stretch of one side, and what makes them equal. */
void kt_tokens_make(struct work *w, int side, uint32_t from, uint32_t to);
uint64_t kt_token_id(struct work *w, int side, const struct token *token);

static inline const char *
token_at(const struct text_work *t, int side, uint32_t i)
{
	return t->in[side]->p + t->tokens[side][i].start;
}
static inline uint32_t
token_end(const struct text_work *t, int side, uint32_t i)
{
	return t->tokens[side][i].start + t->tokens[side][i].len;
}
/* Byte at which token i begins, or the last one ends. */
static inline uint32_t
token_start(const struct text_work *t, int side, uint32_t i)
{
	const struct token *v = t->tokens[side];

	if (i < t->ntokens[side])
		return v[i].start;
	return i == 0 ? t->from : v[i - 1].start + v[i - 1].len;
}
/* The bytes of tokens i0 to i1. */
static inline uint32_t
stretch_end(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	return i1 > i0 ? token_end(t, side, i1 - 1) : token_start(t, side, i0);
}
bool kt_tokens_same(const struct text_work *t, uint32_t a, uint32_t b);

/* relate.c: equal for references that mean the same clause */
uint64_t kt_ref_id(struct work *w, int side, const struct kt_ref *ref);
/* What became of a reference; KT_SC_NONE when nothing did.  *note in the
 * arena of the list. */
enum kt_span_class kt_relate(struct work *w, const struct kt_ref *old,
    const struct kt_ref *new, const char **note);
/* The same for references only one side has: does it follow from what
 * became of their clauses? */
bool kt_ref_gone(const struct work *w, int side, const struct kt_ref *ref);

/* member.c: 甲、乙及び丙 that became 甲及び乙 lost 丙 */
void kt_regroup_names(struct text_work *t);
/* tidy.c: hunks as a reader would draw them; first without islands */
void kt_join_islands(struct text_work *t);
void kt_tidy(struct work *w);
/* proof.c: is a stretch written otherwise and nothing else? */
void kt_prove_notation(struct work *w);
bool kt_is_notation(struct work *w, const struct hunk *h);
/* classify.c, modal.c */
void kt_classify(struct work *w);
/* 義務→努力義務: the norms at a hunk differ, *note says how; *chief when the
 * hunk is little else. */
bool kt_modal_change(
    struct work *w, const struct hunk *h, const char **note, bool *chief);
/* May this token stand inside a name: 情報セキュリティ責任者, CISO?  The name
 * that tokens h0 to h1 are in, false when they are more than part of one. */
bool kt_is_noun(const struct text_work *t, int side, uint32_t i);
bool kt_name_around(const struct text_work *t, int side, uint32_t h0,
    uint32_t h1, uint32_t *i0, uint32_t *i1);
/* 市長は→局長は: who must or may; quantity.c: 30日→60日, 以上→超える. */
bool kt_actor_change(struct work *w, const struct hunk *h, const char **note);
bool kt_quantity_change(
    struct work *w, const struct hunk *h, const char **note);
/* "one→other" in the arena of the list. */
const char *kt_note(
    struct work *w, const char *p, size_t n, const char *q, size_t m);
unsigned kt_class_flag(enum kt_span_class class);

#endif
