/* SPDX-License-Identifier: MIT */
/*
 * Markdown: cmark parses, part by part where that may be (mdcut.c); the tree
 * of a part is walked once with the iterator, and every block goes to the
 * builder.  Pipe tables and HTML blocks, which the
 * core of CommonMark does not know, have readers of their own.
 * document-format.md.
 */
#include "md_int.h"

#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)16 << 20)
/* Clauses, cells and the like; 12,000 articles have 60,000. */
#define MOST_NODES ((size_t)1000000)

/* What stands before words that go through cmark as one paragraph, so that
 * nothing in them begins a block. */
#define GUARD "　"
#define DEEP_INDENT "\n    "

/* A list or another container that is open. */
struct level {
	bool ordered;
	char delimiter;
	unsigned number; /* of the next entry */
	size_t depth; /* of the builder, inside the container */
};

struct walk {
	struct kt_doc *doc;
	struct kt_build *build;
	struct kt_html *html;
	struct kt_diag *d;
	const char *text; /* behind the front matter */
	struct kt_lines lines;
	size_t first; /* lines before the text */
	size_t part; /* lines of the text before the part at hand */
	struct kt_inline words;
	struct level *level;
	size_t nlevels, levels_cap;
	unsigned quotes; /* block quotes that are open */
	struct kt_row_source row; /* the line at which the words began */
	unsigned deep; /* level of <h7> and so on that the paragraph is */
	struct kt_row_source *rows;
	size_t rows_cap;
};

/* ---- source ---------------------------------------------------------- */

/* Line i, counted from 1 as cmark does, without its end. */
static const char *
line_at(const struct walk *k, int i, size_t *n)
{
	size_t at = (size_t)i - 1, from, to;

	if (i < 1 || at >= k->lines.count) {
		*n = 0;
		return k->text + k->lines.at[k->lines.count];
	}
	from = k->lines.at[at];
	to = k->lines.at[at + 1];
	if (to > from && k->text[to - 1] == '\n')
		to--;
	*n = to - from;
	return k->text + from;
}

/* Lines of a node, counted from 1 over the whole text. */
static int
start_line(const struct walk *k, cmark_node *node)
{
	return cmark_node_get_start_line(node) + (int)k->part;
}

static int
end_line(const struct walk *k, cmark_node *node)
{
	return cmark_node_get_end_line(node) + (int)k->part;
}

/* Where a block begins: the rest of its first line. */
static const char *
begin_of(const struct walk *k, cmark_node *node, size_t *n)
{
	const char *p = line_at(k, start_line(k, node), n);
	size_t skip = (size_t)cmark_node_get_start_column(node);

	skip = skip == 0 ? 0 : skip - 1;
	if (skip > *n)
		skip = *n;
	*n -= skip;
	return p + skip;
}

static void
set_place(const struct walk *k, cmark_node *node, size_t *line, size_t *column)
{
	int number = start_line(k, node);
	size_t n, rest;
	const char *p = line_at(k, number, &n), *at = begin_of(k, node, &rest);

	*line = (size_t)number + k->first;
	*column = kt_utf8_count(p, (size_t)(at - p)) + 1;
}

static void
trim_end(struct kt_row_source *row)
{
	while (row->n > 0 &&
	       (row->p[row->n - 1] == ' ' || row->p[row->n - 1] == '\t'))
		row->n--;
}

/* A line of a block without blanks and quotation marks before it. */
static struct kt_row_source
row_at(const struct walk *k, int number)
{
	struct kt_row_source row;
	size_t n;
	const char *begin = line_at(k, number, &n), *p = begin,
		   *end = begin + n;

	for (unsigned quotes = k->quotes;; quotes--) {
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		if (quotes == 0 || p == end || *p != '>')
			break;
		p++;
	}
	row.p = p;
	row.n = (size_t)(end - p);
	trim_end(&row);
	row.line = (size_t)number + k->first;
	row.column = kt_utf8_count(begin, (size_t)(p - begin)) + 1;
	return row;
}

