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

/* Tags of what plain characters cannot say, as the document format has them;
 * other marks are for the eye alone. */
static void
put_tags(struct kt_buf *out, const struct kt_inline *w, size_t at, bool close)
{
	for (size_t i = 0; i < w->nmarks; i++) {
		const struct kt_mark *m = &w->marks[i];
		size_t place = close ? (size_t)m->start + m->len : m->start;

		if (place != at || m->len == 0)
			continue;
		if (m->kind == KT_RUBY && close)
			kt_buf_printf(out, "<rt>%s</rt></ruby>", m->arg);
		else if (m->kind == KT_RUBY)
			kt_buf_puts(out, "<ruby>");
		else if (m->kind == KT_UNDERLINE)
			kt_buf_puts(out, close ? "</u>" : "<u>");
	}
}

/* Words with their tags; a line end inside them is said by `end`, a bar by
 * `bar`. */
static void
put_marked(struct kt_buf *out, const struct kt_inline *w, const char *end,
    const char *bar)
{
	for (size_t i = 0; i <= w->text.len; i++) {
		const char *p = w->text.p + i;

		put_tags(out, w, i, true);
		if (i == w->text.len)
			return;
		put_tags(out, w, i, false);
		if (*p == '\n')
			kt_buf_puts(out, end);
		else if (*p == '|')
			kt_buf_puts(out, bar);
		else
			kt_buf_putc(out, *p);
	}
}

static void
put_line(struct kt_buf *out, const struct word_block *b)
{
	static const char heading[] = "例規 項番";

	for (long left = b->left + 105; left >= 210 && b->words.text.len > 0;
	     left -= 210)
		kt_buf_puts(out, "　");
	/* The heading of a 項番 in new text, which plain lines say so. */
	if (strncmp(b->style, heading, strlen(heading)) == 0 &&
	    b->words.text.len > 0)
		kt_buf_puts(out, "# ");
	put_marked(out, &b->words, "\n", "|");
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
		put_marked(out, &blocks.at[i].words, "\\n", "\\|");
		first = false;
	}
	kt_buf_puts(out, " |");
	word_blocks_release(&blocks);
}

static void
put_lines(struct word *w, struct kt_buf *out, const struct kt_xnode *in)
{
	struct word_blocks blocks = { .at = NULL };

	word_blocks_read(w, &blocks, in);
	for (size_t i = 0; i < blocks.n; i++) {
		const struct word_block *b = &blocks.at[i];

		if (b->kind == WORD_TABLE)
			word_table_lines(w, out, b->table, put_cell);
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
	rc = open_parts(&w, bytes, n);
	if (rc == KT_OK)
		put_lines(&w, out, body_of(&w));
	close_parts(&w);
	kt_arena_free(arena);
	return rc;
}
