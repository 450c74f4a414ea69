/* SPDX-License-Identifier: MIT */
/*
 * One level of an address: what a node is called below the clause it lies
 * in, read and written.
 */
#include "model_int.h"

#include <string.h>

/* Longest piece of a title that an address repeats, in bytes. */
#define TITLE_MOST 180

static const struct {
	const char *sign;
	enum kt_kind kind;
} signs[] = {
	{ "編", KT_PART },
	{ "章", KT_CHAPTER },
	{ "節", KT_SECTION },
	{ "款", KT_SUBSECTION },
	{ "目", KT_DIVISION },
	{ "条", KT_ARTICLE },
	{ "項", KT_PARAGRAPH },
	{ "号", KT_ITEM },
	{ "行", KT_ROW },
};

const char *
kt_step_sign(enum kt_kind kind)
{
	for (size_t i = 0; i < KT_COUNT(signs); i++)
		if (signs[i].kind == kind && kind != KT_ROW)
			return signs[i].sign;
	return NULL;
}

/* Forms that say the same in an address: １ 一 for 1, ⑴ （一） for (1). */
static enum kt_form
plain_form(enum kt_form form)
{
	switch (form) {
	case KT_F_WIDE:
	case KT_F_KANJI:
	case KT_F_KANJI_DIGIT:
	case KT_F_ARABIC:
		return KT_F_ARABIC;
	case KT_F_PAREN:
	case KT_F_PAREN_WIDE:
	case KT_F_PAREN_SIGN:
	case KT_F_PAREN_KANJI:
		return KT_F_PAREN;
	case KT_F_NONE:
	case KT_F_CIRCLE:
	case KT_F_AIUEO:
	case KT_F_IROHA:
	case KT_F_PAREN_AIUEO:
	case KT_F_PAREN_IROHA:
	case KT_F_LATIN:
	case KT_F_PAREN_LATIN:
	case KT_F_ROMAN:
	case KT_F_PAREN_ROMAN:
	case KT_F_DOTTED:
		break;
	}
	return form;
}

/* Is an item cited as 第N号?  The first level below a 項 is, when it counts
 * in numbers; under a 項番 it is cited by its mark. */
static bool
is_numbered_item(const struct kt_node *node)
{
	enum kt_form form = plain_form(node->num.form);
	const struct kt_node *up = node->parent;

	if (kt_word_at(node->label, node->label + strlen(node->label), "第") >
	    0)
		return strstr(node->label, "号") != NULL;
	if (up == NULL || (form != KT_F_ARABIC && form != KT_F_PAREN))
		return false;
	return up->kind == KT_PARAGRAPH || up->kind == KT_ARTICLE ||
	       up->kind == KT_SUPPL || up->kind == KT_APPENDIX ||
	       up->kind == KT_PREAMBLE || kt_kind_is_division(up->kind);
}

bool
kt_step_of(struct kt_step *out, const struct kt_node *node)
{
	if (node->num.n == 0)
		return false;
	out->kind = node->kind;
	out->num = node->num;
	switch (node->kind) {
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
		out->num.form = KT_F_ARABIC;
		return true;
	case KT_ITEM:
	case KT_HEADED:
		if (node->kind == KT_ITEM && is_numbered_item(node)) {
			out->num.form = KT_F_ARABIC;
			return true;
		}
		out->kind = KT_HEADED;
		out->num.form = plain_form(node->num.form);
		return true;
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_TOPIC:
	case KT_SUPPL:
	case KT_APPENDIX:
	case KT_TEXT:
	case KT_BULLET:
	case KT_TABLE:
	case KT_ROW:
	case KT_CELL:
	case KT_FIGURE:
	case KT_COMMENTARY:
	case KT_NOTE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
	return false;
}

/* ---- reading ------------------------------------------------------------ */

/* 第3条の2, 第2項, 第1行. */
static size_t
read_signed(struct kt_step *out, const char *p, const char *end)
{
	const char *at = p + kt_word_at(p, end, "第");
	size_t used;

	if (at == p)
		return 0;
	used = kt_num_plain(
	    &out->num.v[0], &out->num.form, at, (size_t)(end - at));
	if (used == 0)
		return 0;
	at += used;
	out->num.n = 1;
	out->num.form = KT_F_ARABIC;
	for (size_t i = 0; i < KT_COUNT(signs); i++) {
		used = kt_word_at(at, end, signs[i].sign);
		if (used == 0)
			continue;
		out->kind = signs[i].kind;
		at += used;
		at += kt_num_branches(&out->num, at, (size_t)(end - at));
		return (size_t)(at - p);
	}
	return 0;
}

/* の表, の表2 */
static size_t
read_table(struct kt_step *out, const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "の表"), more;
	enum kt_form form;

	if (used == 0)
		return 0;
	out->kind = KT_TABLE;
	out->num = (struct kt_num){ .form = KT_F_ARABIC, .n = 1 };
	more = kt_num_plain(
	    &out->num.v[0], &form, p + used, (size_t)(end - p) - used);
	return used + more;
}

