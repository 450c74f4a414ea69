/* SPDX-License-Identifier: MIT */
/*
 * Where the lines of a column stand in its text.  What is not in the longest
 * run moved, or is in wrong order; what the text does not say is held against
 * what stands in its place.
 */
#include "against_int.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is shown ------------------------------------------------------ */

void
against_report(struct against *w, enum kt_msg_id id, const struct column *c,
    const struct kt_node *node, const char *b, const char *e)
{
	kt_report(w->d, .id = id, .a = c->name, .b = b, .c = e,
	    .at = {
		.file = node != NULL ? c->text.doc->source : c->printed->source,
		.line = node != NULL ? node->line : 0,
		.clause = node != NULL ? kt_addr(c->text.doc, node) : "" });
	w->found++;
}

/* Words that tell where a message is about. */
#define QUOTE_MOST 20

void
against_quote(struct kt_buf *out, const char *p, size_t n)
{
	unsigned len;

	kt_buf_clear(out);
	for (size_t i = 0, k = 0; i < n && k < QUOTE_MOST; i += len, k++) {
		kt_utf8_at(p + i, &len);
		kt_buf_put(out, p + i, len);
	}
}

/* The words of a piece in the line, brackets included. */
static bool
says_piece(const struct line *line, const struct piece *piece, size_t in_line)
{
	size_t at = line->f.place[in_line];

	return at >= piece->lead &&
	       line->f.words.len - (at - piece->lead) >= piece->nwords &&
	       memcmp(line->f.words.p + at - piece->lead, piece->words,
		   piece->nwords) == 0;
}

/* The words of a line from a byte of its key on, against those of a piece. */
static void
report_parting(struct against *w, const struct column *c,
    const struct line *line, size_t at, const struct piece *piece,
    size_t in_piece)
{
	struct kt_buf got = KT_BUF_INIT, want = KT_BUF_INIT;
	struct folded f = FOLDED_INIT;
	size_t from;

	from = at < line->f.key.len ? line->f.place[at] : line->f.words.len;
	against_quote(&got, line->f.words.p + from, line->f.words.len - from);
	against_fold(&f, piece->words, piece->nwords);
	from = in_piece < f.key.len ? f.place[in_piece] : f.words.len;
	against_quote(&want, f.words.p + from, f.words.len - from);
	against_report(w, KT_M_AGAINST_DIFFERS, c, piece->node, got.p, want.p);
	kt_buf_release(&got);
	kt_buf_release(&want);
	against_fold_release(&f);
}

static void
show(struct against *w, struct column *c, size_t at)
{
	struct line *line = &c->line[at];
	size_t in_line = line->skip;

	for (size_t i = line->first; i < line->end; i++) {
		struct piece *piece = &c->text.at[i];

		if (piece->line == NO_PLACE || !line->apart) {
			piece->line = at;
			piece->in_line = in_line;
		}
		piece->shown |= SHOWN_WORDS;
		/* Brackets that only one of them has. */
		if (says_piece(line, piece, in_line))
			piece->whole = piece->whole || piece->line == at;
		else
			report_parting(w, c, line, in_line, piece, 0);
		in_line += piece->len;
	}
	/* A number that is printed in another form. */
	if (line->skip > 0 && line->first > 0)
		c->text.at[line->first - 1].shown |= SHOWN_NAMED;
}

/* ---- out of order ------------------------------------------------------- */

/* What answers to a node of the other column. */
static const struct kt_node *
peer_of(const struct against *w, const struct column *c,
    const struct kt_node *other)
{
	return c->side == 0 ? w->list->new_peer[other->id]
			    : w->list->old_peer[other->id];
}

/* Does the other column show beside it what the piece is there? */
static bool
stands_beside(const struct against *w, const struct column *c,
    const struct line *line, const struct piece *piece)
{
	const struct column *other = &w->side[1 - c->side];
	const struct kt_node *peer = c->side == 0
					 ? w->list->old_peer[piece->node->id]
					 : w->list->new_peer[piece->node->id];

	for (size_t i = against_column_row(other, line->row);
	     peer != NULL && i < other->count &&
	     other->line[i].row == line->row;
	     i++) {
		const struct line *l = &other->line[i];

		if (l->is != LINE_PLACED && l->is != LINE_OMITTED)
			continue;
		for (size_t k = l->first; k < l->end; k++)
			if (other->text.at[k].node == peer &&
			    other->text.at[k].kind == piece->kind)
				return true;
	}
	return false;
}

static bool
is_beside(const struct against *w, const struct column *c,
    const struct line *line, size_t first, size_t end)
{
	for (; first < end; first++)
		if (stands_beside(w, c, line, &c->text.at[first]))
			return true;
	return false;
}

/* ---- lines that the text says more than once ---------------------------- */

