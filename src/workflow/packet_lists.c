/* SPDX-License-Identifier: MIT */
/* What the enclosures tell of a draft as a whole: 概要, 改正理由, 関係文書 and
 * 審査記録, lists on A4 landscape with room for what people write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>

#include "packet_int.h"

#define COLUMNS_MAX 6

struct form {
	const char *heads[COLUMNS_MAX];
	double widths[COLUMNS_MAX];
	size_t columns;
};

/* Tables in the making. */
struct listing {
	const struct form *form;
	struct kt_arena *arena;
	const char **cells; /* of all tables, one after the other */
	size_t ncells, cap;
	struct kt_sheet *sheets;
	size_t nsheets, sheets_cap;
};

/* Every list has one table, and more where documents have one each. */
static void
begin_table(struct listing *l, const char *name)
{
	KT_GROW(l->sheets, l->nsheets, l->sheets_cap);
	l->sheets[l->nsheets++] = (struct kt_sheet){ .name = name,
		.heads = l->form->heads,
		.widths = l->form->widths,
		.columns = l->form->columns };
}

/* Of the row at hand; the last one ends it. */
static void
put_cell(struct listing *l, const char *words)
{
	KT_GROW(l->cells, l->ncells, l->cap);
	l->cells[l->ncells++] = kt_arena_strdup(l->arena, words);
	l->sheets[l->nsheets - 1].rows += l->ncells % l->form->columns == 0;
}

static void
put_buf(struct listing *l, struct kt_buf *words)
{
	put_cell(l, words->len > 0 ? words->p : "");
	kt_buf_release(words);
}

static int
write_list(struct packing *k, unsigned number, const char *name,
    const char *title, struct listing *l)
{
	const char **at = l->cells;
	int rc;

	for (size_t i = 0; i < l->nsheets; i++) {
		l->sheets[i].cells = at;
		at += l->sheets[i].rows * l->form->columns;
	}
	rc = kt_write_sheets_docx(packet_paper(k, number, name, "", "docx"),
	    title, k->stand, l->sheets, l->nsheets, k->d);
	free(l->cells);
	free(l->sheets);
	kt_arena_free(l->arena);
	return rc;
}

/* ---- 概要 -----------------------------------------------------------------
 */

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

static void
sum_up(struct listing *l, const struct kt_draft_doc *x)
{
	char n[24];

	for (int f = 0; f < KT_FATES; f++) {
		if (x->list->sum[f] == 0)
			continue;
		snprintf(n, sizeof(n), "%zu", x->list->sum[f]);
		put_cell(l, title_of(x));
		put_cell(l, fate_word((enum kt_fate)f));
		put_cell(l, n);
	}
	if (x->list->count == 0) {
		put_cell(l, title_of(x));
		put_cell(l, "文書の情報（条文は変わらない。）");
		put_cell(l, "");
	}
}

static int
pack_summary(struct packing *k)
{
	static const struct form form = { { "文書", "変更", "件数" },
		{ 60, 30, 10 }, 3 };
	struct listing l = { .form = &form, .arena = kt_arena_new() };

	begin_table(&l, "");
	for (size_t i = 0; i < k->p->count; i++)
		sum_up(&l, &k->p->at[i]);
	return write_list(k, 5, "概要", "改正の概要", &l);
}

/* ---- 改正理由 -------------------------------------------------------------
 */

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
put_pair(struct listing *l, const struct packing *k,
    const struct kt_draft_doc *x, const struct kt_pair *p)
{
	struct kt_buf reasons = KT_BUF_INIT;
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	put_clauses(&old, x->old, p->old, p->nold);
	put_clauses(&new, x->new, p->new, p->nnew);
	put_reasons(&reasons, k, x, p);
	put_buf(l, &old);
	put_buf(l, &new);
	/* Its words changed, whatever became of its number. */
	put_cell(l, p->fate == KT_RENUMBERED ? "改正（番号の変更を含む。）"
					     : fate_word(p->fate));
	put_buf(l, &reasons);
}