size_t
kt_step_read(struct kt_step *out, const char *p, const char *end)
{
	struct kt_step got = { .kind = KT_HEADED };
	size_t used = read_signed(&got, p, end);

	if (used == 0)
		used = read_table(&got, p, end);
	if (used == 0) {
		used = kt_num_read(&got.num, p, (size_t)(end - p));
		got.kind = KT_HEADED;
		got.num.form = plain_form(got.num.form);
		if (used > 0)
			used += kt_num_branches(
			    &got.num, p + used, (size_t)(end - p) - used);
	}
	if (used > 0)
		*out = got;
	return used;
}

/* ---- writing ------------------------------------------------------------ */

/* A number without printf: addresses are made by the ten thousand. */
static void
put_number(struct kt_buf *out, unsigned v)
{
	char digits[12];
	size_t n = sizeof(digits);

	do
		digits[--n] = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	kt_buf_put(out, digits + n, sizeof(digits) - n);
}

void
kt_step_write(struct kt_buf *out, const struct kt_step *step)
{
	const char *sign = kt_step_sign(step->kind);

	if (step->kind == KT_TABLE) {
		kt_buf_puts(out, "の表");
		if (step->num.v[0] > 0)
			kt_buf_printf(out, "%u", step->num.v[0]);
	} else if (step->kind == KT_ROW) {
		kt_buf_printf(out, "第%u行", step->num.v[0]);
	} else if (sign != NULL) {
		kt_buf_puts(out, "第");
		put_number(out, step->num.v[0]);
		kt_buf_puts(out, sign);
		kt_num_write_branches(out, &step->num);
	} else if (step->num.n > 1 && step->num.form != KT_F_DOTTED &&
		   step->num.form != KT_F_ARABIC) {
		/* (2)の2, イの2: the branch stands behind the bracket. */
		struct kt_num first = step->num;

		first.n = 1;
		kt_num_write(out, &first);
		for (unsigned i = 1; i < step->num.n; i++)
			kt_buf_printf(out, "の%u", step->num.v[i]);
	} else {
		kt_num_write(out, &step->num);
	}
}

/* Every number of a label in Arabic digits, blanks left out: 別表第一 →
 * 別表第1, 平成九年法律第九四号 → 平成9年法律第94号. */
static void
put_arabic(struct kt_buf *out, const char *p, size_t n)
{
	const char *end = p + n;
	unsigned v, len;
	enum kt_form form;

	while ((p = kt_skip_blanks(p, end)) < end) {
		size_t used = kt_num_plain(&v, &form, p, (size_t)(end - p));
		uint32_t c;

		if (used > 0) {
			put_number(out, v);
			p += used;
			continue;
		}
		c = kt_utf8_at(p, &len);
		/* Full-width signs and letters, the brackets apart. */
		if (c > 0xff01 && c < 0xff5f && c != 0xff08 && c != 0xff09)
			c -= 0xfee0;
		kt_utf8_put(out, c);
		p += len;
	}
}

/* The beginning of a title, as written but for line breaks. */
static void
put_title(struct kt_buf *out, const char *title)
{
	const char *p = title, *end = title + strlen(title);
	unsigned len;

	for (p = kt_skip_blanks(p, end); p < end; p += len) {
		kt_utf8_at(p, &len);
		if ((size_t)(p - title) + len > TITLE_MOST) {
			kt_buf_puts(out, "…");
			return;
		}
		kt_buf_put(out, *p == '\n' ? " " : p, len);
	}
}

/* 附則, or 附則（平成9年法律第94号） of an amending instrument. */
static void
put_suppl(struct kt_buf *out, const struct kt_node *node)
{
	kt_buf_puts(out, "附則");
	if (node->related[0] == '\0')
		return;
	kt_buf_puts(out, "（");
	put_arabic(out, node->related, strlen(node->related));
	kt_buf_puts(out, "）");
}

/* 注, 注2, 備考: the words of a note's label without brackets and colons. */
static void
put_note(struct kt_buf *out, const struct kt_node *node)
{
	struct kt_buf words = KT_BUF_INIT;
	unsigned len;

	for (const char *p = node->label; *p != '\0'; p += len) {
		enum kt_script script = kt_script_of(kt_utf8_at(p, &len));

		if (script != KT_S_PUNCT && script != KT_S_SPACE)
			kt_buf_put(&words, p, len);
	}
	put_arabic(out, words.p, words.len);
	if (words.len == 0)
		kt_buf_puts(out, "注");
	kt_buf_release(&words);
}

/* 第4条から第7条まで and 第4条及び第5条 of deleted clauses. */
static void
put_range(struct kt_buf *out, const struct kt_node *node, struct kt_step step)
{
	bool both = strstr(node->label, "から") == NULL &&
		    strstr(node->label, "及び") != NULL;

	kt_step_write(out, &step);
	kt_buf_puts(out, both ? "及び" : "から");
	step.num.n = node->to.n;
	memcpy(step.num.v, node->to.v, sizeof(step.num.v));
	kt_step_write(out, &step);
	if (!both)
		kt_buf_puts(out, "まで");
}

