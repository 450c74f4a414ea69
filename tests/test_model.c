/* SPDX-License-Identifier: MIT */
/* The tree and the labels of the model layer. */
#include "kt_build.h"

static struct kt_doc *doc;

static void
end(void)
{
	kt_doc_free(doc);
	doc = NULL;
}

static void
build(const char *picture)
{
	end();
	doc = kt_build(picture);
}

/* ---- labels ------------------------------------------------------------ */

static void
put_numbers(struct kt_buf *out, const struct kt_num *num)
{
	for (unsigned i = 0; i < num->n; i++)
		kt_buf_printf(out, "%s%u", i == 0 ? " " : "-", num->v[i]);
}

/* "article 3-2 / 5 rest": kind, number, end of the range and what is left
 * behind the label. */
static void
show_label(struct kt_buf *out, const char *line)
{
	struct kt_label label;

	if (!kt_label_read(&label, line, strlen(line))) {
		kt_buf_puts(out, "none");
		return;
	}
	kt_buf_puts(out, kt_kind_name(label.kind));
	put_numbers(out, &label.num);
	if (label.to.n > 0)
		kt_buf_puts(out, " to");
	put_numbers(out, &label.to);
	if (line[label.skip] != '\0')
		kt_buf_printf(out, " |%s", line + label.skip);
}

static const struct {
	const char *line, *want;
} labels[] = {
	{ "第三条の二", "article 3-2" },
	{ "第３条", "article 3" },
	{ "第3条（目的）", "article 3 |（目的）" },
	{ "第3条（目的）　この規程は", "article 3 |（目的）　この規程は" },
	{ "第3条（目的）この規程は", "article 3 |（目的）この規程は" },
	{ "第三条　この", "article 3 |この" },
	{ "第一条 この", "article 1 |この" },
	{ "第 3 条　この", "article 3 |この" },
	{ "第一条\tこの", "article 1 |この" },
	{ "第三十九条の二の三　甲", "article 39-2-3 |甲" },
	{ "第三条の規定により", "none" },
	{ "第三条第一項の規定により", "none" },
	{ "第三条（第二項を除く。）の規定により", "none" },
	{ "第三条（見出し）の規定により", "none" },
	{ "第三条から第五条まで　削除", "article 3 to 5 |削除" },
	{ "第三条及び第四条　削除", "article 3 to 4 |削除" },
	{ "第三条、第四条及び第五条　削除", "article 3 to 5 |削除" },
	{ "第三条の二から第三条の五まで", "article 3-2 to 3-5" },
	{ "第三条から第五条までの規定は", "none" },
	{ "第1編", "part 1" },
	{ "第二章の二　総則", "chapter 2-2 |総則" },
	{ "第３節　雑則", "section 3 |雑則" },
	{ "第一款　甲", "subsection 1 |甲" },
	{ "第一目　甲", "division 1 |甲" },
	{ "第一", "item 1" },
	{ "第１　目的", "item 1 |目的" },
	{ "第一号", "item 1" },
	{ "附則", "supplementary" },
	{ "附　則", "supplementary" },
	{ "附　　則　抄", "supplementary |抄" },
	{ "附則（令和7年規則第1号）", "supplementary |（令和7年規則第1号）" },
	{ "附則第2項", "none" },
	{ "附則の規定は", "none" },
	{ "別表", "appendix" },
	{ "別表第一", "appendix 1" },
	{ "別表第1の2（第5条関係）", "appendix 1-2 |（第5条関係）" },
	{ "別表（第三条、第四条関係）", "appendix |（第三条、第四条関係）" },
	{ "別表の上欄に", "none" },
	{ "別表第一（以下「表」という。）の", "none" },
	{ "別表第一号", "appendix 1" },
	{ "別表一（二）　甲", "appendix 1 |甲" },
	{ "別表一の三（二）付表　甲", "appendix 1-3 |甲" },
	{ "別表第三（甲）", "appendix 3" },
	{ "別表一（二）公益法人等の分", "appendix 1 |公益法人等の分" },
	{ "別表一（二）の規定により", "none" },
	{ "第一号様式から第三号様式まで", "appendix 1 to 3" },
	{ "様式第1号", "appendix 1" },
	{ "様式第1号の2", "appendix 1-2" },
	{ "別記様式第二号", "appendix 2" },
	{ "別記第1号様式", "appendix 1" },
	{ "第一号様式（第三条関係）", "appendix 1 |（第三条関係）" },
	{ "第一号の二様式", "appendix 1-2" },
	{ "第六号様式別表一の二", "appendix 6" },
	{ "別紙第２号書式", "appendix 2" },
	{ "別図", "appendix" },
	{ "付録第一", "appendix 1" },
	{ "附則別表第一", "appendix 1" },
	{ "別紙のとおり", "none" },
	{ "(1)　甲", "item 1 |甲" },
	{ "（１）　甲", "item 1 |甲" },
	{ "⑴　甲", "item 1 |甲" },
	{ "(2)の2　甲", "item 2-2 |甲" },
	{ "一　甲", "item 1 |甲" },
	{ "十一の二　甲", "item 11-2 |甲" },
	{ "一部の者", "none" },
	{ "ア　甲", "item 36 |甲" },
	{ "イ　甲", "item 1 |甲" },
	{ "(ア)　甲", "item 36 |甲" },
	{ "①", "item 1" },
	{ "a　甲", "item 1 |甲" },
	{ "A server is", "none" },
	{ "ⅰ　甲", "item 1 |甲" },
	{ "（ｉｉ）　甲", "item 2 |甲" },
	{ "2　甲", "item 2 |甲" },
	{ "２　甲", "item 2 |甲" },
	{ "○２　甲", "item 2 |甲" },
	{ "1.2　甲", "item 1-2 |甲" },
	{ "１．目的", "item 1 |目的" },
	{ "1. 目的", "item 1 |目的" },
	{ "1.5倍", "none" },
	{ "2026年", "none" },
	{ "二から四まで　削除", "item 2 to 4 |削除" },
	{ "イ及びロ　削除", "item 1 to 2 |削除" },
	{ "(1)及び(2)に掲げる", "none" },
	{ "", "none" },
	{ "この規程は", "none" },
};

