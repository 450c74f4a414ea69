/* SPDX-License-Identifier: MIT */
/*
 * An amending instrument (改め文) as a Word file: its lines as paragraphs with
 * the indents of the profession, its tables as tables (amendment.md §11.6,
 * §13).  The blanks before a line say what it is; they become indents.
 */
#include "docx_int.h"

#include <string.h>

/* Most cells of a row that become a table. */
#define CELLS_MAX 60

const struct docx_page docx_page_instrument = {
	.name = "a4-tate-12",
	.width = 11906,
	.height = 16838,
	.vertical = true,
	.top = 1701,
	.right = 1418,
	.bottom = 1418,
	.left = 1418,
	.header = 680,
	.footer = 567,
	.half_points = 24,
	.grid = "lines",
	.pitch = 400,
};

struct instrument {
	struct docx x;
	struct kt_arena *arena;
	struct kt_buf want;
	bool enacted; /* the enacting words were met */
	bool titled;
};

/* ---- words ------------------------------------------------------------------
 */

struct runs {
	struct kt_run *at;
	size_t n, cap;
};

static void
put_run(struct instrument *in, struct runs *runs, const struct kt_buf *text,
    unsigned marks, const char *ruby)
{
	struct kt_run *kept;

	if (text->len == 0)
		return;
	if (runs->n == runs->cap) {
		runs->cap = runs->cap == 0 ? 8 : 2 * runs->cap;
		kept = KT_NEWN(in->arena, struct kt_run, runs->cap);
		if (runs->n > 0)
			memcpy(kept, runs->at, runs->n * sizeof(*kept));
		runs->at = kept;
	}
	runs->at[runs->n++] = (struct kt_run){
		.text = kt_arena_strndup(in->arena, text->p, text->len),
		.len = (uint32_t)text->len,
		.marks = marks,
		.ruby = ruby,
		.link = "",
	};
}

static bool
begins(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - p) >= n && memcmp(p, word, n) == 0;
}

/* <ruby>base<rt>reading</rt></ruby>: the place behind it, NULL for anything
 * else. */
static const char *
read_ruby(struct instrument *in, struct runs *runs, const char *p,
    const char *end, unsigned marks)
{
	const char *base = p + strlen("<ruby>"), *rt, *close;
	struct kt_buf text = KT_BUF_INIT;

	if (!begins(p, end, "<ruby>"))
		return NULL;
	rt = strstr(base, "<rt>");
	close = strstr(base, "</rt></ruby>");
	if (rt == NULL || close == NULL || rt > close || close >= end)
		return NULL;
	kt_buf_put(&text, base, (size_t)(rt - base));
	rt += strlen("<rt>");
	put_run(in, runs, &text, marks,
	    kt_arena_strndup(in->arena, rt, (size_t)(close - rt)));
	kt_buf_put(&in->want, text.p, text.len);
	kt_buf_release(&text);
	return close + strlen("</rt></ruby>");
}

/* The words of a line as runs: <ruby>, <u> and \n are what they say. */
static void
read_runs(struct instrument *in, struct kt_text_line *line, const char *p,
    const char *end)
{
	struct runs runs = { .n = 0 };
	struct kt_buf text = KT_BUF_INIT;
	unsigned marks = 0, other;
	const char *next;

	while (p < end) {
		other = marks;
		next = NULL;
		if (begins(p, end, "<u>") || begins(p, end, "</u>")) {
			other = begins(p, end, "<u>") ? KT_RUN_UNDERLINE : 0;
			next = p + (other != 0 ? 3 : 4);
		}
		if (next == NULL && !begins(p, end, "<ruby>")) {
			bool newline = begins(p, end, "\\n");

			kt_buf_putc(&text, newline ? '\n' : *p);
			kt_buf_putc(&in->want, newline ? '\n' : *p);
			p += newline ? 2 : 1;
			continue;
		}
		put_run(in, &runs, &text, marks, "");
		kt_buf_clear(&text);
		if (next == NULL)
			next = read_ruby(in, &runs, p, end, marks);
		if (next == NULL) {
			kt_buf_putc(&text, *p);
			kt_buf_putc(&in->want, *p);
			next = p + 1;
		}
		p = next;
		marks = other;
	}
	put_run(in, &runs, &text, marks, "");
	kt_buf_release(&text);
	line->runs = runs.at;
	line->nruns = runs.n;
}

