/* SPDX-License-Identifier: MIT */
/* kaitei archive build, verify, burn: the disc of a fiscal year. */
#include "links.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <kaitei/archive.h>
#include <kaitei/store.h>
#include <kaitei/write.h>
#include <kaitei/yaml.h>

/* ---- progress ----------------------------------------------------------- */

struct progress {
	enum kt_lang lang;
	int last; /* what was shown, so that it is shown once */
	bool shown;
};

static void
tell(void *of, enum kt_archive_stage stage, int64_t done, int64_t total)
{
	static const char *const names[][2] = {
		[KT_ARCHIVE_PAPERS] = { "書類を作成中", "papers" },
		[KT_ARCHIVE_HISTORY] = { "履歴をまとめています", "history" },
		[KT_ARCHIVE_IMAGE] = { "イメージを作成中", "image" },
		[KT_ARCHIVE_READ] = { "読み戻し中", "reading back" },
		[KT_ARCHIVE_BURN] = { "ディスクに書込み中", "burning" },
	};
	struct progress *p = of;
	int part = total > 0 ? (int)(done * 100 / total) : (int)(done >> 20);
	int now = (int)stage * 1000000 + part;

	if (now == p->last)
		return;
	p->last = now;
	p->shown = true;
	fprintf(stderr, "\r\033[K%s %d%s", names[stage][p->lang], part,
	    total > 0 ? " %" : " MB");
	fflush(stderr);
}

static void
watch(struct cli *cli, struct progress *p, struct kt_archive_watch *w)
{
	*p = (struct progress){ .lang = cli->lang, .last = -1 };
	*w = (struct kt_archive_watch){ .of = p };
	if (isatty(STDERR_FILENO) && !cli_has(cli, OPT_QUIET))
		w->tell = tell;
}

static void
watch_end(const struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
}

/* ---- build -------------------------------------------------------------- */

/* dvd, cd, or bytes. */
static int
read_disc(struct cli *cli, int64_t *out)
{
	const char *asked = cli->value[OPT_DISC];
	char *end;

	*out = kt_archive_dvd;
	if (asked == NULL || strcasecmp(asked, "dvd") == 0)
		return KT_OK;
	if (strcasecmp(asked, "cd") == 0) {
		*out = kt_archive_cd;
		return KT_OK;
	}
	*out = strtoll(asked, &end, 10);
	if (*end == '\0' && *out >= 4 << 20)
		return KT_OK;
	return cli_bad_value(cli, OPT_DISC, asked);
}

static int
read_how(struct cli *cli, struct kt_archive_how *how)
{
	const char *title = cli->value[OPT_TITLE];
	int rc;

	how->out = cli->value[OPT_OUTPUT];
	how->title =
	    title == NULL ? "情報セキュリティ関係規程等 成果物" : title;
	how->software = "kaitei " KAITEI_VERSION ", libisofs, BagIt 1.0";
	how->without_history = cli_has(cli, OPT_WITHOUT_HISTORY);
	if (cli_has(cli, OPT_INCLUDE_PROVIDED)) {
		how->include_reason = cli->value[OPT_REASON];
		if (how->include_reason == NULL ||
		    how->include_reason[0] == '\0')
			return kt_report(cli->diag, .id = KT_M_USAGE_REASON,
			    .a = "include-provided");
	}
	if (!cli_has(cli, OPT_FY))
		return kt_report(
		    cli->diag, .id = KT_M_USAGE_VALUE, .a = "--fy");
	if (how->out == NULL || strcmp(how->out, "-") == 0)
		return kt_report(cli->diag, .id = KT_M_USAGE_VALUE, .a = "-o");
	rc = cli_fiscal_year(cli, 0, &how->fy);
	if (rc == KT_OK)
		rc = read_disc(cli, &how->capacity);
	how->date =
	    kt_date_open_until((struct kt_date){ how->fy + 1, 3, 31 }, NULL);
	if (rc == KT_OK)
		rc = cli_date(cli, OPT_DATE, &how->date);
	return rc;
}

