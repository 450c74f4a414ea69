/* SPDX-License-Identifier: MIT */
#ifndef KT_READ_DOCX_INT_H
#define KT_READ_DOCX_INT_H

/*
 * A Word file as it is read: its parts, the styles and numbers that its
 * paragraphs get, and its blocks, in the one of the three views that was
 * asked for.
 */

#include "lawtext_int.h"

#include <kaitei/ooxml.h>
#include <kaitei/xml.h>

/* ---- docxform.c: numbers --------------------------------------------- */

/* A number in a format of ST_NumberFormat, appended; false, and plain digits,
 * when the format is not known. */
bool kt_word_number(struct kt_buf *out, const char *format, unsigned n);

/* ---- docxstyle.c: styles --------------------------------------------- */

/* What a run looks like, as far as a document can say it; bits. */
enum word_look {
	WORD_UNDERLINE = 1 << 0,
	WORD_SUPER = 1 << 1,
	WORD_SUB = 1 << 2,
	WORD_STRONG = 1 << 3,
	WORD_EMPHASIS = 1 << 4,
	WORD_CODE = 1 << 5,
	WORD_FORMULA = 1 << 6,
	WORD_HIDDEN = 1 << 7,
	WORD_STRUCK = 1 << 8
};

struct word_style {
	const char *id, *name; /* name in small letters */
	const char *based_on;
	const struct kt_xnode *node;
	bool known; /* the fields below are found */
	int outline; /* level from 0; -1: text */
	const char *list; /* numId; "" = none */
	int list_level; /* -1: not said */
	bool indented;
	long left, first; /* twips */
	unsigned look; /* of a character style */
};

struct word_styles {
	struct kt_arena *arena;
	struct word_style *at; /* by id */
	size_t n;
	const char *normal; /* id of the style of paragraphs without one */
	struct word_style none;
};

void word_styles_read(struct word_styles *styles, struct kt_arena *arena,
    const struct kt_xnode *root);
/* The style of an id; one without anything for NULL and unknown ids. */
const struct word_style *word_style_find(
    struct word_styles *styles, const char *id);
/* w:val of a child; NULL without the child, "" without the value. */
const char *word_value(const struct kt_xnode *node, const char *name);
/* Is a switch on (<w:b/>, w:val="true")?  `otherwise` when it is not there. */
bool word_on(const struct kt_xnode *node, const char *name, bool otherwise);
long word_long(const char *value, long otherwise);
/* The look that a w:rPr gives over the one below it. */
unsigned word_look(
    struct word_styles *styles, const struct kt_xnode *rpr, unsigned look);
/* w:ind: where the first line begins and the others, in twips. */
void word_indent(const struct kt_xnode *ind, long *left, long *first);

/* ---- docxlist.c: automatic numbers ----------------------------------- */

#define WORD_LEVELS 9

struct word_lists;

struct word_lists *word_lists_new(
    const struct kt_xnode *numbering, struct word_styles *styles);
void word_lists_free(struct word_lists *lists);
/* The label that the next paragraph of a list gets, appended.  A level below 0
 * is that of the style.  *bullet: it is a sign, not a number; *ind: the w:ind
 * of the level, or NULL; *format: one that is not known, else NULL.  False when
 * the list has no such level. */
bool word_lists_next(struct word_lists *lists, struct kt_buf *out,
    const char *num, int level, const char *style, bool *bullet,
    const struct kt_xnode **ind, const char **format);

/* ---- docxbody.c: blocks ---------------------------------------------- */

enum word_block_kind {
	WORD_PARAGRAPH,
	WORD_TABLE,
	WORD_FIGURE /* words: alternative text, marked with the file */
};

/* A bookmark that tells the structure (docxcode.c). */
struct word_code {
	bool old; /* of the text before the tracked changes */
	unsigned long place; /* among all of the file */
	const char *says;
};

