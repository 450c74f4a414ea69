/* SPDX-License-Identifier: MIT */
/*
 * Clauses of 法令標準XML and what they are called: 目次, 編 to 目, 条, 項, 号,
 * 附則, 別表 and 様式 with their labels, captions and related articles.
 */
#include "law_int.h"

#include <string.h>

/* ---- helpers ---------------------------------------------------------- */

/* x as words, begun afresh. */
static void
words_of(struct law *l, const struct kt_xnode *x)
{
	law_words_clear(l);
	law_words_put(l, x);
}

/* Bytes of the label that the words gathered begin with, and of the blanks
 * behind it; 0 when they begin with none. */
static size_t
label_of(const struct law *l, struct kt_label *label)
{
	if (!kt_label_read(label, l->text.p, l->text.len))
		label->len = label->skip = 0;
	return label->len;
}

/* The words without （ ） around them; false when there are none. */
static bool
inside_brackets(const struct kt_buf *b, size_t *from, size_t *n)
{
	static const char open[] = "（", close[] = "）";
	const size_t wide = sizeof(open) - 1;

	*from = 0;
	*n = b->len;
	if (b->len < 2 * wide || memcmp(b->p, open, wide) != 0 ||
	    memcmp(b->p + b->len - wide, close, wide) != 0)
		return false;
	*from = wide;
	*n -= 2 * wide;
	return true;
}

/* What an entry of the 目次 is made of, one behind the other. */
static void
add_to_entry(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_words_resume(l, node);
	law_words_put(l, x);
	law_words_text(l, node);
}

static bool
is_entry(const struct kt_node *node)
{
	return node->kind == KT_BULLET;
}

/* An element out of its place keeps its words: in an entry of a 目次 they go
 * on with it, elsewhere they become a TEXT.  False when x may be taken. */
static bool
out_of_place(
    struct law *l, struct kt_node *node, const struct kt_xnode *x, bool takes)
{
	if (is_entry(node))
		add_to_entry(l, node, x);
	else if (!takes)
		law_unknown(l, node, x);
	else
		return false;
	return true;
}

/* May this node, of the right kind, still be given a label? */
static bool
is_unnamed(const struct kt_node *node, bool kind)
{
	return kind && node->label[0] == '\0';
}

/* ---- 目次 ------------------------------------------------------------- */

void
law_toc(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_children(l, law_add(l, node, KT_TOC, x), x);
}

void
law_toc_label(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	if (out_of_place(l, node, x, is_unnamed(node, node->kind == KT_TOC)))
		return;
	words_of(l, x);
	law_words_label(l, node, l->text.len);
}

static bool
ends_in_bracket(const struct kt_node *entry)
{
	static const char close[] = "）";
	const size_t wide = sizeof(close) - 1;

	return entry->len >= wide &&
	       memcmp(entry->text + entry->len - wide, close, wide) == 0;
}

/* The range of articles begins at `at`, where its bracket does not say so. */
static void
mark_range(struct law *l, struct kt_node *entry, size_t at)
{
	struct kt_mark border = { .start = (uint32_t)at, .kind = KT_COLUMN };

	kt_node_marks(l->doc, entry, &border, 1);
}

/* Outside a 目次, as in new text for one, its name is kept. */
void
law_toc_entry(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *entry = law_add(l, node, KT_BULLET, x);

	if (node->kind != KT_TOC &&
	    (!is_entry(node) || node->origin[0] != '\0'))
		kt_node_origin(l->doc, entry, kt_xnode_name(x));
	if (kt_xnode_elem(x) == NULL)
		add_to_entry(l, entry, x);
	else
		law_children(l, entry, x);
	if (kt_xnode_child(x, "ArticleRange") == NULL && ends_in_bracket(entry))
		mark_range(l, entry, entry->len);
}

void
law_toc_range(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	size_t from, n, at = node->len;

	if (!is_entry(node)) {
		law_unknown(l, node, x);
		return;
	}
	words_of(l, x);
	if (inside_brackets(&l->text, &from, &n)) {
		add_to_entry(l, node, x);
		return;
	}
	add_to_entry(l, node, x);
	mark_range(l, node, at);
}

/* ---- 制定文, 前文 ----------------------------------------------------- */

void
law_enact(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *preamble = node->last;

	if (preamble == NULL || preamble->kind != KT_PREAMBLE)
		preamble = law_add(l, node, KT_PREAMBLE, x);
	words_of(l, x);
	law_words_text(l, law_add(l, preamble, KT_TEXT, x));
}

