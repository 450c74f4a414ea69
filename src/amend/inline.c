/* SPDX-License-Identifier: MIT */
/*
 * Words with what plain characters cannot say, in the forms of the document
 * format: <ruby>漢字<rt>かな</rt></ruby>, <u>…</u>, ![図](file).  Borders of
 * sentences do not show and are not written.  \n is a line break inside a
 * text, \\ a backslash; everything else stands for itself.
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	enum kt_mark_kind kind;
	const char *open, *close;
} tags[] = {
	{ KT_RUBY, "<ruby>", "</ruby>" },
	{ KT_UNDERLINE, "<u>", "</u>" },
	{ KT_SUPER, "<sup>", "</sup>" },
	{ KT_SUB, "<sub>", "</sub>" },
	{ KT_STRONG, "<strong>", "</strong>" },
	{ KT_EMPHASIS, "<em>", "</em>" },
	{ KT_CODE, "<code>", "</code>" },
	{ KT_LINK, "<a href=\"", "</a>" },
	{ KT_IMAGE, "<img src=\"", "</img>" },
	{ KT_FORMULA, "<math>", "</math>" },
};
#define RUBY_TEXT "<rt>"
#define RUBY_END "</rt>"

/* ---- writing ------------------------------------------------------------ */

static size_t
tag_of(enum kt_mark_kind kind)
{
	for (size_t i = 0; i < KT_COUNT(tags); i++)
		if (tags[i].kind == kind)
			return i;
	return KT_COUNT(tags);
}

static void
put_open(struct kt_buf *out, const struct kt_mark *m)
{
	size_t tag = tag_of(m->kind);

	kt_buf_puts(out, tags[tag].open);
	if (m->kind == KT_LINK || m->kind == KT_IMAGE) {
		for (const char *p = m->arg; *p != '\0'; p++) {
			if (*p == '"')
				kt_buf_puts(out, "&quot;");
			else
				kt_buf_putc(out, *p);
		}
		kt_buf_puts(out, "\">");
	}
}

static void
put_close(struct kt_buf *out, const struct kt_mark *m)
{
	if (m->kind == KT_RUBY) {
		kt_buf_puts(out, RUBY_TEXT);
		kt_buf_puts(out, m->arg);
		kt_buf_puts(out, RUBY_END);
	}
	kt_buf_puts(out, tags[tag_of(m->kind)].close);
}

static bool
begins_with(const char *p, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - p) >= n && memcmp(p, word, n) == 0;
}

/* Would these characters be taken for a tag or an escape? */
static bool
reads_as_markup(const char *p, const char *end)
{
	if (*p == '\\')
		return true;
	if (*p == '&')
		return begins_with(p, end, "&lt;") ||
		       begins_with(p, end, "&amp;") ||
		       begins_with(p, end, "&quot;");
	if (*p != '<')
		return false;
	for (size_t i = 0; i < KT_COUNT(tags); i++)
		if (begins_with(p, end, tags[i].open) ||
		    begins_with(p, end, tags[i].close))
			return true;
	return begins_with(p, end, RUBY_TEXT) ||
	       begins_with(p, end, RUBY_END) || begins_with(p, end, "<table") ||
	       begins_with(p, end, "</t") || begins_with(p, end, "<t");
}

static void
put_char(struct kt_buf *out, const char *p, const char *end)
{
	if (*p == '\n')
		kt_buf_puts(out, "\\n");
	else if (!reads_as_markup(p, end))
		kt_buf_putc(out, *p);
	else if (*p == '\\')
		kt_buf_puts(out, "\\\\");
	else
		kt_buf_puts(out, *p == '<' ? "&lt;" : "&amp;");
}

/* Marks that end here, the one opened last first. */
static void
put_closes(
    struct kt_buf *out, const struct kt_mark *const *open, size_t *n, size_t at)
{
	while (*n > 0 && open[*n - 1]->start + open[*n - 1]->len <= at)
		put_close(out, open[--*n]);
}

void
kt_inline_write(struct kt_buf *out, const char *p, size_t from, size_t to,
    const struct kt_mark *marks, size_t nmarks)
{
	const struct kt_mark **open = kt_calloc(nmarks + 1, sizeof(*open));
	size_t nopen = 0, next = 0;

	for (size_t i = from;; i++) {
		put_closes(out, open, &nopen, i);
		for (; next < nmarks && marks[next].start <= i; next++) {
			const struct kt_mark *m = &marks[next];
			size_t end = (size_t)m->start + m->len;

			/* A mark that begins before or ends behind is not
			 * part of these words. */
			if (!kt_mark_shows(m) || m->start < from || end > to ||
			    (m->start == to && to > from && m->len == 0))
				continue;
			put_open(out, m);
			open[nopen++] = m;
			put_closes(out, open, &nopen, i);
		}
		if (i >= to)
			break;
		put_char(out, p + i, p + to);
	}
	free(open);
}

