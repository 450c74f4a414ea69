/* SPDX-License-Identifier: MIT */
/*
 * The dates of an adoption.  A date of its own is for a clause that the draft
 * changes; and what is changed must be in force by then: a text that comes
 * into force later than its own amendment would undo it.
 */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

struct dating {
	struct kt_store *s;
	const struct kt_draft_diff *p;
	const struct kt_adoption *how;
	struct kt_diag *d;
	bool *ok;
};

#define DATE_WRONG(w, ...) (kt_report((w)->d, __VA_ARGS__), *(w)->ok = false)

static bool
is_in(const struct kt_node *n, const struct kt_node *top)
{
	while (n != NULL && n != top)
		n = n->parent;
	return n != NULL;
}

/* Is a unit in the clause of an address, or the clause in it? */
static bool
meets(const struct kt_doc *doc, const char *clause, const struct kt_node *n)
{
	struct kt_spot spot;

	if (kt_addr_find(&spot, doc, clause) != KT_OK)
		return false;
	for (const struct kt_node *top = spot.node; top != NULL;
	     top = top->next) {
		if (is_in(n, top) || is_in(top, n))
			return true;
		if (spot.last == NULL || top == spot.last)
			break;
	}
	return false;
}

static bool
is_change(const struct kt_pair *p)
{
	return p->changed || p->fate != KT_MODIFIED;
}

static bool
pair_meets(
    const struct kt_draft_doc *x, const struct kt_pair *p, const char *clause)
{
	for (uint32_t i = 0; i < p->nnew; i++)
		if (meets(x->new, clause, p->new[i]))
			return true;
	for (uint32_t i = 0; i < p->nold; i++)
		if (meets(x->old, clause, p->old[i]))
			return true;
	return false;
}

/* ---- dates of clauses ---------------------------------------------------- */

/* A date that main has left open may be set by naming the same clauses. */
static bool
is_open_on_main(
    struct kt_store *s, const char *id, struct kt_date day, const char *clause)
{
	struct kt_in_force *f = NULL;
	bool open = false;

	if (kt_in_force_read(&f, s, id, day, NULL) != KT_OK)
		return false;
	for (size_t i = 0; i < f->ncoming; i++)
		open = open || (f->coming[i].from.year == 0 &&
				   strcmp(f->coming[i].clauses, clause) == 0);
	kt_in_force_free(f);
	return open;
}

bool
propose_is_dated(struct kt_store *s, const struct kt_draft_doc *x,
    const struct kt_adoption *how, const char *clause)
{
	for (size_t i = 0; i < x->list->npairs; i++)
		if (is_change(&x->list->pairs[i]) &&
		    pair_meets(x, &x->list->pairs[i], clause))
			return true;
	return is_open_on_main(s, x->id, how->effective, clause);
}

static void
check_clause(struct dating *w, const char *clause)
{
	bool there = false, dated = false;
	struct kt_spot spot;

	for (size_t i = 0; i < w->p->count; i++) {
		const struct kt_draft_doc *x = &w->p->at[i];

		if (kt_addr_find(&spot, x->new, clause) != KT_OK &&
		    kt_addr_find(&spot, x->old, clause) != KT_OK)
			continue;
		there = true;
		dated = dated || propose_is_dated(w->s, x, w->how, clause);
	}
	if (!there)
		DATE_WRONG(w, .id = KT_M_ADOPT_NO_CLAUSE, .a = w->p->draft.name,
		    .b = clause);
	else if (!dated)
		DATE_WRONG(w, .id = KT_M_ADOPT_DATE_OF_NOTHING,
		    .a = w->p->draft.name, .b = clause);
}

/* ---- what is not in force yet -------------------------------------------- */

static struct kt_date
day_of(const struct dating *w, const struct kt_draft_doc *x,
    const struct kt_node *n)
{
	const struct kt_node *new = x->list->old_peer[n->id];

	for (size_t i = 0; i < w->how->ndates; i++) {
		const char *clause = w->how->dates[i].clauses;

		if (meets(x->old, clause, n) ||
		    (new != NULL &&meets(x->new, clause, new)))
			return w->how->dates[i].from;
	}
	return w->how->effective;
}

/* The change that the clause waits for: the last that names it, else the last
 * of all. */
