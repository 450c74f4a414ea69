/* SPDX-License-Identifier: MIT */
/*
 * What belongs on the disc of a fiscal year: the texts in force at its end,
 * the papers of its revisions.
 */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/amend.h>
#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/store.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

#define FOLDER_TEXTS "01_確定版"
#define FOLDER_TABLES "02_新旧対照表"
#define FOLDER_AMENDING "03_改め文"
#define FOLDER_REDLINES "04_見え消し"

/* ---- texts in force ------------------------------------------------------ */

static bool
has_commentary(const struct kt_doc *doc)
{
	for (size_t i = 0; i < doc->count; i++)
		if (doc->nodes[i]->kind == KT_COMMENTARY)
			return true;
	return false;
}

static int
put_text(struct year *y, const struct kt_in_force *f, const char *title,
    const struct kt_pictures *pictures, bool commentary)
{
	struct kt_buf out = KT_BUF_INIT;
	const struct kt_render how = { .commentary = commentary,
		.as_of =
		    kt_arena_printf(y->arena, "%s現在%s", year_day(y, y->last),
			f->state == KT_S_PARTLY ? "（一部未施行）" : ""),
		.pictures = pictures };
	struct kt_diag *said = kt_diag_new();
	struct entry *e = NULL;
	int rc = kt_write_docx(&out, f->doc, &how, said);

	if (rc == KT_OK) {
		e = year_made(y, FOLDER_TEXTS,
		    year_file_name(
			y, title, commentary ? "_解説付き.docx" : ".docx"),
		    &out);
		rc = e == NULL ? KT_EIO : KT_OK;
	} else {
		rc = year_no_paper(y, title, "確定版", said);
	}
	if (e != NULL) {
		e->title = title;
		e->what = commentary ? "確定版（解説付き）" : "確定版";
		e->number = kt_arena_strdup(y->arena, f->doc->meta.number);
		e->date = f->at.note.decided;
		e->effective = f->doc->meta.effective;
	}
	kt_diag_free(said);
	kt_buf_release(&out);
	return rc;
}

static int
put_texts(struct year *y, const struct kt_in_force *f, const char *title)
{
	struct kt_pictures *pictures = kt_figures_read(y->store, f->doc, y->d);
	int rc = put_text(y, f, title, pictures, false);

	y->documents++;
	if (rc == KT_OK && has_commentary(f->doc))
		rc = put_text(y, f, title, pictures, true);
	kt_pictures_free(pictures);
	return rc;
}

/* ---- revisions ---------------------------------------------------------- */

/* The day that says to which year a revision belongs. */
static struct kt_date
day_of(const struct kt_revision *r)
{
	const struct kt_date dates[] = { r->note.decided, r->note.promulgated,
		r->note.effective };

	for (size_t i = 0; i < KT_COUNT(dates); i++)
		if (dates[i].year != 0)
			return dates[i];
	return kt_date_from_days((long)(r->when / 86400));
}

static int
read_revision(struct year *y, struct kt_doc **out, const char *id,
    const struct kt_revision *r)
{
	struct kt_buf text = KT_BUF_INIT;
	int rc = kt_store_read(&text, y->store, id, r->id, NULL, y->d);

	if (rc == KT_OK)
		rc = kt_read(out, id, text.p, text.len, y->d);
	if (rc == KT_OK)
		kt_doc_stored(*out, r->id, r->path);
	kt_buf_release(&text);
	return rc;
}

struct paper {
	const char *folder, *suffix, *what;
	int (*write)(struct kt_buf *out, struct year *y,
	    const struct kt_changes *list, const struct kt_revision *r,
	    struct kt_diag *d);
	const struct paper *otherwise; /* in its place where it is refused */
};

static struct kt_table_how
table_how(const struct year *y)
{
	struct kt_table_how how = { .title = "" };

	if (y->how->table != NULL)
		how = *y->how->table;
	how.old_pictures = y->old_pictures;
	how.new_pictures = y->new_pictures;
	return how;
}

static int
write_table(struct kt_buf *out, struct year *y, const struct kt_changes *list,
    const struct kt_revision *r, struct kt_diag *d)
{
	const struct kt_table_how table = table_how(y);

	(void)r;
	return kt_write_table_docx(out, list, &table, d);
}

