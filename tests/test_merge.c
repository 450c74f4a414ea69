/* SPDX-License-Identifier: MIT */
/* Three-way merge, clause by clause: its laws, and what is a conflict. */
#include "kt_test.h"

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

static struct kt_diag *diag;

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

static struct kt_doc *
doc_of(const char *text)
{
	struct kt_doc *doc = NULL;

	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&doc, "t.md", text, strlen(text), diag), KT_OK);
	return doc;
}

static void
text_of(struct kt_buf *out, const struct kt_doc *doc)
{
	kt_buf_clear(out);
	CU_ASSERT_EQUAL(kt_write_markdown(out, doc, diag), KT_OK);
}

static const char base_text[] =
    "# 見本規程\n\n"
    "### 第1条（目的）\n\nこの規程は、目的を定める。\n\n"
    "### 第2条（責務）\n\n課長は、管理する。\n\n"
    "2　職員は、守る。\n\n"
    "### 第3条（記録）\n\n課長は、前条第2項の状況を記録する。\n\n"
    "### 第4条（報告）\n\n職員は、第3条の記録を報告する。\n";

static struct kt_merged *
merge(const char *base, const char *ours, const char *theirs)
{
	struct kt_doc *b = doc_of(base), *o = doc_of(ours), *t = doc_of(theirs);
	struct kt_merged *m = NULL;

	kt_merged_new(&m, b, o, t, NULL, diag);
	kt_doc_free(b);
	kt_doc_free(o);
	kt_doc_free(t);
	return m;
}

/* The base with one string of it replaced; yours. */
static char *
with(const char *text, const char *from, const char *to)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *at = strstr(text, from);

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	kt_buf_put(&b, text, (size_t)(at - text));
	kt_buf_puts(&b, to);
	kt_buf_puts(&b, at + strlen(from));
	return kt_buf_detach(&b);
}

static void
expect(struct kt_merged *m, size_t open, const char *want)
{
	struct kt_doc *doc = doc_of(want);
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	KT_NUM(m->open, open);
	text_of(&a, m->doc);
	text_of(&b, doc);
	KT_STR(a.p, b.p);
	kt_buf_release(&a);
	kt_buf_release(&b);
	kt_doc_free(doc);
	kt_merged_free(m);
}

static void
test_changes_of_different_clauses_are_both_taken(void)
{
	char *o = with(base_text, "目的を定める", "趣旨を定める");
	char *t = with(base_text, "職員は、守る", "職員は、必ず守る");
	char *want = with(o, "職員は、守る", "職員は、必ず守る");

	expect(merge(base_text, o, t), 0, want);
	expect(merge(base_text, t, o), 0, want);
	free(o);
	free(t);
	free(want);
}

static void
test_what_both_changed_alike_is_taken_once(void)
{
	char *o = with(base_text, "### 第4条",
	    "### 第3条の2（保存）\n\n記録は、保存する。\n\n### 第4条");

	expect(merge(base_text, o, o), 0, o);
	free(o);
}

static void
test_both_numbered_anew_is_counted_again_and_references_follow(void)
{
	static const char ours[] =
	    "# 見本規程\n\n"
	    "### 第1条（目的）\n\nこの規程は、目的を定める。\n\n"
	    "### 第2条（定義）\n\n用語を定める。\n\n"
	    "### 第3条（責務）\n\n課長は、管理する。\n\n"
	    "2　職員は、守る。\n\n"
	    "### 第4条（記録）\n\n課長は、前条第2項の状況を記録する。\n\n"
	    "### 第5条（報告）\n\n職員は、第4条の記録を報告する。\n";
	static const char theirs[] =
	    "# 見本規程\n\n"
	    "### 第1条（目的）\n\nこの規程は、目的を定める。\n\n"
	    "### 第2条（責務）\n\n課長は、管理する。\n\n"
	    "2　職員は、守る。\n\n"
	    "### 第3条（記録）\n\n課長は、前条第2項の状況を記録する。\n\n"
	    "### 第4条（点検）\n\n課長は、点検する。\n\n"
	    "### 第5条（報告）\n\n職員は、第3条の記録を直ちに報告する。\n";
	static const char want[] =
	    "# 見本規程\n\n"
	    "### 第1条（目的）\n\nこの規程は、目的を定める。\n\n"
	    "### 第2条（定義）\n\n用語を定める。\n\n"
	    "### 第3条（責務）\n\n課長は、管理する。\n\n"
	    "2　職員は、守る。\n\n"
	    "### 第4条（記録）\n\n課長は、前条第2項の状況を記録する。\n\n"
	    "### 第5条（点検）\n\n課長は、点検する。\n\n"
	    "### 第6条（報告）\n\n職員は、第4条の記録を直ちに報告する。\n";

	expect(merge(base_text, ours, theirs), 0, want);
	expect(merge(base_text, theirs, ours), 0, want);
}

static void
test_one_clause_changed_twice_is_a_conflict_with_three_texts(void)
{
	char *o = with(base_text, "課長は、管理する", "部長は、管理する");
	char *t = with(base_text, "課長は、管理する", "課長は、厳重に管理する");
	struct kt_merged *m = merge(base_text, o, t);

	CU_ASSERT_EQUAL_FATAL(m->count, 1);
	KT_STR(m->at[0].clause, "第2条第1項");
	KT_STR(m->at[0].base, "課長は、管理する。");
	KT_STR(m->at[0].ours, "部長は、管理する。");
	KT_STR(m->at[0].theirs, "課長は、厳重に管理する。");
	expect(m, 1, o);
	free(o);
	free(t);
}

