/* SPDX-License-Identifier: MIT */
/* Pictures in a Word file: as large as they are at 96 points an inch, and
 * never larger than the room they stand in; a part for each file. */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

#define EMU_A_PIXEL 9525u /* at 96 to the inch */
#define EMU_A_TWIP 635u

#define NS_DRAWING                                                             \
	"http://schemas.openxmlformats.org/drawingml/2006/"                    \
	"wordprocessingDrawing"
#define NS_A "http://schemas.openxmlformats.org/drawingml/2006/main"
#define NS_PICTURE "http://schemas.openxmlformats.org/drawingml/2006/picture"

/* The relations of the document that come before: header, footer, styles,
 * settings, fonts. */
#define RELATIONS_BEFORE 5

/* Number of its part, from 1; a new one for bytes not met before. */
static size_t
media_of(struct docx *x, const struct kt_picture *p)
{
	for (size_t i = 0; i < x->nmedia; i++)
		if (picture_same(x->media[i], p))
			return i + 1;
	KT_GROW(x->media, x->nmedia, x->media_cap);
	x->media[x->nmedia++] = p;
	return x->nmedia;
}

struct extent {
	uint64_t width, height;
};

/* Both sides made smaller alike until neither is over the room. */
static struct extent
fit(const struct docx *x, const struct kt_picture *p)
{
	const struct docx_page *page = x->page;
	unsigned indent = x->left * page->half_points * 10;
	uint64_t wide = (x->room > indent ? x->room - indent : x->room);
	/* A line is left for what the picture is called; in a table also the
	 * names of the columns, which every page has. */
	unsigned lines = x->room < docx_page_room(page) ? 4 : 1;
	uint64_t high = page->height - page->top - page->bottom -
			lines * (uint64_t)page->pitch;
	struct extent e = { (uint64_t)p->width * EMU_A_PIXEL,
		(uint64_t)p->height * EMU_A_PIXEL };

	wide *= EMU_A_TWIP;
	high *= EMU_A_TWIP;
	if (e.width > wide) {
		e.height = e.height * wide / e.width;
		e.width = wide;
	}
	if (e.height > high) {
		e.width = e.width * high / e.height;
		e.height = high;
	}
	e.width += e.width == 0;
	e.height += e.height == 0;
	return e;
}

static void
put_extent(struct kt_xmlw *w, const char *name, const struct extent *e)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attrf(w, "cx", "%llu", (unsigned long long)e->width);
	kt_xmlw_attrf(w, "cy", "%llu", (unsigned long long)e->height);
	kt_xmlw_close(w);
}

/* Id, file and alternative text. */
static void
put_about(struct kt_xmlw *w, const char *name, unsigned id,
    const struct kt_picture *p, const char *words)
{
	kt_xmlw_open(w, name);
	kt_xmlw_attrf(w, "id", "%u", id);
	kt_xmlw_attr(w, "name", p->name);
	kt_xmlw_attr(w, "descr", words);
	kt_xmlw_close(w);
}

static void
put_graphic(struct kt_xmlw *w, const struct kt_picture *p, unsigned id,
    size_t media, const struct extent *e, const char *words)
{
	kt_xmlw_open(w, "a:graphic");
	kt_xmlw_attr(w, "xmlns:a", NS_A);
	kt_xmlw_open(w, "a:graphicData");
	kt_xmlw_attr(w, "uri", NS_PICTURE);
	kt_xmlw_open(w, "pic:pic");
	kt_xmlw_attr(w, "xmlns:pic", NS_PICTURE);
	kt_xmlw_open(w, "pic:nvPicPr");
	put_about(w, "pic:cNvPr", id, p, words);
	kt_xmlw_raw(w, "<pic:cNvPicPr><a:picLocks noChangeAspect=\"1\"/>"
		       "</pic:cNvPicPr>");
	kt_xmlw_close(w);
	kt_xmlw_open(w, "pic:blipFill");
	kt_xmlw_open(w, "a:blip");
	kt_xmlw_attrf(w, "r:embed", "rId%zu", RELATIONS_BEFORE + media);
	kt_xmlw_close(w);
	kt_xmlw_raw(w, "<a:stretch><a:fillRect/></a:stretch>");
	kt_xmlw_close(w);
	kt_xmlw_open(w, "pic:spPr");
	kt_xmlw_raw(w, "<a:xfrm><a:off x=\"0\" y=\"0\"/>");
	put_extent(w, "a:ext", e);
	kt_xmlw_raw(w, "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>"
		       "</a:prstGeom>");
	for (int open = 4; open-- > 0;)
		kt_xmlw_close(w);
}

void
docx_picture(struct docx *x, const struct kt_picture *p, const char *words)
{
	struct kt_xmlw *w = x->w;
	size_t media = media_of(x, p);
	unsigned id = ++x->drawings;
	struct extent e = fit(x, p);

	kt_xmlw_open(w, "w:drawing");
	kt_xmlw_open(w, "wp:inline");
	kt_xmlw_attr(w, "xmlns:wp", NS_DRAWING);
	for (const char *const *side = (const char *const[]){ "distT", "distB",
		 "distL", "distR", NULL };
	     *side != NULL; side++)
		kt_xmlw_attr(w, *side, "0");
	put_extent(w, "wp:extent", &e);
	put_about(w, "wp:docPr", id, p, words);
	put_graphic(w, p, id, media, &e, words);
	kt_xmlw_close(w);
	kt_xmlw_close(w);
}

void
docx_media(struct kt_opc *o, const struct docx *x, const char *document)
{
	struct kt_buf name = KT_BUF_INIT, bytes = KT_BUF_INIT;

	for (size_t i = 0; i < x->nmedia; i++) {
		const struct kt_picture *p = x->media[i];

		kt_buf_clear(&name);
		kt_buf_printf(&name, "word/media/image%zu.%s", i + 1,
		    p->png ? "png" : "jpeg");
		kt_buf_put(&bytes, p->bytes.p, p->bytes.len);
		kt_opc_part(o, name.p, picture_type(p), &bytes);
		kt_opc_relate(o, document, KT_REL_OFFICE "image", name.p);
	}
	kt_buf_release(&name);
	kt_buf_release(&bytes);
}
