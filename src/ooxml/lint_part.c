/* SPDX-License-Identifier: MIT */
/*
 * The lint of one part: a table of elements, and what must be true of each.
 * Names are gathered here and compared in lint_names.c.
 */
#include "lint_int.h"

#include <stdlib.h>
#include <string.h>

static const char *
value(const struct kt_xnode *n)
{
	const char *v = kt_xnode_attr(n, "val");

	return v == NULL ? "" : v;
}

static bool
has_ancestor(const struct kt_xnode *n, const char *name)
{
	for (n = kt_xnode_parent(n); n != NULL; n = kt_xnode_parent(n))
		if (kt_xnode_is(n, name))
			return true;
	return false;
}

static void
add_id(struct lint *l, struct lint_names *names, const struct kt_xnode *n)
{
	const char *id = kt_xnode_attr(n, "id");

	lint_add(l, names, NULL, id == NULL ? "" : id);
}

/* ---- order of children ----------------------------------------------- */

static const char *const order_p[] = { "pStyle", "keepNext", "keepLines",
	"pageBreakBefore", "framePr", "widowControl", "numPr",
	"suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens",
	"kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
	"autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
	"contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
	"textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
	"divId", "cnfStyle", "rPr", "sectPr", "pPrChange", NULL };
static const char *const order_r[] = { "ins", "del", "moveFrom", "moveTo",
	"rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps",
	"strike", "dstrike", "outline", "shadow", "emboss", "imprint",
	"noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w",
	"kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
	"shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
	"eastAsianLayout", "specVanish", "oMath", "rPrChange", NULL };
static const char *const order_table[] = { "tblStyle", "tblpPr", "tblOverlap",
	"bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW",
	"jc", "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout",
	"tblCellMar", "tblLook", "tblCaption", "tblDescription", "tblPrChange",
	NULL };
static const char *const order_cell[] = { "cnfStyle", "tcW", "gridSpan",
	"hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
	"textDirection", "tcFitText", "vAlign", "hideMark", "cellIns",
	"cellDel", "cellMerge", "tcPrChange", NULL };
static const char *const order_section[] = { "headerReference",
	"footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
	"paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt",
	"vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
	"docGrid", "printerSettings", "sectPrChange", NULL };
static const char *const order_settings[] = { "view", "zoom",
	"removePersonalInformation", "mirrorMargins", "proofState",
	"attachedTemplate", "trackRevisions", "documentProtection",
	"defaultTabStop", "evenAndOddHeaders", "drawingGridHorizontalSpacing",
	"drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery",
	"displayVerticalDrawingGridEvery", "noPunctuationKerning",
	"characterSpacingControl", "printTwoOnOne", "strictFirstAndLastChars",
	"noLineBreaksAfter", "noLineBreaksBefore", "updateFields",
	"hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars",
	"rsids", "mathPr", "themeFontLang", "clrSchemeMapping", "shapeDefaults",
	"decimalSymbol", "listSeparator", NULL };
static const char *const order_paragraph[] = { "pPr", NULL };
static const char *const order_run[] = { "rPr", NULL };
static const char *const order_rows[] = { "tblPr", "tblGrid", "tr", NULL };

static size_t
place_in(const char *const *order, size_t from, const char *name)
{
	while (order[from] != NULL && strcmp(order[from], name) != 0)
		from++;
	return from;
}

/* Each known child stands at or behind the place of the one before it. */
static void
check_order(struct lint *l, const struct kt_xnode *n, const char *const *order)
{
	size_t at = 0;

	for (const struct kt_xnode *c = kt_xnode_elem(n); c != NULL;
	     c = kt_xnode_next_elem(c)) {
		size_t next = place_in(order, at, kt_xnode_name(c));

		if (order[next] != NULL)
			at = next;
		else if (order[place_in(order, 0, kt_xnode_name(c))] != NULL)
			lint_breach(l, KT_M_DOCX_ORDER, kt_xnode_name(c));
	}
}

/* The properties of n must be its first child. */
static void
check_first(struct lint *l, const struct kt_xnode *n, const char *const *order)
{
	const struct kt_xnode *c = kt_xnode_elem(n);

	for (bool first = true; c != NULL;
	     c = kt_xnode_next_elem(c), first = false)
		if (!first && kt_xnode_is(c, order[0]))
			lint_breach(l, KT_M_DOCX_ORDER, order[0]);
}

