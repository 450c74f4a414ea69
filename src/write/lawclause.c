/* SPDX-License-Identifier: MIT */
/*
 * Clauses as 法令標準XML: divisions, 条, 項, 号 and lists.  項番 clauses and
 * headings of prose, which laws do not have, become 項 and 号.
 */
#include "law_int.h"

#include <string.h>

/* Subitem10 is the last of the schema. */
#define MOST_LEVEL 10
#define MOST_SUBLIST 3

static void clause(struct law_out *o, const struct kt_node *node, size_t place);

static const struct {
	enum kt_kind kind;
	const char *name, *title;
} divisions[] = {
	{ KT_PART, "Part", "PartTitle" },
	{ KT_CHAPTER, "Chapter", "ChapterTitle" },
	{ KT_SECTION, "Section", "SectionTitle" },
	{ KT_SUBSECTION, "Subsection", "SubsectionTitle" },
	{ KT_DIVISION, "Division", "DivisionTitle" },
};

bool
law_out_is_clause(const struct kt_node *node)
{
	return kt_kind_is_division(node->kind) || node->kind == KT_ARTICLE ||
	       node->kind == KT_PARAGRAPH || node->kind == KT_HEADED ||
	       node->kind == KT_TOPIC;
}

/* ---- 項 --------------------------------------------------------------- */

static void
paragraph(struct law_out *o, const struct kt_node *node, size_t place)
{
	const struct kt_node *rest;

	if (node->kind != KT_PARAGRAPH)
		law_out_lose(o, node, kt_kind_word(node->kind), "Paragraph");
	law_out_open(o, "Paragraph");
	law_out_num(o, node, place);
	law_out_bracketed(o, "ParagraphCaption", node);
	law_out_words(o, "ParagraphNum", node->label, true);
	law_out_open(o, "ParagraphSentence");
	rest = law_out_sentences(o, node);
	law_out_end(o);
	law_out_blocks(o, rest, NULL, LAW_IN_PARAGRAPH, 0);
	law_out_end(o);
}

/* Blocks where only 項 may stand: one 項 without a number around them. */
static void
loose(struct law_out *o, const struct kt_node *at, const struct kt_node *end,
    size_t place)
{
	const struct kt_node *rest = NULL;

	law_out_open(o, "Paragraph");
	kt_xmlw_attrf(o->w, "Num", "%zu", place);
	law_out_words(o, "ParagraphNum", "", true);
	law_out_open(o, "ParagraphSentence");
	if (at->kind == KT_TEXT && !law_out_has_name(at)) {
		rest = law_out_sentences(o, at);
		at = at->next;
	} else {
		law_out_words(o, "Sentence", "", true);
	}
	law_out_end(o);
	law_out_blocks(o, rest, NULL, LAW_IN_PARAGRAPH, 0);
	law_out_blocks(o, at, end, LAW_IN_PARAGRAPH, 0);
	law_out_end(o);
}

/* ---- 条 and what holds it --------------------------------------------- */

/* Words that stood in the title though they are a 項. */
static bool
is_stray(const struct kt_node *node)
{
	return node != NULL && law_out_was(node, "ArticleTitle") &&
	       node->prev == NULL && node->first == NULL;
}

static void
article_title(struct law_out *o, const struct kt_node *node)
{
	const struct kt_node *stray = node->first;

	law_out_open(o, "ArticleTitle");
	kt_xmlw_text(o->w, node->label, strlen(node->label));
	if (is_stray(stray)) {
		kt_xmlw_text(o->w, "　", strlen("　"));
		law_out_range(
		    o, stray->text, stray->marks, stray->nmarks, 0, stray->len);
	}
	law_out_close(o);
}

/* Text that a 条 or a division has itself is its first 項; returns the first
 * child that was not written with it. */
static const struct kt_node *
own_text(struct law_out *o, const struct kt_node *node)
{
	const struct kt_node *rest;

	if (node->len == 0)
		return node->first;
	law_out_open(o, "Paragraph");
	kt_xmlw_attr(o->w, "Num", "1");
	law_out_words(o, "ParagraphNum", "", true);
	law_out_open(o, "ParagraphSentence");
	rest = law_out_sentences(o, node);
	law_out_end(o);
	law_out_end(o);
	return rest;
}

static void
article(struct law_out *o, const struct kt_node *node, size_t place)
{
	law_out_open(o, "Article");
	law_out_num(o, node, place);
	law_out_bracketed(o, "ArticleCaption", node);
	article_title(o, node);
	law_out_clauses(o, own_text(o, node), NULL, node->len > 0);
	law_out_end(o);
}

static void
division(struct law_out *o, const struct kt_node *node, size_t place)
{
	size_t i = 0;
	struct kt_buf label = KT_BUF_INIT;

	while (divisions[i].kind != node->kind)
		i++;
	law_out_open(o, divisions[i].name);
	law_out_num(o, node, place);
	kt_buf_puts(&label, node->label);
	if (label.len > 0 && node->caption[0] != '\0')
		kt_buf_puts(&label, "　");
	law_out_caption(o, divisions[i].title, node, label.p, "");
	kt_buf_release(&label);
	law_out_clauses(o, own_text(o, node), NULL, node->len > 0);
	law_out_end(o);
}

static void
clause(struct law_out *o, const struct kt_node *node, size_t place)
{
	if (kt_kind_is_division(node->kind))
		division(o, node, place);
	else if (node->kind == KT_ARTICLE)
		article(o, node, place);
	else
		paragraph(o, node, place);
}

/* Blocks that belong together: up to the next clause. */
static const struct kt_node *
loose_end(const struct kt_node *at, const struct kt_node *end)
{
	while (at != end && !law_out_is_clause(at))
		at = at->next;
	return at;
}

