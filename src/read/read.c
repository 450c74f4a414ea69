/* SPDX-License-Identifier: MIT */
/* The formats: told apart by content, the name only breaks ties. */
#include "read_int.h"

#include <string.h>
#include <strings.h>

/* Enough of a text to tell its format by. */
#define SAMPLE ((size_t)64 << 10)

static const struct {
	const char *suffix;
	enum kt_format format;
} suffixes[] = {
	{ "md", KT_FMT_MARKDOWN },
	{ "markdown", KT_FMT_MARKDOWN },
	{ "xml", KT_FMT_LAWXML },
	{ "txt", KT_FMT_LAWTEXT },
	{ "json", KT_FMT_JSON },
	{ "html", KT_FMT_HTML },
	{ "htm", KT_FMT_HTML },
	{ "docx", KT_FMT_DOCX },
	{ "pdf", KT_FMT_PDF },
	{ "xlsx", KT_FMT_XLSX },
};

/* What a format is called in messages; the readers that exist. */
static const struct {
	const char *name;
	int (*read)(struct kt_doc **out, const char *name, const char *bytes,
	    size_t n, struct kt_diag *d);
} formats[] = {
	[KT_FMT_UNKNOWN] = { "", NULL },
	[KT_FMT_MARKDOWN] = { "Markdown", kt_read_markdown },
	[KT_FMT_LAWXML] = { "XML", kt_read_lawxml },
	[KT_FMT_LAWTEXT] = { "Lawtext", kt_read_lawtext },
	[KT_FMT_JSON] = { "JSON", NULL },
	[KT_FMT_HTML] = { "HTML", kt_read_html },
	[KT_FMT_DOCX] = { "Word (.docx)", NULL },
	[KT_FMT_PDF] = { "PDF", kt_read_pdf },
	[KT_FMT_XLSX] = { "Excel (.xlsx)", NULL },
};

static const char readable[] =
    "Markdown (.md), Word (.docx), XML (.xml), Lawtext (.txt), HTML (.html), "
    "PDF (.pdf)";

enum kt_format
kt_format_by_name(const char *suffix)
{
	for (size_t i = 0; i < KT_COUNT(suffixes); i++)
		if (strcasecmp(suffix, suffixes[i].suffix) == 0)
			return suffixes[i].format;
	return KT_FMT_UNKNOWN;
}

static enum kt_format
by_file_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot == NULL || strchr(dot, '/') != NULL
		   ? KT_FMT_UNKNOWN
		   : kt_format_by_name(dot + 1);
}

/* ---- binary and marked-up formats ------------------------------------ */

static bool
begins(const char *p, size_t n, const char *word)
{
	return n >= strlen(word) && strncasecmp(p, word, strlen(word)) == 0;
}

static bool
holds(const char *p, size_t n, const char *word)
{
	size_t len = strlen(word);
	const char *end = p + n;

	while ((size_t)(end - p) >= len &&
	       (p = memchr(p, word[0], (size_t)(end - p))) != NULL) {
		if ((size_t)(end - p) >= len && memcmp(p, word, len) == 0)
			return true;
		p++;
	}
	return false;
}

/* A zip archive: its directory of names is at the end. */
static enum kt_format
of_archive(const char *p, size_t n)
{
	size_t tail = n > SAMPLE ? n - SAMPLE : 0;

	if (holds(p + tail, n - tail, "word/"))
		return KT_FMT_DOCX;
	if (holds(p + tail, n - tail, "xl/"))
		return KT_FMT_XLSX;
	return KT_FMT_UNKNOWN;
}

/* Pages may begin with anything, a comment too; Markdown may hold a table in
 * HTML, but does not end in .html. */
static enum kt_format
of_markup(const char *name, const char *p, size_t n)
{
	if (begins(p, n, "<!doctype html") || begins(p, n, "<html"))
		return KT_FMT_HTML;
	if (begins(p, n, "<") && by_file_name(name) == KT_FMT_HTML)
		return KT_FMT_HTML;
	if (begins(p, n, "<!--") && holds(p, n < SAMPLE ? n : SAMPLE, "<html"))
		return KT_FMT_HTML;
	if (begins(p, n, "<?xml"))
		return holds(p, n < SAMPLE ? n : SAMPLE, "<html")
			   ? KT_FMT_HTML
			   : KT_FMT_LAWXML;
	if (begins(p, n, "<law") && n > 4 &&
	    (p[4] == ' ' || p[4] == '>' || p[4] == '\n'))
		return KT_FMT_LAWXML;
	return KT_FMT_UNKNOWN;
}

/* ---- Markdown or Lawtext --------------------------------------------- */

