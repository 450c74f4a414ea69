/* SPDX-License-Identifier: MIT */
/*
 * PDF: lines and paragraphs, tables, margins, vertical writing, what is
 * refused, broken files, and the real ones.  Skipped where the helper that
 * reads PDF was not built.
 */
#include "kt_picture.h"
#include "mutate.h"
#include "small_pdf.h"

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

static struct kt_diag *diag;
static struct small_pdf pdf;
static struct kt_buf bytes;

static int
begin(void)
{
	diag = kt_diag_new();
	bytes = (struct kt_buf)KT_BUF_INIT;
	return 0;
}

static int
end(void)
{
	kt_diag_free(diag);
	kt_buf_release(&bytes);
	return 0;
}

static bool
is_there(void)
{
	struct kt_buf what = KT_BUF_INIT;
	bool data, works = kt_pdf_works(&what, &data) && data;

	if (!works)
		printf("\n    skipped: kaitei-pdf or poppler-data absent\n");
	kt_buf_release(&what);
	return works;
}

/* Ends the file in the making and compares what is read of it. */
static void
check(const char *want)
{
	struct kt_doc *doc = NULL;
	struct kt_buf got = KT_BUF_INIT;

	kt_diag_clear(diag);
	kt_buf_clear(&bytes);
	small_pdf_end(&pdf, &bytes);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read(&doc, "a.pdf", bytes.p, bytes.len, diag), KT_OK);
	kt_buf_printf(&got, "%s: ", doc->root->caption);
	for (const struct kt_node *at = doc->root->first; at != NULL;
	     at = at->next)
		kt_test_picture(&got, at, true);
	KT_STR(got.p, want);
	kt_buf_release(&got);
	kt_doc_free(doc);
}

static bool
was_told(enum kt_msg_id id)
{
	for (size_t i = 0; i < kt_diag_count(diag); i++)
		if (kt_diag_get(diag, i)->id == id)
			return true;
	return false;
}

/* Lines of 12 points, 20 apart, from the left margin of 72 points. */
static void
lines(const char *const *text, size_t n, double top)
{
	for (size_t i = 0; i < n; i++) {
		double indent = 0;

		if (strncmp(text[i], "　", strlen("　")) == 0)
			indent = 12;
		small_pdf_text(&pdf, 72 + indent, top + (double)i * 20, 12,
		    text[i] + (indent > 0 ? strlen("　") : 0));
	}
}

/* ---- text -------------------------------------------------------------- */

static void
test_lines_become_clauses(void)
{
	static const char *const text[] = {
		"（目的）",
		"第１条　この規程は、本市の情報資産の取扱いについて必要な事項を"
		"定",
		"　めることを目的とする。",
		"２　市長は、次に掲げる事項を行うものとする。",
		"　(1)　情報資産の分類",
		"　(2)"
		"　前号に掲げるもののほか、情報資産の管理に必要な措置であっ",
		"　て市長が定めるもの",
		"第２条　市長は、別に定める。",
	};

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報管理規程");
	lines(text, KT_COUNT(text), 130);
	check(
	    "見本市情報管理規程: (article 第１条{目的}(paragraph この規程は、"
	    "本市の情報資産の取扱いについて必要な事項を定めることを目的とする。"
	    ")(paragraph ２ 市長は、次に掲げる事項を行うものとする。(item (1) "
	    "情報資産の分類)(item (2) 前号に掲げるもののほか、情報資産の管理に"
	    "必要な措置であって市長が定めるもの)))(article 第２条(paragraph "
	    "市長は、別に定める。))");
}

