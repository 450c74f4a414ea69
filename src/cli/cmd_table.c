/* SPDX-License-Identifier: MIT */
/* kaitei table: 新旧対照表 as a Word file. */
#include "cli.h"

#include <kaitei/model.h>
#include <kaitei/write.h>

static int
run(struct cli *cli)
{
	static const char *const known[] = { "docx", NULL };
	const char *title = cli->value[OPT_TITLE];
	struct kt_table_how how = { .title = title == NULL ? "" : title,
		.sentence = cli_table_sentence };
	const char *profile = cli->value[OPT_PROFILE];
	struct cli_pair pair = { .list = NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (cli_format(cli, known, "docx") == NULL)
		return EXIT_FAILED;
	how.profile = kt_profile_find(profile);
	if (how.profile == NULL) {
		kt_report(cli->diag, .id = KT_M_TABLE_PROFILE, .a = profile);
		return EXIT_FAILED;
	}
	if (cli_compare(cli, &pair) == KT_OK &&
	    kt_write_table_docx(&out, pair.list, &how, cli->diag) == KT_OK &&
	    cli_put(cli, &out) == KT_OK)
		status = EXIT_NOTHING;
	cli_timing(cli, "write");
	cli_pair_release(&pair);
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
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_PROFILE, OPT_TITLE, OPT__COUNT },
	.example = "kaitei table kanri-kitei 改正案.md -o 新旧対照表.docx",
};
