/* SPDX-License-Identifier: MIT */
/* A page as the lines that are seen on it, with what its markup says. */
#include "html_int.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum role {
	ROLE_INLINE, /* part of the line around it */
	ROLE_NONE, /* not text */
	ROLE_BLOCK, /* begins and ends a line */
	ROLE_BREAK,
	ROLE_HEADING,
	ROLE_LIST,
	ROLE_ENTRY,
	ROLE_TABLE,
	ROLE_IMAGE,
	ROLE_RUBY, /* ruby, rt, rp */
	ROLE_MARK,
	ROLE_LINK
};

static const struct {
	const char *name;
	enum role role;
	enum kt_mark_kind mark;
} roles[] = {
	{ "a", ROLE_LINK, KT_LINK },
	{ "address", ROLE_BLOCK, 0 },
	{ "article", ROLE_BLOCK, 0 },
	{ "b", ROLE_MARK, KT_STRONG },
	{ "blockquote", ROLE_BLOCK, 0 },
	{ "body", ROLE_BLOCK, 0 },
	{ "br", ROLE_BREAK, 0 },
	{ "button", ROLE_NONE, 0 },
	{ "caption", ROLE_BLOCK, 0 },
	{ "center", ROLE_BLOCK, 0 },
	{ "dd", ROLE_BLOCK, 0 },
	{ "div", ROLE_BLOCK, 0 },
	{ "dl", ROLE_BLOCK, 0 },
	{ "dt", ROLE_BLOCK, 0 },
	{ "em", ROLE_MARK, KT_EMPHASIS },
	{ "figcaption", ROLE_BLOCK, 0 },
	{ "figure", ROLE_BLOCK, 0 },
	{ "form", ROLE_BLOCK, 0 },
	{ "h1", ROLE_HEADING, 0 },
	{ "h2", ROLE_HEADING, 0 },
	{ "h3", ROLE_HEADING, 0 },
	{ "h4", ROLE_HEADING, 0 },
	{ "h5", ROLE_HEADING, 0 },
	{ "h6", ROLE_HEADING, 0 },
	{ "head", ROLE_NONE, 0 },
	{ "hr", ROLE_BREAK, 0 },
	{ "i", ROLE_MARK, KT_EMPHASIS },
	{ "iframe", ROLE_NONE, 0 },
	{ "img", ROLE_IMAGE, 0 },
	{ "input", ROLE_NONE, 0 },
	{ "ins", ROLE_MARK, KT_UNDERLINE },
	{ "li", ROLE_ENTRY, 0 },
	{ "main", ROLE_BLOCK, 0 },
	{ "noscript", ROLE_NONE, 0 },
	{ "object", ROLE_NONE, 0 },
	{ "ol", ROLE_LIST, 0 },
	{ "p", ROLE_BLOCK, 0 },
	{ "pre", ROLE_BLOCK, 0 },
	{ "rp", ROLE_RUBY, 0 },
	{ "rt", ROLE_RUBY, 0 },
	{ "ruby", ROLE_RUBY, 0 },
	{ "script", ROLE_NONE, 0 },
	{ "section", ROLE_BLOCK, 0 },
	{ "select", ROLE_NONE, 0 },
	{ "strong", ROLE_MARK, KT_STRONG },
	{ "style", ROLE_NONE, 0 },
	{ "sub", ROLE_MARK, KT_SUB },
	{ "sup", ROLE_MARK, KT_SUPER },
	{ "table", ROLE_TABLE, 0 },
	{ "tbody", ROLE_BLOCK, 0 },
	{ "td", ROLE_BLOCK, 0 },
	{ "template", ROLE_NONE, 0 },
	{ "textarea", ROLE_NONE, 0 },
	{ "tfoot", ROLE_BLOCK, 0 },
	{ "th", ROLE_BLOCK, 0 },
	{ "thead", ROLE_BLOCK, 0 },
	{ "title", ROLE_NONE, 0 },
	{ "tr", ROLE_BLOCK, 0 },
	{ "u", ROLE_MARK, KT_UNDERLINE },
	{ "ul", ROLE_LIST, 0 },
};

