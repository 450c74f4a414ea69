/* SPDX-License-Identifier: MIT */
/*
 * The structure of a document in a Word file of kaitei's own: each paragraph
 * has hidden bookmarks that say which clauses begin in it, and which of its
 * words are label, caption and text.  The form is in docs/document-format.md,
 * "Word"; it is written by write/docx_code.c.  Where a paragraph was edited so
 * that they no longer fit, they are passed over.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

bool
word_code_name(struct word_code *out, const char *name)
{
	char *end;

	if (strncmp(name, "_kn", 3) != 0 && strncmp(name, "_ko", 3) != 0)
		return false;
	out->old = name[2] == 'o';
	out->place = strtoul(name + 3, &end, 10);
	if (end == name + 3 || *end != '_')
		return false;
	out->says = end + 1;
	return true;
}

static int
by_place(const void *a, const void *b)
{
	const struct word_code *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

void
word_code_of(struct kt_buf *out, const struct word *w, struct word_block *block)
{
	bool old = w->old_codes && w->how.changes == KT_VIEW_REJECT;

	if (block->ncodes > 1)
		qsort(block->code, block->ncodes, sizeof(block->code[0]),
		    by_place);
	/* LibreOffice may write one of them twice. */
	for (size_t i = 0; i < block->ncodes; i++)
		if (block->code[i].old == old &&
		    (i == 0 ||
			block->code[i].place != block->code[i - 1].place))
			kt_buf_puts(out, block->code[i].says);
}

bool
word_code_is_figure(const struct word_block *block)
{
	for (size_t i = 0; i < block->ncodes; i++)
		if (strchr(block->code[i].says, 'A' + KT_FIGURE) != NULL)
			return true;
	return false;
}

/* ---- parsing ------------------------------------------------------------ */

enum { REST = -1 };

/* One step of a code: a clause (upper case), or words or a property of it. */
struct step {
	char sign;
	bool open; /* the clause has begun before */
	long n; /* depth, length in characters, REST */
};

static bool
next_step(struct step *out, const char **at)
{
	const char *p = *at;
	char *end;

	if (*p == '\0')
		return false;
	out->open = *p == '_';
	p += out->open;
	out->sign = *p++;
	out->n = REST;
	if (*p >= '0' && *p <= '9') {
		out->n = (long)strtoul(p, &end, 10);
		p = end;
	}
	*at = p;
	return true;
}

static bool
is_clause(const struct step *s)
{
	return s->sign >= 'A' && s->sign < 'A' + KT_KINDS;
}

static bool
is_words(const struct step *s)
{
	return s->sign != '\0' && strchr("lcrts", s->sign) != NULL;
}

/* Bytes of the next n characters; SIZE_MAX when there are fewer. */
static size_t
bytes_of(const char *p, size_t len, long n)
{
	size_t at = 0;
	unsigned step;

	if (n == REST)
		return len;
	for (; n > 0 && at < len; n--) {
		kt_utf8_at(p + at, &step);
		at += step;
	}
	return n > 0 ? SIZE_MAX : at;
}

/* What stands between label, caption and text: a blank, brackets. */
static bool
is_sign(const char *p, size_t n)
{
	static const char *const signs[] = { "　", "（", "）", "【", "】", "・",
		"〔図：", "〕" };

	while (n > 0) {
		size_t used = 0;

		for (size_t i = 0; i < KT_COUNT(signs) && used == 0; i++)
			if (strlen(signs[i]) <= n &&
			    memcmp(p, signs[i], strlen(signs[i])) == 0)
				used = strlen(signs[i]);
		if (used == 0)
			return false;
		p += used;
		n -= used;
	}
	return true;
}

