/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_WRITE_H
#define KAITEI_WRITE_H

/*
 * write: documents and change lists → files for people and programs.  Every
 * writer appends to a buffer; same input, same bytes.  Knows nothing of how
 * a change list was made.
 */

#include <stdbool.h>
#include <stddef.h>

#include <kaitei/base.h>

struct kt_changes;
struct kt_doc;
struct kt_node;

/* ---- documents --------------------------------------------------------- */

/* Canonical Markdown, document-format.md. */
int kt_write_markdown(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* 法令標準XML; what it cannot say is reported, never dropped in silence. */
int kt_write_lawxml(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* Plain text as printed: labels, indents, no markup. */
int kt_write_text(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* `kaitei-tree/1`; of the subtree `of`, or of the document when NULL. */
int kt_write_tree_json(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *of, struct kt_diag *d);
/* Outline for a terminal: one line a clause. */
int kt_write_outline(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* One clause as text. */
int kt_write_clause(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *node, struct kt_diag *d);
/* A page of its own. */
int kt_write_html(struct kt_buf *out, const struct kt_doc *doc,
    enum kt_lang lang, struct kt_diag *d);

/* 溶け込み版. */
struct kt_render {
	bool commentary; /* with 解説 */
	const char *as_of; /* line under the title, or "" */
	enum kt_lang lang;
};
int kt_write_docx(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_render *how, struct kt_diag *d);

/* ---- change lists ------------------------------------------------------ */

/* `kaitei-diff/1`, cli.md. */
int kt_write_diff_json(
    struct kt_buf *out, const struct kt_changes *list, struct kt_diag *d);

struct kt_diff_text {
	bool colour;
	bool brief; /* one line a change, without its words */
	enum kt_lang lang;
};
int kt_write_diff_text(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_diff_text *how, struct kt_diag *d);
/* One self-contained page: side by side, filters, keyboard, print. */
int kt_write_diff_html(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d);
/* One row a change, changed words in colour, columns to fill in. */
int kt_write_diff_xlsx(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d);
int kt_write_diff_markdown(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d);

/* 新旧対照表; profile by name, "shi-hyojun" when NULL. */
struct kt_table_how {
	const char *profile;
	const char *title; /* "" = made from the document's */
};
int kt_write_table_docx(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d);

/* ---- JSON pieces ------------------------------------------------------- */

/* A quoted, escaped JSON string. */
void kt_json_string(struct kt_buf *out, const char *p, size_t n);
/* `kaitei-check/1` from the findings in d. */
int kt_write_check_json(
    struct kt_buf *out, const struct kt_diag *findings, enum kt_lang lang);

#endif
