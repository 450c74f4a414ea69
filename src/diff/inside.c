/* SPDX-License-Identifier: MIT */
/*
 * Below a pair of clauses: which 項, 号, row or 解説 is which.  In order where
 * their text allows; what stands elsewhere in its list, or in another clause,
 * has moved.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_MOST 4096 /* cells of the table of an exact alignment */
#define TABLE_TEXT_MOST ((uint64_t)1 << 24) /* characters compared for it */
#define TEXT_MOST 0xffff /* characters of a pair that tell alignments apart */
#define LEAST 300 /* likeness in order, per mille */
#define SLOT 150 /* share that must stand in the other, alone between pairs */
#define SLOT_NUMBER 500 /* the same at the edge of a longer slot, by number */
#define MOVE_LIKE 700 /* to be called moved within its list */
#define MOVE_CHARACTERS 8
#define MOVE_HELD_LIKE 500 /* the same for one that holds so many unedited */
#define MOVE_HELD 2
#define FAR_LIKE 800 /* and into another clause */
#define FAR_CHARACTERS 30
#define WITHIN_CHARACTERS 8 /* into another list of its article, unedited */
#define SLOT_SINGLE 700 /* alone against several, by share */
#define SLOT_WEIGHT 20 /* and characters */
#define SAME_WORDS 24 /* bytes of a part's own words that tell it */
#define BONUS_NUMBER 60
#define BONUS_CAPTION 300

struct inside {
	struct work *w;
	uint32_t *todo; /* old ids whose parts are to be paired */
	size_t n, cap;
};

static void
come_back(struct inside *in, uint32_t old)
{
	KT_GROW(in->todo, in->n, in->cap);
	in->todo[in->n++] = old;
}

static void
pair_nodes(struct inside *in, uint32_t old, uint32_t new)
{
	set_peers(in->w, old, new);
	come_back(in, old);
}

/* ---- elements ----------------------------------------------------------- */

static uint64_t
hash_of(struct work *w, const char *p, size_t n)
{
	if (n == 0)
		return 0;
	kt_buf_clear(&w->buf);
	kt_fold(&w->buf, p, n);
	return kt_hash(w->buf.p, w->buf.len, 9) | 1;
}

/* What names a part besides its words: the first cell of a row, the heading
 * of a note or commentary, the file of a figure. */
static uint64_t
name_of(struct work *w, const struct kt_node *node)
{
	if (node->kind == KT_ROW)
		return node->first == NULL
			   ? 0
			   : hash_of(w, node->first->text, node->first->len);
	if (node->kind == KT_FIGURE)
		return hash_of(w, node->related, strlen(node->related));
	if (node->kind == KT_NOTE)
		return hash_of(w, node->label, strlen(node->label));
	return hash_of(w, node->caption, strlen(node->caption));
}

static void
fill_lineup(struct match *m, int side, const uint32_t *ids)
{
	const struct side *s = &m->w->side[side];

	for (uint32_t i = 0; i < m->s[side].n; i++) {
		const struct kt_node *node = node_at(s, ids[i]);
		struct elem *e = &m->s[side].at[i];

		e->node = ids[i];
		e->key = s->key[ids[i]];
		e->weight = s->weight[ids[i]];
		e->caption = name_of(m->w, node);
		e->strong = kt_hash_mix(e->key, e->caption);
		if (node->num.n > 0)
			e->number = kt_hash(node->num.v,
					sizeof(*node->num.v) * node->num.n,
					kt_family(node->kind)) |
				    1;
		/* A 項 may become two; a cell, a figure or a note may not. */
		e->holds = kt_family(node->kind) != KT_PARAGRAPH;
	}
}

static const struct kt_node *
node_of(const struct match *m, int side, uint32_t i)
{
	return node_at(&m->w->side[side], m->s[side].at[i].node);
}

static bool
same_family(const struct match *m, uint32_t a, uint32_t b)
{
	return kt_family(node_of(m, 0, a)->kind) ==
	       kt_family(node_of(m, 1, b)->kind);
}

/* ---- in order ----------------------------------------------------------- */

