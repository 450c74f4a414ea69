/* SPDX-License-Identifier: MIT */
/*
 * Three-way merge of documents.  The comparison pairs both sides with the
 * base; every clause becomes one item that knows where it stands on each
 * side.  Then it is decided where it stands in the result, and of what its
 * words are; at last numbers and references follow.
 */
#include "merge_int.h"

#include <stdlib.h>
#include <string.h>

const char *
kt_conflict_name(enum kt_conflict_kind kind)
{
	static const char *const names[KT_X_KINDS] = { "words", "caption",
		"label", "gone", "place", "table", "meta" };

	return names[kind];
}

struct item *
merge_item(const struct merging *m, int side, const struct kt_node *node)
{
	return node == NULL ? NULL : m->of[side][node->id];
}

/* ---- items --------------------------------------------------------------- */

static struct item *
new_item(struct merging *m, int side, const struct kt_node *node)
{
	struct item *it = &m->items[m->n++];

	it->at[side] = node;
	m->of[side][node->id] = it;
	return it;
}

/* Added alike on both sides, in the same place: one clause. */
static struct item *
added_alike(const struct merging *m, const struct kt_node *theirs)
{
	const struct item *in = merge_item(m, THEIRS, theirs->parent);
	const struct kt_node *n, *a, *b;

	if (in == NULL || in->at[OURS] == NULL)
		return NULL;
	for (n = in->at[OURS]->first; n != NULL; n = n->next) {
		struct item *it = m->of[OURS][n->id];

		if (it->at[BASE] == NULL && it->at[THEIRS] == NULL &&
		    kt_node_equal(n, theirs, &a, &b))
			return it;
	}
	return NULL;
}

static void
make_items(struct merging *m)
{
	size_t most =
	    m->doc[BASE]->count + m->doc[OURS]->count + m->doc[THEIRS]->count;

	m->items = kt_calloc(most, sizeof(*m->items));
	for (int side = 0; side < SIDES; side++)
		m->of[side] =
		    kt_calloc(m->doc[side]->count, sizeof(*m->of[side]));
	for (size_t i = 0; i < m->doc[BASE]->count; i++)
		new_item(m, BASE, m->doc[BASE]->nodes[i]);
	for (int side = OURS; side <= THEIRS; side++)
		for (size_t i = 0; i < m->doc[side]->count; i++) {
			const struct kt_node *n = m->doc[side]->nodes[i];
			const struct kt_node *peer = m->list[side]->new_peer[i];
			struct item *it = merge_item(m, BASE, peer);

			if (n->kind == KT_DOC)
				it = m->of[BASE][m->doc[BASE]->root->id];
			else if (it == NULL && side == THEIRS)
				it = added_alike(m, n);
			if (it == NULL || it->at[side] != NULL)
				it = new_item(m, side, n);
			it->at[side] = n;
			m->of[side][i] = it;
		}
	for (int side = 0; side < SIDES; side++)
		for (size_t i = 0; i < m->doc[side]->count; i++) {
			const struct kt_node *n = m->doc[side]->nodes[i];
			struct item *it = m->of[side][i];

			if (it->at[side] == n)
				it->parent[side] =
				    merge_item(m, side, n->parent);
			it->theirs = it->at[THEIRS];
		}
}

static void
hold_one(struct item *it)
{
	it->held = true;
	it->at[THEIRS] = it->at[BASE];
	it->parent[THEIRS] = it->parent[BASE];
}

/* What theirs is not to change yet stands there as in the base.  What is new
 * in theirs and holds something that counts, counts too. */
static void
hold(struct merging *m)
{
	const bool *theirs = m->how->hold_theirs, *base = m->how->hold_base;

	for (size_t i = m->doc[THEIRS]->count; theirs != NULL && i-- > 0;) {
		struct item *it = m->of[THEIRS][i];

		if (theirs[i] && !(it->at[BASE] == NULL && it->needed))
			hold_one(it);
		else if (it->parent[THEIRS] != NULL)
			it->parent[THEIRS]->needed = true;
	}
	for (size_t i = 0; base != NULL && i < m->doc[BASE]->count; i++) {
		struct item *it = m->of[BASE][i];

		if (base[i] && it->at[THEIRS] == NULL)
			hold_one(it);
	}
}

/* ---- conflicts ----------------------------------------------------------- */

