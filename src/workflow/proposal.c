/* SPDX-License-Identifier: MIT */
/* What a draft changes, document by document. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/diff.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

const char *
propose_id(struct kt_arena *a, const char *path)
{
	const char *name = strrchr(path, '/') + 1;

	return kt_arena_strndup(a, name, strlen(name) - strlen(".md"));
}

int
propose_read(struct kt_doc **out, struct kt_store *s, const char *path,
    const char *rev, struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT;
	const char *name = strrchr(path, '/') + 1;
	int rc;

	if (!kt_store_has(s, path, rev)) {
		*out = kt_doc_new(name);
		kt_doc_finish(*out);
		return KT_OK;
	}
	rc = kt_store_get(&text, s, path, rev, NULL, d);
	if (rc == KT_OK && kt_read(out, name, text.p, text.len, NULL) != KT_OK)
		rc = kt_read(out, name, text.p, text.len, d);
	if (rc == KT_OK)
		kt_doc_stored(*out, rev, path);
	kt_buf_release(&text);
	return rc;
}

const char *
kt_folder_of(const struct kt_doc *doc)
{
	return strcmp(doc->meta.kind, "指針") == 0 ||
		       strcmp(doc->meta.kind, "ガイドライン") == 0
		   ? "guidelines"
		   : "policies";
}

const char *
propose_short(struct kt_arena *a, const char *rev)
{
	return kt_arena_printf(a, "%.10s", rev);
}

int
kt_draft_check_open(
    struct kt_store *s, const struct kt_draft *draft, struct kt_diag *d)
{
	bool closed = false;
	int rc = kt_review_is_closed(&closed, s, draft->name, d);

	if (rc == KT_OK && draft->adopted[0] != '\0')
		return kt_report(
		    d, .id = KT_M_DRAFT_IS_ADOPTED, .a = draft->name);
	if (rc == KT_OK && closed)
		return kt_report(
		    d, .id = KT_M_DRAFT_IS_CLOSED, .a = draft->name);
	return rc;
}

/* ---- which paths differ -------------------------------------------------- */

static void
put_path(struct propose_paths *p, const char *path)
{
	KT_GROW(p->at, p->n, p->cap);
	p->at[p->n++] = path;
}

int
propose_paths(struct propose_paths *out, struct kt_store *s, const char *old,
    const char *new, struct kt_diag *d)
{
	const struct kt_item *a, *b;
	size_t na, nb, i = 0, k = 0;
	int rc = kt_store_items(s, "", old, &a, &na, d);

	if (rc == KT_OK)
		rc = kt_store_items(s, "", new, &b, &nb, d);
	while (rc == KT_OK && (i < na || k < nb)) {
		int cmp = i == na   ? 1
			  : k == nb ? -1
				    : strcmp(a[i].path, b[k].path);

		if (cmp < 0)
			put_path(out, a[i++].path);
		else if (cmp > 0)
			put_path(out, b[k++].path);
		else if (strcmp(a[i++].blob, b[k++].blob) != 0)
			put_path(out, a[i - 1].path);
	}
	return rc;
}

/* ---- the proposal -------------------------------------------------------- */

static int
compare(struct kt_draft_diff *p, struct kt_store *s, const char *path,
    struct kt_diag *d)
{
	struct kt_draft_doc *at = &p->at[p->count++];
	int rc;

	at->path = kt_arena_strdup(p->arena, path);
	at->id = propose_id(p->arena, path);
	at->is_new = !kt_store_has(s, path, p->draft.base);
	rc = propose_read(&at->old, s, path, p->draft.base, d);
	if (rc == KT_OK)
		rc = propose_read(&at->new, s, path, p->draft.tip, d);
	if (rc == KT_OK)
		kt_diff(&at->list, at->old, at->new, NULL);
	return rc;
}

static int
digest(struct kt_draft_diff *p, struct kt_diag *d)
{
	struct kt_buf all = KT_BUF_INIT;
	int rc = KT_OK;

	for (size_t i = 0; i < p->count && rc == KT_OK; i++) {
		kt_buf_printf(&all, "%s\n", p->at[i].path);
		rc = kt_write_diff_json(&all, p->at[i].list, d);
	}
	for (size_t i = 0; i < p->nfiles; i++)
		kt_buf_printf(&all, "%s\n", p->files[i]);
	kt_sha256(p->digest, all.p, all.len);
	kt_buf_release(&all);
	return rc;
}

/* How many conflicts are open, as the file on the branch says. */
static int
count_conflicts(struct kt_draft_diff *p, struct kt_store *s, struct kt_diag *d)
{
	struct kt_open_conflicts *open = NULL;
	int rc = kt_conflicts_read(&open, s, p->draft.name, d);

	if (rc == KT_OK)
		p->conflicts = open->count;
	kt_conflicts_free(open);
	return rc;
}

