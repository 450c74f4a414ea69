/* SPDX-License-Identifier: MIT */
/* 影響一覧: what in all the other documents must follow a draft.  They are read
 * as they were when it was begun: a reference that the draft has already
 * brought to the new number would look like one to the old. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/port.h>

#include "packet_int.h"

/* All documents that the draft was made from, in the order of their paths. */
struct corpus {
	struct kt_doc **doc;
	const char **path;
	size_t n;
};

static int
read_corpus(struct corpus *out, struct packing *k, const struct kt_item *items,
    size_t n)
{
	int rc = KT_OK;

	out->doc = kt_calloc(n + 1, sizeof(struct kt_doc *));
	out->path = kt_calloc(n + 1, sizeof(char *));
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		if (!kt_store_is_document(items[i].path))
			continue;
		out->path[out->n] = items[i].path;
		rc = propose_read(&out->doc[out->n], k->s, items[i].path,
		    k->p->draft.base, k->d);
		out->n += rc == KT_OK;
	}
	return rc;
}

static int
pack_effects(
    struct packing *k, const struct corpus *all, const struct kt_draft_doc *x)
{
	const struct kt_doc **other =
	    kt_calloc(all->n + 1, sizeof(struct kt_doc *));
	struct kt_impact *impact = NULL;
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->path[i], x->path) != 0)
			other[n++] = all->doc[i];
	kt_impact(&impact, x->list, other, n, k->d);
	rc = kt_write_impact_docx(
	    packet_paper(k, 7, "影響一覧", x->id, "docx"), impact, KT_JA, k->d);
	if (rc == KT_OK)
		rc = kt_write_impact_xlsx(
		    packet_paper(k, 7, "影響一覧", x->id, "xlsx"), impact,
		    KT_JA, k->d);
	kt_impact_free(impact);
	free(other);
	return rc;
}

int
packet_impact(struct packing *k)
{
	struct corpus all = { .n = 0 };
	const struct kt_item *items;
	size_t n = 0;
	int rc = kt_store_items(
	    k->s, "policies", k->p->draft.base, &items, &n, k->d);

	if (rc == KT_OK)
		rc = read_corpus(&all, k, items, n);
	for (size_t i = 0; i < k->p->count && rc == KT_OK; i++)
		if (!k->p->at[i].is_new)
			rc = pack_effects(k, &all, &k->p->at[i]);
	for (size_t i = 0; i < all.n; i++)
		kt_doc_free(all.doc[i]);
	free(all.doc);
	free(all.path);
	return rc;
}
