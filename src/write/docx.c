/* SPDX-License-Identifier: MIT */
/*
 * 溶け込み版: the consolidated text as a Word file, in the layout of Japanese
 * rules (docx-xlsx.md §3 and §4).
 */
#include "docx_int.h"

#include <string.h>

/* A 目次 of so many entries leaves room for the text on its page. */
#define TOC_SHORT 20

struct render {
	struct docx x;
	const struct kt_doc *doc;
	const struct kt_render *how;
	struct doc_lines lines;
	struct kt_arena *arena;
	struct run_source source;
	struct docx_outline outline;
	const char **marks; /* bookmarks by id */
	const char **pending; /* of the paragraph at hand */
	size_t next; /* id of the first node without its bookmark */
	struct docx_toc toc;
	struct kt_buf want;
	bool titled, appendix;
	bool after_toc; /* 目次 ends here */
	bool toc_too; /* 目次 is to be made */
};

/* ---- headings -------------------------------------------------------- */

void
docx_find_outline(struct docx_outline *outline, const struct doc_lines *lines)
{
	bool there[KT_LINE_STYLES] = { false };
	int level = 0;

	for (size_t i = 0; i < lines->n; i++)
		there[lines->at[i].style] = true;
	for (int i = 0; i < KT_LINE_STYLES; i++)
		outline->level[i] = -1;
	for (int i = KT_LINE_PART; i <= KT_LINE_DIVISION; i++)
		if (there[i])
			outline->level[i] = level++;
	outline->level[KT_LINE_CAPTION] = level;
	outline->level[KT_LINE_HEADED] = level;
	outline->level[KT_LINE_TOPIC] = level;
	outline->level[KT_LINE_SUPPL] = 0;
	outline->level[KT_LINE_APPENDIX] = 0;
}

int
docx_outline_of(const struct docx_outline *outline, const struct doc_line *line)
{
	bool own = line->style == KT_LINE_ARTICLE && !line->commentary &&
		   line->owner->caption[0] == '\0';

	return own ? outline->level[KT_LINE_CAPTION] : -1;
}

/* ---- bookmarks ------------------------------------------------------- */

/* The bookmarks of all clauses up to `last` that have none yet. */
static void
take_marks(struct render *r, struct docx_extra *extra, size_t last)
{
	extra->marks = r->pending;
	extra->nmarks = 0;
	for (; r->next <= last; r->next++)
		if (r->marks[r->next][0] != '\0')
			r->pending[extra->nmarks++] = r->marks[r->next];
}

static const char *
mark_of(void *of, const struct kt_node *to)
{
	const struct render *r = of;

	return to == NULL ? "" : r->marks[to->id];
}

/* ---- paragraphs ------------------------------------------------------ */

static void
put_fixed(struct render *r, const char *style, const char *words)
{
	if (words[0] == '\0')
		return;
	docx_words(&r->x, style, words);
	docx_want(&r->want, words, strlen(words));
}

/* What stands under the 題名, or first when there is none. */
static void
put_under_title(struct render *r)
{
	if (r->titled)
		return;
	r->titled = true;
	put_fixed(r, "Nichiji", r->doc->meta.number);
	if (r->how->as_of != NULL)
		put_fixed(r, "Nichiji", r->how->as_of);
	if (r->toc_too)
		docx_toc_put(&r->x, &r->toc, &r->want);
	/* The text begins on a page of its own behind a long one. */
	r->after_toc = r->toc.n > TOC_SHORT;
}

bool
docx_begins_page(const struct doc_line *line, size_t at, bool *appendix)
{
	bool first = !*appendix;

	if (line->style != KT_LINE_APPENDIX)
		return false;
	*appendix = true;
	return at > 0 && (first || strstr(line->owner->label, "様式") != NULL);
}

/* The words of a line, below its picture. */
static void
want_line(struct render *r, const struct doc_lines *lines,
    const struct doc_line *line)
{
	size_t begin = r->want.len;

	if (line->picture != NULL && line->npieces > 0)
		kt_buf_putc(&r->want, '\n');
	doc_line_words(&r->want, lines, line);
	if (r->want.len > begin)
		kt_buf_putc(&r->want, '\n');
}

static void
put_line(struct render *r, size_t at)
{
	const struct doc_line *from = &r->lines.at[at];
	struct docx_extra extra = DOCX_EXTRA_INIT;
	struct kt_text_line line = { .says = KT_SAYS_WORDS };

	if (from->style != KT_LINE_TITLE)
		put_under_title(r);
	take_marks(r, &extra, from->node->id);
	extra.page_break =
	    docx_begins_page(from, at, &r->appendix) || r->after_toc;
	r->after_toc = false;
	extra.outline = docx_outline_of(&r->outline, from);
	line_shape(&line, from);
	line_runs(&line, &r->lines, from, &r->source);
	line.code = line_code(r->arena, &r->lines, at, r->doc->root);
	docx_paragraph(&r->x, &line, &extra);
	want_line(r, &r->lines, from);
}

