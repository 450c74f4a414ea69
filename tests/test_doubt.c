/* SPDX-License-Identifier: MIT */
/* What is not carried over: where another clause, or another's, may be meant,
 * it is left to people. */
#include "kt_port.h"

#define DIVIDED_CITY                                                                                   \
	CITY("所管課長は、記録を施錠した書庫に保存し、鍵の貸出しの状況を" \
	     "毎月確認しなければならない。")
#define WHOLE                                                                                             \
	"headed 1|保管\n"                                                                               \
	" item ①||管理者は、記録を施錠した書庫に保存し、鍵の貸出しの状況を" \
	"毎月確認すること。\n"
#define PARTS                                                                             \
	"headed 1|保管\n"                                                               \
	" item ①||管理者は、記録を施錠した書庫に保存すること。\n" \
	" item ②||管理者は、鍵の貸出しの状況を毎月確認すること。\n"

/* A clause divided, or two united, is one question for the city, and nothing
 * of it is carried over by halves. */
static void
test_divided_and_united(void)
{
	KT_STR(port(DIVIDED_CITY, WHOLE, PARTS), "conflict divided 第1条");
	CU_ASSERT_PTR_NOT_NULL(strstr(draft(), "保存し、鍵の"));
	KT_STR(port(DIVIDED_CITY, PARTS, WHOLE), "conflict united 第1条");
	CU_ASSERT_PTR_NOT_NULL(strstr(draft(), "保存し、鍵の"));
}

/* Half of a short clause is few words, and the other half may have changed when
 * it was cut off. */
static void
test_short_clauses(void)
{
#define SHORT_CITY                                                                                        \
	CITY("所管課長は、速やかに、結果を取得し、原簿に記録しなければなら" \
	     "ない。")
#define SHORT_WHOLE                                                            \
	GUIDELINE("管理者は、速やかに、結果を取得し、原簿に記録すること。")
#define SHORT_PARTS                                                                 \
	"headed 1|保管\n"                                                         \
	" item ①||管理者は、速やかに、結果を取得すること。\n" \
	" item ②||管理者は、原簿に記録すること。\n"

	KT_STR(port(SHORT_CITY, SHORT_WHOLE, SHORT_PARTS),
	    "conflict divided 第1条");
	KT_STR(port(SHORT_CITY, SHORT_PARTS, SHORT_WHOLE),
	    "conflict united 第1条");
	KT_STR(port(SHORT_CITY, SHORT_WHOLE,
		   "headed 1|保管\n"
		   " item ①||管理者は、速やかに、結果を公表すること。\n"
		   " item ②||管理者は、原簿に記録すること。\n"),
	    "conflict divided 第1条");
}

/* Eight clauses between two, so that these are far from each other. */
#define BETWEEN                                                                           \
	"headed 2|その他\n"                                                            \
	" item ①||会計課長は、領収書を綴じて棚に納めること。\n"    \
	" item ②||会計課長は、毎月、残高を検算すること。\n"          \
	" item ③||人事課長は、職員証を作成すること。\n"                \
	" item ④||人事課長は、休暇簿を年度ごとに整理すること。\n" \
	" item ⑤||財産課長は、備品の数量を台帳と照合すること。\n" \
	" item ⑥||財産課長は、不用な机を公売に付すること。\n"       \
	" item ⑦||土木課長は、橋りょうを点検すること。\n"             \
	" item ⑧||土木課長は、除雪の計画を定めること。\n"
#define FAR_CITY CITY("所管課長は、納品書を検収しなければならない。")
#define FAR_ONE(more) "headed 1|納品\n item ①||管理者は、納品書を検収" more "\n"
#define UNITED                                                                 \
	FAR_ONE("し、かつ、広報紙を改修し、漏えいの報告書に記録すること。")
#define RARE_WORDS "広報紙を改修し、公開の基準に記録すること。"

/* What a clause takes up of one that went far away, or was written over there,
 * is no addition: though a word of it is another now, and though others say the
 * same. */
