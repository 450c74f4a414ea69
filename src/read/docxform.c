/* SPDX-License-Identifier: MIT */
/*
 * Numbers as Word writes them: ST_NumberFormat of wml.xsd, the values in use
 * in Japan.  Where Word goes on beyond its last sign (㊿, ン) it writes plain
 * digits, or begins anew.
 */
#include "docx_int.h"

#include <string.h>

/* ---- rows of signs ------------------------------------------------------ */

/* A character of a text that is all of one length in bytes. */
static void
put_of(struct kt_buf *out, const char *row, size_t bytes, unsigned i)
{
	kt_buf_put(out, row + i * bytes, bytes);
}

/* Signs one behind the other; past the last they begin anew. */
static void
put_row(struct kt_buf *out, const char *row, size_t bytes, unsigned n)
{
	if (n == 0)
		kt_buf_puts(out, "0");
	else
		put_of(
		    out, row, bytes, (n - 1) % (unsigned)(strlen(row) / bytes));
}

#define AIUEO                                                                                        \
	"アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ" \
	"マミムメモヤユヨラリルレロワヲン"
#define IROHA                                                                                        \
	"イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマ" \
	"ケフコエテアサキユメミシヱヒモセスン"
#define AIUEO_HALF                                                                                   \
	"ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎ" \
	"ﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
#define IROHA_HALF                                                                                   \
	"ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏ" \
	"ｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
#define DIGITS "〇一二三四五六七八九"

static void
put_digits(struct kt_buf *out, const char *digits, unsigned n)
{
	char plain[16];

	snprintf(plain, sizeof(plain), "%u", n);
	for (const char *p = plain; *p != '\0'; p++)
		put_of(out, digits, 3, (unsigned)(*p - '0'));
}

/* ---- kanji -------------------------------------------------------------- */

/* 十二, 百五, 二万三千: `one`, the sign of 1 before 十 and 百, is left out
 * unless `full`. */
static void
put_counting(struct kt_buf *out, const char *digits, const char *const *units,
    unsigned n, bool full)
{
	static const unsigned values[] = { 10000, 1000, 100, 10 };

	if (n >= 100000000) {
		kt_buf_printf(out, "%u", n);
		return;
	}
	for (unsigned i = 0; i < KT_COUNT(values); i++) {
		unsigned part = n / values[i];

		if (part == 0)
			continue;
		if (i == 0)
			put_counting(out, digits, units, part, full);
		else if (part > 1 || full)
			put_of(out, digits, 3, part);
		kt_buf_puts(out, units[i]);
		n %= values[i];
	}
	if (n > 0)
		put_of(out, digits, 3, n);
}

static void
kanji_counting(struct kt_buf *out, unsigned n)
{
	static const char *const units[] = { "万", "千", "百", "十" };

	if (n == 0)
		kt_buf_puts(out, "〇");
	else
		put_counting(out, DIGITS, units, n, false);
}

static void
kanji_legal(struct kt_buf *out, unsigned n)
{
	static const char *const units[] = { "萬", "阡", "百", "拾" };

	if (n == 0)
		kt_buf_puts(out, "〇");
	else
		put_counting(out, "〇壱弐参四伍六七八九", units, n, true);
}

static void
kanji_digits(struct kt_buf *out, unsigned n)
{
	put_digits(out, DIGITS, n);
}

/* Past the last plain digits. */
static void
put_some(struct kt_buf *out, const char *row, unsigned n)
{
	if (n >= 1 && n <= strlen(row) / 3)
		put_of(out, row, 3, n - 1);
	else
		kt_buf_printf(out, "%u", n);
}

static void
kanji_traditional(struct kt_buf *out, unsigned n)
{
	put_some(out, "甲乙丙丁戊己庚辛壬癸", n);
}

static void
kanji_zodiac(struct kt_buf *out, unsigned n)
{
	put_some(out, "子丑寅卯辰巳午未申酉戌亥", n);
}

/* ---- digits ------------------------------------------------------------- */

static void
decimal(struct kt_buf *out, unsigned n)
{
	kt_buf_printf(out, "%u", n);
}

static void
decimal_zero(struct kt_buf *out, unsigned n)
{
	kt_buf_printf(out, "%02u", n);
}

static void
decimal_wide(struct kt_buf *out, unsigned n)
{
	put_digits(out, "０１２３４５６７８９", n);
}

static void
circled(struct kt_buf *out, unsigned n)
{
	if (n >= 1 && n <= 20)
		kt_utf8_put(out, 0x2460 + n - 1);
	else if (n >= 21 && n <= 35)
		kt_utf8_put(out, 0x3251 + n - 21);
	else if (n >= 36 && n <= 50)
		kt_utf8_put(out, 0x32b1 + n - 36);
	else
		decimal(out, n);
}

static void
parenthesised(struct kt_buf *out, unsigned n)
{
	if (n >= 1 && n <= 20)
		kt_utf8_put(out, 0x2474 + n - 1);
	else
		kt_buf_printf(out, "(%u)", n);
}

