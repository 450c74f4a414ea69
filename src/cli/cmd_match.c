/* SPDX-License-Identifier: MIT */
/* kaitei match: which clauses of the city's text answer to the guideline's. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

#include "links.h"

static int
write_as(const char *format, struct kt_buf *out, const struct kt_links *links,
    struct cli *cli)
{
	struct kt_links_how how = { .review = cli_has(cli, OPT_REVIEW),
		.gaps = cli_has(cli, OPT_GAPS),
		.brief = cli_has(cli, OPT_BRIEF),
		.colour = cli->colour,
		.lang = cli->lang };

	if (strcmp(format, "json") == 0)
		return kt_write_links_json(out, links, &how, cli->diag);
	if (strcmp(format, "html") == 0)
		return kt_write_links_html(out, links, &how, cli->diag);
	if (strcmp(format, "xlsx") == 0)
		return kt_write_links_xlsx(out, links, &how, cli->diag);
	if (strcmp(format, "docx") == 0)
		return kt_write_links_docx(out, links, &how, cli->diag);
	if (strcmp(format, "tsv") == 0)
		return kt_write_links_tsv(out, links, &how, cli->diag);
	return kt_write_links_text(out, links, &how, cli->diag);
}

/* The part `vocabulary` of the settings, ready to be pasted there. */
static void
put_proposals(struct kt_buf *out, const struct kt_links *links)
{
	const struct kt_word_proposal *p;
	size_t n = kt_vocabulary_propose(&p, links);

	kt_buf_puts(out, "vocabulary:\n  words:\n");
	for (size_t i = 0; i < n; i++)
		kt_buf_printf(out, "    %s: %s  # %u / %u\n", p[i].guideline,
		    p[i].city, (unsigned)p[i].times, (unsigned)p[i].seen);
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", "html",
		"xlsx", "docx", "tsv", "yaml", NULL };
	bool propose = cli_has(cli, OPT_PROPOSE_VOCABULARY);
	const char *format = cli_format(cli, known, propose ? "yaml" : "text");
	struct cli_links all = { 0 };
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli_links(cli, &all, cli->args[0], cli->args[1]) == KT_OK) {
		int rc = KT_OK;

		if (propose)
			put_proposals(&out, all.links);
		else
			rc = write_as(format, &out, all.links, cli);
		if (rc == KT_OK && cli_put(cli, &out) == KT_OK)
			status = all.links->count == 0 &&
					 all.links->ncity_only == 0 &&
					 all.links->nguideline_only == 0
				     ? EXIT_NOTHING
				     : EXIT_FINDINGS;
	}
	cli_timing(cli, "write");
	cli_links_release(&all);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_match = {
	.name = "match",
	.args = "CITY GUIDELINE",
	.min = 2,
	.max = 2,
	.text = { "市の規定と国の指針の規定の対応を調べる",
	    "which clauses answer to those of the guideline" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_LINKS, OPT_SETTINGS,
	    OPT_REVIEW, OPT_GAPS, OPT_BRIEF, OPT_PROPOSE_VOCABULARY,
	    OPT__COUNT },
	.example = "kaitei match taisaku-kijun guideline@令和7年3月版 -o "
		   "taihihyo.xlsx",
};
