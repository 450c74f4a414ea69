/* SPDX-License-Identifier: MIT */
/*
 * Tables, figures and forms as 法令標準XML: each in its …Struct, with the
 * title before it and the remarks around it.
 */
#include "law_int.h"

#include <string.h>

static const struct form {
	const char *content, *wrap, *title;
} forms[] = {
	{ "Table", "TableStruct", "TableStructTitle" },
	{ "Fig", "FigStruct", "FigStructTitle" },
	{ "Style", "StyleStruct", "StyleStructTitle" },
	{ "Format", "FormatStruct", "FormatStructTitle" },
	{ "Note", "NoteStruct", "NoteStructTitle" },
};

enum {
	TABLE,
	FIG,
	STYLE /* and the others that hold anything */
};

/* Does it go on with the form before it? "Style+" */
static bool
goes_on(const struct kt_node *node, const struct form *f)
{
	return law_out_was_some(node, f->content) &&
	       node->origin[strlen(f->content)] == '+';
}

/* The form that a node is the content of, or NULL. */
static const struct form *
content_form(const struct kt_node *node)
{
	for (size_t i = STYLE; i < KT_COUNT(forms); i++)
		if (law_out_was(node, forms[i].content) ||
		    goes_on(node, &forms[i]))
			return &forms[i];
	return node->kind == KT_TABLE    ? &forms[TABLE]
	       : node->kind == KT_FIGURE ? &forms[FIG]
					 : NULL;
}

/* The form whose title or remarks a node is, or NULL. */
static const struct form *
side_form(const struct kt_node *node)
{
	for (size_t i = 0; i < KT_COUNT(forms); i++)
		if ((node->kind == KT_TEXT &&
			law_out_was(node, forms[i].title)) ||
		    (node->kind == KT_NOTE && law_out_was(node, forms[i].wrap)))
			return &forms[i];
	return NULL;
}

bool
law_out_is_struct(const struct kt_node *at)
{
	return content_form(at) != NULL || side_form(at) != NULL;
}

/* ---- tables ----------------------------------------------------------- */

static void
cell(struct law_out *o, const struct kt_node *node, bool header)
{
	static const char *const aligns[][2] = { { "l", "left" },
		{ "c", "center" }, { "r", "right" } };
	const struct kt_node *rest = node->first;

	law_out_open(o, header ? "TableHeaderColumn" : "TableColumn");
	if (node->colspan > 1)
		kt_xmlw_attrf(o->w, "colspan", "%u", node->colspan);
	if (node->rowspan > 1)
		kt_xmlw_attrf(o->w, "rowspan", "%u", node->rowspan);
	for (size_t i = 0; i < KT_COUNT(aligns); i++)
		if (node->align == aligns[i][0][0])
			kt_xmlw_attr(o->w, "Align", aligns[i][1]);
	if (node->len > 0 || rest == NULL)
		rest = law_out_sentences(o, node);
	law_out_blocks(o, rest, NULL, LAW_IN_CELL, 0);
	law_out_end(o);
}

static void
table(struct law_out *o, const struct kt_node *node)
{
	law_out_open(o, "Table");
	for (const struct kt_node *row = node->first; row != NULL;
	     row = row->next) {
		law_out_open(o, row->header ? "TableHeaderRow" : "TableRow");
		for (const struct kt_node *c = row->first; c != NULL;
		     c = c->next)
			cell(o, c, row->header);
		law_out_end(o);
	}
	law_out_end(o);
}

/* ---- figures and what forms hold -------------------------------------- */

static void
figure(struct law_out *o, const struct kt_node *node)
{
	law_out_open(o, "Fig");
	kt_xmlw_attr(o->w, "src", node->related);
	law_out_close(o);
}

static bool
is_formula(const struct kt_node *node)
{
	return node->kind == KT_TEXT && node->len > 0 && node->nmarks > 0 &&
	       node->marks[0].kind == KT_FORMULA && node->marks[0].start == 0 &&
	       node->marks[0].len == node->len;
}

