/* SPDX-License-Identifier: MIT */
#ifndef KT_MODEL_INT_H
#define KT_MODEL_INT_H

/* What the files of this layer share. */

#include <kaitei/model.h>

/* Step over the blanks of a line at p, before `end`: half and full width,
 * tab, no-break. */
const char *kt_skip_blanks(const char *p, const char *end);

/* If the literal `word` stands at p, before `end`, its length; else 0. */
size_t kt_word_at(const char *p, const char *end, const char *word);

/* Matter that has no clauses of its own to cite: quoted, 解説, 注, 目次, cells
 * and figures. */
bool kt_kind_encloses(enum kt_kind kind);

/* The address index of a document (addr.c); NULL is no index. */
void kt_index_free(void *index);

#endif
