/* SPDX-License-Identifier: MIT */
/* Lines with （略） in a column: numbers of clauses that are left out, and
 * words of which a part is. */
#include "against_int.h"

#include <stdlib.h>
#include <string.h>

/* Nothing but numbers of clauses, as ２・３? */
static bool
is_numbers(const char *p, size_t n)
{
	const char *end = p + n;
	struct kt_label label;
	bool range;

	while (p < end) {
		const char *word = p;
		size_t len = against_number(&p, end, &range);

		if (!kt_label_read(&label, word, len) || label.len != len)
			return false;
	}
	return n > 0;
}

/* What stands before an omission that ends the words: ２・３ of ２・３［略］,
 * of ［２・３　略］ and, if `bare`, of ２・３　略.  False when none does. */
static bool
head_of(const char *words, bool bare, const char **p, size_t *n)
{
	static const char *const brackets[][2] = { { "［", "略］" },
		{ "（", "略）" }, { "〔", "略〕" }, { "(", "略)" },
		{ "[", "略]" } };
	size_t len = strlen(words), sign;
	const char *first = against_omission(words, &sign);

	*p = words;
	if (first != NULL) {
		*n = (size_t)(first - words);
		return first[sign] == '\0';
	}
	for (size_t i = 0; i < KT_COUNT(brackets); i++) {
		size_t open = strlen(brackets[i][0]);

		if (strncmp(words, brackets[i][0], open) != 0 ||
		    !kt_ends_with(words, len, brackets[i][1]))
			continue;
		*p = words + open;
		*n = len - open - strlen(brackets[i][1]);
		return is_numbers(*p, *n);
	}
	*n = len - strlen("略");
	return bare && kt_ends_with(words, len, "略");
}

bool
against_ends_omitted(const struct line *line)
{
	const char *p;
	size_t n;

	return head_of(line->f.words.p, false, &p, &n);
}

bool
against_omits(const struct line *line)
{
	const char *p;
	size_t n;

	return against_omission(line->f.words.p, &n) != NULL ||
	       head_of(line->f.words.p, true, &p, &n);
}

/* ---- numbers ------------------------------------------------------------ */

/* How surely a piece is of that number: 2 as it is written, 1 but for its form,
 * 0 not at all. */
static int
is_number(
    const struct piece *piece, const char *p, size_t n, const struct folded *f)
{
	struct kt_label label;

	if (piece->kind != PIECE_LABEL)
		return 0;
	if (piece->nwords == n && memcmp(piece->words, p, n) == 0)
		return 2;
	if (f->key.len == piece->len &&
	    strncmp(f->key.p, piece->words + piece->lead, piece->len) == 0)
		return 1;
	return piece->node->num.n > 0 && kt_label_read(&label, p, n) &&
	       label.len == n && label.to.n == 0 &&
	       (label.kind == KT_ITEM || label.kind == piece->node->kind) &&
	       kt_num_cmp(&label.num, &piece->node->num) == 0;
}

/* 表（略）, 図（略）: what has no number begins with the piece. */
static bool
is_nameless(const struct printed_text *t, size_t at, const char *p, size_t n)
{
	static const struct {
		const char *name;
		enum kt_kind kind;
	} names[] = { { "表", KT_TABLE }, { "図", KT_FIGURE } };

	for (size_t i = 0; i < KT_COUNT(names); i++) {
		const struct kt_node *node = t->at[at].node;

		if (n != strlen(names[i].name) ||
		    memcmp(p, names[i].name, n) != 0)
			continue;
		while (node != NULL && node->kind != names[i].kind)
			node = node->parent;
		return node != NULL && t->first[node->id] == at;
	}
	return false;
}

/* Does a clause stand in what holds the one before it, or right in that one?
 * Clauses without a number are passed through. */
static bool
follows(const struct kt_node *node, const struct kt_node *before)
{
	const struct kt_node *in = node->parent;

	while (
	    in->parent != NULL && in->label[0] == '\0' && in->kind != KT_SUPPL)
		in = in->parent;
	while (before != NULL && before != in)
		before = before->parent;
	return before != NULL;
}

/* The first clause of the number in [from, to): beside `like`, unless that is
 * NULL, else one that follows what stands before `from`, else any.  The number
 * as it is written goes before other forms of it. */
static size_t
find_number(const struct printed_text *t, const char *p, size_t n,
    const struct kt_node *like, size_t from, size_t to)
{
	const struct kt_node *before = from > 0 ? t->at[from - 1].node : NULL;
	size_t best = NO_PLACE;
	int rank = 0;
	struct folded f = FOLDED_INIT;

	against_fold(&f, p, n);
	for (; from < to && rank < 4; from++) {
		const struct kt_node *node = t->at[from].node;
		int is = is_number(&t->at[from], p, n, &f);

		if (is > 0 && like == NULL && before != NULL &&
		    follows(node, before))
			is += 2;
		if (is > 0 && like != NULL)
			is = node->parent == like->parent ? is + 2 : 0;
		if (is_nameless(t, from, p, n))
			is = 4;
		if (is > rank) {
			rank = is;
			best = from;
		}
	}
	against_fold_release(&f);
	return best;
}

