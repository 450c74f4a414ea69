/* SPDX-License-Identifier: MIT */
/*
 * Short papers that are made, not kept: labels, certificates, records.  They
 * are documents of prose and tables, so that the one writer of Word files
 * writes them too.
 */
#include <kaitei/write.h>

#include <kaitei/model.h>

#include <stdlib.h>
#include <string.h>

struct kt_paper {
	struct kt_doc *doc;
	struct kt_node *part; /* the heading under which we are */
	struct kt_node *table; /* that takes rows; NULL = none */
};

struct kt_paper *
kt_paper_new(const char *title)
{
	struct kt_paper *p = kt_calloc(1, sizeof(*p));

	p->doc = kt_doc_new("");
	kt_node_caption(p->doc, p->doc->root, title, strlen(title));
	p->part = p->doc->root;
	return p;
}

void
kt_paper_free(struct kt_paper *p)
{
	if (p == NULL)
		return;
	kt_doc_free(p->doc);
	free(p);
}

void
kt_paper_heading(struct kt_paper *p, const char *words)
{
	p->part = kt_doc_add(p->doc, p->doc->root, KT_TOPIC);
	kt_node_caption(p->doc, p->part, words, strlen(words));
	p->table = NULL;
}

void
kt_paper_text(struct kt_paper *p, const char *words)
{
	struct kt_node *text = kt_doc_add(p->doc, p->part, KT_TEXT);

	kt_node_text(p->doc, text, words, strlen(words));
	p->table = NULL;
}

static struct kt_node *
add_row(struct kt_paper *p, const char *const *cells, size_t n)
{
	struct kt_node *row = kt_doc_add(p->doc, p->table, KT_ROW);

	for (size_t i = 0; i < n; i++) {
		struct kt_node *cell = kt_doc_add(p->doc, row, KT_CELL);

		kt_node_text(p->doc, cell, cells[i], strlen(cells[i]));
		cell->colspan = cell->rowspan = 1;
	}
	return row;
}

void
kt_paper_table(struct kt_paper *p, const char *const *heads, size_t n)
{
	p->table = kt_doc_add(p->doc, p->part, KT_TABLE);
	if (heads != NULL)
		add_row(p, heads, n)->header = true;
}

void
kt_paper_row(struct kt_paper *p, const char *const *cells, size_t n)
{
	if (p->table == NULL)
		kt_paper_table(p, NULL, 0);
	add_row(p, cells, n);
}

int
kt_write_paper(struct kt_buf *out, struct kt_paper *p, struct kt_date date,
    struct kt_diag *d)
{
	const struct kt_render how = { .as_of = "" };

	p->doc->meta.decided = date;
	kt_doc_finish(p->doc);
	return kt_write_docx(out, p->doc, &how, d);
}