void
law_preamble(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *preamble = law_add(l, node, KT_PREAMBLE, x);

	kt_node_origin(l->doc, preamble, kt_xnode_name(x));
	law_children(l, preamble, x);
}

/* ---- 編, 章, 節, 款, 目 ----------------------------------------------- */

void
law_division(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	static const struct {
		const char *name;
		enum kt_kind kind;
	} kinds[] = {
		{ "Part", KT_PART },
		{ "Chapter", KT_CHAPTER },
		{ "Section", KT_SECTION },
		{ "Subsection", KT_SUBSECTION },
		{ "Division", KT_DIVISION },
	};

	for (size_t i = 0; i < KT_COUNT(kinds); i++)
		if (kt_xnode_is(x, kinds[i].name))
			node = law_add(l, node, kinds[i].kind, x);
	law_children(l, node, x);
}

void
law_division_title(
    struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_label label;

	if (out_of_place(
		l, node, x, is_unnamed(node, kt_kind_is_division(node->kind))))
		return;
	words_of(l, x);
	label_of(l, &label);
	law_words_label(l, node, label.len);
	law_words_caption(l, node, label.skip, l->text.len - label.skip);
}

/* ---- 条 --------------------------------------------------------------- */

void
law_article(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_children(l, law_add(l, node, KT_ARTICLE, x), x);
}

void
law_article_caption(
    struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	size_t from, n;

	if (out_of_place(l, node, x,
		node->caption[0] == '\0' &&
		    (node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH)))
		return;
	words_of(l, x);
	inside_brackets(&l->text, &from, &n);
	law_words_caption(l, node, from, n);
}

/* Words behind the label do not belong there; they become a 項 before the
 * others, so that nothing is lost and the label can be read. */
void
law_article_title(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_label label;
	struct kt_node *stray;

	if (out_of_place(
		l, node, x, is_unnamed(node, node->kind == KT_ARTICLE)))
		return;
	words_of(l, x);
	if (label_of(l, &label) == 0 || label.skip == l->text.len) {
		law_words_label(l, node, l->text.len);
		return;
	}
	law_words_label(l, node, label.len);
	kt_report(l->d, .id = KT_M_LAW_TITLE_WORDS, .a = node->label,
	    .at = { .file = l->file, .line = kt_xnode_line(x) });
	stray = law_add(l, node, KT_PARAGRAPH, x);
	kt_node_origin(l->doc, stray, kt_xnode_name(x));
	kt_node_text(
	    l->doc, stray, l->text.p + label.skip, l->text.len - label.skip);
}

/* ---- 項 --------------------------------------------------------------- */

void
law_paragraph(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	bool plain = node->kind == KT_PREAMBLE;

	law_children(l, law_add(l, node, plain ? KT_TEXT : KT_PARAGRAPH, x), x);
}

void
law_paragraph_caption(
    struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	law_article_caption(l, node, x);
}

void
law_number(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	if (out_of_place(l, node, x,
		is_unnamed(
		    node, node->kind == KT_PARAGRAPH || node->kind == KT_TEXT)))
		return;
	words_of(l, x);
	law_words_label(l, node, l->text.len);
}

/* ---- 号 and lists ----------------------------------------------------- */

void
law_item(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *item = law_add(l, node, KT_ITEM, x);

	if (kt_xnode_is(x, "Class"))
		kt_node_origin(l->doc, item, kt_xnode_name(x));
	law_children(l, item, x);
	if (item->label[0] == '\0') {
		item->kind = KT_BULLET;
		kt_node_origin(l->doc, item, "Item");
	}
}

/* What is no label that can be read becomes the first words of the text. */
void
law_item_title(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_label label;

	if (out_of_place(l, node, x, is_unnamed(node, node->kind == KT_ITEM)))
		return;
	words_of(l, x);
	if (label_of(l, &label) > 0 && label.kind == KT_ITEM)
		law_words_label(l, node, label.len);
	else
		label.skip = 0;
	law_words_drop(l, label.skip);
	if (l->text.len > 0 && node->len == 0)
		law_words_lead(l, node);
	else if (l->text.len > 0)
		law_words_text(l, law_add(l, node, KT_TEXT, x));
}

void
law_list(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_node *entry = law_add(l, node, KT_BULLET, x);

	if (node->kind != KT_PARAGRAPH && node->kind != KT_ITEM &&
	    node->kind != KT_BULLET)
		kt_node_origin(l->doc, entry, "List");
	law_children(l, entry, x);
}

