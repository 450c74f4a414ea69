/* SPDX-License-Identifier: MIT */
#ifndef KT_STORE_INT_H
#define KT_STORE_INT_H

/* What the files of the store share. */

#include "late_git2.h"

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/store.h>

#define MAIN_REF "refs/heads/main"
#define SETTINGS "kaitei.yaml"
#define SIGNERS "signers"

struct kt_store {
	git_repository *repo;
	char *path; /* of the repository, without a closing slash */
	git_oid opened; /* main when the store was opened */
	struct kt_arena *arena; /* what is handed out */
};

/* ---- git.c --------------------------------------------------------------- */

/* Start libgit2, once a process, with our allocator and with fsync and hash
 * checks on; it is not ended.  The one place where it is set up. */
int store_git_begin(struct kt_diag *d);
/* The message for a failed libgit2 call. */
int store_error(struct kt_diag *d, int rc, const char *what);

/* ---- oids.c -------------------------------------------------------------- */

/* A set of object names; {0} is empty. */
struct store_oids {
	git_oid *at;
	size_t n, cap;
};

/* False when it was there already. */
bool store_oids_add(struct store_oids *set, const git_oid *id);
bool store_oids_has(const struct store_oids *set, const git_oid *id);
void store_oids_release(struct store_oids *set);

/* ---- objects.c ----------------------------------------------------------- */

/* Takes an object of the history; `path` is of a tree or a file ("" the root),
 * NULL for others; `commit` is the one in which it was met first. */
typedef int store_visit(void *of, const git_oid *id, git_object_t type,
    const char *path, const git_oid *commit);
/* Refs that are the history, by name, and where each stood when it was read;
 * remotes' copies are not.  {0} is empty. */
struct store_refs {
	git_strarray names;
	git_oid *at;
};
int store_history_refs(struct store_refs *out, git_repository *repo);
void store_refs_release(struct store_refs *refs);
/* Every object of the history once: tags and commits, newest first, each
 * before its trees and files.  Stops at a code other than 0 and returns it. */
int store_history(git_repository *repo, const struct store_refs *refs,
    store_visit *visit, void *of);

/* ---- blob.c -------------------------------------------------------------- */

struct kt_blob;

/* `path` names it in messages and must live as long. */
int store_blob_open(struct kt_blob **out, struct kt_store *s, const git_oid *id,
    const char *path, struct kt_diag *d);

/* ---- guard.c ------------------------------------------------------------- */

/* From here on an object whose stream does not end is damaged, and not read
 * for ever. */
void store_guard_begin(void);

/* ---- loose.c ------------------------------------------------------------- */

/* Have loose objects of a repository read by us: each that is opened. */
int store_distrust(git_repository *repo);

/* ---- sound_pack.c -------------------------------------------------------- */

/* Are the indexes of the packs as they were written?  With a bit flipped in
 * one libgit2 reads beside the pack, so nothing is read before. */
int store_check_indexes(struct kt_store *s, struct kt_diag *d);

/* ---- repack.c ------------------------------------------------------------ */

/* Packs are made in folders of this name below objects/. */
#define PACK_FOLDER "tmp_pack_"
/* A folder of files and no folders, with them. */
void store_remove_folder(const char *path);

/* ---- ref.c --------------------------------------------------------------- */

/*
 * The one function that changes a ref: from `old` to `new`, an all-zero
 * `old` meaning that it must not exist yet.  KT_ECONFLICT without a message
 * when it is not `old` any more; then nothing was written.
 */
int store_ref_cas(struct kt_store *s, const char *name, const git_oid *old,
    const git_oid *new, const char *why, struct kt_diag *d);
/* Where a ref stands; all-zero when it does not exist. */
int store_ref_read(
    git_oid *out, struct kt_store *s, const char *name, struct kt_diag *d);

/* ---- names.c ------------------------------------------------------------- */

/* May this be the name of a document; of an edition?  Says why not. */
int store_check_id(const char *id, struct kt_diag *d);
int store_check_edition(const char *label, struct kt_diag *d);

/* May a file stand at this path?  Says why not. */
int store_check_path(const char *path, struct kt_diag *d);

/* ---- note.c -------------------------------------------------------------- */

/* A commit's message from a note, and back. */
void store_note_write(struct kt_buf *out, const struct kt_note *note);
void store_note_read(
    struct kt_arena *a, struct kt_note *out, const git_commit *commit);

/* ---- history.c ----------------------------------------------------------- */

/* The blob of a path in a commit; all-zero when it is not there. */
int store_blob_at(git_oid *out, struct kt_store *s, const git_oid *commit,
    const char *path, struct kt_diag *d);
/* The path of a document at a commit, in the store's arena; NULL when the
 * store has none. */
const char *store_find(
    struct kt_store *s, const git_oid *commit, const char *id);

/* ---- files.c ------------------------------------------------------------- */

/* The commit that a revision's name means, see kt_store_get(). */
int store_rev(
    git_oid *out, struct kt_store *s, const char *rev, struct kt_diag *d);

/* ---- save.c -------------------------------------------------------------- */

struct store_change {
	const char *path;
	git_oid blob; /* all-zero: taken out */
	git_oid base; /* as it was when the change was made; all-zero: not
			 there */
};

/* A revision in the making. */
struct store_saving {
	const char *ref; /* the branch it goes to */
	const char *what; /* named in messages */
	const struct store_change *at;
	size_t n;
	const git_oid *exact; /* the branch must stand here, or NULL */
	const git_oid *other; /* second parent, or NULL */
	const struct kt_note *note;
};

/* Commit on top of a branch and move it, again while others move it too. */
int store_commit(git_oid *made, struct kt_store *s,
    const struct store_saving *what, struct kt_diag *d);
/* Blobs for the files, and what stood at their paths in `base`. */
int store_changes(struct store_change **out, struct kt_store *s,
    const struct kt_file *files, size_t n, const git_oid *base,
    struct kt_diag *d);
int store_check_author(
    const struct kt_store *s, const struct kt_note *note, struct kt_diag *d);

/* Author and committer of a revision; git_signature_free() both. */
int store_signs(
    git_signature **author, git_signature **committer, const struct kt_note *n);

/* ---- names.c ------------------------------------------------------------- */

int store_check_draft(const char *name, struct kt_diag *d);
/* The same but for case and width? */
bool store_same_name(const char *a, const char *b);

/* ---- sign.c -------------------------------------------------------------- */

/* A commit from its bytes, signed with a key, or not when it is NULL. */
int store_sign_commit(git_oid *out, struct kt_store *s, const char *bytes,
    const char *key, struct kt_diag *d);

/* ---- review.c ------------------------------------------------------------ */

#define REVIEW_REFS "refs/kaitei/reviews/"

/* Make one chain of two: the later one, or a commit without an operation
 * over both. */
int store_review_join(struct kt_store *s, const char *ref, const git_oid *ours,
    const git_oid *theirs, const struct kt_person *who, struct kt_diag *d);

/* ---- save.c -------------------------------------------------------------- */

/* The commit alone, no ref moves. */
int store_make_commit(git_oid *out, struct kt_store *s,
    const struct store_saving *what, const git_oid *parent, struct kt_diag *d);

/* ---- repo.c -------------------------------------------------------------- */

/* A repository with our settings and no revision, where nothing is yet. */
int store_make_empty(git_repository **out, const char *dir,
    const struct kt_person *who, struct kt_diag *d);

#endif
