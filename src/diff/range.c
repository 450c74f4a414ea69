/* SPDX-License-Identifier: MIT */
/*
 * 第4条から第7条まで　削除 against 第4条　削除, 第5条　削除 …: the numbers are
 * kept one by one or as a range, and nobody added or removed a clause.
 */
#include "diff_int.h"

#include <string.h>

static const struct kt_node *
node_of(const struct match *m, unsigned side, uint32_t i)
{
	return node_at(&m->w->side[side], m->s[side].at[i].node);
}

static const struct kt_num *
end_of(const struct kt_node *node)
{
	return node->to.n > 0 ? &node->to : &node->num;
}

static bool
lies_in(const struct kt_node *node, const struct kt_node *range)
{
	return node->deleted && node->num.n > 0 &&
	       kt_family(node->kind) == kt_family(range->kind) &&
	       kt_num_cmp(&node->num, &range->num) >= 0 &&
	       kt_num_cmp(end_of(node), &range->to) <= 0;
}

/* A free 削除 of one side that holds several numbers and several free ones
 * of the other side that hold none besides these. */
static void
group_range(struct match *m, unsigned side, uint32_t one)
{
	const struct lineup *other = &m->s[1 - side];
	const struct kt_node *range = node_of(m, side, one);
	struct bundle *g = &m->groups[m->ngroups];
	uint32_t n = 0;

	for (int round = 0; round < 2; round++) {
		if (round == 1 && n < 2)
			return;
		if (round == 1)
			*g = (struct bundle){ side, one,
				KT_NEWN(m->w->arena, uint32_t, n), 0 };
		for (uint32_t i = 0; i < other->n; i++) {
			if (!is_free(other, i) ||
			    other->at[i].within != m->s[side].at[one].within ||
			    !lies_in(node_of(m, 1 - side, i), range))
				continue;
			if (round == 0)
				n++;
			else
				g->many[g->nmany++] = i;
		}
	}
	m->s[side].group[one] = m->ngroups;
	for (uint32_t i = 0; i < n; i++)
		m->s[1 - side].group[g->many[i]] = m->ngroups;
	m->ngroups++;
}

static bool
is_range(const struct match *m, unsigned side, uint32_t i)
{
	const struct kt_node *node = node_of(m, side, i);

	return node->deleted && node->to.n > 0 && is_free(&m->s[side], i);
}

void
kt_match_ranges(struct match *m)
{
	uint32_t ranges = 0;

	for (unsigned side = 0; side < 2; side++)
		for (uint32_t i = 0; i < m->s[side].n; i++)
			ranges += is_range(m, side, i);
	if (ranges == 0)
		return;
	m->groups = KT_NEWN(m->w->arena, struct bundle, ranges);
	for (unsigned side = 0; side < 2; side++)
		for (uint32_t i = 0; i < m->s[side].n; i++)
			if (is_range(m, side, i))
				group_range(m, side, i);
}

/* Do the many hold every number of the range, in order? */
static bool
holds_all(const struct work *w, const struct group *g)
{
	const struct kt_node *one = node_at(&w->side[g->one_side], g->one);
	struct kt_num next = one->num;

	for (uint32_t i = 0; i < g->nmany; i++) {
		const struct kt_node *node =
		    node_at(&w->side[1 - g->one_side], g->many[i]);

		if (kt_num_cmp(&node->num, &next) != 0)
			return false;
		next = *end_of(node);
		if (i + 1 < g->nmany)
			next.v[next.n - 1]++;
	}
	return kt_num_cmp(&next, &one->to) == 0;
}

bool
kt_is_range(const struct work *w, const struct group *g)
{
	return node_at(&w->side[g->one_side], g->one)->deleted;
}

void
kt_range_class(const struct work *w, const struct group *g, struct kt_change *c)
{
	bool all = holds_all(w, g);
	struct kt_span *s = (struct kt_span *)(uintptr_t)c->spans;

	c->class = all ? KT_C_NOTATION : KT_C_REFERENCE;
	c->flags = (c->flags & (KT_FL_RENUMBERED | KT_FL_COMMENTARY)) |
		   (all ? KT_FL_LABEL | KT_FL_NOTATION : KT_FL_REF_FOLLOWED);
	for (uint32_t i = 0; i < c->nspans; i++)
		if (s[i].op != '=') {
			s[i].class = all ? KT_SC_NOTATION : KT_SC_REF_FOLLOWED;
			s[i].note = "";
		}
}
