/* SPDX-License-Identifier: MIT */
/*
 * How alike two strings are: bags of character 3-grams, weighted by how rare
 * a gram is in all that was shown; and which strings of two lists come near
 * each other at all, found through rare grams only.
 *
 * All sums are of integers, so that no order of adding shows in a result.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <stdlib.h>
#include <string.h>

/* Sorted by insertion rather than by radix. */
#define FEW 48

/* From so many texts on two threads are sooner done than one. */
#define MANY 300

/* A candidate this many times fainter than the best is none. */
#define FAINT 6

struct kt_grams {
	uint16_t *seen; /* by the top bits of a gram's hash; saturating */
	bool borrowed; /* the table is the twin's */
	unsigned shift;
	uint32_t texts;
	uint32_t *fresh, *spare; /* the bag being filled */
	size_t nfresh, cap;
	size_t spare_cap;
};

struct kt_grams *
kt_grams_new(size_t bytes)
{
	struct kt_grams *g = kt_calloc(1, sizeof(*g));
	unsigned bits = 10;

	/* Three bytes a character; a table twice the distinct grams of a
	 * text that repeats itself as rules do. */
	while (bits < 20 && ((size_t)1 << bits) < bytes / 4)
		bits++;
	g->shift = 32 - bits;
	g->seen = kt_calloc((size_t)1 << bits, sizeof(*g->seen));
	return g;
}

void
kt_grams_free(struct kt_grams *g)
{
	if (g == NULL)
		return;
	if (!g->borrowed)
		free(g->seen);
	free(g->fresh);
	free(g->spare);
	free(g);
}

/* ---- grams of a string -------------------------------------------------- */

/* 24 bits, in the upper part: three passes sort them. */
static uint32_t
gram(uint32_t a, uint32_t b, uint32_t c)
{
	uint64_t x = (uint64_t)a << 42 ^ (uint64_t)b << 21 ^ c;

	x *= UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(x >> 32) & UINT32_C(0xffffff00);
}

/* A string has as many grams as characters, plus one: it is framed, so that
 * the shortest have some too. */
#define EACH_GRAM(h, p, n)                                                     \
	for (struct roll kt_r = roll_begin((p), (n)); roll_next(&kt_r, &(h));)

struct roll {
	const char *p, *end;
	uint32_t a, b;
	bool closed;
};

static struct roll
roll_begin(const char *p, size_t n)
{
	return (struct roll){ p, p + n, 1, 1, n == 0 };
}

