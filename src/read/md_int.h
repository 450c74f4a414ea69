/* SPDX-License-Identifier: MIT */
#ifndef KT_READ_MD_INT_H
#define KT_READ_MD_INT_H

/* What the files that know cmark share. */

#include "read_int.h"

#include <cmark.h>

/* The tree of a text; cmark_node_free() it.  Memory that runs out ends the
 * program in base. */
cmark_node *kt_cmark_parse(const char *p, size_t n);
/* One inline node, entered or left, into the words; `strip` bytes of text are
 * still to be left out. */
void kt_cmark_inline(
    struct kt_inline *w, cmark_node *node, bool enter, size_t *strip);

#endif
