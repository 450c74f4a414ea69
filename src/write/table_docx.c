/* SPDX-License-Identifier: MIT */
/* 新旧対照表 as a Word file: A4 landscape, a row a clause, no lines between
 * rows, the names of the columns on every page. */
#include "docx_int.h"

#include <string.h>

/* Left and right margin of a cell, as in the style of tables. */
#define CELL_MARGIN 99
/* Characters of a row that stays on one page; a row of a table inside counts
 * as so many. */
#define ROW_TOGETHER 400
#define GRID_ROW 30

struct paper {
	struct docx x;
	const struct kt_table *table;
	unsigned width[KT_TABLE_COLUMNS];
	struct kt_buf want;
};

static void
put_fixed(struct paper *p, const char *style, const char *words)
{
	docx_words(&p->x, style, words);
	docx_want(&p->want, words, strlen(words));
}

static void
share_width(struct paper *p)
{
	unsigned room = docx_page_room(p->x.page);
	unsigned remarks = p->table->profile->columns > 2 ? room * 12 / 100 : 0;

	p->width[0] = p->width[1] = (room - remarks) / 2;
	p->width[2] = remarks;
}

/* ---- cells ----------------------------------------------------------- */

static void
begin_cell(struct paper *p, unsigned column)
{
	struct kt_xmlw *w = p->x.w;

	kt_xmlw_open(w, "w:tc");
	kt_xmlw_open(w, "w:tcPr");
	kt_xmlw_open(w, "w:tcW");
	kt_xmlw_attrf(w, "w:w", "%u", p->width[column]);
	kt_xmlw_attr(w, "w:type", "dxa");
	kt_xmlw_close(w);
}

static void
want_line(struct paper *p, const struct kt_line *line)
{
	size_t begin = p->want.len;

	for (size_t i = 0; i < line->nruns; i++)
		kt_buf_put(&p->want, line->runs[i].text, line->runs[i].len);
	if (p->want.len > begin)
		kt_buf_putc(&p->want, '\n');
}

static void
put_grid(struct paper *p, const struct kt_grid *grid, unsigned column)
{
	docx_grid(&p->x, grid, p->width[column] - 2 * CELL_MARGIN);
	for (size_t i = 0; i < grid->nrows; i++)
		for (size_t k = 0; k < grid->rows[i].ncells; k++)
			for (size_t n = 0; n < grid->rows[i].cells[k].nlines;
			     n++)
				want_line(p, &grid->rows[i].cells[k].lines[n]);
}

static void
put_cell(struct paper *p, const struct kt_table_row *row, unsigned column)
{
	const struct kt_table_cell *cell = &row->cell[column];
	struct docx_extra extra = DOCX_EXTRA_INIT;

	begin_cell(p, column);
	kt_xmlw_close(p->x.w);
	extra.keep_next = row->with_next;
	for (size_t i = 0; i < cell->nlines; i++) {
		docx_paragraph(&p->x, &cell->lines[i], &extra);
		want_line(p, &cell->lines[i]);
	}
	if (cell->grid != NULL)
		put_grid(p, cell->grid, column);
	else if (cell->nlines == 0)
		docx_words(&p->x, "Chuki", "");
	kt_xmlw_close(p->x.w);
}

/* Words of both sides, in characters. */
static size_t
length_of(const struct kt_table_row *row)
{
	size_t n = 0;

	for (unsigned c = 0; c < KT_TABLE_COLUMNS; c++) {
		const struct kt_table_cell *cell = &row->cell[c];

		for (size_t i = 0; i < cell->nlines; i++)
			for (size_t k = 0; k < cell->lines[i].nruns; k++)
				n += cell->lines[i].runs[k].len / 3;
		if (cell->grid != NULL)
			n += GRID_ROW * cell->grid->nrows;
	}
	return n;
}

/* A row is not parted by a page unless that would leave much of it empty. */
static void
put_row(struct paper *p, const struct kt_table_row *row)
{
	kt_xmlw_raw(p->x.w, "<w:tr>");
	if (length_of(row) <= ROW_TOGETHER)
		kt_xmlw_raw(p->x.w, "<w:trPr><w:cantSplit/></w:trPr>");
	for (unsigned k = 0; k < p->table->profile->columns; k++)
		put_cell(p, row, k);
	kt_xmlw_raw(p->x.w, "</w:tr>");
}

