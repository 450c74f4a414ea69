/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_XML_H
#define KAITEI_XML_H

/*
 * xml: the one wrapper of libxml2.  Reading: no network, no DTD, no
 * entities, every limit of reliability.md §3 checked before libxml2 sees a
 * byte.  Writing: escaped, deterministic, no white space of its own.
 */

#include <stdbool.h>
#include <stddef.h>

struct kt_buf;
struct kt_diag;
struct kt_xml; /* a parsed document */
struct kt_xnode; /* an element or a text in it; borrowed from it */
struct kt_xmlw; /* a writer */

/* file names the input in messages (KT_EINPUT malformed, KT_ELIMIT over a
 * limit or with a DOCTYPE). */
int kt_xml_parse(struct kt_xml **out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d);
/* A page of HTML, already UTF-8; tags that are missing or crossed are mended
 * as browsers do.  Names are in lower case.  KT_ELIMIT over a limit, KT_EINPUT
 * when there is nothing in it. */
int kt_html_parse(struct kt_xml **out, const char *file, const char *bytes,
    size_t n, struct kt_diag *d);
void kt_xml_free(struct kt_xml *x);
const struct kt_xnode *kt_xml_root(const struct kt_xml *x);

bool kt_xnode_is_text(const struct kt_xnode *n);
/* Local name; "" for text. */
const char *kt_xnode_name(const struct kt_xnode *n);
/* Namespace URI or "". */
const char *kt_xnode_ns(const struct kt_xnode *n);
bool kt_xnode_is(const struct kt_xnode *n, const char *name);
/* Value by local name, NULL when absent. */
const char *kt_xnode_attr(const struct kt_xnode *n, const char *name);
/* The i-th attribute; false past the last. */
bool kt_xnode_attr_at(
    const struct kt_xnode *n, size_t i, const char **name, const char **value);
/* Own content of a text node; "" for an element. */
const char *kt_xnode_text(const struct kt_xnode *n);
/* All text below, joined. */
void kt_xnode_words(struct kt_buf *out, const struct kt_xnode *n);
/* Children and siblings: any, or elements only. */
const struct kt_xnode *kt_xnode_first(const struct kt_xnode *n);
const struct kt_xnode *kt_xnode_next(const struct kt_xnode *n);
const struct kt_xnode *kt_xnode_elem(const struct kt_xnode *n);
const struct kt_xnode *kt_xnode_next_elem(const struct kt_xnode *n);
const struct kt_xnode *kt_xnode_parent(const struct kt_xnode *n);
/* First child element of a name, or NULL. */
const struct kt_xnode *kt_xnode_child(
    const struct kt_xnode *n, const char *name);
size_t kt_xnode_line(const struct kt_xnode *n);

struct kt_xmlw *kt_xmlw_new(void);
void kt_xmlw_free(struct kt_xmlw *w);
/* <?xml version="1.0" encoding="UTF-8" standalone="yes"?> */
void kt_xmlw_declare(struct kt_xmlw *w);
/* Elements and attributes by qualified name, "w:p". */
void kt_xmlw_open(struct kt_xmlw *w, const char *name);
void kt_xmlw_attr(struct kt_xmlw *w, const char *name, const char *value);
void kt_xmlw_attrf(struct kt_xmlw *w, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void kt_xmlw_text(struct kt_xmlw *w, const char *p, size_t n);
void kt_xmlw_close(struct kt_xmlw *w);
/* Already well-formed markup, as it stands (namespace blocks, constants). */
void kt_xmlw_raw(struct kt_xmlw *w, const char *markup);
/* A newline and `depth` times two blanks; for XML that people read. */
void kt_xmlw_indent(struct kt_xmlw *w, unsigned depth);
/* Append all that was written; KT_EINPUT when a character that XML 1.0 does
 * not know was met, reported with the text around it. */
int kt_xmlw_finish(struct kt_xmlw *w, struct kt_buf *out, struct kt_diag *d);

#endif
