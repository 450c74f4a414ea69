/* SPDX-License-Identifier: MIT */
/* 新旧対照表 as a Word file: a row a clause, the names of the columns on every
 * page, and around it what the house prints above and below. */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* Left and right margin of a cell, as in the style of tables. */
#define CELL_MARGIN 99
/* Characters of a row that stays on one page. */
#define ROW_TOGETHER 400

struct paper {
	struct docx x;
	const struct kt_table *table;
	const struct kt_table_how *how;
	struct kt_buf above, below; /* made for the marks of the table */
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

/* Is there a line above the row, where the house rules between 条 or rows? */
static bool
is_ruled(const struct paper *p, const struct kt_table_row *row)
{
	return p->table->profile->rules == KT_RULES_ROW ||
	       (p->table->profile->rules == KT_RULES_ARTICLE && row->begins);
}

/* The line stands below the row before as well: it closes the frame where a
 * page ends between them. */
static void
put_rules(struct paper *p, const struct kt_table_row *row)
{
	static const char line[] = "w:val=\"single\" w:sz=\"4\" w:space=\"0\" "
				   "w:color=\"auto\"/>";
	const struct kt_table_row *end = p->table->rows + p->table->nrows;
	const struct kt_table_row *next = row + 1;
	struct kt_buf b = KT_BUF_INIT;

	while (next < end && next->hidden)
		next++;
	if (is_ruled(p, row))
		kt_buf_printf(&b, "<w:top %s", line);
	if (next < end && is_ruled(p, next))
		kt_buf_printf(&b, "<w:bottom %s", line);
	if (b.len > 0) {
		kt_xmlw_raw(p->x.w, "<w:tcBorders>");
		kt_xmlw_raw(p->x.w, b.p);
		kt_xmlw_raw(p->x.w, "</w:tcBorders>");
	}
	kt_buf_release(&b);
}

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
want_line(struct paper *p, const struct kt_text_line *line)
{
	size_t begin = p->want.len;

	/* Words stand below a picture. */
	if (line->picture != NULL && docx_has_words(line))
		kt_buf_putc(&p->want, '\n');
	for (size_t i = 0; i < line->nruns; i++)
		kt_buf_put(&p->want, line->runs[i].text, line->runs[i].len);
	if (p->want.len > begin)
		kt_buf_putc(&p->want, '\n');
}

static void
put_grid(struct paper *p, const struct kt_grid *grid, unsigned column)
{
	p->x.inside = true;
	docx_grid(&p->x, grid, p->width[column] - 2 * CELL_MARGIN, NULL);
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
	put_rules(p, row);
	docx_cell_direction(&p->x);
	kt_xmlw_close(p->x.w);
	extra.keep_next = row->with_next;
	p->x.room = p->width[column] - 2 * CELL_MARGIN;
	p->x.pictures = column == p->table->new_column ? p->how->new_pictures
						       : p->how->old_pictures;
	for (size_t i = 0; i < cell->nlines; i++) {
		extra.gap = i == 0 && row->begins && p->table->profile->gap;
		docx_paragraph(&p->x, &cell->lines[i], &extra);
		want_line(p, &cell->lines[i]);
	}
	if (cell->grid != NULL)
		put_grid(p, cell->grid, column);
	else if (cell->nlines == 0)
		docx_words(&p->x, "Chuki", "");
	kt_xmlw_close(p->x.w);
}

/*
 * Is it to stay on one page?  Not where that would leave much of the page
 * before it empty.  Nor with a table inside, whose own rows stay whole:
 * LibreOffice tries such a row anew on every page of a long table, minutes for
 * 280 pages.
 */
static bool
is_together(const struct kt_table_row *row)
{
	size_t n = 0;

	for (unsigned c = 0; c < KT_TABLE_COLUMNS; c++) {
		const struct kt_table_cell *cell = &row->cell[c];

		if (cell->grid != NULL)
			return false;
		for (size_t i = 0; i < cell->nlines; i++)
			for (size_t k = 0; k < cell->lines[i].nruns; k++)
				n += cell->lines[i].runs[k].len / 3;
	}
	return n <= ROW_TOGETHER;
}

static void
put_row(struct paper *p, const struct kt_table_row *row)
{
	kt_xmlw_raw(p->x.w, "<w:tr>");
	if (is_together(row))
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
		docx_cell_direction(&p->x);
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
	    profile->head_old, profile->note_above);
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
		if (!p->table->rows[i].hidden)
			put_row(p, &p->table->rows[i]);
	kt_xmlw_raw(w, "</w:tbl>");
	docx_words(&p->x, "Hyomatsu", "");
}

