/* SPDX-License-Identifier: MIT */
/*
 * Notation: what may be written in several ways and means the same, by the
 * closed lists of notation.def and by the values of numbers.
 *
 * Each list entry replaces a string by another.  Of two spellings the one
 * replaced is the one that cannot be anything else: the kanji rather than
 * the kana (及び becomes および, since および may begin in the middle of
 * another word), the long okurigana rather than the short (落とし becomes
 * 落し, since 落し is part of 下落して).  Where even that could be part of
 * another word the entry has a guard that looks at the neighbours.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "text_int.h"

/* ---- the lists ---------------------------------------------------------- */

enum list { WORD, VERB, SMALL, OKURI, OKURI_KEEP, LONG };

static const struct entry {
	enum list list;
	const char *guard; /* WORD, VERB */
	const char *endings; /* VERB */
	const char *to, *from; /* from: several, blanks between them */
} entries[] = {
#define KT_WORD(guard, to, from) { WORD, guard, "", to, from },
#define KT_VERB(endings, guard, to, from) { VERB, guard, endings, to, from },
#define KT_SMALL(to, from) { SMALL, "", "", to, from },
#define KT_OKURI(to, from) { OKURI, "", "", to, from },
#define KT_OKURI_KEEP(to, from) { OKURI_KEEP, "", "", to, from },
#define KT_LONG(from) { LONG, "", "", "", from },
#include "notation.def"
#undef KT_WORD
#undef KT_VERB
#undef KT_SMALL
#undef KT_OKURI
#undef KT_OKURI_KEEP
#undef KT_LONG
};

/* A string to be replaced.  All of the same first character stand together,
 * the longest first. */
struct variant {
	const char *from, *to, *guard;
	uint32_t first;
	uint32_t len, to_len;
};

#define SLOTS 4096 /* power of two, over twice the first characters */

struct kt_notation {
	struct kt_arena *strings; /* NULL: those of the twin, and `at` too */
	struct variant *at;
	size_t count, cap;
	struct slot {
		uint32_t first; /* 0: free */
		uint32_t begin, end;
	} slots[SLOTS];
	struct kt_buf folded; /* the text after kt_fold */
};

static struct slot *
slot_of(struct kt_notation *n, uint32_t first)
{
	size_t i = kt_hash_mix(first, 0) & (SLOTS - 1);

	while (n->slots[i].first != 0 && n->slots[i].first != first)
		i = (i + 1) & (SLOTS - 1);
	return &n->slots[i];
}

static void
add(struct kt_notation *n, const char *from, const char *to, const char *guard)
{
	unsigned len;

	KT_GROW(n->at, n->count, n->cap);
	n->at[n->count++] = (struct variant){ .from = from,
		.to = to,
		.guard = guard,
		.first = kt_utf8_at(from, &len),
		.len = (uint32_t)strlen(from),
		.to_len = (uint32_t)strlen(to) };
}

static char *
join(struct kt_notation *n, const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);
	char *both = kt_arena_alloc(n->strings, na + nb + 1);

	memcpy(both, a, na);
	memcpy(both + na, b, nb);
	return both;
}

/* The words of a list between blanks, one a call; NULL at the end. */
static const char *
next_word(struct kt_notation *n, const char **list)
{
	const char *word = *list;
	size_t len = strcspn(word, " ");

	if (len == 0)
		return NULL;
	*list += len + (word[len] == ' ');
	return kt_arena_strndup(n->strings, word, len);
}

static void
add_words(struct kt_notation *n, const struct entry *e)
{
	const char *list = e->from, *from;

	while ((from = next_word(n, &list)) != NULL)
		add(n, from, e->to, e->guard);
}

/* A stem with each of its endings, a kana each. */
static void
add_endings(struct kt_notation *n, const char *from, const char *to,
    const char *endings, const char *guard)
{
	unsigned len;

	for (const char *p = endings; *p != '\0'; p += len) {
		const char *ending;

		kt_utf8_at(p, &len);
		ending = kt_arena_strndup(n->strings, p, len);
		add(n, join(n, from, ending), join(n, to, ending), guard);
	}
}

static void
add_verb(struct kt_notation *n, const struct entry *e)
{
	const char *list = e->from, *from;

	while ((from = next_word(n, &list)) != NULL)
		add_endings(n, from, e->to, e->endings, e->guard);
}

/* あつた is あった. */
static void
add_small(struct kt_notation *n, const char *from, const char *to)
{
	add(n, join(n, from, "つた"), join(n, to, "った"), "");
	add(n, join(n, from, "つて"), join(n, to, "って"), "");
}

static void
add_smalls(struct kt_notation *n, const struct entry *e)
{
	const char *list = e->from, *from;

	while ((from = next_word(n, &list)) != NULL)
		add_small(n, from, e->to);
}

/* Where the kana at the end of a word begin. */
static const char *
tail_of(const char *word)
{
	const char *p = word + strlen(word);
	unsigned len;

	while (p > word &&
	       kt_script_of(kt_utf8_before(word, p, &len)) == KT_S_HIRAGANA)
		p -= len;
	return p;
}

