/* SPDX-License-Identifier: MIT */
/* The amending instrument as a paper: sentences, or the enacting table. */
#include <string.h>

#include <kaitei/base.h>
#include <kaitei/diff.h>
#include <kaitei/amend.h>
#include <kaitei/write.h>
#include <kaitei/workflow.h>

#include "propose_int.h"

const struct kt_amend_style propose_style = { .indent = 1, .frame = true };

bool
kt_instrument_of(struct kt_buf *out, const struct kt_draft_doc *p)
{
	kt_buf_clear(out);
	return kt_amend_write(out, p->list, &propose_style, NULL, NULL) ==
	       KT_OK;
}

int
kt_instrument_docx(struct kt_buf *out, const struct kt_changes *list,
    const char *text, const struct kt_amend_style *style,
    const struct kt_pictures *pictures, bool vertical, struct kt_diag *d)
{
	struct kt_instrument how = { .vertical = vertical,
		.date = style->effective,
		.pictures = pictures };
	struct kt_buf title = KT_BUF_INIT;
	int rc;

	kt_amend_title(&title, list->old, style);
	how.title = title.p;
	rc = kt_write_instrument_docx(out, text, &how, d);
	kt_buf_release(&title);
	return rc;
}

int
kt_instrument_table(struct kt_buf *out, const struct kt_changes *list,
    const struct kt_amend_style *style, const struct kt_table_how *how,
    struct kt_diag *d)
{
	struct kt_buf before = KT_BUF_INIT, after = KT_BUF_INIT;
	struct kt_table_how table = *how;
	struct kt_changes *less = NULL;
	struct kt_doc *shown;
	int rc;

	if (!table.profile->enacting)
		return kt_report(
		    d, .id = KT_M_AMEND_PROFILE, .a = table.profile->name);
	kt_amend_before(&before, list, style);
	kt_amend_after(&after, list, style);
	table.before = before.p;
	table.after = after.p;
	shown = kt_amend_without_suppl(list);
	if (shown != NULL)
		kt_diff(&less, list->old, shown, NULL);
	rc = kt_write_table_docx(
	    out, less != NULL && less->count > 0 ? less : list, &table, d);
	kt_changes_free(less);
	kt_doc_free(shown);
	kt_buf_release(&before);
	kt_buf_release(&after);
	return rc;
}
