/* SPDX-License-Identifier: MIT */
/*
 * Web pages: encodings, the layouts of 例規 systems and plain pages, what is
 * refused, and the real pages against the list of clauses they carry.
 */
#include "kt_picture.h"
#include "mutate.h"

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>
#include <kaitei/xml.h>

#include <iconv.h>

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

static void
check(const char *page, const char *want)
{
	struct kt_doc *doc = NULL;
	struct kt_buf got = KT_BUF_INIT;

	kt_diag_clear(diag);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read(&doc, "a.html", page, strlen(page), diag), KT_OK);
	kt_buf_printf(&got, "%s: ", doc->root->caption);
	for (const struct kt_node *at = doc->root->first; at != NULL;
	     at = at->next)
		kt_test_picture(&got, at, true);
	KT_STR(got.p, want);
	kt_buf_release(&got);
	kt_doc_free(doc);
}

static void
check_refused(const char *bytes, size_t n, enum kt_msg_id id)
{
	struct kt_doc *doc = NULL;
	size_t last;

	kt_diag_clear(diag);
	CU_ASSERT_NOT_EQUAL_FATAL(
	    kt_read_html(&doc, "a.html", bytes, n, diag), KT_OK);
	CU_ASSERT_PTR_NULL(doc);
	CU_ASSERT_FATAL(kt_diag_count(diag) > 0);
	last = kt_diag_count(diag) - 1;
	KT_NUM(kt_diag_get(diag, last)->id, id);
}

/* ---- encodings --------------------------------------------------------- */

#define PAGE(charset)                                                                           \
	"<html><head><meta charset=\"" charset "\"><title>規程</title></head>"                \
	"<body><h1>髙橋①規程</h1><p>第１条　市長は、～を行う。</p></body></" \
	"html>"

static void
to_charset(struct kt_buf *out, const char *charset, const char *text)
{
	iconv_t cd = iconv_open(charset, "UTF-8");
	char room[4096], *to = room, *from = (char *)text;
	size_t left = sizeof(room), n = strlen(text);

	CU_ASSERT_FATAL(cd != (iconv_t)-1);
	CU_ASSERT_FATAL(iconv(cd, &from, &n, &to, &left) != (size_t)-1);
	iconv_close(cd);
	/* 髙 as Windows writes it in EUC-JP. */
	for (char *at = room; at + 3 <= to; at++)
		if (memcmp(at, "\x8f\xf4\xfb", 3) == 0) {
			memcpy(at, "\xfc\xe2", 2);
			memmove(at + 2, at + 3, (size_t)(to - at) - 3);
			to--;
		}
	kt_buf_put(out, room, (size_t)(to - room));
}

static void
test_pages_are_read_in_every_japanese_encoding(void)
{
	static const struct {
		const char *charset, *page, *said;
	} rows[] = {
		{ "UTF-8", PAGE("UTF-8"), NULL },
		{ "CP932", PAGE("Shift_JIS"), "Shift_JIS" },
		{ "EUC-JP-MS", PAGE("EUC-JP"), "EUC-JP" },
		/* Not said, or said wrongly. */
		{ "UTF-8", PAGE("Shift_JIS"), NULL },
		{ "CP932", PAGE(""), "Shift_JIS" },
		{ "EUC-JP-MS", PAGE("x"), "EUC-JP" },
		{ "CP932", PAGE("UTF-8"), "Shift_JIS" },
	};

	for (size_t i = 0; i < KT_COUNT(rows); i++) {
		struct kt_buf bytes = KT_BUF_INIT;
		struct kt_doc *doc = NULL;

		kt_diag_clear(diag);
		to_charset(&bytes, rows[i].charset, rows[i].page);
		CU_ASSERT_EQUAL_FATAL(
		    kt_read(&doc, "a.html", bytes.p, bytes.len, diag), KT_OK);
		KT_STR(doc->root->caption, "髙橋①規程");
		KT_STR(doc->root->first->label, "第１条");
		KT_STR(doc->root->first->first->text, "市長は、～を行う。");
		if (rows[i].said != NULL)
			KT_STR(kt_diag_get(diag, 0)->a, rows[i].said);
		kt_doc_free(doc);
		kt_buf_release(&bytes);
	}
}

