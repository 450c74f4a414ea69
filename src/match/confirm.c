/* SPDX-License-Identifier: MIT */
/*
 * The links of people, found again in the texts as they are now.  A clause
 * that was renumbered is known by its opening words; where the words changed
 * as well, by the words that come nearest to them.
 */
#include "match_int.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_LEAST 600 /* per mille of the quoted words */
#define NEAR_MARGIN 150
/* So many lines are looked for by likeness; a file with more of them that are
 * lost belongs to another text. */
#define FOLLOWED_MOST 1000

struct finder {
	struct align *a;
	const struct kt_confirmed *c;
	struct kt_diag *d;
	struct kt_buf *opening[2]; /* of each provision, folded */
	struct kt_buf quoted;
	unsigned followed;
};

/* The cells of a row are quoted with ｜ between them. */
static void
fold_opening(struct kt_buf *out, const char *p, size_t n)
{
	size_t kept = 0;

	kt_buf_clear(out);
	kt_fold(out, p, n);
	for (size_t i = 0; i < out->len; i++)
		if (out->p[i] != '|')
			out->p[kept++] = out->p[i];
	out->len = kept;
}

static void
fold_all(struct finder *f)
{
	for (int s = 0; s < 2; s++) {
		const struct side *side = &f->a->side[s];

		f->opening[s] =
		    kt_calloc((size_t)side->n + 1, sizeof(struct kt_buf));
		for (uint32_t i = 0; i < side->n; i++) {
			f->opening[s][i] = (struct kt_buf)KT_BUF_INIT;
			fold_opening(&f->opening[s][i],
			    side->p->at[i].as_written.p,
			    side->p->at[i].as_written.len);
		}
	}
}

/* Quoted words end in … when there is more; folded they are compared. */
static void
fold_quoted(struct finder *f, const char *words)
{
	size_t n = strlen(words);

	if (n >= 3 && memcmp(words + n - 3, "…", 3) == 0)
		n -= 3;
	fold_opening(&f->quoted, words, n);
}

static bool
opens_with(const struct finder *f, int s, uint32_t i)
{
	const struct kt_buf *b = &f->opening[s][i];

	return b->len >= f->quoted.len &&
	       memcmp(b->p, f->quoted.p, f->quoted.len) == 0;
}

static uint32_t
at_address(const struct finder *f, int s, const char *address)
{
	const struct kt_provisions *p = f->a->side[s].p;
	struct kt_spot spot;

	if (kt_addr_find(&spot, p->doc, address) != KT_OK)
		return NONE;
	for (const struct kt_node *n = spot.node; n != NULL;
	     n = kt_node_next(n, spot.node))
		if (p->of[n->id] != NONE)
			return p->of[n->id];
	return NONE;
}

/* The only provision that opens with these words; NONE when there are none
 * or several. */
static uint32_t
by_opening(const struct finder *f, int s)
{
	uint32_t found = NONE;

	for (uint32_t i = 0; i < f->a->side[s].n; i++)
		if (opens_with(f, s, i)) {
			if (found != NONE)
				return NONE;
			found = i;
		}
	return found;
}

/* The provision whose own words hold nearly all of those quoted, and no other
 * nearly as many. */
static uint32_t
by_likeness(struct finder *f, int s)
{
	struct align *a = f->a;
	uint32_t best = 0, second = 0, found = NONE;
	struct kt_bag quoted;

	kt_grams_add(a->grams, f->quoted.p, f->quoted.len);
	quoted = kt_grams_bag(a->grams, a->arena);
	for (uint32_t i = 0; i < a->side[s].n && quoted.weight > 0; i++) {
		uint32_t share = (uint32_t)((uint64_t)kt_grams_common(a->grams,
						&quoted, &a->side[s].bag[i]) *
					    1000 / quoted.weight);

		if (share > best) {
			second = best;
			best = share;
			found = i;
		} else if (share > second) {
			second = share;
		}
	}
	return best >= NEAR_LEAST && best >= second + NEAR_MARGIN ? found
								  : NONE;
}

static void
tell(const struct finder *f, enum kt_msg_id id,
    const struct confirmed_line *line, int s, const char *now)
{
	kt_report(f->d, .id = id, .at.file = f->c->name, .at.line = line->line,
	    .a = line->address[s], .b = now);
}

static const char *
address_at(const struct finder *f, int s, uint32_t i)
{
	return kt_addr(f->a->side[s].p->doc, f->a->side[s].p->at[i].node);
}

/* Where one side of a line leads now. */
static uint32_t
find(struct finder *f, const struct confirmed_line *line, int s)
{
	uint32_t here = at_address(f, s, line->address[s]), there;

	if (line->words[s][0] == '\0') {
		if (here == NONE)
			tell(f, KT_M_LINK_LOST, line, s, "");
		return here;
	}
	fold_quoted(f, line->words[s]);
	if (here != NONE && opens_with(f, s, here))
		return here;
	there = by_opening(f, s);
	if (there == NONE && f->followed++ < FOLLOWED_MOST)
		there = by_likeness(f, s);
	if (there == NONE) {
		tell(f, KT_M_LINK_LOST, line, s, line->words[s]);
		return NONE;
	}
	if (there == here)
		tell(f, KT_M_LINK_OTHER_WORDS, line, s, "");
	else
		tell(f, KT_M_LINK_FOLLOWED, line, s, address_at(f, s, there));
	return there;
}

static void
refuse(struct align *a, uint32_t city, uint32_t guideline)
{
	KT_GROW(a->refused, a->nrefused, a->refused_cap);
	a->refused[a->nrefused++] = (uint64_t)city << 32 | guideline;
}

static void
take(struct finder *f, const struct confirmed_line *line)
{
	uint32_t at[2] = { NONE, NONE };

	for (int s = 0; s < 2; s++) {
		if (line->address[s][0] == '\0')
			continue;
		at[s] = find(f, line, s);
		if (at[s] == NONE)
			return;
	}
	if (line->no) {
		refuse(f->a, at[0], at[1]);
		return;
	}
	for (int s = 0; s < 2; s++)
		if (at[s] != NONE)
			f->a->side[s].fixed[at[s]] = 1;
	if (!line->none)
		kt_align_link(f->a, at[0], at[1],
		    (struct edge){ .confirmed = true,
			.relation = line->relation,
			.note = line->note });
}

static int
by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

void
kt_confirm(struct align *a, const struct kt_confirmed *c, struct kt_diag *d)
{
	struct finder f = { .a = a, .c = c, .d = d, .quoted = KT_BUF_INIT };

	fold_all(&f);
	for (size_t i = 0; i < c->count; i++)
		take(&f, &c->at[i]);
	if (a->nrefused > 0)
		qsort(a->refused, a->nrefused, sizeof(*a->refused), by_value);
	for (int s = 0; s < 2; s++) {
		for (uint32_t i = 0; i < a->side[s].n; i++)
			kt_buf_release(&f.opening[s][i]);
		free(f.opening[s]);
	}
	kt_buf_release(&f.quoted);
}
