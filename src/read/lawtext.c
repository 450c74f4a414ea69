/* SPDX-License-Identifier: MIT */
/*
 * Plain text of rules → document: Lawtext, and rules as people type them.
 * One line is one clause or paragraph; labels say what it is, the indent
 * where a 号 belongs, and a caption stands on the line above its 条.  The
 * clauses are built as for any markup (mdbuild.c).
 */
#include "lawtext_int.h"

#include <stdlib.h>
#include <string.h>

/* Most bytes of a text; 12,000 articles are half of it. */
#define TEXT_MOST ((size_t)16 << 20)
/* Headings of 項番 and terms that are explained on the next line. */
#define SHORT_MOST ((size_t)120)

/* Levels of headings, as the builder ranks them. */
enum { TITLE = 1, SECTION, ARTICLE };

/* A list entry that is open: its indent and its row of labels. */
struct entry {
	size_t indent;
	struct kt_num num;
};

struct lawtext {
	struct kt_doc *doc;
	struct kt_diag *d;
	struct kt_build *b;
	struct text_lines lines;
	size_t at; /* the line being read */
	struct kt_inline words;
	struct entry entry[KT_READ_DEPTH];
	size_t entries;
	size_t caption; /* line of a caption that waits, or SIZE_MAX */
	bool koban; /* numbered headings instead of 条 */
	unsigned part, heading; /* numbers of the last 第1, 1 */
	unsigned rank; /* level of the last 1 or 1.1; 0: none here */
	unsigned ranks[KT_F_DOTTED + 1]; /* of the last 項番 of each form */
	bool divided; /* 章 are above the 項番 */
};

static const struct text_line *
line_at(const struct lawtext *t, size_t i)
{
	return &t->lines.at[i];
}

/* ---- words ------------------------------------------------------------ */

/* Begin words with those at p, in line i. */
static void
begin_words(struct lawtext *t, size_t i, const char *p)
{
	const struct text_line *line = line_at(t, i);
	size_t row = i + 1;
	size_t column = kt_utf8_count(line->p - line->bytes, line->bytes) + 1;

	if (line->line > 0) {
		row = line->line;
		column = line->column;
	} else {
		column += kt_utf8_count(line->p, (size_t)(p - line->p));
	}
	kt_inline_begin(&t->words, row, column);
}

/* The words p of line i, with their marks, behind those gathered. */
static void
put_words(struct lawtext *t, size_t i, const char *p, size_t n)
{
	const struct text_line *line = line_at(t, i);
	size_t from = (size_t)(p - line->p), to = from + n;
	size_t shift = t->words.text.len;

	kt_inline_text(&t->words, p, n);
	for (size_t k = 0; k < line->nmarks; k++) {
		const struct kt_mark *m = &line->marks[k];
		size_t begin = m->start < from ? from : m->start;
		size_t end = m->start + m->len > to ? to : m->start + m->len;

		if (end > begin)
			kt_inline_mark(&t->words, m->kind, m->arg,
			    shift + begin - from, end - begin);
	}
}

/* What is known to be no label is `hidden` from the rules for labels. */
static const struct kt_inline *
end_words(struct lawtext *t, bool hidden)
{
	const struct kt_buf *text = &t->words.text;

	if (hidden)
		kt_inline_end(&t->words, "", 0, "", 0);
	else if (t->words.nmarks > 0)
		kt_inline_end_shown(&t->words);
	else
		kt_inline_end(
		    &t->words, text->p, text->len, text->p, text->len);
	return &t->words;
}

static const struct kt_inline *
words(struct lawtext *t, size_t i, const char *p, size_t n, bool hidden)
{
	begin_words(t, i, p);
	put_words(t, i, p, n);
	return end_words(t, hidden);
}

static const struct kt_inline *
line_words(struct lawtext *t, size_t i)
{
	return words(t, i, line_at(t, i)->p, line_at(t, i)->n, false);
}

static void
close_entries(struct lawtext *t, size_t keep)
{
	while (t->entries > keep) {
		kt_build_close(t->b);
		t->entries--;
	}
}

/* A caption that no 条 follows goes to the builder, which gives it to a 項 or
 * keeps it as a paragraph. */