static size_t
role_of(const struct kt_xnode *x)
{
	for (size_t i = 0; i < KT_COUNT(roles); i++)
		if (kt_xnode_is(x, roles[i].name))
			return i;
	return KT_COUNT(roles);
}

bool
html_has_class(const struct kt_xnode *x, const char *name)
{
	const char *class = kt_xnode_attr(x, "class");
	size_t n = strlen(name);

	while (class != NULL && *class != '\0') {
		size_t len = strcspn(class, " \t\n\r");

		if (len == n && memcmp(class, name, n) == 0)
			return true;
		class += len;
		class += strspn(class, " \t\n\r");
	}
	return false;
}

/* A declaration in style="…", blanks apart. */
static bool
has_style(const struct kt_xnode *x, const char *what)
{
	const char *style = kt_xnode_attr(x, "style");
	char plain[256];
	size_t n = 0;

	for (; style != NULL && *style != '\0' && n + 1 < sizeof(plain);
	     style++)
		if (*style != ' ')
			plain[n++] = *style;
	plain[n] = '\0';
	return strstr(plain, what) != NULL;
}

bool
html_is_hidden(const struct kt_xnode *x)
{
	size_t i = role_of(x);

	return (i < KT_COUNT(roles) && roles[i].role == ROLE_NONE) ||
	       has_style(x, "display:none") ||
	       kt_xnode_attr(x, "hidden") != NULL;
}

const struct kt_xnode *
html_next(const struct kt_xnode *x, const struct kt_xnode *root, bool skip)
{
	if (!skip && kt_xnode_first(x) != NULL)
		return kt_xnode_first(x);
	while (x != root && kt_xnode_next(x) == NULL)
		x = kt_xnode_parent(x);
	return x == root ? NULL : kt_xnode_next(x);
}

/* ---- the line in the making ------------------------------------------- */

static void
begin(struct html *h, const struct kt_xnode *x)
{
	if (h->gathering)
		return;
	h->gathering = true;
	h->space = false;
	h->line = kt_xnode_line(x);
	kt_inline_begin(&h->words, h->line, 1);
	if (h->label.len > 0)
		kt_inline_text(&h->words, h->label.p, h->label.len);
	kt_buf_clear(&h->label);
}

/* Words that the page shows bold from end to end are a heading's dress; a
 * mark that begins with the label begins behind it. */
static size_t
take_marks(struct html *h, const struct text_line *line, struct kt_mark *out)
{
	struct kt_label label = { .skip = 0 };
	size_t n = 0;

	if (!kt_label_read(&label, line->p, line->n))
		label.skip = 0;
	for (size_t i = 0; i < h->words.nmarks; i++) {
		struct kt_mark m = h->words.marks[i];
		size_t start = m.start, end = start + m.len;

		start = start < line->bytes ? 0 : start - line->bytes;
		end = end < line->bytes ? 0 : end - line->bytes;
		if (end > line->n)
			end = line->n;
		if ((m.kind == KT_STRONG || m.kind == KT_EMPHASIS) &&
		    start <= label.skip && end == line->n)
			continue;
		if (start < label.skip && m.kind != KT_RUBY)
			start = label.skip;
		if (start >= end)
			continue;
		m.start = (uint32_t)start;
		m.len = (uint32_t)(end - start);
		out[n++] = m;
	}
	return n;
}

static void
add_picture(struct html *h, const struct kt_mark *m)
{
	struct html_block *block = KT_NEW(h->arena, struct html_block);
	struct text_line *line = text_lines_add(&h->lines, "", 0);

	block->h = h;
	block->file = m->arg;
	block->alt =
	    kt_arena_strndup(h->arena, h->words.text.p + m->start, m->len);
	line->hint = TEXT_BLOCK;
	line->block = block;
	line->line = h->line;
}

static bool
is_picture(const struct kt_inline *w)
{
	return w->nmarks == 1 && w->marks[0].kind == KT_IMAGE &&
	       w->marks[0].len == w->text.len;
}