static bool
roll_next(struct roll *r, uint32_t *h)
{
	uint32_t c = 2;
	unsigned len;

	if (r->p == r->end) {
		if (r->closed)
			return false;
		r->closed = true;
	} else {
		const unsigned char *u = (const unsigned char *)r->p;

		/* Nearly all of a Japanese text has three bytes. */
		if ((u[0] & 0xf0) == 0xe0) {
			c = (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 |
			    (u[2] & 0x3fu);
			len = 3;
		} else {
			c = kt_utf8_at(r->p, &len);
		}
		r->p += len;
	}
	*h = gram(r->a, r->b, c);
	r->a = r->b;
	r->b = c;
	return true;
}

void
kt_grams_see(struct kt_grams *g, const char *p, size_t n)
{
	uint32_t h;

	EACH_GRAM(h, p, n)
	{
		uint16_t *seen = &g->seen[h >> g->shift];

		if (*seen < UINT16_MAX)
			++*seen;
	}
}

void
kt_grams_seen(struct kt_grams *g, size_t texts)
{
	g->texts = texts > UINT32_MAX / 32 ? UINT32_MAX / 32 : (uint32_t)texts;
}

struct kt_grams *
kt_grams_twin(const struct kt_grams *g)
{
	struct kt_grams *twin = kt_calloc(1, sizeof(*twin));

	twin->shift = g->shift;
	twin->seen =
	    kt_calloc((size_t)1 << (32 - g->shift), sizeof(*twin->seen));
	return twin;
}

void
kt_grams_join(struct kt_grams *g, struct kt_grams *twin)
{
	for (size_t i = 0; i < (size_t)1 << (32 - g->shift); i++) {
		uint16_t both = (uint16_t)(g->seen[i] + twin->seen[i]);

		g->seen[i] = both < g->seen[i] ? UINT16_MAX : both;
	}
	free(twin->seen);
	twin->seen = g->seen;
	twin->texts = g->texts;
	twin->borrowed = true;
}

/* 16 · log2(x), the part after the point by a straight line. */
static uint32_t
log16(uint32_t x)
{
	uint32_t bits = 31 - (uint32_t)__builtin_clz(x);

	return bits * 16 +
	       (bits < 4 ? (x << (4 - bits)) - 16 : (x >> (bits - 4)) - 16);
}

/* 16 times the binary logarithm of one and how many texts there are to one
 * occurrence; a gram that stands in every text twice still weighs a little. */
static uint32_t
weight_of(const struct kt_grams *g, uint32_t h)
{
	uint32_t seen = g->seen[h >> g->shift];

	if (seen == 0)
		seen = 1;
	return 1 + log16(16 + 16 * g->texts / seen) - log16(16);
}

/* ---- bags --------------------------------------------------------------- */

void
kt_grams_add(struct kt_grams *g, const char *p, size_t n)
{
	uint32_t h;

	EACH_GRAM(h, p, n)
	{
		KT_GROW(g->fresh, g->nfresh, g->cap);
		g->fresh[g->nfresh++] = h;
	}
}

static void
sort_few(uint32_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint32_t x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* By radix, a byte at a time; where the result stands. */
static const uint32_t *
sort_fresh(struct kt_grams *g)
{
	uint32_t *from = g->fresh, *to;
	size_t n = g->nfresh;

	if (n <= FEW) {
		sort_few(from, n);
		return from;
	}
	if (g->spare_cap < g->cap) {
		free(g->spare);
		g->spare = kt_malloc(g->cap * sizeof(*g->spare));
		g->spare_cap = g->cap;
	}
	to = g->spare;
	for (unsigned shift = 8; shift < 32; shift += 8) {
		uint32_t at[256] = { 0 }, sum = 0;
		uint32_t *swap = from;

		for (size_t i = 0; i < n; i++)
			at[from[i] >> shift & 255]++;
		for (size_t i = 0; i < 256; i++) {
			uint32_t here = at[i];

			at[i] = sum;
			sum += here;
		}
		for (size_t i = 0; i < n; i++)
			to[at[from[i] >> shift & 255]++] = from[i];
		from = to;
		to = swap;
	}
	return from;
}

struct kt_bag
kt_grams_bag(struct kt_grams *g, struct kt_arena *arena)
{
	struct kt_bag bag = { .n = (uint32_t)g->nfresh };
	uint32_t *at;

	if (g->nfresh == 0)
		return bag;
	at = KT_NEWN(arena, uint32_t, g->nfresh);
	memcpy(at, sort_fresh(g), g->nfresh * sizeof(*at));
	for (size_t i = 0; i < g->nfresh; i++)
		bag.weight += weight_of(g, at[i]);
	bag.at = at;
	g->nfresh = 0;
	return bag;
}

uint32_t
kt_grams_common(
    const struct kt_grams *g, const struct kt_bag *a, const struct kt_bag *b)
{
	uint32_t i = 0, j = 0, sum = 0;

	while (i < a->n && j < b->n) {
		uint32_t x = a->at[i], y = b->at[j];

		if (x == y)
			sum += weight_of(g, x);
		i += x <= y;
		j += y <= x;
	}
	return sum;
}

struct kt_bag
kt_grams_rest(const struct kt_grams *g, struct kt_arena *arena,
    const struct kt_bag *a, const struct kt_bag *b)
{
	struct kt_bag rest = { 0 };
	uint32_t *at = KT_NEWN(arena, uint32_t, a->n);
	uint32_t j = 0;

	for (uint32_t i = 0; i < a->n; i++) {
		while (j < b->n && b->at[j] < a->at[i])
			j++;
		if (j < b->n && b->at[j] == a->at[i]) {
			j++;
			continue;
		}
		at[rest.n++] = a->at[i];
		rest.weight += weight_of(g, a->at[i]);
	}
	rest.at = at;
	return rest;
}

/* ---- who is near whom --------------------------------------------------- */

/* One gram of one text: the gram above, the text below. */
typedef uint64_t entry;

/* The entries of one list, in order of their grams. */
struct entries {
	const struct kt_bag *bags;
	uint32_t n; /* bags */
	entry *at;
	size_t count;
};

struct posting {
	uint32_t first, na, nb; /* texts of both lists in `who` */
};

struct finder {
	const struct kt_bag *bags[2];
	uint32_t n[2];
	uint32_t rare; /* most texts of one list that may hold a gram; no
			  share of the list, which would cost its square */
	uint32_t *who;
	struct posting *postings;
	size_t npostings;
	uint32_t *weight; /* by posting */
};

static size_t
grams_of(const struct kt_bag *bags, uint32_t n)
{
	size_t total = 0;

	for (uint32_t i = 0; i < n; i++)
		total += bags[i].n;
	return total;
}

static size_t
put_entries(entry *out, const struct kt_bag *bags, uint32_t n)
{
	size_t k = 0;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < bags[i].n; j++)
			if (j == 0 || bags[i].at[j] != bags[i].at[j - 1])
				out[k++] = (entry)bags[i].at[j] << 32 | i;
	return k;
}

/* By the gram only; stable, so texts stay in order.  One of the two arrays
 * comes back, the other is freed. */
static entry *
sort_entries(entry *v, entry *spare, size_t n)
{
	for (unsigned shift = 40; shift < 64; shift += 12) {
		uint32_t at[4096] = { 0 }, sum = 0;
		entry *swap = v;

		for (size_t i = 0; i < n; i++)
			at[v[i] >> shift & 4095]++;
		for (size_t i = 0; i < 4096; i++) {
			uint32_t here = at[i];

			at[i] = sum;
			sum += here;
		}
		for (size_t i = 0; i < n; i++)
			spare[at[v[i] >> shift & 4095]++] = v[i];
		v = spare;
		spare = swap;
	}
	free(spare);
	return v;
}

static void
make_entries(void *arg)
{
	struct entries *e = arg;
	size_t most = grams_of(e->bags, e->n);
	entry *v = kt_malloc(most * sizeof(*v));
	entry *spare = kt_malloc(most * sizeof(*spare));

	e->count = put_entries(v, e->bags, e->n);
	e->at = sort_entries(v, spare, e->count);
}

/* Where the run of equal grams that begins at i ends. */
static size_t
run_end(const struct entries *e, size_t i)
{
	uint64_t gram = e->at[i] >> 32;

	while (i < e->count && e->at[i] >> 32 == gram)
		i++;
	return i;
}

static void
put_posting(struct finder *f, uint32_t *used, const struct entries *e, size_t i,
    size_t end)
{
	for (; i < end; i++)
		f->who[(*used)++] = (uint32_t)e->at[i];
}

/* Keep the grams that stand in few texts of both lists. */
static void
keep_rare(struct finder *f, const struct kt_grams *g, const struct entries *a,
    const struct entries *b)
{
	uint32_t used = 0;

	for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
		uint64_t x = a->at[i] >> 32, y = b->at[j] >> 32;
		size_t to = x <= y ? run_end(a, i) : i;
		size_t other = y <= x ? run_end(b, j) : j;

		if (x == y && to - i <= f->rare && other - j <= f->rare) {
			f->weight[f->npostings] = weight_of(g, (uint32_t)x);
			f->postings[f->npostings++] = (struct posting){ used,
				(uint32_t)(to - i), (uint32_t)(other - j) };
			put_posting(f, &used, a, i, to);
			put_posting(f, &used, b, j, other);
		}
		i = to;
		j = other;
	}
}