static void
test_united_from_far(void)
{
	KT_STR(port(FAR_CITY,
		   FAR_ONE("すること。") BETWEEN
		   "headed 3|広報\n item ①||部長は、" RARE_WORDS
		   "\n item ②||部長は、庁舎を案内すること。\n",
		   UNITED BETWEEN
		   "headed 3|広報\n item ①||部長は、庁舎を案内すること。\n"),
	    "conflict united 第1条");
	port(FAR_CITY,
	    FAR_ONE("すること。") BETWEEN
	    "headed 3|広報\n item ①||部長は、" RARE_WORDS
	    "\n item ②||次長は、" RARE_WORDS "\n item ③||局長は、" RARE_WORDS
	    "\n",
	    FAR_ONE("し、かつ、広報紙を改修し、公開の基準に記録すること。")
		BETWEEN "headed 3|広報\n item ①||部長は、庁舎を案内すること。\n"
			" item ②||次長は、" RARE_WORDS
			"\n item ③||局長は、" RARE_WORDS "\n");
	CU_ASSERT_EQUAL(proposals->sum[KT_OUT_APPLIED], 0);
}

#define FAR_AND(what) FAR_ONE("し、かつ、" what)
#define PROOF "公開資料を校正し、副本を回覧すること。"
#define OTHER_PROOF " item ②||主事は、原稿と照らし、" PROOF "\n"
#define STORED(what)                                                                                     \
	"事故が発生したときは、3日以内に、簿冊の格納に支障が生じないよう" \
	"、" what "を保管し、10人以上で点検すること。"
#define OTHER_STORED " item ②||次長は、" STORED("優先業務") "\n"

/* The clause that went was written over: what stands in its place shares part
 * of a word with it, or a phrase of many clauses.  Another that says the same
 * is still there. */
static void
test_united_with_one_written_over(void)
{
	port(FAR_CITY,
	    FAR_ONE("すること。") BETWEEN
	    "headed 3|広報\n item ①||係長は、" PROOF "\n" OTHER_PROOF,
	    FAR_AND(PROOF) BETWEEN
	    "headed 3|広報\n item "
	    "①||係長は、年間計画を公開すること。\n" OTHER_PROOF);
	KT_NUM(proposals->sum[KT_OUT_APPLIED], 0);
	port(FAR_CITY,
	    FAR_ONE("すること。") BETWEEN
	    "headed 3|文書\n item ①||次長は、" STORED(
		"保存文書") "\n" OTHER_STORED,
	    FAR_AND(STORED("理解度調査")) BETWEEN
	    "headed 3|文書\n item ①||次長は、業務上必要があるときは、利用規約の"
	    "登録に支障が生じないよう、解約計画を解約しないこと。"
	    "\n" OTHER_STORED);
	KT_NUM(proposals->sum[KT_OUT_APPLIED], 0);
}

#define RATED "受付担当者は、データ保存場所を評価"
#define RATED_MORE                                                                                               \
	"毎年度、可用性指標の推移を記録台帳に記録し、その結果を情報管理者に報" \
	"告"                                                                                                    \
	"することが望ましい。\n"
#define RATED_CITY                                                             \
	"article 第1条|評価\n"                                             \
	" paragraph ||" RATED "し、" RATED_MORE " paragraph 2||" RATED         \
	"し、利用実績と照合しなければならない。\n"          \
	"article 第2条|案内\n"                                             \
	" paragraph ||部長は、庁舎を案内しなければならない。\n"
#define SHOW "headed 3|案内\n item ①||部長は、庁舎を案内すること。\n"

/* Two began alike, and one such beginning is left: of the one that stands
 * there, or of the one that stands elsewhere now? */
static void
test_left_by_one_that_moved(void)
{
	port(RATED_CITY,
	    "headed 1|評価\n item ①||" RATED "し、" RATED_MORE " item ②||" RATED
	    "し、利用実績と照合すること。\n" BETWEEN SHOW,
	    "headed 1|評価\n item ①||" RATED "すること。\n" BETWEEN SHOW
	    " item ②||受付担当者は、" RATED_MORE);
	KT_NUM(proposals->sum[KT_OUT_APPLIED], 0);
	KT_NUM(proposals->sum[KT_OUT_CONFLICT], 2);
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "conflict spread"));
}

#define CHECKED "主事は、分析結果を取得して媒体に複写"
#define CHECKED_BEFORE "主事は、時刻情報を取得し、媒体に記録し、分析結果を複写"
#define CHECKED_CITY(first)                                                    \
	"article 第1条|分析\n paragraph ||" first " paragraph 2||" CHECKED     \
	"し、保存計画と照合しなければならない。\n"

/* The clause above went, and what came in its place is what the next one has
 * no more, of words that were there in another order. */
