/* SPDX-License-Identifier: MIT */
/*
 * 改め文 written from two texts: the worked examples of drafting, each as
 * before, after and sentence, proved by carrying the sentence out; styles;
 * the frame; references that must follow.
 */
#include "kt_test.h"

#include <kaitei/amend.h>
#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
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

/* Markdown with a paragraph a line. */
static struct kt_doc *
read_lines(const char *lines)
{
	struct kt_buf text = KT_BUF_INIT;
	struct kt_doc *doc = NULL;

	kt_buf_puts(&text, "# 端末機管理要綱\n\n");
	for (const char *p = lines; *p != '\0'; p++) {
		kt_buf_putc(&text, *p);
		if (*p == '\n' && p[1] != '|')
			kt_buf_putc(&text, '\n');
	}
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&doc, "test.md", text.p, text.len, diag), KT_OK);
	kt_buf_release(&text);
	return doc;
}

static bool
leads_to(const struct kt_doc *old, const struct kt_doc *new, const char *text)
{
	struct kt_amendment *a = NULL;
	struct kt_doc *got = NULL;
	const struct kt_node *x, *y;
	struct kt_buf line = KT_BUF_INIT;
	bool same = false;

	kt_diag_clear(diag);
	if (kt_amend_read(&a, "", text, strlen(text), diag) == KT_OK &&
	    kt_amend_apply(&got, old, a, 1, diag) == KT_OK)
		same = kt_node_equal(got->root, new->root, &x, &y);
	if (kt_diag_count(diag) > 0) {
		kt_msg_tell(&line, kt_diag_get(diag, 0), KT_EN);
		printf("\n    %s\n", line.p);
	}
	kt_buf_release(&line);
	kt_doc_free(got);
	kt_amend_free(a);
	return same;
}

static void
write_it(struct kt_buf *out, const struct kt_doc *old, const struct kt_doc *new,
    const struct kt_amend_style *style)
{
	struct kt_amend_report report = { .changed = 0 };
	struct kt_changes *list;

	kt_diff(&list, old, new, NULL);
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL(kt_amend_write(out, list, style, &report, diag), KT_OK);
	free(report.whole);
	kt_changes_free(list);
}

struct example {
	const char *name, *before, *after;
	const char *says; /* written, to the letter */
	const char *also; /* another way that leads to the same, or NULL */
};

#define NINE(five, six, seven, eight, nine)                                    \
	"第1条　端末機を管理する。\n第2条　課長を置く。\n第3条　" seven        \
	"の台帳を備える。\n第4条　部長を置く。\n" five six eight nine

