/* SPDX-License-Identifier: MIT */
/*
 * Restricted NFKC for comparison.  Plain Japanese is copied in runs; only
 * characters that NFKC may change are looked at one by one, and only those
 * without a rule of their own here go through ICU.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <assert.h>

#include "text_int.h"

/* Characters normalized at once.  ICU sorts combining marks by insertion: a
 * text of nothing else would cost the square of its length. */
#define RUN 128

struct folding {
	struct kt_buf *out;
	size_t start; /* of this text in out */
	const char *p, *end;
};

/* ---- what is copied ----------------------------------------------------- */

/* Length of a three-byte character that NFKC leaves alone and that composes
 * with nothing before it; 0 when that is not known here. */
static size_t
plain_wide(const unsigned char *s)
{
	if (s[0] >= 0xe4 && s[0] <= 0xe9) /* U+4000 to U+9FFF */
		return 3;
	if (s[0] != 0xe3)
		return 0;
	switch (s[1]) {
	case 0x80: /* 、 to 〩, without the ideographic space */
		return s[2] >= 0x81 && s[2] <= 0xa9 ? 3 : 0;
	case 0x81:
		return 3;
	case 0x82: /* without voiced sound marks and ゟ */
		return (s[2] < 0x99 || s[2] > 0x9c) && s[2] != 0x9f ? 3 : 0;
	case 0x83: /* without ヿ */
		return s[2] != 0xbf ? 3 : 0;
	}
	return s[1] >= 0x90 ? 3 : 0; /* U+3400 to U+3FFF */
}

static size_t
plain_run(const char *p, const char *end)
{
	const unsigned char *s = (const unsigned char *)p;
	const unsigned char *e = (const unsigned char *)end;
	size_t len;

	while (s < e) {
		if (*s < 0x80) {
			if (*s <= ' ' || *s == ',' || *s == '.')
				break;
			s++;
		} else {
			len = plain_wide(s);
			if (len == 0)
				break;
			s += len;
		}
	}
	return (size_t)((const char *)s - p);
}

/* ---- what stands on either side ----------------------------------------- */

enum side { EDGE, JAPANESE, DIGIT, LATIN, STOP, ELSE };

static enum side
side_of(uint32_t c)
{
	switch (kt_script_of(c)) {
	case KT_S_HIRAGANA:
	case KT_S_KATAKANA:
	case KT_S_KANJI:
		return JAPANESE;
	case KT_S_DIGIT:
		return DIGIT;
	case KT_S_LATIN:
		return LATIN;
	case KT_S_PUNCT: /* 、 to 〟: 「, 』 and the like */
		if (c == '.' || c == 0xff0e)
			return STOP;
		return c >= 0x3001 && c <= 0x301f ? JAPANESE : ELSE;
	case KT_S_SPACE:
	case KT_S_OTHER:
		break;
	}
	return ELSE;
}

static enum side
before(const struct folding *f)
{
	unsigned len;

	if (f->out->len == f->start)
		return EDGE;
	return side_of(kt_utf8_before(
	    f->out->p + f->start, f->out->p + f->out->len, &len));
}

/* White space does not part what it stands between: it is dropped. */
static enum side
after(const struct folding *f, unsigned len)
{
	uint32_t c;

	for (const char *p = f->p + len; p < f->end; p += len) {
		c = kt_utf8_at(p, &len);
		if (!kt_is_space(c))
			return side_of(c);
	}
	return EDGE;
}

static uint32_t
comma(enum side left, enum side right)
{
	return left == JAPANESE || right == JAPANESE ? 0x3001 : ',';
}

/* Two dots in a row are an ellipsis. */
static uint32_t
full_stop(enum side left, enum side right)
{
	if (left != JAPANESE || right == DIGIT || right == LATIN ||
	    right == STOP)
		return '.';
	return 0x3002;
}

/* Full-width forms join letters too (Ｗｉ－Ｆｉ); other dashes are taken
 * for a hyphen in numbers only, where they cannot be a ー or a dash. */
static uint32_t
hyphen(uint32_t c, enum side left, enum side right)
{
	if (left == DIGIT && right == DIGIT)
		return '-';
	if (c == 0xff0d && (left == DIGIT || left == LATIN) &&
	    (right == DIGIT || right == LATIN))
		return '-';
	return c == 0x2011 ? 0x2010 : c;
}

/* ---- signs with a rule of their own ------------------------------------- */

