/* SPDX-License-Identifier: MIT */
/*
 * The blocks of a Word file: paragraphs with what their styles and lists give
 * them, tables, and what hangs on paragraphs behind them.  A paragraph whose
 * end is gone in the view runs on into the next one.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

void
word_tell_two(
    struct word *w, enum kt_msg_id id, const char *what, const char *other)
{
	kt_report(w->d, .id = id, .at = { .file = w->name, .line = w->at },
	    .a = what, .b = other);
}

void
word_tell(struct word *w, enum kt_msg_id id, const char *what)
{
	word_tell_two(w, id, what, NULL);
}

void
word_block_begin(
    struct word *w, struct word_block *block, enum word_block_kind kind)
{
	*block = (struct word_block){
		.kind = kind, .style = "", .outline = -1, .at = w->at
	};
	kt_inline_init(&block->words, w->arena);
	kt_inline_begin(&block->words, w->at, 1);
}

void
word_blocks_release(struct word_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		kt_inline_release(&blocks->at[i].words);
		free(blocks->at[i].code);
	}
	free(blocks->at);
	*blocks = (struct word_blocks){ .at = NULL };
}

/* ---- views -------------------------------------------------------------- */

bool
word_is_absent(const struct word *w, const struct kt_xnode *change)
{
	switch (w->how.changes) {
	case KT_VIEW_ACCEPT:
		return kt_xnode_is(change, "del") ||
		       kt_xnode_is(change, "moveFrom") ||
		       kt_xnode_is(change, "cellDel");
	case KT_VIEW_REJECT:
		return kt_xnode_is(change, "ins") ||
		       kt_xnode_is(change, "moveTo") ||
		       kt_xnode_is(change, "cellIns");
	case KT_VIEW_SHOW:
		break;
	}
	return false;
}

bool
word_all_absent(const struct word *w, const struct kt_xnode *properties)
{
	const struct kt_xnode *at =
	    properties == NULL ? NULL : kt_xnode_elem(properties);

	for (; at != NULL; at = kt_xnode_next_elem(at))
		if (word_is_absent(w, at))
			return true;
	return false;
}

/* ---- alternatives ------------------------------------------------------- */

/* Is all known that a mc:Choice is for?  Prefixes are those that Word writes.
 */
static bool
is_understood(const struct kt_xnode *choice)
{
	static const char *const known[] = { "w14", "w15", "wp14", "wpc", "wpg",
		"wps", "a14" };
	const char *p = kt_xnode_attr(choice, "Requires");

	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, " "), i = 0;

		while (i < KT_COUNT(known) &&
		       (strlen(known[i]) != n || memcmp(known[i], p, n) != 0))
			i++;
		if (n > 0 && i == KT_COUNT(known))
			return false;
		p += n + strspn(p + n, " ");
	}
	return true;
}

/* The first choice that is understood is taken, else what to fall back to;
 * where there is none of them, the first choice. */
static const struct kt_xnode *
taken_of(const struct kt_xnode *alternatives)
{
	const struct kt_xnode *fallback = NULL;

	for (const struct kt_xnode *at = kt_xnode_elem(alternatives);
	     at != NULL; at = kt_xnode_next_elem(at)) {
		if (kt_xnode_is(at, "Choice") && is_understood(at))
			return at;
		if (kt_xnode_is(at, "Fallback"))
			fallback = at;
	}
	return fallback != NULL ? fallback
				: kt_xnode_child(alternatives, "Choice");
}

bool
word_is_untaken(const struct kt_xnode *n)
{
	return (kt_xnode_is(n, "Choice") || kt_xnode_is(n, "Fallback")) &&
	       kt_xnode_is(kt_xnode_parent(n), "AlternateContent") &&
	       taken_of(kt_xnode_parent(n)) != n;
}

/* ---- paragraphs --------------------------------------------------------- */

struct body {
	struct word *w;
	struct word_blocks *out;
	struct word_blocks behind; /* of the paragraph at hand */
	bool runs_on; /* the last block goes on in the next paragraph */
};

