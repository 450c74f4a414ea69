/* SPDX-License-Identifier: MIT */
#ifndef KT_WRITE_LAW_INT_H
#define KT_WRITE_LAW_INT_H

/*
 * What the files of the writer of 法令標準XML share.  Clauses are written one
 * by one; what lies in them goes through law_out_blocks(), which knows what
 * may stand where.
 */

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/xml.h>

/* Deepest tree that is written. */
#define LAW_OUT_DEPTH 128

/* What the format has no place for, and what it became. */
struct law_out_loss {
	const char *what; /* 解説, 太字 */
	const char *as; /* the element it became; "" = left out */
	const struct kt_node *first;
	size_t count;
};

struct law_out {
	const struct kt_doc *doc;
	struct kt_diag *d;
	struct kt_xmlw *w;
	unsigned depth; /* of open elements */
	unsigned inside; /* > 0: in the middle of a sentence, no line breaks */
	unsigned nested; /* blocks within blocks */
	struct kt_sentences cut;
	struct law_out_loss loss[2 * KT_KINDS];
	size_t nloss;
};

/* Where blocks stand decides what they may be. */
enum law_place {
	LAW_IN_PARAGRAPH, /* and in items */
	LAW_IN_APPENDIX, /* 別表: tables, items, remarks */
	LAW_IN_CONTENT, /* Style, Format, Note: anything */
	LAW_IN_REMARKS, /* items and sentences */
	LAW_IN_QUOTE, /* quoted and new provisions: anything */
	LAW_IN_CELL
};

/* ---- lawxml.c --------------------------------------------------------- */

/* An element on a line of its own; close it behind words, end it behind
 * elements. */
void law_out_open(struct law_out *o, const char *name);
void law_out_close(struct law_out *o);
void law_out_end(struct law_out *o);
/* An element with plain words; nothing for "" unless `always`. */
void law_out_words(
    struct law_out *o, const char *name, const char *words, bool always);
/* Count something that became `as`, or was left out (""). */
void law_out_lose(struct law_out *o, const struct kt_node *node,
    const char *what, const char *as);

/* Did the source call the node so? */
bool law_out_was(const struct kt_node *node, const char *name);
/* The same for any name that begins so. */
bool law_out_was_some(const struct kt_node *node, const char *prefix);
/* Did the source say anything of it? */
bool law_out_has_name(const struct kt_node *node);

/* ---- lawclause.c ------------------------------------------------------ */

bool law_out_is_clause(const struct kt_node *node);
/* Divisions, articles and paragraphs from `at` to before `end`; blocks
 * between them in a paragraph of their own.  `place` clauses stand before
 * them; returns how many do then. */
size_t law_out_clauses(struct law_out *o, const struct kt_node *at,
    const struct kt_node *end, size_t place);
/* 号; level 0 is Item, 1 Subitem1.  `place` numbers it without a label. */
void law_out_item(struct law_out *o, const struct kt_node *item, unsigned level,
    size_t place);
/* May an entry with all that lies in it be a List? */
bool law_out_is_list(const struct kt_node *entry);
void law_out_list(struct law_out *o, const struct kt_node *entry);
/* Any clause as an entry of a list: label, caption and words. */
void law_out_as_list(struct law_out *o, const struct kt_node *node);

/* ---- lawblock.c ------------------------------------------------------- */

/* Blocks from `at` to before `end`. */
void law_out_blocks(struct law_out *o, const struct kt_node *at,
    const struct kt_node *end, enum law_place place, unsigned level);
void law_out_quote(struct law_out *o, const struct kt_node *quote);
void law_out_remarks(struct law_out *o, const struct kt_node *note);

/* ---- lawtable.c ------------------------------------------------------- */

/* A table, figure or form from `at` on with the title and remarks that belong
 * to it; the first sibling that does not. */
const struct kt_node *law_out_struct(struct law_out *o,
    const struct kt_node *at, const struct kt_node *end, enum law_place place);
/* Does such a thing begin here? */
bool law_out_is_struct(const struct kt_node *at);
/* Blocks as what Style, Format and Note hold. */
void law_out_content(
    struct law_out *o, const struct kt_node *at, const struct kt_node *end);

/* ---- lawappdx.c ------------------------------------------------------- */

void law_out_appendix(struct law_out *o, const struct kt_node *node);
void law_out_toc(struct law_out *o, const struct kt_node *toc);
/* Entries of a 目次 outside one; the first sibling that is none. */
const struct kt_node *law_out_toc_entries(
    struct law_out *o, const struct kt_node *at, const struct kt_node *end);

/* ---- lawwords.c ------------------------------------------------------- */

/* Bytes [from, to) of a text with its marks. */
void law_out_range(struct law_out *o, const char *text,
    const struct kt_mark *marks, size_t nmarks, size_t from, size_t to);
/* An element with `before`, the caption and its marks, `behind`; nothing when
 * all are empty. */
void law_out_caption(struct law_out *o, const char *name,
    const struct kt_node *node, const char *before, const char *behind);
/* A caption in （ ） unless it has brackets of another kind. */
void law_out_bracketed(
    struct law_out *o, const char *name, const struct kt_node *node);
/* The sentences of a node, in columns where it has them; quoted matter behind
 * it goes on inside.  Returns the first child that was not written. */
const struct kt_node *law_out_sentences(
    struct law_out *o, const struct kt_node *node);
/* How many there are. */
size_t law_out_count(struct law_out *o, const struct kt_node *node);
/* The same as one line of several in an element: `before` sentences were
 * written, `more` are not of this line. */
const struct kt_node *law_out_line(
    struct law_out *o, const struct kt_node *line, size_t before, size_t more);
/* A node's text as one Sentence, words before it, its number or 0. */
void law_out_sentence(struct law_out *o, const struct kt_node *node,
    const char *before, size_t num);
/* Bytes of the text that belong to the label. */
size_t law_out_label_words(struct law_out *o, const struct kt_node *node);

/* ---- lawnum.c --------------------------------------------------------- */

/* Num of a clause: that of its source, if it still has the same label, else
 * 3_2, 150:151 from the label, else `place` (0: no attribute). */
void law_out_num(struct law_out *o, const struct kt_node *node, size_t place);
/* Num from a number alone; no attribute when it has none. */
void law_out_num_of(struct law_out *o, const struct kt_num *num);
/* Era, Year, Num and LawType from the number and kind of the law. */
void law_out_law_attributes(struct law_out *o);

#endif
