/* SPDX-License-Identifier: MIT */
/*
 * The history of a clause: from the newest text back, comparison by
 * comparison, by identity and not by number.
 */
#include "force_int.h"

#include <stdlib.h>
#include <string.h>

/* The nodes that a clause is in the text at hand; several behind a merge. */
struct trail {
	const struct kt_node **at;
	size_t n, cap;
};

struct tracing {
	struct kt_history *out;
	struct forcing f;
	size_t cap;
};

static void
add(struct trail *t, const struct kt_node *n)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i] == n)
			return;
	KT_GROW(t->at, t->n, t->cap);
	t->at[t->n++] = n;
}

static const char *
addresses(struct kt_arena *a, const struct kt_doc *doc, const struct trail *t)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *kept;

	for (size_t i = 0; i < t->n; i++)
		kt_buf_printf(
		    &b, "%s%s", i == 0 ? "" : "、", kt_addr(doc, t->at[i]));
	kept = kt_arena_strdup(a, b.p);
	kt_buf_release(&b);
	return kept;
}

static const char *
words(struct kt_arena *a, const struct trail *t)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *kept;

	for (size_t i = 0; i < t->n; i++)
		kt_node_words(&b, t->at[i]);
	while (b.len > 0 && b.p[b.len - 1] == '\n')
		kt_buf_cut(&b, b.len - 1);
	kept = kt_arena_strdup(a, b.p);
	kt_buf_release(&b);
	return kept;
}

/* The pair a unit stands in on the new side; NULL for what is no unit. */
static const struct kt_pair *
pair_of(const struct kt_changes *list, const struct kt_node *n)
{
	for (size_t i = 0; i < list->npairs; i++)
		for (uint32_t k = 0; k < list->pairs[i].nnew; k++)
			if (list->pairs[i].new[k] == n)
				return &list->pairs[i];
	return NULL;
}

/* Below a unit: its words as they read, number apart. */
static bool
words_differ(const struct kt_node *a, const struct kt_node *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool differ;

	kt_node_words(&x, a);
	kt_node_words(&y, b);
	differ = x.len - strlen(a->label) != y.len - strlen(b->label) ||
		 strcmp(x.p + strlen(a->label), y.p + strlen(b->label)) != 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return differ;
}

/* One node of the new text back into the old. */
static void
step_back(struct trail *old, struct kt_event *e, const struct kt_changes *list,
    const struct kt_node *n)
{
	const struct kt_pair *p = pair_of(list, n);
	const struct kt_node *peer = list->new_peer[n->id];

	if (p != NULL) {
		for (uint32_t i = 0; i < p->nold; i++)
			add(old, p->old[i]);
		e->changed = e->changed || p->changed;
		if (p->fate != KT_MODIFIED)
			e->fate = p->fate;
	} else if (peer != NULL) {
		add(old, peer);
		e->changed = e->changed || words_differ(peer, n);
	} else {
		e->changed = true;
		e->fate = KT_ADDED;
	}
}

static void
keep(struct tracing *t, const struct kt_event *e)
{
	KT_GROW(t->out->at, t->out->count, t->cap);
	t->out->at[t->out->count++] = *e;
}

/* What revision `k` did to the clause; the trail becomes that of the text
 * before.  False when it was added there. */
