/* SPDX-License-Identifier: MIT */
/*
 * Automatic numbers: what Word shows before a paragraph of a list is nowhere
 * in the file and is counted here, by w:abstractNum, w:num and its overrides
 * (docx-xlsx.md §6).
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* A list has at most so many characters of label. */
#define LABEL_MAX 200

struct abstract {
	const char *id;
	const struct kt_xnode *level[WORD_LEVELS];
	const char *linked; /* style that holds the list, or NULL */
	unsigned count[WORD_LEVELS];
	bool begun[WORD_LEVELS];
};

struct num {
	const char *id;
	const char *abstract;
	const struct kt_xnode *level[WORD_LEVELS]; /* overridden */
	long start[WORD_LEVELS]; /* overridden; -1: not */
	bool used;
};

struct word_lists {
	struct abstract *abstracts;
	struct num *nums;
	size_t nabstracts, abstracts_cap, nnums, nums_cap;
	struct word_styles *styles;
};

/* ---- taking them in ----------------------------------------------------- */

static int
level_of(const struct kt_xnode *node)
{
	long n = word_long(kt_xnode_attr(node, "ilvl"), -1);

	return n >= 0 && n < WORD_LEVELS ? (int)n : -1;
}

static void
add_abstract(struct word_lists *l, const struct kt_xnode *node)
{
	const char *id = kt_xnode_attr(node, "abstractNumId");
	struct abstract *a;

	if (id == NULL)
		return;
	KT_GROW(l->abstracts, l->nabstracts, l->abstracts_cap);
	a = &l->abstracts[l->nabstracts++];
	*a = (struct abstract){ .id = id,
		.linked = word_value(node, "numStyleLink") };
	for (const struct kt_xnode *at = kt_xnode_elem(node); at != NULL;
	     at = kt_xnode_next_elem(at))
		if (kt_xnode_is(at, "lvl") && level_of(at) >= 0)
			a->level[level_of(at)] = at;
}

static void
add_num(struct word_lists *l, const struct kt_xnode *node)
{
	const char *id = kt_xnode_attr(node, "numId");
	const char *abstract = word_value(node, "abstractNumId");
	struct num *n;

	if (id == NULL || abstract == NULL)
		return;
	KT_GROW(l->nums, l->nnums, l->nums_cap);
	n = &l->nums[l->nnums++];
	*n = (struct num){ .id = id, .abstract = abstract };
	for (int i = 0; i < WORD_LEVELS; i++)
		n->start[i] = -1;
	for (const struct kt_xnode *at = kt_xnode_elem(node); at != NULL;
	     at = kt_xnode_next_elem(at)) {
		int level = level_of(at);

		if (!kt_xnode_is(at, "lvlOverride") || level < 0)
			continue;
		n->level[level] = kt_xnode_child(at, "lvl");
		n->start[level] =
		    word_long(word_value(at, "startOverride"), -1);
	}
}

