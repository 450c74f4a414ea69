/* SPDX-License-Identifier: MIT */
/*
 * Words to compare: the text of a node, its 関係, or all of a subtree, each
 * with the stretches that are one token, references and labels.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

static void
begin_atoms(struct list_work *l, int side)
{
	l->natoms[side] = 0;
}

static void
put_atom(struct list_work *l, int side, uint32_t start, uint32_t len,
    const struct kt_ref *ref, uint64_t said)
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
	l->atoms[side][l->natoms[side]++] =
	    (struct atom){ start, len, ref, said };
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
			    refs->at[i].len, &refs->at[i], 0);
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

/* ---- subtrees ----------------------------------------------------------- */

/* Where the next part of a node begins in the words written: behind what was
 * found before and no more than a bracket or blank. */
#define GAP_MOST 6
#define TEXT_LEAST 24 /* bytes worth a token of their own */

struct reader {
	struct list_work *l;
	int side;
	const char *p; /* words of one subtree */
	size_t n, at;
	uint32_t base; /* where they begin in the whole */
	bool texts; /* a text without references is one token */
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

/* A stretch without references, as one token. */
static void
put_said(struct reader *r, const char *p, uint32_t len, uint32_t at)
{
	if (len >= TEXT_LEAST)
		put_atom(r->l, r->side, at, len, NULL, kt_hash(p, len, 19) | 1);
}

/* The text of a node that begins at `at`: its references and what stands
 * between them. */
static void
read_text(struct reader *r, const struct kt_node *node, uint32_t at)
{
	const struct kt_refs *refs = r->l->w->side[r->side].refs;
	uint32_t from = 0;

	for (uint32_t i = refs->first[node->id]; i < refs->first[node->id + 1];
	     i++) {
		const struct kt_ref *ref = &refs->at[i];

		if (ref->in_related || ref->start < from)
			continue;
		if (r->texts)
			put_said(
			    r, node->text + from, ref->start - from, at + from);
		put_atom(r->l, r->side, at + ref->start, ref->len, ref, 0);
		from = ref->start + ref->len;
	}
	if (r->texts)
		put_said(r, node->text + from, node->len - from, at + from);
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
		put_atom(r->l, r->side, at, (uint32_t)label, NULL, 0);
	}
	if (caption > 0)
		find_part(r, node->caption, caption, &at);
	if (related > 0 && find_part(r, node->related, related, &at))
		put_refs(r->l, r->side, node, true, at);
	if (node->len > 0 && find_part(r, node->text, node->len, &at))
		read_text(r, node, at);
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
		struct reader r = { .l = l, .side = side, .texts = true };

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

static int
by_said(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static uint64_t *
list_said(const struct words *words, size_t *n)
{
	uint64_t *v = kt_malloc(sizeof(*v) * words->natoms);

	*n = 0;
	for (uint32_t i = 0; i < words->natoms; i++)
		if (words->atoms[i].said != 0)
			v[(*n)++] = words->atoms[i].said;
	if (*n > 0)
		qsort(v, *n, sizeof(*v), by_said);
	return v;
}

static void
keep_said(struct list_work *l, int side, struct words *words,
    const uint64_t *other, size_t n)
{
	struct atom *atoms = l->atoms[side];
	uint32_t kept = 0;

	for (uint32_t i = 0; i < words->natoms; i++)
		if (atoms[i].said == 0 ||
		    (n > 0 && bsearch(&atoms[i].said, other, n, sizeof(*other),
				  by_said) != NULL))
			atoms[kept++] = atoms[i];
	words->natoms = kept;
	l->natoms[side] = kept;
}

void
kt_keep_common_texts(struct list_work *l, struct words *old, struct words *new)
{
	size_t n, m;
	uint64_t *x = list_said(old, &n), *y = list_said(new, &m);

	keep_said(l, 0, old, y, m);
	keep_said(l, 1, new, x, n);
	free(x);
	free(y);
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
