/* SPDX-License-Identifier: MIT */
/* Plain tables as a workbook: registers, indexes, records. */
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

int
kt_write_sheets(struct kt_buf *out, const char *title,
    const struct kt_sheet *sheets, size_t n, struct kt_diag *d)
{
	struct report *r = report_new(title, n);
	int rc;

	for (size_t i = 0; i < n; i++) {
		put_columns(r, &r->sheets[i], &sheets[i]);
		put_rows(r, &r->sheets[i], &sheets[i]);
	}
	rc = report_xlsx(out, r, d);
	report_free(r);
	return rc;
}
