/* SPDX-License-Identifier: MIT */
/* What the lint of Word files finds: each rule by a file that breaks it. */
#include "kt_test.h"

#include "small_docx.h"

#define FIELD(type) "<w:r><w:fldChar w:fldCharType=\"" type "\"/></w:r>"
#define MARK(id, name)                                                         \
	"<w:bookmarkStart w:id=\"" id "\" w:name=\"" name "\"/>"               \
	"<w:bookmarkEnd w:id=\"" id "\"/>"
#define TABLE(row)                                                             \
	"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"     \
	"<w:tr>" row "</w:tr></w:tbl>"
#define CELL "<w:tc><w:p/></w:tc>"
#define REVISED(kind, id, text)                                                \
	"<w:" kind " w:id=\"" id "\"><w:r>" text "</w:r></w:" kind ">"
#define RANGE(side, id, name, end)                                             \
	"<w:move" side "RangeStart w:id=\"" id "\" w:name=\"" name "\"/>"      \
	"<w:move" side "RangeEnd w:id=\"" end "\"/>"
#define P(content) "<w:p>" content "</w:p>"
#define T "<w:t>甲</w:t>"

static const struct {
	const char *body;
	enum kt_msg_id want; /* KT_M__COUNT: sound */
} bodies[] = {
	{ PARAGRAPH, KT_M__COUNT },
	{ P("<w:pPr><w:pStyle w:val=\"Jo\"/></w:pPr>"), KT_M__COUNT },
	{ P("<w:pPr><w:pStyle w:val=\"Ko\"/></w:pPr>"), KT_M_DOCX_STYLE },
	{ P("<w:r><w:rPr><w:rStyle w:val=\"Jo\"/></w:rPr></w:r>"),
	    KT_M_DOCX_STYLE },
	{ "<w:tbl><w:tblPr><w:tblStyle w:val=\"X\"/></w:tblPr><w:tblGrid>"
	  "<w:gridCol/></w:tblGrid><w:tr>" CELL "</w:tr></w:tbl>" PARAGRAPH,
	    KT_M_DOCX_STYLE },
	{ P("<w:pPr><w:ind/><w:jc/></w:pPr>"), KT_M__COUNT },
	{ P("<w:pPr><w:jc/><w:ind/></w:pPr>"), KT_M_DOCX_ORDER },
	{ P("<w:r>" T "<w:rPr/></w:r>"), KT_M_DOCX_ORDER },
	{ P("<w:r>" T "</w:r><w:pPr/>"), KT_M_DOCX_ORDER },
	{ P("<w:r><w:rPr><w:u/><w:b/></w:rPr>" T "</w:r>"), KT_M_DOCX_ORDER },
	{ "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tblPr/><w:tr>" CELL
	  "</w:tr></w:tbl>",
	    KT_M_DOCX_ORDER },
	{ P("<w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr>"),
	    KT_M_DOCX_NUMBER },
	{ P(MARK("1", "_a") MARK("2", "_b")), KT_M__COUNT },
	{ P(MARK("1", "_a") MARK("2", "_a")), KT_M_DOCX_BOOKMARK },
	{ P(MARK("1", "_a") MARK("1", "_b")), KT_M_DOCX_BOOKMARK },
	{ P("<w:bookmarkStart w:id=\"1\" w:name=\"_a\"/>"),
	    KT_M_DOCX_BOOKMARK },
	{ P(MARK("1", "_a23456789_123456789_123456789_1234567890")),
	    KT_M_DOCX_BOOKMARK },
	{ P(MARK("1", "_a") "<w:hyperlink w:anchor=\"_a\"/>"), KT_M__COUNT },
	{ P("<w:hyperlink w:anchor=\"_a\"/>"), KT_M_DOCX_ANCHOR },
	{ P(FIELD("begin") "<w:r><w:instrText> REF _b \\h "
			   "</w:instrText></w:r>" FIELD("separate")
			       FIELD("end")),
	    KT_M_DOCX_ANCHOR },
	{ P(FIELD("begin") "<w:r><w:instrText>PAGE</w:instrText></w:r>" FIELD(
	      "separate") FIELD("end")),
	    KT_M__COUNT },
	{ P(FIELD("begin") FIELD("separate")), KT_M_DOCX_FIELD },
	{ P(FIELD("end")), KT_M_DOCX_FIELD },
	{ P(FIELD("separate")), KT_M_DOCX_FIELD },
	/* Every file here has one relation, rId1. */
	{ P("<w:r><w:drawing><blip embed=\"rId1\"/></w:drawing></w:r>"),
	    KT_M__COUNT },
	{ P("<w:r><w:drawing><blip embed=\"rId2\"/></w:drawing></w:r>"),
	    KT_M_DOCX_RELATION },
	{ P("<w:r><w:drawing><blip link=\"rId2\"/></w:drawing></w:r>"),
	    KT_M_DOCX_RELATION },
	{ P("<w:hyperlink w:id=\"rId2\"/>"), KT_M_DOCX_RELATION },
	{ P("<docPr id=\"1\"/><docPr id=\"2\"/>"), KT_M__COUNT },
	{ P("<docPr id=\"1\"/><docPr id=\"1\"/>"), KT_M_DOCX_DRAWING },
	{ P(REVISED("ins", "1", T) REVISED("del", "2", "<w:delText/>")),
	    KT_M__COUNT },
	{ P(REVISED("ins", "1", T) REVISED("del", "1", "<w:delText/>")),
	    KT_M_DOCX_REVISION },
	{ P(REVISED("del", "1", T)), KT_M_DOCX_DELETED },
	{ P(REVISED("ins", "1", "<w:delText/>")), KT_M_DOCX_DELETED },
	{ P(REVISED("moveFrom", "1", T)), KT_M__COUNT },
	{ P(RANGE("From", "1", "a", "1") RANGE("To", "2", "a", "2")),
	    KT_M__COUNT },
	{ P(RANGE("From", "1", "a", "1") RANGE("To", "2", "b", "2")),
	    KT_M_DOCX_MOVE },
	{ P(RANGE("From", "1", "a", "1")), KT_M_DOCX_MOVE },
	{ P(RANGE("From", "1", "a", "1") RANGE("To", "2", "a", "3")),
	    KT_M_DOCX_MOVE },
	{ TABLE(CELL CELL), KT_M__COUNT },
	{ TABLE(
	      "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p/></w:tc>"),
	    KT_M__COUNT },
	{ TABLE("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>" CELL),
	    KT_M__COUNT },
	{ TABLE(CELL), KT_M_DOCX_GRID },
	{ TABLE(CELL CELL CELL), KT_M_DOCX_GRID },
	{ TABLE(CELL "<w:tc/>"), KT_M_DOCX_CELL },
	{ TABLE(CELL "<w:tc><w:p/>" TABLE(CELL CELL) "</w:tc>"),
	    KT_M_DOCX_CELL },
};