static bool
trace_one(struct tracing *t, size_t k, struct trail *trail)
{
	struct kt_arena *a = t->out->arena;
	const struct held *h = &t->f.at[k];
	struct kt_event e = { .rev = *h->rev, .fate = KT_MODIFIED };
	struct kt_changes *list;
	struct trail old = { 0 };
	bool more;

	kt_diff(&list, h->base, h->doc, NULL);
	for (size_t i = 0; i < trail->n; i++)
		step_back(&old, &e, list, trail->at[i]);
	e.new = addresses(a, h->doc, trail);
	e.old = addresses(a, h->base, &old);
	e.new_text = words(a, trail);
	e.old_text = words(a, &old);
	e.from = force_day(&t->f, k, trail->at[0]);
	if (old.n > 1 && e.fate == KT_MODIFIED)
		e.fate = KT_MERGED;
	if (old.n == 0)
		e.fate = KT_ADDED;
	else if (!e.changed && strcmp(e.old, e.new) != 0 &&
		 e.fate == KT_MODIFIED)
		e.fate = KT_RENUMBERED;
	if (e.changed || e.fate != KT_MODIFIED)
		keep(t, &e);
	kt_changes_free(list);
	more = old.n > 0;
	free(trail->at);
	*trail = old;
	return more;
}

static int
begin(struct tracing *t, struct kt_store *s, const char *id, struct kt_diag *d)
{
	int rc = force_load(&t->f, s, id, d);

	t->out = kt_calloc(1, sizeof(*t->out));
	t->out->arena = kt_arena_new();
	return rc;
}

static int
end(struct tracing *t, struct kt_history **out, int rc)
{
	if (rc == KT_OK)
		*out = t->out;
	else
		kt_history_free(t->out);
	force_unload(&t->f);
	return rc;
}

/* Where to begin: the newest text that has the clause. */
static const struct kt_node *
find(const struct forcing *f, const char *address, size_t *rev)
{
	struct kt_spot spot;

	for (size_t k = f->n; k-- > 0;) {
		*rev = k;
		if (address[0] == '\0')
			return f->at[k].doc->root;
		if (kt_addr_find(&spot, f->at[k].doc, address) == KT_OK)
			return spot.node;
	}
	return NULL;
}

/* ---- what became of it --------------------------------------------------- */

/* One node of the old text into the new. */
static void
step_on(struct trail *new, struct kt_event *e, const struct kt_changes *list,
    const struct kt_node *n)
{
	const struct kt_node *peer = list->old_peer[n->id];

	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];

		for (uint32_t k = 0; k < p->nold; k++) {
			if (p->old[k] != n)
				continue;
			for (uint32_t j = 0; j < p->nnew; j++)
				add(new, p->new[j]);
			e->changed = e->changed || p->changed;
			if (p->fate != KT_MODIFIED)
				e->fate = p->fate;
			return;
		}
	}
	if (peer != NULL) {
		add(new, peer);
		e->changed = e->changed || words_differ(n, peer);
	}
}

/* What revision `k` made of it; false when it was taken out there. */
static bool
trace_on(struct tracing *t, size_t k, struct trail *trail)
{
	struct kt_arena *a = t->out->arena;
	const struct held *h = &t->f.at[k];
	struct kt_event e = { .rev = *h->rev, .fate = KT_MODIFIED };
	struct kt_changes *list;
	struct trail new = { 0 };
	bool more;

	kt_diff(&list, h->base, h->doc, NULL);
	for (size_t i = 0; i < trail->n; i++)
		step_on(&new, &e, list, trail->at[i]);
	e.old = addresses(a, h->base, trail);
	e.new = addresses(a, h->doc, &new);
	e.old_text = words(a, trail);
	e.new_text = words(a, &new);
	more = new.n > 0;
	if (more) {
		e.from = force_day(&t->f, k, new.at[0]);
	} else {
		e.fate = KT_DELETED;
		e.changed = true;
		e.from = force_day_out(&t->f, k, trail->at[0]);
	}
	if (more && !e.changed && strcmp(e.old, e.new) != 0 &&
	    e.fate == KT_MODIFIED)
		e.fate = KT_RENUMBERED;
	if (e.changed || e.fate != KT_MODIFIED)
		keep(t, &e);
	kt_changes_free(list);
	free(trail->at);
	*trail = new;
	return more;
}

/* The address stands in no text after revision `k`: what the clause became
 * since, newest first. */