/* U+2E80 to U+2EF3: property Equivalent_Unified_Ideograph of Unicode 14.
 * Some PDFs have these for the ideographs; NFKC folds U+2F00 on only. */
static const uint32_t radicals[] = { 0, 0x5382, 0x4e5b, 0x4e5a, 0x4e59, 0x4ebb,
	0x5182, 0x20628, 0x5200, 0x5202, 0x535c, 0x353e, 0x5c0f, 0x5c0f, 0x5140,
	0x5c23, 0x5c22, 0x21bc2, 0x5df3, 0x5e7a, 0x5f51, 0x5f50, 0x5fc4, 0x5fc3,
	0x624c, 0x6535, 0, 0x65e1, 0x65e5, 0x6708, 0x6b7a, 0x6bcd, 0x6c11,
	0x6c35, 0x6c3a, 0x706c, 0x722b, 0x722b, 0x4e2c, 0x725b, 0x72ad, 0x738b,
	0x24d14, 0x76ee, 0x793a, 0x793b, 0x25ad7, 0x7cf9, 0x7e9f, 0x7f53,
	0x7f52, 0x34c1, 0x5197, 0x2626b, 0x7f8a, 0x2634c, 0x2634b, 0x8002,
	0x8080, 0x807f, 0x8089, 0x26951, 0x8279, 0x8279, 0x8279, 0x864e, 0x8864,
	0x8980, 0x897f, 0x89c1, 0x89d2, 0x278b2, 0x8ba0, 0x8d1d, 0x27fb7,
	0x8f66, 0x8fb6, 0x8fb6, 0x8fb6, 0x9091, 0x9485, 0x9577, 0x9578, 0x957f,
	0x95e8, 0x28e0f, 0x961d, 0x96e8, 0x9752, 0x97e6, 0x9875, 0x98ce, 0x98de,
	0x98df, 0x2967f, 0x98e0, 0x9963, 0x29810, 0x9a6c, 0x9aa8, 0x9b3c,
	0x9c7c, 0x9e1f, 0x5364, 0x9ea6, 0x9ec4, 0x9efe, 0x6589, 0x9f50, 0x6b6f,
	0x9f7f, 0x7adc, 0x9f99, 0x9f9c, 0x4e80, 0x9f9f };

/* Square signs with a raised figure, which NFKC would make a plain one. */
static const struct {
	uint32_t c;
	const char *text;
} squares[] = {
	{ 0x339f, "mm²" },
	{ 0x33a0, "cm²" },
	{ 0x33a1, "m²" },
	{ 0x33a2, "km²" },
	{ 0x33a3, "mm³" },
	{ 0x33a4, "cm³" },
	{ 0x33a5, "m³" },
	{ 0x33a6, "km³" },
	{ 0x33a8, "m∕s²" },
	{ 0x33af, "rad∕s²" },
};

static const char *
square(uint32_t c)
{
	for (size_t i = 0; i < KT_COUNT(squares); i++)
		if (squares[i].c == c)
			return squares[i].text;
	return NULL;
}

/* The one character that takes the place of c, 0 for none. */
static uint32_t
ruled(const struct folding *f, uint32_t c, unsigned len)
{
	switch (c) {
	case ',':
	case 0xff0c:
	case 0xfe10:
	case 0xfe50:
		return comma(before(f), after(f, len));
	case '.':
	case 0xff0e:
	case 0x2024:
	case 0xfe52:
		return full_stop(before(f), after(f, len));
	case 0xff5e: /* ～ */
		return 0x301c;
	case 0x2010:
	case 0x2011:
	case 0x2212:
	case 0xff0d:
		return hyphen(c, before(f), after(f, len));
	}
	if (c >= 0xff01 && c <= 0xff5d)
		return c - 0xfee0;
	if (c >= 0x2e80 && c - 0x2e80 < KT_COUNT(radicals))
		return radicals[c - 0x2e80];
	return 0;
}

/* ---- ICU ---------------------------------------------------------------- */

static const UNormalizer2 *
normalizer(bool compatible)
{
	UErrorCode err = U_ZERO_ERROR;
	const UNormalizer2 *n = compatible ? unorm2_getNFKCInstance(&err)
					   : unorm2_getNFCInstance(&err);

	/* Its data is linked into the library: only memory can lack. */
	if (U_FAILURE(err))
		kt_no_memory();
	return n;
}

