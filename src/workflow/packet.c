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
#include <kaitei/read.h>
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

/* Where words do not do, or the house has it so, the table is the
 * instrument. */
static int
pack_instrument(struct packing *k, const struct kt_draft_doc *x)
{
	const struct kt_profile *house = k->how->profile;
	struct kt_table_how table = table_how(k);
	struct kt_buf text = KT_BUF_INIT;
	int rc;

	if (house != NULL && house->enacting) {
		rc = kt_instrument_table(
		    packet_paper(k, 1, "改正文", x->id, "docx"), x->list,
		    &propose_style, &table, k->d);
	} else if (kt_instrument_of(&text, x)) {
		struct kt_buf *to = packet_paper(k, 1, "改正文", x->id, "txt");

		kt_buf_put(to, text.p, text.len);
		rc = kt_instrument_docx(
		    packet_paper(k, 1, "改正文", x->id, "docx"), x->list,
		    text.p, &propose_style, k->new_pictures, false, k->d);
	} else {
		table.profile = kt_profile_find(house != NULL && house->vertical
						    ? "houshikisho-tate"
						    : "houshikisho");
		rc = kt_instrument_table(
		    packet_paper(k, 1, "改正文", x->id, "docx"), x->list,
		    &propose_style, &table, k->d);
	}
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
	int rc = x->is_new ? KT_OK : pack_instrument(k, x);

	if (rc == KT_OK && !x->is_new)
		rc = pack_table(k, x);
	if (rc == KT_OK && !x->is_new)
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

/* ---- papers of the draft ------------------------------------------------- */

/* A cell of a table in our Markdown: one line, no bar of its own. */
static void
put_cell(struct kt_buf *out, const char *text)
{
	kt_buf_putc(out, ' ');
	for (; *text != '\0'; text++) {
		if (*text == '|' || *text == '\\' || *text == '<' ||
		    *text == '*' || *text == '_' || *text == '`' ||
		    *text == '[')
			kt_buf_putc(out, '\\');
		kt_buf_putc(out, *text == '\n' ? ' ' : *text);
	}
	kt_buf_puts(out, " |");
}

static void
put_head(struct kt_buf *out, const struct packing *k, const char *title,
    const char *columns)
{
	size_t n = 1;

	kt_buf_printf(out, "# %s\n\n%s\n\n| %s |\n|", title, k->stand, columns);
	for (const char *p = columns; *p != '\0'; p++)
		n += *p == '|';
	for (; n > 0; n--)
		kt_buf_puts(out, "---|");
	kt_buf_putc(out, '\n');
}

static int
pack_markdown(struct packing *k, unsigned number, const char *what,
    const struct kt_buf *text)
{
	struct kt_render render = { .as_of = "", .lang = KT_JA };
	struct kt_doc *doc = NULL;
	int rc = kt_read_markdown(&doc, what, text->p, text->len, k->d);

	if (rc == KT_OK)
		rc = kt_write_docx(packet_paper(k, number, what, "", "docx"),
		    doc, &render, k->d);
	kt_doc_free(doc);
	return rc;
}

static const char *
fate_word(enum kt_fate fate)
{
	static const char *const words[KT_FATES] = { [KT_ADDED] = "新設",
		[KT_DELETED] = "削除",
		[KT_MODIFIED] = "改正",
		[KT_MOVED] = "移動",
		[KT_RENUMBERED] = "番号の変更",
		[KT_SPLIT] = "分割",
		[KT_MERGED] = "統合" };

	return words[fate];
}

static const char *
title_of(const struct kt_draft_doc *x)
{
	return x->new->meta.title[0] != '\0' ? x->new->meta.title : x->id;
}

static int
pack_summary(struct packing *k)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	put_head(&out, k, "改正の概要", "文書 | 変更 | 件数");
	for (size_t i = 0; i < k->p->count; i++)
		for (int f = 0; f < KT_FATES; f++) {
			char n[24];

			if (k->p->at[i].list->sum[f] == 0)
				continue;
			snprintf(n, sizeof(n), "%zu", k->p->at[i].list->sum[f]);
			kt_buf_putc(&out, '|');
			put_cell(&out, title_of(&k->p->at[i]));
			put_cell(&out, fate_word((enum kt_fate)f));
			put_cell(&out, n);
			kt_buf_putc(&out, '\n');
		}
	rc = pack_markdown(k, 5, "概要", &out);
	kt_buf_release(&out);
	return rc;
}

/* Is one the other, or does it lie in it?  第8条の2 does not lie in 第8条. */
static bool
is_within(const char *a, const char *b)
{
	size_t n = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
	const char *rest = strlen(a) < strlen(b) ? b + n : a + n;

	return n > 0 && strncmp(a, b, n) == 0 &&
	       strncmp(rest, "の", strlen("の")) != 0 &&
	       !(rest[0] >= '0' && rest[0] <= '9') && rest[0] != '.';
}

/* Does a reason belong to the pair?  One for a clause in it does too, and one
 * for a clause that is taken out to where it stood. */
static bool
is_reason_for(const struct kt_draft_doc *x, const struct kt_pair *p,
    const struct kt_review *op, const char *now)
{
	bool gone = p->nnew == 0;

	if (gone != (now[0] == '\0'))
		return false;
	for (uint32_t i = 0; i < (gone ? p->nold : p->nnew); i++)
		if (gone ? is_within(kt_addr(x->old, p->old[i]), op->clause)
			 : is_within(kt_addr(x->new, p->new[i]), now))
			return true;
	return false;
}

