/* SPDX-License-Identifier: MIT */
/* What else must follow a change: references and 解説, in the text itself and
 * in those that depend on it. */
#include "impact_int.h"

#include <stdlib.h>
#include <string.h>

/* Effects of a node are found together. */
#define TWICE_WITHIN 64

/* ---- effects
 * ------------------------------------------------------------------
 */

void
kt_trace(struct tracing *t, struct kt_effect e)
{
	size_t least = t->n > TWICE_WITHIN ? t->n - TWICE_WITHIN : 0;

	for (size_t i = t->n; i-- > least;) {
		const struct kt_effect *o = &t->list[i];

		if (o->node == e.node && o->kind == e.kind &&
		    o->cause == e.cause && strcmp(o->words, e.words) == 0)
			return;
	}
	KT_GROW(t->list, t->n, t->cap);
	t->list[t->n++] = e;
}

/* ---- what changed
 * ---------------------------------------------------------------
 */

/* Does it touch what a clause says? */
static bool
means_something(const struct kt_change *c)
{
	return c->class == KT_C_SUBSTANCE && (c->flags & KT_FL_COMMENTARY) == 0;
}

static void
mark_below(const struct kt_change **at, const struct kt_node *node,
    const struct kt_change *c, bool below)
{
	for (const struct kt_node *n = node; n != NULL;
	     n = kt_node_next(n, node)) {
		if (at[n->id] == NULL)
			at[n->id] = c;
		if (!below)
			break;
	}
}

static void
index_changes(struct tracing *t)
{
	const struct kt_changes *list = t->changes;

	t->at_old =
	    KT_NEWN(t->arena, const struct kt_change *, list->old->count);
	t->at_new =
	    KT_NEWN(t->arena, const struct kt_change *, list->new->count);
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];
		bool below = c->side == KT_SIDE_SUBTREE;

		if (!means_something(c))
			continue;
		for (uint32_t k = 0; k < c->nold; k++)
			mark_below(t->at_old, c->old[k], c, below);
		for (uint32_t k = 0; k < c->nnew; k++)
			mark_below(t->at_new, c->new[k], c, below);
	}
}

/* The change of a clause, of what lies below it, or of what it is part of. */
static const struct kt_change *
change_at(const struct kt_change *const *at, const struct kt_node *node)
{
	for (const struct kt_node *n = node; n != NULL;
	     n = kt_node_next(n, node))
		if (at[n->id] != NULL)
			return at[n->id];
	for (const struct kt_node *n = node->parent;
	     n != NULL && n->kind != KT_DOC && n->unit != NULL; n = n->parent)
		if (at[n->id] != NULL)
			return at[n->id];
	return NULL;
}

/* ---- the text itself
 * -------------------------------------------------------------
 */

static const struct kt_node *
commentary_around(const struct kt_node *n)
{
	while (n != NULL && n->kind != KT_COMMENTARY)
		n = n->parent;
	return n;
}

static const char *
words_of(struct tracing *t, const struct kt_ref *ref)
{
	const char *text =
	    ref->in_related ? ref->node->related : ref->node->text;

	return kt_arena_strndup(t->arena, text + ref->start, ref->len);
}

/* The clause that changed, and the node itself, are one change already. */
static bool
is_same_clause(const struct kt_change *c, const struct kt_node *node)
{
	for (uint32_t i = 0; i < c->nnew; i++)
		for (const struct kt_node *n = node; n != NULL; n = n->parent)
			if (n == c->new[i])
				return true;
	return false;
}

