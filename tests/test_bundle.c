/* SPDX-License-Identifier: MIT */
/* Large files in pieces, and the whole history as one file: the same however
 * the store keeps it, read by git, and no bit of it may change unseen. */
#include "kt_test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kaitei/store.h>

#define LARGE ((size_t)3 << 20)

static char dir[64];
static struct kt_diag *diag;
static const struct kt_person hanako = { "見本 花子", "hanako@example.jp" };

/* The same numbers every time. */
static uint64_t seed;

static uint64_t
roll(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed >> 11;
}

static int
shell(const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	return system(line);
}

static void
save(struct kt_store *s, const char *path, const char *bytes, size_t n)
{
	const struct kt_file file = { path, bytes, n };
	const struct kt_note note = { .message = path, .author = hanako };
	char rev[KT_REV_LEN + 1];

	CU_ASSERT_EQUAL_FATAL(
	    kt_store_put(s, &file, 1, "", &note, rev, diag), KT_OK);
}

/* Files of every kind: large ones of which the second is nearly the first, a
 * large text, small ones, texts that change. */
static void
fill(struct kt_store *s)
{
	struct kt_buf text = KT_BUF_INIT;
	char *bytes = kt_malloc(LARGE);

	seed = 7;
	for (size_t i = 0; i < LARGE; i++)
		bytes[i] = (char)roll();
	save(s, "deliverables/令和8年度/図.docx", bytes, LARGE);
	for (size_t i = 0; i < 40; i++)
		bytes[roll() % LARGE] ^= 1;
	save(s, "deliverables/令和8年度/図.docx", bytes + 17, LARGE - 17);
	save(s, "deliverables/令和8年度/小.docx", bytes, 20000);
	save(s, "deliverables/令和8年度/空.txt", "", 0);
	while (text.len < LARGE)
		kt_buf_printf(
		    &text, "第%zu条　市長は、別に定める。\n", text.len);
	save(s, "deliverables/令和8年度/長.txt", text.p, text.len);
	for (int i = 0; i < 5; i++) {
		kt_buf_cut(&text, 40000);
		kt_buf_printf(&text, "第%d版\n", i);
		save(s, "policies/a.md", text.p, text.len);
	}
	kt_buf_release(&text);
	free(bytes);
}

static struct kt_store *
set_up(void)
{
	struct kt_store *s = NULL;

	strcpy(dir, "/tmp/kaitei-bundle-XXXXXX");
	diag = kt_diag_new();
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	CU_ASSERT_EQUAL_FATAL(kt_store_init(dir, &hanako, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&s, dir, diag), KT_OK);
	fill(s);
	return s;
}

static void
tear_down(struct kt_store *s)
{
	kt_store_free(s);
	kt_diag_free(diag);
	shell("rm -rf '%s' '%s'-*", dir, dir);
}

static struct kt_store *
again(struct kt_store *s)
{
	kt_store_free(s);
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&s, dir, diag), KT_OK);
	return s;
}

/* ---- files --------------------------------------------------------------- */

/* The digest of a file, read in pieces of a size; the code in *rc. */
static void
digest(char hex[KT_SHA256_LEN + 1], struct kt_store *s, const char *path,
    size_t size, int *rc)
{
	struct kt_digest *g = kt_digest_new();
	struct kt_blob *b = NULL;
	char *piece = kt_malloc(size);
	size_t got = 1;

	*rc = kt_blob_open(&b, s, "", path, diag);
	while (*rc == KT_OK && got > 0) {
		*rc = kt_blob_read(b, piece, size, &got, diag);
		if (*rc == KT_OK)
			kt_digest_put(g, piece, got);
	}
	kt_digest_end(g, hex);
	kt_blob_free(b);
	free(piece);
}

static const char *const names[] = { "deliverables/令和8年度/図.docx",
	"deliverables/令和8年度/小.docx", "deliverables/令和8年度/空.txt",
	"deliverables/令和8年度/長.txt", "policies/a.md" };

static void
check_files(struct kt_store *s, char want[KT_COUNT(names)][KT_SHA256_LEN + 1])
{
	static const size_t sizes[] = { 1 << 16, 4099, (size_t)8 << 20 };
	char hex[KT_SHA256_LEN + 1];
	int rc;

	for (size_t i = 0; i < KT_COUNT(names); i++)
		for (size_t k = 0; k < KT_COUNT(sizes); k++) {
			digest(hex, s, names[i], sizes[k], &rc);
			KT_NUM(rc, KT_OK);
			KT_STR(hex, want[i]);
		}
}

