/* SPDX-License-Identifier: MIT */
/* Which file lies on which disc: documents are never torn apart. */
#include "year_int.h"

#include <stdlib.h>

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
	char size[32], room[32];

	snprintf(size, sizeof(size), "%lld", (long long)bytes);
	snprintf(room, sizeof(room), "%lld", (long long)y->how->capacity);
	return kt_report(y->d, .id = KT_M_ARCHIVE_TOO_BIG,
	    .a = y->unit_name[unit], .b = size, .c = room);
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