static void
test_heads_feet_and_contents_are_left_out_and_paragraphs_go_on(void)
{
	static const char *const first[] = {
		"第１条　この規程は、本市の情報資産の取扱いについて必要な事項を"
		"定",
	};
	static const char *const second[] = {
		"　めることを目的とする。",
		"第２条　市長は、別に定める。",
	};
	static const char *const toc[] = {
		"第１条　目的………………………………………………………………１",
		"第２条　委任………………………………………………………………２",
		"第３条　雑則………………………………………………………………３",
		"第４条　補則………………………………………………………………３",
	};

	if (!is_there())
		return;
	for (unsigned page = 0; page < 3; page++) {
		char number[16];

		snprintf(number, sizeof(number), "- %u -", page + 1);
		small_pdf_page(&pdf);
		small_pdf_text(&pdf, 400, 40, 9, "情報管理規程");
		small_pdf_text(&pdf, 280, 810, 10, number);
		if (page == 0)
			lines(toc, KT_COUNT(toc), 100);
		else if (page == 1)
			lines(first, KT_COUNT(first), 740);
		else
			lines(second, KT_COUNT(second), 100);
	}
	check(": (article 第１条(paragraph この規程は、本市の情報資産の取扱いに"
	      "ついて必要な事項を定めることを目的とする。))(article 第２条("
	      "paragraph 市長は、別に定める。))");
	CU_ASSERT(was_told(KT_M_PDF_MARGINS));
	CU_ASSERT(was_told(KT_M_PDF_CONTENTS));
}

/* The last words of a page reach down beside its number. */
static void
test_a_page_number_beside_words_is_left_out(void)
{
	static const char *const numbers[] = { "1", "2", "3", "4" };
	static const char *const words[] = { "見本", "甲とする。", "乙とする。",
		"丙とする。" };

	if (!is_there())
		return;
	for (int page = 0; page < 4; page++) {
		small_pdf_page(&pdf);
		small_pdf_text(&pdf, 72, 80, 12, words[page]);
		if (page == 2)
			small_pdf_text(
			    &pdf, 72, 806, 6, "小さな字で書いた最後の行");
		small_pdf_text(&pdf, 520, 800, 12, numbers[page]);
	}
	check(
	    "見本: (preamble(text 甲とする。)(text 乙とする。)(text 小さな字で"
	    "書いた最後の行)(text 丙とする。))");
}

static void
test_contents_say_what_the_headings_are(void)
{
	static const char *const toc[] = {
		"目次",
		"１　目的…………………………………………………………………２",
		"　(1)　範囲………………………………………………………………２",
		"２　台帳、公表及び見直し………………………………………………２",
		"３　雑則…………………………………………………………………２",
	};
	static const char *const text[] = {
		"１　目的",
		"　(1)　範囲",
		"　　この基準は、本市の情報資産に適用する。",
		"２　台帳、公表及び見直し",
		"　　市長は、台帳を公表する。",
	};

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報基準");
	lines(toc, KT_COUNT(toc), 120);
	small_pdf_page(&pdf);
	lines(text, KT_COUNT(text), 100);
	check("見本市情報基準: (headed １{目的}(headed (1){範囲}(text "
	      "この基準は、"
	      "本市の情報資産に適用する。)))(headed ２{台帳、公表及び見直し}"
	      "(text 市長は、台帳を公表する。))");
}

/* The text of three pieces of 項番, its headings set by `put`. */
static void
koban_page(
    void (*put)(struct small_pdf *, double, double, double, const char *))
{
	static const char *const heads[] = { "(1)　機器の管理",
		"(2)　記録の管理" };
	static const char *const below[] = {
		"　職員は、機器を適切に管理し、異常を報告すること。",
		"　職員は、記録を一年の間、適切に保存すること。",
	};

	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報基準");
	put(&pdf, 72, 120, 12, "１　管理");
	for (unsigned i = 0; i < 2; i++) {
		put(&pdf, 72, 150 + i * 60, 12, heads[i]);
		lines(&below[i], 1, 170 + i * 60);
	}
}

#define KOBAN_WANT                                                                           \
	"見本市情報基準: (headed １{管理}(headed (1){機器の管理}(text "       \
	"職員は、機器を適切に管理し、異常を報告すること。))(headed " \
	"(2){記録の管理}(text 職員は、記録を一年の間、適切に保存すること。)))"

static void
test_headings_of_koban_are_known_by_their_face(void)
{
	if (!is_there())
		return;
	koban_page(small_pdf_heavy);
	check(KOBAN_WANT);
}

