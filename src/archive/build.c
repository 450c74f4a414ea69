/* SPDX-License-Identifier: MIT */
/*
 * The disc of a fiscal year, from the store to the image.  Nothing stands at
 * the names of the images before all of them are whole.
 */
#include "year_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/store.h>
#include <kaitei/write.h>

/* What every disc needs besides: directories, manifests, index. */
#define RESERVE ((int64_t)2 << 20)

const int64_t kt_archive_dvd = 4700372992LL / 100 * 99;
const int64_t kt_archive_cd = 737280000LL / 100 * 99;

/* ---- one disc ----------------------------------------------------------- */

struct disc {
	struct item **list; /* in the order of the data */
	struct item *flat; /* the same, for manifests */
	size_t n;
	struct item tag[4]; /* manifest, bag-info, bagit, tagmanifest */
	struct entry index, xml, xlsx, readme;
	struct image_about about;
	struct kt_archive_disc *made;
	struct kt_outfile *out;
	const char *path;
};

/* 令和8 → R08; years of no era as they are. */
static void
volume_name(char out[33], const struct year *y, unsigned disc)
{
	int fy = y->how->fy;

	if (fy >= 2019)
		snprintf(
		    out, 33, "KAITEI_R%02d_%u_%u", fy - 2018, disc, y->discs);
	else
		snprintf(out, 33, "KAITEI_%d_%u_%u", fy, disc, y->discs);
}

static int
add_tag(struct year *y, struct disc *m, struct item *tag, const char *path,
    struct kt_buf *bytes)
{
	int rc;

	*tag = (struct item){ .path = path };
	spool_begin(&y->spool);
	rc = spool_put(&y->spool, bytes->p, bytes->len, y->d);
	spool_end(&y->spool, tag);
	m->list[m->n] = tag;
	m->flat[m->n++] = *tag;
	kt_buf_release(bytes);
	return rc;
}

static void
add_item(struct disc *m, struct item *item)
{
	m->list[m->n] = item;
	m->flat[m->n++] = *item;
}

/* The tag files, each made of what stands before it. */
static int
add_tags(struct year *y, struct disc *m, unsigned disc)
{
	const struct bag_about bag = { .organization = y->how->organization,
		.title = y->how->title,
		.fy = y->how->fy,
		.date = y->how->date,
		.disc = disc,
		.discs = y->discs };
	struct kt_buf b = KT_BUF_INIT;
	int rc;

	kt_buf_puts(&b, bag_bagit);
	rc = add_tag(y, m, &m->tag[0], "bagit.txt", &b);
	b = (struct kt_buf)KT_BUF_INIT;
	bag_info(&b, &bag, m->flat, m->n);
	if (rc == KT_OK)
		rc = add_tag(y, m, &m->tag[1], "bag-info.txt", &b);
	b = (struct kt_buf)KT_BUF_INIT;
	bag_manifest(&b, m->flat, m->n, true);
	if (rc == KT_OK)
		rc = add_tag(y, m, &m->tag[2], "manifest-sha256.txt", &b);
	b = (struct kt_buf)KT_BUF_INIT;
	bag_manifest(&b, m->flat, m->n, false);
	if (rc == KT_OK)
		rc = add_tag(y, m, &m->tag[3], "tagmanifest-sha256.txt", &b);
	return rc;
}

static int
compose(struct year *y, struct disc *m, unsigned disc)
{
	int rc = papers_index(y, disc, &m->index);

	if (rc == KT_OK)
		rc = papers_events(y, &m->xml, &m->xlsx);
	if (rc == KT_OK)
		rc = papers_readme(y, disc, &m->readme);
	if (rc != KT_OK)
		return rc;
	m->list = kt_calloc(y->n + 16, sizeof(*m->list));
	m->flat = kt_calloc(y->n + 16, sizeof(*m->flat));
	add_item(m, &m->readme.item);
	add_item(m, &m->index.item);
	for (size_t i = 0; i < y->n; i++)
		if (y->at[i].disc == disc)
			add_item(m, &y->at[i].item);
	add_item(m, &m->xml.item);
	add_item(m, &m->xlsx.item);
	rc = names_check(m->flat, m->n, y->d);
	if (rc == KT_OK)
		rc = add_tags(y, m, disc);
	volume_name(m->about.volume, y, disc);
	m->about.publisher = "KAITEI";
	m->about.application = "KAITEI";
	m->about.date = y->how->date;
	return rc;
}

