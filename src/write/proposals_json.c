/* SPDX-License-Identifier: MIT */
/* `kaitei-port/1`: the contract's keys, and what a person would ask next. */
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

static void
put_string(struct kt_buf *out, const char *s)
{
	kt_json_string(out, s, strlen(s));
}

static void
put_key(struct kt_buf *out, const char *key, const char *value)
{
	kt_buf_printf(out, ",\"%s\":", key);
	put_string(out, value);
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

static void
put_flags(struct kt_buf *out, unsigned flags)
{
	unsigned n = 0;

	kt_buf_puts(out, ",\"flags\":[");
	for (unsigned bit = 1; bit <= KT_FL_FORM; bit <<= 1)
		if ((flags & bit) != 0)
			kt_buf_printf(out, "%s\"%s\"", n++ == 0 ? "" : ",",
			    kt_flag_name(bit));
	kt_buf_putc(out, ']');
}

static void
put_proposal(struct kt_buf *out, const struct kt_proposals *list,
    const struct kt_proposal *p, enum kt_lang lang)
{
	kt_buf_puts(out, "{\"guideline\":{\"old\":");
	put_paths(out, list->old, p->old, p->nold);
	kt_buf_puts(out, ",\"new\":");
	put_paths(out, list->new, p->new, p->nnew);
	put_key(out, "old_text", p->guideline_old);
	put_key(out, "new_text", p->guideline_new);
	kt_buf_puts(out, "},\"city\":");
	put_paths(out, list->city, p->city, p->ncity);
	put_key(out, "outcome", kt_outcome_name(p->outcome));
	put_key(out, "before", p->before);
	put_key(out, "after", p->after);
	put_key(out, "reason", kt_proposal_why_text(p->why, lang));
	put_key(out, "why", kt_proposal_why_name(p->why));
	put_key(out, "change", kt_fate_name(p->fate));
	put_flags(out, p->flags);
	if (p->detail[0] != '\0')
		put_key(out, "detail", p->detail);
	if (p->place[0] != '\0')
		put_key(out, "place", p->place);
	kt_buf_printf(out, ",\"doubtful\":%s", p->doubtful ? "true" : "false");
	if (p->commentary != NULL) {
		put_key(out, "commentary", kt_addr(list->city, p->commentary));
		kt_buf_printf(out, ",\"commentary_uses_old_words\":%s",
		    p->commentary_says ? "true" : "false");
	}
	kt_buf_putc(out, '}');
}

int
kt_write_proposals_json(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d)
{
	(void)d;
	kt_buf_puts(out, "{\"format\":\"kaitei-port/1\",\n\"city\":");
	put_string(out, p->city->source);
	put_key(out, "from", p->old->source);
	put_key(out, "to", p->new->source);
	kt_buf_puts(out, ",\n\"summary\":{");
	for (int i = 0; i < KT_OUTCOMES; i++)
		kt_buf_printf(out, "\"%s\":%zu,",
		    kt_outcome_name((enum kt_outcome)i), p->sum[i]);
	kt_buf_printf(
	    out, "\"renumbered\":%zu},\n\"proposals\":[", p->renumbered);
	for (size_t i = 0; i < p->count; i++) {
		kt_buf_puts(out, i == 0 ? "\n" : ",\n");
		put_proposal(out, p, &p->at[i], lang);
	}
	kt_buf_puts(out, "],\n\"notes\":[");
	for (size_t i = 0; i < p->nnotes; i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_string(out, p->notes[i]);
	}
	kt_buf_puts(out, "]}\n");
	return KT_OK;
}
