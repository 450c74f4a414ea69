/* SPDX-License-Identifier: MIT */
/*
 * Dates: Japanese eras and Gregorian, read in every usual form, written in
 * ISO 8601 and 和暦.  Days are counted by the civil-from-days method of
 * Howard Hinnant ("chrono-Compatible Low-Level Date Algorithms").
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include "text_int.h"

/*
 * First days of the eras, newest first.  The day of change belongs to the new
 * era (大正十五年十二月二十五日以後ヲ改メテ昭和元年ト為ス).  Meiji was
 * proclaimed on 1868-10-23 for the whole of 慶応4年, which began on
 * 1868-01-25.  Until 明治5年 the calendar was lunar: such dates are taken as
 * they stand.
 */
static const struct era {
	const char *name;
	char letter;
	uint32_t sign; /* ㋿ */
	struct kt_date first;
} eras[] = {
	{ "令和", 'R', 0x32ff, { 2019, 5, 1 } },
	{ "平成", 'H', 0x337b, { 1989, 1, 8 } },
	{ "昭和", 'S', 0x337c, { 1926, 12, 25 } },
	{ "大正", 'T', 0x337d, { 1912, 7, 30 } },
	{ "明治", 'M', 0x337e, { 1868, 1, 25 } },
};

#define MEIJI (&eras[KT_COUNT(eras) - 1])

int
kt_date_cmp(struct kt_date a, struct kt_date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return a.day == b.day ? 0 : a.day < b.day ? -1 : 1;
}

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

static bool
exists(struct kt_date d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 &&
	       d.day >= 1 && d.day <= days_in(d.year, d.month);
}

/* ---- reading ------------------------------------------------------------ */

/* Blanks before a number: 令和 8年 4月 1日 in columns. */
static void
skip_blanks(struct kt_cursor *r)
{
	while (kt_cursor_take(r, " ") || kt_cursor_take(r, "　"))
		continue;
}

/* A number of at most four figures, no branches. */
static bool
take_number(struct kt_cursor *r, int *out)
{
	struct kt_num num;

	if (!kt_cursor_take_number(r, &num) || num.v[0] > 9999)
		return false;
	*out = (int)num.v[0];
	return true;
}

/* 元 or a number. */
static bool
take_era_year(struct kt_cursor *r, int *out)
{
	skip_blanks(r);
	if (kt_cursor_take(r, "元")) {
		*out = 1;
		return true;
	}
	return take_number(r, out) && *out > 0;
}

/* 月 日 behind a year. */
static bool
take_month_day(struct kt_cursor *r, struct kt_date *d)
{
	skip_blanks(r);
	if (!take_number(r, &d->month) || !kt_cursor_take(r, "月"))
		return false;
	skip_blanks(r);
	return take_number(r, &d->day) && kt_cursor_take(r, "日");
}

/* -04-01, /4/1, .4.1: the same sign twice, at most two figures each. */
static bool
take_signed_month_day(struct kt_cursor *r, struct kt_date *d)
{
	static const char *const marks[] = { "-", "/", ".", "－", "／", "．" };

	for (size_t i = 0; i < KT_COUNT(marks); i++) {
		if (!kt_cursor_take(r, marks[i]))
			continue;
		return take_number(r, &d->month) && d->month <= 12 &&
		       kt_cursor_take(r, marks[i]) && take_number(r, &d->day);
	}
	return false;
}

/* An era's name, its sign or its letter; NULL when none. */
static const struct era *
take_era(struct kt_cursor *r, bool *letter)
{
	unsigned len;
	uint32_t c = kt_cursor_at(r, &len);

	if (c >= 0xff21 && c <= 0xff3a)
		c -= 0xfee0;
	for (size_t i = 0; i < KT_COUNT(eras); i++) {
		*letter = c == (uint32_t)eras[i].letter;
		if (kt_cursor_take(r, eras[i].name))
			return &eras[i];
		if (*letter || c == eras[i].sign) {
			r->p += len;
			return &eras[i];
		}
	}
	return NULL;
}

