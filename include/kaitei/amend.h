/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_AMEND_H
#define KAITEI_AMEND_H

/*
 * amend: 改め文, the words that carry out a revision.  Reading them into
 * operations, carrying the operations out on a document, writing them from a
 * list of changes, and the proof that the two meet: nothing is written that
 * does not turn the old text into the new one.
 * reference: amendment.md (grammar, drafting rules, semantics).
 *
 * An instrument is plain text, one sentence (改正規定) a line, its new text
 * on the lines behind it:
 *
 *     第8条中「端末機」を「業務用端末」に改め、同条の次に次の1条を加える。
 *     （貸出簿）
 *   第9条　課長は、貸出簿を備えるものとする。
 *
 * What plain lines cannot say (a table, a figure, ruby) is written in the
 * forms of the document format: pipe rows or <table>, <ruby>, <u>, images;
 * see kt_block_write().
 */

#include <stdbool.h>
#include <stddef.h>

#include <kaitei/model.h>

/* ---- places ------------------------------------------------------------ */

enum kt_step_kind {
	KT_ST_MAIN, /* 本則 */
	KT_ST_SUPPL, /* 附則; name = what stands in （ ） behind it */
	KT_ST_TITLE, /* 題名 */
	KT_ST_TOC, /* 目次 */
	KT_ST_PREAMBLE, /* 前文, 制定文 */
	KT_ST_APPENDIX, /* 別表第一, 様式第2号; name as written */
	KT_ST_PART, /* 編 … */
	KT_ST_CHAPTER,
	KT_ST_SECTION,
	KT_ST_SUBSECTION,
	KT_ST_DIVISION, /* … 目 */
	KT_ST_ARTICLE,
	KT_ST_PARAGRAPH,
	KT_ST_ITEM, /* 第N号, of a table: the row that has this number */
	KT_ST_SUB, /* 細分 イ, (1); a label of 項番6(2)ア */
	KT_ST_HEADED, /* 項番6 */
	KT_ST_TOPIC, /* 「はじめに」の部分: name = the heading */
	KT_ST_ITEMS, /* 各号 */
	KT_ST_TABLE, /* の表; name = 一 of 第一表, or "" */
	KT_ST_ROW, /* 備品の項: name = the words of its first cell */
	KT_ST_COLUMN, /* 上欄 …: num = which, counted from 1; 下欄 0 = last */
	KT_ST_NOTE, /* 備考, 注 */
	KT_ST_FIGURE, /* 図 */
	KT_ST_NAME, /* 章名, 節名 … */
	KT_ST_PROVISION, /* …の改正規定 of an amending text: name = all of it */
	KT_STEPS
};

struct kt_step {
	enum kt_step_kind kind;
	bool same; /* 同条, 同項: what was named last */
	struct kt_num num;
	const char *name;
};

/* An address in an amending sentence, outermost step first. */
struct kt_loc {
	const char *text; /* as the sentence says it */
	const struct kt_step *step;
	size_t nsteps;
	enum kt_part_name part;
	unsigned dan; /* KT_P_DAN */
	const struct kt_loc *to; /* last of a range 第四項から第六項まで */
	const struct kt_loc *except; /* （第二項を除く。） */
	bool before; /* 第N条の前の見出し */
	bool with_caption; /* （見出しを含む。） */
};

/* ---- operations -------------------------------------------------------- */

enum kt_op_kind {
	KT_OP_REPLACE, /* 「…」を「…」に改める */
	KT_OP_INSERT, /* 「…」の下に「…」を加える */
	KT_OP_DELETE, /* 「…」を削る */
	KT_OP_REWRITE, /* 次のように改める */
	KT_OP_REMOVE, /* 第N条を削る */
	KT_OP_ADD, /* 次の一条を加える */
	KT_OP_MOVE, /* 第N条を第M条とする */
	KT_OP_SHIFT, /* 一条ずつ繰り下げる, 繰り上げる */
	KT_OP_CAPTION, /* 見出しを「…」に改める, として「…」を付する */
	KT_OPS
};

enum kt_where {
	KT_W_AFTER, /* の次に, の下に */
	KT_W_BEFORE, /* の前に, の上に */
	KT_W_INTO, /* に: as the last */
	KT_W_AS, /* に第N項として, 後段として: as_kind, as_num */
};

/* 次の二条及び一項: how many of what. */
struct kt_count {
	enum kt_step_kind kind;
	unsigned n; /* 0 = not said */
};

struct kt_amend_line {
	const char *text; /* without the blanks before it */
	unsigned indent; /* full-width blanks before it */
	size_t number; /* in the source, from 1 */
};

struct kt_op {
	enum kt_op_kind kind;
	const struct kt_loc *at; /* the places; words: scopes */
	size_t nat;
	const char *const *old; /* quoted words, all treated alike */
	size_t nold;
	const char *new; /* REPLACE, INSERT, CAPTION ("" = remove) */
	const struct kt_loc *dest; /* MOVE; as many as nat */
	enum kt_where where; /* INSERT, ADD */
	struct kt_step as; /* ADD with KT_W_AS 第N項として */
	enum kt_part_name part; /* ADD 後段 …: which, else KT_P_WHOLE */
	bool names; /* ADD: only headings, 章名を付する */
	const struct kt_count *counts; /* ADD */
	size_t ncounts;
	int by; /* SHIFT: numbers up (-) or down (+) */
	const struct kt_amend_line *block; /* the new text */
	size_t nblock;
	size_t column; /* in the sentence, characters from 1 */
};

