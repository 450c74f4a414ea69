/* SPDX-License-Identifier: MIT */
/*
 * Words of a document under one sentence: where a phrase stands in the places
 * it is said of, and what becomes of it.  Every change is kept against the
 * words as they were when the sentence began and carried out at its end, so
 * that no sentence sees what it put itself.
 */
#include "apply_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- fields ------------------------------------------------------------- */

static uint64_t
key_of(const struct kt_node *node, enum kt_which which)
{
	return kt_hash_mix((uint64_t)(uintptr_t)node, (uint64_t)which);
}

static void
put_slot(struct kt_work *w, size_t i)
{
	const struct kt_field *f = &w->field[i];
	size_t at = key_of(f->node, f->which) & (w->nslots - 1);

	while (w->slot[at] != 0)
		at = (at + 1) & (w->nslots - 1);
	w->slot[at] = (uint32_t)i + 1;
}

static void
grow_slots(struct kt_work *w)
{
	w->nslots = w->nslots == 0 ? 64 : 2 * w->nslots;
	free(w->slot);
	w->slot = kt_calloc(w->nslots, sizeof(*w->slot));
	for (size_t i = 0; i < w->nfields; i++)
		put_slot(w, i);
}

static struct kt_field *
known_field(struct kt_work *w, const struct kt_node *node, enum kt_which which)
{
	size_t at;

	if (w->nslots == 0)
		return NULL;
	at = key_of(node, which) & (w->nslots - 1);
	for (; w->slot[at] != 0; at = (at + 1) & (w->nslots - 1)) {
		struct kt_field *f = &w->field[w->slot[at] - 1];

		if (f->node == node && f->which == which)
			return f;
	}
	return NULL;
}

/* Is the caption of this kind written in （ ）? */
static bool
in_brackets(const struct kt_node *node, enum kt_which which)
{
	if (which == KT_RELATED_OF)
		return true;
	return which == KT_CAPTION_OF &&
	       (node->kind == KT_ARTICLE || node->kind == KT_PARAGRAPH ||
		   node->kind == KT_ITEM);
}

/* 目次 as one text, a line for each entry. */
static const char *
toc_lines(struct kt_work *w, const struct kt_node *toc)
{
	struct kt_buf lines = KT_BUF_INIT;
	const char *kept;

	for (const struct kt_node *at = kt_node_next(toc, toc); at != NULL;
	     at = kt_node_next(at, toc)) {
		if (lines.len > 0)
			kt_buf_putc(&lines, '\n');
		kt_buf_put(&lines, at->text, at->len);
	}
	kept = kt_arena_strndup(w->arena, lines.p, lines.len);
	kt_buf_release(&lines);
	return kept;
}

static const char *
base_of(struct kt_work *w, const struct kt_node *node, enum kt_which which)
{
	const char *p = "";

	switch (which) {
	case KT_TEXT_OF:
		return node->text;
	case KT_LINES_OF:
		return toc_lines(w, node);
	case KT_CAPTION_OF:
		p = node->caption;
		break;
	case KT_RELATED_OF:
		p = node->related;
		break;
	case KT_LABEL_OF:
		p = node->label;
		break;
	}
	if (p[0] == '\0' || !in_brackets(node, which))
		return p;
	return kt_arena_printf(w->arena, "（%s）", p);
}

static struct kt_field *
field_of(struct kt_work *w, struct kt_node *node, enum kt_which which)
{
	struct kt_field *f = known_field(w, node, which);

	if (f != NULL)
		return f;
	KT_GROW(w->field, w->nfields, w->fields_cap);
	f = &w->field[w->nfields++];
	*f = (struct kt_field){ .node = node, .which = which };
	f->base = base_of(w, node, which);
	f->len = which == KT_TEXT_OF ? node->len : strlen(f->base);
	if (2 * w->nfields > w->nslots)
		grow_slots(w);
	else
		put_slot(w, w->nfields - 1);
	return f;
}

/* ---- changes of a field ------------------------------------------------- */

