/* SPDX-License-Identifier: MIT */
/*
 * The styles of a Word file: one table.  All names begin with 例規, so that
 * they stand together and are not taken for Word's own 本文 and 見出し.
 */
#include "docx_int.h"

#include <string.h>

enum {
	CENTER = 1,
	RIGHT = 2,
	KEEP = 4,
	GOTHIC = 8,
	BOX = 16,
	TINY = 32,
	LEFT = 64,
	SPACED = 128
};

static const struct style {
	const char *id, *name;
	unsigned char left;
	signed char first;
	unsigned flags;
	enum kt_line_style outline; /* STYLES: none */
	unsigned char sub; /* levels below that one */
} styles[] = {
	{ "Daimei", "題名", 3, 0, KEEP, KT_LINE_STYLES, 0 },
	{ "Hen", "編名", 2, 0, KEEP, KT_LINE_PART, 0 },
	{ "Sho", "章名", 3, 0, KEEP, KT_LINE_CHAPTER, 0 },
	{ "Setsu", "節名", 4, 0, KEEP, KT_LINE_SECTION, 0 },
	{ "Kan", "款名", 5, 0, KEEP, KT_LINE_SUBSECTION, 0 },
	{ "Moku", "目名", 6, 0, KEEP, KT_LINE_DIVISION, 0 },
	{ "Midashi", "見出し", 1, 0, KEEP, KT_LINE_CAPTION, 0 },
	{ "Jo", "条", 1, -1, 0, KT_LINE_STYLES, 0 },
	{ "Ko", "項", 1, -1, 0, KT_LINE_STYLES, 0 },
	{ "Go", "号", 2, -1, 0, KT_LINE_STYLES, 0 },
	{ "Saibun1", "号の細分１", 3, -1, 0, KT_LINE_STYLES, 0 },
	{ "Saibun2", "号の細分２", 4, -1, 0, KT_LINE_STYLES, 0 },
	{ "Saibun3", "号の細分３", 5, -1, 0, KT_LINE_STYLES, 0 },
	{ "Koban1", "項番１", 1, -1, KEEP | GOTHIC | SPACED, KT_LINE_HEADED,
	    0 },
	{ "Koban2", "項番２", 2, -1, KEEP | GOTHIC, KT_LINE_HEADED, 1 },
	{ "Koban3", "項番３", 3, -1, KEEP | GOTHIC, KT_LINE_HEADED, 2 },
	{ "Koban4", "項番４", 4, -1, KEEP | GOTHIC, KT_LINE_HEADED, 3 },
	{ "Daimoku1", "題目１", 0, 0, KEEP | GOTHIC | SPACED, KT_LINE_TOPIC,
	    0 },
	{ "Daimoku2", "題目２", 0, 0, KEEP | GOTHIC, KT_LINE_TOPIC, 1 },
	{ "Daimoku3", "題目３", 0, 0, KEEP | GOTHIC, KT_LINE_TOPIC, 2 },
	{ "Daimoku4", "題目４", 0, 0, KEEP | GOTHIC, KT_LINE_TOPIC, 3 },
	{ "Fusoku", "附則", 3, 0, KEEP, KT_LINE_SUPPL, 0 },
	{ "Beppyo", "別表", 0, 0, KEEP, KT_LINE_APPENDIX, 0 },
	{ "Honbun", "文", 0, 1, 0, KT_LINE_STYLES, 0 },
	{ "Kajo", "箇条書", 1, -1, 0, KT_LINE_STYLES, 0 },
	{ "Zu", "図", 0, 0, CENTER, KT_LINE_STYLES, 0 },
	{ "Chu", "注", 1, -1, 0, KT_LINE_STYLES, 0 },
	{ "Mokuji", "目次", 3, 0, LEFT, KT_LINE_STYLES, 0 },
	{ "Kaisetsu", "解説", 2, 0, BOX, KT_LINE_STYLES, 0 },
	{ "Hyo", "表の文字", 0, 0, LEFT, KT_LINE_STYLES, 0 },
	{ "Kuran", "空欄", 0, 0, LEFT, KT_LINE_STYLES, 0 },
	{ "Hyomatsu", "表の後", 0, 0, TINY, KT_LINE_STYLES, 0 },
	{ "Hyodai", "対照表の標題", 0, 0, CENTER | KEEP, KT_LINE_STYLES, 0 },
	{ "Ranmei", "対照表の欄名", 0, 0, CENTER, KT_LINE_STYLES, 0 },
	{ "Ranchu", "対照表の注", 0, 0, RIGHT | KEEP, KT_LINE_STYLES, 0 },
	{ "Kaisei", "改正文", 0, 1, KEEP, KT_LINE_STYLES, 0 },
	{ "Biko", "対照表の備考", 3, -3, 0, KT_LINE_STYLES, 0 },
	{ "Chuki", "対照表の注記", 0, 0, LEFT, KT_LINE_STYLES, 0 },
	{ "Nichiji", "日付", 0, 0, RIGHT, KT_LINE_STYLES, 0 },
};

