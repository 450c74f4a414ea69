/* SPDX-License-Identifier: MIT */
/* Fields: one element around the words, or runs before and behind them, which
 * are all that a tracked change may hold. */
#include "docx_int.h"

#include <string.h>

/* One end of a field that is made of runs. */
static void
put_field_sign(struct docx *x, const char *type, bool locked)
{
	kt_xmlw_open(x->w, "w:r");
	kt_xmlw_open(x->w, "w:fldChar");
	kt_xmlw_attr(x->w, "w:fldCharType", type);
	if (locked)
		kt_xmlw_attr(x->w, "w:fldLock", "1");
	kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
}

void
docx_field_begin(struct docx *x, const char *code, bool locked)
{
	if (!x->tracked) {
		kt_xmlw_open(x->w, "w:fldSimple");
		kt_xmlw_attr(x->w, "w:instr", code);
		if (locked)
			kt_xmlw_attr(x->w, "w:fldLock", "1");
		return;
	}
	put_field_sign(x, "begin", locked);
	kt_xmlw_open(x->w, "w:r");
	kt_xmlw_open(x->w, strcmp(x->text, "w:delText") == 0 ? "w:delInstrText"
							     : "w:instrText");
	kt_xmlw_attr(x->w, "xml:space", "preserve");
	kt_xmlw_text(x->w, code, strlen(code));
	kt_xmlw_close(x->w);
	kt_xmlw_close(x->w);
	put_field_sign(x, "separate", false);
}

void
docx_field_end(struct docx *x)
{
	if (x->tracked)
		put_field_sign(x, "end", false);
	else
		kt_xmlw_close(x->w);
}
