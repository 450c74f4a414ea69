/* SPDX-License-Identifier: MIT */
#include "kt_build.h"

#include <kaitei/diff.h>

#include <time.h>

static struct kt_doc *old_doc, *new_doc;
static struct kt_changes *list;
static struct kt_diag *diag;
static struct kt_buf seen;

static int
begin(void)
{
	diag = kt_diag_new();
	return 0;
}

static void
drop(void)
{
	kt_changes_free(list);
	kt_doc_free(old_doc);
	kt_doc_free(new_doc);
	list = NULL;
	old_doc = new_doc = NULL;
}

static int
end(void)
{
	drop();
	kt_diag_free(diag);
	kt_buf_release(&seen);
	return 0;
}

/* ---- pictures -------------------------------------------------------------
 */

static void
put_flags(unsigned flags)
{
	char before = '[';

	for (unsigned bit = 0; bit < 16; bit++) {
		if ((flags & 1u << bit) == 0)
			continue;
		kt_buf_putc(&seen, before);
		kt_buf_puts(&seen, kt_flag_name((enum kt_flag)(1u << bit)));
		before = ' ';
	}
	if (before == ' ')
		kt_buf_puts(&seen, "] ");
}

static void
put_paths(const struct kt_change *c, bool new_side)
{
	uint32_t n = new_side ? c->nnew : c->nold;

	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_puts(&seen, "・");
		kt_change_path(&seen, list, c, new_side, i);
	}
}

/* 〔-substance:old〕〔+substance:new〕; what is equal as it is. */
static void
put_spans(const struct kt_change *c)
{
	for (uint32_t i = 0; i < c->nspans; i++) {
		const struct kt_span *s = &c->spans[i];
		bool plain = s->op == '=' && s->note[0] == '\0';

		if (!plain)
			kt_buf_printf(&seen, "〔%c", s->op);
		if (s->class != KT_SC_NONE)
			kt_buf_printf(
			    &seen, "%s:", kt_span_class_name(s->class));
		for (uint32_t k = 0; k < s->len; k++)
			kt_buf_putc(&seen, s->text[k] == '\n'   ? '/'
					   : s->text[k] == '\t' ? '|'
								: s->text[k]);
		if (s->note[0] != '\0')
			kt_buf_printf(&seen, "（%s）", s->note);
		if (!plain)
			kt_buf_puts(&seen, "〕");
	}
}

/* One line a change. */
static const char *
picture(void)
{
	kt_buf_clear(&seen);
	for (size_t i = 0; i < list->count; i++) {
		const struct kt_change *c = &list->at[i];

		kt_buf_printf(&seen, "%s %s ", kt_fate_name(c->fate),
		    kt_class_name(c->class));
		put_flags(c->flags);
		kt_buf_printf(&seen, "%s ", kt_change_level(c));
		put_paths(c, false);
		kt_buf_puts(&seen, "→");
		put_paths(c, true);
		kt_buf_puts(&seen, c->nspans > 0 ? ": " : "");
		put_spans(c);
		kt_buf_putc(&seen, '\n');
	}
	return seen.p;
}

static const char *
correspondence(void)
{
	kt_buf_clear(&seen);
	for (size_t i = 0; i < list->npairs; i++) {
		const struct kt_pair *p = &list->pairs[i];

		for (uint32_t k = 0; k < p->nold; k++) {
			kt_buf_puts(&seen, k > 0 ? "・" : "");
			kt_addr_write(&seen, old_doc, p->old[k]);
		}
		kt_buf_puts(&seen, "→");
		for (uint32_t k = 0; k < p->nnew; k++) {
			kt_buf_puts(&seen, k > 0 ? "・" : "");
			kt_addr_write(&seen, new_doc, p->new[k]);
		}
		kt_buf_printf(&seen, " %s%s\n", kt_fate_name(p->fate),
		    p->changed ? " changed" : "");
	}
	return seen.p;
}

/* The way back is true as well, and undoes what the way there did. */
static void
check_back(void)
{
	struct kt_changes *back;

	kt_diff(&back, new_doc, old_doc, diag);
	CU_ASSERT_EQUAL(kt_changes_prove(back, diag), KT_OK);
	KT_NUM(back->sum[KT_ADDED], list->sum[KT_DELETED]);
	KT_NUM(back->sum[KT_DELETED], list->sum[KT_ADDED]);
	KT_NUM(back->sum[KT_SPLIT], list->sum[KT_MERGED]);
	KT_NUM(back->sum[KT_MERGED], list->sum[KT_SPLIT]);
	KT_NUM(back->sum[KT_MOVED], list->sum[KT_MOVED]);
	kt_changes_free(back);
}

/* Compare two pictures; whatever comes of it must be true. */
static void
compare(const char *before, const char *after)
{
	drop();
	kt_diag_clear(diag);
	old_doc = kt_build(before);
	new_doc = kt_build(after);
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT_EQUAL(kt_changes_prove(list, diag), KT_OK);
	check_back();
}

static void
check(const char *before, const char *after, const char *want)
{
	compare(before, after);
	KT_STR(picture(), want);
}

/* One article with one paragraph each; only the paragraph's change. */
static void
check_text(const char *before, const char *after, const char *want)
{
	char *x = kt_malloc(strlen(before) + 64);
	char *y = kt_malloc(strlen(after) + 64);

	sprintf(x, "article 第1条\n paragraph ||%s\n", before);
	sprintf(y, "article 第1条\n paragraph ||%s\n", after);
	compare(x, y);
	CU_ASSERT_EQUAL(list->count, 1);
	kt_buf_clear(&seen);
	if (list->count > 0)
		put_spans(&list->at[0]);
	KT_STR(seen.p, want);
	free(x);
	free(y);
}

/* ---- numbers and places ----------------------------------------------------
 */

#define A1                                                                                      \
	"article 第1条|目的\n paragraph ||この規程は、文書の管理に関し必要" \
	"な事項を定める。\n"
