/* SPDX-License-Identifier: MIT */
/*
 * 改め文 read and carried out: the grammar, sentence by sentence; what each
 * operation does; each refusal and each drafting fault with exactly its
 * message.
 */
#include "kt_build.h"

#include <kaitei/amend.h>

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

static struct kt_amendment *
read_text(const char *text)
{
	struct kt_amendment *a = NULL;

	kt_diag_clear(diag);
	kt_amend_read(&a, "amendment.txt", text, strlen(text), diag);
	return a;
}

/* The names of all messages, in order: "amend-no-phrase:1 hane-missing:0". */
static char *
names(void)
{
	struct kt_buf out = KT_BUF_INIT;

	for (size_t i = 0; i < kt_diag_count(diag); i++) {
		const struct kt_msg *m = kt_diag_get(diag, i);

		kt_buf_puts(&out, i > 0 ? " " : "");
		kt_msg_name(&out, m->id);
		kt_buf_printf(&out, ":%zu", m->at.line);
	}
	return kt_buf_detach(&out);
}

/* ---- grammar ------------------------------------------------------------ */

static const struct {
	const char *sentence, *ops; /* one operation a line */
} grammar[] = {
	{ "第三条中「甲」を「乙」に改める。", "replace 3条 「甲」 「乙」" },
	{ "第3条中「甲」を「乙」に、「丙」を「丁」に改める。",
	    "replace 3条 「甲」 「乙」\nreplace 3条 「丙」 「丁」" },
	{ "第三条第二項中「甲」の下に「乙」を加え、「丙」及び「丁」を削る。",
	    "insert 3条2項 「甲」 after 「乙」\ndelete 3条2項 「丙」 「丁」" },
	{ "第3条中「甲」の次に「乙」を加える。",
	    "insert 3条 「甲」 after 「乙」" },
	{ "第3条中「甲」の右に「乙」を加える。",
	    "insert 3条 「甲」 after 「乙」" },
	{ "第3条中「甲」の後に「乙」を加える。",
	    "insert 3条 「甲」 after 「乙」" },
	{ "第3条中「甲」の前に「乙」を加える。",
	    "insert 3条 「甲」 before 「乙」" },
	{ "第3条中「甲」、「乙」及び「丙」を「丁」に改める。",
	    "replace 3条 「甲」 「乙」 「丙」 「丁」" },
	{ "第3条及び第5条第2項中「甲」を「乙」に改める。",
	    "replace 3条・5条2項 「甲」 「乙」" },
	{ "第3条から第5条までの規定中「甲」を「乙」に改める。",
	    "replace 3条～5条 「甲」 「乙」" },
	{ "第三条の二第一項第四号の三イ（１）中「甲」を「乙」に改める。",
	    "replace 3の2条1項4の3号イ（１） 「甲」 「乙」" },
	{ "第3条（見出しを含む。）中「甲」を「乙」に改める。",
	    "replace 3条+見出し 「甲」 「乙」" },
	{ "第三条（第二項を除く。）中「甲」を「乙」に改める。",
	    "replace 3条-3条2項 「甲」 「乙」" },
	{ "第3条各号列記以外の部分中「甲」を「乙」に改める。",
	    "replace 3条各号列記以外の部分 「甲」 「乙」" },
	{ "第3条第2項後段中「甲」を「乙」に改め、同項ただし書を削る。",
	    "replace 3条2項後段 「甲」 「乙」\nremove 同項ただし書" },
	{ "附則第二項中「甲」を「乙」に改める。",
	    "replace 附則2項 「甲」 「乙」" },
	{ "別表第1備品の項中「甲」を「乙」に改める。",
	    "replace [別表第1]別表[備品]項 「甲」 「乙」" },
	{ "別表第一備品の項の下欄中「甲」を「乙」に改める。",
	    "replace [別表第一]別表[備品]項0欄 「甲」 「乙」" },
	{ "目次中「甲」を「乙」に改める。", "replace 目次 「甲」 「乙」" },
	{ "題名中「甲」を「乙」に改める。", "replace 題名 「甲」 「乙」" },
	{ "第4章の章名中「甲」を「乙」に改める。",
	    "replace 4章名 「甲」 「乙」" },
	{ "第3条の見出し中「甲」を「乙」に改め、同条中「丙」を「丁」に改める。",
	    "replace 3条見出し 「甲」 「乙」\nreplace 同条 「丙」 「丁」" },
	{ "第3条の見出しを「（乙）」に改める。",
	    "caption 3条見出し 「（乙）」" },
	{ "第5条を削る。", "remove 5条" },
	{ "第5条、第7条から第9条まで及び第11条を削る。",
	    "remove 5条・7条～9条・11条" },
	{ "第9条を第10条とし、第8条を第9条とする。",
	    "move 9条 → 10条\nmove 8条 → 9条" },
	{ "第7条から第9条までを1条ずつ繰り上げる。", "shift 7条～9条 -1" },
	{ "第4条から第6条までを二条ずつ繰り下げる。", "shift 4条～6条 +2" },
	{ "第38条中第7項を第9項とし、第4項から第6項までを2項ずつ繰り下げる。",
	    "move 38条7項 → 38条9項\nshift 38条4項～38条6項 +2" },
	{ "第2条第1号中ロをハとし、イをロとする。",
	    "move 2条1号ロ → 2条1号ハ\nmove 2条1号イ → 2条1号ロ" },
	{ "第4条の次に次の1条を加える。\n第5条　あ", "add 4条 after 1条 {1}" },
	{ "第4条の前に次の二条及び一章を加える。\n第5条　あ",
	    "add 4条 before 2条 1章 {1}" },
	{ "第4条に次の1項を加える。\n2　あ", "add 4条 into 1項 {1}" },
	{ "第4条に第1項として次の1項を加える。\nあ", "add 4条 as 1項 1項 {1}" },
	{ "第4条に次の各号を加える。\n(1)　あ", "add 4条 into 号 {1}" },
	{ "第4条に次のただし書を加える。\nただし、あ",
	    "add 4条 intoただし書 {1}" },
	{ "第4条に後段として次のように加える。\nあ", "add 4条 as後段 {1}" },
	{ "第4条を次のように改める。\n第4条　あ", "rewrite 4条 {1}" },
	{ "第12条に見出しとして「（甲）」を付し、同条を第11条とする。",
	    "caption 12条 「（甲）」\nmove 同条 → 11条" },
	{ "第11条の前の見出し及び同条を削る。", "remove 11条前見出し・同条" },
	{ "第4条の次に次の章名を付する。\n第2章　あ",
	    "add 4条 after 章名 {1}" },
	{ "項番6(2)中「甲」を「乙」に改める。",
	    "replace 6項番(2) 「甲」 「乙」" },
};