static int
write_redline(struct kt_buf *out, struct year *y, const struct kt_changes *list,
    const struct kt_revision *r, struct kt_diag *d)
{
	const struct kt_redline how = { .author = NULL,
		.old_pictures = y->old_pictures,
		.new_pictures = y->new_pictures };

	(void)r;
	return kt_write_redline(out, list, &how, d);
}

static struct kt_amend_style
style_of(const struct kt_revision *r)
{
	return (struct kt_amend_style){ .indent = 1,
		.frame = true,
		.number = r->note.instrument,
		.effective = r->note.effective };
}

/* The words of the instrument as it was adopted, else made again; nothing
 * where no provision changed. */
static int
write_amending(struct kt_buf *out, struct year *y,
    const struct kt_changes *list, const struct kt_revision *r,
    struct kt_diag *d)
{
	const struct kt_amend_style style = style_of(r);
	struct kt_buf made = KT_BUF_INIT;
	const char *text = y->adopted.p;
	int rc = KT_OK;

	if (y->adopted.len == 0) {
		rc = kt_amend_write(&made, list, &style, NULL, d);
		text = made.p;
	}
	if (rc == KT_OK && (text == NULL || text[0] == '\0')) {
		kt_buf_release(&made);
		return KT_OK;
	}
	if (rc == KT_OK)
		rc = kt_instrument_docx(
		    out, list, text, &style, y->new_pictures, false, d);
	kt_buf_release(&made);
	return rc;
}

/* Where words do not do the table is the instrument. */
static int
write_enacting(struct kt_buf *out, struct year *y,
    const struct kt_changes *list, const struct kt_revision *r,
    struct kt_diag *d)
{
	const struct kt_amend_style style = style_of(r);
	struct kt_table_how table = table_how(y);

	if (table.profile == NULL || !table.profile->enacting)
		table.profile = kt_profile_find(
		    table.profile != NULL && table.profile->vertical
			? "houshikisho-tate"
			: "houshikisho");
	return kt_instrument_table(out, list, &style, &table, d);
}

static const struct paper enacting = { FOLDER_AMENDING,
	"改正文（新旧対照表方式）", "改正文（新旧対照表方式）", write_enacting,
	NULL };

static const struct paper papers[] = {
	{ FOLDER_TABLES, "新旧対照表", "新旧対照表", write_table, NULL },
	{ FOLDER_AMENDING, "改め文", "改め文", write_amending, &enacting },
	{ FOLDER_REDLINES, "見え消し", "見え消し", write_redline, NULL },
};

static int
put_paper(struct year *y, const struct paper *p, const struct kt_changes *list,
    const struct kt_revision *r, const char *title)
{
	struct kt_buf out = KT_BUF_INIT;
	const char *behind = kt_arena_printf(
	    y->arena, "_%s_%s.docx", year_day(y, day_of(r)), p->suffix);
	struct kt_diag *said = kt_diag_new();
	struct entry *e = NULL;
	int rc = p->write(&out, y, list, r, said);

	if (rc == KT_OK && out.len == 0)
		goto out;
	if (rc == KT_OK) {
		e = year_made(
		    y, p->folder, year_file_name(y, title, behind), &out);
		rc = e == NULL ? KT_EIO : KT_OK;
	} else if (p->otherwise != NULL && y->adopted.len == 0) {
		kt_report(y->d, .id = KT_M_ARCHIVE_TABLE_INSTEAD, .a = title,
		    .b = p->what, .c = year_why(y, said));
		rc = put_paper(y, p->otherwise, list, r, title);
	} else {
		rc = year_no_paper(y, title, p->what, said);
	}
	if (e != NULL) {
		e->title = title;
		e->what = p->what;
		e->number = kt_arena_strdup(y->arena, r->note.instrument);
		e->date = day_of(r);
		e->effective = r->note.effective;
	}
out:
	kt_diag_free(said);
	kt_buf_release(&out);
	return rc;
}

/* The words of the instrument that was adopted with a revision; none for
 * revisions that came into the store otherwise. */
