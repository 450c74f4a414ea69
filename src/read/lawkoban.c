/* SPDX-License-Identifier: MIT */
/*
 * 項番 whose headings look like 号: (1)　機器の管理 is one where a text stands
 * below it and below most of its neighbours, and an entry of a list where the
 * next label follows at once.
 */
#include "lawtext_int.h"

#include <string.h>

/* Most characters of such a heading. */
#define TITLE_MOST ((size_t)40)
/* Labels without a sentence that may stand between a heading and its text. */
#define LABELS_MOST 2u

/* Labels of one row in the making: (1), (2), …. */
struct row {
	size_t first, last; /* lines */
	struct kt_num num; /* of the last */
	size_t n, followed;
	bool fits; /* all could be headings */
};

static bool
ends_with(const struct text_line *line, const char *word)
{
	size_t n = strlen(word);

	return line->n >= n && memcmp(line->p + line->n - n, word, n) == 0;
}

static bool
is_sentence(const struct text_line *line)
{
	return ends_with(line, "。") || ends_with(line, "。）") ||
	       ends_with(line, "。」") || ends_with(line, "。)");
}

/* (1), （１） or ⑴, of one number. */
static bool
paren_label(struct kt_label *label, const struct text_line *line)
{
	return (line->hint == TEXT_PLAIN || line->hint == TEXT_ITEM) &&
	       kt_label_read(label, line->p, line->n) &&
	       label->kind == KT_ITEM && label->num.n == 1 &&
	       (label->num.form == KT_F_PAREN ||
		   label->num.form == KT_F_PAREN_WIDE ||
		   label->num.form == KT_F_PAREN_SIGN);
}

static bool
is_title(const struct text_line *line, const struct kt_label *label)
{
	static const char *const clauses[] = { "こと", "もの", "とき", "場合",
		"、" };
	size_t n = line->n - label->skip;

	if (label->skip == label->len || n == 0 ||
	    kt_utf8_count(line->p + label->skip, n) > TITLE_MOST ||
	    text_line_has(line, "。"))
		return false;
	for (size_t i = 0; i < KT_COUNT(clauses); i++)
		if (ends_with(line, clauses[i]))
			return false;
	return true;
}

/* Does a text stand below line i, or below labels that lead to one? */
static bool
has_text(const struct text_lines *lines, size_t i)
{
	struct kt_label label;

	for (unsigned labels = 0; labels <= LABELS_MOST; labels++) {
		const struct text_line *line;

		do
			i++;
		while (i < lines->count && lines->at[i].n == 0 &&
		       lines->at[i].hint != TEXT_BLOCK);
		if (i == lines->count)
			return false;
		line = &lines->at[i];
		if (line->hint == TEXT_BLOCK)
			return true;
		/* The meaning of a term is not a text under a heading. */
		if (is_sentence(line))
			return !paren_label(&label, line) &&
			       !text_line_has(line, "をいう。");
		if (paren_label(&label, line) ||
		    !kt_label_read(&label, line->p, line->n) ||
		    label.kind != KT_ITEM)
			return false;
	}
	return false;
}

/* Does a line end the row of labels above it: a heading of any kind? */
static bool
is_above(const struct text_line *line)
{
	struct kt_label label;

	if (line->hint == TEXT_HEADING || line->hint == TEXT_TITLE)
		return true;
	if (!kt_label_read(&label, line->p, line->n))
		return false;
	return label.kind != KT_ITEM ||
	       ((label.num.form == KT_F_ARABIC || label.num.form == KT_F_WIDE ||
		    label.num.form == KT_F_DOTTED) &&
		   !text_line_has(line, "。"));
}

static void
end_row(struct text_lines *lines, struct row *row)
{
	struct kt_label label;

	if (row->n > 0 && row->fits && row->followed * 10 >= row->n * 6)
		for (size_t i = row->first; i <= row->last; i++)
			if (paren_label(&label, &lines->at[i])) {
				lines->at[i].hint = TEXT_HEADING;
				lines->at[i].level = 0;
			}
	row->n = 0;
}

static bool
has_articles(const struct text_lines *lines)
{
	struct kt_label label;

	for (size_t i = 0; i < lines->count; i++)
		if (kt_label_read(&label, lines->at[i].p, lines->at[i].n) &&
		    label.kind == KT_ARTICLE)
			return true;
	return false;
}

/* ---- lines in a heavy face --------------------------------------------- */

/* Where half of the words are heavy it says nothing. */
static bool
faces_tell(const struct text_lines *lines)
{
	size_t heavy = 0, all = 0;

	for (size_t i = 0; i < lines->count; i++) {
		heavy += lines->at[i].heavy ? lines->at[i].n : 0;
		all += lines->at[i].n;
	}
	return heavy > 0 && heavy * 2 <= all;
}

/* A short line with a text in the usual face below it. */
static bool
is_heavy_head(const struct text_lines *lines, size_t i)
{
	const struct text_line *line = &lines->at[i];
	size_t next = text_line_next(lines, i + 1);
	struct kt_lead lead;

	if (!line->heavy || line->hint != TEXT_PLAIN ||
	    kt_utf8_count(line->p, line->n) > TITLE_MOST ||
	    text_line_has(line, "。") || next == lines->count ||
	    lines->at[next].heavy)
		return false;
	kt_lead_paragraph(&lead, line->p, line->n);
	return lead.form == KT_LEAD_PLAIN;
}

/* What stands before the first text may be a title of several lines. */
static void
find_heavy(struct text_lines *lines)
{
	bool begun = false;

	if (!faces_tell(lines))
		return;
	for (size_t i = 0; i < lines->count; i++) {
		if (begun && is_heavy_head(lines, i)) {
			lines->at[i].hint = TEXT_HEADING;
			lines->at[i].level = 2;
		}
		begun |= lines->at[i].n > 0;
	}
}

bool
text_lines_find_koban(struct text_lines *lines)
{
	struct row row = { .n = 0 };
	struct kt_label label;

	if (has_articles(lines))
		return false;
	find_heavy(lines);
	for (size_t i = 0; i < lines->count; i++) {
		const struct text_line *line = &lines->at[i];

		if (!paren_label(&label, line)) {
			if (is_above(line))
				end_row(lines, &row);
			continue;
		}
		if (label.num.v[0] == 1) {
			end_row(lines, &row);
			row = (struct row){ .first = i, .fits = true };
		} else if (row.n == 0 || label.num.form != row.num.form ||
			   label.num.v[0] != row.num.v[0] + 1) {
			row.fits = false;
		}
		row.last = i;
		row.num = label.num;
		row.n++;
		row.fits = row.fits && is_title(line, &label);
		row.followed += has_text(lines, i);
	}
	end_row(lines, &row);
	return true;
}
