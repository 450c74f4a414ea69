/* SPDX-License-Identifier: MIT */
/* kaitei check: lint of documents. */
#include "cli.h"

#include <limits.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

/* Messages about one document keep its name. */
static int
check_all(struct cli *cli, struct kt_diag *findings)
{
	size_t found = 0;

	for (size_t i = 0; i < cli->nargs; i++) {
		struct kt_doc *doc = NULL;

		if (cli_doc(cli, &doc, cli->args[i]) != KT_OK)
			return EXIT_FAILED;
		found += kt_check(doc, findings);
		kt_doc_free(doc);
	}
	return found == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
}

static int
put_text(struct cli *cli, const struct kt_diag *findings)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	for (size_t i = 0; i < kt_diag_count(findings); i++) {
		kt_msg_tell(&out, kt_diag_get(findings, i), cli->lang);
		kt_buf_putc(&out, '\n');
	}
	rc = cli_put(cli, &out);
	kt_buf_release(&out);
	return rc;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_diag *findings;
	struct kt_buf out = KT_BUF_INIT;
	int status, rc;

	if (format == NULL)
		return EXIT_FAILED;
	findings = kt_diag_new();
	status = check_all(cli, findings);
	if (status != EXIT_FAILED) {
		if (strcmp(format, "json") == 0) {
			rc = kt_write_check_json(&out, findings, cli->lang);
			if (rc == KT_OK)
				rc = cli_put(cli, &out);
		} else {
			rc = put_text(cli, findings);
		}
		if (rc != KT_OK)
			status = EXIT_FAILED;
	}
	kt_buf_release(&out);
	kt_diag_free(findings);
	return status;
}

const struct cmd cmd_check = {
	.name = "check",
	.args = "DOC...",
	.min = 1,
	.max = UINT_MAX,
	.text = { "番号・引用・定義語・見出し・表を点検する",
	    "check numbering, references, terms, captions, tables" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei check kanri-kitei",
};