static void
flush_caption(struct lawtext *t)
{
	if (t->caption == SIZE_MAX)
		return;
	kt_build_paragraph(t->b, line_words(t, t->caption));
	t->caption = SIZE_MAX;
}

/* ---- title, number, 目次 ---------------------------------------------- */

static bool
is_clause_line(const struct text_line *line)
{
	struct kt_lead lead;

	kt_lead_paragraph(&lead, line->p, line->n);
	return lead.form == KT_LEAD_CLAUSE && lead.kind != KT_ITEM;
}

static void
title(struct lawtext *t, size_t i)
{
	struct text_line *line = &t->lines.at[i];

	/* Lines of a file of text keep what they are. */
	if (line->line > 0)
		text_line_close_up(line, t->doc->arena);
	kt_build_heading(t->b, words(t, i, line->p, line->n, true), TITLE);
	t->doc->meta.title = t->doc->root->caption;
}

/* （目的） above the first clause is the caption of that, no title. */
static bool
is_first_caption(const struct lawtext *t, size_t i)
{
	size_t next = text_line_next(&t->lines, i + 1);
	struct kt_lead lead;

	kt_lead_paragraph(&lead, line_at(t, i)->p, line_at(t, i)->n);
	return lead.form == KT_LEAD_CAPTION && next < t->lines.count &&
	       is_clause_line(line_at(t, next));
}

/* The number of the text below its title.  Lines that are taken become empty:
 * a figure may stand before them. */
static void
read_number(struct lawtext *t, size_t i)
{
	size_t next = text_line_next(&t->lines, i + 1), n;
	const char *p;

	if (next == t->lines.count ||
	    !text_line_number(line_at(t, next), &p, &n))
		return;
	t->doc->meta.number = kt_arena_strndup(t->doc->arena, p, n);
	t->doc->meta.present = true;
	t->lines.at[next].n = 0;
}

static void
read_title(struct lawtext *t)
{
	size_t i = text_line_next(&t->lines, 0);

	if (i == t->lines.count || is_clause_line(line_at(t, i)) ||
	    is_first_caption(t, i) || text_line_is_toc(line_at(t, i)) ||
	    text_line_directive(line_at(t, i)) > 0)
		return;
	title(t, i);
	t->lines.at[i].n = 0;
	read_number(t, i);
}

/* Entries of a 目次 may have any label; they are lists by their indent. */
static void
toc_entry(struct lawtext *t, size_t i)
{
	const struct text_line *line = line_at(t, i);

	while (
	    t->entries > 0 && t->entry[t->entries - 1].indent >= line->indent)
		close_entries(t, t->entries - 1);
	if (t->entries < KT_READ_DEPTH - 1) {
		kt_build_open_entry(t->b, "", i + 1, line->bytes + 1);
		t->entry[t->entries++] =
		    (struct entry){ .indent = line->indent };
	}
	kt_build_paragraph(t->b, line_words(t, i));
}

/* Does a line begin with the label, and with words as short as an entry's? */
static bool
begins_again(const struct text_line *entry, const struct text_line *line)
{
	struct kt_label a, b;

	return kt_label_read(&a, entry->p, entry->n) &&
	       kt_label_read(&b, line->p, line->n) && a.kind == b.kind &&
	       kt_num_cmp(&a.num, &b.num) == 0;
}

/* Up to a blank line, or to the line that begins the text itself: it has the
 * label of the first entry, or is a 条 with a sentence. */
static void
read_toc(struct lawtext *t)
{
	size_t i = t->at, first = text_line_next(&t->lines, i + 1);
	struct kt_label label;

	flush_caption(t);
	close_entries(t, 0);
	kt_build_heading(t->b, line_words(t, i), SECTION);
	for (i = first; i < t->lines.count && line_at(t, i)->n > 0; i++) {
		const struct text_line *line = line_at(t, i);

		if (kt_label_read(&label, line->p, line->n) &&
		    label.kind == KT_ARTICLE && text_line_has(line, "。"))
			break;
		if (i > first && begins_again(line_at(t, first), line))
			break;
		toc_entry(t, i);
	}
	close_entries(t, 0);
	t->at = i;
}

/* ---- headings --------------------------------------------------------- */

static void
heading(struct lawtext *t, unsigned level)
{
	close_entries(t, 0);
	flush_caption(t);
	kt_build_heading(t->b, line_words(t, t->at), level);
}