/* ---- leaf blocks ----------------------------------------------------- */

/* Titles of links have no place in a document. */
static void
tell_titles(struct walk *k, cmark_node *node)
{
	const char *title = cmark_node_get_title(node);

	if (title != NULL && title[0] != '\0')
		kt_build_report(
		    k->build, KT_M_MD_LINK_TITLE, k->words.line, title);
}

/* A line of = or - alone, under a heading. */
static bool
is_underline(const struct kt_row_source *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->p[i] != row->p[0])
			return false;
	return row->n > 0 && (row->p[0] == '=' || row->p[0] == '-');
}

/* The last line of a heading's words.  Where an underlined one ends is not
 * asked of cmark: 0.30 says one line too many unless the text ends there. */
static struct kt_row_source
heading_tail(const struct walk *k, cmark_node *node, bool underlined)
{
	int last = start_line(k, node);
	int end = end_line(k, node);
	struct kt_row_source row = row_at(k, last), next;

	if (underlined) {
		while (last < end) {
			next = row_at(k, ++last);
			if (is_underline(&next))
				break;
			row = next;
		}
		return row;
	}
	/* ## words ## */
	while (row.n > 0 && row.p[row.n - 1] == '#')
		row.n--;
	while (
	    row.n > 0 && (row.p[row.n - 1] == ' ' || row.p[row.n - 1] == '\t'))
		row.n--;
	return row;
}

static void
end_heading(struct walk *k, cmark_node *node)
{
	size_t n, marks = 0;
	const char *p = begin_of(k, node, &n);
	struct kt_row_source tail;

	while (marks < n && p[marks] == '#')
		marks++;
	tail = heading_tail(k, node, marks == 0);
	while (marks < n && (p[marks] == ' ' || p[marks] == '\t'))
		marks++;
	kt_inline_end(&k->words, p + marks, n - marks, tail.p, tail.n);
	kt_build_heading(
	    k->build, &k->words, (unsigned)cmark_node_get_heading_level(node));
}

/* <h7>words</h7> to <h64>: the headings Markdown has no signs for. */
static unsigned
deep_heading(cmark_node *node)
{
	cmark_node *first = cmark_node_first_child(node);
	struct kt_tag tag;
	const char *literal;
	unsigned level = 0;

	if (first == NULL ||
	    cmark_node_get_type(first) != CMARK_NODE_HTML_INLINE)
		return 0;
	literal = cmark_node_get_literal(first);
	if (!kt_tag_read(&tag, literal, strlen(literal)) ||
	    tag.name[0] != 'h' || tag.close)
		return 0;
	for (const char *p = tag.name + 1; *p >= '0' && *p <= '9'; p++)
		level = level * 10 + (unsigned)(*p - '0');
	return level > 6 && level <= KT_READ_DEPTH ? level : 0;
}

/* The words of a paragraph, or of its lines from k->row to `tail`. */
static void
end_words(struct walk *k, const struct kt_row_source *tail)
{
	kt_inline_end(&k->words, k->row.p, k->row.n, tail->p, tail->n);
	kt_build_paragraph(k->build, &k->words);
}

static void
end_paragraph(struct walk *k, cmark_node *node)
{
	struct kt_row_source tail = row_at(k, end_line(k, node));
	cmark_node *only = cmark_node_first_child(node);

	k->words.figure = only != NULL && cmark_node_next(only) == NULL &&
			  cmark_node_get_type(only) == CMARK_NODE_IMAGE;
	end_words(k, &tail);
}

/* A bare number before a half-width blank may be a word of a sentence that
 * the writer broke there. */
static bool
is_sure(const struct kt_row_source *row, const struct kt_lead *lead)
{
	const char *behind = row->p + lead->label;

	if (lead->form != KT_LEAD_CLAUSE || lead->kind != KT_ITEM)
		return true;
	return lead->num.form == KT_F_PAREN ||
	       lead->num.form == KT_F_PAREN_WIDE || lead->label == row->n ||
	       *behind != ' ';
}

