/* SPDX-License-Identifier: MIT */
/* Layouts of 新旧対照表: what an enacting table marks and shows, the files of
 * houses, the column of remarks. */
#include "kt_test.h"

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>
#include <kaitei/yaml.h>

static struct kt_diag *diag;
static struct kt_doc *old, *new;
static struct kt_changes *list;
static struct kt_table *table;
static struct kt_table_how how;
static struct kt_reasons *reasons;
static struct kt_arena *arena;

static void
begin(void)
{
	diag = kt_diag_new();
	arena = kt_arena_new();
	how = (struct kt_table_how){ .title = "",
		.profile = kt_profile_find("houshikisho") };
}

static void
clear(void)
{
	kt_table_free(table);
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
	table = NULL;
	list = NULL;
	old = new = NULL;
	kt_diag_clear(diag);
}

static void
end(void)
{
	clear();
	kt_reasons_free(reasons);
	reasons = NULL;
	kt_arena_free(arena);
	kt_diag_free(diag);
}

static void
read_both(const char *before, const char *after)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	kt_buf_printf(&a, "# 規程\n\n%s", before);
	kt_buf_printf(&b, "# 規程\n\n%s", after);
	KT_NUM(kt_read_markdown(&old, "old.md", a.p, a.len, diag), KT_OK);
	KT_NUM(kt_read_markdown(&new, "new.md", b.p, b.len, diag), KT_OK);
	kt_buf_release(&a);
	kt_buf_release(&b);
	kt_diff(&list, old, new, diag);
}

/* ---- pictures -------------------------------------------------------- */

/* 傍線 in [ ], 二重傍線 in = =, 破線 in { }. */
static void
show_run(struct kt_buf *out, const struct kt_run *run)
{
	bool boxed = (run->marks & KT_RUN_BOX) != 0;
	bool target = (run->marks & KT_RUN_TARGET) != 0;
	bool changed = (run->marks & KT_RUN_CHANGED) != 0;

	kt_buf_puts(out, boxed ? "{" : target ? "=" : changed ? "[" : "");
	kt_buf_put(out, run->text, run->len);
	kt_buf_puts(out, boxed ? "}" : target ? "=" : changed ? "]" : "");
}

static void
show_line(struct kt_buf *out, const struct kt_text_line *line)
{
	for (size_t i = 0; i < line->nruns; i++)
		show_run(out, &line->runs[i]);
}

static void
show_cell(struct kt_buf *out, const struct kt_table_cell *cell)
{
	for (size_t i = 0; i < cell->nlines; i++) {
		kt_buf_puts(out, i == 0 ? "" : "／");
		show_line(out, &cell->lines[i]);
	}
	for (size_t i = 0; cell->grid != NULL && i < cell->grid->nrows; i++) {
		const struct kt_grid_row *row = &cell->grid->rows[i];

		kt_buf_puts(out, row->boxed ? "<" : "");
		for (size_t k = 0; k < row->ncells; k++)
			for (size_t n = 0; n < row->cells[k].nlines; n++)
				show_line(out, &row->cells[k].lines[n]);
		kt_buf_puts(out, row->boxed ? ">;" : ";");
	}
}

static void
show(struct kt_buf *out)
{
	for (size_t i = 0; i < table->nrows; i++) {
		if (table->rows[i].hidden)
			continue;
		for (unsigned k = 0; k < table->profile->columns; k++) {
			kt_buf_puts(out, k == 0 ? "" : "|");
			show_cell(out, &table->rows[i].cell[k]);
		}
		kt_buf_putc(out, '\n');
	}
}

