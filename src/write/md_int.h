/* SPDX-License-Identifier: MIT */
#ifndef KT_MD_INT_H
#define KT_MD_INT_H

/* What the files of the Markdown writer share. */

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/write.h>

/* ---- mdwords.c ------------------------------------------------------- */

/* Words of a node with their marks. */
struct md_words {
	const char *p;
	size_t n;
	const struct kt_mark *marks;
	size_t nmarks;
};

/* Where words are written: each has signs of its own to escape. */
enum md_place {
	MD_INLINE, /* in a line of Markdown */
	MD_PIPE, /* in a cell of a pipe table */
	MD_HTML /* in an HTML block */
};

enum {
	MD_LINE_START = 1 << 0, /* the first words of a line */
	MD_ESCAPE_FIRST = 1 << 1, /* the first character is no label */
	MD_ESCAPE_LAST = 1 << 2,
	MD_NO_FIGURE = 1 << 4, /* an image alone is words here */
	MD_HEADING = 1 << 3 /* a # at the end would be taken for a sign */
};

void kt_md_words(struct kt_buf *out, const struct md_words *w,
    enum md_place place, unsigned flags);
/* The words as the rules for labels will see them: what is escaped or has a
 * mark at its edge is blanked out. */
void kt_md_seen(struct kt_buf *out, const struct md_words *w, unsigned flags);
/* One mark around all of the words, of this kind. */
bool kt_md_is_whole(const struct md_words *w, enum kt_mark_kind kind);
/* Like kt_md_words() where only an image may stand: a figure. */
void kt_md_figure(struct kt_buf *out, const struct kt_node *node, bool html);
/* Can a file or address stand in ( ) without escapes? */
bool kt_md_plain_url(const char *url);
/* An attribute value, quoted. */
void kt_md_attr(struct kt_buf *out, const char *p, size_t n);

/* ---- mdfront.c ------------------------------------------------------- */

void kt_md_front(struct kt_buf *out, const struct kt_meta *meta);

/* ---- mdplan.c -------------------------------------------------------- */

enum md_form {
	MD_NOTHING, /* a preamble that the first words imply */
	MD_HEAD,
	MD_PARA,
	MD_ENTRY,
	MD_BLOCK_QUOTE,
	MD_TABLE,
	MD_ROW,
	MD_CELL,
	MD_FIGURE
};

/* A part of a line: signs as they are, or words. */
struct md_piece {
	const char *sign; /* NULL: words */
	struct md_words words;
	unsigned flags;
};

#define MD_PIECES 8

/* How one node is written. */
struct md_plan {
	enum md_form form;
	unsigned level; /* of a heading */
	/* <!-- 項の号「●」 -->: needed when the rules would read it otherwise
	 */
	bool marked;
	const struct kt_node *parent;
	unsigned nth;
	bool say_label, say_caption, say_related; /* in the comment */
	bool caption_above; /* （見出し） in a paragraph of its own */
	const struct kt_node *merged; /* TEXT on the line of 【解説】 */
	struct md_piece pieces[MD_PIECES];
	size_t npieces;
};

/* The clauses that are open where a node is to be written. */
struct md_scope {
	struct kt_open *open;
	const struct kt_node **node;
	size_t n, cap, node_cap;
};

/* ---- mdline.c -------------------------------------------------------- */

/* A line in the making: its pieces, and where each part must be found in
 * what the rules see of it. */
struct md_line {
	struct md_plan *plan;
	const struct kt_node *node;
	struct kt_buf seen;
	unsigned escape; /* for the words of the node */
	bool toc;
	size_t label, caption, ncaption, related, nrelated, text;
	bool has_text;
};

bool kt_md_has_words(const struct kt_node *node);
struct md_words kt_md_caption(const struct kt_node *node);
/* Compose the line so that it is read as what the node is: without a comment,
 * escaping as much as is needed, false when that is not enough; or with one,
 * saying ever more in it. */
bool kt_md_try_natural(struct md_line *l, struct kt_lead *lead);
void kt_md_try_marked(struct md_line *l);

/* ---- mdplan.c -------------------------------------------------------- */

bool kt_md_is_heading(enum kt_kind kind);
void kt_md_plan(
    struct md_plan *out, struct md_scope *scope, const struct kt_node *node);
/* Own words of a node that its form has no place for. */
bool kt_md_has_rest(const struct kt_node *node);
/* The level that a heading of a kind is given. */
unsigned kt_md_level(enum kt_kind kind, unsigned level);
/* How many open clauses of the kind of `parent` lie below it, plus one. */
unsigned kt_md_nth(const struct kt_node *parent, const struct kt_node *last);
bool kt_md_is_container(const struct kt_node *node);

/* ---- mdtable.c ------------------------------------------------------- */

/* Can it be a pipe table? */
bool kt_md_is_pipe(const struct kt_node *table);
/* Its rows, each line after `prefix`. */
void kt_md_pipe(
    struct kt_buf *out, const struct kt_node *table, const char *prefix);

#endif
