/* SPDX-License-Identifier: MIT */
/*
 * Labels and dates in running text, as amount.c has amounts: one spelling for
 * all of the same value.  第十二条の二 = 第12条の2, 令和八年 = 2026年.  In
 * 第三者 and 第一線 the numeral is part of a word and stays.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <string.h>

#include "text_int.h"

/* ---- labels ------------------------------------------------------------- */

/* What 第N may count; in any other word (第三者, 第一人者, 第一線) the
 * numeral stays. */
static const char *const ordinals[] = { "四半期", "条", "項", "号", "編", "章",
	"節", "款", "目", "表", "図", "回", "次", "種", "類", "級", "期", "段",
	"列", "欄", "行", "部", "課", "週", "番", "位", "巻", "版", "段階",
	"年度", "月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜" };

/* Behind these 第一 needs no unit: 別表第一. */
static const char *const tables[] = { "別表", "付表", "附表", "別図", "別記",
	"別紙", "様式", "書式" };

/* The number of a label; 第一四半期 is 第一 and 四半期. */
static bool
take_ordinal(struct kt_cursor *r, struct kt_num *num)
{
	struct kt_cursor second = { r->begin, r->p + strlen("一"), r->end };

	if (!kt_cursor_take_number(r, num))
		return false;
	if (num->form == KT_F_KANJI_DIGIT && num->v[0] < 100 &&
	    kt_cursor_sees(&second, "四半期")) {
		num->v[0] /= 10;
		r->p = second.p;
	}
	return true;
}

static bool
take_label(struct kt_buf *out, struct kt_cursor *r)
{
	struct kt_cursor at = *r;
	struct kt_num num;
	const char *unit;
	size_t unit_len;

	if (!kt_cursor_take(&at, "第") || !take_ordinal(&at, &num))
		return false;
	unit = at.p;
	if (!kt_cursor_take_any(&at, ordinals, KT_COUNT(ordinals)) &&
	    !kt_cursor_follows_any(r, tables, KT_COUNT(tables)))
		return false;
	unit_len = (size_t)(at.p - unit);
	kt_cursor_take_branches(&at, &num);
	r->p = at.p;
	if (out == NULL)
		return true;
	num.form = KT_F_ARABIC;
	kt_buf_puts(out, "第");
	kt_num_write_head(out, &num);
	kt_buf_put(out, unit, unit_len);
	kt_num_write_branches(out, &num);
	return true;
}

/* ---- dates -------------------------------------------------------------- */

/* R8.4.1 and 2026-04-01 end where they end, not within a longer code. */
static bool
date_ends(const struct kt_cursor *r)
{
	unsigned len;
	uint32_t c;

	if (kt_cursor_follows(r, "日"))
		return true;
	c = kt_cursor_at(r, &len);
	return len == 0 || (kt_digit(c) < 0 && c != '-' && c != '/' &&
			       c != '.' && kt_script_of(c) != KT_S_LATIN);
}

static bool
take_date(struct kt_buf *out, struct kt_cursor *r)
{
	struct kt_date d;
	struct kt_cursor at = *r;
	size_t used = kt_date_read(&d, r->p, (size_t)(r->end - r->p));

	at.p += used;
	if (used == 0 || !date_ends(&at))
		return false;
	r->p = at.p;
	if (out != NULL)
		kt_buf_printf(out, "%d年%d月%d日", d.year, d.month, d.day);
	return true;
}

/* A month behind a year, without a day: 令和8年4月. */
static bool
take_month(struct kt_cursor *r, unsigned *month)
{
	struct kt_cursor at = *r;
	struct kt_num num;

	if (!kt_cursor_take_number(&at, &num) || num.v[0] < 1 ||
	    num.v[0] > 12 || !kt_cursor_take(&at, "月"))
		return false;
	*month = num.v[0];
	*r = at;
	return true;
}

/* 令和8年4月, 令和八年度: a year of an era without a day. */
static bool
take_era_year(struct kt_buf *out, struct kt_cursor *r)
{
	static const struct {
		const char *name;
		unsigned before; /* the year before its first */
	} eras[] = { { "令和", 2018 }, { "平成", 1988 }, { "昭和", 1925 },
		{ "大正", 1911 }, { "明治", 1867 } };
	struct kt_cursor at = *r;
	struct kt_num year = { .v = { 1 } };
	unsigned month = 0;
	bool fiscal;
	size_t i = 0;

	while (i < KT_COUNT(eras) && !kt_cursor_take(&at, eras[i].name))
		i++;
	if (i == KT_COUNT(eras))
		return false;
	if (!kt_cursor_take(&at, "元") && !kt_cursor_take_number(&at, &year))
		return false;
	if (year.v[0] < 1 || year.v[0] > 999 || !kt_cursor_take(&at, "年"))
		return false;
	fiscal = kt_cursor_take(&at, "度");
	if (!fiscal)
		take_month(&at, &month);
	r->p = at.p;
	if (out != NULL)
		kt_buf_printf(out, "%u%s", eras[i].before + year.v[0],
		    fiscal ? "年度" : "年");
	if (out != NULL && month > 0)
		kt_buf_printf(out, "%u月", month);
	return true;
}

/* ---- the whole ---------------------------------------------------------- */

/* Could a label, date or amount begin with c?  Nearly every character is
 * sent away here. */
static bool
may_begin(uint32_t c)
{
	switch (c) {
	case 0x7b2c: /* 第 */
	case 0x4ee4: /* 令 */
	case 0x5e73: /* 平 */
	case 0x662d: /* 昭 */
	case 0x5927: /* 大 */
	case 0x660e: /* 明 */
	case 'R':
	case 'H':
	case 'S':
	case 'T':
	case 'M':
		return true;
	}
	return (c >= 0x337b && c <= 0x337e) || c == 0x32ff ||
	       (c >= 0xff28 && c <= 0xff34) ||
	       (kt_is_numeral(c) && c != 0x4e07 && c != 0x5104 && c != 0x5146);
}

/* Does c go on a number, or a code as A4 and ISO27001? */
static bool
within_code(uint32_t c, uint32_t before)
{
	if (kt_is_numeral(c) &&
	    (kt_is_numeral(before) || before == '.' || before == 0xff0e))
		return true;
	return kt_script_of(before) == KT_S_LATIN &&
	       (kt_digit(c) >= 0 || kt_script_of(c) == KT_S_LATIN);
}

size_t
kt_quantity_read(struct kt_buf *out, enum kt_quantity *kind, const char *begin,
    const char *p, const char *end)
{
	struct kt_cursor r = { begin, p, end };
	unsigned len;
	uint32_t c = kt_cursor_at(&r, &len);

	if (!may_begin(c))
		return 0;
	if (take_label(out, &r)) {
		*kind = KT_Q_LABEL;
		return (size_t)(r.p - p);
	}
	if (within_code(c, kt_cursor_before(&r)))
		return 0;
	*kind = KT_Q_DATE;
	if (take_date(out, &r) || take_era_year(out, &r))
		return (size_t)(r.p - p);
	*kind = KT_Q_AMOUNT;
	return kt_is_numeral(c) && kt_amount_take(out, &r) ? (size_t)(r.p - p)
							   : 0;
}
