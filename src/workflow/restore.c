/* SPDX-License-Identifier: MIT */
/* A document of a draft as it was before the draft changed it. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

struct restoring {
	struct kt_store *s;
	struct kt_draft draft;
	const char *path; /* of the document */
	struct kt_file *files;
	size_t n;
};

/* Where the document is, in the draft or in what the draft stands on. */
static int
find(struct restoring *r, const char *id, struct kt_diag *d)
{
	if (kt_store_document(&r->path, r->s, id, r->draft.tip, NULL, NULL) ==
	    KT_OK)
		return KT_OK;
	return kt_store_document(&r->path, r->s, id, r->draft.base, NULL, d);
}

/* What both sides changed is decided first: it is no text of one of them. */
static int
check_conflicts(struct restoring *r, const char *id, struct kt_diag *d)
{
	struct kt_open_conflicts *open = NULL;
	int rc = kt_conflicts_read(&open, r->s, r->draft.name, d);

	for (size_t i = 0; rc == KT_OK && i < open->count; i++)
		if (strcmp(open->at[i].document, id) == 0)
			rc = kt_report(d, .id = KT_M_DRAFT_OPEN_CONFLICTS,
			    .a = r->draft.name);
	kt_conflicts_free(open);
	return rc;
}

static bool
names(struct restoring *r, const char *document, const char *figure)
{
	struct kt_doc *doc = NULL;
	bool found =
	    propose_read(&doc, r->s, document, r->draft.tip, NULL) == KT_OK &&
	    kt_figures_name(doc, document, figure);

	kt_doc_free(doc);
	return found;
}

static bool
is_named_elsewhere(struct restoring *r, const char *figure)
{
	const struct kt_item *at;
	size_t n;

	if (kt_store_items(r->s, "", r->draft.tip, &at, &n, NULL) != KT_OK)
		return true;
	for (size_t i = 0; i < n; i++)
		if (kt_store_is_document(at[i].path) &&
		    strcmp(at[i].path, r->path) != 0 &&
		    names(r, at[i].path, figure))
			return true;
	return false;
}

/* The figures that go with it; the document itself when it is among what the
 * draft changed. */
static void
put_files(struct restoring *r, const struct propose_paths *paths,
    const struct kt_buf *before)
{
	for (size_t i = 0; i < paths->n; i++) {
		const char *path = paths->at[i];

		if (strcmp(path, r->path) == 0)
			r->files[r->n++] =
			    (struct kt_file){ path, before->p, before->len };
		else if (kt_store_is_figure(path) &&
			 !kt_store_has(r->s, path, r->draft.base) &&
			 names(r, r->path, path) &&
			 !is_named_elsewhere(r, path))
			r->files[r->n++] = (struct kt_file){ path, NULL, 0 };
	}
}

static int
restore(bool *is_new, struct restoring *r, const struct kt_note *note,
    char rev[KT_REV_LEN + 1], struct kt_diag *d)
{
	struct propose_paths paths = { 0 };
	struct kt_buf before = KT_BUF_INIT;
	int rc = propose_paths(&paths, r->s, r->draft.base, r->draft.tip, d);

	*is_new = !kt_store_has(r->s, r->path, r->draft.base);
	if (rc == KT_OK && !*is_new)
		rc = kt_store_get(
		    &before, r->s, r->path, r->draft.base, NULL, d);
	if (*is_new)
		before.p = NULL; /* taken out */
	r->files = kt_calloc(paths.n + 1, sizeof(*r->files));
	if (rc == KT_OK)
		put_files(r, &paths, &before);
	if (rc == KT_OK && r->n > 0)
		rc = kt_draft_put(r->s, r->draft.name, r->files, r->n,
		    r->draft.tip, "", note, rev, d);
	if (!*is_new)
		kt_buf_release(&before);
	free(r->files);
	free(paths.at);
	return rc;
}

int
kt_draft_restore(bool *is_new, struct kt_store *s, const char *name,
    const char *id, const struct kt_note *note, char rev[KT_REV_LEN + 1],
    struct kt_diag *d)
{
	struct restoring r = { .s = s };
	int rc = kt_draft_find(&r.draft, s, name, d);

	rev[0] = '\0';
	if (rc == KT_OK)
		rc = kt_draft_check_open(s, &r.draft, d);
	if (rc == KT_OK)
		rc = find(&r, id, d);
	if (rc == KT_OK)
		rc = check_conflicts(&r, id, d);
	if (rc == KT_OK)
		rc = restore(is_new, &r, note, rev, d);
	return rc;
}
