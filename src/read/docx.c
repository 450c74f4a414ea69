/* SPDX-License-Identifier: MIT */
/*
 * Word files: the parts are opened behind the limits of the package, the
 * blocks are read in the view that was asked for, and clauses are built.
 * docx-xlsx.md §6.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- parts -------------------------------------------------------------- */

/* The last word of a relation type, which Transitional and Strict files have
 * in common. */
static bool
is_type(const char *type, const char *word)
{
	const char *slash = strrchr(type, '/');

	return slash != NULL && strcmp(slash + 1, word) == 0;
}

static int
read_part(struct word *w, struct kt_xml **out, const char *name)
{
	struct kt_buf bytes = KT_BUF_INIT;
	int rc = kt_package_read(w->package, &bytes, name, w->d);

	if (rc == KT_OK)
		rc = kt_xml_parse(out, w->name, bytes.p, bytes.len, w->d);
	kt_buf_release(&bytes);
	return rc;
}

/* A part that the document relates to; none is no fault. */
static int
read_related(struct word *w, struct kt_xml **out, const char *type)
{
	for (size_t i = 0; i < w->nrelations; i++)
		if (!w->relations[i].external &&
		    is_type(w->relations[i].type, type))
			return read_part(w, out, w->relations[i].target);
	return KT_OK;
}

static bool
has(const struct kt_buf *bytes, const char *word)
{
	return strstr(bytes->p, word) != NULL;
}

static int
read_body(struct word *w)
{
	const char *name = kt_package_main(w->package);
	struct kt_buf bytes = KT_BUF_INIT;
	const struct kt_xnode *root;
	int rc = kt_package_read(w->package, &bytes, name, w->d);

	if (rc == KT_OK)
		rc = kt_xml_parse(&w->body, w->name, bytes.p, bytes.len, w->d);
	w->old_codes = has(&bytes, "\"_ko");
	w->own = w->old_codes || has(&bytes, "\"_kn");
	kt_buf_release(&bytes);
	if (rc != KT_OK)
		return rc;
	root = kt_xml_root(w->body);
	if (!kt_xnode_is(root, "document") ||
	    kt_xnode_child(root, "body") == NULL)
		return kt_report(w->d, .id = KT_M_DOCX_NOT_WORD,
		    .at = { .file = w->name }, .a = kt_xnode_name(root));
	return kt_package_relations(
	    w->package, name, &w->relations, &w->nrelations, w->d);
}

/* Words besides the number of a page. */
static bool
says_something(const char *p)
{
	unsigned len;

	for (; *p != '\0'; p += len) {
		uint32_t c = kt_utf8_at(p, &len);

		if (!kt_is_space(c) && !(c >= '0' && c <= '9') &&
		    (c >= 128 || strchr("-/()", (int)c) == NULL))
			return true;
	}
	return false;
}

/* What stands above and below every page is told, once. */
static void
tell_margins(struct word *w)
{
	struct kt_buf told = KT_BUF_INIT, words = KT_BUF_INIT;

	for (size_t i = 0; i < w->nrelations; i++) {
		const struct kt_relation *r = &w->relations[i];
		struct kt_xml *part = NULL;

		if (r->external ||
		    (!is_type(r->type, "header") &&
			!is_type(r->type, "footer")) ||
		    read_part(w, &part, r->target) != KT_OK)
			continue;
		kt_buf_clear(&words);
		kt_buf_putc(&words, '\n');
		word_words_below(&words, kt_xml_root(part));
		kt_buf_putc(&words, '\n');
		kt_xml_free(part);
		if (!says_something(words.p) ||
		    (told.len > 0 && strstr(told.p, words.p) != NULL))
			continue;
		kt_buf_puts(&told, words.p);
		words.p[words.len - 1] = '\0';
		kt_report(w->d, .id = KT_M_DOCX_MARGIN,
		    .at = { .file = w->name }, .a = words.p + 1);
	}
	kt_buf_release(&told);
	kt_buf_release(&words);
}

