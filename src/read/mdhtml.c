/* SPDX-License-Identifier: MIT */
/*
 * HTML blocks in a document: tables with merged cells or with paragraphs in
 * them, and the same blocks as Markdown has, inside their cells.  A small
 * reader of its own: no recursion, what it does not know stays as text.
 */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

/* Elements open at once: a table in a cell costs three. */
#define MOST_ELEMENTS 256
#define MOST_SPAN 1000
/* What stands for a reference and for a tag in the source that the words are
 * compared with: nothing that words can hold. */
#define REFERENCE KT_READ_REFERENCE
#define TAG "*"

enum element_kind {
	EL_TABLE,
	EL_ROW,
	EL_CELL,
	EL_CAPTION,
	EL_PARAGRAPH,
	EL_LIST,
	EL_ENTRY,
	EL_QUOTE,
	EL_HEADING,
	EL_FIGURE
};

struct element {
	enum element_kind kind;
	struct kt_node *node; /* table, row, cell */
	size_t base; /* containers open before it */
	size_t depth; /* and with it */
	bool used; /* something was put into it */
	bool ordered; /* a list that numbers its entries */
	unsigned number; /* of the next entry; level of a heading */
	size_t line;
};

struct kt_html {
	struct kt_build *b;
	struct element *at;
	size_t n, cap;
	struct kt_inline words;
	struct kt_buf raw, blanks;
	bool gathering; /* words of a block have begun */
	bool head; /* inside <thead> */
	size_t line;
};

static const struct {
	const char *name;
	enum element_kind kind;
} elements[] = {
	{ "table", EL_TABLE },
	{ "tr", EL_ROW },
	{ "td", EL_CELL },
	{ "th", EL_CELL },
	{ "caption", EL_CAPTION },
	{ "p", EL_PARAGRAPH },
	{ "ul", EL_LIST },
	{ "ol", EL_LIST },
	{ "li", EL_ENTRY },
	{ "blockquote", EL_QUOTE },
	{ "figure", EL_FIGURE },
};

/* Tags without a meaning of their own. */
static const char *const transparent[] = { "thead", "tbody", "tfoot",
	"colgroup", "col" };
static const char *const inline_tags[] = { "u", "ins", "sup", "sub", "strong",
	"b", "em", "i", "code", "var", "a", "img", "ruby", "br" };

struct kt_html *
kt_html_new(struct kt_build *b, struct kt_arena *arena)
{
	struct kt_html *h = kt_calloc(1, sizeof(*h));

	h->b = b;
	kt_inline_init(&h->words, arena);
	h->raw = h->blanks = (struct kt_buf)KT_BUF_INIT;
	return h;
}

void
kt_html_free(struct kt_html *h)
{
	if (h == NULL)
		return;
	kt_inline_release(&h->words);
	kt_buf_release(&h->raw);
	kt_buf_release(&h->blanks);
	free(h->at);
	free(h);
}

bool
kt_html_is_open(const struct kt_html *h)
{
	return h->n > 0;
}

static bool
is_one_of(const struct kt_tag *tag, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kt_tag_is(tag, names[i]))
			return true;
	return false;
}

/* h1 to h64. */
static unsigned
heading_level(const struct kt_tag *tag)
{
	const char *p = tag->name + 1;
	unsigned level = 0;

	if (tag->name[0] != 'h')
		return 0;
	for (; *p >= '0' && *p <= '9' && level <= KT_READ_DEPTH; p++)
		level = level * 10 + (unsigned)(*p - '0');
	return *p == '\0' && level <= KT_READ_DEPTH ? level : 0;
}

static bool
find_kind(const struct kt_tag *tag, enum element_kind *kind)
{
	for (size_t i = 0; i < KT_COUNT(elements); i++)
		if (kt_tag_is(tag, elements[i].name)) {
			*kind = elements[i].kind;
			return true;
		}
	*kind = EL_HEADING;
	return heading_level(tag) > 0;
}

bool
kt_html_begins(const char *p, size_t n)
{
	struct kt_tag tag;
	enum element_kind kind;

	while (n > 0 && (*p == ' ' || *p == '\t' || *p == '\n')) {
		p++;
		n--;
	}
	return kt_tag_read(&tag, p, n) && !tag.close &&
	       (find_kind(&tag, &kind) ||
		   is_one_of(&tag, inline_tags, KT_COUNT(inline_tags)));
}

/* ---- words ----------------------------------------------------------- */

static struct element *
innermost(struct kt_html *h)
{
	return h->n == 0 ? NULL : &h->at[h->n - 1];
}

