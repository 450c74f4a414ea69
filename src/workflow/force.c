/* SPDX-License-Identifier: MIT */
/*
 * The text in force on a day.  Each revision is cut into steps: what it
 * changes on one date.  The steps up to the day are carried out in the order
 * of their dates, each as a merge of what it changed into what stands by
 * then, so that a text adopted long ago can still come after one adopted
 * later, and a text adopted late can still come before.
 */
#include "force_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/read.h>

const char *
kt_state_name(enum kt_state state, enum kt_lang lang)
{
	static const char *const names[KT_STATES][2] = {
		{ "未施行", "not yet in force" },
		{ "施行中", "in force" },
		{ "一部施行", "partly in force" },
		{ "失効", "ceased" },
	};

	return names[state][lang];
}

/* ---- revisions and their dates ------------------------------------------- */

static int
read_revision(struct kt_doc **out, struct kt_store *s, const char *id,
    const struct kt_revision *r, struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT, name = KT_BUF_INIT;
	int rc = kt_store_get(&text, s, r->path, r->id, NULL, d);

	kt_buf_printf(&name, "%s@%.10s", id, r->id);
	/* What is only remarkable was said when it was saved. */
	if (rc == KT_OK &&
	    kt_read(out, name.p, text.p, text.len, NULL) != KT_OK)
		rc = kt_read(out, name.p, text.p, text.len, d);
	kt_buf_release(&name);
	kt_buf_release(&text);
	return rc;
}

/* What was there when the store was begun and says no day. */
static const struct kt_date since_ever = { 1, 1, 1 };

static struct kt_date
day_of(const struct forcing *f, size_t rev)
{
	const struct held *h = &f->at[rev];

	if (h->doc->meta.effective.year != 0)
		return h->doc->meta.effective;
	if (h->rev->note.effective.year != 0)
		return h->rev->note.effective;
	if (rev == 0)
		return since_ever;
	return kt_date_from_days((long)(h->rev->when / 86400));
}

/* The clauses of one address belong to a group. */
static bool
mark_group(
    unsigned *group, const struct kt_doc *doc, const char *address, unsigned g)
{
	struct kt_spot spot;
	const struct kt_node *top;

	if (kt_addr_find(&spot, doc, address) != KT_OK)
		return false;
	for (top = spot.node; top != NULL; top = top->next) {
		for (const struct kt_node *n = top; n != NULL;
		     n = kt_node_next(n, top))
			group[n->id] = g;
		if (spot.last == NULL || top == spot.last)
			break;
	}
	return true;
}

/* 第5条、第6条第2項: each in the new text, what was taken out in the old. */
static void
mark_groups(struct held *h, const char *clauses, unsigned g)
{
	const char *comma = "、";

	for (const char *p = clauses; p != NULL && *p != '\0';) {
		const char *stop = strstr(p, comma);
		char *one = stop == NULL ? kt_strdup(p)
					 : kt_strndup(p, (size_t)(stop - p));

		if (!mark_group(h->group, h->doc, one, g))
			mark_group(h->base_group, h->base, one, g);
		free(one);
		p = stop == NULL ? NULL : stop + strlen(comma);
	}
}

/* A date that was unknown is set by a later revision that names the same
 * clauses. */
static void
set_later(struct forcing *f, const struct kt_clause_date *c)
{
	for (size_t i = 0; i < f->nsteps; i++)
		if (f->steps[i].from.year == 0 &&
		    strcmp(f->steps[i].clauses, c->clauses) == 0)
			f->steps[i].from = c->from;
}

static void
add_steps(struct forcing *f, size_t rev)
{
	struct held *h = &f->at[rev];
	const struct kt_meta *m = &h->doc->meta;

	h->group = kt_calloc(h->doc->count, sizeof(*h->group));
	h->base_group = kt_calloc(h->base->count, sizeof(*h->base_group));
	for (size_t i = 0; i < m->ndates; i++)
		if (m->dates[i].from.year != 0)
			set_later(f, &m->dates[i]);
	KT_GROW(f->steps, f->nsteps, f->cap);
	f->steps[f->nsteps++] = (struct step){ .rev = rev,
		.from = day_of(f, rev),
		.clauses = "",
		.condition = "" };
	for (size_t i = 0; i < m->ndates; i++) {
		mark_groups(h, m->dates[i].clauses, (unsigned)i + 1);
		KT_GROW(f->steps, f->nsteps, f->cap);
		f->steps[f->nsteps++] = (struct step){
			.rev = rev,
			.group = (unsigned)i + 1,
			.from = m->dates[i].from,
			.clauses = m->dates[i].clauses,
			.condition = m->dates[i].condition,
		};
	}
}