/* From one clause to another beside it, both included. */
static void
name(struct printed_text *t, const struct kt_node *from,
    const struct kt_node *to)
{
	for (; from != NULL; from = from->next) {
		size_t i = against_text_piece(t, from, PIECE_LABEL);

		if (i != NO_PLACE)
			t->at[i].shown |= SHOWN_NAMED;
		if (from == to)
			return;
	}
}

/* All numbers of a list; nothing is named when one is not there. */
static bool
place_numbers(struct column *c, struct line *line, const char *p, size_t n,
    size_t from, size_t to)
{
	struct printed_text *t = &c->text;
	const struct kt_node *like = NULL, *begin = NULL;
	const char *end = p + n;
	bool range, ranging = false;

	/* 二から七まで is one number where the text has such a clause. */
	line->first = find_number(t, p, n, NULL, from, to);
	if (line->first != NO_PLACE) {
		line->end = line->first + 1;
		t->at[line->first].shown |= SHOWN_NAMED;
		return true;
	}
	for (int pass = 0; pass < 2; pass++) {
		const char *at = p;
		size_t place = from;

		like = NULL;
		for (const char *word = at; at < end; word = at) {
			size_t len = against_number(&at, end, &range);

			place = find_number(t, word, len, like, place, to);
			if (place == NO_PLACE)
				return false;
			if (like == NULL)
				line->first = place;
			like = t->at[place].node;
			if (pass > 0) {
				t->at[place].shown |= SHOWN_NAMED;
				name(t, ranging ? begin : like, like);
			}
			begin = like;
			ranging = range;
			line->end = ++place;
		}
	}
	return like != NULL;
}

/* ---- words -------------------------------------------------------------- */

/* Pieces that a key is all of, from `from` on. */
static bool
place_heading(struct column *c, struct line *line, const char *p, size_t n,
    size_t from, size_t to)
{
	struct printed_text *t = &c->text;
	struct folded f = FOLDED_INIT;
	bool found = false;

	against_fold(&f, p, n);
	for (; from < to && !found; from++) {
		size_t end = against_text_at(t, t->at[from].at + f.key.len);

		found = f.key.len > 0 && end != NO_PLACE &&
			strncmp(t->keys.p + t->at[from].at, f.key.p,
			    f.key.len) == 0;
		if (!found)
			continue;
		line->first = from;
		line->end = end;
		for (size_t i = from; i < end; i++)
			t->at[i].shown |= SHOWN_NAMED;
	}
	against_fold_release(&f);
	return found;
}

/* Where the stretches of a line that are between omissions stand one behind
 * the other, from byte `at` of the keys to `end`; *begin, *behind: where the
 * first begins and the last ends. */
static bool
find_stretches(const struct printed_text *t, const char *words, size_t at,
    size_t end, size_t *begin, size_t *behind)
{
	struct folded f = FOLDED_INIT;
	bool found = true, first = true;
	size_t sign = 0;

	*begin = *behind = at;
	while (words != NULL && found) {
		const char *mark = against_omission(words, &sign);
		const char *place;

		against_fold(&f, words,
		    mark == NULL ? strlen(words) : (size_t)(mark - words));
		words = mark == NULL ? NULL : mark + sign;
		if (f.key.len == 0)
			continue;
		place =
		    kt_bytes_find(t->keys.p + at, end - at, f.key.p, f.key.len);
		found = place != NULL;
		if (!found)
			break;
		if (first)
			*begin = (size_t)(place - t->keys.p);
		first = false;
		at = *behind = (size_t)(place - t->keys.p) + f.key.len;
	}
	against_fold_release(&f);
	return found && !first;
}

static bool
place_words(struct column *c, struct line *line, size_t from, size_t to)
{
	struct printed_text *t = &c->text;
	size_t at, end, begin, behind;

	if (from >= to)
		return false;
	at = t->at[from].at;
	end = t->at[to - 1].at + t->at[to - 1].len;
	if (!find_stretches(t, line->f.words.p, at, end, &begin, &behind))
		return false;
	line->first = NO_PLACE;
	for (size_t i = from; i < to; i++) {
		if (t->at[i].at + t->at[i].len <= begin ||
		    t->at[i].at >= behind)
			continue;
		t->at[i].shown |= SHOWN_PARTLY;
		if (line->first == NO_PLACE)
			line->first = i;
		line->end = i + 1;
	}
	return line->first != NO_PLACE;
}

bool
against_place_omitted(
    struct column *c, struct line *line, size_t from, size_t to)
{
	const char *p;
	size_t n;

	if (head_of(line->f.words.p, true, &p, &n)) {
		line->first = line->end = from;
		/* Nothing but （略） stands for anything. */
		if (n == 0 || place_numbers(c, line, p, n, from, to) ||
		    place_heading(c, line, p, n, from, to))
			return true;
	}
	return place_words(c, line, from, to);
}
