/* SPDX-License-Identifier: MIT */
/* kaitei apply: carries out a 改め文 on the text that it amends. */
#include "revision.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/model.h>

size_t
cli_nth(struct cli *cli)
{
	const char *asked = cli->value[OPT_NTH];
	char *end;
	unsigned long n;

	if (asked == NULL)
		return 1;
	n = strtoul(asked, &end, 10);
	if (*end == '\0' && n >= 1 && n <= 10000)
		return n;
	cli_bad_value(cli, OPT_NTH, asked);
	return 0;
}

int
cli_amendment(struct cli *cli, struct kt_amendment **out, const char *name)
{
	struct kt_buf bytes = KT_BUF_INIT, text = KT_BUF_INIT;
	int rc = kt_file_read(&bytes, name, KT_READ_MAX, cli->diag);

	if (rc == KT_OK)
		rc = kt_read_paragraphs(
		    &text, name, bytes.p, bytes.len, cli->diag);
	if (rc == KT_OK)
		rc = kt_amend_read(out, name, text.p, text.len, cli->diag);
	kt_buf_release(&bytes);
	kt_buf_release(&text);
	return rc;
}

struct named_amendment {
	const char *name;
	struct kt_amendment *amendment;
};

static int
read_amendment(struct cli *cli, void *arg)
{
	struct named_amendment *r = arg;

	return cli_amendment(cli, &r->amendment, r->name);
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "md", "docx", "html", "xml",
		"json", "txt", "text", NULL };
	const char *format = cli_format(cli, known, "md");
	struct cli_named_doc old = { cli->args[0], NULL };
	struct named_amendment a = { cli->args[1], NULL };
	struct kt_doc *new = NULL;
	struct kt_buf out = KT_BUF_INIT;
	size_t nth = cli_nth(cli);
	int status = EXIT_FAILED;

	if (format == NULL || nth == 0)
		return EXIT_FAILED;
	if (cli_both(cli, cli_read_doc, &old, read_amendment, &a) == KT_OK) {
		cli_timing(cli, "read");
		if (kt_amend_apply(
			&new, old.doc, a.amendment, nth, cli->diag) == KT_OK)
			status = EXIT_NOTHING;
		cli_timing(cli, "apply");
	}
	if (status == EXIT_NOTHING &&
	    (cli_write_doc(cli, format, &out, new, cli->args[0]) != KT_OK ||
		cli_put(cli, &out) != KT_OK))
		status = EXIT_FAILED;
	cli_timing(cli, "write");
	kt_buf_release(&out);
	kt_doc_free(new);
	kt_amend_free(a.amendment);
	kt_doc_free(old.doc);
	return status;
}

const struct cmd cmd_apply = {
	.name = "apply",
	.args = "OLD AMENDMENT",
	.min = 2,
	.max = 2,
	.text = { "改め文を溶け込ませる（テキスト、Word）",
	    "carry out a 改め文, from text or Word" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_NTH,
	    OPT_WITHOUT_COMMENTARY, OPT__COUNT },
	.example = "kaitei apply kanri-kitei 改め文.txt -o 溶け込み.md",
};
