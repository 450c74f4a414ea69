/* SPDX-License-Identifier: MIT */
/* Characters of a page with their boxes and fonts. */
#include "helper.h"

#include <stdio.h>
#include <string.h>

enum { DOWN = 1, LEVEL = 2 };

static void
note_font(GHashTable *found, const char *name, const char *encoding)
{
	int way =
	    encoding != NULL && g_str_has_suffix(encoding, "V") ? DOWN : LEVEL;

	if (name == NULL)
		return;
	way |= GPOINTER_TO_INT(g_hash_table_lookup(found, name));
	g_hash_table_insert(found, g_strdup(name), GINT_TO_POINTER(way));
}

static gboolean
is_level_only(gpointer name, gpointer way, gpointer nothing)
{
	(void)name, (void)nothing;
	return (GPOINTER_TO_INT(way) & DOWN) == 0;
}

/* Names of the fonts that are set from top to bottom; the value says whether
 * one of the name is set from left to right too. */
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

			note_font(found, name, encoding);
		} while (poppler_fonts_iter_next(iter));
	if (iter != NULL)
		poppler_fonts_iter_free(iter);
	g_hash_table_foreach_remove(found, is_level_only, NULL);
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

/* Boxes of a page, and whether most of them follow one another downwards. */
struct page_boxes {
	PopplerRectangle *at;
	guint n;
	gboolean down;
};

/* Is the neighbour, blanks apart, below or above (dx), or beside (dy)? */
static gboolean
has_neighbour(
    const struct page_boxes *boxes, guint i, double size, gboolean down)
{
	for (int by = -2; by <= 2; by++) {
		const PopplerRectangle *a = &boxes->at[i], *b = a + by;
		double across, along;

		if (by == 0 || (gint64)i + by < 0 || (gint64)i + by >= boxes->n)
			continue;
		across = down ? ABS(a->x1 - b->x1) : ABS(a->y1 - b->y1);
		along = down ? ABS(a->y1 - b->y1) : ABS(a->x1 - b->x1);
		if (across < size * 0.3 && along > size * 0.4 &&
		    along < size * 3.5)
			return TRUE;
	}
	return FALSE;
}

static void
find_direction(struct page_boxes *boxes)
{
	guint down = 0, level = 0;

	for (guint i = 0; i < boxes->n; i++) {
		double size = boxes->at[i].y2 - boxes->at[i].y1;

		if (has_neighbour(boxes, i, size, TRUE))
			down++;
		else if (has_neighbour(boxes, i, size, FALSE))
			level++;
	}
	boxes->down = down > level;
}

static gboolean
is_vertical(GHashTable *vertical, const PopplerTextAttributes *at,
    const struct page_boxes *boxes, guint i)
{
	int way =
	    at == NULL || at->font_name == NULL
		? 0
		: GPOINTER_TO_INT(g_hash_table_lookup(vertical, at->font_name));

	if (way != (DOWN | LEVEL))
		return way == DOWN;
	/* One name for both ways: the place decides. */
	return has_neighbour(boxes, i, at->font_size, TRUE) ||
	       (boxes->down && !has_neighbour(boxes, i, at->font_size, FALSE));
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
	struct page_boxes boxes = { .at = NULL };
	PopplerRectangle box;
	guint i = 0;
	GList *runs = poppler_page_get_text_attributes(page), *run = runs;
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	unsigned font = 0;
	const PopplerTextAttributes *known = NULL;

	if (!poppler_page_get_text_layout(page, &boxes.at, &boxes.n))
		boxes.n = 0;
	find_direction(&boxes);
	for (const char *p = text == NULL ? "" : text;
	     *p != '\0' && i < boxes.n; p = g_utf8_next_char(p), i++) {
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
		box = boxes.at[i];
		if (is_vertical(vertical, at, &boxes, i))
			box = mend_box(&box, at->font_size);
		put_character(&box, at, font, c);
	}
	g_ptr_array_free(names, TRUE);
	poppler_page_free_text_attributes(runs);
	g_free(boxes.at);
	g_free(text);
}
