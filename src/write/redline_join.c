/* SPDX-License-Identifier: MIT */
/*
 * Clauses that were split or merged: one stream of words in which ends of
 * paragraphs are deleted and inserted like words.  Only where the change list
 * has the very words that are printed; all others stand line by line.
 */
#include "redline_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- where --------------------------------------------------------------- */

/* The lines of the clauses of one side; false when they do not follow each
 * other, answer to others, or are not plain words. */
static bool
find_lines(const struct table_side *s, const struct kt_node **nodes, uint32_t n,
    size_t *from, size_t *to)
{
	*from = s->first[nodes[0]->id];
	*to = *from;
	for (uint32_t i = 0; i < n; i++) {
		if (s->first[nodes[i]->id] != *to || *to == NO_LINE)
			return false;
		*to = s->behind[nodes[i]->id];
	}
	for (size_t i = *from; i < *to; i++) {
		const struct doc_line *line = &s->lines.at[i];

		if (s->answer[i] != NO_LINE || line->style == KT_LINE_ROW ||
		    line->picture != NULL || line->node->nmarks > 0 ||
		    line->node->ncaption_marks > 0 ||
		    line->owner->ncaption_marks > 0)
			return false;
	}
	return true;
}

/* Are the words of the change those that are printed, a line a line? */
static bool
same_as_printed(const struct table_side *s, const char **texts, uint32_t n,
    size_t from, size_t to)
{
	struct kt_buf said = KT_BUF_INIT, printed = KT_BUF_INIT;
	bool same;

	for (uint32_t i = 0; i < n; i++)
		kt_buf_puts(&said, texts[i]);
	for (size_t i = from; i < to; i++) {
		doc_line_words(&printed, &s->lines, &s->lines.at[i]);
		kt_buf_putc(&printed, '\n');
	}
	if (said.len + 1 == printed.len)
		kt_buf_putc(&said, '\n');
	same = strcmp(said.p, printed.p) == 0;
	kt_buf_release(&said);
	kt_buf_release(&printed);
	return same;
}

static bool
find_join(
    struct red_join *j, const struct red_sides *s, const struct kt_change *c)
{
	const struct table_side *o = &s->m.side[SIDE_OLD];
	const struct table_side *n = &s->m.side[SIDE_NEW];

	*j = (struct red_join){ .change = c };
	return c->side == KT_SIDE_SUBTREE &&
	       (c->fate == KT_SPLIT || c->fate == KT_MERGED) &&
	       find_lines(
		   o, c->old, c->nold, &j->from[SIDE_OLD], &j->to[SIDE_OLD]) &&
	       find_lines(
		   n, c->new, c->nnew, &j->from[SIDE_NEW], &j->to[SIDE_NEW]) &&
	       same_as_printed(o, c->old_text, c->nold, j->from[SIDE_OLD],
		   j->to[SIDE_OLD]) &&
	       same_as_printed(
		   n, c->new_text, c->nnew, j->from[SIDE_NEW], j->to[SIDE_NEW]);
}

static size_t
lines_of(const struct red_join *j)
{
	return j->to[SIDE_OLD] - j->from[SIDE_OLD] + j->to[SIDE_NEW] -
	       j->from[SIDE_NEW];
}

/* The steps from `at` on: are they the lines of the join and no others? */
static bool
stands_together(const struct red_join *j, const struct red_order *o, size_t at)
{
	size_t n = lines_of(j);

	if (at + n > o->n)
		return false;
	for (size_t i = at; i < at + n; i++)
		for (int side = 0; side < SIDES; side++) {
			size_t line = o->at[i].line[side];

			if (line != NO_LINE &&
			    (line < j->from[side] || line >= j->to[side]))
				return false;
		}
	return true;
}

void
red_joins(struct red_joins *out, const struct red_sides *s,
    const struct kt_changes *list, const struct red_order *o)
{
	const struct table_side *new = &s->m.side[SIDE_NEW];
	size_t *step = kt_calloc(new->lines.n + 1, sizeof(*step)), first;
	struct red_join j, *kept;

	out->at = kt_calloc(o->n + 1, sizeof(struct red_join *));
	for (size_t i = 0; i < o->n; i++)
		if (o->at[i].line[SIDE_NEW] != NO_LINE)
			step[o->at[i].line[SIDE_NEW]] = i;
	for (size_t i = 0; i < list->count; i++) {
		if (!find_join(&j, s, &list->at[i]))
			continue;
		/* Lines of the old side may stand before it. */
		first = step[j.from[SIDE_NEW]];
		for (; first > 0; first--) {
			size_t line = o->at[first - 1].line[SIDE_OLD];

			if (o->at[first - 1].line[SIDE_NEW] != NO_LINE ||
			    line < j.from[SIDE_OLD] || line >= j.to[SIDE_OLD])
				break;
		}
		if (!stands_together(&j, o, first))
			continue;
		j.steps = lines_of(&j);
		kept = KT_NEW(s->arena, struct red_join);
		*kept = j;
		for (size_t k = 0; k < j.steps; k++)
			out->at[first + k] = kept;
	}
	free(step);
}

void
red_joins_release(struct red_joins *j)
{
	free(j->at);
}

/* ---- the stream ---------------------------------------------------------- */

/* How many bytes of a side are printed before the last end of a line. */
static size_t
length_of(const struct table_side *s, size_t from, size_t to)
{
	struct kt_buf words = KT_BUF_INIT;
	size_t n = to - from - 1;

	for (size_t i = from; i < to; i++)
		doc_line_words(&words, &s->lines, &s->lines.at[i]);
	n += words.len;
	kt_buf_release(&words);
	return n;
}

void
red_stream_begin(
    struct red_stream *t, const struct red_sides *s, const struct red_join *j)
{
	*t = (struct red_stream){ .join = j };
	for (int side = 0; side < SIDES; side++) {
		t->left[side] =
		    length_of(&s->m.side[side], j->from[side], j->to[side]);
	}
}

/* What happens to n bytes that the span says are `op`, of which those behind
 * the end of a side are not there; false: on neither side. */
static bool
op_of(struct red_stream *t, char op, size_t n, enum red_op *out)
{
	bool there[SIDES] = { op != '+' && t->left[SIDE_OLD] >= n,
		op != '-' && t->left[SIDE_NEW] >= n };

	for (int side = 0; side < SIDES; side++)
		if (there[side])
			t->left[side] -= n;
	*out = there[SIDE_OLD] && there[SIDE_NEW] ? RED_KEPT
	       : there[SIDE_OLD]                  ? RED_DELETED
						  : RED_INSERTED;
	return there[SIDE_OLD] || there[SIDE_NEW];
}

enum red_op
red_stream_next(struct red_stream *t, struct red_runs *out)
{
	const struct kt_change *c = t->join->change;

	for (; t->span < c->nspans; t->span++, t->done = 0) {
		const struct kt_span *s = &c->spans[t->span];

		while (t->done < s->len) {
			const char *p = s->text + t->done;
			const char *stop = memchr(p, '\n', s->len - t->done);
			size_t n = stop == NULL ? s->len - t->done
						: (size_t)(stop - p);
			struct kt_run run = { .text = p,
				.len = (uint32_t)n,
				.ruby = "",
				.link = "" };
			enum red_op op;

			if (n == 0) {
				t->done++;
				if (op_of(t, s->op, 1, &op))
					return op;
				continue;
			}
			if (op_of(t, s->op, n, &op))
				red_put(out, op, &run, 1);
			t->done += (uint32_t)n;
		}
	}
	t->over = true;
	return RED_KEPT;
}
