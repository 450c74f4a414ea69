/* SPDX-License-Identifier: MIT */
/* The list of proposals with check boxes: what waits for a decision first. */
#include "report_int.h"

#include <string.h>

#include "proposals_int.h"

enum column {
	BOX,
	GUIDELINE,
	CHANGE,
	CITY,
	PROPOSED,
	OUTCOME,
	REASON,
	ANSWER,
	COLUMNS
};

static const struct report_column columns_ja[COLUMNS] = {
	{ "確認", 40, false, NULL },
	{ "指針の条項", 100, false, NULL },
	{ "指針の改定（市の用語で）", 234, false, NULL },
	{ "市の条項", 80, false, NULL },
	{ "市の規定と案", 232, false, NULL },
	{ "結果", 74, false, NULL },
	{ "理由", 170, false, NULL },
	{ "判断", 70, true, proposals_answers[KT_JA] },
};
static const struct report_column columns_en[COLUMNS] = {
	{ "done", 40, false, NULL },
	{ "guideline", 100, false, NULL },
	{ "its change, in the city's words", 240, false, NULL },
	{ "city", 80, false, NULL },
	{ "proposed words", 240, false, NULL },
	{ "outcome", 60, false, NULL },
	{ "reason", 170, false, NULL },
	{ "decision", 70, true, proposals_answers[KT_EN] },
};

/* One of the guideline's two wordings, what differs marked. */
static void
put_side(struct report *r, struct report_cell *cell,
    const struct kt_proposal *p, const char *words, char op)
{
	if (p->nguideline_spans > 0)
		report_side(
		    r, cell, p->guideline_spans, p->nguideline_spans, op);
	else
		report_puts(r, cell, words);
}

static void
put_texts(struct report *r, struct report_cell *cell,
    const struct kt_proposal *p, bool ja)
{
	if (p->guideline_old[0] != '\0') {
		report_put(r, cell,
		    ja ? "旧　" : "old: ", strlen(ja ? "旧　" : "old: "),
		    KT_RUN_STRONG);
		put_side(r, cell, p, p->guideline_old, '-');
	}
	if (p->guideline_new[0] == '\0')
		return;
	if (cell->nruns > 0)
		report_puts(r, cell, "\n");
	report_put(r, cell,
	    ja ? "新　" : "new: ", strlen(ja ? "新　" : "new: "),
	    KT_RUN_STRONG);
	put_side(r, cell, p, p->guideline_new, '+');
}

static void
put_proposal(struct report *r, struct report_sheet *s,
    const struct kt_proposals *list, const struct kt_proposal *p,
    enum kt_lang lang)
{
	struct report_row *row = report_row(r, s);
	struct kt_buf words = KT_BUF_INIT;

	report_puts(r, &row->cells[BOX], "☐");
	proposals_guideline(&words, list, p);
	report_places(r, &row->cells[GUIDELINE], words.p);
	put_texts(r, &row->cells[CHANGE], p, lang == KT_JA);
	kt_buf_clear(&words);
	proposals_city(&words, list, p);
	report_places(r, &row->cells[CITY], words.p);
	if (p->nspans > 0)
		report_side(r, &row->cells[PROPOSED], p->spans, p->nspans, '+');
	else
		report_puts(r, &row->cells[PROPOSED], p->after);
	report_puts(
	    r, &row->cells[OUTCOME], proposals_outcome(p->outcome, lang));
	kt_buf_clear(&words);
	proposals_reason(&words, list, p, lang);
	report_puts(r, &row->cells[REASON], words.p);
	kt_buf_release(&words);
}

static struct report *
make(const struct kt_proposals *list, enum kt_lang lang)
{
	static const enum kt_outcome order[] = { KT_OUT_CONFLICT,
		KT_OUT_APPLIED, KT_OUT_NO_COUNTERPART, KT_OUT_PRESENT };
	static const char *const names[KT_OUTCOMES][2] = {
		[KT_OUT_CONFLICT] = { "判断が要るもの", "to be decided" },
		[KT_OUT_APPLIED] = { "案に書き込んだもの", "in the draft" },
		[KT_OUT_NO_COUNTERPART] = { "市に当たる規定がないもの",
		    "no counterpart" },
		[KT_OUT_PRESENT] = { "することのないもの", "nothing to do" },
	};
	bool ja = lang == KT_JA;
	struct kt_buf words = KT_BUF_INIT;
	struct report *r;

	kt_buf_printf(&words,
	    ja ? "%s　指針の改定への対応" : "%s: changes of the guideline",
	    list->city->root->caption);
	r = report_new(words.p, KT_COUNT(order));
	r->none = ja ? "ありません" : "none";
	kt_buf_clear(&words);
	proposals_summary(&words, list, lang);
	r->summary = kt_arena_strdup(r->arena, words.p);
	kt_buf_release(&words);
	for (size_t i = 0; i < KT_COUNT(order); i++) {
		struct report_sheet *s = &r->sheets[i];

		s->name = names[order[i]][lang];
		s->columns = ja ? columns_ja : columns_en;
		s->ncolumns = COLUMNS;
		for (size_t k = 0; k < list->count; k++)
			if (list->at[k].outcome == order[i])
				put_proposal(r, s, list, &list->at[k], lang);
	}
	return r;
}

int
kt_write_proposals_docx(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d)
{
	struct report *r = make(p, lang);
	int rc = report_docx(out, r, d);

	report_free(r);
	return rc;
}

int
kt_write_proposals_xlsx(struct kt_buf *out, const struct kt_proposals *p,
    enum kt_lang lang, struct kt_diag *d)
{
	struct report *r = make(p, lang);
	int rc = report_xlsx(out, r, d);

	report_free(r);
	return rc;
}
