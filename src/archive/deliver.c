/* SPDX-License-Identifier: MIT */
/*
 * Deliverables in the store.  The file and its line of the register are one
 * revision.  What was lent (提供資料) or is secret (機密) never enters the
 * history, which is copied and handed out: it lies beside it, in provided/,
 * under its digest, and can be destroyed.
 */
#include "archive_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kaitei/ooxml.h>
#include <kaitei/store.h>
#include <kaitei/write.h>

#define PIECE ((size_t)1 << 16)
#define BLANK "　　　　　　　　　　"

/* ---- the register -------------------------------------------------------- */

int
kt_register_load(
    struct kt_register **out, struct kt_store *store, int fy, struct kt_diag *d)
{
	struct kt_buf path = KT_BUF_INIT, text = KT_BUF_INIT;
	int rc;

	kt_register_path(&path, fy, NULL);
	if (!kt_store_has(store, path.p, "")) {
		*out = kt_register_new(fy);
		rc = KT_OK;
	} else {
		rc = kt_store_get(&text, store, path.p, "", NULL, d);
		if (rc == KT_OK)
			rc = kt_register_read(
			    out, fy, path.p, text.p, text.len, d);
	}
	kt_buf_release(&path);
	kt_buf_release(&text);
	return rc;
}

/* The register and, when blob is not NULL, a file of it as one revision. */
static int
save(struct kt_store *store, const struct kt_register *r, const char *name,
    const char *blob, const char *message, const struct kt_person *who,
    struct kt_diag *d)
{
	struct kt_buf path = KT_BUF_INIT, file = KT_BUF_INIT;
	struct kt_buf text = KT_BUF_INIT;
	const struct kt_note note = { .message = message, .author = *who };
	struct kt_file files[2];
	char rev[KT_REV_LEN + 1];
	size_t n = 1;
	int rc;

	kt_register_path(&path, r->fy, NULL);
	kt_register_write(&text, r);
	files[0] = (struct kt_file){ path.p, text.p, text.len };
	if (blob != NULL) {
		kt_register_path(&file, r->fy, name);
		files[n++] = (struct kt_file){ file.p, blob, KT_TAKEN };
	}
	rc = kt_store_put(store, files, n, "", &note, rev, d);
	kt_buf_release(&path);
	kt_buf_release(&file);
	kt_buf_release(&text);
	return rc;
}

/* ---- what kind of file -------------------------------------------------- */

static bool
has_suffix(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return m > 0 && n > m && strcasecmp(name + n - m, suffix) == 0;
}

static bool
get_file(void *of, void *to, size_t n, uint64_t at)
{
	char *p = to;

	while (n > 0) {
		ssize_t did = pread(*(int *)of, p, n, (off_t)at);

		if (did < 0 && errno == EINTR)
			continue;
		if (did <= 0)
			return false;
		p += did;
		at += (uint64_t)did;
		n -= (size_t)did;
	}
	return true;
}

/* An Office file by its content, named as what it is; or a reason why not. */
static int
check_kind(const char *file, int fd, const struct kt_deliverable *row,
    struct kt_diag *d)
{
	const struct kt_package_bytes bytes = { get_file, &fd,
		(uint64_t)row->bytes };
	const char *why = "";
	enum kt_office kind;

	if (row->reason != NULL && row->reason[0] != '\0')
		return KT_OK;
	kind = kt_office_of(file, &bytes, &why);
	if (kt_office_suffix(kind)[0] == '\0')
		return kt_report(
		    d, .id = KT_M_DELIVER_OFFICE, .a = file, .b = why);
	if (!has_suffix(row->name, kt_office_suffix(kind)))
		return kt_report(d, .id = KT_M_DELIVER_SUFFIX, .a = row->name,
		    .b = kt_office_suffix(kind));
	return KT_OK;
}

static int
digest_file(
    const char *file, int fd, char hex[KT_SHA256_LEN + 1], struct kt_diag *d)
{
	char *piece = kt_malloc(PIECE);
	struct kt_digest *g = kt_digest_new();
	ssize_t did;

	while (
	    (did = read(fd, piece, PIECE)) > 0 || (did < 0 && errno == EINTR))
		if (did > 0)
			kt_digest_put(g, piece, (size_t)did);
	free(piece);
	kt_digest_end(g, hex);
	return did == 0 ? KT_OK
			: kt_report(d, .id = KT_M_FILE_READ, .a = file,
			      .b = strerror(errno));
}

