/* SPDX-License-Identifier: MIT */
/*
 * A bundle as kt_store_bundle() makes it, read once from front to end: header,
 * sum of the pack, every object, and that nothing is missing.  The files that
 * stand whole at its beginning are only counted into their names; the rest is
 * handed to libgit2's indexer, in a folder for temporary files, as a pack of
 * its own.
 */
#include "object_int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "late_nettle.h"

static const char magic[] = "# v2 git bundle\n";

#define HEAD_MAX ((size_t)16 << 20)
#define PACK_HEAD ((size_t)12)
#define ENTRY_HEAD ((size_t)10)
#define OFFSET_DELTA 6
#define NAMED_DELTA 7

struct checking {
	const char *name;
	kt_bundle_get *get;
	void *of;
	/* What was read and not yet used. */
	unsigned char *piece;
	size_t at, have;
	struct sha1_ctx sum; /* of the pack, but for its sum */
	struct sha1_ctx rest; /* of the pack that the indexer gets */
	struct kt_buf head; /* up to and with the empty line */
	char dir[64], packs[80];
	git_indexer *indexer;
	git_indexer_progress progress;
	struct store_oids single; /* files that stand whole */
	size_t refs, objects;
	git_odb *odb; /* of the rest */
	git_repository *repo;
	struct kt_diag *d;
};

static int
broken(struct checking *c, const char *why)
{
	return kt_report(
	    c->d, .id = KT_M_BUNDLE_BROKEN, .a = c->name, .b = why);
}

static const char *
last_words(void)
{
	const git_error *e = git_error_last();

	return e == NULL || e->message == NULL ? "?" : e->message;
}

/* ---- bytes -------------------------------------------------------------- */

/* At least one byte to use; KT_EDAMAGED at the end. */
static int
more(struct checking *c)
{
	int rc = KT_OK;

	if (c->at < c->have)
		return KT_OK;
	c->at = c->have = 0;
	rc = c->get(c->of, c->piece, PIECE, &c->have);
	return rc == KT_OK && c->have == 0 ? broken(c, "cut off") : rc;
}

/* The next n bytes of the pack. */
static int
take(struct checking *c, unsigned char *to, size_t n)
{
	int rc = KT_OK;

	while (n > 0 && (rc = more(c)) == KT_OK) {
		size_t one = c->have - c->at < n ? c->have - c->at : n;

		memcpy(to, c->piece + c->at, one);
		c->at += one;
		to += one;
		n -= one;
	}
	return rc;
}

/* The same, counted into the sum. */
static int
take_counted(struct checking *c, unsigned char *to, size_t n)
{
	int rc = take(c, to, n);

	if (rc == KT_OK)
		nettle_sha1_update(&c->sum, n, to);
	return rc;
}

static int
index_bytes(struct checking *c, const void *p, size_t n)
{
	nettle_sha1_update(&c->rest, n, p);
	if (git_indexer_append(c->indexer, p, n, &c->progress) == 0)
		return KT_OK;
	return broken(c, last_words());
}

/* ---- header ------------------------------------------------------------- */

static int
read_head(struct checking *c)
{
	size_t line = 0; /* where the line at hand begins */
	int rc = KT_OK;

	for (;;) {
		unsigned char byte;

		rc = c->head.len < HEAD_MAX ? take(c, &byte, 1)
					    : broken(c, "header");
		if (rc != KT_OK)
			return rc;
		kt_buf_putc(&c->head, (char)byte);
		if (byte != '\n')
			continue;
		if (line + 1 == c->head.len)
			break;
		if (line == 0 && strcmp(c->head.p, magic) != 0)
			return broken(c, "not a v2 bundle");
		line = c->head.len;
	}
	return line == 0 ? broken(c, "not a v2 bundle") : KT_OK;
}

/* ---- the pack ----------------------------------------------------------- */