static int
fill(struct kt_draft_diff *p, struct kt_store *s, struct kt_diag *d)
{
	struct propose_paths paths = { 0 };
	int rc = propose_paths(&paths, s, p->draft.base, p->draft.tip, d);

	p->at = kt_calloc(paths.n, sizeof(*p->at));
	p->files = KT_NEWN(p->arena, const char *, paths.n);
	for (size_t i = 0; i < paths.n && rc == KT_OK; i++) {
		if (strcmp(paths.at[i], KT_CONFLICTS) == 0)
			continue;
		if (kt_store_is_document(paths.at[i]))
			rc = compare(p, s, paths.at[i], d);
		else
			p->files[p->nfiles++] =
			    kt_arena_strdup(p->arena, paths.at[i]);
	}
	free(paths.at);
	if (rc == KT_OK)
		rc = digest(p, d);
	if (rc == KT_OK)
		rc = count_conflicts(p, s, d);
	return rc;
}

int
kt_draft_diff_read(struct kt_draft_diff **out, struct kt_store *s,
    const char *name, struct kt_diag *d)
{
	struct kt_draft_diff *p = kt_calloc(1, sizeof(*p));
	int rc;

	p->arena = kt_arena_new();
	rc = kt_draft_find(&p->draft, s, name, d);
	if (rc == KT_OK)
		rc = fill(p, s, d);
	if (rc == KT_OK)
		*out = p;
	else
		kt_draft_diff_free(p);
	return rc;
}

void
kt_draft_diff_free(struct kt_draft_diff *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->count; i++) {
		kt_changes_free(p->at[i].list);
		kt_doc_free(p->at[i].old);
		kt_doc_free(p->at[i].new);
	}
	free(p->at);
	kt_arena_free(p->arena);
	free(p);
}

int
kt_draft_save(struct kt_store *s, const char *name, const char *id,
    const struct kt_doc *doc, const struct kt_file *figures, size_t n,
    const char *base, const struct kt_note *note, char rev[KT_REV_LEN + 1],
    struct kt_diag *d)
{
	struct kt_file *files = kt_calloc(n + 1, sizeof(*files));
	struct kt_buf text = KT_BUF_INIT;
	const char *path = NULL;
	int rc = kt_store_document(&path, s, id, base, kt_folder_of(doc), d);

	if (rc == KT_OK)
		rc = kt_write_markdown(&text, doc, d);
	files[0] = (struct kt_file){ path, text.p, text.len };
	for (size_t i = 0; i < n; i++)
		files[i + 1] = figures[i];
	if (rc == KT_OK)
		rc =
		    kt_draft_put(s, name, files, n + 1, base, "", note, rev, d);
	kt_buf_release(&text);
	free(files);
	return rc;
}

/* The clause, or that which it was merged into; a part of one counts as it. */
static const char *
successor(struct kt_arena *a, const struct kt_changes *list,
    const struct kt_node *was)
{
	for (const struct kt_node *n = was; n->parent != NULL; n = n->parent) {
		const struct kt_node *peer = list->old_peer[n->id];

		if (peer != NULL && n == was)
			return kt_arena_strdup(a, kt_addr(list->new, peer));
		for (size_t i = 0; i < list->npairs; i++) {
			const struct kt_pair *p = &list->pairs[i];

			for (uint32_t k = 0; p->nnew > 0 && k < p->nold; k++)
				if (p->old[k] == n && p->fate == KT_MERGED)
					return kt_arena_strdup(
					    a, kt_addr(list->new, p->new[0]));
		}
	}
	return "";
}

static const char *
follow(struct kt_store *s, const char *path, const char *const rev[2],
    const char *address, struct kt_arena *a)
{
	struct kt_doc *old = NULL, *new = NULL;
	struct kt_changes *list;
	struct kt_spot spot;
	const char *now = address;

	if (propose_read(&old, s, path, rev[0], NULL) == KT_OK &&
	    propose_read(&new, s, path, rev[1], NULL) == KT_OK &&
	    kt_addr_find(&spot, old, address) == KT_OK) {
		kt_diff(&list, old, new, NULL);
		now = successor(a, list, spot.node);
		kt_changes_free(list);
	}
	kt_doc_free(old);
	kt_doc_free(new);
	return now;
}

const char *
kt_clause_now(struct kt_store *s, const char *id, const char *then,
    const char *address, const char *now, struct kt_arena *a)
{
	const char *path;

	return id[0] != '\0' && strcmp(then, now) != 0 &&
		       kt_store_document(&path, s, id, then, NULL, NULL) ==
			   KT_OK &&
		       kt_store_has(s, path, now)
		   ? follow(s, path, (const char *const[]){ then, now },
			 address, a)
		   : address;
}
