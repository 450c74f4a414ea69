/* SPDX-License-Identifier: MIT */
#ifndef KT_YEAR_INT_H
#define KT_YEAR_INT_H

/* A fiscal year while its disc is made: the files, who made them, and where
 * each will lie. */

#include "archive_int.h"

struct kt_doc;
struct kt_revision;

/* A file of the bag with what the index says of it. */
struct entry {
	struct item item;
	const char *folded; /* its path as kt_name_fold() makes it */
	const char *title; /* whole, however short the name is */
	const char *what; /* 新旧対照表 … */
	const char *number; /* of the instrument, or "" */
	struct kt_date date, effective; /* decided or delivered; in force */
	unsigned unit; /* files that stay together, from 1; 0: on every disc */
	unsigned disc; /* from 1 */
};

/* Who did what when, PREMIS-like. */
struct event {
	struct kt_date date;
	const char *kind; /* 改正, 納品, 廃棄 … */
	const char *object, *agent, *detail;
	const char *id; /* revision or SHA-256 */
};

struct year {
	struct kt_store *store;
	const struct kt_archive_how *how;
	struct kt_arena *arena;
	struct spool spool;
	struct kt_date first, last;
	struct entry *at;
	size_t n, cap;
	struct event *event;
	size_t nevents, events_cap;
	unsigned units;
	const char **unit_name; /* by unit - 1 */
	size_t unit_cap;
	unsigned discs;
	struct kt_register *reg;
	size_t documents, deliverables;
	const char **told; /* what is marked, gather_marks() */
	size_t ntold, told_cap;
	struct kt_buf adopted; /* words of the instrument at hand, or none */
	/* Of the two texts at hand. */
	struct kt_pictures *old_pictures, *new_pictures;
	struct kt_diag *d;
};

/* ---- year.c ---- */

unsigned year_unit(struct year *y, const char *name);
/* A new entry at data/FISCAL YEAR/folder/name, the name made different when
 * it is taken.  `name` NULL: folder is the whole path. */
struct entry *year_entry(struct year *y, const char *folder, const char *name);
/* The same with bytes that were made for it. */
struct entry *year_made(struct year *y, const char *folder, const char *name,
    const struct kt_buf *bytes);
void year_event(struct year *y, const struct event *event);
const char *year_name(const struct year *y); /* 令和8年度 */
const char *year_path(struct year *y, const char *folder, const char *name);
/* 令和8年4月1日, in the year's arena. */
const char *year_day(struct year *y, struct kt_date date);
/* kt_archive_name_make(), in the year's arena. */
const char *year_file_name(
    struct year *y, const char *title, const char *behind);
const char *year_title_of(
    struct year *y, const struct kt_doc *doc, const char *id);
/* The last reason that was given, in one word; "" for none. */
const char *year_why(struct year *y, const struct kt_diag *said);
/* A paper that its writer refused to make: reported with the reason, the disc
 * goes on without it.  KT_OK. */
int year_no_paper(struct year *y, const char *title, const char *what,
    const struct kt_diag *said);

/* ---- marks.c ---- */

/* What is marked 提供資料 or 機密: KT_EDENIED, or with a reason told, and an
 * event.  `id` is a revision or a SHA-256. */
int year_marked(
    struct year *y, const char *title, const char *mark, const char *id);
/* Texts of documents that are, or once were, marked: all are listed.
 * KT_EDENIED when there is one and no reason. */
int gather_marks(struct year *y);

/* ---- gather.c ---- */

/* Everything that belongs to the year: documents and their revisions … */
int gather_documents(struct year *y);

/* ---- gather_links.c ---- */

/* … correspondences … */
int gather_links(struct year *y);

/* ---- gather_files.c ---- */

/* … deliverables, the history. */
int gather_deliverables(struct year *y);
int gather_machine(struct year *y);

/* ---- papers.c ---- */

/* What stands on every disc: index, events, readme; for disc `disc`. */
int papers_index(struct year *y, unsigned disc, struct entry *out);
int papers_events(struct year *y, struct entry *xml, struct entry *xlsx);
int papers_readme(struct year *y, unsigned disc, struct entry *out);
/* Label sheet, written beside the image. */
int papers_label(
    struct kt_buf *out, struct year *y, const struct kt_archive_disc *made);

/* ---- plan.c ---- */

/* Before anything is made: KT_ELIMIT when a deliverable, or by a bound from
 * below the history, is too big for any disc.  All of them are told. */
int plan_early(struct year *y, int64_t reserve);
/* Put every unit on a disc; KT_ELIMIT when one is too big for any. */
int plan_discs(struct year *y, int64_t reserve);

#endif