static void
test_headings_of_koban_are_known_by_what_stands_below(void)
{
	if (!is_there())
		return;
	koban_page(small_pdf_text);
	check(KOBAN_WANT);
}

/* Entries of a list, all in one face, none with a text below. */
static void
test_a_list_in_a_heavy_face_is_no_row_of_headings(void)
{
	static const char *const text[] = {
		"　職員は、次に掲げる物を適切に管理し、異常を報告すること。",
	};

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報基準");
	small_pdf_heavy(&pdf, 72, 120, 12, "１　管理");
	lines(text, 1, 140);
	small_pdf_heavy(&pdf, 84, 160, 12, "(1)　端末");
	small_pdf_heavy(&pdf, 84, 180, 12, "(2)　媒体");
	check("見本市情報基準: (headed １{管理}(text 職員は、次に掲げる物を"
	      "適切に管理し、異常を報告すること。)(item (1) 端末)(item (2) "
	      "媒体))");
}

static void
test_the_outline_says_what_the_headings_are(void)
{
	static const char *const text[] = {
		"(1)　端末",
		"(2)　職員が家から持ち込む物",
		"基本の考え方",
		"市長は、別に定める。",
	};

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報基準");
	small_pdf_head(&pdf, "(1) 端末");
	small_pdf_head(&pdf, "(2) 職員が家から持ち込む物");
	small_pdf_head(&pdf, "基本の考え方");
	lines(text, KT_COUNT(text), 120);
	check("見本市情報基準: (headed (1){端末})(headed (2){職員が家から"
	      "持ち込む物})(topic{基本の考え方}(text 市長は、別に定める。))");
}

static void
test_commentary_goes_on_to_the_end_of_its_frame(void)
{
	static const double x[] = { 70, 500 }, y[] = { 110, 160 };
	static const char *const text[] = {
		"【解説】背景は、次のとおりである。",
		"　国の指針が改められた。",
		"　この基準は、市長その他の執行機関の職員に適用する。",
	};

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報基準");
	small_pdf_grid(&pdf, x, 2, y, 2);
	lines(text, KT_COUNT(text), 130);
	check(
	    "見本市情報基準: (preamble(commentary{解説}(text 背景は、次のとおり"
	    "である。)(text 国の指針が改められた。))(text この基準は、市長"
	    "その他の執行機関の職員に適用する。))");
}

static void
test_a_form_with_a_head_and_empty_rows_is_a_table(void)
{
	static const double x[] = { 72, 200, 330 },
			    y[] = { 100, 130, 160, 190 };

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 80, 18, "見本市情報様式");
	small_pdf_grid(&pdf, x, 3, y, 4);
	small_pdf_text(&pdf, 76, 120, 12, "名称");
	small_pdf_text(&pdf, 204, 120, 12, "数量");
	check("見本市情報様式: (preamble(table(row head(cell 名称)(cell "
	      "数量))(row"
	      "(cell)(cell))(row(cell)(cell))))");
}

static void
test_letters_set_apart_are_closed_up(void)
{
	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 72, 80, 12, "第１条　市長は、次による。");
	small_pdf_text(&pdf, 300, 120, 12, "総");
	small_pdf_text(&pdf, 330, 120, 12, "務");
	small_pdf_text(&pdf, 360, 120, 12, "大");
	small_pdf_text(&pdf, 390, 120, 12, "臣");
	check(": (article 第１条(paragraph 市長は、次による。)(paragraph "
	      "総務大臣))");
}

static void
test_marks_and_footnotes_are_kept(void)
{
	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 72, 80, 12, "第１条　市長は、これを有する。");
	small_pdf_text(&pdf, 252, 75, 6, "1");
	small_pdf_rule(&pdf, 120, 82.5, 168, 82.5);
	small_pdf_text(&pdf, 72, 100, 12, "第２条　市長は、別に定める。");
	small_pdf_rule(&pdf, 72, 740, 200, 740);
	small_pdf_text(&pdf, 72, 756, 6, "1");
	small_pdf_text(&pdf, 78, 760, 9, "これとは、別に定めるものをいう。");
	check(": (article 第１条(paragraph 市長は、これを有する。1 [1 市長は、]"
	      " [2 1]))(article 第２条(paragraph 市長は、別に定める。(note 1 "
	      "これとは、別に定めるものをいう。)))");
}

