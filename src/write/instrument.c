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
	bool bullet; /* the line at hand is an entry of a list */
};

/* ---- words -------------------------------------------------------------- */

/* The words of a line while they are read. */
struct words {
	struct instrument *in;
	struct kt_run *at;
	size_t n, cap;
	struct kt_buf text; /* of the run that is open */
	unsigned marks;
	unsigned empty; /* that was closed around nothing: of an image behind */
	const char *address, *image; /* NULL: in none */
};

/* Tags of marks, as lines of an instrument have them. */
static const struct {
	const char *open, *close;
	unsigned mark;
} tags[] = {
	{ "<u>", "</u>", KT_RUN_UNDERLINE },
	{ "<sup>", "</sup>", KT_RUN_SUPER },
	{ "<sub>", "</sub>", KT_RUN_SUB },
	{ "<strong>", "</strong>", KT_RUN_STRONG },
	{ "<em>", "</em>", KT_RUN_EMPHASIS },
	{ "<code>", "</code>", KT_RUN_CODE },
	{ "<math>", "</math>", KT_RUN_FORMULA },
};

/* What was read so far becomes a run; that of an image may be empty. */
static void
end_run(struct words *w, const char *ruby)
{
	struct kt_arena *arena = w->in->arena;
	struct kt_run *kept;

	if (w->text.len == 0 && w->image == NULL)
		return;
	if (w->n == w->cap) {
		w->cap = w->cap == 0 ? 8 : 2 * w->cap;
		kept = KT_NEWN(arena, struct kt_run, w->cap);
		if (w->n > 0)
			memcpy(kept, w->at, w->n * sizeof(*kept));
		w->at = kept;
	}
	w->at[w->n++] = (struct kt_run){
		.text = kt_arena_strndup(arena, w->text.p, w->text.len),
		.len = (uint32_t)w->text.len,
		.marks = w->marks | (w->text.len == 0 ? w->empty : 0),
		.ruby = ruby,
		.link = "",
		.address = w->address,
		.image = w->image,
	};
	w->empty = 0;
	kt_buf_clear(&w->text);
}

