/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: checked once where it enters, then stepped through without further
 * tests; classes and widths of characters.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <unicode/uchar.h>

#include <string.h>

/* Length of the valid sequence at p, 0 when there is none (Unicode 15,
 * table 3-7: no overlong forms, no surrogates, nothing over U+10FFFF). */
static size_t
sequence(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t len;

	if (p[0] >= 0x01 && p[0] <= 0x7f)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		len = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		len = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (n < len)
		return 0;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

/* Eight bytes of ASCII without NUL?  (x - 1) sets the top bit of a zero. */
static bool
plain_ascii(const char *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return ((x | (x - UINT64_C(0x0101010101010101))) &
		   UINT64_C(0x8080808080808080)) == 0;
}

/* A character of three bytes from U+1000 to U+CFFF, as nearly all Japanese
 * text is made of: none of the special cases of its neighbours. */
static inline bool
plain_three(const unsigned char *s)
{
	return (unsigned)(s[0] - 0xe1) <= 0xec - 0xe1 &&
	       (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80;
}

bool
kt_utf8_check(const char *p, size_t n, size_t *bad)
{
	size_t i = 0, len;

	while (i < n) {
		while (n - i >= 3 && plain_three((const unsigned char *)p + i))
			i += 3;
		if (i == n)
			break;
		if (n - i >= 8 && plain_ascii(p + i)) {
			i += 8;
			continue;
		}
		len = sequence((const unsigned char *)p + i, n - i);
		if (len == 0) {
			*bad = i;
			return false;
		}
		i += len;
	}
	return true;
}

uint32_t
kt_utf8_at(const char *p, unsigned *len)
{
	const unsigned char *s = (const unsigned char *)p;

	if (s[0] < 0x80) {
		*len = 1;
		return s[0];
	}
	if (s[0] < 0xe0) {
		*len = 2;
		return (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
	}
	if (s[0] < 0xf0) {
		*len = 3;
		return (s[0] & 0x0fu) << 12 | (s[1] & 0x3fu) << 6 |
		       (s[2] & 0x3fu);
	}
	*len = 4;
	return (s[0] & 0x07u) << 18 | (s[1] & 0x3fu) << 12 |
	       (s[2] & 0x3fu) << 6 | (s[3] & 0x3fu);
}

uint32_t
kt_utf8_before(const char *begin, const char *p, unsigned *len)
{
	do
		p--;
	while (p > begin && ((unsigned char)*p & 0xc0) == 0x80);
	return kt_utf8_at(p, len);
}

void
kt_utf8_put(struct kt_buf *out, uint32_t c)
{
	char s[4];
	size_t n = 0;

	if (c < 0x80) {
		s[n++] = (char)c;
	} else if (c < 0x800) {
		s[n++] = (char)(0xc0 | c >> 6);
		s[n++] = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		s[n++] = (char)(0xe0 | c >> 12);
		s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (c & 0x3f));
	} else {
		s[n++] = (char)(0xf0 | c >> 18);
		s[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
		s[n++] = (char)(0x80 | (c & 0x3f));
	}
	kt_buf_put(out, s, n);
}

size_t
kt_utf8_count(const char *p, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)p[i] & 0xc0) != 0x80;
	return count;
}

static unsigned
columns(uint32_t c)
{
	if (c < 0x20 || c == 0x7f)
		return 0;
	if (c < 0x300)
		return 1;
	switch (u_charType((UChar32)c)) {
	case U_NON_SPACING_MARK:
	case U_ENCLOSING_MARK:
	case U_FORMAT_CHAR:
	case U_CONTROL_CHAR:
		return 0;
	}
	switch (u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH)) {
	case U_EA_FULLWIDTH:
	case U_EA_WIDE:
		return 2;
	}
	return 1;
}

size_t
kt_utf8_width(const char *p, size_t n)
{
	size_t width = 0;
	unsigned len;

	for (size_t i = 0; i < n; i += len)
		width += columns(kt_utf8_at(p + i, &len));
	return width;
}