/* How far inside the text lies what holds both nodes? */
static int
common_depth(const struct kt_node *a, const struct kt_node *b)
{
	int depth = 0;

	for (; a != NULL; a = a->parent)
		for (const struct kt_node *at = b; at != NULL; at = at->parent)
			if (at == a) {
				while ((a = a->parent) != NULL)
					depth++;
				return depth;
			}
	return depth;
}

/* Deeper than any text. */
#define BESIDE 1000

/* How well pieces [first, end) fit a line: what answers to that which stands
 * beside it, else what lies with the next piece that is shown. */
static int
fit(const struct against *w, const struct column *c, const struct line *line,
    size_t first, size_t end, size_t behind)
{
	const struct printed_text *t = &c->text;
	int depth = 0;

	if (behind < t->count)
		depth = common_depth(t->at[end - 1].node, t->at[behind].node);
	/* The new column is first: where the old lines stand is not sure. */
	if (c->side == 0 && is_beside(w, c, line, first, end))
		depth += BESIDE;
	return depth;
}

/* The heading of a 章 stands with the 章, not in the 目次; a 号 that several 条
 * have beside the one that changes. */
static void
settle_line(const struct against *w, const struct column *c, struct line *line,
    size_t before, size_t behind)
{
	const struct printed_text *t = &c->text;
	size_t from, to, best = NO_PLACE;
	int most = -1;

	against_text_find(
	    t, against_key(line), against_key_length(line), &from, &to);
	for (; from < to; from++) {
		size_t first = t->sorted[from], end;
		int fits;

		if (first < before || first >= behind)
			continue;
		end = against_end(t, line, first);
		if (end == NO_PLACE || end > behind)
			continue;
		fits = fit(w, c, line, first, end, behind);
		if (fits > most || (fits == most && first < best)) {
			most = fits;
			best = line->first = first;
			line->end = end;
		}
	}
}

/* From the last line to the first: a heading goes where the next one is. */
static void
settle(const struct against *w, struct column *c)
{
	size_t *before = kt_calloc(c->count + 1, sizeof(*before));
	size_t behind = c->text.count, end = 0;

	for (size_t i = 0; i < c->count; i++) {
		before[i] = end;
		if (c->line[i].is == LINE_PLACED)
			end = c->line[i].end;
	}
	for (size_t i = c->count; i-- > 0;)
		if (c->line[i].is == LINE_PLACED) {
			settle_line(w, c, &c->line[i], before[i], behind);
			behind = c->line[i].first;
		}
	free(before);
}

static void
report_words(struct against *w, enum kt_msg_id id, const struct column *c,
    const struct line *line, const struct kt_node *node)
{
	struct kt_buf words = KT_BUF_INIT;

	against_quote(&words, line->f.words.p, line->f.words.len);
	against_report(w, id, c, node, words.p, "");
	kt_buf_release(&words);
}

/* Where a line between those that are placed is looked for. */
struct gap {
	size_t at, to; /* pieces, in the order of the text */
	size_t apart, end; /* behind a line that stands apart; or equal */
};

/* Behind a line that stands apart, as far as what holds it reaches. */
static void
open_apart(const struct column *c, const struct line *line, struct gap *gap)
{
	const struct kt_node *in = c->text.at[line->end - 1].node;

	if (in->unit != NULL)
		in = in->unit;
	else if (in->parent != NULL)
		in = in->parent;
	gap->apart = line->end;
	gap->end = c->text.behind[in->id];
}

/* Does it stand in its place after all?  A longest run is not the only one. */
static bool
place_between(struct against *w, struct column *c, size_t at)
{
	size_t before = 0, behind = c->text.count;
	struct line *line = &c->line[at];

	for (size_t i = 0; i < c->count; i++) {
		const struct line *l = &c->line[i];

		if (l->is != LINE_PLACED || l->apart)
			continue;
		if (i > at) {
			behind = l->first;
			break;
		}
		before = l->end;
	}
	line->first = NO_PLACE;
	settle_line(w, c, line, before, behind);
	if (line->first == NO_PLACE)
		return false;
	line->is = LINE_PLACED;
	show(w, c, at);
	return true;
}

/* Where the text says the line beside what answers to it there, or right
 * behind the line above that stands apart; NO_PLACE: nowhere. */
static size_t
find_apart(const struct against *w, const struct column *c,
    const struct line *line, const struct gap *gap)
{
	const struct printed_text *t = &c->text;
	size_t from, to, beside = NO_PLACE;

	against_text_find(
	    t, against_key(line), against_key_length(line), &from, &to);
	for (; from < to; from++) {
		size_t first = t->sorted[from],
		       end = against_end(t, line, first);

		if (end == NO_PLACE)
			continue;
		if (gap->apart < gap->end && first == gap->apart)
			return first;
		if (is_beside(w, c, line, first, end) &&
		    (beside == NO_PLACE || first < beside))
			beside = first;
	}
	return beside;
}

