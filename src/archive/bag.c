/* SPDX-License-Identifier: MIT */
/*
 * BagIt 1.0 (RFC 8493) with SHA-256.  The manifests are in the form that
 * `sha256sum -c` reads: in ten years nothing else is needed.
 */
#include "archive_int.h"

#include <stdlib.h>
#include <string.h>

const char bag_bagit[] = "BagIt-Version: 1.0\n"
			 "Tag-File-Character-Encoding: UTF-8\n";

bool
bag_is_payload(const char *path)
{
	return strncmp(path, "data/", 5) == 0;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp((*(const struct item *const *)a)->path,
	    (*(const struct item *const *)b)->path);
}

void
bag_manifest(
    struct kt_buf *out, const struct item *items, size_t n, bool payload)
{
	const struct item **sorted = kt_calloc(n + 1, sizeof(*sorted));
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (bag_is_payload(items[i].path) == payload)
			sorted[count++] = &items[i];
	qsort(sorted, count, sizeof(*sorted), by_path);
	for (size_t i = 0; i < count; i++)
		kt_buf_printf(
		    out, "%s  %s\n", sorted[i]->sha256, sorted[i]->path);
	free(sorted);
}

static void
put_size(struct kt_buf *out, int64_t bytes)
{
	if (bytes >= 10 * 1000 * 1000)
		kt_buf_printf(out, "%lld MB", (long long)(bytes / 1000000));
	else
		kt_buf_printf(out, "%lld KB", (long long)(bytes / 1000 + 1));
}

void
bag_info(struct kt_buf *out, const struct bag_about *about,
    const struct item *items, size_t n)
{
	struct kt_buf date = KT_BUF_INIT, fy = KT_BUF_INIT;
	int64_t bytes = 0;
	size_t files = 0;

	for (size_t i = 0; i < n; i++)
		if (bag_is_payload(items[i].path)) {
			bytes += items[i].size;
			files++;
		}
	kt_date_iso(&date, about->date);
	kt_fiscal_year_write(&fy, about->fy);
	kt_buf_printf(out,
	    "Source-Organization: %s\nExternal-Description: %s\n"
	    "Bagging-Date: %s\nExternal-Identifier: %s\n",
	    about->organization, about->title, date.p, fy.p);
	kt_buf_puts(out, "Bag-Size: ");
	put_size(out, bytes);
	kt_buf_printf(out,
	    "\nPayload-Oxum: %lld.%zu\nBag-Group-Identifier: KAITEI_%d\n"
	    "Bag-Count: %u of %u\n",
	    (long long)bytes, files, about->fy, about->disc, about->discs);
	kt_buf_release(&date);
	kt_buf_release(&fy);
}

static bool
is_hex(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strchr("0123456789abcdefABCDEF", p[i]) == NULL ||
		    p[i] == '\0')
			return false;
	return true;
}

bool
bag_manifest_next(
    const char **p, char hex[KT_SHA256_LEN + 1], const char **path, size_t *len)
{
	const char *end = *p + strcspn(*p, "\n");
	const char *at = *p;

	if (end - at < KT_SHA256_LEN + 3 || !is_hex(at, KT_SHA256_LEN) ||
	    (at[KT_SHA256_LEN] != ' ' && at[KT_SHA256_LEN] != '\t'))
		return false;
	for (size_t i = 0; i < KT_SHA256_LEN; i++)
		hex[i] =
		    at[i] >= 'A' && at[i] <= 'F' ? (char)(at[i] + 32) : at[i];
	hex[KT_SHA256_LEN] = '\0';
	at += KT_SHA256_LEN;
	while (at < end && (*at == ' ' || *at == '\t' || *at == '*'))
		at++;
	*path = at;
	*len = (size_t)(end - at);
	if (*len > 0 && at[*len - 1] == '\r')
		(*len)--;
	*p = *end == '\0' ? end : end + 1;
	return *len > 0;
}
