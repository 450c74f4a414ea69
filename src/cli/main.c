/* SPDX-License-Identifier: MIT */
/*
 * The program: reads the command line by the tables of options and commands,
 * runs one command, tells its messages, ends with 0 (nothing to report), 1
 * (differences or findings) or 2 (could not do it).
 */
#include "cli.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"

const struct opt cli_opts[OPT__COUNT] = {
	[OPT_AS] = { OPT_AS, 0, "as", "ID",
	    { "ストアでの文書の名前", "name of the document in the store" } },
	[OPT_AUTHOR] = { OPT_AUTHOR, 0, "author", "NAME",
	    { "変更履歴に残す名前", "name that tracked changes carry" } },
	[OPT_BRIEF] = { OPT_BRIEF, 0, "brief", NULL,
	    { "変更を1行ずつ、文は出さない",
		"one line a change, without its words" } },
	[OPT_CHECK] = { OPT_CHECK, 0, "check", NULL,
	    { "書き換えず、直すところがあるかだけを調べる",
		"change nothing, only say what would change" } },
	[OPT_COLOR] = { OPT_COLOR, 0, "color", NULL,
	    { "端末でなくても色を付ける", "colour even without a terminal" } },
	[OPT_DATE] = { OPT_DATE, 0, "date", "ISO",
	    { "変更履歴に残す日時（指定がなければ施行日）",
		"date that tracked changes carry; otherwise the day in "
		"force" } },
	[OPT_DECIDED] = { OPT_DECIDED, 0, "decided", "DATE",
	    { "決裁日", "date of the decision" } },
	[OPT_EDITION] = { OPT_EDITION, 0, "edition", "LABEL",
	    { "版の名前（令和7年3月版）", "label of the edition" } },
	[OPT_EFFECTIVE] = { OPT_EFFECTIVE, 0, "effective", "DATE",
	    { "施行日（2026-04-01、令和8年4月1日）",
		"date in force (2026-04-01)" } },
	[OPT_FORMAT] = { OPT_FORMAT, 0, "format", "FORMAT",
	    { "出力の形式（指定がなければ -o の拡張子で決める）",
		"format of the result; otherwise by the suffix of -o" } },
	[OPT_HELP] = { OPT_HELP, 'h', "help", NULL,
	    { "使い方を表示する", "show how to use it" } },
	[OPT_INSTRUMENT] = { OPT_INSTRUMENT, 0, "instrument", "NUMBER",
	    { "改正規程等の番号", "number of the amending instrument" } },
	[OPT_JSON] = { OPT_JSON, 0, "json", NULL,
	    { "--format json と同じ", "the same as --format json" } },
	[OPT_LANG] = { OPT_LANG, 0, "lang", "ja|en",
	    { "メッセージの言語", "language of messages" } },
	[OPT_MESSAGE] = { OPT_MESSAGE, 'm', "message", "TEXT",
	    { "記録に残す説明", "note kept with the revision" } },
	[OPT_MOVES] = { OPT_MOVES, 0, "moves", "native|simple",
	    { "移動を移動として、又は削除と追加として記す",
		"moves as moves, or as deletion and insertion" } },
	[OPT_NO_COLOR] = { OPT_NO_COLOR, 0, "no-color", NULL,
	    { "色を付けない", "no colour" } },
	[OPT_OUTPUT] = { OPT_OUTPUT, 'o', "output", "FILE",
	    { "結果を書くファイル（指定がなければ標準出力）",
		"file for the result; otherwise standard output" } },
	[OPT_PROFILE] = { OPT_PROFILE, 0, "profile", "NAME",
	    { "新旧対照表の様式（shi-hyojun）",
		"layout of the comparison table (shi-hyojun)" } },
	[OPT_PROMULGATED] = { OPT_PROMULGATED, 0, "promulgated", "DATE",
	    { "公布日", "date of promulgation" } },
	[OPT_QUIET] = { OPT_QUIET, 'q', "quiet", NULL,
	    { "エラーのほかは表示しない", "tell errors only" } },
	[OPT_RENUMBERING] = { OPT_RENUMBERING, 0, "renumbering", "show|fold",
	    { "番号ずれを履歴に残す、又は新しい番号だけにする",
		"track new numbers, or only write them" } },
	[OPT_STORE] = { OPT_STORE, 'C', "store", "DIR",
	    { "ストアの場所（指定がなければ今のフォルダーから上へ探す）",
		"the store; otherwise looked for from here upwards" } },
	[OPT_STRICT] = { OPT_STRICT, 0, "strict", NULL,
	    { "警告があれば 1 で終わる", "end with 1 if there is a warning" } },
	[OPT_TIMINGS] = { OPT_TIMINGS, 0, "timings", NULL,
	    { "段階ごとの時間を標準エラーに出す",
		"time of each stage on standard error" } },
	[OPT_TITLE] = { OPT_TITLE, 0, "title", "TEXT",
	    { "表の題名", "title of the table" } },
	[OPT_USER] = { OPT_USER, 0, "user", "NAME <MAIL>",
	    { "起案者（指定がなければ設定から）",
		"drafter; otherwise from the settings" } },
	[OPT_VERSION] = { OPT_VERSION, 0, "version", NULL,
	    { "版を表示する", "show the version" } },
	[OPT_WITH_COMMENTARY] = { OPT_WITH_COMMENTARY, 0, "with-commentary",
	    NULL, { "解説を付ける", "with commentary" } },
	[OPT_WITHOUT_COMMENTARY] = { OPT_WITHOUT_COMMENTARY, 0,
	    "without-commentary", NULL,
	    { "解説を除く", "without commentary" } },
};