static void
with_stop(struct kt_buf *out, unsigned n)
{
	if (n >= 1 && n <= 20)
		kt_utf8_put(out, 0x2488 + n - 1);
	else
		kt_buf_printf(out, "%u.", n);
}

static void
kanji_circled(struct kt_buf *out, unsigned n)
{
	if (n >= 1 && n <= 10)
		kt_utf8_put(out, 0x3280 + n - 1);
	else
		decimal(out, n);
}

static void
in_dashes(struct kt_buf *out, unsigned n)
{
	kt_buf_printf(out, "- %u -", n);
}

static void
ordinal(struct kt_buf *out, unsigned n)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	unsigned teens = n % 100, last = n % 10;

	kt_buf_printf(out, "%u%s", n,
	    ends[last > 3 || (teens > 10 && teens < 14) ? 0 : last]);
}

/* ---- letters ------------------------------------------------------------ */

static void
aiueo(struct kt_buf *out, unsigned n)
{
	put_row(out, AIUEO_HALF, 3, n);
}

static void
aiueo_wide(struct kt_buf *out, unsigned n)
{
	put_row(out, AIUEO, 3, n);
}

static void
iroha(struct kt_buf *out, unsigned n)
{
	put_row(out, IROHA_HALF, 3, n);
}

static void
iroha_wide(struct kt_buf *out, unsigned n)
{
	put_row(out, IROHA, 3, n);
}

/* a … z, aa, bb: the letter is repeated. */
static void
letters(struct kt_buf *out, unsigned n, char first)
{
	for (unsigned i = 0; n > 0 && i <= (n - 1) / 26 && i < 64; i++)
		kt_buf_putc(out, (char)(first + (int)((n - 1) % 26)));
}

static void
lower_letter(struct kt_buf *out, unsigned n)
{
	letters(out, n, 'a');
}

static void
upper_letter(struct kt_buf *out, unsigned n)
{
	letters(out, n, 'A');
}

static void
roman(struct kt_buf *out, unsigned n, bool upper)
{
	static const struct {
		unsigned value;
		const char *sign;
	} signs[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" },
		{ 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" },
		{ 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };

	if (n > 32767) {
		decimal(out, n);
		return;
	}
	for (size_t i = 0; i < KT_COUNT(signs); i++)
		for (; n >= signs[i].value; n -= signs[i].value)
			for (const char *p = signs[i].sign; *p != '\0'; p++)
				kt_buf_putc(out, upper ? (char)(*p - 32) : *p);
}

static void
lower_roman(struct kt_buf *out, unsigned n)
{
	roman(out, n, false);
}

static void
upper_roman(struct kt_buf *out, unsigned n)
{
	roman(out, n, true);
}

static void
nothing(struct kt_buf *out, unsigned n)
{
	(void)out, (void)n;
}

/* ---- the list ----------------------------------------------------------- */

static const struct {
	const char *name;
	void (*put)(struct kt_buf *out, unsigned n);
} formats[] = {
	{ "decimal", decimal },
	{ "decimalZero", decimal_zero },
	{ "decimalFullWidth", decimal_wide },
	{ "decimalFullWidth2", decimal_wide },
	{ "decimalHalfWidth", decimal },
	{ "decimalEnclosedCircle", circled },
	{ "decimalEnclosedCircleChinese", circled },
	{ "decimalEnclosedParen", parenthesised },
	{ "decimalEnclosedFullstop", with_stop },
	{ "aiueo", aiueo },
	{ "aiueoFullWidth", aiueo_wide },
	{ "iroha", iroha },
	{ "irohaFullWidth", iroha_wide },
	{ "japaneseCounting", kanji_counting },
	{ "japaneseLegal", kanji_legal },
	{ "japaneseDigitalTenThousand", kanji_digits },
	{ "ideographDigital", kanji_digits },
	{ "ideographTraditional", kanji_traditional },
	{ "ideographZodiac", kanji_zodiac },
	{ "ideographEnclosedCircle", kanji_circled },
	/* What LibreOffice makes of the Japanese ones when it saves. */
	{ "taiwaneseCountingThousand", kanji_counting },
	{ "taiwaneseCounting", kanji_counting },
	{ "taiwaneseDigital", kanji_digits },
	{ "chineseCounting", kanji_counting },
	{ "chineseCountingThousand", kanji_counting },
	{ "upperRoman", upper_roman },
	{ "lowerRoman", lower_roman },
	{ "upperLetter", upper_letter },
	{ "lowerLetter", lower_letter },
	{ "ordinal", ordinal },
	{ "numberInDash", in_dashes },
	{ "none", nothing },
	{ "bullet", nothing },
};

bool
kt_word_number(struct kt_buf *out, const char *format, unsigned n)
{
	for (size_t i = 0; i < KT_COUNT(formats); i++)
		if (strcmp(formats[i].name, format) == 0) {
			formats[i].put(out, n);
			return true;
		}
	decimal(out, n);
	return false;
}