static const struct example examples[] = {
	{ "E1 all occurrences",
	    "第3条　利用者は、端末機を改造し、又は端末機を庁外に持ち出しては"
	    "ならない。\n",
	    "第3条　利用者は、業務用端末を改造し、又は業務用端末を庁外に持ち"
	    "出してはならない。\n",
	    "第3条中「端末機」を「業務用端末」に改める。\n", NULL },
	{ "E1 the second only",
	    "第3条　利用者は、端末機を改造し、又は端末機を庁外に持ち出しては"
	    "ならない。\n",
	    "第3条　利用者は、端末機を改造し、又は業務用端末を庁外に持ち出し"
	    "てはならない。\n",
	    "第3条中「又は端末機」を「又は業務用端末」に改める。\n",
	    "第3条中「端末機を庁外」を「業務用端末を庁外」に改める。\n" },
	{ "E2 several words",
	    "第5条　課長は、毎年度、端末台帳を作成し、部長に提出するものと"
	    "する。\n",
	    "第5条　課長は、毎年度、端末台帳及び持出簿を作成し、部長に提出し"
	    "なければならない。\n",
	    "第5条中「端末台帳」の次に「及び持出簿」を加え、「提出するものと"
	    "する」を「提出しなければならない」に改める。\n",
	    NULL },
	{ "E3 caption",
	    "（端末機の廃棄）\n第8条　端末機を廃棄するときは、記憶装置を破壊"
	    "するものとする。\n",
	    "（業務用端末の廃棄）\n第8条　業務用端末を廃棄するときは、記憶"
	    "装置を破壊するものとする。\n",
	    "第8条の見出し中「端末機」を「業務用端末」に改め、同条中「端末機」"
	    "を「業務用端末」に改める。\n",
	    "第8条（見出しを含む。）中「端末機」を「業務用端末」に改める。\n" },
	{ "E4 項 inserted",
	    "第10条　職員は、事故を認めたときは、課長に報告しなければなら"
	    "ない。\n2　課長は、前項の報告を統括責任者に伝えるものとする。\n"
	    "3　統括責任者は、前項の内容を記録する。\n",
	    "第10条　職員は、事故を認めたときは、課長に報告しなければなら"
	    "ない。\n2　前項の報告は、口頭によることができる。\n3　課長は、"
	    "第1項の報告を統括責任者に伝えるものとする。\n4　統括責任者は、"
	    "前項の内容を記録する。\n",
	    "第10条第3項を同条第4項とし、同条第2項中「前項」を「第1項」に改め"
	    "、同項を同条第3項とし、同条第1項の次に次の1項を加える。\n"
	    "2　前項の報告は、口頭によることができる。\n",
	    NULL },
	{ "E5 条 inserted",
	    "## 目次\n第1章　総則（第1条―第3条）\n第2章　管理（第4条―第6条）\n"
	    "第3章　雑則（第7条―第9条）\n## 第1章　総則\n第1条　端末機の管理"
	    "について定める。\n第2条　課長は、責任者とする。\n第3条　職員は、"
	    "端末機を大切に扱うものとする。\n## 第2章　管理\n第4条　台帳を"
	    "備える。\n第5条　毎年度、点検を行う。\n第6条　持ち出す者は、許可"
	    "を受けなければならない。\n## 第3章　雑則\n第7条　備品は、別表の"
	    "とおりとする。\n第8条　第6条の許可を受けた者は、期間の満了により"
	    "返却する。\n第9条　必要な事項は、部長が定める。\n"
	    "## 別表（第7条関係）\n機器\n",
	    "## 目次\n第1章　総則（第1条―第3条）\n第2章　管理（第4条―第7条）\n"
	    "第3章　雑則（第8条―第10条）\n## 第1章　総則\n第1条　端末機の管理"
	    "について定める。\n第2条　課長は、責任者とする。\n第3条　職員は、"
	    "端末機を大切に扱うものとする。\n## 第2章　管理\n第4条　台帳を"
	    "備える。\n（貸出簿）\n第5条　課長は、貸出簿を備えるものとする。\n"
	    "第6条　毎年度、点検を行う。\n第7条　持ち出す者は、許可を受け"
	    "なければならない。\n## 第3章　雑則\n第8条　備品は、別表のとおりと"
	    "する。\n第9条　第7条の許可を受けた者は、期間の満了により返却する。"
	    "\n第10条　必要な事項は、部長が定める。\n## 別表（第8条関係）\n"
	    "機器\n",
	    "目次中「第4条―第6条」を「第4条―第7条」に、「第7条―第9条」を「第8"
	    "条―第10条」に改める。\n第9条を第10条とする。\n第8条中「第6条」を"
	    "「第7条」に改め、同条を第9条とする。\n第7条を第8条とし、第6条を第"
	    "7条とし、第5条を第6条とし、第4条の次に次の1条を加える。\n"
	    "　（貸出簿）\n第5条　課長は、貸出簿を備えるものとする。\n別表中"
	    "「（第7条関係）」を「（第8条関係）」に改める。\n",
	    NULL },
	{ "E6 条 deleted",
	    NINE("第5条　不要の規定を置く。\n", "第6条　係長を置く。\n",
		"第7条",
		"第7条　台帳には、番号を記載する。\n第8条　点検を行う。\n",
		"第9条　補則を定める。\n"),
	    NINE("", "第5条　係長を置く。\n", "第6条",
		"第6条　台帳には、番号を記載する。\n第7条　点検を行う。\n",
		"第8条　補則を定める。\n"),
	    "第3条中「第7条」を「第6条」に改める。\n第5条を削り、第6条を第5条"
	    "とし、第7条から第9条までを1条ずつ繰り上げる。\n",
	    NULL },
	{ "E6 its number kept",
	    NINE("第5条　不要の規定を置く。\n", "第6条　係長を置く。\n",
		"第7条",
		"第7条　台帳には、番号を記載する。\n第8条　点検を行う。\n",
		"第9条　補則を定める。\n"),
	    NINE("第5条　削除\n", "第6条　係長を置く。\n", "第7条",
		"第7条　台帳には、番号を記載する。\n第8条　点検を行う。\n",
		"第9条　補則を定める。\n"),
	    "第5条を次のように改める。\n第5条　削除\n", NULL },
	{ "E7 号 inserted",
	    "第2条　機器とは、次に掲げるものをいう。\n(1)　端末機\n(2)　外部"
	    "記憶装置\n(3)　印刷装置\n(4)　通信装置\n",
	    "第2条　機器とは、次に掲げるものをいう。\n(1)　端末機\n(2)　外部"
	    "記憶装置\n(3)　周辺機器\n(4)　印刷装置\n(5)　通信装置\n",
	    "第2条中第4号を第5号とし、第3号を第4号とし、第2号の次に次の1号を"
	    "加える。\n　(3)　周辺機器\n",
	    NULL },
	{ "E7 with a branch number",
	    "第2条　機器とは、次に掲げるものをいう。\n(1)　端末機\n(2)　外部"
	    "記憶装置\n(3)　印刷装置\n",
	    "第2条　機器とは、次に掲げるものをいう。\n(1)　端末機\n(2)　外部"
	    "記憶装置\n(2)の2　周辺機器\n(3)　印刷装置\n",
	    "第2条第2号の次に次の1号を加える。\n　(2)の2　周辺機器\n", NULL },
	{ "E8 ただし書 added", "第7条　許可を受けなければならない。\n",
	    "第7条　許可を受けなければならない。ただし、緊急の場合は、この限り"
	    "でない。\n",
	    "第7条に次のただし書を加える。\n　ただし、緊急の場合は、この限りで"
	    "ない。\n",
	    NULL },
	{ "E8 後段 added", "第7条　許可を受けなければならない。\n",
	    "第7条　許可を受けなければならない。この場合において、課長は、期間"
	    "を定めるものとする。\n",
	    "第7条に後段として次のように加える。\n　この場合において、課長は、"
	    "期間を定めるものとする。\n",
	    NULL },
	{ "E8 ただし書 taken off",
	    "第7条　許可を受けなければならない。ただし、緊急の場合は、この限り"
	    "でない。\n",
	    "第7条　許可を受けなければならない。\n", "第7条ただし書を削る。\n",
	    NULL },
	{ "E8 words of the 後段",
	    "第9条　事故を認めたときは、報告する。\n2　報告は、書面による。この"
	    "場合において、課長は、課長の印を押すものとする。\n",
	    "第9条　事故を認めたときは、報告する。\n2　報告は、書面による。この"
	    "場合において、係長は、係長の印を押すものとする。\n",
	    "第9条第2項中「課長」を「係長」に改める。\n",
	    "第9条第2項後段中「課長」を「係長」に改める。\n" },
	{ "E9 shared caption",
	    "（台帳）\n第10条　台帳を備える。\n（事故への対応）\n第11条　職員"
	    "は、事故を課長に報告する。\n第12条　課長は、事故の原因を調査する。"
	    "\n（補則）\n第13条　必要な事項は、部長が定める。\n",
	    "（台帳）\n第10条　台帳を備える。\n（事故への対応）\n第11条　課長"
	    "は、事故の原因を調査する。\n（補則）\n第12条　必要な事項は、部長が"
	    "定める。\n",
	    "第11条の前の見出し及び同条を削り、第12条に見出しとして「（事故への"
	    "対応）」を付し、同条を第11条とし、第13条を第12条とする。\n",
	    "第11条の前の見出し及び同条を削る。\n第12条に見出しとして「（事故"
	    "への対応）」を付し、同条を第11条とする。\n第13条を第12条とする。"
	    "\n" },
	{ "E10 rewritten and moved",
	    "第5条　課長は、台帳を備える。\n第6条　端末機の持出しは、許可を要"
	    "する。\n第7条　返却は、速やかに行うものとする。\n",
	    "第5条　課長は、台帳を備える。\n第6条　利用者の登録は、部長が毎年"
	    "四月に名簿により行い、結果を通知するものとする。\n第7条　外部へ"
	    "運び出す業務用端末は、所属長による承認とともに暗号化の措置を施す"
	    "ものとする。\n第8条　返却は、速やかに行うものとする。\n",
	    "第6条を次のように改める。\n第6条　利用者の登録は、部長が毎年四月に"
	    "名簿により行い、結果を通知するものとする。\n第7条を第8条とし、第6"
	    "条の次に次の1条を加える。\n第7条　外部へ運び出す業務用端末は、所属"
	    "長による承認とともに暗号化の措置を施すものとする。\n",
	    "第7条を第8条とする。\n第6条を次のように改める。\n第6条　利用者の"
	    "登録は、部長が毎年四月に名簿により行い、結果を通知するものとする。"
	    "\n第6条の次に次の1条を加える。\n第7条　外部へ運び出す業務用端末は"
	    "、所属長による承認とともに暗号化の措置を施すものとする。\n" },
	{ "E11 rows of a table",
	    "第1条　保存期間は、別表第1のとおりとする。\n## "
	    "別表第1（第1条関係）"
	    "\n| 区分 | 期間 |\n|---|---|\n| 備品 | 5年 |\n| 図書 | 3年 |\n",
	    "第1条　保存期間は、別表第1のとおりとする。\n## "
	    "別表第1（第1条関係）"
	    "\n| 区分 | 期間 |\n|---|---|\n| 備品 | 7年 |\n| 消耗品 | 2年 |\n"
	    "| 図書 | 3年 |\n",
	    "別表第1備品の項中「5年」を「7年」に改め、同項の次に次のように加え"
	    "る"
	    "。\n| 消耗品 | 2年 |\n",
	    NULL },
	{ "E12 inner change first",
	    "第4条　課長は、台帳を備える。\n2　台帳には、次の事項を記載する。\n"
	    "(1)　番号\n(2)　型式\n(3)　備考\n",
	    "第4条　課長は、台帳を備える。\n2　台帳は、電磁的記録とすることが"
	    "できる。\n3　台帳には、次の事項を記載する。\n(1)　番号\n(2)　型式"
	    "\n",
	    "第4条第2項第3号を削り、同項を同条第3項とし、同条第1項の次に次の1項"
	    "を加える。\n2　台帳は、電磁的記録とすることができる。\n",
	    NULL },
	{ "places that change alike share a sentence",
	    "第1条　端末機を管理する。\n第2条　端末機を登録する。\n2　端末機は"
	    "、"
	    "点検する。\n第3条　台帳を備える。\n第4条　端末機を返却する。\n",
	    "第1条　端末を管理する。\n第2条　端末を登録する。\n2　端末は、点検"
	    "する。\n第3条　台帳を備える。\n第4条　端末を返却する。\n",
	    "第1条、第2条及び第4条中「端末機」を「端末」に改める。\n", NULL },
	{ "同条中 is said once",
	    "第10条　臨時の職員は、端末機を使う次の者をいう。\n(1)"
	    "　端末機の利用者\n(2)　台帳の係\n",
	    "第10条　常勤の職員は、端末を使う次の者をいう。\n(1)"
	    "　端末の利用者\n(2)　台帳の係\n",
	    "第10条中「端末機」を「端末」に、「臨時」を「常勤」に改める。\n",
	    NULL },
	{ "all that goes in one place goes before the addition",
	    "第3条　台帳には、次の事項を記載する。\n(1)　端末の番号\n(2)"
	    "　購入の価格\n(3)　利用者の氏名\n(4)　保守の業者\n(5)"
	    "　廃棄の予定\n",
	    "第3条　台帳には、次の事項を記載する。\n(1)　管理の責任者\n(2)"
	    "　設置の場所\n(3)　端末の番号\n(4)　利用者の氏名\n",
	    "第3条中第2号、第4号及び第5号を削り、第3号を第4号とし、第1号を第3号"
	    "と"
	    "し、同号の前に次の2号を加える。\n　(1)"
	    "　管理の責任者\n　(2)　設置の場所\n",
	    NULL },
	{ "a letter is quoted with its number",
	    "（法第4条第2項第2号イの事業）\n第3条　事業は、法第4条第2項第2号イ"
	    "の事業とする。\n",
	    "（法第4条第2項第2号ロの事業）\n第3条　事業は、法第4条第2項第2号ロ"
	    "の事業とする。\n",
	    "第3条の見出し中「第4条第2項第2号イ」を「第4条第2項第2号ロ」に改め"
	    "、同条中「第4条第2項第2号イ」を「第4条第2項第2号ロ」に改める。\n",
	    NULL },
	{ "blanks are quoted with the words around them",
	    "第2条　氏名　住所を記載する。\n",
	    "第2条　氏名　　住所を記載する。\n",
	    "第2条中「氏名　住所」を「氏名　　住所」に改める。\n", NULL },
	{ "forms that follow each other are rewritten together",
	    "第1条　申請は、様式により行う。\n## 様式第1号\n申請者の氏名\n\n## "
	    "様式第2号\n許可の番号\n\n## 様式第3号\n返却の日\n",
	    "第1条　申請は、様式により行う。\n## 様式第1号\n| 氏名 | 所属 "
	    "|\n|---|---|\n| 甲 | 乙 |\n## 様式第2号\n| 番号 | 期間 "
	    "|\n|---|---|\n| 甲 | 乙 |\n## 様式第3号\n| 日 | 場所 "
	    "|\n|---|---|\n| 甲 | 乙 |\n",
	    "様式第1号から様式第3号までを次のように改める。\n様式第1号\n　| "
	    "氏名 | 所属 |\n　|---|---|\n　| 甲 | 乙 |\n様式第2号\n　| 番号 | "
	    "期間 |\n　|---|---|\n　| 甲 | 乙 |\n様式第3号\n　| 日 | 場所 "
	    "|\n　|---|---|\n　| 甲 | 乙 |\n",
	    NULL },
	{ "words of neighbours are said once, wider places behind 並びに",
	    "第3条　係員は、次の事項を記録する。\n(1)　端末機の番号\n(2)"
	    "　端末機の台数\n(3)　購入した端末機の価格\n2　課長は、次の事項を"
	    "確かめる。\n(1)　記録の内容\n(2)　端末機の台数\n",
	    "第3条　係員は、次の事項を記録する。\n(1)　端末の番号\n(2)"
	    "　端末の台数\n(3)　購入した端末機の価格\n2　課長は、次の事項を"
	    "確かめる。\n(1)　記録の内容\n(2)　端末の台数\n",
	    "第3条第1項第1号及び第2号並びに第2項第2号中「端末機」を「端末」に改"
	    "める。\n",
	    NULL },
	{ "a compound is no reason to say the same word of each clause",
	    "第3条　職員は、端末機を登録する。\n2　課長は、端末機台帳を備える。"
	    "\n"
	    "3　職員は、端末機を返却する。\n",
	    "第3条　職員は、端末を登録する。\n2　課長は、端末台帳を備える。\n"
	    "3　職員は、端末を返却する。\n",
	    "第3条中「端末機」を「端末」に改める。\n", NULL },
	{ "a caption is added to",
	    "（台帳の作成及び保存）\n第3条　課長は、台帳を作成する。\n",
	    "（台帳の作成、保存及び廃棄）\n第3条　課長は、台帳を作成する。\n",
	    "第3条の見出し中「及び保存」を「、保存及び廃棄」に改める。\n",
	    NULL },
	{ "digits in groups are one number",
	    "第3条　手当は、一日につき10,500円とし、予算の範囲内で支給する。\n",
	    "第3条　手当は、一日につき10,800円とし、予算の範囲内で支給する。\n",
	    "第3条中「10,500円」を「10,800円」に改める。\n", NULL },
	{ "words behind a reference are added to it",
	    "第3条　課長は、第5条第1項の規定による届出を受理する。\n",
	    "第3条　課長は、第5条第1項又は第6条の規定による届出を受理する。\n",
	    "第3条中「第5条第1項」の次に「又は第6条」を加える。\n", NULL },
	{ "the rest moves up behind what goes, within its 条",
	    "第3条　台帳には、次の事項を記載する。\n(1)　端末の番号\n(2)"
	    "　購入の価格\n(3)　利用者の氏名\n",
	    "第3条　台帳には、次の事項を記載する。\n(1)　購入の価格\n(2)"
	    "　利用者の氏名\n",
	    "第3条中第1号を削り、第2号を第1号とし、第3号を第2号とする。\n",
	    NULL },
	{ "before a range that moved a clause is added by its number",
	    "第3条　台帳には、次の事項を記載する。\n(1)　端末の番号\n(2)"
	    "　購入の価格\n(3)　利用者の氏名\n(4)　保守の業者\n",
	    "第3条　台帳には、次の事項を記載する。\n(1)　管理の責任者\n(2)"
	    "　端末の番号\n(3)　購入の価格\n(4)　利用者の氏名\n(5)"
	    "　保守の業者\n",
	    "第3条中第4号を第5号とし、第1号から第3号までを1号ずつ繰り下げ、同条"
	    "に第1号として次の1号を加える。\n　(1)　管理の責任者\n",
	    NULL },
	{ "a clause that just moved is the one behind which is added",
	    "第3条　台帳には、次の事項を記載する。\n(1)　端末の番号\n(2)"
	    "　購入の価格\n",
	    "第3条　台帳には、次の事項を記載する。\n(1)　管理の責任者\n(2)"
	    "　端末の番号\n(3)　設置の場所\n(4)　購入の価格\n",
	    "第3条中第2号を第4号とし、第1号を第2号とし、同号の次に次の1号を加え"
	    "る。\n　(3)　設置の場所\n第3条に第1号として次の1号を加える。\n　("
	    "1)　管理の責任者\n",
	    NULL },
};

