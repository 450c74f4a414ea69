/* SPDX-License-Identifier: MIT */
/*
 * 国民の祝日, computed by 国民の祝日に関する法律 as it stood in each year, and
 * the days on which a city's office is open.  Rules: archive.md §10.
 */
#include <kaitei/text.h>

#include <kaitei/base.h>

#include <limits.h>
#include <string.h>

enum how {
	ON_DAY, /* day of the month */
	ON_MONDAY, /* the nth Monday */
	ON_SPRING, /* equinoxes */
	ON_AUTUMN
};

/* One rule for some years; a holiday has one for each form it had. */
static const struct rule {
	const char *name;
	short from, to; /* first and last year */
	unsigned char month;
	enum how how;
	unsigned char n;
} rules[] = {
	{ "元日", 1949, SHRT_MAX, 1, ON_DAY, 1 },
	{ "成人の日", 1949, 1999, 1, ON_DAY, 15 },
	{ "成人の日", 2000, SHRT_MAX, 1, ON_MONDAY, 2 },
	{ "建国記念の日", 1967, SHRT_MAX, 2, ON_DAY, 11 },
	{ "大喪の礼", 1989, 1989, 2, ON_DAY, 24 },
	{ "天皇誕生日", 2020, SHRT_MAX, 2, ON_DAY, 23 },
	{ "春分の日", 1949, SHRT_MAX, 3, ON_SPRING, 0 },
	{ "天皇誕生日", 1949, 1988, 4, ON_DAY, 29 },
	{ "みどりの日", 1989, 2006, 4, ON_DAY, 29 },
	{ "昭和の日", 2007, SHRT_MAX, 4, ON_DAY, 29 },
	{ "天皇の即位の日", 2019, 2019, 5, ON_DAY, 1 },
	{ "憲法記念日", 1949, SHRT_MAX, 5, ON_DAY, 3 },
	{ "みどりの日", 2007, SHRT_MAX, 5, ON_DAY, 4 },
	{ "こどもの日", 1949, SHRT_MAX, 5, ON_DAY, 5 },
	{ "結婚の儀", 1993, 1993, 6, ON_DAY, 9 },
	{ "海の日", 1996, 2002, 7, ON_DAY, 20 },
	{ "海の日", 2003, 2019, 7, ON_MONDAY, 3 },
	{ "海の日", 2020, 2020, 7, ON_DAY, 23 },
	{ "海の日", 2021, 2021, 7, ON_DAY, 22 },
	{ "海の日", 2022, SHRT_MAX, 7, ON_MONDAY, 3 },
	{ "スポーツの日", 2020, 2020, 7, ON_DAY, 24 },
	{ "スポーツの日", 2021, 2021, 7, ON_DAY, 23 },
	{ "山の日", 2016, 2019, 8, ON_DAY, 11 },
	{ "山の日", 2020, 2020, 8, ON_DAY, 10 },
	{ "山の日", 2021, 2021, 8, ON_DAY, 8 },
	{ "山の日", 2022, SHRT_MAX, 8, ON_DAY, 11 },
	{ "敬老の日", 1966, 2002, 9, ON_DAY, 15 },
	{ "敬老の日", 2003, SHRT_MAX, 9, ON_MONDAY, 3 },
	{ "秋分の日", 1948, SHRT_MAX, 9, ON_AUTUMN, 0 },
	{ "体育の日", 1966, 1999, 10, ON_DAY, 10 },
	{ "体育の日", 2000, 2019, 10, ON_MONDAY, 2 },
	{ "スポーツの日", 2022, SHRT_MAX, 10, ON_MONDAY, 2 },
	{ "即位礼正殿の儀", 2019, 2019, 10, ON_DAY, 22 },
	{ "文化の日", 1948, SHRT_MAX, 11, ON_DAY, 3 },
	{ "即位礼正殿の儀", 1990, 1990, 11, ON_DAY, 12 },
	{ "勤労感謝の日", 1948, SHRT_MAX, 11, ON_DAY, 23 },
	{ "天皇誕生日", 1989, 2018, 12, ON_DAY, 23 },
};

/* 振替休日 since 1973-04-12; since 2007 it passes over further holidays;
 * 国民の休日 since 1985-12-27. */
#define SUBSTITUTE_FROM 1973
#define SUBSTITUTE_ON 2007
#define BETWEEN_FROM 1986

/* Day of an equinox; good for 1980 to 2099, day n of 1980 in 1/1000000. */
static int
equinox(int year, long n)
{
	long since = year - 1980;
	long leap = since / 4 - (since % 4 < 0);

	return (int)((n + 242194 * since) / 1000000 - leap);
}