static void
test_iso_2022_jp_is_read(void)
{
	struct kt_buf bytes = KT_BUF_INIT;
	struct kt_doc *doc = NULL;

	to_charset(&bytes, "ISO-2022-JP",
	    "<html><body><h1>規程</h1><p>第１条　市長</p></body></html>");
	CU_ASSERT_EQUAL_FATAL(
	    kt_read(&doc, "a.html", bytes.p, bytes.len, diag), KT_OK);
	KT_STR(doc->root->caption, "規程");
	kt_doc_free(doc);
	kt_buf_release(&bytes);
}

static void
test_bytes_of_no_encoding_are_refused_with_their_line(void)
{
	struct kt_buf bytes = KT_BUF_INIT;

	to_charset(&bytes, "CP932",
	    "<html><meta charset=Shift_JIS>\n<p>第１条　市長は、</p>\n");
	kt_buf_puts(&bytes, "<p>\x85\x40</p>\xfd</html>");
	check_refused(bytes.p, bytes.len, KT_M_HTML_NOT_CHARSET);
	KT_NUM(kt_diag_get(diag, kt_diag_count(diag) - 1)->at.line, 3);
	kt_buf_release(&bytes);
}

/* ---- layouts ----------------------------------------------------------- */

static void
test_classes_of_rules_systems_say_what_a_line_is(void)
{
	check(
	    "<html><head><title>例規</title></head><body>"
	    "<div id=menu>目次</div><div id='primaryInner2'>"
	    "<div><div class=eline><div class=head><p class="
	    "'title-irregular'><span class=cm>○見本町規程</span></p></div>"
	    "</div></div>"
	    "<div class=eline><div class=head><p class=date>平成9年11月14日"
	    "</p></div></div><div class=eline><div class=head>"
	    "<p class=number>規程第3号</p></div></div>"
	    "<div class=eline><p class=chapter>第1章　総則</p></div>"
	    "<div class=eline><div class=article><p class=title>"
	    "<span class=cm>(目的)</span></p><p class=num>"
	    "<span class='num cm'>第1条</span>　<span class=clause>"
	    "<span class='p cm'><a href='#x' class='inline quote'>この規程"
	    "</a>は、次による。</span><span class='p cm'>ただし、別とする。"
	    "</span></span></p></div></div>"
	    "<div class=eline><div class=item><p class=num>"
	    "<span class='num cm'>1</span>　<span class='p cm'>用語　その意味"
	    "をいう。</span></p></div></div>"
	    "<div class=eline><div class=clause><p class=num>2　次の項"
	    "</p></div></div>"
	    "<div class=eline><p class='s-head'><span class='title cm'>"
	    "<span class='word-space'>附</span>則</span><span class='date cm'>"
	    "(平成10年3月30日</span><span class='number cm'>規程第5号)</span>"
	    "<span class='p cm'>抄</span></p></div>"
	    "<div class=eline><div class=clause><p class=p>この規程は、公布の"
	    "日から施行する。</p></div></div>"
	    "<div class=eline><div class='form_section'><p class=num>"
	    "<a onClick=\"fileDownloadAction2('w/f.rtf');return false;\" "
	    "href='javascript:void(0);'>様式第1号(第7条関係)</a></p></div>"
	    "</div><div class=eline><div class='xref_frame cm'><p>"
	    "<img src='w/f.png' alt='画像'></p></div></div>"
	    "</div></body></html>",
	    "見本町規程: (chapter 第1章{総則}(article 第1条{目的}(paragraph "
	    "この規程は、次による。ただし、別とする。(item 1 "
	    "用語　その意味をいう"
	    "。))(paragraph 2 次の項)))(supplementary "
	    "附則{抄}<平成10年3月30日規程第5号"
	    ">(paragraph この規程は、公布の日から施行する。))(appendix "
	    "様式第1号<第7条関係>(figure<w/f.rtf>)(figure<w/f.png> 画像))");
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_HTML_FORM);
}

static void
test_date_and_number_of_the_head_are_data(void)
{
	static const char page[] =
	    "<html><body><div class=eline><div class=head><p class=title>規程"
	    "</p><p class=date>平成9年11月14日</p><p class=number>条例第25号"
	    "</p></div></div><p>第1条　あ</p></body></html>";
	struct kt_doc *doc = NULL;

	CU_ASSERT_EQUAL_FATAL(
	    kt_read(&doc, "a.html", page, strlen(page), diag), KT_OK);
	KT_STR(doc->meta.number, "平成9年条例第25号");
	KT_NUM(doc->meta.promulgated.year, 1997);
	KT_NUM(doc->meta.promulgated.day, 14);
	kt_doc_free(doc);
}

