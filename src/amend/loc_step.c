/* SPDX-License-Identifier: MIT */
/* The steps of an address, one at a time: the first, and those that lead
 * further down. */
#include "loc_int.h"

#include <stdlib.h>
#include <string.h>

/* How far one name can reach: a row's first cell, a provision.  Looking no
 * further keeps the cost of a sentence in its length. */
#define NAME_MAX_BYTES 1000

struct kt_scan
kt_scan_near(const struct kt_scan *s)
{
	size_t n = (size_t)(s->end - s->p);

	return (struct kt_scan){ s->p,
		s->p + (n < NAME_MAX_BYTES ? n : NAME_MAX_BYTES) };
}

static struct kt_step *
kt_maker_push(struct kt_maker *m, enum kt_step_kind kind)
{
	struct kt_step *step = &m->step[m->n++];

	*step = (struct kt_step){ .kind = kind, .name = "" };
	return step;
}

bool
kt_maker_is_full(const struct kt_maker *m)
{
	return m->n + 2 >= STEPS_MAX;
}

static const struct unit {
	const char *sign;
	enum kt_step_kind kind;
	bool branches;
} units[] = {
	{ "条", KT_ST_ARTICLE, true },
	{ "項", KT_ST_PARAGRAPH, false },
	{ "号", KT_ST_ITEM, true },
	{ "編", KT_ST_PART, true },
	{ "章", KT_ST_CHAPTER, true },
	{ "節", KT_ST_SECTION, true },
	{ "款", KT_ST_SUBSECTION, true },
	{ "目", KT_ST_DIVISION, true },
};

/* ---- what begins an address --------------------------------------------- */

static const char *const heads[] = { "別表", "別図", "別記", "別紙", "別添",
	"付録", "附録", "付表", "附表", "付図", "附図", "様式", "書式" };

/* 第一号 behind 別表 or 様式, and what it may go on with. */
static void
skip_appendix_number(struct kt_scan *s)
{
	struct kt_num num = { .n = 1 };
	struct kt_scan at = *s;
	size_t used;

	kt_scan_eats(&at, "第");
	used =
	    kt_num_plain(&num.v[0], &num.form, at.p, (size_t)(at.end - at.p));
	if (used == 0)
		return;
	at.p += used;
	at.p += kt_num_branches(&num, at.p, (size_t)(at.end - at.p));
	/* 別表第一号 is the first row of 別表 unless the 別表 have numbers with
	 * 号; 様式第一号 is a form. */
	if (kt_scan_eats(&at, "号"))
		at.p += kt_num_branches(&num, at.p, (size_t)(at.end - at.p));
	*s = at;
}

/* 別表第一, 様式第二号, 別記様式第三号, 第一号様式, 附則別表. */
static bool
read_appendix(struct kt_scan *s)
{
	static const char *const tails[] = { "様式", "書式", "別表" };
	struct kt_scan at = *s;
	struct kt_num num;

	/* 附則別表第一 is a label of its own; 附則 alone is not. */
	kt_scan_eats(&at, "附則");
	if (kt_scan_numbered(&at, "号", true, &num)) {
		if (kt_scan_one_of(&at, tails, 2) < 0)
			return false;
		/* 第三号様式の二 */
		at.p += kt_num_branches(&num, at.p, (size_t)(at.end - at.p));
	} else if (kt_scan_one_of(&at, heads, KT_COUNT(heads)) >= 0) {
		skip_appendix_number(&at);
		if (kt_scan_one_of(&at, tails, KT_COUNT(tails)) >= 0)
			skip_appendix_number(&at);
	} else {
		return false;
	}
	*s = at;
	return true;
}

static bool
read_unit(struct kt_maker *m, struct kt_scan *s)
{
	struct kt_num num;

	for (size_t i = 0; i < KT_COUNT(units); i++)
		if (kt_scan_numbered(
			s, units[i].sign, units[i].branches, &num)) {
			kt_maker_push(m, units[i].kind)->num = num;
			return true;
		}
	return false;
}