/* What the text says in several places, with the others of the clause that
 * holds it: what moved brings along what is in it.  Else any place, best one
 * that nothing is shown of. */
static size_t
find_brought(const struct column *c, const struct line *line,
    const struct gap *gap, bool *brought)
{
	const struct printed_text *t = &c->text;
	size_t from, to, any = NO_PLACE;

	*brought = false;
	against_text_find(
	    t, against_key(line), against_key_length(line), &from, &to);
	for (; from < to; from++) {
		size_t first = t->sorted[from];

		if (against_end(t, line, first) == NO_PLACE)
			continue;
		if (gap->apart <= first && first < gap->end) {
			*brought = true;
			return first;
		}
		if (any == NO_PLACE || t->at[any].line != NO_PLACE)
			any = first;
	}
	return any;
}

static void
place_apart(struct against *w, struct column *c, size_t at, struct gap *gap)
{
	struct line *line = &c->line[at];
	size_t first = find_apart(w, c, line, gap);
	bool known = first != NO_PLACE;

	if (!known && place_between(w, c, at))
		return;
	if (!known)
		first = find_brought(c, line, gap, &known);
	line->is = LINE_PLACED;
	line->apart = true;
	line->first = first;
	line->end = against_end(&c->text, line, first);
	if (!known)
		report_words(
		    w, KT_M_AGAINST_ORDER, c, line, c->text.at[first].node);
	show(w, c, at);
	if (known)
		open_apart(c, line, gap);
}

/* What several clauses say may stand in the run of another: of the old text
 * it goes with what answers to it beside it, if no other line is there. */
static void
unsettle(const struct against *w, struct column *c)
{
	const struct gap none = { 0, 0, 0, 0 };
	bool *taken = kt_calloc(c->text.count + 1, sizeof(*taken));

	for (size_t i = 0; i < c->count; i++)
		for (size_t k = c->line[i].first;
		     c->line[i].is == LINE_PLACED && k < c->line[i].end; k++)
			taken[k] = true;
	for (size_t i = 0; i < c->count && c->side == 0; i++) {
		struct line *line = &c->line[i];
		size_t first;

		if (line->is != LINE_PLACED ||
		    is_beside(w, c, line, line->first, line->end))
			continue;
		first = find_apart(w, c, line, &none);
		if (first != NO_PLACE && !taken[first])
			line->is = LINE_LOST;
	}
	free(taken);
}

/* ---- what the text does not say ----------------------------------------- */

/* How well a line agrees with pieces [first, end). */
struct likeness {
	size_t first, end, prefix, score;
};

static size_t
common_prefix(const char *a, size_t n, const char *b, size_t m)
{
	size_t i = 0;

	while (i < n && i < m && a[i] == b[i])
		i++;
	while (i > 0 && i < n && ((unsigned char)a[i] & 0xc0) == 0x80)
		i--;
	return i;
}

static size_t
common_suffix(const char *a, size_t n, const char *b, size_t m)
{
	size_t i = 0;

	while (i < n && i < m && a[n - 1 - i] == b[m - 1 - i])
		i++;
	return i;
}

/* More pieces are not one line. */
#define RUN_MOST 12

static void
liken(const struct printed_text *t, const struct line *line, size_t first,
    size_t to, struct likeness *best)
{
	const char *a = against_key(line), *b = t->keys.p + t->at[first].at;
	size_t n = against_key_length(line);

	for (size_t end = first + 1; end <= to && end <= first + RUN_MOST;
	     end++) {
		size_t m =
		    t->at[end - 1].at + t->at[end - 1].len - t->at[first].at;
		size_t prefix = common_prefix(a, n, b, m);
		size_t suffix = common_suffix(
		    a + prefix, n - prefix, b + prefix, m - prefix);
		size_t score = (prefix + suffix) * 1000 / (n > m ? n : m);

		/* The same number says much. */
		if (t->at[first].kind == PIECE_LABEL &&
		    prefix >= t->at[first].len && end > first + 1)
			score += 250;
		if (score > best->score)
			*best = (struct likeness){ first, end, prefix, score };
		if (m > n * 2)
			return;
	}
}

#define LIKE_ENOUGH 400

/* It stands in the place of something like it, or of nothing.  The pieces
 * behind it. */
static size_t
report_lost(
    struct against *w, struct column *c, size_t at, size_t from, size_t to)
{
	struct printed_text *t = &c->text;
	struct line *line = &c->line[at];
	struct likeness best = { .score = LIKE_ENOUGH };
	size_t behind, i;

	if (strncmp(line->f.key.p, "・", strlen("・")) == 0)
		line->skip = strlen("・");

