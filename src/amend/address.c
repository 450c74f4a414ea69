/* SPDX-License-Identifier: MIT */
/*
 * Addresses as amending sentences say them: in full, or from the clause that
 * was named last (同条, 同項, 同号) where they lie in the same.
 */
#include "draft_int.h"

#include <stdlib.h>
#include <string.h>

/* More steps than an address has. */
#define STEPS_MAX 20

/* ---- what can be named -------------------------------------------------- */

static bool
is_numeral(enum kt_form form)
{
	switch (form) {
	case KT_F_ARABIC:
	case KT_F_WIDE:
	case KT_F_KANJI:
	case KT_F_KANJI_DIGIT:
	case KT_F_PAREN:
	case KT_F_PAREN_WIDE:
	case KT_F_PAREN_SIGN:
	case KT_F_PAREN_KANJI:
	case KT_F_CIRCLE:
		return true;
	case KT_F_NONE:
	case KT_F_AIUEO:
	case KT_F_IROHA:
	case KT_F_PAREN_AIUEO:
	case KT_F_PAREN_IROHA:
	case KT_F_LATIN:
	case KT_F_PAREN_LATIN:
	case KT_F_ROMAN:
	case KT_F_PAREN_ROMAN:
	case KT_F_DOTTED:
		break;
	}
	return false;
}

/* 号 are counted; what lies in them is called by its label. */
bool
kt_is_counted(const struct kt_node *node)
{
	return node->kind == KT_ITEM && is_numeral(node->num.form) &&
	       node->parent->kind != KT_ITEM && node->parent->kind != KT_HEADED;
}

/* Labels by themselves that an address can end in. */
static bool
is_sub(const struct kt_node *node)
{
	const struct kt_node *in = node->parent;

	return node->num.n > 0 && node->num.form != KT_F_NONE &&
	       node->num.form != KT_F_KANJI &&
	       node->num.form != KT_F_KANJI_DIGIT &&
	       (in->kind == KT_ITEM || in->kind == KT_HEADED) &&
	       (node->kind == KT_ITEM || node->kind == KT_HEADED);
}

static const struct kt_node *
first_below(const struct kt_node *in, enum kt_kind kind)
{
	const struct kt_node *at = kt_node_next(in, in);

	while (at != NULL && at->kind != kind)
		at = at->kind == KT_QUOTE || at->kind == KT_COMMENTARY
			 ? kt_node_skip(at, in)
			 : kt_node_next(at, in);
	return at;
}

/* The only one of its kind in the clause that holds it. */
static bool
is_only_below(const struct kt_node *node)
{
	const struct kt_node *in = node->parent, *at;

	if (first_below(in, node->kind) != node)
		return false;
	at = kt_node_skip(node, in);
	while (at != NULL && at->kind != node->kind)
		at = kt_node_next(at, in);
	return at == NULL;
}

/* What tells a clause from its neighbours where no number does. */
enum by { BY_LABEL, BY_CAPTION, BY_LABEL_AND_CAPTION, BY_RELATED };

static bool
is_only(const struct kt_node *node, enum by by)
{
	for (const struct kt_node *at = node->parent->first; at != NULL;
	     at = at->next) {
		bool label = strcmp(at->label, node->label) == 0;
		bool caption = strcmp(at->caption, node->caption) == 0;

		if (at == node || at->kind != node->kind)
			continue;
		if ((by == BY_LABEL && label) ||
		    (by == BY_CAPTION && caption) ||
		    (by == BY_LABEL_AND_CAPTION && label && caption) ||
		    (by == BY_RELATED &&
			strcmp(at->related, node->related) == 0))
			return false;
	}
	return true;
}

/* A 別表 goes by its label, told from namesakes by its caption or place, or by
 * its caption alone. */
static bool
names_appendix(const struct kt_node *node)
{
	if (node->label[0] == '\0')
		return node->caption[0] != '\0' &&
		       strstr(node->caption, "」") == NULL &&
		       is_only(node, BY_CAPTION);
	return true;
}

/* How many of this label stand before it. */
static unsigned
place_among_namesakes(const struct kt_node *node)
{
	unsigned n = 0;

	for (const struct kt_node *at = node->prev; at != NULL; at = at->prev)
		n += at->kind == node->kind &&
		     strcmp(at->label, node->label) == 0;
	return n;
}

