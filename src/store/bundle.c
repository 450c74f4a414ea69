/* SPDX-License-Identifier: MIT */
/*
 * The whole history as one file, a Git bundle: `git clone 履歴.bundle` gives
 * the store back.  The same objects and refs give the same bytes however the
 * store keeps them (loose or packed) and whatever the person's settings are;
 * so the packer runs on a repository handle with settings of our own.
 */
#include "store_int.h"

#include <git2/sys/repository.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[] = "# v2 git bundle\n";

/* What belongs to the history; remotes' copies and what must not leave the
 * store do not. */
static const char *const kinds[] = { "refs/heads/", "refs/kaitei/",
	"refs/tags/" };

/* Big files are packed as they are: comparing them would need memory for
 * several, and Office files gain nothing. */
static const char packing[] = "[core]\n\tbigFileThreshold = 262144\n"
			      "[pack]\n\twindowMemory = 33554432\n"
			      "\tdeltaCacheSize = 16777216\n";

struct bundling {
	git_repository *repo;
	git_revwalk *walk;
	git_packbuilder *pack;
	kt_bundle_put *put;
	void *of;
	struct kt_buf head;
	int rc;
};

/* ---- refs -----------------------------------------------------------------
 */

static bool
is_history(const char *name)
{
	for (size_t i = 0; i < KT_COUNT(kinds); i++)
		if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One ref: its line of the header, its objects to the packer. */
static int
take_ref(struct bundling *b, const char *name, const char *said)
{
	git_object *object = NULL, *commit = NULL;
	char hex[KT_REV_LEN + 1];
	git_oid oid;
	int rc = git_reference_name_to_id(&oid, b->repo, name);

	if (rc < 0)
		return rc;
	git_oid_tostr(hex, sizeof(hex), &oid);
	kt_buf_printf(&b->head, "%s %s\n", hex, said);
	rc = git_object_lookup(&object, b->repo, &oid, GIT_OBJECT_ANY);
	if (rc == 0 && git_object_type(object) == GIT_OBJECT_TAG)
		rc = git_packbuilder_insert(b->pack, &oid, NULL);
	if (rc == 0)
		rc = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
	if (rc == 0)
		rc = git_revwalk_push(b->walk, git_object_id(commit));
	git_object_free(commit);
	git_object_free(object);
	return rc;
}

static int
take_refs(struct bundling *b)
{
	git_strarray names = { NULL, 0 };
	int rc = git_reference_list(&names, b->repo);

	if (rc == 0)
		qsort(names.strings, names.count, sizeof(*names.strings),
		    by_name);
	for (size_t i = 0; rc == 0 && i < names.count; i++)
		if (is_history(names.strings[i]))
			rc = take_ref(b, names.strings[i], names.strings[i]);
	/* What a clone is to show first. */
	if (rc == 0)
		rc = take_ref(b, MAIN_REF, "HEAD");
	git_strarray_dispose(&names);
	return rc;
}

/* ---- writing --------------------------------------------------------------
 */

static int
put_piece(void *bytes, size_t n, void *of)
{
	struct bundling *b = of;

	b->rc = b->put(b->of, bytes, n);
	return b->rc == KT_OK ? 0 : GIT_EUSER;
}

/* Settings from a file of our own only: libgit2 has no other way in. */
static int
settle(git_repository *repo, struct kt_diag *d)
{
	const char *tmp = getenv("TMPDIR");
	struct kt_buf path = KT_BUF_INIT;
	git_config *config = NULL;
	int rc, fd;

	kt_buf_printf(
	    &path, "%s/kaitei-git-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	fd = mkstemp(path.p);
	if (fd < 0) {
		rc = kt_file_error(d, path.p, errno);
		kt_buf_release(&path);
		return rc;
	}
	close(fd);
	rc = kt_file_write(path.p, packing, sizeof(packing) - 1, d);
	if (rc == KT_OK) {
		rc = git_config_open_ondisk(&config, path.p);
		if (rc == 0)
			rc = git_repository_set_config(repo, config);
		rc = rc < 0 ? store_error(d, rc, path.p) : KT_OK;
	}
	git_config_free(config);
	unlink(path.p);
	kt_buf_release(&path);
	return rc;
}

static int
write_bundle(struct bundling *b)
{
	int rc = git_revwalk_new(&b->walk, b->repo);

	if (rc == 0)
		rc = git_revwalk_sorting(
		    b->walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (rc == 0)
		rc = git_packbuilder_new(&b->pack, b->repo);
	if (rc == 0) {
		git_packbuilder_set_threads(b->pack, 1);
		rc = take_refs(b);
	}
	if (rc == 0)
		rc = git_packbuilder_insert_walk(b->pack, b->walk);
	if (rc == 0) {
		kt_buf_putc(&b->head, '\n');
		rc = put_piece(b->head.p, b->head.len, b);
	}
	if (rc == 0)
		rc = git_packbuilder_foreach(b->pack, put_piece, b);
	return rc;
}

int
kt_store_bundle(
    struct kt_store *s, kt_bundle_put *put, void *of, struct kt_diag *d)
{
	struct bundling b = { .put = put, .of = of, .head = KT_BUF_INIT };
	int rc = git_repository_open_ext(
	    &b.repo, s->path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (rc < 0)
		return store_error(d, rc, s->path);
	rc = settle(b.repo, d);
	if (rc == KT_OK) {
		kt_buf_puts(&b.head, magic);
		rc = write_bundle(&b);
		/* What the receiver reported is not told twice. */
		if (rc < 0)
			rc = b.rc != KT_OK ? b.rc : store_error(d, rc, s->path);
	}
	git_packbuilder_free(b.pack);
	git_revwalk_free(b.walk);
	git_repository_free(b.repo);
	kt_buf_release(&b.head);
	return rc;
}

/* ---- checking -------------------------------------------------------------
 */

#define HEAD_MAX ((size_t)16 << 20)
#define PIECE ((size_t)1 << 16)

struct checking {
	const char *name;
	kt_bundle_get *get;
	void *of;
	struct kt_buf head; /* up to and with the empty line */
	char dir[64], packs[80];
	git_indexer *indexer;
	git_indexer_progress progress;
	size_t refs;
};

static int
broken(struct checking *c, const char *why, struct kt_diag *d)
{
	return kt_report(d, .id = KT_M_BUNDLE_BROKEN, .a = c->name, .b = why);
}

static int
feed(struct checking *c, const char *p, size_t n, struct kt_diag *d)
{
	if (git_indexer_append(c->indexer, p, n, &c->progress) == 0)
		return KT_OK;
	return broken(
	    c, git_error_last() == NULL ? "?" : git_error_last()->message, d);
}

/* Read on until the header is whole; what came behind it goes to the pack. */
static int
read_head(struct checking *c, struct kt_diag *d)
{
	char *piece = kt_malloc(PIECE);
	const char *end = NULL;
	size_t got = 1;
	int rc = KT_OK;

	while (
	    rc == KT_OK && end == NULL && got > 0 && c->head.len < HEAD_MAX) {
		rc = c->get(c->of, piece, PIECE, &got);
		if (rc == KT_OK)
			kt_buf_put(&c->head, piece, got);
		end = strstr(c->head.p, "\n\n");
	}
	free(piece);
	if (rc != KT_OK)
		return rc;
	if (end == NULL || strncmp(c->head.p, magic, sizeof(magic) - 1) != 0)
		return broken(c, "not a v2 bundle", d);
	end += 2;
	rc = feed(c, end, c->head.len - (size_t)(end - c->head.p), d);
	kt_buf_cut(&c->head, (size_t)(end - c->head.p));
	return rc;
}

static int
read_pack(struct checking *c, struct kt_diag *d)
{
	char *piece = kt_malloc(PIECE);
	size_t got = 1;
	int rc = KT_OK;

	while (rc == KT_OK && got > 0) {
		rc = c->get(c->of, piece, PIECE, &got);
		if (rc == KT_OK && got > 0)
			rc = feed(c, piece, got, d);
	}
	free(piece);
	if (rc == KT_OK && git_indexer_commit(c->indexer, &c->progress) != 0)
		rc = broken(c,
		    git_error_last() == NULL ? "?" : git_error_last()->message,
		    d);
	return rc;
}

/* Is every ref of the header in the pack, and is nothing needed besides? */
static int
check_refs(struct checking *c, struct kt_diag *d)
{
	git_odb *odb = NULL;
	int rc = git_odb_open(&odb, c->dir) < 0
		     ? broken(c, "pack cannot be opened", d)
		     : KT_OK;
	const char *p = c->head.p + sizeof(magic) - 1;

	for (; rc == KT_OK && *p != '\n'; p = strchr(p, '\n') + 1) {
		git_oid oid;

		if (*p == '-')
			rc = broken(c, "needs another bundle", d);
		else if (strcspn(p, " \n") != KT_REV_LEN ||
			 git_oid_fromstrn(&oid, p, KT_REV_LEN) < 0)
			rc = broken(c, "header", d);
		else if (!git_odb_exists(odb, &oid))
			rc = broken(c, "a ref leads nowhere", d);
		c->refs++;
	}
	git_odb_free(odb);
	return rc;
}

static void
remove_pack(struct checking *c)
{
	static const char *const ends[] = { "pack", "idx", "rev" };
	struct kt_buf path = KT_BUF_INIT;
	const char *name =
	    c->indexer == NULL ? NULL : git_indexer_name(c->indexer);

	for (size_t i = 0; name != NULL && i < KT_COUNT(ends); i++) {
		kt_buf_clear(&path);
		kt_buf_printf(&path, "%s/pack-%s.%s", c->packs, name, ends[i]);
		unlink(path.p);
	}
	kt_buf_release(&path);
}

static int
check_in(struct checking *c, struct kt_diag *d)
{
	git_indexer_options how;
	int rc;

	git_indexer_options_init(&how, GIT_INDEXER_OPTIONS_VERSION);
	how.verify = 1;
	rc = git_indexer_new(&c->indexer, c->packs, 0, NULL, &how);
	if (rc < 0)
		return store_error(d, rc, c->packs);
	rc = read_head(c, d);
	if (rc == KT_OK)
		rc = read_pack(c, d);
	if (rc == KT_OK)
		rc = check_refs(c, d);
	return rc;
}

int
kt_bundle_check(const char *name, kt_bundle_get *get, void *of,
    struct kt_bundle_seen *seen, struct kt_diag *d)
{
	struct checking c = {
		.name = name, .get = get, .of = of, .head = KT_BUF_INIT
	};
	const char *tmp = getenv("TMPDIR");
	int rc = store_git_begin(d);

	if (rc != KT_OK)
		return rc;
	snprintf(c.dir, sizeof(c.dir), "%.40s/kaitei-XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(c.dir) == NULL)
		rc = kt_file_error(d, c.dir, errno);
	if (rc == KT_OK) {
		snprintf(c.packs, sizeof(c.packs), "%s/pack", c.dir);
		if (mkdir(c.packs, 0700) != 0)
			rc = kt_file_error(d, c.packs, errno);
		if (rc == KT_OK)
			rc = check_in(&c, d);
		remove_pack(&c);
		git_indexer_free(c.indexer);
		rmdir(c.packs);
		rmdir(c.dir);
	}
	if (rc == KT_OK && seen != NULL)
		*seen =
		    (struct kt_bundle_seen){ c.refs, c.progress.total_objects };
	kt_buf_release(&c.head);
	store_git_end();
	return rc;
}