static const char *
words_of(struct merging *m, const struct kt_node *n, enum kt_conflict_kind kind,
    bool subtree)
{
	struct kt_buf words = KT_BUF_INIT;
	const char *kept;

	if (n == NULL)
		return "";
	if (subtree)
		kt_node_words(&words, n);
	else
		kt_buf_puts(&words, kind == KT_X_CAPTION ? n->caption
				    : kind == KT_X_LABEL ? n->label
							 : n->text);
	while (words.len > 0 && words.p[words.len - 1] == '\n')
		kt_buf_cut(&words, words.len - 1);
	kept = kt_arena_strndup(m->out->arena, words.p, words.len);
	kt_buf_release(&words);
	return kept;
}

static const char *
clause_of(struct merging *m, const struct item *at)
{
	static const int order[] = { OURS, THEIRS, BASE };

	for (size_t i = 0; i < KT_COUNT(order); i++) {
		int side = order[i];

		if (at->at[side] != NULL && !(side == THEIRS && at->held))
			return kt_arena_strdup(
			    m->out->arena, kt_addr(m->doc[side], at->at[side]));
	}
	return "";
}

static enum kt_pick
record(struct merging *m, const struct kt_conflict *c)
{
	struct kt_merged *out = m->out;
	size_t k = out->count;

	KT_GROW(out->at, out->count, m->cap);
	out->at[k] = *c;
	out->at[k].pick = k < m->how->npicks ? m->how->picks[k] : KT_PICK_OPEN;
	out->count++;
	if (out->at[k].pick == KT_PICK_OPEN)
		out->open++;
	return out->at[k].pick;
}

enum kt_pick
merge_conflict(struct merging *m, enum kt_conflict_kind kind,
    const struct item *at, bool subtree)
{
	struct kt_conflict c = { .kind = kind };

	if (m->how->theirs_win) {
		m->out->won++;
		return KT_PICK_THEIRS;
	}
	c.clause = clause_of(m, at);
	c.base = words_of(m, at->at[BASE], kind, subtree);
	c.ours = words_of(m, at->at[OURS], kind, subtree);
	c.theirs = words_of(m, at->at[THEIRS], kind, subtree);
	return record(m, &c);
}

static int
side_of(enum kt_pick pick)
{
	return pick == KT_PICK_BASE     ? BASE
	       : pick == KT_PICK_THEIRS ? THEIRS
					: OURS;
}

/* ---- what a clause is made of -------------------------------------------- */

enum part { LABEL, CAPTION, RELATED, TEXT, CELL, PARTS };

static bool
same_marks(
    const struct kt_mark *a, size_t na, const struct kt_mark *b, size_t nb)
{
	if (na != nb)
		return false;
	for (size_t i = 0; i < na; i++)
		if (!kt_mark_equal(&a[i], &b[i]))
			return false;
	return true;
}

static bool
same_part(const struct kt_node *a, const struct kt_node *b, enum part part)
{
	switch (part) {
	case LABEL:
		return a->kind == b->kind && strcmp(a->label, b->label) == 0;
	case CAPTION:
		return strcmp(a->caption, b->caption) == 0 &&
		       same_marks(a->caption_marks, a->ncaption_marks,
			   b->caption_marks, b->ncaption_marks);
	case RELATED:
		return strcmp(a->related, b->related) == 0;
	case TEXT:
		return a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0 &&
		       same_marks(a->marks, a->nmarks, b->marks, b->nmarks);
	case CELL:
		return a->colspan == b->colspan && a->rowspan == b->rowspan &&
		       a->align == b->align && a->header == b->header;
	case PARTS:
		break;
	}
	return true;
}

static void
take_part(struct kt_doc *doc, struct kt_node *to, const struct kt_node *from,
    enum part part)
{
	switch (part) {
	case LABEL:
		to->kind = from->kind;
		kt_node_label(doc, to, from->label);
		to->num = from->num;
		to->to = from->to;
		break;
	case CAPTION:
		kt_node_caption(doc, to, from->caption, strlen(from->caption));
		kt_node_caption_marks(
		    doc, to, from->caption_marks, from->ncaption_marks);
		break;
	case RELATED:
		kt_node_related(doc, to, from->related, strlen(from->related));
		break;
	case TEXT:
		kt_node_text(doc, to, from->text, from->len);
		kt_node_marks(doc, to, from->marks, from->nmarks);
		break;
	case CELL:
		to->colspan = from->colspan;
		to->rowspan = from->rowspan;
		to->align = from->align;
		to->header = from->header;
		break;
	case PARTS:
		break;
	}
}

/* Are the words of base and this side the same but for references that
 * followed their clauses? */
