/* SPDX-License-Identifier: MIT */
#ifndef KT_REPORT_INT_H
#define KT_REPORT_INT_H

/*
 * A list for people as tables of cells, the same for Word and Excel: the
 * correspondence, the proposals, the effects.  What stands in it is decided
 * by report_<what>.c, how it looks by report_docx.c and report_xlsx.c.
 */

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/write.h>

struct report_column {
	const char *head;
	unsigned share; /* of the width of a page, in thousandths */
	bool fill; /* empty, for people to fill in */
	const char *const *answers; /* to choose from, ends in NULL; or NULL */
};

/* Stretches of words; KT_RUN_CHANGED and KT_RUN_STRONG count.  A newline
 * begins a line. */
struct report_cell {
	struct kt_run *runs;
	size_t nruns;
};

struct report_row {
	struct report_cell *cells; /* as many as columns */
};

struct report_sheet {
	const char *name; /* of the sheet, and above the table */
	const struct report_column *columns;
	size_t ncolumns;
	struct report_row *rows;
	size_t nrows, cap;
};

struct report {
	struct kt_arena *arena;
	const char *title, *summary;
	const char *none; /* in a sheet without a row */
	struct report_sheet *sheets;
	size_t nsheets;
};

struct report *report_new(const char *title, size_t sheets);
void report_free(struct report *r);
/* A row of empty cells. */
struct report_row *report_row(struct report *r, struct report_sheet *s);
/* Words at the end of a cell; copied. */
void report_put(struct report *r, struct report_cell *cell, const char *p,
    size_t n, unsigned marks);
void report_puts(struct report *r, struct report_cell *cell, const char *words);
/* One side of spans: what is the same, and the words with `op` marked. */
void report_side(struct report *r, struct report_cell *cell,
    const struct kt_span *spans, size_t n, char op);

/* Addresses of clauses, a line each. */
void report_places(
    struct report *r, struct report_cell *cell, const char *places);
/* The words of a clause whose number stands in a column of its own. */
void report_words(
    struct report *r, struct report_cell *cell, const struct kt_node *node);

/* A4 landscape, read back and linted. */
int report_docx(struct kt_buf *out, const struct report *r, struct kt_diag *d);
int report_xlsx(struct kt_buf *out, const struct report *r, struct kt_diag *d);

/* ---- xlsx.c ---- */

/* What Excel has in every Japanese edition since 2016; a Latin font would
 * leave the choice for Japanese to the machine. */
#define XLSX_FONT "游ゴシック"

/* A workbook that `write` makes at a path, as bytes: libxlsxwriter writes to
 * files only. */
int xlsx_make(struct kt_buf *out,
    bool (*write)(const char *path, const void *what), const void *what,
    struct kt_diag *d);
/* What Excel and XML take: no control characters, a tab as a bar. */
char *xlsx_clean(struct kt_arena *a, const char *p, size_t n);
/* The height that a row needs for words in a column so many characters wide,
 * if that is more than *height.  Rows are given theirs: LibreOffice fits none
 * to its words when it opens the file, and cuts them off. */
void xlsx_fit(double *height, const char *words, double width);

#endif
