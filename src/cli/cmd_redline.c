/* SPDX-License-Identifier: MIT */
/* kaitei redline: the new text with tracked changes against the old one. */
#include "cli.h"

#include <string.h>

#include <kaitei/model.h>
#include <kaitei/write.h>

/* One of two values of an option; *second: it is the second.  The first when
 * it is not given; EXIT_FAILED after a message. */
static int
choose(struct cli *cli, enum opt_id id, const char *one, const char *two,
    bool *second)
{
	const char *value = cli->value[id];

	*second = value != NULL && strcmp(value, two) == 0;
	if (value == NULL || *second || strcmp(value, one) == 0)
		return EXIT_NOTHING;
	return cli_status(cli_bad_value(cli, id, value));
}

static int
run(struct cli *cli)
{
	static const char *const known[] = { "docx", NULL };
	struct kt_redline how = { .author = cli->value[OPT_AUTHOR],
		.date = cli->value[OPT_DATE],
		.without_commentary = cli_has(cli, OPT_WITHOUT_COMMENTARY) };
	struct cli_pair pair = { .list = NULL };
	struct kt_buf out = KT_BUF_INIT;
	int status = EXIT_FAILED;

	if (cli_format(cli, known, "docx") == NULL ||
	    choose(cli, OPT_MOVES, "native", "simple", &how.simple_moves) !=
		EXIT_NOTHING ||
	    choose(cli, OPT_RENUMBERING, "show", "fold", &how.fold_numbers) !=
		EXIT_NOTHING)
		return EXIT_FAILED;
	if (cli_compare(cli, &pair) == KT_OK) {
		cli_tell_same(cli, &pair);
		cli_pair_pictures(cli, &pair);
		how.old_pictures = pair.old_pictures;
		how.new_pictures = pair.new_pictures;
		if (kt_write_redline(&out, pair.list, &how, cli->diag) ==
			KT_OK &&
		    cli_put(cli, &out) == KT_OK)
			status = EXIT_NOTHING;
	}
	cli_timing(cli, "write");
	cli_pair_release(&pair);
	kt_buf_release(&out);
	return status;
}

const struct cmd cmd_redline = {
	.name = "redline",
	.args = "OLD NEW",
	.min = 2,
	.max = 2,
	.text = { "新しい文書に変更履歴を付けてWordにする",
	    "the new text as Word with tracked changes" },
	.run = run,
	.opts = { OPT_OUTPUT, OPT_FORMAT, OPT_MOVES, OPT_RENUMBERING,
	    OPT_AUTHOR, OPT_DATE, OPT_WITHOUT_COMMENTARY, OPT__COUNT },
	.example = "kaitei redline kanri-kitei 改正案.md -o 見え消し.docx",
};
