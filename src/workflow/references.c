/* SPDX-License-Identifier: MIT */
/*
 * References that a draft leaves behind.  前条 in the draft meant the article
 * before it; when another was adopted in between, the same words mean that
 * one.  A merge makes clause numbers follow, but 前条, 次項 and the like are
 * somebody's words: they are told, with what they would have to be.
 */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/amend.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

void
propose_references_begin(struct propose_references *r, struct kt_diag *d)
{
	*r = (struct propose_references){ .d = d, .arena = kt_arena_new() };
}

void
propose_references_end(struct propose_references *r)
{
	kt_arena_free(r->arena);
	free(r->told);
}

/* Once for each place, though both sides of a merge see it. */
static bool
is_told(struct propose_references *r, const char *key)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->told[i], key) == 0)
			return true;
	KT_GROW(r->told, r->n, r->cap);
	r->told[r->n++] = key;
	return false;
}

static void
tell(struct propose_references *r, const char *id, const struct kt_doc *doc,
    const struct kt_hane *h)
{
	const char *clause = kt_addr(doc, h->node);

	/* The lint looks at the 目次. */
	if (h->kind == KT_HANE_TOC ||
	    is_told(r, kt_arena_printf(r->arena, "%s %s %u %d", id, clause,
			   h->start, (int)h->in_related)))
		return;
	kt_report(r->d,
	    .id = h->kind == KT_HANE_GONE ? KT_M_DRAFT_REFERENCE_GONE
					  : KT_M_DRAFT_REFERENCE,
	    .at = { .file = kt_arena_strdup(r->arena, id), .clause = clause },
	    .a = h->words, .b = h->wanted);
}

void
propose_references_in(
    struct propose_references *r, const char *id, const struct kt_changes *list)
{
	struct kt_hanes *all = kt_hane_new(list);

	for (size_t i = 0; i < all->count; i++)
		tell(r, id, list->new, &all->at[i]);
	kt_hane_free(all);
}

void
propose_references_from(struct propose_references *r, const char *id,
    const struct kt_doc *was, const struct kt_doc *now)
{
	struct kt_changes *list = NULL;

	kt_diff(&list, was, now, NULL);
	propose_references_in(r, id, list);
	kt_changes_free(list);
}

/* Against the text it began with, and against what its drafters wrote before
 * something was merged into it: their words are in no base. */
int
propose_references(
    struct kt_store *s, const struct kt_draft_diff *p, struct kt_diag *d)
{
	struct propose_references r;
	const char *const *before;
	size_t n = 0;
	int rc = kt_draft_merges(&before, &n, s, &p->draft, d);

	propose_references_begin(&r, d);
	for (size_t i = 0; i < p->count && rc == KT_OK; i++) {
		const struct kt_draft_doc *x = &p->at[i];

		propose_references_in(&r, x->id, x->list);
		for (size_t k = 0; k < n && rc == KT_OK; k++) {
			struct kt_doc *was = NULL;

			rc = propose_read(&was, s, x->path, before[k], d);
			if (rc == KT_OK)
				propose_references_from(&r, x->id, was, x->new);
			kt_doc_free(was);
		}
	}
	propose_references_end(&r);
	return rc;
}
