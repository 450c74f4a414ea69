/* SPDX-License-Identifier: MIT */
/* 新旧対照表 as rows of cells, and its proof. */
#include "kt_test.h"

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

static struct kt_diag *diag;
static struct kt_doc *old, *new;
static struct kt_changes *list;
static struct kt_table *table;
static struct kt_table_how how;

static void
begin(void)
{
	diag = kt_diag_new();
	how = (struct kt_table_how){ .title = "" };
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
	kt_diag_free(diag);
}

static struct kt_doc *
read_text(const char *name, const char *text)
{
	struct kt_doc *doc = NULL;

	KT_NUM(kt_read_markdown(&doc, name, text, strlen(text), diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(doc);
	return doc;
}

static struct kt_doc *
read_file(const char *path)
{
	struct kt_doc *doc = NULL;

	KT_NUM(kt_read_file(&doc, path, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(doc);
	return doc;
}

/* Lay out what is in old and new, and prove it. */
static void
lay_out(void)
{
	kt_diff(&list, old, new, diag);
	KT_NUM(kt_table_new(&table, list, &how, diag), KT_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(table);
	KT_NUM(kt_table_prove(table, list, &how, diag), KT_OK);
}

/* ---- pictures -------------------------------------------------------- */

static void
show_line(struct kt_buf *out, const struct kt_text_line *line)
{
	bool open = false;

	for (size_t i = 0; i < line->nruns; i++) {
		bool changed = (line->runs[i].marks & KT_RUN_CHANGED) != 0;

		if (changed != open)
			kt_buf_putc(out, changed ? '[' : ']');
		open = changed;
		kt_buf_put(out, line->runs[i].text, line->runs[i].len);
	}
	if (open)
		kt_buf_putc(out, ']');
}

static void
show_grid(struct kt_buf *out, const struct kt_grid *grid)
{
	for (size_t i = 0; i < grid->nrows; i++) {
		kt_buf_puts(out, i == 0 ? "{" : ";");
		for (size_t k = 0; k < grid->rows[i].ncells; k++) {
			const struct kt_grid_cell *cell =
			    &grid->rows[i].cells[k];

			kt_buf_puts(out, k == 0 ? "" : ",");
			for (size_t n = 0; n < cell->nlines; n++)
				show_line(out, &cell->lines[n]);
		}
	}
	kt_buf_putc(out, '}');
}

static void
show_cell(struct kt_buf *out, const struct kt_table_cell *cell)
{
	for (size_t i = 0; i < cell->nlines; i++)
		show_line(out, &cell->lines[i]);
	if (cell->grid != NULL)
		show_grid(out, cell->grid);
}

/* A line a row; cells with | between them, what is marked in [ ]. */
static void
show(struct kt_buf *out)
{
	for (size_t i = 0; i < table->nrows; i++) {
		for (unsigned k = 0; k < table->profile->columns; k++) {
			kt_buf_puts(out, k == 0 ? "" : "|");
			show_cell(out, &table->rows[i].cell[k]);
		}
		kt_buf_putc(out, '\n');
	}
}

/* The table of two texts without their title, as a picture. */
static void
check(const char *before, const char *after, const char *want)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT, got = KT_BUF_INIT;
	const char *first;

	kt_buf_printf(&a, "# 規程\n\n%s", before);
	kt_buf_printf(&b, "# 規程\n\n%s", after);
	old = read_text("old.md", a.p);
	new = read_text("new.md", b.p);
	lay_out();
	show(&got);
	first = strchr(got.p, '\n');
	KT_STR(first == NULL ? "" : first + 1, want);
	kt_buf_release(&a);
	kt_buf_release(&b);
	kt_buf_release(&got);
	clear();
}

/* ---- what is shown --------------------------------------------------- */

#define ART(n, caption, text) "## 第" n "条（" caption "）\n\n" text "\n\n"
#define P(n, text) n "　" text "\n\n"
#define A "市長は、情報資産を適切に管理し、その状況を毎年度公表する。"
#define B "職員は、上司の許可を得なければ端末を持ち出してはならない。"
#define C "委員会は、委員長及び委員五人以内で組織し、随時に会議を開く。"
#define D "この規程の施行に関し必要な事項は、別に定めるところによる。"
#define E "システム管理者は、記録を三年間保存しなければならない。"

static void
test_changed_words_are_marked_on_both_sides(void)
{
	check(ART("1", "管理", A) ART("2", "持出し", B),
	    ART("1", "管理", A) ART("2", "持出し",
		"職員は、上司の承認を得なければ端末を持ち出してはならない。"),
	    "第1条　（略）|第1条　（略）\n"
	    "（持出し）|（持出し）\n"
	    "第2条　職員は、上司の[承認]"
	    "を得なければ端末を持ち出してはならない。|"
	    "第2条　職員は、上司の[許可]"
	    "を得なければ端末を持ち出してはならない。\n");
}

static void
test_equal_clauses_are_named_by_the_first_and_the_last(void)
{
	check(ART("1", "甲", A) ART("2", "乙", B) ART("3", "丙",
		  C "\n\n" P("2", D) P("3", B) P("4", A)
		      P("5", "三日以内に届け出る。")),
	    ART("1", "甲", A) ART("2", "乙", B) ART("3", "丙",
		C "\n\n" P("2", D) P("3", B) P("4", A)
		    P("5", "五日以内に届け出る。")),
	    "第1条・第2条　（略）|第1条・第2条　（略）\n"
	    "（丙）|（丙）\n"
	    "第3条　（略）|第3条　（略）\n"
	    "2～4　（略）|2～4　（略）\n"
	    "5　[五日]以内に届け出る。|5　[三日]以内に届け出る。\n");
}

static void
test_items_are_left_out_likewise(void)
{
	check(ART("1", "甲",
		  C "\n\n- (1)　" A "\n- (2)　" B "\n- (3)　" E "\n- (4)　" D
		    "\n"),
	    ART("1", "甲",
		C "\n\n- (1)　" A "\n- (2)　" B
		  "\n- (3)　システム管理者は、記録を五年間保存しなければな"
		  "らない。\n- (4)　" D "\n"),
	    "（甲）|（甲）\n"
	    "第1条　（略）|第1条　（略）\n"
	    "(1)・(2)　（略）|(1)・(2)　（略）\n"
	    "(3)　システム管理者は、記録を[五年間]保存しなければならない。|"
	    "(3)　システム管理者は、記録を[三年間]保存しなければならない。\n"
	    "(4)　（略）|(4)　（略）\n");
}

static void
test_what_is_new_and_what_is_gone_stands_alone(void)
{
	check(ART("1", "甲", A) ART("2", "乙", B "\n\n" P("2", E)),
	    ART("1", "甲", A "\n\n" P("2", D)) ART("2", "乙", B),
	    "（甲）|（甲）\n"
	    "第1条　（略）|第1条　（略）\n"
	    "[2　" D "]|（新設）\n"
	    "（乙）|（乙）\n"
	    "第2条　（略）|第2条　（略）\n"
	    "（削る）|[2　" E "]\n");
}

static void
test_numbers_that_moved_on_are_marked(void)
{
	check(ART("1", "甲", A) ART("2", "乙", B) ART("3", "丙", C),
	    ART("1", "甲", A) ART("2", "新", D) ART("3", "乙", B)
		ART("4", "丙", C),
	    "第1条　（略）|第1条　（略）\n"
	    "[（新）]|（新設）\n"
	    "[第2条　" D "]|\n"
	    "[第3条・第4条]　（略）|[第2条・第3条]　（略）\n");
}

static void
test_a_reference_that_follows_is_shown(void)
{
	check(ART("1", "甲", A) ART("2", "乙", B) ART(
		  "3", "丙", "前条の規定は、第2条の許可について準用する。" D),
	    ART("1", "甲", A) ART("2", "新", C) ART("3", "乙", B)
		ART("4", "丙", "前条の規定は、第3条の許可について準用する。" D),
	    "第1条　（略）|第1条　（略）\n"
	    "[（新）]|（新設）\n"
	    "[第2条　" C "]|\n"
	    "[第3条]　（略）|[第2条]　（略）\n"
	    "（丙）|（丙）\n"
	    "[第4条]　前条の規定は、[第3条]の許可について準用する。" D
	    "|[第3条]　前条の規定は、[第2条]の許可について準用する。" D "\n");
}

static void
test_a_caption_alone_may_change(void)
{
	check(ART("1", "情報の管理", A) ART("2", "乙", B),
	    ART("1", "資産の管理", A) ART("2", "乙", B),
	    "（[資産]の管理）|（[情報]の管理）\n"
	    "第1条　（略）|第1条　（略）\n"
	    "第2条　（略）|第2条　（略）\n");
}

static void
test_chapters_are_named_or_left_out_whole(void)
{
	check("## 第1章　総則\n\n#" ART("1", "甲", A) "## 第2章　管理\n\n#" ART(
		  "2", "乙", B) "## 第3章　雑則\n\n#" ART("3", "丙", D),
	    "## 第1章　総則\n\n#" ART("1", "甲", A) "## 第2章　体制\n\n#" ART(
		"2", "乙", B) "## 第3章　雑則\n\n#" ART("3", "丙", D),
	    "第1章　（略）|第1章　（略）\n"
	    "第2章　[体制]|第2章　[管理]\n"
	    "第2条　（略）|第2条　（略）\n"
	    "第3章　（略）|第3章　（略）\n");
}

static void
test_supplementary_provisions_and_tables_have_rows(void)
{
	check(ART("1", "甲", A) "## 附則\n\n" D "\n\n"
				"## 別表第1（第1条関係）\n\n"
				"| 区分 | 額 |\n|---|---|\n| 一 | 10円 |\n"
				"| 二 | 20円 |\n| 三 | 30円 |\n",
	    ART("1", "甲", A) "## 附則\n\n" D "\n\n"
			      "## 別表第1（第1条関係）\n\n"
			      "| 区分 | 額 |\n|---|---|\n| 一 | 10円 |\n"
			      "| 二 | 25円 |\n| 三 | 30円 |\n| 四 | 40円 |\n",
	    "第1条　（略）|第1条　（略）\n"
	    "附則　（略）|附則　（略）\n"
	    "別表第1（第1条関係）|別表第1（第1条関係）\n"
	    "{区分,額;（略）;二,[25円];（略）;[四],[40円]}|"
	    "{区分,額;（略）;二,[20円];（略）;（新設）}\n");
}

static void
test_a_moved_clause_is_named_at_both_places(void)
{
	check("## 第1章　総則\n\n#" ART("1", "甲", A) "#" ART(
		  "2", "例外", E) "#" ART("3", "乙",
		  B) "## 第2章　雑則\n\n#" ART("4", "丙", C),
	    "## 第1章　総則\n\n#" ART("1", "甲", A) "#" ART(
		"2", "乙", B) "## 第2章　雑則\n\n#" ART("3", "丙",
		C) "#" ART("4", "例外", E),
	    "第1章　総則|第1章　総則\n"
	    "第1条　（略）|第1条　（略）\n"
	    "（第4条へ移動）|[第2条]　（略）\n"
	    "[第2条]　（略）|[第3条]　（略）\n"
	    "第2章　雑則|第2章　雑則\n"
	    "[第3条]　（略）|[第4条]　（略）\n"
	    "[第4条]　（略）|（第2条から移動）\n");
}

/* Where moved clauses stand beside what they were, so does what was taken out
 * of them. */
static void
test_what_is_gone_from_a_moved_clause_goes_along(void)
{
	how.profile = kt_profile_find("houshikisho");
	check(ART("1", "例外", A "\n\n- 申請した者の氏名\n- 使用の期間\n\n")
		  ART("2", "乙", B) ART("3", "丙", C),
	    ART("1", "乙", B) ART("2", "丙", C)
		ART("3", "例外", A "\n\n- 申請した者の氏名\n\n"),
	    "[第1条・第2条]　［略］|[第2条・第3条]　［略］\n"
	    "（[例外]）|（[例外]）\n"
	    "[第3条]　［略］|[第1条]　［略］\n"
	    "［略］|［略］\n"
	    "|・[使用の期間]\n");
	how.profile = NULL;
}

static void
test_parts_of_a_split_stand_beside_what_they_were(void)
{
	check(ART("1", "総則", D) ART(
		  "2", "管理及び保存", A "\n\n" P("2", B) P("3", E) P("4", C)),
	    ART("1", "総則", D) ART("2", "管理", A "\n\n" P("2", B))
		ART("3", "保存", E "\n\n" P("2", C)),
	    "第1条　（略）|第1条　（略）\n"
	    "（管理）|（管理[及び保存]）\n"
	    "第2条　（略）|第2条　（略）\n"
	    "2　（略）|2　（略）\n"
	    "[（保存）]|\n"
	    "[第3条]　（略）|[3]　（略）\n"
	    "[2]　（略）|[4]　（略）\n");
}

static void
test_parts_of_a_split_heading_do_too(void)
{
	check("## 1　管理\n\n### (1)　管理及び保存\n\n- ア　" A "\n- イ　" B
	      "\n- ウ　" E "\n- エ　" C "\n",
	    "## 1　管理\n\n### (1)　管理の方法\n\n- ア　" A "\n- イ　" B
	    "\n\n### (2)　保存\n\n- ア　" E "\n- イ　" C "\n",
	    "1　管理|1　管理\n"
	    "(1)　管理[の方法]|(1)　管理[及び保存]\n"
	    "ア・イ　（略）|ア・イ　（略）\n"
	    "[(2)　保存]|\n"
	    "[ア・イ]　（略）|[ウ・エ]　（略）\n");
}

static void
test_equal_texts_are_all_left_out(void)
{
	check(ART("1", "甲", A) ART("2", "乙", B) "## 附則\n\n" D "\n",
	    ART("1", "甲", A) ART("2", "乙", B) "## 附則\n\n" D "\n",
	    "第1条・第2条　（略）|第1条・第2条　（略）\n"
	    "附則　（略）|附則　（略）\n");
}

static void
test_kanji_numbers_stay_as_they_are_written(void)
{
	check("## 第一条\n\n" A "\n\n## 第二条\n\n" B "\n\n## 第三条\n\n" E
	      "\n",
	    "## 第一条\n\n" A "\n\n## 第二条\n\n" B "\n\n## "
	    "第三条\n\nシステム管理者は、記録を五年間保存しなければならない。"
	    "\n",
	    "第一条・第二条　（略）|第一条・第二条　（略）\n"
	    "第三条　システム管理者は、記録を[五年間]保存しなければならない。|"
	    "第三条　システム管理者は、記録を[三年間]"
	    "保存しなければならない。\n");
}

static void
test_profiles_differ_in_order_and_columns(void)
{
	how.profile = kt_profile_find("kyu-hidari");
	check(ART("1", "甲", A), ART("1", "甲", A "\n\n" P("2", D)),
	    "（甲）|（甲）\n"
	    "第1条　（略）|第1条　（略）\n"
	    "（新設）|[2　" D "]\n");
	how.profile = kt_profile_find("three-column");
	check(ART("1", "甲", A "\n\n" P("2", D)), ART("1", "甲", A),
	    "（甲）|（甲）|\n"
	    "第1条　（略）|第1条　（略）|\n"
	    "（削除）|[2　" D "]|削除\n");
}

static void
test_an_unknown_profile_is_refused(void)
{
	CU_ASSERT_PTR_NULL(kt_profile_find("none"));
	for (size_t i = 0; kt_profile_name(i) != NULL; i++)
		CU_ASSERT_PTR_NOT_NULL(kt_profile_find(kt_profile_name(i)));
}

static void
test_commentary_can_stay_out(void)
{
	static const char *const text[] = { "## 1　管理\n\n" A
					    "\n\n> 【解説】旧の説明\n",
		"## 1　管理\n\n" A "\n\n> 【解説】新の説明\n" };

	check(text[0], text[1],
	    "1　管理|1　管理\n（略）|（略）\n"
	    "【解説】[新]の説明|【解説】[旧]の説明\n");
	how.without_commentary = true;
	check(text[0], text[1], "1　（略）|1　（略）\n");
}

/* ---- the proof ------------------------------------------------------- */

static const char *const policies[] = { "kanri-kitei.md", "taisaku-kijun.md" };

static void
read_policy(const char *name)
{
	char path[128];

	clear();
	snprintf(path, sizeof(path), "policies/%s", name);
	old = read_file(path);
	snprintf(path, sizeof(path), "policies/revised/%s", name);
	new = read_file(path);
	lay_out();
}

/* Every line of every cell, those of tables inside included. */
static struct kt_text_line *
line_at(size_t n)
{
	for (size_t i = 0; i < table->nrows; i++)
		for (unsigned k = 0; k < 2; k++) {
			struct kt_table_cell *cell = &table->rows[i].cell[k];

			if (n < cell->nlines)
				return &cell->lines[n];
			n -= cell->nlines;
			for (size_t r = 0;
			     cell->grid != NULL && r < cell->grid->nrows; r++)
				for (size_t c = 0;
				     c < cell->grid->rows[r].ncells; c++) {
					struct kt_grid_cell *g =
					    &cell->grid->rows[r].cells[c];

					if (n < g->nlines)
						return &g->lines[n];
					n -= g->nlines;
				}
		}
	return NULL;
}

static bool
is_proved(void)
{
	kt_diag_clear(diag);
	return kt_table_prove(table, list, &how, diag) == KT_OK;
}

static void
check_found(bool proved, const struct kt_text_line *line, const char *what)
{
	struct kt_buf words = KT_BUF_INIT;

	if (proved) {
		show_line(&words, line);
		printf("\n    not found: %s in \"%s\"\n", what, words.p);
		kt_buf_release(&words);
	}
	CU_ASSERT(!proved);
	KT_NUM(kt_diag_count(diag), proved ? 0 : 1);
}

static void
test_no_word_of_a_cell_can_be_falsified(void)
{
	struct kt_text_line *line;

	for (size_t p = 0; p < KT_COUNT(policies); p++) {
		read_policy(policies[p]);
		for (size_t n = 0; (line = line_at(n)) != NULL; n++) {
			struct kt_run *run = &line->runs[n % line->nruns];
			const char *kept = run->text;
			uint32_t len = run->len;

			run->text = "偽";
			run->len = 3;
			check_found(is_proved(), line, "another word");
			run->text = kept;
			run->len = 0;
			check_found(is_proved(), line, "a missing word");
			run->len = len;
		}
		CU_ASSERT(is_proved());
	}
}

static void
test_no_mark_can_be_taken_or_given(void)
{
	struct kt_text_line *line;

	for (size_t p = 0; p < KT_COUNT(policies); p++) {
		read_policy(policies[p]);
		for (size_t n = 0; (line = line_at(n)) != NULL; n++) {
			struct kt_run *run = &line->runs[n % line->nruns];

			if ((run->marks & KT_RUN_SIGN) != 0 ||
			    line->says == KT_SAYS_REMARK)
				continue;
			run->marks ^= KT_RUN_CHANGED;
			check_found(is_proved(), line, "a mark");
			run->marks ^= KT_RUN_CHANGED;
		}
	}
}

/* Does a cell hold words of the document? */
static bool
has_words(const struct kt_table_cell *cell)
{
	return cell->grid != NULL ||
	       (cell->nlines > 0 && cell->lines[0].says != KT_SAYS_REMARK);
}

/* What is only gone and what is only new have no order between them. */
static bool
have_order(const struct kt_table_row *a, const struct kt_table_row *b)
{
	return (has_words(&a->cell[0]) && has_words(&b->cell[0])) ||
	       (has_words(&a->cell[1]) && has_words(&b->cell[1]));
}

static void
test_no_row_can_be_left_out_or_put_elsewhere(void)
{
	for (size_t p = 0; p < KT_COUNT(policies); p++) {
		read_policy(policies[p]);
		for (size_t i = 0; i + 1 < table->nrows; i++) {
			struct kt_table_row *row = &table->rows[i];
			struct kt_table_row kept = row[0];

			row[0] = (struct kt_table_row){ .with_next = false };
			CU_ASSERT(!is_proved());
			row[0] = row[1];
			row[1] = kept;
			CU_ASSERT(is_proved() != have_order(&row[0], &row[1]));
			row[1] = row[0];
			row[0] = kept;
		}
		CU_ASSERT(is_proved());
	}
}

static void
test_the_sides_cannot_change_places(void)
{
	read_policy(policies[0]);
	for (size_t i = 0; i < table->nrows; i++) {
		struct kt_table_cell kept = table->rows[i].cell[0];

		table->rows[i].cell[0] = table->rows[i].cell[1];
		table->rows[i].cell[1] = kept;
	}
	CU_ASSERT(!is_proved());
}

/* （略） over a clause that differs, with all that belongs to such a cell. */
static void
test_what_differs_cannot_be_left_out(void)
{
	static const char words[] = "　（略）";
	struct kt_text_line *line[2];

	old = read_text("a", "# 規程\n\n" ART("1", "甲", A) ART("2", "乙", B));
	new =
	    read_text("b", "# 規程\n\n" ART("1", "甲", A) ART("2", "乙", E B));
	lay_out();
	KT_NUM(table->nrows, 4);
	for (unsigned k = 0; k < 2; k++) {
		line[k] = &table->rows[3].cell[k].lines[0];
		line[k]->says = KT_SAYS_OMITTED;
		line[k]->nruns = 2;
		line[k]->runs[1] = (struct kt_run){ .text = words,
			.len = sizeof(words) - 1,
			.marks = KT_RUN_SIGN,
			.ruby = "",
			.link = "" };
	}
	CU_ASSERT(!is_proved());
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_TABLE_OMITTED);
	KT_STR(kt_diag_get(diag, 0)->at.clause, "第2条");
}

int
main(void)
{
	CU_TestInfo rows[] = {
		{ "changed words are marked on both sides",
		    test_changed_words_are_marked_on_both_sides },
		{ "equal clauses are named by the first and the last",
		    test_equal_clauses_are_named_by_the_first_and_the_last },
		{ "items are left out likewise",
		    test_items_are_left_out_likewise },
		{ "what is new and what is gone stands alone",
		    test_what_is_new_and_what_is_gone_stands_alone },
		{ "numbers that moved on are marked",
		    test_numbers_that_moved_on_are_marked },
		{ "a reference that follows is shown",
		    test_a_reference_that_follows_is_shown },
		{ "a caption alone may change",
		    test_a_caption_alone_may_change },
		{ "chapters are named or left out whole",
		    test_chapters_are_named_or_left_out_whole },
		{ "supplementary provisions and tables have rows",
		    test_supplementary_provisions_and_tables_have_rows },
		{ "a moved clause is named at both places",
		    test_a_moved_clause_is_named_at_both_places },
		{ "what is gone from a moved clause goes along",
		    test_what_is_gone_from_a_moved_clause_goes_along },
		{ "parts of a split stand beside what they were",
		    test_parts_of_a_split_stand_beside_what_they_were },
		{ "parts of a split heading do too",
		    test_parts_of_a_split_heading_do_too },
		{ "equal texts are all left out",
		    test_equal_texts_are_all_left_out },
		{ "kanji numbers stay as they are written",
		    test_kanji_numbers_stay_as_they_are_written },
		{ "profiles differ in order and columns",
		    test_profiles_differ_in_order_and_columns },
		{ "an unknown profile is refused",
		    test_an_unknown_profile_is_refused },
		{ "commentary can stay out", test_commentary_can_stay_out },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo proof[] = {
		{ "no word of a cell can be falsified",
		    test_no_word_of_a_cell_can_be_falsified },
		{ "no mark can be taken or given",
		    test_no_mark_can_be_taken_or_given },
		{ "no row can be left out or put elsewhere",
		    test_no_row_can_be_left_out_or_put_elsewhere },
		{ "the sides cannot change places",
		    test_the_sides_cannot_change_places },
		{ "what differs cannot be left out",
		    test_what_differs_cannot_be_left_out },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "table: rows", NULL, NULL, begin, end, rows },
		{ "table: proof", NULL, NULL, begin, end, proof },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
