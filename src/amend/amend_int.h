/* SPDX-License-Identifier: MIT */
#ifndef KT_AMEND_INT_H
#define KT_AMEND_INT_H

/* What the files of this layer share. */

#include <kaitei/amend.h>

/* ---- scan.c: stepping over words ---------------------------------------- */

struct kt_scan {
	const char *p, *end;
};

/* Does the word stand here? */
bool kt_scan_sees(const struct kt_scan *s, const char *word);
/* The same, and step over it. */
bool kt_scan_eats(struct kt_scan *s, const char *word);
/* The first of the words that stands here, stepped over; its place in the
 * list, or -1. */
int kt_scan_one_of(struct kt_scan *s, const char *const *words, size_t n);
bool kt_scan_at_end(const struct kt_scan *s);
/* The first place from here where the word stands, or NULL. */
const char *kt_scan_find(const struct kt_scan *s, const char *word);
/* The first place of n bytes at p where the m bytes stand (Horspool 1980), or
 * NULL. */
const char *kt_bytes_find(const char *p, size_t n, const char *what, size_t m);
/* 第, a number, a unit character: 第三条 with 条; branches where the unit has
 * them.  Nothing is stepped over when it does not stand here. */
bool kt_scan_numbered(
    struct kt_scan *s, const char *unit, bool branches, struct kt_num *num);
/* The end of the bracket （…） or (…) that opens here, nested ones counted;
 * NULL when it does not close. */
const char *kt_scan_bracket(const struct kt_scan *s);

/* ---- quote.c: where quotes end ------------------------------------------ */

/* The quotes of a sentence that are its own, nested ones left out: offsets of
 * their 「 and 」. */
struct kt_quotes {
	const uint32_t *open, *close;
	size_t count;
};

/* Quoted law text may hold a lone 「 or 」; the split with the fewest of them
 * in which a keyword follows each quote is taken (amendment.md §11.5).
 * False when there is none, or more than can be tried. */
bool kt_quotes_find(
    struct kt_quotes *out, struct kt_arena *arena, const char *p, size_t n);

/* ---- loc.c: addresses in sentences -------------------------------------- */

/* Does something that may be an address stand here? */
bool kt_loc_begins(const struct kt_scan *s);
/* Where in a sentence an address stands. */
enum kt_loc_how {
	KT_LOC_FIRST, /* at the head of a clause */
	KT_LOC_LISTED, /* behind another one, in a list or range */
	KT_LOC_BARE /* at the head, and may be a label alone: 第一号中 ロをハ
		       とし, イの次に */
};

/* One address; steps that it leaves out are those of `before` (NULL: none).
 * False when there is none; nothing is stepped over then. */
bool kt_loc_read(struct kt_loc *out, struct kt_arena *arena, struct kt_scan *s,
    const struct kt_loc *before, enum kt_loc_how how);
/* A list joined by 、 及び 並びに, ranges included; with `bare` the first may
 * be a label alone.  Number of addresses. */
size_t kt_locs_read(const struct kt_loc **out, struct kt_arena *arena,
    struct kt_scan *s, const struct kt_loc *before, bool bare);

/* ---- clause.c: sentences into operations -------------------------------- */

/* A line of instructions with the quotes in it; a quoted block of lines is
 * part of it. */
struct kt_text {
	const char *p;
	size_t n;
	struct kt_quotes quotes;
};

/* Reads the sentence at *at and moves *at behind its 。.  False when it cannot
 * be read: *at then is where it was given up. */
bool kt_sentence_read(struct kt_amend_sentence *out, struct kt_arena *arena,
    const struct kt_text *text, size_t *at);
/* Does the operation take the lines behind its sentence? */
bool kt_op_takes_block(const struct kt_op *op);

/* ---- read.c: lines ------------------------------------------------------- */

/* The lines of a text that are not empty, in the arena.  How many. */
size_t kt_lines_split(const struct kt_amend_line **out, struct kt_arena *arena,
    const char *p, size_t n);
/* Would this line be read as the number of an instrument? */
bool kt_is_instrument_number(const char *text);
/* Would this line be read as amending sentences? */
bool kt_line_is_instruction(const char *text);

/* ---- apply.c ------------------------------------------------------------ */

/* A copy with its metadata, not finished; its clauses in the same order. */
struct kt_doc *kt_doc_copy(const struct kt_doc *old);

/* ---- inline.c: words with ruby, lines, figures --------------------------- */

/* Filled again and again; begin with KT_MARKED_INIT, release at the end. */
struct kt_marked {
	struct kt_buf text;
	struct kt_mark *marks;
	size_t nmarks, cap;
};
#define KT_MARKED_INIT                                                         \
	{                                                                      \
		.text = KT_BUF_INIT                                            \
	}

void kt_marked_release(struct kt_marked *w);
/* Bytes [from, to) of a text with the marks that lie in them. */
void kt_inline_write(struct kt_buf *out, const char *p, size_t from, size_t to,
    const struct kt_mark *marks, size_t nmarks);
/* The reverse; arguments of marks are kept in the arena. */
void kt_inline_read(
    struct kt_marked *w, struct kt_arena *arena, const char *p, size_t n);

/* ---- block.c, blockout.c: new text as lines ------------------------------ */

struct kt_block_how {
	enum kt_kind top; /* of the clauses at the top, KT_ROW for rows alone;
			     KT_DOC when anything may stand there */
};

/* A document whose root holds what the lines say; yours. */
struct kt_doc *kt_block_read(
    const struct kt_amend_line *line, size_t n, const struct kt_block_how *how);
/* Clauses as lines that read back the same, each behind `indent` blanks. */
void kt_block_write(struct kt_buf *out, const struct kt_node *const *nodes,
    size_t n, unsigned indent, const struct kt_block_how *how);
/* Take the 解説 out of a tree: amendments do not touch it. */
void kt_drop_commentary(struct kt_node *root);

#endif
