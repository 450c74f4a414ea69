/* SPDX-License-Identifier: MIT */
/*
 * Whose clause a reference means: the name of a document right before it.
 * A name of kanji, katakana or letters that is not known to be something
 * else counts as another document: a reference taken for our own although it
 * is not would be reported as broken.
 */
#include "ref_int.h"

#include <string.h>

/* How far back a name is followed, in bytes. */
#define NAME_MOST 240

static bool
ends_in(const char *begin, const char *end, const char *word)
{
	size_t n = strlen(word);

	return (size_t)(end - begin) >= n && memcmp(end - n, word, n) == 0;
}

static size_t
ends_in_one(
    const char *begin, const char *end, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ends_in(begin, end, words[i]))
			return strlen(words[i]);
	return 0;
}

/* Words that end in kanji and go before a reference without naming whose. */
static const char *const no_names[] = { "中", "際", "場合", "場合等", "時",
	"後", "内", "外", "間", "規定", "以下", "以外", "等", "各", "又", "及",
	"限", "係", "項", "号", "条", "段", "者", "次", "所定", "該当", "基",
	"関係", "対", "日", "月", "年" };

/* 第1項の表第2号, 上欄第1号: an entry of a table. */
static const char *const tables[] = { "表", "上欄", "中欄", "下欄", "左欄",
	"右欄" };

/* 法律 and the like are the end of a name that may hold kana: …に関する法律. */
static const char *const generic[] = { "法律", "政令", "省令", "府令", "規則",
	"条例", "規程", "命令", "要綱", "要領", "基準", "細則", "告示",
	"指針" };

static const char *const kinds_of_own[] = { "法", "令", "律", "規則", "条例",
	"規程", "要綱", "要領", "基準", "細則", "規約", "告示", "指針", "達",
	"約款", "協定" };

static bool
is_name_script(enum kt_script s)
{
	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN;
}

/* 法律第63号, 平成25年法律第六十三号: the number of a document, not a 号. */
static bool
ends_in_number(const char *begin, const char *p)
{
	unsigned len, n = 0;

	if (!ends_in(begin, p, "号"))
		return false;
	for (p -= strlen("号"); p > begin; p -= len, n++) {
		uint32_t c = kt_utf8_before(begin, p, &len);
		struct kt_num num;
		enum kt_form form;

		if (c == 0x7b2c) /* 第 */
			break;
		if (n == 6 || kt_num_plain(&num.v[0], &form, p - len, len) == 0)
			return false;
	}
	if (!ends_in(begin, p, "第"))
		return false;
	p -= strlen("第");
	return p > begin &&
	       kt_script_of(kt_utf8_before(begin, p, &len)) == KT_S_KANJI &&
	       !ends_in(begin, p, "項") && !ends_in(begin, p, "条");
}

/* The start of the run of kanji, katakana and letters that ends at p. */
static const char *
run_start(const char *begin, const char *p)
{
	const char *least =
	    (size_t)(p - begin) > NAME_MOST ? p - NAME_MOST : begin;
	unsigned len;

	const char *end = p;

	while (p > least) {
		uint32_t c = kt_utf8_before(begin, p, &len);

		if (!is_name_script(kt_script_of(c)) && c != 0x30fb)
			break;
		p -= len;
	}
	/* その他法第3条 is of 法. */
	if (ends_in(begin, p, "その"))
		p += kt_word_at(p, end, "他");
	return p;
}

/* 行政手続における…に関する法律: back to where the words before a name end. */
static const char *
long_start(const char *begin, const char *p)
{
	static const char *const borders[] = { "、", "。", "（", "）", "(", ")",
		"「", "」", "又は", "及び", "若しくは", "並びに", "　", "\n" };
	const char *least =
	    (size_t)(p - begin) > NAME_MOST ? p - NAME_MOST : begin;
	unsigned len;

	while (p > least) {
		if (ends_in_one(begin, p, borders, KT_COUNT(borders)) > 0)
			break;
		kt_utf8_before(begin, p, &len);
		p -= len;
	}
	return p;
}

static bool
is_title(const struct kt_doc *doc, const char *p, size_t n)
{
	const char *title = doc->root->caption;

	if (title[0] == '\0')
		title = doc->meta.title;
	return n > 0 && strlen(title) == n && memcmp(title, p, n) == 0;
}

static bool
is_own_term(const struct kt_terms *terms, const char *p, size_t n)
{
	for (size_t i = 0; i < terms->nown; i++) {
		const struct kt_term *t = &terms->at[terms->own[i]];

		if (t->len == n && memcmp(t->node->text + t->start, p, n) == 0)
			return true;
	}
	return false;
}

/* この規程, 本要綱; with kana between, この…に関する法律 is not said. */
static bool
says_own(const char *begin, const char *start, const char *p)
{
	if (ends_in_one(start, p, kinds_of_own, KT_COUNT(kinds_of_own)) == 0)
		return false;
	return ends_in(begin, start, "この") ||
	       (kt_word_at(start, p, "本") > 0 && p - start <= 12);
}