void
docx_style_indent(const char *id, unsigned *left, int *first)
{
	*left = 0;
	*first = 0;
	for (size_t i = 0; i < KT_COUNT(styles); i++)
		if (strcmp(styles[i].id, id) == 0) {
			*left = styles[i].left;
			*first = styles[i].first;
			return;
		}
}

/* Fonts have full-width names: that is what Windows calls them, and the font
 * table says what others do. */
static void
put_fonts(struct kt_xmlw *w, const char *font)
{
	kt_xmlw_open(w, "w:rFonts");
	kt_xmlw_attr(w, "w:ascii", font);
	kt_xmlw_attr(w, "w:eastAsia", font);
	kt_xmlw_attr(w, "w:hAnsi", font);
	kt_xmlw_attr(w, "w:cs", font);
	kt_xmlw_close(w);
}

static void
put_defaults(struct kt_xmlw *w, const struct docx_page *page)
{
	kt_xmlw_open(w, "w:docDefaults");
	kt_xmlw_open(w, "w:rPrDefault");
	kt_xmlw_open(w, "w:rPr");
	put_fonts(w, "ＭＳ 明朝");
	docx_number(w, "w:kern", 2);
	docx_number(w, "w:sz", page->half_points);
	docx_number(w, "w:szCs", page->half_points);
	kt_xmlw_raw(w, "<w:lang w:val=\"en-US\" w:eastAsia=\"ja-JP\" "
		       "w:bidi=\"ar-SA\"/>");
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	kt_xmlw_raw(w, "<w:pPrDefault/>");
	kt_xmlw_close(w);
}

static void
put_fixed(struct kt_xmlw *w, const struct docx_page *page)
{
	kt_xmlw_raw(w,
	    "<w:style w:type=\"paragraph\" w:default=\"1\" "
	    "w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>"
	    "<w:pPr><w:widowControl w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/>"
	    "<w:autoSpaceDN w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr>");
	/* Some readers take the size of a character for the grid from here. */
	kt_xmlw_open(w, "w:rPr");
	docx_number(w, "w:sz", page->half_points);
	docx_number(w, "w:szCs", page->half_points);
	kt_xmlw_close(w);
	kt_xmlw_raw(w,
	    "</w:style>"
	    "<w:style w:type=\"table\" w:default=\"1\" "
	    "w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
	    "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/>"
	    "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>"
	    "<w:top w:w=\"0\" w:type=\"dxa\"/>"
	    "<w:left w:w=\"99\" w:type=\"dxa\"/>"
	    "<w:bottom w:w=\"0\" w:type=\"dxa\"/>"
	    "<w:right w:w=\"99\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
	    "</w:style>");
}

static void
put_border(struct kt_xmlw *w, const char *name)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attr(w, "w:val", "single");
	kt_xmlw_attr(w, "w:sz", "4");
	kt_xmlw_attr(w, "w:space", "0");
	kt_xmlw_attr(w, "w:color", "auto");
	kt_xmlw_close(w);
}

