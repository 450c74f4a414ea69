/* SPDX-License-Identifier: MIT */
/*
 * City and guideline side by side as one self-contained page: a section a
 * link in the order of the city's text, the clauses that stand alone, each
 * linked from the list.  The frame, style and script are those of the
 * comparison; complete without its script.
 */
#include "html_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/write.h>

#include "assets.h"
#include "links_int.h"

struct page {
	struct kt_buf *out;
	const struct kt_links *links;
	const struct kt_links_how *how;
	const size_t *order;
	size_t n;
};

static void
put(const struct page *p, const char *ja, const char *en)
{
	kt_buf_puts(p->out, p->how->lang == KT_JA ? ja : en);
}

/* The filters of the comparison page, by their values. */
static const char *
filter_of(const struct kt_link *l)
{
	switch (l->relation) {
	case KT_REL_EQUAL:
		return "notation";
	case KT_REL_DIFFERS:
		return "substance";
	case KT_REL_PARTIAL:
		return "caption";
	case KT_REL_NEAR:
		return "reference";
	case KT_RELATIONS:
		break;
	}
	return "substance";
}

static void
put_span(const struct page *p, const struct kt_span *s)
{
	const char *tag = s->op == '-' ? "del" : "ins";

	kt_buf_printf(p->out, "<%s", tag);
	if (s->note[0] != '\0') {
		kt_buf_puts(p->out, " title=\"");
		html_string(p->out, s->note);
		kt_buf_putc(p->out, '"');
	}
	kt_buf_putc(p->out, '>');
	html_text(p->out, s->text, s->len);
	kt_buf_printf(p->out, "</%s>", tag);
}

static void
put_cell(const struct page *p, const struct kt_link *l, bool guideline)
{
	struct kt_buf places = KT_BUF_INIT;
	char op = guideline ? '-' : '+';

	kt_buf_printf(
	    p->out, "<div class=\"cell %s\"", guideline ? "new" : "old");
	html_side(p->out, p->how->lang,
	    p->how->lang == KT_JA ? (guideline ? "指針" : "市")
				  : (guideline ? "guideline" : "city"));
	kt_buf_puts(p->out, "><span class=\"label\">");
	links_places(&places, p->links, l, guideline);
	html_text(p->out, places.p, places.len);
	kt_buf_puts(p->out, "</span><br>");
	for (size_t i = 0; i < l->nspans; i++)
		if (l->spans[i].op == '=')
			html_text(p->out, l->spans[i].text, l->spans[i].len);
		else if (l->spans[i].op == op)
			put_span(p, &l->spans[i]);
	kt_buf_puts(p->out, "</div>");
	kt_buf_release(&places);
}

static void
put_title(const struct page *p, const struct kt_link *l)
{
	struct kt_buf words = KT_BUF_INIT;

	links_places(&words, p->links, l, false);
	kt_buf_puts(&words, " ↔ ");
	links_places(&words, p->links, l, true);
	html_text(p->out, words.p, words.len);
	kt_buf_release(&words);
}

static void
put_link(const struct page *p, size_t i)
{
	const struct kt_link *l = &p->links->at[p->order[i]];
	struct kt_buf why = KT_BUF_INIT;

	kt_buf_printf(p->out,
	    "<section id=\"c%zu\" tabindex=\"-1\" data-class=\"%s\" "
	    "data-changed=\"1\">\n<h2>",
	    i, filter_of(l));
	put_title(p, l);
	kt_buf_puts(p->out, "<span class=\"what\">");
	html_string(p->out, links_relation(l->relation, p->how->lang));
	kt_buf_printf(p->out, " %u.%03u", l->score / 1000, l->score % 1000);
	if (l->confirmed)
		put(p, "　確認済み", " confirmed");
	kt_buf_puts(p->out, "</span></h2>\n<div class=\"grid\">"
			    "<div class=\"rowp\">");
	put_cell(p, l, false);
	put_cell(p, l, true);
	kt_buf_puts(p->out, "</div>");
	links_differences(&why, l, p->how->lang);
	if (why.len > 0 && l->doubtful)
		kt_buf_puts(&why, "　");
	links_doubt(&why, l, p->how->lang);
	if (why.len > 0) {
		kt_buf_puts(p->out, "<div class=\"why\">");
		html_text(p->out, why.p, why.len);
		kt_buf_puts(p->out, "</div>");
	}
	kt_buf_puts(p->out, "</div>\n</section>\n");
	kt_buf_release(&why);
}

static void
put_alone(const struct page *p, bool guideline, size_t id)
{
	const struct kt_links *links = p->links;
	size_t n = guideline ? links->nguideline_only : links->ncity_only;
	struct kt_buf words = KT_BUF_INIT;

	kt_buf_printf(p->out,
	    "<section id=\"c%zu\" tabindex=\"-1\" data-class=\"moved\" "
	    "data-changed=\"1\">\n<h2>",
	    id);
	if (guideline)
		put(p, "指針にあって市にない規定", "in the guideline only");
	else
		put(p, "市だけの規定", "in the city's text only");
	kt_buf_printf(p->out, " %zu</h2>\n<div class=\"grid\">\n", n);
	for (size_t i = 0; i < n; i++) {
		const struct kt_node *node =
		    guideline ? links->guideline_only[i] : links->city_only[i];

		kt_buf_puts(p->out, "<div class=\"rowp\"><div class=\"cell "
				    "old\"><span class=\"label\">");
		html_string(p->out,
		    kt_addr(guideline ? links->guideline : links->city, node));
		kt_buf_puts(p->out, "</span></div><div class=\"cell new\">");
		kt_buf_clear(&words);
		links_words(&words, node, false);
		html_text(p->out, words.p, words.len);
		kt_buf_puts(p->out, "</div></div>\n");
	}
	kt_buf_puts(p->out, "</div>\n</section>\n");
	kt_buf_release(&words);
}

