/* SPDX-License-Identifier: MIT */
#ifndef KT_READ_INT_H
#define KT_READ_INT_H

/*
 * What the readers share: text as it may come, words with marks, and the
 * building of clauses from blocks of marked-up text (headings, paragraphs,
 * list entries, quotations, tables), whichever markup they were in.
 */

#include <kaitei/base.h>
#include <kaitei/model.h>
#include <kaitei/read.h>

/* Deepest nesting of list entries, quotations, cells and tags. */
#define KT_READ_DEPTH 64

/* ---- source.c -------------------------------------------------------- */

/* A text taken in: valid UTF-8 without NUL, no byte order mark, lines ending
 * in LF.  p borrows the caller's bytes or points to `own`. */
struct kt_source {
	const char *name, *p;
	size_t n;
	char *own;
};

/* KT_ELIMIT when it has more than `most` bytes, KT_EINPUT when it is not
 * UTF-8; the message says where.  Nothing to release on failure. */
int kt_source_take(struct kt_source *out, const char *name, const char *bytes,
    size_t n, size_t most, struct kt_diag *d);
void kt_source_release(struct kt_source *src);

/* ---- front.c --------------------------------------------------------- */

/* Read the front matter at the start of the text into doc->meta.  Bytes and
 * lines it takes, its two --- lines included, in *bytes and *lines; 0 when
 * there is none.  What is not understood is kept as written and reported. */
void kt_front_read(struct kt_doc *doc, const struct kt_source *src,
    size_t *bytes, size_t *lines, struct kt_diag *d);

/* ---- mdguard.c ------------------------------------------------------- */

/* Where each line of a text begins; at[count] is its end. */
struct kt_lines {
	uint32_t *at;
	size_t count;
};

/* Is the text cheap for a CommonMark parser?  One pass; KT_ELIMIT names the
 * limit, what was found and the line, counted from line `first`. */
int kt_guard_markdown(struct kt_lines *out, const char *file, const char *p,
    size_t n, size_t first, struct kt_diag *d);
/* A row of - and | and : under the head of a pipe table?  *columns of them. */
bool kt_is_delimiter_row(const char *p, size_t n, size_t *columns);

/* ---- mdcut.c --------------------------------------------------------- */

/* Lines (from 0) before which a text may be cut, and how many headings of
 * the first level it has outside of everything. */
struct kt_cuts {
	size_t *line;
	size_t count, titles;
};

/* False when the text has to be parsed whole: no line of *out holds then.
 * out->line is yours, free() it. */
bool kt_cuts_find(
    struct kt_cuts *out, const char *p, size_t n, const struct kt_lines *lines);

/* ---- mdtag.c --------------------------------------------------------- */

/* A tag of HTML: name in lower case, the attributes as they stand. */
struct kt_tag {
	char name[16];
	bool close; /* </name> */
	const char *attrs;
	size_t nattrs;
	size_t len; /* bytes of the whole tag */
};

/* False when no tag is at p. */
bool kt_tag_read(struct kt_tag *out, const char *p, size_t n);
/* The value of an attribute, decoded, appended; false when absent. */
bool kt_tag_attr(
    struct kt_buf *out, const struct kt_tag *tag, const char *name);
bool kt_tag_is(const struct kt_tag *tag, const char *name);
/* An entity or character reference at p, decoded and appended; its length, 0
 * when it is none. */
size_t kt_entity_read(struct kt_buf *out, const char *p, size_t n);

/* ---- mdwords.c ------------------------------------------------------- */

struct kt_inline_open {
	char name[16];
	size_t mark; /* place in `marks` */
	uint32_t start; /* ruby: where the next base begins */
};

/*
 * Words in the making: plain text and its marks.  `seen` is the text as the
 * rules for labels may see it: what was written as an escape, so that it be
 * no label, no bracket, no blank, is blanked out there.
 */
struct kt_inline {
	struct kt_arena *arena; /* of mark arguments */
	struct kt_buf text, seen, reading;
	struct kt_mark *marks;
	size_t nmarks, marks_cap;
	struct kt_inline_open *open;
	size_t nopen, open_cap;
	unsigned in_image; /* images that are open: their words are plain */
	bool in_reading, in_bracket; /* <rt>, <rp> */
	bool soft; /* a line ended here */
	bool odd; /* a tag that is unknown or unbalanced was met */
	bool crossed; /* marks end in another order than they begin in */
	bool figure; /* the paragraph is one image */
	size_t line, column;
};

