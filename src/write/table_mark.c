/* SPDX-License-Identifier: MIT */
/*
 * Which words get a line beside them.  The change list says; but what is
 * printed must be true whatever it says, so every pair of texts is checked:
 * without the marked words both must be the same.  If they are not, all
 * between their common beginning and their common end is marked.
 */
#include "table_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- stretches of the change list ------------------------------------ */

/* Where the strings of some nodes stand in their joined words. */
struct place {
	const struct kt_node *node;
	enum piece_kind kind;
	size_t start, len;
};

struct places {
	struct place *at;
	size_t n, cap;
	const char *p, *cursor, *end; /* the words, and how far they are read */
	bool lost; /* a string was not found where it must be */
};

/* What stands between the strings of a subtree. */
static size_t
separator_at(const char *p, const char *end)
{
	if (*p == ' ' || *p == '\t' || *p == '\n')
		return 1;
	if (end - p >= 3 &&
	    (memcmp(p, "　", 3) == 0 || memcmp(p, "（", 3) == 0 ||
		memcmp(p, "）", 3) == 0))
		return 3;
	return 0;
}

static void
find_string(struct places *w, const struct kt_node *node, enum piece_kind kind,
    const char *p, size_t n)
{
	size_t step;

	if (n == 0 || w->lost)
		return;
	for (; (size_t)(w->end - w->cursor) >= n; w->cursor += step) {
		if (memcmp(w->cursor, p, n) == 0) {
			KT_GROW(w->at, w->n, w->cap);
			w->at[w->n++] = (struct place){ .node = node,
				.kind = kind,
				.start = (size_t)(w->cursor - w->p),
				.len = n };
			w->cursor += n;
			return;
		}
		step = separator_at(w->cursor, w->end);
		if (step == 0)
			break;
	}
	w->lost = true;
}

static void
find_strings(struct places *w, const struct kt_node *root)
{
	for (const struct kt_node *at = root; at != NULL && !w->lost;
	     at = kt_node_next(at, root)) {
		find_string(w, at, PIECE_LABEL, at->label, strlen(at->label));
		find_string(
		    w, at, PIECE_CAPTION, at->caption, strlen(at->caption));
		find_string(
		    w, at, PIECE_RELATED, at->related, strlen(at->related));
		find_string(w, at, PIECE_TEXT, at->text, at->len);
	}
}

static void
add_range(struct ranges *r, const struct kt_node *node, enum piece_kind kind,
    size_t start, size_t len)
{
	if (len == 0)
		return;
	KT_GROW(r->at, r->n, r->cap);
	r->at[r->n++] = (struct range){ .node = node->id,
		.kind = kind,
		.start = (uint32_t)start,
		.len = (uint32_t)len };
}

/* A marked stretch [from, to) of the joined words, string by string. */
static void
add_stretch(struct ranges *r, const struct places *w, size_t *place,
    size_t from, size_t to)
{
	while (*place < w->n && w->at[*place].start < to) {
		const struct place *p = &w->at[*place];
		size_t begin = from > p->start ? from : p->start;
		size_t end = p->start + p->len;

		if (begin < end)
			add_range(r, p->node, p->kind, begin - p->start,
			    (to < end ? to : end) - begin);
		if (end > to)
			return;
		(*place)++;
	}
}

static void
add_spans(struct ranges *r, const struct kt_change *c, char op,
    const struct places *w)
{
	size_t at = 0, place = 0;

	for (uint32_t i = 0; i < c->nspans; i++) {
		if (c->spans[i].op == op)
			add_stretch(r, w, &place, at, at + c->spans[i].len);
		if (c->spans[i].op == op || c->spans[i].op == '=')
			at += c->spans[i].len;
	}
}

static enum piece_kind
kind_of(enum kt_side side)
{
	switch (side) {
	case KT_SIDE_CAPTION:
		return PIECE_CAPTION;
	case KT_SIDE_RELATED:
		return PIECE_RELATED;
	case KT_SIDE_TEXT:
	case KT_SIDE_SUBTREE:
	case KT_SIDE_ROW:
		break;
	}
	return PIECE_TEXT;
}

static void
read_change(struct ranges *r, const struct kt_change *c, int side)
{
	const struct kt_node **nodes = side == SIDE_OLD ? c->old : c->new;
	const char **texts = side == SIDE_OLD ? c->old_text : c->new_text;
	uint32_t n = side == SIDE_OLD ? c->nold : c->nnew;
	struct kt_buf all = KT_BUF_INIT;
	struct places w = { 0 };

	for (uint32_t i = 0; i < n; i++)
		kt_buf_puts(&all, texts[i]);
	w.p = w.cursor = all.p;
	w.end = all.p + all.len;
	if (c->side != KT_SIDE_SUBTREE && c->side != KT_SIDE_ROW)
		find_string(&w, nodes[0], kind_of(c->side), all.p, all.len);
	else
		for (uint32_t i = 0; i < n; i++)
			find_strings(&w, nodes[i]);
	if (!w.lost)
		add_spans(r, c, side == SIDE_OLD ? '-' : '+', &w);
	free(w.at);
	kt_buf_release(&all);
}

