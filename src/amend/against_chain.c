/* SPDX-License-Identifier: MIT */
/*
 * Which lines of a column the text says, and the longest run of them that it
 * says in this order (Hunt and Szymanski 1977).
 */
#include "against_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- words that the text says ------------------------------------------- */

const char *
against_key(const struct line *line)
{
	return line->f.key.p + line->skip;
}

size_t
against_key_length(const struct line *line)
{
	return line->f.key.len - line->skip;
}

/* The pieces behind those that the line is all of when it begins with `first`;
 * NO_PLACE when it ends inside one, or is numbered otherwise. */
size_t
against_end(const struct printed_text *t, const struct line *line, size_t first)
{
	struct kt_label label;
	size_t end =
	    against_text_at(t, t->at[first].at + against_key_length(line));

	if (end == NO_PLACE || line->skip == 0 ||
	    !kt_label_read(&label, line->from->text, line->from->len))
		return end;
	if (first == 0 || t->at[first - 1].kind != PIECE_LABEL ||
	    kt_num_cmp(&t->at[first - 1].node->num, &label.num) != 0)
		return NO_PLACE;
	return end;
}

static bool
is_said(const struct printed_text *t, const struct line *line, bool *begun)
{
	size_t from, to;

	against_text_find(
	    t, against_key(line), against_key_length(line), &from, &to);
	*begun = from < to;
	for (; from < to; from++)
		if (against_end(t, line, t->sorted[from]) != NO_PLACE)
			return true;
	return false;
}

/* Without what the table may print otherwise: the sign of an entry, the form
 * of a number. */
static bool
is_said_but_for_sign(const struct printed_text *t, struct line *line)
{
	struct kt_label label;
	struct folded f = FOLDED_INIT;
	size_t point = strlen("・");
	bool begun, said = false;

	if (strncmp(line->f.key.p, "・", point) == 0 && line->f.key.len > point)
		line->skip = point;
	else if (kt_label_read(&label, line->from->text, line->from->len) &&
		 label.len < line->from->len) {
		against_fold(&f, line->from->text, label.len);
		if (f.key.len < line->f.key.len)
			line->skip = f.key.len;
	}
	said = line->skip > 0 && is_said(t, line, &begun);
	if (!said)
		line->skip = 0;
	against_fold_release(&f);
	return said;
}

/* Lines of a cell that make one of the text together. */
static bool
is_said_jointly(struct column *c, size_t at)
{
	struct line *line = &c->line[at];
	bool begun, said = is_said(&c->text, line, &begun);

	while (!said && begun && against_column_join(c, at))
		said = is_said(&c->text, line, &begun);
	return said;
}

void
against_sort_lines(struct column *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct line *line = &c->line[i];

		if (line->is != LINE_LOST)
			continue;
		/* A text may say （略） itself. */
		if (against_is_remark(line->f.words.p))
			line->is = LINE_REMARK;
		else if (against_ends_omitted(line))
			line->is = LINE_OMITTED;
		else if (is_said_jointly(c, i))
			line->known = true;
		else if (against_omits(line))
			line->is = LINE_OMITTED;
		else
			line->known = (against_drop_sign(line) &&
					  is_said_jointly(c, i)) ||
				      is_said_but_for_sign(&c->text, line);
	}
}

/* ---- the longest run ---------------------------------------------------- */

/* A line at pieces [first, end), behind the link `before`. */
struct link {
	size_t line, first, end, before;
};

struct chain {
	struct link *at;
	size_t count, cap;
	size_t *pile; /* by length: the link that ends first */
	size_t npiles;
};

/* The longest run that ends before a piece. */
static size_t
pile_before(const struct chain *chain, size_t first)
{
	size_t low = 0, high = chain->npiles;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (chain->at[chain->pile[mid]].end <= first)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
add_link(struct chain *chain, size_t line, size_t first, size_t end)
{
	size_t n = pile_before(chain, first);

	if (n < chain->npiles && chain->at[chain->pile[n]].end <= end)
		return;
	KT_GROW(chain->at, chain->count, chain->cap);
	chain->at[chain->count] = (struct link){ line, first, end,
		n == 0 ? NO_PLACE : chain->pile[n - 1] };
	chain->pile[n] = chain->count++;
	chain->npiles += n == chain->npiles;
}

static int
cmp_down(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x < y) - (x > y);
}

/* All places of a line, the last first: two of them never follow each other. */
static void
add_line(struct chain *chain, const struct column *c, size_t line)
{
	const struct printed_text *t = &c->text;
	size_t from, to, n = 0, *at;

	against_text_find(t, against_key(&c->line[line]),
	    against_key_length(&c->line[line]), &from, &to);
	at = kt_calloc(to - from + 1, sizeof(*at));
	for (; from < to; from++)
		if (against_end(t, &c->line[line], t->sorted[from]) != NO_PLACE)
			at[n++] = t->sorted[from];
	qsort(at, n, sizeof(*at), cmp_down);
	for (size_t i = 0; i < n; i++)
		add_link(
		    chain, line, at[i], against_end(t, &c->line[line], at[i]));
	free(at);
}

void
against_longest_run(struct column *c)
{
	struct chain chain = { .at = NULL };
	size_t at = NO_PLACE;

	chain.pile = kt_calloc(c->count + 1, sizeof(*chain.pile));
	for (size_t i = 0; i < c->count; i++)
		if (c->line[i].known)
			add_line(&chain, c, i);
	if (chain.npiles > 0)
		at = chain.pile[chain.npiles - 1];
	for (; at != NO_PLACE; at = chain.at[at].before) {
		struct line *line = &c->line[chain.at[at].line];

		line->is = LINE_PLACED;
		line->first = chain.at[at].first;
		line->end = chain.at[at].end;
	}
	free(chain.at);
	free(chain.pile);
}
