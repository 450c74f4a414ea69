/* SPDX-License-Identifier: MIT */
/* The parts around the words: settings, fonts, header, footer, properties. */
#include "docx_int.h"
#include "md_int.h"

#include <stdlib.h>
#include <string.h>

#define DOCUMENT "word/document.xml"
#define KT_CUSTOM_NS                                                           \
	"http://schemas.openxmlformats.org/officeDocument/2006/"               \
	"custom-properties"
#define KT_VT_NS                                                               \
	"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
#define NS_W " xmlns:w=\"" DOCX_NS "\""
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"

/* 禁則: what must not begin or end a line; Word's own lists with the small
 * kana and ー. */
#define NO_LINE_BREAKS_AFTER "$([\\{£¥‘“〈《「『【〔＄（［｛｢￡￥"
#define NO_LINE_BREAKS_BEFORE                                                            \
	"!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕゛゜ゝゞ"        \
	"ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ・ーヽヾ" \
	"！％），．：；？］｝｡｣､･ｧｨｩｪｫｬｭｮｯｰﾞﾟ￠"

static const char settings[] =
    XML "<w:settings" NS_W "><w:zoom w:percent=\"100\"/>"
	"<w:defaultTabStop w:val=\"840\"/>"
	"<w:drawingGridHorizontalSpacing w:val=\"105\"/>"
	"<w:displayHorizontalDrawingGridEvery w:val=\"0\"/>"
	"<w:displayVerticalDrawingGridEvery w:val=\"2\"/>"
	"<w:characterSpacingControl w:val=\"compressPunctuation\"/>"
	"<w:noLineBreaksAfter w:lang=\"ja-JP\" w:val=\"" NO_LINE_BREAKS_AFTER
	"\"/><w:noLineBreaksBefore w:lang=\"ja-JP\" "
	"w:val=\"" NO_LINE_BREAKS_BEFORE "\"/>"
	"<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
	"<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
	"<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/>"
	"<w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" "
	"w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
	"</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"ja-JP\"/>"
	"<w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/>"
	"</w:settings>";

static const char fonts[] =
    XML "<w:fonts" NS_W ">"
	"<w:font w:name=\"ＭＳ 明朝\"><w:altName w:val=\"MS Mincho\"/>"
	"<w:panose1 w:val=\"02020609040205080304\"/><w:charset w:val=\"80\"/>"
	"<w:family w:val=\"roman\"/><w:pitch w:val=\"fixed\"/></w:font>"
	"<w:font w:name=\"ＭＳ ゴシック\"><w:altName w:val=\"MS Gothic\"/>"
	"<w:panose1 w:val=\"020B0609070205080204\"/><w:charset w:val=\"80\"/>"
	"<w:family w:val=\"modern\"/><w:pitch w:val=\"fixed\"/></w:font>"
	"</w:fonts>";

static const char footer[] =
    XML "<w:ftr" NS_W "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>"
	"<w:r><w:t xml:space=\"preserve\">- </w:t></w:r>"
	"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
	"<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
	"<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
	"<w:r><w:t>1</w:t></w:r>"
	"<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
	"<w:r><w:t xml:space=\"preserve\"> -</w:t></w:r></w:p></w:ftr>";

/* ---- parts ----------------------------------------------------------- */

/* Add a part that the document relates to; returns the id. */
static const char *
add_part(
    struct kt_opc *o, const char *name, const char *kind, struct kt_buf *bytes)
{
	struct kt_buf part = KT_BUF_INIT, type = KT_BUF_INIT,
		      relation = KT_BUF_INIT;
	const char *id;

	kt_buf_printf(&part, "word/%s.xml", name);
	kt_buf_printf(&type, KT_TYPE_WORD "%s+xml", kind);
	kt_buf_printf(&relation, KT_REL_OFFICE "%s", kind);
	kt_opc_part(o, part.p, type.p, bytes);
	id = kt_opc_relate(o, DOCUMENT, relation.p, part.p);
	kt_buf_release(&part);
	kt_buf_release(&type);
	kt_buf_release(&relation);
	return id;
}

static const char *
add_fixed(
    struct kt_opc *o, const char *name, const char *kind, const char *words)
{
	struct kt_buf bytes = KT_BUF_INIT;

