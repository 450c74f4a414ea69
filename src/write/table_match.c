/* SPDX-License-Identifier: MIT */
/*
 * Which line of one document answers to which of the other, and the order in
 * which both columns run down the page.  Clauses are paired by the change
 * list; here lines are, so that what was split or merged stands side by side
 * line by line.
 */
#include "table_int.h"

#include <stdlib.h>
#include <string.h>

#define PARTS 3 /* of enum line_part */

/* ---- lines of subtrees ----------------------------------------------- */

static size_t *
new_places(size_t n)
{
	size_t *at = kt_malloc((n + 1) * sizeof(*at));

	for (size_t i = 0; i <= n; i++)
		at[i] = NO_LINE;
	return at;
}

static void
find_subtrees(struct table_side *s)
{
	s->first = new_places(s->doc->count);
	s->behind = new_places(s->doc->count);
	for (size_t i = 0; i < s->lines.n; i++) {
		const struct kt_node *at = s->lines.at[i].node;

		for (; at != NULL; at = at->parent) {
			if (s->first[at->id] == NO_LINE)
				s->first[at->id] = i;
			s->behind[at->id] = i + 1;
		}
	}
}

bool
table_begins(
    const struct table_side *s, const struct kt_node *node, size_t line)
{
	return s->first[node->id] == line;
}

static size_t
sum_of(const size_t *sums, size_t from, size_t to)
{
	return sums[to] - sums[from];
}

bool
table_is_alone(const struct table_side *s, const struct kt_node *node)
{
	size_t from = s->first[node->id], to = s->behind[node->id];

	return from != NO_LINE && sum_of(s->alone, from, to) == to - from;
}

bool
table_has_moved(const struct table_side *s, const struct kt_node *node)
{
	size_t from = s->first[node->id];

	if (from == NO_LINE || s->peer[node->id] == NULL)
		return false;
	return sum_of(s->stays, from, s->behind[node->id]) == 0;
}

/* ---- pairs of lines -------------------------------------------------- */

static void
pair(struct table_match *m, size_t old, size_t new)
{
	m->side[SIDE_OLD].answer[old] = new;
	m->side[SIDE_NEW].answer[new] = old;
}

static const struct kt_node *
peer_of(const struct table_side *s, const struct kt_node *node)
{
	return s->peer == NULL ? NULL : s->peer[node->id];
}

static bool
is_row(const struct doc_line *line)
{
	return line->style == KT_LINE_ROW;
}

/* Lines by the node whose words they end with, then what is left of the
 * lines that begin a clause by the clause: 第4条 with a new first 項. */
static void
pair_lines(struct table_match *m)
{
	struct table_side *o = &m->side[SIDE_OLD], *n = &m->side[SIDE_NEW];
	size_t *by_node = new_places(o->doc->count * PARTS);
	size_t *by_owner = new_places(o->doc->count * PARTS);

	for (size_t i = 0; i < o->lines.n; i++) {
		const struct doc_line *l = &o->lines.at[i];

		by_node[l->node->id * PARTS + l->part] = i;
		by_owner[l->owner->id * PARTS + l->part] = i;
	}
	for (int owners = 0; owners < 2; owners++) {
		const size_t *by = owners ? by_owner : by_node;

		for (size_t i = 0; i < n->lines.n; i++) {
			const struct doc_line *l = &n->lines.at[i];
			const struct kt_node *x =
			    peer_of(n, owners ? l->owner : l->node);
			size_t j =
			    x == NULL ? NO_LINE : by[x->id * PARTS + l->part];

			if (j != NO_LINE && n->answer[i] == NO_LINE &&
			    o->answer[j] == NO_LINE &&
			    is_row(l) == is_row(&o->lines.at[j]))
				pair(m, j, i);
		}
	}
	free(by_node);
	free(by_owner);
}

/* The line above that names the clause to which a line belongs: the caption
 * of its 条, the heading of its 項番.  NO_LINE when there is none. */