static const struct kt_coming *
awaited(const struct kt_in_force *f, const struct kt_doc *doc,
    const struct kt_node *n)
{
	const struct kt_coming *last = &f->coming[f->ncoming - 1];
	const char *comma = "、";

	for (size_t i = f->ncoming; i-- > 0;)
		for (const char *p = f->coming[i].clauses; *p != '\0';) {
			const char *stop = strstr(p, comma);
			size_t len =
			    stop == NULL ? strlen(p) : (size_t)(stop - p);
			char *one = kt_strndup(p, len);
			bool found = meets(doc, one, n);

			free(one);
			if (found)
				return &f->coming[i];
			p += len + (stop == NULL ? 0 : strlen(comma));
		}
	return last;
}

static void
tell_order(struct dating *w, const struct kt_draft_doc *x,
    const struct kt_in_force *f, const struct kt_node *n)
{
	const struct kt_coming *c = awaited(f, x->old, n);
	struct kt_buf day = KT_BUF_INIT, from = KT_BUF_INIT;

	kt_date_iso(&day, f->day);
	if (c->from.year != 0)
		kt_date_iso(&from, c->from);
	else
		kt_buf_puts(
		    &from, c->condition[0] != '\0' ? c->condition : "期日未定");
	DATE_WRONG(w, .id = KT_M_ADOPT_ORDER,
	    .at = { .file = x->id, .clause = kt_addr(x->old, n) }, .a = from.p,
	    .b = c->instrument[0] != '\0' ? c->instrument : c->revision,
	    .c = day.p);
	kt_buf_release(&day);
	kt_buf_release(&from);
}

/* Gone, or with other words of its own; its number may change, and what lies
 * in it has words by itself. */
static bool
is_other(const struct kt_node *n, const struct kt_node *peer)
{
	return peer == NULL || n->len != peer->len ||
	       memcmp(n->text, peer->text, n->len) != 0 ||
	       strcmp(n->caption, peer->caption) != 0;
}

/* A 目次 follows from the headings. */
static bool
is_clause(const struct kt_node *n)
{
	const struct kt_node *top = n;

	while (top != NULL && top->kind != KT_TOC)
		top = top->parent;
	return top == NULL && n->parent != NULL;
}

/* A clause that the draft changes and that does not stand so on the day. */
static int
check_day(struct dating *w, const struct kt_draft_doc *x, struct kt_date day)
{
	struct kt_in_force *f = NULL;
	struct kt_changes *since;
	const struct kt_node *told = NULL;
	int rc = kt_in_force_read(&f, w->s, x->id, day, w->d);

	if (rc != KT_OK || f->ncoming == 0) {
		kt_in_force_free(f);
		return rc;
	}
	kt_diff(&since, f->doc, x->old, NULL);
	for (size_t i = 0; i < x->old->count; i++) {
		const struct kt_node *n = x->old->nodes[i];

		if (!is_clause(n) || (told != NULL && is_in(n, told)) ||
		    !is_other(n, x->list->old_peer[n->id]) ||
		    !is_other(n, since->new_peer[n->id]) ||
		    kt_date_cmp(day_of(w, x, n), day) != 0)
			continue;
		tell_order(w, x, f, n);
		told = n;
	}
	kt_changes_free(since);
	kt_in_force_free(f);
	return KT_OK;
}

/* What has no date yet comes after all that has one. */
static int
check_order(struct dating *w, const struct kt_draft_doc *x)
{
	int rc = check_day(w, x, w->how->effective);

	for (size_t i = 0; i < w->how->ndates && rc == KT_OK; i++) {
		struct kt_date day = w->how->dates[i].from;
		bool again = kt_date_cmp(day, w->how->effective) == 0;

		for (size_t k = 0; k < i; k++)
			again = again ||
				kt_date_cmp(day, w->how->dates[k].from) == 0;
		if (day.year != 0 && !again)
			rc = check_day(w, x, day);
	}
	return rc;
}

int
propose_dates(bool *ok, struct kt_store *s, const struct kt_draft_diff *p,
    const struct kt_adoption *how, struct kt_diag *d)
{
	struct dating w = { .s = s, .p = p, .how = how, .d = d, .ok = ok };
	int rc = KT_OK;

	*ok = true;
	for (size_t i = 0; i < how->ndates; i++)
		check_clause(&w, how->dates[i].clauses);
	for (size_t i = 0; i < p->count && rc == KT_OK; i++)
		if (!p->at[i].is_new)
			rc = check_order(&w, &p->at[i]);
	return rc;
}
