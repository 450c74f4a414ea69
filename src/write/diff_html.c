/* SPDX-License-Identifier: MIT */
/*
 * A comparison as one self-contained page: side by side, a list of changes,
 * filters by class, keys, print.  review-site.md §1, §2, §7.  Complete
 * without its script; text from documents passes html_text() only.
 */
#include "html_int.h"

#include <string.h>

#include <kaitei/write.h>

#include "assets.h"
#include "view_int.h"

struct page {
	struct kt_buf *out;
	const struct kt_changes *list;
	enum kt_lang lang;
};

static void
put(const struct page *p, const char *ja, const char *en)
{
	kt_buf_puts(p->out, p->lang == KT_JA ? ja : en);
}

/* ---- words -------------------------------------------------------------- */

static const char *span_style(enum kt_span_class class)
{
	switch (class) {
	case KT_SC_NOTATION:
		return " class=\"notation\"";
	case KT_SC_REF_FOLLOWED:
		return " class=\"followed\"";
	case KT_SC_NONE:
	case KT_SC_SUBSTANCE:
	case KT_SC_REF_RETARGETED:
	case KT_SC_REF_DANGLING:
	case KT_SC_MODALITY:
	case KT_SC_QUANTITY:
	case KT_SC_ACTOR:
	case KT_SPAN_CLASSES:
		break;
	}
	return "";
}

/* The line break that ends a whole clause would stand before its mark. */
static uint32_t
shown_len(const struct kt_span *s)
{
	return s->len > 0 && s->text[s->len - 1] == '\n' ? s->len - 1 : s->len;
}

static void
put_marked_span(const struct page *p, const struct kt_span *s)
{
	const char *tag = s->op == '-' ? "del" : "ins";
	bool out = s->op == '-';

	kt_buf_printf(p->out, "<%s%s", tag, span_style(s->class));
	if (s->note != NULL && s->note[0] != '\0') {
		kt_buf_puts(p->out, " title=\"");
		html_string(p->out, s->note);
		kt_buf_putc(p->out, '"');
	}
	kt_buf_puts(p->out, "><span class=\"sr\">");
	if (out)
		put(p, "削除ここから", "deleted: ");
	else
		put(p, "追加ここから", "added: ");
	kt_buf_puts(p->out, "</span>");
	html_text(p->out, s->text, shown_len(s));
	kt_buf_puts(p->out, "<span class=\"sr\">");
	if (out)
		put(p, "削除ここまで", " end of deletion");
	else
		put(p, "追加ここまで", " end of addition");
	kt_buf_printf(
	    p->out, "</span></%s>%s", tag, shown_len(s) < s->len ? "<br>" : "");
}

/* One side of a change: what stays and that side's own words. */
static void
put_side(const struct page *p, const struct kt_change *c, char op)
{
	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];

		if (s->op == '=')
			html_text(p->out, s->text, s->len);
		else if (s->op == op)
			put_marked_span(p, s);
	}
}

/* ---- cells -------------------------------------------------------------- */

static bool
is_heading(const struct kt_node *n)
{
	switch (n->kind) {
	case KT_DOC:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
		return true;
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_TEXT:
	case KT_BULLET:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return false;
}

/* All of a heading that came or went. */
static void
put_whole_caption(const struct page *p, const struct kt_node *n, char op)
{
	bool article = n->kind == KT_ARTICLE || n->kind == KT_PARAGRAPH;
	struct kt_span s = { .op = op, .class = KT_SC_SUBSTANCE };
	struct kt_buf words = KT_BUF_INIT;

	kt_buf_puts(&words, n->label);
	if (n->caption[0] != '\0')
		kt_buf_printf(&words, "%s%s%s", article ? "（" : "　",
		    n->caption, article ? "）" : "");
	if (n->related[0] != '\0')
		kt_buf_printf(&words, "（%s）", n->related);
	s.text = words.p;
	s.len = (uint32_t)words.len;
	kt_buf_puts(p->out, "<span class=\"caption\">");
	put_marked_span(p, &s);
	kt_buf_puts(p->out, "</span><br>");
	kt_buf_release(&words);
}

/* The heading of a node: label, then its caption, compared or as it is. */
static void
put_caption(const struct page *p, const struct view_row *row,
    const struct kt_node *n, char op)
{
	bool article = n->kind == KT_ARTICLE || n->kind == KT_PARAGRAPH;
	const char *mark = op == '-' ? "del" : "ins";

	if (row->caption != NULL && (row->old == NULL || row->new == NULL)) {
		put_whole_caption(p, n, op);
		return;
	}
	kt_buf_puts(p->out, "<span class=\"caption\">");
	if (row->old != NULL &&
	    row->new != NULL &&strcmp(row->old->label, row->new->label) != 0) {
		kt_buf_printf(p->out, "<%s class=\"followed\">", mark);
		html_string(p->out, n->label);
		kt_buf_printf(p->out, "</%s>", mark);
	} else {
		html_string(p->out, n->label);
	}
	if (n->caption[0] != '\0') {
		kt_buf_puts(p->out, article ? "（" : "　");
		if (row->caption != NULL)
			put_side(p, row->caption, op);
		else
			html_string(p->out, n->caption);
		if (article)
			kt_buf_puts(p->out, "）");
	}
	if (n->related[0] != '\0') {
		kt_buf_puts(p->out, "（");
		if (row->related != NULL)
			put_side(p, row->related, op);
		else
			html_string(p->out, n->related);
		kt_buf_puts(p->out, "）");
	}
	kt_buf_puts(p->out, "</span><br>");
}

static void
put_row_cells(struct kt_buf *out, const struct kt_node *row)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_node_words(&words, row);
	while (words.len > 0 && words.p[words.len - 1] == '\n')
		kt_buf_cut(&words, words.len - 1);
	html_text(out, words.p, words.len);
	kt_buf_release(&words);
}

