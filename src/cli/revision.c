/* SPDX-License-Identifier: MIT */
/* What `amend` and `check` do alike: references that must follow a revision,
 * found in the draft and in other documents, and written into the draft. */
#include "revision.h"

#include <string.h>

#include <kaitei/diff.h>
#include <kaitei/model.h>
#include <kaitei/write.h>

int
cli_references(
    struct cli *cli, const struct kt_changes *list, struct kt_diag *findings)
{
	struct kt_hanes *h = kt_hane_new(list);
	const char *name;

	kt_hane_report(h, findings);
	kt_hane_free(h);
	for (size_t i = 0; (name = cli_value(cli, OPT_IN, i)) != NULL; i++) {
		struct kt_doc *other = NULL;

		if (cli_doc(cli, &other, name) != KT_OK)
			return EXIT_FAILED;
		h = kt_hane_in(list, other);
		kt_hane_report(h, findings);
		kt_hane_free(h);
		kt_doc_free(other);
	}
	return EXIT_NOTHING;
}

/* A file that can be written again as it was read. */
static bool
is_markdown(const char *name)
{
	const char *dot = strrchr(name, '.');

	return kt_file_exists(name) && dot != NULL &&
	       kt_format_by_name(dot + 1) == KT_FMT_MARKDOWN;
}

static int
write_draft(
    struct cli *cli, const struct kt_doc *doc, const char *name, size_t fixed)
{
	struct kt_buf text = KT_BUF_INIT;
	char many[32];
	int rc = kt_write_markdown(&text, doc, cli->diag);

	if (rc == KT_OK)
		rc = kt_file_write(name, text.p, text.len, cli->diag);
	snprintf(many, sizeof(many), "%zu", fixed);
	if (rc == KT_OK)
		kt_report(
		    cli->diag, .id = KT_M_HANE_FIXED, .a = many, .b = name);
	kt_buf_release(&text);
	return rc;
}

int
cli_fix_references(struct cli *cli, struct cli_pair *pair, const char *name)
{
	struct kt_hanes *h;
	struct kt_doc *doc;
	size_t fixed;
	int rc = KT_OK;

	if (!is_markdown(name))
		return cli_status(
		    kt_report(cli->diag, .id = KT_M_HANE_NO_FILE, .a = name));
	h = kt_hane_new(pair->list);
	doc = kt_hane_fix(h, &fixed);
	kt_hane_free(h);
	if (fixed > 0)
		rc = write_draft(cli, doc, name, fixed);
	kt_doc_free(doc);
	if (rc != KT_OK || fixed == 0)
		return cli_status(rc);
	/* From now on the draft is what was written. */
	kt_changes_free(pair->list);
	kt_doc_free(pair->new);
	pair->list = NULL;
	pair->new = NULL;
	rc = cli_doc(cli, &pair->new, name);
	if (rc == KT_OK)
		kt_diff(&pair->list, pair->old, pair->new, cli->diag);
	return cli_status(rc);
}
