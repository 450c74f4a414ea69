/* SPDX-License-Identifier: MIT */
/*
 * Completion for bash and zsh, made from the tables of commands and options.
 * Where a clause is asked for, the script asks the document itself for its
 * addresses (kaitei tree).
 */
#include "cli.h"

#include <stdio.h>
#include <string.h>

#include <kaitei/write.h>

/* The commands by their first words, each once. */
static bool
first_of_group(size_t at)
{
	size_t n = strcspn(cli_cmds[at]->name, " ");

	for (size_t i = 0; i < at; i++)
		if (strncmp(cli_cmds[i]->name, cli_cmds[at]->name, n) == 0 &&
		    strcspn(cli_cmds[i]->name, " ") == n)
			return false;
	return true;
}

/* A word of the table between quotes of the shell. */
static void
put_quoted(struct kt_buf *out, const char *words)
{
	for (; *words != '\0'; words++)
		if (*words == '\'')
			kt_buf_puts(out, "'\\''");
		else
			kt_buf_putc(out, *words);
}

static void
put_opt_names(struct kt_buf *out, const enum opt_id *ids)
{
	for (size_t i = 0; ids[i] != OPT__COUNT; i++)
		kt_buf_printf(out, " --%s", cli_opts[ids[i]].name);
}

/* What may stand behind an option: words of a choice (ja|en), a file, or
 * nothing that could be offered. */
static bool
is_choice(const struct opt *o)
{
	return o->arg != NULL && strchr(o->arg, '|') != NULL;
}

static bool
is_file(const struct opt *o)
{
	return o->arg != NULL && (strstr(o->arg, "FILE") != NULL ||
				     strstr(o->arg, "DIR") != NULL);
}

/* The words of a choice; what stands for something else (cd|dvd|BYTES) is in
 * capitals and is not offered. */
static void
put_choice(struct kt_buf *out, const struct opt *o)
{
	const char *sign = "", *name;

	for (size_t i = 0;
	     o->id == OPT_PROFILE && (name = kt_profile_name(i)) != NULL;
	     i++, sign = " ")
		kt_buf_printf(out, "%s%s", sign, name);
	for (const char *p = o->arg; *p != '\0';) {
		size_t n = strcspn(p, "|");

		if (*p < 'A' || *p > 'Z') {
			kt_buf_printf(out, "%s%.*s", sign, (int)n, p);
			sign = " ";
		}
		p += n + (p[n] == '|');
	}
}

static void
bash_values(struct kt_buf *out)
{
	kt_buf_puts(out, "_kaitei_values() {\n\tcase $1 in\n");
	for (size_t i = 0; i < OPT__COUNT; i++) {
		const struct opt *o = &cli_opts[i];

		if (o->arg == NULL)
			continue;
		kt_buf_puts(out, "\t");
		if (o->letter != 0)
			kt_buf_printf(out, "-%c | ", o->letter);
		kt_buf_printf(out, "--%s) echo '", o->name);
		if (is_choice(o))
			put_choice(out, o);
		else
			kt_buf_putc(out, is_file(o) ? '@' : '-');
		kt_buf_puts(out, "' ;;\n");
	}
	kt_buf_puts(out, "\tesac\n}\n\n");
}

static void
bash_commands(struct kt_buf *out)
{
	kt_buf_puts(out, "_kaitei_next() {\n\tcase $1 in\n\t'') echo '");
	for (size_t i = 0; cli_cmds[i] != NULL; i++)
		if (first_of_group(i))
			kt_buf_printf(out, "%s%.*s", i == 0 ? "" : " ",
			    (int)strcspn(cli_cmds[i]->name, " "),
			    cli_cmds[i]->name);
	kt_buf_puts(out, "' ;;\n");
	for (size_t i = 0; cli_cmds[i] != NULL; i++) {
		size_t n = strcspn(cli_cmds[i]->name, " ");

		if (!first_of_group(i) || cli_cmds[i]->name[n] == '\0')
			continue;
		kt_buf_printf(out, "\t%.*s) echo '", (int)n, cli_cmds[i]->name);
		for (size_t k = i; cli_cmds[k] != NULL; k++)
			if (strncmp(cli_cmds[k]->name, cli_cmds[i]->name,
				n + 1) == 0)
				kt_buf_printf(out, "%s%s", k == i ? "" : " ",
				    cli_cmds[k]->name + n + 1);
		kt_buf_puts(out, "' ;;\n");
	}
	kt_buf_puts(out, "\tesac\n}\n\n");
}

