/* SPDX-License-Identifier: MIT */
/*
 * Who changed what and when: the tracked changes of a Word file, told one by
 * one in the order of the text, in every view alike.  Word cuts a change at
 * each run; what one person did to neighbouring words at one time is one.
 */
#include "docx_int.h"

#include <string.h>

/* Characters of a change that are told. */
#define WORDS_TOLD ((size_t)60)
/* 2026-04-01T09:30 */
#define WHEN_TOLD ((size_t)16)

static const struct {
	const char *name;
	enum kt_msg_id id;
} kinds[] = {
	{ "ins", KT_M_TRACKED_INSERTED },
	{ "cellIns", KT_M_TRACKED_INSERTED },
	{ "del", KT_M_TRACKED_DELETED },
	{ "cellDel", KT_M_TRACKED_DELETED },
	{ "moveFrom", KT_M_TRACKED_MOVED_FROM },
	{ "moveTo", KT_M_TRACKED_MOVED_TO },
	{ "rPrChange", KT_M_TRACKED_FORMAT },
	{ "pPrChange", KT_M_TRACKED_FORMAT },
	{ "tblPrChange", KT_M_TRACKED_FORMAT },
	{ "trPrChange", KT_M_TRACKED_FORMAT },
	{ "tcPrChange", KT_M_TRACKED_FORMAT },
	{ "numberingChange", KT_M_TRACKED_FORMAT },
};

struct tracked {
	struct word *w;
	size_t at; /* paragraphs and tables so far */
	/* The change that may go on. */
	const struct kt_xnode *change;
	enum kt_msg_id id;
	size_t begins; /* paragraph */
	struct kt_buf words;
};

static bool
kind_of(const struct kt_xnode *n, enum kt_msg_id *id)
{
	for (size_t i = 0; i < KT_COUNT(kinds); i++)
		if (kt_xnode_is(n, kinds[i].name)) {
			*id = kinds[i].id;
			return true;
		}
	return false;
}

void
word_when(struct kt_buf *out, const struct kt_xnode *n)
{
	const char *date = kt_xnode_attr(n, "date");
	size_t len = date == NULL ? 0 : strlen(date);

	for (size_t i = 0; i < len && i < WHEN_TOLD; i++)
		kt_buf_putc(out, date[i] == 'T' ? ' ' : date[i]);
}

/* ---- one change --------------------------------------------------------- */

/* The words begin to be told; the rest of a long change is "…". */
static void
shorten(struct kt_buf *words)
{
	size_t n = 0;
	unsigned len;

	for (size_t at = 0; at < words->len; at += len) {
		kt_utf8_at(words->p + at, &len);
		if (n++ < WORDS_TOLD)
			continue;
		kt_buf_cut(words, at);
		kt_buf_puts(words, "…");
		return;
	}
}

static void
end_change(struct tracked *t)
{
	struct kt_buf when = KT_BUF_INIT;
	const char *who;

	if (t->change == NULL)
		return;
	who = kt_xnode_attr(t->change, "author");
	word_when(&when, t->change);
	shorten(&t->words);
	kt_report(t->w->d, .id = t->id,
	    .at = { .file = t->w->name, .line = t->begins },
	    .a = who == NULL || *who == '\0' ? "?" : who,
	    .b = when.len == 0 ? "?" : when.p,
	    .c = t->words.len == 0 ? "¶" : t->words.p);
	kt_buf_release(&when);
	kt_buf_clear(&t->words);
	t->change = NULL;
}

static bool
same_attr(const struct kt_xnode *a, const struct kt_xnode *b, const char *name)
{
	const char *x = kt_xnode_attr(a, name), *y = kt_xnode_attr(b, name);

	return x == y || (x != NULL && y != NULL && strcmp(x, y) == 0);
}

static void
begin_change(
    struct tracked *t, const struct kt_xnode *change, enum kt_msg_id id)
{
	if (t->change != NULL && t->id == id && t->begins == t->at &&
	    same_attr(t->change, change, "author") &&
	    same_attr(t->change, change, "date"))
		return;
	end_change(t);
	t->change = change;
	t->id = id;
	t->begins = t->at;
}

void
word_words_below(struct kt_buf *out, const struct kt_xnode *n)
{
	static const char *const closed[] = { "rt", "rubyPr", "pPr", "rPr",
		"instrText", "delInstrText", "Fallback" };

	for (n = kt_xnode_first(n); n != NULL; n = kt_xnode_next(n)) {
		bool open = true;

		if (kt_xnode_is_text(n))
			kt_buf_puts(out, kt_xnode_text(n));
		for (size_t i = 0; i < KT_COUNT(closed); i++)
			open &= !kt_xnode_is(n, closed[i]);
		if (open)
			word_words_below(out, n);
	}
}

