/* SPDX-License-Identifier: MIT */
#ifndef KT_PICTURE_INT_H
#define KT_PICTURE_INT_H

/* The pictures that were handed in, for the writers. */

#include <kaitei/base.h>
#include <kaitei/write.h>

struct kt_picture {
	char *name; /* as the document has it */
	struct kt_buf bytes;
	bool png; /* else JPEG */
	uint32_t width, height; /* pixels */
};

/* The one of a name; NULL when it was not handed in (p may be NULL). */
const struct kt_picture *picture_find(
    const struct kt_pictures *p, const char *name);
const struct kt_picture *picture_at(const struct kt_pictures *p, size_t i);
/* The same bytes, whatever their names? */
bool picture_same(const struct kt_picture *a, const struct kt_picture *b);
/* image/png */
const char *picture_type(const struct kt_picture *p);

#endif
