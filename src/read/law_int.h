/* SPDX-License-Identifier: MIT */
#ifndef KT_LAW_INT_H
#define KT_LAW_INT_H

/*
 * What the files of the reader of 法令標準XML share.  Every element has one
 * handler, found by its name in the table of lawxml.c; a handler adds to the
 * node it is given, and calls law_children() for what lies below.  Nesting
 * is bounded by the depth that xml lets pass.
 */

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/xml.h>

/* Elements or attributes that the model has no place for. */
struct law_lost {
	const char *name; /* borrowed from the XML tree */
	bool attribute;
	size_t line, count;
};

/* The number that the source gave a node. */
struct law_num {
	struct kt_node *node;
	const char *num; /* borrowed from the XML tree */
};

/* A border: where a sentence (column) ends in the words. */
struct law_border {
	uint32_t at, column;
};

struct law {
	struct kt_doc *doc;
	struct kt_diag *d;
	const char *file;
	struct law_lost *lost;
	size_t nlost, lost_cap;
	struct law_num *nums;
	size_t nnums, nums_cap;

	/* Words in the making. */
	struct kt_buf text;
	struct kt_mark *marks;
	size_t nmarks, marks_cap;
	struct law_border *ends; /* of sentences */
	size_t nends, ends_cap;
	uint32_t column; /* of the sentence being read */
	struct kt_sentences rule; /* what the rules make of a text */
};

typedef void law_handler(
    struct law *l, struct kt_node *node, const struct kt_xnode *x);

/* ---- lawxml.c ----------------------------------------------------------- */

/* Hand x, or all that lies below x, to its handler. */
law_handler law_child, law_children, law_element;
struct kt_node *law_add(struct law *l, struct kt_node *parent,
    enum kt_kind kind, const struct kt_xnode *x);
/* Count an element that has no place here; its words stay, as a TEXT. */
law_handler law_unknown;
/* Count those attributes of an element that the model has no place for. */
void law_check_attributes(struct law *l, const struct kt_xnode *x);
void law_lose_attribute(
    struct law *l, const struct kt_xnode *x, const char *name);

/* ---- lawwords.c --------------------------------------------------------- */

void law_words_clear(struct law *l);
/* Begin with the words that a node has. */
void law_words_resume(struct law *l, const struct kt_node *node);
/* Append the words below x with their marks; line breaks of pretty-printing
 * are dropped. */
void law_words_put(struct law *l, const struct kt_xnode *x);
void law_words_put_text(struct law *l, const char *p);
/* Part of the words gathered as label, caption or text of a node. */
void law_words_label(struct law *l, struct kt_node *node, size_t n);
void law_words_caption(
    struct law *l, struct kt_node *node, size_t from, size_t n);
void law_words_text(struct law *l, struct kt_node *node);
/* Words that stand with the label though they are text; the sentences that
 * follow are put behind them. */
void law_words_lead(struct law *l, struct kt_node *node);
bool law_has_lead_only(const struct kt_node *node);
/* Sentences and columns below x as the text of a node; quoted tables and
 * figures between them as children of `owner`. */
void law_line(struct law *l, struct kt_node *owner, struct kt_node *node,
    const struct kt_xnode *x);
/* The same for one Sentence. */
void law_sentence(struct law *l, struct kt_node *owner, struct kt_node *node,
    const struct kt_xnode *x);

/* Each Sentence below x that says something a TEXT of `owner`; those that say
 * nothing go with their neighbour. */
void law_lines(struct law *l, struct kt_node *owner, const struct kt_xnode *x);
/* The first n bytes of the words go. */
void law_words_drop(struct law *l, size_t n);
/* One mark around all words gathered. */
void law_words_enclose(struct law *l, const struct kt_mark *m);

/* ---- handlers ----------------------------------------------------------- */

/* lawhead.c */
law_handler law_division, law_division_title, law_article, law_article_caption,
    law_article_title, law_paragraph, law_paragraph_caption, law_number,
    law_item, law_item_title, law_list, law_suppl, law_suppl_label,
    law_appendix, law_toc, law_toc_label, law_toc_entry, law_toc_range,
    law_preamble, law_enact;
/* lawblock.c */
law_handler law_table, law_row, law_header_row, law_cell, law_figure,
    law_struct_title, law_remarks, law_remarks_label, law_content, law_formula,
    law_amend, law_amend_sentence, law_quote, law_free_sentence, law_text;

#endif
