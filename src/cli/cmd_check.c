/* SPDX-License-Identifier: MIT */
/*
 * kaitei check: lint of documents; with --base whether the references of a
 * draft, and of others, follow; with --amendment whether an instrument is
 * drafted as it must be and leads where it should; with --table whether a
 * comparison table shows what changes, and nothing else.
 */
#include "revision.h"

#include <limits.h>
#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

/* Messages about one document keep its name. */
static int
check_one(struct cli *cli, const char *name, void *findings)
{
	struct kt_doc *doc = NULL;
	size_t found;

	if (cli_doc(cli, &doc, name) != KT_OK)
		return EXIT_FAILED;
	found = kt_check(doc, findings);
	kt_doc_free(doc);
	return found == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
}

/* ---- a draft against the text in force ----------------------------------- */

static int
check_draft(struct cli *cli, struct kt_diag *findings)
{
	struct cli_pair pair = { .list = NULL };
	const char *names[] = { cli->value[OPT_BASE], cli->args[0] };
	const char **args = cli->args;
	int status = EXIT_FAILED;

	cli->args = names;
	if (cli_compare(cli, &pair) == KT_OK &&
	    (!cli_has(cli, OPT_FIX_REFERENCES) ||
		cli_fix_references(cli, &pair, names[1]) == EXIT_NOTHING) &&
	    cli_references(cli, pair.list, findings) == EXIT_NOTHING) {
		kt_check(pair.new, findings);
		status =
		    kt_diag_count(findings) == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
	}
	cli->args = args;
	cli_pair_release(&pair);
	return status;
}

/* ---- instruments --------------------------------------------------------- */

/* Does the instrument lead to the text of --result? */
static int
check_result(struct cli *cli, const struct kt_doc *old,
    const struct kt_amendment *a, size_t nth, struct kt_diag *findings)
{
	struct kt_doc *want = NULL, *got = NULL;
	int rc = cli_doc(cli, &want, cli->value[OPT_RESULT]);

	if (rc == KT_OK)
		rc = kt_amend_apply(&got, old, a, nth, NULL);
	if (rc == KT_OK)
		kt_amend_expect(got, want, findings);
	kt_doc_free(got);
	kt_doc_free(want);
	return rc;
}

/* What stops an instrument is a finding, too: the reading of the file is not.
 */
static int
check_instrument(struct cli *cli, const struct kt_doc *old,
    const struct kt_amendment *a, struct kt_diag *findings)
{
	size_t n, nth = cli_nth(cli);

	if (nth == 0)
		return EXIT_FAILED;
	if (kt_amend_check(&n, old, a, nth, findings) != KT_OK ||
	    !cli_has(cli, OPT_RESULT))
		return EXIT_NOTHING;
	return cli_status(check_result(cli, old, a, nth, findings));
}

static int
check_amendments(struct cli *cli, struct kt_diag *findings)
{
	struct kt_amendment *a[2] = { NULL, NULL };
	struct kt_doc *old = NULL;
	const char *name;
	size_t n = 0, found;
	int status = cli_status(cli_doc(cli, &old, cli->args[0]));

	for (; status == EXIT_NOTHING && n < 2 &&
	       (name = cli_value(cli, OPT_AMENDMENT, n)) != NULL;
	     n++) {
		status = cli_status(cli_amendment(cli, &a[n], name));
		if (status == EXIT_NOTHING)
			status = check_instrument(cli, old, a[n], findings);
	}
	if (status == EXIT_NOTHING && n == 2)
		kt_amend_clash(&found, old, a[0], a[1], 1, findings);
	if (status == EXIT_NOTHING && kt_diag_count(findings) > 0)
		status = EXIT_FINDINGS;
	kt_amend_free(a[0]);
	kt_amend_free(a[1]);
	kt_doc_free(old);
	return status;
}

/* ---- tables -------------------------------------------------------------- */

static int
check_printed(
    struct cli *cli, const struct kt_changes *list, struct kt_diag *findings)
{
	const char *name = cli->value[OPT_TABLE];
	struct kt_printed *table = NULL;
	struct kt_buf bytes = KT_BUF_INIT;
	size_t found = 0;
	int rc = kt_file_read(&bytes, name, KT_READ_MAX, cli->diag);