/* Does a line inside a paragraph begin a clause of its own?  People write
 * labelled lines one below the other. */
static bool
begins_clause(const struct kt_row_source *row)
{
	struct kt_lead lead;

	kt_lead_paragraph(&lead, row->p, row->n);
	switch (lead.form) {
	case KT_LEAD_CLAUSE:
	case KT_LEAD_NOTE:
		return is_sure(row, &lead);
	case KT_LEAD_CAPTION:
		return true;
	case KT_LEAD_PLAIN:
	case KT_LEAD_COMMENTARY:
		return false;
	}
	return false;
}

/* Is all that was read so far one line, and a caption? */
static bool
begins_caption(
    const struct kt_row_source *first, const struct kt_row_source *last)
{
	struct kt_lead lead;

	if (first->line != last->line)
		return false;
	kt_lead_paragraph(&lead, first->p, first->n);
	return lead.form == KT_LEAD_CAPTION;
}

/* The end of a line inside a paragraph; a caption alone on its line ends with
 * it. */
static void
line_break(struct walk *k, cmark_node *node)
{
	cmark_node *next = cmark_node_next(node);
	struct kt_row_source row, before;
	bool hard = cmark_node_get_type(node) == CMARK_NODE_LINEBREAK;
	int line = next == NULL ? 0 : start_line(k, next);

	if (line > 1 && k->words.nopen == 0 && k->row.p != NULL &&
	    cmark_node_get_type(next) == CMARK_NODE_TEXT) {
		row = row_at(k, line);
		before = row_at(k, line - 1);
		if (begins_clause(&row) || begins_caption(&k->row, &before)) {
			end_words(k, &before);
			kt_inline_begin(&k->words, row.line, row.column);
			k->row = row;
			return;
		}
	}
	if (hard)
		kt_inline_text(&k->words, "\n", 1);
	else
		kt_inline_soft_break(&k->words);
}

/* ---- tables ---------------------------------------------------------- */

/* The lines above the head of a table are a paragraph. */
static void
words_above(struct walk *k, size_t n)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_markdown_text md;
	const struct kt_row_source *last = &k->rows[n - 1];

	for (size_t i = 0; i < n; i++) {
		kt_buf_puts(&text, i == 0 ? GUARD : DEEP_INDENT);
		kt_buf_put(&text, k->rows[i].p, k->rows[i].n);
	}
	kt_markdown_text_open(&md, text.p, text.len);
	while (kt_markdown_text_next(&md, &k->words, strlen(GUARD))) {
		kt_inline_end(
		    &k->words, k->rows[0].p, k->rows[0].n, last->p, last->n);
		kt_build_paragraph(k->build, &k->words);
	}
	kt_markdown_text_close(&md);
	kt_buf_release(&text);
}

/* A paragraph whose lines are a table; false when they are not. */
static bool
pipe_table(struct walk *k, cmark_node *node)
{
	int from = start_line(k, node);
	int to = end_line(k, node);
	size_t n = 0, at;

	if (to <= from)
		return false;
	for (int i = from; i <= to; i++) {
		KT_GROW(k->rows, n, k->rows_cap);
		k->rows[n++] = row_at(k, i);
	}
	at = kt_pipe_table_at(k->rows, n);
	if (at == 0)
		return false;
	if (at > 1)
		words_above(k, at - 1);
	kt_pipe_table(k->build, k->rows, n, at, k->doc->arena);
	return true;
}

/* ---- other blocks ---------------------------------------------------- */

/* The language of code is one word; what else stands behind the fence is for
 * other programs. */
