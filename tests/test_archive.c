/* SPDX-License-Identifier: MIT */
/* Names on the disc, the register, what is an Office file. */
#include "kt_test.h"

#include <kaitei/archive.h>
#include <kaitei/ooxml.h>
#include <kaitei/store.h>

static struct kt_diag *diag;

static void
set_up(void)
{
	diag = kt_diag_new();
}

static void
tear_down(void)
{
	kt_diag_free(diag);
}

/* ---- names ------------------------------------------------------------ */

#define LONG10 "一二三四五六七八九十"
#define LONG60 LONG10 LONG10 LONG10 LONG10 LONG10 LONG10

static void
test_names_are_checked_by_one_rule_each(void)
{
	static const struct {
		const char *name;
		enum kt_msg_id id; /* KT_M__COUNT: fine, without a word */
	} names[] = {
		{ "議事録.docx", KT_M__COUNT },
		{ LONG60 "1234", KT_M__COUNT },
		{ LONG60 "12345", KT_M_NAME_LONG },
		{ "𠮷.docx", KT_M_NAME_RARE },
		{ "①髙﨑.docx", KT_M__COUNT },
		{ "ＡＢＣ.docx", KT_M__COUNT },
		{ "か\xe3\x82\x99.docx", KT_M_NAME_BROKEN },
		{ "\xff.docx", KT_M_NAME_BROKEN },
		{ "", KT_M_NAME_BROKEN },
		{ "CON", KT_M_NAME_DEVICE },
		{ "con.docx", KT_M_NAME_DEVICE },
		{ "LPT9.txt", KT_M_NAME_DEVICE },
		{ "LPT0.txt", KT_M__COUNT },
		{ "console.docx", KT_M__COUNT },
		{ "a.", KT_M_NAME_EDGE },
		{ "a ", KT_M_NAME_EDGE },
		{ "　a", KT_M_NAME_EDGE },
		{ "a/b", KT_M_NAME_SIGN },
		{ "a%b", KT_M_NAME_SIGN },
		{ "a\nb", KT_M_NAME_SIGN },
		{ "a\xc2\x85", KT_M_NAME_SIGN },
	};

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		kt_diag_clear(diag);
		kt_archive_name_check(names[i].name, diag);
		if (names[i].id == KT_M__COUNT) {
			KT_NUM(kt_diag_count(diag), 0);
		} else {
			CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
			KT_NUM(kt_diag_get(diag, 0)->id, names[i].id);
		}
	}
}

static void
test_names_that_are_one_somewhere_are_the_same(void)
{
	CU_ASSERT_TRUE(kt_archive_name_same("ＡＢＣ.docx", "abc.DOCX"));
	CU_ASSERT_TRUE(kt_archive_name_same("ガイド", "ｶﾞｲﾄﾞ"));
	CU_ASSERT_TRUE(kt_archive_name_same("か\xe3\x82\x99", "が"));
	CU_ASSERT_FALSE(kt_archive_name_same("①", "1"));
	CU_ASSERT_FALSE(kt_archive_name_same("髙", "高"));
}

static void
test_names_made_from_titles_always_pass(void)
{
	static const char *const titles[] = { "", "CON", "a/b:c*d?",
		"　先頭の空白", LONG60 LONG60, "𠮷" LONG60, "com1",
		"か\xe3\x82\x99", "第1回 審査会\n議事録" };
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < KT_COUNT(titles); i++) {
		kt_buf_clear(&b);
		kt_archive_name_make(
		    &b, titles[i], "_令和8年12月10日_新旧対照表.docx");
		KT_NUM(kt_archive_name_check(b.p, NULL), KT_OK);
		CU_ASSERT_TRUE(kt_utf16_count(b.p, b.len) <= 59);
	}
	kt_buf_clear(&b);
	kt_archive_name_make(&b, "規程", ".docx");
	KT_STR(b.p, "規程.docx");
	kt_buf_release(&b);
}

/* ---- register --------------------------------------------------------- */

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_a_register_reads_back_as_it_was_written(void)
{
	struct kt_register *a = kt_register_new(2026), *b = NULL;
	struct kt_deliverable row = { .name = "議事録.docx",
		.type = "議事録",
		.title = "第1回審査会",
		.delivered = { 2026, 5, 20 },
		.event = { 2026, 4, 28 },
		.due = { 2026, 5, 11 },
		.occasion = "審査会",
		.handling = KT_HANDLING_CONFIDENTIAL,
		.bytes = 12345678901,
		.sha256 = SHA,
		.reason = "",
		.by = "見本 花子",
		.disposed = { 2027, 3, 1 },
		.disposal = "削除" };
	struct kt_buf one = KT_BUF_INIT, two = KT_BUF_INIT;

	KT_NUM(kt_register_add(a, &row, diag), KT_OK);
	row.name = "報告書.docx";
	row.handling = KT_HANDLING_OPEN;
	row.disposed = (struct kt_date){ 0 };
	KT_NUM(kt_register_add(a, &row, diag), KT_OK);
	KT_NUM(kt_register_add(a, &row, diag), KT_ECONFLICT);
	row.name = "別.docx";
	row.title = "a\tb";
	KT_NUM(kt_register_add(a, &row, diag), KT_EINPUT);
	kt_register_write(&one, a);
	KT_NUM(kt_register_read(&b, 2026, "x", one.p, one.len, diag), KT_OK);
	kt_register_write(&two, b);
	KT_STR(two.p, one.p);
	KT_NUM(b->n, 2);
	CU_ASSERT_EQUAL(b->at[0].bytes, 12345678901);
	CU_ASSERT_TRUE(kt_deliverable_is_late(&b->at[0]));
	kt_register_free(a);
	kt_register_free(b);
	kt_buf_release(&one);
	kt_buf_release(&two);
}

