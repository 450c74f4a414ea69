/* SPDX-License-Identifier: MIT */
/*
 * Changes of words as edits of whole units of meaning: words as ICU cuts
 * them, a number with its unit, a whole date, a whole 第N条第M項; a 読点 goes
 * with the word behind it, the closing 句点 is never part (amendment.md §3).
 */
#include "draft_int.h"

#include <stdlib.h>
#include <string.h>

/* Edits nearer than this are one: what is quoted must be worth reading. */
#define GAP_BYTES 12

/* ---- from spans --------------------------------------------------------- */

static void
put(struct kt_edits *out, const struct kt_edit *e)
{
	KT_GROW(out->at, out->count, out->cap);
	out->at[out->count++] = *e;
}

/* What is not common at the start and the end; characters stay whole. */
static void
edit_between(struct kt_edits *out, const struct kt_node *x,
    const struct kt_node *y, size_t nx, size_t ny)
{
	size_t a = 0, b = 0;
	struct kt_edit e = { .old = x, .new = y };

	while (a < nx && a < ny && x->text[a] == y->text[a])
		a++;
	while (a > 0 &&
	       ((x->text[a] & 0xc0) == 0x80 || (y->text[a] & 0xc0) == 0x80))
		a--;
	while (b < nx - a && b < ny - a &&
	       x->text[nx - 1 - b] == y->text[ny - 1 - b])
		b++;
	while (b > 0 && (x->text[nx - b] & 0xc0) == 0x80)
		b--;
	if (a == nx && a == ny)
		return;
	e.start = e.new_start = a;
	e.end = nx - b;
	e.new_end = ny - b;
	put(out, &e);
}

static void
edits_of_spans(struct kt_edits *out, const struct kt_change *c,
    const struct kt_node *x, const struct kt_node *y)
{
	size_t at = 0, new_at = 0;
	struct kt_edit e = { .old = x, .new = y };
	bool open = false;

	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];

		if (s->op == '=') {
			if (open)
				put(out, &e);
			open = false;
			at += s->len;
			new_at += s->len;
			continue;
		}
		if (!open) {
			e.start = e.end = at;
			e.new_start = e.new_end = new_at;
			open = true;
		}
		if (s->op == '-')
			e.end = at += s->len;
		else
			e.new_end = new_at += s->len;
	}
	if (open)
		put(out, &e);
}

/* ---- marks -------------------------------------------------------------- */

bool
kt_same_marks(const struct kt_node *a, const struct kt_node *b)
{
	return kt_marks_equal(a->marks, a->nmarks, b->marks, b->nmarks);
}

bool
kt_same_caption_marks(const struct kt_node *a, const struct kt_node *b)
{
	return kt_marks_equal(a->caption_marks, a->ncaption_marks,
	    b->caption_marks, b->ncaption_marks);
}

/* The place in the new text of an old one that no edit touches. */
static bool
carried(const struct kt_edits *edits, size_t first, size_t start, size_t end,
    size_t *to)
{
	size_t shift_old = 0, shift_new = 0;

	for (size_t i = first; i < edits->count; i++) {
		const struct kt_edit *e = &edits->at[i];

		if (e->start >= end)
			break;
		if (e->end > start)
			return false;
		shift_old += e->end - e->start;
		shift_new += e->new_end - e->new_start;
	}
	*to = start + shift_new - shift_old;
	return true;
}

static bool
has_mark(const struct kt_node *node, const struct kt_mark *like, size_t start)
{
	for (size_t i = 0; i < node->nmarks; i++) {
		const struct kt_mark *m = &node->marks[i];

		if (m->kind == like->kind && m->start == start &&
		    m->len == like->len && strcmp(m->arg, like->arg) == 0)
			return true;
	}
	return false;
}

static size_t
count_marks(const struct kt_node *node)
{
	size_t n = 0;

	for (size_t i = 0; i < node->nmarks; i++)
		n += kt_mark_shows(&node->marks[i]);
	return n;
}