static void
bash_options(struct kt_buf *out)
{
	kt_buf_puts(out, "_kaitei_options() {\n\tcase $1 in\n\t'') echo '");
	put_opt_names(out, cli_alone);
	kt_buf_puts(out, "' ;;\n");
	for (size_t i = 0; cli_cmds[i] != NULL; i++) {
		kt_buf_printf(out, "\t'%s') echo '", cli_cmds[i]->name);
		put_opt_names(out, cli_cmds[i]->opts);
		kt_buf_puts(out, "' ;;\n");
	}
	kt_buf_puts(out, "\tesac\n\techo '");
	put_opt_names(out, cli_everywhere);
	kt_buf_puts(out, "'\n}\n\n");
}

/* Words before the cursor make the command; a word that an option takes is
 * none of them. */
static const char bash_main[] =
    "_kaitei_addresses() {\n"
    "\tkaitei tree --json \"$1\" 2>/dev/null |\n"
    "\t\tgrep -o '\"path\":\"[^\"]*\"' | cut -d '\"' -f 4 | sort -u\n"
    "}\n"
    "\n"
    "_kaitei() {\n"
    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
    "\tlocal cmd='' doc='' values word skip='' i IFS=$' \\t\\n'\n"
    "\tlocal -i args=0\n"
    "\tCOMPREPLY=()\n"
    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
    "\t\tword=${COMP_WORDS[i]}\n"
    "\t\tif [ -n \"$skip\" ]; then\n"
    "\t\t\tskip=\n"
    "\t\telif [[ $word == -* ]]; then\n"
    "\t\t\tskip=$(_kaitei_values \"$word\")\n"
    "\t\telif [ -z \"$cmd\" ]; then\n"
    "\t\t\tcmd=$word\n"
    "\t\telif [[ $cmd != *' '* && -n $(_kaitei_next \"$cmd\") ]]; then\n"
    "\t\t\tcmd=\"$cmd $word\"\n"
    "\t\telse\n"
    "\t\t\targs+=1\n"
    "\t\t\tdoc=$word\n"
    "\t\tfi\n"
    "\tdone\n"
    "\tvalues=$(_kaitei_values \"$prev\")\n"
    "\tcase $values in\n"
    "\t@) COMPREPLY=($(compgen -f -- \"$cur\")) && return ;;\n"
    "\t-) return ;;\n"
    "\t?*) COMPREPLY=($(compgen -W \"$values\" -- \"$cur\")) && return ;;\n"
    "\tesac\n"
    "\tif [[ $cur == -* ]]; then\n"
    "\t\tvalues=$(_kaitei_options \"$cmd\")\n"
    "\telif [[ $cmd != *' '* ]]; then\n"
    "\t\tvalues=$(_kaitei_next \"$cmd\")\n"
    "\tfi\n"
    "\tcase $cmd:$args in\n"
    "\tshow:1 | log:1) values=$(_kaitei_addresses \"$doc\") ;;\n"
    "\tesac\n"
    "\tif [ -n \"$values\" ]; then\n"
    "\t\tCOMPREPLY=($(compgen -W \"$values\" -- \"$cur\"))\n"
    "\telse\n"
    "\t\tcompopt -o filenames 2>/dev/null\n"
    "\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
    "\tfi\n"
    "}\n"
    "\n"
    "complete -F _kaitei kaitei\n";

static void
put_bash(struct kt_buf *out)
{
	kt_buf_puts(out, "# Made by kaitei --completion bash.\n\n");
	bash_commands(out);
	bash_options(out);
	bash_values(out);
	kt_buf_puts(out, bash_main);
}

/* A description of _arguments: brackets and colons are its own signs. */
static void
zsh_words(struct kt_buf *out, const char *words)
{
	for (; *words != '\0'; words++) {
		if (strchr("[]:\\", *words) != NULL)
			kt_buf_putc(out, '\\');
		if (*words == '\'')
			kt_buf_puts(out, "'\\''");
		else
			kt_buf_putc(out, *words);
	}
}

