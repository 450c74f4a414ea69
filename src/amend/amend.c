/* SPDX-License-Identifier: MIT */
/*
 * Amendments made and proved: what is written is read again and carried out
 * on the old text, and where the result is not the new text the clause
 * concerned is rewritten whole.  Nothing leaves that was not proved.
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

/* Rounds of proof; each gives up at least one clause more. */
#define ROUNDS_MAX 60

/* ---- what stays as it is ------------------------------------------------ */

static bool
same_fields(const struct kt_node *a, const struct kt_node *b, bool label)
{
	return a->kind == b->kind && a->len == b->len &&
	       memcmp(a->text, b->text, a->len) == 0 &&
	       (!label || strcmp(a->label, b->label) == 0) &&
	       strcmp(a->caption, b->caption) == 0 &&
	       strcmp(a->related, b->related) == 0 &&
	       a->colspan == b->colspan && a->rowspan == b->rowspan &&
	       kt_same_marks(a, b) && kt_same_caption_marks(a, b);
}

/* 解説 is outside. */
static const struct kt_node *
shown(const struct kt_node *node)
{
	while (node != NULL && node->kind == KT_COMMENTARY)
		node = node->next;
	return node;
}

static size_t
count_shown(const struct kt_node *node)
{
	size_t n = 0;

	for (const struct kt_node *at = shown(node->first); at != NULL;
	     at = shown(at->next))
		n++;
	return n;
}

/* Are the children the same clauses, nothing inside them different? */
static bool
same_children(
    const struct kt_out *o, const struct kt_node *x, const struct kt_node *y)
{
	const struct kt_node *a = shown(x->first), *b = shown(y->first);

	for (; a != NULL && b != NULL; a = shown(a->next), b = shown(b->next))
		if (o->plan->to_new[a->id] != b || o->same[a->id] == 0 ||
		    strcmp(a->label, b->label) != 0 ||
		    o->plan->rewrite[b->id] != 0)
			return false;
	return a == NULL && b == NULL;
}

/* Headings of divisions stand for themselves; their 条 are clauses of their
 * own. */
static void
find_same(struct kt_out *o)
{
	const struct kt_plan *plan = o->plan;

	for (size_t i = plan->old->count; i-- > 0;) {
		const struct kt_node *x = plan->old->nodes[i];
		const struct kt_node *y = plan->to_new[i];

		o->same[i] =
		    y != NULL && plan->rewrite[y->id] == 0 &&
		    same_fields(x, y, x->kind == KT_NOTE) &&
		    (kt_kind_is_division(x->kind) || same_children(o, x, y));
	}
}

bool
kt_out_same_inside(const struct kt_out *o, const struct kt_node *old)
{
	return o->same[old->id] != 0;
}

/* ---- one draft ---------------------------------------------------------- */

void
kt_out_suppl(struct kt_out *o, const struct kt_node *new)
{
	KT_GROW(o->suppl, o->nsuppl, o->suppl_cap);
	o->suppl[o->nsuppl++] = new;
}

void
kt_out_fail(struct kt_out *o, const struct kt_node *new)
{
	KT_GROW(o->failed, o->nfailed, o->failed_cap);
	o->failed[o->nfailed++] = new;
}

void
kt_out_fail_old(struct kt_out *o, const struct kt_node *old)
{
	while (old != NULL && o->plan->to_new[old->id] == NULL)
		old = old->parent;
	if (old != NULL)
		kt_out_fail(o, o->plan->to_new[old->id]);
}

static bool
most_have_captions(const struct kt_doc *doc)
{
	size_t with = 0, without = 0;

	for (size_t i = 0; i < doc->count; i++)
		if (doc->nodes[i]->kind == KT_ARTICLE) {
			if (doc->nodes[i]->caption[0] != '\0')
				with++;
			else
				without++;
		}
	return with > without;
}

static void
say_title(struct kt_out *o)
{
	const struct kt_node *old = o->plan->old->root;
	const struct kt_node *new = o->plan->new->root;
	struct kt_buf line = KT_BUF_INIT;

	if (strcmp(old->caption, new->caption) == 0 &&
	    kt_same_caption_marks(old, new))
		return;
	kt_say_owner(&o->say, old, new);
	kt_say_clause(&o->say, KT_V_CHANGE, "題名を次のように");
	kt_inline_write(&line, new->caption, 0, strlen(new->caption),
	    new->caption_marks, new->ncaption_marks);
	kt_say_words_block(&o->say, line.p);
	kt_buf_release(&line);
}

