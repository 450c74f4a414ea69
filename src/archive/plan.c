/* SPDX-License-Identifier: MIT */
/* Which file lies on which disc: documents are never torn apart. */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

/* A file's sectors, its entries in three directories and two manifests. */
#define FILE_COST 2048

static int64_t
cost_of(const struct item *item)
{
	return (item->size + SECTOR - 1) / SECTOR * SECTOR + FILE_COST;
}

static int
too_big(struct year *y, unsigned unit, int64_t bytes)
{
	bool machine = strcmp(y->unit_name[unit], MACHINE) == 0;
	char size[32], room[32];

	snprintf(size, sizeof(size), "%lld", (long long)bytes);
	snprintf(room, sizeof(room), "%lld", (long long)y->how->capacity);
	return kt_report(y->d,
	    .id = machine ? KT_M_ARCHIVE_HISTORY_TOO_BIG : KT_M_ARCHIVE_TOO_BIG,
	    .a = y->unit_name[unit], .b = size, .c = room);
}

/* Files of the history that are compressed already, and do not get much smaller
 * in the bundle: a bound from below. */
static int
bundle_at_least(struct year *y, int64_t *bytes)
{
	static const char *const suffixes[] = { ".docx", ".xlsx", ".pptx" };
	const struct kt_item *files;
	size_t n = 0;
	int rc = kt_store_items(y->store, "deliverables", "", &files, &n, y->d);

	*bytes = 0;
	for (size_t i = 0; rc == KT_OK && i < n; i++) {
		const char *dot = strrchr(files[i].path, '.');
		bool counts = false;

		for (size_t k = 0; dot != NULL && k < KT_COUNT(suffixes); k++)
			counts = counts || strcmp(dot, suffixes[k]) == 0;
		/* The same bytes under two names are kept once. */
		for (size_t k = 0; counts && k < i; k++)
			counts = strcmp(files[k].blob, files[i].blob) != 0;
		if (counts)
			*bytes += (int64_t)files[i].size / 4 * 3;
	}
	return rc;
}

int
plan_early(struct year *y, int64_t reserve)
{
	int64_t room = y->how->capacity - reserve, bundle;
	int rc = bundle_at_least(y, &bundle), bad = KT_OK;

	for (size_t i = 0; rc == KT_OK && i < y->n; i++)
		if (cost_of(&y->at[i].item) > room)
			bad = too_big(
			    y, y->at[i].unit - 1, cost_of(&y->at[i].item));
	if (rc == KT_OK && bundle > room && !y->how->without_history)
		bad = too_big(y, year_unit(y, MACHINE) - 1, bundle);
	return rc != KT_OK ? rc : bad;
}

int
plan_discs(struct year *y, int64_t reserve)
{
	int64_t *units = kt_calloc(y->units + 1, sizeof(*units));
	unsigned *disc = kt_calloc(y->units + 1, sizeof(*disc));
	int64_t room = y->how->capacity - reserve, left;
	int rc = KT_OK;

	for (size_t i = 0; i < y->n; i++)
		units[y->at[i].unit] += cost_of(&y->at[i].item);
	room -= units[0];
	left = room;
	y->discs = 1;
	for (unsigned i = 1; i <= y->units; i++) {
		if (units[i] > room)
			rc = too_big(y, i - 1, units[i]);
		if (units[i] > left && left < room) {
			y->discs++;
			left = room;
		}
		left -= units[i];
		disc[i] = y->discs;
	}
	for (size_t i = 0; i < y->n; i++)
		y->at[i].disc = disc[y->at[i].unit];
	free(units);
	free(disc);
	return rc;
}
