/* SPDX-License-Identifier: MIT */
/* Proposals as they are told: clauses, wordings, the 解説 that goes with
 * them. */
#include "port_int.h"

#include <string.h>

static const struct kt_node **
nodes_of(struct port *p, const struct kt_provisions *list,
    const uint32_t *which, uint32_t n)
{
	const struct kt_node **nodes =
	    KT_NEWN(p->arena, const struct kt_node *, n);

	for (uint32_t i = 0; i < n; i++)
		nodes[i] = list->at[which[i]].node;
	return nodes;
}

struct kt_proposal *
kt_port_put(struct port *p, const struct job *job, enum kt_outcome outcome,
    enum kt_proposal_why why)
{
	struct kt_proposals *out = p->out;
	struct kt_proposal *made;

	KT_GROW(out->at, out->count, p->cap);
	made = &out->at[out->count++];
	*made = (struct kt_proposal){ .outcome = outcome,
		.why = why,
		.fate = job->fate,
		.flags = job->flags,
		.detail = "",
		.guideline_old = "",
		.guideline_new = "",
		.before = "",
		.after = "",
		.place = "" };
	made->old = nodes_of(p, p->from, job->old, job->nold);
	made->nold = job->nold;
	made->new = nodes_of(p, p->to, job->new, job->nnew);
	made->nnew = job->nnew;
	/* What is no provision is named by the change. */
	if (job->nold + job->nnew == 0) {
		made->old = job->change->old;
		made->nold = job->change->nold;
		made->new = job->change->new;
		made->nnew = job->change->nnew;
	}
	if (job->nold > 0)
		made->guideline_old = kt_provisions_join(
		    p->arena, p->from, job->old, job->nold, true)
					  .p;
	if (job->nnew > 0)
		made->guideline_new = kt_provisions_join(
		    p->arena, p->to, job->new, job->nnew, true)
					  .p;
	out->sum[outcome]++;
	return made;
}

/* The 解説 behind a clause, or behind the clause it lies in. */
static const struct kt_node *
commentary_of(const struct kt_node *n)
{
	for (const struct kt_node *at = n; at != NULL; at = at->parent) {
		for (const struct kt_node *next = at->next; next != NULL;
		     next = next->next) {
			if (next->kind == KT_COMMENTARY)
				return next;
			if (next->caption[0] != '\0')
				break;
		}
		for (const struct kt_node *c = at->first; c != NULL;
		     c = c->next)
			if (c->kind == KT_COMMENTARY)
				return c;
		if (at->caption[0] != '\0')
			return NULL;
	}
	return NULL;
}

/* Does the 解説 use words that are struck out? */
static bool
says(const struct kt_node *commentary, const struct kt_spans *spans)
{
	struct kt_buf text = KT_BUF_INIT, word = KT_BUF_INIT;
	bool found = false;

	kt_node_words(&text, commentary);
	for (size_t i = 0; i < spans->count && !found; i++) {
		const struct kt_span *s = &spans->at[i];

		if (s->op != '-' || kt_utf8_count(s->text, s->len) < 2)
			continue;
		kt_buf_clear(&word);
		kt_buf_put(&word, s->text, s->len);
		found = strstr(text.p, word.p) != NULL;
	}
	kt_buf_release(&text);
	kt_buf_release(&word);
	return found;
}

void
kt_port_show(struct port *p, struct kt_proposal *out, const uint32_t *city,
    uint32_t n, const char *after)
{
	struct kt_stretch before =
	    kt_provisions_join(p->arena, p->city, city, n, false);
	struct kt_stretch then = { after, (uint32_t)strlen(after), NULL, 0 };
	struct kt_spans spans;

	out->city = nodes_of(p, p->city, city, n);
	out->ncity = n;
	out->before = before.p;
	out->after = after;
	before.nrefs = 0;
	kt_wording_compare(p->shown, p->arena, &spans, &before, &then);
	out->spans = spans.at;
	out->nspans = spans.count;
	for (uint32_t i = 0; i < n && out->commentary == NULL; i++)
		out->commentary = commentary_of(out->city[i]);
	if (out->commentary != NULL)
		out->commentary_says = says(out->commentary, &spans);
}

void
kt_port_compare_guideline(struct port *p)
{
	for (size_t i = 0; i < p->out->count; i++) {
		struct kt_proposal *one = &p->out->at[i];
		struct kt_stretch was = { one->guideline_old,
			(uint32_t)strlen(one->guideline_old), NULL, 0 };
		struct kt_stretch is = { one->guideline_new,
			(uint32_t)strlen(one->guideline_new), NULL, 0 };
		struct kt_spans spans;

		if (was.len == 0 || is.len == 0)
			continue;
		kt_wording_compare(p->shown, p->arena, &spans, &was, &is);
		one->guideline_spans = spans.at;
		one->nguideline_spans = spans.count;
	}
}

void
kt_port_withdraw(
    struct port *p, struct kt_proposal *out, enum kt_proposal_why why)
{
	size_t no = (size_t)(out - p->out->at), kept = 0;
	struct kt_stretch before = { out->before, (uint32_t)strlen(out->before),
		NULL, 0 };
	struct kt_spans spans;

	for (size_t i = 0; i < p->nedits; i++)
		if (p->edits[i].proposal != no)
			p->edits[kept++] = p->edits[i];
	p->nedits = kept;
	kept = 0;
	for (size_t i = 0; i < p->ninsertions; i++)
		if (p->insertions[i].proposal != no)
			p->insertions[kept++] = p->insertions[i];
	p->ninsertions = kept;
	p->out->sum[out->outcome]--;
	out->outcome = KT_OUT_CONFLICT;
	out->why = why;
	p->out->sum[out->outcome]++;
	/* What a new clause would say stays to be seen. */
	if (out->ncity == 0)
		return;
	out->after = out->before;
	kt_wording_compare(p->shown, p->arena, &spans, &before, &before);
	out->spans = spans.at;
	out->nspans = spans.count;
	out->commentary_says = false;
}

void
kt_port_note(struct port *p, const char *ja, const char *address)
{
	struct kt_proposals *out = p->out;

	KT_GROW(out->notes, out->nnotes, p->notes_cap);
	out->notes[out->nnotes++] =
	    kt_arena_printf(p->arena, "%s：%s", address, ja);
}
