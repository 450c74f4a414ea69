/* SPDX-License-Identifier: MIT */
/*
 * Labels at the start of a line: 第3条の2, 第二章, 附　則, 別表第一,
 * 第一号様式, (1), ア, 2 … and their ranges.  Only the line itself is seen:
 * what a bare number is (項, 号, 項番) is for the reader, whether イ is イロハ
 * or アイウ for kt_doc_finish().
 */
#include "model_int.h"

#include <string.h>

const char *
kt_skip_blanks(const char *p, const char *end)
{
	while (p < end) {
		if (*p == ' ' || *p == '\t')
			p++;
		else if (end - p >= 3 && memcmp(p, "　", 3) == 0)
			p += 3;
		else if (end - p >= 2 && memcmp(p, "\xc2\xa0", 2) == 0)
			p += 2;
		else
			break;
	}
	return p;
}

/* The longest of several words at p; its place in the list in *which. */
static size_t
one_of(const char *p, const char *end, const char *const *words, size_t n,
    size_t *which)
{
	size_t best = 0;

	for (size_t i = 0; i < n; i++) {
		size_t got = kt_word_at(p, end, words[i]);

		if (got > best) {
			best = got;
			*which = i;
		}
	}
	return best;
}

/* ---- what may stand behind a label -------------------------------------- */

static bool
is_blank_or_end(const char *p, const char *end)
{
	return p == end || kt_skip_blanks(p, end) > p;
}

/* Behind the bracket of running text stands a particle or a conjunction; a
 * caption is followed by the text itself. */
static bool
goes_on(const char *p, const char *end)
{
	static const char *const words[] = { "の", "に", "を", "が", "は", "も",
		"へ", "と", "で", "、", "。", "及び", "並びに", "又は",
		"若しくは", "から", "まで", "第", "各号", "ただし書", "前段",
		"後段" };
	size_t which;

	return one_of(p, end, words, KT_COUNT(words), &which) > 0;
}

/*
 * The end of the bracket at p, nested ones included; NULL when p does not
 * open one or it never closes on this line.
 */
static const char *
bracket_end(const char *p, const char *end, bool *sentence)
{
	unsigned depth = 0, len;
	uint32_t c, before = 0;

	for (; p < end; p += len, before = c) {
		c = kt_utf8_at(p, &len);
		if (c == '(' || c == 0xff08) {
			depth++;
		} else if (depth > 0 && (c == ')' || c == 0xff09)) {
			if (--depth == 0) {
				*sentence = before == 0x3002;
				return p + len;
			}
		} else if (depth == 0) {
			return NULL;
		}
	}
	return NULL;
}

/*
 * May a label end at p?  At the end, before a blank, or before a caption in
 * brackets; 第三条（第二項を除く。）の規定により is no label.
 */
static bool
may_end(const char *p, const char *end)
{
	bool sentence = false;
	const char *behind;

	if (is_blank_or_end(p, end))
		return true;
	behind = bracket_end(p, end, &sentence);
	return behind != NULL && !sentence && !goes_on(behind, end);
}

/* ---- 第N条 and the divisions -------------------------------------------- */

static const struct {
	const char *sign;
	enum kt_kind kind;
} units[] = {
	{ "条", KT_ARTICLE },
	{ "編", KT_PART },
	{ "章", KT_CHAPTER },
	{ "節", KT_SECTION },
	{ "款", KT_SUBSECTION },
	{ "目", KT_DIVISION },
	{ "号", KT_ITEM },
};

static const char *
read_number(struct kt_num *out, const char *p, const char *end)
{
	size_t used =
	    kt_num_plain(&out->v[0], &out->form, p, (size_t)(end - p));

	out->n = used > 0 ? 1 : 0;
	return used > 0 ? p + used : NULL;
}

/* 第, number, unit, branches; single blanks inside as in 第 1 章.  Returns
 * the end of it, NULL when it is no such thing. */
static const char *
read_unit(
    enum kt_kind *kind, struct kt_num *num, const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "第");

	if (used == 0)
		return NULL;
	p = read_number(num, kt_skip_blanks(p + used, end), end);
	if (p == NULL)
		return NULL;
	p = kt_skip_blanks(p, end);
	for (size_t i = 0; i < KT_COUNT(units); i++) {
		used = kt_word_at(p, end, units[i].sign);
		if (used == 0)
			continue;
		*kind = units[i].kind;
		p += used;
		return p + kt_num_branches(num, p, (size_t)(end - p));
	}
	return NULL;
}