/* Words behind the label: 第1条　目的 and the provision on the next line, or
 * the provision itself. */
static bool
is_bare_caption(const struct lawtext *t, const char *p, size_t n)
{
	struct text_line rest = { .p = p, .n = n };
	const struct text_line *next = line_at(t, t->at) + 1;
	struct kt_lead lead;

	if (n == 0 || n > SHORT_MOST / 2 || t->caption != SIZE_MAX ||
	    t->at + 1 >= t->lines.count || text_line_has(&rest, "。") ||
	    (n == strlen("削除") && memcmp(p, "削除", n) == 0))
		return false;
	kt_lead_paragraph(&lead, next->p, next->n);
	return next->n > 0 && lead.form == KT_LEAD_PLAIN &&
	       text_line_has(next, "。");
}

static void
article(struct lawtext *t, const struct kt_label *label)
{
	const struct text_line *line = line_at(t, t->at);
	struct kt_lead lead;
	const char *rest;

	close_entries(t, 0);
	kt_lead_heading(&lead, line->p, line->n);
	rest = line->p + label->skip;
	if (text_line_is_omitted(rest, line->n - label->skip))
		lead.ncaption = 0;
	if (lead.ncaption > 0 && lead.caption < label->skip + 4 &&
	    lead.caption > label->skip)
		rest = line->p + lead.text; /* 第1条（目的）　…… */
	else if (is_bare_caption(t, rest, line->n - label->skip))
		rest = line->p + line->n;
	if (rest > line->p + label->skip)
		flush_caption(t);
	begin_words(t, t->at, line->p);
	put_words(t, t->at, line->p,
	    rest > line->p + label->skip ? (size_t)(rest - line->p)
					 : label->len);
	if (t->caption != SIZE_MAX)
		put_words(t, t->caption, line_at(t, t->caption)->p,
		    line_at(t, t->caption)->n);
	t->caption = SIZE_MAX;
	kt_build_heading(t->b, end_words(t, false), ARTICLE);
	if (rest < line->p + line->n)
		kt_build_paragraph(
		    t->b, words(t, t->at, rest,
			      (size_t)(line->p + line->n - rest), true));
}

static bool
is_digits(const struct kt_num *num)
{
	return num->form == KT_F_ARABIC || num->form == KT_F_WIDE;
}

/* 1　目的, 1.2　…: the next number, few words, no sentence. */
static bool
is_koban(const struct lawtext *t, const struct kt_label *label)
{
	const struct text_line *line = line_at(t, t->at);
	size_t n = line->n - label->skip;
	bool numbered = text_line_begins(line, "第"); /* 第１　… */

	if (!t->koban || line->hint == TEXT_ITEM || line->indent > 2 ||
	    n == 0 || text_line_has(line, "。") || label->num.n == 0)
		return false;
	if (numbered)
		return n <= 2 * SHORT_MOST && label->num.n == 1 &&
		       label->num.v[0] == t->part + 1;
	if (n > SHORT_MOST)
		return false;
	if (label->num.form == KT_F_DOTTED)
		return true;
	if (text_line_has(line, "、"))
		return false;
	return (label->num.form == KT_F_ARABIC ||
		   label->num.form == KT_F_WIDE) &&
	       label->num.n == 1 && label->num.v[0] == t->heading + 1;
}

static void
ranked_koban(struct lawtext *t, const struct kt_label *label, unsigned level)
{
	heading(t, level);
	t->ranks[label->num.form] = level;
	if (is_digits(&label->num) || label->num.form == KT_F_DOTTED)
		t->rank = level;
}

static void
koban(struct lawtext *t, const struct kt_label *label)
{
	unsigned level = t->part > 0 || t->divided ? SECTION + 1 : SECTION;

	if (text_line_begins(line_at(t, t->at), "第")) {
		t->part = label->num.v[0];
		t->heading = 0;
		level = SECTION;
	} else if (label->num.form == KT_F_DOTTED) {
		level += label->num.n - 1u;
	} else if (is_digits(&label->num)) {
		t->heading = label->num.v[0];
	} else if (t->ranks[label->num.form] > 0) {
		level = t->ranks[label->num.form];
	} else if (t->rank > 0) {
		level = t->rank; /* (1) lies under 1 by the form of its label */
	}
	ranked_koban(t, label, level);
}