/* ---- lines
 * ------------------------------------------------------------------- */

static bool
ends_in(const char *p, size_t n, const char *word)
{
	size_t m = strlen(word);

	return n >= m && memcmp(p + n - m, word, m) == 0;
}

/* What a line is, by its label, its blanks and where it stands. */
static const char *
style_of(struct instrument *in, struct kt_text_line *line, unsigned indent,
    const char *p, size_t n)
{
	static const char *const items[] = { "Go", "Saibun1", "Saibun2",
		"Saibun3" };
	struct kt_label label;
	bool labelled = kt_label_read(&label, p, n) && label.skip > label.len;

	line->left = (unsigned char)indent;
	if (!in->enacted && ends_in(p, n, "を次のように改正する。"))
		in->enacted = true;
	else if (!in->enacted && indent >= 3)
		return "Daimei";
	else if (!in->enacted)
		return indent == 0 ? "Chuki" : "Honbun";
	if (indent >= 3 && kt_label_read(&label, p, n) &&
	    label.kind == KT_SUPPL)
		return "Fusoku";
	if (ends_in(p, n, "）") && begins(p, p + n, "（"))
		return "Midashi";
	if (!labelled || (label.kind == KT_ARTICLE && indent > 0)) {
		line->left = 0;
		line->first = (signed char)indent;
		return "Honbun";
	}
	if (label.kind != KT_ARTICLE && label.kind != KT_ITEM)
		return "Chuki";
	line->left = (unsigned char)(indent + 1);
	line->first = -1;
	if (label.kind == KT_ARTICLE)
		return "Jo";
	return indent == 0 ? "Ko" : items[indent > 4 ? 3 : indent - 1];
}

/* "# 3　管理体制": the heading of a 項番, told by its style instead. */
static bool
read_heading(struct kt_text_line *line, unsigned indent, const char **p,
    const char *end, const char **style)
{
	static const char *const styles[] = { "Koban1", "Koban2", "Koban3",
		"Koban4" };

	if (!begins(*p, end, "# "))
		return false;
	*p += strlen("# ");
	line->left = (unsigned char)(indent + 1);
	line->first = -1;
	*style = styles[indent > 3 ? 3 : indent];
	return true;
}

static void
put_line(struct instrument *in, const char *p, size_t n)
{
	struct kt_text_line line = { .says = KT_SAYS_WORDS };
	struct docx_extra extra = DOCX_EXTRA_INIT;
	const char *end = p + n, *blank = "　";
	unsigned indent = 0;
	size_t begin = in->want.len;

	while (begins(p, end, blank) && indent < 30) {
		p += strlen(blank);
		indent++;
	}
	if (p == end)
		return;
	if (!read_heading(&line, indent, &p, end, &extra.style))
		extra.style = style_of(in, &line, indent, p, (size_t)(end - p));
	read_runs(in, &line, p, end);
	if (in->want.len > begin)
		kt_buf_putc(&in->want, '\n');
	docx_paragraph(&in->x, &line, &extra);
}

/* ---- tables
 * ------------------------------------------------------------------ */

static bool
is_rule(const char *p, size_t n)
{
	return n > 2 && strspn(p, "|-: ") >= n && memchr(p, '-', n) != NULL;
}

/* The cells of a row with bars; words between them without the blanks beside
 * the bars, \| for a bar. */
static size_t
read_cells(
    struct instrument *in, struct kt_grid_cell *cells, const char *p, size_t n)
{
	const char *end = p + n;
	size_t count = 0;

