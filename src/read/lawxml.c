/* SPDX-License-Identifier: MIT */
/*
 * 法令標準XML (the schema of e-Gov) → document.  What every element becomes
 * stands in the table below; what the model has no place for is counted and
 * reported with its first place, its words kept.
 */
#include "law_int.h"

#include <stdlib.h>
#include <string.h>

/* Deepest place at which <Law> may stand: the answers of e-Gov's interface
 * wrap it. */
#define WRAPPED_MOST 4

/* Num of a clause follows from its label, nearly always. */
static void
keep_num(struct law *l, struct kt_node *node, const char *num)
{
	if (num == NULL || num[0] == '\0' || node->kind == KT_TEXT ||
	    node->kind == KT_BULLET)
		return;
	KT_GROW(l->nums, l->nnums, l->nums_cap);
	l->nums[l->nnums++] = (struct law_num){ .node = node, .num = num };
}

/* Tables hold rows and rows hold cells; anything else that stands in them
 * comes behind the table, and rows and cells without one get one. */
static struct kt_node *
table_parent(struct law *l, struct kt_node *parent, enum kt_kind kind)
{
	while (
	    (parent->kind == KT_TABLE && kind != KT_ROW && kind != KT_CELL) ||
	    (parent->kind == KT_ROW && kind != KT_CELL))
		parent = parent->parent;
	if (kind == KT_CELL && parent->kind != KT_ROW)
		parent =
		    kt_doc_add(l->doc, table_parent(l, parent, KT_ROW), KT_ROW);
	else if (kind == KT_ROW && parent->kind != KT_TABLE)
		parent = kt_doc_add(l->doc, parent, KT_TABLE);
	return parent;
}

struct kt_node *
law_add(struct law *l, struct kt_node *parent, enum kt_kind kind,
    const struct kt_xnode *x)
{
	struct kt_node *node =
	    kt_doc_add(l->doc, table_parent(l, parent, kind), kind);

	node->line = (uint32_t)kt_xnode_line(x);
	keep_num(l, node, kt_xnode_attr(x, "Num"));
	return node;
}

/* ---- what is lost ----------------------------------------------------- */

static void
lose(struct law *l, const char *name, bool attribute, size_t line)
{
	struct law_lost *lost;

	for (size_t i = 0; i < l->nlost; i++) {
		lost = &l->lost[i];
		if (lost->attribute == attribute &&
		    strcmp(lost->name, name) == 0) {
			lost->count++;
			return;
		}
	}
	KT_GROW(l->lost, l->nlost, l->lost_cap);
	l->lost[l->nlost++] = (struct law_lost){
		.name = name, .attribute = attribute, .line = line, .count = 1
	};
}

void
law_lose_attribute(struct law *l, const struct kt_xnode *x, const char *name)
{
	lose(l, name, true, kt_xnode_line(x));
}

void
law_unknown(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	lose(l, kt_xnode_name(x), false, kt_xnode_line(x));
	if (node == NULL)
		return;
	law_words_clear(l);
	law_words_put(l, x);
	if (l->text.len > 0)
		law_words_text(l, law_add(l, node, KT_TEXT, x));
}

static void
report_lost(const struct law *l)
{
	for (size_t i = 0; i < l->nlost; i++) {
		const struct law_lost *lost = &l->lost[i];
		char count[24];

		snprintf(count, sizeof(count), "%zu", lost->count);
		kt_report(l->d,
		    .id =
			lost->attribute ? KT_M_LAW_ATTRIBUTE : KT_M_LAW_ELEMENT,
		    .a = lost->name, .b = count,
		    .at = { .file = l->file, .line = lost->line });
	}
}

/* Attributes that are kept, that follow from the text, or that are of the
 * publisher's data base and not of the law. */
