/* SPDX-License-Identifier: MIT */
/*
 * Words of a document as 法令標準XML: sentences, columns, and the marks
 * inside them.
 */
#include "law_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- marks ------------------------------------------------------------ */

/* Marks that are open while a text is written. */
#define MOST_OPEN 16

struct inline_out {
	struct law_out *o;
	const char *text;
	const struct kt_mark *open[MOST_OPEN];
	size_t nopen;
};

static void
open_element(struct inline_out *t, const struct kt_mark *m)
{
	struct kt_xmlw *w = t->o->w;

	switch (m->kind) {
	case KT_RUBY:
		kt_xmlw_open(w, "Ruby");
		return;
	case KT_UNDERLINE:
		kt_xmlw_open(w, "Line");
		kt_xmlw_attr(w, "Style", "solid");
		return;
	case KT_SUPER:
		kt_xmlw_open(w, "Sup");
		return;
	case KT_SUB:
		kt_xmlw_open(w, "Sub");
		return;
	case KT_FORMULA:
		kt_xmlw_open(w, "ArithFormula");
		return;
	case KT_IMAGE:
		kt_xmlw_open(w, "Fig");
		kt_xmlw_attr(w, "src", m->arg);
		return;
	case KT_SENTENCE:
		kt_xmlw_open(w, "QuoteStruct");
		kt_xmlw_open(w, "Sentence");
		return;
	case KT_STRONG:
	case KT_EMPHASIS:
	case KT_CODE:
	case KT_LINK:
	case KT_COLUMN:
		return;
	}
}

static void
close_element(struct inline_out *t, const struct kt_mark *m)
{
	struct kt_xmlw *w = t->o->w;

	switch (m->kind) {
	case KT_RUBY:
		kt_xmlw_open(w, "Rt");
		kt_xmlw_text(w, m->arg, strlen(m->arg));
		kt_xmlw_close(w);
		kt_xmlw_close(w);
		return;
	case KT_SENTENCE:
		kt_xmlw_close(w);
		kt_xmlw_close(w);
		return;
	case KT_UNDERLINE:
	case KT_SUPER:
	case KT_SUB:
	case KT_FORMULA:
	case KT_IMAGE:
		kt_xmlw_close(w);
		return;
	case KT_STRONG:
	case KT_EMPHASIS:
	case KT_CODE:
	case KT_LINK:
	case KT_COLUMN:
		return;
	}
}

static size_t
end_of(const struct kt_mark *m)
{
	return (size_t)m->start + m->len;
}

/* Close the marks that end at `at`; those opened later that go on are closed
 * with them and opened again. */
static void
close_until(struct inline_out *t, size_t at)
{
	const struct kt_mark *again[MOST_OPEN];
	size_t lowest = t->nopen, n = 0;

	for (size_t i = 0; i < t->nopen; i++) {
		if (end_of(t->open[i]) <= at) {
			lowest = i;
			break;
		}
	}
	while (t->nopen > lowest) {
		const struct kt_mark *m = t->open[--t->nopen];

		close_element(t, m);
		if (end_of(m) > at)
			again[n++] = m;
	}
	while (n > 0) {
		const struct kt_mark *m = again[--n];

		open_element(t, m);
		t->open[t->nopen++] = m;
	}
}

/* The next place where a mark ends. */
static size_t
next_end(const struct inline_out *t, size_t most)
{
	for (size_t i = 0; i < t->nopen; i++)
		if (end_of(t->open[i]) < most)
			most = end_of(t->open[i]);
	return most;
}

static void
write_to(struct inline_out *t, size_t *at, size_t to)
{
	close_until(t, *at);
	while (*at < to) {
		size_t stop = next_end(t, to);

		kt_xmlw_text(t->o->w, t->text + *at, stop - *at);
		*at = stop;
		close_until(t, stop);
	}
}

/* Does a mark show in this format? */
static bool
is_written(const struct kt_mark *m)
{
	switch (m->kind) {
	case KT_RUBY:
	case KT_UNDERLINE:
	case KT_SUPER:
	case KT_SUB:
	case KT_FORMULA:
	case KT_IMAGE:
		return true;
	case KT_SENTENCE:
		return m->len > 0;
	case KT_STRONG:
	case KT_EMPHASIS:
	case KT_CODE:
	case KT_LINK:
	case KT_COLUMN:
		return false;
	}
	return false;
}

/* Does a mark lie in [from, to)?  One without words at the border belongs to
 * what follows, at the end of the text to what stands before it. */
static bool
lies_in(const struct kt_mark *m, const char *text, size_t from, size_t to)
{
	if (m->len > 0)
		return m->start < to && end_of(m) > from;
	return m->start >= from &&
	       (m->start < to || (m->start == to && text[to] == '\0'));
}