/* Ruby, lines and figures that came or went: one edit over all the text,
 * because their borders are no borders of words. */
static bool
same_marks(const struct kt_edits *edits, size_t first, const struct kt_node *x,
    const struct kt_node *y)
{
	size_t kept = 0, put = 0;

	for (size_t i = 0; i < x->nmarks; i++) {
		const struct kt_mark *m = &x->marks[i];
		size_t to;

		if (!kt_mark_shows(m))
			continue;
		if (!carried(
			edits, first, m->start, (size_t)m->start + m->len, &to))
			continue;
		if (!has_mark(y, m, to))
			return false;
		kept++;
	}
	for (size_t i = 0; i < y->nmarks; i++) {
		const struct kt_mark *m = &y->marks[i];

		if (!kt_mark_shows(m))
			continue;
		for (size_t k = first; k < edits->count; k++)
			if (m->start >= edits->at[k].new_start &&
			    (size_t)m->start + m->len <= edits->at[k].new_end) {
				put++;
				break;
			}
	}
	return kept + put == count_marks(y);
}

/* ---- shaping
 * ---------------------------------------------------------------------------
 */

struct shape {
	const struct kt_word *word; /* of the old text */
	size_t nwords;
	struct kt_edits *edits;
	size_t first;
};

static size_t
word_start(const struct shape *s, size_t at)
{
	size_t low = 0, high = s->nwords;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (s->word[mid].start <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low == 0 ? 0 : s->word[low - 1].start;
}

static size_t
word_end(const struct shape *s, size_t at, size_t most)
{
	size_t low = 0, high = s->nwords;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (s->word[mid].start < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->nwords ? s->word[low].start : most;
}

/* Move the borders of an edit outwards, over what is equal on both sides. */
static void
stretch(struct kt_edit *e, size_t start, size_t end)
{
	e->new_start -= e->start - start;
	e->new_end += end - e->end;
	e->start = start;
	e->end = end;
}

/* Whole words, references, compounds; not into the edits beside it. */
static void
round_off(struct shape *s, struct kt_edit *e, size_t least, size_t most)
{
	const char *p = e->old->text;
	size_t start = e->start, end = e->end;
	bool number = kt_unit_cuts_number(p, most, start) ||
		      (start == end ? kt_unit_joins_number(e, most)
				    : kt_unit_holds_number(p, start, end) ||
					  kt_unit_holds_number(e->new->text,
					      e->new_start, e->new_end));
	bool letter = kt_unit_is_letter_of_number(p, most, start);

	if (start < end) {
		start = word_start(s, start);
		end = word_end(s, end, most);
		/* 行|つた: not the ending alone. */
		while (start > least && end - start <= 3 * strlen("つ") &&
		       kt_unit_splits_verb(p, start))
			start = word_start(s, start - 1);
	}
	if (number || letter)
		kt_unit_reference(
		    p, &start, &end, least, most, letter || start == e->start);
	else
		kt_unit_compound(e, &start, &end, most);
	if (start < least)
		start = least;
	if (end > most)
		end = most;
	stretch(e, start, end);
}

/* 「A、」+「B、」 is 「A」+「、B」: a 読点 goes with the word behind it, and
 * 。 with the sentence that it begins. */
static void
rotate(struct kt_edit *e, size_t least)
{
	const char *x = e->old->text, *y = e->new->text;
	size_t n = strlen("、");

	if (e->start < least + n || (memcmp(x + e->start - n, "、", n) != 0 &&
					memcmp(x + e->start - n, "。", n) != 0))
		return;
	if (e->start == e->end && e->new_end >= e->new_start + n &&
	    memcmp(y + e->new_end - n, x + e->start - n, n) == 0) {
		e->start -= n;
		e->end -= n;
		e->new_start -= n;
		e->new_end -= n;
	} else if (e->new_start == e->new_end && e->end >= e->start + n &&
		   memcmp(x + e->end - n, x + e->start - n, n) == 0) {
		e->start -= n;
		e->end -= n;
		e->new_start -= n;
		e->new_end -= n;
	}
}

/* ---- where words are put in --------------------------------------------- */

/* Words that join what follows to what stands before. */
static bool
begins_joining(const char *p, size_t n)
{
	static const char *const words[] = { "、", "及び", "又は", "並びに",
		"若しくは", "その他", "。", "（" };
	struct kt_scan s = { p, p + n };

	return kt_scan_one_of(&s, words, KT_COUNT(words)) >= 0;
}

/* Does a run of kanji, kana or letters go on over this place? */
static bool
splits_run(const char *p, size_t n, size_t at)
{
	enum kt_script a, b;
	unsigned len;

	if (at == 0 || at >= n)
		return false;
	a = kt_script_of(kt_utf8_before(p, p + at, &len));
	b = kt_script_of(kt_utf8_at(p + at, &len));
	return a == b && a != KT_S_HIRAGANA && a != KT_S_PUNCT;
}

/* How well n bytes at `at` of the text stand by themselves. */
static int
stands_well(const char *p, size_t len, size_t at, size_t n)
{
	return 4 * begins_joining(p + at, n) - 2 * splits_run(p, len, at) -
	       2 * splits_run(p, len, at + n);
}

/* Characters that the window [from, to) can move by to the left or right and
 * leave the same words outside. */
static size_t
step_of(const char *p, size_t n, size_t from, size_t to, bool right)
{
	unsigned a, b;

	if (right) {
		if (to >= n ||
		    kt_utf8_at(p + from, &a) != kt_utf8_at(p + to, &b))
			return 0;
		return a;
	}
	if (from == 0 ||
	    kt_utf8_before(p, p + from, &a) != kt_utf8_before(p, p + to, &b))
		return 0;
	return a;
}

/* 地籍|図又は調査|図 is 地籍図|又は調査図|: words that were put in, or taken
 * out, begin where they read best. */
static void
slide(struct kt_edit *e, size_t least, size_t most)
{
	bool put = e->start == e->end;
	const char *p = put ? e->new->text : e->old->text;
	size_t n = put ? e->new->len : e->old->len;
	size_t from = put ? e->new_start : e->start;
	size_t to = put ? e->new_end : e->end;
	size_t reach = e->start;
	int best = stands_well(p, n, from, to - from), by = 0;

	if (!put && e->new_start != e->new_end)
		return;
	for (int way = -1; way <= 1; way += 2) {
		size_t at = from, step;

		while (
		    (step = step_of(p, n, at, at + (to - from), way > 0)) > 0) {
			int moved;

			at = way > 0 ? at + step : at - step;
			moved = (int)at - (int)from;
			if ((int)reach + moved < (int)least ||
			    (int)reach + (int)(e->end - e->start) + moved >
				(int)most)
				break;
			if (stands_well(p, n, at, to - from) > best) {
				best = stands_well(p, n, at, to - from);
				by = moved;
			}
		}
	}
	e->start = (size_t)((int)e->start + by);
	e->end = (size_t)((int)e->end + by);
	e->new_start = (size_t)((int)e->new_start + by);
	e->new_end = (size_t)((int)e->new_end + by);
}

/* 基|づ|き: kana put into the ending of a word change the word. */
static void
whole_ending(const struct shape *s, struct kt_edit *e, size_t most)
{
	const char *p = e->old->text;
	size_t put = e->new_end - e->new_start;
	unsigned len;

	if (e->start != e->end || e->start == 0 || e->end >= most ||
	    put > 2 * strlen("づ") ||
	    kt_script_of(kt_utf8_at(p + e->end, &len)) != KT_S_HIRAGANA ||
	    kt_script_of(kt_utf8_at(e->new->text + e->new_start, &len)) !=
		KT_S_HIRAGANA)
		return;
	kt_utf8_before(p, p + e->start, &len);
	if (kt_script_of(kt_utf8_before(p, p + e->start, &len)) != KT_S_KANJI)
		return;
	stretch(e, e->start - len, word_end(s, e->end + 1, most));
}

/* 課長は、課長の…: the same change twice is quoted once. */
static bool
same_again(const struct kt_edit *a, const struct kt_edit *b)
{
	size_t n = a->end - a->start, m = a->new_end - a->new_start;

	return n > 0 && m > 0 && b->start > a->end && b->end - b->start == n &&
	       b->new_end - b->new_start == m &&
	       memcmp(a->old->text + a->start, b->old->text + b->start, n) ==
		   0 &&
	       memcmp(a->new->text + a->new_start, b->new->text + b->new_start,
		   m) == 0;
}

/* One edit where two nearly touch. */
static void
merge(struct kt_edits *edits, size_t first)
{
	size_t kept = first;

	for (size_t i = first; i < edits->count; i++) {
		struct kt_edit *e = &edits->at[i];
		struct kt_edit *last =
		    kept > first ? &edits->at[kept - 1] : NULL;

		if (last != NULL && e->start <= last->end + GAP_BYTES &&
		    !same_again(last, e)) {
			last->end = e->end;
			last->new_end = e->new_end;
			continue;
		}
		edits->at[kept++] = *e;
	}
	edits->count = kept;
}

static void
shape_edits(struct shape *s, size_t most)
{
	struct kt_edits *edits = s->edits;

	merge(edits, s->first);
	for (size_t i = s->first; i < edits->count; i++) {
		size_t least = i > s->first ? edits->at[i - 1].end : 0;
		size_t limit =
		    i + 1 < edits->count ? edits->at[i + 1].start : most;

		rotate(&edits->at[i], least);
		slide(&edits->at[i], least, limit);
		whole_ending(s, &edits->at[i], limit);
		round_off(s, &edits->at[i], least, limit);
	}
	merge(edits, s->first);
}

/* The edits of a change, or of what is not the same at both ends. */
static void
find_edits(struct kt_edits *out, struct kt_plan *plan,
    const struct kt_change *c, const struct kt_node *old,
    const struct kt_node *new, size_t old_end, size_t new_end)
{
	struct shape s = { .edits = out, .first = out->count };

	if (c != NULL)
		edits_of_spans(out, c, old, new);
	if (out->count == s.first && old_end == old->len)
		edit_between(out, old, new, old_end, new_end);
	/* Sentences that came or went at the end are said apart. */
	while (out->count > s.first &&
	       out->at[out->count - 1].start >= old_end &&
	       out->at[out->count - 1].new_start >= new_end)
		out->count--;
	s.nwords = kt_words_cut(plan->words, &s.word, old->text, old->len);
	shape_edits(&s, old_end);
	if (!same_marks(out, s.first, old, new)) {
		out->count = s.first;
		put(out, &(struct kt_edit){ .old = old,
			     .new = new,
			     .end = old_end,
			     .new_end = new_end });
	}
}

void
kt_edits_find(struct kt_edits *out, struct kt_plan *plan,
    const struct kt_node *old, const struct kt_node *new, size_t old_end,
    size_t new_end)
{
	const struct kt_change *c = plan->text[old->id];

	find_edits(out, plan, c != NULL && c->new[0] == new ? c : NULL, old,
	    new, old_end, new_end);
}

void
kt_edits_of(struct kt_edits *out, struct kt_plan *plan,
    const struct kt_change *change, const struct kt_node *old,
    const struct kt_node *new)
{
	find_edits(out, plan, change, old, new, old->len, new->len);
}

bool
kt_edits_unreadable(
    const struct kt_edits *edits, size_t first, size_t old_len, size_t new_len)
{
	size_t gone = 0, put = 0, n = edits->count - first;

	for (size_t i = first; i < edits->count; i++) {
		gone += edits->at[i].end - edits->at[i].start;
		put += edits->at[i].new_end - edits->at[i].new_start;
	}
	if (n > 12)
		return true;
	/* A short text is easily said; a long one of which little stays, not.
	 */
	return old_len > 90 && new_len > 90 && gone * 10 > old_len * 7 &&
	       put * 10 > new_len * 7;
}