static int
open_parts(struct word *w, const char *bytes, size_t n)
{
	int rc = kt_package_open(&w->package, w->name, bytes, n, NULL, w->d);

	if (rc == KT_OK)
		rc = read_body(w);
	if (rc == KT_OK)
		rc = read_related(w, &w->style_part, "styles");
	if (rc == KT_OK)
		rc = read_related(w, &w->number_part, "numbering");
	if (rc == KT_OK)
		rc = read_related(w, &w->foot_part, "footnotes");
	if (rc == KT_OK)
		rc = read_related(w, &w->end_part, "endnotes");
	if (rc == KT_OK)
		rc = read_related(w, &w->comment_part, "comments");
	if (rc != KT_OK)
		return rc;
	word_notes_read(&w->footnotes, w->arena, w->foot_part);
	word_notes_read(&w->endnotes, w->arena, w->end_part);
	word_notes_read(&w->comments, w->arena, w->comment_part);
	word_styles_read(&w->styles, w->arena,
	    w->style_part == NULL ? NULL : kt_xml_root(w->style_part));
	w->lists = word_lists_new(
	    w->number_part == NULL ? NULL : kt_xml_root(w->number_part),
	    &w->styles);
	return KT_OK;
}

static void
close_parts(struct word *w)
{
	while (w->nfields > 0)
		kt_buf_release(&w->field[--w->nfields].code);
	free(w->field);
	free(w->styles.at);
	word_lists_free(w->lists);
	kt_xml_free(w->body);
	kt_xml_free(w->style_part);
	kt_xml_free(w->number_part);
	kt_xml_free(w->foot_part);
	kt_xml_free(w->end_part);
	kt_xml_free(w->comment_part);
	kt_package_free(w->package);
}

/* ---- properties --------------------------------------------------------- */

/* The front matter, which a file of ours keeps a line a property. */
static void
put_front(struct kt_buf *out, const struct kt_xnode *root, bool old)
{
	const char *begin = old ? "kaitei old " : "kaitei ";
	size_t n = strlen(begin);

	for (const struct kt_xnode *at = kt_xnode_elem(root); at != NULL;
	     at = kt_xnode_next_elem(at)) {
		const char *name = kt_xnode_attr(at, "name");

		if (name == NULL || strncmp(name, begin, n) != 0 ||
		    name[n] < '0' || name[n] > '9')
			continue;
		kt_xnode_words(out, at);
		kt_buf_putc(out, '\n');
	}
}

static int
read_front(struct word *w, struct kt_doc *doc)
{
	const struct kt_relation *relations;
	struct kt_buf front = KT_BUF_INIT;
	struct kt_xml *part = NULL;
	size_t n = 0, bytes, lines;
	int rc = kt_package_relations(w->package, "", &relations, &n, w->d);

	for (size_t i = 0; rc == KT_OK && part == NULL && i < n; i++)
		if (!relations[i].external &&
		    is_type(relations[i].type, "custom-properties"))
			rc = read_part(w, &part, relations[i].target);
	if (part != NULL) {
		struct kt_source src = { .name = w->name };

		kt_buf_puts(&front, "---\n");
		put_front(&front, kt_xml_root(part),
		    w->old_codes && w->how.changes == KT_VIEW_REJECT);
		kt_buf_puts(&front, "---\n");
		src.p = front.p;
		src.n = front.len;
		if (front.len > 8)
			kt_front_read(doc, &src, &bytes, &lines, w->d);
	}
	kt_xml_free(part);
	kt_buf_release(&front);
	return rc;
}

/* ---- reading ------------------------------------------------------------ */

/* The column of every 新旧対照表 in place of the document. */
static int
take_side(struct word *w, struct word_blocks *blocks)
{
	struct word_blocks side = { .at = NULL };
	bool any = false;

	for (size_t i = 0; i < blocks->n; i++)
		if (blocks->at[i].kind == WORD_TABLE &&
		    word_is_comparison(blocks->at[i].table)) {
			any = true;
			word_side(w, &side, blocks->at[i].table);
		}
	if (!any && word_tabbed_side(w, blocks))
		return KT_OK;
	word_blocks_release(blocks);
	*blocks = side;
	w->own = false;
	return any ? KT_OK
		   : kt_report(w->d, .id = KT_M_DOCX_NO_SIDES,
			 .at = { .file = w->name });
}

