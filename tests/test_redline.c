/* SPDX-License-Identifier: MIT */
/* Tracked changes: what they show, that both texts come back, that the files
 * are valid and the same every time. */
#include "kt_build.h"
#include "kt_parts.h"

#include <kaitei/diff.h>
#include <kaitei/ooxml.h>
#include <kaitei/read.h>
#include <kaitei/write.h>
#include <kaitei/xml.h>

#include <unistd.h>

#define DOCUMENT "word/document.xml"

static struct kt_diag *diag;
static struct kt_doc *old, *new;
static struct kt_changes *list;
static struct kt_buf out;

static void
begin(void)
{
	diag = kt_diag_new();
	out = (struct kt_buf)KT_BUF_INIT;
	old = new = NULL;
	list = NULL;
}

static void
drop(void)
{
	kt_changes_free(list);
	kt_doc_free(old);
	kt_doc_free(new);
	list = NULL;
	old = new = NULL;
	kt_buf_clear(&out);
	kt_diag_clear(diag);
}

static void
end(void)
{
	drop();
	kt_buf_release(&out);
	kt_diag_free(diag);
}

static const struct kt_redline plain = { .author = NULL };

static void
compare(const char *before, const char *after)
{
	drop();
	old = kt_build(before);
	new = kt_build(after);
	kt_diff(&list, old, new, diag);
}

/* ---- the document part --------------------------------------------------- */

/* The change a node stands for, as a sign. */
static char
sign_of(const struct kt_xnode *n)
{
	static const struct {
		const char *name;
		char sign;
	} signs[] = { { "ins", '+' }, { "del", '-' }, { "moveFrom", '<' },
		{ "moveTo", '>' } };

	for (size_t i = 0; n != NULL && i < KT_COUNT(signs); i++)
		if (kt_xnode_is(n, signs[i].name))
			return signs[i].sign;
	return 0;
}

static char
sign_in(const struct kt_xnode *n, const char *properties)
{
	const struct kt_xnode *at = kt_xnode_child(n, properties);

	if (at != NULL && strcmp(properties, "pPr") == 0)
		at = kt_xnode_child(at, "rPr");
	if (at != NULL)
		at = kt_xnode_elem(at);
	while (at != NULL && sign_of(at) == 0)
		at = kt_xnode_next_elem(at);
	return sign_of(at);
}

/* 甲[-乙][+丙] and, in the end, the sign of what happens to the paragraph. */
static void
show_paragraph(struct kt_buf *got, const struct kt_xnode *p)
{
	const struct kt_xnode *at = kt_xnode_elem(p);
	char mark = sign_in(p, "pPr");

	for (; at != NULL; at = kt_xnode_next_elem(at)) {
		const struct kt_xnode *in = at;

		if (kt_xnode_is(at, "hyperlink"))
			in = kt_xnode_elem(at);
		if (kt_xnode_is(in, "pPr"))
			continue;
		if (sign_of(in) != 0)
			kt_buf_printf(got, "[%c", sign_of(in));
		kt_xnode_words(got, in);
		if (sign_of(in) != 0)
			kt_buf_putc(got, ']');
	}
	if (mark != 0)
		kt_buf_printf(got, " %c", mark);
	kt_buf_putc(got, '\n');
}

static void
show_row(struct kt_buf *got, const struct kt_xnode *row)
{
	char mark = sign_in(row, "trPr");

	for (const struct kt_xnode *c = kt_xnode_elem(row); c != NULL;
	     c = kt_xnode_next_elem(c)) {
		if (!kt_xnode_is(c, "tc"))
			continue;
		kt_buf_puts(got, "| ");
		for (const struct kt_xnode *p = kt_xnode_elem(c); p != NULL;
		     p = kt_xnode_next_elem(p))
			if (kt_xnode_is(p, "p")) {
				show_paragraph(got, p);
				kt_buf_cut(got, got->len - 1);
				kt_buf_puts(got, " ");
			}
	}
	kt_buf_puts(got, mark == '+' ? "|+\n" : mark == '-' ? "|-\n" : "|\n");
}

