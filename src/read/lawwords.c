/* SPDX-License-Identifier: MIT */
/*
 * Words of 法令標準XML: sentences and columns, with ruby, lines, raised and
 * lowered signs, formulas and quoted matter inside them.
 */
#include "law_int.h"

#include <stdlib.h>
#include <string.h>

static void put_inline(struct law *l, const struct kt_xnode *x);
static void put_element(struct law *l, const struct kt_xnode *x);

void
law_words_clear(struct law *l)
{
	kt_buf_clear(&l->text);
	l->nmarks = l->nends = 0;
	l->column = 0;
}

void
law_words_resume(struct law *l, const struct kt_node *node)
{
	law_words_clear(l);
	kt_buf_put(&l->text, node->text, node->len);
	for (size_t i = 0; i < node->nmarks; i++) {
		KT_GROW(l->marks, l->nmarks, l->marks_cap);
		l->marks[l->nmarks++] = node->marks[i];
	}
}

/* ---- plain characters ------------------------------------------------- */

static bool
is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* White space with a line break in it is layout, also inside mixed content;
 * other blanks are the author's. */
static void
put_plain(struct law *l, const char *p)
{
	while (*p != '\0') {
		size_t word = strcspn(p, " \t\r\n"), white = 0;
		bool broken = false;

		kt_buf_put(&l->text, p, word);
		p += word;
		for (; is_white(p[white]); white++)
			broken |= p[white] == '\n' || p[white] == '\r';
		if (!broken)
			kt_buf_put(&l->text, p, white);
		p += white;
	}
}

/* Bytes [from, from + n) of the words go. */
static void
drop(struct law *l, size_t from, size_t n)
{
	size_t end = from + n;

	memmove(l->text.p + from, l->text.p + end, l->text.len - end);
	kt_buf_cut(&l->text, l->text.len - n);
	for (size_t i = 0; i < l->nmarks; i++) {
		struct kt_mark *m = &l->marks[i];
		size_t stop = m->start + m->len;

		if (m->start >= end)
			m->start -= (uint32_t)n;
		else if (m->start > from)
			m->start = (uint32_t)from;
		if (stop >= end)
			stop -= n;
		else if (stop > from)
			stop = from;
		m->len = (uint32_t)(stop - m->start);
	}
}

/* Blanks around a sentence are nobody's. */
static void
trim_from(struct law *l, size_t start)
{
	size_t end = l->text.len, white = 0;

	while (end > start && is_white(l->text.p[end - 1]))
		end--;
	if (end < l->text.len)
		drop(l, end, l->text.len - end);
	while (start + white < end && is_white(l->text.p[start + white]))
		white++;
	if (white > 0)
		drop(l, start, white);
}

static bool
has_words(const struct kt_xnode *x)
{
	struct kt_buf words = KT_BUF_INIT;
	bool some;

	kt_xnode_words(&words, x);
	some = words.p[strspn(words.p, " \t\r\n")] != '\0';
	kt_buf_release(&words);
	return some;
}

/* Words, or an image that stands for some. */
static bool
says_something(const struct kt_xnode *x)
{
	return kt_xnode_elem(x) != NULL || has_words(x);
}

/* ---- marks ------------------------------------------------------------ */

static size_t
open_mark(struct law *l, enum kt_mark_kind kind, const char *arg)
{
	KT_GROW(l->marks, l->nmarks, l->marks_cap);
	l->marks[l->nmarks] = (struct kt_mark){
		.start = (uint32_t)l->text.len, .kind = kind, .arg = arg
	};
	return l->nmarks++;
}

static void
close_mark(struct law *l, size_t mark)
{
	l->marks[mark].len = (uint32_t)l->text.len - l->marks[mark].start;
}

static void
put_marked(struct law *l, const struct kt_xnode *x, enum kt_mark_kind kind,
    const char *arg)
{
	size_t mark = open_mark(l, kind, arg);

	put_inline(l, x);
	close_mark(l, mark);
}