/* 章 and what else has a rank of its own: 項番 begin anew under it. */
static void
ranked(struct lawtext *t, enum kt_kind kind)
{
	heading(t, SECTION);
	t->divided = kt_kind_is_division(kind);
	t->rank = t->heading = 0;
	memset(t->ranks, 0, sizeof(t->ranks));
}

/* ---- 項 and 号 -------------------------------------------------------- */

/* One row of labels: 9 and １０, イ and ロ. */
static bool
same_row(const struct kt_num *a, const struct kt_num *b)
{
	return a->form == b->form || (is_digits(a) && is_digits(b));
}

/* End the entries that a line of this indent, with this label, does not lie
 * in.  Where all labels have one indent, a new row of them lies deeper. */
static void
leave_entries(struct lawtext *t, size_t indent, const struct kt_num *num)
{
	size_t keep = t->entries;

	while (keep > 0 && t->entry[keep - 1].indent > indent)
		keep--;
	for (size_t i = keep; num != NULL && i > 0; i--) {
		if (t->entry[i - 1].indent < indent)
			break;
		if (same_row(&t->entry[i - 1].num, num)) {
			keep = i - 1;
			break;
		}
	}
	if (num == NULL)
		while (keep > 0 && t->entry[keep - 1].indent >= indent)
			keep--;
	close_entries(t, keep);
}

/* (1)　用語 and its meaning on the next line are one, with columns. */
static bool
is_term(const struct lawtext *t, const struct kt_label *label)
{
	const struct text_line *line = line_at(t, t->at), *next = line + 1;
	struct kt_lead lead;

	if (line->n - label->skip > SHORT_MOST / 2 || line->n == label->skip ||
	    t->at + 1 >= t->lines.count || next->hint != TEXT_PLAIN ||
	    text_line_has(line, "。") || text_line_has(line, "、") ||
	    next->n == 0 || next->indent > line->indent)
		return false;
	/* Where 項番 have headings, the words below one are its text. */
	if (t->koban && !text_line_has(next, "をいう"))
		return false;
	kt_lead_paragraph(&lead, next->p, next->n);
	return lead.form == KT_LEAD_PLAIN && text_line_has(next, "。");
}

/* The line, with its meaning behind it. */
static const struct kt_inline *
item_words(struct lawtext *t, const struct kt_label *label)
{
	const struct text_line *line = line_at(t, t->at);

	if (!is_term(t, label))
		return line_words(t, t->at);
	begin_words(t, t->at, line->p);
	put_words(t, t->at, line->p, line->n);
	kt_inline_text(&t->words, "　", strlen("　"));
	t->at++;
	put_words(t, t->at, line[1].p, line[1].n);
	return end_words(t, false);
}

static void
open_entry(
    struct lawtext *t, const struct text_line *line, const struct kt_num *num)
{
	kt_build_open_entry(t->b, "", t->at + 1, line->bytes + 1);
	t->entry[t->entries++] =
	    (struct entry){ .indent = line->indent, .num = *num };
}

/* An indented 号 is a list entry; at the margin, and where 項 are numbered,
 * the label alone decides. */
static void
numbered(struct lawtext *t, const struct kt_label *label)
{
	const struct text_line *line = line_at(t, t->at);
	bool deep;

	leave_entries(t, line->indent, &label->num);
	deep = line->indent >= 2 && t->entries < KT_READ_DEPTH - 1 &&
	       (t->entries > 0 || !is_digits(&label->num) ||
		   line->hint == TEXT_ITEM);
	if (!deep)
		close_entries(t, 0);
	flush_caption(t);
	if (deep)
		open_entry(t, line, &label->num);
	kt_build_paragraph(t->b, item_words(t, label));
}

/* ---- other lines ------------------------------------------------------ */

static void
bullet(struct lawtext *t)
{
	struct kt_num none = { .form = KT_F_NONE };
	const struct text_line *line = line_at(t, t->at);

	leave_entries(t, line->indent, &none);
	flush_caption(t);
	if (t->entries < KT_READ_DEPTH - 1)
		open_entry(t, line, &none);
	kt_build_paragraph(t->b, line_words(t, t->at));
}