/* Look at a file: its size, what it is, its digest. */
static int
look_at(const char *file, struct kt_deliverable *row,
    char hex[KT_SHA256_LEN + 1], struct kt_diag *d)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int rc;

	if (fd < 0 || fstat(fd, &st) != 0) {
		rc = kt_file_error(d, file, errno);
	} else if (S_ISDIR(st.st_mode)) {
		rc = kt_file_error(d, file, EISDIR);
	} else if (!S_ISREG(st.st_mode) || st.st_size == 0) {
		rc = kt_report(
		    d, .id = KT_M_DELIVER_OFFICE, .a = file, .b = "空です");
	} else {
		row->bytes = st.st_size;
		rc = check_kind(file, fd, row, d);
		if (rc == KT_OK)
			rc = digest_file(file, fd, hex, d);
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

/* ---- beside the history ------------------------------------------------- */

void
kept_path(struct kt_buf *out, const struct kt_store *store, const char *sha256)
{
	kt_buf_printf(out, "%s/provided/%s", kt_store_path(store), sha256);
}

static int
keep_beside(struct kt_store *store, const char *file, const char *sha256,
    struct kt_diag *d)
{
	struct kt_buf dir = KT_BUF_INIT, path = KT_BUF_INIT;
	struct kt_outfile *out = NULL;
	char *piece = kt_malloc(PIECE);
	int fd = open(file, O_RDONLY | O_CLOEXEC), rc = KT_OK;
	ssize_t n = 1;

	kt_buf_printf(&dir, "%s/provided", kt_store_path(store));
	kept_path(&path, store, sha256);
	if (fd < 0)
		rc = kt_file_error(d, file, errno);
	else if (mkdir(dir.p, 0700) != 0 && errno != EEXIST)
		rc = kt_file_error(d, dir.p, errno);
	if (rc == KT_OK)
		rc = kt_outfile_open(&out, path.p, d);
	while (rc == KT_OK && (n = read(fd, piece, PIECE)) > 0)
		rc = kt_outfile_put(out, piece, (size_t)n, d);
	if (rc == KT_OK && n < 0)
		rc = kt_report(
		    d, .id = KT_M_FILE_READ, .a = file, .b = strerror(errno));
	if (rc == KT_OK)
		rc = kt_outfile_finish(out, d);
	kt_outfile_free(out);
	if (fd >= 0)
		close(fd);
	free(piece);
	kt_buf_release(&dir);
	kt_buf_release(&path);
	return rc;
}

/* ---- add ---------------------------------------------------------------- */

int
kt_deliver_add(struct kt_store *store, const char *file, int fy,
    struct kt_deliverable *row, const struct kt_closed *city,
    const struct kt_person *who, struct kt_diag *d)
{
	struct kt_register *r = NULL;
	char hex[KT_SHA256_LEN + 1], blob[KT_REV_LEN + 1];
	bool open = row->handling == KT_HANDLING_OPEN;
	struct kt_buf message = KT_BUF_INIT;
	int rc = kt_register_load(&r, store, fy, d);

	row->sha256 = hex;
	row->by = who->name;
	if (row->due.year == 0)
		row->due = kt_deliverable_due(row, fy, city);
	if (rc == KT_OK)
		rc = look_at(file, row, hex, d);
	if (rc == KT_OK && row->due.year == 0)
		rc = kt_report(d, .id = KT_M_DELIVER_NO_EVENT, .a = row->name);
	if (rc == KT_OK)
		rc = kt_register_add(r, row, d);
	if (rc == KT_OK)
		rc = open ? kt_store_take(store, file, blob, d)
			  : keep_beside(store, file, hex, d);
	kt_buf_printf(&message, "納品: %s", row->name);
	if (rc == KT_OK)
		rc = save(
		    store, r, row->name, open ? blob : NULL, message.p, who, d);
	row->sha256 = row->by = "";
	kt_buf_release(&message);
	kt_register_free(r);
	return rc;
}

/* ---- dispose ------------------------------------------------------------ */

static struct kt_deliverable *
find_row(struct kt_register *r, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (kt_archive_name_same(r->at[i].name, name))
			return &r->at[i];
	return NULL;
}

static int
destroy(struct kt_store *store, const struct kt_register *r,
    const struct kt_deliverable *row, struct kt_diag *d)
{
	struct kt_buf path = KT_BUF_INIT;
	int rc = KT_OK;

	/* The same bytes may be registered twice. */
	for (size_t i = 0; i < r->n; i++)
		if (&r->at[i] != row && r->at[i].disposed.year == 0 &&
		    r->at[i].handling != KT_HANDLING_OPEN &&
		    strcmp(r->at[i].sha256, row->sha256) == 0)
			return KT_OK;
	kept_path(&path, store, row->sha256);
	if (unlink(path.p) != 0 && errno != ENOENT)
		rc = kt_file_error(d, path.p, errno);
	kt_buf_release(&path);
	return rc;
}

int
kt_deliver_dispose(struct kt_buf *certificate, struct kt_store *store, int fy,
    const char *name, struct kt_date when, const char *how,
    const struct kt_person *who, struct kt_diag *d)
{
	struct kt_register *r = NULL;
	struct kt_deliverable *row = NULL;
	struct kt_buf message = KT_BUF_INIT;
	int rc = kt_register_load(&r, store, fy, d);

	if (rc == KT_OK) {
		row = find_row(r, name);
		if (row == NULL)
			rc = kt_report(d, .id = KT_M_DELIVER_NONE, .a = name);
		else if (row->handling == KT_HANDLING_OPEN)
			rc = kt_report(
			    d, .id = KT_M_DELIVER_OPEN, .a = row->name);
		else if (row->disposed.year != 0)
			rc = kt_report(
			    d, .id = KT_M_DELIVER_GONE, .a = row->name);
	}
	/* Destroyed first: what is certified has happened. */
	if (rc == KT_OK)
		rc = destroy(store, r, row, d);
	if (rc == KT_OK) {
		row->disposed = when;
		row->disposal =
		    kt_arena_printf(r->arena, "%s（%s）", how, who->name);
		kt_buf_printf(&message, "廃棄: %s", row->name);
		rc = save(store, r, row->name, NULL, message.p, who, d);
	}
	if (rc == KT_OK)
		rc = kt_disposal_certificate(certificate, r, row, d);
	kt_buf_release(&message);
	kt_register_free(r);
	return rc;
}

/* ---- certificate -------------------------------------------------------- */

static const char *
day(struct kt_arena *a, struct kt_date date)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *made = "";

	if (date.year != 0) {
		kt_date_wareki(&b, date);
		made = kt_arena_strdup(a, b.p);
	}
	kt_buf_release(&b);
	return made;
}