static void
put_header(const struct page *p)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_buf_puts(p->out, "<a class=\"skip\" href=\"#main\">");
	put(p, "本文へ", "to the text");
	kt_buf_puts(p->out, "</a>\n<header>\n<h1>");
	html_string(p->out, p->links->city->root->caption);
	put(p, "　指針との対応", " - correspondence");
	kt_buf_puts(p->out, "</h1>\n<p>");
	html_string(p->out, p->links->guideline->root->caption);
	kt_buf_puts(p->out, "</p>\n<p>");
	links_summary(&words, p->links, p->how->lang);
	html_text(p->out, words.p, words.len);
	kt_buf_puts(p->out, "</p>\n</header>\n");
	kt_buf_release(&words);
}

static void
put_filter(const struct page *p, const char *value, size_t n, const char *ja,
    const char *en)
{
	kt_buf_printf(p->out,
	    "<label><input type=\"checkbox\" name=\"class\" value=\"%s\" "
	    "checked> ",
	    value);
	put(p, ja, en);
	kt_buf_printf(p->out, " %zu</label>\n", n);
}

static void
put_tools(const struct page *p)
{
	const struct kt_links *l = p->links;

	html_tools(p->out, p->how->lang);
	put_filter(p, "notation", l->sum[KT_REL_EQUAL], "同じ", "equal");
	put_filter(p, "reference", l->sum[KT_REL_NEAR], "ほぼ同じ", "near");
	put_filter(p, "caption", l->sum[KT_REL_PARTIAL], "一部", "partial");
	put_filter(
	    p, "substance", l->sum[KT_REL_DIFFERS], "相違あり", "differs");
	put_filter(p, "moved", l->nguideline_only + l->ncity_only,
	    "対応のない規定", "alone");
	kt_buf_puts(p->out, "</fieldset>\n<label><input type=\"checkbox\" "
			    "id=\"only\" checked> ");
	put(p, "選んだものだけ", "chosen only");
	kt_buf_puts(p->out,
	    "</label>\n<label><input type=\"checkbox\" id=\"keys\" "
	    "checked> ");
	put(p, "キー操作（? で一覧）", "keys (? lists them)");
	kt_buf_puts(p->out,
	    "</label>\n<span aria-live=\"polite\"><b id=\"count\"></b> ");
	put(p, "件", "shown");
	kt_buf_puts(p->out, "</span>\n</div>\n");
}

static void
put_entry(const struct page *p, size_t id, const struct kt_link *l)
{
	kt_buf_printf(
	    p->out, "<li data-for=\"c%zu\"><a href=\"#c%zu\">", id, id);
	if (l != NULL)
		put_title(p, l);
	else if (id == p->n)
		put(p, "指針にあって市にない規定", "in the guideline only");
	else
		put(p, "市だけの規定", "in the city's text only");
	kt_buf_puts(p->out, "</a>");
	if (l != NULL) {
		kt_buf_puts(p->out, "<small>");
		html_string(p->out, links_relation(l->relation, p->how->lang));
		kt_buf_puts(p->out, "</small>");
	}
	kt_buf_puts(p->out, "</li>\n");
}

static void
put_list(const struct page *p)
{
	kt_buf_puts(p->out, "<nav aria-label=\"");
	put(p, "対応の一覧", "links");
	kt_buf_puts(p->out, "\">\n<h2>");
	put(p, "対応の一覧", "Links");
	kt_buf_puts(p->out, "</h2>\n<ol>\n");
	for (size_t i = 0; i < p->n; i++)
		put_entry(p, i, &p->links->at[p->order[i]]);
	put_entry(p, p->n, NULL);
	put_entry(p, p->n + 1, NULL);
	kt_buf_puts(p->out, "</ol>\n</nav>\n");
}

int
kt_write_links_html(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	size_t *order;
	struct page p = { .out = out, .links = links, .how = how };

	(void)d;
	p.n = links_order(&order, links, how);
	p.order = order;
	html_open(out, how->lang, links->city->root->caption, report_css,
	    report_css_hash, report_js_hash);
	put_header(&p);
	put_tools(&p);
	kt_buf_puts(out, "<div class=\"layout\">\n");
	put_list(&p);
	kt_buf_puts(out, "<main id=\"main\">\n<div class=\"grid heads\" "
			 "aria-hidden=\"true\"><div class=\"cell old\">");
	put(&p, "市", "city");
	kt_buf_puts(out, "</div><div class=\"cell new\">");
	put(&p, "指針（市の用語で）", "guideline, in the city's words");
	kt_buf_puts(out, "</div></div>\n");
	for (size_t i = 0; i < p.n; i++)
		put_link(&p, i);
	put_alone(&p, true, p.n);
	put_alone(&p, false, p.n + 1);
	kt_buf_puts(out, "</main>\n</div>\n<dialog id=\"help\" "
			 "aria-labelledby=\"helph\">\n<h2 id=\"helph\">");
	put(&p, "キー操作", "Keys");
	kt_buf_puts(out, "</h2>\n<p>");
	put(&p, "j 次、k 前、v 全体", "j next, k previous, v all");
	kt_buf_puts(out, "</p>\n<button id=\"close\">");
	put(&p, "閉じる", "close");
	kt_buf_puts(out, "</button></dialog>\n");
	html_close(out, report_js);
	free(order);
	return KT_OK;
}