static bool
is_taken(const char *name, const char *value)
{
	static const char *const names[] = { "Abbrev", "AbbrevKana", "Align",
		"AmendLawNum", "DataInfo", "Era", "Extract", "Function", "Kana",
		"Lang", "LawType", "Num", "PromulgateDay", "PromulgateMonth",
		"Style", "Type", "Year", "colspan", "noNamespaceSchemaLocation",
		"rowspan", "src" };
	/* What these say is so where they are missing, too. */
	static const char *const usual[][2] = { { "Delete", "false" },
		{ "Hide", "false" }, { "LineBreak", "false" },
		{ "WritingMode", "vertical" } };

	for (size_t i = 0; i < KT_COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	for (size_t i = 0; i < KT_COUNT(usual); i++)
		if (strcmp(usual[i][0], name) == 0)
			return strcmp(usual[i][1], value) == 0;
	return false;
}

void
law_check_attributes(struct law *l, const struct kt_xnode *x)
{
	const char *name, *value;

	for (size_t i = 0; kt_xnode_attr_at(x, i, &name, &value); i++) {
		if (strncmp(name, "Border", strlen("Border")) == 0)
			name = "Border*";
		if (!is_taken(name, value))
			law_lose_attribute(l, x, name);
	}
}

/* ---- the law itself --------------------------------------------------- */

static void
law_law_number(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	if (node->kind != KT_DOC || l->doc->meta.number[0] != '\0') {
		law_unknown(l, node, x);
		return;
	}
	law_words_clear(l);
	law_words_put(l, x);
	l->doc->meta.number =
	    kt_arena_strndup(l->doc->arena, l->text.p, l->text.len);
	l->doc->meta.present = true;
}

/* Readings and short names, under their own keys. */
static void
keep_names(struct law *l, const struct kt_xnode *x)
{
	static const char *const keys[][2] = { { "Kana", "kana" },
		{ "Abbrev", "abbrev" }, { "AbbrevKana", "abbrev-kana" } };
	struct kt_meta *m = &l->doc->meta;
	const char *(*other)[2] =
	    kt_arena_alloc(l->doc->arena, KT_COUNT(keys) * sizeof(*other));

	for (size_t i = 0; i < KT_COUNT(keys); i++) {
		const char *value = kt_xnode_attr(x, keys[i][0]);

		if (value == NULL)
			continue;
		other[m->nother][0] = keys[i][1];
		other[m->nother][1] = kt_arena_strdup(l->doc->arena, value);
		m->nother++;
	}
	m->other = (const char *const(*)[2])other;
}

static void
law_title(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	if (node->kind != KT_DOC || node->caption[0] != '\0') {
		law_unknown(l, node, x);
		return;
	}
	law_words_clear(l);
	law_words_put(l, x);
	law_words_caption(l, node, 0, l->text.len);
	l->doc->meta.title = node->caption;
	keep_names(l, x);
}

static void
law_note(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *note = law_add(l, node, KT_NOTE, x);

	kt_node_origin(l->doc, note, kt_xnode_name(x));
	law_words_clear(l);
	law_words_put(l, x);
	law_words_text(l, note);
}

/* ---- the table of elements -------------------------------------------- */

static const struct element {
	const char *name;
	law_handler *handler;
} elements[] = {
	{ "AmendProvision", law_amend },
	{ "AmendProvisionSentence", law_amend_sentence },
	{ "Appdx", law_appendix },
	{ "AppdxFig", law_appendix },
	{ "AppdxFigTitle", law_unknown },
	{ "AppdxFormat", law_appendix },
	{ "AppdxFormatTitle", law_unknown },
	{ "AppdxNote", law_appendix },
	{ "AppdxNoteTitle", law_unknown },
	{ "AppdxStyle", law_appendix },
	{ "AppdxStyleTitle", law_unknown },
	{ "AppdxTable", law_appendix },
	{ "AppdxTableTitle", law_unknown },
	{ "ArithFormula", law_formula },
	{ "ArithFormulaNum", law_unknown },
	{ "Article", law_article },
	{ "ArticleCaption", law_article_caption },
	{ "ArticleRange", law_toc_range },
	{ "ArticleTitle", law_article_title },
	{ "Chapter", law_division },
	{ "ChapterTitle", law_division_title },
	{ "Class", law_item },
	{ "ClassSentence", law_text },
	{ "ClassTitle", law_item_title },
	{ "Division", law_division },
	{ "DivisionTitle", law_division_title },
	{ "EnactStatement", law_enact },
	{ "Fig", law_figure },
	{ "FigStruct", law_children },
	{ "FigStructTitle", law_struct_title },
	{ "Format", law_content },
	{ "FormatStruct", law_children },
	{ "FormatStructTitle", law_struct_title },
	{ "Item", law_item },
	{ "ItemSentence", law_text },
	{ "ItemTitle", law_item_title },
	{ "LawBody", law_children },
	{ "LawNum", law_law_number },
	{ "LawTitle", law_title },
	{ "List", law_list },
	{ "ListSentence", law_text },
	{ "MainProvision", law_children },
	{ "NewProvision", law_children },
	{ "Note", law_content },
	{ "NoteStruct", law_children },
	{ "NoteStructTitle", law_struct_title },
	{ "Paragraph", law_paragraph },
	{ "ParagraphCaption", law_paragraph_caption },
	{ "ParagraphNum", law_number },
	{ "ParagraphSentence", law_text },
	{ "Part", law_division },
	{ "PartTitle", law_division_title },
	{ "Preamble", law_preamble },
	{ "QuoteStruct", law_quote },
	{ "RelatedArticleNum", law_unknown },
	{ "Remarks", law_remarks },
	{ "RemarksLabel", law_remarks_label },
	{ "Section", law_division },
	{ "SectionTitle", law_division_title },
	{ "Sentence", law_free_sentence },
	{ "Style", law_content },
	{ "StyleStruct", law_children },
	{ "StyleStructTitle", law_struct_title },
	{ "Subitem1", law_item },
	{ "Subitem10", law_item },
	{ "Subitem10Sentence", law_text },
	{ "Subitem10Title", law_item_title },
	{ "Subitem1Sentence", law_text },
	{ "Subitem1Title", law_item_title },
	{ "Subitem2", law_item },
	{ "Subitem2Sentence", law_text },
	{ "Subitem2Title", law_item_title },
	{ "Subitem3", law_item },
	{ "Subitem3Sentence", law_text },
	{ "Subitem3Title", law_item_title },
	{ "Subitem4", law_item },
	{ "Subitem4Sentence", law_text },
	{ "Subitem4Title", law_item_title },
	{ "Subitem5", law_item },
	{ "Subitem5Sentence", law_text },
	{ "Subitem5Title", law_item_title },
	{ "Subitem6", law_item },
	{ "Subitem6Sentence", law_text },
	{ "Subitem6Title", law_item_title },
	{ "Subitem7", law_item },
	{ "Subitem7Sentence", law_text },
	{ "Subitem7Title", law_item_title },
	{ "Subitem8", law_item },
	{ "Subitem8Sentence", law_text },
	{ "Subitem8Title", law_item_title },
	{ "Subitem9", law_item },
	{ "Subitem9Sentence", law_text },
	{ "Subitem9Title", law_item_title },
	{ "Sublist1", law_list },
	{ "Sublist1Sentence", law_text },
	{ "Sublist2", law_list },
	{ "Sublist2Sentence", law_text },
	{ "Sublist3", law_list },
	{ "Sublist3Sentence", law_text },
	{ "Subsection", law_division },
	{ "SubsectionTitle", law_division_title },
	{ "SupplNote", law_note },
	{ "SupplProvision", law_suppl },
	{ "SupplProvisionAppdx", law_appendix },
	{ "SupplProvisionAppdxStyle", law_appendix },
	{ "SupplProvisionAppdxStyleTitle", law_unknown },
	{ "SupplProvisionAppdxTable", law_appendix },
	{ "SupplProvisionAppdxTableTitle", law_unknown },
	{ "SupplProvisionLabel", law_suppl_label },
	{ "TOC", law_toc },
	{ "TOCAppdxTableLabel", law_toc_entry },
	{ "TOCArticle", law_toc_entry },
	{ "TOCChapter", law_toc_entry },
	{ "TOCDivision", law_toc_entry },
	{ "TOCLabel", law_toc_label },
	{ "TOCPart", law_toc_entry },
	{ "TOCPreambleLabel", law_toc_entry },
	{ "TOCSection", law_toc_entry },
	{ "TOCSubsection", law_toc_entry },
	{ "TOCSupplProvision", law_toc_entry },
	{ "Table", law_table },
	{ "TableColumn", law_cell },
	{ "TableHeaderColumn", law_cell },
	{ "TableHeaderRow", law_header_row },
	{ "TableRow", law_row },
	{ "TableStruct", law_children },
	{ "TableStructTitle", law_struct_title },
};

static int
compare_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct element *)element)->name);
}

