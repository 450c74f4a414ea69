/* SPDX-License-Identifier: MIT */
/*
 * Saving a revision.  Blob, tree and commit are written first; the one ref
 * update is the revision.  When somebody else saved meanwhile and it was
 * another document, the commit is made anew on top of theirs; when it was
 * this one, the text is not saved and the message says what to do.
 */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

/* Other writers each win a round; nobody loses this often. */
#define ROUNDS 1000

int
store_check_author(
    const struct kt_store *s, const struct kt_note *note, struct kt_diag *d)
{
	const struct kt_person *who = &note->author;

	if (who->name != NULL && who->mail != NULL && who->name[0] != '\0' &&
	    who->mail[0] != '\0' && strpbrk(who->name, "<>\n") == NULL &&
	    strpbrk(who->mail, "<>\n ") == NULL)
		return KT_OK;
	return kt_report(d, .id = KT_M_STORE_WHO, .a = s->path);
}

/* ---- tree and commit ----------------------------------------------------- */

/* The tree of `parent` with the changes in it. */
static int
make_tree(git_tree **out, struct kt_store *s, const struct store_saving *what,
    const git_commit *parent)
{
	git_tree_update *list = kt_calloc(what->n, sizeof(*list));
	git_tree *before = NULL;
	git_tree_entry *there;
	git_oid tree;
	size_t n = 0;
	int rc = git_commit_tree(&before, parent);

	for (size_t i = 0; rc == 0 && i < what->n; i++) {
		const struct store_change *c = &what->at[i];

		if (git_oid_is_zero(&c->blob)) {
			rc = git_tree_entry_bypath(&there, before, c->path);
			if (rc == GIT_ENOTFOUND) {
				rc = 0;
				continue;
			}
			git_tree_entry_free(there);
		}
		list[n++] = (git_tree_update){
			.action = git_oid_is_zero(&c->blob)
				      ? GIT_TREE_UPDATE_REMOVE
				      : GIT_TREE_UPDATE_UPSERT,
			.id = c->blob,
			.filemode = GIT_FILEMODE_BLOB,
			.path = c->path,
		};
	}
	if (rc == 0)
		rc = git_tree_create_updated(&tree, s->repo, before, n, list);
	if (rc == 0)
		rc = git_tree_lookup(out, s->repo, &tree);
	git_tree_free(before);
	free(list);
	return rc;
}

int
store_signs(
    git_signature **author, git_signature **committer, const struct kt_note *n)
{
	const struct kt_person *ran =
	    n->committer.name == NULL ? &n->author : &n->committer;
	int rc = git_signature_now(author, n->author.name, n->author.mail);

	if (rc == 0)
		rc = git_signature_now(committer, ran->name, ran->mail);
	return rc;
}

int
store_make_commit(git_oid *out, struct kt_store *s,
    const struct store_saving *what, const git_oid *parent_id,
    struct kt_diag *d)
{
	struct kt_buf message = KT_BUF_INIT;
	git_commit *parent = NULL, *other = NULL;
	git_tree *after = NULL;
	git_signature *author = NULL, *committer = NULL;
	int rc = git_commit_lookup(&parent, s->repo, parent_id);

	store_note_write(&message, what->note);
	if (rc == 0 && what->other != NULL)
		rc = git_commit_lookup(&other, s->repo, what->other);
	if (rc == 0)
		rc = make_tree(&after, s, what, parent);
	if (rc == 0)
		rc = store_signs(&author, &committer, what->note);
	if (rc == 0) {
		const git_commit *parents[] = { parent, other };

		rc = git_commit_create(out, s->repo, NULL, author, committer,
		    NULL, message.p, after, other == NULL ? 1 : 2, parents);
	}
	git_signature_free(author);
	git_signature_free(committer);
	git_tree_free(after);
	git_commit_free(other);
	git_commit_free(parent);
	kt_buf_release(&message);
	return rc < 0 ? store_error(d, rc, s->path) : KT_OK;
}

/* ---- the one ref update -------------------------------------------------- */

static int
stale(struct kt_store *s, const struct store_saving *what, const git_oid *at,
    struct kt_diag *d)
{
	char id[KT_REV_LEN + 1];
	git_commit *c = NULL;
	int rc;

	git_oid_tostr(id, sizeof(id), at);
	/* Who was first makes the message useful; if it cannot be found out,
	 * the message stands without. */
	rc = git_commit_lookup(&c, s->repo, at);
	rc = kt_report(d, .id = KT_M_STORE_STALE, .a = what->what,
	    .b = rc == 0 ? git_commit_author(c)->name : "?", .c = id);
	git_commit_free(c);
	return rc;
}

/* The commit on the branch that changed a path last, or its tip. */
static void
last_change(
    git_oid *out, struct kt_store *s, const git_oid *tip_id, const char *path)
{
	git_commit *c = NULL, *parent = NULL;
	git_oid here, before;

	git_oid_cpy(out, tip_id);
	if (git_commit_lookup(&c, s->repo, tip_id) != 0 ||
	    store_blob_at(&here, s, tip_id, path, NULL) != KT_OK)
		return;
	while (git_commit_parent(&parent, c, 0) == 0 &&
	       store_blob_at(&before, s, git_commit_id(parent), path, NULL) ==
		   KT_OK &&
	       git_oid_equal(&here, &before)) {
		git_commit_free(c);
		c = parent;
		parent = NULL;
	}
	git_oid_cpy(out, git_commit_id(c));
	git_commit_free(parent);
	git_commit_free(c);
}