struct word_block {
	enum word_block_kind kind;
	struct kt_inline words;
	const char *style; /* name of its style, in small letters */
	int outline; /* level of a heading from 0; -1: none */
	bool bullet; /* an entry of a list without numbers */
	bool note; /* a footnote or endnote, or a comment */
	unsigned level; /* of its list, from 0 */
	size_t label; /* bytes of the automatic number before its words */
	size_t tab; /* where its first tab stands in the words; 0: none */
	long left; /* where its first line begins, in twips */
	char align; /* 'l' 'c' 'r', 0 = not said here */
	size_t at; /* place among the paragraphs of the file, from 1 */
	struct word_code *code;
	size_t ncodes, codes_cap;
	const struct kt_xnode *table;
	const char *picture; /* file of a figure in a file of ours, or NULL */
};

struct word_blocks {
	struct word_block *at;
	size_t n, cap;
};

/* A field that is open. */
struct word_field {
	struct kt_buf code;
	bool result; /* behind its separator */
	bool toc;
	const char *mark; /* of the words of its result, or NULL */
};

/* A footnote, an endnote or a comment. */
struct word_note {
	const char *id;
	const struct kt_xnode *node;
	bool used;
};

struct word_notes {
	struct word_note *at; /* by id */
	size_t n;
};

struct word {
	const char *name;
	struct kt_diag *d;
	struct kt_arena *arena; /* of the document */
	struct kt_package *package;
	struct kt_xml *body, *style_part, *number_part, *foot_part, *end_part,
	    *comment_part;
	const struct kt_relation *relations; /* of the body */
	size_t nrelations;
	struct word_styles styles;
	struct word_lists *lists;
	struct word_notes footnotes, endnotes, comments;
	struct kt_read_how how;
	bool own; /* written by kaitei: it has codes */
	bool lines; /* an instrument is read, which has no codes */
	bool old_codes; /* also those of an old text */
	bool tracked; /* changes were met */
	bool printed; /* a 新旧対照表 is read: underlines are its marks */
	size_t at; /* paragraphs so far */
	unsigned notes; /* footnotes so far */
	struct word_field *field;
	size_t nfields, fields_cap;
	unsigned toc; /* of them: tables of contents */
	unsigned depth; /* of tables in tables */
};

/* The blocks in a part of the document: the body, a cell, a text box. */
void word_blocks_read(
    struct word *w, struct word_blocks *out, const struct kt_xnode *in);
void word_blocks_release(struct word_blocks *blocks);
void word_block_begin(
    struct word *w, struct word_block *block, enum word_block_kind kind);
void word_tell(struct word *w, enum kt_msg_id id, const char *what);
void word_tell_two(
    struct word *w, enum kt_msg_id id, const char *what, const char *other);
/* Is what the element changed no part of the view? */
bool word_is_absent(const struct word *w, const struct kt_xnode *change);
/* Is it a mc:Choice or mc:Fallback that another is read instead of? */
bool word_is_untaken(const struct kt_xnode *n);
/* A property list says that the whole was inserted or deleted, and the view
 * does not have it. */
bool word_all_absent(const struct word *w, const struct kt_xnode *properties);

/* ---- docxtab.c: columns that are parted by tabs ----------------------- */

void word_tell_tabbed(struct word *w, const struct word_blocks *blocks);
/* Keep of the lines below a head the column that is asked for; false, and
 * nothing is done, when no head names the columns. */
bool word_tabbed_side(struct word *w, struct word_blocks *blocks);

/* ---- docxwords.c: words of a paragraph ------------------------------- */

/* The words of a paragraph, behind those that its block has; notes, text
 * boxes and pictures that hang on it become blocks behind it. */
void word_words(struct word *w, struct word_block *block,
    const struct kt_xnode *paragraph, struct word_blocks *behind);

/* ---- docxhang.c: what hangs on a paragraph --------------------------- */

#define WORD_NOTE_SIGN 32

/* The notes of a part, NULL for none, in the arena. */
void word_notes_read(
    struct word_notes *notes, struct kt_arena *arena, struct kt_xml *part);
