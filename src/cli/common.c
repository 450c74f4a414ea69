/* SPDX-License-Identifier: MIT */
/* What every command does the same way: find a document, write a result. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include <kaitei/model.h>
#include <kaitei/diff.h>
#include <kaitei/write.h>
#include <kaitei/yaml.h>

bool
cli_has(const struct cli *cli, enum opt_id id)
{
	return cli->value[id] != NULL;
}

bool
cli_may_repeat(const struct opt *o)
{
	size_t n = o->arg == NULL ? 0 : strlen(o->arg);

	return n > 3 && strcmp(o->arg + n - 3, "...") == 0;
}

const char *
cli_value(const struct cli *cli, enum opt_id id, size_t nth)
{
	for (size_t i = 0; i < cli->ngiven; i++)
		if (cli->given[i].id == id && nth-- == 0)
			return cli->given[i].value;
	return NULL;
}

int
cli_status(int rc)
{
	return rc == KT_OK ? EXIT_NOTHING : EXIT_FAILED;
}

int
cli_usage(struct cli *cli, enum kt_msg_id id, const char *what)
{
	const char *name = cli->cmd != NULL     ? cli->cmd->name
			   : cli->group != NULL ? cli->group
						: "";

	kt_report(cli->diag, .id = id, .a = what, .b = name);
	return EXIT_FAILED;
}

/* What stands for a value in the help, as one would type it. */
static const char *
example_of(const char *arg)
{
	static const char *const examples[][2] = {
		{ "DATE", "2026-04-01|令和8年4月1日" },
		{ "[CLAUSES=]DATE...", "2026-04-01|第24条=2026-10-01" },
		{ "DATE NAME", "\"2026-05-12 第1回審査会\"" },
		{ "YEAR", "令和8年度|2026" },
	};

	for (size_t i = 0; i < KT_COUNT(examples); i++)
		if (strcmp(examples[i][0], arg) == 0)
			return examples[i][1];
	return arg;
}

int
cli_bad_value(struct cli *cli, enum opt_id id, const char *value)
{
	struct kt_buf how = KT_BUF_INIT;
	int rc;

	kt_buf_printf(
	    &how, "--%s %s", cli_opts[id].name, example_of(cli_opts[id].arg));
	rc = kt_report(
	    cli->diag, .id = KT_M_USAGE_BAD_VALUE, .a = value, .b = how.p);
	kt_buf_release(&how);
	return rc;
}

bool
cli_is_in_store(const char *name)
{
	size_t id = strcspn(name, "@");

	/* kanri-kitei@draft/R8改正 */
	return strcmp(name, "-") != 0 && !kt_file_exists(name) &&
	       memchr(name, '/', id) == NULL &&
	       (name[id] == '@' || strchr(name, '.') == NULL);
}

/* The value of an option as one of some words; its place in the list. */
static int
one_of(struct cli *cli, enum opt_id id, const char *const *words, int *out)
{
	*out = 0;
	for (int i = 0; cli_has(cli, id); i++) {
		if (words[i] == NULL)
			return cli_bad_value(cli, id, cli->value[id]);
		*out = i;
		if (strcmp(words[i], cli->value[id]) == 0)
			return KT_OK;
	}
	return KT_OK;
}

static int
read_how(struct cli *cli, struct kt_read_how *how)
{
	static const char *const views[] = { "accept", "reject", "show", NULL };
	static const char *const sides[] = { "", "old", "new", NULL };
	int view, side, rc = one_of(cli, OPT_CHANGES, views, &view);

	if (rc == KT_OK)
		rc = one_of(cli, OPT_SIDE, sides, &side);
	if (rc == KT_OK)
		*how = (struct kt_read_how){ .changes = (enum kt_view)view,
			.side = (enum kt_table_side)side,
			.authors = cli->authors };
	return rc;
}

int
cli_doc(struct cli *cli, struct kt_doc **out, const char *name)
{
	struct kt_read_how how;
	int rc;

	if (cli_is_in_store(name))
		return cli_doc_in_store(cli, out, name);
	rc = read_how(cli, &how);
	return rc == KT_OK ? kt_read_file_as(out, name, &how, cli->diag) : rc;
}

/* kaitei.yaml of the store that -C names or that we stand in; none of it
 * when there is no store. */
static int
store_settings(struct cli *cli, struct kt_buf *text)
{
	struct kt_store *store = NULL;
	struct kt_diag *d = cli_has(cli, OPT_STORE) ? cli->diag : NULL;
	int rc = kt_store_open(&store, cli->value[OPT_STORE], d);

	if (rc == KT_OK)
		rc = kt_store_get(
		    text, store, "kaitei.yaml", "", NULL, cli->diag);
	else if (d == NULL)
		rc = KT_OK;
	kt_store_free(store);
	return rc;
}

int
cli_settings(struct cli *cli, struct kt_yaml **out)
{
	const char *file = cli->value[OPT_SETTINGS];
	struct kt_buf text = KT_BUF_INIT;
	int rc;

	*out = NULL;
	rc = file == NULL
		 ? store_settings(cli, &text)
		 : kt_file_read(&text, file, (size_t)1 << 20, cli->diag);
	if (rc == KT_OK && (file != NULL || text.len > 0))
		rc = kt_yaml_parse(out, file == NULL ? "kaitei.yaml" : file,
		    text.p, text.len, cli->diag);
	kt_buf_release(&text);
	return rc;
}

