/* SPDX-License-Identifier: MIT */
/*
 * A file as the lines that people see in it, before anybody asks what they
 * are: plain text, or the paragraphs of a Word file.  For instruments, whose
 * sentences are no clauses.
 */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/ooxml.h>
#include <kaitei/xml.h>

/* Twips of a character where an indent is not given in characters. */
#define CHARACTER 210

struct lines {
	struct kt_buf *out;
	struct kt_buf words; /* of the paragraph at hand */
};

/* ---- words --------------------------------------------------------------- */

/* A number in an attribute; 0 when it is not there. */
static long
number(const struct kt_xnode *n, const char *name)
{
	const char *value = n == NULL ? NULL : kt_xnode_attr(n, name);

	return value == NULL ? 0 : strtol(value, NULL, 10);
}

/* Is what stands in this element not of the text: deleted, or moved from? */
static bool
is_gone(const struct kt_xnode *n)
{
	static const char *const names[] = { "del", "moveFrom", "instrText",
		"pPr", "rPr", "Fallback" };

	for (size_t i = 0; i < KT_COUNT(names); i++)
		if (kt_xnode_is(n, names[i]))
			return true;
	return false;
}

static void
put_words(struct kt_buf *out, const struct kt_xnode *in)
{
	const struct kt_xnode *n = kt_xnode_elem(in);

	for (; n != NULL; n = kt_xnode_next_elem(n)) {
		if (is_gone(n) || kt_xnode_is(n, "rt"))
			continue;
		if (kt_xnode_is(n, "t")) {
			kt_xnode_words(out, n);
		} else if (kt_xnode_is(n, "tab")) {
			kt_buf_puts(out, "　");
		} else if (kt_xnode_is(n, "br") || kt_xnode_is(n, "cr")) {
			kt_buf_putc(out, '\n');
		} else if (kt_xnode_is(n, "noBreakHyphen")) {
			kt_buf_putc(out, '-');
		} else if (kt_xnode_is(n, "ruby")) {
			const struct kt_xnode *rt = kt_xnode_child(n, "rt");

			kt_buf_puts(out, "<ruby>");
			put_words(out, n);
			kt_buf_puts(out, "<rt>");
			if (rt != NULL)
				put_words(out, rt);
			kt_buf_puts(out, "</rt></ruby>");
		} else {
			put_words(out, n);
		}
	}
}

/* ---- paragraphs -----------------------------------------------------------
 */

/* Characters by which the first line of a paragraph is set in. */
static long
indent_of(const struct kt_xnode *p)
{
	const struct kt_xnode *pr = kt_xnode_child(p, "pPr");
	const struct kt_xnode *ind =
	    pr == NULL ? NULL : kt_xnode_child(pr, "ind");
	long left, first;

	if (ind == NULL)
		return 0;
	left = number(ind, "leftChars") + number(ind, "startChars");
	first = number(ind, "firstLineChars") - number(ind, "hangingChars");
	if (left == 0 && first == 0) {
		left = number(ind, "left") + number(ind, "start");
		first = number(ind, "firstLine") - number(ind, "hanging");
		return (left + first + CHARACTER / 2) / CHARACTER;
	}
	return (left + first + 50) / 100;
}

static void
put_paragraph(struct lines *l, const struct kt_xnode *p)
{
	long indent = indent_of(p);

	kt_buf_clear(&l->words);
	put_words(&l->words, p);
	if (l->words.len > 0)
		for (; indent > 0 && indent <= 100; indent--)
			kt_buf_puts(l->out, "　");
	kt_buf_put(l->out, l->words.p, l->words.len);
	kt_buf_putc(l->out, '\n');
}

/* ---- tables ---------------------------------------------------------------
 */

static unsigned
span_of(const struct kt_xnode *tc)
{
	const struct kt_xnode *pr = kt_xnode_child(tc, "tcPr");
	long n = pr == NULL ? 0 : number(kt_xnode_child(pr, "gridSpan"), "val");

	return n < 1 || n > 1000 ? 1 : (unsigned)n;
}

/* Words of all paragraphs of a cell, bars and line ends made safe. */
static void
put_cell(struct lines *l, const struct kt_xnode *tc)
{
	bool first = true;

	kt_buf_clear(&l->words);
	for (const struct kt_xnode *p = kt_xnode_elem(tc); p != NULL;
	     p = kt_xnode_next_elem(p)) {
		if (!kt_xnode_is(p, "p"))
			continue;
		if (!first)
			kt_buf_putc(&l->words, '\n');
		put_words(&l->words, p);
		first = false;
	}
	kt_buf_putc(l->out, ' ');
	for (const char *p = l->words.p; *p != '\0'; p++) {
		if (*p == '\n')
			kt_buf_puts(l->out, "\\n");
		else if (*p == '|')
			kt_buf_puts(l->out, "\\|");
		else
			kt_buf_putc(l->out, *p);
	}
	kt_buf_puts(l->out, " |");
}

/* A row with bars; a head ends in a line of dashes. */
static void
put_row(struct lines *l, const struct kt_xnode *tr)
{
	const struct kt_xnode *pr = kt_xnode_child(tr, "trPr");
	size_t cells = 0;

	kt_buf_putc(l->out, '|');
	for (const struct kt_xnode *tc = kt_xnode_elem(tr); tc != NULL;
	     tc = kt_xnode_next_elem(tc)) {
		if (!kt_xnode_is(tc, "tc"))
			continue;
		put_cell(l, tc);
		cells++;
		for (unsigned n = span_of(tc); n > 1; n--, cells++)
			kt_buf_puts(l->out, "  |");
	}
	kt_buf_putc(l->out, '\n');
	if (pr == NULL || kt_xnode_child(pr, "tblHeader") == NULL)
		return;
	kt_buf_putc(l->out, '|');
	while (cells-- > 0)
		kt_buf_puts(l->out, "---|");
	kt_buf_putc(l->out, '\n');
}

static void
put_blocks(struct lines *l, const struct kt_xnode *in)
{
	for (const struct kt_xnode *n = kt_xnode_elem(in); n != NULL;
	     n = kt_xnode_next_elem(n)) {
		if (is_gone(n))
			continue;
		if (kt_xnode_is(n, "p"))
			put_paragraph(l, n);
		else if (kt_xnode_is(n, "tr"))
			put_row(l, n);
		else
			put_blocks(l, n);
	}
}

/* ---- the file -------------------------------------------------------------
 */

static int
read_word(struct kt_buf *out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d)
{
	struct kt_package *package = NULL;
	struct kt_buf part = KT_BUF_INIT;
	struct lines l = { .out = out, .words = KT_BUF_INIT };
	struct kt_xml *xml = NULL;
	int rc = kt_package_open(&package, name, bytes, n, NULL, d);

	if (rc == KT_OK)
		rc = kt_package_read(
		    package, &part, kt_package_main(package), d);
	if (rc == KT_OK)
		rc = kt_xml_parse(&xml, name, part.p, part.len, d);
	if (rc == KT_OK)
		put_blocks(&l, kt_xml_root(xml));
	kt_buf_release(&l.words);
	kt_xml_free(xml);
	kt_buf_release(&part);
	kt_package_free(package);
	return rc;
}

int
kt_read_paragraphs(struct kt_buf *out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct kt_source source;
	int rc;

	if (kt_format_of(name, bytes, n) == KT_FMT_DOCX)
		return read_word(out, name, bytes, n, d);
	rc = kt_source_take(&source, name, bytes, n, KT_READ_MAX, d);
	if (rc != KT_OK)
		return rc;
	kt_buf_put(out, source.p, source.n);
	kt_source_release(&source);
	return KT_OK;
}