void
html_flush(struct html *h)
{
	struct kt_inline *w = &h->words;
	struct text_line *line;
	struct kt_mark *marks;

	if (!h->gathering)
		return;
	h->gathering = false;
	kt_inline_end(w, w->text.p, w->text.len, w->text.p, w->text.len);
	if (is_picture(w)) {
		add_picture(h, &w->marks[0]);
		return;
	}
	line = text_lines_add(&h->lines,
	    kt_arena_strndup(h->arena, w->text.p, w->text.len), w->text.len);
	if (line->n == 0) {
		h->lines.count--;
		return;
	}
	line->hint = h->hint;
	line->level = h->level;
	line->line = h->line;
	line->column = 1;
	if (h->hint == TEXT_ITEM || h->hint == TEXT_BULLET)
		line->indent += (size_t)h->lists * 2;
	marks = KT_NEWN(h->arena, struct kt_mark, w->nmarks + 1);
	line->nmarks = take_marks(h, line, marks);
	line->marks = marks;
	/* Only the first line of an entry has its sign. */
	if (h->hint == TEXT_BULLET || h->hint == TEXT_ITEM)
		h->hint = TEXT_PLAIN;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text as browsers show it: runs of blanks are one, none at an end; the end
 * of a source line is none between Japanese characters. */
static void
put_text(struct html *h, const struct kt_xnode *x)
{
	const char *p = kt_xnode_text(x);

	while (*p != '\0') {
		size_t n = 0;

		if (is_blank(*p)) {
			bool line_end = false;

			for (; is_blank(*p); p++)
				line_end |= *p == '\n';
			if (h->gathering && line_end)
				kt_inline_soft_break(&h->words);
			else if (h->gathering)
				h->space = true;
			continue;
		}
		begin(h, x);
		if (h->space)
			kt_inline_text(&h->words, " ", 1);
		h->space = false;
		if (memcmp(p, "\xc2\xa0", 2) == 0) {
			kt_inline_text(&h->words, " ", 1);
			p += 2;
			continue;
		}
		while (p[n] != '\0' && !is_blank(p[n]) &&
		       strncmp(p + n, "\xc2\xa0", 2) != 0)
			n++;
		kt_inline_text(&h->words, p, n);
		p += n;
	}
}

/* ---- elements --------------------------------------------------------- */

static void
inside(struct html *h, const struct kt_xnode *x)
{
	for (x = kt_xnode_first(x); x != NULL; x = kt_xnode_next(x))
		html_flow(h, x);
}

static void
put_mark(struct html *h, const struct kt_xnode *x, enum kt_mark_kind kind,
    const char *arg)
{
	begin(h, x);
	if (h->space)
		kt_inline_text(&h->words, " ", 1);
	h->space = false;
	kt_inline_open(&h->words, kt_xnode_name(x), kind, arg);
	inside(h, x);
	/* A block inside ended the line, and the mark with it. */
	if (h->gathering)
		kt_inline_close(&h->words, kt_xnode_name(x));
}

/* Links inside the page, and between 例規, are made by the system that shows
 * them; an address of the web is the author's. */
static void
put_link(struct html *h, const struct kt_xnode *x)
{
	const char *to = kt_xnode_attr(x, "href");

	if (to != NULL &&
	    (strncmp(to, "http", 4) == 0 || strncmp(to, "mailto:", 7) == 0)) {
		put_mark(h, x, KT_LINK, to);
		return;
	}
	if (to != NULL)
		h->links++;
	inside(h, x);
}

static void
put_image(struct html *h, const struct kt_xnode *x)
{
	const char *src = kt_xnode_attr(x, "src"), *alt;

	if (src == NULL || strncmp(src, "data:", 5) == 0)
		return;
	alt = kt_xnode_attr(x, "alt");
	begin(h, x);
	kt_inline_open(&h->words, "img", KT_IMAGE, src);
	if (alt != NULL)
		kt_inline_text(&h->words, alt, strlen(alt));
	kt_inline_close(&h->words, "img");
}

static void
put_ruby(struct html *h, const struct kt_xnode *x)
{
	const char *name = kt_xnode_name(x);
	char tag[16];

	begin(h, x);
	snprintf(tag, sizeof(tag), "<%s>", name);
	kt_inline_tag(&h->words, tag, strlen(tag));
	inside(h, x);
	snprintf(tag, sizeof(tag), "</%s>", name);
	if (h->gathering)
		kt_inline_tag(&h->words, tag, strlen(tag));
}

static void
put_block(struct html *h, const struct kt_xnode *x)
{
	html_flush(h);
	inside(h, x);
	html_flush(h);
}

static void
put_hinted(struct html *h, const struct kt_xnode *x, enum text_hint hint,
    unsigned level)
{
	enum text_hint was = h->hint;
	unsigned level_was = h->level;

	html_flush(h);
	h->hint = hint;
	h->level = level;
	inside(h, x);
	html_flush(h);
	h->hint = was;
	h->level = level_was;
}

/* What an ordered list puts before an entry: 3　, c　. */
static void
put_number(struct html *h, const struct kt_xnode *list, unsigned number)
{
	static const char *const roman[] = { "i", "ii", "iii", "iv", "v", "vi",
		"vii", "viii", "ix", "x" };
	const char *type = kt_xnode_attr(list, "type");
	char kind = type == NULL ? '1' : type[0];

	if ((kind == 'a' || kind == 'A') && number <= 26)
		kt_buf_putc(&h->label, (char)(kind + (int)number - 1));
	else if (kind == 'i' && number <= KT_COUNT(roman))
		kt_buf_puts(&h->label, roman[number - 1]);
	else
		kt_buf_printf(&h->label, "%u", number);
	kt_buf_puts(&h->label, "　");
}

static void
put_list(struct html *h, const struct kt_xnode *x)
{
	bool ordered = kt_xnode_is(x, "ol");
	const char *start = kt_xnode_attr(x, "start");
	unsigned number =
	    start == NULL ? 1 : (unsigned)strtoul(start, NULL, 10) % 10000;

	html_flush(h);
	h->lists++;
	for (const struct kt_xnode *li = kt_xnode_first(x); li != NULL;
	     li = kt_xnode_next(li)) {
		if (!kt_xnode_is(li, "li")) {
			html_flow(h, li);
			continue;
		}
		kt_buf_clear(&h->label);
		if (ordered && !has_style(x, "list-style-type:none") &&
		    !has_style(x, "list-style:none"))
			put_number(h, x, number++);
		put_hinted(
		    h, li, h->label.len > 0 ? TEXT_ITEM : TEXT_BULLET, 0);
	}
	h->lists--;
}

static void
put_table(struct html *h, const struct kt_xnode *x)
{
	struct html_block *block;
	struct text_line *line;

	html_flush(h);
	if (html_is_layout(x)) {
		put_block(h, x);
		return;
	}
	block = KT_NEW(h->arena, struct html_block);
	block->h = h;
	block->table = x;
	line = text_lines_add(&h->lines, "", 0);
	line->hint = TEXT_BLOCK;
	line->block = block;
	line->line = kt_xnode_line(x);
}

/* ---- what 例規 systems say by class ------------------------------------ */

/* The name of the text, its date and its number, each a paragraph. */
static bool
put_head(struct html *h, const struct kt_xnode *x)
{
	static const char circle[] = "○";

	if (html_has_class(x, "date")) {
		kt_xnode_words(&h->date, x);
		return true;
	}
	if (html_has_class(x, "number")) {
		kt_xnode_words(&h->number, x);
		return true;
	}
	if (!html_has_class(x, "title-irregular") &&
	    !html_has_class(x, "title"))
		return false;
	put_hinted(h, x, TEXT_TITLE, 1);
	if (h->lines.count > 0) {
		struct text_line *line = &h->lines.at[h->lines.count - 1];

		if (text_line_begins(line, circle)) {
			line->p += strlen(circle);
			line->n -= strlen(circle);
			line->bytes += strlen(circle);
		}
	}
	h->lines.titled = true;
	return true;
}

/* The form behind a 様式 is a file beside the page, opened by a script:
 * fileDownloadAction2('word/form.rtf'). */
static void
put_form_file(struct html *h, const struct kt_xnode *form)
{
	const struct kt_xnode *x = form;

	while ((x = html_next(x, form, false)) != NULL) {
		const char *script =
		    kt_xnode_is_text(x) ? NULL : kt_xnode_attr(x, "onclick");
		const char *open = script == NULL ? NULL : strchr(script, '\'');
		const char *close =
		    open == NULL ? NULL : strchr(open + 1, '\'');
		struct html_block *block;
		struct text_line *line;

		if (close == NULL || close == open + 1)
			continue;
		block = KT_NEW(h->arena, struct html_block);
		block->h = h;
		block->file = kt_arena_strndup(
		    h->arena, open + 1, (size_t)(close - open - 1));
		block->alt = "";
		line = text_lines_add(&h->lines, "", 0);
		line->hint = TEXT_BLOCK;
		line->block = block;
		line->line = kt_xnode_line(x);
		kt_report(h->d, .id = KT_M_HTML_FORM, .a = block->file,
		    .at = { .file = h->doc->source, .line = line->line });
	}
}

/* False when the class says nothing. */
static bool
put_by_class(struct html *h, const struct kt_xnode *x)
{
	const struct kt_xnode *above = kt_xnode_parent(x);

	if (!h->vendor)
		return false;
	if (above != NULL && html_has_class(above, "head"))
		return put_head(h, x);
	if (html_has_class(x, "item")) {
		h->lists++;
		put_hinted(h, x, TEXT_ITEM, 0);
		h->lists--;
		return true;
	}
	if (html_has_class(x, "form_section")) {
		put_block(h, x);
		put_form_file(h, x);
		return true;
	}
	return false;
}

static void
put_element(struct html *h, const struct kt_xnode *x)
{
	size_t i = role_of(x);
	enum role role = i < KT_COUNT(roles) ? roles[i].role : ROLE_INLINE;

	if (put_by_class(h, x))
		return;
	switch (role) {
	case ROLE_NONE:
		break;
	case ROLE_INLINE:
		if (html_has_class(x, "underline") ||
		    has_style(x, "text-decoration:underline"))
			put_mark(h, x, KT_UNDERLINE, "");
		else
			inside(h, x);
		break;
	case ROLE_BLOCK:
	case ROLE_ENTRY:
		put_block(h, x);
		break;
	case ROLE_BREAK:
		html_flush(h);
		break;
	case ROLE_HEADING:
		put_hinted(
		    h, x, TEXT_HEADING, (unsigned)(kt_xnode_name(x)[1] - '0'));
		break;
	case ROLE_LIST:
		put_list(h, x);
		break;
	case ROLE_TABLE:
		put_table(h, x);
		break;
	case ROLE_IMAGE:
		put_image(h, x);
		break;
	case ROLE_RUBY:
		put_ruby(h, x);
		break;
	case ROLE_MARK:
		put_mark(h, x, roles[i].mark, "");
		break;
	case ROLE_LINK:
		put_link(h, x);
		break;
	}
}

/* Another page or file shown inside this one. */
static void
tell_embedded(struct html *h, const struct kt_xnode *x)
{
	const char *file =
	    kt_xnode_attr(x, kt_xnode_is(x, "iframe") ? "src" : "data");

	kt_report(h->d, .id = KT_M_HTML_EMBEDDED, .a = file == NULL ? "" : file,
	    .at = { .file = h->doc->source, .line = kt_xnode_line(x) });
}

void
html_flow(struct html *h, const struct kt_xnode *x)
{
	struct kt_buf words = KT_BUF_INIT;

	if (kt_xnode_is_text(x)) {
		put_text(h, x);
		return;
	}
	if (!html_is_hidden(x)) {
		put_element(h, x);
		return;
	}
	if (kt_xnode_is(x, "iframe") || kt_xnode_is(x, "object")) {
		tell_embedded(h, x);
		return;
	}
	if (has_style(x, "display:none") ||
	    kt_xnode_attr(x, "hidden") != NULL) {
		kt_xnode_words(&words, x);
		h->hidden += kt_utf8_count(words.p, words.len);
	}
	kt_buf_release(&words);
}