static void
test_labels_are_read_as_people_write_them(void)
{
	for (size_t i = 0; i < KT_COUNT(labels); i++) {
		struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;

		kt_buf_printf(&got, "%s: ", labels[i].line);
		kt_buf_printf(&want, "%s: %s", labels[i].line, labels[i].want);
		show_label(&got, labels[i].line);
		KT_STR(got.p, want.p);
		kt_buf_release(&got);
		kt_buf_release(&want);
	}
}

/* ---- the finished tree --------------------------------------------------- */

static void
test_ids_follow_the_reading_order(void)
{
	size_t seen = 0;

	build("chapter 第1章\n"
	      " article 第1条\n"
	      "  paragraph ||甲\n"
	      "chapter 第2章\n");
	KT_NUM(doc->count, 5);
	for (struct kt_node *at = doc->root; at != NULL;
	     at = kt_node_next(at, doc->root)) {
		KT_NUM(at->id, seen);
		CU_ASSERT_PTR_EQUAL(doc->nodes[seen++], at);
	}
	KT_NUM(seen, doc->count);
	CU_ASSERT_PTR_EQUAL(
	    kt_node_skip(doc->nodes[1], doc->root), doc->nodes[4]);
	CU_ASSERT_PTR_NULL(kt_node_skip(doc->nodes[4], doc->root));
	CU_ASSERT_PTR_NULL(kt_node_next(doc->nodes[3], doc->nodes[2]));
}

/* "ア1 イ2": form and value of the items of the only parent. */
static void
show_items(struct kt_buf *out)
{
	static const struct {
		enum kt_form form;
		const char *name;
	} names[] = { { KT_F_IROHA, "iroha" }, { KT_F_AIUEO, "aiueo" },
		{ KT_F_PAREN_IROHA, "(iroha)" },
		{ KT_F_PAREN_AIUEO, "(aiueo)" }, { KT_F_LATIN, "latin" },
		{ KT_F_ROMAN, "roman" } };

	for (size_t i = 1; i < doc->count; i++)
		for (size_t k = 0; k < KT_COUNT(names); k++)
			if (names[k].form == doc->nodes[i]->num.form)
				kt_buf_printf(out, "%s%s %u",
				    out->len > 0 ? ", " : "", names[k].name,
				    doc->nodes[i]->num.v[0]);
}