static void
put_char(struct words *w, char c)
{
	kt_buf_putc(&w->text, c);
	kt_buf_putc(&w->in->want, c);
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
read_ruby(struct words *w, const char *p, const char *end)
{
	const char *base = p + strlen("<ruby>"), *rt, *close;

	if (!begins(p, end, "<ruby>"))
		return NULL;
	rt = strstr(base, "<rt>");
	close = strstr(base, "</rt></ruby>");
	if (rt == NULL || close == NULL || rt > close || close >= end)
		return NULL;
	end_run(w, "");
	while (base < rt)
		put_char(w, *base++);
	rt += strlen("<rt>");
	end_run(w, kt_arena_strndup(w->in->arena, rt, (size_t)(close - rt)));
	return close + strlen("</rt></ruby>");
}

/* The file or the address in `open`…">: the place behind it. */
static const char *
read_argument(struct words *w, const char **to, const char *open, const char *p,
    const char *end)
{
	struct kt_buf value = KT_BUF_INIT;

	if (!begins(p, end, open))
		return NULL;
	for (p += strlen(open); p < end && *p != '"'; p++) {
		bool quote = begins(p, end, "&quot;");

		kt_buf_putc(&value, quote ? '"' : *p);
		p += quote ? strlen("&quot;") - 1 : 0;
	}
	if (begins(p, end, "\">")) {
		end_run(w, "");
		*to = kt_arena_strndup(w->in->arena, value.p, value.len);
	}
	kt_buf_release(&value);
	return begins(p, end, "\">") ? p + 2 : NULL;
}

static const char *
read_close(struct words *w, const char **of, const char *close, const char *p,
    const char *end)
{
	if (*of == NULL || !begins(p, end, close))
		return NULL;
	end_run(w, "");
	*of = NULL;
	return p + strlen(close);
}

/* The place behind a tag, NULL where there is none. */
static const char *
read_tag(struct words *w, const char *p, const char *end)
{
	const char *behind = read_ruby(w, p, end);

	for (size_t i = 0; behind == NULL && i < KT_COUNT(tags); i++) {
		bool on = begins(p, end, tags[i].open);

		if (!on && !begins(p, end, tags[i].close))
			continue;
		if (!on && w->text.len == 0)
			w->empty |= tags[i].mark;
		end_run(w, "");
		w->marks =
		    on ? w->marks | tags[i].mark : w->marks & ~tags[i].mark;
		behind = p + strlen(on ? tags[i].open : tags[i].close);
	}
	if (behind == NULL)
		behind = read_argument(w, &w->address, "<a href=\"", p, end);
	if (behind == NULL)
		behind = read_argument(w, &w->image, "<img src=\"", p, end);
	if (behind == NULL)
		behind = read_close(w, &w->address, "</a>", p, end);
	if (behind == NULL)
		behind = read_close(w, &w->image, "</img>", p, end);
	return behind;
}

/* The words of a line as runs: tags and \n are what they say. */
static void
read_runs(struct instrument *in, struct kt_text_line *line, const char *p,
    const char *end)
{
	struct words w = { .in = in, .text = KT_BUF_INIT };

	for (const char *sign = in->bullet ? "・" : ""; *sign != '\0'; sign++)
		put_char(&w, *sign);
	while (p < end) {
		const char *behind = *p == '<' ? read_tag(&w, p, end) : NULL;

		/* "\.", nothing, keeps a blank at the end of a line. */
		if (behind == NULL && begins(p, end, "\\."))
			behind = p + 2;
		else if (behind == NULL && begins(p, end, "\\n")) {
			put_char(&w, '\n');
			behind = p + 2;
		} else if (behind == NULL) {
			put_char(&w, *p);
			behind = p + 1;
		}
		p = behind;
	}
	end_run(&w, "");
	kt_buf_release(&w.text);
	line->runs = w.at;
	line->nruns = w.n;
}

/* ![words](file), all of the line: the figure, or its words in brackets. */
static bool
read_figure(struct instrument *in, struct kt_text_line *line, const char *p,
    const char *end)
{
	struct kt_buf words = KT_BUF_INIT;
	const char *middle = strstr(p, "](");
	char *file;

	if (!begins(p, end, "![") || middle == NULL || middle >= end ||
	    end[-1] != ')')
		return false;
	file = kt_arena_strndup(
	    in->arena, middle + 2, (size_t)(end - 1 - (middle + 2)));
	line->picture = picture_find(in->x.pictures, file);
	if (line->picture != NULL) {
		line->style = KT_LINE_FIGURE;
		if (middle > p + 2)
			kt_buf_putc(&in->want, '\n');
		read_runs(in, line, p + 2, middle);
	} else {
		kt_buf_printf(&words, "〔図：<img src=\"%s\">", file);
		kt_buf_put(&words, p + 2, (size_t)(middle - p) - 2);
		kt_buf_puts(&words, "</img>〕");
		read_runs(in, line, words.p, words.p + words.len);
	}
	kt_buf_release(&words);
	return true;
}

/* ---- lines -------------------------------------------------------------- */

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

/* A sign before the words that plain text needs is told by the style instead:
 * "# 3　管理体制", the heading of a 項番; "- ", an entry of a list; "\ ", words
 * that would be read as something else; ">" alone, what is quoted below. */
static bool
read_sign(struct instrument *in, struct kt_text_line *line, unsigned indent,
    const char **p, const char *end, const char **style)
{
	static const char *const heads[] = { "Koban1", "Koban2", "Koban3",
		"Koban4" };
	bool head = begins(*p, end, "# "), entry = begins(*p, end, "- ");
	bool quote = end - *p == 1 && **p == '>';

	line->left = (unsigned char)indent;
	if (head || entry) {
		line->left = (unsigned char)(indent + 1);
		line->first = -1;
		*style = head ? heads[indent > 3 ? 3 : indent] : "Kajo";
	} else if (quote) {
		*style = "Kuran";
	} else if (begins(*p, end, "\\ ")) {
		*style = "Hyo";
	} else {
		return false;
	}
	in->bullet = entry;
	*p += quote ? 1 : 2;
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
	in->bullet = false;
	if (!read_sign(in, &line, indent, &p, end, &extra.style))
		extra.style = style_of(in, &line, indent, p, (size_t)(end - p));
	if (!read_figure(in, &line, p, end))
		read_runs(in, &line, p, end);
	if (in->want.len > begin)
		kt_buf_putc(&in->want, '\n');
	docx_paragraph(&in->x, &line, &extra);
}

/* ---- tables ------------------------------------------------------------- */

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

/* Behind the blanks before a row; how many there are. */
static const char *
row_at(const char *p, unsigned *indent)
{
	size_t blank = strlen("　");

	for (*indent = 0; strncmp(p, "　", blank) == 0; p += blank)
		(*indent)++;
	return p;
}

static bool
is_row(const char *p, unsigned indent)
{
	unsigned here;

	return *row_at(p, &here) == '|' && here == indent;
}

/* Rows from here on that begin with a bar, as one table; where they end. */
static const char *
put_rows(struct instrument *in, const char *text, unsigned indent)
{
	struct kt_grid grid = { .nrows = 0 };
	size_t most = 1;
	unsigned width = docx_page_room(in->x.page);
	const char *p = text;

	for (const char *q = text; is_row(q, indent); most++)
		q += strcspn(q, "\n") + (q[strcspn(q, "\n")] == '\n');
	grid.rows = KT_NEWN(in->arena, struct kt_grid_row, most);
	while (is_row(p, indent)) {
		size_t n;
		struct kt_grid_row *row = &grid.rows[grid.nrows];

		p = row_at(p, &indent);
		n = strcspn(p, "\n");
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
	/* A short row reaches to the edge of the table. */
	for (size_t i = 0; i < grid.nrows; i++)
		if (grid.rows[i].ncells > 0)
			grid.rows[i].cells[grid.rows[i].ncells - 1].columns +=
			    grid.columns - (unsigned)grid.rows[i].ncells;
	grid_share_width(&grid, in->arena);
	in->x.indent = indent * in->x.page->half_points * 10;
	docx_grid(&in->x, &grid, width - in->x.indent, NULL);
	in->x.indent = 0;
	return p;
}

/* ---- the file ----------------------------------------------------------- */

static void
put_text(struct instrument *in, const char *p)
{
	while (*p != '\0') {
		size_t n = strcspn(p, "\n");
		unsigned indent;

		if (*row_at(p, &indent) == '|') {
			p = put_rows(in, p, indent);
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
	in.x.pictures = how->pictures;
	put_text(&in, text);
	rc = docx_finish(&in.x, out, &about, &outline, &in.want, d);
	kt_buf_release(&in.want);
	kt_arena_free(in.arena);
	return rc;
}