/* One sentence, 改正規定, with the place where it stands. */
struct kt_amend_sentence {
	const char *text;
	size_t line, column;
	unsigned indent;
	struct kt_op *op;
	size_t nops;
	bool unread; /* could not be read: no operations */
};

/* What one instrument does to one document. */
struct kt_amend_unit {
	const char *law; /* name; "" when the text has no such line */
	const char *number; /* its number in （ ）, or "" */
	size_t line;
	struct kt_amend_sentence *at;
	size_t count;
};

/* 附則 of the instrument, to stand behind those of the document. */
struct kt_amend_suppl {
	const struct kt_amend_line *line; /* its heading and its text */
	size_t nlines;
};

struct kt_amendment {
	struct kt_arena *arena;
	const char *source;
	const char *number; /* of the instrument, from a line before its
			       enacting words: 令和8年達第12号; or "" */
	struct kt_amend_unit *unit;
	size_t nunits;
	struct kt_amend_suppl *suppl;
	size_t nsuppl;
	size_t unread; /* sentences that could not be read */
};

/*
 * Read an instrument.  Sentences that cannot be read are reported, kept
 * without operations and counted.  KT_EINPUT when there is none at all,
 * KT_ELIMIT.
 */
int kt_amend_read(struct kt_amendment **out, const char *name,
    const char *bytes, size_t n, struct kt_diag *d);
void kt_amend_free(struct kt_amendment *a);

/*
 * Carry out on a copy of `old` what the instrument does to it: its nth
 * article on a document of that title (1 is the first; texts without a title
 * line fit every document), then its 附則, which is from then on that of the
 * instrument's number.  The first fault stops it, with
 * the sentence and its line: KT_EINPUT.  *out is yours.
 */
int kt_amend_apply(struct kt_doc **out, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *d);

/*
 * Would a careful drafter let it pass?  Carries it out and reports, besides
 * what would stop it: another number of the base, sentences out of order,
 * numbers taken before room is made or left out, phrases that stand several
 * times, references that no longer mean what they meant (ハネ), a 目次 that
 * does not agree.  How many findings, in *findings.  KT_EINPUT as above.
 */
int kt_amend_check(size_t *findings, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *d);
/* Is what was carried out the text that was expected?  解説 apart.  0, or 1
 * after a report of the first clause that differs. */
size_t kt_amend_expect(
    const struct kt_doc *got, const struct kt_doc *want, struct kt_diag *d);
/* Clauses of one base that two instruments both change, take out or number
 * anew, and numbers that both give to something new.  KT_EINPUT when one of
 * them cannot be carried out. */
int kt_amend_clash(size_t *findings, const struct kt_doc *old,
    const struct kt_amendment *a, const struct kt_amendment *b, size_t nth,
    struct kt_diag *d);
/*
 * A 新旧対照表 against the two texts of the list.  Reports words that the text
 * says otherwise, or not at all; a line that stands in wrong order; a change
 * that is not shown, or not marked; a clause shown in full that does not
 * change; how many, in *findings.  Blanks and ends of lines do not count, nor
 * does how the table names its levels; 題名, 目次, figures and 解説 need not be
 * shown.  KT_EINPUT when nothing of the texts stands in it.
 */
int kt_amend_against(size_t *findings, const struct kt_changes *list,
    const struct kt_printed *table, struct kt_diag *d);

/* ---- ハネ: references that must follow ----------------------------------- */

enum kt_hane_kind {
	KT_HANE_MISSING, /* the words stayed, and mean another clause now */
	KT_HANE_WRONG, /* they changed, and do not lead to the clause */
	KT_HANE_GONE, /* the clause is taken out */
	KT_HANE_TOC /* an entry of the 目次 */
};

struct kt_hane {
	enum kt_hane_kind kind;
	const struct kt_node *node; /* where it stands */
	bool in_related; /* in 関係 of a 別表 instead of its text */
	uint32_t start, len; /* bytes of the words */
	const char *words;
	const char *wanted; /* as it must read; "" where nobody can say */
	size_t sentence; /* line of the sentence of an instrument that speaks of
			    the clause; 0: none, or no instrument */
};

/* In the order of the text. */
struct kt_hanes {
	struct kt_arena *arena;
	const struct kt_doc *doc; /* in which they stand */
	const char *instrument; /* of the sentences, or NULL */
	struct kt_hane *at;
	size_t count;
};

/*
 * References of the new text that do not mean what they meant in the old one,
 * and entries of its 目次 that do not agree with it.  附則 of past amendments
 * keep their numbers and are not looked at; nor is 解説.  Yours; it borrows
 * the list's documents.
 */
