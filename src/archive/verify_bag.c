/* SPDX-License-Identifier: MIT */
/*
 * The bag on a disc: every file against its manifest, nothing missing,
 * nothing besides; then the Git bundle and the Office files.
 */
#include "verify_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/ooxml.h>
#include <kaitei/store.h>

#define PIECE ((size_t)1 << 16)
#define TAG_MAX ((size_t)64 << 20)

/* ---- files -------------------------------------------------------------- */

/* A file of the disc in pieces, as one run of bytes. */
struct cursor {
	struct verify *v;
	const struct seen *file;
	size_t part;
	int64_t at; /* in the part */
};

static size_t
next_bytes(struct cursor *c, void *to, size_t most)
{
	size_t n, got;

	while (
	    c->part < c->file->nparts && c->at >= c->file->part[c->part].size) {
		c->part++;
		c->at = 0;
	}
	if (c->part >= c->file->nparts)
		return 0;
	n = most;
	if ((int64_t)n > c->file->part[c->part].size - c->at)
		n = (size_t)(c->file->part[c->part].size - c->at);
	got = verify_bytes(c->v, to, n, c->file->part[c->part].at + c->at);
	c->at += (int64_t)got;
	return got;
}

static void
digest_seen(
    struct verify *v, const struct seen *file, char hex[KT_SHA256_LEN + 1])
{
	struct cursor c = { .v = v, .file = file };
	char *piece = kt_malloc(PIECE);
	struct kt_digest *g = kt_digest_new();
	size_t n;

	while ((n = next_bytes(&c, piece, PIECE)) > 0)
		kt_digest_put(g, piece, n);
	kt_digest_end(g, hex);
	free(piece);
}

/* All of a small file; false when it is too big or not whole. */
static bool
whole(
    struct verify *v, const struct seen *file, struct kt_buf *out, int64_t most)
{
	struct cursor c = { .v = v, .file = file };
	size_t n = 1;

	if (file->size < 0 || file->size > most)
		return false;
	kt_buf_reserve(out, (size_t)file->size + 1);
	while (n > 0 && out->len < (size_t)file->size) {
		n = next_bytes(
		    &c, out->p + out->len, (size_t)file->size - out->len);
		out->len += n;
	}
	out->p[out->len] = '\0';
	return out->len == (size_t)file->size;
}

static int
by_path(const void *key, const void *b)
{
	return strcmp(key, ((const struct seen *)b)->path);
}

static struct seen *
find(struct verify *v, const char *path)
{
	return v->nfiles == 0 ? NULL
			      : bsearch(path, v->file, v->nfiles,
				    sizeof(*v->file), by_path);
}

static bool
read_tag(struct verify *v, const char *path, struct kt_buf *out)
{
	struct seen *file = find(v, path);

	if (file == NULL) {
		verify_fault(v, KT_M_BAG_MISSING, path, "");
		return false;
	}
	if (!whole(v, file, out, TAG_MAX)) {
		verify_fault(v, KT_M_BAG_UNREADABLE, path, "");
		return false;
	}
	return true;
}

/* ---- manifests ---------------------------------------------------------- */

static void
check_listed(struct verify *v, const char *path, const char *want)
{
	char hex[KT_SHA256_LEN + 1];
	struct seen *file = find(v, path);

	if (file == NULL) {
		verify_fault(v, KT_M_BAG_MISSING, path, "");
		return;
	}
	digest_seen(v, file, hex);
	file->listed = true;
	file->good = strcmp(hex, want) == 0;
	if (!file->good)
		verify_fault(v, KT_M_BAG_DIGEST, path, hex);
}

static void
check_manifest(struct verify *v, const char *name, const char *what)
{
	struct kt_buf text = KT_BUF_INIT;
	size_t before = v->report->nfaults, n = 0, len;
	char hex[KT_SHA256_LEN + 1];
	const char *path;

	if (read_tag(v, name, &text)) {
		const char *p = text.p;

		for (; *p != '\0'; n++) {
			char *one;

			if (!bag_manifest_next(&p, hex, &path, &len)) {
				verify_fault(v, KT_M_BAG_LINE, name, "");
				break;
			}
			one = kt_strndup(path, len);
			check_listed(v, one, hex);
			free(one);
		}
	}
	verify_line(v, what, before, "%zuファイル", n);
	kt_buf_release(&text);
}

static void
check_nothing_besides(struct verify *v)
{
	size_t before = v->report->nfaults;

	for (size_t i = 0; i < v->nfiles; i++)
		if (!v->file[i].listed &&
		    strcmp(v->file[i].path, "tagmanifest-sha256.txt") != 0)
			verify_fault(v, KT_M_BAG_BESIDES, v->file[i].path, "");
	verify_line(v, "目録にないファイル", before, "%zuファイル",
	    v->report->nfaults - before);
}

/* ---- bag-info.txt ------------------------------------------------------- */

static const char *
info_value(struct verify *v, const struct kt_buf *text, const char *label)
{
	size_t n = strlen(label);

	for (const char *p = text->p; *p != '\0';) {
		size_t len = strcspn(p, "\n");

		if (len > n + 1 && strncmp(p, label, n) == 0 && p[n] == ':') {
			p += n + 1;
			len -= n + 1;
			while (len > 0 && *p == ' ')
				p++, len--;
			while (len > 0 && p[len - 1] == '\r')
				len--;
			return kt_arena_strndup(v->report->arena, p, len);
		}
		p += len + (p[len] == '\n');
	}
	return "";
}

