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
put_out(void *to, const char *p, size_t n)
{
	struct cli *cli = to;

	return kt_file_write("-", p, n, cli->diag);
}

/* For programs, which want much and have no file to be made whole. */
static bool
is_stream(const struct cli *cli, const char *format)
{
	const char *file = cli->value[OPT_OUTPUT];

	return strcmp(format, "json") == 0 &&
	       (file == NULL || strcmp(file, "-") == 0);
}

static int
put_diff(struct cli *cli, const char *format, struct cli_pair *pair)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	if (is_stream(cli, format))
		return kt_put_diff_json(pair->list, put_out, cli);
	rc = cli_write_diff(format, &out, pair, cli);
	if (rc == KT_OK)
		rc = cli_put(cli, &out);
	kt_buf_release(&out);
	return rc;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", "html",
		"md", "docx", "xlsx", NULL };
	const char *format = cli_format(cli, known, "text");
	struct cli_pair pair = { .list = NULL };
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_compare(cli, &pair) == KT_OK &&
	    put_diff(cli, format, &pair) == KT_OK)
		status = pair.list->count == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
	cli_timing(cli, "write");
	cli_pair_release(&pair);
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
