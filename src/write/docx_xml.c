/* SPDX-License-Identifier: MIT */
/* Lines and grids as WordprocessingML; children in the order of the schema. */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

#define CELL_MARGIN 99 /* of a cell at the left and right, in twips */

const struct docx_page docx_page_text = {
	.name = "a4-10.5-40x36",
	.width = 11906,
	.height = 16838,
	.top = 1985,
	.right = 1701,
	.bottom = 1701,
	.left = 1701,
	.header = 851,
	.footer = 992,
	.half_points = 21,
	.grid = "lines",
	.pitch = 365,
};

const struct docx_page docx_page_table = {
	.name = "a4-landscape-10.5",
	.width = 16838,
	.height = 11906,
	.landscape = true,
	.top = 1418,
	.right = 1134,
	.bottom = 1134,
	.left = 1418,
	.header = 680,
	.footer = 567,
	.half_points = 21,
	.grid = "lines",
	.pitch = 335,
};

const struct docx_page docx_page_list = {
	.name = "a4-landscape-9",
	.width = 16838,
	.height = 11906,
	.landscape = true,
	.top = 1134,
	.right = 851,
	.bottom = 851,
	.left = 851,
	.header = 567,
	.footer = 397,
	.half_points = 18,
	.grid = "lines",
	.pitch = 265,
};

const struct docx_page docx_page_tate = {
	.name = "a4-tate-10.5",
	.width = 11906,
	.height = 16838,
	.vertical = true,
	.top = 1418,
	.right = 1134,
	.bottom = 1134,
	.left = 1134,
	.header = 680,
	.footer = 567,
	.half_points = 21,
	.grid = "lines",
	.pitch = 335,
};

/* Lines of more characters may be parted by a page. */
#define ROW_TOGETHER_MAX 400

unsigned
docx_page_room(const struct docx_page *page)
{
	return page->vertical ? page->height - page->top - page->bottom
			      : page->width - page->left - page->right;
}

void
docx_value(struct kt_xmlw *w, const char *name, const char *value)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attr(w, "w:val", value);
	kt_xmlw_close(w);
}

void
docx_number(struct kt_xmlw *w, const char *name, long value)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attrf(w, "w:val", "%ld", value);
	kt_xmlw_close(w);
}

/* ---- paragraphs ------------------------------------------------------ */

/* Word counts leftChars up to where the first line hangs, but left up to the
 * lines below it. */
void
docx_indent(
    struct kt_xmlw *w, unsigned left, int first, const struct docx_page *page)
{
	unsigned unit = page->half_points * 10;
	unsigned hang = first < 0 ? (unsigned)-first : 0;

	kt_xmlw_open(w, "w:ind");
	kt_xmlw_attrf(
	    w, "w:leftChars", "%u", 100 * (left > hang ? left - hang : 0));
	kt_xmlw_attrf(w, "w:left", "%u", unit * left);
	if (hang > 0) {
		kt_xmlw_attrf(w, "w:hangingChars", "%u", 100 * hang);
		kt_xmlw_attrf(w, "w:hanging", "%u", unit * hang);
	} else {
		kt_xmlw_attrf(w, "w:firstLineChars", "%d", 100 * first);
		kt_xmlw_attrf(w, "w:firstLine", "%d", (int)unit * first);
	}
	kt_xmlw_close(w);
}

static const char *
leveled(const char *const *ids, size_t n, unsigned level)
{
	return ids[level == 0 ? 0 : level > n ? n - 1 : level - 1];
}

