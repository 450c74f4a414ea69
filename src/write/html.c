/* SPDX-License-Identifier: MIT */
/* A document as one self-contained page. */
#include "html_int.h"
#include "picture_int.h"

#include <string.h>

#include <kaitei/write.h>

#include "assets.h"

void
html_text(struct kt_buf *out, const char *p, size_t n)
{
	const char *end = p + n, *from = p;

	for (; p < end; p++) {
		const char *as = *p == '&'    ? "&amp;"
				 : *p == '<'  ? "&lt;"
				 : *p == '>'  ? "&gt;"
				 : *p == '"'  ? "&quot;"
				 : *p == '\'' ? "&#39;"
				 : *p == '\n' ? "<br>"
				 : *p == '\t' ? "<span class=\"tab\">｜</span>"
					      : NULL;

		if (as == NULL)
			continue;
		kt_buf_put(out, from, (size_t)(p - from));
		kt_buf_puts(out, as);
		from = p + 1;
	}
	kt_buf_put(out, from, (size_t)(end - from));
}

void
html_string(struct kt_buf *out, const char *s)
{
	html_text(out, s, strlen(s));
}

void
html_open(struct kt_buf *out, enum kt_lang lang, const char *title,
    const char *style, const char *style_hash, const char *script_hash)
{
	kt_buf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; script-src %s%s%s; style-src '%s'; "
	    "img-src data:; base-uri 'none'; form-action 'none'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<title>",
	    lang == KT_JA ? "ja" : "en", script_hash[0] == '\0' ? "" : "'",
	    script_hash[0] == '\0' ? "'none'" : script_hash,
	    script_hash[0] == '\0' ? "" : "'", style_hash);
	html_string(out, title);
	kt_buf_puts(out, "</title>\n<style>");
	kt_buf_puts(out, style);
	kt_buf_puts(out, "</style>\n</head>\n<body>\n");
}

void
html_close(struct kt_buf *out, const char *script)
{
	if (script[0] != '\0')
		kt_buf_printf(out, "<script>%s</script>\n", script);
	kt_buf_puts(out, "</body>\n</html>\n");
}

void
html_side(struct kt_buf *out, enum kt_lang lang, const char *side)
{
	kt_buf_printf(out,
	    " role=\"group\" aria-label=\"%s\" data-side=\"%s\"%s", side, side,
	    lang == KT_JA ? "" : " lang=\"ja\"");
}

void
html_tools(struct kt_buf *out, enum kt_lang lang)
{
	kt_buf_printf(out,
	    "<div class=\"tools script gone\" role=\"region\" "
	    "aria-label=\"%s\">\n<fieldset><legend>%s</legend>\n",
	    lang == KT_JA ? "表示の切替え" : "what is shown",
	    lang == KT_JA ? "表示" : "show");
}

unsigned
html_depth(const struct kt_node *n)
{
	unsigned depth = 0;

	for (; n != NULL; n = n->parent)
		depth += n->kind == KT_ITEM || n->kind == KT_BULLET;
	return depth > 4 ? 4 : depth;
}

/* The page, and the pictures that were handed in for it. */
struct page {
	struct kt_buf *out;
	const struct kt_pictures *pictures;
};

/* ---- marks -------------------------------------------------------------- */

static const struct {
	const char *open, *close;
} tags[] = {
	[KT_RUBY] = { "<ruby>", "</ruby>" },
	[KT_UNDERLINE] = { "<u>", "</u>" },
	[KT_SUPER] = { "<sup>", "</sup>" },
	[KT_SUB] = { "<sub>", "</sub>" },
	[KT_STRONG] = { "<strong>", "</strong>" },
	[KT_EMPHASIS] = { "<em>", "</em>" },
	[KT_CODE] = { "<code>", "</code>" },
	[KT_LINK] = { "<span>", "</span>" },
	[KT_IMAGE] = { "<span>〔図：", "〕</span>" },
	[KT_FORMULA] = { "<span>", "</span>" },
	[KT_SENTENCE] = { "", "" },
	[KT_COLUMN] = { "", "" },
};

static void
put_picture(struct kt_buf *out, const struct kt_picture *picture,
    const char *words, size_t n)
{
	kt_buf_printf(out, "<img width=\"%u\" height=\"%u\" alt=\"",
	    picture->width, picture->height);
	for (size_t i = 0; i < n; i++)
		if (words[i] == '\n' || words[i] == '\t')
			kt_buf_putc(out, ' ');
		else
			html_text(out, words + i, 1);
	kt_buf_printf(out, "\" src=\"data:%s;base64,", picture_type(picture));
	kt_buf_base64(out, picture->bytes.p, picture->bytes.len);
	kt_buf_puts(out, "\">");
}