static const char *
keep_words(struct law *l, const struct kt_xnode *x)
{
	struct kt_buf words = KT_BUF_INIT;
	const char *kept;

	kt_xnode_words(&words, x);
	kept = kt_arena_strndup(l->doc->arena, words.p, words.len);
	kt_buf_release(&words);
	return kept;
}

/* Words and their reading, more than one pair at times. */
static void
put_ruby(struct law *l, const struct kt_xnode *x)
{
	size_t mark = open_mark(l, KT_RUBY, "");
	bool read = false;

	for (x = kt_xnode_first(x); x != NULL; x = kt_xnode_next(x)) {
		if (kt_xnode_is(x, "Rt")) {
			l->marks[mark].arg = keep_words(l, x);
			close_mark(l, mark);
			read = true;
			continue;
		}
		if (read && says_something(x))
			mark = open_mark(l, KT_RUBY, "");
		read = read && !says_something(x);
		if (kt_xnode_is_text(x))
			put_plain(l, kt_xnode_text(x));
		else
			put_element(l, x);
	}
	if (!read)
		close_mark(l, mark);
}

static void
put_image(struct law *l, const struct kt_xnode *x)
{
	const char *src = kt_xnode_attr(x, "src");

	open_mark(l, KT_IMAGE, src == NULL ? "" : src);
}

/* Quoted words in the middle of a sentence, a sentence of their own. */
static void
put_quoted(struct law *l, const struct kt_xnode *x)
{
	for (x = kt_xnode_elem(x); x != NULL; x = kt_xnode_next_elem(x)) {
		if (kt_xnode_is(x, "Sentence"))
			put_marked(l, x, KT_SENTENCE, "");
		else
			put_element(l, x);
	}
}

static void
put_element(struct law *l, const struct kt_xnode *x)
{
	law_check_attributes(l, x);
	if (kt_xnode_is(x, "Ruby")) {
		put_ruby(l, x);
	} else if (kt_xnode_is(x, "Line")) {
		const char *style = kt_xnode_attr(x, "Style");

		if (style != NULL && strcmp(style, "solid") != 0)
			law_lose_attribute(l, x, "Style");
		put_marked(l, x, KT_UNDERLINE, "");
	} else if (kt_xnode_is(x, "Sup")) {
		put_marked(l, x, KT_SUPER, "");
	} else if (kt_xnode_is(x, "Sub")) {
		put_marked(l, x, KT_SUB, "");
	} else if (kt_xnode_is(x, "ArithFormula")) {
		put_marked(l, x, KT_FORMULA, "");
	} else if (kt_xnode_is(x, "Fig")) {
		put_image(l, x);
	} else if (kt_xnode_is(x, "QuoteStruct")) {
		put_quoted(l, x);
	} else if (!kt_xnode_is(x, "Rt")) {
		if (!kt_xnode_is(x, "Sentence"))
			law_unknown(l, NULL, x);
		put_inline(l, x);
	}
}

static void
put_inline(struct law *l, const struct kt_xnode *x)
{
	for (x = kt_xnode_first(x); x != NULL; x = kt_xnode_next(x)) {
		if (kt_xnode_is_text(x))
			put_plain(l, kt_xnode_text(x));
		else
			put_element(l, x);
	}
}

void
law_words_put(struct law *l, const struct kt_xnode *x)
{
	size_t start = l->text.len;

	put_inline(l, x);
	trim_from(l, start);
}

void
law_words_put_text(struct law *l, const char *p)
{
	size_t start = l->text.len;

	put_plain(l, p);
	trim_from(l, start);
}

/* ---- words of a node -------------------------------------------------- */

void
law_words_label(struct law *l, struct kt_node *node, size_t n)
{
	char *label = kt_strndup(l->text.p, n);

	kt_node_label(l->doc, node, label);
	free(label);
}

void
law_words_caption(struct law *l, struct kt_node *node, size_t from, size_t n)
{
	size_t kept = 0;

	kt_node_caption(l->doc, node, l->text.p + from, n);
	for (size_t i = 0; i < l->nmarks; i++) {
		struct kt_mark m = l->marks[i];

		if (m.start < from || m.start + m.len > from + n)
			continue;
		m.start -= (uint32_t)from;
		l->marks[kept++] = m;
	}
	kt_node_caption_marks(l->doc, node, l->marks, kept);
}