static void
zsh_opt(struct kt_buf *out, const struct opt *o, enum kt_lang lang)
{
	kt_buf_puts(out, " \\\n\t\t\t");
	if (o->letter != 0)
		kt_buf_printf(out, "'(-%c --%s)'{-%c,--%s}'[", o->letter,
		    o->name, o->letter, o->name);
	else
		kt_buf_printf(
		    out, "'%s--%s[", cli_may_repeat(o) ? "*" : "", o->name);
	zsh_words(out, o->text[lang]);
	kt_buf_putc(out, ']');
	if (is_choice(o)) {
		kt_buf_puts(out, ":value:(");
		put_choice(out, o);
		kt_buf_putc(out, ')');
	} else if (o->arg != NULL) {
		kt_buf_puts(out, is_file(o) ? ":file:_files" : ":value: ");
	}
	kt_buf_putc(out, '\'');
}

static void
zsh_names(struct kt_buf *out, const char *group, enum kt_lang lang)
{
	size_t n = strlen(group);

	kt_buf_puts(out, "\t\tnames=(");
	for (size_t i = 0; cli_cmds[i] != NULL; i++) {
		const char *name = cli_cmds[i]->name;
		size_t end = strcspn(name, " ");

		if (n == 0 ? !first_of_group(i)
			   : strncmp(name, group, n) != 0 || name[n] != ' ')
			continue;
		kt_buf_puts(out, "\n\t\t\t'");
		put_quoted(out, n == 0 ? "" : name + n + 1);
		if (n == 0)
			kt_buf_printf(out, "%.*s", (int)end, name);
		if (n > 0 || name[end] == '\0') {
			kt_buf_putc(out, ':');
			put_quoted(out, cli_cmds[i]->text[lang]);
		}
		kt_buf_putc(out, '\'');
	}
	kt_buf_puts(out, ")\n\t\t_describe command names\n");
}

static void
put_zsh(struct kt_buf *out, enum kt_lang lang)
{
	kt_buf_puts(out,
	    "#compdef kaitei\n# Made by kaitei --completion zsh.\n\n"
	    "_kaitei() {\n\tlocal -a names\n\tlocal cmd=$words[2]\n"
	    "\tif (( CURRENT == 2 )); then\n");
	zsh_names(out, "", lang);
	kt_buf_puts(out, "\t\treturn\n\tfi\n");
	for (size_t i = 0; cli_cmds[i] != NULL; i++) {
		size_t n = strcspn(cli_cmds[i]->name, " ");
		char group[32];

		if (!first_of_group(i) || cli_cmds[i]->name[n] == '\0')
			continue;
		snprintf(
		    group, sizeof(group), "%.*s", (int)n, cli_cmds[i]->name);
		kt_buf_printf(out,
		    "\tif [[ $cmd == %s ]] && (( CURRENT == 3 )); then\n",
		    group);
		zsh_names(out, group, lang);
		kt_buf_printf(out,
		    "\t\treturn\n\telif [[ $cmd == %s ]]; then\n"
		    "\t\tcmd=\"%s $words[3]\"\n\t\tshift words\n"
		    "\t\t(( CURRENT-- ))\n\tfi\n",
		    group, group);
	}
	kt_buf_puts(out, "\tshift words\n\t(( CURRENT-- ))\n\tcase $cmd in\n");
	for (size_t i = 0; cli_cmds[i] != NULL; i++) {
		const struct cmd *cmd = cli_cmds[i];

		kt_buf_printf(out, "\t'%s')\n\t\t_arguments -s", cmd->name);
		for (size_t k = 0; cmd->opts[k] != OPT__COUNT; k++)
			zsh_opt(out, &cli_opts[cmd->opts[k]], lang);
		for (size_t k = 0; cli_everywhere[k] != OPT__COUNT; k++)
			zsh_opt(out, &cli_opts[cli_everywhere[k]], lang);
		kt_buf_puts(out, " \\\n\t\t\t'*:file:_files' ;;\n");
	}
	kt_buf_puts(out, "\tesac\n}\n\n_kaitei \"$@\"\n");
}

bool
cli_completion(struct kt_buf *out, const char *shell, enum kt_lang lang)
{
	if (strcmp(shell, "bash") == 0)
		put_bash(out);
	else if (strcmp(shell, "zsh") == 0)
		put_zsh(out, lang);
	else
		return false;
	return true;
}