static void
test_said_by_another_now(void)
{
	port(CHECKED_CITY(
		 "主事は、時計の情報を取得し、媒体に記載し、分析の結果を"
		 "複写しなければならない。\n"),
	    "headed 1|分析\n item ①||" CHECKED_BEFORE "すること。\n"
	    " item ②||" CHECKED "し、保存計画と照合すること。\n" BETWEEN,
	    "headed 1|分析\n item ①||" CHECKED "すること。\n"
	    " item ②||主事は、保存計画と照合すること。\n" BETWEEN);
	KT_NUM(proposals->sum[KT_OUT_APPLIED], 0);
}

#define LOST_WORDS "改修の履歴を書庫の原簿に記録"
#define LOST_CITY                                                                  \
	"article 第1条|納品\n"                                                 \
	" paragraph ||所管課長は、納品書を検収し、" LOST_WORDS                     \
	"しなければならない。\n"                                         \
	"article 第2条|案内\n"                                                 \
	" paragraph ||部長は、庁舎を案内しなければならない。\n" \
	" paragraph 2||部長は、来庁者を待合室に通さなければならない。\n"
#define GUIDE "headed 3|案内\n item ①||部長は、庁舎を案内すること。\n"
#define SHOW_IN " item ②||部長は、来庁者を待合室に通すこと。\n"
#define SHOW_IN_LATER " item ③||部長は、来庁者を待合室に通すこと。\n"
#define AMONG_OTHERS                                                                                      \
	" item ②||部長は、放送により、改修の履歴を待合室及び電光板に示し、" \
	"書庫の原簿に記録すること。\n"
#define ALONE "headed 4|記録\n item ①||管理者は、" LOST_WORDS "すること。\n"

/* Words that a clause lost went where a clause says them and nothing else; a
 * new one that says them among other things is a new one. */
static void
test_one_place_for_what_was_lost(void)
{
	port(LOST_CITY,
	    FAR_ONE("し、" LOST_WORDS "すること。") BETWEEN GUIDE SHOW_IN,
	    FAR_ONE("すること。")
		BETWEEN GUIDE AMONG_OTHERS SHOW_IN_LATER ALONE);
	CU_ASSERT_EQUAL(proposals->sum[KT_OUT_APPLIED], 1);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(seen.p, "applied inserted 第2条第1項の次"));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "conflict divided 第1条"));
}

/* Two rules of the same matter, of two offices, are two rules; who is told by
 * what he did may be one of these. */
static void
test_another_office(void)
{
#define OFFICE_CITY                                                                                    \
	CITY("会計課長は、定期的に、原簿の写しを書庫に移送し、その経過を" \
	     "帳票に3年間保存しなければならない。")
#define OFFICE_GUIDELINE(who, what)                                            \
	GUIDELINE(who "は、定期的に、" what                                    \
		      "の写しを書庫に移送し、掲示板に結果を公表すること。")

	KT_STR(port(OFFICE_CITY, OFFICE_GUIDELINE("人事課長", "原簿"),
		   OFFICE_GUIDELINE("人事課長", "台帳")),
	    "conflict doubtful-link 第1条");
	port(OFFICE_CITY, OFFICE_GUIDELINE("原簿を作成した者", "原簿"),
	    OFFICE_GUIDELINE("原簿を作成した者", "台帳"));
	KT_NUM(proposals->sum[KT_OUT_APPLIED], 1);
}

/* A sentence went over to the clause beside: both change, or neither. */
static void
test_words_that_went_over(void)
{
#define OVER_SENTENCE "ただし、災害の復旧に要する費用の支払は、この限りでない。"
#define OVER_CITY(first)                                                                                  \
	"article 第1条|支払\n"                                                                        \
	" paragraph ||所管課長は、請求書を受理した日に" first                                             \
	"。" OVER_SENTENCE "\n"                                                                           \
	" paragraph 2||所管課長は、領収書を綴じて書庫に保存しなければならない" \
	"。\n"
#define OVER_GUIDELINE(first, second)                                          \
	"headed 1|支払\n"                                                    \
	" item ①||管理者は、請求書を受理した日に審査すること。" first "\n"     \
	" item ②||管理者は、領収書を綴じて書庫に保存すること。" second "\n"

	port(OVER_CITY("審査しなければならない"),
	    OVER_GUIDELINE(OVER_SENTENCE, ""),
	    OVER_GUIDELINE("", OVER_SENTENCE));
	CU_ASSERT_PTR_NULL(strstr(draft(), "審査しなければならない。ただし"));
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(draft(), "保存しなければならない。ただし"));
	/* The city says it otherwise, and the second stays as it is. */
	port("article 第1条|支払\n"
	     " paragraph ||所管課長は、請求書を受理した日に審査しなければ"
	     "ならない。災害の復旧に要するものは、この限りでない。\n"
	     " paragraph 2||所管課長は、領収書を綴じて書庫に保存しなければ"
	     "ならない。\n",
	    OVER_GUIDELINE(OVER_SENTENCE, ""),
	    OVER_GUIDELINE("", OVER_SENTENCE));
	CU_ASSERT_PTR_NULL(strstr(draft(), "費用の支払"));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "この限り"));
	CU_ASSERT_EQUAL(proposals->sum[KT_OUT_APPLIED], 0);
}

