/* SPDX-License-Identifier: MIT */
/* kaitei init, add, list, log: the store. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/store.h>
#include <kaitei/match.h>
#include <kaitei/model.h>
#include <kaitei/workflow.h>
#include <kaitei/write.h>

/* ---- init ---------------------------------------------------------------- */

static int
run_init(struct cli *cli)
{
	const char *dir = cli->nargs > 0 ? cli->args[0] : ".";
	char *name = NULL, *mail = NULL;
	struct kt_person who;
	int rc;

	if (cli_has(cli, OPT_USER) &&
	    !cli_split_person(cli->value[OPT_USER], &name, &mail)) {
		free(name);
		free(mail);
		return cli_usage(cli, KT_M_USAGE_PERSON, cli->value[OPT_USER]);
	}
	who = (struct kt_person){ .name = name, .mail = mail };
	if (cli_has(cli, OPT_CLONE) && name == NULL)
		rc = kt_report(cli->diag, .id = KT_M_STORE_WHO, .a = dir);
	else if (cli_has(cli, OPT_CLONE))
		rc =
		    kt_store_clone(dir, cli->value[OPT_CLONE], &who, cli->diag);
	else
		rc = kt_store_init(dir, name == NULL ? NULL : &who, cli->diag);
	if (rc == KT_OK)
		kt_report(cli->diag, .id = KT_M_STORE_MADE, .a = dir);
	free(name);
	free(mail);
	return cli_status(rc);
}

const struct cmd cmd_init = {
	.name = "init",
	.args = "[DIR]",
	.max = 1,
	.text = { "ストアを作る", "make a store" },
	.run = run_init,
	.opts = { OPT_USER, OPT_CLONE, OPT__COUNT },
	.example = "kaitei init 例規 --user \"見本 花子 <hanako@example.jp>\"",
};

/* ---- add ----------------------------------------------------------------- */

char *
cli_name_for(struct cli *cli, const struct kt_doc *doc, const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash == NULL ? file : slash + 1;

	if (cli_has(cli, OPT_AS))
		return kt_strdup(cli->value[OPT_AS]);
	if (doc->meta.id[0] != '\0')
		return kt_strdup(doc->meta.id);
	return kt_strndup(base, strcspn(base, "."));
}

/* What the options say, else what the document says of itself. */
static int
fill_note(struct cli *cli, struct kt_note *note, const struct kt_doc *doc)
{
	const struct kt_meta *m = &doc->meta;
	const char *edition = cli->value[OPT_EDITION];
	int rc;

	note->edition = edition == NULL ? "" : edition;
	note->instrument =
	    cli_has(cli, OPT_INSTRUMENT) ? cli->value[OPT_INSTRUMENT] : "";
	note->message =
	    cli_has(cli, OPT_MESSAGE) ? cli->value[OPT_MESSAGE] : "";
	note->decided = m->decided;
	note->promulgated = m->promulgated;
	note->effective = m->effective;
	rc = cli_date(cli, OPT_DECIDED, &note->decided);
	if (rc == KT_OK)
		rc = cli_date(cli, OPT_PROMULGATED, &note->promulgated);
	if (rc == KT_OK)
		rc = cli_date(cli, OPT_EFFECTIVE, &note->effective);
	return rc;
}

static bool
is_there(struct kt_store *store, const struct kt_file *file)
{
	struct kt_buf there = KT_BUF_INIT;
	bool same =
	    kt_store_get(&there, store, file->path, "", NULL, NULL) == KT_OK &&
	    there.len == file->n && memcmp(there.p, file->bytes, file->n) == 0;

	kt_buf_release(&there);
	return same;
}

static bool
is_news(struct kt_date asked, struct kt_date last)
{
	return asked.year != 0 && kt_date_cmp(asked, last) != 0;
}

/* Would a revision with the text that is there say something new: an edition,
 * an instrument, a day?  A message alone is about nothing. */
static bool
tells_more(struct kt_store *store, const struct kt_note *note)
{
	const struct kt_revision *at;
	size_t n;

	if (kt_store_log(store, note->document, &at, &n, NULL) != KT_OK ||
	    n == 0)
		return true;
	return (note->edition[0] != '\0' &&
		   strcmp(note->edition, at->note.edition) != 0) ||
	       (note->instrument[0] != '\0' &&
		   strcmp(note->instrument, at->note.instrument) != 0) ||
	       is_news(note->decided, at->note.decided) ||
	       is_news(note->promulgated, at->note.promulgated) ||
	       is_news(note->effective, at->note.effective);
}