static void
put_label(const struct page *p, const struct view_row *row,
    const struct kt_node *n, char op)
{
	const char *mark = op == '-' ? "del" : "ins";
	bool other =
	    row->old != NULL &&
	    row->new != NULL &&strcmp(row->old->label, row->new->label) != 0;

	if (n->label[0] == '\0')
		return;
	kt_buf_puts(p->out, "<span class=\"label\">");
	if (other)
		kt_buf_printf(p->out, "<%s class=\"followed\">", mark);
	html_string(p->out, n->label);
	if (other)
		kt_buf_printf(p->out, "</%s>", mark);
	kt_buf_puts(p->out, "</span>");
}

static void
put_content(const struct page *p, const struct view_row *row,
    const struct kt_node *n, char op)
{
	const struct kt_change *c = row->text;

	if (c != NULL && c->side == KT_SIDE_SUBTREE) {
		put_side(p, c, op);
		return;
	}
	if (is_heading(n) || n->caption[0] != '\0')
		put_caption(p, row, n, op);
	else
		put_label(p, row, n, op);
	/* Of a figure that was replaced nothing differs but its file. */
	if (n->kind == KT_FIGURE && row->related != NULL)
		put_side(p, row->related, op);
	else if (c != NULL && c->nspans > 0)
		put_side(p, c, op);
	else if (n->kind == KT_ROW)
		put_row_cells(p->out, n);
	else
		html_text(p->out, n->text, n->len);
}

static void
put_cell(const struct page *p, const struct view_row *row, bool new_side)
{
	const struct kt_node *n = new_side ? row->new : row->old;
	const struct kt_node *commentary = n;

	while (commentary != NULL && commentary->kind != KT_COMMENTARY)
		commentary = commentary->parent;
	kt_buf_printf(p->out, "<div class=\"cell %s%s depth%u%s\"",
	    new_side ? "new" : "old", n == NULL ? " none" : "",
	    n == NULL ? 0 : html_depth(n),
	    commentary == NULL ? "" : " commentary");
	html_side(p->out, p->lang,
	    p->lang == KT_JA ? (new_side ? "新" : "旧")
			     : (new_side ? "new" : "old"));
	kt_buf_putc(p->out, '>');
	if (n != NULL)
		put_content(p, row, n, new_side ? '+' : '-');
	else if (new_side)
		put(p, "（削る）", "(deleted)");
	else
		put(p, "（新設）", "(added)");
	kt_buf_puts(p->out, "</div>");
}

/* ---- rows, sections ----------------------------------------------------- */

/* Nothing to see: structure whose words stand in rows of their own. */
static bool
is_silent(const struct view_row *row)
{
	const struct kt_node *n = row->new == NULL ? row->old : row->new;

	return row->text == NULL && row->caption == NULL &&
	       row->related == NULL && n->len == 0 && n->caption[0] == '\0' &&
	       n->label[0] == '\0' && n->kind != KT_ROW;
}

static void
put_why(const struct page *p, const struct kt_change *c)
{
	struct kt_buf words = KT_BUF_INIT;

	if (c == NULL)
		return;
	view_change_place(&words, p->list, c);
	kt_buf_puts(&words, "　");
	view_change_words(&words, c, p->lang);
	kt_buf_puts(p->out, "<div class=\"why\">");
	html_text(p->out, words.p, words.len);
	kt_buf_puts(p->out, "</div>");
	kt_buf_release(&words);
}