static size_t
name_above(const struct table_side *s, size_t line)
{
	const struct doc_line *l = &s->lines.at[line], *above;

	if (line == 0)
		return NO_LINE;
	above = l - 1;
	if (above->part == PART_CAPTION && above->owner == l->owner)
		return line - 1;
	return above->style == KT_LINE_HEADED && above->owner == above->node &&
		       above->owner == l->owner->parent
		   ? line - 1
		   : NO_LINE;
}

/* What was split or merged has no peer as a whole, but its names stand above
 * lines that answer to each other. */
static void
pair_names(struct table_match *m)
{
	const struct table_side *o = &m->side[SIDE_OLD];
	const struct table_side *n = &m->side[SIDE_NEW];

	for (size_t i = 0; i < n->lines.n; i++) {
		size_t a, b;

		if (n->answer[i] == NO_LINE)
			continue;
		a = name_above(o, n->answer[i]);
		b = name_above(n, i);
		if (a != NO_LINE && b != NO_LINE && o->answer[a] == NO_LINE &&
		    n->answer[b] == NO_LINE &&
		    o->lines.at[a].part == n->lines.at[b].part)
			pair(m, a, b);
	}
}

static bool
is_free_figure(
    const struct table_side *s, size_t line, const struct kt_node *parent)
{
	const struct kt_node *node = s->lines.at[line].node;

	return node->kind == KT_FIGURE && node->parent == parent &&
	       s->answer[line] == NO_LINE;
}

/* Pictures have no words to be known by: where one was replaced, the first
 * that is left on each side of a clause answers to the other. */
static void
pair_figures(struct table_match *m)
{
	const struct table_side *o = &m->side[SIDE_OLD];
	const struct table_side *n = &m->side[SIDE_NEW];
	size_t *next = new_places(o->doc->count); /* by parent */

	for (size_t i = 0; i < n->lines.n; i++) {
		const struct kt_node *node = n->lines.at[i].node, *peer;
		size_t *j;

		if (node->kind != KT_FIGURE || n->answer[i] != NO_LINE)
			continue;
		peer = peer_of(n, node->parent);
		if (peer == NULL || o->first[peer->id] == NO_LINE)
			continue;
		j = &next[peer->id];
		if (*j == NO_LINE)
			*j = o->first[peer->id];
		while (*j < o->behind[peer->id] && !is_free_figure(o, *j, peer))
			(*j)++;
		if (*j < o->behind[peer->id])
			pair(m, *j, i);
	}
	free(next);
}

/* ---- moves ----------------------------------------------------------- */

static void
move_subtree(struct table_match *m, const struct kt_node *new)
{
	struct table_side *o = &m->side[SIDE_OLD], *n = &m->side[SIDE_NEW];
	size_t i = n->first[new->id];

	for (; i != NO_LINE && i < n->behind[new->id]; i++)
		if (n->answer[i] != NO_LINE)
			n->moved[i] = o->moved[n->answer[i]] = true;
}

static void
move_told(struct table_match *m)
{
	const struct kt_changes *list = m->list;

	for (size_t i = 0; i < list->npairs; i++)
		if (list->pairs[i].fate == KT_MOVED)
			move_subtree(m, list->pairs[i].new[0]);
	for (size_t i = 0; i < list->count; i++)
		if (list->at[i].fate == KT_MOVED &&
		    list->at[i].side == KT_SIDE_TEXT)
			move_subtree(m, list->at[i].new[0]);
}

/* How much the last row of the run ending here weighs: patience sorting. */
struct pile {
	size_t line; /* of the new side, on top */
	size_t answer;
};

/* Lines that answer but cannot all stand in one order: a longest run that
 * rises on both sides stays, the rest has moved. */
