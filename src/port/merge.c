/* SPDX-License-Identifier: MIT */
/*
 * Three-way on words: base is the guideline's old wording, theirs its new one,
 * both in the city's words, ours the city's.  A stretch of base is replaced
 * where ours has it in the same surroundings; where it stands only once in
 * both, one side of them will do.  All of a provision or nothing.
 */
#include "port_int.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that must be the same on a side: two characters. */
#define AROUND 6
#define SEVERAL 3 /* changes */
#define REWRITTEN 400 /* per mille of one wording that the other has not */
#define ONE 3 /* bytes of a character */
#define MOST_AROUND 24
/* Bytes of an ending that says something by itself: しなければならない. */
#define ENDING 15

/* What the two texts have in common, in order. */
struct block {
	uint32_t a, b, len;
	bool soft_before, soft_behind; /* only notation or a reference is
					  between it and the next one */
};

struct alignment {
	const struct kt_stretch *x, *y;
	struct block *at;
	size_t n;
	bool same; /* nothing but notation and references differ */
};

/* One change from base to theirs. */
struct hunk {
	uint32_t a0, a1, b0, b1;
};

enum fit { FIT_NO, FIT_CLEAN, FIT_THERE, FIT_BOTH };

/* ---- alignments --------------------------------------------------------- */

static bool
is_soft(const struct kt_span *s)
{
	return s->class == KT_SC_NOTATION || s->class == KT_SC_REF_FOLLOWED;
}

static void
align(struct port *p, struct kt_arena *arena, struct alignment *out,
    const struct kt_stretch *x, const struct kt_stretch *y)
{
	struct kt_spans spans;
	uint32_t a = 0, b = 0;
	bool soft = false, hard = true;

	kt_wording_compare(p->fine, arena, &spans, x, y);
	*out = (struct alignment){ .x = x, .y = y, .same = true };
	out->at = KT_NEWN(arena, struct block, spans.count + 1);
	for (size_t i = 0; i < spans.count; i++) {
		const struct kt_span *s = &spans.at[i];

		if (s->op == '=') {
			if (out->n > 0)
				out->at[out->n - 1].soft_behind = soft && !hard;
			out->at[out->n++] = (struct block){ a, b, s->len,
				soft && !hard, false };
			a += s->len;
			b += s->len;
			soft = hard = false;
			continue;
		}
		soft = soft || is_soft(s);
		hard = hard || !is_soft(s);
		out->same = out->same && is_soft(s);
		if (s->op == '-')
			a += s->len;
		else
			b += s->len;
	}
}

static bool
is_noun(uint32_t c)
{
	enum kt_script s = kt_script_of(c);

	return s == KT_S_KANJI || s == KT_S_KATAKANA || s == KT_S_LATIN ||
	       s == KT_S_DIGIT;
}

static bool
noun_before(const struct kt_stretch *in, uint32_t at)
{
	unsigned len;

	return at > 0 && is_noun(kt_utf8_before(in->p, in->p + at, &len));
}

static bool
noun_at(const struct kt_stretch *in, uint32_t at)
{
	unsigned len;

	return at < in->len && is_noun(kt_utf8_at(in->p + at, &len));
}

static bool
is_digit(const struct kt_stretch *in, uint32_t at, uint32_t end)
{
	unsigned len;

	return at < end &&
	       kt_script_of(kt_utf8_at(in->p + at, &len)) == KT_S_DIGIT;
}

/* Something by itself, not an ending that stands everywhere. */
static bool
has_content(const char *p, uint32_t n)
{
	const char *end = p + n;
	unsigned len;

	for (; p < end; p += len)
		if (is_noun(kt_utf8_at(p, &len)))
			return true;
	return false;
}

/* Nothing but how strongly it binds: するよう努め, することが望ましい. */
static bool
is_norm(const char *p, uint32_t n)
{
	static const char *const signs[] = { "努", "望", "可", "能", "妨" };
	const char *end = p + n;
	unsigned len;

	for (; p < end; p += len) {
		bool known = kt_script_of(kt_utf8_at(p, &len)) == KT_S_HIRAGANA;

		for (size_t i = 0; i < KT_COUNT(signs) && !known; i++)
			known = memcmp(p, signs[i], len) == 0;
		if (!known)
			return false;
	}
	return true;
}

static bool
stops(const struct kt_stretch *in, uint32_t at)
{
	return in->len - at >= 3 && memcmp(in->p + at, "。", 3) == 0;
}