#define B(n)                                                                                 \
	"article 第" n "条|保管\n paragraph ||課長は、完結した文書を書庫に" \
	"収めなければならない。\n"
#define C(n)                                                                   \
	"article 第" n                                                         \
	"条|廃棄\n paragraph ||保存期間を経過した記録は、裁断して処分する。\n"
#define D(n)                                                                                          \
	"article 第" n                                                                                \
	"条|閲覧\n paragraph ||市民は、公開された資料を窓口で見ることができ" \
	"る。\n"
#define E(n)                                                                   \
	"article 第" n                                                         \
	"条|台帳\n paragraph ||係長は、毎月末に帳簿の残高を照合する。\n"

static void
test_a_document_does_not_differ_from_itself(void)
{
	check(A1 B("2") C("3"), A1 B("2") C("3"), "");
	KT_NUM(list->unchanged, 3);
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified\n"
				 "第3条→第3条 modified\n");
}

static void
test_an_insertion_renumbers_what_follows(void)
{
	check(A1 B("2") C("3"), A1 D("2") B("3") C("4"),
	    "added substance article →第2条: 〔+substance:第2条（閲覧）/"
	    "市民は、公開された資料を窓口で見ることができる。/〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "renumbered none [renumbered] article 第3条→第4条\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "→第2条 added changed\n"
				 "第2条→第3条 renumbered\n"
				 "第3条→第4条 renumbered\n");
	KT_NUM(list->sum[KT_RENUMBERED], 2);
	KT_NUM(list->unchanged, 1);
}

static void
test_a_deletion_stands_where_it_stood(void)
{
	check(A1 B("2") C("3") D("4"), A1 C("2") D("3"),
	    "deleted substance article 第2条→: 〔-substance:第2条（保管）/"
	    "課長は、完結した文書を書庫に収めなければならない。/〕\n"
	    "renumbered none [renumbered] article 第3条→第2条\n"
	    "renumbered none [renumbered] article 第4条→第3条\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→ deleted changed\n"
				 "第3条→第2条 renumbered\n"
				 "第4条→第3条 renumbered\n");
}

static void
test_an_article_elsewhere_has_moved_and_the_others_have_not(void)
{
	check(A1 B("2") C("3") D("4") E("5"), A1 C("2") D("3") E("4") B("5"),
	    "renumbered none [renumbered] article 第3条→第2条\n"
	    "renumbered none [renumbered] article 第4条→第3条\n"
	    "renumbered none [renumbered] article 第5条→第4条\n"
	    "moved none [renumbered moved] article 第2条→第5条\n");
}

static void
test_a_renumbered_and_edited_clause_is_one_change(void)
{
	check(A1 B("2"),
	    A1 C("2") "article 第3条|保管\n paragraph ||課長は、完結した"
		      "文書を書架に収めなければならない。\n",
	    "added substance article →第2条: 〔+substance:第2条（廃棄）/"
	    "保存期間を経過した記録は、裁断して処分する。/〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "modified substance [renumbered] paragraph 第2条→第3条: "
	    "課長は、完結した文書を〔-substance:書庫〕〔+substance:書架〕に"
	    "収めなければならない。\n");
}

static void
test_a_label_in_other_figures_is_notation(void)
{
	check("article 第3条|目的\n paragraph ||定める。\n",
	    "article 第三条|目的\n paragraph ||定める。\n",
	    "modified notation [notation label] article 第3条→第3条\n");
	KT_NUM(list->notation, 1);
}

static void
test_runs_of_equal_articles_go_by_their_order(void)
{
	check(A1 B("2") B("3") C("4"), A1 B("2") B("3") B("4") C("5"),
	    "added substance article →第4条: 〔+substance:第4条（保管）/"
	    "課長は、完結した文書を書庫に収めなければならない。/〕\n"
	    "renumbered none [renumbered] article 第4条→第5条\n");
}

static void
test_what_became_deleted_keeps_its_number(void)
{
	compare(A1 B("2") C("3"), A1 "article 第2条||削除\n" C("3"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified changed\n"
				 "第3条→第3条 modified\n");
}

static void
test_a_rewritten_article_between_two_others_is_the_same(void)
{
	compare(A1 B("2") C("3"),
	    A1 "article 第2条|保管\n paragraph ||文書は、完結した年度の翌年"
	       "度に主管課へ引き継ぐものとする。\n" C("3"));
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "第2条→第2条 modified changed\n"
				 "第3条→第3条 modified\n");
}

static CU_TestInfo number_tests[] = {
	{ "a document does not differ from itself",
	    test_a_document_does_not_differ_from_itself },
	{ "an insertion renumbers what follows",
	    test_an_insertion_renumbers_what_follows },
	{ "a deletion stands where it stood",
	    test_a_deletion_stands_where_it_stood },
	{ "an article elsewhere has moved, the others have not",
	    test_an_article_elsewhere_has_moved_and_the_others_have_not },
	{ "a renumbered and edited clause is one change",
	    test_a_renumbered_and_edited_clause_is_one_change },
	{ "a label in other figures is notation",
	    test_a_label_in_other_figures_is_notation },
	{ "runs of equal articles go by their order",
	    test_runs_of_equal_articles_go_by_their_order },
	{ "what became 削除 keeps its number",
	    test_what_became_deleted_keeps_its_number },
	{ "a rewritten article between two others is the same",
	    test_a_rewritten_article_between_two_others_is_the_same },
	CU_TEST_INFO_NULL,
};

/* ---- several and one
 * --------------------------------------------------------- */

#define LONG_OLD                                                                                          \
	"article 第2条|保管及び貸出し\n"                                                         \
	" paragraph ||課長は、完結した文書を施錠することができる書庫に収め、"  \
	"その鍵を自ら保管しなければならない。\n"                                        \
	" paragraph 2||職員は、書庫の文書を借り受けるときは、貸出簿に氏名及び" \
	"返却の予定日を記入するものとする。\n"

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

