/* SPDX-License-Identifier: MIT */
/*
 * Changes of who must, may, decides or is to be asked: a noun names another
 * role.  A role is known by its last characters; the list is closed.
 */
#include "diff_int.h"

#include <string.h>

/* Nobody but a person or a body is called so. */
static const char *const role_endings[] = { "者", "長", "員", "官", "会",
	"大臣", "知事", "委託先", "受託先", "理事", "監事", "幹事", "教授",
	"医師", "弁護士", "監査人", "CISO", "CIO", "CSIRT", "アドバイザー",
	"リーダー", "マネージャー", "オペレーター", "ベンダー", "チーム",
	"プロバイダー", "ユーザー", "主任", "主事", "主査", "監", "顧問",
	"参与" };

/* A place or a thing as well: only as what the sentence speaks of. */
static const char *const place_endings[] = { "庁", "省", "局", "部", "課", "室",
	"係", "署", "所", "院", "市", "町", "村", "県", "府", "都", "区",
	"機関", "団体", "法人", "会社", "センター", "グループ" };

/* Words with such an ending that are nobody. */
static const char *const no_roles[] = { "全部", "一部", "内部", "外部", "部",
	"場所", "箇所", "機会", "社会", "延長", "成長", "定員", "要所", "住所",
	"前者", "後者", "両者", "長", "者", "会", "所", "室", "課", "係", "局",
	"区", "都" };

static bool
is_role(const char *p, size_t n, bool topic)
{
	for (size_t i = 0; i < KT_COUNT(no_roles); i++)
		if (strlen(no_roles[i]) == n && kt_ends_with(p, n, no_roles[i]))
			return false;
	if (kt_ends_with(p, n, "等"))
		n -= strlen("等");
	for (size_t i = 0; i < KT_COUNT(role_endings); i++)
		if (kt_ends_with(p, n, role_endings[i]))
			return true;
	for (size_t i = 0; topic && i < KT_COUNT(place_endings); i++)
		if (kt_ends_with(p, n, place_endings[i]))
			return true;
	return false;
}

bool
kt_is_noun(const struct text_work *t, int side, uint32_t i)
{
	const struct token *token = &t->tokens[side][i];
	const char *p = token_at(t, side, i), *end = p + token->len;
	unsigned len;

	if (token->atom != NONE || token->kind != KT_W_WORD)
		return false;
	for (; p < end; p += len) {
		enum kt_script s = kt_script_of(kt_utf8_at(p, &len));

		if (s != KT_S_KANJI && s != KT_S_KATAKANA && s != KT_S_LATIN)
			return false;
	}
	return true;
}

/* は, が, も, において behind a name: it is what the sentence speaks of. */
static bool
is_topic(const struct text_work *t, int side, uint32_t i)
{
	static const char *const particles[] = { "は", "が", "も", "において" };
	const char *p;

	if (i >= t->ntokens[side])
		return false;
	p = token_at(t, side, i);
	for (size_t k = 0; k < KT_COUNT(particles); k++)
		if (strlen(particles[k]) == t->tokens[side][i].len &&
		    kt_ends_with(p, t->tokens[side][i].len, particles[k]))
			return true;
	/* において may come as two words. */
	return i + 1 < t->ntokens[side] && t->tokens[side][i].len == 3 &&
	       memcmp(p, "に", 3) == 0 && t->tokens[side][i + 1].len >= 6 &&
	       memcmp(token_at(t, side, i + 1), "おい", 6) == 0;
}

/* 課等の長: the only hiragana inside names of roles. */
static bool
is_of(const struct text_work *t, int side, uint32_t i)
{
	return t->tokens[side][i].len == 3 &&
	       memcmp(token_at(t, side, i), "の", 3) == 0;
}

