/* SPDX-License-Identifier: MIT */
/*
 * A document as printed lines: what stands in one line, in which order, how
 * far it is indented (docx-xlsx.md §4).  Every word of the document comes
 * out exactly once, whatever its nodes hold.
 */
#include "layout.h"
#include "picture_int.h"

#include <stdlib.h>
#include <string.h>

/* Where a caption and a text of a node stand against its label. */
enum caption_form { PLAIN, BRACKETS, ABOVE, LENTICULAR };
enum text_place { SAME, BELOW };

static const struct {
	enum kt_line_style style;
	enum caption_form caption;
	enum text_place text;
} forms[KT_KINDS] = {
	[KT_DOC] = { KT_LINE_TITLE, PLAIN, BELOW },
	[KT_TOC] = { KT_LINE_TOC, PLAIN, BELOW },
	[KT_PREAMBLE] = { KT_LINE_TEXT, PLAIN, BELOW },
	[KT_PART] = { KT_LINE_PART, PLAIN, BELOW },
	[KT_CHAPTER] = { KT_LINE_CHAPTER, PLAIN, BELOW },
	[KT_SECTION] = { KT_LINE_SECTION, PLAIN, BELOW },
	[KT_SUBSECTION] = { KT_LINE_SUBSECTION, PLAIN, BELOW },
	[KT_DIVISION] = { KT_LINE_DIVISION, PLAIN, BELOW },
	[KT_ARTICLE] = { KT_LINE_ARTICLE, ABOVE, SAME },
	[KT_PARAGRAPH] = { KT_LINE_PARAGRAPH, ABOVE, SAME },
	[KT_ITEM] = { KT_LINE_ITEM, BRACKETS, SAME },
	[KT_HEADED] = { KT_LINE_HEADED, PLAIN, BELOW },
	[KT_TOPIC] = { KT_LINE_TOPIC, PLAIN, BELOW },
	[KT_SUPPL] = { KT_LINE_SUPPL, BRACKETS, BELOW },
	[KT_APPENDIX] = { KT_LINE_APPENDIX, PLAIN, BELOW },
	[KT_TEXT] = { KT_LINE_TEXT, PLAIN, SAME },
	[KT_BULLET] = { KT_LINE_BULLET, PLAIN, SAME },
	[KT_TABLE] = { KT_LINE_TEXT, PLAIN, SAME },
	[KT_ROW] = { KT_LINE_ROW, PLAIN, SAME },
	[KT_CELL] = { KT_LINE_TEXT, PLAIN, SAME },
	[KT_FIGURE] = { KT_LINE_FIGURE, PLAIN, SAME },
	[KT_COMMENTARY] = { KT_LINE_TEXT, LENTICULAR, SAME },
	[KT_NOTE] = { KT_LINE_NOTE, PLAIN, SAME },
	[KT_QUOTE] = { KT_LINE_TEXT, PLAIN, SAME },
};

/* So deep that nobody prints it; deeper lines stay there. */
#define LEFT_MAX 16

/* ---- where a line stands --------------------------------------------- */

struct spot {
	unsigned left; /* characters before what the node's parents leave */
	unsigned items, headed, topics, bullets;
	bool paragraph, commentary, toc;
};

/* What a parent adds to the indent of what it holds; true when nothing
 * further out matters. */
static bool
add_parent(struct spot *s, const struct kt_node *parent)
{
	enum kt_kind kind = parent->kind;

	s->items += kind == KT_ITEM;
	s->headed += kind == KT_HEADED;
	s->bullets += kind == KT_BULLET;
	s->topics += kind == KT_TOPIC;
	s->paragraph |= kind == KT_PARAGRAPH;
	s->commentary |= kind == KT_COMMENTARY;
	switch (kind) {
	case KT_ITEM:
	case KT_HEADED:
	case KT_BULLET:
	case KT_PARAGRAPH:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
		s->left++;
		return false;
	case KT_ARTICLE:
		s->left += !s->paragraph;
		return false;
	case KT_TOC:
		s->toc = true;
		return true;
	case KT_CELL:
	case KT_DOC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_PREAMBLE:
		return true;
	case KT_TOPIC:
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_TEXT:
	case KT_TABLE:
	case KT_ROW:
	case KT_FIGURE:
	case KT_KINDS:
		return false;
	}
	return false;
}

static struct spot
spot_of(const struct kt_node *node)
{
	struct spot s = { 0 };

	/* A 項 stands where its 条 does. */
	if (node->kind == KT_PARAGRAPH && node->parent != NULL &&
	    node->parent->kind == KT_ARTICLE)
		node = node->parent;
	for (const struct kt_node *at = node->parent; at != NULL;
	     at = at->parent)
		if (add_parent(&s, at))
			break;
	return s;
}

