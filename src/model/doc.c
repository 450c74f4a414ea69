/* SPDX-License-Identifier: MIT */
/*
 * The tree: build, walk, compare, copy.  What is derived from the finished
 * tree (ids, numbers, units) is made in finish.c.
 */
#include "model_int.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[KT_KINDS] = {
	[KT_DOC] = "document",
	[KT_TOC] = "toc",
	[KT_PREAMBLE] = "preamble",
	[KT_PART] = "part",
	[KT_CHAPTER] = "chapter",
	[KT_SECTION] = "section",
	[KT_SUBSECTION] = "subsection",
	[KT_DIVISION] = "division",
	[KT_ARTICLE] = "article",
	[KT_PARAGRAPH] = "paragraph",
	[KT_ITEM] = "item",
	[KT_HEADED] = "headed",
	[KT_TOPIC] = "topic",
	[KT_SUPPL] = "supplementary",
	[KT_APPENDIX] = "appendix",
	[KT_TEXT] = "text",
	[KT_BULLET] = "bullet",
	[KT_TABLE] = "table",
	[KT_ROW] = "row",
	[KT_CELL] = "cell",
	[KT_FIGURE] = "figure",
	[KT_COMMENTARY] = "commentary",
	[KT_NOTE] = "note",
	[KT_QUOTE] = "quote",
};

const char *
kt_kind_name(enum kt_kind kind)
{
	return kind_names[kind];
}

bool
kt_kind_is_division(enum kt_kind kind)
{
	return kind >= KT_PART && kind <= KT_DIVISION;
}

bool
kt_kind_encloses(enum kt_kind kind)
{
	return kind == KT_QUOTE || kind == KT_COMMENTARY || kind == KT_NOTE ||
	       kind == KT_TABLE || kind == KT_FIGURE || kind == KT_TOC;
}

bool
kt_kind_follows(enum kt_kind kind)
{
	return kind == KT_COMMENTARY || kind == KT_NOTE || kind == KT_QUOTE;
}

/* ---- building --------------------------------------------------------- */

/* From one document in so many nodes side by side. */
#define BATCH_FIRST 4
#define BATCH_MOST 256

/* Nodes lie side by side, apart from their words: whoever looks at all of
 * them, as many do, would wait for memory at each otherwise. */
static struct kt_node *
take_node(struct kt_doc *doc)
{
	if (doc->nfresh == 0) {
		doc->batch = doc->batch == 0           ? BATCH_FIRST
			     : doc->batch < BATCH_MOST ? doc->batch * 2
						       : BATCH_MOST;
		doc->fresh = KT_NEWN(doc->arena, struct kt_node, doc->batch);
		doc->nfresh = doc->batch;
	}
	doc->nfresh--;
	return doc->fresh++;
}

static struct kt_node *
new_node(struct kt_doc *doc, enum kt_kind kind)
{
	struct kt_node *node = take_node(doc);

	node->kind = kind;
	node->label = node->caption = node->related = node->text =
	    node->origin = "";
	node->colspan = node->rowspan = 1;
	return node;
}

struct kt_doc *
kt_doc_new(const char *source)
{
	struct kt_doc *doc = kt_calloc(1, sizeof(*doc));
	struct kt_meta *m = &doc->meta;

	doc->arena = kt_arena_new();
	doc->source = kt_arena_strdup(doc->arena, source == NULL ? "" : source);
	doc->stored = "";
	m->id = m->title = m->kind = m->number = m->style = "";
	doc->root = new_node(doc, KT_DOC);
	kt_doc_finish(doc);
	return doc;
}

void
kt_doc_free(struct kt_doc *doc)
{
	if (doc == NULL)
		return;
	kt_index_free(doc->index);
	free(doc->nodes);
	kt_arena_free(doc->arena);
	free(doc);
}

void
kt_doc_stored(struct kt_doc *doc, const char *rev, const char *path)
{
	doc->stored = kt_arena_printf(doc->arena, "%s:%s", rev, path);
}

void
kt_node_unlink(struct kt_node *node)
{
	struct kt_node *parent = node->parent;

	if (node->prev != NULL)
		node->prev->next = node->next;
	else if (parent != NULL)
		parent->first = node->next;
	if (node->next != NULL)
		node->next->prev = node->prev;
	else if (parent != NULL)
		parent->last = node->prev;
	node->parent = node->prev = node->next = NULL;
}

void
kt_node_insert(
    struct kt_node *parent, struct kt_node *before, struct kt_node *node)
{
	assert(node->parent == NULL);
	assert(before == NULL || before->parent == parent);
	node->parent = parent;
	node->next = before;
	node->prev = before == NULL ? parent->last : before->prev;
	if (node->prev != NULL)
		node->prev->next = node;
	else
		parent->first = node;
	if (before != NULL)
		before->prev = node;
	else
		parent->last = node;
}