int
kt_disposal_certificate(struct kt_buf *out, const struct kt_register *r,
    const struct kt_deliverable *row, struct kt_diag *d)
{
	struct kt_arena *a = r->arena;
	const char *const rows[][2] = {
		{ "名称", row->title[0] != '\0' ? row->title : row->name },
		{ "ファイル名", row->name },
		{ "取扱い", kt_handling_name(row->handling) },
		{ "受領年月日", day(a, row->delivered) },
		{ "大きさ",
		    kt_arena_printf(a, "%lldバイト", (long long)row->bytes) },
		{ "SHA-256", row->sha256 },
		{ "廃棄年月日", day(a, row->disposed) },
		{ "廃棄の方法（実施者）", row->disposal },
	};
	static const char *const heads[] = { "項目", "内容" };
	static const char *const signs[] = { "区分", "所属・職・氏名", "印" };
	static const char *const who[][3] = { { "廃棄した者", BLANK, "　　　" },
		{ "確認した者", BLANK, "　　　" } };
	struct kt_paper *p = kt_paper_new("廃棄証明書");
	int rc;

	kt_paper_text(
	    p, "次の資料を廃棄し、複製が残っていないことを証明します。");
	kt_paper_table(p, heads, 2);
	for (size_t i = 0; i < KT_COUNT(rows); i++)
		kt_paper_row(p, rows[i], 2);
	kt_paper_heading(p, "確認");
	kt_paper_table(p, signs, 3);
	for (size_t i = 0; i < KT_COUNT(who); i++)
		kt_paper_row(p, who[i], 3);
	kt_paper_text(p, "kaiteiが保管していたファイルは、この証明書を作る前に"
			 "削除しています。"
			 "ほかの場所に置いた複製、印刷した紙及び控えの媒体は、"
			 "別に確認してください。");
	rc = kt_write_paper(out, p, row->disposed, d);
	kt_paper_free(p);
	return rc;
}