/* ---- tables ------------------------------------------------------------ */

static void
test_ruled_tables_keep_merged_cells_and_go_on_over_pages(void)
{
	static const double x[] = { 72, 172, 372, 472 };
	static const double y[] = { 100, 130, 160, 190 };

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 72, 80, 12, "別表第１");
	small_pdf_rule(&pdf, 72, 100, 472, 100);
	small_pdf_rule(&pdf, 172, 130, 472, 130);
	small_pdf_rule(&pdf, 72, 160, 472, 160);
	small_pdf_rule(&pdf, 72, 100, 72, 160);
	small_pdf_rule(&pdf, 172, 100, 172, 160);
	small_pdf_rule(&pdf, 372, 130, 372, 160);
	small_pdf_rule(&pdf, 472, 100, 472, 160);
	small_pdf_text(&pdf, 80, 135, 12, "区分");
	small_pdf_text(&pdf, 180, 120, 12, "取扱い");
	small_pdf_text(&pdf, 180, 150, 12, "庁内");
	small_pdf_text(&pdf, 380, 150, 12, "庁外");
	small_pdf_page(&pdf);
	small_pdf_grid(&pdf, x, 4, y, 4);
	small_pdf_text(&pdf, 80, 120, 12, "機密性３");
	small_pdf_text(&pdf, 180, 120, 12, "限る");
	small_pdf_text(&pdf, 380, 120, 12, "禁止");
	small_pdf_text(&pdf, 80, 150, 12, "機密性２");
	small_pdf_text(&pdf, 80, 180, 12, "機密性１");
	check(": (appendix 別表第１(table(row(cell 1x2 区分)(cell 2x1 取扱い))"
	      "(row(cell 庁内)(cell 庁外))(row(cell 機密性３)(cell 限る)(cell "
	      "禁止))(row(cell 機密性２)(cell)(cell))(row(cell 機密性１)(cell)"
	      "(cell))))");
}

static void
fill(const char *grey, double x, double y, double width, double height)
{
	kt_buf_printf(&pdf.page[pdf.pages - 1],
	    "%s g %.2f %.2f %.2f %.2f re f 0 g\n", grey, x,
	    SMALL_PDF_HEIGHT - y - height, width, height);
}

/* Cells that only their colours and the white between them tell; white on
 * white is nothing. */
static void
test_white_rules_between_colours_are_those_of_a_table(void)
{
	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 60, 18, "見本");
	fill("0.2", 72, 100, 100, 120);
	fill("0.9", 172, 100, 300, 120);
	kt_buf_puts(&pdf.page[0], "1 G\n");
	for (double y = 124; y < 220; y += 24)
		small_pdf_rule(&pdf, 72, y, 472, y);
	small_pdf_rule(&pdf, 172, 100, 172, 220);
	small_pdf_rule(&pdf, 72, 320, 472, 320);
	small_pdf_rule(&pdf, 172, 300, 172, 340);
	kt_buf_puts(&pdf.page[0], "0 G\n");
	for (int row = 0; row < 5; row++) {
		static const char *const words[] = { "一", "二", "三", "四",
			"五" };

		small_pdf_text(&pdf, 80, 117 + 24 * row, 12, words[row]);
		small_pdf_text(&pdf, 180, 117 + 24 * row, 12, "説明の文");
	}
	small_pdf_text(&pdf, 80, 316, 12, "左の語");
	small_pdf_text(&pdf, 180, 316, 12, "右の語");
	check("見本: (preamble(table(row head(cell 一)(cell "
	      "説明の文))(row(cell 二)(cell 説明の文"
	      "))(row(cell 三)(cell 説明の文))(row(cell 四)(cell 説明の文))"
	      "(row(cell 五)(cell 説明の文)))(text 左の語　右の語))");
}

