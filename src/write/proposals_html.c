/* SPDX-License-Identifier: MIT */
/*
 * The guideline's changes beside what they mean for the city's text: a section
 * a proposal with a box to tick and a decision to take, what waits for one
 * first.
 */
#include "html_int.h"

#include <string.h>

#include <kaitei/write.h>

#include "proposals_int.h"

/* In this order. */
static const enum kt_outcome order[] = { KT_OUT_CONFLICT, KT_OUT_APPLIED,
	KT_OUT_NO_COUNTERPART, KT_OUT_PRESENT };

struct page {
	struct kt_buf *out;
	struct html_list list;
	const struct kt_proposals *all;
};

static void
put_title(
    struct kt_buf *out, const struct page *p, const struct kt_proposal *one)
{
	struct kt_buf words = KT_BUF_INIT;

	proposals_guideline(&words, p->all, one);
	kt_buf_puts(&words, " ⇒ ");
	proposals_city(&words, p->all, one);
	html_text(out, words.p, words.len);
	kt_buf_release(&words);
}

/* One of the guideline's two wordings, what differs marked. */
static void
put_text(const struct page *p, const struct kt_proposal *one, const char *ja,
    const char *en, bool old)
{
	const char *text = old ? one->guideline_old : one->guideline_new;

	if (text[0] == '\0')
		return;
	kt_buf_printf(
	    p->out, "<div><b>%s</b>", p->list.lang == KT_JA ? ja : en);
	if (one->nguideline_spans > 0)
		html_spans(p->out, one->guideline_spans, one->nguideline_spans,
		    old ? "-" : "+");
	else
		html_string(p->out, text);
	kt_buf_puts(p->out, "</div>");
}

static void
put_cells(const struct page *p, const struct kt_proposal *one)
{
	struct kt_buf place = KT_BUF_INIT;

	kt_buf_puts(p->out, "<div class=\"grid\"><div class=\"rowp\">");
	proposals_guideline(&place, p->all, one);
	html_cell(p->out, &p->list, false, place.p);
	put_text(p, one, "旧　", "old: ", true);
	put_text(p, one, "新　", "new: ", false);
	kt_buf_puts(p->out, "</div>");
	kt_buf_clear(&place);
	proposals_city(&place, p->all, one);
	html_cell(p->out, &p->list, true, place.p);
	if (one->nspans > 0)
		html_spans(p->out, one->spans, one->nspans, "-+");
	else if (one->outcome == KT_OUT_APPLIED && one->before[0] == '\0') {
		kt_buf_puts(p->out, "<ins>");
		html_string(p->out, one->after);
		kt_buf_puts(p->out, "</ins>");
	} else if (one->ncity > 0) {
		html_string(p->out, one->after);
	}
	kt_buf_puts(p->out, "</div></div></div>\n");
	kt_buf_release(&place);
}

static void
put_proposal(const struct page *p, size_t id, const struct kt_proposal *one)
{
	struct kt_buf words = KT_BUF_INIT;

	put_title(&words, p, one);
	html_list_section(p->out, &p->list, id, kt_outcome_name(one->outcome),
	    words.p, proposals_outcome(one->outcome, p->list.lang));
	put_cells(p, one);
	kt_buf_clear(&words);
	proposals_reason(&words, p->all, one, p->list.lang);
	html_list_reason(p->out, &words);
	if (one->outcome != KT_OUT_PRESENT)
		html_list_choices(p->out, id, proposals_answers[p->list.lang]);
	kt_buf_puts(p->out, "</section>\n");
	kt_buf_release(&words);
}

static void
put_index(const struct page *p)
{
	struct kt_buf title = KT_BUF_INIT;
	size_t id = 0;

	for (size_t k = 0; k < KT_COUNT(order); k++)
		for (size_t i = 0; i < p->all->count; i++) {
			const struct kt_proposal *one = &p->all->at[i];

			if (one->outcome != order[k])
				continue;
			kt_buf_clear(&title);
			put_title(&title, p, one);
			html_list_entry(p->out, id++, title.p,
			    proposals_outcome(one->outcome, p->list.lang));
		}
	kt_buf_release(&title);
}

static void
put_notes(const struct page *p)
{
	struct kt_buf words = KT_BUF_INIT;

	for (size_t i = 0; i < p->all->nnotes; i++)
		kt_buf_printf(
		    &words, "%s%s", i == 0 ? "" : "\n", p->all->notes[i]);
	if (words.len > 0)
		html_list_reason(p->out, &words);
	kt_buf_release(&words);
}

static uint64_t
key_of(const struct kt_proposals *all)
{
	uint64_t key = all->count;

	for (size_t i = 0; i < all->count; i++) {
		const struct kt_proposal *one = &all->at[i];
		const char *texts[] = { one->guideline_old, one->guideline_new,
			one->before, one->after };

		for (size_t k = 0; k < KT_COUNT(texts); k++)
			key = kt_hash(texts[k], strlen(texts[k]), key);
	}
	return key;
}

int
kt_write_proposals_html(struct kt_buf *out, const struct kt_proposals *all,
    enum kt_lang lang, struct kt_diag *d)
{
	bool ja = lang == KT_JA;
	struct html_filter filters[KT_COUNT(order)];
	struct kt_buf summary = KT_BUF_INIT;
	struct page p = { .out = out, .all = all };
	size_t id = 0;

	(void)d;
	for (size_t k = 0; k < KT_COUNT(order); k++)
		filters[k] = (struct html_filter){ kt_outcome_name(order[k]),
			proposals_outcome(order[k], lang), all->sum[order[k]] };
	proposals_summary(&summary, all, lang);
	p.list = (struct html_list){ .lang = lang,
		.title = all->city->root->caption,
		.about =
		    ja ? "　指針の改定への対応" : " - the guideline's changes",
		.of = all->new->root->caption,
		.summary = summary.p,
		.index = ja ? "改定の一覧" : "changes",
		.left = ja ? "指針の改定（市の用語で）"
			   : "guideline, in the city&#39;s words",
		.right = ja ? "市の規定と案" : "city, and the proposal",
		.filters = filters,
		.nfilters = KT_COUNT(order),
		.ticks = true,
		.key = key_of(all) };
	html_list_open(out, &p.list);
	put_index(&p);
	html_list_main(out, &p.list);
	put_notes(&p);
	for (size_t k = 0; k < KT_COUNT(order); k++)
		for (size_t i = 0; i < all->count; i++)
			if (all->at[i].outcome == order[k])
				put_proposal(&p, id++, &all->at[i]);
	html_list_close(out, &p.list);
	kt_buf_release(&summary);
	return KT_OK;
}