/* Does the code fit the words? */
static bool
fits(struct kt_build *b, const char *code, const struct kt_inline *words)
{
	const char *p = words->text.p, *end = p + words->text.len;
	bool any = false;
	struct step s;

	while (next_step(&s, &code)) {
		size_t n;

		if (is_clause(&s)) {
			if (s.n < 0 ||
			    (!any && s.open &&
				!kt_build_has_open(b,
				    (enum kt_kind)(s.sign - 'A'), (size_t)s.n)))
				return false;
			any = true;
			continue;
		}
		if (!any || (!is_words(&s) && strchr("xyhgi", s.sign) == NULL))
			return false;
		if (!is_words(&s))
			continue;
		n = bytes_of(p, (size_t)(end - p), s.n);
		if (n == SIZE_MAX || (s.sign == 's' && !is_sign(p, n)))
			return false;
		p += n;
	}
	return any && p == end;
}

/* ---- building ----------------------------------------------------------- */

static void
take_words(struct kt_build *b, struct kt_node *node, const struct step *s,
    const struct kt_inline *words, size_t from, size_t n)
{
	char *label;

	switch (s->sign) {
	case 'l':
		label = kt_strndup(words->text.p + from, n);
		kt_build_label(b, node, label);
		free(label);
		break;
	case 'c':
		kt_build_caption(b, node, words, from, n);
		break;
	case 'r':
		kt_node_related(kt_build_doc(b), node, words->text.p + from, n);
		break;
	case 't':
		kt_build_text(b, node, words, from, n);
		break;
	default:
		break;
	}
}

/* Properties of the cells and rows of a table that is shown as lines. */
static void
take_property(struct kt_node *node, const struct step *s)
{
	static const char aligns[] = { 0, 'l', 'c', 'r' };

	if (s->sign == 'x' && s->n > 0 && s->n <= UINT16_MAX)
		node->colspan = (uint16_t)s->n;
	else if (s->sign == 'y' && s->n > 0 && s->n <= UINT16_MAX)
		node->rowspan = (uint16_t)s->n;
	else if (s->sign == 'h')
		node->header = true;
	else if (s->sign == 'g' && s->n >= 0 && s->n < 4)
		node->align = aligns[s->n];
}

/* Lines of code are in a language, which stands behind their words, a number
 * a byte; all of it is read. */
static void
take_language(struct kt_build *b, struct kt_node *node, const struct step *s,
    const char **code)
{
	struct kt_buf name = KT_BUF_INIT;
	struct step next = *s;

	for (;;) {
		const char *behind = *code;

		if (next.n > ' ' && next.n < 0x7f)
			kt_buf_putc(&name, (char)next.n);
		if (!next_step(&next, &behind) || next.sign != 'i')
			break;
		*code = behind;
	}
	if (node->nmarks == 1 && node->marks[0].kind == KT_CODE &&
	    node->marks[0].len == node->len) {
		struct kt_mark mark = node->marks[0];

		mark.arg = name.p;
		kt_node_marks(kt_build_doc(b), node, &mark, 1);
	}
	kt_buf_release(&name);
}

bool
word_code_build(struct kt_build *b, const char *code,
    const struct kt_inline *words, const char *picture, struct kt_node **last)
{
	struct kt_node *node = NULL;
	size_t from = 0;
	struct step s;

	if (!fits(b, code, words))
		return false;
	while (next_step(&s, &code)) {
		enum kt_kind kind = (enum kt_kind)(s.sign - 'A');
		size_t n;

		if (is_clause(&s)) {
			node = s.open ? kt_build_open(b, kind, (size_t)s.n)
				      : kt_build_node(b, kind, (size_t)s.n,
					    words->line, words->column);
			if (kind == KT_FIGURE && !s.open && picture != NULL)
				kt_node_related(kt_build_doc(b), node, picture,
				    strlen(picture));
		} else if (is_words(&s)) {
			n = bytes_of(
			    words->text.p + from, words->text.len - from, s.n);
			take_words(b, node, &s, words, from, n);
			from += n;
		} else if (s.sign == 'i') {
			take_language(b, node, &s, &code);
		} else {
			take_property(node, &s);
		}
	}
	*last = node;
	return true;
}