static const struct {
	const char *picture, *want;
} kana[] = {
	{ "item ア\nitem イ\nitem ウ\n", "aiueo 1, aiueo 2, aiueo 3" },
	{ "item イ\nitem ロ\nitem ハ\n", "iroha 1, iroha 2, iroha 3" },
	{ "item イ\n", "iroha 1" },
	{ "item ア\n", "aiueo 1" },
	{ "item ウ\nitem エ\n", "aiueo 3, aiueo 4" },
	{ "item (ア)\nitem (イ)\n", "(aiueo) 1, (aiueo) 2" },
	{ "item （イ）\nitem （ロ）\n", "(iroha) 1, (iroha) 2" },
	{ "item ア\n item イ\n item ロ\nitem イ\n",
	    "aiueo 1, iroha 1, iroha 2, aiueo 2" },
	{ "item h\nitem i\nitem j\n", "latin 8, latin 9, latin 10" },
	{ "item i\nitem ii\n", "roman 1, roman 2" },
};

static void
test_kana_are_read_by_their_neighbours(void)
{
	for (size_t i = 0; i < KT_COUNT(kana); i++) {
		struct kt_buf got = KT_BUF_INIT;

		build(kana[i].picture);
		show_items(&got);
		KT_STR(got.p, kana[i].want);
		kt_buf_release(&got);
	}
}

static void
test_paragraphs_without_a_label_count_up(void)
{
	build("article 第1条\n"
	      " paragraph ||甲\n"
	      " note ||乙\n"
	      " paragraph ||甲\n"
	      " paragraph ４||甲\n"
	      " paragraph ||甲\n");
	KT_NUM(doc->nodes[2]->num.v[0], 1);
	KT_NUM(doc->nodes[4]->num.v[0], 2);
	KT_NUM(doc->nodes[5]->num.v[0], 4);
	KT_NUM(doc->nodes[6]->num.v[0], 5);
}

static const struct {
	const char *picture;
	bool want;
} deleted[] = {
	{ "article 第1条||削除\n", true },
	{ "article 第1条|削除\n", true },
	{ "article 第1条\n paragraph ||　削除\n", true },
	{ "article 第1条から第3条まで\n paragraph ||削除\n", true },
	{ "chapter 第1章|削除\n", true },
	{ "article 第1条|見出し\n paragraph ||削除\n", false },
	{ "article 第1条\n paragraph ||削除する\n", false },
	{ "article 第1条\n paragraph ||削除\n paragraph 2||甲\n", false },
	{ "text ||削除\n", false },
};

static void
test_deleted_clauses_are_known(void)
{
	for (size_t i = 0; i < KT_COUNT(deleted); i++) {
		build(deleted[i].picture);
		CU_ASSERT(doc->nodes[1]->deleted == deleted[i].want);
	}
}

static const struct {
	const char *picture;
	enum kt_style want;
} styles[] = {
	{ "article 第1条\n", KT_STYLE_JOKO },
	{ "headed 1\n", KT_STYLE_KOBAN },
	{ "topic |甲\n text ||乙\n", KT_STYLE_PROSE },
	{ "paragraph ||甲\nparagraph 2||甲\n", KT_STYLE_JOKO },
	{ "headed 1\nsupplementary 附則\n article 第1条\n", KT_STYLE_KOBAN },
	{ "article 第1条\nappendix 別表\n headed 1\n", KT_STYLE_JOKO },
	{ "topic |甲\n text ||乙\n quote\n  article 第1条\n", KT_STYLE_PROSE },
	{ "supplementary 附則\n paragraph ||甲\n", KT_STYLE_JOKO },
};

static void
test_the_style_is_that_of_the_body(void)
{
	for (size_t i = 0; i < KT_COUNT(styles); i++) {
		build(styles[i].picture);
		KT_NUM(doc->style, styles[i].want);
	}
}

/* ---- units --------------------------------------------------------------- */