static CU_TestInfo group_tests[] = {
	{ "what moved within a split is said to have moved",
	    test_what_moved_within_a_split_is_said_to_have_moved },
	{ "a split tells unedited text once",
	    test_a_split_tells_unedited_text_once },
	{ "a merge is a split seen from the other side",
	    test_a_merge_is_a_split_seen_from_the_other_side },
	CU_TEST_INFO_NULL,
};

/* ---- references
 * ---------------------------------------------------------------- */

#define CITES(n, ref)                                                          \
	"article 第" n "条|準用\n paragraph ||" ref                            \
	"の規定は、電磁的記録の取扱いについて準用する。\n"

static void
test_a_reference_that_follows_is_no_change_of_substance(void)
{
	check(A1 B("2") CITES("3", "第2条"),
	    A1 D("2") B("3") CITES("4", "第3条"),
	    "added substance article →第2条: 〔+substance:第2条（閲覧）/"
	    "市民は、公開された資料を窓口で見ることができる。/〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "renumbered none [renumbered] article 第3条→第4条\n"
	    "renumbered reference [renumbered reference-followed] paragraph "
	    "第3条→第4条: 〔-reference-followed:第2条（第2条→第3条）〕"
	    "〔+reference-followed:第3条（第2条→第3条）〕の規定は、電磁的記"
	    "録の取扱いについて準用する。\n");
	KT_STR(correspondence(), "第1条→第1条 modified\n"
				 "→第2条 added changed\n"
				 "第2条→第3条 renumbered\n"
				 "第3条→第4条 renumbered changed\n");
}

static void
test_the_same_words_may_mean_another_clause(void)
{
	check(A1 B("2") CITES("3", "前条"), A1 B("2") D("3") CITES("4", "前条"),
	    "added substance article →第3条: 〔+substance:第3条（閲覧）/"
	    "市民は、公開された資料を窓口で見ることができる。/〕\n"
	    "renumbered none [renumbered] article 第3条→第4条\n"
	    "modified reference [renumbered reference-retargeted] paragraph "
	    "第3条→第4条: 〔=前条（第2条→第3条）〕の規定は、電磁的記録の"
	    "取扱いについて準用する。\n");
}

static void
test_a_reference_to_another_clause_is_retargeted(void)
{
	check(A1 B("2") C("3") CITES("4", "第2条"),
	    A1 B("2") C("3") CITES("4", "第3条"),
	    "modified reference [reference-retargeted] paragraph 第4条→第4条: "
	    "〔-reference-retargeted:第2条（第2条→第3条）〕"
	    "〔+reference-retargeted:第3条（第2条→第3条）〕の規定は、電磁的"
	    "記録の取扱いについて準用する。\n");
}

static void
test_a_reference_whose_clause_is_gone_dangles(void)
{
	check(A1 B("2") CITES("3", "第4条") C("4"),
	    A1 B("2") CITES("3", "第4条"),
	    "modified reference [reference-dangling] paragraph 第3条→第3条: "
	    "〔=第4条（第4条→第4条）〕の規定は、電磁的記録の取扱いについて"
	    "準用する。\n"
	    "deleted substance article 第4条→: 〔-substance:第4条（廃棄）/"
	    "保存期間を経過した記録は、裁断して処分する。/〕\n");
}

static void
test_a_reference_into_a_split_may_mean_either_part(void)
{
	compare(A1 LONG_OLD CITES("3", "第2条"),
	    A1 "article 第2条|保管\n"
	       " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	       "め、その鍵を自ら保管しなければならない。\n"
	       "article 第3条|貸出し\n"
	       " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	       "及び返却の予定日を記入するものとする。\n" CITES("4", "第2条"));
	CU_ASSERT_EQUAL_FATAL(list->count, 3);
	kt_buf_clear(&seen);
	put_spans(&list->at[2]);
	KT_STR(seen.p, "〔=第2条（第2条→第2条又は第3条）〕の規定は、電磁的記"
		       "録の取扱いについて準用する。");
	CU_ASSERT(list->at[2].flags & KT_FL_REF_DANGLING);
}

static void
test_a_paragraph_of_a_split_is_followed_into_its_article(void)
{
	compare(A1 LONG_OLD CITES("3", "第2条第2項"),
	    A1 "article 第2条|保管\n"
	       " paragraph ||課長は、完結した文書を施錠することができる書庫に収"
	       "め、その鍵を自ら保管しなければならない。\n"
	       "article 第3条|貸出し\n"
	       " paragraph ||職員は、書庫の文書を借り受けるときは、貸出簿に氏名"
	       "及び返却の予定日を記入するものとする。\n" CITES("4", "第3条"));
	CU_ASSERT_EQUAL_FATAL(list->count, 3);
	CU_ASSERT_EQUAL(list->at[2].class, KT_C_REFERENCE);
	CU_ASSERT(list->at[2].flags & KT_FL_REF_FOLLOWED);
	CU_ASSERT_FALSE(list->at[2].flags & KT_FL_REF_RETARGETED);
}

static void
test_a_reference_in_other_figures_is_notation(void)
{
	check(A1 CITES("2", "第1条"), A1 CITES("2", "第一条"),
	    "modified notation [notation] paragraph 第2条→第2条: "
	    "〔-notation:第1条〕〔+notation:第一条〕の規定は、電磁的記録の取"
	    "扱いについて準用する。\n");
}

static CU_TestInfo reference_tests[] = {
	{ "a reference that follows is no change of substance",
	    test_a_reference_that_follows_is_no_change_of_substance },
	{ "the same words may mean another clause",
	    test_the_same_words_may_mean_another_clause },
	{ "a reference to another clause is retargeted",
	    test_a_reference_to_another_clause_is_retargeted },
	{ "a reference whose clause is gone dangles",
	    test_a_reference_whose_clause_is_gone_dangles },
	{ "a reference into a split may mean either part",
	    test_a_reference_into_a_split_may_mean_either_part },
	{ "a 項 of a split article is followed into its article",
	    test_a_paragraph_of_a_split_is_followed_into_its_article },
	{ "a reference in other figures is notation",
	    test_a_reference_in_other_figures_is_notation },
	CU_TEST_INFO_NULL,
};

/* ---- headings
 * --------------------------------------------------------------------- */

static void
test_titles_captions_and_related_articles_are_compared(void)
{
	struct kt_doc *x;

	check("article 第1条|目的\n paragraph ||定める。\n"
	      "appendix 別表第1||（見本）|第1条関係\n",
	    "article 第1条|趣旨\n paragraph ||定める。\n"
	    "appendix 別表第1||（見本）|第1条、第2条関係\n",
	    "modified caption [caption] caption 第1条見出し→第1条見出し: "
	    "〔-substance:目的〕〔+substance:趣旨〕\n"
	    "modified reference [reference-retargeted] related 別表第1→別表第"
	    "1: 第1条〔+reference-retargeted:、第2条〕関係\n");
	drop();
	old_doc = kt_build(A1);
	new_doc = kt_build(A1);
	kt_node_caption(old_doc, old_doc->root, "文書規程", 12);
	kt_node_caption(new_doc, new_doc->root, "文書規則", 12);
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].side, KT_SIDE_CAPTION);
	CU_ASSERT_EQUAL(list->at[0].class, KT_C_CAPTION);
	x = new_doc;
	CU_ASSERT_PTR_EQUAL(list->at[0].new[0], x->root);
}