static void
build(struct word *w, struct kt_doc *doc, struct word_blocks *blocks)
{
	struct kt_build *b;

	if (!w->own) {
		word_build_lines(w, doc, blocks);
		return;
	}
	b = kt_build_new(doc, w->d);
	word_build_own(w, b, blocks);
	kt_build_finish(b);
	kt_build_free(b);
	kt_doc_finish(doc);
}

static void
tell_tracked(struct word *w)
{
	static const enum kt_msg_id ids[] = { [KT_VIEW_ACCEPT] =
						  KT_M_DOCX_ACCEPTED,
		[KT_VIEW_REJECT] = KT_M_DOCX_REJECTED,
		[KT_VIEW_SHOW] = KT_M_DOCX_SHOWN };

	if (w->tracked)
		kt_report(
		    w->d, .id = ids[w->how.changes], .at = { .file = w->name });
	if (w->how.authors)
		word_tracked_tell(w);
}

static void
begin(struct word *w, const char *name, const struct kt_read_how *how,
    struct kt_arena *arena, struct kt_diag *d)
{
	*w = (struct word){ .name = name, .arena = arena, .d = d };
	if (how != NULL)
		w->how = *how;
}

static const struct kt_xnode *
body_of(const struct word *w)
{
	return kt_xnode_child(kt_xml_root(w->body), "body");
}

int
kt_read_docx(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    const struct kt_read_how *how, struct kt_diag *d)
{
	struct kt_doc *doc = kt_doc_new(name);
	struct word_blocks blocks = { .at = NULL };
	struct word w;
	int rc;

	begin(&w, name, how, doc->arena, d);
	rc = open_parts(&w, bytes, n);
	if (rc == KT_OK)
		rc = read_front(&w, doc);
	if (rc == KT_OK) {
		word_blocks_read(&w, &blocks, body_of(&w));
		if (w.how.side != KT_TABLE_WHOLE)
			rc = take_side(&w, &blocks);
		else if (!w.own)
			word_tell_tabbed(&w, &blocks);
	}
	if (rc == KT_OK) {
		build(&w, doc, &blocks);
		tell_tracked(&w);
		if (!w.own)
			tell_margins(&w);
		*out = doc;
	}
	word_blocks_release(&blocks);
	close_parts(&w);
	if (rc != KT_OK)
		kt_doc_free(doc);
	return rc;
}

/* ---- comparison tables -------------------------------------------------- */

static int
read_printed(struct kt_printed *out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct word_blocks blocks = { .at = NULL };
	struct word w;
	int rc;

	begin(&w, name, NULL, out->arena, d);
	w.printed = true;
	rc = open_parts(&w, bytes, n);
	if (rc == KT_OK) {
		word_blocks_read(&w, &blocks, body_of(&w));
		if (!word_printed(&w, out, &blocks))
			rc = kt_report(d, .id = KT_M_DOCX_NO_SIDES,
			    .at = { .file = name });
	}
	word_blocks_release(&blocks);
	close_parts(&w);
	return rc;
}

int
kt_read_printed(struct kt_printed **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_printed *printed = KT_NEW(arena, struct kt_printed);
	int rc = KT_OK;

	*printed = (struct kt_printed){ .arena = arena,
		.source = kt_arena_strdup(arena, name) };
	if (kt_format_of(name, bytes, n) != KT_FMT_DOCX)
		rc = kt_report(
		    d, .id = KT_M_DOCX_NO_SIDES, .at = { .file = name });
	else
		rc = read_printed(printed, name, bytes, n, d);
	if (rc == KT_OK)
		*out = printed;
	else
		kt_printed_free(printed);
	return rc;
}

void
kt_printed_free(struct kt_printed *printed)
{
	if (printed != NULL)
		kt_arena_free(printed->arena);
}

/* ---- lines -------------------------------------------------------------- */

#define CHARACTER 210 /* twips of an indent */

/* Names of styles in a file of ours begin so. */
static bool
is_ours(const struct word_block *b)
{
	return strncmp(b->style, "例規", strlen("例規")) == 0;
}

