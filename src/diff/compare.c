/* SPDX-License-Identifier: MIT */
/* The changes of one pair of nodes, of a group, of what one side only has. */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- entries ------------------------------------------------------------ */

/* Captions before the text of the same node, deletions behind both. */
enum slot { SLOT_CAPTION, SLOT_RELATED, SLOT_TEXT, SLOT_DELETED };

static enum slot
slot_of(enum kt_side side)
{
	return side == KT_SIDE_CAPTION   ? SLOT_CAPTION
	       : side == KT_SIDE_RELATED ? SLOT_RELATED
					 : SLOT_TEXT;
}

static void
put_entry(struct list_work *l, const struct kt_change *c)
{
	struct entry *e;

	KT_GROW(l->at, l->n, l->cap);
	e = &l->at[l->n++];
	e->change = *c;
	if (c->nnew > 0) {
		e->place = (uint64_t)c->new[0]->id << 2 | slot_of(c->side);
		e->old = 0;
	} else {
		e->place =
		    (uint64_t)l->place[c->old[0]->id] << 2 | SLOT_DELETED;
		e->old = c->old[0]->id << 2 | slot_of(c->side);
	}
}

static void
set_one(struct list_work *l, struct kt_change *c, int side,
    const struct kt_node *node, const char *text)
{
	struct kt_arena *a = l->w->list->arena;
	const struct kt_node **nodes = KT_NEW(a, const struct kt_node *);
	const char **texts = KT_NEW(a, const char *);

	*nodes = node;
	*texts = text;
	if (side == 0) {
		c->old = nodes;
		c->old_text = texts;
		c->nold = 1;
	} else {
		c->new = nodes;
		c->new_text = texts;
		c->nnew = 1;
	}
}

/* ---- spans -------------------------------------------------------------- */

struct spans {
	struct kt_span *at;
	uint32_t n;
};

static void
put_span(struct spans *s, char op, enum kt_span_class class, const char *p,
    uint32_t len, const char *note)
{
	if (len > 0)
		s->at[s->n++] = (struct kt_span){ op, class, p, len, note };
}

/* The hunks in hand become the spans of a change. */
static void
set_spans(struct work *w, struct kt_change *c)
{
	const struct text_work *t = &w->text;
	const struct words *x = t->in[0], *y = t->in[1];
	struct spans s = {
		KT_NEWN(w->list->arena, struct kt_span, t->nhunks * 3 + 1), 0
	};
	uint32_t at = 0;

	for (size_t i = 0; i < t->nhunks; i++) {
		const struct hunk *h = &t->hunks[i];

		put_span(&s, '=', KT_SC_NONE, x->p + at, h->a0 - at, "");
		at = h->a1;
		if (h->same) {
			put_span(&s, '=', KT_SC_NONE, x->p + h->a0,
			    h->a1 - h->a0, h->note);
			continue;
		}
		put_span(
		    &s, '-', h->class, x->p + h->a0, h->a1 - h->a0, h->note);
		put_span(
		    &s, '+', h->class, y->p + h->b0, h->b1 - h->b0, h->note);
	}
	put_span(&s, '=', KT_SC_NONE, x->p + at, x->len - at, "");
	c->spans = s.at;
	c->nspans = s.n;
}

static void
set_whole(struct work *w, struct kt_change *c, char op,
    enum kt_span_class class, const char *text)
{
	struct spans s = { KT_NEW(w->list->arena, struct kt_span), 0 };

	put_span(&s, op, class, text, (uint32_t)strlen(text), "");
	c->spans = s.at;
	c->nspans = s.n;
}

/* ---- classes ------------------------------------------------------------ */

static bool is_substance(enum kt_span_class class)
{
	return class == KT_SC_SUBSTANCE || class == KT_SC_MODALITY ||
	       class == KT_SC_QUANTITY || class == KT_SC_ACTOR;
}

static bool is_ref(enum kt_span_class class)
{
	return class == KT_SC_REF_FOLLOWED || class == KT_SC_REF_RETARGETED ||
	       class == KT_SC_REF_DANGLING;
}

/* The gravest of its hunks; notation weighs more than a reference that only
 * followed, less than one that did not. */
static enum kt_class
class_of(const struct text_work *t, unsigned *flags)
{
	bool substance = false, notation = false, broken = false, ref = false;

	for (size_t i = 0; i < t->nhunks; i++) {
		enum kt_span_class class = t->hunks[i].class;

		*flags |= t->hunks[i].flags;
		substance = substance || is_substance(class);
		notation = notation || class == KT_SC_NOTATION;
		ref = ref || is_ref(class);
		broken =
		    broken || (is_ref(class) && class != KT_SC_REF_FOLLOWED);
	}
	if (t->replaced)
		*flags |= KT_FL_REPLACED;
	if (t->limit)
		*flags |= KT_FL_LIMIT | KT_FL_REPLACED;
	return substance  ? KT_C_SUBSTANCE
	       : broken   ? KT_C_REFERENCE
	       : notation ? KT_C_NOTATION
	       : ref      ? KT_C_REFERENCE
			  : KT_C_NONE;
}