/* The same words of their own, whatever stands below them. */
static bool
same_words(const struct match *m, uint32_t a, uint32_t b)
{
	const struct kt_node *x = node_of(m, 0, a), *y = node_of(m, 1, b);

	return x->len == y->len && x->len >= SAME_WORDS &&
	       memcmp(x->text, y->text, x->len) == 0;
}

/* How well two parts answer to each other, per mille; 0: not at all. */
static uint32_t
fit(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];
	uint32_t like, bonus = 0;

	if (!same_family(m, a, b))
		return 0;
	if (x->key == y->key)
		return 1000;
	like = kt_match_like(m, a, b);
	if (like < LEAST && x->number == y->number && same_words(m, a, b))
		like = LEAST;
	if (x->number != 0 && x->number == y->number)
		bonus += BONUS_NUMBER;
	if (x->caption != 0 && x->caption == y->caption)
		bonus += BONUS_CAPTION;
	like += (1000 - like) * bonus / 1000;
	return like < LEAST ? 0 : like;
}

/* Of alignments equally good the one that keeps more text in its place, then
 * one told by what both sides share. */
static uint64_t
worth(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];
	uint32_t f = fit(m, a, b);
	uint64_t text = (uint64_t)x->weight + y->weight;
	uint64_t tie = kt_hash_mix(x->key + y->key, x->number + y->number);

	if (text > TEXT_MOST)
		text = TEXT_MOST;
	return f == 0 ? 0 : (uint64_t)f << 44 | text << 20 | (tie & 0xff);
}

/* Which list comes first, whichever document it is of. */
static bool
in_order(const struct match *m)
{
	const struct lineup *o = &m->s[0], *n = &m->s[1];

	if (o->n != n->n)
		return o->n < n->n;
	for (uint32_t i = 0; i < o->n; i++)
		if (o->at[i].key != n->at[i].key)
			return o->at[i].key < n->at[i].key;
	return true;
}

/* The alignment of greatest worth, by dynamic programming. */
static void
align(struct match *m)
{
	uint32_t n = m->s[0].n, k = m->s[1].n, i = n, j = k;
	bool old_first = in_order(m);
	uint64_t *best =
	    kt_calloc(((size_t)n + 1) * ((size_t)k + 1), sizeof(*best));
	uint64_t *value = kt_calloc((size_t)n * k, sizeof(*value));

#define BEST(i, j) best[(size_t)(i) * (k + 1) + (j)]
	for (i = 1; i <= n; i++) {
		for (j = 1; j <= k; j++) {
			uint64_t skip = BEST(i - 1, j), *v;

			v = &value[(size_t)(i - 1) * k + j - 1];
			if (is_free(&m->s[0], i - 1) &&
			    is_free(&m->s[1], j - 1))
				*v = worth(m, i - 1, j - 1);
			if (BEST(i, j - 1) > skip)
				skip = BEST(i, j - 1);
			if (*v > 0 && BEST(i - 1, j - 1) + *v > skip)
				skip = BEST(i - 1, j - 1) + *v;
			BEST(i, j) = skip;
		}
	}
	for (i = n, j = k; i > 0 && j > 0;) {
		uint64_t v = value[(size_t)(i - 1) * k + j - 1];
		bool skip_old = BEST(i, j) == BEST(i - 1, j);

		if (!old_first && BEST(i, j) == BEST(i, j - 1))
			skip_old = false;
		if (v > 0 && BEST(i, j) == BEST(i - 1, j - 1) + v)
			match_pair(m, --i, --j);
		else if (skip_old)
			i--;
		else
			j--;
	}
#undef BEST
	free(best);
	free(value);
}

/* A figure, or a row that holds nothing else. */
static bool
is_picture(const struct kt_node *n)
{
	while ((n->kind == KT_ROW || n->kind == KT_CELL) && n->first != NULL &&
	       n->first == n->last)
		n = n->first;
	return n->kind == KT_FIGURE;
}

