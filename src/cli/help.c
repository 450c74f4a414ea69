/* SPDX-License-Identifier: MIT */
/* Help, made from the tables of commands and options: an example first. */
#include "cli.h"

#include <string.h>

#include <kaitei/text.h>

/* Pad what stands in the line so far to a column. */
static void
pad(struct kt_buf *out, size_t from, size_t column)
{
	size_t width = kt_utf8_width(out->p + from, out->len - from);

	do
		kt_buf_putc(out, ' ');
	while (++width < column);
}

static void
put_opt(struct kt_buf *out, const struct opt *o, enum kt_lang lang)
{
	size_t from = out->len;

	kt_buf_puts(out, "  ");
	if (o->letter != 0)
		kt_buf_printf(out, "-%c, ", o->letter);
	else
		kt_buf_puts(out, "    ");
	kt_buf_printf(out, "--%s", o->name);
	if (o->arg != NULL)
		kt_buf_printf(out, " %s", o->arg);
	pad(out, from, 30);
	kt_buf_printf(out, "%s\n", o->text[lang]);
}

static void
put_cmd(struct kt_buf *out, const struct cmd *cmd, enum kt_lang lang)
{
	size_t from = out->len;

	kt_buf_printf(out, "  %s %s", cmd->name, cmd->args);
	pad(out, from, 32);
	kt_buf_printf(out, "%s\n", cmd->text[lang]);
}

static bool
in_group(const struct cmd *cmd, const char *group)
{
	size_t n = strlen(group);

	return strncmp(cmd->name, group, n) == 0 && cmd->name[n] == ' ';
}

bool
cli_is_group(const char *word)
{
	for (size_t i = 0; cli_cmds[i] != NULL; i++)
		if (in_group(cli_cmds[i], word))
			return true;
	return false;
}

void
cli_help_group(struct kt_buf *out, const char *group, enum kt_lang lang)
{
	for (size_t i = 0; cli_cmds[i] != NULL; i++)
		if (in_group(cli_cmds[i], group))
			put_cmd(out, cli_cmds[i], lang);
	kt_buf_printf(out,
	    lang == KT_JA ? "\nコマンドごとの説明: kaitei %s 操作 --help\n"
			  : "\nmore: kaitei %s ACTION --help\n",
	    group);
}

void
cli_help(struct kt_buf *out, enum kt_lang lang)
{
	kt_buf_puts(out,
	    lang == KT_JA
		? "kaitei（改定）— "
		  "例規の版管理、条項単位の比較、改正書類の作成\n\n"
		  "例:\n"
		  "  kaitei diff 旧.md 新.md\n"
		  "  kaitei table 旧.md 新.md -o 新旧対照表.docx\n\n"
		  "使い方: kaitei コマンド [引数] [オプション]\n\n"
		: "kaitei - versions of a city's rules, compared clause by "
		  "clause, and the papers of a revision\n\n"
		  "examples:\n"
		  "  kaitei diff old.md new.md\n"
		  "  kaitei table old.md new.md -o table.docx\n\n"
		  "usage: kaitei COMMAND [ARGUMENTS] [OPTIONS]\n\n");
	for (size_t i = 0; cli_cmds[i] != NULL; i++)
		put_cmd(out, cli_cmds[i], lang);
	kt_buf_puts(
	    out, lang == KT_JA
		     ? "\nコマンドごとの説明: kaitei コマンド --help\n"
		       "終了コード: 0 報告なし、1 相違・指摘あり、2 "
		       "実行できなかった\n"
		     : "\nmore: kaitei COMMAND --help\n"
		       "exit status: 0 nothing to report, 1 differences or "
		       "findings, 2 could not do it\n");
}

void
cli_help_cmd(struct kt_buf *out, const struct cmd *cmd, enum kt_lang lang)
{
	static const enum opt_id common[] = { OPT_STORE, OPT_LANG, OPT_QUIET,
		OPT_HELP };

	kt_buf_printf(out, "%s\n\n", cmd->text[lang]);
	if (cmd->example[0] != '\0')
		kt_buf_printf(out, "%s:\n  %s\n\n",
		    lang == KT_JA ? "例" : "example", cmd->example);
	kt_buf_printf(out, "%s: kaitei %s%s%s [%s]\n\n",
	    lang == KT_JA ? "使い方" : "usage", cmd->name,
	    cmd->args[0] == '\0' ? "" : " ", cmd->args,
	    lang == KT_JA ? "オプション" : "OPTIONS");
	for (size_t i = 0; cmd->opts[i] != OPT__COUNT; i++)
		put_opt(out, &cli_opts[cmd->opts[i]], lang);
	for (size_t i = 0; i < KT_COUNT(common); i++)
		put_opt(out, &cli_opts[common[i]], lang);
}