/* A relation of the body by its id; NULL when there is none. */
const struct kt_relation *word_relation(const struct word *w, const char *id);
/* The footnote or endnote of a reference; *sign is （注1）, which goes into the
 * words.  False when there is no such note. */
bool word_put_note(struct word *w, struct word_blocks *behind,
    struct word_notes *notes, const struct kt_xnode *reference,
    char sign[WORD_NOTE_SIGN]);
void word_comment(
    struct word *w, struct word_blocks *behind, const struct kt_xnode *n);
/* Text boxes, pictures and other objects in a drawing. */
void word_drawing(
    struct word *w, struct word_blocks *behind, const struct kt_xnode *root);

/* ---- docxcode.c: documents of kaitei's own --------------------------- */

/* Is it the name of a bookmark that tells the structure? */
bool word_code_name(struct word_code *out, const char *name);
/* What all codes of a block say in the view, in order, appended. */
void word_code_of(
    struct kt_buf *out, const struct word *w, struct word_block *block);
/* Is the block a figure by its codes? */
bool word_code_is_figure(const struct word_block *block);
/* Build the clauses of a paragraph by its code; *last is the last of them.
 * A figure that begins in it has the file `picture`, unless that is NULL.
 * False, and nothing done, when the code does not fit the words. */
bool word_code_build(struct kt_build *b, const char *code,
    const struct kt_inline *words, const char *picture, struct kt_node **last);

/* ---- docxtracked.c: who changed what ---------------------------------- */

/* When an element says that something was done, to the minute, appended. */
void word_when(struct kt_buf *out, const struct kt_xnode *n);
/* The words below an element, appended; readings of ruby, codes of fields and
 * what Word keeps beside a newer form are left out. */
void word_words_below(struct kt_buf *out, const struct kt_xnode *n);
/* Report every tracked change of the text and its notes. */
void word_tracked_tell(struct word *w);

/* ---- docxtable.c ----------------------------------------------------- */

#define WORD_NESTED_MAX 24 /* tables in tables */

/* The rows of a table. */
void word_table(struct word *w, struct kt_build *b, struct kt_node *table,
    const struct kt_xnode *node);
/* Does the view have none of its rows? */
bool word_table_is_gone(struct word *w, const struct kt_xnode *node);
/* The next element of a name below root, through what only wraps it: content
 * controls, changes.  Begins with at == root; NULL at the end. */
const struct kt_xnode *word_next_in(
    const struct kt_xnode *root, const struct kt_xnode *at, const char *name);

/* Rows of a table as lines that begin with a bar; `put` appends a cell and the
 * bar behind it. */
void word_table_lines(struct word *w, struct kt_buf *out,
    const struct kt_xnode *table,
    void (*put)(
	struct word *w, struct kt_buf *out, const struct kt_xnode *cell));

/* ---- docxside.c: 新旧対照表 ------------------------------------------- */

/* The lines of every 新旧対照表 among the blocks, by column; false when there
 * is none.  Strings go to the arena of w. */
bool word_printed(
    struct word *w, struct kt_printed *out, const struct word_blocks *blocks);
/* What the head of a column says: 'n' new, 'o' old, 0 neither. */
char word_side_name(const char *p, size_t n);
/* Is it a 新旧対照表? */
bool word_is_comparison(const struct kt_xnode *table);
/* The column of a side of it, as blocks. */
void word_side(
    struct word *w, struct word_blocks *out, const struct kt_xnode *table);
/* A row of a table in a column that says （新設）; false where no column is
 * asked for. */
bool word_is_remark_row(const struct word *w, const struct kt_xnode *tr);

/* ---- docxbuild.c: blocks to clauses ---------------------------------- */

/* The blocks of a file that others wrote; fills and finishes the document. */
void word_build_lines(
    struct word *w, struct kt_doc *doc, struct word_blocks *blocks);
/* Blocks with codes, and what was written between them. */
void word_build_own(
    struct word *w, struct kt_build *b, struct word_blocks *blocks);

#endif
