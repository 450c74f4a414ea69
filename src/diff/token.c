/* SPDX-License-Identifier: MIT */
/*
 * Tokens: Japanese words of one clause; a reference or a label is one token,
 * and so is a number with its unit.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

struct cutter {
	struct text_work *t;
	int side;
	uint32_t at; /* up to here the text has tokens */
	uint32_t atom; /* next one */
};

static void
put_token(struct cutter *c, uint32_t end, uint32_t atom, enum kt_word_kind kind)
{
	struct text_work *t = c->t;

	if (end <= c->at)
		return;
	KT_GROW(
	    t->tokens[c->side], t->ntokens[c->side], t->tokens_cap[c->side]);
	t->tokens[c->side][t->ntokens[c->side]++] =
	    (struct token){ c->at, end - c->at, atom, kind };
	c->at = end;
}

/* 30日前, 3年間: the character behind belongs to the number. */
static bool
ends_number(const char *p, uint32_t len)
{
	static const char *const ends[] = { "前", "後", "間", "目", "毎" };

	for (size_t i = 0; i < KT_COUNT(ends); i++)
		if (strlen(ends[i]) == len && memcmp(ends[i], p, len) == 0)
			return true;
	return false;
}

static bool
join_number(struct cutter *c, uint32_t end)
{
	struct text_work *t = c->t;
	struct token *last;

	if (t->ntokens[c->side] == 0)
		return false;
	last = &t->tokens[c->side][t->ntokens[c->side] - 1];
	if (last->kind != KT_W_NUMBER || last->start + last->len != c->at ||
	    !ends_number(t->in[c->side]->p + c->at, end - c->at))
		return false;
	last->len += end - c->at;
	c->at = end;
	return true;
}

static bool
is_letter(const char *p)
{
	unsigned len;

	return kt_script_of(kt_utf8_at(p, &len)) == KT_S_LATIN;
}

static bool
ends_in_letter(const char *p, const struct token *token)
{
	uint32_t at = token->start + token->len;

	while (--at > token->start && ((unsigned char)p[at] & 0xc0) == 0x80)
		;
	return is_letter(p + at);
}

static bool
is_figure(const char *p, const struct token *token)
{
	enum kt_form form;
	unsigned value;

	return kt_num_plain(&value, &form, p + token->start, token->len) ==
	       token->len;
}

/* Ｇ七Ｗ, a type of emission: letters on both sides of a number are one name
 * with it. */
static bool
join_name(struct cutter *c, uint32_t end)
{
	struct text_work *t = c->t;
	const char *p = t->in[c->side]->p;
	size_t n = t->ntokens[c->side];
	struct token *v = t->tokens[c->side];

	if (n < 2 || !is_letter(p + c->at) || v[n - 2].atom != NONE ||
	    v[n - 1].atom != NONE || !ends_in_letter(p, &v[n - 2]) ||
	    !is_figure(p, &v[n - 1]))
		return false;
	v[n - 2].len = end - v[n - 2].start;
	v[n - 2].kind = KT_W_WORD;
	t->ntokens[c->side]--;
	c->at = end;
	return true;
}

/* Words up to `end`, atoms between and inside them whole. */
static void
put_until(struct cutter *c, uint32_t end, enum kt_word_kind kind)
{
	const struct words *in = c->t->in[c->side];

	while (c->atom < in->natoms && in->atoms[c->atom].start < end) {
		const struct atom *a = &in->atoms[c->atom];

		put_token(c, a->start, NONE, kind);
		put_token(c, a->start + a->len, c->atom++, KT_W_WORD);
	}
	if (c->at < end && !join_number(c, end) && !join_name(c, end))
		put_token(c, end, NONE, kind);
}

static void
cut_words(struct cutter *c, uint32_t from, uint32_t to)
{
	const struct kt_word *word;
	size_t n = kt_words_cut(
	    c->t->segmenter, &word, c->t->in[c->side]->p + from, to - from);

	for (size_t i = 0; i < n; i++)
		put_until(c, from + word[i].start + word[i].len, word[i].kind);
}

/* A whole text in pieces of so many bytes, a few words each: it shall weigh
 * about as much as its words would. */
#define PIECE 24

static void
put_pieces(struct cutter *c, uint32_t atom)
{
	const struct words *in = c->t->in[c->side];
	uint32_t end = in->atoms[atom].start + in->atoms[atom].len;

	while (c->at < end) {
		uint32_t to = end - c->at > PIECE ? c->at + PIECE : end;

		while (to < end && ((unsigned char)in->p[to] & 0xc0) == 0x80)
			to++;
		put_token(c, to, atom, KT_W_WORD);
	}
}

void
kt_tokens_make(struct work *w, int side, uint32_t from, uint32_t to)
{
	struct text_work *t = &w->text;
	const struct words *in = t->in[side];
	struct cutter c = { .t = t, .side = side, .at = from };

	if (t->segmenter == NULL)
		t->segmenter = kt_words_new();
	t->ntokens[side] = 0;
	while (c.atom < in->natoms && in->atoms[c.atom].start < from)
		c.atom++;
	/* Whole texts are passed over, the rest is cut. */
	for (uint32_t i = c.atom; i < in->natoms && in->atoms[i].start < to;
	     i++) {
		const struct atom *a = &in->atoms[i];

		if (a->said == 0)
			continue;
		cut_words(&c, c.at, a->start);
		put_pieces(&c, i);
		c.atom = i + 1;
	}
	cut_words(&c, c.at, to);
}

uint64_t
kt_token_id(struct work *w, int side, const struct token *token)
{
	const struct words *in = w->text.in[side];

	if (token->atom != NONE) {
		const struct atom *a = &in->atoms[token->atom];

		if (a->said != 0)
			return kt_hash_mix(a->said, token->start - a->start);
		/* Labels answer to labels. */
		return a->ref == NULL ? 1 : kt_ref_id(w, side, a->ref);
	}
	kt_buf_clear(&w->buf);
	kt_fold(&w->buf, in->p + token->start, token->len);
	return kt_hash(w->buf.p, w->buf.len, 2);
}

bool
kt_tokens_same(const struct text_work *t, uint32_t a, uint32_t b)
{
	const struct token *x = &t->tokens[0][a], *y = &t->tokens[1][b];

	return x->len == y->len &&
	       memcmp(token_at(t, 0, a), token_at(t, 1, b), x->len) == 0;
}