/* The change of the properties of an element, which changes it whole. */
static const struct kt_xnode *
change_in(const struct kt_xnode *properties, bool look, enum kt_msg_id *id)
{
	const struct kt_xnode *at =
	    properties == NULL ? NULL : kt_xnode_elem(properties);

	for (; at != NULL; at = kt_xnode_next_elem(at))
		if (kind_of(at, id) && (*id == KT_M_TRACKED_FORMAT) == look)
			return at;
	return NULL;
}

static void
look_changed(
    struct tracked *t, const struct kt_xnode *n, const char *properties)
{
	enum kt_msg_id id;
	const struct kt_xnode *change =
	    change_in(kt_xnode_child(n, properties), true, &id);

	if (change == NULL)
		return;
	begin_change(t, change, id);
	word_words_below(&t->words, n);
}

/* ---- all ---------------------------------------------------------------- */

static void walk(struct tracked *t, const struct kt_xnode *in);

/* What one property says of a whole row or cell, and of the end of a
 * paragraph. */
static bool
whole_changed(
    struct tracked *t, const struct kt_xnode *n, const char *properties)
{
	enum kt_msg_id id;
	const struct kt_xnode *change =
	    change_in(kt_xnode_child(n, properties), false, &id);

	if (change == NULL)
		return false;
	end_change(t);
	begin_change(t, change, id);
	word_words_below(&t->words, n);
	end_change(t);
	return true;
}

static void
paragraph(struct tracked *t, const struct kt_xnode *p)
{
	const struct kt_xnode *ppr = kt_xnode_child(p, "pPr"), *change;
	enum kt_msg_id id;

	end_change(t);
	t->at++;
	look_changed(t, p, "pPr");
	end_change(t);
	walk(t, p);
	change = ppr == NULL
		     ? NULL
		     : change_in(kt_xnode_child(ppr, "rPr"), false, &id);
	if (change != NULL)
		begin_change(t, change, id);
	end_change(t);
}

static void
run(struct tracked *t, const struct kt_xnode *r)
{
	enum kt_msg_id id;
	const struct kt_xnode *change =
	    change_in(kt_xnode_child(r, "rPr"), true, &id);

	if (change == NULL) {
		if (t->change != NULL)
			end_change(t);
		walk(t, r);
		return;
	}
	begin_change(t, change, id);
	word_words_below(&t->words, r);
}

/* What somebody did to words that are themselves a change. */
static void
changes_below(struct tracked *t, const struct kt_xnode *in)
{
	enum kt_msg_id id;

	for (in = kt_xnode_elem(in); in != NULL; in = kt_xnode_next_elem(in)) {
		if (kind_of(in, &id) && id != KT_M_TRACKED_FORMAT) {
			begin_change(t, in, id);
			word_words_below(&t->words, in);
		}
		changes_below(t, in);
	}
}

/* Rows and cells are changed whole, or in their words. */
static void
part_of_table(
    struct tracked *t, const struct kt_xnode *n, const char *properties)
{
	if (whole_changed(t, n, properties))
		return;
	end_change(t);
	look_changed(t, n, properties);
	walk(t, n);
}

static void
element(struct tracked *t, const struct kt_xnode *n)
{
	enum kt_msg_id id;

	if (kt_xnode_is(n, "p")) {
		paragraph(t, n);
	} else if (kt_xnode_is(n, "r")) {
		run(t, n);
	} else if (kt_xnode_is(n, "tbl")) {
		t->at++;
		part_of_table(t, n, "tblPr");
	} else if (kt_xnode_is(n, "tr")) {
		part_of_table(t, n, "trPr");
	} else if (kt_xnode_is(n, "tc")) {
		part_of_table(t, n, "tcPr");
	} else if (kind_of(n, &id) && id != KT_M_TRACKED_FORMAT) {
		begin_change(t, n, id);
		word_words_below(&t->words, n);
		changes_below(t, n);
	} else if (!word_is_untaken(n)) {
		walk(t, n);
	}
}

/* What properties say was looked at with that which they are of. */
static bool
is_properties(const struct kt_xnode *n)
{
	const char *name = kt_xnode_name(n);
	size_t len = strlen(name);

	return len > 2 && strcmp(name + len - 2, "Pr") == 0;
}

/* No deeper than the tree, whose depth is limited. */
static void
walk(struct tracked *t, const struct kt_xnode *in)
{
	for (in = kt_xnode_elem(in); in != NULL; in = kt_xnode_next_elem(in))
		if (!is_properties(in))
			element(t, in);
}

void
word_tracked_tell(struct word *w)
{
	const struct kt_xml *parts[] = { w->body, w->foot_part, w->end_part };
	struct tracked t = { .w = w, .words = KT_BUF_INIT };

	for (size_t i = 0; i < KT_COUNT(parts); i++) {
		if (parts[i] != NULL)
			walk(&t, kt_xml_root(parts[i]));
		end_change(&t);
	}
	kt_buf_release(&t.words);
}