/* A frame around two rows stands out by its own width. */
static void
test_a_frame_around_cells_is_no_column(void)
{
	static const double x[] = { 72, 172, 372 };
	static const double y[] = { 100, 130, 160, 190 };

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 60, 18, "見本");
	small_pdf_grid(&pdf, x, 3, y, 4);
	small_pdf_rule(&pdf, 68, 127, 376, 127);
	small_pdf_rule(&pdf, 68, 194, 376, 194);
	small_pdf_rule(&pdf, 68, 127, 68, 194);
	small_pdf_rule(&pdf, 376, 127, 376, 194);
	for (int row = 0; row < 3; row++) {
		small_pdf_text(&pdf, 80, 120 + 30 * row, 12, "語");
		small_pdf_text(&pdf, 180, 120 + 30 * row, 12, "説明の文");
	}
	check("見本: (preamble(table(row head(cell 語)(cell "
	      "説明の文))(row(cell 語)(cell 説明の文"
	      "))(row(cell 語)(cell 説明の文))))");
}

/* ---- vertical writing -------------------------------------------------- */

/* 現行制度 upright beside a paragraph is read before it. */
static void
test_an_upright_label_does_not_part_a_sentence(void)
{
	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 200, 40, 18, "見本");
	small_pdf_text(&pdf, 72, 60, 12, "前の段落である。");
	small_pdf_text(
	    &pdf, 120, 100, 12, "市長は、次に掲げる事項を定めるとともに");
	small_pdf_text(
	    &pdf, 120, 116, 12, "必要な措置を講じ、その結果をまとめて、");
	small_pdf_text(&pdf, 120, 132, 12, "公表しなければならない。");
	small_pdf_text(&pdf, 90, 112, 12, "現");
	small_pdf_text(&pdf, 90, 124, 12, "行");
	small_pdf_text(&pdf, 90, 136, 12, "制");
	check("見本: (preamble(text 前の段落である。)(text 現行制)(text "
	      "市長は、次に掲げる"
	      "事項を定めるとともに必要な措置を講じ、その結果をまとめて、公表"
	      "しなければならない。))");
}

static void
test_vertical_pages_are_read_from_right_to_left(void)
{
	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_down(&pdf, 500, 60, 12,
	    "第一条　この規程は、本市の情報資産の取扱いについて必要な事項を定め"
	    "ることを目的"
	    "とし、市長が別に定めるものを除");
	small_pdf_down(&pdf, 480, 72, 12, "くものとする。");
	small_pdf_down(&pdf, 460, 60, 12, "２　市長は、別に定める。");
	small_pdf_text(&pdf, 290, 820, 10, "1");
	check(
	    ": (article 第一条(paragraph この規程は、本市の情報資産の取扱いに"
	    "ついて必要な事項を定めることを目的とし、市長が別に定めるものを除く"
	    "ものとする。)(paragraph ２ 市長は、別に定める。))");
}

/* ---- refused ----------------------------------------------------------- */

static void
check_refused(const char *p, size_t n, enum kt_msg_id id)
{
	struct kt_doc *doc = NULL;

	kt_diag_clear(diag);
	CU_ASSERT_NOT_EQUAL(kt_read_pdf(&doc, "a.pdf", p, n, diag), KT_OK);
	CU_ASSERT_PTR_NULL(doc);
	CU_ASSERT_FATAL(kt_diag_count(diag) > 0);
	KT_NUM(kt_diag_get(diag, 0)->id, id);
}

static void
test_what_is_no_text_is_refused(void)
{
	static const char rest[] = "%PDF-1.7\nこれは違う";

	if (!is_there())
		return;
	check_refused(rest, strlen(rest), KT_M_PDF_DAMAGED);
	small_pdf_page(&pdf);
	small_pdf_rule(&pdf, 10, 10, 100, 100);
	kt_buf_clear(&bytes);
	small_pdf_end(&pdf, &bytes);
	check_refused(bytes.p, bytes.len, KT_M_PDF_NO_TEXT);
}

