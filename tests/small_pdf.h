/* SPDX-License-Identifier: MIT */
#ifndef KT_SMALL_PDF_H
#define KT_SMALL_PDF_H

/*
 * Small PDF files by hand, for tests: Japanese text in a font that is not in
 * the file, at places counted in points from the upper left corner of A4, and
 * rules.  Full-width letters are as wide as the size, others half.
 */

#include <kaitei/base.h>
#include <kaitei/text.h>

#include <string.h>

#define SMALL_PDF_PAGES 16
#define SMALL_PDF_HEADS 8
#define SMALL_PDF_HEIGHT 842.0

struct small_pdf {
	struct kt_buf page[SMALL_PDF_PAGES];
	unsigned pages;
	const char *trailer; /* more entries of the trailer, or NULL */
	const char *heads[SMALL_PDF_HEADS]; /* of the outline */
	unsigned head_page[SMALL_PDF_HEADS], nheads;
};

static inline struct kt_buf *
small_pdf_page(struct small_pdf *pdf)
{
	struct kt_buf *page = &pdf->page[pdf->pages++];

	*page = (struct kt_buf)KT_BUF_INIT;
	return page;
}

static inline void
small_pdf_put(struct small_pdf *pdf, const char *font, double x, double y,
    double size, const char *text)
{
	struct kt_buf *page = &pdf->page[pdf->pages - 1];
	unsigned len;

	kt_buf_printf(page, "BT /%s %.2f Tf %.2f %.2f Td <", font, size, x,
	    SMALL_PDF_HEIGHT - y);
	for (; *text != '\0'; text += len) {
		uint32_t c = kt_utf8_at(text, &len);

		kt_buf_printf(page, "%04X", (unsigned)c);
	}
	kt_buf_puts(page, "> Tj ET\n");
}

/* The text's base line is at y. */
static inline void
small_pdf_text(
    struct small_pdf *pdf, double x, double y, double size, const char *text)
{
	small_pdf_put(pdf, "F1", x, y, size, text);
}

/* In ゴシック. */
static inline void
small_pdf_heavy(
    struct small_pdf *pdf, double x, double y, double size, const char *text)
{
	small_pdf_put(pdf, "F3", x, y, size, text);
}

/* An entry of the outline that leads to the page in the making. */
static inline void
small_pdf_head(struct small_pdf *pdf, const char *words)
{
	pdf->head_page[pdf->nheads] = pdf->pages - 1;
	pdf->heads[pdf->nheads++] = words;
}

/* From top to bottom; x is the middle of the column, y its top. */
static inline void
small_pdf_down(
    struct small_pdf *pdf, double x, double y, double size, const char *text)
{
	small_pdf_put(pdf, "F2", x, y, size, text);
}

static inline void
small_pdf_rule(
    struct small_pdf *pdf, double x0, double y0, double x1, double y1)
{
	kt_buf_printf(&pdf->page[pdf->pages - 1],
	    "0.5 w %.2f %.2f m %.2f %.2f l S\n", x0, SMALL_PDF_HEIGHT - y0, x1,
	    SMALL_PDF_HEIGHT - y1);
}

/* The grid of a table: all rules of all rows and columns. */
static inline void
small_pdf_grid(struct small_pdf *pdf, const double *x, unsigned nx,
    const double *y, unsigned ny)
{
	for (unsigned i = 0; i < nx; i++)
		small_pdf_rule(pdf, x[i], y[0], x[i], y[ny - 1]);
	for (unsigned i = 0; i < ny; i++)
		small_pdf_rule(pdf, x[0], y[i], x[nx - 1], y[i]);
}

static inline void
small_pdf_object(struct kt_buf *out, size_t *at, unsigned number)
{
	at[number] = out->len;
	kt_buf_printf(out, "%u 0 obj\n", number);
}

static inline void
small_pdf_font(
    struct kt_buf *out, size_t *at, unsigned number, const char *name, char way)
{
	small_pdf_object(out, at, number);
	kt_buf_printf(out,
	    "<</Type/Font/Subtype/Type0/BaseFont/%s"
	    "/Encoding/UniJIS-UTF16-%c/DescendantFonts[5 0 R]>>\nendobj\n",
	    name, way);
}

