/* SPDX-License-Identifier: MIT */
/*
 * The words of a paragraph, in the view that was asked for: runs and their
 * looks, ruby, fields, links and changes.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

#define LOOKS 7

/* Marks by bit of enum word_look. */
static const struct {
	unsigned look;
	const char *name;
	enum kt_mark_kind kind;
} looks[LOOKS] = {
	{ WORD_UNDERLINE, "*u", KT_UNDERLINE },
	{ WORD_SUPER, "*sup", KT_SUPER },
	{ WORD_SUB, "*sub", KT_SUB },
	{ WORD_STRONG, "*b", KT_STRONG },
	{ WORD_EMPHASIS, "*i", KT_EMPHASIS },
	{ WORD_CODE, "*code", KT_CODE },
	{ WORD_FORMULA, "*var", KT_FORMULA },
};

/* Looks open inside each other: ruby holds runs. */
#define RUNS_MAX 8

struct reader {
	struct word *w;
	struct word_block *block;
	struct kt_inline *to;
	struct word_blocks *behind;
	unsigned run[RUNS_MAX]; /* looks that each open run added */
	unsigned nruns, look;
};

static void
put(struct reader *r, const char *p, size_t n)
{
	for (size_t i = 0; i < r->w->nfields; i++)
		if (!r->w->field[i].result)
			return;
	if (r->w->toc == 0)
		kt_inline_text(r->to, p, n);
}

static void
put_string(struct reader *r, const char *s)
{
	put(r, s, strlen(s));
}

/* ---- runs --------------------------------------------------------------- */

/* The properties of a run in the view: the old ones when its formatting was
 * changed and that is rejected. */
static const struct kt_xnode *
run_properties(struct reader *r, const struct kt_xnode *run)
{
	const struct kt_xnode *rpr = kt_xnode_child(run, "rPr"), *change;

	change = rpr == NULL ? NULL : kt_xnode_child(rpr, "rPrChange");
	if (change == NULL)
		return rpr;
	r->w->tracked = true;
	return r->w->how.changes == KT_VIEW_REJECT
		   ? kt_xnode_child(change, "rPr")
		   : rpr;
}

/* In a 新旧対照表 an underline or a box marks what changed; what the text
 * itself has underlined is dotted there, and its other looks say nothing. */
static unsigned
mark_look(const struct kt_xnode *rpr, unsigned look)
{
	const char *line = word_value(rpr, "u"), *box = word_value(rpr, "bdr");
	bool marked = (look & WORD_UNDERLINE) != 0 &&
		      (line == NULL || strcmp(line, "dotted") != 0);

	marked = marked || (box != NULL && strcmp(box, "nil") != 0 &&
			       strcmp(box, "none") != 0);
	return (look & WORD_HIDDEN) | (marked ? WORD_UNDERLINE : 0);
}

static bool
enter_run(struct reader *r, const struct kt_xnode *run)
{
	const struct kt_xnode *rpr = run_properties(r, run);
	unsigned look = word_look(&r->w->styles, rpr, 0);
	const char *line = word_value(rpr, "u");
	unsigned added;

	if (r->w->printed)
		look = mark_look(rpr, look);
	/* A 新旧対照表 underlines what changed; that is not of the text. */
	else if (r->w->how.side != KT_TABLE_WHOLE && line != NULL &&
		 strcmp(line, "dotted") != 0)
		look &= ~(unsigned)WORD_UNDERLINE;
	if ((look & WORD_HIDDEN) != 0) {
		struct kt_buf words = KT_BUF_INIT;

		kt_xnode_words(&words, run);
		if (words.len > 0 && r->w->toc == 0)
			word_tell(r->w, KT_M_DOCX_HIDDEN, words.p);
		kt_buf_release(&words);
		return false;
	}
	if ((look & WORD_STRUCK) != 0 && kt_xnode_child(run, "t") != NULL)
		word_tell(r->w, KT_M_DOCX_STRUCK, "");
	if (r->nruns == RUNS_MAX)
		return true;
	added = look & ~r->look;
	for (size_t i = 0; i < LOOKS; i++)
		if ((added & looks[i].look) != 0)
			kt_inline_open(
			    r->to, looks[i].name, looks[i].kind, NULL);
	r->run[r->nruns++] = added;
	r->look |= added;
	return true;
}

static void
leave_run(struct reader *r)
{
	unsigned added;

	if (r->nruns == 0)
		return;
	added = r->run[--r->nruns];
	for (size_t i = LOOKS; i-- > 0;)
		if ((added & looks[i].look) != 0)
			kt_inline_close(r->to, looks[i].name);
	r->look &= ~added;
}