static void
test_files_are_read_in_pieces_however_they_are_kept(void)
{
	static const char *const packings[] = {
		"-c pack.window=0 repack -qadf",
		"repack -qadf --depth=50 --window=20",
		"-c repack.useDeltaBaseOffset=false repack -qadf --window=20",
	};
	char want[KT_COUNT(names)][KT_SHA256_LEN + 1];
	struct kt_store *s = set_up();
	int rc;

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		digest(want[i], s, names[i], 1000, &rc);
		KT_NUM(rc, KT_OK);
	}
	check_files(s, want);
	for (size_t i = 0; i < KT_COUNT(packings); i++) {
		KT_NUM(shell("git -C '%s' %s", dir, packings[i]), 0);
		s = again(s);
		check_files(s, want);
	}
	/* Were deltas of large files met at all? */
	KT_NUM(shell("cd '%s' && git verify-pack -v objects/pack/*.idx | "
		     "awk '$2 == \"blob\" && NF == 7 && $3 > 100' | "
		     "grep -q .",
		   dir),
	    0);
	tear_down(s);
}

static void
test_a_large_file_that_is_damaged_is_told(void)
{
	struct kt_store *s = set_up();
	char hex[KT_SHA256_LEN + 1];
	int rc;

	KT_NUM(shell("cd '%s' && f=$(find objects -type f -size +2M | head -1) "
		     "&& chmod u+w $f && "
		     "printf xyz | dd of=$f bs=1 seek=1500000 conv=notrunc "
		     "2>/dev/null && "
		     "for g in $(find objects -type f -size +2M); do "
		     "chmod u+w $g; printf xyz | "
		     "dd of=$g bs=1 seek=1500000 conv=notrunc 2>/dev/null; "
		     "done",
		   dir),
	    0);
	digest(hex, s, names[0], 4096, &rc);
	KT_NUM(rc, KT_EDAMAGED);
	KT_NUM(shell("cd '%s' && for g in $(find objects -type f -size +2M); "
		     "do truncate -s 1000000 $g; done",
		   dir),
	    0);
	digest(hex, s, names[0], 4096, &rc);
	KT_NUM(rc, KT_EDAMAGED);
	tear_down(s);
}

/* ---- the bundle ---------------------------------------------------------- */

static int
keep(void *of, const void *bytes, size_t n)
{
	kt_buf_put(of, bytes, n);
	return KT_OK;
}

struct reading {
	const struct kt_buf *of;
	size_t at, most;
};

static int
give(void *of, void *to, size_t most, size_t *got)
{
	struct reading *r = of;
	size_t n = r->of->len - r->at;

	if (n > most)
		n = most;
	if (n > r->most)
		n = r->most;
	memcpy(to, r->of->p + r->at, n);
	r->at += n;
	*got = n;
	return KT_OK;
}

static int
check(const struct kt_buf *bundle, size_t most, struct kt_bundle_seen *seen)
{
	struct reading r = { bundle, 0, most };

	return kt_bundle_check("x", give, &r, seen, diag);
}

static void
test_the_bundle_is_the_same_however_the_store_keeps_its_objects(void)
{
	struct kt_store *s = set_up();
	struct kt_buf first = KT_BUF_INIT, other = KT_BUF_INIT;
	struct kt_bundle_seen seen;

	KT_NUM(kt_store_bundle(s, keep, &first, diag), KT_OK);
	KT_NUM(check(&first, SIZE_MAX, &seen), KT_OK);
	KT_NUM(seen.refs, 2);
	KT_NUM(check(&first, 1009, &seen), KT_OK);
	/* What does not get smaller is kept as it is, what does gets it. */
	CU_ASSERT(first.len > 2 * LARGE && first.len < 2 * LARGE + LARGE / 2);
	for (int i = 0; i < 2; i++) {
		KT_NUM(shell("git -C '%s' -c core.compression=%d repack -qadf "
			     "--window=%d",
			   dir, i, i * 10),
		    0);
		s = again(s);
		kt_buf_clear(&other);
		KT_NUM(kt_store_bundle(s, keep, &other, diag), KT_OK);
		CU_ASSERT(other.len == first.len &&
			  memcmp(other.p, first.p, first.len) == 0);
	}
	kt_buf_release(&first);
	kt_buf_release(&other);
	tear_down(s);
}

