/* SPDX-License-Identifier: MIT */
/* One clause that became several, several that became one. */
#include "kt_compare.h"

static void
test_a_split_tells_unedited_text_once(void)
{
	check(A1 LONG_OLD C("3"),
	    A1 "article 第2条|保管\n"
	       " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	       "め、その鍵を自ら保管しなければならない。\n"
	       "article 第3条|貸出し\n"
	       " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	       "及び返却の予定日を記入するものとする。\n" C("4"),
	    "split substance article 第2条→第2条・第3条: "
	    "第2条（保管〔-substance:及び貸出し〕）/課長は、完結した文書を"
	    "施錠することができる書庫に収め、その鍵を自ら保管しなければなら"
	    "ない。/〔-reference-followed:2　〕"
	    "〔+reference-followed:第3条〕〔+substance:（貸出し）/〕"
	    "職員は、書庫の文書を借り受けるときは、貸出簿に氏名及び返却の予"
	    "定日を記入するものとする。/\n"
	    "renumbered none [renumbered] article 第3条→第4条\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条・第3条 split changed\n"
				 "第3条→第4条 renumbered\n");
}

static void
test_a_merge_is_a_split_seen_from_the_other_side(void)
{
	compare(A1
	    "article 第2条|保管\n"
	    " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	    "め、その鍵を自ら保管しなければならない。\n"
	    "article 第3条|貸出し\n"
	    " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	    "及び返却の予定日を記入するものとする。\n" C("4"),
	    A1 LONG_OLD C("3"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条・第3条→第2条 merged changed\n"
				 "第4条→第3条 renumbered\n");
}

/* Another article that says nearly the same is the other's. */
static void
test_a_split_beside_a_near_duplicate_is_one(void)
{
	static const char other[] =
	    "article 第4条|保管及び貸出し\n"
	    " paragraph "
	    "||課長は、完結した文書を施錠することができる書庫に収め、"
	    "その鍵を自ら保管しなければならない。\n"
	    " paragraph 2||職員は、書庫の図面を借り受けるときは、貸出簿に氏名及"
	    "び返却の予定日を記入するものとする。\n";
	static const char edited[] =
	    "article 第5条|保管及び貸出し\n"
	    " paragraph "
	    "||課長は、完結した文書を施錠することができる書庫に収め、"
	    "その鍵を自ら保管しなければならない。\n"
	    " paragraph 2||職員は、書庫の図面を借り受けるときは、貸出簿に氏名及"
	    "び返却の予定日を正確に記入するものとする。\n";
	struct kt_buf old = KT_BUF_INIT, new = KT_BUF_INIT;

	kt_buf_puts(&old, A1 LONG_OLD C("3"));
	kt_buf_puts(&old, other);
	kt_buf_puts(&new,
	    A1 "article 第2条|保管\n"
	       " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	       "め、その鍵を自ら保管しなければならない。\n"
	       "article 第3条|貸出し\n"
	       " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	       "及び返却の予定日を記入するものとする。\n" C("4"));
	kt_buf_puts(&new, edited);
	compare(old.p, new.p);
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条・第3条 split changed\n"
				 "第3条→第4条 renumbered\n"
				 "第4条→第5条 renumbered changed\n");
	kt_buf_release(&old);
	kt_buf_release(&new);
}

/* The commentary of the whole stays with its first part. */
static void
test_what_moved_within_a_split_is_said_to_have_moved(void)
{
	static const char *const kept =
	    "職員は、書庫の文書を借り受けるときは、貸出簿に氏名及び返却の予定"
	    "日を記入するものとする。";
	bool out = false, in = false;

	compare(A1 LONG_OLD " commentary |解説\n  text ||書庫の鍵を失ったとき"
			    "の手続は、別に通知している。\n" C("3"),
	    A1
	    "article 第2条|保管\n"
	    " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	    "め、その鍵を自ら保管しなければならない。\n"
	    " commentary |解説\n  text ||書庫の鍵を失ったときの手続は、別に通"
	    "知している。\n"
	    "article 第3条|貸出し\n"
	    " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	    "及び返却の予定日を記入するものとする。\n" C("4"));
	CU_ASSERT_EQUAL_FATAL(list->sum[KT_SPLIT], 1);
	for (uint32_t i = 0; i < list->at[0].nspans; i++) {
		const struct kt_span *s = &list->at[0].spans[i];

		/* The longer text is the one that stayed. */
		CU_ASSERT(s->op == '=' || strstr(s->text, kept) != s->text);
		if (strcmp(s->note, "移動") == 0) {
			out = out || s->op == '-';
			in = in || s->op == '+';
		}
	}
	CU_ASSERT(out && in);
}

/* 解説 stays with the first part, so that the second passes it. */
static void
test_a_reference_in_a_text_that_passed_another_is_followed(void)
{
#define KEPT                                                                                        \
	"article 第2条|保管及び貸出し\n"                                                   \
	" paragraph "                                                                               \
	"||課長は、完結した文書を施錠することができる書庫に収め、その" \
	"鍵を自ら保管しなければならない。\n"
#define CITING(n)                                                                                       \
	"||第" n                                                                                        \
	"条の規定は、職員が書庫の文書を借り受け、貸出簿に氏名及び返却の" \
	"予定日を記入する場合について準用する。\n"
#define COMMENT " commentary |解説\n  text ||鍵の複製を含む。\n"
	compare(A1 KEPT " paragraph 2" CITING("3") COMMENT C("3"),
	    A1 KEPT COMMENT "article 第3条|貸出し\n paragraph " CITING("4")
		C("4"));
	CU_ASSERT_EQUAL_FATAL(list->at[0].fate, KT_SPLIT);
	CU_ASSERT(strstr(picture(), "〔-reference-followed:第3条") != NULL);
	CU_ASSERT(strstr(picture(), "〔+reference-followed:第4条") != NULL);
#undef KEPT
#undef CITING
#undef COMMENT
}

static void
test_a_short_sentence_is_part_of_a_merge_too(void)
{
	static const char two[] =
	    "topic |研修\n text ||職員の意識を高める。\n text ||毎年度、全ての"
	    "職員に研修を行う。研修の内容は、前年度の事案を踏まえて見直す。\n";
	static const char one[] =
	    "topic |研修\n text ||職員の意識を高める。毎年度、全ての職員に研修"
	    "を行う。研修の内容は、前年度の事案を踏まえて見直す。\n";

	compare(two, one);
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MERGED);
	compare(one, two);
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_SPLIT);
}

