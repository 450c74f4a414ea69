/* SPDX-License-Identifier: MIT */
/* Inline Markdown: cmark's nodes inside a paragraph as words with marks. */
#include "md_int.h"

#include <stdlib.h>
#include <string.h>

static cmark_mem memory = { kt_calloc, kt_realloc, free };

static void
begin_mark(struct kt_inline *w, cmark_node *node, const char *name,
    enum kt_mark_kind kind)
{
	const char *url = kind == KT_LINK || kind == KT_IMAGE
			      ? cmark_node_get_url(node)
			      : NULL;

	kt_inline_open(w, name, kind, url);
}

/* Each opens with its kind and closes by the name, which no tag has. */
static void
put_mark(struct kt_inline *w, cmark_node *node, bool enter, const char *name,
    enum kt_mark_kind kind)
{
	if (enter)
		begin_mark(w, node, name, kind);
	else
		kt_inline_close(w, name);
}

static void
put_code(struct kt_inline *w, const char *literal)
{
	kt_inline_open(w, "*code", KT_CODE, NULL);
	kt_inline_text(w, literal, strlen(literal));
	kt_inline_close(w, "*code");
}

/* Words of raw tags and marks. */
void
kt_cmark_inline(
    struct kt_inline *w, cmark_node *node, bool enter, size_t *strip)
{
	const char *literal;
	size_t skip;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		literal = cmark_node_get_literal(node);
		skip = strlen(literal) < *strip ? strlen(literal) : *strip;
		*strip -= skip;
		kt_inline_text(w, literal + skip, strlen(literal + skip));
		return;
	case CMARK_NODE_SOFTBREAK:
		kt_inline_soft_break(w);
		return;
	case CMARK_NODE_LINEBREAK:
		kt_inline_text(w, "\n", 1);
		return;
	case CMARK_NODE_CODE:
		put_code(w, cmark_node_get_literal(node));
		return;
	case CMARK_NODE_HTML_INLINE:
		literal = cmark_node_get_literal(node);
		kt_inline_tag(w, literal, strlen(literal));
		return;
	case CMARK_NODE_EMPH:
		put_mark(w, node, enter, "*em", KT_EMPHASIS);
		return;
	case CMARK_NODE_STRONG:
		put_mark(w, node, enter, "*strong", KT_STRONG);
		return;
	case CMARK_NODE_LINK:
		put_mark(w, node, enter, "*link", KT_LINK);
		return;
	case CMARK_NODE_IMAGE:
		put_mark(w, node, enter, KT_INLINE_IMAGE, KT_IMAGE);
		return;
	case CMARK_NODE_NONE:
	case CMARK_NODE_DOCUMENT:
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_CUSTOM_BLOCK:
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
	case CMARK_NODE_THEMATIC_BREAK:
	case CMARK_NODE_CUSTOM_INLINE:
		return;
	}
}

cmark_node *
kt_cmark_parse(const char *p, size_t n)
{
	cmark_parser *parser =
	    cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &memory);
	cmark_node *root;

	cmark_parser_feed(parser, p, n);
	root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

void
kt_markdown_text_open(struct kt_markdown_text *md, const char *p, size_t n)
{
	md->root = kt_cmark_parse(p, n);
	md->iter = cmark_iter_new(md->root);
	md->line = 0;
}

bool
kt_markdown_text_next(
    struct kt_markdown_text *md, struct kt_inline *w, size_t strip)
{
	cmark_event_type event;
	bool inside = false;

	while ((event = cmark_iter_next(md->iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(md->iter);

		if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH) {
			if (inside)
				kt_cmark_inline(w, node,
				    event == CMARK_EVENT_ENTER, &strip);
			continue;
		}
		if (event == CMARK_EVENT_EXIT) {
			kt_inline_end(w, "", 0, "", 0);
			return true;
		}
		md->line = (size_t)cmark_node_get_start_line(node);
		kt_inline_begin(w, w->line, w->column);
		inside = true;
	}
	return false;
}

void
kt_markdown_text_close(struct kt_markdown_text *md)
{
	cmark_iter_free(md->iter);
	cmark_node_free(md->root);
}
