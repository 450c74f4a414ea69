/* SPDX-License-Identifier: MIT */
#ifndef KT_LINKS_INT_H
#define KT_LINKS_INT_H

/* A correspondence as people look at it, the same for every format. */

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/write.h>

/* Indexes of the links to show, in order; yours, free() it. */
size_t links_order(
    size_t **out, const struct kt_links *links, const struct kt_links_how *how);
/* 同じ, 一部 … */
const char *links_relation(enum kt_link_relation relation, enum kt_lang lang);
/* Addresses of a link's side, 、 between them. */
void links_places(struct kt_buf *out, const struct kt_links *links,
    const struct kt_link *l, bool guideline);
/* What the two differ in, one line: 規範の強さ（指針より弱い：義務→推奨）, … ""
 * when nothing is proved. */
void links_differences(
    struct kt_buf *out, const struct kt_link *l, enum kt_lang lang);
/* Why a person should look at it; "" when there is no doubt. */
void links_doubt(
    struct kt_buf *out, const struct kt_link *l, enum kt_lang lang);
/* Words of a clause without what lies below it in clauses of their own, on
 * one line when `flat`. */
void links_words(struct kt_buf *out, const struct kt_node *node, bool flat);
void links_summary(
    struct kt_buf *out, const struct kt_links *links, enum kt_lang lang);

#endif