static void
on_ppr(struct lint *l, const struct kt_xnode *n)
{
	check_order(l, n, order_p);
}

static void
on_rpr(struct lint *l, const struct kt_xnode *n)
{
	check_order(l, n, order_r);
}

static void
on_tblpr(struct lint *l, const struct kt_xnode *n)
{
	check_order(l, n, order_table);
}

static void
on_tcpr(struct lint *l, const struct kt_xnode *n)
{
	check_order(l, n, order_cell);
}

static void
on_settings(struct lint *l, const struct kt_xnode *n)
{
	check_order(l, n, order_settings);
}

static void
on_paragraph(struct lint *l, const struct kt_xnode *n)
{
	check_first(l, n, order_paragraph);
}

static void
on_run(struct lint *l, const struct kt_xnode *n)
{
	check_first(l, n, order_run);
}

/* ---- sections and fonts ---------------------------------------------- */

static void
on_body(struct lint *l, const struct kt_xnode *n)
{
	const struct kt_xnode *last = NULL;

	for (const struct kt_xnode *c = kt_xnode_elem(n); c != NULL;
	     c = kt_xnode_next_elem(c))
		last = c;
	if (last == NULL || !kt_xnode_is(last, "sectPr"))
		lint_breach(l, KT_M_DOCX_NO_SECTION, "sectPr");
}

static void
on_section(struct lint *l, const struct kt_xnode *n)
{
	const struct kt_xnode *grid = kt_xnode_child(n, "docGrid");

	check_order(l, n, order_section);
	if (kt_xnode_child(n, "pgSz") == NULL)
		lint_breach(l, KT_M_DOCX_NO_SECTION, "pgSz");
	if (grid == NULL || kt_xnode_attr(grid, "type") == NULL)
		lint_breach(l, KT_M_DOCX_NO_SECTION, "docGrid");
}

static void
on_fonts(struct lint *l, const struct kt_xnode *n)
{
	if (has_ancestor(n, "rPrDefault") &&
	    kt_xnode_attr(n, "eastAsia") != NULL)
		l->east_asia = true;
}

/* ---- styles and lists ------------------------------------------------ */

static void
on_style(struct lint *l, const struct kt_xnode *n)
{
	const char *type = kt_xnode_attr(n, "type");
	const char *id = kt_xnode_attr(n, "styleId");

	lint_add(l, &l->styles, type == NULL ? "paragraph" : type,
	    id == NULL ? "" : id);
}

static void
on_pstyle(struct lint *l, const struct kt_xnode *n)
{
	lint_add(l, &l->used_styles, "paragraph", value(n));
}

static void
on_rstyle(struct lint *l, const struct kt_xnode *n)
{
	lint_add(l, &l->used_styles, "character", value(n));
}

static void
on_tblstyle(struct lint *l, const struct kt_xnode *n)
{
	lint_add(l, &l->used_styles, "table", value(n));
}

static void
on_number(struct lint *l, const struct kt_xnode *n)
{
	const char *id = kt_xnode_attr(n, "numId");

	if (id != NULL)
		lint_add(l, &l->numbers, NULL, id);
}

static void
on_numid(struct lint *l, const struct kt_xnode *n)
{
	if (strcmp(value(n), "0") != 0)
		lint_add(l, &l->used_numbers, NULL, value(n));
}

/* ---- relations and drawings ------------------------------------------ */

static void
check_relation(struct lint *l, const char *id)
{
	for (size_t i = 0; id != NULL && i < l->nrelations; i++)
		if (strcmp(l->relations[i].id, id) == 0)
			return;
	if (id != NULL)
		lint_breach(l, KT_M_DOCX_RELATION, id);
}

static void
on_blip(struct lint *l, const struct kt_xnode *n)
{
	check_relation(l, kt_xnode_attr(n, "embed"));
	check_relation(l, kt_xnode_attr(n, "link"));
}

static void
on_reference(struct lint *l, const struct kt_xnode *n)
{
	check_relation(l, kt_xnode_attr(n, "id"));
}

static void
on_drawing(struct lint *l, const struct kt_xnode *n)
{
	add_id(l, &l->drawings, n);
}

