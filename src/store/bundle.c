/* SPDX-License-Identifier: MIT */
/*
 * The whole history as one file, a Git bundle: `git clone 履歴.bundle` gives
 * the store back.  The same objects and refs give the same bytes however the
 * store keeps them (loose or packed) and whatever the person's settings are;
 * so the packer runs on a repository handle with settings of our own.
 *
 * The pack has two parts.  First what is large or does not get smaller, as an
 * Office file: it stands whole and goes through in pieces, so that memory does
 * not grow with it.  Then what is small and gets smaller: revisions, folders,
 * texts, packed by libgit2 as deltas of each other, a revision first of all.
 */
#include "object_int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "late_nettle.h"

/* Up to here a file may be compared with others. */
#define SMALL ((size_t)1 << 20)
/* The beginning of a file, to see whether it gets smaller. */
#define SAMPLE ((size_t)1 << 13)
#define PACK_HEAD ((size_t)12)

static const char magic[] = "# v2 git bundle\n";

/* At most ten texts of SMALL are held to be compared. */
static const char packing[] = "[pack]\n\twindowMemory = 33554432\n"
			      "\tdeltaCacheSize = 16777216\n";

/* A file that stands whole. */
struct single {
	git_oid id;
	bool shrinks;
};

struct bundling {
	struct kt_store *store;
	git_repository *repo; /* the same with our settings */
	git_packbuilder *pack;
	struct single *single;
	size_t n, cap;
	struct sha1_ctx sum; /* of the pack */
	size_t skip; /* of the packer's head, which counts its part only */
	unsigned char held[SHA1_DIGEST_SIZE]; /* nor does its sum go out */
	size_t nheld;
	kt_bundle_put *put;
	void *of;
	struct kt_diag *d;
	int rc; /* of ours, while libgit2 calls */
};

/* ---- which part --------------------------------------------------------- */

/* Would these bytes get smaller by a quarter? */
static bool
gets_smaller(const unsigned char *p, size_t n)
{
	size_t room = n / 4 * 3;
	unsigned char *to = kt_malloc(room + 1);
	z_stream z = { .next_in = Z_NULL };
	bool fits;

	zlib_memory(&z);
	deflateInit(&z, Z_BEST_SPEED);
	z.next_in = (unsigned char *)(uintptr_t)p;
	z.avail_in = (uInt)n;
	z.next_out = to;
	z.avail_out = (uInt)room;
	fits = deflate(&z, Z_FINISH) == Z_STREAM_END;
	deflateEnd(&z);
	free(to);
	return fits;
}

/* By its bytes alone: the same file goes to the same part wherever it lies. */
static int
sort_file(struct bundling *b, const git_oid *id, const char *path, bool *small,
    bool *shrinks)
{
	unsigned char *sample = kt_malloc(SAMPLE);
	struct kt_blob *blob = NULL;
	size_t got = 0;
	int rc = store_blob_open(&blob, b->store, id, path, b->d);

	if (rc == KT_OK)
		rc = kt_blob_read(blob, sample, SAMPLE, &got, b->d);
	if (rc == KT_OK) {
		*shrinks = got < 64 || gets_smaller(sample, got);
		*small = *shrinks && kt_blob_size(blob) <= SMALL;
	}
	kt_blob_free(blob);
	free(sample);
	return rc;
}

static int
take(void *of, const git_oid *id, git_object_t type, const char *path,
    const git_oid *commit)
{
	struct bundling *b = of;
	bool small = true, shrinks = true;

	(void)commit;
	if (type == GIT_OBJECT_BLOB)
		b->rc = sort_file(b, id, path, &small, &shrinks);
	if (b->rc != KT_OK)
		return GIT_EUSER;
	if (small)
		return git_packbuilder_insert(b->pack, id, path);
	KT_GROW(b->single, b->n, b->cap);
	b->single[b->n++] = (struct single){ *id, shrinks };
	return 0;
}

/* ---- writing ------------------------------------------------------------ */

static int
emit(struct bundling *b, const void *bytes, size_t n)
{
	nettle_sha1_update(&b->sum, n, bytes);
	return b->put(b->of, bytes, n);
}

/* The packer's part, but for its head and its sum. */
static int
put_packed(void *bytes, size_t n, void *of)
{
	struct bundling *b = of;
	const unsigned char *p = bytes;
	size_t out;

	if (b->skip > 0) {
		size_t skip = n < b->skip ? n : b->skip;

		b->skip -= skip;
		p += skip;
		n -= skip;
	}
	/* All but the last bytes seen so far. */
	out =
	    b->nheld + n > sizeof(b->held) ? b->nheld + n - sizeof(b->held) : 0;
	if (out > 0) {
		size_t first = out < b->nheld ? out : b->nheld;

		b->rc = emit(b, b->held, first);
		memmove(b->held, b->held + first, b->nheld - first);
		b->nheld -= first;
		if (b->rc == KT_OK && out > first)
			b->rc = emit(b, p, out - first);
		p += out - first;
		n -= out - first;
	}
	memcpy(b->held + b->nheld, p, n);
	b->nheld += n;
	return b->rc == KT_OK ? 0 : GIT_EUSER;
}

static int
put_head(struct bundling *b)
{
	size_t n = git_packbuilder_object_count(b->pack) + b->n;
	const unsigned char head[PACK_HEAD] = { 'P', 'A', 'C', 'K', 0, 0, 0, 2,
		(unsigned char)(n >> 24), (unsigned char)(n >> 16),
		(unsigned char)(n >> 8), (unsigned char)n };

	nettle_sha1_init(&b->sum);
	b->skip = sizeof(head);
	return emit(b, head, sizeof(head));
}