static bool
only_number(const struct kt_node *node)
{
	const struct kt_node *at = node->parent->first;

	for (; at != NULL; at = at->next)
		if (at != node && at->kind == node->kind &&
		    kt_num_cmp(&at->num, &node->num) == 0)
			return false;
	return true;
}

/* Words of a cell, as a name: short, of one line, no quotes. */
static bool
cell_name(struct kt_buf *out, const struct kt_node *cell)
{
	struct kt_buf name = KT_BUF_INIT;
	bool ok;

	if (cell == NULL)
		return false;
	kt_node_words(&name, cell);
	while (name.len > 0 && name.p[name.len - 1] == '\n')
		kt_buf_cut(&name, name.len - 1);
	ok = name.len > 0 && name.len <= 120 &&
	     strpbrk(name.p, "\n\t\\<&") == NULL &&
	     strstr(name.p, "「") == NULL && strstr(name.p, "」") == NULL &&
	     strstr(name.p, "の部") == NULL;
	kt_buf_put(out, name.p, name.len);
	kt_buf_release(&name);
	return ok;
}

/* 備品の項; where several rows begin alike 備品の部 and the second cell. */
static bool
row_name(struct kt_buf *out, const struct kt_node *row, bool second)
{
	bool ok = cell_name(out, row->first);

	if (!second || !ok)
		return ok;
	kt_buf_puts(out, "の部");
	return cell_name(out, row->first->next);
}

static bool
only_row_name(const struct kt_node *row, bool second)
{
	struct kt_buf name = KT_BUF_INIT, other = KT_BUF_INIT;
	bool only = row_name(&name, row, second);

	for (const struct kt_node *at = row->parent->first; at != NULL && only;
	     at = at->next) {
		if (at == row)
			continue;
		kt_buf_clear(&other);
		row_name(&other, at, second);
		only = strcmp(name.p, other.p) != 0;
	}
	kt_buf_release(&name);
	kt_buf_release(&other);
	return only;
}

static bool
only_row(const struct kt_node *row)
{
	return only_row_name(row, false) || only_row_name(row, true);
}

static bool
names_itself(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_DOC:
		return true;
	case KT_TOC:
	case KT_PREAMBLE:
		return first_below(node->parent, node->kind) == node;
	case KT_SUPPL:
		return is_only(node, BY_RELATED);
	case KT_TOPIC:
		return node->caption[0] != '\0' &&
		       strstr(node->caption, "」") == NULL &&
		       is_only(node, BY_CAPTION);
	case KT_APPENDIX:
		return names_appendix(node);
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
		return node->num.n > 0 && only_number(node);
	case KT_ITEM:
		return only_number(node) &&
		       (kt_is_counted(node) || is_sub(node));
	case KT_HEADED:
		return node->num.n > 0 && only_number(node) &&
		       (node->parent->kind != KT_HEADED || is_sub(node));
	case KT_TABLE:
	case KT_NOTE:
		return is_only_below(node);
	case KT_ROW:
		return only_row(node);
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return false;
}

bool
kt_is_only_paragraph(const struct kt_node *node)
{
	const struct kt_node *in = node->parent;

	if (node->kind != KT_PARAGRAPH || in->kind != KT_ARTICLE)
		return false;
	for (const struct kt_node *at = in->first; at != NULL; at = at->next)
		if (at != node && at->kind == KT_PARAGRAPH)
			return false;
	return true;
}

/* Steps that an address leaves out: the document, and 章 before a 条. */
static bool
is_silent(const struct kt_node *node, const struct kt_node *below)
{
	if (node->kind == KT_DOC)
		return true;
	if (kt_kind_is_division(node->kind))
		return below != NULL && below->kind == KT_ARTICLE;
	/* 別表第一備品の項 of a 別表 with one table. */
	if (node->kind == KT_TABLE)
		return below != NULL && below->kind == KT_ROW &&
		       node->parent->kind == KT_APPENDIX;
	/* 第三条第二号 of a 条 with one 項. */
	return below != NULL && kt_is_only_paragraph(node);
}

/* The clauses to name on the way to a node, outermost first; 0 when one of
 * them has no name. */