/* 同条, 同項, 同表 …: what was named last. */
static bool
read_same(struct kt_maker *m, struct kt_scan *s)
{
	static const struct {
		const char *word;
		enum kt_step_kind kind;
	} others[] = {
		{ "同表", KT_ST_TABLE },
		{ "同附則", KT_ST_SUPPL },
		{ "同別表", KT_ST_APPENDIX },
		{ "同様式", KT_ST_APPENDIX },
		{ "同備考", KT_ST_NOTE },
		{ "同注", KT_ST_NOTE },
		{ "同欄", KT_ST_COLUMN },
	};
	struct kt_scan at = *s;

	for (size_t i = 0; i < KT_COUNT(others); i++)
		if (kt_scan_eats(s, others[i].word)) {
			kt_maker_push(m, others[i].kind)->same = true;
			return true;
		}
	if (!kt_scan_eats(&at, "同"))
		return false;
	for (size_t i = 0; i < KT_COUNT(units); i++)
		if (kt_scan_eats(&at, units[i].sign)) {
			kt_maker_push(m, units[i].kind)->same = true;
			*s = at;
			return true;
		}
	if (kt_scan_eats(&at, "項番")) {
		kt_maker_push(m, KT_ST_HEADED)->same = true;
		*s = at;
		return true;
	}
	return false;
}

/* The end of a bracket that is part of a name and no remark （…を除く。）. */
static const char *
bracketed_name(const struct kt_scan *s)
{
	const char *end = kt_scan_bracket(s);
	size_t n = strlen("。）");

	if (end == NULL || (size_t)(end - s->p) < n ||
	    memcmp(end - n, "。）", n) == 0)
		return NULL;
	return end;
}

static bool
read_suppl(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_step *step;
	const char *end;

	if (!kt_scan_eats(s, "附則"))
		return false;
	step = kt_maker_push(m, KT_ST_SUPPL);
	end = bracketed_name(s);
	if (end == NULL)
		return true;
	step->name = kt_arena_strndup(arena, s->p + strlen("（"),
	    (size_t)(end - s->p) - 2 * strlen("（"));
	s->p = end;
	return true;
}

/* 別表第一, and what tells it from another of that number: 様式第一号（別紙）.
 */
static bool
read_appendix_step(
    struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	static const char *const tails[] = { "付表", "様式", "書式", "別紙",
		"別表" };
	const char *begin = s->p, *end;

	if (!read_appendix(s))
		return false;
	/* 別表六（十九）付表二 */
	while ((end = bracketed_name(s)) != NULL ||
	       kt_scan_one_of(s, tails, KT_COUNT(tails)) >= 0) {
		if (end != NULL)
			s->p = end;
		else
			skip_appendix_number(s);
	}
	kt_maker_push(m, KT_ST_APPENDIX)->name =
	    kt_arena_strndup(arena, begin, (size_t)(s->p - begin));
	return true;
}

static bool
read_fixed(struct kt_maker *m, struct kt_scan *s)
{
	static const struct {
		const char *word;
		enum kt_step_kind kind;
	} fixed[] = {
		{ "本則", KT_ST_MAIN },
		{ "題名", KT_ST_TITLE },
		{ "目次", KT_ST_TOC },
		{ "前文", KT_ST_PREAMBLE },
		{ "制定文", KT_ST_PREAMBLE },
	};

	for (size_t i = 0; i < KT_COUNT(fixed); i++)
		if (kt_scan_eats(s, fixed[i].word)) {
			kt_maker_push(m, fixed[i].kind);
			return true;
		}
	return false;
}

/* 項番6, 項番1.2; (2) and ア behind it are labels of their own. */
static bool
read_headed(struct kt_maker *m, struct kt_scan *s)
{
	struct kt_scan at = *s;
	struct kt_num num;
	size_t used;

	if (!kt_scan_eats(&at, "項番"))
		return false;
	used = kt_num_read(&num, at.p, (size_t)(at.end - at.p));
	if (used == 0)
		return false;
	at.p += used;
	kt_maker_push(m, KT_ST_HEADED)->num = num;
	*s = at;
	return true;
}

