/* SPDX-License-Identifier: MIT */
#ifndef KT_HTML_INT_H
#define KT_HTML_INT_H

/* The one place that escapes, and the frame that every page shares. */

#include <kaitei/base.h>
#include <kaitei/model.h>

/* Text with & < > " ' escaped; a newline becomes a line break. */
void html_text(struct kt_buf *out, const char *p, size_t n);
void html_string(struct kt_buf *out, const char *s);
/* Doctype to <body>; the policy allows exactly this style and script.
 * script and script_hash "" for a page without one. */
void html_open(struct kt_buf *out, enum kt_lang lang, const char *title,
    const char *style, const char *style_hash, const char *script_hash);
void html_close(struct kt_buf *out, const char *script);
/* The attributes of one side of two columns: which it is, for those who hear
 * the page, and that its words are Japanese on a page in any language. */
void html_side(struct kt_buf *out, enum kt_lang lang, const char *side);
/* The bar of filters, up to the name of the first group. */
void html_tools(struct kt_buf *out, enum kt_lang lang);
/* How deep a clause is set in: 項 0, 号 1, 細分 2 … at most 4. */
unsigned html_depth(const struct kt_node *n);

#endif