/* Signs of fonts that are not Unicode; the common ones have a character. */
static void
put_symbol(struct reader *r, const struct kt_xnode *n)
{
	static const struct {
		unsigned code;
		const char *is;
	} known[] = { { 0xf06c, "●" }, { 0xf06e, "■" }, { 0xf0a7, "■" },
		{ 0xf06f, "□" }, { 0xf0a8, "□" }, { 0xf071, "□" },
		{ 0xf0b7, "・" }, { 0xf0fc, "✓" }, { 0xf0fe, "☑" },
		{ 0xf0d8, "➢" }, { 0xf0e0, "→" }, { 0xf0df, "←" },
		{ 0xf0e1, "↑" }, { 0xf0e2, "↓" } };
	const char *hex = kt_xnode_attr(n, "char");
	unsigned long code = hex == NULL ? 0 : strtoul(hex, NULL, 16);
	struct kt_buf c = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(known); i++)
		if (known[i].code == code || known[i].code - 0xf000 == code) {
			put_string(r, known[i].is);
			return;
		}
	if (code >= 0x20 && code < 0xd800) {
		kt_utf8_put(&c, (uint32_t)code);
		put(r, c.p, c.len);
	} else {
		put_string(r, "〓");
		word_tell(r->w, KT_M_DOCX_SYMBOL, hex == NULL ? "" : hex);
	}
	kt_buf_release(&c);
}

static bool
enter_ruby(struct reader *r, const struct kt_xnode *ruby)
{
	const struct kt_xnode *rt = kt_xnode_child(ruby, "rt");
	struct kt_buf reading = KT_BUF_INIT;

	if (rt != NULL)
		kt_xnode_words(&reading, rt);
	if (reading.len > 0)
		kt_inline_open(r->to, "*ruby", KT_RUBY, reading.p);
	kt_buf_release(&reading);
	return true;
}

static void
put_formula(struct reader *r, const struct kt_xnode *math)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_xnode_words(&words, math);
	kt_inline_open(r->to, "*var", KT_FORMULA, NULL);
	put(r, words.p, words.len);
	kt_inline_close(r->to, "*var");
	word_tell(r->w, KT_M_DOCX_FORMULA, words.p);
	kt_buf_release(&words);
}

/* ---- fields ------------------------------------------------------------- */

static void
begin_field(struct word *w)
{
	KT_GROW(w->field, w->nfields, w->fields_cap);
	w->field[w->nfields++] = (struct word_field){ .code = KT_BUF_INIT };
}

/* The first word behind the name of a field: HYPERLINK "address". */
static char *
argument(const char *code)
{
	const char *p = strchr(code, '"'), *end;

	if (p == NULL)
		return kt_strdup("");
	end = strchr(p + 1, '"');
	return end == NULL ? kt_strdup(p + 1)
			   : kt_strndup(p + 1, (size_t)(end - p - 1));
}

/* The result begins: what kind of field it is is known. */
static void
begin_result(struct reader *r)
{
	struct word *w = r->w;
	struct word_field *f;
	const char *code;
	char *arg;

	if (w->nfields == 0 || w->field[w->nfields - 1].result)
		return;
	f = &w->field[w->nfields - 1];
	f->result = true;
	code = f->code.p + strspn(f->code.p, " \t");
	if (strncmp(code, "TOC", 3) == 0) {
		f->toc = true;
		if (w->toc++ == 0)
			word_tell(w, KT_M_DOCX_TOC, "");
		return;
	}
	arg = argument(code);
	/* A link inside the file needs no mark. */
	if (strncmp(code, "HYPERLINK", 9) == 0 &&
	    strncmp(code, "HYPERLINK \\l", 12) != 0 && arg[0] != '\0')
		kt_inline_open(r->to, f->mark = "*field", KT_LINK, arg);
	else if (strncmp(code, "INCLUDEPICTURE", 14) == 0)
		kt_inline_open(r->to, f->mark = KT_INLINE_IMAGE, KT_IMAGE, arg);
	free(arg);
}

static void
end_field(struct reader *r)
{
	struct word *w = r->w;
	struct word_field *f;

	if (w->nfields == 0)
		return;
	f = &w->field[--w->nfields];
	if (f->toc)
		w->toc--;
	if (f->mark != NULL)
		kt_inline_close(r->to, f->mark);
	kt_buf_release(&f->code);
}

static void
field_sign(struct reader *r, const struct kt_xnode *n)
{
	const char *type = kt_xnode_attr(n, "fldCharType");

	if (type == NULL)
		return;
	if (strcmp(type, "begin") == 0)
		begin_field(r->w);
	else if (strcmp(type, "separate") == 0)
		begin_result(r);
	else
		end_field(r);
}

