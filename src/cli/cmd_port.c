/* SPDX-License-Identifier: MIT */
/* kaitei port: the guideline's changes as proposals on the city's text. */
#include "cli.h"

#include <string.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/port.h>
#include <kaitei/write.h>

#include "links.h"

struct work {
	struct cli_links all;
	struct kt_doc *to;
	struct kt_changes *changes;
	struct kt_links *links_new;
	struct kt_proposals *proposals;
};

static int
write_as(const char *format, struct kt_buf *out, const struct kt_proposals *p,
    struct cli *cli)
{
	struct kt_diff_text how = { .colour = cli->colour,
		.brief = cli_has(cli, OPT_BRIEF),
		.lang = cli->lang };

	if (strcmp(format, "md") == 0)
		return kt_write_markdown(out, p->draft, cli->diag);
	if (strcmp(format, "docx") == 0)
		return kt_write_proposals_docx(out, p, cli->lang, cli->diag);
	if (strcmp(format, "xlsx") == 0)
		return kt_write_proposals_xlsx(out, p, cli->lang, cli->diag);
	if (strcmp(format, "html") == 0)
		return kt_write_proposals_html(out, p, cli->lang, cli->diag);
	if (strcmp(format, "json") == 0)
		return kt_write_proposals_json(out, p, cli->lang, cli->diag);
	return kt_write_proposals_text(out, p, &how, cli->diag);
}

static int
propose(struct cli *cli, struct work *w)
{
	struct kt_match_how again;
	struct kt_port_how how;
	int rc = cli_links(cli, &w->all, cli->args[0], cli->value[OPT_FROM]);

	if (rc == KT_OK)
		rc = cli_doc(cli, &w->to, cli->value[OPT_TO]);
	if (rc != KT_OK)
		return rc;
	kt_diff(&w->changes, w->all.guideline, w->to, cli->diag);
	again = (struct kt_match_how){ w->all.vocabulary, NULL };
	kt_match(&w->links_new, w->all.city, w->to, &again, cli->diag);
	cli_timing(cli, "compare");
	how = (struct kt_port_how){ w->all.links, w->links_new, w->changes,
		w->all.vocabulary };
	kt_port(&w->proposals, &how, cli->diag);
	cli_timing(cli, "port");
	return KT_OK;
}

static void
release(struct work *w)
{
	kt_proposals_free(w->proposals);
	kt_links_free(w->links_new);
	kt_changes_free(w->changes);
	kt_doc_free(w->to);
	cli_links_release(&w->all);
}

/* With a draft in the file the list of proposals goes to standard output. */
static int
put_list(struct cli *cli, const struct kt_proposals *p)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc =
	    write_as(cli_has(cli, OPT_JSON) ? "json" : "text", &out, p, cli);

	if (rc == KT_OK)
		rc = kt_file_write("-", out.p, out.len, cli->diag);
	kt_buf_release(&out);
	return rc;
}

static const char *
format_of(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", "html",
		"docx", "xlsx", "md", NULL };
	const char *file = cli->value[OPT_OUTPUT], *end;

	/* -o DRAFT.md --json: the draft, and the list as JSON. */
	end = file == NULL ? NULL : strrchr(file, '.');
	if (end != NULL && strcmp(end, ".md") == 0 && !cli_has(cli, OPT_FORMAT))
		return "md";
	return cli_format(cli, known, "text");
}

static int
run(struct cli *cli)
{
	const char *format = format_of(cli);
	struct work w = { .to = NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED, rc;

	if (format == NULL)
		return EXIT_FAILED;
	if (!cli_has(cli, OPT_FROM) || !cli_has(cli, OPT_TO))
		return cli_usage(
		    cli, KT_M_USAGE_TOO_FEW, "CITY --from OLD --to NEW");
	rc = propose(cli, &w);
	if (rc == KT_OK)
		rc = write_as(format, &out, w.proposals, cli);
	if (rc == KT_OK)
		rc = cli_put(cli, &out);
	if (rc == KT_OK && strcmp(format, "md") == 0 &&
	    cli_has(cli, OPT_OUTPUT))
		rc = put_list(cli, w.proposals);
	if (rc == KT_OK)
		status = w.proposals->count == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
	release(&w);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_port = {
	.name = "port",
	.args = "CITY",
	.min = 1,
	.max = 1,
	.text = { "指針の改定を、市の規定への改正案にする",
	    "the guideline's changes as proposals on the city's text" },
	.run = run,
	.opts = { OPT_FROM, OPT_TO, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_LINKS,
	    OPT_SETTINGS, OPT_BRIEF, OPT__COUNT },
	.example = "kaitei port taisaku-kijun --from guideline@令和5年3月版 "
		   "--to guideline@令和7年3月版 -o draft.md",
};