static void
indent(struct doc_line *line, unsigned left, int first)
{
	line->left = (unsigned char)(left > LEFT_MAX ? LEFT_MAX : left);
	line->first = (signed char)first;
}

static void
place_body(struct doc_line *line, const struct spot *s)
{
	bool heading = line->node->kind == KT_HEADED;

	indent(line, s->left + heading, 1);
}

/* How deep a line of a style with levels stands; 0 for others. */
static unsigned
level_of(const struct doc_line *line, const struct kt_node *node,
    const struct spot *s)
{
	if (line->style == KT_LINE_HEADED)
		return s->headed + 1;
	if (line->style == KT_LINE_TOPIC)
		return s->topics + 1;
	if (line->style == KT_LINE_BULLET)
		return s->bullets + 1;
	if (line->style != KT_LINE_ITEM)
		return 0;
	/* A 項番 without a heading is no 号 but stands as one. */
	return (node->kind == KT_HEADED ? s->headed : s->items) + 1;
}

/* Level and indents of the line that begins `node`. */
static void
place_head(
    struct doc_line *line, const struct kt_node *node, const struct spot *s)
{
	bool label = node->label[0] != '\0';
	unsigned level = level_of(line, node, s);

	if (level > 0)
		line->level = (unsigned char)level;
	switch (line->style) {
	case KT_LINE_PART:
	case KT_LINE_CHAPTER:
	case KT_LINE_SECTION:
	case KT_LINE_SUBSECTION:
	case KT_LINE_DIVISION:
		indent(line, 2 + line->style - KT_LINE_PART, 0);
		break;
	case KT_LINE_SUPPL:
	case KT_LINE_TITLE:
		indent(line, 3, 0);
		break;
	case KT_LINE_ARTICLE:
	case KT_LINE_HEADED:
	case KT_LINE_BULLET:
	case KT_LINE_NOTE:
		indent(line, s->left + 1, -1);
		break;
	case KT_LINE_PARAGRAPH:
		indent(line, s->left + label, label ? -1 : 1);
		break;
	case KT_LINE_ITEM:
		indent(line, s->left + 1, label ? -1 : 0);
		break;
	case KT_LINE_TEXT:
		if (node->kind == KT_COMMENTARY || node->kind == KT_QUOTE)
			indent(line, s->left + 1, 0);
		else
			place_body(line, s);
		break;
	case KT_LINE_TOC:
		indent(line, s->toc ? s->left + 1 : 3, 0);
		break;
	case KT_LINE_TOPIC:
	case KT_LINE_CAPTION:
	case KT_LINE_APPENDIX:
	case KT_LINE_FIGURE:
	case KT_LINE_ROW:
	case KT_LINE_STYLES:
		break;
	}
}

/* ---- pieces ---------------------------------------------------------- */

static struct doc_line *
begin_line(struct doc_lines *out, const struct kt_node *node,
    enum kt_line_style style, enum line_part part, const struct spot *s)
{
	struct doc_line *line;

	KT_GROW(out->at, out->n, out->cap);
	line = &out->at[out->n++];
	*line = (struct doc_line){ .node = node,
		.owner = node,
		.style = s->toc ? KT_LINE_TOC : style,
		.part = part,
		.commentary = s->commentary || node->kind == KT_COMMENTARY,
		.piece = (uint32_t)out->npieces };
	return line;
}

/* Is there an image among the marks?  It shows even where no words are. */
static bool
has_image(const struct kt_mark *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (marks[i].kind == KT_IMAGE)
			return true;
	return false;
}

/* Words, or an image without words. */
static bool
has_text(const struct kt_node *node)
{
	return node->len > 0 || has_image(node->marks, node->nmarks);
}

static bool
has_caption(const struct kt_node *node)
{
	return node->caption[0] != '\0' ||
	       has_image(node->caption_marks, node->ncaption_marks);
}

static void
put_piece(struct doc_lines *out, const struct kt_node *node,
    enum piece_kind kind, const char *p, size_t n)
{
	KT_GROW(out->pieces, out->npieces, out->pieces_cap);
	out->pieces[out->npieces++] = (struct piece){
		.node = node, .p = p, .len = (uint32_t)n, .kind = kind
	};
	out->at[out->n - 1].npieces++;
}

static void
add_piece(struct doc_lines *out, const struct kt_node *node,
    enum piece_kind kind, const char *p, size_t n)
{
	if (n > 0)
		put_piece(out, node, kind, p, n);
}

static void
add_words(struct doc_lines *out, const struct kt_node *node)
{
	if (has_text(node))
		put_piece(out, node, PIECE_TEXT, node->text, node->len);
}

