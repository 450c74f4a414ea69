/* SPDX-License-Identifier: MIT */
/*
 * The page of a list: two columns, an index that leads to each section,
 * filters, boxes to tick.  Style and script are those of the comparison;
 * complete without its script.
 */
#include "html_int.h"

#include <string.h>

#include "assets.h"

static void
put(struct kt_buf *out, const struct html_list *l, const char *ja,
    const char *en)
{
	kt_buf_puts(out, l->lang == KT_JA ? ja : en);
}

static void
put_header(struct kt_buf *out, const struct html_list *l)
{
	kt_buf_puts(out, "<a class=\"skip\" href=\"#main\">");
	put(out, l, "本文へ", "to the text");
	kt_buf_puts(out, "</a>\n<header>\n<h1>");
	html_string(out, l->title);
	html_string(out, l->about);
	kt_buf_puts(out, "</h1>\n");
	for (int i = 0; i < 2; i++) {
		const char *words = i == 0 ? l->of : l->summary;

		if (words[0] == '\0')
			continue;
		kt_buf_puts(out, "<p>");
		html_string(out, words);
		kt_buf_puts(out, "</p>\n");
	}
	kt_buf_puts(out, "</header>\n");
}

static void
put_box(struct kt_buf *out, const char *id, const char *words)
{
	kt_buf_printf(out,
	    "<label><input type=\"checkbox\" id=\"%s\" checked> %s</label>\n",
	    id, words);
}

static void
put_tools(struct kt_buf *out, const struct html_list *l)
{
	html_tools(out, l->lang);
	for (size_t i = 0; i < l->nfilters; i++)
		if (l->filters[i].words[0] != '\0')
			kt_buf_printf(out,
			    "<label><input type=\"checkbox\" name=\"class\" "
			    "value=\"%s\" checked> %s %zu</label>\n",
			    l->filters[i].value, l->filters[i].words,
			    l->filters[i].n);
	kt_buf_puts(out, "</fieldset>\n");
	put_box(
	    out, "only", l->lang == KT_JA ? "選んだものだけ" : "chosen only");
	put_box(out, "keys",
	    l->lang == KT_JA ? "キー操作（? で一覧）" : "keys (? lists them)");
	kt_buf_puts(out, "<span aria-live=\"polite\"><b id=\"count\"></b> ");
	put(out, l, "件", "shown");
	if (l->ticks) {
		put(out, l, "　確認済み ", ", done ");
		kt_buf_puts(out, "<b id=\"done\">0</b>");
	}
	kt_buf_puts(out, "</span>\n</div>\n");
}

void
html_list_open(struct kt_buf *out, const struct html_list *l)
{
	html_open(out, l->lang, l->title, report_css, report_css_hash,
	    report_js_hash);
	put_header(out, l);
	put_tools(out, l);
	kt_buf_printf(out,
	    "<div class=\"layout\">\n<nav aria-label=\"%s\">\n"
	    "<h2>%s</h2>\n<ol>\n",
	    l->index, l->index);
}

void
html_list_entry(
    struct kt_buf *out, size_t id, const char *words, const char *remark)
{
	kt_buf_printf(out, "<li data-for=\"c%zu\"><a href=\"#c%zu\">%s</a>", id,
	    id, words);
	if (remark[0] != '\0')
		kt_buf_printf(out, "<small>%s</small>", remark);
	kt_buf_puts(out, "</li>\n");
}

void
html_list_main(struct kt_buf *out, const struct html_list *l)
{
	kt_buf_puts(out, "</ol>\n</nav>\n<main id=\"main\"");
	if (l->ticks)
		kt_buf_printf(
		    out, " data-key=\"%016llx\"", (unsigned long long)l->key);
	kt_buf_puts(out, ">\n<div class=\"grid heads\" "
			 "aria-hidden=\"true\"><div class=\"cell old\">");
	kt_buf_puts(out, l->left);
	kt_buf_puts(out, "</div><div class=\"cell new\">");
	kt_buf_puts(out, l->right);
	kt_buf_puts(out, "</div></div>\n");
}