static void
tell_ops(struct kt_buf *out, const struct kt_amendment *a)
{
	for (size_t i = 0; a != NULL && i < a->nunits; i++)
		for (size_t j = 0; j < a->unit[i].count; j++)
			for (size_t k = 0; k < a->unit[i].at[j].nops; k++) {
				kt_buf_puts(out, out->len > 0 ? "\n" : "");
				kt_op_tell(out, &a->unit[i].at[j].op[k]);
			}
}

static void
test_sentences_are_read_into_operations(void)
{
	for (size_t i = 0; i < KT_COUNT(grammar); i++) {
		struct kt_amendment *a = read_text(grammar[i].sentence);
		struct kt_buf seen = KT_BUF_INIT;

		tell_ops(&seen, a);
		KT_STR(seen.p, grammar[i].ops);
		KT_NUM(kt_diag_count(diag), 0);
		kt_buf_release(&seen);
		kt_amend_free(a);
	}
}

static void
test_quotes_that_do_not_balance_end_where_a_keyword_follows(void)
{
	struct kt_amendment *a = read_text("第三条中「（以下「甲」を「（次条に"
					   "おいて「乙」に改め、「という。）」"
					   "の下に「。」を加える。");
	struct kt_buf seen = KT_BUF_INIT;

	tell_ops(&seen, a);
	KT_STR(seen.p, "replace 3条 「（以下「甲」 「（次条において「乙」\n"
		       "insert 3条 「という。）」 after 「。」");
	kt_buf_release(&seen);
	kt_amend_free(a);
}

