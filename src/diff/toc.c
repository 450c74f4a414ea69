/* SPDX-License-Identifier: MIT */
/*
 * A 目次 repeats headings.  What changes in it only because a heading did is
 * no change of its own.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

/* Label and caption without blanks, up to the first bracket. */
static uint64_t
hash_line(struct kt_buf *b, const char *label, const char *p, size_t n)
{
	const char *bracket;

	kt_buf_clear(b);
	kt_fold(b, label, strlen(label));
	kt_fold(b, p, n);
	bracket = memchr(b->p, '(', b->len);
	return kt_hash(
	    b->p, bracket == NULL ? b->len : (size_t)(bracket - b->p), 17);
}

static int
by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static void
list_headings(struct list_work *l, int side)
{
	const struct side *s = &l->w->side[side];
	size_t n = 0;
	uint64_t *v = kt_malloc(sizeof(*v) * s->n);

	for (uint32_t i = 1; i < s->n; i++) {
		const struct kt_node *node = node_at(s, i);

		if (node->kind > KT_TOC && node->kind <= KT_APPENDIX &&
		    (node->label[0] != '\0' || node->caption[0] != '\0'))
			v[n++] = hash_line(&l->w->buf, node->label,
			    node->caption, strlen(node->caption));
	}
	if (n > 0)
		qsort(v, n, sizeof(*v), by_value);
	l->headings[side] = v;
	l->nheadings[side] = n;
}

bool
kt_toc_follows(struct list_work *l, int side, const struct kt_node *line)
{
	uint64_t h = hash_line(&l->w->buf, line->label, line->text, line->len);

	if (l->headings[side] == NULL)
		list_headings(l, side);
	return l->nheadings[side] > 0 &&
	       bsearch(&h, l->headings[side], l->nheadings[side], sizeof(h),
		   by_value) != NULL;
}
