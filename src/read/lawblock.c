/* SPDX-License-Identifier: MIT */
/*
 * What stands between the clauses of 法令標準XML: tables, figures, forms,
 * remarks, formulas, quoted and amending provisions.
 */
#include "law_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- tables ----------------------------------------------------------- */

void
law_table(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	const struct kt_xnode *up = kt_xnode_parent(x);
	struct kt_node *table = law_add(l, node, KT_TABLE, x);

	if (up == NULL || !kt_xnode_is(up, "TableStruct"))
		kt_node_origin(l->doc, table, kt_xnode_name(x));
	law_children(l, table, x);
}

void
law_row(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_children(l, law_add(l, node, KT_ROW, x), x);
}

void
law_header_row(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *row = law_add(l, node, KT_ROW, x);

	row->header = true;
	law_children(l, row, x);
}

static uint16_t
span_of(const struct kt_xnode *x, const char *name)
{
	const char *value = kt_xnode_attr(x, name);
	unsigned long n = value == NULL ? 1 : strtoul(value, NULL, 10);

	return n < 1 ? 1 : n > UINT16_MAX ? UINT16_MAX : (uint16_t)n;
}

static char
align_of(const struct kt_xnode *x)
{
	const char *value = kt_xnode_attr(x, "Align");

	if (value == NULL)
		return 0;
	return strcmp(value, "left") == 0     ? 'l'
	       : strcmp(value, "center") == 0 ? 'c'
	       : strcmp(value, "right") == 0  ? 'r'
					      : 0;
}

/* How many children of that name, and of others. */
static size_t
count_named(const struct kt_xnode *x, const char *name, size_t *others)
{
	size_t n = 0;

	*others = 0;
	for (x = kt_xnode_elem(x); x != NULL; x = kt_xnode_next_elem(x)) {
		if (kt_xnode_is(x, name))
			n++;
		else
			++*others;
	}
	return n;
}

/* One sentence, or columns, is the text of the cell; several are lines. */
void
law_cell(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	size_t others, sentences = count_named(x, "Sentence", &others);
	struct kt_node *cell = law_add(l, node, KT_CELL, x);

	cell->colspan = span_of(x, "colspan");
	cell->rowspan = span_of(x, "rowspan");
	cell->align = align_of(x);
	if (others > 0 && count_named(x, "Column", &others) > 0 && others == 0)
		law_line(l, cell, cell, x);
	else if (others > 0)
		law_children(l, cell, x);
	else if (sentences > 1)
		law_lines(l, cell, x);
	else
		law_line(l, cell, cell, x);
}

/* ---- figures and forms ------------------------------------------------ */

void
law_figure(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	const struct kt_xnode *up = kt_xnode_parent(x);
	const char *src = kt_xnode_attr(x, "src");
	struct kt_node *figure = law_add(l, node, KT_FIGURE, x);

	if (src != NULL)
		kt_node_related(l->doc, figure, src, strlen(src));
	if (up == NULL || !kt_xnode_is(up, "FigStruct"))
		kt_node_origin(l->doc, figure, kt_xnode_name(x));
}

/* 様式第1―1 above a form, the name of a table: a line of its own. */
void
law_struct_title(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *title;

	law_words_clear(l);
	law_words_put(l, x);
	if (l->text.len == 0)
		return;
	title = law_add(l, node, KT_TEXT, x);
	law_words_text(l, title);
	kt_node_origin(l->doc, title, kt_xnode_name(x));
}

/* Style, Format, Note: each thing in it says so, those behind the first with
 * a +. */
void
law_content(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *before = node->last, *at;
	struct kt_buf name = KT_BUF_INIT;

	law_children(l, node, x);
	kt_buf_puts(&name, kt_xnode_name(x));
	for (at = before == NULL ? node->first : before->next; at != NULL;
	     at = at->next) {
		kt_node_origin(l->doc, at, name.p);
		kt_buf_clear(&name);
		kt_buf_printf(&name, "%s+", kt_xnode_name(x));
	}
	kt_buf_release(&name);
}

