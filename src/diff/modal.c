/* SPDX-License-Identifier: MIT */
/*
 * How strongly a rule binds, read from the end of a predicate: compare.md §7.
 * A change of it is named only where both wordings are in the table, or one
 * is and the other is the bare verb at the end of its sentence.
 */
#include "diff_int.h"

#include <string.h>

enum norm {
	PLAIN,
	DUTY,
	PRINCIPLE,
	BAN,
	EFFORT,
	ADVICE,
	MAY,
	CANNOT,
	EXEMPT,
	DEEM,
	PRESUME,
	NORMS
};

static const char *const names[NORMS] = {
	[PLAIN] = "平叙",
	[DUTY] = "義務",
	[PRINCIPLE] = "原則",
	[BAN] = "禁止",
	[EFFORT] = "努力義務",
	[ADVICE] = "推奨",
	[MAY] = "許容",
	[CANNOT] = "不可",
	[EXEMPT] = "免除",
	[DEEM] = "みなし",
	[PRESUME] = "推定",
};

/* The longest form at a place counts, so that their order is free. */
#define FORM(text, norm)                                                       \
	{                                                                      \
		text, sizeof(text) - 1, norm                                   \
	}
static const struct form {
	const char *text;
	uint8_t len;
	uint8_t norm;
} forms[] = {
	FORM("なければならない", DUTY),
	FORM("なければならず", DUTY),
	FORM("なくてはならない", DUTY),
	FORM("ねばならない", DUTY),
	FORM("すること。", DUTY),
	FORM("てはならない", BAN),
	FORM("てはならず", BAN),
	FORM("んではならない", BAN),
	FORM("ないこと。", BAN),
	FORM("努めなければならない", EFFORT),
	FORM("努めなければならず", EFFORT),
	FORM("努めるものとする", EFFORT),
	FORM("努めること", EFFORT),
	FORM("努める", EFFORT),
	FORM("つとめなければならない", EFFORT),
	FORM("つとめるものとする", EFFORT),
	FORM("ものとする", PRINCIPLE),
	FORM("ものとし", PRINCIPLE),
	FORM("ことが望ましい", ADVICE),
	FORM("望ましい", ADVICE),
	FORM("ことができるものとする", MAY),
	FORM("ことができる", MAY),
	FORM("ことができ", MAY),
	FORM("ことも可能とする", MAY),
	FORM("ことを妨げない", MAY),
	FORM("できる", MAY),
	FORM("ことができないものとする", CANNOT),
	FORM("ことができない", CANNOT),
	FORM("ことができず", CANNOT),
	FORM("できない", CANNOT),
	FORM("ないことができる", EXEMPT),
	FORM("ことを要しない", EXEMPT),
	FORM("要しない", EXEMPT),
	FORM("この限りでない", EXEMPT),
	FORM("この限りではない", EXEMPT),
	FORM("ものとみなす", DEEM),
	FORM("みなす", DEEM),
	FORM("ものと推定する", PRESUME),
	FORM("推定する", PRESUME),
};

#define LONGEST 48 /* bytes of a form, and how far around a hunk to look */
#define GONE "削除"
#define BARE_MOST 18 /* bytes of a bare verb ending */
#define ROOM 24 /* bytes a hunk may have besides the form */

struct stretch {
	const char *p; /* whole text */
	uint32_t len, from, to; /* the hunk in it */
};

struct found {
	const struct form *form;
	uint32_t at;
};

static const struct form *
form_at(const char *p, size_t n, size_t *len)
{
	const struct form *best = NULL;

	*len = 0;
	if (n < 3)
		return NULL;
	for (size_t i = 0; i < KT_COUNT(forms); i++) {
		size_t k = forms[i].len;

		/* Forms differ in their third byte or soon after. */
		if (p[2] == forms[i].text[2] && k > *len && k <= n &&
		    memcmp(p, forms[i].text, k) == 0) {
			best = &forms[i];
			*len = k;
		}
	}
	return best;
}

/* The last form that overlaps or touches the hunk. */
static struct found
find_form(const struct stretch *s)
{
	uint32_t i = s->from > LONGEST ? s->from - LONGEST : 0;
	struct found found = { NULL, 0 };
	size_t len;

	while (i < s->len && i <= s->to) {
		const struct form *form;

		if (((unsigned char)s->p[i] & 0xc0) == 0x80) {
			i++;
			continue;
		}
		form = form_at(s->p + i, s->len - i, &len);
		if (form != NULL && i + len >= s->from)
			found = (struct found){ form, i };
		i += form != NULL ? (uint32_t)len : 1;
	}
	return found;
}

/* Nothing but the end of the sentence behind this place? */
static bool
at_end(const struct stretch *s, uint32_t at)
{
	return at == s->len || s->p[at] == '\n' ||
	       (s->len - at >= 3 && memcmp(s->p + at, "。", 3) == 0);
}

/* 第5条　削除: no norm that has become a statement. */
static bool
is_gone(const struct stretch *s)
{
	return s->len == strlen(GONE) && memcmp(s->p, GONE, s->len) == 0;
}

static bool
is_bare(const struct stretch *s)
{
	return s->to > s->from && s->to - s->from <= BARE_MOST &&
	       at_end(s, s->to) && !is_gone(s);
}

static bool
is_chief(const struct stretch *s, const struct found *f)
{
	size_t form = f->form == NULL ? 0 : f->form->len;

	return s->to - s->from <= form + ROOM;
}

static struct stretch
stretch_of(const struct text_work *t, int side, uint32_t i0, uint32_t i1)
{
	return (struct stretch){ t->in[side]->p, t->in[side]->len,
		token_start(t, side, i0), stretch_end(t, side, i0, i1) };
}

bool
kt_modal_change(
    struct work *w, const struct hunk *h, const char **note, bool *chief)
{
	struct stretch s[2] = { stretch_of(&w->text, 0, h->a0, h->a1),
		stretch_of(&w->text, 1, h->b0, h->b1) };
	enum norm norm[2] = { PLAIN, PLAIN };
	struct found f[2];

	for (int side = 0; side < 2; side++)
		f[side] = find_form(&s[side]);
	for (int side = 0; side < 2; side++) {
		const struct found *other = &f[1 - side];

		if (f[side].form != NULL) {
			norm[side] = f[side].form->norm;
			continue;
		}
		if (other->form == NULL || !is_bare(&s[side]) ||
		    !at_end(&s[1 - side], other->at + other->form->len))
			return false;
	}
	if (norm[0] == norm[1])
		return false;
	*note = kt_note(w, names[norm[0]], strlen(names[norm[0]]),
	    names[norm[1]], strlen(names[norm[1]]));
	*chief = is_chief(&s[0], &f[0]) && is_chief(&s[1], &f[1]);
	return true;
}