/* One part of each side alone between the same pairs. */
static bool
fills_slot(const struct match *m, uint32_t a, uint32_t b)
{
	if (!same_family(m, a, b))
		return false;
	if (node_of(m, 0, a)->kind == KT_TABLE)
		return true; /* its rows will tell */
	if (is_picture(node_of(m, 0, a)) && is_picture(node_of(m, 1, b)))
		return true; /* it was replaced */
	return kt_match_within(m, a, b) >= SLOT;
}

static bool
same_name(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];

	return same_family(m, a, b) &&
	       ((x->number != 0 && x->number == y->number) ||
		   (x->caption != 0 && x->caption == y->caption));
}

static uint32_t
count_free(const struct lineup *l, uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (; from < to; from++)
		n += is_free(l, from);
	return n;
}

static uint32_t
next_free(const struct lineup *l, uint32_t i)
{
	while (i < l->n && !is_free(l, i))
		i++;
	return i;
}

/* More parts on one side than on the other: the first on both was rewritten
 * when it kept its number and much of what the shorter says, or when 削除
 * took the place of them all. */
static void
fill_edge(struct match *m, uint32_t a, uint32_t a1, uint32_t b, uint32_t b1)
{
	const struct elem *x, *y;

	a = next_free(&m->s[0], a);
	b = next_free(&m->s[1], b);
	if (a >= a1 || b >= b1)
		return;
	x = &m->s[0].at[a];
	y = &m->s[1].at[b];
	if (x->number != 0 && x->number == y->number && same_family(m, a, b) &&
	    (node_of(m, 0, a)->deleted || node_of(m, 1, b)->deleted ||
		kt_match_within(m, a, b) >= SLOT_NUMBER))
		match_pair(m, a, b);
}

/* One part of a side alone against several: it is the one with which it has
 * most of the shorter in common. */
static void
fill_single(struct match *m, uint32_t a, uint32_t a1, uint32_t b, uint32_t b1)
{
	uint32_t best = SLOT_SINGLE - 1, x = NONE, y = NONE;

	for (uint32_t i = next_free(&m->s[0], a); i < a1;
	     i = next_free(&m->s[0], i + 1))
		for (uint32_t j = next_free(&m->s[1], b); j < b1;
		     j = next_free(&m->s[1], j + 1)) {
			uint32_t share = kt_match_within(m, i, j);

			if (share <= best ||
			    node_of(m, 0, i)->kind != node_of(m, 1, j)->kind ||
			    m->s[0].at[i].weight < SLOT_WEIGHT ||
			    m->s[1].at[j].weight < SLOT_WEIGHT)
				continue;
			best = share;
			x = i;
			y = j;
		}
	if (x != NONE)
		match_pair(m, x, y);
}

/* As many parts on both sides between two pairs: those with the same number
 * were rewritten in their place, whatever they say now. */
static void
fill_slot(struct match *m, uint32_t a, uint32_t a1, uint32_t b, uint32_t b1)
{
	uint32_t n = count_free(&m->s[0], a, a1);
	uint32_t other = count_free(&m->s[1], b, b1);

	if (n != other) {
		fill_edge(m, a, a1, b, b1);
		if (n == 1 || other == 1)
			fill_single(m, a, a1, b, b1);
		return;
	}
	for (uint32_t k = 0; k < n; k++, a++, b++) {
		a = next_free(&m->s[0], a);
		b = next_free(&m->s[1], b);
		if (same_name(m, a, b) || (n == 1 && fills_slot(m, a, b)))
			match_pair(m, a, b);
	}
}

static void
fill_slots(struct match *m)
{
	struct lineup *o = &m->s[0], *n = &m->s[1];
	uint32_t a = 0, b = 0;

	for (uint32_t i = 0; i <= o->n; i++) {
		uint32_t j = i < o->n ? o->peer[i] : n->n;

		if (j == NONE || (i < o->n && o->moved[i] != 0))
			continue;
		fill_slot(m, a, i, b, j);
		a = i + 1;
		b = j + 1;
	}
}

/* ---- out of order -------------------------------------------------------- */