static void
add_sign(struct doc_lines *out, const char *sign)
{
	add_piece(
	    out, out->at[out->n - 1].node, PIECE_SIGN, sign, strlen(sign));
}

/* A blank before what follows, unless the line is empty. */
static void
add_blank(struct doc_lines *out)
{
	if (out->at[out->n - 1].npieces > 0)
		add_sign(out, "　");
}

static void
add_enclosed(struct doc_lines *out, const struct kt_node *node,
    enum piece_kind kind, const char *words, const char *open,
    const char *close)
{
	if (words[0] == '\0')
		return;
	add_sign(out, open);
	add_piece(out, node, kind, words, strlen(words));
	add_sign(out, close);
}

static void
add_caption(struct doc_lines *out, const struct kt_node *node)
{
	switch (forms[node->kind].caption) {
	case PLAIN:
		if (!has_caption(node))
			return;
		add_blank(out);
		put_piece(out, node, PIECE_CAPTION, node->caption,
		    strlen(node->caption));
		return;
	case BRACKETS:
		add_enclosed(
		    out, node, PIECE_CAPTION, node->caption, "（", "）");
		return;
	case LENTICULAR:
		add_enclosed(
		    out, node, PIECE_CAPTION, node->caption, "【", "】");
		return;
	case ABOVE:
		return;
	}
}

/* The text of `from` behind what stands in the line of `node`. */
static void
add_text(struct doc_lines *out, const struct kt_node *node,
    const struct kt_node *from)
{
	bool joined = node->kind == KT_COMMENTARY ||
		      (node->kind == KT_BULLET && node->label[0] == '\0');

	if (has_text(from) && !joined)
		add_blank(out);
	add_words(out, from);
}

/* ---- nodes to lines -------------------------------------------------- */

const struct kt_node *
doc_lead_child(const struct kt_node *node)
{
	const struct kt_node *child = node->first;
	enum kt_kind kind = node->kind;

	if (child == NULL || node->len > 0 || child->label[0] != '\0' ||
	    child->caption[0] != '\0' || child->related[0] != '\0')
		return NULL;
	if (kind == KT_ARTICLE)
		return child->kind == KT_PARAGRAPH ? child : NULL;
	if (kind == KT_COMMENTARY || kind == KT_NOTE || kind == KT_ITEM)
		return child->kind == KT_TEXT ? child : NULL;
	return NULL;
}

/* The picture of a figure.  Where the other text has the figure but not the
 * file, words stand in both: that a file is lost is no amendment. */
static const struct kt_picture *
picture_of(const struct doc_lines *out, const struct kt_node *node)
{
	const struct kt_node *peer =
	    out->peer != NULL ? out->peer[node->id] : NULL;

	if (peer != NULL && picture_find(out->other, peer->related) == NULL)
		return NULL;
	return picture_find(out->pictures, node->related);
}

/* Does a figure keep the name of its file beside the picture?  Where the other
 * text has another one, or might have, the names must tell the change. */
static bool
keeps_name(const struct doc_lines *out, const struct kt_node *node)
{
	const struct kt_node *peer;

	if (out->named || out->peer == NULL)
		return out->named;
	peer = out->peer[node->id];
	if (peer == NULL)
		return node->parent != NULL &&
		       out->peer[node->parent->id] != NULL;
	return strcmp(peer->related, node->related) != 0;
}

static void
put_figure(
    struct doc_lines *out, const struct kt_node *node, const struct spot *s)
{
	const struct kt_picture *picture = picture_of(out, node);
	bool named = picture == NULL || keeps_name(out, node);

	begin_line(out, node, KT_LINE_FIGURE, PART_HEAD, s)->picture = picture;
	if (named)
		add_sign(out, "〔図：");
	add_piece(out, node, PIECE_LABEL, node->label, strlen(node->label));
	add_caption(out, node);
	add_words(out, node);
	if (!named)
		return;
	add_enclosed(out, node, PIECE_RELATED, node->related, "（", "）");
	add_sign(out, "〕");
}

static void
put_caption_above(
    struct doc_lines *out, const struct kt_node *node, const struct spot *s)
{
	struct doc_line *line =
	    begin_line(out, node, KT_LINE_CAPTION, PART_CAPTION, s);

	indent(line, s->left + 1, 0);
	add_enclosed(out, node, PIECE_CAPTION, node->caption, "（", "）");
}

/* Its text stands under the heading, unless there is no heading but a
 * label. */
static bool
text_is_below(const struct kt_node *node)
{
	return forms[node->kind].text == BELOW &&
	       (node->kind != KT_HEADED || node->caption[0] != '\0');
}

