/* SPDX-License-Identifier: MIT */
/* `kaitei-match/1`: the contract's keys, and what the wordings differ in. */
#include "links_int.h"

#include <stdlib.h>
#include <string.h>

static void
put_string(struct kt_buf *out, const char *s)
{
	kt_json_string(out, s, strlen(s));
}

static void
put_paths(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *const *nodes, size_t n)
{
	kt_buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_string(out, kt_addr(doc, nodes[i]));
	}
	kt_buf_putc(out, ']');
}

static const char *
strength_of(const struct kt_span *s)
{
	int strength = kt_span_strength(s);

	return strength < 0 ? "weaker" : strength > 0 ? "stronger" : "";
}

static void
put_span(struct kt_buf *out, const struct kt_span *s)
{
	kt_buf_printf(out, "{\"op\":\"%c\",\"text\":", s->op);
	kt_json_string(out, s->text, s->len);
	if (s->op != '=')
		kt_buf_printf(
		    out, ",\"class\":\"%s\"", kt_span_class_name(s->class));
	if (s->note[0] != '\0') {
		kt_buf_puts(out, ",\"note\":");
		put_string(out, s->note);
	}
	if (s->op != '=' && strength_of(s)[0] != '\0')
		kt_buf_printf(out, ",\"city\":\"%s\"", strength_of(s));
	kt_buf_putc(out, '}');
}

static void
put_link(
    struct kt_buf *out, const struct kt_links *links, const struct kt_link *l)
{
	kt_buf_puts(out, "{\"city\":");
	put_paths(out, links->city, l->city, l->ncity);
	kt_buf_puts(out, ",\"guideline\":");
	put_paths(out, links->guideline, l->guideline, l->nguideline);
	kt_buf_printf(out,
	    ",\"score\":%u.%03u,\"relation\":\"%s\",\"confirmed\":%s,"
	    "\"doubtful\":%s",
	    l->score / 1000, l->score % 1000,
	    kt_link_relation_name(l->relation), l->confirmed ? "true" : "false",
	    l->doubtful ? "true" : "false");
	if (l->rival[0] != '\0') {
		kt_buf_puts(out, ",\"rival\":");
		put_string(out, l->rival);
	}
	if (l->note[0] != '\0') {
		kt_buf_puts(out, ",\"note\":");
		put_string(out, l->note);
	}
	kt_buf_puts(out, ",\"flags\":[");
	for (unsigned bit = 1, n = 0; bit <= KT_FL_FORM; bit <<= 1)
		if ((l->flags & bit) != 0)
			kt_buf_printf(out, "%s\"%s\"", n++ == 0 ? "" : ",",
			    kt_flag_name(bit));
	kt_buf_puts(out, "],\"spans\":[");
	for (size_t i = 0; i < l->nspans; i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_span(out, &l->spans[i]);
	}
	kt_buf_puts(out, "]}");
}

static void
put_source(struct kt_buf *out, const char *key, const struct kt_doc *doc)
{
	kt_buf_printf(out, ",\n\"%s\":{\"source\":", key);
	put_string(out, doc->source);
	kt_buf_puts(out, ",\"title\":");
	put_string(out, doc->root->caption);
	kt_buf_putc(out, '}');
}

int
kt_write_links_json(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	size_t *order, n = links_order(&order, links, how);

	(void)d;
	kt_buf_puts(out, "{\"format\":\"kaitei-match/1\"");
	put_source(out, "city", links->city);
	put_source(out, "guideline", links->guideline);
	kt_buf_puts(out, ",\n\"summary\":{");
	for (int i = 0; i < KT_RELATIONS; i++)
		kt_buf_printf(out, "\"%s\":%zu,",
		    kt_link_relation_name((enum kt_link_relation)i),
		    links->sum[i]);
	kt_buf_printf(out,
	    "\"confirmed\":%zu,\"doubtful\":%zu,\"city_only\":%zu,"
	    "\"guideline_only\":%zu},\n\"links\":[",
	    links->confirmed, links->doubtful, links->ncity_only,
	    links->nguideline_only);
	for (size_t i = 0; i < n; i++) {
		kt_buf_puts(out, i == 0 ? "\n" : ",\n");
		put_link(out, links, &links->at[order[i]]);
	}
	kt_buf_puts(out, "],\n\"city_only\":");
	put_paths(out, links->city, links->city_only, links->ncity_only);
	kt_buf_puts(out, ",\n\"guideline_only\":");
	put_paths(out, links->guideline, links->guideline_only,
	    links->nguideline_only);
	kt_buf_puts(out, "}\n");
	free(order);
	return KT_OK;
}
