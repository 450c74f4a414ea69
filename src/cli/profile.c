/* SPDX-License-Identifier: MIT */
/* What a comparison table needs from the command line and the settings: its
 * layout, the reasons, and the sentence that only `amend` can make. */
#include "table.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/yaml.h>
#include <kaitei/amend.h>
#include <kaitei/write.h>

/* The sentence and the note for the marks that a table turned out to hold;
 * nothing where it holds none. */
static void
put_sentence(struct kt_buf *above, struct kt_buf *below,
    const struct kt_table_marks *marks)
{
	const struct kt_amend_marks m = { .words = marks->words,
		.boxes = marks->boxes,
		.rewritten = marks->rewritten,
		.moved = marks->moved,
		.deleted = marks->deleted,
		.added = marks->added,
		.title = marks->title,
		.bare = marks->bare };

	if (!m.words && !m.boxes && !m.rewritten && !m.moved && !m.deleted &&
	    !m.added)
		return;
	kt_amend_formula(above, &m);
	kt_buf_puts(below, kt_amend_table_note(&m));
}

/* A file is told from a name by its dot or slash. */
static bool
is_file(const char *name)
{
	return strpbrk(name, "./") != NULL;
}

static int
read_file(struct cli *cli, struct cli_table *t, const char *name)
{
	struct kt_buf bytes = KT_BUF_INIT;
	struct kt_yaml *y = NULL;
	int rc = kt_file_read(&bytes, name, 1u << 20, cli->diag);

	if (rc == KT_OK)
		rc = kt_yaml_parse(&y, name, bytes.p, bytes.len, cli->diag);
	if (rc == KT_OK)
		rc = kt_profile_read(
		    &t->own, t->arena, y, kt_yaml_root(y), cli->diag);
	t->how.profile = &t->own;
	kt_yaml_free(y);
	kt_buf_release(&bytes);
	return rc;
}

/* `table:` of the settings: a name, or keys as in a file. */
static int
read_settings(struct cli *cli, struct cli_table *t)
{
	struct kt_yaml *y = NULL;
	const struct kt_ynode *map;
	int rc = cli_settings(cli, &y);

	map = y == NULL ? NULL : kt_ynode_get(kt_yaml_root(y), "table");
	if (rc == KT_OK && map != NULL) {
		rc = kt_profile_read(&t->own, t->arena, y, map, cli->diag);
		t->how.profile = &t->own;
	}
	kt_yaml_free(y);
	return rc;
}

static int
find_profile(struct cli *cli, struct cli_table *t)
{
	const char *name = cli->value[OPT_PROFILE];

	if (name == NULL)
		return read_settings(cli, t);
	if (is_file(name))
		return read_file(cli, t, name);
	t->how.profile = kt_profile_find(name);
	return t->how.profile != NULL
		   ? KT_OK
		   : kt_profile_unknown(cli->diag, NULL, 0, name);
}

static int
read_reasons(struct cli *cli, struct cli_table *t)
{
	const char *name = cli->value[OPT_REASONS];
	struct kt_buf bytes = KT_BUF_INIT;
	int rc;

	if (name == NULL)
		return KT_OK;
	rc = kt_file_read(&bytes, name, 1u << 24, cli->diag);
	if (rc == KT_OK)
		rc = kt_reasons_read(
		    &t->reasons, name, bytes.p, bytes.len, cli->diag);
	t->how.reasons = t->reasons;
	kt_buf_release(&bytes);
	return rc;
}

int
cli_table_begin(struct cli *cli, struct cli_table *t)
{
	const char *title = cli->value[OPT_TITLE];
	int rc;

	*t = (struct cli_table){ .arena = kt_arena_new(),
		.how = { .title = title == NULL ? "" : title,
		    .without_commentary = cli_has(cli, OPT_WITHOUT_COMMENTARY),
		    .sentence = put_sentence } };
	rc = find_profile(cli, t);
	if (rc == KT_OK)
		rc = read_reasons(cli, t);
	return rc;
}

void
cli_table_end(struct cli_table *t)
{
	kt_reasons_free(t->reasons);
	kt_arena_free(t->arena);
}

void
cli_table_pictures(struct cli *cli, struct cli_table *t, struct cli_pair *pair)
{
	cli_pair_pictures(cli, pair);
	t->how.old_pictures = pair->old_pictures;
	t->how.new_pictures = pair->new_pictures;
}
