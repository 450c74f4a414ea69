/* SPDX-License-Identifier: MIT */
/*
 * How a reference begins and goes on, character by character: 第3条の2, 前2項,
 * 同条, この項, 附則, 別表第一, 項番6, and what looks like one and is none
 * (第一号被保険者, 第三条例, 次の各号).
 */
#include "ref_int.h"

#include <string.h>

/* ---- signs and what may stand behind them ------------------------------- */

static const struct {
	const char *sign;
	enum kt_kind kind;
} signs[] = {
	{ "条", KT_ARTICLE },
	{ "項", KT_PARAGRAPH },
	{ "号", KT_ITEM },
	{ "章", KT_CHAPTER },
	{ "節", KT_SECTION },
	{ "款", KT_SUBSECTION },
	{ "編", KT_PART },
	{ "目", KT_DIVISION },
};

static size_t
read_sign(enum kt_kind *kind, const char *p, const char *end)
{
	for (size_t i = 0; i < KT_COUNT(signs); i++) {
		size_t used = kt_word_at(p, end, signs[i].sign);

		if (used > 0) {
			*kind = signs[i].kind;
			return used;
		}
	}
	return 0;
}

static bool
starts_with_one(
    const char *p, const char *end, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (kt_word_at(p, end, words[i]) > 0)
			return true;
	return false;
}

/* Does the word go on, so that it is none of ours: 第一号被保険者, 第三条例,
 * 第一項目? */
static bool
goes_on(enum kt_kind kind, const char *p, const char *end)
{
	static const char *const no_article[] = { "例", "約", "件", "文",
		"理" };
	static const char *const with_item[] = { "中", "又", "及", "並", "若",
		"本文", "前段", "中段", "後段", "ただし書", "但書", "各号",
		"列記", "規定", "違反", "関係", "以外", "以下", "該当", "柱書",
		"に", "の", "該", "上欄", "下欄", "所定", "掲記" };
	unsigned len;

	if (p == end)
		return false;
	if (kind == KT_ARTICLE)
		return starts_with_one(
		    p, end, no_article, KT_COUNT(no_article));
	if (kind == KT_PARAGRAPH)
		return kt_word_at(p, end, "目") > 0;
	if (kind != KT_ITEM && kind != KT_DIVISION)
		return false;
	return kt_script_of(kt_utf8_at(p, &len)) == KT_S_KANJI &&
	       kt_word_at(p, end, "第") == 0 &&
	       !starts_with_one(p, end, with_item, KT_COUNT(with_item));
}

/* ---- 第N条の2 ------------------------------------------------------------ */

static size_t
read_step(struct kt_step *out, const char *p, const char *end)
{
	const char *at = p + kt_word_at(p, end, "第");
	enum kt_form form;
	size_t used;

	if (at == p)
		return 0;
	out->num = (struct kt_num){ .form = KT_F_ARABIC, .n = 1 };
	used = kt_num_plain(&out->num.v[0], &form, at, (size_t)(end - at));
	if (used == 0)
		return 0;
	at += used;
	used = read_sign(&out->kind, at, end);
	if (used == 0)
		return 0;
	at += used;
	at += kt_num_branches(&out->num, at, (size_t)(end - at));
	return goes_on(out->kind, at, end) ? 0 : (size_t)(at - p);
}

/* ア, (1), (ア) behind a 号 or a 項番; a bare number is none. */
static size_t
read_mark(struct kt_step *out, const char *p, const char *end)
{
	struct kt_step got;
	size_t used = kt_step_read(&got, p, end);

	if (used == 0 || got.kind != KT_HEADED)
		return 0;
	switch (got.num.form) {
	case KT_F_PAREN:
	case KT_F_IROHA:
	case KT_F_AIUEO:
	case KT_F_PAREN_IROHA:
	case KT_F_PAREN_AIUEO:
	case KT_F_PAREN_LATIN:
	case KT_F_PAREN_ROMAN:
	case KT_F_ROMAN:
	case KT_F_LATIN:
	case KT_F_CIRCLE:
		*out = got;
		return used;
	case KT_F_NONE:
	case KT_F_ARABIC:
	case KT_F_WIDE:
	case KT_F_KANJI:
	case KT_F_KANJI_DIGIT:
	case KT_F_PAREN_WIDE:
	case KT_F_PAREN_SIGN:
	case KT_F_PAREN_KANJI:
	case KT_F_DOTTED:
		break;
	}
	return 0;
}