static void
test_a_plain_page_is_read_line_by_line(void)
{
	check("<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>"
	      "<CENTER><B>見本市規程</B></CENTER><BR>\n"
	      "（目的）<BR>\n第一条　この規程は、\n次による。<BR>"
	      "２　市長は、<RUBY>瑕疵<RP>（</RP><RT>かし</RT><RP>）</RP></RUBY>"
	      "&nbsp;を定める。<BR>\n"
	      "　　一　<U>甲</U><BR>　　二　乙<BR>附　則<BR>"
	      "この規程は、施行する。</BODY></HTML>",
	    "見本市規程: (article 第一条{目的}(paragraph "
	    "この規程は、次による。)"
	    "(paragraph ２ 市長は、瑕疵 を定める。 [0 瑕疵](item 一 甲 [1 "
	    "甲])(item 二 乙)))"
	    "(supplementary 附　則(paragraph この規程は、施行する。))");
}

static void
test_headings_and_lists_are_sections_and_entries(void)
{
	check("<body><nav>戻る</nav><main><p>現在位置</p><h1>戦略</h1>"
	      "<h2>趣旨</h2><p>本文</p><h3>細目</h3><ul><li>い<ul><li>ろ</li>"
	      "</ul></li><li>は</li></ul><h2>次</h2><ol><li>一つ</li>"
	      "<li>二つ</li></ol><div style='display: none'>隠</div></main>"
	      "</body>",
	    "戦略: (topic{趣旨}(text 本文)(topic{細目}(bullet い(bullet ろ))"
	    "(bullet は)))(topic{次}(item 1 一つ)(item 2 二つ))");
	KT_NUM(kt_diag_count(diag), 2);
	KT_NUM(kt_diag_get(diag, 0)->id, KT_M_HTML_OUTSIDE);
	KT_STR(kt_diag_get(diag, 0)->a, "6");
	KT_NUM(kt_diag_get(diag, 1)->id, KT_M_HTML_HIDDEN);
}

static void
test_tables_keep_their_merged_cells_and_layout_tables_go(void)
{
	check("<html><body><table><tr><td><h1>規程</h1><p>第1条　次の表</p>"
	      "<table border=1><thead><tr class='fixed-colspec'><td></td>"
	      "<td></td></tr></thead><tr><th colspan=2>区分</th></tr>"
	      "<tr><td rowspan='2'>機密<br>性</td><td align=right>3</td></tr>"
	      "<tr><td><ul><li>甲</li></ul></td></tr></table>"
	      "</td></tr></table></body></html>",
	    "規程: (article 第1条(paragraph 次の表(table(row head(cell 2x1 "
	    "区分))"
	    "(row(cell 1x2(text 機密)(text 性))(cell 3))(row(cell(bullet "
	    "甲))))))");
}

static void
test_marks_end_before_labels(void)
{
	static const char page[] =
	    "<body><h1>規程</h1><p><b>第1条（目的）</b></p>"
	    "<p><u>２　市長</u>は、H<sub>2</sub>O</p></body>";
	struct kt_doc *doc = NULL;
	struct kt_buf md = KT_BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    kt_read_html(&doc, "a.html", page, strlen(page), diag), KT_OK);
	CU_ASSERT_EQUAL(kt_write_markdown(&md, doc, diag), KT_OK);
	KT_STR(md.p, "---\ntitle: 規程\n---\n\n# 規程\n\n## 第1条（目的）\n\n"
		     "２　<u>市長</u>は、H<sub>2</sub>O\n");
	kt_buf_release(&md);
	kt_doc_free(doc);
}

/* ---- refused ----------------------------------------------------------- */

static void
repeat(struct kt_buf *out, const char *s, size_t n)
{
	while (n-- > 0)
		kt_buf_puts(out, s);
}