/* ---- 附則 ------------------------------------------------------------- */

void
law_suppl(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	const char *law = kt_xnode_attr(x, "AmendLawNum");
	const char *extract = kt_xnode_attr(x, "Extract");
	static const char cut[] = "抄";

	node = law_add(l, node, KT_SUPPL, x);
	if (law != NULL)
		kt_node_related(l->doc, node, law, strlen(law));
	if (extract != NULL && strcmp(extract, "true") == 0)
		kt_node_caption(l->doc, node, cut, sizeof(cut) - 1);
	law_children(l, node, x);
}

void
law_suppl_label(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_label label;

	if (out_of_place(l, node, x, is_unnamed(node, node->kind == KT_SUPPL)))
		return;
	words_of(l, x);
	if (label_of(l, &label) == 0)
		label.len = label.skip = l->text.len;
	law_words_label(l, node, label.len);
	if (label.skip < l->text.len)
		law_words_caption(
		    l, node, label.skip, l->text.len - label.skip);
}

/* ---- 別表, 様式, 書式, 別記, 付録 ------------------------------------- */

static bool
is_title(const struct kt_xnode *x)
{
	static const char tail[] = "Title";
	const char *name = kt_xnode_name(x);
	size_t n = strlen(name), wide = sizeof(tail) - 1;

	return (n > wide && strcmp(name + n - wide, tail) == 0) ||
	       kt_xnode_is(x, "ArithFormulaNum");
}

/* The title and the articles it belongs to, joined: both may hold a piece of
 * the other.  *title is the length of the first.  Returns how many elements
 * they are. */
static size_t
read_title(struct law *l, const struct kt_xnode *x, size_t *title)
{
	size_t n = 0;

	law_words_clear(l);
	*title = 0;
	for (x = kt_xnode_elem(x); x != NULL && n < 2;
	     x = kt_xnode_next_elem(x), n++) {
		bool is_name = is_title(x);

		if (is_name ? n > 0 : !kt_xnode_is(x, "RelatedArticleNum"))
			break;
		law_words_put(l, x);
		if (is_name)
			*title = l->text.len;
	}
	return n;
}

/* Would the title be written like this from its pieces alone? */
static bool
is_plain_title(const struct law *l, const struct kt_node *node, size_t title)
{
	struct kt_buf b = KT_BUF_INIT;
	bool same;

	kt_buf_puts(&b, node->label);
	if (node->label[0] != '\0' && node->caption[0] != '\0')
		kt_buf_puts(&b, "　");
	kt_buf_puts(&b, node->caption);
	same = b.len == title && memcmp(b.p, l->text.p, title) == 0;
	kt_buf_clear(&b);
	if (node->related[0] != '\0')
		kt_buf_printf(&b, "（%s）", node->related);
	same = same && strcmp(b.p, l->text.p + title) == 0;
	kt_buf_release(&b);
	return same;
}

/* Element, title and related articles as they stood, for the writer. */
static void
keep_origin(
    struct law *l, struct kt_node *node, const struct kt_xnode *x, size_t title)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_buf_puts(&b, kt_xnode_name(x));
	if (!is_plain_title(l, node, title)) {
		kt_buf_putc(&b, '\n');
		kt_buf_put(&b, l->text.p, title);
		kt_buf_putc(&b, '\n');
		kt_buf_puts(&b, l->text.p + title);
	}
	kt_node_origin(l->doc, node, b.p);
	kt_buf_release(&b);
}

void
law_appendix(struct law *l, struct kt_node *node, const struct kt_xnode *x)
{
	struct kt_label label;
	struct kt_lead lead;
	size_t title, skip;

	node = law_add(l, node, KT_APPENDIX, x);
	skip = read_title(l, x, &title);
	if (label_of(l, &label) > 0 && label.kind != KT_APPENDIX)
		label.len = 0;
	kt_lead_split(&lead, KT_APPENDIX, l->text.p, l->text.len, label.len);
	law_words_label(l, node, label.len);
	law_words_caption(l, node, lead.caption, lead.ncaption);
	kt_node_related(l->doc, node, l->text.p + lead.related, lead.nrelated);
	keep_origin(l, node, x, title);
	for (x = kt_xnode_first(x); x != NULL; x = kt_xnode_next(x)) {
		if (skip > 0 && !kt_xnode_is_text(x))
			skip--;
		else
			law_child(l, node, x);
	}
}