/* Marks as the reader gives them do not overlap at their borders; nested
 * ones are closed in order by never opening one inside another. */
static void
put_marked(struct page *to, const char *text, size_t len,
    const struct kt_mark *marks, size_t n)
{
	struct kt_buf *out = to->out;
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		const struct kt_mark *m = &marks[i];
		const struct kt_picture *picture =
		    m->kind == KT_IMAGE ? picture_find(to->pictures, m->arg)
					: NULL;

		if ((m->len == 0 && picture == NULL) || m->start < at ||
		    m->start + m->len > len)
			continue;
		html_text(out, text + at, m->start - at);
		at = m->start;
		if (picture != NULL) {
			put_picture(out, picture, text + at, m->len);
			at += m->len;
			continue;
		}
		kt_buf_puts(out, tags[m->kind].open);
		html_text(out, text + m->start, m->len);
		if (m->kind == KT_RUBY) {
			kt_buf_puts(out, "<rp>（</rp><rt>");
			html_string(out, m->arg);
			kt_buf_puts(out, "</rt><rp>）</rp>");
		}
		kt_buf_puts(out, tags[m->kind].close);
		at = m->start + m->len;
	}
	html_text(out, text + at, len - at);
}

/* ---- nodes -------------------------------------------------------------- */

static unsigned
heading_level(const struct kt_node *n)
{
	unsigned level = 1;

	for (; n->parent != NULL; n = n->parent)
		level++;
	return level > 6 ? 6 : level;
}

static void
put_heading(struct page *to, const struct kt_node *n)
{
	struct kt_buf *out = to->out;
	unsigned level = heading_level(n);
	/* 項番 and headings of prose begin where lines do. */
	bool set_in = kt_kind_is_division(n->kind) || n->kind == KT_SUPPL;

	kt_buf_printf(
	    out, "<h%u%s>", level, set_in ? " class=\"division\"" : "");
	html_string(out, n->label);
	if (n->label[0] != '\0' && n->caption[0] != '\0')
		kt_buf_puts(out, "　");
	put_marked(to, n->caption, strlen(n->caption), n->caption_marks,
	    n->ncaption_marks);
	if (n->related[0] != '\0') {
		kt_buf_puts(out, "（");
		html_string(out, n->related);
		kt_buf_puts(out, "）");
	}
	kt_buf_printf(out, "</h%u>\n", level);
}

/* 見出し of a 条 or 項: a heading for those who go from one to the next, but
 * no element of that kind, which readers would take for a division. */
static void
put_article(struct kt_buf *out, const struct kt_node *n)
{
	if (n->caption[0] == '\0')
		return;
	kt_buf_printf(out,
	    "<p class=\"caption\" role=\"heading\" aria-level=\"%u\">（",
	    heading_level(n));
	html_string(out, n->caption);
	kt_buf_puts(out, "）</p>\n");
}

/* The label that stands before a line: of the article for its first 項. */
static const char *
line_label(const struct kt_node *n)
{
	if (n->kind == KT_PARAGRAPH && n->label[0] == '\0' && n->prev == NULL &&
	    n->parent->kind == KT_ARTICLE)
		return n->parent->label;
	return n->label;
}

/* 【解説】 before the first words of one. */
static void
put_sign(struct kt_buf *out, const struct kt_node *n)
{
	if (n->kind != KT_COMMENTARY && n->prev == NULL && n->parent->len == 0)
		n = n->parent;
	if (n->kind != KT_COMMENTARY)
		return;
	kt_buf_puts(out, "【");
	html_string(out, n->caption[0] == '\0' ? "解説" : n->caption);
	kt_buf_puts(out, "】");
}

static void
put_line(struct page *to, const struct kt_node *n)
{
	struct kt_buf *out = to->out;
	const char *label = line_label(n);

	if (n->kind == KT_PARAGRAPH && n->caption[0] != '\0')
		put_article(out, n);
	if (n->len == 0 && label[0] == '\0')
		return;
	/* A line without a label is prose: it is set in, not out. */
	kt_buf_printf(out, "<p class=\"%s depth%u\">",
	    label[0] == '\0' ? "prose" : "clause", html_depth(n));
	if (label[0] != '\0') {
		kt_buf_puts(out, "<span class=\"label\">");
		html_string(out, label);
		/* A blank in the words, for those who copy them. */
		kt_buf_puts(out, n->len > 0 ? "　</span>" : "</span>");
	}
	put_sign(out, n);
	put_marked(to, n->text, n->len, n->marks, n->nmarks);
	kt_buf_puts(out, "</p>\n");
}