/* What a line says for either: > 0 Markdown, < 0 Lawtext. */
static int
weigh_line(const char *p, const char *end)
{
	static const char *const lawtext[] = { "附　則", "　　　附　則", ":",
		"* - " };
	size_t n = (size_t)(end - p), marks = 0, columns;
	struct kt_label label;

	while (marks < n && p[marks] == '#')
		marks++;
	if (marks >= 1 && marks <= 6 && marks < n && p[marks] == ' ')
		return 100;
	if (kt_is_delimiter_row(p, n, &columns))
		return 100;
	for (size_t i = 0; i < KT_COUNT(lawtext); i++)
		if (begins(p, n, lawtext[i]))
			return -3;
	if (n >= 2 && p[1] == ' ' && strchr("-*+>", p[0]) != NULL)
		return 3;
	if (kt_label_read(&label, p, n) && label.skip > label.len &&
	    label.kind == KT_ARTICLE)
		return -3;
	if (begins(p, n, "  （") || begins(p, n, "  ("))
		return -2;
	return 0;
}

static enum kt_format
of_text(const char *name, const char *p, size_t n)
{
	const char *end = p + (n < SAMPLE ? n : SAMPLE), *next;
	enum kt_format named = by_file_name(name);
	int weight = 0;

	if (begins(p, n, "---\n") || begins(p, n, "---\r\n"))
		return KT_FMT_MARKDOWN;
	for (; p < end; p = next) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		int line;

		if (stop == NULL)
			stop = end;
		next = stop < end ? stop + 1 : end;
		line = weigh_line(
		    p, stop > p && stop[-1] == '\r' ? stop - 1 : stop);
		if (line == 100)
			return KT_FMT_MARKDOWN;
		weight += line;
	}
	if (weight != 0)
		return weight > 0 ? KT_FMT_MARKDOWN : KT_FMT_LAWTEXT;
	return named == KT_FMT_LAWTEXT ? KT_FMT_LAWTEXT : KT_FMT_MARKDOWN;
}

enum kt_format
kt_format_of(const char *name, const char *bytes, size_t n)
{
	enum kt_format format;
	size_t bad;

	if (begins(bytes, n, "PK\3\4"))
		return of_archive(bytes, n);
	if (begins(bytes, n, "%PDF-"))
		return KT_FMT_PDF;
	/* UTF-16: only XML and web pages may come so. */
	if (begins(bytes, n, "\xff\xfe") || begins(bytes, n, "\xfe\xff"))
		return by_file_name(name) == KT_FMT_HTML ? KT_FMT_HTML
							 : KT_FMT_LAWXML;
	if (begins(bytes, n, "\xef\xbb\xbf")) {
		bytes += 3;
		n -= 3;
	}
	while (n > 0 && strchr(" \t\r\n", *bytes) != NULL && *bytes != '\0') {
		bytes++;
		n--;
	}
	format = of_markup(name, bytes, n);
	if (format != KT_FMT_UNKNOWN)
		return format;
	if (n > 0 && *bytes == '{' && by_file_name(name) != KT_FMT_MARKDOWN)
		return KT_FMT_JSON;
	/* Not UTF-8: a reader of text says where, if no other is named. */
	if (n > 0 && !kt_utf8_check(bytes, n < 4096 ? n : 4096, &bad) &&
	    bad + 4 < (n < 4096 ? n : 4096) &&
	    by_file_name(name) != KT_FMT_UNKNOWN)
		return by_file_name(name);
	return of_text(name, bytes, n);
}

/* ---- reading --------------------------------------------------------- */

int
kt_read_as(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    const struct kt_read_how *how, struct kt_diag *d)
{
	enum kt_format format = kt_format_of(name, bytes, n);

	if (format == KT_FMT_DOCX)
		return kt_read_docx(out, name, bytes, n, how, d);
	if (format == KT_FMT_UNKNOWN)
		return kt_report(d, .id = KT_M_FORMAT_UNKNOWN,
		    .at = { .file = name }, .a = name, .b = readable);
	if (formats[format].read == NULL)
		return kt_report(d, .id = KT_M_FORMAT_UNSUPPORTED,
		    .at = { .file = name }, .a = name,
		    .b = formats[format].name, .c = readable);
	return formats[format].read(out, name, bytes, n, d);
}

int
kt_read(struct kt_doc **out, const char *name, const char *bytes, size_t n,
    struct kt_diag *d)
{
	return kt_read_as(out, name, bytes, n, NULL, d);
}

static bool
says_nothing(const struct kt_doc *doc)
{
	return doc->root->first == NULL && doc->root->caption[0] == '\0' &&
	       doc->root->text[0] == '\0' && doc->meta.title[0] == '\0';
}

int
kt_read_file_as(struct kt_doc **out, const char *path,
    const struct kt_read_how *how, struct kt_diag *d)
{
	struct kt_buf bytes = KT_BUF_INIT;
	struct kt_doc *doc = NULL;
	int rc = kt_file_read(&bytes, path, KT_READ_MAX, d);

	if (rc == KT_OK)
		rc = kt_read_as(&doc, path, bytes.p, bytes.len, how, d);
	if (rc == KT_OK && says_nothing(doc)) {
		kt_doc_free(doc);
		rc = kt_report(d, .id = KT_M_READ_EMPTY, .at = { .file = path },
		    .a = path);
	} else if (rc == KT_OK) {
		*out = doc;
	}
	kt_buf_release(&bytes);
	return rc;
}

int
kt_read_file(struct kt_doc **out, const char *path, struct kt_diag *d)
{
	return kt_read_file_as(out, path, NULL, d);
}
