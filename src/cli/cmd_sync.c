/* SPDX-License-Identifier: MIT */
/* kaitei sync: exchange with an ordinary Git server. */
#include "cli.h"

#include <string.h>

#include <kaitei/workflow.h>

/* An address: kept as origin when there is none yet. */
static int
choose_address(struct cli *cli, struct kt_store *store, const char *asked)
{
	const char *known = kt_remote_url(store, "origin");

	if (strpbrk(asked, "/:\\") == NULL)
		return kt_report(
		    cli->diag, .id = KT_M_SYNC_UNKNOWN, .a = asked);
	if (known == NULL)
		return kt_remote_set(store, "origin", asked, cli->diag);
	if (strcmp(known, asked) == 0)
		return KT_OK;
	return kt_report(
	    cli->diag, .id = KT_M_SYNC_OTHER, .a = asked, .b = known);
}

/* A remote that is known by name, or an address. */
static int
choose(struct cli *cli, struct kt_store *store, const char **out)
{
	struct kt_arena *a;
	int rc;

	*out = cli->nargs > 0 ? cli->args[0] : "origin";
	if (kt_remote_url(store, *out) != NULL)
		return KT_OK;
	if (cli->nargs == 0)
		return kt_report(cli->diag, .id = KT_M_SYNC_NO_REMOTE);
	a = kt_arena_new();
	rc = choose_address(cli, store, kt_remote_address(a, *out));
	kt_arena_free(a);
	*out = "origin";
	return rc;
}

static int
run(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_person who;
	struct kt_sync done = { 0 };
	const char *remote = NULL;
	char in[24], out[24];
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_person(cli, store, &who);
	if (rc == KT_OK)
		rc = choose(cli, store, &remote);
	if (rc == KT_OK)
		rc = kt_sync(&done, store, remote, &who, cli->diag);
	if (rc == KT_OK) {
		snprintf(in, sizeof(in), "%zu", done.received + done.joined);
		snprintf(out, sizeof(out), "%zu", done.conflicts);
		kt_report(cli->diag, .id = KT_M_SYNCED,
		    .a = kt_remote_url(store, remote), .b = in, .c = out);
	}
	kt_store_free(store);
	return rc != KT_OK          ? EXIT_FAILED
	       : done.conflicts > 0 ? EXIT_FINDINGS
				    : EXIT_NOTHING;
}

const struct cmd cmd_sync = {
	.name = "sync",
	.args = "[REMOTE]",
	.max = 1,
	.text = { "Gitサーバーと改正案、審査、版をやり取りする",
	    "exchange drafts, reviews and revisions with a Git server" },
	.run = run,
	.opts = { OPT_USER, OPT__COUNT },
	.example = "kaitei sync ssh://git@server/city.git",
};
