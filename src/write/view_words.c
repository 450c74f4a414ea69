/* SPDX-License-Identifier: MIT */
/* What a change is, in words for people. */
#include "view_int.h"

#include <string.h>

#include <kaitei/write.h>

static const char *const fates[KT_FATES][2] = {
	[KT_ADDED] = { "新設", "added" },
	[KT_DELETED] = { "削除", "deleted" },
	[KT_MODIFIED] = { "改正", "modified" },
	[KT_MOVED] = { "移動", "moved" },
	[KT_RENUMBERED] = { "番号ずれ", "renumbered" },
	[KT_SPLIT] = { "分割", "split" },
	[KT_MERGED] = { "統合", "merged" },
};

static const char *const classes[KT_CLASSES][2] = {
	[KT_C_NONE] = { "内容は同じ", "same content" },
	[KT_C_SUBSTANCE] = { "実質", "substance" },
	[KT_C_NOTATION] = { "表記のみ", "notation only" },
	[KT_C_REFERENCE] = { "引用", "references" },
	[KT_C_CAPTION] = { "見出し", "caption" },
};

static const char *const spans[KT_SPAN_CLASSES][2] = {
	[KT_SC_NONE] = { "", "" },
	[KT_SC_SUBSTANCE] = { "", "" },
	[KT_SC_NOTATION] = { "表記", "notation" },
	[KT_SC_REF_FOLLOWED] = { "引用の整理", "reference follows" },
	[KT_SC_REF_RETARGETED] = { "引用先の変更", "other target" },
	[KT_SC_REF_DANGLING] = { "引用先なし", "target is gone" },
	[KT_SC_MODALITY] = { "規範の強さ", "modality" },
	[KT_SC_QUANTITY] = { "数量・期限", "quantity" },
	[KT_SC_ACTOR] = { "主体", "actor" },
};

static const struct {
	enum kt_flag flag;
	const char *words[2];
} flags[] = {
	{ KT_FL_RENUMBERED, { "番号ずれ", "renumbered" } },
	{ KT_FL_MOVED, { "移動", "moved" } },
	{ KT_FL_MODALITY, { "規範の強さ", "modality" } },
	{ KT_FL_QUANTITY, { "数量・期限", "quantity" } },
	{ KT_FL_ACTOR, { "主体", "actor" } },
	{ KT_FL_DEFINITION, { "定義", "definition" } },
	{ KT_FL_REF_RETARGETED, { "引用先の変更", "other target" } },
	{ KT_FL_REF_DANGLING, { "引用先なし", "target is gone" } },
	{ KT_FL_REPLACED, { "全文を置換え", "replaced whole" } },
	{ KT_FL_LIMIT, { "比較の上限", "limit reached" } },
	{ KT_FL_COMMENTARY, { "解説", "commentary" } },
	{ KT_FL_LABEL, { "番号の書き方", "form of the label" } },
	{ KT_FL_MARKS, { "ルビ・下線", "ruby, underline" } },
	{ KT_FL_FORM, { "表の形", "form of the table" } },
};

const char *
view_fate(enum kt_fate fate, enum kt_lang lang)
{
	return fates[fate][lang];
}

const char *
view_class(enum kt_class class, enum kt_lang lang)
{
	return classes[class][lang];
}

const char *
view_span(enum kt_span_class class, enum kt_lang lang)
{
	return spans[class][lang];
}

/* A note behind those that begin at `from`, unless it is among them. */
static void
put_note(struct kt_buf *out, size_t from, const char *note, enum kt_lang lang)
{
	const char *before = lang == KT_JA ? "（" : " (";

	if (note == NULL || note[0] == '\0' ||
	    strstr(out->p + from, note) != NULL)
		return;
	if (out->len > from)
		before = lang == KT_JA ? "、" : ", ";
	kt_buf_puts(out, before);
	kt_buf_puts(out, note);
}

/* Notes of spans (義務→努力義務), each once, and of the change. */
static void
put_notes(struct kt_buf *out, const struct kt_change *c, enum kt_lang lang)
{
	size_t from = out->len;

	for (uint32_t i = 0; i < c->nspans; i++)
		put_note(out, from, c->spans[i].note, lang);
	put_note(out, from, c->note, lang);
	if (out->len > from)
		kt_buf_puts(out, lang == KT_JA ? "）" : ")");
}

void
view_change_words(
    struct kt_buf *out, const struct kt_change *c, enum kt_lang lang)
{
	const char *dot = lang == KT_JA ? "・" : ", ";