size_t
law_out_clauses(struct law_out *o, const struct kt_node *at,
    const struct kt_node *end, size_t place)
{
	const struct kt_node *stop;

	if (o->nested >= LAW_OUT_DEPTH) {
		if (at != end)
			law_out_lose(o, at, "深すぎる階層", "");
		return place;
	}
	o->nested++;
	for (; at != end; at = stop) {
		stop = at->next;
		if (law_out_is_clause(at)) {
			/* Words of a title were written with it. */
			if (!is_stray(at))
				clause(o, at, ++place);
		} else if (at->kind == KT_COMMENTARY) {
			law_out_lose(o, at, kt_kind_word(at->kind), "");
		} else {
			stop = loose_end(at, end);
			loose(o, at, stop, ++place);
		}
	}
	o->nested--;
	return place;
}

/* ---- 号 --------------------------------------------------------------- */

static void
item_name(char *out, size_t room, unsigned level, const char *part)
{
	if (level == 0)
		snprintf(out, room, "Item%s", part);
	else
		snprintf(out, room, "Subitem%u%s", level, part);
}

/* The label, with the words of the text that belong to it. */
static void
item_title(struct law_out *o, const struct kt_node *item, const char *name)
{
	size_t words = law_out_label_words(o, item);

	if (item->label[0] == '\0' && words == 0)
		return;
	law_out_open(o, name);
	kt_xmlw_text(o->w, item->label, strlen(item->label));
	if (item->label[0] != '\0' && words > 0)
		kt_xmlw_text(o->w, "　", strlen("　"));
	law_out_range(o, item->text, item->marks, item->nmarks, 0, words);
	law_out_close(o);
}

/* Items have no captions; what has one begins with it as a sentence. */
static const struct kt_node *
item_sentences(struct law_out *o, const struct kt_node *item)
{
	law_out_caption(o, "Sentence", item, "", "");
	if (item->caption[0] != '\0' && item->len == 0)
		return item->first;
	return law_out_sentences(o, item);
}

void
law_out_item(
    struct law_out *o, const struct kt_node *item, unsigned level, size_t place)
{
	bool class = law_out_was(item, "Class");
	char name[32], title[32], sentence[32];
	const struct kt_node *rest;

	if (level > MOST_LEVEL) {
		law_out_as_list(o, item);
		return;
	}
	if (item->kind != KT_ITEM && item->kind != KT_BULLET)
		law_out_lose(o, item, kt_kind_word(item->kind), "Item");
	item_name(name, sizeof(name), level, "");
	item_name(title, sizeof(title), level, "Title");
	item_name(sentence, sizeof(sentence), level, "Sentence");
	law_out_open(o, class ? "Class" : name);
	law_out_num(o, item, place);
	item_title(o, item, class ? "ClassTitle" : title);
	law_out_open(o, class ? "ClassSentence" : sentence);
	rest = item_sentences(o, item);
	law_out_end(o);
	law_out_blocks(o, rest, NULL, LAW_IN_PARAGRAPH, class ? 0 : level + 1);
	law_out_end(o);
}

/* ---- lists ------------------------------------------------------------ */

/* Entries have neither titles nor anything but entries below them. */
static bool
is_entry(const struct kt_node *node)
{
	for (size_t i = 0; i < node->nmarks; i++)
		if (node->marks[i].kind == KT_COLUMN &&
		    strcmp(node->marks[i].arg, "label") == 0)
			return false;
	return node->kind == KT_BULLET && !law_out_was(node, "Item");
}

bool
law_out_is_list(const struct kt_node *entry)
{
	unsigned depth = 0;

	for (const struct kt_node *at = entry; at != NULL;) {
		if (!is_entry(at) || depth > MOST_SUBLIST ||
		    (at != entry && law_out_has_name(at)))
			return false;
		if (at->first != NULL) {
			at = at->first;
			depth++;
			continue;
		}
		while (at != entry && at->next == NULL) {
			at = at->parent;
			depth--;
		}
		at = at == entry ? NULL : at->next;
	}
	return true;
}

static void
list_entry(struct law_out *o, const struct kt_node *entry, unsigned level)
{
	char name[24], sentence[40];
	const struct kt_node *at;

	if (level == 0)
		snprintf(name, sizeof(name), "List");
	else
		snprintf(name, sizeof(name), "Sublist%u", level);
	snprintf(sentence, sizeof(sentence), "%sSentence", name);
	law_out_open(o, name);
	law_out_open(o, sentence);
	at = law_out_sentences(o, entry);
	law_out_end(o);
	for (; at != NULL; at = at->next)
		list_entry(o, at, level + 1);
	law_out_end(o);
}

void
law_out_list(struct law_out *o, const struct kt_node *entry)
{
	list_entry(o, entry, 0);
}

void
law_out_as_list(struct law_out *o, const struct kt_node *node)
{
	struct kt_buf head = KT_BUF_INIT;
	const char *const parts[] = { node->label, node->caption };

	for (size_t i = 0; i < KT_COUNT(parts); i++)
		if (parts[i][0] != '\0')
			kt_buf_printf(&head, "%s　", parts[i]);
	law_out_lose(o, node, kt_kind_word(node->kind), "List");
	law_out_open(o, "List");
	law_out_open(o, "ListSentence");
	law_out_sentence(o, node, head.p, 0);
	law_out_end(o);
	law_out_end(o);
	kt_buf_release(&head);
	law_out_blocks(o, node->first, NULL, LAW_IN_PARAGRAPH, MOST_LEVEL + 1);
}