static size_t
path_to(const struct kt_node **path, const struct kt_node *node)
{
	size_t n = 0;
	const struct kt_node *below = NULL;

	for (const struct kt_node *at = node; at != NULL; at = at->parent) {
		bool silent = is_silent(at, below);

		if (!silent) {
			if (!names_itself(at) || n == STEPS_MAX)
				return 0;
			path[n++] = at;
			below = at;
		} else if (at->kind != KT_DOC && below != NULL &&
			   below->kind != KT_ARTICLE) {
			below = at;
		}
	}
	for (size_t i = 0; i < n / 2; i++) {
		const struct kt_node *t = path[i];

		path[i] = path[n - 1 - i];
		path[n - 1 - i] = t;
	}
	return n;
}

bool
kt_say_can_name(const struct kt_node *node)
{
	const struct kt_node *path[STEPS_MAX];

	return path_to(path, node) > 0;
}

/* ---- one step ----------------------------------------------------------- */

const char *
kt_unit_word(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_PART:
		return "編";
	case KT_CHAPTER:
		return "章";
	case KT_SECTION:
		return "節";
	case KT_SUBSECTION:
		return "款";
	case KT_DIVISION:
		return "目";
	case KT_ARTICLE:
		return "条";
	case KT_PARAGRAPH:
		return "項";
	case KT_ITEM:
		return "号";
	case KT_HEADED:
		return "項番";
	case KT_APPENDIX:
		if (strstr(node->label, "様式") != NULL)
			return "様式";
		return strncmp(node->label, "別記", strlen("別記")) == 0
			   ? "別記"
			   : "別表";
	case KT_TABLE:
		return "表";
	case KT_SUPPL:
		return "附則";
	case KT_TOC:
		return "目次";
	case KT_PREAMBLE:
		return "前文";
	case KT_NOTE:
		return "備考";
	case KT_DOC:
	case KT_TOPIC:
	case KT_TEXT:
	case KT_BULLET:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return "";
}

/* 第三条の二, 第2項. */
static void
put_counted(struct kt_buf *out, const struct kt_say *s, const char *unit,
    const struct kt_num *num)
{
	struct kt_num as = *num;

	as.form = s->form;
	kt_buf_puts(out, "第");
	kt_num_write_head(out, &as);
	kt_buf_puts(out, unit);
	kt_num_write_branches(out, &as);
}

void
kt_say_step(struct kt_buf *out, const struct kt_say *s,
    const struct kt_node *node, const struct kt_num *num)
{
	struct kt_num as = *num;

	if (node->kind == KT_HEADED && node->parent->kind != KT_HEADED) {
		kt_buf_puts(out, "項番");
		as.form = node->num.form;
		kt_num_write(out, &as);
	} else if (node->kind == KT_HEADED ||
		   (node->kind == KT_ITEM && !kt_is_counted(node))) {
		as.form = node->num.form;
		kt_num_write(out, &as);
	} else {
		put_counted(out, s, kt_unit_word(node), num);
	}
}

/* 備品の項; quoted where the words alone would read as something else. */
static void
put_row_name(
    struct kt_buf *out, const struct kt_node *row, const struct kt_node *in)
{
	static const char *const doubtful[] = { "を", "、", "の項", "及び",
		"並びに", "中", "から", "に" };
	struct kt_buf name = KT_BUF_INIT;
	enum kt_form form;
	bool quoted;
	unsigned n;

	row_name(&name, row, !only_row_name(row, false));
	quoted = strncmp(name.p, "の", strlen("の")) == 0;
	for (size_t i = 0; i < KT_COUNT(doubtful); i++)
		quoted = quoted || strstr(name.p, doubtful[i]) != NULL;
	/* 別表第一 and 一の項 must not run together. */
	if (!quoted && in != NULL && in->kind == KT_APPENDIX &&
	    kt_num_plain(&n, &form, name.p, name.len) > 0)
		kt_buf_puts(out, "の");
	kt_buf_printf(out, quoted ? "「%s」の項" : "%sの項", name.p);
	kt_buf_release(&name);
}

static void
put_appendix(
    struct kt_buf *out, const struct kt_say *s, const struct kt_node *node)
{
	unsigned n;

