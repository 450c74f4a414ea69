/* SPDX-License-Identifier: MIT */
#ifndef KT_PACKET_INT_H
#define KT_PACKET_INT_H

/* The enclosures of a proposal while they are made. */

#include <kaitei/write.h>

#include "propose_int.h"

struct paper {
	char *name;
	struct kt_buf bytes;
};

struct packing {
	struct kt_store *s;
	const struct kt_table_how *how;
	struct kt_draft_diff *p;
	/* Of the document at hand. */
	struct kt_pictures *old_pictures, *new_pictures;
	struct kt_approvals *approvals;
	const struct kt_review *ops;
	size_t nops;
	struct paper *at;
	size_t n, cap;
	struct kt_diag *d;
	char stand[160]; /* which draft and revision, for each page */
};

/* Room for a paper; what is put into it is its bytes.  Good until the next. */
struct kt_buf *packet_paper(struct packing *k, unsigned number,
    const char *what, const char *id, const char *suffix);
/* What is told of the draft as a whole: 概要, 改正理由, 関係文書, 審査記録. */
int packet_lists(struct packing *k);
/* 影響一覧 of each document that the draft changes. */
int packet_impact(struct packing *k);

#endif