/* Of a change of nothing but the ending all of the ending: し → するよう努め is
 * しなければならない → するよう努めなければならない. */
static void
widen_ending(struct hunk *h, const struct kt_stretch *x,
    const struct kt_stretch *y, uint32_t most)
{
	uint32_t end = h->a1;
	unsigned len;

	if (!is_norm(x->p + h->a0, h->a1 - h->a0) ||
	    !is_norm(y->p + h->b0, h->b1 - h->b0))
		return;
	while (end < most &&
	       kt_script_of(kt_utf8_at(x->p + end, &len)) == KT_S_HIRAGANA)
		end += len;
	if (stops(x, end)) {
		h->b1 += end - h->a1;
		h->a1 = end;
	}
}

/* A word inside a compound stands for all of it: 保存計画 → 記録保存装置 is one
 * replacement, not two.  Numbers are words by themselves. */
static void
widen(struct hunk *h, const struct kt_stretch *x, const struct kt_stretch *y,
    uint32_t least, uint32_t most)
{
	unsigned len;

	if (is_digit(x, h->a0, h->a1) || is_digit(y, h->b0, h->b1))
		return;
	if (noun_at(x, h->a0) || noun_at(y, h->b0))
		while (h->a0 > least && noun_before(x, h->a0)) {
			kt_utf8_before(x->p, x->p + h->a0, &len);
			h->a0 -= len;
			h->b0 -= len;
		}
	if (noun_before(x, h->a1) || noun_before(y, h->b1))
		while (h->a1 < most && noun_at(x, h->a1)) {
			kt_utf8_at(x->p + h->a1, &len);
			h->a1 += len;
			h->b1 += len;
		}
}

/* Hunks that grew into each other are one. */
static size_t
join_hunks(struct hunk *v, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && v[i].a0 <= v[kept - 1].a1 &&
		    v[i].b0 <= v[kept - 1].b1) {
			v[kept - 1].a1 = v[i].a1;
			v[kept - 1].b1 = v[i].b1;
		} else {
			v[kept++] = v[i];
		}
	}
	return kept;
}

/* Changes of meaning from base to theirs. */
static size_t
list_hunks(struct port *p, struct kt_arena *arena, struct hunk **out,
    const struct kt_stretch *x, const struct kt_stretch *y)
{
	struct kt_spans spans;
	uint32_t a = 0, b = 0;
	size_t n = 0;

	kt_wording_compare(p->fine, arena, &spans, x, y);
	*out = KT_NEWN(arena, struct hunk, spans.count + 1);
	for (size_t i = 0; i < spans.count; i++) {
		const struct kt_span *s = &spans.at[i];
		bool more = i > 0 && s->op == '+' && spans.at[i - 1].op == '-';

		if (s->op != '=' && !is_soft(s)) {
			if (!more || n == 0)
				(*out)[n++] = (struct hunk){ a, a, b, b };
			if (s->op == '-')
				(*out)[n - 1].a1 = a + s->len;
			else
				(*out)[n - 1].b1 = b + s->len;
		}
		a += s->op != '+' ? s->len : 0;
		b += s->op != '-' ? s->len : 0;
	}
	for (size_t i = 0; i < n; i++) {
		uint32_t most = i + 1 < n ? (*out)[i + 1].a0 : x->len;

		widen(&(*out)[i], x, y, i == 0 ? 0 : (*out)[i - 1].a1, most);
		widen_ending(&(*out)[i], x, y, most);
	}
	return join_hunks(*out, n);
}

bool
kt_port_is_form(struct port *p, const struct job *job)
{
	struct kt_arena *arena = kt_arena_new();
	struct kt_stretch was, is;
	struct hunk *hunks;
	size_t n;

	was = kt_provisions_join(arena, p->from, job->old, job->nold, true);
	is = kt_provisions_join(arena, p->to, job->new, job->nnew, true);
	n = list_hunks(p, arena, &hunks, &was, &is);
	kt_arena_free(arena);
	return n == 0 && !job->divided && !job->united &&
	       (job->flags & (KT_FL_REF_RETARGETED | KT_FL_REF_DANGLING)) == 0;
}

/* ---- where a stretch stands --------------------------------------------- */

static size_t
count(const struct kt_stretch *in, const char *p, uint32_t n)
{
	size_t found = 0;

	for (uint32_t i = 0; n > 0 && i + n <= in->len; i++)
		found += memcmp(in->p + i, p, n) == 0;
	return found;
}