/* Type and size of the next object, its head as it stands. */
static int
read_entry(struct checking *c, unsigned char *head, size_t *n, unsigned *type,
    uint64_t *size)
{
	unsigned shift = 4;
	int rc = take_counted(c, head, 1);

	*n = 1;
	*type = head[0] >> 4 & 7;
	*size = head[0] & 15;
	while (rc == KT_OK && (head[*n - 1] & 0x80) != 0) {
		if (*n == ENTRY_HEAD)
			return broken(c, "size of an object");
		rc = take_counted(c, head + *n, 1);
		*size |= (uint64_t)(head[(*n)++] & 0x7f) << shift;
		shift += 7;
	}
	return rc;
}

typedef int use_bytes(
    struct checking *c, void *of, const unsigned char *p, size_t n);

/* The zlib stream at hand: what goes in to `packed`, what comes out to
 * `plain`; either may be NULL. */
static int
read_stream(struct checking *c, use_bytes *packed, use_bytes *plain, void *of,
    uint64_t size)
{
	unsigned char *out = kt_malloc(PIECE);
	z_stream z = { .next_in = Z_NULL };
	uint64_t done = 0;
	int rc = KT_OK, step = Z_OK;

	zlib_memory(&z);
	inflateInit(&z);
	while (rc == KT_OK && step != Z_STREAM_END) {
		const unsigned char *from;
		size_t used, made;

		rc = more(c);
		if (rc != KT_OK)
			break;
		from = z.next_in = c->piece + c->at;
		z.avail_in = (uInt)(c->have - c->at);
		z.next_out = out;
		z.avail_out = PIECE;
		step = inflate(&z, Z_NO_FLUSH);
		used = (size_t)(z.next_in - from);
		made = PIECE - z.avail_out;
		c->at += used;
		done += made;
		if ((step != Z_OK && step != Z_STREAM_END) || done > size)
			rc = broken(c, "zlib");
		nettle_sha1_update(&c->sum, used, from);
		if (rc == KT_OK && packed != NULL)
			rc = packed(c, of, from, used);
		if (rc == KT_OK && plain != NULL)
			rc = plain(c, of, out, made);
	}
	inflateEnd(&z);
	free(out);
	return rc == KT_OK && done != size ? broken(c, "size of an object")
					   : rc;
}

static int
to_sum(struct checking *c, void *of, const unsigned char *p, size_t n)
{
	(void)c;
	nettle_sha1_update(of, n, p);
	return KT_OK;
}

static int
to_indexer(struct checking *c, void *of, const unsigned char *p, size_t n)
{
	(void)of;
	return index_bytes(c, p, n);
}

/* A file that stands whole. */
static int
read_single(struct checking *c, uint64_t size)
{
	struct sha1_ctx sum;
	char head[40];
	git_oid id;
	int n = snprintf(
		head, sizeof(head), "blob %llu", (unsigned long long)size),
	    rc;

	nettle_sha1_init(&sum);
	nettle_sha1_update(&sum, (size_t)n + 1, (const uint8_t *)head);
	rc = read_stream(c, NULL, to_sum, &sum, size);
	nettle_sha1_digest(&sum, sizeof(id.id), id.id);
	if (rc == KT_OK)
		store_oids_add(&c->single, &id);
	return rc;
}

/* What the indexer gets of an object. */
static int
read_packed(struct checking *c, const unsigned char *head, size_t n,
    unsigned type, uint64_t size)
{
	unsigned char base[GIT_OID_RAWSZ];
	int rc = index_bytes(c, head, n);

	if (type == NAMED_DELTA) {
		if (rc == KT_OK)
			rc = take_counted(c, base, sizeof(base));
		if (rc == KT_OK)
			rc = index_bytes(c, base, sizeof(base));
	}
	return rc == KT_OK ? read_stream(c, to_indexer, NULL, NULL, size) : rc;
}