static void
want_row(struct render *r, const struct kt_node *row)
{
	struct doc_lines lines = DOC_LINES_INIT;

	lines.pictures = r->how->pictures;
	for (const struct kt_node *at = row->first; at != NULL; at = at->next)
		doc_lines_read_cell(&lines, at);
	for (size_t i = 0; i < lines.n; i++)
		want_line(r, &lines, &lines.at[i]);
	doc_lines_release(&lines);
}

/* All rows of the table that begins here; returns the line behind them. */
static size_t
put_table(struct render *r, size_t at)
{
	const struct kt_node *table = r->lines.at[at].node->parent;

	put_under_title(r);
	docx_grid(&r->x, grid_of_table(table, at, &r->source),
	    docx_page_room(r->x.page),
	    table_code(r->arena, &r->lines, at, r->doc->root));
	for (; at < r->lines.n && r->lines.at[at].style == KT_LINE_ROW &&
	       r->lines.at[at].node->parent == table;
	     at++)
		want_row(r, r->lines.at[at].node);
	return at;
}

/* Bookmarks of clauses that have no words and end the document. */
static void
put_last_marks(struct render *r)
{
	struct kt_text_line line = { .says = KT_SAYS_WORDS };
	struct docx_extra extra = DOCX_EXTRA_INIT;

	take_marks(r, &extra, r->doc->count - 1);
	extra.style = "Hyomatsu";
	line.code = rest_code(r->arena, &r->lines, r->doc->root);
	if (extra.nmarks > 0 || line.code[0] != '\0')
		docx_paragraph(&r->x, &line, &extra);
}

static void
put_body(struct render *r)
{
	size_t at = 0;

	while (at < r->lines.n)
		if (r->lines.at[at].style == KT_LINE_ROW)
			at = put_table(r, at);
		else
			put_line(r, at++);
	put_under_title(r);
	put_last_marks(r);
}

/* ---- the file -------------------------------------------------------- */

const char *
docx_title_of(const struct kt_doc *doc)
{
	return doc->root->caption[0] != '\0' ? doc->root->caption
					     : doc->meta.title;
}

/* 見本市情報セキュリティ管理規程　令和8年4月1日施行　見本 */
static const char *
header_of(const struct render *r)
{
	const struct kt_meta *meta = &r->doc->meta;
	struct kt_buf words = KT_BUF_INIT;
	const char *got;

	kt_buf_puts(&words, docx_title_of(r->doc));
	if (r->how->as_of != NULL && r->how->as_of[0] != '\0') {
		kt_buf_printf(&words, "　%s", r->how->as_of);
	} else if (meta->effective.year != 0) {
		kt_buf_puts(&words, "　");
		kt_date_wareki(&words, meta->effective);
		kt_buf_puts(&words, "施行");
	}
	if (meta->style[0] != '\0')
		kt_buf_printf(&words, "　%s", meta->style);
	got = kt_arena_strdup(r->arena, words.len > 0 ? words.p : "");
	kt_buf_release(&words);
	return got;
}

struct kt_date
docx_date_of(const struct kt_meta *meta)
{
	const struct kt_date dates[] = { meta->promulgated, meta->decided,
		meta->effective };

	for (size_t i = 0; i < KT_COUNT(dates); i++)
		if (dates[i].year != 0)
			return dates[i];
	return (struct kt_date){ 0 };
}

/* A document with a 目次 of its own gets no second one. */
static bool
has_toc(const struct kt_doc *doc)
{
	for (const struct kt_node *at = doc->root->first; at != NULL;
	     at = at->next)
		if (at->kind == KT_TOC)
			return true;
	return false;
}

int
kt_write_docx(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_render *how, struct kt_diag *d)
{
	struct render r = { .doc = doc,
		.how = how,
		.arena = kt_arena_new(),
		.want = KT_BUF_INIT };
	struct kt_refs *refs = kt_refs_new(doc);
	struct docx_about about;
	int rc;

	r.lines.pictures = how->pictures;
	doc_lines_read(&r.lines, doc, how->commentary);
	docx_find_outline(&r.outline, &r.lines);
	r.marks = docx_bookmarks(r.arena, doc);
	r.pending = KT_NEWN(r.arena, const char *, doc->count);
	r.source = (struct run_source){ .arena = r.arena,
		.refs = refs,
		.link = mark_of,
		.of = &r,
		.pictures = how->pictures };
	r.toc_too = how->toc && !has_toc(doc);
	if (r.toc_too)
		docx_toc_find(&r.toc, &r.lines, &r.outline, r.marks, r.arena);
	docx_begin(&r.x, &docx_page_text);
	r.x.pictures = how->pictures;
	put_body(&r);
	about = (struct docx_about){ .title = docx_title_of(doc),
		.header = header_of(&r),
		.meta = &doc->meta,
		.created = docx_date_of(&doc->meta) };
	rc = docx_finish(&r.x, out, &about, &r.outline, &r.want, d);
	kt_buf_release(&r.want);
	doc_lines_release(&r.lines);
	kt_refs_free(refs);
	kt_arena_free(r.arena);
	return rc;
}