#define UNDER(x) " " x
#define ART(n, word, text)                                                     \
	" article 第" n "条|" word "\n  paragraph ||" text "\n"
#define ONE(n)                                                                 \
	ART(n, "目的", "この規程は、文書の管理に関し必要な事項を定める。")
#define TWO(n) ART(n, "保管", "課長は、完結した文書を書庫に収める。")
#define THREE(n) ART(n, "廃棄", "保存期間を経過した記録は、裁断して処分する。")
#define FOUR(n)                                                                \
	ART(n, "閲覧", "市民は、公開された資料を窓口で見ることができる。")

static void
test_a_new_chapter_heading_moves_no_article(void)
{
	check("chapter 第1章|総則\n" ONE("1") TWO("2") THREE("3") FOUR("4"),
	    "chapter 第1章|総則\n" ONE("1")
		TWO("2") "chapter 第2章|廃棄及び公開\n" THREE("3") FOUR("4"),
	    "added substance [caption] chapter →第2章: "
	    "〔+substance:廃棄及び公開〕\n");
}

static void
test_an_article_under_another_heading_has_moved(void)
{
	check("chapter 第1章|総則\n" ONE("1")
		  TWO("2") "chapter 第2章|公開\n" THREE("3") FOUR("4"),
	    "chapter 第1章|総則\n" ONE("1") TWO("2")
		THREE("3") "chapter 第2章|公開\n" FOUR("4"),
	    "moved none [moved] article 第3条→第3条\n");
}

static void
test_chapters_are_known_by_what_they_hold(void)
{
	check("chapter 第1章|総則\n" ONE("1") "chapter 第2章|公開\n" THREE("2")
		  FOUR("3"),
	    "chapter 第1章|総則\n" ONE("1") "chapter 第2章|保管\n" TWO(
		"2") "chapter 第3章|公開等\n" THREE("3") FOUR("4"),
	    "added substance [caption] chapter →第2章: 〔+substance:保管〕\n"
	    "added substance article →第2条: 〔+substance:第2条（保管）/課長"
	    "は、完結した文書を書庫に収める。/〕\n"
	    "modified caption [renumbered caption] caption 第2章見出し→"
	    "第3章見出し: 公開〔+substance:等〕\n"
	    "renumbered none [renumbered] chapter 第2章→第3章\n"
	    "renumbered none [renumbered] article 第2条→第3条\n"
	    "renumbered none [renumbered] article 第3条→第4条\n");
}

static void
test_a_contents_page_that_follows_is_quiet(void)
{
	check("toc |目次\n text ||第1章　総則（第1条）\n text ||第2章　公開"
	      "（第2条）\nchapter 第1章|総則\n" ONE(
		  "1") "chapter 第2章|公開\n" FOUR("2"),
	    "toc |目次\n text ||第1章　総則（第1条・第2条）\n text ||第2章　"
	    "公開等（第3条）\nchapter 第1章|総則\n" ONE("1")
		TWO("2") "chapter 第2章|公開等\n" FOUR("3"),
	    "modified reference [reference-followed] text 目次→目次: "
	    "第1章　総則（第1条〔+reference-followed:・第2条〕）\n"
	    "modified reference [reference-followed] text 目次→目次: "
	    "第2章　公開〔+reference-followed:等〕（"
	    "〔-reference-followed:第2条（第2条→第3条）〕"
	    "〔+reference-followed:第3条（第2条→第3条）〕）\n"
	    "added substance article →第2条: 〔+substance:第2条（保管）/課長"
	    "は、完結した文書を書庫に収める。/〕\n"
	    "modified caption [caption] caption 第2章見出し→第2章見出し: "
	    "公開〔+substance:等〕\n"
	    "renumbered none [renumbered] article 第2条→第3条\n");
}

static CU_TestInfo heading_tests[] = {
	{ "題名, captions and 関係 are compared",
	    test_titles_captions_and_related_articles_are_compared },
	{ "a new chapter heading moves no article",
	    test_a_new_chapter_heading_moves_no_article },
	{ "an article under another heading has moved",
	    test_an_article_under_another_heading_has_moved },
	{ "chapters are known by what they hold",
	    test_chapters_are_known_by_what_they_hold },
	{ "a 目次 that follows is quiet",
	    test_a_contents_page_that_follows_is_quiet },
	CU_TEST_INFO_NULL,
};

