/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_MODEL_H
#define KAITEI_MODEL_H

/*
 * model: a document as a tree of clauses, the addresses of clauses, the
 * references between them, and the list of changes between two documents.
 *
 *   DOC ─ (TOC) (PREAMBLE) (PART 編 ─ CHAPTER 章 ─ SECTION 節 ─ …)
 *     ARTICLE 条 ─ PARAGRAPH 項 ─ ITEM 号 ─ ITEM 細分 …
 *     HEADED 項番 ─ TEXT, ITEM …        TOPIC (prose heading) ─ TEXT …
 *     SUPPL 附則 ─ PARAGRAPH or ARTICLE …
 *     APPENDIX 別表・様式 ─ TABLE ─ ROW ─ CELL …
 *     COMMENTARY 解説, NOTE 注, QUOTE: behind the clause they belong to
 *
 * One document owns its tree and every string in it, in one arena.  Labels
 * and texts are never NULL; "" means none.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kaitei/base.h>
#include <kaitei/text.h>

/* ---- doc.c: the tree -------------------------------------------------- */

enum kt_kind {
	KT_DOC, /* caption = 題名 */
	KT_TOC, /* 目次; lines as TEXT or BULLET */
	KT_PREAMBLE, /* 制定文, 前文; TEXT children */
	KT_PART, /* 編: label 第1編, caption its name */
	KT_CHAPTER, /* 章 */
	KT_SECTION, /* 節 */
	KT_SUBSECTION, /* 款 */
	KT_DIVISION, /* 目 */
	KT_ARTICLE, /* 条: label 第3条の2, caption 見出し without （ ） */
	KT_PARAGRAPH, /* 項: label "2", "" for one without a number */
	KT_ITEM, /* 号 and its 細分: label (1), 一, ア … by nesting */
	KT_HEADED, /* 項番 clause with a heading: label 1, (1), ア */
	KT_TOPIC, /* heading without a label, in prose */
	KT_SUPPL, /* 附則: label as written, related = amending law */
	KT_APPENDIX, /* 別表第1, 様式第1号, 別記 …: label, caption, related */
	KT_TEXT, /* a paragraph that is no clause of its own */
	KT_BULLET, /* list entry without a label */
	KT_TABLE,
	KT_ROW, /* children CELL */
	KT_CELL, /* text, or block children */
	KT_FIGURE, /* text = alternative text, related = file name */
	KT_COMMENTARY, /* 【解説】; caption = words inside 【 】; children */
	KT_NOTE, /* （注）, 備考: label as written; text, children */
	KT_QUOTE, /* quoted matter, as the new text inside an 附則 */
	KT_KINDS
};

/* What a stretch of a text is besides plain characters. */
enum kt_mark_kind {
	KT_RUBY, /* arg = reading; the text holds the base */
	KT_UNDERLINE, /* 下線, 傍線 */
	KT_SUPER, /* superscript */
	KT_SUB, /* subscript */
	KT_STRONG,
	KT_EMPHASIS,
	KT_CODE,
	KT_LINK, /* arg = address */
	KT_IMAGE, /* arg = file; the text holds the alternative text */
	KT_FORMULA, /* 算式 */
	/* Borders that the rules do not give; they do not show.  Where one of a
	 * kind is there, all borders of that kind are, that at the end too. */
	KT_SENTENCE, /* a sentence ends here; with a width: quoted words that
			are a sentence of their own */
	KT_COLUMN /* a column ends here; arg "label": it belongs to the label
		   */
};

struct kt_mark {
	uint32_t start, len; /* bytes of the text */
	enum kt_mark_kind kind;
	const char *arg;
};

/* Borders do not show. */
bool kt_mark_shows(const struct kt_mark *mark);
/* The same kind and argument at the same place. */
bool kt_mark_equal(const struct kt_mark *a, const struct kt_mark *b);
/* The same marks, apart from those that do not show. */
bool kt_marks_equal(
    const struct kt_mark *a, size_t na, const struct kt_mark *b, size_t nb);

