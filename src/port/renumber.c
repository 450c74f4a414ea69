/* SPDX-License-Identifier: MIT */
/*
 * Numbers behind a clause that was put in, and the references that would mean
 * another clause by them.  A reference is rewritten where its words are
 * understood, proved by reading the draft again, and told where they are not.
 */
#include "port_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- numbers
 * ------------------------------------------------------------------
 */

static void
set_label(struct renumbering *r, struct kt_node *n, const struct kt_num *num)
{
	struct kt_buf label = KT_BUF_INIT;

	kt_num_write(&label, num);
	kt_node_label(r->draft, n, label.p);
	n->num = *num;
	kt_buf_release(&label);
}

static struct kt_node *
next_of_kind(struct kt_node *n)
{
	struct kt_node *at = n->next;

	while (at != NULL && at->kind != n->kind)
		at = at->next;
	return at;
}

static struct kt_node *
previous_of_kind(struct kt_node *n)
{
	struct kt_node *at = n->prev;

	while (at != NULL && at->kind != n->kind)
		at = at->prev;
	return at;
}

/* The number of a list's members, in the form they have; an unlabelled first
 * 項 gets none. */
void
kt_renumber_list(struct renumbering *r, struct kt_node *added)
{
	struct kt_node *before = previous_of_kind(added);
	struct kt_node *like = before != NULL && before->label[0] != '\0'
				   ? before
				   : next_of_kind(added);
	struct kt_num num = { .form = KT_F_ARABIC, .n = 1 };

	if (like != NULL && like->label[0] != '\0')
		num.form = like->num.form;
	num.v[0] = before == NULL ? 1 : before->num.v[0] + 1;
	num.n = 1;
	if (added->kind == KT_PARAGRAPH && before == NULL) {
		kt_node_label(r->draft, added, "");
		added->num = num;
	} else {
		set_label(r, added, &num);
	}
	for (struct kt_node *n = next_of_kind(added); n != NULL;
	     n = next_of_kind(n)) {
		num.v[0]++;
		/* Branches and gaps are numbers that people chose. */
		if (n->num.n > 1 || n->num.v[0] != num.v[0] - 1)
			return;
		if (n->num.form != KT_F_NONE && n->label[0] != '\0')
			num.form = n->num.form;
		set_label(r, n, &num);
	}
}

/* ---- references
 * ---------------------------------------------------------------
 */

static bool
same_number(const struct kt_node *x, const struct kt_node *y)
{
	return strcmp(x->label, y->label) == 0;
}

/* How a reference names this clause by its number: 第2項, 第1号 in a form of
 * numerals, or by its mark, ア, (1), for KT_F_NONE. */
static void
put_step(struct kt_buf *out, const struct kt_node *n, enum kt_form form)
{
	struct kt_num num = n->num;

	if (form == KT_F_NONE) {
		kt_buf_puts(out, n->label);
		return;
	}
	num.form = form;
	kt_buf_puts(out, "第");
	kt_num_write(out, &num);
	kt_buf_puts(out, n->kind == KT_PARAGRAPH ? "項" : "号");
}

/* Replace the last step that names `old` in the text before *end. */
static bool
replace_step(struct kt_buf *text, size_t *end, const struct kt_node *old,
    const struct kt_node *new)
{
	static const enum kt_form forms[] = { KT_F_ARABIC, KT_F_WIDE,
		KT_F_KANJI, KT_F_NONE };
	bool done = false;

	for (size_t f = 0; f < KT_COUNT(forms) && !done; f++) {
		struct kt_buf from = KT_BUF_INIT, to = KT_BUF_INIT;

		put_step(&from, old, forms[f]);
		put_step(&to, new, forms[f]);
		for (size_t i = *end; from.len > 0 && i >= from.len && !done;
		     i--) {
			struct kt_buf made = KT_BUF_INIT;

			if (memcmp(text->p + i - from.len, from.p, from.len) !=
			    0)
				continue;
			kt_buf_put(&made, text->p, i - from.len);
			*end = made.len;
			kt_buf_put(&made, to.p, to.len);
			kt_buf_puts(&made, text->p + i);
			kt_buf_clear(text);
			kt_buf_put(text, made.p, made.len);
			kt_buf_release(&made);
			done = true;
		}
		kt_buf_release(&from);
		kt_buf_release(&to);
	}
	return done;
}