/* ---- below an article
 * ------------------------------------------------------------- */

#define LIST "article 第1条|事項\n paragraph ||次に掲げる事項を記載する。\n"

static void
test_an_item_that_changed_its_place_has_moved(void)
{
	check(LIST "  item (1)||申請した者の氏名及び住所\n"
		   "  item (2)||使用の目的及び期間\n"
		   "  item (3)||使用する場所の名称\n"
		   "  item (4)||立ち会う職員の所属\n",
	    LIST "  item (1)||使用の目的及び期間\n"
		 "  item (2)||使用する場所の名称\n"
		 "  item (3)||立ち会う職員の所属\n"
		 "  item (4)||申請した者の氏名及び住所\n",
	    "renumbered none [renumbered] item 第1条第2号→第1条第1号\n"
	    "renumbered none [renumbered] item 第1条第3号→第1条第2号\n"
	    "renumbered none [renumbered] item 第1条第4号→第1条第3号\n"
	    "moved none [renumbered moved] item 第1条第1号→第1条第4号\n");
}

static void
test_a_paragraph_may_move_into_another_article(void)
{
	compare(A1
	    "article 第2条|保管\n paragraph ||課長は、完結した文書を書庫に"
	    "収めなければならない。\n paragraph 2||書庫の鍵は、総務課長が"
	    "指定する職員が勤務時間の終了後に金庫に納めて管理するものとす"
	    "る。\n" C("3"),
	    A1 B("2") "article 第3条|廃棄\n paragraph ||保存期間を経過した記"
		      "録は、裁断して処分する。\n paragraph 2||書庫の鍵は、総"
		      "務課長が指定する職員が勤務時間の終了後に金庫に納めて管"
		      "理するものとする。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MOVED);
	kt_buf_clear(&seen);
	put_paths(&list->at[0], false);
	put_paths(&list->at[0], true);
	KT_STR(seen.p, "第2条第2項第3条第2項");
}

static void
test_rows_are_known_by_their_first_cell(void)
{
	check("appendix 別表第1\n table\n"
	      "  row\n   cell ||甲\n   cell ||三年\n   cell ||課長\n"
	      "  row\n   cell ||乙\n   cell ||五年\n   cell ||課長\n",
	    "appendix 別表第1\n table\n"
	    "  row\n   cell ||丙\n   cell ||一年\n   cell ||課長\n"
	    "  row\n   cell ||甲\n   cell ||四年\n   cell ||課長\n"
	    "  row\n   cell ||乙\n   cell ||五年\n   cell ||部長\n",
	    "added substance row →別表第1第1行: "
	    "〔+substance:丙|一年|課長/〕\n"
	    "modified substance [quantity] row 別表第1第1行→別表第1第2行: "
	    "甲|〔-quantity:三年（三年→四年）〕〔+quantity:四年（三年→四年）〕"
	    "|課長\n"
	    "modified substance [actor] row 別表第1第2行→別表第1第3行: "
	    "乙|五年|〔-actor:課長（課長→部長）〕〔+actor:部長（課長→部長）〕"
	    "\n");
}

/* No span holds the tab between two cells and something else. */
static void
check_row(const char *before, const char *after)
{
	compare(before, after);
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	for (uint32_t i = 0; i < list->at[0].nspans; i++) {
		const struct kt_span *s = &list->at[0].spans[i];

		if (s->op != '=' && s->len > 1)
			CU_ASSERT(memchr(s->text, '\t', s->len) == NULL);
	}
}

#define ROW "appendix 別表第1\n table\n  row\n"

static void
test_no_span_crosses_a_cell(void)
{
	check_row(ROW
	    "   cell ||甲\n   cell ||書庫に収める\n   cell ||裁断する\n",
	    ROW "   cell ||甲\n   cell ||倉庫に納める\n   cell ||溶解する\n");
	check_row(ROW "   cell ||甲\n   cell ||　\n   cell ||裁断する\n",
	    ROW "   cell ||甲\n   cell ||\n   cell ||裁断する\n");
	/* The words of a cell stay in it though they stand in another. */
	check_row(ROW "   cell ||甲\n   cell ||書庫に収める\n   cell ||\n",
	    ROW "   cell ||甲\n   cell ||\n   cell ||書庫に収める\n");
	check_row(ROW "   cell ||甲\n   cell ||書庫に収める\n",
	    ROW "   cell ||甲\n   cell ||倉庫\n   cell ||書庫に納める\n");
}

static void
test_commentary_is_told_as_such(void)
{
	check(A1 " commentary |解説\n  text ||趣旨を述べたものである。\n",
	    A1 " commentary |解説\n  text ||目的を述べたものである。\n",
	    "modified substance [commentary] text 第1条解説→第1条解説: "
	    "〔-substance:趣旨〕〔+substance:目的〕を述べたものである。\n");
}

static void
test_underlines_and_ruby_are_marks(void)
{
	struct kt_mark mark = { 0, 6, KT_UNDERLINE, "" };
	struct kt_node *node;

	drop();
	old_doc = kt_build(A1);
	new_doc = kt_build(A1);
	node = new_doc->nodes[2];
	kt_node_marks(new_doc, node, &mark, 1);
	kt_diff(&list, old_doc, new_doc, diag);
	KT_STR(picture(),
	    "modified notation [notation marks] paragraph 第1条→第1条: この規"
	    "程は、文書の管理に関し必要な事項を定める。\n");
}

static void
test_paragraphs_rewritten_in_their_place_keep_their_number(void)
{
	compare(A1
	    "article 第2条|保管\n paragraph ||課長は、鍵を自ら保管する。\n"
	    " paragraph 2||職員は、貸出簿に氏名を記入する。\n"
	    " paragraph 3||書庫は、毎年一回点検する。\n",
	    A1 "article 第2条|保管\n paragraph ||課長は、鍵を自ら保管する。\n"
	       " paragraph 2||閲覧の申込みは、電子申請による。\n"
	       " paragraph 3||書庫は、毎年一回点検する。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT_EQUAL(list->at[0].fate, KT_MODIFIED);
}

static CU_TestInfo inside_tests[] = {
	{ "an item that changed its place has moved",
	    test_an_item_that_changed_its_place_has_moved },
	{ "a 項 may move into another article",
	    test_a_paragraph_may_move_into_another_article },
	{ "rows are known by their first cell",
	    test_rows_are_known_by_their_first_cell },
	{ "no span crosses a cell", test_no_span_crosses_a_cell },
	{ "commentary is told as such", test_commentary_is_told_as_such },
	{ "underlines and ruby are marks", test_underlines_and_ruby_are_marks },
	{ "a 項 rewritten in its place keeps its number",
	    test_paragraphs_rewritten_in_their_place_keep_their_number },
	CU_TEST_INFO_NULL,
};

/* ---- words
 * ---------------------------------------------------------------------------
 */

static void
test_spans_are_whole_words(void)
{
	check_text("職員は、文書を複写してはならない。",
	    "職員は、図面を複写してはならない。",
	    "職員は、〔-substance:文書〕〔+substance:図面〕を複写してはなら"
	    "ない。");
	check_text("所管する情報システムを停止する。",
	    "所管する業務システムを停止する。",
	    "所管する〔-substance:情報〕〔+substance:業務〕システムを停止す"
	    "る。");
}

static void
test_an_inserted_sentence_is_one_span(void)
{
	check_text("記録は、五年間保存する。この場合において、部長は、写しを"
		   "添える。",
	    "記録は、五年間保存する。この場合において、課長は、意見を聴く。"
	    "この場合において、部長は、写しを添える。",
	    "記録は、五年間保存する。〔+substance:この場合において、課長は、"
	    "意見を聴く。〕この場合において、部長は、写しを添える。");
}

static void
test_a_comma_goes_with_the_word_behind_it(void)
{
	check_text("紙、布及び木", "紙、革、布及び木",
	    "紙〔+substance:、革〕、布及び木");
}

static void
test_no_island_of_one_kana_is_left(void)
{
	check_text("機器の確認を要する。", "施設の点検を要する。",
	    "〔-substance:機器の確認〕〔+substance:施設の点検〕を要する。");
}

static void
test_a_text_of_which_little_is_left_is_replaced(void)
{
	compare(A1 "article 第2条|届出\n paragraph ||申請する者は、所定の様式"
		   "に必要な事項を記入し、窓口に提出する。\n",
	    A1 "article 第2条|届出\n paragraph ||届出をしようとする法人は、電"
	       "子情報処理組織により書類を添えて、課長に提出する。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_REPLACED);
	CU_ASSERT(list->at[0].nspans <= 4);
}

static CU_TestInfo word_tests[] = {
	{ "spans are whole words", test_spans_are_whole_words },
	{ "an inserted sentence is one span",
	    test_an_inserted_sentence_is_one_span },
	{ "a 読点 goes with the word behind it",
	    test_a_comma_goes_with_the_word_behind_it },
	{ "no island of one kana is left", test_no_island_of_one_kana_is_left },
	{ "a text of which little is left is replaced",
	    test_a_text_of_which_little_is_left_is_replaced },
	CU_TEST_INFO_NULL,
};

/* ---- classes
 * ----------------------------------------------------------------------------
 */

struct meaning {
	const char *old, *new, *class, *note;
};

/* The gravest class among the spans, and its note. */
static void
check_meaning(const struct meaning *m)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	const struct kt_span *said = NULL;

	kt_buf_printf(&x, "article 第1条\n paragraph ||%s\n", m->old);
	kt_buf_printf(&y, "article 第1条\n paragraph ||%s\n", m->new);
	compare(x.p, y.p);
	for (uint32_t i = 0; list->count > 0 && i < list->at[0].nspans; i++) {
		const struct kt_span *s = &list->at[0].spans[i];

		if (s->op != '=' && (said == NULL || s->note[0] != '\0'))
			said = s;
	}
	KT_STR(said == NULL ? "nothing" : kt_span_class_name(said->class),
	    m->class);
	KT_STR(said == NULL ? "" : said->note, m->note);
	kt_buf_release(&x);
	kt_buf_release(&y);
}

static void
test_the_strength_of_a_norm_is_named(void)
{
	static const struct meaning table[] = {
		{ "課長は、点検しなければならない。",
		    "課長は、点検することができる。", "modality", "義務→許容" },
		{ "課長は、点検しなければならない。",
		    "課長は、点検するよう努めなければならない。", "modality",
		    "義務→努力義務" },
		{ "課長は、点検するものとする。",
		    "課長は、点検することが望ましい。", "modality",
		    "原則→推奨" },
		{ "職員は、複製してはならない。",
		    "職員は、複製することができる。", "modality", "禁止→許容" },
		{ "期間を延長することができる。",
		    "期間を延長することができない。", "modality", "許容→不可" },
		{ "同意したものとみなす。", "同意したものと推定する。",
		    "modality", "みなし→推定" },
		{ "結果を記録する。", "結果を記録しなければならない。",
		    "modality", "平叙→義務" },
		/* Another verb of the same strength. */
		{ "課長は、点検しなければならない。",
		    "課長は、修理しなければならない。", "substance", "" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_quantities_are_named(void)
{
	static const struct meaning table[] = {
		{ "30日以内に届け出る。", "60日以内に届け出る。", "quantity",
		    "30日→60日" },
		{ "10人以上の職員", "10人を超える職員", "quantity",
		    "以上の→を超える" },
		{ "保存する期間は、5年とする。", "保存する期間は、5月とする。",
		    "quantity", "5年→5月" },
		{ "通知の日から起算して10日", "通知の日から10日", "quantity",
		    "起算して→" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_who_acts_is_named(void)
{
	static const struct meaning table[] = {
		{ "細目は、課長が定める。", "細目は、部長が定める。", "actor",
		    "課長→部長" },
		{ "統括情報セキュリティ責任者は、計画を定める。",
		    "CISOは、計画を定める。", "actor",
		    "統括情報セキュリティ責任者→CISO" },
		{ "全部を公開する。", "一部を公開する。", "substance", "" },
		{ "局又は課が保管する。", "局が保管する。", "substance", "" },
		{ "総務課が保管する。", "人事課が保管する。", "actor",
		    "総務課→人事課" },
		{ "事務所の所在地を記す。", "事業所の所在地を記す。",
		    "substance", "" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_notation_is_proved_or_it_is_substance(void)
{
	static const struct meaning table[] = {
		{ "情報の取扱いを定める。", "情報の取り扱いを定める。",
		    "notation", "" },
		{ "サーバーを置く。", "サーバを置く。", "notation", "" },
		{ "１０人の委員", "10人の委員", "notation", "" },
		{ "職員および委員", "職員及び委員", "notation", "" },
		{ "変更するときの状態", "変更する時の状態", "substance", "" },
		{ "この規定による。", "この規程による。", "substance", "" },
		{ "図面その他の資料", "図面その他資料", "substance", "" },
		{ "本人同意を得る。", "本人の同意を得る。", "substance", "" },
		{ "十分な時間", "10分な時間", "substance", "" },
		{ "廃棄を行う。", "廃棄を行わない。", "substance", "" },
	};

	for (size_t i = 0; i < KT_COUNT(table); i++)
		check_meaning(&table[i]);
}

static void
test_a_changed_definition_is_flagged(void)
{
	compare("article 第1条\n paragraph ||課等　局に置かれる課をいう。\n",
	    "article 第1条\n paragraph ||課等　局に置かれる課又は室をいう。\n");
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_DEFINITION);
}

static CU_TestInfo class_tests[] = {
	{ "the strength of a norm is named",
	    test_the_strength_of_a_norm_is_named },
	{ "quantities are named", test_quantities_are_named },
	{ "who acts is named", test_who_acts_is_named },
	{ "notation is proved, else it is substance",
	    test_notation_is_proved_or_it_is_substance },
	{ "a changed definition is flagged",
	    test_a_changed_definition_is_flagged },
	CU_TEST_INFO_NULL,
};

/* ---- bounds
 * ---------------------------------------------------------------------------------
 */

#define SECONDS_MOST 60 /* of processor time, under sanitizers too */

static void
add_article(struct kt_doc *doc, unsigned number, const char *text, size_t n)
{
	struct kt_node *article = kt_doc_add(doc, doc->root, KT_ARTICLE);
	struct kt_node *paragraph = kt_doc_add(doc, article, KT_PARAGRAPH);
	char label[32];

	snprintf(label, sizeof(label), "第%u条", number);
	kt_node_label(doc, article, label);
	kt_node_text(doc, paragraph, text, n);
}

static void
run_bounded(void)
{
	clock_t start = clock();

	kt_doc_finish(old_doc);
	kt_doc_finish(new_doc);
	kt_diff(&list, old_doc, new_doc, diag);
	CU_ASSERT(clock() - start < SECONDS_MOST * CLOCKS_PER_SEC);
}

static void
fresh(void)
{
	drop();
	kt_diag_clear(diag);
	old_doc = kt_doc_new("old.md");
	new_doc = kt_doc_new("new.md");
}

static void
test_twelve_thousand_equal_articles(void)
{
	const char *text = "課長は、完結した文書を書庫に収めなければならない。";

	fresh();
	for (unsigned i = 1; i <= 12000; i++)
		add_article(old_doc, i, text, strlen(text));
	for (unsigned i = 1; i <= 12001; i++)
		add_article(new_doc, i, text, strlen(text));
	run_bounded();
	KT_NUM(list->count, 1);
	KT_NUM(list->sum[KT_ADDED], 1);
}

static void
test_twelve_thousand_articles_alike(void)
{
	struct kt_buf text = KT_BUF_INIT;

	fresh();
	for (unsigned i = 1; i <= 12000; i++) {
		kt_buf_clear(&text);
		kt_buf_printf(&text,
		    "課長は、完結した文書を第%u書庫に収めなければならない。",
		    i);
		add_article(old_doc, i, text.p, text.len);
		kt_buf_clear(&text);
		kt_buf_printf(&text,
		    "課長は、完結した文書を第%u書庫に収めることができる。", i);
		add_article(new_doc, i, text.p, text.len);
	}
	run_bounded();
	KT_NUM(list->sum[KT_ADDED], 0);
	KT_NUM(list->sum[KT_MOVED], 0);
	kt_buf_release(&text);
}

/* A number as characters that no other number shares. */
static void
put_word(struct kt_buf *out, uint32_t n)
{
	for (int i = 0; i < 3; i++, n /= 1000)
		kt_utf8_put(out, 0x4e00 + n % 1000);
}

static void
test_a_paragraph_of_five_megabytes(void)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;

	fresh();
	for (uint32_t i = 0; x.len < 5000000; i++) {
		put_word(&x, i * 7919 % 1000003);
		put_word(&y, i * 7919 % 1000003);
		kt_buf_puts(&x, i % 9 == 0 ? "。" : "を");
		kt_buf_puts(&y, i % 9 == 0 ? "。" : "を");
		if (i % 5000 == 7)
			kt_buf_puts(&y, "加えた");
	}
	add_article(old_doc, 1, x.p, x.len);
	add_article(new_doc, 1, y.p, y.len);
	run_bounded();
	KT_NUM(list->count, 1);
	CU_ASSERT_EQUAL(kt_changes_prove(list, diag), KT_OK);
	kt_buf_release(&x);
	kt_buf_release(&y);
}

/* The same words in another order: no shortest script within the bound. */
static void
test_a_limit_that_was_reached_is_said(void)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;

	fresh();
	for (uint32_t i = 0; i < 60000; i++) {
		kt_utf8_put(&x, 0x4e00 + i * 7919 % 997);
		kt_utf8_put(&y, 0x4e00 + i * 104729 % 991);
		kt_buf_puts(&x, "、");
		kt_buf_puts(&y, "、");
	}
	add_article(old_doc, 1, x.p, x.len);
	add_article(new_doc, 1, y.p, y.len);
	run_bounded();
	CU_ASSERT_EQUAL_FATAL(list->count, 1);
	CU_ASSERT(list->at[0].flags & KT_FL_LIMIT);
	KT_NUM(list->limits, 1);
	CU_ASSERT_EQUAL_FATAL(kt_diag_count(diag), 1);
	CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, KT_M_DIFF_LIMIT);
	CU_ASSERT_EQUAL(kt_changes_prove(list, diag), KT_OK);
	kt_buf_release(&x);
	kt_buf_release(&y);
}

static void
add_items(struct kt_doc *doc, uint32_t first, uint32_t step)
{
	struct kt_node *article = kt_doc_add(doc, doc->root, KT_ARTICLE);
	struct kt_node *top = kt_doc_add(doc, article, KT_PARAGRAPH);
	struct kt_buf b = KT_BUF_INIT;

	kt_node_label(doc, article, "第1条");
	kt_node_text(doc, top, "次のとおり", 15);
	for (uint32_t i = 0; i < 100000; i++) {
		struct kt_node *item = kt_doc_add(doc, top, KT_BULLET);

		kt_buf_clear(&b);
		put_word(&b, first + i * step);
		kt_node_text(doc, item, b.p, b.len);
	}
	kt_buf_release(&b);
}

static void
test_a_hundred_thousand_items(void)
{
	fresh();
	add_items(old_doc, 1, 1);
	add_items(new_doc, 5, 1);
	run_bounded();
	KT_NUM(list->sum[KT_ADDED], 4);
	KT_NUM(list->sum[KT_DELETED], 4);
	fresh();
	add_items(old_doc, 0, 1);
	add_items(new_doc, 500000, 1);
	run_bounded();
}

static void
add_rows(struct kt_doc *doc, uint32_t changed)
{
	struct kt_node *top = kt_doc_add(doc, doc->root, KT_APPENDIX);
	struct kt_node *table = kt_doc_add(doc, top, KT_TABLE);
	struct kt_buf b = KT_BUF_INIT;

	kt_node_label(doc, top, "別表第1");
	for (uint32_t i = 0; i < 10000; i++) {
		struct kt_node *row = kt_doc_add(doc, table, KT_ROW);

		for (uint32_t k = 0; k < 3; k++) {
			struct kt_node *cell = kt_doc_add(doc, row, KT_CELL);

			kt_buf_clear(&b);
			put_word(
			    &b, k == 2 && i % 3 == 0 ? i + changed : i * 3 + k);
			kt_node_text(doc, cell, b.p, b.len);
		}
	}
	kt_buf_release(&b);
}

static void
test_a_table_of_ten_thousand_rows(void)
{
	fresh();
	add_rows(old_doc, 0);
	add_rows(new_doc, 900000);
	run_bounded();
	KT_NUM(list->count, 3334);
	KT_NUM(list->sum[KT_MODIFIED], 3334);
}

static void
test_nothing_in_common(void)
{
	struct kt_buf b = KT_BUF_INIT;

	fresh();
	for (unsigned i = 0; i < 6000; i++) {
		for (int side = 0; side < 2; side++) {
			kt_buf_clear(&b);
			for (uint32_t k = 0; k < 30; k++)
				put_word(
				    &b, i * 31 + k + (side == 0 ? 0 : 500000));
			add_article(
			    side == 0 ? old_doc : new_doc, i + 1, b.p, b.len);
		}
	}
	run_bounded();
	KT_NUM(list->sum[KT_ADDED] + list->sum[KT_MODIFIED], 6000);
	kt_buf_release(&b);
}

static void
test_an_empty_document_against_a_full_one(void)
{
	compare("", A1 B("2"));
	KT_NUM(list->sum[KT_ADDED], 2);
	compare(A1 B("2"), "");
	KT_NUM(list->sum[KT_DELETED], 2);
	compare("", "");
	KT_NUM(list->count, 0);
}

static CU_TestInfo bound_tests[] = {
	{ "12,000 equal articles", test_twelve_thousand_equal_articles },
	{ "12,000 articles alike", test_twelve_thousand_articles_alike },
	{ "a paragraph of 5 MB", test_a_paragraph_of_five_megabytes },
	{ "a limit that was reached is said",
	    test_a_limit_that_was_reached_is_said },
	{ "100,000 items", test_a_hundred_thousand_items },
	{ "a table of 10,000 rows", test_a_table_of_ten_thousand_rows },
	{ "nothing in common", test_nothing_in_common },
	{ "an empty document against a full one",
	    test_an_empty_document_against_a_full_one },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "numbers and places", begin, end, NULL, NULL, number_tests },
		{ "one and several", begin, end, NULL, NULL, group_tests },
		{ "references", begin, end, NULL, NULL, reference_tests },
		{ "headings", begin, end, NULL, NULL, heading_tests },
		{ "below an article", begin, end, NULL, NULL, inside_tests },
		{ "words", begin, end, NULL, NULL, word_tests },
		{ "classes", begin, end, NULL, NULL, class_tests },
		{ "bounds", begin, end, NULL, NULL, bound_tests },
		CU_SUITE_INFO_NULL,
	};

	seen = (struct kt_buf)KT_BUF_INIT;
	return kt_test_main(suites);
}
