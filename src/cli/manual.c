/* SPDX-License-Identifier: MIT */
/* kaitei(1), made from the tables of commands and options in the form of
 * man(7): one page a language. */
#include "cli.h"

#include <string.h>

/* Words of a help text as roff reads them: no hyphenation of options, no
 * request at the head of a line. */
static void
put_words(struct kt_buf *out, const char *words)
{
	if (words[0] == '.' || words[0] == '\'')
		kt_buf_puts(out, "\\&");
	for (; *words != '\0'; words++) {
		if (*words == '\\')
			kt_buf_puts(out, "\\e");
		else if (*words == '-')
			kt_buf_puts(out, "\\-");
		else
			kt_buf_putc(out, *words);
	}
}

static void
put_line(struct kt_buf *out, const char *words)
{
	put_words(out, words);
	kt_buf_putc(out, '\n');
}

static void
put_opt(struct kt_buf *out, const struct opt *o, enum kt_lang lang)
{
	kt_buf_puts(out, ".TP\n");
	if (o->letter != 0)
		kt_buf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
	kt_buf_puts(out, "\\fB\\-\\-");
	put_words(out, o->name);
	kt_buf_puts(out, "\\fR");
	if (o->arg != NULL) {
		kt_buf_puts(out, " \\fI");
		put_words(out, o->arg);
		kt_buf_puts(out, "\\fR");
	}
	kt_buf_putc(out, '\n');
	put_line(out, o->text[lang]);
}

static void
put_cmd(struct kt_buf *out, const struct cmd *cmd, enum kt_lang lang)
{
	kt_buf_puts(out, ".SS ");
	put_line(out, cmd->name);
	kt_buf_puts(out, "\\fBkaitei ");
	put_words(out, cmd->name);
	kt_buf_puts(out, "\\fR ");
	put_line(out, cmd->args);
	kt_buf_puts(out, ".PP\n");
	put_line(out, cmd->text[lang]);
	for (size_t i = 0; cmd->opts[i] != OPT__COUNT; i++)
		put_opt(out, &cli_opts[cmd->opts[i]], lang);
	if (cmd->example[0] == '\0')
		return;
	kt_buf_puts(out, ".PP\n.RS\n.nf\n");
	put_line(out, cmd->example);
	kt_buf_puts(out, ".fi\n.RE\n");
}

static const char *const head[] = {
	[KT_JA] =
	    ".SH 名前\nkaitei \\- "
	    "例規の版管理、条項単位の比較、改正書類の作成\n"
	    ".SH 書式\n.B kaitei\n"
	    ".I コマンド\n"
	    "[\\fI引数\\fR] [\\fIオプション\\fR]\n"
	    ".SH 説明\n"
	    "市の規程を、普通のGitのリポジトリで版ごとに管理し、二つの文の"
	    "違いを条項ごとに示し、改正の書類（新旧対照表、改め文、見え消し、"
	    "溶け込み版）をWord文書で作ります。\n"
	    ".PP\n"
	    "文書は、ファイル（種類は中身で判断します）か、ストアの中では"
	    "\\fIID\\fR[@\\fIREV\\fR]で表します。\\fIREV\\fRは、"
	    "Gitのリビジョン、版の名前（令和7年3月版）又は日付（その日に"
	    "効力を持つ文）です。\n"
	    ".SH コマンド\n",
	[KT_EN] =
	    ".SH NAME\nkaitei \\- versions of a city's rules, compared clause "
	    "by clause, and the papers of a revision\n"
	    ".SH SYNOPSIS\n.B kaitei\n"
	    ".I COMMAND\n"
	    "[\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]\n"
	    ".SH DESCRIPTION\n"
	    "kaitei keeps a city's rules under version control in an ordinary "
	    "Git repository, tells clause by clause what changes between two "
	    "texts, and writes the papers of a revision as Word files.\n"
	    ".PP\n"
	    "A document is a file, recognised by what it holds, or inside a "
	    "store \\fIID\\fR[@\\fIREV\\fR], where \\fIREV\\fR is a Git "
	    "revision, the label of an edition or a date (the text in force "
	    "that day).\n"
	    ".SH COMMANDS\n",
};

static const char *const tail[] = {
	[KT_JA] = ".SH 終了コード\n"
		  ".TP\n0\n報告することはありません。\n"
		  ".TP\n1\n相違又は指摘があります。\n"
		  ".TP\n2\n実行できませんでした。理由と、次にすることを標準エラ"
		  "ー出力に"
		  "示します。何も書き換えません。\n"
		  ".SH 環境変数\n"
		  ".TP\nLC_ALL, LC_MESSAGES, LANG\nメッセージの言語。\n"
		  ".TP\nNO_COLOR\n設定されていれば、色を付けません。\n"
		  ".SH 関連項目\n"
		  ".BR git (1)\n",
	[KT_EN] =
	    ".SH EXIT STATUS\n"
	    ".TP\n0\nNothing to report.\n"
	    ".TP\n1\nDifferences or findings.\n"
	    ".TP\n2\nIt could not be done.  A message on standard error says "
	    "why and what to do; nothing is written.\n"
	    ".SH ENVIRONMENT\n"
	    ".TP\nLC_ALL, LC_MESSAGES, LANG\nThe language of messages.\n"
	    ".TP\nNO_COLOR\nNo colour when it is set.\n"
	    ".SH SEE ALSO\n"
	    ".BR git (1)\n",
};

void
cli_man_page(struct kt_buf *out, enum kt_lang lang)
{
	kt_buf_puts(out, ".\\\" Made by kaitei --man-page.\n"
			 ".TH KAITEI 1 \"\" \"kaitei " KAITEI_VERSION "\"\n"
			 ".nh\n.ad l\n");
	kt_buf_puts(out, head[lang]);
	for (size_t i = 0; cli_cmds[i] != NULL; i++)
		put_cmd(out, cli_cmds[i], lang);
	kt_buf_puts(out, lang == KT_JA ? ".SH オプション\n" : ".SH OPTIONS\n");
	for (size_t i = 0; cli_everywhere[i] != OPT__COUNT; i++)
		put_opt(out, &cli_opts[cli_everywhere[i]], lang);
	for (size_t i = 0; cli_alone[i] != OPT__COUNT; i++)
		put_opt(out, &cli_opts[cli_alone[i]], lang);
	kt_buf_puts(out, tail[lang]);
}