	kt_buf_puts(out, view_fate(c->fate, lang));
	for (size_t i = 0; i < KT_COUNT(flags); i++) {
		if ((c->flags & flags[i].flag) == 0)
			continue;
		if (flags[i].flag == KT_FL_RENUMBERED &&
		    c->fate == KT_RENUMBERED)
			continue;
		if (flags[i].flag == KT_FL_MOVED && c->fate == KT_MOVED)
			continue;
		kt_buf_puts(out, dot);
		kt_buf_puts(out, flags[i].words[lang]);
	}
	if (c->class != KT_C_NONE &&
	    !(c->class == KT_C_SUBSTANCE &&
		(c->fate == KT_ADDED || c->fate == KT_DELETED))) {
		kt_buf_puts(out, lang == KT_JA ? "／" : " / ");
		kt_buf_puts(out, view_class(c->class, lang));
	}
	put_notes(out, c, lang);
}

/* More clauses than this are said by the first, the last and their number. */
#define PATHS_MOST 5

/* Two places, or one when they are written alike. */
static void
put_two(struct kt_buf *out, const char *old, const char *new)
{
	kt_buf_puts(out, old);
	if (old[0] != '\0' && new[0] != '\0' && strcmp(old, new) != 0)
		kt_buf_puts(out, " → ");
	if (strcmp(old, new) != 0)
		kt_buf_puts(out, new);
}

/* One of several places that stand beside each other. */
static void
put_joint(struct kt_buf *out, uint32_t i, uint32_t n)
{
	if (i > 0)
		kt_buf_puts(out, n > PATHS_MOST ? "…" : "・");
}

/* The place behind i that is named, n behind the last. */
static uint32_t
next_named(uint32_t i, uint32_t n)
{
	return n > PATHS_MOST && i == 0 ? n - 1 : i + 1;
}

static void
put_number(struct kt_buf *out, uint32_t n)
{
	if (n > PATHS_MOST)
		kt_buf_printf(out, "（%u）", n);
}

static void
put_paths(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c, bool new_side)
{
	uint32_t n = new_side ? c->nnew : c->nold;

	for (uint32_t i = 0; i < n; i = next_named(i, n)) {
		put_joint(out, i, n);
		kt_change_path(out, list, c, new_side, i);
	}
	put_number(out, n);
}

void
view_change_place(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_change *c)
{
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	put_paths(&old, list, c, false);
	put_paths(&new, list, c, true);
	put_two(out, old.p, new.p);
	kt_buf_release(&old);
	kt_buf_release(&new);
}

static void
put_units(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node **units, uint32_t n)
{
	for (uint32_t i = 0; i < n; i = next_named(i, n)) {
		put_joint(out, i, n);
		kt_addr_write(out, doc, units[i]);
	}
	put_number(out, n);
}

void
view_pair_place(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_pair *pair)
{
	const struct kt_node *n = pair->nnew > 0 ? pair->new[0] : pair->old[0];
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	put_units(&old, list->old, pair->old, pair->nold);
	put_units(&new, list->new, pair->new, pair->nnew);
	put_two(out, old.p, new.p);
	/* The address of a heading in prose is its words. */
	if (n->caption[0] != '\0' && n->kind != KT_TOPIC && pair->nold <= 1 &&
	    pair->nnew <= 1)
		kt_buf_printf(out,
		    strncmp(n->caption, "（", strlen("（")) == 0 ? "%s"
								 : "（%s）",
		    n->caption);
	kt_buf_release(&old);
	kt_buf_release(&new);
}

void
kt_diff_summary(
    struct kt_buf *out, const struct kt_changes *list, enum kt_lang lang)
{
	static const enum kt_fate order[] = { KT_MODIFIED, KT_ADDED, KT_DELETED,
		KT_MOVED, KT_SPLIT, KT_MERGED, KT_RENUMBERED };
	const char *comma = lang == KT_JA ? "、" : ", ";

	for (size_t i = 0; i < KT_COUNT(order); i++)
		kt_buf_printf(out, "%s %zu%s", view_fate(order[i], lang),
		    list->sum[order[i]], comma);
	kt_buf_printf(out, "%s %zu%s%s %zu", view_class(KT_C_NOTATION, lang),
	    list->notation, comma, lang == KT_JA ? "変更なし" : "unchanged",
	    list->unchanged);
}