void kt_inline_begin(struct kt_inline *w, size_t line, size_t column);
void kt_inline_release(struct kt_inline *w);
void kt_inline_text(struct kt_inline *w, const char *p, size_t n);
/* A mark on words that are there already; one that goes on behind the last is
 * one with it. */
void kt_inline_mark(struct kt_inline *w, enum kt_mark_kind kind,
    const char *arg, size_t start, size_t n);
/* The end of a line: nothing between Japanese characters, else a blank. */
void kt_inline_soft_break(struct kt_inline *w);
#define KT_INLINE_IMAGE "*image"
/* Marks open and close by name: "strong", "em", "a", "img", "code" … */
void kt_inline_open(
    struct kt_inline *w, const char *name, enum kt_mark_kind, const char *arg);
void kt_inline_close(struct kt_inline *w, const char *name);
/* A raw tag: one of ours becomes a mark or a line break; any other, or what
 * is no tag, stays as text and sets `odd`. */
void kt_inline_tag(struct kt_inline *w, const char *p, size_t n);
/* Close what is open.  `head` and `tail` are the first and the last line the
 * words were written in, from which `seen` is made. */
#define KT_READ_REFERENCE "\1" /* in `tail`: a reference, already decoded */
void kt_inline_end(struct kt_inline *w, const char *head, size_t nhead,
    const char *tail, size_t ntail);
/* The same for words without any markup, in which everything is seen as it
 * stands: those of Word. */
void kt_inline_end_shown(struct kt_inline *w);
/* Plain words before those that have ended. */
void kt_inline_prepend(struct kt_inline *w, const char *words);
/* Take up zeroed memory as words; arguments of marks go to the arena. */
void kt_inline_init(struct kt_inline *w, struct kt_arena *arena);
void kt_inline_copy(struct kt_inline *to, const struct kt_inline *from);
/* Plain words without any markup. */
void kt_inline_plain(
    struct kt_inline *w, const char *p, size_t n, size_t line, size_t column);

/* ---- mdmark.c -------------------------------------------------------- */

/* What a comment <!-- 項の号「●」 --> says of the block that follows. */
struct kt_marker {
	bool set;
	enum kt_kind parent, kind;
	unsigned nth; /* of the open ones of that kind, from the inside; 1 */
	bool own; /* 本文: own words of the parent */
	bool has_label, has_caption, has_related;
	struct kt_buf label, caption, related;
	size_t line;
};

bool kt_marker_read(struct kt_marker *out, const char *p, size_t n);
void kt_marker_release(struct kt_marker *m);

/* ---- mdbuild.c, mdclause.c ------------------------------------------- */

/*
 * Blocks in, clauses out: which clause each block begins or goes on with is
 * decided here, for every markup alike.  document-format.md.
 */
struct kt_build;

struct kt_build *kt_build_new(struct kt_doc *doc, struct kt_diag *d);
/* Whatever is still open ends. */
void kt_build_finish(struct kt_build *b);
void kt_build_free(struct kt_build *b);
/* The text has one heading of level 1: it is the title whatever it says. */
void kt_build_one_title(struct kt_build *b);
/* Nodes added so far. */
size_t kt_build_count(const struct kt_build *b);
/* Containers that are open; 1 is the document itself. */
size_t kt_build_depth(const struct kt_build *b);

void kt_build_heading(
    struct kt_build *b, const struct kt_inline *w, unsigned level);
void kt_build_paragraph(struct kt_build *b, const struct kt_inline *w);
/* A note whose first `label` bytes are its label. */
void kt_build_note(struct kt_build *b, const struct kt_inline *w, size_t label);
/* What follows is no words of the entry or quotation it begins. */
void kt_build_block(struct kt_build *b);
/* A list entry; `number` is the label an ordered list gives it, or "". */
void kt_build_open_entry(
    struct kt_build *b, const char *number, size_t line, size_t column);
