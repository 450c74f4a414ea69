/* SPDX-License-Identifier: MIT */
/* kaitei tree: the outline of a document. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_doc *doc = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED, rc;

	if (format == NULL || cli_doc(cli, &doc, cli->args[0]) != KT_OK)
		return EXIT_FAILED;
	rc = strcmp(format, "json") == 0
		 ? kt_write_tree_json(&out, doc, NULL, cli->diag)
		 : kt_write_outline(&out, doc, cli->diag);
	if (rc == KT_OK && cli_put(cli, &out) == KT_OK)
		status = EXIT_NOTHING;
	kt_doc_free(doc);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_tree = {
	.name = "tree",
	.args = "DOC",
	.min = 1,
	.max = 1,
	.text = { "文書の組立てを表示する", "the outline of a document" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei tree taisaku-kijun",
};
