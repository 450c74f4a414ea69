/* SPDX-License-Identifier: MIT */
/*
 * How a plain text is set: line ends, empty lines, indents and the blanks
 * behind labels, kept line by line so that the text can be given back as it
 * was.  What the blanks mean is not decided here.
 */
#include "lawtext_int.h"

#include <stdlib.h>
#include <string.h>

struct spacing {
	struct kt_doc *doc;
	struct kt_spacing *at;
	size_t count;
	const char *before; /* where the last words ended */
};

/* The label of a line, or the mark of a cell. */
static size_t
label_of(const struct text_line *line)
{
	struct kt_lead lead;

	if (text_line_is_row(line))
		return strlen("* -");
	if (text_line_begins(line, "- "))
		return 1;
	kt_lead_paragraph(&lead, line->p, line->n);
	return lead.label;
}

static void
put(struct spacing *s, const struct text_line *line, size_t number)
{
	struct kt_spacing *to = &s->at[s->count++];
	size_t label = label_of(line), behind = label;
	unsigned len;

	while (label > 0 && behind < line->n &&
	       kt_is_space(kt_utf8_at(line->p + behind, &len)))
		behind += len;
	*to = (struct kt_spacing){
		.line = (uint32_t)number,
		.label = (uint32_t)label,
		.before = kt_arena_strndup(
		    s->doc->arena, s->before, (size_t)(line->p - s->before)),
		.behind = kt_arena_strndup(
		    s->doc->arena, line->p + label, behind - label),
	};
	s->before = line->p + line->n;
}

/* The first CR or LF at or behind p. */
static const char *
line_end(const char *p, const char *end)
{
	while (p < end && *p != '\n' && *p != '\r')
		p++;
	return p;
}

void
text_lines_keep_spacing(struct kt_doc *doc, const struct text_lines *lines,
    const char *bytes, size_t n)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *p = bytes, *end = bytes + n, *stop;
	struct spacing s = { .doc = doc, .before = bytes };
	struct text_lines line = { .at = NULL };

	s.at = kt_arena_alloc(
	    doc->arena, (lines->count + 1) * sizeof(struct kt_spacing));
	if (n >= strlen(bom) && memcmp(p, bom, strlen(bom)) == 0)
		p += strlen(bom);
	for (size_t number = 1; p < end; number++) {
		stop = line_end(p, end);
		line.count = 0;
		text_lines_add(&line, p, (size_t)(stop - p));
		if (line.at->n > 0)
			put(&s, line.at, number);
		p = stop;
		if (p < end)
			p +=
			    p + 1 < end && p[0] == '\r' && p[1] == '\n' ? 2 : 1;
	}
	s.at[s.count++] = (struct kt_spacing){
		.line = UINT32_MAX,
		.before = kt_arena_strndup(
		    doc->arena, s.before, (size_t)(end - s.before)),
		.behind = "",
	};
	doc->spacing = s.at;
	doc->nspacing = s.count;
	free(line.at);
}
