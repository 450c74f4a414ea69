/* SPDX-License-Identifier: MIT */
/*
 * 目次 of a consolidated text: an entry a heading, each a link to its clause
 * with the page as a field.  No TOC field is around them, and none is marked
 * as out of date: a field of a page by itself is counted by LibreOffice when
 * it opens the file and by Word when it lays out a print, without a question
 * to the reader; inside a TOC field both show what the file says.  Pages are
 * not guessed, and nothing stands there before.
 */
#include "docx_int.h"

#include <string.h>

/* More entries than this are no help; lower levels are left out. */
#define TOC_MOST 150
#define TOC_LEVELS 3

static void
put_char(struct docx *x, const char *type)
{
	kt_xmlw_open(x->w, "w:r");
	kt_xmlw_open(x->w, "w:fldChar");
	kt_xmlw_attr(x->w, "w:fldCharType", type);
	kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
}

static void
put_code(struct docx *x, const char *code)
{
	kt_xmlw_open(x->w, "w:r");
	kt_xmlw_open(x->w, "w:instrText");
	kt_xmlw_attr(x->w, "xml:space", "preserve");
	kt_xmlw_text(x->w, code, strlen(code));
	kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
}

static void
put_words(struct docx *x, const char *words)
{
	kt_xmlw_open(x->w, "w:r");
	kt_xmlw_open(x->w, "w:t");
	kt_xmlw_attr(x->w, "xml:space", "preserve");
	kt_xmlw_text(x->w, words, strlen(words));
	kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
}

/* ---- what there is --------------------------------------------------- */

/* Level of the line as a heading, from 0; -1 for none. */
static int
level_of(const struct docx_outline *outline, const struct doc_line *line)
{
	int level;

	if (line->commentary || line->style == KT_LINE_TITLE)
		return -1;
	level = docx_outline_of(outline, line);
	if (level >= 0)
		return level;
	level = outline->level[line->style];
	if (line->style == KT_LINE_HEADED || line->style == KT_LINE_TOPIC)
		level += line->level > 0 ? line->level - 1 : 0;
	return level;
}

static const char *
words_of(const struct doc_lines *lines, const struct doc_line *line,
    struct kt_arena *arena)
{
	const struct kt_node *owner = line->owner;
	struct kt_buf words = KT_BUF_INIT;
	const char *got;

	if (line->style == KT_LINE_CAPTION)
		kt_buf_printf(&words, "%s（%s）", owner->label, owner->caption);
	else if (line->style == KT_LINE_ARTICLE)
		kt_buf_puts(&words, owner->label);
	else
		doc_line_words(&words, lines, line);
	for (size_t i = 0; i < words.len; i++)
		if (words.p[i] == '\n' || words.p[i] == '\t')
			words.p[i] = ' ';
	got = kt_arena_strdup(arena, words.len > 0 ? words.p : "");
	kt_buf_release(&words);
	return got;
}

/* How many levels, so that the entries do not become too many. */
static int
levels_of(const struct docx_toc *toc)
{
	size_t n[TOC_LEVELS] = { 0 }, sum = 0;
	int levels = 0;

	for (size_t i = 0; i < toc->n; i++)
		n[toc->at[i].level]++;
	while (levels < TOC_LEVELS && (sum += n[levels]) <= TOC_MOST)
		levels++;
	return levels > 0 ? levels : 1;
}

void
docx_toc_find(struct docx_toc *toc, const struct doc_lines *lines,
    const struct docx_outline *outline, const char *const *marks,
    struct kt_arena *arena)
{
	size_t kept = 0;

	int levels;

	*toc = (struct docx_toc){ .n = 0 };
	toc->at = KT_NEWN(arena, struct docx_entry, lines->n + 1);
	for (size_t i = 0; i < lines->n; i++) {
		const struct doc_line *line = &lines->at[i];
		int level = level_of(outline, line);

		if (level < 0 || level >= TOC_LEVELS ||
		    marks[line->owner->id][0] == '\0')
			continue;
		toc->at[toc->n++] =
		    (struct docx_entry){ .words = words_of(lines, line, arena),
			    .mark = marks[line->owner->id],
			    .level = level };
	}
	levels = levels_of(toc);
	for (size_t i = 0; i < toc->n; i++)
		if (toc->at[i].level < levels)
			toc->at[kept++] = toc->at[i];
	toc->n = kept;
}

/* ---- fields ---------------------------------------------------------- */

static void
put_entry(struct docx *x, const struct docx_entry *entry)
{
	struct kt_buf code = KT_BUF_INIT;

	kt_xmlw_open(x->w, "w:p");
	kt_xmlw_open(x->w, "w:pPr");
	kt_buf_printf(&code, "TOC%d", entry->level + 1);
	docx_value(x->w, "w:pStyle", code.p);
	kt_xmlw_raw(x->w, "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" ");
	kt_buf_clear(&code);
	kt_buf_printf(
	    &code, "w:pos=\"%u\"/></w:tabs>", docx_page_room(x->page));
	kt_xmlw_raw(x->w, code.p);
	kt_xmlw_close(x->w);
	kt_xmlw_open(x->w, "w:hyperlink");
	kt_xmlw_attr(x->w, "w:anchor", entry->mark);
	kt_xmlw_attr(x->w, "w:history", "1");
	put_words(x, entry->words);
	kt_xmlw_raw(x->w, "<w:r><w:tab/></w:r>");
	put_char(x, "begin");
	kt_buf_clear(&code);
	kt_buf_printf(&code, " PAGEREF %s \\h ", entry->mark);
	put_code(x, code.p);
	put_char(x, "separate");
	put_char(x, "end");
	kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
	kt_buf_release(&code);
}

void
docx_toc_put(struct docx *x, const struct docx_toc *toc, struct kt_buf *want)
{
	struct kt_buf line = KT_BUF_INIT;

	if (toc->n == 0)
		return;
	/* Readers know by its tag that it is not of the text. */
	kt_xmlw_raw(x->w, "<w:sdt><w:sdtPr><w:alias w:val=\"目次\"/>"
			  "<w:tag w:val=\"mokuji\"/></w:sdtPr><w:sdtContent>");
	docx_words(x, "TOCHeading", "目次");
	docx_want(want, "目次", strlen("目次"));
	for (size_t i = 0; i < toc->n; i++) {
		put_entry(x, &toc->at[i]);
		kt_buf_clear(&line);
		kt_buf_printf(&line, "%s\t", toc->at[i].words);
		docx_want(want, line.p, line.len);
	}
	kt_xmlw_raw(x->w, "</w:sdtContent></w:sdt>");
	kt_buf_release(&line);
}