static void
field_code(struct reader *r, const struct kt_xnode *n)
{
	if (r->w->nfields > 0 && !r->w->field[r->w->nfields - 1].result)
		kt_xnode_words(&r->w->field[r->w->nfields - 1].code, n);
}

static bool
enter_simple_field(struct reader *r, const struct kt_xnode *n)
{
	const char *code = kt_xnode_attr(n, "instr");

	begin_field(r->w);
	if (code != NULL)
		kt_buf_puts(&r->w->field[r->w->nfields - 1].code, code);
	begin_result(r);
	return true;
}

/* ---- links -------------------------------------------------------------- */

static const char *
address_of(struct reader *r, const struct kt_xnode *link)
{
	const struct kt_relation *rel =
	    word_relation(r->w, kt_xnode_attr(link, "id"));

	return rel != NULL && rel->external ? rel->target : NULL;
}

static bool
enter_link(struct reader *r, const struct kt_xnode *link)
{
	const char *address = address_of(r, link);

	if (address != NULL)
		kt_inline_open(r->to, "*a", KT_LINK, address);
	return true;
}

/* ---- changes ------------------------------------------------------------ */

static bool
is_change(const struct kt_xnode *n)
{
	return kt_xnode_is(n, "ins") || kt_xnode_is(n, "del") ||
	       kt_xnode_is(n, "moveFrom") || kt_xnode_is(n, "moveTo");
}

static bool
takes_away(const struct kt_xnode *n)
{
	return kt_xnode_is(n, "del") || kt_xnode_is(n, "moveFrom");
}

static bool
enter_change(struct reader *r, const struct kt_xnode *n)
{
	r->w->tracked = true;
	if (word_is_absent(r->w, n))
		return false;
	if (r->w->how.changes != KT_VIEW_SHOW)
		return true;
	if (takes_away(n))
		put_string(r, "〔");
	else
		kt_inline_open(r->to, "*ins", KT_UNDERLINE, NULL);
	return true;
}

static void
leave_change(struct reader *r, const struct kt_xnode *n)
{
	if (r->w->how.changes != KT_VIEW_SHOW)
		return;
	if (takes_away(n))
		put_string(r, "〕");
	else
		kt_inline_close(r->to, "*ins");
}

/* ---- all ---------------------------------------------------------------- */

static void
put_words(struct reader *r, const struct kt_xnode *n)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_xnode_words(&words, n);
	put(r, words.p, words.len);
	kt_buf_release(&words);
}

static void
put_break(struct reader *r, const struct kt_xnode *n)
{
	const char *type = kt_xnode_attr(n, "type");

	/* Below a picture of ours its words begin. */
	if (r->block->picture != NULL && r->to->text.len == 0)
		return;
	if (type == NULL || strcmp(type, "textWrapping") == 0)
		put_string(r, "\n");
}

static void
take_bookmark(struct reader *r, const struct kt_xnode *n)
{
	struct word_code c;
	const char *name = kt_xnode_attr(n, "name");

	if (name == NULL || !word_code_name(&c, name))
		return;
	KT_GROW(r->block->code, r->block->ncodes, r->block->codes_cap);
	r->block->code[r->block->ncodes++] = c;
}

static void
put_note(struct reader *r, struct word_notes *notes, const struct kt_xnode *n)
{
	char sign[WORD_NOTE_SIGN];

	if (!r->block->note && word_put_note(r->w, r->behind, notes, n, sign))
		put_string(r, sign);
}

static const struct kt_xnode *
find_below(const struct kt_xnode *root, const char *name)
{
	const struct kt_xnode *at = root, *next;

	while (at != NULL && !kt_xnode_is(at, name)) {
		next = kt_xnode_elem(at);
		while (next == NULL && at != root) {
			next = kt_xnode_next_elem(at);
			at = kt_xnode_parent(at);
		}
		at = next;
	}
	return at;
}

/* A picture that we wrote: the result of a field, where it stands for words, or
 * that of a figure, whose words stand below it. */
static bool
put_own_picture(struct reader *r, const struct kt_xnode *drawing)
{
	const struct word *w = r->w;
	const struct kt_xnode *about = find_below(drawing, "docPr");
	const char *name, *words;

	if ((!w->own && !w->lines) || about == NULL ||
	    find_below(drawing, "blip") == NULL)
		return false;
	words = kt_xnode_attr(about, "descr");
	if (w->nfields > 0 && w->field[w->nfields - 1].mark != NULL &&
	    strcmp(w->field[w->nfields - 1].mark, KT_INLINE_IMAGE) == 0) {
		put_string(r, words == NULL ? "" : words);
		return true;
	}
	name = kt_xnode_attr(about, "name");
	/* One that was put in by hand is called 図 1. */
	if (name == NULL || strchr(name, '.') == NULL ||
	    r->block->picture != NULL ||
	    (!w->lines && !word_code_is_figure(r->block)))
		return false;
	r->block->picture = kt_arena_strdup(w->arena, name);
	return true;
}