static void
begin_words(struct kt_html *h)
{
	if (!h->gathering) {
		kt_inline_begin(&h->words, h->line, 0);
		kt_buf_clear(&h->raw);
		kt_buf_clear(&h->blanks);
		h->gathering = true;
	}
	if (h->blanks.len > 0) {
		kt_inline_text(&h->words, h->blanks.p, h->blanks.len);
		kt_buf_clear(&h->blanks);
	}
}

static void
put_words(
    struct kt_html *h, const char *p, size_t n, const char *raw, size_t nraw)
{
	begin_words(h);
	kt_inline_text(&h->words, p, n);
	/* The reading of ruby is no part of the text. */
	if (!h->words.in_reading)
		kt_buf_put(&h->raw, raw, nraw);
}

static void
put_caption(struct kt_html *h, const struct element *e)
{
	const struct kt_inline *w = &h->words;
	struct kt_doc *doc = kt_build_doc(h->b);

	if (e->node == NULL)
		return;
	kt_node_caption(doc, e->node, w->text.p, w->text.len);
	kt_node_caption_marks(doc, e->node, w->marks, w->nmarks);
}

static void
put_block(struct kt_html *h, struct element *e)
{
	struct kt_inline *w = &h->words;

	if (e == NULL) {
		kt_build_paragraph(h->b, w);
		return;
	}
	switch (e->kind) {
	case EL_CELL:
		if (e->used)
			kt_build_paragraph(h->b, w);
		else
			kt_build_words(h->b, e->node, w);
		break;
	case EL_CAPTION:
		put_caption(h, e);
		break;
	case EL_HEADING:
		kt_build_heading(h->b, w, e->number);
		break;
	case EL_FIGURE:
		w->figure = w->nmarks == 1 && w->marks[0].kind == KT_IMAGE &&
			    w->marks[0].len == w->text.len;
		kt_build_paragraph(h->b, w);
		break;
	case EL_TABLE:
	case EL_ROW:
	case EL_PARAGRAPH:
	case EL_LIST:
	case EL_ENTRY:
	case EL_QUOTE:
		kt_build_paragraph(h->b, w);
		break;
	}
	e->used = true;
}

/* The words gathered so far end here. */
static void
flush(struct kt_html *h)
{
	struct kt_inline *w = &h->words;

	if (!h->gathering)
		return;
	h->gathering = false;
	kt_inline_end(w, h->raw.p, h->raw.len, h->raw.p, h->raw.len);
	if (h->n > 0 && w->odd && h->at[h->n - 1].kind == EL_CELL)
		kt_build_report(h->b, KT_M_MD_HTML_KEPT, w->line, "");
	put_block(h, innermost(h));
}

/* ---- elements -------------------------------------------------------- */

static struct element *
push(struct kt_html *h, enum element_kind kind, struct kt_node *node)
{
	struct element *e = innermost(h);

	if (e != NULL)
		e->used = true;
	KT_GROW(h->at, h->n, h->cap);
	e = &h->at[h->n++];
	*e = (struct element){ .kind = kind,
		.node = node,
		.base = kt_build_depth(h->b),
		.line = h->line };
	e->depth = e->base;
	return e;
}

static void
pop(struct kt_html *h)
{
	struct element *e = innermost(h);
	bool container = e->depth > e->base;

	/* <p></p> is a paragraph without words. */
	if ((e->kind == EL_PARAGRAPH || e->kind == EL_HEADING) && !e->used)
		begin_words(h);
	flush(h);
	h->n--;
	if (container)
		kt_build_close(h->b);
}

/* Names for messages. */
static const char *
name_of(enum element_kind kind)
{
	for (size_t i = 0; i < KT_COUNT(elements); i++)
		if (elements[i].kind == kind)
			return elements[i].name;
	return "h1";
}

void
kt_html_close(struct kt_html *h, size_t depth)
{
	while (h->n > 0 && h->at[h->n - 1].base >= depth) {
		const struct element *e = innermost(h);

		/* HTML lets these go without their end. */
		if (e->kind != EL_PARAGRAPH && e->kind != EL_ENTRY &&
		    e->kind != EL_ROW && e->kind != EL_CELL)
			kt_build_report(
			    h->b, KT_M_MD_HTML_OPEN, e->line, name_of(e->kind));
		pop(h);
	}
	h->head = h->head && h->n > 0;
}

/* The innermost open element of a kind, not outside of a table when `table`
 * bounds the search; h->n when there is none. */
static size_t
find(const struct kt_html *h, enum element_kind kind, bool in_table)
{
	for (size_t i = h->n; i-- > 0;) {
		if (h->at[i].kind == kind)
			return i;
		if (in_table && h->at[i].kind == EL_TABLE)
			break;
	}
	return h->n;
}

