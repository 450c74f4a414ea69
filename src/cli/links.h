/* SPDX-License-Identifier: MIT */
#ifndef KT_CLI_LINKS_H
#define KT_CLI_LINKS_H

/* What match, port and archive do the same way: the vocabulary from the
 * settings, the confirmed links, the correspondence. */

#include <kaitei/match.h>

#include "cli.h"

struct kt_yaml;

struct cli_links {
	struct kt_doc *city, *guideline;
	struct kt_vocabulary *vocabulary;
	struct kt_confirmed
	    *confirmed; /* by --links or the store; may be NULL */
	struct kt_links *links;
};

/* Release it also after a failure. */
int cli_links(struct cli *cli, struct cli_links *out, const char *city,
    const char *guideline);
void cli_links_release(struct cli_links *all);
/* `vocabulary:` of the settings; *out, which is yours, stays as it is without
 * one. */
int cli_vocabulary(
    struct cli *cli, struct kt_vocabulary **out, const struct kt_yaml *y);

#endif