/*
 * A unit is an article-level clause, what a comparison pairs.  A 条 is one; of
 * HEADED, TOPIC, SUPPL, APPENDIX, PREAMBLE, divisions and the document itself
 * those with words of their own besides clauses that are units, or (divisions
 * and the document apart) with nothing below; and a 項 directly under the
 * document or a division.  Every text lies in exactly one unit or in none
 * (目次, 題名, headings that only hold units).  Commentary, notes and quoted
 * matter belong to the unit they lie in or stand behind; nothing inside them
 * is a unit.
 */
struct kt_node {
	enum kt_kind kind;
	uint32_t id; /* place in reading order, from kt_doc_finish() */
	struct kt_node *parent, *prev, *next, *first, *last;
	struct kt_node *unit; /* it lies in, itself included; NULL when none;
				 from kt_doc_finish() */

	const char *label; /* as written: 第三条の二, ２, (1), ア */
	struct kt_num num; /* the label read; n = 0 if it has no number.
			      Unlabelled 項: its place among the 項 */
	struct kt_num to; /* end of a range 第3条から第5条まで; else n = 0 */
	const char *caption; /* words of the heading apart from the label */
	const char *related; /* 第5条関係; 附則: 令和7年規則第1号 */
	const char *origin; /* what the source format called it, where the
			       kind alone would be written as something
			       else; "" = nothing to say.  For the writer of
			       that format only: not compared, not shown */
	const char *text; /* own words, without descendants */
	uint32_t len; /* bytes of text */
	uint32_t line, column; /* where it begins; 0 = not from a file */
	const struct kt_mark *marks;
	const struct kt_mark *caption_marks;
	uint16_t nmarks, ncaption_marks;
	uint16_t colspan, rowspan; /* CELL; 1 when plain */
	char align; /* CELL: 'l' 'c' 'r', 0 = not said */
	bool header; /* ROW of a table's head */
	bool deleted; /* 削除: the number is kept, no content */
};

/* Dates of a clause that differ from the document's. */
struct kt_clause_date {
	const char *clauses; /* addresses, 、 between them */
	struct kt_date from; /* 0 0 0: unknown */
	const char *condition; /* 公布の日から起算して… or "" */
};

struct kt_meta {
	const char *id, *title, *kind, *number, *style;
	struct kt_date decided, promulgated, effective, applies, ceases;
	const struct kt_clause_date *dates;
	size_t ndates;
	/* Other front matter keys, in order, key and value as written. */
	const char *const (*other)[2];
	size_t nother;
	bool present; /* the file had front matter */
};

/* How a line of a plain text was set in its file.  Nothing of it shows, and
 * the writer of plain text alone uses it, to give back the text as it was. */
struct kt_spacing {
	uint32_t line; /* nodes begin in it; UINT32_MAX: the end of the file */
	uint32_t label; /* bytes of the label or mark that `behind` is of */
	const char *before; /* since the last line with words: line ends,
			       blanks at the ends, empty lines, the indent */
	const char *behind; /* blanks behind the label, "" when none */
};

/* How a document numbers its clauses; decides layout and addresses. */
enum kt_style { KT_STYLE_JOKO, KT_STYLE_KOBAN, KT_STYLE_PROSE };

struct kt_doc {
	struct kt_arena *arena;
	struct kt_node *fresh; /* of a batch, not in the tree yet */
	size_t nfresh, batch;
	struct kt_node *root;
	struct kt_node **nodes; /* by id */
	size_t count;
	struct kt_meta meta;
	enum kt_style style;
	const char *source; /* name for messages and JSON */
	const char *stored; /* "REVISION:PATH" if it is from a store */
	const struct kt_spacing *spacing; /* by line, the end last */
	size_t nspacing; /* 0 unless read from plain text */
	void *index; /* address index, private to model */
};

struct kt_doc *kt_doc_new(const char *source);
void kt_doc_free(struct kt_doc *doc);
/* Say where in the store it was read. */
void kt_doc_stored(struct kt_doc *doc, const char *rev, const char *path);
/* Append a node; strings are set with the functions below, which copy. */
struct kt_node *kt_doc_add(
    struct kt_doc *doc, struct kt_node *parent, enum kt_kind kind);
void kt_node_label(struct kt_doc *doc, struct kt_node *node, const char *label);
void kt_node_caption(
    struct kt_doc *doc, struct kt_node *node, const char *p, size_t n);
void kt_node_text(
    struct kt_doc *doc, struct kt_node *node, const char *p, size_t n);
