/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_ARCHIVE_H
#define KAITEI_ARCHIVE_H

/*
 * archive: the register of deliverables with its deadlines, and the disc of a
 * fiscal year: a BagIt bag as an ISO 9660 image that is the same on every
 * machine, checked with and without kaitei, written to a disc that is closed.
 * reference: archive.md.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kaitei/base.h>
#include <kaitei/text.h>

struct kt_package_bytes;
struct kt_person;
struct kt_store;
struct kt_table_how;
struct kt_vocabulary;

/* ---- names.c ----------------------------------------------------------- */

/* May a file on the disc have this name (one part of a path)?  KT_EINPUT with
 * the rule that it breaks; characters that old systems lack are a warning. */
int kt_archive_name_check(const char *name, struct kt_diag *d);
/* Would some system take the two for one name? */
bool kt_archive_name_same(const char *a, const char *b);
/* A name from a title, shortened by rule (…), unusable characters as ＿, with
 * `behind` (_改め文.docx) behind it whole.  Always passes the check. */
void kt_archive_name_make(
    struct kt_buf *out, const char *title, const char *behind);

/* ---- office.c ---------------------------------------------------------- */

enum kt_office {
	KT_OFFICE_NONE,
	KT_OFFICE_WORD, /* .docx */
	KT_OFFICE_EXCEL, /* .xlsx */
	KT_OFFICE_POWERPOINT, /* .pptx */
	KT_OFFICE_MACRO, /* one of them with macros */
	KT_OFFICE_OLD /* .doc .xls .ppt, or locked with a password */
};

/* By its content; that it can be opened is part of it.  Why not, for people,
 * in *why (may be NULL).  Read in pieces, but for the text of the main part. */
enum kt_office kt_office_of(
    const char *file, const struct kt_package_bytes *bytes, const char **why);
/* ".docx"; "" for those that are no deliverable as they are. */
const char *kt_office_suffix(enum kt_office kind);

/* ---- register.c: deliverables -------------------------------------------- */

enum kt_handling {
	KT_HANDLING_OPEN,
	KT_HANDLING_PROVIDED, /* 提供資料: lent by the city */
	KT_HANDLING_CONFIDENTIAL /* 機密 */
};

/* A row of register.tsv; "" and 0 0 0 mean none. */
struct kt_deliverable {
	const char *name; /* of the file */
	const char *type; /* 議事録, 報告書, … */
	const char *title;
	struct kt_date delivered, event, due;
	const char *occasion; /* 第1回審査会 */
	enum kt_handling handling;
	int64_t bytes;
	const char *sha256;
	const char *reason; /* why no Office file was asked for */
	const char *by; /* who registered it */
	struct kt_date disposed;
	const char *disposal; /* how, and who */
};

struct kt_register {
	struct kt_arena *arena;
	int fy;
	struct kt_deliverable *at;
	const char **folded; /* their names, to be compared */
	size_t n, cap;
};

struct kt_register *kt_register_new(int fy);
void kt_register_free(struct kt_register *r);
/* From register.tsv; `file` names it in messages.  KT_EINPUT with the line. */
int kt_register_read(struct kt_register **out, int fy, const char *file,
    const char *bytes, size_t n, struct kt_diag *d);
void kt_register_write(struct kt_buf *out, const struct kt_register *r);
/* Add a row; strings are copied.  KT_EINPUT for a name that cannot stand on
 * the disc or that another row has; KT_EINPUT for a tab or a line break. */
int kt_register_add(
    struct kt_register *r, const struct kt_deliverable *row, struct kt_diag *d);
/* "deliverables/令和8年度/register.tsv", or a file in that folder. */
void kt_register_path(struct kt_buf *out, int fy, const char *name);
const char *kt_handling_name(enum kt_handling handling); /* 提供資料, "" */

/*
 * The day by which it is due: 議事録 5 開庁日 after the meeting, all else the
 * last 開庁日 of the fiscal year.  None when the meeting is not known.
 */
struct kt_date kt_deliverable_due(
    const struct kt_deliverable *row, int fy, const struct kt_closed *city);
bool kt_deliverable_is_late(const struct kt_deliverable *row);

/* ---- deliver.c ----------------------------------------------------------- */

/* The register of a fiscal year as it stands in the store; an empty one when
 * there is none yet. */
int kt_register_load(struct kt_register **out, struct kt_store *store, int fy,
    struct kt_diag *d);
/*
 * Put a file and its row into the store, as one revision.  Of the row name,
 * type, title, dates, handling and reason are the caller's (a due date that is
 * not set is computed), bytes and digest are found out.  Without a reason only
 * Office files, recognised by their content.  Files that are not open are
 * kept beside the history, never in it.  KT_EINPUT, KT_ECONFLICT.
 */
int kt_deliver_add(struct kt_store *store, const char *file, int fy,
    struct kt_deliverable *row, const struct kt_closed *city,
    const struct kt_person *who, struct kt_diag *d);
/* Destroy what was lent or is secret, record it, and give the 廃棄証明書 as a
 * Word file.  KT_ENOTFOUND, KT_EINPUT for what is open, KT_ECONFLICT. */