static void
test_an_encrypted_file_is_refused(void)
{
	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 72, 80, 12, "第１条　秘密");
	pdf.trailer =
	    "/Encrypt<</Filter/Standard/V 1/R 2/P -4"
	    "/O<00000000000000000000000000000000000000000000000000000000"
	    "00000000>/U<1111111111111111111111111111111111111111111111"
	    "111111111111111111>>>/ID[<00><00>]";
	kt_buf_clear(&bytes);
	small_pdf_end(&pdf, &bytes);
	pdf.trailer = NULL;
	check_refused(bytes.p, bytes.len, KT_M_PDF_ENCRYPTED);
}

static void
test_too_many_pages_are_refused(void)
{
	struct kt_buf many = KT_BUF_INIT;
	const unsigned pages = 2100;

	if (!is_there())
		return;
	kt_buf_printf(&many,
	    "%%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	    "2 0 obj<</Type/Pages/Count %u/Kids[",
	    pages);
	for (unsigned i = 0; i < pages; i++)
		kt_buf_printf(&many, "%u 0 R ", i + 3);
	kt_buf_puts(&many, "]>>endobj\n");
	for (unsigned i = 0; i < pages; i++)
		kt_buf_printf(&many,
		    "%u 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
		    "endobj\n",
		    i + 3);
	kt_buf_printf(
	    &many, "trailer<</Root 1 0 R/Size %u>>\n%%%%EOF\n", pages + 3);
	check_refused(many.p, many.len, KT_M_PDF_PAGES);
	kt_buf_release(&many);
}

static void
test_broken_files_are_read_or_refused(void)
{
	struct kt_buf broken = KT_BUF_INIT, md = KT_BUF_INIT;
	static const double x[] = { 72, 172, 372 }, y[] = { 200, 230, 260 };
	unsigned ended = 0;

	if (!is_there())
		return;
	small_pdf_page(&pdf);
	small_pdf_text(&pdf, 72, 80, 12, "第１条　市長は、別に定める。");
	small_pdf_grid(&pdf, x, 3, y, 3);
	small_pdf_text(&pdf, 80, 220, 12, "区分");
	kt_buf_clear(&bytes);
	small_pdf_end(&pdf, &bytes);
	for (uint32_t seed = 1; seed <= 30; seed++) {
		struct kt_doc *doc = NULL;
		int rc;

		kt_diag_clear(diag);
		kt_mutate(&broken, bytes.p, bytes.len, seed * 104729);
		rc = kt_read_pdf(&doc, "a.pdf", broken.p, broken.len, diag);
		kt_buf_clear(&md);
		if (rc == KT_OK)
			CU_ASSERT_EQUAL(
			    kt_write_markdown(&md, doc, diag), KT_OK);
		if (rc != KT_OK)
			CU_ASSERT(kt_diag_errors(diag) > 0);
		kt_doc_free(doc);
		ended++;
	}
	KT_NUM(ended, 30);
	kt_buf_release(&broken);
	kt_buf_release(&md);
}

/* ---- real files -------------------------------------------------------- */

static const struct {
	const char *file, *title;
	unsigned clauses; /* 条, 項, 号, 項番 and headings, at least */
	unsigned tables;
} real[] = {
	{ "soumu-reiwa8-shorei-80.pdf",
	    "地方自治法施行規則の一部を改正する省令", 3, 1 },
	{ "soumu-tuchi-r6-244.pdf",
	    "地方自治法の一部を改正する法律の公布及び施行について（通知）", 57,
	    0 },
	{ "soumu-tuchi-r8-shorei.pdf",
	    "地方自治法施行規則の一部を改正する省令の公布等について（通知）",
	    20, 1 },
	{ "soumu-gl-r7-3.pdf", NULL, 25, 3 },
	{ "soumu-shishin-an-r7-3-4.pdf", NULL, 8, 1 },
};

static bool
has_text(const struct kt_doc *doc, const char *text)
{
	for (size_t i = 0; i < doc->count; i++)
		if (strcmp(doc->nodes[i]->text, text) == 0)
			return true;
	return false;
}

static void
check_real(size_t i)
{
	char path[256];
	struct kt_buf file = KT_BUF_INIT, html = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	unsigned clauses = 0, tables = 0;

	snprintf(path, sizeof(path), "%s/pdf/%s", KT_DATA, real[i].file);
	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&file, path, KT_READ_MAX, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read(&doc, path, file.p, file.len, diag), KT_OK);
	if (real[i].title != NULL)
		KT_STR(doc->root->caption, real[i].title);
	for (size_t k = 0; k < doc->count; k++) {
		enum kt_kind kind = doc->nodes[k]->kind;

		clauses += kind >= KT_PART && kind <= KT_APPENDIX;
		tables += kind == KT_TABLE;
	}
	CU_ASSERT(clauses >= real[i].clauses);
	CU_ASSERT(tables >= real[i].tables);
	/* Slides that are drawings say so, and a shape's words are one. */
	if (i == 3) {
		CU_ASSERT(was_told(KT_M_PDF_DRAWING));
		CU_ASSERT(has_text(doc,
		    "都道府県と市区町村が協力して、自治体情報セキュリティ"
		    "クラウドを構築し、高度なセキュリティ対策を実施"));
	}
	if (i == 0) {
		CU_ASSERT_EQUAL(kt_pdf_report(&html, path, file.p, file.len,
				    doc, KT_JA, diag),
		    KT_OK);
		CU_ASSERT_PTR_NOT_NULL(
		    strstr(html.p, "data:image/png;base64,iVBOR"));
	}
	kt_doc_free(doc);
	kt_buf_release(&file);
	kt_buf_release(&html);
}

