/* SPDX-License-Identifier: MIT */
/*
 * Adoption: everything is checked first and all that is open is told; then
 * one revision of main.  Nothing else has to be true for it to be adopted.
 */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/amend.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

struct adopting {
	struct kt_store *s;
	const struct kt_adoption *how;
	struct kt_draft_diff *p;
	struct kt_arena *arena;
	struct kt_diag *d;
	struct kt_buf *instruments; /* one a document, "" for none */
	struct kt_buf waived; /* as kt_note has it */
	bool open; /* something is */
};

#define ADOPT_OPEN(a, ...) (kt_report((a)->d, __VA_ARGS__), (a)->open = true)

/* ---- the checks ---------------------------------------------------------- */

static int
check_reviews(struct adopting *a)
{
	struct kt_approvals *ok = NULL;
	const char *name = a->p->draft.name;
	int rc = kt_approvals_read(&ok, a->s, a->p, a->d);

	if (rc != KT_OK)
		return rc;
	if (ok->closed)
		ADOPT_OPEN(a, .id = KT_M_ADOPT_CLOSED, .a = name);
	for (size_t i = 0; i < ok->nobjections; i++)
		ADOPT_OPEN(a, .id = KT_M_ADOPT_OBJECTION,
		    .at = { .clause = ok->objections[i]->clause },
		    .a = ok->objections[i]->author.name,
		    .b = ok->objections[i]->text,
		    .c = propose_short(a->arena, ok->objections[i]->id));
	for (size_t i = 0; i < ok->count; i++)
		if (ok->at[i].standing != KT_AP_COUNTS)
			kt_report(a->d, .id = KT_M_ADOPT_NOT_COUNTED,
			    .a = ok->at[i].op->author.name,
			    .b = kt_standing_name(ok->at[i].standing, KT_JA),
			    .c = kt_standing_name(ok->at[i].standing, KT_EN));
	if (ok->missing[0] != '\0')
		ADOPT_OPEN(
		    a, .id = KT_M_ADOPT_APPROVALS, .a = ok->missing, .b = name);
	kt_approvals_free(ok);
	return KT_OK;
}

/* The same finding stood in the text before? */
static bool
is_old(const struct kt_diag *before, const struct kt_msg *m)
{
	for (size_t i = 0; i < kt_diag_count(before); i++) {
		const struct kt_msg *o = kt_diag_get(before, i);

		if (o->id == m->id && strcmp(o->a == NULL ? "" : o->a,
					  m->a == NULL ? "" : m->a) == 0)
			return true;
	}
	return false;
}

static void
check_lint(struct adopting *a, const struct kt_draft_doc *x)
{
	struct kt_diag *before = kt_diag_new(), *after = kt_diag_new();
	size_t new = 0;

	kt_check(x->old, before);
	kt_check(x->new, after);
	for (size_t i = 0; i < kt_diag_count(after); i++) {
		const struct kt_msg *m = kt_diag_get(after, i);

		if (kt_msg_level(m->id) > KT_WARNING || is_old(before, m))
			continue;
		kt_diag_add(a->d, m);
		new ++;
	}
	if (new > 0)
		ADOPT_OPEN(a, .id = KT_M_ADOPT_LINT, .a = x->id);
	kt_diag_free(before);
	kt_diag_free(after);
}

/* Words that lead from the old text to the new one, or at least a table that
 * shows all of it; none where no provision changes. */
static void
check_instrument(
    struct adopting *a, const struct kt_draft_doc *x, struct kt_buf *instrument)
{
	struct kt_table_how how = { .title = "" };
	struct kt_table *table = NULL;

	if (!x->is_new && x->list->count == 0)
		kt_report(a->d, .id = KT_M_DRAFT_META, .a = x->id);
	if (x->is_new || kt_instrument_of(instrument, x))
		return;
	kt_buf_clear(instrument);
	if (kt_changes_prove(x->list, NULL) == KT_OK &&
	    kt_table_new(&table, x->list, &how, NULL) == KT_OK &&
	    kt_table_prove(table, x->list, &how, NULL) == KT_OK)
		kt_report(a->d, .id = KT_M_ADOPT_TABLE, .a = x->id);
	else
		ADOPT_OPEN(a, .id = KT_M_ADOPT_INSTRUMENT, .a = x->id);
	kt_table_free(table);
}

/* ---- dependants ---------------------------------------------------------- */