size_t
kt_tail_read(
    struct kt_step *out, enum kt_kind kind, const char *p, const char *end)
{
	struct kt_step step;
	size_t used;

	if (kind == KT_ITEM || kind == KT_HEADED)
		return read_mark(out, p, end);
	used = read_step(&step, p, end);
	/* 附則 and 別表 hold every kind, 条 hold 項, 項 hold 号. */
	if (used == 0 || (step.kind <= kind && kind <= KT_ITEM))
		return 0;
	*out = step;
	return used;
}

/* ---- 前条, 同項, この号 ------------------------------------------------- */

/* 前2項, 次条, 前各号 behind their first character. */
static size_t
read_near(struct kt_head *out, const char *p, const char *end, bool forward)
{
	const char *at = p;
	enum kt_form form;
	size_t used = kt_word_at(at, end, "各");

	out->head = used > 0 ? KT_H_EACH : KT_H_NEAR;
	out->forward = forward;
	out->count = 1;
	if (used > 0 && forward)
		return 0;
	if (used == 0)
		used = kt_num_plain(&out->count, &form, at, (size_t)(end - at));
	at += used;
	used = read_sign(&out->step.kind, at, end);
	if (used == 0 || out->count == 0 || out->step.kind == KT_DIVISION)
		return 0;
	if (out->head == KT_H_EACH && out->step.kind != KT_ITEM &&
	    out->step.kind != KT_PARAGRAPH && out->step.kind != KT_ARTICLE)
		return 0;
	at += used;
	return goes_on(out->step.kind, at, end) ? 0 : (size_t)(at - p);
}

/* 条 behind 同, この, 本. */
static size_t
read_named(
    struct kt_head *out, enum kt_head_kind head, const char *p, const char *end)
{
	size_t used = read_sign(&out->step.kind, p, end);

	if (used == 0 || out->step.kind == KT_DIVISION ||
	    goes_on(out->step.kind, p + used, end))
		return 0;
	out->head = head;
	return used;
}

static bool
kanji_before(const char *begin, const char *p)
{
	unsigned len;

	return p > begin &&
	       kt_script_of(kt_utf8_before(begin, p, &len)) == KT_S_KANJI;
}

/* ---- 別表, 様式 --------------------------------------------------------- */

/* The number of a 別表 or 様式: 第一, 第二号, 第一の二; not the の三 of
 * 別表第一の三の項, which is a row. */
static size_t
read_appendix_number(const char *p, const char *end)
{
	const char *at = p + kt_word_at(p, end, "第");
	struct kt_num num = { .n = 1 };
	size_t used;

	used = kt_num_plain(&num.v[0], &num.form, at, (size_t)(end - at));
	if (used == 0)
		return 0;
	at += used;
	at += kt_word_at(at, end, "号");
	used = kt_num_branches(&num, at, (size_t)(end - at));
	if (used > 0 && kt_word_at(at + used, end, "の項") > 0) {
		/* Give the last branch back. */
		do
			used--;
		while (used > 0 && kt_word_at(at + used, end, "の") == 0);
	}
	return (size_t)(at - p) + used;
}

/* 付表, 付表二 of 別表五の二（一）付表二. */
static size_t
read_annex(const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "付表");

	return used == 0 ? 0 : used + read_appendix_number(p + used, end);
}