static int
day_in(const struct rule *r, int year)
{
	struct kt_date first = { year, r->month, 1 };

	switch (r->how) {
	case ON_DAY:
		return r->n;
	case ON_MONDAY:
		return 1 + (8 - kt_date_weekday(first)) % 7 + (r->n - 1) * 7;
	case ON_SPRING:
		return equinox(year, 20843100);
	case ON_AUTUMN:
		return equinox(year, 23248800);
	}
	return 0;
}

/* Holidays that the law names, without those that follow from others. */
static const char *
named(struct kt_date day)
{
	for (size_t i = 0; i < KT_COUNT(rules); i++) {
		const struct rule *r = &rules[i];

		if (r->month == day.month && r->from <= day.year &&
		    day.year <= r->to && day_in(r, day.year) == day.day)
			return r->name;
	}
	return NULL;
}

static struct kt_date
days_from(struct kt_date day, int n)
{
	return kt_date_from_days(kt_date_days(day) + n);
}

/* Does a holiday on the Sunday before move to this day? */
static bool
is_substitute(struct kt_date day)
{
	int back = kt_date_weekday(day) % 7;

	if (day.year < SUBSTITUTE_FROM || back == 0)
		return false;
	if (day.year < SUBSTITUTE_ON)
		return back == 1 && named(days_from(day, -1)) != NULL;
	for (int i = 1; i <= back; i++)
		if (named(days_from(day, -i)) == NULL)
			return false;
	return true;
}

const char *
kt_date_holiday(struct kt_date day)
{
	const char *name = named(day);

	if (name != NULL)
		return name;
	if (is_substitute(day))
		return "振替休日";
	if (day.year >= BETWEEN_FROM && kt_date_weekday(day) != 7 &&
	    named(days_from(day, -1)) != NULL &&
	    named(days_from(day, 1)) != NULL)
		return "国民の休日";
	return NULL;
}

/* ---- 開庁日 ------------------------------------------------------------- */

static bool
holds(const struct kt_date *list, size_t n, struct kt_date day)
{
	for (size_t i = 0; i < n; i++)
		if (kt_date_cmp(list[i], day) == 0)
			return true;
	return false;
}

bool
kt_date_is_open(struct kt_date day, const struct kt_closed *city)
{
	if (city != NULL && holds(city->at, city->n, day))
		return false;
	if (kt_date_weekday(day) >= 6)
		return false;
	if ((day.month == 12 && day.day >= 29) ||
	    (day.month == 1 && day.day <= 3))
		return false;
	return kt_date_holiday(day) == NULL;
}

struct kt_date
kt_date_open(struct kt_date day, int n, const struct kt_closed *city)
{
	int step = n < 0 ? -1 : 1;

	for (n *= step; n > 0;) {
		day = days_from(day, step);
		n -= kt_date_is_open(day, city);
	}
	return day;
}

struct kt_date
kt_date_open_from(struct kt_date day, const struct kt_closed *city)
{
	while (!kt_date_is_open(day, city))
		day = days_from(day, 1);
	return day;
}

struct kt_date
kt_date_open_until(struct kt_date day, const struct kt_closed *city)
{
	while (!kt_date_is_open(day, city))
		day = days_from(day, -1);
	return day;
}

/* ---- 年度 ---------------------------------------------------------------- */

static const char nendo[] = "年度";

int
kt_fiscal_year_read(const char *p, size_t n)
{
	struct kt_buf day = KT_BUF_INIT;
	struct kt_date first;
	int year = 0;

	if (n > sizeof(nendo) - 1 &&
	    memcmp(p + n - (sizeof(nendo) - 1), nendo, sizeof(nendo) - 1) == 0)
		n -= sizeof(nendo) - 1;
	if (n > 0 && n < 40) {
		/* The era at its end names it: 令和元年度. */
		static const char *const forms[] = { "年12月31日", ".12.31",
			"-12-31" };

		for (size_t i = 0; i < KT_COUNT(forms) && year == 0; i++) {
			kt_buf_clear(&day);
			kt_buf_put(&day, p, n);
			kt_buf_puts(&day, forms[i]);
			if (kt_date_read(&first, day.p, day.len) == day.len)
				year = first.year;
		}
	}
	kt_buf_release(&day);
	return year < 1868 ? 0 : year; /* 8年度 lacks its era */
}

void
kt_fiscal_year_write(struct kt_buf *out, int year)
{
	struct kt_buf day = KT_BUF_INIT;
	const char *end;

	kt_date_wareki(&day, (struct kt_date){ year, 12, 31 });
	end = strstr(day.p, "年");
	kt_buf_put(out, day.p, (size_t)(end - day.p));
	kt_buf_puts(out, nendo);
	kt_buf_release(&day);
}
