/* SPDX-License-Identifier: MIT */
/* Drafts: a branch each, which nobody has to know of. */
#include "store_int.h"

#include <stdlib.h>
#include <string.h>

#define DRAFT_REFS "refs/heads/draft/"

static const char *
ref_of(struct kt_store *s, const char *name)
{
	return kt_arena_printf(s->arena, DRAFT_REFS "%s", name);
}

/* ---- begin --------------------------------------------------------------- */

/* The names of all drafts; git_strarray_dispose() it. */
static int
names(git_strarray *out, struct kt_store *s, struct kt_diag *d)
{
	git_reference_iterator *it = NULL;
	const char *name;
	char **all = NULL;
	size_t n = 0, cap = 0;
	int rc = git_reference_iterator_glob_new(&it, s->repo, DRAFT_REFS "*");

	while (rc == 0 && (rc = git_reference_next_name(&name, it)) == 0) {
		KT_GROW(all, n, cap);
		all[n++] = kt_strdup(name + strlen(DRAFT_REFS));
	}
	git_reference_iterator_free(it);
	*out = (git_strarray){ .strings = all, .count = n };
	return rc == GIT_ITEROVER ? KT_OK : store_error(d, rc, s->path);
}

static int
check_new(struct kt_store *s, const char *name, struct kt_diag *d)
{
	git_strarray all = { 0 };
	int rc = store_check_draft(name, d);

	if (rc != KT_OK)
		return rc;
	rc = names(&all, s, d);
	for (size_t i = 0; rc == KT_OK && i < all.count; i++)
		if (store_same_name(all.strings[i], name))
			rc = kt_report(
			    d, .id = KT_M_DRAFT_THERE, .a = all.strings[i]);
	git_strarray_dispose(&all);
	return rc;
}

/* The first commit of a draft changes nothing: it says who begins it, and
 * what for. */
static int
first_commit(git_oid *out, struct kt_store *s, const git_oid *base,
    const struct kt_note *note, struct kt_diag *d)
{
	struct kt_buf message = KT_BUF_INIT;
	git_signature *author = NULL, *committer = NULL;
	git_commit *parent = NULL;
	git_tree *tree = NULL;
	int rc = git_commit_lookup(&parent, s->repo, base);

	store_note_write(&message, note);
	if (rc == 0)
		rc = git_commit_tree(&tree, parent);
	if (rc == 0)
		rc = store_signs(&author, &committer, note);
	if (rc == 0) {
		const git_commit *parents[] = { parent };

		rc = git_commit_create(out, s->repo, NULL, author, committer,
		    NULL, message.p, tree, 1, parents);
	}
	git_signature_free(author);
	git_signature_free(committer);
	git_tree_free(tree);
	git_commit_free(parent);
	kt_buf_release(&message);
	return rc < 0 ? store_error(d, rc, s->path) : KT_OK;
}

int
kt_draft_new(struct kt_store *s, const char *name, const struct kt_note *note,
    char rev[KT_REV_LEN + 1], struct kt_diag *d)
{
	struct kt_note first = *note;
	git_oid at, made, none = { { 0 } };
	int rc = store_check_author(s, note, d);

	if (rc == KT_OK)
		rc = check_new(s, name, d);
	if (rc == KT_OK)
		rc = store_ref_read(&at, s, MAIN_REF, d);
	if (rc != KT_OK)
		return rc;
	first.draft = name;
	if (first.message == NULL || first.message[0] == '\0')
		first.message = name;
	rc = first_commit(&made, s, &at, &first, d);
	if (rc == KT_OK)
		rc = store_ref_cas(s, ref_of(s, name), &none, &made, name, d);
	if (rc == KT_ECONFLICT)
		return kt_report(d, .id = KT_M_DRAFT_THERE, .a = name);
	if (rc == KT_OK)
		git_oid_tostr(rev, KT_REV_LEN + 1, &made);
	return rc;
}

/* ---- find ---------------------------------------------------------------- */

/* The commit that began it, by first parents; its Draft: says so. */
static int
find_first(
    git_commit **out, struct kt_store *s, const git_oid *tip, const char *name)
{
	struct kt_note note;
	git_commit *c = NULL, *parent;
	int rc = git_commit_lookup(&c, s->repo, tip);

	while (rc == 0) {
		store_note_read(s->arena, &note, c);
		if (strcmp(note.draft, name) == 0)
			break;
		rc = git_commit_parent(&parent, c, 0);
		git_commit_free(c);
		c = rc == 0 ? parent : NULL;
	}
	*out = c;
	return rc;
}

