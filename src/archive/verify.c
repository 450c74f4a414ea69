/* SPDX-License-Identifier: MIT */
/*
 * A disc or an image read back.  First every sector once, for the digest of
 * the image and the checksum of its file system; then every file, against the
 * manifests; then what the files hold.  libisofs reads the directories only.
 */
#include "archive_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kaitei/store.h>

#include "verify_int.h"

#define PIECE (64 * SECTOR)

/* ---- what is found ------------------------------------------------------ */

void
verify_fault(
    struct verify *v, enum kt_msg_id id, const char *path, const char *more)
{
	struct kt_msg m = { .id = id, .a = path, .b = more };
	struct kt_archive_report *r = v->report;
	struct kt_buf text = KT_BUF_INIT;

	kt_diag_add(v->d, &m);
	kt_msg_text(&text, &m, KT_JA);
	KT_GROW(r->fault, r->nfaults, r->faults_cap);
	r->fault[r->nfaults++] = kt_arena_strdup(r->arena, text.p);
	kt_buf_release(&text);
}

void
verify_line(struct verify *v, const char *what, size_t faults_before,
    const char *fmt, ...)
{
	struct kt_archive_report *r = v->report;
	struct kt_buf said = KT_BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	kt_buf_vprintf(&said, fmt, ap);
	va_end(ap);
	KT_GROW(r->line, r->nlines, r->cap);
	r->line[r->nlines++] = (struct kt_check_line){ .what = what,
		.result = kt_arena_strdup(r->arena, said.p),
		.good = r->nfaults == faults_before };
	kt_buf_release(&said);
}

/* ---- sectors ------------------------------------------------------------ */

/* Bytes at a place; fewer than n only where the disc ends or is bad. */
size_t
verify_bytes(struct verify *v, void *to, size_t n, int64_t at)
{
	size_t done = 0;

	while (done < n) {
		ssize_t did =
		    pread(v->fd, (char *)to + done, n - done, at + (off_t)done);

		if (did < 0 && errno == EINTR)
			continue;
		if (did <= 0)
			break;
		done += (size_t)did;
	}
	return done;
}

static uint32_t
little(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

/* Size of the volume as its descriptor says, in sectors; 0 when this is no
 * image. */
static uint32_t
volume_sectors(struct verify *v)
{
	unsigned char pvd[SECTOR];

	if (verify_bytes(v, pvd, sizeof(pvd), 16 * SECTOR) != sizeof(pvd) ||
	    pvd[0] != 1 || memcmp(pvd + 1, "CD001", 5) != 0)
		return 0;
	return little(pvd + 80);
}

static int
open_disc(struct verify *v, const char *path)
{
	struct stat st;

	v->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (v->fd < 0 || fstat(v->fd, &st) != 0)
		return kt_file_error(v->d, path, errno);
	if (S_ISDIR(st.st_mode))
		return kt_file_error(v->d, path, EISDIR);
	v->sectors = volume_sectors(v);
	if (v->sectors == 0)
		return kt_report(v->d, .id = KT_M_IMAGE_NONE, .a = path);
	v->plain = S_ISREG(st.st_mode);
	v->there = v->plain ? st.st_size : (int64_t)v->sectors * SECTOR;
	return KT_OK;
}

static void
check_length(struct verify *v)
{
	size_t before = v->report->nfaults;
	int64_t want = (int64_t)v->sectors * SECTOR;
	char have[32];

	snprintf(have, sizeof(have), "%lld", (long long)v->there);
	if (v->there < want)
		verify_fault(v, KT_M_IMAGE_SHORT, v->report->source, have);
	else if (v->there > want)
		verify_fault(v, KT_M_IMAGE_LONG, v->report->source, have);
	verify_line(v, "大きさ", before, "%lldバイト", (long long)want);
}

/* Every sector once. */
static void
read_sectors(struct verify *v, const struct kt_archive_watch *watch)
{
	struct sums *sums = sums_new(v);
	unsigned char *piece = kt_malloc(PIECE);
	int64_t size = (int64_t)v->sectors * SECTOR, at = 0;
	struct kt_digest *g = kt_digest_new();
	char place[32];

	while (at < size) {
		size_t n = size - at < PIECE ? (size_t)(size - at) : PIECE;
		size_t got = verify_bytes(v, piece, n, at);

		kt_digest_put(g, piece, got);
		sums_put(sums, piece, got);
		if (got < n) {
			snprintf(place, sizeof(place), "%lld",
			    (long long)((at + (int64_t)got) / SECTOR));
			verify_fault(
			    v, KT_M_IMAGE_SECTOR, v->report->source, place);
			break;
		}
		at += (int64_t)n;
		if (watch != NULL && watch->tell != NULL)
			watch->tell(watch->of, KT_ARCHIVE_READ, at, size);
	}
	kt_digest_end(g, v->report->sha256);
	v->report->bytes = size;
	sums_end(sums, v);
	free(piece);
}

/* The digest that was written beside the image. */
static void
check_beside(struct verify *v)
{
	struct kt_buf path = KT_BUF_INIT, text = KT_BUF_INIT;
	size_t before = v->report->nfaults;

	kt_buf_printf(&path, "%s.sha256", v->report->source);
	if (v->plain && kt_file_read(&text, path.p, 4096, NULL) == KT_OK) {
		if (text.len < KT_SHA256_LEN ||
		    strncmp(text.p, v->report->sha256, KT_SHA256_LEN) != 0)
			verify_fault(v, KT_M_IMAGE_DIGEST, v->report->source,
			    v->report->sha256);
		verify_line(v, "イメージのSHA-256（作成時の記録）", before,
		    "%s", v->report->nfaults == before ? "一致" : "不一致");
	}
	kt_buf_release(&path);
	kt_buf_release(&text);
}

/* ---- all of it ---------------------------------------------------------- */

static int
verify_all(struct verify *v, const struct kt_archive_watch *watch)
{
	int rc = open_disc(v, v->report->source);

	if (rc != KT_OK)
		return rc;
	check_length(v);
	rc = tree_read(v);
	if (rc != KT_OK)
		return rc;
	read_sectors(v, watch);
	check_beside(v);
	contents_check(v);
	return KT_OK;
}

int
kt_archive_verify(struct kt_archive_report **out, const char *path,
    const struct kt_archive_watch *watch, struct kt_diag *d)
{
	struct verify v = { .fd = -1, .d = d };
	int rc;

	v.report = kt_calloc(1, sizeof(*v.report));
	v.report->arena = kt_arena_new();
	v.report->source = kt_arena_strdup(v.report->arena, path);
	v.report->volume = v.report->title = v.report->fiscal_year =
	    v.report->organization = v.report->date = v.report->count = "";
	rc = verify_all(&v, watch);
	if (v.fd >= 0)
		close(v.fd);
	tree_release(&v);
	if (rc == KT_OK)
		*out = v.report;
	else
		kt_archive_report_free(v.report);
	return rc;
}

void
kt_archive_report_free(struct kt_archive_report *r)
{
	if (r == NULL)
		return;
	kt_arena_free(r->arena);
	free(r->line);
	free(r->fault);
	free(r);
}
