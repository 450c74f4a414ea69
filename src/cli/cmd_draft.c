/* SPDX-License-Identifier: MIT */
/* kaitei draft new, list, show, diff, update, resolve, close: drafts as their
 * drafters see them, by name. */
#include "table.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

static const char *const formats[] = { "text", "txt", "json", NULL };

int
cli_note(struct cli *cli, struct kt_store *store, struct kt_note *note)
{
	int rc = cli_person(cli, store, &note->author);

	note->message =
	    cli_has(cli, OPT_MESSAGE) ? cli->value[OPT_MESSAGE] : note->message;
	return rc;
}

/* ---- new ----------------------------------------------------------------- */

static int
run_new(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_note note = { .message = "" };
	char rev[KT_REV_LEN + 1];
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_note(cli, store, &note);
	if (rc == KT_OK)
		rc = kt_draft_new(store, cli->args[0], &note, rev, cli->diag);
	if (rc == KT_OK)
		kt_report(cli->diag, .id = KT_M_DRAFT_MADE, .a = cli->args[0]);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_draft_new = {
	.name = "draft new",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "改正案を起こす", "begin a draft" },
	.run = run_new,
	.opts = { OPT_MESSAGE, OPT_USER, OPT__COUNT },
	.example = "kaitei draft new R8改正 -m \"令和8年度の指針改定への対応\"",
};

/* ---- list ---------------------------------------------------------------- */

static const char *
state_of(const struct kt_draft *d, bool closed, enum kt_lang lang)
{
	if (d->adopted[0] != '\0')
		return lang == KT_JA ? "制定済み" : "adopted";
	if (closed)
		return lang == KT_JA ? "閉じた" : "closed";
	if (d->behind)
		return lang == KT_JA ? "要取込み" : "behind";
	return lang == KT_JA ? "作成中" : "open";
}

static void
put_draft(struct cli *cli, struct kt_buf *out, const struct kt_draft *d,
    bool closed, bool json, bool first)
{
	if (json) {
		kt_buf_puts(out, first ? "{\"name\":" : ",{\"name\":");
		kt_json_string(out, d->name, strlen(d->name));
		cli_put_json(out, "purpose", d->purpose);
		cli_put_json(out, "drafter", d->author.name);
		cli_put_json(out, "state", state_of(d, closed, KT_EN));
		cli_put_json(out, "revision", d->tip);
		cli_put_json(out, "base", d->base);
		cli_put_json(out, "adopted", d->adopted);
		kt_buf_putc(out, '}');
		return;
	}
	cli_put_cell(out, d->name, 20);
	cli_put_cell(out, state_of(d, closed, cli->lang), 10);
	cli_put_cell(out, d->author.name, 12);
	kt_buf_printf(out, "%s\n", d->purpose);
}

