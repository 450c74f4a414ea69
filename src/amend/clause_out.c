/* SPDX-License-Identifier: MIT */
/*
 * What changes in one clause, in the order of amendment.md §4.2: its caption,
 * its words, what it holds, then its number.
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

void
kt_out_address(struct kt_buf *out, struct kt_out *o, const struct kt_node *node)
{
	kt_say_address(
	    out, &o->say, kt_is_only_paragraph(node) ? node->parent : node);
}

/* ---- words in strings that are no text of a clause ---------------------- */

/* So little stays that all of it is better quoted. */
static bool
is_mostly_quoted(const struct kt_phrases *list, size_t len, enum kt_side side)
{
	/* （第5条関係） is better whole where it is one number. */
	size_t most = side == KT_SIDE_RELATED ? 5 : 7;
	size_t quoted = 0;

	for (size_t i = 0; i < list->count; i++)
		quoted += strlen(list->at[i].old);
	return list->count == 0 || quoted * 10 > len * most;
}

/* The change of one string of a clause, or NULL. */
static const struct kt_change *
change_of(const struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new, enum kt_side side)
{
	const struct kt_changes *list = o->plan->list;

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		if (c->side == side && c->nold == 1 && c->nnew == 1 &&
		    c->old[0] == old && c->new[0] == new)
			return c;
	}
	return NULL;
}

/* The phrases that change one string of a clause into another; false where all
 * of it is to be said. */
static bool
find_string_phrases(struct kt_phrases *out, struct kt_out *o,
    const struct kt_node *old, const struct kt_node *new, enum kt_side side)
{
	bool caption = side == KT_SIDE_CAPTION;
	const char *p = caption ? old->caption : old->related;
	const char *q = caption ? new->caption : new->related;
	struct kt_node x = { .kind = KT_TEXT,
		.id = old->id,
		.text = p,
		.len = (uint32_t)strlen(p) };
	struct kt_node y = { .kind = KT_TEXT,
		.id = new->id,
		.text = q,
		.len = (uint32_t)strlen(q) };
	struct kt_scope scope = { &x, false };
	struct kt_edits edits = { .at = NULL };
	size_t grown;
	bool ok;

	kt_edits_of(&edits, o->plan, change_of(o, old, new, side), &x, &y);
	ok = kt_phrases_find(out, o->plan, &edits, &scope, &grown) &&
	     !is_mostly_quoted(out, x.len, side);
	free(edits.at);
	return ok;
}

/* Ruby and the like in a caption: it is said whole. */
static bool
find_caption_phrases(struct kt_phrases *out, struct kt_out *o,
    const struct kt_node *old, const struct kt_node *new)
{
	return old->ncaption_marks == 0 && new->ncaption_marks == 0 &&
	       find_string_phrases(out, o, old, new, KT_SIDE_CAPTION);
}

/* Words of a caption or a name, or all of it: 中「…」を「…」に, を「…」に;
 * false where `whole` is NULL and words do not do. */
static bool
say_string(struct kt_out *o, const char *where, const struct kt_node *old,
    const struct kt_node *new, const char *whole)
{
	struct kt_phrases list = { .at = NULL };
	struct kt_buf words = KT_BUF_INIT;
	bool ok = find_caption_phrases(&list, o, old, new);

	if (ok || whole != NULL)
		kt_out_flush(o);
	kt_buf_puts(&words, where);
	kt_buf_puts(&words, ok ? "中" : whole != NULL ? whole : "");
	if (ok)
		kt_out_phrases(o, words.p, &list);
	else if (whole != NULL)
		kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	kt_buf_release(&words);
	kt_phrases_release(&list);
	return ok;
}

/* ---- 見出し
 * ------------------------------------------------------------------------------
 */

/* Does a caption go for several 条?  It does when the next one has none,
 * though most have. */
bool
kt_out_is_shared(const struct kt_out *o, const struct kt_node *node)
{
	const struct kt_node *next = node->next;

	while (next != NULL && next->kind != KT_ARTICLE)
		next = next->next;
	return o->captions && node->kind == KT_ARTICLE &&
	       node->caption[0] != '\0' && next != NULL &&
	       next->caption[0] == '\0' && !next->deleted;
}

/* Shared captions do not travel with their 条: off before it, on behind
 * (amendment.md §7). */
bool
kt_out_caption_travels(const struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new)
{
	return kt_same_number(old, new) ||
	       (!kt_out_is_shared(o, old) && !kt_out_is_shared(o, new));
}

/* Captions of 条 and 項 stand in brackets; 抄 of a 附則 does not. */
static bool
is_bracketed(const struct kt_node *node)
{
	return node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH;
}

static const char *
open_bracket(const struct kt_node *node)
{
	return is_bracketed(node) ? "（" : "";
}

static const char *
close_bracket(const struct kt_node *node)
{
	return is_bracketed(node) ? "）" : "";
}