void
law_element(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	const struct element *e = bsearch(kt_xnode_name(x), elements,
	    KT_COUNT(elements), sizeof(*elements), compare_name);

	law_check_attributes(l, x);
	(e == NULL ? law_unknown : e->handler)(l, node, x);
}

/* Words between elements that hold elements only. */
static void
stray_words(struct law *l, struct kt_node *node, const struct kt_xnode *text)
{
	const char *p = kt_xnode_text(text);

	if (p[strspn(p, " \t\r\n")] == '\0')
		return;
	lose(l, kt_xnode_name(kt_xnode_parent(text)), false,
	    kt_xnode_line(text));
	law_words_clear(l);
	law_words_put_text(l, p);
	law_words_text(l, law_add(l, node, KT_TEXT, text));
}

void
law_child(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	if (kt_xnode_is_text(x))
		stray_words(l, node, x);
	else
		law_element(l, node, x);
}

void
law_children(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	for (x = kt_xnode_first(x); x != NULL; x = kt_xnode_next(x))
		law_child(l, node, x);
}

/* ---- numbers that do not follow from the label ------------------------ */

static void
put_num(struct kt_buf *out, const struct kt_num *num)
{
	for (size_t i = 0; i < num->n; i++)
		kt_buf_printf(out, i == 0 ? "%u" : "_%u", num->v[i]);
}