/* ---- reading ------------------------------------------------------------ */

void
kt_marked_release(struct kt_marked *w)
{
	kt_buf_release(&w->text);
	free(w->marks);
	*w = (struct kt_marked){ .text = KT_BUF_INIT };
}

static size_t
open_mark(struct kt_marked *w, enum kt_mark_kind kind, const char *arg)
{
	KT_GROW(w->marks, w->nmarks, w->cap);
	/* A length that no mark has says that it is still open. */
	w->marks[w->nmarks] = (struct kt_mark){ .start = (uint32_t)w->text.len,
		.len = UINT32_MAX,
		.kind = kind,
		.arg = arg };
	return w->nmarks++;
}

static void
close_mark(struct kt_marked *w, enum kt_mark_kind kind)
{
	for (size_t i = w->nmarks; i-- > 0;)
		if (w->marks[i].kind == kind && w->marks[i].len == UINT32_MAX) {
			w->marks[i].len =
			    (uint32_t)w->text.len - w->marks[i].start;
			return;
		}
}

/* The file or address up to "> ; NULL when it never ends. */
static const char *
read_argument(
    struct kt_arena *arena, const char **arg, const char *p, const char *end)
{
	struct kt_buf value = KT_BUF_INIT;

	for (; p < end && *p != '"'; p++) {
		if (begins_with(p, end, "&quot;")) {
			kt_buf_putc(&value, '"');
			p += strlen("&quot;") - 1;
		} else {
			kt_buf_putc(&value, *p);
		}
	}
	*arg = kt_arena_strndup(arena, value.p, value.len);
	kt_buf_release(&value);
	return begins_with(p, end, "\">") ? p + 2 : NULL;
}

/* The reading of the ruby opened last: <rt>…</rt>. */
static const char *
read_ruby(
    struct kt_marked *w, struct kt_arena *arena, const char *p, const char *end)
{
	const char *stop = p;

	while (stop < end && !begins_with(stop, end, RUBY_END))
		stop++;
	if (stop == end)
		return NULL;
	for (size_t i = w->nmarks; i-- > 0;)
		if (w->marks[i].kind == KT_RUBY &&
		    w->marks[i].len == UINT32_MAX) {
			w->marks[i].arg =
			    kt_arena_strndup(arena, p, (size_t)(stop - p));
			break;
		}
	return stop + strlen(RUBY_END);
}

static const char *
read_tag(
    struct kt_marked *w, struct kt_arena *arena, const char *p, const char *end)
{
	if (begins_with(p, end, RUBY_TEXT))
		return read_ruby(w, arena, p + strlen(RUBY_TEXT), end);
	for (size_t i = 0; i < KT_COUNT(tags); i++) {
		const char *arg = "", *behind;

		if (begins_with(p, end, tags[i].close)) {
			close_mark(w, tags[i].kind);
			return p + strlen(tags[i].close);
		}
		if (!begins_with(p, end, tags[i].open))
			continue;
		behind = p + strlen(tags[i].open);
		if (tags[i].kind == KT_LINK || tags[i].kind == KT_IMAGE)
			behind = read_argument(arena, &arg, behind, end);
		if (behind != NULL)
			open_mark(w, tags[i].kind, arg);
		return behind;
	}
	return NULL;
}

/* What an escape stands for; the bytes that it takes, 0 when it is none. */
static size_t
read_escape(struct kt_buf *out, const char *p, const char *end)
{
	static const struct {
		const char *escape;
		char is;
	} escapes[] = { { "\\n", '\n' }, { "\\\\", '\\' }, { "&lt;", '<' },
		{ "&amp;", '&' }, { "&quot;", '"' } };

	/* Nothing: keeps a blank at the end of a line. */
	if (begins_with(p, end, "\\."))
		return 2;
	for (size_t i = 0; i < KT_COUNT(escapes); i++)
		if (begins_with(p, end, escapes[i].escape)) {
			kt_buf_putc(out, escapes[i].is);
			return strlen(escapes[i].escape);
		}
	return 0;
}

/* Marks that were never closed are none. */
static void
drop_open(struct kt_marked *w)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->nmarks; i++)
		if (w->marks[i].len != UINT32_MAX)
			w->marks[kept++] = w->marks[i];
	w->nmarks = kept;
}

void
kt_inline_read(
    struct kt_marked *w, struct kt_arena *arena, const char *p, size_t n)
{
	const char *end = p + n;

	kt_buf_clear(&w->text);
	w->nmarks = 0;
	while (p < end) {
		const char *behind =
		    *p == '<' ? read_tag(w, arena, p, end) : NULL;
		size_t used;

		if (behind != NULL) {
			p = behind;
			continue;
		}
		used =
		    *p == '\\' || *p == '&' ? read_escape(&w->text, p, end) : 0;
		if (used == 0)
			kt_buf_put(&w->text, p, used = 1);
		p += used;
	}
	drop_open(w);
}
