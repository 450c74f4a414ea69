/* SPDX-License-Identifier: MIT */
/*
 * Clauses as the lines of block.c.  They are read back at once; where the
 * plain form loses something the block is written again with every line
 * saying its kind.
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

static void
put_indent(struct kt_buf *out, unsigned indent)
{
	for (unsigned i = 0; i < indent; i++)
		kt_buf_puts(out, "　");
}

static void
put_words(struct kt_buf *out, const struct kt_node *node)
{
	unsigned len;

	kt_inline_write(
	    out, node->text, 0, node->len, node->marks, node->nmarks);
	/* Blanks at the end of a line are nobody's. */
	if (node->len > 0 && kt_is_space(kt_utf8_before(
				 node->text, node->text + node->len, &len)))
		kt_buf_puts(out, "\\.");
}

static void
put_caption(struct kt_buf *out, const struct kt_node *node)
{
	kt_inline_write(out, node->caption, 0, strlen(node->caption),
	    node->caption_marks, node->ncaption_marks);
}

static void
put_label(struct kt_buf *out, const struct kt_node *node)
{
	kt_inline_write(out, node->label, 0, strlen(node->label), NULL, 0);
}

/* ---- plain lines -------------------------------------------------------- */

/* Would these words, alone on a line, read as something else? */
static bool
needs_escape(const char *p)
{
	size_t n = strlen(p);
	struct kt_lead lead;
	static const char *const signs[] = { "|", "- ", "# ", "\\ ", "![", "〔",
		">" };

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (strncmp(p, signs[i], strlen(signs[i])) == 0)
			return true;
	kt_lead_paragraph(&lead, p, n);
	return lead.form != KT_LEAD_PLAIN || kt_line_is_instruction(p) ||
	       strncmp(p, "附", strlen("附")) == 0;
}

static void
put_plain(struct kt_buf *out, const struct kt_node *node)
{
	struct kt_buf words = KT_BUF_INIT;

	put_words(&words, node);
	if (needs_escape(words.p))
		kt_buf_puts(out, "\\ ");
	kt_buf_put(out, words.p, words.len);
	kt_buf_release(&words);
}

static bool
has_rule(const struct kt_node *row)
{
	return row->header && (row->next == NULL || !row->next->header);
}

/* Rows with bars between their cells. */
static void
put_row(struct kt_buf *out, const struct kt_node *row, unsigned indent)
{
	size_t n = 0;

	put_indent(out, indent);
	kt_buf_puts(out, "|");
	for (const struct kt_node *at = row->first; at != NULL;
	     at = at->next, n++) {
		struct kt_buf words = KT_BUF_INIT;

		put_words(&words, at);
		kt_buf_puts(out, " ");
		for (const char *p = words.p; *p != '\0'; p++) {
			if (*p == '|')
				kt_buf_putc(out, '\\');
			kt_buf_putc(out, *p);
		}
		kt_buf_puts(out, " |");
		kt_buf_release(&words);
	}
	kt_buf_putc(out, '\n');
	if (!has_rule(row))
		return;
	put_indent(out, indent);
	kt_buf_puts(out, "|");
	while (n-- > 0)
		kt_buf_puts(out, "---|");
	kt_buf_putc(out, '\n');
}

/* The first 項 of a 条 stands on the line of its number. */
static bool
joins_line(const struct kt_node *node)
{
	return node->kind == KT_PARAGRAPH && node->label[0] == '\0' &&
	       node->caption[0] == '\0' && node->prev == NULL &&
	       node->parent != NULL && node->parent->kind == KT_ARTICLE;
}

static void
put_caption_line(
    struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	if (node->caption[0] == '\0')
		return;
	put_indent(out, indent + 1);
	kt_buf_puts(out, "（");
	put_caption(out, node);
	kt_buf_puts(out, "）\n");
}

static void
put_article(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	put_caption_line(out, node, indent);
	put_indent(out, indent);
	put_label(out, node);
	if (node->first != NULL && joins_line(node->first)) {
		kt_buf_puts(out, "　");
		put_words(out, node->first);
	}
	kt_buf_putc(out, '\n');
}

