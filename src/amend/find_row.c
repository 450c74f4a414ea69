/* SPDX-License-Identifier: MIT */
/* Tables, their rows and cells, by what amending sentences call them. */
#include "apply_int.h"

#include <stdlib.h>
#include <string.h>

/* The n-th node of a kind below, quoted matter apart; in reading order. */
struct kt_node *
kt_find_below(const struct kt_node *in, enum kt_kind kind, unsigned n)
{
	struct kt_node *at = kt_node_next(in, in);

	while (at != NULL) {
		if (at->kind == kind && n-- <= 1)
			return at;
		at = at->kind == KT_QUOTE || at->kind == KT_COMMENTARY
			 ? kt_node_skip(at, in)
			 : kt_node_next(at, in);
	}
	return NULL;
}

/* The words of a cell, its blocks joined. */
static bool
cell_says(const struct kt_node *cell, const char *words)
{
	struct kt_buf text = KT_BUF_INIT;
	bool same;

	kt_node_words(&text, cell);
	while (text.len > 0 && text.p[text.len - 1] == '\n')
		kt_buf_cut(&text, text.len - 1);
	same = kt_says_same(text.p, words);
	kt_buf_release(&text);
	return same;
}

static struct kt_node *
table_of(struct kt_node *in)
{
	return in->kind == KT_TABLE ? in : kt_find_below(in, KT_TABLE, 1);
}

/* 機密性の部機密性2の項: both cells at the head of the row. */
static bool
row_says(const struct kt_node *row, const char *name)
{
	const struct kt_node *first = row->first;
	const char *part = strstr(name, "の部");
	char *head;
	bool same;

	if (first == NULL)
		return false;
	if (cell_says(first, name))
		return true;
	if (part == NULL || first->next == NULL)
		return false;
	head = kt_strndup(name, (size_t)(part - name));
	same = cell_says(first, head) &&
	       cell_says(first->next, part + strlen("の部"));
	free(head);
	return same;
}

/* The row of this name; of several the first. */
struct kt_node *
kt_find_row(struct kt_node *in, const char *name)
{
	struct kt_node *table = table_of(in);

	if (table == NULL)
		return NULL;
	for (struct kt_node *at = table->first; at != NULL; at = at->next)
		if (row_says(at, name))
			return at;
	return NULL;
}

/* 同表の第二号: the row that begins with 二 or 第二号. */
struct kt_node *
kt_find_row_number(struct kt_node *in, const struct kt_num *num)
{
	struct kt_node *table = table_of(in);

	for (struct kt_node *at = table == NULL ? NULL : table->first;
	     at != NULL; at = at->next) {
		const char *p = at->first == NULL ? "" : at->first->text;
		struct kt_num got;
		size_t used;

		if (strncmp(p, "第", strlen("第")) == 0)
			p += strlen("第");
		used = kt_num_read(&got, p, strlen(p));
		if (used > 0 && kt_num_cmp(&got, num) == 0)
			return at;
	}
	return NULL;
}

struct kt_node *
kt_find_cell(const struct kt_node *row, unsigned which)
{
	struct kt_node *at = row->first;

	if (which == 0)
		return row->last;
	while (at != NULL && --which > 0)
		at = at->next;
	return at;
}
