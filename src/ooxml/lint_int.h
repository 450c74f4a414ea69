/* SPDX-License-Identifier: MIT */
#ifndef KT_LINT_INT_H
#define KT_LINT_INT_H

/* What the files of the lint share: the names met so far, and how a breach
 * is told. */

#include "ooxml_int.h"

#include <kaitei/xml.h>

/* A list of names, sorted once all are in. */
struct lint_names {
	const char **at;
	size_t n, cap;
};

struct lint {
	struct kt_package *package;
	struct kt_arena *arena;
	struct kt_diag *d;
	const char *file;
	const char *place; /* file/part, for messages */
	bool sections; /* the part is the document, which has sections */
	size_t found;
	struct lint_names styles, used_styles; /* "p Jo": type, id */
	struct lint_names numbers, used_numbers;
	struct lint_names bookmarks, anchors;
	struct lint_names begun, ended; /* bookmark ids */
	struct lint_names revisions; /* ids of ins, del, moves, comments */
	struct lint_names moves_from, moves_to; /* names of the ranges */
	struct lint_names ranges, range_ends; /* ids of the ranges */
	struct lint_names drawings; /* ids */
	const struct kt_relation *relations; /* of the part at hand */
	size_t nrelations;
	int fields; /* open complex fields */
	bool east_asia; /* a default East Asian font is set */
};

/* One breach of the rule `id`; what: the name or number concerned. */
void lint_breach(struct lint *l, enum kt_msg_id id, const char *what);
void lint_add(struct lint *l, struct lint_names *names, const char *type,
    const char *name);
/* The rules for the content of one part. */
void lint_part(struct lint *l, const struct kt_xnode *root);
/* The rules that need all parts to be read. */
void lint_compare(struct lint *l);
void lint_release(struct lint *l);

#endif