static void
tell_made(struct cli *cli, const struct kt_archive_made *made, int fy)
{
	const struct kt_date end = { fy + 1, 3, 31 };
	struct kt_buf size = KT_BUF_INIT;

	for (size_t i = 0; i < made->n; i++) {
		const struct kt_archive_disc *m = &made->disc[i];

		kt_buf_clear(&size);
		kt_buf_printf(&size, "%s, %.1f MiB", m->volume,
		    (double)m->bytes / (1 << 20));
		kt_report(cli->diag, .id = KT_M_ARCHIVE_MADE, .a = m->path,
		    .b = size.p, .c = m->sha256);
	}
	if (kt_date_cmp(cli_today(), end) < 0) {
		kt_buf_clear(&size);
		kt_fiscal_year_write(&size, fy);
		kt_report(cli->diag, .id = KT_M_ARCHIVE_EARLY, .a = size.p);
	}
	kt_buf_release(&size);
}

/* What the settings say of the disc. */
struct settings {
	struct kt_yaml *file;
	struct kt_vocabulary *vocabulary;
	struct kt_archive_pair *pair;
};

/* guidelines: {taisaku-kijun: guideline}, one or a list of them each. */
static void
read_pairs(struct settings *s, struct kt_archive_how *how)
{
	const struct kt_ynode *map =
	    kt_ynode_get(kt_yaml_root(s->file), "guidelines");
	size_t n = 0, total = 0;

	for (size_t i = 0; i < kt_ynode_count(map); i++)
		total += kt_ynode_count(kt_ynode_at(map, i)) + 1;
	s->pair = kt_calloc(total + 1, sizeof(*s->pair));
	for (size_t i = 0; i < kt_ynode_count(map); i++) {
		const struct kt_ynode *at = kt_ynode_at(map, i);
		bool list = kt_ynode_kind(at) == KT_Y_LIST;

		for (size_t k = 0; k < (list ? kt_ynode_count(at) : 1); k++)
			s->pair[n++] =
			    (struct kt_archive_pair){ .city =
							  kt_ynode_key(map, i),
				    .guideline = kt_ynode_text(
					list ? kt_ynode_at(at, k) : at) };
	}
	how->pair = s->pair;
	how->npairs = n;
}

static int
read_settings(struct cli *cli, struct settings *s, struct kt_archive_how *how)
{
	int rc = cli_settings(cli, &s->file);

	if (rc != KT_OK || s->file == NULL)
		return rc;
	how->organization = kt_ynode_word(kt_yaml_root(s->file), "city", "");
	read_pairs(s, how);
	rc = cli_vocabulary(cli, &s->vocabulary, s->file);
	how->vocabulary = s->vocabulary;
	return rc;
}

static void
settings_release(struct settings *s)
{
	free(s->pair);
	kt_vocabulary_free(s->vocabulary);
	kt_yaml_free(s->file);
}

