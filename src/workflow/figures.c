/* SPDX-License-Identifier: MIT */
/*
 * The files of the figures that a document names: got one by one from where
 * the document is, kept in the store beside it, and read from there.  What
 * stands on main under a name keeps its bytes for ever: papers show another
 * figure by its other name, and a text in force may be made of clauses of
 * several revisions.
 */
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#define FILE_MAX_BYTES ((size_t)10 << 20)
#define ALL_MAX_BYTES ((size_t)30 << 20) /* Word files of 50 MiB are read */
#define FIGURES_MAX 500

/* ---- those that a document names ----------------------------------------- */

struct gather {
	const struct kt_doc *doc;
	kt_figure_get *get;
	void *of;
	struct kt_pictures *out;
	const char **seen; /* names looked at */
	size_t nseen, seen_cap;
	size_t bytes; /* read so far */
	size_t lost; /* names of files that are not there … */
	const char *first; /* … and the first of them */
	struct kt_place first_at;
	struct kt_diag *d;
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

/* What getting it came to; the bytes are taken over when it is a picture. */
static void
judge(struct gather *g, enum kt_figure_got got, const struct kt_node *node,
    const char *name, struct kt_buf *bytes)
{
	static const enum kt_msg_id faults[] = {
		[KT_FG_OUTSIDE] = KT_M_PICTURE_PATH,
		[KT_FG_UNFIT] = KT_M_PICTURE_FILE,
		[KT_FG_UNREADABLE] = KT_M_PICTURE_UNREADABLE,
	};

	if (got == KT_FG_LOST) {
		if (g->lost++ == 0) {
			g->first = name;
			g->first_at = place_of(g, node);
		}
		return;
	}
	if (got == KT_FG_READ &&
	    (bytes->len == 0 || bytes->len > ALL_MAX_BYTES - g->bytes ||
		kt_pictures_count(g->out) == FIGURES_MAX))
		got = KT_FG_UNFIT;
	if (got != KT_FG_READ) {
		kt_report(g->d, .id = faults[got], .at = place_of(g, node),
		    .a = name);
		return;
	}
	g->bytes += bytes->len;
	kt_pictures_add(g->out, name, bytes, place_of(g, node), g->d);
}

static void
take(struct gather *g, const struct kt_node *node, const char *name)
{
	struct kt_buf bytes = KT_BUF_INIT;
	enum kt_figure_got got = KT_FG_OUTSIDE;

	if (name[0] == '\0' || was_seen(g, name))
		return;
	if (is_beside(name))
		got = g->get(g->of, name, FILE_MAX_BYTES, &bytes);
	judge(g, got, node, name, &bytes);
	kt_buf_release(&bytes);
}

static void
take_marks(struct gather *g, const struct kt_node *node,
    const struct kt_mark *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (marks[i].kind == KT_IMAGE)
			take(g, node, marks[i].arg);
}

struct kt_pictures *
kt_figures_gather(const struct kt_doc *doc, kt_figure_get *get, void *of,
    enum kt_msg_id lost, struct kt_diag *d)
{
	struct gather g = { .doc = doc, .get = get, .of = of, .d = d };