void
law_words_text(struct law *l, struct kt_node *node)
{
	kt_node_text(l->doc, node, l->text.p, l->text.len);
	kt_node_marks(l->doc, node, l->marks, l->nmarks);
}

void
law_words_lead(struct law *l, struct kt_node *node)
{
	open_mark(l, KT_COLUMN, "label");
	law_words_text(l, node);
}

bool
law_has_lead_only(const struct kt_node *node)
{
	const struct kt_mark *last =
	    node->nmarks == 0 ? NULL : &node->marks[node->nmarks - 1];

	return last != NULL && last->kind == KT_COLUMN &&
	       last->start == node->len && strcmp(last->arg, "label") == 0;
}

/* ---- borders ---------------------------------------------------------- */

/* A sentence ends here. */
static void
end_sentence(struct law *l)
{
	KT_GROW(l->ends, l->nends, l->ends_cap);
	l->ends[l->nends++] = (struct law_border){ .at = (uint32_t)l->text.len,
		.column = l->column };
}

/* Do the rules find the borders of these words by themselves? */
static bool
rules_agree(struct law *l, const struct kt_node *node)
{
	const struct kt_sentences *s = &l->rule;

	kt_sentences_find(&l->rule, node);
	if (s->label != 0 || s->count != l->nends)
		return false;
	for (size_t i = 0; i < s->count; i++)
		if (s->at[i].end != l->ends[i].at ||
		    s->at[i].column != l->ends[i].column)
			return false;
	return true;
}

/* Marks stand in the order of their starts: those of the words, and the
 * borders among them. */
static void
mark_borders(struct law *l, size_t label, bool columns)
{
	struct kt_mark *words = l->marks;
	size_t n = l->nmarks, at = 0, m;

	l->marks = NULL;
	l->nmarks = l->marks_cap = 0;
	if (label > 0) {
		m = open_mark(l, KT_COLUMN, "label");
		l->marks[m].start = (uint32_t)label;
	}
	for (size_t i = 0; i < l->nends; i++) {
		const struct law_border *end = &l->ends[i];

		while (at < n && words[at].start < end->at) {
			KT_GROW(l->marks, l->nmarks, l->marks_cap);
			l->marks[l->nmarks++] = words[at++];
		}
		m = open_mark(l, KT_SENTENCE, "");
		l->marks[m].start = end->at;
		if (!columns ||
		    (i + 1 < l->nends && end[1].column == end->column))
			continue;
		m = open_mark(l, KT_COLUMN, "");
		l->marks[m].start = end->at;
	}
	for (; at < n; at++) {
		KT_GROW(l->marks, l->nmarks, l->marks_cap);
		l->marks[l->nmarks++] = words[at];
	}
	free(words);
}

/* The words gathered become the text of a node; borders that its readers
 * could not know are marked. */
static void
finish_words(struct law *l, struct kt_node *node, size_t label)
{
	bool columns = l->column > 0 || node->kind == KT_ITEM ||
		       node->kind == KT_BULLET || label > 0;

	kt_node_text(l->doc, node, l->text.p, l->text.len);
	kt_node_marks(l->doc, node, NULL, 0);
	if (label > 0 || !rules_agree(l, node))
		mark_borders(l, label, columns);
	law_words_text(l, node);
}

/* ---- sentences -------------------------------------------------------- */

/* Where sentences go: into `node` until quoted matter that is no words
 * interrupts them, then into a TEXT of `owner` behind it. */
struct line {
	struct law *l;
	struct kt_node *owner, *node;
	const struct kt_xnode *at; /* what is read, for lines */
	size_t label; /* bytes of the words that belong to the label */
};

static void
line_flush(struct line *t)
{
	if (t->node == NULL && t->l->text.len > 0)
		t->node = law_add(t->l, t->owner, KT_TEXT, t->at);
	if (t->node != NULL)
		finish_words(t->l, t->node, t->label);
	law_words_clear(t->l);
	t->label = 0;
	t->node = NULL;
}

