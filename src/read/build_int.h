/* SPDX-License-Identifier: MIT */
#ifndef KT_BUILD_INT_H
#define KT_BUILD_INT_H

/* What mdbuild.c (containers) and mdclause.c (clauses in them) share. */

#include "read_int.h"

enum container { IN_DOCUMENT, IN_ENTRY, IN_QUOTE, IN_CELL };

/* A container: the clauses that are open in it, outermost first. */
struct frame {
	enum container in;
	struct kt_node *root;
	struct kt_open *open;
	struct kt_node **node; /* of open[i] */
	size_t n, cap, node_cap;
	bool named; /* an entry or quotation: its first words are read */
	bool plain; /* inside 目次: labels are words */
	const char *number; /* of an entry of an ordered list, or "" */
	struct kt_marker marker; /* for the next block, or the entry itself */
	bool naming; /* the marker is about this quotation itself */
	struct kt_inline caption; /* （見出し） of the clause that follows */
	bool has_caption;
};

struct kt_build {
	struct kt_doc *doc;
	struct kt_diag *d;
	struct frame *at; /* containers, the document first */
	size_t depth, cap;
	size_t count; /* nodes added */
	bool one_title;
	struct kt_node *preamble; /* the one without a heading, or NULL */
};

struct frame *kt_frame_top(struct kt_build *b);
/* Open a clause inside a frame, behind open[n - 1]. */
void kt_frame_push(struct frame *f, struct kt_node *node, unsigned level,
    const struct kt_num *num);
/* The parent that a marker names; what is open behind it ends.  *open: the
 * parent is itself open.  NULL when there is no such clause: reported. */
struct kt_node *kt_frame_find(
    struct kt_build *b, struct frame *f, const struct kt_marker *m, bool *open);
/* open[i] as the parent of a block; before anything else in the document
 * that is the preamble. */
struct kt_node *kt_frame_parent(
    struct kt_build *b, struct frame *f, size_t i, enum kt_kind kind);
/* Take an entry out again; a preamble made for it goes too. */
void kt_frame_undo(struct kt_build *b, struct frame *f, struct kt_node *node);

/* An entry or quotation has no words of its own before its first block. */
void kt_frame_named(struct kt_build *b, struct frame *f);

/* Marks of the words from..to, moved to their start; yours, free() it. */
struct kt_mark *kt_inline_cut_marks(
    const struct kt_inline *w, size_t from, size_t to, size_t *n);

/* The first words of an entry or a quotation; true when they are taken. */
bool kt_clause_name(
    struct kt_build *b, struct frame *f, const struct kt_inline *w);
/* Label, caption and related as a marker gives them. */
void kt_clause_forced(
    struct kt_build *b, struct kt_node *node, const struct kt_marker *m);
/* A caption that no clause followed becomes a paragraph. */
void kt_clause_flush(struct kt_build *b, struct frame *f);

#endif