void kt_node_related(
    struct kt_doc *doc, struct kt_node *node, const char *p, size_t n);
void kt_node_origin(struct kt_doc *doc, struct kt_node *node, const char *name);
void kt_node_marks(struct kt_doc *doc, struct kt_node *node,
    const struct kt_mark *marks, size_t n);
void kt_node_caption_marks(struct kt_doc *doc, struct kt_node *node,
    const struct kt_mark *marks, size_t n);
/* Take a node with its subtree out of its parent, and put it under another,
 * before `before` or last when NULL. */
void kt_node_unlink(struct kt_node *node);
void kt_node_insert(
    struct kt_node *parent, struct kt_node *before, struct kt_node *node);
/* Copy a node of any document without what lies below it, last. */
struct kt_node *kt_node_copy_one(
    struct kt_doc *doc, struct kt_node *parent, const struct kt_node *from);
/* Copy a subtree of any document under a parent of this one, last. */
struct kt_node *kt_node_copy(
    struct kt_doc *doc, struct kt_node *parent, const struct kt_node *from);

/*
 * To be called once the tree stands, and again after it was changed: numbers
 * the nodes, reads the labels (イ by its neighbours), counts unlabelled 項,
 * sets `deleted`, the units and the style.  Readers call it; everybody else
 * may rely on ids, nums, units and nodes[].  Addresses handed out before are
 * no longer valid after it.
 */
void kt_doc_finish(struct kt_doc *doc);

/* Reading order inside `root` without recursion; NULL at the end. */
struct kt_node *kt_node_next(
    const struct kt_node *node, const struct kt_node *root);
/* The next node that is not below this one. */
struct kt_node *kt_node_skip(
    const struct kt_node *node, const struct kt_node *root);
/* The id behind the last node below this one. */
size_t kt_node_end(const struct kt_doc *doc, const struct kt_node *node);
const char *kt_kind_name(enum kt_kind kind); /* "article"; for JSON */
bool kt_kind_is_division(enum kt_kind kind); /* PART to DIVISION */
/* All words of a subtree as they read: label, caption (in （ ） where it
 * stands so), related in （ ）, text; a newline after each clause, cells of a
 * row with a tab between them. */
void kt_node_words(struct kt_buf *out, const struct kt_node *node);
/* Same kinds, labels, captions, related, texts, spans of cells, marks
 * (SENTENCE and COLUMN apart) in the same order?  If not, *a and *b are the
 * first pair that differs (either may be NULL). */
bool kt_node_equal(const struct kt_node *x, const struct kt_node *y,
    const struct kt_node **a, const struct kt_node **b);

/* ---- border.c: sentences and columns of a text ------------------------- */

struct kt_sentence { /* bytes of the text; the blank between columns is in
			none of them */
	uint32_t start, end, column;
};

/* Filled again and again; begin with { 0 }, release at the end. */
struct kt_sentences {
	struct kt_sentence *at; /* in order, at least one */
	size_t count, cap;
	size_t columns; /* at least one */
	size_t label; /* bytes at the start that belong to the label */
	struct kt_words *words;
};

/* The sentences of a node's own text: by its KT_SENTENCE and KT_COLUMN marks
 * where there are any, else by the rules: 。 ends a sentence, and in ITEM and
 * BULLET a wide blank ends a column, both outside brackets. */
void kt_sentences_find(struct kt_sentences *s, const struct kt_node *node);
void kt_sentences_release(struct kt_sentences *s);

/* ---- label.c: reading labels ------------------------------------------ */

/* A label at the start of a line: what it makes of the line. */
struct kt_label {
	enum kt_kind kind; /* PART … ARTICLE, SUPPL, APPENDIX; ITEM when it
			      could be any of 項, 号, 項番 */
	struct kt_num num, to;
	size_t len; /* bytes of the label */
	size_t skip; /* label and the blanks behind it */
};

/*
 * Read a label at the start of p: 第3条の2, 第一編, 附則, 別表第1, 様式第2号,
 * (1)　, 2　, ア　, 第三条から第五条まで.  A label needs a blank, a bracket,
 * 「の」-branch or the end behind it.  False when there is none.
 */
bool kt_label_read(struct kt_label *out, const char *p, size_t n);