/* What joins the ends of a range; the last of them needs まで behind it. */
static size_t
read_joint(const char *p, const char *end)
{
	static const char *const words[] = { "から", "及び", "並びに", "、",
		"・", "～", "〜", "－", "―", "−" };
	size_t which;

	return one_of(p, end, words, KT_COUNT(words), &which);
}

/*
 * Both ends of 第三条から第五条まで, 第三条及び第四条; *p moves behind them.
 * False when what follows is no label of that kind.
 */
static bool
read_range(struct kt_num *to, enum kt_kind kind, const char **p,
    const char *end,
    const char *(*read)(
	enum kt_kind *kind, struct kt_num *num, const char *p, const char *end))
{
	size_t joint;

	while ((joint = read_joint(*p, end)) > 0) {
		enum kt_kind other = kind;
		const char *next = read(&other, to, *p + joint, end);

		if (next == NULL || other != kind)
			return false;
		*p = next + kt_word_at(next, end, "まで");
	}
	return true;
}

static const char *
read_division(struct kt_label *out, const char *p, const char *end)
{
	p = read_unit(&out->kind, &out->num, p, end);
	if (p == NULL || !read_range(&out->to, out->kind, &p, end, read_unit) ||
	    !may_end(p, end))
		return NULL;
	return p;
}

/* ---- 附則 ---------------------------------------------------------------- */

static const char *
read_suppl(struct kt_label *out, const char *p, const char *end)
{
	size_t used = kt_word_at(p, end, "附");

	if (used == 0)
		used = kt_word_at(p, end, "付");
	if (used == 0)
		return NULL;
	p = kt_skip_blanks(p + used, end);
	used = kt_word_at(p, end, "則");
	out->kind = KT_SUPPL;
	return used > 0 && may_end(p + used, end) ? p + used : NULL;
}

/* ---- 別表, 様式 --------------------------------------------------------- */

static const char *const appendix_heads[] = { "別表", "別図", "別記", "別紙",
	"別添", "付録", "附録", "付表", "附表", "付図", "附図", "付則別表",
	"附則別表", "附則様式", "附則別記", "様式", "書式", "別記様式",
	"別紙様式", "別表様式", "付録様式", "附録様式", "別記書式", "別紙書式",
	"参考様式", "参考資料", "別添様式" };
static const char *const appendix_tails[] = { "様式", "書式", "付表", "別表",
	"別紙", "の表" };

/* Does the line begin as one of these words do?  Nearly none does. */
static bool
begins_appendix(const char *p, const char *end)
{
	return kt_word_at(p, end, "別") > 0 || kt_word_at(p, end, "付") > 0 ||
	       kt_word_at(p, end, "附") > 0 || kt_word_at(p, end, "様") > 0 ||
	       kt_word_at(p, end, "書") > 0 || kt_word_at(p, end, "参") > 0;
}

/* 第一号の二 or 一の二 behind 別表 and 様式; p itself when there is none. */
static const char *
read_appendix_number(struct kt_num *num, const char *p, const char *end)
{
	const char *start = p, *next;

	p += kt_word_at(p, end, "第");
	next = read_number(num, kt_skip_blanks(p, end), end);
	if (next == NULL)
		return start;
	next += kt_num_branches(num, next, (size_t)(end - next));
	p = next + kt_word_at(next, end, "号");
	return p + kt_num_branches(num, p, (size_t)(end - p));
}

/* （一）, （甲）: tables of one number told apart. */
size_t
kt_label_tag(const char *p, const char *end)
{
	static const char *const tags[] = { "（甲）", "（乙）", "（丙）",
		"（丁）" };
	struct kt_num num;
	size_t which;

	if (kt_word_at(p, end, "（") == 0 && kt_word_at(p, end, "(") == 0)
		return 0;
	return kt_num_read(&num, p, (size_t)(end - p)) +
	       one_of(p, end, tags, KT_COUNT(tags), &which);
}

/* 別表第一, 様式第二号の二, 別記第一号様式, 第一号様式別表一, 別表一（二）付表.
 */
static const char *
read_appendix(
    enum kt_kind *kind, struct kt_num *num, const char *p, const char *end)
{
	size_t which, tail, head = 0;
	struct kt_num more;

	if (begins_appendix(p, end))
		head = one_of(
		    p, end, appendix_heads, KT_COUNT(appendix_heads), &which);
	*kind = KT_APPENDIX;
	num->n = 0;
	p = read_appendix_number(num, p + head, end);
	/* 第一号 alone is an item, 第一 a heading of a notice. */
	if (head == 0 &&
	    (num->n == 0 || one_of(p, end, appendix_tails,
				KT_COUNT(appendix_tails), &which) == 0))
		return NULL;
	for (;;) {
		p += kt_label_tag(p, end);
		tail = one_of(
		    p, end, appendix_tails, KT_COUNT(appendix_tails), &which);
		if (tail == 0)
			return p;
		p += tail;
		p += kt_num_branches(num, p, (size_t)(end - p));
		p = read_appendix_number(&more, p, end);
	}
}

