/* SPDX-License-Identifier: MIT */
/* kaitei show: a document, or one of its clauses, as text. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

static int
put_clause(struct cli *cli, struct kt_buf *out, const struct kt_doc *doc,
    const char *format)
{
	struct kt_spot spot = { .node = doc->root };
	const struct kt_node *n;

	if (cli->nargs > 1 && kt_addr_find(&spot, doc, cli->args[1]) != KT_OK)
		return kt_report(cli->diag, .id = KT_M_NO_CLAUSE,
		    .a = cli->args[0], .b = cli->args[1]);
	if (strcmp(format, "json") == 0)
		return kt_write_tree_json(out, doc, spot.node, cli->diag);
	if (cli->nargs == 1)
		return kt_write_text(out, doc, cli->diag);
	for (n = spot.node; n != NULL; n = n->next) {
		int rc = kt_write_clause(out, doc, n, cli->diag);

		if (rc != KT_OK || spot.last == NULL || n == spot.last)
			return rc;
	}
	return KT_OK;
}

/* A text in force on a day says so at its head, the newest one what of it is
 * not in force yet. */
static int
put_as_of(struct cli *cli, struct kt_buf *out, const char *format)
{
	const char *name = cli->args[0];

	if (strcmp(format, "json") == 0)
		return KT_OK;
	if (cli->as_of[0] != '\0')
		kt_buf_printf(out, "［%s］\n", cli->as_of);
	else if (cli_is_in_store(name) && strchr(name, '@') == NULL)
		return cli_put_coming(cli, out, name);
	return KT_OK;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_doc *doc = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_doc(cli, &doc, cli->args[0]) == KT_OK &&
	    put_as_of(cli, &out, format) == KT_OK &&
	    put_clause(cli, &out, doc, format) == KT_OK &&
	    cli_put(cli, &out) == KT_OK)
		status = EXIT_NOTHING;
	kt_doc_free(doc);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_show = {
	.name = "show",
	.args = "DOC [ADDRESS]",
	.min = 1,
	.max = 2,
	.text = { "文書又は条項を表示する", "show a document or a clause" },
	.run = run,
	.opts = { OPT_AS_OF, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei show kanri-kitei@令和8年4月1日 第3条第2項",
};