/* "第1条 附則": the unit of each node, - for none, in reading order. */
static void
check_units(const char *picture, const char *want)
{
	struct kt_buf got = KT_BUF_INIT;

	build(picture);
	for (size_t i = 1; i < doc->count; i++) {
		const struct kt_node *unit = doc->nodes[i]->unit;

		kt_buf_printf(&got, "%s%s", i == 1 ? "" : " ",
		    unit == NULL ? "-" : kt_addr(doc, unit));
		CU_ASSERT(unit == NULL || unit->unit == unit);
	}
	KT_STR(got.p, want);
	kt_buf_release(&got);
}

static void
test_articles_are_units_with_all_below_and_behind_them(void)
{
	check_units("toc 目次\n"
		    " text ||第1章\n"
		    "preamble\n"
		    " text ||甲\n"
		    "chapter 第1章|総則\n"
		    " article 第1条\n"
		    "  paragraph ||甲\n"
		    "   item (1)||乙\n"
		    " commentary |解説\n"
		    "  text ||丙\n"
		    " note ||丁\n"
		    " article 第2条\n",
	    "- - 前文 前文 - 第1条 第1条 第1条 第1条 第1条 第1条 第2条");
}

static void
test_quoted_articles_belong_to_their_clause(void)
{
	check_units("article 第1条\n"
		    " paragraph ||甲\n"
		    "  quote\n"
		    "   article 第9条\n"
		    "    paragraph ||乙\n"
		    "article 第2条\n"
		    "quote\n"
		    " article 第9条\n",
	    "第1条 第1条 第1条 第1条 第1条 第2条 第2条 第2条");
}

static void
test_supplements_and_tables_are_units_unless_they_hold_articles(void)
{
	check_units("article 第1条\n"
		    "supplementary 附則\n"
		    " paragraph 1||甲\n"
		    " paragraph 2||甲\n"
		    "supplementary 附則|||令和7年規則第1号\n"
		    " article 第1条\n"
		    "  paragraph ||甲\n"
		    "appendix 別表\n"
		    " table\n"
		    "  row\n"
		    "   cell ||甲\n"
		    "appendix 様式第1号\n",
	    "第1条 附則 附則 附則 - 附則（令和7年規則第1号）第1条 "
	    "附則（令和7年規則第1号）第1条 別表 別表 別表 別表 様式第1号");
}

static void
test_the_lowest_heading_with_words_is_a_unit(void)
{
	check_units("headed 1|甲\n"
		    " text ||甲\n"
		    "headed 2|甲\n"
		    " headed (1)|乙\n"
		    "  text ||丙\n"
		    " commentary ||丁\n"
		    "headed 3|甲\n"
		    " text ||乙\n"
		    " headed (1)|丙\n"
		    "commentary ||丁\n"
		    "headed 4|甲\n",
	    "1 1 - 2(1) 2(1) 2(1) 3 3 3(1) 3 4");
}

static void
test_commentary_behind_a_chapter_belongs_to_its_last_unit(void)
{
	check_units("chapter 第1章\n"
		    " article 第1条\n"
		    " article 第2条\n"
		    "commentary ||甲\n",
	    "- 第1条 第2条 第2条");
}

static void
test_words_outside_of_all_clauses_make_their_container_a_unit(void)
{
	check_units("text ||甲\n"
		    "chapter 第1章\n"
		    " text ||乙\n"
		    " article 第1条\n",
	    "題名 第1章 第1章 第1条");
	check_units("paragraph ||甲\n"
		    " item 一||乙\n"
		    "paragraph 2||甲\n",
	    "第1項 第1項 第2項");
}

/* ---- words, equality, copies --------------------------------------------- */

static void
test_words_read_as_the_clause_does(void)
{
	struct kt_buf got = KT_BUF_INIT;

	build("article 第1条|目的\n"
	      " paragraph ||この規程は、\n"
	      " paragraph 2||市長は、\n"
	      "  item (1)||甲\n"
	      "appendix 別表|区分||第1条関係\n"
	      " table\n"
	      "  row\n"
	      "   cell ||甲\n"
	      "   cell ||乙\n"
	      "    text ||丙\n"
	      "    item 一||丁\n"
	      "  row\n"
	      "   cell\n"
	      "   cell ||戊\n");
	kt_node_words(&got, doc->root);
	KT_STR(got.p, "第1条（目的）\nこの規程は、\n2　市長は、\n(1)　甲\n"
		      "別表　区分（第1条関係）\n甲\t乙 丙 一　丁\n\t戊\n");
	kt_buf_release(&got);
}

