/* SPDX-License-Identifier: MIT */
/* A correspondence for a terminal: a link a paragraph, then what has none. */
#include "links_int.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MOST 60 /* characters of a clause that stands alone */

#define RED "\033[31;9m"
#define GREEN "\033[32;4m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct out {
	struct kt_buf *b;
	const struct kt_links *links;
	const struct kt_links_how *how;
};

static void
colour(const struct out *o, const char *code)
{
	if (o->how->colour)
		kt_buf_puts(o->b, code);
}

static void
put_flat(struct kt_buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\n')
			kt_buf_puts(out, "⏎");
		else if (p[i] == '\t')
			kt_buf_puts(out, "｜");
		else
			kt_buf_putc(out, p[i]);
	}
}

static void
put_spans(const struct out *o, const struct kt_link *l)
{
	kt_buf_puts(o->b, "    ");
	for (size_t i = 0; i < l->nspans; i++) {
		const struct kt_span *s = &l->spans[i];

		if (s->op != '=') {
			colour(o, s->op == '-' ? RED : GREEN);
			kt_buf_puts(o->b, s->op == '-' ? "［－" : "［＋");
		}
		put_flat(o->b, s->text, s->len);
		if (s->op != '=') {
			kt_buf_puts(o->b, "］");
			colour(o, PLAIN);
		}
	}
	kt_buf_putc(o->b, '\n');
}

static void
put_link(const struct out *o, const struct kt_link *l)
{
	struct kt_buf more = KT_BUF_INIT;
	enum kt_lang lang = o->how->lang;

	colour(o, BOLD);
	links_places(o->b, o->links, l, false);
	kt_buf_puts(o->b, " ↔ ");
	links_places(o->b, o->links, l, true);
	colour(o, PLAIN);
	kt_buf_printf(o->b, "  %s %u.%03u", links_relation(l->relation, lang),
	    l->score / 1000, l->score % 1000);
	if (l->confirmed)
		kt_buf_puts(o->b, lang == KT_JA ? " 確認済み" : " confirmed");
	kt_buf_putc(o->b, '\n');
	links_differences(&more, l, lang);
	if (more.len > 0)
		kt_buf_printf(o->b, "    %s\n", more.p);
	kt_buf_clear(&more);
	links_doubt(&more, l, lang);
	if (more.len > 0)
		kt_buf_printf(o->b, "    %s\n", more.p);
	if (l->note[0] != '\0')
		kt_buf_printf(o->b, "    %s\n", l->note);
	if (!o->how->brief && l->relation != KT_REL_EQUAL)
		put_spans(o, l);
	kt_buf_release(&more);
}

static void
put_alone(const struct out *o, const struct kt_doc *doc,
    const struct kt_node *const *nodes, size_t n, const char *title)
{
	struct kt_buf words = KT_BUF_INIT;

	if (n == 0)
		return;
	kt_buf_printf(o->b, "\n%s\n", title);
	for (size_t i = 0; i < n; i++) {
		size_t at = 0, characters = 0;

		kt_buf_clear(&words);
		links_words(&words, nodes[i], true);
		while (at < words.len && characters < WORDS_MOST) {
			unsigned len;

			kt_utf8_at(words.p + at, &len);
			at += len;
			characters++;
		}
		kt_buf_printf(o->b, "  %s  ", kt_addr(doc, nodes[i]));
		put_flat(o->b, words.p, at);
		kt_buf_puts(o->b, at < words.len ? "…\n" : "\n");
	}
	kt_buf_release(&words);
}

int
kt_write_links_text(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	struct out o = { out, links, how };
	size_t *order, n = links_order(&order, links, how);
	bool ja = how->lang == KT_JA;

	(void)d;
	for (size_t i = 0; i < n; i++)
		put_link(&o, &links->at[order[i]]);
	put_alone(&o, links->guideline, links->guideline_only,
	    links->nguideline_only,
	    ja ? "指針にあって市にない規定" : "in the guideline only");
	if (!how->gaps)
		put_alone(&o, links->city, links->city_only, links->ncity_only,
		    ja ? "市だけの規定" : "in the city's text only");
	kt_buf_putc(out, '\n');
	links_summary(out, links, how->lang);
	kt_buf_putc(out, '\n');
	free(order);
	return KT_OK;
}