/* The outline: its root and one object an entry, from `first` on. */
static inline void
small_pdf_outline(
    struct small_pdf *pdf, struct kt_buf *out, size_t *at, unsigned first)
{
	unsigned n = pdf->nheads, len;

	small_pdf_object(out, at, first);
	kt_buf_printf(out, "<</First %u 0 R/Last %u 0 R/Count %u>>\nendobj\n",
	    first + 1, first + n, n);
	for (unsigned i = 0; i < n; i++) {
		small_pdf_object(out, at, first + 1 + i);
		kt_buf_puts(out, "<</Title<FEFF");
		for (const char *p = pdf->heads[i]; *p != '\0'; p += len)
			kt_buf_printf(
			    out, "%04X", (unsigned)kt_utf8_at(p, &len));
		kt_buf_printf(out, ">/Parent %u 0 R/Dest[%u 0 R/Fit]", first,
		    8 + 2 * pdf->head_page[i]);
		if (i > 0)
			kt_buf_printf(out, "/Prev %u 0 R", first + i);
		if (i + 1 < n)
			kt_buf_printf(out, "/Next %u 0 R", first + 2 + i);
		kt_buf_puts(out, ">>\nendobj\n");
	}
	pdf->nheads = 0;
}

/* The whole file; the pages are released. */
static inline void
small_pdf_end(struct small_pdf *pdf, struct kt_buf *out)
{
	size_t at[10 + 2 * SMALL_PDF_PAGES + SMALL_PDF_HEADS], start;
	unsigned outline = 8 + 2 * pdf->pages, objects = outline;

	kt_buf_puts(out, "%PDF-1.5\n");
	small_pdf_object(out, at, 1);
	kt_buf_puts(out, "<</Type/Catalog/Pages 2 0 R");
	if (pdf->nheads > 0) {
		kt_buf_printf(out, "/Outlines %u 0 R", outline);
		objects += 1 + pdf->nheads;
	}
	kt_buf_puts(out, ">>\nendobj\n");
	small_pdf_object(out, at, 2);
	kt_buf_puts(out, "<</Type/Pages/Kids[");
	for (unsigned i = 0; i < pdf->pages; i++)
		kt_buf_printf(out, "%u 0 R ", 8 + 2 * i);
	kt_buf_printf(out, "]/Count %u>>\nendobj\n", pdf->pages);
	small_pdf_font(out, at, 3, "Ryumin-Light", 'H');
	small_pdf_font(out, at, 4, "Ryumin-Light", 'V');
	small_pdf_font(out, at, 7, "GothicBBB-Medium", 'H');
	small_pdf_object(out, at, 5);
	kt_buf_puts(out,
	    "<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light"
	    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>"
	    "/DW 1000/W[1 95 500]/FontDescriptor 6 0 R>>\nendobj\n");
	small_pdf_object(out, at, 6);
	kt_buf_puts(out, "<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4"
			 "/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
			 "/Descent -120/CapHeight 700/StemV 80>>\nendobj\n");
	for (unsigned i = 0; i < pdf->pages; i++) {
		small_pdf_object(out, at, 8 + 2 * i);
		kt_buf_printf(out,
		    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
		    "/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 7 0 R>>>>"
		    "/Contents %u 0 R>>\nendobj\n",
		    9 + 2 * i);
		small_pdf_object(out, at, 9 + 2 * i);
		kt_buf_printf(
		    out, "<</Length %zu>>\nstream\n", pdf->page[i].len);
		kt_buf_put(out, pdf->page[i].p, pdf->page[i].len);
		kt_buf_puts(out, "endstream\nendobj\n");
		kt_buf_release(&pdf->page[i]);
	}
	if (pdf->nheads > 0)
		small_pdf_outline(pdf, out, at, outline);
	start = out->len;
	kt_buf_printf(out, "xref\n0 %u\n0000000000 65535 f \n", objects);
	for (unsigned i = 1; i < objects; i++)
		kt_buf_printf(out, "%010zu 00000 n \n", at[i]);
	kt_buf_printf(out,
	    "trailer\n<</Size %u/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n",
	    objects, pdf->trailer == NULL ? "" : pdf->trailer, start);
	pdf->pages = 0;
}

#endif