static void
commentary(struct lawtext *t)
{
	close_entries(t, 0);
	flush_caption(t);
	kt_build_open_quote(t->b, t->at + 1, 1);
	kt_build_paragraph(t->b, line_words(t, t->at));
	while (t->at + 1 < t->lines.count &&
	       line_at(t, t->at + 1)->hint == TEXT_WITHIN)
		kt_build_paragraph(t->b, line_words(t, ++t->at));
	kt_build_close(t->b);
}

static void
plain(struct lawtext *t)
{
	leave_entries(t, line_at(t, t->at)->indent, NULL);
	flush_caption(t);
	kt_build_paragraph(t->b, line_words(t, t->at));
}

/* 制定文 stands before everything but the title. */
static void
enactment(struct lawtext *t, const char *p, size_t n)
{
	struct kt_node *root = t->doc->root, *preamble = root->first, *line;

	while (preamble != NULL && preamble->kind != KT_PREAMBLE)
		preamble = preamble->next;
	if (preamble == NULL) {
		preamble = kt_doc_add(t->doc, root, KT_PREAMBLE);
		kt_node_unlink(preamble);
		kt_node_insert(root, root->first, preamble);
	}
	line = kt_doc_add(t->doc, preamble, KT_TEXT);
	line->line = (uint32_t)t->at + 1;
	kt_node_text(t->doc, line, p, n);
}

/* :enact-statement:…… and the like; others name what the label says, too. */
static void
directive(struct lawtext *t, size_t n)
{
	static const char *const known[] = { "appdx", "appdx-fig",
		"appdx-format", "appdx-note", "appdx-style", "appdx-table",
		"fig-struct", "format-struct", "note-struct", "remarks",
		"style-struct", "table-struct" };
	struct text_line *line = &t->lines.at[t->at];
	struct text_line name = { .p = line->p + 1, .n = n - 2 };
	char *word;

	if (text_line_begins(&name, "enact-statement")) {
		enactment(t, line->p + n, line->n - n);
		t->at++;
		return;
	}
	for (size_t i = 0; i < KT_COUNT(known); i++) {
		if (name.n != strlen(known[i]) ||
		    !text_line_begins(&name, known[i]))
			continue;
		line->p += n;
		line->n -= n;
		line->bytes += n;
		return;
	}
	word = kt_strndup(name.p, name.n);
	kt_report(t->d, .id = KT_M_LAWTEXT_DIRECTIVE, .a = word,
	    .at = { .file = t->doc->source, .line = t->at + 1 });
	free(word);
	plain(t);
	t->at++;
}

/* ---- all -------------------------------------------------------------- */

static void
clause_line(struct lawtext *t, const struct kt_lead *lead)
{
	const struct text_line *line = line_at(t, t->at);
	struct kt_label label;

	if (!kt_label_read(&label, line->p, line->n))
		plain(t);
	else if (lead->kind == KT_ARTICLE)
		article(t, &label);
	else if (lead->kind != KT_ITEM)
		ranked(t, lead->kind);
	else if (is_koban(t, &label))
		koban(t, &label);
	else
		numbered(t, &label);
}

/* 章 end at their own kind alone. */
static unsigned
below_divisions(const struct lawtext *t, unsigned level)
{
	unsigned least = t->divided ? SECTION + 1 : SECTION;

	return level < least ? least : level;
}

/* A heading that its page shows as one. */
static void
shown_heading(struct lawtext *t)
{
	const struct text_line *line = line_at(t, t->at);
	struct kt_label label;

	if (!kt_label_read(&label, line->p, line->n))
		heading(t, below_divisions(t, line->level));
	else if (label.kind == KT_ITEM && line->level > 0)
		ranked_koban(t, &label, below_divisions(t, line->level));
	else if (label.kind == KT_ITEM)
		koban(t, &label);
	else if (label.kind == KT_ARTICLE)
		article(t, &label);
	else
		ranked(t, label.kind);
}

/* (1)　…をいう。 in the style of a heading is still a 号. */
static bool
is_sentence_item(const struct text_line *line)
{
	struct kt_label label;
	size_t end = strlen("。");

	return line->n > end &&
	       memcmp(line->p + line->n - end, "。", end) == 0 &&
	       kt_label_read(&label, line->p, line->n) && label.kind == KT_ITEM;
}

