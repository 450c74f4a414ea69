/* SPDX-License-Identifier: MIT */
/* What kind of Office file bytes are, by their content and not by a name. */
#include "archive_int.h"

#include <string.h>

#include <kaitei/ooxml.h>
#include <kaitei/xml.h>

/* Deliverables may be larger than documents that are read for their text. */
static const struct kt_package_limits office_limits = {
	.file = UINT32_MAX, /* of a ZIP without its later extension */
	.entries = 20000,
	.part = (size_t)64 << 20,
	.total = (size_t)256 << 20,
	.ratio = 400,
	.ratio_from = (size_t)4 << 20,
};

static const struct {
	const char *type; /* in the content type of the main part */
	enum kt_office kind;
} kinds[] = {
	{ "macroEnabled", KT_OFFICE_MACRO },
	{ "wordprocessingml.document", KT_OFFICE_WORD },
	{ "spreadsheetml.sheet", KT_OFFICE_EXCEL },
	{ "presentationml.presentation", KT_OFFICE_POWERPOINT },
	{ "presentationml.slideshow", KT_OFFICE_POWERPOINT },
};

const char *
kt_office_suffix(enum kt_office kind)
{
	switch (kind) {
	case KT_OFFICE_WORD:
		return ".docx";
	case KT_OFFICE_EXCEL:
		return ".xlsx";
	case KT_OFFICE_POWERPOINT:
		return ".pptx";
	case KT_OFFICE_NONE:
	case KT_OFFICE_MACRO:
	case KT_OFFICE_OLD:
		break;
	}
	return "";
}

/* Can its main part be read as XML? */
static bool
opens(struct kt_package *p, const char *file)
{
	struct kt_buf part = KT_BUF_INIT;
	struct kt_xml *x = NULL;
	bool good =
	    kt_package_read(p, &part, kt_package_main(p), NULL) == KT_OK &&
	    kt_xml_parse(&x, file, part.p, part.len, NULL) == KT_OK;

	kt_xml_free(x);
	kt_buf_release(&part);
	return good;
}

static enum kt_office
kind_of(struct kt_package *p)
{
	const char *type = kt_package_type(p, kt_package_main(p));

	for (size_t i = 0; type != NULL && i < KT_COUNT(kinds); i++)
		if (strstr(type, kinds[i].type) != NULL)
			return kinds[i].kind;
	return KT_OFFICE_NONE;
}

/* Of a ZIP: what it holds. */
static enum kt_office
package_of(
    const char *file, const struct kt_package_bytes *bytes, const char **why)
{
	struct kt_package *p = NULL;
	enum kt_office kind;

	*why = "壊れていて開けません";
	if (kt_package_open_bytes(&p, file, bytes, &office_limits, NULL) !=
	    KT_OK)
		return KT_OFFICE_NONE;
	kind = kind_of(p);
	if (kind != KT_OFFICE_NONE && !opens(p, file))
		kind = KT_OFFICE_NONE;
	else
		*why = kind == KT_OFFICE_MACRO ? "マクロを含んでいます"
					       : "Officeファイルではありません";
	kt_package_free(p);
	return kind;
}

enum kt_office
kt_office_of(
    const char *file, const struct kt_package_bytes *bytes, const char **why)
{
	static const char compound[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	enum kt_office kind = KT_OFFICE_NONE;
	const char *said = "Officeファイルではありません";
	char head[8];

	if (bytes->size > 8 && bytes->get(bytes->of, head, 8, 0)) {
		if (memcmp(head, compound, 8) == 0) {
			kind = KT_OFFICE_OLD;
			said = "旧形式（.doc、.xls、.ppt）か、パスワード付きで"
			       "す";
		} else if (memcmp(head, "PK", 2) == 0) {
			kind = package_of(file, bytes, &said);
		}
	}
	if (why != NULL)
		*why = said;
	return kind;
}