static void
trace_own_references(struct tracing *t)
{
	const struct kt_doc *new = t->changes->new;
	struct kt_refs *refs = kt_refs_new(new);

	for (size_t i = 0; i < refs->count; i++) {
		const struct kt_ref *ref = &refs->at[i];
		const struct kt_change *c;
		const struct kt_node *behind = commentary_around(ref->node);

		if (ref->state != KT_R_RESOLVED || ref->to.node == NULL)
			continue;
		c = change_at(t->at_new, ref->to.node);
		if (c == NULL || is_same_clause(c, ref->node) ||
		    t->at_new[ref->node->id] != NULL)
			continue;
		kt_trace(t, (struct kt_effect){ .kind = behind != NULL
							    ? KT_EF_COMMENTARY
							    : KT_EF_REFERENCE,
				.doc = new,
				.node = behind != NULL ? behind : ref->node,
				.cause = c,
				.words = words_of(t, ref),
				.now = kt_addr(new, ref->to.node) });
	}
	kt_refs_free(refs);
}

/* References that the comparison itself found wrong. */
static void
trace_broken(struct tracing *t)
{
	for (size_t i = 0; i < t->changes->count; i++) {
		const struct kt_change *c = &t->changes->at[i];

		if ((c->flags & KT_FL_REF_DANGLING) == 0 || c->nnew == 0)
			continue;
		for (uint32_t k = 0; k < c->nspans; k++)
			if (c->spans[k].class == KT_SC_REF_DANGLING)
				kt_trace(t,
				    (struct kt_effect){ .kind = KT_EF_DANGLING,
					.doc = t->changes->new,
					.node = c->new[0],
					.cause = c,
					.words = kt_arena_strndup(t->arena,
					    c->spans[k].text, c->spans[k].len),
					.now = "",
					.must = true });
	}
}

/* 解説 that stands behind a changed clause of its unit and did not change. */
static const struct kt_node *
commentary_of(const struct kt_node *n)
{
	for (const struct kt_node *at = n; at != NULL; at = at->parent) {
		const struct kt_node *next = at->next;

		if (at->caption[0] != '\0' || at->kind == KT_DOC)
			next = at->first;
		for (; next != NULL; next = next->next) {
			if (next->kind == KT_COMMENTARY)
				return next;
			if (next->caption[0] != '\0')
				break;
		}
		if (at->caption[0] != '\0')
			break;
	}
	return NULL;
}

static bool
has_changed(const struct tracing *t, const struct kt_node *commentary)
{
	for (size_t i = 0; i < t->changes->count; i++) {
		const struct kt_change *c = &t->changes->at[i];

		if ((c->flags & KT_FL_COMMENTARY) == 0)
			continue;
		for (uint32_t k = 0; k < c->nnew; k++)
			if (commentary_around(c->new[k]) == commentary ||
			    c->new[k]->parent == commentary)
				return true;
	}
	return false;
}

static void
trace_commentary(struct tracing *t)
{
	for (size_t i = 0; i < t->changes->count; i++) {
		const struct kt_change *c = &t->changes->at[i];
		const struct kt_node *behind;

		if (!means_something(c) || c->nnew == 0)
			continue;
		behind = commentary_of(c->new[0]);
		if (behind != NULL && !has_changed(t, behind))
			kt_trace(t,
			    (struct kt_effect){ .kind = KT_EF_COMMENTARY,
				.doc = t->changes->new,
				.node = behind,
				.cause = c,
				.words = "",
				.now = kt_addr(t->changes->new, c->new[0]) });
	}
}

/* ---- dependants
 * -------------------------------------------------------------------
 */

struct names { /* by which a dependant calls the text */
	const char *at[8];
	size_t n;
};

/* 見本市…規程（平成19年…。以下「規程」という。） */
static void
find_names(struct tracing *t, struct names *out, const struct kt_doc *doc,
    const char *title)
{
	out->at[out->n++] = title;
	for (size_t i = 0; i < doc->count; i++) {
		const char *p = strstr(doc->nodes[i]->text, title), *quote,
			   *end;

		if (p == NULL || out->n == KT_COUNT(out->at))
			continue;
		p += strlen(title);
		if (strncmp(p, "（", strlen("（")) != 0)
			continue;
		quote = strstr(p, "以下「");
		end = strstr(p, "」という。）");
		if (quote == NULL || end == NULL || end < quote ||
		    (size_t)(end - p) > 400)
			continue;
		quote += strlen("以下「");
		out->at[out->n++] =
		    kt_arena_strndup(t->arena, quote, (size_t)(end - quote));
	}
}

