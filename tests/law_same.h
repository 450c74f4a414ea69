/* SPDX-License-Identifier: MIT */
#ifndef LAW_SAME_H
#define LAW_SAME_H

/*
 * Do two files in 法令標準XML say the same?  Elements in the same order, the
 * same words, numbers, spans and files; layout, database attributes and empty
 * titles apart.  Included once, by a test program.
 */

#include "kt_test.h"

#include <kaitei/xml.h>

/* A walk over elements, entered and left, and texts that say something. */
struct law_cursor {
	const struct kt_xnode *root, *at; /* NULL at the end */
	bool leaving;
};

static inline bool
law_is_blank(const char *p)
{
	return p[strspn(p, " \t\r\n")] == '\0';
}

static inline bool
law_ends(const char *name, const char *tail)
{
	size_t n = strlen(name), m = strlen(tail);

	return n > m && strcmp(name + n - m, tail) == 0;
}

/* White space for layout, and titles and captions without words. */
static inline bool
law_says_nothing(const struct kt_xnode *x)
{
	const char *name = kt_xnode_name(x);

	if (kt_xnode_is_text(x))
		return law_is_blank(kt_xnode_text(x));
	return (law_ends(name, "Title") || law_ends(name, "Caption")) &&
	       (kt_xnode_first(x) == NULL ||
		   (kt_xnode_elem(x) == NULL &&
		       law_is_blank(kt_xnode_text(kt_xnode_first(x)))));
}

static inline const struct kt_xnode *
law_first_of(const struct kt_xnode *x)
{
	while (x != NULL && law_says_nothing(x))
		x = kt_xnode_next(x);
	return x;
}

static inline void
law_step(struct law_cursor *c)
{
	const struct kt_xnode *next;

	if (!c->leaving && !kt_xnode_is_text(c->at)) {
		next = law_first_of(kt_xnode_first(c->at));
		if (next != NULL)
			c->at = next;
		else
			c->leaving = true;
		return;
	}
	if (c->at == c->root) {
		c->at = NULL;
		return;
	}
	next = law_first_of(kt_xnode_next(c->at));
	c->leaving = next == NULL;
	c->at = next == NULL ? kt_xnode_parent(c->at) : next;
}

/* Words without the layout: no white space with a line break in it, none at
 * either end. */
static inline void
law_put_words(struct kt_buf *out, const char *p)
{
	size_t start = out->len;

	p += strspn(p, " \t\r\n");
	while (*p != '\0') {
		size_t word = strcspn(p, " \t\r\n");
		size_t white = strspn(p + word, " \t\r\n");

		kt_buf_put(out, p, word);
		if (memchr(p + word, '\n', white) == NULL)
			kt_buf_put(out, p + word, white);
		p += word + white;
	}
	while (out->len > start && out->p[out->len - 1] == ' ')
		kt_buf_cut(out, out->len - 1);
}

static inline bool
law_same_words(
    const struct kt_xnode *a, const struct kt_xnode *b, struct kt_buf *why)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	law_put_words(&x, kt_xnode_text(a));
	law_put_words(&y, kt_xnode_text(b));
	same = strcmp(x.p, y.p) == 0;
	if (!same)
		kt_buf_printf(why, "words '%.120s' / '%.120s'", x.p, y.p);
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}

/* Attributes that must agree where the first file has them; a span of one is
 * as good as none. */
static inline bool
law_same_attributes(
    const struct kt_xnode *a, const struct kt_xnode *b, struct kt_buf *why)
{
	static const char *const names[] = { "Num", "src", "AmendLawNum", "Era",
		"Year", "LawType", "Align", "colspan", "rowspan" };

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		const char *x = kt_xnode_attr(a, names[i]);
		const char *y = kt_xnode_attr(b, names[i]);
		bool span = law_ends(names[i], "span");

		/* A sentence alone needs no number. */
		if (x == NULL || x[0] == '\0' ||
		    (span && strcmp(x, "1") == 0) ||
		    (y == NULL && kt_xnode_is(a, "Sentence") &&
			strcmp(x, "1") == 0))
			continue;
		if (y != NULL && strcmp(x, y) == 0)
			continue;
		kt_buf_printf(why, "%s@%s '%s' / '%s'", kt_xnode_name(a),
		    names[i], x, y == NULL ? "" : y);
		return false;
	}
	return true;
}

static inline bool
law_same_here(
    const struct law_cursor *a, const struct law_cursor *b, struct kt_buf *why)
{
	if (kt_xnode_is_text(a->at) && kt_xnode_is_text(b->at))
		return law_same_words(a->at, b->at, why);
	if (a->leaving != b->leaving ||
	    strcmp(kt_xnode_name(a->at), kt_xnode_name(b->at)) != 0) {
		kt_buf_printf(why, "%s<%s> / %s<%s>",
		    a->leaving ? "end of " : "", kt_xnode_name(a->at),
		    b->leaving ? "end of " : "", kt_xnode_name(b->at));
		return false;
	}
	return a->leaving || law_same_attributes(a->at, b->at, why);
}

/* If not, `why` says the first difference, line and values. */
static inline bool
law_same(const struct kt_xml *x, const struct kt_xml *y, struct kt_buf *why)
{
	struct law_cursor a = { .root = kt_xml_root(x), .at = kt_xml_root(x) };
	struct law_cursor b = { .root = kt_xml_root(y), .at = kt_xml_root(y) };

	while (a.at != NULL && b.at != NULL) {
		size_t line = kt_xnode_line(a.at);

		if (!law_same_here(&a, &b, why)) {
			kt_buf_printf(why, " at line %zu", line);
			return false;
		}
		law_step(&a);
		law_step(&b);
	}
	return a.at == b.at;
}

#endif
