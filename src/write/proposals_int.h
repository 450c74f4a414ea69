/* SPDX-License-Identifier: MIT */
#ifndef KT_PROPOSALS_INT_H
#define KT_PROPOSALS_INT_H

/* Proposals as people look at them, the same for every format. */

#include <kaitei/base.h>
#include <kaitei/model.h>

/* 適用, 反映済み, 要判断, 対応なし */
const char *proposals_outcome(enum kt_outcome outcome, enum kt_lang lang);
/* 第2編第2章(2)⑩イ, or old → new where they differ. */
void proposals_guideline(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p);
/* The city's clauses, or where a new one would stand. */
void proposals_city(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p);
/* Reason, words, doubts, 解説: a line each. */
void proposals_reason(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p, enum kt_lang lang);
void proposals_summary(
    struct kt_buf *out, const struct kt_proposals *p, enum kt_lang lang);

/* What a person can answer, by language; ends in NULL. */
extern const char *const proposals_answers[2][5];

#endif
