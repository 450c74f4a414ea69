/* SPDX-License-Identifier: MIT */
/*
 * The file system of a disc as libisofs reads it, and the checksums that it
 * keeps of itself: the session's, and of what lies behind it.
 */
#include "verify_int.h"

#include <stdlib.h>
#include <string.h>

#include "late_isofs.h"

#define DEPTH_MAX 32
#define FILES_MAX 100000

/* ---- directories -------------------------------------------------------- */

static void
take_parts(struct verify *v, struct seen *file, IsoFile *node)
{
	struct iso_file_section *sections = NULL;
	struct seen_part *part;
	int n = 0;

	if (iso_file_get_old_image_sections(node, &n, &sections, 0) <= 0)
		n = 0;
	part = KT_NEWN(v->report->arena, struct seen_part, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		part[i] =
		    (struct seen_part){ (int64_t)sections[i].block * SECTOR,
			    sections[i].size };
	free(sections);
	file->part = part;
	file->nparts = (size_t)n;
}

static void
take_file(struct verify *v, IsoNode *node, const char *path)
{
	struct seen *file;

	KT_GROW(v->file, v->nfiles, v->cap);
	file = &v->file[v->nfiles++];
	*file = (struct seen){ .path = kt_arena_strdup(v->report->arena, path),
		.size = iso_file_get_size((IsoFile *)node) };
	take_parts(v, file, (IsoFile *)node);
}

static int take_node(
    struct verify *v, IsoNode *node, struct kt_buf *path, unsigned depth);

static int
take_directory(
    struct verify *v, IsoDir *dir, struct kt_buf *path, unsigned depth)
{
	IsoDirIter *each = NULL;
	IsoNode *node;
	int rc = iso_dir_get_children(dir, &each);

	while (rc > 0 && (rc = iso_dir_iter_next(each, &node)) > 0)
		rc = take_node(v, node, path, depth);
	if (each != NULL)
		iso_dir_iter_free(each);
	return rc;
}

static int
take_node(struct verify *v, IsoNode *node, struct kt_buf *path, unsigned depth)
{
	size_t begin = path->len;
	int rc = 1;

	if (begin > 0)
		kt_buf_putc(path, '/');
	kt_buf_puts(path, iso_node_get_name(node));
	if (depth >= DEPTH_MAX || v->nfiles >= FILES_MAX) {
		verify_fault(v, KT_M_IMAGE_TREE, path->p, "");
		rc = -1;
	} else if (iso_node_get_type(node) == LIBISO_DIR) {
		rc = take_directory(v, (IsoDir *)node, path, depth + 1);
		rc = rc == 0 ? 1 : rc;
	} else if (iso_node_get_type(node) == LIBISO_FILE) {
		take_file(v, node, path->p);
	} else {
		verify_fault(v, KT_M_IMAGE_TREE, path->p, "");
	}
	kt_buf_cut(path, begin);
	return rc;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(
	    ((const struct seen *)a)->path, ((const struct seen *)b)->path);
}

/* ---- import ------------------------------------------------------------- */

/* What libisofs complained of while it read. */
static void
take_messages(struct verify *v)
{
	char warning[] = "WARNING", severity[80], text[ISO_MSGS_MESSAGE_LEN];
	int code, id;

	while (iso_obtain_msgs(warning, &code, &id, text, severity) > 0)
		verify_fault(v, KT_M_IMAGE_TREE, v->report->source, text);
}

static int
import(struct verify *v, IsoImage *image)
{
	IsoDataSource *from = NULL;
	IsoReadOpts *how = NULL;
	IsoReadImageFeatures *features = NULL;
	struct kt_buf path = KT_BUF_INIT;
	int rc = iso_data_source_new_from_file(v->report->source, &from);

	if (rc > 0)
		rc = iso_read_opts_new(&how, 0);
	if (rc > 0) {
		/* The checksum itself is compared in verify.c: a refusal here
		 * would hide which file is bad. */
		iso_read_opts_set_no_md5(how, 2);
		iso_read_opts_set_no_aaip(how, 0);
		iso_read_opts_set_input_charset(how, "UTF-8");
		rc = iso_image_import(image, from, how, &features);
	}
	if (rc > 0) {
		v->report->volume = kt_arena_strdup(
		    v->report->arena, iso_image_get_volume_id(image));
		rc = take_directory(v, iso_image_get_root(image), &path, 0);
	}
	if (rc >= 0)
		v->has_md5 = iso_image_get_session_md5(
				 image, &v->from, &v->to, v->md5, 0) == 1;
	iso_read_image_features_destroy(features);
	iso_read_opts_free(how);
	if (from != NULL)
		iso_data_source_unref(from);
	kt_buf_release(&path);
	return rc;
}

int
tree_read(struct verify *v)
{
	size_t before = v->report->nfaults;
	IsoImage *image = NULL;
	int rc;

	rc = iso_begin("WARNING");
	if (rc >= 0)
		rc = iso_image_new("", &image);
	if (rc >= 0)
		rc = import(v, image);
	if (rc < 0)
		verify_fault(v, KT_M_IMAGE_TREE, v->report->source,
		    iso_error_to_msg(rc));
	take_messages(v);
	if (v->nfiles > 0)
		qsort(v->file, v->nfiles, sizeof(*v->file), by_path);
	v->report->files = v->nfiles;
	verify_line(v, "ファイルシステム（ISO 9660）", before, "%zuファイル",
	    v->nfiles);
	if (image != NULL)
		iso_image_unref(image);
	iso_finish();
	return KT_OK;
}

void
tree_release(struct verify *v)
{
	free(v->file);
}

/* ---- checksums ---------------------------------------------------------- */

struct sums {
	void *md5;
	uint32_t at, from, to, end;
	uint32_t tags; /* session tags behind the data */
	bool wrong; /* something else behind the data */
	char first[16]; /* checksum as that tag has it */
};

struct sums *
sums_new(const struct verify *v)
{
	struct sums *s = kt_calloc(1, sizeof(*s));

	s->from = v->from;
	s->to = v->has_md5 ? v->to : 0;
	s->end = v->sectors;
	if (iso_md5_start(&s->md5) <= 0)
		kt_no_memory();
	return s;
}

static bool
is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return true;
}

