/* SPDX-License-Identifier: MIT */
/*
 * What a CommonMark parser may be given.  cmark's cost is linear but for
 * image openers times links in one leaf block, and its tree is as deep as
 * the text says; both are bounded here, in one pass over the bytes before
 * it sees them.  reliability.md §3.1.
 */
#include "read_int.h"

#include <stdlib.h>
#include <string.h>

/* Lines that may be one leaf block: longer ones are never a clause. */
#define MOST_RUN ((size_t)32 << 10)
#define MOST_TABLE_RUN ((size_t)256 << 10)
#define MOST_IMAGES 256
#define MOST_LINES ((size_t)1000000)

struct guard {
	const char *file;
	struct kt_diag *d;
	size_t line; /* of the text, for messages */
	size_t run, run_line, images; /* bytes of the run, where it began */
	bool table; /* the run holds a delimiter row */
};

static int
refuse(
    struct guard *g, enum kt_msg_id id, size_t line, size_t limit, size_t found)
{
	char most[32], got[32];

	snprintf(most, sizeof(most), "%zu", limit);
	snprintf(got, sizeof(got), "%zu", found);
	return kt_report(g->d, .id = id,
	    .at = { .file = g->file, .line = line }, .a = most, .b = got);
}

/* Steps over blanks, counting columns; tabs stop at every fourth. */
static const char *
blanks(const char *p, const char *end, size_t *columns)
{
	for (; p < end && (*p == ' ' || *p == '\t'); p++)
		*columns += *p == '\t' ? 4 - *columns % 4 : 1;
	return p;
}

/* Bytes of a list marker at p with the end behind it or what cmark takes for
 * a blank. */
static size_t
list_marker(const char *p, const char *end)
{
	const char *at = p;

	if (at < end && (*at == '-' || *at == '*' || *at == '+')) {
		at++;
	} else {
		while (at < end && *at >= '0' && *at <= '9' && at - p < 9)
			at++;
		if (at == p || at == end || (*at != '.' && *at != ')'))
			return 0;
		at++;
	}
	return at == end || *at == ' ' || (*at >= '\t' && *at <= '\r')
		   ? (size_t)(at - p)
		   : 0;
}

/* Containers that a line can open or go on in, at most. */
static size_t
nesting_of(const char *p, const char *end)
{
	size_t columns = 0, depth, step;

	p = blanks(p, end, &columns);
	for (depth = columns / 2; p < end; depth++) {
		step = *p == '>' ? 1 : list_marker(p, end);
		if (step == 0)
			break;
		columns = 0;
		p = blanks(p + step, end, &columns);
		if (columns > 1)
			depth += (columns - 1) / 2;
	}
	return depth;
}

/* What follows the quotation marks of a line; its own indent in *columns. */
static const char *
inside_quotes(const char *p, const char *end, size_t *columns)
{
	for (;;) {
		*columns = 0;
		p = blanks(p, end, columns);
		if (*columns > 3 || p == end || *p != '>')
			return p;
		p++;
	}
}

/* Does this line end the paragraph above it wherever it stands: a blank one,
 * a heading, an entry that may interrupt a paragraph? */
static bool
ends_run(const char *p, const char *end)
{
	size_t columns, marks = 0, step;

	p = inside_quotes(p, end, &columns);
	if (p == end)
		return true;
	if (columns > 3)
		return false;
	while (p + marks < end && p[marks] == '#' && marks < 7)
		marks++;
	if (marks >= 1 && marks <= 6)
		return p + marks == end || p[marks] == ' ' || p[marks] == '\t';
	step = list_marker(p, end);
	if (step == 0 || (*p >= '0' && *p <= '9' && (*p != '1' || step != 2)))
		return false;
	columns = 0;
	p = blanks(p + step, end, &columns);
	return columns > 0 && p < end;
}

static bool
is_heading(const char *p, const char *end)
{
	size_t columns;

	p = inside_quotes(p, end, &columns);
	return columns <= 3 && p < end && *p == '#' && ends_run(p, end);
}

static size_t
count_images(const char *p, const char *end)
{
	size_t count = 0;

	while ((p = memchr(p, '!', (size_t)(end - p))) != NULL) {
		p++;
		if (p == end)
			break;
		count += *p == '[';
	}
	return count;
}

bool
kt_is_delimiter_row(const char *p, size_t n, size_t *columns)
{
	const char *end = p + n;
	bool pipe = false;

	*columns = 0;
	while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	while (p < end) {
		if (*p == '|') {
			pipe = true;
			if (++p == end)
				break;
		} else if (*columns > 0) {
			return false;
		}
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		p += p < end && *p == ':';
		if (p == end || *p != '-')
			return false;
		while (p < end && *p == '-')
			p++;
		p += p < end && *p == ':';
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
		++*columns;
	}
	return *columns > 0 && pipe;
}

static void
begin_run(struct guard *g)
{
	g->run = 0;
	g->images = 0;
	g->table = false;
	g->run_line = g->line;
}

static int
see_line(struct guard *g, const char *p, const char *end)
{
	size_t depth = nesting_of(p, end), columns, most;
	const char *words;

	if (depth > KT_READ_DEPTH)
		return refuse(
		    g, KT_M_MD_NESTING, g->line, KT_READ_DEPTH, depth);
	if (ends_run(p, end))
		begin_run(g);
	words = inside_quotes(p, end, &columns);
	if (words < end && (*words == '|' || *words == ':' || *words == '-') &&
	    kt_is_delimiter_row(words, (size_t)(end - words), &columns))
		g->table = true;
	g->run += (size_t)(end - p) + 1;
	g->images += count_images(p, end);
	most = g->table ? MOST_TABLE_RUN : MOST_RUN;
	if (g->images > MOST_IMAGES)
		return refuse(
		    g, KT_M_MD_IMAGES, g->line, MOST_IMAGES, g->images);
	/* A table is known by its second line. */
	if (g->run > most && (g->table || g->run > MOST_RUN))
		return refuse(g, KT_M_MD_RUN, g->run_line, most, g->run);
	if (is_heading(p, end))
		begin_run(g);
	return KT_OK;
}

int
kt_guard_markdown(struct kt_lines *out, const char *file, const char *p,
    size_t n, size_t first, struct kt_diag *d)
{
	struct guard g = { .file = file, .d = d, .line = first };
	struct kt_lines lines = { .at = NULL };
	const char *begin = p, *end = p + n, *next;
	size_t cap = 0;
	int rc = KT_OK;

	begin_run(&g);
	for (; p < end && rc == KT_OK; p = next) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		if (stop == NULL)
			stop = end;
		KT_GROW(lines.at, lines.count, cap);
		lines.at[lines.count++] = (uint32_t)(p - begin);
		rc = lines.count > MOST_LINES
			 ? refuse(&g, KT_M_MD_LINES, g.line, MOST_LINES,
			       lines.count)
			 : see_line(&g, p, stop);
		g.line++;
		next = stop < end ? stop + 1 : end;
	}
	KT_GROW(lines.at, lines.count, cap);
	lines.at[lines.count] = (uint32_t)n;
	if (rc != KT_OK) {
		free(lines.at);
		return rc;
	}
	*out = lines;
	return KT_OK;
}
