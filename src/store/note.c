/* SPDX-License-Identifier: MIT */
/* What is recorded with a revision: the commit's message, with trailers that
 * `git interpret-trailers` reads.  Dates are repeated from the document. */
#include "store_int.h"

#include <string.h>

/* One line: a value may not start a trailer of its own. */
static void
put_line(struct kt_buf *out, const char *value)
{
	for (; *value != '\0'; value++)
		kt_buf_putc(out, (unsigned char)*value < 0x20 ? ' ' : *value);
}

static void
put_trailer(struct kt_buf *out, const char *key, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	kt_buf_printf(out, "%s: ", key);
	put_line(out, value);
	kt_buf_putc(out, '\n');
}

static void
put_date(struct kt_buf *out, const char *key, struct kt_date date)
{
	struct kt_buf iso = KT_BUF_INIT;

	if (date.year != 0)
		kt_date_iso(&iso, date);
	put_trailer(out, key, iso.p);
	kt_buf_release(&iso);
}

/* A trailer for each line. */
static void
put_lines(struct kt_buf *out, const char *key, const char *lines)
{
	struct kt_buf one = KT_BUF_INIT;

	for (const char *p = lines; p != NULL && *p != '\0';) {
		size_t n = strcspn(p, "\n");

		kt_buf_clear(&one);
		kt_buf_put(&one, p, n);
		put_trailer(out, key, one.p);
		p += p[n] == '\n' ? n + 1 : n;
	}
	kt_buf_release(&one);
}

void
store_note_write(struct kt_buf *out, const struct kt_note *note)
{
	bool said = note->message != NULL && note->message[0] != '\0';
	bool labelled = note->edition != NULL && note->edition[0] != '\0';

	if (said)
		put_line(out, note->message);
	else
		kt_buf_printf(out, "%s%s%s",
		    note->document == NULL ? "kaitei" : note->document,
		    labelled ? " " : "", labelled ? note->edition : "");
	kt_buf_puts(out, "\n\n");
	put_trailer(out, "Document", note->document);
	put_trailer(out, "Edition", note->edition);
	put_trailer(out, "Instrument", note->instrument);
	put_date(out, "Decided", note->decided);
	put_date(out, "Promulgated", note->promulgated);
	put_date(out, "Effective", note->effective);
	put_trailer(out, "Draft", note->draft);
	put_lines(out, "Waived", note->waived);
}

static void
read_date(struct kt_date *out, const char *value)
{
	struct kt_date date;

	if (kt_date_read(&date, value, strlen(value)) == strlen(value))
		*out = date;
}

void
store_note_read(
    struct kt_arena *a, struct kt_note *out, const git_commit *commit)
{
	const git_signature *author = git_commit_author(commit);
	const git_signature *committer = git_commit_committer(commit);
	const char *subject = git_commit_summary((git_commit *)commit);
	git_message_trailer_array found = { 0 };

	*out = (struct kt_note){ .document = "",
		.edition = "",
		.instrument = "",
		.draft = "",
		.waived = "" };
	out->message = kt_arena_strdup(a, subject == NULL ? "" : subject);
	out->author.name = kt_arena_strdup(a, author->name);
	out->author.mail = kt_arena_strdup(a, author->email);
	out->committer.name = kt_arena_strdup(a, committer->name);
	out->committer.mail = kt_arena_strdup(a, committer->email);
	if (git_message_trailers(&found, git_commit_message(commit)) < 0)
		return;
	for (size_t i = 0; i < found.count; i++) {
		const char *key = found.trailers[i].key;
		const char *value = found.trailers[i].value;

		if (strcmp(key, "Document") == 0)
			out->document = kt_arena_strdup(a, value);
		else if (strcmp(key, "Edition") == 0)
			out->edition = kt_arena_strdup(a, value);
		else if (strcmp(key, "Instrument") == 0)
			out->instrument = kt_arena_strdup(a, value);
		else if (strcmp(key, "Draft") == 0)
			out->draft = kt_arena_strdup(a, value);
		else if (strcmp(key, "Waived") == 0)
			out->waived = out->waived[0] == '\0'
					  ? kt_arena_strdup(a, value)
					  : kt_arena_printf(a, "%s\n%s",
						out->waived, value);
		else if (strcmp(key, "Decided") == 0)
			read_date(&out->decided, value);
		else if (strcmp(key, "Promulgated") == 0)
			read_date(&out->promulgated, value);
		else if (strcmp(key, "Effective") == 0)
			read_date(&out->effective, value);
	}
	git_message_trailer_array_free(&found);
}
