/* SPDX-License-Identifier: MIT */
/* The objects of the history, each once, in an order that the refs decide. */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

/* Deeper than any path that a store may have. */
#define DEPTH_MAX 32

/* What belongs to the history; remotes' copies and what must not leave the
 * store do not. */
static const char *const kinds[] = { "refs/heads/", "refs/kaitei/",
	"refs/tags/" };

struct walk {
	git_repository *repo;
	git_revwalk *commits;
	struct store_oids seen;
	struct kt_buf path;
	const git_oid *commit;
	store_visit *visit;
	void *of;
};

/* ---- refs --------------------------------------------------------------- */

static bool
is_history(const char *name)
{
	for (size_t i = 0; i < KT_COUNT(kinds); i++)
		if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int
store_history_refs(struct store_refs *out, git_repository *repo)
{
	git_strarray *all = &out->names;
	size_t kept = 0;
	int rc = git_reference_list(all, repo);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < all->count; i++) {
		char *name = all->strings[i];

		/* What is left out goes behind, to be freed with the rest. */
		if (is_history(name)) {
			all->strings[i] = all->strings[kept];
			all->strings[kept++] = name;
		}
	}
	while (all->count > kept)
		free(all->strings[--all->count]);
	qsort(all->strings, kept, sizeof(*all->strings), by_name);
	out->at = kt_calloc(kept, sizeof(*out->at));
	for (size_t i = 0; rc == 0 && i < kept; i++)
		rc = git_reference_name_to_id(
		    &out->at[i], repo, all->strings[i]);
	return rc;
}

void
store_refs_release(struct store_refs *refs)
{
	git_strarray_dispose(&refs->names);
	free(refs->at);
}

/* A tag is an object by itself; what it names comes with the commits. */
static int
begin_at(struct walk *w, const git_oid *id)
{
	git_object *o = NULL, *next = NULL;
	int rc = git_object_lookup(&o, w->repo, id, GIT_OBJECT_ANY);

	while (rc == 0 && git_object_type(o) == GIT_OBJECT_TAG) {
		if (store_oids_add(&w->seen, git_object_id(o)))
			rc = w->visit(w->of, git_object_id(o), GIT_OBJECT_TAG,
			    NULL, git_object_id(o));
		if (rc == 0)
			rc = git_tag_target(&next, (git_tag *)o);
		git_object_free(o);
		o = next;
		next = NULL;
	}
	if (rc == 0)
		rc = git_revwalk_push(w->commits, git_object_id(o));
	git_object_free(o);
	return rc;
}

/* ---- trees -------------------------------------------------------------- */

static int walk_tree(struct walk *w, const git_oid *id, unsigned depth);

static int
walk_entry(struct walk *w, const git_tree_entry *e, unsigned depth)
{
	const git_oid *id = git_tree_entry_id(e);
	size_t before = w->path.len;
	int rc;

	/* A submodule's commit lies in another repository. */
	if (git_tree_entry_type(e) == GIT_OBJECT_COMMIT)
		return 0;
	if (before > 0)
		kt_buf_putc(&w->path, '/');
	kt_buf_puts(&w->path, git_tree_entry_name(e));
	if (git_tree_entry_type(e) == GIT_OBJECT_TREE)
		rc = walk_tree(w, id, depth + 1);
	else
		rc = store_oids_add(&w->seen, id)
			 ? w->visit(
			       w->of, id, GIT_OBJECT_BLOB, w->path.p, w->commit)
			 : 0;
	kt_buf_cut(&w->path, before);
	return rc;
}

static int
walk_tree(struct walk *w, const git_oid *id, unsigned depth)
{
	git_tree *tree = NULL;
	int rc;

	if (!store_oids_add(&w->seen, id))
		return 0;
	if (depth > DEPTH_MAX)
		return GIT_EINVALID;
	rc = w->visit(w->of, id, GIT_OBJECT_TREE, w->path.p, w->commit);
	if (rc == 0)
		rc = git_tree_lookup(&tree, w->repo, id);
	for (size_t i = 0; rc == 0 && i < git_tree_entrycount(tree); i++)
		rc = walk_entry(w, git_tree_entry_byindex(tree, i), depth);
	git_tree_free(tree);
	return rc;
}

/* ---- all of it ---------------------------------------------------------- */

static int
walk_commit(struct walk *w, const git_oid *id)
{
	git_commit *c = NULL;
	int rc = git_commit_lookup(&c, w->repo, id);

	w->commit = id;
	if (rc == 0)
		rc = w->visit(w->of, id, GIT_OBJECT_COMMIT, NULL, id);
	if (rc == 0)
		rc = walk_tree(w, git_commit_tree_id(c), 0);
	git_commit_free(c);
	return rc;
}

static int
walk_all(struct walk *w, const struct store_refs *refs)
{
	git_oid id;
	int rc = git_revwalk_new(&w->commits, w->repo);

	if (rc == 0)
		rc = git_revwalk_sorting(
		    w->commits, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	for (size_t i = 0; rc == 0 && i < refs->names.count; i++)
		rc = begin_at(w, &refs->at[i]);
	while (rc == 0 && (rc = git_revwalk_next(&id, w->commits)) == 0)
		rc = walk_commit(w, &id);
	return rc == GIT_ITEROVER ? 0 : rc;
}

int
store_history(git_repository *repo, const struct store_refs *refs,
    store_visit *visit, void *of)
{
	struct walk w = {
		.repo = repo, .path = KT_BUF_INIT, .visit = visit, .of = of
	};
	int rc = walk_all(&w, refs);

	git_revwalk_free(w.commits);
	store_oids_release(&w.seen);
	kt_buf_release(&w.path);
	return rc;
}
