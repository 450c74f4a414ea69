/* SPDX-License-Identifier: MIT */
/* Documents as plain text: as printed, as an outline, one clause at a time. */
#include <kaitei/write.h>

#include <string.h>

#include <kaitei/model.h>

/* Wide blanks before a heading of a 編, 章, 節, 款, 目 (column 4 and on). */
static unsigned
division_indent(enum kt_kind kind)
{
	unsigned indent = 3;

	for (int k = KT_PART; k < (int)kind; k++)
		indent++;
	return kind == KT_PART ? 3 : indent - 1;
}

/* How deep a clause is set in: 項 none, 号 one, 細分 two … */
static unsigned
depth_of(const struct kt_node *n)
{
	unsigned depth = 0;

	for (; n != NULL; n = n->parent)
		depth += n->kind == KT_ITEM || n->kind == KT_BULLET ||
			 n->kind == KT_QUOTE || n->kind == KT_COMMENTARY;
	return depth;
}

static void
indent(struct kt_buf *out, unsigned n)
{
	while (n-- > 0)
		kt_buf_puts(out, "　");
}

static void
put_heading(struct kt_buf *out, const struct kt_node *n)
{
	if (kt_kind_is_division(n->kind))
		indent(out, division_indent(n->kind));
	kt_buf_puts(out, n->label);
	if (n->label[0] != '\0' && n->caption[0] != '\0')
		kt_buf_puts(out, "　");
	kt_buf_puts(out, n->caption);
	if (n->related[0] != '\0')
		kt_buf_printf(out, "（%s）", n->related);
	kt_buf_putc(out, '\n');
}

static void
put_caption(struct kt_buf *out, const struct kt_node *n)
{
	if (n->caption[0] != '\0')
		kt_buf_printf(out, "　（%s）\n", n->caption);
}

/* A label that begins the line of a clause without one: 第3条 before the
 * words of its first 項. */
static const char *
label_of(const struct kt_node *n)
{
	if (n->kind == KT_PARAGRAPH && n->label[0] == '\0' && n->prev == NULL &&
	    n->parent != NULL && n->parent->kind == KT_ARTICLE)
		return n->parent->label;
	if (n->kind == KT_BULLET)
		return "・";
	return n->label;
}

static void
put_line(struct kt_buf *out, const struct kt_node *n)
{
	const char *label = label_of(n);
	unsigned depth = depth_of(n);

	if (n->len == 0 && label[0] == '\0')
		return;
	indent(out, depth);
	kt_buf_puts(out, label);
	if (label[0] != '\0' && n->kind != KT_BULLET)
		kt_buf_puts(out, "　");
	for (uint32_t i = 0; i < n->len; i++) {
		kt_buf_putc(out, n->text[i]);
		if (n->text[i] == '\n')
			indent(out, depth);
	}
	kt_buf_putc(out, '\n');
}

static void
put_row(struct kt_buf *out, const struct kt_node *row)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_node_words(&words, row);
	kt_buf_puts(out, "｜");
	for (size_t i = 0; i < words.len; i++) {
		if (words.p[i] == '\t')
			kt_buf_puts(out, "｜");
		else if (words.p[i] != '\n' || i + 1 < words.len)
			kt_buf_putc(out, words.p[i] == '\n' ? ' ' : words.p[i]);
	}
	kt_buf_puts(out, "｜\n");
	kt_buf_release(&words);
}

/* What stands before the words of an article whose first 項 carries them. */
static void
put_article(struct kt_buf *out, const struct kt_node *n)
{
	put_caption(out, n);
	if (n->first == NULL || n->first->kind != KT_PARAGRAPH ||
	    n->first->label[0] != '\0')
		kt_buf_printf(out, "%s\n", n->label);
}

