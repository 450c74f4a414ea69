/* SPDX-License-Identifier: MIT */
/* Characters of a page with their boxes and fonts. */
#include "helper.h"

#include <stdio.h>
#include <string.h>

/* Names of the fonts that are set from top to bottom. */
GHashTable *
find_vertical_fonts(PopplerDocument *document)
{
	GHashTable *found =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	PopplerFontInfo *info = poppler_font_info_new(document);
	PopplerFontsIter *iter = NULL;

	if (poppler_font_info_scan(
		info, poppler_document_get_n_pages(document), &iter) &&
	    iter != NULL)
		do {
			const char *name = poppler_fonts_iter_get_name(iter);
			const char *encoding =
			    poppler_fonts_iter_get_encoding(iter);

			if (name != NULL && encoding != NULL &&
			    g_str_has_suffix(encoding, "V"))
				g_hash_table_add(found, g_strdup(name));
		} while (poppler_fonts_iter_next(iter));
	if (iter != NULL)
		poppler_fonts_iter_free(iter);
	g_object_unref(info);
	return found;
}

/* poppler gives the box of such a character where it would stand if it were
 * set from left to right: its origin is above its middle. */
static PopplerRectangle
mend_box(const PopplerRectangle *box, double size)
{
	PopplerRectangle is = *box;

	is.x1 -= size / 2;
	is.x2 -= size / 2;
	is.y1 += size;
	is.y2 += size;
	return is;
}

/* The number of a font in this page; new ones are told. */
static unsigned
font_number(GPtrArray *names, const char *name)
{
	if (name == NULL)
		name = "";
	for (unsigned i = 0; i < names->len; i++)
		if (strcmp(names->pdata[i], name) == 0)
			return i;
	g_ptr_array_add(names, g_strdup(name));
	printf("font %u ", names->len - 1);
	put_words("", name);
	return names->len - 1;
}

static void
put_character(const PopplerRectangle *box, const PopplerTextAttributes *run,
    unsigned font, gunichar c)
{
	unsigned colour = 0;

	if (run != NULL)
		colour = (unsigned)(run->color.red >> 8) << 16 |
			 (unsigned)(run->color.green >> 8) << 8 |
			 run->color.blue >> 8;
	printf("c %ld %ld %ld %ld %ld %u %06x %x\n", hundredths(box->x1),
	    hundredths(box->y1), hundredths(box->x2), hundredths(box->y2),
	    run == NULL ? 0 : hundredths(run->font_size), font, colour, c);
}

void
put_text(PopplerPage *page, GHashTable *vertical)
{
	char *text = poppler_page_get_text(page);
	PopplerRectangle *boxes = NULL, box;
	guint n = 0, i = 0;
	GList *runs = poppler_page_get_text_attributes(page), *run = runs;
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	unsigned font = 0;
	const PopplerTextAttributes *known = NULL;

	if (!poppler_page_get_text_layout(page, &boxes, &n))
		n = 0;
	for (const char *p = text == NULL ? "" : text; *p != '\0' && i < n;
	     p = g_utf8_next_char(p), i++) {
		gunichar c = g_utf8_get_char(p);
		const PopplerTextAttributes *at;

		while (run != NULL &&
		       ((PopplerTextAttributes *)run->data)->end_index < (int)i)
			run = run->next;
		at = run == NULL ? NULL : run->data;
		if (c == '\n') {
			puts("b");
			continue;
		}
		if (c <= ' ')
			continue;
		if (at != known || at == NULL)
			font =
			    font_number(names, at == NULL ? "" : at->font_name);
		known = at;
		box = boxes[i];
		if (at != NULL && at->font_name != NULL &&
		    g_hash_table_contains(vertical, at->font_name))
			box = mend_box(&box, at->font_size);
		put_character(&box, at, font, c);
	}
	g_ptr_array_free(names, TRUE);
	poppler_page_free_text_attributes(runs);
	g_free(boxes);
	g_free(text);
}