/* ---- the table ------------------------------------------------------- */

static void
put_names(struct paper *p)
{
	const struct kt_profile *profile = p->table->profile;
	const char *names[KT_TABLE_COLUMNS] = { profile->head_new,
		profile->head_old, profile->head_remarks };
	struct kt_xmlw *w = p->x.w;

	names[p->table->new_column] = profile->head_new;
	names[p->table->old_column] = profile->head_old;
	kt_xmlw_raw(w, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
	for (unsigned i = 0; i < profile->columns; i++) {
		begin_cell(p, i);
		kt_xmlw_raw(w,
		    "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"4\" "
		    "w:space=\"0\" w:color=\"auto\"/></w:tcBorders>");
		kt_xmlw_close(w);
		put_fixed(p, "Ranmei", names[i]);
		kt_xmlw_close(w);
	}
	kt_xmlw_raw(w, "</w:tr>");
}

static void
put_table(struct paper *p)
{
	const struct kt_profile *profile = p->table->profile;
	struct kt_xmlw *w = p->x.w;

	kt_xmlw_raw(w, "<w:tbl><w:tblPr><w:tblStyle w:val=\"Taishohyo\"/>");
	kt_xmlw_open(w, "w:tblW");
	kt_xmlw_attrf(w, "w:w", "%u", docx_page_room(p->x.page));
	kt_xmlw_attr(w, "w:type", "dxa");
	kt_xmlw_close(w);
	kt_xmlw_raw(w, "<w:tblLayout w:type=\"fixed\"/>"
		       "<w:tblLook w:val=\"0420\"/>");
	docx_value(w, "w:tblCaption", p->table->title);
	kt_xmlw_open(w, "w:tblDescription");
	kt_xmlw_attrf(w, "w:val", "%sと%sを並べた表。%s", profile->head_new,
	    profile->head_old, profile->note);
	kt_xmlw_close(w);
	kt_xmlw_raw(w, "</w:tblPr><w:tblGrid>");
	for (unsigned i = 0; i < profile->columns; i++) {
		kt_xmlw_open(w, "w:gridCol");
		kt_xmlw_attrf(w, "w:w", "%u", p->width[i]);
		kt_xmlw_close(w);
	}
	kt_xmlw_raw(w, "</w:tblGrid>");
	put_names(p);
	for (size_t i = 0; i < p->table->nrows; i++)
		put_row(p, &p->table->rows[i]);
	kt_xmlw_raw(w, "</w:tbl>");
	docx_words(&p->x, "Hyomatsu", "");
}

static int
write_table(struct kt_buf *out, const struct kt_table *table,
    const struct kt_changes *list, struct kt_diag *d)
{
	struct docx_outline outline;
	struct paper p = { .table = table, .want = KT_BUF_INIT };
	struct docx_about about = { .title = table->title,
		.header = table->title,
		.created = list->new->meta.promulgated };
	int rc;

	for (int i = 0; i < KT_LINE_STYLES; i++)
		outline.level[i] = -1;
	docx_begin(&p.x, &docx_page_table);
	/* A line of the document's own must not pass for one of a change. */
	p.x.underline = "dotted";
	share_width(&p);
	put_fixed(&p, "Hyodai", table->title);
	if (table->profile->note[0] != '\0')
		put_fixed(&p, "Ranchu", table->profile->note);
	put_table(&p);
	rc = docx_finish(&p.x, out, &about, &outline, &p.want, d);
	kt_buf_release(&p.want);
	return rc;
}

int
kt_write_table_docx(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d)
{
	struct kt_table *table = NULL;
	int rc = kt_table_new(&table, list, how, d);

	if (rc == KT_OK)
		rc = kt_table_prove(table, list, how, d);
	if (rc == KT_OK)
		rc = write_table(out, table, list, d);
	kt_table_free(table);
	return rc;
}