/* A revision of main that adopted a draft. */
struct adoption {
	const char *draft;
	git_oid id;
};

/* What drafts ask of main: found in one walk, however many they are. */
struct adoptions {
	struct adoption *at; /* newest first */
	size_t n, cap;
	struct store_oids main; /* its revisions */
};

static void
release(struct adoptions *a)
{
	free(a->at);
	store_oids_release(&a->main);
}

/* All of main, or what it has since `from`. */
static int
find_adoptions(struct adoptions *out, struct kt_store *s, const git_oid *from)
{
	git_revwalk *walk = NULL;
	git_oid id;
	int rc = git_revwalk_new(&walk, s->repo);

	if (rc == 0)
		rc = git_revwalk_push_ref(walk, MAIN_REF);
	if (rc == 0 && from != NULL)
		rc = git_revwalk_hide(walk, from);
	while (rc == 0 && (rc = git_revwalk_next(&id, walk)) == 0) {
		git_commit *c = NULL;
		struct kt_note note;

		rc = git_commit_lookup(&c, s->repo, &id);
		if (rc != 0)
			break;
		store_oids_add(&out->main, &id);
		store_note_read(s->arena, &note, c);
		if (note.draft[0] != '\0') {
			KT_GROW(out->at, out->n, out->cap);
			out->at[out->n++] = (struct adoption){ note.draft, id };
		}
		git_commit_free(c);
	}
	git_revwalk_free(walk);
	return rc == GIT_ITEROVER ? 0 : rc;
}

/* The first of main that adopted it. */
static void
take_adoption(struct kt_draft *out, const struct adoptions *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->at[i].draft, out->name) == 0)
			git_oid_tostr(
			    out->adopted, sizeof(out->adopted), &all->at[i].id);
}

static int
tree_name(char out[KT_REV_LEN + 1], struct kt_store *s, const git_oid *tip)
{
	git_commit *c = NULL;
	int rc = git_commit_lookup(&c, s->repo, tip);

	if (rc == 0)
		git_oid_tostr(out, KT_REV_LEN + 1, git_commit_tree_id(c));
	git_commit_free(c);
	return rc;
}

/* Where main and the draft parted.  A draft that nothing was merged into
 * parted where it was begun, if main still has that; only else the histories
 * are walked. */
static int
find_base(git_oid *out, struct kt_store *s, const git_oid *main,
    const git_oid *tip, const git_commit *first, const struct adoptions *all)
{
	const git_oid *begun = git_commit_parent_id(first, 0);
	git_commit *c = NULL, *parent;
	bool plain = git_oid_equal(main, begun) ||
		     (all != NULL && store_oids_has(&all->main, begun));
	int rc = plain ? git_commit_lookup(&c, s->repo, tip) : 0;

	while (plain && rc == 0 &&
	       !git_oid_equal(git_commit_id(c), git_commit_id(first))) {
		plain = git_commit_parentcount(c) == 1;
		rc = git_commit_parent(&parent, c, 0);
		git_commit_free(c);
		c = rc == 0 ? parent : NULL;
	}
	git_commit_free(c);
	if (plain) {
		git_oid_cpy(out, begun);
		return rc;
	}
	return git_merge_base(out, s->repo, main, tip);
}

/* `all` as far as it is known; else main is asked. */
static int
find(struct kt_draft *out, struct kt_store *s, const char *name,
    const struct adoptions *all, struct kt_diag *d)
{
	struct adoptions own = { .n = 0 };
	git_oid tip, main, base;
	git_commit *first = NULL;
	int rc = store_ref_read(&tip, s, ref_of(s, name), d);

	memset(out, 0, sizeof(*out));
	if (rc == KT_OK && git_oid_is_zero(&tip))
		rc = kt_report(d, .id = KT_M_DRAFT_NONE, .a = name);
	if (rc == KT_OK)
		rc = store_ref_read(&main, s, MAIN_REF, d);
	if (rc != KT_OK)
		return rc;
	out->name = kt_arena_strdup(s->arena, name);
	rc = find_first(&first, s, &tip, name);
	if (rc == 0)
		rc = find_base(&base, s, &main, &tip, first, all);
	if (rc == 0 && all == NULL)
		rc = find_adoptions(&own, s, git_commit_parent_id(first, 0));
	if (rc == 0) {
		struct kt_note note;

		take_adoption(out, all == NULL ? &own : all);
		store_note_read(s->arena, &note, first);
		out->purpose = note.message;
		out->author = note.author;
		out->when = git_commit_time(first);
		git_oid_tostr(out->tip, sizeof(out->tip), &tip);
		git_oid_tostr(out->base, sizeof(out->base), &base);
		out->behind = !git_oid_equal(&base, &main);
		rc = tree_name(out->tree, s, &tip);
	}
	git_commit_free(first);
	release(&own);
	return rc < 0 ? store_error(d, rc, name) : KT_OK;
}