static int
put_pack_head(struct checking *c, uint32_t n)
{
	const unsigned char head[PACK_HEAD] = { 'P', 'A', 'C', 'K', 0, 0, 0, 2,
		(unsigned char)(n >> 24), (unsigned char)(n >> 16),
		(unsigned char)(n >> 8), (unsigned char)n };

	nettle_sha1_init(&c->rest);
	return index_bytes(c, head, sizeof(head));
}

static int
read_objects(struct checking *c, uint32_t count)
{
	unsigned char head[ENTRY_HEAD];
	bool begun = false;
	int rc = KT_OK;

	for (uint32_t i = 0; rc == KT_OK && i < count; i++) {
		uint64_t size;
		unsigned type;
		size_t n;

		rc = read_entry(c, head, &n, &type, &size);
		if (rc != KT_OK)
			return rc;
		if (type == GIT_OBJECT_BLOB && !begun) {
			rc = read_single(c, size);
			continue;
		}
		/* Where it counts from would have moved. */
		if (type == OFFSET_DELTA)
			return broken(c, "a delta by its place");
		if (!begun)
			rc = put_pack_head(c, count - i);
		begun = true;
		if (rc == KT_OK)
			rc = read_packed(c, head, n, type, size);
	}
	return rc == KT_OK && !begun ? broken(c, "no revision") : rc;
}

/* What follows the last object is the sum, and nothing. */
static int
read_end(struct checking *c)
{
	unsigned char want[SHA1_DIGEST_SIZE], is[SHA1_DIGEST_SIZE];
	int rc = take(c, want, sizeof(want));

	if (rc != KT_OK)
		return rc;
	nettle_sha1_digest(&c->sum, sizeof(is), is);
	if (memcmp(want, is, sizeof(is)) != 0)
		return broken(c, "sum of the pack");
	if (c->at < c->have)
		return broken(c, "more than a pack");
	rc = c->get(c->of, c->piece, PIECE, &c->have);
	if (rc == KT_OK && c->have > 0)
		rc = broken(c, "more than a pack");
	return rc;
}

static int
read_pack(struct checking *c)
{
	unsigned char head[PACK_HEAD], sum[SHA1_DIGEST_SIZE];
	int rc;

	nettle_sha1_init(&c->sum);
	rc = take_counted(c, head, sizeof(head));
	if (rc != KT_OK)
		return rc;
	if (memcmp(head, "PACK\0\0\0\2", 8) != 0)
		return broken(c, "not a pack");
	c->objects = (size_t)head[8] << 24 | (size_t)head[9] << 16 |
		     (size_t)head[10] << 8 | head[11];
	rc = read_objects(c, (uint32_t)c->objects);
	if (rc == KT_OK)
		rc = read_end(c);
	if (rc != KT_OK)
		return rc;
	nettle_sha1_digest(&c->rest, sizeof(sum), sum);
	if (git_indexer_append(c->indexer, sum, sizeof(sum), &c->progress) !=
		0 ||
	    git_indexer_commit(c->indexer, &c->progress) != 0)
		rc = broken(c, last_words());
	return rc;
}

/* ---- is everything there? ----------------------------------------------- */

static bool
is_there(const struct checking *c, const git_oid *id)
{
	return git_odb_exists(c->odb, id) || store_oids_has(&c->single, id);
}

static bool
commit_is_whole(const struct checking *c, const git_object *o)
{
	const git_commit *commit = (const git_commit *)o;
	bool whole = is_there(c, git_commit_tree_id(commit));

	for (unsigned i = 0; whole && i < git_commit_parentcount(commit); i++)
		whole = is_there(c, git_commit_parent_id(commit, i));
	return whole;
}

static bool
tree_is_whole(const struct checking *c, const git_object *o)
{
	const git_tree *tree = (const git_tree *)o;
	bool whole = true;

	for (size_t i = 0; whole && i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);

		whole = git_tree_entry_type(e) == GIT_OBJECT_COMMIT ||
			is_there(c, git_tree_entry_id(e));
	}
	return whole;
}