static bool
has_head(const struct kt_node *node)
{
	if (node->label[0] != '\0' || node->related[0] != '\0')
		return true;
	if (node->caption[0] != '\0' && forms[node->kind].caption != ABOVE)
		return true;
	return has_text(node) && !text_is_below(node);
}

static void
put_head(
    struct doc_lines *out, const struct kt_node *node, const struct spot *s)
{
	const struct kt_node *lead = doc_lead_child(node);
	struct doc_line *line;

	if (lead == NULL && !has_head(node))
		return;
	line = begin_line(out, node,
	    text_is_below(node) || node->kind != KT_HEADED
		? forms[node->kind].style
		: KT_LINE_ITEM,
	    PART_HEAD, s);
	place_head(line, node, s);
	if (node->kind == KT_BULLET && !s->toc)
		add_sign(out, "・");
	add_piece(out, node, PIECE_LABEL, node->label, strlen(node->label));
	add_caption(out, node);
	add_enclosed(out, node, PIECE_RELATED, node->related, "（", "）");
	if (!text_is_below(node))
		add_text(out, node, node);
	if (lead != NULL) {
		out->at[out->n - 1].node = lead;
		add_text(out, node, lead);
	}
}

static void
put_node(struct doc_lines *out, const struct kt_node *node)
{
	struct spot s = spot_of(node);

	if (node->parent != NULL && doc_lead_child(node->parent) == node)
		return;
	if (node->kind == KT_FIGURE) {
		put_figure(out, node, &s);
		return;
	}
	if (forms[node->kind].caption == ABOVE && node->caption[0] != '\0')
		put_caption_above(out, node, &s);
	put_head(out, node, &s);
	if (text_is_below(node) && has_text(node)) {
		place_body(
		    begin_line(out, node, KT_LINE_TEXT, PART_BODY, &s), &s);
		add_words(out, node);
	}
}

void
doc_lines_read(struct doc_lines *out, const struct kt_doc *doc, bool commentary)
{
	const struct kt_node *at = doc->root;

	while (at != NULL) {
		if (at->kind == KT_COMMENTARY && !commentary) {
			at = kt_node_skip(at, doc->root);
		} else if (at->kind == KT_ROW) {
			struct spot s = spot_of(at);

			begin_line(out, at, KT_LINE_ROW, PART_HEAD, &s);
			at = kt_node_skip(at, doc->root);
		} else {
			put_node(out, at);
			at = kt_node_next(at, doc->root);
		}
	}
}

/* A row of a table inside a cell, and the words of its cells in a line. */
static const struct kt_node *
put_inner_row(struct doc_lines *out, const struct kt_node *row)
{
	struct spot s = { 0 };

	begin_line(out, row, KT_LINE_TEXT, PART_HEAD, &s);
	for (const struct kt_node *at = kt_node_next(row, row); at != NULL;
	     at = kt_node_next(at, row)) {
		add_blank(out);
		add_piece(out, at, PIECE_LABEL, at->label, strlen(at->label));
		add_enclosed(out, at, PIECE_CAPTION, at->caption, "（", "）");
		add_enclosed(out, at, PIECE_RELATED, at->related, "（", "）");
		add_words(out, at);
	}
	return row;
}

void
doc_lines_read_cell(struct doc_lines *out, const struct kt_node *cell)
{
	const struct kt_node *at = kt_node_next(cell, cell);
	struct spot s = { 0 };

	if (has_head(cell) || cell->caption[0] != '\0') {
		begin_line(out, cell, KT_LINE_TEXT, PART_HEAD, &s);
		add_piece(
		    out, cell, PIECE_LABEL, cell->label, strlen(cell->label));
		add_caption(out, cell);
		add_enclosed(
		    out, cell, PIECE_RELATED, cell->related, "（", "）");
		add_words(out, cell);
	}
	while (at != NULL) {
		if (at->kind == KT_ROW) {
			at = kt_node_skip(put_inner_row(out, at), cell);
		} else {
			put_node(out, at);
			at = kt_node_next(at, cell);
		}
	}
}

void
doc_lines_release(struct doc_lines *lines)
{
	free(lines->at);
	free(lines->pieces);
	*lines = (struct doc_lines)DOC_LINES_INIT;
}

const struct piece *
doc_line_piece(const struct doc_lines *lines, const struct doc_line *line,
    enum piece_kind kind)
{
	for (uint32_t i = 0; i < line->npieces; i++)
		if (lines->pieces[line->piece + i].kind == kind)
			return &lines->pieces[line->piece + i];
	return NULL;
}

void
doc_line_words(struct kt_buf *out, const struct doc_lines *lines,
    const struct doc_line *line)
{
	for (uint32_t i = 0; i < line->npieces; i++)
		kt_buf_put(out, lines->pieces[line->piece + i].p,
		    lines->pieces[line->piece + i].len);
}