struct kt_hanes *kt_hane_new(const struct kt_changes *list);
/*
 * References of another document to the one that is revised, by its title or
 * by the name that is defined for it (以下「規程」という。), which change their
 * number by the revision or lose their clause.  Borrows `other`.
 */
struct kt_hanes *kt_hane_in(
    const struct kt_changes *list, const struct kt_doc *other);
void kt_hane_free(struct kt_hanes *h);
/* A message each.  How many. */
size_t kt_hane_report(const struct kt_hanes *h, struct kt_diag *d);
/*
 * A copy of the document with the words that are wanted: of MISSING and TOC;
 * what is WRONG was somebody's decision and what is GONE needs one.  How many
 * places were written, in *fixed.  Yours.
 */
struct kt_doc *kt_hane_fix(const struct kt_hanes *h, size_t *fixed);

/* ---- writing ------------------------------------------------------------ */

/* Strings may be NULL, for "". */
struct kt_amend_style {
	enum kt_form numbers; /* of addresses: KT_F_KANJI, KT_F_ARABIC,
				 KT_F_WIDE; KT_F_NONE = as the document */
	const char *add_after; /* の下に, の次に, の右に, の後に; "" = の下に
				  where the document counts 第一条, の次に
				  where it counts 第1条 */
	unsigned indent; /* blanks before a sentence */
	const char *kind; /* 規程, 要綱 …, for the title; "" = by the name */
	bool frame; /* title and …の一部を次のように改正する。, with: */
	const char *promulgation; /* 公布文, before everything; lines */
	const char *number; /* 令和8年達第12号, over the title; "" = that of
			       the 附則 which the new text has got */
	struct kt_date effective; /* 附則 with this day, where the new text has
				     no 附則 of the instrument; 0: none */
};

/* Why words did not do. */
enum kt_amend_why {
	KT_WORDS_DO,
	KT_WHY_UNREADABLE, /* too little stays to be understood */
	KT_WHY_SHAPE, /* what it holds besides words differs */
	KT_WHY_FIGURE, /* a figure is another one */
	KT_WHY_UNPROVED, /* the words did not lead to the new text */
	KT_WHY_REPEALED /* 第5条　削除: no other form would do; not in the
			   report */
};

/* What had to be rewritten whole, clause by clause. */
struct kt_amend_whole {
	const struct kt_node *old, *new;
	enum kt_amend_why why;
};

struct kt_amend_report {
	size_t changed; /* 条 項 号 項番 and rows that stayed with other words,
			   or that were rewritten */
	size_t covered; /* those of them that were rewritten whole, or that lie
			   in what was */
	size_t sentences;
	struct kt_amend_whole *whole; /* yours, free() it */
	size_t nwhole;
};

/*
 * 改め文 that turns list->old into list->new, by the drafting rules: proved
 * before it is returned, by reading it and carrying it out.  解説 and front
 * matter are outside of it: where nothing else changes nothing is appended.
 * Where words do not do, a clause is rewritten whole and the report says so.
 * New 附則 at the end stand at the end of the text, as those of the instrument.
 * KT_EINPUT when there is no such text, and nothing is appended.  `report` may
 * be NULL.
 */
int kt_amend_write(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style, struct kt_amend_report *report,
    struct kt_diag *d);

/* The frame by itself, for instruments of other forms.  The title:
 * 〇〇規程の一部 を改正する規程. */
void kt_amend_title(struct kt_buf *out, const struct kt_doc *old,
    const struct kt_amend_style *style);
/* Lines before: 公布文, number, title, …の一部を次のように改正する。 */
void kt_amend_before(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style);
/* Lines behind: the 附則 that the new text has got, else that of
 * style->effective, else nothing. */
void kt_amend_after(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style);

/* The new text without the 附則 that kt_amend_after() writes, for a table that
 * stands before them.  Yours; NULL when it has none. */
struct kt_doc *kt_amend_without_suppl(const struct kt_changes *list);

/* ---- 新旧対照表方式 ------------------------------------------------------ */

/* Kinds of mark that a table holds, as its writer used them;
 * comparison-table.md §1. */
struct kt_amend_marks {
	bool words; /* 傍線: words */
	bool boxes; /* 破線: captions, tables, figures */
	bool rewritten; /* 二重傍線: rewritten under the same number */
	bool moved; /* 二重傍線: another number */
	bool deleted, added; /* 二重傍線 in one column only */
	bool title; /* the 題名 changes */
	bool bare; /* a target is a 項 without a number, ［１］ */
	bool captions; /* a shared caption is deleted or added */
	bool several; /* one article of several in the instrument */
};

/* 次の表により、…改める。 for exactly these marks; at least one is set. */
void kt_amend_formula(struct kt_buf *out, const struct kt_amend_marks *marks);
/* The line under the table. */
const char *kt_amend_table_note(const struct kt_amend_marks *marks);

/* ---- showing ------------------------------------------------------------ */

/* One line for each operation: for people who test, and for --json. */
void kt_op_tell(struct kt_buf *out, const struct kt_op *op);
void kt_loc_tell(struct kt_buf *out, const struct kt_loc *loc);

#endif