/* Save it as one revision, or say that all of it is there already. */
static int
put_or_tell(struct cli *cli, struct kt_store *store, const char *name,
    const struct kt_file *files, size_t n, const struct kt_note *note)
{
	char rev[KT_REV_LEN + 1];
	int rc;

	if (n == 1 && is_there(store, files) &&
	    (note->document == NULL || !tells_more(store, note))) {
		kt_report(cli->diag, .id = KT_M_STORE_SAME, .a = name);
		return KT_OK;
	}
	rc = kt_store_put(store, files, n, "", note, rev, cli->diag);
	if (rc != KT_OK)
		return rc;
	rev[10] = '\0';
	kt_report(cli->diag, .id = KT_M_STORE_SAVED, .a = name, .b = rev);
	return KT_OK;
}

/* The text and the figures that it names, as one revision. */
static int
save_all(struct cli *cli, struct kt_store *store, const struct kt_doc *doc,
    const struct kt_note *note)
{
	struct kt_arena *a = kt_arena_new();
	struct kt_pictures *figures = NULL;
	struct kt_buf text = KT_BUF_INIT;
	struct kt_file *files;
	const char *path;
	size_t n;
	int rc = kt_store_document(
	    &path, store, note->document, "", kt_folder_of(doc), cli->diag);

	if (rc == KT_OK)
		rc = kt_write_markdown(&text, doc, cli->diag);
	if (rc == KT_OK) {
		figures = cli_pictures_to_save(
		    cli, doc, cli->args[0], store, path, "");
		rc = kt_figures_files(
		    &files, &n, store, path, "", figures, a, cli->diag);
	}
	if (rc == KT_OK) {
		files[n++] = (struct kt_file){ path, text.p, text.len };
		rc = put_or_tell(cli, store, note->document, files, n, note);
	}
	kt_pictures_free(figures);
	kt_buf_release(&text);
	kt_arena_free(a);
	return rc;
}

static int
save(struct cli *cli, struct kt_store *store, struct kt_doc *doc)
{
	struct kt_note note = { 0 };
	char *id = cli_name_for(cli, doc, cli->args[0]);
	int rc = fill_note(cli, &note, doc);

	note.document = id;
	/* The text itself says from when it holds. */
	if (cli_has(cli, OPT_EFFECTIVE)) {
		doc->meta.effective = note.effective;
		doc->meta.present = true;
	}
	if (rc == KT_OK)
		rc = cli_person(cli, store, &note.author);
	if (rc == KT_OK)
		rc = save_all(cli, store, doc, &note);
	free(id);
	return rc;
}

static int
add_document(struct cli *cli)
{
	struct kt_store *store = NULL;
	struct kt_doc *doc = NULL;
	bool strict;
	int rc = kt_store_open(&store, cli->value[OPT_STORE], cli->diag);

	if (rc == KT_OK)
		rc = cli_import(cli, &doc, cli->args[0]);
	strict = rc == KT_OK && cli->lost && cli_has(cli, OPT_STRICT);
	if (rc == KT_OK && strict)
		kt_report(
		    cli->diag, .id = KT_M_IMPORT_NOT_SAVED, .a = cli->args[0]);
	else if (rc == KT_OK)
		rc = save(cli, store, doc);
	kt_doc_free(doc);
	kt_store_free(store);
	return strict ? EXIT_FINDINGS : cli_status(rc);
}

/* Where a file stands that is no document: settings, signers, links; NULL for
 * a document.  Yours. */
static char *
path_for(const struct cli *cli)
{
	const char *file = cli->args[0], *slash = strrchr(file, '/');
	const char *name = slash == NULL ? file : slash + 1;
	const char *as = cli->value[OPT_AS];
	size_t n = strlen(name);
	struct kt_buf path = KT_BUF_INIT;

	if (as != NULL && strchr(as, '/') != NULL)
		return kt_strdup(as);
	if (as != NULL &&
	    (strcmp(as, "kaitei.yaml") == 0 || strcmp(as, "signers") == 0))
		return kt_strdup(as);
	if (strcmp(name, "kaitei.yaml") == 0 || strcmp(name, "signers") == 0)
		return kt_strdup(name);
	if (n < 5 || strcmp(name + n - 4, ".tsv") != 0)
		return NULL;
	kt_buf_printf(&path, "links/%s", as == NULL ? name : as);
	return kt_buf_detach(&path);
}

/* Settings that cannot be read would stop everybody: refused here. */
static int
check_settings(struct cli *cli, const struct kt_buf *bytes)
{
	struct kt_settings *settings = NULL;
	int rc = kt_settings_parse(
	    &settings, cli->args[0], bytes->p, bytes->len, false, cli->diag);

	kt_settings_free(settings);
	return rc;
}

