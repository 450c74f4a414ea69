/* SPDX-License-Identifier: MIT */
/*
 * Words as inline Markdown or HTML.  Only what would be read as something
 * else is escaped; marks are written with Markdown's own signs where these
 * are sure to be read back, else as tags.
 */
#include "md_int.h"

#include <stdlib.h>
#include <string.h>

/* A mark while it is written. */
struct span {
	const struct kt_mark *mark;
	uint32_t start, end;
	bool tag; /* as a tag, not with Markdown's sign */
};

struct pen {
	struct kt_buf *out;
	const struct md_words *w;
	enum md_place place;
	struct span *spans;
	size_t nspans;
	size_t *open; /* spans that are open, innermost last */
	size_t nopen;
	unsigned in_link; /* Markdown links and images that are open */
	size_t next_end; /* where the first of them ends */
	bool edge; /* a tag or sign was the last thing written */
};

/* ---- characters ------------------------------------------------------ */

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static bool
is_ascii_punct(char c)
{
	return c > ' ' && c < 0x7f && !is_alnum(c);
}

static bool
is_ascii_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A character that CommonMark takes neither for a blank nor for punctuation:
 * beside it a run of * opens and closes. */
static bool
is_letter(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return (c < 0x80 ? is_alnum((char)c)
			 : s == KT_S_KANJI || s == KT_S_HIRAGANA ||
			       (s == KT_S_KATAKANA && c != 0x30fb &&
				   c != 0x30a0 && c < 0xff00));
}

static void
reference(struct kt_buf *out, uint32_t c)
{
	kt_buf_printf(out, "&#x%X;", (unsigned)c);
}

/* A character that must not be what it looks like. */
static void
disguise(struct pen *t, uint32_t c)
{
	if (t->place != MD_HTML && c < 0x80 && is_ascii_punct((char)c)) {
		kt_buf_putc(t->out, '\\');
		kt_buf_putc(t->out, (char)c);
	} else {
		reference(t->out, c);
	}
}

static void
html_character(struct pen *t, size_t i, uint32_t c, unsigned len)
{
	const char *p = t->w->p;

	if (c == '<')
		kt_buf_puts(t->out, "&lt;");
	else if (c == '>')
		kt_buf_puts(t->out, "&gt;");
	else if (c == '&')
		kt_buf_puts(t->out, "&amp;");
	else if (c == '\n')
		kt_buf_puts(t->out, "<br>");
	else if (c == '\t' || c == '\r' || c == '\v' || c == '\f' ||
		 (c == '[' && i > 0 && p[i - 1] == '!'))
		reference(t->out, c);
	else
		kt_buf_put(t->out, p + i, len);
}

/* Does `next` behind < or & begin a tag or a reference? */
static bool
begins_markup(char c, char next)
{
	return c == '<' ? (next >= 'A' && is_alnum(next)) || next == '/' ||
			      next == '!' || next == '?'
			: is_alnum(next) || next == '#';
}

/* _ between letters or digits is only itself. */
static bool
inside_word(const struct pen *t, size_t i)
{
	return i > 0 && i + 1 < t->w->n && !t->edge &&
	       is_alnum(t->w->p[i - 1]) && is_alnum(t->w->p[i + 1]);
}

static bool
needs_backslash(const struct pen *t, size_t i, bool last)
{
	const char *p = t->w->p;

	switch (p[i]) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case '~':
		return true;
	case ']':
		return t->in_link > 0;
	case '_':
		return last || !inside_word(t, i);
	case '|':
		return t->place == MD_PIPE;
	case '!':
		return last;
	case '<':
	case '&':
		return last || begins_markup(p[i], p[i + 1]);
	}
	return false;
}

static void
markdown_character(struct pen *t, size_t i, uint32_t c, unsigned len, bool last)
{
	if (c == '\n' && i > 0) {
		kt_buf_puts(t->out, "<br>");
	} else if (c == '\n' || c == '\r') {
		reference(t->out, c);
	} else {
		if (c < 0x80 && needs_backslash(t, i, last))
			kt_buf_putc(t->out, '\\');
		kt_buf_put(t->out, t->w->p + i, len);
	}
}

