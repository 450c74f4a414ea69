/* SPDX-License-Identifier: MIT */
/* The lines of a column, and what they say besides the words of the text:
 * remarks, omissions. */
#include "against_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- omissions ---------------------------------------------------------- */

const char *
against_omission(const char *p, size_t *n)
{
	static const char *const signs[] = { "（略）", "［略］", "〔略〕",
		"(略)", "[略]", "（同左）", "［同左］", "（同右）", "［同右］",
		"（中略）", "［中略］", "（以下略）", "（前略）" };
	const char *first = NULL;

	for (size_t i = 0; i < KT_COUNT(signs); i++) {
		const char *at = strstr(p, signs[i]);

		if (at != NULL && (first == NULL || at < first)) {
			first = at;
			*n = strlen(signs[i]);
		}
	}
	return first;
}

size_t
against_number(const char **p, const char *end, bool *range)
{
	static const struct {
		const char *word;
		bool range;
	} joints[] = { { "・", false }, { "、", false }, { "，", false },
		{ "及び", false }, { "並びに", false }, { "から", true },
		{ "～", true }, { "〜", true }, { "―", true }, { "－", true },
		{ "–", true }, { "-", true }, { "~", true } };
	size_t until = strlen("まで");

	for (const char *at = *p; at < end; at++)
		for (size_t i = 0; i < KT_COUNT(joints); i++) {
			size_t n = strlen(joints[i].word);
			size_t before = (size_t)(at - *p);

			if (before == 0 || (size_t)(end - at) < n ||
			    memcmp(at, joints[i].word, n) != 0)
				continue;
			*p = at + n;
			*range = joints[i].range;
			return before;
		}
	until = (size_t)(end - *p) > until &&
			memcmp(end - until, "まで", until) == 0
		    ? until
		    : 0;
	until = (size_t)(end - *p) - until;
	*p = end;
	*range = false;
	return until;
}

/* ---- remarks ------------------------------------------------------------ */

/* Inside the brackets of a remark. */
static bool
is_remark_word(const char *p, size_t n)
{
	static const char *const words[] = { "新設", "新規", "追加", "削除",
		"削る", "廃止", "加える", "を加える", "を削る", "繰上げ",
		"繰下げ", "条を加える", "条を削る", "項を加える", "項を削る",
		"号を加える", "号を削る" };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (n == strlen(words[i]) && memcmp(p, words[i], n) == 0)
			return true;
	return kt_ends_with(p, n, "から移動") || kt_ends_with(p, n, "へ移動") ||
	       kt_ends_with(p, n, "に移動") ||
	       kt_ends_with(p, n, "から繰上げ") ||
	       kt_ends_with(p, n, "から繰下げ") ||
	       kt_ends_with(p, n, "へ繰上げ") ||
	       kt_ends_with(p, n, "へ繰下げ") ||
	       kt_ends_with(p, n, "を加える。") ||
	       kt_ends_with(p, n, "を削る。");
}

/* Longer words are no remark. */
#define REMARK_MOST 90

bool
against_is_remark(const char *words)
{
	static const char *const brackets[][2] = { { "（", "）" },
		{ "［", "］" }, { "〔", "〕" }, { "(", ")" }, { "[", "]" } };
	size_t n = strlen(words);

	for (size_t i = 0; i < KT_COUNT(brackets) && n <= REMARK_MOST; i++) {
		size_t open = strlen(brackets[i][0]);
		size_t close = strlen(brackets[i][1]);

		if (n > open + close &&
		    memcmp(words, brackets[i][0], open) == 0 &&
		    kt_ends_with(words, n, brackets[i][1]))
			return is_remark_word(words + open, n - open - close);
	}
	return false;
}

/* ---- lines -------------------------------------------------------------- */

static bool
lies_in_mark(const struct kt_printed_line *from, size_t at)
{
	for (size_t i = 0; i < from->nmarks; i++)
		if (from->marks[i].kind == KT_UNDERLINE &&
		    at >= from->marks[i].start &&
		    at < from->marks[i].start + from->marks[i].len)
			return true;
	return false;
}

static void
count_marks(struct line *line)
{
	line->nmarked = 0;
	for (size_t i = 0; i < line->f.words.len; i++)
		line->nmarked += line->marked[i];
}

static void
read_line(struct line *line, const struct kt_printed_line *from)
{
	size_t n = 0;
	unsigned len;

	*line = (struct line){ .from = from,
		.row = from->row,
		.boxed = from->boxed,
		.f = FOLDED_INIT };
	against_fold(&line->f, from->text, from->len);
	line->marked = kt_calloc(from->len + 1, sizeof(*line->marked));
	for (size_t i = 0; i < from->len; i += len) {
		bool marked;

		if (kt_is_space(kt_utf8_at(from->text + i, &len)))
			continue;
		marked = from->nmarks > 0 && lies_in_mark(from, i);
		for (unsigned k = 0; k < len; k++)
			line->marked[n++] = marked;
	}
	count_marks(line);
	line->is = line->f.key.len == 0 ? LINE_EMPTY : LINE_LOST;
}

void
against_column_read(
    struct column *c, const struct kt_printed *printed, int side)
{
	c->printed = printed;
	c->side = side;
	c->name = side == 0 ? "改正前" : "改正後";
	c->count = printed->count[side];
	c->line = kt_calloc(c->count + 1, sizeof(*c->line));
	for (size_t i = 0; i < c->count; i++) {
		read_line(&c->line[i], &printed->at[side][i]);
		c->marked += c->line[i].nmarked;
	}
}

void
against_column_release(struct column *c)
{
	for (size_t i = 0; i < c->count; i++) {
		against_fold_release(&c->line[i].f);
		free(c->line[i].marked);
	}
	free(c->line);
	against_text_release(&c->text);
}

size_t
against_column_row(const struct column *c, size_t row)
{
	size_t low = 0, high = c->count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c->line[mid].row < row)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Fold the words again, which were changed. */
static void
refold(struct line *line, const struct kt_buf *words)
{
	against_fold(&line->f, words->p, words->len);
	count_marks(line);
}

bool
against_column_join(struct column *c, size_t at)
{
	struct line *line = &c->line[at], *next = line + 1;
	struct kt_buf words = KT_BUF_INIT;

	while (next < c->line + c->count && next->is == LINE_EMPTY)
		next++;
	if (next == c->line + c->count || next->row != line->row ||
	    next->is != LINE_LOST)
		return false;
	kt_buf_put(&words, line->f.words.p, line->f.words.len);
	kt_buf_put(&words, next->f.words.p, next->f.words.len);
	line->marked = kt_realloc(line->marked, words.len + 1);
	memcpy(
	    line->marked + line->f.words.len, next->marked, next->f.words.len);
	refold(line, &words);
	next->is = LINE_EMPTY;
	kt_buf_release(&words);
	return true;
}

bool
against_drop_sign(struct line *line)
{
	const char *p = line->f.words.p, *open = strstr(p, "［"), *close;
	struct kt_buf words = KT_BUF_INIT;
	struct kt_num num;
	size_t n, from, to;

	if (open == NULL || (close = strstr(open, "］")) == NULL)
		return false;
	from = (size_t)(open - p);
	n = (size_t)(close - open) - strlen("［");
	if (n == 0 || kt_num_read(&num, open + strlen("［"), n) != n)
		return false;
	to = (size_t)(close - p) + strlen("］");
	kt_buf_put(&words, p, from);
	kt_buf_puts(&words, p + to);
	memmove(line->marked + from, line->marked + to, line->f.words.len - to);
	refold(line, &words);
	line->sign = true;
	kt_buf_release(&words);
	return true;
}