/* How many 号 of one stand unedited in the other. */
static uint32_t
count_same_parts(const struct match *m, uint32_t a, uint32_t b)
{
	const struct side *o = &m->w->side[0], *n = &m->w->side[1];
	const uint32_t *x, *y;
	uint32_t nx = parts_of(o, m->s[0].at[a].node, &x), count = 0;
	uint32_t ny = parts_of(n, m->s[1].at[b].node, &y);
	uint8_t *used;

	if ((uint64_t)nx * ny > TABLE_MOST)
		return 0;
	used = kt_calloc(ny, sizeof(*used));
	for (uint32_t i = 0; i < nx; i++)
		for (uint32_t j = 0; j < ny; j++) {
			if (used[j] != 0 || o->key[x[i]] != n->key[y[j]] ||
			    o->weight[x[i]] < MOVE_CHARACTERS)
				continue;
			used[j] = 1;
			count++;
			break;
		}
	free(used);
	return count;
}

/* How much speaks for a part having moved: 0 for not at all. */
static uint32_t
move_like(const struct match *m, uint32_t a, uint32_t b)
{
	const struct elem *x = &m->s[0].at[a], *y = &m->s[1].at[b];
	uint32_t like;

	if (!same_family(m, a, b))
		return 0;
	if (x->key == y->key)
		return x->weight > 0 ? 1000 : 0;
	if (x->weight < MOVE_CHARACTERS || y->weight < MOVE_CHARACTERS)
		return 0;
	like = kt_match_like(m, a, b);
	if (like >= MOVE_HELD_LIKE && count_same_parts(m, a, b) >= MOVE_HELD)
		return like;
	return like >= MOVE_LIKE ? like : 0;
}

struct move {
	uint32_t a, b, like;
};

/* Equal text in order; otherwise the likest first. */
static int
by_move(const void *x, const void *y)
{
	const struct move *p = x, *q = y;

	if (p->like != q->like)
		return p->like > q->like ? -1 : 1;
	if (p->a + p->b != q->a + q->b)
		return p->a + p->b < q->a + q->b ? -1 : 1;
	return p->a < q->a ? -1 : p->a > q->a;
}

static void
find_moved(struct match *m)
{
	struct lineup *o = &m->s[0], *n = &m->s[1];
	struct move *all = NULL;
	size_t count = 0, cap = 0;

	for (uint32_t i = 0; i < o->n; i++)
		for (uint32_t j = 0; is_free(o, i) && j < n->n; j++) {
			uint32_t like = is_free(n, j) ? move_like(m, i, j) : 0;

			if (like == 0)
				continue;
			KT_GROW(all, count, cap);
			all[count++] = (struct move){ i, j, like };
		}
	if (count > 0)
		qsort(all, count, sizeof(*all), by_move);
	for (size_t k = 0; k < count; k++) {
		if (!is_free(o, all[k].a) || !is_free(n, all[k].b))
			continue;
		match_pair(m, all[k].a, all[k].b);
		o->moved[all[k].a] = n->moved[all[k].b] = 1;
	}
	free(all);
}

/* ---- a list against a list ---------------------------------------------- */

static void
keep_result(struct inside *in, const struct match *m)
{
	kt_match_keep(m);
	for (uint32_t i = 0; i < m->s[0].n; i++)
		if (m->s[0].peer[i] != NONE)
			come_back(in, m->s[0].at[i].node);
}

/* Too much for an exact alignment: by pairs, or by the text in them. */
static bool
is_large(const struct match *m)
{
	uint64_t sum[2] = { 0, 0 };

	for (int side = 0; side < 2; side++)
		for (uint32_t i = 0; i < m->s[side].n; i++)
			sum[side] += m->s[side].at[i].weight;
	return (uint64_t)m->s[0].n * m->s[1].n > TABLE_MOST ||
	       sum[0] * m->s[1].n + sum[1] * m->s[0].n > TABLE_TEXT_MOST;
}

