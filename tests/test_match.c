/* SPDX-License-Identifier: MIT */
/* Vocabulary, endings, provisions, links: small documents whose answer is
 * known. */
#include "kt_build.h"

#include <kaitei/match.h>

static struct kt_doc *city, *guideline;
static struct kt_links *links;
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
	kt_links_free(links);
	kt_doc_free(city);
	kt_doc_free(guideline);
	links = NULL;
	city = guideline = NULL;
	kt_diag_clear(diag);
}

static int
end(void)
{
	drop();
	kt_diag_free(diag);
	kt_buf_release(&seen);
	return 0;
}

/* ---- endings, vocabulary ------------------------------------------------ */

static const char *
said(const char *text)
{
	kt_buf_clear(&seen);
	kt_endings_say(&seen, text, strlen(text));
	return seen.p;
}

static void
test_endings(void)
{
	KT_STR(said("点検すること。"), "点検しなければならない。");
	KT_STR(said("行うこと。"), "行わなければならない。");
	KT_STR(said("定めること。"), "定めなければならない。");
	KT_STR(said("得ること。"), "得なければならない。");
	KT_STR(said("図ること。"), "図らなければならない。");
	KT_STR(said("講ずること。"), "講じなければならない。");
	KT_STR(said("用いること。"), "用いなければならない。");
	KT_STR(said("置くこと。防ぐこと。"),
	    "置かなければならない。防がなければならない。");
	KT_STR(said("持ち出さないこと。"), "持ち出してはならない。");
	KT_STR(said("使わないこと。"), "使ってはならない。");
	KT_STR(said("与えないこと。"), "与えてはならない。");
	KT_STR(said("行かないこと。書かないこと。"),
	    "行ってはならない。書いてはならない。");
	KT_STR(said("含むものであること。"), "含むものでなければならない。");
	KT_STR(said("用いることも可能とする。"), "用いることができる。");
	KT_STR(said("用いることが望ましい。"), "用いることが望ましい。");
	KT_STR(said("努めること。"), "努めなければならない。");
	/* Not an ending, or no verb: stays. */
	KT_STR(said("報告に関すること。"), "報告に関しなければならない。");
	KT_STR(said("定めること（行うこと。）とする。"),
	    "定めること（行うこと。）とする。");
	KT_STR(said("次のこと。"), "次のこと。");
	KT_STR(said(""), "");
}

static void
test_vocabulary(void)
{
	struct kt_vocabulary *v = kt_vocabulary_new(KT_ENDINGS_AUTO);
	const char *text = "統括管理者、管理者等及び情報管理者は、団体の"
			   "管理者（CISO）に当該管理者の名を示す。";

	kt_vocabulary_add(v, "管理者", "課長");
	kt_vocabulary_add(v, "情報管理者", "情報課長");
	kt_vocabulary_add(v, "管理者（CISO）", "CISO");
	kt_vocabulary_add(v, "団体", "本市");
	kt_vocabulary_add(v, "示す", "表す");
	kt_vocabulary_add(v, "示す", "");
	kt_buf_clear(&seen);
	kt_vocabulary_say(v, &seen, text, strlen(text));
	KT_STR(seen.p, "統括管理者、課長等及び情報課長は、本市の"
		       "CISOに当該課長の名を示す。");
	KT_NUM(kt_vocabulary_count(v), 4);
	kt_vocabulary_free(v);
}

/* ---- provisions --------------------------------------------------------- */

static const char *
provisions(const char *picture)
{
	struct kt_provisions *p;

	drop();
	guideline = kt_build(picture);
	p = kt_provisions_new(guideline, NULL, KT_ENDINGS_AS_IS);
	kt_buf_clear(&seen);
	for (uint32_t i = 0; i < p->count; i++)
		kt_buf_printf(&seen, "%s%s", i == 0 ? "" : " ",
		    kt_addr(guideline, p->at[i].node));
	kt_provisions_free(p);
	return seen.p;
}