bool
kt_port_names_clause(const char *p, size_t n)
{
	const char *begin = p, *end = p + n;
	unsigned len;

	for (; p < end; p += len) {
		uint32_t c = kt_utf8_at(p, &len), before;
		struct kt_num num;
		size_t k;

		if (c >= 0x2460 && c <= 0x2473) /* ① to ⑳ */
			return true;
		k = kt_num_read(&num, p, (size_t)(end - p));
		if (k > 0 &&
		    (num.form == KT_F_PAREN || num.form == KT_F_PAREN_WIDE ||
			num.form == KT_F_DOTTED))
			return true;
		if (k == 0 || num.form != KT_F_ARABIC || p == begin)
			continue;
		before = kt_utf8_before(begin, p, &len);
		kt_utf8_at(p, &len);
		if (before == 0x7b2c) /* 第 */
			return true;
	}
	return false;
}

/* 当該, 各: kanji before a word that are none of it. */
static bool
is_pointer(const struct kt_stretch *in, uint32_t at)
{
	static const char *const words[] = { "当該", "各", "同", "本" };

	for (size_t i = 0; i < KT_COUNT(words); i++) {
		size_t n = strlen(words[i]);

		if (at >= n && memcmp(in->p + at - n, words[i], n) == 0)
			return true;
	}
	return false;
}

/* Would a word be cut out of a longer one: 管理 of 物品管理者? */
static bool
cuts_word(const struct kt_stretch *in, uint32_t from, uint32_t to, bool left,
    bool right)
{
	unsigned len;

	if (from == to)
		return false;
	return (left && from > 0 && !is_pointer(in, from) &&
		   is_noun(kt_utf8_before(in->p, in->p + from, &len)) &&
		   is_noun(kt_utf8_at(in->p + from, &len))) ||
	       (right && to < in->len &&
		   is_noun(kt_utf8_at(in->p + to, &len)) &&
		   is_noun(kt_utf8_before(in->p, in->p + to, &len)));
}

static bool
ends_sentence(const char *p, uint32_t n)
{
	return n == 0 || p[n - 1] == '\n' ||
	       (n >= 3 && memcmp(p + n - 3, "。", 3) == 0);
}

/* Is a place between two equal stretches of text one for new words? */
static bool
takes_words(const struct alignment *al, const struct block *k, uint32_t at,
    bool sentence)
{
	uint32_t left = at - k->a, right = k->a + k->len - at;
	uint32_t here = k->b + left;

	if (left >= AROUND && right >= AROUND)
		return true;
	/* Whole sentences go between sentences. */
	return sentence && (left >= AROUND || right >= AROUND) &&
	       ends_sentence(al->x->p, at) && ends_sentence(al->y->p, here);
}

/* What a stretch is to become, or became. */
struct other {
	const char *p;
	uint32_t len;
};

/* Does a stretch of x stand once in both, and say something by itself: a word
 * with meaning, or the ending of the only sentence, of which nothing else
 * changes? */
static bool
stands_once(
    const struct alignment *al, uint32_t a0, uint32_t a1, struct other other)
{
	const char *word = al->x->p + a0;

	return (has_content(word, a1 - a0) ||
		   (a1 - a0 >= ENDING && stops(al->x, a1) &&
		       is_norm(other.p, other.len) &&
		       count(al->y, "。", 3) == 1)) &&
	       count(al->y, word, a1 - a0) == 1 &&
	       count(al->x, word, a1 - a0) == 1;
}

/* Are two characters on one side of a stretch and one on the other enough? They
 * are where these with it stand once in both. */
static bool
is_plain_place(
    const struct alignment *al, const struct block *k, uint32_t a0, uint32_t a1)
{
	uint32_t left = a0 - k->a, right = k->a + k->len - a1, from, n;

	if (left < ONE || right < ONE || (left < AROUND && right < AROUND))
		return false;
	from = left > MOST_AROUND ? a0 - MOST_AROUND : k->a;
	n = (right > MOST_AROUND ? a1 + MOST_AROUND : k->a + k->len) - from;
	return count(al->x, al->x->p + from, n) == 1 &&
	       count(al->y, al->x->p + from, n) == 1;
}

/* Did y have the words of x between two others that stand side by side there?
 * That nothing is there must be seen on both sides. */
static bool
is_closed(const struct alignment *al, const struct block *k, uint32_t at)
{
	uint32_t left = at - k->a, right = k->a + k->len - at;
	uint32_t here = k->b + left;

	return (left >= AROUND || (at == 0 && here == 0)) &&
	       (right >= AROUND || (at == al->x->len && here == al->y->len));
}

