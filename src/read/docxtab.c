/* SPDX-License-Identifier: MIT */
/* A 新旧対照表 that was typed without a table: a head and lines whose columns
 * are parted by a tab. */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

static const char blank[] = "　"; /* what a tab is read as */

static char
half_name(const struct word_block *b, bool right)
{
	const char *p = b->words.text.p;
	size_t from = right ? b->tab + strlen(blank) : 0;
	size_t to = right ? b->words.text.len : b->tab;

	return word_side_name(p + from, to - from);
}

/* The block that names both columns; blocks->n when there is none. */
static size_t
find_head(const struct word_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		const struct word_block *b = &blocks->at[i];
		char left, right;

		if (b->kind != WORD_PARAGRAPH || b->tab == 0)
			continue;
		left = half_name(b, false);
		right = half_name(b, true);
		if (left != 0 && right != 0 && left != right)
			return i;
	}
	return blocks->n;
}

void
word_tell_tabbed(struct word *w, const struct word_blocks *blocks)
{
	size_t head = find_head(blocks);

	if (head == blocks->n)
		return;
	kt_report(w->d, .id = KT_M_DOCX_TABBED,
	    .at = { .file = w->name, .line = blocks->at[head].at });
}

/* A line without a tab has no right half. */
static void
keep_half(struct word *w, struct word_block *b, bool right)
{
	struct kt_inline *words = &b->words, half;
	size_t end = words->text.len, n;
	size_t tab = b->tab == 0 ? end : b->tab;
	size_t from = !right ? 0 : b->tab > 0 ? tab + strlen(blank) : end;
	size_t to = right ? end : tab;
	struct kt_mark *marks = kt_inline_cut_marks(words, from, to, &n);

	kt_inline_init(&half, w->arena);
	kt_inline_begin(&half, b->at, 1);
	kt_inline_text(&half, words->text.p + from, to - from);
	for (size_t i = 0; i < n; i++)
		kt_inline_mark(&half, marks[i].kind, marks[i].arg,
		    marks[i].start, marks[i].len);
	kt_inline_end_shown(&half);
	free(marks);
	kt_inline_release(words);
	*words = half;
}

bool
word_tabbed_side(struct word *w, struct word_blocks *blocks)
{
	char want = w->how.side == KT_TABLE_NEW ? 'n' : 'o';
	size_t head = find_head(blocks), n = 0;
	bool right;

	if (head == blocks->n)
		return false;
	right = half_name(&blocks->at[head], true) == want;
	for (size_t i = 0; i < blocks->n; i++) {
		struct word_block *b = &blocks->at[i];

		if (i <= head || b->kind != WORD_PARAGRAPH) {
			kt_inline_release(&b->words);
			free(b->code);
			continue;
		}
		keep_half(w, b, right);
		blocks->at[n++] = *b;
	}
	blocks->n = n;
	return true;
}
