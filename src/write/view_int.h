/* SPDX-License-Identifier: MIT */
#ifndef KT_VIEW_INT_H
#define KT_VIEW_INT_H

/*
 * A comparison as people look at it, the same for every format: sections
 * (units that answer to each other, with the headings they stand under) and
 * in them rows, the clauses of both sides that stand beside each other.
 */

#include <kaitei/base.h>
#include <kaitei/model.h>

struct view_row {
	const struct kt_node *old, *new; /* NULL: nothing on that side */
	const struct kt_change *text; /* of words, or of the whole subtree;
					 NULL when they are the same */
	const struct kt_change *caption, *related;
	bool moved; /* the old one stood elsewhere */
};

struct view_section {
	const struct kt_pair *pair; /* NULL: changes outside all units */
	const struct view_row *rows;
	size_t nrows;
	size_t changes; /* rows with a change, and the pair's own */
	enum kt_class class; /* the gravest among them */
	unsigned classes; /* all of them, as bits 1 << class */
	unsigned flags; /* of all of them */
};

struct view {
	struct kt_arena *arena;
	const struct kt_changes *list;
	struct view_section *at;
	size_t count;
};

/* Borrows the list. */
struct view *view_new(const struct kt_changes *list);
void view_free(struct view *v);

/* ---- words for people, view_words.c ---- */

const char *view_fate(enum kt_fate fate, enum kt_lang lang);
const char *view_class(enum kt_class class, enum kt_lang lang);
/* 規範の強さ, 数量・期限 … of a span; "" for plain substance. */
const char *view_span(enum kt_span_class class, enum kt_lang lang);
/* What a change is, in one line: 改正・番号ずれ／実質（義務→努力義務）. */
void view_change_words(
    struct kt_buf *out, const struct kt_change *c, enum kt_lang lang);
/* 第3条第2項 → 第4条第2項, or one of them. */
void view_change_place(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c);
/* The same of units that answer to each other, with the caption of a single
 * one: 第3条 → 第4条（目的）. */
void view_pair_place(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_pair *pair);

#endif