/* Somebody and a key in each line (ssh-keygen(1), ALLOWED SIGNERS). */
static int
check_signers(struct cli *cli, const struct kt_buf *bytes)
{
	static const char *const keys[] = { " ssh-", " ecdsa-", " sk-" };
	struct kt_buf line = KT_BUF_INIT;
	uint32_t number = 0;
	int rc = KT_OK;

	for (const char *p = bytes->p; *p != '\0' && rc == KT_OK;) {
		size_t n = strcspn(p, "\n");
		bool is_key = n == 0 || *p == '#';

		number++;
		kt_buf_clear(&line);
		kt_buf_put(&line, p, n);
		for (size_t i = 0; i < KT_COUNT(keys); i++)
			is_key = is_key || strstr(line.p, keys[i]) != NULL;
		if (!is_key)
			rc = kt_report(cli->diag, .id = KT_M_SIGNERS_LINE,
			    .at = { .file = cli->args[0], .line = number });
		p += p[n] == '\n' ? n + 1 : n;
	}
	kt_buf_release(&line);
	return rc;
}

/* So are links that cannot be read; those that nobody looks for are told. */
static int
check_links(struct cli *cli, const char *path, const struct kt_buf *bytes)
{
	const char *name = strchr(path, '/') + 1, *between = strstr(name, "--");
	struct kt_confirmed *c = NULL;
	int rc = kt_confirmed_read(
	    &c, cli->args[0], bytes->p, bytes->len, cli->diag);

	kt_confirmed_free(c);
	if (rc == KT_OK &&
	    (between == NULL || between == name || strlen(between) < 7))
		kt_report(cli->diag, .id = KT_M_ARCHIVE_LINKS_NAME, .a = path);
	return rc;
}

static int
check_file(struct cli *cli, const char *path, const struct kt_buf *bytes)
{
	if (strcmp(path, "kaitei.yaml") == 0)
		return check_settings(cli, bytes);
	if (strcmp(path, "signers") == 0)
		return check_signers(cli, bytes);
	if (strncmp(path, "links/", 6) == 0)
		return check_links(cli, path, bytes);
	return KT_OK;
}

static int
add_file(struct cli *cli, const char *path)
{
	struct kt_store *store = NULL;
	struct kt_buf bytes = KT_BUF_INIT;
	struct kt_note note = { .message = path };
	struct kt_file file = { .path = path };
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = cli_note(cli, store, &note);
	if (rc == KT_OK)
		rc = kt_file_read(&bytes, cli->args[0], KT_READ_MAX, cli->diag);
	if (rc == KT_OK)
		rc = check_file(cli, path, &bytes);
	file.bytes = bytes.p;
	file.n = bytes.len;
	if (rc == KT_OK)
		rc = put_or_tell(cli, store, path, &file, 1, &note);
	kt_buf_release(&bytes);
	kt_store_free(store);
	return cli_status(rc);
}

static int
run_add(struct cli *cli)
{
	char *path = path_for(cli);
	int status;

	if (path == NULL)
		return add_document(cli);
	status = add_file(cli, path);
	free(path);
	return status;
}

const struct cmd cmd_add = {
	.name = "add",
	.args = "FILE",
	.min = 1,
	.max = 1,
	.text = { "文書（又は "
		  "kaitei.yaml、signers、対応のTSV）をストアに入れる",
	    "put a document (or kaitei.yaml, signers, links) into the store" },
	.run = run_add,
	.opts = { OPT_AS, OPT_EDITION, OPT_EFFECTIVE, OPT_DECIDED,
	    OPT_PROMULGATED, OPT_INSTRUMENT, OPT_MESSAGE, OPT_USER, OPT_STRICT,
	    OPT_REPORT, OPT_CHANGES, OPT_SIDE, OPT__COUNT },
	.example = "kaitei add 管理規程.md --as kanri-kitei --effective "
		   "2026-04-01",
};

/* ---- list ---------------------------------------------------------------- */

static void
put_date(struct kt_buf *out, struct kt_date date)
{
	struct kt_buf one = KT_BUF_INIT;

	if (date.year != 0)
		kt_date_iso(&one, date);
	cli_put_cell(out, one.len == 0 ? "-" : one.p, 10);
	kt_buf_release(&one);
}

static void
put_json_revision(struct kt_buf *out, const struct kt_revision *r)
{
	kt_buf_printf(out, "{\"revision\":\"%s\"", r->id);
	cli_put_json(out, "document", r->note.document);
	cli_put_json(out, "edition", r->note.edition);
	cli_put_json(out, "instrument", r->note.instrument);
	cli_put_json(out, "message", r->note.message);
	cli_put_json(out, "author", r->note.author.name);
	cli_put_json_date(out, "decided", r->note.decided);
	cli_put_json_date(out, "promulgated", r->note.promulgated);
	cli_put_json_date(out, "effective", r->note.effective);
	kt_buf_putc(out, '}');
}

