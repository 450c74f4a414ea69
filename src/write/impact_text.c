/* SPDX-License-Identifier: MIT */
/* What must follow a change: for a terminal, and as `kaitei-impact/1`. */
#include "impact_int.h"

#include <string.h>

#include <kaitei/write.h>

#include "view_int.h"

#define BOLD "\033[1m"
#define PLAIN "\033[0m"

const char *const impact_answers[2][5] = {
	{ "直した", "直さない", "検討中", NULL },
	{ "done", "left", "open", NULL },
};

void
impact_cause(struct kt_buf *out, const struct kt_impact *impact,
    const struct kt_effect *e)
{
	if (e->cause != NULL)
		view_change_place(out, impact->changes, e->cause);
}

void
impact_reason(struct kt_buf *out, const struct kt_effect *e, enum kt_lang lang)
{
	bool ja = lang == KT_JA;

	kt_buf_puts(out, kt_effect_text(e->kind, lang));
	if (e->words[0] != '\0')
		kt_buf_printf(out, ja ? "：「%s」" : ": \"%s\"", e->words);
	if (e->kind == KT_EF_RENUMBERED)
		kt_buf_printf(out, ja ? "は、今の%s" : " is %s now", e->now);
}

void
impact_summary(
    struct kt_buf *out, const struct kt_impact *impact, enum kt_lang lang)
{
	bool ja = lang == KT_JA;

	kt_buf_printf(out,
	    ja ? "影響 %zu（直さなければ誤りになるもの %zu）"
	       : "%zu effects, %zu of them wrong if left alone",
	    impact->count, impact->must);
	for (int i = 0; i < KT_EFFECTS; i++)
		if (impact->sum[i] > 0)
			kt_buf_printf(out, ja ? "、%s %zu" : ", %s %zu",
			    ja ? kt_effect_text((enum kt_effect_kind)i, lang)
			       : kt_effect_name((enum kt_effect_kind)i),
			    impact->sum[i]);
}

int
kt_write_impact_text(struct kt_buf *out, const struct kt_impact *impact,
    const struct kt_diff_text *how, struct kt_diag *d)
{
	const struct kt_doc *doc = NULL;

	(void)d;
	for (size_t i = 0; i < impact->count; i++) {
		const struct kt_effect *e = &impact->at[i];

		if (e->doc != doc) {
			doc = e->doc;
			if (how->colour)
				kt_buf_puts(out, BOLD);
			kt_buf_printf(out, "%s%s（%s）\n", i == 0 ? "" : "\n",
			    doc->root->caption, doc->source);
			if (how->colour)
				kt_buf_puts(out, PLAIN);
		}
		kt_buf_printf(out, "  %s%s  ", e->must ? "！" : "　",
		    kt_addr(doc, e->node));
		impact_reason(out, e, how->lang);
		kt_buf_puts(out, how->lang == KT_JA ? "　← " : "  <- ");
		impact_cause(out, impact, e);
		kt_buf_putc(out, '\n');
	}
	kt_buf_puts(out, impact->count == 0 ? "" : "\n");
	impact_summary(out, impact, how->lang);
	kt_buf_putc(out, '\n');
	return KT_OK;
}

/* ---- JSON --------------------------------------------------------------- */

static void
put_key(struct kt_buf *out, const char *key, const char *value)
{
	kt_buf_printf(out, ",\"%s\":", key);
	kt_json_string(out, value, strlen(value));
}

static void
put_cause(struct kt_buf *out, const struct kt_impact *impact,
    const struct kt_change *c)
{
	struct kt_buf path = KT_BUF_INIT;

	kt_buf_puts(out, ",\"cause\":{\"kind\":");
	kt_json_string(out, c == NULL ? "renumbered" : kt_fate_name(c->fate),
	    strlen(c == NULL ? "renumbered" : kt_fate_name(c->fate)));
	for (int side = 0; side < 2 && c != NULL; side++) {
		uint32_t n = side == 0 ? c->nold : c->nnew;

		kt_buf_printf(out, ",\"%s\":[", side == 0 ? "old" : "new");
		for (uint32_t i = 0; i < n; i++) {
			kt_buf_clear(&path);
			kt_change_path(&path, impact->changes, c, side == 1, i);
			if (i > 0)
				kt_buf_putc(out, ',');
			kt_json_string(out, path.p, path.len);
		}
		kt_buf_putc(out, ']');
	}
	kt_buf_putc(out, '}');
	kt_buf_release(&path);
}

int
kt_write_impact_json(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d)
{
	(void)d;
	kt_buf_puts(out, "{\"format\":\"kaitei-impact/1\",\n\"summary\":{");
	for (int i = 0; i < KT_EFFECTS; i++)
		kt_buf_printf(out, "\"%s\":%zu,",
		    kt_effect_name((enum kt_effect_kind)i), impact->sum[i]);
	kt_buf_printf(out, "\"must\":%zu},\n\"effects\":[", impact->must);
	for (size_t i = 0; i < impact->count; i++) {
		const struct kt_effect *e = &impact->at[i];

		kt_buf_printf(out, "%s{\"kind\":\"%s\"", i == 0 ? "\n" : ",\n",
		    kt_effect_name(e->kind));
		put_key(out, "document", e->doc->source);
		put_key(out, "path", kt_addr(e->doc, e->node));
		put_key(out, "words", e->words);
		put_key(out, "now", e->now);
		put_key(out, "reason", kt_effect_text(e->kind, lang));
		kt_buf_printf(out, ",\"must\":%s", e->must ? "true" : "false");
		put_cause(out, impact, e->cause);
		kt_buf_putc(out, '}');
	}
	kt_buf_puts(out, "]}\n");
	return KT_OK;
}