/* The place in y of a stretch of x. */
static bool
finds(const struct alignment *al, uint32_t a0, uint32_t a1, struct other other,
    bool became, uint32_t *here)
{
	bool only = stands_once(al, a0, a1, other);
	bool sentence = ends_sentence(other.p, other.len);

	for (size_t i = 0; i < al->n; i++) {
		const struct block *k = &al->at[i];
		uint32_t end = k->a + k->len;
		bool left, right;

		if (a0 < k->a || a1 > end)
			continue;
		*here = k->b + (a0 - k->a);
		if (a0 == a1) {
			if (became ? is_closed(al, k, a0)
				   : takes_words(al, k, a0, sentence))
				return true;
			continue;
		}
		left = a0 - k->a >= AROUND || (a0 == k->a && k->soft_before) ||
		       (a0 == 0 && *here == 0);
		right = end - a1 >= AROUND || (a1 < end && stops(al->x, a1)) ||
			(a1 == end && k->soft_behind) ||
			(a1 == al->x->len && *here + (a1 - a0) == al->y->len);
		if (cuts_word(
			al->y, *here, *here + (a1 - a0), a0 == k->a, a1 == end))
			continue;
		if ((left && right) || ((left || right) && only) ||
		    is_plain_place(al, k, a0, a1))
			return true;
	}
	return false;
}

/* ---- one provision of the city's ---------------------------------------- */

struct merging {
	struct port *p;
	struct kt_arena *arena; /* for this job */
	struct kt_stretch base, theirs;
	struct hunk *hunks;
	size_t nhunks;
	const uint32_t *city;
	uint32_t ncity;
	struct alignment *old, *new; /* of each of them */
	struct edit *edits;
	size_t nedits;
};

static enum fit
fit(const struct merging *m, const struct hunk *h, uint32_t k, uint32_t *here)
{
	struct other was = { m->base.p + h->a0, h->a1 - h->a0 };
	struct other is = { m->theirs.p + h->b0, h->b1 - h->b0 };
	uint32_t at;
	bool clean = finds(&m->old[k], h->a0, h->a1, is, false, here), there;

	if (clean && h->a0 == h->a1)
		return FIT_CLEAN;
	there = finds(&m->new[k], h->b0, h->b1, was, true, &at);
	if (clean)
		return there && h->b0 < h->b1 ? FIT_BOTH : FIT_CLEAN;
	return there ? FIT_THERE : FIT_NO;
}

/* The piece of a provision that holds a stretch of its wording. */
static const struct kt_piece *
piece_of(const struct kt_provision *v, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < v->npieces; i++)
		if (v->pieces[i].start <= from &&
		    to <= v->pieces[i].start + v->pieces[i].len)
			return &v->pieces[i];
	return NULL;
}

static bool
is_plain(const struct kt_node *n)
{
	for (uint16_t i = 0; i < n->nmarks; i++)
		if (kt_mark_shows(&n->marks[i]))
			return false;
	return true;
}

static bool
overlaps(const struct edit *list, size_t n, const struct edit *e)
{
	for (size_t i = 0; i < n; i++)
		if (!list[i].caption && list[i].node == e->node &&
		    e->start <= list[i].start + list[i].len &&
		    list[i].start <= e->start + e->len)
			return true;
	return false;
}

/* KT_WHY_WORDS when the edit can be made. */
static enum kt_proposal_why
add_edit(struct merging *m, const struct hunk *h, uint32_t k, uint32_t here)
{
	const struct kt_provision *v = &m->p->city->at[m->city[k]];
	uint32_t len = h->a1 - h->a0;
	const struct kt_piece *piece = piece_of(v, here, here + len);
	struct edit e = { .len = len };

	if (kt_port_names_clause(m->theirs.p + h->b0, h->b1 - h->b0))
		return KT_WHY_REFERENCE;
	if (piece == NULL ||
	    memchr(m->theirs.p + h->b0, '\n', h->b1 - h->b0) != NULL ||
	    memchr(m->theirs.p + h->b0, '\t', h->b1 - h->b0) != NULL)
		return KT_WHY_OTHER_WORDS;
	if (!is_plain(piece->node))
		return KT_WHY_MARKS;
	e.node = piece->node;
	e.start = here - piece->start;
	e.text =
	    kt_arena_strndup(m->p->arena, m->theirs.p + h->b0, h->b1 - h->b0);
	if (overlaps(m->p->edits, m->p->nedits, &e))
		return KT_WHY_OVERLAP;
	m->edits[m->nedits++] = e;
	return KT_WHY_WORDS;
}