static bool
only_followed(enum kt_class class, unsigned flags)
{
	return class == KT_C_NONE ||
	       (class == KT_C_REFERENCE &&
		   (flags & (KT_FL_REF_RETARGETED | KT_FL_REF_DANGLING)) == 0);
}

static unsigned
flags_of_state(uint8_t state)
{
	return ((state & ST_RENUMBERED) != 0 ? KT_FL_RENUMBERED : 0u) |
	       ((state & ST_AWAY) != 0 ? KT_FL_MOVED : 0u) |
	       ((state & ST_COMMENTARY) != 0 ? KT_FL_COMMENTARY : 0u);
}

/* Of a pair: what is true of either. */
static uint8_t
state_of(const struct list_work *l, uint32_t old, uint32_t new)
{
	return l->w->side[0].state[old] | l->w->side[1].state[new];
}

static void
say_limit(struct list_work *l, const struct kt_node *node)
{
	const struct kt_doc *doc = l->w->side[1].doc;

	l->w->list->limits++;
	kt_report(l->w->diag, .id = KT_M_DIFF_LIMIT, .at.file = doc->source,
	    .at.line = node->line, .at.clause = kt_addr(doc, node));
}

/* ---- two texts ---------------------------------------------------------- */

/* The same words, references included?  Quicker than comparing them. */
static bool
same_words(struct work *w, const struct words *x, const struct words *y)
{
	const char *note;

	if (x->len != y->len || memcmp(x->p, y->p, x->len) != 0)
		return false;
	if (x->natoms != y->natoms)
		return x->natoms == 0 || y->natoms == 0;
	for (uint32_t i = 0; i < x->natoms; i++) {
		if (x->atoms[i].ref == NULL || y->atoms[i].ref == NULL)
			continue;
		if (x->atoms[i].start == y->atoms[i].start &&
		    kt_relate(w, x->atoms[i].ref, y->atoms[i].ref, &note) !=
			KT_SC_NONE)
			return false;
	}
	return true;
}

/* Fills class, flags and spans of a change; false when nothing differs. */
static bool
compare_words(struct list_work *l, struct kt_change *c, const struct words *x,
    const struct words *y)
{
	struct work *w = l->w;

	if (same_words(w, x, y))
		return false;
	if (c->side == KT_SIDE_ROW)
		kt_row_compare(w, x, y);
	else
		kt_text_compare(w, x, y);
	if (w->text.nhunks == 0)
		return false;
	c->class = class_of(&w->text, &c->flags);
	set_spans(w, c);
	return true;
}

static void
compare_caption(struct list_work *l, const struct kt_node *x,
    const struct kt_node *y, unsigned flags)
{
	struct words p = { x->caption, (uint32_t)strlen(x->caption), NULL, 0 };
	struct words q = { y->caption, (uint32_t)strlen(y->caption), NULL, 0 };
	struct kt_change c = { .fate = KT_MODIFIED, .side = KT_SIDE_CAPTION };

	c.flags = flags | KT_FL_CAPTION;
	if (!compare_words(l, &c, &p, &q))
		return;
	if (c.class != KT_C_NOTATION)
		c.class = KT_C_CAPTION;
	set_one(l, &c, 0, x, x->caption);
	set_one(l, &c, 1, y, y->caption);
	put_entry(l, &c);
}

static void
compare_related(struct list_work *l, const struct kt_node *x,
    const struct kt_node *y, unsigned flags)
{
	struct words p = kt_words_of_related(l, 0, x);
	struct words q = kt_words_of_related(l, 1, y);
	struct kt_change c = { .fate = KT_MODIFIED, .side = KT_SIDE_RELATED };

	c.flags = flags;
	if (!compare_words(l, &c, &p, &q))
		return;
	set_one(l, &c, 0, x, x->related);
	set_one(l, &c, 1, y, y->related);
	put_entry(l, &c);
}

/* ---- besides the words -------------------------------------------------- */

/* Says of a change what differs besides the words (`same`, or NULL when they
 * differ); false when nothing does.  How cells are merged tells what
 * a cell is said of: no mere notation. */
static bool
compare_form(struct work *w, struct kt_change *c, const struct kt_node *x,
    const struct kt_node *y, const char *same)
{
	struct other_form f;

	kt_form_compare(&f, w->list->arena, x, y, same != NULL);
	if (f.flags == 0)
		return false;
	c->note = f.note;
	c->flags |= f.flags;
	if ((f.flags & KT_FL_FORM) != 0) {
		c->class = KT_C_SUBSTANCE;
	} else {
		c->class = KT_C_NOTATION;
		c->flags |= KT_FL_NOTATION;
	}
	if (same != NULL)
		set_whole(w, c, '=', KT_SC_NONE, same);
	return true;
}