static void
check_info(struct verify *v)
{
	struct kt_archive_report *r = v->report;
	struct kt_buf text = KT_BUF_INIT, oxum = KT_BUF_INIT;
	size_t before = r->nfaults, files = 0;
	const char *said = "";

	for (size_t i = 0; i < v->nfiles; i++)
		if (bag_is_payload(v->file[i].path)) {
			r->payload += v->file[i].size;
			files++;
		}
	kt_buf_printf(&oxum, "%lld.%zu", (long long)r->payload, files);
	if (read_tag(v, "bag-info.txt", &text)) {
		r->organization = info_value(v, &text, "Source-Organization");
		r->title = info_value(v, &text, "External-Description");
		r->fiscal_year = info_value(v, &text, "External-Identifier");
		r->date = info_value(v, &text, "Bagging-Date");
		r->count = info_value(v, &text, "Bag-Count");
		said = info_value(v, &text, "Payload-Oxum");
		if (strcmp(said, oxum.p) != 0)
			verify_fault(v, KT_M_BAG_OXUM, said, oxum.p);
	}
	verify_line(v, "バイト数とファイル数", before,
	    "%lldバイト、%zuファイル", (long long)r->payload, files);
	kt_buf_clear(&text);
	before = r->nfaults;
	if (read_tag(v, "bagit.txt", &text) && strcmp(text.p, bag_bagit) != 0)
		verify_fault(v, KT_M_BAG_LINE, "bagit.txt", "");
	verify_line(v, "BagIt 1.0の宣言", before, "bagit.txt");
	kt_buf_release(&text);
	kt_buf_release(&oxum);
}

/* ---- what the files hold ------------------------------------------------ */

static bool
ends_in(const char *path, const char *end)
{
	size_t n = strlen(path), m = strlen(end);
	struct kt_buf a = KT_BUF_INIT;
	bool same;

	if (n < m)
		return false;
	kt_name_fold(&a, path + n - m, m);
	same = strcmp(a.p, end) == 0;
	kt_buf_release(&a);
	return same;
}

static int
get_bytes(void *of, void *to, size_t most, size_t *got)
{
	*got = next_bytes(of, to, most);
	return KT_OK;
}

/* A bundle that somebody delivered is a file like others. */
static void
check_bundle(struct verify *v)
{
	struct cursor c = { .v = v, .file = find(v, BUNDLE_PATH) };
	size_t before = v->report->nfaults;
	struct kt_bundle_seen seen = { 0 };

	if (c.file == NULL)
		return;
	if (kt_bundle_check(BUNDLE_PATH, get_bytes, &c, &seen, NULL) != KT_OK)
		verify_fault(v, KT_M_BAG_BUNDLE, BUNDLE_PATH, "");
	verify_line(
	    v, "Gitの履歴（bundle）", before, "%zuオブジェクト", seen.objects);
}

static bool
is_office_name(const char *path)
{
	return ends_in(path, ".docx") || ends_in(path, ".xlsx") ||
	       ends_in(path, ".pptx");
}

/* Bytes of a file of the disc from anywhere in it. */
static bool
get_seen(void *of, void *to, size_t n, uint64_t at)
{
	struct cursor c = *(const struct cursor *)of;
	char *p = to;

	while (c.part < c.file->nparts &&
	       at >= (uint64_t)c.file->part[c.part].size)
		at -= (uint64_t)c.file->part[c.part++].size;
	c.at = (int64_t)at;
	while (n > 0) {
		size_t got = next_bytes(&c, p, n);

		if (got == 0)
			return false;
		p += got;
		n -= got;
	}
	return true;
}

/* Does it open as what its name says?  Macros may be in what was registered
 * with a reason. */
static bool
is_office_file(struct verify *v, const struct seen *file, const char **why)
{
	struct cursor c = { .v = v, .file = file };
	const struct kt_package_bytes bytes = { get_seen, &c,
		(uint64_t)file->size };
	enum kt_office kind;

	if (file->size < 0)
		return false;
	kind = kt_office_of(file->path, &bytes, why);
	return kind == KT_OFFICE_MACRO || kind == KT_OFFICE_OLD ||
	       (kind != KT_OFFICE_NONE &&
		   ends_in(file->path, kt_office_suffix(kind)));
}

static void
check_office(struct verify *v)
{
	size_t before = v->report->nfaults;

	for (size_t i = 0; i < v->nfiles; i++) {
		const struct seen *file = &v->file[i];
		const char *why = "";

		if (!is_office_name(file->path))
			continue;
		v->report->office++;
		if (!is_office_file(v, file, &why))
			verify_fault(v, KT_M_BAG_OFFICE, file->path, why);
	}
	verify_line(v, "Word・Excel・PowerPointファイルを開く", before,
	    "%zuファイル", v->report->office);
}

void
contents_check(struct verify *v)
{
	check_info(v);
	check_manifest(v, "manifest-sha256.txt", "内容の目録（SHA-256）");
	check_manifest(
	    v, "tagmanifest-sha256.txt", "付属ファイルの目録（SHA-256）");
	check_nothing_besides(v);
	check_bundle(v);
	check_office(v);
}