/* A table a document: its title in every row would leave no room. */
static int
pack_reasons(struct packing *k)
{
	static const struct form form = {
		{ "現行", "改正案", "変更", "改正理由" }, { 16, 16, 14, 54 }, 4
	};
	struct listing l = { .form = &form, .arena = kt_arena_new() };

	for (size_t i = 0; i < k->p->count; i++) {
		const struct kt_draft_doc *x = &k->p->at[i];

		begin_table(&l, title_of(x));
		for (size_t q = 0; q < x->list->npairs; q++)
			if (x->list->pairs[q].changed)
				put_pair(&l, k, x, &x->list->pairs[q]);
	}
	return write_list(k, 6, "改正理由", "改正理由", &l);
}

/* ---- 関係文書 -------------------------------------------------------------
 */

/* How people call a document of the draft or of the store, and its id. */
static void
put_name(struct listing *l, const struct packing *k, const char *id)
{
	struct kt_buf name = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	const char *path;

	if (kt_store_document(&path, k->s, id, k->p->draft.tip, NULL, NULL) ==
		KT_OK &&
	    propose_read(&doc, k->s, path, k->p->draft.tip, NULL) == KT_OK &&
	    doc->meta.title[0] != '\0')
		kt_buf_printf(&name, "%s（%s）", doc->meta.title, id);
	else
		kt_buf_puts(&name, id);
	put_buf(l, &name);
	kt_doc_free(doc);
}

static int
pack_dependants(struct packing *k)
{
	static const struct form form = { { "関係文書", "もとの文書",
					      "引用箇所", "この案で" },
		{ 26, 26, 38, 10 }, 4 };
	struct listing l = { .form = &form };
	struct kt_dependences *list = NULL;
	int rc = kt_dependences_read(&list, k->s, k->p, k->d);

	if (rc != KT_OK)
		return rc;
	l.arena = kt_arena_new();
	begin_table(&l, "");
	for (size_t i = 0; i < list->count; i++) {
		put_name(&l, k, list->at[i].id);
		put_name(&l, k, list->at[i].of);
		put_cell(&l, list->at[i].places);
		put_cell(&l, list->at[i].changed ? "改正する" : "改正しない");
	}
	kt_dependences_free(list);
	return write_list(k, 7, "関係文書", "関係文書", &l);
}

/* ---- 審査記録 -------------------------------------------------------------
 */

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
	static const struct form form = { { "番号", "種類", "氏名・役割",
					      "条項", "内容", "効力" },
		{ 11, 9, 16, 15, 39, 10 }, 6 };
	static const char *const words[KT_RV_KINDS] = { "再開", "終了", "意見",
		"解決", "審査済", "改正理由", "承認", "異議", "取消し",
		"公布" };
	struct listing l = { .form = &form, .arena = kt_arena_new() };

	begin_table(&l, "");
	for (size_t i = 0; i < k->nops; i++) {
		const struct kt_review *op = &k->ops[i];
		struct kt_buf who = KT_BUF_INIT;
		char id[11] = "";

		memcpy(id, op->id, 10);
		kt_buf_puts(&who, op->author.name);
		if (op->role[0] != '\0')
			kt_buf_printf(&who, "（%s）", op->role);
		put_cell(&l, id);
		put_cell(&l, words[op->kind]);
		put_buf(&l, &who);
		put_cell(&l, op->clause);
		put_cell(&l, op->text);
		put_cell(&l, standing_of(k, op));
	}
	return write_list(k, 8, "審査記録", "審査記録", &l);
}

int
packet_lists(struct packing *k)
{
	int rc = pack_summary(k);

	if (rc == KT_OK)
		rc = pack_reasons(k);
	if (rc == KT_OK)
		rc = pack_dependants(k);
	if (rc == KT_OK)
		rc = pack_record(k);
	return rc;
}