static const char *
waived(const struct adopting *a, const char *id)
{
	for (size_t i = 0; i < a->how->nwaivers; i++)
		if (strcmp(a->how->waivers[i].id, id) == 0)
			return a->how->waivers[i].reason;
	return NULL;
}

/* Once, though it depends on several documents of the draft. */
static void
put_waived(struct adopting *a, const char *id, const char *reason)
{
	const char *line = kt_arena_printf(a->arena, "%s=%s\n", id, reason);

	if (strstr(a->waived.p, line) == NULL)
		kt_buf_puts(&a->waived, line);
}

static int
check_dependants(struct adopting *a)
{
	struct kt_dependences *list = NULL;
	int rc = kt_dependences_read(&list, a->s, a->p, a->d);

	for (size_t i = 0; rc == KT_OK && i < list->count; i++) {
		const struct kt_dependence *x = &list->at[i];
		const char *reason = waived(a, x->id);

		if (x->changed)
			continue;
		if (reason == NULL)
			ADOPT_OPEN(a, .id = KT_M_ADOPT_DEPENDANT,
			    .at = { .clause = x->places }, .a = x->id,
			    .b = x->of);
		else if (reason[0] == '\0')
			ADOPT_OPEN(a, .id = KT_M_ADOPT_NO_REASON, .a = x->id);
		else
			put_waived(a, x->id, reason);
	}
	kt_dependences_free(list);
	return rc;
}

/* ---- the base ------------------------------------------------------------ */

/* What the draft changes must stand on main as it was when the draft was made
 * of it; elsewhere main may have moved. */
static int
check_base(struct adopting *a)
{
	struct propose_paths moved = { 0 };
	int rc;

	if (!a->p->draft.behind)
		return KT_OK;
	rc = propose_paths(&moved, a->s, a->p->draft.base, "", a->d);
	for (size_t i = 0; i < moved.n && rc == KT_OK; i++) {
		for (size_t k = 0; k < a->p->count; k++)
			if (strcmp(a->p->at[k].path, moved.at[i]) == 0)
				ADOPT_OPEN(a, .id = KT_M_ADOPT_BEHIND,
				    .a = a->p->at[k].id, .b = a->p->draft.name);
		for (size_t k = 0; k < a->p->nfiles; k++)
			if (strcmp(a->p->files[k], moved.at[i]) == 0)
				ADOPT_OPEN(a, .id = KT_M_ADOPT_BEHIND,
				    .a = moved.at[i], .b = a->p->draft.name);
	}
	free(moved.at);
	return rc;
}

/* ---- the number ---------------------------------------------------------- */

static const char *
tag_of(struct kt_arena *a, struct kt_date promulgated, const char *number)
{
	struct kt_buf day = KT_BUF_INIT;
	const char *tag;

	kt_date_iso(&day, promulgated);
	tag = kt_arena_printf(a, "公布/%s/%s", day.p, number);
	kt_buf_release(&day);
	return tag;
}

static const char *
path_of_instrument(struct kt_arena *a, const char *id, const char *number)
{
	return kt_arena_printf(a, "instruments/%s/%s.txt", id, number);
}

/* One that names a file and a tag, and no other instrument. */
static int
check_number(struct adopting *a)
{
	const char *number = a->how->number;
	const char *tag = tag_of(a->arena, a->how->promulgated, number);
	int rc = kt_store_check_number(number, a->d);
	bool taken = rc == KT_OK && kt_store_has(a->s, "kaitei.yaml", tag);

	for (size_t i = 0; i < a->p->count && rc == KT_OK; i++)
		taken = taken || kt_store_has(a->s,
				     path_of_instrument(
					 a->arena, a->p->at[i].id, number),
				     "");
	if (taken)
		ADOPT_OPEN(a, .id = KT_M_ADOPT_NUMBER_TAKEN, .a = number);
	return rc;
}

