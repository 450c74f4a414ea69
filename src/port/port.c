/* SPDX-License-Identifier: MIT */
/*
 * The guideline's changes, one after the other: what each is about, which
 * clauses of the city answer to it, and who handles it.
 */
#include "port_int.h"

#include <stdlib.h>
#include <string.h>

/* Per mille: a clause that is like a new one, and one that says the same. */
#define LIKE_ALREADY 430
#define SAYS_SAME 700

/* ---- what a change is about
 * --------------------------------------------------
 */

static void
put_unique(uint32_t **list, uint32_t *n, uint32_t *cap, uint32_t value)
{
	size_t room = *cap;

	for (uint32_t i = 0; i < *n; i++)
		if ((*list)[i] == value)
			return;
	if (*n == room)
		*list = kt_grow(*list, &room, sizeof(**list));
	*cap = (uint32_t)room;
	(*list)[(*n)++] = value;
}

/* Provisions of a node; with `below` of all that lies under it too. */
static void
gather(const struct kt_provisions *list, const struct kt_node *node, bool below,
    uint32_t **out, uint32_t *n, uint32_t *cap)
{
	for (const struct kt_node *at = node; at != NULL;
	     at = kt_node_next(at, node)) {
		if (list->of[at->id] != NONE)
			put_unique(out, n, cap, list->of[at->id]);
		if (!below)
			break;
	}
}

static void
collect(struct port *p, struct job *job, const struct kt_change *c)
{
	bool below = c->side == KT_SIDE_SUBTREE;

	for (uint32_t i = 0; i < c->nold; i++)
		gather(p->from, c->old[i], below, &job->old, &job->nold,
		    &job->old_cap);
	for (uint32_t i = 0; i < c->nnew; i++)
		gather(p->to, c->new[i], below, &job->new, &job->nnew,
		    &job->new_cap);
}

/* An entry that came or went inside a provision that stayed: the provision of
 * the other side belongs to it. */
static void
complete(struct port *p, struct job *job)
{
	const struct kt_changes *list = p->how->changes;

	if (job->nold == 0)
		for (uint32_t i = 0; i < job->nnew; i++) {
			const struct kt_node *peer =
			    list->new_peer[p->to->at[job->new[i]].node->id];

			if (peer != NULL)
				gather(p->from, peer, false, &job->old,
				    &job->nold, &job->old_cap);
		}
	else if (job->nnew == 0)
		for (uint32_t i = 0; i < job->nold; i++) {
			const struct kt_node *peer =
			    list->old_peer[p->from->at[job->old[i]].node->id];

			if (peer != NULL)
				gather(p->to, peer, false, &job->new,
				    &job->nnew, &job->new_cap);
		}
}

/* A job that is about one of these already. */
static struct job *
known(struct jobs *all, const struct job *job)
{
	for (uint32_t i = 0; i < job->nold; i++)
		if (all->of_old[job->old[i]] != 0)
			return &all->at[all->of_old[job->old[i]] - 1];
	for (uint32_t i = 0; i < job->nnew; i++)
		if (all->of_new[job->new[i]] != 0)
			return &all->at[all->of_new[job->new[i]] - 1];
	return NULL;
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

void
kt_port_own(struct jobs *all, const struct job *job)
{
	uint32_t no = (uint32_t)(job - all->at) + 1;

	for (uint32_t i = 0; i < job->nold; i++)
		all->of_old[job->old[i]] = no;
	for (uint32_t i = 0; i < job->nnew; i++)
		all->of_new[job->new[i]] = no;
}

void
kt_port_join(struct jobs *all, struct job *into, struct job *more)
{
	for (uint32_t i = 0; i < more->nold; i++)
		put_unique(
		    &into->old, &into->nold, &into->old_cap, more->old[i]);
	for (uint32_t i = 0; i < more->nnew; i++)
		put_unique(
		    &into->new, &into->nnew, &into->new_cap, more->new[i]);
	if (into->nold > 1)
		qsort(into->old, into->nold, sizeof(*into->old), by_number);
	if (into->nnew > 1)
		qsort(into->new, into->nnew, sizeof(*into->new), by_number);
	into->flags |= more->flags;
	free(more->old);
	free(more->new);
	*more =
	    (struct job){ .change = more->change, .gone = true, .with = NONE };
	kt_port_own(all, into);
}

static void
add_job(struct jobs *all, struct job job)
{
	struct job *at = known(all, &job);

	if (at != NULL) {
		kt_port_join(all, at, &job);
		return;
	}
	KT_GROW(all->at, all->n, all->cap);
	all->at[all->n] = job;
	kt_port_own(all, &all->at[all->n++]);
}

static bool
is_number_only(const struct kt_change *c)
{
	unsigned more =
	    c->flags &
	    ~(unsigned)(KT_FL_RENUMBERED | KT_FL_REF_FOLLOWED | KT_FL_LABEL);

	return c->fate == KT_RENUMBERED && more == 0;
}

static bool
is_caption(const struct kt_change *c)
{
	return c->side == KT_SIDE_CAPTION || c->side == KT_SIDE_RELATED;
}

/* Changes in the order of the guideline's new text become jobs; those that
 * are about no provision stay alone. */
static void
make_jobs(struct port *p, struct jobs *all)
{
	const struct kt_changes *list = p->how->changes;

	all->of_old = KT_NEWN(p->arena, uint32_t, (size_t)p->from->count + 1);
	all->of_new = KT_NEWN(p->arena, uint32_t, (size_t)p->to->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];
		struct job job = { .change = c,
			.flags = c->flags,
			.fate = c->fate,
			.with = NONE };

		if (is_number_only(c)) {
			p->out->renumbered++;
			continue;
		}
		if (!is_caption(c) && (c->flags & KT_FL_COMMENTARY) == 0) {
			collect(p, &job, c);
			complete(p, &job);
		}
		add_job(all, job);
	}
}