static void
test_a_decision_takes_the_text_it_names(void)
{
	static const enum kt_pick picks[] = { KT_PICK_BASE, KT_PICK_OURS,
		KT_PICK_THEIRS };
	char *side[] = { kt_strdup(base_text),
		with(base_text, "課長は、管理する", "部長は、管理する"),
		with(base_text, "課長は、管理する", "課長は、厳重に管理する") };
	struct kt_doc *doc[3];

	for (int i = 0; i < 3; i++)
		doc[i] = doc_of(side[i]);
	for (int i = 0; i < 3; i++) {
		struct kt_merge_how how = { .picks = &picks[i], .npicks = 1 };
		struct kt_merged *m = NULL;

		kt_merged_new(&m, doc[0], doc[1], doc[2], &how, diag);
		expect(m, 0, side[i]);
	}
	for (int i = 0; i < 3; i++) {
		kt_doc_free(doc[i]);
		free(side[i]);
	}
}

static void
test_taken_out_here_and_changed_there_is_a_conflict(void)
{
	char *o = with(base_text,
	    "### 第4条（報告）\n\n職員は、第3条の記録を報告する。\n", "");
	char *t = with(base_text, "記録を報告する", "記録を課長に報告する");
	struct kt_merged *m = merge(base_text, o, t);

	CU_ASSERT_EQUAL_FATAL(m->count, 1);
	CU_ASSERT_EQUAL(m->at[0].kind, KT_X_GONE);
	KT_STR(m->at[0].clause, "第4条");
	KT_STR(m->at[0].ours, "");
	expect(m, 1, o);
	m = merge(base_text, t, o);
	expect(m, 1, t);
	free(o);
	free(t);
}

/* ---- laws on real texts ------------------------------------------------- */

static const char *const law[] = { "01-19931112", "02-19991208", "03-19991222",
	"04-20021213", "05-20030716", "06-20050629", "07-20060608",
	"08-20060614", "09-20140613", "10-20140613" };

static struct kt_doc *
law_at(size_t i)
{
	char path[128];
	struct kt_doc *doc = NULL;

	snprintf(path, sizeof(path),
	    "../shared/data/gyosei-tetsuzuki/%s.law.txt", law[i]);
	if (kt_file_exists(path))
		CU_ASSERT_EQUAL(kt_read_file(&doc, path, diag), KT_OK);
	return doc;
}

static void
same(const struct kt_doc *a, const struct kt_doc *b)
{
	const struct kt_node *x = NULL, *y = NULL;

	if (!kt_node_equal(a->root, b->root, &x, &y)) {
		CU_FAIL("the merged text differs");
		printf("\n    at %s / %s: %.60s / %.60s\n",
		    x == NULL ? "-" : kt_addr(a, x),
		    y == NULL ? "-" : kt_addr(b, y), x == NULL ? "" : x->text,
		    y == NULL ? "" : y->text);
	}
}

static void
test_real_texts_keep_the_laws(void)
{
	struct kt_doc *doc[KT_COUNT(law)];
	struct kt_merged *m;

	for (size_t i = 0; i < KT_COUNT(law); i++)
		doc[i] = law_at(i);
	if (doc[0] == NULL) {
		printf("\n    skipped: ../shared/data/gyosei-tetsuzuki "
		       "absent\n");
		return;
	}
	for (size_t i = 0; i + 1 < KT_COUNT(law); i++)
		for (size_t k = i + 1; k < KT_COUNT(law); k += 2) {
			kt_merged_new(&m, doc[i], doc[k], doc[i], NULL, diag);
			KT_NUM(m->count, 0);
			same(m->doc, doc[k]);
			kt_merged_free(m);
			kt_merged_new(&m, doc[i], doc[i], doc[k], NULL, diag);
			KT_NUM(m->count, 0);
			same(m->doc, doc[k]);
			kt_merged_free(m);
			kt_merged_new(&m, doc[i], doc[k], doc[k], NULL, diag);
			KT_NUM(m->count, 0);
			same(m->doc, doc[k]);
			kt_merged_free(m);
		}
	for (size_t i = 0; i < KT_COUNT(law); i++)
		kt_doc_free(doc[i]);
}

static CU_TestInfo tests[] = {
	{ "changes of different clauses are both taken",
	    test_changes_of_different_clauses_are_both_taken },
	{ "what both changed alike is taken once",
	    test_what_both_changed_alike_is_taken_once },
	{ "both numbered anew: counted again, references follow",
	    test_both_numbered_anew_is_counted_again_and_references_follow },
	{ "one clause changed twice is a conflict with three texts",
	    test_one_clause_changed_twice_is_a_conflict_with_three_texts },
	{ "a decision takes the text it names",
	    test_a_decision_takes_the_text_it_names },
	{ "taken out here and changed there is a conflict",
	    test_taken_out_here_and_changed_there_is_a_conflict },
	{ "real texts keep the laws", test_real_texts_keep_the_laws },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "merge", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