	g.out = kt_pictures_new();
	for (const struct kt_node *at = doc->root; at != NULL;
	     at = kt_node_next(at, doc->root)) {
		if (at->kind == KT_FIGURE)
			take(&g, at, at->related);
		take_marks(&g, at, at->marks, at->nmarks);
		take_marks(&g, at, at->caption_marks, at->ncaption_marks);
	}
	if (g.lost > 0) {
		struct kt_buf count = KT_BUF_INIT;

		kt_buf_printf(&count, "%zu", g.lost);
		kt_report(d, .id = lost, .at = g.first_at, .a = g.first,
		    .b = count.p);
		kt_buf_release(&count);
	}
	free(g.seen);
	return g.out;
}

void
kt_figures_compare(const struct kt_pictures *old, const struct kt_pictures *new,
    const struct kt_doc *doc, struct kt_diag *d)
{
	struct kt_buf count = KT_BUF_INIT;
	const char *first = "";
	size_t n = kt_pictures_differ(old, new, &first);

	kt_buf_printf(&count, "%zu", n);
	if (n > 0)
		kt_report(d, .id = KT_M_PICTURE_DIFFERS,
		    .at = { .file = doc->source }, .a = first, .b = count.p);
	kt_buf_release(&count);
}

/* ---- in the store -------------------------------------------------------- */

/* policies/senryaku.md, ./figures/a.png: policies/figures/a.png. */
static void
path_beside(struct kt_buf *out, const char *document, const char *name)
{
	kt_buf_clear(out);
	kt_buf_put(
	    out, document, (size_t)(strrchr(document, '/') + 1 - document));
	for (const char *p = name; *p != '\0';) {
		size_t n = strcspn(p, "/"), with = n + (p[n] == '/');

		if (n != 1 || p[0] != '.')
			kt_buf_put(out, p, with);
		p += with;
	}
}

enum kt_figure_got
kt_figure_stored(struct kt_store *s, const char *document, const char *rev,
    const char *name, size_t most, struct kt_buf *bytes)
{
	struct kt_buf path = KT_BUF_INIT;
	struct kt_blob *blob = NULL;
	enum kt_figure_got got = KT_FG_READ;
	int rc;

	path_beside(&path, document, name);
	rc = kt_store_is_figure(path.p)
		 ? kt_blob_open(&blob, s, rev, path.p, NULL)
		 : KT_ENOTFOUND;
	if (rc != KT_OK)
		got = rc == KT_ENOTFOUND ? KT_FG_LOST : KT_FG_UNREADABLE;
	else if (kt_blob_size(blob) > most)
		got = KT_FG_UNFIT;
	else if (kt_store_get(bytes, s, path.p, rev, NULL, NULL) != KT_OK)
		got = KT_FG_UNREADABLE;
	kt_blob_free(blob);
	kt_buf_release(&path);
	return got;
}

struct looking {
	const char *document, *figure; /* paths */
	bool found;
};

static enum kt_figure_got
look(void *of, const char *name, size_t most, struct kt_buf *bytes)
{
	struct looking *x = of;
	struct kt_buf path = KT_BUF_INIT;

	(void)most;
	(void)bytes;
	path_beside(&path, x->document, name);
	x->found = x->found || strcmp(path.p, x->figure) == 0;
	kt_buf_release(&path);
	return KT_FG_LOST;
}

bool
kt_figures_name(const struct kt_doc *doc, const char *path, const char *figure)
{
	struct looking x = { path, figure, false };

	kt_pictures_free(
	    kt_figures_gather(doc, look, &x, KT_M_PICTURE_LOST, NULL));
	return x.found;
}

struct stored {
	struct kt_store *s;
	const char *path; /* of the document */
	char *rev;
};

static enum kt_figure_got
get_stored(void *of, const char *name, size_t most, struct kt_buf *bytes)
{
	const struct stored *x = of;

	return kt_figure_stored(x->s, x->path, x->rev, name, most, bytes);
}

struct kt_pictures *
kt_figures_read(struct kt_store *s, const struct kt_doc *doc, struct kt_diag *d)
{
	const char *colon = strchr(doc->stored, ':');
	struct stored x = { .s = s };
	struct kt_pictures *got;

	if (colon == NULL)
		return kt_pictures_new();
	x.path = colon + 1;
	x.rev = kt_strndup(doc->stored, (size_t)(colon - doc->stored));
	got = kt_figures_gather(doc, get_stored, &x, KT_M_PICTURE_LOST, d);
	free(x.rev);
	return got;
}

/* Is there a file at the path, and has it these bytes? */
static bool
stands(struct kt_store *s, const char *path, const char *rev,
    const struct kt_buf *bytes, bool *same)
{
	struct kt_buf there = KT_BUF_INIT;
	bool found = kt_store_get(&there, s, path, rev, NULL, NULL) == KT_OK;

	*same = found && there.len == bytes->len &&
		memcmp(there.p, bytes->p, bytes->len) == 0;
	kt_buf_release(&there);
	return found;
}

int
kt_figures_files(struct kt_file **out, size_t *n, struct kt_store *s,
    const char *document, const char *rev, const struct kt_pictures *figures,
    struct kt_arena *a, struct kt_diag *d)
{
	struct kt_buf path = KT_BUF_INIT;
	bool same;
	int rc = KT_OK;

	*out = KT_NEWN(a, struct kt_file, kt_pictures_count(figures) + 1);
	*n = 0;
	for (size_t i = 0; i < kt_pictures_count(figures) && rc == KT_OK; i++) {
		const char *name = kt_pictures_name(figures, i);
		const struct kt_buf *bytes = kt_pictures_bytes(figures, i);

		path_beside(&path, document, name);
		if (!kt_store_is_figure(path.p))
			kt_report(d, .id = KT_M_FIGURE_NAME, .a = name);
		else if (stands(s, path.p, "", bytes, &same) && !same)
			rc = kt_report(d, .id = KT_M_FIGURE_TAKEN, .a = name);
		else if (!stands(s, path.p, rev, bytes, &same) || !same)
			(*out)[(*n)++] =
			    (struct kt_file){ kt_arena_strdup(a, path.p),
				    bytes->p, bytes->len };
	}
	kt_buf_release(&path);
	return rc;
}