/* Behind the data stand the list of checksums, which names itself, its tag,
 * and nothing. */
static void
look_behind(struct sums *s, const unsigned char *p)
{
	uint32_t pos, start, size, next;
	char md5[16];
	int type, rc;

	rc = iso_util_decode_md5_tag(
	    (char *)p, &type, &pos, &start, &size, &next, md5, 1);
	if (rc == 1 && pos == s->at) {
		size_t len = strnlen((const char *)p, SECTOR);

		s->tags++;
		memcpy(s->first, md5, sizeof(md5));
		s->wrong |= !is_zero(p + len, SECTOR - len);
	} else if (s->tags > 0) {
		s->wrong |= !is_zero(p, SECTOR);
	}
}

void
sums_put(struct sums *s, const unsigned char *p, size_t n)
{
	for (; n >= SECTOR; n -= SECTOR, p += SECTOR, s->at++) {
		if (s->at >= s->from && s->at < s->to)
			iso_md5_compute(s->md5, (char *)p, SECTOR);
		else if (s->at >= s->to && s->to > 0)
			look_behind(s, p);
	}
}

void
sums_end(struct sums *s, struct verify *v)
{
	size_t before = v->report->nfaults;
	char got[16];

	iso_md5_end(&s->md5, got);
	if (!v->has_md5)
		verify_fault(v, KT_M_IMAGE_NO_SUM, v->report->source, "");
	else if (!iso_md5_match(got, v->md5) || s->tags != 1 || s->wrong)
		verify_fault(v, KT_M_IMAGE_SUM, v->report->source, "");
	verify_line(v, "イメージ全体のチェックサム（MD5）", before, "%s",
	    v->has_md5 ? "記録と比較" : "記録なし");
	free(s);
}
