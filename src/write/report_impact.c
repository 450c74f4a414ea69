/* SPDX-License-Identifier: MIT */
/* What must follow a change, for Word and Excel: what is wrong if left alone in
 * the first table. */
#include "report_int.h"

#include <stdlib.h>
#include <string.h>

#include "impact_int.h"

enum column { BOX, DOCUMENT, CLAUSE, WORDS, WHAT, CAUSE, ANSWER, COLUMNS };

static const struct report_column columns_ja[COLUMNS] = {
	{ "確認", 40, false, NULL },
	{ "文書", 150, false, NULL },
	{ "条項", 90, false, NULL },
	{ "規定", 320, false, NULL },
	{ "見るところ", 200, false, NULL },
	{ "もとの改正", 110, false, NULL },
	{ "対応", 90, true, impact_answers[KT_JA] },
};
static const struct report_column columns_en[COLUMNS] = {
	{ "done", 40, false, NULL },
	{ "document", 150, false, NULL },
	{ "clause", 90, false, NULL },
	{ "words", 320, false, NULL },
	{ "what to look at", 200, false, NULL },
	{ "changed", 110, false, NULL },
	{ "action", 90, true, impact_answers[KT_EN] },
};

static void
put_effect(struct report *r, struct report_sheet *s,
    const struct kt_impact *impact, const struct kt_effect *e, bool places,
    enum kt_lang lang)
{
	static const char *const all[] = { "右の各条項", "those beside" };
	struct report_row *row = report_row(r, s);
	struct kt_buf words = KT_BUF_INIT;

	report_puts(r, &row->cells[BOX], "☐");
	report_puts(r, &row->cells[DOCUMENT], e->doc->root->caption);
	report_puts(r, &row->cells[CLAUSE],
	    places ? all[lang] : kt_addr(e->doc, e->node));
	if (places)
		report_puts(r, &row->cells[WORDS], kt_addr(e->doc, e->node));
	else
		report_words(r, &row->cells[WORDS], e->node);
	impact_reason(&words, e, lang);
	report_puts(r, &row->cells[WHAT], words.p);
	kt_buf_clear(&words);
	impact_cause(&words, impact, e);
	report_puts(r, &row->cells[CAUSE], words.p);
	kt_buf_release(&words);
}

/* Uses of a term are many and each says the same: on paper one row for a
 * document, a term and what changed it. */
struct uses {
	const struct kt_effect *first;
	size_t row;
};

struct paper_uses {
	struct uses *at; /* of the document at hand */
	size_t n, cap;
};

static bool
put_use(struct report *r, struct report_sheet *s, struct paper_uses *uses,
    const struct kt_effect *e)
{
	if (uses->n > 0 && uses->at[0].first->doc != e->doc)
		uses->n = 0;
	for (size_t i = 0; i < uses->n; i++) {
		const struct kt_effect *f = uses->at[i].first;

		if (f->cause != e->cause || strcmp(f->words, e->words) != 0)
			continue;
		report_puts(r, &s->rows[uses->at[i].row].cells[WORDS], "、");
		report_puts(r, &s->rows[uses->at[i].row].cells[WORDS],
		    kt_addr(e->doc, e->node));
		return true;
	}
	KT_GROW(uses->at, uses->n, uses->cap);
	uses->at[uses->n++] = (struct uses){ e, s->nrows };
	return false;
}

static void
put_effects(struct report *r, struct report_sheet *s,
    const struct kt_impact *impact, bool must, bool paper, enum kt_lang lang)
{
	struct paper_uses uses = { .n = 0 };

	for (size_t i = 0; i < impact->count; i++) {
		const struct kt_effect *e = &impact->at[i];
		bool use = paper && e->kind == KT_EF_TERM;

		if (e->must == must && (!use || !put_use(r, s, &uses, e)))
			put_effect(r, s, impact, e, use, lang);
	}
	free(uses.at);
}

static struct report *
make(const struct kt_impact *impact, bool paper, enum kt_lang lang)
{
	bool ja = lang == KT_JA;
	struct kt_buf words = KT_BUF_INIT;
	struct report *r;

	kt_buf_printf(&words,
	    ja ? "%s　改正に伴い確かめる箇所" : "%s: what must follow",
	    impact->changes->new->root->caption);
	r = report_new(words.p, 2);
	r->none = ja ? "ありません" : "none";
	kt_buf_clear(&words);
	impact_summary(&words, impact, lang);
	r->summary = kt_arena_strdup(r->arena, words.p);
	kt_buf_release(&words);
	for (size_t i = 0; i < 2; i++) {
		struct report_sheet *s = &r->sheets[i];

		s->columns = ja ? columns_ja : columns_en;
		s->ncolumns = COLUMNS;
		s->name = i == 0 ? (ja ? "直さなければ誤りになる箇所" : "must")
				 : (ja ? "確かめる箇所" : "look at");
		put_effects(r, s, impact, i == 0, paper, lang);
	}
	return r;
}

int
kt_write_impact_docx(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d)
{
	struct report *r = make(impact, true, lang);
	int rc = report_docx(out, r, d);

	report_free(r);
	return rc;
}

int
kt_write_impact_xlsx(struct kt_buf *out, const struct kt_impact *impact,
    enum kt_lang lang, struct kt_diag *d)
{
	struct report *r = make(impact, false, lang);
	int rc = report_xlsx(out, r, d);

	report_free(r);
	return rc;
}
