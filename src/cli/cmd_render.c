/* SPDX-License-Identifier: MIT */
/* kaitei render: the consolidated text (溶け込み版) for people. */
#include "cli.h"

#include <kaitei/model.h>

static int
run(struct cli *cli)
{
	static const char *const known[] = { "docx", "html", NULL };
	const char *format = cli_format(cli, known, "docx");
	struct kt_doc *doc = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_doc(cli, &doc, cli->args[0]) == KT_OK &&
	    cli_write_doc(cli, format, &out, doc) == KT_OK &&
	    cli_put(cli, &out) == KT_OK)
		status = EXIT_NOTHING;
	kt_doc_free(doc);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_render = {
	.name = "render",
	.args = "DOC",
	.min = 1,
	.max = 1,
	.text = { "溶け込み版をWord又はHTMLにする",
	    "the consolidated text as Word or HTML" },
	.run = run,
	.opts = { OPT_AS_OF, OPT_OUTPUT, OPT_FORMAT, OPT_WITH_COMMENTARY,
	    OPT_WITHOUT_COMMENTARY, OPT__COUNT },
	.example = "kaitei render kanri-kitei@2026-04-01 -o 管理規程.docx",
};
