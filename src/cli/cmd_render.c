/* SPDX-License-Identifier: MIT */
/* kaitei render: the consolidated text (溶け込み版) for people. */
#include "cli.h"

#include <string.h>

#include <kaitei/text.h>
#include <kaitei/model.h>
#include <kaitei/write.h>

/* The version that --as-of or the name asks for: 令和7年3月版 as it is, a day
 * as 令和8年4月1日現在. */
static void
put_version(struct kt_buf *out, const struct cli *cli)
{
	const char *name = cli->args[0], *rev = cli->value[OPT_AS_OF];
	struct kt_date day;

	if (rev == NULL && !kt_file_exists(name) && strchr(name, '@') != NULL)
		rev = strchr(name, '@') + 1;
	if (rev == NULL)
		return;
	if (kt_date_read(&day, rev, strlen(rev)) == strlen(rev)) {
		kt_date_wareki(out, day);
		kt_buf_puts(out, "現在");
	} else {
		kt_buf_puts(out, rev);
	}
}

static int
write_as(const char *format, struct kt_buf *out, const struct kt_doc *doc,
    struct cli *cli)
{
	struct kt_buf version = KT_BUF_INIT;
	struct kt_render how = { .commentary =
				     !cli_has(cli, OPT_WITHOUT_COMMENTARY),
		.toc = !cli_has(cli, OPT_WITHOUT_TOC),
		.lang = cli->lang };
	struct kt_pictures *pictures = cli_pictures(cli, doc, cli->args[0]);
	int rc;

	put_version(&version, cli);
	how.as_of = version.len > 0 ? version.p : "";
	how.pictures = pictures;
	if (strcmp(format, "html") == 0)
		rc = kt_write_html(out, doc, pictures, cli->diag);
	else
		rc = kt_write_docx(out, doc, &how, cli->diag);
	kt_pictures_free(pictures);
	kt_buf_release(&version);
	return rc;
}

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
	    write_as(format, &out, doc, cli) == KT_OK &&
	    cli_put(cli, &out) == KT_OK)
		status = EXIT_NOTHING;
	cli_timing(cli, "write");
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
	    OPT_WITHOUT_COMMENTARY, OPT_WITHOUT_TOC, OPT__COUNT },
	.example = "kaitei render kanri-kitei@2026-04-01 -o 管理規程.docx",
};
