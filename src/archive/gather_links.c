/* SPDX-License-Identifier: MIT */
/*
 * 対応表: the city's texts against the guideline, both as they stood at the
 * end of the year, with the links that people confirmed.
 */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/match.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/store.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

#define FOLDER_LINKS "05_対応表"
#define LINKS "links/"
#define BETWEEN "--"
#define SUFFIX ".tsv"

struct table {
	const char *city_id, *guideline_id;
	struct kt_doc *city, *guideline;
	struct kt_confirmed *confirmed;
	struct kt_links *links;
};

static void
table_release(struct table *t)
{
	kt_links_free(t->links);
	kt_confirmed_free(t->confirmed);
	kt_doc_free(t->city);
	kt_doc_free(t->guideline);
}

static int
read_newest(
    struct year *y, struct kt_doc **out, const char *id, struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT;
	int rc = kt_store_read(&text, y->store, id, "", NULL, d);

	if (rc == KT_OK)
		rc = kt_read(out, id, text.p, text.len, d);
	kt_buf_release(&text);
	return rc;
}

/* The text in force at the end of the year; NULL where none was.  Guidelines
 * seldom say from when they hold: where the store cannot tell, the newest. */
static int
read_side(struct year *y, struct kt_doc **out, const char *id,
    bool is_guideline, struct kt_diag *d)
{
	struct kt_in_force *f = NULL;
	int rc = kt_in_force_read(&f, y->store, id, y->last, d);

	if (rc != KT_OK)
		return rc;
	if (f->state == KT_S_IN_FORCE || f->state == KT_S_PARTLY) {
		*out = f->doc;
		f->doc = NULL;
	} else if (is_guideline && f->state == KT_S_COMING) {
		rc = read_newest(y, out, id, d);
	}
	kt_in_force_free(f);
	return rc;
}

static int
read_confirmed(struct year *y, struct table *t, const char *path)
{
	struct kt_buf text = KT_BUF_INIT;
	int rc = kt_store_get(&text, y->store, path, "", NULL, y->d);

	if (rc == KT_OK)
		rc = kt_confirmed_read(
		    &t->confirmed, path, text.p, text.len, y->d);
	kt_buf_release(&text);
	return rc;
}

static const char *
edition_of(const struct kt_doc *doc)
{
	for (size_t i = 0; i < doc->meta.nother; i++)
		if (strcmp(doc->meta.other[i][0], "edition") == 0)
			return doc->meta.other[i][1];
	return "";
}

static int
put_table(struct year *y, struct table *t)
{
	const struct kt_match_how match = { y->how->vocabulary, t->confirmed };
	const struct kt_links_how how = { .lang = KT_JA };
	const char *title = year_title_of(y, t->city, t->city_id);
	const char *edition = edition_of(t->guideline);
	struct kt_buf out = KT_BUF_INIT;
	struct entry *e = NULL;
	int rc;

	kt_match(&t->links, t->city, t->guideline, &match, y->d);
	rc = kt_links_prove(t->links, y->d);
	if (rc == KT_OK)
		rc = kt_write_links_xlsx(&out, t->links, &how, y->d);
	if (rc == KT_OK) {
		year_unit(y, title);
		e = year_made(y, FOLDER_LINKS,
		    year_file_name(y, title,
			kt_arena_printf(
			    y->arena, "_%s_対応表.xlsx", t->guideline_id)),
		    &out);
		rc = e == NULL ? KT_EIO : KT_OK;
	}
	if (e != NULL) {
		e->title = kt_arena_printf(y->arena, "%s―%s%s%s", title,
		    year_title_of(y, t->guideline, t->guideline_id),
		    edition[0] == '\0' ? "" : " ", edition);
		e->what = "対応表";
		e->date = y->last;
	}
	kt_buf_release(&out);
	return rc;
}

/* `path` of the confirmed links, or NULL.  What is not in the store or was not
 * in force gives no table. */
static int
put_pair(struct year *y, const struct kt_archive_pair *pair, const char *path)
{
	struct table t = { .city_id = pair->city,
		.guideline_id = pair->guideline };
	struct kt_diag *said = kt_diag_new();
	int rc = read_side(y, &t.city, pair->city, false, said);

	if (rc == KT_OK)
		rc = read_side(y, &t.guideline, pair->guideline, true, said);
	if (rc != KT_OK)
		rc = year_no_paper(y,
		    kt_arena_printf(y->arena, "%s" BETWEEN "%s", pair->city,
			pair->guideline),
		    "対応表", said);
	if (rc == KT_OK && path != NULL && t.city != NULL &&
	    t.guideline != NULL)
		rc = read_confirmed(y, &t, path);
	if (rc == KT_OK && t.city != NULL && t.guideline != NULL)
		rc = put_table(y, &t);
	table_release(&t);
	kt_diag_free(said);
	return rc;
}

/* links/CITY--GUIDELINE.tsv */
static bool
read_name(struct year *y, struct kt_archive_pair *pair, const char *path)
{
	const char *name = path + sizeof(LINKS) - 1;
	const char *between = strstr(name, BETWEEN);
	size_t len = strlen(name), end = sizeof(SUFFIX) - 1;

	if (between == NULL || between == name || len < end ||
	    strcmp(name + len - end, SUFFIX) != 0 ||
	    name + len - end <= between + 2)
		return false;
	pair->city = kt_arena_strndup(y->arena, name, (size_t)(between - name));
	between += 2;
	pair->guideline = kt_arena_strndup(
	    y->arena, between, (size_t)(name + len - end - between));
	return true;
}

/* Pairs that the settings name and of which no links are kept. */
static int
put_others(struct year *y)
{
	int rc = KT_OK;

	for (size_t i = 0; rc == KT_OK && i < y->how->npairs; i++) {
		const struct kt_archive_pair *pair = &y->how->pair[i];
		const char *path =
		    kt_arena_printf(y->arena, LINKS "%s" BETWEEN "%s" SUFFIX,
			pair->city, pair->guideline);

		if (!kt_store_has(y->store, path, ""))
			rc = put_pair(y, pair, NULL);
	}
	return rc;
}

int
gather_links(struct year *y)
{
	const struct kt_item *files;
	size_t n = 0;
	int rc = kt_store_items(y->store, "links", "", &files, &n, y->d);

	for (size_t i = 0; rc == KT_OK && i < n; i++) {
		struct kt_archive_pair pair;

		if (read_name(y, &pair, files[i].path))
			rc = put_pair(y, &pair, files[i].path);
		else
			kt_report(y->d, .id = KT_M_ARCHIVE_LINKS_NAME,
			    .a = files[i].path);
	}
	return rc == KT_OK ? put_others(y) : rc;
}