static const struct {
	const char *a, *b;
	int node; /* id of the first that differs; -1 = equal */
} pairs[] = {
	{ "article 第1条\n paragraph ||甲\n",
	    "article 第1条\n paragraph ||甲\n", -1 },
	{ "article 第1条\n", "article 第一条\n", 1 },
	{ "article 第1条|甲\n", "article 第1条\n", 1 },
	{ "article 第1条\n paragraph ||甲\n",
	    "article 第1条\n paragraph ||乙\n", 2 },
	{ "article 第1条\n paragraph ||甲\n", "article 第1条\n text ||甲\n",
	    2 },
	{ "article 第1条\n", "article 第1条\n paragraph ||甲\n", 2 },
	{ "article 第1条\n paragraph\n  item 一\narticle 第2条\n",
	    "article 第1条\n paragraph\n  item 一\n", 4 },
	{ "appendix 別表|||第1条関係\n", "appendix 別表|||第2条関係\n", 1 },
};

static void
test_the_first_difference_of_two_trees_is_found(void)
{
	for (size_t i = 0; i < KT_COUNT(pairs); i++) {
		struct kt_doc *x = kt_build(pairs[i].a);
		struct kt_doc *y = kt_build(pairs[i].b);
		const struct kt_node *a = NULL, *b = NULL;
		bool same = kt_node_equal(x->root, y->root, &a, &b);

		CU_ASSERT(same == (pairs[i].node < 0));
		if (!same)
			KT_NUM(a != NULL ? a->id : b->id, pairs[i].node);
		CU_ASSERT(kt_node_equal(y->root, x->root, NULL, NULL) == same);
		kt_doc_free(x);
		kt_doc_free(y);
	}
}

static void
test_marks_that_do_not_show_do_not_differ(void)
{
	const struct kt_mark shown = { 0, 3, KT_UNDERLINE, "" };
	const struct kt_mark hidden[] = { { 0, 0, KT_SENTENCE, "" },
		{ 0, 3, KT_UNDERLINE, "" } };
	struct kt_doc *x = kt_build("text ||甲\n");
	struct kt_doc *y = kt_build("text ||甲\n");

	kt_node_marks(x, x->nodes[1], &shown, 1);
	CU_ASSERT_FALSE(kt_node_equal(x->root, y->root, NULL, NULL));
	kt_node_marks(y, y->nodes[1], hidden, 2);
	CU_ASSERT_TRUE(kt_node_equal(x->root, y->root, NULL, NULL));
	kt_doc_free(x);
	kt_doc_free(y);
}

static void
test_a_copy_outlives_what_it_was_taken_from(void)
{
	const struct kt_mark mark = { 0, 3, KT_RUBY, "こう" };
	struct kt_doc *from = kt_build("chapter 第1章|総則\n"
				       " article 第1条|目的\n"
				       "  paragraph ||甲\n"
				       "appendix 別表|||第1条関係\n"
				       " table\n"
				       "  row\n"
				       "   cell ||乙\n");
	struct kt_buf got = KT_BUF_INIT;

	end();
	doc = kt_doc_new("copy");
	kt_node_marks(from, from->nodes[3], &mark, 1);
	from->nodes[7]->rowspan = 3;
	kt_node_copy(doc, doc->root, from->nodes[1]);
	kt_node_copy(doc, doc->root, from->nodes[4]);
	CU_ASSERT(kt_node_equal(doc->root, from->root, NULL, NULL));
	kt_doc_free(from);
	kt_doc_finish(doc);
	KT_STR(doc->nodes[3]->marks[0].arg, "こう");
	KT_NUM(doc->nodes[7]->rowspan, 3);
	kt_node_words(&got, doc->root);
	KT_STR(
	    got.p, "第1章　総則\n第1条（目的）\n甲\n別表（第1条関係）\n乙\n");
	kt_buf_release(&got);
}

