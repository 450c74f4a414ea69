/* SPDX-License-Identifier: MIT */
/* The words of a line as runs: what they look like, their readings, the links,
 * fields and pictures in them. */
#include "docx_int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define UPRIGHT_DIGITS 3 /* of half a width, in a line half as wide again */

/* upright: half-width digits of a vertical line that stand side by side. */
static void
put_run_properties(struct docx *x, unsigned marks, bool upright)
{
	struct kt_xmlw *w = x->w;

	if ((marks & ~(unsigned)KT_RUN_SIGN) == 0 && !upright)
		return;
	kt_xmlw_open(w, "w:rPr");
	if ((marks & (KT_RUN_CODE | KT_RUN_FORMULA)) != 0)
		docx_value(w, "w:rStyle",
		    (marks & KT_RUN_CODE) != 0 ? "Kodo" : "Sanshiki");
	if ((marks & KT_RUN_STRONG) != 0) {
		kt_xmlw_open(w, "w:b");
		kt_xmlw_close(w);
	}
	if ((marks & KT_RUN_EMPHASIS) != 0) {
		kt_xmlw_open(w, "w:i");
		kt_xmlw_close(w);
	}
	if ((marks & KT_RUN_BOX) != 0) {
		if (!x->boxed)
			kt_xmlw_raw(w, "<w:bdr w:val=\"dashed\" w:sz=\"6\" "
				       "w:space=\"0\" w:color=\"auto\"/>");
	} else if ((marks & KT_RUN_CHANGED) != 0)
		docx_value(w, "w:u",
		    (marks & KT_RUN_TARGET) != 0 ? "double" : "single");
	else if ((marks & KT_RUN_UNDERLINE) != 0)
		docx_value(w, "w:u", x->underline);
	if ((marks & KT_RUN_SUPER) != 0)
		docx_value(w, "w:vertAlign", "superscript");
	else if ((marks & KT_RUN_SUB) != 0)
		docx_value(w, "w:vertAlign", "subscript");
	if (upright) {
		kt_xmlw_open(w, "w:eastAsianLayout");
		kt_xmlw_attrf(w, "w:id", "%u", ++x->upright);
		kt_xmlw_attr(w, "w:vert", "1");
		kt_xmlw_close(w);
	}
	kt_xmlw_close(w);
}

static void
begin_text(struct docx *x)
{
	kt_xmlw_open(x->w, x->text);
	kt_xmlw_attr(x->w, "xml:space", "preserve");
}

/* One run's words into an open w:r; *open: a w:t is. */
static void
put_text(struct docx *x, const char *p, size_t n, bool *open)
{
	struct kt_xmlw *w = x->w;
	const char *end = p + n;

	while (p < end) {
		size_t some = 0;

		while (p + some < end && p[some] != '\n' && p[some] != '\t')
			some++;
		if (some > 0) {
			if (!*open)
				begin_text(x);
			*open = true;
			kt_xmlw_text(w, p, some);
		}
		p += some;
		if (p < end) {
			if (*open)
				kt_xmlw_close(w);
			*open = false;
			kt_xmlw_open(w, *p == '\n' ? "w:br" : "w:tab");
			kt_xmlw_close(w);
			p++;
		}
	}
}

static bool
is_latin(char c)
{
	return isalnum((unsigned char)c) ||
	       (c != '\0' && strchr(".,-/:%", c) != NULL);
}

/* Do the n digits at p[at] fit side by side into a vertical line?  Those of
 * 1.25 or A4 lie, as what they belong to does. */
static bool
is_upright(const char *p, size_t end, size_t at, size_t n)
{
	return n <= UPRIGHT_DIGITS && (at == 0 || !is_latin(p[at - 1])) &&
	       (at + n == end || !is_latin(p[at + n]));
}

/* A run of words that all look the same. */
static void
put_words(struct docx *x, const char *p, size_t n, unsigned marks, bool upright)
{
	bool open = false;

	kt_xmlw_open(x->w, "w:r");
	put_run_properties(x, marks, upright);
	put_text(x, p, n, &open);
	if (open)
		kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
}

/* The same on a vertical page.  What is marked lies: the line beside a word
 * would run across digits that stand. */
static void
put_vertical(struct docx *x, const char *p, size_t n, unsigned marks)
{
	bool marked = (marks & (KT_RUN_CHANGED | KT_RUN_UNDERLINE)) != 0;
	size_t from = 0, at = 0, some;

	while (!marked && at < n) {
		some = strspn(p + at, "0123456789");
		if (some > 0 && is_upright(p, n, at, some)) {
			if (at > from)
				put_words(x, p + from, at - from, marks, false);
			put_words(x, p + at, some, marks, true);
			from = at + some;
		}
		at += some + (some == 0);
	}
	if (n > from || n == 0)
		put_words(x, p + from, n - from, marks, false);
}

static void
put_plain(struct docx *x, const struct kt_run *runs, size_t n)
{
	struct kt_buf words = KT_BUF_INIT;
	bool open = false;

	if (x->page->vertical) {
		for (size_t i = 0; i < n; i++)
			kt_buf_put(&words, runs[i].text, runs[i].len);
		put_vertical(
		    x, words.len > 0 ? words.p : "", words.len, runs[0].marks);
		kt_buf_release(&words);
		return;
	}
	kt_xmlw_open(x->w, "w:r");
	put_run_properties(x, runs[0].marks, false);
	for (size_t i = 0; i < n; i++)
		put_text(x, runs[i].text, runs[i].len, &open);
	if (open)
		kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
}

