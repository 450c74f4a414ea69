/* SPDX-License-Identifier: MIT */
/* 対比表: the guideline's clauses in their order with what the city has, then
 * what the city has of its own, then the gaps. */
#include "report_int.h"

#include <stdlib.h>
#include <string.h>

#include "links_int.h"

static const char *const answers_ja[] = { "対応不要", "改正する", "検討中",
	"確認済み", NULL };
static const char *const answers_en[] = { "none needed", "amend", "open",
	"checked", NULL };

enum column { GUIDELINE, THEIRS, CITY, OURS, RELATION, WHAT, ANSWER, COLUMNS };

static const struct report_column columns_ja[COLUMNS] = {
	{ "指針の条項", 90, false, NULL },
	{ "指針（市の用語で）", 270, false, NULL },
	{ "市の条項", 90, false, NULL },
	{ "市の規定", 270, false, NULL },
	{ "関係", 74, false, NULL },
	{ "相違・備考", 126, false, NULL },
	{ "対応", 80, true, answers_ja },
};
static const struct report_column columns_en[COLUMNS] = {
	{ "guideline", 90, false, NULL },
	{ "its words, in the city's vocabulary", 270, false, NULL },
	{ "city", 90, false, NULL },
	{ "its words", 270, false, NULL },
	{ "relation", 60, false, NULL },
	{ "differences, remarks", 140, false, NULL },
	{ "action", 80, true, answers_en },
};

enum alone { PLACE, WORDS, ALONE_ANSWER, ALONE_REMARK, ALONE_COLUMNS };

static const struct report_column alone_ja[ALONE_COLUMNS] = {
	{ "条項", 120, false, NULL },
	{ "規定", 620, false, NULL },
	{ "対応", 100, true, answers_ja },
	{ "備考", 160, true, NULL },
};
static const struct report_column alone_en[ALONE_COLUMNS] = {
	{ "clause", 120, false, NULL },
	{ "words", 620, false, NULL },
	{ "action", 100, true, answers_en },
	{ "remarks", 160, true, NULL },
};

struct making {
	struct report *r;
	const struct kt_links *links;
	const struct kt_links_how *how;
};

static void
put_buf(struct making *m, struct report_cell *cell, struct kt_buf *words)
{
	report_puts(m->r, cell, words->p);
	kt_buf_clear(words);
}

static void
put_link(struct making *m, const struct kt_link *l)
{
	struct report_row *row = report_row(m->r, &m->r->sheets[0]);
	struct kt_buf words = KT_BUF_INIT;
	enum kt_lang lang = m->how->lang;

	links_places(&words, m->links, l, true);
	report_places(m->r, &row->cells[GUIDELINE], words.p);
	kt_buf_clear(&words);
	report_side(m->r, &row->cells[THEIRS], l->spans, l->nspans, '-');
	links_places(&words, m->links, l, false);
	report_places(m->r, &row->cells[CITY], words.p);
	kt_buf_clear(&words);
	report_side(m->r, &row->cells[OURS], l->spans, l->nspans, '+');
	report_puts(
	    m->r, &row->cells[RELATION], links_relation(l->relation, lang));
	if (l->confirmed)
		report_puts(m->r, &row->cells[RELATION],
		    lang == KT_JA ? "\n確認済み" : "\nconfirmed");
	links_differences(&words, l, lang);
	if (words.len > 0 && l->doubtful)
		kt_buf_putc(&words, '\n');
	links_doubt(&words, l, lang);
	if (words.len > 0 && l->note[0] != '\0')
		kt_buf_putc(&words, '\n');
	kt_buf_puts(&words, l->note);
	put_buf(m, &row->cells[WHAT], &words);
	kt_buf_release(&words);
}

