/* SPDX-License-Identifier: MIT */
/*
 * The proof of a redline: the file is opened as anybody would open it and
 * read twice at once, with all changes accepted and with all rejected, by
 * the rules of Word: what is deleted or moved away goes when accepted, what
 * is inserted or moved here goes when rejected, and a paragraph whose end
 * goes runs on into the next one.
 */
#include "redline_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------- */

/* Which side a change is not on, by the name of its element; -1: both. */
static int
absent_from(const struct kt_xnode *n)
{
	if (kt_xnode_is(n, "del") || kt_xnode_is(n, "moveFrom"))
		return SIDE_NEW;
	if (kt_xnode_is(n, "ins") || kt_xnode_is(n, "moveTo"))
		return SIDE_OLD;
	return -1;
}

/* The same for what a list of properties says of the whole. */
static int
properties_absent(const struct kt_xnode *n, const char *properties)
{
	const struct kt_xnode *at = kt_xnode_child(n, properties);
	int side = -1;

	if (at != NULL && strcmp(properties, "pPr") == 0)
		at = kt_xnode_child(at, "rPr");
	if (at != NULL)
		at = kt_xnode_elem(at);
	for (; at != NULL && side < 0; at = kt_xnode_next_elem(at))
		side = absent_from(at);
	return side;
}

struct reading {
	struct kt_buf got[SIDES];
	unsigned hidden[SIDES]; /* depth of elements that are not there */
	bool open[SIDES]; /* words wait for the end of a paragraph */
	unsigned deleted; /* depth of w:del */
	unsigned results; /* depth of fields whose result is read */
};

static void
put_words(struct reading *r, const struct kt_xnode *n, const char *sign)
{
	for (int side = 0; side < SIDES; side++) {
		if (r->hidden[side] > 0)
			continue;
		if (sign != NULL)
			kt_buf_puts(&r->got[side], sign);
		else
			kt_xnode_words(&r->got[side], n);
		r->open[side] = true;
	}
}

/* A sign of the structure; words that could not run on into a paragraph end
 * before it. */
static void
put_sign(struct reading *r, char sign)
{
	for (int side = 0; side < SIDES; side++) {
		if (r->hidden[side] > 0)
			continue;
		if (r->open[side])
			kt_buf_putc(&r->got[side], '\n');
		r->open[side] = false;
		kt_buf_putc(&r->got[side], sign);
	}
}

static void
end_paragraph(struct reading *r, const struct kt_xnode *n)
{
	const struct kt_xnode *next = kt_xnode_next_elem(n);
	int absent = properties_absent(n, "pPr");

	/* The last of a cell or of the document keeps its end. */
	if (next == NULL || kt_xnode_is(next, "sectPr"))
		absent = -1;
	for (int side = 0; side < SIDES; side++) {
		if (r->hidden[side] > 0 || side == absent)
			continue;
		kt_buf_putc(&r->got[side], '\n');
		r->open[side] = false;
	}
}

static void
hide(struct reading *r, int side, int step)
{
	if (side >= 0)
		r->hidden[side] += (unsigned)step;
}

/* 1: the result of a field begins, -1: it ends. */
static int
field_step(const struct kt_xnode *n)
{
	const char *type;

	if (kt_xnode_is(n, "fldSimple"))
		return 1;
	type =
	    kt_xnode_is(n, "fldChar") ? kt_xnode_attr(n, "fldCharType") : NULL;
	if (type == NULL)
		return 0;
	return strcmp(type, "separate") == 0 ? 1 : -(strcmp(type, "end") == 0);
}

/* Enter an element; false when nothing in it is to be read. */
static bool
enter(struct reading *r, const struct kt_xnode *n)
{
	bool deleted = r->deleted > 0;

	if (kt_xnode_is(n, "pPr") || kt_xnode_is(n, "rPr") ||
	    kt_xnode_is(n, "trPr") || kt_xnode_is(n, "rt"))
		return false;
	/* Words count only in the element that is theirs. */
	if (kt_xnode_is(n, deleted ? "delText" : "t"))
		put_words(r, n, NULL);
	else if (kt_xnode_is(n, "br"))
		put_words(r, n, "\n");
	else if (kt_xnode_is(n, "tab"))
		put_words(r, n, "\t");
	else if (kt_xnode_is(n, "docPr") && r->results > 0 &&
		 kt_xnode_attr(n, "descr") != NULL)
		/* A picture that stands for words. */
		put_words(r, n, kt_xnode_attr(n, "descr"));
	else if (kt_xnode_is(n, "tr"))
		hide(r, properties_absent(n, "trPr"), 1);
	hide(r, absent_from(n), 1);
	r->deleted += kt_xnode_is(n, "del");
	r->results += field_step(n) > 0;
	if (kt_xnode_is(n, "tr"))
		put_sign(r, RED_ROW_SIGN);
	else if (kt_xnode_is(n, "tc"))
		put_sign(r, RED_CELL_SIGN);
	return true;
}

