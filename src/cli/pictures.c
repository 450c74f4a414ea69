/* SPDX-License-Identifier: MIT */
/*
 * The files of the figures that a document names: beside the document or in
 * folders below it, never anywhere else; of a document of the store, there.
 */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

/* Where files are looked for. */
struct places {
	char *folder; /* of the document, without links; NULL: it has none */
	struct kt_store *store; /* where it is kept; NULL: nowhere */
	const char *path, *rev; /* of the document there */
};

/* The path of a file once links are followed; NULL when it is not there, or
 * when they lead out of the folder (*outside).  Yours. */
static char *
path_of(const char *folder, const char *name, bool *outside)
{
	struct kt_buf joined = KT_BUF_INIT;
	size_t n = strlen(folder);
	char *path;

	kt_buf_printf(&joined, "%s/%s", folder, name);
	path = realpath(joined.p, NULL);
	kt_buf_release(&joined);
	*outside =
	    path != NULL && (strncmp(path, folder, n) != 0 ||
				(path[n] != '/' && strcmp(folder, "/") != 0));
	if (*outside) {
		free(path);
		return NULL;
	}
	return path;
}

static bool
is_small_file(const char *path, size_t most)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	       (uintmax_t)st.st_size <= most;
}

static enum kt_figure_got
get(void *of, const char *name, size_t most, struct kt_buf *bytes)
{
	const struct places *at = of;
	enum kt_figure_got got = KT_FG_LOST;
	bool outside = false;
	char *path =
	    at->folder == NULL ? NULL : path_of(at->folder, name, &outside);

	if (outside)
		got = KT_FG_OUTSIDE;
	else if (path != NULL && !is_small_file(path, most))
		got = KT_FG_UNFIT;
	else if (path != NULL)
		got = kt_file_read(bytes, path, most, NULL) == KT_OK
			  ? KT_FG_READ
			  : KT_FG_UNREADABLE;
	else if (at->store != NULL)
		got = kt_figure_stored(
		    at->store, at->path, at->rev, name, most, bytes);
	free(path);
	return got;
}

/* The folder of the document, NULL for one of standard input. */
static char *
folder_of(const char *name)
{
	const char *slash = strrchr(name, '/');
	char *folder, *got;

	if (strcmp(name, "-") == 0 || !kt_file_exists(name))
		return NULL;
	folder = slash == NULL   ? kt_strdup(".")
		 : slash == name ? kt_strdup("/")
				 : kt_strndup(name, (size_t)(slash - name));
	got = realpath(folder, NULL);
	free(folder);
	return got;
}

/* Of a document of the store: there. */
static struct kt_pictures *
from_store(struct cli *cli, const struct kt_doc *doc)
{
	struct kt_store *store = NULL;
	struct kt_pictures *got = cli_store(cli, &store) == KT_OK
				      ? kt_figures_read(store, doc, cli->diag)
				      : kt_pictures_new();

	kt_store_free(store);
	return got;
}

struct kt_pictures *
cli_pictures(struct cli *cli, const struct kt_doc *doc, const char *name)
{
	struct places at = { .folder = NULL };
	struct kt_pictures *got;

	if (doc->stored[0] != '\0')
		return from_store(cli, doc);
	at.folder = folder_of(name);
	got = kt_figures_gather(doc, get, &at,
	    at.folder == NULL ? KT_M_PICTURE_NO_FOLDER : KT_M_PICTURE_LOST,
	    cli->diag);
	free(at.folder);
	return got;
}

struct kt_pictures *
cli_pictures_to_save(struct cli *cli, const struct kt_doc *doc,
    const char *name, struct kt_store *store, const char *path, const char *rev)
{
	struct places at = { .store = store, .path = path, .rev = rev };
	struct kt_pictures *got;

	at.folder = folder_of(name);
	got = kt_figures_gather(doc, get, &at, KT_M_FIGURE_LOST, cli->diag);
	free(at.folder);
	return got;
}

void
cli_pair_pictures(struct cli *cli, struct cli_pair *pair)
{
	/* Of a draft they are from the store, whatever the arguments say. */
	pair->old_pictures = cli_pictures(cli, pair->old, cli->args[0]);
	pair->new_pictures =
	    cli_pictures(cli, pair->new, cli->args[cli->nargs > 1]);
	kt_figures_compare(
	    pair->old_pictures, pair->new_pictures, pair->new, cli->diag);
}