/* ---- lead.c: how a line begins, where its clause belongs ---------------- */

/* 文書, 章, 条, 項, 号 …: what people call a kind. */
const char *kt_kind_word(enum kt_kind kind);

enum kt_lead_form {
	KT_LEAD_PLAIN, /* nothing but words */
	KT_LEAD_CLAUSE, /* a label, a heading */
	KT_LEAD_CAPTION, /* （見出し） alone, of the clause that follows */
	KT_LEAD_NOTE, /* （注）, 備考 */
	KT_LEAD_COMMENTARY /* 【解説】 */
};

/* What a line is made of, as offsets and lengths in its bytes. */
struct kt_lead {
	enum kt_lead_form form;
	enum kt_kind kind;
	struct kt_num num;
	size_t label; /* bytes of the label, at the start */
	size_t caption, ncaption; /* without its brackets */
	size_t related, nrelated;
	size_t text; /* where the words behind all that begin */
};

/* A heading: 第3条（例外）, 第1章　総則, 別表第1（第5条関係）, 1　目的, 目次;
 * KT_LEAD_PLAIN and TOPIC when it has no label. */
void kt_lead_heading(struct kt_lead *out, const char *p, size_t n);
/* A paragraph: the same where it stands alone, 2　…, (1)　…, （見出し）,
 * （注）…, 【解説】…; KT_LEAD_PLAIN when it is only words. */
void kt_lead_paragraph(struct kt_lead *out, const char *p, size_t n);
/* The rest of a heading or paragraph whose kind and label are known. */
void kt_lead_split(struct kt_lead *out, enum kt_kind kind, const char *p,
    size_t n, size_t label);

/* A heading or paragraph of a kind that is known otherwise, its label too
 * unless it is SIZE_MAX. */
void kt_lead_as(struct kt_lead *out, enum kt_kind kind, const char *p, size_t n,
    size_t label);

/* A clause that is open while a text is read; [0] is the document, or the
 * list entry, quotation or cell that the clauses lie in. */
struct kt_open {
	enum kt_kind kind;
	unsigned level; /* of its heading; 0 when it has none */
	struct kt_num num;
};

/* Which open clause is the parent of what comes next: a heading; a paragraph
 * without a label (項 or TEXT: *kind); one with a number (項 or ITEM); a list
 * entry, table, figure, note, quotation or commentary.  The open clauses
 * behind the parent end there. */
size_t kt_place_heading(
    const struct kt_open *open, size_t n, const struct kt_open *head);
size_t kt_place_words(const struct kt_open *open, size_t n, enum kt_kind *kind);
size_t kt_place_label(const struct kt_open *open, size_t n,
    const struct kt_num *num, enum kt_kind *kind);
size_t kt_place_block(const struct kt_open *open, size_t n, enum kt_kind kind);

/* ---- addr.c: addresses ------------------------------------------------- */

/*
 * Citation form, half-width Arabic numerals, the shortest that is unique in
 * the document (document-format.md "Address"):
 *
 *   第3条の2第2項第1号ア(ア)   項 of a 条; an only 項 without a number is left
 *                              out (第4条第1号), else 第1項 is said
 *   第2編第1章第1節            divisions only as far as needed
 *   附則第2項                  the document's own; of an amending instrument
 *                              附則（令和7年規則第1号）第2項
 *   別表第1, 第2号様式         labels with their numbers folded
 *   別表第1第3行, 第3条の表第3行, 第3条の表2第1行, 別表第1見出し行
 *   6(1)ア, 第3章1.2(4)        項番; cited as 項番6(1)ア
 *   体制＞趣旨                 titles of prose
 *   第3条解説, 第3条注1, 前文, 目次, 題名
 *   第3条（その2）             a second clause of the same address
 *
 * For nodes that cannot be cited (TEXT, CELL, an only 項, quoted matter) that
 * of the clause they lie in or stand behind; 冒頭 for words right under the
 * title.
 */
void kt_addr_write(
    struct kt_buf *out, const struct kt_doc *doc, const struct kt_node *node);
/* The same, kept in the document's arena and computed once. */
const char *kt_addr(const struct kt_doc *doc, const struct kt_node *node);

