/* SPDX-License-Identifier: MIT */
/*
 * The files of the pictures that a document names: beside the document or in
 * folders below it, never anywhere else.
 */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

#define FILE_MAX_BYTES ((size_t)10 << 20)
#define ALL_MAX_BYTES ((size_t)30 << 20) /* Word files of 50 MiB are read */
#define PICTURES_MAX 500

struct gather {
	struct cli *cli;
	struct kt_pictures *out;
	const struct kt_doc *doc;
	char *folder; /* of the document, without links; NULL: it has none */
	const char **seen; /* names looked at */
	size_t nseen, seen_cap;
	size_t bytes; /* read so far */
	size_t lost; /* names of files that are not there … */
	const char *first; /* … and the first of them */
	struct kt_place first_at;
};

static struct kt_place
place_of(const struct gather *g, const struct kt_node *node)
{
	return (struct kt_place){ .file = g->doc->source, .line = node->line };
}

/* A path of plain names: not absolute, no "..", no drive, scheme or control
 * character. */
static bool
is_beside(const char *name)
{
	const char *p = name;

	if (name[0] == '\0' || strpbrk(name, "\\:") != NULL)
		return false;
	for (const char *c = name; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20)
			return false;
	for (;;) {
		size_t n = strcspn(p, "/");

		if (n == 0 || (n == 2 && p[0] == '.' && p[1] == '.'))
			return false;
		if (p[n] == '\0')
			return true;
		p += n + 1;
	}
}

/* Its path once links are followed; NULL when it is not there, or when they
 * lead out of the folder (*outside).  Yours. */
static char *
path_of(const struct gather *g, const char *name, bool *outside)
{
	struct kt_buf joined = KT_BUF_INIT;
	size_t n = strlen(g->folder);
	char *path;

	kt_buf_printf(&joined, "%s/%s", g->folder, name);
	path = realpath(joined.p, NULL);
	kt_buf_release(&joined);
	*outside = path != NULL &&
		   (strncmp(path, g->folder, n) != 0 ||
		       (path[n] != '/' && strcmp(g->folder, "/") != 0));
	if (*outside) {
		free(path);
		return NULL;
	}
	return path;
}

static bool
is_small_file(const struct gather *g, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	       (uintmax_t)st.st_size <= FILE_MAX_BYTES &&
	       (uintmax_t)st.st_size <= ALL_MAX_BYTES - g->bytes &&
	       kt_pictures_count(g->out) < PICTURES_MAX;
}

static void
refuse(struct gather *g, enum kt_msg_id id, const struct kt_node *node,
    const char *name)
{
	kt_report(g->cli->diag, .id = id, .at = place_of(g, node), .a = name);
}

static void
read_picture(struct gather *g, const struct kt_node *node, const char *name,
    const char *path)
{
	struct kt_buf bytes = KT_BUF_INIT;

	if (!is_small_file(g, path)) {
		refuse(g, KT_M_PICTURE_FILE, node, name);
	} else if (kt_file_read(&bytes, path, FILE_MAX_BYTES, NULL) != KT_OK) {
		refuse(g, KT_M_PICTURE_UNREADABLE, node, name);
	} else {
		g->bytes += bytes.len;
		kt_pictures_add(
		    g->out, name, &bytes, place_of(g, node), g->cli->diag);
	}
	kt_buf_release(&bytes);
}

static bool
was_seen(struct gather *g, const char *name)
{
	for (size_t i = 0; i < g->nseen; i++)
		if (strcmp(g->seen[i], name) == 0)
			return true;
	KT_GROW(g->seen, g->nseen, g->seen_cap);
	g->seen[g->nseen++] = name;
	return false;
}

static void
take(struct gather *g, const struct kt_node *node, const char *name)
{
	bool outside = false;
	char *path;

	if (name[0] == '\0' || was_seen(g, name))
		return;
	if (g->folder != NULL && !is_beside(name)) {
		refuse(g, KT_M_PICTURE_PATH, node, name);
		return;
	}
	path = g->folder == NULL ? NULL : path_of(g, name, &outside);
	if (path != NULL) {
		read_picture(g, node, name, path);
	} else if (outside) {
		refuse(g, KT_M_PICTURE_PATH, node, name);
	} else if (g->lost++ == 0) {
		g->first = name;
		g->first_at = place_of(g, node);
	}
	free(path);
}

static void
take_marks(struct gather *g, const struct kt_node *node,
    const struct kt_mark *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (marks[i].kind == KT_IMAGE)
			take(g, node, marks[i].arg);
}

/* The folder of the document, NULL for one of the store or of standard
 * input. */
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

static void
tell_lost(const struct gather *g)
{
	struct kt_buf count = KT_BUF_INIT;

	if (g->lost == 0)
		return;
	kt_buf_printf(&count, "%zu", g->lost);
	kt_report(g->cli->diag,
	    .id =
		g->folder == NULL ? KT_M_PICTURE_NO_FOLDER : KT_M_PICTURE_LOST,
	    .at = g->first_at, .a = g->first, .b = count.p);
	kt_buf_release(&count);
}

struct kt_pictures *
cli_pictures(struct cli *cli, const struct kt_doc *doc, const char *name)
{
	struct gather g = { .cli = cli,
		.out = kt_pictures_new(),
		.doc = doc,
		.folder = folder_of(name) };

	for (const struct kt_node *at = doc->root; at != NULL;
	     at = kt_node_next(at, doc->root)) {
		if (at->kind == KT_FIGURE)
			take(&g, at, at->related);
		take_marks(&g, at, at->marks, at->nmarks);
		take_marks(&g, at, at->caption_marks, at->ncaption_marks);
	}
	tell_lost(&g);
	free(g.seen);
	free(g.folder);
	return g.out;
}

void
cli_pair_pictures(struct cli *cli, struct cli_pair *pair)
{
	struct kt_buf count = KT_BUF_INIT;
	const char *first = "";
	size_t n;

	pair->old_pictures = cli_pictures(cli, pair->old, cli->args[0]);
	pair->new_pictures = cli_pictures(cli, pair->new, cli->args[1]);
	n = kt_pictures_differ(pair->old_pictures, pair->new_pictures, &first);
	if (n == 0)
		return;
	kt_buf_printf(&count, "%zu", n);
	kt_report(cli->diag, .id = KT_M_PICTURE_DIFFERS,
	    .at = { .file = pair->new->source }, .a = first, .b = count.p);
	kt_buf_release(&count);
}
