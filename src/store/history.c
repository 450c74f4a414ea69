/* SPDX-License-Identifier: MIT */
/* Reading: documents, their revisions, and the text at one of them. */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

static const char *const folders[] = { "policies", "guidelines" };

int
store_blob_at(git_oid *out, struct kt_store *s, const git_oid *commit,
    const char *path, struct kt_diag *d)
{
	git_commit *c = NULL;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	int rc = git_commit_lookup(&c, s->repo, commit);

	memset(out, 0, sizeof(*out));
	if (rc == 0)
		rc = git_commit_tree(&tree, c);
	if (rc == 0) {
		rc = git_tree_entry_bypath(&entry, tree, path);
		if (rc == 0)
			git_oid_cpy(out, git_tree_entry_id(entry));
		else if (rc == GIT_ENOTFOUND)
			rc = 0;
	}
	git_tree_entry_free(entry);
	git_tree_free(tree);
	git_commit_free(c);
	return rc < 0 ? store_error(d, rc, path) : KT_OK;
}

const char *
store_find(struct kt_store *s, const git_oid *commit, const char *id)
{
	for (size_t i = 0; i < KT_COUNT(folders); i++) {
		const char *path =
		    kt_arena_printf(s->arena, "%s/%s.md", folders[i], id);
		git_oid blob;

		if (store_blob_at(&blob, s, commit, path, NULL) == KT_OK &&
		    !git_oid_is_zero(&blob))
			return path;
	}
	return NULL;
}

int
kt_store_document(const char **path, struct kt_store *s, const char *id,
    const char *rev, const char *folder, struct kt_diag *d)
{
	git_oid at;
	int rc = store_check_id(id, d);

	if (rc == KT_OK)
		rc = store_rev(&at, s, rev, d);
	if (rc != KT_OK)
		return rc;
	*path = store_find(s, &at, id);
	if (*path == NULL && folder != NULL)
		*path = kt_arena_printf(s->arena, "%s/%s.md", folder, id);
	return *path != NULL
		   ? KT_OK
		   : kt_report(d, .id = KT_M_STORE_NO_DOCUMENT, .a = id);
}

/* The newest main; what others saved since opening is seen too. */
static int
tip(git_oid *out, struct kt_store *s, struct kt_diag *d)
{
	return store_ref_read(out, s, MAIN_REF, d);
}

static void
fill_revision(struct kt_store *s, struct kt_revision *r,
    const git_commit *commit, const char *path)
{
	git_oid_tostr(r->id, sizeof(r->id), git_commit_id(commit));
	r->path = path;
	r->when = git_commit_time(commit);
	store_note_read(s->arena, &r->note, commit);
}

int
kt_store_revision(struct kt_revision *out, struct kt_store *s, const char *rev,
    struct kt_diag *d)
{
	git_commit *c = NULL;
	git_oid oid;
	int rc = store_rev(&oid, s, rev, d);

	if (rc != KT_OK)
		return rc;
	if (git_commit_lookup(&c, s->repo, &oid) < 0)
		return store_error(d, -1, rev);
	fill_revision(s, out, c, "");
	git_commit_free(c);
	return KT_OK;
}

/* ---- log ----------------------------------------------------------------- */

struct log {
	struct kt_revision *at;
	size_t n, cap;
};

/* Is it recorded as a revision of the document, though the text is that of
 * before: an edition of it, a day? */
static bool
is_about(const git_commit *c, const char *path)
{
	static const char key[] = "\nDocument: ";
	const char *id = strrchr(path, '/') + 1;
	size_t n = strlen(id) - strlen(".md");
	const char *p = git_commit_message(c);

	while ((p = strstr(p, key)) != NULL) {
		p += strlen(key);
		if (strncmp(p, id, n) == 0 && (p[n] == '\n' || p[n] == '\0'))
			return true;
	}
	return false;
}

/* Walk main from `from` back, by first parents, and keep each commit where
 * the blob of the path changed or that is about it; stop after `most`. */
