/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_READ_H
#define KAITEI_READ_H

/*
 * read: bytes of any known format → a document.  The format is recognised by
 * content, the name only breaks ties.  What is not understood stays as text
 * where it stood and is reported with its place.
 */

#include <stddef.h>

struct kt_diag;
struct kt_doc;

enum kt_format {
	KT_FMT_UNKNOWN,
	KT_FMT_MARKDOWN,
	KT_FMT_LAWXML, /* 法令標準XML */
	KT_FMT_LAWTEXT, /* Lawtext and plain 条項号 text */
	KT_FMT_JSON,
	KT_FMT_HTML,
	KT_FMT_DOCX,
	KT_FMT_PDF,
	KT_FMT_XLSX
};

/* Most bytes that a file of any format may have. */
#define KT_READ_MAX ((size_t)64 << 20)

enum kt_format kt_format_of(const char *name, const char *bytes, size_t n);
enum kt_format kt_format_by_name(const char *suffix); /* "md", "xml", … */

/* Read a document from bytes; `name` names it in messages.  KT_EINPUT,
 * KT_ELIMIT; a document that was read may still have left warnings in d. */
int kt_read(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d);
/* The same from a file, "-" for standard input. */
int kt_read_file(struct kt_doc **out, const char *path, struct kt_diag *d);

int kt_read_markdown(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);
int kt_read_lawxml(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);
int kt_read_lawtext(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);

#endif