static int
run_list(struct cli *cli)
{
	const char *format = cli_format(cli, formats, "text");
	struct kt_store *store = NULL;
	const struct kt_draft *at;
	struct kt_buf out = KT_BUF_INIT;
	bool json, closed = false;
	size_t n;
	int rc;

	if (format == NULL)
		return EXIT_FAILED;
	json = strcmp(format, "json") == 0;
	rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = kt_draft_list(store, &at, &n, cli->diag);
	if (rc == KT_OK && n == 0)
		kt_report(cli->diag, .id = KT_M_DRAFT_LIST_EMPTY);
	if (rc == KT_OK && json)
		kt_buf_puts(
		    &out, "{\"format\":\"kaitei-drafts/1\",\"drafts\":[");
	for (size_t i = 0; rc == KT_OK && i < n; i++) {
		rc = kt_review_is_closed(&closed, store, at[i].name, cli->diag);
		put_draft(cli, &out, &at[i], closed, json, i == 0);
	}
	if (rc == KT_OK && json)
		kt_buf_puts(&out, "]}\n");
	if (rc == KT_OK)
		rc = cli_put(cli, &out);
	kt_buf_release(&out);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_draft_list = {
	.name = "draft list",
	.args = "",
	.text = { "改正案を一覧する", "the drafts" },
	.run = run_list,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei draft list",
};

/* ---- show ---------------------------------------------------------------- */

static void
put_counts(struct kt_buf *out, const struct kt_changes *list)
{
	bool any = false;

	for (int f = 0; f < KT_FATES; f++) {
		if (list->sum[f] == 0)
			continue;
		kt_buf_printf(out, "%s\"%s\":%zu", any ? "," : "",
		    kt_fate_name((enum kt_fate)f), list->sum[f]);
		any = true;
	}
}

static void
show_json(struct kt_buf *out, const struct kt_draft_diff *p,
    const struct kt_approvals *a)
{
	kt_buf_puts(out, "{\"format\":\"kaitei-draft/1\",\"name\":");
	kt_json_string(out, p->draft.name, strlen(p->draft.name));
	cli_put_json(out, "purpose", p->draft.purpose);
	cli_put_json(out, "drafter", p->draft.author.name);
	cli_put_json(out, "state", state_of(&p->draft, a->closed, KT_EN));
	cli_put_json(out, "revision", p->draft.tip);
	cli_put_json(out, "base", p->draft.base);
	cli_put_json(out, "digest", p->digest);
	kt_buf_printf(out, ",\"conflicts\":%zu,\"documents\":[", p->conflicts);
	for (size_t i = 0; i < p->count; i++) {
		kt_buf_puts(out, i == 0 ? "{\"id\":" : ",{\"id\":");
		kt_json_string(out, p->at[i].id, strlen(p->at[i].id));
		kt_buf_puts(out, ",\"changes\":{");
		put_counts(out, p->at[i].list);
		kt_buf_puts(out, "}}");
	}
	kt_buf_puts(out, "],\"approvals\":[");
	for (size_t i = 0; i < a->count; i++) {
		kt_buf_puts(out, i == 0 ? "{\"who\":" : ",{\"who\":");
		kt_json_string(out, a->at[i].who, strlen(a->at[i].who));
		cli_put_json(out, "role", a->at[i].op->role);
		kt_buf_printf(out, ",\"counts\":%s",
		    a->at[i].standing == KT_AP_COUNTS ? "true" : "false");
		cli_put_json(out, "standing",
		    kt_standing_name(a->at[i].standing, KT_EN));
		kt_buf_putc(out, '}');
	}
	kt_buf_puts(out, "]");
	cli_put_json(out, "missing", a->missing);
	kt_buf_puts(out, "}\n");
}

static void
show_text(struct cli *cli, struct kt_buf *out, const struct kt_draft_diff *p,
    const struct kt_approvals *a)
{
	bool ja = cli->lang == KT_JA;

	kt_buf_printf(out, "%s  %s\n%s  %s\n", p->draft.name,
	    state_of(&p->draft, a->closed, cli->lang), p->draft.author.name,
	    p->draft.purpose);
	for (size_t i = 0; i < p->count; i++) {
		kt_buf_printf(out, "  %s%s: ", p->at[i].id,
		    !p->at[i].is_new ? ""
		    : ja             ? "（新規）"
				     : " (new)");
		kt_diff_summary(out, p->at[i].list, cli->lang);
		kt_buf_putc(out, '\n');
	}
	for (size_t i = 0; i < p->nfiles; i++)
		kt_buf_printf(out, "  %s\n", p->files[i]);
	if (p->conflicts > 0)
		kt_buf_printf(
		    out, "%s %zu\n", ja ? "競合" : "conflicts", p->conflicts);
	for (size_t i = 0; i < a->count; i++)
		kt_buf_printf(out, "%s  %s  %s  %s\n", ja ? "承認" : "approved",
		    a->at[i].who, a->at[i].op->role,
		    kt_standing_name(a->at[i].standing, cli->lang));
	for (size_t i = 0; i < a->nobjections; i++)
		kt_buf_printf(out, "%s  %s  %s  %s\n",
		    ja ? "異議" : "objection", a->objections[i]->author.name,
		    a->objections[i]->clause, a->objections[i]->text);
	if (a->missing[0] != '\0')
		kt_buf_printf(out, "%s: %s\n",
		    ja ? "足りない承認" : "approvals missing", a->missing);
}

/* Other drafts that change the same clauses. */
static int
put_overlaps(struct cli *cli, struct kt_buf *out, struct kt_store *store,
    const struct kt_draft_diff *p)
{
	struct kt_overlaps *list = NULL;
	int rc = kt_overlaps_read(&list, store, p, cli->diag);

	for (size_t i = 0; rc == KT_OK && i < list->count; i++)
		kt_buf_printf(out, "%s  %s  %s  %s\n",
		    cli->lang == KT_JA ? "ほかの改正案" : "another draft",
		    list->at[i].draft, list->at[i].document,
		    list->at[i].clauses);
	kt_overlaps_free(list);
	return rc;
}

static int
run_show(struct cli *cli)
{
	const char *format = cli_format(cli, formats, "text");
	struct kt_store *store = NULL;
	struct kt_draft_diff *p = NULL;
	struct kt_approvals *a = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	if (format == NULL)
		return EXIT_FAILED;
	rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = kt_draft_diff_read(&p, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = kt_approvals_read(&a, store, p, cli->diag);
	if (rc == KT_OK) {
		if (strcmp(format, "json") == 0)
			show_json(&out, p, a);
		else
			show_text(cli, &out, p, a);
		if (strcmp(format, "json") != 0)
			rc = put_overlaps(cli, &out, store, p);
		if (rc == KT_OK)
			rc = cli_put(cli, &out);
	}
	kt_buf_release(&out);
	kt_approvals_free(a);
	kt_draft_diff_free(p);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_draft_show = {
	.name = "draft show",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "改正案の変更、競合、承認を表示する",
	    "what a draft changes, its conflicts and approvals" },
	.run = run_show,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei draft show R8改正",
};

/* ---- diff ---------------------------------------------------------------- */

static int
write_one(const char *format, struct kt_buf *out, const struct kt_draft_doc *x,
    struct cli *cli)
{
	struct cli_pair pair = {
		.old = x->old, .new = x->new, .list = x->list
	};
	int rc = cli_write_diff(format, out, &pair, cli);

	kt_pictures_free(pair.old_pictures);
	kt_pictures_free(pair.new_pictures);
	return rc;
}

static int
put_diff(struct cli *cli, struct kt_buf *out, const struct kt_draft_diff *p,
    const char *format)
{
	bool is_text = format[0] == 't', found = false;
	int rc = KT_OK;

	for (size_t i = 0; i < p->count && rc == KT_OK; i++) {
		const struct kt_draft_doc *x = &p->at[i];

		if (cli->nargs > 1 && strcmp(cli->args[1], x->id) != 0)
			continue;
		/* A page and a file are of one document. */
		if (found && !is_text && strcmp(format, "md") != 0 &&
		    strcmp(format, "json") != 0)
			return kt_report(cli->diag, .id = KT_M_DRAFT_DIFF_ONE,
			    .a = p->draft.name, .b = format);
		found = true;
		if (is_text)
			kt_buf_printf(out, "==== %s\n", x->id);
		rc = write_one(format, out, x, cli);
	}
	return rc;
}

static int
run_diff(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", "html",
		"md", "docx", "xlsx", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_store *store = NULL;
	struct kt_draft_diff *p = NULL;
	struct kt_buf out = KT_BUF_INIT;
	bool any = false;
	int rc;

	if (format == NULL)
		return EXIT_FAILED;
	rc = cli_store(cli, &store);
	if (rc == KT_OK)
		rc = kt_draft_diff_read(&p, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = put_diff(cli, &out, p, format);
	any = out.len > 0;
	if (rc == KT_OK && (any || !cli_has(cli, OPT_OUTPUT)))
		rc = cli_put(cli, &out);
	kt_buf_release(&out);
	kt_draft_diff_free(p);
	kt_store_free(store);
	return rc != KT_OK ? EXIT_FAILED : any ? EXIT_FINDINGS : EXIT_NOTHING;
}

const struct cmd cmd_draft_diff = {
	.name = "draft diff",
	.args = "NAME [ID]",
	.min = 1,
	.max = 2,
	.text = { "改正案が変えるところを条項ごとに表示する",
	    "what a draft changes, clause by clause" },
	.run = run_diff,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_BRIEF, OPT__COUNT },
	.example = "kaitei draft diff R8改正 kanri-kitei",
};

/* ---- update and resolve -------------------------------------------------- */

static void
put_conflict(struct cli *cli, struct kt_buf *out,
    const struct kt_open_conflict *x, bool json, bool first)
{
	const struct kt_conflict *c = &x->conflict;
	bool ja = cli->lang == KT_JA;

	if (json) {
		kt_buf_puts(out, first ? "{\"document\":" : ",{\"document\":");
		kt_json_string(out, x->document, strlen(x->document));
		cli_put_json(out, "clause", c->clause);
		cli_put_json(out, "kind", kt_conflict_name(c->kind));
		cli_put_json(out, "base", c->base);
		cli_put_json(out, "ours", c->ours);
		cli_put_json(out, "theirs", c->theirs);
		kt_buf_putc(out, '}');
		return;
	}
	kt_buf_printf(out, "%s %s\n  %s  %s\n  %s  %s\n  %s  %s\n", x->document,
	    c->clause, ja ? "元の文 base  " : "base  ", c->base,
	    ja ? "この案 ours  " : "ours  ", c->ours,
	    ja ? "他方   theirs" : "theirs", c->theirs);
}

static int
list_conflicts(struct cli *cli, struct kt_store *store, size_t *n, bool told)
{
	const char *format = cli_format(cli, formats, "text");
	struct kt_open_conflicts *open = NULL;
	struct kt_buf out = KT_BUF_INIT;
	bool json;
	int rc;

	if (format == NULL)
		return KT_EUSAGE;
	json = strcmp(format, "json") == 0;
	rc = kt_conflicts_read(&open, store, cli->args[0], cli->diag);
	if (rc != KT_OK)
		return rc;
	*n = open->count;
	if (open->count == 0 && told)
		kt_report(cli->diag, .id = KT_M_DRAFT_NO_CONFLICTS,
		    .a = cli->args[0]);
	if (json)
		kt_buf_puts(
		    &out, "{\"format\":\"kaitei-conflicts/1\",\"conflicts\":[");
	for (size_t i = 0; i < open->count; i++)
		put_conflict(cli, &out, &open->at[i], json, i == 0);
	if (json)
		kt_buf_puts(&out, "]}\n");
	rc = cli_put(cli, &out);
	kt_buf_release(&out);
	kt_conflicts_free(open);
	return rc;
}

static int
run_update(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_note note = { .message = "本則の改正を取り込む" };
	size_t open = 0;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_note(cli, store, &note);
	if (rc == KT_OK)
		rc = kt_draft_update(
		    &open, store, cli->args[0], &note, cli->diag);
	if (rc == KT_OK)
		rc = list_conflicts(cli, store, &open, false);
	kt_store_free(store);
	return rc != KT_OK ? EXIT_FAILED
	       : open > 0  ? EXIT_FINDINGS
			   : EXIT_NOTHING;
}

const struct cmd cmd_draft_update = {
	.name = "draft update",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "改正案を起こした後の改正を条項ごとに取り込む",
	    "bring what was adopted since into a draft, clause by clause" },
	.run = run_update,
	.opts = { OPT_MESSAGE, OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT_USER,
	    OPT__COUNT },
	.example = "kaitei draft update R8改正",
};

static int
read_side(struct cli *cli, enum kt_pick *out)
{
	static const char *const sides[] = { "", "base", "ours", "theirs" };

	for (size_t i = 1; i < KT_COUNT(sides); i++)
		if (strcmp(sides[i], cli->value[OPT_TAKE]) == 0) {
			*out = (enum kt_pick)i;
			return KT_OK;
		}
	return cli_bad_value(cli, OPT_TAKE, cli->value[OPT_TAKE]);
}

static int
run_resolve(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_note note = { .message = "競合を決める" };
	enum kt_pick pick = KT_PICK_OPEN;
	size_t left = 0;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK && !cli_has(cli, OPT_TAKE)) {
		rc = list_conflicts(cli, store, &left, true);
	} else if (rc == KT_OK) {
		rc = read_side(cli, &pick);
		if (rc == KT_OK)
			rc = cli_note(cli, store, &note);
		if (rc == KT_OK)
			rc = kt_draft_resolve(&left, store, cli->args[0],
			    cli_has(cli, OPT_AS) ? cli->value[OPT_AS] : "",
			    cli->nargs > 1 ? cli->args[1] : "", pick, &note,
			    cli->diag);
	}
	kt_store_free(store);
	return rc != KT_OK ? EXIT_FAILED
	       : left > 0  ? EXIT_FINDINGS
			   : EXIT_NOTHING;
}

