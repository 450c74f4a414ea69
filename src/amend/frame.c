/* SPDX-License-Identifier: MIT */
/*
 * What stands around the sentences of an instrument: 公布文, its number and
 * title, the enacting words, the 附則 that says from when (amendment.md §13).
 */
#include "draft_int.h"

#include <string.h>

static const char *
or_none(const char *s)
{
	return s == NULL ? "" : s;
}

/* 第一条, 第十条の二 in the words: of a text without 条 of its own. */
static enum kt_form
form_of_words(const struct kt_doc *doc)
{
	static const char *const numerals[] = { "一", "二", "三", "四", "五",
		"六", "七", "八", "九", "十" };

	for (size_t i = 0; i < doc->count; i++) {
		const char *p = doc->nodes[i]->text;

		while ((p = strstr(p, "第")) != NULL) {
			struct kt_scan s = { p + strlen("第"), p + strlen(p) };

			if (kt_scan_one_of(&s, numerals, KT_COUNT(numerals)) >=
			    0)
				return KT_F_KANJI;
			if (*s.p >= '0' && *s.p <= '9')
				return KT_F_ARABIC;
			p = s.p;
		}
	}
	return KT_F_ARABIC;
}

enum kt_form
kt_form_of_doc(const struct kt_doc *doc)
{
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *node = doc->nodes[i];

		if (node->kind != KT_ARTICLE &&
		    !kt_kind_is_division(node->kind))
			continue;
		if (node->num.form == KT_F_KANJI || node->num.form == KT_F_WIDE)
			return node->num.form;
		return KT_F_ARABIC;
	}
	return form_of_words(doc);
}

/* The kind of rule that a name ends in, for …の一部を改正する規程. */
static const char *
kind_of_name(const char *name)
{
	static const struct {
		const char *ends, *kind;
	} kinds[] = { { "規程", "規程" }, { "規則", "規則" },
		{ "要綱", "要綱" }, { "要領", "要領" }, { "条例", "条例" },
		{ "基準", "基準" }, { "細則", "細則" }, { "規約", "規約" },
		{ "法律", "法律" }, { "政令", "政令" }, { "省令", "省令" },
		{ "施行令", "政令" }, { "令", "政令" }, { "法", "法律" } };
	size_t n = strlen(name);

	for (size_t i = 0; i < KT_COUNT(kinds); i++) {
		size_t m = strlen(kinds[i].ends);

		if (n >= m && strcmp(name + n - m, kinds[i].ends) == 0)
			return kinds[i].kind;
	}
	return "";
}

/* What the number of a law says of its kind: 令 and 規則 are names of many.
 * What ministries decide together with 内閣府 or a commission is no 省令 but a
 * 命令. */
static const char *
kind_of_number(const char *number)
{
	static const struct {
		const char *says, *kind;
	} kinds[] = { { "法律第", "法律" }, { "政令第", "政令" },
		{ "府・", "命令" }, { "会・", "命令" }, { "庁・", "命令" },
		{ "省令第", "省令" }, { "府令第", "内閣府令" },
		{ "内閣官房令第", "内閣官房令" },
		{ "人事院規則", "人事院規則" } };

	for (size_t i = 0; i < KT_COUNT(kinds); i++)
		if (strstr(number, kinds[i].says) != NULL)
			return kinds[i].kind;
	return "";
}

/* The kind of the instrument: by its own number, else that of the rule. */
static const char *
kind_of(const struct kt_doc *old, const struct kt_amend_style *style,
    const char *number)
{
	const char *kind = or_none(style->kind);

	if (kind[0] == '\0')
		kind = kind_of_number(number);
	if (kind[0] == '\0')
		kind = kind_of_number(old->meta.number);
	return kind[0] != '\0' ? kind : kind_of_name(old->root->caption);
}

static void
put_title(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style, const char *number)
{
	const char *kind = kind_of(old, style, number);

	kt_buf_printf(out, "%sの一部%s%s", old->root->caption,
	    kind[0] != '\0' ? "を改正する" : "改正", kind);
}

void
kt_amend_title(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style)
{
	put_title(out, old, style, or_none(style->number));
}

static void
put_intro(struct kt_buf *out, const struct kt_doc *old)
{
	kt_buf_puts(out, old->root->caption);
	if (old->meta.number[0] != '\0')
		kt_buf_printf(out, "（%s）", old->meta.number);
	kt_buf_puts(out, "の一部を次のように改正する。");
}