/* What is left of two lists when their equal ends are off. */
static void
pair_middle(struct inside *in, const uint32_t *a, uint32_t na,
    const uint32_t *b, uint32_t nb)
{
	struct match m;

	kt_match_init(&m, in->w, na, nb);
	fill_lineup(&m, 0, a);
	fill_lineup(&m, 1, b);
	if (na == 1 && nb == 1 && same_name(&m, 0, 0)) {
		pair_nodes(in, *a, *b);
		return;
	}
	if (is_large(&m)) {
		kt_match_anchors(&m);
		kt_match_bags(&m);
		kt_match_near(&m);
		kt_match_ranges(&m);
		kt_match_groups(&m);
		kt_match_greedy(&m);
		kt_match_slots(&m);
		kt_match_moves(&m);
	} else {
		kt_match_bags(&m);
		if (na != nb) {
			kt_match_near(&m);
			kt_match_ranges(&m);
			kt_match_groups(&m);
		}
		align(&m);
		find_moved(&m);
		fill_slots(&m);
	}
	keep_result(in, &m);
}

static void
pair_lists(struct inside *in, const uint32_t *a, uint32_t na, const uint32_t *b,
    uint32_t nb)
{
	const struct side *o = &in->w->side[0], *n = &in->w->side[1];

	while (na > 0 && nb > 0 && o->key[*a] == n->key[*b]) {
		pair_nodes(in, *a++, *b++);
		na--;
		nb--;
	}
	while (na > 0 && nb > 0 && o->key[a[na - 1]] == n->key[b[nb - 1]])
		pair_nodes(in, a[--na], b[--nb]);
	if (na > 0 && nb > 0)
		pair_middle(in, a, na, b, nb);
}

static void
pair_parts(struct inside *in, uint32_t old, uint32_t new)
{
	const uint32_t *a, *b;
	uint32_t na = parts_of(&in->w->side[0], old, &a);
	uint32_t nb = parts_of(&in->w->side[1], new, &b);

	/* A row is compared as one line, its cells stay its own. */
	if (node_at(&in->w->side[0], old)->kind == KT_ROW && na != nb)
		return;
	pair_lists(in, a, na, b, nb);
}

static void
pair_all(struct inside *in)
{
	while (in->n > 0) {
		uint32_t old = in->todo[--in->n];

		pair_parts(in, old, in->w->side[0].peer[old]);
	}
}

static void
mark_grouped(struct side *s, uint32_t id)
{
	uint32_t end = kt_side_end(s, id);

	for (uint32_t i = id; i < end; i++)
		s->state[i] |= ST_GROUPED;
}

/* The parts of a clause that was split, against those of all it became. */
static void
pair_group(struct inside *in, const struct group *g)
{
	struct work *w = in->w;
	const uint32_t *one, *part;
	uint32_t none = parts_of(&w->side[g->one_side], g->one, &one), n = 0;
	uint32_t total = 0, *many;

	for (uint32_t i = 0; i < g->nmany; i++)
		total += parts_of(&w->side[1 - g->one_side], g->many[i], &part);
	many = KT_NEWN(w->arena, uint32_t, total);
	mark_grouped(&w->side[g->one_side], g->one);
	for (uint32_t i = 0; i < g->nmany; i++)
		mark_grouped(&w->side[1 - g->one_side], g->many[i]);
	for (uint32_t i = 0; i < g->nmany; i++) {
		uint32_t k =
		    parts_of(&w->side[1 - g->one_side], g->many[i], &part);

		memcpy(many + n, part, sizeof(*part) * k);
		n += k;
	}
	if (g->one_side == 0)
		pair_lists(in, one, none, many, n);
	else
		pair_lists(in, many, n, one, none);
}

/* ---- into another clause ------------------------------------------------ */

/* Parts of so many characters that found no peer although what they are part
 * of did; a split or merge tells its own. */
static uint32_t
list_left(const struct work *w, int side, uint32_t least, uint32_t *out)
{
	const struct side *s = &w->side[side];
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n; i++) {
		const uint32_t *part;
		uint32_t k = parts_of(s, i, &part);

		if (s->peer[i] == NONE)
			continue;
		for (uint32_t j = 0; j < k; j++)
			if (s->peer[part[j]] == NONE &&
			    s->group[part[j]] == NONE &&
			    s->weight[part[j]] >= least &&
			    (s->state[part[j]] & ST_GROUPED) == 0 &&
			    node_at(s, part[j])->kind != KT_CELL)
				out[n++] = part[j];
	}
	return n;
}