static void
put_argument(struct kt_buf *out, const char *arg)
{
	for (; *arg != '\0'; arg++)
		if (*arg == '"')
			kt_buf_puts(out, "&quot;");
		else
			kt_buf_putc(out, *arg);
}

/* One tag of a mark: what plain characters cannot say, as the lines of an
 * instrument have it.  In files of others most marks are for the eye alone. */
static void
put_tag(struct kt_buf *out, const struct kt_mark *m, bool close, bool ours)
{
	static const struct {
		const char *name;
		bool always;
	} tags[] = {
		[KT_UNDERLINE] = { "u", true },
		[KT_SUPER] = { "sup", false },
		[KT_SUB] = { "sub", false },
		[KT_STRONG] = { "strong", false },
		[KT_EMPHASIS] = { "em", false },
		[KT_CODE] = { "code", false },
		[KT_FORMULA] = { "math", false },
	};

	if (m->kind == KT_RUBY && close) {
		kt_buf_printf(out, "<rt>%s</rt></ruby>", m->arg);
	} else if (m->kind == KT_RUBY) {
		kt_buf_puts(out, "<ruby>");
	} else if (ours && (m->kind == KT_IMAGE || m->kind == KT_LINK)) {
		bool image = m->kind == KT_IMAGE;

		if (close) {
			kt_buf_puts(out, image ? "</img>" : "</a>");
			return;
		}
		kt_buf_puts(out, image ? "<img src=\"" : "<a href=\"");
		put_argument(out, m->arg);
		kt_buf_puts(out, "\">");
	} else if (m->kind < KT_COUNT(tags) && tags[m->kind].name != NULL &&
		   (ours || tags[m->kind].always)) {
		kt_buf_printf(
		    out, "<%s%s>", close ? "/" : "", tags[m->kind].name);
	}
}

static void
put_tags(struct kt_buf *out, const struct word_block *b, size_t at, bool close)
{
	const struct kt_inline *w = &b->words;

	for (size_t i = 0; i < w->nmarks; i++) {
		const struct kt_mark *m = &w->marks[i];
		size_t place = close ? (size_t)m->start + m->len : m->start;

		if (place != at || (m->len == 0 && (close || !is_ours(b))))
			continue;
		put_tag(out, m, close, is_ours(b));
		if (m->len == 0) /* an image without words */
			put_tag(out, m, true, true);
	}
}

static bool
ends_in(const struct kt_buf *text, const char *word)
{
	size_t n = strlen(word);

	return text->len >= n && memcmp(text->p + text->len - n, word, n) == 0;
}

/* Words from a place on with their tags; a line end inside them is said by
 * `end`, a bar by `bar`. */
static void
put_marked(struct kt_buf *out, const struct word_block *b, size_t from,
    const char *end, const char *bar)
{
	const struct kt_inline *w = &b->words;

	for (size_t i = from; i <= w->text.len; i++) {
		const char *p = w->text.p + i;

		put_tags(out, b, i, true);
		put_tags(out, b, i, false);
		if (i == w->text.len)
			break;
		if (*p == '\n')
			kt_buf_puts(out, end);
		else if (*p == '|')
			kt_buf_puts(out, bar);
		else
			kt_buf_putc(out, *p);
	}
	/* A blank at the end of a line that counts. */
	if (is_ours(b) && (ends_in(&w->text, " ") || ends_in(&w->text, "　")))
		kt_buf_puts(out, "\\.");
}

/* A figure in a file of ours: the picture with its words, or these alone. */
static bool
put_figure(struct kt_buf *out, const struct word_block *b)
{
	static const char open[] = "〔図：", shut[] = "〕";
	const struct kt_inline *w = &b->words;
	const struct kt_mark *m = w->nmarks == 1 ? &w->marks[0] : NULL;
	size_t begin = sizeof(open) - 1, end = sizeof(shut) - 1;

	if (!is_ours(b))
		return false;
	if (b->picture != NULL) {
		kt_buf_puts(out, "![");
		put_marked(out, b, 0, "\\n", "|");
		kt_buf_printf(out, "](%s)\n", b->picture);
		return true;
	}
	if (m == NULL || m->kind != KT_IMAGE || m->start != begin ||
	    w->text.len != begin + m->len + end ||
	    memcmp(w->text.p, open, begin) != 0)
		return false;
	kt_buf_puts(out, "![");
	kt_buf_put(out, w->text.p + begin, m->len);
	kt_buf_printf(out, "](%s)\n", m->arg);
	return true;
}

