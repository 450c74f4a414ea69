/* SPDX-License-Identifier: MIT */
/* kaitei convert: any readable format to any writable one. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

/* The formats that hold pictures. */
static int
write_with_pictures(struct cli *cli, const char *format, struct kt_buf *out,
    const struct kt_doc *doc, const char *from)
{
	struct kt_pictures *pictures = cli_pictures(cli, doc, from);
	struct kt_render how = { .commentary =
				     !cli_has(cli, OPT_WITHOUT_COMMENTARY),
		.as_of = cli->as_of,
		.lang = cli->lang,
		.pictures = pictures };
	int rc;

	if (strcmp(format, "html") == 0)
		rc = kt_write_html(out, doc, pictures, cli->diag);
	else
		rc = kt_write_docx(out, doc, &how, cli->diag);
	kt_pictures_free(pictures);
	return rc;
}

int
cli_write_doc(struct cli *cli, const char *format, struct kt_buf *out,
    const struct kt_doc *doc, const char *from)
{
	if (strcmp(format, "docx") == 0 || strcmp(format, "html") == 0)
		return write_with_pictures(cli, format, out, doc, from);
	if (strcmp(format, "xml") == 0)
		return kt_write_lawxml(out, doc, cli->diag);
	if (strcmp(format, "json") == 0)
		return kt_write_tree_json(out, doc, NULL, cli->diag);
	if (strcmp(format, "md") == 0)
		return kt_write_markdown(out, doc, cli->diag);
	if (strcmp(format, "lawtext") == 0)
		return kt_write_lawtext(out, doc, cli->diag);
	return kt_write_text(out, doc, cli->diag);
}

/* 規程.law.txt is Lawtext, other .txt is text as printed. */
static const char *
lawtext_by_name(const struct cli *cli, const char *format)
{
	const char *file = cli->value[OPT_OUTPUT];
	size_t n = file == NULL ? 0 : strlen(file), tail = strlen(".law.txt");

	return format != NULL && strcmp(format, "txt") == 0 &&
		       !cli_has(cli, OPT_FORMAT) && n > tail &&
		       strcmp(file + n - tail, ".law.txt") == 0
		   ? "lawtext"
		   : format;
}

static bool
any_warning(const struct kt_diag *d)
{
	for (size_t i = 0; i < kt_diag_count(d); i++)
		if (kt_msg_level(kt_diag_get(d, i)->id) <= KT_WARNING)
			return true;
	return false;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "md", "docx", "html", "xml",
		"json", "txt", "text", "lawtext", NULL };
	const char *format = lawtext_by_name(cli, cli_format(cli, known, "md"));
	struct kt_doc *doc = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_import(cli, &doc, cli->args[0]) == KT_OK &&
	    cli_write_doc(cli, format, &out, doc, cli->args[0]) == KT_OK &&
	    cli_put(cli, &out) == KT_OK)
		status = cli_has(cli, OPT_STRICT) &&
				 (cli->lost || any_warning(cli->diag))
			     ? EXIT_FINDINGS
			     : EXIT_NOTHING;
	kt_doc_free(doc);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_convert = {
	.name = "convert",
	.args = "IN",
	.min = 1,
	.max = 1,
	.text = { "文書の形式を変える（md docx html xml json txt law.txt）",
	    "from any readable format to any writable one" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_STRICT, OPT_REPORT,
	    OPT_CHANGES, OPT_SIDE, OPT__COUNT },
	.example = "kaitei convert 規程.xml -o 規程.md",
};
