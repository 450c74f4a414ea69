/* SPDX-License-Identifier: MIT */
/*
 * What differs between two texts.  Only the stretch between the first and
 * the last difference is cut into words, widened to the punctuation around
 * it, so that words are the same as in the whole.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

void
kt_text_release(struct text_work *t)
{
	kt_words_free(t->segmenter);
	kt_notation_free(t->notation);
	kt_seq_release(&t->seq);
	free(t->tokens[0]);
	free(t->tokens[1]);
	free(t->ids);
	free(t->marks);
	free(t->hunks);
	kt_buf_release(&t->one);
	kt_buf_release(&t->two);
	kt_buf_release(&t->three);
}

/* ---- the window --------------------------------------------------------- */

/* How far the window may be widened to whole sentences, in bytes; beyond
 * that to the next punctuation mark. */
#define SENTENCE_MOST 900
/* Bytes by which texts differ when one may have a sentence more. */
#define ADDED_LEAST 30

static bool
ends_sentence(uint32_t c)
{
	return c == 0x3002 || c == '\n' || c == '\t';
}

static bool
is_break(uint32_t c)
{
	return ends_sentence(c) || c == 0x3001 || c == 0x300c || c == 0x300d ||
	       c == 0xff08 || c == 0xff09;
}

static bool
inside_atom(const struct words *in, uint32_t at)
{
	uint32_t low = 0, high = in->natoms;

	/* The last atom that begins before `at`. */
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (in->atoms[mid].start < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 &&
	       at < in->atoms[low - 1].start + in->atoms[low - 1].len;
}

/* Equal bytes at the beginning and behind them at the end, whole characters
 * only. */
static void
equal_ends(const struct words *x, const struct words *y, uint32_t *head,
    uint32_t *tail)
{
	uint32_t n = x->len < y->len ? x->len : y->len, i = 0, k = 0;
	const char *p = x->p + x->len, *q = y->p + y->len;

	while (i < n && x->p[i] == y->p[i])
		i++;
	while (i > 0 && i < x->len && ((unsigned char)x->p[i] & 0xc0) == 0x80)
		i--;
	while (i > 0 && i < y->len && ((unsigned char)y->p[i] & 0xc0) == 0x80)
		i--;
	while (k < n - i && p[-1 - (int64_t)k] == q[-1 - (int64_t)k])
		k++;
	while (k > 0 && ((unsigned char)p[-(int64_t)k] & 0xc0) == 0x80)
		k--;
	*head = i;
	*tail = k;
}

/* From `end` equal bytes back to behind a punctuation mark, or the end of a
 * sentence. */
static uint32_t
head_at(
    const struct words *x, const struct words *y, uint32_t end, bool sentence)
{
	uint32_t found = 0;
	unsigned len;

	for (uint32_t at = end; at > 0; at -= len) {
		uint32_t c = kt_utf8_before(x->p, x->p + at, &len);

		if (!is_break(c) || inside_atom(x, at) || inside_atom(y, at))
			continue;
		if (!sentence || ends_sentence(c))
			return at;
		if (found == 0)
			found = at;
		if (end - at > SENTENCE_MOST)
			return found;
	}
	return end <= SENTENCE_MOST ? 0 : found;
}

/* The same from the end: how many bytes stand behind the mark. */
static uint32_t
tail_at(
    const struct words *x, const struct words *y, uint32_t begin, bool sentence)
{
	uint32_t found = 0;
	unsigned len;

	for (uint32_t at = begin; at > 0;) {
		uint32_t c = kt_utf8_at(x->p + x->len - at, &len);

		at -= len;
		if (!is_break(c) || inside_atom(x, x->len - at) ||
		    inside_atom(y, y->len - at))
			continue;
		if (!sentence || ends_sentence(c))
			return at;
		if (found == 0)
			found = at;
		if (begin - at > SENTENCE_MOST)
			return found;
	}
	return begin <= SENTENCE_MOST ? 0 : found;
}

/* Bytes at both ends that need not be looked at.  What was only added or
 * removed, it seems, is seen with its whole sentence, where it may be drawn
 * better. */
static void
find_window(const struct words *x, const struct words *y, uint32_t *head,
    uint32_t *tail)
{
	uint32_t i, k;
	bool added;

	equal_ends(x, y, &i, &k);
	added = i + k == x->len || i + k == y->len ||
		x->len + ADDED_LEAST < y->len || y->len + ADDED_LEAST < x->len;
	*head = head_at(x, y, i, added);
	*tail = tail_at(x, y, k, added);
}

/* ---- hunks -------------------------------------------------------------- */

static struct hunk *
put_hunk(struct text_work *t, struct hunk h)
{
	if (h.note == NULL)
		h.note = "";
	if (!h.label)
		h.flags |= kt_class_flag(h.class);
	KT_GROW(t->hunks, t->nhunks, t->hunks_cap);
	t->hunks[t->nhunks] = h;
	return &t->hunks[t->nhunks++];
}

static const struct kt_ref *
ref_of(const struct text_work *t, int side, uint32_t i)
{
	uint32_t atom = t->tokens[side][i].atom;

	return atom == NONE ? NULL : t->in[side]->atoms[atom].ref;
}

/* Two references that stand in the same place. */
static void
put_refs(struct work *w, uint32_t a, uint32_t b)
{
	struct text_work *t = &w->text;
	const char *note;
	bool same = kt_tokens_same(t, a, b);
	enum kt_span_class class =
	    kt_relate(w, ref_of(t, 0, a), ref_of(t, 1, b), &note);

	if (class == KT_SC_NONE && same)
		return;
	put_hunk(t, (struct hunk){ .a0 = a,
			.a1 = a + 1,
			.b0 = b,
			.b1 = b + 1,
			.class = class,
			.note = note,
			.same = same });
}

static void
put_words(
    struct text_work *t, uint32_t a0, uint32_t a1, uint32_t b0, uint32_t b1)
{
	if (a0 < a1 || b0 < b1)
		put_hunk(
		    t, (struct hunk){ .a0 = a0, .a1 = a1, .b0 = b0, .b1 = b1 });
}

static uint32_t
next_ref(const struct text_work *t, int side, uint32_t i, uint32_t end)
{
	while (i < end && ref_of(t, side, i) == NULL)
		i++;
	return i;
}

static uint32_t
count_refs(const struct text_work *t, int side, uint32_t i, uint32_t end)
{
	uint32_t n = 0;

	for (; i < end; i++)
		n += ref_of(t, side, i) != NULL;
	return n;
}

/* Do the references of a stretch mean the same, or nothing on both sides? */
static bool
refs_agree(struct work *w, uint32_t a0, uint32_t a1, uint32_t b0, uint32_t b1)
{
	struct text_work *t = &w->text;
	const char *note;

	for (;;) {
		const struct kt_ref *x, *y;

		a0 = next_ref(t, 0, a0, a1);
		b0 = next_ref(t, 1, b0, b1);
		if (a0 == a1 || b0 == b1)
			return a0 == a1 && b0 == b1;
		x = ref_of(t, 0, a0++);
		y = ref_of(t, 1, b0++);
		if (x->state == KT_R_RESOLVED || y->state == KT_R_RESOLVED) {
			enum kt_span_class class = kt_relate(w, x, y, &note);

			if (class != KT_SC_NONE && class != KT_SC_NOTATION)
				return false;
		}
	}
}

/* A replaced stretch with as many references on both sides is several: what
 * became of each, and the words between them. */
static void
put_stretch(struct work *w, uint32_t a0, uint32_t a1, uint32_t b0, uint32_t b1)
{
	struct text_work *t = &w->text;
	struct hunk whole = { .a0 = a0, .a1 = a1, .b0 = b0, .b1 = b1 };
	uint32_t n = count_refs(t, 0, a0, a1);

	/* 前項但し書 may be read as one reference and 前項ただし書 as another.
	 */
	if (n > 0 && refs_agree(w, a0, a1, b0, b1) &&
	    kt_is_notation(w, &whole)) {
		whole.class = KT_SC_NOTATION;
		put_hunk(t, whole);
		return;
	}
	if (n == count_refs(t, 1, b0, b1)) {
		for (; n > 0; n--) {
			uint32_t a = next_ref(t, 0, a0, a1);
			uint32_t b = next_ref(t, 1, b0, b1);

			put_words(t, a0, a, b0, b);
			put_refs(w, a, b);
			a0 = a + 1;
			b0 = b + 1;
		}
	}
	put_words(t, a0, a1, b0, b1);
}

/* Hunks that grew together may hold as many references on both sides after
 * all. */
static void
split_again(struct work *w)
{
	struct text_work *t = &w->text;
	size_t n = t->nhunks;
	struct hunk *old = kt_malloc(sizeof(*old) * n);

	memcpy(old, t->hunks, sizeof(*old) * n);
	t->nhunks = 0;
	for (size_t i = 0; i < n; i++) {
		const struct hunk *h = &old[i];

		if (is_open(h))
			put_stretch(w, h->a0, h->a1, h->b0, h->b1);
		else
			put_hunk(t, *h);
	}
	free(old);
}

/* Tokens equal by what they mean, not by how they are written. */
static void
put_equal(struct work *w, uint32_t a, uint32_t b)
{
	struct text_work *t = &w->text;

	if (ref_of(t, 0, a) != NULL && ref_of(t, 1, b) != NULL)
		put_refs(w, a, b);
	else if (kt_tokens_same(t, a, b))
		return;
	else if (t->tokens[0][a].atom != NONE && t->tokens[1][b].atom != NONE)
		put_hunk(t, (struct hunk){ .a0 = a,
				.a1 = a + 1,
				.b0 = b,
				.b1 = b + 1,
				.class = KT_SC_REF_FOLLOWED,
				.label = true });
	else
		put_words(t, a, a + 1, b, b + 1);
}

static void
make_hunks(struct work *w)
{
	struct text_work *t = &w->text;
	uint32_t n = (uint32_t)t->ntokens[0], m = (uint32_t)t->ntokens[1];
	const uint8_t *da = t->marks, *db = t->marks + n;
	uint32_t i = 0, j = 0;

	while (i < n || j < m) {
		uint32_t a = i, b = j;

		while (i < n && da[i] != 0)
			i++;
		while (j < m && db[j] != 0)
			j++;
		if (a < i || b < j)
			put_stretch(w, a, i, b, j);
		else
			put_equal(w, i++, j++);
	}
}

/* ---- what moved within ----------------------------------------------------
 */

/* If a whole text begins with token i, and ends before `end`, the token
 * behind it, else i. */
static uint32_t
behind_whole(const struct text_work *t, int side, uint32_t i, uint32_t end,
    uint64_t *said)
{
	const struct token *v = t->tokens[side];
	const struct atom *atom;

	if (v[i].atom == NONE)
		return i;
	atom = &t->in[side]->atoms[v[i].atom];
	*said = atom->said;
	if (atom->said == 0 || v[i].start != atom->start)
		return i;
	for (uint32_t k = i; k < end; k++)
		if (v[k].start + v[k].len == atom->start + atom->len)
			return k + 1;
	return i;
}

static int
by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* Whole texts that the hunks of one side have, sorted. */
static uint64_t *
list_wholes(const struct text_work *t, int side, size_t *n)
{
	uint64_t *v = kt_malloc(sizeof(*v) * t->ntokens[side]), said;

	*n = 0;
	for (size_t k = 0; k < t->nhunks; k++) {
		const struct hunk *h = &t->hunks[k];
		uint32_t i = side == 0 ? h->a0 : h->b0;
		uint32_t end = side == 0 ? h->a1 : h->b1;

		for (; i < end; i++)
			if (behind_whole(t, side, i, end, &said) > i)
				v[(*n)++] = said;
	}
	if (*n > 0)
		qsort(v, *n, sizeof(*v), by_value);
	return v;
}

/* The parts of one side of a hunk up to its last text that stands elsewhere
 * in the other text, each a hunk of its own; *rest is where what is left
 * begins. */
static void
put_moved(struct text_work *t, const struct hunk *h, int side,
    const uint64_t *other, size_t n, uint32_t *rest)
{
	uint32_t end = side == 0 ? h->a1 : h->b1;

	*rest = side == 0 ? h->a0 : h->b0;
	for (uint32_t i = *rest; i < end; i++) {
		struct hunk part = {
			.a0 = h->a0, .a1 = h->a0, .b0 = h->b0, .b1 = h->b0
		};
		uint32_t *from = side == 0 ? &part.a0 : &part.b0;
		uint32_t *to = side == 0 ? &part.a1 : &part.b1;
		uint64_t said = 0;
		uint32_t behind = behind_whole(t, side, i, end, &said);

		if (behind == i || n == 0 ||
		    bsearch(&said, other, n, sizeof(said), by_value) == NULL)
			continue;
		*from = *rest;
		*to = i;
		if (i > *rest)
			put_hunk(t, part);
		*from = i;
		*to = *rest = behind;
		part.moved = true;
		part.note = "移動";
		put_hunk(t, part);
	}
}

/* Of a split or merge: no text that nobody edited is shown as gone here and
 * new there without saying so. */
static void
find_moved(struct text_work *t)
{
	size_t n[2], nhunks = t->nhunks;
	uint64_t *wholes[2];
	struct hunk *old = kt_malloc(sizeof(*old) * nhunks);

	for (int side = 0; side < 2; side++)
		wholes[side] = list_wholes(t, side, &n[side]);
	memcpy(old, t->hunks, sizeof(*old) * nhunks);
	t->nhunks = 0;
	for (size_t i = 0; i < nhunks; i++) {
		struct hunk *h = &old[i];
		uint32_t a = h->a0, b = h->b0;

		if (is_open(h)) {
			put_moved(t, h, 0, wholes[1], n[1], &a);
			h->a0 = a;
			put_moved(t, h, 1, wholes[0], n[0], &b);
			h->b0 = b;
		}
		if (h->a0 < h->a1 || h->b0 < h->b1)
			put_hunk(t, *h);
	}
	free(wholes[0]);
	free(wholes[1]);
	free(old);
}

/* ---- comparing ---------------------------------------------------------- */

static void
compare_window(struct work *w, const uint32_t from, const uint32_t end[2])
{
	struct text_work *t = &w->text;
	size_t n;

	t->from = from;
	for (int side = 0; side < 2; side++)
		kt_tokens_make(w, side, from, end[side]);
	n = t->ntokens[0] + t->ntokens[1];
	if (n > t->room) {
		t->room = n + n / 2;
		free(t->ids);
		free(t->marks);
		t->ids = kt_malloc(t->room * sizeof(*t->ids));
		t->marks = kt_malloc(t->room);
	}
	n = 0;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < t->ntokens[side]; i++)
			t->ids[n++] = kt_token_id(w, side, &t->tokens[side][i]);
	t->limit = !kt_seq_diff(&t->seq, t->ids, (uint32_t)t->ntokens[0],
	    t->ids + t->ntokens[0], (uint32_t)t->ntokens[1], t->marks,
	    t->marks + t->ntokens[0]);
	make_hunks(w);
	kt_prove_notation(w);
	kt_join_islands(t);
	split_again(w);
	find_moved(t);
	kt_prove_notation(w);
	kt_tidy(w);
	kt_classify(w);
	for (size_t i = 0; i < t->nhunks; i++) {
		struct hunk *h = &t->hunks[i];

		h->a1 = stretch_end(t, 0, h->a0, h->a1);
		h->b1 = stretch_end(t, 1, h->b0, h->b1);
		h->a0 = token_start(t, 0, h->a0);
		h->b0 = token_start(t, 1, h->b0);
	}
}

