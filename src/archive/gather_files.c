/* SPDX-License-Identifier: MIT */
/*
 * Files that are on the disc as they are: deliverables, and in a folder of
 * its own what machines read: the Markdown and the whole history.
 */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/store.h>

#define FOLDER_DELIVERABLES "06_納品物"

/* ---- deliverables ------------------------------------------------------- */

/* The file of a row: in the history, or beside it. */
static int
find_file(struct year *y, struct item *item, const struct kt_deliverable *row)
{
	struct kt_buf path = KT_BUF_INIT;
	int rc = KT_OK;

	item->from = row->handling == KT_HANDLING_OPEN ? FROM_STORE : FROM_FILE;
	if (item->from == FROM_STORE)
		kt_register_path(&path, y->how->fy, row->name);
	else
		kept_path(&path, y->store, row->sha256);
	item->name = kt_arena_strdup(y->arena, path.p);
	item->size = row->bytes;
	memcpy(item->sha256, row->sha256, KT_SHA256_LEN + 1);
	if (item->from == FROM_STORE ? !kt_store_has(y->store, path.p, "")
				     : !kt_file_exists(path.p))
		rc =
		    kt_report(y->d, .id = KT_M_ARCHIVE_NO_FILE, .a = row->name);
	kt_buf_release(&path);
	return rc;
}

static void
tell_row(struct year *y, const struct kt_deliverable *row)
{
	struct event e = { .date = row->delivered,
		.kind = "納品",
		.object = row->name,
		.agent = row->by,
		.detail = kt_arena_printf(y->arena, "%s%s%s", row->type,
		    row->due.year == 0 ? "" : " 期限 ", year_day(y, row->due)),
		.id = row->sha256 };

	if (kt_deliverable_is_late(row))
		e.detail = kt_arena_printf(y->arena, "%s（期限後）", e.detail);
	year_event(y, &e);
	if (row->disposed.year == 0)
		return;
	e.date = row->disposed;
	e.kind = "廃棄";
	e.detail = row->disposal;
	year_event(y, &e);
}

static int
put_deliverable(struct year *y, const struct kt_deliverable *row)
{
	struct entry *e;
	int rc = KT_OK;

	tell_row(y, row);
	if (row->disposed.year != 0)
		return KT_OK;
	if (row->handling != KT_HANDLING_OPEN)
		rc = year_marked(
		    y, row->name, kt_handling_name(row->handling), row->sha256);
	if (rc != KT_OK)
		return rc;
	year_unit(y, row->name);
	e = year_entry(y,
	    kt_arena_printf(y->arena, FOLDER_DELIVERABLES "/%s",
		row->type[0] == '\0' ? "その他" : row->type),
	    row->name);
	e->title = row->title[0] == '\0' ? row->name : row->title;
	e->what = row->type;
	e->date = row->delivered;
	y->deliverables++;
	return find_file(y, &e->item, row);
}

int
gather_deliverables(struct year *y)
{
	int rc = kt_register_load(&y->reg, y->store, y->how->fy, y->d);
	int bad = KT_OK;

	for (size_t i = 0; rc == KT_OK && i < y->reg->n; i++) {
		int one = put_deliverable(y, &y->reg->at[i]);

		/* All that must not leave, all that is missing, at once. */
		bad = one == KT_OK ? bad : one;
	}
	return rc != KT_OK ? rc : bad;
}

/* ---- for machines ------------------------------------------------------- */

static int
put_source(struct year *y, const struct kt_item *file)
{
	struct kt_buf text = KT_BUF_INIT;
	struct entry *e;
	int rc = kt_store_get(&text, y->store, file->path, "", NULL, y->d);

	if (rc != KT_OK)
		return rc;
	e = year_made(y,
	    kt_arena_printf(y->arena, FOLDER_MACHINE "/%s", file->path), NULL,
	    &text);
	kt_buf_release(&text);
	if (e == NULL)
		return KT_EIO;
	e->title = kt_arena_strdup(y->arena, file->path);
	e->what = kt_store_is_figure(file->path) ? "図" : "Markdown";
	return KT_OK;
}

struct feeding {
	struct year *y;
	int64_t done;
};

static int
take_piece(void *of, const void *bytes, size_t n)
{
	struct feeding *f = of;
	const struct kt_archive_watch *watch = f->y->how->watch;

	f->done += (int64_t)n;
	if (watch != NULL && watch->tell != NULL)
		watch->tell(watch->of, KT_ARCHIVE_HISTORY, f->done, 0);
	return spool_put(&f->y->spool, bytes, n, f->y->d);
}

static int
put_history(struct year *y)
{
	struct feeding f = { .y = y };
	struct entry *e;
	int rc;

	spool_begin(&y->spool);
	rc = kt_store_bundle(y->store, take_piece, &f, y->d);
	if (rc != KT_OK)
		return rc;
	e = year_entry(y, BUNDLE_PATH, NULL);
	spool_end(&y->spool, &e->item);
	e->title = "Gitの履歴（git clone で開けます）";
	e->what = "Git bundle";
	return KT_OK;
}

int
gather_machine(struct year *y)
{
	static const char *const folders[] = { "guidelines", "links",
		"policies" };
	int rc = KT_OK;

	year_unit(y, MACHINE);
	for (size_t k = 0; rc == KT_OK && k < KT_COUNT(folders); k++) {
		const struct kt_item *files;
		size_t n = 0;

		rc = kt_store_items(y->store, folders[k], "", &files, &n, y->d);
		for (size_t i = 0; rc == KT_OK && i < n; i++)
			rc = put_source(y, &files[i]);
	}
	if (rc == KT_OK && !y->how->without_history)
		rc = put_history(y);
	return rc;
}