struct kt_node *
kt_doc_add(struct kt_doc *doc, struct kt_node *parent, enum kt_kind kind)
{
	struct kt_node *node = new_node(doc, kind);

	kt_node_insert(parent, NULL, node);
	return node;
}

static const char *
keep(struct kt_doc *doc, const char *p, size_t n)
{
	return n == 0 ? "" : kt_arena_strndup(doc->arena, p, n);
}

void
kt_node_label(struct kt_doc *doc, struct kt_node *node, const char *label)
{
	node->label = keep(doc, label, strlen(label));
}

void
kt_node_caption(
    struct kt_doc *doc, struct kt_node *node, const char *p, size_t n)
{
	node->caption = keep(doc, p, n);
}

void
kt_node_related(
    struct kt_doc *doc, struct kt_node *node, const char *p, size_t n)
{
	node->related = keep(doc, p, n);
}

void
kt_node_origin(struct kt_doc *doc, struct kt_node *node, const char *name)
{
	node->origin = keep(doc, name, strlen(name));
}

void
kt_node_text(struct kt_doc *doc, struct kt_node *node, const char *p, size_t n)
{
	assert(n <= UINT32_MAX);
	node->text = keep(doc, p, n);
	node->len = (uint32_t)n;
}

/* Marks of one string, their arguments copied.  A string that carries more
 * than its counter can say is not a text anyone reads; the rest is plain. */
static const struct kt_mark *
keep_marks(
    struct kt_doc *doc, const struct kt_mark *marks, size_t n, uint16_t *count)
{
	struct kt_mark *kept;

	if (n > UINT16_MAX)
		n = UINT16_MAX;
	*count = (uint16_t)n;
	if (n == 0)
		return NULL;
	kept = KT_NEWN(doc->arena, struct kt_mark, n);
	for (size_t i = 0; i < n; i++) {
		kept[i] = marks[i];
		kept[i].arg = marks[i].arg == NULL ? ""
						   : keep(doc, marks[i].arg,
							 strlen(marks[i].arg));
	}
	return kept;
}

void
kt_node_marks(struct kt_doc *doc, struct kt_node *node,
    const struct kt_mark *marks, size_t n)
{
	node->marks = keep_marks(doc, marks, n, &node->nmarks);
}

void
kt_node_caption_marks(struct kt_doc *doc, struct kt_node *node,
    const struct kt_mark *marks, size_t n)
{
	node->caption_marks = keep_marks(doc, marks, n, &node->ncaption_marks);
}

struct kt_node *
kt_node_copy_one(
    struct kt_doc *doc, struct kt_node *parent, const struct kt_node *from)
{
	struct kt_node *to = kt_doc_add(doc, parent, from->kind);

	kt_node_label(doc, to, from->label);
	kt_node_caption(doc, to, from->caption, strlen(from->caption));
	kt_node_related(doc, to, from->related, strlen(from->related));
	kt_node_text(doc, to, from->text, from->len);
	kt_node_origin(doc, to, from->origin);
	kt_node_marks(doc, to, from->marks, from->nmarks);
	kt_node_caption_marks(
	    doc, to, from->caption_marks, from->ncaption_marks);
	to->num = from->num;
	to->to = from->to;
	to->line = from->line;
	to->column = from->column;
	to->colspan = from->colspan;
	to->rowspan = from->rowspan;
	to->align = from->align;
	to->header = from->header;
	to->deleted = from->deleted;
	return to;
}

struct kt_node *
kt_node_copy(
    struct kt_doc *doc, struct kt_node *parent, const struct kt_node *from)
{
	struct kt_node *top = kt_node_copy_one(doc, parent, from), *to = top;
	const struct kt_node *at = from;

	for (;;) {
		if (at->first != NULL) {
			at = at->first;
			to = kt_node_copy_one(doc, to, at);
			continue;
		}
		while (at != from && at->next == NULL) {
			at = at->parent;
			to = to->parent;
		}
		if (at == from)
			return top;
		at = at->next;
		to = kt_node_copy_one(doc, to->parent, at);
	}
}

/* ---- walking ---------------------------------------------------------- */

struct kt_node *
kt_node_skip(const struct kt_node *node, const struct kt_node *root)
{
	while (node != NULL && node != root) {
		if (node->next != NULL)
			return node->next;
		node = node->parent;
	}
	return NULL;
}

size_t
kt_node_end(const struct kt_doc *doc, const struct kt_node *node)
{
	const struct kt_node *next = kt_node_skip(node, doc->root);

	return next == NULL ? doc->count : next->id;
}

struct kt_node *
kt_node_next(const struct kt_node *node, const struct kt_node *root)
{
	return node->first != NULL ? node->first : kt_node_skip(node, root);
}

/* ---- words ------------------------------------------------------------ */

/* Is the caption of this kind written in （ ） behind the label? */
static bool
caption_in_brackets(enum kt_kind kind)
{
	return kind == KT_ARTICLE || kind == KT_PARAGRAPH || kind == KT_ITEM ||
	       kind == KT_SUPPL;
}