static int
read_adopted(struct year *y, const char *id, const struct kt_revision *r)
{
	const char *number = r->note.instrument;
	const char *path;

	kt_buf_clear(&y->adopted);
	if (number == NULL || number[0] == '\0')
		return KT_OK;
	path = kt_arena_printf(y->arena, "instruments/%s/%s.txt", id, number);
	return kt_store_has(y->store, path, r->id)
		   ? kt_store_get(
			 &y->adopted, y->store, path, r->id, NULL, y->d)
		   : KT_OK;
}

static int
put_papers(struct year *y, const char *id, const struct kt_revision *r,
    const struct kt_revision *before, const char *title)
{
	struct kt_doc *old = NULL, *new = NULL;
	struct kt_changes *list = NULL;
	int rc = read_revision(y, &old, id, before);

	if (rc == KT_OK)
		rc = read_revision(y, &new, id, r);
	if (rc == KT_OK)
		rc = read_adopted(y, id, r);
	if (rc == KT_OK)
		kt_diff(&list, old, new, y->d);
	if (rc == KT_OK && list->count > 0) {
		y->old_pictures = kt_figures_read(y->store, old, y->d);
		y->new_pictures = kt_figures_read(y->store, new, y->d);
		for (size_t i = 0; rc == KT_OK && i < KT_COUNT(papers); i++)
			rc = put_paper(y, &papers[i], list, r, title);
		kt_pictures_free(y->old_pictures);
		kt_pictures_free(y->new_pictures);
	}
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
	return rc;
}

static void
tell_revision(
    struct year *y, const char *title, const struct kt_revision *r, bool first)
{
	const struct event e = { .date = day_of(r),
		.kind = first ? "制定・登録" : "改正",
		.object = title,
		.agent = kt_arena_strdup(y->arena, r->note.author.name),
		.detail = kt_arena_printf(y->arena, "%s%s%s",
		    r->note.instrument == NULL ? "" : r->note.instrument,
		    r->note.effective.year != 0 ? " 施行日 " : "",
		    year_day(y, r->note.effective)),
		.id = kt_arena_strdup(y->arena, r->id) };

	year_event(y, &e);
}

static int
put_revisions(struct year *y, const char *id, const char *title)
{
	const struct kt_revision *log;
	size_t n = 0;
	int rc = kt_store_log(y->store, id, &log, &n, y->d);

	/* Newest first; the papers go in the order of the year. */
	for (size_t i = n; rc == KT_OK && i-- > 0;) {
		struct kt_date day = day_of(&log[i]);

		if (kt_date_cmp(day, y->first) < 0 ||
		    kt_date_cmp(day, y->last) > 0)
			continue;
		tell_revision(y, title, &log[i], i + 1 == n);
		if (i + 1 < n)
			rc = put_papers(y, id, &log[i], &log[i + 1], title);
	}
	return rc;
}

/* ---- documents ---------------------------------------------------------- */

static int
put_document(struct year *y, const char *id)
{
	struct kt_in_force *f = NULL;
	const char *title;
	int rc = kt_in_force_read(&f, y->store, id, y->last, y->d);

	if (rc == KT_ENOTFOUND)
		return KT_OK;
	if (rc != KT_OK)
		return rc;
	title = year_title_of(y, f->doc, id);
	year_unit(y, title);
	if (f->state == KT_S_IN_FORCE || f->state == KT_S_PARTLY)
		rc = put_texts(y, f, title);
	if (rc == KT_OK)
		rc = put_revisions(y, id, title);
	kt_in_force_free(f);
	return rc;
}

int
gather_documents(struct year *y)
{
	const struct kt_entry *list;
	const struct kt_archive_watch *watch = y->how->watch;
	size_t n = 0;
	int rc = kt_store_list(y->store, &list, &n, y->d);

	for (size_t i = 0; rc == KT_OK && i < n; i++) {
		if (watch != NULL && watch->tell != NULL)
			watch->tell(watch->of, KT_ARCHIVE_PAPERS, (int64_t)i,
			    (int64_t)n);
		if (strncmp(list[i].path, "policies/", 9) == 0)
			rc = put_document(y, list[i].id);
	}
	return rc;
}
