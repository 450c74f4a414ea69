/* SPDX-License-Identifier: MIT */
/* Folders among the arguments: they stand for the documents in Markdown that
 * are in them, and in the folders below. */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
	struct cli *cli;
	int (*one)(struct cli *cli, const char *path, void *arg);
	void *arg;
	size_t seen;
	int worst;
};

static void
visit(struct walk *w, const char *path)
{
	int status = w->one(w->cli, path, w->arg);

	w->seen++;
	if (status > w->worst)
		w->worst = status;
}

static int
is_shown(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* By bytes: the order is not to depend on the language. */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool
is_markdown(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && strcmp(name + n - 3, ".md") == 0;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A link to a folder is not followed: it may lead back here. */
static void
enter(struct walk *w, const char *path)
{
	struct dirent **list;
	int n = scandir(path, &list, is_shown, by_name);

	if (n < 0) {
		kt_report(w->cli->diag, .id = KT_M_FILE_DENIED, .a = path,
		    .b = strerror(errno));
		w->worst = EXIT_FAILED;
		return;
	}
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		struct kt_buf at = KT_BUF_INIT;
		struct stat st;

		kt_buf_printf(&at, "%s%s%s", path,
		    path[strlen(path) - 1] == '/' ? "" : "/", name);
		if (lstat(at.p, &st) == 0 && S_ISDIR(st.st_mode))
			enter(w, at.p);
		else if (is_markdown(name))
			visit(w, at.p);
		kt_buf_release(&at);
		free(list[i]);
	}
	free(list);
}

int
cli_each(struct cli *cli,
    int (*one)(struct cli *cli, const char *path, void *arg), void *arg)
{
	struct walk w = { .cli = cli, .one = one, .arg = arg };

	for (size_t i = 0; i < cli->nargs; i++) {
		const char *name = cli->args[i];
		size_t seen = w.seen;

		if (!is_folder(name)) {
			visit(&w, name);
			continue;
		}
		enter(&w, name);
		if (w.seen == seen && w.worst < EXIT_FAILED)
			kt_report(
			    cli->diag, .id = KT_M_FOLDER_EMPTY, .a = name);
	}
	return w.worst;
}
