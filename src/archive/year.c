/* SPDX-License-Identifier: MIT */
/* The list of files and events of a fiscal year. */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/model.h>

const char *
year_name(const struct year *y)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *made;

	kt_fiscal_year_write(&b, y->how->fy);
	made = kt_arena_strdup(y->arena, b.p);
	kt_buf_release(&b);
	return made;
}

const char *
year_path(struct year *y, const char *folder, const char *name)
{
	return kt_arena_printf(
	    y->arena, "data/%s/%s/%s", year_name(y), folder, name);
}

const char *
year_day(struct year *y, struct kt_date date)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *made = "";

	if (date.year != 0) {
		kt_date_wareki(&b, date);
		made = kt_arena_strdup(y->arena, b.p);
	}
	kt_buf_release(&b);
	return made;
}

const char *
year_file_name(struct year *y, const char *title, const char *behind)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *made;

	kt_archive_name_make(&b, title, behind);
	made = kt_arena_strdup(y->arena, b.p);
	kt_buf_release(&b);
	return made;
}

const char *
year_title_of(struct year *y, const struct kt_doc *doc, const char *id)
{
	const char *title = doc->root->caption[0] != '\0' ? doc->root->caption
							  : doc->meta.title;

	return kt_arena_strdup(y->arena, title[0] != '\0' ? title : id);
}

const char *
year_why(struct year *y, const struct kt_diag *said)
{
	struct kt_buf why = KT_BUF_INIT;
	size_t n = kt_diag_count(said);
	const char *made = "";

	if (n > 0) {
		kt_msg_name(&why, kt_diag_get(said, n - 1)->id);
		made = kt_arena_strdup(y->arena, why.p);
	}
	kt_buf_release(&why);
	return made;
}

int
year_no_paper(struct year *y, const char *title, const char *what,
    const struct kt_diag *said)
{
	kt_report(y->d, .id = KT_M_ARCHIVE_NO_PAPER, .a = title, .b = what,
	    .c = year_why(y, said));
	return KT_OK;
}

unsigned
year_unit(struct year *y, const char *name)
{
	KT_GROW(y->unit_name, y->units, y->unit_cap);
	y->unit_name[y->units++] = kt_arena_strdup(y->arena, name);
	return y->units;
}

void
year_event(struct year *y, const struct event *event)
{
	KT_GROW(y->event, y->nevents, y->events_cap);
	y->event[y->nevents++] = *event;
}

static const char *
folded(struct year *y, const char *path)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *made;

	kt_name_fold(&b, path, strlen(path));
	made = kt_arena_strdup(y->arena, b.p);
	kt_buf_release(&b);
	return made;
}

static bool
is_taken(struct year *y, const char *path)
{
	const char *name = folded(y, path);

	for (size_t i = 0; i < y->n; i++)
		if (strcmp(y->at[i].folded, name) == 0)
			return true;
	return false;
}

/* 名前.docx, 名前 (2).docx, … */
static const char *
free_path(struct year *y, const char *folder, const char *name)
{
	const char *path = year_path(y, folder, name);
	const char *dot = strrchr(name, '.');
	int stem = dot == NULL ? (int)strlen(name) : (int)(dot - name);

	for (unsigned i = 2; is_taken(y, path); i++)
		path = year_path(y, folder,
		    kt_arena_printf(y->arena, "%.*s (%u)%s", stem, name, i,
			dot == NULL ? "" : dot));
	return path;
}

struct entry *
year_entry(struct year *y, const char *folder, const char *name)
{
	struct entry *e;

	KT_GROW(y->at, y->n, y->cap);
	e = &y->at[y->n];
	*e = (struct entry){
		.title = "", .what = "", .number = "", .unit = y->units
	};
	e->item.path = name == NULL ? kt_arena_strdup(y->arena, folder)
				    : free_path(y, folder, name);
	e->folded = folded(y, e->item.path);
	y->n++;
	return e;
}

struct entry *
year_made(struct year *y, const char *folder, const char *name,
    const struct kt_buf *bytes)
{
	struct entry *e;

	spool_begin(&y->spool);
	if (spool_put(&y->spool, bytes->p, bytes->len, y->d) != KT_OK)
		return NULL;
	e = year_entry(y, folder, name);
	spool_end(&y->spool, &e->item);
	return e;
}
