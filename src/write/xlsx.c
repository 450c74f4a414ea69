/* SPDX-License-Identifier: MIT */
/*
 * A comparison as a workbook: one row a change, the changed words in colour
 * and underlined or struck, columns to fill in.  libxlsxwriter writes to a
 * file only, so it gets one in a directory of our own.
 */
#include "report_int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <kaitei/text.h>
#include <kaitei/write.h>

#include "view_int.h"

#include "late_xlsxwriter.h"

/* What a cell can hold, in characters; Excel refuses more. */
#define CELL_MOST 32000

/* A line of the font, in points, and the highest row there is. */
#define XLSX_LINE 18.75
#define XLSX_HIGHEST 409

enum column {
	COL_NUMBER,
	COL_OLD_PLACE,
	COL_NEW_PLACE,
	COL_KIND,
	COL_CLASS,
	COL_OLD,
	COL_NEW,
	COL_WHAT,
	COL_REASON,
	COL_ANSWER,
	COL_REMARK,
	COLS
};

static const struct {
	const char *head[2];
	double width;
} columns[COLS] = {
	[COL_NUMBER] = { { "番号", "No." }, 6 },
	[COL_OLD_PLACE] = { { "旧の条項", "old clause" }, 16 },
	[COL_NEW_PLACE] = { { "新の条項", "new clause" }, 16 },
	[COL_KIND] = { { "種別", "kind" }, 9 },
	[COL_CLASS] = { { "分類", "class" }, 10 },
	[COL_OLD] = { { "旧", "old" }, 44 },
	[COL_NEW] = { { "新", "new" }, 44 },
	[COL_WHAT] = { { "変更の内容", "what changed" }, 22 },
	[COL_REASON] = { { "理由", "reason" }, 24 },
	[COL_ANSWER] = { { "対応", "action" }, 10 },
	[COL_REMARK] = { { "備考", "remarks" }, 18 },
};

struct sheet {
	lxw_workbook *book;
	lxw_worksheet *page;
	lxw_format *head, *cell, *out, *in, *same;
	struct kt_arena *arena;
	const struct kt_changes *list;
	enum kt_lang lang;
	double height; /* of the row at hand */
};

static lxw_format *
new_format(struct sheet *s)
{
	lxw_format *format = workbook_add_format(s->book);

	format_set_font_name(format, XLSX_FONT);
	return format;
}

static void
make_formats(struct sheet *s)
{
	s->same = new_format(s);
	s->head = new_format(s);
	format_set_bold(s->head);
	format_set_text_wrap(s->head);
	format_set_border(s->head, LXW_BORDER_THIN);
	format_set_bg_color(s->head, 0xE8EBF0);
	format_set_align(s->head, LXW_ALIGN_VERTICAL_CENTER);
	s->cell = new_format(s);
	format_set_text_wrap(s->cell);
	format_set_border(s->cell, LXW_BORDER_THIN);
	format_set_align(s->cell, LXW_ALIGN_VERTICAL_TOP);
	s->out = new_format(s);
	format_set_font_color(s->out, 0x8A1020);
	format_set_font_strikeout(s->out);
	s->in = new_format(s);
	format_set_font_color(s->in, 0x0B5226);
	format_set_underline(s->in, LXW_UNDERLINE_SINGLE);
}

char *
xlsx_clean(struct kt_arena *a, const char *p, size_t n)
{
	struct kt_buf b = KT_BUF_INIT;
	char *made;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\t')
			kt_buf_puts(&b, "｜");
		else if ((unsigned char)p[i] >= 0x20 || p[i] == '\n')
			kt_buf_putc(&b, p[i]);
	}
	made = kt_arena_strndup(a, b.p, b.len);
	kt_buf_release(&b);
	return made;
}

void
xlsx_fit(double *height, const char *words, double width)
{
	double room = width * 0.92, lines = 0, needs;

	for (;;) {
		size_t n = strcspn(words, "\n");
		double wide = (double)kt_utf8_width(words, n);

		lines += wide > room ? (double)(size_t)(wide / room) + 1 : 1;
		if (words[n] == '\0')
			break;
		words += n + 1;
	}
	needs = lines * XLSX_LINE;
	if (needs > XLSX_HIGHEST)
		needs = XLSX_HIGHEST;
	if (needs > *height)
		*height = needs;
}

static void
put_string(struct sheet *s, lxw_row_t row, enum column col, const char *text)
{
	xlsx_fit(&s->height, text, columns[col].width);
	worksheet_write_string(s->page, row, (lxw_col_t)col, text, s->cell);
}

/* One side of a change, its own words in colour. */
static void
put_side(struct sheet *s, lxw_row_t row, enum column col,
    const struct kt_change *c, char op)
{
	lxw_rich_string_tuple *parts =
	    KT_NEWN(s->arena, lxw_rich_string_tuple, c->nspans + 1);
	lxw_rich_string_tuple **list =
	    KT_NEWN(s->arena, lxw_rich_string_tuple *, c->nspans + 1);
	size_t n = 0, characters = 0;
	struct kt_buf all = KT_BUF_INIT;

	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *span = &c->spans[i];
		char *text;

		if (span->op != '=' && span->op != op)
			continue;
		text = xlsx_clean(s->arena, span->text, span->len);
		characters += kt_utf8_count(text, strlen(text));
		if (text[0] == '\0')
			continue;
		if (characters > CELL_MOST) {
			text = kt_arena_strdup(s->arena, "…");
			i = c->nspans;
		}
		parts[n].format = span->op == '=' ? s->same
				  : op == '-'     ? s->out
						  : s->in;
		parts[n].string = text;
		kt_buf_puts(&all, text);
		list[n] = &parts[n];
		n++;
	}
	list[n] = NULL;
	xlsx_fit(&s->height, all.len > 0 ? all.p : "", columns[col].width);
	kt_buf_release(&all);
	if (n > 1)
		worksheet_write_rich_string(
		    s->page, row, (lxw_col_t)col, list, s->cell);
	else
		put_string(s, row, col, n == 0 ? "" : parts[0].string);
}

