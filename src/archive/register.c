/* SPDX-License-Identifier: MIT */
/*
 * register.tsv: one line a deliverable of a fiscal year, with its deadline.
 * A table of plain text, so that `git log -p` and a spreadsheet read it.
 */
#include "archive_int.h"

#include <stdlib.h>
#include <string.h>

#define MINUTES "議事録"
#define MINUTES_DAYS 5
#define REGISTER_MAX ((size_t)16 << 20)

enum column {
	COL_NAME,
	COL_TYPE,
	COL_TITLE,
	COL_DELIVERED,
	COL_EVENT,
	COL_OCCASION,
	COL_DUE,
	COL_HANDLING,
	COL_BYTES,
	COL_SHA256,
	COL_REASON,
	COL_BY,
	COL_DISPOSED,
	COL_DISPOSAL,
	COLS
};

static const char *const heads[COLS] = { "ファイル名", "種類", "題名", "納品日",
	"開催日", "会議等", "期限", "取扱い", "バイト", "SHA-256",
	"Office以外の理由", "登録者", "廃棄日", "廃棄の方法" };

static const char *const handlings[] = { "", "提供資料", "機密" };

const char *
kt_handling_name(enum kt_handling handling)
{
	return handlings[handling];
}

struct kt_register *
kt_register_new(int fy)
{
	struct kt_register *r = kt_calloc(1, sizeof(*r));

	r->arena = kt_arena_new();
	r->fy = fy;
	return r;
}

void
kt_register_free(struct kt_register *r)
{
	if (r == NULL)
		return;
	kt_arena_free(r->arena);
	free(r->folded);
	free(r->at);
	free(r);
}

void
kt_register_path(struct kt_buf *out, int fy, const char *name)
{
	kt_buf_puts(out, "deliverables/");
	kt_fiscal_year_write(out, fy);
	kt_buf_putc(out, '/');
	kt_buf_puts(out, name == NULL ? "register.tsv" : name);
}

/* ---- rows ------------------------------------------------------------- */

static const char *
keep(struct kt_register *r, const char *text)
{
	return text == NULL || text[0] == '\0'
		   ? ""
		   : kt_arena_strdup(r->arena, text);
}

static bool
is_plain(const char *text)
{
	return text == NULL || strpbrk(text, "\t\r\n") == NULL;
}

static int
check_row(const struct kt_register *r, const struct kt_deliverable *row,
    const char *folded, bool is_new, struct kt_diag *d)
{
	const char *const texts[] = { row->name, row->type, row->title,
		row->occasion, row->reason, row->by, row->disposal };
	int rc = name_check(row->name, is_new, d);

	if (rc != KT_OK)
		return rc;
	if (kt_archive_name_same(row->name, "register.tsv"))
		return kt_report(d, .id = KT_M_REGISTER_TAKEN, .a = row->name,
		    .b = row->name);
	for (size_t i = 0; i < KT_COUNT(texts); i++)
		if (!is_plain(texts[i]))
			return kt_report(
			    d, .id = KT_M_REGISTER_TEXT, .a = texts[i]);
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->folded[i], folded) == 0)
			return kt_report(d, .id = KT_M_REGISTER_TAKEN,
			    .a = row->name, .b = r->at[i].name);
	return KT_OK;
}

static int
add_row(struct kt_register *r, const struct kt_deliverable *row, bool is_new,
    struct kt_diag *d)
{
	struct kt_buf folded = KT_BUF_INIT;
	struct kt_deliverable *to;
	size_t bad;
	int rc;

	if (kt_utf8_check(row->name, strlen(row->name), &bad))
		kt_name_fold(&folded, row->name, strlen(row->name));
	rc = check_row(r, row, folded.p, is_new, d);
	if (rc != KT_OK) {
		kt_buf_release(&folded);
		return rc;
	}
	if (r->n == r->cap) {
		r->at = kt_grow(r->at, &r->cap, sizeof(*r->at));
		r->folded = kt_realloc(r->folded, r->cap * sizeof(*r->folded));
	}
	r->folded[r->n] = kt_arena_strdup(r->arena, folded.p);
	kt_buf_release(&folded);
	to = &r->at[r->n++];
	*to = *row;
	to->name = keep(r, row->name);
	to->type = keep(r, row->type);
	to->title = keep(r, row->title);
	to->occasion = keep(r, row->occasion);
	to->sha256 = keep(r, row->sha256);
	to->reason = keep(r, row->reason);
	to->by = keep(r, row->by);
	to->disposal = keep(r, row->disposal);
	return KT_OK;
}

int
kt_register_add(
    struct kt_register *r, const struct kt_deliverable *row, struct kt_diag *d)
{
	return add_row(r, row, true, d);
}

/* ---- reading ---------------------------------------------------------- */

struct tsv {
	const char *file;
	struct kt_register *r;
	size_t line;
	struct kt_diag *d;
};

static int
bad_cell(const struct tsv *t, enum column col, const char *text)
{
	return kt_report(t->d, .id = KT_M_REGISTER_BAD,
	    .at = { .file = t->file, .line = t->line }, .a = heads[col],
	    .b = text);
}

static int
read_date(
    const struct tsv *t, struct kt_date *out, enum column col, const char *text)
{
	size_t n = strlen(text);

	*out = (struct kt_date){ 0 };
	if (n == 0 || kt_date_read(out, text, n) == n)
		return KT_OK;
	return bad_cell(t, col, text);
}

