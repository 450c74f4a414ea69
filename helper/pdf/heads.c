/* SPDX-License-Identifier: MIT */
/* What the file itself calls its headings: its outline (bookmarks) and, where
 * that says less, the headings of its structure. */
#include "helper.h"

#include <stdio.h>
#include <string.h>

#define MOST_ELEMENTS 200000
#define MOST_DEPTH 64
#define MOST_ENTRIES 20000u
/* poppler reads the whole page for the words of one element. */
#define MOST_TEXTS 1500u
#define MOST_LEVEL 9u

struct heads {
	PopplerDocument *document;
	gboolean telling; /* else they are counted */
	unsigned n, most, elements;
};

/* 1 for the outermost. */
static void
put_head(struct heads *h, int page, unsigned level, const char *words)
{
	if (words == NULL || words[0] == '\0' || h->n >= h->most)
		return;
	h->n++;
	if (!h->telling)
		return;
	printf("head %d %u ", page, MIN(level, MOST_LEVEL));
	put_words("", words);
	fflush(stdout);
}

/* ---- outline ----------------------------------------------------------- */

/* The page that an entry leads to; 0 when it is not known. */
static int
target(PopplerDocument *document, const PopplerAction *action)
{
	const PopplerDest *to;
	PopplerDest *found = NULL;
	int page;

	if (action->type != POPPLER_ACTION_GOTO_DEST)
		return 0;
	to = action->goto_dest.dest;
	if (to != NULL && to->type == POPPLER_DEST_NAMED &&
	    to->named_dest != NULL)
		to = found =
		    poppler_document_find_dest(document, to->named_dest);
	page = to == NULL ? 0 : to->page_num;
	if (found != NULL)
		poppler_dest_free(found);
	return page;
}

static void
put_entries(struct heads *h, PopplerIndexIter *iter, unsigned level)
{
	do {
		PopplerAction *action = poppler_index_iter_get_action(iter);
		PopplerIndexIter *below;

		if (action != NULL) {
			put_head(h, target(h->document, action), level,
			    action->any.title);
			poppler_action_free(action);
		}
		below = level >= MOST_DEPTH
			    ? NULL
			    : poppler_index_iter_get_child(iter);
		if (below != NULL) {
			put_entries(h, below, level + 1);
			poppler_index_iter_free(below);
		}
	} while (h->n < h->most && poppler_index_iter_next(iter));
}

/* ---- structure --------------------------------------------------------- */

/* The characters of PDFDocEncoding that are not those of Latin-1. */
static const struct {
	guint8 byte;
	gunichar is;
} document_codes[] = {
	{ 0x18, 0x02d8 },
	{ 0x19, 0x02c7 },
	{ 0x1a, 0x02c6 },
	{ 0x1b, 0x02d9 },
	{ 0x1c, 0x02dd },
	{ 0x1d, 0x02db },
	{ 0x1e, 0x02da },
	{ 0x1f, 0x02dc },
	{ 0x80, 0x2022 },
	{ 0x81, 0x2020 },
	{ 0x82, 0x2021 },
	{ 0x83, 0x2026 },
	{ 0x84, 0x2014 },
	{ 0x85, 0x2013 },
	{ 0x86, 0x0192 },
	{ 0x87, 0x2044 },
	{ 0x88, 0x2039 },
	{ 0x89, 0x203a },
	{ 0x8a, 0x2212 },
	{ 0x8b, 0x2030 },
	{ 0x8c, 0x201e },
	{ 0x8d, 0x201c },
	{ 0x8e, 0x201d },
	{ 0x8f, 0x2018 },
	{ 0x90, 0x2019 },
	{ 0x91, 0x201a },
	{ 0x92, 0x2122 },
	{ 0x93, 0xfb01 },
	{ 0x94, 0xfb02 },
	{ 0x95, 0x0141 },
	{ 0x96, 0x0152 },
	{ 0x97, 0x0160 },
	{ 0x98, 0x0178 },
	{ 0x99, 0x017d },
	{ 0x9a, 0x0131 },
	{ 0x9b, 0x0142 },
	{ 0x9c, 0x0153 },
	{ 0x9d, 0x0161 },
	{ 0x9e, 0x017e },
	{ 0xa0, 0x20ac },
};

