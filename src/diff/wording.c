/* SPDX-License-Identifier: MIT */
/*
 * Two texts that are no versions of one document: the same words, tokens and
 * classes as in a comparison, without the clauses around them.  References
 * answer to references whatever they name.
 */
#include "diff_int.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/diff.h>

struct kt_wording {
	struct work w;
	struct kt_changes list; /* lends its arena to notes */
	struct atom *atoms[2];
	size_t room[2];
};

struct kt_wording *
kt_wording_new(bool fine)
{
	struct kt_wording *wording = kt_calloc(1, sizeof(*wording));

	wording->w.text.fine = fine;
	wording->w.list = &wording->list;
	return wording;
}

void
kt_wording_free(struct kt_wording *wording)
{
	if (wording == NULL)
		return;
	kt_text_release(&wording->w.text);
	kt_buf_release(&wording->w.buf);
	free(wording->atoms[0]);
	free(wording->atoms[1]);
	free(wording);
}

static struct words
words_of(struct kt_wording *wording, int side, const struct kt_stretch *s)
{
	if (s->nrefs > wording->room[side]) {
		wording->room[side] = s->nrefs * 2;
		free(wording->atoms[side]);
		wording->atoms[side] =
		    kt_calloc(wording->room[side], sizeof(struct atom));
	}
	for (size_t i = 0; i < s->nrefs; i++)
		wording->atoms[side][i] =
		    (struct atom){ .start = s->refs[i].start,
			    .len = s->refs[i].len };
	return (struct words){ s->p, s->len, wording->atoms[side],
		(uint32_t)s->nrefs };
}

static void
put(struct kt_spans *out, char op, const struct hunk *h, const char *p,
    uint32_t len)
{
	if (len > 0)
		out->at[out->count++] =
		    (struct kt_span){ op, op == '=' ? KT_SC_NONE : h->class, p,
			    len, op == '=' ? "" : h->note };
}

void
kt_wording_compare(struct kt_wording *wording, struct kt_arena *arena,
    struct kt_spans *out, const struct kt_stretch *old,
    const struct kt_stretch *new)
{
	struct text_work *t = &wording->w.text;
	struct words x = words_of(wording, 0, old);
	struct words y = words_of(wording, 1, new);
	struct hunk none = { 0 };
	uint32_t at = 0;

	wording->list.arena = wording->w.arena = arena;
	kt_text_compare(&wording->w, &x, &y);
	*out = (struct kt_spans){ .at = KT_NEWN(
				      arena, struct kt_span, t->nhunks * 3 + 1),
		.replaced = t->replaced };
	for (size_t i = 0; i < t->nhunks; i++) {
		const struct hunk *h = &t->hunks[i];

		if (h->same)
			continue;
		put(out, '=', &none, x.p + at, h->a0 - at);
		put(out, '-', h, x.p + h->a0, h->a1 - h->a0);
		put(out, '+', h, y.p + h->b0, h->b1 - h->b0);
		out->flags |= h->flags;
		at = h->a1;
	}
	put(out, '=', &none, x.p + at, x.len - at);
}