static void
list_json(struct kt_buf *out, const struct kt_entry *at, size_t n)
{
	kt_buf_puts(out, "{\"format\":\"kaitei-list/1\",\"documents\":[");
	for (size_t i = 0; i < n; i++) {
		kt_buf_puts(out, i == 0 ? "{\"id\":" : ",{\"id\":");
		kt_json_string(out, at[i].id, strlen(at[i].id));
		cli_put_json(out, "path", at[i].path);
		kt_buf_printf(out, ",\"bytes\":%zu,\"last\":", at[i].size);
		put_json_revision(out, &at[i].last);
		kt_buf_putc(out, '}');
	}
	kt_buf_puts(out, "]}\n");
}

static void
list_text(struct kt_buf *out, const struct kt_entry *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		cli_put_cell(out, at[i].id, 20);
		kt_buf_printf(out, "%.10s  ", at[i].last.id);
		put_date(out, at[i].last.note.effective);
		kt_buf_puts(out, at[i].last.note.edition);
		while (out->len > 0 && out->p[out->len - 1] == ' ')
			kt_buf_cut(out, out->len - 1);
		kt_buf_putc(out, '\n');
	}
}

static const char *const list_formats[] = { "text", "txt", "json", NULL };

static int
run_list(struct cli *cli)
{
	const char *format = cli_format(cli, list_formats, "text");
	struct kt_store *store = NULL;
	const struct kt_entry *at;
	struct kt_buf out = KT_BUF_INIT;
	size_t n;
	int rc;

	if (format == NULL)
		return EXIT_FAILED;
	rc = kt_store_open(&store, cli->value[OPT_STORE], cli->diag);
	if (rc == KT_OK)
		rc = kt_store_list(store, &at, &n, cli->diag);
	if (rc == KT_OK) {
		if (n == 0)
			kt_report(cli->diag, .id = KT_M_LIST_EMPTY);
		if (strcmp(format, "json") == 0)
			list_json(&out, at, n);
		else
			list_text(&out, at, n);
		rc = cli_put(cli, &out);
	}
	kt_buf_release(&out);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_list = {
	.name = "list",
	.args = "",
	.text = { "ストアの文書を一覧する", "the documents of the store" },
	.run = run_list,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei list",
};

/* ---- log ----------------------------------------------------------------- */

static void
log_text(struct kt_buf *out, const struct kt_revision *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		kt_buf_printf(out, "%.10s  ", at[i].id);
		put_date(out, at[i].note.effective);
		cli_put_cell(out, at[i].note.edition, 16);
		cli_put_cell(out, at[i].note.author.name, 12);
		kt_buf_puts(out, at[i].note.message);
		kt_buf_putc(out, '\n');
	}
}

static void
log_json(struct kt_buf *out, const struct kt_revision *at, size_t n)
{
	kt_buf_puts(out, "{\"format\":\"kaitei-log/1\",\"revisions\":[");
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			kt_buf_putc(out, ',');
		put_json_revision(out, &at[i]);
	}
	kt_buf_puts(out, "]}\n");
}

static int
run_log(struct cli *cli)
{
	const char *format = cli_format(cli, list_formats, "text");
	struct kt_store *store = NULL;
	const struct kt_revision *at;
	struct kt_buf out = KT_BUF_INIT;
	size_t n;
	int rc;

	if (format == NULL)
		return EXIT_FAILED;
	if (cli->nargs > 1)
		return cli_clause_log(cli);
	rc = kt_store_open(&store, cli->value[OPT_STORE], cli->diag);
	if (rc == KT_OK)
		rc = kt_store_log(store, cli->args[0], &at, &n, cli->diag);
	if (rc == KT_OK) {
		if (strcmp(format, "json") == 0)
			log_json(&out, at, n);
		else
			log_text(&out, at, n);
		rc = cli_put(cli, &out);
	}
	kt_buf_release(&out);
	kt_store_free(store);
	return cli_status(rc);
}

const struct cmd cmd_log = {
	.name = "log",
	.args = "ID [ADDRESS]",
	.min = 1,
	.max = 2,
	.text = { "文書又は条項の改正の履歴を表示する",
	    "the revisions of a document, the changes of a clause" },
	.run = run_log,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_JSON, OPT__COUNT },
	.example = "kaitei log kanri-kitei",
};
