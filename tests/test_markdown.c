/* SPDX-License-Identifier: MIT */
/*
 * Markdown there and back: what is written is read as the same tree, and
 * written again it has the same bytes.  Over trees made at random, over the
 * samples in policies/ and over the laws of the test data.
 */
#include "kt_test.h"

#include "kt_random.h"

#include <dirent.h>

#include <kaitei/model.h>
#include <kaitei/read.h>
#include <kaitei/write.h>

/* ---- there and back -------------------------------------------------- */

static bool
same_shape(const struct kt_node *x, const struct kt_node *y)
{
	for (; x != NULL && y != NULL;
	     x = kt_node_next(x, NULL), y = kt_node_next(y, NULL))
		if (x->header != y->header || x->align != y->align)
			return false;
	return x == NULL && y == NULL;
}

/* What is wrong with the way there and back; "" when nothing is. */
static const char *
round_trip(const struct kt_doc *doc, struct kt_buf *first)
{
	struct kt_doc *back = NULL;
	struct kt_buf second = KT_BUF_INIT;
	const char *wrong = "";

	kt_buf_clear(first);
	if (kt_write_markdown(first, doc, NULL) != KT_OK)
		return "not written";
	if (kt_read_markdown(&back, "back.md", first->p, first->len, NULL) !=
	    KT_OK)
		return "not read";
	if (!kt_node_equal(doc->root, back->root, NULL, NULL))
		wrong = "another tree";
	else if (!same_shape(doc->root, back->root))
		wrong = "another table";
	else if (kt_write_markdown(&second, back, NULL) != KT_OK ||
		 strcmp(first->p, second.p) != 0)
		wrong = "other bytes";
	kt_doc_free(back);
	kt_buf_release(&second);
	return wrong;
}

static void
random_trees(size_t count, bool wild)
{
	struct kt_buf text = KT_BUF_INIT;
	size_t bad = 0;

	for (size_t i = 0; i < count; i++) {
		struct kt_doc *doc = random_doc(i, wild);
		const char *wrong = round_trip(doc, &text);

		if (wrong[0] != '\0' && bad++ < 3)
			printf(
			    "\n    tree %zu: %s\n%.3000s\n", i, wrong, text.p);
		kt_doc_free(doc);
	}
	KT_NUM(bad, 0);
	kt_buf_release(&text);
}

/* ---- forms: what people write, and the one form ---------------------- */

struct form {
	const char *in, *out;
};

static void
rewrite(struct kt_buf *out, const char *in, struct kt_diag *d)
{
	struct kt_doc *doc = NULL;

	kt_buf_clear(out);
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&doc, "x.md", in, strlen(in), d), KT_OK);
	CU_ASSERT_EQUAL(kt_write_markdown(out, doc, d), KT_OK);
	kt_doc_free(doc);
}

/* Each `in` becomes `out`, and `out` stays as it is; NULL: as `in`. */
static void
check_forms(const struct form *forms, size_t n)
{
	struct kt_buf once = KT_BUF_INIT, twice = KT_BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		const char *want =
		    forms[i].out == NULL ? forms[i].in : forms[i].out;

		rewrite(&once, forms[i].in, NULL);
		KT_STR(once.p, want);
		rewrite(&twice, once.p, NULL);
		KT_STR(twice.p, want);
	}
	kt_buf_release(&once);
	kt_buf_release(&twice);
}