static void
open_code(struct walk *k, cmark_node *node)
{
	const char *info = cmark_node_get_fence_info(node);
	size_t n = strcspn(info, " \t");
	char word[32] = "";

	if (n < sizeof(word) &&
	    strspn(info, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789+#_.-") >= n)
		memcpy(word, info, n);
	kt_inline_open(&k->words, "*code", KT_CODE, word);
}

/* Code between fences keeps its lines; text that only is indented is a
 * paragraph, as Japanese documents mean it. */
static void
code_block(struct walk *k, cmark_node *node)
{
	const char *literal = cmark_node_get_literal(node), *begin, *p, *end;
	size_t n, line, column;

	begin = begin_of(k, node, &n);
	set_place(k, node, &line, &column);
	end = literal + strlen(literal);
	if (end > literal && end[-1] == '\n')
		end--;
	if (n > 0 && (*begin == '`' || *begin == '~')) {
		/* Lines, or a language, are no words of an entry. */
		if (memchr(literal, '\n', (size_t)(end - literal)) != NULL ||
		    cmark_node_get_fence_info(node)[0] != '\0')
			kt_build_block(k->build);
		kt_inline_begin(&k->words, line, column);
		open_code(k, node);
		kt_inline_text(&k->words, literal, (size_t)(end - literal));
		kt_inline_close(&k->words, "*code");
		kt_inline_end(&k->words, "", 0, "", 0);
		kt_build_paragraph(k->build, &k->words);
		return;
	}
	for (p = literal; p < end; line++) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		if (stop == NULL)
			stop = end;
		while (p < stop && (*p == ' ' || *p == '\t'))
			p++;
		if (p < stop) {
			kt_inline_plain(
			    &k->words, p, (size_t)(stop - p), line, column);
			kt_build_paragraph(k->build, &k->words);
		}
		p = stop + 1;
	}
}

static bool
is_comment(const char *p, size_t n)
{
	return n >= 7 && memcmp(p, "<!--", 4) == 0;
}

static int
html_block(struct walk *k, cmark_node *node)
{
	const char *p = cmark_node_get_literal(node);
	size_t n = strlen(p), line, column;

	set_place(k, node, &line, &column);
	while (n > 0 && p[n - 1] == '\n')
		n--;
	if (kt_html_is_open(k->html) || kt_html_begins(p, n))
		return kt_html_feed(k->html, p, n, line, k->d);
	if (is_comment(p, n) && kt_build_marker(k->build, p, n, line))
		return KT_OK;
	kt_inline_begin(&k->words, line, column);
	kt_inline_text(&k->words, p, n);
	kt_inline_end(&k->words, "", 0, "", 0);
	k->words.odd = true;
	kt_build_paragraph(k->build, &k->words);
	return KT_OK;
}

/* ---- containers ------------------------------------------------------ */

static struct level *
push_level(struct walk *k)
{
	KT_GROW(k->level, k->nlevels, k->levels_cap);
	memset(&k->level[k->nlevels], 0, sizeof(k->level[0]));
	return &k->level[k->nlevels++];
}

static void
open_list(struct walk *k, cmark_node *node)
{
	struct level *l = push_level(k);
	int start = cmark_node_get_list_start(node);

	l->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	l->delimiter =
	    cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ')' : '.';
	l->number = start < 0 ? 0 : (unsigned)start;
}

/* The label that an ordered list gives an entry, if it is one that reads
 * back: "1." */
static void
open_entry(struct walk *k, cmark_node *node)
{
	struct level *list = &k->level[k->nlevels - 1];
	char number[16] = "";
	struct kt_label label;
	size_t line, column, n;

	set_place(k, node, &line, &column);
	if (list->ordered) {
		n = (size_t)snprintf(number, sizeof(number), "%u%c",
		    list->number++, list->delimiter);
		if (!kt_label_read(&label, number, n) || label.len != n)
			number[n - 1] = '\0';
	}
	kt_build_open_entry(k->build, number, line, column);
	push_level(k)->depth = kt_build_depth(k->build);
}

static void
open_quote(struct walk *k, cmark_node *node)
{
	size_t line, column;

	set_place(k, node, &line, &column);
	kt_build_open_quote(k->build, line, column);
	push_level(k)->depth = kt_build_depth(k->build);
	k->quotes++;
}

static void
close_container(struct walk *k)
{
	const struct level *l = &k->level[--k->nlevels];

	if (l->depth == 0)
		return; /* a list: only its entries hold something */
	kt_html_close(k->html, l->depth);
	kt_build_close(k->build);
}

/* ---- the walk -------------------------------------------------------- */

static void
begin_leaf(struct walk *k, cmark_node *node)
{
	size_t line, column;

	set_place(k, node, &line, &column);
	kt_inline_begin(&k->words, line, column);
	k->deep = 0;
	k->row.p = NULL;
}

static void
end_leaf(struct walk *k, cmark_node *node, bool heading)
{
	if (heading) {
		end_heading(k, node);
	} else if (k->deep > 0) {
		size_t n;
		const char *p = begin_of(k, node, &n), *end = p + n;

		while (p < end && *p != '>')
			p++;
		while (end > p && *--end != '<')
			;
		kt_inline_end(&k->words, p + 1, (size_t)(end - p) - 1, p + 1,
		    (size_t)(end - p) - 1);
		kt_build_heading(k->build, &k->words, k->deep);
	} else {
		end_paragraph(k, node);
	}
}

/* A paragraph, or the table that it turns out to be. */
static void
open_paragraph(struct walk *k, cmark_iter *iter, cmark_node *node)
{
	begin_leaf(k, node);
	k->deep = deep_heading(node);
	k->row = row_at(k, start_line(k, node));
	k->row.p = begin_of(k, node, &k->row.n);
	trim_end(&k->row);
	if (pipe_table(k, node))
		cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
}

static void
open_block(struct walk *k, cmark_iter *iter, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	if (type == CMARK_NODE_LIST)
		open_list(k, node);
	else if (type == CMARK_NODE_ITEM)
		open_entry(k, node);
	else if (type == CMARK_NODE_BLOCK_QUOTE)
		open_quote(k, node);
	else if (type == CMARK_NODE_PARAGRAPH)
		open_paragraph(k, iter, node);
	else
		begin_leaf(k, node);
}

static void
close_block(struct walk *k, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	k->quotes -= type == CMARK_NODE_BLOCK_QUOTE;
	if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
		end_leaf(k, node, type == CMARK_NODE_HEADING);
	else
		close_container(k);
}

static int
see(struct walk *k, cmark_iter *iter, cmark_event_type event, cmark_node *node)
{
	bool enter = event == CMARK_EVENT_ENTER;
	size_t none = 0;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
		if (enter)
			open_block(k, iter, node);
		else
			close_block(k, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		code_block(k, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		return html_block(k, node);
	case CMARK_NODE_THEMATIC_BREAK:
		kt_build_report(k->build, KT_M_MD_RULE,
		    (size_t)start_line(k, node) + k->first, "");
		break;
	case CMARK_NODE_LINK:
	case CMARK_NODE_IMAGE:
		if (enter)
			tell_titles(k, node);
		kt_cmark_inline(&k->words, node, enter, &none);
		break;
	case CMARK_NODE_HTML_INLINE:
		/* The tags around the words of a deep heading. */
		if (k->deep > 0 && (cmark_node_previous(node) == NULL ||
				       cmark_node_next(node) == NULL))
			break;
		kt_cmark_inline(&k->words, node, enter, &none);
		break;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		line_break(k, node);
		break;
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
		kt_cmark_inline(&k->words, node, enter, &none);
		break;
	case CMARK_NODE_NONE:
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_CUSTOM_BLOCK:
	case CMARK_NODE_CUSTOM_INLINE:
		break;
	}
	return KT_OK;
}

static bool
has_one_title(cmark_node *root)
{
	size_t count = 0;

	for (cmark_node *at = cmark_node_first_child(root); at != NULL;
	     at = cmark_node_next(at))
		count += cmark_node_get_type(at) == CMARK_NODE_HEADING &&
			 cmark_node_get_heading_level(at) == 1;
	return count == 1;
}

static int
too_many(const struct walk *k, cmark_node *node)
{
	char most[32], got[32];
	size_t line, column;

	set_place(k, node, &line, &column);
	snprintf(most, sizeof(most), "%zu", MOST_NODES);
	snprintf(got, sizeof(got), "%zu", kt_build_count(k->build));
	return kt_report(k->d, .id = KT_M_MD_CLAUSES,
	    .at = { .file = k->doc->source, .line = line }, .a = most,
	    .b = got);
}

static int
walk_tree(struct walk *k, cmark_node *root)
{
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	int rc = KT_OK;

	while (rc == KT_OK) {
		event = cmark_iter_next(iter);
		if (event == CMARK_EVENT_DONE)
			break;
		rc = kt_build_count(k->build) > MOST_NODES
			 ? too_many(k, cmark_iter_get_node(iter))
			 : see(k, iter, event, cmark_iter_get_node(iter));
	}
	cmark_iter_free(iter);
	return rc;
}

/* The text from line `from` to line `to`, both counted from 0. */
static int
read_part(struct walk *k, size_t from, size_t to, bool whole)
{
	size_t begin = k->lines.at[from], end = k->lines.at[to];
	cmark_node *root = kt_cmark_parse(k->text + begin, end - begin);
	int rc;

	k->part = from;
	if (whole && has_one_title(root))
		kt_build_one_title(k->build);
	rc = walk_tree(k, root);
	cmark_node_free(root);
	return rc;
}

static int
read_parts(struct walk *k, size_t n)
{
	struct kt_cuts cuts;
	bool whole = !kt_cuts_find(&cuts, k->text, n, &k->lines);
	size_t from = 0;
	int rc = KT_OK;

	if (!whole && cuts.titles == 1)
		kt_build_one_title(k->build);
	for (size_t i = 0; !whole && rc == KT_OK && i < cuts.count; i++) {
		rc = read_part(k, from, cuts.line[i], false);
		from = cuts.line[i];
	}
	if (rc == KT_OK)
		rc = read_part(k, from, k->lines.count, whole);
	free(cuts.line);
	return rc;
}

static int
read_body(struct kt_doc *doc, const char *p, size_t n, size_t first,
    struct kt_diag *d)
{
	struct walk k = { .doc = doc, .d = d, .text = p, .first = first };
	int rc = kt_guard_markdown(&k.lines, doc->source, p, n, first + 1, d);

	if (rc != KT_OK)
		return rc;
	k.build = kt_build_new(doc, d);
	k.html = kt_html_new(k.build, doc->arena);
	kt_inline_init(&k.words, doc->arena);
	rc = read_parts(&k, n);
	kt_html_close(k.html, 1);
	kt_build_finish(k.build);
	kt_inline_release(&k.words);
	kt_html_free(k.html);
	kt_build_free(k.build);
	free(k.lines.at);
	free(k.level);
	free(k.rows);
	return rc;
}

int
kt_read_markdown(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct kt_source src;
	struct kt_doc *doc;
	size_t front = 0, lines = 0;
	int rc = kt_source_take(&src, name, bytes, n, MOST_BYTES, d);

	if (rc != KT_OK)
		return rc;
	doc = kt_doc_new(name);
	kt_front_read(doc, &src, &front, &lines, d);
	rc = read_body(doc, src.p + front, src.n - front, lines, d);
	kt_source_release(&src);
	if (rc != KT_OK) {
		kt_doc_free(doc);
		return rc;
	}
	if (doc->root->caption[0] == '\0' && doc->root->line == 0)
		kt_node_caption(
		    doc, doc->root, doc->meta.title, strlen(doc->meta.title));
	kt_doc_finish(doc);
	*out = doc;
	return KT_OK;
}
