/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_READ_H
#define KAITEI_READ_H

/*
 * read: bytes of any known format → a document.  The format is recognised by
 * content, the name only breaks ties.  What is not understood stays as text
 * where it stood and is reported with its place.
 */

#include <stddef.h>

#include <kaitei/base.h>
#include <kaitei/model.h>

enum kt_format {
	KT_FMT_UNKNOWN,
	KT_FMT_MARKDOWN,
	KT_FMT_LAWXML, /* 法令標準XML */
	KT_FMT_LAWTEXT, /* Lawtext and plain 条項号 text */
	KT_FMT_JSON,
	KT_FMT_HTML,
	KT_FMT_DOCX,
	KT_FMT_PDF,
	KT_FMT_XLSX
};

/* Most bytes that a file of any format may have. */
#define KT_READ_MAX ((size_t)64 << 20)

enum kt_format kt_format_of(const char *name, const char *bytes, size_t n);
enum kt_format kt_format_by_name(const char *suffix); /* "md", "xml", … */

/* Read a document from bytes; `name` names it in messages.  KT_EINPUT,
 * KT_ELIMIT; a document that was read may still have left warnings in d. */
int kt_read(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d);
/* The same from a file, "-" for standard input; KT_EINPUT for one that says
 * nothing, which is most often one that was not saved. */
int kt_read_file(struct kt_doc **out, const char *path, struct kt_diag *d);

/* Which text of a Word file with tracked changes: the new one, the old one, or
 * the new one with what was deleted in 〔 〕 and what was added underlined. */
enum kt_view { KT_VIEW_ACCEPT, KT_VIEW_REJECT, KT_VIEW_SHOW };
/* Which column of a 新旧対照表; WHOLE: the table as a table. */
enum kt_table_side { KT_TABLE_WHOLE, KT_TABLE_OLD, KT_TABLE_NEW };

struct kt_read_how {
	enum kt_view changes;
	enum kt_table_side side;
	bool authors; /* report each tracked change with who made it and when */
};

/* kt_read() with choices; NULL for how is all zero.  Formats that have no
 * such thing pass over them. */
int kt_read_file_as(struct kt_doc **out, const char *path,
    const struct kt_read_how *how, struct kt_diag *d);
int kt_read_as(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, const struct kt_read_how *how, struct kt_diag *d);

int kt_read_markdown(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);
int kt_read_lawxml(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);
int kt_read_lawtext(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);
/*
 * A web page: pages of 例規 systems, whose classes say what is 条, 項 and 号,
 * and plain ones.  UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP.  Only the
 * part of the page that is the text is read; what was left out is reported.
 */
int kt_read_html(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);

/* The formats that have choices. */
int kt_read_docx(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, const struct kt_read_how *how, struct kt_diag *d);
/* The paragraphs of a Word file as lines of text, appended: what it is indented
 * as wide blanks before it, its automatic number in front of its words, ruby
 * and underlines as tags, rows of tables with bars between their cells, an
 * empty paragraph as an empty line. For those who read lines and not clauses
 * (改め文).  KT_EINPUT, KT_ELIMIT. */
int kt_docx_lines(struct kt_buf *out, const char *name, const char *bytes,
    size_t n, const struct kt_read_how *how, struct kt_diag *d);

/* The columns of the comparison tables (新旧対照表) of a Word file as they are
 * printed; what changes are tracked is taken in.  Yours.  KT_EINPUT when there
 * is no table with a column of 改正前 and one of 改正後, KT_ELIMIT. */
int kt_read_printed(struct kt_printed **out, const char *name,
    const char *bytes, size_t n, struct kt_diag *d);
void kt_printed_free(struct kt_printed *printed);

/*
 * A PDF, read by a helper process of its own.  A line of a message is a page;
 * a node's line is its page, its column the line on that page.  KT_ELIMIT
 * when the file is encrypted, has too many pages or the helper is not there;
 * KT_EINPUT when it is damaged or holds pictures only.
 */
int kt_read_pdf(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);
/* A page of HTML to check the reading by: every page of the PDF as a picture,
 * beside it what was read, numbered alike, with how sure each part is.  `doc`
 * is what kt_read_pdf() made of the same bytes. */
int kt_pdf_report(struct kt_buf *out, const char *name, const char *bytes,
    size_t n, const struct kt_doc *doc, enum kt_lang lang, struct kt_diag *d);
/* Can PDF be read here?  What reads it ("poppler 22.12.0"), appended, and
 * whether the tables for Japanese fonts are there. */
bool kt_pdf_works(struct kt_buf *what, bool *data);

/* ---- loss.c: what a reading took, and what it did not ------------------ */

/*
 * A reader reports what it cannot represent as messages, one a place, when it
 * meets them; loss.c says of each message what became of the matter.  A new
 * reader adds its messages to that table and is in the report.  Words are
 * never dropped without a message.
 */
enum kt_loss_kind {
	KT_LOSS_NONE, /* the message is of something else */
	KT_LOSS_TEXT, /* the words are there, what they were is not */
	KT_LOSS_DROPPED
};

enum kt_loss_kind kt_loss_kind(enum kt_msg_id id);

/* All losses of one message; they borrow the messages. */
struct kt_loss {
	enum kt_msg_id id;
	enum kt_loss_kind kind;
	const struct kt_msg **at; /* in the order they were met */
	size_t nat;
	size_t count; /* places: a message may stand for several */
};

struct kt_import {
	struct kt_arena *arena;
	size_t clauses[KT_KINDS]; /* what was recognised */
	size_t characters; /* of labels, captions and texts */
	struct kt_loss *loss; /* in the order they were first met */
	size_t nloss;
	size_t kept, dropped; /* places by kind */
	/* What others did to the text with changes tracked: nothing of it is
	 * lost, but somebody is to look at it. */
	const struct kt_msg **change;
	size_t nchanges;
};

/* The report on the reading of a document whose messages are those of d from
 * the number `from` on.  It borrows d, which must not be added to. */
struct kt_import *kt_import_new(
    const struct kt_doc *doc, const struct kt_diag *d, size_t from);
void kt_import_free(struct kt_import *report);
/* 章 3、条 20、項 45、文字 12,345; chapter 3, article 20 …: what was
 * recognised, appended. */
void kt_import_taken(
    struct kt_buf *out, const struct kt_import *report, enum kt_lang lang);
/* The losses as messages: at most `most` of each, then how many more.  `to`
 * is another list than the one the report borrows. */
void kt_import_tell(
    struct kt_diag *to, const struct kt_import *report, size_t most);
/* The same of the tracked changes. */
void kt_import_tell_changes(
    struct kt_diag *to, const struct kt_import *report, size_t most);
/* Is the message of a tracked change?  What was done, "inserted", "deleted",
 * "moved-from", "moved-to", "formatted"; NULL when it is of something else.
 * Its arguments are who, when and the words. */
const char *kt_change_done(enum kt_msg_id id);

/* ---- paragraphs.c: texts that are no clauses yet ---- */

/*
 * The paragraphs of a file as lines, each behind as many wide blanks as it is
 * set in: plain text as it is; of a Word file the words, tables as rows with
 * bars, what was deleted with changes tracked left out, what was inserted
 * taken in.  KT_EINPUT, KT_ELIMIT.
 */
int kt_read_paragraphs(struct kt_buf *out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d);

#endif