	if (node->label[0] == '\0') {
		kt_buf_printf(out, "「%s」の部分", node->caption);
		return;
	}
	if (s->label[node->id] != NULL) {
		kt_buf_puts(out, s->label[node->id]);
		return;
	}
	kt_buf_puts(out, node->label);
	if (is_only(node, BY_LABEL))
		return;
	if (node->caption[0] == '\0' || !is_only(node, BY_LABEL_AND_CAPTION)) {
		n = place_among_namesakes(node);
		if (n > 0)
			kt_buf_printf(out, "（その%u）", n + 1);
		return;
	}
	if (strncmp(node->caption, "（", strlen("（")) == 0)
		kt_buf_puts(out, node->caption);
	else
		kt_buf_printf(out, "（%s）", node->caption);
}

static void
put_step(struct kt_buf *out, struct kt_say *s, const struct kt_node *node,
    const struct kt_node *in)
{
	switch (node->kind) {
	case KT_TOC:
	case KT_PREAMBLE:
		kt_buf_puts(out, kt_unit_word(node));
		return;
	case KT_SUPPL:
		kt_buf_puts(out, "附則");
		if (node->related[0] != '\0')
			kt_buf_printf(out, "（%s）", node->related);
		return;
	case KT_APPENDIX:
		put_appendix(out, s, node);
		return;
	case KT_TOPIC:
		kt_buf_printf(out, "「%s」の部分", node->caption);
		return;
	case KT_TABLE:
		kt_buf_puts(out, "の表");
		return;
	case KT_NOTE:
		kt_buf_puts(out, strncmp(node->label, "注", strlen("注")) == 0
				     ? "の注"
				     : "の備考");
		return;
	case KT_ROW:
		put_row_name(out, node, in);
		return;
	case KT_DOC:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_KINDS:
		kt_say_step(out, s, node, kt_say_number(s, node));
		return;
	}
}

/* ---- from what was named last ------------------------------------------- */

/* 同条, 同項 …, or "" for what has no such word. */
static const char *
same_word(const struct kt_node *node)
{
	switch (node->kind) {
	case KT_PART:
		return "同編";
	case KT_CHAPTER:
		return "同章";
	case KT_SECTION:
		return "同節";
	case KT_SUBSECTION:
		return "同款";
	case KT_DIVISION:
		return "同目";
	case KT_ARTICLE:
		return "同条";
	case KT_PARAGRAPH:
	case KT_ROW:
		return "同項";
	case KT_ITEM:
		return kt_is_counted(node) ? "同号" : "";
	case KT_TABLE:
		/* Of a 別表 that would be the 別表 itself. */
		return node->parent->kind == KT_APPENDIX ? "" : "同表";
	case KT_APPENDIX:
		return strstr(node->label, "様式") != NULL ? "同様式" : "同表";
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return "";
}

static bool
lies_in(const struct kt_node *node, const struct kt_node *in)
{
	while (node != NULL && node != in)
		node = node->parent;
	return node != NULL;
}

bool
kt_say_address(struct kt_buf *out, struct kt_say *s, const struct kt_node *node)
{
	const struct kt_node *path[STEPS_MAX];
	size_t n = path_to(path, node), from = 0;

	for (size_t i = n; i-- > 0 && s->named != NULL;)
		if (lies_in(s->named, path[i]) &&
		    same_word(path[i])[0] != '\0') {
			kt_buf_puts(out, same_word(path[i]));
			from = i + 1;
			break;
		}
	/* Behind other addresses a 項 of the 本則 would be taken for theirs. */
	if (from == 0 && n > 0 && s->named != NULL &&
	    path[0]->kind == KT_PARAGRAPH)
		kt_buf_puts(out, "本則");
	for (size_t i = from; i < n; i++)
		put_step(out, s, path[i], i == 0 ? NULL : path[i - 1]);
	s->named = node;
	return n > 0;
}

void
kt_say_count(
    struct kt_buf *out, const struct kt_say *s, size_t n, const char *unit)
{
	struct kt_num num = { .form = s->form, .n = 1 };

	num.v[0] = (unsigned)n;
	kt_num_write_head(out, &num);
	kt_buf_puts(out, unit);
}