static bool
take_wareki(struct kt_cursor *r, struct kt_date *d)
{
	bool letter;
	const struct era *era = take_era(r, &letter);

	if (era == NULL || !take_era_year(r, &d->year))
		return false;
	d->year += era->first.year - 1;
	if (kt_cursor_take(r, "年") ? !take_month_day(r, d)
				    : !letter || !take_signed_month_day(r, d))
		return false;
	/* An era may be written on past its end (平成35年), never before its
	 * first day; only Meiji's beginning is not held to its day. */
	return era == MEIJI || kt_date_cmp(*d, era->first) >= 0;
}

static bool
take_gregorian(struct kt_cursor *r, struct kt_date *d)
{
	if (!take_number(r, &d->year))
		return false;
	if (kt_cursor_take(r, "年"))
		return take_month_day(r, d);
	return d->year >= 1000 && take_signed_month_day(r, d);
}

size_t
kt_date_read(struct kt_date *out, const char *p, size_t n)
{
	struct kt_cursor r = { p, p, p + n };
	struct kt_date d = { 0, 0, 0 };
	bool got = take_wareki(&r, &d);

	if (!got) {
		r.p = p;
		got = take_gregorian(&r, &d);
	}
	got = got && exists(d);
	*out = got ? d : (struct kt_date){ 0, 0, 0 };
	return got ? (size_t)(r.p - p) : 0;
}

/* ---- writing ------------------------------------------------------------ */

void
kt_date_iso(struct kt_buf *out, struct kt_date d)
{
	kt_buf_printf(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void
put_number(struct kt_buf *out, enum kt_form form, int v)
{
	kt_num_write(out,
	    &(struct kt_num){ .form = form, .n = 1, .v = { (unsigned)v } });
}

/* Before Meiji there is no year to write but the Gregorian. */
static void
put_wareki(struct kt_buf *out, struct kt_date d, enum kt_form form)
{
	const struct era *era = NULL;

	for (size_t i = 0; i < KT_COUNT(eras) && era == NULL; i++)
		if (kt_date_cmp(d, eras[i].first) >= 0)
			era = &eras[i];
	if (era == NULL) {
		put_number(
		    out, form == KT_F_KANJI ? KT_F_KANJI_DIGIT : form, d.year);
	} else {
		int year = d.year - era->first.year + 1;

		kt_buf_puts(out, era->name);
		if (year == 1)
			kt_buf_puts(out, "元");
		else
			put_number(out, form, year);
	}
	kt_buf_puts(out, "年");
	put_number(out, form, d.month);
	kt_buf_puts(out, "月");
	put_number(out, form, d.day);
	kt_buf_puts(out, "日");
}

void
kt_date_wareki(struct kt_buf *out, struct kt_date d)
{
	put_wareki(out, d, KT_F_ARABIC);
}

void
kt_date_wareki_kanji(struct kt_buf *out, struct kt_date d)
{
	put_wareki(out, d, KT_F_KANJI);
}

/* ---- counting ------------------------------------------------------------ */

/* Cycles of 400 years that begin on 1 March, day 0 = 0000-03-01. */
#define CYCLE 146097L
#define TO_1970 719468L

/* Division that rounds down, for dates before the cycle's beginning. */
static long
floor_div(long a, long b)
{
	return a / b - (a % b < 0);
}

long
kt_date_days(struct kt_date d)
{
	long year = (long)d.year - (d.month <= 2);
	long cycle = floor_div(year, 400), of_cycle = year - cycle * 400;
	long month = (d.month + 9) % 12;
	long of_year = (153 * month + 2) / 5 + d.day - 1;

	return cycle * CYCLE + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 +
	       of_year - TO_1970;
}

struct kt_date
kt_date_from_days(long days)
{
	long cycle = floor_div(days + TO_1970, CYCLE);
	long day = days + TO_1970 - cycle * CYCLE;
	long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	long of_year = day - (365 * year + year / 4 - year / 100);
	long month = (5 * of_year + 2) / 153;
	struct kt_date d;

	d.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	d.month = (int)(month < 10 ? month + 3 : month - 9);
	d.year = (int)(year + cycle * 400 + (d.month <= 2));
	return d;
}

int
kt_date_weekday(struct kt_date d)
{
	long days = kt_date_days(d) + 3; /* 1970-01-01 was a Thursday */

	return (int)(days - floor_div(days, 7) * 7) + 1;
}

int
kt_date_fiscal_year(struct kt_date d)
{
	return d.month >= 4 ? d.year : d.year - 1;
}