static void
disc_release(struct disc *m)
{
	kt_outfile_free(m->out);
	free(m->list);
	free(m->flat);
}

/* ---- how many discs ----------------------------------------------------- */

/* Plan, compose, ask libisofs for the true size; where the estimate was too
 * low, plan again with more in reserve. */
static int
compose_all(struct year *y, struct disc **out)
{
	int64_t reserve = RESERVE, size = 0;
	struct disc *m = NULL;
	int rc;

	for (;; reserve *= 2) {
		bool fits = true;

		rc = plan_discs(y, reserve);
		if (rc != KT_OK)
			return rc;
		m = kt_calloc(y->discs, sizeof(*m));
		for (unsigned i = 0; rc == KT_OK && fits && i < y->discs; i++) {
			rc = compose(y, &m[i], i + 1);
			if (rc == KT_OK)
				rc = image_size(&m[i].about, m[i].list, m[i].n,
				    &size, y->d);
			fits = size <= y->how->capacity;
		}
		if (rc != KT_OK || fits)
			break;
		for (unsigned i = 0; i < y->discs; i++)
			disc_release(&m[i]);
		free(m);
		m = NULL;
	}
	*out = m;
	return rc;
}

/* ---- writing ------------------------------------------------------------ */

/* X.iso; of several X-1.iso, X-2.iso. */
static const char *
disc_path(struct year *y, unsigned disc, const char *suffix)
{
	const char *out = y->how->out, *dot = strrchr(out, '.');
	int stem = dot == NULL || strchr(dot, '/') != NULL ? (int)strlen(out)
							   : (int)(dot - out);

	if (y->discs == 1)
		return kt_arena_printf(y->arena, "%.*s%s", stem, out, suffix);
	return kt_arena_printf(y->arena, "%.*s-%u%s", stem, out, disc, suffix);
}

static const char *
image_path(struct year *y, unsigned disc)
{
	const char *dot = strrchr(y->how->out, '.');

	return disc_path(
	    y, disc, dot == NULL || strchr(dot, '/') != NULL ? "" : dot);
}

static int
write_disc(struct year *y, struct disc *m, unsigned disc)
{
	int rc;

	m->path = image_path(y, disc);
	rc = kt_outfile_open(&m->out, m->path, y->d);
	if (rc == KT_OK)
		rc = image_write(m->out, &m->about, m->list, m->n, &y->spool,
		    y->store, y->how->watch, m->made->sha256, y->d);
	if (rc != KT_OK)
		return rc;
	m->made->disc = disc;
	m->made->files = m->n;
	m->made->bytes = kt_outfile_size(m->out);
	m->made->path = m->path;
	snprintf(
	    m->made->volume, sizeof(m->made->volume), "%s", m->about.volume);
	return KT_OK;
}

static int
put_file(const char *path, const void *bytes, size_t n, struct kt_diag *d)
{
	struct kt_outfile *out = NULL;
	int rc = kt_outfile_open(&out, path, d);

	if (rc == KT_OK)
		rc = kt_outfile_put(out, bytes, n, d);
	if (rc == KT_OK)
		rc = kt_outfile_finish(out, d);
	kt_outfile_free(out);
	return rc;
}

