/* SPDX-License-Identifier: MIT */
/*
 * What must follow a change: the changed clause beside the one that somebody
 * must look at, a section an effect with a box to tick; what is wrong if left
 * alone first.
 */
#include "html_int.h"

#include <string.h>

#include <kaitei/write.h>

#include "impact_int.h"
#include "links_int.h"

struct page {
	struct kt_buf *out;
	struct html_list list;
	const struct kt_impact *all;
};

static void
put_title(struct kt_buf *out, const struct kt_effect *e)
{
	html_string(out, e->doc->root->caption);
	kt_buf_puts(out, "　");
	html_string(out, kt_addr(e->doc, e->node));
}

/* The clause's words, with those that it hangs on in bold. */
static void
put_words(struct kt_buf *out, const struct kt_effect *e)
{
	struct kt_buf words = KT_BUF_INIT;
	const char *at, *found;

	links_words(&words, e->node, false);
	at = words.p == NULL ? "" : words.p;
	while (e->words[0] != '\0' && (found = strstr(at, e->words)) != NULL) {
		html_text(out, at, (size_t)(found - at));
		kt_buf_puts(out, "<strong>");
		html_string(out, e->words);
		kt_buf_puts(out, "</strong>");
		at = found + strlen(e->words);
	}
	html_string(out, at);
	kt_buf_release(&words);
}

static void
put_cause(const struct page *p, const struct kt_effect *e)
{
	struct kt_buf place = KT_BUF_INIT;
	const struct kt_change *c = e->cause;

	if (c != NULL)
		impact_cause(&place, p->all, e);
	else
		kt_buf_printf(&place, "%s → %s", e->words, e->now);
	html_cell(p->out, &p->list, false, place.p == NULL ? "" : place.p);
	if (c != NULL && c->nspans > 0)
		html_spans(p->out, c->spans, c->nspans, "-+");
	else if (c != NULL && c->nold > 0 && c->nnew == 0)
		html_string(p->out, c->old_text[0]);
	else if (c != NULL && c->nnew > 0)
		html_string(p->out, c->new_text[0]);
	kt_buf_puts(p->out, "</div>");
	kt_buf_release(&place);
}

static const char *
what_of(const struct kt_effect *e, enum kt_lang lang)
{
	if (lang == KT_JA)
		return e->must ? "直さなければ誤り" : "確かめる";
	return e->must ? "wrong if left alone" : "look at";
}

static void
put_effect(const struct page *p, size_t id, const struct kt_effect *e)
{
	enum kt_lang lang = p->list.lang;
	struct kt_buf words = KT_BUF_INIT;

	put_title(&words, e);
	html_list_section(p->out, &p->list, id, kt_effect_name(e->kind),
	    words.p, what_of(e, lang));
	kt_buf_puts(p->out, "<div class=\"grid\"><div class=\"rowp\">");
	put_cause(p, e);
	html_cell(p->out, &p->list, true, kt_addr(e->doc, e->node));
	put_words(p->out, e);
	kt_buf_puts(p->out, "</div></div></div>\n");
	kt_buf_clear(&words);
	impact_reason(&words, e, lang);
	html_list_reason(p->out, &words);
	html_list_choices(p->out, id, impact_answers[lang]);
	kt_buf_puts(p->out, "</section>\n");
	kt_buf_release(&words);
}

static void
put_index(const struct page *p)
{
	struct kt_buf title = KT_BUF_INIT;
	size_t id = 0;

	for (int must = 1; must >= 0; must--)
		for (size_t i = 0; i < p->all->count; i++) {
			const struct kt_effect *e = &p->all->at[i];

			if (e->must != (must == 1))
				continue;
			kt_buf_clear(&title);
			put_title(&title, e);
			html_list_entry(
			    p->out, id++, title.p, what_of(e, p->list.lang));
		}
	kt_buf_release(&title);
}

static uint64_t
key_of(const struct kt_impact *all)
{
	uint64_t key = all->count;

	for (size_t i = 0; i < all->count; i++) {
		const struct kt_effect *e = &all->at[i];
		const char *place = kt_addr(e->doc, e->node);

		key = kt_hash(place, strlen(place), key);
		key = kt_hash(e->words, strlen(e->words), key);
	}
	return key;
}

int
kt_write_impact_html(struct kt_buf *out, const struct kt_impact *all,
    enum kt_lang lang, struct kt_diag *d)
{
	bool ja = lang == KT_JA;
	struct html_filter filters[KT_EFFECTS];
	struct kt_buf summary = KT_BUF_INIT;
	struct page p = { .out = out, .all = all };
	size_t id = 0;

	(void)d;
	for (int k = 0; k < KT_EFFECTS; k++)
		filters[k] = (struct html_filter){ kt_effect_name(
						       (enum kt_effect_kind)k),
			all->sum[k] == 0
			    ? ""
			    : kt_effect_text((enum kt_effect_kind)k, lang),
			all->sum[k] };
	impact_summary(&summary, all, lang);
	p.list = (struct html_list){ .lang = lang,
		.title = all->changes->new->root->caption,
		.about =
		    ja ? "　改正に伴い確かめる箇所" : " - what must follow",
		.of = "",
		.summary = summary.p,
		.index = ja ? "確かめる箇所" : "what to look at",
		.left = ja ? "もとの改正" : "changed",
		.right = ja ? "確かめる規定" : "to be looked at",
		.filters = filters,
		.nfilters = KT_EFFECTS,
		.ticks = true,
		.key = key_of(all) };
	html_list_open(out, &p.list);
	put_index(&p);
	html_list_main(out, &p.list);
	for (int must = 1; must >= 0; must--)
		for (size_t i = 0; i < all->count; i++)
			if (all->at[i].must == (must == 1))
				put_effect(&p, id++, &all->at[i]);
	html_list_close(out, &p.list);
	kt_buf_release(&summary);
	return KT_OK;
}