/* Where the city has the old words and the new ones, which is meant? */
static void
test_old_words_and_new_ones(void)
{
	KT_STR(port(CITY("所管課長は、簿冊を整理し、原簿と照合することができる"
			 "。主任は、台帳を発送し、目録と照合しなければならない"
			 "。"),
		   GUIDELINE("管理者は、簿冊を整理し、原簿と照合すること。"),
		   GUIDELINE("管理者は、簿冊を整理し、原簿と照合することも可能"
			     "とする。")),
	    "conflict several-places 第1条");
}

/* Other words, another person: the likeness of a link is not enough. */
static void
test_another_rule(void)
{
	KT_STR(port(CITY("所管課長は、記録を保管しなければならない。"),
		   GUIDELINE("管理者は、記録を保管すること。"),
		   GUIDELINE("管理者は、鍵を回収すること。")),
	    "conflict rewritten 第1条");
}

/* A clause that stands elsewhere now, with one word changed: the city's clause
 * takes the word, and no second one is put in. */
static void
test_moved_and_changed(void)
{
#define OTHERS                                                                            \
	" item ①||管理者は、書庫の温度及び湿度を調節すること。\n" \
	" item ②||職員は、身分証明書を常に着用すること。\n"
#define KEY " item ③||管理者は、鍵の貸出しの状況を"
	static const char ours[] =
	    "article 第1条|保管\n"
	    " paragraph "
	    "||所管課長は、書庫の温度及び湿度を調節しなければならない。\n"
	    " paragraph 2||職員は、身分証明書を常に着用しなければならない。\n"
	    " paragraph "
	    "3||所管課長は、鍵の貸出しの状況を毎月確認しなければならない。\n"
	    "article 第2条|廃棄\n"
	    " paragraph "
	    "||所管課長は、期間を過ぎた記録を溶解しなければならない。\n";

	KT_STR(port(ours,
		   "headed 1|保管\n" OTHERS KEY "毎月確認すること。\n"
		   "headed 2|廃棄\n"
		   " item ①||管理者は、期間を過ぎた記録を溶解すること。\n",
		   "headed 1|保管\n" OTHERS "headed 2|廃棄\n"
		   " item ①||管理者は、期間を過ぎた記録を溶解すること。\n"
		   " item ②||管理者は、鍵の貸出しの状況を毎週確認すること。\n"),
	    "applied same-words 第1条第3項: "
	    "所管課長は、鍵の貸出しの状況を毎週確認しなければならない。");
}

/* Of two clauses one went; what stands there may be what is left of either. */
static void
test_left_of_which_of_two(void)
{
	KT_STR(
	    port(
		"article 第1条|窓口\n paragraph "
		"||所管課長は、申請窓口を掲示し、その記録を3年間保存しなけれ"
		"ばならない。\n"
		" paragraph ||所管課長は、申請窓口を公示しなければならない。\n",
		"headed 1|窓口\n item "
		"①||管理者は、申請窓口を標示し、その記録を3年間保存すること。\n"
		" item ②||管理者は、申請窓口を公示すること。\n",
		"headed 1|窓口\n item ①||管理者は、申請窓口を標示すること。\n"),
	    "conflict removed 第1条第1項; conflict spread 第1条第2項");
}