static int
walk(struct kt_store *s, struct log *log, const git_oid *from, const char *path,
    size_t most, struct kt_diag *d)
{
	git_commit *c = NULL, *parent = NULL;
	git_oid here, before;
	int rc = git_commit_lookup(&c, s->repo, from);

	if (rc < 0)
		return store_error(d, rc, s->path);
	rc = store_blob_at(&here, s, from, path, d);
	while (rc == KT_OK && log->n < most) {
		memset(&before, 0, sizeof(before));
		if (git_commit_parentcount(c) > 0) {
			rc = git_commit_parent(&parent, c, 0);
			if (rc < 0) {
				rc = store_error(d, rc, s->path);
				break;
			}
			rc = store_blob_at(
			    &before, s, git_commit_id(parent), path, d);
		}
		if (rc == KT_OK &&
		    (!git_oid_equal(&here, &before) ||
			(!git_oid_is_zero(&here) && is_about(c, path)))) {
			KT_GROW(log->at, log->n, log->cap);
			fill_revision(s, &log->at[log->n++], c, path);
		}
		git_commit_free(c);
		c = parent;
		parent = NULL;
		if (c == NULL)
			break;
		here = before;
	}
	git_commit_free(c);
	return rc;
}

static int
log_of(struct kt_store *s, struct log *log, const char *id, size_t most,
    struct kt_diag *d)
{
	const char *path;
	git_oid at;
	int rc = tip(&at, s, d);

	if (rc != KT_OK)
		return rc;
	path = store_find(s, &at, id);
	if (path == NULL)
		return kt_report(d, .id = KT_M_STORE_NO_DOCUMENT, .a = id);
	return walk(s, log, &at, path, most, d);
}

int
kt_store_log(struct kt_store *s, const char *id, const struct kt_revision **out,
    size_t *n, struct kt_diag *d)
{
	struct log log = { 0 };
	int rc = log_of(s, &log, id, SIZE_MAX, d);

	if (rc == KT_OK) {
		struct kt_revision *kept =
		    KT_NEWN(s->arena, struct kt_revision, log.n);

		if (log.n > 0)
			memcpy(kept, log.at, log.n * sizeof(*kept));
		*out = kept;
		*n = log.n;
	}
	free(log.at);
	return rc;
}

/* ---- list ---------------------------------------------------------------- */

struct listing {
	struct kt_entry *at;
	size_t n, cap;
};

static int
list_folder(struct kt_store *s, struct listing *list, const git_oid *at,
    const char *folder, struct kt_diag *d)
{
	git_commit *c = NULL;
	git_tree *root = NULL, *tree = NULL;
	git_tree_entry *entry = NULL;
	int rc = git_commit_lookup(&c, s->repo, at);

	if (rc == 0)
		rc = git_commit_tree(&root, c);
	if (rc == 0)
		rc = git_tree_entry_bypath(&entry, root, folder);
	if (rc == 0)
		rc = git_tree_lookup(&tree, s->repo, git_tree_entry_id(entry));
	for (size_t i = 0; rc == 0 && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);
		const char *name = git_tree_entry_name(e);
		size_t len = strlen(name);
		git_blob *blob = NULL;

		/* Figures lie beside them. */
		if (len < 4 || strcmp(name + len - 3, ".md") != 0 ||
		    git_tree_entry_type(e) != GIT_OBJECT_BLOB)
			continue;
		rc = git_blob_lookup(&blob, s->repo, git_tree_entry_id(e));
		if (rc != 0)
			break;
		KT_GROW(list->at, list->n, list->cap);
		list->at[list->n++] = (struct kt_entry){
			.id = kt_arena_strndup(s->arena, name, len - 3),
			.path =
			    kt_arena_printf(s->arena, "%s/%s", folder, name),
			.size = (size_t)git_blob_rawsize(blob),
		};
		git_blob_free(blob);
	}
	git_tree_entry_free(entry);
	git_tree_free(tree);
	git_tree_free(root);
	git_commit_free(c);
	if (rc == GIT_ENOTFOUND)
		rc = 0; /* no such folder yet */
	return rc < 0 ? store_error(d, rc, s->path) : KT_OK;
}