static size_t
read_appendix(struct kt_head *out, const char *p, const char *end)
{
	static const char *const heads[] = { "別記様式", "別紙様式", "別記書式",
		"別紙書式", "別表", "別図", "別記", "様式", "附録", "付録" };
	size_t used = 0, number;

	out->head = KT_H_APPENDIX;
	out->step.kind = KT_APPENDIX;
	for (size_t i = 0; used == 0 && i < KT_COUNT(heads); i++)
		used = kt_word_at(p, end, heads[i]);
	if (used > 0) {
		number = read_appendix_number(p + used, end);
		/* Only 別表 is one without a number; 様式 is a word. */
		if (number == 0 && kt_word_at(p, end, "別表") == 0)
			return 0;
		used += number;
		if (number > 0)
			used += kt_label_tag(p + used, end);
		number = kt_word_at(p + used, end, "様式") +
			 kt_word_at(p + used, end, "書式");
		if (number == 0)
			number = read_annex(p + used, end);
		return used + number;
	}
	if (kt_word_at(p, end, "第") == 0)
		return 0;
	used = read_appendix_number(p, end);
	number = used == 0 ? 0
			   : kt_word_at(p + used, end, "様式") +
				 kt_word_at(p + used, end, "書式");
	return number == 0 ? 0 : used + number;
}

/* ---- all ----------------------------------------------------------------- */

static size_t
read_koban(struct kt_head *out, const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "項番"), more;

	if (used == 0)
		return 0;
	more = kt_step_read(&out->step, p + used, end);
	if (more == 0 || out->step.kind != KT_HEADED)
		return 0;
	out->head = KT_H_KOBAN;
	return used + more;
}

static size_t
read_suppl(struct kt_head *out, const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "附則"), more;
	struct kt_head inside;
	struct kt_step step;

	if (used == 0)
		return 0;
	/* 附則別表 is one label; 附則 alone names no clause. */
	more = read_appendix(&inside, p + used, end);
	if (more > 0) {
		*out = inside;
		return used + more;
	}
	if (read_step(&step, p + used, end) == 0)
		return 0;
	out->head = KT_H_SUPPL;
	out->step.kind = KT_SUPPL;
	return used;
}

static size_t
read_this(struct kt_head *out, const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "この"), more;

	if (used == 0)
		return 0;
	more = kt_word_at(p + used, end, "附則");
	if (more > 0) {
		out->head = KT_H_THIS;
		out->step.kind = KT_SUPPL;
		return used + more;
	}
	more = read_named(out, KT_H_THIS, p + used, end);
	return more == 0 ? 0 : used + more;
}

size_t
kt_head_read(
    struct kt_head *out, const char *begin, const char *p, const char *end)
{
	size_t used, more = 0;

	out->head = KT_H_NONE;
	if ((used = kt_word_at(p, end, "第")) > 0) {
		more = read_appendix(out, p, end);
		if (more > 0)
			return more;
		more = read_step(&out->step, p, end);
		if (more > 0)
			out->head = KT_H_STEP;
		return more;
	}
	if ((used = kt_word_at(p, end, "前")) > 0 ||
	    (used = kt_word_at(p, end, "次")) > 0)
		more =
		    read_near(out, p + used, end, kt_word_at(p, end, "次") > 0);
	else if ((used = kt_word_at(p, end, "同")) > 0)
		more = read_named(out, KT_H_SAME, p + used, end);
	else if ((used = kt_word_at(p, end, "本")) > 0)
		more = kanji_before(begin, p)
			   ? 0
			   : read_named(out, KT_H_THIS, p + used, end);
	else if (kt_word_at(p, end, "こ") > 0)
		return read_this(out, p, end);
	else if (kt_word_at(p, end, "項") > 0)
		return read_koban(out, p, end);
	else if (kt_word_at(p, end, "附則") > 0)
		return read_suppl(out, p, end);
	else
		return read_appendix(out, p, end);
	return more == 0 ? 0 : used + more;
}

bool
kt_joins(const char *p, const char *end, bool *range)
{
	static const char *const words[] = { "、", "，", ",", "・", "及び",
		"並びに", "又は", "若しくは", "または", "もしくは", "ならびに",
		"および", "、及び", "、又は", "、並びに", "、若しくは", "と" };
	static const char *const ranges[] = { "から", "～", "〜", "―", "－",
		"−", "-" };
	size_t n = (size_t)(end - p);

	for (size_t i = 0; i < KT_COUNT(ranges); i++)
		if (strlen(ranges[i]) == n && memcmp(p, ranges[i], n) == 0) {
			*range = true;
			return true;
		}
	*range = false;
	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (strlen(words[i]) == n && memcmp(p, words[i], n) == 0)
			return true;
	return false;
}
