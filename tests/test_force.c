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
put(const char *id, const char *text, size_t n, const struct kt_note *note)
{
	struct kt_file file = { .bytes = text, .n = n };
	char rev[KT_REV_LEN + 1];

	CU_ASSERT_EQUAL(
	    kt_store_document(&file.path, store, id, "", "policies", diag),
	    KT_OK);
	CU_ASSERT_EQUAL(
	    kt_store_put(store, &file, 1, "", note, rev, diag), KT_OK);
}

static void
save(const char *id, const char *text, const char *instrument,
    struct kt_date day)
{
	struct kt_note note = { .document = id,
		.instrument = instrument,
		.effective = day,
		.author = hanako };

	put(id, text, strlen(text), &note);
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

/* ---- 行政手続法 --------------------------------------------------------- */

/* Its texts as they were recorded, with the days that their acts name.  The
 * ninth was promulgated first and came into force last. */
static const struct {
	const char *file, *number;
	struct kt_date promulgated, effective;
} law[] = {
	{ "01-19931112", "平成5年法律第88号", { 1993, 11, 12 },
	    { 1994, 10, 1 } },
	{ "02-19991208", "平成11年法律第151号", { 1999, 12, 8 },
	    { 2000, 4, 1 } },
	{ "03-19991222", "平成11年法律第160号", { 1999, 12, 22 },
	    { 2001, 1, 6 } },
	{ "04-20021213", "平成14年法律第152号", { 2002, 12, 13 },
	    { 2003, 2, 3 } },
	{ "05-20030716", "平成15年法律第119号", { 2003, 7, 16 },
	    { 2004, 4, 1 } },
	{ "06-20050629", "平成17年法律第73号", { 2005, 6, 29 },
	    { 2006, 4, 1 } },
	{ "07-20060608", "平成18年法律第58号", { 2006, 6, 8 }, { 2007, 6, 1 } },
	{ "08-20060614", "平成18年法律第66号", { 2006, 6, 14 },
	    { 2007, 9, 30 } },
	{ "09-20140613", "平成26年法律第69号", { 2014, 6, 13 },
	    { 2016, 4, 1 } },
	{ "10-20140613", "平成26年法律第70号", { 2014, 6, 13 },
	    { 2015, 4, 1 } },
};

static struct kt_doc *
law_text(size_t i)
{
	struct kt_doc *doc = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/gyosei-tetsuzuki/%s.law.txt", KT_DATA,
	    law[i].file);
	CU_ASSERT_EQUAL_FATAL(kt_read_file(&doc, path, diag), KT_OK);
	return doc;
}

static void
save_law(void)
{

	for (size_t i = 0; i < KT_COUNT(law); i++) {
		struct kt_note note = { .document = "k",
			.instrument = law[i].number,
			.promulgated = law[i].promulgated,
			.effective = law[i].effective,
			.author = hanako };
		struct kt_buf text = KT_BUF_INIT;
		struct kt_doc *doc = law_text(i);

		CU_ASSERT_EQUAL(kt_write_markdown(&text, doc, diag), KT_OK);
		put("k", text.p, text.len, &note);
		kt_buf_release(&text);
		kt_doc_free(doc);
	}
}

static void
test_the_law_on_fourteen_days(void)
{
	static const struct {
		const char *day;
		int text; /* which of the texts; -1: none yet */
	} cases[] = { { "1993-11-12", -1 }, { "平成6年9月30日", -1 },
		{ "1994-10-01", 0 }, { "2000-03-31", 0 }, { "2000-04-01", 1 },
		{ "2001-01-06", 2 }, { "2003-02-03", 3 }, { "2004-04-01", 4 },
		{ "2006-03-31", 4 }, { "2006-04-01", 5 }, { "2007-06-01", 6 },
		{ "2007-09-30", 7 }, { "2015-03-31", 7 }, { "2016-04-01", 9 } };

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	set_up();
	save_law();
	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_in_force *f = on(cases[i].day);
		const struct kt_node *a, *b;
		struct kt_doc *want;

		CU_ASSERT_EQUAL(
		    f->state, cases[i].text < 0 ? KT_S_COMING : KT_S_IN_FORCE);
		if (cases[i].text >= 0) {
			want = law_text((size_t)cases[i].text);
			CU_ASSERT(
			    kt_node_equal(f->doc->root, want->root, &a, &b));
			kt_doc_free(want);
		}
		kt_in_force_free(f);
	}
	tear_down();
}