static CU_TestInfo group_tests[] = {
	{ "a reference in a text that passed another is followed",
	    test_a_reference_in_a_text_that_passed_another_is_followed },
	{ "a short sentence is part of a merge too",
	    test_a_short_sentence_is_part_of_a_merge_too },
	{ "what moved within a split is said to have moved",
	    test_what_moved_within_a_split_is_said_to_have_moved },
	{ "a split tells unedited text once",
	    test_a_split_tells_unedited_text_once },
	{ "a split beside a near duplicate is one",
	    test_a_split_beside_a_near_duplicate_is_one },
	{ "a merge is a split seen from the other side",
	    test_a_merge_is_a_split_seen_from_the_other_side },
	CU_TEST_INFO_NULL,
};

/* ---- ranges of 削除 ------------------------------------------------------ */

/* The numbers of a range of 削除 written one by one, or the other way. */
static void
test_deleted_one_by_one_is_a_range_written_otherwise(void)
{
	static const char range[] =
	    A1 "article 第2条から第4条まで||削除\n" C("5");
	static const char single[] =
	    A1 "article 第2条||削除\narticle 第3条||削除\n"
	       "article 第4条||削除\n" C("5");

	compare(range, single);
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].class, KT_C_NOTATION);
	KT_NUM(list->notation, 1);
	KT_STR(correspondence(),
	    "第1条→第1条 modified\n"
	    "第2条から第4条まで→第2条・第3条・第4条 split changed\n"
	    "第5条→第5条 modified\n");
	compare(single, range);
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].class, KT_C_NOTATION);
	KT_STR(correspondence(),
	    "第1条→第1条 modified\n"
	    "第2条・第3条・第4条→第2条から第4条まで merged changed\n"
	    "第5条→第5条 modified\n");
}

static void
test_a_range_with_a_number_taken_again_is_not(void)
{
	compare(A1 "article 第2条から第4条まで||削除\n" C("5"),
	    A1 "article 第2条||削除\n" B("3") "article 第4条||削除\n" C("5"));
	KT_STR(correspondence(),
	    "第1条→第1条 modified\n"
	    "第2条から第4条まで→第2条・第4条 split changed\n"
	    "→第3条 added changed\n"
	    "第5条→第5条 modified\n");
	for (size_t i = 0; i < list->count; i++)
		CU_ASSERT_NOT_EQUAL(list->at[i].class, KT_C_NOTATION);
}

static void
test_a_reference_to_a_deleted_number_stays(void)
{
	static const char range[] =
	    "article 第1条||削除\n"
	    "article 第2条から第4条まで||削除\n"
	    "article 第5条||第3条の規定は、なお効力を有する。\n";
	static const char single[] =
	    "article 第1条||削除\n"
	    "article 第2条||削除\narticle 第3条||削除\n"
	    "article 第4条||削除\n"
	    "article 第5条||第3条の規定は、なお効力を有する。\n";

	compare(range, single);
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_SPLIT);
}

static CU_TestInfo range_tests[] = {
	{ "削除 one by one is a range written otherwise",
	    test_deleted_one_by_one_is_a_range_written_otherwise },
	{ "a range with a number taken again is not",
	    test_a_range_with_a_number_taken_again_is_not },
	{ "a reference to a 削除 number stays",
	    test_a_reference_to_a_deleted_number_stays },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "one and several", begin, end, NULL, NULL, group_tests },
		{ "ranges of 削除", begin, end, NULL, NULL, range_tests },
		CU_SUITE_INFO_NULL,
	};

	seen = (struct kt_buf)KT_BUF_INIT;
	return kt_test_main(suites);
}