static int
by_id(const void *a, const void *b)
{
	const struct kt_entry *x = a, *y = b;

	return strcmp(x->id, y->id);
}

int
kt_store_list(struct kt_store *s, const struct kt_entry **out, size_t *n,
    struct kt_diag *d)
{
	struct listing list = { 0 };
	git_oid at;
	int rc = tip(&at, s, d);

	for (size_t i = 0; rc == KT_OK && i < KT_COUNT(folders); i++)
		rc = list_folder(s, &list, &at, folders[i], d);
	for (size_t i = 0; rc == KT_OK && i < list.n; i++) {
		struct log last = { 0 };

		rc = walk(s, &last, &at, list.at[i].path, 1, d);
		if (rc == KT_OK && last.n > 0)
			list.at[i].last = last.at[0];
		free(last.at);
	}
	if (rc == KT_OK) {
		struct kt_entry *kept =
		    KT_NEWN(s->arena, struct kt_entry, list.n);

		if (list.n > 0) {
			qsort(list.at, list.n, sizeof(*list.at), by_id);
			memcpy(kept, list.at, list.n * sizeof(*kept));
		}
		*out = kept;
		*n = list.n;
	}
	free(list.at);
	return rc;
}

/* ---- read ---------------------------------------------------------------- */

/* The day a revision's text comes into force; without one, the day it was
 * recorded. */
static struct kt_date
day_of(const struct kt_revision *r)
{
	if (r->note.effective.year != 0)
		return r->note.effective;
	return kt_date_from_days((long)(r->when / 86400));
}

static bool
is_prefix_of(const char *rev, const char *id)
{
	size_t n = strlen(rev);

	return n >= 6 && n <= KT_REV_LEN && strncmp(rev, id, n) == 0;
}

/* The revision that `rev` means; NULL when there is none. */
static const struct kt_revision *
choose(const struct log *log, const char *rev)
{
	struct kt_date day;
	const struct kt_revision *best = NULL;

	if (rev[0] == '\0')
		return log->n == 0 ? NULL : &log->at[0];
	if (kt_date_read(&day, rev, strlen(rev)) == strlen(rev)) {
		/* Newest first: of two with the same day the later one. */
		for (size_t i = 0; i < log->n; i++) {
			const struct kt_revision *r = &log->at[i];

			if (kt_date_cmp(day_of(r), day) <= 0 &&
			    (best == NULL ||
				kt_date_cmp(day_of(best), day_of(r)) < 0))
				best = r;
		}
		return best;
	}
	for (size_t i = 0; i < log->n; i++)
		if (strcmp(log->at[i].note.edition, rev) == 0 ||
		    is_prefix_of(rev, log->at[i].id))
			return &log->at[i];
	return NULL;
}

static int
read_blob(struct kt_buf *out, struct kt_store *s, const struct kt_revision *r,
    struct kt_diag *d)
{
	git_blob *blob = NULL;
	git_oid commit, oid;
	int rc = git_oid_fromstr(&commit, r->id);

	if (rc < 0)
		return store_error(d, rc, r->id);
	rc = store_blob_at(&oid, s, &commit, r->path, d);
	if (rc != KT_OK)
		return rc;
	rc = git_blob_lookup(&blob, s->repo, &oid);
	if (rc < 0)
		return store_error(d, rc, r->path);
	kt_buf_clear(out);
	kt_buf_put(
	    out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return KT_OK;
}

int
kt_store_read(struct kt_buf *out, struct kt_store *s, const char *id,
    const char *rev, struct kt_revision *at, struct kt_diag *d)
{
	struct log log = { 0 };
	const struct kt_revision *r = NULL;
	int rc = log_of(s, &log, id, rev[0] == '\0' ? 1 : SIZE_MAX, d);

	if (rc == KT_OK) {
		r = choose(&log, rev);
		if (r == NULL)
			rc = kt_report(
			    d, .id = KT_M_STORE_NO_REVISION, .a = id, .b = rev);
	}
	if (rc == KT_OK)
		rc = read_blob(out, s, r, d);
	if (rc == KT_OK && at != NULL)
		*at = *r;
	free(log.at);
	return rc;
}
