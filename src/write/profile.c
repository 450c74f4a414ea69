/* SPDX-License-Identifier: MIT */
/*
 * The layouts of 新旧対照表 that come with the program: only what is the same
 * in every house that uses them, comparison-table.md §5.  Others are files,
 * docs/table-profiles.md.
 */
#include "table_int.h"

#include <string.h>

/* What houses share. */
#define SQUARE .added = "［新設］", .deleted = "［削る］", .omitted = "［略］"
#define ROUND .added = "（新設）", .omitted = "（略）"

#define COMMON                                                                 \
	.head_remarks = "備考", .two = "・", .more = "～",                     \
	.remarks = KT_REMARKS_CLASS

#define ENACTING                                                               \
	COMMON, .enacting = true, .columns = 2, .head_new = "改正後",          \
		.head_old = "改正前", .beside = true, .moved_from = "",        \
		.moved_to = ""

#define REFERENCE                                                              \
	COMMON, ROUND, .moved_from = "（%sから移動）",                         \
		       .moved_to = "（%sへ移動）", .preamble = "",             \
		       .note_above = "（傍線部分は改正部分）",                 \
		       .note_below = ""

static const struct kt_profile profiles[] = {
	{ .name = "shi-hyojun",
	    REFERENCE,
	    .deleted = "（削る）",
	    .columns = 2,
	    .head_new = "改正案",
	    .head_old = "現行" },
	{ .name = "houshikisho",
	    ENACTING,
	    SQUARE,
	    .marks = KT_MARKS_TARGETS,
	    .preamble = "auto",
	    .note_above = "",
	    .note_below = "auto" },
	{ .name = "houshikisho-tate",
	    ENACTING,
	    SQUARE,
	    .vertical = true,
	    .marks = KT_MARKS_TARGETS,
	    .preamble = "auto",
	    .note_above = "",
	    .note_below = "auto" },
	{ .name = "kyu-hidari",
	    REFERENCE,
	    .deleted = "（削る）",
	    .old_first = true,
	    .columns = 2,
	    .head_new = "改正案",
	    .head_old = "現行" },
	{ .name = "three-column",
	    REFERENCE,
	    .deleted = "（削除）",
	    .columns = 3,
	    .head_new = "新",
	    .head_old = "旧" },
	{ .name = "tottori",
	    ENACTING,
	    SQUARE,
	    .marks = KT_MARKS_BOLD,
	    .preamble = "次の表の改正前の欄に掲げる規定を同表の改正後の欄に掲"
			"げる規定に、%sで示すように改正する。",
	    .note_above = "",
	    .note_below = "" },
	{ .name = "biko-note",
	    ENACTING,
	    SQUARE,
	    .marks = KT_MARKS_SINGLE,
	    .preamble = "",
	    .note_above = "",
	    .note_below = "備考　改正部分は、下線の部分である。" },
	{ .name = "mhlw",
	    ENACTING,
	    ROUND,
	    .deleted = "（削る）",
	    .marks = KT_MARKS_SINGLE,
	    .preamble = "",
	    .note_above = "（傍線部分は改正部分）",
	    .note_below = "" },
};

const struct kt_profile *
kt_profile_find(const char *name)
{
	if (name == NULL)
		return &profiles[0];
	for (size_t i = 0; i < KT_COUNT(profiles); i++)
		if (strcmp(profiles[i].name, name) == 0)
			return &profiles[i];
	return NULL;
}

const char *
kt_profile_name(size_t i)
{
	return i < KT_COUNT(profiles) ? profiles[i].name : NULL;
}

int
kt_profile_unknown(
    struct kt_diag *d, const char *file, size_t line, const char *name)
{
	struct kt_buf list = KT_BUF_INIT;
	int rc;

	for (size_t i = 0; i < KT_COUNT(profiles); i++)
		kt_buf_printf(
		    &list, "%s%s", i == 0 ? "" : " ", profiles[i].name);
	rc = kt_report(d, .id = KT_M_TABLE_PROFILE,
	    .at = { .file = file, .line = (uint32_t)line }, .a = name,
	    .b = list.p);
	kt_buf_release(&list);
	return rc;
}
