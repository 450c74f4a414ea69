/* SPDX-License-Identifier: MIT */
/*
 * Is the store sound?  Every object is read again and its name computed from
 * its bytes; from every ref all that it needs is followed.
 */
#include "sound_int.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void
damaged(struct sounding *w, const git_oid *id, const char *why)
{
	char name[KT_REV_LEN + 1];

	git_oid_tostr(name, sizeof(name), id);
	kt_report(w->d, .id = KT_M_SOUND_OBJECT, .a = name, .b = why);
	w->out->faults++;
}

static const char *
last_words(void)
{
	const git_error *e = git_error_last();

	return e == NULL || e->message == NULL ? "?" : e->message;
}

/* ---- objects ------------------------------------------------------------- */

static int
check_object(const git_oid *id, void *payload)
{
	struct sounding *w = payload;
	git_odb_object *o = NULL;
	git_oid now;

	w->out->objects++;
	if (git_odb_read(&o, w->odb, id) < 0) {
		damaged(w, id, last_words());
		return 0;
	}
	if (git_odb_hash(&now, git_odb_object_data(o), git_odb_object_size(o),
		git_odb_object_type(o)) < 0 ||
	    !git_oid_equal(&now, id))
		damaged(w, id, "hash");
	git_odb_object_free(o);
	return 0;
}

/* ---- what refs need ------------------------------------------------------ */

static int
check_entry(const char *root, const git_tree_entry *e, void *payload)
{
	struct sounding *w = payload;
	const git_oid *id = git_tree_entry_id(e);

	(void)root;
	if (!store_oids_add(&w->seen, id))
		return git_tree_entry_type(e) == GIT_OBJECT_TREE ? 1 : 0;
	if (!git_odb_exists(w->odb, id))
		damaged(w, id, git_tree_entry_name(e));
	return 0;
}

static void
check_tree(struct sounding *w, const git_commit *c)
{
	git_tree *tree = NULL;

	if (!store_oids_add(&w->seen, git_commit_tree_id(c)))
		return;
	if (git_commit_tree(&tree, c) < 0)
		damaged(w, git_commit_tree_id(c), last_words());
	else if (git_tree_walk(tree, GIT_TREEWALK_PRE, check_entry, w) < 0)
		damaged(w, git_commit_tree_id(c), last_words());
	git_tree_free(tree);
}

static void
check_history(struct sounding *w, const git_oid *tip)
{
	git_oid *stack = NULL;
	size_t n = 0, cap = 0;

	KT_GROW(stack, n, cap);
	stack[n++] = *tip;
	while (n > 0) {
		git_oid id = stack[--n];
		git_commit *c = NULL;

		if (!store_oids_add(&w->seen, &id))
			continue;
		if (git_commit_lookup(&c, w->s->repo, &id) < 0) {
			damaged(w, &id, last_words());
			continue;
		}
		w->out->revisions++;
		check_tree(w, c);
		for (unsigned i = 0; i < git_commit_parentcount(c); i++) {
			KT_GROW(stack, n, cap);
			stack[n++] = *git_commit_parent_id(c, i);
		}
		git_commit_free(c);
	}
	free(stack);
}

void
sound_bad_ref(struct sounding *w, const char *name, const char *why)
{
	kt_report(w->d, .id = KT_M_SOUND_REF, .a = name, .b = why);
	w->out->faults++;
}

void
sound_ref(struct sounding *w, const char *name)
{
	git_reference *r = NULL;
	git_object *commit = NULL;

	if (git_reference_lookup(&r, w->s->repo, name) < 0 ||
	    git_reference_peel(&commit, r, GIT_OBJECT_COMMIT) < 0)
		sound_bad_ref(w, name, last_words());
	else
		check_history(w, git_object_id(commit));
	git_object_free(commit);
	git_reference_free(r);
}

/* ---- reviews ------------------------------------------------------------- */

static void
check_reviews(struct sounding *w)
{
	git_reference_iterator *it = NULL;
	const char *ref;

	if (git_reference_iterator_glob_new(&it, w->s->repo, REVIEW_REFS "*") <
	    0)
		return;
	while (git_reference_next_name(&ref, it) == 0) {
		const struct kt_review *ops;
		size_t n, before = kt_diag_count(w->d);

		if (kt_review_list(w->s, ref + strlen(REVIEW_REFS), &ops, &n,
			w->d) != KT_OK ||
		    kt_diag_count(w->d) > before)
			w->out->faults++;
		else
			w->out->operations += n;
	}
	git_reference_iterator_free(it);
}

static bool
is_old(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && time(NULL) - st.st_mtime > 86400;
}

/* What a stopped process left in the making; older than a day it is of no
 * use to anybody. */
static void
sweep(struct kt_store *s)
{
	char *dir = kt_arena_printf(s->arena, "%s/objects", s->path);
	DIR *open = opendir(dir);
	struct dirent *e;

	while (open != NULL && (e = readdir(open)) != NULL) {
		const char *name = e->d_name;
		char *path = kt_arena_printf(s->arena, "%s/%s", dir, name);

		if (strncmp(name, "tmp_object", 10) == 0 && is_old(path))
			unlink(path);
		else if (strncmp(name, PACK_FOLDER, strlen(PACK_FOLDER)) == 0 &&
			 is_old(path))
			store_remove_folder(path);
	}
	if (open != NULL)
		closedir(open);
}

int
kt_store_sound(struct kt_sound *out, struct kt_store *s, struct kt_diag *d)
{
	struct sounding w = { .s = s, .out = out, .d = d };
	int rc = git_repository_odb(&w.odb, s->repo);

	memset(out, 0, sizeof(*out));
	if (rc < 0)
		return store_error(d, rc, s->path);
	if (sound_packs(&w)) {
		if (git_odb_foreach(w.odb, check_object, &w) < 0) {
			store_error(d, -1, s->path);
			out->faults++;
		}
		sound_refs(&w);
		check_reviews(&w);
	}
	sweep(s);
	git_odb_free(w.odb);
	store_oids_release(&w.seen);
	return out->faults == 0 ? KT_OK : KT_EDAMAGED;
}
