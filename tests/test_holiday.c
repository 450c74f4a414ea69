/* SPDX-License-Identifier: MIT */
/* Holidays, days on which an office is open, fiscal years. */
#include "kt_test.h"

#include <kaitei/text.h>

/* "2026 0101 0112 …": every holiday of a year as computed. */
static void
put_year(struct kt_buf *out, int year)
{
	long first = kt_date_days((struct kt_date){ year, 1, 1 });
	long next = kt_date_days((struct kt_date){ year + 1, 1, 1 });

	kt_buf_printf(out, "%d", year);
	for (long i = first; i < next; i++) {
		struct kt_date day = kt_date_from_days(i);

		if (kt_date_holiday(day) != NULL)
			kt_buf_printf(out, " %02d%02d", day.month, day.day);
	}
	kt_buf_putc(out, '\n');
}

static void
test_holidays_of_1980_to_2050_are_those_of_the_list(void)
{
	struct kt_buf want = KT_BUF_INIT, got = KT_BUF_INIT;

	KT_NUM(kt_file_read(&want, "tests/golden/holidays.txt", 1 << 20, NULL),
	    KT_OK);
	for (int year = 1980; year <= 2050; year++)
		put_year(&got, year);
	KT_STR(got.p, want.p);
	kt_buf_release(&want);
	kt_buf_release(&got);
}

static void
test_holidays_have_their_names(void)
{
	static const struct {
		struct kt_date day;
		const char *name;
	} days[] = {
		{ { 2026, 9, 22 }, "国民の休日" },
		{ { 2026, 5, 6 }, "振替休日" },
		{ { 2019, 5, 1 }, "天皇の即位の日" },
		{ { 2021, 7, 23 }, "スポーツの日" },
		{ { 2027, 3, 21 }, "春分の日" },
		{ { 2027, 3, 22 }, "振替休日" },
		{ { 1988, 4, 29 }, "天皇誕生日" },
		{ { 2026, 10, 12 }, "スポーツの日" },
	};

	for (size_t i = 0; i < KT_COUNT(days); i++) {
		const char *name = kt_date_holiday(days[i].day);

		KT_STR(name == NULL ? "" : name, days[i].name);
	}
	CU_ASSERT_PTR_NULL(kt_date_holiday((struct kt_date){ 2026, 4, 1 }));
}

static void
see(struct kt_date got, const char *want)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_date_iso(&b, got);
	KT_STR(b.p, want);
	kt_buf_release(&b);
}

static void
test_deadlines_are_counted_in_open_days(void)
{
	/* 2026-04-28 and five more, over 4/29 and 5/3 to 5/6. */
	see(kt_date_open((struct kt_date){ 2026, 4, 28 }, 5, NULL),
	    "2026-05-11");
	see(kt_date_open((struct kt_date){ 2026, 12, 25 }, 5, NULL),
	    "2027-01-07");
	see(kt_date_open((struct kt_date){ 2026, 9, 18 }, 1, NULL),
	    "2026-09-24");
	see(kt_date_open((struct kt_date){ 2027, 1, 4 }, -1, NULL),
	    "2026-12-28");
	see(kt_date_open_from((struct kt_date){ 2026, 5, 2 }, NULL),
	    "2026-05-07");
}

static void
test_fiscal_years_end_on_the_last_open_day(void)
{
	static const struct {
		int year;
		const char *last;
	} years[] = { { 2026, "2027-03-31" }, { 2027, "2028-03-31" },
		{ 2028, "2029-03-30" } };

	for (size_t i = 0; i < KT_COUNT(years); i++)
		see(kt_date_open_until(
			(struct kt_date){ years[i].year + 1, 3, 31 }, NULL),
		    years[i].last);
}

static void
test_a_city_may_close_on_days_of_its_own(void)
{
	const struct kt_date days[] = { { 2026, 6, 1 }, { 2026, 6, 2 } };
	const struct kt_closed city = { days, 2 };

	CU_ASSERT_TRUE(kt_date_is_open(days[0], NULL));
	CU_ASSERT_FALSE(kt_date_is_open(days[0], &city));
	see(kt_date_open((struct kt_date){ 2026, 5, 29 }, 1, &city),
	    "2026-06-03");
}

static void
test_fiscal_years_are_read_as_people_write_them(void)
{
	static const struct {
		const char *text;
		int year;
	} years[] = { { "令和8年度", 2026 }, { "令和８年度", 2026 },
		{ "令和八年度", 2026 }, { "R8", 2026 }, { "2026", 2026 },
		{ "2026年度", 2026 }, { "令和元年度", 2019 },
		{ "平成31年度", 2019 }, { "昭和63年度", 1988 }, { "8年度", 0 },
		{ "", 0 }, { "年度", 0 }, { "令和8年4月", 0 } };
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(years); i++)
		KT_NUM(
		    kt_fiscal_year_read(years[i].text, strlen(years[i].text)),
		    years[i].year);
	kt_fiscal_year_write(&b, 2026);
	kt_fiscal_year_write(&b, 2019);
	KT_STR(b.p, "令和8年度令和元年度");
	kt_buf_release(&b);
}

#define TEST(name)                                                             \
	{                                                                      \
#name, test_##name                                             \
	}

int
main(void)
{
	static CU_TestInfo tests[] = {
		TEST(holidays_of_1980_to_2050_are_those_of_the_list),
		TEST(holidays_have_their_names),
		TEST(deadlines_are_counted_in_open_days),
		TEST(fiscal_years_end_on_the_last_open_day),
		TEST(a_city_may_close_on_days_of_its_own),
		TEST(fiscal_years_are_read_as_people_write_them),
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ "holiday", NULL, NULL, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