static void
test_provisions(void)
{
	/* An enumeration is one with the sentence before it; definitions are
	 * each their own. */
	KT_STR(provisions("article 第1条|定義\n"
			  " paragraph ||次の意義による。\n"
			  "  item (1)||端末　機器をいう。\n"
			  "  item (2)||記録　文書をいう。\n"
			  "article 第2条|報告\n"
			  " paragraph ||次の事項を報告する。\n"
			  "  item (1)||日時\n"
			  "  item (2)||場所\n"
			  " paragraph 2||報告は、書面による。\n"),
	    "第1条 第1条第1号 第1条第2号 第2条第1項 第2条第2項");
	/* A heading among entries holds, the entries below it speak. */
	KT_STR(provisions("headed 1|管理\n"
			  " item ア||保管\n"
			  "  item (ア)||棚に置くこと。\n"
			  "  item (イ)||鍵を掛けること。\n"
			  " item イ||返却すること。\n"
			  " commentary |解説\n"
			  "  text ||棚とは、書架をいう。\n"),
	    "1ア(ア) 1ア(イ) 1イ");
	/* Of a guideline the example texts, and definitions before them. */
	KT_STR(provisions("part 第1編|総則\n"
			  " headed 1|趣旨\n"
			  "  text ||この指針は、例を示す。\n"
			  " headed 2|用語\n"
			  "  text ||次による。\n"
			  "  item (1)||端末　機器をいう。\n"
			  "part 第2編|対策基準（例文）\n"
			  " headed 3|保管\n"
			  "  item ①||棚に置くこと。\n"
			  "part 第3編|対策基準（解説）\n"
			  " headed 4|保管について\n"
			  "  item ①||棚に置くとよい。\n"),
	    "2(1) 3①");
}

/* ---- matching ----------------------------------------------------------- */

static const char city_text[] =
    "article 第1条|保管\n"
    " paragraph "
    "||所管課長は、端末機を施錠することのできる棚に保管しなければならない。\n"
    " paragraph 2||所管課長は、鍵の貸出しの状況を毎月確認しなければならない。\n"
    "article 第2条|持出し\n"
    " paragraph ||職員は、端末機を庁舎の外に持ち出してはならない。\n"
    "article 第3条|廃棄\n"
    " paragraph "
    "||"
    "所管課長は、記憶装置の内容を復元することができないように消去するよう努めな"
    "ければならない。\n"
    " paragraph "
    "2||"
    "前項の場合において、所管課長は、消去の日時及び方法を記録しなければならない"
    "。\n"
    "article 第4条|市の独自\n"
    " paragraph ||市民税の電算処理は、別に定める計画に従って行うものとする。\n";

static const char guideline_text[] =
    "headed 1|持出し\n"
    " item ①||職員は、端末機を庁舎の外に持ち出さないこと。\n"
    "headed 2|廃棄\n"
    " item "
    "①||"
    "管理者は、記憶装置の内容を復元することができないように消去すること。この場"
    "合において、消去の日時及び方法を記録すること。\n"
    "headed 3|保管\n"
    " item ①||管理者は、端末機を施錠することのできる棚に保管すること。\n"
    " item ②||管理者は、鍵の貸出しの状況を毎週確認すること。\n"
    " item ③||火災報知器の電池は、消防署の指導に基づき交換すること。\n";

static void
match(const char *city_picture, const struct kt_confirmed *confirmed)
{
	struct kt_vocabulary *v = kt_vocabulary_new(KT_ENDINGS_AUTO);
	struct kt_match_how how = { v, confirmed };

	kt_links_free(links);
	kt_doc_free(city);
	kt_doc_free(guideline);
	city = kt_build(city_picture);
	guideline = kt_build(guideline_text);
	kt_vocabulary_add(v, "管理者", "所管課長");
	kt_match(&links, city, guideline, &how, diag);
	KT_NUM(kt_links_prove(links, diag), KT_OK);
	kt_vocabulary_free(v);
	kt_buf_clear(&seen);
	for (size_t i = 0; i < links->count; i++) {
		const struct kt_link *l = &links->at[i];

		for (uint32_t k = 0; k < l->ncity; k++)
			kt_buf_printf(&seen, "%s%s", k == 0 ? "" : "+",
			    kt_addr(city, l->city[k]));
		for (uint32_t k = 0; k < l->nguideline; k++)
			kt_buf_printf(&seen, "%s%s", k == 0 ? "=" : "+",
			    kt_addr(guideline, l->guideline[k]));
		kt_buf_printf(&seen, " %s%s; ",
		    kt_link_relation_name(l->relation),
		    l->confirmed ? " confirmed" : "");
	}
	for (size_t i = 0; i < links->ncity_only; i++)
		kt_buf_printf(
		    &seen, "c:%s ", kt_addr(city, links->city_only[i]));
	for (size_t i = 0; i < links->nguideline_only; i++)
		kt_buf_printf(&seen, "g:%s ",
		    kt_addr(guideline, links->guideline_only[i]));
}

