/* SPDX-License-Identifier: MIT */
/* kaitei table: 新旧対照表 as a Word file. */
#include "cli.h"

#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/write.h>

static int
run(struct cli *cli)
{
	static const char *const known[] = { "docx", NULL };
	const char *title = cli->value[OPT_TITLE];
	struct kt_table_how how = { .profile = cli->value[OPT_PROFILE],
		.title = title == NULL ? "" : title };
	struct kt_changes *list = NULL;
	struct kt_doc *old = NULL, *new = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (cli_format(cli, known, "docx") == NULL)
		return EXIT_FAILED;
	if (cli_doc(cli, &old, cli->args[0]) != KT_OK ||
	    cli_doc(cli, &new, cli->args[1]) != KT_OK)
		goto out;
	kt_diff(&list, old, new, cli->diag);
	if (kt_write_table_docx(&out, list, &how, cli->diag) != KT_OK ||
	    cli_put(cli, &out) != KT_OK)
		goto out;
	status = EXIT_NOTHING;
out:
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
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
