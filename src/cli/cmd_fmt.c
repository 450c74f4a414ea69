/* SPDX-License-Identifier: MIT */
/* kaitei fmt: canonical Markdown, in place. */
#include "cli.h"

#include <limits.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

/* EXIT_FINDINGS when the file is not in canonical form. */
static int
one(struct cli *cli, const char *path, void *unused)
{
	struct kt_buf text = KT_BUF_INIT, out = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	int status = EXIT_FAILED;

	(void)unused;
	if (kt_file_read(&text, path, KT_READ_MAX, cli->diag) != KT_OK ||
	    kt_read_markdown(&doc, path, text.p, text.len, cli->diag) !=
		KT_OK ||
	    kt_write_markdown(&out, doc, cli->diag) != KT_OK)
		goto out;
	status = EXIT_NOTHING;
	if (out.len == text.len && memcmp(out.p, text.p, out.len) == 0)
		goto out;
	if (cli_has(cli, OPT_CHECK)) {
		kt_report(cli->diag, .id = KT_M_NOT_CANONICAL, .a = path);
		status = EXIT_FINDINGS;
	} else {
		status =
		    cli_status(kt_file_write(path, out.p, out.len, cli->diag));
	}
out:
	kt_doc_free(doc);
	kt_buf_release(&text);
	kt_buf_release(&out);
	return status;
}

static int
run(struct cli *cli)
{
	return cli_each(cli, one, NULL);
}

const struct cmd cmd_fmt = {
	.name = "fmt",
	.args = "FILE...",
	.min = 1,
	.max = UINT_MAX,
	.text = { "Markdownを標準の形に整える",
	    "rewrite Markdown in its canonical form" },
	.run = run,
	.opts = { OPT_CHECK, OPT__COUNT },
	.example = "kaitei fmt --check policies",
};