static void
test_an_instrument_has_articles_and_a_number(void)
{
	struct kt_amendment *a = read_text(
	    "（甲法の一部改正）\n第一条　甲法（昭和四十年法律第三十三号）の一部"
	    "を次のように改正する。\n　第三条中「甲」を「乙」に改める。\n"
	    "（乙法の一部改正）\n第二条　乙法の一部を次のように改正する。\n"
	    "　第一条を削る。\n　　　附　則\n　この法律は、公布の日から施行する"
	    "。\n");

	CU_ASSERT_PTR_NOT_NULL_FATAL(a);
	KT_NUM(a->nunits, 2);
	KT_STR(a->unit[0].law, "甲法");
	KT_STR(a->unit[0].number, "昭和四十年法律第三十三号");
	KT_STR(a->unit[1].law, "乙法");
	KT_NUM(a->nsuppl, 1);
	KT_NUM(kt_diag_count(diag), 0);
	kt_amend_free(a);
}

/* ---- carried out -------------------------------------------------------- */

#define RULE                                                                                           \
	"article 第1条|目的\n"                                                                     \
	" paragraph ||この要綱は、端末機の管理を定める。\n"                           \
	"article 第2条|定義\n"                                                                     \
	" paragraph ||次に掲げる用語の意義は、次のとおりとする。\n"               \
	"  item (1)||端末機\n"                                                                      \
	"  item (2)||記憶装置\n"                                                                   \
	"  item (3)||印刷装置\n"                                                                   \
	"article 第3条|管理\n"                                                                     \
	" paragraph ||課長は、端末機を点検し、端末機を登録する。\n"               \
	" paragraph 2||前項の点検は、毎年行う。\n"                                         \
	" paragraph 3||第1項の登録は、台帳による。\n"                                     \
	"article 第4条|報告\n"                                                                     \
	" paragraph ||前条第1項の点検の結果は、報告する。ただし、軽易なもの" \
	"を除く。\n"                                                                               \
	"article 第5条|補則\n"                                                                     \
	" paragraph ||第3条及び第4条に定めるもののほか、部長が定める。\n"

static struct kt_doc *
rule(void)
{
	struct kt_doc *doc = kt_build(RULE);

	kt_node_caption(
	    doc, doc->root, "端末機管理要綱", strlen("端末機管理要綱"));
	doc->meta.number = "令和5年達第7号";
	return doc;
}

static const struct {
	const char *sentence, *address, *text;
} done[] = {
	{ "第3条第1項中「端末機」を「端末」に改める。", "第3条第1項",
	    "課長は、端末を点検し、端末を登録する。" },
	/* What a sentence put is not touched by it again. */
	{ "第3条第1項中「端末機」を「機器」に、「機器」を「端末」に改める。",
	    "", "amend-no-phrase:1" },
	{ "第3条第1項中「点検」を「登録」に、「登録」を「点検」に改める。",
	    "第3条第1項", "課長は、端末機を登録し、端末機を点検する。" },
	{ "第3条第1項中「課長」の次に「又は係長」を加える。", "第3条第1項",
	    "課長又は係長は、端末機を点検し、端末機を登録する。" },
	{ "第4条ただし書を削る。", "第4条",
	    "前条第1項の点検の結果は、報告する。" },
	{ "第4条ただし書中「軽易」を「軽微」に改める。", "第4条",
	    "前条第1項の点検の結果は、報告する。ただし、軽微なものを除く。" },
	{ "第4条に後段として次のように加える。\nこの場合は、書面による。",
	    "第4条",
	    "前条第1項の点検の結果は、報告する。ただし、軽易なものを除く。この"
	    "場合は、書面による。" },
	{ "第3条第3項を同条第4項とし、同条第2項の次に次の1項を加える。\n3　あ"
	  "。",
	    "第3条第4項", "第1項の登録は、台帳による。" },
	{ "第3条第3項を同条第4項とし、同条第2項の次に次の1項を加える。\n3　あ"
	  "。",
	    "第3条第3項", "あ。" },
	{ "第2条中第3号を第4号とし、第2号の次に次の1号を加える。\n(3)　通信",
	    "第2条第3号", "通信" },
	/* 同項 after it was renumbered is still the same one. */
	{ "第3条第3項を同条第5項とし、同項の前に次の2項を加える。\n3　あ。\n"
	  "4　い。",
	    "第3条第4項", "い。" },
	{ "第2条を削り、第3条を第2条とし、第4条を第3条とし、第5条を第4条とする"
	  "。",
	    "第4条", "第3条及び第4条に定めるもののほか、部長が定める。" },
	{ "第2条から第5条までを1条ずつ繰り下げ、第1条の次に次の1条を加える。\n"
	  "第2条　う。",
	    "第6条", "第3条及び第4条に定めるもののほか、部長が定める。" },
	{ "第5条を次のように改める。\n第5条　え。", "第5条", "え。" },
	{ "第5条の次に次の1条を加える。\n（雑則）\n第6条　お。", "第6条",
	    "お。" },
	{ "第1条の前に次の1条を加える。\n第1条の2　か。", "", "amend-order:1" },
	{ "第２条第（１）号中「端末機」を「端末」に改める。", "",
	    "amend-unread:1" },
};