/* ---- two nodes ---------------------------------------------------------- */

static bool
in_toc(const struct kt_node *node)
{
	if (node->unit != NULL)
		return false;
	while (node != NULL && node->kind != KT_TOC)
		node = node->parent;
	return node != NULL;
}

/* Both lines of the 目次 repeat headings as they are now and were then; false
 * when it says so in the same words. */
static bool
quiet_toc(struct list_work *l, struct kt_change *c, const struct kt_node *x,
    const struct kt_node *y)
{
	struct kt_span *s = (struct kt_span *)(uintptr_t)c->spans;

	if (c->class == KT_C_NONE || !in_toc(y) || !kt_toc_follows(l, 0, x) ||
	    !kt_toc_follows(l, 1, y))
		return true;
	if (strcmp(x->text, y->text) == 0)
		return false;
	c->class = KT_C_REFERENCE;
	c->flags = (c->flags & KT_FL_RENUMBERED) | KT_FL_REF_FOLLOWED;
	for (uint32_t i = 0; i < c->nspans; i++)
		if (s[i].op != '=')
			s[i].class = KT_SC_REF_FOLLOWED;
	return true;
}

static enum kt_fate
fate_of(const struct kt_change *c, uint8_t state)
{
	if ((state & ST_MOVED) != 0)
		return KT_MOVED;
	if ((state & ST_RENUMBERED) != 0 && only_followed(c->class, c->flags))
		return KT_RENUMBERED;
	return KT_MODIFIED;
}

/* One entry for the words and the fate of a node. */
static void
put_node(struct list_work *l, struct kt_change *c, uint32_t old, uint32_t new,
    bool differs)
{
	const struct kt_node *x = node_at(&l->w->side[0], old);
	const struct kt_node *y = node_at(&l->w->side[1], new);
	uint8_t state = state_of(l, old, new);

	if (!differs && (state & (ST_OWN_NUMBER | ST_MOVED)) == 0 &&
	    strcmp(x->label, y->label) != 0) {
		/* 第三条 for 第3条, no number for an entry that had one. */
		c->class = KT_C_NOTATION;
		c->flags |= KT_FL_LABEL | KT_FL_NOTATION;
		differs = true;
	}
	if (!differs && (state & (ST_OWN_NUMBER | ST_MOVED)) == 0)
		return;
	c->fate = fate_of(c, state);
	if ((c->flags & KT_FL_LIMIT) != 0)
		say_limit(l, y);
	put_entry(l, c);
}

static bool
has_refs(const struct side *s, uint32_t id)
{
	return s->refs->first[kt_side_end(s, id)] > s->refs->first[id];
}

static void
compare_rows(struct list_work *l, uint32_t old, uint32_t new, unsigned flags)
{
	const struct side *o = &l->w->side[0], *n = &l->w->side[1];
	const struct kt_node *x = node_at(o, old), *y = node_at(n, new);
	struct kt_change c = { .side = KT_SIDE_ROW, .flags = flags };
	bool same = kt_node_equal(x, y, NULL, NULL), differs = false;
	struct words p, q;

	if (!same || has_refs(o, old) || has_refs(n, new) ||
	    (n->state[new] & ST_MOVED) != 0) {
		p = kt_words_of_row(l, 0, x);
		q = kt_words_of_row(l, 1, y);
		set_one(l, &c, 0, x, p.p);
		set_one(l, &c, 1, y, q.p);
		differs = compare_words(l, &c, &p, &q);
		if (!same && compare_form(l->w, &c, x, y, differs ? NULL : p.p))
			differs = true;
		put_node(l, &c, old, new, differs);
	}
}

void
kt_compare_nodes(struct list_work *l, uint32_t old, uint32_t new)
{
	const struct side *o = &l->w->side[0], *n = &l->w->side[1];
	const struct kt_node *x = node_at(o, old), *y = node_at(n, new);
	unsigned flags = flags_of_state(state_of(l, old, new));
	struct kt_change c = { .side = KT_SIDE_TEXT, .flags = flags };
	struct words p, q;
	bool differs;

	if (strcmp(x->caption, y->caption) != 0)
		compare_caption(l, x, y, flags);
	if (x->related[0] != '\0' || y->related[0] != '\0')
		compare_related(l, x, y, flags);
	if (x->kind == KT_ROW && y->kind == KT_ROW) {
		compare_rows(l, old, new, flags);
		return;
	}
	p = kt_words_of_text(l, 0, x);
	q = kt_words_of_text(l, 1, y);
	if (compare_words(l, &c, &p, &q))
		differs = quiet_toc(l, &c, x, y);
	else
		differs = compare_form(l->w, &c, x, y, x->text);
	if (differs || x->label[0] != '\0' || y->label[0] != '\0' ||
	    (n->state[new] & ST_MOVED) != 0) {
		set_one(l, &c, 0, x, x->text);
		set_one(l, &c, 1, y, y->text);
		put_node(l, &c, old, new, differs);
	}
}