static void
put_place(struct sheet *s, lxw_row_t row, enum column col,
    const struct kt_change *c, bool new_side)
{
	uint32_t n = new_side ? c->nnew : c->nold;
	struct kt_buf b = KT_BUF_INIT;

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_putc(&b, '\n');
		kt_change_path(&b, s->list, c, new_side, i);
	}
	put_string(s, row, col, b.p);
	kt_buf_release(&b);
}

static void
put_change(struct sheet *s, lxw_row_t row, const struct kt_change *c)
{
	struct kt_buf what = KT_BUF_INIT;

	s->height = XLSX_LINE;
	worksheet_write_number(s->page, row, COL_NUMBER, row, s->cell);
	put_place(s, row, COL_OLD_PLACE, c, false);
	put_place(s, row, COL_NEW_PLACE, c, true);
	put_string(s, row, COL_KIND, view_fate(c->fate, s->lang));
	put_string(s, row, COL_CLASS, view_class(c->class, s->lang));
	put_side(s, row, COL_OLD, c, '-');
	put_side(s, row, COL_NEW, c, '+');
	view_change_words(&what, c, s->lang);
	put_string(s, row, COL_WHAT, what.p);
	kt_buf_release(&what);
	for (int col = COL_REASON; col < COLS; col++)
		worksheet_write_blank(s->page, row, (lxw_col_t)col, s->cell);
	worksheet_set_row(s->page, row, s->height, NULL);
}

static void
set_up_page(struct sheet *s)
{
	static const char *const answers[2][4] = {
		{ "要対応", "対応済み", "対応不要", "検討中" },
		{ "to do", "done", "none needed", "open" },
	};
	char *offered[5] = { NULL };
	lxw_row_t last = s->list->count == 0 ? 1 : (lxw_row_t)s->list->count;
	lxw_data_validation choice = { .validate = LXW_VALIDATION_TYPE_LIST,
		.value_list = offered };

	for (int i = 0; i < 4; i++)
		offered[i] = kt_arena_strdup(s->arena, answers[s->lang][i]);
	for (int col = 0; col < COLS; col++) {
		worksheet_set_column(s->page, (lxw_col_t)col, (lxw_col_t)col,
		    columns[col].width, NULL);
		worksheet_write_string(s->page, 0, (lxw_col_t)col,
		    columns[col].head[s->lang], s->head);
	}
	worksheet_freeze_panes(s->page, 1, COL_KIND);
	worksheet_autofilter(s->page, 0, 0, last, COLS - 1);
	worksheet_data_validation_range(
	    s->page, 1, COL_ANSWER, last, COL_ANSWER, &choice);
	worksheet_repeat_rows(s->page, 0, 0);
	worksheet_set_landscape(s->page);
	worksheet_set_paper(s->page, 9); /* A4 */
	worksheet_fit_to_pages(s->page, 1, 0);
	worksheet_set_footer(s->page, "&C&P / &N");
}

struct job {
	const struct kt_changes *list;
	enum kt_lang lang;
};

/* The workbook at a path; false when the library could not write it. */
static bool
write_book(const char *path, const void *what)
{
	const struct job *job = what;
	const struct kt_changes *list = job->list;
	struct sheet s = { .list = list, .lang = job->lang };
	lxw_doc_properties about = { 0 };
	bool fine;

	s.book = workbook_new(path);
	if (s.book == NULL)
		return false;
	s.arena = kt_arena_new();
	/* A fixed date: the same comparison gives the same bytes. */
	about.created = 315532800; /* 1980-01-01 */
	about.author = kt_arena_strdup(s.arena, "kaitei");
	about.title = xlsx_clean(s.arena, list->new->root->caption,
	    strnlen(list->new->root->caption, 200));
	workbook_set_properties(s.book, &about);
	s.page = workbook_add_worksheet(
	    s.book, job->lang == KT_JA ? "新旧比較" : "comparison");
	make_formats(&s);
	set_up_page(&s);
	for (size_t i = 0; i < list->count; i++)
		put_change(&s, (lxw_row_t)(i + 1), &list->at[i]);
	fine = workbook_close(s.book) == LXW_NO_ERROR;
	kt_arena_free(s.arena);
	return fine;
}

int
xlsx_make(struct kt_buf *out, bool (*write)(const char *path, const void *what),
    const void *what, struct kt_diag *d)
{
	const char *tmp = getenv("TMPDIR");
	struct kt_buf dir = KT_BUF_INIT, path = KT_BUF_INIT, got = KT_BUF_INIT;
	int rc;

	kt_buf_printf(&dir, "%s/kaitei-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(dir.p) == NULL) {
		rc = kt_file_error(d, dir.p, errno);
		goto out;
	}
	kt_buf_printf(&path, "%s/x.xlsx", dir.p);
	rc = write(path.p, what)
		 ? kt_file_read(&got, path.p, SIZE_MAX / 4, d)
		 : kt_report(d, .id = KT_M_XLSX_FAILED, .a = dir.p);
	kt_buf_put(out, got.p, got.len);
	unlink(path.p);
	rmdir(dir.p);
out:
	kt_buf_release(&dir);
	kt_buf_release(&path);
	kt_buf_release(&got);
	return rc;
}

int
kt_write_diff_xlsx(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d)
{
	return xlsx_make(out, write_book, &(struct job){ list, lang }, d);
}
