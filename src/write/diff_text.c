/* SPDX-License-Identifier: MIT */
/*
 * A comparison for a terminal: under each unit its changes, with place, what
 * it is, and the words with as much around them as is needed.  Marks stand
 * also without colour.
 */
#include "view_int.h"

#include <string.h>

#include <kaitei/write.h>

/* Characters of unchanged text kept before and behind a change. */
#define AROUND 24

#define RED "\033[31;9m"
#define GREEN "\033[32;4m"
#define DIM "\033[2m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct out {
	struct kt_buf *b;
	const struct kt_diff_text *how;
};

static void
colour(const struct out *o, const char *code)
{
	if (o->how->colour)
		kt_buf_puts(o->b, code);
}

/* Line breaks and cells of a table become visible signs on one line. */
static void
put_words(const struct out *o, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\n')
			kt_buf_puts(o->b, "⏎");
		else if (p[i] == '\t')
			kt_buf_puts(o->b, "｜");
		else
			kt_buf_putc(o->b, p[i]);
	}
}

static size_t
head(const char *p, size_t n, size_t characters)
{
	size_t at = 0;

	for (; at < n && characters > 0; characters--) {
		unsigned len;

		kt_utf8_at(p + at, &len);
		at += len;
	}
	return at;
}

static size_t
tail(const char *p, size_t n, size_t characters)
{
	const char *at = p + n;

	for (; at > p && characters > 0; characters--) {
		unsigned len;

		kt_utf8_before(p, at, &len);
		at -= len;
	}
	return (size_t)(at - p);
}

/* An unchanged stretch between changes, its middle left out when long. */
static void
put_same(const struct out *o, const struct kt_span *s, bool first, bool last)
{
	size_t from = first ? 0 : head(s->text, s->len, AROUND);
	size_t to = last ? s->len : tail(s->text, s->len, AROUND);

	if (from + 3 >= to) {
		put_words(o, s->text, s->len);
		return;
	}
	put_words(o, s->text, from);
	colour(o, DIM);
	kt_buf_puts(o->b, "…");
	colour(o, PLAIN);
	put_words(o, s->text + to, s->len - to);
}

static void
put_spans(const struct out *o, const struct kt_change *c)
{
	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];

		if (s->op == '=') {
			put_same(
			    o, s, i == 0 && c->nspans > 1, i + 1 == c->nspans);
			continue;
		}
		colour(o, s->op == '-' ? RED : GREEN);
		kt_buf_puts(o->b, s->op == '-' ? "［－" : "［＋");
		put_words(o, s->text, s->len);
		kt_buf_puts(o->b, "］");
		colour(o, PLAIN);
	}
}

/* A whole clause that came or went: one line of its words a line. */
static void
put_whole(const struct out *o, const struct kt_change *c)
{
	char op = c->fate == KT_ADDED ? '+' : '-';

	for (uint32_t i = 0; i < c->nspans; i++) {
		const char *p = c->spans[i].text, *end = p + c->spans[i].len;

		while (p < end) {
			const char *nl = memchr(p, '\n', (size_t)(end - p));
			const char *stop = nl == NULL ? end : nl;

			kt_buf_puts(o->b, "    ");
			colour(o, op == '-' ? RED : GREEN);
			kt_buf_puts(o->b, op == '-' ? "［－" : "［＋");
			put_words(o, p, (size_t)(stop - p));
			kt_buf_puts(o->b, "］");
			colour(o, PLAIN);
			kt_buf_putc(o->b, '\n');
			p = nl == NULL ? end : nl + 1;
		}
	}
}

static void
put_change(const struct out *o, const struct kt_changes *list,
    const struct kt_change *c)
{
	if (c == NULL)
		return;
	kt_buf_puts(o->b, "  ");
	view_change_place(o->b, list, c);
	kt_buf_puts(o->b, "  ");
	colour(o, DIM);
	view_change_words(o->b, c, o->how->lang);
	colour(o, PLAIN);
	kt_buf_putc(o->b, '\n');
	if (c->nspans == 0 || o->how->brief || (c->flags & KT_FL_LABEL) != 0)
		return;
	if (c->fate == KT_ADDED || c->fate == KT_DELETED) {
		put_whole(o, c);
		return;
	}
	kt_buf_puts(o->b, "    ");
	put_spans(o, c);
	kt_buf_putc(o->b, '\n');
}

static void
put_section(const struct out *o, const struct kt_changes *list,
    const struct view_section *s)
{
	const struct kt_pair *p = s->pair;
	const struct kt_change *told = NULL; /* of several rows: once */

	if (s->changes == 0)
		return;
	if (p != NULL && !o->how->brief) {
		colour(o, BOLD);
		view_pair_place(o->b, list, p);
		colour(o, PLAIN);
		kt_buf_putc(o->b, '\n');
	}
	for (size_t i = 0; i < s->nrows; i++) {
		put_change(o, list, s->rows[i].caption);
		put_change(o, list, s->rows[i].related);
		if (s->rows[i].text != told)
			put_change(o, list, s->rows[i].text);
		if (s->rows[i].text != NULL)
			told = s->rows[i].text;
	}
	if (!o->how->brief)
		kt_buf_putc(o->b, '\n');
}

int
kt_write_diff_text(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_diff_text *how, struct kt_diag *d)
{
	struct out o = { out, how };
	struct view *v = view_new(list);

	(void)d;
	for (size_t i = 0; i < v->count; i++)
		put_section(&o, list, &v->at[i]);
	kt_diff_summary(out, list, how->lang);
	kt_buf_putc(out, '\n');
	view_free(v);
	return KT_OK;
}