enum kt_part_name { /* parts of a clause's text that can be addressed */
	KT_P_WHOLE,
	KT_P_HONBUN, /* 本文 */
	KT_P_TADASHI, /* ただし書 */
	KT_P_ZENDAN, /* 前段 */
	KT_P_CHUDAN, /* 中段 */
	KT_P_KODAN, /* 後段 */
	KT_P_DAN, /* 第N段, N in .dan */
	KT_P_HASHIRA, /* 各号列記以外の部分 */
	KT_P_MIDASHI /* 見出し */
};

struct kt_spot { /* where an address leads */
	const struct kt_node *node, *last; /* last: end of a range, or NULL */
	enum kt_part_name part;
	unsigned dan;
};

/* Find the clause of an address, written in any form of numerals.  KT_OK or
 * KT_ENOTFOUND; reports nothing. */
int kt_addr_find(
    struct kt_spot *out, const struct kt_doc *doc, const char *address);

/* ---- ref.c: references ------------------------------------------------- */

enum kt_ref_state {
	KT_R_RESOLVED,
	KT_R_DANGLING, /* of this document, but no such clause */
	KT_R_EXTERNAL /* of another document, named in `document`; also what
			 is missing here and may be another's (""): a list of
			 broken references must be worth reading */
};

enum kt_ref_form {
	KT_R_ABSOLUTE, /* 第12条第2項 */
	KT_R_RELATIVE, /* 前条, 次項, 前2項, 前各号 */
	KT_R_SAME, /* 同条, 同項: what was named last */
	KT_R_THIS /* この条, この項, 本条 */
};

/* One reference as it stands in the text (or caption, or 関係) of a node. */
struct kt_ref {
	const struct kt_node *node; /* where it stands */
	uint32_t start, len; /* bytes of its text */
	bool in_related; /* of `related` instead: （第5条関係） */
	enum kt_ref_form form;
	enum kt_ref_state state;
	struct kt_spot to; /* RESOLVED; to.last for ranges and 前2項.
			      DANGLING: the clause up to which it exists, or
			      NULL */
	const char *document; /* EXTERNAL: its name as written; else "" */
	const char *address; /* canonical address it means, as far as read;
				前項 of a first 項: "" */
};

struct kt_refs {
	struct kt_arena *arena;
	struct kt_ref *at; /* in reading order, by node then start */
	size_t count;
	/* refs of node i are at[first[i]] … at[first[i + 1] - 1] */
	uint32_t *first;
};

/*
 * All references of a document.  Borrows the document.  Quoted matter (QUOTE,
 * 「 」) has none: what it names is not said of this text.
 */
struct kt_refs *kt_refs_new(const struct kt_doc *doc);
void kt_refs_free(struct kt_refs *refs);

/* ---- check.c ----------------------------------------------------------- */

/* Lint: numbering gaps and duplicates, dangling references, duplicated
 * captions, defined terms unused or used before, table shape.  Findings go
 * to d with file, line, column and clause; returns how many. */
size_t kt_check(const struct kt_doc *doc, struct kt_diag *d);

/* ---- change.c: the change list ----------------------------------------- */

enum kt_fate {
	KT_ADDED,
	KT_DELETED,
	KT_MODIFIED,
	KT_MOVED,
	KT_RENUMBERED,
	KT_SPLIT,
	KT_MERGED,
	KT_FATES
};

enum kt_class {
	KT_C_NONE,
	KT_C_SUBSTANCE,
	KT_C_NOTATION,
	KT_C_REFERENCE,
	KT_C_CAPTION,
	KT_CLASSES
};

enum kt_span_class {
	KT_SC_NONE, /* for '='; for '-' and '+' with the note 移動: the same
		       words stand elsewhere in this split or merge */
	KT_SC_SUBSTANCE,
	KT_SC_NOTATION,
	KT_SC_REF_FOLLOWED,
	KT_SC_REF_RETARGETED,
	KT_SC_REF_DANGLING,
	KT_SC_MODALITY,
	KT_SC_QUANTITY,
	KT_SC_ACTOR,
	KT_SPAN_CLASSES
};

