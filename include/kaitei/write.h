/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_WRITE_H
#define KAITEI_WRITE_H

/*
 * write: documents and change lists → files for people and programs.  Every
 * writer appends to a buffer; same input, same bytes.  Knows nothing of how
 * a change list was made.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kaitei/base.h>
#include <kaitei/text.h>

struct kt_changes;
struct kt_doc;
struct kt_impact;
struct kt_links;
struct kt_node;
struct kt_yaml;
struct kt_ynode;
struct kt_proposals;

/* ---- pictures ---------------------------------------------------------- */

/* The files of pictures that a document names; writers open none themselves.
 * What is not here stands as words, 〔図：…〕. */
struct kt_pictures;
struct kt_picture;

struct kt_pictures *kt_pictures_new(void);
void kt_pictures_free(struct kt_pictures *p);
/* Add a PNG or JPEG file under the name that the document has for it.  Takes
 * the bytes over and leaves `bytes` empty, also on failure.  KT_EINPUT for
 * bytes that are neither, are cut short, or are more than 30,000 pixels on a
 * side or 100 million in all: a warning with the place, and nothing added. */
int kt_pictures_add(struct kt_pictures *p, const char *name,
    struct kt_buf *bytes, struct kt_place at, struct kt_diag *d);
size_t kt_pictures_count(const struct kt_pictures *p);
/* The name and the bytes of one, in the order they were added. */
const char *kt_pictures_name(const struct kt_pictures *p, size_t i);
const struct kt_buf *kt_pictures_bytes(const struct kt_pictures *p, size_t i);
/* How many names have other bytes in one than in the other; *first is one of
 * them.  A comparison of texts does not see that. */
size_t kt_pictures_differ(const struct kt_pictures *a,
    const struct kt_pictures *b, const char **first);

/* ---- documents --------------------------------------------------------- */

