/* SPDX-License-Identifier: MIT */
/* 別表, 様式 and the like, and the 目次, as 法令標準XML. */
#include "law_int.h"

#include <string.h>

/* ---- 別表, 様式 ------------------------------------------------------- */

static const struct type {
	const char *name, *title, *wrap, *content; /* wrap: of what is in it */
} types[] = {
	{ "AppdxTable", "AppdxTableTitle", NULL, NULL },
	{ "AppdxStyle", "AppdxStyleTitle", "StyleStruct", "Style" },
	{ "AppdxFormat", "AppdxFormatTitle", "FormatStruct", "Format" },
	{ "AppdxNote", "AppdxNoteTitle", "NoteStruct", "Note" },
	{ "AppdxFig", "AppdxFigTitle", NULL, NULL },
	{ "Appdx", "ArithFormulaNum", NULL, "ArithFormula" },
	{ "SupplProvisionAppdxTable", "SupplProvisionAppdxTableTitle", NULL,
	    NULL },
	{ "SupplProvisionAppdxStyle", "SupplProvisionAppdxStyleTitle",
	    "StyleStruct", "Style" },
	{ "SupplProvisionAppdx", "ArithFormulaNum", NULL, "ArithFormula" },
};

enum {
	APPDX_TABLE,
	APPDX_STYLE,
	APPDX_FORMAT,
	APPDX_NOTE,
	APPDX_FIG,
	SUPPL_TABLE = 6,
	SUPPL_STYLE
};

/* 別表 whose matter is not for tables is a 別記. */
static bool
holds_clauses(const struct kt_node *node)
{
	for (const struct kt_node *at = node->first; at != NULL; at = at->next)
		if (law_out_is_clause(at))
			return true;
	return false;
}

static const struct type *
type_of(const struct kt_node *node)
{
	bool behind = node->parent->kind == KT_SUPPL;
	bool style = strstr(node->label, "様式") != NULL;

	for (size_t i = 0; i < KT_COUNT(types); i++)
		if (law_out_was(node, types[i].name))
			return &types[i];
	if (behind)
		return &types[style ? SUPPL_STYLE : SUPPL_TABLE];
	if (style)
		return &types[APPDX_STYLE];
	if (strstr(node->label, "書式") != NULL)
		return &types[APPDX_FORMAT];
	if (strstr(node->label, "図") != NULL)
		return &types[APPDX_FIG];
	if (strstr(node->label, "表") != NULL && !holds_clauses(node))
		return &types[APPDX_TABLE];
	return &types[APPDX_NOTE];
}

/* Title and related articles as the source had them, if this is still what
 * they say. */
struct heading {
	const char *title, *related;
	size_t ntitle;
	struct kt_lead lead; /* of both together */
};

static bool
is_piece(const char *piece, const char *p, size_t from, size_t n)
{
	return strlen(piece) == n && memcmp(piece, p + from, n) == 0;
}

static bool
source_heading(struct heading *out, const struct kt_node *node)
{
	const char *title = strchr(node->origin, '\n'), *related;
	struct kt_label label;
	struct kt_buf b = KT_BUF_INIT;
	bool same;

	if (title == NULL || (related = strchr(++title, '\n')) == NULL)
		return false;
	out->title = title;
	out->ntitle = (size_t)(related - title);
	out->related = related + 1;
	kt_buf_put(&b, title, out->ntitle);
	kt_buf_puts(&b, out->related);
	if (!kt_label_read(&label, b.p, b.len) || label.kind != KT_APPENDIX)
		label.len = 0;
	kt_lead_split(&out->lead, KT_APPENDIX, b.p, b.len, label.len);
	same =
	    is_piece(node->label, b.p, 0, label.len) &&
	    is_piece(
		node->caption, b.p, out->lead.caption, out->lead.ncaption) &&
	    is_piece(node->related, b.p, out->lead.related, out->lead.nrelated);
	kt_buf_release(&b);
	return same;
}

/* The caption with its marks stands somewhere in the title. */
static void
write_source_title(struct law_out *o, const char *name, const struct heading *h,
    const struct kt_node *node)
{
	size_t from = h->lead.caption, to = from + h->lead.ncaption;

	law_out_open(o, name);
	if (to > h->ntitle)
		from = to = h->ntitle;
	kt_xmlw_text(o->w, h->title, from);
	if (to > from)
		law_out_range(o, node->caption, node->caption_marks,
		    node->ncaption_marks, 0, to - from);
	kt_xmlw_text(o->w, h->title + to, h->ntitle - to);
	law_out_close(o);
}

static void
heading(struct law_out *o, const struct type *type, const struct kt_node *node)
{
	struct kt_buf b = KT_BUF_INIT;
	struct heading h;

	if (source_heading(&h, node)) {
		write_source_title(o, type->title, &h, node);
		law_out_words(o, "RelatedArticleNum", h.related, false);
		return;
	}
	kt_buf_puts(&b, node->label);
	if (b.len > 0 && node->caption[0] != '\0')
		kt_buf_puts(&b, "　");
	law_out_caption(o, type->title, node, b.p, "");
	kt_buf_clear(&b);
	if (node->related[0] != '\0')
		kt_buf_printf(&b, "（%s）", node->related);
	law_out_words(o, "RelatedArticleNum", b.p, false);
	kt_buf_release(&b);
}

/* What lies in a 様式 without saying how: each piece a form of its own,
 * clauses that follow each other one together. */
