/* SPDX-License-Identifier: MIT */
/* A text as the pieces that are printed of it, and where words stand in it. */
#include "against_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- words -------------------------------------------------------------- */

static bool
is_bracket(uint32_t c)
{
	static const uint32_t brackets[] = { 0xff08, 0xff09, '(', ')', 0xff3b,
		0xff3d, '[', ']', 0x3010, 0x3011, 0x3014, 0x3015 };

	for (size_t i = 0; i < KT_COUNT(brackets); i++)
		if (c == brackets[i])
			return true;
	return false;
}

void
against_fold(struct folded *out, const char *p, size_t n)
{
	unsigned len;

	kt_buf_clear(&out->words);
	kt_buf_clear(&out->key);
	for (size_t i = 0; i < n; i += len) {
		uint32_t c = kt_utf8_at(p + i, &len);

		if (kt_is_space(c))
			continue;
		if (!is_bracket(c)) {
			while (out->key.len + len >= out->cap) {
				out->cap = out->cap * 2 + 64;
				out->place = kt_realloc(
				    out->place, out->cap * sizeof(*out->place));
			}
			for (unsigned k = 0; k < len; k++)
				out->place[out->key.len + k] =
				    out->words.len + k;
			kt_buf_put(&out->key, p + i, len);
		}
		kt_buf_put(&out->words, p + i, len);
	}
}

void
against_fold_release(struct folded *f)
{
	kt_buf_release(&f->words);
	kt_buf_release(&f->key);
	free(f->place);
}

/* ---- pieces ------------------------------------------------------------- */

static void
put_piece(struct printed_text *t, struct folded *f, const struct kt_node *node,
    enum piece_kind kind, const char *p, size_t n)
{
	struct piece *piece;

	against_fold(f, p, n);
	if (f->key.len == 0)
		return;
	KT_GROW(t->at, t->count, t->cap);
	piece = &t->at[t->count++];
	*piece = (struct piece){ .node = node,
		.kind = kind,
		.at = t->keys.len,
		.len = f->key.len,
		.words = kt_arena_strndup(t->arena, f->words.p, f->words.len),
		.nwords = f->words.len,
		.lead = f->place[0],
		.line = NO_PLACE };
	kt_buf_put(&t->keys, f->key.p, f->key.len);
}

static void
put_string(struct printed_text *t, struct folded *f, const struct kt_node *node,
    enum piece_kind kind, const char *p)
{
	put_piece(t, f, node, kind, p, strlen(p));
}

/* In the order in which they are printed. */
static void
put_node(struct printed_text *t, struct folded *f, const struct kt_node *node)
{
	bool above = node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH;

	/* What stands for a picture. */
	if (node->kind == KT_FIGURE)
		put_string(t, f, node, PIECE_LABEL, "図：");
	if (above)
		put_string(t, f, node, PIECE_CAPTION, node->caption);
	put_string(t, f, node, PIECE_LABEL, node->label);
	if (!above)
		put_string(t, f, node, PIECE_CAPTION, node->caption);
	if (node->kind != KT_FIGURE)
		put_string(t, f, node, PIECE_RELATED, node->related);
	put_piece(t, f, node, PIECE_TEXT, node->text, node->len);
	if (node->kind == KT_FIGURE)
		put_string(t, f, node, PIECE_RELATED, node->related);
}

struct start {
	const char *key;
	size_t piece;
};

static int
cmp_starts(const void *a, const void *b)
{
	const struct start *x = a, *y = b;
	int by = strcmp(x->key, y->key);

	return by != 0 ? by : (x->piece > y->piece) - (x->piece < y->piece);
}

static void
sort(struct printed_text *t)
{
	struct start *at = kt_calloc(t->count + 1, sizeof(*at));

	for (size_t i = 0; i < t->count; i++)
		at[i] = (struct start){ t->keys.p + t->at[i].at, i };
	if (t->count > 0)
		qsort(at, t->count, sizeof(*at), cmp_starts);
	t->sorted = KT_NEWN(t->arena, size_t, t->count + 1);
	for (size_t i = 0; i < t->count; i++)
		t->sorted[i] = at[i].piece;
	free(at);
}

void
against_text_read(struct printed_text *t, const struct kt_doc *doc)
{
	struct folded f = FOLDED_INIT;

	*t = (struct printed_text){
		.doc = doc, .arena = kt_arena_new(), .keys = KT_BUF_INIT
	};
	t->first = KT_NEWN(t->arena, size_t, doc->count + 1);
	t->behind = KT_NEWN(t->arena, size_t, doc->count + 1);
	for (size_t i = 0; i < doc->count; i++) {
		t->first[i] = t->count;
		put_node(t, &f, doc->nodes[i]);
		for (const struct kt_node *at = doc->nodes[i]; at != NULL;
		     at = at->parent)
			t->behind[at->id] = t->count;
	}
	sort(t);
	against_fold_release(&f);
}

void
against_text_release(struct printed_text *t)
{
	kt_buf_release(&t->keys);
	free(t->at);
	kt_arena_free(t->arena);
}

/* ---- where words stand -------------------------------------------------- */

/* The first of the sorted pieces that is not before the key; behind all that
 * begin with it if `after`. */
static size_t
bound(const struct printed_text *t, const char *key, size_t n, bool after)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int by = strncmp(t->keys.p + t->at[t->sorted[mid]].at, key, n);

		if (by < 0 || (after && by == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void
against_text_find(const struct printed_text *t, const char *key, size_t n,
    size_t *from, size_t *to)
{
	*from = bound(t, key, n, false);
	*to = bound(t, key, n, true);
}

size_t
against_text_at(const struct printed_text *t, size_t byte)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (t->at[mid].at < byte)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == t->count)
		return byte == t->keys.len ? t->count : NO_PLACE;
	return t->at[low].at == byte ? low : NO_PLACE;
}

size_t
against_text_piece(const struct printed_text *t, const struct kt_node *node,
    enum piece_kind kind)
{
	for (size_t i = t->first[node->id];
	     i < t->count && t->at[i].node == node; i++)
		if (t->at[i].kind == kind)
			return i;
	return NO_PLACE;
}

bool
against_lies_in(const struct kt_node *node, enum kt_kind kind)
{
	while (node != NULL && node->kind != kind)
		node = node->parent;
	return node != NULL;
}
