/* SPDX-License-Identifier: MIT */
/*
 * Where both sides numbered clauses anew, neither's numbers are right: they
 * are counted again, and references are made to lead where they led.
 */
#include "merge_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- labels -------------------------------------------------------------- */

/* The label of a clause with another number; false when its form is one that
 * cannot be written so. */
static bool
write_label(struct kt_buf *out, enum kt_kind kind, const struct kt_num *num)
{
	static const char *const units[KT_KINDS] = { [KT_PART] = "編",
		[KT_CHAPTER] = "章",
		[KT_SECTION] = "節",
		[KT_SUBSECTION] = "款",
		[KT_DIVISION] = "目",
		[KT_ARTICLE] = "条" };

	kt_buf_clear(out);
	if (num->n == 0)
		return false;
	if (units[kind] == NULL) {
		kt_num_write(out, num);
		return true;
	}
	kt_buf_puts(out, "第");
	kt_num_write_head(out, num);
	kt_buf_puts(out, units[kind]);
	kt_num_write_branches(out, num);
	return true;
}

/* The clauses that are counted together, in order. */
struct run {
	struct item **at;
	size_t n, cap;
};

/* What a clause is counted in: 条 through the whole text or 附則, all else
 * under its parent. */
static const struct kt_node *
scope_of(const struct kt_node *n)
{
	const struct kt_node *up = n->parent;

	if (n->kind != KT_ARTICLE)
		return up;
	while (up->parent != NULL && kt_kind_is_division(up->kind))
		up = up->parent;
	return up;
}

static bool
is_plain(const struct kt_node *n)
{
	struct kt_buf label = KT_BUF_INIT;
	bool plain = n->to.n == 0 && n->label[0] != '\0' &&
		     write_label(&label, n->kind, &n->num) &&
		     strcmp(label.p, n->label) == 0;

	kt_buf_release(&label);
	return plain;
}

static bool
new_on(const struct item *it, int side)
{
	return it->at[BASE] == NULL && it->at[side] != NULL;
}

static bool
numbered_anew(const struct item *it, int side)
{
	return it->at[BASE] != NULL && it->at[side] != NULL &&
	       kt_num_cmp(&it->at[BASE]->num, &it->at[side]->num) != 0;
}

/* Does a side count on without a gap here? */
static bool
counts_on(const struct run *run, int side)
{
	unsigned last = 0;

	for (size_t i = 0; i < run->n; i++) {
		const struct kt_node *n = run->at[i]->at[side];

		if (n == NULL)
			continue;
		if (n->num.n == 1 && last != 0 && n->num.v[0] != last + 1)
			return false;
		last = n->num.v[0];
	}
	return true;
}

static bool
is_to_count(const struct run *run)
{
	bool moved[SIDES] = { false };

	for (size_t i = 0; i < run->n; i++) {
		if (!is_plain(run->at[i]->made))
			return false;
		for (int side = OURS; side <= THEIRS; side++)
			moved[side] = moved[side] || new_on(run->at[i], side) ||
				      numbered_anew(run->at[i], side);
	}
	return moved[OURS] && moved[THEIRS] && counts_on(run, OURS) &&
	       counts_on(run, THEIRS);
}

static void
count_run(struct merging *m, const struct run *run)
{
	struct kt_buf label = KT_BUF_INIT;
	unsigned main = 0;

	if (run->n == 0 || !is_to_count(run))
		return;
	for (size_t i = 0; i < run->n; i++) {
		struct kt_node *n = run->at[i]->made;

		if (i == 0)
			main = n->num.v[0];
		else if (n->num.n == 1)
			main++;
		if (n->num.v[0] == main)
			continue;
		n->num.v[0] = main;
		if (write_label(&label, n->kind, &n->num))
			kt_node_label(m->out->doc, n, label.p);
	}
	kt_buf_release(&label);
}

/* The next item of the result in reading order. */
static struct item *
next_item(struct item *it, const struct item *root)
{
	if (it->first != NULL)
		return it->first;
	while (it != root && it->next == NULL)
		it = it->in;
	return it == root ? NULL : it->next;
}

static bool
is_counted(const struct item *it)
{
	const struct kt_node *n = it->made;

	return n->num.n > 0 && n->label[0] != '\0' && n->parent != NULL &&
	       (n->kind == KT_ARTICLE || n->kind == KT_PARAGRAPH ||
		   n->kind == KT_ITEM || n->kind == KT_HEADED ||
		   kt_kind_is_division(n->kind));
}

static int
by_scope(const void *a, const void *b)
{
	const struct item *x = *(struct item *const *)a;
	const struct item *y = *(struct item *const *)b;
	uint32_t sx = scope_of(x->made)->id, sy = scope_of(y->made)->id;

	if (sx != sy)
		return sx < sy ? -1 : 1;
	if (x->made->kind != y->made->kind)
		return x->made->kind < y->made->kind ? -1 : 1;
	return x->made->id < y->made->id ? -1 : x->made->id > y->made->id;
}

void
merge_number(struct merging *m)
{
	struct item *root = m->of[BASE][m->doc[BASE]->root->id];
	struct run all = { 0 }, one;

	kt_doc_finish(m->out->doc); /* ids, for the order */
	for (struct item *it = root; it != NULL; it = next_item(it, root))
		if (it != root && is_counted(it)) {
			KT_GROW(all.at, all.n, all.cap);
			all.at[all.n++] = it;
		}
	if (all.n > 0)
		qsort(all.at, all.n, sizeof(*all.at), by_scope);
	for (size_t i = 0; i < all.n; i += one.n) {
		const struct kt_node *first = all.at[i]->made;

		one = (struct run){ .at = all.at + i };
		while (i + one.n < all.n &&
		       all.at[i + one.n]->made->kind == first->kind &&
		       scope_of(all.at[i + one.n]->made) == scope_of(first))
			one.n++;
		count_run(m, &one);
	}
	free(all.at);
}