/* ---- the city's clauses
 * ------------------------------------------------------
 */

uint32_t
kt_port_city(struct port *p, const uint32_t *old, uint32_t n, uint32_t **out)
{
	uint32_t *list = NULL, count = 0, cap = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct kt_link *l =
		    p->linked[p->from->at[old[i]].node->id];

		if (l == NULL)
			continue;
		for (uint32_t k = 0; k < l->ncity; k++)
			gather(p->city, l->city[k], false, &list, &count, &cap);
	}
	*out = KT_NEWN(p->arena, uint32_t, count);
	if (count > 0) {
		qsort(list, count, sizeof(*list), by_number);
		memcpy(*out, list, count * sizeof(**out));
	}
	free(list);
	return count;
}

/* ---- by kind
 * -----------------------------------------------------------------
 */

static void
on_removed(
    struct port *p, const struct job *job, const uint32_t *city, uint32_t n)
{
	struct kt_proposal *out;

	if (n == 0) {
		kt_port_put(p, job, KT_OUT_PRESENT, KT_WHY_NOT_THERE);
		return;
	}
	out = kt_port_put(p, job, KT_OUT_CONFLICT, KT_WHY_REMOVED);
	kt_port_show(p, out, city, n,
	    kt_provisions_join(p->arena, p->city, city, n, false).p);
}

/* Clauses of the city that answer to nothing of the old text and to a new
 * clause, with `faint` those too of which next to nothing is known; do all of
 * them say what it does? */
static uint32_t
clauses_like(struct port *p, const struct job *job, bool faint, uint32_t **city,
    bool *same)
{
	uint32_t n = 0, cap = 0;

	*same = true;
	for (uint32_t i = 0; i < job->nnew; i++) {
		const struct kt_link *l =
		    p->linked_new[p->to->at[job->new[i]].node->id];

		if (l == NULL || (!faint && !l->confirmed &&
				     (l->reworded || l->score < LIKE_ALREADY)))
			continue;
		*same = *same && (l->confirmed || l->score >= SAYS_SAME) &&
			l->relation <= KT_REL_NEAR;
		for (uint32_t k = 0; k < l->ncity; k++)
			if (p->answers[l->city[k]->id] == NULL)
				gather(
				    p->city, l->city[k], false, city, &n, &cap);
	}
	return n;
}

static bool
has_clause(struct port *p, const struct job *job, bool faint)
{
	uint32_t *city = NULL;
	bool same;
	uint32_t n = clauses_like(p, job, faint, &city, &same);
	struct kt_proposal *out;

	if (n > 0) {
		out =
		    kt_port_put(p, job, same ? KT_OUT_PRESENT : KT_OUT_CONFLICT,
			same ? KT_WHY_HAS_CLAUSE : KT_WHY_LIKE_CLAUSE);
		kt_port_show(p, out, city, n,
		    kt_provisions_join(p->arena, p->city, city, n, false).p);
		out->doubtful = faint;
	}
	free(city);
	return n > 0;
}