static void
show(struct kt_buf *got)
{
	struct kt_xml *x = kt_test_part_xml(&out, "", diag);
	const struct kt_xnode *at;

	at = kt_xnode_elem(kt_xnode_elem(kt_xml_root(x)));
	for (; at != NULL; at = kt_xnode_next_elem(at)) {
		if (kt_xnode_is(at, "p"))
			show_paragraph(got, at);
		else if (kt_xnode_is(at, "tbl"))
			for (const struct kt_xnode *r = kt_xnode_elem(at);
			     r != NULL; r = kt_xnode_next_elem(r))
				if (kt_xnode_is(r, "tr"))
					show_row(got, r);
	}
	kt_xml_free(x);
}

static void
check_picture(const struct kt_redline *how, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	kt_buf_clear(&out);
	KT_NUM(kt_write_redline(&out, list, how, diag), KT_OK);
	KT_NUM(kt_diag_errors(diag), 0);
	if (out.len > 0)
		show(&got);
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

/* ---- what is shown ------------------------------------------------------- */

#define ONE                                                                    \
	"article 第1条|目的\n"                                             \
	" paragraph ||この規程は、文書の管理について定める。\n"
#define TWO                                                                      \
	"article 第2条|保存\n"                                               \
	" paragraph ||文書は、5年間保存しなければならない。\n" \
	" paragraph 2||課長は、毎年4月に台帳を点検するものとする。\n"
#define THREE                                                                  \
	"article 第3条|廃棄\n"                                             \
	" paragraph ||期間の過ぎた文書は、溶解して廃棄する。\n"
#define ONE_SHOWN "（目的）\n第1条　この規程は、文書の管理について定める。\n"

static void
test_words_are_deleted_and_inserted(void)
{
	compare(ONE TWO, ONE "article 第2条|保存期間\n"
			     " paragraph ||文書は、3年間保存する。\n"
			     " paragraph 2||課長は、毎年4月に台帳を点検する"
			     "ものとする。\n");
	check_picture(&plain,
	    ONE_SHOWN "（保存[+期間]）\n"
		      "第2条　文書は、[-5年間][+3年間]保存[-しなければならない]"
		      "[+する]。\n"
		      "2　課長は、毎年4月に台帳を点検するものとする。\n");
}

static void
test_clauses_are_deleted_whole_and_numbers_follow(void)
{
	compare(ONE TWO THREE,
	    ONE "article 第2条|廃棄\n"
		" paragraph ||期間の過ぎた文書は、溶解して廃棄する。\n");
	check_picture(&plain, ONE_SHOWN
	    "[-（保存）] -\n"
	    "[-第2条　文書は、5年間保存しなければならない。] -\n"
	    "[-2　課長は、毎年4月に台帳を点検するものとする。] -\n"
	    "（廃棄）\n"
	    "[-第3条][+第2条]　期間の過ぎた文書は、溶解して廃棄する。\n");
}

static void
test_renumbering_can_be_folded(void)
{
	const struct kt_redline fold = { .fold_numbers = true };

	compare(ONE THREE,
	    ONE "article 第4条|廃棄\n"
		" paragraph ||期間の過ぎた文書は、焼却して廃棄する。\n");
	check_picture(&fold,
	    ONE_SHOWN "（廃棄）\n"
		      "第4条　期間の過ぎた文書は、[-溶解][+焼却]して廃棄する。"
		      "\n");
	/* What is written so is no proof of the old numbers. */
	KT_NUM(kt_redline_prove(out.p, out.len, list, &plain, diag), KT_EINPUT);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_REDLINE_REJECTED);
}

#define LONG                                                                                        \
	"article 第2条|保存\n"                                                                  \
	" paragraph ||文書は、5年間、施錠した書庫に保存しなければならない" \
	"。\n"

static void
test_the_last_paragraph_keeps_its_end(void)
{
	compare(ONE LONG, ONE);
	check_picture(&plain,
	    ONE_SHOWN "[-（保存）] -\n"
		      "[-第2条　文書は、5年間、施錠した書庫に保存しなければなら"
		      "ない。] -\n\n");
}

