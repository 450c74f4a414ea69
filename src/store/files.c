/* SPDX-License-Identifier: MIT */
/* Any file of the store at any revision, and which files there are. */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- the name of a revision ---------------------------------------------- */

/* A whole name or a prefix of one, in hexadecimal digits? */
static bool
is_hex(const char *rev)
{
	size_t n = strspn(rev, "0123456789abcdef");

	return rev[n] == '\0' && n >= 6 && n <= KT_REV_LEN;
}

static int
by_hex(git_oid *out, struct kt_store *s, const char *rev)
{
	git_commit *c = NULL;
	git_odb *odb = NULL;
	git_oid part;
	int rc = git_oid_fromstrp(&part, rev);

	if (rc == 0)
		rc = git_repository_odb(&odb, s->repo);
	if (rc == 0)
		rc = git_odb_exists_prefix(out, odb, &part, strlen(rev));
	if (rc == 0)
		rc = git_commit_lookup(&c, s->repo, out);
	git_commit_free(c);
	git_odb_free(odb);
	return rc;
}

static int
by_ref(git_oid *out, struct kt_store *s, const char *ref)
{
	git_reference *r = NULL;
	git_object *commit = NULL;
	int rc = git_reference_lookup(&r, s->repo, ref);

	if (rc == 0)
		rc = git_reference_peel(&commit, r, GIT_OBJECT_COMMIT);
	if (rc == 0)
		git_oid_cpy(out, git_object_id(commit));
	git_object_free(commit);
	git_reference_free(r);
	return rc;
}

int
store_rev(git_oid *out, struct kt_store *s, const char *rev, struct kt_diag *d)
{
	int rc;

	if (rev[0] == '\0') {
		rc = by_ref(out, s, MAIN_REF);
	} else if (is_hex(rev)) {
		rc = by_hex(out, s, rev);
	} else {
		rc = by_ref(out, s,
		    kt_arena_printf(s->arena, "refs/%s%s",
			strncmp(rev, "draft/", 6) == 0 ? "heads/" : "tags/",
			rev));
	}
	if (rc == 0)
		return KT_OK;
	if (rc == GIT_ENOTFOUND || rc == GIT_EAMBIGUOUS ||
	    rc == GIT_EINVALIDSPEC || rc == GIT_EPEEL)
		return kt_report(
		    d, .id = KT_M_STORE_NO_SUCH_REVISION, .a = rev);
	return store_error(d, rc, rev);
}

/* ---- one file ------------------------------------------------------------ */

int
kt_store_get(struct kt_buf *out, struct kt_store *s, const char *path,
    const char *rev, char at[KT_REV_LEN + 1], struct kt_diag *d)
{
	git_blob *blob = NULL;
	git_oid commit, oid;
	int rc = store_rev(&commit, s, rev, d);

	if (rc == KT_OK)
		rc = store_blob_at(&oid, s, &commit, path, d);
	if (rc != KT_OK)
		return rc;
	if (git_oid_is_zero(&oid))
		return kt_report(d, .id = KT_M_STORE_NO_FILE, .a = path);
	rc = git_blob_lookup(&blob, s->repo, &oid);
	if (rc < 0)
		return store_error(d, rc, path);
	kt_buf_clear(out);
	kt_buf_put(
	    out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	if (at != NULL)
		git_oid_tostr(at, KT_REV_LEN + 1, &commit);
	return KT_OK;
}

bool
kt_store_has(struct kt_store *s, const char *path, const char *rev)
{
	git_oid commit, oid;

	return store_rev(&commit, s, rev, NULL) == KT_OK &&
	       store_blob_at(&oid, s, &commit, path, NULL) == KT_OK &&
	       !git_oid_is_zero(&oid);
}

/* ---- all files ----------------------------------------------------------- */

struct gathering {
	struct kt_store *s;
	git_odb *odb;
	struct kt_item *at;
	size_t n, cap;
	const char *folder; /* with a slash, or "" */
	int rc;
};

static int
gather(const char *root, const git_tree_entry *entry, void *payload)
{
	struct gathering *g = payload;
	struct kt_item item = { .path = NULL };
	git_object_t type;

	if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
		return 0;
	item.path = kt_arena_printf(
	    g->s->arena, "%s%s", root, git_tree_entry_name(entry));
	if (strncmp(item.path, g->folder, strlen(g->folder)) != 0)
		return 0;
	g->rc = git_odb_read_header(
	    &item.size, &type, g->odb, git_tree_entry_id(entry));
	if (g->rc < 0)
		return -1;
	git_oid_tostr(item.blob, sizeof(item.blob), git_tree_entry_id(entry));
	KT_GROW(g->at, g->n, g->cap);
	g->at[g->n++] = item;
	return 0;
}

static int
by_path(const void *a, const void *b)
{
	const struct kt_item *x = a, *y = b;

	return strcmp(x->path, y->path);
}

int
kt_store_items(struct kt_store *s, const char *folder, const char *rev,
    const struct kt_item **out, size_t *n, struct kt_diag *d)
{
	struct gathering g = { .s = s, .folder = "" };
	git_commit *c = NULL;
	git_tree *root = NULL;
	git_oid commit;
	int rc = store_rev(&commit, s, rev, d);

	if (rc != KT_OK)
		return rc;
	if (folder[0] != '\0')
		g.folder = kt_arena_printf(s->arena, "%s/", folder);
	rc = git_commit_lookup(&c, s->repo, &commit);
	if (rc == 0)
		rc = git_commit_tree(&root, c);
	if (rc == 0)
		rc = git_repository_odb(&g.odb, s->repo);
	if (rc == 0)
		rc = git_tree_walk(root, GIT_TREEWALK_PRE, gather, &g);
	if (g.rc < 0)
		rc = g.rc;
	rc = rc < 0 ? store_error(d, rc, s->path) : KT_OK;
	if (rc == KT_OK) {
		struct kt_item *kept = KT_NEWN(s->arena, struct kt_item, g.n);

		if (g.n > 0) {
			qsort(g.at, g.n, sizeof(*g.at), by_path);
			memcpy(kept, g.at, g.n * sizeof(*kept));
		}
		*out = kept;
		*n = g.n;
	}
	free(g.at);
	git_odb_free(g.odb);
	git_tree_free(root);
	git_commit_free(c);
	return rc;
}