/* By date, unknown ones last; of one date in the order of recording. */
static int
by_date(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	if ((x->from.year == 0) != (y->from.year == 0))
		return x->from.year == 0 ? 1 : -1;
	if (kt_date_cmp(x->from, y->from) != 0)
		return kt_date_cmp(x->from, y->from);
	if (x->rev != y->rev)
		return x->rev < y->rev ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

int
force_load(
    struct forcing *f, struct kt_store *s, const char *id, struct kt_diag *d)
{
	const struct kt_revision *log;
	size_t n;
	int rc = kt_store_log(s, id, &log, &n, d);

	if (rc != KT_OK)
		return rc;
	f->nothing = kt_doc_new(id);
	kt_doc_finish(f->nothing);
	f->at = kt_calloc(n, sizeof(*f->at));
	f->n = n;
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		f->at[i].rev = &log[n - 1 - i];
		rc = read_revision(&f->at[i].doc, s, id, f->at[i].rev, d);
		f->at[i].base = i == 0 ? f->nothing : f->at[i - 1].doc;
		if (rc == KT_OK)
			add_steps(f, i);
	}
	if (rc == KT_OK)
		qsort(f->steps, f->nsteps, sizeof(*f->steps), by_date);
	return rc;
}

void
force_unload(struct forcing *f)
{
	for (size_t i = 0; i < f->n; i++) {
		kt_doc_free(f->at[i].doc);
		free(f->at[i].group);
		free(f->at[i].base_group);
	}
	kt_doc_free(f->nothing);
	kt_doc_free(f->text);
	free(f->at);
	free(f->steps);
}

static struct kt_date
day_of_group(const struct forcing *f, size_t rev, unsigned group)
{
	for (size_t i = 0; i < f->nsteps; i++)
		if (f->steps[i].rev == rev && f->steps[i].group == group &&
		    kt_date_cmp(f->steps[i].from, since_ever) != 0)
			return f->steps[i].from;
	return (struct kt_date){ 0 };
}

struct kt_date
force_day(const struct forcing *f, size_t rev, const struct kt_node *node)
{
	return day_of_group(f, rev, f->at[rev].group[node->id]);
}

struct kt_date
force_day_out(const struct forcing *f, size_t rev, const struct kt_node *node)
{
	return day_of_group(f, rev, f->at[rev].base_group[node->id]);
}

/* ---- carrying out -------------------------------------------------------- */

static const struct kt_doc *
text_now(const struct forcing *f, bool any)
{
	if (f->composed)
		return f->text;
	return any ? f->at[f->exact].doc : f->nothing;
}

static bool *
hold_all_but(const unsigned *group, size_t n, const struct step *at, size_t k)
{
	bool *hold = kt_malloc((n == 0 ? 1 : n) * sizeof(*hold));

	for (size_t i = 0; i < n; i++) {
		hold[i] = true;
		for (size_t j = 0; j < k; j++)
			if (at[j].group == group[i])
				hold[i] = false;
	}
	return hold;
}

/* Is everything of the revisions up to this one done? */
static bool
is_all_done(const struct forcing *f, size_t rev)
{
	for (size_t i = 0; i < f->nsteps; i++)
		if (f->steps[i].rev <= rev && !f->steps[i].done)
			return false;
	return true;
}

/* k steps of one revision and one date. */
static void
carry_out(struct forcing *f, struct step *at, size_t k, bool any)
{
	struct held *h = &f->at[at->rev];
	struct kt_merge_how how = { .theirs_win = true };
	struct kt_merged *m = NULL;
	bool *theirs, *base;

	for (size_t i = 0; i < k; i++)
		at[i].done = true;
	if (any && at->rev < f->newest)
		f->inverted = true;
	if (!any || at->rev > f->newest)
		f->newest = at->rev;
	if (!f->inverted && is_all_done(f, at->rev)) {
		f->exact = at->rev;
		f->composed = false;
		return;
	}
	theirs = hold_all_but(h->group, h->doc->count, at, k);
	base = hold_all_but(h->base_group, h->base->count, at, k);
	for (size_t i = 0; i < k; i++)
		if (at[i].group == 0)
			how.held_numbers = true;
	how.hold_theirs = theirs;
	how.hold_base = base;
	kt_merged_new(&m, h->base, text_now(f, any), h->doc, &how, NULL);
	kt_doc_free(f->text);
	f->text = m->doc;
	m->doc = NULL;
	f->composed = true;
	f->won = f->won || m->won > 0;
	/* All is done, and nothing depended on the order: then it reads as it
	 * was recorded. */
	if (!f->won && is_all_done(f, f->newest)) {
		f->exact = f->newest;
		f->composed = false;
	}
	kt_merged_free(m);
	free(theirs);
	free(base);
}