const struct cmd *const cli_cmds[] = {
#define COMMAND(name) &cmd_##name,
	COMMANDS
#undef COMMAND
	    NULL
};

/* Options that every command takes. */
static const enum opt_id everywhere[] = { OPT_LANG, OPT_QUIET, OPT_STORE,
	OPT_COLOR, OPT_NO_COLOR, OPT_HELP, OPT_TIMINGS };

static enum kt_lang
language_of(const char *name)
{
	return strncmp(name, "ja", 2) == 0 ? KT_JA : KT_EN;
}

static enum kt_lang
language_of_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		const char *set = getenv(names[i]);

		if (set != NULL && set[0] != '\0')
			return language_of(set);
	}
	return KT_EN;
}

static bool
takes(const struct cmd *cmd, enum opt_id id)
{
	for (size_t i = 0; i < KT_COUNT(everywhere); i++)
		if (everywhere[i] == id)
			return true;
	if (cmd == NULL)
		return id == OPT_VERSION;
	for (size_t i = 0; cmd->opts[i] != OPT__COUNT; i++)
		if (cmd->opts[i] == id)
			return true;
	return false;
}

static const struct opt *
find_opt(const char *arg)
{
	size_t n = strcspn(arg + 2, "=");

	for (size_t i = 0; i < OPT__COUNT; i++) {
		const struct opt *o = &cli_opts[i];

		if (arg[1] != '-' && o->letter != 0 && arg[1] == o->letter)
			return o;
		if (arg[1] == '-' && strlen(o->name) == n &&
		    strncmp(arg + 2, o->name, n) == 0)
			return o;
	}
	return NULL;
}

/* One option at argv[i]; returns how many words it took, 0 for a fault. */
static int
read_opt(struct cli *cli, int argc, char **argv, int i)
{
	const char *arg = argv[i];
	const struct opt *o = find_opt(arg);
	const char *equals = arg[1] == '-' ? strchr(arg, '=') : NULL;

	if (o == NULL) {
		cli_usage(cli, KT_M_USAGE_OPTION, arg);
		return 0;
	}
	if (o->arg == NULL) {
		if (equals != NULL || (arg[1] != '-' && arg[2] != '\0')) {
			cli_usage(cli, KT_M_USAGE_NO_VALUE, arg);
			return 0;
		}
		cli->value[o->id] = "";
		return 1;
	}
	if (equals != NULL) {
		cli->value[o->id] = equals + 1;
		return 1;
	}
	if (arg[1] != '-' && arg[2] != '\0') {
		cli->value[o->id] = arg + 2;
		return 1;
	}
	if (i + 1 >= argc) {
		cli_usage(cli, KT_M_USAGE_VALUE, arg);
		return 0;
	}
	cli->value[o->id] = argv[i + 1];
	return 2;
}

static const struct cmd *
find_cmd(const char *name)
{
	for (size_t i = 0; cli_cmds[i] != NULL; i++)
		if (strcmp(cli_cmds[i]->name, name) == 0)
			return cli_cmds[i];
	return NULL;
}