/* Is c kept as it is though NFKC would change it?  Numbers that are raised,
 * lowered, circled or bracketed mean something else than plain ones; names
 * are written with compatibility ideographs on purpose; a spacing accent
 * would become a space. */
static bool
kept(uint32_t c)
{
	UErrorCode err = U_ZERO_ERROR;
	UChar to[32];

	switch (u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE)) {
	case U_DT_SUPER:
	case U_DT_SUB:
	case U_DT_FRACTION:
	case U_DT_CIRCLE:
		return true;
	case U_DT_NONE:
		return false;
	}
	if ((c >= 0x2474 && c <= 0x24b5) || (c >= 0x3220 && c <= 0x3229) ||
	    (c >= 0x1f100 && c <= 0x1f129))
		return true;
	if ((c >= 0xf900 && c <= 0xfaff) || (c >= 0x2f800 && c <= 0x2fa1f))
		return true;
	return unorm2_getDecomposition(normalizer(true), (UChar32)c, to,
		   (int32_t)KT_COUNT(to), &err) > 0 &&
	       U_SUCCESS(err) && to[0] == ' ';
}

/* Append UTF-16 without the blanks that NFKC makes of some signs. */
static void
put_utf16(struct kt_buf *out, const UChar *s, int32_t n)
{
	UChar32 c;

	for (int32_t i = 0; i < n;) {
		U16_NEXT_UNSAFE(s, i, c);
		if (!kt_is_space((uint32_t)c))
			kt_utf8_put(out, (uint32_t)c);
	}
}

/* Take the last character back out of the result, to compose it with what
 * follows.  Not one that is kept: NFC would change it. */
static int32_t
take_back(struct folding *f, UChar *s)
{
	unsigned len;
	int32_t n = 0;
	uint32_t c;

	if (f->out->len == f->start)
		return 0;
	c = kt_utf8_before(f->out->p + f->start, f->out->p + f->out->len, &len);
	if (kept(c))
		return 0;
	kt_buf_cut(f->out, f->out->len - len);
	U16_APPEND_UNSAFE(s, n, (UChar32)c);
	return n;
}

/* A run of characters that only ICU knows how to fold. */
static void
fold_by_icu(struct folding *f)
{
	UChar run[2 * RUN + 2], folded[2 * RUN * 18 + 2],
	    whole[2 * RUN * 18 + 2];
	int32_t n = 0, head = 0;
	UErrorCode err = U_ZERO_ERROR;
	unsigned len = 0;
	uint32_t c = kt_utf8_at(f->p, &len);

	if (!unorm2_hasBoundaryBefore(normalizer(true), (UChar32)c))
		head = take_back(f, folded);
	do {
		U16_APPEND_UNSAFE(run, n, (UChar32)c);
		f->p += len;
		if (f->p == f->end || n >= 2 * RUN ||
		    plain_run(f->p, f->end) > 0)
			break;
		c = kt_utf8_at(f->p, &len);
	} while (!kt_is_space(c) && square(c) == NULL && !kept(c) &&
		 ruled(f, c, len) == 0);
	n = unorm2_normalize(normalizer(true), run, n, folded + head,
	    (int32_t)KT_COUNT(folded) - head, &err);
	n = unorm2_normalize(normalizer(false), folded, head + n, whole,
	    (int32_t)KT_COUNT(whole), &err);
	/* 18 units is the longest decomposition of one (U+FDFA). */
	assert(U_SUCCESS(err));
	put_utf16(f->out, whole, n);
}

/* ---- the whole ---------------------------------------------------------- */

static void
fold_one(struct folding *f)
{
	unsigned len;
	uint32_t c = kt_utf8_at(f->p, &len), to;
	const char *sign;

	if (kt_is_space(c)) {
		f->p += len;
	} else if ((to = ruled(f, c, len)) != 0) {
		kt_utf8_put(f->out, to);
		f->p += len;
	} else if ((sign = square(c)) != NULL) {
		kt_buf_puts(f->out, sign);
		f->p += len;
	} else if (kept(c)) {
		kt_buf_put(f->out, f->p, len);
		f->p += len;
	} else {
		fold_by_icu(f);
	}
}

void
kt_fold(struct kt_buf *out, const char *p, size_t n)
{
	struct folding f = { out, out->len, p, p + n };

	while (f.p < f.end) {
		size_t plain = plain_run(f.p, f.end);

		kt_buf_put(out, f.p, plain);
		f.p += plain;
		if (f.p < f.end)
			fold_one(&f);
	}
}