static int
check_all(struct adopting *a)
{
	const struct kt_draft *draft = &a->p->draft;
	bool dated = true;
	int rc;

	if (draft->adopted[0] != '\0')
		return kt_report(a->d, .id = KT_M_ADOPT_ALREADY,
		    .a = draft->name,
		    .b = propose_short(a->arena, draft->adopted));
	if (a->p->count == 0 && a->p->nfiles == 0)
		return kt_report(
		    a->d, .id = KT_M_DRAFT_NOTHING, .a = draft->name);
	if (a->p->conflicts > 0)
		ADOPT_OPEN(
		    a, .id = KT_M_DRAFT_OPEN_CONFLICTS, .a = draft->name);
	rc = check_number(a);
	if (rc == KT_OK)
		rc = check_base(a);
	if (rc == KT_OK)
		rc = check_reviews(a);
	for (size_t i = 0; i < a->p->count && rc == KT_OK; i++) {
		check_lint(a, &a->p->at[i]);
		check_instrument(a, &a->p->at[i], &a->instruments[i]);
	}
	if (rc == KT_OK)
		rc = propose_dates(&dated, a->s, a->p, a->how, a->d);
	a->open = a->open || !dated;
	if (rc == KT_OK)
		rc = propose_references(a->s, a->p, a->d);
	if (rc == KT_OK)
		rc = check_dependants(a);
	if (rc == KT_OK && a->open)
		rc =
		    kt_report(a->d, .id = KT_M_ADOPT_REFUSED, .a = draft->name);
	return rc;
}

/* ---- the revision -------------------------------------------------------- */

/* The dates go into the text: they are data of its own. */
static void
set_dates(struct adopting *a, const struct kt_draft_doc *x)
{
	const struct kt_adoption *how = a->how;
	struct kt_doc *doc = x->new;
	struct kt_clause_date *dates =
	    KT_NEWN(doc->arena, struct kt_clause_date, how->ndates);
	size_t n = 0;

	for (size_t i = 0; i < how->ndates; i++)
		if (propose_is_dated(a->s, x, how, how->dates[i].clauses))
			dates[n++] = (struct kt_clause_date){
				.clauses = kt_arena_strdup(
				    doc->arena, how->dates[i].clauses),
				.from = how->dates[i].from,
				.condition = kt_arena_strdup(
				    doc->arena, how->dates[i].condition),
			};
	doc->meta.present = true;
	doc->meta.promulgated = how->promulgated;
	doc->meta.effective = how->effective;
	doc->meta.dates = dates;
	doc->meta.ndates = n;
	if (x->is_new && doc->meta.number[0] == '\0')
		doc->meta.number = kt_arena_strdup(doc->arena, how->number);
}

static void
put_file(struct adopting *a, struct kt_file *file, const char *path,
    const struct kt_buf *bytes)
{
	char *kept = kt_arena_alloc(a->arena, bytes->len + 1);

	memcpy(kept, bytes->p, bytes->len);
	*file = (struct kt_file){ path, kept, bytes->len };
}

static int
put_document(struct adopting *a, struct kt_file *files, size_t *n, size_t i)
{
	struct kt_draft_doc *x = &a->p->at[i];
	struct kt_buf text = KT_BUF_INIT;
	int rc;

	if (!kt_store_has(a->s, x->path, a->p->draft.tip)) {
		files[(*n)++] = (struct kt_file){ x->path, NULL, 0 };
		return KT_OK;
	}
	set_dates(a, x);
	rc = kt_write_markdown(&text, x->new, a->d);
	if (rc == KT_OK)
		put_file(a, &files[(*n)++], x->path, &text);
	if (rc == KT_OK && a->instruments[i].len > 0)
		put_file(a, &files[(*n)++],
		    path_of_instrument(a->arena, x->id, a->how->number),
		    &a->instruments[i]);
	kt_buf_release(&text);
	return rc;
}

/* A file of the draft, or of main as it was judged by: when somebody changes
 * it meanwhile, the adoption is refused. */
static int
put_bytes(struct adopting *a, struct kt_file *files, size_t *n,
    const char *path, const char *rev)
{
	struct kt_buf bytes = KT_BUF_INIT;
	int rc = KT_OK;

	if (!kt_store_has(a->s, path, rev)) {
		files[(*n)++] = (struct kt_file){ path, NULL, 0 };
		return KT_OK;
	}
	rc = kt_store_get(&bytes, a->s, path, rev, NULL, a->d);
	if (rc == KT_OK)
		put_file(a, &files[(*n)++], path, &bytes);
	kt_buf_release(&bytes);
	return rc;
}

static bool
is_file(const struct adopting *a, const char *path)
{
	for (size_t i = 0; i < a->p->nfiles; i++)
		if (strcmp(a->p->files[i], path) == 0)
			return true;
	return false;
}