const char *
docx_style_of(const struct kt_text_line *line)
{
	static const char *const items[] = { "Go", "Saibun1", "Saibun2",
		"Saibun3" };
	static const char *const headed[] = { "Koban1", "Koban2", "Koban3",
		"Koban4" };
	static const char *const topics[] = { "Daimoku1", "Daimoku2",
		"Daimoku3", "Daimoku4" };
	static const char *const plain[KT_LINE_STYLES] = {
		[KT_LINE_TITLE] = "Daimei",
		[KT_LINE_PART] = "Hen",
		[KT_LINE_CHAPTER] = "Sho",
		[KT_LINE_SECTION] = "Setsu",
		[KT_LINE_SUBSECTION] = "Kan",
		[KT_LINE_DIVISION] = "Moku",
		[KT_LINE_CAPTION] = "Midashi",
		[KT_LINE_ARTICLE] = "Jo",
		[KT_LINE_PARAGRAPH] = "Ko",
		[KT_LINE_SUPPL] = "Fusoku",
		[KT_LINE_APPENDIX] = "Beppyo",
		[KT_LINE_TEXT] = "Honbun",
		[KT_LINE_BULLET] = "Kajo",
		[KT_LINE_FIGURE] = "Zu",
		[KT_LINE_NOTE] = "Chu",
		[KT_LINE_TOC] = "Mokuji",
		[KT_LINE_ROW] = "Hyo",
	};

	if (line->says == KT_SAYS_REMARK)
		return "Chuki";
	if (line->commentary)
		return line->says == KT_SAYS_WORDS ? "Kaisetsu" : "Honbun";
	if (line->style == KT_LINE_ITEM)
		return leveled(items, KT_COUNT(items), line->level);
	if (line->style == KT_LINE_HEADED)
		return leveled(headed, KT_COUNT(headed), line->level);
	if (line->style == KT_LINE_TOPIC)
		return leveled(topics, KT_COUNT(topics), line->level);
	return plain[line->style];
}

static const char *
align_name(char align)
{
	return align == 'c' ? "center" : align == 'r' ? "right" : "left";
}

void
docx_properties(
    struct docx *x, const struct kt_text_line *line, const struct docx_extra *e)
{
	const char *style = e->style != NULL ? e->style : docx_style_of(line);
	struct kt_xmlw *w = x->w;
	unsigned left;
	int first;

	docx_style_indent(style, &left, &first);
	docx_value(w, "w:pStyle", style);
	if (e->keep_next) {
		kt_xmlw_open(w, "w:keepNext");
		kt_xmlw_close(w);
	}
	if (e->page_break) {
		kt_xmlw_open(w, "w:pageBreakBefore");
		kt_xmlw_close(w);
	}
	if (e->gap)
		kt_xmlw_raw(w, "<w:spacing w:beforeLines=\"50\" "
			       "w:before=\"168\"/>");
	if (left != line->left || first != line->first)
		docx_indent(w, line->left, line->first, x->page);
	if (e->align != 0)
		docx_value(w, "w:jc", align_name(e->align));
	if (e->outline >= 0)
		docx_number(w, "w:outlineLvl", e->outline);
}

/* ---- paragraphs of words ------------------------------------------------ */

static void
put_bookmark(struct docx *x, unsigned id, const char *name)
{
	kt_xmlw_open(x->w, "w:bookmarkStart");
	kt_xmlw_attrf(x->w, "w:id", "%u", id);
	kt_xmlw_attr(x->w, "w:name", name);
	kt_xmlw_close(x->w);
}

bool
docx_has_words(const struct kt_text_line *line)
{
	for (size_t i = 0; i < line->nruns; i++)
		if (line->runs[i].len > 0)
			return true;
	return false;
}

void
docx_figure(struct docx *x, const struct kt_text_line *line)
{
	struct kt_buf words = KT_BUF_INIT;

	for (size_t i = 0; i < line->nruns; i++)
		kt_buf_put(&words, line->runs[i].text, line->runs[i].len);
	x->left = line->left;
	kt_xmlw_open(x->w, "w:r");
	docx_picture(x, line->picture, words.len > 0 ? words.p : "");
	if (words.len > 0) {
		kt_xmlw_open(x->w, "w:br");
		kt_xmlw_close(x->w);
	}
	kt_xmlw_close(x->w);
	kt_buf_release(&words);
}

