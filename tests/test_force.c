/* SPDX-License-Identifier: MIT */
/* The text in force on a day, and the history of a clause. */
#include "kt_test.h"

#include <unistd.h>

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

static char dir[64];
static struct kt_diag *diag;
static struct kt_store *store;
static const struct kt_person hanako = { "見本 花子", "hanako@example.jp" };

static int
begin(void)
{
	diag = kt_diag_new();
	return 0;
}

static int
end(void)
{
	kt_diag_free(diag);
	return 0;
}

static void
set_up(void)
{
	strcpy(dir, "/tmp/kaitei-force-XXXXXX");
	kt_diag_clear(diag);
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	CU_ASSERT_EQUAL_FATAL(kt_store_init(dir, &hanako, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_store_open(&store, dir, diag), KT_OK);
}

static void
tear_down(void)
{
	char line[128];

	kt_store_free(store);
	store = NULL;
	snprintf(line, sizeof(line), "rm -rf '%s'", dir);
	CU_ASSERT_EQUAL(system(line), 0);
}

static void
save(const char *id, const char *text, const char *instrument,
    struct kt_date day)
{
	struct kt_note note = { .document = id,
		.instrument = instrument,
		.effective = day,
		.author = hanako };
	char rev[KT_REV_LEN + 1];

	CU_ASSERT_EQUAL(kt_store_save(store, "policies", id, text, strlen(text),
			    "", &note, rev, diag),
	    KT_OK);
}

/* A text of articles 1 to n of one sentence each, with front matter. */
static void
save_clauses(const char *front, const char *const *sentences, size_t n)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_printf(&b, "---\nid: k\n%s---\n\n# 規程\n", front);
	for (size_t i = 0; i < n; i++)
		if (sentences[i] != NULL)
			kt_buf_printf(
			    &b, "\n### 第%zu条\n\n%s。\n", i + 1, sentences[i]);
	save("k", b.p, "", (struct kt_date){ 0 });
	kt_buf_release(&b);
}

static struct kt_in_force *
on(const char *day)
{
	struct kt_in_force *f = NULL;
	struct kt_date date;

	CU_ASSERT(kt_date_read(&date, day, strlen(day)) > 0);
	CU_ASSERT_EQUAL_FATAL(
	    kt_in_force_read(&f, store, "k", date, diag), KT_OK);
	return f;
}

/* State and the sentences in force, "-" for an article that is not there. */
static void
expect(const char *day, enum kt_state state, const char *want)
{
	struct kt_in_force *f = on(day);
	struct kt_buf got = KT_BUF_INIT;

	CU_ASSERT_EQUAL(f->state, state);
	for (int i = 1; i <= 3; i++) {
		char address[32];
		struct kt_spot spot;

		snprintf(address, sizeof(address), "第%d条第1項", i);
		if (kt_addr_find(&spot, f->doc, address) == KT_OK)
			kt_buf_put(&got, spot.node->text, spot.node->len - 3);
		else
			kt_buf_putc(&got, '-');
		kt_buf_putc(&got, i == 3 ? '\0' : ' ');
	}
	KT_STR(got.p, want);
	kt_buf_release(&got);
	kt_in_force_free(f);
}

static void
test_dates_differ_clause_by_clause(void)
{
	static const char *const first[] = { "a", "b", "c" };
	static const char *const second[] = { "A", "B", "C" };
	static const char *const third[] = { "A", "B", "CC" };

	set_up();
	save_clauses("effective: 2020-04-01\n", first, 3);
	save_clauses("effective:\n  - 2025-04-01\n"
		     "  - {clauses: [第2条], from: 2026-10-01}\n",
	    second, 3);
	/* Keeps the coming second article, and must not bring it early. */
	save_clauses("effective: 2026-04-01\n", third, 3);
	expect("2019-01-01", KT_S_COMING, "a b c");
	expect("2020-04-01", KT_S_IN_FORCE, "a b c");
	expect("2025-03-31", KT_S_IN_FORCE, "a b c");
	expect("2025-04-01", KT_S_PARTLY, "A b C");
	expect("2026-04-01", KT_S_PARTLY, "A b CC");
	expect("2026-09-30", KT_S_PARTLY, "A b CC");
	expect("2026-10-01", KT_S_IN_FORCE, "A B CC");
	tear_down();
}

static void
test_a_date_not_known_yet_is_set_later(void)
{
	static const char *const first[] = { "a", "b" };
	static const char *const second[] = { "a", "B", "C" };
	struct kt_in_force *f;

	set_up();
	save_clauses("effective: 1925-04-01\n", first, 2);
	save_clauses("effective:\n  - 1926-04-01\n"
		     "  - {clauses: [第3条], from: unknown, condition: "
		     "市長が定める日}\n",
	    second, 3);
	expect("1925-04-01", KT_S_IN_FORCE, "a b -");
	expect("1926-12-25", KT_S_PARTLY, "a B -");
	f = on("2026-01-01");
	CU_ASSERT_EQUAL_FATAL(f->ncoming, 1);
	KT_STR(f->coming[0].clauses, "第3条");
	KT_STR(f->coming[0].condition, "市長が定める日");
	kt_in_force_free(f);
	save_clauses("effective:\n  - 1926-04-01\n"
		     "  - {clauses: [第3条], from: 1927-01-01}\n",
	    second, 3);
	expect("1926-12-31", KT_S_PARTLY, "a B -");
	expect("1927-01-01", KT_S_IN_FORCE, "a B C");
	tear_down();
}

static void
test_a_text_recorded_late_takes_its_place_by_date(void)
{
	static const char *const a[] = { "a" }, *const b[] = { "b" };
	static const char *const c[] = { "c" };

	set_up();
	save_clauses("effective: 2025-04-01\n", a, 1);
	save_clauses("effective: 2026-04-01\n", b, 1);
	save_clauses("effective: 2025-10-01\n", c, 1);
	expect("2025-09-30", KT_S_IN_FORCE, "a - -");
	expect("2026-03-31", KT_S_IN_FORCE, "c - -");
	expect("2026-04-01", KT_S_IN_FORCE, "b - -");
	tear_down();
}

static void
test_what_was_made_for_a_time_ceases(void)
{
	static const char *const a[] = { "a" };

	set_up();
	save_clauses("effective: 2025-04-01\nceases: 2026-03-31\n", a, 1);
	expect("2026-03-31", KT_S_IN_FORCE, "a - -");
	expect("2026-04-01", KT_S_CEASED, "a - -");
	tear_down();
}

static CU_TestInfo force_tests[] = {
	{ "dates differ clause by clause", test_dates_differ_clause_by_clause },
	{ "a date not known yet is set later",
	    test_a_date_not_known_yet_is_set_later },
	{ "a text recorded late takes its place by date",
	    test_a_text_recorded_late_takes_its_place_by_date },
	{ "what was made for a time ceases",
	    test_what_was_made_for_a_time_ceases },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "in force", begin, end, NULL, NULL, force_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