/* The byte that poppler took for this character; -1: none. */
static int
byte_of(gunichar c)
{
	for (gsize i = 0; i < G_N_ELEMENTS(document_codes); i++)
		if (document_codes[i].is == c)
			return document_codes[i].byte;
	if (c == 0xfffd || c == 0x7f || c == 0x9f || c == 0xad)
		return '?';
	return c < 0x100 ? (int)c : -1;
}

/* poppler 22.12 reads the UTF-8 of an element's words once more as if it were
 * PDFDocEncoding.  The bytes again; those that have no character there are
 * lost and become ?.  NULL: these words were right as they came. */
static char *
bytes_again(const char *words)
{
	GString *out = g_string_new(NULL);

	for (const char *p = words; *p != '\0'; p = g_utf8_next_char(p)) {
		int byte = byte_of(g_utf8_get_char(p));

		if (byte < 0) {
			g_string_free(out, TRUE);
			return NULL;
		}
		g_string_append_c(out, (char)byte);
	}
	return g_string_free(out, FALSE);
}

static void
put_element(struct heads *h, PopplerStructureElement *element)
{
	static const PopplerStructureElementKind kinds[] = {
		POPPLER_STRUCTURE_ELEMENT_HEADING_1,
		POPPLER_STRUCTURE_ELEMENT_HEADING_2,
		POPPLER_STRUCTURE_ELEMENT_HEADING_3,
		POPPLER_STRUCTURE_ELEMENT_HEADING_4,
		POPPLER_STRUCTURE_ELEMENT_HEADING_5,
		POPPLER_STRUCTURE_ELEMENT_HEADING_6,
	};
	PopplerStructureElementKind kind =
	    poppler_structure_element_get_kind(element);

	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		char *words, *right;

		if (kinds[i] != kind || h->n >= h->most)
			continue;
		if (!h->telling) {
			h->n++;
			continue;
		}
		words = poppler_structure_element_get_text(
		    element, POPPLER_STRUCTURE_GET_TEXT_RECURSIVE);
		right = words == NULL ? NULL : bytes_again(words);
		put_head(h, poppler_structure_element_get_page(element) + 1,
		    i + 1, right != NULL ? right : words);
		g_free(right);
		g_free(words);
	}
}

static void
put_elements(struct heads *h, PopplerStructureElementIter *iter, unsigned depth)
{
	do {
		PopplerStructureElement *element =
		    poppler_structure_element_iter_get_element(iter);
		PopplerStructureElementIter *child;

		h->elements++;
		put_element(h, element);
		g_object_unref(element);
		child = depth >= MOST_DEPTH
			    ? NULL
			    : poppler_structure_element_iter_get_child(iter);
		if (child != NULL) {
			put_elements(h, child, depth + 1);
			poppler_structure_element_iter_free(child);
		}
	} while (h->elements < MOST_ELEMENTS &&
		 poppler_structure_element_iter_next(iter));
}

/* How many headings the structure has, or those headings. */
static unsigned
walk_structure(PopplerDocument *document, gboolean telling)
{
	PopplerStructureElementIter *iter =
	    poppler_structure_element_iter_new(document);
	struct heads h = {
		.document = document, .telling = telling, .most = MOST_TEXTS
	};

	if (iter == NULL)
		return 0;
	put_elements(&h, iter, 0);
	poppler_structure_element_iter_free(iter);
	return h.n;
}

void
put_heads(PopplerDocument *document)
{
	PopplerIndexIter *iter = poppler_index_iter_new(document);
	struct heads h = {
		.document = document, .telling = TRUE, .most = MOST_ENTRIES
	};

	if (iter != NULL) {
		put_entries(&h, iter, 1);
		poppler_index_iter_free(iter);
	}
	/* The words of elements are dear: only where the outline has less. */
	if (walk_structure(document, FALSE) > h.n)
		walk_structure(document, TRUE);
}
