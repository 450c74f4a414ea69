/* SPDX-License-Identifier: MIT */
/*
 * What matters when a name leaves this machine: one normal form, which names
 * other systems take for the same, and which characters old ones lack.
 */
#include <kaitei/text.h>

#include <kaitei/base.h>

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* UTF-8 through a normaliser of ICU. */
static void
normalise(struct kt_buf *out, const UNormalizer2 *how, const char *p, size_t n)
{
	int32_t room = (int32_t)n * 3 + 16, len = 0, done = 0, bytes = 0;
	UErrorCode e = U_ZERO_ERROR;
	UChar *from = kt_calloc((size_t)room, sizeof(*from));
	UChar *to = kt_calloc((size_t)room * 6, sizeof(*to));
	char *made = kt_malloc((size_t)room * 18);

	u_strFromUTF8(from, room, &len, p, (int32_t)n, &e);
	done = unorm2_normalize(how, from, len, to, room * 6, &e);
	u_strToUTF8(made, room * 18, &bytes, to, done, &e);
	if (U_SUCCESS(e))
		kt_buf_put(out, made, (size_t)bytes);
	else
		kt_buf_put(out, p, n);
	free(from);
	free(to);
	free(made);
}

void
kt_nfc(struct kt_buf *out, const char *p, size_t n)
{
	UErrorCode e = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);

	if (U_SUCCESS(e))
		normalise(out, nfc, p, n);
	else
		kt_buf_put(out, p, n);
}

/* Full-width and half-width forms have one plain character each. */
static void
put_plain(struct kt_buf *out, const char *p, unsigned len, uint32_t c)
{
	UErrorCode e = U_ZERO_ERROR;

	if (c == 0x3000)
		kt_buf_putc(out, ' ');
	else if (c >= 0xff00 && c <= 0xffef)
		normalise(out, unorm2_getNFKCInstance(&e), p, len);
	else
		kt_buf_put(out, p, len);
}

void
kt_name_fold(struct kt_buf *out, const char *p, size_t n)
{
	struct kt_buf plain = KT_BUF_INIT, whole = KT_BUF_INIT;
	unsigned len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t c = kt_utf8_at(p + i, &len);

		put_plain(&plain, p + i, len, c);
	}
	/* ｶﾞ is two characters until now. */
	kt_nfc(&whole, plain.p, plain.len);
	for (size_t i = 0; i < whole.len; i += len) {
		uint32_t c = kt_utf8_at(whole.p + i, &len);

		kt_utf8_put(
		    out, (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
	}
	kt_buf_release(&plain);
	kt_buf_release(&whole);
}

size_t
kt_utf16_count(const char *p, size_t n)
{
	size_t units = 0;
	unsigned len;

	for (size_t i = 0; i < n; i += len)
		units += kt_utf8_at(p + i, &len) > 0xffff ? 2 : 1;
	return units;
}

uint32_t
kt_outside_cp932(const char *p, size_t n)
{
	UErrorCode e = U_ZERO_ERROR;
	UConverter *to = ucnv_open("windows-932", &e);
	uint32_t found = 0;
	unsigned len;

	if (U_FAILURE(e))
		return 0;
	ucnv_setFromUCallBack(
	    to, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &e);
	for (size_t i = 0; i < n && found == 0; i += len) {
		uint32_t c = kt_utf8_at(p + i, &len);
		UChar one[2];
		int32_t units = 0;
		char bytes[16];

		e = U_ZERO_ERROR;
		U16_APPEND_UNSAFE(one, units, (UChar32)c);
		ucnv_reset(to);
		ucnv_fromUChars(to, bytes, sizeof(bytes), one, units, &e);
		if (U_FAILURE(e))
			found = c;
	}
	ucnv_close(to);
	return found;
}
