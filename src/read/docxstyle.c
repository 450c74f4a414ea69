/* SPDX-License-Identifier: MIT */
/* The styles of a Word file: what a paragraph or a run gets from its style
 * and from those it is based on. */
#include "docx_int.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* So many styles based one on the other; Word allows fewer. */
#define CHAIN_MAX 32

const char *
word_value(const struct kt_xnode *node, const char *name)
{
	const struct kt_xnode *child =
	    node == NULL ? NULL : kt_xnode_child(node, name);
	const char *value;

	if (child == NULL)
		return NULL;
	value = kt_xnode_attr(child, "val");
	return value == NULL ? "" : value;
}

bool
word_on(const struct kt_xnode *node, const char *name, bool otherwise)
{
	const char *value = word_value(node, name);

	if (value == NULL)
		return otherwise;
	return strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
	       strcmp(value, "off") != 0 && strcmp(value, "none") != 0;
}

long
word_long(const char *value, long otherwise)
{
	char *end;
	long n;

	if (value == NULL || *value == '\0')
		return otherwise;
	n = strtol(value, &end, 10);
	return n > 1000000 || n < -1000000 ? otherwise : n;
}

/* ---- looks -------------------------------------------------------------- */

static unsigned
turned(unsigned look, unsigned bit, bool on)
{
	return on ? look | bit : look & ~bit;
}

unsigned
word_look(struct word_styles *styles, const struct kt_xnode *rpr, unsigned look)
{
	const char *style = word_value(rpr, "rStyle");
	const char *align = word_value(rpr, "vertAlign");
	const char *dots = word_value(rpr, "em");

	if (rpr == NULL)
		return look;
	if (style != NULL)
		look |= word_style_find(styles, style)->look;
	look = turned(look, WORD_UNDERLINE,
	    word_on(rpr, "u", (look & WORD_UNDERLINE) != 0));
	look = turned(
	    look, WORD_STRONG, word_on(rpr, "b", (look & WORD_STRONG) != 0));
	look = turned(look, WORD_EMPHASIS,
	    word_on(rpr, "i", (look & WORD_EMPHASIS) != 0) ||
		(dots != NULL && strcmp(dots, "none") != 0));
	look = turned(look, WORD_HIDDEN,
	    word_on(rpr, "vanish", (look & WORD_HIDDEN) != 0));
	look = turned(look, WORD_STRUCK,
	    word_on(rpr, "strike", false) || word_on(rpr, "dstrike", false) ||
		((look & WORD_STRUCK) != 0 &&
		    word_value(rpr, "strike") == NULL));
	if (align != NULL) {
		look &= ~(unsigned)(WORD_SUPER | WORD_SUB);
		if (strcmp(align, "superscript") == 0)
			look |= WORD_SUPER;
		else if (strcmp(align, "subscript") == 0)
			look |= WORD_SUB;
	}
	return look;
}

/* ---- indents ------------------------------------------------------------ */

/* Of a length in twips or in hundredths of a character, which counts more. */
static long
length_of(const struct kt_xnode *ind, const char *twips, const char *chars)
{
	long n = word_long(kt_xnode_attr(ind, chars), 0);

	return n != 0 ? n * 21 / 10 : word_long(kt_xnode_attr(ind, twips), 0);
}

void
word_indent(const struct kt_xnode *ind, long *left, long *first)
{
	long hanging = length_of(ind, "hanging", "hangingChars");
	bool by_characters =
	    word_long(kt_xnode_attr(ind, "leftChars"), 0) != 0 ||
	    word_long(kt_xnode_attr(ind, "startChars"), 0) != 0;
	const char *twips =
	    kt_xnode_attr(ind, "left") != NULL ? "left" : "start";
	const char *chars = kt_xnode_attr(ind, "leftChars") != NULL
				? "leftChars"
				: "startChars";

	*left = length_of(ind, twips, chars);
	if (hanging != 0)
		/* Characters are counted up to where the first line hangs. */
		*first = by_characters ? *left : *left - hanging;
	else
		*first = *left + length_of(ind, "firstLine", "firstLineChars");
	if (*first < 0)
		*first = 0;
}

/* ---- styles ------------------------------------------------------------- */

