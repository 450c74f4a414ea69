/* SPDX-License-Identifier: MIT */
/* Terms whose definition changed, and who uses them. */
#include "impact_int.h"

#include <string.h>

#define TERM_MOST 90 /* bytes */

/* The term of an entry of definitions: 端末　職員等が…をいう。; else what a
 * sentence defines, 「…」とは or （以下「…」という。）, at or behind p. */
static bool
find_term(const char *text, const char *p, const char **term, size_t *n)
{
	const char *blank = strstr(text, "　"), *open, *end;

	if (p == text && blank != NULL && blank - text <= TERM_MOST &&
	    blank > text && strstr(blank, "いう。") != NULL &&
	    memchr(text, '\n', (size_t)(blank - text)) == NULL) {
		*term = text;
		*n = (size_t)(blank - text);
		return true;
	}
	open = strstr(p, "以下「");
	if (open == NULL)
		return false;
	open += strlen("以下「");
	end = strstr(open, "」");
	if (end == NULL || end == open || end - open > TERM_MOST)
		return false;
	*term = open;
	*n = (size_t)(end - open);
	return true;
}

static bool
is_used(const struct kt_node *n, const char *term)
{
	return strstr(n->text, term) != NULL ||
	       strstr(n->caption, term) != NULL;
}

static const struct kt_node *
cited(const struct kt_node *n)
{
	while (
	    n->parent != NULL &&
	    (n->kind == KT_TEXT || n->kind == KT_BULLET || n->kind == KT_CELL))
		n = n->parent;
	return n;
}

static void
trace_uses(struct tracing *t, const struct kt_doc *doc,
    const struct kt_change *c, const char *term, bool gone)
{
	const struct kt_node *last = NULL;

	for (size_t i = 1; i < doc->count; i++) {
		const struct kt_node *n = doc->nodes[i], *clause = cited(n);
		bool own = false;

		if (!is_used(n, term) || clause == last || n->kind == KT_TOC)
			continue;
		for (uint32_t k = 0; k < c->nnew; k++)
			own = own || c->new[k] == n || c->new[k] == n->parent;
		if (own)
			continue;
		last = clause;
		kt_trace(t, (struct kt_effect){ .kind = KT_EF_TERM,
				.doc = doc,
				.node = clause,
				.cause = c,
				.words = term,
				.now = "",
				.must = gone });
	}
}

static void
trace_text(struct tracing *t, const struct kt_doc *doc,
    const struct kt_change *c, const char *text, bool gone)
{
	const char *p = text, *term;
	size_t n;

	while (find_term(text, p, &term, &n)) {
		trace_uses(
		    t, doc, c, kt_arena_strndup(t->arena, term, n), gone);
		/* An entry defines one. */
		if (term == text)
			return;
		p = term + n;
	}
}

/* An entry that defines another word now: the old one is defined no more. */
static void
trace_renamed(
    struct tracing *t, const struct kt_doc *doc, const struct kt_change *c)
{
	const char *was = c->old[0]->text, *is = c->new[0]->text, *x, *y;
	size_t n, m;

	if (!find_term(was, was, &x, &n) || x != was ||
	    !find_term(is, is, &y, &m) || y != is)
		return;
	if (n != m || memcmp(x, y, n) != 0)
		trace_uses(t, doc, c, kt_arena_strndup(t->arena, x, n), true);
}

void
kt_trace_terms(struct tracing *t, const struct kt_doc *doc)
{
	for (size_t i = 0; i < t->changes->count; i++) {
		const struct kt_change *c = &t->changes->at[i];

		if (c->class != KT_C_SUBSTANCE ||
		    (c->flags & KT_FL_COMMENTARY) != 0)
			continue;
		if (c->fate == KT_DELETED && c->nold > 0 &&
		    strstr(c->old[0]->text, "いう。") != NULL)
			trace_text(t, doc, c, c->old[0]->text, true);
		else if ((c->flags & KT_FL_DEFINITION) != 0 && c->nnew > 0 &&
			 c->nold > 0) {
			trace_renamed(t, doc, c);
			trace_text(t, doc, c, c->new[0]->text, false);
		}
	}
}