static void
test_each_operation_does_what_it_says(void)
{
	for (size_t i = 0; i < KT_COUNT(done); i++) {
		struct kt_doc *old = rule(), *new = NULL;
		struct kt_amendment *a = read_text(done[i].sentence);
		struct kt_spot spot;

		if (a != NULL && a->unread == 0)
			kt_amend_apply(&new, old, a, 1, diag);
		if (new != NULL &&
		    kt_addr_find(&spot, new, done[i].address) == KT_OK) {
			const struct kt_node *node = spot.node;

			if (node->kind == KT_ARTICLE)
				node = node->first;
			KT_STR(node->text, done[i].text);
		} else {
			char *seen = names();

			KT_STR(seen, done[i].text);
			free(seen);
		}
		kt_doc_free(new);
		kt_amend_free(a);
		kt_doc_free(old);
	}
}

/* ---- refusals ----------------------------------------------------------- */

static const struct {
	const char *instrument, *says;
} refused[] = {
	{ "第3条第1項中「複写機」を「端末」に改める。", "amend-no-phrase:1" },
	{ "第9条中「端末機」を「端末」に改める。", "amend-no-place:1" },
	{ "同条中「端末機」を「端末」に改める。", "amend-no-same:1" },
	{ "第3条後段を削る。", "amend-no-part:1" },
	{ "第3条第1項中「点検」を「検査」に、「点検し」を「検査し」に改める。",
	    "amend-twice-changed:1" },
	{ "第3条第1項中「点検」を「検査」に改める。\n第3条第1項中「点検」を"
	  "「調査」に改める。",
	    "amend-conflict:2" },
	{ "第3条を第4条とする。", "amend-taken:1" },
	{ "第1条を第7条とする。", "amend-order:1" },
	{ "第4条の次に次の2条を加える。\n第6条　あ。", "amend-count:1" },
	{ "第5条に次の1条を加える。\n第6条　あ。", "amend-container:1" },
	{ "第3条を次のように改める。\n2　あ。", "amend-block:1" },
	{ "第5条から第3条までを削る。", "amend-range:1" },
	{ "第3条を次のように改め、第4条の次に次の1条を加える。\n第5条　あ。",
	    "amend-two-blocks:1 amend-skipped:1" },
	/* Rewriting and moving in one breath: 二度引き. */
	{ "第3条を次のように改め、同条を第6条とする。\n第3条　あ。",
	    "amend-order:1" },
	{ "第5条の次に次の1条を加える。", "amend-no-block:1 amend-skipped:1" },
	{ "第3条中「端末機」を「端末」にに改める。",
	    "amend-unread:1 amend-skipped:1" },
	{ "複写機管理要綱の一部を次のように改正する。\n第3条を削る。",
	    "amend-base:1" },
	{ "この要綱は、次のとおりとする。", "amend-nothing:0" },
	{ "第五条の改正規定中「甲」を「乙」に改める。", "amend-provision:1" },
	{ "「端末機」を「端末」に改める。", "amend-unread:1 amend-skipped:1" },
	/* Not a part of the new text before it. */
	{ "第5条の次に次の1条を加える。\n第6条　あ。\n「第5条」を「第6条」に"
	  "改める。",
	    "amend-unread:3 amend-skipped:3" },
};

static void
test_each_refusal_has_its_message_and_line(void)
{
	for (size_t i = 0; i < KT_COUNT(refused); i++) {
		struct kt_doc *old = rule(), *new = NULL;
		struct kt_amendment *a = read_text(refused[i].instrument);
		char *seen;

		if (a != NULL)
			kt_amend_apply(&new, old, a, 1, diag);
		seen = names();
		KT_STR(seen, refused[i].says);
		CU_ASSERT_PTR_NULL(new);
		free(seen);
		kt_doc_free(new);
		kt_amend_free(a);
		kt_doc_free(old);
	}
}