/* What is no clause, between signs that say what it is. */
static void
put_aside(struct kt_buf *out, const struct kt_node *n)
{
	if (n->kind == KT_COMMENTARY)
		kt_buf_printf(
		    out, "【%s】", n->caption[0] == '\0' ? "解説" : n->caption);
	else
		kt_buf_puts(out, "〔図：");
	kt_buf_put(out, n->text, n->len);
	kt_buf_puts(out, n->kind == KT_COMMENTARY ? "\n" : "〕\n");
}

static void
put_node(struct kt_buf *out, const struct kt_node *n)
{
	switch (n->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_TOC:
		kt_buf_putc(out, '\n');
		put_heading(out, n);
		break;
	case KT_ARTICLE:
		kt_buf_putc(out, '\n');
		put_article(out, n);
		break;
	case KT_PARAGRAPH:
		put_caption(out, n);
		put_line(out, n);
		break;
	case KT_COMMENTARY:
	case KT_FIGURE:
		put_aside(out, n);
		break;
	case KT_TABLE:
		if (n->caption[0] != '\0')
			put_heading(out, n);
		break;
	case KT_ROW:
		put_row(out, n);
		break;
	case KT_DOC:
	case KT_PREAMBLE:
	case KT_ITEM:
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		put_line(out, n);
		break;
	}
}

static void
put_tree(struct kt_buf *out, const struct kt_node *root)
{
	const struct kt_node *n = root;

	while (n != NULL) {
		put_node(out, n);
		n = n->kind == KT_ROW ? kt_node_skip(n, root)
				      : kt_node_next(n, root);
	}
}

int
kt_write_text(struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d)
{
	(void)d;
	kt_buf_printf(out, "%s\n", doc->root->caption);
	if (doc->meta.number != NULL && doc->meta.number[0] != '\0')
		kt_buf_printf(out, "（%s）\n", doc->meta.number);
	put_tree(out, doc->root);
	return KT_OK;
}

int
kt_write_clause(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *node, struct kt_diag *d)
{
	struct kt_buf text = KT_BUF_INIT;
	size_t skip = 0;

	(void)doc, (void)d;
	put_tree(&text, node);
	while (skip < text.len && text.p[skip] == '\n')
		skip++;
	kt_buf_put(out, text.p + skip, text.len - skip);
	kt_buf_release(&text);
	return KT_OK;
}

/* ---- outline ------------------------------------------------------------ */

/* Is it a line of the outline: what has a heading, and 項 and 号? */
static bool
in_outline(const struct kt_node *n)
{
	return n->kind != KT_DOC && n->kind != KT_CELL && n->kind != KT_TEXT &&
	       n->kind != KT_ROW && n->kind != KT_BULLET;
}

/* The beginning of the words, to know the clause by. */
static void
put_beginning(struct kt_buf *out, const struct kt_node *n)
{
	size_t at = 0;

	for (unsigned i = 0; i < 24 && at < n->len; i++) {
		unsigned len;

		kt_utf8_at(n->text + at, &len);
		if (n->text[at] == '\n')
			break;
		at += len;
	}
	kt_buf_put(out, n->text, at);
	if (at < n->len)
		kt_buf_puts(out, "…");
}

int
kt_write_outline(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d)
{
	(void)d;
	kt_buf_printf(out, "%s\n", doc->root->caption);
	for (size_t i = 1; i < doc->count; i++) {
		const struct kt_node *n = doc->nodes[i];
		unsigned depth = 0;

		if (!in_outline(n))
			continue;
		for (const struct kt_node *p = n->parent; p != NULL;
		     p = p->parent)
			depth++;
		for (; depth > 0; depth--)
			kt_buf_puts(out, "  ");
		kt_buf_puts(out, kt_addr(doc, n));
		kt_buf_puts(out, "  ");
		if (n->caption[0] != '\0')
			kt_buf_puts(out, n->caption);
		else
			put_beginning(out, n);
		while (out->p[out->len - 1] == ' ')
			kt_buf_cut(out, out->len - 1);
		kt_buf_putc(out, '\n');
	}
	return KT_OK;
}