int kt_deliver_dispose(struct kt_buf *certificate, struct kt_store *store,
    int fy, const char *name, struct kt_date when, const char *how,
    const struct kt_person *who, struct kt_diag *d);
int kt_disposal_certificate(struct kt_buf *out, const struct kt_register *r,
    const struct kt_deliverable *row, struct kt_diag *d);

/* ---- progress ------------------------------------------------------------ */

enum kt_archive_stage {
	KT_ARCHIVE_PAPERS,
	KT_ARCHIVE_HISTORY,
	KT_ARCHIVE_IMAGE,
	KT_ARCHIVE_READ,
	KT_ARCHIVE_BURN
};

struct kt_archive_watch {
	void (*tell)(
	    void *of, enum kt_archive_stage stage, int64_t done, int64_t total);
	void *of;
};

/* ---- build.c ------------------------------------------------------------- */

/* Bytes to plan with: 1 % below what every disc of the kind holds. */
extern const int64_t kt_archive_dvd, kt_archive_cd;

/* A document of the city and the guideline it answers to, by their ids. */
struct kt_archive_pair {
	const char *city, *guideline;
};

struct kt_archive_how {
	int fy;
	struct kt_date date; /* 作成年月日: data, not the clock */
	const char *out; /* X.iso; of several discs X-1.iso … */
	int64_t capacity; /* bytes of one disc */
	const char *organization, *title; /* the city; the name of the set */
	const struct kt_table_how *table; /* of 新旧対照表; NULL: as usual */
	const struct kt_vocabulary *vocabulary; /* of 対応表; NULL: none */
	/* 対応表 besides those of which links are kept. */
	const struct kt_archive_pair *pair;
	size_t npairs;
	const char *include_reason; /* what is lent or secret goes in, and
				       why; NULL: it is refused */
	bool without_history; /* no Git bundle on the disc */
	const char *software; /* for the label, not for the disc */
	const struct kt_archive_watch *watch; /* or NULL */
};

struct kt_archive_disc {
	unsigned disc;
	char volume[33], sha256[65];
	const char *path;
	int64_t bytes;
	size_t files;
};

struct kt_archive_made {
	struct kt_arena *arena;
	struct kt_archive_disc *disc;
	size_t n;
};

/*
 * The images of a fiscal year, and beside each its SHA-256 and its label
 * sheet.  Same store, year and settings, same bytes.  Memory does not grow
 * with the content.
 * KT_EDENIED with the whole list of what must not leave, KT_ELIMIT when a
 * document or the history does not fit on a disc: as far as can be known before
 * any paper is made.  Nothing is written then.
 */
int kt_archive_build(struct kt_archive_made *out, struct kt_store *store,
    const struct kt_archive_how *how, struct kt_diag *d);
void kt_archive_made_release(struct kt_archive_made *made);

/* ---- verify.c ------------------------------------------------------------ */

/* What was looked at, and with what result. */
struct kt_check_line {
	const char *what, *result;
	bool good;
};

struct kt_archive_report {
	struct kt_arena *arena;
	const char *source; /* image or device */
	const char *volume, *title, *fiscal_year, *organization, *date, *count;
	char sha256[65]; /* of the image */
	int64_t bytes, payload;
	size_t files, office;
	struct kt_check_line *line;
	size_t nlines, cap;
	const char **fault; /* path: what is wrong */
	size_t nfaults, faults_cap;
};

/*
 * Read a disc or an image back: file system, bag, digests, Git bundle, Office
 * files.  Faults are reported one by one and counted in the report; a code is
 * returned only when there is nothing to verify: KT_ENOTFOUND, KT_EIO,
 * KT_EINPUT.
 */
int kt_archive_verify(struct kt_archive_report **out, const char *path,
    const struct kt_archive_watch *watch, struct kt_diag *d);
void kt_archive_report_free(struct kt_archive_report *r);
/* 検収記録 as a Word file, with blanks for virus check and signatures.  `when`
 * is the day of the verification. */
int kt_archive_report_docx(struct kt_buf *out,
    const struct kt_archive_report *r, struct kt_date when, struct kt_diag *d);

/* ---- burn.c -------------------------------------------------------------- */

struct kt_burn {
	const char *drive; /* /dev/sr0, stdio:/path/file */
	bool dry_run; /* all but the writing */
	const struct kt_archive_watch *watch;
};

struct kt_burned {
	char medium[80]; /* DVD-R sequential recording */
	int64_t bytes, room; /* of the image, of the disc */
	char sha256[65]; /* of the image, and read back the same */
	bool closed; /* the drive says that nothing can follow */
	bool file; /* a file in place of a drive: it cannot say */
};

/* Write an image in one session, close the disc, read it back and compare.
 * KT_EINPUT for an image that is none or a disc that is not empty, KT_ENOSPACE,
 * KT_EIO, KT_EDAMAGED when what is read back differs. */
int kt_archive_burn(struct kt_burned *out, const char *image,
    const struct kt_burn *how, struct kt_diag *d);

#endif
