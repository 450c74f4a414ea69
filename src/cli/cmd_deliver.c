/* SPDX-License-Identifier: MIT */
/* kaitei deliver add, list, dispose: the register of deliverables. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <kaitei/archive.h>
#include <kaitei/store.h>
#include <kaitei/write.h>
#include <kaitei/yaml.h>

/* ---- what several of them read ------------------------------------------ */

struct kt_date
cli_today(void)
{
	time_t now = time(NULL);
	struct tm t;

	localtime_r(&now, &t);
	return (struct kt_date){ t.tm_year + 1900, t.tm_mon + 1, t.tm_mday };
}

int
cli_fiscal_year(struct cli *cli, int otherwise, int *out)
{
	const char *asked = cli->value[OPT_FY];

	*out = asked == NULL ? otherwise
			     : kt_fiscal_year_read(asked, strlen(asked));
	if (*out != 0)
		return KT_OK;
	return cli_bad_value(cli, OPT_FY, asked);
}

/* calendar: closed: [2026-06-01, …] of kaitei.yaml; *at is yours. */
static int
read_closed(struct cli *cli, struct kt_date **at, size_t *n)
{
	struct kt_yaml *settings = NULL;
	const struct kt_ynode *list;
	int rc = cli_settings(cli, &settings);

	*at = NULL;
	*n = 0;
	if (rc != KT_OK || settings == NULL)
		return rc;
	list = kt_ynode_get(
	    kt_ynode_get(kt_yaml_root(settings), "calendar"), "closed");
	*at = kt_calloc(kt_ynode_count(list) + 1, sizeof(**at));
	for (size_t i = 0; rc == KT_OK && i < kt_ynode_count(list); i++) {
		const struct kt_ynode *day = kt_ynode_at(list, i);
		const char *text = kt_ynode_text(day);

		if (text[0] != '\0' && kt_date_read(&(*at)[*n], text,
					   strlen(text)) == strlen(text))
			(*n)++;
		else
			rc = kt_report(cli->diag, .id = KT_M_CALENDAR_DAY,
			    .at = { .file = kt_yaml_file(settings),
				.line = kt_ynode_line(day) },
			    .a = text);
	}
	kt_yaml_free(settings);
	return rc;
}

/* ---- add ---------------------------------------------------------------- */

/* "2026-05-12 第1回審査会": the day and what it was. */
static int
read_event(struct cli *cli, struct kt_deliverable *row)
{
	const char *text = cli->value[OPT_EVENT];
	size_t n;

	row->occasion = "";
	if (text == NULL)
		return KT_OK;
	n = kt_date_read(&row->event, text, strlen(text));
	if (n == 0)
		return cli_bad_value(cli, OPT_EVENT, text);
	text += n;
	while (*text == ' ' || strncmp(text, "　", strlen("　")) == 0)
		text += *text == ' ' ? 1 : strlen("　");
	row->occasion = text;
	return KT_OK;
}

static int
read_row(struct cli *cli, struct kt_deliverable *row)
{
	const char *slash = strrchr(cli->args[0], '/');
	const char *type = cli->value[OPT_TYPE], *title = cli->value[OPT_TITLE];
	struct kt_buf name = KT_BUF_INIT;
	int rc;

	row->type = type == NULL ? "その他" : type;
	row->title = title == NULL ? "" : title;
	row->delivered = cli_today();
	row->reason = row->disposal = "";
	if (cli_has(cli, OPT_PROVIDED))
		row->handling = KT_HANDLING_PROVIDED;
	if (cli_has(cli, OPT_CONFIDENTIAL))
		row->handling = KT_HANDLING_CONFIDENTIAL;
	if (cli_has(cli, OPT_OTHER))
		row->reason = cli->value[OPT_REASON];
	if (row->reason == NULL ||
	    (cli_has(cli, OPT_OTHER) && row->reason[0] == '\0'))
		return kt_report(
		    cli->diag, .id = KT_M_USAGE_REASON, .a = "other");
	kt_nfc(&name, slash == NULL ? cli->args[0] : slash + 1,
	    strlen(slash == NULL ? cli->args[0] : slash + 1));
	row->name = kt_buf_detach(&name);
	rc = cli_date(cli, OPT_DATE, &row->delivered);
	if (rc == KT_OK)
		rc = cli_date(cli, OPT_DUE, &row->due);
	return rc == KT_OK ? read_event(cli, row) : rc;
}