/* The digest as sha256sum writes it, and the label sheet. */
static int
write_beside(struct year *y, struct disc *m, unsigned disc)
{
	const char *slash = strrchr(m->path, '/');
	const char *line = kt_arena_printf(y->arena, "%s  %s\n",
	    m->made->sha256, slash == NULL ? m->path : slash + 1);
	struct kt_buf label = KT_BUF_INIT;
	int rc = put_file(kt_arena_printf(y->arena, "%s.sha256", m->path), line,
	    strlen(line), y->d);

	if (rc == KT_OK)
		rc = papers_label(&label, y, m->made);
	if (rc == KT_OK)
		rc = put_file(disc_path(y, disc, "_ラベル.docx"), label.p,
		    label.len, y->d);
	kt_buf_release(&label);
	return rc;
}

static int
write_all(struct year *y, struct disc *m, struct kt_archive_made *done)
{
	int rc = KT_OK;

	done->arena = y->arena;
	done->disc = KT_NEWN(y->arena, struct kt_archive_disc, y->discs);
	done->n = y->discs;
	for (unsigned i = 0; rc == KT_OK && i < y->discs; i++) {
		m[i].made = &done->disc[i];
		rc = write_disc(y, &m[i], i + 1);
	}
	for (unsigned i = 0; rc == KT_OK && i < y->discs; i++)
		rc = kt_outfile_finish(m[i].out, y->d);
	for (unsigned i = 0; rc == KT_OK && i < y->discs; i++)
		rc = write_beside(y, &m[i], i + 1);
	return rc;
}

/* ---- all of it
 * ---------------------------------------------------------------
 */

static int
gather(struct year *y)
{
	int given = gather_deliverables(y), rc = KT_OK, marks, sizes;

	if (given != KT_OK && given != KT_EDENIED)
		return given;
	/* What must not leave and what fits nowhere is listed whole before
	 * anything is made. */
	marks = gather_marks(y);
	sizes = plan_early(y, RESERVE);
	if (given != KT_OK || marks != KT_OK)
		rc = given != KT_OK ? given : marks;
	else if (sizes != KT_OK)
		rc = sizes;
	if (rc == KT_OK)
		rc = gather_documents(y);
	if (rc == KT_OK)
		rc = gather_links(y);
	if (rc == KT_OK)
		rc = gather_machine(y);
	if (rc == KT_OK && y->documents == 0 && y->deliverables == 0)
		rc = kt_report(
		    y->d, .id = KT_M_ARCHIVE_EMPTY, .a = year_name(y));
	return rc;
}

int
kt_archive_build(struct kt_archive_made *out, struct kt_store *store,
    const struct kt_archive_how *how, struct kt_diag *d)
{
	struct year y = {
		.store = store, .how = how, .adopted = KT_BUF_INIT, .d = d
	};
	struct disc *discs = NULL;
	int rc;

	memset(out, 0, sizeof(*out));
	y.arena = kt_arena_new();
	y.first = (struct kt_date){ how->fy, 4, 1 };
	y.last = (struct kt_date){ how->fy + 1, 3, 31 };
	rc = spool_open(&y.spool, how->out, d);
	if (rc == KT_OK)
		rc = gather(&y);
	if (rc == KT_OK)
		rc = compose_all(&y, &discs);
	if (rc == KT_OK)
		rc = write_all(&y, discs, out);
	for (unsigned i = 0; discs != NULL && i < y.discs; i++)
		disc_release(&discs[i]);
	free(discs);
	spool_close(&y.spool);
	kt_register_free(y.reg);
	kt_buf_release(&y.adopted);
	free(y.at);
	free(y.event);
	free(y.unit_name);
	free(y.told);
	if (rc != KT_OK) {
		kt_arena_free(y.arena);
		memset(out, 0, sizeof(*out));
	}
	return rc;
}

void
kt_archive_made_release(struct kt_archive_made *made)
{
	if (made->arena != NULL)
		kt_arena_free(made->arena);
	made->arena = NULL;
}