/* All stretches that the list marks on one side. */
static void
read_changes(struct ranges *r, const struct kt_changes *list, int side)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		if (c->nold > 0 && c->nnew > 0 && c->nspans > 0)
			read_change(r, c, side);
	}
	ranges_sort(r);
}

/* ---- two strings ----------------------------------------------------- */

static bool
same_words(const struct piece *a, const struct piece *b)
{
	return a->len == b->len && memcmp(a->p, b->p, a->len) == 0;
}

/* A string with what is marked in it, read one unmarked byte at a time. */
struct bare {
	const struct piece *p;
	const struct range *at;
	size_t n, next;
	uint32_t pos;
};

static int
next_bare(struct bare *b)
{
	while (b->next < b->n && b->pos >= b->at[b->next].start) {
		uint32_t end = b->at[b->next].start + b->at[b->next].len;

		if (end > b->pos)
			b->pos = end;
		b->next++;
	}
	return b->pos < b->p->len ? (unsigned char)b->p->p[b->pos++] : -1;
}

static bool
same_unmarked(struct bare a, struct bare b)
{
	int c;

	do {
		c = next_bare(&a);
		if (c != next_bare(&b))
			return false;
	} while (c >= 0);
	return true;
}

static bool
is_inside_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Mark all but the common beginning and end, whole characters. */
static void
mark_middle(struct ranges *ra, struct ranges *rb, const struct piece *a,
    const struct piece *b)
{
	uint32_t most = a->len < b->len ? a->len : b->len;
	uint32_t head = 0, tail = 0;

	while (head < most && a->p[head] == b->p[head])
		head++;
	while (
	    head > 0 && ((head < a->len && is_inside_character(a->p[head])) ||
			    (head < b->len && is_inside_character(b->p[head]))))
		head--;
	while (tail < most - head &&
	       a->p[a->len - 1 - tail] == b->p[b->len - 1 - tail])
		tail++;
	while (tail > 0 && is_inside_character(a->p[a->len - tail]))
		tail--;
	add_range(ra, a->node, a->kind, head, a->len - head - tail);
	add_range(rb, b->node, b->kind, head, b->len - head - tail);
}

/* ---- marks of the document itself ------------------------------------ */

static size_t
marks_of(const struct piece *p, const struct kt_mark **marks)
{
	if (p->kind == PIECE_CAPTION) {
		*marks = p->node->caption_marks;
		return p->node->ncaption_marks;
	}
	*marks = p->node->marks;
	return p->kind == PIECE_TEXT ? p->node->nmarks : 0;
}

/* Equal words whose ruby or emphasis differs: those words are marked on both
 * sides.  Were any? */
static bool
mark_marks(struct ranges *ra, struct ranges *rb, const struct piece *a,
    const struct piece *b)
{
	const struct kt_mark *x, *y;
	size_t n = marks_of(a, &x), m = marks_of(b, &y), i = 0, j = 0;
	bool any = false;

	while (i < n || j < m) {
		const struct kt_mark *odd;

		if (i < n && !kt_mark_shows(&x[i])) {
			i++;
			continue;
		}
		if (j < m && !kt_mark_shows(&y[j])) {
			j++;
			continue;
		}
		if (i < n && j < m && kt_mark_equal(&x[i], &y[j])) {
			i++;
			j++;
			continue;
		}
		odd = j == m || (i < n && x[i].start <= y[j].start) ? &x[i++]
								    : &y[j++];
		add_range(ra, a->node, a->kind, odd->start, odd->len);
		add_range(rb, b->node, b->kind, odd->start, odd->len);
		any = true;
	}
	return any;
}

/* ---- lines ----------------------------------------------------------- */

struct marker {
	const struct kt_profile *profile;
	struct kt_words *words;
	struct ranges told[SIDES]; /* what the list says, sorted */
	struct ranges *out[SIDES];
};

static void
mark_whole(struct marker *k, int side, const struct piece *p)
{
	if (p != NULL)
		add_range(k->out[side], p->node, p->kind, 0, p->len);
}

static void
keep_told(struct marker *k, int side, const struct bare *b)
{
	for (size_t i = 0; i < b->n; i++)
		add_range(k->out[side], b->p->node, b->p->kind, b->at[i].start,
		    b->at[i].len);
}

/* Two strings that answer to each other; either may be missing.  Do they
 * differ? */