static void
formula(struct law_out *o, const struct kt_node *node)
{
	law_out_open(o, "ArithFormula");
	law_out_open(o, "Sentence");
	law_out_range(
	    o, node->text, node->marks + 1, node->nmarks - 1u, 0, node->len);
	law_out_close(o);
	law_out_end(o);
}

static void
content(struct law_out *o, const struct kt_node *node)
{
	if (node->kind == KT_TABLE)
		table(o, node);
	else if (node->kind == KT_FIGURE)
		figure(o, node);
	else if (is_formula(node))
		formula(o, node);
	else if (node->kind == KT_TEXT)
		law_out_blocks(
		    o, law_out_sentences(o, node), NULL, LAW_IN_CONTENT, 0);
	else if (node->kind == KT_BULLET && law_out_is_list(node))
		law_out_list(o, node);
	else if (node->kind == KT_ITEM || node->kind == KT_BULLET)
		law_out_item(o, node, 0, 1);
	else if (node->kind == KT_NOTE)
		law_out_remarks(o, node);
	else if (law_out_is_clause(node))
		law_out_clauses(o, node, node->next, 0);
	else
		law_out_as_list(o, node);
}

void
law_out_content(
    struct law_out *o, const struct kt_node *at, const struct kt_node *end)
{
	if (law_out_is_clause(at)) {
		law_out_clauses(o, at, end, 0);
		return;
	}
	for (; at != end; at = at->next)
		content(o, at);
}

/* ---- all -------------------------------------------------------------- */

/* A form's own matter and what goes on with it. */
static const struct kt_node *
matter(struct law_out *o, const struct form *f, const struct kt_node *at,
    const struct kt_node *end)
{
	if (f == &forms[TABLE]) {
		table(o, at);
		return at->next;
	}
	if (f == &forms[FIG]) {
		law_out_words(o, f->title, at->text, false);
		figure(o, at);
		return at->next;
	}
	law_out_open(o, f->content);
	do {
		content(o, at);
		at = at->next;
	} while (at != end && goes_on(at, f));
	law_out_end(o);
	return at;
}

/* Remarks behind a table belong to it, except in a 別表, which has its own,
 * unless the source said so. */
static bool
is_remark_of(
    const struct kt_node *at, const struct form *f, enum law_place place)
{
	if (at->kind != KT_NOTE)
		return false;
	return law_out_was(at, f->wrap) ||
	       (!law_out_has_name(at) && f == &forms[TABLE] &&
		   place != LAW_IN_APPENDIX && place != LAW_IN_CELL);
}

/* 別表 may hold tables only; a figure in one stands in a cell. */
static void
figure_in_table(struct law_out *o, const struct kt_node *node)
{
	static const char *const around[] = { "TableStruct", "Table",
		"TableRow", "TableColumn", "FigStruct" };

	for (size_t i = 0; i < KT_COUNT(around); i++)
		law_out_open(o, around[i]);
	figure(o, node);
	for (size_t i = 0; i < KT_COUNT(around); i++)
		law_out_end(o);
}

static void
title(struct law_out *o, const char *name, const struct kt_node *text)
{
	law_out_open(o, name);
	law_out_range(o, text->text, text->marks, text->nmarks, 0, text->len);
	law_out_close(o);
}

const struct kt_node *
law_out_struct(struct law_out *o, const struct kt_node *at,
    const struct kt_node *end, enum law_place place)
{
	const struct form *f = content_form(at);

	if (f == NULL)
		f = side_form(at);
	if (at->kind == KT_FIGURE && f == &forms[FIG] &&
	    place == LAW_IN_APPENDIX) {
		figure_in_table(o, at);
		return at->next;
	}
	if ((f == &forms[TABLE] || f == &forms[FIG]) &&
	    law_out_was(at, f->content))
		return matter(o, f, at, end);
	law_out_open(o, f->wrap);
	while (at != end && side_form(at) == f) {
		if (at->kind == KT_TEXT)
			title(o, f->title, at);
		else
			law_out_remarks(o, at);
		at = at->next;
	}
	if (at != end && content_form(at) == f)
		at = matter(o, f, at, end);
	while (at != end && is_remark_of(at, f, place)) {
		law_out_remarks(o, at);
		at = at->next;
	}
	law_out_end(o);
	return at;
}
