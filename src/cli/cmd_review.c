/* SPDX-License-Identifier: MIT */
/* kaitei review list, comment, reviewed, reason, approve, object, withdraw,
 * resolve: what is said of a draft. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

/* ---- list ---------------------------------------------------------------- */

static void
put_json_text(struct kt_buf *out, const char *key, const char *value)
{
	if (value[0] != '\0')
		cli_put_json(out, key, value);
}

static void
put_json(struct kt_buf *out, const struct kt_review *op, bool first)
{
	kt_buf_printf(out, "%s{\"id\":\"%s\",\"kind\":\"%s\",\"counter\":%lu",
	    first ? "" : ",", op->id, kt_review_name(op->kind), op->counter);
	put_json_text(out, "author", op->author.name);
	put_json_text(out, "document", op->document);
	put_json_text(out, "clause", op->clause);
	put_json_text(out, "quote", op->quote);
	put_json_text(out, "text", op->text);
	put_json_text(out, "reply", op->reply);
	put_json_text(out, "revision", op->revision);
	put_json_text(out, "digest", op->digest);
	put_json_text(out, "role", op->role);
	kt_buf_printf(out, ",\"signed\":%s}", op->is_signed ? "true" : "false");
}

/* Where a clause stands now that an operation was made of: found by its
 * identity, in the draft of that time and in the draft as it is. */
static const char *
clause_now(struct kt_store *s, const struct kt_review *op,
    const struct kt_draft *draft, struct kt_arena *a)
{
	return kt_clause_now(
	    s, op->document, op->revision, op->clause, draft->tip, a);
}

static void
put_text(struct cli *cli, struct kt_buf *out, const struct kt_review *op,
    const char *now, bool outdated, bool several)
{
	static const char *const words[KT_RV_KINDS][2] = { { "再開", "open" },
		{ "終了", "close" }, { "意見", "comment" },
		{ "解決", "resolve" }, { "審査済", "reviewed" },
		{ "改正理由", "reason" }, { "承認", "approve" },
		{ "異議", "object" }, { "取消し", "withdraw" },
		{ "公布", "publish" } };

	kt_buf_printf(out, "%.10s  %s  %s", op->id, words[op->kind][cli->lang],
	    op->author.name);
	if (op->role[0] != '\0')
		kt_buf_printf(out, "（%s）", op->role);
	if (several && op->document[0] != '\0')
		kt_buf_printf(out, "  %s", op->document);
	if (op->clause[0] != '\0')
		kt_buf_printf(out, "  %s%s%s", op->clause,
		    strcmp(now, op->clause) == 0 ? "" : "→",
		    strcmp(now, op->clause) == 0 ? ""
		    : now[0] == '\0'
			? (cli->lang == KT_JA ? "（削除）" : "(gone)")
			: now);
	if (outdated && now[0] != '\0')
		kt_buf_puts(out,
		    cli->lang == KT_JA ? "（その後変更）" : " (changed since)");
	if (op->reply[0] != '\0')
		kt_buf_printf(out, "  >%.10s", op->reply);
	if (op->quote[0] != '\0')
		kt_buf_printf(out, "  「%s」", op->quote);
	kt_buf_printf(out, "  %s\n", op->text);
}

static int
run_list(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_store *store = NULL;
	struct kt_arena *a = kt_arena_new();
	const struct kt_review *ops;
	struct kt_draft_diff *p = NULL;
	struct kt_buf out = KT_BUF_INIT;
	bool json;
	size_t n;
	int rc = format == NULL ? KT_EUSAGE : cli_store(cli, &store);

	if (rc == KT_OK)
		rc = kt_draft_diff_read(&p, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = kt_review_list(store, cli->args[0], &ops, &n, cli->diag);
	if (rc == KT_OK) {
		json = strcmp(format, "json") == 0;
		if (n == 0)
			kt_report(cli->diag, .id = KT_M_REVIEW_LIST_EMPTY,
			    .a = cli->args[0]);
		if (json)
			kt_buf_puts(&out,
			    "{\"format\":\"kaitei-review/1\",\"operations\":[");
		for (size_t i = 0; i < n; i++)
			if (json)
				put_json(&out, &ops[i], i == 0);
			else
				put_text(cli, &out, &ops[i],
				    clause_now(store, &ops[i], &p->draft, a),
				    kt_review_is_outdated(store, &ops[i], p),
				    p->count > 1);
		if (json)
			kt_buf_puts(&out, "]}\n");
		rc = cli_put(cli, &out);
	}
	kt_buf_release(&out);
	kt_arena_free(a);
	kt_draft_diff_free(p);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_review_list = {
	.name = "review list",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "審査の記録を表示する", "what was said of a draft" },
	.run = run_list,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei review list R8改正",
};

/* ---- operations ---------------------------------------------------------- */

/* The clause is in none of them: what to look at. */
static int
no_clause(struct cli *cli, const struct kt_draft_diff *p)
{
	struct kt_buf where = KT_BUF_INIT;
	const char *id = cli_has(cli, OPT_AS) ? cli->value[OPT_AS]
			 : p->count > 0       ? p->at[0].id
					      : "";
	int rc;

	kt_buf_printf(&where, "%s@draft/%s", id, p->draft.name);
	rc = kt_report(cli->diag, .id = KT_M_NO_CLAUSE, .a = where.p,
	    .b = cli->value[OPT_CLAUSE]);
	kt_buf_release(&where);
	return rc;
}

/* The documents that have the clause as the draft has them, or as they were:
 * what is taken out is spoken of too.  Their names, how many. */
static size_t
find_in(struct cli *cli, struct kt_review *op, const struct kt_draft_diff *p,
    bool before, struct kt_buf *ids, struct kt_buf *words)
{
	size_t n = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct kt_draft_doc *x = &p->at[i];
		const struct kt_doc *doc = before ? x->old : x->new;
		struct kt_spot spot;

		if ((cli_has(cli, OPT_AS) &&
			strcmp(cli->value[OPT_AS], x->id) != 0) ||
		    kt_addr_find(&spot, doc, cli->value[OPT_CLAUSE]) != KT_OK)
			continue;
		kt_buf_printf(ids, "%s%s", n++ == 0 ? "" : "、", x->id);
		op->document = x->id;
		op->clause = kt_addr(doc, spot.node);
		op->revision = before ? p->draft.base : p->draft.tip;
		kt_buf_clear(words);
		kt_clause_words(words, spot.node);
	}
	return n;
}

