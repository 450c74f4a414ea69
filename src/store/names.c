/* SPDX-License-Identifier: MIT */
/*
 * Names that every Git, every Windows and every command line keeps: one path
 * segment, no characters with a meaning of their own.
 */
#include "store_int.h"

#include <string.h>
#include <strings.h>

#define NAME_MAX_BYTES 120
/* Deliverables keep the names that they came with: 64 characters. */
#define FILE_MAX_BYTES 255
#define FIGURE_DEPTH 8 /* folders and the file */

/* Names that Windows gives to devices, with or without an ending. */
static bool
is_device(const char *name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul",
		"com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
		"com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
		"lpt8", "lpt9" };
	size_t n = strcspn(name, ".");

	for (size_t i = 0; i < KT_COUNT(devices); i++)
		if (strlen(devices[i]) == n &&
		    strncasecmp(devices[i], name, n) == 0)
			return true;
	return false;
}

static bool
is_plain(const char *name, bool blanks)
{
	size_t n = strlen(name), bad;

	if (n == 0 || n > NAME_MAX_BYTES || !kt_utf8_check(name, n, &bad))
		return false;
	if (name[0] == '.' || name[0] == '-' || name[n - 1] == '.' ||
	    name[n - 1] == ' ' || name[0] == ' ')
		return false;
	if (strstr(name, "..") != NULL || strstr(name, "@{") != NULL)
		return false;
	if (n >= 5 && strcmp(name + n - 5, ".lock") == 0)
		return false;
	for (const char *p = name; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c == 0x7f || (c == ' ' && !blanks) ||
		    strchr("/\\:*?\"<>|~^[@", c) != NULL)
			return false;
	}
	return !is_device(name);
}

/* A file that nothing but its path names: only what a path cannot have. */
static bool
is_file_name(const char *name)
{
	size_t n = strlen(name), bad;

	if (n == 0 || n > FILE_MAX_BYTES || !kt_utf8_check(name, n, &bad) ||
	    strcmp(name, "..") == 0 || strcasecmp(name, ".git") == 0 ||
	    name[n - 1] == '.' || name[n - 1] == ' ' || name[0] == ' ')
		return false;
	for (const char *p = name; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c == 0x7f || strchr("/\\:*?\"<>|", c) != NULL)
			return false;
	}
	return !is_device(name);
}

/* The next segment of a path into `out`; where the rest begins, NULL behind
 * the last. */
static const char *
segment(char out[FILE_MAX_BYTES + 2], const char *path)
{
	size_t n = strcspn(path, "/"), kept = n;

	if (kept > FILE_MAX_BYTES + 1)
		kept = FILE_MAX_BYTES + 1;
	memcpy(out, path, kept);
	out[kept] = '\0';
	return path[n] == '/' ? path + n + 1 : NULL;
}

/* Which folders there are, and how many names stand behind theirs. */
static const struct {
	const char *name, *suffix;
	unsigned depth;
	bool any; /* names of their own, is_file_name() */
} folders[] = {
	{ "policies", ".md", 1, false },
	{ "guidelines", ".md", 1, false },
	{ "links", "", 1, false },
	{ "instruments", "", 2, false },
	{ "deliverables", "", 2, true },
};

static bool
ends_in(const char *name, const char *suffix)
{
	size_t n = strlen(name), end = strlen(suffix);

	return n > end && strcasecmp(name + n - end, suffix) == 0;
}

bool
kt_store_is_document(const char *path)
{
	return (strncmp(path, "policies/", 9) == 0 ||
		   strncmp(path, "guidelines/", 11) == 0) &&
	       ends_in(path, ".md");
}

/* Beside the documents or in folders there, none of which could be taken for a
 * document. */
bool
kt_store_is_figure(const char *path)
{
	char name[FILE_MAX_BYTES + 2];
	const char *rest = segment(name, path);
	unsigned depth = 0;

	if (rest == NULL ||
	    (strcmp(name, "policies") != 0 && strcmp(name, "guidelines") != 0))
		return false;
	for (; rest != NULL; depth++) {
		rest = segment(name, rest);
		if (depth == FIGURE_DEPTH || !is_plain(name, true) ||
		    ends_in(name, ".md"))
			return false;
	}
	return ends_in(name, ".png") || ends_in(name, ".jpg") ||
	       ends_in(name, ".jpeg");
}

static bool
is_allowed(const char *path)
{
	char name[FILE_MAX_BYTES + 2];
	const char *rest = segment(name, path);
	size_t n;

	if (rest == NULL)
		return strcmp(name, SETTINGS) == 0 ||
		       strcmp(name, SIGNERS) == 0 ||
		       strcmp(name, KT_CONFLICTS) == 0;
	for (size_t i = 0; i < KT_COUNT(folders); i++) {
		unsigned depth = folders[i].depth;

		if (strcmp(folders[i].name, name) != 0)
			continue;
		for (; rest != NULL && depth > 0; depth--) {
			rest = segment(name, rest);
			if (folders[i].any ? !is_file_name(name)
					   : !is_plain(name, true))
				return false;
		}
		n = strlen(name);
		return rest == NULL && depth == 0 &&
		       n > strlen(folders[i].suffix) &&
		       strcmp(name + n - strlen(folders[i].suffix),
			   folders[i].suffix) == 0;
	}
	return false;
}

int
store_check_path(const char *path, struct kt_diag *d)
{
	if (is_allowed(path) || kt_store_is_figure(path))
		return KT_OK;
	return kt_report(d, .id = KT_M_STORE_BAD_PATH, .a = path);
}

int
store_check_id(const char *id, struct kt_diag *d)
{
	if (is_plain(id, false))
		return KT_OK;
	return kt_report(d, .id = KT_M_STORE_BAD_ID, .a = id);
}

int
store_check_edition(const char *label, struct kt_diag *d)
{
	struct kt_date date;

	/* A label that reads as a date could never be asked for. */
	if (is_plain(label, false) &&
	    kt_date_read(&date, label, strlen(label)) != strlen(label))
		return KT_OK;
	return kt_report(d, .id = KT_M_STORE_BAD_EDITION, .a = label);
}

int
kt_store_check_number(const char *number, struct kt_diag *d)
{
	if (is_plain(number, false))
		return KT_OK;
	return kt_report(d, .id = KT_M_ADOPT_BAD_NUMBER, .a = number);
}

int
store_check_draft(const char *name, struct kt_diag *d)
{
	if (is_plain(name, false))
		return KT_OK;
	return kt_report(d, .id = KT_M_DRAFT_BAD_NAME, .a = name);
}

bool
store_same_name(const char *a, const char *b)
{
	struct kt_buf x = KT_BUF_INIT, y = KT_BUF_INIT;
	bool same;

	kt_fold(&x, a, strlen(a));
	kt_fold(&y, b, strlen(b));
	same = strcasecmp(x.p, y.p) == 0;
	kt_buf_release(&x);
	kt_buf_release(&y);
	return same;
}