/* The best few of one text; ties go to the text nearer in place. */
struct best {
	uint64_t score; /* weight in common, in thousandths of the larger */
	uint32_t distance, who;
};

static bool
better(const struct best *x, const struct best *y)
{
	if (x->score != y->score)
		return x->score > y->score;
	if (x->distance != y->distance)
		return x->distance < y->distance;
	return x->who < y->who;
}

static void
keep_best(struct best *list, unsigned *n, unsigned most, struct best x)
{
	unsigned i;

	if (*n == most) {
		if (!better(&x, &list[most - 1]))
			return;
	} else {
		++*n;
	}
	for (i = *n - 1; i > 0 && better(&x, &list[i - 1]); i--)
		list[i] = list[i - 1];
	list[i] = x;
}

/* Places are compared as shares of their lists. */
static uint32_t
distance_of(const struct finder *f, uint32_t i, uint32_t j)
{
	uint64_t x = (uint64_t)i * (f->n[1] + 1);
	uint64_t y = (uint64_t)j * (f->n[0] + 1);
	uint64_t d = x > y ? x - y : y - x;

	d /= (f->n[0] > f->n[1] ? f->n[0] : f->n[1]) + 1;
	return d > UINT32_MAX ? UINT32_MAX : (uint32_t)d;
}