static void
tell_later(struct tracing *t, size_t k, const struct kt_node *n)
{
	struct kt_history *h = t->out;
	struct trail trail = { 0 };

	add(&trail, n);
	for (size_t i = k + 1; i < t->f.n && trace_on(t, i, &trail); i++)
		;
	free(trail.at);
	for (size_t i = 0; i + 1 < h->count - i; i++) {
		struct kt_event e = h->at[i];

		h->at[i] = h->at[h->count - 1 - i];
		h->at[h->count - 1 - i] = e;
	}
}

int
kt_history_of(struct kt_history **out, struct kt_store *s, const char *id,
    const char *address, struct kt_diag *d)
{
	struct tracing t = { 0 };
	struct trail trail = { 0 };
	const struct kt_node *n;
	size_t k = 0;
	int rc = begin(&t, s, id, d);

	if (rc != KT_OK)
		return end(&t, out, rc);
	n = find(&t.f, address, &k);
	if (n == NULL)
		return end(&t, out,
		    kt_report(d, .id = KT_M_NO_CLAUSE, .a = id, .b = address));
	if (k + 1 < t.f.n)
		tell_later(&t, k, n);
	add(&trail, n);
	while (trace_one(&t, k, &trail) && k > 0)
		k--;
	free(trail.at);
	return end(&t, out, KT_OK);
}

/* ---- blame --------------------------------------------------------------- */

/* A clause on its way back. */
struct blamed {
	const struct kt_node *now, *at; /* NULL at: done */
	struct kt_event e;
};

static void
blame_one(struct tracing *t, struct blamed *b, const struct kt_changes *list,
    size_t k)
{
	const struct kt_pair *p = pair_of(list, b->at);
	const struct held *h = &t->f.at[k];
	struct trail old = { 0 };

	if (p != NULL && !p->changed && p->nold == 1) {
		b->at = p->old[0];
		return;
	}
	b->e.rev = *h->rev;
	b->e.fate = p == NULL || p->nold == 0 ? KT_ADDED : p->fate;
	b->e.changed = true;
	b->e.from = force_day(&t->f, k, b->at);
	for (uint32_t i = 0; p != NULL && i < p->nold; i++)
		add(&old, p->old[i]);
	b->e.old = addresses(t->out->arena, h->base, &old);
	free(old.at);
	b->at = NULL;
}

int
kt_history_blame(struct kt_history **out, struct kt_store *s, const char *id,
    struct kt_diag *d)
{
	struct tracing t = { 0 };
	struct blamed *all;
	const struct kt_doc *doc;
	size_t n = 0, left;
	int rc = begin(&t, s, id, d);

	if (rc != KT_OK)
		return end(&t, out, rc);
	doc = t.f.at[t.f.n - 1].doc;
	all = kt_calloc(doc->count, sizeof(*all));
	for (size_t i = 0; i < doc->count; i++)
		if (doc->nodes[i]->unit == doc->nodes[i]) {
			all[n].now = all[n].at = doc->nodes[i];
			n++;
		}
	left = n;
	for (size_t k = t.f.n; k-- > 0 && left > 0;) {
		struct kt_changes *list;

		kt_diff(&list, t.f.at[k].base, t.f.at[k].doc, NULL);
		for (size_t i = 0; i < n; i++)
			if (all[i].at != NULL) {
				blame_one(&t, &all[i], list, k);
				left -= all[i].at == NULL;
			}
		kt_changes_free(list);
	}
	for (size_t i = 0; i < n; i++) {
		all[i].e.new =
		    kt_arena_strdup(t.out->arena, kt_addr(doc, all[i].now));
		all[i].e.old_text = all[i].e.new_text = "";
		keep(&t, &all[i].e);
	}
	free(all);
	return end(&t, out, KT_OK);
}

void
kt_history_free(struct kt_history *h)
{
	if (h == NULL)
		return;
	kt_arena_free(h->arena);
	free(h->at);
	free(h);
}