void
html_list_section(struct kt_buf *out, const struct html_list *l, size_t id,
    const char *value, const char *heading, const char *what)
{
	kt_buf_printf(out,
	    "<section id=\"c%zu\" tabindex=\"-1\" data-class=\"%s\" "
	    "data-changed=\"1\">\n<h2>%s<span class=\"what\">%s</span>",
	    id, value, heading, what);
	if (l->ticks) {
		kt_buf_printf(out,
		    "<label class=\"tick\"><input type=\"checkbox\" "
		    "data-tick=\"%zu\"> ",
		    id);
		put(out, l, "確認", "done");
		kt_buf_puts(out, "</label>");
	}
	kt_buf_puts(out, "</h2>\n");
}

void
html_list_choices(struct kt_buf *out, size_t id, const char *const *choices)
{
	kt_buf_puts(out, "<div class=\"choices\" role=\"radiogroup\">");
	for (size_t i = 0; choices[i] != NULL; i++)
		kt_buf_printf(out,
		    "<label><input type=\"radio\" name=\"d%zu\" "
		    "value=\"%zu\"> %s</label>",
		    id, i, choices[i]);
	kt_buf_puts(out, "</div>\n");
}

void
html_list_reason(struct kt_buf *out, const struct kt_buf *words)
{
	kt_buf_puts(out, "<div class=\"reason\">");
	html_text(out, words->p, words->len);
	kt_buf_puts(out, "</div>\n");
}

void
html_list_close(struct kt_buf *out, const struct html_list *l)
{
	kt_buf_puts(out, "</main>\n</div>\n<dialog id=\"help\" "
			 "aria-labelledby=\"helph\">\n<h2 id=\"helph\">");
	put(out, l, "キー操作", "Keys");
	kt_buf_puts(out, "</h2>\n<p><kbd>j</kbd> <kbd>n</kbd> ");
	put(out, l, "次", "next");
	kt_buf_puts(out, "　<kbd>k</kbd> <kbd>p</kbd> ");
	put(out, l, "前", "previous");
	kt_buf_puts(out, "　<kbd>v</kbd> ");
	put(out, l, "選んだもの／全部", "chosen or all");
	if (l->ticks) {
		kt_buf_puts(out, "　<kbd>x</kbd> ");
		put(out, l, "確認の印", "tick");
		kt_buf_puts(out, "</p>\n<p>");
		put(out, l,
		    "印と判断は、このブラウザーだけに残り、どこにも送られません"
		    "。",
		    "Ticks and decisions stay in this browser and are sent "
		    "nowhere.");
	}
	kt_buf_puts(out, "</p>\n<button id=\"close\">");
	put(out, l, "閉じる", "close");
	kt_buf_puts(out, "</button></dialog>\n");
	html_close(out, report_js);
}

void
html_spans(
    struct kt_buf *out, const struct kt_span *spans, size_t n, const char *ops)
{
	for (size_t i = 0; i < n; i++) {
		const struct kt_span *s = &spans[i];
		const char *tag = s->op == '-' ? "del" : "ins";

		if (s->op == '=') {
			html_text(out, s->text, s->len);
			continue;
		}
		if (strchr(ops, s->op) == NULL)
			continue;
		kt_buf_printf(out, "<%s", tag);
		if (s->note[0] != '\0') {
			kt_buf_puts(out, " title=\"");
			html_string(out, s->note);
			kt_buf_putc(out, '"');
		}
		kt_buf_putc(out, '>');
		html_text(out, s->text, s->len);
		kt_buf_printf(out, "</%s>", tag);
	}
}

void
html_cell(struct kt_buf *out, const struct html_list *l, bool right,
    const char *place)
{
	kt_buf_printf(out, "<div class=\"cell %s\"", right ? "new" : "old");
	html_side(out, l->lang, right ? l->right : l->left);
	kt_buf_puts(out, "><span class=\"label\">");
	html_string(out, place);
	kt_buf_puts(out, "</span><br>");
}
