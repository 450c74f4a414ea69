/* SPDX-License-Identifier: MIT */
#ifndef KT_COMMANDS_H
#define KT_COMMANDS_H

/* Every command, in the order of the help: one line here, one file
 * cmd_<name>.c with its `struct cmd`. */
#define COMMANDS                                                               \
	COMMAND(convert)                                                       \
	COMMAND(fmt)                                                           \
	COMMAND(check)                                                         \
	COMMAND(show)                                                          \
	COMMAND(tree)                                                          \
	COMMAND(diff)                                                          \
	COMMAND(match)                                                         \
	COMMAND(amend)                                                         \
	COMMAND(apply)                                                         \
	COMMAND(port)                                                          \
	COMMAND(impact)                                                        \
	COMMAND(table)                                                         \
	COMMAND(redline)                                                       \
	COMMAND(render)                                                        \
	COMMAND(init)                                                          \
	COMMAND(add)                                                           \
	COMMAND(list)                                                          \
	COMMAND(log)                                                           \
	COMMAND(blame)                                                         \
	COMMAND(draft_new)                                                     \
	COMMAND(draft_list)                                                    \
	COMMAND(draft_show)                                                    \
	COMMAND(draft_diff)                                                    \
	COMMAND(draft_edit)                                                    \
	COMMAND(draft_import)                                                  \
	COMMAND(draft_restore)                                                 \
	COMMAND(draft_update)                                                  \
	COMMAND(draft_resolve)                                                 \
	COMMAND(draft_close)                                                   \
	COMMAND(draft_reopen)                                                  \
	COMMAND(review_list)                                                   \
	COMMAND(review_comment)                                                \
	COMMAND(review_reviewed)                                               \
	COMMAND(review_reason)                                                 \
	COMMAND(review_approve)                                                \
	COMMAND(review_object)                                                 \
	COMMAND(review_withdraw)                                               \
	COMMAND(review_resolve)                                                \
	COMMAND(adopt)                                                         \
	COMMAND(packet)                                                        \
	COMMAND(sync)                                                          \
	COMMAND(doctor)                                                        \
	COMMAND(deliver_add)                                                   \
	COMMAND(deliver_list)                                                  \
	COMMAND(deliver_dispose)                                               \
	COMMAND(archive_build)                                                 \
	COMMAND(archive_verify)                                                \
	COMMAND(archive_burn)

#define COMMAND(name) extern const struct cmd cmd_##name;
COMMANDS
#undef COMMAND

#endif