/* Close the elements above at[i], and that one too.  Not possible when a list
 * or quotation of the Markdown around them is open in between. */
static bool
close_from(struct kt_html *h, size_t i)
{
	if (kt_build_depth(h->b) != innermost(h)->depth)
		return false;
	while (h->n > i)
		pop(h);
	return true;
}

static void
end_paragraph(struct kt_html *h)
{
	struct element *e = innermost(h);

	if (e != NULL && (e->kind == EL_PARAGRAPH || e->kind == EL_HEADING) &&
	    e->depth == kt_build_depth(h->b))
		pop(h);
	else
		flush(h);
}

static unsigned
span_of(struct kt_html *h, const struct kt_tag *tag, const char *name)
{
	struct kt_buf value = KT_BUF_INIT;
	unsigned span = 1;
	char *end;

	if (kt_tag_attr(&value, tag, name)) {
		unsigned long n = strtoul(value.p, &end, 10);

		if (value.p[0] >= '0' && value.p[0] <= '9' && *end == '\0' &&
		    n >= 1 && n <= MOST_SPAN)
			span = (unsigned)n;
		else
			kt_build_report(h->b, KT_M_MD_SPAN, h->line, value.p);
	}
	kt_buf_release(&value);
	return span;
}

static char
align_of(const struct kt_tag *tag)
{
	struct kt_buf value = KT_BUF_INIT;
	char align = '\0';

	if (!kt_tag_attr(&value, tag, "align"))
		kt_tag_attr(&value, tag, "style");
	if (strstr(value.p, "center") != NULL)
		align = 'c';
	else if (strstr(value.p, "right") != NULL)
		align = 'r';
	else if (strstr(value.p, "left") != NULL)
		align = 'l';
	kt_buf_release(&value);
	return align;
}

static bool
open_row(struct kt_html *h)
{
	size_t row = find(h, EL_ROW, true), table;

	if (row < h->n && !close_from(h, row))
		return false;
	flush(h);
	table = find(h, EL_TABLE, true);
	if (table == h->n || (table + 1 < h->n && !close_from(h, table + 1)))
		return false;
	push(h, EL_ROW,
	    kt_build_add(h->b, h->at[table].node, KT_ROW, h->line, 0));
	innermost(h)->node->header = h->head;
	return true;
}

static bool
open_cell(struct kt_html *h, const struct kt_tag *tag)
{
	size_t cell = find(h, EL_CELL, true), row;
	bool head = kt_tag_is(tag, "th");
	struct kt_node *node;
	struct element *e;

	if (cell < h->n && !close_from(h, cell))
		return false;
	flush(h);
	row = find(h, EL_ROW, true);
	if (row == h->n) {
		if (!open_row(h))
			return false;
		row = h->n - 1;
	}
	node = h->at[row].node;
	node->header = node->first == NULL ? head || h->head
					   : node->header && (head || h->head);
	node = kt_build_add(h->b, node, KT_CELL, h->line, 0);
	node->colspan = (uint16_t)span_of(h, tag, "colspan");
	node->rowspan = (uint16_t)span_of(h, tag, "rowspan");
	node->align = align_of(tag);
	e = push(h, EL_CELL, node);
	kt_build_open_cell(h->b, node);
	e->depth = kt_build_depth(h->b);
	return true;
}

static void
open_entry(struct kt_html *h)
{
	size_t list, entry;
	char number[16] = "";
	struct element *e;

	end_paragraph(h);
	list = find(h, EL_LIST, true);
	entry = find(h, EL_ENTRY, true);
	if (entry < h->n && (list == h->n || entry > list))
		close_from(h, entry);
	if (list < h->n && h->at[list].ordered)
		snprintf(number, sizeof(number), "%u", h->at[list].number++);
	e = push(h, EL_ENTRY, NULL);
	kt_build_open_entry(h->b, number, h->line, 0);
	e->depth = kt_build_depth(h->b);
}

static bool
open_element(
    struct kt_html *h, const struct kt_tag *tag, enum element_kind kind)
{
	struct element *e;