static void
check(const char *before, const char *after, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	read_both(before, after);
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(table);
	KT_NUM(kt_table_prove(table, list, &how, diag), KT_OK);
	show(&got);
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

#define ART(n, caption, text) "## 第" n "条（" caption "）\n\n" text "\n\n"
#define P(n, text) n "　" text "\n\n"
#define A "市長は、情報資産を適切に管理し、その状況を毎年度公表する。"
#define B "職員は、上司の許可を得なければ端末を持ち出してはならない。"
#define C "委員会は、委員長及び委員五人以内で組織し、随時に会議を開く。"
#define D "この規程の施行に関し必要な事項は、別に定めるところによる。"

/* ---- 方式書 ---------------------------------------------------------- */

/* comparison-table.md §7. */
static void
test_the_example_of_the_form_comes_out(void)
{
	check(ART("1", "目的", A) ART("4", "持出し",
		  "職員は、端末機を庁外に持ち出すときは、許可を受けなければ"
		  "ならない。\n\n" P("2", "前項の許可は、課長が行う。")),
	    ART("1", "目的", A) ART("4", "持出し",
		"職員は、業務用端末を庁外に持ち出すときは、許可を受けな"
		"ければならない。\n\n" P(
		    "2", "前項の許可は、1週間を限度とする。")
		    P("3", "前項の許可は、課長が行う。")),
	    "（持出し）|（持出し）\n"
	    "第4条　職員は、[業務用端末]を庁外に持ち出すときは、許可を受けな"
	    "ければならない。|第4条　職員は、[端末機]を庁外に持ち出すとき"
	    "は、許可を受けなければならない。\n"
	    "=2=　[前項の許可は、1週間を限度とする。]|［新設］\n"
	    "=3=　［略］|=2=　［略］\n");
	CU_ASSERT(table->marks.words && table->marks.added);
	CU_ASSERT(table->marks.moved && !table->marks.boxes);
	CU_ASSERT(!table->marks.deleted && !table->marks.rewritten);
}

static void
test_words_put_in_have_a_counterpart(void)
{
	check(ART("1", "甲", "許可を受ける。"),
	    ART("1", "甲", "事前に許可を受ける。"),
	    "（甲）|（甲）\n第1条　[事前に許可]を受ける。|第1条　[許可]を受け"
	    "る。\n");
	clear();
	check(ART("1", "甲", "許可を受ける"), ART("1", "甲", "許可を受ける。"),
	    "（甲）|（甲）\n第1条　許可を[受ける。]|第1条　許可を[受ける]\n");
}

static void
test_captions_and_tables_are_boxed(void)
{
	check(ART("1", "管理", A) "## 別表第1\n\n| 区分 | 額 |\n|---|---|\n"
				  "| 一 | 10円 |\n| 二 | 20円 |\n",
	    ART("1", "情報の管理", A) "## 別表第1\n\n| 区分 | 額 "
				      "|\n|---|---|\n"
				      "| 一 | 10円 |\n| 二 | 25円 |\n",
	    "{（}{情報の管理}{）}|{（}{管理}{）}\n"
	    "第1条　［略］|第1条　［略］\n"
	    "別表第1|別表第1\n"
	    "区分額;［略］;<{二}{25円}>;|区分額;［略］;<{二}{20円}>;\n");
	CU_ASSERT(table->marks.boxes && !table->marks.words);
}

static void
test_an_article_kept_as_deleted_is_rewritten(void)
{
	check(ART("1", "甲", A) ART("2", "乙", B),
	    ART("1", "甲", A) "## 第2条　削除\n",
	    "|（[乙]）\n=第2条=　[削除]|=第2条=　[" B "]\n");
	CU_ASSERT(table->marks.rewritten && !table->marks.deleted);
}

static void
test_a_paragraph_without_a_number_gets_one_in_brackets(void)
{
	check(ART("1", "甲", A "\n\n" P("2", B)),
	    ART("1", "甲", C "\n\n" P("2", A) P("3", B)),
	    "（甲）|（甲）\n"
	    "第1条　=［１］=　[" C "]|［新設］\n"
	    "=2=　［略］|第1条　=［１］=　［略］\n"
	    "=3=　［略］|=2=　［略］\n");
}

static void
test_a_clause_that_moved_stands_beside_where_it_was(void)
{
	static const char *const item[] = {
		"- (1)　システム管理者が保存する記録\n",
		"- (2)　委員会の議事録及び関係資料\n",
		"- (3)　市長が公表した実施状況の報告\n"
	};
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	kt_buf_printf(&a, "## 第1条\n\n次のとおりとする。\n\n%s%s%s", item[0],
	    item[1], item[2]);
	kt_buf_printf(&b, "## 第1条\n\n次のとおりとする。\n\n"
			  "- (1)　委員会の議事録及び関係資料\n"
			  "- (2)　市長が公表した実施状況の報告\n"
			  "- (3)　システム管理者が保存する記録\n");
	check(a.p, b.p,
	    "第1条　［略］|第1条　［略］\n"
	    "=(1)・(2)=　［略］|=(2)・(3)=　［略］\n"
	    "=(3)=　［略］|=(1)=　［略］\n");
	kt_buf_release(&a);
	kt_buf_release(&b);
}

static void
test_what_does_not_change_is_not_printed(void)
{
	check("## 第1章　総則\n\n#" ART("1", "甲", A) "## 第2章　管理\n\n#" ART(
		  "2", "乙", B) "#" ART("3", "丙", C) "## 附則\n\n" D "\n",
	    "## 第1章　総則\n\n#" ART("1", "甲", A) "## 第2章　管理\n\n#" ART(
		"2", "乙", B "\n\n" P("2", D)) "#" ART("3", "丙",
		C) "## 附則\n\n" D "\n",
	    "第2章　管理|第2章　管理\n"
	    "（乙）|（乙）\n"
	    "第2条　［略］|第2条　［略］\n"
	    "=2=　[" D "]|［新設］\n");
}

static void
test_no_kind_of_mark_can_be_left_unsaid(void)
{
	read_both(ART("1", "甲", A), ART("1", "甲", A "\n\n" P("2", D)));
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(table);
	KT_NUM(kt_table_prove(table, list, &how, diag), KT_OK);
	table->marks.added = false;
	KT_NUM(kt_table_prove(table, list, &how, diag), KT_EINPUT);
	table->marks.added = table->marks.boxes = true;
	KT_NUM(kt_table_prove(table, list, &how, diag), KT_EINPUT);
}

static void
test_no_change_can_be_hidden(void)
{
	read_both(ART("1", "甲", A), ART("1", "甲", A "\n\n" P("2", D)));
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(table);
	table->rows[table->nrows - 1].hidden = true;
	KT_NUM(kt_table_prove(table, list, &how, diag), KT_EINPUT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_TABLE_OMITTED);
}

/* ---- files ----------------------------------------------------------- */

static struct kt_profile own;

static int
read_profile(const char *text)
{
	struct kt_yaml *y = NULL;
	int rc;

	kt_diag_clear(diag);
	KT_NUM(kt_yaml_parse(&y, "own.yaml", text, strlen(text), diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(y);
	rc = kt_profile_read(&own, arena, y, kt_yaml_root(y), diag);
	how.profile = &own;
	kt_yaml_free(y);
	return rc;
}

static void
test_a_house_says_what_it_does_otherwise(void)
{
	KT_NUM(read_profile("base: kyu-hidari\nheadings: [新, 旧]\n"
			    "brackets: none\nadded: （加える）\n"
			    "omit_style: oyobi\n"),
	    KT_OK);
	check(ART("1", "甲", A) ART("2", "乙", B) ART("3", "丙", C),
	    ART("1", "甲", A) ART("2", "乙", B)
		ART("3", "丙", C "\n\n" P("2", D)),
	    "規程|規程\n"
	    "第1条及び第2条　略|第1条及び第2条　略\n"
	    "（丙）|（丙）\n"
	    "第3条　略|第3条　略\n"
	    "加える|[2][　][" D "]\n");
	KT_STR(own.head_new, "新");
	KT_STR(own.note_above, "（傍線部分は改正部分）");
}

static void
test_blanks_may_stand_for_missing_words(void)
{
	KT_NUM(read_profile("pad: fullwidth\n"), KT_OK);
	check(ART("1", "甲", "許可を受ける。"),
	    ART("1", "甲", "事前に許可を受ける。"),
	    "規程|規程\n（甲）|（甲）\n"
	    "第1条　[事前に]許可を受ける。|第1条　[　　　]許可を受ける。\n");
}

static void
test_every_value_is_checked(void)
{
	static const char *const bad[] = { "use: both\n", "order: left\n",
		"columns: 4\n", "marks: bold\n", "pad: yes\n", "moved: gone\n",
		"moved_from: から\n", "moved_to: 「%d」\n",
		"headings: 改正後\n", "headings: [甲]\n", "omitted: \"\"\n",
		"note_place: left\n", "gap: maybe\n", "rules: all\n",
		"remarks: long\n", "brackets: angle\n", "name: [甲]\n" };

	for (size_t i = 0; i < KT_COUNT(bad); i++) {
		KT_NUM(read_profile(bad[i]), KT_EINPUT);
		CU_ASSERT_FATAL(kt_diag_count(diag) > 0);
		KT_NUM(kt_diag_get(diag, 0)->id, KT_M_PROFILE_VALUE);
		KT_NUM(kt_diag_get(diag, 0)->at.line, 1);
	}
	KT_NUM(read_profile("colour: red\n"), KT_EINPUT);
	KT_NUM(read_profile("base: none\n"), KT_EUSAGE);
	KT_NUM(read_profile("houshikisho\n"), KT_OK);
	KT_STR(own.name, "houshikisho");
}

/* ---- remarks --------------------------------------------------------- */

static int
give_reasons(const char *text)
{
	kt_reasons_free(reasons);
	reasons = NULL;
	kt_diag_clear(diag);
	return kt_reasons_read(&reasons, "r.tsv", text, strlen(text), diag);
}

static void
test_reasons_stand_beside_their_clauses(void)
{
	how.profile = kt_profile_find("three-column");
	KT_NUM(give_reasons("# 理由\n\n第1条見出し\t名を改める。\n"
			    "第1条第2項\t足りないため。\r\n第2条\t要らない。"),
	    KT_OK);
	how.reasons = reasons;
	check(ART("1", "甲", A) ART("2", "乙", B) ART("3", "丙", "三日以内"),
	    ART("1", "丁", A "\n\n" P("2", D)) ART("2", "丙", "五日以内"),
	    "規程|規程|\n"
	    "（[丁]）|（[甲]）|変更（見出し）／名を改める。\n"
	    "第1条　（略）|第1条　（略）|\n"
	    "[2][　][" D "]|（新設）|追加／足りないため。\n"
	    "（削除）|[（][乙][）]|削除\n"
	    "|[第2条][　][" B "]|\n"
	    "（丙）|（丙）|\n"
	    "[第2条]　[五日]以内|[第3条]　[三日]以内|変更（数量・期限）／"
	    "要らない。\n");
}

static void
test_a_reason_without_a_change_is_refused(void)
{
	how.profile = kt_profile_find("three-column");
	read_both(ART("1", "甲", A) ART("2", "乙", B),
	    ART("1", "甲", A) ART("2", "乙", C));
	KT_NUM(give_reasons("第1条\t甲\n"), KT_OK);
	how.reasons = reasons;
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_EINPUT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_REASONS_UNUSED);
	KT_NUM(give_reasons("\n第9条\t甲\n"), KT_OK);
	how.reasons = reasons;
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_EINPUT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_REASONS_CLAUSE);
	KT_NUM(kt_diag_get(diag, 0)->at.line, 2);
	how.profile = NULL;
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_EUSAGE);
	CU_ASSERT_PTR_NULL(table);
}