static void
forms(struct law_out *o, const struct type *type, const struct kt_node *at)
{
	while (at != NULL) {
		const struct kt_node *stop = at->next;

		if (at->kind == KT_NOTE && !law_out_has_name(at)) {
			law_out_remarks(o, at);
		} else if (law_out_has_name(at) && law_out_is_struct(at)) {
			stop = law_out_struct(o, at, NULL, LAW_IN_CONTENT);
		} else {
			while (law_out_is_clause(at) && stop != NULL &&
			       law_out_is_clause(stop))
				stop = stop->next;
			law_out_open(o, type->wrap);
			law_out_open(o, type->content);
			law_out_content(o, at, stop);
			law_out_end(o);
			law_out_end(o);
		}
		at = stop;
	}
}

void
law_out_appendix(struct law_out *o, const struct kt_node *node)
{
	const struct type *type = type_of(node);
	const struct kt_node *rest = node->first;

	law_out_open(o, type->name);
	law_out_num(o, node, 0);
	heading(o, type, node);
	if (type->wrap != NULL) {
		forms(o, type, rest);
	} else if (type->content != NULL) {
		law_out_open(o, type->content);
		law_out_blocks(o, rest, NULL, LAW_IN_QUOTE, 0);
		law_out_end(o);
	} else if (type == &types[APPDX_FIG]) {
		law_out_blocks(o, rest, NULL, LAW_IN_QUOTE, 0);
	} else {
		law_out_blocks(o, rest, NULL, LAW_IN_APPENDIX, 0);
	}
	law_out_end(o);
}

/* ---- 目次 ------------------------------------------------------------- */

static const struct level {
	enum kt_kind kind;
	const char *name, *title;
} levels[] = {
	{ KT_SUPPL, "TOCSupplProvision", "SupplProvisionLabel" },
	{ KT_PART, "TOCPart", "PartTitle" },
	{ KT_CHAPTER, "TOCChapter", "ChapterTitle" },
	{ KT_SECTION, "TOCSection", "SectionTitle" },
	{ KT_SUBSECTION, "TOCSubsection", "SubsectionTitle" },
	{ KT_DIVISION, "TOCDivision", "DivisionTitle" },
	{ KT_ARTICLE, "TOCArticle", "ArticleTitle" },
};

/* Entries that are open, by their place in `levels`. */
struct toc {
	struct law_out *o;
	size_t open[KT_COUNT(levels)];
	size_t n;
};

static void
toc_close(struct toc *t, size_t level)
{
	while (t->n > 0 && t->open[t->n - 1] >= level) {
		law_out_end(t->o);
		t->n--;
	}
}

/* Where the range of articles, or the caption of an article, begins: at a
 * mark, or at the bracket that ends the entry. */
static size_t
range_of(const struct kt_node *entry)
{
	static const char open[] = "（", close[] = "）";
	const size_t wide = sizeof(open) - 1;
	const char *p = entry->text;
	size_t depth = 0, begin = entry->len, i = 0;

	for (size_t m = 0; m < entry->nmarks; m++)
		if (entry->marks[m].kind == KT_COLUMN)
			return entry->marks[m].start;
	while (i < entry->len) {
		if (strncmp(p + i, open, wide) == 0 && depth++ == 0)
			begin = i;
		else if (strncmp(p + i, close, wide) == 0 && depth > 0 &&
			 --depth == 0 && i + wide < entry->len)
			begin = entry->len;
		i++;
	}
	return depth == 0 ? begin : entry->len;
}

static void
toc_words(struct law_out *o, const char *name, const struct kt_node *entry,
    size_t from, size_t to)
{
	if (from == to)
		return;
	law_out_open(o, name);
	law_out_range(o, entry->text, entry->marks, entry->nmarks, from, to);
	law_out_close(o);
}

static void
toc_entry(struct toc *t, const struct kt_node *entry)
{
	struct kt_label label;
	size_t level = 0, range = range_of(entry);

	if (!kt_label_read(&label, entry->text, entry->len))
		label.kind = KT_APPENDIX;
	while (level < KT_COUNT(levels) && levels[level].kind != label.kind)
		level++;
	if (level == KT_COUNT(levels)) {
		toc_close(t, 0);
		toc_words(t->o,
		    law_out_was(entry, "TOCPreambleLabel") ||
			    strcmp(entry->text, "前文") == 0
			? "TOCPreambleLabel"
			: "TOCAppdxTableLabel",
		    entry, 0, entry->len);
		return;
	}
	toc_close(t, level);
	law_out_open(t->o, levels[level].name);
	t->open[t->n++] = level;
	if (label.kind != KT_SUPPL)
		law_out_num_of(t->o, &label.num);
	toc_words(t->o, levels[level].title, entry, 0, range);
	toc_words(t->o,
	    label.kind == KT_ARTICLE ? "ArticleCaption" : "ArticleRange", entry,
	    range, entry->len);
}

/* An entry and those below it. */
static void
toc_tree(struct toc *t, const struct kt_node *top)
{
	for (const struct kt_node *at = top; at != NULL;
	     at = kt_node_next(at, top)) {
		if (at->len > 0)
			toc_entry(t, at);
		if (at->label[0] != '\0' || at->caption[0] != '\0' ||
		    at->related[0] != '\0')
			law_out_lose(t->o, at, kt_kind_word(at->kind), "");
	}
}

void
law_out_toc(struct law_out *o, const struct kt_node *toc)
{
	struct toc t = { .o = o };

	law_out_open(o, "TOC");
	law_out_words(
	    o, "TOCLabel", toc->label[0] == '\0' ? "目次" : toc->label, true);
	for (const struct kt_node *at = toc->first; at != NULL; at = at->next)
		toc_tree(&t, at);
	toc_close(&t, 0);
	law_out_end(o);
}

const struct kt_node *
law_out_toc_entries(
    struct law_out *o, const struct kt_node *at, const struct kt_node *end)
{
	struct toc t = { .o = o };

	for (; at != end && law_out_was_some(at, "TOC"); at = at->next)
		toc_tree(&t, at);
	toc_close(&t, 0);
	return at;
}
