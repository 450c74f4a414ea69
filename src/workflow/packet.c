/* SPDX-License-Identifier: MIT */
/*
 * The enclosures of a proposal, 添付書類一式, in one folder.  Every paper is
 * made and proved in memory first; the folder appears whole or not at all.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#include "packet_int.h"

struct kt_buf *
packet_paper(struct packing *k, unsigned number, const char *what,
    const char *id, const char *suffix)
{
	struct kt_buf name = KT_BUF_INIT;

	kt_buf_printf(&name, "%02u_%s%s%s.%s", number, what,
	    id[0] == '\0' ? "" : "_", id, suffix);
	KT_GROW(k->at, k->n, k->cap);
	k->at[k->n] = (struct paper){ kt_buf_detach(&name), KT_BUF_INIT };
	return &k->at[k->n++].bytes;
}

/* ---- papers of a document ------------------------------------------------ */

static struct kt_table_how
table_how(const struct packing *k)
{
	struct kt_table_how how = *k->how;

	how.old_pictures = k->old_pictures;
	how.new_pictures = k->new_pictures;
	return how;
}

static int
pack_sentences(
    struct packing *k, const struct kt_draft_doc *x, const struct kt_buf *text)
{
	struct kt_buf *to = packet_paper(k, 1, "改正文", x->id, "txt");

	kt_buf_put(to, text->p, text->len);
	return kt_instrument_docx(packet_paper(k, 1, "改正文", x->id, "docx"),
	    x->list, text->p, &propose_style, k->new_pictures, false, k->d);
}

/* Where words do not do, or the house has it so, the table is the instrument.
 * Where no provision changes there is none. */
static int
pack_instrument(struct packing *k, const struct kt_draft_doc *x)
{
	const struct kt_profile *house = k->how->profile;
	bool enacting = house != NULL && house->enacting;
	struct kt_table_how table = table_how(k);
	struct kt_buf text = KT_BUF_INIT;
	bool said = kt_instrument_of(&text, x);
	int rc = KT_OK;

	if (!enacting)
		table.profile = kt_profile_find(house != NULL && house->vertical
						    ? "houshikisho-tate"
						    : "houshikisho");
	if (said && text.len > 0 && !enacting)
		rc = pack_sentences(k, x, &text);
	else if (!said || text.len > 0)
		rc = kt_instrument_table(
		    packet_paper(k, 1, "改正文", x->id, "docx"), x->list,
		    &propose_style, &table, k->d);
	kt_buf_release(&text);
	return rc;
}

/* For reference; a layout that enacts is that of the instrument. */
static int
pack_table(struct packing *k, const struct kt_draft_doc *x)
{
	struct kt_table_how table = table_how(k);

	if (table.profile != NULL && table.profile->enacting)
		table.profile = NULL;
	return kt_write_table_docx(
	    packet_paper(k, 2, "新旧対照表", x->id, "docx"), x->list, &table,
	    k->d);
}

static int
pack_papers(struct packing *k, const struct kt_draft_doc *x)
{
	struct kt_redline redline = { .author = k->p->draft.author.name,
		.old_pictures = k->old_pictures,
		.new_pictures = k->new_pictures };
	struct kt_render render = { .commentary = true,
		.as_of = k->stand,
		.lang = KT_JA,
		.pictures = k->new_pictures };
	/* A new document replaces none; front matter is in no paper. */
	bool alone = x->is_new || x->list->count == 0;
	int rc = alone ? KT_OK : pack_instrument(k, x);

	if (rc == KT_OK && !alone)
		rc = pack_table(k, x);
	if (rc == KT_OK && !alone)
		rc = kt_write_redline(
		    packet_paper(k, 3, "見え消し", x->id, "docx"), x->list,
		    &redline, k->d);
	if (rc == KT_OK)
		rc = kt_write_docx(
		    packet_paper(k, 4, "溶け込み案", x->id, "docx"), x->new,
		    &render, k->d);
	return rc;
}

static int
pack_document(struct packing *k, const struct kt_draft_doc *x)
{
	int rc;

	k->old_pictures = kt_figures_read(k->s, x->old, k->d);
	k->new_pictures = kt_figures_read(k->s, x->new, k->d);
	kt_figures_compare(k->old_pictures, k->new_pictures, x->new, k->d);
	rc = pack_papers(k, x);
	kt_pictures_free(k->old_pictures);
	kt_pictures_free(k->new_pictures);
	return rc;
}

/* ---- the folder ---------------------------------------------------------- */

static void
pack_manifest(struct packing *k)
{
	struct kt_buf out = KT_BUF_INIT;

	for (size_t i = 0; i < k->n; i++) {
		char hex[KT_SHA256_LEN + 1];

		kt_sha256(hex, k->at[i].bytes.p, k->at[i].bytes.len);
		kt_buf_printf(&out, "%s  %s\n", hex, k->at[i].name);
	}
	KT_GROW(k->at, k->n, k->cap);
	k->at[k->n++] = (struct paper){ kt_strdup("manifest-sha256.txt"), out };
}