static void
test_a_line_that_is_no_reason_is_refused(void)
{
	static const char *const bad[] = { "第1条 甲\n", "\t甲\n", "第1条\t",
		"第1条\t\xff\n" };

	for (size_t i = 0; i < KT_COUNT(bad); i++) {
		KT_NUM(give_reasons(bad[i]), KT_EINPUT);
		CU_ASSERT_PTR_NULL(reasons);
	}
}

/* ---- real texts ------------------------------------------------------ */

static void
prove_all(const char *before, const char *after)
{
	KT_NUM(kt_read_file(&old, before, diag), KT_OK);
	KT_NUM(kt_read_file(&new, after, diag), KT_OK);
	CU_ASSERT_FATAL(old != NULL && new != NULL);
	kt_diff(&list, old, new, diag);
	for (size_t i = 0; kt_profile_name(i) != NULL; i++) {
		how.profile = kt_profile_find(kt_profile_name(i));
		KT_NUM(kt_table_new(&table, list, &how, diag), KT_OK);
		if (kt_table_prove(table, list, &how, diag) != KT_OK) {
			printf("\n    %s: %s\n", after, kt_profile_name(i));
			CU_FAIL("not proved");
		}
		kt_table_free(table);
		table = NULL;
	}
	clear();
}

static void
test_every_profile_is_proved_on_real_texts(void)
{
	char before[96], after[96];

	prove_all("policies/kanri-kitei.md", "policies/revised/kanri-kitei.md");
	prove_all(
	    "policies/taisaku-kijun.md", "policies/revised/taisaku-kijun.md");
	if (!kt_test_data("egov-pairs"))
		return;
	for (int i = 1; i <= 216; i++) {
		snprintf(before, sizeof(before),
		    KT_DATA "/egov-pairs/%03d/before.xml", i);
		snprintf(after, sizeof(after),
		    KT_DATA "/egov-pairs/%03d/after.xml", i);
		prove_all(before, after);
	}
}