void
docx_paragraph(struct docx *x, const struct kt_text_line *line,
    const struct docx_extra *extra)
{
	struct kt_xmlw *w = x->w;
	char name[DOCX_NAME_MAX + 1];
	const char *code = line->code;
	unsigned marks = (unsigned)extra->nmarks;

	kt_xmlw_open(w, "w:p");
	kt_xmlw_open(w, "w:pPr");
	docx_properties(x, line, extra);
	kt_xmlw_close(w);
	for (unsigned i = 0; i < marks; i++)
		put_bookmark(x, x->marks + i, extra->marks[i]);
	while (docx_code_name(x, name, &code, false))
		put_bookmark(x, x->marks + marks++, name);
	x->left = line->left;
	if (line->picture != NULL)
		docx_figure(x, line);
	docx_runs(x, line->runs, line->nruns);
	for (unsigned i = marks; i-- > 0;) {
		kt_xmlw_open(w, "w:bookmarkEnd");
		kt_xmlw_attrf(w, "w:id", "%u", x->marks + i);
		kt_xmlw_close(w);
	}
	x->marks += marks;
	kt_xmlw_close(w);
}

void
docx_words(struct docx *x, const char *style, const char *words)
{
	struct kt_run run = { .text = words,
		.len = (uint32_t)strlen(words),
		.ruby = "",
		.link = "" };
	struct kt_text_line line = { .runs = &run, .nruns = run.len > 0 };
	struct docx_extra extra = DOCX_EXTRA_INIT;
	unsigned left;
	int first;

	docx_style_indent(style, &left, &first);
	line.left = (unsigned char)left;
	line.first = (signed char)first;
	extra.style = style;
	docx_paragraph(x, &line, &extra);
}

/* ---- tables ---------------------------------------------------------- */

static void
put_width(struct kt_xmlw *w, const char *name, unsigned width)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attrf(w, "w:w", "%u", width);
	kt_xmlw_attr(w, "w:type", "dxa");
	kt_xmlw_close(w);
}

/* Width of columns [from, from + n) when all have `width`. */
static unsigned
width_of(const struct kt_grid *grid, unsigned from, unsigned n, unsigned width)
{
	unsigned long share = 0;

	for (unsigned i = from; i < from + n; i++)
		share += grid->share[i];
	return (unsigned)(share * width / 1000);
}

unsigned
docx_cell_room(const struct kt_grid *grid, const struct kt_grid_cell *cell,
    unsigned column, unsigned width)
{
	unsigned own = width_of(grid, column, cell->columns, width);

	return own > 2 * CELL_MARGIN ? own - 2 * CELL_MARGIN : own;
}

static void
put_cell_lines(struct docx *x, const struct kt_grid_cell *cell)
{
	struct docx_extra extra = DOCX_EXTRA_INIT;

	extra.align = cell->align;
	for (size_t i = 0; i < cell->nlines; i++) {
		extra.style =
		    cell->lines[i].style == KT_LINE_TEXT ? "Hyo" : NULL;
		docx_paragraph(x, &cell->lines[i], &extra);
	}
	if (cell->nlines == 0) {
		struct kt_text_line none = { .style = KT_LINE_TEXT };

		extra.style = cell->filler ? "Kuran" : "Hyo";
		docx_paragraph(x, &none, &extra);
	}
}

/* Sides of a boxed cell, in the order of the schema. */
enum { BOX_TOP = 1, BOX_LEFT = 2, BOX_BOTTOM = 4, BOX_RIGHT = 8 };

static void
put_box(struct docx *x)
{
	static const char *const names[] = { "top", "left", "bottom", "right" };
	struct kt_buf side = KT_BUF_INIT;

	if ((x->sides | x->open) == 0)
		return;
	kt_xmlw_open(x->w, "w:tcBorders");
	for (unsigned i = 0; i < KT_COUNT(names); i++) {
		kt_buf_clear(&side);
		if ((x->sides & (1u << i)) != 0)
			kt_buf_printf(&side,
			    "<w:%s %s w:space=\"0\" w:color=\"auto\"/>",
			    names[i], x->box);
		else if ((x->open & (1u << i)) != 0)
			kt_buf_printf(&side, "<w:%s w:val=\"nil\"/>", names[i]);
		if (side.len > 0)
			kt_xmlw_raw(x->w, side.p);
	}
	kt_xmlw_close(x->w);
	kt_buf_release(&side);
}

void
docx_cell_direction(struct docx *x)
{
	if (x->page->vertical)
		docx_value(x->w, "w:textDirection", "tbRlV");
}

/*
 * Are cells that reach down not merged, but without a line between them?
 * LibreOffice never ends its layout of merged ones in a table in a vertical
 * one, where they go over a page on which the head of that one is repeated.
 */
