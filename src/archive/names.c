/* SPDX-License-Identifier: MIT */
/*
 * Names that every Windows, every disc format and every reader keeps; checked
 * before anything is written.  Rules and their reasons: archive.md §3.
 */
#include "archive_int.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAME_MAX_UNITS 64 /* Joliet */
#define PATH_MAX_UNITS 120

/* Names that Windows gives to devices, with or without an ending. */
static bool
is_device(const char *p, size_t n)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul" };
	size_t stem = 0;

	while (stem < n && p[stem] != '.')
		stem++;
	for (size_t i = 0; i < KT_COUNT(devices); i++)
		if (stem == 3 && strncasecmp(devices[i], p, 3) == 0)
			return true;
	return stem == 4 &&
	       (strncasecmp(p, "com", 3) == 0 ||
		   strncasecmp(p, "lpt", 3) == 0) &&
	       p[3] >= '1' && p[3] <= '9';
}

static bool
has_bad_sign(const char *p, size_t n)
{
	unsigned len;

	for (size_t i = 0; i < n; i += len) {
		uint32_t c = kt_utf8_at(p + i, &len);

		if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) ||
		    (c < 0x80 && strchr("\\:*?\"<>|;%/", (int)c) != NULL))
			return true;
	}
	return false;
}

/* What is wrong with one name; KT_M__COUNT when nothing is. */
static enum kt_msg_id
fault_of(const char *p, size_t n)
{
	struct kt_buf whole = KT_BUF_INIT;
	size_t bad;
	bool same;

	if (n == 0 || !kt_utf8_check(p, n, &bad))
		return KT_M_NAME_BROKEN;
	kt_nfc(&whole, p, n);
	same = whole.len == n && memcmp(whole.p, p, n) == 0;
	kt_buf_release(&whole);
	if (!same)
		return KT_M_NAME_BROKEN;
	if (has_bad_sign(p, n))
		return KT_M_NAME_SIGN;
	if (p[0] == ' ' || p[n - 1] == ' ' || p[n - 1] == '.' ||
	    (n >= 3 &&
		(memcmp(p, "　", 3) == 0 || memcmp(p + n - 3, "　", 3) == 0)))
		return KT_M_NAME_EDGE;
	if (is_device(p, n))
		return KT_M_NAME_DEVICE;
	if (kt_utf16_count(p, n) > NAME_MAX_UNITS)
		return KT_M_NAME_LONG;
	return KT_M__COUNT;
}

int
name_check(const char *name, bool warn, struct kt_diag *d)
{
	size_t n = strlen(name);
	enum kt_msg_id id = fault_of(name, n);
	struct kt_buf sign = KT_BUF_INIT;
	uint32_t outside;

	if (id != KT_M__COUNT)
		return kt_report(d, .id = id, .a = name);
	outside = warn ? kt_outside_cp932(name, n) : 0;
	if (outside != 0) {
		kt_utf8_put(&sign, outside);
		kt_report(d, .id = KT_M_NAME_RARE, .a = name, .b = sign.p);
	}
	kt_buf_release(&sign);
	return KT_OK;
}

int
kt_archive_name_check(const char *name, struct kt_diag *d)
{
	return name_check(name, true, d);
}

/* ---- whole paths -------------------------------------------------------- */

static int
check_path(const char *path, struct kt_diag *d)
{
	int rc = KT_OK;

	for (const char *p = path; *p != '\0';) {
		size_t n = strcspn(p, "/");
		enum kt_msg_id id = fault_of(p, n);

		if (id != KT_M__COUNT)
			rc = kt_report(d, .id = id, .a = path);
		p += n + (p[n] == '/');
	}
	if (kt_utf16_count(path, strlen(path)) > PATH_MAX_UNITS)
		rc = kt_report(d, .id = KT_M_NAME_PATH, .a = path);
	return rc;
}

struct folded {
	char *text;
	const char *path;
};

static int
by_text(const void *a, const void *b)
{
	const struct folded *x = a, *y = b;

	return strcmp(x->text, y->text);
}

static char *
fold_name(const char *path)
{
	struct kt_buf b = KT_BUF_INIT;

	kt_name_fold(&b, path, strlen(path));
	return kt_buf_detach(&b);
}

int
names_check(const struct item *items, size_t n, struct kt_diag *d)
{
	struct folded *all = kt_calloc(n + 1, sizeof(*all));
	int rc = KT_OK;

	for (size_t i = 0; i < n; i++) {
		int one = check_path(items[i].path, d);

		rc = one == KT_OK ? rc : one;
		all[i] =
		    (struct folded){ fold_name(items[i].path), items[i].path };
	}
	qsort(all, n, sizeof(*all), by_text);
	for (size_t i = 1; i < n; i++)
		if (strcmp(all[i - 1].text, all[i].text) == 0)
			rc = kt_report(d, .id = KT_M_NAME_CLASH,
			    .a = all[i - 1].path, .b = all[i].path);
	for (size_t i = 0; i < n; i++)
		free(all[i].text);
	free(all);
	return rc;
}

bool
kt_archive_name_same(const char *a, const char *b)
{
	char *x = fold_name(a), *y = fold_name(b);
	bool same = strcmp(x, y) == 0;

	free(x);
	free(y);
	return same;
}

/* ---- names for what has a title only ------------------------------------ */

/* Room for " (99)" behind a name that is taken. */
#define NUMBER_UNITS 5

void
kt_archive_name_make(struct kt_buf *out, const char *title, const char *behind)
{
	size_t room = NAME_MAX_UNITS - NUMBER_UNITS -
		      kt_utf16_count(behind, strlen(behind));
	struct kt_buf whole = KT_BUF_INIT;
	size_t begin = out->len, used = 0;
	unsigned len;

	kt_nfc(&whole, title, strlen(title));
	for (size_t i = 0; i < whole.len; i += len) {
		uint32_t c = kt_utf8_at(whole.p + i, &len);
		size_t units = c > 0xffff ? 2 : 1;
		bool blank = c == ' ' || c == 0x3000;

		if (used + units > room - 1 && whole.len - i > len) {
			kt_buf_puts(out, "…");
			break;
		}
		if (has_bad_sign(whole.p + i, len))
			kt_buf_puts(out, "＿");
		else if (!blank || used > 0)
			kt_buf_put(out, whole.p + i, len);
		used += units;
	}
	kt_buf_release(&whole);
	if (out->len == begin || is_device(out->p + begin, out->len - begin))
		kt_buf_puts(out, "＿");
	kt_buf_puts(out, behind);
}
