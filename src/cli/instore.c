/* SPDX-License-Identifier: MIT */
/* What commands do with the store: find it, who works, a document in it as it
 * is or as it is in force on a day. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/workflow.h>

/* "見本 花子 <hanako@example.jp>" into name and mail, both yours. */
bool
cli_split_person(const char *text, char **name, char **mail)
{
	const char *open = strchr(text, '<'), *close = strchr(text, '>');
	size_t n;

	if (open == NULL || close == NULL || close < open + 2 || open == text)
		return false;
	for (n = (size_t)(open - text); n > 0 && text[n - 1] == ' ';)
		n--;
	*name = kt_strndup(text, n);
	*mail = kt_strndup(open + 1, (size_t)(close - open - 1));
	return n > 0;
}

int
cli_person(struct cli *cli, struct kt_store *store, struct kt_person *out)
{
	if (!cli_has(cli, OPT_USER))
		return kt_store_person(out, store, cli->diag);
	free(cli->user[0]);
	free(cli->user[1]);
	cli->user[0] = cli->user[1] = NULL;
	if (!cli_split_person(
		cli->value[OPT_USER], &cli->user[0], &cli->user[1]))
		return kt_report(cli->diag, .id = KT_M_USAGE_PERSON,
		    .a = cli->value[OPT_USER]);
	*out = (struct kt_person){ cli->user[0], cli->user[1] };
	return KT_OK;
}

int
cli_store(struct cli *cli, struct kt_store **out)
{
	return kt_store_open(out, cli->value[OPT_STORE], cli->diag);
}

int
cli_store_file(
    struct cli *cli, struct kt_buf *out, const char *path, bool *found)
{
	struct kt_store *store = NULL;
	int rc = cli_store(cli, &store);

	*found = rc == KT_OK && kt_store_has(store, path, "");
	if (*found)
		rc = kt_store_get(out, store, path, "", NULL, cli->diag);
	kt_store_free(store);
	return rc;
}

static int
text_of_draft(struct kt_buf *out, struct kt_store *store, const char *id,
    const char *rev, struct kt_revision *at, struct kt_diag *d)
{
	int rc = kt_store_document(&at->path, store, id, rev, NULL, NULL);

	if (rc == KT_OK)
		rc = kt_store_get(out, store, at->path, rev, at->id, NULL);
	if (rc != KT_OK)
		rc = kt_report(
		    d, .id = KT_M_STORE_NO_REVISION, .a = id, .b = rev);
	return rc;
}

static int
doc_at(struct cli *cli, struct kt_doc **out, const char *id, const char *rev)
{
	struct kt_store *store = NULL;
	struct kt_buf text = KT_BUF_INIT, name = KT_BUF_INIT;
	struct kt_revision at;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK && strncmp(rev, "draft/", 6) == 0)
		rc = text_of_draft(&text, store, id, rev, &at, cli->diag);
	else if (rc == KT_OK)
		rc = kt_store_read(&text, store, id, rev, &at, cli->diag);
	kt_buf_printf(&name, "%s%s%s", id, rev[0] == '\0' ? "" : "@", rev);
	if (rc == KT_OK)
		rc = kt_read(out, name.p, text.p, text.len, cli->diag);
	if (rc == KT_OK)
		kt_doc_stored(*out, at.id, at.path);
	kt_store_free(store);
	kt_buf_release(&name);
	kt_buf_release(&text);
	return rc;
}

/* More clauses than these are counted: a whole revision is a hundred. */
#define CLAUSES_TOLD 8

/* What does not hold yet. */
static void
coming_clauses(struct kt_buf *out, const struct kt_coming *c, const char *id,
    enum kt_lang lang)
{
	static const char between[] = "、";
	const char *p = c->clauses[0] == '\0' ? id : c->clauses;
	size_t n = 0;

	kt_buf_clear(out);
	for (const char *end; p != NULL; n++) {
		end = strstr(p, between);
		if (n < CLAUSES_TOLD) {
			kt_buf_puts(out, n == 0 ? "" : between);
			kt_buf_put(out, p,
			    end == NULL ? strlen(p) : (size_t)(end - p));
		}
		p = end == NULL ? NULL : end + strlen(between);
	}
	if (n > CLAUSES_TOLD)
		kt_buf_printf(out, lang == KT_JA ? " ほか%zu" : " and %zu more",
		    n - CLAUSES_TOLD);
}

/* Since when something holds that does not hold yet, and by which instrument
 * and revision. */
static void
coming_words(
    struct kt_buf *from, struct kt_buf *what, const struct kt_coming *c)
{
	kt_buf_clear(from);
	if (c->from.year != 0)
		kt_date_iso(from, c->from);
	else
		kt_buf_puts(
		    from, c->condition[0] == '\0' ? "期日未定" : c->condition);
	kt_buf_clear(what);
	kt_buf_printf(what, "%s%s%.10s", c->instrument,
	    c->instrument[0] == '\0' ? "" : ", ", c->revision);
}

