/* SPDX-License-Identifier: MIT */
/* The text in force on a day. */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/text.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/workflow.h>

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

/* A revision with its text and the day from which it holds. */
struct holding {
	const struct kt_revision *rev;
	struct kt_doc *doc;
	struct kt_date from;
};

static struct kt_date
day_of(const struct kt_revision *r, const struct kt_doc *doc)
{
	if (doc->meta.effective.year != 0)
		return doc->meta.effective;
	if (r->note.effective.year != 0)
		return r->note.effective;
	return kt_date_from_days((long)(r->when / 86400));
}

static int
read_revision(struct kt_doc **out, struct kt_store *s, const char *id,
    const struct kt_revision *r, struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT, name = KT_BUF_INIT;
	int rc = kt_store_get(&text, s, r->path, r->id, NULL, d);

	kt_buf_printf(&name, "%s@%.10s", id, r->id);
	if (rc == KT_OK)
		rc = kt_read(out, name.p, text.p, text.len, d);
	kt_buf_release(&name);
	kt_buf_release(&text);
	return rc;
}

/* The last by date that is not after the day; of one date the newest. */
static struct holding *
choose(struct holding *at, size_t n, struct kt_date day)
{
	struct holding *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (kt_date_cmp(at[i].from, day) <= 0 &&
		    (best == NULL || kt_date_cmp(best->from, at[i].from) < 0))
			best = &at[i];
	return best;
}

static void
find_coming(struct kt_in_force *f, const struct holding *at, size_t n)
{
	struct kt_coming *list = KT_NEWN(f->arena, struct kt_coming, n);

	for (size_t i = n; i-- > 0;)
		if (kt_date_cmp(at[i].from, f->day) > 0)
			list[f->ncoming++] = (struct kt_coming){
				.clauses = "",
				.from = at[i].from,
				.condition = "",
				.revision = at[i].rev->id,
				.instrument = at[i].rev->note.instrument,
			};
	f->coming = list;
}

int
kt_in_force_read(struct kt_in_force **out, struct kt_store *s, const char *id,
    struct kt_date day, struct kt_diag *d)
{
	const struct kt_revision *log;
	struct holding *at, *best;
	struct kt_in_force *f;
	size_t n;
	int rc = kt_store_log(s, id, &log, &n, d);

	if (rc != KT_OK)
		return rc;
	at = kt_calloc(n, sizeof(*at));
	for (size_t i = 0; i < n && rc == KT_OK; i++) {
		at[i].rev = &log[i];
		rc = read_revision(&at[i].doc, s, id, &log[i], d);
		if (rc == KT_OK)
			at[i].from = day_of(&log[i], at[i].doc);
	}
	if (rc == KT_OK) {
		f = kt_calloc(1, sizeof(*f));
		f->arena = kt_arena_new();
		f->day = day;
		f->revisions = 1;
		best = choose(at, n, day);
		f->state = best == NULL ? KT_S_COMING : KT_S_IN_FORCE;
		if (best == NULL)
			best = &at[n - 1];
		f->at = *best->rev;
		f->doc = best->doc;
		best->doc = NULL;
		if (f->doc->meta.ceases.year != 0 &&
		    kt_date_cmp(f->doc->meta.ceases, day) < 0)
			f->state = KT_S_CEASED;
		find_coming(f, at, n);
		*out = f;
	}
	for (size_t i = 0; i < n; i++)
		kt_doc_free(at[i].doc);
	free(at);
	return rc;
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