/* ---- drafting faults ---------------------------------------------------- */

static const struct {
	const char *what, *instrument, *says; /* "" = nothing to say */
} faults[] = {
	{ "sound",
	    "端末機管理要綱（令和5年達第7号）の一部を次のように改正する。\n"
	    "第5条中「第4条」を「第5条」に改め、同条を第6条とする。\n"
	    "第4条中「前条第1項」を「第3条第1項」に改め、同条を第5条とし、第3条"
	    "の次に次の1条を加える。\n（貸出し）\n第4条　貸し出すことができる"
	    "。",
	    "" },
	{ "the new words lead there, and the old ones elsewhere on purpose",
	    "第3条第3項を同条第4項とし、同条第2項中「前項の」を「第1項の点検（"
	    "前"
	    "項において準用する場合を含む。）の」に改め、同項を同条第3項とし、"
	    "同条第1項の次に次の1項を加える。\n2　前項の規定は、記憶装置に準用"
	    "する。",
	    "" },
	{ "what stays was cited by the words that went",
	    "第3条を削る。\n第4条中「前条第1項の」を削り、同条を第3条とする。\n"
	    "第5条中「第3条及び第4条」を「第3条」に改め、同条を第4条とする。",
	    "" },
	{ "missing ハネ",
	    "端末機管理要綱の一部を次のように改正する。\n"
	    "第5条を第6条とする。\n"
	    "第4条中「前条第1項」を「第3条第1項」に改め、同条を第5条とし、第3条"
	    "の次に次の1条を加える。\n（貸出し）\n第4条　貸し出すことができる"
	    "。",
	    "hane-missing:2" },
	{ "missing ハネ by distance",
	    "第5条中「第4条」を「第5条」に改め、同条を第6条とする。\n"
	    "第4条を第5条とし、第3条の次に次の1条を加える。\n（貸出し）\n第4条"
	    "　"
	    "貸し出すことができる。",
	    "hane-missing:2" },
	{ "wrong ハネ",
	    "第5条中「第4条」を「第6条」に改め、同条を第6条とする。\n"
	    "第4条中「前条第1項」を「第3条第1項」に改め、同条を第5条とし、第3条"
	    "の次に次の1条を加える。\n（貸出し）\n第4条　貸し出すことができる"
	    "。",
	    "hane-wrong:1" },
	{ "target taken out", "第4条を削り、第5条を第4条とする。",
	    "hane-gone:1" },
	{ "wrong number of the base",
	    "端末機管理要綱（令和5年達第8号）の一部を次のように改正する。\n"
	    "第1条中「管理」を「運用」に改める。",
	    "amend-number:1" },
	{ "number left out", "第5条の次に次の1条を加える。\n第7条　あ。",
	    "amend-gap:1" },
	{ "reversed order",
	    "第3条第2項中「毎年」を「毎月」に改める。\n第1条中「管理」を「運用"
	    "」"
	    "に改める。",
	    "amend-reversed:2" },
	{ "room not made first",
	    "第4条を第5条とし、第5条を第6条とし、第3条の次に次の1条を加える。\n"
	    "第4条　あ。",
	    "amend-no-room:1 hane-missing:1 hane-missing:1" },
	{ "a range moves at once",
	    "第3条から第5条までを1条ずつ繰り下げ、第2条の次に次の1条を加える"
	    "。\n第3条　あ。",
	    "hane-missing:1 hane-missing:1" },
	{ "phrase found twice", "第3条第1項中「端末機」を「端末」に改める。",
	    "amend-several:1" },
};

static void
test_each_drafting_fault_has_its_message(void)
{
	for (size_t i = 0; i < KT_COUNT(faults); i++) {
		struct kt_doc *old = rule();
		struct kt_amendment *a = read_text(faults[i].instrument);
		size_t findings = 0;
		char *seen;

		CU_ASSERT_PTR_NOT_NULL_FATAL(a);
		CU_ASSERT_EQUAL(
		    kt_amend_check(&findings, old, a, 1, diag), KT_OK);
		seen = names();
		KT_STR(seen, faults[i].says);
		if (strcmp(seen, faults[i].says) != 0)
			printf("    %s\n", faults[i].what);
		KT_NUM(findings, kt_diag_count(diag));
		free(seen);
		kt_amend_free(a);
		kt_doc_free(old);
	}
}