/* Words into command, arguments and options; EXIT_FAILED after a message. */
static int
read_words(struct cli *cli, int argc, char **argv)
{
	bool only_args = false;

	for (int i = 1; i < argc;) {
		const char *word = argv[i];
		int took = 1;

		if (!only_args && strcmp(word, "--") == 0) {
			only_args = true;
		} else if (!only_args && word[0] == '-' && word[1] != '\0') {
			took = read_opt(cli, argc, argv, i);
			if (took == 0)
				return EXIT_FAILED;
		} else if (cli->cmd == NULL) {
			cli->cmd = find_cmd(word);
			if (cli->cmd == NULL)
				return cli_usage(cli, KT_M_USAGE_COMMAND, word);
		} else {
			cli->args[cli->nargs++] = word;
		}
		i += took;
	}
	return EXIT_NOTHING;
}

/* Do the words fit the command?  EXIT_FAILED after a message. */
static int
check_words(struct cli *cli)
{
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (cli->value[i] != NULL && !takes(cli->cmd, i))
			return cli_usage(
			    cli, KT_M_USAGE_NOT_HERE, cli_opts[i].name);
	if (cli->cmd == NULL)
		return cli_usage(cli, KT_M_USAGE_NOTHING, "");
	if (cli->nargs < cli->cmd->min)
		return cli_usage(cli, KT_M_USAGE_TOO_FEW, cli->cmd->args);
	if (cli->nargs > cli->cmd->max)
		return cli_usage(
		    cli, KT_M_USAGE_TOO_MANY, cli->args[cli->cmd->max]);
	return EXIT_NOTHING;
}

static bool
wants_colour(const struct cli *cli)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	if (cli_has(cli, OPT_NO_COLOR))
		return false;
	if (cli_has(cli, OPT_COLOR))
		return true;
	if (none != NULL && none[0] != '\0')
		return false;
	if (term != NULL && strcmp(term, "dumb") == 0)
		return false;
	return !cli_has(cli, OPT_OUTPUT) && isatty(STDOUT_FILENO);
}

static int
show_help(struct cli *cli)
{
	struct kt_buf out = KT_BUF_INIT;
	int status;

	if (cli->cmd == NULL)
		cli_help(&out, cli->lang);
	else
		cli_help_cmd(&out, cli->cmd, cli->lang);
	status = cli_status(kt_file_write("-", out.p, out.len, cli->diag));
	kt_buf_release(&out);
	return status;
}

static int
run(struct cli *cli, int argc, char **argv)
{
	int status = read_words(cli, argc, argv);

	if (cli_has(cli, OPT_LANG))
		cli->lang = language_of(cli->value[OPT_LANG]);
	if (status != EXIT_NOTHING)
		return status;
	if (cli_has(cli, OPT_VERSION) && cli->cmd == NULL)
		return cli_status(
		    kt_file_write("-", "kaitei " KAITEI_VERSION "\n",
			sizeof("kaitei " KAITEI_VERSION "\n") - 1, cli->diag));
	if (cli_has(cli, OPT_HELP))
		return show_help(cli);
	status = check_words(cli);
	if (status != EXIT_NOTHING)
		return status;
	cli->colour = wants_colour(cli);
	cli_timing(cli, "");
	return cli->cmd->run(cli);
}

static void
tell_all(const struct cli *cli)
{
	struct kt_buf line = KT_BUF_INIT;
	char dropped[32];

	for (size_t i = 0; i < kt_diag_count(cli->diag); i++) {
		const struct kt_msg *m = kt_diag_get(cli->diag, i);

		if (cli_has(cli, OPT_QUIET) && kt_msg_level(m->id) != KT_ERROR)
			continue;
		kt_msg_tell(&line, m, cli->lang);
		kt_buf_putc(&line, '\n');
	}
	if (kt_diag_dropped(cli->diag) > 0) {
		struct kt_msg more = { .id = KT_M_MORE_MESSAGES, .a = dropped };

		snprintf(dropped, sizeof(dropped), "%zu",
		    kt_diag_dropped(cli->diag));
		kt_msg_tell(&line, &more, cli->lang);
		kt_buf_putc(&line, '\n');
	}
	fwrite(line.p, 1, line.len, stderr);
	kt_buf_release(&line);
}

int
main(int argc, char **argv)
{
	struct cli cli = { .lang = language_of_environment() };
	int status;

	setlocale(LC_CTYPE, "C.UTF-8");
	cli.diag = kt_diag_new();
	cli.args = kt_calloc((size_t)argc + 1, sizeof(*cli.args));
	status = run(&cli, argc, argv);
	tell_all(&cli);
	free(cli.args);
	kt_diag_free(cli.diag);
	return status;
}
