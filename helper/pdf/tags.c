/* SPDX-License-Identifier: MIT */
/* The structure of a tagged file: how many of each kind.  Its texts are not
 * asked for: poppler 22.12 gives them wrong for Japanese. */
#include "helper.h"

#include <stdio.h>

#define MOST_ELEMENTS 200000
#define MOST_DEPTH 64

static const struct {
	PopplerStructureElementKind kind;
	const char *name;
} kinds[] = {
	{ POPPLER_STRUCTURE_ELEMENT_HEADING, "H" },
	{ POPPLER_STRUCTURE_ELEMENT_HEADING_1, "H1" },
	{ POPPLER_STRUCTURE_ELEMENT_HEADING_2, "H2" },
	{ POPPLER_STRUCTURE_ELEMENT_HEADING_3, "H3" },
	{ POPPLER_STRUCTURE_ELEMENT_HEADING_4, "H4" },
	{ POPPLER_STRUCTURE_ELEMENT_HEADING_5, "H5" },
	{ POPPLER_STRUCTURE_ELEMENT_HEADING_6, "H6" },
	{ POPPLER_STRUCTURE_ELEMENT_PARAGRAPH, "P" },
	{ POPPLER_STRUCTURE_ELEMENT_LIST_ITEM, "LI" },
	{ POPPLER_STRUCTURE_ELEMENT_TABLE, "Table" },
	{ POPPLER_STRUCTURE_ELEMENT_TABLE_ROW, "TR" },
	{ POPPLER_STRUCTURE_ELEMENT_FIGURE, "Figure" },
	{ POPPLER_STRUCTURE_ELEMENT_NOTE, "Note" },
};

struct count {
	unsigned of[G_N_ELEMENTS(kinds)];
	unsigned all;
};

static void
count_element(struct count *n, PopplerStructureElement *element)
{
	PopplerStructureElementKind kind =
	    poppler_structure_element_get_kind(element);

	n->all++;
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].kind == kind)
			n->of[i]++;
}

static void
count_below(struct count *n, PopplerStructureElementIter *iter, unsigned depth)
{
	do {
		PopplerStructureElement *element =
		    poppler_structure_element_iter_get_element(iter);
		PopplerStructureElementIter *child;

		count_element(n, element);
		g_object_unref(element);
		child = depth >= MOST_DEPTH
			    ? NULL
			    : poppler_structure_element_iter_get_child(iter);
		if (child != NULL) {
			count_below(n, child, depth + 1);
			poppler_structure_element_iter_free(child);
		}
	} while (n->all < MOST_ELEMENTS &&
		 poppler_structure_element_iter_next(iter));
}

void
put_tags(PopplerDocument *document)
{
	PopplerStructureElementIter *iter =
	    poppler_structure_element_iter_new(document);
	struct count n = { .all = 0 };

	if (iter == NULL)
		return;
	count_below(&n, iter, 0);
	poppler_structure_element_iter_free(iter);
	printf("tag all %u\n", n.all);
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (n.of[i] > 0)
			printf("tag %s %u\n", kinds[i].name, n.of[i]);
}
