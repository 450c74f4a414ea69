/* SPDX-License-Identifier: MIT */
/*
 * The words of two lines as one line.  What the change list says is only the
 * proposal of where to cut: two runs are kept as one when they are the same,
 * and nothing that differs ever is.
 */
#include "redline_int.h"

#include <stdlib.h>
#include <string.h>

/* How a run looks, apart from what the comparison says of it. */
#define LOOKS (~(unsigned)(KT_RUN_CHANGED | KT_RUN_SIGN))

/* ---- runs ---------------------------------------------------------------- */

static void
put_run(struct red_runs *out, enum red_op op, const struct kt_run *run)
{
	struct red_run *to;

	KT_GROW(out->at, out->n, out->cap);
	to = &out->at[out->n++];
	*to = (struct red_run){ op, *run };
	to->run.marks &= ~(unsigned)KT_RUN_CHANGED;
	/* What goes away leads nowhere. */
	if (op == RED_DELETED || op == RED_AWAY)
		to->run.link = "";
}

void
red_put(
    struct red_runs *out, enum red_op op, const struct kt_run *runs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_run(out, op, &runs[i]);
}

/* ---- two lines ----------------------------------------------------------- */

/* Runs of one side, read bit by bit. */
struct reader {
	const struct kt_run *at;
	size_t n, next;
	uint32_t done; /* bytes of the run at hand */
};

static bool
at_end(const struct reader *r)
{
	return r->next == r->n;
}

static bool
is_changed(const struct reader *r)
{
	return !at_end(r) && (r->at[r->next].marks & KT_RUN_CHANGED) != 0;
}

static bool
is_sign(const struct reader *r)
{
	return (r->at[r->next].marks & KT_RUN_SIGN) != 0;
}

static uint32_t
left(const struct reader *r)
{
	return r->at[r->next].len - r->done;
}

/* The next `len` bytes of the run at hand. */
static struct kt_run
take(struct reader *r, uint32_t len)
{
	struct kt_run run = r->at[r->next];

	run.text += r->done;
	run.len = len;
	r->done += len;
	if (r->done == r->at[r->next].len) {
		r->next++;
		r->done = 0;
	}
	return run;
}

static void
put_next(struct red_runs *out, enum red_op op, struct reader *r)
{
	struct kt_run run = take(r, left(r));

	put_run(out, op, &run);
}

static void
put_rest(struct red_runs *out, enum red_op op, struct reader *r)
{
	while (!at_end(r))
		put_next(out, op, r);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
look_alike(const struct kt_run *a, const struct kt_run *b)
{
	return ((a->marks ^ b->marks) & LOOKS) == 0 && same(a->ruby, b->ruby) &&
	       same(a->address, b->address) && same(a->image, b->image);
}

/* Images without words, of one side only or not the same. */
static bool
put_images(struct red_runs *out, struct reader *a, struct reader *b)
{
	bool x = left(a) == 0, y = left(b) == 0;

	if (x && y && look_alike(&a->at[a->next], &b->at[b->next]))
		return false;
	if (x)
		put_next(out, RED_DELETED, a);
	if (y)
		put_next(out, RED_INSERTED, b);
	return x || y;
}

/* One step where neither side is marked; false when the words differ. */
static bool
put_common(struct red_runs *out, struct reader *a, struct reader *b)
{
	uint32_t len = left(a) < left(b) ? left(a) : left(b);
	struct kt_run x, y;

	if (memcmp(a->at[a->next].text + a->done, b->at[b->next].text + b->done,
		len) != 0)
		return false;
	x = take(a, len);
	y = take(b, len);
	if (look_alike(&x, &y)) {
		put_run(out, RED_KEPT, &y);
	} else {
		put_run(out, RED_DELETED, &x);
		put_run(out, RED_INSERTED, &y);
	}
	return true;
}

/* ---- readings ------------------------------------------------------------ */

/* How many runs from the one at hand on stand under one reading. */
static size_t
under_reading(const struct reader *r)
{
	size_t n = 1;

	if (at_end(r) || r->at[r->next].ruby[0] == '\0')
		return 0;
	while (r->next + n < r->n && r->at[r->next + n].under)
		n++;
	return n;
}

/* Are the same words under the same reading, unmarked on both sides? */
static bool
same_reading(const struct reader *a, const struct reader *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct kt_run *x = &a->at[a->next + i],
				    *y = &b->at[b->next + i];

		if (((x->marks | y->marks) & KT_RUN_CHANGED) != 0 ||
		    !look_alike(x, y) || x->len != y->len ||
		    memcmp(x->text, y->text, x->len) != 0)
			return false;
	}
	return true;
}

/* Has the other side nothing of what stands under the reading? */
static bool
is_all_changed(const struct reader *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((r->at[r->next + i].marks & KT_RUN_CHANGED) == 0)
			return false;
	return n > 0;
}

/* Take the run at hand, or `most` bytes of it when it is not marked; all that
 * stands under one reading when one begins.  The bytes that the other side has
 * too. */
static uint32_t
take_some(struct red_runs *out, enum red_op op, struct reader *r, uint32_t most)
{
	size_t n = under_reading(r);
	uint32_t common = 0;
	struct kt_run run;

	if (n == 0 && !is_changed(r) && !is_sign(r) && left(r) > most) {
		run = take(r, most);
		put_run(out, op, &run);
		return most;
	}
	for (n += n == 0; n > 0; n--) {
		common += is_changed(r) || is_sign(r) ? 0 : left(r);
		put_next(out, op, r);
	}
	return common;
}