	kt_buf_puts(&bytes, words);
	return add_part(o, name, kind, &bytes);
}

static int
put_header(struct kt_buf *out, const char *words, struct kt_diag *d)
{
	struct kt_xmlw *w = kt_xmlw_new();
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "w:hdr");
	kt_xmlw_attr(w, "xmlns:w", DOCX_NS);
	kt_xmlw_open(w, "w:p");
	kt_xmlw_open(w, "w:pPr");
	docx_value(w, "w:pStyle", "Header");
	kt_xmlw_close(w);
	if (words[0] != '\0') {
		kt_xmlw_open(w, "w:r");
		kt_xmlw_open(w, "w:t");
		kt_xmlw_attr(w, "xml:space", "preserve");
		kt_xmlw_text(w, words, strlen(words));
		kt_xmlw_close(w);
		kt_xmlw_close(w);
	}
	kt_xmlw_close(w);
	kt_xmlw_close(w);
	rc = kt_xmlw_finish(w, out, d);
	kt_xmlw_free(w);
	return rc;
}

static int
put_core(struct kt_buf *out, const struct docx_about *about, struct kt_diag *d)
{
	struct kt_xmlw *w = kt_xmlw_new();
	struct kt_buf date = KT_BUF_INIT;
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "cp:coreProperties");
	kt_xmlw_attr(w, "xmlns:cp",
	    "http://schemas.openxmlformats.org/package/2006/metadata/"
	    "core-properties");
	kt_xmlw_attr(w, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
	kt_xmlw_attr(w, "xmlns:dcterms", "http://purl.org/dc/terms/");
	kt_xmlw_attr(
	    w, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
	kt_xmlw_open(w, "dc:title");
	kt_xmlw_text(w, about->title, strlen(about->title));
	kt_xmlw_close(w);
	kt_xmlw_raw(w, "<dc:language>ja-JP</dc:language>");
	/* Of the rule, not of the file: the file is the same every day. */
	if (about->created.year != 0) {
		kt_date_iso(&date, about->created);
		kt_xmlw_open(w, "dcterms:created");
		kt_xmlw_attr(w, "xsi:type", "dcterms:W3CDTF");
		kt_xmlw_text(w, date.p, date.len);
		kt_xmlw_raw(w, "T00:00:00Z");
		kt_xmlw_close(w);
	}
	kt_xmlw_close(w);
	rc = kt_xmlw_finish(w, out, d);
	kt_xmlw_free(w);
	kt_buf_release(&date);
	return rc;
}

/* A front matter, a line a property: what belongs to the rule and stands
 * nowhere in it. */
static void
put_front(struct kt_xmlw *w, const struct kt_meta *meta, const char *name,
    unsigned *properties)
{
	struct kt_buf front = KT_BUF_INIT;
	unsigned line = 0;

	if (meta != NULL)
		kt_md_front(&front, meta);
	for (const char *p = front.p, *end; *p != '\0'; p = end + 1) {
		end = strchr(p, '\n');
		if (strncmp(p, "---\n", 4) == 0)
			continue;
		kt_xmlw_open(w, "property");
		kt_xmlw_attr(
		    w, "fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}");
		kt_xmlw_attrf(w, "pid", "%u", ++*properties + 1);
		kt_xmlw_attrf(w, "name", "%s%03u", name, ++line);
		kt_xmlw_open(w, "vt:lpwstr");
		kt_xmlw_text(w, p, (size_t)(end - p));
		kt_xmlw_close(w);
		kt_xmlw_close(w);
	}
	kt_buf_release(&front);
}

static int
put_custom(
    struct kt_buf *out, const struct docx_about *about, struct kt_diag *d)
{
	struct kt_xmlw *w = kt_xmlw_new();
	unsigned properties = 0;
	int rc;

	kt_xmlw_declare(w);
	kt_xmlw_open(w, "Properties");
	kt_xmlw_attr(w, "xmlns", KT_CUSTOM_NS);
	kt_xmlw_attr(w, "xmlns:vt", KT_VT_NS);
	put_front(w, about->meta, "kaitei ", &properties);
	put_front(w, about->old_meta, "kaitei old ", &properties);
	kt_xmlw_close(w);
	rc = properties == 0 ? KT_OK : kt_xmlw_finish(w, out, d);
	kt_xmlw_free(w);
	return rc;
}

/* ---- the file -------------------------------------------------------- */

void
docx_begin(struct docx *x, const struct docx_page *page)
{
	*x = (struct docx){ .w = kt_xmlw_new(),
		.page = page,
		.underline = "single",
		.text = "w:t",
		.marks = 1,
		.room = docx_page_room(page) };
	kt_xmlw_declare(x->w);
	kt_xmlw_open(x->w, "w:document");
	kt_xmlw_attr(x->w, "xmlns:w", DOCX_NS);
	kt_xmlw_attr(x->w, "xmlns:r", DOCX_NS_R);
	kt_xmlw_open(x->w, "w:body");
}

/* All parts but the document, which must stand first and is given its ids
 * here. */
static int
add_parts(struct kt_opc *o, struct docx *x, const struct docx_about *about,
    const struct docx_outline *outline, struct kt_diag *d)
{
	struct kt_buf bytes = KT_BUF_INIT, head = KT_BUF_INIT,
		      core = KT_BUF_INIT, style = KT_BUF_INIT,
		      custom = KT_BUF_INIT;
	int rc = put_header(&head, about->header, d);

	if (rc == KT_OK)
		rc = put_core(&core, about, d);
	if (rc == KT_OK)
		rc = put_custom(&custom, about, d);
	if (rc == KT_OK)
		rc = docx_put_styles(&style, x->page, outline, d);
	if (rc == KT_OK) {
		/* Relations are numbered in this order. */
		docx_section(x, "rId1", "rId2");
		kt_xmlw_close(x->w);
		kt_xmlw_close(x->w);
		rc = kt_xmlw_finish(x->w, &bytes, d);
	}
	if (rc == KT_OK) {
		kt_opc_part(
		    o, DOCUMENT, KT_TYPE_WORD "document.main+xml", &bytes);
		kt_opc_relate(o, "", KT_REL_MAIN, DOCUMENT);
		add_part(o, "header1", "header", &head);
		add_fixed(o, "footer1", "footer", footer);
		add_part(o, "styles", "styles", &style);
		add_fixed(o, "settings", "settings", settings);
		add_fixed(o, "fontTable", "fontTable", fonts);
		docx_media(o, x, DOCUMENT);
		kt_opc_part(o, "docProps/core.xml", KT_TYPE_CORE, &core);
		kt_opc_relate(o, "", KT_REL_CORE, "docProps/core.xml");
		if (custom.len > 0) {
			kt_opc_part(
			    o, "docProps/custom.xml", KT_TYPE_CUSTOM, &custom);
			kt_opc_relate(
			    o, "", KT_REL_CUSTOM, "docProps/custom.xml");
		}
	}
	kt_buf_release(&bytes);
	kt_buf_release(&head);
	kt_buf_release(&core);
	kt_buf_release(&style);
	kt_buf_release(&custom);
	return rc;
}

int
docx_finish_as(struct docx *x, struct kt_buf *out,
    const struct docx_about *about, const struct docx_outline *outline,
    const struct docx_words *words, struct kt_diag *d)
{
	struct kt_opc *o = kt_opc_new();
	struct kt_buf bytes = KT_BUF_INIT;
	int rc = add_parts(o, x, about, outline, d);

	if (rc == KT_OK)
		rc = kt_opc_write(o, &bytes, d);
	if (rc == KT_OK)
		rc = docx_prove(&bytes, words, d);
	if (rc == KT_OK)
		kt_buf_put(out, bytes.p, bytes.len);
	kt_buf_release(&bytes);
	kt_opc_free(o);
	free(x->media);
	kt_xmlw_free(x->w);
	return rc;
}

int
docx_finish(struct docx *x, struct kt_buf *out, const struct docx_about *about,
    const struct docx_outline *outline, const struct kt_buf *want,
    struct kt_diag *d)
{
	struct kt_buf same = *want;
	struct docx_words words = { docx_prove_want, &same };

	return docx_finish_as(x, out, about, outline, &words, d);
}