/* The runs under one reading. */
static void
put_ruby(struct docx *x, const struct kt_run *run, size_t n)
{
	struct kt_xmlw *w = x->w;
	long size = x->page->half_points;

	kt_xmlw_open(w, "w:r");
	put_run_properties(x, run->marks, false);
	kt_xmlw_open(w, "w:ruby");
	kt_xmlw_open(w, "w:rubyPr");
	docx_value(w, "w:rubyAlign", "distributeSpace");
	docx_number(w, "w:hps", size / 2);
	docx_number(w, "w:hpsRaise", size - 3);
	docx_number(w, "w:hpsBaseText", size);
	docx_value(w, "w:lid", "ja-JP");
	kt_xmlw_close(w);
	kt_xmlw_open(w, "w:rt");
	kt_xmlw_open(w, "w:r");
	kt_xmlw_open(w, "w:rPr");
	docx_number(w, "w:sz", size / 2);
	kt_xmlw_close(w);
	begin_text(x);
	kt_xmlw_text(w, run->ruby, strlen(run->ruby));
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	kt_xmlw_open(w, "w:rubyBase");
	for (size_t i = 0; i < n; i++)
		put_plain(x, &run[i], 1);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* How many runs from here on look the same and make one, or stand under one
 * reading. */
static size_t
alike(const struct kt_run *runs, size_t n)
{
	size_t i = 1;

	while (i < n && runs[0].ruby[0] != '\0' && runs[i].under &&
	       same(runs[i].address, runs[0].address) && runs[i].image == NULL)
		i++;
	while (
	    i < n && runs[0].ruby[0] == '\0' && runs[i].ruby[0] == '\0' &&
	    ((runs[i].marks ^ runs[0].marks) & ~(unsigned)KT_RUN_SIGN) == 0 &&
	    strcmp(runs[i].link, runs[0].link) == 0 &&
	    same(runs[i].address, runs[0].address) && runs[0].image == NULL &&
	    runs[i].image == NULL)
		i++;
	return i;
}

/* The picture of runs[at], where it was handed in and this run is all of the
 * words that it stands for. */
static const struct kt_picture *
picture_of(const struct docx *x, const struct kt_run *runs, size_t n, size_t at)
{
	const char *image = runs[at].image;

	if (image == NULL || runs[at].ruby[0] != '\0' ||
	    (at > 0 && runs[at - 1].image == image) ||
	    (at + 1 < n && runs[at + 1].image == image))
		return NULL;
	return picture_find(x->pictures, image);
}

/* A picture for its words, in a run. */
static void
put_picture(
    struct docx *x, const struct kt_picture *picture, const struct kt_run *run)
{
	char *words = kt_strndup(run->text, run->len);

	kt_xmlw_open(x->w, "w:r");
	put_run_properties(x, run->marks, false);
	docx_picture(x, picture, words);
	kt_xmlw_close(x->w);
	free(words);
}

/* A link or an image is a field around its words; a field needs no relation
 * and no file.  That of an image is locked: Word would look for the file when
 * it prints, and put a fault in the place of the words.  Returns how many are
 * open. */
static unsigned
begin_fields(struct docx *x, const struct kt_run *run)
{
	struct kt_buf code = KT_BUF_INIT;
	unsigned n = 0;

	if (run->address != NULL) {
		kt_buf_printf(&code, " HYPERLINK \"%s\" ", run->address);
		docx_field_begin(x, code.p, false);
		n++;
	}
	if (run->image != NULL) {
		/* The words of an image bear no marks: that it is a formula
		 * stands before it. */
		if (run->len == 0 && (run->marks & KT_RUN_FORMULA) != 0)
			put_plain(x, run, 1);
		kt_buf_clear(&code);
		kt_buf_printf(&code, " INCLUDEPICTURE \"%s\" \\d ", run->image);
		docx_field_begin(x, code.p, true);
		n++;
	}
	kt_buf_release(&code);
	return n;
}

void
docx_runs(struct docx *x, const struct kt_run *runs, size_t n)
{
	for (size_t i = 0, some; i < n; i += some) {
		const char *link = runs[i].link;
		const struct kt_picture *picture = picture_of(x, runs, n, i);
		unsigned fields;

		some = alike(runs + i, n - i);
		if (link[0] != '\0') {
			kt_xmlw_open(x->w, "w:hyperlink");
			kt_xmlw_attr(x->w, "w:anchor", link);
			kt_xmlw_attr(x->w, "w:history", "1");
		}
		fields = begin_fields(x, &runs[i]);
		if (picture != NULL)
			put_picture(x, picture, &runs[i]);
		else if (runs[i].ruby[0] != '\0')
			put_ruby(x, runs + i, some);
		else
			put_plain(x, runs + i, some);
		while (fields-- > 0)
			docx_field_end(x);
		if (link[0] != '\0')
			kt_xmlw_close(x->w);
	}
}