static void
test_nodes_move_with_all_below_them(void)
{
	struct kt_buf got = KT_BUF_INIT;
	struct kt_node *second;

	build("article 第1条\n"
	      " paragraph ||甲\n"
	      "article 第2条\n"
	      " paragraph ||乙\n");
	second = doc->nodes[3];
	KT_STR(kt_addr(doc, second), "第2条");
	kt_node_unlink(second);
	kt_node_insert(doc->root, doc->root->first, second);
	kt_doc_finish(doc);
	KT_STR(kt_addr(doc, doc->nodes[1]), "第2条");
	kt_node_words(&got, doc->root);
	KT_STR(got.p, "第2条\n乙\n第1条\n甲\n");
	kt_node_unlink(doc->root->last);
	kt_node_unlink(doc->root->last);
	kt_doc_finish(doc);
	KT_NUM(doc->count, 1);
	kt_buf_release(&got);
}

static void
test_a_very_deep_tree_is_walked_without_recursion(void)
{
	struct kt_node *at;
	struct kt_buf words = KT_BUF_INIT;
	struct kt_refs *refs;
	struct kt_doc *copy = kt_doc_new("copy");

	end();
	doc = kt_doc_new("deep");
	at = doc->root;
	for (int i = 0; i < 20000; i++) {
		at = kt_doc_add(doc, at, i < 2 ? KT_HEADED : KT_ITEM);
		kt_node_label(doc, at, i % 2 == 0 ? "ア" : "(1)");
	}
	kt_node_text(doc, at, "項番9", strlen("項番9"));
	kt_doc_finish(doc);
	KT_NUM(doc->count, 20001);
	CU_ASSERT(strlen(kt_addr(doc, at)) < 4096);
	refs = kt_refs_new(doc);
	KT_NUM(refs->count, 1);
	kt_refs_free(refs);
	kt_node_words(&words, doc->root);
	kt_node_copy(copy, copy->root, doc->root->first);
	CU_ASSERT(
	    kt_node_equal(copy->root->first, doc->root->first, NULL, NULL));
	kt_buf_release(&words);
	kt_doc_free(copy);
}

static CU_TestInfo label_tests[] = {
	{ "labels are read as people write them",
	    test_labels_are_read_as_people_write_them },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo finish_tests[] = {
	{ "ids follow the reading order", test_ids_follow_the_reading_order },
	{ "kana are read by their neighbours",
	    test_kana_are_read_by_their_neighbours },
	{ "paragraphs without a label count up",
	    test_paragraphs_without_a_label_count_up },
	{ "deleted clauses are known", test_deleted_clauses_are_known },
	{ "the style is that of the body", test_the_style_is_that_of_the_body },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo unit_tests[] = {
	{ "articles are units with all below and behind them",
	    test_articles_are_units_with_all_below_and_behind_them },
	{ "quoted articles belong to their clause",
	    test_quoted_articles_belong_to_their_clause },
	{ "supplements and tables are units unless they hold articles",
	    test_supplements_and_tables_are_units_unless_they_hold_articles },
	{ "the lowest heading with words is a unit",
	    test_the_lowest_heading_with_words_is_a_unit },
	{ "commentary behind a chapter belongs to its last unit",
	    test_commentary_behind_a_chapter_belongs_to_its_last_unit },
	{ "words outside of all clauses make their container a unit",
	    test_words_outside_of_all_clauses_make_their_container_a_unit },
	CU_TEST_INFO_NULL,
};

static CU_TestInfo tree_tests[] = {
	{ "words read as the clause does", test_words_read_as_the_clause_does },
	{ "the first difference of two trees is found",
	    test_the_first_difference_of_two_trees_is_found },
	{ "marks that do not show do not differ",
	    test_marks_that_do_not_show_do_not_differ },
	{ "a copy outlives what it was taken from",
	    test_a_copy_outlives_what_it_was_taken_from },
	{ "nodes move with all below them",
	    test_nodes_move_with_all_below_them },
	{ "a very deep tree is walked without recursion",
	    test_a_very_deep_tree_is_walked_without_recursion },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "labels", NULL, NULL, NULL, NULL, label_tests },
		{ "finished trees", NULL, NULL, NULL, end, finish_tests },
		{ "units", NULL, NULL, NULL, end, unit_tests },
		{ "words and copies", NULL, NULL, NULL, end, tree_tests },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