/* Every text in force says as of when, of which revision, and what is still
 * to come. */
static void
tell_as_of(struct cli *cli, const struct kt_in_force *f, const char *id)
{
	struct kt_buf day = KT_BUF_INIT, from = KT_BUF_INIT, what = KT_BUF_INIT;
	struct kt_buf clauses = KT_BUF_INIT;

	kt_date_iso(&day, f->day);
	kt_buf_printf(
	    &what, "%s, %.10s", kt_state_name(f->state, cli->lang), f->at.id);
	snprintf(cli->as_of, sizeof(cli->as_of), "%s  %s", day.p, what.p);
	if (f->state == KT_S_CEASED) {
		kt_date_iso(&from, f->doc->meta.ceases);
		kt_report(cli->diag, .id = KT_M_AS_OF_CEASED, .a = id,
		    .b = day.p, .c = from.p);
	} else {
		kt_report(cli->diag, .id = KT_M_AS_OF, .a = id, .b = day.p,
		    .c = what.p);
	}
	for (size_t i = 0; i < f->ncoming; i++) {
		const struct kt_coming *c = &f->coming[i];

		coming_words(&from, &what, c);
		coming_clauses(&clauses, c, id, cli->lang);
		kt_report(cli->diag, .id = KT_M_AS_OF_COMING, .a = clauses.p,
		    .b = from.p, .c = what.p);
	}
	kt_buf_release(&clauses);
	kt_buf_release(&day);
	kt_buf_release(&from);
	kt_buf_release(&what);
}

int
cli_put_coming(struct cli *cli, struct kt_buf *out, const char *id)
{
	struct kt_store *store = NULL;
	struct kt_in_force *f = NULL;
	struct kt_buf from = KT_BUF_INIT, what = KT_BUF_INIT;
	struct kt_buf clauses = KT_BUF_INIT;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = kt_in_force_read(&f, store, id, cli_today(), cli->diag);
	for (size_t i = 0; rc == KT_OK && i < f->ncoming; i++) {
		const struct kt_coming *c = &f->coming[i];

		coming_words(&from, &what, c);
		coming_clauses(&clauses, c, id, cli->lang);
		kt_buf_puts(out, "［");
		kt_msg_text(out,
		    &(struct kt_msg){ .id = KT_M_AS_OF_COMING,
			.a = clauses.p,
			.b = from.p,
			.c = what.p },
		    cli->lang);
		kt_buf_puts(out, "］\n");
	}
	kt_buf_release(&clauses);
	kt_buf_release(&from);
	kt_buf_release(&what);
	kt_in_force_free(f);
	kt_store_free(store);
	return rc;
}

int
cli_doc_on(
    struct cli *cli, struct kt_doc **out, const char *id, struct kt_date day)
{
	struct kt_store *store = NULL;
	struct kt_in_force *f = NULL;
	struct kt_buf on = KT_BUF_INIT, from = KT_BUF_INIT;
	int rc = cli_store(cli, &store);

	if (rc == KT_OK)
		rc = kt_in_force_read(&f, store, id, day, cli->diag);
	if (rc == KT_OK && f->state == KT_S_COMING) {
		kt_date_iso(&on, day);
		if (f->ncoming > 0 && f->coming[0].from.year != 0)
			kt_date_iso(&from, f->coming[0].from);
		rc = kt_report(cli->diag, .id = KT_M_AS_OF_NOT_YET, .a = id,
		    .b = on.p, .c = from.len == 0 ? "期日未定" : from.p);
	} else if (rc == KT_OK) {
		tell_as_of(cli, f, id);
		*out = f->doc;
		f->doc = NULL;
	}
	kt_in_force_free(f);
	kt_store_free(store);
	kt_buf_release(&on);
	kt_buf_release(&from);
	return rc;
}

int
cli_doc_in_store(struct cli *cli, struct kt_doc **out, const char *name)
{
	const char *at = strchr(name, '@'), *rev = at == NULL ? "" : at + 1;
	char *id = kt_strndup(name, strcspn(name, "@"));
	struct kt_date day;
	int rc;

	if (cli_has(cli, OPT_AS_OF)) {
		rc = cli_date(cli, OPT_AS_OF, &day);
		if (rc == KT_OK)
			rc = cli_doc_on(cli, out, id, day);
	} else if (rev[0] != '\0' &&
		   kt_date_read(&day, rev, strlen(rev)) == strlen(rev)) {
		rc = cli_doc_on(cli, out, id, day);
	} else {
		rc = doc_at(cli, out, id, rev);
	}
	free(id);
	return rc;
}

int
cli_date(struct cli *cli, enum opt_id id, struct kt_date *out)
{
	const char *text = cli->value[id];

	if (text == NULL)
		return KT_OK;
	if (kt_date_read(out, text, strlen(text)) == strlen(text) &&
	    text[0] != '\0')
		return KT_OK;
	return cli_bad_value(cli, id, text);
}
