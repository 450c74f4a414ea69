/* SPDX-License-Identifier: MIT */
/* kaitei diff: what changed between two texts, clause by clause. */
#include "table.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

static int
write_table(struct kt_buf *out, struct cli_pair *pair, struct cli *cli)
{
	struct cli_table table;
	int rc = cli_table_begin(cli, &table);

	if (rc == KT_OK) {
		cli_table_pictures(cli, &table, pair);
		rc =
		    kt_write_table_docx(out, pair->list, &table.how, cli->diag);
	}
	cli_table_end(&table);
	return rc;
}

int
cli_write_diff(const char *format, struct kt_buf *out, struct cli_pair *pair,
    struct cli *cli)
{
	const struct kt_changes *list = pair->list;
	struct kt_diff_text how = { .colour = cli->colour,
		.brief = cli_has(cli, OPT_BRIEF),
		.lang = cli->lang };

	if (strcmp(format, "json") == 0)
		return kt_write_diff_json(out, list, cli->diag);
	if (strcmp(format, "html") == 0)
		return kt_write_diff_html(out, list, cli->lang, cli->diag);
	if (strcmp(format, "md") == 0)
		return kt_write_diff_markdown(out, list, cli->lang, cli->diag);
	if (strcmp(format, "xlsx") == 0)
		return kt_write_diff_xlsx(out, list, cli->lang, cli->diag);
	if (strcmp(format, "docx") == 0)
		return write_table(out, pair, cli);
	return kt_write_diff_text(out, list, &how, cli->diag);
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", "html",
		"md", "docx", "xlsx", NULL };
	const char *format = cli_format(cli, known, "text");
	struct cli_pair pair = { .list = NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_compare(cli, &pair) == KT_OK &&
	    cli_write_diff(format, &out, &pair, cli) == KT_OK &&
	    cli_put(cli, &out) == KT_OK)
		status = pair.list->count == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
	cli_timing(cli, "write");
	cli_pair_release(&pair);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_diff = {
	.name = "diff",
	.args = "OLD NEW",
	.min = 2,
	.max = 2,
	.text = { "2つの文書を条項ごとに比べる",
	    "compare two texts clause by clause" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_XLSX, OPT_BRIEF,
	    OPT__COUNT },
	.example = "kaitei diff kanri-kitei@令和7年版 kanri-kitei -o diff.html",
};
