/* SPDX-License-Identifier: MIT */
/*
 * Links as the file that people confirm: they delete what is wrong, put right
 * what is not quite, and keep the rest.  A line a pair; the opening words of
 * both clauses find them again when numbers have changed.
 */
#include "links_int.h"

#include <stdlib.h>
#include <string.h>

#define OPENING 40 /* characters */

/* The clause's own text, on one line, cut. */
static void
put_opening(struct kt_buf *out, const struct kt_node *node)
{
	const struct kt_node *n = node;
	struct kt_buf words = KT_BUF_INIT;
	size_t at = 0, characters = 0;

	while (n != NULL && n->len == 0)
		n = kt_node_next(n, node);
	if (node->kind == KT_ROW)
		links_words(&words, node, true);
	else if (n != NULL)
		kt_buf_put(&words, n->text, n->len);
	while (at < words.len && characters < OPENING) {
		unsigned len;
		uint32_t c = kt_utf8_at(words.p + at, &len);

		if (c == '\n' || c == '\t' || c == '\r')
			break;
		at += len;
		characters++;
	}
	kt_buf_put(out, words.p, at);
	if (at < words.len)
		kt_buf_puts(out, "…");
	kt_buf_release(&words);
}

static void
put_note(struct kt_buf *out, const struct kt_link *l, enum kt_lang lang)
{
	if (l->note[0] != '\0')
		kt_buf_puts(out, l->note);
	else
		links_doubt(out, l, lang);
}

static void
put_pair(struct kt_buf *out, const struct kt_links *links,
    const struct kt_link *l, uint32_t i, uint32_t k, enum kt_lang lang)
{
	kt_buf_printf(out, "%s\t%s\t%s\t", kt_addr(links->city, l->city[i]),
	    kt_addr(links->guideline, l->guideline[k]),
	    kt_link_relation_name(l->relation));
	put_note(out, l, lang);
	kt_buf_putc(out, '\t');
	put_opening(out, l->city[i]);
	kt_buf_putc(out, '\t');
	put_opening(out, l->guideline[k]);
	kt_buf_putc(out, '\n');
}

int
kt_write_links_tsv(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	size_t *order, n = links_order(&order, links, how);

	(void)d;
	kt_buf_puts(out, "city\tguideline\trelation\tnote\tcity_words\t"
			 "guideline_words\n");
	for (size_t i = 0; i < n; i++) {
		const struct kt_link *l = &links->at[order[i]];

		for (uint32_t a = 0; a < l->ncity; a++)
			for (uint32_t b = 0; b < l->nguideline; b++)
				put_pair(out, links, l, a, b, how->lang);
	}
	free(order);
	return KT_OK;
}