static void
put_reasons(struct kt_buf *out, const struct packing *k,
    const struct kt_draft_doc *x, const struct kt_pair *p)
{
	struct kt_arena *a = kt_arena_new();

	for (size_t i = 0; i < k->nops; i++) {
		const struct kt_review *op = &k->ops[i];

		if (op->kind == KT_RV_REASON &&
		    strcmp(op->document, x->id) == 0 &&
		    is_reason_for(x, p, op,
			kt_clause_now(k->s, op->document, op->revision,
			    op->clause, k->p->draft.tip, a)))
			kt_buf_printf(
			    out, "%s%s", out->len == 0 ? "" : "　", op->text);
	}
	kt_arena_free(a);
}

/* The clauses of one side, with 、 between them. */
static void
put_clauses(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node **at, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		kt_buf_printf(
		    out, "%s%s", i == 0 ? "" : "、", kt_addr(doc, at[i]));
}

static void
put_pair(struct kt_buf *out, const struct packing *k,
    const struct kt_draft_doc *x, const struct kt_pair *p)
{
	struct kt_buf reasons = KT_BUF_INIT;
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	put_clauses(&old, x->old, p->old, p->nold);
	put_clauses(&new, x->new, p->new, p->nnew);
	put_reasons(&reasons, k, x, p);
	kt_buf_putc(out, '|');
	put_cell(out, title_of(x));
	put_cell(out, old.p);
	put_cell(out, new.p);
	/* Its words changed, whatever became of its number. */
	put_cell(out, p->fate == KT_RENUMBERED ? "改正（番号の変更を含む。）"
					       : fate_word(p->fate));
	put_cell(out, reasons.p);
	kt_buf_putc(out, '\n');
	kt_buf_release(&reasons);
	kt_buf_release(&old);
	kt_buf_release(&new);
}

static int
pack_reasons(struct packing *k)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	put_head(&out, k, "改正理由", "文書 | 現行 | 改正案 | 変更 | 改正理由");
	for (size_t i = 0; i < k->p->count; i++) {
		const struct kt_draft_doc *x = &k->p->at[i];

		for (size_t q = 0; q < x->list->npairs; q++)
			if (x->list->pairs[q].changed)
				put_pair(&out, k, x, &x->list->pairs[q]);
	}
	rc = pack_markdown(k, 6, "改正理由", &out);
	kt_buf_release(&out);
	return rc;
}

/* How people call a document of the draft or of the store, and its id. */
static void
put_name(struct kt_buf *out, const struct packing *k, const char *id)
{
	struct kt_buf name = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	const char *path;

	if (kt_store_document(&path, k->s, id, k->p->draft.tip, NULL, NULL) ==
		KT_OK &&
	    propose_read(&doc, k->s, path, k->p->draft.tip, NULL) == KT_OK &&
	    doc->meta.title[0] != '\0')
		kt_buf_printf(&name, "%s（%s）", doc->meta.title, id);
	put_cell(out, name.len > 0 ? name.p : id);
	kt_doc_free(doc);
	kt_buf_release(&name);
}

static int
pack_dependants(struct packing *k)
{
	struct kt_dependences *list = NULL;
	struct kt_buf out = KT_BUF_INIT;
	int rc = kt_dependences_read(&list, k->s, k->p, k->d);

	if (rc != KT_OK)
		return rc;
	put_head(
	    &out, k, "関係文書", "関係文書 | もとの文書 | 引用箇所 | この案で");
	for (size_t i = 0; i < list->count; i++) {
		kt_buf_putc(&out, '|');
		put_name(&out, k, list->at[i].id);
		put_name(&out, k, list->at[i].of);
		put_cell(&out, list->at[i].places);
		put_cell(&out, list->at[i].changed ? "改正する" : "改正しない");
		kt_buf_putc(&out, '\n');
	}
	rc = pack_markdown(k, 7, "関係文書", &out);
	kt_buf_release(&out);
	kt_dependences_free(list);
	return rc;
}

static const char *
standing_of(const struct packing *k, const struct kt_review *op)
{
	for (size_t i = 0; i < k->approvals->count; i++)
		if (k->approvals->at[i].op == op ||
		    strcmp(k->approvals->at[i].op->id, op->id) == 0)
			return kt_standing_name(
			    k->approvals->at[i].standing, KT_JA);
	return "";
}

static int
pack_record(struct packing *k)
{
	static const char *const words[KT_RV_KINDS] = { "再開", "終了", "意見",
		"解決", "審査済", "改正理由", "承認", "異議", "取消し",
		"公布" };
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	put_head(&out, k, "審査記録",
	    "番号 | 種類 | 氏名 | 役割 | 条項 | 内容 | 効力");
	for (size_t i = 0; i < k->nops; i++) {
		const struct kt_review *op = &k->ops[i];
		char id[11] = "";

		memcpy(id, op->id, 10);
		kt_buf_putc(&out, '|');
		put_cell(&out, id);
		put_cell(&out, words[op->kind]);
		put_cell(&out, op->author.name);
		put_cell(&out, op->role);
		put_cell(&out, op->clause);
		put_cell(&out, op->text);
		put_cell(&out, standing_of(k, op));
		kt_buf_putc(&out, '\n');
	}
	rc = pack_markdown(k, 8, "審査記録", &out);
	kt_buf_release(&out);
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
		rc = pack_summary(k);
	if (rc == KT_OK)
		rc = pack_reasons(k);
	if (rc == KT_OK)
		rc = packet_impact(k);
	if (rc == KT_OK)
		rc = pack_dependants(k);
	if (rc == KT_OK)
		rc = pack_record(k);
	return rc;
}

int
kt_packet_write(struct kt_store *s, const char *name,
    const struct kt_table_how *how, const char *dir, struct kt_diag *d)
{
	struct packing k = { .s = s, .how = how, .d = d };
	int rc = pack_all(&k, name);

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
