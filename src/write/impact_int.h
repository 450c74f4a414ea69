/* SPDX-License-Identifier: MIT */
#ifndef KT_IMPACT_WRITE_INT_H
#define KT_IMPACT_WRITE_INT_H

/* Effects as people look at them, the same for every format. */

#include <kaitei/base.h>
#include <kaitei/model.h>

/* The changed clause: 第9条 → 第10条. */
void impact_cause(struct kt_buf *out, const struct kt_impact *impact,
    const struct kt_effect *e);
/* What it is about: kind, words, where the clause is now. */
void impact_reason(
    struct kt_buf *out, const struct kt_effect *e, enum kt_lang lang);
void impact_summary(
    struct kt_buf *out, const struct kt_impact *impact, enum kt_lang lang);

/* What a person can answer, by language; ends in NULL. */
extern const char *const impact_answers[2][5];

#endif