static void
attach_caption(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf words = KT_BUF_INIT;

	if (new->caption[0] == '\0')
		return;
	kt_out_flush(o);
	kt_out_address(&words, o, old);
	kt_buf_printf(&words, "%s見出しとして「%s",
	    kt_out_is_shared(o, new) ? "の前に" : "に", open_bracket(new));
	kt_inline_write(&words, new->caption, 0, strlen(new->caption),
	    new->caption_marks, new->ncaption_marks);
	kt_buf_printf(&words, "%s」を", close_bracket(new));
	kt_say_clause(&o->say, KT_V_ATTACH, words.p);
	kt_buf_release(&words);
}

static void
detach_caption(struct kt_out *o, const struct kt_node *old)
{
	struct kt_buf words = KT_BUF_INIT;

	if (old->caption[0] == '\0')
		return;
	kt_out_flush(o);
	kt_out_address(&words, o, old);
	kt_buf_puts(
	    &words, kt_out_is_shared(o, old) ? "の前の見出しを" : "の見出しを");
	kt_say_clause(&o->say, KT_V_REMOVE, words.p);
	kt_buf_release(&words);
}

static void
change_caption(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf where = KT_BUF_INIT, whole = KT_BUF_INIT;

	kt_out_flush(o);
	kt_out_address(&where, o, old);
	kt_buf_puts(
	    &where, kt_out_is_shared(o, old) ? "の前の見出し" : "の見出し");
	kt_buf_printf(&whole, "を「%s", open_bracket(new));
	kt_inline_write(&whole, new->caption, 0, strlen(new->caption),
	    new->caption_marks, new->ncaption_marks);
	kt_buf_printf(&whole, "%s」に", close_bracket(new));
	say_string(o, where.p, old, new, whole.p);
	kt_buf_release(&where);
	kt_buf_release(&whole);
}

static void
say_caption(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	if (strcmp(old->caption, new->caption) == 0 &&
	    kt_same_caption_marks(old, new))
		return;
	if (old->caption[0] == '\0')
		attach_caption(o, old, new);
	else if (new->caption[0] == '\0')
		detach_caption(o, old);
	else
		change_caption(o, old, new);
}

/* ---- 章名
 * ---------------------------------------------------------------------------------
 */

static void
rewrite_name(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf words = KT_BUF_INIT, line = KT_BUF_INIT;

	kt_out_flush(o);
	kt_out_address(&words, o, old);
	kt_buf_printf(&words, "の%s名を次のように", kt_unit_word(old));
	kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	kt_buf_printf(&line, "%s　", new->label);
	kt_inline_write(&line, new->caption, 0, strlen(new->caption),
	    new->caption_marks, new->ncaption_marks);
	kt_say_words_block(&o->say, line.p);
	kt_buf_release(&words);
	kt_buf_release(&line);
}

static void
say_division(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf where = KT_BUF_INIT;
	const struct kt_node *named;

	kt_out_flush(o);
	named = o->say.named;
	kt_out_address(&where, o, old);
	kt_buf_printf(&where, "の%s名", kt_unit_word(old));
	if (!say_string(o, where.p, old, new, NULL)) {
		o->say.named = named;
		rewrite_name(o, old, new);
		kt_say_moved(&o->say, old, &new->num);
	} else if (!kt_same_number(old, new)) {
		kt_out_move(o, old, &new->num);
	}
	kt_buf_release(&where);
}

/* ---- 別表
 * ----------------------------------------------------------------------------------
 */

void
kt_out_relabel(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_out_flush(o);
	if (!kt_say_is_open(&o->say) || o->say.owner_old != old)
		kt_say_end(&o->say);
	kt_say_owner(&o->say, old, new);
	kt_out_address(&words, o, old);
	kt_buf_printf(&words, "を%sと", new->label);
	kt_say_clause(&o->say, KT_V_BECOME, words.p);
	kt_say_renamed(&o->say, old, new->label);
	kt_buf_release(&words);
}

static size_t
count_in(const char *text, const char *words)
{
	size_t n = 0, len = strlen(words);

	for (const char *p = text; (p = strstr(p, words)) != NULL; p += len)
		n++;
	return n;
}

/* 別表第一中 takes in all of it: does one of the phrases stand there besides
 * in this string? */
static bool
is_said_elsewhere(const struct kt_node *appendix, const char *string,
    const struct kt_phrases *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *words = list->at[i].old;
		size_t n = 0;

		for (const struct kt_node *at = appendix; at != NULL;
		     at = kt_node_next(at, appendix))
			n += count_in(at->text, words) +
			     count_in(at->label, words) +
			     count_in(at->caption, words) +
			     count_in(at->related, words);
		if (n != count_in(string, words))
			return true;
	}
	return false;
}