static void
put_clause(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	put_caption_line(out, node, indent);
	put_indent(out, node->label[0] == '\0' ? indent + 1 : indent);
	put_label(out, node);
	if (node->label[0] != '\0') {
		kt_buf_puts(out, "　");
		put_words(out, node);
	} else {
		put_plain(out, node);
	}
	kt_buf_putc(out, '\n');
}

/* 第2章　総則, 附　則（…）　抄, 別表第1　…（第5条関係）, # 6　…. */
static void
put_heading(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	bool after = node->kind == KT_APPENDIX;

	put_indent(out, indent);
	if (node->kind == KT_HEADED || node->kind == KT_TOPIC)
		kt_buf_puts(out, "# ");
	put_label(out, node);
	if (!after && node->related[0] != '\0')
		kt_buf_printf(out, "（%s）", node->related);
	if (node->caption[0] != '\0') {
		if (node->label[0] != '\0')
			kt_buf_puts(out, "　");
		put_caption(out, node);
	}
	if (after && node->related[0] != '\0')
		kt_buf_printf(out, "（%s）", node->related);
	kt_buf_putc(out, '\n');
}

static void
put_note(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	put_indent(out, indent);
	put_label(out, node);
	if (node->len > 0) {
		kt_buf_puts(out, "　");
		put_words(out, node);
	}
	kt_buf_putc(out, '\n');
}

/* Words without a number: an entry, a figure, what stands as it is. */
static void
put_entry(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	bool toc = false;

	put_indent(out, indent);
	for (const struct kt_node *at = node; at != NULL; at = at->parent)
		toc = toc || at->kind == KT_TOC;
	if (node->kind == KT_QUOTE) {
		kt_buf_puts(out, ">");
	} else if (node->kind == KT_FIGURE) {
		kt_buf_puts(out, "![");
		put_words(out, node);
		kt_buf_printf(out, "](%s)", node->related);
	} else if (node->kind == KT_BULLET && !toc) {
		kt_buf_puts(out, "- ");
		put_words(out, node);
	} else if (toc) {
		put_words(out, node);
	} else {
		put_plain(out, node);
	}
	kt_buf_putc(out, '\n');
}

static void
put_line(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	switch (node->kind) {
	case KT_ARTICLE:
		put_article(out, node, indent);
		return;
	case KT_PARAGRAPH:
	case KT_ITEM:
		put_clause(out, node, indent);
		return;
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_TOC:
		put_heading(out, node, indent);
		return;
	case KT_NOTE:
		put_note(out, node, indent);
		return;
	case KT_ROW:
		put_row(out, node, indent);
		return;
	case KT_TEXT:
	case KT_BULLET:
	case KT_QUOTE:
	case KT_FIGURE:
		put_entry(out, node, indent);
		return;
	case KT_DOC:
	case KT_PREAMBLE:
	case KT_TABLE:
	case KT_CELL:
	case KT_COMMENTARY:
	case KT_KINDS:
		return;
	}
}

/* The indent of a child: 項 stand at the margin of their 条. */
static unsigned
child_indent(
    const struct kt_node *parent, const struct kt_node *child, unsigned indent)
{
	if (parent->kind == KT_TABLE || parent->kind == KT_PREAMBLE ||
	    parent->kind == KT_SUPPL || kt_kind_is_division(parent->kind) ||
	    (parent->kind == KT_ARTICLE && child->kind == KT_PARAGRAPH))
		return indent;
	if (parent->kind == KT_TOC)
		return indent + 1;
	return indent + 1;
}

/* ---- lines that say their kind ------------------------------------------ */

/* A field; a bar in it would end it. */
static void
put_field(struct kt_buf *out, const char *p)
{
	kt_buf_puts(out, p);
	kt_buf_puts(out, "｜");
}

static void
put_explicit(struct kt_buf *out, const struct kt_node *node, unsigned indent)
{
	put_indent(out, indent);
	kt_buf_printf(out, "〔%s", kt_kind_word(node->kind));
	if (node->colspan != 1 || node->rowspan != 1)
		kt_buf_printf(out, "%u×%u", node->colspan, node->rowspan);
	kt_buf_puts(out, "〕");
	put_label(out, node);
	kt_buf_puts(out, "｜");
	put_caption(out, node);
	kt_buf_puts(out, "｜");
	put_field(out, node->related);
	put_words(out, node);
	kt_buf_putc(out, '\n');
}

