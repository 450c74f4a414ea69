/* SPDX-License-Identifier: MIT */
/* Proposals on small texts: each outcome with its reason, the draft with its
 * numbers and references. */
#include "kt_port.h"

static void
test_words(void)
{
	/* The words stand in the same place, ending and role of the city. */
	KT_STR(
	    port(CITY("所管課長は、記録を施錠した書庫に3年間保存しなければなら"
		      "ない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に3年間保存すること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に5年間保存すること。")),
	    "applied same-words 第1条: "
	    "所管課長は、記録を施錠した書庫に5年間保存しなければならない。");
	CU_ASSERT_PTR_NOT_NULL(strstr(draft(), "5年間保存"));
	/* 義務 → 推奨 in the city's ending. */
	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。"),
		GUIDELINE(
		    "管理者は、記録を施錠した書庫に保存するよう努めること。")),
	    "applied same-words 第1条: "
	    "所管課長は、記録を施錠した書庫に保存するよう努めなければならない"
	    "。");
	/* There already. */
	KT_STR(
	    port(CITY("所管課長は、記録を施錠した書庫に5年間保存しなければなら"
		      "ない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に3年間保存すること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に5年間保存すること。")),
	    "present says-so 第1条");
	/* Another figure of the city's own. */
	KT_STR(
	    port(CITY("所管課長は、記録を施錠した書庫に10年間保存しなければなら"
		      "ない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に3年間保存すること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に5年間保存すること。")),
	    "conflict other-words 第1条");
	CU_ASSERT_PTR_NOT_NULL(strstr(draft(), "10年間保存"));
	/* Notation only: the city's stays. */
	KT_STR(
	    port(CITY("所管課長は、記録を施錠したサーバー室に保存しなければなら"
		      "ない。"),
		GUIDELINE("管理者は、記録を施錠したサーバー室に保存すること。"),
		GUIDELINE("管理者は、記録を施錠したサーバ室に保存すること。")),
	    "present notation 第1条");
}

static void
test_the_place_not_the_first_word(void)
{
	/* 物品管理者 must not become 物品棚卸し者. */
	KT_STR(
	    port(CITY("物品管理者は、倉庫の物品の管理を毎年度行わなければならな"
		      "い。"),
		GUIDELINE("物品管理者は、倉庫の物品の管理を毎年度行うこと。"),
		GUIDELINE(
		    "物品管理者は、倉庫の物品の棚卸しを毎年度行うこと。")),
	    "applied same-words 第1条: "
	    "物品管理者は、倉庫の物品の棚卸しを毎年度行わなければならない。");
	/* In other surroundings, and part of a longer word: not applied. */
	KT_STR(
	    port(CITY("物品管理者は、倉庫の備品の点検を毎年度行わなければならな"
		      "い。"),
		GUIDELINE("物品管理者は、倉庫の物品の管理を毎年度行うこと。"),
		GUIDELINE(
		    "物品管理者は、倉庫の物品の棚卸しを毎年度行うこと。")),
	    "conflict other-words 第1条");
}

static void
test_what_names_a_clause_of_the_guideline(void)
{
	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に8."
			  "3の手順により保存すること。")),
	    "conflict reference 第1条");
}

static void
test_removed_and_missing(void)
{
	static const char two[] =
	    "headed 1|保管\n"
	    " item ①||管理者は、記録を施錠した書庫に保存すること。\n"
	    " item ②||火災報知器の電池を交換すること。\n"
	    " item ③||職員は、身分証明書を着用すること。\n";
	static const char one[] =
	    "headed 1|保管\n"
	    " item ①||職員は、身分証明書を着用すること。\n";

	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。"),
		two, one),
	    "conflict removed 第1条; present not-there ");
	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。"),
		one,
		"headed 1|保管\n"
		" item ①||職員は、身分証明書を常に着用すること。\n"),
	    "no-counterpart no-link ");
}