static void
test_real_files_have_their_titles_clauses_and_tables(void)
{
	if (!is_there() || !kt_test_data("pdf"))
		return;
	for (size_t i = 0; i < KT_COUNT(real); i++)
		check_real(i);
}

int
main(void)
{
	CU_TestInfo text[] = {
		{ "lines become clauses", test_lines_become_clauses },
		{ "heads, feet and contents are left out, paragraphs go on",
		    test_heads_feet_and_contents_are_left_out_and_paragraphs_go_on },
		{ "contents say what the headings are",
		    test_contents_say_what_the_headings_are },
		{ "headings of 項番 are known by their face",
		    test_headings_of_koban_are_known_by_their_face },
		{ "headings of 項番 are known by what stands below",
		    test_headings_of_koban_are_known_by_what_stands_below },
		{ "a list in a heavy face is no row of headings",
		    test_a_list_in_a_heavy_face_is_no_row_of_headings },
		{ "the outline says what the headings are",
		    test_the_outline_says_what_the_headings_are },
		{ "commentary goes on to the end of its frame",
		    test_commentary_goes_on_to_the_end_of_its_frame },
		{ "a form with a head and empty rows is a table",
		    test_a_form_with_a_head_and_empty_rows_is_a_table },
		{ "letters set apart are closed up",
		    test_letters_set_apart_are_closed_up },
		{ "marks and footnotes are kept",
		    test_marks_and_footnotes_are_kept },
		{ "ruled tables keep merged cells and go on over pages",
		    test_ruled_tables_keep_merged_cells_and_go_on_over_pages },
		{ "white rules between colours are those of a table",
		    test_white_rules_between_colours_are_those_of_a_table },
		{ "a frame around cells is no column",
		    test_a_frame_around_cells_is_no_column },
		{ "an upright label does not part a sentence",
		    test_an_upright_label_does_not_part_a_sentence },
		{ "a page number beside words is left out",
		    test_a_page_number_beside_words_is_left_out },
		{ "vertical pages are read from right to left",
		    test_vertical_pages_are_read_from_right_to_left },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo refused[] = {
		{ "what is no text is refused",
		    test_what_is_no_text_is_refused },
		{ "an encrypted file is refused",
		    test_an_encrypted_file_is_refused },
		{ "too many pages are refused",
		    test_too_many_pages_are_refused },
		{ "broken files are read or refused",
		    test_broken_files_are_read_or_refused },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo files[] = {
		{ "real files have their titles, clauses and tables",
		    test_real_files_have_their_titles_clauses_and_tables },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "pdf text", begin, end, NULL, NULL, text },
		{ "pdf refused", begin, end, NULL, NULL, refused },
		{ "pdf real", begin, end, NULL, NULL, files },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