static void
test_articles_are_found_however_they_are_written(void)
{
	static const struct form forms[] = {
		{ "# 規程\n\n## 第1条（目的）\n\n文。\n\n2　文。\n", NULL },
		{ "# 規程\n\n（目的）\n第１条　文（定義）。\n２　文。\n",
		    "# 規程\n\n## "
		    "第１条（目的）\n\n文（定義）。\n\n２　文。\n" },
		{ "# 規程\n\n### 第三条の二　（例外）\n文。\n",
		    "# 規程\n\n## 第三条の二（例外）\n\n文。\n" },
		{ "# 規程\n\n### 第1条 目的\n文。\n",
		    "# 規程\n\n## 第1条（目的）\n\n文。\n" },
		{ "# 規程\n\n第1条（目的）　文。\n\n第2条（定義）　文。\n",
		    "# 規程\n\n## 第1条（目的）\n\n文。\n\n## "
		    "第2条（定義）\n\n文。\n" },
		{ "# 規程\n\n## 第3条　削除\n\n## 第4条から第6条まで　削除\n",
		    NULL },
		{ "# 規程\n\n第1章　総則\n\n第1条　文。\n\n第2章　罰則\n",
		    "# 規程\n\n## 第1章　総則\n\n### 第1条\n\n文。\n\n## "
		    "第2章　罰則\n" },
		{ "第1条　文。\n", "## 第1条\n\n文。\n" },
		{ "# 規程\n\n## 第1条\n\n（見出し）\n\n2　文。\n", NULL },
		{ "# 規程\n\n## 第1条\n\n（注の無い括弧。）\n", NULL },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_divisions_nest_by_their_kind(void)
{
	static const struct form forms[] = {
		{ "# 法\n\n## 第1編　総則\n## 第1章　通則\n## 第1節　目的\n"
		  "## 第1款　甲\n## 第1目　乙\n## 第1条\n文。\n"
		  "## 第2章　組織\n## 第2条\n文。\n",
		    "# 法\n\n## 第1編　総則\n\n### 第1章　通則\n\n#### "
		    "第1節　目的\n\n"
		    "##### 第1款　甲\n\n###### 第1目　乙\n\n###### "
		    "第1条\n\n文。\n\n"
		    "### 第2章　組織\n\n#### 第2条\n\n文。\n" },
		{ "# 規程\n\n## 第1条\n\n文。\n\n## 附　則\n\n## "
		  "第1条（施行期日）\n\n文。\n",
		    "# 規程\n\n## 第1条\n\n文。\n\n## 附　則\n\n### "
		    "第1条（施行期日）\n\n文。\n" },
		{ "# 規程\n\n## 附則（令和7年規則第1号）　抄\n\n1　文。\n\n## "
		  "別表第1（第5条関係）\n",
		    NULL },
		{ "# 規程\n\n## 別表第１　区分 （第5条関係）\n\n### 備考\n",
		    "# 規程\n\n## 別表第１　区分（第5条関係）\n\n### 備考\n" },
		{ "# 規程\n\n## 別表第1（区分）\n",
		    "# 規程\n\n## 別表第1　区分\n" },
		{ "# 規程\n\n## 目次\n\n- 第1章　総則（第1条・第2条）\n- "
		  "附則\n\n"
		  "## 前文\n\n文。\n\n## 第1章　総則\n",
		    NULL },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_items_nest_by_the_form_of_their_labels(void)
{
	static const struct form forms[] = {
		{ "# 規程\n\n## "
		  "第1条\n\n文。\n\n(1)　一\n\nア　二\n\nイ　三\n\n(2)　四\n",
		    "# 規程\n\n## 第1条\n\n文。\n\n- (1)　一\n  - ア　二\n  - "
		    "イ　三\n- (2)　四\n" },
		{ "# 規程\n\n## 第1条\n\n文。\n(1)　一\n（ア）　二\n⑵　三\n",
		    "# 規程\n\n## 第1条\n\n文。\n\n- (1)　一\n  - "
		    "（ア）　二\n- ⑵　三\n" },
		{ "# 規程\n\n* (1) 一\n    * ア 二\n* 印だけ\n",
		    "# 規程\n\n- (1)　一\n  - ア　二\n- 印だけ\n" },
		{ "# 規程\n\n1. 一つ\n2. 二つ\n   1. 三つ\n",
		    "# 規程\n\n- 1.　一つ\n- 2.　二つ\n  - 1.　三つ\n" },
		{ "# 基準\n\n## 1　目的\n## (1)　甲\n## (2)　乙\n## 2　用語\n",
		    "# 基準\n\n## 1　目的\n\n### (1)　甲\n\n### (2)　乙\n\n## "
		    "2　用語\n" },
		{ "# 告示\n\n文。\n\n- (1)　号\n\n2　文。\n", NULL },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_quotations_are_commentary_notes_or_quoted_text(void)
{
	static const struct form forms[] = {
		{ "# 規程\n\n## 第1条\n\n文。\n\n> 【解説】一。\n>\n> 二。\n",
		    NULL },
		{ "# 規程\n\n## 第1条\n\n文。\n\n> （注1）一。\n",
		    "# 規程\n\n## 第1条\n\n文。\n\n（注1）一。\n" },
		{ "# 規程\n\n## 第1条\n\n> 備考\n>\n> - 1　一\n", NULL },
		{ "# 規程\n\n## 附則\n\n次のように改める。\n\n> ## 第5条\n>\n> "
		  "文。\n",
		    NULL },
		{ "# 規程\n\n文。\n\n> ただの引用\n", NULL },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_tables_are_read_from_pipes_and_from_html(void)
{
	static const struct form forms[] = {
		{ "# 表\n\n前の文\na|b\n:-|--:\n1|`x`\n\\||**y**\n",
		    "# 表\n\n前の文\n\n| a | b |\n|:---|---:|\n| 1 | `x` |\n"
		    "| \\| | **y** |\n" },
		{ "# 表\n\n| | |\n|---|---|\n| 見出しの無い | 表 |\n", NULL },
		{ "# 表\n\n<table><tr><th>a<th>b<tr><td colspan=2>c &amp; "
		  "d<br>e</table>\n",
		    "# 表\n\n<table>\n<tr><th>a</th><th>b</th></tr>\n"
		    "<tr><td colspan=\"2\">c &amp; "
		    "d<br>e</td></tr>\n</table>\n" },
		{ "# 表\n\n<table>\n\n<tr>\n<td>一\n  "
		  "二</td>\n\n<td>\n\n**三**\n\n"
		  "- (1)　四\n\n</td>\n</tr>\n</table>\n",
		    "# "
		    "表\n\n<table>\n<tr><td>一二</td><td>\n<p><strong>三</"
		    "strong></p>\n"
		    "<ul>\n<li>(1)　四</li>\n</ul></td></tr>\n</table>\n" },
		{ "# 表\n\n- (1)　文\n\n  | a |\n  |---|\n  | b |\n", NULL },
		{ "# "
		  "表\n\n<table><caption>名</caption>\n<tr><td>a</td></tr>\n</"
		  "table>\n",
		    NULL },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_marks_are_kept_and_signs_are_escaped(void)
{
	static const struct form forms[] = {
		{ "# "
		  "文\n\n**強**と*斜*と`符号`と[案内](http://"
		  "x.jp)と![図](a.png)\n",
		    NULL },
		{ "# "
		  "文\n\n<ruby>搭<rp>（</rp><rt>とう</rt><rp>）</rp></"
		  "ruby>載\n",
		    "# 文\n\n<ruby>搭<rt>とう</rt></ruby>載\n" },
		{ "# 文\n\n__強__ <ins>線</ins> x<sup>2</sup><sub>i</sub> "
		  "<var>a=b</var>\n",
		    "# 文\n\n**強** <u>線</u> x<sup>2</sup><sub>i</sub> "
		    "<var>a=b</var>\n" },
		{ "# 文\n\n**「強」**です\n",
		    "# 文\n\n\\*\\*「強」\\*\\*です\n" },
		{ "# 文\n\n改行  \nあり\\\n二度<br>三度\n",
		    "# 文\n\n改行<br>あり<br>二度<br>三度\n" },
		{ "# 文\n\n行は\nつながる and\nwords\n",
		    "# 文\n\n行はつながる and words\n" },
		{ "# 文\n\n&#x7B2C;5条　札ではない\n\n\\# 見出しではない\n",
		    "# 文\n\n&#x7B2C;5条　札ではない\n\n\\# 見出しではない\n" },
		{ "# 文\n\na_b_c 1*2 <3 &c A&B\n",
		    "# 文\n\na_b_c 1\\*2 <3 \\&c A\\&B\n" },
		{ "# 文\n\n![図1](図1.png)\n", NULL },
		{ "# 文\n\n```sh\nls\n\necho\n```\n", NULL },
		{ "# 文\n\n```sh extra=1\nls\n```\n",
		    "# 文\n\n```sh\nls\n```\n" },
		{ "# 文\n\n<ruby>上<rt>じょう</rt>下<rt>げ</rt></ruby>\n",
		    "# 文\n\n<ruby>上<rt>じょう</rt></ruby><ruby>下<rt>げ"
		    "</rt></ruby>\n" },
		{ "# 文\n\n![図の**太字**](a.png)と文\n",
		    "# 文\n\n![図の太字](a.png)と文\n" },
		{ "# 文\n\n<b>甲<i>乙</b>丙</i>\n",
		    "# 文\n\n<strong>甲<em>乙</strong>丙</em>\n" },
		{ "# 文\n\n<!-- 覚え -->\n", NULL },
		{ "文\n==\n\n節\n--\n\n文。\n", "# 文\n\n## 節\n\n文。\n" },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_comments_say_what_headings_and_labels_cannot(void)
{
	static const struct form forms[] = {
		{ "# 規程\n\n## 第1条\n\n文。\n\n- (1)　号\n\n<!-- 項の文 "
		  "-->\n後の文。\n",
		    NULL },
		{ "# 規程\n\n## 第1条\n\n文。\n\n- <!-- 条の号「●」 -->\n  "
		  "●　号\n",
		    NULL },
		{ "# 規程\n\n<!-- 文書の文 -->\n文。\n\n文。\n", NULL },
		{ "# 規程\n\n## はじめに\n\n### 中\n\n#### 下\n\n<!-- "
		  "見出し(2)の文 -->\n文。\n",
		    NULL },
		/* Where the comment names nothing, it is passed over. */
		{ "# 規程\n\n<!-- 章の文 -->\n文。\n", "# 規程\n\n文。\n" },
		/* Seven levels of headings: the last has no sign of its own. */
		{ "# 文書\n\n## 甲\n\n### 乙\n\n#### 丙\n\n##### 丁\n\n"
		  "###### 戊\n\n<h7>己</h7>\n\n文。\n",
		    NULL },
	};

	check_forms(forms, KT_COUNT(forms));
}

static void
test_front_matter_is_kept(void)
{
	static const struct form forms[] = {
		{ "---\nid: a\ntitle: '引用: ''付き'''\nkind: 規程 # 種別\n"
		  "decided: 令和8年3月1日\neffective:\n- R8.4.1\n"
		  "- {clauses: [第5条, 第6条第2項], from: 2026-10-01}\n"
		  "- clauses: [第8条]\n  from: unknown\n  condition: "
		  "公布の日から\n"
		  "owner: 総務課\ntags:\n- a\n- b\n# 覚え\n---\n# 題\n",
		    "---\nid: a\ntitle: \"引用: '付き'\"\nkind: 規程\n"
		    "decided: 2026-03-01\neffective:\n  - 2026-04-01\n"
		    "  - {clauses: [第5条, 第6条第2項], from: 2026-10-01}\n"
		    "  - {clauses: [第8条], from: unknown, condition: "
		    "公布の日から}\n"
		    "owner: 総務課\ntags:\n- a\n- b\n# 覚え\n---\n\n# 題\n" },
		{ "---\ntitle: 題\n---\n\n文。\n",
		    "---\ntitle: 題\n---\n\n# 題\n\n文。\n" },
		{ "---\ndecided: いつか\ntitle: [a\n---\n",
		    "---\ndecided: いつか\ntitle: [a\n---\n" },
	};

	check_forms(forms, KT_COUNT(forms));
}

/* ---- there and back, over what there is ------------------------------ */

static void
test_random_trees_come_back(void)
{
	random_trees(3000, false);
}

static void
test_random_trees_with_anything_anywhere_come_back(void)
{
	random_trees(3000, true);
}

/* A long text of many blocks of every kind; `wild` as for random_doc(). */
static void
long_text(struct kt_buf *out, uint64_t number, bool wild)
{
	struct kt_buf part = KT_BUF_INIT;

	kt_buf_clear(out);
	while (out->len < (size_t)256 << 10) {
		struct kt_doc *doc = random_doc(number++, wild);

		kt_buf_clear(&part);
		CU_ASSERT_EQUAL(kt_write_markdown(&part, doc, NULL), KT_OK);
		/* These would have all of it parsed whole. */
		if (strstr(part.p, "]:") == NULL &&
		    strstr(part.p, " ```") == NULL &&
		    strstr(part.p, " ~~~") == NULL &&
		    strstr(part.p, "=\n") == NULL)
			kt_buf_printf(out, "%s\n", part.p);
		kt_doc_free(doc);
	}
	kt_buf_release(&part);
}

/* What does not fit a part: fences and comments that go on over headings. */
static void
long_reaches(struct kt_buf *out)
{
	kt_buf_clear(out);
	for (int i = 0; out->len < (size_t)256 << 10; i++)
		kt_buf_printf(out,
		    "# 題%d\n\n文。\n\n```\n\n# 符号の中\n\n```\n\n<!--\n\n"
		    "# 覚えの中\n\n-->\n\n## 第%d条\n\n%s\n\n- (1)　号\n\n"
		    "~~~~\n~~~\n\n# 中\n\n~~~~\n",
		    i, i, i % 7 == 0 ? "<div>\n## 中\n</div>" : "文。");
}

/* The same text with a link definition at its end is parsed whole. */
static bool
parts_are_as_the_whole(struct kt_buf *text)
{
	struct kt_doc *parts = NULL, *whole = NULL;
	bool same;

	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&parts, "x.md", text->p, text->len, NULL), KT_OK);
	kt_buf_puts(text, "\n\n[x]: y\n");
	CU_ASSERT_EQUAL_FATAL(
	    kt_read_markdown(&whole, "x.md", text->p, text->len, NULL), KT_OK);
	same = kt_node_equal(parts->root, whole->root, NULL, NULL);
	for (const struct kt_node *x = parts->root, *y = whole->root;
	     same && x != NULL;
	     x = kt_node_next(x, NULL), y = kt_node_next(y, NULL))
		same = x->line == y->line && x->column == y->column;
	kt_doc_free(parts);
	kt_doc_free(whole);
	return same;
}

static void
test_a_text_read_in_parts_is_as_read_whole(void)
{
	struct kt_buf text = KT_BUF_INIT;

	for (uint64_t i = 0; i < 20; i++) {
		long_text(&text, 1000 * i, i % 2 == 1);
		CU_ASSERT(parts_are_as_the_whole(&text));
	}
	long_reaches(&text);
	CU_ASSERT(parts_are_as_the_whole(&text));
	kt_buf_release(&text);
}

/* Every file of a folder whose name ends so, one folder down if `deep`. */
static size_t
each_file(const char *folder, const char *suffix, bool deep,
    void (*see)(const char *path))
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	size_t seen = 0;
	char path[1024];

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		size_t n = strlen(e->d_name), wide = strlen(suffix);

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		if (n > wide && strcmp(e->d_name + n - wide, suffix) == 0) {
			see(path);
			seen++;
		} else if (deep && strchr(e->d_name, '.') == NULL) {
			seen += each_file(path, suffix, false, see);
		}
	}
	if (dir != NULL)
		closedir(dir);
	return seen;
}

static void
file_comes_back(const char *path)
{
	struct kt_doc *doc = NULL;
	struct kt_buf text = KT_BUF_INIT;
	const char *wrong;

	CU_ASSERT_EQUAL_FATAL(kt_read_file(&doc, path, NULL), KT_OK);
	wrong = round_trip(doc, &text);
	if (wrong[0] != '\0')
		printf("\n    %s: %s\n", path, wrong);
	CU_ASSERT_EQUAL(wrong[0], '\0');
	kt_doc_free(doc);
	kt_buf_release(&text);
}

static void
test_the_samples_come_back(void)
{
	CU_ASSERT(each_file("policies", ".md", true, file_comes_back) >= 6);
}

static void
test_the_laws_come_back(void)
{
	if (kt_test_data("egov-pairs"))
		KT_NUM(each_file(KT_DATA "/egov-pairs", ".xml", true,
			   file_comes_back),
		    432);
	if (kt_test_data("triples"))
		KT_NUM(each_file(
			   KT_DATA "/triples", ".xml", false, file_comes_back),
		    4);
}

static void
test_plain_texts_come_back(void)
{
	if (kt_test_data("lawtext-samples"))
		KT_NUM(each_file(KT_DATA "/lawtext-samples", ".txt", false,
			   file_comes_back),
		    18);
	if (kt_test_data("gyosei-tetsuzuki"))
		each_file(KT_DATA "/gyosei-tetsuzuki", ".law.txt", false,
		    file_comes_back);
	if (kt_test_data("osaka"))
		KT_NUM(
		    each_file(KT_DATA "/osaka", ".txt", false, file_comes_back),
		    2);
}

static void
test_a_tree_too_deep_to_be_read_is_not_written(void)
{
	struct kt_doc *doc = kt_doc_new("deep");
	struct kt_diag *d = kt_diag_new();
	struct kt_node *at = doc->root;
	struct kt_buf out = KT_BUF_INIT;

	for (int i = 0; i < 100; i++)
		at = kt_doc_add(doc, at, KT_QUOTE);
	kt_doc_finish(doc);
	CU_ASSERT_EQUAL(kt_write_markdown(&out, doc, d), KT_ELIMIT);
	CU_ASSERT_EQUAL(kt_diag_get(d, 0)->id, KT_M_MD_WRITE_DEEP);
	KT_STR(out.p, "");
	kt_buf_release(&out);
	kt_diag_free(d);
	kt_doc_free(doc);
}

/* Long lists and tables are parted by blank lines, or the reader would refuse
 * them. */
static void
test_long_lists_and_tables_can_be_read_again(void)
{
	struct kt_doc *doc = kt_doc_new("long");
	struct kt_node *article = kt_doc_add(doc, doc->root, KT_ARTICLE);
	struct kt_node *item = kt_doc_add(doc, article, KT_ITEM), *table, *row;
	struct kt_buf text = KT_BUF_INIT;

	kt_node_label(doc, article, "第1条");
	kt_node_label(doc, item, "(1)");
	item = kt_doc_add(doc, item, KT_BULLET);
	for (int i = 0; i < 3000; i++)
		kt_node_text(doc, kt_doc_add(doc, item, KT_BULLET), "市長は、",
		    strlen("市長は、"));
	table = kt_doc_add(doc, article, KT_TABLE);
	for (int i = 0; i < 20000; i++) {
		row = kt_doc_add(doc, table, KT_ROW);
		for (int k = 0; k < 1 + i % 2; k++)
			kt_node_text(doc, kt_doc_add(doc, row, KT_CELL),
			    "市長は、", strlen("市長は、"));
	}
	kt_doc_finish(doc);
	KT_STR(round_trip(doc, &text), "");
	kt_buf_release(&text);
	kt_doc_free(doc);
}

static CU_TestInfo form_tests[] = {
	{ "articles are found however they are written",
	    test_articles_are_found_however_they_are_written },
	{ "divisions nest by their kind", test_divisions_nest_by_their_kind },
	{ "items nest by the form of their labels",
	    test_items_nest_by_the_form_of_their_labels },
	{ "quotations are commentary, notes or quoted text",
	    test_quotations_are_commentary_notes_or_quoted_text },
	{ "tables are read from pipes and from HTML",
	    test_tables_are_read_from_pipes_and_from_html },
	{ "marks are kept and signs are escaped",
	    test_marks_are_kept_and_signs_are_escaped },
	{ "comments say what headings and labels cannot",
	    test_comments_say_what_headings_and_labels_cannot },
	{ "front matter is kept", test_front_matter_is_kept },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo trip_tests[] = {
	{ "random trees come back", test_random_trees_come_back },
	{ "a text read in parts is as read whole",
	    test_a_text_read_in_parts_is_as_read_whole },
	{ "random trees with anything anywhere come back",
	    test_random_trees_with_anything_anywhere_come_back },
	{ "the samples come back", test_the_samples_come_back },
	{ "the laws come back", test_the_laws_come_back },
	{ "plain texts come back", test_plain_texts_come_back },
	{ "a tree too deep to be read is not written",
	    test_a_tree_too_deep_to_be_read_is_not_written },
	{ "long lists and tables can be read again",
	    test_long_lists_and_tables_can_be_read_again },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "forms", NULL, NULL, NULL, NULL, form_tests },
		{ "there and back", NULL, NULL, NULL, NULL, trip_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