static bool
only_followed(const struct merging *m, int side, const struct kt_node *node)
{
	const struct kt_changes *list = m->list[side];

	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		if (c->nnew != 1 || c->new[0] != node ||
		    c->side != KT_SIDE_TEXT)
			continue;
		for (uint32_t k = 0; k < c->nspans; k++)
			if (c->spans[k].op != '=' &&
			    c->spans[k].class != KT_SC_REF_FOLLOWED)
				return false;
		return true;
	}
	return false;
}

/* Which side gives a part of a clause that stands on all of them. */
static int
choose_part(struct merging *m, const struct item *it, enum part part)
{
	static const enum kt_conflict_kind kinds[PARTS] = { KT_X_LABEL,
		KT_X_CAPTION, KT_X_CAPTION, KT_X_WORDS, KT_X_TABLE };
	const struct kt_node *b = it->at[BASE], *o = it->at[OURS];
	const struct kt_node *t = it->at[THEIRS];

	if (same_part(o, t, part) || same_part(b, t, part))
		return OURS;
	if (same_part(b, o, part))
		return THEIRS;
	/* Counting decides; merge_number() does. */
	if (part == LABEL && b->num.n > 0 && o->num.n > 0 && t->num.n > 0)
		return OURS;
	if (part == TEXT && only_followed(m, OURS, o))
		return THEIRS;
	if (part == TEXT && only_followed(m, THEIRS, t))
		return OURS;
	return side_of(merge_conflict(m, kinds[part], it, false));
}

/* ---- where a clause stands ----------------------------------------------- */

/* Did a side change the clause or anything below it?  Numbers apart. */
static bool
is_touched(const struct merging *m, const struct item *it, int side)
{
	const struct kt_node *top = it->at[side], *n;
	const struct kt_node *b;

	if (top == NULL)
		return true;
	if (side == THEIRS && it->held)
		return false;
	for (n = top; n != NULL; n = kt_node_next(n, top)) {
		const struct item *in = m->of[side][n->id];

		b = in->at[BASE];
		if (b == NULL ||
		    (n != top && in->parent[side] != in->parent[BASE]))
			return true;
		if (!same_part(b, n, CAPTION) || !same_part(b, n, RELATED) ||
		    !same_part(b, n, CELL))
			return true;
		if (!same_part(b, n, TEXT) && !only_followed(m, side, n))
			return true;
	}
	for (n = it->at[BASE]; n != NULL; n = kt_node_next(n, it->at[BASE]))
		if (m->of[BASE][n->id]->at[side] == NULL)
			return true;
	return false;
}

static void
take_whole(struct item *it, enum kt_pick pick)
{
	int side = side_of(pick);

	it->pick = pick;
	it->in = it->at[side] == NULL ? NULL : it->parent[side];
	it->whole = it->in != NULL;
}

/* One side took out what the other changed?  Only at the top of what was
 * taken out. */
static void
place_gone(struct merging *m, struct item *it, int gone, int kept)
{
	struct item *above = it->parent[BASE];

	it->in = NULL;
	if (above != NULL && above->at[gone] == NULL)
		return;
	if (!is_touched(m, it, kept))
		return;
	if (m->how->theirs_win) {
		m->out->won++;
		it->in = it->parent[THEIRS];
		return;
	}
	take_whole(it, merge_conflict(m, KT_X_GONE, it, true));
}

static void
place(struct merging *m, struct item *it)
{
	struct item *b = it->parent[BASE], *o = it->parent[OURS];
	struct item *t = it->parent[THEIRS];

	if (it->at[BASE] == NULL) {
		it->in = o != NULL ? o : t;
	} else if (it->at[OURS] == NULL && it->at[THEIRS] == NULL) {
		it->in = NULL;
	} else if (it->at[THEIRS] == NULL) {
		place_gone(m, it, THEIRS, OURS);
	} else if (it->at[OURS] == NULL) {
		place_gone(m, it, OURS, THEIRS);
	} else if (o == t || b == t) {
		it->in = o;
	} else if (b == o) {
		it->in = t;
	} else {
		int side = side_of(merge_conflict(m, KT_X_PLACE, it, true));

		it->in = it->parent[side];
	}
}

/* ---- tables and other matter that is taken whole
 * ------------------------------
 */

static unsigned
columns_of(const struct kt_node *table)
{
	unsigned most = 0, n;

	for (const struct kt_node *r = table->first; r != NULL; r = r->next) {
		n = 0;
		for (const struct kt_node *c = r->first; c != NULL; c = c->next)
			n += c->colspan == 0 ? 1 : c->colspan;
		if (n > most)
			most = n;
	}
	return most;
}