/* 「はじめに」の部分: a heading without a number. */
static bool
read_topic(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_scan at = *s, reach = kt_scan_near(s);
	const char *end = kt_scan_find(&reach, "」の部分");

	if (end == NULL || !kt_scan_eats(&at, "「"))
		return false;
	if (kt_scan_find(&(struct kt_scan){ at.p, end }, "」") != NULL)
		return false;
	kt_maker_push(m, KT_ST_TOPIC)->name =
	    kt_arena_strndup(arena, at.p, (size_t)(end - at.p));
	s->p = end + strlen("」の部分");
	return true;
}

/*
 * 第十五条のうち法人税法第三条の改正規定: a provision of an amending text is
 * named by what it does; all of it is kept as it stands.
 */
static bool
read_provision(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_scan head = kt_scan_near(s);
	const char *quote = kt_scan_find(&head, "「"), *found;

	if (quote != NULL)
		head.end = quote;
	found = kt_scan_find(&head, "改正規定");
	if (found == NULL)
		return false;
	found += strlen("改正規定");
	kt_maker_push(m, KT_ST_PROVISION)->name =
	    kt_arena_strndup(arena, s->p, (size_t)(found - s->p));
	s->p = found;
	return true;
}

/* ---- steps that lead further down --------------------------------------- */

/* イ, (1), (i) behind a 号 or 項番 or a label of that kind. */
static bool
read_sub(struct kt_maker *m, struct kt_scan *s)
{
	struct kt_num num;
	size_t used = kt_num_read(&num, s->p, (size_t)(s->end - s->p));

	if (used == 0 || num.form == KT_F_KANJI ||
	    num.form == KT_F_KANJI_DIGIT || num.form == KT_F_NONE)
		return false;
	kt_maker_push(m, KT_ST_SUB)->num = num;
	s->p += used;
	return true;
}

static bool
ends_row(const char *p, const char *end)
{
	static const char *const words[] = { "中", "を", "の上欄", "の中欄",
		"の下欄", "の左欄", "の右欄", "の第", "の次に", "の前に", "に",
		"、", "及び", "並びに", "から", "まで", "の規定", "の備考" };
	struct kt_scan s = { p, end };

	return kt_scan_one_of(&s, words, KT_COUNT(words)) >= 0;
}

/* 備品の項 of a table; the words before の項 are those of its first cell. */
static bool
read_row(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_scan at = kt_scan_near(s);
	const char *begin, *found;

	kt_scan_eats(&at, "の");
	begin = at.p;
	while ((found = kt_scan_find(&at, "の項")) != NULL) {
		struct kt_scan name = { begin, found };

		if (found == begin || kt_scan_find(&name, "を") != NULL ||
		    kt_scan_find(&name, "「") != NULL ||
		    kt_scan_find(&name, "、同") != NULL)
			return false;
		at.p = found + strlen("の項");
		if (ends_row(at.p, s->end))
			break;
	}
	if (found == NULL)
		return false;
	kt_maker_push(m, KT_ST_ROW)->name =
	    kt_arena_strndup(arena, begin, (size_t)(found - begin));
	s->p = at.p;
	return true;
}

/* 「1　備品」の項: a first cell whose words would not read by themselves. */
static bool
read_quoted_row(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	struct kt_scan at = kt_scan_near(s);
	const char *end;

	kt_scan_eats(&at, "の");
	if (!kt_scan_eats(&at, "「"))
		return false;
	end = kt_scan_find(&at, "」の項");
	if (end == NULL || kt_scan_find(&(struct kt_scan){ at.p, end }, "」"))
		return false;
	kt_maker_push(m, KT_ST_ROW)->name =
	    kt_arena_strndup(arena, at.p, (size_t)(end - at.p));
	s->p = end + strlen("」の項");
	return true;
}

static bool
read_column(struct kt_maker *m, struct kt_scan *s)
{
	static const struct {
		const char *word;
		unsigned which;
	} columns[] = { { "上欄", 1 }, { "左欄", 1 }, { "中欄", 2 },
		{ "下欄", 0 }, { "右欄", 0 } };
	struct kt_scan at = *s;
	struct kt_num num = { .n = 1 };

	kt_scan_eats(&at, "の");
	for (size_t i = 0; i < KT_COUNT(columns); i++)
		if (kt_scan_eats(&at, columns[i].word)) {
			num.v[0] = columns[i].which;
			kt_maker_push(m, KT_ST_COLUMN)->num = num;
			*s = at;
			return true;
		}
	if (!kt_scan_numbered(&at, "欄", false, &num))
		return false;
	kt_maker_push(m, KT_ST_COLUMN)->num = num;
	*s = at;
	return true;
}

