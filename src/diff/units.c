/* SPDX-License-Identifier: MIT */
/* Which unit of the old document is which of the new. */
#include "diff_int.h"

#include <string.h>

/* Does a number that counts under headings need the heading's own number?
 * 項番 (1) is another in each chapter; 条 are counted through. */
static bool
counts_within(enum kt_kind kind)
{
	return kind == KT_HEADED || kind == KT_TOPIC || kind == KT_PARAGRAPH;
}

static uint64_t
number_of(struct work *w, const struct kt_node *node, uint32_t scope)
{
	uint64_t h = scope;
	const struct kt_node *at = node;

	if (node->kind == KT_APPENDIX || node->kind == KT_SUPPL ||
	    node->kind == KT_PREAMBLE) {
		kt_buf_clear(&w->buf);
		kt_fold(&w->buf, node->label, strlen(node->label));
		return kt_hash(w->buf.p, w->buf.len, h + node->kind) | 1;
	}
	if (node->num.n == 0)
		return 0;
	for (; at != NULL && at->num.n > 0; at = at->parent) {
		h = kt_hash(
		    at->num.v, sizeof(*at->num.v) * at->num.n, h + at->kind);
		if (!counts_within(at->kind))
			break;
	}
	return h | 1;
}

static void
fill_lineup(struct match *m, int side)
{
	struct work *w = m->w;
	const struct side *s = &w->side[side];

	for (uint32_t i = 0; i < s->nunits; i++) {
		const struct kt_node *node = node_at(s, s->units[i]);
		struct elem *e = &m->s[side].at[i];

		e->node = s->units[i];
		e->key = s->key[e->node];
		e->weight = s->weight[e->node];
		e->within = s->scope[i];
		e->number = number_of(w, node, s->scope[i]);
		e->holds = i + 1 < s->nunits &&
			   s->units[i + 1] < kt_side_end(s, e->node);
		if (node->caption[0] != '\0') {
			kt_buf_clear(&w->buf);
			kt_fold(&w->buf, node->caption, strlen(node->caption));
			e->caption = kt_hash(w->buf.p, w->buf.len, 7) | 1;
			e->heads = e->holds;
		}
		e->strong = kt_hash_mix(
		    e->key, kt_hash_mix(e->caption, s->scope[i] + 1));
	}
}

void
kt_pair_units(struct work *w)
{
	struct match m;

	kt_match_init(&m, w, w->side[0].nunits, w->side[1].nunits);
	for (int side = 0; side < 2; side++)
		fill_lineup(&m, side);
	kt_match_anchors(&m);
	kt_match_bags(&m);
	kt_match_near(&m);
	kt_match_ranges(&m);
	kt_match_groups(&m);
	kt_match_greedy(&m);
	kt_match_slots(&m);
	kt_match_moves(&m);
	kt_match_keep(&m);
}
