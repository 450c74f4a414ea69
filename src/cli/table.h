/* SPDX-License-Identifier: MIT */
#ifndef KT_CLI_TABLE_H
#define KT_CLI_TABLE_H

/* How 新旧対照表 is to be laid out, from the command line and the settings:
 * --profile, --title, --reasons, --without-commentary. */

#include "cli.h"

#include <kaitei/write.h>

struct cli_table {
	struct kt_table_how how;
	struct kt_arena *arena;
	struct kt_profile own; /* read from a file */
	struct kt_reasons *reasons;
};

/* Release it also after a failure. */
int cli_table_begin(struct cli *cli, struct cli_table *t);
void cli_table_end(struct cli_table *t);
/* The pictures of both texts, to stand in it. */
void cli_table_pictures(
    struct cli *cli, struct cli_table *t, struct cli_pair *pair);

/* A comparison in one of the formats of `kaitei diff`; its pictures are read
 * for those that hold some. */
int cli_write_diff(const char *format, struct kt_buf *out,
    struct cli_pair *pair, struct cli *cli);

#endif