/* A clause put in between two that answer: numbers and references follow. */
static void
test_insertion(void)
{
	static const char ours[] =
	    "article 第1条|保管\n"
	    " paragraph "
	    "||所管課長は、記録を施錠した書庫に保存しなければならない。\n"
	    " paragraph "
	    "2||所管課長は、鍵の貸出しの状況を毎月確認しなければならない。\n"
	    " paragraph 3||前項の確認は、第1項の書庫ごとに行う。\n"
	    "article 第2条|報告\n"
	    " paragraph ||前条第2項の状況は、市長に報告する。\n";
	static const char before[] =
	    "headed 1|保管\n"
	    " item ①||管理者は、記録を施錠した書庫に保存すること。\n"
	    " item ②||管理者は、鍵の貸出しの状況を毎月確認すること。\n";
	static const char after[] =
	    "headed 1|保管\n"
	    " item ①||管理者は、記録を施錠した書庫に保存すること。\n"
	    " item ②||管理者は、書庫の温度及び湿度を調節すること。\n"
	    " item ③||管理者は、鍵の貸出しの状況を毎月確認すること。\n";

	KT_STR(port(ours, before, after),
	    "applied inserted 第1条第1項の次: "
	    "所管課長は、書庫の温度及び湿度を調節しなければならない。");
	KT_NUM(proposals->nnotes, 0);
	KT_STR(draft(),
	    "第1条（保管）\n"
	    "所管課長は、記録を施錠した書庫に保存しなければならない。\n"
	    "2　所管課長は、書庫の温度及び湿度を調節しなければならない。\n"
	    "3　所管課長は、鍵の貸出しの状況を毎月確認しなければならない。\n"
	    "4　前項の確認は、第1項の書庫ごとに行う。\n"
	    "第2条（報告）\n"
	    "前条第3項の状況は、市長に報告する。\n");
}

/* The ending of another sentence of the same 項 is left alone; so is a clause
 * of which little is left. */
static void
test_not_another_sentence(void)
{
	KT_STR(
	    port(CITY("所管課長は、記録を施錠した書庫に保存することが望ましい。"
		      "職員は、鍵の貸出しの状況を毎月確認しなければならない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。"),
		GUIDELINE(
		    "管理者は、記録を施錠した書庫に保存することが望ましい。")),
	    "present says-so 第1条");
	KT_STR(
	    port(CITY("所管課長は、毎月、記録を施錠した書庫に保存しなければなら"
		      "ない。"),
		GUIDELINE("管理者は、毎月、記録を施錠した書庫に保存すること。"),
		GUIDELINE("職員は、随時、端末を静かな会議室に移送すること。")),
	    "conflict rewritten 第1条");
}

static void
test_sentences(void)
{
	/* A sentence comes, a sentence goes. */
	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。緊急の"
			  "場合は、事後の報告で足りること。")),
	    "applied same-words 第1条: "
	    "所管課長は、記録を施錠した書庫に保存しなければならない。緊急の場合"
	    "は、事後の報告で足りるものとする。");
	/* It is not gone where the city says it otherwise. */
	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。急"
		    "ぐときは、後の報告でもよい。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。緊急の"
			  "場合は、事後の報告で足りること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に保存すること。")),
	    "conflict other-words 第1条");
}

static void
test_present_clause_and_commentary(void)
{
	static const char ours[] =
	    "headed 1|保管\n"
	    " item "
	    "ア||"
	    "所管課長は、記録を施錠した書庫に3年間保存しなければならない。\n"
	    " item "
	    "イ||所管課長は、書庫の温度及び湿度を調節しなければならない。\n"
	    " commentary |解説\n"
	    "  text ||保存の期間は、3年間である。\n";

	KT_STR(
	    port(ours,
		GUIDELINE("管理者は、記録を施錠した書庫に3年間保存すること。"),
		GUIDELINE("管理者は、記録を施錠した書庫に5年間保存すること"
			  "。") " item "
				"②||"
				"管理者は、書庫の温度及び湿度を調節すること"
				"。\n"),
	    "applied same-words 1ア: "
	    "所管課長は、記録を施錠した書庫に5年間保存しなければならない。; "
	    "present has-clause 1イ");
	CU_ASSERT_PTR_NOT_NULL(proposals->at[0].commentary);
	CU_ASSERT(proposals->at[0].commentary_says);
}

