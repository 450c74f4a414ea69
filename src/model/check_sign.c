/* SPDX-License-Identifier: MIT */
/*
 * Lint of signs: brackets that do not close, characters that only look like
 * the right ones (力 in カタカナ, － for ー), half-width katakana.
 */
#include "check_int.h"

#include <string.h>

/* Brackets inside each other that are told apart. */
#define DEPTH_MOST 32
/* How much of the text behind a bracket is quoted. */
#define QUOTE_MOST 30

/* ---- brackets ------------------------------------------------------------ */

static const struct {
	uint32_t open, close;
	bool half; /* 1) is no bracket that closes nothing */
} pairs[] = {
	{ 0xff08, 0xff09, false }, /* （ ） */
	{ '(', ')', true }, { 0x300c, 0x300d, false }, /* 「 」 */
	{ 0x300e, 0x300f, false }, /* 『 』 */
	{ 0x3010, 0x3011, false }, /* 【 】 */
	{ 0x3014, 0x3015, false }, /* 〔 〕 */
	{ 0xff3b, 0xff3d, false }, /* ［ ］ */
};

#define QUOTE 2 /* place of 「 」 in the list */

/* （ and ( close each other: widths are mixed, which is no missing end. */
static unsigned
shape(size_t pair)
{
	return pair == 1 ? 0 : (unsigned)pair;
}

static void
found_bracket(struct kt_checker *c, enum kt_msg_id id,
    const struct kt_node *node, uint32_t at)
{
	char sign[8];
	unsigned len;
	size_t n = 0;

	kt_utf8_at(node->text + at, &len);
	memcpy(sign, node->text + at, len);
	sign[len] = '\0';
	while (at + n < node->len && n < QUOTE_MOST) {
		kt_utf8_at(node->text + at + n, &len);
		n += len;
	}
	kt_found_at(c, id, node, at, sign,
	    kt_arena_strndup(c->arena, node->text + at, n));
}

struct open {
	uint32_t at;
	unsigned shape;
};

/* The first bracket of a text that has no other end. */
struct fault {
	const struct kt_node *node; /* NULL = none */
	enum kt_msg_id id;
	uint32_t at;
	unsigned shape;
};

/* A closing bracket of a pair: the nearest of its shape that is open ends;
 * what is open inside of it has no end.  False when *f is a fault. */
static bool
close_one(
    struct fault *f, struct open *open, size_t *n, size_t pair, uint32_t at)
{
	size_t i = *n;

	while (i > 0 && open[i - 1].shape != shape(pair))
		i--;
	if (i > 0 && i == *n) {
		*n = i - 1;
		return true;
	}
	/* 1) and a) */
	if (i == 0 && *n == 0 && pairs[pair].half)
		return true;
	f->id = i == 0 ? KT_M_BRACKET_UNOPENED : KT_M_BRACKET_UNCLOSED;
	f->at = i == 0 ? at : open[*n - 1].at;
	f->shape = i == 0 ? shape(pair) : open[*n - 1].shape;
	return false;
}

static struct fault
find_fault(const struct kt_node *node)
{
	struct fault f = { .node = node, .id = KT_M_BRACKET_UNCLOSED };
	struct open open[DEPTH_MOST];
	size_t n = 0;
	unsigned len;

	for (uint32_t i = 0; i < node->len; i += len) {
		uint32_t ch = kt_utf8_at(node->text + i, &len);

		/* What is quoted need not balance. */
		if (n > 0 && open[n - 1].shape == QUOTE && ch != 0x300c &&
		    ch != 0x300d)
			continue;
		for (size_t k = 0; k < KT_COUNT(pairs); k++) {
			if (ch == pairs[k].open && n < DEPTH_MOST)
				open[n++] = (struct open){ i, shape(k) };
			if (ch == pairs[k].close &&
			    !close_one(&f, open, &n, k, i))
				return f;
		}
	}
	if (n == 0) {
		f.node = NULL;
	} else {
		f.at = open[n - 1].at;
		f.shape = open[n - 1].shape;
	}
	return f;
}

/* 「（第3条」とあるのは「（第4条」 names pieces of another text, brackets and
 * quotation marks as they come. */
static bool
quotes_pieces(const struct kt_node *node)
{
	return strstr(node->text, "」とある") != NULL ||
	       strstr(node->text, "に改め") != NULL;
}

static void
report_fault(struct kt_checker *c, struct fault *f)
{
	if (f->node != NULL)
		found_bracket(c, f->id, f->node, f->at);
	f->node = NULL;
}

/* （この式において、 before the lines of a formula's terms ends behind them. */
static bool
ends_in(const struct fault *open, const struct fault *close)
{
	return open->node != NULL && open->id == KT_M_BRACKET_UNCLOSED &&
	       close->id == KT_M_BRACKET_UNOPENED &&
	       open->shape == close->shape &&
	       open->node->unit == close->node->unit;
}

void
kt_check_brackets(struct kt_checker *c)
{
	struct fault before = { .node = NULL };

	for (struct kt_node *at = c->doc->root; at != NULL;) {
		struct fault f;

		/* New text is quoted in pieces, and cells repeat them. */
		if (at->kind == KT_QUOTE || at->kind == KT_FIGURE ||
		    at->kind == KT_TABLE || at->kind == KT_SUPPL) {
			at = kt_node_skip(at, c->doc->root);
			continue;
		}
		f.node = NULL;
		if (at->len > 0 && !quotes_pieces(at))
			f = find_fault(at);
		if (f.node != NULL && ends_in(&before, &f)) {
			before.node = NULL;
		} else if (f.node != NULL) {
			report_fault(c, &before);
			before = f;
		}
		at = kt_node_next(at, c->doc->root);
	}
	report_fault(c, &before);
}