/* ---- the formula of a table --------------------------------------------- */

static const struct {
	struct kt_amend_marks marks;
	const char *says;
} formulas[] = {
	{ { .words = true },
	    "次の表により、改正前欄に掲げる規定の傍線を付した部分をこれに順次"
	    "対応する改正後欄に掲げる規定の傍線を付した部分のように改める。" },
	{ { .added = true },
	    "次の表により、改正後欄に掲げるその標記部分に二重傍線を付した規定（"
	    "以下「対象規定」という。）は、これを加える。" },
	{ { .deleted = true },
	    "次の表により、改正前欄に掲げるその標記部分に二重傍線を付した規定（"
	    "以下「対象規定」という。）は、これを削る。" },
	{ { .words = true, .deleted = true },
	    "次の表により、改正前欄に掲げる規定の傍線を付した部分をこれに対応"
	    "する改正後欄に掲げる規定の傍線を付した部分のように改め、改正前欄に"
	    "掲げるその標記部分に二重傍線を付した規定で改正後欄にこれに対応する"
	    "ものを掲げていないものは、これを削る。" },
	{ { .words = true, .moved = true, .added = true },
	    "次の表により、改正前欄に掲げる規定の傍線を付した部分をこれに順次"
	    "対応する改正後欄に掲げる規定の傍線を付した部分のように改め、改正前"
	    "欄及び改正後欄に対応して掲げるその標記部分に二重傍線を付した規定（"
	    "以下「対象規定」という。）は、改正前欄に掲げる対象規定を改正後欄に"
	    "掲げる対象規定として移動し、改正後欄に掲げる対象規定で改正前欄に"
	    "これに対応するものを掲げていないものは、これを加える。" },
	{ { .words = true,
	      .boxes = true,
	      .rewritten = true,
	      .moved = true,
	      .deleted = true,
	      .added = true },
	    "次の表により、改正前欄に掲げる規定の傍線を付し又は破線で囲んだ部分"
	    "をこれに順次対応する改正後欄に掲げる規定の傍線を付し又は破線で囲ん"
	    "だ部分のように改め、改正前欄及び改正後欄に対応して掲げるその標記"
	    "部分に二重傍線を付した規定（以下「対象規定」という。）は、その標記"
	    "部分が同一のものは当該対象規定を改正後欄に掲げるもののように改め、"
	    "その標記部分が異なるものは改正前欄に掲げる対象規定を改正後欄に掲げ"
	    "る対象規定として移動し、改正前欄に掲げる対象規定で改正後欄にこれに"
	    "対応するものを掲げていないものは、これを削り、改正後欄に掲げる対象"
	    "規定で改正前欄にこれに対応するものを掲げていないものは、これを加え"
	    "る。" },
};

static void
test_the_formula_is_a_function_of_the_marks(void)
{
	for (size_t i = 0; i < KT_COUNT(formulas); i++) {
		struct kt_buf seen = KT_BUF_INIT;

		kt_amend_formula(&seen, &formulas[i].marks);
		KT_STR(seen.p, formulas[i].says);
		kt_buf_release(&seen);
	}
}

int
main(void)
{
	CU_TestInfo read[] = {
		{ "sentences are read into operations",
		    test_sentences_are_read_into_operations },
		{ "quotes that do not balance end where a keyword follows",
		    test_quotes_that_do_not_balance_end_where_a_keyword_follows },
		{ "an instrument has articles and a number",
		    test_an_instrument_has_articles_and_a_number },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo apply[] = {
		{ "each operation does what it says",
		    test_each_operation_does_what_it_says },
		{ "each refusal has its message and line",
		    test_each_refusal_has_its_message_and_line },
		{ "each drafting fault has its message",
		    test_each_drafting_fault_has_its_message },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo table[] = {
		{ "the formula is a function of the marks",
		    test_the_formula_is_a_function_of_the_marks },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "reading", begin, end, NULL, NULL, read },
		{ "carrying out", begin, end, NULL, NULL, apply },
		{ "tables", begin, end, NULL, NULL, table },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