/* Canonical Markdown, document-format.md. */
int kt_write_markdown(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* 法令標準XML; what it cannot say is reported, never dropped in silence. */
int kt_write_lawxml(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* Lawtext: a line a clause, which kt_read_lawtext() takes back.  What has no
 * line there is written as words and reported. */
int kt_write_lawtext(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* Plain text as printed: labels, indents, no markup. */
int kt_write_text(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* `kaitei-tree/1`; of the subtree `of`, or of the document when NULL. */
int kt_write_tree_json(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *of, struct kt_diag *d);
/* Outline for a terminal: one line a clause. */
int kt_write_outline(
    struct kt_buf *out, const struct kt_doc *doc, struct kt_diag *d);
/* One clause as text. */
int kt_write_clause(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_node *node, struct kt_diag *d);
/* A page of its own, with the pictures in it (or NULL) as data: addresses. */
int kt_write_html(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_pictures *pictures, struct kt_diag *d);

/* 溶け込み版. */
struct kt_render {
	bool commentary; /* with 解説 */
	bool toc; /* with a 目次 of its headings, if it has none */
	const char *as_of; /* the version: under the title and at the top of
			      each page; "": the day in force at the top */
	enum kt_lang lang;
	const struct kt_pictures *pictures; /* to stand in the text, or NULL */
};
/* A Word file, A4.  It is read back and compared with the document, and
 * checked by kt_docx_lint(), before `out` is touched.  KT_EINPUT when a text
 * cannot stand in XML or a check fails, KT_ELIMIT when it is too big. */
int kt_write_docx(struct kt_buf *out, const struct kt_doc *doc,
    const struct kt_render *how, struct kt_diag *d);

/* ---- change lists ------------------------------------------------------ */

/* `kaitei-diff/1`, cli.md. */
int kt_write_diff_json(
    struct kt_buf *out, const struct kt_changes *list, struct kt_diag *d);
/* The same in pieces, one after the other, put on either thread; what `put`
 * returns when it is not KT_OK, and then no more. */
int kt_put_diff_json(const struct kt_changes *list,
    int (*put)(void *to, const char *p, size_t n), void *to);

struct kt_diff_text {
	bool colour;
	bool brief; /* one line a change, without its words */
	enum kt_lang lang;
};
int kt_write_diff_text(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_diff_text *how, struct kt_diag *d);
/* One line: how many changes of each kind. */
void kt_diff_summary(
    struct kt_buf *out, const struct kt_changes *list, enum kt_lang lang);
/* One self-contained page: side by side, filters, keyboard, print. */
int kt_write_diff_html(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d);
/* One row a change, changed words in colour, columns to fill in. */
int kt_write_diff_xlsx(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d);
int kt_write_diff_markdown(struct kt_buf *out, const struct kt_changes *list,
    enum kt_lang lang, struct kt_diag *d);

/* ---- 新旧対照表: rows and cells ---------------------------------------- */

/* How a stretch of words is to be shown; bits. */
enum kt_run_mark {
	KT_RUN_CHANGED = 1 << 0, /* 傍線 */
	KT_RUN_UNDERLINE = 1 << 1, /* underlined in the document itself */
	KT_RUN_SUPER = 1 << 2,
	KT_RUN_SUB = 1 << 3,
	KT_RUN_STRONG = 1 << 4,
	KT_RUN_EMPHASIS = 1 << 5,
	KT_RUN_SIGN = 1 << 6, /* not of the document: brackets, blanks, 略 */
	KT_RUN_TARGET = 1 << 7, /* 二重傍線 of a 対象規定; CHANGED too */
	KT_RUN_BOX = 1 << 8, /* in a 破線 box; CHANGED too */
	KT_RUN_NOTE =
	    1 << 9, /* put in by the table: ［１］, blanks; SIGN too */
	KT_RUN_CODE = 1 << 10,
	KT_RUN_FORMULA = 1 << 11
};

struct kt_run {
	const char *text;
	uint32_t len;
	unsigned marks;
	const char *ruby; /* its reading, or "" */
	const char *link; /* bookmark in the same file, or "" */
	const char *address; /* of a link that the document has, or NULL */
	const char *image; /* file that the words stand for, or NULL */
	bool under; /* the reading of the run before goes on over this one */
};

/* What kind of line it is; decides the style. */
enum kt_line_style {
	KT_LINE_TITLE, /* 題名 */
	KT_LINE_PART, /* 編 章 節 款 目, as enum kt_kind */
	KT_LINE_CHAPTER,
	KT_LINE_SECTION,
	KT_LINE_SUBSECTION,
	KT_LINE_DIVISION,
	KT_LINE_CAPTION, /* 見出し */
	KT_LINE_ARTICLE, /* first line of a 条 */
	KT_LINE_PARAGRAPH,
	KT_LINE_ITEM,
	KT_LINE_HEADED, /* heading of a 項番 clause; .level from 1 */
	KT_LINE_TOPIC, /* heading in prose; .level from 1 */
	KT_LINE_SUPPL,
	KT_LINE_APPENDIX,
	KT_LINE_TEXT,
	KT_LINE_BULLET,
	KT_LINE_FIGURE,
	KT_LINE_NOTE,
	KT_LINE_TOC,
	KT_LINE_ROW, /* a row of a table */
	KT_LINE_STYLES
};

/* What a line of a cell is. */
enum kt_line_says {
	KT_SAYS_WORDS, /* one line of the document */
	KT_SAYS_OMITTED, /* 2～5　（略） */
	KT_SAYS_REMARK /* （新設）, （第27条から移動） */
};

struct kt_text_line {
	enum kt_line_says says;
	enum kt_line_style style;
	unsigned char level;
	unsigned char left; /* indentation in characters … */
	signed char first; /* … and of the first line against it */
	bool commentary; /* inside 解説 */
	struct kt_run *runs;
	size_t nruns;
	/* The lines of the document it covers, from 0; none for a remark. */
	size_t from, to;
	/* Which clauses begin in it, for the reader of Word files; or NULL. */
	const char *code;
	const struct kt_picture *picture; /* that stands above it, or NULL */
};

enum kt_merge { KT_MERGE_NONE, KT_MERGE_BEGIN, KT_MERGE_ON };

/* A table, or some rows of it, laid on a grid without holes: the columns of
 * each row add up to those of the grid. */
struct kt_grid_cell {
	struct kt_text_line *lines;
	size_t nlines;
	unsigned columns; /* how many it spans */
	enum kt_merge down; /* merged with those below and above */
	bool filler; /* of no cell: the row is too short */
	char align; /* 'l' 'c' 'r', 0 = not said */
};

struct kt_grid_row {
	struct kt_grid_cell *cells;
	size_t ncells;
	bool header;
	bool boxed; /* its change is shown by its border */
	size_t from, to; /* lines of the document it covers */
};

struct kt_grid {
	unsigned columns;
	unsigned *share; /* width of each column, in thousandths */
	struct kt_grid_row *rows;
	size_t nrows;
};

struct kt_table_cell {
	struct kt_text_line *lines;
	size_t nlines;
	struct kt_grid *grid; /* instead of lines, or NULL */
};

#define KT_TABLE_COLUMNS 3

struct kt_table_row {
	struct kt_table_cell cell[KT_TABLE_COLUMNS];
	bool with_next; /* not to be parted from the row below */
	bool begins; /* a 条 or what stands beside it begins here */
	bool hidden; /* proved, but not printed: nothing changed here */
};

/* How changes are marked, comparison-table.md §1 and §5. */
enum kt_table_marks_kind {
	KT_MARKS_SINGLE, /* words underlined */
	KT_MARKS_TARGETS, /* 傍線, 二重傍線 on the 標記部分 of 対象規定, 破線 */
	KT_MARKS_BOLD /* words underlined, changed rows in bold lines */
};

/* Lines between the rows of the table. */
enum kt_table_rules { KT_RULES_NONE, KT_RULES_ARTICLE, KT_RULES_ROW };

/* What the third column says by itself. */
enum kt_table_remarks { KT_REMARKS_KIND, KT_REMARKS_CLASS, KT_REMARKS_NONE };

/* How a house lays its table out; docs/table-profiles.md.  No string is
 * NULL. */
struct kt_profile {
	const char *name;
	bool enacting; /* the table is the amendment: only what changes */
	bool old_first; /* 改正前 left, or above */
	bool vertical; /* 縦書き: one column above the other */
	unsigned columns; /* 2, or 3 with 備考 */
	const char *head_new, *head_old, *head_remarks;
	const char *added, *deleted, *omitted; /* as printed, in brackets */
	bool beside; /* what moved stands beside where it was … */
	const char *moved_from, *moved_to; /* … else %s: the clause */
	const char *two, *more; /* between the ends of a range: ・ and ～ */
	enum kt_table_marks_kind marks;
	bool pad; /* blanks where the other column has words */
	enum kt_table_remarks remarks;
	enum kt_table_rules rules;
	bool gap; /* a blank before each 条 */
	/* Above the table; "auto": made for its marks, %s: what they are. */
	const char *preamble;
	const char *note_above;
	const char *note_below; /* "auto": made for its marks */
};

/* The marks that a table holds, for the sentence that speaks of them. */
struct kt_table_marks {
	bool words, boxes; /* 傍線, 破線 */
	bool rewritten, moved, deleted, added; /* 対象規定 */
	bool title; /* the 題名 changes */
	bool bare; /* a 対象規定 is a 項 without a number, ［１］ */
};

struct kt_table {
	struct kt_arena *arena;
	const struct kt_profile *profile;
	const char *title;
	unsigned new_column, old_column;
	struct kt_table_row *rows;
	size_t nrows;
	size_t changed; /* rows that show a change */
	struct kt_table_marks marks;
};

/* Why a clause changes, for the column 備考. */
struct kt_reason {
	const char *address; /* in the new text, else in the old */
	const char *words;
	size_t line; /* of the file it comes from */
};

struct kt_reasons {
	struct kt_arena *arena;
	const char *source;
	struct kt_reason *at;
	size_t count;
};

struct kt_table_how {
	const struct kt_profile *profile; /* NULL: "shi-hyojun" */
	const char *title; /* "" = made from the document's */
	bool without_commentary;
	const struct kt_reasons *reasons; /* or NULL */
	/* The sentence above the table and the line below it, where the
	 * profile leaves them to be made for exactly these marks; NULL: none
	 * is printed. */
	void (*sentence)(struct kt_buf *above, struct kt_buf *below,
	    const struct kt_table_marks *marks);
	/* Lines of the instrument around the table, \n between them; with
	 * `before` the title is not printed.  NULL: none. */
	const char *before, *after;
	/* To stand in the columns, or NULL. */
	const struct kt_pictures *old_pictures, *new_pictures;
};

/* The built-in profile of a name, of "shi-hyojun" for NULL; NULL when
 * unknown. */
const struct kt_profile *kt_profile_find(const char *name);
/* The i-th name; NULL past the last. */
const char *kt_profile_name(size_t i);
/* KT_EUSAGE, after a message with all names: `name` is none of them. */
int kt_profile_unknown(
    struct kt_diag *d, const char *file, size_t line, const char *name);

/* A profile from the keys of a map, docs/table-profiles.md, or from a name;
 * strings go to the arena.  KT_EINPUT for a key or a value that is none,
 * KT_EUSAGE for the name of an unknown profile; *out is untouched then. */
int kt_profile_read(struct kt_profile *out, struct kt_arena *arena,
    const struct kt_yaml *file, const struct kt_ynode *map, struct kt_diag *d);

/* Reasons a line each: address, a tab, words; empty lines and those that
 * begin with # are skipped.  *out is yours.  KT_EINPUT and a message for the
 * first line that is not so. */
int kt_reasons_read(struct kt_reasons **out, const char *name, const char *p,
    size_t n, struct kt_diag *d);
void kt_reasons_free(struct kt_reasons *reasons);

/* 新旧対照表 as rows of cells, for every format.  *out borrows the list, both
 * documents and the profile.  KT_EINPUT for a reason whose clause is not
 * there or not changed, KT_EUSAGE for reasons without a column for them;
 * never proved, see kt_table_prove(). */
int kt_table_new(struct kt_table **out, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d);
void kt_table_free(struct kt_table *table);
/*
 * Read the columns back: each, with （略） expanded, must be its document line
 * by line (what stands beside its new place may be out of order); what is
 * omitted or not printed must be the same on both sides; words that are not
 * marked must be equal across, and there must be as many marks on either
 * side where they answer to each other in turn; the kinds of mark must be
 * those of table->marks.  KT_EINPUT and a message at the first cell that
 * lies.
 */
int kt_table_prove(const struct kt_table *table, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d);

/* 新旧対照表 as a Word file, A4 landscape, 縦書き upright in the profiles that
 * are so.  Proved by kt_table_prove(), read back and linted before `out` is
 * touched.  KT_EUSAGE, KT_EINPUT, KT_ELIMIT. */
int kt_write_table_docx(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_table_how *how, struct kt_diag *d);

/* ---- instruments -------------------------------------------------------- */

struct kt_instrument {
	const char *title;
	bool vertical; /* 縦書き */
	struct kt_date date; /* the file carries it; 0: none */
	const struct kt_pictures *pictures; /* of its figures, or NULL */
};

/* An amending instrument, a line a paragraph, as a Word file, A4: wide blanks
 * before a line become indents, rows with bars tables, tags of marks what they
 * say, ![words](file) the figure.  Read back and linted before `out` is
 * touched.  KT_EINPUT, KT_ELIMIT. */
int kt_write_instrument_docx(struct kt_buf *out, const char *text,
    const struct kt_instrument *how, struct kt_diag *d);

/* ---- redline ------------------------------------------------------------ */

struct kt_redline {
	const char *author; /* "kaitei" when NULL */
	/* 2026-04-01 or 2026-04-01T09:30:00Z; NULL: the day from which the new
	 * text is in force, or 1980-01-01. */
	const char *date;
	bool simple_moves; /* what moved is deleted and inserted */
	bool fold_numbers; /* new labels on both sides, not tracked */
	bool without_commentary;
	/* To stand in the text, deleted and inserted as it is; or NULL. */
	const struct kt_pictures *old_pictures, *new_pictures;
};

/* The new text as a Word file, A4, with tracked changes against the old one.
 * It is read back before `out` is touched: all changes accepted must give the
 * new text, all rejected the old one, paragraph by paragraph and cell by cell
 * (of folded numbers the new ones); and kt_docx_lint() must find nothing.
 * KT_EUSAGE for a date that is none, KT_EINPUT, KT_ELIMIT. */
int kt_write_redline(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_redline *how, struct kt_diag *d);
/* That reading back alone, of a file that was made so: KT_EINPUT and a message
 * at the first line that is not as it must be.  Looks at words and their
 * order, not at the rules of Word. */
int kt_redline_prove(const char *bytes, size_t n, const struct kt_changes *list,
    const struct kt_redline *how, struct kt_diag *d);

/* ---- correspondence ----------------------------------------------------- */

struct kt_links_how {
	bool review; /* doubtful links first */
	bool gaps; /* only what has no counterpart, or another content */
	bool brief; /* without the words (text) */
	bool colour; /* (text) */
	enum kt_lang lang;
};

/* `kaitei-match/1`, cli.md. */
int kt_write_links_json(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d);
int kt_write_links_text(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d);
/* The file that people edit and --links reads. */
int kt_write_links_tsv(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d);
/* One page: city and guideline side by side, linked, with filters. */
int kt_write_links_html(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d);
/* 対比表 in the order of the guideline, the city's own clauses and the gaps on
 * sheets of their own; columns to fill in. */
int kt_write_links_xlsx(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d);
/* 対比表 as a Word file, A4 landscape; read back and linted before `out` is
 * touched. */
int kt_write_links_docx(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d);

/* ---- proposals ---------------------------------------------------------- */

/* `kaitei-port/1`, cli.md. */
int kt_write_proposals_json(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d);
int kt_write_proposals_text(struct kt_buf *out, const struct kt_proposals *p,
    const struct kt_diff_text *how, struct kt_diag *d);
/* One page: the guideline's change beside the city's clause, with boxes to tick
 * and decisions to take, which stay in the browser. */
int kt_write_proposals_html(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d);
/* A list with check boxes, A4 landscape, read back and linted. */
int kt_write_proposals_docx(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d);
/* The same as a workbook: a row a proposal, columns to fill in. */
int kt_write_proposals_xlsx(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d);

/* ---- effects ------------------------------------------------------------ */

/* `kaitei-impact/1`. */
int kt_write_impact_json(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d);
int kt_write_impact_text(struct kt_buf *out, const struct kt_impact *impact,
    const struct kt_diff_text *how, struct kt_diag *d);
/* One page: the changed clause beside the one to look at, with boxes. */
int kt_write_impact_html(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d);
/* A row an effect, columns to fill in; in Word the uses of one term in one
 * document share a row. */
int kt_write_impact_docx(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d);
int kt_write_impact_xlsx(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d);

/* ---- short papers: labels, certificates, records ------------------------- */

struct kt_paper;

struct kt_paper *kt_paper_new(const char *title);
void kt_paper_free(struct kt_paper *p);
void kt_paper_heading(struct kt_paper *p, const char *words);
void kt_paper_text(struct kt_paper *p, const char *words);
/* Begin a table, with a head of n cells or without (NULL), and add rows. */
void kt_paper_table(struct kt_paper *p, const char *const *heads, size_t n);
void kt_paper_row(struct kt_paper *p, const char *const *cells, size_t n);
/* A Word file as kt_write_docx() makes it; once, last. */
int kt_write_paper(struct kt_buf *out, struct kt_paper *p, struct kt_date date,
    struct kt_diag *d);

/* A plain table, cells row by row. */
struct kt_sheet {
	const char *name; /* of the sheet; above the table, if not empty */
	const char *const *heads;
	const double *widths; /* of the columns, against each other */
	size_t columns;
	const char *const *cells;
	size_t rows;
};

/* KT_EIO when libxlsxwriter fails. */
int kt_write_sheets(struct kt_buf *out, const char *title,
    const struct kt_sheet *sheets, size_t n, struct kt_diag *d);
/* The same as a Word file, A4 landscape, `summary` under its title. */
int kt_write_sheets_docx(struct kt_buf *out, const char *title,
    const char *summary, const struct kt_sheet *sheets, size_t n,
    struct kt_diag *d);

/* ---- JSON pieces ------------------------------------------------------- */

/* A quoted, escaped JSON string. */
void kt_json_string(struct kt_buf *out, const char *p, size_t n);
/* `kaitei-check/1` from the findings in d. */
int kt_write_check_json(
    struct kt_buf *out, const struct kt_diag *findings, enum kt_lang lang);

#endif
