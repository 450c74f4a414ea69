/* SPDX-License-Identifier: MIT */
/*
 * What of two clauses differs besides their words: ruby, underlines and the
 * like, and how the cells of a row are merged.  No span can show it, so it is
 * put into words.
 */
#include "diff_int.h"

#include <string.h>

#define NOTES_MOST 3 /* differences of a clause that are named */
#define SHOWN_MOST 12 /* characters of the words they are of */

static const char *const mark_words[] = {
	[KT_RUBY] = "ルビ",
	[KT_UNDERLINE] = "下線",
	[KT_SUPER] = "上付き",
	[KT_SUB] = "下付き",
	[KT_STRONG] = "太字",
	[KT_EMPHASIS] = "斜体",
	[KT_CODE] = "等幅",
	[KT_LINK] = "リンク",
	[KT_IMAGE] = "図",
	[KT_FORMULA] = "算式",
};

/* Marks of one side. */
struct marks {
	const char *text;
	const struct kt_mark *at;
	uint32_t n;
};

static bool
has_mark(const struct marks *m, const struct kt_mark *mark)
{
	for (uint32_t i = 0; i < m->n; i++)
		if (kt_mark_equal(&m->at[i], mark))
			return true;
	return false;
}

/* Another difference; false when enough of them are named. */
static bool
begin_note(struct other_form *f, struct kt_buf *out)
{
	if (f->count++ == NOTES_MOST)
		kt_buf_puts(out, "ほか");
	if (f->count > NOTES_MOST)
		return false;
	if (f->count > 1)
		kt_buf_puts(out, "、");
	return true;
}

static void
put_quoted(struct kt_buf *out, const char *p, size_t n)
{
	size_t at = 0;
	unsigned len;

	for (unsigned i = 0; i < SHOWN_MOST && at < n; i++, at += len)
		kt_utf8_at(p + at, &len);
	kt_buf_puts(out, "「");
	kt_buf_put(out, p, at);
	kt_buf_puts(out, at < n ? "…」" : "」");
}

/* The marks that only x has. */
static void
note_marks(struct other_form *f, struct kt_buf *out, const struct marks *x,
    const struct marks *y, const char *sign)
{
	for (uint32_t i = 0; i < x->n; i++) {
		const struct kt_mark *m = &x->at[i];

		if (!kt_mark_shows(m) || has_mark(y, m))
			continue;
		f->flags |= KT_FL_MARKS;
		if (!begin_note(f, out))
			return;
		kt_buf_puts(out, sign);
		kt_buf_puts(out, mark_words[m->kind]);
		put_quoted(out, x->text + m->start, m->len);
		if (m->kind == KT_RUBY)
			kt_buf_printf(out, "（%s）", m->arg);
	}
}

static void
compare_marks(struct other_form *f, struct kt_buf *out, const struct marks *x,
    const struct marks *y)
{
	note_marks(f, out, x, y, "－");
	note_marks(f, out, y, x, "＋");
}

static void
marks_of_text(struct other_form *f, struct kt_buf *out, const struct kt_node *x,
    const struct kt_node *y)
{
	struct marks p = { x->text, x->marks, x->nmarks };
	struct marks q = { y->text, y->marks, y->nmarks };

	if (p.n + q.n > 0 && strcmp(x->text, y->text) == 0)
		compare_marks(f, out, &p, &q);
}

static void
marks_of_caption(struct other_form *f, struct kt_buf *out,
    const struct kt_node *x, const struct kt_node *y)
{
	struct marks p = { x->caption, x->caption_marks, x->ncaption_marks };
	struct marks q = { y->caption, y->caption_marks, y->ncaption_marks };

	if (p.n + q.n > 0 && strcmp(x->caption, y->caption) == 0)
		compare_marks(f, out, &p, &q);
}

/* ---- cells -------------------------------------------------------------- */

/* Words of a cell may be its own or those of a paragraph in it. */
static const struct kt_node *
speaker(const struct kt_node *cell)
{
	const struct kt_node *only = cell->first;

	return cell->len == 0 && only != NULL && only == cell->last &&
		       only->kind == KT_TEXT
		   ? only
		   : cell;
}

static void
put_extent(struct kt_buf *out, unsigned x, unsigned y, const char *what)
{
	if (x != y)
		kt_buf_printf(out, "%s%u→%u", what, x, y);
}

static void
note_cell(struct other_form *f, struct kt_buf *out, const struct kt_node *x,
    const struct kt_node *y)
{
	bool merged = x->rowspan != y->rowspan || x->colspan != y->colspan;

	f->flags |= KT_FL_FORM;
	if (!begin_note(f, out))
		return;
	put_quoted(out, speaker(y)->text, speaker(y)->len);
	kt_buf_puts(out, merged ? "の結合：" : "の中の組み方");
	put_extent(out, x->rowspan, y->rowspan, "縦");
	put_extent(out, x->colspan, y->colspan, "横");
}

/* Blocks in a cell, in the same words. */
static bool
same_blocks(const struct kt_node *x, const struct kt_node *y)
{
	const struct kt_node *a = speaker(x), *b = speaker(y);

	return (a->first == NULL && b->first == NULL) ||
	       kt_node_equal(x, y, NULL, NULL);
}

static void
compare_cells(struct other_form *f, struct kt_buf *out, const struct kt_node *x,
    const struct kt_node *y, bool same_words)
{
	if (x->rowspan != y->rowspan || x->colspan != y->colspan ||
	    (same_words && !same_blocks(x, y)))
		note_cell(f, out, x, y);
	if (same_words)
		marks_of_text(f, out, speaker(x), speaker(y));
}

static const struct kt_node *
next_cell(const struct kt_node *at)
{
	while (at != NULL && at->kind != KT_CELL)
		at = at->next;
	return at;
}

static void
compare_row(struct other_form *f, struct kt_buf *out, const struct kt_node *x,
    const struct kt_node *y, bool same_words)
{
	const struct kt_node *a = next_cell(x->first), *b = next_cell(y->first);

	while (a != NULL && b != NULL) {
		compare_cells(f, out, a, b, same_words);
		a = next_cell(a->next);
		b = next_cell(b->next);
	}
}

void
kt_form_compare(struct other_form *f, struct kt_arena *arena,
    const struct kt_node *x, const struct kt_node *y, bool same_words)
{
	struct kt_buf out = KT_BUF_INIT;

	*f = (struct other_form){ .note = "" };
	if (x->kind == KT_ROW && y->kind == KT_ROW) {
		compare_row(f, &out, x, y, same_words);
	} else if (same_words) {
		marks_of_caption(f, &out, x, y);
		marks_of_text(f, &out, x, y);
	}
	if (out.len > 0)
		f->note = kt_arena_strndup(arena, out.p, out.len);
	kt_buf_release(&out);
}