/* Signs that mean a block at the start of a line; the byte to escape, or n
 * when there is none. */
static size_t
block_sign(const char *p, size_t n)
{
	size_t i = 0;

	if (n == 0)
		return n;
	if (p[0] == '>')
		return 0;
	if (p[0] == '#') {
		while (i < n && p[i] == '#')
			i++;
		return i > 6 || (i < n && p[i] != ' ' && p[i] != '\t') ? n : 0;
	}
	if (p[0] == '-' || p[0] == '+')
		return n == 1 || p[1] == '-' || is_ascii_blank(p[1]) ? 0 : n;
	while (i < n && i < 9 && p[i] >= '0' && p[i] <= '9')
		i++;
	if (i > 0 && i < n && (p[i] == '.' || p[i] == ')') &&
	    (i + 1 == n || is_ascii_blank(p[i + 1])))
		return i;
	return n;
}

static bool
is_edge_blank(uint32_t c)
{
	return kt_is_space(c) || c == 0xfeff || (c >= 9 && c <= 13);
}

/* The escapes that the place of the words asks for, as offsets. */
struct escapes {
	size_t first, last, sign;
};

static struct escapes
find_escapes(const struct md_words *w, enum md_place place, unsigned flags)
{
	struct escapes e = { .first = w->n, .last = w->n, .sign = w->n };
	unsigned len;
	uint32_t c;

	if (w->n == 0)
		return e;
	if ((flags & MD_ESCAPE_FIRST) != 0 ||
	    is_edge_blank(kt_utf8_at(w->p, &len)))
		e.first = 0;
	c = kt_utf8_before(w->p, w->p + w->n, &len);
	if ((flags & MD_ESCAPE_LAST) != 0 || c == ' ' ||
	    (c >= 9 && c <= 13 && c != '\n') ||
	    (c == '#' && (flags & MD_HEADING) != 0))
		e.last = w->n - len;
	if ((flags & MD_LINE_START) != 0 && place == MD_INLINE && e.first != 0)
		e.sign = block_sign(w->p, w->n);
	return e;
}

/* ---- marks ----------------------------------------------------------- */

static int
by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->mark < y->mark ? -1 : x->mark > y->mark;
}

static bool
is_strong(const struct span *s)
{
	return s->mark->kind == KT_STRONG || s->mark->kind == KT_EMPHASIS;
}

static bool
has_url(const struct span *s)
{
	return s->mark->kind == KT_LINK || s->mark->kind == KT_IMAGE;
}

bool
kt_md_plain_url(const char *url)
{
	for (; *url != '\0'; url++)
		if (!is_alnum(*url) && (unsigned char)*url < 0x80 &&
		    strchr("/:.?=%#_+,;@$'-", *url) == NULL)
			return false;
	return true;
}

/* Words that begin and end with a letter: * beside them opens and closes. */
static bool
begins_and_ends_with_letters(const struct md_words *w, const struct span *s)
{
	unsigned len;

	return s->end > s->start &&
	       is_letter(kt_utf8_at(w->p + s->start, &len)) &&
	       is_letter(kt_utf8_before(w->p + s->start, w->p + s->end, &len));
}

static bool
plain_code(const struct pen *t, const struct span *s)
{
	const struct md_words *w = t->w;
	const char *p = w->p + s->start;
	size_t n = s->end - s->start;

	return n > 0 && s->mark->arg[0] == '\0' && p[0] != ' ' &&
	       p[n - 1] != ' ' && memchr(p, '`', n) == NULL &&
	       memchr(p, '\n', n) == NULL && memchr(p, '\r', n) == NULL &&
	       (t->place != MD_PIPE ||
		   (memchr(p, '|', n) == NULL && memchr(p, '\\', n) == NULL));
}