static void
leave(struct reading *r, const struct kt_xnode *n)
{
	if (kt_xnode_is(n, "p"))
		end_paragraph(r, n);
	hide(r, absent_from(n), -1);
	r->deleted -= kt_xnode_is(n, "del");
	r->results -= kt_xnode_is(n, "fldSimple") || field_step(n) < 0;
	if (kt_xnode_is(n, "tr"))
		hide(r, properties_absent(n, "trPr"), -1);
}

static void
read_all(struct reading *r, const struct kt_xnode *root)
{
	const struct kt_xnode *at = root;

	while (at != NULL) {
		bool inside = enter(r, at);
		const struct kt_xnode *next = inside ? kt_xnode_elem(at) : NULL;

		while (next == NULL) {
			if (inside)
				leave(r, at);
			if (at == root)
				return;
			next = kt_xnode_next_elem(at);
			if (next == NULL) {
				at = kt_xnode_parent(at);
				inside = true;
			}
		}
		at = next;
	}
}

/* ---- the comparison ------------------------------------------------------ */

/* The line of the first difference, for the message. */
static int
tell_difference(const struct kt_buf *got, const struct kt_buf *want, int side,
    struct kt_diag *d)
{
	static const enum kt_msg_id ids[SIDES] = { KT_M_REDLINE_REJECTED,
		KT_M_REDLINE_ACCEPTED };
	size_t i = 0, begin = 0, n;
	char *line;
	int rc;

	while (i < got->len && i < want->len && got->p[i] == want->p[i]) {
		i++;
		if (want->p[i - 1] == '\n')
			begin = i;
	}
	begin += strspn(want->p + begin, "\x1d\x1e");
	n = strcspn(want->p + begin, "\n\x1d\x1e");
	line = kt_strndup(want->p + begin, n);
	rc = kt_report(d, .id = ids[side], .a = line);
	free(line);
	return rc;
}

/* An empty paragraph at the end is of neither text: it is there because the
 * last one cannot go. */
static void
drop_last(struct reading *r, const struct kt_buf want[SIDES])
{
	for (int side = 0; side < SIDES; side++) {
		const struct kt_buf *got = &r->got[side];

		if (got->len != want[side].len + 1 ||
		    got->p[got->len - 1] != '\n')
			return;
	}
	for (int side = 0; side < SIDES; side++)
		kt_buf_cut(&r->got[side], want[side].len);
}

static int
prove_words(struct reading *r, struct red_sides *s, struct kt_diag *d)
{
	struct kt_buf want[SIDES] = { KT_BUF_INIT, KT_BUF_INIT };
	int rc = KT_OK;

	red_want(&want[SIDE_OLD], s, SIDE_OLD);
	red_want(&want[SIDE_NEW], s, SIDE_NEW);
	drop_last(r, want);
	for (int side = 0; rc == KT_OK && side < SIDES; side++)
		if (r->got[side].len != want[side].len ||
		    memcmp(r->got[side].p, want[side].p, want[side].len) != 0)
			rc = tell_difference(
			    &r->got[side], &want[side], side, d);
	kt_buf_release(&want[SIDE_OLD]);
	kt_buf_release(&want[SIDE_NEW]);
	return rc;
}

int
red_prove(void *of, const char *bytes, size_t n, struct kt_diag *d)
{
	struct red_sides *s = of;
	struct kt_package *p = NULL;
	struct kt_xml *x = NULL;
	struct kt_buf part = KT_BUF_INIT;
	struct reading r = { .got = { KT_BUF_INIT, KT_BUF_INIT } };
	int rc = kt_package_open(&p, "docx", bytes, n, NULL, d);

	if (rc == KT_OK)
		rc = kt_package_read(p, &part, kt_package_main(p), d);
	if (rc == KT_OK)
		rc = kt_xml_parse(&x, "document.xml", part.p, part.len, d);
	if (rc == KT_OK) {
		read_all(&r, kt_xml_root(x));
		rc = prove_words(&r, s, d);
	}
	kt_xml_free(x);
	kt_package_free(p);
	kt_buf_release(&part);
	kt_buf_release(&r.got[SIDE_OLD]);
	kt_buf_release(&r.got[SIDE_NEW]);
	return rc;
}