/* What is true of a change besides its fate and class; names in JSON. */
enum kt_flag {
	KT_FL_RENUMBERED = 1 << 0,
	KT_FL_MOVED = 1 << 1,
	KT_FL_MODALITY = 1 << 2,
	KT_FL_QUANTITY = 1 << 3,
	KT_FL_ACTOR = 1 << 4,
	KT_FL_DEFINITION = 1 << 5,
	KT_FL_CAPTION = 1 << 6,
	KT_FL_NOTATION = 1 << 7,
	KT_FL_REF_FOLLOWED = 1 << 8,
	KT_FL_REF_RETARGETED = 1 << 9,
	KT_FL_REF_DANGLING = 1 << 10,
	KT_FL_REPLACED = 1 << 11, /* shown as replaced whole */
	KT_FL_LIMIT = 1 << 12, /* a limit was reached here */
	KT_FL_COMMENTARY = 1 << 13, /* in 解説, not in the provision */
	KT_FL_LABEL = 1 << 14, /* only the form of the label differs */
	KT_FL_MARKS = 1 << 15, /* ruby, underline … differ */
	KT_FL_FORM = 1 << 16 /* the cells of a row are merged otherwise */
};

enum kt_side {
	KT_SIDE_TEXT,
	KT_SIDE_CAPTION,
	KT_SIDE_RELATED,
	KT_SIDE_SUBTREE,
	KT_SIDE_ROW
};

struct kt_span {
	char op; /* '=' '-' '+' */
	enum kt_span_class class;
	const char *text;
	uint32_t len;
	const char *note; /* 義務→努力義務, 30日→60日, 第5条→第7条; or "" */
};

struct kt_change {
	enum kt_fate fate;
	enum kt_class class;
	unsigned flags;
	enum kt_side side; /* which words of the nodes the spans are of:
			      SUBTREE for whole clauses added or deleted and
			      for split and merged, ROW for table rows.  A
			      heading that holds clauses and was added or
			      deleted has CAPTION (and TEXT for words of its
			      own); those below it are told for themselves */
	const struct kt_node **old, **new;
	uint32_t nold, nnew;
	const char **old_text, **new_text; /* one per node, as in `side` */
	const struct kt_span *spans;
	uint32_t nspans;
	const char *note; /* what no span can show: how cells are merged,
			     ruby; NULL = nothing */
};

/* Units that answer to each other; an added one has nold = 0. */
struct kt_pair {
	const struct kt_node **old, **new;
	uint32_t nold, nnew;
	enum kt_fate fate; /* MODIFIED also when nothing changed */
	bool changed; /* words, or what they refer to, not only the number or
			 the place */
};

struct kt_changes {
	struct kt_arena *arena;
	const struct kt_doc *old, *new;
	struct kt_change *at; /* order of the new text, deletions in place */
	size_t count;
	struct kt_pair *pairs; /* correspondence, in the same order */
	size_t npairs;
	/* by id: the node of the other side that is this one, or NULL */
	const struct kt_node **old_peer, **new_peer;
	size_t sum[KT_FATES]; /* changes */
	size_t notation, unchanged; /* units: nothing but notation, nothing */
	size_t limits; /* places where a limit was reached */
};

const char *kt_fate_name(enum kt_fate fate);
const char *kt_class_name(enum kt_class class);
const char *kt_span_class_name(enum kt_span_class class);
const char *kt_flag_name(enum kt_flag flag); /* one bit */
/* "article" "paragraph" "item" "row" "caption" …: the level of a change. */
const char *kt_change_level(const struct kt_change *c);
/* Address of the i-th old or new clause of a change, 見出し behind it when
 * the change is of a caption. */
void kt_change_path(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c, bool new_side, size_t i);
/* The laws every list must obey: spans rebuild both texts, every unit stands
 * once in the pairs, paths lead to their nodes.  Reports each breach. */
int kt_changes_prove(const struct kt_changes *list, struct kt_diag *d);
void kt_changes_free(struct kt_changes *list);

/* ---- a comparison table as it is printed -------------------------------- */

/* A paragraph of a column of a 新旧対照表, or a row of a table inside one, the
 * words of its cells one behind the other. */
struct kt_printed_line {
	const char *text;
	uint32_t len;
	const struct kt_mark *marks; /* KT_UNDERLINE: marked as changed; others
					say nothing */
	size_t nmarks;
	size_t row; /* of the table, from 0, counted through all tables */
	bool boxed; /* its border says that it changes */
};