static bool
is_inline(const struct kt_xnode *x)
{
	static const char *const names[] = { "Ruby", "Line", "Sup", "Sub",
		"Sentence", "Fig", "QuoteStruct" };

	for (size_t i = 0; i < KT_COUNT(names); i++)
		if (kt_xnode_is(x, names[i]))
			return true;
	return false;
}

/* A formula that stands by itself: words, or the list of an 付録. */
void
law_formula(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_mark whole = { .kind = KT_FORMULA };

	for (const struct kt_xnode *in = kt_xnode_elem(x); in != NULL;
	     in = kt_xnode_next_elem(in)) {
		if (!is_inline(in)) {
			law_children(l, node, x);
			return;
		}
	}
	law_words_clear(l);
	law_words_put(l, x);
	whole.len = (uint32_t)l->text.len;
	law_words_enclose(l, &whole);
	law_words_text(l, law_add(l, node, KT_TEXT, x));
}

/* ---- 備考 ------------------------------------------------------------- */

static bool
is_struct(const struct kt_xnode *x)
{
	static const char tail[] = "Struct";
	const char *name = kt_xnode_name(x);
	size_t n = strlen(name), wide = sizeof(tail) - 1;

	return n > wide && strcmp(name + n - wide, tail) == 0;
}

/* A line 一　…… of a note is an item, though the source has a sentence. */
static void
note_line(struct law *l, struct kt_node *note, const struct kt_xnode *x)
{
	struct kt_label label;
	struct kt_node *item;

	law_words_clear(l);
	law_words_put(l, x);
	if (!kt_label_read(&label, l->text.p, l->text.len) ||
	    label.kind != KT_ITEM || label.skip != label.len + strlen("　")) {
		law_sentence(l, note, law_add(l, note, KT_TEXT, x), x);
		return;
	}
	item = law_add(l, note, KT_ITEM, x);
	law_words_label(l, item, label.len);
	law_words_drop(l, label.skip);
	law_words_text(l, item);
	kt_node_origin(l->doc, item, kt_xnode_name(x));
}

/* The element of the remarks, and what they belong to when that is a table
 * or form beside them. */
void
law_remarks(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	const struct kt_xnode *up = kt_xnode_parent(x), *in;
	struct kt_node *note = law_add(l, node, KT_NOTE, x);
	size_t others, sentences = count_named(x, "Sentence", &others);
	bool alone = sentences == 1 &&
		     count_named(x, "RemarksLabel", &others) <= 1 &&
		     others == 1;

	if (up != NULL && is_struct(up))
		kt_node_origin(l->doc, note, kt_xnode_name(up));
	for (in = kt_xnode_elem(x); in != NULL; in = kt_xnode_next_elem(in)) {
		if (!kt_xnode_is(in, "Sentence"))
			law_element(l, note, in);
		else if (alone)
			law_sentence(l, note, note, in);
		else
			note_line(l, note, in);
	}
}

void
law_remarks_label(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	if (node->kind != KT_NOTE || node->label[0] != '\0') {
		law_unknown(l, node, x);
		return;
	}
	law_words_clear(l);
	law_words_put(l, x);
	law_words_label(l, node, l->text.len);
}

/* ---- quoted and amending provisions ----------------------------------- */

void
law_quote(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *quote = law_add(l, node, KT_QUOTE, x);

	kt_node_origin(l->doc, quote, kt_xnode_name(x));
	law_children(l, quote, x);
}

void
law_amend(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_children(l, law_add(l, node, KT_QUOTE, x), x);
}

void
law_amend_sentence(
    struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_line(l, node, law_add(l, node, KT_TEXT, x), x);
}

/* A sentence where no clause takes it as its own. */
void
law_free_sentence(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_sentence(l, node, law_add(l, node, KT_TEXT, x), x);
}

/* Sentences of a clause; a second time, or where no clause takes them, they
 * are a TEXT. */
void
law_text(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	bool takes = node->kind == KT_PARAGRAPH || node->kind == KT_ITEM ||
		     node->kind == KT_BULLET || node->kind == KT_TEXT;

	if (!takes || node->first != NULL ||
	    (node->len > 0 && !law_has_lead_only(node)))
		law_line(l, node, law_add(l, node, KT_TEXT, x), x);
	else
		law_line(l, node, node, x);
}