/* Where one change goes: applied, present, or why not. */
static enum kt_outcome
place(struct merging *m, const struct hunk *h, enum kt_proposal_why *why)
{
	uint32_t clean = NONE, at = 0, here;
	bool there = false, several = false;

	for (uint32_t k = 0; k < m->ncity; k++) {
		enum fit f = fit(m, h, k, &here);

		there = there || f == FIT_THERE;
		if (f != FIT_CLEAN && f != FIT_BOTH)
			continue;
		several = clean != NONE || f == FIT_BOTH;
		if (several)
			break;
		clean = k;
		at = here;
	}
	/* Old words in one clause, new ones in another: which is meant? */
	if (several || (clean != NONE && there)) {
		*why = KT_WHY_SEVERAL;
		return KT_OUT_CONFLICT;
	}
	if (clean == NONE) {
		*why = there ? KT_WHY_SAYS_SO : KT_WHY_OTHER_WORDS;
		return there ? KT_OUT_PRESENT : KT_OUT_CONFLICT;
	}
	*why = add_edit(m, h, clean, at);
	return *why == KT_WHY_WORDS ? KT_OUT_APPLIED : KT_OUT_CONFLICT;
}

/* ---- the whole ---------------------------------------------------------- */

static int
by_start(const void *x, const void *y)
{
	const struct edit *a = x, *b = y;

	return a->start < b->start ? -1 : a->start > b->start;
}

/* The city's wording with the edits of this job. */
static const char *
edited(struct merging *m)
{
	struct kt_buf out = KT_BUF_INIT;
	const char *made;

	if (m->nedits > 0)
		qsort(m->edits, m->nedits, sizeof(*m->edits), by_start);
	for (uint32_t k = 0; k < m->ncity; k++) {
		const struct kt_provision *v = &m->p->city->at[m->city[k]];
		uint32_t at = 0;

		if (k > 0)
			kt_buf_putc(&out, '\n');
		for (size_t i = 0; i < v->npieces; i++)
			for (size_t e = 0; e < m->nedits; e++) {
				const struct edit *edit = &m->edits[e];
				uint32_t from =
				    v->pieces[i].start + edit->start;

				if (edit->node != v->pieces[i].node)
					continue;
				kt_buf_put(
				    &out, v->as_written.p + at, from - at);
				kt_buf_puts(&out, edit->text);
				at = from + edit->len;
			}
		kt_buf_put(&out, v->as_written.p + at, v->as_written.len - at);
	}
	made = kt_arena_strndup(m->p->arena, out.p, out.len);
	kt_buf_release(&out);
	return made;
}

static void
keep_edits(struct merging *m)
{
	for (size_t i = 0; i < m->nedits; i++) {
		struct port *p = m->p;

		KT_GROW(p->edits, p->nedits, p->edits_cap);
		m->edits[i].proposal = p->out->count - 1;
		p->edits[p->nedits++] = m->edits[i];
	}
}

static void
quote(struct kt_buf *out, const struct kt_span *s)
{
	kt_buf_puts(out, "「");
	if (s != NULL)
		kt_buf_put(out, s->text, s->len);
	kt_buf_puts(out, "」");
}

/* The words that were replaced, as the city writes them, for people. */
static const char *
detail_of(struct merging *m)
{
	struct kt_buf out = KT_BUF_INIT;
	struct kt_spans spans;
	const char *made;

	kt_wording_compare(m->p->shown, m->arena, &spans, &m->base, &m->theirs);
	for (size_t i = 0; i < spans.count && out.len < 300; i++) {
		const struct kt_span *s = &spans.at[i], *next = s + 1;
		bool both =
		    s->op == '-' && i + 1 < spans.count && next->op == '+';

		if (s->op == '=' || is_soft(s))
			continue;
		if (out.len > 0)
			kt_buf_puts(&out, "、");
		quote(&out, s->op == '-' ? s : NULL);
		kt_buf_puts(&out, "→");
		quote(&out, s->op == '+' ? s : both ? next : NULL);
		i += both;
	}
	made = kt_arena_strndup(m->p->arena, out.p, out.len);
	kt_buf_release(&out);
	return made;
}

/* Several changes, and little of the old wording left: what is carried over
 * word by word may be another clause. */
