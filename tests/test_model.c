/* SPDX-License-Identifier: MIT */
/* The tree and the labels of the model layer. */
#include "kt_test.h"

#include <kaitei/model.h>

static struct kt_doc *doc;

static void
begin(void)
{
	doc = kt_doc_new("test.md");
}

static void
end(void)
{
	kt_doc_free(doc);
	doc = NULL;
}

/* A child with its label and text. */
static struct kt_node *
add(struct kt_node *parent, enum kt_kind kind, const char *label,
    const char *text)
{
	struct kt_node *node = kt_doc_add(doc, parent, kind);

	kt_node_label(doc, node, label);
	kt_node_text(doc, node, text, strlen(text));
	return node;
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

static CU_TestInfo label_tests[] = {
	{ "labels are read as people write them",
	    test_labels_are_read_as_people_write_them },
	CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
		{ "labels", NULL, NULL, begin, end, label_tests },
		CU_SUITE_INFO_NULL,
	};

	(void)add;
	return kt_test_main(suites);
}