/* What a mark inside another, or crossing it, means for both. */
static void
choose_nested(struct span *outer, struct span *inner)
{
	enum kt_mark_kind kind = outer->mark->kind;

	if (outer->end < inner->end)
		outer->tag = inner->tag = true;
	if (kind == KT_CODE || (has_url(outer) && has_url(inner)))
		outer->tag = true;
	if (is_strong(outer) &&
	    (outer->start == inner->start || outer->end == inner->end))
		outer->tag = true;
	if (is_strong(inner) && is_strong(outer))
		inner->tag = true;
	if (kind == KT_IMAGE)
		inner->tag = true;
}

/* Which marks can be written with Markdown's signs: those that lie properly
 * one in another, and where the signs are sure to be read. */
static void
choose_signs(struct pen *t)
{
	size_t depth = 0, last_end = SIZE_MAX, before_code = SIZE_MAX;

	for (size_t i = 0; i < t->nspans; i++) {
		struct span *s = &t->spans[i];
		enum kt_mark_kind kind = s->mark->kind;
		bool strong = is_strong(s);

		while (
		    depth > 0 && t->spans[t->open[depth - 1]].end <= s->start)
			depth--;
		for (size_t k = depth; k-- > 0;)
			choose_nested(&t->spans[t->open[k]], s);
		if (t->place == MD_HTML)
			s->tag = true;
		else if (strong)
			s->tag |= s->start == last_end ||
				  !begins_and_ends_with_letters(t->w, s);
		else if (kind == KT_CODE)
			s->tag |= s->start == before_code || !plain_code(t, s);
		else if (has_url(s))
			s->tag |= !kt_md_plain_url(s->mark->arg);
		else
			s->tag = true;
		if (strong)
			last_end = s->end;
		if (kind == KT_CODE)
			before_code = s->end;
		t->open[depth++] = i;
	}
}

static const char *
tag_name(enum kt_mark_kind kind)
{
	switch (kind) {
	case KT_RUBY:
		return "ruby";
	case KT_UNDERLINE:
		return "u";
	case KT_SUPER:
		return "sup";
	case KT_SUB:
		return "sub";
	case KT_STRONG:
		return "strong";
	case KT_EMPHASIS:
		return "em";
	case KT_CODE:
		return "code";
	case KT_LINK:
		return "a";
	case KT_IMAGE:
		return "img";
	case KT_FORMULA:
		return "var";
	case KT_SENTENCE:
	case KT_COLUMN:
		break;
	}
	return "";
}

void
kt_md_attr(struct kt_buf *out, const char *p, size_t n)
{
	kt_buf_putc(out, '"');
	for (size_t i = 0; i < n; i++) {
		char c = p[i];

		if (c == '&' || c == '"' || c == '<' || c == '>' ||
		    (c > '\0' && c < ' ') ||
		    (c == '[' && i > 0 && p[i - 1] == '!') || c == '|')
			reference(out, (unsigned char)c);
		else
			kt_buf_putc(out, c);
	}
	kt_buf_putc(out, '"');
}

static void
words_between(struct pen *t, const char *p, size_t n)
{
	struct md_words w = { .p = p, .n = n };

	kt_md_words(t->out, &w, t->place, 0);
}

static void
open_sign(struct pen *t, const struct span *s)
{
	switch (s->mark->kind) {
	case KT_STRONG:
		kt_buf_puts(t->out, "**");
		return;
	case KT_EMPHASIS:
		kt_buf_putc(t->out, '*');
		return;
	case KT_CODE:
		kt_buf_putc(t->out, '`');
		return;
	case KT_IMAGE:
		kt_buf_puts(t->out, "![");
		t->in_link++;
		return;
	case KT_LINK:
		kt_buf_putc(t->out, '[');
		t->in_link++;
		return;
	case KT_RUBY:
	case KT_UNDERLINE:
	case KT_SUPER:
	case KT_SUB:
	case KT_FORMULA:
	case KT_SENTENCE:
	case KT_COLUMN:
		return;
	}
}