static int
read_rest(
    const struct tsv *t, struct kt_deliverable *row, char *const cell[COLS])
{
	const struct {
		enum column col;
		struct kt_date *to;
	} dates[] = { { COL_DELIVERED, &row->delivered },
		{ COL_EVENT, &row->event }, { COL_DUE, &row->due },
		{ COL_DISPOSED, &row->disposed } };
	char *end;

	for (size_t i = 0; i < KT_COUNT(dates); i++)
		if (read_date(t, dates[i].to, dates[i].col,
			cell[dates[i].col]) != KT_OK)
			return KT_EINPUT;
	row->bytes = strtoll(cell[COL_BYTES], &end, 10);
	if (*end != '\0' || row->bytes < 0)
		return bad_cell(t, COL_BYTES, cell[COL_BYTES]);
	if (strlen(row->sha256) != KT_SHA256_LEN ||
	    strspn(row->sha256, "0123456789abcdef") != KT_SHA256_LEN)
		return bad_cell(t, COL_SHA256, row->sha256);
	for (size_t i = 0; i < KT_COUNT(handlings); i++)
		if (strcmp(cell[COL_HANDLING], handlings[i]) == 0) {
			row->handling = (enum kt_handling)i;
			return KT_OK;
		}
	return bad_cell(t, COL_HANDLING, cell[COL_HANDLING]);
}

static int
read_row(const struct tsv *t, char *line)
{
	struct kt_deliverable row = { 0 };
	char *cell[COLS];
	bool more = false;
	size_t n = 0;

	for (char *p = line; p != NULL && n < COLS; n++) {
		char *tab = strchr(p, '\t');

		cell[n] = p;
		p = tab == NULL ? NULL : tab + 1;
		more = tab != NULL;
		if (more)
			*tab = '\0';
	}
	if (n != COLS || more)
		return kt_report(t->d, .id = KT_M_REGISTER_COLUMNS,
		    .at = { .file = t->file, .line = t->line });
	row.name = cell[COL_NAME];
	row.type = cell[COL_TYPE];
	row.title = cell[COL_TITLE];
	row.occasion = cell[COL_OCCASION];
	row.sha256 = cell[COL_SHA256];
	row.reason = cell[COL_REASON];
	row.by = cell[COL_BY];
	row.disposal = cell[COL_DISPOSAL];
	if (read_rest(t, &row, cell) != KT_OK)
		return KT_EINPUT;
	return add_row(t->r, &row, false, t->d);
}

int
kt_register_read(struct kt_register **out, int fy, const char *file,
    const char *bytes, size_t n, struct kt_diag *d)
{
	struct tsv t = { .file = file, .d = d };
	char *copy;
	size_t bad;
	int rc = KT_OK;

	if (n > REGISTER_MAX || !kt_utf8_check(bytes, n, &bad))
		return kt_report(d, .id = KT_M_REGISTER_COLUMNS,
		    .at = { .file = file, .line = 1 });
	copy = kt_strndup(bytes, n);
	t.r = kt_register_new(fy);
	for (char *p = copy; rc == KT_OK && *p != '\0';) {
		size_t len = strcspn(p, "\n");
		char *next = p + len + (p[len] == '\n');

		p[len] = '\0';
		if (len > 0 && p[len - 1] == '\r')
			p[len - 1] = '\0';
		/* The first line is the head. */
		if (t.line++ > 0 && p[0] != '\0')
			rc = read_row(&t, p);
		p = next;
	}
	free(copy);
	if (rc == KT_OK)
		*out = t.r;
	else
		kt_register_free(t.r);
	return rc;
}

/* ---- writing ---------------------------------------------------------- */

static void
put_date(struct kt_buf *out, struct kt_date date)
{
	if (date.year != 0)
		kt_date_iso(out, date);
	kt_buf_putc(out, '\t');
}

void
kt_register_write(struct kt_buf *out, const struct kt_register *r)
{
	for (size_t i = 0; i < COLS; i++)
		kt_buf_printf(
		    out, "%s%c", heads[i], i + 1 < COLS ? '\t' : '\n');
	for (size_t i = 0; i < r->n; i++) {
		const struct kt_deliverable *row = &r->at[i];

		kt_buf_printf(
		    out, "%s\t%s\t%s\t", row->name, row->type, row->title);
		put_date(out, row->delivered);
		put_date(out, row->event);
		kt_buf_printf(out, "%s\t", row->occasion);
		put_date(out, row->due);
		kt_buf_printf(out, "%s\t%lld\t%s\t%s\t%s\t",
		    kt_handling_name(row->handling), (long long)row->bytes,
		    row->sha256, row->reason, row->by);
		put_date(out, row->disposed);
		kt_buf_printf(out, "%s\n", row->disposal);
	}
}

/* ---- deadlines --------------------------------------------------------- */

struct kt_date
kt_deliverable_due(
    const struct kt_deliverable *row, int fy, const struct kt_closed *city)
{
	static const struct kt_date none = { 0 };

	if (strcmp(row->type, MINUTES) == 0)
		return row->event.year == 0
			   ? none
			   : kt_date_open(row->event, MINUTES_DAYS, city);
	return kt_date_open_until((struct kt_date){ fy + 1, 3, 31 }, city);
}

bool
kt_deliverable_is_late(const struct kt_deliverable *row)
{
	return row->due.year != 0 && row->delivered.year != 0 &&
	       kt_date_cmp(row->delivered, row->due) > 0;
}