/* Index behind the changes that end at or before `at`. */
static size_t
cut_behind(const struct kt_field *f, size_t at)
{
	size_t low = 0, high = f->ncuts;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->cut[mid].end <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Does a change of this sentence touch [start, end)? */
static bool
is_taken(const struct kt_field *f, size_t start, size_t end)
{
	size_t i = cut_behind(f, start);

	return i < f->ncuts && f->cut[i].start < end;
}

static void
add_cut(struct kt_field *f, size_t start, size_t end, const char *put)
{
	size_t at = cut_behind(f, start);

	KT_GROW(f->cut, f->ncuts, f->cap);
	memmove(
	    f->cut + at + 1, f->cut + at, (f->ncuts - at) * sizeof(*f->cut));
	f->cut[at] = (struct kt_cut){ start, end, put };
	f->ncuts++;
}

/* Changes inside the bytes that go as a whole are overtaken by it. */
void
kt_field_cut(struct kt_work *w, struct kt_node *node, enum kt_which which,
    size_t start, size_t end, const char *put)
{
	struct kt_field *f = field_of(w, node, which);
	size_t first = cut_behind(f, start), n = first;

	while (n < f->ncuts && f->cut[n].start < end) {
		if (f->cut[n].start < start)
			start = f->cut[n].start;
		if (f->cut[n].end > end)
			end = f->cut[n].end;
		n++;
	}
	if (n > first)
		memmove(f->cut + first, f->cut + n,
		    (f->ncuts - n) * sizeof(*f->cut));
	f->ncuts -= n - first;
	add_cut(f, start, end, put);
}

void
kt_fields_forget(struct kt_work *w, const struct kt_node *node)
{
	static const enum kt_which all[] = { KT_TEXT_OF, KT_CAPTION_OF,
		KT_RELATED_OF, KT_LABEL_OF, KT_LINES_OF };

	for (size_t i = 0; i < KT_COUNT(all); i++) {
		struct kt_field *f = known_field(w, node, all[i]);

		if (f != NULL)
			f->ncuts = 0;
	}
}

/* ---- finding a phrase --------------------------------------------------- */

/* A phrase that is looked for. */
struct search {
	struct kt_work *w;
	const struct kt_op *op;
	const char *phrase;
	size_t len;
	bool folded; /* width, dashes and the like apart */
	size_t found, taken; /* free places, and places already changed */
};

/* What a character is compared as. */
static uint32_t
fold_char(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		return c - 0xfee0;
	if (c == 0x2015 || c == 0x2212 || c == 0x2013 || c == 0x2014 ||
	    c == 0x2010)
		return '-';
	return c;
}

/* The bytes that the phrase, folded, takes at p; 0 when it does not stand
 * there. */
static size_t
stands_at(const struct search *s, const char *p, const char *end)
{
	const char *at = p, *q = s->phrase, *stop = q + s->len;
	unsigned m, n;

	while (q < stop) {
		if (at == end || fold_char(kt_utf8_at(at, &m)) !=
				     fold_char(kt_utf8_at(q, &n)))
			return 0;
		at += m;
		q += n;
	}
	return (size_t)(at - p);
}

static const char *
next_place(const struct search *s, const char *p, const char *end, size_t *n)
{
	unsigned step;

	if (!s->folded) {
		*n = s->len;
		return kt_bytes_find(p, (size_t)(end - p), s->phrase, s->len);
	}
	for (; p < end; p += step) {
		*n = stands_at(s, p, end);
		if (*n > 0)
			return p;
		kt_utf8_at(p, &step);
	}
	return NULL;
}

static void
change_here(struct search *s, struct kt_field *f, size_t start, size_t end)
{
	const struct kt_op *op = s->op;

	if (op->kind != KT_OP_INSERT)
		add_cut(f, start, end, op->kind == KT_OP_DELETE ? "" : op->new);
	else if (op->where == KT_W_AFTER)
		add_cut(f, end, end, op->new);
	else
		add_cut(f, start, start, op->new);
}

/* Change the phrase wherever it stands in bytes [from, to) of a field. */
static void
search_field(struct search *s, struct kt_node *node, enum kt_which which,
    size_t from, size_t to)
{
	struct kt_field *f = known_field(s->w, node, which);
	const char *base = f != NULL ? f->base : base_of(s->w, node, which);
	const char *end = base + to, *p = base + from;
	size_t n;

	while ((p = next_place(s, p, end, &n)) != NULL) {
		size_t start = (size_t)(p - base);

		p += n;
		if (f == NULL)
			f = field_of(s->w, node, which);
		if (is_taken(f, start, start + n)) {
			s->taken++;
			continue;
		}
		change_here(s, f, start, start + n);
		s->found++;
	}
}

static void
search_whole(struct search *s, struct kt_node *node, enum kt_which which)
{
	size_t n = node->len;

	if (which == KT_CAPTION_OF)
		n = strlen(node->caption);
	else if (which == KT_RELATED_OF)
		n = strlen(node->related);
	else if (which == KT_LABEL_OF)
		n = strlen(node->label);
	if (n > 0 && in_brackets(node, which))
		n += 2 * strlen("（");
	if (n > 0)
		search_field(s, node, which, 0, n);
}

/* ---- the fields of a place ---------------------------------------------- */

bool
kt_part_find(struct kt_work *w, const struct kt_node *node,
    enum kt_part_name part, unsigned dan, size_t *start, size_t *end)
{
	struct kt_sentences *cuts = &w->cuts;
	const char *but = "ただし";
	size_t first = 0, n, tadashi, which = SIZE_MAX;

	kt_sentences_find(cuts, node);
	/* 用語　定義。ただし、…: the parts are those of the last column. */
	while (cuts->at[first].column + 1 < cuts->columns)
		first++;
	for (tadashi = first; tadashi < cuts->count; tadashi++)
		if (strncmp(node->text + cuts->at[tadashi].start, but,
			strlen(but)) == 0)
			break;
	n = cuts->count - first;
	switch (part) {
	case KT_P_WHOLE:
	case KT_P_HASHIRA:
	case KT_P_MIDASHI:
		*start = 0;
		*end = node->len;
		return true;
	case KT_P_HONBUN:
		*start = cuts->at[first].start;
		*end = tadashi == cuts->count ? node->len
					      : cuts->at[tadashi].start;
		return true;
	case KT_P_TADASHI:
		which = tadashi < cuts->count ? tadashi - first : SIZE_MAX;
		break;
	case KT_P_ZENDAN:
		which = n > 1 ? 0 : SIZE_MAX;
		break;
	case KT_P_CHUDAN:
		which = n > 2 ? 1 : SIZE_MAX;
		break;
	case KT_P_KODAN:
		/* 本文、ただし書、後段 and 前段、後段、ただし書. */
		which = n > 1 ? n - 1 : SIZE_MAX;
		if (which != SIZE_MAX && first + which == tadashi)
			which = n > 2 ? n - 2 : SIZE_MAX;
		break;
	case KT_P_DAN:
		which = dan >= 1 && dan <= n ? dan - 1 : SIZE_MAX;
		break;
	}
	if (which == SIZE_MAX)
		return false;
	*start = cuts->at[first + which].start;
	*end = cuts->at[first + which].end;
	return true;
}

/* The node whose own text the parts of a clause are of. */
static struct kt_node *
text_node(struct kt_work *w, struct kt_node *node, enum kt_part_name part,
    unsigned dan)
{
	size_t start, end;

	if (node->kind != KT_ARTICLE && node->kind != KT_SUPPL)
		return node;
	for (struct kt_node *at = node->first; at != NULL; at = at->next)
		if (at->kind == KT_PARAGRAPH &&
		    kt_part_find(w, at, part, dan, &start, &end))
			return at;
	return node;
}

/* Words of a subtree: captions are addressed apart, those of 別表 are not. */
static void
search_subtree(struct search *s, const struct kt_target *t)
{
	struct kt_node *top = t->node, *at = top;

	while (at != NULL) {
		if (at == t->except || at->kind == KT_COMMENTARY) {
			at = kt_node_skip(at, top);
			continue;
		}
		if (at->kind == KT_TOC) {
			const char *lines = base_of(s->w, at, KT_LINES_OF);

			search_field(s, at, KT_LINES_OF, 0, strlen(lines));
			at = kt_node_skip(at, top);
			continue;
		}
		if (at->kind == KT_APPENDIX || t->with_caption)
			search_whole(s, at, KT_CAPTION_OF);
		if (at->kind == KT_APPENDIX)
			search_whole(s, at, KT_RELATED_OF);
		if (at->kind == KT_NOTE)
			search_whole(s, at, KT_LABEL_OF);
		search_whole(s, at, KT_TEXT_OF);
		at = kt_node_next(at, top);
	}
}

/* The words besides 号 (各号列記以外の部分). */
static void
search_lead(struct search *s, const struct kt_target *t)
{
	struct kt_node *top = t->node;

	if (top->kind == KT_ARTICLE || top->kind == KT_SUPPL)
		top = top->first;
	if (top == NULL)
		return;
	search_whole(s, top, KT_TEXT_OF);
	for (struct kt_node *at = top->first; at != NULL; at = at->next)
		if (at->kind != KT_ITEM && at->kind != KT_COMMENTARY)
			search_subtree(s, &(struct kt_target){ .node = at });
}

static void
search_target(struct search *s, const struct kt_target *t)
{
	struct kt_node *node = t->node;
	size_t start, end;

	if (t->as == KT_ST_TITLE || t->as == KT_ST_NAME ||
	    t->part == KT_P_MIDASHI) {
		search_whole(s, node, KT_CAPTION_OF);
	} else if (t->part == KT_P_HASHIRA) {
		search_lead(s, t);
	} else if (t->part == KT_P_WHOLE) {
		search_subtree(s, t);
	} else {
		node = text_node(s->w, node, t->part, t->dan);
		if (kt_part_find(s->w, node, t->part, t->dan, &start, &end))
			search_field(s, node, KT_TEXT_OF, start, end);
	}
}

/* ---- the operation ------------------------------------------------------ */

size_t
kt_changed_before(
    const struct kt_work *w, const struct kt_node *in, const char *words)
{
	for (size_t i = w->nwas; i-- > 0;) {
		const struct kt_node *at = w->was[i].node;

		if (strstr(w->was[i].words, words) == NULL)
			continue;
		while (at != NULL && at != in)
			at = at->parent;
		if (at != NULL)
			return w->was[i].line;
	}
	return 0;
}

/* Not there: perhaps no more, because another sentence changed it. */
static int
not_found(struct kt_work *w, const struct kt_loc *loc,
    const struct kt_targets *places, const char *phrase)
{
	char line[32];

	for (size_t i = 0; i < places->count; i++) {
		size_t n = kt_changed_before(w, places->at[i].node, phrase);

		if (n == 0)
			continue;
		snprintf(line, sizeof(line), "%zu", n);
		return kt_report(w->diag, .id = KT_M_AMEND_CONFLICT,
		    .a = loc->text, .b = phrase, .c = line,
		    .at = { .line = w->sentence->line,
			.column = w->sentence->column + w->op->column - 1 });
	}
	return kt_work_fault(w, KT_M_AMEND_NO_PHRASE, loc->text, phrase);
}

/* All of them change, which is the rule; a drafter may have meant one. */
static void
doubt_places(
    struct kt_work *w, const struct kt_loc *loc, const char *phrase, size_t n)
{
	char many[32];

	snprintf(many, sizeof(many), "%zu", n);
	kt_work_doubt(w, KT_M_AMEND_SEVERAL, loc->text, phrase, many);
}

/* A phrase must stand somewhere in each place that was named. */
static int
change_at(struct kt_work *w, const struct kt_op *op, const struct kt_loc *loc,
    const struct kt_targets *places, const char *phrase)
{
	struct search s = {
		.w = w, .op = op, .phrase = phrase, .len = strlen(phrase)
	};

	for (int folded = 0; folded <= 1 && s.found + s.taken == 0; folded++) {
		s.folded = folded != 0;
		for (size_t i = 0; i < places->count; i++)
			search_target(&s, &places->at[i]);
	}
	if (s.found > 1 && w->checking)
		doubt_places(w, loc, phrase, s.found);
	if (s.found > 0)
		return KT_OK;
	if (s.taken > 0)
		return kt_work_fault(
		    w, KT_M_AMEND_TWICE_CHANGED, loc->text, phrase);
	return not_found(w, loc, places, phrase);
}

/* Lines of the 目次 are compared without the blanks before them. */
static void
strip_indents(struct kt_buf *text)
{
	size_t kept = 0, n = strlen("　");
	bool begins = true;

	for (size_t i = 0; i < text->len;) {
		if (begins && text->len - i >= n &&
		    memcmp(text->p + i, "　", n) == 0) {
			i += n;
			continue;
		}
		begins = text->p[i] == '\n';
		text->p[kept++] = text->p[i++];
	}
	kt_buf_cut(text, kept);
}

int
kt_words_change(struct kt_work *w, const struct kt_op *op)
{
	struct kt_marked plain = KT_MARKED_INIT;
	struct kt_targets places = { .at = NULL };
	int rc = KT_OK;

	for (size_t i = 0; i < op->nat && rc == KT_OK; i++) {
		places.count = 0;
		rc = kt_find(&places, w, &op->at[i]);
		for (size_t k = 0; k < op->nold && rc == KT_OK; k++) {
			kt_inline_read(
			    &plain, w->arena, op->old[k], strlen(op->old[k]));
			if (op->at[i].step[0].kind == KT_ST_TOC)
				strip_indents(&plain.text);
			rc =
			    change_at(w, op, &op->at[i], &places, plain.text.p);
		}
	}
	kt_marked_release(&plain);
	free(places.at);
	return rc;
}
