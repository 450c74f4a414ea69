/* SPDX-License-Identifier: MIT */
/*
 * Saving a revision.  Blob, tree and commit are written first; the one ref
 * update is the revision.  When somebody else saved meanwhile and it was
 * another document, the commit is made anew on top of theirs; when it was
 * this one, the text is not saved and the message says what to do.
 */
#include "store_int.h"

#include <string.h>

/* Other writers each win a round; nobody loses this often. */
#define ROUNDS 1000

struct saving {
	const char *path;
	git_oid blob;
	const struct kt_note *note;
};

static int
make_commit(git_oid *out, struct kt_store *s, const struct saving *what,
    const git_oid *parent_id, struct kt_diag *d)
{
	git_tree_update change = { .action = GIT_TREE_UPDATE_UPSERT,
		.id = what->blob,
		.filemode = GIT_FILEMODE_BLOB,
		.path = what->path };
	struct kt_buf message = KT_BUF_INIT;
	git_commit *parent = NULL;
	git_tree *before = NULL, *after = NULL;
	git_signature *sign = NULL;
	git_oid tree;
	int rc = git_commit_lookup(&parent, s->repo, parent_id);

	store_note_write(&message, what->note);
	if (rc == 0)
		rc = git_commit_tree(&before, parent);
	if (rc == 0)
		rc =
		    git_tree_create_updated(&tree, s->repo, before, 1, &change);
	if (rc == 0)
		rc = git_tree_lookup(&after, s->repo, &tree);
	if (rc == 0)
		rc = git_signature_now(
		    &sign, what->note->author.name, what->note->author.mail);
	if (rc == 0) {
		const git_commit *parents[] = { parent };

		rc = git_commit_create(out, s->repo, NULL, sign, sign, NULL,
		    message.p, after, 1, parents);
	}
	git_signature_free(sign);
	git_tree_free(after);
	git_tree_free(before);
	git_commit_free(parent);
	kt_buf_release(&message);
	return rc < 0 ? store_error(d, rc, s->path) : KT_OK;
}

/* The revision that the text was made from. */
static int
base_of(git_oid *out, struct kt_store *s, const char *base, struct kt_diag *d)
{
	if (base[0] == '\0') {
		git_oid_cpy(out, &s->opened);
		return KT_OK;
	}
	if (git_oid_fromstr(out, base) < 0)
		return kt_report(
		    d, .id = KT_M_STORE_NO_REVISION, .a = "", .b = base);
	return KT_OK;
}

static int
stale(struct kt_store *s, const struct saving *what, struct kt_diag *d)
{
	const struct kt_revision *log;
	size_t n = 0;

	/* Who was first makes the message useful; if it cannot be found out,
	 * the message stands without. */
	if (kt_store_log(s, what->note->document, &log, &n, NULL) != KT_OK ||
	    n == 0)
		return kt_report(d, .id = KT_M_STORE_STALE,
		    .a = what->note->document, .b = "?", .c = "?");
	return kt_report(d, .id = KT_M_STORE_STALE, .a = what->note->document,
	    .b = log[0].note.author.name, .c = log[0].id);
}

/* Commit on top of main and move it, again while others move it too. */
static int
put(struct kt_store *s, const struct saving *what, const git_oid *base_blob,
    git_oid *made, struct kt_diag *d)
{
	git_oid at, blob;
	int rc = KT_OK;

	for (int round = 0; round < ROUNDS; round++) {
		rc = store_ref_read(&at, s, MAIN_REF, d);
		if (rc == KT_OK)
			rc = store_blob_at(&blob, s, &at, what->path, d);
		if (rc != KT_OK)
			return rc;
		if (!git_oid_equal(&blob, base_blob))
			return stale(s, what, d);
		rc = make_commit(made, s, what, &at, d);
		if (rc == KT_OK)
			rc = store_ref_cas(
			    s, MAIN_REF, &at, made, what->note->document, d);
		if (rc != KT_ECONFLICT)
			return rc;
	}
	return kt_report(d, .id = KT_M_STORE_LOCKED, .a = s->path);
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

static bool
is_usable(const struct kt_person *who)
{
	return who->name != NULL && who->mail != NULL && who->name[0] != '\0' &&
	       who->mail[0] != '\0' && strpbrk(who->name, "<>\n") == NULL &&
	       strpbrk(who->mail, "<>\n ") == NULL;
}

static int
check_save(struct kt_store *s, const char *id, const struct kt_note *note,
    struct kt_diag *d)
{
	int rc = store_check_id(id, d);

	if (rc == KT_OK && !is_usable(&note->author))
		rc = kt_report(d, .id = KT_M_STORE_WHO, .a = s->path);
	if (rc == KT_OK && note->edition[0] != '\0')
		rc = check_new_edition(s, note, d);
	return rc;
}

int
kt_store_save(struct kt_store *s, const char *folder, const char *id,
    const void *bytes, size_t n, const char *base, const struct kt_note *note,
    char rev[KT_REV_LEN + 1], struct kt_diag *d)
{
	struct saving what = { .note = note };
	git_oid from, base_blob, made;
	int rc = check_save(s, id, note, d);

	if (rc == KT_OK)
		rc = base_of(&from, s, base, d);
	if (rc != KT_OK)
		return rc;
	what.path = store_find(s, &from, id);
	if (what.path == NULL)
		what.path = kt_arena_printf(s->arena, "%s/%s.md", folder, id);
	rc = store_blob_at(&base_blob, s, &from, what.path, d);
	if (rc != KT_OK)
		return rc;
	rc = git_blob_create_from_buffer(&what.blob, s->repo, bytes, n);
	if (rc < 0)
		return store_error(d, rc, s->path);
	rc = put(s, &what, &base_blob, &made, d);
	if (rc != KT_OK)
		return rc;
	git_oid_tostr(rev, KT_REV_LEN + 1, &made);
	git_oid_cpy(&s->opened, &made);
	if (note->edition[0] != '\0')
		tag_edition(s, note, &made, d);
	return KT_OK;
}
