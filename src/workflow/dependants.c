/* SPDX-License-Identifier: MIT */
/* Who has to follow a draft: documents that kaitei.yaml says depend on one it
 * changes, and those that name a clause it changes. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

struct finding {
	struct kt_dependences *out;
	struct kt_store *s;
	const struct kt_draft_diff *p;
	size_t cap;
};

static bool
is_changed(const struct kt_draft_diff *p, const char *id)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->at[i].id, id) == 0)
			return true;
	return false;
}

static struct kt_dependence *
entry(struct finding *f, const char *id, const char *of)
{
	struct kt_dependences *out = f->out;

	for (size_t i = 0; i < out->count; i++)
		if (strcmp(out->at[i].id, id) == 0 &&
		    strcmp(out->at[i].of, of) == 0)
			return &out->at[i];
	KT_GROW(out->at, out->count, f->cap);
	out->at[out->count] = (struct kt_dependence){
		.id = kt_arena_strdup(out->arena, id),
		.of = kt_arena_strdup(out->arena, of),
		.places = "",
		.changed = is_changed(f->p, id),
	};
	return &out->at[out->count++];
}

/* Is a clause that another document names one that this draft touches? */
static bool
is_touched(const struct kt_draft_doc *x, const char *address)
{
	struct kt_spot spot;
	const struct kt_node *unit;

	if (address[0] == '\0' || kt_addr_find(&spot, x->old, address) != KT_OK)
		return false;
	unit = kt_node_unit(x->old, spot.node);
	for (size_t i = 0; unit != NULL && i < x->list->npairs; i++) {
		const struct kt_pair *p = &x->list->pairs[i];

		for (uint32_t k = 0; k < p->nold; k++)
			if (p->old[k] == unit)
				return p->changed || p->fate != KT_MODIFIED;
	}
	return false;
}

/* 第3条第2項（第8条）: where it is named, and what. */
static void
find_places(struct finding *f, const char *id, const struct kt_doc *doc,
    const struct kt_draft_doc *x)
{
	struct kt_refs *refs = kt_refs_new(doc);
	struct kt_buf places = KT_BUF_INIT;

	for (size_t i = 0; i < refs->count; i++) {
		const struct kt_ref *r = &refs->at[i];

		if (r->state == KT_R_EXTERNAL && r->document[0] != '\0' &&
		    strcmp(r->document, x->old->meta.title) == 0 &&
		    is_touched(x, r->address))
			kt_buf_printf(&places, "%s%s（%s）",
			    places.len == 0 ? "" : "、", kt_addr(doc, r->node),
			    r->address);
	}
	if (places.len > 0)
		entry(f, id, x->id)->places =
		    kt_arena_strdup(f->out->arena, places.p);
	kt_buf_release(&places);
	kt_refs_free(refs);
}

static int
find_all(struct finding *f, struct kt_diag *d)
{
	const struct kt_item *items;
	size_t n;
	int rc =
	    kt_store_items(f->s, "policies", f->p->draft.tip, &items, &n, d);

	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		const char *id = propose_id(f->out->arena, items[i].path);
		struct kt_doc *doc = NULL;

		rc =
		    propose_read(&doc, f->s, items[i].path, f->p->draft.tip, d);
		for (size_t k = 0; rc == KT_OK && k < f->p->count; k++)
			if (strcmp(f->p->at[k].id, id) != 0)
				find_places(f, id, doc, &f->p->at[k]);
		kt_doc_free(doc);
	}
	return rc;
}

int
kt_dependences_read(struct kt_dependences **out, struct kt_store *s,
    const struct kt_draft_diff *p, struct kt_diag *d)
{
	struct finding f = { .s = s, .p = p };
	struct kt_settings *settings = NULL;
	int rc = kt_settings_read(&settings, s, d);

	f.out = kt_calloc(1, sizeof(*f.out));
	f.out->arena = kt_arena_new();
	for (size_t i = 0; rc == KT_OK && i < settings->ndependants; i++)
		if (is_changed(p, settings->dependants[i].of))
			entry(&f, settings->dependants[i].id,
			    settings->dependants[i].of);
	if (rc == KT_OK)
		rc = find_all(&f, d);
	kt_settings_free(settings);
	if (rc == KT_OK)
		*out = f.out;
	else
		kt_dependences_free(f.out);
	return rc;
}

void
kt_dependences_free(struct kt_dependences *list)
{
	if (list == NULL)
		return;
	kt_arena_free(list->arena);
	free(list->at);
	free(list);
}