/* What an object names must be there too. */
static int
check_object(const git_oid *id, void *of)
{
	struct checking *c = of;
	git_object *o = NULL;
	bool whole = true;

	if (git_object_lookup(&o, c->repo, id, GIT_OBJECT_ANY) < 0)
		return broken(c, last_words());
	switch (git_object_type(o)) {
	case GIT_OBJECT_COMMIT:
		whole = commit_is_whole(c, o);
		break;
	case GIT_OBJECT_TREE:
		whole = tree_is_whole(c, o);
		break;
	case GIT_OBJECT_TAG:
		whole = is_there(c, git_tag_target_id((git_tag *)o));
		break;
	case GIT_OBJECT_BLOB:
	case GIT_OBJECT_ANY:
	case GIT_OBJECT_INVALID:
	case GIT_OBJECT_OFS_DELTA:
	case GIT_OBJECT_REF_DELTA:
		break;
	}
	git_object_free(o);
	return whole ? 0 : broken(c, "an object is missing");
}

/* Is every ref of the header in the pack? */
static int
check_refs(struct checking *c)
{
	const char *p = c->head.p + sizeof(magic) - 1;
	int rc = KT_OK;

	for (; rc == KT_OK && *p != '\n'; p = strchr(p, '\n') + 1) {
		git_oid id;

		if (*p == '-')
			rc = broken(c, "needs another bundle");
		else if (strcspn(p, " \n") != KT_REV_LEN ||
			 git_oid_fromstrn(&id, p, KT_REV_LEN) < 0)
			rc = broken(c, "header");
		else if (!is_there(c, &id))
			rc = broken(c, "a ref leads nowhere");
		c->refs++;
	}
	return rc;
}

static int
check_whole(struct checking *c)
{
	int rc;

	if (git_odb_open(&c->odb, c->dir) < 0 ||
	    git_repository_wrap_odb(&c->repo, c->odb) < 0)
		return broken(c, last_words());
	rc = check_refs(c);
	return rc == KT_OK ? git_odb_foreach(c->odb, check_object, c) : rc;
}

/* ---- all of it ---------------------------------------------------------- */

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
check_in(struct checking *c)
{
	int rc = git_indexer_new(&c->indexer, c->packs, 0, NULL, NULL);

	if (rc < 0)
		return store_error(c->d, rc, c->packs);
	rc = read_head(c);
	if (rc == KT_OK)
		rc = read_pack(c);
	if (rc == KT_OK)
		rc = check_whole(c);
	git_repository_free(c->repo);
	git_odb_free(c->odb);
	return rc;
}

static int
check_in_folder(struct checking *c)
{
	const char *tmp = getenv("TMPDIR");
	int rc = KT_OK;

	snprintf(c->dir, sizeof(c->dir), "%.40s/kaitei-XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(c->dir) == NULL)
		return kt_file_error(c->d, c->dir, errno);
	snprintf(c->packs, sizeof(c->packs), "%s/pack", c->dir);
	if (mkdir(c->packs, 0700) != 0)
		rc = kt_file_error(c->d, c->packs, errno);
	if (rc == KT_OK)
		rc = check_in(c);
	remove_pack(c);
	git_indexer_free(c->indexer);
	rmdir(c->packs);
	rmdir(c->dir);
	return rc;
}

int
kt_bundle_check(const char *name, kt_bundle_get *get, void *of,
    struct kt_bundle_seen *seen, struct kt_diag *d)
{
	struct checking c = {
		.name = name, .get = get, .of = of, .head = KT_BUF_INIT, .d = d
	};
	int rc = store_git_begin(d);

	if (rc != KT_OK)
		return rc;
	c.piece = kt_malloc(PIECE);
	rc = check_in_folder(&c);
	if (rc == KT_OK && seen != NULL)
		*seen = (struct kt_bundle_seen){ c.refs, c.objects };
	free(c.piece);
	store_oids_release(&c.single);
	kt_buf_release(&c.head);
	return rc;
}
