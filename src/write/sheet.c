/* SPDX-License-Identifier: MIT */
/* Plain tables as a workbook or a Word file: registers, indexes, records. */
#include "report_int.h"

#include <string.h>

static void
put_rows(struct report *r, struct report_sheet *to, const struct kt_sheet *s)
{
	for (size_t i = 0; i < s->rows; i++) {
		struct report_row *row = report_row(r, to);

		for (size_t col = 0; col < s->columns; col++)
			report_puts(r, &row->cells[col],
			    s->cells[i * s->columns + col]);
	}
}

static void
put_columns(struct report *r, struct report_sheet *to, const struct kt_sheet *s)
{
	struct report_column *columns =
	    KT_NEWN(r->arena, struct report_column, s->columns);
	double all = 0;

	for (size_t col = 0; col < s->columns; col++)
		all += s->widths[col];
	for (size_t col = 0; col < s->columns; col++)
		columns[col] = (struct report_column){ .head = s->heads[col],
			.share = (unsigned)(s->widths[col] / all * 1000) };
	to->name = s->name;
	to->columns = columns;
	to->ncolumns = s->columns;
}

static struct report *
report_of(const char *title, const struct kt_sheet *sheets, size_t n)
{
	struct report *r = report_new(title, n);

	for (size_t i = 0; i < n; i++) {
		put_columns(r, &r->sheets[i], &sheets[i]);
		put_rows(r, &r->sheets[i], &sheets[i]);
	}
	return r;
}

int
kt_write_sheets(struct kt_buf *out, const char *title,
    const struct kt_sheet *sheets, size_t n, struct kt_diag *d)
{
	struct report *r = report_of(title, sheets, n);
	int rc = report_xlsx(out, r, d);

	report_free(r);
	return rc;
}

int
kt_write_sheets_docx(struct kt_buf *out, const char *title, const char *summary,
    const struct kt_sheet *sheets, size_t n, struct kt_diag *d)
{
	struct report *r = report_of(title, sheets, n);
	int rc;

	r->summary = kt_arena_strdup(r->arena, summary);
	rc = report_docx(out, r, d);
	report_free(r);
	return rc;
}