#define MOVED(number)                                                                                  \
	"article " number "|点検\n"                                                                  \
	" paragraph ||課長は、毎年4月に、所管する台帳の記載と文書の現物とを" \
	"照合して点検する。\n"
static void
test_a_clause_that_moved_has_two_ranges_and_one_name(void)
{
	struct kt_buf part;
	const struct kt_redline simple = { .simple_moves = true };

	compare(ONE MOVED("第2条") TWO THREE LONG,
	    ONE TWO THREE LONG MOVED("第9条"));
	KT_NUM(kt_write_redline(&out, list, &plain, diag), KT_OK);
	part = kt_test_part(&out, "", diag);
	CU_ASSERT_PTR_NOT_NULL(strstr(part.p, "<w:moveFromRangeStart w:id="));
	CU_ASSERT_PTR_NOT_NULL(strstr(part.p, "<w:moveToRangeStart w:id="));
	CU_ASSERT_PTR_NOT_NULL(strstr(part.p, "w:name=\"move1\""));
	CU_ASSERT_PTR_NULL(strstr(part.p, "w:name=\"move2\""));
	kt_buf_release(&part);
	kt_buf_clear(&out);
	KT_NUM(kt_write_redline(&out, list, &simple, diag), KT_OK);
	part = kt_test_part(&out, "", diag);
	CU_ASSERT_PTR_NULL(strstr(part.p, "w:move"));
	KT_NUM(kt_redline_prove(out.p, out.len, list, &plain, diag), KT_OK);
	kt_buf_release(&part);
}

#define TABLE(rows) "appendix 別表\n table\n" rows
#define ROW(a, b) "  row\n   cell ||" a "\n   cell ||" b "\n"

static void
test_rows_and_cells_are_tracked(void)
{
	compare(ONE TABLE(ROW("種別", "期間") ROW("契約の書類", "10年")
			ROW("図面の書類", "5年")),
	    ONE TABLE(ROW("種別", "期間") ROW("会計の帳簿", "7年")
		    ROW("契約の書類", "20年")));
	check_picture(&plain, ONE_SHOWN "別表\n"
					"| 種別 | 期間 |\n"
					"| [+会計の帳簿] | [+7年] |+\n"
					"| 契約の書類 | [-10年][+20年] |\n"
					"| [-図面の書類] | [-5年] |-\n"
					"\n");
}

static void
test_a_table_with_other_columns_is_another_table(void)
{
	compare(ONE TABLE(ROW("種別", "期間")),
	    ONE "appendix 別表\n table\n"
		"  row\n   cell ||種別\n   cell ||期間\n   cell ||備考\n");
	check_picture(&plain,
	    ONE_SHOWN "別表\n"
		      "| [-種別] | [-期間] |-\n -\n"
		      "| [+種別] | [+期間] | [+備考] |+\n +\n\n");
}

static void
test_what_is_added_at_an_end_goes_on_in_the_next_paragraph(void)
{
	compare("article 第1条\n paragraph ||文書は、書庫に保存する。\n" THREE,
	    "article 第1条\n paragraph ||文書は、書庫に保存する。ただし、写しは"
	    "この限りでない。\n paragraph "
	    "2||書庫の鍵は、課長が管理する。\n" THREE);
	check_picture(&plain,
	    "第1条　文書は、書庫に保存する。[+ただし、写しはこの限りでない。] "
	    "+\n[+2　書庫の鍵は、課長が管理する。]\n"
	    "（廃棄）\n第3条　期間の過ぎた文書は、溶解して廃棄する。\n");
}

static void
test_a_split_is_a_new_end_of_a_paragraph(void)
{
	compare(ONE "article 第2条\n paragraph ||前条の文書は、紙とする。\n"
		    " paragraph 2||課長は、毎年4月に台帳を点検する。係長は、"
		    "その結果を速やかに市長に報告しなければならない。\n",
	    ONE "article 第2条\n paragraph ||前条の文書は、紙とする。\n"
		" paragraph 2||課長は、毎年4月に台帳を点検する。\n"
		" paragraph 3||係長は、その結果を速やかに市長に報告しなければ"
		"ならない。\n");
	check_picture(&plain,
	    ONE_SHOWN "第2条　前条の文書は、紙とする。\n"
		      "2　課長は、毎年4月に台帳を点検する。 +\n"
		      "[+3　]係長は、その結果を速やかに市長に報告しなければな"
		      "らない。\n");
}