/* Does every path stand as the text was made from it? */
static int
check_base(struct kt_store *s, const struct store_saving *what,
    const git_oid *at, struct kt_diag *d)
{
	git_oid blob, first;
	int rc;

	if (what->exact != NULL && !git_oid_equal(at, what->exact))
		return stale(s, what, at, d);
	for (size_t i = 0; i < what->n; i++) {
		rc = store_blob_at(&blob, s, at, what->at[i].path, d);
		if (rc != KT_OK)
			return rc;
		if (!git_oid_equal(&blob, &what->at[i].base)) {
			last_change(&first, s, at, what->at[i].path);
			return stale(s, what, &first, d);
		}
	}
	return KT_OK;
}

int
store_commit(git_oid *made, struct kt_store *s, const struct store_saving *what,
    struct kt_diag *d)
{
	git_oid at;
	int rc;

	for (int round = 0; round < ROUNDS; round++) {
		rc = store_ref_read(&at, s, what->ref, d);
		if (rc == KT_OK)
			rc = check_base(s, what, &at, d);
		if (rc == KT_OK)
			rc = store_make_commit(made, s, what, &at, d);
		if (rc != KT_OK)
			return rc;
		rc = store_ref_cas(s, what->ref, &at, made, what->what, d);
		if (rc != KT_ECONFLICT)
			return rc;
	}
	return kt_report(d, .id = KT_M_STORE_LOCKED, .a = s->path);
}

/* The blob of a file: new bytes, or those that were taken before. */
static int
store_bytes(git_oid *out, struct kt_store *s, const struct kt_file *file,
    struct kt_diag *d)
{
	int rc = file->n == KT_TAKEN ? git_oid_fromstr(out, file->bytes)
				     : git_blob_create_from_buffer(
					   out, s->repo, file->bytes, file->n);

	return rc < 0 ? store_error(d, rc, file->path) : KT_OK;
}

int
store_changes(struct store_change **out, struct kt_store *s,
    const struct kt_file *files, size_t n, const git_oid *base,
    struct kt_diag *d)
{
	struct store_change *list = KT_NEWN(s->arena, struct store_change, n);
	int rc = KT_OK;

	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		list[i].path = kt_arena_strdup(s->arena, files[i].path);
		rc = store_check_path(files[i].path, d);
		if (rc == KT_OK)
			rc = store_blob_at(
			    &list[i].base, s, base, list[i].path, d);
		if (rc == KT_OK && files[i].bytes != NULL)
			rc = store_bytes(&list[i].blob, s, &files[i], d);
	}
	if (rc == KT_OK)
		*out = list;
	return rc;
}

/*
 * An edition gets an annotated tag besides its trailer.  The revision is
 * acknowledged before: a tag that could not be made is a warning, and can be
 * made again from the trailers.
 */
static void
tag_edition(struct kt_store *s, const struct kt_note *note,
    const git_oid *commit, struct kt_diag *d)
{
	const char *name =
	    kt_arena_printf(s->arena, "%s/%s", note->document, note->edition);
	const char *ref = kt_arena_printf(s->arena, "refs/tags/%s", name);
	git_object *target = NULL;
	git_signature *sign = NULL;
	git_oid none = { { 0 } }, tag;
	int rc = git_object_lookup(&target, s->repo, commit, GIT_OBJECT_COMMIT);

	if (rc == 0)
		rc = git_signature_now(
		    &sign, note->author.name, note->author.mail);
	if (rc == 0)
		rc = git_tag_annotation_create(
		    &tag, s->repo, name, target, sign, note->edition);
	rc = rc < 0 ? store_error(NULL, rc, name)
		    : store_ref_cas(s, ref, &none, &tag, "edition", NULL);
	if (rc != KT_OK)
		kt_report(d, .id = KT_M_STORE_NO_TAG, .a = name);
	git_signature_free(sign);
	git_object_free(target);
}

/* Labels name one revision of a document for ever. */
static int
check_new_edition(
    struct kt_store *s, const struct kt_note *note, struct kt_diag *d)
{
	const char *ref;
	git_oid at;
	int rc = store_check_edition(note->edition, d);

	if (rc != KT_OK)
		return rc;
	ref = kt_arena_printf(
	    s->arena, "refs/tags/%s/%s", note->document, note->edition);
	rc = store_ref_read(&at, s, ref, d);
	if (rc == KT_OK && !git_oid_is_zero(&at))
		rc = kt_report(d, .id = KT_M_STORE_EDITION_TAKEN,
		    .a = note->document, .b = note->edition);
	return rc;
}

/* The revision that the text was made from. */
static int
base_of(git_oid *out, struct kt_store *s, const char *base, struct kt_diag *d)
{
	if (base[0] != '\0')
		return store_rev(out, s, base, d);
	git_oid_cpy(out, &s->opened);
	return KT_OK;
}

int
kt_store_put(struct kt_store *s, const struct kt_file *files, size_t n,
    const char *base, const struct kt_note *note, char rev[KT_REV_LEN + 1],
    struct kt_diag *d)
{
	struct store_saving what = { .ref = MAIN_REF, .n = n, .note = note };
	struct store_change *list = NULL;
	bool edition = note->edition != NULL && note->edition[0] != '\0';
	git_oid from, made;
	int rc = store_check_author(s, note, d);

	if (rc == KT_OK && edition)
		rc = check_new_edition(s, note, d);
	if (rc == KT_OK)
		rc = base_of(&from, s, base, d);
	if (rc == KT_OK)
		rc = store_changes(&list, s, files, n, &from, d);
	if (rc != KT_OK)
		return rc;
	what.at = list;
	what.what = note->document != NULL && note->document[0] != '\0'
			? note->document
			: files[0].path;
	rc = store_commit(&made, s, &what, d);
	if (rc != KT_OK)
		return rc;
	git_oid_tostr(rev, KT_REV_LEN + 1, &made);
	git_oid_cpy(&s->opened, &made);
	if (edition)
		tag_edition(s, note, &made, d);
	return KT_OK;
}