int
kt_draft_find(struct kt_draft *out, struct kt_store *s, const char *name,
    struct kt_diag *d)
{
	return find(out, s, name, NULL, d);
}

static int
by_name(const void *a, const void *b)
{
	const struct kt_draft *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int
kt_draft_list(struct kt_store *s, const struct kt_draft **out, size_t *n,
    struct kt_diag *d)
{
	struct adoptions adopted = { .n = 0 };
	git_strarray all = { 0 };
	struct kt_draft *list;
	int rc = names(&all, s, d);

	list = KT_NEWN(s->arena, struct kt_draft, all.count);
	if (rc == KT_OK && all.count > 0 &&
	    find_adoptions(&adopted, s, NULL) < 0)
		rc = store_error(d, -1, s->path);
	for (size_t i = 0; rc == KT_OK && i < all.count; i++)
		rc = find(&list[i], s, all.strings[i], &adopted, d);
	release(&adopted);
	if (rc == KT_OK) {
		if (all.count > 0)
			qsort(list, all.count, sizeof(*list), by_name);
		*out = list;
		*n = all.count;
	}
	git_strarray_dispose(&all);
	return rc;
}

int
kt_draft_merges(const char *const **out, size_t *n, struct kt_store *s,
    const struct kt_draft *draft, struct kt_diag *d)
{
	const char **list = NULL, **kept;
	size_t count = 0, cap = 0;
	git_commit *c = NULL, *parent;
	struct kt_note note;
	git_oid tip;
	int rc = git_oid_fromstr(&tip, draft->tip);

	if (rc == 0)
		rc = git_commit_lookup(&c, s->repo, &tip);
	while (rc == 0) {
		store_note_read(s->arena, &note, c);
		if (strcmp(note.draft, draft->name) == 0)
			break;
		if (git_commit_parentcount(c) > 1) {
			char id[KT_REV_LEN + 1];

			git_oid_tostr(
			    id, sizeof(id), git_commit_parent_id(c, 0));
			KT_GROW(list, count, cap);
			list[count++] = kt_arena_strdup(s->arena, id);
		}
		rc = git_commit_parent(&parent, c, 0);
		git_commit_free(c);
		c = rc == 0 ? parent : NULL;
	}
	git_commit_free(c);
	kept = KT_NEWN(s->arena, const char *, count);
	for (size_t i = 0; i < count; i++)
		kept[i] = list[i];
	free(list);
	*out = kept;
	*n = count;
	return rc < 0 ? store_error(d, rc, draft->name) : KT_OK;
}

/* ---- save ---------------------------------------------------------------- */

int
kt_draft_put(struct kt_store *s, const char *name, const struct kt_file *files,
    size_t n, const char *base, const char *merged, const struct kt_note *note,
    char rev[KT_REV_LEN + 1], struct kt_diag *d)
{
	struct store_saving what = {
		.ref = ref_of(s, name), .what = name, .n = n, .note = note
	};
	struct store_change *list = NULL;
	git_oid from, made, other;
	int rc = store_check_author(s, note, d);

	if (rc == KT_OK)
		rc = store_ref_read(&from, s, what.ref, d);
	if (rc == KT_OK && git_oid_is_zero(&from))
		rc = kt_report(d, .id = KT_M_DRAFT_NONE, .a = name);
	if (rc == KT_OK && base[0] != '\0')
		rc = store_rev(&from, s, base, d);
	if (rc == KT_OK && merged[0] != '\0') {
		rc = store_rev(&other, s, merged, d);
		what.other = &other;
		what.exact = &from;
	}
	if (rc == KT_OK)
		rc = store_changes(&list, s, files, n, &from, d);
	if (rc != KT_OK)
		return rc;
	what.at = list;
	rc = store_commit(&made, s, &what, d);
	if (rc == KT_OK)
		git_oid_tostr(rev, KT_REV_LEN + 1, &made);
	return rc;
}