static void
tell_added(struct cli *cli, const struct kt_deliverable *row, int fy)
{
	struct kt_buf due = KT_BUF_INIT, day = KT_BUF_INIT, year = KT_BUF_INIT;

	kt_fiscal_year_write(&year, fy);
	kt_date_iso(&due, row->due);
	kt_date_iso(&day, row->delivered);
	kt_report(cli->diag, .id = KT_M_DELIVER_ADDED, .a = row->name,
	    .b = year.p, .c = due.p);
	if (kt_deliverable_is_late(row))
		kt_report(cli->diag, .id = KT_M_DELIVER_LATE, .a = row->name,
		    .b = due.p, .c = day.p);
	kt_buf_release(&due);
	kt_buf_release(&day);
	kt_buf_release(&year);
}

static int
run_add(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_deliverable row = { .name = NULL };
	struct kt_person who;
	struct kt_closed city = { NULL, 0 };
	struct kt_date *closed = NULL;
	size_t bad;
	int fy = 0, rc;

	if (!kt_utf8_check(cli->args[0], strlen(cli->args[0]), &bad))
		return cli_status(
		    kt_report(cli->diag, .id = KT_M_NAME_BROKEN, .a = "?"));
	rc = read_row(cli, &row);
	if (rc == KT_OK)
		rc = cli_fiscal_year(
		    cli, kt_date_fiscal_year(row.delivered), &fy);
	if (rc == KT_OK)
		rc = read_closed(cli, &closed, &city.n);
	city.at = closed;
	if (rc == KT_OK)
		rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = cli_person(cli, store, &who);
	if (rc == KT_OK)
		rc = kt_deliver_add(
		    store, cli->args[0], fy, &row, &city, &who, cli->diag);
	if (rc == KT_OK)
		tell_added(cli, &row, fy);
	kt_store_free(store);
	free(closed);
	free((char *)row.name);
	return cli_status(rc);
}

const struct cmd cmd_deliver_add = {
	.name = "deliver add",
	.args = "FILE",
	.min = 1,
	.max = 1,
	.text = { "納品物を登録簿に入れる",
	    "put a deliverable into the register" },
	.run = run_add,
	.opts = { OPT_TYPE, OPT_DATE, OPT_EVENT, OPT_DUE, OPT_TITLE, OPT_FY,
	    OPT_OTHER, OPT_REASON, OPT_PROVIDED, OPT_CONFIDENTIAL, OPT_USER,
	    OPT_SETTINGS, OPT__COUNT },
	.example = "kaitei deliver add 議事録.docx --type 議事録 --date "
		   "2026-05-15 --event \"2026-05-12 第1回審査会\"",
};

/* ---- list --------------------------------------------------------------- */

static void
put_cell(struct kt_buf *out, const char *text, size_t column)
{
	size_t width = kt_utf8_width(text, strlen(text));

	kt_buf_puts(out, text);
	for (; width < column; width++)
		kt_buf_putc(out, ' ');
	kt_buf_puts(out, "  ");
}

static void
put_date(struct kt_buf *out, struct kt_date date)
{
	struct kt_buf one = KT_BUF_INIT;

	if (date.year != 0)
		kt_date_iso(&one, date);
	put_cell(out, one.len == 0 ? "-" : one.p, 10);
	kt_buf_release(&one);
}

static const char *
state_of(const struct kt_deliverable *row, enum kt_lang lang)
{
	if (row->disposed.year != 0)
		return lang == KT_JA ? "廃棄済み" : "destroyed";
	if (kt_deliverable_is_late(row))
		return lang == KT_JA ? "期限後" : "late";
	if (row->due.year == 0)
		return lang == KT_JA ? "期限不明" : "no deadline";
	return "";
}

static void
list_text(struct kt_buf *out, const struct kt_register *r, enum kt_lang lang)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct kt_deliverable *row = &r->at[i];

		put_date(out, row->delivered);
		put_date(out, row->due);
		put_cell(out, state_of(row, lang), 8);
		put_cell(out, kt_handling_name(row->handling), 8);
		put_cell(out, row->type, 10);
		kt_buf_printf(out, "%s\n", row->name);
	}
}

static void
json_text(struct kt_buf *out, const char *key, const char *value)
{
	kt_buf_printf(out, ",\"%s\":", key);
	kt_json_string(out, value, strlen(value));
}

static void
json_date(struct kt_buf *out, const char *key, struct kt_date date)
{
	if (date.year == 0)
		return;
	kt_buf_printf(out, ",\"%s\":\"", key);
	kt_date_iso(out, date);
	kt_buf_putc(out, '"');
}