static void
put_indent(struct kt_buf *out, long left)
{
	for (left += CHARACTER / 2; left >= CHARACTER; left -= CHARACTER)
		kt_buf_puts(out, "　");
}

/* What new text has before a line in a file of ours, where a style says so:
 * the heading of a 項番, an entry of a list, words as they are, a quotation. */
static const char *
sign_of(const struct word_block *b)
{
	static const struct {
		const char *style, *sign;
	} signs[] = { { "例規 項番", "# " }, { "例規 箇条書", "- " },
		{ "例規 表の文字", "\\ " } };

	if (b->words.text.len == 0)
		return strcmp(b->style, "例規 空欄") == 0 ? ">" : "";
	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (strncmp(b->style, signs[i].style, strlen(signs[i].style)) ==
		    0)
			return signs[i].sign;
	return "";
}

static void
put_line(struct kt_buf *out, const struct word_block *b)
{
	static const char dot[] = "・";
	const char *sign = sign_of(b);
	size_t from = sign[0] == '-' && strncmp(b->words.text.p, dot,
					    sizeof(dot) - 1) == 0
			  ? sizeof(dot) - 1
			  : 0;

	if (b->words.text.len > 0 || sign[0] != '\0')
		put_indent(out, b->left);
	kt_buf_puts(out, sign);
	if (put_figure(out, b))
		return;
	put_marked(out, b, from, "\n", "|");
	kt_buf_putc(out, '\n');
}

/* The paragraphs of a cell between its bars. */
static void
put_cell(struct word *w, struct kt_buf *out, const struct kt_xnode *tc)
{
	struct word_blocks blocks = { .at = NULL };
	bool first = true;

	word_blocks_read(w, &blocks, tc);
	kt_buf_putc(out, ' ');
	for (size_t i = 0; i < blocks.n; i++) {
		if (blocks.at[i].kind != WORD_PARAGRAPH)
			continue;
		if (!first)
			kt_buf_puts(out, "\\n");
		put_marked(out, &blocks.at[i], 0, "\\n", "\\|");
		first = false;
	}
	kt_buf_puts(out, " |");
	word_blocks_release(&blocks);
}

/* The rows of a table, each with the indent of the table. */
static void
put_rows(struct word *w, struct kt_buf *out, const struct kt_xnode *table)
{
	struct kt_buf rows = KT_BUF_INIT;
	const struct kt_xnode *pr = kt_xnode_child(table, "tblPr");
	const struct kt_xnode *ind =
	    pr == NULL ? NULL : kt_xnode_child(pr, "tblInd");
	long left = ind == NULL ? 0 : word_long(kt_xnode_attr(ind, "w"), 0);

	word_table_lines(w, &rows, table, put_cell);
	for (const char *p = rows.p; *p != '\0';) {
		size_t n = strcspn(p, "\n") + 1;

		put_indent(out, left);
		kt_buf_put(out, p, n);
		p += n;
	}
	kt_buf_release(&rows);
}

static void
put_lines(struct word *w, struct kt_buf *out, const struct kt_xnode *in)
{
	struct word_blocks blocks = { .at = NULL };

	word_blocks_read(w, &blocks, in);
	for (size_t i = 0; i < blocks.n; i++) {
		const struct word_block *b = &blocks.at[i];

		if (b->kind == WORD_TABLE)
			put_rows(w, out, b->table);
		else
			put_line(out, b);
	}
	word_blocks_release(&blocks);
}

int
kt_docx_lines(struct kt_buf *out, const char *name, const char *bytes, size_t n,
    const struct kt_read_how *how, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct word w;
	int rc;

	begin(&w, name, how, arena, d);
	w.lines = true;
	rc = open_parts(&w, bytes, n);
	if (rc == KT_OK)
		put_lines(&w, out, body_of(&w));
	close_parts(&w);
	kt_arena_free(arena);
	return rc;
}
