/* SPDX-License-Identifier: MIT */
/* kaitei blame: which revision each clause is of; and the history of one
 * clause for kaitei log ID ADDRESS. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

static const char *
word_of(const struct kt_event *e, enum kt_lang lang)
{
	static const char *const words[KT_FATES][2] = {
		[KT_ADDED] = { "新設", "added" },
		[KT_DELETED] = { "削除", "deleted" },
		[KT_MODIFIED] = { "改正", "modified" },
		[KT_MOVED] = { "移動", "moved" },
		[KT_RENUMBERED] = { "番号の変更", "renumbered" },
		[KT_SPLIT] = { "分割", "split" },
		[KT_MERGED] = { "統合", "merged" },
	};

	if (e->fate == KT_RENUMBERED && e->changed)
		return lang == KT_JA ? "改正、番号" : "modified, renumbered";
	return words[e->fate][lang];
}

/* 第37条→第38条, or the one address. */
static void
put_way(struct kt_buf *out, const struct kt_event *e)
{
	if (e->fate == KT_ADDED || strcmp(e->old, e->new) == 0)
		kt_buf_puts(out, e->new);
	else if (e->new[0] == '\0')
		kt_buf_puts(out, e->old);
	else
		kt_buf_printf(out, "%s→%s", e->old, e->new);
}

static void
put_day(struct kt_buf *out, struct kt_date day)
{
	struct kt_buf one = KT_BUF_INIT;

	if (day.year != 0)
		kt_date_iso(&one, day);
	cli_put_cell(out, one.len == 0 ? "-" : one.p, 10);
	kt_buf_release(&one);
}

static void
put_text(struct kt_buf *out, const struct kt_history *h, enum kt_lang lang)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct kt_event *e = &h->at[i];
		struct kt_buf way = KT_BUF_INIT;

		put_way(&way, e);
		cli_put_cell(out, way.p, 24);
		cli_put_cell(out, word_of(e, lang), 12);
		put_day(out, e->rev.note.promulgated);
		put_day(out, e->from);
		kt_buf_printf(out, "%.10s  %s", e->rev.id,
		    e->rev.note.instrument[0] != '\0' ? e->rev.note.instrument
						      : e->rev.note.message);
		while (out->len > 0 && out->p[out->len - 1] == ' ')
			kt_buf_cut(out, out->len - 1);
		kt_buf_putc(out, '\n');
		kt_buf_release(&way);
	}
}

static void
put_json(struct kt_buf *out, const struct kt_history *h, const char *format)
{
	kt_buf_printf(out, "{\"format\":\"%s\",\"changes\":[", format);
	for (size_t i = 0; i < h->count; i++) {
		const struct kt_event *e = &h->at[i];

		kt_buf_printf(out, "%s{\"revision\":\"%s\"", i == 0 ? "" : ",",
		    e->rev.id);
		cli_put_json(out, "kind", kt_fate_name(e->fate));
		cli_put_json(out, "old", e->old);
		cli_put_json(out, "new", e->new);
		kt_buf_printf(
		    out, ",\"changed\":%s", e->changed ? "true" : "false");
		cli_put_json(out, "instrument", e->rev.note.instrument);
		cli_put_json(out, "author", e->rev.note.author.name);
		cli_put_json_date(out, "promulgated", e->rev.note.promulgated);
		cli_put_json_date(out, "effective", e->from);
		cli_put_json(out, "old_text", e->old_text);
		cli_put_json(out, "new_text", e->new_text);
		kt_buf_putc(out, '}');
	}
	kt_buf_puts(out, "]}\n");
}

static int
put(struct cli *cli, const struct kt_history *h, const char *name)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	if (format == NULL)
		return KT_EUSAGE;
	if (strcmp(format, "json") == 0)
		put_json(&out, h, name);
	else
		put_text(&out, h, cli->lang);
	rc = cli_put(cli, &out);
	kt_buf_release(&out);
	return rc;
}

int
cli_clause_log(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_history *h = NULL;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = kt_history_of(
		    &h, store, cli->args[0], cli->args[1], cli->diag);
	if (rc == KT_OK)
		rc = put(cli, h, "kaitei-clause-log/1");
	kt_history_free(h);
	kt_store_free(store);
	return cli_status(rc);
}

static int
run(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_history *h = NULL;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = kt_history_blame(&h, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = put(cli, h, "kaitei-blame/1");
	kt_history_free(h);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_blame = {
	.name = "blame",
	.args = "ID",
	.min = 1,
	.max = 1,
	.text = { "条項ごとに、最後に改めた改正を表示する",
	    "the newest change of each clause" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei blame kanri-kitei",
};