static bool
is_quoted_block(const struct kt_xnode *x)
{
	const struct kt_xnode *in;

	if (!kt_xnode_is(x, "QuoteStruct"))
		return false;
	in = kt_xnode_elem(x);
	return in != NULL && !kt_xnode_is(in, "Sentence");
}

static void
line_sentence(struct line *t, const struct kt_xnode *x)
{
	struct law *l = t->l;
	size_t start = l->text.len;

	law_check_attributes(l, x);
	t->at = x;
	for (x = kt_xnode_first(x); x != NULL; x = kt_xnode_next(x)) {
		if (is_quoted_block(x)) {
			uint32_t column = l->column;

			/* Unfinished, but its words end here. */
			trim_from(l, start);
			end_sentence(l);
			line_flush(t);
			law_quote(l, t->owner, x);
			law_words_clear(l);
			l->column = column;
			start = 0;
		} else if (kt_xnode_is_text(x)) {
			put_plain(l, kt_xnode_text(x));
		} else {
			put_element(l, x);
		}
	}
	trim_from(l, start);
	end_sentence(l);
}

static void
line_column(struct line *t, const struct kt_xnode *x, bool first)
{
	struct law *l = t->l;
	size_t before = l->text.len;

	law_check_attributes(l, x);
	if (!first)
		l->column++;
	/* The blank between two columns, if both say something. */
	if (!first && before > 0)
		kt_buf_puts(&l->text, "　");
	for (x = kt_xnode_elem(x); x != NULL; x = kt_xnode_next_elem(x)) {
		if (!kt_xnode_is(x, "Sentence"))
			law_unknown(l, NULL, x);
		line_sentence(t, x);
	}
}

static struct line
line_begin(struct law *l, struct kt_node *owner, struct kt_node *node,
    const struct kt_xnode *x)
{
	struct line t = { .l = l, .owner = owner, .node = node, .at = x };

	law_words_clear(l);
	if (node != NULL && law_has_lead_only(node)) {
		law_words_resume(l, node);
		l->nmarks--;
		t.label = node->len;
	}
	return t;
}

/* Words of the label and of the sentences have a blank between them, if both
 * say something. */
static void
part_label(struct line *t, const struct kt_xnode *x)
{
	if (t->label > 0 && has_words(x))
		kt_buf_puts(&t->l->text, "　");
}

void
law_line(struct law *l, struct kt_node *owner, struct kt_node *node,
    const struct kt_xnode *x)
{
	struct line t = line_begin(l, owner, node, x);
	bool first = true;

	part_label(&t, x);
	for (x = kt_xnode_elem(x); x != NULL; x = kt_xnode_next_elem(x)) {
		if (kt_xnode_is(x, "Column")) {
			line_column(&t, x, first);
		} else {
			if (!kt_xnode_is(x, "Sentence"))
				law_unknown(l, NULL, x);
			line_sentence(&t, x);
		}
		first = false;
	}
	line_flush(&t);
}

void
law_sentence(struct law *l, struct kt_node *owner, struct kt_node *node,
    const struct kt_xnode *x)
{
	struct line t = line_begin(l, owner, node, x);

	line_sentence(&t, x);
	line_flush(&t);
}

void
law_lines(struct law *l, struct kt_node *owner, const struct kt_xnode *x)
{
	struct line t = line_begin(l, owner, NULL, x);

	for (x = kt_xnode_elem(x); x != NULL; x = kt_xnode_next_elem(x)) {
		if (l->text.len > 0 && says_something(x))
			line_flush(&t);
		line_sentence(&t, x);
	}
	if (owner->first == NULL && l->text.len == 0)
		t.node = owner;
	line_flush(&t);
}

void
law_words_drop(struct law *l, size_t n)
{
	drop(l, 0, n);
}

void
law_words_enclose(struct law *l, const struct kt_mark *m)
{
	KT_GROW(l->marks, l->nmarks, l->marks_cap);
	memmove(l->marks + 1, l->marks, l->nmarks * sizeof(*l->marks));
	l->marks[0] = *m;
	l->nmarks++;
}