static void
test_a_merger_deletes_the_end_of_a_paragraph(void)
{
	compare(ONE "article 第2条\n paragraph ||前条の文書は、紙とする。\n"
		    " paragraph 2||課長は、毎年4月に台帳を点検する。\n"
		    " paragraph 3||係長は、その結果を速やかに市長に報告しなけ"
		    "ればならない。\n",
	    ONE "article 第2条\n paragraph ||前条の文書は、紙とする。\n"
		" paragraph 2||課長は、毎年4月に台帳を点検する。係長は、その"
		"結果を速やかに市長に報告しなければならない。\n");
	check_picture(&plain,
	    ONE_SHOWN "第2条　前条の文書は、紙とする。\n"
		      "2　課長は、毎年4月に台帳を点検する。 -\n"
		      "[-3　]係長は、その結果を速やかに市長に報告しなければな"
		      "らない。\n");
}

/* ---- author and date ----------------------------------------------------- */

static void
test_author_and_date_are_those_given(void)
{
	static const struct {
		const char *author, *given, *want;
	} dates[] = {
		{ NULL, NULL,
		    "w:author=\"kaitei\" w:date=\"1980-01-01T00:00:00Z\"" },
		{ "法制 <係>", "2026-04-01",
		    "w:author=\"法制 &lt;係&gt;\" "
		    "w:date=\"2026-04-01T00:00:00Z\"" },
		{ "a", "2026-04-01T09:30:00Z",
		    "w:author=\"a\" w:date=\"2026-04-01T09:30:00Z\"" },
	};

	compare(ONE TWO, ONE THREE);
	for (size_t i = 0; i < KT_COUNT(dates); i++) {
		const struct kt_redline how = { .author = dates[i].author,
			.date = dates[i].given };
		struct kt_buf part;

		kt_buf_clear(&out);
		KT_NUM(kt_write_redline(&out, list, &how, diag), KT_OK);
		part = kt_test_part(&out, "", diag);
		CU_ASSERT_PTR_NOT_NULL(strstr(part.p, dates[i].want));
		kt_buf_release(&part);
	}
}

static void
test_a_date_that_is_none_is_refused(void)
{
	static const char *const dates[] = { "", "2026", "2026-02-30",
		"2026-04-01T24:00:00Z", "2026-04-01T09:60:00Z",
		"2026-04-01 09:00:00Z", "2026-04-01T09:00:00",
		"令和8年4月1日" };

	compare(ONE, TWO);
	for (size_t i = 0; i < KT_COUNT(dates); i++) {
		const struct kt_redline how = { .date = dates[i] };

		KT_NUM(kt_write_redline(&out, list, &how, diag), KT_EUSAGE);
		KT_NUM(out.len, 0);
	}
}

/* ---- the proof ----------------------------------------------------------- */

/* The file in `out` with one stretch of its document replaced. */
static void
forge(struct kt_buf *forged, const char *what, const char *with)
{
	struct kt_opc *o = kt_opc_new();
	struct kt_buf part = kt_test_part(&out, "", diag);
	struct kt_buf other = KT_BUF_INIT;
	const char *at;

	at = strstr(part.p, what);
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	kt_buf_put(&other, part.p, (size_t)(at - part.p));
	kt_buf_puts(&other, with);
	kt_buf_puts(&other, at + strlen(what));
	kt_opc_part(o, DOCUMENT, KT_TYPE_WORD "document.main+xml", &other);
	kt_opc_relate(o, "", KT_REL_MAIN, DOCUMENT);
	KT_NUM(kt_opc_write(o, forged, diag), KT_OK);
	kt_opc_free(o);
	kt_buf_release(&part);
	kt_buf_release(&other);
}