/* What `read` makes of it and `amend` holds against two texts. */
struct kt_printed {
	struct kt_arena *arena;
	const char *source;
	struct kt_printed_line *at[2]; /* the old column, the new one */
	size_t count[2];
	const char *below; /* lines behind the last table: the 附則 of an
			      instrument; or NULL */
};

/* ---- link.c: which clause answers to which ----------------------------- */

/* What the linked clauses of the city say against those of the guideline;
 * the first that is true. */
enum kt_link_relation {
	KT_REL_EQUAL, /* the same, but for the city's vocabulary, endings,
			 notation and numbers of clauses */
	KT_REL_DIFFERS, /* another strength, quantity or actor is proved, or
			   little of the wording is the same */
	KT_REL_PARTIAL, /* one side says what the other does not */
	KT_REL_NEAR, /* other words for the same */
	KT_RELATIONS
};

/* Clauses that answer to each other, N to M. */
struct kt_link {
	const struct kt_node **city, **guideline; /* in order of the text */
	uint32_t ncity, nguideline;
	unsigned score; /* likeness of the wordings, per mille */
	enum kt_link_relation relation;
	bool confirmed; /* by a person */
	bool doubtful; /* worth a look: faint, or with a rival as good */
	bool reworded; /* few words in common: nothing is to be changed by it
			* before a person confirms it; doubtful too */
	const char *rival; /* address of that guideline clause, or "" */
	const char *note; /* of the person, or "" */
	unsigned flags; /* KT_FL_MODALITY, KT_FL_QUANTITY, KT_FL_ACTOR … */
	/* The guideline's wording in the city's vocabulary against the city's:
	 * '-' is the guideline's, '+' the city's. */
	const struct kt_span *spans;
	size_t nspans;
};

struct kt_links {
	struct kt_arena *arena;
	const struct kt_doc *city, *guideline;
	struct kt_link *at; /* in the order of the city's text */
	size_t count;
	const struct kt_node **city_only, **guideline_only; /* in order */
	size_t ncity_only, nguideline_only;
	size_t sum[KT_RELATIONS];
	size_t confirmed, doubtful;
};

const char *kt_link_relation_name(enum kt_link_relation relation); /* "equal" */
/* 義務→推奨 of a span: -1 when the city binds less than the guideline, 1 when
 * more, 0 when it cannot be said. */
int kt_span_strength(const struct kt_span *span);
/* The laws every list must obey: paths lead to their nodes, spans rebuild
 * whole texts, no clause is both linked and on its own.  Reports each
 * breach. */
int kt_links_prove(const struct kt_links *links, struct kt_diag *d);
void kt_links_free(struct kt_links *links);

/* ---- proposal.c: the guideline's changes on the city's text -------------- */

enum kt_outcome {
	KT_OUT_APPLIED, /* carried out, in the draft */
	KT_OUT_PRESENT, /* the city's text says so already */
	KT_OUT_CONFLICT, /* a person must decide */
	KT_OUT_NO_COUNTERPART, /* the city has no such clause */
	KT_OUTCOMES
};

/* Why, kt_proposal_why_text(). */
enum kt_proposal_why {
	KT_WHY_WORDS, /* the same words stand in the same place */
	KT_WHY_INSERTED, /* new clause, its place is certain */
	KT_WHY_SAYS_SO, /* the new words stand there already */
	KT_WHY_HAS_CLAUSE, /* a clause says what the new one does */
	KT_WHY_LIKE_CLAUSE, /* a clause says something like it */
	KT_WHY_NOT_THERE, /* removed, and the city never had it */
	KT_WHY_NOTATION, /* nothing but notation */
	KT_WHY_PLACE, /* nothing but number or place */
	KT_WHY_FORM, /* nothing but these, of what the city has not */
	KT_WHY_OTHER_WORDS, /* the replaced words do not stand there */
	KT_WHY_SEVERAL, /* they stand in several places */
	KT_WHY_OVERLAP, /* another change touches the same words */
	KT_WHY_REFERENCE, /* a reference that means another clause now */
	KT_WHY_DOUBT, /* another clause answers as well */
	KT_WHY_MARKS, /* ruby, underline or a link in the text */
	KT_WHY_DIVIDED, /* its words stand in two clauses now */
	KT_WHY_UNITED, /* two clauses became one */
	KT_WHY_SPREAD, /* words went to or came from a clause that is not
			  carried over */
	KT_WHY_REWRITTEN, /* little of the old wording is left */
	KT_WHY_REMOVED, /* the guideline removed it: keep or remove? */
	KT_WHY_PLACE_UNSURE, /* new clause, where is to be decided */
	KT_WHY_NEW_SECTION, /* a new group of clauses */
	KT_WHY_NO_LINK, /* the city has nothing that answers to it */
	KT_WHY_CAPTION, /* the heading is another in the city's text */
	KT_WHY_COMMENTARY, /* only 解説 changed */
	KT_WHY_EXPLANATION, /* no rule: what explains the guideline */
	KT_PROPOSAL_WHYS
};