/* One of two that run at the same time. */
struct half {
	struct cli cli; /* with messages of its own */
	int (*run)(struct cli *cli, void *arg);
	void *arg;
	int rc;
};

static void
run_half(void *arg)
{
	struct half *half = arg;

	half->rc = half->run(&half->cli, half->arg);
}

int
cli_both(struct cli *cli, int (*first)(struct cli *, void *), void *a,
    int (*second)(struct cli *, void *), void *b)
{
	struct half two[2] = { { .cli = *cli, .run = first, .arg = a },
		{ .cli = *cli, .run = second, .arg = b } };
	int rc = KT_OK;

	for (int i = 0; i < 2; i++)
		two[i].cli.diag = kt_diag_new();
	kt_both(run_half, &two[0], &two[1]);
	for (int i = 0; i < 2; i++) {
		if (rc == KT_OK) {
			kt_diag_join(cli->diag, two[i].cli.diag);
			rc = two[i].rc;
		}
		kt_diag_free(two[i].cli.diag);
	}
	return rc;
}

int
cli_read_doc(struct cli *cli, void *arg)
{
	struct cli_named_doc *r = arg;

	return cli_doc(cli, &r->doc, r->name);
}

int
cli_two_docs(struct cli *cli, struct kt_doc **a, const char *name_a,
    struct kt_doc **b, const char *name_b)
{
	struct cli_named_doc first = { name_a, NULL },
			     second = { name_b, NULL };
	int rc = cli_both(cli, cli_read_doc, &first, cli_read_doc, &second);

	*a = first.doc;
	*b = second.doc;
	return rc;
}

int
cli_compare(struct cli *cli, struct cli_pair *out)
{
	int rc =
	    cli_two_docs(cli, &out->old, cli->args[0], &out->new, cli->args[1]);

	if (rc != KT_OK)
		return rc;
	cli_timing(cli, "read");
	kt_diff(&out->list, out->old, out->new, cli->diag);
	cli_timing(cli, "compare");
	return KT_OK;
}

void
cli_tell_same(struct cli *cli, const struct cli_pair *pair)
{
	if (pair->list->count == 0)
		kt_report(cli->diag, .id = KT_M_TEXTS_SAME, .a = cli->args[0],
		    .b = cli->args[1]);
}

void
cli_pair_release(struct cli_pair *pair)
{
	kt_pictures_free(pair->old_pictures);
	kt_pictures_free(pair->new_pictures);
	kt_changes_free(pair->list);
	kt_doc_free(pair->old);
	kt_doc_free(pair->new);
}

static void
bad_format(struct cli *cli, const char *asked, const char *const *known)
{
	struct kt_buf list = KT_BUF_INIT;

	for (size_t i = 0; known[i] != NULL; i++)
		kt_buf_printf(&list, "%s%s", i == 0 ? "" : " ", known[i]);
	kt_report(cli->diag, .id = KT_M_USAGE_FORMAT, .a = asked,
	    .b = cli->cmd->name, .c = list.p);
	kt_buf_release(&list);
}

const char *
cli_format(struct cli *cli, const char *const *known, const char *otherwise)
{
	const char *asked = otherwise, *file = cli->value[OPT_OUTPUT];

	if (cli_has(cli, OPT_JSON)) {
		asked = "json";
	} else if (cli_has(cli, OPT_XLSX)) {
		asked = "xlsx";
	} else if (cli_has(cli, OPT_FORMAT)) {
		asked = cli->value[OPT_FORMAT];
	} else if (file != NULL && strcmp(file, "-") != 0) {
		const char *dot = strrchr(file, '.');

		if (dot != NULL && strchr(dot, '/') == NULL)
			asked = dot + 1;
	}
	for (size_t i = 0; known[i] != NULL; i++)
		if (strcasecmp(known[i], asked) == 0)
			return known[i];
	bad_format(cli, asked, known);
	return NULL;
}

int
cli_put(struct cli *cli, const struct kt_buf *result)
{
	const char *file = cli->value[OPT_OUTPUT];

	if ((file == NULL || strcmp(file, "-") == 0) &&
	    memchr(result->p, '\0', result->len) != NULL &&
	    isatty(STDOUT_FILENO))
		return kt_report(cli->diag, .id = KT_M_USAGE_TERMINAL);
	return kt_file_write(
	    file == NULL ? "-" : file, result->p, result->len, cli->diag);
}

void
cli_put_cell(struct kt_buf *out, const char *text, size_t columns)
{
	size_t width = kt_utf8_width(text, strlen(text));

	kt_buf_puts(out, text);
	for (; width < columns; width++)
		kt_buf_putc(out, ' ');
	kt_buf_puts(out, "  ");
}

void
cli_put_json(struct kt_buf *out, const char *key, const char *value)
{
	kt_buf_printf(out, ",\"%s\":", key);
	kt_json_string(out, value, strlen(value));
}

void
cli_put_json_date(struct kt_buf *out, const char *key, struct kt_date date)
{
	if (date.year == 0)
		return;
	kt_buf_printf(out, ",\"%s\":\"", key);
	kt_date_iso(out, date);
	kt_buf_putc(out, '"');
}

void
cli_timing(struct cli *cli, const char *stage)
{
	struct timespec now;
	double ms;

	if (!cli_has(cli, OPT_TIMINGS))
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
	if (stage[0] != '\0')
		fprintf(stderr, "%-10s %8.2f ms\n", stage, ms - cli->since);
	cli->since = ms;
}
