/* SPDX-License-Identifier: MIT */
/* The helper process that reads PDF: found, run, and run again behind a page
 * at which it fails. */
#include "pdf_int.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HELPER "kaitei-pdf"

/* What one run may cost.  The text of 400 pages is 40 MB of records. */
#define OUTPUT_MOST ((size_t)512 << 20)
#define MEMORY_MOST ((size_t)2 << 30)
#define SECONDS 120u
#define PICTURE_SECONDS 20u
#define HEADS_SECONDS 60u
#define HEADS_MOST ((size_t)16 << 20)
#define PICTURE_MOST ((size_t)64 << 20)
#define MOST_PAGES "2000"
/* Pages that may fail before the rest is given up. */
#define MOST_FAILURES 10u

enum { DAMAGED = 3, ENCRYPTED = 4 };

/* ---- where it is ------------------------------------------------------- */

/* A path below the folder of this program. */
static bool
beside(struct kt_buf *out, const char *below)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (n <= 0)
		return false;
	self[n] = '\0';
	slash = strrchr(self, '/');
	if (slash == NULL)
		return false;
	kt_buf_clear(out);
	kt_buf_printf(out, "%.*s/%s/" HELPER, (int)(slash - self), self, below);
	return access(out->p, X_OK) == 0;
}

/* Where tests put it, where it is installed, where it is built. */
static bool
find_helper(struct kt_buf *out)
{
	static const char *const places[] = { "../libexec/kaitei",
		"../../helper/pdf", "../helper/pdf" };
	const char *named = getenv("KAITEI_LIBEXEC");

	if (named != NULL) {
		kt_buf_printf(out, "%s/" HELPER, named);
		return access(out->p, X_OK) == 0;
	}
	for (size_t i = 0; i < KT_COUNT(places); i++)
		if (beside(out, places[i]))
			return true;
	kt_buf_clear(out);
	kt_buf_puts(out, KAITEI_LIBEXECDIR "/" HELPER);
	return access(out->p, X_OK) == 0;
}

bool
kt_pdf_works(struct kt_buf *what, bool *data)
{
	struct kt_buf path = KT_BUF_INIT, told = KT_BUF_INIT;
	bool works = false;
	int status;

	*data = false;
	if (find_helper(&path)) {
		const char *argv[] = { path.p, "check", NULL };
		const struct kt_spawn run = {
			.argv = argv, .input = "", .output = 4096, .seconds = 10
		};
		const char *version, *end;

		works = kt_spawn(&told, &status, &run) == KT_ENDED_GOOD &&
			status == 0;
		*data = strstr(told.p, "\ndata 1\n") != NULL;
		version = strstr(told.p, "poppler ");
		end = version == NULL ? NULL : strchr(version, '\n');
		if (end != NULL)
			kt_buf_put(what, version, (size_t)(end - version));
	}
	kt_buf_release(&path);
	kt_buf_release(&told);
	return works;
}

/* ---- pages ------------------------------------------------------------- */

static int
refuse(struct pdf *pdf, enum kt_msg_id id, const char *a)
{
	return kt_report(pdf->d, .id = id, .at = { .file = pdf->file }, .a = a);
}

/* A page of which nothing came. */
static void
add_unread(struct pdf *pdf, int number)
{
	struct pdf_page *page;

	KT_GROW(pdf->pages, pdf->npages, pdf->pages_cap);
	page = &pdf->pages[pdf->npages++];
	memset(page, 0, sizeof(*page));
	page->number = number;
	page->label = "";
	page->unread = true;
}

/* Records from a page on; *next is the page to go on with, 0 at the end. */
static int
run_from(
    struct pdf *pdf, const char *helper, const char *bytes, size_t n, int *next)
{
	char first[16];
	const char *argv[] = { helper, "text", first, MOST_PAGES, NULL };
	const struct kt_spawn run = { .argv = argv,
		.input = bytes,
		.ninput = n,
		.output = OUTPUT_MOST,
		.seconds = SECONDS,
		.cpu_seconds = SECONDS,
		.memory = MEMORY_MOST };
	struct kt_buf records = KT_BUF_INIT;
	size_t before = pdf->npages;
	enum kt_ending how;
	int status, rc = KT_OK, from = *next;
	bool done;