/* Behind what the source called the node: the label, and the number that it
 * had with this label. */
static void
add_num(struct law *l, struct kt_node *node, const char *num)
{
	size_t name = strcspn(node->origin, "\n");
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_put(&b, node->origin, name);
	kt_buf_printf(&b, "\t%s\t%s", node->label, num);
	kt_buf_puts(&b, node->origin + name);
	kt_node_origin(l->doc, node, b.p);
	kt_buf_release(&b);
}

static void
keep_odd_numbers(struct law *l)
{
	struct kt_buf b = KT_BUF_INIT;

	for (size_t i = 0; i < l->nnums; i++) {
		struct kt_node *node = l->nums[i].node;

		kt_buf_clear(&b);
		put_num(&b, &node->num);
		if (node->to.n > 0) {
			kt_buf_putc(&b, ':');
			put_num(&b, &node->to);
		}
		if (strcmp(b.p, l->nums[i].num) != 0)
			add_num(l, node, l->nums[i].num);
	}
	kt_buf_release(&b);
}

/* ---- all -------------------------------------------------------------- */

static const char *
kind_of_law(const struct kt_xnode *law)
{
	static const char *const kinds[][2] = { { "Constitution", "憲法" },
		{ "Act", "法律" }, { "CabinetOrder", "政令" },
		{ "ImperialOrdinance", "勅令" },
		{ "MinisterialOrdinance", "省令" }, { "Rule", "規則" } };
	const char *type = kt_xnode_attr(law, "LawType");

	for (size_t i = 0; type != NULL && i < KT_COUNT(kinds); i++)
		if (strcmp(kinds[i][0], type) == 0)
			return kinds[i][1];
	return "";
}