/* ---- characters that look alike ------------------------------------------ */

/* Words written with a character of another script. */
static const struct {
	const char *wrong, *right;
} alike[] = {
	{ "能カ", "能力" },
	{ "協カ", "協力" },
	{ "効カ", "効力" },
	{ "権カ", "権力" },
	{ "努カ", "努力" },
	{ "電カ", "電力" },
	{ "労カ", "労力" },
	{ "入カ", "入力" },
	{ "出カ", "出力" },
	{ "窓ロ", "窓口" },
	{ "人ロ", "人口" },
	{ "ロ座", "口座" },
	{ "ロ頭", "口頭" },
	{ "エ事", "工事" },
	{ "エ場", "工場" },
	{ "エ程", "工程" },
	{ "加エ", "加工" },
	{ "施エ", "施工" },
};

/* Kanji and signs that stand for katakana between katakana. */
static const struct {
	uint32_t sign;
	const char *right;
} between[] = {
	{ 0x529b, "カ" }, /* 力 */
	{ 0x53e3, "ロ" }, /* 口 */
	{ 0x5915, "タ" }, /* 夕 */
	{ 0x535c, "ト" }, /* 卜 */
	{ 0x4e00, "ー" }, /* 一 */
	{ 0xff0d, "ー" }, /* － */
	{ 0x2015, "ー" }, /* ― */
	{ 0x2010, "ー" }, /* ‐ */
	{ 0x2212, "ー" }, /* − */
};

static bool
is_katakana(uint32_t c)
{
	return c >= 0x30a1 && c <= 0x30fa;
}

/* The katakana of the list above. */
static bool
is_alike(uint32_t c)
{
	return c == 0x30ab || c == 0x30ed || c == 0x30a8; /* カ ロ エ */
}

static bool
katakana_before(const char *begin, const char *p)
{
	unsigned len;

	return p > begin && is_katakana(kt_utf8_before(begin, p, &len));
}

static bool
katakana_at(const char *p, const char *end)
{
	unsigned len;
	uint32_t c = p < end ? kt_utf8_at(p, &len) : 0;

	return is_katakana(c) || c == 0x30fc;
}

/* 努カ and the like, around the katakana at p, where カ does not begin カード.
 * All words of the list are two characters of three bytes. */
static bool
check_alike(struct kt_checker *c, const struct kt_node *node, const char *p)
{
	const char *begin = node->text, *end = begin + node->len;

	for (size_t i = 0; i < KT_COUNT(alike); i++) {
		const char *wrong = alike[i].wrong, *at = p;

		if (memcmp(wrong, p, 3) != 0) {
			if (memcmp(wrong + 3, p, 3) != 0 || p - begin < 3)
				continue;
			at = p - 3;
		}
		if (kt_word_at(at, end, wrong) == 0 ||
		    katakana_before(begin, at) ||
		    katakana_at(at + strlen(wrong), end))
			continue;
		kt_found_at(c, KT_M_GLYPH_ALIKE, node, (uint32_t)(at - begin),
		    wrong, alike[i].right);
		return true;
	}
	return false;
}

/* サ－バ, 夕イトル: the sign at p with katakana on both sides. */
static bool
check_between(struct kt_checker *c, const struct kt_node *node, const char *p,
    uint32_t sign, unsigned len)
{
	const char *begin = node->text, *end = begin + node->len;
	char wrong[24] = "", right[24] = "";
	unsigned before, after;

	for (size_t i = 0; i < KT_COUNT(between); i++) {
		if (between[i].sign != sign || !katakana_before(begin, p) ||
		    p + len >= end || !is_katakana(kt_utf8_at(p + len, &after)))
			continue;
		kt_utf8_before(begin, p, &before);
		snprintf(wrong, sizeof(wrong), "%.*s",
		    (int)(before + len + after), p - before);
		snprintf(right, sizeof(right), "%.*s%s%.*s", (int)before,
		    p - before, between[i].right, (int)after, p + len);
		kt_found_at(c, KT_M_GLYPH_ALIKE, node, (uint32_t)(p - begin),
		    wrong, right);
		return true;
	}
	return false;
}

static bool
is_half_kana(uint32_t c)
{
	return c >= 0xff66 && c <= 0xff9f;
}

/* One finding of each sort in a text is enough. */
static void
check_glyphs_of(struct kt_checker *c, const struct kt_node *node)
{
	bool alike_found = false, half_found = false;
	unsigned len;

	for (uint32_t i = 0; i < node->len; i += len) {
		const char *p = node->text + i;
		uint32_t ch = kt_utf8_at(p, &len);

		if (ch < 0x2000)
			continue;
		if (!alike_found)
			alike_found = check_between(c, node, p, ch, len) ||
				      (is_alike(ch) && check_alike(c, node, p));
		if (!half_found && is_half_kana(ch)) {
			kt_found_words(
			    c, KT_M_GLYPH_HALF_KANA, node, i, len, NULL);
			half_found = true;
		}
	}
}

void
kt_check_glyphs(struct kt_checker *c)
{
	for (size_t i = 0; i < c->doc->count; i++)
		if (c->doc->nodes[i]->len > 0)
			check_glyphs_of(c, c->doc->nodes[i]);
}