static void
put_table_style(
    struct kt_xmlw *w, const char *id, const char *name, bool inside)
{
	kt_xmlw_open(w, "w:style");
	kt_xmlw_attr(w, "w:type", "table");
	kt_xmlw_attr(w, "w:customStyle", "1");
	kt_xmlw_attr(w, "w:styleId", id);
	docx_value(w, "w:name", name);
	docx_value(w, "w:basedOn", "TableNormal");
	kt_xmlw_open(w, "w:tblPr");
	kt_xmlw_open(w, "w:tblBorders");
	put_border(w, "w:top");
	put_border(w, "w:left");
	put_border(w, "w:bottom");
	put_border(w, "w:right");
	if (inside)
		put_border(w, "w:insideH");
	put_border(w, "w:insideV");
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
}

static void
put_on(struct kt_xmlw *w, const char *name)
{
	kt_xmlw_open(w, name);
	kt_xmlw_close(w);
}

static int
outline_of(const struct style *s, const struct docx_outline *outline)
{
	int level =
	    s->outline == KT_LINE_STYLES ? -1 : outline->level[s->outline];

	if (level < 0)
		return -1;
	level += s->sub;
	return level > 8 ? 8 : level;
}

static void
put_paragraph(struct kt_xmlw *w, const struct style *s,
    const struct docx_page *page, int outline)
{
	kt_xmlw_open(w, "w:pPr");
	if ((s->flags & KEEP) != 0)
		put_on(w, "w:keepNext");
	if ((s->flags & BOX) != 0)
		kt_xmlw_raw(w,
		    "<w:pBdr>"
		    "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"1\" "
		    "w:color=\"808080\"/>"
		    "<w:left w:val=\"single\" w:sz=\"4\" w:space=\"4\" "
		    "w:color=\"808080\"/>"
		    "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" "
		    "w:color=\"808080\"/>"
		    "<w:right w:val=\"single\" w:sz=\"4\" w:space=\"4\" "
		    "w:color=\"808080\"/></w:pBdr>"
		    "<w:shd w:val=\"clear\" w:color=\"auto\" "
		    "w:fill=\"F2F2F2\"/>");
	if ((s->flags & TINY) != 0)
		kt_xmlw_raw(w, "<w:snapToGrid w:val=\"0\"/>"
			       "<w:spacing w:line=\"120\" "
			       "w:lineRule=\"exact\"/>");
	if ((s->flags & SPACED) != 0)
		kt_xmlw_raw(w, "<w:spacing w:beforeLines=\"50\" "
			       "w:before=\"182\"/>");
	/* The box must not stick out of a cell. */
	if ((s->flags & BOX) != 0)
		kt_xmlw_raw(w, "<w:ind w:leftChars=\"200\" w:left=\"420\" "
			       "w:rightChars=\"50\" w:right=\"105\"/>");
	else if (s->left > 0 || s->first != 0)
		docx_indent(w, s->left, s->first, page);
	if ((s->flags & (CENTER | RIGHT | LEFT)) != 0)
		docx_value(w, "w:jc",
		    (s->flags & CENTER) != 0  ? "center"
		    : (s->flags & RIGHT) != 0 ? "right"
					      : "left");
	if (outline >= 0)
		docx_number(w, "w:outlineLvl", outline);
	kt_xmlw_close(w);
}

static void
put_style(struct kt_xmlw *w, const struct style *s,
    const struct docx_page *page, int outline)
{
	kt_xmlw_open(w, "w:style");
	kt_xmlw_attr(w, "w:type", "paragraph");
	kt_xmlw_attr(w, "w:customStyle", "1");
	kt_xmlw_attr(w, "w:styleId", s->id);
	kt_xmlw_open(w, "w:name");
	kt_xmlw_attrf(w, "w:val", "例規 %s", s->name);
	kt_xmlw_close(w);
	docx_value(w, "w:basedOn", "Normal");
	put_on(w, "w:qFormat");
	put_paragraph(w, s, page, outline);
	if ((s->flags & GOTHIC) != 0) {
		kt_xmlw_open(w, "w:rPr");
		put_fonts(w, "ＭＳ ゴシック");
		kt_xmlw_close(w);
	}
	kt_xmlw_close(w);
}