static void
test_what_holds_no_text_is_refused(void)
{
	static const char frames[] =
	    "<html><frameset cols='*'><frame src='honbun.html'></frameset>";
	static const char empty[] = "<html><script>x</script></html>";
	static const char other[] =
	    "<html><meta charset='big5'><p>\xa4\xa4\xa4\xe5\xff</p></html>";

	check_refused(frames, strlen(frames), KT_M_HTML_FRAMES);
	KT_STR(kt_diag_get(diag, kt_diag_count(diag) - 1)->a, "honbun.html");
	check_refused(empty, strlen(empty), KT_M_HTML_NO_TEXT);
	check_refused(other, strlen(other), KT_M_HTML_CHARSET_OTHER);
	check_refused("", 0, KT_M_HTML_EMPTY);
	check_refused("<p>a\1b</p>", 9, KT_M_XML_CHARACTER);
}

static void
test_hostile_pages_are_refused_in_linear_time(void)
{
	struct kt_buf page = KT_BUF_INIT;

	repeat(&page, "<div>", 5000);
	check_refused(page.p, page.len, KT_M_XML_DEPTH);
	kt_buf_clear(&page);
	kt_buf_puts(&page, "<p ");
	repeat(&page, "a=b ", 100000);
	check_refused(page.p, page.len, KT_M_XML_ATTRIBUTES);
	kt_buf_clear(&page);
	repeat(&page, "<!-- ", 100000);
	kt_buf_puts(&page, "a");
	check_refused(page.p, page.len, KT_M_HTML_EMPTY);
	kt_buf_release(&page);
}

/* ---- real pages -------------------------------------------------------- */

static const struct kt_xnode *
next(const struct kt_xnode *x, const struct kt_xnode *root)
{
	if (kt_xnode_first(x) != NULL)
		return kt_xnode_first(x);
	while (x != root && kt_xnode_next(x) == NULL)
		x = kt_xnode_parent(x);
	return x == root ? NULL : kt_xnode_next(x);
}

static const struct kt_xnode *
by_id(const struct kt_xnode *root, const char *id)
{
	for (const struct kt_xnode *x = root; x != NULL; x = next(x, root)) {
		const char *is =
		    kt_xnode_is_text(x) ? NULL : kt_xnode_attr(x, "id");

		if (is != NULL && strcmp(is, id) == 0)
			return x;
	}
	return NULL;
}

static const struct kt_node *
nth(const struct kt_node *parent, enum kt_kind kind, unsigned n)
{
	for (const struct kt_node *at = parent == NULL ? NULL : parent->first;
	     at != NULL; at = at->next)
		if (at->kind == kind && --n == 0)
			return at;
	return NULL;
}

/* One step of j4_k2_g1 down the tree. */
static const struct kt_node *
step(const struct kt_doc *doc, const struct kt_node *at, char kind, unsigned n)
{
	char address[32];
	struct kt_spot spot;

	switch (kind) {
	case 'j': /* j0: clauses that lie in no 条 */
		if (n == 0)
			return at;
		snprintf(address, sizeof(address), "第%u条", n);
		return kt_addr_find(&spot, doc, address) == KT_OK ? spot.node
								  : NULL;
	case 'k':
		return nth(at, KT_PARAGRAPH, n);
	case 'g':
		return nth(at, KT_ITEM, n);
	case 'f':
		return nth(at, KT_SUPPL, n);
	}
	return NULL;
}

/* The clause that an entry of the list means, and what is said of it. */
static const struct kt_node *
resolve(const struct kt_doc *doc, const char *id, const char **part)
{
	const struct kt_node *at = doc->root;
	char *end;

	*part = "";
	if (strcmp(id, "y0") == 0)
		return nth(at, KT_APPENDIX, 1);
	while (at != NULL && *id != '\0') {
		char kind = *id;

		if (strchr("jkgf", kind) == NULL || id[1] < '0' ||
		    id[1] > '9') {
			*part = id;
			return at;
		}
		at = step(doc, at, kind, (unsigned)strtoul(id + 1, &end, 10));
		id = *end == '_' ? end + 1 : end;
	}
	return at;
}