static bool
is_named(const struct names *names, const char *word)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->at[i], word) == 0)
			return true;
	return false;
}

/* What became of a clause that was split or merged: the units that it went
 * into, "" when it is gone. */
static const char *
went_into(struct tracing *t, const struct kt_node *node)
{
	const struct kt_changes *list = t->changes;
	struct kt_buf out = KT_BUF_INIT;
	const char *made;

	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];
		bool here = false;

		for (uint32_t k = 0; k < p->nold; k++)
			here = here || p->old[k] == node ||
			       p->old[k] == node->unit;
		for (uint32_t k = 0; here && k < p->nnew; k++)
			kt_buf_printf(&out, "%s%s", k == 0 ? "" : "・",
			    kt_addr(list->new, p->new[k]));
		if (here)
			break;
	}
	made = kt_arena_strndup(t->arena, out.p, out.len);
	kt_buf_release(&out);
	return made;
}

/* One reference of a dependant to a clause of the old text. */
static void
trace_reference(
    struct tracing *t, const struct kt_doc *doc, const struct kt_ref *ref)
{
	const struct kt_changes *list = t->changes;
	struct kt_effect e = { .doc = doc,
		.node = ref->node,
		.words = words_of(t, ref),
		.now = "" };
	const struct kt_node *peer;
	struct kt_spot spot;

	if (kt_addr_find(&spot, list->old, ref->address) != KT_OK)
		return;
	peer = list->old_peer[spot.node->id];
	e.cause = change_at(t->at_old, spot.node);
	if (peer == NULL) {
		e.now = went_into(t, spot.node);
		e.kind = e.now[0] == '\0' ? KT_EF_DANGLING : KT_EF_RENUMBERED;
		e.must = true;
	} else {
		e.now = kt_addr(list->new, peer);
		e.must = strcmp(e.now, kt_addr(list->old, spot.node)) != 0;
		e.kind = e.must ? KT_EF_RENUMBERED : KT_EF_REFERENCE;
	}
	if (e.must || e.cause != NULL)
		kt_trace(t, e);
}

static void
trace_dependant(struct tracing *t, const struct kt_doc *doc)
{
	struct names names = { .n = 0 };
	struct kt_refs *refs = kt_refs_new(doc);

	find_names(t, &names, doc, t->changes->old->root->caption);
	for (size_t i = 0; i < refs->count; i++)
		if (refs->at[i].state == KT_R_EXTERNAL &&
		    is_named(&names, refs->at[i].document))
			trace_reference(t, doc, &refs->at[i]);
	kt_refs_free(refs);
}

/* ---- the whole
 * ---------------------------------------------------------------------
 */

static void
keep(struct tracing *t)
{
	t->out->at = KT_NEWN(t->arena, struct kt_effect, t->n);
	if (t->n > 0)
		memcpy(t->out->at, t->list, t->n * sizeof(*t->list));
	t->out->count = t->n;
	for (size_t i = 0; i < t->n; i++) {
		t->out->sum[t->list[i].kind]++;
		t->out->must += t->list[i].must;
	}
	free(t->list);
}

void
kt_impact(struct kt_impact **out, const struct kt_changes *changes,
    const struct kt_doc *const *dependants, size_t n, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct tracing t = { .arena = arena, .changes = changes };

	t.out = KT_NEW(arena, struct kt_impact);
	t.out->arena = arena;
	t.out->changes = changes;
	index_changes(&t);
	trace_broken(&t);
	trace_own_references(&t);
	trace_commentary(&t);
	kt_trace_terms(&t, changes->new);
	for (size_t i = 0; i < n; i++) {
		trace_dependant(&t, dependants[i]);
		kt_trace_terms(&t, dependants[i]);
		kt_trace_restated(&t, dependants[i], d);
	}
	keep(&t);
	*out = t.out;
}