int
main(void)
{
	CU_TestInfo enacting[] = {
		{ "the example of the form comes out",
		    test_the_example_of_the_form_comes_out },
		{ "words put in have a counterpart",
		    test_words_put_in_have_a_counterpart },
		{ "captions and tables are boxed",
		    test_captions_and_tables_are_boxed },
		{ "an article kept as deleted is rewritten",
		    test_an_article_kept_as_deleted_is_rewritten },
		{ "a paragraph without a number gets one in brackets",
		    test_a_paragraph_without_a_number_gets_one_in_brackets },
		{ "a clause that moved stands beside where it was",
		    test_a_clause_that_moved_stands_beside_where_it_was },
		{ "what does not change is not printed",
		    test_what_does_not_change_is_not_printed },
		{ "no kind of mark can be left unsaid",
		    test_no_kind_of_mark_can_be_left_unsaid },
		{ "no change can be hidden", test_no_change_can_be_hidden },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo files[] = {
		{ "a house says what it does otherwise",
		    test_a_house_says_what_it_does_otherwise },
		{ "blanks may stand for missing words",
		    test_blanks_may_stand_for_missing_words },
		{ "every value is checked", test_every_value_is_checked },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo remarks[] = {
		{ "reasons stand beside their clauses",
		    test_reasons_stand_beside_their_clauses },
		{ "a reason without a change is refused",
		    test_a_reason_without_a_change_is_refused },
		{ "a line that is no reason is refused",
		    test_a_line_that_is_no_reason_is_refused },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo real[] = {
		{ "every profile is proved on real texts",
		    test_every_profile_is_proved_on_real_texts },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "profile: enacting", NULL, NULL, begin, end, enacting },
		{ "profile: files", NULL, NULL, begin, end, files },
		{ "profile: remarks", NULL, NULL, begin, end, remarks },
		{ "profile: real texts", NULL, NULL, begin, end, real },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