static void
test_match(void)
{
	drop();
	match(city_text, NULL);
	KT_STR(seen.p, "第1条第1項=3① equal; 第1条第2項=3② differs; "
		       "第2条=1① equal; "
		       "第3条第1項+第3条第2項=2① differs; c:第4条 g:3③ ");
	/* 毎週 → 毎月, 義務 → 努力義務. */
	CU_ASSERT((links->at[1].flags & KT_FL_QUANTITY) != 0);
	CU_ASSERT((links->at[3].flags & KT_FL_MODALITY) != 0);
	for (size_t i = 0; i < links->at[3].nspans; i++)
		if (links->at[3].spans[i].class == KT_SC_MODALITY)
			KT_NUM(kt_span_strength(&links->at[3].spans[i]), -1);
}

static void
test_match_spans_rebuild(void)
{
	struct kt_buf text = KT_BUF_INIT;

	drop();
	match(city_text, NULL);
	for (size_t i = 0; i < links->count; i++) {
		const struct kt_link *l = &links->at[i];

		if (l->ncity > 1)
			continue;
		kt_buf_clear(&text);
		for (size_t k = 0; k < l->nspans; k++)
			if (l->spans[k].op != '-')
				kt_buf_put(
				    &text, l->spans[k].text, l->spans[k].len);
		KT_STR(text.p, l->city[0]->text);
	}
	kt_buf_release(&text);
}

/* Provisions enough that it is known which words are common, each of a kanji
 * of its own, and one that the two texts say in other words. */
static void
many(struct kt_buf *out, const char *norm, const char *own)
{
	kt_buf_clear(out);
	for (int i = 0; i < 30; i++) {
		char kanji[] = { '\xe6', (char)(0x80 + i), '\x94', '\0' };

		kt_buf_printf(out, "article 第%d条|\n paragraph ||%s台帳%s\n",
		    i + 1, kanji, norm);
	}
	kt_buf_printf(out, "article 第31条|\n paragraph ||%s\n", own);
}

static void
test_reworded(void)
{
	struct kt_buf text = KT_BUF_INIT;
	const struct kt_link *last;

	drop();
	many(&text, "を整えなければならない。",
	    "職員は、写しを捨てるときは、細断しなければならない。");
	city = kt_build(text.p);
	many(&text, "を整えること。", "複製を廃棄する際は、裁断すること。");
	guideline = kt_build(text.p);
	kt_buf_release(&text);
	kt_match(&links, city, guideline, &(struct kt_match_how){ 0 }, diag);
	KT_NUM(kt_links_prove(links, diag), KT_OK);
	KT_NUM(links->count, 31);
	last = &links->at[30];
	KT_STR(kt_addr(city, last->city[0]), "第31条");
	KT_STR(kt_addr(guideline, last->guideline[0]), "第31条");
	CU_ASSERT(last->reworded && last->doubtful);
	KT_NUM(links->doubtful, 1);
}

/* What one clause is about the other excludes. */
static void
test_opposite_scopes(void)
{
	static const char *const said[][2] = {
		{ "取り扱う", "取り扱う" },
		{ "取り扱う", "取り扱わない" },
		{ "取り扱わない", "取り扱う" },
		{ "取り扱わない", "取り扱わない" },
	};

	for (size_t i = 0; i < KT_COUNT(said); i++) {
		struct kt_buf text[2] = { KT_BUF_INIT, KT_BUF_INIT };

		for (int s = 0; s < 2; s++)
			kt_buf_printf(&text[s],
			    "article 第1条|\n paragraph ||職員は、個人の情報"
			    "を%sサービスの申請書を提出する。\n",
			    said[i][s]);
		drop();
		city = kt_build(text[0].p);
		guideline = kt_build(text[1].p);
		kt_match(
		    &links, city, guideline, &(struct kt_match_how){ 0 }, diag);
		KT_NUM(links->count, i == 0 || i == 3);
		kt_buf_release(&text[0]);
		kt_buf_release(&text[1]);
	}
}

static struct kt_confirmed *
confirmed(const char *tsv)
{
	struct kt_confirmed *c = NULL;

	KT_NUM(
	    kt_confirmed_read(&c, "links.tsv", tsv, strlen(tsv), diag), KT_OK);
	return c;
}

