/* SPDX-License-Identifier: MIT */
/* A comparison as Markdown: a list that reads well in a mail or an issue. */
#include "view_int.h"

#include <string.h>

#include <kaitei/write.h>

/* Characters that Markdown would take for its own. */
static void
put_escaped(struct kt_buf *out, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\n' || p[i] == '\t') {
			kt_buf_puts(out, " ");
			continue;
		}
		if (strchr("\\`*_[]<>|~#", p[i]) != NULL)
			kt_buf_putc(out, '\\');
		kt_buf_putc(out, p[i]);
	}
}

static void
put_spans(struct kt_buf *out, const struct kt_change *c)
{
	kt_buf_puts(out, "  > ");
	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];

		if (s->op == '-')
			kt_buf_puts(out, "<del>");
		else if (s->op == '+')
			kt_buf_puts(out, "<ins>");
		put_escaped(out, s->text, s->len);
		if (s->op == '-')
			kt_buf_puts(out, "</del>");
		else if (s->op == '+')
			kt_buf_puts(out, "</ins>");
	}
	kt_buf_puts(out, "\n\n");
}

static void
put_change(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c, enum kt_lang lang)
{
	struct kt_buf line = KT_BUF_INIT;

	view_change_place(&line, list, c);
	kt_buf_puts(&line, "　");
	view_change_words(&line, c, lang);
	kt_buf_puts(out, "- ");
	put_escaped(out, line.p, line.len);
	kt_buf_puts(out, "\n\n");
	if (c->nspans > 0)
		put_spans(out, c);
	kt_buf_release(&line);
}

int
kt_write_diff_markdown(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d)
{
	const char *title = list->new->root->caption;

	(void)d;
	kt_buf_puts(out, "# ");
	put_escaped(out, title, strlen(title));
	kt_buf_puts(
	    out, lang == KT_JA ? "　新旧比較\n\n" : " - comparison\n\n");
	kt_diff_summary(out, list, lang);
	kt_buf_puts(out, "\n\n");
	for (size_t i = 0; i < list->count; i++)
		put_change(out, list, &list->at[i], lang);
	return KT_OK;
}