/* ---- one and several ---------------------------------------------------- */

static void
set_many(struct list_work *l, struct kt_change *c, int side,
    const uint32_t *ids, uint32_t n, const char **texts)
{
	const struct side *s = &l->w->side[side];
	const struct kt_node **nodes =
	    KT_NEWN(l->w->list->arena, const struct kt_node *, n);

	for (uint32_t i = 0; i < n; i++)
		nodes[i] = node_at(s, ids[i]);
	if (side == 0) {
		c->old = nodes;
		c->old_text = texts;
		c->nold = n;
	} else {
		c->new = nodes;
		c->new_text = texts;
		c->nnew = n;
	}
}

void
kt_compare_group(struct list_work *l, const struct group *g)
{
	struct work *w = l->w;
	const uint32_t *ids[2] = { g->one_side == 0 ? &g->one : g->many,
		g->one_side == 0 ? g->many : &g->one };
	uint32_t n[2] = { g->one_side == 0 ? 1 : g->nmany,
		g->one_side == 0 ? g->nmany : 1 };
	struct kt_change c = { .side = KT_SIDE_SUBTREE };
	struct words words[2];

	c.fate = g->one_side == 0 ? KT_SPLIT : KT_MERGED;
	for (int side = 0; side < 2; side++) {
		const char **texts =
		    KT_NEWN(w->list->arena, const char *, n[side]);

		words[side] =
		    kt_words_of_subtrees(l, side, ids[side], n[side], texts);
		set_many(l, &c, side, ids[side], n[side], texts);
	}
	c.flags = flags_of_state(
	    state_of(l, c.old[0]->id, c.new[0]->id) & (uint8_t)~ST_AWAY);
	kt_keep_common_texts(l, &words[0], &words[1]);
	if (!compare_words(l, &c, &words[0], &words[1]))
		set_whole(w, &c, '=', KT_SC_NONE, words[0].p);
	if (kt_is_range(w, g))
		kt_range_class(w, g, &c);
	if ((c.flags & KT_FL_LIMIT) != 0)
		say_limit(l, c.new[0]);
	put_entry(l, &c);
}

/* ---- on one side only --------------------------------------------------- */

static bool
holds_units(const struct side *s, uint32_t id)
{
	uint32_t end = kt_side_end(s, id), low = 0, high = s->nunits;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (s->units[mid] <= id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->nunits && s->units[low] < end;
}

static void
put_only(struct list_work *l, int side, const struct kt_node *node,
    enum kt_side what, const char *text)
{
	struct kt_change c = { .fate = side == 0 ? KT_DELETED : KT_ADDED,
		.class = KT_C_SUBSTANCE,
		.side = what };
	enum kt_span_class class = KT_SC_SUBSTANCE;

	c.flags =
	    flags_of_state(l->w->side[side].state[node->id] & ST_COMMENTARY);
	if (what == KT_SIDE_CAPTION)
		c.flags |= KT_FL_CAPTION;
	if (in_toc(node) && kt_toc_follows(l, side, node)) {
		c.class = KT_C_REFERENCE;
		c.flags |= KT_FL_REF_FOLLOWED;
		class = KT_SC_REF_FOLLOWED;
	}
	set_one(l, &c, side, node, text);
	set_whole(l->w, &c, side == 0 ? '-' : '+', class, text);
	put_entry(l, &c);
}

/* Of what holds units, or a 項 of before, only its heading and its own words;
 * they are told for themselves. */
static void
put_own_words(struct list_work *l, int side, const struct kt_node *node)
{
	put_only(l, side, node, KT_SIDE_CAPTION, node->caption);
	if (node->len > 0)
		put_only(l, side, node, KT_SIDE_TEXT, node->text);
}

bool
kt_told_whole(const struct side *s, uint32_t id)
{
	const struct kt_node *node = node_at(s, id);

	return node->kind != KT_TOC && !holds_units(s, id) &&
	       (s->state[id] & ST_AROUND) == 0 &&
	       (node->unit != NULL || in_toc(node));
}

void
kt_only_on(struct list_work *l, int side, uint32_t id)
{
	const struct side *s = &l->w->side[side];
	const struct kt_node *node = node_at(s, id);
	const char *text;

	if (!kt_told_whole(s, id)) {
		put_own_words(l, side, node);
		return;
	}
	kt_words_of_subtrees(l, side, &id, 1, &text);
	put_only(l, side, node, KT_SIDE_SUBTREE, text);
}
