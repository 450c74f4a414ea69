/* SPDX-License-Identifier: MIT */
/*
 * What a printed line is made of, as a code that stands beside it unseen, so
 * that the document can be read back from its lines: which clauses begin in
 * it and how deep they lie, and which of its words are label, caption and
 * text.  The form is in docs/document-format.md, "Word"; read/docxcode.c reads
 * it.
 */
#include "layout.h"

#include <string.h>

struct coder {
	struct kt_buf out;
	const struct kt_node *root;
	const struct kt_node *begun; /* the last clause that has begun */
	const struct kt_node *at; /* the one whose words come next */
};

static unsigned
depth_of(const struct coder *c, const struct kt_node *node)
{
	unsigned depth = 0;

	for (; node != c->root && node != NULL; node = node->parent)
		depth++;
	return depth;
}

static bool
is_inside(const struct kt_node *node, const struct kt_node *of)
{
	for (; node != NULL; node = node->parent)
		if (node == of)
			return true;
	return false;
}

/* A cell or row that is shown as words has its form in the code. */
static void
put_form(struct coder *c, const struct kt_node *node)
{
	if (node->kind == KT_ROW && node->header)
		kt_buf_putc(&c->out, 'h');
	if (node->kind != KT_CELL)
		return;
	if (node->colspan != 1)
		kt_buf_printf(&c->out, "x%u", node->colspan);
	if (node->rowspan != 1)
		kt_buf_printf(&c->out, "y%u", node->rowspan);
	if (node->align != 0)
		kt_buf_printf(&c->out, "g%d",
		    node->align == 'l'   ? 1
		    : node->align == 'c' ? 2
					 : 3);
}

static void
put_clause(struct coder *c, const struct kt_node *node, bool open)
{
	kt_buf_printf(&c->out, "%s%c%u", open ? "_" : "", 'A' + (int)node->kind,
	    depth_of(c, node));
	c->at = node;
}

/* Every clause up to this one begins; 解説 that is not shown does not. */
static void
begin_up_to(struct coder *c, const struct kt_node *last)
{
	const struct kt_node *at = kt_node_next(c->begun, c->root);

	while (at != NULL && at->id <= last->id) {
		if (at->kind == KT_COMMENTARY && !is_inside(last, at)) {
			at = kt_node_skip(at, c->root);
			continue;
		}
		put_clause(c, at, false);
		put_form(c, at);
		at = kt_node_next(at, c->root);
	}
	if (last->id > c->begun->id)
		c->begun = last;
}

static void
go_to(struct coder *c, const struct kt_node *node)
{
	if (node->id > c->begun->id)
		begin_up_to(c, node);
	else if (node != c->at)
		put_clause(c, node, true);
}

static const struct kt_node *
last_in(const struct kt_node *node)
{
	while (node->last != NULL)
		node = node->last;
	return node;
}

/* The last clause that a line begins. */
static const struct kt_node *
end_of(const struct doc_line *line)
{
	return line->node->kind == KT_ROW ? last_in(line->node) : line->node;
}

static void
start(struct coder *c, const struct doc_lines *lines, size_t at,
    const struct kt_node *root)
{
	*c = (struct coder){ .out = KT_BUF_INIT, .root = root, .begun = root };
	if (at > 0)
		c->begun = end_of(&lines->at[at - 1]);
}

static const char *
finish(struct coder *c, struct kt_arena *arena)
{
	const char *code = kt_arena_strndup(arena, c->out.p, c->out.len);

	kt_buf_release(&c->out);
	return code;
}

/* The language of lines of code, a number a byte: the name of a bookmark has
 * letters and digits only. */
static void
put_language(struct coder *c, const struct kt_node *node)
{
	for (size_t i = 0; i < node->nmarks; i++) {
		const struct kt_mark *m = &node->marks[i];

		if (m->kind != KT_CODE || m->len < node->len)
			continue;
		for (const char *p = m->arg; *p != '\0'; p++)
			kt_buf_printf(&c->out, "i%u", (unsigned char)*p);
	}
}

const char *
line_code(struct kt_arena *arena, const struct doc_lines *lines, size_t at,
    const struct kt_node *root)
{
	static const char signs[PIECE_KINDS] = "slcrt";
	const struct doc_line *line = &lines->at[at];
	struct coder c;

	start(&c, lines, at, root);
	go_to(&c, line->owner);
	for (uint32_t i = 0; i < line->npieces; i++) {
		const struct piece *p = &lines->pieces[line->piece + i];

		if (p->kind != PIECE_SIGN)
			go_to(&c, p->node);
		kt_buf_putc(&c.out, signs[p->kind]);
		/* The last words may grow without the code being wrong. */
		if (i + 1 < line->npieces)
			kt_buf_printf(
			    &c.out, "%zu", kt_utf8_count(p->p, p->len));
		if (p->kind == PIECE_TEXT)
			put_language(&c, p->node);
	}
	begin_up_to(&c, end_of(line));
	/* What follows in a cell has no line of its own. */
	if (root->kind == KT_CELL && at + 1 == lines->n)
		begin_up_to(&c, last_in(root));
	return finish(&c, arena);
}

const char *
table_code(struct kt_arena *arena, const struct doc_lines *lines, size_t at,
    const struct kt_node *root)
{
	struct coder c;

	start(&c, lines, at, root);
	go_to(&c, lines->at[at].node->parent);
	return finish(&c, arena);
}

const char *
rest_code(struct kt_arena *arena, const struct doc_lines *lines,
    const struct kt_node *root)
{
	const struct kt_node *last = last_in(root), *at = last;
	struct coder c;

	start(&c, lines, lines->n, root);
	/* 解説 that is not shown is not there. */
	for (; at != root; at = at->parent)
		if (at->kind == KT_COMMENTARY && at->id > c.begun->id) {
			last =
			    at->prev != NULL ? last_in(at->prev) : at->parent;
			at = last;
			if (at == root)
				break;
		}
	if (last->id > c.begun->id)
		begin_up_to(&c, last);
	return finish(&c, arena);
}