/* References in an equal stretch, `back` bytes nearer to the beginning on
 * the new side: the same words may mean another clause. */
static void
relate_equal(struct work *w, uint32_t from, uint32_t to, int64_t shift)
{
	struct text_work *t = &w->text;
	const struct words *x = t->in[0], *y = t->in[1];
	uint32_t j = 0;

	for (uint32_t i = 0; i < x->natoms; i++) {
		const struct atom *a = &x->atoms[i], *b;
		enum kt_span_class class;
		const char *note;

		if (a->start < from || a->start + a->len > to || a->ref == NULL)
			continue;
		while (j < y->natoms &&
		       (int64_t)y->atoms[j].start < a->start + shift)
			j++;
		if (j == y->natoms)
			return;
		b = &y->atoms[j];
		if ((int64_t)b->start != a->start + shift || b->len != a->len ||
		    b->ref == NULL)
			continue;
		class = kt_relate(w, a->ref, b->ref, &note);
		if (class != KT_SC_NONE)
			put_hunk(t, (struct hunk){ .a0 = a->start,
					.a1 = a->start + a->len,
					.b0 = b->start,
					.b1 = b->start + b->len,
					.class = class,
					.note = note,
					.same = true });
	}
}

/* ---- nothing but references ------------------------------------------------
 */