/* 別表第一中「第五条」を「第六条」に, or the whole string, in brackets. */
static void
say_appendix_string(struct kt_out *o, const struct kt_node *old,
    const struct kt_node *new, enum kt_side side)
{
	bool caption = side == KT_SIDE_CAPTION;
	const char *x = caption ? old->caption : old->related;
	const char *y = caption ? new->caption : new->related;
	struct kt_phrases list = { .at = NULL };
	struct kt_buf words = KT_BUF_INIT;

	if (strcmp(x, y) == 0)
		return;
	kt_out_address(&words, o, old);
	kt_buf_puts(&words, "中");
	if (find_string_phrases(&list, o, old, new, side) &&
	    !is_said_elsewhere(old, x, &list)) {
		kt_out_phrases(o, words.p, &list);
	} else {
		kt_buf_printf(&words,
		    caption ? "「%s」を「%s」に" : "「（%s）」を「（%s）」に",
		    x, y);
		kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	}
	kt_phrases_release(&list);
	kt_buf_release(&words);
}

/* Heading of a 別表: its name and （第N条関係）. */
static void
say_appendix_heading(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	say_appendix_string(o, old, new, KT_SIDE_CAPTION);
	say_appendix_string(o, old, new, KT_SIDE_RELATED);
}

/* ---- clauses
 * --------------------------------------------------------------------------------
 */

/* 別表第六中「記載要領」を「記載の要領」に: the heading of a note. */
static void
say_note_label(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_say_owner(&o->say, old, new);
	kt_out_address(&words, o, old->parent);
	kt_buf_puts(&words, "中「");
	kt_inline_write(&words, old->label, 0, strlen(old->label), NULL, 0);
	kt_buf_puts(&words, "」を「");
	kt_inline_write(&words, new->label, 0, strlen(new->label), NULL, 0);
	kt_buf_puts(&words, "」に");
	kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	kt_buf_release(&words);
}

/* Tables and notes that have an address of their own. */
static void
say_blocks(struct kt_out *o, const struct kt_node *old)
{
	for (const struct kt_node *at = old->first; at != NULL; at = at->next) {
		const struct kt_node *to = o->plan->to_new[at->id];

		if ((at->kind != KT_TABLE && at->kind != KT_NOTE) ||
		    to == NULL || !kt_say_can_name(at) ||
		    kt_out_same_inside(o, at))
			continue;
		if (o->plan->rewrite[to->id] != 0)
			kt_out_rewrite(o, at, to);
		else
			kt_out_clause(o, at, to);
		if (o->plan->rewrite[to->id] == 0 && kt_has_new_label(at, to))
			say_note_label(o, at, to);
	}
}

static void
say_plain(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	kt_say_owner(&o->say, old, new);
	if (old->kind != KT_TOPIC && old->kind != KT_APPENDIX &&
	    old->kind != KT_DOC)
		say_caption(o, old, new);
	if (old->kind == KT_TABLE ? !kt_out_unnamed_rows(o, old)
				  : !kt_out_words(o, old, new))
		kt_out_fail(o, new);
	say_blocks(o, old);
	kt_out_children(o, old, new, false);
	kt_out_flush(o);
	kt_say_owner(&o->say, old, new);
	if (old->kind == KT_TOPIC)
		say_caption(o, old, new);
	if (kt_has_number(old) && !kt_same_number(old, new))
		kt_out_move(o, old, &new->num);
}

static void
say_article(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	bool travels = kt_out_caption_travels(o, old, new);

	if (travels)
		say_caption(o, old, new);
	else
		detach_caption(o, old);
	kt_out_hoist(o, old);
	kt_out_children(o, old, new, false);
	o->hoisted.count = 0;
	kt_out_flush(o);
	kt_say_owner(&o->say, old, new);
	if (!kt_same_number(old, new))
		kt_out_move(o, old, &new->num);
	if (!travels)
		attach_caption(o, old, new);
}

static void
say_appendix(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	/* By its old name until all is said. */
	kt_say_owner(&o->say, old, new);
	say_appendix_heading(o, old, new);
	say_plain(o, old, new);
	if (strcmp(old->label, new->label) != 0)
		kt_out_relabel(o, old, new);
}

void
kt_out_clause(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	switch (old->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
		say_division(o, old, new);
		return;
	case KT_ARTICLE:
		say_article(o, old, new);
		return;
	case KT_APPENDIX:
		say_appendix(o, old, new);
		return;
	case KT_ROW:
		/* Said of the table: kt_out_unnamed_rows(). */
		if (!kt_say_can_name(old))
			return;
		kt_say_owner(&o->say, old, new);
		if (!kt_out_all_words(o, old))
			kt_out_fail(o, new);
		return;
	case KT_TOC:
	case KT_PREAMBLE:
		kt_say_owner(&o->say, old, new);
		if (!kt_say_can_name(old) || !kt_out_all_words(o, old))
			kt_out_fail(o, new);
		return;
	case KT_SUPPL:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
	case KT_TOPIC:
	case KT_TABLE:
	case KT_NOTE:
	case KT_DOC:
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_QUOTE:
	case KT_KINDS:
		/* A clause that has no name cannot be spoken of. */
		if (!kt_say_can_name(old))
			kt_out_fail(o, new);
		else
			say_plain(o, old, new);
		return;
	}
}