/* Both begin with their id. */
static int
by_id(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

struct word_lists *
word_lists_new(const struct kt_xnode *numbering, struct word_styles *styles)
{
	struct word_lists *l = kt_calloc(1, sizeof(*l));

	l->styles = styles;
	if (numbering == NULL)
		return l;
	for (const struct kt_xnode *at = kt_xnode_elem(numbering); at != NULL;
	     at = kt_xnode_next_elem(at)) {
		if (kt_xnode_is(at, "abstractNum"))
			add_abstract(l, at);
		else if (kt_xnode_is(at, "num"))
			add_num(l, at);
	}
	if (l->nabstracts > 0)
		qsort(l->abstracts, l->nabstracts, sizeof(l->abstracts[0]),
		    by_id);
	if (l->nnums > 0)
		qsort(l->nums, l->nnums, sizeof(l->nums[0]), by_id);
	return l;
}

void
word_lists_free(struct word_lists *lists)
{
	if (lists == NULL)
		return;
	free(lists->abstracts);
	free(lists->nums);
	free(lists);
}

/* ---- finding ------------------------------------------------------------ */

static struct num *
num_of(struct word_lists *l, const char *id)
{
	return l->nnums == 0
		   ? NULL
		   : bsearch(&id, l->nums, l->nnums, sizeof(l->nums[0]), by_id);
}

static struct abstract *
abstract_of(struct word_lists *l, const struct num *n)
{
	struct abstract *a = NULL;

	/* One that is only the name of a style leads to that style's list. */
	for (int hops = 0; n != NULL && hops < 4; hops++) {
		a = l->nabstracts == 0
			? NULL
			: bsearch(&n->abstract, l->abstracts, l->nabstracts,
			      sizeof(l->abstracts[0]), by_id);
		if (a == NULL || a->linked == NULL)
			return a;
		n = num_of(l, word_style_find(l->styles, a->linked)->list);
	}
	return a;
}

static const struct kt_xnode *
level_at(const struct abstract *a, const struct num *n, int level)
{
	return n->level[level] != NULL ? n->level[level] : a->level[level];
}

/* A level that a style is tied to. */
static int
level_of_style(const struct abstract *a, const struct num *n, const char *style)
{
	for (int i = 0; i < WORD_LEVELS; i++) {
		const char *tied = word_value(level_at(a, n, i), "pStyle");

		if (tied != NULL && style != NULL && strcmp(tied, style) == 0)
			return i;
	}
	return 0;
}

/* ---- counting ----------------------------------------------------------- */

static unsigned
start_of(const struct abstract *a, const struct num *n, int level)
{
	long start = n->start[level];

	if (start < 0)
		start =
		    word_long(word_value(level_at(a, n, level), "start"), 0);
	return start < 0 ? 0 : (unsigned)start;
}

/* A list with starts of its own begins anew where it is first used. */
static void
use(struct abstract *a, struct num *n)
{
	for (int i = 0; !n->used && i < WORD_LEVELS; i++)
		if (n->start[i] >= 0)
			a->begun[i] = false;
	n->used = true;
}

/* Levels below one that goes on begin anew, as far as they say so. */
static void
restart_below(struct abstract *a, const struct num *n, int level)
{
	for (int i = level + 1; i < WORD_LEVELS; i++) {
		long after =
		    word_long(word_value(level_at(a, n, i), "lvlRestart"), i);

		if (after != 0 && level < after)
			a->begun[i] = false;
	}
}

static void
count(struct abstract *a, struct num *n, int level)
{
	use(a, n);
	for (int i = 0; i <= level; i++) {
		bool begins = !a->begun[i];

		if (begins)
			a->count[i] = start_of(a, n, i);
		else if (i == level)
			a->count[i]++;
		a->begun[i] = true;
	}
	restart_below(a, n, level);
}

static void
put_label(struct kt_buf *out, const struct abstract *a, const struct num *n,
    int level, const char **unknown)
{
	const struct kt_xnode *own = level_at(a, n, level);
	const char *text = word_value(own, "lvlText");
	bool digits = word_on(own, "isLgl", false);
	size_t begin = out->len;

	for (const char *p = text == NULL ? "" : text;
	     *p != '\0' && out->len - begin < LABEL_MAX; p++) {
		int of =
		    p[0] == '%' && p[1] >= '1' && p[1] <= '9' ? p[1] - '1' : -1;
		const char *format;

		if (of < 0) {
			kt_buf_putc(out, *p);
			continue;
		}
		p++;
		format = word_value(level_at(a, n, of), "numFmt");
		if (format == NULL || *format == '\0' ||
		    (digits && strcmp(format, "none") != 0))
			format = "decimal";
		if (of <= level && !kt_word_number(out, format, a->count[of]))
			*unknown = format;
	}
}

bool
word_lists_next(struct word_lists *lists, struct kt_buf *out, const char *num,
    int level, const char *style, bool *bullet, const struct kt_xnode **ind,
    const char **format)
{
	struct num *n = num_of(lists, num);
	struct abstract *a = abstract_of(lists, n);
	const struct kt_xnode *ppr;
	const char *own;

	*bullet = false;
	*format = NULL;
	*ind = NULL;
	if (a == NULL)
		return false;
	if (level < 0)
		level = level_of_style(a, n, style);
	if (level >= WORD_LEVELS || level_at(a, n, level) == NULL)
		return false;
	count(a, n, level);
	own = word_value(level_at(a, n, level), "numFmt");
	*bullet = own != NULL && strcmp(own, "bullet") == 0;
	ppr = kt_xnode_child(level_at(a, n, level), "pPr");
	*ind = ppr == NULL ? NULL : kt_xnode_child(ppr, "ind");
	if (!*bullet)
		put_label(out, a, n, level, format);
	return true;
}