static void
put_character_style(struct kt_xmlw *w, const char *id, const char *name)
{
	kt_xmlw_open(w, "w:style");
	kt_xmlw_attr(w, "w:type", "character");
	kt_xmlw_attr(w, "w:customStyle", "1");
	kt_xmlw_attr(w, "w:styleId", id);
	kt_xmlw_open(w, "w:name");
	kt_xmlw_attrf(w, "w:val", "例規 %s", name);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
}

static void
put_margins(struct kt_xmlw *w)
{
	kt_xmlw_raw(w,
	    "<w:style w:type=\"paragraph\" w:styleId=\"Header\">"
	    "<w:name w:val=\"header\"/><w:basedOn w:val=\"Normal\"/>"
	    "<w:uiPriority w:val=\"99\"/><w:pPr><w:snapToGrid w:val=\"0\"/>"
	    "<w:jc w:val=\"right\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/>"
	    "<w:szCs w:val=\"18\"/></w:rPr></w:style>"
	    "<w:style w:type=\"paragraph\" w:styleId=\"Footer\">"
	    "<w:name w:val=\"footer\"/><w:basedOn w:val=\"Normal\"/>"
	    "<w:uiPriority w:val=\"99\"/><w:pPr><w:snapToGrid w:val=\"0\"/>"
	    "<w:jc w:val=\"center\"/></w:pPr></w:style>");
}

/* Word's own styles of 目次, by the names it knows them under. */
static void
put_toc_styles(struct kt_xmlw *w, const struct docx_page *page)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_xmlw_raw(w,
	    "<w:style w:type=\"paragraph\" w:styleId=\"TOCHeading\">"
	    "<w:name w:val=\"TOC Heading\"/><w:basedOn w:val=\"Normal\"/>"
	    "<w:uiPriority w:val=\"39\"/><w:pPr><w:keepNext/>"
	    "<w:spacing w:before=\"182\"/><w:jc w:val=\"center\"/></w:pPr>"
	    "</w:style>");
	for (unsigned level = 1; level <= 3; level++) {
		kt_buf_clear(&b);
		kt_buf_printf(&b,
		    "<w:style w:type=\"paragraph\" w:styleId=\"TOC%u\">"
		    "<w:name w:val=\"toc %u\"/>"
		    "<w:basedOn w:val=\"Normal\"/>"
		    "<w:uiPriority w:val=\"39\"/><w:pPr><w:tabs>"
		    "<w:tab w:val=\"right\" w:leader=\"dot\" "
		    "w:pos=\"%u\"/></w:tabs>",
		    level, level, docx_page_room(page));
		kt_xmlw_raw(w, b.p);
		docx_indent(w, level - 1, 0, page);
		kt_xmlw_raw(w, "<w:jc w:val=\"left\"/></w:pPr></w:style>");
	}
	kt_buf_release(&b);
}

int
docx_put_styles(struct kt_buf *out, const struct docx_page *page,
    const struct docx_outline *outline, struct kt_diag *d)
{
	struct kt_xmlw *w = kt_xmlw_new();
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "w:styles");
	kt_xmlw_attr(w, "xmlns:w", DOCX_NS);
	put_defaults(w, page);
	put_fixed(w, page);
	put_margins(w);
	put_toc_styles(w, page);
	for (size_t i = 0; i < KT_COUNT(styles); i++)
		put_style(w, &styles[i], page, outline_of(&styles[i], outline));
	put_character_style(w, "Kodo", "コード");
	put_character_style(w, "Sanshiki", "算式");
	put_table_style(w, "Hyogumi", "例規 表", true);
	put_table_style(w, "Taishohyo", "例規 対照表", false);
	kt_xmlw_close(w);
	rc = kt_xmlw_finish(w, out, d);
	kt_xmlw_free(w);
	return rc;
}