void kt_build_open_quote(struct kt_build *b, size_t line, size_t column);
/* A cell that the caller added to its row. */
void kt_build_open_cell(struct kt_build *b, struct kt_node *cell);
/* End the innermost entry, quotation or cell. */
void kt_build_close(struct kt_build *b);
/* A table where it stands; rows and cells are added by the caller. */
struct kt_node *kt_build_table(struct kt_build *b, size_t line, size_t column);
/* Add a node at a place of the file. */
struct kt_node *kt_build_add(struct kt_build *b, struct kt_node *parent,
    enum kt_kind kind, size_t line, size_t column);
/* Own words of a node that is no clause. */
void kt_build_words(
    struct kt_build *b, struct kt_node *node, const struct kt_inline *w);
struct kt_doc *kt_build_doc(struct kt_build *b);
/* A comment: true when it says where the next block belongs. */
bool kt_build_marker(struct kt_build *b, const char *p, size_t n, size_t line);
void kt_build_report(
    struct kt_build *b, enum kt_msg_id id, size_t line, const char *what);
void kt_build_report_two(struct kt_build *b, enum kt_msg_id id, size_t line,
    const char *what, const char *other);

/* ---- mdnode.c -------------------------------------------------------- */

/*
 * Clauses whose place is known: by their depth below the document or the cell
 * they lie in, which is itself 0.  What is open behind the parent ends; what
 * comes next without a place is placed as ever.
 */
struct kt_node *kt_build_node(struct kt_build *b, enum kt_kind kind,
    size_t depth, size_t line, size_t column);
/* The open clause of a kind at a depth; what is open behind it ends.  There
 * must be one. */
struct kt_node *kt_build_open(
    struct kt_build *b, enum kt_kind kind, size_t depth);
bool kt_build_has_open(struct kt_build *b, enum kt_kind kind, size_t depth);
/* What comes next has no place of its own: lists, notes, quotations and lines
 * that are open end. */
void kt_build_settle(struct kt_build *b);
/* Parts of such a clause: its label; n bytes of the words from `from` on. */
void kt_build_label(
    struct kt_build *b, struct kt_node *node, const char *label);
void kt_build_caption(struct kt_build *b, struct kt_node *node,
    const struct kt_inline *w, size_t from, size_t n);
void kt_build_text(struct kt_build *b, struct kt_node *node,
    const struct kt_inline *w, size_t from, size_t n);

/* ---- mdtable.c ------------------------------------------------------- */

/* A line of a paragraph without the marks of the containers it lies in. */
struct kt_row_source {
	const char *p;
	size_t n;
	size_t line, column;
};

/* Number of the line with the delimiter row, 0 when it is no table. */
size_t kt_pipe_table_at(const struct kt_row_source *lines, size_t n);
/* Build the table whose delimiter row is lines[at]. */
void kt_pipe_table(struct kt_build *b, const struct kt_row_source *lines,
    size_t n, size_t at, struct kt_arena *arena);

/* ---- mdhtml.c -------------------------------------------------------- */

/* HTML blocks, fed piece by piece: a table may run over several. */
struct kt_html;

struct kt_html *kt_html_new(struct kt_build *b, struct kt_arena *arena);
void kt_html_free(struct kt_html *h);
/* Is something open that the next block lies in? */
bool kt_html_is_open(const struct kt_html *h);
/* Does a block begin with a tag that is read as structure or as a mark? */
bool kt_html_begins(const char *p, size_t n);
/* KT_ELIMIT when tags nest too deep. */
int kt_html_feed(
    struct kt_html *h, const char *p, size_t n, size_t line, struct kt_diag *d);
/* The container of this depth (kt_build_depth) ends, and with it all that
 * was opened in it. */
void kt_html_close(struct kt_html *h, size_t depth);

/* ---- mdinline.c ------------------------------------------------------ */

/* Paragraphs of inline Markdown, without blocks: the cells of a table. */
struct kt_markdown_text {
	void *root, *iter; /* cmark's */
	size_t line; /* where the last paragraph stands in the text */
};

void kt_markdown_text_open(
    struct kt_markdown_text *md, const char *p, size_t n);
/* The next paragraph without its first `strip` bytes; false at the end. */
bool kt_markdown_text_next(
    struct kt_markdown_text *md, struct kt_inline *w, size_t strip);
void kt_markdown_text_close(struct kt_markdown_text *md);

#endif
