/* SPDX-License-Identifier: MIT */
#ifndef KT_ARCHIVE_INT_H
#define KT_ARCHIVE_INT_H

/* What the files of the archive share: digests, the files of a bag and where
 * their bytes come from. */

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/store.h>
#include <kaitei/archive.h>

#define SECTOR 2048

#define METADATA "メタデータ"
/* What machines read, and in it the whole history. */
#define MACHINE "機械可読"
#define FOLDER_MACHINE "data/" MACHINE
#define BUNDLE_PATH FOLDER_MACHINE "/履歴.bundle"

/* ---- spool.c --------------------------------------------------------- */

/* What was made for the disc, in one file without a name that goes away with
 * the program: memory does not grow with the archive. */
struct spool {
	int fd;
	int64_t size;
	const char *dir; /* where it lies; for messages */
	struct kt_digest *digest; /* of the piece at hand */
	int64_t begin;
};

/* In the directory in which `path` will lie: there must be room anyway. */
int spool_open(struct spool *s, const char *path, struct kt_diag *d);
void spool_close(struct spool *s);
void spool_begin(struct spool *s);
int spool_put(struct spool *s, const void *bytes, size_t n, struct kt_diag *d);

/* ---- the files of a bag ----------------------------------------------- */

enum source { FROM_SPOOL, FROM_STORE, FROM_FILE };

struct item {
	const char *path; /* in the bag: data/令和8年度/01_確定版/… */
	enum source from;
	int64_t offset, size;
	char sha256[KT_SHA256_LEN + 1];
	const char *name; /* in the store, or of the file */
};

/* End the piece: what was put since spool_begin() is the item. */
void spool_end(struct spool *s, struct item *item);

struct reader;

/* Read an item in pieces. */
int reader_open(struct reader **out, const struct item *item, struct spool *s,
    struct kt_store *store, struct kt_diag *d);
/* At most n bytes; fewer only at the end; -1 after a failure. */
long reader_read(struct reader *r, void *to, size_t n, struct kt_diag *d);
void reader_free(struct reader *r);

/* ---- names.c --------------------------------------------------------- */

/* Paths of a whole bag: every fault of every name is reported, and names that
 * some system takes for one.  KT_EINPUT when there was any. */
int names_check(const struct item *items, size_t n, struct kt_diag *d);

/* kt_archive_name_check(), with or without its warnings. */
int name_check(const char *name, bool warn, struct kt_diag *d);

/* ---- bag.c ----------------------------------------------------------- */

/* What bag-info.txt says; all from data, nothing from the clock. */
struct bag_about {
	const char *organization, *title;
	int fy;
	struct kt_date date;
	unsigned disc, discs;
};

/* bagit.txt, bag-info.txt, manifest and tagmanifest of these files. */
void bag_manifest(
    struct kt_buf *out, const struct item *items, size_t n, bool payload);
void bag_info(struct kt_buf *out, const struct bag_about *about,
    const struct item *items, size_t n);
bool bag_is_payload(const char *path);
/* One line of a manifest: its digest in hex and its path; false at a line
 * that is none.  *p moves behind it. */
bool bag_manifest_next(const char **p, char hex[KT_SHA256_LEN + 1],
    const char **path, size_t *len);

extern const char bag_bagit[];

/* ---- deliver.c ------------------------------------------------------- */

/* Where a file lies that must not be in the history. */
void kept_path(
    struct kt_buf *out, const struct kt_store *store, const char *sha256);

/* ---- image.c --------------------------------------------------------- */

struct image_about {
	char volume[33];
	const char *publisher, *application;
	struct kt_date date;
};

/* Start libisofs with names in UTF-8 and messages from a severity on kept for
 * asking; ends with iso_finish().  < 0 when it fails. */
int iso_begin(const char *severity);
/* Bytes that the image of these files will have. */
int image_size(const struct image_about *about, struct item *const *items,
    size_t n, int64_t *size, struct kt_diag *d);
/* Write the image; its SHA-256 in hex. */
int image_write(struct kt_outfile *to, const struct image_about *about,
    struct item *const *items, size_t n, struct spool *spool,
    struct kt_store *store, const struct kt_archive_watch *watch,
    char hex[KT_SHA256_LEN + 1], struct kt_diag *d);

#endif