/* Is it one of the names of this document? */
static bool
is_own_name(const struct kt_doc *doc, const struct kt_terms *terms,
    const char *begin, const char *start, const char *p)
{
	return says_own(begin, start, p) ||
	       is_title(doc, start, (size_t)(p - start)) ||
	       is_own_term(terms, start, (size_t)(p - start));
}

/* 民法 of 民法の第三編, 表 of 前項の表の第一号: the の is no part of the name.
 * NULL when の is behind something else. */
static const char *
before_no(const char *begin, const char *p)
{
	const char *q = p - strlen("の"), *start = run_start(begin, q);

	return ends_in_one(start, q, tables, KT_COUNT(tables)) > 0 ||
		       ends_in_one(
			   start, q, kinds_of_own, KT_COUNT(kinds_of_own)) > 0
		   ? q
		   : NULL;
}

/* …に関する法律: a name of a general kind begins farther back. */
static const char *
name_start(const char *begin, const char *start, const char *p)
{
	if (!ends_in(begin, start, "関する"))
		return start;
	for (size_t i = 0; i < KT_COUNT(generic); i++)
		if ((size_t)(p - start) == strlen(generic[i]) &&
		    ends_in(start, p, generic[i]))
			return long_start(begin, p);
	return start;
}

struct kt_naming_of
kt_name_before(const struct kt_doc *doc, const struct kt_terms *terms,
    const char *begin, const char *p)
{
	static const char *const former[] = { "改正前の", "改正後の",
		"施行前の", "廃止前の", "従前の", "改正前", "改正後", "旧",
		"新" };
	struct kt_naming_of got = { .naming = KT_UNNAMED };
	size_t used = ends_in_one(begin, p, former, KT_COUNT(former));
	const char *start;

	if (used > 0)
		return (struct kt_naming_of){ KT_OTHER_NAME, p - used, used };
	/* 別表第一の八の項第六号 */
	if (ends_in(begin, p, "の項")) {
		got.naming = KT_TABLE_NAME;
		return got;
	}
	if (ends_in(begin, p, "の"))
		p = before_no(begin, p);
	if (p == NULL || (start = run_start(begin, p)) == p)
		return got;
	if (ends_in_number(begin, p)) {
		start = long_start(begin, p);
		got.naming = KT_OTHER_NAME;
	} else if (is_own_name(doc, terms, begin, start, p)) {
		got.naming = KT_OWN_NAME;
	} else if (ends_in_one(start, p, tables, KT_COUNT(tables)) > 0) {
		got.naming = KT_TABLE_NAME;
	} else if (ends_in(start, p, "当該")) {
		got.naming = KT_DOUBTFUL;
	} else if (ends_in_one(start, p, no_names, KT_COUNT(no_names)) == 0) {
		start = name_start(begin, start, p);
		got.naming = is_title(doc, start, (size_t)(p - start))
				 ? KT_OWN_NAME
				 : KT_OTHER_NAME;
	}
	got.name = start;
	got.len = (size_t)(p - start);
	return got;
}

/* 方法, 命令: words that end like the name of a law and are none. */
static bool
is_common(const char *begin, const char *end)
{
	static const char *const common[] = { "方法", "手法", "司法", "命令",
		"この法" };

	return ends_in_one(begin, end, common, KT_COUNT(common)) > 0;
}

bool
kt_opens_name(const char *begin, const char *open)
{
	static const char *const ends[] = { "法", "令", "規則", "条例" };
	static const char *const kinds[] = { "政令", "省令", "府令" };

	return ends_in_one(begin, open, ends, KT_COUNT(ends)) > 0 &&
	       ends_in_one(begin, open, kinds, KT_COUNT(kinds)) == 0 &&
	       !is_common(begin, open);
}

bool
kt_is_other_name(const struct kt_doc *doc, const struct kt_terms *terms,
    const char *p, size_t n)
{
	static const char *const ends[] = { "法律", "法", "施行令", "規則",
		"条例", "規程", "府令", "省令" };
	static const char *const joints[] = { "、", "又は", "及び", "若しくは",
		"並びに" };
	const char *end = p + n, *start = long_start(p, end);
	size_t used;

	/* 法, 規則 alone may be a word for this document. */
	if (n <= strlen("規則") || is_common(p, end) ||
	    ends_in_one(p, end, ends, KT_COUNT(ends)) == 0 ||
	    kt_word_at(p, end, "この") > 0 || kt_word_at(p, end, "第") > 0 ||
	    is_own_name(doc, terms, p, p, end))
		return false;
	/* 設置、運転等に関する規則 is one name; words in quotes are none. */
	while (start > p &&
	       (used = ends_in_one(p, start, joints, KT_COUNT(joints))) > 0)
		start = long_start(p, start - used);
	return start == p;
}