static void
put_row(const struct page *p, const struct view_row *row)
{
	bool same =
	    row->text == NULL && row->caption == NULL && row->related == NULL;

	if (is_silent(row))
		return;
	if (row->new != NULL && row->new->kind == KT_CELL)
		return;
	kt_buf_printf(p->out, "<div class=\"rowp%s\">", same ? " same" : "");
	put_cell(p, row, false);
	put_cell(p, row, true);
	kt_buf_puts(p->out, "</div>");
	put_why(p, row->caption);
	put_why(p, row->related);
	put_why(p, row->text);
	kt_buf_putc(p->out, '\n');
}

/* What a section can be filtered by. */
static const struct {
	const char *value, *ja, *en;
} filters[] = {
	{ "substance", "実質", "substance" },
	{ "caption", "見出し", "captions" },
	{ "reference", "引用", "references" },
	{ "notation", "表記のみ", "notation" },
	{ "moved", "移動", "moved" },
	{ "renumbered", "番号ずれのみ", "renumbered" },
};

static bool
has_class(const struct view_section *s, enum kt_class class)
{
	return (s->classes & 1u << class) != 0;
}

/* Became one several, or several one, in the same words? */
static bool
is_regrouped(const struct view_section *s)
{
	return s->class == KT_C_NONE && s->pair != NULL &&
	       (s->pair->fate == KT_SPLIT || s->pair->fate == KT_MERGED);
}

static bool
passes(const struct view_section *s, size_t filter)
{
	const char *value = filters[filter].value;

	if (strcmp(value, "substance") == 0)
		return has_class(s, KT_C_SUBSTANCE) || is_regrouped(s);
	if (strcmp(value, "caption") == 0)
		return has_class(s, KT_C_CAPTION);
	if (strcmp(value, "reference") == 0)
		return has_class(s, KT_C_REFERENCE);
	if (strcmp(value, "notation") == 0)
		return has_class(s, KT_C_NOTATION);
	if (strcmp(value, "moved") == 0)
		return (s->flags & KT_FL_MOVED) != 0 ||
		       (s->pair != NULL && s->pair->fate == KT_MOVED);
	return s->class == KT_C_NONE && !is_regrouped(s) &&
	       (s->flags & KT_FL_MOVED) == 0 &&
	       (s->pair == NULL || s->pair->fate != KT_MOVED);
}

/* All that a section is: it is shown as long as one of them is wanted. */
static void
put_classes(struct kt_buf *out, const struct view_section *s)
{
	bool first = true;

	for (size_t i = 0; i < KT_COUNT(filters); i++)
		if (passes(s, i)) {
			kt_buf_puts(out, first ? "" : " ");
			kt_buf_puts(out, filters[i].value);
			first = false;
		}
}

static void
put_title(const struct page *p, const struct view_section *s)
{
	struct kt_buf place = KT_BUF_INIT;

	if (s->pair == NULL) {
		put(p, "題名・章名等", "title and headings");
		return;
	}
	view_pair_place(&place, p->list, s->pair);
	html_string(p->out, place.p);
	kt_buf_release(&place);
}

static void
put_what(const struct page *p, const struct view_section *s)
{
	if (s->pair != NULL)
		html_string(p->out, view_fate(s->pair->fate, p->lang));
	if (s->class == KT_C_NONE)
		return;
	if (s->pair != NULL)
		kt_buf_puts(p->out, p->lang == KT_JA ? "／" : " / ");
	html_string(p->out, view_class(s->class, p->lang));
}

static void
put_section(const struct page *p, const struct view_section *s, size_t id)
{
	bool changed = s->changes > 0;

	if (s->pair == NULL && !changed)
		return;
	kt_buf_printf(
	    p->out, "<section id=\"c%zu\" tabindex=\"-1\" data-class=\"", id);
	put_classes(p->out, s);
	kt_buf_printf(p->out, "\" data-changed=\"%d\"%s>\n<h2>", changed,
	    changed ? "" : " class=\"same\"");
	put_title(p, s);
	if (changed) {
		kt_buf_puts(p->out, "<span class=\"what\">");
		put_what(p, s);
		kt_buf_puts(p->out, "</span>");
	}
	kt_buf_puts(p->out, "</h2>\n<div class=\"grid\">\n");
	for (size_t i = 0; i < s->nrows; i++)
		put_row(p, &s->rows[i]);
	kt_buf_puts(p->out, "</div>\n</section>\n");
}

/* ---- page --------------------------------------------------------------- */