static void
check_entry(const struct kt_doc *doc, const struct kt_xnode *page,
    const struct kt_xnode *entry, size_t *checked)
{
	const char *id = kt_xnode_attr(entry, "id"), *part;
	struct kt_buf target = KT_BUF_INIT, words = KT_BUF_INIT,
		      got = KT_BUF_INIT;
	const struct kt_node *node;
	const struct kt_xnode *x;

	kt_xnode_words(&target, entry);
	x = by_id(page, target.p);
	if (strcmp(id, "title") == 0 || strcmp(id, "main_rules") == 0)
		goto out;
	node = resolve(doc, id, &part);
	if (node == NULL || (x == NULL && strcmp(part, "num") != 0))
		printf("\n    no clause %s\n", id);
	CU_ASSERT_PTR_NOT_NULL_FATAL(node);
	if (x == NULL)
		goto out;
	kt_xnode_words(&words, x);
	if (strcmp(part, "title") == 0)
		kt_buf_printf(&got, "(%s)", node->caption);
	else if (strcmp(part, "num") == 0 || words.p[0] == '\0' ||
		 strcmp(words.p, node->label) == 0)
		kt_buf_puts(&got, node->label);
	else if (strcmp(part, "table") == 0)
		kt_buf_puts(&got, nth(node, KT_TABLE, 1)->first->first->text);
	else if (strcmp(part, "proviso") == 0)
		kt_buf_puts(&got, strstr(node->text, words.p));
	else if (node->kind == KT_ARTICLE)
		kt_buf_printf(&got, "(%s)", node->caption);
	else
		kt_buf_put(&got, node->text,
		    words.len < node->len && strcmp(part, "first") == 0
			? words.len
			: node->len);
	/* An entry of a clause with a proviso names its first sentence. */
	if (part[0] == '\0' && node->kind == KT_PARAGRAPH &&
	    got.len > words.len)
		kt_buf_cut(&got, words.len);
	KT_STR(got.p, words.p);
	++*checked;
out:
	kt_buf_release(&got);
	kt_buf_release(&words);
	kt_buf_release(&target);
}

