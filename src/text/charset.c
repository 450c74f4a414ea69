/* SPDX-License-Identifier: MIT */
/*
 * The encodings that Japanese web pages have come in, told apart and turned
 * into UTF-8.  ICU's tables, because those of the C library refuse the NEC
 * and IBM rows (① 髙) that every such page holds.
 */
#include <kaitei/base.h>
#include <kaitei/text.h>

#include <unicode/ucnv.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A declaration stands near the start; a guess needs no more than this. */
#define DECLARED_WITHIN ((size_t)4096)

static const struct {
	const char *shown; /* in messages */
	const char *converter; /* ICU's name; NULL: done here */
} charsets[] = {
	[KT_CS_UTF8] = { "UTF-8", NULL },
	[KT_CS_UTF16LE] = { "UTF-16LE", "UTF-16LE" },
	[KT_CS_UTF16BE] = { "UTF-16BE", "UTF-16BE" },
	[KT_CS_SJIS] = { "Shift_JIS", "ibm-943_P15A-2003" },
	[KT_CS_EUC] = { "EUC-JP", "euc-jp-2007" },
	[KT_CS_JIS] = { "ISO-2022-JP", "ISO-2022-JP" },
	[KT_CS_OTHER] = { "?", NULL },
};

/* What pages call them. */
static const struct {
	const char *name;
	enum kt_charset is;
} names[] = {
	{ "utf-8", KT_CS_UTF8 },
	{ "utf8", KT_CS_UTF8 },
	{ "shift_jis", KT_CS_SJIS },
	{ "shift-jis", KT_CS_SJIS },
	{ "sjis", KT_CS_SJIS },
	{ "x-sjis", KT_CS_SJIS },
	{ "ms_kanji", KT_CS_SJIS },
	{ "windows-31j", KT_CS_SJIS },
	{ "cp932", KT_CS_SJIS },
	{ "euc-jp", KT_CS_EUC },
	{ "euc_jp", KT_CS_EUC },
	{ "x-euc-jp", KT_CS_EUC },
	{ "eucjp", KT_CS_EUC },
	{ "iso-2022-jp", KT_CS_JIS },
	{ "jis", KT_CS_JIS },
	{ "us-ascii", KT_CS_UTF8 },
};

const char *
kt_charset_name(enum kt_charset charset)
{
	return charsets[charset].shown;
}

/* ---- conversion ------------------------------------------------------- */

/* Append UTF-16 as UTF-8; ICU hands out whole characters. */
static void
put_units(struct kt_buf *out, const UChar *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t c = p[i];

		if (c >= 0xd800 && c < 0xdc00 && i + 1 < n)
			c = 0x10000 + ((c - 0xd800) << 10) + (p[++i] - 0xdc00u);
		kt_utf8_put(out, c);
	}
}

/* Run a converter over all bytes; false at the first that it refuses. */
static bool
convert(
    struct kt_buf *out, UConverter *from, const char *p, size_t n, size_t *bad)
{
	const char *at = p, *end = p + n;
	UErrorCode rc = U_BUFFER_OVERFLOW_ERROR;

	ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL,
	    &(UErrorCode){ 0 });
	while (rc == U_BUFFER_OVERFLOW_ERROR) {
		UChar room[2048], *to = room;

		rc = U_ZERO_ERROR;
		ucnv_toUnicode(from, &to, room + KT_COUNT(room), &at, end, NULL,
		    true, &rc);
		put_units(out, room, (size_t)(to - room));
	}
	if (U_SUCCESS(rc))
		return true;
	{
		char rest[16];
		int8_t len = sizeof(rest);

		rc = U_ZERO_ERROR;
		ucnv_getInvalidChars(from, rest, &len, &rc);
		*bad = (size_t)(at - p);
		if (U_SUCCESS(rc) && *bad >= (size_t)len)
			*bad -= (size_t)len;
	}
	return false;
}