static void
put_part(struct kt_buf *out, size_t begin, const char *words, bool brackets)
{
	if (words[0] == '\0')
		return;
	if (brackets) {
		kt_buf_puts(out, "（");
		kt_buf_puts(out, words);
		kt_buf_puts(out, "）");
		return;
	}
	if (out->len > begin)
		kt_buf_puts(out, "　");
	kt_buf_puts(out, words);
}

static void
put_words_of(struct kt_buf *out, const struct kt_node *node)
{
	size_t begin = out->len;

	put_part(out, begin, node->label, false);
	put_part(out, begin, node->caption, caption_in_brackets(node->kind));
	put_part(out, begin, node->related, true);
	put_part(out, begin, node->text, false);
}

static bool
has_words(const struct kt_node *node)
{
	return node->label[0] != '\0' || node->caption[0] != '\0' ||
	       node->related[0] != '\0' || node->len > 0;
}

/* What separates the words of a node from those before them. */
static void
put_gap(
    struct kt_buf *out, const struct kt_node *node, const struct kt_node *row)
{
	char last = out->len == 0 ? '\n' : out->p[out->len - 1];

	if (row == NULL || node == row)
		return;
	if (node->kind == KT_CELL && node->parent == row) {
		if (node->prev != NULL)
			kt_buf_putc(out, '\t');
	} else if (has_words(node) && last != '\t' && last != '\n') {
		kt_buf_putc(out, ' ');
	}
}

void
kt_node_words(struct kt_buf *out, const struct kt_node *root)
{
	const struct kt_node *row = NULL, *row_end = NULL;

	for (const struct kt_node *at = root; at != NULL;
	     at = kt_node_next(at, root)) {
		size_t before;

		if (row != NULL && at == row_end) {
			kt_buf_putc(out, '\n');
			row = NULL;
		}
		if (at->kind == KT_ROW && row == NULL) {
			row = at;
			row_end = kt_node_skip(at, root);
		}
		put_gap(out, at, row);
		before = out->len;
		put_words_of(out, at);
		if (row == NULL && out->len > before)
			kt_buf_putc(out, '\n');
	}
	if (row != NULL)
		kt_buf_putc(out, '\n');
}

/* ---- equality --------------------------------------------------------- */

bool
kt_mark_shows(const struct kt_mark *mark)
{
	return mark->kind != KT_SENTENCE && mark->kind != KT_COLUMN;
}

bool
kt_mark_equal(const struct kt_mark *a, const struct kt_mark *b)
{
	return a->kind == b->kind && a->start == b->start && a->len == b->len &&
	       strcmp(a->arg, b->arg) == 0;
}

bool
kt_marks_equal(
    const struct kt_mark *a, size_t na, const struct kt_mark *b, size_t nb)
{
	size_t i = 0, j = 0;

	for (;; i++, j++) {
		while (i < na && !kt_mark_shows(&a[i]))
			i++;
		while (j < nb && !kt_mark_shows(&b[j]))
			j++;
		if (i == na || j == nb)
			return i == na && j == nb;
		if (!kt_mark_equal(&a[i], &b[j]))
			return false;
	}
}

static bool
equal_one(const struct kt_node *x, const struct kt_node *y)
{
	return x->kind == y->kind && strcmp(x->label, y->label) == 0 &&
	       strcmp(x->caption, y->caption) == 0 &&
	       strcmp(x->related, y->related) == 0 && x->len == y->len &&
	       memcmp(x->text, y->text, x->len) == 0 &&
	       x->colspan == y->colspan && x->rowspan == y->rowspan &&
	       kt_marks_equal(x->marks, x->nmarks, y->marks, y->nmarks) &&
	       kt_marks_equal(x->caption_marks, x->ncaption_marks,
		   y->caption_marks, y->ncaption_marks);
}

static bool
differ(const struct kt_node *x, const struct kt_node *y,
    const struct kt_node **a, const struct kt_node **b)
{
	if (a != NULL)
		*a = x;
	if (b != NULL)
		*b = y;
	return false;
}

bool
kt_node_equal(const struct kt_node *x, const struct kt_node *y,
    const struct kt_node **a, const struct kt_node **b)
{
	const struct kt_node *i = x, *j = y;

	for (;;) {
		if (!equal_one(i, j))
			return differ(i, j, a, b);
		if (i->first != NULL && j->first != NULL) {
			i = i->first;
			j = j->first;
			continue;
		}
		if (i->first != NULL || j->first != NULL)
			return differ(i->first, j->first, a, b);
		while (i != x && j != y && i->next == NULL && j->next == NULL) {
			i = i->parent;
			j = j->parent;
		}
		if (i == x || j == y)
			return true;
		if (i->next == NULL || j->next == NULL)
			return differ(i->next, j->next, a, b);
		i = i->next;
		j = j->next;
	}
}