static void
test_confirmed_links_win(void)
{
	struct kt_confirmed *c = confirmed(
	    "city\tguideline\trelation\tnote\tcity_words\tguideline_words\n"
	    "# remark\n"
	    "第2条\t3③\tnear\t消防も同じ扱い\t\t\n"
	    "第1条第1項\t3①\tnot\t\t\t\n"
	    "-\t1①\tnone\t\t\t\n");

	drop();
	match(city_text, c);
	kt_confirmed_free(c);
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "第2条=3③ near confirmed; "));
	CU_ASSERT_PTR_NULL(strstr(seen.p, "第1条第1項=3①"));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "g:1① "));
}

/* Two new articles before them, words of one changed: the quoted openings
 * find the clauses again. */
static void
test_confirmed_links_survive_renumbering(void)
{
	static const char renumbered[] =
	    "article 第1条|新設\n"
	    " paragraph ||この規程は、新しい条から始まる。\n"
	    "article 第2条|廃棄\n"
	    " paragraph ||所管課長は、市民税の台帳を毎年度照合する。\n"
	    "article 第3条|保管\n"
	    " paragraph "
	    "||"
	    "所管課長は、端末機を施錠することのできる棚に保管しなければならない"
	    "。\n"
	    "article 第4条|持出し\n"
	    " paragraph "
	    "||職員は、許可なく端末機を庁舎の外に持ち出してはならない。\n";
	struct kt_confirmed *c = confirmed(
	    "第1条第1項\t3①\tequal\t\t所管課長は、端末機を施錠する…\t管理者は、"
	    "端末機を施錠する…\n"
	    "第2条\t3③\tnear\t\t職員は、端末機を庁舎の外に持ち出してはならない"
	    "。\t火災報知器の電池は…\n"
	    "第9条\t2①\t\t\t消えた規定である。\t管理者は、記憶装置の…\n");

	drop();
	match(renumbered, c);
	kt_confirmed_free(c);
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "第3条=3① equal confirmed; "));
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.p, "第4条=3③ near confirmed; "));
	KT_NUM(kt_diag_count(diag), 3);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_LINK_FOLLOWED);
	KT_NUM(kt_diag_get(diag, 1)->id, KT_M_LINK_FOLLOWED);
	KT_NUM(kt_diag_get(diag, 2)->id, KT_M_LINK_LOST);
}

static void
refuse(const char *tsv, enum kt_msg_id id, size_t line)
{
	struct kt_confirmed *c = NULL;

	kt_diag_clear(diag);
	CU_ASSERT(kt_confirmed_read(&c, "links.tsv", tsv, strlen(tsv), diag) !=
		  KT_OK);
	CU_ASSERT_PTR_NULL(c);
	KT_NUM(kt_diag_count(diag), 1);
	KT_NUM(kt_diag_get(diag, 0)->id, id);
	KT_NUM(kt_diag_get(diag, 0)->at.line, line);
}

static void
test_bad_links(void)
{
	refuse("第1条 1①\n", KT_M_LINKS_COLUMNS, 1);
	refuse("\n第1条\t1①\tequal\t\ta\tb\tc\n", KT_M_LINKS_COLUMNS, 2);
	refuse("第1条\t1①\tsame\n", KT_M_LINKS_RELATION, 1);
	refuse("-\t-\tnone\n", KT_M_LINKS_COLUMNS, 1);
	refuse("第1条\t1\xff\tequal\n", KT_M_LINKS_UTF8, 0);
}

static void
test_nothing(void)
{
	drop();
	city = kt_build("");
	guideline = kt_build("");
	kt_match(&links, city, guideline, &(struct kt_match_how){ 0 }, diag);
	KT_NUM(links->count, 0);
	KT_NUM(links->ncity_only + links->nguideline_only, 0);
}

static CU_TestInfo tests[] = {
	{ "endings are turned, what is no verb stays", test_endings },
	{ "whole words, longest first", test_vocabulary },
	{ "provisions of rules and guidelines", test_provisions },
	{ "pairs, a split, a clause of each alone", test_match },
	{ "spans rebuild the city's words", test_match_spans_rebuild },
	{ "said in other words: linked, and doubtful", test_reworded },
	{ "what one is about the other excludes", test_opposite_scopes },
	{ "links of people win", test_confirmed_links_win },
	{ "links of people survive renumbering",
	    test_confirmed_links_survive_renumbering },
	{ "files that are no links are refused", test_bad_links },
	{ "two empty documents", test_nothing },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "match", begin, end, NULL, NULL, tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
