/* SPDX-License-Identifier: MIT */
/* The file of confirmed links, read: match.h. */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define LINES_MOST 100000
#define COLUMNS 6

struct reader {
	struct kt_confirmed *c;
	struct kt_diag *d;
	size_t line;
};

static int
fault(const struct reader *r, enum kt_msg_id id, const char *what)
{
	return kt_report(r->d, .id = id, .at.file = r->c->name,
	    .at.line = r->line, .a = what);
}

/* Columns of a line, blanks around them dropped; how many. */
static size_t
cut(struct kt_arena *arena, const char *p, const char *end,
    const char *columns[COLUMNS])
{
	size_t n = 0;

	for (;;) {
		const char *tab = memchr(p, '\t', (size_t)(end - p));
		const char *to = tab == NULL ? end : tab;
		const char *from = p;

		while (from < to && *from == ' ')
			from++;
		while (to > from && to[-1] == ' ')
			to--;
		if (n < COLUMNS)
			columns[n] =
			    kt_arena_strndup(arena, from, (size_t)(to - from));
		n++;
		if (tab == NULL)
			break;
		p = tab + 1;
	}
	for (size_t i = n; i < COLUMNS; i++)
		columns[i] = "";
	return n;
}

static const char *
address_of(const char *column)
{
	return strcmp(column, "-") == 0 || strcmp(column, "－") == 0 ? ""
								     : column;
}

static int
read_relation(
    const struct reader *r, struct confirmed_line *out, const char *word)
{
	out->relation = KT_RELATIONS;
	if (strcmp(word, "none") == 0)
		out->none = true;
	else if (strcmp(word, "not") == 0)
		out->no = true;
	for (int i = 0; i < KT_RELATIONS; i++)
		if (strcmp(word,
			kt_link_relation_name((enum kt_link_relation)i)) == 0)
			out->relation = (enum kt_link_relation)i;
	if (word[0] != '\0' && !out->none && !out->no &&
	    out->relation == KT_RELATIONS)
		return fault(r, KT_M_LINKS_RELATION, word);
	return KT_OK;
}

/* What the program wrote of its own doubts: they end with the confirmation. */
static bool
is_doubt(const char *note)
{
	static const char *const words[] = { "要確認：", "check: " };

	for (size_t i = 0; i < KT_COUNT(words); i++)
		if (strncmp(note, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static int
read_line(struct reader *r, const char *p, const char *end)
{
	const char *columns[COLUMNS];
	struct confirmed_line line = { .line = r->line };
	size_t n;
	int rc;

	if (p == end || *p == '#')
		return KT_OK;
	n = cut(r->c->arena, p, end, columns);
	if (r->c->count == 0 && strcmp(columns[0], "city") == 0)
		return KT_OK;
	if (n < 2 || n > COLUMNS)
		return fault(r, KT_M_LINKS_COLUMNS, "");
	rc = read_relation(r, &line, columns[2]);
	if (rc != KT_OK)
		return rc;
	for (int s = 0; s < 2; s++) {
		line.address[s] = address_of(columns[s]);
		line.words[s] = columns[4 + s];
	}
	line.none = line.none || line.address[0][0] == '\0' ||
		    line.address[1][0] == '\0';
	if (line.address[0][0] == '\0' && line.address[1][0] == '\0')
		return fault(r, KT_M_LINKS_COLUMNS, "");
	line.note = is_doubt(columns[3]) ? "" : columns[3];
	if (r->c->count == LINES_MOST)
		return fault(r, KT_M_LINKS_MANY, "100000");
	KT_GROW(r->c->at, r->c->count, r->c->cap);
	r->c->at[r->c->count++] = line;
	return KT_OK;
}

int
kt_confirmed_read(struct kt_confirmed **out, const char *name,
    const char *bytes, size_t n, struct kt_diag *d)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_confirmed *c = KT_NEW(arena, struct kt_confirmed);
	struct reader r = { .c = c, .d = d };
	const char *p = bytes, *end = bytes + n;
	size_t bad;
	int rc = KT_OK;

	c->arena = arena;
	c->name = kt_arena_strdup(arena, name);
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	if (!kt_utf8_check(p, (size_t)(end - p), &bad))
		rc = fault(&r, KT_M_LINKS_UTF8, "");
	while (rc == KT_OK && p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		const char *stop = nl == NULL ? end : nl;

		r.line++;
		if (stop > p && stop[-1] == '\r')
			rc = read_line(&r, p, stop - 1);
		else
			rc = read_line(&r, p, stop);
		p = nl == NULL ? end : nl + 1;
	}
	if (rc != KT_OK) {
		kt_confirmed_free(c);
		return rc;
	}
	*out = c;
	return KT_OK;
}

void
kt_confirmed_free(struct kt_confirmed *c)
{
	if (c == NULL)
		return;
	free(c->at);
	kt_arena_free(c->arena);
}
