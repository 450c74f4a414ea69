/* SPDX-License-Identifier: MIT */
/*
 * Lines to runs: a line is cut wherever a mark, a changed stretch or a
 * reference begins or ends, by one sweep over the sorted ends.
 */
#include "layout.h"

#include <stdlib.h>
#include <string.h>

/* ---- changed stretches ----------------------------------------------- */

static int
by_place(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

void
ranges_sort(struct ranges *r)
{
	if (r->n > 1)
		qsort(r->at, r->n, sizeof(r->at[0]), by_place);
}

size_t
ranges_find(
    const struct ranges *r, const struct piece *p, const struct range **first)
{
	const struct range key = { .node = p->node->id, .kind = p->kind };
	size_t low = 0, high = r->n, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_place(&r->at[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < r->n && r->at[end].node == key.node &&
			r->at[end].kind == key.kind;)
		end++;
	*first = end > low ? &r->at[low] : NULL;
	return end - low;
}

/* ---- the sweep ------------------------------------------------------- */

enum {
	SWEEP_FORMULA = 11,
	SWEEP_RUBY = 16,
	SWEEP_LINK,
	SWEEP_PAD,
	SWEEP_ADDRESS,
	SWEEP_IMAGE
};
#define SWEEP_BITS 12 /* of enum kt_run_mark, from 0 */

/* Something begins (step 1) or ends (-1) at a byte of the piece. */
struct turn {
	uint32_t at;
	int step;
	unsigned what; /* a bit of enum kt_run_mark by number, or SWEEP_… */
	const char *arg;
	uint32_t pad;
};

struct sweep {
	struct turn *at;
	size_t n, cap;
	int depth[16];
	const char *ruby, *link, *address, *image;
	bool under; /* a reading whose first run is written */
};

static void
add_turns(struct sweep *s, const struct piece *p, uint32_t start, uint32_t len,
    unsigned what, const char *arg)
{
	/* An image without words, or the formula that it is. */
	if ((what == SWEEP_IMAGE || what == SWEEP_FORMULA) && len == 0 &&
	    start <= p->len) {
		KT_GROW(s->at, s->n, s->cap);
		s->at[s->n++] = (struct turn){
			.at = start, .step = 0, .what = what, .arg = arg
		};
		return;
	}
	if (start >= p->len || len == 0)
		return;
	if (len > p->len - start)
		len = p->len - start;
	KT_GROW(s->at, s->n, s->cap);
	s->at[s->n++] = (struct turn){ start, 1, what, arg, 0 };
	KT_GROW(s->at, s->n, s->cap);
	s->at[s->n++] = (struct turn){ start + len, -1, what, arg, 0 };
}

static void
add_pad(struct sweep *s, uint32_t at, uint32_t pad)
{
	KT_GROW(s->at, s->n, s->cap);
	s->at[s->n++] = (struct turn){ at, 1, SWEEP_PAD, "", pad };
}

/* Is all of a piece marked?  A 項 without a number has only its own words. */
static bool
is_all(const struct run_source *source, const struct piece *p)
{
	if (!source->all || source->target == NULL)
		return source->all;
	return p->kind != PIECE_SIGN &&
	       (!source->bare || p->node == source->target);
}

/* Number of the bit that shows a mark; false when it does not show here. */
static bool
shown_as(enum kt_mark_kind kind, unsigned *what)
{
	switch (kind) {
	case KT_RUBY:
		*what = SWEEP_RUBY;
		return true;
	case KT_UNDERLINE:
		*what = 1;
		return true;
	case KT_SUPER:
		*what = 2;
		return true;
	case KT_SUB:
		*what = 3;
		return true;
	case KT_STRONG:
		*what = 4;
		return true;
	case KT_EMPHASIS:
		*what = 5;
		return true;
	case KT_CODE:
		*what = 10;
		return true;
	case KT_FORMULA:
		*what = SWEEP_FORMULA;
		return true;
	case KT_LINK:
		*what = SWEEP_ADDRESS;
		return true;
	case KT_IMAGE:
		*what = SWEEP_IMAGE;
		return true;
	case KT_SENTENCE:
	case KT_COLUMN:
		return false;
	}
	return false;
}

static void
add_marks(struct sweep *s, const struct piece *p)
{
	const struct kt_mark *marks = p->node->marks;
	size_t n = p->node->nmarks;
	unsigned what;

	if (p->kind == PIECE_CAPTION) {
		marks = p->node->caption_marks;
		n = p->node->ncaption_marks;
	} else if (p->kind != PIECE_TEXT) {
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (shown_as(marks[i].kind, &what))
			add_turns(s, p, marks[i].start, marks[i].len, what,
			    marks[i].arg);
}

static void
add_changes(
    struct sweep *s, const struct piece *p, const struct run_source *source)
{
	const struct range *r = NULL;
	size_t n;

	if (is_all(source, p) || source->box ||
	    (source->box_caption && p->kind == PIECE_CAPTION)) {
		add_turns(s, p, 0, p->len, 0, "");
		return;
	}
	if (source->all || source->changed == NULL || p->kind == PIECE_SIGN)
		return;
	n = ranges_find(source->changed, p, &r);
	for (size_t i = 0; i < n; i++)
		if (r[i].pad > 0)
			add_pad(s, r[i].start, r[i].pad);
		else
			add_turns(s, p, r[i].start, r[i].len, 0, "");
}

static void
add_links(
    struct sweep *s, const struct piece *p, const struct run_source *source)
{
	const struct kt_refs *refs = source->refs;
	uint32_t id = p->node->id;

	if (refs == NULL || (p->kind != PIECE_TEXT && p->kind != PIECE_RELATED))
		return;
	for (uint32_t i = refs->first[id]; i < refs->first[id + 1]; i++) {
		const struct kt_ref *r = &refs->at[i];
		const char *to;

		if (r->state != KT_R_RESOLVED ||
		    r->in_related != (p->kind == PIECE_RELATED))
			continue;
		to = source->link(source->of, r->to.node);
		if (to[0] != '\0')
			add_turns(s, p, r->start, r->len, SWEEP_LINK, to);
	}
}

static int
by_turn(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	/* What ends makes room for what begins. */
	if (x->step != y->step)
		return x->step - y->step;
	return x->what < y->what ? -1 : x->what > y->what;
}

static void
take_turn(struct sweep *s, const struct turn *t)
{
	if (t->what == SWEEP_RUBY) {
		s->ruby = t->step > 0 ? t->arg : "";
		s->under = false;
	} else if (t->what == SWEEP_LINK)
		s->link = t->step > 0 ? t->arg : "";
	else if (t->what == SWEEP_ADDRESS)
		s->address = t->step > 0 ? t->arg : NULL;
	else if (t->what == SWEEP_IMAGE)
		s->image = t->step > 0 ? t->arg : NULL;
	else if (t->what != SWEEP_PAD)
		s->depth[t->what] += t->step;
}

/* A run that no word of the document is in. */
static void
add_note(struct kt_text_line *out, const struct run_source *source,
    const struct kt_buf *words, unsigned marks)
{
	out->runs[out->nruns++] =
	    (struct kt_run){ .text = kt_arena_strdup(source->arena, words->p),
		    .len = (uint32_t)words->len,
		    .marks = KT_RUN_NOTE | KT_RUN_SIGN | marks,
		    .ruby = "",
		    .link = "" };
}

static void
add_blanks(
    struct kt_text_line *out, const struct run_source *source, uint32_t n)
{
	struct kt_buf words = KT_BUF_INIT;

	while (n-- > 0)
		kt_buf_puts(&words, "　");
	add_note(out, source, &words, KT_RUN_CHANGED);
	kt_buf_release(&words);
}

void
line_bare_sign(
    struct kt_run *out, struct kt_arena *arena, const struct kt_node *node)
{
	struct kt_num num = node->num;
	struct kt_buf words = KT_BUF_INIT;

	num.form = KT_F_WIDE;
	kt_buf_puts(&words, "［");
	kt_num_write(&words, &num);
	kt_buf_puts(&words, "］");
	*out = (struct kt_run){ .text = kt_arena_strdup(arena, words.p),
		.len = (uint32_t)words.len,
		.marks =
		    KT_RUN_NOTE | KT_RUN_SIGN | KT_RUN_CHANGED | KT_RUN_TARGET,
		.ruby = "",
		.link = "" };
	kt_buf_release(&words);
}

/* The sign before the words of a bare 項, and a blank. */
static void
add_bare_sign(struct kt_text_line *out, const struct run_source *source)
{
	struct kt_buf blank = KT_BUF_INIT;

	line_bare_sign(&out->runs[out->nruns++], source->arena, source->target);
	kt_buf_puts(&blank, "　");
	add_note(out, source, &blank, 0);
	kt_buf_release(&blank);
}

static void
add_run(struct kt_text_line *out, struct sweep *s, const struct piece *piece,
    uint32_t from, uint32_t len, const struct run_source *source)
{
	struct kt_run *run = &out->runs[out->nruns++];

	*run = (struct kt_run){ .text = piece->p + from,
		.len = len,
		.marks = piece->kind == PIECE_SIGN ? KT_RUN_SIGN : 0,
		.ruby = s->ruby,
		.link = s->link,
		.address = s->address,
		.image = s->image,
		.under = s->under };
	for (unsigned bit = 0; bit < SWEEP_BITS; bit++)
		if (s->depth[bit] > 0)
			run->marks |= 1u << bit;
	if (source->box ||
	    (source->box_caption && piece->kind == PIECE_CAPTION))
		run->marks |= KT_RUN_BOX;
	if (piece->kind == PIECE_LABEL && piece->node == source->target)
		run->marks |= KT_RUN_TARGET | KT_RUN_CHANGED;
	/* The first run has the reading, the others go on under it. */
	s->under |= s->ruby[0] != '\0';
	s->ruby = "";
}

/* The image without words at turn `i`, as the formula that begins before it.
 * It stands in no stretch: where all is marked, so is it. */
static void
put_image(struct kt_text_line *out, struct sweep *s, const struct piece *p,
    size_t i, const struct run_source *source)
{
	const struct turn *t = &s->at[i];
	struct kt_run *run = &out->runs[out->nruns];

	s->image = t->arg;
	add_run(out, s, p, t->at, 0, source);
	s->image = NULL;
	if (is_all(source, p))
		run->marks |= KT_RUN_CHANGED;
	if (i > 0 && t[-1].at == t->at && t[-1].step == 0 &&
	    t[-1].what == SWEEP_FORMULA)
		run->marks |= KT_RUN_FORMULA;
}

/* Cut one piece; out->runs has room for a run more than there are turns. */
static void
cut_piece(struct kt_text_line *out, struct sweep *s, const struct piece *p,
    const struct run_source *source)
{
	uint32_t from = 0;

	if (source->bare && p->node == source->target && p->kind == PIECE_TEXT)
		add_bare_sign(out, source);

	if (s->n > 1)
		qsort(s->at, s->n, sizeof(s->at[0]), by_turn);
	for (size_t i = 0; i < s->n; i++) {
		if (s->at[i].at > from)
			add_run(out, s, p, from, s->at[i].at - from, source);
		if (s->at[i].what == SWEEP_PAD)
			add_blanks(out, source, s->at[i].pad);
		from = s->at[i].at;
		if (s->at[i].step != 0)
			take_turn(s, &s->at[i]);
		else if (s->at[i].what == SWEEP_IMAGE)
			put_image(out, s, p, i, source);
	}
	if (p->len > from)
		add_run(out, s, p, from, p->len - from, source);
}

/* All turns of a piece. */
static void
fill(struct sweep *s, const struct piece *p, const struct run_source *source)
{
	s->n = 0;
	add_changes(s, p, source);
	if (p->kind == PIECE_SIGN)
		return;
	add_marks(s, p);
	add_links(s, p, source);
}

void
line_runs(struct kt_text_line *out, const struct doc_lines *lines,
    const struct doc_line *line, const struct run_source *source)
{
	struct sweep s = { .ruby = "", .link = "" };
	size_t most = 0;

	for (uint32_t i = 0; i < line->npieces; i++) {
		fill(&s, &lines->pieces[line->piece + i], source);
		most += s.n + 3; /* with the sign of a bare 項 */
	}
	out->runs = KT_NEWN(source->arena, struct kt_run, most);
	out->nruns = 0;
	for (uint32_t i = 0; i < line->npieces; i++) {
		fill(&s, &lines->pieces[line->piece + i], source);
		cut_piece(out, &s, &lines->pieces[line->piece + i], source);
	}
	free(s.at);
}

void
line_sign(struct kt_text_line *out, struct kt_arena *arena, const char *words)
{
	out->runs = KT_NEW(arena, struct kt_run);
	out->nruns = 1;
	out->runs[0] = (struct kt_run){ .text = kt_arena_strdup(arena, words),
		.len = (uint32_t)strlen(words),
		.marks = KT_RUN_SIGN,
		.ruby = "",
		.link = "" };
}

void
line_shape(struct kt_text_line *out, const struct doc_line *line)
{
	out->style = line->style;
	out->level = line->level;
	out->left = line->left;
	out->first = line->first;
	out->commentary = line->commentary;
	out->picture = line->picture;
}