static void
put_header(const struct page *p)
{
	const struct kt_doc *docs[] = { p->list->old, p->list->new };

	kt_buf_puts(p->out, "<a class=\"skip\" href=\"#main\">");
	put(p, "本文へ", "to the text");
	kt_buf_puts(p->out, "</a>\n<header>\n<h1>");
	html_string(p->out, p->list->new->root->caption);
	put(p, "　新旧比較", " - comparison");
	kt_buf_puts(p->out, "</h1>\n");
	for (size_t i = 0; i < 2; i++) {
		kt_buf_puts(p->out, "<p>");
		if (i == 0)
			put(p, "旧：", "old: ");
		else
			put(p, "新：", "new: ");
		html_string(p->out, docs[i]->source);
		kt_buf_puts(p->out, "</p>\n");
	}
	kt_buf_puts(p->out, "<p>");
	kt_diff_summary(p->out, p->list, p->lang);
	kt_buf_puts(p->out, "</p>\n</header>\n");
}

static void
put_filter(const struct page *p, const struct view *v, size_t filter)
{
	size_t n = 0;

	for (size_t i = 0; i < v->count; i++)
		n += v->at[i].changes > 0 && passes(&v->at[i], filter);
	kt_buf_printf(p->out,
	    "<label><input type=\"checkbox\" name=\"class\" value=\"%s\" "
	    "checked> ",
	    filters[filter].value);
	put(p, filters[filter].ja, filters[filter].en);
	kt_buf_printf(p->out, " %zu</label>\n", n);
}

static void
put_tools(const struct page *p, const struct view *v)
{
	html_tools(p->out, p->lang);
	for (size_t i = 0; i < KT_COUNT(filters); i++)
		put_filter(p, v, i);
	kt_buf_puts(p->out,
	    "</fieldset>\n<label><input type=\"checkbox\" id=\"only\" "
	    "checked> ");
	put(p, "変更のある条項だけ", "changed clauses only");
	kt_buf_puts(p->out,
	    "</label>\n<label><input type=\"checkbox\" id=\"keys\" checked> ");
	put(p, "キー操作（? で一覧）", "keys (? lists them)");
	kt_buf_puts(p->out,
	    "</label>\n<span aria-live=\"polite\"><b id=\"count\"></b> ");
	put(p, "件", "shown");
	kt_buf_puts(p->out, "</span>\n</div>\n");
}

static void
put_list(const struct page *p, const struct view *v)
{
	kt_buf_puts(p->out, "<nav aria-label=\"");
	put(p, "変更の一覧", "changes");
	kt_buf_puts(p->out, "\">\n<h2>");
	put(p, "変更の一覧", "Changes");
	kt_buf_puts(p->out, "</h2>\n<ol>\n");
	for (size_t i = 0; i < v->count; i++) {
		if (v->at[i].changes == 0)
			continue;
		kt_buf_printf(
		    p->out, "<li data-for=\"c%zu\"><a href=\"#c%zu\">", i, i);
		put_title(p, &v->at[i]);
		kt_buf_puts(p->out, "</a><small>");
		put_what(p, &v->at[i]);
		kt_buf_puts(p->out, "</small></li>\n");
	}
	kt_buf_puts(p->out, "</ol>\n</nav>\n");
}

static void
put_help(const struct page *p)
{
	kt_buf_puts(p->out, "<dialog id=\"help\" aria-labelledby=\"helph\">\n"
			    "<h2 id=\"helph\">");
	put(p, "キー操作", "Keys");
	kt_buf_puts(p->out, "</h2>\n<p><kbd>j</kbd> <kbd>n</kbd> ");
	put(p, "次の変更", "next change");
	kt_buf_puts(p->out, "　<kbd>k</kbd> <kbd>p</kbd> ");
	put(p, "前の変更", "previous change");
	kt_buf_puts(p->out, "　<kbd>v</kbd> ");
	put(p, "全文／変更のみ", "whole text or changes");
	kt_buf_puts(p->out, "</p>\n<button id=\"close\">");
	put(p, "閉じる", "close");
	kt_buf_puts(p->out, "</button>\n</dialog>\n");
}

int
kt_write_diff_html(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d)
{
	struct page p = { out, list, lang };
	struct view *v = view_new(list);

	(void)d;
	html_open(out, lang, list->new->root->caption, report_css,
	    report_css_hash, report_js_hash);
	put_header(&p);
	put_tools(&p, v);
	kt_buf_puts(out, "<div class=\"layout\">\n");
	put_list(&p, v);
	kt_buf_puts(out, "<main id=\"main\">\n<div class=\"grid heads\" "
			 "aria-hidden=\"true\"><div class=\"cell old\">");
	put(&p, "旧", "old");
	kt_buf_puts(out, "</div><div class=\"cell new\">");
	put(&p, "新", "new");
	kt_buf_puts(out, "</div></div>\n");
	for (size_t i = 0; i < v->count; i++)
		put_section(&p, &v->at[i], i);
	kt_buf_puts(out, "</main>\n</div>\n");
	put_help(&p);
	html_close(out, report_js);
	view_free(v);
	return KT_OK;
}