/* Does a label end in a tag, behind which a title may follow at once:
 * 別表一（二）公益法人等の分? */
static bool
ends_in_tag(const char *begin, const char *p)
{
	size_t n = strlen("）");

	return ((size_t)(p - begin) >= n && memcmp(p - n, "）", n) == 0) ||
	       (p > begin && p[-1] == ')');
}

static const char *
read_appendices(struct kt_label *out, const char *p, const char *end)
{
	const char *begin = p;

	p = read_appendix(&out->kind, &out->num, p, end);
	if (p == NULL ||
	    !read_range(&out->to, out->kind, &p, end, read_appendix))
		return NULL;
	return may_end(p, end) || (ends_in_tag(begin, p) && !goes_on(p, end))
		   ? p
		   : NULL;
}

/* ---- bare and bracketed numbers ----------------------------------------- */

/* A number or letter of 項, 号, 細分 or 項番. */
static const char *
read_mark(
    enum kt_kind *kind, struct kt_num *num, const char *p, const char *end)
{
	size_t ring = kt_word_at(p, end, "○"), used;

	*kind = KT_ITEM;
	/* Old laws print ○２ where the 項 had no number at first. */
	if (ring == 0)
		ring = kt_word_at(p, end, "◯");
	if (ring == 0)
		ring = kt_word_at(p, end, "第");
	used = kt_num_read(num, p + ring, (size_t)(end - p) - ring);
	if (used == 0 ||
	    (ring > 0 && num->form != KT_F_ARABIC && num->form != KT_F_WIDE &&
		num->form != KT_F_KANJI && num->form != KT_F_KANJI_DIGIT))
		return NULL;
	p += ring + used;
	return p + kt_num_branches(num, p, (size_t)(end - p));
}

static bool
is_digits(enum kt_form form)
{
	return form == KT_F_ARABIC || form == KT_F_WIDE || form == KT_F_DOTTED;
}

static bool
is_letter(enum kt_form form)
{
	return form == KT_F_LATIN || form == KT_F_ROMAN;
}

/* The point of １．目的 and of "1. 目的"; 1.5 was read as a number. */
static size_t
read_point(const struct kt_num *num, const char *p, const char *end)
{
	size_t used;

	if (!is_digits(num->form))
		return 0;
	used = kt_word_at(p, end, "．");
	if (used > 0)
		return used;
	used = kt_word_at(p, end, ".");
	return used > 0 && is_blank_or_end(p + used, end) ? used : 0;
}

/* "A server is …": a letter before a half-width blank and more letters is a
 * word of a sentence. */
static bool
begins_sentence(const struct kt_num *num, const char *p, const char *end)
{
	return is_letter(num->form) && end - p >= 2 && p[0] == ' ' &&
	       ((p[1] >= 'a' && p[1] <= 'z') || (p[1] >= 'A' && p[1] <= 'Z'));
}

static const char *
read_numbered(struct kt_label *out, const char *p, const char *end)
{
	size_t point;

	p = read_mark(&out->kind, &out->num, p, end);
	if (p == NULL)
		return NULL;
	point = read_point(&out->num, p, end);
	if (point > 0)
		return p + point;
	if (!read_range(&out->to, KT_ITEM, &p, end, read_mark) ||
	    begins_sentence(&out->num, p, end) || !may_end(p, end))
		return NULL;
	return p;
}

/* ---- all ----------------------------------------------------------------- */

/* Labels of the other readers begin with kanji; a number is only a number. */
static bool
begins_with_number(const char *p, const char *end)
{
	return p < end && ((*p >= '0' && *p <= '9') || *p == '(' ||
			      kt_word_at(p, end, "（") > 0);
}

bool
kt_label_read(struct kt_label *out, const char *p, size_t n)
{
	static const char *(*const readers[])(struct kt_label * out,
	    const char *p, const char *end) = { read_appendices, read_division,
		read_suppl, read_numbered };
	const char *end = p + n;
	size_t first = begins_with_number(p, end) ? KT_COUNT(readers) - 1 : 0;

	for (size_t i = first; i < KT_COUNT(readers); i++) {
		struct kt_label got = { .len = 0 };
		const char *behind = readers[i](&got, p, end);

		if (behind == NULL)
			continue;
		got.len = (size_t)(behind - p);
		got.skip = (size_t)(kt_skip_blanks(behind, end) - p);
		*out = got;
		return true;
	}
	return false;
}