/* Type and size: four bits, then seven a byte. */
static int
put_entry_head(struct bundling *b, size_t size)
{
	unsigned char head[10];
	size_t n = 0;

	head[n] = (unsigned char)(GIT_OBJECT_BLOB << 4 | (size & 15));
	for (size >>= 4; size > 0; size >>= 7) {
		head[n++] |= 0x80;
		head[n] = size & 0x7f;
	}
	return emit(b, head, n + 1);
}

static int
put_deflated(struct bundling *b, z_stream *z, unsigned char *out, int flush)
{
	int rc = KT_OK;

	do {
		z->next_out = out;
		z->avail_out = PIECE;
		deflate(z, flush);
		if (z->avail_out < PIECE)
			rc = emit(b, out, PIECE - z->avail_out);
	} while (rc == KT_OK && z->avail_out == 0);
	return rc;
}

static int
put_bytes(struct bundling *b, struct kt_blob *blob, bool shrinks)
{
	unsigned char *in = kt_malloc(2 * PIECE), *out = in + PIECE;
	z_stream z = { .next_in = Z_NULL };
	size_t got = 1;
	int rc = KT_OK;

	zlib_memory(&z);
	deflateInit(&z, shrinks ? Z_DEFAULT_COMPRESSION : Z_NO_COMPRESSION);
	while (rc == KT_OK && got > 0) {
		rc = kt_blob_read(blob, in, PIECE, &got, b->d);
		z.next_in = in;
		z.avail_in = (uInt)got;
		if (rc == KT_OK)
			rc = put_deflated(
			    b, &z, out, got > 0 ? Z_NO_FLUSH : Z_FINISH);
	}
	deflateEnd(&z);
	free(in);
	return rc;
}

static int
put_singles(struct bundling *b)
{
	int rc = KT_OK;

	for (size_t i = 0; rc == KT_OK && i < b->n; i++) {
		struct kt_blob *blob = NULL;

		rc = store_blob_open(
		    &blob, b->store, &b->single[i].id, b->store->path, b->d);
		if (rc == KT_OK)
			rc = put_entry_head(b, kt_blob_size(blob));
		if (rc == KT_OK)
			rc = put_bytes(b, blob, b->single[i].shrinks);
		kt_blob_free(blob);
	}
	return rc;
}

static int
put_sum(struct bundling *b)
{
	uint8_t sum[SHA1_DIGEST_SIZE];

	nettle_sha1_digest(&b->sum, sizeof(sum), sum);
	return b->put(b->of, sum, sizeof(sum));
}

/* One line a ref; at the end what a clone is to show first. */
static int
put_refs(struct bundling *b, const struct store_refs *refs)
{
	struct kt_buf head = KT_BUF_INIT;
	char hex[KT_REV_LEN + 1], main[KT_REV_LEN + 1] = "";

	kt_buf_puts(&head, magic);
	for (size_t i = 0; i < refs->names.count; i++) {
		git_oid_tostr(hex, sizeof(hex), &refs->at[i]);
		kt_buf_printf(&head, "%s %s\n", hex, refs->names.strings[i]);
		if (strcmp(refs->names.strings[i], MAIN_REF) == 0)
			memcpy(main, hex, sizeof(main));
	}
	if (main[0] != '\0')
		kt_buf_printf(&head, "%s HEAD\n", main);
	kt_buf_putc(&head, '\n');
	b->rc = b->put(b->of, head.p, head.len);
	kt_buf_release(&head);
	return b->rc == KT_OK ? 0 : GIT_EUSER;
}

/* From a file of our own only: libgit2 has no other way in. */
int
store_pack_settings(git_repository *repo, struct kt_diag *d)
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

/* A code of libgit2; GIT_EUSER for one of ours in b->rc. */
static int
write_bundle(struct bundling *b)
{
	struct store_refs refs = { .at = NULL };
	int rc = git_packbuilder_new(&b->pack, b->repo);

	/* Once: who saves meanwhile must not get into the head alone. */
	if (rc == 0)
		rc = store_history_refs(&refs, b->repo);
	if (rc == 0) {
		git_packbuilder_set_threads(b->pack, 1);
		rc = store_history(b->repo, &refs, take, b);
	}
	if (rc == 0)
		rc = put_refs(b, &refs);
	store_refs_release(&refs);
	if (rc == 0) {
		b->rc = put_head(b);
		if (b->rc == KT_OK)
			b->rc = put_singles(b);
		rc = b->rc == KT_OK ? 0 : GIT_EUSER;
	}
	if (rc == 0)
		rc = git_packbuilder_foreach(b->pack, put_packed, b);
	if (rc == 0) {
		b->rc = put_sum(b);
		rc = b->rc == KT_OK ? 0 : GIT_EUSER;
	}
	return rc;
}

int
kt_store_bundle(
    struct kt_store *s, kt_bundle_put *put, void *of, struct kt_diag *d)
{
	struct bundling b = { .store = s, .put = put, .of = of, .d = d };
	int rc = git_repository_open_ext(
	    &b.repo, s->path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);

	if (rc == 0)
		rc = store_distrust(b.repo);
	if (rc < 0)
		return store_error(d, rc, s->path);
	rc = store_pack_settings(b.repo, d);
	if (rc == KT_OK) {
		rc = write_bundle(&b);
		/* What was reported already is not told twice. */
		if (rc < 0)
			rc = b.rc != KT_OK ? b.rc : store_error(d, rc, s->path);
	}
	git_packbuilder_free(b.pack);
	git_repository_free(b.repo);
	free(b.single);
	return rc;
}