static void
list_json(struct kt_buf *out, const struct kt_register *r)
{
	kt_buf_printf(out,
	    "{\"format\":\"kaitei-deliverables/1\",\"fiscal_year\":%d,"
	    "\"deliverables\":[",
	    r->fy);
	for (size_t i = 0; i < r->n; i++) {
		const struct kt_deliverable *row = &r->at[i];

		kt_buf_puts(out, i == 0 ? "{\"name\":" : ",{\"name\":");
		kt_json_string(out, row->name, strlen(row->name));
		json_text(out, "type", row->type);
		json_text(out, "title", row->title);
		json_date(out, "delivered", row->delivered);
		json_date(out, "event", row->event);
		json_text(out, "occasion", row->occasion);
		json_date(out, "due", row->due);
		json_text(out, "handling", kt_handling_name(row->handling));
		json_text(out, "sha256", row->sha256);
		json_text(out, "reason", row->reason);
		json_date(out, "disposed", row->disposed);
		kt_buf_printf(out, ",\"bytes\":%lld,\"late\":%s}",
		    (long long)row->bytes,
		    kt_deliverable_is_late(row) ? "true" : "false");
	}
	kt_buf_puts(out, "]}\n");
}

static bool
any_late(const struct kt_register *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (kt_deliverable_is_late(&r->at[i]))
			return true;
	return false;
}

static int
run_list(struct cli *cli)
{
	static const char *const formats[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, formats, "text");
	struct kt_store *store = NULL;
	struct kt_register *r = NULL;
	struct kt_buf out = KT_BUF_INIT;
	bool late = false;
	int fy, rc;

	if (format == NULL)
		return EXIT_FAILED;
	rc = cli_fiscal_year(cli, kt_date_fiscal_year(cli_today()), &fy);
	if (rc == KT_OK)
		rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = kt_register_load(&r, store, fy, cli->diag);
	if (rc == KT_OK) {
		late = any_late(r);
		if (strcmp(format, "json") == 0)
			list_json(&out, r);
		else
			list_text(&out, r, cli->lang);
		rc = cli_put(cli, &out);
	}
	kt_buf_release(&out);
	kt_register_free(r);
	kt_store_free(store);
	if (rc == KT_OK && late)
		return EXIT_FINDINGS;
	return cli_status(rc);
}

const struct cmd cmd_deliver_list = {
	.name = "deliver list",
	.args = "",
	.text = { "納品物を期限とともに一覧する（期限後があれば 1）",
	    "deliverables and their deadlines (1 if one came late)" },
	.run = run_list,
	.opts = { OPT_FY, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei deliver list --fy 令和8年度",
};

/* ---- dispose ------------------------------------------------------------ */

static int
run_dispose(struct cli *cli)
{
	static const char *const formats[] = { "docx", NULL };
	const char *how = cli->value[OPT_HOW];
	struct kt_store *store = NULL;
	struct kt_date when = cli_today();
	struct kt_buf out = KT_BUF_INIT;
	struct kt_person who;
	int fy, rc;

	if (!cli_has(cli, OPT_OUTPUT))
		return cli_usage(cli, KT_M_USAGE_VALUE, "-o");
	if (cli_format(cli, formats, "docx") == NULL)
		return EXIT_FAILED;
	rc = cli_date(cli, OPT_DATE, &when);
	if (rc == KT_OK)
		rc = cli_fiscal_year(cli, kt_date_fiscal_year(when), &fy);
	if (rc == KT_OK)
		rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = cli_person(cli, store, &who);
	if (rc == KT_OK)
		rc = kt_deliver_dispose(&out, store, fy, cli->args[0], when,
		    how == NULL ? "ファイルの削除" : how, &who, cli->diag);
	if (rc == KT_OK)
		rc = cli_put(cli, &out);
	if (rc == KT_OK)
		kt_report(
		    cli->diag, .id = KT_M_DELIVER_DISPOSED, .a = cli->args[0]);
	kt_buf_release(&out);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_deliver_dispose = {
	.name = "deliver dispose",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "提供資料・機密を廃棄し、廃棄証明書をWordで作る",
	    "destroy what was lent or is secret; certificate as Word" },
	.run = run_dispose,
	.opts = { OPT_FY, OPT_DATE, OPT_HOW, OPT_OUTPUT, OPT_FORMAT, OPT_USER,
	    OPT__COUNT },
	.example = "kaitei deliver dispose 構成図.xlsx --fy 令和8年度 -o "
		   "廃棄証明書.docx",
};
