/* SPDX-License-Identifier: MIT */
#ifndef KT_PARTS_H
#define KT_PARTS_H

/* What stands in a Word file or a workbook, for tests that look inside. */

#include "kt_test.h"

#include <kaitei/ooxml.h>
#include <kaitei/xml.h>

/* A part of the file, its main part for "", to be released. */
static inline struct kt_buf
kt_test_part(const struct kt_buf *file, const char *name, struct kt_diag *diag)
{
	struct kt_package *p = NULL;
	struct kt_buf part = KT_BUF_INIT;

	KT_NUM(kt_package_open(&p, "a", file->p, file->len, NULL, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	if (name[0] == '\0')
		name = kt_package_main(p);
	KT_NUM(kt_package_read(p, &part, name, diag), KT_OK);
	kt_package_free(p);
	return part;
}

/* The same, parsed, to be freed. */
static inline struct kt_xml *
kt_test_part_xml(
    const struct kt_buf *file, const char *name, struct kt_diag *diag)
{
	struct kt_buf part = kt_test_part(file, name, diag);
	struct kt_xml *x = NULL;

	KT_NUM(kt_xml_parse(&x, "a", part.p, part.len, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(x);
	kt_buf_release(&part);
	return x;
}

/* The element behind n in the order of the text, below root; NULL at its
 * end. */
static inline const struct kt_xnode *
kt_test_next(const struct kt_xnode *n, const struct kt_xnode *root)
{
	const struct kt_xnode *next = kt_xnode_elem(n);

	while (next == NULL && n != root) {
		next = kt_xnode_next_elem(n);
		n = kt_xnode_parent(n);
	}
	return next;
}

#endif