	snprintf(first, sizeof(first), "%d", from);
	how = kt_spawn(&records, &status, &run);
	done = pdf_records(pdf, records.p, records.len);
	kt_buf_release(&records);
	*next = 0;
	if (how == KT_ENDED_NEVER)
		rc = refuse(pdf, KT_M_PDF_NO_HELPER, NULL);
	else if (status == ENCRYPTED)
		rc = refuse(pdf, KT_M_PDF_ENCRYPTED, NULL);
	else if (pdf->total == 0 && how == KT_ENDED_LATE)
		rc = refuse(pdf, KT_M_PDF_LATE, NULL);
	else if (pdf->total == 0)
		rc = refuse(pdf, KT_M_PDF_DAMAGED, NULL);
	else if (!done) {
		/* The page that was begun is the one that broke it. */
		if (pdf->npages == before)
			add_unread(pdf, from);
		*next = pdf->pages[pdf->npages - 1].number + 1;
	}
	return rc;
}

static void
tell_unread(struct pdf *pdf)
{
	char page[16];

	for (size_t i = 0; i < pdf->npages; i++) {
		if (!pdf->pages[i].unread)
			continue;
		snprintf(page, sizeof(page), "%d", pdf->pages[i].number);
		refuse(pdf, KT_M_PDF_PAGE, page);
	}
}

/* What the file calls its headings is a help and no need: as far as it comes.
 * A run of its own, so that no page is lost over it. */
static void
load_heads(struct pdf *pdf, const char *helper, const char *bytes, size_t n)
{
	const char *argv[] = { helper, "heads", NULL };
	const struct kt_spawn run = { .argv = argv,
		.input = bytes,
		.ninput = n,
		.output = HEADS_MOST,
		.seconds = HEADS_SECONDS,
		.cpu_seconds = HEADS_SECONDS,
		.memory = MEMORY_MOST };
	struct kt_buf records = KT_BUF_INIT;
	int status;

	kt_spawn(&records, &status, &run);
	pdf_records(pdf, records.p, records.len);
	kt_buf_release(&records);
	pdf_heads_sort(pdf);
}

int
pdf_load(struct pdf *pdf, const char *bytes, size_t n)
{
	struct kt_buf helper = KT_BUF_INIT;
	unsigned failures = 0;
	char count[16];
	int next = 1, rc = KT_OK;

	if (!find_helper(&helper))
		rc = refuse(pdf, KT_M_PDF_NO_HELPER, NULL);
	while (rc == KT_OK && next > 0 && (next == 1 || next <= pdf->total) &&
	       failures++ < MOST_FAILURES)
		rc = run_from(pdf, helper.p, bytes, n, &next);
	if (rc == KT_OK)
		load_heads(pdf, helper.p, bytes, n);
	kt_buf_release(&helper);
	if (rc != KT_OK)
		return rc;
	if (pdf->no_data)
		return refuse(pdf, KT_M_PDF_NO_DATA, NULL);
	tell_unread(pdf);
	if (next > 0 && next <= pdf->total) {
		snprintf(count, sizeof(count), "%d", next);
		return refuse(pdf, KT_M_PDF_GIVEN_UP, count);
	}
	snprintf(count, sizeof(count), "%zu", pdf->npages);
	if ((size_t)pdf->total > pdf->npages)
		return refuse(pdf, KT_M_PDF_PAGES, count);
	return KT_OK;
}

bool
pdf_picture(
    struct kt_buf *out, const char *bytes, size_t n, int page, unsigned dpi)
{
	struct kt_buf helper = KT_BUF_INIT;
	char number[16], dots[16];
	const char *argv[] = { NULL, "picture", number, dots, NULL };
	struct kt_spawn run = { .argv = argv,
		.input = bytes,
		.ninput = n,
		.output = PICTURE_MOST,
		.seconds = PICTURE_SECONDS,
		.cpu_seconds = PICTURE_SECONDS,
		.memory = MEMORY_MOST };
	bool done;
	int status;

	snprintf(number, sizeof(number), "%d", page);
	snprintf(dots, sizeof(dots), "%u", dpi);
	done = find_helper(&helper);
	argv[0] = helper.p;
	done = done && kt_spawn(out, &status, &run) == KT_ENDED_GOOD &&
	       status == 0;
	kt_buf_release(&helper);
	return done;
}