static void
test_the_worked_examples(void)
{
	struct kt_amend_style style = { .add_after = "" };

	for (size_t i = 0; i < KT_COUNT(examples); i++) {
		const struct example *e = &examples[i];
		struct kt_doc *old = read_lines(e->before);
		struct kt_doc *new = read_lines(e->after);
		struct kt_buf text = KT_BUF_INIT;

		write_it(&text, old, new, &style);
		KT_STR(text.p, e->says);
		CU_ASSERT(leads_to(old, new, text.p));
		CU_ASSERT(e->also == NULL || leads_to(old, new, e->also));
		if (strcmp(text.p, e->says) != 0)
			printf("    %s\n", e->name);
		kt_buf_release(&text);
		kt_doc_free(old);
		kt_doc_free(new);
	}
}

/* Nor for what only the front matter or a 解説 says. */
static void
test_no_frame_is_put_around_nothing(void)
{
	const struct kt_amend_style style = { .indent = 1, .frame = true };
	struct kt_doc *old = read_lines("第1条　台帳を置く。\n");
	struct kt_doc *new =
	    read_lines("第1条　台帳を置く。\n> 【解説】 紙の台帳を含む。\n");
	struct kt_buf text = KT_BUF_INIT;
	struct kt_changes *list;

	kt_diff(&list, old, new, NULL);
	KT_NUM(list->count, 1);
	KT_NUM(kt_amend_write(&text, list, &style, NULL, diag), KT_OK);
	KT_NUM(text.len, 0);
	kt_buf_release(&text);
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
}

int
main(void)
{
	CU_TestInfo write[] = {
		{ "the worked examples of drafting", test_the_worked_examples },
		{ "no frame is put around nothing",
		    test_no_frame_is_put_around_nothing },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "written and proved", begin, end, NULL, NULL, write },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
