/* SPDX-License-Identifier: MIT */
/* kaitei packet: the enclosures of a proposal in one folder. */
#include "table.h"

#include <kaitei/workflow.h>

static int
run(struct cli *cli)
{
	const char *dir =
	    cli_has(cli, OPT_OUTPUT) ? cli->value[OPT_OUTPUT] : cli->args[0];
	struct kt_store *store = NULL;
	struct cli_table table;
	int rc = cli_table_begin(cli, &table);

	if (rc == KT_OK)
		rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = kt_packet_write(
		    store, cli->args[0], &table.how, dir, cli->diag);
	if (rc == KT_OK)
		kt_report(cli->diag, .id = KT_M_PACKET_MADE, .a = dir);
	kt_store_free(store);
	cli_table_end(&table);
	return cli_status(rc);
}

const struct cmd cmd_packet = {
	.name = "packet",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "添付書類一式（新旧対照表、改正文、見え消し、溶け込み案、改正"
		  "理由、影響、審査記録）を作る",
	    "the enclosures of a proposal in one folder" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_PROFILE, OPT_SETTINGS, OPT__COUNT },
	.example = "kaitei packet R8改正 -o 添付書類",
};
