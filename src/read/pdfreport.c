/* SPDX-License-Identifier: MIT */
/*
 * The report on a PDF, to be checked by a person: every page as a picture,
 * with what was read of it beside it, numbered alike, the doubtful in colour.
 * One file, without scripts or anything from outside.
 */
#include "pdf_int.h"

#include <kaitei/xml.h>

#include <stdlib.h>
#include <string.h>

/* Dots an inch of the pictures. */
#define DPI 80u
/* Confidence below which a block is shown in colour. */
#define SURE 85u

struct report {
	struct kt_xmlw *w;
	const struct pdf *pdf;
	const struct kt_doc *doc;
	enum kt_lang lang;
};

static const char style[] =
    "<style>"
    "body{font:14px/1.6 sans-serif;margin:1em;color:#222}"
    "h2{border-top:2px solid #888;padding-top:.5em;margin-top:2em}"
    ".page{display:flex;gap:1.5em;align-items:flex-start}"
    ".paper{position:relative;flex:0 0 48%;border:1px solid #999}"
    ".paper img{display:block;width:100%}"
    ".box{position:absolute;border:1px solid #36c;background:#36c1}"
    ".box b{position:absolute;left:-1px;top:-1px;font-size:9px;"
    "line-height:11px;background:#36c;color:#fff;padding:0 2px}"
    ".doubt.box{border-color:#d60;background:#d602}"
    ".doubt.box b{background:#d60}"
    ".aside.box{border:1px dashed #888;background:#8883}"
    ".aside.box b{background:#888}"
    "ol{flex:1;margin:0;padding-left:2.5em}"
    "li{margin-bottom:.6em;white-space:pre-wrap}"
    "li.doubt{background:#fff3e6}li.aside{color:#888}"
    "small{color:#666;display:block;white-space:normal}"
    "table{border-collapse:collapse}td{border:1px solid #999;padding:2px 6px}"
    "@media print{.page{page-break-after:always}}"
    "</style>";

/* ---- words of the report ------------------------------------------------ */

static const char *const kinds[][2] = {
	[PDF_PARAGRAPH] = { "段落", "paragraph" },
	[PDF_HEADING] = { "見出し", "heading" },
	[PDF_FOOTNOTE] = { "脚注", "footnote" },
	[PDF_TABLE] = { "表", "table" },
	[PDF_CONTENTS] = { "目次（除いた）", "contents, left out" },
	[PDF_ASIDE] = { "欄外（除いた）", "margin, left out" },
};

static const struct {
	unsigned doubt;
	const char *words[2];
} doubts[] = {
	{ PDF_D_JOIN, { "行をつないだが、形からは決まらない",
			  "lines joined where the layout leaves it open" } },
	{ PDF_D_PAGES,
	    { "ページをまたいでつないだ", "goes on over the page" } },
	{ PDF_D_SPACED,
	    { "字間の空きを詰めた", "letters set apart were closed up" } },
	{ PDF_D_MENDED,
	    { "部首の記号を漢字に直した", "signs of radicals were mended" } },
	{ PDF_D_ODD, { "意味の分からない文字がある",
			 "characters without a meaning in Unicode" } },
	{ PDF_D_ORDER, { "段組みの順序は推測", "the order was inferred" } },
	{ PDF_D_VERTICAL, { "縦書きの語", "an upright label" } },
	{ PDF_D_TABLE, { "ページをまたぐ表をつないだ",
			   "a table that goes on over the page" } },
	{ PDF_D_DRAWING, { "図の中の文", "words of a drawing" } },
};

unsigned
pdf_confidence(const struct pdf_block *b)
{
	static const struct {
		unsigned doubt, costs;
	} costs[] = {
		{ PDF_D_JOIN, 25 },
		{ PDF_D_PAGES, 5 },
		{ PDF_D_SPACED, 5 },
		{ PDF_D_MENDED, 5 },
		{ PDF_D_ODD, 40 },
		{ PDF_D_ORDER, 25 },
		{ PDF_D_VERTICAL, 20 },
		{ PDF_D_TABLE, 15 },
		{ PDF_D_DRAWING, 40 },
	};
	unsigned sure = 100;

	for (size_t i = 0; i < KT_COUNT(costs); i++)
		if (b->doubts & costs[i].doubt)
			sure =
			    sure > costs[i].costs ? sure - costs[i].costs : 0;
	return sure;
}

/* ---- small parts -------------------------------------------------------- */

static void
put_text(struct report *r, const char *words)
{
	kt_xmlw_text(r->w, words, strlen(words));
}

static const char *
class_of(const struct pdf_block *b)
{
	if (b->kind == PDF_CONTENTS || b->kind == PDF_ASIDE)
		return "aside";
	return pdf_confidence(b) < SURE ? "doubt" : "good";
}

/* ---- the picture -------------------------------------------------------- */