/* What stands under a reading goes and comes whole, and with it what the other
 * side has in its place.  False when no reading begins here or both are the
 * same. */
static bool
put_readings(struct red_runs *out, struct reader *a, struct reader *b)
{
	size_t x = under_reading(a), y = under_reading(b);
	struct red_runs new = { .at = NULL };
	uint32_t old_bytes = 0, new_bytes = 0;

	if ((x == 0 && y == 0) || (x == y && same_reading(a, b, x)))
		return false;
	if (is_all_changed(a, x))
		y = 0;
	else if (is_all_changed(b, y))
		x = 0;
	if (x > 0)
		old_bytes += take_some(out, RED_DELETED, a, 0);
	if (y > 0)
		new_bytes += take_some(&new, RED_INSERTED, b, 0);
	while (old_bytes != new_bytes) {
		bool behind = old_bytes < new_bytes;

		if (at_end(behind ? a : b))
			break;
		if (behind)
			old_bytes += take_some(
			    out, RED_DELETED, a, new_bytes - old_bytes);
		else
			new_bytes += take_some(
			    &new, RED_INSERTED, b, old_bytes - new_bytes);
	}
	for (size_t i = 0; i < new.n; i++)
		put_run(out, RED_INSERTED, &new.at[i].run);
	free(new.at);
	return true;
}

/* Brackets and blanks of one side only, around what it alone has. */
static bool
put_signs(struct red_runs *out, struct reader *a, struct reader *b)
{
	bool x = is_sign(a), y = is_sign(b);

	if (x && y && left(a) == left(b) &&
	    memcmp(a->at[a->next].text, b->at[b->next].text, left(a)) == 0)
		return false;
	if (x)
		put_next(out, RED_DELETED, a);
	if (y)
		put_next(out, RED_INSERTED, b);
	return x || y;
}

void
red_merge(struct red_runs *out, const struct kt_run *old, size_t nold,
    const struct kt_run *new, size_t nnew)
{
	struct reader a = { .at = old, .n = nold },
		      b = { .at = new, .n = nnew };

	for (;;) {
		if (put_readings(out, &a, &b))
			continue;
		if (is_changed(&a))
			put_next(out, RED_DELETED, &a);
		else if (is_changed(&b))
			put_next(out, RED_INSERTED, &b);
		else if (at_end(&a) || at_end(&b))
			break;
		else if (!put_signs(out, &a, &b) && !put_images(out, &a, &b) &&
			 !put_common(out, &a, &b))
			break;
	}
	put_rest(out, RED_DELETED, &a);
	put_rest(out, RED_INSERTED, &b);
}

bool
red_turn(struct red_runs *runs, bool at_end, enum red_op op)
{
	size_t from = at_end ? runs->n : 0, to = from, odd = 0, n = 0;
	struct red_run *all;

	while (at_end && from > 0 && runs->at[from - 1].op != RED_KEPT)
		odd += runs->at[--from].op == op;
	while (!at_end && to < runs->n && runs->at[to].op != RED_KEPT)
		odd += runs->at[to++].op == op;
	if (odd == to - from)
		return false;
	all = kt_malloc((to - from) * sizeof(*all));
	for (int second = 0; second < 2; second++)
		for (size_t i = from; i < to; i++)
			if ((runs->at[i].op == op) == (at_end != second))
				all[n++] = runs->at[i];
	memcpy(&runs->at[from], all, n * sizeof(*all));
	free(all);
	return true;
}

void
red_side(struct red_runs *out, const struct red_runs *both, int side)
{
	enum red_op other = side == SIDE_OLD ? RED_INSERTED : RED_DELETED;
	enum red_op moved = side == SIDE_OLD ? RED_AWAY : RED_HERE;

	for (size_t i = 0; i < both->n; i++) {
		enum red_op op = both->at[i].op;

		if (op != other)
			put_run(
			    out, op == RED_KEPT ? moved : op, &both->at[i].run);
	}
}

/* ---- renumbering folded -------------------------------------------------- */

static struct piece *
label_of(struct doc_lines *lines, size_t line)
{
	const struct doc_line *l = &lines->at[line];

	for (uint32_t i = 0; i < l->npieces; i++)
		if (lines->pieces[l->piece + i].kind == PIECE_LABEL)
			return &lines->pieces[l->piece + i];
	return NULL;
}

/* Leave out the marks of labels that were folded. */
static void
drop_marks(struct ranges *r, const bool *folded)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].kind != PIECE_LABEL || !folded[r->at[i].node])
			r->at[kept++] = r->at[i];
	r->n = kept;
}

void
red_fold_labels(struct table_match *m, struct kt_arena *arena)
{
	struct table_side *o = &m->side[SIDE_OLD], *n = &m->side[SIDE_NEW];
	bool *old = KT_NEWN(arena, bool, o->doc->count);
	bool *new = KT_NEWN(arena, bool, n->doc->count);

	for (size_t i = 0; i < n->lines.n; i++) {
		struct piece *a, *b;

		if (n->answer[i] == NO_LINE || n->moved[i] ||
		    (n->differs[i] & DIFF_LABEL) == 0)
			continue;
		a = label_of(&o->lines, n->answer[i]);
		b = label_of(&n->lines, i);
		if (a == NULL || b == NULL)
			continue;
		old[a->node->id] = new[b->node->id] = true;
		a->p = b->p;
		a->len = b->len;
	}
	drop_marks(&o->changed, old);
	drop_marks(&n->changed, new);
}