/* ---- around the table ------------------------------------------------ */

/* Lines of the instrument, each a paragraph; blanks before one indent it. */
static void
put_lines(struct paper *p, const char *words)
{
	while (words != NULL && *words != '\0') {
		size_t n = strcspn(words, "\n");
		char *line = kt_strndup(words, n);

		put_fixed(p, "Chuki", line);
		free(line);
		words += n + (words[n] == '\n');
	}
}

static void
put_optional(struct paper *p, const char *style, const char *words)
{
	if (words[0] != '\0')
		put_fixed(p, style, words);
}

/* What a profile says, or what was made for the marks of this table. */
static const char *
said(const char *words, const struct kt_buf *made)
{
	if (strcmp(words, "auto") != 0)
		return words;
	return made->len > 0 ? made->p : "";
}

/* The sentence above the table; %s in that of a house is how this table shows
 * its changes. */
static void
put_preamble(struct paper *p)
{
	static const char *const names[][3] = {
		[KT_MARKS_SINGLE] = { "下線", "下線", "下線" },
		[KT_MARKS_TARGETS] = { "傍線", "破線", "傍線及び破線" },
		[KT_MARKS_BOLD] = { "下線", "太枠", "下線及び太枠" },
	};
	const struct kt_table *t = p->table;
	const char *words = said(t->profile->preamble, &p->above);
	const char *place = strstr(words, "%s");
	struct kt_buf line = KT_BUF_INIT;

	if (place == NULL) {
		put_optional(p, "Kaisei", words);
		return;
	}
	kt_buf_put(&line, words, (size_t)(place - words));
	kt_buf_puts(&line, names[t->profile->marks][!t->marks.boxes   ? 0
						    : !t->marks.words ? 1
								      : 2]);
	kt_buf_puts(&line, place + 2);
	put_fixed(p, "Kaisei", line.p);
	kt_buf_release(&line);
}

static void
put_above(struct paper *p)
{
	const struct kt_profile *profile = p->table->profile;

	if (p->how->before != NULL)
		put_lines(p, p->how->before);
	else
		put_fixed(p, "Hyodai", p->table->title);
	put_preamble(p);
	put_optional(p, "Ranchu", profile->note_above);
}

static void
put_below(struct paper *p)
{
	put_optional(p, "Biko", said(p->table->profile->note_below, &p->below));
	put_lines(p, p->how->after);
}

static const struct docx_page *
page_of(const struct kt_profile *profile)
{
	return profile->vertical ? &docx_page_tate : &docx_page_table;
}

static int
write_table(struct kt_buf *out, const struct kt_table *table,
    const struct kt_changes *list, const struct kt_table_how *how,
    struct kt_diag *d)
{
	struct docx_outline outline;
	struct paper p = { .table = table, .how = how };
	struct docx_about about = { .title = table->title,
		.header = table->title,
		.created = list->new->meta.promulgated };
	int rc;

	for (int i = 0; i < KT_LINE_STYLES; i++)
		outline.level[i] = -1;
	if (how->sentence != NULL)
		how->sentence(&p.above, &p.below, &table->marks);
	docx_begin(&p.x, page_of(table->profile));
	p.x.box = table->profile->marks == KT_MARKS_BOLD
		      ? "w:val=\"single\" w:sz=\"18\""
		      : "w:val=\"dashed\" w:sz=\"6\"";
	/* A line of the document's own must not pass for one of a change. */
	p.x.underline = "dotted";
	share_width(&p);
	put_above(&p);
	put_table(&p);
	put_below(&p);
	rc = docx_finish(&p.x, out, &about, &outline, &p.want, d);
	kt_buf_release(&p.want);
	kt_buf_release(&p.above);
	kt_buf_release(&p.below);
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
		rc = write_table(out, table, list, how, d);
	kt_table_free(table);
	return rc;
}