/* The words outside the atoms are the same, and so are the atoms in number
 * and kind: what is left is what became of each.  The usual case by far when
 * articles shifted, and no words need to be cut for it. */
static bool
same_around_atoms(const struct words *x, const struct words *y)
{
	uint32_t i = 0, j = 0;

	if (x->natoms != y->natoms || x->natoms == 0)
		return false;
	for (uint32_t k = 0; k <= x->natoms; k++) {
		bool last = k == x->natoms;
		uint32_t a = last ? x->len : x->atoms[k].start;
		uint32_t b = last ? y->len : y->atoms[k].start;

		if (a - i != b - j || memcmp(x->p + i, y->p + j, a - i) != 0)
			return false;
		if (last)
			break;
		if ((x->atoms[k].ref == NULL) != (y->atoms[k].ref == NULL))
			return false;
		i = a + x->atoms[k].len;
		j = b + y->atoms[k].len;
	}
	return true;
}

static void
relate_atoms(struct work *w, const struct words *x, const struct words *y)
{
	for (uint32_t k = 0; k < x->natoms; k++) {
		const struct atom *a = &x->atoms[k], *b = &y->atoms[k];
		struct hunk h = { .a0 = a->start,
			.a1 = a->start + a->len,
			.b0 = b->start,
			.b1 = b->start + b->len };

		h.same = a->len == b->len &&
			 memcmp(x->p + a->start, y->p + b->start, a->len) == 0;
		if (a->ref != NULL) {
			h.class = kt_relate(w, a->ref, b->ref, &h.note);
			if (h.class == KT_SC_NONE && h.same)
				continue;
		} else {
			if (h.same)
				continue;
			h.class = KT_SC_REF_FOLLOWED;
			h.label = true;
		}
		put_hunk(&w->text, h);
	}
}

static int
by_start(const void *x, const void *y)
{
	const struct hunk *a = x, *b = y;

	if (a->a0 != b->a0)
		return a->a0 < b->a0 ? -1 : 1;
	return a->b0 < b->b0 ? -1 : a->b0 > b->b0;
}

void
kt_text_compare(
    struct work *w, const struct words *old, const struct words *new)
{
	struct text_work *t = &w->text;
	uint32_t head, tail, end[2];
	size_t inside;

	t->in[0] = old;
	t->in[1] = new;
	t->nhunks = 0;
	t->limit = t->replaced = false;
	if (same_around_atoms(old, new)) {
		relate_atoms(w, old, new);
		return;
	}
	find_window(old, new, &head, &tail);
	end[0] = old->len - tail;
	end[1] = new->len - tail;
	if (head < end[0] || head < end[1])
		compare_window(w, head, end);
	inside = t->nhunks;
	relate_equal(w, 0, head, 0);
	relate_equal(
	    w, end[0], old->len, (int64_t) new->len - (int64_t)old->len);
	if (t->nhunks > inside)
		qsort(t->hunks, t->nhunks, sizeof(*t->hunks), by_start);
}