	for (p++; p < end && count < CELLS_MAX; count++) {
		const char *stop = p, *next;
		struct kt_text_line *line =
		    KT_NEW(in->arena, struct kt_text_line);
		struct kt_buf words = KT_BUF_INIT;
		size_t begin = in->want.len;

		while (stop < end && *stop != '|')
			stop += begins(stop, end, "\\|") ? 2 : 1;
		next = stop < end ? stop + 1 : end;
		while (p < stop && *p == ' ')
			p++;
		while (stop > p && stop[-1] == ' ')
			stop--;
		for (; p < stop; p++)
			if (!begins(p, stop, "\\|"))
				kt_buf_putc(&words, *p);
		line->style = KT_LINE_TEXT;
		read_runs(in, line, words.p, words.p + words.len);
		if (in->want.len > begin)
			kt_buf_putc(&in->want, '\n');
		kt_buf_release(&words);
		cells[count] = (struct kt_grid_cell){
			.lines = line, .nlines = 1, .columns = 1
		};
		p = next;
	}
	return count;
}

/* Rows from here on that begin with a bar, as one table; where they end. */
static const char *
put_rows(struct instrument *in, const char *text)
{
	struct kt_grid grid = { .nrows = 0 };
	size_t most = 1;
	const char *p = text;

	for (const char *q = text; *q == '|'; most++)
		q += strcspn(q, "\n") + (q[strcspn(q, "\n")] == '\n');
	grid.rows = KT_NEWN(in->arena, struct kt_grid_row, most);
	while (*p == '|') {
		size_t n = strcspn(p, "\n");
		struct kt_grid_row *row = &grid.rows[grid.nrows];

		if (is_rule(p, n) && grid.nrows > 0) {
			grid.rows[grid.nrows - 1].header = true;
		} else {
			row->cells =
			    KT_NEWN(in->arena, struct kt_grid_cell, CELLS_MAX);
			row->ncells = read_cells(in, row->cells, p, n);
			if (row->ncells > grid.columns)
				grid.columns = (unsigned)row->ncells;
			grid.nrows++;
		}
		p += n + (p[n] == '\n');
	}
	grid.share = KT_NEWN(in->arena, unsigned, grid.columns);
	for (unsigned i = 0; i < grid.columns; i++)
		grid.share[i] = 1000 / grid.columns;
	/* A short row reaches to the edge of the table. */
	for (size_t i = 0; i < grid.nrows; i++)
		if (grid.rows[i].ncells > 0)
			grid.rows[i].cells[grid.rows[i].ncells - 1].columns +=
			    grid.columns - (unsigned)grid.rows[i].ncells;
	docx_grid(&in->x, &grid, docx_page_room(in->x.page), NULL);
	return p;
}

/* ---- the file
 * ---------------------------------------------------------------- */

static void
put_text(struct instrument *in, const char *p)
{
	while (*p != '\0') {
		size_t n = strcspn(p, "\n");

		if (*p == '|') {
			p = put_rows(in, p);
			continue;
		}
		put_line(in, p, n);
		p += n + (p[n] == '\n');
	}
}

int
kt_write_instrument_docx(struct kt_buf *out, const char *text,
    const struct kt_instrument *how, struct kt_diag *d)
{
	struct instrument in = { .want = KT_BUF_INIT };
	struct docx_outline outline;
	struct docx_about about = {
		.title = how->title, .header = "", .created = how->date
	};
	int rc;

	for (int i = 0; i < KT_LINE_STYLES; i++)
		outline.level[i] = -1;
	in.arena = kt_arena_new();
	docx_begin(
	    &in.x, how->vertical ? &docx_page_instrument : &docx_page_text);
	put_text(&in, text);
	rc = docx_finish(&in.x, out, &about, &outline, &in.want, d);
	kt_buf_release(&in.want);
	kt_arena_free(in.arena);
	return rc;
}