static int
lint(enum kt_msg_id *id)
{
	int rc;

	kt_diag_clear(diag);
	rc = kt_docx_lint("a.docx", out.p, out.len, diag);
	*id = kt_diag_count(diag) > 0 ? kt_diag_get(diag, 0)->id : KT_M__COUNT;
	return rc;
}

static void
check_lint(const char *document, const char *styles, enum kt_msg_id want)
{
	enum kt_msg_id id;
	int rc;

	write_docx(document, styles);
	rc = lint(&id);
	if (id != want)
		printf("\n    in %s\n", document);
	KT_NUM(id, want);
	KT_NUM(rc, want == KT_M__COUNT ? KT_OK : KT_EINPUT);
}

static void
test_each_breach_in_a_document_is_found(void)
{
	for (size_t i = 0; i < KT_COUNT(bodies); i++) {
		struct kt_buf b = KT_BUF_INIT;

		kt_buf_puts(&b, "<w:document xmlns:w=\"" W "\"><w:body>");
		kt_buf_puts(&b, bodies[i].body);
		kt_buf_puts(&b, strstr(DOCUMENT(""), "<w:sectPr"));
		check_lint(b.p, STYLES, bodies[i].want);
		kt_buf_release(&b);
	}
}

static void
test_section_grid_and_font_must_be_there(void)
{
	static const struct {
		const char *document, *styles;
		enum kt_msg_id want;
	} at[] = {
		{ "<w:document xmlns:w=\"" W "\"><w:body><w:p/></w:body>"
		  "</w:document>",
		    STYLES, KT_M_DOCX_NO_SECTION },
		{ "<w:document xmlns:w=\"" W "\"><w:body><w:sectPr><w:pgSz/>"
		  "<w:docGrid w:linePitch=\"360\"/></w:sectPr></w:body>"
		  "</w:document>",
		    STYLES, KT_M_DOCX_NO_SECTION },
		{ "<w:document xmlns:w=\"" W "\"><w:body><w:sectPr>"
		  "<w:docGrid w:type=\"lines\"/></w:sectPr></w:body>"
		  "</w:document>",
		    STYLES, KT_M_DOCX_NO_SECTION },
		{ "<w:document xmlns:w=\"" W "\"><w:body><w:sectPr><w:pgSz/>"
		  "<w:docGrid w:type=\"lines\"/><w:pgMar/></w:sectPr></w:body>"
		  "</w:document>",
		    STYLES, KT_M_DOCX_ORDER },
		{ DOCUMENT(PARAGRAPH), "<w:styles xmlns:w=\"" W "\"/>",
		    KT_M_DOCX_FONT },
		{ DOCUMENT("<w:p><w:t>\x01</w:t></w:p>"), STYLES,
		    KT_M_XML_CHARACTER },
	};

	for (size_t i = 0; i < KT_COUNT(at); i++)
		check_lint(at[i].document, at[i].styles, at[i].want);
}

