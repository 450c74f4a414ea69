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

/* ---- html_list.c: a list with two columns, filters and an index ---- */

struct html_filter {
	const char *value; /* a class of sections */
	const char *words; /* "" leaves it out */
	size_t n;
};

/* All in the language of the page. */
struct html_list {
	enum kt_lang lang;
	const char *title, *about; /* of the document; what the list is */
	const char *of; /* the other document, or "" */
	const char *summary;
	const char *index; /* 対応の一覧 */
	const char *left, *right; /* heads of the columns */
	const struct html_filter *filters;
	size_t nfilters;
	bool ticks; /* each section has a box to tick: its state stays in the
		       browser, for a list of this content */
	uint64_t key; /* of the content */
};

/* Up to the list of the index. */
void html_list_open(struct kt_buf *out, const struct html_list *l);
/* An entry of the index: words that are escaped already, and a remark. */
void html_list_entry(
    struct kt_buf *out, size_t id, const char *words, const char *remark);
/* Up to the first section. */
void html_list_main(struct kt_buf *out, const struct html_list *l);
/* A section up to its cells: heading escaped already, what it is. */
void html_list_section(struct kt_buf *out, const struct html_list *l, size_t id,
    const char *value, const char *heading, const char *what);
/* Why it is there, below its cells. */
void html_list_reason(struct kt_buf *out, const struct kt_buf *words);
/* Choices of which one can be taken; ends in NULL. */
void html_list_choices(
    struct kt_buf *out, size_t id, const char *const *choices);
void html_list_close(struct kt_buf *out, const struct html_list *l);
/* Words of spans: what is the same, and those of `ops` marked, with notes. */
void html_spans(
    struct kt_buf *out, const struct kt_span *spans, size_t n, const char *ops);
/* A cell of either column, up to its words. */
void html_cell(struct kt_buf *out, const struct html_list *l, bool right,
    const char *place);

/* How deep a clause is set in: 項 0, 号 1, 細分 2 … at most 4. */
unsigned html_depth(const struct kt_node *n);

#endif