/* A place on the page as it is seen; vertical pages were turned. */
static struct pdf_box
on_paper(const struct pdf_page *page, const struct pdf_box *b, bool turned)
{
	struct pdf_box is = *b;

	if (!page->vertical || !turned)
		return is;
	is.x0 = page->height - b->y1;
	is.x1 = page->height - b->y0;
	is.y0 = b->x0;
	is.y1 = b->x1;
	return is;
}

static void
put_box(struct report *r, const struct pdf_page *page,
    const struct pdf_block *b, unsigned number)
{
	/* Margins were set aside before the page was turned. */
	struct pdf_box at = on_paper(page, &b->at, b->kind != PDF_ASIDE);
	double width = page->vertical ? page->height : page->width;
	double height = page->vertical ? page->width : page->height;

	if (width <= 0 || height <= 0)
		return;
	kt_xmlw_open(r->w, "div");
	kt_xmlw_attrf(r->w, "class", "box %s", class_of(b));
	kt_xmlw_attrf(r->w, "style",
	    "left:%.2f%%;top:%.2f%%;width:%.2f%%;height:%.2f%%",
	    at.x0 * 100 / width, at.y0 * 100 / height,
	    (at.x1 - at.x0) * 100 / width, (at.y1 - at.y0) * 100 / height);
	kt_xmlw_open(r->w, "b");
	kt_xmlw_attrf(r->w, "title", "%u", number);
	{
		char digits[16];

		snprintf(digits, sizeof(digits), "%u", number);
		put_text(r, digits);
	}
	kt_xmlw_close(r->w);
	kt_xmlw_close(r->w);
}

static void
put_picture(
    struct report *r, const char *bytes, size_t n, const struct pdf_page *page)
{
	struct kt_buf png = KT_BUF_INIT, url = KT_BUF_INIT;

	if (pdf_picture(&png, bytes, n, page->number, DPI)) {
		kt_buf_puts(&url, "data:image/png;base64,");
		kt_buf_base64(&url, png.p, png.len);
		kt_xmlw_open(r->w, "img");
		kt_xmlw_attr(r->w, "alt", "");
		kt_xmlw_attr(r->w, "src", url.p);
		kt_xmlw_close(r->w);
	}
	kt_buf_release(&png);
	kt_buf_release(&url);
}

/* ---- what was read ------------------------------------------------------ */

/* The clause that begins at a block. */
static const struct kt_node *
clause_at(const struct report *r, const struct pdf_block *b)
{
	for (size_t i = 0; i < r->doc->count; i++) {
		const struct kt_node *node = r->doc->nodes[i];

		if (node->line == (uint32_t)b->page &&
		    node->column == (uint32_t)b->row)
			return node;
	}
	return NULL;
}

static void
put_remarks(struct report *r, const struct pdf_block *b)
{
	const struct kt_node *node =
	    b->kind < PDF_CONTENTS ? clause_at(r, b) : NULL;
	struct kt_buf words = KT_BUF_INIT;

	kt_buf_puts(&words, kinds[b->kind][r->lang]);
	if (node != NULL)
		kt_buf_printf(&words, " · %s", kt_addr(r->doc, node));
	if (b->kind < PDF_CONTENTS)
		kt_buf_printf(&words, " · %s %u%%",
		    r->lang == KT_JA ? "確からしさ" : "confidence",
		    pdf_confidence(b));
	for (size_t i = 0; i < KT_COUNT(doubts); i++)
		if (b->doubts & doubts[i].doubt)
			kt_buf_printf(
			    &words, " · %s", doubts[i].words[r->lang]);
	kt_xmlw_open(r->w, "small");
	put_text(r, words.p);
	kt_xmlw_close(r->w);
	kt_buf_release(&words);
}

static void
put_cell(struct report *r, const struct pdf_cell *cell)
{
	kt_xmlw_open(r->w, "td");
	kt_xmlw_attrf(r->w, "colspan", "%d", cell->columns);
	kt_xmlw_attrf(r->w, "rowspan", "%d", cell->rows);
	/* Line by line, as they stand on the page. */
	for (size_t i = 0; i < cell->lines.n; i++) {
		if (i > 0)
			kt_xmlw_text(r->w, "\n", 1);
		kt_xmlw_text(r->w, cell->lines.at[i].text, cell->lines.at[i].n);
	}
	kt_xmlw_close(r->w);
}

static void
put_table(struct report *r, const struct pdf_table *t)
{
	size_t i = 0;

	kt_xmlw_open(r->w, "table");
	for (int row = 0; row < t->rows; row++) {
		kt_xmlw_open(r->w, "tr");
		for (; i < t->ncells && t->cells[i].row <= row; i++)
			put_cell(r, &t->cells[i]);
		kt_xmlw_text(r->w, "\n", 1);
		kt_xmlw_close(r->w);
	}
	kt_xmlw_close(r->w);
}