/* A clause of the guideline that the city lacks, among the links. */
static void
put_missing(struct making *m, const struct kt_node *node)
{
	struct report_row *row = report_row(m->r, &m->r->sheets[0]);
	bool ja = m->how->lang == KT_JA;

	report_puts(
	    m->r, &row->cells[GUIDELINE], kt_addr(m->links->guideline, node));
	report_words(m->r, &row->cells[THEIRS], node);
	report_puts(m->r, &row->cells[CITY], ja ? "－" : "-");
	report_puts(m->r, &row->cells[RELATION], ja ? "市になし" : "missing");
}

/* Links by the first clause of the guideline they name. */
static int
by_guideline(const void *x, const void *y)
{
	const struct kt_link *a = *(const struct kt_link *const *)x;
	const struct kt_link *b = *(const struct kt_link *const *)y;

	if (a->guideline[0]->id != b->guideline[0]->id)
		return a->guideline[0]->id < b->guideline[0]->id ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void
put_table(struct making *m)
{
	size_t *order, n = links_order(&order, m->links, m->how), next = 0;
	const struct kt_link **v =
	    kt_calloc(n + 1, sizeof(const struct kt_link *));

	for (size_t i = 0; i < n; i++)
		v[i] = &m->links->at[order[i]];
	if (!m->how->review && n > 0)
		qsort(v, n, sizeof(const struct kt_link *), by_guideline);
	for (size_t i = 0; i < n; i++) {
		while (
		    !m->how->review && next < m->links->nguideline_only &&
		    m->links->guideline_only[next]->id < v[i]->guideline[0]->id)
			put_missing(m, m->links->guideline_only[next++]);
		put_link(m, v[i]);
	}
	while (next < m->links->nguideline_only)
		put_missing(m, m->links->guideline_only[next++]);
	free(v);
	free(order);
}

static void
put_alone(struct making *m, struct report_sheet *s, const struct kt_doc *doc,
    const struct kt_node *const *nodes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct report_row *row = report_row(m->r, s);

		report_puts(m->r, &row->cells[PLACE], kt_addr(doc, nodes[i]));
		report_words(m->r, &row->cells[WORDS], nodes[i]);
	}
}

static struct report *
make(const struct kt_links *links, const struct kt_links_how *how)
{
	bool ja = how->lang == KT_JA;
	struct kt_buf words = KT_BUF_INIT;
	struct making m = { .links = links, .how = how };
	size_t last = how->gaps ? 2 : 3;

	kt_buf_printf(&words, ja ? "%sと%sとの対比表" : "%s against %s",
	    links->city->root->caption, links->guideline->root->caption);
	m.r = report_new(words.p, last);
	m.r->none = ja ? "ありません" : "none";
	kt_buf_clear(&words);
	links_summary(&words, links, how->lang);
	m.r->summary = kt_arena_strdup(m.r->arena, words.p);
	kt_buf_release(&words);
	for (size_t i = 0; i < last; i++) {
		m.r->sheets[i].columns = ja ? alone_ja : alone_en;
		m.r->sheets[i].ncolumns = ALONE_COLUMNS;
	}
	m.r->sheets[0].columns = ja ? columns_ja : columns_en;
	m.r->sheets[0].ncolumns = COLUMNS;
	m.r->sheets[0].name = ja ? "対比表" : "correspondence";
	m.r->sheets[1].name = ja ? "指針にあって市にない規定" : "missing";
	put_table(&m);
	put_alone(&m, &m.r->sheets[1], links->guideline, links->guideline_only,
	    links->nguideline_only);
	if (!how->gaps) {
		m.r->sheets[2].name = ja ? "市だけの規定" : "city only";
		put_alone(&m, &m.r->sheets[2], links->city, links->city_only,
		    links->ncity_only);
	}
	return m.r;
}

int
kt_write_links_xlsx(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	struct report *r = make(links, how);
	int rc = report_xlsx(out, r, d);

	report_free(r);
	return rc;
}

int
kt_write_links_docx(struct kt_buf *out, const struct kt_links *links,
    const struct kt_links_how *how, struct kt_diag *d)
{
	struct report *r = make(links, how);
	int rc = report_docx(out, r, d);

	report_free(r);
	return rc;
}
