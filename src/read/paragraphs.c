/* SPDX-License-Identifier: MIT */
/*
 * A file as the lines that people see in it, before anybody asks what they
 * are: plain text, or the paragraphs of a Word file.  For instruments, whose
 * sentences are no clauses.
 */
#include "read_int.h"

int
kt_read_paragraphs(struct kt_buf *out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct kt_read_how how = { 0 };
	struct kt_source source;
	int rc;

	if (kt_format_of(name, bytes, n) == KT_FMT_DOCX)
		return kt_docx_lines(out, name, bytes, n, &how, d);
	rc = kt_source_take(&source, name, bytes, n, KT_READ_MAX, d);
	if (rc != KT_OK)
		return rc;
	kt_buf_put(out, source.p, source.n);
	kt_source_release(&source);
	return KT_OK;
}
