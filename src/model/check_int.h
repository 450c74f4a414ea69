/* SPDX-License-Identifier: MIT */
#ifndef KT_CHECK_INT_H
#define KT_CHECK_INT_H

/* What the rules of check share.  A rule is a function over the whole
 * document and one line of the table in check.c. */

#include "ref_int.h"

struct kt_finding {
	enum kt_msg_id id;
	const struct kt_node *node;
	uint32_t start; /* bytes into its text */
	size_t order;
	const char *a, *b;
};

struct kt_checker {
	const struct kt_doc *doc;
	const struct kt_refs *refs;
	struct kt_terms terms;
	struct kt_arena *arena;
	struct kt_finding *found;
	size_t count, cap;
};

/* A finding at a node; a and b fill %1 and %2 and are copied. */
void kt_found(struct kt_checker *c, enum kt_msg_id id,
    const struct kt_node *node, const char *a, const char *b);
void kt_found_at(struct kt_checker *c, enum kt_msg_id id,
    const struct kt_node *node, uint32_t start, const char *a, const char *b);
/* The same about `len` bytes of the node's text, which are its %1. */
void kt_found_words(struct kt_checker *c, enum kt_msg_id id,
    const struct kt_node *node, uint32_t start, uint32_t len, const char *b);
/* Is the node inside quoted matter, 解説, 注, a 目次 or a table? */
bool kt_is_enclosed(const struct kt_node *node);
/* The 附則 or 別表 that a node lies in, else the document. */
const struct kt_node *kt_scope_of(
    const struct kt_doc *doc, const struct kt_node *node);

/* Is it in an 附則, of which spent and foreign parts are left out? */
bool kt_is_supplement(const struct kt_doc *doc, const struct kt_node *node);

void kt_check_references(struct kt_checker *c);
void kt_check_captions(struct kt_checker *c);
void kt_check_empty(struct kt_checker *c);
void kt_check_levels(struct kt_checker *c);
/* check_number.c, check_toc.c */
void kt_check_numbers(struct kt_checker *c);
void kt_check_contents(struct kt_checker *c);
/* check_term.c */
void kt_check_terms(struct kt_checker *c);
/* check_sign.c, check_table.c, check_word.c */
void kt_check_brackets(struct kt_checker *c);
void kt_check_glyphs(struct kt_checker *c);
void kt_check_tables(struct kt_checker *c);
void kt_check_variants(struct kt_checker *c);

#endif
