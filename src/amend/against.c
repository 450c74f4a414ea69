/* SPDX-License-Identifier: MIT */
/*
 * A 新旧対照表 from outside against the two texts it is about (amendment.md
 * §11, Taisho): what a column shows is what the text says, what changes is
 * shown, what is shown changes.  Clauses are found by their numbers, level by
 * level; （略） stands for anything.
 */
#include "amend_int.h"

#include <stdlib.h>
#include <string.h>

enum shown {
	NAMED = 1, /* its number stands in the table */
	WORDED = 2, /* its words do */
	CAPTIONED = 4,
	TOLD = 8 /* was reported already */
};

/* The words of a clause of the text, or its caption. */
struct phrase {
	const char *words;
	const struct kt_node *node;
	enum role { WORDS, LABELLED, CAPTION, COMMENTARY } role;
};

/* One column and the text it is of. */
struct column {
	const struct kt_doc *table, *text;
	const char *name;
	const struct kt_node **match; /* by id of the table */
	unsigned char *shown; /* by id of the text: enum shown */
	bool *changed; /* by id of the text */
	struct kt_arena *arena;
	struct phrase *phrase; /* sorted */
	size_t nphrases, phrases_cap;
};

struct against {
	struct column old, new;
	struct kt_diag *d;
	size_t found;
};

static void
report(struct against *w, enum kt_msg_id id, const struct column *c,
    const struct kt_node *node, const char *b, const char *e)
{
	kt_report(w->d, .id = id, .a = c->name, .b = b, .c = e,
	    .at = { .file = c->text->source,
		.line = node->line,
		.clause = kt_addr(c->text, node) });
	w->found++;
}

static bool
is_clause(const struct kt_node *node)
{
	return node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
	       node->kind == KT_ITEM || node->kind == KT_HEADED;
}

/* ---- words ------------------------------------------------------------------
 */

static const char *const omissions[] = { "（略）", "［略］", "〔略〕", "(略)",
	"[略]", "（同左）", "［同左］", "（同右）" };

/* Is the node spoken of with the clause that holds it? */
static bool
is_inner(const struct kt_node *node)
{
	return node->kind == KT_TEXT || node->kind == KT_BULLET ||
	       node->kind == KT_QUOTE;
}

static void
put_words(struct kt_buf *out, const char *p, size_t n)
{
	unsigned len;

	for (size_t i = 0; i < n; i += len)
		if (!kt_is_space(kt_utf8_at(p + i, &len)))
			kt_buf_put(out, p + i, len);
}

/* The first mark of omission in the words; its bytes in *n. */
static const char *
find_omission(const char *p, size_t *n)
{
	const char *first = NULL;

	for (size_t i = 0; i < KT_COUNT(omissions); i++) {
		const char *at = strstr(p, omissions[i]);

		if (at != NULL && (first == NULL || at < first)) {
			first = at;
			*n = strlen(omissions[i]);
		}
	}
	return first;
}

static bool
is_omitted(const char *words)
{
	size_t n;

	return find_omission(words, &n) == words && words[n] == '\0';
}

/* Longer words are those of a clause. */
#define HEADING_MOST 180

/* 附則（令和２年政令第61号）, 別表（略）: a heading that was taken for words,
 * or what stands for a part that is left out. */
static bool
is_heading(const char *words)
{
	static const char *const parts[] = { "附則", "別表", "様式", "別記",
		"目次" };
	struct kt_scan s = { words, words + strlen(words) };
	size_t n, b = strlen("）");
	const char *mark = find_omission(words, &n);

	if (mark == words && mark[n] == '\0')
		return true;
	n = strlen(words);
	return n > b && n <= HEADING_MOST &&
	       kt_scan_one_of(&s, parts, KT_COUNT(parts)) >= 0 &&
	       (memcmp(words + n - b, "）", b) == 0 ||
		   memcmp(words + n - b, "］", b) == 0);
}

static bool is_commentary(const struct column *c, const struct kt_node *node);