/* The endings of a verb whose noun has this tail: 取締り, 引起し; 打合せ has
 * no other. */
static const char *
endings_of(const char *tail)
{
	if (strcmp(tail, "り") == 0)
		return "らりるれろっ";
	return strcmp(tail, "し") == 0 ? "さしすせそ" : tail;
}

/* A word without its kana. */
static const char *
kanji_of(struct kt_notation *n, const char *word)
{
	struct kt_buf b = KT_BUF_INIT;
	const char *kanji;
	unsigned len;

	for (const char *p = word; *p != '\0'; p += len)
		if (kt_script_of(kt_utf8_at(p, &len)) != KT_S_HIRAGANA)
			kt_buf_put(&b, p, len);
	kanji = kt_arena_strdup(n->strings, b.p);
	kt_buf_release(&b);
	return kanji;
}

/*
 * 取り扱い, officially 取扱い: the stem 取り扱 becomes 取扱 whatever follows,
 * so that the verb is found too (取り扱う, 取扱う); the noun loses its last
 * kana where a noun must end (取扱い, 取扱).  締め切り is 締切り also where
 * its stem has a kana more: 取り締まり, 取締まり, 取締り.
 */
static void
add_okuri(struct kt_notation *n, const struct entry *e)
{
	const char *full = e->from, *brief = e->to;
	const char *base = kanji_of(n, full);
	const char *long_tail = tail_of(full), *short_tail = tail_of(brief);
	const char *stem =
	    kt_arena_strndup(n->strings, full, (size_t)(long_tail - full));
	size_t more = strlen(long_tail) - strlen(short_tail);
	const char *extra = kt_arena_strndup(n->strings, long_tail, more);

	const char *endings = endings_of(short_tail);

	assert(strlen(long_tail) >= strlen(short_tail));
	add_small(n, base, base);
	if (strcmp(stem, base) != 0) {
		add(n, stem, base, "");
		add_small(n, stem, base);
	}
	if (*short_tail != '\0' && more > 0) {
		add_endings(n, join(n, stem, extra), base, endings, "");
		add_endings(n, join(n, base, extra), base, endings, "");
	}
	if (e->list == OKURI_KEEP) {
		/* Nothing within the brief form is to be replaced: 貼付け. */
		add(n, full, brief, "");
		add(n, brief, brief, "");
		return;
	}
	if (*long_tail == '\0')
		return;
	add(n, full, base, "n");
	add(n, join(n, base, long_tail), base, "n");
	if (more > 0 && *short_tail != '\0') {
		add(n, join(n, stem, short_tail), base, "n");
		add(n, join(n, base, short_tail), base, "n");
	}
}

/* サーバー is サーバ. */
static void
add_long(struct kt_notation *n, const struct entry *e)
{
	size_t len = strlen(e->from) - strlen("ー");

	add(n, e->from, kt_arena_strndup(n->strings, e->from, len), "");
}

static int
by_first_and_length(const void *x, const void *y)
{
	const struct variant *a = x, *b = y;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->len != b->len)
		return a->len > b->len ? -1 : 1;
	if (strcmp(a->from, b->from) != 0)
		return strcmp(a->from, b->from);
	/* Of the same string, what holds in fewer places is tried first. */
	return (int)strlen(b->guard) - (int)strlen(a->guard);
}

/* Sort, and note where each first character begins. */
static void
index_variants(struct kt_notation *n)
{
	size_t firsts = 0;

	qsort(n->at, n->count, sizeof(*n->at), by_first_and_length);
	for (uint32_t i = 0; i < n->count; i++) {
		struct slot *s = slot_of(n, n->at[i].first);

		if (s->first == 0) {
			*s = (struct slot){ n->at[i].first, i, i };
			firsts++;
		}
		s->end = i + 1;
	}
	/* A search ends at a free slot: there must be many. */
	assert(firsts <= SLOTS / 2);
	(void)firsts;
}

struct kt_notation *
kt_notation_new(void)
{
	struct kt_notation *n = kt_calloc(1, sizeof(*n));

	n->strings = kt_arena_new();
	n->folded = (struct kt_buf)KT_BUF_INIT;
	for (size_t i = 0; i < KT_COUNT(entries); i++)
		switch (entries[i].list) {
		case WORD:
			add_words(n, &entries[i]);
			break;
		case VERB:
			add_verb(n, &entries[i]);
			break;
		case SMALL:
			add_smalls(n, &entries[i]);
			break;
		case OKURI:
		case OKURI_KEEP:
			add_okuri(n, &entries[i]);
			break;
		case LONG:
			add_long(n, &entries[i]);
			break;
		}
	index_variants(n);
	return n;
}

struct kt_notation *
kt_notation_twin(const struct kt_notation *n)
{
	struct kt_notation *twin = kt_malloc(sizeof(*twin));

	*twin = *n;
	twin->strings = NULL;
	twin->folded = (struct kt_buf)KT_BUF_INIT;
	return twin;
}

