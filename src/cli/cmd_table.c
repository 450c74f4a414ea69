/* SPDX-License-Identifier: MIT */
/* kaitei table: 新旧対照表 as a Word file. */
#include "table.h"

#include <kaitei/model.h>

static int
run(struct cli *cli)
{
	static const char *const known[] = { "docx", NULL };
	struct cli_table table;
	struct cli_pair pair = { .list = NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (cli_format(cli, known, "docx") == NULL)
		return EXIT_FAILED;
	if (cli_table_begin(cli, &table) == KT_OK &&
	    cli_compare(cli, &pair) == KT_OK) {
		cli_tell_same(cli, &pair);
		cli_table_pictures(cli, &table, &pair);
		if (kt_write_table_docx(
			&out, pair.list, &table.how, cli->diag) == KT_OK &&
		    cli_put(cli, &out) == KT_OK)
			status = EXIT_NOTHING;
	}
	cli_timing(cli, "write");
	cli_pair_release(&pair);
	cli_table_end(&table);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_table = {
	.name = "table",
	.args = "OLD NEW",
	.min = 2,
	.max = 2,
	.text = { "新旧対照表をWordで作る",
	    "comparison table (新旧対照表) as Word" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_PROFILE, OPT_TITLE, OPT_REASONS,
	    OPT_WITHOUT_COMMENTARY, OPT_SETTINGS, OPT__COUNT },
	.example = "kaitei table kanri-kitei 改正案.md -o 新旧対照表.docx",
};