static bool
read_name(struct kt_maker *m, struct kt_scan *s)
{
	static const char *const names[] = { "の編名", "の章名", "の節名",
		"の款名", "の目名" };

	if (kt_scan_one_of(s, names, KT_COUNT(names)) < 0)
		return false;
	kt_maker_push(m, KT_ST_NAME);
	return true;
}

static bool
read_table(struct kt_maker *m, struct kt_scan *s)
{
	struct kt_num num = { .n = 0 };
	struct kt_scan at = *s;

	if (kt_scan_eats(s, "の表")) {
		kt_maker_push(m, KT_ST_TABLE);
		return true;
	}
	kt_scan_eats(&at, "の");
	if (!kt_scan_numbered(&at, "表", false, &num))
		return false;
	kt_maker_push(m, KT_ST_TABLE)->num = num;
	*s = at;
	return true;
}

static bool
read_note(struct kt_maker *m, struct kt_scan *s)
{
	struct kt_scan at = *s;
	bool of = kt_scan_eats(&at, "の");
	static const char *const words[] = { "備考", "注", "図" };
	int which = kt_scan_one_of(&at, words, KT_COUNT(words));

	/* 注 is a character of many words; the note of something has の. */
	if (which < 0 || (which > 0 && !of))
		return false;
	kt_maker_push(m, which == 2 ? KT_ST_FIGURE : KT_ST_NOTE);
	*s = at;
	return true;
}

static bool
holds_rows(const struct kt_step *step)
{
	return step->kind == KT_ST_TABLE || step->kind == KT_ST_APPENDIX;
}

static bool
holds_subs(const struct kt_step *step)
{
	return step->kind == KT_ST_ITEM || step->kind == KT_ST_SUB ||
	       step->kind == KT_ST_HEADED || step->kind == KT_ST_NOTE ||
	       step->kind == KT_ST_ROW;
}

/* One step further down from the last one. */
bool
kt_step_further(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s)
{
	const struct kt_step *last = &m->step[m->n - 1];
	struct kt_scan at = *s;

	if (read_table(m, s) || read_name(m, s) || read_column(m, s))
		return true;
	if (holds_rows(last) &&
	    (read_row(m, arena, s) || read_quoted_row(m, arena, s)))
		return true;
	if (holds_subs(last) && read_sub(m, s))
		return true;
	if (!kt_scan_sees(s, "各号列記") && kt_scan_eats(s, "各号")) {
		kt_maker_push(m, KT_ST_ITEMS);
		return true;
	}
	if (read_note(m, s) || read_headed(m, s))
		return true;
	if (last->kind == KT_ST_SUPPL && read_appendix_step(m, arena, s))
		return true;
	/* 「現状」の部分「課題」の部分: headings under headings. */
	if (last->kind == KT_ST_TOPIC && read_topic(m, arena, s))
		return true;
	kt_scan_eats(&at, "の");
	if (!holds_rows(last))
		at = *s;
	if (!read_unit(m, &at))
		return false;
	*s = at;
	return true;
}

bool
kt_step_first(struct kt_maker *m, struct kt_arena *arena, struct kt_scan *s,
    enum kt_loc_how how, const struct kt_loc *before)
{
	if (read_provision(m, arena, s) || read_same(m, s) ||
	    read_appendix_step(m, arena, s))
		return true;
	if (read_suppl(m, arena, s) || read_fixed(m, s) || read_headed(m, s) ||
	    read_unit(m, s) || read_topic(m, arena, s))
		return true;
	if (before == NULL || before->nsteps == 0)
		return false;
	if (kt_scan_eats(s, "各号")) {
		kt_maker_push(m, KT_ST_ITEMS);
		return true;
	}
	if (how == KT_LOC_BARE)
		return holds_subs(&before->step[before->nsteps - 1]) &&
		       read_sub(m, s);
	return how == KT_LOC_LISTED &&
	       (read_column(m, s) || read_row(m, arena, s) || read_note(m, s) ||
		   read_sub(m, s));
}
