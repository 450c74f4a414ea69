/* SPDX-License-Identifier: MIT */
#ifndef KT_CLI_REVISION_H
#define KT_CLI_REVISION_H

/* What the commands about a revision share. */

#include "cli.h"

#include <kaitei/amend.h>

/* References that do not follow the revision, in the draft and in the
 * documents of --in.  EXIT_FAILED when one of these cannot be read. */
int cli_references(
    struct cli *cli, const struct kt_changes *list, struct kt_diag *findings);
/* Write the consequential changes into the draft, a Markdown file, and take
 * the draft for what it is then. */
int cli_fix_references(
    struct cli *cli, struct cli_pair *pair, const char *name);
/* The instrument in a file of text or Word.  *out is yours. */
int cli_amendment(struct cli *cli, struct kt_amendment **out, const char *name);
/* --nth: which article of an instrument that amends one document twice; 1 when
 * it is not given, 0 after a message. */
size_t cli_nth(struct cli *cli);

#endif