	switch (kind) {
	case EL_ROW:
		return open_row(h);
	case EL_CELL:
		return open_cell(h, tag);
	case EL_ENTRY:
		open_entry(h);
		return true;
	case EL_TABLE:
		end_paragraph(h);
		push(h, kind, NULL);
		innermost(h)->node = kt_build_table(h->b, h->line, 0);
		h->head = false;
		return true;
	case EL_CAPTION:
		end_paragraph(h);
		push(h, kind, innermost(h) == NULL ? NULL : innermost(h)->node);
		return true;
	case EL_QUOTE:
		end_paragraph(h);
		push(h, kind, NULL);
		kt_build_open_quote(h->b, h->line, 0);
		innermost(h)->depth = kt_build_depth(h->b);
		return true;
	case EL_PARAGRAPH:
	case EL_LIST:
	case EL_HEADING:
	case EL_FIGURE:
		break;
	}
	end_paragraph(h);
	e = push(h, kind, NULL);
	e->number = kind == EL_HEADING ? heading_level(tag) : 1;
	e->ordered = kt_tag_is(tag, "ol");
	return true;
}

/* A tag that is structure; false when it is words. */
static bool
block_tag(struct kt_html *h, const struct kt_tag *tag)
{
	enum element_kind kind;
	size_t i;

	if (is_one_of(tag, transparent, KT_COUNT(transparent))) {
		flush(h);
		if (kt_tag_is(tag, "thead"))
			h->head = !tag->close;
		return true;
	}
	if (!find_kind(tag, &kind))
		return false;
	if (!tag->close)
		return open_element(h, tag, kind);
	i = find(h, kind, kind == EL_ROW || kind == EL_CELL);
	return i < h->n && close_from(h, i);
}

/* ---- bytes ----------------------------------------------------------- */

static size_t
comment(struct kt_html *h, const char *p, size_t n)
{
	const char *close = n < 7 ? NULL : strstr(p + 4, "-->");
	size_t len = close == NULL || close >= p + n
			 ? n
			 : (size_t)(close - p) + strlen("-->");

	flush(h);
	if (kt_build_marker(h->b, p, len, h->line))
		return len;
	put_words(h, p, len, p, len);
	h->words.odd = true;
	return len;
}

static size_t
tag(struct kt_html *h, const char *p, size_t n)
{
	struct kt_tag got;

	if (!kt_tag_read(&got, p, n)) {
		put_words(h, p, 1, p, 1);
		return 1;
	}
	if (!block_tag(h, &got)) {
		begin_words(h);
		kt_inline_tag(&h->words, p, got.len);
		kt_buf_puts(&h->raw, kt_tag_is(&got, "br") ? REFERENCE : TAG);
	}
	return got.len;
}

static size_t
entity(struct kt_html *h, const char *p, size_t n)
{
	struct kt_buf is = KT_BUF_INIT;
	size_t used = kt_entity_read(&is, p, n);

	if (used == 0)
		put_words(h, p, used = 1, p, 1);
	else
		put_words(h, is.p, is.len, REFERENCE, 1);
	kt_buf_release(&is);
	return used;
}

/* Blanks count only between words; the end of a line joins them. */
static size_t
blank(struct kt_html *h, const char *p)
{
	if (*p == '\n') {
		h->line++;
		kt_buf_clear(&h->blanks);
		if (h->gathering)
			kt_inline_soft_break(&h->words);
	} else if (h->gathering && !h->words.soft) {
		kt_buf_putc(&h->blanks, *p);
		kt_buf_putc(&h->raw, *p);
	}
	return 1;
}

static size_t
words(struct kt_html *h, const char *p, size_t n)
{
	size_t len = strcspn(p, "<& \t\n");

	if (len > n)
		len = n;
	put_words(h, p, len, p, len);
	return len;
}

static int
too_deep(const struct kt_html *h, struct kt_diag *d)
{
	char most[32], got[32];

	snprintf(most, sizeof(most), "%d", KT_READ_DEPTH);
	snprintf(got, sizeof(got), "%zu", kt_build_depth(h->b));
	return kt_report(d, .id = KT_M_MD_NESTING,
	    .at = { .file = kt_build_doc(h->b)->source, .line = h->line },
	    .a = most, .b = got);
}

int
kt_html_feed(
    struct kt_html *h, const char *p, size_t n, size_t line, struct kt_diag *d)
{
	h->line = line;
	for (size_t i = 0; i < n;) {
		const char *at = p + i;

		if (h->n >= MOST_ELEMENTS ||
		    kt_build_depth(h->b) > KT_READ_DEPTH)
			return too_deep(h, d);
		if (strncmp(at, "<!--", 4) == 0)
			i += comment(h, at, n - i);
		else if (*at == '<')
			i += tag(h, at, n - i);
		else if (*at == '&')
			i += entity(h, at, n - i);
		else if (*at == ' ' || *at == '\t' || *at == '\n')
			i += blank(h, at);
		else
			i += words(h, at, n - i);
	}
	flush(h);
	return KT_OK;
}