void
kt_notation_free(struct kt_notation *n)
{
	if (n == NULL)
		return;
	if (n->strings != NULL)
		free(n->at);
	kt_arena_free(n->strings);
	kt_buf_release(&n->folded);
	free(n);
}

/* ---- guards ------------------------------------------------------------- */

/* What may stand behind a noun whose last kana are left out.  Not what also
 * continues the verb: 受渡しせず is not 受渡せず. */
static const char *const behind_noun[] = { "を", "が", "は", "に", "の", "と",
	"で", "へ", "も", "や", "から", "まで", "より", "す", "し", "または",
	"および", "ならびに", "もしくは", "など", "ごと", "だけ", "のみ",
	"ほど" };

/* Words in kanji that join, and so begin a new word. */
static const char *const joining[] = { "及び", "又は", "並びに", "若しくは" };

static bool
noun_ends(const struct kt_cursor *c)
{
	unsigned len;
	uint32_t next = kt_cursor_at(c, &len);

	return len == 0 || kt_script_of(next) != KT_S_HIRAGANA ||
	       kt_cursor_sees_any(c, behind_noun, KT_COUNT(behind_noun));
}

/* One letter of a guard; see the head of notation.def. */
static bool
stands(char guard, const struct kt_cursor *at, const struct kt_cursor *behind)
{
	unsigned len;
	uint32_t before = kt_cursor_before(at);
	uint32_t next = kt_cursor_at(behind, &len);
	bool begins = at->p == at->begin;

	switch (guard) {
	case 'k':
		return begins || kt_script_of(before) != KT_S_KANJI;
	case 'h':
		return begins || kt_script_of(before) != KT_S_HIRAGANA;
	case 't':
		return begins || kt_script_of(before) != KT_S_KATAKANA;
	case 'a':
		return !begins && (kt_script_of(before) == KT_S_KANJI ||
				      kt_script_of(before) == KT_S_KATAKANA);
	case 'o':
		return !kt_cursor_follows(at, "その");
	case 'i':
		return before == 0x3057 || before == 0x308a; /* し り */
	case 'd':
		return before == 0x65e5; /* 日 */
	case 'e':
		return before == 0x308b || before == 0x305f ||
		       before == 0x306e; /* る た の */
	case 's':
		return begins || kt_script_of(before) == KT_S_PUNCT;
	case 'K':
		return len == 0 || kt_script_of(next) != KT_S_KANJI ||
		       kt_cursor_sees_any(behind, joining, KT_COUNT(joining));
	case 'H':
		return len > 0 && kt_script_of(next) == KT_S_HIRAGANA;
	case 'J':
		return len > 0 && kt_script_of(next) == KT_S_KANJI;
	case 'n':
		return noun_ends(behind);
	}
	assert(!"a guard that notation.def explains");
	return false;
}

static bool
guarded(const struct variant *v, const struct kt_cursor *c)
{
	struct kt_cursor behind = { c->begin, c->p + v->len, c->end };

	for (const char *g = v->guard; *g != '\0'; g++)
		if (!stands(*g, c, &behind))
			return false;
	return true;
}

/* ---- folding ------------------------------------------------------------ */

static const struct variant *
find(struct kt_notation *n, const struct kt_cursor *c, uint32_t first)
{
	const struct slot *s = slot_of(n, first);
	size_t left = (size_t)(c->end - c->p);

	if (s->first == 0)
		return NULL;
	for (uint32_t i = s->begin; i < s->end; i++) {
		const struct variant *v = &n->at[i];

		if (v->len <= left && memcmp(c->p, v->from, v->len) == 0 &&
		    guarded(v, c))
			return v;
	}
	return NULL;
}

/* ⑴ is (1): a label that running text refers to. */
static bool
put_bracketed(struct kt_buf *out, uint32_t c)
{
	if (c < 0x2474 || c > 0x2487)
		return false;
	kt_buf_printf(out, "(%u)", (unsigned)(c - 0x2474 + 1));
	return true;
}

void
kt_fold_notation(
    struct kt_notation *n, struct kt_buf *out, const char *p, size_t size)
{
	struct kt_cursor c;
	enum kt_quantity kind;
	unsigned len;

	kt_buf_clear(&n->folded);
	kt_fold(&n->folded, p, size);
	c = (struct kt_cursor){ n->folded.p, n->folded.p,
		n->folded.p + n->folded.len };
	while (c.p < c.end) {
		uint32_t first = kt_cursor_at(&c, &len);
		const struct variant *v;
		size_t used;

		used = kt_quantity_read(out, &kind, c.begin, c.p, c.end);
		if (used > 0) {
			c.p += used;
		} else if ((v = find(n, &c, first)) != NULL) {
			kt_buf_put(out, v->to, v->to_len);
			c.p += v->len;
		} else {
			if (!put_bracketed(out, first))
				kt_buf_put(out, c.p, len);
			c.p += len;
		}
	}
}