/* The clause it is about, in a document of the draft: the one that --as
 * names, else the only one that has such a clause. */
static int
find_clause(struct cli *cli, struct kt_review *op,
    const struct kt_draft_diff *p, struct kt_buf *words)
{
	struct kt_buf ids = KT_BUF_INIT;
	size_t n;
	int rc = KT_OK;

	op->revision = p->draft.tip;
	if (cli->value[OPT_CLAUSE] == NULL)
		return KT_OK;
	n = find_in(cli, op, p, false, &ids, words);
	if (n == 0)
		n = find_in(cli, op, p, true, &ids, words);
	if (n == 0)
		rc = no_clause(cli, p);
	else if (n > 1)
		rc = kt_report(cli->diag, .id = KT_M_REVIEW_WHICH,
		    .a = cli->value[OPT_CLAUSE], .b = ids.p);
	kt_buf_release(&ids);
	return rc;
}

static const char *
value_or_empty(const struct cli *cli, enum opt_id id)
{
	return cli_has(cli, id) ? cli->value[id] : "";
}

/* The full name of an operation from the beginning of it. */
static int
find_reply(struct cli *cli, struct kt_store *store, struct kt_review *op)
{
	const char *asked = value_or_empty(cli, OPT_REPLY);
	const struct kt_review *ops;
	size_t n;
	int rc = kt_review_list(store, cli->args[0], &ops, &n, cli->diag);

	op->reply = "";
	if (rc != KT_OK || asked[0] == '\0')
		return rc;
	for (size_t i = 0; i < n; i++)
		if (strncmp(ops[i].id, asked, strlen(asked)) == 0) {
			op->reply = ops[i].id;
			return KT_OK;
		}
	return kt_report(cli->diag, .id = KT_M_REVIEW_NONE, .a = asked);
}

