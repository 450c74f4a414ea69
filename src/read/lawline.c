/* SPDX-License-Identifier: MIT */
/* Lines of plain text: their indent, and what they say of themselves. */
#include "lawtext_int.h"

#include <string.h>

struct text_line *
text_lines_add(struct text_lines *out, const char *p, size_t n)
{
	struct text_line line = { .p = p };
	const char *end = p + n;
	unsigned len;

	while (p < end && kt_is_space(kt_utf8_at(p, &len))) {
		line.indent += len == 1 ? 1 : 2;
		p += len;
	}
	while (end > p && kt_is_space(kt_utf8_before(p, end, &len)))
		end -= len;
	line.bytes = (size_t)(p - line.p);
	line.p = p;
	line.n = (size_t)(end - p);
	KT_GROW(out->at, out->count, out->cap);
	out->at[out->count] = line;
	return &out->at[out->count++];
}

void
text_lines_cut(struct text_lines *out, const char *p, size_t n)
{
	const char *end = p + n;

	*out = (struct text_lines){ .at = NULL };
	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		text_lines_add(
		    out, p, (size_t)((stop == NULL ? end : stop) - p));
		p = stop == NULL ? end : stop + 1;
	}
}

size_t
text_line_next(const struct text_lines *lines, size_t i)
{
	while (i < lines->count && lines->at[i].n == 0)
		i++;
	return i;
}

bool
text_line_has(const struct text_line *line, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= line->n; i++)
		if (memcmp(line->p + i, word, n) == 0)
			return true;
	return false;
}

bool
text_line_begins(const struct text_line *line, const char *word)
{
	size_t n = strlen(word);

	return line->n >= n && memcmp(line->p, word, n) == 0;
}

static bool
ends(const struct text_line *line, const char *word)
{
	size_t n = strlen(word);

	return line->n >= n && memcmp(line->p + line->n - n, word, n) == 0;
}

bool
text_line_number(const struct text_line *line, const char **p, size_t *n)
{
	static const char *const eras[] = { "明治", "大正", "昭和", "平成",
		"令和" };
	struct text_line inside;
	size_t open;

	if (text_line_begins(line, "（") && ends(line, "）"))
		open = strlen("（");
	else if (text_line_begins(line, "(") && ends(line, ")"))
		open = 1;
	else
		open = 0;
	inside.p = *p = line->p + open;
	inside.n = *n = line->n - 2 * open;
	for (size_t i = 0; i < KT_COUNT(eras); i++)
		if (text_line_begins(&inside, eras[i]))
			return text_line_has(&inside, "年") &&
			       !text_line_has(&inside, "。") &&
			       (ends(&inside, "号") || ends(&inside, "決定") ||
				   (open > 0 && !text_line_has(&inside, "月")));
	return false;
}

bool
text_line_is_toc(const struct text_line *line)
{
	char word[8];
	size_t n = 0;
	unsigned len;

	if (ends(line, "目次"))
		return true;
	/* 目　次 */
	for (size_t i = 0; i < line->n && n + 4 < sizeof(word); i += len) {
		uint32_t c = kt_utf8_at(line->p + i, &len);

		if (kt_is_space(c))
			continue;
		memcpy(word + n, line->p + i, len);
		n += len;
	}
	return n == strlen("目次") && line->n <= strlen("目次") + 12 &&
	       memcmp(word, "目次", n) == 0;
}

size_t
text_line_directive(const struct text_line *line)
{
	size_t i = 1;

	if (line->n < 3 || line->p[0] != ':')
		return 0;
	while (i < line->n &&
	       ((line->p[i] >= 'a' && line->p[i] <= 'z') || line->p[i] == '-'))
		i++;
	return i > 1 && i < line->n && line->p[i] == ':' ? i + 1 : 0;
}

bool
text_line_is_row(const struct text_line *line)
{
	return text_line_begins(line, "* - ") ||
	       (line->n == 3 && text_line_begins(line, "* -"));
}

/* 見　本　市　規　程: letters set apart to fill the line. */
static bool
is_set_apart(const struct text_line *line)
{
	size_t at = 0, letters = 0;
	unsigned len;

	while (at < line->n) {
		if (kt_is_space(kt_utf8_at(line->p + at, &len)))
			return false;
		letters++;
		at += len;
		if (at == line->n)
			break;
		if (!kt_is_space(kt_utf8_at(line->p + at, &len)))
			return false;
		at += len;
	}
	return letters > 2;
}

void
text_line_close_up(struct text_line *line, struct kt_arena *arena)
{
	struct kt_buf closed = KT_BUF_INIT;
	unsigned len;

	if (line->nmarks > 0 || !is_set_apart(line))
		return;
	for (size_t at = 0; at < line->n; at += len)
		if (!kt_is_space(kt_utf8_at(line->p + at, &len)))
			kt_buf_put(&closed, line->p + at, len);
	line->p = kt_arena_strndup(arena, closed.p, closed.len);
	line->bytes = 0;
	line->n = closed.len;
	kt_buf_release(&closed);
}

bool
text_line_is_omitted(const char *p, size_t n)
{
	static const char *const signs[] = { "（略）", "(略)", "〔略〕",
		"（省略）" };

	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (n == strlen(signs[i]) && memcmp(p, signs[i], n) == 0)
			return true;
	return false;
}