/* ---- bookmarks and fields -------------------------------------------- */

static void
on_bookmark(struct lint *l, const struct kt_xnode *n)
{
	const char *name = kt_xnode_attr(n, "name");

	add_id(l, &l->begun, n);
	lint_add(l, &l->bookmarks, NULL, name == NULL ? "" : name);
	if (name != NULL && strlen(name) > 40)
		lint_breach(l, KT_M_DOCX_BOOKMARK, name);
}

static void
on_bookmark_end(struct lint *l, const struct kt_xnode *n)
{
	add_id(l, &l->ended, n);
}

static void
on_hyperlink(struct lint *l, const struct kt_xnode *n)
{
	const char *anchor = kt_xnode_attr(n, "anchor");

	if (anchor != NULL)
		lint_add(l, &l->anchors, NULL, anchor);
	check_relation(l, kt_xnode_attr(n, "id"));
}

/* REF name \h, PAGEREF name: the word behind the name of the field. */
static void
on_instruction(struct lint *l, const struct kt_xnode *n)
{
	struct kt_buf words = KT_BUF_INIT;
	const char *p, *behind;

	kt_xnode_words(&words, n);
	p = words.p + strspn(words.p, " ");
	behind = p + strcspn(p, " ");
	if (strncmp(p, "REF ", 4) == 0 || strncmp(p, "PAGEREF ", 8) == 0) {
		behind += strspn(behind, " ");
		lint_add(l, &l->anchors, NULL,
		    kt_arena_strndup(l->arena, behind, strcspn(behind, " ")));
	}
	kt_buf_release(&words);
}

static void
on_field(struct lint *l, const struct kt_xnode *n)
{
	const char *type = kt_xnode_attr(n, "fldCharType");

	if (type == NULL)
		type = "";
	if (strcmp(type, "begin") == 0)
		l->fields++;
	else if (strcmp(type, "end") == 0)
		l->fields--;
	if (l->fields < 0 || (l->fields == 0 && strcmp(type, "separate") == 0))
		lint_breach(l, KT_M_DOCX_FIELD, type);
	if (l->fields < 0)
		l->fields = 0;
}

/* ---- tracked changes ------------------------------------------------- */

static void
on_revision(struct lint *l, const struct kt_xnode *n)
{
	add_id(l, &l->revisions, n);
}

static void
on_move_start(struct lint *l, const struct kt_xnode *n)
{
	const char *name = kt_xnode_attr(n, "name");
	bool from = kt_xnode_is(n, "moveFromRangeStart");

	add_id(l, &l->revisions, n);
	add_id(l, &l->ranges, n);
	lint_add(l, from ? &l->moves_from : &l->moves_to, NULL,
	    name == NULL ? "" : name);
}

static void
on_move_end(struct lint *l, const struct kt_xnode *n)
{
	add_id(l, &l->range_ends, n);
}

static void
on_text(struct lint *l, const struct kt_xnode *n)
{
	if (has_ancestor(n, "del"))
		lint_breach(l, KT_M_DOCX_DELETED, "w:t");
}

static void
on_deleted_text(struct lint *l, const struct kt_xnode *n)
{
	if (!has_ancestor(n, "del"))
		lint_breach(l, KT_M_DOCX_DELETED, "w:delText");
}

/* ---- tables ---------------------------------------------------------- */

static void
on_cell(struct lint *l, const struct kt_xnode *n)
{
	const struct kt_xnode *last = NULL;

	for (const struct kt_xnode *c = kt_xnode_elem(n); c != NULL;
	     c = kt_xnode_next_elem(c))
		last = c;
	if (last == NULL || !kt_xnode_is(last, "p"))
		lint_breach(l, KT_M_DOCX_CELL, "w:tc");
}

static unsigned long
number_of(const struct kt_xnode *properties, const char *name,
    unsigned long otherwise)
{
	const struct kt_xnode *n =
	    properties == NULL ? NULL : kt_xnode_child(properties, name);

	return n == NULL ? otherwise : strtoul(value(n), NULL, 10);
}

