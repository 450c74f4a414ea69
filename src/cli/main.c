/* SPDX-License-Identifier: MIT */
/*
 * The program: reads the command line by the tables of options and commands,
 * runs one command, tells its messages, ends with 0 (nothing to report), 1
 * (differences or findings) or 2 (could not do it).
 */
#include "cli.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"

const struct cmd *const cli_cmds[] = {
#define COMMAND(name) &cmd_##name,
	COMMANDS
#undef COMMAND
	    NULL
};

const enum opt_id cli_everywhere[] = { OPT_LANG, OPT_QUIET, OPT_STORE,
	OPT_COLOR, OPT_NO_COLOR, OPT_HELP, OPT_TIMINGS, OPT__COUNT };
const enum opt_id cli_alone[] = { OPT_VERSION, OPT_COMPLETION, OPT_MAN_PAGE,
	OPT__COUNT };

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
has_id(const enum opt_id *ids, enum opt_id id)
{
	while (*ids != OPT__COUNT && *ids != id)
		ids++;
	return *ids == id;
}

static bool
takes(const struct cmd *cmd, enum opt_id id)
{
	return has_id(cli_everywhere, id) ||
	       has_id(cmd == NULL ? cli_alone : cmd->opts, id);
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

/* Keep one option with its value; 0 when it was given before and may not be
 * given twice, else how many words it took. */
static int
keep_opt(struct cli *cli, const struct opt *o, const char *value, int words)
{
	if (cli->value[o->id] != NULL && o->arg != NULL && !cli_may_repeat(o)) {
		cli_usage(cli, KT_M_USAGE_TWICE, o->name);
		return 0;
	}
	cli->value[o->id] = value;
	cli->given[cli->ngiven++] = (struct opt_given){ o->id, value };
	return words;
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
		return keep_opt(cli, o, "", 1);
	}
	if (equals != NULL)
		return keep_opt(cli, o, equals + 1, 1);
	if (arg[1] != '-' && arg[2] != '\0')
		return keep_opt(cli, o, arg + 2, 1);
	if (i + 1 >= argc) {
		cli_usage(cli, KT_M_USAGE_VALUE, arg);
		return 0;
	}
	return keep_opt(cli, o, argv[i + 1], 2);
}

/* The command of one word or two; NULL when there is none. */
static const struct cmd *
find_cmd(const char *first, const char *second)
{
	size_t n = strlen(first);

	for (size_t i = 0; cli_cmds[i] != NULL; i++) {
		const char *name = cli_cmds[i]->name;

		if (strncmp(name, first, n) != 0)
			continue;
		if (second == NULL
			? name[n] == '\0'
			: name[n] == ' ' && strcmp(name + n + 1, second) == 0)
			return cli_cmds[i];
	}
	return NULL;
}

/* A word before the command is known: the command, the first half of its
 * name, or a fault. */
static int
read_cmd(struct cli *cli, const char *word)
{
	if (cli->group != NULL)
		cli->cmd = find_cmd(cli->group, word);
	else if ((cli->cmd = find_cmd(word, NULL)) == NULL &&
		 cli_is_group(word))
		cli->group = word;
	if (cli->cmd == NULL && cli->group != word)
		return cli_usage(cli,
		    cli->group == NULL ? KT_M_USAGE_COMMAND
				       : KT_M_USAGE_NO_ACTION,
		    word);
	return EXIT_NOTHING;
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
			if (read_cmd(cli, word) != EXIT_NOTHING)
				return EXIT_FAILED;
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
		return cli_usage(cli,
		    cli->group == NULL ? KT_M_USAGE_NOTHING : KT_M_USAGE_ACTION,
		    cli->group == NULL ? "" : cli->group);
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

	if (cli->cmd == NULL && cli->group != NULL)
		cli_help_group(&out, cli->group, cli->lang);
	else if (cli->cmd == NULL)
		cli_help(&out, cli->lang);
	else
		cli_help_cmd(&out, cli->cmd, cli->lang);
	status = cli_status(kt_file_write("-", out.p, out.len, cli->diag));
	kt_buf_release(&out);
	return status;
}

/* What the program says of itself: its version, its manual, completion. */
static int
about(struct cli *cli)
{
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_NOTHING;

	if (cli_has(cli, OPT_VERSION))
		kt_buf_puts(&out, "kaitei " KAITEI_VERSION "\n");
	else if (cli_has(cli, OPT_MAN_PAGE))
		cli_man_page(&out, cli->lang);
	else if (!cli_completion(&out, cli->value[OPT_COMPLETION], cli->lang))
		status = cli_status(cli_bad_value(
		    cli, OPT_COMPLETION, cli->value[OPT_COMPLETION]));
	if (status == EXIT_NOTHING)
		status =
		    cli_status(kt_file_write("-", out.p, out.len, cli->diag));
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
	if (cli_has(cli, OPT_HELP))
		return show_help(cli);
	for (size_t i = 0; cli->cmd == NULL && cli_alone[i] != OPT__COUNT; i++)
		if (cli_has(cli, cli_alone[i]))
			return about(cli);
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

/* A command is short: memory that was freed serves the next stage and is not
 * handed back, and the kernel is asked for much at once.  Handing a page back
 * and taking it again costs more than most of what is done with it.  Returns
 * what kt_room() does. */
static void *
keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	mallopt(M_TRIM_THRESHOLD, 256 << 20);
	mallopt(M_TOP_PAD, 64 << 20);
	return kt_room();
#else
	return NULL;
#endif
}

int
main(int argc, char **argv)
{
	struct cli cli = { .lang = language_of_environment() };
	void *left_out = keep_memory();
	int status;

	cli.diag = kt_diag_new();
	cli.args = kt_calloc((size_t)argc + 1, sizeof(*cli.args));
	cli.given = kt_calloc((size_t)argc + 1, sizeof(*cli.given));
	status = run(&cli, argc, argv);
	tell_all(&cli);
	free(cli.user[0]);
	free(cli.user[1]);
	free(cli.args);
	free(cli.given);
	kt_diag_free(cli.diag);
	free(left_out);
	return status;
}