/* Does the text on a day have the words in this clause? */
static void
expect_words(const struct kt_in_force *f, const char *address,
    const struct kt_doc *as, const char *there)
{
	struct kt_spot x, y;
	const struct kt_node *a, *b;

	CU_ASSERT_EQUAL_FATAL(kt_addr_find(&x, f->doc, address), KT_OK);
	CU_ASSERT_EQUAL_FATAL(kt_addr_find(&y, as, there), KT_OK);
	CU_ASSERT(kt_node_equal(x.node, y.node, &a, &b));
}

static void
test_an_act_that_was_passed_first_comes_into_force_last(void)
{
	struct kt_in_force *f;
	struct kt_doc *eighth, *tenth;

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	set_up();
	save_law();
	eighth = law_text(7);
	tenth = law_text(9);
	f = on("2015-04-01");
	KT_NUM(f->ncoming, 1);
	KT_STR(f->coming[0].instrument, "平成26年法律第69号");
	/* What act 70 changed is there, what act 69 changes is not yet. */
	expect_words(f, "第36条の2", tenth, "第36条の2");
	expect_words(f, "第35条", tenth, "第35条");
	expect_words(f, "第27条", eighth, "第27条");
	expect_words(f, "第19条", eighth, "第19条");
	kt_in_force_free(f);
	kt_doc_free(eighth);
	kt_doc_free(tenth);
	tear_down();
}

static void
test_five_clauses_that_moved_are_traced_back_to_1993(void)
{
	static const struct {
		const char *address, *way; /* newest first */
	} cases[] = {
		{ "第46条", "第38条→第46条 平成17年法律第73号|"
			    "第38条 平成5年法律第88号|" },
		{ "第7章", "第6章→第7章 平成17年法律第73号|"
			   "第6章 平成5年法律第88号|" },
		{ "第3条第3項", "第3条第2項→第3条第3項 平成17年法律第73号|"
				"第3条第2項 平成5年法律第88号|" },
		{ "第35条第3項", "第35条第2項→第35条第3項 平成26年法律第70号|"
				 "第35条第2項 平成5年法律第88号|" },
		{ "第35条第4項", "第35条第3項→第35条第4項 平成26年法律第70号|"
				 "第35条第3項 平成14年法律第152号|"
				 "第35条第3項 平成5年法律第88号|" },
	};

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	set_up();
	save_law();
	for (size_t i = 0; i < KT_COUNT(cases); i++) {
		struct kt_history *h = NULL;
		struct kt_buf got = KT_BUF_INIT;

		CU_ASSERT_EQUAL_FATAL(
		    kt_history_of(&h, store, "k", cases[i].address, diag),
		    KT_OK);
		for (size_t k = 0; k < h->count; k++) {
			const struct kt_event *e = &h->at[k];
			bool same =
			    e->fate == KT_ADDED || strcmp(e->old, e->new) == 0;

			kt_buf_printf(&got, "%s%s%s %s|", same ? "" : e->old,
			    same ? "" : "→", e->new, e->rev.note.instrument);
		}
		KT_STR(got.p, cases[i].way);
		kt_buf_release(&got);
		kt_history_free(h);
	}
	tear_down();
}

static void
test_blame_names_the_act_of_each_article(void)
{
	static const struct {
		const char *address, *number;
	} cases[] = { { "第1条", "平成17年法律第73号" },
		{ "第6条", "平成5年法律第88号" },
		{ "第8条", "平成14年法律第152号" },
		{ "第27条", "平成26年法律第69号" },
		{ "第36条の2", "平成26年法律第70号" } };
	struct kt_history *h = NULL;

	if (!kt_test_data("gyosei-tetsuzuki"))
		return;
	set_up();
	save_law();
	CU_ASSERT_EQUAL_FATAL(kt_history_blame(&h, store, "k", diag), KT_OK);
	for (size_t i = 0; i < KT_COUNT(cases); i++)
		for (size_t k = 0; k < h->count; k++)
			if (strcmp(h->at[k].new, cases[i].address) == 0)
				KT_STR(h->at[k].rev.note.instrument,
				    cases[i].number);
	CU_ASSERT(h->count > 48);
	kt_history_free(h);
	tear_down();
}

static CU_TestInfo law_tests[] = {
	{ "the law on fourteen days", test_the_law_on_fourteen_days },
	{ "an act that was passed first comes into force last",
	    test_an_act_that_was_passed_first_comes_into_force_last },
	{ "five clauses that moved are traced back to 1993",
	    test_five_clauses_that_moved_are_traced_back_to_1993 },
	{ "blame names the act of each article",
	    test_blame_names_the_act_of_each_article },
	CU_TEST_INFO_NULL,
};

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
		{ "the law", begin, end, NULL, NULL, law_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
