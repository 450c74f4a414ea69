/* SPDX-License-Identifier: MIT */
/*
 * Where a Markdown text may be cut so that its parts, parsed one by one, give
 * the blocks of the whole.  A part's tree fits the processor's cache and its
 * memory serves the next one; the tree of two megabytes does neither.
 *
 * A cut stands before a heading at the first column behind a blank line:
 * nothing reaches over it but fenced code, HTML that ends at a sign of its
 * own, and link definitions.  Whoever writes one of these in a place that
 * this pass cannot judge has his text parsed whole.
 */
#include "read_int.h"

#include <string.h>
#include <strings.h>

/* A part is at least so long. */
#define PART ((size_t)32 << 10)

struct cutting {
	struct kt_cuts *out;
	size_t cap;
	const char *last; /* where the part at hand begins */
	char fence; /* sign of the open one, or 0 */
	size_t fence_len;
	bool comment; /* of several lines, open */
	bool fresh; /* nothing reaches into this line */
	bool whole; /* not to be judged: no cuts */
};

static size_t
run_of(const char *p, const char *end, char c)
{
	size_t n = 0;

	while (p + n < end && p[n] == c)
		n++;
	return n;
}

static bool
holds(const char *p, const char *end, const char *what)
{
	size_t n = strlen(what);

	while ((size_t)(end - p) >= n &&
	       (p = memchr(p, *what, (size_t)(end - p) - n + 1)) != NULL) {
		if (memcmp(p, what, n) == 0)
			return true;
		p++;
	}
	return false;
}

static const char *
past_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

/* What stands behind quotation marks and list markers. */
static const char *
past_containers(const char *p, const char *end)
{
	for (;;) {
		size_t digits = 0;

		p = past_blanks(p, end);
		if (p == end)
			return p;
		while (p + digits < end && p[digits] >= '0' && p[digits] <= '9')
			digits++;
		if (*p == '>')
			p++;
		else if ((*p == '-' || *p == '*' || *p == '+') && p + 1 < end &&
			 (p[1] == ' ' || p[1] == '\t'))
			p++;
		else if (digits > 0 && p + digits < end &&
			 (p[digits] == '.' || p[digits] == ')'))
			p += digits + 1;
		else
			return p;
	}
}

static bool
opens_fence(const char *p, const char *end)
{
	return run_of(p, end, '`') >= 3 || run_of(p, end, '~') >= 3;
}

/* HTML that goes on over blank lines, but for comments. */
static bool
is_lasting_html(const char *p, const char *end)
{
	static const char *const tags[] = { "<script", "<pre", "<style",
		"<textarea", "<?", "<!" };
	size_t n = (size_t)(end - p);

	for (size_t i = 0; i < KT_COUNT(tags); i++) {
		size_t k = strlen(tags[i]);

		if (n >= k && strncasecmp(p, tags[i], k) == 0)
			return true;
	}
	return false;
}

static void
see_html(struct cutting *c, const char *line, const char *p, const char *end)
{
	bool is_comment = (size_t)(end - p) >= 4 && memcmp(p, "<!--", 4) == 0;

	if (is_comment && holds(p, end, "-->"))
		return;
	if (is_comment && p == line && c->fresh)
		c->comment = true;
	else if (is_comment || is_lasting_html(p, end))
		c->whole = true;
	else
		c->fresh = false;
}

/* The level of a heading at p, or 0. */
static size_t
heading_level(const char *p, const char *end)
{
	size_t marks = run_of(p, end, '#');

	if (marks == 0 || marks > 6)
		return 0;
	return p + marks == end || p[marks] == ' ' || p[marks] == '\t' ? marks
								       : 0;
}

static void
see_heading(struct cutting *c, const char *line, size_t level, size_t number)
{
	if (level == 1) {
		c->out->titles++;
		c->whole |= !c->fresh;
	}
	if (!c->fresh || (size_t)(line - c->last) < PART)
		return;
	KT_GROW(c->out->line, c->out->count, c->cap);
	c->out->line[c->out->count++] = number;
	c->last = line;
}

static void
end_open(struct cutting *c, const char *line, const char *end)
{
	size_t run;

	if (c->comment) {
		c->comment = !holds(line, end, "-->");
		return;
	}
	run = run_of(line, end, c->fence);
	if (run >= c->fence_len && past_blanks(line + run, end) == end)
		c->fence = 0;
}

static void
open_fence(struct cutting *c, const char *line, const char *end)
{
	c->fence = *line;
	c->fence_len = run_of(line, end, *line);
	c->whole |=
	    !c->fresh || (*line == '`' && holds(line + c->fence_len, end, "`"));
}

static void
see_line(struct cutting *c, const char *line, const char *end, size_t number)
{
	const char *words = past_blanks(line, end), *inner;
	size_t level;

	if (c->fence != 0 || c->comment) {
		end_open(c, line, end);
		return;
	}
	if (words == end) {
		c->fresh = true;
		return;
	}
	if (words == line && opens_fence(line, end)) {
		open_fence(c, line, end);
		return;
	}
	level = heading_level(words, end);
	if (words == line && level > 0) {
		see_heading(c, line, level, number);
		return;
	}
	inner = past_containers(line, end);
	if (opens_fence(inner, end) || level == 1 ||
	    (*words == '=' &&
		past_blanks(words + run_of(words, end, '='), end) == end))
		c->whole = true;
	else if (inner < end && *inner == '<')
		see_html(c, line, inner, end);
	else
		c->fresh = false;
}

bool
kt_cuts_find(
    struct kt_cuts *out, const char *p, size_t n, const struct kt_lines *lines)
{
	struct cutting c = { .out = out, .last = p, .fresh = true };

	*out = (struct kt_cuts){ .line = NULL };
	/* A link definition holds for the whole text. */
	c.whole = n < 2 * PART || holds(p, p + n, "]:");
	for (size_t i = 0; i < lines->count && !c.whole; i++) {
		const char *line = p + lines->at[i];
		const char *end = p + lines->at[i + 1];

		if (end > line && end[-1] == '\n')
			end--;
		see_line(&c, line, end, i);
	}
	return !c.whole;
}