static int
add(struct cli *cli, enum kt_review_kind kind)
{
	struct kt_store *store = NULL;
	struct kt_draft_diff *p = NULL;
	struct kt_review op = { .kind = kind, .document = "", .clause = "" };
	struct kt_buf words = KT_BUF_INIT;
	char id[KT_REV_LEN + 1], digest[KT_SHA256_LEN + 1];
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_person(cli, store, &op.author);
	if (rc == KT_OK)
		rc = kt_draft_diff_read(&p, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = find_clause(cli, &op, p, &words);
	if (rc == KT_OK)
		rc = find_reply(cli, store, &op);
	if (rc == KT_OK) {
		op.text = value_or_empty(cli, OPT_MESSAGE);
		op.role = value_or_empty(cli, OPT_ROLE);
		if (words.len > 0) {
			kt_sha256(digest, words.p, words.len);
			op.quote_sha256 = digest;
		}
		rc = kt_review_add(store, p->draft.name, &op,
		    cli->value[OPT_SIGN], id, cli->diag);
	}
	if (rc == KT_OK) {
		id[10] = '\0';
		kt_report(cli->diag, .id = KT_M_REVIEW_KEPT, .a = cli->args[0],
		    .b = id);
	}
	kt_buf_release(&words);
	kt_draft_diff_free(p);
	kt_store_free(store);
	return cli_status(rc);
}

static int
run_comment(struct cli *cli)
{
	if (!cli_has(cli, OPT_MESSAGE))
		return cli_usage(cli, KT_M_USAGE_VALUE, "--message");
	return add(cli, KT_RV_COMMENT);
}

static int
run_reviewed(struct cli *cli)
{
	return add(cli, KT_RV_REVIEWED);
}

static int
run_reason(struct cli *cli)
{
	if (!cli_has(cli, OPT_MESSAGE))
		return cli_usage(cli, KT_M_USAGE_VALUE, "--message");
	return add(cli, KT_RV_REASON);
}

static int
run_object(struct cli *cli)
{
	if (!cli_has(cli, OPT_MESSAGE))
		return cli_usage(cli, KT_M_USAGE_VALUE, "--message");
	return add(cli, KT_RV_OBJECT);
}

static int
run_withdraw(struct cli *cli)
{
	if (!cli_has(cli, OPT_REPLY))
		return cli_usage(cli, KT_M_USAGE_VALUE, "--reply");
	return add(cli, KT_RV_WITHDRAW);
}

static int
run_resolve(struct cli *cli)
{
	if (!cli_has(cli, OPT_REPLY))
		return cli_usage(cli, KT_M_USAGE_VALUE, "--reply");
	return add(cli, KT_RV_RESOLVE);
}

static struct kt_date
today(void)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return (struct kt_date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

/* Who approves in vain should know it now. */
static void
warn_unless_counted(struct cli *cli, struct kt_store *store,
    const struct kt_draft_diff *p, const char *id)
{
	struct kt_approvals *all = NULL;

	if (kt_approvals_read(&all, store, p, NULL) != KT_OK)
		return;
	for (size_t i = 0; i < all->count; i++) {
		enum kt_standing how = all->at[i].standing;

		if (strcmp(all->at[i].op->id, id) == 0 && how != KT_AP_COUNTS)
			kt_report(cli->diag, .id = KT_M_REVIEW_NOT_COUNTED,
			    .a = kt_standing_name(how, KT_JA),
			    .b = kt_standing_name(how, KT_EN));
	}
	kt_approvals_free(all);
}

static int
run_approve(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_draft_diff *p = NULL;
	struct kt_person who;
	struct kt_date date = today();
	char id[KT_REV_LEN + 1];
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_date(cli, OPT_DECIDED, &date);
	if (rc == KT_OK)
		rc = cli_person(cli, store, &who);
	if (rc == KT_OK)
		rc = kt_draft_diff_read(&p, store, cli->args[0], cli->diag);
	if (rc == KT_OK)
		rc = kt_approve(store, p, &who, value_or_empty(cli, OPT_ROLE),
		    date, value_or_empty(cli, OPT_MESSAGE),
		    cli->value[OPT_SIGN], id, cli->diag);
	if (rc == KT_OK) {
		char digest[11];

		snprintf(digest, sizeof(digest), "%.10s", p->digest);
		kt_report(cli->diag, .id = KT_M_REVIEW_APPROVED,
		    .a = p->draft.name, .b = digest);
		warn_unless_counted(cli, store, p, id);
	}
	kt_draft_diff_free(p);
	kt_store_free(store);
	return cli_status(rc);
}

#define REVIEW_CMD(verb, ja, en, how)                                          \
	const struct cmd cmd_review_##verb = {                                 \
		.name = "review " #verb,                                       \
		.args = "NAME",                                                \
		.min = 1,                                                      \
		.max = 1,                                                      \
		.text = { ja, en },                                            \
		.run = run_##verb,                                             \
		.opts = { OPT_CLAUSE, OPT_MESSAGE, OPT_REPLY, OPT_ROLE,        \
		    OPT_AS, OPT_SIGN, OPT_USER, OPT__COUNT },                  \
		.example = how,                                                \
	}

REVIEW_CMD(comment, "改正案に意見を付ける", "comment on a draft",
    "kaitei review comment R8改正 --clause 第8条第2項 -m \"期限が要る\"");
REVIEW_CMD(reviewed, "条項を審査したと記録する", "mark a clause as reviewed",
    "kaitei review reviewed R8改正 --clause 第8条");
REVIEW_CMD(reason, "条項の改正理由を書く", "why a clause is changed",
    "kaitei review reason R8改正 --clause 第8条 -m \"指針の改定に合わせる\"");
REVIEW_CMD(object, "異議を述べる（取り消すまで制定できない）",
    "object; a draft with an objection cannot be adopted",
    "kaitei review object R8改正 --clause 第8条 -m \"条例に反する\"");
REVIEW_CMD(withdraw, "承認又は異議を取り消す",
    "withdraw an approval or an objection",
    "kaitei review withdraw R8改正 --reply 1a2b3c4d5e");
REVIEW_CMD(resolve, "意見を済みにする", "mark a comment as done",
    "kaitei review resolve R8改正 --reply 1a2b3c4d5e");

const struct cmd cmd_review_approve = {
	.name = "review approve",
	.args = "NAME",
	.min = 1,
	.max = 1,
	.text = { "改正案を今の文のまま承認する（後で変われば無効）",
	    "approve a draft as it stands; a later change voids it" },
	.run = run_approve,
	.opts = { OPT_ROLE, OPT_DECIDED, OPT_MESSAGE, OPT_SIGN, OPT_USER,
	    OPT__COUNT },
	.example = "kaitei review approve R8改正 --role 決裁 --sign "
		   "~/.ssh/id_ed25519",
};