static void
check_page(const char *file, size_t entries)
{
	char path[256];
	struct kt_buf bytes = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	struct kt_xml *page = NULL;
	size_t checked = 0;

	snprintf(path, sizeof(path), "%s/reiki-html/%s", KT_DATA, file);
	CU_ASSERT_EQUAL_FATAL(
	    kt_file_read(&bytes, path, KT_READ_MAX, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read(&doc, path, bytes.p, bytes.len, diag), KT_OK);
	CU_ASSERT_EQUAL_FATAL(
	    kt_html_parse(&page, path, bytes.p, bytes.len, diag), KT_OK);
	for (const struct kt_xnode *x =
		 kt_xnode_elem(by_id(kt_xml_root(page), "num-ids"));
	     x != NULL; x = kt_xnode_next_elem(x))
		check_entry(doc, kt_xml_root(page), x, &checked);
	CU_ASSERT(checked >= entries);
	kt_xml_free(page);
	kt_doc_free(doc);
	kt_buf_release(&bytes);
}

static void
test_real_pages_have_the_clauses_that_they_list(void)
{
	if (!kt_test_data("reiki-html"))
		return;
	check_page("k518RG00000012.html", 50);
	check_page("k518RG00000055.html", 20);
	check_page("k518RG00000080.html", 80);
}

/* Every character of the text part is in the document. */
static void
count_characters(const char *p, long *bag, long by)
{
	unsigned len;

	for (; *p != '\0'; p += len) {
		uint32_t c = kt_utf8_at(p, &len);

		if (!kt_is_space(c) && c < 0x10000)
			bag[c] += by;
	}
}

static void
test_real_pages_lose_no_character(void)
{
	static const char *const files[] = { "k518RG00000012.html",
		"k518RG00000055.html", "k518RG00000080.html" };

	if (!kt_test_data("reiki-html"))
		return;
	for (size_t i = 0; i < KT_COUNT(files); i++) {
		char path[256];
		long *bag = kt_calloc(0x10000, sizeof(*bag)), missing = 0;
		struct kt_buf bytes = KT_BUF_INIT, words = KT_BUF_INIT;
		struct kt_doc *doc = NULL;
		struct kt_xml *page = NULL;

		snprintf(
		    path, sizeof(path), "%s/reiki-html/%s", KT_DATA, files[i]);
		kt_file_read(&bytes, path, KT_READ_MAX, diag);
		kt_read(&doc, path, bytes.p, bytes.len, diag);
		kt_html_parse(&page, path, bytes.p, bytes.len, diag);
		kt_xnode_words(
		    &words, by_id(kt_xml_root(page), "primaryInner2"));
		count_characters(words.p, bag, 1);
		kt_buf_clear(&words);
		kt_node_words(&words, doc->root);
		kt_buf_puts(&words, doc->meta.number);
		kt_date_wareki(&words, doc->meta.promulgated);
		count_characters(words.p, bag, -1);
		for (size_t c = 0; c < 0x10000; c++)
			if (bag[c] > 0)
				missing += bag[c];
		/* ○ before the title; ( ) around captions are not kept as
		 * such. */
		missing -= bag[0x25cb];
		missing -= bag['('] > 0 ? bag['('] : 0;
		missing -= bag[')'] > 0 ? bag[')'] : 0;
		KT_NUM(missing, 0);
		kt_xml_free(page);
		kt_doc_free(doc);
		kt_buf_release(&words);
		kt_buf_release(&bytes);
		free(bag);
	}
}

/* ---- broken pages ------------------------------------------------------ */

static void
test_broken_pages_are_read_or_refused(void)
{
	static const char good[] =
	    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>規程"
	    "</title></head><body><h1>見本市規程</h1><p>（目的）</p>"
	    "<p>第1条　この規程は、<ruby>瑕疵<rt>かし</rt></ruby>を定める。</p>"
	    "<ol><li>甲</li><li>乙&amp;丙</li></ol><table border=1><tr>"
	    "<th colspan=2>区分</th></tr><tr><td rowspan=2>A<td>B</tr>"
	    "</table><div class=eline><div class=item><p>(1)　ア</p></div>"
	    "</div><img src='a.png' alt='図'><!-- 終 --></body></html>";
	struct kt_buf page = KT_BUF_INIT, md = KT_BUF_INIT;
	unsigned read = 0, refused = 0;

	for (uint32_t seed = 1; seed <= 30; seed++) {
		struct kt_doc *doc = NULL;
		int rc;

		kt_diag_clear(diag);
		kt_mutate(&page, good, strlen(good), seed * 7919);
		rc = kt_read_html(&doc, "a.html", page.p, page.len, diag);
		if (rc == KT_OK) {
			read++;
			kt_buf_clear(&md);
			CU_ASSERT_EQUAL(
			    kt_write_markdown(&md, doc, diag), KT_OK);
		} else {
			refused++;
			CU_ASSERT(kt_diag_errors(diag) > 0);
		}
		kt_doc_free(doc);
	}
	CU_ASSERT(read > 5);
	CU_ASSERT(refused > 5);
	kt_buf_release(&page);
	kt_buf_release(&md);
}

int
main(void)
{
	CU_TestInfo encodings[] = {
		{ "pages are read in every Japanese encoding",
		    test_pages_are_read_in_every_japanese_encoding },
		{ "ISO-2022-JP is read", test_iso_2022_jp_is_read },
		{ "bytes of no encoding are refused with their line",
		    test_bytes_of_no_encoding_are_refused_with_their_line },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo layouts[] = {
		{ "classes of 例規 systems say what a line is",
		    test_classes_of_rules_systems_say_what_a_line_is },
		{ "date and number of the head are data",
		    test_date_and_number_of_the_head_are_data },
		{ "a plain page is read line by line",
		    test_a_plain_page_is_read_line_by_line },
		{ "headings and lists are sections and entries",
		    test_headings_and_lists_are_sections_and_entries },
		{ "tables keep their merged cells, layout tables go",
		    test_tables_keep_their_merged_cells_and_layout_tables_go },
		{ "marks end before labels", test_marks_end_before_labels },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo refused[] = {
		{ "what holds no text is refused",
		    test_what_holds_no_text_is_refused },
		{ "hostile pages are refused in linear time",
		    test_hostile_pages_are_refused_in_linear_time },
		{ "broken pages are read or refused",
		    test_broken_pages_are_read_or_refused },
		CU_TEST_INFO_NULL,
	};
	CU_TestInfo real[] = {
		{ "real pages have the clauses that they list",
		    test_real_pages_have_the_clauses_that_they_list },
		{ "real pages lose no character",
		    test_real_pages_lose_no_character },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "html encodings", begin, end, NULL, NULL, encodings },
		{ "html layouts", begin, end, NULL, NULL, layouts },
		{ "html refused", begin, end, NULL, NULL, refused },
		{ "html real", begin, end, NULL, NULL, real },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