/* ---- references ---------------------------------------------------------- */

/* Where a clause of a side stands in the result. */
static const struct kt_node *
made_of(const struct merging *m, int side, const struct kt_node *n)
{
	const struct item *it = merge_item(m, side, n);

	return it == NULL || it->at[side] != n ? NULL : it->made;
}

static const struct kt_node *
above(const struct kt_node *n, enum kt_kind kind)
{
	while (n != NULL && n->kind != kind)
		n = n->parent;
	return n;
}

/* One 第N条, 第N項 or 第N号 of a reference: its number as it is now. */
static void
put_step(struct kt_buf *out, const char *unit, const struct kt_num *as,
    const struct kt_num *is)
{
	struct kt_num num = *is;

	num.form = as->form;
	kt_buf_puts(out, "第");
	kt_num_write_head(out, &num);
	kt_buf_puts(out, unit);
	kt_num_write_branches(out, &num);
}

/* The words of a reference, leading to `is` as they led to `was`. */
static void
put_reference(struct kt_buf *out, const char *p, size_t n,
    const struct kt_node *was, const struct kt_node *is)
{
	static const struct {
		const char *unit;
		enum kt_kind kind;
	} units[] = { { "条", KT_ARTICLE }, { "項", KT_PARAGRAPH },
		{ "号", KT_ITEM }, { "章", KT_CHAPTER }, { "節", KT_SECTION } };
	const char *end = p + n;
	size_t sign = strlen("第");

	while (p < end) {
		const struct kt_node *x = NULL, *y = NULL;
		struct kt_num num;
		size_t used = 0, i;

		if ((size_t)(end - p) > sign && memcmp(p, "第", sign) == 0)
			used = kt_num_read(
			    &num, p + sign, (size_t)(end - p) - sign);
		for (i = 0; used > 0 && i < KT_COUNT(units); i++) {
			size_t len = strlen(units[i].unit);
			const char *at = p + sign + used;

			if ((size_t)(end - at) < len ||
			    memcmp(at, units[i].unit, len) != 0)
				continue;
			x = above(was, units[i].kind);
			y = above(is, units[i].kind);
			used += len;
			used += kt_num_branches(
			    &num, at + len, (size_t)(end - at) - len);
			break;
		}
		if (x != NULL && y != NULL && kt_num_cmp(&x->num, &num) == 0 &&
		    kt_num_cmp(&y->num, &num) != 0) {
			put_step(out, units[i].unit, &num, &y->num);
			p += sign + used;
			continue;
		}
		kt_buf_putc(out, *p++);
	}
}

/* Put new words in place of some bytes of a node's text; what is marked
 * behind them moves along. */
static void
replace(struct kt_doc *doc, struct kt_node *node, size_t start, size_t len,
    const struct kt_buf *new)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_mark *marks =
	    KT_NEWN(doc->arena, struct kt_mark, node->nmarks);
	long by = (long)new->len - (long)len;

	kt_buf_put(&text, node->text, start);
	kt_buf_put(&text, new->p, new->len);
	kt_buf_put(&text, node->text + start + len, node->len - start - len);
	for (size_t i = 0; i < node->nmarks; i++) {
		marks[i] = node->marks[i];
		if (marks[i].start >= start + len)
			marks[i].start = (uint32_t)((long)marks[i].start + by);
		else if (marks[i].start <= start &&
			 marks[i].start + marks[i].len >= start + len)
			marks[i].len = (uint32_t)((long)marks[i].len + by);
	}
	kt_node_text(doc, node, text.p, text.len);
	kt_node_marks(doc, node, marks, node->nmarks);
	kt_buf_release(&text);
}

/* The references of one clause, from the last to the first, so that offsets
 * stay right. */
static void
follow(struct merging *m, struct item *it, int side, const struct kt_refs *refs)
{
	const struct kt_node *from = it->words;
	struct kt_buf new = KT_BUF_INIT;

	for (uint32_t i = refs->first[from->id + 1];
	     i-- > refs->first[from->id];) {
		const struct kt_ref *r = &refs->at[i];
		const struct kt_node *now = made_of(m, side, r->to.node);

		if (r->state != KT_R_RESOLVED || r->form != KT_R_ABSOLUTE ||
		    r->in_related || now == NULL ||
		    r->start + r->len > it->made->len)
			continue;
		kt_buf_clear(&new);
		put_reference(
		    &new, from->text + r->start, r->len, r->to.node, now);
		if (new.len != r->len ||
		    memcmp(new.p, from->text + r->start, r->len) != 0)
			replace(m->out->doc, it->made, r->start, r->len, &new);
	}
	kt_buf_release(&new);
}

static int
side_of_node(const struct item *it)
{
	for (int side = BASE; side < SIDES; side++)
		if (it->words == it->at[side])
			return side;
	return OURS;
}

void
merge_references(struct merging *m)
{
	struct kt_refs *refs[SIDES];

	for (int side = 0; side < SIDES; side++)
		refs[side] = kt_refs_new(m->doc[side]);
	for (size_t i = 0; i < m->n; i++) {
		struct item *it = &m->items[i];
		int side;

		if (it->made == NULL || it->words == NULL ||
		    it->words->len == 0)
			continue;
		side = side_of_node(it);
		if (m->doc[side]->nodes[it->words->id] == it->words)
			follow(m, it, side, refs[side]);
	}
	for (int side = 0; side < SIDES; side++)
		kt_refs_free(refs[side]);
	kt_doc_finish(m->out->doc);
}
