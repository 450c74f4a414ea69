/* SPDX-License-Identifier: MIT */
#ifndef KT_VERIFY_INT_H
#define KT_VERIFY_INT_H

/* What the files that read a disc back share. */

#include "archive_int.h"

/* A file of the disc. */
struct seen {
	const char *path;
	int64_t size;
	const struct seen_part *part;
	size_t nparts;
	bool listed; /* some manifest names it */
	bool good; /* and its digest is as it says */
};

struct seen_part {
	int64_t at, size; /* bytes */
};

struct verify {
	int fd;
	bool plain; /* a file, no device */
	uint32_t sectors; /* of the volume, as it says */
	int64_t there; /* bytes that there are */
	struct seen *file; /* sorted by path */
	size_t nfiles, cap;
	/* Checksum of the session: of sectors [from, to). */
	bool has_md5;
	uint32_t from, to;
	char md5[16];
	struct kt_archive_report *report;
	struct kt_diag *d;
};

/* ---- verify.c ---- */

void verify_fault(
    struct verify *v, enum kt_msg_id id, const char *path, const char *more);
/* A line of the report; good when no fault came since `faults_before`. */
void verify_line(struct verify *v, const char *what, size_t faults_before,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
size_t verify_bytes(struct verify *v, void *to, size_t n, int64_t at);

/* ---- verify_tree.c: what libisofs reads ---- */

int tree_read(struct verify *v);
void tree_release(struct verify *v);

/* Checksums over the sectors, fed in order from the first. */
struct sums;

struct sums *sums_new(const struct verify *v);
void sums_put(struct sums *s, const unsigned char *p, size_t n);
void sums_end(struct sums *s, struct verify *v);

/* ---- verify_bag.c: what the files say and hold ---- */

void contents_check(struct verify *v);

#endif
