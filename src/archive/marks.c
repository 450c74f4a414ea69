/* SPDX-License-Identifier: MIT */
/*
 * Documents that must not leave say so of themselves: 取扱い: 機密 in their
 * front matter.  The disc carries them as papers, as Markdown, and in the
 * history, where a text stays that was marked once.
 */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/store.h>

static const char *const keys[] = { "取扱い", "handling" };

static const char *
mark_of(const struct kt_doc *doc)
{
	static const char *const marks[] = { "機密", "提供資料" };

	for (size_t i = 0; i < doc->meta.nother; i++)
		for (size_t k = 0; k < KT_COUNT(keys); k++)
			for (size_t m = 0; m < KT_COUNT(marks); m++)
				if (strcmp(doc->meta.other[i][0], keys[k]) ==
					0 &&
				    strstr(doc->meta.other[i][1], marks[m]) !=
					NULL)
					return doc->meta.other[i][1];
	return NULL;
}

/* Each document is told once for each mark. */
static bool
was_told(struct year *y, const char *id, const char *mark)
{
	const char *name = kt_arena_printf(y->arena, "%s\t%s", id, mark);

	for (size_t i = 0; i < y->ntold; i++)
		if (strcmp(y->told[i], name) == 0)
			return true;
	KT_GROW(y->told, y->ntold, y->told_cap);
	y->told[y->ntold++] = name;
	return false;
}

int
year_marked(struct year *y, const char *title, const char *mark, const char *id)
{
	const char *reason = y->how->include_reason;

	if (reason == NULL)
		return kt_report(
		    y->d, .id = KT_M_ARCHIVE_PROVIDED, .a = title, .b = mark);
	kt_report(y->d, .id = KT_M_ARCHIVE_INCLUDED, .a = title, .b = mark,
	    .c = reason);
	year_event(y, &(struct event){ .date = y->how->date,
			  .kind = "提供資料等の収録",
			  .object = title,
			  .agent = "",
			  .detail = reason,
			  .id = id });
	return KT_OK;
}

struct looking {
	struct year *y;
	int denied;
};

/* Only what names one of the keys is worth reading. */
static bool
may_be_marked(const struct kt_buf *text)
{
	for (size_t k = 0; k < KT_COUNT(keys); k++)
		if (strstr(text->p, keys[k]) != NULL)
			return true;
	return false;
}

/* policies/ID.md → ID. */
static const char *
id_of(struct year *y, const char *path)
{
	const char *name = strrchr(path, '/') + 1, *dot = strrchr(name, '.');

	return kt_arena_strndup(
	    y->arena, name, dot == NULL ? strlen(name) : (size_t)(dot - name));
}

/* A text that cannot be read might say anything of itself. */
static int
look(void *of, const char *path, const char *rev, const struct kt_buf *text)
{
	struct looking *l = of;
	struct kt_diag *said;
	struct kt_doc *doc = NULL;
	const char *mark = "読めない文書", *id, *title;

	if (!may_be_marked(text))
		return KT_OK;
	title = id = id_of(l->y, path);
	said = kt_diag_new();
	if (kt_read(&doc, path, text->p, text->len, said) == KT_OK) {
		title = year_title_of(l->y, doc, id);
		mark = mark_of(doc);
	}
	if (mark != NULL && !was_told(l->y, id, mark)) {
		int rc =
		    year_marked(l->y, title, kt_arena_strdup(l->y->arena, mark),
			kt_arena_strdup(l->y->arena, rev));

		l->denied = rc == KT_OK ? l->denied : rc;
	}
	kt_doc_free(doc);
	kt_diag_free(said);
	return KT_OK;
}

int
gather_marks(struct year *y)
{
	struct looking l = { .y = y, .denied = KT_OK };
	int rc = kt_store_texts(y->store, look, &l, y->d);

	return rc == KT_OK ? l.denied : rc;
}