struct found {
	struct kt_near *at;
	size_t n, cap;
};

/* The texts of a posting on one side. */
static const uint32_t *
texts_of(const struct finder *f, size_t posting, unsigned side, uint32_t *n)
{
	const struct posting *p = &f->postings[posting];

	*n = side == 0 ? p->na : p->nb;
	return f->who + p->first + (side == 0 ? 0 : p->na);
}

/* The postings turned round: which of them name text j of a side. */
struct named {
	uint32_t *first, *list; /* of text j: list[first[j]] … */
};

static struct named
turn_round(const struct finder *f, unsigned side)
{
	struct named t;
	uint32_t n = f->n[side], k;

	t.first = kt_calloc((size_t)n + 2, sizeof(*t.first));
	for (size_t p = 0; p < f->npostings; p++) {
		const uint32_t *who = texts_of(f, p, side, &k);

		for (uint32_t i = 0; i < k; i++)
			t.first[who[i] + 2]++;
	}
	for (uint32_t j = 0; j < n; j++)
		t.first[j + 2] += t.first[j + 1];
	t.list = kt_malloc(t.first[n + 1] * sizeof(*t.list));
	for (size_t p = 0; p < f->npostings; p++) {
		const uint32_t *who = texts_of(f, p, side, &k);

		for (uint32_t i = 0; i < k; i++)
			t.list[t.first[who[i] + 1]++] = (uint32_t)p;
	}
	return t;
}

/* What the texts of the other list have in common with the one in hand. */
struct shares {
	uint32_t *sum, *touched, n;
};

static void
add_shares(struct shares *s, const struct finder *f, unsigned from,
    const uint32_t *postings, uint32_t n)
{
	for (uint32_t e = 0; e < n; e++) {
		uint32_t k;
		const uint32_t *who = texts_of(f, postings[e], from, &k);

		for (uint32_t i = 0; i < k; i++) {
			if (s->sum[who[i]] == 0)
				s->touched[s->n++] = who[i];
			s->sum[who[i]] += f->weight[postings[e]];
		}
	}
}

/* The best of them, put out as pairs; the sums are left clean. */
static void
take_best(struct shares *s, const struct finder *f, unsigned from, uint32_t j,
    struct best *best, unsigned most, struct found *out)
{
	unsigned n = 0;