static void
open_span(struct pen *t, const struct span *s)
{
	const struct kt_mark *m = s->mark;

	t->edge = true;
	if (!s->tag) {
		open_sign(t, s);
		return;
	}
	kt_buf_printf(t->out, "<%s", tag_name(m->kind));
	if (m->kind == KT_CODE && m->arg[0] != '\0') {
		kt_buf_puts(t->out, " class=");
		kt_md_attr(t->out, m->arg, strlen(m->arg));
	} else if (m->kind == KT_LINK) {
		kt_buf_puts(t->out, " href=");
		kt_md_attr(t->out, m->arg, strlen(m->arg));
	} else if (m->kind == KT_IMAGE) {
		kt_buf_puts(t->out, " src=");
		kt_md_attr(t->out, m->arg, strlen(m->arg));
		kt_buf_puts(t->out, " alt=");
		kt_md_attr(t->out, t->w->p + s->start, s->end - s->start);
	}
	kt_buf_putc(t->out, '>');
}

static void
close_span(struct pen *t, const struct span *s)
{
	const struct kt_mark *m = s->mark;

	t->edge = true;
	if (s->tag && m->kind == KT_IMAGE)
		return;
	if (s->tag) {
		if (m->kind == KT_RUBY) {
			kt_buf_puts(t->out, "<rt>");
			words_between(t, m->arg, strlen(m->arg));
			kt_buf_puts(t->out, "</rt>");
		}
		kt_buf_printf(t->out, "</%s>", tag_name(m->kind));
	} else if (has_url(s)) {
		kt_buf_printf(t->out, "](%s)", m->arg);
		t->in_link--;
	} else {
		open_sign(t, s);
	}
}

/* ---- words ----------------------------------------------------------- */

static void
character(struct pen *t, size_t i, const struct escapes *e, bool last)
{
	unsigned len;
	uint32_t c = kt_utf8_at(t->w->p + i, &len);
	const struct span *in =
	    t->nopen == 0 ? NULL : &t->spans[t->open[t->nopen - 1]];

	if (in != NULL && !in->tag && in->mark->kind == KT_CODE) {
		kt_buf_put(t->out, t->w->p + i, len);
	} else if (i == e->first || i == e->last) {
		disguise(t, c);
	} else if (t->place == MD_HTML) {
		html_character(t, i, c, len);
	} else {
		if (i == e->sign && !needs_backslash(t, i, last))
			kt_buf_putc(t->out, '\\');
		markdown_character(t, i, c, len, last);
	}
	t->edge = false;
}

/* Close what ends at i, open what begins there.  `next` is the first span
 * not yet opened. */
static void
spans_at(struct pen *t, size_t i, size_t *next)
{
	if (i < t->next_end &&
	    (*next >= t->nspans || t->spans[*next].start > i))
		return;
	t->next_end = SIZE_MAX;
	for (size_t k = t->nopen; k-- > 0;) {
		struct span *s = &t->spans[t->open[k]];

		if (s->end > i) {
			if (s->end < t->next_end)
				t->next_end = s->end;
			continue;
		}
		close_span(t, s);
		memmove(&t->open[k], &t->open[k + 1],
		    (t->nopen - k - 1) * sizeof(t->open[0]));
		t->nopen--;
	}
	while (*next < t->nspans && t->spans[*next].start == i) {
		struct span *s = &t->spans[*next];

		open_span(t, s);
		if (s->end == i)
			close_span(t, s);
		else
			t->open[t->nopen++] = *next;
		if (s->end > i && s->end < t->next_end)
			t->next_end = s->end;
		++*next;
	}
}

/* Does the text of this image stand in its tag already? */
static bool
in_image_tag(const struct pen *t)
{
	for (size_t k = 0; k < t->nopen; k++)
		if (t->spans[t->open[k]].tag &&
		    t->spans[t->open[k]].mark->kind == KT_IMAGE)
			return true;
	return false;
}