void
law_out_range(struct law_out *o, const char *text, const struct kt_mark *marks,
    size_t nmarks, size_t from, size_t to)
{
	struct inline_out t = { .o = o, .text = text };
	size_t at = from;

	for (size_t i = 0; i < nmarks; i++) {
		const struct kt_mark *m = &marks[i];

		if (!is_written(m) || !lies_in(m, text, from, to) ||
		    t.nopen == MOST_OPEN)
			continue;
		if (m->start > at)
			write_to(&t, &at, m->start);
		open_element(&t, m);
		/* A formula that is an image has no words either. */
		if (m->len == 0 && m->kind != KT_FORMULA)
			close_element(&t, m);
		else
			t.open[t.nopen++] = m;
	}
	write_to(&t, &at, to);
	close_until(&t, SIZE_MAX);
}

void
law_out_caption(struct law_out *o, const char *name, const struct kt_node *node,
    const char *before, const char *behind)
{
	if (node->caption[0] == '\0' && before[0] == '\0')
		return;
	law_out_open(o, name);
	kt_xmlw_text(o->w, before, strlen(before));
	law_out_range(o, node->caption, node->caption_marks,
	    node->ncaption_marks, 0, strlen(node->caption));
	kt_xmlw_text(o->w, behind, strlen(behind));
	law_out_close(o);
}

/* 〔施行期日〕 has brackets of its own. */
static bool
has_brackets(const char *caption)
{
	static const char *const pairs[][2] = { { "(", ")" }, { "〔", "〕" },
		{ "［", "］" }, { "【", "】" } };
	size_t n = strlen(caption);

	for (size_t i = 0; i < KT_COUNT(pairs); i++) {
		size_t close = strlen(pairs[i][1]);

		if (strncmp(caption, pairs[i][0], strlen(pairs[i][0])) == 0 &&
		    n > close && strcmp(caption + n - close, pairs[i][1]) == 0)
			return true;
	}
	return false;
}

void
law_out_bracketed(
    struct law_out *o, const char *name, const struct kt_node *node)
{
	if (node->caption[0] == '\0')
		return;
	if (has_brackets(node->caption))
		law_out_caption(o, name, node, "", "");
	else
		law_out_caption(o, name, node, "（", "）");
}

/* ---- sentences -------------------------------------------------------- */

/* Words of a sentence, or quoted matter in the middle of it. */
struct bit {
	const struct kt_node *piece, *quote;
	uint32_t start, end;
	size_t column, sentence; /* sentence: in its column */
};

struct bits {
	struct bit *at;
	size_t count, cap;
	size_t before, more; /* sentences beside these in the same element */
};

static void
add_bit(struct bits *b, struct bit bit)
{
	KT_GROW(b->at, b->count, b->cap);
	b->at[b->count++] = bit;
}

/* The sentences of one text; the first goes on with what was open. */
static void
add_piece(struct law_out *o, struct bits *b, const struct kt_node *piece)
{
	struct bit bit = { .piece = piece };
	uint32_t column = 0;
	bool goes_on = b->count > 0;

	if (goes_on) {
		bit.column = b->at[b->count - 1].column;
		bit.sentence = b->at[b->count - 1].sentence;
	}
	kt_sentences_find(&o->cut, piece);
	for (size_t i = 0; i < o->cut.count; i++) {
		const struct kt_sentence *s = &o->cut.at[i];

		if (s->column != column) {
			bit.column++;
			bit.sentence = 0;
		} else if (i > 0) {
			bit.sentence++;
		}
		column = s->column;
		bit.start = s->start;
		bit.end = s->end;
		add_bit(b, bit);
	}
}

/* Quoted matter that stands inside a sentence: its source said so, or the
 * words before it end in 「. */
static bool
is_inside_sentence(const struct kt_node *quote, const struct kt_node *piece)
{
	static const char open[] = "「";
	const size_t wide = sizeof(open) - 1;

	if (quote == NULL || quote->kind != KT_QUOTE)
		return false;
	if (law_out_has_name(quote))
		return law_out_was(quote, "QuoteStruct");
	return piece->len >= wide &&
	       memcmp(piece->text + piece->len - wide, open, wide) == 0;
}

/* All that makes up the sentences of a node; returns the first child that
 * does not. */
static const struct kt_node *
gather(struct law_out *o, struct bits *b, const struct kt_node *node)
{
	const struct kt_node *at = node->first, *piece = node;

	add_piece(o, b, node);
	while (is_inside_sentence(at, piece)) {
		struct bit bit = b->at[b->count - 1];

		bit.quote = at;
		add_bit(b, bit);
		at = at->next;
		if (at != NULL && at->kind == KT_TEXT &&
		    !law_out_has_name(at)) {
			piece = at;
			add_piece(o, b, piece);
			at = at->next;
		}
	}
	return at;
}