	for (uint32_t t = 0; t < s->n; t++) {
		uint32_t i = s->touched[t], a = from == 0 ? i : j;
		uint32_t b = from == 0 ? j : i;
		uint32_t wa = f->bags[0][a].weight, wb = f->bags[1][b].weight;

		keep_best(best, &n, most,
		    (struct best){
			(uint64_t)s->sum[i] * 1000 / (wa > wb ? wa : wb),
			distance_of(f, a, b), i });
		s->sum[i] = 0;
	}
	s->n = 0;
	for (unsigned t = 0; t < n; t++) {
		if (best[t].score * FAINT < best[0].score)
			break;
		KT_GROW(out->at, out->n, out->cap);
		out->at[out->n++] = from == 0
					? (struct kt_near){ best[t].who, j }
					: (struct kt_near){ j, best[t].who };
	}
}

/* One direction of the search. */
struct finding {
	const struct finder *f;
	unsigned to, most;
	struct found out;
};

/* For each text of list `to` the best of the other. */
static void
find_best(void *arg)
{
	struct finding *finding = arg;
	const struct finder *f = finding->f;
	unsigned to = finding->to, most = finding->most, from = 1 - to;
	struct named named = turn_round(f, to);
	struct best *best = kt_malloc(most * sizeof(*best));
	struct shares s = { .n = 0 };

	s.sum = kt_calloc(f->n[from], sizeof(*s.sum));
	s.touched = kt_malloc(f->n[from] * sizeof(*s.touched));
	for (uint32_t j = 0; j < f->n[to]; j++) {
		add_shares(&s, f, from, named.list + named.first[j],
		    named.first[j + 1] - named.first[j]);
		take_best(&s, f, from, j, best, most, &finding->out);
	}
	free(named.first);
	free(named.list);
	free(best);
	free(s.sum);
	free(s.touched);
}

static int
by_place(const void *x, const void *y)
{
	const struct kt_near *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

/* At once when there is enough to do for two. */
static void
in_two(const struct finder *f, void (*job)(void *), void *x, void *y)
{
	if (f->n[0] + f->n[1] >= MANY) {
		kt_both(job, x, y);
	} else {
		job(x);
		job(y);
	}
}

static void
find_postings(struct finder *f, const struct kt_grams *g)
{
	struct entries a = { .bags = f->bags[0], .n = f->n[0] };
	struct entries b = { .bags = f->bags[1], .n = f->n[1] };
	size_t n;

	in_two(f, make_entries, &a, &b);
	n = a.count + b.count;
	f->who = kt_malloc(n * sizeof(*f->who));
	f->postings = kt_malloc((n / 2 + 1) * sizeof(*f->postings));
	f->weight = kt_malloc((n / 2 + 1) * sizeof(*f->weight));
	keep_rare(f, g, &a, &b);
	free(a.at);
	free(b.at);
}

size_t
kt_grams_near(struct kt_near **out, const struct kt_grams *g,
    const struct kt_bag *a, size_t na, const struct kt_bag *b, size_t nb,
    uint32_t rare, unsigned most)
{
	struct finder f = { .bags = { a, b },
		.n = { (uint32_t)na, (uint32_t)nb },
		.rare = rare };
	struct finding new = { .f = &f, .to = 1, .most = most };
	struct finding old = { .f = &f, .to = 0, .most = most };
	struct found found;
	size_t kept = 0;

	find_postings(&f, g);
	in_two(&f, find_best, &new, &old);
	found = old.out;
	for (size_t i = 0; i < new.out.n; i++) {
		KT_GROW(found.at, found.n, found.cap);
		found.at[found.n++] = new.out.at[i];
	}
	free(new.out.at);
	if (found.n > 0)
		qsort(found.at, found.n, sizeof(*found.at), by_place);
	for (size_t i = 0; i < found.n; i++)
		if (i == 0 || by_place(&found.at[i], &found.at[i - 1]) != 0)
			found.at[kept++] = found.at[i];
	free(f.who);
	free(f.postings);
	free(f.weight);
	*out = found.at;
	return kept;
}