static int
run_build(struct cli *cli)
{
	struct kt_archive_how how = { .organization = "" };
	struct kt_archive_made made = { .arena = NULL };
	struct kt_archive_watch w;
	struct settings settings = { .file = NULL };
	struct kt_store *store = NULL;
	struct cli_table table;
	struct progress p;
	int rc = cli_table_begin(cli, &table);

	/* --title names the set, each table is called by its document. */
	table.how.title = "";
	how.table = &table.how;
	if (rc == KT_OK)
		rc = read_how(cli, &how);

	watch(cli, &p, &w);
	how.watch = &w;
	if (rc == KT_OK)
		rc = read_settings(cli, &settings, &how);
	if (rc == KT_OK)
		rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = kt_archive_build(&made, store, &how, cli->diag);
	watch_end(&p);
	if (rc == KT_OK)
		tell_made(cli, &made, how.fy);
	kt_archive_made_release(&made);
	cli_table_end(&table);
	settings_release(&settings);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_archive_build = {
	.name = "archive build",
	.args = "",
	.text = { "年度のディスクイメージを作る",
	    "the disc image of a fiscal year" },
	.run = run_build,
	.opts = { OPT_FY, OPT_OUTPUT, OPT_DISC, OPT_DATE, OPT_TITLE,
	    OPT_PROFILE, OPT_INCLUDE_PROVIDED, OPT_REASON, OPT_WITHOUT_HISTORY,
	    OPT_SETTINGS, OPT__COUNT },
	.example = "kaitei archive build --fy 令和8年度 -o R8.iso",
};

/* ---- verify ------------------------------------------------------------- */

static void
put_json(struct kt_buf *out, const struct kt_archive_report *r)
{
	kt_buf_puts(out, "{\"format\":\"kaitei-archive/1\",\"source\":");
	kt_json_string(out, r->source, strlen(r->source));
	kt_buf_puts(out, ",\"volume\":");
	kt_json_string(out, r->volume, strlen(r->volume));
	kt_buf_printf(out,
	    ",\"sha256\":\"%s\",\"bytes\":%lld,\"files\":%zu,\"faults\":[",
	    r->sha256, (long long)r->bytes, r->files);
	for (size_t i = 0; i < r->nfaults; i++) {
		kt_buf_puts(out, i == 0 ? "" : ",");
		kt_json_string(out, r->fault[i], strlen(r->fault[i]));
	}
	kt_buf_puts(out, "]}\n");
}

static void
put_text(
    struct kt_buf *out, const struct kt_archive_report *r, enum kt_lang lang)
{
	const char *good = lang == KT_JA ? "良" : "ok";
	const char *bad = lang == KT_JA ? "否" : "BAD";

	for (size_t i = 0; i < r->nlines; i++)
		kt_buf_printf(out, "%s  %s: %s\n", r->line[i].good ? good : bad,
		    r->line[i].what, r->line[i].result);
}

/* The record as asked for: a Word sheet, JSON, or lines. */
static int
put_report(
    struct cli *cli, const char *format, const struct kt_archive_report *r)
{
	struct kt_buf out = KT_BUF_INIT;
	struct kt_date when = cli_today();
	int rc = cli_date(cli, OPT_DATE, &when);

	if (rc == KT_OK && strcmp(format, "docx") == 0)
		rc = kt_archive_report_docx(&out, r, when, cli->diag);
	else if (strcmp(format, "json") == 0)
		put_json(&out, r);
	else
		put_text(&out, r, cli->lang);
	if (rc == KT_OK)
		rc = cli_put(cli, &out);
	kt_buf_release(&out);
	return rc;
}

static int
verify(struct cli *cli, const char *path, struct kt_archive_report **r)
{
	struct kt_archive_watch w;
	struct progress p;
	char count[32];
	int rc;

	watch(cli, &p, &w);
	rc = kt_archive_verify(r, path, &w, cli->diag);
	watch_end(&p);
	if (rc != KT_OK)
		return rc;
	snprintf(count, sizeof(count), "%zu",
	    (*r)->nfaults > 0 ? (*r)->nfaults : (*r)->files);
	if ((*r)->nfaults > 0)
		kt_report(
		    cli->diag, .id = KT_M_ARCHIVE_BAD, .a = path, .b = count);
	else
		kt_report(cli->diag, .id = KT_M_ARCHIVE_GOOD, .a = path,
		    .b = count, .c = (*r)->sha256);
	return KT_OK;
}

/* Is it the disc of the year that was asked for? */
static bool
is_other_year(struct cli *cli, const struct kt_archive_report *r)
{
	struct kt_buf fy = KT_BUF_INIT;
	bool other = false;
	int year;

	if (!cli_has(cli, OPT_FY) || cli_fiscal_year(cli, 0, &year) != KT_OK)
		return false;
	kt_fiscal_year_write(&fy, year);
	other = strcmp(fy.p, r->fiscal_year) != 0;
	if (other)
		kt_report(cli->diag, .id = KT_M_ARCHIVE_OTHER, .a = r->source,
		    .b = r->fiscal_year);
	kt_buf_release(&fy);
	return other;
}

static int
run_verify(struct cli *cli)
{
	static const char *const formats[] = { "text", "txt", "json", "docx",
		NULL };
	const char *format = cli_format(cli, formats, "text");
	struct kt_archive_report *r = NULL;
	int rc, status;

	if (format == NULL)
		return EXIT_FAILED;
	rc = verify(cli, cli->args[0], &r);
	if (rc == KT_OK)
		rc = put_report(cli, format, r);
	status = cli_status(rc);
	if (rc == KT_OK && (r->nfaults > 0 || is_other_year(cli, r)))
		status = EXIT_FINDINGS;
	kt_archive_report_free(r);
	return status;
}

const struct cmd cmd_archive_verify = {
	.name = "archive verify",
	.args = "IMAGE|DEVICE",
	.min = 1,
	.max = 1,
	.text = { "ディスクかイメージを点検し、検収記録を作る",
	    "check a disc or an image; record as text, JSON or Word" },
	.run = run_verify,
	.opts = { OPT_FY, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_DATE,
	    OPT__COUNT },
	.example = "kaitei archive verify /dev/sr0 --fy 令和8年度 -o "
		   "検収記録.docx",
};

/* ---- burn --------------------------------------------------------------- */

static void
tell_burned(struct cli *cli, const struct kt_burned *done)
{
	struct kt_buf size = KT_BUF_INIT;

	kt_buf_printf(&size, "%lld / %lld", (long long)done->bytes,
	    (long long)done->room);
	if (cli_has(cli, OPT_DRY_RUN)) {
		kt_report(cli->diag, .id = KT_M_BURN_READY,
		    .a = cli->value[OPT_DRIVE], .b = done->medium, .c = size.p);
	} else {
		kt_report(cli->diag, .id = KT_M_BURN_DONE,
		    .a = cli->value[OPT_DRIVE], .b = done->sha256);
		if (!done->closed)
			kt_report(cli->diag, .id = KT_M_BURN_NOT_SAID,
			    .a = cli->value[OPT_DRIVE]);
	}
	kt_buf_release(&size);
}

static int
run_burn(struct cli *cli)
{
	struct kt_archive_report *r = NULL;
	struct kt_archive_watch w;
	struct kt_burn how = { .drive = cli->value[OPT_DRIVE], .watch = &w };
	struct kt_burned done;
	struct progress p;
	int rc;

	if (how.drive == NULL)
		return cli_usage(cli, KT_M_USAGE_VALUE, "--drive");
	/* A disc costs more than a second look. */
	rc = verify(cli, cli->args[0], &r);
	if (rc == KT_OK && r->nfaults > 0)
		rc = kt_report(
		    cli->diag, .id = KT_M_BURN_BAD_IMAGE, .a = cli->args[0]);
	kt_archive_report_free(r);
	watch(cli, &p, &w);
	how.dry_run = cli_has(cli, OPT_DRY_RUN);
	if (rc == KT_OK)
		rc = kt_archive_burn(&done, cli->args[0], &how, cli->diag);
	watch_end(&p);
	if (rc == KT_OK)
		tell_burned(cli, &done);
	return cli_status(rc);
}

const struct cmd cmd_archive_burn = {
	.name = "archive burn",
	.args = "IMAGE",
	.min = 1,
	.max = 1,
	.text = { "イメージをディスクに書き、閉じて、読み戻す",
	    "write an image to a disc, close it, read it back" },
	.run = run_burn,
	.opts = { OPT_DRIVE, OPT_DRY_RUN, OPT__COUNT },
	.example = "kaitei archive burn R8.iso --drive /dev/sr0",
};