static bool
is_proviso(const struct bit *bit)
{
	static const char *const words[] = { "ただし、", "但し、" };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (bit->quote == NULL && strncmp(bit->piece->text + bit->start,
					      words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* What the sentences of one column need to know of each other. */
struct group {
	size_t sentences;
	bool proviso;
};

static struct group
group_at(const struct bits *b, size_t i)
{
	size_t column = b->at[i].column;
	struct group g = { .sentences = 0 };

	for (; i < b->count && b->at[i].column == column; i++) {
		bool begins = i == 0 || b->at[i - 1].column != column ||
			      b->at[i - 1].sentence != b->at[i].sentence;

		g.sentences = b->at[i].sentence + 1;
		if (begins && b->at[i].sentence > 0 && is_proviso(&b->at[i]))
			g.proviso = true;
	}
	return g;
}

static void
open_sentence(struct law_out *o, const struct bits *b, const struct bit *bit,
    const struct group *g)
{
	law_out_open(o, "Sentence");
	if (g->proviso)
		kt_xmlw_attr(o->w, "Function",
		    bit->sentence > 0 && is_proviso(bit) ? "proviso" : "main");
	if (g->sentences + b->more > 1)
		kt_xmlw_attrf(
		    o->w, "Num", "%zu", b->before + bit->sentence + 1);
	o->inside++;
}

static void
close_sentence(struct law_out *o)
{
	o->inside--;
	law_out_close(o);
}

static const char *
unwritten(enum kt_mark_kind kind)
{
	switch (kind) {
	case KT_STRONG:
		return "太字";
	case KT_EMPHASIS:
		return "強調";
	case KT_CODE:
		return "等幅";
	case KT_LINK:
		return "リンク";
	case KT_RUBY:
	case KT_UNDERLINE:
	case KT_SUPER:
	case KT_SUB:
	case KT_IMAGE:
	case KT_FORMULA:
	case KT_SENTENCE:
	case KT_COLUMN:
		break;
	}
	return NULL;
}

static void
lose_marks(struct law_out *o, const struct kt_node *node)
{
	for (size_t i = 0; i < node->nmarks; i++) {
		const char *what = unwritten(node->marks[i].kind);

		if (what != NULL)
			law_out_lose(o, node, what, "");
	}
}

static void
write_bits(struct law_out *o, const struct bits *b, bool columns)
{
	const struct bit *before = NULL;
	struct group g = { .sentences = 0 };

	for (size_t i = 0; i < b->count; i++) {
		const struct bit *bit = &b->at[i];
		bool column = before == NULL || before->column != bit->column;
		bool sentence = column || before->sentence != bit->sentence;

		if (sentence && before != NULL)
			close_sentence(o);
		if (column && columns && before != NULL)
			law_out_close(o);
		if (column)
			g = group_at(b, i);
		if (column && columns) {
			law_out_open(o, "Column");
			kt_xmlw_attrf(o->w, "Num", "%zu", bit->column + 1);
		}
		if (sentence)
			open_sentence(o, b, bit, &g);
		if (bit->quote != NULL)
			law_out_quote(o, bit->quote);
		else
			law_out_range(o, bit->piece->text, bit->piece->marks,
			    bit->piece->nmarks, bit->start, bit->end);
		before = bit;
	}
	close_sentence(o);
	if (columns)
		law_out_close(o);
}

const struct kt_node *
law_out_line(
    struct law_out *o, const struct kt_node *line, size_t before, size_t more)
{
	struct bits b = { .before = before, .more = more };
	const struct kt_node *rest = gather(o, &b, line);

	lose_marks(o, line);
	write_bits(o, &b, b.at[b.count - 1].column > 0);
	free(b.at);
	return rest;
}

const struct kt_node *
law_out_sentences(struct law_out *o, const struct kt_node *node)
{
	return law_out_line(o, node, 0, 0);
}

size_t
law_out_count(struct law_out *o, const struct kt_node *node)
{
	kt_sentences_find(&o->cut, node);
	return o->cut.count;
}

size_t
law_out_label_words(struct law_out *o, const struct kt_node *node)
{
	kt_sentences_find(&o->cut, node);
	return o->cut.label;
}

void
law_out_sentence(struct law_out *o, const struct kt_node *node,
    const char *before, size_t num)
{
	lose_marks(o, node);
	law_out_open(o, "Sentence");
	if (num > 0)
		kt_xmlw_attrf(o->w, "Num", "%zu", num);
	kt_xmlw_text(o->w, before, strlen(before));
	law_out_range(o, node->text, node->marks, node->nmarks, 0, node->len);
	law_out_close(o);
}