static void
begin_out(
    struct kt_out *o, struct kt_plan *plan, const struct kt_amend_style *style)
{
	memset(o, 0, sizeof(*o));
	o->plan = plan;
	o->captions = most_have_captions(plan->old);
	o->same = kt_calloc(plan->old->count, 1);
	kt_say_init(&o->say, plan->old, style);
}

static void
end_out(struct kt_out *o)
{
	kt_say_release(&o->say);
	free(o->group);
	free(o->same);
	free(o->suppl);
	free(o->failed);
	free(o->hoisted.at);
}

/* The frame stands before all that was said. */
static void
put_before(struct kt_out *o, const struct kt_buf *head)
{
	struct kt_buf all = KT_BUF_INIT;
	size_t lines = 0;

	for (size_t i = 0; i < head->len; i++)
		lines += head->p[i] == '\n';
	kt_buf_put(&all, head->p, head->len);
	kt_buf_put(&all, o->say.out.p, o->say.out.len);
	kt_buf_release(&o->say.out);
	o->say.out = all;
	o->say.lines += lines;
	for (size_t i = 0; i < o->say.nsaid; i++)
		o->say.said[i].line += lines;
}

static void
put_suppl(struct kt_out *o, const struct kt_amend_style *style)
{
	for (size_t i = 0; i < o->nsuppl; i++)
		kt_frame_suppl(&o->say.out, o->suppl[i], style,
		    style->frame && o->nsuppl == 1);
}

static void
draft(struct kt_out *o, const struct kt_amend_style *style)
{
	struct kt_buf head = KT_BUF_INIT;

	find_same(o);
	say_title(o);
	kt_out_children(o, o->plan->old->root, o->plan->new->root, true);
	kt_out_flush(o);
	kt_say_end(&o->say);
	if (style->frame) {
		kt_frame_begin(&head, o->plan->old, style,
		    kt_frame_number(
			style, o->nsuppl == 1 ? o->suppl[0] : NULL));
		put_before(o, &head);
	}
	put_suppl(o, style);
	kt_buf_release(&head);
}

/* ---- proof
 * ----------------------------------------------------------------------------
 */

/* Nodes of the new document that the result does not have so. */
static void
find_differences(struct kt_out *o, const struct kt_node *got)
{
	const struct kt_node *want = o->plan->new->root, *top = want;

	while (want != NULL) {
		bool differs = !same_fields(got, want, true) ||
			       count_shown(got) != count_shown(want);

		if (differs)
			kt_out_fail(o, want);
		if (!differs && want->first != NULL &&
		    shown(want->first) != NULL) {
			got = shown(got->first);
			want = shown(want->first);
			continue;
		}
		while (want != top && shown(want->next) == NULL) {
			got = got->parent;
			want = want->parent;
		}
		if (want == top)
			return;
		got = shown(got->next);
		want = shown(want->next);
	}
}

/* Whose change a message of the proof is about. */
static void
blame(struct kt_out *o, const struct kt_msg *m)
{
	const struct kt_said *found = NULL;

	for (size_t i = 0; i < o->say.nsaid; i++) {
		const struct kt_said *s = &o->say.said[i];

		if (s->line < m->at.line ||
		    (s->line == m->at.line && s->column <= m->at.column))
			found = s;
	}
	if (found != NULL && found->new != NULL)
		kt_out_fail(o, found->new);
	else if (found != NULL && found->old != NULL)
		kt_out_fail_old(o, found->old);
}

/* Does the draft turn the old text into the new one?  What it gets wrong goes
 * to the list of failures. */
static bool
prove(struct kt_out *o)
{
	struct kt_diag *d = kt_diag_new();
	struct kt_amendment *a = NULL;
	struct kt_doc *got = NULL;
	size_t before = o->nfailed;
	int rc;

	if (o->say.out.len == 0 || o->say.nsaid + o->nsuppl == 0) {
		find_differences(o, o->plan->old->root);
		kt_diag_free(d);
		return o->nfailed == before;
	}
	rc = kt_amend_read(&a, "", o->say.out.p, o->say.out.len, d);
	if (rc == KT_OK && a->unread == 0)
		rc = kt_amend_apply(&got, o->plan->old, a, 1, d);
	if (got != NULL)
		find_differences(o, got->root);
	for (size_t i = 0; got == NULL && i < kt_diag_count(d); i++)
		blame(o, kt_diag_get(d, i));
	kt_doc_free(got);
	kt_amend_free(a);
	kt_diag_free(d);
	return rc == KT_OK && got != NULL && o->nfailed == before;
}

