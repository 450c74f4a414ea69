/* SPDX-License-Identifier: MIT */
#ifndef KT_SMALL_DOCX_H
#define KT_SMALL_DOCX_H

/*
 * A Word file of two parts, for the tests of packages and of the lint.
 * Included once, behind kt_test.h.
 */

#include <kaitei/ooxml.h>

static struct kt_diag *diag;
static struct kt_buf out;

static void
begin(void)
{
	diag = kt_diag_new();
	out = (struct kt_buf)KT_BUF_INIT;
}

static void
end(void)
{
	kt_diag_free(diag);
	kt_buf_release(&out);
}

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCUMENT(body)                                                         \
	"<w:document xmlns:w=\"" W "\"><w:body>" body                          \
	"<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"                      \
	"<w:docGrid w:type=\"lines\"/></w:sectPr></w:body></w:document>"
#define PARAGRAPH "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
#define STYLES                                                                 \
	"<w:styles xmlns:w=\"" W "\"><w:docDefaults><w:rPrDefault><w:rPr>"     \
	"<w:rFonts w:eastAsia=\"ＭＳ 明朝\"/></w:rPr></w:rPrDefault>"      \
	"</w:docDefaults><w:style w:type=\"paragraph\" w:styleId=\"Jo\">"      \
	"<w:name w:val=\"条\"/></w:style></w:styles>"

static void
add_part(struct kt_opc *o, const char *name, const char *type, const char *xml)
{
	struct kt_buf bytes = KT_BUF_INIT;

	kt_buf_puts(&bytes, xml);
	kt_opc_part(o, name, type, &bytes);
}

/* A Word file of two parts. */
static struct kt_opc *
small_docx(const char *document, const char *styles)
{
	struct kt_opc *o = kt_opc_new();

	kt_opc_relate(o, "", KT_REL_MAIN, "word/document.xml");
	kt_opc_relate(
	    o, "word/document.xml", KT_REL_OFFICE "styles", "word/styles.xml");
	add_part(
	    o, "word/document.xml", KT_TYPE_WORD "document.main+xml", document);
	add_part(o, "word/styles.xml", KT_TYPE_WORD "styles+xml", styles);
	return o;
}

static int
write_docx(const char *document, const char *styles)
{
	struct kt_opc *o = small_docx(document, styles);
	int rc;

	kt_buf_clear(&out);
	kt_diag_clear(diag);
	rc = kt_opc_write(o, &out, diag);
	kt_opc_free(o);
	return rc;
}

#endif
