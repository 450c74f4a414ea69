/* SPDX-License-Identifier: MIT */
/* A list for people as a workbook: changed words in colour, columns to fill
 * in, a sheet a table. */
#include "report_int.h"

#include <string.h>

#include <kaitei/text.h>

#include "late_xlsxwriter.h"

/* What a cell can hold, in characters; Excel refuses more. */
#define CELL_MOST 32000
/* Characters that fit across a sheet. */
#define SHEET_WIDTH 190

struct book {
	lxw_workbook *book;
	lxw_format *head, *cell, *plain, *changed, *strong;
	struct kt_arena *arena;
};

static lxw_format *
new_format(struct book *b)
{
	lxw_format *format = workbook_add_format(b->book);

	format_set_font_name(format, XLSX_FONT);
	return format;
}

static void
make_formats(struct book *b)
{
	b->plain = new_format(b);
	b->head = new_format(b);
	format_set_bold(b->head);
	format_set_text_wrap(b->head);
	format_set_border(b->head, LXW_BORDER_THIN);
	format_set_bg_color(b->head, 0xE8EBF0);
	format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
	b->cell = new_format(b);
	format_set_text_wrap(b->cell);
	format_set_border(b->cell, LXW_BORDER_THIN);
	format_set_align(b->cell, LXW_ALIGN_VERTICAL_TOP);
	b->changed = new_format(b);
	format_set_font_color(b->changed, 0x8A1020);
	format_set_underline(b->changed, LXW_UNDERLINE_SINGLE);
	b->strong = new_format(b);
	format_set_bold(b->strong);
}

static void
put_cell(struct book *b, lxw_worksheet *page, lxw_row_t row, lxw_col_t col,
    const struct report_cell *cell)
{
	lxw_rich_string_tuple *parts =
	    KT_NEWN(b->arena, lxw_rich_string_tuple, cell->nruns + 1);
	lxw_rich_string_tuple **list =
	    KT_NEWN(b->arena, lxw_rich_string_tuple *, cell->nruns + 2);
	size_t n = 0, characters = 0;

	for (size_t i = 0; i < cell->nruns; i++) {
		const struct kt_run *run = &cell->runs[i];

		if (run->len == 0)
			continue;
		characters += kt_utf8_count(run->text, run->len);
		parts[n].string = kt_arena_strdup(
		    b->arena, characters > CELL_MOST ? "…" : run->text);
		parts[n].format =
		    (run->marks & KT_RUN_CHANGED) != 0  ? b->changed
		    : (run->marks & KT_RUN_STRONG) != 0 ? b->strong
							: b->plain;
		list[n] = &parts[n];
		n++;
		if (characters > CELL_MOST)
			break;
	}
	if (n > 1)
		worksheet_write_rich_string(page, row, col, list, b->cell);
	else if (n == 1)
		worksheet_write_string(
		    page, row, col, parts[0].string, b->cell);
	else
		worksheet_write_blank(page, row, col, b->cell);
}

static void
offer(struct book *b, lxw_worksheet *page, lxw_col_t col, lxw_row_t last,
    const char *const *answers)
{
	char *offered[8] = { NULL };
	lxw_data_validation choice = { .validate = LXW_VALIDATION_TYPE_LIST,
		.value_list = offered };

	for (int i = 0; i < 7 && answers[i] != NULL; i++)
		offered[i] = kt_arena_strdup(b->arena, answers[i]);
	worksheet_data_validation_range(page, 1, col, last, col, &choice);
}

static double
column_width(const struct report_column *column)
{
	return (double)column->share * SHEET_WIDTH / 1000;
}

/* Some programs do not measure the words when they open the file, and would
 * show one line of each. */
static void
set_height(lxw_worksheet *page, const struct report_sheet *s, size_t row)
{
	struct kt_buf words = KT_BUF_INIT;
	double height = 0;

	for (size_t k = 0; k < s->ncolumns; k++) {
		const struct report_cell *cell =
		    row == 0 ? NULL : &s->rows[row - 1].cells[k];

		kt_buf_clear(&words);
		if (cell == NULL)
			kt_buf_puts(&words, s->columns[k].head);
		for (size_t i = 0; cell != NULL && i < cell->nruns; i++)
			kt_buf_puts(&words, cell->runs[i].text);
		xlsx_fit(&height, words.len > 0 ? words.p : "",
		    column_width(&s->columns[k]));
	}
	worksheet_set_row(page, (lxw_row_t)row, height, NULL);
	kt_buf_release(&words);
}

static void
put_sheet(struct book *b, const struct report_sheet *s, const char *none)
{
	lxw_worksheet *page = workbook_add_worksheet(b->book, s->name);
	lxw_row_t last = s->nrows == 0 ? 1 : (lxw_row_t)s->nrows;

	for (size_t k = 0; k < s->ncolumns; k++) {
		lxw_col_t col = (lxw_col_t)k;

		worksheet_set_column(
		    page, col, col, column_width(&s->columns[k]), NULL);
		worksheet_write_string(
		    page, 0, col, s->columns[k].head, b->head);
		if (s->columns[k].answers != NULL)
			offer(b, page, col, last, s->columns[k].answers);
	}
	if (s->nrows == 0)
		worksheet_write_string(page, 1, 0, none, b->plain);
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t k = 0; k < s->ncolumns; k++)
			put_cell(b, page, (lxw_row_t)(i + 1), (lxw_col_t)k,
			    &s->rows[i].cells[k]);
	for (size_t i = 0; i <= s->nrows; i++)
		set_height(page, s, i);
	worksheet_freeze_panes(page, 1, 0);
	worksheet_autofilter(page, 0, 0, last, (lxw_col_t)(s->ncolumns - 1));
	worksheet_repeat_rows(page, 0, 0);
	worksheet_set_landscape(page);
	worksheet_set_paper(page, 9); /* A4 */
	worksheet_fit_to_pages(page, 1, 0);
	worksheet_set_footer(page, "&C&P / &N");
}

static bool
write_book(const char *path, const void *what)
{
	const struct report *r = what;
	struct book b = { .book = workbook_new(path) };
	lxw_doc_properties about = { 0 };
	bool fine;

	if (b.book == NULL)
		return false;
	b.arena = kt_arena_new();
	/* A fixed date: the same list gives the same bytes. */
	about.created = 315532800; /* 1980-01-01 */
	about.author = kt_arena_strdup(b.arena, "kaitei");
	about.title =
	    kt_arena_strndup(b.arena, r->title, strnlen(r->title, 200));
	workbook_set_properties(b.book, &about);
	make_formats(&b);
	for (size_t i = 0; i < r->nsheets; i++)
		put_sheet(&b, &r->sheets[i], r->none);
	fine = workbook_close(b.book) == LXW_NO_ERROR;
	kt_arena_free(b.arena);
	return fine;
}

int
report_xlsx(struct kt_buf *out, const struct report *r, struct kt_diag *d)
{
	return xlsx_make(out, write_book, r, d);
}
