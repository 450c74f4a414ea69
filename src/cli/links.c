/* SPDX-License-Identifier: MIT */
#include "links.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/yaml.h>

/* Larger is no list that people keep. */
#define LINKS_BYTES ((size_t)32 << 20)

/* links/CITY--GUIDELINE.tsv of the store, when both stand in it. */
static int
find_confirmed(struct cli *cli, struct kt_buf *name, struct kt_buf *bytes,
    const char *city, const char *guideline, bool *found)
{
	*found = false;
	if (!cli_is_in_store(city) || !cli_is_in_store(guideline))
		return KT_OK;
	kt_buf_printf(name, "links/%.*s--%.*s.tsv", (int)strcspn(city, "@"),
	    city, (int)strcspn(guideline, "@"), guideline);
	return cli_store_file(cli, bytes, name->p, found);
}

/* What --links names, else what the store has. */
static int
read_confirmed(struct cli *cli, struct cli_links *out, const char *city,
    const char *guideline)
{
	const char *file = cli->value[OPT_LINKS];
	struct kt_buf name = KT_BUF_INIT, bytes = KT_BUF_INIT;
	bool found = true;
	int rc;

	if (file != NULL)
		rc = kt_file_read(&bytes, file, LINKS_BYTES, cli->diag);
	else
		rc =
		    find_confirmed(cli, &name, &bytes, city, guideline, &found);
	if (rc == KT_OK && found)
		rc = kt_confirmed_read(&out->confirmed,
		    file != NULL ? file : name.p, bytes.p, bytes.len,
		    cli->diag);
	kt_buf_release(&name);
	kt_buf_release(&bytes);
	return rc;
}

static int
bad_endings(struct cli *cli, const struct kt_yaml *y, const struct kt_ynode *n)
{
	return kt_report(cli->diag, .id = KT_M_VOCABULARY_ENDINGS,
	    .at.file = kt_yaml_file(y), .at.line = kt_ynode_line(n),
	    .a = kt_ynode_text(n));
}

/* endings: 規程 or 例文; words: one of the guideline's to one of the city's. */
int
cli_vocabulary(
    struct cli *cli, struct kt_vocabulary **out, const struct kt_yaml *y)
{
	static const char *const known[] = { "endings", "words", NULL };
	const struct kt_ynode *v = kt_ynode_get(kt_yaml_root(y), "vocabulary");
	const struct kt_ynode *endings = kt_ynode_get(v, "endings");
	const struct kt_ynode *words = kt_ynode_get(v, "words");
	const char *said = kt_ynode_text(endings);
	enum kt_endings how = KT_ENDINGS_AUTO;

	if (v == NULL)
		return KT_OK;
	if (kt_ynode_known(y, v, known, cli->diag) != KT_OK)
		return KT_EINPUT;
	if (strcmp(said, "規程") == 0)
		how = KT_ENDINGS_RULE;
	else if (strcmp(said, "例文") == 0)
		how = KT_ENDINGS_AS_IS;
	else if (said[0] != '\0')
		return bad_endings(cli, y, endings);
	*out = kt_vocabulary_new(how);
	for (size_t i = 0; i < kt_ynode_count(words); i++)
		kt_vocabulary_add(*out, kt_ynode_key(words, i),
		    kt_ynode_text(kt_ynode_at(words, i)));
	return KT_OK;
}

static int
read_settings(struct cli *cli, struct cli_links *out)
{
	struct kt_yaml *y = NULL;
	int rc = cli_settings(cli, &y);

	if (rc == KT_OK && y != NULL)
		rc = cli_vocabulary(cli, &out->vocabulary, y);
	kt_yaml_free(y);
	return rc;
}

int
cli_links(struct cli *cli, struct cli_links *out, const char *city,
    const char *guideline)
{
	struct kt_match_how how;
	int rc = cli_doc(cli, &out->city, city);

	if (rc == KT_OK)
		rc = cli_doc(cli, &out->guideline, guideline);
	if (rc == KT_OK)
		rc = read_settings(cli, out);
	if (rc == KT_OK)
		rc = read_confirmed(cli, out, city, guideline);
	if (rc != KT_OK)
		return rc;
	cli_timing(cli, "read");
	how = (struct kt_match_how){ out->vocabulary, out->confirmed };
	kt_match(&out->links, out->city, out->guideline, &how, cli->diag);
	cli_timing(cli, "match");
	return kt_links_prove(out->links, cli->diag);
}

void
cli_links_release(struct cli_links *all)
{
	kt_links_free(all->links);
	kt_confirmed_free(all->confirmed);
	kt_vocabulary_free(all->vocabulary);
	kt_doc_free(all->city);
	kt_doc_free(all->guideline);
}