static bool
is_apart(const struct docx *x)
{
	return x->inside && x->page->vertical;
}

void
docx_cell_begin(struct docx *x, const struct kt_grid *grid,
    const struct kt_grid_cell *cell, unsigned column, unsigned width)
{
	struct kt_xmlw *w = x->w;

	kt_xmlw_open(w, "w:tc");
	kt_xmlw_open(w, "w:tcPr");
	put_width(w, "w:tcW", width_of(grid, column, cell->columns, width));
	if (cell->columns > 1)
		docx_number(w, "w:gridSpan", cell->columns);
	if (cell->down == KT_MERGE_BEGIN && !is_apart(x))
		docx_value(w, "w:vMerge", "restart");
	if (cell->down == KT_MERGE_ON && !is_apart(x)) {
		kt_xmlw_open(w, "w:vMerge");
		kt_xmlw_close(w);
	}
	put_box(x);
	docx_cell_direction(x);
	kt_xmlw_close(w);
}

static bool
is_short(const struct kt_grid_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->ncells; i++)
		for (size_t k = 0; k < row->cells[i].nlines; k++)
			for (size_t r = 0; r < row->cells[i].lines[k].nruns;
			     r++)
				n += row->cells[i].lines[k].runs[r].len / 3;
	return n <= ROW_TOGETHER_MAX;
}

void
docx_row_properties(struct docx *x, const struct kt_grid_row *row, bool header)
{
	if (header || is_short(row)) {
		kt_xmlw_open(x->w, "w:cantSplit");
		kt_xmlw_close(x->w);
	}
	if (header) {
		kt_xmlw_open(x->w, "w:tblHeader");
		kt_xmlw_close(x->w);
	}
}

/* Sides of a row's box; rows that follow one another share one. */
static unsigned
box_of(const struct kt_grid *grid, size_t at)
{
	unsigned sides = BOX_LEFT | BOX_RIGHT;

	if (!grid->rows[at].boxed)
		return 0;
	if (at == 0 || !grid->rows[at - 1].boxed)
		sides |= BOX_TOP;
	if (at + 1 == grid->nrows || !grid->rows[at + 1].boxed)
		sides |= BOX_BOTTOM;
	return sides;
}

/* Does a cell that begins in the column reach down into row `at`? */
static bool
reaches(const struct kt_grid *grid, size_t at, unsigned column)
{
	unsigned from = 0;

	if (at >= grid->nrows)
		return false;
	for (size_t i = 0; i < grid->rows[at].ncells; i++) {
		const struct kt_grid_cell *cell = &grid->rows[at].cells[i];

		if (from == column)
			return cell->down == KT_MERGE_ON;
		from += cell->columns;
	}
	return false;
}

/* Sides of the cell of row `at` in that column that have no line, where what
 * reaches down is not merged. */
static unsigned
open_sides(const struct docx *x, const struct kt_grid *grid, size_t at,
    unsigned column)
{
	if (!is_apart(x))
		return 0;
	return (reaches(grid, at, column) ? BOX_TOP : 0) |
	       (reaches(grid, at + 1, column) ? BOX_BOTTOM : 0);
}

static void
put_row(struct docx *x, const struct kt_grid *grid, size_t at, bool header,
    unsigned width)
{
	const struct kt_grid_row *row = &grid->rows[at];
	struct kt_xmlw *w = x->w;
	unsigned column = 0, sides = box_of(grid, at), room = x->room;

	x->boxed = row->boxed;

	kt_xmlw_open(w, "w:tr");
	if (header || is_short(row)) {
		kt_xmlw_open(w, "w:trPr");
		docx_row_properties(x, row, header);
		kt_xmlw_close(w);
	}
	for (size_t i = 0; i < row->ncells; i++) {
		x->sides = sides;
		if (i > 0)
			x->sides &= ~(unsigned)BOX_LEFT;
		if (i + 1 < row->ncells)
			x->sides &= ~(unsigned)BOX_RIGHT;
		x->open = open_sides(x, grid, at, column);
		docx_cell_begin(x, grid, &row->cells[i], column, width);
		x->room = docx_cell_room(grid, &row->cells[i], column, width);
		put_cell_lines(x, &row->cells[i]);
		kt_xmlw_close(w);
		column += row->cells[i].columns;
	}
	kt_xmlw_close(w);
	x->boxed = false;
	x->sides = x->open = 0;
	x->room = room;
}