static bool
is_same_folder(const char *a, const char *b, bool *there)
{
	struct stat sa, sb;

	*there = stat(a, &sa) == 0 && stat(b, &sb) == 0;
	return *there && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

/* A store is a bare repository: nobody looks for papers among its files. */
static bool
is_in_store(const char *dir, const struct kt_store *s)
{
	const char *name = strrchr(dir, '/');
	struct kt_buf at = KT_BUF_INIT, above = KT_BUF_INIT;
	bool in, top, there;

	if (name == NULL)
		kt_buf_putc(&at, '.');
	else
		kt_buf_put(&at, dir, (size_t)(name - dir) + (name == dir));
	do {
		in = is_same_folder(at.p, kt_store_path(s), &there);
		kt_buf_clear(&above);
		kt_buf_printf(&above, "%s/..", at.p);
		top = is_same_folder(at.p, above.p, &there);
		kt_buf_puts(&at, "/..");
	} while (!in && !top && there);
	kt_buf_release(&at);
	kt_buf_release(&above);
	return in;
}

static int
write_folder(struct packing *k, const char *dir)
{
	struct kt_buf temp = KT_BUF_INIT, path = KT_BUF_INIT;
	int rc = KT_OK;

	kt_buf_printf(&temp, "%s.XXXXXX", dir);
	/* An empty folder may stand there. */
	if (rmdir(dir) != 0 && errno != ENOENT) {
		rc = kt_report(k->d, .id = KT_M_PACKET_THERE, .a = dir);
		goto out;
	}
	if (mkdtemp(temp.p) == NULL) {
		rc = kt_file_error(k->d, dir, errno);
		goto out;
	}
	chmod(temp.p, 0755);
	for (size_t i = 0; i < k->n && rc == KT_OK; i++) {
		kt_buf_clear(&path);
		kt_buf_printf(&path, "%s/%s", temp.p, k->at[i].name);
		rc = kt_file_write(
		    path.p, k->at[i].bytes.p, k->at[i].bytes.len, k->d);
	}
	if (rc == KT_OK && rename(temp.p, dir) != 0)
		rc = kt_file_error(k->d, dir, errno);
	for (size_t i = 0; i < k->n && rc != KT_OK; i++) {
		kt_buf_clear(&path);
		kt_buf_printf(&path, "%s/%s", temp.p, k->at[i].name);
		unlink(path.p);
	}
	if (rc != KT_OK)
		rmdir(temp.p);
out:
	kt_buf_release(&temp);
	kt_buf_release(&path);
	return rc;
}

static int
pack_all(struct packing *k, const char *name)
{
	int rc = kt_draft_diff_read(&k->p, k->s, name, k->d);

	if (rc == KT_OK && k->p->count == 0)
		rc = kt_report(k->d, .id = KT_M_DRAFT_NOTHING, .a = name);
	if (rc == KT_OK && k->p->conflicts > 0)
		rc =
		    kt_report(k->d, .id = KT_M_DRAFT_OPEN_CONFLICTS, .a = name);
	if (rc == KT_OK)
		rc = propose_references(k->s, k->p, k->d);
	if (rc == KT_OK)
		rc = kt_approvals_read(&k->approvals, k->s, k->p, k->d);
	if (rc == KT_OK)
		rc = kt_review_list(k->s, name, &k->ops, &k->nops, k->d);
	if (rc != KT_OK)
		return rc;
	snprintf(k->stand, sizeof(k->stand), "改正案「%.60s」　版 %.10s", name,
	    k->p->draft.tip);
	for (size_t i = 0; i < k->p->count && rc == KT_OK; i++)
		rc = pack_document(k, &k->p->at[i]);
	if (rc == KT_OK)
		rc = packet_lists(k);
	if (rc == KT_OK)
		rc = packet_impact(k);
	return rc;
}

int
kt_packet_write(struct kt_store *s, const char *name,
    const struct kt_table_how *how, const char *dir, struct kt_diag *d)
{
	struct packing k = { .s = s, .how = how, .d = d };
	int rc = is_in_store(dir, s)
		     ? kt_report(d, .id = KT_M_PACKET_IN_STORE, .a = dir)
		     : pack_all(&k, name);

	if (rc == KT_OK) {
		pack_manifest(&k);
		rc = write_folder(&k, dir);
	}
	for (size_t i = 0; i < k.n; i++) {
		free(k.at[i].name);
		kt_buf_release(&k.at[i].bytes);
	}
	free(k.at);
	kt_approvals_free(k.approvals);
	kt_draft_diff_free(k.p);
	return rc;
}