	if (rc == KT_OK)
		rc = kt_read_printed(
		    &table, name, bytes.p, bytes.len, cli->diag);
	kt_buf_release(&bytes);
	if (rc != KT_OK)
		return EXIT_FAILED;
	/* What is no table of this text is a finding: the file was read. */
	if (kt_amend_against(&found, list, table, findings) != KT_OK)
		found++;
	kt_printed_free(table);
	return found == 0 ? EXIT_NOTHING : EXIT_FINDINGS;
}

static int
check_table(struct cli *cli, struct kt_diag *findings)
{
	struct cli_pair pair = { .list = NULL };
	const char *names[] = { cli->args[0], cli->value[OPT_RESULT] };
	const char **args = cli->args;
	int status = EXIT_FAILED;

	if (names[1] == NULL)
		return cli_usage(cli, KT_M_USAGE_VALUE, "--result");
	cli->args = names;
	if (cli_compare(cli, &pair) == KT_OK)
		status = check_printed(cli, pair.list, findings);
	cli->args = args;
	cli_pair_release(&pair);
	return status;
}

/* What the options ask for. */
static int
check(struct cli *cli, struct kt_diag *findings)
{
	bool base = cli_has(cli, OPT_BASE);
	bool amendment = cli_has(cli, OPT_AMENDMENT);

	bool table = cli_has(cli, OPT_TABLE);

	if ((base || amendment || table) && cli->nargs > 1)
		return cli_usage(cli, KT_M_USAGE_TOO_MANY, cli->args[1]);
	if (table)
		return check_table(cli, findings);
	if (amendment)
		return check_amendments(cli, findings);
	return base ? check_draft(cli, findings)
		    : cli_each(cli, check_one, findings);
}

static int
put_text(struct cli *cli, const struct kt_diag *findings)
{
	struct kt_buf out = KT_BUF_INIT;
	int rc;

	for (size_t i = 0; i < kt_diag_count(findings); i++) {
		kt_msg_tell(&out, kt_diag_get(findings, i), cli->lang);
		kt_buf_putc(&out, '\n');
	}
	rc = cli_put(cli, &out);
	kt_buf_release(&out);
	return rc;
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "text", "txt", "json", NULL };
	const char *format = cli_format(cli, known, "text");
	struct kt_diag *findings;
	struct kt_buf out = KT_BUF_INIT;
	int status, rc;

	if (format == NULL)
		return EXIT_FAILED;
	findings = kt_diag_new();
	status = check(cli, findings);
	if (status != EXIT_FAILED) {
		if (strcmp(format, "json") == 0) {
			rc = kt_write_check_json(&out, findings, cli->lang);
			if (rc == KT_OK)
				rc = cli_put(cli, &out);
		} else {
			rc = put_text(cli, findings);
		}
		if (rc != KT_OK)
			status = EXIT_FAILED;
	}
	kt_buf_release(&out);
	kt_diag_free(findings);
	return status;
}

const struct cmd cmd_check = {
	.name = "check",
	.args = "DOC...",
	.min = 1,
	.max = UINT_MAX,
	.text = { "番号・引用・定義語・見出し・表、改正案の引用（ハネ）、改め文"
		  "、新旧対照表を点検する",
	    "check numbering, references, terms, captions, tables; whether "
	    "references follow a revision; an instrument; a comparison table" },
	.run = run,
	.opts = { OPT_BASE, OPT_IN, OPT_FIX_REFERENCES, OPT_AMENDMENT,
	    OPT_TABLE, OPT_RESULT, OPT_NTH, OPT_OUTPUT, OPT_FORMAT, OPT_JSON,
	    OPT__COUNT },
	.example =
	    "kaitei check kanri-kitei\n"
	    "  kaitei check policies\n"
	    "  kaitei check 改正案.md --base kanri-kitei --in taisaku-kijun\n"
	    "  kaitei check kanri-kitei --amendment 改め文.txt --result "
	    "改正案.md\n"
	    "  kaitei check kanri-kitei --table 新旧対照表.docx --result "
	    "改正案.md",
};
