/* SPDX-License-Identifier: MIT */
/* A document taken in from outside: read with the options that say how, and
 * with the report of what was lost. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

/* Places of one loss that are told; the report file has them all. */
#define PLACES_TOLD 3
/* Tracked changes that are told where they are not what was asked for. */
#define CHANGES_TOLD 10

/* ---- the report as a file ---------------------------------------------- */

static void
put_place(struct kt_buf *out, const struct kt_msg *m, enum kt_lang lang)
{
	struct kt_buf words = KT_BUF_INIT;

	kt_msg_text(&words, m, lang);
	kt_buf_printf(out, "{\"line\":%zu,\"clause\":", m->at.line);
	kt_json_string(out, m->at.clause, strlen(m->at.clause));
	kt_buf_puts(out, ",\"message\":");
	kt_json_string(out, words.p, words.len);
	kt_buf_putc(out, '}');
	kt_buf_release(&words);
}

static void
put_loss(struct kt_buf *out, const struct kt_loss *l, enum kt_lang lang)
{
	struct kt_buf name = KT_BUF_INIT;

	kt_msg_name(&name, l->id);
	kt_buf_printf(out,
	    "{\"id\":\"%s\",\"kind\":\"%s\",\"count\":%zu,"
	    "\"places\":[",
	    name.p, l->kind == KT_LOSS_TEXT ? "kept-as-text" : "dropped",
	    l->count);
	for (size_t i = 0; i < l->nat; i++) {
		kt_buf_puts(out, i > 0 ? ",\n  " : "\n  ");
		put_place(out, l->at[i], lang);
	}
	kt_buf_puts(out, "]}");
	kt_buf_release(&name);
}

static void
put_changes(struct kt_buf *out, const struct kt_import *r)
{
	kt_buf_puts(out, "],\n \"changes\":[");
	for (size_t i = 0; i < r->nchanges; i++) {
		const struct kt_msg *m = r->change[i];

		kt_buf_printf(out, "%s{\"line\":%zu,\"done\":\"%s\",\"by\":",
		    i > 0 ? ",\n  " : "\n  ", m->at.line,
		    kt_change_done(m->id));
		kt_json_string(out, m->a, strlen(m->a));
		kt_buf_puts(out, ",\"at\":");
		kt_json_string(out, m->b, strlen(m->b));
		kt_buf_puts(out, ",\"words\":");
		kt_json_string(out, m->c, strlen(m->c));
		kt_buf_putc(out, '}');
	}
}

/* `kaitei-import/1`. */
static void
put_json(struct kt_buf *out, const struct kt_import *r,
    const struct kt_doc *doc, enum kt_lang lang)
{
	const char *title = doc->root->caption;

	kt_buf_puts(out, "{\"format\":\"kaitei-import/1\",\"source\":");
	kt_json_string(out, doc->source, strlen(doc->source));
	kt_buf_puts(out, ",\"title\":");
	kt_json_string(out, title, strlen(title));
	kt_buf_printf(
	    out, ",\n \"recognised\":{\"characters\":%zu", r->characters);
	for (int kind = KT_DOC + 1; kind < KT_KINDS; kind++)
		if (r->clauses[kind] > 0)
			kt_buf_printf(out, ",\"%s\":%zu",
			    kt_kind_name((enum kt_kind)kind), r->clauses[kind]);
	kt_buf_printf(out, "},\n \"kept\":%zu,\"dropped\":%zu,\"losses\":[",
	    r->kept, r->dropped);
	for (size_t i = 0; i < r->nloss; i++) {
		kt_buf_puts(out, i > 0 ? ",\n " : "\n ");
		put_loss(out, &r->loss[i], lang);
	}
	put_changes(out, r);
	kt_buf_puts(out, "]}\n");
}

/* Every message of the reading, a line each. */
static void
put_text(struct kt_buf *out, const struct kt_import *r,
    const struct kt_diag *read, enum kt_lang lang)
{
	kt_import_taken(out, r, lang);
	kt_buf_putc(out, '\n');
	for (size_t i = 0; i < kt_diag_count(read); i++) {
		kt_msg_tell(out, kt_diag_get(read, i), lang);
		kt_buf_putc(out, '\n');
	}
}

/* A PDF that is to be shown page by page; false when it is something else. */
static bool
put_pages(
    struct cli *cli, struct kt_buf *out, const struct kt_doc *doc, int *rc)
{
	struct kt_buf bytes = KT_BUF_INIT;
	const char *name = cli->args[0];
	bool is = kt_file_exists(name) &&
		  kt_file_read(&bytes, name, KT_READ_MAX, NULL) == KT_OK &&
		  kt_format_of(name, bytes.p, bytes.len) == KT_FMT_PDF;

	if (is)
		*rc = kt_pdf_report(
		    out, name, bytes.p, bytes.len, doc, cli->lang, cli->diag);
	kt_buf_release(&bytes);
	return is;
}

static int
write_report(struct cli *cli, const struct kt_import *r,
    const struct kt_doc *doc, const struct kt_diag *read)
{
	const char *file = cli->value[OPT_REPORT], *dot = strrchr(file, '.');
	struct kt_buf out = KT_BUF_INIT;
	int rc = KT_OK;

	if (dot != NULL && strcmp(dot, ".json") == 0)
		put_json(&out, r, doc, cli->lang);
	else if (dot == NULL || strcmp(dot, ".html") != 0 ||
		 !put_pages(cli, &out, doc, &rc))
		put_text(&out, r, read, cli->lang);
	if (rc == KT_OK)
		rc = kt_file_write(file, out.p, out.len, cli->diag);
	kt_buf_release(&out);
	return rc;
}

/* ---- on standard error ------------------------------------------------- */

static void
tell(struct cli *cli, const struct kt_import *r, const struct kt_diag *read,
    const char *name)
{
	struct kt_buf taken = KT_BUF_INIT;

	kt_import_taken(&taken, r, cli->lang);
	kt_report(cli->diag, .id = KT_M_IMPORT_TAKEN, .at = { .file = name },
	    .a = taken.p);
	for (size_t i = 0; i < kt_diag_count(read); i++) {
		const struct kt_msg *m = kt_diag_get(read, i);

		if (kt_loss_kind(m->id) == KT_LOSS_NONE &&
		    kt_change_done(m->id) == NULL)
			kt_diag_add(cli->diag, m);
	}
	kt_import_tell_changes(cli->diag, r,
	    cli_has(cli, OPT_CHANGES) &&
		    strcmp(cli->value[OPT_CHANGES], "show") == 0
		? SIZE_MAX
		: CHANGES_TOLD);
	kt_import_tell(cli->diag, r, PLACES_TOLD);
	kt_buf_release(&taken);
}

int
cli_import(struct cli *cli, struct kt_doc **out, const char *name)
{
	struct kt_diag *read = kt_diag_new(), *given = cli->diag;
	struct kt_import *r;
	int rc;

	cli->diag = read;
	cli->authors = true;
	rc = cli_doc(cli, out, name);
	cli->authors = false;
	cli->diag = given;
	if (rc != KT_OK) {
		for (size_t i = 0; i < kt_diag_count(read); i++)
			kt_diag_add(given, kt_diag_get(read, i));
		kt_diag_free(read);
		return rc;
	}
	r = kt_import_new(*out, read, 0);
	tell(cli, r, read, name);
	cli->lost = r->nloss > 0;
	if (cli_has(cli, OPT_REPORT))
		rc = write_report(cli, r, *out, read);
	kt_import_free(r);
	kt_diag_free(read);
	return rc;
}