static void
test_a_register_that_is_broken_is_refused_with_its_line(void)
{
	static const char *const rows[] = {
		"a.docx",
		"a.docx\tb\tc\t2026-05-20\t\t\t\t\t1\t" SHA "\t\t\t\t\tx",
		"a.docx\tb\tc\t2026-13-20\t\t\t\t\t1\t" SHA "\t\t\t\t",
		"a.docx\tb\tc\t2026-05-20\t\t\t\t\tx\t" SHA "\t\t\t\t",
		"a.docx\tb\tc\t2026-05-20\t\t\t\t\t1\tabc\t\t\t\t",
		"a.docx\tb\tc\t2026-05-20\t\t\t\t極秘\t1\t" SHA "\t\t\t\t",
		"../a\tb\tc\t2026-05-20\t\t\t\t\t1\t" SHA "\t\t\t\t",
		"\xff\xfe",
	};

	for (size_t i = 0; i < KT_COUNT(rows); i++) {
		struct kt_buf text = KT_BUF_INIT;
		struct kt_register *r = NULL;

		kt_diag_clear(diag);
		kt_buf_printf(&text, "head\n%s\n", rows[i]);
		CU_ASSERT_NOT_EQUAL(kt_register_read(&r, 2026, "register.tsv",
					text.p, text.len, diag),
		    KT_OK);
		CU_ASSERT_PTR_NULL(r);
		KT_NUM(kt_diag_errors(diag), 1);
		kt_buf_release(&text);
	}
}

static void
test_minutes_are_due_five_open_days_after_the_meeting(void)
{
	struct kt_deliverable row = { .type = "議事録",
		.event = { 2026, 4, 28 } };
	struct kt_date due = kt_deliverable_due(&row, 2026, NULL);

	CU_ASSERT_EQUAL(kt_date_cmp(due, (struct kt_date){ 2026, 5, 11 }), 0);
	row.event = (struct kt_date){ 0 };
	KT_NUM(kt_deliverable_due(&row, 2026, NULL).year, 0);
	row.type = "報告書";
	due = kt_deliverable_due(&row, 2028, NULL);
	CU_ASSERT_EQUAL(kt_date_cmp(due, (struct kt_date){ 2029, 3, 30 }), 0);
}

/* ---- Office files -------------------------------------------------------- */

static bool
get_string(void *of, void *to, size_t n, uint64_t at)
{
	memcpy(to, (const char *)of + at, n);
	return true;
}

static void
test_other_bytes_are_no_office_files(void)
{
	static const struct {
		const char *bytes;
		size_t n;
		enum kt_office kind;
	} files[] = {
		{ "", 0, KT_OFFICE_NONE },
		{ "words", 5, KT_OFFICE_NONE },
		{ "PK\3\4", 4, KT_OFFICE_NONE },
		{ "PK\3\4 and nothing", 16, KT_OFFICE_NONE },
		{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", 12, KT_OFFICE_OLD },
	};

	for (size_t i = 0; i < KT_COUNT(files); i++) {
		const struct kt_package_bytes bytes = { get_string,
			(void *)(uintptr_t)files[i].bytes, files[i].n };

		KT_NUM(kt_office_of("x", &bytes, NULL), files[i].kind);
	}
}

static CU_TestInfo name_tests[] = {
	{ "names are checked by one rule each",
	    test_names_are_checked_by_one_rule_each },
	{ "names that are one somewhere are the same",
	    test_names_that_are_one_somewhere_are_the_same },
	{ "names made from titles always pass",
	    test_names_made_from_titles_always_pass },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo register_tests[] = {
	{ "a register reads back as it was written",
	    test_a_register_reads_back_as_it_was_written },
	{ "a register that is broken is refused with its line",
	    test_a_register_that_is_broken_is_refused_with_its_line },
	{ "minutes are due five open days after the meeting",
	    test_minutes_are_due_five_open_days_after_the_meeting },
	{ "other bytes are no Office files",
	    test_other_bytes_are_no_office_files },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "names", NULL, NULL, set_up, tear_down, name_tests },
		{ "register", NULL, NULL, set_up, tear_down, register_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
