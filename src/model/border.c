/* SPDX-License-Identifier: MIT */
/*
 * Sentences and columns of a text.  Where a document comes from a format that
 * says its borders, marks keep those that the rules do not give; everywhere
 * else the rules decide: a list entry (1)　用語　定義 has columns between its
 * wide blanks, a sentence ends with 。, neither inside brackets.
 */
#include "model_int.h"

#include <stdlib.h>
#include <string.h>

static const char stop[] = "。", gap[] = "　";
#define WIDE (sizeof(stop) - 1)

struct cut {
	struct kt_sentences *out;
	const struct kt_node *node;
	bool sentence_marks; /* borders of sentences are said */
	size_t mark; /* the next mark to look at; they are in order */
	size_t column;
};

void
kt_sentences_release(struct kt_sentences *s)
{
	kt_words_free(s->words);
	free(s->at);
	*s = (struct kt_sentences){ .at = NULL };
}

static void
add(struct cut *c, size_t start, size_t end)
{
	struct kt_sentences *s = c->out;

	KT_GROW(s->at, s->count, s->cap);
	s->at[s->count++] = (struct kt_sentence){ .start = (uint32_t)start,
		.end = (uint32_t)end,
		.column = (uint32_t)c->column };
}

static bool
is_border(const struct kt_mark *m, enum kt_mark_kind kind)
{
	return m->kind == kind && m->len == 0;
}

static bool
has_border(const struct kt_node *node, enum kt_mark_kind kind)
{
	for (size_t i = 0; i < node->nmarks; i++)
		if (is_border(&node->marks[i], kind))
			return true;
	return false;
}

/* The first `what` in n bytes at p, or NULL. */
static const char *
find(const char *p, size_t n, const char *what)
{
	const char *end = p + n;

	while ((size_t)(end - p) >= WIDE &&
	       (p = memchr(p, what[0], (size_t)(end - p) - WIDE + 1)) != NULL) {
		if (memcmp(p, what, WIDE) == 0)
			return p;
		p++;
	}
	return NULL;
}

/* ---- sentences of one column ------------------------------------------ */

/* Up to each mark that lies in the column; what is left is one more. */
static void
sentences_by_marks(struct cut *c, size_t start, size_t end)
{
	size_t at = start, before = c->out->count;

	for (; c->mark < c->node->nmarks; c->mark++) {
		const struct kt_mark *m = &c->node->marks[c->mark];

		if (m->start > end)
			break;
		if (!is_border(m, KT_SENTENCE) || m->start < at)
			continue;
		add(c, at, m->start);
		at = m->start;
	}
	if (at < end || c->out->count == before)
		add(c, at, end);
}

static void
sentences_by_rule(struct cut *c, size_t start, size_t end)
{
	const char *p = c->node->text + start;
	const char *first = find(p, end - start, stop);
	const uint32_t *ends;
	size_t count, at = 0;

	/* Most texts have one, at their end. */
	if (first == NULL || first + WIDE == p + (end - start)) {
		add(c, start, end);
		return;
	}
	if (c->out->words == NULL)
		c->out->words = kt_words_new();
	count = kt_sentences_cut(c->out->words, &ends, p, end - start);
	for (size_t i = 0; i < count; i++) {
		add(c, start + at, start + ends[i]);
		at = ends[i];
	}
	if (at < end - start)
		add(c, start + at, end);
}

static void
add_column(struct cut *c, size_t start, size_t end)
{
	/* Marks of an empty column may lie before the blank behind it. */
	if (start > end)
		start = end;
	if (c->sentence_marks)
		sentences_by_marks(c, start, end);
	else
		sentences_by_rule(c, start, end);
	c->column++;
}

/* ---- columns ---------------------------------------------------------- */

/* Behind a border stands the blank that separates the columns, unless one of
 * them is empty. */
static size_t
behind_border(const struct kt_node *node, size_t at)
{
	const char *p = node->text + at;

	return at + kt_word_at(p, node->text + node->len, gap);
}

static void
columns_by_marks(struct cut *c)
{
	const struct kt_node *node = c->node;
	size_t start = 0;

	for (size_t i = 0; i < node->nmarks; i++) {
		const struct kt_mark *m = &node->marks[i];

		if (!is_border(m, KT_COLUMN))
			continue;
		if (strcmp(m->arg, "label") == 0)
			c->out->label = m->start;
		else
			add_column(c, start, m->start);
		start = behind_border(node, m->start);
	}
	if (start < node->len || c->column == 0)
		add_column(c, start, node->len);
}

/* 1 for a bracket that opens, -1 for one that closes. */
static int
bracket(uint32_t ch)
{
	switch (ch) {
	case '(':
	case 0xff08: /* （ */
	case 0x300c: /* 「 */
	case 0x300e: /* 『 */
	case 0xff3b: /* ［ */
	case 0x3014: /* 〔 */
	case 0x3010: /* 【 */
		return 1;
	case ')':
	case 0xff09:
	case 0x300d:
	case 0x300f:
	case 0xff3d:
	case 0x3015:
	case 0x3011:
		return -1;
	}
	return 0;
}

static void
columns_by_rule(struct cut *c)
{
	const char *text = c->node->text;
	size_t n = c->node->len, start = 0;
	unsigned len;
	int depth = 0;

	for (size_t i = 0; i < n; i += len) {
		uint32_t ch = kt_utf8_at(text + i, &len);

		if (ch == 0x3000 && depth == 0 && i > start && i + len < n) {
			add_column(c, start, i);
			start = i + len;
		}
		depth += bracket(ch);
		if (depth < 0)
			depth = 0;
	}
	add_column(c, start, n);
}

void
kt_sentences_find(struct kt_sentences *s, const struct kt_node *node)
{
	struct cut c = { .out = s, .node = node };

	s->count = s->label = 0;
	c.sentence_marks = has_border(node, KT_SENTENCE);
	if (has_border(node, KT_COLUMN))
		columns_by_marks(&c);
	else if ((node->kind == KT_ITEM || node->kind == KT_BULLET) &&
		 find(node->text, node->len, gap) != NULL)
		columns_by_rule(&c);
	else
		add_column(&c, 0, node->len);
	s->columns = c.column;
}