static void
put_tab(struct reader *r)
{
	if (!r->w->own && r->block->tab == 0)
		r->block->tab = r->block->words.text.len;
	put_string(r, r->w->own ? "\t" : "　");
}

/* Signs: elements that are words by themselves; true when it is one. */
static bool
put_sign(struct reader *r, const struct kt_xnode *n, const char *name)
{
	static const struct {
		const char *name, *is;
	} signs[] = { { "cr", "\n" }, { "noBreakHyphen", "-" },
		{ "softHyphen", "" }, { "lastRenderedPageBreak", "" } };

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (strcmp(signs[i].name, name) == 0) {
			put_string(r, signs[i].is);
			return true;
		}
	if (strcmp(name, "tab") == 0 || strcmp(name, "ptab") == 0)
		put_tab(r);
	else if (strcmp(name, "br") == 0)
		put_break(r, n);
	else if (strcmp(name, "sym") == 0)
		put_symbol(r, n);
	else if (strcmp(name, "fldChar") == 0)
		field_sign(r, n);
	else if (strcmp(name, "instrText") == 0 ||
		 strcmp(name, "delInstrText") == 0)
		field_code(r, n);
	else if (strcmp(name, "footnoteReference") == 0)
		put_note(r, &r->w->footnotes, n);
	else if (strcmp(name, "endnoteReference") == 0)
		put_note(r, &r->w->endnotes, n);
	else if (strcmp(name, "commentReference") == 0)
		word_comment(r->w, r->behind, n);
	else if (strcmp(name, "bookmarkStart") == 0)
		take_bookmark(r, n);
	else
		return false;
	return true;
}

/* What stands in a paragraph; false when nothing in it is to be read. */
static bool
enter(struct reader *r, const struct kt_xnode *n)
{
	static const char *const closed[] = { "pPr", "rPr", "rt", "rubyPr",
		"sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr" };
	const char *name = kt_xnode_name(n);

	if (strcmp(name, "t") == 0 || strcmp(name, "delText") == 0) {
		put_words(r, n);
		return false;
	}
	if (strcmp(name, "r") == 0)
		return enter_run(r, n);
	for (size_t i = 0; i < KT_COUNT(closed); i++)
		if (strcmp(closed[i], name) == 0)
			return false;
	if (word_is_untaken(n))
		return false;
	if (is_change(n))
		return enter_change(r, n);
	if (put_sign(r, n, name))
		return false;
	if (strcmp(name, "ruby") == 0)
		return enter_ruby(r, n);
	if (strcmp(name, "hyperlink") == 0)
		return enter_link(r, n);
	if (strcmp(name, "fldSimple") == 0)
		return enter_simple_field(r, n);
	if (strcmp(name, "oMath") == 0) {
		put_formula(r, n);
		return false;
	}
	if (strcmp(name, "drawing") == 0 || strcmp(name, "pict") == 0 ||
	    strcmp(name, "object") == 0) {
		if (!put_own_picture(r, n))
			word_drawing(r->w, r->behind, n);
		return false;
	}
	return true;
}

static void
leave(struct reader *r, const struct kt_xnode *n)
{
	if (kt_xnode_is(n, "r"))
		leave_run(r);
	else if (is_change(n))
		leave_change(r, n);
	else if (kt_xnode_is(n, "ruby"))
		kt_inline_close(r->to, "*ruby");
	else if (kt_xnode_is(n, "hyperlink") && address_of(r, n) != NULL)
		kt_inline_close(r->to, "*a");
	else if (kt_xnode_is(n, "fldSimple"))
		end_field(r);
}

void
word_words(struct word *w, struct word_block *block,
    const struct kt_xnode *paragraph, struct word_blocks *behind)
{
	struct reader r = {
		.w = w, .block = block, .to = &block->words, .behind = behind
	};
	const struct kt_xnode *at = kt_xnode_elem(paragraph), *next;

	/* A mark of a field that began in an earlier paragraph ended there. */
	for (size_t i = 0; i < w->nfields; i++)
		w->field[i].mark = NULL;
	while (at != NULL) {
		bool inside = enter(&r, at);

		next = inside ? kt_xnode_elem(at) : NULL;
		while (next == NULL) {
			if (inside)
				leave(&r, at);
			next = kt_xnode_next_elem(at);
			if (next != NULL)
				break;
			at = kt_xnode_parent(at);
			if (at == paragraph)
				return;
			inside = true;
		}
		at = next;
	}
}