/* Rewrite what words did not do for; false when nothing is left to try. */
static bool
give_up(struct kt_out *o)
{
	bool more = false;

	for (size_t i = 0; i < o->nfailed; i++)
		more = kt_plan_give_up(o->plan, o->failed[i]) || more;
	return more;
}

/* ---- the report --------------------------------------------------------- */

static bool
is_clause(const struct kt_node *node)
{
	return node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
	       node->kind == KT_ITEM || node->kind == KT_HEADED ||
	       node->kind == KT_ROW;
}

/* Is it, or what it lies in, rewritten whole? */
static bool
is_covered(const struct kt_plan *plan, const struct kt_node *node)
{
	for (; node != NULL; node = node->parent)
		if (plan->rewrite[node->id] != 0 &&
		    plan->rewrite[node->id] != KT_WHY_REPEALED)
			return true;
	return false;
}

static void
count_changes(struct kt_amend_report *r, const struct kt_out *o)
{
	const struct kt_plan *plan = o->plan;
	size_t cap = 0;

	*r = (struct kt_amend_report){ .sentences = o->say.sentences };
	for (size_t i = 0; i < plan->new->count; i++) {
		const struct kt_node *y = plan->new->nodes[i];
		const struct kt_node *x = plan->list->new_peer[i];

		if (x != NULL && is_clause(y) &&
		    (!same_fields(x, y, false) || plan->rewrite[i] != 0)) {
			r->changed++;
			r->covered += is_covered(plan, y);
		}
		if (plan->rewrite[i] == 0 ||
		    plan->rewrite[i] == KT_WHY_REPEALED ||
		    (y->kind == KT_TOC && x != NULL &&
			plan->apart[x->id] == 0) ||
		    (x != NULL && y->parent != NULL &&
			plan->rewrite[y->parent->id] != 0))
			continue;
		KT_GROW(r->whole, r->nwhole, cap);
		r->whole[r->nwhole++] = (struct kt_amend_whole){ x, y,
			(enum kt_amend_why)plan->rewrite[i] };
	}
}

static int
unproved(struct kt_out *o, struct kt_diag *d)
{
	const struct kt_node *at =
	    o->nfailed > 0 ? o->failed[0] : o->plan->new->root;
	struct kt_buf name = KT_BUF_INIT;
	int rc;

	kt_addr_write(&name, o->plan->new, at);
	rc = kt_report(d, .id = KT_M_AMEND_UNPROVED, .a = name.p,
	    .at = { .line = at->line, .column = at->column, .clause = name.p });
	kt_buf_release(&name);
	return rc;
}

/* ---- all
 * ----------------------------------------------------------------------------------
 */

/* A draft of the plan, and whether it is proved; `join`: what is said of
 * several places is said once. */
static bool
try_draft(struct kt_out *o, struct kt_plan *plan,
    const struct kt_amend_style *style, bool join)
{
	begin_out(o, plan, style);
	o->say.join = join;
	draft(o, style);
	return o->nfailed == 0 && prove(o);
}

/* What was joined might be misread, so that the rounds that look for clauses
 * for which words do not do are without; in the end it is joined if it can. */
static void
join_if_proved(
    struct kt_out *o, struct kt_plan *plan, const struct kt_amend_style *style)
{
	struct kt_out joined;

	if (try_draft(&joined, plan, style, true)) {
		end_out(o);
		*o = joined;
	} else {
		end_out(&joined);
	}
}

/* A frame around no sentence would be an instrument that amends nothing. */
static void
put_said(struct kt_buf *out, const struct kt_out *o, const struct kt_doc *old,
    const struct kt_amend_style *style)
{
	if (o->say.nsaid == 0 && o->nsuppl == 0)
		return;
	kt_buf_put(out, o->say.out.p, o->say.out.len);
	if (style->frame && o->nsuppl == 0)
		kt_frame_effective(out, old, style);
}

int
kt_amend_write(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style, struct kt_amend_report *report,
    struct kt_diag *d)
{
	struct kt_plan plan;
	bool proved = false;
	int rc = KT_OK;

	kt_plan_init(&plan, list);
	for (int round = 0; rc == KT_OK && !proved; round++) {
		struct kt_out o;

		kt_plan_make(&plan);
		proved = try_draft(&o, &plan, style, round == 0);
		if (proved && round > 0)
			join_if_proved(&o, &plan, style);
		if (proved) {
			put_said(out, &o, plan.old, style);
			if (report != NULL)
				count_changes(report, &o);
		} else if (round == ROUNDS_MAX || !give_up(&o)) {
			rc = unproved(&o, d);
		}
		end_out(&o);
	}
	kt_plan_release(&plan);
	return rc;
}
