/* SPDX-License-Identifier: MIT */
/*
 * Words to compare: the text of a node, its 関係, or all of a subtree, each
 * with the stretches that are one token, references and labels.
 */
#include "diff_int.h"

#include <string.h>

static void
begin_atoms(struct list_work *l, int side)
{
	l->natoms[side] = 0;
}

static void
put_atom(struct list_work *l, int side, uint32_t start, uint32_t len,
    const struct kt_ref *ref)
{
	/* A reference inside another one is part of its words. */
	if (l->natoms[side] > 0) {
		const struct atom *last = &l->atoms[side][l->natoms[side] - 1];

		if (start < last->start + last->len)
			return;
	}
	if (len == 0)
		return;
	KT_GROW(l->atoms[side], l->natoms[side], l->atoms_cap[side]);
	l->atoms[side][l->natoms[side]++] = (struct atom){ start, len, ref };
}

static void
put_refs(struct list_work *l, int side, const struct kt_node *node,
    bool related, uint32_t at)
{
	const struct kt_refs *refs = l->w->side[side].refs;

	for (uint32_t i = refs->first[node->id]; i < refs->first[node->id + 1];
	     i++)
		if (refs->at[i].in_related == related)
			put_atom(l, side, at + refs->at[i].start,
			    refs->at[i].len, &refs->at[i]);
}

static struct words
words_of(struct list_work *l, int side, const char *p, size_t n)
{
	return (struct words){ p, (uint32_t)n, l->atoms[side],
		(uint32_t)l->natoms[side] };
}

struct words
kt_words_of_text(struct list_work *l, int side, const struct kt_node *node)
{
	begin_atoms(l, side);
	put_refs(l, side, node, false, 0);
	return words_of(l, side, node->text, node->len);
}

struct words
kt_words_of_related(struct list_work *l, int side, const struct kt_node *node)
{
	begin_atoms(l, side);
	put_refs(l, side, node, true, 0);
	return words_of(l, side, node->related, strlen(node->related));
}

/* ---- subtrees -------------------------------------------------------------
 */

/* Where the next part of a node begins in the words written: behind what was
 * found before and no more than a bracket or blank. */
#define GAP_MOST 6

struct reader {
	struct list_work *l;
	int side;
	const char *p; /* words of one subtree */
	size_t n, at;
	uint32_t base; /* where they begin in the whole */
};

static bool
find_part(struct reader *r, const char *part, size_t len, uint32_t *at)
{
	for (size_t gap = 0; gap <= GAP_MOST; gap++) {
		if (r->at + gap + len > r->n)
			return false;
		if (memcmp(r->p + r->at + gap, part, len) != 0)
			continue;
		*at = r->base + (uint32_t)(r->at + gap);
		r->at += gap + len;
		return true;
	}
	return false;
}

static void
read_node(struct reader *r, const struct kt_node *node)
{
	size_t label = strlen(node->label), related = strlen(node->related);
	size_t caption = strlen(node->caption);
	uint32_t at;

	if (label > 0 && find_part(r, node->label, label, &at)) {
		/* With the blank behind it, which is no text either. */
		if (r->n - r->at >= 3 && memcmp(r->p + r->at, "　", 3) == 0)
			label += 3;
		put_atom(r->l, r->side, at, (uint32_t)label, NULL);
	}
	if (caption > 0)
		find_part(r, node->caption, caption, &at);
	if (related > 0 && find_part(r, node->related, related, &at))
		put_refs(r->l, r->side, node, true, at);
	if (node->len > 0 && find_part(r, node->text, node->len, &at))
		put_refs(r->l, r->side, node, false, at);
}

static void
read_subtree(struct reader *r, const struct kt_node *root)
{
	for (const struct kt_node *at = root; at != NULL;
	     at = kt_node_next(at, root))
		read_node(r, at);
}

struct words
kt_words_of_subtrees(struct list_work *l, int side, const uint32_t *ids,
    uint32_t n, const char **texts)
{
	struct kt_arena *arena = l->w->list->arena;
	struct kt_buf all = KT_BUF_INIT;
	const char *p;
	size_t len;

	begin_atoms(l, side);
	for (uint32_t i = 0; i < n; i++) {
		const struct kt_node *node = node_at(&l->w->side[side], ids[i]);
		struct reader r = { .l = l, .side = side };

		r.base = (uint32_t)all.len;
		kt_node_words(&all, node);
		r.p = all.p + r.base;
		r.n = all.len - r.base;
		texts[i] = kt_arena_strndup(arena, r.p, r.n);
		read_subtree(&r, node);
	}
	len = all.len;
	p = n == 1 ? texts[0] : kt_arena_strndup(arena, all.p, len);
	kt_buf_release(&all);
	return words_of(l, side, p, len);
}

struct words
kt_words_of_row(struct list_work *l, int side, const struct kt_node *node)
{
	struct reader r = { .l = l, .side = side };
	struct kt_buf b = KT_BUF_INIT;

	begin_atoms(l, side);
	kt_node_words(&b, node);
	while (b.len > 0 && b.p[b.len - 1] == '\n')
		kt_buf_cut(&b, b.len - 1);
	r.p = kt_arena_strndup(l->w->list->arena, b.p, b.len);
	r.n = b.len;
	kt_buf_release(&b);
	read_subtree(&r, node);
	return words_of(l, side, r.p, r.n);
}