static bool
is_left_out(const struct kt_node *node)
{
	struct kt_buf words = KT_BUF_INIT;
	bool out;

	put_words(&words, node->text, node->len);
	out = is_heading(words.p);
	kt_buf_release(&words);
	return out;
}

/* The words of a clause without those of the clauses in it; how a column is
 * set, its blanks and lines, says nothing. */
static void
own_words(
    struct kt_buf *out, const struct kt_node *node, const struct column *c)
{
	kt_buf_clear(out);
	if (node->kind == KT_ROW) {
		for (const struct kt_node *at = kt_node_next(node, node);
		     at != NULL; at = kt_node_next(at, node))
			put_words(out, at->text, at->len);
		return;
	}
	/* Of a 項番 or 号 it is not told where the caption ends. */
	if (node->kind == KT_HEADED || node->kind == KT_ITEM)
		put_words(out, node->caption, strlen(node->caption));
	put_words(out, node->text, node->len);
	for (const struct kt_node *at = kt_node_next(node, node); at != NULL;
	     at = is_inner(at) ? kt_node_next(at, node)
			       : kt_node_skip(at, node))
		if (is_inner(at) && !is_left_out(at) &&
		    (c == NULL || !is_commentary(c, at)))
			put_words(out, at->text, at->len);
}

/* Are the words those of the text, where （略） is as much of it as need be?
 */
static bool
says(const char *shown, const char *text)
{
	size_t n, len;
	const char *mark = find_omission(shown, &n);

	if (mark == NULL)
		return strcmp(shown, text) == 0;
	if (strncmp(shown, text, (size_t)(mark - shown)) != 0)
		return false;
	text += mark - shown;
	for (;;) {
		shown = mark + n;
		mark = find_omission(shown, &n);
		len = mark == NULL ? strlen(shown) : (size_t)(mark - shown);
		if (mark == NULL)
			return strlen(text) >= len &&
			       strcmp(text + strlen(text) - len, shown) == 0;
		text = kt_bytes_find(text, strlen(text), shown, len);
		if (text == NULL)
			return false;
		text += len;
	}
}

/* Some characters from where two texts part. */
static void
put_parting(struct kt_buf *out, const char *p, const char *other)
{
	size_t at = 0;
	unsigned len;

	while (p[at] != '\0' && p[at] == other[at])
		at++;
	while (at > 0 && ((p[at] & 0xc0) == 0x80 || (other[at] & 0xc0) == 0x80))
		at--;
	kt_buf_clear(out);
	for (int i = 0; i < 20 && p[at] != '\0'; i++, at += len) {
		kt_utf8_at(p + at, &len);
		kt_buf_put(out, p + at, len);
	}
}

/* ---- clauses by their words -------------------------------------------------
 */

static int
cmp_phrases(const void *a, const void *b)
{
	const struct phrase *x = a, *y = b;
	int by = strcmp(x->words, y->words);

	if (by == 0)
		by = (int)x->role - (int)y->role;
	return by != 0
		   ? by
		   : (x->node->id > y->node->id) - (x->node->id < y->node->id);
}

static void
put_phrase(struct column *c, const struct kt_buf *words,
    const struct kt_node *node, enum role role)
{
	if (words->len == 0)
		return;
	KT_GROW(c->phrase, c->nphrases, c->phrases_cap);
	c->phrase[c->nphrases++] =
	    (struct phrase){ kt_arena_strndup(c->arena, words->p, words->len),
		    node, role };
}

static bool
lies_behind(const struct kt_node *node)
{
	while (
	    node != NULL && node->kind != KT_SUPPL && node->kind != KT_APPENDIX)
		node = node->parent;
	return node != NULL;
}

static bool
lies_in_commentary(const struct kt_node *node)
{
	while (node != NULL && node->kind != KT_COMMENTARY)
		node = node->parent;
	return node != NULL;
}