static bool
is_atomic(const struct item *it)
{
	const struct kt_node *b = it->at[BASE], *o = it->at[OURS];
	const struct kt_node *t = it->at[THEIRS];

	if (b == NULL || o == NULL || t == NULL || it->held)
		return false;
	if (b->kind == KT_TOC || b->kind == KT_QUOTE)
		return true;
	return b->kind == KT_TABLE && (columns_of(b) != columns_of(o) ||
					  columns_of(b) != columns_of(t));
}

static void
choose_whole(struct merging *m, struct item *it)
{
	const struct kt_node *x, *y;

	if (it->in == NULL || !is_atomic(it))
		return;
	if (kt_node_equal(it->at[BASE], it->at[THEIRS], &x, &y) ||
	    kt_node_equal(it->at[OURS], it->at[THEIRS], &x, &y))
		it->pick = KT_PICK_OURS;
	else if (kt_node_equal(it->at[BASE], it->at[OURS], &x, &y))
		it->pick = KT_PICK_THEIRS;
	else
		it->pick = merge_conflict(m, KT_X_TABLE, it, true);
	it->whole = true;
}

/* ---- the result
 * --------------------------------------------------------------
 */

static void
copy_whole(struct merging *m, struct item *it, struct kt_node *parent)
{
	int side = side_of(it->pick);
	const struct kt_node *from = it->at[side], *n;
	struct kt_node *to = kt_node_copy(m->out->doc, parent, from);
	const struct kt_node *made = to;

	for (n = from; n != NULL; n = kt_node_next(n, from)) {
		struct item *in = m->of[side][n->id];

		if (in->at[side] == n) {
			in->made = (struct kt_node *)made;
			in->words = n;
		}
		made = kt_node_next(made, to);
	}
}

static void
build_one(struct merging *m, struct item *it, struct kt_node *parent)
{
	struct kt_doc *doc = m->out->doc;
	int from = it->at[OURS] != NULL ? OURS : THEIRS;

	it->made = kt_node_copy_one(doc, parent, it->at[from]);
	it->words = it->at[from];
	if (it->at[BASE] == NULL || it->at[OURS] == NULL ||
	    it->at[THEIRS] == NULL)
		return;
	for (enum part p = LABEL; p < PARTS; p++) {
		int side = choose_part(m, it, p);

		if (side != OURS)
			take_part(doc, it->made, it->at[side], p);
		if (p == TEXT)
			it->words = it->at[side];
	}
	if (it->held && m->how->held_numbers && it->theirs != NULL &&
	    same_part(it->at[BASE], it->at[OURS], LABEL))
		take_part(doc, it->made, it->theirs, LABEL);
}

/* Depth is that of a document, which is capped where it is read. */
static void
build(struct merging *m, struct item *it, struct kt_node *parent)
{
	if (it->whole) {
		copy_whole(m, it, parent);
		return;
	}
	if (parent != NULL)
		build_one(m, it, parent);
	merge_order(m, it);
	for (struct item *c = it->first; c != NULL; c = c->next)
		if (c->made == NULL)
			build(m, c, it->made);
}

/* ---- front matter
 * ------------------------------------------------------------
 */

static const char *
choose_line(struct merging *m, const char *name, const char *b, const char *o,
    const char *t)
{
	struct kt_conflict c = { .kind = KT_X_META, .clause = name };
	const char *const at[SIDES] = { b, o, t };

	if (strcmp(o, t) == 0 || strcmp(b, t) == 0)
		return o;
	if (strcmp(b, o) == 0 || m->how->theirs_win)
		return t;
	c.base = kt_arena_strdup(m->out->arena, b);
	c.ours = kt_arena_strdup(m->out->arena, o);
	c.theirs = kt_arena_strdup(m->out->arena, t);
	return at[side_of(record(m, &c))];
}

static bool
same_dates(const struct kt_meta *a, const struct kt_meta *b)
{
	if (kt_date_cmp(a->promulgated, b->promulgated) != 0 ||
	    kt_date_cmp(a->effective, b->effective) != 0 ||
	    kt_date_cmp(a->applies, b->applies) != 0 ||
	    kt_date_cmp(a->ceases, b->ceases) != 0 ||
	    kt_date_cmp(a->decided, b->decided) != 0 || a->ndates != b->ndates)
		return false;
	for (size_t i = 0; i < a->ndates; i++)
		if (strcmp(a->dates[i].clauses, b->dates[i].clauses) != 0 ||
		    kt_date_cmp(a->dates[i].from, b->dates[i].from) != 0 ||
		    strcmp(a->dates[i].condition, b->dates[i].condition) != 0)
			return false;
	return true;
}