static void
put_step(struct kt_buf *out, const struct kt_node *node)
{
	enum kt_form form = node->num.form;
	struct kt_step step;

	if (!kt_step_of(&step, node)) {
		if (node->label[0] != '\0')
			put_arabic(out, node->label, strlen(node->label));
		else
			put_title(out, node->caption);
		return;
	}
	if (step.kind == KT_HEADED &&
	    (kt_word_at(node->label, node->label + strlen(node->label), "第") >
		    0 ||
		form == KT_F_LATIN || form == KT_F_PAREN_LATIN ||
		form == KT_F_ROMAN || form == KT_F_PAREN_ROMAN)) {
		struct kt_buf word = KT_BUF_INIT;

		/* 第1 of a notice; letters keep their case. */
		kt_addr_fold(&word, node->label, strlen(node->label));
		kt_buf_puts(out, word.p);
		kt_buf_release(&word);
	} else if (node->to.n > 0) {
		put_range(out, node, step);
	} else {
		kt_step_write(out, &step);
	}
}

static void
put_row(struct kt_buf *out, const struct kt_node *node, unsigned nth)
{
	if (!node->header)
		kt_buf_printf(out, "第%u行", nth);
	else if (nth > 1)
		kt_buf_printf(out, "見出し行%u", nth);
	else
		kt_buf_puts(out, "見出し行");
}

static void
put_appendix(struct kt_buf *out, const struct kt_node *node)
{
	if (node->label[0] != '\0')
		put_arabic(out, node->label, strlen(node->label));
	else
		put_title(out, node->caption);
}

void
kt_token_write(struct kt_buf *out, const struct kt_node *node, unsigned nth)
{
	static const char *const words[KT_KINDS] = {
		[KT_DOC] = "題名",
		[KT_TOC] = "目次",
		[KT_PREAMBLE] = "前文",
		[KT_COMMENTARY] = "解説",
	};
	const struct kt_step table = { KT_TABLE,
		{ .n = 1, .v = { [0] = nth } } };

	switch (node->kind) {
	case KT_DOC:
	case KT_TOC:
	case KT_PREAMBLE:
	case KT_COMMENTARY:
		kt_buf_puts(out, words[node->kind]);
		break;
	case KT_SUPPL:
		put_suppl(out, node);
		break;
	case KT_APPENDIX:
		put_appendix(out, node);
		break;
	case KT_TOPIC:
		put_title(out, node->caption);
		break;
	case KT_NOTE:
		put_note(out, node);
		break;
	case KT_TABLE:
		kt_step_write(out, &table);
		break;
	case KT_ROW:
		put_row(out, node, nth);
		break;
	case KT_PART:
	case KT_CHAPTER:
	case KT_SECTION:
	case KT_SUBSECTION:
	case KT_DIVISION:
	case KT_ARTICLE:
	case KT_PARAGRAPH:
	case KT_ITEM:
	case KT_HEADED:
		put_step(out, node);
		break;
	case KT_TEXT:
	case KT_BULLET:
	case KT_CELL:
	case KT_FIGURE:
	case KT_QUOTE:
	case KT_KINDS:
		break;
	}
}

/* ---- folding ------------------------------------------------------------ */

static void
fold_char(struct kt_buf *out, uint32_t c)
{
	if (c > 0xff00 && c < 0xff5f)
		c -= 0xfee0;
	kt_utf8_put(out, c);
}

/* May a bracketed number begin with this character? */
static bool
opens_number(uint32_t c)
{
	return c == '(' || c == 0xff08 || (c >= 0x2474 && c <= 0x2487) ||
	       (c >= 0x3220 && c <= 0x3229);
}

void
kt_addr_fold(struct kt_buf *out, const char *p, size_t n)
{
	const char *end = p + n;

	while ((p = kt_skip_blanks(p, end)) < end) {
		struct kt_num num;
		enum kt_form form;
		unsigned len;
		uint32_t c = kt_utf8_at(p, &len);
		size_t used;

		if (c < 0x80 && c != '(' && (c < '0' || c > '9')) {
			kt_buf_putc(out, (char)c);
			p++;
			continue;
		}
		used = kt_num_plain(&num.v[0], &form, p, (size_t)(end - p));
		if (used > 0) {
			put_number(out, num.v[0]);
			p += used;
			continue;
		}
		if (opens_number(c))
			used = kt_num_read(&num, p, (size_t)(end - p));
		if (used > 0 && plain_form(num.form) == KT_F_PAREN &&
		    num.n == 1) {
			kt_buf_putc(out, '(');
			put_number(out, num.v[0]);
			kt_buf_putc(out, ')');
			p += used;
			continue;
		}
		fold_char(out, c);
		p += len;
	}
}