/* Its words, those with its number before them, and its caption. */
static void
list_clause(struct column *c, const struct kt_node *node, struct kt_buf *words)
{
	const char *label = node->label;
	struct kt_buf own = KT_BUF_INIT;

	own_words(&own, node, NULL);
	put_phrase(c, &own, node, WORDS);
	if (label[0] == '\0' && node->prev == NULL)
		label = node->parent->label;
	put_words(words, label, strlen(label));
	kt_buf_put(words, own.p, own.len);
	if (own.len > 0)
		put_phrase(c, words, node, LABELLED);
	kt_buf_clear(words);
	put_words(words, node->caption, strlen(node->caption));
	put_phrase(c, words, node, CAPTION);
	kt_buf_release(&own);
}

/* 附則 and 別表 are not always told from what stands before them, nor clauses
 * from a heading: they are known by their words, too. */
static void
list_phrases(struct column *c)
{
	struct kt_buf words = KT_BUF_INIT;

	for (size_t i = 0; i < c->text->count; i++) {
		const struct kt_node *node = c->text->nodes[i];

		kt_buf_clear(&words);
		if (lies_in_commentary(node)) {
			put_words(&words, node->text, node->len);
			put_phrase(c, &words, node, COMMENTARY);
		} else if (is_clause(node)) {
			list_clause(c, node, &words);
		}
	}
	if (c->nphrases > 0)
		qsort(c->phrase, c->nphrases, sizeof(*c->phrase), cmp_phrases);
	kt_buf_release(&words);
}