static void
read_promulgated(struct law *l, const struct kt_xnode *law)
{
	static const char *const eras[][2] = { { "Meiji", "明治" },
		{ "Taisho", "大正" }, { "Showa", "昭和" }, { "Heisei", "平成" },
		{ "Reiwa", "令和" } };
	const char *era = kt_xnode_attr(law, "Era");
	const char *year = kt_xnode_attr(law, "Year");
	const char *month = kt_xnode_attr(law, "PromulgateMonth");
	const char *day = kt_xnode_attr(law, "PromulgateDay");
	struct kt_buf b = KT_BUF_INIT;

	if (era == NULL || year == NULL || month == NULL || day == NULL)
		return;
	for (size_t i = 0; i < KT_COUNT(eras); i++)
		if (strcmp(eras[i][0], era) == 0)
			kt_buf_printf(
			    &b, "%s%s年%s月%s日", eras[i][1], year, month, day);
	if (kt_date_read(&l->doc->meta.promulgated, b.p, b.len) == 0)
		law_lose_attribute(l, law, "PromulgateDay");
	kt_buf_release(&b);
}

static const struct kt_xnode *
find_law(const struct kt_xnode *x, unsigned depth)
{
	const struct kt_xnode *law = NULL;

	if (kt_xnode_is(x, "Law"))
		return x;
	if (depth == WRAPPED_MOST)
		return NULL;
	for (x = kt_xnode_elem(x); x != NULL && law == NULL;
	     x = kt_xnode_next_elem(x))
		law = find_law(x, depth + 1);
	return law;
}

/* The attributes that hold the number in pieces, as they stand for it: not all
 * of them follow from it. */
static void
keep_attributes(struct law *l, const struct kt_xnode *law)
{
	static const char *const names[] = { "Era", "Year", "Num", "LawType" };
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_printf(&b, "Law\t%s", l->doc->meta.number);
	for (size_t i = 0; i < KT_COUNT(names); i++) {
		const char *value = kt_xnode_attr(law, names[i]);

		kt_buf_printf(&b, "\t%s", value == NULL ? "" : value);
	}
	kt_node_origin(l->doc, l->doc->root, b.p);
	kt_buf_release(&b);
}

static void
read_law(struct law *l, const struct kt_xnode *law)
{
	l->doc->meta.kind = kind_of_law(law);
	read_promulgated(l, law);
	law_check_attributes(l, law);
	law_children(l, l->doc->root, law);
	keep_attributes(l, law);
	kt_doc_finish(l->doc);
	keep_odd_numbers(l);
	report_lost(l);
}

static void
release(struct law *l)
{
	kt_buf_release(&l->text);
	kt_sentences_release(&l->rule);
	free(l->marks);
	free(l->ends);
	free(l->lost);
	free(l->nums);
}

int
kt_read_lawxml(struct kt_doc **out, const char *name, const char *bytes,
    size_t n, struct kt_diag *d)
{
	struct law l = { .d = d, .file = name, .text = KT_BUF_INIT };
	const struct kt_xnode *law;
	struct kt_xml *x;
	int rc = kt_xml_parse(&x, name, bytes, n, d);

	if (rc != KT_OK)
		return rc;
	law = find_law(kt_xml_root(x), 0);
	if (law == NULL) {
		rc = kt_report(d, .id = KT_M_LAW_NO_LAW,
		    .a = kt_xnode_name(kt_xml_root(x)),
		    .at = {
			.file = name, .line = kt_xnode_line(kt_xml_root(x)) });
	} else {
		l.doc = kt_doc_new(name);
		read_law(&l, law);
		*out = l.doc;
	}
	release(&l);
	kt_xml_free(x);
	return rc;
}
