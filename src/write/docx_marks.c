/* SPDX-License-Identifier: MIT */
/*
 * Names of bookmarks: _art3_2_p1_i2 for 第3条の2第1項第2号.  They begin with _
 * so that Word does not list them.
 */
#include "docx_int.h"

#include <stdlib.h>
#include <string.h>

/* Letters of a code in one name: _kn1234567_ stands before them. */
#define CODE_LETTERS 28

bool
docx_code_name(
    struct docx *x, char name[DOCX_NAME_MAX + 1], const char **code, bool old)
{
	size_t n = *code == NULL ? 0 : strnlen(*code, CODE_LETTERS);

	if (n == 0)
		return false;
	snprintf(name, DOCX_NAME_MAX + 1, "_k%c%u_%.*s", old ? 'o' : 'n',
	    ++x->codes % 10000000, (int)n, *code);
	*code += n;
	return true;
}

/* What the name of a kind begins with, and whether it counts from anew: a
 * 条 is known by its number alone, a 号 only inside its 項. */
static const struct {
	const char *sign;
	bool anew;
} signs[KT_KINDS] = {
	[KT_PART] = { "_hen", true },
	[KT_CHAPTER] = { "_sho", false },
	[KT_SECTION] = { "_set", false },
	[KT_SUBSECTION] = { "_kan", false },
	[KT_DIVISION] = { "_mok", false },
	[KT_ARTICLE] = { "_art", false },
	[KT_PARAGRAPH] = { "_p", false },
	[KT_ITEM] = { "_i", false },
	[KT_HEADED] = { "_h", false },
	[KT_TOPIC] = { "_t", false },
	[KT_SUPPL] = { "_sup", true },
	[KT_APPENDIX] = { "_app", true },
};

/* The name that a clause hands on to what it holds. */
static const char *
prefix_of(const char *const *names, const struct kt_node *node)
{
	const struct kt_node *parent = node->parent;

	/* 条 are numbered through all divisions. */
	while (parent != NULL && node->kind == KT_ARTICLE &&
	       kt_kind_is_division(parent->kind))
		parent = parent->parent;
	return parent == NULL || signs[node->kind].anew ? ""
							: names[parent->id];
}

static void
put_name(struct kt_buf *out, const char *const *names,
    const struct kt_node *node, unsigned place)
{
	/* 附則 carry the numbers of what they amend, or none. */
	bool counts = node->num.n > 0 && node->kind != KT_SUPPL;

	kt_buf_puts(out, prefix_of(names, node));
	kt_buf_puts(out, signs[node->kind].sign);
	if (!counts)
		kt_buf_printf(out, "%u", place);
	for (unsigned i = 0; counts && i < node->num.n; i++)
		kt_buf_printf(out, "%s%u", i == 0 ? "" : "_", node->num.v[i]);
}

/* Names taken, by their hash; open addressing. */
struct taken {
	const char **at;
	size_t mask;
};

static bool
take(struct taken *t, const char *name)
{
	size_t i = kt_hash(name, strlen(name), 0) & t->mask;

	while (t->at[i] != NULL) {
		if (strcmp(t->at[i], name) == 0)
			return false;
		i = (i + 1) & t->mask;
	}
	t->at[i] = name;
	return true;
}

static bool
is_inside_other(const struct kt_node *node)
{
	for (; node != NULL; node = node->parent)
		if (node->kind == KT_COMMENTARY || node->kind == KT_QUOTE ||
		    node->kind == KT_NOTE || node->kind == KT_CELL ||
		    node->kind == KT_TOC)
			return true;
	return false;
}

const char **
docx_bookmarks(struct kt_arena *arena, const struct kt_doc *doc)
{
	const char **names = KT_NEWN(arena, const char *, doc->count);
	/* Among its siblings, for those without a number. */
	unsigned *place = kt_calloc(doc->count, sizeof(*place));
	struct kt_buf name = KT_BUF_INIT;
	struct taken taken = { .mask = 63 };

	while (taken.mask < 4 * doc->count)
		taken.mask = 2 * taken.mask + 1;
	taken.at = kt_calloc(taken.mask + 1, sizeof(*taken.at));
	for (size_t i = 0; i < doc->count; i++) {
		const struct kt_node *node = doc->nodes[i];

		names[i] = "";
		place[i] = node->prev == NULL ? 1 : place[node->prev->id] + 1;
		if (signs[node->kind].sign == NULL || is_inside_other(node))
			continue;
		kt_buf_clear(&name);
		put_name(&name, names, node, place[i]);
		names[i] = kt_arena_strdup(arena, name.p);
		if (name.len > DOCX_NAME_MAX || !take(&taken, names[i])) {
			names[i] = kt_arena_printf(arena, "_n%zu", i);
			take(&taken, names[i]);
		}
	}
	free(taken.at);
	free(place);
	kt_buf_release(&name);
	return names;
}