/* Returns the step carried out last, NULL for none. */
static const struct step *
carry_out_until(struct forcing *f, struct kt_date day)
{
	const struct step *last = NULL;
	size_t k;

	for (size_t i = 0; i < f->nsteps; i += k) {
		struct step *at = &f->steps[i];

		k = 1;
		if (at->from.year == 0 || kt_date_cmp(at->from, day) > 0)
			break;
		while (i + k < f->nsteps && at[k].rev == at->rev &&
		       kt_date_cmp(at[k].from, at->from) == 0)
			k++;
		carry_out(f, at, k, last != NULL);
		last = at;
	}
	return last;
}

/* ---- what is said about it
 * ---------------------------------------------------
 */

static const struct kt_node *
unit_at(const struct kt_pair *p, bool *old)
{
	*old = p->nnew == 0;
	return *old ? p->old[0] : p->new[0];
}

/* The clauses that a revision changes and no entry of its list names. */
static const char *
changed_clauses(struct kt_arena *a, const struct held *h)
{
	struct kt_changes *list;
	struct kt_buf out = KT_BUF_INIT;
	const char *kept;

	kt_diff(&list, h->base, h->doc, NULL);
	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];
		const struct kt_node *n;
		bool old;

		n = unit_at(p, &old);
		if (!p->changed && p->fate == KT_MODIFIED)
			continue;
		if ((old ? h->base_group : h->group)[n->id] != 0)
			continue;
		kt_buf_printf(&out, "%s%s", out.len == 0 ? "" : "、",
		    kt_addr(old ? h->base : h->doc, n));
	}
	kept = kt_arena_strdup(a, out.p);
	kt_buf_release(&out);
	kt_changes_free(list);
	return kept;
}

static void
tell_coming(struct kt_in_force *out, const struct forcing *f)
{
	struct kt_coming *list =
	    KT_NEWN(out->arena, struct kt_coming, f->nsteps);

	for (size_t i = 0; i < f->nsteps; i++) {
		const struct step *s = &f->steps[i];
		const struct held *h = &f->at[s->rev];

		if (s->done)
			continue;
		list[out->ncoming++] = (struct kt_coming){
			.clauses = s->group != 0 || s->rev == 0
				       ? kt_arena_strdup(out->arena, s->clauses)
				       : changed_clauses(out->arena, h),
			.from = s->from,
			.condition = kt_arena_strdup(out->arena, s->condition),
			.revision = h->rev->id,
			.instrument = h->rev->note.instrument,
		};
	}
	out->coming = list;
}

static bool
is_partly(const struct forcing *f)
{
	for (size_t i = 0; i < f->nsteps; i++)
		for (size_t k = 0; k < f->nsteps; k++)
			if (f->steps[i].rev == f->steps[k].rev &&
			    f->steps[i].done && !f->steps[k].done)
				return true;
	return false;
}

/* How many revisions a composed text is made of, at most. */
static size_t
count_revisions(const struct forcing *f)
{
	size_t n = 0;

	for (size_t r = f->exact; r < f->n; r++)
		for (size_t i = 0; i < f->nsteps; i++)
			if (f->steps[i].rev == r && f->steps[i].done) {
				n++;
				break;
			}
	return n;
}

static struct kt_doc *
take_text(struct forcing *f)
{
	struct kt_doc *doc;

	if (f->composed) {
		doc = f->text;
		f->text = NULL;
	} else {
		doc = f->at[f->exact].doc;
		f->at[f->exact].doc = NULL;
	}
	return doc;
}

int
kt_in_force_read(struct kt_in_force **out, struct kt_store *s, const char *id,
    struct kt_date day, struct kt_diag *d)
{
	struct forcing f = { 0 };
	const struct step *last;
	struct kt_in_force *r;
	int rc = force_load(&f, s, id, d);

	if (rc != KT_OK) {
		force_unload(&f);
		return rc;
	}
	r = kt_calloc(1, sizeof(*r));
	r->arena = kt_arena_new();
	r->day = day;
	last = carry_out_until(&f, day);
	r->state = last == NULL    ? KT_S_COMING
		   : is_partly(&f) ? KT_S_PARTLY
				   : KT_S_IN_FORCE;
	r->at = *f.at[last == NULL ? 0 : last->rev].rev;
	r->revisions = f.composed ? count_revisions(&f) : 1;
	tell_coming(r, &f);
	r->doc = take_text(&f);
	kt_doc_stored(r->doc, r->at.id, r->at.path);
	if (r->state != KT_S_COMING && r->doc->meta.ceases.year != 0 &&
	    kt_date_cmp(r->doc->meta.ceases, day) < 0)
		r->state = KT_S_CEASED;
	*out = r;
	force_unload(&f);
	return KT_OK;
}

void
kt_in_force_free(struct kt_in_force *f)
{
	if (f == NULL)
		return;
	kt_doc_free(f->doc);
	kt_arena_free(f->arena);
	free(f);
}
