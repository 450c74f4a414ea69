/* SPDX-License-Identifier: MIT */
/* A tree in the making, from the events of either parser. */
#include "xml_int.h"

void
xml_tree_init(struct xml_tree *t, struct kt_arena *arena)
{
	t->arena = arena;
	t->text = (struct kt_buf)KT_BUF_INIT;
	t->above = (struct kt_xnode){ 0 };
	t->open[0] = &t->above;
	t->last[0] = NULL;
	t->depth = 0;
}

void
xml_tree_release(struct xml_tree *t)
{
	kt_buf_release(&t->text);
}

static void
append(struct xml_tree *t, struct kt_xnode *n)
{
	struct kt_xnode *last = t->last[t->depth];

	n->parent = t->depth == 0 ? NULL : t->open[t->depth];
	if (last != NULL)
		last->next = n;
	else
		t->open[t->depth]->first = n;
	t->last[t->depth] = n;
}

static void
flush_text(struct xml_tree *t)
{
	struct kt_xnode *n;

	if (t->text.len == 0)
		return;
	n = KT_NEW(t->arena, struct kt_xnode);
	n->text = kt_arena_strndup(t->arena, t->text.p, t->text.len);
	n->line = (uint32_t)t->text_line;
	append(t, n);
	kt_buf_clear(&t->text);
}

struct kt_xnode *
xml_tree_open(struct xml_tree *t, const char *name, size_t line)
{
	struct kt_xnode *n;

	flush_text(t);
	n = KT_NEW(t->arena, struct kt_xnode);
	n->name = name;
	n->ns = "";
	n->line = (uint32_t)line;
	append(t, n);
	t->depth++;
	t->open[t->depth] = n;
	t->last[t->depth] = NULL;
	return n;
}

void
xml_tree_close(struct xml_tree *t)
{
	flush_text(t);
	if (t->depth > 0)
		t->depth--;
}

void
xml_tree_text(struct xml_tree *t, const char *p, size_t n, size_t line)
{
	if (t->depth == 0)
		return;
	if (t->text.len == 0)
		t->text_line = line;
	kt_buf_put(&t->text, p, n);
}