static unsigned long
columns_of_row(const struct kt_xnode *row)
{
	const struct kt_xnode *properties = kt_xnode_child(row, "trPr");
	unsigned long n = number_of(properties, "gridBefore", 0) +
			  number_of(properties, "gridAfter", 0);

	for (const struct kt_xnode *c = kt_xnode_elem(row); c != NULL;
	     c = kt_xnode_next_elem(c))
		if (kt_xnode_is(c, "tc"))
			n +=
			    number_of(kt_xnode_child(c, "tcPr"), "gridSpan", 1);
	return n;
}

static void
on_table(struct lint *l, const struct kt_xnode *n)
{
	const struct kt_xnode *grid = kt_xnode_child(n, "tblGrid");
	unsigned long columns = 0, row = 0;

	check_order(l, n, order_rows);
	if (grid != NULL)
		for (const struct kt_xnode *c = kt_xnode_elem(grid); c != NULL;
		     c = kt_xnode_next_elem(c))
			columns += kt_xnode_is(c, "gridCol");
	for (const struct kt_xnode *c = kt_xnode_elem(n); c != NULL;
	     c = kt_xnode_next_elem(c)) {
		if (!kt_xnode_is(c, "tr"))
			continue;
		row++;
		if (columns_of_row(c) != columns)
			lint_breach(l, KT_M_DOCX_GRID,
			    kt_arena_printf(l->arena, "%lu", row));
	}
	if (row == 0)
		lint_breach(l, KT_M_DOCX_GRID, "0");
}

/* ---- the walk -------------------------------------------------------- */

static const struct {
	const char *name;
	void (*check)(struct lint *l, const struct kt_xnode *n);
} rules[] = {
	{ "blip", on_blip },
	{ "body", on_body },
	{ "bookmarkEnd", on_bookmark_end },
	{ "bookmarkStart", on_bookmark },
	{ "cellDel", on_revision },
	{ "cellIns", on_revision },
	{ "comment", on_revision },
	{ "del", on_revision },
	{ "delText", on_deleted_text },
	{ "docPr", on_drawing },
	{ "fldChar", on_field },
	{ "footerReference", on_reference },
	{ "headerReference", on_reference },
	{ "hyperlink", on_hyperlink },
	{ "ins", on_revision },
	{ "instrText", on_instruction },
	{ "moveFrom", on_revision },
	{ "moveFromRangeEnd", on_move_end },
	{ "moveFromRangeStart", on_move_start },
	{ "moveTo", on_revision },
	{ "moveToRangeEnd", on_move_end },
	{ "moveToRangeStart", on_move_start },
	{ "num", on_number },
	{ "numId", on_numid },
	{ "p", on_paragraph },
	{ "pPr", on_ppr },
	{ "pPrChange", on_revision },
	{ "pStyle", on_pstyle },
	{ "r", on_run },
	{ "rFonts", on_fonts },
	{ "rPr", on_rpr },
	{ "rPrChange", on_revision },
	{ "rStyle", on_rstyle },
	{ "sectPr", on_section },
	{ "settings", on_settings },
	{ "style", on_style },
	{ "t", on_text },
	{ "tbl", on_table },
	{ "tblPr", on_tblpr },
	{ "tblStyle", on_tblstyle },
	{ "tc", on_cell },
	{ "tcPr", on_tcpr },
};

static int
by_name(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

static const struct kt_xnode *
next_element(const struct kt_xnode *n, const struct kt_xnode *root)
{
	const struct kt_xnode *next = kt_xnode_elem(n);

	while (next == NULL && n != root) {
		next = kt_xnode_next_elem(n);
		n = kt_xnode_parent(n);
	}
	return next;
}

void
lint_part(struct lint *l, const struct kt_xnode *root)
{
	bool section = false;

	l->fields = 0;
	for (const struct kt_xnode *n = root; n != NULL;
	     n = next_element(n, root)) {
		const char *name = kt_xnode_name(n);
		size_t at;
		const void *rule = bsearch(
		    name, rules, KT_COUNT(rules), sizeof(rules[0]), by_name);

		section |= strcmp(name, "sectPr") == 0;
		if (rule == NULL)
			continue;
		at = (size_t)((const char *)rule - (const char *)rules) /
		     sizeof(rules[0]);
		rules[at].check(l, n);
	}
	if (l->fields != 0)
		lint_breach(l, KT_M_DOCX_FIELD, "begin");
	if (l->sections && !section)
		lint_breach(l, KT_M_DOCX_NO_SECTION, "w:body");
}