static void
on_provisions(struct port *p, const struct job *job)
{
	uint32_t *city;
	uint32_t n = kt_port_city(p, job->old, job->nold, &city);

	if (job->nold == 0) {
		if (!has_clause(p, job, false) && !kt_port_insert(p, job) &&
		    !has_clause(p, job, true))
			kt_port_homeless(p, job);
		return;
	}
	if (job->nnew == 0) {
		on_removed(p, job, city, n);
		return;
	}
	if (n == 0) {
		if (kt_port_is_form(p, job))
			kt_port_put(p, job, KT_OUT_PRESENT, KT_WHY_FORM);
		else if (!has_clause(p, job, true))
			kt_port_put(
			    p, job, KT_OUT_NO_COUNTERPART, KT_WHY_NO_LINK);
		return;
	}
	kt_port_merge(p, job, city, n);
	p->out->at[p->out->count - 1].doubtful =
	    kt_port_doubt(p, job) != KT_DOUBT_NONE;
}

static bool
same_words(struct port *p, const char *guideline, const char *city)
{
	struct kt_buf said = KT_BUF_INIT, x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	if (p->how->vocabulary != NULL)
		kt_vocabulary_say(
		    p->how->vocabulary, &said, guideline, strlen(guideline));
	else
		kt_buf_puts(&said, guideline);
	kt_fold(&x, said.p, said.len);
	kt_fold(&y, city, strlen(city));
	same = strcmp(x.p, y.p) == 0;
	kt_buf_release(&said);
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* An item that is a heading carries it as its text. */
static const char *
heading_words(const struct kt_node *n)
{
	return n->caption[0] != '\0' ? n->caption : n->text;
}

/* The only heading of the city's that has these words; NULL when there are
 * several. */
static const struct kt_node *
heading_of_words(struct port *p, const char *words)
{
	const struct kt_doc *doc = p->how->links->city;
	const struct kt_node *found = NULL;

	for (size_t i = 1; i < doc->count; i++) {
		if (doc->nodes[i]->caption[0] == '\0' ||
		    !same_words(p, words, doc->nodes[i]->caption))
			continue;
		if (found != NULL)
			return NULL;
		found = doc->nodes[i];
	}
	return found;
}

/* The heading of the city's clauses that answer to those under a heading of
 * the guideline, of all one that has its words; else the one that has them,
 * wherever it stands. */
static const struct kt_node *
city_heading(struct port *p, const struct kt_node *heading)
{
	const struct kt_node *first = NULL, *of_words;

	for (uint32_t i = 0; i < p->from->count; i++) {
		uint32_t *city, here = i;
		const struct kt_node *its;

		if (p->from->at[i].heading != heading ||
		    kt_port_city(p, &here, 1, &city) == 0)
			continue;
		its = p->city->at[city[0]].heading;
		if (its != NULL &&
		    same_words(p, heading->caption, heading_words(its)))
			return its;
		if (first == NULL)
			first = its;
	}
	of_words = heading_of_words(p, heading->caption);
	return of_words != NULL ? of_words : first;
}

static const char *
in_city_words(struct port *p, const char *words)
{
	struct kt_buf said = KT_BUF_INIT;
	const char *made;

	if (p->how->vocabulary == NULL)
		return words;
	kt_vocabulary_say(p->how->vocabulary, &said, words, strlen(words));
	made = kt_arena_strndup(p->arena, said.p, said.len);
	kt_buf_release(&said);
	return made;
}

/* Does a provision stand under a heading? */
static bool
has_provisions(const struct kt_provisions *list, const struct kt_node *heading)
{
	for (const struct kt_node *n = heading; n != NULL;
	     n = kt_node_next(n, heading))
		if (list->of[n->id] != NONE)
			return true;
	return false;
}

static enum kt_proposal_why
why_no_heading(struct port *p, const struct kt_change *c)
{
	if (c->nold == 0)
		return has_provisions(p->to, c->new[0]) ? KT_WHY_NEW_SECTION
							: KT_WHY_EXPLANATION;
	return has_provisions(p->from, c->old[0]) ? KT_WHY_NO_LINK
						  : KT_WHY_EXPLANATION;
}

static void
on_caption(struct port *p, const struct job *job)
{
	const struct kt_change *c = job->change;
	const struct kt_node *old = c->nold > 0 ? c->old[0] : NULL;
	const struct kt_node *new = c->nnew > 0 ? c->new[0] : NULL;
	const struct kt_node *city = old == NULL ? NULL : city_heading(p, old);
	const struct kt_node **one;
	struct kt_proposal *out;

	if (city == NULL && c->class == KT_C_NOTATION) {
		out = kt_port_put(p, job, KT_OUT_PRESENT, KT_WHY_FORM);
	} else if (city == NULL || new == NULL || c->side == KT_SIDE_RELATED) {
		out = kt_port_put(
		    p, job, KT_OUT_NO_COUNTERPART, why_no_heading(p, c));
	} else if (c->class == KT_C_NOTATION) {
		out = kt_port_put(p, job, KT_OUT_PRESENT, KT_WHY_NOTATION);
	} else if (same_words(p, new->caption, heading_words(city))) {
		out = kt_port_put(p, job, KT_OUT_PRESENT, KT_WHY_SAYS_SO);
	} else if (city->caption[0] != '\0' && city->ncaption_marks == 0 &&
		   same_words(p, old->caption, city->caption)) {
		struct edit e = { .node = city,
			.text = in_city_words(p, new->caption),
			.caption = true,
			.proposal = p->out->count };

		out = kt_port_put(p, job, KT_OUT_APPLIED, KT_WHY_WORDS);
		KT_GROW(p->edits, p->nedits, p->edits_cap);
		p->edits[p->nedits++] = e;
		out->after = e.text;
	} else {
		out = kt_port_put(p, job, KT_OUT_CONFLICT, KT_WHY_CAPTION);
	}
	out->guideline_old = old == NULL ? "" : old->caption;
	out->guideline_new = new == NULL ? "" : new->caption;
	if (city == NULL)
		return;
	one = KT_NEW(p->arena, const struct kt_node *);
	one[0] = city;
	out->city = one;
	out->ncity = 1;
	out->before = heading_words(city);
	if (out->after[0] == '\0')
		out->after = out->before;
}

static void
put_texts(struct kt_proposal *out, const struct kt_change *c)
{
	out->guideline_old = c->nold > 0 ? c->old_text[0] : "";
	out->guideline_new = c->nnew > 0 ? c->new_text[0] : "";
}

/* Clauses that a 解説 explains: those beside it back to the 解説 before, or
 * the one that it is part of. */
static void
gather_explained(const struct kt_provisions *list, const struct kt_node *n,
    uint32_t **out, uint32_t *count, uint32_t *cap)
{
	const struct kt_node *at;

	while (n->kind != KT_COMMENTARY && n->parent != NULL)
		n = n->parent;
	at = n->prev;
	while (at != NULL && at->kind == KT_COMMENTARY)
		at = at->prev;
	for (; at != NULL && at->kind != KT_COMMENTARY; at = at->prev)
		gather(list, at, true, out, count, cap);
	for (at = n->parent; at != NULL && *count == 0; at = at->parent)
		gather(list, at, false, out, count, cap);
	if (*count > 1)
		qsort(*out, *count, sizeof(**out), by_number);
}

/* The clauses of the old edition that a 解説 explains; of a new one those that
 * the clauses of the new edition were. */
static uint32_t
explained_by(const struct port *p, const struct kt_change *c, uint32_t **out)
{
	const struct kt_changes *list = p->how->changes;
	uint32_t n = 0, cap = 0, kept = 0;

	*out = NULL;
	if (c->nold > 0) {
		gather_explained(p->from, c->old[0], out, &n, &cap);
		return n;
	}
	if (c->nnew > 0)
		gather_explained(p->to, c->new[0], out, &n, &cap);
	for (uint32_t i = 0; i < n; i++) {
		const struct kt_node *peer =
		    list->new_peer[p->to->at[(*out)[i]].node->id];

		if (peer != NULL && p->from->of[peer->id] != NONE)
			(*out)[kept++] = p->from->of[peer->id];
	}
	return kept;
}

/* 解説 of the guideline: the city's clauses, and its own 解説. */
static void
on_commentary(struct port *p, const struct job *job)
{
	const struct kt_change *c = job->change;
	struct kt_proposal *out;
	uint32_t *old, *city, n = explained_by(p, c, &old);
	uint32_t count = kt_port_city(p, old, n, &city);

	free(old);
	if (c->class == KT_C_NOTATION)
		out = kt_port_put(p, job, KT_OUT_PRESENT,
		    count > 0 ? KT_WHY_NOTATION : KT_WHY_FORM);
	else if (count > 0)
		out = kt_port_put(p, job, KT_OUT_CONFLICT, KT_WHY_COMMENTARY);
	else
		out = kt_port_put(
		    p, job, KT_OUT_NO_COUNTERPART, KT_WHY_EXPLANATION);
	put_texts(out, c);
	if (count > 0)
		kt_port_show(p, out, city, count,
		    kt_provisions_join(p->arena, p->city, city, count, false)
			.p);
}

/* What is no rule: the guideline explained. */
static void
on_explanation(struct port *p, const struct job *job)
{
	bool notation = job->change->class == KT_C_NOTATION;

	put_texts(kt_port_put(p, job,
		      notation ? KT_OUT_PRESENT : KT_OUT_NO_COUNTERPART,
		      notation ? KT_WHY_FORM : KT_WHY_EXPLANATION),
	    job->change);
}

static void
run_job(struct port *p, const struct job *job)
{
	const struct kt_change *c = job->change;

	if (is_caption(c))
		on_caption(p, job);
	else if ((c->flags & KT_FL_COMMENTARY) != 0)
		on_commentary(p, job);
	else if (job->nold + job->nnew > 0)
		on_provisions(p, job);
	else
		on_explanation(p, job);
}

/* ---- the whole
 * ---------------------------------------------------------------
 */

static void
index_links(struct port *p)
{
	const struct kt_links *old = p->how->links, *new = p->how->links_new;

	p->linked =
	    KT_NEWN(p->arena, const struct kt_link *, old->guideline->count);
	p->linked_new =
	    KT_NEWN(p->arena, const struct kt_link *, new->guideline->count);
	p->answers =
	    KT_NEWN(p->arena, const struct kt_link *, old->city->count);
	p->answers_new =
	    KT_NEWN(p->arena, const struct kt_link *, old->city->count);
	for (size_t i = 0; i < old->count; i++) {
		for (uint32_t k = 0; k < old->at[i].nguideline; k++)
			p->linked[old->at[i].guideline[k]->id] = &old->at[i];
		for (uint32_t k = 0; k < old->at[i].ncity; k++)
			p->answers[old->at[i].city[k]->id] = &old->at[i];
	}
	for (size_t i = 0; i < new->count; i++) {
		for (uint32_t k = 0; k < new->at[i].nguideline; k++)
			p->linked_new[new->at[i].guideline[k]->id] =
			    &new->at[i];
		for (uint32_t k = 0; k < new->at[i].ncity; k++)
			p->answers_new[new->at[i].city[k]->id] = &new->at[i];
	}
}

static void
run_all(struct port *p)
{
	struct jobs all = { 0 };
	struct kt_proposal *kept;

	make_jobs(p, &all);
	kt_port_moved(p, &all);
	kt_port_divide(p, &all);
	p->jobs = &all;
	for (size_t i = 0; i < all.n; i++) {
		if (all.at[i].gone)
			continue;
		run_job(p, &all.at[i]);
		all.at[i].told = p->out->count;
	}
	kt_port_settle(p, &all);
	for (size_t i = 0; i < all.n; i++) {
		free(all.at[i].old);
		free(all.at[i].new);
	}
	free(all.at);
	kt_port_draft(p);
	kt_port_compare_guideline(p);
	kept = KT_NEWN(p->arena, struct kt_proposal, p->out->count);
	if (p->out->count > 0)
		memcpy(kept, p->out->at, p->out->count * sizeof(*kept));
	free(p->out->at);
	p->out->at = kept;
}

void
kt_port(
    struct kt_proposals **out, const struct kt_port_how *how, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct port p = { .arena = arena, .how = how, .diag = d };
	const struct kt_doc *city = how->links->city;
	enum kt_endings endings = kt_endings_of(city, how->vocabulary);
	const char **notes;

	p.out = KT_NEW(arena, struct kt_proposals);
	*p.out = (struct kt_proposals){ .arena = arena,
		.city = city,
		.old = how->changes->old,
		.new = how->changes->new };
	p.city = kt_provisions_new(city, NULL, KT_ENDINGS_AS_IS);
	p.from = kt_provisions_new(how->changes->old, how->vocabulary, endings);
	p.to = kt_provisions_new(how->changes->new, how->vocabulary, endings);
	p.fine = kt_wording_new(true);
	p.shown = kt_wording_new(false);
	kt_port_contents(&p);
	index_links(&p);
	run_all(&p);
	notes = KT_NEWN(arena, const char *, p.out->nnotes);
	if (p.out->nnotes > 0)
		memcpy(notes, p.out->notes, p.out->nnotes * sizeof(*notes));
	free(p.out->notes);
	p.out->notes = notes;
	free(p.edits);
	free(p.insertions);
	kt_wording_free(p.fine);
	kt_wording_free(p.shown);
	kt_provisions_free(p.city);
	kt_provisions_free(p.from);
	kt_provisions_free(p.to);
	*out = p.out;
}
