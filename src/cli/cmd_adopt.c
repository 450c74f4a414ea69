/* SPDX-License-Identifier: MIT */
/* kaitei adopt: a draft becomes the text, from the days that are said. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/workflow.h>

/* The options that may be given several times, taken apart. */
struct lists {
	struct kt_clause_date *dates;
	size_t ndates, dates_cap;
	struct kt_waiver *waivers;
	size_t nwaivers, waivers_cap;
	struct kt_arena *arena;
};

/* DATE, or CLAUSES=DATE, or CLAUSES=words that say when. */
static int
take_effective(
    struct cli *cli, struct lists *l, struct kt_date *day, const char *text)
{
	const char *sign = strchr(text, '=');
	struct kt_clause_date one = { .condition = "" };

	if (sign == NULL) {
		if (text[0] != '\0' &&
		    kt_date_read(day, text, strlen(text)) == strlen(text))
			return KT_OK;
		return cli_bad_value(cli, OPT_EFFECTIVE, text);
	}
	one.clauses = kt_arena_strndup(l->arena, text, (size_t)(sign - text));
	if (kt_date_read(&one.from, sign + 1, strlen(sign + 1)) !=
	    strlen(sign + 1)) {
		one.from = (struct kt_date){ 0 };
		one.condition = sign + 1;
	}
	KT_GROW(l->dates, l->ndates, l->dates_cap);
	l->dates[l->ndates++] = one;
	return KT_OK;
}

static int
take_waiver(struct cli *cli, struct lists *l, const char *text)
{
	const char *sign = strchr(text, '=');

	if (sign == NULL || sign[1] == '\0')
		return cli_bad_value(cli, OPT_WAIVE, text);
	KT_GROW(l->waivers, l->nwaivers, l->waivers_cap);
	l->waivers[l->nwaivers++] = (struct kt_waiver){
		.id = kt_arena_strndup(l->arena, text, (size_t)(sign - text)),
		.reason = sign + 1,
	};
	return KT_OK;
}

static int
take_options(struct cli *cli, struct lists *l, struct kt_adoption *how)
{
	int rc = cli_date(cli, OPT_DECIDED, &how->decided);

	if (rc == KT_OK)
		rc = cli_date(cli, OPT_PROMULGATED, &how->promulgated);
	for (size_t i = 0; i < cli->ngiven && rc == KT_OK; i++) {
		const struct opt_given *g = &cli->given[i];

		if (g->id == OPT_EFFECTIVE)
			rc = take_effective(cli, l, &how->effective, g->value);
		else if (g->id == OPT_WAIVE)
			rc = take_waiver(cli, l, g->value);
	}
	how->number = cli_has(cli, OPT_NUMBER) ? cli->value[OPT_NUMBER] : "";
	how->key = cli->value[OPT_SIGN];
	how->dry_run = cli_has(cli, OPT_DRY_RUN);
	how->dates = l->dates;
	how->ndates = l->ndates;
	how->waivers = l->waivers;
	how->nwaivers = l->nwaivers;
	if (how->promulgated.year == 0)
		how->promulgated = how->decided;
	return rc;
}

static int
adopt(struct cli *cli, struct lists *l)
{
	struct kt_adoption how = { .number = "" };
	struct kt_store *store = NULL;
	char rev[KT_REV_LEN + 1] = "";
	int rc = take_options(cli, l, &how);

	if (rc == KT_OK && (how.number[0] == '\0' || how.decided.year == 0 ||
			       how.effective.year == 0))
		rc = kt_report(cli->diag, .id = KT_M_ADOPT_NEEDS);
	if (rc == KT_OK)
		rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = cli_person(cli, store, &how.who);
	if (rc == KT_OK)
		rc = kt_adopt(rev, store, cli->args[0], &how, cli->diag);
	if (rc == KT_OK && !how.dry_run) {
		rev[10] = '\0';
		kt_report(cli->diag, .id = KT_M_ADOPTED, .a = cli->args[0],
		    .b = rev, .c = how.number);
	}
	if (rc == KT_OK && how.dry_run)
		kt_report(cli->diag, .id = KT_M_ADOPT_READY, .a = cli->args[0]);
	kt_store_free(store);
	return cli_status(rc);
}

static int
run(struct cli *cli)
{
	struct lists l = { .arena = kt_arena_new() };
	int status = adopt(cli, &l);

	free(l.dates);
	free(l.waivers);
	kt_arena_free(l.arena);
	return status;
}

const struct cmd cmd_adopt = {
	.name = "adopt",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "改正案を制定する（指摘、承認、改正文、関係文書を確かめる）",
	    "adopt a draft, after all checks" },
	.run = run,
	.opts = { OPT_NUMBER, OPT_DECIDED, OPT_PROMULGATED, OPT_EFFECTIVE,
	    OPT_WAIVE, OPT_SIGN, OPT_DRY_RUN, OPT_USER, OPT__COUNT },
	.example = "kaitei adopt R8改正 --number 令和8年達第5号 --decided "
		   "2026-03-20 --effective 2026-04-01 --effective "
		   "第5条=2026-10-01",
};
