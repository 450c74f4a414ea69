/* SPDX-License-Identifier: MIT */
/* What must follow a change, on small texts. */
#include "kt_build.h"

#include <kaitei/diff.h>
#include <kaitei/port.h>

static struct kt_doc *old_doc, *new_doc, *other;
static struct kt_changes *list;
static struct kt_impact *impact;
static struct kt_diag *diag;
static struct kt_buf seen = KT_BUF_INIT;

static int
begin(void)
{
	diag = kt_diag_new();
	return 0;
}

static void
drop(void)
{
	kt_impact_free(impact);
	kt_changes_free(list);
	kt_doc_free(old_doc);
	kt_doc_free(new_doc);
	kt_doc_free(other);
	impact = NULL;
	list = NULL;
	old_doc = new_doc = other = NULL;
}

static int
end(void)
{
	drop();
	kt_diag_free(diag);
	kt_buf_release(&seen);
	return 0;
}

/* "kind! @place words=now" of each effect; the other document's with @. */
static const char *
trace(const char *was, const char *is, const char *dependant)
{
	drop();
	old_doc = kt_build(was);
	new_doc = kt_build(is);
	kt_node_caption(old_doc, old_doc->root, "見本規程", strlen("見本規程"));
	kt_node_caption(new_doc, new_doc->root, "見本規程", strlen("見本規程"));
	kt_diff(&list, old_doc, new_doc, diag);
	if (dependant != NULL)
		other = kt_build(dependant);
	kt_impact(&impact, list, (const struct kt_doc *const *)&other,
	    other == NULL ? 0 : 1, diag);
	kt_buf_clear(&seen);
	for (size_t i = 0; i < impact->count; i++) {
		const struct kt_effect *e = &impact->at[i];

		kt_buf_printf(&seen, "%s%s%s %s%s", i == 0 ? "" : "; ",
		    kt_effect_name(e->kind), e->must ? "!" : "",
		    e->doc == other ? "@" : "", kt_addr(e->doc, e->node));
		if (e->words[0] != '\0')
			kt_buf_printf(&seen, " %s=%s", e->words, e->now);
	}
	return seen.p;
}

static const char rule[] =
    "article 第1条|保存\n"
    " paragraph ||文書は、課の書庫に施錠して30日間保存しなければならない。\n"
    "article 第2条|例外\n"
    " paragraph "
    "||前条の規定にかかわらず、市長が認めるときは、この限りでない。\n"
    " commentary |解説\n"
    "  text ||市長が認めるときとは、災害のときをいう。\n"
    "article 第3条|委任\n"
    " paragraph ||この規程の施行に必要な事項は、別に定める。\n";

static void
test_references_and_commentary(void)
{
	KT_STR(trace(rule, rule, NULL), "");
	KT_STR(
	    trace(rule,
		"article 第1条|保存\n"
		" paragraph "
		"||文書は、課の書庫に施錠して60日間保存しなければならない。\n"
		"article 第2条|例外\n"
		" paragraph "
		"||"
		"前条の規定にかかわらず、市長がやむを得ないと認めるときは、この"
		"限りでない。\n"
		" commentary |解説\n"
		"  text ||市長が認めるときとは、災害のときをいう。\n"
		"article 第3条|委任\n"
		" paragraph ||この規程の施行に必要な事項は、別に定める。\n",
		NULL),
	    "commentary 第2条解説");
	KT_STR(
	    trace(rule,
		"article 第1条|保存\n"
		" paragraph "
		"||文書は、課の書庫に施錠して60日間保存しなければならない。\n"
		"article 第2条|例外\n"
		" paragraph "
		"||"
		"前条の規定にかかわらず、市長が認めるときは、この限りでない。\n"
		" commentary |解説\n"
		"  text ||市長が認めるときとは、災害のときをいう。\n"
		"article 第3条|委任\n"
		" paragraph ||この規程の施行に必要な事項は、別に定める。\n",
		NULL),
	    "reference 第2条 前条=第1条");
}

/* A dependant that cites by a name of its own, and restates. */
static void
test_dependants(void)
{
	static const char later[] =
	    "article 第1条|定義\n"
	    " paragraph ||この規程において、次の意義による。\n"
	    "  item (1)||書庫　施錠した室をいう。\n"
	    "article 第2条|保存\n"
	    " paragraph "
	    "||文書は、課の書庫に施錠して60日間保存しなければならない。\n"
	    "article 第3条|例外\n"
	    " paragraph "
	    "||前条の規定にかかわらず、市長が認めるときは、この限りでない。\n"
	    " commentary |解説\n"
	    "  text ||市長が認めるときとは、災害のときをいう。\n";
	static const char depends[] =
	    "article 第1条|趣旨\n"
	    " paragraph "
	    "||"
	    "この要綱は、見本規程（平成19年訓令第1号。以下「規程」という。）第1"
	    "条の保存について定める。\n"
	    "article 第2条|保存\n"
	    " paragraph "
	    "||文書は、課の書庫に施錠して30日間保存するものとする。\n"
	    "article 第3条|委任\n"
	    " paragraph ||規程第3条の事項は、課長が定める。\n"
	    "article 第4条|他の法令\n"
	    " paragraph ||文書管理規則第1条の規定は、適用しない。\n";

	trace(rule, later, depends);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(seen.p, "renumbered! @第1条 第1条=第2条"));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "dangling! @第3条 第3条="));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "restated @第2条"));
	CU_ASSERT_PTR_NULL(strstr(seen.p, "@第4条"));
	KT_NUM(impact->must, 2);
}

static void
test_terms(void)
{
	static const char was[] =
	    "article 第1条|定義\n"
	    " paragraph ||次の意義による。\n"
	    "  item (1)||端末　職員が使う機器をいう。\n"
	    "  item (2)||外部サービス　市以外の者が提供する役務をいう。\n"
	    "article 第2条|利用\n"
	    " paragraph ||端末は、施錠する。\n"
	    " paragraph 2||役務を利用する者は、届け出る。\n";
	static const char is[] =
	    "article 第1条|定義\n"
	    " paragraph ||次の意義による。\n"
	    "  item (1)||端末　職員及び受託者が使う機器をいう。\n"
	    "  item (2)||クラウドサービス　市以外の者が提供する役務をいう。\n"
	    "article 第2条|利用\n"
	    " paragraph ||端末は、施錠する。\n"
	    " paragraph 2||役務を利用する者は、届け出る。\n";

	trace(was, is,
	    "article 第1条|申請\n"
	    " paragraph ||外部サービスの利用は、市長に申請する。\n");
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "term 第2条第1項 端末="));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "term! @第1条 外部サービス="));
	CU_ASSERT_PTR_NULL(strstr(seen.p, "第2条第2項"));
}

static CU_TestInfo tests[] = {
	{ "references and commentary of the text itself",
	    test_references_and_commentary },
	{ "dependants that cite, by number, or restate", test_dependants },
	{ "terms that mean something else, or nothing", test_terms },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "impact", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