static void
copy_dates(struct kt_doc *doc, const struct kt_meta *from)
{
	struct kt_meta *to = &doc->meta;
	struct kt_clause_date *dates =
	    KT_NEWN(doc->arena, struct kt_clause_date, from->ndates);

	to->decided = from->decided;
	to->promulgated = from->promulgated;
	to->effective = from->effective;
	to->applies = from->applies;
	to->ceases = from->ceases;
	for (size_t i = 0; i < from->ndates; i++)
		dates[i] = (struct kt_clause_date){
			.clauses =
			    kt_arena_strdup(doc->arena, from->dates[i].clauses),
			.from = from->dates[i].from,
			.condition = kt_arena_strdup(
			    doc->arena, from->dates[i].condition),
		};
	to->dates = dates;
	to->ndates = from->ndates;
}

static void
copy_other(struct kt_doc *doc, const struct kt_meta *from)
{
	const char *(*other)[2] = (const char *(*)[2])kt_arena_alloc_n(
	    doc->arena, from->nother, sizeof(*other));

	for (size_t i = 0; i < from->nother; i++)
		for (int k = 0; k < 2; k++)
			other[i][k] =
			    kt_arena_strdup(doc->arena, from->other[i][k]);
	doc->meta.other = (const char *const(*)[2])other;
	doc->meta.nother = from->nother;
}

static void
merge_meta(struct merging *m)
{
	const struct kt_meta *b = &m->doc[BASE]->meta, *o = &m->doc[OURS]->meta;
	const struct kt_meta *t = &m->doc[THEIRS]->meta;
	struct kt_doc *doc = m->out->doc;
	struct kt_arena *a = doc->arena;

	doc->meta.id =
	    kt_arena_strdup(a, choose_line(m, "id", b->id, o->id, t->id));
	doc->meta.title = kt_arena_strdup(
	    a, choose_line(m, "title", b->title, o->title, t->title));
	doc->meta.kind = kt_arena_strdup(
	    a, choose_line(m, "kind", b->kind, o->kind, t->kind));
	doc->meta.number = kt_arena_strdup(
	    a, choose_line(m, "number", b->number, o->number, t->number));
	doc->meta.style = kt_arena_strdup(
	    a, choose_line(m, "style", b->style, o->style, t->style));
	doc->meta.present = o->present || t->present;
	/* Dates go with the text that is newer: a draft's are its own. */
	copy_dates(doc, same_dates(b, o) || m->how->theirs_win ? t : o);
	copy_other(doc, o->nother == 0 || m->how->theirs_win ? t : o);
}

/* ---- all of it
 * -----------------------------------------------------------------
 */

void
kt_merged_new(struct kt_merged **out, const struct kt_doc *base,
    const struct kt_doc *ours, const struct kt_doc *theirs,
    const struct kt_merge_how *how, struct kt_diag *d)
{
	static const struct kt_merge_how plain;
	struct merging m = { .how = how == NULL ? &plain : how,
		.doc = { base, ours, theirs } };
	struct item *root;

	m.out = kt_calloc(1, sizeof(*m.out));
	m.out->arena = kt_arena_new();
	m.out->doc = kt_doc_new(ours->source);
	kt_diff(&m.list[OURS], base, ours, d);
	kt_diff(&m.list[THEIRS], base, theirs, d);
	make_items(&m);
	hold(&m);
	merge_meta(&m);
	root = m.of[BASE][base->root->id];
	for (size_t i = 0; i < m.n; i++)
		if (&m.items[i] != root)
			place(&m, &m.items[i]);
	for (size_t i = 0; i < m.n; i++)
		choose_whole(&m, &m.items[i]);
	root->made = m.out->doc->root;
	root->words = ours->root;
	for (enum part p = LABEL; p < PARTS; p++)
		take_part(m.out->doc, root->made,
		    root->at[choose_part(&m, root, p)], p);
	build(&m, root, NULL);
	merge_number(&m);
	kt_doc_finish(m.out->doc);
	merge_references(&m);
	for (int side = 0; side < SIDES; side++) {
		kt_changes_free(m.list[side]);
		free(m.of[side]);
	}
	free(m.items);
	*out = m.out;
}

void
kt_merged_free(struct kt_merged *m)
{
	if (m == NULL)
		return;
	kt_doc_free(m->doc);
	kt_arena_free(m->arena);
	free(m->at);
	free(m);
}