static void
open_cell(struct page *to, const struct kt_node *n)
{
	struct kt_buf *out = to->out;
	kt_buf_puts(out, n->parent->header ? "<th scope=\"col\"" : "<td");
	if (n->colspan > 1)
		kt_buf_printf(out, " colspan=\"%u\"", n->colspan);
	if (n->rowspan > 1)
		kt_buf_printf(out, " rowspan=\"%u\"", n->rowspan);
	kt_buf_putc(out, '>');
	put_marked(to, n->text, n->len, n->marks, n->nmarks);
}

static void
put_figure(struct page *to, const struct kt_node *n)
{
	const struct kt_picture *picture =
	    picture_find(to->pictures, n->related);
	struct kt_buf *out = to->out;

	if (picture == NULL) {
		kt_buf_puts(out, "<p>〔図：");
		html_text(out, n->text, n->len);
		kt_buf_puts(out, "〕</p>\n");
		return;
	}
	kt_buf_puts(out, "<figure>");
	put_picture(out, picture, n->text, n->len);
	if (n->len > 0) {
		kt_buf_puts(out, "<figcaption>");
		put_marked(to, n->text, n->len, n->marks, n->nmarks);
		kt_buf_puts(out, "</figcaption>");
	}
	kt_buf_puts(out, "</figure>\n");
}

/* The caption of a document or a table, as this element. */
static void
put_caption(struct kt_buf *out, const char *element, const struct kt_node *n)
{
	kt_buf_printf(out, "<%s>", element);
	html_string(out, n->caption);
	kt_buf_printf(out, "</%s>\n", element);
}

static void
enter(struct page *to, const struct kt_node *n)
{
	struct kt_buf *out = to->out;

	switch (n->kind) {
	case KT_DOC:
		put_caption(out, "h1", n);
		break;
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_TOC:
		put_heading(to, n);
		break;
	case KT_ARTICLE:
		put_article(out, n);
		break;
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
		kt_buf_puts(out, "<div class=\"aside\" role=\"note\">\n");
		put_line(to, n);
		break;
	case KT_TABLE:
		kt_buf_puts(out, "<table>\n");
		if (n->caption[0] != '\0')
			put_caption(out, "caption", n);
		break;
	case KT_ROW:
		if (n->header && n->prev == NULL)
			kt_buf_puts(out, "<thead>\n");
		kt_buf_puts(out, "<tr>");
		break;
	case KT_CELL:
		open_cell(to, n);
		break;
	case KT_FIGURE:
		put_figure(to, n);
		break;
	case KT_PREAMBLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_TEXT:
	case KT_BULLET:
		put_line(to, n);
		break;
	case KT_KINDS:
		break;
	}
}

/* Is it the last of the rows that the table begins with as its head? */
static bool
ends_head(const struct kt_node *row)
{
	if (row->next != NULL && row->next->header)
		return false;
	for (; row != NULL; row = row->prev)
		if (!row->header)
			return false;
	return true;
}

static void
leave(struct kt_buf *out, const struct kt_node *n)
{
	if (n->kind == KT_COMMENTARY || n->kind == KT_NOTE ||
	    n->kind == KT_QUOTE)
		kt_buf_puts(out, "</div>\n");
	else if (n->kind == KT_TABLE)
		kt_buf_puts(out, "</table>\n");
	else if (n->kind == KT_ROW)
		kt_buf_puts(
		    out, ends_head(n) ? "</tr>\n</thead>\n" : "</tr>\n");
	else if (n->kind == KT_CELL)
		kt_buf_puts(out, n->parent->header ? "</th>" : "</td>");
}

int
kt_write_html(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_pictures *pictures, struct kt_diag *d)
{
	struct page to = { .out = out, .pictures = pictures };
	const struct kt_node *n = doc->root;

	(void)d;
	html_open(out, KT_JA, doc->root->caption, text_css, text_css_hash, "");
	kt_buf_puts(out, "<main>\n");
	while (n != NULL) {
		enter(&to, n);
		if (n->first != NULL) {
			n = n->first;
			continue;
		}
		leave(out, n);
		while (n != doc->root && n->next == NULL) {
			n = n->parent;
			leave(out, n);
		}
		n = n == doc->root ? NULL : n->next;
	}
	kt_buf_puts(out, "</main>\n");
	html_close(out, "");
	return KT_OK;
}