bool
kt_is_space(uint32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return c == 0x3000 || c == 0xa0 || c == 0x85 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202f || c == 0x205f || c == 0x2060 || c == 0xfeff;
}

/* Runs of characters in ascending order; what lies between them is asked of
 * ICU.  Together they hold nearly every character of a Japanese text. */
static const struct {
	uint32_t first, last;
	enum kt_script script;
} runs[] = {
	{ 0x21, 0x2f, KT_S_PUNCT },
	{ '0', '9', KT_S_DIGIT },
	{ 0x3a, 0x40, KT_S_PUNCT },
	{ 'A', 'Z', KT_S_LATIN },
	{ 0x5b, 0x60, KT_S_PUNCT },
	{ 'a', 'z', KT_S_LATIN },
	{ 0x7b, 0x7e, KT_S_PUNCT },
	{ 0x2160, 0x2188, KT_S_LATIN }, /* Roman numerals */
	{ 0x2e80, 0x2fd5, KT_S_KANJI }, /* radicals, as some PDFs have them */
	{ 0x3001, 0x3003, KT_S_PUNCT },
	{ 0x3005, 0x3007, KT_S_KANJI }, /* 々 〆 〇 */
	{ 0x3008, 0x3011, KT_S_PUNCT },
	{ 0x3014, 0x301f, KT_S_PUNCT },
	{ 0x303b, 0x303b, KT_S_KANJI }, /* 〻 */
	{ 0x3041, 0x309f, KT_S_HIRAGANA },
	{ 0x30a0, 0x30a0, KT_S_PUNCT },
	{ 0x30a1, 0x30fa, KT_S_KATAKANA },
	{ 0x30fb, 0x30fb, KT_S_PUNCT }, /* ・ */
	{ 0x30fc, 0x30ff, KT_S_KATAKANA },
	{ 0x31f0, 0x31ff, KT_S_KATAKANA },
	{ 0x3400, 0x4dbf, KT_S_KANJI },
	{ 0x4e00, 0x9fff, KT_S_KANJI },
	{ 0xf900, 0xfaff, KT_S_KANJI },
	{ 0xff01, 0xff0f, KT_S_PUNCT },
	{ 0xff10, 0xff19, KT_S_DIGIT },
	{ 0xff1a, 0xff20, KT_S_PUNCT },
	{ 0xff21, 0xff3a, KT_S_LATIN },
	{ 0xff3b, 0xff40, KT_S_PUNCT },
	{ 0xff41, 0xff5a, KT_S_LATIN },
	{ 0xff5b, 0xff65, KT_S_PUNCT },
	{ 0xff66, 0xff9f, KT_S_KATAKANA },
	{ 0x20000, 0x323af, KT_S_KANJI },
};

static enum kt_script
foreign_script(uint32_t c)
{
	switch (u_charType((UChar32)c)) {
	case U_UPPERCASE_LETTER:
	case U_LOWERCASE_LETTER:
		return c < 0x250 ? KT_S_LATIN : KT_S_OTHER;
	case U_DASH_PUNCTUATION:
	case U_START_PUNCTUATION:
	case U_END_PUNCTUATION:
	case U_CONNECTOR_PUNCTUATION:
	case U_OTHER_PUNCTUATION:
	case U_INITIAL_PUNCTUATION:
	case U_FINAL_PUNCTUATION:
	case U_MATH_SYMBOL:
	case U_CURRENCY_SYMBOL:
	case U_MODIFIER_SYMBOL:
		return KT_S_PUNCT;
	}
	return KT_S_OTHER;
}

enum kt_script
kt_script_of(uint32_t c)
{
	size_t low = 0, high = KT_COUNT(runs);

	if (kt_is_space(c))
		return KT_S_SPACE;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c > runs[mid].last)
			low = mid + 1;
		else if (c < runs[mid].first)
			high = mid;
		else
			return runs[mid].script;
	}
	return foreign_script(c);
}