static bool
is_rewritten(const struct merging *m, const struct job *job)
{
	uint64_t gone = 0, came = 0;

	for (size_t i = 0; i < m->nhunks; i++) {
		gone += m->hunks[i].a1 - m->hunks[i].a0;
		came += m->hunks[i].b1 - m->hunks[i].b0;
	}
	return kt_port_is_exchanged(
		   &m->base, &m->theirs, job->fate == KT_MOVED) ||
	       (m->nhunks >= SEVERAL &&
		   (gone * 1000 > (uint64_t)m->base.len * REWRITTEN ||
		       came * 1000 > (uint64_t)m->theirs.len * REWRITTEN));
}

/* Is the link too doubtful for what is to be done over it? */
static bool
is_unsure(const struct merging *m, const struct job *job)
{
	enum kt_doubt doubt = kt_port_doubt(m->p, job);
	bool inserts = false;

	for (size_t i = 0; i < m->nhunks; i++)
		inserts = inserts || m->hunks[i].a0 == m->hunks[i].a1;
	return doubt == KT_DOUBT_RIVAL ||
	       (doubt == KT_DOUBT_FAINT && inserts) ||
	       kt_port_is_anothers(m->p, job, m->city, m->ncity) ||
	       kt_port_is_misplaced(
		   m->p, job->old, job->nold, m->city, m->ncity);
}

/* That words are not there says nothing of a clause that never had them. */
static bool
takes_out_only(const struct merging *m)
{
	for (size_t i = 0; i < m->nhunks; i++)
		if (m->hunks[i].b0 < m->hunks[i].b1)
			return false;
	return m->nhunks > 0;
}

static void
judge(struct merging *m, const struct job *job)
{
	enum kt_outcome all = KT_OUT_PRESENT;
	enum kt_proposal_why why = KT_WHY_SAYS_SO, reason = KT_WHY_SAYS_SO;
	struct kt_proposal *out;

	if (m->nhunks == 0)
		reason = (job->flags & KT_FL_NOTATION) != 0 ? KT_WHY_NOTATION
							    : KT_WHY_PLACE;
	if ((job->flags & (KT_FL_REF_RETARGETED | KT_FL_REF_DANGLING)) != 0) {
		all = KT_OUT_CONFLICT;
		reason = KT_WHY_REFERENCE;
	}
	if (is_rewritten(m, job)) {
		all = KT_OUT_CONFLICT;
		reason = KT_WHY_REWRITTEN;
	}
	if (job->divided || job->united) {
		all = KT_OUT_CONFLICT;
		reason = job->divided ? KT_WHY_DIVIDED : KT_WHY_UNITED;
	}
	for (size_t i = 0; i < m->nhunks && all != KT_OUT_CONFLICT; i++) {
		enum kt_outcome one = place(m, &m->hunks[i], &why);

		if (one == KT_OUT_CONFLICT ||
		    (one == KT_OUT_APPLIED && all == KT_OUT_PRESENT)) {
			all = one;
			reason = why;
		}
	}
	if ((all == KT_OUT_APPLIED ||
		(all == KT_OUT_PRESENT && takes_out_only(m))) &&
	    is_unsure(m, job)) {
		all = KT_OUT_CONFLICT;
		reason = KT_WHY_DOUBT;
	}
	if (all != KT_OUT_APPLIED)
		m->nedits = 0;
	out = kt_port_put(m->p, job, all, reason);
	out->detail = detail_of(m);
	out->guideline_old = m->base.p;
	out->guideline_new = m->theirs.p;
	kt_port_show(m->p, out, m->city, m->ncity, edited(m));
	keep_edits(m);
}

void
kt_port_merge(
    struct port *p, const struct job *job, const uint32_t *city, uint32_t ncity)
{
	struct merging m = {
		.p = p, .arena = kt_arena_new(), .city = city, .ncity = ncity
	};

	m.base =
	    kt_provisions_join(p->arena, p->from, job->old, job->nold, true);
	m.theirs =
	    kt_provisions_join(p->arena, p->to, job->new, job->nnew, true);
	m.nhunks = list_hunks(p, m.arena, &m.hunks, &m.base, &m.theirs);
	m.old = KT_NEWN(m.arena, struct alignment, ncity);
	m.new = KT_NEWN(m.arena, struct alignment, ncity);
	m.edits = KT_NEWN(m.arena, struct edit, m.nhunks);
	for (uint32_t k = 0; k < ncity; k++) {
		const struct kt_stretch *ours =
		    &p->city->at[city[k]].as_written;

		align(p, m.arena, &m.old[k], &m.base, ours);
		align(p, m.arena, &m.new[k], &m.theirs, ours);
	}
	judge(&m, job);
	kt_arena_free(m.arena);
}