/* The first phrase of these words; count when there is none. */
static size_t
first_phrase(const struct column *c, const char *words)
{
	size_t low = 0, high = c->nphrases;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (strcmp(c->phrase[mid].words, words) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* All clauses of the words are shown, in 附則 and 別表 or `anywhere`; false
 * when there is none. */
static bool
show_words(struct column *c, const char *words, enum role role, bool anywhere)
{
	bool any = false;

	for (size_t i = first_phrase(c, words);
	     i < c->nphrases && strcmp(c->phrase[i].words, words) == 0; i++) {
		const struct phrase *p = &c->phrase[i];

		if (p->role != role || (!anywhere && !lies_behind(p->node)))
			continue;
		c->shown[p->node->id] |=
		    NAMED | (role == CAPTION ? CAPTIONED : WORDED);
		any = true;
	}
	return any;
}

/* 解説 is printed like the words of the clause that it explains. */
static bool
is_commentary(const struct column *c, const struct kt_node *node)
{
	struct kt_buf words = KT_BUF_INIT;
	bool is = false;

	put_words(&words, node->text, node->len);
	for (size_t i = first_phrase(c, words.p);
	     i < c->nphrases && strcmp(c->phrase[i].words, words.p) == 0; i++)
		is = is || c->phrase[i].role == COMMENTARY;
	kt_buf_release(&words);
	return is;
}

/* What stands behind a 目次 is easily taken for entries of it. */
static void
show_entries(struct column *c, const struct kt_node *toc)
{
	struct kt_buf words = KT_BUF_INIT;

	for (const struct kt_node *at = toc; at != NULL;
	     at = kt_node_next(at, toc)) {
		kt_buf_clear(&words);
		put_words(&words, at->label, strlen(at->label));
		put_words(&words, at->text, at->len);
		show_words(c, words.p, LABELLED, true);
	}
	kt_buf_release(&words);
}

static bool
lies_in_toc(const struct kt_node *node)
{
	while (node != NULL && node->kind != KT_TOC)
		node = node->parent;
	return node != NULL;
}

/* Levels of 項番 and of headings without numbers read in more than one way. */
static bool
is_unsure(const struct kt_node *shown)
{
	while (shown != NULL && shown->kind != KT_HEADED &&
	       shown->kind != KT_TOPIC && shown->kind != KT_PREAMBLE)
		shown = shown->parent;
	return shown != NULL;
}

/* ---- which clause is shown --------------------------------------------------
 */

static bool
answers(const struct kt_node *shown, const struct kt_node *real)
{
	bool listed = shown->kind == KT_ITEM || shown->kind == KT_HEADED;

	/* 項番 and 号 by themselves look alike. */
	if (shown->kind != real->kind &&
	    !(listed && (real->kind == KT_ITEM || real->kind == KT_HEADED)))
		return false;
	if (shown->kind == KT_SUPPL)
		return shown->related[0] == '\0' ||
		       strcmp(shown->related, real->related) == 0;
	if (shown->kind == KT_APPENDIX)
		return strcmp(shown->label, real->label) == 0;
	return shown->num.n > 0 && kt_num_cmp(&shown->num, &real->num) == 0;
}

/* Among what the clause holds; 条 wherever the divisions put them. */
static const struct kt_node *
find_clause(const struct kt_node *in, const struct kt_node *shown)
{
	for (const struct kt_node *at = kt_node_next(in, in); at != NULL;) {
		if (answers(shown, at))
			return at;
		at = kt_kind_is_division(at->kind) ? kt_node_next(at, in)
						   : kt_node_skip(at, in);
	}
	return NULL;
}

/* The row of the clause that says the same, not shown before. */
static const struct kt_node *
find_row(const struct column *c, const struct kt_node *in,
    const struct kt_node *shown)
{
	struct kt_buf got = KT_BUF_INIT, words = KT_BUF_INIT;
	const struct kt_node *at;

	own_words(&got, shown, c);
	for (at = kt_node_next(in, in); at != NULL; at = kt_node_next(at, in)) {
		if (at->kind != KT_ROW || (c->shown[at->id] & WORDED) != 0)
			continue;
		own_words(&words, at, NULL);
		if (says(got.p, words.p))
			break;
	}
	kt_buf_release(&got);
	kt_buf_release(&words);
	return at;
}

/* ２・３　（略）: a range is named whole. */
static void
name_range(
    struct column *c, const struct kt_node *real, const struct kt_node *shown)
{
	c->shown[real->id] |= NAMED;
	for (; shown->to.n > 0 && real != NULL &&
	       kt_num_cmp(&real->num, &shown->to) <= 0;
	     real = real->next)
		if (real->kind == shown->kind)
			c->shown[real->id] |= NAMED;
}

static void
check_caption(struct against *w, struct column *c, const struct kt_node *shown,
    const struct kt_node *real)
{
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	put_words(&a, shown->caption, strlen(shown->caption));
	put_words(&b, real->caption, strlen(real->caption));
	if (shown->kind == KT_ITEM || shown->kind == KT_HEADED) {
		if (a.len > 0)
			c->shown[real->id] |= CAPTIONED;
	} else if (a.len > 0 && strcmp(a.p, "略") != 0 && !is_omitted(a.p)) {
		if (strcmp(a.p, b.p) == 0)
			c->shown[real->id] |= CAPTIONED;
		else if (!show_words(c, a.p, CAPTION, false))
			report(w, KT_M_AGAINST_DIFFERS, c, real, a.p, b.p);
	}
	kt_buf_release(&a);
	kt_buf_release(&b);
}

/* A 項番 of which only the caption is shown, its words being left out. */
static bool
says_caption(const char *shown, const struct kt_node *real)
{
	struct kt_buf words = KT_BUF_INIT;
	bool same;

	if (real->kind == KT_HEADED || real->kind == KT_ITEM)
		put_words(&words, real->caption, strlen(real->caption));
	same = words.len > 0 && strcmp(shown, words.p) == 0;
	kt_buf_release(&words);
	return same;
}

static void
check_words(struct against *w, struct column *c, const struct kt_node *shown,
    const struct kt_node *real)
{
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;
	struct kt_buf a = KT_BUF_INIT, b = KT_BUF_INIT;

	own_words(&got, shown, c);
	own_words(&want, real, NULL);
	if (is_unsure(shown) && got.len > 0) {
		show_words(c, got.p, CAPTION, true);
		put_words(&a, shown->caption, strlen(shown->caption));
		show_words(c, a.p, CAPTION, true);
	}
	if (got.len > 0 && !is_heading(got.p)) {
		bool same = says(got.p, want.p) || says_caption(got.p, real);

		if (same && !says_caption(got.p, real))
			c->shown[real->id] |= WORDED | CAPTIONED;
		else if (same)
			c->shown[real->id] |= CAPTIONED;
		/* Several 附則 say the same. */
		if ((!same || lies_behind(real)) &&
		    !show_words(c, got.p, WORDS, is_unsure(shown)) && !same) {
			c->shown[real->id] |= WORDED | TOLD;
			put_parting(&a, got.p, want.p);
			put_parting(&b, want.p, got.p);
			report(w, KT_M_AGAINST_DIFFERS, c, real, a.p, b.p);
		}
	}
	kt_buf_release(&got);
	kt_buf_release(&want);
	kt_buf_release(&a);
	kt_buf_release(&b);
}

/* A clause that the text has not; one that is left out has no words to miss.
 */
static void
check_unknown(struct against *w, struct column *c, const struct kt_node *shown)
{
	struct kt_buf words = KT_BUF_INIT;

	own_words(&words, shown, c);
	if (words.len > 0 && !is_heading(words.p) && shown->to.n == 0 &&
	    !show_words(c, words.p, WORDS, is_unsure(shown))) {
		kt_report(w->d, .id = KT_M_AGAINST_UNKNOWN, .a = c->name,
		    .b = kt_addr(c->table, shown),
		    .at = { .file = c->table->source });
		w->found++;
	}
	kt_buf_release(&words);
}

static void
check_shown(struct against *w, struct column *c, const struct kt_node *shown)
{
	const struct kt_node *in = c->match[shown->parent->id], *real;

	if (shown->kind == KT_TOC) {
		show_entries(c, shown);
		return;
	}
	if (in == NULL) {
		if (!lies_in_toc(shown) && is_clause(shown))
			check_unknown(w, c, shown);
		return;
	}
	if (shown->kind == KT_ROW) {
		real = find_row(c, in, shown);
		if (real != NULL)
			c->shown[real->id] |= NAMED | WORDED;
		else if (!shown->header)
			check_unknown(w, c, shown);
		return;
	}
	real = find_clause(in, shown);
	/* A 条 that moves may stand under the heading of another 章. */
	if (real == NULL && shown->kind == KT_ARTICLE && !lies_behind(in))
		real = find_clause(c->text->root, shown);
	c->match[shown->id] = real;
	if (real != NULL) {
		name_range(c, real, shown);
		check_caption(w, c, shown, real);
		if (is_clause(shown))
			check_words(w, c, shown, real);
		return;
	}
	if (is_clause(shown))
		check_unknown(w, c, shown);
	else if (shown->kind != KT_SUPPL && shown->kind != KT_APPENDIX)
		c->match[shown->id] = in;
}

static size_t
check_column(struct against *w, struct column *c)
{
	const struct kt_node *root = c->table->root;
	size_t n = 0;

	c->match[root->id] = c->text->root;
	for (const struct kt_node *at = kt_node_next(root, root); at != NULL;
	     at = kt_node_next(at, root))
		check_shown(w, c, at);
	for (size_t i = 0; i < c->text->count; i++)
		n += c->shown[i] != 0;
	return n;
}

/* ---- what changes -----------------------------------------------------------
 */

/* The clause or row in which a changed node is shown. */
static const struct kt_node *
holder_of(const struct kt_node *node)
{
	while (node->parent != NULL && !is_clause(node) &&
	       node->kind != KT_ROW && node->kind != KT_APPENDIX &&
	       node->kind != KT_SUPPL && !kt_kind_is_division(node->kind))
		node = node->parent;
	return node;
}

static void
need(struct against *w, struct column *c, const struct kt_node *node,
    unsigned char how)
{
	unsigned char *shown = &c->shown[node->id];

	if ((*shown & (how | TOLD)) == 0) {
		*shown |= TOLD;
		report(w, KT_M_AGAINST_MISSING, c, node, "", "");
	}
}

/* All that a clause holds was added or taken out. */
static void
need_all(struct against *w, struct column *c, const struct kt_node *node)
{
	struct kt_buf words = KT_BUF_INIT;

	for (const struct kt_node *at = node; at != NULL;
	     at = kt_node_next(at, node)) {
		c->changed[at->id] = true;
		if (!is_clause(at) && at->kind != KT_ROW)
			continue;
		own_words(&words, at, NULL);
		if (at->kind == KT_ROW ? !at->header : words.len > 0)
			need(w, c, at, WORDED);
	}
	kt_buf_release(&words);
}

static void
need_shown(struct against *w, struct column *c, const struct kt_change *change,
    const struct kt_node *node)
{
	const struct kt_node *holder = holder_of(node);

	if (change->side == KT_SIDE_SUBTREE &&
	    (change->fate == KT_ADDED || change->fate == KT_DELETED)) {
		need_all(w, c, node);
		return;
	}
	if (holder->kind == KT_DOC || (change->flags & KT_FL_COMMENTARY) != 0)
		return;
	c->changed[holder->id] = true;
	if (change->fate != KT_MODIFIED)
		for (const struct kt_node *at = holder; at != NULL;
		     at = kt_node_next(at, holder))
			c->changed[at->id] = true;
	if (holder->kind == KT_SUPPL)
		return;
	if (change->side == KT_SIDE_CAPTION && is_clause(holder))
		need(w, c, holder, CAPTIONED);
	else if (change->nspans > 0 && change->side == KT_SIDE_TEXT &&
		 is_clause(holder))
		need(w, c, holder, WORDED);
	else
		need(w, c, holder, NAMED | WORDED | CAPTIONED);
}

/* What is shown in full although nothing about it changes. */
static void
check_unchanged(struct against *w, const struct column *c)
{
	for (size_t i = 0; i < c->text->count; i++) {
		const struct kt_node *node = c->text->nodes[i];

		if ((c->shown[i] & WORDED) != 0 && !c->changed[i] &&
		    node->kind != KT_ROW && !lies_behind(node))
			report(w, KT_M_AGAINST_SAME, c, node, "", "");
	}
}

static void
begin(struct column *c, const struct kt_doc *table, const struct kt_doc *text,
    const char *name)
{
	*c = (struct column){ .table = table, .text = text, .name = name };
	c->match = kt_calloc(table->count, sizeof(*c->match));
	c->shown = kt_calloc(text->count, 1);
	c->changed = kt_calloc(text->count, sizeof(*c->changed));
	c->arena = kt_arena_new();
	list_phrases(c);
}

static void
end(struct column *c)
{
	free(c->match);
	free(c->shown);
	free(c->changed);
	free(c->phrase);
	kt_arena_free(c->arena);
}

int
kt_amend_against(size_t *findings, const struct kt_changes *list,
    const struct kt_doc *old_column, const struct kt_doc *new_column,
    struct kt_diag *d)
{
	struct against w = { .d = d };
	int rc = KT_OK;

	begin(&w.old, old_column, list->old, "改正前");
	begin(&w.new, new_column, list->new, "改正後");
	if (check_column(&w, &w.old) + check_column(&w, &w.new) == 0) {
		rc = kt_report(d, .id = KT_M_AGAINST_NOTHING,
		    .at.file = new_column->source);
	} else {
		for (size_t i = 0; i < list->count; i++) {
			const struct kt_change *c = &list->at[i];

			for (uint32_t k = 0; k < c->nold; k++)
				need_shown(&w, &w.old, c, c->old[k]);
			for (uint32_t k = 0; k < c->nnew; k++)
				need_shown(&w, &w.new, c, c->new[k]);
		}
		check_unchanged(&w, &w.new);
	}
	*findings = w.found;
	end(&w.old);
	end(&w.new);
	return rc;
}