static void
put_block(struct report *r, const struct pdf_block *b)
{
	kt_xmlw_open(r->w, "li");
	kt_xmlw_attr(r->w, "class", class_of(b));
	put_remarks(r, b);
	if (b->table != NULL)
		put_table(r, b->table);
	else
		kt_xmlw_text(r->w, b->text, b->n);
	kt_xmlw_close(r->w);
}

static void
put_page(
    struct report *r, const char *bytes, size_t n, const struct pdf_page *page)
{
	unsigned number = 0;
	char title[64];

	snprintf(title, sizeof(title),
	    r->lang == KT_JA ? "%dページ%s" : "page %d%s", page->number,
	    page->unread ? (r->lang == KT_JA ? "（読めません）" : " (unread)")
			 : "");
	kt_xmlw_open(r->w, "h2");
	put_text(r, title);
	kt_xmlw_close(r->w);
	kt_xmlw_open(r->w, "div");
	kt_xmlw_attr(r->w, "class", "page");
	kt_xmlw_open(r->w, "div");
	kt_xmlw_attr(r->w, "class", "paper");
	put_picture(r, bytes, n, page);
	for (size_t i = 0; i < r->pdf->nblocks; i++)
		if (r->pdf->blocks[i].page == page->number)
			put_box(r, page, &r->pdf->blocks[i], ++number);
	kt_xmlw_close(r->w);
	kt_xmlw_open(r->w, "ol");
	for (size_t i = 0; i < r->pdf->nblocks; i++)
		if (r->pdf->blocks[i].page == page->number)
			put_block(r, &r->pdf->blocks[i]);
	kt_xmlw_text(r->w, "\n", 1);
	kt_xmlw_close(r->w);
	kt_xmlw_close(r->w);
}

/* ---- the whole ---------------------------------------------------------- */

static void
put_summary(struct report *r)
{
	const struct pdf *pdf = r->pdf;
	struct kt_buf words = KT_BUF_INIT;
	unsigned all = 0, sure = 0;

	for (size_t i = 0; i < pdf->nblocks; i++) {
		if (pdf->blocks[i].kind >= PDF_CONTENTS)
			continue;
		all++;
		sure += pdf_confidence(&pdf->blocks[i]) >= SURE;
	}
	kt_buf_printf(&words,
	    r->lang == KT_JA
		? "%zuページ、%uの段落や表のうち%"
		  "uを確かに読みました。橙色のところは"
		  "ページの画像と見比べてください。"
		: "%zu pages; of %u paragraphs and tables %u were read with "
		  "confidence. Compare what is orange with the page.",
	    pdf->npages, all, sure);
	if (pdf->tagged > 0)
		kt_buf_printf(&words, "%s%s",
		    r->lang == KT_JA ? " このPDFが持つ構造: "
				     : " Structure told by the file: ",
		    pdf->tags.p);
	kt_xmlw_open(r->w, "p");
	put_text(r, words.p);
	kt_xmlw_close(r->w);
	kt_buf_release(&words);
}

static void
put_all(struct report *r, const char *bytes, size_t n)
{
	const struct pdf *pdf = r->pdf;

	kt_xmlw_raw(r->w, "<!DOCTYPE html>\n");
	kt_xmlw_open(r->w, "html");
	kt_xmlw_attr(r->w, "lang", r->lang == KT_JA ? "ja" : "en");
	kt_xmlw_open(r->w, "head");
	kt_xmlw_raw(r->w, "<meta charset=\"utf-8\"/>");
	kt_xmlw_open(r->w, "title");
	put_text(r, pdf->file);
	kt_xmlw_close(r->w);
	kt_xmlw_raw(r->w, style);
	kt_xmlw_close(r->w);
	kt_xmlw_open(r->w, "body");
	kt_xmlw_open(r->w, "h1");
	put_text(r, pdf->file);
	kt_xmlw_close(r->w);
	put_summary(r);
	for (size_t i = 0; i < pdf->npages; i++)
		put_page(r, bytes, n, &pdf->pages[i]);
	kt_xmlw_close(r->w);
	kt_xmlw_close(r->w);
	kt_xmlw_raw(r->w, "\n");
}

int
kt_pdf_report(struct kt_buf *out, const char *name, const char *bytes, size_t n,
    const struct kt_doc *doc, enum kt_lang lang, struct kt_diag *d)
{
	struct kt_diag *known = kt_diag_new(); /* told when it was read */
	struct pdf pdf;
	struct report r = { .pdf = &pdf, .doc = doc, .lang = lang };
	int rc = pdf_open(&pdf, name, bytes, n, known);

	if (rc == KT_OK) {
		r.w = kt_xmlw_new();
		put_all(&r, bytes, n);
		rc = kt_xmlw_finish(r.w, out, d);
		kt_xmlw_free(r.w);
	}
	pdf_free(&pdf);
	kt_diag_free(known);
	return rc;
}