static void
take_spans(struct pen *t)
{
	const struct md_words *w = t->w;

	t->spans = kt_malloc(w->nmarks * sizeof(*t->spans));
	t->open = kt_malloc(w->nmarks * sizeof(*t->open));
	for (size_t i = 0; i < w->nmarks; i++) {
		const struct kt_mark *m = &w->marks[i];
		uint32_t end = m->start + m->len;

		if (!kt_mark_shows(m) || m->start > w->n || end > w->n)
			continue;
		t->spans[t->nspans++] =
		    (struct span){ .mark = m, .start = m->start, .end = end };
	}
	qsort(t->spans, t->nspans, sizeof(*t->spans), by_start);
	choose_signs(t);
}

void
kt_md_words(struct kt_buf *out, const struct md_words *w, enum md_place place,
    unsigned flags)
{
	struct pen t = {
		.out = out, .w = w, .place = place, .next_end = SIZE_MAX
	};
	struct escapes e = find_escapes(w, place, flags);
	size_t next = 0, step;
	unsigned len;

	if (w->nmarks > 0)
		take_spans(&t);
	if ((flags & MD_NO_FIGURE) != 0 && kt_md_is_whole(w, KT_IMAGE))
		t.spans[0].tag = true;
	for (size_t i = 0; i < w->n; i += step) {
		bool last;

		spans_at(&t, i, &next);
		kt_utf8_at(w->p + i, &len);
		step = len;
		last = i + step >= w->n ||
		       (next < t.nspans && t.spans[next].start == i + step) ||
		       t.next_end == i + step;
		if (!in_image_tag(&t))
			character(&t, i, &e, last);
	}
	spans_at(&t, w->n, &next);
	free(t.spans);
	free(t.open);
}

/* ---- what the rules will see ----------------------------------------- */

/* Blank out the character at `from`. */
static void
hide(struct kt_buf *b, size_t from)
{
	unsigned len;

	kt_utf8_at(b->p + from, &len);
	memset(b->p + from, 1, len);
}

void
kt_md_seen(struct kt_buf *out, const struct md_words *w, unsigned flags)
{
	struct escapes e = find_escapes(w, MD_INLINE, flags);
	size_t at = out->len;
	unsigned len;

	kt_buf_put(out, w->p, w->n);
	if (w->n == 0)
		return;
	if (e.first == 0)
		hide(out, at);
	for (size_t i = 0; i < w->n; i++)
		if (w->p[i] == '\n')
			hide(out, at + i);
	for (size_t i = 0; i < w->nmarks; i++) {
		const struct kt_mark *m = &w->marks[i];

		if (!kt_mark_shows(m) || m->len == 0)
			continue;
		if (m->start < w->n)
			hide(out, at + m->start);
		if (m->start + m->len == w->n)
			e.last = 0;
	}
	kt_utf8_before(w->p, w->p + w->n, &len);
	if (e.last < w->n)
		hide(out, at + w->n - len);
}

bool
kt_md_is_whole(const struct md_words *w, enum kt_mark_kind kind)
{
	const struct kt_mark *only = NULL;

	for (size_t i = 0; i < w->nmarks; i++) {
		if (!kt_mark_shows(&w->marks[i]))
			continue;
		if (only != NULL)
			return false;
		only = &w->marks[i];
	}
	return only != NULL && only->kind == kind && only->start == 0 &&
	       only->len == w->n;
}

void
kt_md_figure(struct kt_buf *out, const struct kt_node *node, bool html)
{
	struct kt_mark whole = {
		.len = node->len, .kind = KT_IMAGE, .arg = node->related
	};
	struct md_words w = { node->text, node->len, &whole, 1 };
	bool tag = html || !kt_md_plain_url(node->related);

	if (tag)
		kt_buf_puts(out, "<figure>");
	kt_md_words(out, &w, tag ? MD_HTML : MD_INLINE, 0);
	if (tag)
		kt_buf_puts(out, "</figure>");
}