/* The words of a reference that now must name its clause by another number;
 * false when they are not understood. */
static bool
rewrite(struct renumbering *r, struct kt_buf *text, const struct kt_ref *ref)
{
	const struct kt_node *old = ref->to.node;
	size_t end = text->len;

	if (ref->form == KT_R_RELATIVE && ref->to.last == NULL &&
	    old->kind == KT_PARAGRAPH && strstr(text->p, "第") == NULL) {
		/* 前項 → 第2項 */
		kt_buf_clear(text);
		kt_buf_printf(text, "第%u項", r->twin[old->id]->num.v[0]);
		return true;
	}
	/* 前条第2項 has a number that may change. */
	if ((ref->form != KT_R_ABSOLUTE && strstr(text->p, "第") == NULL) ||
	    ref->to.last != NULL)
		return false;
	for (; old != NULL && old->kind != KT_DOC; old = old->parent) {
		const struct kt_node *new = r->twin[old->id];

		if (!same_number(old, new) &&
		    !replace_step(text, &end, old, new))
			return false;
	}
	return true;
}

/* Where in the draft's text of the node a reference stands now, by its words
 * and how many like it stand before it. */
static const struct kt_ref *
ref_now(const struct kt_refs *now, const struct kt_node *node,
    const struct kt_refs *was, const struct kt_ref *ref)
{
	uint32_t nth = 0, i;

	for (i = was->first[ref->node->id]; &was->at[i] != ref; i++)
		nth++;
	i = now->first[node->id] + nth;
	return i < now->first[node->id + 1] ? &now->at[i] : NULL;
}

static bool
means(const struct renumbering *r, const struct kt_ref *now,
    const struct kt_ref *was)
{
	return now != NULL && now->state == KT_R_RESOLVED &&
	       now->to.node == r->twin[was->to.node->id] &&
	       (was->to.last == NULL ||
		   now->to.last == r->twin[was->to.last->id]);
}

static void
set_words(struct renumbering *r, struct kt_node *node, const struct kt_ref *now,
    const struct kt_buf *words)
{
	struct kt_buf text = KT_BUF_INIT;

	kt_buf_put(&text, node->text, now->start);
	kt_buf_put(&text, words->p, words->len);
	kt_buf_puts(&text, node->text + now->start + now->len);
	kt_node_text(r->draft, node, text.p, text.len);
	kt_buf_release(&text);
}

/* From the last to the first, so that places stay. */
static void
follow(
    struct renumbering *r, const struct kt_refs *was, const struct kt_refs *now)
{
	for (size_t i = was->count; i-- > 0;) {
		const struct kt_ref *ref = &was->at[i], *here;
		struct kt_node *node = r->twin[ref->node->id];
		struct kt_buf words = KT_BUF_INIT;

		if (ref->state != KT_R_RESOLVED || ref->in_related)
			continue;
		here = ref_now(now, node, was, ref);
		if (here != NULL && !means(r, here, ref) && node->nmarks == 0 &&
		    !here->in_related) {
			kt_buf_put(&words, node->text + here->start, here->len);
			if (rewrite(r, &words, ref))
				set_words(r, node, here, &words);
		}
		kt_buf_release(&words);
	}
}

static void
prove(struct renumbering *r, const struct kt_refs *was)
{
	struct kt_refs *now = kt_refs_new(r->draft);

	for (size_t i = 0; i < was->count; i++) {
		const struct kt_ref *ref = &was->at[i];
		struct kt_node *node = r->twin[ref->node->id];

		if (ref->state == KT_R_RESOLVED &&
		    !means(r, ref_now(now, node, was, ref), ref))
			kt_port_note(r->p, "引用を確かめてください",
			    kt_addr(r->draft, node));
	}
	kt_refs_free(now);
}

void
kt_renumber_references(struct renumbering *r)
{
	struct kt_refs *was = kt_refs_new(r->p->how->links->city);
	struct kt_refs *now = kt_refs_new(r->draft);

	follow(r, was, now);
	kt_refs_free(now);
	kt_doc_finish(r->draft);
	prove(r, was);
	kt_refs_free(was);
}
