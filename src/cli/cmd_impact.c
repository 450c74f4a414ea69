/* SPDX-License-Identifier: MIT */
/* kaitei impact: what else must follow a change. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/port.h>
#include <kaitei/write.h>

struct dependants {
	struct kt_doc **at;
	size_t n;
};

static int
write_as(const char *format, struct kt_buf *out, const struct kt_impact *impact,
    struct cli *cli)
{
	struct kt_diff_text how = { .colour = cli->colour, .lang = cli->lang };

	if (strcmp(format, "docx") == 0)
		return kt_write_impact_docx(out, impact, cli->lang, cli->diag);
	if (strcmp(format, "xlsx") == 0)
		return kt_write_impact_xlsx(out, impact, cli->lang, cli->diag);
	if (strcmp(format, "html") == 0)
		return kt_write_impact_html(out, impact, cli->lang, cli->diag);
	if (strcmp(format, "json") == 0)
		return kt_write_impact_json(out, impact, cli->lang, cli->diag);
	return kt_write_impact_text(out, impact, &how, cli->diag);
}

/* --in DOC, once for each; arguments behind OLD and NEW are dependants too, so
 * that --in *.md does what it looks like. */
static int
read_dependants(struct cli *cli, struct dependants *out)
{
	const char *name;
	int rc = KT_OK;

	out->at = kt_calloc(cli->ngiven + cli->nargs, sizeof(struct kt_doc *));
	for (size_t i = 0;
	     rc == KT_OK && (name = cli_value(cli, OPT_IN, i)) != NULL; i++) {
		rc = cli_doc(cli, &out->at[out->n], name);
		out->n += rc == KT_OK;
	}
	for (size_t i = 2; rc == KT_OK && i < cli->nargs; i++) {
		rc = cli_doc(cli, &out->at[out->n], cli->args[i]);
		out->n += rc == KT_OK;
	}
	return rc;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", "html",
		"docx", "xlsx", NULL };
	const char *format = cli_format(cli, known, "text");
	struct cli_pair pair = { .list = NULL };
	struct dependants in = { .n = 0 };
	struct kt_impact *impact = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_compare(cli, &pair) == KT_OK &&
	    read_dependants(cli, &in) == KT_OK) {
		kt_impact(&impact, pair.list,
		    (const struct kt_doc *const *)in.at, in.n, cli->diag);
		cli_timing(cli, "trace");
		if (write_as(format, &out, impact, cli) == KT_OK &&
		    cli_put(cli, &out) == KT_OK)
			status =
			    impact->count == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
	}
	kt_impact_free(impact);
	for (size_t i = 0; i < in.n; i++)
		kt_doc_free(in.at[i]);
	free(in.at);
	cli_pair_release(&pair);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_impact = {
	.name = "impact",
	.args = "OLD NEW [--in DOC...]",
	.min = 2,
	.max = 200,
	.text = { "改正に伴って直すところを探す（引用、解説、関係する文書、用語"
		  "）",
	    "what else must follow a change: references, commentary, "
	    "dependants, terms" },
	.run = run,
	.opts = { OPT_IN, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei impact kanri-kitei@令和7年版 kanri-kitei --in "
		   "taisaku-kijun",
};
