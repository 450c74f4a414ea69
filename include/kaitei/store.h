/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_STORE_H
#define KAITEI_STORE_H

/*
 * store: a corpus in an ordinary Git repository, through libgit2.  Knows
 * bytes, paths, revisions and dates; knows nothing of documents.  Every
 * change of a ref goes through one function; what was acknowledged is never
 * lost.  store.md, reliability.md §2.
 */

#include <stdbool.h>
#include <stddef.h>

#include <kaitei/text.h>

struct kt_buf;
struct kt_diag;
struct kt_store;

/* A revision's name: 40 hexadecimal digits. */
#define KT_REV_LEN 40

/* Who drafts.  Asked for, never guessed from the machine. */
struct kt_person {
	const char *name, *mail;
};

/* What is recorded with a revision; "" or NULL and 0 0 0 mean none. */
struct kt_note {
	const char *document; /* id; of several the first */
	const char *edition, *instrument, *message;
	const char *draft; /* the draft that was adopted */
	struct kt_date decided, promulgated, effective;
	struct kt_person author; /* the drafter */
	struct kt_person committer; /* who ran it; NULL = the drafter */
};

struct kt_revision {
	char id[KT_REV_LEN + 1];
	const char *path;
	struct kt_note note;
	long long when; /* seconds since 1970, for display only */
};

/* A document of the store. */
struct kt_entry {
	const char *id, *path;
	size_t size;
	struct kt_revision last; /* the newest revision that changed it */
};

/* Make a store in a directory that is empty or does not exist yet, with a
 * kaitei.yaml; KT_EINPUT when something is there already, KT_EIO. */
int kt_store_init(
    const char *dir, const struct kt_person *who, struct kt_diag *d);
/* dir NULL: from the working directory upwards.  KT_ENOTFOUND when there is
 * none, KT_EDENIED when it belongs to somebody else, KT_EDAMAGED. */
int kt_store_open(struct kt_store **out, const char *dir, struct kt_diag *d);
void kt_store_free(struct kt_store *s);
const char *kt_store_path(const struct kt_store *s);
/* The drafter in kaitei.yaml or the person's own Git settings; KT_EDENIED
 * with the line to type when neither names one. */
int kt_store_person(
    struct kt_person *out, const struct kt_store *s, struct kt_diag *d);

/* Save bytes as the document `id` (kind guideline or policy by `folder`,
 * "policies" or "guidelines").  `base` is the revision the text was made
 * from, "" for the newest; when the document has changed since, KT_ECONFLICT
 * and nothing is written.  The new revision's name in rev. */
int kt_store_save(struct kt_store *s, const char *folder, const char *id,
    const void *bytes, size_t n, const char *base, const struct kt_note *note,
    char rev[KT_REV_LEN + 1], struct kt_diag *d);

/* The text of a document at a revision: "" the newest, a revision's name or
 * a prefix of at least 6 digits, an edition label, a date (the text in force
 * that day).  *at, when not NULL, gets the revision. */
int kt_store_read(struct kt_buf *out, struct kt_store *s, const char *id,
    const char *rev, struct kt_revision *at, struct kt_diag *d);

/* ---- any file, several at once ------------------------------------------ */

/*
 * Files stand at these paths and at no others:
 *
 *   kaitei.yaml, signers                    settings; who may approve
 *   policies/ID.md, guidelines/ID.md        documents
 *   links/NAME                              confirmed correspondences
 *   instruments/ID/NAME                     amending instruments as adopted
 *   deliverables/FISCAL YEAR/NAME           Office files, register.tsv
 *
 * A name is one segment that every Git and every Windows keeps: no signs with
 * a meaning of their own, no device names, at most 120 bytes.
 */

/* What a file becomes with a revision. */
struct kt_file {
	const char *path;
	const void *bytes; /* any bytes; NULL: the file is taken out */
	size_t n;
};

/* A file of the store. */
struct kt_item {
	const char *path;
	size_t size;
	char blob[KT_REV_LEN + 1]; /* changes with its bytes */
};

/*
 * Save several files as ONE revision of main: all or nothing.  `base` is the
 * revision they were made from, "" for main as it was when the store was
 * opened or last saved.  When one of these paths has changed since, by
 * whomever, KT_ECONFLICT and nothing is written; files that others saved
 * elsewhere meanwhile stay.  KT_EINPUT for a path that is not allowed,
 * KT_EDENIED without an author.  The new revision's name in rev.
 */
int kt_store_put(struct kt_store *s, const struct kt_file *files, size_t n,
    const char *base, const struct kt_note *note, char rev[KT_REV_LEN + 1],
    struct kt_diag *d);
/*
 * The bytes of a path at a revision: "" the newest of main, a revision's name
 * or a prefix of at least 6 digits, draft/NAME, the name of a tag.  *out is
 * replaced; KT_ENOTFOUND when there is no such path or revision.  at, when
 * not NULL, gets the full name of the revision.
 */
int kt_store_get(struct kt_buf *out, struct kt_store *s, const char *path,
    const char *rev, char at[KT_REV_LEN + 1], struct kt_diag *d);
bool kt_store_has(struct kt_store *s, const char *path, const char *rev);
/* Files below a folder ("" all), by path, at a revision as above; none when
 * there is no such folder.  Items live as long as the store. */
int kt_store_items(struct kt_store *s, const char *folder, const char *rev,
    const struct kt_item **out, size_t *n, struct kt_diag *d);

/* ---- documents ----------------------------------------------------------- */

/* Documents by id; entries live as long as the store. */
int kt_store_list(struct kt_store *s, const struct kt_entry **out, size_t *n,
    struct kt_diag *d);
/* Revisions of a document, newest first. */
int kt_store_log(struct kt_store *s, const char *id,
    const struct kt_revision **out, size_t *n, struct kt_diag *d);

#endif