static void
test_git_takes_the_bundle_for_its_own(void)
{
	struct kt_store *s = set_up();
	struct kt_buf bundle = KT_BUF_INIT, path = KT_BUF_INIT;

	KT_NUM(kt_store_bundle(s, keep, &bundle, diag), KT_OK);
	kt_buf_printf(&path, "%s-x.bundle", dir);
	KT_NUM(kt_file_write(path.p, bundle.p, bundle.len, diag), KT_OK);
	KT_NUM(
	    shell("git -C '%s' bundle verify -q '%s' 2>/dev/null", dir, path.p),
	    0);
	KT_NUM(shell("git -c transfer.fsckObjects=true clone -q --mirror '%s' "
		     "'%s-clone'",
		   path.p, dir),
	    0);
	KT_NUM(shell("git -C '%s-clone' fsck --strict --full 2>/dev/null", dir),
	    0);
	KT_NUM(shell("for d in '%s' '%s-clone'; do git -C $d rev-list --all "
		     "--objects | cut -c 1-40 | sort | sha256sum; done | "
		     "uniq | wc -l | grep -qx 1",
		   dir, dir),
	    0);
	kt_buf_release(&bundle);
	kt_buf_release(&path);
	tear_down(s);
}

static void
test_no_bit_of_a_bundle_changes_unseen(void)
{
	struct kt_store *s = set_up();
	struct kt_buf bundle = KT_BUF_INIT;
	size_t whole;

	seed = 3;
	KT_NUM(kt_store_bundle(s, keep, &bundle, diag), KT_OK);
	whole = bundle.len;
	for (int i = 0; i < 60; i++) {
		/* Half of them near the ends, where the structure stands. */
		size_t n = roll() % (i % 2 == 0 ? whole : 400);
		size_t at = i % 4 == 1 ? whole - 1 - n : n;
		char bit = (char)(1 << (roll() % 8));

		bundle.p[at] ^= bit;
		/* But for the name of a ref. */
		if (check(&bundle, SIZE_MAX, NULL) == KT_OK)
			CU_ASSERT(at < 200);
		bundle.p[at] ^= bit;
	}
	for (size_t cut = 1; cut < whole; cut = cut * 7 + 3) {
		bundle.len = whole - cut;
		KT_NUM(check(&bundle, SIZE_MAX, NULL), KT_EDAMAGED);
	}
	bundle.len = whole;
	KT_NUM(check(&bundle, SIZE_MAX, NULL), KT_OK);
	kt_buf_putc(&bundle, 'x');
	KT_NUM(check(&bundle, SIZE_MAX, NULL), KT_EDAMAGED);
	kt_buf_release(&bundle);
	tear_down(s);
}

static void
test_a_bundle_that_lacks_an_object_is_refused(void)
{
	struct kt_store *s = set_up();
	struct kt_buf path = KT_BUF_INIT, bundle = KT_BUF_INIT;

	kt_buf_printf(&path, "%s-x.bundle", dir);
	for (int left_out = 0; left_out < 2; left_out++) {
		KT_NUM(shell("cd '%s' && m=$(git rev-parse main) && { printf "
			     "'# v2 git bundle\\n%%s HEAD\\n\\n' $m; git "
			     "rev-list --objects main | cut -c 1-40 | "
			     "grep -v $(test %d = 0 && echo none || git "
			     "rev-parse main:policies/a.md) | "
			     "git pack-objects -q --stdout; } >'%s'",
			   dir, left_out, path.p),
		    0);
		KT_NUM(
		    kt_file_read(&bundle, path.p, SIZE_MAX / 4, diag), KT_OK);
		kt_diag_clear(diag);
		KT_NUM(check(&bundle, SIZE_MAX, NULL),
		    left_out == 0 ? KT_OK : KT_EDAMAGED);
	}
	KT_STR(kt_diag_get(diag, 0)->b, "an object is missing");
	kt_buf_release(&path);
	kt_buf_release(&bundle);
	tear_down(s);
}

static CU_TestInfo tests[] = {
	{ "files are read in pieces however they are kept",
	    test_files_are_read_in_pieces_however_they_are_kept },
	{ "a large file that is damaged is told",
	    test_a_large_file_that_is_damaged_is_told },
	{ "the bundle is the same however the store keeps its objects",
	    test_the_bundle_is_the_same_however_the_store_keeps_its_objects },
	{ "git takes the bundle for its own",
	    test_git_takes_the_bundle_for_its_own },
	{ "no bit of a bundle changes unseen",
	    test_no_bit_of_a_bundle_changes_unseen },
	{ "a bundle that lacks an object is refused",
	    test_a_bundle_that_lacks_an_object_is_refused },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "large files and the bundle", NULL, NULL, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