static void
test_nothing_changed(void)
{
	KT_STR(port(CITY("所管課長は、記録を保存しなければならない。"),
		   GUIDELINE("管理者は、記録を保存すること。"),
		   GUIDELINE("管理者は、記録を保存すること。")),
	    "");
	kt_buf_clear(&seen);
	CU_ASSERT(kt_node_equal(city->root, proposals->draft->root,
	    &(const struct kt_node *){ 0 }, &(const struct kt_node *){ 0 }));
}

/* A 解説 that the guideline has newly is shown beside the city's clause. */
static void
test_new_commentary(void)
{
#define EXPLAINED GUIDELINE("管理者は、記録を施錠した書庫に保存すること。")

	KT_STR(
	    port(
		CITY(
		    "所管課長は、記録を施錠した書庫に保存しなければならない。"),
		EXPLAINED,
		EXPLAINED " commentary |解説\n  text ||鍵の管理も含む。\n"),
	    "conflict commentary 第1条");
}

/* A 解説 behind several clauses is about all of them. */
static void
test_commentary_of_several(void)
{
#define SEVERAL(words)                                                                  \
	"headed 1|保管\n item "                                                       \
	"①||管理者は、記録を施錠した書庫に保存すること。\n"     \
	" item ②||管理者は、書庫の鍵を毎年度2回点検すること。\n" \
	" commentary |解説\n  text ||" words "\n"

	port("article 第1条|保管\n paragraph "
	     "||所管課長は、記録を施錠した書庫に保存しなければならない。\n"
	     " paragraph ||所管課長は、書庫の鍵を毎年度2回点検しなければならな"
	     "い。\n",
	    SEVERAL("鍵の管理も含む。"), SEVERAL("鍵の管理を委託してもよい。"));
	CU_ASSERT_EQUAL_FATAL(proposals->count, 1);
	CU_ASSERT_EQUAL(proposals->at[0].ncity, 2);
}

/* Nothing has to be done for what the city has not, if nothing is new. */
static void
test_notation_of_what_is_missing(void)
{
#define MISSING(words)                                                         \
	GUIDELINE("管理者は、記録を保存すること。")                            \
	" item ②||部局長は、電子メールの" words                                \
	"の手順を定め、職員に周知すること。\n"

	KT_STR(port(CITY("所管課長は、記録を保存しなければならない。"),
		   MISSING("取扱い"), MISSING("取り扱い")),
	    "present form-only ");
	KT_STR(port(CITY("所管課長は、記録を保存しなければならない。"),
		   MISSING("取扱い"), MISSING("廃棄")),
	    "no-counterpart no-link ");
}

static CU_TestInfo tests[] = {
	{ "a new commentary", test_new_commentary },
	{ "a commentary of several clauses", test_commentary_of_several },
	{ "notation of what the city has not",
	    test_notation_of_what_is_missing },
	{ "another sentence, another clause", test_not_another_sentence },
	{ "whole sentences", test_sentences },
	{ "words replaced, present, in conflict", test_words },
	{ "the place in base decides, not the first word",
	    test_the_place_not_the_first_word },
	{ "numbers of the guideline's clauses are not carried over",
	    test_what_names_a_clause_of_the_guideline },
	{ "removed, and what the city lacks", test_removed_and_missing },
	{ "a new clause, its number, references", test_insertion },
	{ "a clause that is there, 解説 that must follow",
	    test_present_clause_and_commentary },
	{ "the same guideline twice proposes nothing", test_nothing_changed },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "port", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