bool
kt_name_around(const struct text_work *t, int side, uint32_t h0, uint32_t h1,
    uint32_t *i0, uint32_t *i1)
{
	for (uint32_t i = h0; i < h1; i++)
		if (!kt_is_noun(t, side, i) &&
		    !(is_of(t, side, i) && i > h0 && i + 1 < h1))
			return false;
	*i0 = h0;
	*i1 = h1;
	while (*i0 > 0 && kt_is_noun(t, side, *i0 - 1))
		--*i0;
	while (*i1 < t->ntokens[side] && kt_is_noun(t, side, *i1))
		++*i1;
	return *i1 > *i0;
}

/* ---- with all that is said of them --------------------------------------- */

/* A hunk that begins a part of the sentence. */
static bool
begins_part(const struct text_work *t, int side, uint32_t i)
{
	static const char *const marks[] = { "、", "。", "（", "「", "\n",
		"\t" };
	uint32_t n = token_start(t, side, i);

	for (size_t k = 0; k < KT_COUNT(marks); k++)
		if (kt_ends_with(t->in[side]->p, n, marks[k]))
			return true;
	return n == 0;
}

/* The name that ends a hunk, from token i on; none when it goes on behind. */
static bool
name_at_end(
    const struct text_work *t, int side, uint32_t h0, uint32_t h1, uint32_t *i)
{
	*i = h1;
	if (h1 < t->ntokens[side] && kt_is_noun(t, side, h1))
		return false;
	while (*i > h0 && (kt_is_noun(t, side, *i - 1) ||
			      (*i < h1 && is_of(t, side, *i - 1))))
		--*i;
	return *i < h1;
}

/* Behind a name: who acts, or to whom it is done. */
static bool
is_taken_up(const struct text_work *t, int side, uint32_t i)
{
	return is_topic(t, side, i) ||
	       (i < t->ntokens[side] && t->tokens[side][i].len == 3 &&
		   memcmp(token_at(t, side, i), "に", 3) == 0);
}

/* その所在地を管轄する地方法務局の長は→法務大臣は: all from the beginning of
 * a part of the sentence to the name of a role became another one. */
static bool
other_subject(struct work *w, const struct hunk *h, const char **note)
{
	struct text_work *t = &w->text;
	uint32_t from[2] = { h->a0, h->b0 }, to[2] = { h->a1, h->b1 };
	uint32_t at[2], n[2];
	const char *p[2];

	for (int side = 0; side < 2; side++) {
		uint32_t i;

		if (from[side] == to[side] ||
		    !begins_part(t, side, from[side]) ||
		    !name_at_end(t, side, from[side], to[side], &i) ||
		    !is_taken_up(t, side, to[side]))
			return false;
		at[side] = token_start(t, side, from[side]);
		p[side] = token_at(t, side, i);
		n[side] =
		    token_end(t, side, to[side] - 1) - token_start(t, side, i);
		if (!is_role(p[side], n[side], is_topic(t, side, to[side])))
			return false;
	}
	if (n[0] == n[1] && memcmp(p[0], p[1], n[0]) == 0)
		return false;
	*note =
	    kt_note(w, t->in[0]->p + at[0], token_end(t, 0, to[0] - 1) - at[0],
		t->in[1]->p + at[1], token_end(t, 1, to[1] - 1) - at[1]);
	if (**note == '\0')
		*note = kt_note(w, p[0], n[0], p[1], n[1]);
	return true;
}

bool
kt_actor_change(struct work *w, const struct hunk *h, const char **note)
{
	struct text_work *t = &w->text;
	uint32_t a0, a1, b0, b1, a, b, na, nb;

	if (!kt_name_around(t, 0, h->a0, h->a1, &a0, &a1) ||
	    !kt_name_around(t, 1, h->b0, h->b1, &b0, &b1))
		return other_subject(w, h, note);
	a = token_start(t, 0, a0);
	b = token_start(t, 1, b0);
	na = stretch_end(t, 0, a0, a1) - a;
	nb = stretch_end(t, 1, b0, b1) - b;
	if (!is_role(t->in[0]->p + a, na, is_topic(t, 0, a1)) ||
	    !is_role(t->in[1]->p + b, nb, is_topic(t, 1, b1)))
		return false;
	*note = kt_note(w, t->in[0]->p + a, na, t->in[1]->p + b, nb);
	return true;
}