static void
test_a_false_file_is_refused(void)
{
	static const struct {
		const char *what, *with;
		enum kt_msg_id id;
	} lies[] = {
		/* Words: of both texts, of the old, of the new. */
		{ "定める", "決める", KT_M_REDLINE_REJECTED },
		{ "5年", "6年", KT_M_REDLINE_REJECTED },
		{ "3年", "4年", KT_M_REDLINE_ACCEPTED },
		/* Deleted words that are not, deleted words as plain ones. */
		{ "<w:delText xml:space=\"preserve\">5年間</w:delText>", "",
		    KT_M_REDLINE_REJECTED },
		{ "<w:delText xml:space=\"preserve\">5年間</w:delText>",
		    "<w:t>5年間</w:t>", KT_M_REDLINE_REJECTED },
		/* A row of both texts that is deleted, and one that is not. */
		{ "<w:trPr><w:cantSplit/><w:del ",
		    "<w:trPr><w:cantSplit/><w:ins ", KT_M_REDLINE_REJECTED },
		{ "<w:trPr><w:cantSplit/></w:trPr>",
		    "<w:trPr><w:cantSplit/><w:del/></w:trPr>",
		    KT_M_REDLINE_ACCEPTED },
		/* A cell too many. */
		{ "</w:tr>", "<w:tc><w:p/></w:tc></w:tr>",
		    KT_M_REDLINE_REJECTED },
		/* Ends of paragraphs: of a deleted one, of a kept one. */
		{ "<w:rPr><w:del ", "<w:rPr><w:ins ", KT_M_REDLINE_REJECTED },
		{ "</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>",
		    KT_M_REDLINE_ACCEPTED },
		/* A paragraph too many. */
		{ "<w:body>", "<w:body><w:p/>", KT_M_REDLINE_REJECTED },
	};

	compare(ONE TWO TABLE(ROW("種別", "期間") ROW("図面の書類", "1年")),
	    ONE "article 第2条|保存\n"
		" paragraph ||文書は、3年間保存しなければならない。\n" TABLE(
		    ROW("種別", "期間")));
	KT_NUM(kt_write_redline(&out, list, &plain, diag), KT_OK);
	KT_NUM(kt_redline_prove(out.p, out.len, list, &plain, diag), KT_OK);
	for (size_t i = 0; i < KT_COUNT(lies); i++) {
		struct kt_buf forged = KT_BUF_INIT;

		kt_diag_clear(diag);
		forge(&forged, lies[i].what, lies[i].with);
		KT_NUM(
		    kt_redline_prove(forged.p, forged.len, list, &plain, diag),
		    KT_EINPUT);
		KT_NUM(kt_diag_count(diag), 1);
		if (kt_diag_count(diag) > 0)
			CU_ASSERT_EQUAL(kt_diag_get(diag, 0)->id, lies[i].id);
		kt_buf_release(&forged);
	}
}

static void
test_a_character_that_xml_does_not_know_is_refused(void)
{
	compare(ONE, ONE "text ||甲\x01乙\n");
	KT_NUM(kt_write_redline(&out, list, &plain, diag), KT_EINPUT);
	KT_NUM(out.len, 0);
}

/* ---- real texts ---------------------------------------------------------- */

static const char *xmllint;

/* Does the schema accept the document?  Without xmllint nobody says no. */
static bool
is_valid(void)
{
	char name[] = "/tmp/kt-redline-XXXXXX", command[256];
	struct kt_buf part;
	int fd, status;

	if (xmllint == NULL)
		return true;
	fd = mkstemp(name);
	part = kt_test_part(&out, "", diag);
	if (fd < 0 || kt_file_write(name, part.p, part.len, diag) != KT_OK)
		return false;
	snprintf(command, sizeof(command),
	    "%s --nonet --noout --schema tests/ooxml/wrap.xsd %s >/dev/null "
	    "2>&1",
	    xmllint, name);
	status = system(command);
	close(fd);
	unlink(name);
	kt_buf_release(&part);
	return status == 0;
}

static void
find_xmllint(void)
{
	xmllint = NULL;
	if (!kt_test_data("ooxml-xsd"))
		return;
	if (system("xmllint --version >/dev/null 2>&1") == 0)
		xmllint = "xmllint";
	else
		printf("\n    skipped: schemas, xmllint absent\n");
}