/* One change of the guideline and what it means for the city. */
struct kt_proposal {
	const struct kt_node **old, **new; /* clauses of the guideline */
	uint32_t nold, nnew;
	enum kt_fate fate; /* of the change */
	unsigned flags; /* enum kt_flag */
	const struct kt_node **city; /* the city's clauses */
	uint32_t ncity;
	enum kt_outcome outcome;
	enum kt_proposal_why why;
	const char *detail; /* the words it hangs on, or "" */
	bool doubtful; /* the link under it is doubtful */
	/* The guideline's wordings in the city's vocabulary; "" = none. */
	const char *guideline_old, *guideline_new;
	const struct kt_span *guideline_spans; /* of both, when there are two */
	size_t nguideline_spans;
	/* The city's wording and the proposed one; of an added clause `before`
	 * is "", of one that is not to change both are the same. */
	const char *before, *after;
	const struct kt_span *spans; /* of before and after */
	size_t nspans;
	const char *place; /* where a new clause would stand, or "" */
	const struct kt_node *commentary; /* of the touched clause, or NULL */
	bool commentary_says; /* it uses words that were replaced */
};

struct kt_proposals {
	struct kt_arena *arena;
	const struct kt_doc *city, *old, *new;
	struct kt_proposal *at; /* in the order of the guideline's new text */
	size_t count;
	size_t sum[KT_OUTCOMES];
	size_t renumbered; /* changes of number only: no proposals */
	struct kt_doc *draft; /* the city's text with what was applied */
	const char **notes; /* what a person must look at in the draft */
	size_t nnotes;
};

const char *kt_outcome_name(enum kt_outcome outcome); /* "no-counterpart" */
const char *kt_proposal_why_name(enum kt_proposal_why why); /* "same-words" */
/* A sentence for people. */
const char *kt_proposal_why_text(enum kt_proposal_why why, enum kt_lang lang);
void kt_proposals_free(struct kt_proposals *p);

/* ---- effect.c: what else must follow a change ---------------------------- */

enum kt_effect_kind {
	KT_EF_DANGLING, /* refers to a clause that is gone */
	KT_EF_RENUMBERED, /* refers by a number that is another's now */
	KT_EF_REFERENCE, /* refers to a clause whose words changed */
	KT_EF_COMMENTARY, /* 解説 of a clause whose words changed */
	KT_EF_RESTATED, /* says the same as a clause whose words changed */
	KT_EF_TERM, /* uses a term whose definition changed */
	KT_EFFECTS
};

/* A clause that somebody must look at, and why. */
struct kt_effect {
	enum kt_effect_kind kind;
	const struct kt_doc *doc; /* the new text, or a dependant */
	const struct kt_node *node; /* what may have to follow */
	const struct kt_change *cause;
	const char *words; /* the reference or the term, as written there */
	const char *now; /* address of the clause referred to, as it is now;
			    "" when it is gone or there is none */
	bool must; /* wrong if nothing is done; else only to be looked at */
};

struct kt_impact {
	struct kt_arena *arena;
	const struct kt_changes *changes;
	struct kt_effect *at; /* the new text first, then the dependants; in
				 order of each */
	size_t count;
	size_t sum[KT_EFFECTS], must;
};

const char *kt_effect_name(enum kt_effect_kind kind); /* "dangling" */
const char *kt_effect_text(enum kt_effect_kind kind, enum kt_lang lang);
void kt_impact_free(struct kt_impact *impact);

#endif