void
docx_grid_begin(struct docx *x, const struct kt_grid *grid, unsigned width)
{
	struct kt_xmlw *w = x->w;
	bool headed = grid->nrows > 0 && grid->rows[0].header;

	kt_xmlw_open(w, "w:tbl");
	kt_xmlw_open(w, "w:tblPr");
	docx_value(w, "w:tblStyle", "Hyogumi");
	put_width(w, "w:tblW", width);
	if (x->indent > 0)
		put_width(w, "w:tblInd", x->indent);
	kt_xmlw_raw(w, "<w:tblLayout w:type=\"fixed\"/>");
	/* That the first row is a head: LibreOffice keeps it, where it drops
	 * w:tblHeader of a table that stands at a page's end. */
	docx_value(w, "w:tblLook", headed ? "0420" : "0400");
	kt_xmlw_close(w);
	kt_xmlw_open(w, "w:tblGrid");
	for (unsigned i = 0; i < grid->columns; i++) {
		kt_xmlw_open(w, "w:gridCol");
		kt_xmlw_attrf(w, "w:w", "%u", width_of(grid, i, 1, width));
		kt_xmlw_close(w);
	}
	kt_xmlw_close(w);
}

void
docx_behind(struct docx *x, const char *code)
{
	struct kt_text_line line = { .code = code };
	struct docx_extra extra = DOCX_EXTRA_INIT;

	extra.style = "Hyomatsu";
	docx_paragraph(x, &line, &extra);
}

void
docx_grid(struct docx *x, const struct kt_grid *grid, unsigned width,
    const char *code)
{
	/* Word repeats no head of a table in a table; LibreOffice does, on one
	 * side of a comparison and not on the other. */
	bool header = !x->inside;

	if (grid->nrows > 0) {
		docx_grid_begin(x, grid, width);
		for (size_t i = 0; i < grid->nrows; i++) {
			/* Only rows at the top can be repeated. */
			header = header && grid->rows[i].header;
			put_row(x, grid, i, header, width);
		}
		kt_xmlw_close(x->w);
	}
	docx_behind(x, code);
}

/* ---- the section ----------------------------------------------------- */

static void
put_reference(struct kt_xmlw *w, const char *name, const char *id)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attr(w, "w:type", "default");
	kt_xmlw_attr(w, "r:id", id);
	kt_xmlw_close(w);
}

void
docx_section(struct docx *x, const char *header, const char *footer)
{
	const struct docx_page *page = x->page;
	struct kt_xmlw *w = x->w;

	kt_xmlw_open(w, "w:sectPr");
	put_reference(w, "w:headerReference", header);
	put_reference(w, "w:footerReference", footer);
	kt_xmlw_open(w, "w:pgSz");
	kt_xmlw_attrf(w, "w:w", "%u", page->width);
	kt_xmlw_attrf(w, "w:h", "%u", page->height);
	if (page->landscape)
		kt_xmlw_attr(w, "w:orient", "landscape");
	kt_xmlw_close(w);
	kt_xmlw_open(w, "w:pgMar");
	kt_xmlw_attrf(w, "w:top", "%u", page->top);
	kt_xmlw_attrf(w, "w:right", "%u", page->right);
	kt_xmlw_attrf(w, "w:bottom", "%u", page->bottom);
	kt_xmlw_attrf(w, "w:left", "%u", page->left);
	kt_xmlw_attrf(w, "w:header", "%u", page->header);
	kt_xmlw_attrf(w, "w:footer", "%u", page->footer);
	kt_xmlw_attr(w, "w:gutter", "0");
	kt_xmlw_close(w);
	kt_xmlw_open(w, "w:cols");
	kt_xmlw_attr(w, "w:space", "425");
	kt_xmlw_close(w);
	if (page->vertical)
		docx_value(w, "w:textDirection", "tbRl");
	kt_xmlw_open(w, "w:docGrid");
	kt_xmlw_attr(w, "w:type", page->grid);
	kt_xmlw_attrf(w, "w:linePitch", "%u", page->pitch);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
}