static void
move_crossing(struct table_match *m)
{
	struct table_side *o = &m->side[SIDE_OLD], *n = &m->side[SIDE_NEW];
	struct pile *piles = kt_calloc(n->lines.n + 1, sizeof(*piles));
	size_t *before = new_places(n->lines.n), npiles = 0, at;
	bool *stays = kt_calloc(n->lines.n + 1, 1);

	for (size_t i = 0; i < n->lines.n; i++) {
		size_t low = 0, high = npiles;

		if (n->answer[i] == NO_LINE || n->moved[i])
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (piles[middle].answer < n->answer[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low > 0 ? piles[low - 1].line : NO_LINE;
		piles[low] = (struct pile){ i, n->answer[i] };
		npiles += low == npiles;
	}
	at = npiles > 0 ? piles[npiles - 1].line : NO_LINE;
	for (; at != NO_LINE; at = before[at])
		stays[at] = true;
	for (size_t i = 0; i < n->lines.n; i++)
		if (n->answer[i] != NO_LINE && !stays[i])
			n->moved[i] = o->moved[n->answer[i]] = true;
	free(piles);
	free(before);
	free(stays);
}

/* ---- the steps ------------------------------------------------------- */

/* How far inside the document a line stands; divisions lie between the
 * document and its 条, of which they need not hold any. */
static unsigned
depth_of(const struct doc_line *line)
{
	const struct kt_node *owner = line->owner;
	unsigned depth = 0;

	if (owner->kind == KT_SUPPL || owner->kind == KT_APPENDIX)
		return 9;
	if (kt_kind_is_division(owner->kind))
		return 9 + (unsigned)(owner->kind - KT_PART);
	for (const struct kt_node *at = owner; at != NULL; at = at->parent)
		if (!kt_kind_is_division(at->kind))
			depth += 8;
	/* Behind its caption or heading a clause goes on. */
	return depth +
	       (line->part == PART_BODY ||
		   (line->part == PART_HEAD && owner->kind == KT_ARTICLE &&
		       owner->caption[0] != '\0'));
}

/* Does the line, which answers to none, belong to the clause of the line above,
 * which stands beside what it has become? */
static bool
goes_along(const struct table_side *s, size_t line)
{
	const struct kt_node *at = s->lines.at[line].node;

	if (line == 0 || s->answer[line] != NO_LINE || !s->beside[line - 1])
		return false;
	while (at != NULL && peer_of(s, at) == NULL)
		at = at->parent;
	return at != NULL && s->first[at->id] < line &&
	       s->beside[s->first[at->id]];
}

/* What moved stands beside where it was; of a table only if all of it did.
 * What was taken out of it goes along. */
static void
set_beside(struct table_match *m)
{
	struct table_side *o = &m->side[SIDE_OLD], *n = &m->side[SIDE_NEW];

	for (size_t i = 0; i < n->lines.n; i++) {
		const struct doc_line *l = &n->lines.at[i];

		if (n->moved[i] &&
		    (!is_row(l) || table_has_moved(n, l->node->parent)))
			n->beside[i] = o->beside[n->answer[i]] = true;
	}
	for (size_t i = 0; i < o->lines.n; i++)
		o->beside[i] = o->beside[i] || goes_along(o, i);
}

static bool
stands_alone(const struct table_side *s, size_t line)
{
	return line < s->lines.n &&
	       (s->answer[line] == NO_LINE || s->moved[line]);
}

static void
add_step(struct table_match *m, size_t old, size_t new)
{
	m->steps[m->nsteps++] = (struct table_step){ { old, new } };
}

static void
add_beside(struct table_match *m, size_t new)
{
	const struct table_side *o = &m->side[SIDE_OLD];
	size_t old = m->side[SIDE_NEW].answer[new];

	add_step(m, old, new);
	while (
	    ++old < o->lines.n && o->beside[old] && o->answer[old] == NO_LINE)
		add_step(m, old, NO_LINE);
}

/* Between two lines that answer to each other: what is deeper belongs to what
 * stands above and comes first; else old before new. */
static void
add_gap(struct table_match *m, size_t *old, size_t *new)
{
	const struct table_side *o = &m->side[SIDE_OLD];
	const struct table_side *n = &m->side[SIDE_NEW];

	for (;;) {
		bool a = stands_alone(o, *old), b = stands_alone(n, *new);

		if (!a && !b)
			return;
		if (a && o->beside[*old])
			(*old)++;
		else if (a && (!b || depth_of(&o->lines.at[*old]) >=
					 depth_of(&n->lines.at[*new])))
			add_step(m, (*old)++, NO_LINE);
		else if (n->beside[*new])
			add_beside(m, (*new)++);
		else
			add_step(m, NO_LINE, (*new)++);
	}
}

static void
add_steps(struct table_match *m)
{
	const struct table_side *o = &m->side[SIDE_OLD];
	const struct table_side *n = &m->side[SIDE_NEW];
	size_t old = 0, new = 0;

	m->steps = kt_calloc(o->lines.n + n->lines.n + 1, sizeof(*m->steps));
	for (;;) {
		add_gap(m, &old, &new);
		if (old == o->lines.n || new == n->lines.n)
			return;
		add_step(m, old++, new ++);
	}
}

/* ---- sums ------------------------------------------------------------ */

static void
add_sums(struct table_side *s)
{
	size_t n = s->lines.n;

	s->words = kt_calloc(n + 1, sizeof(size_t));
	s->labels = kt_calloc(n + 1, sizeof(size_t));
	s->breaks = kt_calloc(n + 1, sizeof(size_t));
	s->alone = kt_calloc(n + 1, sizeof(size_t));
	s->stays = kt_calloc(n + 1, sizeof(size_t));
	for (size_t i = 0; i < n; i++) {
		bool follows = i > 0 && s->answer[i] != NO_LINE &&
			       s->answer[i - 1] != NO_LINE &&
			       s->answer[i] == s->answer[i - 1] + 1 &&
			       s->moved[i] == s->moved[i - 1];

		s->words[i + 1] =
		    s->words[i] + ((s->differs[i] & DIFF_WORDS) != 0);
		s->labels[i + 1] =
		    s->labels[i] + ((s->differs[i] & DIFF_LABEL) != 0);
		s->breaks[i + 1] = s->breaks[i] + !follows;
		s->alone[i + 1] = s->alone[i] + (s->answer[i] == NO_LINE);
		s->stays[i + 1] = s->stays[i] + !s->moved[i];
	}
}

static void
begin_side(struct table_side *s, const struct kt_doc *doc,
    const struct kt_node **peer, const struct kt_pictures *pictures,
    const struct kt_pictures *other, bool commentary)
{
	*s = (struct table_side){ .doc = doc, .peer = peer };
	s->lines.pictures = pictures;
	s->lines.other = other;
	s->lines.peer = peer;
	doc_lines_read(&s->lines, doc, commentary);
	find_subtrees(s);
	s->answer = new_places(s->lines.n);
	s->moved = kt_calloc(s->lines.n + 1, 1);
	s->beside = kt_calloc(s->lines.n + 1, 1);
	s->told = kt_calloc(s->doc->count + 1, 1);
	s->target = kt_calloc(s->lines.n + 1, sizeof(*s->target));
	s->differs = kt_calloc(s->lines.n + 1, 1);
}

void
table_match(struct table_match *out, const struct kt_changes *list,
    const struct kt_table_how *how)
{
	bool commentary = !how->without_commentary;

	*out = (struct table_match){ .list = list,
		.profile = how->profile != NULL ? how->profile
						: kt_profile_find(NULL) };
	begin_side(&out->side[SIDE_OLD], list->old, list->old_peer,
	    how->old_pictures, how->new_pictures, commentary);
	begin_side(&out->side[SIDE_NEW], list->new, list->new_peer,
	    how->new_pictures, how->old_pictures, commentary);
	pair_lines(out);
	pair_names(out);
	pair_figures(out);
	move_told(out);
	move_crossing(out);
	table_mark(out);
	add_sums(&out->side[SIDE_OLD]);
	add_sums(&out->side[SIDE_NEW]);
	if (out->profile->beside)
		set_beside(out);
	add_steps(out);
	table_targets(out);
}

void
table_match_release(struct table_match *m)
{
	for (int i = 0; i < SIDES; i++) {
		struct table_side *s = &m->side[i];

		doc_lines_release(&s->lines);
		free(s->first);
		free(s->behind);
		free(s->answer);
		free(s->moved);
		free(s->beside);
		free(s->told);
		free(s->target);
		free(s->differs);
		free(s->changed.at);
		free(s->words);
		free(s->labels);
		free(s->breaks);
		free(s->alone);
		free(s->stays);
	}
	free(m->steps);
}