static const struct kt_redline ways[] = { { .author = NULL },
	{ .simple_moves = true }, { .fold_numbers = true },
	{ .without_commentary = true, .fold_numbers = true } };

/* Written in one way; the first way is checked for all there is. */
static bool
is_sound(size_t way)
{
	struct kt_buf again = KT_BUF_INIT;
	bool sound;

	kt_buf_clear(&out);
	sound = kt_write_redline(&out, list, &ways[way], diag) == KT_OK;
	if (sound && way == 0) {
		sound =
		    kt_write_redline(&again, list, &ways[0], diag) == KT_OK &&
		    out.len == again.len &&
		    memcmp(out.p, again.p, out.len) == 0 && is_valid();
	}
	kt_buf_release(&again);
	return sound;
}

/* Two files, in every way. */
static void
check_pair(const char *before, const char *after)
{
	drop();
	if (kt_read_file(&old, before, diag) != KT_OK ||
	    kt_read_file(&new, after, diag) != KT_OK) {
		printf("\n    cannot read %s\n", before);
		CU_FAIL("a text cannot be read");
		return;
	}
	kt_diff(&list, old, new, diag);
	for (size_t i = 0; i < KT_COUNT(ways); i++) {
		bool sound = is_sound(i);

		if (!sound)
			printf("\n    %s, way %zu\n", after, i);
		CU_ASSERT(sound);
	}
}

static void
test_sample_policies_come_back(void)
{
	find_xmllint();
	check_pair(
	    "policies/kanri-kitei.md", "policies/revised/kanri-kitei.md");
	check_pair(
	    "policies/revised/taisaku-kijun.md", "policies/taisaku-kijun.md");
}

static void
test_real_laws_come_back(void)
{
	size_t pairs = 0;

	if (!kt_test_data("egov-pairs"))
		return;
	find_xmllint();
	for (int i = 1; i <= 999; i++) {
		char before[128], after[128];

		snprintf(before, sizeof(before),
		    KT_DATA "/egov-pairs/%03d/before.xml", i);
		snprintf(after, sizeof(after),
		    KT_DATA "/egov-pairs/%03d/after.xml", i);
		if (!kt_file_exists(before))
			continue;
		pairs++;
		check_pair(before, after);
	}
	CU_ASSERT(pairs >= 60);
}

static CU_TestInfo shown[] = { { "words are deleted and inserted",
				   test_words_are_deleted_and_inserted },
	{ "clauses are deleted whole and numbers follow",
	    test_clauses_are_deleted_whole_and_numbers_follow },
	{ "renumbering can be folded", test_renumbering_can_be_folded },
	{ "the last paragraph keeps its end",
	    test_the_last_paragraph_keeps_its_end },
	{ "a clause that moved has two ranges and one name",
	    test_a_clause_that_moved_has_two_ranges_and_one_name },
	{ "rows and cells are tracked", test_rows_and_cells_are_tracked },
	{ "a table with other columns is another table",
	    test_a_table_with_other_columns_is_another_table },
	{ "what is added at an end goes on in the next paragraph",
	    test_what_is_added_at_an_end_goes_on_in_the_next_paragraph },
	{ "a split is a new end of a paragraph",
	    test_a_split_is_a_new_end_of_a_paragraph },
	{ "a merger deletes the end of a paragraph",
	    test_a_merger_deletes_the_end_of_a_paragraph },
	{ "author and date are those given",
	    test_author_and_date_are_those_given },
	{ "a date that is none is refused",
	    test_a_date_that_is_none_is_refused },
	{ "a false file is refused", test_a_false_file_is_refused },
	{ "a character that XML does not know is refused",
	    test_a_character_that_xml_does_not_know_is_refused },
	CU_TEST_INFO_NULL };

static CU_TestInfo real[] = {
	{ "sample policies come back", test_sample_policies_come_back },
	{ "real laws come back", test_real_laws_come_back }, CU_TEST_INFO_NULL
};

int
main(void)
{
	CU_SuiteInfo suites[] = { { "redline", NULL, NULL, begin, end, shown },
		{ "real texts", NULL, NULL, begin, end, real },
		CU_SUITE_INFO_NULL };

	return kt_test_main(suites);
}
