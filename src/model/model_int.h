/* SPDX-License-Identifier: MIT */
#ifndef KT_MODEL_INT_H
#define KT_MODEL_INT_H

/* What the files of this layer share. */

#include <string.h>

#include <kaitei/model.h>

/* ---- label.c ------------------------------------------------------------ */

/* Step over the blanks of a line at p, before `end`: half and full width,
 * tab, no-break. */
const char *kt_skip_blanks(const char *p, const char *end);

/* If the literal `word` stands at p, before `end`, its length; else 0. */
static inline size_t
kt_word_at(const char *p, const char *end, const char *word)
{
	size_t n;

	/* Nearly always the first byte decides. */
	if (p == end || *p != *word)
		return 0;
	n = strlen(word);
	return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 ? n : 0;
}

/* （一）, （甲） behind the number of a 別表: bytes used, 0 when none. */
size_t kt_label_tag(const char *p, const char *end);

/* ---- doc.c -------------------------------------------------------------- */

/* Matter that has no clauses of its own to cite: quoted, 解説, 注, 目次, cells
 * and figures. */
bool kt_kind_encloses(enum kt_kind kind);

/* Kinds that belong to the clause they stand behind: 解説, 注, quoted matter.
 */
bool kt_kind_follows(enum kt_kind kind);

/* ---- step.c: one level of an address ------------------------------------ */

/*
 * 第2章, 第3条の2, 第2項, 第1号: kind PART … ARTICLE, PARAGRAPH, ITEM with the
 * number.  A mark that is cited as it stands, ア (1) 1.2, has kind HEADED and
 * its form counts; the n-th table or row has kind TABLE or ROW.
 */
struct kt_step {
	enum kt_kind kind;
	struct kt_num num;
};

/* The step that a node is below its clause; false when it has none. */
bool kt_step_of(struct kt_step *out, const struct kt_node *node);
/* Read a step of a folded address at p: 第3条の2, 第2項, ア, (1).  Bytes used,
 * 0 when none. */
size_t kt_step_read(struct kt_step *out, const char *p, const char *end);
/* The step as an address says it. */
void kt_step_write(struct kt_buf *out, const struct kt_step *step);
/* The sign behind the number, "条"; NULL for marks, tables and rows. */
const char *kt_step_sign(enum kt_kind kind);
/* What an address says of a node beyond the clause it lies in.  nth is the
 * place of a table or row among its like, 0 for an only table. */
void kt_token_write(
    struct kt_buf *out, const struct kt_node *node, unsigned nth);
/* An address with every form of numerals, brackets and blanks made one, for
 * comparison only. */
void kt_addr_fold(struct kt_buf *out, const char *p, size_t n);

/* ---- index.c: addresses and steps of a whole document ------------------- */

/* The tables are as small as can be: of a long document they are asked in no
 * order, and what does not fit the processor's cache costs more than all that
 * is done with it. */
struct kt_addr_slot {
	uint32_t tag; /* of the hash; the address itself decides */
	uint32_t id; /* of the node + 1; 0 = free */
};

struct kt_step_slot {
	uint64_t hash;
	uint32_t id; /* of the node + 1; 0 = free */
};

struct kt_index {
	struct kt_arena *arena;
	const char **addr; /* by id; NULL for nodes that are not cited */
	uint32_t *clause; /* by id: the node itself or the cited one it is of */
	struct kt_addr_slot *addresses; /* folded address → id */
	size_t room; /* for so many; a power of two */
	/* Step below a clause → id: a table for each clause, in their order,
	 * because clauses are asked for near where they stand. */
	struct kt_step_slot *steps;
	uint32_t *first_step; /* by id of the clause, one more at the end */
};

const struct kt_index *kt_index_of(const struct kt_doc *doc);
void kt_index_free(void *index);
/* The node behind a step inside the node `scope`, the document for what is
 * numbered through; NULL when there is none.  ア read as イロハ 36 finds アイウ
 * 1, (i) the ninth letter, when only these are there. */
struct kt_node *kt_index_step(const struct kt_doc *doc,
    const struct kt_node *scope, const struct kt_step *step);
/* The node of a folded address; NULL when there is none. */
struct kt_node *kt_index_address(
    const struct kt_doc *doc, const char *p, size_t n, uint64_t hash);
/* Hash of folded bytes, continued from h; KT_ADDR_HASH begins. */
#define KT_ADDR_HASH UINT64_C(0xcbf29ce484222325)
uint64_t kt_addr_hash(uint64_t h, const char *p, size_t n);

/* ---- addr.c ------------------------------------------------------------- */

/* ただし書, 前段, 第3段, 見出し at p: the part, and N of 第N段 in *dan.  Bytes
 * used, 0 when none. */
size_t kt_part_read(
    enum kt_part_name *part, unsigned *dan, const char *p, const char *end);

/* The clause by which a node is cited: itself, or the one it lies in. */
const struct kt_node *kt_addr_clause(
    const struct kt_doc *doc, const struct kt_node *node);

#endif
