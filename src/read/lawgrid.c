/* SPDX-License-Identifier: MIT */
/*
 * Tables of Lawtext: a row begins with `* - `, its other cells stand below
 * with `- `; [rowspan="2"] and the like before the words of a cell.
 */
#include "lawtext_int.h"

#include <stdlib.h>
#include <string.h>

/* The value of [name="value"] at p; bytes of all that, 0 when there is none. */
static size_t
attribute(const char *p, size_t n, const char **name, const char **value)
{
	const char *equals, *end;

	if (n < 5 || p[0] != '[' || (end = memchr(p, ']', n)) == NULL ||
	    end[-1] != '"' ||
	    (equals = memchr(p, '=', (size_t)(end - p))) == NULL ||
	    equals[1] != '"')
		return 0;
	*name = p + 1;
	*value = equals + 2;
	return (size_t)(end - p) + 1;
}

static uint16_t
span(const char *value)
{
	unsigned long n = strtoul(value, NULL, 10);

	return n < 1 ? 1 : n > UINT16_MAX ? UINT16_MAX : (uint16_t)n;
}

static void
cell(struct kt_build *b, struct kt_node *row, size_t line, const char *p,
    size_t n)
{
	struct kt_node *node = kt_build_add(b, row, KT_CELL, line, 1);
	const char *name, *value;
	size_t used;

	while ((used = attribute(p, n, &name, &value)) > 0) {
		if (strncmp(name, "rowspan=", strlen("rowspan=")) == 0)
			node->rowspan = span(value);
		else if (strncmp(name, "colspan=", strlen("colspan=")) == 0)
			node->colspan = span(value);
		p += used;
		n -= used;
	}
	kt_node_text(kt_build_doc(b), node, p, n);
}

/* The words behind a sign, blanks before them left out. */
static void
behind(const struct text_line *line, size_t sign, const char **p, size_t *n)
{
	*p = line->p + sign;
	*n = line->n - sign;
	while (*n > 0 && **p == ' ') {
		++*p;
		--*n;
	}
}

static bool
is_cell(const struct text_line *line)
{
	return text_line_begins(line, "- ") ||
	       (line->n == 1 && line->p[0] == '-');
}

size_t
text_table(struct kt_build *b, const struct text_lines *lines, size_t at)
{
	struct kt_node *table = kt_build_table(b, at + 1, 1), *row = NULL;
	size_t indent = lines->at[at].indent, n;
	const char *p;

	for (; at < lines->count; at++) {
		const struct text_line *line = &lines->at[at];

		if (text_line_is_row(line) && line->indent == indent) {
			row = kt_build_add(b, table, KT_ROW, at + 1, 1);
			behind(line, strlen("* -"), &p, &n);
		} else if (is_cell(line) && line->indent > indent) {
			behind(line, 1, &p, &n);
		} else {
			break;
		}
		cell(b, row, at + 1, p, n);
	}
	return at;
}