static const struct kt_xnode *
properties_of(struct word *w, const struct kt_xnode *p)
{
	const struct kt_xnode *ppr = kt_xnode_child(p, "pPr"), *change;

	change = ppr == NULL ? NULL : kt_xnode_child(ppr, "pPrChange");
	if (change == NULL)
		return ppr;
	w->tracked = true;
	return w->how.changes == KT_VIEW_REJECT ? kt_xnode_child(change, "pPr")
						: ppr;
}

static char
align_of(const struct kt_xnode *ppr)
{
	const char *jc = word_value(ppr, "jc");

	if (jc == NULL)
		return 0;
	if (strcmp(jc, "center") == 0)
		return 'c';
	if (strcmp(jc, "right") == 0 || strcmp(jc, "end") == 0)
		return 'r';
	return strcmp(jc, "left") == 0 || strcmp(jc, "start") == 0 ? 'l' : 0;
}

/* The automatic number, with a blank, before the words. */
static void
put_number(struct body *b, struct word_block *block, const struct kt_xnode *ppr,
    const struct word_style *style)
{
	const struct kt_xnode *num =
	    ppr == NULL ? NULL : kt_xnode_child(ppr, "numPr");
	const char *list = word_value(num, "numId"), *unknown;
	const struct kt_xnode *ind = NULL;
	long level = word_long(word_value(num, "ilvl"), -1);
	struct kt_buf label = KT_BUF_INIT;

	if (list == NULL)
		list = style->list;
	if (level < 0)
		level = style->list_level;
	block->level = level > 0 ? (unsigned)level : 0;
	if (*list != '\0' && strcmp(list, "0") != 0 &&
	    word_lists_next(b->w->lists, &label, list, (int)level, style->id,
		&block->bullet, &ind, &unknown) &&
	    label.len > 0) {
		if (unknown != NULL)
			word_tell(b->w, KT_M_DOCX_NUMBER_FORMAT, unknown);
		block->label = label.len;
		if (block->words.text.len > 0)
			kt_buf_puts(&label, "　");
		kt_inline_prepend(&block->words, label.p);
		if (block->tab > 0)
			block->tab += label.len;
	}
	/* Signs of lists stand where their list says. */
	if (block->bullet && ind != NULL && kt_xnode_child(ppr, "ind") == NULL)
		word_indent(ind, &(long){ 0 }, &block->left);
	kt_buf_release(&label);
}

/* 〔(7)〕(8)　… becomes (8)　〔(7)〕…: what was deleted must not stand before a
 * label. */
static void
label_first(struct kt_inline *w)
{
	const char *close = strstr(w->text.p, "〕");
	struct kt_label label;
	struct kt_buf text = KT_BUF_INIT;
	size_t n;

	if (strncmp(w->text.p, "〔", strlen("〔")) != 0 || close == NULL)
		return;
	n = (size_t)(close - w->text.p) + strlen("〕");
	if (!kt_label_read(&label, w->text.p + n, w->text.len - n))
		return;
	kt_buf_put(&text, w->text.p + n, label.skip);
	kt_buf_put(&text, w->text.p, n);
	kt_buf_puts(&text, w->text.p + n + label.skip);
	for (size_t i = 0; i < w->nmarks; i++) {
		struct kt_mark *m = &w->marks[i];

		if (m->start < n)
			m->start += (uint32_t)label.skip;
		else if (m->start < n + label.skip)
			m->start -= (uint32_t)n;
	}
	kt_buf_release(&w->text);
	w->text = text;
	kt_buf_clear(&w->seen);
	kt_buf_put(&w->seen, text.p, text.len);
}

static void
finish_paragraph(
    struct body *b, struct word_block *block, const struct kt_xnode *ppr)
{
	const char *id = word_value(ppr, "pStyle");
	const char *outline = word_value(ppr, "outlineLvl");
	const struct kt_xnode *ind =
	    ppr == NULL ? NULL : kt_xnode_child(ppr, "ind");
	const struct word_style *style;
	long left;