	for (i = from; i < to; i++)
		if (t->at[i].shown == 0)
			liken(t, line, i, to, &best);
	/* Where the order is broken it stands somewhere else. */
	for (i = 0; best.score == LIKE_ENOUGH && i < t->count; i++)
		if (t->at[i].shown == 0)
			liken(t, line, i, t->count, &best);
	if (best.score == LIKE_ENOUGH) {
		report_words(w, KT_M_AGAINST_UNKNOWN, c, line, NULL);
		return from;
	}
	behind = t->at[best.first].at + best.prefix;
	i = best.first;
	while (i + 1 < best.end && t->at[i].at + t->at[i].len <= behind)
		i++;
	report_parting(
	    w, c, line, best.prefix, &t->at[i], behind - t->at[i].at);
	for (i = best.first; i < best.end; i++)
		t->at[i].shown |= SHOWN_WORDS | SHOWN_TOLD;
	return best.first >= from && best.end <= to ? best.end : from;
}

/* Numbers that are left out on both sides answer to each other. */
static bool
place_beside(
    struct against *w, struct column *c, struct line *line, struct gap *gap)
{
	const struct column *other = &w->side[1 - c->side];

	for (size_t i = against_column_row(other, line->row);
	     i < other->count && other->line[i].row == line->row; i++) {
		const struct line *l = &other->line[i];
		const struct kt_node *peer;
		size_t at;

		if (l->is != LINE_OMITTED || l->first == l->end)
			continue;
		peer = peer_of(w, c, other->text.at[l->first].node);
		at = peer == NULL
			 ? NO_PLACE
			 : against_text_piece(&c->text, peer, PIECE_LABEL);
		if (at == NO_PLACE ||
		    !against_place_omitted(c, line, at, c->text.count) ||
		    line->first != at)
			continue;
		if (at >= gap->at && at < gap->to)
			gap->at = line->end;
		else
			open_apart(c, line, gap);
		return true;
	}
	return false;
}

static void
place_omitted(
    struct against *w, struct column *c, struct line *line, struct gap *gap)
{
	against_drop_sign(line);
	if (c->side == 0 && place_beside(w, c, line, gap))
		return;
	/* What moved brings along what is left out of it. */
	if (gap->apart < gap->end &&
	    against_place_omitted(c, line, gap->apart, gap->end)) {
		gap->apart = line->end;
		return;
	}
	gap->end = gap->apart;
	if (against_place_omitted(c, line, gap->at, gap->to)) {
		gap->at = line->end;
		return;
	}
	if (!against_place_omitted(c, line, gap->at, c->text.count) &&
	    !against_place_omitted(c, line, 0, c->text.count))
		report_words(w, KT_M_AGAINST_UNKNOWN, c, line, NULL);
	else if (!is_beside(w, c, line, line->first, line->end))
		report_words(w, KT_M_AGAINST_ORDER, c, line,
		    c->text.at[line->first].node);
	else
		open_apart(c, line, gap);
}

/* Lines between those that are placed. */
static void
place_rest(struct against *w, struct column *c)
{
	size_t *limit = kt_calloc(c->count + 1, sizeof(*limit));
	struct gap gap = { 0, 0, 0, 0 };

	limit[c->count] = c->text.count;
	for (size_t i = c->count; i-- > 0;)
		limit[i] = c->line[i].is == LINE_PLACED && !c->line[i].apart
			       ? c->line[i].first
			       : limit[i + 1];
	for (size_t i = 0; i < c->count; i++) {
		struct line *line = &c->line[i];

		gap.to = limit[i];
		if (line->is == LINE_PLACED && line->apart)
			open_apart(c, line, &gap);
		else if (line->is == LINE_PLACED)
			gap = (struct gap){ .at = line->end };
		else if (line->is == LINE_OMITTED)
			place_omitted(w, c, line, &gap);
		else if (line->is == LINE_LOST)
			gap.at = report_lost(w, c, i, gap.at, gap.to);
	}
	free(limit);
}

/* The new column first: what stands beside its lines helps to know those of
 * the old one. */
size_t
against_place(struct against *w)
{
	size_t n = 0;

	for (int side = 0; side < 2; side++) {
		against_sort_lines(&w->side[side]);
		against_longest_run(&w->side[side]);
	}
	for (int side = 1; side >= 0; side--) {
		struct column *c = &w->side[side];
		struct gap gap = { 0, 0, 0, 0 };

		settle(w, c);
		unsettle(w, c);
		for (size_t i = 0; i < c->count; i++)
			if (c->line[i].is == LINE_PLACED)
				show(w, c, i);
		for (size_t i = 0; i < c->count; i++)
			if (c->line[i].is == LINE_LOST && c->line[i].known)
				place_apart(w, c, i, &gap);
		place_rest(w, c);
		for (size_t i = 0; i < c->text.count; i++)
			n += c->text.at[i].shown != 0;
	}
	return n;
}