bool
kt_charset_decode(struct kt_buf *out, enum kt_charset charset, const char *p,
    size_t n, size_t *bad)
{
	UErrorCode rc = U_ZERO_ERROR;
	UConverter *from;
	bool done;

	*bad = 0;
	if (charsets[charset].converter == NULL) {
		if (charset != KT_CS_UTF8 || !kt_utf8_check(p, n, bad))
			return false;
		kt_buf_put(out, p, n);
		return true;
	}
	/* A positive code is a warning: the name has several tables. */
	from = ucnv_open(charsets[charset].converter, &rc);
	if (U_FAILURE(rc))
		return false;
	done = convert(out, from, p, n, bad);
	ucnv_close(from);
	return done;
}

/* ---- detection -------------------------------------------------------- */

/* The name behind charset= or encoding= in the first bytes. */
static size_t
declared(const char *p, size_t n, const char **name)
{
	static const char *const keys[] = { "charset", "encoding" };
	const char *end = p + (n < DECLARED_WITHIN ? n : DECLARED_WITHIN);

	for (; p < end; p++)
		for (size_t i = 0; i < KT_COUNT(keys); i++) {
			size_t len = strlen(keys[i]);
			const char *at = p + len;

			if ((size_t)(end - p) <= len ||
			    strncasecmp(p, keys[i], len) != 0)
				continue;
			while (at < end && strchr(" =\"'", *at) != NULL &&
			       *at != '\0')
				at++;
			*name = at;
			while (at < end && strchr(" \"';>/?", *at) == NULL)
				at++;
			if (at > *name)
				return (size_t)(at - *name);
		}
	return 0;
}

static enum kt_charset
by_name(const char *name, size_t n)
{
	for (size_t i = 0; i < KT_COUNT(names); i++)
		if (strlen(names[i].name) == n &&
		    strncasecmp(names[i].name, name, n) == 0)
			return names[i].is;
	return KT_CS_OTHER;
}

static bool
is_ascii(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return false;
	return true;
}

static bool
has_escapes(const char *p, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++)
		if (p[i] == 0x1b && p[i + 1] == '$' &&
		    (p[i + 2] == 'B' || p[i + 2] == '@' || p[i + 2] == '('))
			return true;
	return false;
}

/* How much of a text is what Japanese is made of, in hundredths; -1 when the
 * bytes are not of this encoding. */
static int
plausible(enum kt_charset charset, const char *p, size_t n)
{
	struct kt_buf text = KT_BUF_INIT;
	size_t bad, all = 0, good = 0;
	unsigned len;
	int score = -1;

	if (kt_charset_decode(&text, charset, p, n, &bad)) {
		for (size_t i = 0; i < text.len; i += len) {
			uint32_t c = kt_utf8_at(text.p + i, &len);

			/* Half-width katakana are what the bytes of EUC-JP
			 * look like in Shift_JIS. */
			if (c < 0x80)
				continue;
			all++;
			good += (c >= 0x3000 && c < 0x3100) ||
				(c >= 0x4e00 && c < 0xa000) ||
				(c >= 0xff00 && c < 0xff60);
		}
		score = all == 0 ? 0 : (int)(good * 100 / all);
	}
	kt_buf_release(&text);
	return score;
}

enum kt_charset
kt_charset_find(const char *p, size_t n)
{
	const char *name = "";
	size_t len = declared(p, n, &name), bad;
	enum kt_charset said = len == 0 ? KT_CS_OTHER : by_name(name, len);
	int sjis, euc;

	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return KT_CS_UTF8;
	if (n >= 2 && memcmp(p, "\xff\xfe", 2) == 0)
		return KT_CS_UTF16LE;
	if (n >= 2 && memcmp(p, "\xfe\xff", 2) == 0)
		return KT_CS_UTF16BE;
	if (is_ascii(p, n))
		return has_escapes(p, n) ? KT_CS_JIS : KT_CS_UTF8;
	/* Nothing else looks like UTF-8, whatever the page says of itself. */
	if (kt_utf8_check(p, n, &bad))
		return KT_CS_UTF8;
	sjis = plausible(KT_CS_SJIS, p, n);
	euc = plausible(KT_CS_EUC, p, n);
	if ((said == KT_CS_SJIS && sjis >= 0) ||
	    (said == KT_CS_EUC && euc >= 0))
		return said;
	if (sjis >= 50 || euc >= 50)
		return sjis > euc ? KT_CS_SJIS : KT_CS_EUC;
	return len == 0 ? KT_CS_UTF8 : said;
}
