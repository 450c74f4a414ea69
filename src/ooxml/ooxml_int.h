/* SPDX-License-Identifier: MIT */
#ifndef KT_OOXML_INT_H
#define KT_OOXML_INT_H

/* What the files of this layer share: the directory of a ZIP, as read
 * before libzip is let near it. */

#include <kaitei/base.h>
#include <kaitei/ooxml.h>

#include <stdint.h>

#include "late_zip.h"

struct ooxml_entry {
	const char *name; /* of the part, as stored; in the arena */
	uint64_t index; /* libzip's, which counts folders too */
	unsigned method, flags;
	uint32_t attributes;
	size_t packed; /* bytes in the file */
};

/*
 * Read the central directory: KT_EINPUT when it is none, KT_ELIMIT for
 * names that lead outside, two of one name, encryption, several volumes,
 * unknown methods, too many entries.  Folders are left out.
 */
int ooxml_directory(struct ooxml_entry **out, size_t *count, size_t limit,
    struct kt_arena *arena, const char *file,
    const struct kt_package_bytes *bytes, struct kt_diag *d);

/* The package as libzip reads it; `bytes` must live as long. */
zip_source_t *ooxml_source(
    const struct kt_package_bytes *bytes, zip_error_t *error);

/* Compare names of parts: capital and small ASCII letters are one. */
int ooxml_name_cmp(const char *a, const char *b);

#endif