struct left {
	uint64_t key; /* what it says, in which article */
	uint32_t side, node;
};

static int
by_left(const void *x, const void *y)
{
	const struct left *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->side < b->side ? -1 : a->side > b->side;
}

/* The key of a part in its article; 0 when the other side has none such. */
static uint64_t
key_within(const struct work *w, int side, uint32_t id)
{
	const struct side *s = &w->side[side];
	const struct kt_node *unit = node_at(s, id)->unit;
	uint32_t at;

	if (unit == NULL || s->peer[unit->id] == NONE)
		return 0;
	at = side == 0 ? s->peer[unit->id] : unit->id;
	return kt_hash_mix(s->key[id], at) | 1;
}

/* What stands unedited in another list of the same article, and is said but
 * once on either side, went there: 第1号イ became 第1号. */
static void
pair_within(struct inside *in)
{
	struct work *w = in->w;
	uint32_t *id = kt_malloc(
	    sizeof(*id) *
	    (w->side[0].n > w->side[1].n ? w->side[0].n : w->side[1].n));
	struct left *v = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t side = 0; side < 2; side++) {
		uint32_t k = list_left(w, (int)side, WITHIN_CHARACTERS, id);

		for (uint32_t i = 0; i < k; i++) {
			uint64_t key = key_within(w, (int)side, id[i]);

			if (key == 0)
				continue;
			KT_GROW(v, n, cap);
			v[n++] = (struct left){ key, side, id[i] };
		}
	}
	if (n > 0)
		qsort(v, n, sizeof(*v), by_left);
	for (size_t i = 0; i + 1 < n; i++) {
		if (v[i].key != v[i + 1].key || v[i].side == v[i + 1].side ||
		    (i > 0 && v[i - 1].key == v[i].key) ||
		    (i + 2 < n && v[i + 2].key == v[i].key))
			continue;
		pair_nodes(in, v[i].node, v[i + 1].node);
		w->side[0].state[v[i].node] |= ST_MOVED;
		w->side[1].state[v[i + 1].node] |= ST_MOVED;
	}
	free(v);
	free(id);
}

/* 解説 goes with its clause: that of another one, in the same frame of words,
 * is another 解説. */
static bool
is_far_move(const struct match *m, const struct cand *c)
{
	return c->like >= FAR_LIKE &&
	       node_of(m, 0, c->a)->kind != KT_COMMENTARY &&
	       is_free(&m->s[0], c->a) && is_free(&m->s[1], c->b);
}

static void
pair_far(struct inside *in)
{
	struct work *w = in->w;
	uint32_t *left[2], n[2];
	struct match m;

	for (int side = 0; side < 2; side++) {
		left[side] = kt_malloc(sizeof(**left) * w->side[side].n);
		n[side] = list_left(w, side, FAR_CHARACTERS, left[side]);
	}
	if (n[0] > 0 && n[1] > 0) {
		kt_match_init(&m, w, n[0], n[1]);
		fill_lineup(&m, 0, left[0]);
		fill_lineup(&m, 1, left[1]);
		kt_match_anchors(&m);
		kt_match_bags(&m);
		kt_match_near(&m);
		for (size_t i = 0; i < m.ncands; i++)
			if (is_far_move(&m, &m.cands[i]))
				match_pair(&m, m.cands[i].a, m.cands[i].b);
		memset(m.s[0].moved, 1, n[0]);
		keep_result(in, &m);
	}
	free(left[0]);
	free(left[1]);
}

void
kt_pair_parts(struct work *w)
{
	struct inside in = { .w = w };

	for (uint32_t i = 0; i < w->side[0].n; i++)
		if (w->side[0].peer[i] != NONE)
			come_back(&in, i);
	pair_all(&in);
	for (uint32_t i = 0; i < w->ngroups; i++)
		pair_group(&in, &w->groups[i]);
	pair_all(&in);
	pair_within(&in);
	pair_all(&in);
	pair_far(&in);
	pair_all(&in);
	free(in.todo);
}