/* A line whose source says what it is; false when its words are to say. */
static bool
hinted(struct lawtext *t)
{
	const struct text_line *line = line_at(t, t->at);

	switch (line->hint) {
	case TEXT_PLAIN:
	case TEXT_ITEM:
	case TEXT_WITHIN:
		return false;
	case TEXT_TITLE:
		title(t, t->at);
		read_number(t, t->at);
		break;
	case TEXT_HEADING:
		if (is_sentence_item(line))
			return false;
		shown_heading(t);
		break;
	case TEXT_BULLET:
		bullet(t);
		break;
	case TEXT_WORDS:
		leave_entries(t, line->indent, NULL);
		flush_caption(t);
		kt_build_paragraph(
		    t->b, words(t, t->at, line->p, line->n, true));
		break;
	case TEXT_FOOTNOTE:
		close_entries(t, 0);
		flush_caption(t);
		kt_build_note(t->b, line_words(t, t->at), line->level);
		break;
	case TEXT_BLOCK:
		close_entries(t, 0);
		flush_caption(t);
		t->lines.block(t->b, line);
		break;
	}
	t->at++;
	return true;
}

/* （別紙１）: a text of its own, with numbers of its own. */
static bool
is_enclosure(const struct text_line *line)
{
	return text_line_begins(line, "（別紙") ||
	       text_line_begins(line, "(別紙");
}

static void
read_line(struct lawtext *t)
{
	const struct text_line *line = line_at(t, t->at);
	struct kt_lead lead;

	kt_lead_paragraph(&lead, line->p, line->n);
	switch (lead.form) {
	case KT_LEAD_CAPTION:
		if (is_enclosure(line)) {
			t->part = t->heading = 0;
			heading(t, SECTION);
			break;
		}
		close_entries(t, 0);
		flush_caption(t);
		t->caption = t->at;
		break;
	case KT_LEAD_CLAUSE:
		clause_line(t, &lead);
		break;
	case KT_LEAD_COMMENTARY:
		commentary(t);
		break;
	case KT_LEAD_NOTE:
	case KT_LEAD_PLAIN:
		if (text_line_begins(line, "・"))
			bullet(t);
		else
			plain(t);
		break;
	}
	t->at++;
}

static void
read_lines(struct lawtext *t)
{
	bool toc = false;

	t->caption = SIZE_MAX;
	t->koban = text_lines_find_koban(&t->lines);
	if (!t->lines.titled)
		read_title(t);
	while (t->at < t->lines.count) {
		const struct text_line *line = line_at(t, t->at);
		size_t n = text_line_directive(line);

		if (line->n == 0 && line->hint != TEXT_BLOCK) {
			t->at++;
		} else if (hinted(t)) {
			continue;
		} else if (n > 0) {
			directive(t, n);
		} else if (!toc && text_line_is_toc(line)) {
			toc = true;
			read_toc(t);
		} else if (text_line_is_row(line)) {
			close_entries(t, 0);
			flush_caption(t);
			t->at = text_table(t->b, &t->lines, t->at);
		} else {
			read_line(t);
		}
	}
	close_entries(t, 0);
	flush_caption(t);
}

void
text_lines_read(
    struct kt_doc *doc, const struct text_lines *lines, struct kt_diag *d)
{
	struct lawtext t = { .doc = doc, .d = d, .lines = *lines };

	t.b = kt_build_new(doc, d);
	kt_inline_init(&t.words, doc->arena);
	read_lines(&t);
	kt_build_finish(t.b);
	kt_build_free(t.b);
	kt_inline_release(&t.words);
	kt_doc_finish(doc);
}

int
kt_read_lawtext(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct kt_source src;
	struct text_lines lines;
	int rc = kt_source_take(&src, name, bytes, n, TEXT_MOST, d);

	if (rc != KT_OK)
		return rc;
	*out = kt_doc_new(name);
	text_lines_cut(&lines, src.p, src.n);
	text_lines_keep_spacing(*out, &lines, bytes, n);
	text_lines_read(*out, &lines, d);
	free(lines.at);
	kt_source_release(&src);
	return KT_OK;
}
