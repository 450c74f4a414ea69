/* SPDX-License-Identifier: MIT */
#ifndef KAITEI_PDF_HELPER_H
#define KAITEI_PDF_HELPER_H

/*
 * kaitei-pdf: a PDF as positioned text, for kaitei, which runs it as a
 * process of its own.  Linked with poppler and with nothing of kaitei.
 *
 *	kaitei-pdf text [FIRST [LAST]]   < in.pdf   the records below
 *	kaitei-pdf heads                 < in.pdf   what it calls its headings
 *	kaitei-pdf picture PAGE DPI      < in.pdf   a page as PNG
 *	kaitei-pdf check                            version and language data
 *
 * Records are lines of words with one blank between them.  Lengths are
 * hundredths of a point, from the upper left corner of the page, as whole
 * numbers.
 *
 *	kaitei-pdf 1            version of this form
 *	poppler VERSION
 *	data 1                  0: no tables for Japanese fonts
 *	pages N                 of the file, not of the range
 *	title WORDS             if the file has one
 *	tag KIND N              tagged files: how many H1, P, Table, …
 *	page N WIDTH HEIGHT
 *	label WORDS             the number that is shown for the page
 *	font F NAME             F counts from 0 in every page
 *	c X0 Y0 X1 Y1 SIZE F COLOUR HEX
 *	                        one character: its box, the font's size, rgb,
 *	                        code point; blanks are left out
 *	b                       poppler begins a new line here
 *	rule X0 Y0 X1 Y1        a thin line
 *	shape X0 Y0 X1 Y1       a coloured area
 *	image X0 Y0 X1 Y1
 *	unread WHAT             something of this page could not be read
 *	end N
 *	head PAGE LEVEL WORDS   of `heads`: PAGE 0 is not known, LEVEL 1 is
 *	                        outermost; ? may stand for one lost byte
 *	done                    the range is complete
 *
 * Exit status: 0 done, 3 not a PDF or damaged, 4 encrypted, 2 wrong use.
 */

#include <cairo.h>
#include <poppler.h>

/* ---- text.c ---- */

GHashTable *find_vertical_fonts(PopplerDocument *document);
void put_text(PopplerPage *page, GHashTable *vertical);

/* ---- rules.c ---- */

/* Lines that a page draws; false when they could not be had. */
gboolean put_rules(PopplerPage *page);

/* ---- tags.c ---- */

void put_tags(PopplerDocument *document);

/* ---- heads.c ---- */

void put_heads(PopplerDocument *document);

/* Hundredths of a point. */
long hundredths(double points);
/* A word of a record: control characters become blanks. */
void put_words(const char *name, const char *words);

#endif