static void
test_parts_types_and_targets_must_agree(void)
{
	static const struct {
		const char *target, *name, *type;
		enum kt_msg_id want;
	} at[] = {
		{ "word/settings.xml", "word/settings.xml",
		    KT_TYPE_WORD "settings+xml", KT_M__COUNT },
		{ "word/settings.xml", "word/settings.xml",
		    KT_TYPE_WORD "styles+xml", KT_M_DOCX_TYPE },
		{ "word/settings.xml", "word/other.xml",
		    KT_TYPE_WORD "settings+xml", KT_M_DOCX_NO_TARGET },
	};
	enum kt_msg_id id;

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_opc *o = small_docx(DOCUMENT(PARAGRAPH), STYLES);

		kt_opc_relate(o, "word/document.xml", KT_REL_OFFICE "settings",
		    at[i].target);
		add_part(o, at[i].name, at[i].type,
		    "<w:settings xmlns:w=\"" W "\"/>");
		kt_buf_clear(&out);
		KT_NUM(kt_opc_write(o, &out, diag), KT_OK);
		lint(&id);
		KT_NUM(id, at[i].want);
		kt_opc_free(o);
	}
}

static void
test_a_picture_must_be_there_and_be_one(void)
{
	static const struct {
		const char *name, *type;
		enum kt_msg_id want;
	} at[] = {
		{ "word/media/image1.png", "image/png", KT_M__COUNT },
		{ "word/media/image1.png", "application/xml", KT_M_DOCX_TYPE },
		{ "word/media/image2.png", "image/png", KT_M_DOCX_NO_TARGET },
	};
	enum kt_msg_id id;

	for (size_t i = 0; i < KT_COUNT(at); i++) {
		struct kt_opc *o = small_docx(DOCUMENT(PARAGRAPH), STYLES);

		kt_opc_relate(o, "word/document.xml", KT_REL_OFFICE "image",
		    "word/media/image1.png");
		add_part(o, at[i].name, at[i].type, "\x89PNG");
		kt_buf_clear(&out);
		KT_NUM(kt_opc_write(o, &out, diag), KT_OK);
		lint(&id);
		KT_NUM(id, at[i].want);
		kt_opc_free(o);
	}
}

static void
test_external_attributes_must_not_be_zero(void)
{
	enum kt_msg_id id;
	size_t at;

	write_docx(DOCUMENT(PARAGRAPH), STYLES);
	for (at = out.len - 22; memcmp(out.p + at, "PK\1\2", 4) != 0; at--)
		;
	memset(out.p + at + 38, 0, 4);
	KT_NUM(lint(&id), KT_EINPUT);
	KT_NUM(id, KT_M_DOCX_ATTRIBUTES);
}

int
main(void)
{
	CU_TestInfo rules[] = {
		{ "each breach in a document is found",
		    test_each_breach_in_a_document_is_found },
		{ "section, grid and font must be there",
		    test_section_grid_and_font_must_be_there },
		{ "parts, types and targets must agree",
		    test_parts_types_and_targets_must_agree },
		{ "a picture must be there and be one",
		    test_a_picture_must_be_there_and_be_one },
		{ "external attributes must not be zero",
		    test_external_attributes_must_not_be_zero },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
		{ "lint", NULL, NULL, begin, end, rules },
		CU_SUITE_INFO_NULL,
	};

	return kt_test_main(suites);
}
