/* SPDX-License-Identifier: MIT */
/*
 * 目次 of which entries came or went: 「第三章　…」を「第三章　… / 第四章　…」
 * に改める, each run of entries as a block of lines quoted between 「 and 」.
 */
#include "out_int.h"

#include <stdlib.h>
#include <string.h>

/* More entries than a 目次 has that anyone amends by its entries. */
#define ENTRIES_MAX 1500

struct entries {
	const struct kt_node *at[ENTRIES_MAX];
	size_t n;
};

struct toc {
	struct entries old, new;
	const struct kt_node *old_top, *new_top;
	uint16_t *common; /* longest common run of entries from i, k on */
};

static bool
list_entries(struct entries *out, const struct kt_node *toc)
{
	out->n = 0;
	for (const struct kt_node *at = kt_node_next(toc, toc); at != NULL;
	     at = kt_node_next(at, toc)) {
		if (out->n == ENTRIES_MAX || at->len == 0)
			return false;
		out->at[out->n++] = at;
	}
	return out->n > 0;
}

static bool
same_entry(const struct kt_node *a, const struct kt_node *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0 &&
	       kt_same_marks(a, b);
}

static uint16_t *
common_at(struct toc *t, size_t i, size_t k)
{
	return &t->common[i * (t->new.n + 1) + k];
}

static void
find_common(struct toc *t)
{
	for (size_t i = t->old.n; i-- > 0;)
		for (size_t k = t->new.n; k-- > 0;) {
			uint16_t a = *common_at(t, i + 1, k);
			uint16_t b = *common_at(t, i, k + 1);

			*common_at(t, i, k) =
			    same_entry(t->old.at[i], t->new.at[k])
				? (uint16_t)(*common_at(t, i + 1, k + 1) + 1)
			    : a > b ? a
				    : b;
		}
}

/* ---- quoting ------------------------------------------------------------ */

static unsigned
depth_in(const struct kt_node *node, const struct kt_node *top)
{
	unsigned n = 0;

	for (node = node->parent; node != top; node = node->parent)
		n++;
	return n;
}

static void
put_entry(struct kt_buf *out, const struct kt_node *node)
{
	kt_inline_write(
	    out, node->text, 0, node->len, node->marks, node->nmarks);
}

/* Entries [from, to): one in the line, several as a block. */
static void
put_entries(struct kt_buf *out, const struct entries *e, size_t from, size_t to,
    const struct kt_node *top)
{
	if (to - from == 1) {
		kt_buf_puts(out, "「");
		put_entry(out, e->at[from]);
		kt_buf_puts(out, "」");
		return;
	}
	kt_buf_puts(out, "\n「\n");
	for (size_t i = from; i < to; i++) {
		for (unsigned k = depth_in(e->at[i], top); k > 0; k--)
			kt_buf_puts(out, "　");
		put_entry(out, e->at[i]);
		kt_buf_putc(out, '\n');
	}
	kt_buf_puts(out, "」\n　");
}

/* A run of entries that differ, with one before or behind it where there is
 * nothing to replace. */
struct run {
	size_t old, old_end, new, new_end;
};

static void
widen(const struct toc *t, struct run *r)
{
	if (r->old < r->old_end && r->new < r->new_end)
		return;
	if (r->old > 0 && r->new > 0) {
		r->old--;
		r->new --;
	} else if (r->old_end < t->old.n && r->new_end < t->new.n) {
		r->old_end++;
		r->new_end++;
	}
}

static void
say_run(struct kt_out *o, const struct toc *t, const struct run *r, bool first)
{
	struct kt_buf words = KT_BUF_INIT;

	if (first)
		kt_buf_puts(&words, "目次中");
	put_entries(&words, &t->old, r->old, r->old_end, t->old_top);
	kt_buf_puts(&words, "を");
	put_entries(&words, &t->new, r->new, r->new_end, t->new_top);
	kt_buf_puts(&words, "に");
	if (first)
		kt_say_clause(&o->say, KT_V_CHANGE, words.p);
	else
		kt_say_more(&o->say, words.p);
	kt_buf_release(&words);
}

/* The next run from where *r ends; false when the rest is the same. */
static bool
next_run(struct toc *t, struct run *r)
{
	size_t i = r->old_end, k = r->new_end;

	while (i < t->old.n &&
	       k < t->new.n &&same_entry(t->old.at[i], t->new.at[k])) {
		i++;
		k++;
	}
	*r = (struct run){ i, i, k, k };
	if (i == t->old.n && k == t->new.n)
		return false;
	while ((i < t->old.n || k < t->new.n) &&
	       !(i < t->old.n &&
		   k < t->new.n &&same_entry(t->old.at[i], t->new.at[k]))) {
		if (k == t->new.n ||
		    (i < t->old.n &&
			*common_at(t, i + 1, k) >= *common_at(t, i, k + 1)))
			i++;
		else
			k++;
	}
	r->old_end = i;
	r->new_end = k;
	return true;
}

static bool
say_runs(struct kt_out *o, struct toc *t)
{
	struct run r = { 0, 0, 0, 0 };
	bool first = true;

	/* Little that stays is no reason to quote the rest. */
	if (*common_at(t, 0, 0) * 2u < t->old.n)
		return false;
	while (next_run(t, &r)) {
		struct run wide = r;

		widen(t, &wide);
		say_run(o, t, &wide, first);
		first = false;
	}
	return !first;
}

bool
kt_out_toc(
    struct kt_out *o, const struct kt_node *old, const struct kt_node *new)
{
	struct toc *t = kt_calloc(1, sizeof(*t));
	bool ok = list_entries(&t->old, old) && list_entries(&t->new, new) &&
		  strcmp(old->label, new->label) == 0;

	t->old_top = old;
	t->new_top = new;
	if (ok) {
		t->common = kt_calloc(
		    (t->old.n + 1) * (t->new.n + 1), sizeof(*t->common));
		find_common(t);
		ok = say_runs(o, t);
	}
	free(t->common);
	free(t);
	return ok;
}