/* ---- subtrees ----------------------------------------------------------- */

/* A table that bars and lines cannot show: cells that are joined or hold more
 * than words. */
static bool
is_knotty(const struct kt_node *table)
{
	for (const struct kt_node *at = table; at != NULL;
	     at = kt_node_next(at, table)) {
		if (at->kind != KT_TABLE && at->kind != KT_ROW &&
		    at->kind != KT_CELL)
			return true;
		if (at->colspan != 1 || at->rowspan != 1)
			return true;
	}
	return table->first == NULL;
}

/* The next node of a subtree without what is written with its parent and
 * without 解説, which no amendment touches. */
static const struct kt_node *
next_line(const struct kt_node *node, const struct kt_node *top, bool explicit)
{
	const struct kt_node *next = kt_node_next(node, top);

	if (!explicit && node->kind == KT_ROW)
		next = kt_node_skip(node, top);
	while (next != NULL && next->kind == KT_COMMENTARY)
		next = kt_node_skip(next, top);
	return next;
}

static void
put_subtree(struct kt_buf *out, const struct kt_node *top, unsigned indent,
    bool explicit)
{
	/* Indents of the open ancestors, outermost first. */
	unsigned *of = NULL;
	size_t depth = 0, cap = 0;
	const struct kt_node *above = top->parent;

	const struct kt_node *knot = NULL, *behind = NULL;

	for (const struct kt_node *at = top; at != NULL;
	     at = next_line(at, top, explicit || knot != NULL)) {
		unsigned own = indent;

		if (knot != NULL && at == behind)
			knot = NULL;
		if (knot == NULL && at->kind == KT_TABLE && is_knotty(at)) {
			knot = at;
			behind = kt_node_skip(at, top);
		}

		while (depth > 0 && above != at->parent) {
			above = above->parent;
			depth--;
		}
		if (depth > 0)
			own = explicit || (knot != NULL && knot != at)
				  ? of[depth - 1] + 1
				  : child_indent(at->parent, at, of[depth - 1]);
		KT_GROW(of, depth, cap);
		of[depth++] = own;
		above = at;
		if (explicit || knot != NULL)
			put_explicit(out, at, own);
		else if (!joins_line(at) || at == top)
			put_line(out, at, own);
	}
	free(of);
}

/* ---- proof -------------------------------------------------------------- */

/* A document that holds copies of the nodes, without 解説. */
static struct kt_doc *
copy_of(const struct kt_node *const *nodes, size_t n)
{
	struct kt_doc *doc = kt_doc_new("");

	for (size_t i = 0; i < n; i++)
		kt_node_copy(doc, doc->root, nodes[i]);
	kt_drop_commentary(doc->root);
	return doc;
}

static bool
reads_back(const struct kt_buf *text, const struct kt_doc *want,
    const struct kt_block_how *how)
{
	struct kt_arena *arena = kt_arena_new();
	const struct kt_amend_line *lines;
	size_t n = kt_lines_split(&lines, arena, text->p, text->len);
	struct kt_doc *got = kt_block_read(lines, n, how);
	bool same = kt_node_equal(got->root, want->root, NULL, NULL);

	kt_doc_free(got);
	kt_arena_free(arena);
	return same;
}

void
kt_block_write(struct kt_buf *out, const struct kt_node *const *nodes, size_t n,
    unsigned indent, const struct kt_block_how *how)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_doc *want = copy_of(nodes, n);

	for (size_t i = 0; i < n; i++)
		put_subtree(&text, nodes[i], indent, false);
	if (!reads_back(&text, want, how)) {
		kt_buf_clear(&text);
		for (size_t i = 0; i < n; i++)
			put_subtree(&text, nodes[i], indent, true);
	}
	kt_buf_put(out, text.p, text.len);
	kt_buf_release(&text);
	kt_doc_free(want);
}

/* ---- 解説 ---------------------------------------------------------------- */

void
kt_drop_commentary(struct kt_node *root)
{
	struct kt_node *at = root;

	while (at != NULL) {
		struct kt_node *next = at->kind == KT_COMMENTARY
					   ? kt_node_skip(at, root)
					   : kt_node_next(at, root);

		if (at->kind == KT_COMMENTARY)
			kt_node_unlink(at);
		at = next;
	}
}