static int
commit(char rev[KT_REV_LEN + 1], struct adopting *a, const char *base)
{
	static const char *const judged_by[] = { "kaitei.yaml", "signers" };
	const struct kt_draft *draft = &a->p->draft;
	struct kt_file *files = KT_NEWN(
	    a->arena, struct kt_file, 2 * a->p->count + a->p->nfiles + 2);
	struct kt_note note = {
		.document = a->p->count > 0 ? a->p->at[0].id : "",
		.instrument = a->how->number,
		.message = draft->purpose,
		.draft = draft->name,
		.waived = a->waived.p,
		.decided = a->how->decided,
		.promulgated = a->how->promulgated,
		.effective = a->how->effective,
		.author = draft->author,
		.committer = a->how->who,
	};
	size_t n = 0;
	int rc = KT_OK;

	for (size_t i = 0; i < a->p->count && rc == KT_OK; i++)
		rc = put_document(a, files, &n, i);
	for (size_t i = 0; i < a->p->nfiles && rc == KT_OK; i++)
		rc = put_bytes(a, files, &n, a->p->files[i], draft->tip);
	for (size_t i = 0; i < KT_COUNT(judged_by) && rc == KT_OK; i++)
		if (!is_file(a, judged_by[i]))
			rc = put_bytes(a, files, &n, judged_by[i], base);
	if (rc == KT_OK && !a->how->dry_run)
		rc = kt_store_put(a->s, files, n, base, &note, rev, a->d);
	return rc;
}

/* ---- all of it ----------------------------------------------------------- */

static bool
has_entry(struct kt_store *s, const char *draft, const char *rev)
{
	const struct kt_review *ops;
	size_t n;

	if (kt_review_list(s, draft, &ops, &n, NULL) != KT_OK)
		return false;
	for (size_t i = 0; i < n; i++)
		if (ops[i].kind == KT_RV_PUBLISH &&
		    strcmp(ops[i].revision, rev) == 0)
			return true;
	return false;
}

bool
kt_adopt_finish(struct kt_store *s, const struct kt_revision *r,
    const struct kt_person *who, const char *key, struct kt_diag *d)
{
	struct kt_arena *a = kt_arena_new();
	const char *tag = tag_of(a, r->note.promulgated, r->note.instrument);
	struct kt_review op = { .kind = KT_RV_PUBLISH, .author = *who };
	char id[KT_REV_LEN + 1];
	bool made = false;

	if (!kt_store_has(s, "kaitei.yaml", tag))
		made = kt_store_tag(s, tag, r->id, r->note.message, who, key,
			   d) == KT_OK;
	if (!has_entry(s, r->note.draft, r->id)) {
		op.revision = r->id;
		op.tag = tag;
		op.text = r->note.waived;
		op.date = r->note.decided;
		made =
		    kt_review_add(s, r->note.draft, &op, key, id, d) == KT_OK ||
		    made;
	}
	kt_arena_free(a);
	return made;
}

static int
adopt(char rev[KT_REV_LEN + 1], struct adopting *a, const char *name)
{
	struct kt_revision main, made;
	int rc = kt_store_revision(&main, a->s, "", a->d);

	if (rc == KT_OK)
		rc = kt_draft_diff_read(&a->p, a->s, name, a->d);
	if (rc != KT_OK)
		return rc;
	a->instruments = kt_calloc(a->p->count, sizeof(*a->instruments));
	for (size_t i = 0; i < a->p->count; i++)
		a->instruments[i] = (struct kt_buf)KT_BUF_INIT;
	rc = check_all(a);
	if (rc == KT_OK)
		rc = commit(rev, a, main.id);
	if (rc == KT_OK && !a->how->dry_run &&
	    kt_store_revision(&made, a->s, rev, NULL) == KT_OK)
		kt_adopt_finish(a->s, &made, &a->how->who, a->how->key, a->d);
	for (size_t i = 0; i < a->p->count; i++)
		kt_buf_release(&a->instruments[i]);
	free(a->instruments);
	return rc;
}

int
kt_adopt(char rev[KT_REV_LEN + 1], struct kt_store *s, const char *name,
    const struct kt_adoption *how, struct kt_diag *d)
{
	struct adopting a = {
		.s = s, .how = how, .d = d, .waived = KT_BUF_INIT
	};
	int rc;

	a.arena = kt_arena_new();
	rc = adopt(rev, &a, name);
	kt_draft_diff_free(a.p);
	kt_buf_release(&a.waived);
	kt_arena_free(a.arena);
	return rc;
}