static bool
mark_pieces(struct marker *k, const struct piece *a, const struct piece *b)
{
	struct bare x = { .p = a }, y = { .p = b };
	size_t from[SIDES];

	if (a == NULL || b == NULL || a->kind == PIECE_LABEL) {
		if (a == NULL && b == NULL)
			return false;
		if (a != NULL && b != NULL && same_words(a, b))
			return false;
		mark_whole(k, SIDE_OLD, a);
		mark_whole(k, SIDE_NEW, b);
		return true;
	}
	if (same_words(a, b))
		return mark_marks(k->out[SIDE_OLD], k->out[SIDE_NEW], a, b);
	x.n = ranges_find(&k->told[SIDE_OLD], a, &x.at);
	y.n = ranges_find(&k->told[SIDE_NEW], b, &y.at);
	from[SIDE_OLD] = k->out[SIDE_OLD]->n;
	from[SIDE_NEW] = k->out[SIDE_NEW]->n;
	if (same_unmarked(x, y)) {
		keep_told(k, SIDE_OLD, &x);
		keep_told(k, SIDE_NEW, &y);
	} else {
		mark_middle(k->out[SIDE_OLD], k->out[SIDE_NEW], a, b);
	}
	table_pair_marks(k->out[SIDE_OLD], from[SIDE_OLD], k->out[SIDE_NEW],
	    from[SIDE_NEW], a, b, k->profile, k->words);
	return true;
}

static unsigned char
mark_line(struct marker *k, const struct table_side *o,
    const struct table_side *n, size_t old, size_t new)
{
	unsigned char differs = 0;

	for (int i = PIECE_LABEL; i < PIECE_KINDS; i++) {
		enum piece_kind kind = (enum piece_kind)i;

		if (mark_pieces(k,
			doc_line_piece(&o->lines, &o->lines.at[old], kind),
			doc_line_piece(&n->lines, &n->lines.at[new], kind)))
			differs |=
			    kind == PIECE_LABEL ? DIFF_LABEL : DIFF_WORDS;
	}
	return differs;
}

/* ---- rows of tables -------------------------------------------------- */

/* The strings of a row, without the signs between them. */
static void
read_row(struct doc_lines *out, const struct kt_node *row)
{
	size_t kept = 0;

	for (const struct kt_node *at = row->first; at != NULL; at = at->next)
		doc_lines_read_cell(out, at);
	for (size_t i = 0; i < out->npieces; i++)
		if (out->pieces[i].kind != PIECE_SIGN)
			out->pieces[kept++] = out->pieces[i];
	out->npieces = kept;
}

static bool
mark_row(struct marker *k, const struct kt_node *old, const struct kt_node *new)
{
	struct doc_lines a = DOC_LINES_INIT, b = DOC_LINES_INIT;
	bool alike;

	if (kt_node_equal(old, new, NULL, NULL))
		return false;
	read_row(&a, old);
	read_row(&b, new);
	alike = a.npieces == b.npieces;
	for (size_t i = 0; alike && i < a.npieces; i++)
		alike = a.pieces[i].kind == b.pieces[i].kind;
	for (size_t i = 0; i < a.npieces; i++)
		if (alike)
			mark_pieces(k, &a.pieces[i], &b.pieces[i]);
		else
			mark_whole(k, SIDE_OLD, &a.pieces[i]);
	for (size_t i = 0; !alike && i < b.npieces; i++)
		mark_whole(k, SIDE_NEW, &b.pieces[i]);
	doc_lines_release(&a);
	doc_lines_release(&b);
	return true;
}

void
table_mark(struct table_match *m)
{
	struct table_side *o = &m->side[SIDE_OLD], *n = &m->side[SIDE_NEW];
	struct marker k = { .profile = m->profile,
		.out = { &o->changed, &n->changed } };

	if (m->profile->enacting)
		k.words = kt_words_new();
	read_changes(&k.told[SIDE_OLD], m->list, SIDE_OLD);
	read_changes(&k.told[SIDE_NEW], m->list, SIDE_NEW);
	for (size_t i = 0; i < n->lines.n; i++) {
		size_t j = n->answer[i];
		unsigned char differs;

		if (j == NO_LINE)
			continue;
		if (n->lines.at[i].style != KT_LINE_ROW)
			differs = mark_line(&k, o, n, j, i);
		else
			differs = mark_row(&k, o->lines.at[j].node,
				      n->lines.at[i].node)
				      ? DIFF_WORDS
				      : 0;
		n->differs[i] = o->differs[j] = differs;
	}
	ranges_sort(&o->changed);
	ranges_sort(&n->changed);
	free(k.told[SIDE_OLD].at);
	free(k.told[SIDE_NEW].at);
	kt_words_free(k.words);
}
