/* SPDX-License-Identifier: MIT */
/* Who has to follow a draft: documents that kaitei.yaml says depend on one it
 * changes, and those that name a clause it changes. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/port.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

struct other {
	const char *id;
	struct kt_doc *read; /* of the store; the draft's own are lent */
	const struct kt_doc *doc;
};

struct finding {
	struct kt_dependences *out;
	struct kt_store *s;
	const struct kt_draft_diff *p;
	struct other *others;
	size_t nothers, cap;
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

/* 第3条第2項（第8条）: where it is named, and what.  The first few: `impact`
 * tells them all. */
enum { PLACES_MOST = 4 };

static void
put_place(struct kt_buf *places, size_t nth, const struct kt_effect *e)
{
	if (nth < PLACES_MOST)
		kt_buf_printf(places, "%s%s（%s）", nth == 0 ? "" : "、",
		    kt_addr(e->doc, e->node), e->words);
	else if (nth == PLACES_MOST)
		kt_buf_puts(places, "…");
}

static bool
is_reference(enum kt_effect_kind kind)
{
	return kind == KT_EF_DANGLING || kind == KT_EF_RENUMBERED ||
	       kind == KT_EF_REFERENCE;
}

static void
find_places(struct finding *f, const struct kt_impact *impact,
    const struct other *other, const char *of)
{
	struct kt_buf places = KT_BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < impact->count; i++) {
		const struct kt_effect *e = &impact->at[i];

		if (e->doc == other->doc && is_reference(e->kind))
			put_place(&places, n++, e);
	}
	if (n > 0)
		entry(f, other->id, of)->places =
		    kt_arena_strdup(f->out->arena, places.p);
	kt_buf_release(&places);
}

/* All that the other documents name of one that the draft changes, by its
 * title or by the name that they give it. */
static void
find_of(struct finding *f, const struct kt_draft_doc *x, struct kt_diag *d)
{
	const struct kt_doc **docs =
	    KT_NEWN(f->out->arena, const struct kt_doc *, f->nothers + 1);
	struct kt_impact *impact = NULL;
	size_t n = 0;

	for (size_t i = 0; i < f->nothers; i++)
		if (strcmp(f->others[i].id, x->id) != 0)
			docs[n++] = f->others[i].doc;
	kt_impact(&impact, x->list, docs, n, d);
	for (size_t i = 0; i < f->nothers; i++)
		if (strcmp(f->others[i].id, x->id) != 0)
			find_places(f, impact, &f->others[i], x->id);
	kt_impact_free(impact);
}

static const struct kt_draft_doc *
of_draft(const struct finding *f, const char *id)
{
	for (size_t i = 0; i < f->p->count; i++)
		if (strcmp(f->p->at[i].id, id) == 0)
			return &f->p->at[i];
	return NULL;
}

/* Every document as it was before the draft. */
static int
read_others(struct finding *f, struct kt_diag *d)
{
	const struct kt_item *items;
	size_t n;
	int rc =
	    kt_store_items(f->s, "policies", f->p->draft.tip, &items, &n, d);

	if (rc != KT_OK)
		return rc;
	f->others = KT_NEWN(f->out->arena, struct other, n + 1);
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		struct other *o = &f->others[f->nothers];
		const struct kt_draft_doc *x;
		const char *id;

		if (!kt_store_is_document(items[i].path))
			continue;
		id = propose_id(f->out->arena, items[i].path);
		x = of_draft(f, id);
		*o = (struct other){ .id = id };
		if (x == NULL) {
			rc = propose_read(
			    &o->read, f->s, items[i].path, f->p->draft.tip, d);
			o->doc = o->read;
		} else {
			o->doc = x->old;
		}
		f->nothers += o->doc != NULL && (x == NULL || !x->is_new);
	}
	return rc;
}

static int
find_all(struct finding *f, struct kt_diag *d)
{
	int rc = read_others(f, d);

	for (size_t i = 0; i < f->p->count && rc == KT_OK; i++)
		if (!f->p->at[i].is_new)
			find_of(f, &f->p->at[i], d);
	for (size_t i = 0; i < f->nothers; i++)
		kt_doc_free(f->others[i].read);
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