/* Lines of a text, each set in by one. */
static void
put_lines(struct kt_buf *out, const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (n > 0)
			kt_buf_printf(out, "　%.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

void
kt_frame_begin(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style, const char *number)
{
	put_lines(out, or_none(style->promulgation));
	if (number[0] != '\0')
		kt_buf_printf(out, "%s\n", number);
	kt_buf_puts(out, "　　　");
	put_title(out, old, style, number);
	kt_buf_puts(out, "\n　");
	put_intro(out, old);
	kt_buf_putc(out, '\n');
}

/* 令和8年4月1日, in the numbers of the document. */
static void
put_day(struct kt_buf *out, struct kt_date day, enum kt_form form)
{
	struct kt_buf plain = KT_BUF_INIT;

	if (form == KT_F_KANJI)
		kt_date_wareki_kanji(&plain, day);
	else
		kt_date_wareki(&plain, day);
	for (const char *p = plain.p; *p != '\0'; p++) {
		static const char *const wide[] = { "０", "１", "２", "３",
			"４", "５", "６", "７", "８", "９" };

		if (form == KT_F_WIDE && *p >= '0' && *p <= '9')
			kt_buf_puts(out, wide[*p - '0']);
		else
			kt_buf_putc(out, *p);
	}
	kt_buf_release(&plain);
}

void
kt_frame_effective(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style)
{
	const char *kind = kind_of(old, style, or_none(style->number));
	/* この府令は, whosever it is. */
	const char *self = strcmp(kind, "内閣府令") == 0     ? "府令"
			   : strcmp(kind, "人事院規則") == 0 ? "規則"
							     : kind;
	enum kt_form form =
	    style->numbers != KT_F_NONE ? style->numbers : kt_form_of_doc(old);

	if (style->effective.year == 0)
		return;
	kt_buf_printf(
	    out, "　　　附　則\n　この%sは、", self[0] != '\0' ? self : "改正");
	put_day(out, style->effective, form);
	kt_buf_puts(out, "から施行する。\n");
}

/* ---- for other forms ----------------------------------------------------- */

/* 附則 that the new text has got: how many, the first in *first. */
static size_t
new_suppl(const struct kt_changes *list, const struct kt_node **first)
{
	size_t n = 0;

	for (const struct kt_node *at = list->new->root->first; at != NULL;
	     at = at->next)
		if (at->kind == KT_SUPPL && list->new_peer[at->id] == NULL &&
		    n++ == 0)
			*first = at;
	return n;
}

const char *
kt_frame_number(const struct kt_amend_style *style, const struct kt_node *only)
{
	const char *asked = or_none(style->number);

	if (asked[0] != '\0')
		return asked;
	return only != NULL && kt_is_instrument_number(only->related)
		   ? only->related
		   : "";
}

void
kt_frame_suppl(struct kt_buf *out, const struct kt_node *node,
    const struct kt_amend_style *style, bool only)
{
	struct kt_block_how how = { KT_SUPPL };
	struct kt_doc *bare = kt_doc_new("");
	struct kt_node *copy = kt_node_copy(bare, bare->root, node);
	const struct kt_node *shown = copy;

	if (only &&
	    (node->related[0] == '\0' ||
		kt_is_instrument_number(node->related)) &&
	    strcmp(node->related, kt_frame_number(style, node)) == 0)
		kt_node_related(bare, copy, "", 0);
	kt_buf_puts(out, "　　　");
	kt_block_write(out, &shown, 1, 0, &how);
	kt_doc_free(bare);
}

void
kt_amend_before(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style)
{
	const struct kt_node *first = NULL;
	size_t n = new_suppl(list, &first);

	kt_frame_begin(out, list->old, style,
	    kt_frame_number(style, n == 1 ? first : NULL));
}

void
kt_amend_after(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style)
{
	const struct kt_node *first = NULL;
	size_t n = new_suppl(list, &first);

	if (n == 0) {
		kt_frame_effective(out, list->old, style);
		return;
	}
	for (const struct kt_node *at = first; at != NULL; at = at->next)
		if (at->kind == KT_SUPPL && list->new_peer[at->id] == NULL)
			kt_frame_suppl(out, at, style, n == 1);
}

struct kt_doc *
kt_amend_without_suppl(const struct kt_changes *list)
{
	const struct kt_node *first = NULL;
	struct kt_node *at, *next;
	struct kt_doc *copy;

	if (new_suppl(list, &first) == 0)
		return NULL;
	copy = kt_doc_copy(list->new);
	at = copy->root->first;
	for (const struct kt_node *x = list->new->root->first;
	     x != NULL &&at != NULL; x = x->next, at = next) {
		next = at->next;
		if (x->kind == KT_SUPPL && list->new_peer[x->id] == NULL)
			kt_node_unlink(at);
	}
	kt_doc_finish(copy);
	return copy;
}
