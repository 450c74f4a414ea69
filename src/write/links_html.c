/* SPDX-License-Identifier: MIT */
/* City and guideline side by side: a section a link in the order of the city's
 * text, the clauses that stand alone, each linked from the list. */
#include "html_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/write.h>

#include "links_int.h"

struct page {
	struct kt_buf *out;
	struct html_list list;
	const struct kt_links *links;
	const struct kt_links_how *how;
	const size_t *order;
	size_t n;
};

static void
put_cell(const struct page *p, const struct kt_link *l, bool guideline)
{
	struct kt_buf places = KT_BUF_INIT;

	links_places(&places, p->links, l, guideline);
	html_cell(p->out, &p->list, guideline, places.p);
	html_spans(p->out, l->spans, l->nspans, guideline ? "-" : "+");
	kt_buf_puts(p->out, "</div>");
	kt_buf_release(&places);
}

static void
put_title(struct kt_buf *out, const struct page *p, const struct kt_link *l)
{
	struct kt_buf words = KT_BUF_INIT;

	links_places(&words, p->links, l, false);
	kt_buf_puts(&words, " ↔ ");
	links_places(&words, p->links, l, true);
	html_text(out, words.p, words.len);
	kt_buf_release(&words);
}

static void
put_link(const struct page *p, size_t i)
{
	const struct kt_link *l = &p->links->at[p->order[i]];
	struct kt_buf why = KT_BUF_INIT, title = KT_BUF_INIT;
	struct kt_buf what = KT_BUF_INIT;

	put_title(&title, p, l);
	kt_buf_printf(&what, "%s %u.%03u%s",
	    links_relation(l->relation, p->how->lang), l->score / 1000,
	    l->score % 1000,
	    !l->confirmed           ? ""
	    : p->how->lang == KT_JA ? "　確認済み"
				    : " confirmed");
	html_list_section(p->out, &p->list, i,
	    kt_link_relation_name(l->relation), title.p, what.p);
	kt_buf_puts(p->out, "<div class=\"grid\"><div class=\"rowp\">");
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
	kt_buf_release(&title);
	kt_buf_release(&what);
}

static const char *
alone_name(const struct page *p, bool guideline)
{
	static const char *const names[2][2] = {
		{ "市だけの規定", "in the city's text only" },
		{ "指針にあって市にない規定", "in the guideline only" },
	};

	return names[guideline][p->how->lang];
}

static void
put_alone(const struct page *p, bool guideline, size_t id)
{
	const struct kt_links *links = p->links;
	size_t n = guideline ? links->nguideline_only : links->ncity_only;
	struct kt_buf words = KT_BUF_INIT;

	kt_buf_printf(&words, "%zu", n);
	html_list_section(
	    p->out, &p->list, id, "alone", alone_name(p, guideline), words.p);
	kt_buf_puts(p->out, "<div class=\"grid\">\n");
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
put_index(const struct page *p)
{
	struct kt_buf title = KT_BUF_INIT;

	for (size_t i = 0; i < p->n; i++) {
		const struct kt_link *l = &p->links->at[p->order[i]];

		kt_buf_clear(&title);
		put_title(&title, p, l);
		html_list_entry(p->out, i, title.p,
		    links_relation(l->relation, p->how->lang));
	}
	html_list_entry(p->out, p->n, alone_name(p, true), "");
	html_list_entry(p->out, p->n + 1, alone_name(p, false), "");
	kt_buf_release(&title);
}

static struct html_list
describe(const struct page *p, struct html_filter *filters, const char *summary)
{
	bool ja = p->how->lang == KT_JA;

	for (int i = 0; i < KT_RELATIONS; i++)
		filters[i] = (struct html_filter){ kt_link_relation_name((
						       enum kt_link_relation)i),
			links_relation((enum kt_link_relation)i, p->how->lang),
			p->links->sum[i] };
	filters[KT_RELATIONS] =
	    (struct html_filter){ "alone", ja ? "対応のない規定" : "alone",
		    p->links->nguideline_only + p->links->ncity_only };
	return (struct html_list){ .lang = p->how->lang,
		.title = p->links->city->root->caption,
		.about = ja ? "　指針との対応" : " - correspondence",
		.of = p->links->guideline->root->caption,
		.summary = summary,
		.index = ja ? "対応の一覧" : "links",
		.left = ja ? "市" : "city",
		.right = ja ? "指針（市の用語で）"
			    : "guideline, in the city&#39;s words",
		.filters = filters,
		.nfilters = KT_RELATIONS + 1 };
}

int
kt_write_links_html(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	struct html_filter filters[KT_RELATIONS + 1];
	struct kt_buf summary = KT_BUF_INIT;
	struct page p = { .out = out, .links = links, .how = how };
	size_t *order;

	(void)d;
	p.n = links_order(&order, links, how);
	p.order = order;
	links_summary(&summary, links, how->lang);
	p.list = describe(&p, filters, summary.p);
	html_list_open(out, &p.list);
	put_index(&p);
	html_list_main(out, &p.list);
	for (size_t i = 0; i < p.n; i++)
		put_link(&p, i);
	put_alone(&p, true, p.n);
	put_alone(&p, false, p.n + 1);
	html_list_close(out, &p.list);
	kt_buf_release(&summary);
	free(order);
	return KT_OK;
}
