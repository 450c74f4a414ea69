/* SPDX-License-Identifier: MIT */
/*
 * The lint of names and ids: what must be unique, and what must exist because
 * something points to it.
 */
#include "lint_int.h"

#include <stdlib.h>
#include <string.h>

void
lint_add(struct lint *l, struct lint_names *names, const char *type,
    const char *name)
{
	KT_GROW(names->at, names->n, names->cap);
	names->at[names->n++] =
	    type == NULL ? kt_arena_strdup(l->arena, name)
			 : kt_arena_printf(l->arena, "%s %s", type, name);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort(struct lint_names *names)
{
	if (names->n > 1)
		qsort(names->at, names->n, sizeof(names->at[0]), by_text);
}

static void
check_unique(struct lint *l, const struct lint_names *names, enum kt_msg_id id)
{
	for (size_t i = 1; i < names->n; i++)
		if (strcmp(names->at[i - 1], names->at[i]) == 0)
			lint_breach(l, id, names->at[i]);
}

/* Every name of `used` is one of `known`; each that is not, once. */
static void
check_known(struct lint *l, const struct lint_names *used,
    const struct lint_names *known, enum kt_msg_id id)
{
	size_t k = 0;

	for (size_t i = 0; i < used->n; i++) {
		if (i > 0 && strcmp(used->at[i - 1], used->at[i]) == 0)
			continue;
		while (k < known->n && strcmp(known->at[k], used->at[i]) < 0)
			k++;
		if (k == known->n || strcmp(known->at[k], used->at[i]) != 0)
			lint_breach(l, id, used->at[i]);
	}
}

static void
check_same(struct lint *l, const struct lint_names *a,
    const struct lint_names *b, enum kt_msg_id id)
{
	check_known(l, a, b, id);
	check_known(l, b, a, id);
}

void
lint_compare(struct lint *l)
{
	struct lint_names *const all[] = { &l->styles, &l->used_styles,
		&l->numbers, &l->used_numbers, &l->bookmarks, &l->anchors,
		&l->begun, &l->ended, &l->revisions, &l->moves_from,
		&l->moves_to, &l->ranges, &l->range_ends, &l->drawings };

	for (size_t i = 0; i < KT_COUNT(all); i++)
		sort(all[i]);
	check_unique(l, &l->styles, KT_M_DOCX_STYLE);
	check_known(l, &l->used_styles, &l->styles, KT_M_DOCX_STYLE);
	check_known(l, &l->used_numbers, &l->numbers, KT_M_DOCX_NUMBER);
	check_unique(l, &l->bookmarks, KT_M_DOCX_BOOKMARK);
	check_unique(l, &l->begun, KT_M_DOCX_BOOKMARK);
	check_unique(l, &l->ended, KT_M_DOCX_BOOKMARK);
	check_same(l, &l->begun, &l->ended, KT_M_DOCX_BOOKMARK);
	check_known(l, &l->anchors, &l->bookmarks, KT_M_DOCX_ANCHOR);
	check_unique(l, &l->revisions, KT_M_DOCX_REVISION);
	check_unique(l, &l->moves_from, KT_M_DOCX_MOVE);
	check_unique(l, &l->moves_to, KT_M_DOCX_MOVE);
	check_same(l, &l->moves_from, &l->moves_to, KT_M_DOCX_MOVE);
	check_unique(l, &l->range_ends, KT_M_DOCX_MOVE);
	check_same(l, &l->ranges, &l->range_ends, KT_M_DOCX_MOVE);
	check_unique(l, &l->drawings, KT_M_DOCX_DRAWING);
	if (!l->east_asia)
		lint_breach(l, KT_M_DOCX_FONT, "eastAsia");
}

void
lint_release(struct lint *l)
{
	struct lint_names *const all[] = { &l->styles, &l->used_styles,
		&l->numbers, &l->used_numbers, &l->bookmarks, &l->anchors,
		&l->begun, &l->ended, &l->revisions, &l->moves_from,
		&l->moves_to, &l->ranges, &l->range_ends, &l->drawings };

	for (size_t i = 0; i < KT_COUNT(all); i++)
		free(all[i]->at);
}