/* All that a clause asks for stands in another now, be it only two words. */
static void
test_taken_whole(void)
{
#define TAKEN(more, ban)                                                       \
	"headed 1|装置\n item "                                              \
	"①||管理者は、機器台帳を設置し、3人以上で点検" more                    \
	"すること。\nheaded 2|登録\n item ①||主幹は、外付け装置を登録" ban     \
	"\n"

	KT_STR(
	    port("article 第1条|原本\n paragraph "
		 "||所管課長は、原本を公表し、主幹の確認を依頼しなければならな"
		 "い。\n"
		 " paragraph ||部局長は、写しを登録しなければならない。\n",
		"headed 1|原本\n item "
		"①||管理者は、原本を公表し、主幹の確認を依頼すること。\n"
		" item ②||部局長は、写しを登録すること。\n",
		"headed 1|原本\n item "
		"①||管理者は、原本を公表し、主幹の確認を依頼し、かつ、写しを登"
		"録すること。\n"),
	    "conflict united 第1条第1項");
	KT_STR(port("article 第1条|装置\n paragraph "
		    "||所管課長は、機器台帳を設置し、3人以上で点検しなければな"
		    "らない。\n"
		    "article 第2条|登録\n paragraph "
		    "||主幹は、外付け装置を登録してはならない。\n",
		   TAKEN("", "しないこと。"),
		   TAKEN("し、かつ、外付け装置を登録", "すること。")),
	    "conflict spread 第1条; conflict spread 第2条");
}

/* Little in common but who must do it, or how it is to be done otherwise. */
static void
test_another_thing(void)
{
	KT_STR(port(CITY("所管課長は、当該貸出簿を売却するよう努めなければなら"
			 "ない。"),
		   GUIDELINE("管理者は、貸出簿を売却するよう努めること。"),
		   GUIDELINE("管理者は、貸出簿の写しを保管すること。")),
	    "conflict rewritten 第1条");
	/* One word is all that the two have in common. */
	KT_STR(port(CITY("所管課長は、添付書類を保存しなければならない。"),
		   GUIDELINE("管理者は、添付書類を減免すること。"),
		   GUIDELINE("管理者は、添付書類を減免することも可能とする。")),
	    "conflict doubtful-link 第1条");
	/* Another must do something else. */
	KT_STR(port(CITY("所管課長は、装置を固定し、台帳と照合しなければならな"
			 "い。"),
		   GUIDELINE("管理者は、装置を固定し、台帳と照合すること。"),
		   GUIDELINE("委員長は、出席簿を固定し、台帳と照合すること。")),
	    "conflict rewritten 第1条");
	/* The new words stand in another clause already. */
	KT_STR(port("article 第1条|調査\n paragraph "
		    "||所管課長は、許可を得て、原因調査を通知しなければならな"
		    "い。\narticle 第2条|記録\n paragraph "
		    "||所管課長は、許可を得て、原因調査を傍聴しなければならな"
		    "い。\n",
		   "headed 1|調査\n item "
		   "①||管理者は、許可を得て、原因調査を通知すること。\n",
		   "headed 1|調査\n item "
		   "①||管理者は、許可を得て、原因調査を傍聴すること。\n"),
	    "conflict doubtful-link 第1条");
	KT_STR(port(CITY("企画課長は、業務上必要があるときは、契印を改刻しては"
			 "ならない。"),
		   GUIDELINE("企画課長は、業務上必要があるときは、公印使用簿を"
			     "改刻することが望ましい。"),
		   GUIDELINE("企画課長は、正当な理由がある場合を除き、業務上必"
			     "要があるときは、公印使用簿を改刻することが望まし"
			     "い。")),
	    "conflict doubtful-link 第1条");
}

static CU_TestInfo tests[] = {
	{ "clauses divided, clauses united", test_divided_and_united },
	{ "short clauses divided and united", test_short_clauses },
	{ "clauses united with one from far", test_united_from_far },
	{ "clauses united with one written over",
	    test_united_with_one_written_over },
	{ "left by one that moved", test_left_by_one_that_moved },
	{ "said by another clause now", test_said_by_another_now },
	{ "one place for what was lost", test_one_place_for_what_was_lost },
	{ "another office, another rule", test_another_office },
	{ "what is left of one of two", test_left_of_which_of_two },
	{ "all of a clause stands in another", test_taken_whole },
	{ "another thing to be done", test_another_thing },
	{ "words that went over", test_words_that_went_over },
	{ "old words and new ones", test_old_words_and_new_ones },
	{ "another rule in its place", test_another_rule },
	{ "a clause that moved and changed", test_moved_and_changed },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "doubt", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
