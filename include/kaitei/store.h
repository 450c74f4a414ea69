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
#include <stdint.h>

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
	/* Dependants that it leaves as they are, and why: lines ID=REASON. */
	const char *waived;
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
/* The same, without looking whether it is sound: for kt_store_sound(). */
int kt_store_open_any(
    struct kt_store **out, const char *dir, struct kt_diag *d);
void kt_store_free(struct kt_store *s);
const char *kt_store_path(const struct kt_store *s);
/* The drafter in kaitei.yaml or the person's own Git settings; KT_EDENIED
 * with the line to type when neither names one. */
int kt_store_person(
    struct kt_person *out, const struct kt_store *s, struct kt_diag *d);

/* Where the document `id` stands at a revision (as kt_store_get() takes it),
 * or, where it is new, would stand in `folder`: "policies" or "guidelines".
 * Without a folder KT_ENOTFOUND when it is not there; KT_EINPUT for what is no
 * id.  *path lives as long as the store. */
int kt_store_document(const char **path, struct kt_store *s, const char *id,
    const char *rev, const char *folder, struct kt_diag *d);

/* The text of a document at a revision: "" the newest, a revision's name or
 * a prefix of at least 6 digits, an edition label, a date (the text in force
 * that day).  *at, when not NULL, gets the revision. */
int kt_store_read(struct kt_buf *out, struct kt_store *s, const char *id,
    const char *rev, struct kt_revision *at, struct kt_diag *d);

/* ---- any file, several at once ------------------------------------------- */

/*
 * Files stand at these paths and at no others:
 *
 *   kaitei.yaml, signers                    settings; who may approve
 *   policies/ID.md, guidelines/ID.md        documents
 *   policies/….png, .jpg, .jpeg             their figures, also in folders;
 *   guidelines/….png, .jpg, .jpeg           where the documents name them
 *   links/NAME                              confirmed correspondences
 *   instruments/ID/NAME                     amending instruments as adopted
 *   deliverables/FISCAL YEAR/NAME           Office files, register.tsv
 *
 * A name is one segment that every Git and every Windows keeps: no signs with
 * a meaning of their own, no device names, at most 120 bytes; deliverables
 * keep their names as far as Windows does.
 */

#define KT_TAKEN SIZE_MAX