const struct cmd cmd_draft_resolve = {
	.name = "draft resolve",
	.args = "NAME [ADDRESS]",
	.min = 1,
	.max = 2,
	.text = { "競合を条項ごとに表示し、どの文を採るかを決める",
	    "show the conflicts, or decide those of a clause" },
	.run = run_resolve,
	.opts = { OPT_TAKE, OPT_AS, OPT_MESSAGE, OPT_OUTPUT, OPT_FORMAT,
	    OPT_JSON, OPT_USER, OPT__COUNT },
	.example = "kaitei draft resolve R8改正 第8条第1項 --take ours",
};

/* ---- close --------------------------------------------------------------- */

static int
mark(struct cli *cli, enum kt_review_kind kind, enum kt_msg_id done)
{
	struct kt_store *store = NULL;
	struct kt_review op = { .kind = kind, .text = "" };
	struct kt_draft draft;
	char id[KT_REV_LEN + 1];
	bool closed = false;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_person(cli, store, &op.author);
	if (rc == KT_OK)
		rc = kt_draft_find(&draft, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = kt_review_is_closed(&closed, store, draft.name, cli->diag);
	/* Said twice, it is so once. */
	if (rc == KT_OK && closed != (kind == KT_RV_CLOSE)) {
		op.revision = draft.tip;
		if (cli_has(cli, OPT_REASON))
			op.text = cli->value[OPT_REASON];
		rc = kt_review_add(store, draft.name, &op, NULL, id, cli->diag);
	}
	if (rc == KT_OK)
		kt_report(cli->diag, .id = done, .a = draft.name);
	kt_store_free(store);
	return cli_status(rc);
}

static int
run_close(struct cli *cli)
{
	return mark(cli, KT_RV_CLOSE, KT_M_DRAFT_CLOSED);
}

static int
run_reopen(struct cli *cli)
{
	return mark(cli, KT_RV_OPEN, KT_M_DRAFT_REOPENED);
}

const struct cmd cmd_draft_close = {
	.name = "draft close",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "改正案を閉じる（案は残る）", "close a draft; it is kept" },
	.run = run_close,
	.opts = { OPT_REASON, OPT_USER, OPT__COUNT },
	.example = "kaitei draft close R8改正 --reason 見送り",
};

const struct cmd cmd_draft_reopen = {
	.name = "draft reopen",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "閉じた改正案を再び開く", "open a closed draft again" },
	.run = run_reopen,
	.opts = { OPT_REASON, OPT_USER, OPT__COUNT },
	.example = "kaitei draft reopen R8改正",
};