static int
by_id(const void *a, const void *b)
{
	const struct word_style *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct word_style *
find(struct word_styles *styles, const char *id)
{
	struct word_style key = { .id = id };

	return id == NULL || styles->n == 0
		   ? NULL
		   : bsearch(&key, styles->at, styles->n, sizeof(key), by_id);
}

static const char *
small_letters(struct kt_arena *arena, const char *name)
{
	char *out = kt_arena_strdup(arena, name);

	for (char *p = out; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return out;
}

/* "heading 3" is one even without an outline level. */
static int
outline_of_name(const char *name)
{
	if (strncmp(name, "heading ", 8) == 0 && name[8] >= '1' &&
	    name[8] <= '9' && name[9] == '\0')
		return name[8] - '1';
	return -1;
}

/* What one style says over what it is based on. */
static void
apply(struct word_style *s, const struct kt_xnode *node)
{
	const struct kt_xnode *ppr = kt_xnode_child(node, "pPr"), *at;
	const char *outline = word_value(ppr, "outlineLvl");

	if (outline != NULL)
		s->outline = (int)word_long(outline, -1);
	if (ppr == NULL)
		return;
	at = kt_xnode_child(ppr, "numPr");
	if (at != NULL) {
		const char *num = word_value(at, "numId");

		if (num != NULL)
			s->list = strcmp(num, "0") == 0 ? "" : num;
		s->list_level = (int)word_long(word_value(at, "ilvl"), -1);
	}
	at = kt_xnode_child(ppr, "ind");
	if (at != NULL) {
		s->indented = true;
		word_indent(at, &s->left, &s->first);
	}
}

static void
know(struct word_styles *styles, struct word_style *s)
{
	const struct word_style *chain[CHAIN_MAX];
	size_t n = 0;

	for (const struct word_style *at = s; at != NULL && n < CHAIN_MAX;
	     at = find(styles, at->based_on))
		chain[n++] = at;
	s->known = true;
	s->outline = -1;
	s->list = "";
	s->list_level = -1;
	while (n-- > 0) {
		int named = outline_of_name(chain[n]->name);

		if (named >= 0)
			s->outline = named;
		apply(s, chain[n]->node);
		s->look = word_look(
		    styles, kt_xnode_child(chain[n]->node, "rPr"), s->look);
		if (strcmp(chain[n]->name, "例規 コード") == 0)
			s->look |= WORD_CODE;
		if (strcmp(chain[n]->name, "例規 算式") == 0)
			s->look |= WORD_FORMULA;
	}
	if (s->outline > 8)
		s->outline = -1;
}

const struct word_style *
word_style_find(struct word_styles *styles, const char *id)
{
	struct word_style *s = find(styles, id);

	if (s == NULL)
		return &styles->none;
	if (!s->known)
		know(styles, s);
	return s;
}

static void
add(struct word_styles *styles, size_t *cap, const struct kt_xnode *node)
{
	const char *id = kt_xnode_attr(node, "styleId");
	const char *name = word_value(node, "name");
	const char *type = kt_xnode_attr(node, "type");
	const char *normal = kt_xnode_attr(node, "default");
	struct word_style *s;

	if (id == NULL)
		return;
	KT_GROW(styles->at, styles->n, *cap);
	s = &styles->at[styles->n++];
	*s = (struct word_style){ .id = id,
		.name = small_letters(styles->arena, name == NULL ? id : name),
		.based_on = word_value(node, "basedOn"),
		.node = node };
	if (type != NULL && strcmp(type, "paragraph") == 0 && normal != NULL &&
	    (strcmp(normal, "1") == 0 || strcmp(normal, "true") == 0))
		styles->normal = id;
}

void
word_styles_read(struct word_styles *styles, struct kt_arena *arena,
    const struct kt_xnode *root)
{
	size_t cap = 0;

	*styles = (struct word_styles){ .arena = arena,
		.none = { .id = "",
		    .name = "",
		    .known = true,
		    .outline = -1,
		    .list = "",
		    .list_level = -1 } };
	if (root == NULL)
		return;
	for (const struct kt_xnode *at = kt_xnode_elem(root); at != NULL;
	     at = kt_xnode_next_elem(at))
		if (kt_xnode_is(at, "style"))
			add(styles, &cap, at);
	if (styles->n > 0)
		qsort(styles->at, styles->n, sizeof(styles->at[0]), by_id);
}