/* What a file becomes with a revision. */
struct kt_file {
	const char *path;
	const void *bytes; /* any bytes; NULL: the file is taken out */
	size_t n; /* KT_TAKEN: `bytes` is the name from kt_store_take() */
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
/* Is it the path of a document; may it be that of a figure? */
bool kt_store_is_document(const char *path);
bool kt_store_is_figure(const char *path);
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

/* What is known of one revision; strings live as long as the store. */
int kt_store_revision(struct kt_revision *out, struct kt_store *s,
    const char *rev, struct kt_diag *d);
/* 64 hexadecimal digits and a NUL. */
#define KT_SHA256_LEN 64
void kt_sha256(char hex[KT_SHA256_LEN + 1], const void *bytes, size_t n);
/* The same in pieces; ending it frees it. */
struct kt_digest;

struct kt_digest *kt_digest_new(void);
void kt_digest_put(struct kt_digest *g, const void *bytes, size_t n);
void kt_digest_end(struct kt_digest *g, char hex[KT_SHA256_LEN + 1]);

/* ---- drafts -------------------------------------------------------------- */

/* A proposed revision in the making; kept on a branch of its own. */
struct kt_draft {
	const char *name, *purpose;
	struct kt_person author;
	long long when; /* begun; seconds since 1970, for display only */
	char tip[KT_REV_LEN + 1]; /* its newest revision */
	char base[KT_REV_LEN + 1]; /* the revision of main it stands on */
	char tree[KT_REV_LEN + 1]; /* all of its files, as an approval names it
				    */
	char adopted[KT_REV_LEN + 1]; /* the revision of main, or "" */
	bool behind; /* main has moved since */
};

/* Begin a draft on the newest main; the purpose is note->message.  One name
 * is begun once, whoever tries at the same time: KT_ECONFLICT.  Names that
 * differ only in case or width from another are refused too. */
int kt_draft_new(struct kt_store *s, const char *name,
    const struct kt_note *note, char rev[KT_REV_LEN + 1], struct kt_diag *d);
int kt_draft_find(struct kt_draft *out, struct kt_store *s, const char *name,
    struct kt_diag *d);
/* The draft as it was before each time that something was merged into it,
 * newest first; full revisions that live as long as the store. */
int kt_draft_merges(const char *const **out, size_t *n, struct kt_store *s,
    const struct kt_draft *draft, struct kt_diag *d);
/* By name. */
int kt_draft_list(struct kt_store *s, const struct kt_draft **out, size_t *n,
    struct kt_diag *d);
/* As kt_store_put(), on a draft; base "" is its tip at the moment.  `merged`
 * is the revision whose changes these files bring in, else ""; then the draft
 * must still stand at `base`. */
int kt_draft_put(struct kt_store *s, const char *name,
    const struct kt_file *files, size_t n, const char *base, const char *merged,
    const struct kt_note *note, char rev[KT_REV_LEN + 1], struct kt_diag *d);
/* Open conflicts of a draft stand in this file on its branch. */
#define KT_CONFLICTS "conflicts.json"

/* The number of an instrument names a tag and a file: KT_EINPUT when it cannot.
 */
int kt_store_check_number(const char *number, struct kt_diag *d);
/* An annotated tag that never moves: made once for this revision; there
 * already for it is fine, for another KT_ECONFLICT.  Signed with `key`, or not
 * when it is NULL. */
int kt_store_tag(struct kt_store *s, const char *name, const char *rev,
    const char *message, const struct kt_person *who, const char *key,
    struct kt_diag *d);

/* ---- reviews ------------------------------------------------------------- */

/*
 * What is said of a draft: an append-only chain of operations, one commit
 * each, ordered by a counter and not by the clock.  workflow.md §6.
 */
enum kt_review_kind {
	KT_RV_OPEN,
	KT_RV_CLOSE,
	KT_RV_COMMENT,
	KT_RV_RESOLVE, /* `reply` is done with */
	KT_RV_REVIEWED,
	KT_RV_REASON, /* why a clause is changed, 改正理由 */
	KT_RV_APPROVE,
	KT_RV_OBJECT,
	KT_RV_WITHDRAW, /* `reply`, an approval or objection, holds no more */
	KT_RV_PUBLISH,
	KT_RV_KINDS
};

/* An operation; "" and 0 0 0 mean none. */
struct kt_review {
	char id[KT_REV_LEN + 1];
	enum kt_review_kind kind;
	unsigned long counter;
	struct kt_person author;
	long long when; /* for display only */
	struct kt_date date; /* of the decision */
	const char *document, *clause; /* where */
	const char *quote, *quote_sha256; /* the words it is about */
	const char *text;
	const char *reply; /* id of another operation */
	const char *revision; /* of the draft then; of main when published */
	const char *base, *tree, *digest; /* what was approved */
	const char *role, *tag;
	bool is_signed;
};

const char *kt_review_name(enum kt_review_kind kind); /* "comment" */

/*
 * Append an operation: author, kind and what goes with it are taken from
 * `op`; id and counter are given.  `key` names a private key for ssh-keygen,
 * NULL: not signed.  However many append at the same time, all are kept.
 */
int kt_review_add(struct kt_store *s, const char *draft,
    const struct kt_review *op, const char *key, char id[KT_REV_LEN + 1],
    struct kt_diag *d);
/* By counter, then by id: the same on every machine.  An operation that
 * cannot be read is a warning and left out.  Live as long as the store. */
int kt_review_list(struct kt_store *s, const char *draft,
    const struct kt_review **out, size_t *n, struct kt_diag *d);

/* Is a draft closed, by the newest operation that says so? */
int kt_review_is_closed(
    bool *out, struct kt_store *s, const char *draft, struct kt_diag *d);

/* Whose signature a revision or an operation bears. */
enum kt_signed { KT_SG_NONE, KT_SG_GOOD, KT_SG_UNKNOWN, KT_SG_BAD };

struct kt_signature {
	enum kt_signed state;
	const char *who, *roles; /* as `signers` has them; "" if not GOOD */
};

/* Check it with ssh-keygen against the lines of `signers`, at the time of
 * signing.  KT_ENOTFOUND when ssh-keygen is not installed. */
int kt_store_verify(struct kt_signature *out, struct kt_store *s,
    const char *rev, const char *signers, struct kt_diag *d);
/* ---- files of any kind and size: blob.c ------------------------------- */

/* Take a file's bytes into the store, piece by piece, without a revision that
 * names it; kt_store_put() may, by this name of the bytes.  KT_EIO,
 * KT_ENOSPACE. */
int kt_store_take(struct kt_store *s, const char *file,
    char oid[KT_REV_LEN + 1], struct kt_diag *d);

/* A file of a revision (as kt_store_get() takes it), read in pieces of memory
 * however large it is and however the store keeps it.  KT_ENOTFOUND.  Free it
 * before the store. */
struct kt_blob;

int kt_blob_open(struct kt_blob **out, struct kt_store *s, const char *rev,
    const char *path, struct kt_diag *d);
void kt_blob_free(struct kt_blob *b);
size_t kt_blob_size(const struct kt_blob *b);
/* `most` bytes, fewer only at the end, *got of them.  With the last ones
 * KT_EDAMAGED when they are not those that were saved. */
int kt_blob_read(
    struct kt_blob *b, void *to, size_t most, size_t *got, struct kt_diag *d);

/* ---- every text that there ever was: texts.c ---------------------------- */

/* Takes a text of the history; `rev` is a revision that has it.  A code other
 * than KT_OK stops and is returned. */
typedef int kt_text_visit(
    void *of, const char *path, const char *rev, const struct kt_buf *text);

/* Texts of policies/ and guidelines/ in all revisions of all that
 * kt_store_bundle() carries, drafts too, each once. */
int kt_store_texts(
    struct kt_store *s, kt_text_visit *visit, void *of, struct kt_diag *d);

/* ---- the whole history as one file: bundle.c ---------------------------- */

/* Takes a piece; a code other than KT_OK stops the writing and is returned. */
typedef int kt_bundle_put(void *of, const void *bytes, size_t n);
/* Gives at most `most` bytes, *got of them; 0 at the end. */
typedef int kt_bundle_get(void *of, void *to, size_t most, size_t *got);

/* A Git bundle of all branches, tags and reviews, in pieces: same refs, same
 * bytes, however the store keeps its objects (one version of libgit2 and
 * zlib).  Memory does not grow with the files. */
int kt_store_bundle(
    struct kt_store *s, kt_bundle_put *put, void *of, struct kt_diag *d);

struct kt_bundle_seen {
	size_t refs, objects;
};

/* `git bundle verify` without git and without a store, for a bundle that
 * kt_store_bundle() made: header, checksum of the pack, every object whole and
 * nothing missing, every ref there.  `name` is for messages; seen may be NULL.
 * KT_EDAMAGED. */
int kt_bundle_check(const char *name, kt_bundle_get *get, void *of,
    struct kt_bundle_seen *seen, struct kt_diag *d);

/* ---- exchange, by the git program ---------------------------------------- */

/* How our branch stands to the server's. */
enum kt_apart { KT_R_SAME_PLACE, KT_R_AHEAD, KT_R_BEHIND, KT_R_APART };

/* A branch as it was fetched: main, or draft/NAME. */
struct kt_branch {
	const char *name;
	enum kt_apart apart;
	char ours[KT_REV_LEN + 1]; /* "" when we have none */
	char theirs[KT_REV_LEN + 1];
	char base[KT_REV_LEN + 1]; /* of KT_R_APART */
};

/* The address of a server, NULL when none has that name. */
const char *kt_remote_url(struct kt_store *s, const char *remote);
/* The address as it is remembered: a folder with its whole path, for it is
 * asked from elsewhere another day. */
const char *kt_remote_address(struct kt_arena *a, const char *url);
/* Remember one.  KT_EUSAGE for an address that git would take otherwise. */
int kt_remote_set(
    struct kt_store *s, const char *remote, const char *url, struct kt_diag *d);
/* Its branches, reviews and tags, beside ours. */
int kt_remote_fetch(struct kt_store *s, const char *remote, struct kt_diag *d);
int kt_remote_branches(struct kt_store *s, const char *remote,
    const struct kt_branch **out, size_t *n, struct kt_diag *d);
/* Take over a branch that only grew there.  KT_ECONFLICT without a message
 * when ours has moved meanwhile. */
int kt_remote_forward(
    struct kt_store *s, const struct kt_branch *b, struct kt_diag *d);
/* Unite all reviews with those that were fetched. */
int kt_remote_reviews(struct kt_store *s, const char *remote,
    const struct kt_person *who, struct kt_diag *d);
/* Take over the tags that were fetched.  A tag never moves where others have
 * seen it: of two with one name the server's keeps it, ours gets another, by
 * a tag of it, and *apart is one more. */
int kt_remote_tags(struct kt_store *s, const char *remote,
    const struct kt_person *who, size_t *apart, struct kt_diag *d);
/* Everything in one step; nothing forced, nothing deleted.  KT_ECONFLICT
 * without a message when somebody pushed first. */
int kt_remote_push(struct kt_store *s, const char *remote, struct kt_diag *d);
/* The revisions of main that we have and the server has not, oldest first. */
int kt_main_own(struct kt_store *s, const struct kt_branch *b,
    const struct kt_revision **out, size_t *n, struct kt_diag *d);
/* A revision on top of `on` with these files, recorded as `of` is and with it
 * as its second parent.  Moves nothing; rev may be the array of `on`. */
int kt_main_replay(char rev[KT_REV_LEN + 1], struct kt_store *s, const char *on,
    const char *of, const struct kt_file *files, size_t n, struct kt_diag *d);
/* KT_ECONFLICT without a message when main has moved meanwhile. */
int kt_main_move(
    struct kt_store *s, const char *old, const char *new, struct kt_diag *d);
/* A new store with all that a server has. */
int kt_store_clone(const char *dir, const char *url,
    const struct kt_person *who, struct kt_diag *d);

/* ---- is it sound? -------------------------------------------------------- */

struct kt_sound {
	size_t objects, revisions, refs, operations;
	size_t faults;
};

/* Read every object and compute its name, follow every ref to all that it
 * needs, read every operation; each fault is reported with the name of the
 * object.  KT_EDAMAGED when there is one. */
int kt_store_sound(struct kt_sound *out, struct kt_store *s, struct kt_diag *d);

/* ---- loose objects: repack.c --------------------------------------------- */

struct kt_packed {
	size_t objects; /* that were loose, and are in a pack now */
	bool busy; /* somebody else is at it; nothing was done */
};

/* Objects that have a file of their own and could be packed. */
size_t kt_store_loose(struct kt_store *s);
/* Put them into one pack.  It is on the disk and read back before one of them
 * goes; others may read and write meanwhile.  KT_EIO, KT_ENOSPACE,
 * KT_EDAMAGED; then all is as it was. */
int kt_store_pack(struct kt_packed *out, struct kt_store *s, struct kt_diag *d);

#endif