	if (id == NULL)
		id = b->w->styles.normal;
	style = word_style_find(&b->w->styles, id);
	block->style = style->name;
	block->outline = style->outline;
	if (outline != NULL)
		block->outline = (int)word_long(outline, -1);
	if (block->outline > 8)
		block->outline = -1;
	block->align = align_of(ppr);
	block->left = style->first;
	if (ind != NULL)
		word_indent(ind, &left, &block->left);
	kt_inline_end_shown(&block->words);
	if (b->w->how.changes == KT_VIEW_SHOW)
		label_first(&block->words);
	put_number(b, block, ppr, style);
}

/* What hangs on a paragraph comes behind it. */
static void
append_behind(struct body *b)
{
	for (size_t i = 0; i < b->behind.n; i++) {
		KT_GROW(b->out->at, b->out->n, b->out->cap);
		b->out->at[b->out->n++] = b->behind.at[i];
	}
	b->behind.n = 0;
}

static void
paragraph(struct body *b, const struct kt_xnode *p)
{
	const struct kt_xnode *ppr = properties_of(b->w, p);
	const struct kt_xnode *own = kt_xnode_child(p, "pPr");
	const struct kt_xnode *mark =
	    own == NULL ? NULL : kt_xnode_child(own, "rPr");
	const struct kt_xnode *next = kt_xnode_next_elem(p);
	struct word_block *block;

	b->w->at++;
	if (!b->runs_on) {
		KT_GROW(b->out->at, b->out->n, b->out->cap);
		word_block_begin(
		    b->w, &b->out->at[b->out->n++], WORD_PARAGRAPH);
	}
	block = &b->out->at[b->out->n - 1];
	word_words(b->w, block, p, &b->behind);
	/* The last of a cell or of the document keeps its end. */
	b->runs_on = word_all_absent(b->w, mark) && next != NULL &&
		     kt_xnode_is(next, "p");
	if (b->runs_on)
		return;
	finish_paragraph(b, block, ppr);
	append_behind(b);
}

static void
table(struct body *b, const struct kt_xnode *node)
{
	struct word_block *block;

	if (b->w->toc > 0 || word_table_is_gone(b->w, node))
		return;
	KT_GROW(b->out->at, b->out->n, b->out->cap);
	block = &b->out->at[b->out->n++];
	word_block_begin(b->w, block, WORD_TABLE);
	block->table = node;
	b->w->at++;
}

/* A table of contents that Word keeps up to date, or one of ours. */
static bool
is_contents(const struct kt_xnode *sdt)
{
	const struct kt_xnode *pr = kt_xnode_child(sdt, "sdtPr");
	const struct kt_xnode *part =
	    pr == NULL ? NULL : kt_xnode_child(pr, "docPartObj");
	const char *gallery = word_value(part, "docPartGallery");
	const char *tag = word_value(pr, "tag");

	return (gallery != NULL && strcmp(gallery, "Table of Contents") == 0) ||
	       (tag != NULL && strcmp(tag, "mokuji") == 0);
}

static void
blocks_in(struct body *b, const struct kt_xnode *in)
{
	for (const struct kt_xnode *at = kt_xnode_elem(in); at != NULL;
	     at = kt_xnode_next_elem(at)) {
		if (kt_xnode_is(at, "p"))
			paragraph(b, at);
		else if (kt_xnode_is(at, "tbl"))
			table(b, at);
		else if (kt_xnode_is(at, "sdt") && is_contents(at))
			word_tell(b->w, KT_M_DOCX_TOC, "");
		else if (kt_xnode_is(at, "altChunk"))
			word_tell(b->w, KT_M_DOCX_OBJECT, "altChunk");
		else if (!kt_xnode_is(at, "sdtPr") &&
			 !kt_xnode_is(at, "sectPr") &&
			 !kt_xnode_is(at, "tcPr") &&
			 !word_is_absent(b->w, at) && !word_is_untaken(at))
			blocks_in(b, at);
	}
}

void
word_blocks_read(
    struct word *w, struct word_blocks *out, const struct kt_xnode *in)
{
	struct body b = { .w = w, .out = out };

	blocks_in(&b, in);
	/* A paragraph that ran on into nothing. */
	if (b.runs_on)
		finish_paragraph(&b, &out->at[out->n - 1], NULL);
	append_behind(&b);
	free(b.behind.at);
}
